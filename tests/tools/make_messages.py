#!/usr/bin/env python3
"""Random SyncML messages for the oracles, each in both encodings, by this file and wbxml.py alone.

    python3 tests/tools/make_messages.py FOLDER [COUNT [SEED]]

writes COUNT messages (300) of three sorts in turn, KIND-NNN.wbxml and KIND-NNN.xml:

    dm     everything of DM: containers, correlators, octets, trees, texts as opaque blocks and in the string table
    ds     without Atomic, Sequence, Exec and Correlator, which Debian's SyncML toolkit does not have
    plain  texts and CDATA sections only, which libwbxml carries as they are

What the two of a pair differ in is what the encodings demand (wire.md §7.10, §7.11, §9.3): octets are raw under Format bin in WBXML
and base64 under b64 in XML; trees are WBXML documents under bin there, XML in CDATA under xml here; Type and Size follow.
KIND-NNN.back is the WBXML that the XML becomes: base64 stays base64.
"""
import base64
import os
import random
import sys

from wbxml import CData, Element, FPI_DDF, encode

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
SIGNS = LETTERS + "  .,:;/-_+=()&<>\"'" + "\u00e4\u00df\u20ac\u4e2d\U0001f600"
NAMESPACES = {"syncml": "SYNCML:SYNCML1.2", "metinf": "syncml:metinf", "dmddf": "syncml:dmddf1.2"}


def sync(name, *children):
    return Element(name, "syncml", *children)


def info(name, text):
    return Element(name, "metinf", text)


class Octets(bytes):
    """A value of octets."""


class Tree:
    """A tree of a few nodes; `root` is its MgmtTree."""

    def __init__(self, root):
        self.root = root


class Maker:
    def __init__(self, seed, kind):
        self.random, self.kind, self.cmd_id, self.nodes = random.Random("%s %s" % (seed, kind)), kind, 0, 0

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def word(self, signs=LETTERS, least=1, most=12):
        return "".join(self.random.choice(signs) for _ in range(self.random.randint(least, most)))

    def line(self):
        """Text without blanks at its ends, which some readers take off."""
        return self.word(LETTERS, 1, 2) + self.word(SIGNS, 0, self.random.choice((8, 40, 300))) + self.word(LETTERS, 1, 2)

    def uri(self):
        return "./" + "/".join(self.word() for _ in range(self.random.randint(1, 5)))

    def number(self, most=1 << 20):
        return str(self.random.randint(1, most))

    def party(self, name, uri, with_name=10):
        extra = [sync("LocName", self.word())] if self.chance(with_name) else []
        return sync(name, sync("LocURI", uri), *extra)

    def value(self):
        if self.chance(60):
            return self.line()
        if self.kind == "plain" or self.chance(40):
            return CData(self.line().replace("]]>", ""))
        if self.chance(60):
            return Octets(self.random.randbytes(self.random.randint(1, 40)) + b"\xff")
        return Tree(self.tree())

    def tree(self):
        def ddf(name, *children):
            return Element(name, "dmddf", *children)

        def node(depth):
            leaf = depth > 2 or self.chance(50)
            kind = ddf("chr") if leaf else ddf("node")
            properties = ddf("RTProperties", ddf("Format", kind), ddf("Type", ddf("MIME", "text/plain") if leaf else ddf("DDFName")))
            inside = [ddf("Value", self.line())] if leaf else [node(depth + 1) for _ in range(self.random.randint(1, 3))]
            self.nodes += 1
            return ddf("Node", ddf("NodeName", self.word() + str(self.nodes)), properties, *inside)

        return ddf("MgmtTree", ddf("VerDTD", "1.2"), *[node(0) for _ in range(self.random.randint(1, 2))])

    def item(self, with_data=80):
        target, source = self.chance(70), self.chance(30)
        parts = [self.party("Target", self.uri())] if target else []
        parts += [self.party("Source", self.uri())] if source or not target else []
        data = self.value() if self.chance(with_data) else None
        size = self.chance(20)
        if isinstance(data, (Octets, Tree)) or self.chance(50):
            parts.append(("meta", data, size))
        if data is not None:
            parts.append(("data", data))
        if self.chance(4) and isinstance(data, str):
            parts.append(sync("MoreData"))
        return sync("Item", *parts)

    def items(self, least=1, **options):
        return [self.item(**options) for _ in range(self.random.randint(least, 3))]

    def id(self):
        self.cmd_id += 1
        return sync("CmdID", str(self.cmd_id))

    def command(self, depth=0):
        names = ["Add", "Replace", "Replace", "Delete", "Get", "Copy", "Alert", "Status", "Results"]
        if self.kind != "ds":
            names += ["Exec"] + (["Atomic", "Sequence"] if depth < 3 else [])
        name = self.random.choice(names)
        first = [self.id()]
        correlator = [sync("Correlator", self.word())] if self.kind != "ds" and self.chance(15) else []
        if name == "Status":
            refs = [sync("TargetRef", self.uri()) for _ in range(self.random.randint(0, 2))]
            refs += [sync("SourceRef", self.uri()) for _ in range(self.random.randint(0, 1))]
            chal = [info("Format", "b64"), info("Type", "syncml:auth-md5"),
                    info("NextNonce", base64.b64encode(self.random.randbytes(16)).decode())]
            chal = [sync("Chal", sync("Meta", *chal))] if self.chance(20) else []
            return sync(name, *first, sync("MsgRef", self.number(99)), sync("CmdRef", self.number(99)),
                        sync("Cmd", self.random.choice(("Add", "Get", "SyncHdr"))), *refs, *chal,
                        sync("Data", self.random.choice(("200", "212", "404", "500"))))
        if name == "Results":
            return sync(name, *first, sync("MsgRef", self.number(99)), sync("CmdRef", self.number(99)), *self.items())
        if name == "Alert":
            return sync(name, *first, sync("Data", self.random.choice(("1200", "1201", "1226"))), *correlator, *self.items(0))
        if name in ("Atomic", "Sequence"):
            return sync(name, *first, *[self.command(depth + 1) for _ in range(self.random.randint(1, 3))])
        meta = [("meta", "", False)] if name in ("Add", "Replace") and self.chance(10) else []
        if name == "Exec":
            return sync(name, *first, *correlator, self.item())
        return sync(name, *first, *meta, *self.items(with_data=0 if name in ("Delete", "Get", "Copy") else 80))

    def message(self):
        limits = [info("MaxMsgSize", self.number()), info("MaxObjSize", self.number())]
        meta = [sync("Meta", *limits)] if self.chance(40) else []
        md5 = [info("Format", "b64"), info("Type", "syncml:auth-md5")]
        digest = base64.b64encode(self.random.randbytes(16)).decode()
        cred = [sync("Cred", sync("Meta", *md5), sync("Data", digest))] if self.chance(30) else []
        header = sync("SyncHdr", sync("VerDTD", "1.2"), sync("VerProto", "DM/1.2"), sync("SessionID", self.number(65535)),
                      sync("MsgID", self.number(99)), self.party("Target", self.uri()), self.party("Source", self.uri(), 40), *cred, *meta)
        commands = [self.command() for _ in range(self.random.randint(1, 6))]
        return sync("SyncML", header, sync("SyncBody", *commands, *([sync("Final")] if self.chance(80) else [])))


