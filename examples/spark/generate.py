"""A fleet for inventory.py to look into: the same one each time.

    python examples/spark/generate.py FOLDER [DEVICES]

writes FOLDER/captured/trees, a tree of each device (10,000), half of them in WBXML; FOLDER/captured/messages, what every second one answered to a server;
among both some that are broken; and FOLDER/expected.json: how many devices have which version of what, which roots there are, which codes were
returned, and which documents cannot be read. It counts what it decides, and reads nothing back.
"""
import collections
import json
import pathlib
import random
import sys
from xml.sax.saxutils import escape

import omadm

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Model, its maker, and the versions of DevInfo, DevDetail and DMAcc: those of DM 1.2 and of DM 1.3.
MODELS = [("R1", "Acme", "1.0", "1.0", "1.0"), ("AM900", "Acme", "1.1", "1.1", "1.1"), ("K3", "Köhler & Söhne", "1.2", "1.1", "1.2")]
# What a device may answer to an Exec of an update: accepted, not found, already there, failed.
UPDATE_CODES = [202, 404, 418, 500]


def node(name, *children, value=None, format="chr", mo=None, path=None):
    """A node: a leaf where it has a value, the root of a management object where it has an identifier."""
    where = "<Path>%s</Path>" % path if path else ""
    if value is not None:
        kind, content = "<MIME>text/plain</MIME>", "<Value>%s</Value>" % escape(value)
    else:
        format, kind, content = "node", "<DDFName>%s</DDFName>" % mo if mo else "<DDFName/>", "".join(children)
    properties = "<RTProperties><Format><%s/></Format><Type>%s</Type></RTProperties>" % (format, kind)
    return "<Node><NodeName>%s</NodeName>%s%s%s</Node>" % (name, where, properties, content)


def leaves(**values):
    return [node(name, value=str(value), format="int" if isinstance(value, int) else "chr") for name, value in values.items()]


def tree(nodes):
    return '<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD>%s</MgmtTree>' % "".join(nodes)


class Device:
    """One device: its name, the documents of its objects by URI of the root, and what it has, as (mo, version, uri)."""

    def __init__(self, number, chance):
        self.name = "IMEI:49015420%07d" % number
        self.objects, self.has, self.chance = {}, set(), chance
        model, maker, devinfo, devdetail, dmacc = chance.choice(MODELS)
        release = "%d.%d" % (chance.randint(1, 4), chance.randint(0, 9))
        self.add("./DevInfo", "oma-dm-devinfo", devinfo, *leaves(DevId=self.name, Man=maker, Mod=model, DmV="1.2", Lang="de-AT"))
        sizes = node("URI", *leaves(MaxDepth=32, MaxTotLen=1024, MaxSegLen=64))
        self.add("./DevDetail", "oma-dm-devdetail", devdetail, *leaves(DevTyp="phone", OEM=maker, FwV=release, SwV=release, HwV="C"), sizes)
        for account in chance.sample(["Operator", "Enterprise", "Bootstrap"], chance.randint(1, 2)):
            address = node("AppAddr", node("1", *leaves(Addr="https://dm.example.com/%s" % account, AddrType="URI")))
            access = node("AppAuth", node("1", *leaves(AAuthLevel="CLCRED", AAuthType="DIGEST", AAuthName=self.name)))
            self.add("./DMAcc/" + account, "oma-dm-dmacc", dmacc, *leaves(AppID="w7", ServerID=account.lower()), address, access)
        for part in chance.choice([(), ("system",), ("modem", "system")]):
            update = node("Update", *leaves(PkgURL="https://fw.example.com/%s/%s.bin" % (model, release)))
            self.add("./FUMO/" + part, "oma-fumo", "1.0", *leaves(PkgName=model, PkgVersion=release, State=chance.choice([10, 20, 100])), update)
        if chance.random() < 0.6:
            software = [node("app%d" % i, *leaves(ID="app%d" % i, Version=release, State=chance.choice([70, 80]))) for i in range(chance.randint(1, 5))]
            self.add("./SCOMO", "oma-scomo", chance.choice(["1.0", "1.1"]), node("Inventory", node("Deployed", *software)))
        if chance.random() < 0.1:
            self.add("./Acme/Power", "ext-acme-power", "2.0.1", *leaves(Battery=chance.randint(0, 100)))

    def add(self, uri, mo, version, *children):
        path, name = uri.rsplit("/", 1)
        self.objects[uri] = node(name, *children, mo="urn:oma:mo:%s:%s" % (mo, version), path=path)
        self.has.add(("urn:oma:mo:" + mo, version, uri))

    def answer(self, inside):
        """A message, the statuses in it, and its Results: the value of a node, or the tree document `inside`."""
        statuses = [("SyncHdr", self.chance.choice([200, 212, 212, 401])), ("Get", 200)]
        if any(uri.startswith("./FUMO") for uri in self.objects):
            statuses.append(("Exec", self.chance.choice(UPDATE_CODES)))
        body = "".join(
            "<Status><CmdID>%d</CmdID><MsgRef>1</MsgRef><CmdRef>%d</CmdRef><Cmd>%s</Cmd><Data>%d</Data></Status>" % (at + 1, at, cmd, code)
            for at, (cmd, code) in enumerate(statuses)
        )
        what, meta, data = "./DevDetail/SwV", "", "1.0"
        if inside is not None:
            meta = '<Meta><Format xmlns="syncml:metinf">xml</Format><Type xmlns="syncml:metinf">application/vnd.syncml.dmtnds+xml</Type></Meta>'
            what, data = ".?list=TNDS", "<![CDATA[%s]]>" % inside
        body += "<Results><CmdID>9</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Item><Source><LocURI>%s</LocURI></Source>%s<Data>%s</Data></Item></Results>"
        header = (
            "<SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1A</SessionID><MsgID>2</MsgID>"
            "<Target><LocURI>https://dm.example.com</LocURI></Target><Source><LocURI>%s</LocURI></Source></SyncHdr>"
        )
        syncml = XML + '<SyncML xmlns="SYNCML:SYNCML1.2">' + header + "<SyncBody>" + body + "<Final/></SyncBody></SyncML>"
        return syncml % (self.name, what, meta, data), statuses


