#!/bin/sh
# What we write and read, before programs of others: libwbxml, Wireshark's dissector, the SyncML Reference Toolkit, and Python's XML
# parser with wbxml.py. Over tests/data, the corpus and 300 generated messages, as they are and as omadm converts them.
#
#     tests/tools/oracles.sh [OMADM]
#
# Each oracle's own slips are listed where it is asked. Exit status 77: a program is not there.
set -eu

cd "$(dirname "$0")/../.."
omadm=${1:-${CARGO_TARGET_DIR:-target}/release/omadm}
missing=
for tool in wbxml2xml:libwbxml2-utils tshark:tshark python3:python3; do
    command -v "${tool%:*}" >/dev/null || missing="$missing ${tool#*:}"
done
# Its usual program's library comes with it.
python3 -c 'import ctypes; ctypes.CDLL("libsynthesis.so.0", mode=ctypes.RTLD_GLOBAL); ctypes.CDLL("libsmltk.so.0")' 2>/dev/null ||
    missing="$missing libsynthesis-dev"
[ -z "$missing" ] || { echo "skipped: not installed (Debian:$missing)"; exit 77; }
[ -x "$omadm" ] || { echo "skipped: $omadm is not built"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
corpus=../shared/corpus

python3 tests/tools/make_messages.py "$work/messages" 300
python3 tests/tools/oracle_codec.py "$omadm" "$work/messages" "$work/ours"

# The corpus as we convert it, beside the messages. What has no known public identifier, or is not well formed, stays away; so does
# what the toolkit refuses: trees inline, and XML with device information on lines of its own.
set --
for document in tests/data/*.wbxml "$corpus"/*/*.wbxml "$corpus"/*/*/*.wbxml; do
    case $document in */vendor-*) continue ;; esac
    [ -f "$document" ] && set -- "$@" "$document"
done
python3 tests/tools/oracle_tshark.py "$omadm" "$@" "$work"/messages/*.wbxml "$work"/ours/*.wbxml

set --
for document in tests/data/*.syncml.* "$corpus"/syncml/*/*; do
    case $document in */results-e2.* | */results-inline.* | */ds*-syncml-004.xml) continue ;; esac
    [ -f "$document" ] || continue
    case $document in *.wbxml) to=xml ;; *) to=wbxml ;; esac
    name=$(basename "$document")
    # Not even a warning.
    [ -n "$("$omadm" convert "$document" "$work/$name.ours" --to $to 2>&1)" ] || set -- "$@" "$document" "$work/$name.ours"
done
python3 tests/tools/oracle_smltk.py "$omadm" "$@" "$work"/messages/*.xml "$work"/messages/*.wbxml "$work"/ours/*.xml "$work"/ours/*.wbxml

python3 tests/tools/oracle_push.py "$omadm"

sh tests/tools/oracle_wbxml.sh "$omadm" "$work/messages"
