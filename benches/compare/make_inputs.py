#!/usr/bin/env python3
"""The inputs that omadm and its peers are measured on.

    python3 benches/compare/make_inputs.py FOLDER

writes the same documents every time: messages (syncml-*), trees (tnds-*) and their WBXML twins, by this file and by the tests' own
WBXML codec, so that no contestant has a hand in them. FOLDER/inputs.tsv says what is in each: a row has the name of the
file, its elements, commands, items and nodes.

Messages have what all peers can read: no Atomic, Sequence, Exec or Correlator, which Debian's SyncML toolkit crashes on, and no trees
inside, which libwbxml drops. All are one line, as peers send them.
"""
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "tools"))
from wbxml import FPI_DDF, Element, encode  # noqa: E402

NAMESPACES = {"syncml": "SYNCML:SYNCML1.2", "metinf": "syncml:metinf", "dmddf": "syncml:dmddf1.2"}
COMMANDS = ("Add", "Alert", "Delete", "Get", "Replace", "Results", "Status")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
MO_ID = "urn:oma:mo:oma-dm-dmacc:1.0"
TEN_ID = "urn:oma:mo:oma-fumo:1.0"


def sync(name, *children):
    return Element(name, "syncml", *children)


def info(name, text):
    return Element(name, "metinf", text)


def ddf(name, *children):
    return Element(name, "dmddf", *children)