def broken(document, how):
    """A document that nobody can read."""
    name = "N" * 2_000_000
    return [
        # Not empty: Spark does not show empty files.
        b"\n",
        document[: len(document) // 2],
        b"<html><body>Not logged in</body></html>",
        b"\x02\xa4\x01\x6a\x00" + b"\x7f" * 40,
        tree(["<Node><NodeName>A</NodeName>" * 5000 + "</Node>" * 5000]).encode(),
        # Two megabytes that become URIs of half a gigabyte.
        tree([node(name, *[node(str(child), value="") for child in range(250)])]).encode(),
    ][how]


def write(folder, count=10_000):
    chance = random.Random(9)
    out = pathlib.Path(folder)
    trees, messages = out / "captured" / "trees", out / "captured" / "messages"
    trees.mkdir(parents=True)
    messages.mkdir()
    versions, roots, codes, errors, having = (collections.Counter() for _ in range(5))
    for number in range(count):
        device = Device(number, chance)
        wbxml = number % 2
        suffix = ("xml", "wbxml")[wbxml]
        known = set(device.has)
        document = (XML + tree(device.objects.values())).encode()
        file = trees / ("%s.tnds.%s" % (device.name.replace(":", "-"), suffix))
        document = omadm.convert(document, omadm.Encoding.WBXML) if wbxml else document
        if number % 97 == 96:
            # One that makes much of little is enough.
            document, known = broken(document, 5 if number // 97 == 20 else number // 97 % 5), set()
            errors["trees/" + file.name] += 1
        file.write_bytes(document)
        if number % 4 < 2:
            inside, name = None, "%06d.syncml.%s" % (number, suffix)
            if number % 40 < 2:
                # Some have new objects since the tree was captured, or are known by their answer alone.
                device.add("./LAWMO", "oma-lawmo", "1.0", *leaves(State=30))
                inside = tree(device.objects.values())
                if number % 400 < 2:
                    inside = inside[:100]
                    errors["messages/%s#%d.0" % (name, 3 if any(uri.startswith("./FUMO") for uri in device.objects) else 2)] += 1
                else:
                    known |= device.has
            text, statuses = device.answer(inside)
            message = omadm.convert(text.encode(), omadm.Encoding.WBXML) if wbxml else text.encode()
            (messages / name).write_bytes(message)
            codes.update("%s %d" % status for status in statuses)
            if number % 97 == 4:
                (messages / ("cut-" + name)).write_bytes(message[: len(message) // 2])
                errors["messages/cut-" + name] += 1
        roots.update(uri for _, _, uri in known)
        versions.update("%s %s" % each for each in {(mo, version) for mo, version, _ in known})
        having["devices"] += bool(known)
        having["documents"] += 1
    expected = {"versions": versions, "roots": roots, "codes": codes, "errors": sorted(errors), "devices": having["devices"]}
    (out / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(sys.argv[1], *map(int, sys.argv[2:])) if sys.argv[1:] else sys.exit(__doc__)
