#!/bin/bash -eu
# Builds all targets with cargo-fuzz, and puts each into $OUT with its dictionary, its options and its seeds. Run by OSS-Fuzz in its container;
# $SRC/omadm is this repository, $OUT where the results go, $CARGO what calls cargo.

cd "$SRC/omadm"
CARGO=${CARGO:-cargo}
$CARGO fuzz build -O --debug-assertions --features libfuzzer

host=$(rustc -vV | sed -n 's/^host: //p')
built=${CARGO_TARGET_DIR:-fuzz/target}/$host/release
copied=0
for target in $($CARGO fuzz list); do
    # The program that writes seeds is listed, too.
    [ -f "fuzz/fuzz_targets/$target.rs" ] || continue
    cp "$built/$target" "$OUT/"
    cp "fuzz/dict/$target.dict" "$OUT/"
    printf '[libfuzzer]\nmax_len = 4096\ntimeout = 10\nrss_limit_mb = 2048\n' >"$OUT/$target.options"
    seeds=$(mktemp -d)
    "$built/corpus" "$target" "$seeds"
    [ ! -d "fuzz/regressions/$target" ] || cp -r "fuzz/regressions/$target/." "$seeds/"
    (cd "$seeds" && zip -q -r "$OUT/${target}_seed_corpus.zip" .)
    rm -r "$seeds"
    copied=$((copied + 1))
done
[ "$copied" -gt 0 ] || { echo "no target was built" >&2; exit 1; }
echo "$copied targets"
