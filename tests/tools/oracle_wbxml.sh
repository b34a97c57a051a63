#!/bin/sh
# Our conversions before libwbxml's: what `omadm convert` writes as WBXML, wbxml2xml reads; what it writes as XML,
# xml2wbxml reads. The XML of both is compared in canonical form, by Python's own parser.
#
#     tests/tools/oracle_wbxml.sh OMADM FOLDER
#
# FOLDER has the messages of make_messages.py; those called plain are asked about.
# libwbxml's own slips (field-lessons.md §4.3) are kept out: it does not know page 2 inside a message, drops attributes and
# namespaces of foreign elements, relabels trees without re-encoding them, and writes octets into XML as they are. So messages with trees, trees with
# values of format bin and descriptions with extensions are not among the documents.
set -eu

cd "$(dirname "$0")/../.."
omadm=$1 generated=$2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/same.py" <<'PYTHON'
import sys
from xml.etree import ElementTree

# libwbxml binds MetInf to this name, and binds nothing for trees.
def pieces(path):
    def walk(element):
        blank = lambda text: None if text is None or not text.strip() else text.strip()
        inside = list(element)
        text = blank(element.text)
        # A document inside, as text or as elements.
        try:
            if text and text.startswith("<"):
                inside, text = [ElementTree.fromstring(text)], None
        except ElementTree.ParseError:
            pass
        tag = element.tag.split("}")[-1]
        yield tag, sorted(element.attrib.items()), None if tag in ("Format", "Type") else text
        for child in inside:
            yield from walk(child)
            yield "after", blank(child.tail)
    return list(walk(ElementTree.parse(path).getroot()))

for line in open(sys.argv[1]):
    name, first, second = line.rstrip("\n").split("\t")
    one, two = pieces(first), pieces(second)
    for a, b in zip(one, two):
        if a != b:
            sys.exit("%s: %r instead of %r" % (name, b, a))
    if len(one) != len(two):
        sys.exit("%s: %d pieces instead of %d" % (name, len(two), len(one)))
PYTHON

count=0 both=0
pair() { # name, our XML, theirs
    printf '%s\t%s\t%s\n' "$1" "$2" "$3" >>"$work/pairs"
}

check() { # document
    name=$(basename "$1")
    count=$((count + 1))
    at=$work/$count
    "$omadm" convert "$1" "$at.xml" --to xml
    for option in '' --string-table; do
        "$omadm" convert "$1" "$work/ours.wbxml" --to wbxml $option
        wbxml2xml -m 0 -k -o "$at$option.theirs.xml" "$work/ours.wbxml" >"$work/log" 2>&1 ||
            { echo "$name: wbxml2xml: $(cat "$work/log")"; exit 1; }
        pair "$name $option" "$at.xml" "$at$option.theirs.xml"
    done
    # Their encoder wants a DOCTYPE or a namespace it knows; it drops blanks between elements.
    if xml2wbxml -n -v 1.2 -o "$work/theirs.wbxml" "$at.xml" >"$work/log" 2>&1; then
        "$omadm" convert "$work/theirs.wbxml" "$at.back.xml" --to xml
        pair "$name by xml2wbxml" "$at.xml" "$at.back.xml"
        both=$((both + 1))
    else
        echo "$name: xml2wbxml: $(head -n 1 "$work/log")"
    fi
}

for document in tests/data/package*.syncml.* tests/data/acme.ddf.xml \
    ../shared/corpus/provisioning/*.wbxml ../shared/corpus/tnds/ddf-001.wbxml ../shared/corpus/syncml/xml/ds-*.xml \
    ../shared/corpus/syncml/xml/dm12-testget*.xml ../shared/corpus/syncml/wbxml/dm12-*.wbxml "$generated"/plain-*.wbxml; do
    [ -f "$document" ] && check "$document"
done
python3 "$work/same.py" "$work/pairs"
echo "libwbxml: $count documents read by wbxml2xml as we mean them, $both written by xml2wbxml as we read them"