def finished(part, wbxml, has_octets):
    """The element in one encoding. `has_octets`: whether values of octets are raw in WBXML."""
    def meta(data, size):
        encoding = "wbxml" if wbxml else "xml"
        media = "text/plain"
        if isinstance(data, Tree):
            kind, media = ("bin" if wbxml else "xml"), "application/vnd.syncml.dmtnds+" + encoding
        elif isinstance(data, Octets):
            kind, media = ("bin" if wbxml and has_octets else "b64"), "application/octet-stream"
        else:
            kind = "chr"
        parts = [info("Format", kind), info("Type", media)]
        return parts + ([info("Size", str(len(raw(data))))] if size and data is not None else [])

    def raw(data):
        form = content(data)
        return form if isinstance(form, bytes) else form.encode()

    def content(data):
        if isinstance(data, Tree):
            return encode(data.root, FPI_DDF) if wbxml else CData(xml(data.root))
        if isinstance(data, Octets):
            return bytes(data) if wbxml and has_octets else base64.b64encode(data).decode()
        return data

    if isinstance(part, tuple):
        return sync("Meta", *meta(*part[1:])) if part[0] == "meta" else sync("Data", content(part[1]))
    if not isinstance(part, Element):
        return part
    return Element(part.name, part.vocab, *[finished(child, wbxml, has_octets) for child in part.children])


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml(element, around=None):
    space = "" if element.vocab == around else ' xmlns="%s"' % NAMESPACES[element.vocab]
    if not element.children:
        return "<%s%s/>" % (element.name, space)
    inside = ""
    for child in element.children:
        if isinstance(child, Element):
            inside += xml(child, element.vocab)
        else:
            inside += "<![CDATA[%s]]>" % child.replace("]]>", "]]]]><![CDATA[>") if isinstance(child, CData) else escaped(child)
    return "<%s%s>%s</%s>" % (element.name, space, inside, element.name)


def texts(element):
    return [child for part in element.iter() for child in part.children if type(child) is str]


def main(arguments):
    folder, count, seed = arguments[0], int((arguments[1:] or ["300"])[0]), int((arguments[2:] or ["1"])[0])
    os.makedirs(folder, exist_ok=True)
    for number in range(count):
        kind = ("dm", "ds", "plain")[number % 3]
        maker = Maker("%d %d" % (seed, number), kind)
        message = maker.message()
        binary = finished(message, True, True)
        # The ways that peers write the same (wire.md §7.3, §7.10).
        choice = maker.random.randrange(6)
        options = {}
        if choice == 0:
            options["public_id"] = "-//SYNCML//DTD SyncML 1.2//EN"
            options["final_nul"] = maker.chance(50)
        elif choice == 1 and kind == "dm":
            options["strings"] = tuple(sorted(set(maker.random.sample(texts(binary), 3))))
        elif choice == 2 and kind != "plain":
            options["opaque_text"] = lambda element: element.name == "Data" and element.children[0] not in ("200", "212")
        options["version"] = maker.random.choice((1, 2, 3))
        name = os.path.join(folder, "%s-%03d" % (kind, number))
        for suffix, octets in ((".wbxml", encode(binary, **options)), (".back", encode(finished(message, True, False))),
                               (".xml", xml(finished(message, False, False)).encode())):
            with open(name + suffix, "wb") as file:
                file.write(octets)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