def xml(root):
    """Like all that write on the wire: a namespace where it changes, no blanks between elements, < & > escaped."""
    out = []

    def write(element, inherited):
        namespace = "" if element.vocab == inherited else ' xmlns="%s"' % NAMESPACES[element.vocab]
        if not element.children:
            out.append("<%s%s/>" % (element.name, namespace))
            return
        out.append("<%s%s>" % (element.name, namespace))
        for child in element.children:
            if isinstance(child, Element):
                write(child, element.vocab)
            else:
                out.append(child.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
        out.append("</%s>" % element.name)

    write(root, None)
    return "".join(out).encode()


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self, least, most):
        return "".join(self.random.choices(LETTERS, k=self.random.randint(least, most)))

    def uri(self):
        return "./Vendor/MSFT/" + "/".join(self.word(4, 14) for _ in range(self.random.randint(2, 4)))

    def value(self):
        """Most values are short; every twentieth is long, or has signs that XML escapes."""
        pick = self.random.randrange(20)
        if pick == 0:
            return self.word(200, 400)
        if pick == 1:
            return self.word(3, 8) + " <" + self.word(2, 6) + "> & \u00e4\u20ac " + self.word(2, 6)
        return self.word(1, 40)

    def party(self, name):
        return sync(name, sync("LocURI", self.uri()))

    def item(self):
        meta = sync("Meta", info("Format", "chr"), info("Type", "text/plain"))
        return sync("Item", self.party("Target"), meta, sync("Data", self.value()))

    def header(self):
        digest = sync("Cred", sync("Meta", info("Format", "b64"), info("Type", "syncml:auth-md5")), sync("Data", "L65Uqgya1wxOfsdd6yaseQ=="))
        return sync("SyncHdr", sync("VerDTD", "1.2"), sync("VerProto", "DM/1.2"), sync("SessionID", "1A"), sync("MsgID", "2"),
                    sync("Target", sync("LocURI", "IMEI:490154203237518")),
                    sync("Source", sync("LocURI", "https://dm.example.com/omadm")), digest,
                    sync("Meta", info("MaxMsgSize", "16384"), info("MaxObjSize", "1048576")))

    def command(self, cmd_id):
        """The mix of a session: of ten commands, four Replace, two Status, one each of Add, Get, Results, Delete."""
        first = sync("CmdID", str(cmd_id))
        name = ("Replace", "Status", "Add", "Replace", "Get", "Results", "Replace", "Status", "Delete", "Replace")[cmd_id % 10]
        if name == "Status":
            return sync(name, first, sync("MsgRef", "1"), sync("CmdRef", str(cmd_id)), sync("Cmd", "Replace"),
                        sync("TargetRef", self.uri()), sync("Data", "200"))
        if name == "Results":
            item = sync("Item", self.party("Source"), sync("Meta", info("Format", "chr"), info("Type", "text/plain")),
                        sync("Data", self.value()))
            return sync(name, first, sync("MsgRef", "1"), sync("CmdRef", str(cmd_id)), item)
        if name in ("Get", "Delete"):
            return sync(name, first, *[sync("Item", self.party("Target")) for _ in range(2)])
        return sync(name, first, *[self.item() for _ in range(1 + cmd_id % 2)])

    def message(self, octets):
        """A message whose XML has about so many octets."""
        commands, size = [sync("Alert", sync("CmdID", "1"), sync("Data", "1201"))], 900
        while size < octets:
            commands.append(self.command(len(commands) + 1))
            size += len(xml(commands[-1])) - len(' xmlns="SYNCML:SYNCML1.2"')
        return sync("SyncML", self.header(), sync("SyncBody", *commands, sync("Final")))

    def replaces(self, count):
        """As field-lessons.md §4.1 has them: one item a command, about 256 octets each, no text twice."""
        def command(number):
            uri = "./Vendor/MSFT/Policy/Config/Area%d/Setting%d/%s" % (number % 97, number, self.word(8, 8))
            item = sync("Item", sync("Target", sync("LocURI", uri)),
                        sync("Meta", info("Format", "chr"), info("Type", "text/plain")),
                        sync("Data", "value %d of %s" % (number, self.word(12, 12))))
            return sync("Replace", sync("CmdID", str(number)), item)

        return sync("SyncML", self.header(), sync("SyncBody", *[command(number + 1) for number in range(count)], sync("Final")))

    def tree(self, groups, changed=False):
        """Groups of five nodes, a hundred to a branch; every twentieth is a management object, ten of them of another kind."""
        def leaf(name, kind, value):
            return ddf("Node", ddf("NodeName", name), ddf("RTProperties", ddf("Format", ddf(kind)), ddf("Type", ddf("MIME", "text/plain"))),
                       ddf("Value", value))

        nodes = []
        tens = max(1, groups // 200)
        for group in range(groups):
            mo_id = None
            if group % 20 == 0:
                mo_id = TEN_ID if group // 20 % tens == tens - 1 else MO_ID
            name = "Group%05d%s" % (group, "x" if changed and group % 10 == 0 else "")
            port = "8443" if changed else "443"
            address = "https://%s.example.com/%s" % (self.word(8, 24), self.word(24, 56))
            properties = ddf("RTProperties", ddf("ACL", "Get=*&Replace=dm.example.com"), ddf("Format", ddf("node")),
                             ddf("Type", ddf("DDFName", mo_id) if mo_id else ddf("DDFName")),
                             ddf("Title", "Account %d of %s" % (group, self.word(8, 24))))
            label = self.word(16, 72) + ("x" if changed and group % 10 == 0 else "")
            leaves = [leaf("Name", "chr", label), leaf("Address", "chr", address), leaf("Port", "int", port),
                      leaf("Enabled", "bool", "true")]
            nodes.append(ddf("Node", ddf("NodeName", name), ddf("Path", "./Branch%03d" % (group // 100)), properties, *leaves))
        return ddf("MgmtTree", ddf("VerDTD", "1.2"), ddf("Man", "Example"), ddf("Mod", "X1"), *nodes)


def yang(tree):
    """The groups of a tree for libyang, on the model in peers/libyang.c: five nodes each, of which the name is the key, in the same
    branches."""
    out, branch = ['<tree xmlns="urn:compare">'], None
    for group in tree.elements("Node"):
        path = group.elements("Path")[0].text()
        if path != branch:
            out.append("</branch>" if branch else "")
            out.append("<branch><id>%s</id>" % path)
            branch = path
        out.append("<group>")
        for leaf in group.elements("Node"):
            name = leaf.elements("NodeName")[0].text().lower()
            out.append("<%s>%s</%s>" % (name, leaf.elements("Value")[0].text(), name))
        out.append("</group>")
    return ("".join(out) + "</branch></tree>").encode()


def counts(root):
    elements = commands = items = nodes = 0
    stack = [root]
    while stack:
        element = stack.pop()
        elements += 1
        commands += element.name in COMMANDS and element.vocab == "syncml"
        items += element.name == "Item"
        nodes += element.name == "Node" and element.vocab == "dmddf"
        stack += element.elements()
    return elements, commands, items, nodes


def main(folder):
    os.makedirs(folder, exist_ok=True)
    rows = []

    def put(name, root, binary=True, **options):
        for suffix, octets in [(".xml", xml(root))] + ([(".wbxml", encode(root, **options))] if binary else []):
            with open(os.path.join(folder, name + suffix), "wb") as file:
                file.write(octets)
            rows.append((name + suffix, *counts(root)))

    for name, octets in (("small", 1_700), ("medium", 64_000), ("large", 4_000_000)):
        put("syncml-" + name, Maker(name).message(octets))
    for count in (250, 500, 1_000, 2_000, 4_000, 8_000):
        put("replace-%d" % count, Maker("replace").replaces(count), binary=False)
    for name, groups in (("10k", 10), ("1m", 1_050), ("19m", 20_000)):
        put("tnds-" + name, Maker("tree").tree(groups), public_id=FPI_DDF)
    before, after = [Maker("tree").tree(20_000, changed=changed) for changed in (False, True)]
    put("tnds-19m-changed", after, binary=False)
    # Both trees in one file, with a NUL between: libyang compares trees of one context.
    with open(os.path.join(folder, "yang.xml"), "wb") as file:
        file.write(yang(before) + b"\0" + yang(after))
    rows.append(("yang.xml", 0, 0, 0, 1 + 2 * 200 + counts(before)[3]))
    with open(os.path.join(folder, "inputs.tsv"), "w") as file:
        for row in rows:
            print(*row, sep="\t", file=file)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    sys.exit(main(sys.argv[1]))
