#!/usr/bin/env python3
"""Prints the vectors of tests/vectors, and the names of the codes, as tables for test_vectors.c."""
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def joined(parts):
    return parts if isinstance(parts, str) else "".join(parts)


def octets(label, data):
    # No array of C is empty.
    values = ",".join(map(str, data)) or "0"
    print(f"static const unsigned char {label}[] = {{{values}}};")
    return f"{label}, {len(data)}"


def main():
    rows = []
    for name in ("notifications", "messages", "trees", "errors"):
        for vector in json.loads((ROOT / "tests" / "vectors" / f"{name}.json").read_text("utf-8")):
            label = f"v{len(rows)}"
            text = vector.get("text")
            data = bytes.fromhex(joined(vector["hex"])) if text is None else joined(text).encode("utf-8")
            expected = json.dumps(vector.get("json", vector.get("error")), ensure_ascii=False, separators=(",", ":"))
            opened = vector.get("open", {})
            limits = vector.get("options", {})
            unknown = set(limits) - {"limit_depth", "limit_text"}
            if unknown:
                raise SystemExit(f"{vector['name']}: {unknown}: test_vectors.c does not set that")
            fields = [
                json.dumps(f"{name}: {vector['name']}"),
                json.dumps(vector["kind"]),
                octets(f"{label}_input", data),
                octets(f"{label}_expected", expected.encode("utf-8")),
                str(int("json" in vector)),
                str(vector.get("media_type", 68)),
                str(int("open" in vector)),
                str(int(opened.get("resync", False))),
                octets(f"{label}_secret", bytes.fromhex(opened.get("secret", ""))),
                octets(f"{label}_nonce", bytes.fromhex(opened.get("nonce", ""))),
                str(limits.get("limit_depth", 0)),
                str(limits.get("limit_text", 0)),
            ]
            rows.append("    {" + ", ".join(fields) + "},")
    print("static const struct vector VECTORS[] = {", *rows, "};", sep="\n")
    print("static const struct code_name CODE_NAMES[] = {")
    enumeration = re.search(r"enum omadm_code\n.*?\};", (ROOT / "include" / "omadm.h").read_text("utf-8"), re.S)[0]
    for name, number in re.findall(r"^ +(OMADM_\w+) = (\d+),$", enumeration, re.M):
        print(f'    {{{number}, "{name}"}},')
    print("};")


if __name__ == "__main__":
    main()
