#!/usr/bin/env python3
"""The messages of make_messages.py, converted by omadm and compared with what they have to become.

    python3 tests/tools/oracle_codec.py OMADM FOLDER OURS

FOLDER is make_messages.py's. For each NAME in it this writes OURS/NAME.xml (from NAME.wbxml), OURS/NAME.wbxml and
OURS/NAME.table.wbxml (from NAME.xml, without and with string table), and reads them with Python's XML parser and wbxml.py. Compared are
elements, namespaces, texts and their order, also those of trees inside. How a text is written does not count: CDATA or not, opaque or
inline. A Size has to be that of the data beside it.
"""
import os
import subprocess
import sys
from xml.etree import ElementTree

from make_messages import NAMESPACES
from wbxml import Element, decode


def of_xml(text):
    def walk(element, data):
        name = element.tag.split("}")[1]
        yield "<", element.tag
        if name == "Item":
            data = [len(child.text.encode()) for child in element if child.tag.endswith("}Data") and child.text]
        inside = [child for child in element]
        if not inside and (element.text or "").startswith("<MgmtTree"):
            inside = [ElementTree.fromstring(element.text)]
        elif element.text:
            yield "text", "right" if name == "Size" and [int(element.text)] == data else element.text
        for child in inside:
            yield from walk(child, data)
        yield ">", ""
    return list(walk(ElementTree.fromstring(text), []))


def octets_of(element):
    pieces = [child for child in element.children if not isinstance(child, Element)]
    return b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)


def of_wbxml(octets):
    def walk(element, data):
        yield "<", "{%s}%s" % (NAMESPACES[element.vocab], element.name)
        if element.name == "Item":
            data = [len(octets_of(child)) for child in element.elements("Data")]
        whole = octets_of(element)
        # With a string table, the identifier is not all there is in it.
        if whole.startswith(b"\x02\x00\x00\x6a") and b"-//OMA//DTD-DM-DDF" in whole[:40]:
            yield from walk(decode(whole).root, [])
        elif whole:
            yield "text", b"right" if element.name == "Size" and [int(whole)] == data else whole
        for child in element.elements():
            yield from walk(child, data)
        yield ">", ""
    return list(walk(decode(octets).root, []))


def read(path):
    with open(path, "rb") as file:
        return file.read()


def convert(omadm, source, target, *options):
    run = subprocess.run([omadm, "convert", source, target, *options], capture_output=True, text=True)
    if run.returncode:
        sys.exit("%s %s: %s" % (source, options, run.stderr.strip()))


def same(name, ours, theirs):
    for number, (one, other) in enumerate(zip(ours, theirs)):
        if one != other:
            sys.exit("%s: piece %d is %r instead of %r" % (name, number, one, other))
    if len(ours) != len(theirs):
        sys.exit("%s: %d pieces instead of %d" % (name, len(ours), len(theirs)))
    return len(ours)


def main(arguments):
    omadm, folder, ours = arguments
    os.makedirs(ours, exist_ok=True)
    names = sorted(name[:-6] for name in os.listdir(folder) if name.endswith(".wbxml"))
    pieces = 0
    for name in names:
        source, target = os.path.join(folder, name), os.path.join(ours, name)
        convert(omadm, source + ".wbxml", target + ".xml", "--to", "xml")
        pieces += same(name + ".wbxml", of_xml(read(target + ".xml")), of_xml(read(source + ".xml")))
        for suffix, options in ((".wbxml", ()), (".table.wbxml", ("--string-table",))):
            convert(omadm, source + ".xml", target + suffix, "--to", "wbxml", *options)
            pieces += same(name + ".xml", of_wbxml(read(target + suffix)), of_wbxml(read(source + ".back")))
    print("codec: %d messages converted both ways and with string table, %d pieces as wbxml.py has them" % (len(names), pieces))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
