#!/usr/bin/env python3
"""Writes the documents in tests/data/ from one model of a phone. Everything in them is invented for this project.

    python3 tests/tools/make_phone.py           writes the files
    python3 tests/tools/make_phone.py --check   exits 1 if what is there differs from what would be written

The WBXML comes from wbxml.py beside this file, not from the library that reads it in the tests."""
import base64
import hashlib
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from wbxml import FPI_DDF, CData, Element, encode  # noqa: E402

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

# ------------------------------------------------------------------------------------------- model of a tree


class Node:
    """A node of the management tree. `value` is None (no Value element), str, CData or bytes (Format bin).
    `mo` identifies the management object rooted here; `rt=False` leaves RTProperties out altogether.
    `secret` marks what no server may Get, so a Get answer leaves it out."""

    def __init__(self, name, *children, fmt="node", value=None, mime="text/plain", mo="", acl=None, title=None,
                 tstamp=None, verno=None, secret=False, rt=True):
        self.__dict__.update(locals())
        del self.__dict__["self"]

    def walk(self, parents=()):
        """(path of the parent as a tuple of names, node), in document order."""
        yield parents, self
        for child in self.children:
            yield from child.walk(parents + (self.name,))


def leaf(name, value="", fmt="chr", **more):
    return Node(name, fmt=fmt, value=value, **more)


def leaves(**values):
    """chr leaves in the order given; a trailing underscore in a name is for Python only."""
    return [leaf(name.rstrip("_"), value) for name, value in values.items()]


# --------------------------------------------------------------------------------------------- the Acme R1

DEVICE, SERVER, SERVER_URL = "IMEI:490154203237518", "dm.example.com", "https://dm.example.com/omadm"
USER, SECRET, SERVER_SECRET = "dev1", "secret", "srvsecret"
NONCE = bytes(range(16))                                  # 00 01 .. 0F
SERVER_NONCE = bytes(range(0xF0, 0x100))                  # F0 F1 .. FF
MO = "urn:oma:mo:oma-%s:1.0"


def b64(octets):
    return base64.b64encode(octets).decode()


def device_information():
    return Node("DevInfo", *leaves(DevId=DEVICE, Man="Acme", Mod="R1", DmV="1.2", Lang="en-US"),
                Node("Ext", Node("Acme", leaf("Region", "EMEA"), leaf("Colour", "graphite"))),
                Node("Bearer", leaf("LTE", "true", "bool"), leaf("WLAN", "true", "bool"), leaf("GSM", "")),
                mo=MO % "dm-devinfo", acl="Get=*", title="About this device")


def device_detail():
    return Node("DevDetail", Node("URI", *leaves(MaxDepth="16", MaxTotLen="1024", MaxSegLen="64")),
                *leaves(DevTyp="phone", OEM="Acme Mobile Ltd", FwV="R1-4.2.0", SwV="11.3.7", HwV="rev C"),
                leaf("LrgObj", "true", "bool"),
                Node("Ext", Node("Battery", leaf("CapacitymAh", "3000", "int"), leaf("Health", "0.97", "float")),
                     leaf("BuildDate", "2024-02-29", "date")),
                Node("Bearer", Node("Modem", leaf("Name", "AM-900"), leaf("Bands", "1,3,7,20,28"))),
                mo=MO % "dm-devdetail", acl="Get=*", tstamp="20240301T060000Z", verno="3")


def account(name, server, url, port, nap, user, hue):
    host = url.split("/")[2]
    return Node(name, *leaves(AppID="w7", ServerID=server, Name=hue, PrefConRef="./NAP/" + nap),
                Node("ToConRef", Node("1", leaf("ConRef", "./NAP/" + nap)), Node("2", leaf("ConRef", "./NAP/wlan"))),
                Node("AppAddr",
                     Node("1", leaf("Addr", url), leaf("AddrType", "URI"),
                          Node("Port", Node("1", leaf("PortNbr", port)))),
                     Node("2", leaf("Addr", "2001:db8::17"), leaf("AddrType", "IPv6"),
                          Node("Port", Node("1", leaf("PortNbr", port)), Node("2", leaf("PortNbr", "8443"))))),
                leaf("AAuthPref", "DIGEST"),
                Node("AppAuth",
                     Node("Client", leaf("AAuthLevel", "CLCRED"), leaf("AAuthType", "DIGEST"), leaf("AAuthName", user),
                          leaf("AAuthSecret", SECRET, secret=True),
                          leaf("AAuthData", b64(NONCE), "b64", mime="application/octet-stream", secret=True)),
                     Node("Server", leaf("AAuthLevel", "SRVCRED"), leaf("AAuthType", "HMAC"), leaf("AAuthName", server),
                          leaf("AAuthSecret", SERVER_SECRET, secret=True),
                          leaf("AAuthData", b64(SERVER_NONCE), "b64", mime="application/octet-stream", secret=True))),
                Node("Ext", leaf("Host", host)),
                mo=MO % "dm-dmacc", acl="Get=%s&Replace=%s&Delete=%s" % (server, server, server), title=hue,
                tstamp="20240229T235959Z", verno="12")


def firmware(name, package, version, url, state, extra):
    return Node(name, leaf("PkgName", package), leaf("PkgVersion", version),
                Node("Download", leaf("PkgURL", url)),
                Node("Update", leaf("PkgData", bytes(range(256))[::-7], "bin", mime="application/octet-stream",
                                    secret=True)),
                Node("DownloadAndUpdate", leaf("PkgURL", url + "?now=1&quiet=0")),
                leaf("State", state, "int", verno="7"),
                Node("Ext", *extra),
                mo=MO % "fumo", acl="Get=*&Exec=%s&Replace=%s" % (SERVER, SERVER), tstamp="20240301T101500Z")


def software(name, downloads, delivered, deployed):
    def operations(*names):
        return Node("Operations", *(leaf(n, None, "null") for n in names))

    return Node(name,
                Node("Download", *(Node(i, *leaves(PkgID=i, Name=n, PkgURL=u), leaf("Status", s, "int"),
                                        operations("Download", "DownloadInstall")) for i, n, u, s in downloads)),
                Node("Inventory",
                     Node("Delivered", *(Node(i, *leaves(PkgID=i, Name=n, Version=v),
                                              operations("Install", "Remove")) for i, n, v in delivered)),
                     Node("Deployed", *(Node(i, leaf("Name", n), leaf("Version", v, verno=str(k)),
                                             leaf("State", s, "int"), operations("Activate", "Remove"))
                                        for k, (i, n, v, s) in enumerate(deployed)))),
                mo=MO % "scomo", acl="Get=*&Add=%s&Exec=%s" % (SERVER, SERVER))


def access_point(name, bearer, address, user, extra=()):
    auth = [Node("AuthInfo", leaf("AuthType", "PAP"), leaf("AuthName", user),
                 leaf("AuthSecret", "mobile", secret=True))] if user else []
    return Node(name, *leaves(NAPID=name, Name="Acme " + name, BearerType=bearer,
                              AddrType="APN" if address else "", Addr=address),
                *auth, *extra, mo=MO % "connmo-nap", acl="Get=*&Replace=" + SERVER)


def vendor():
    policy = '<policy xmlns="urn:example:policy"><rule id="1">a &amp; b</rule></policy>'
    kinds = Node(
        "Kinds",
        leaf("b64", b64(b"\x00\x01Acme\xfe\xff"), "b64", mime="application/octet-stream"),
        leaf("bin", b"\x00\x01Acme\xfe\xff\x00", "bin", mime="application/octet-stream"),
        leaf("bool", "false", "bool"),
        leaf("chr", "plain text"),
        leaf("int", "-2147483648", "int"),
        Node("node"),
        leaf("null", None, "null"),
        leaf("xml", policy, "xml", mime="application/xml"),
        leaf("xmlcdata", CData(policy), "xml", mime="application/xml"),
        leaf("date", "2005-345", "date"),
        leaf("time", "11:20:35+01:20", "time"),
        leaf("float", "+1.25e-03", "float"),
        acl="", title="One leaf of every Format")
    wide = Node("Slots", *(leaf("Slot%02d" % n, str(n * n), "int") for n in range(1, 13)), title="Twelve children")
    texts = Node(
        "Texts",
        leaf("Greeting", "Gr\u00fc\u00dfe aus M\u00fcnchen \u2013 \u4f60\u597d \U0001F642", title="B\u00fcro"),
        leaf("Markup", 'if a < b && c > d then "x" else \'y\''),
        leaf("Spaces", "  two before, three after   "),
        leaf("Lines", "first\nsecond\n\tthird"),
        leaf("Empty", ""),                                                    # <Value></Value>
        Node("NoValue", fmt="chr"),                                           # no Value at all
        leaf("Long", "0123456789abcdef" * 20),
        Node("My%20Ringtones", leaf("Caf%C3%A9", "ogg", mime="audio/ogg"), leaf("100%25", "Loud & clear")))
    deep = leaf("Leaf", "ten levels down")
    for n in range(6, 0, -1):
        deep = Node("L%d" % n, deep)
    return Node("Vendor",
                Node("AcmeExt", kinds, wide, texts,
                     Node("NoProperties", leaf("Inside", "parent has no RTProperties"), rt=False),
                     Node("Deep", deep),
                     Node("Everything",
                          leaf("All", "every property", acl="Replace=%s&Get=*" % SERVER, title="All of them",
                               tstamp="20240301T120000Z", verno="65535"),
                          acl="Add=%s+ops.example.net&Delete=%s&Replace=%s&Get=*" % (SERVER, SERVER, SERVER),
                          title="Ops & Co <all>", tstamp="19991231T235959Z", verno="0"),
                     mo="com.example/1.0/AcmeExt", acl="Get=*"),
                rt=False)


def phone():
    """The nodes below the root."""
    notes = CData('<notes><b>Fixes</b> 1 & 2 are in <![CDATA[4.2.1]]'.replace("&", "&amp;") + "></notes>")
    return [
        device_information(),
        device_detail(),
        Node("DMAcc",
             account("acme-ops", SERVER, SERVER_URL, "443", "internet", USER, "Acme Operations"),
             account("enterprise", "mdm.example.net", "https://mdm.example.net/dm", "8443", "internet", "r1-4711",
                     "Example Enterprise")),
        Node("FUMO",
             firmware("modem", "AM-900 modem", "2.8.1", "https://fw.example.com/am900/2.8.1.bin", "10",
                      [leaf("Slot", "B")]),
             firmware("system", "Acme R1 system", "4.2.1", "https://fw.example.com/r1/4.2.1.bin", "60",
                      [leaf("Notes", notes, "xml", mime="application/xml"),
                       leaf("Digest", b64(hashlib.sha256(b"R1-4.2.1").digest()), "b64",
                            mime="application/octet-stream")])),
        Node("SCOMO",
             software("apps", [("dl1", "Acme Maps", "https://apps.example.com/maps-7.apk", "10")],
                      [("mail", "Acme Mail", "5.1")],
                      [("browser", "Acme Browser", "121.0", "1"), ("camera", "Acme Camera", "3.4.2", "1"),
                       ("games", "Pong & Friends", "1.0", "0")]),
             software("enterprise", [], [("vpn", "Example VPN", "9.9.1")],
                      [("agent", "Example Agent", "2.0.0", "1"), ("wiki", "Beispiel-Wiki \u00a9", "0.9", "1")])),
        Node("NAP",
             access_point("internet", "3GPP-PS", "internet.example.com", "web"),
             access_point("mms", "3GPP-PS", "mms.example.com", "mms",
                          [Node("Ext", leaf("MMSC", "http://mmsc.example.com:8002/"))]),
             access_point("wlan", "WLAN", "", "")),
        vendor(),
    ]


# ------------------------------------------------------------------------------------ tree -> TNDS elements

def d(name, *children):
    return Element(name, "dmddf", *children)


def node_element(node, path=None, deep=True, readable=False):
    """The Node element; `path` adds a Path, `deep` the children, `readable` leaves out what is secret."""
    out = d("Node", d("NodeName", node.name))
    if path is not None:
        out.children.append(d("Path", path))
    if node.rt:
        properties = d("RTProperties")
        if node.acl is not None:
            properties.children.append(d("ACL", *[node.acl] * bool(node.acl)))
        properties.children.append(d("Format", d(node.fmt)))
        for name, value in (("Title", node.title), ("TStamp", node.tstamp)):
            if value is not None:
                properties.children.append(d(name, value))
        kind = d("DDFName", *[node.mo] * bool(node.mo)) if node.fmt == "node" else d("MIME", node.mime)
        properties.children.append(d("Type", kind))
        if node.verno is not None:
            properties.children.append(d("VerNo", node.verno))
        out.children.append(properties)
    if node.value is not None:
        out.children.append(d("Value", node.value))
    if deep:
        out.children += [node_element(c, None, True, readable) for c in node.children if not (readable and c.secret)]
    return out


def management_tree(nodes):
    return d("MgmtTree", d("VerDTD", "1.2"), d("Man", "Acme"), d("Mod", "R1"), *nodes)


def nested(tops):
    return management_tree([node_element(top, ".") for top in tops])


def flat(tops):
    """Every node with its own Path. One node of each object in turn: parents come before their children,
    siblings keep their order, but neighbours in the document belong to different objects."""
    queues, out = [list(top.walk((".",))) for top in tops], []
    while any(queues):
        for queue in queues:
            if queue:
                parents, node = queue.pop(0)
                out.append(node_element(node, "/".join(parents), deep=False))
    return management_tree(out)


# ------------------------------------------------------------------------------------------ elements -> XML

NAMESPACE = {"syncml": "SYNCML:SYNCML1.2", "metinf": "syncml:metinf", "dmddf": "syncml:dmddf1.2"}
HEAD = {
    "MgmtTree": '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE MgmtTree PUBLIC "%s"\n'
                '  "http://www.openmobilealliance.org/tech/DTD/dm_ddf-v1_2.dtd">\n' % FPI_DDF,
    "SyncML": '<?xml version="1.0" encoding="UTF-8"?>\n',
}
# Elements whose children stand on lines of their own; everything else is written without white space.
BLOCKS = set("SyncML SyncHdr SyncBody Status Results Alert Add Atomic Copy Delete Exec Get Replace Sequence Item "
             "MgmtTree Node".split())


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def xml(item, pretty=True, depth=0, outer=None):
    """Namespaces are declared on the first element that uses them, as SyncML wants it."""
    if isinstance(item, bytes):
        return b64(item)
    if isinstance(item, CData):
        return "<![CDATA[" + item.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    if isinstance(item, str):
        return escape(item)
    start = item.name + (' xmlns="%s"' % NAMESPACE[item.vocab] if item.vocab != outer else "")
    if not item.children:
        return "<%s/>" % start
    block = pretty and item.name in BLOCKS and item.elements()
    parts = [xml(c, pretty, depth + 1, item.vocab) for c in item.children]
    if block:
        parts = ["\n" + "  " * (depth + 1) + p for p in parts] + ["\n" + "  " * depth]
    return "<%s>%s</%s>" % (start, "".join(parts), item.name)


def document(root):
    return (HEAD[root.name] + xml(root) + "\n").encode()


# ---------------------------------------------------------------------------------------------- SyncML parts

def s(name, *children):
    return Element(name, "syncml", *children)


def meta(**values):
    """MetInf children, in the order given."""
    return s("Meta", *(Element(name, "metinf", value) for name, value in values.items()))


def target(uri, name=None):
    return s("Target", s("LocURI", uri), *([s("LocName", name)] if name else []))


def source(uri, name=None):
    return s("Source", s("LocURI", uri), *([s("LocName", name)] if name else []))


def item(*parts):
    return s("Item", *parts)


def data(*content):
    return s("Data", *content)


def command(name, number, *parts):
    return s(name, s("CmdID", str(number)), *parts)


def status(number, message, reference, name, code, *more):
    return command("Status", number, s("MsgRef", str(message)), s("CmdRef", str(reference)), s("Cmd", name),
                   *more, data(str(code)))


def digest(user, secret, *rest):
    """H(b64(H(user:secret)):nonce) and, for package #0, H(b64(H(user:secret)):nonce:b64(H(trigger)))."""
    md5 = lambda octets: hashlib.md5(octets).digest()  # noqa: E731
    return md5(b":".join((base64.b64encode(md5(("%s:%s" % (user, secret)).encode())),) + rest))


def credentials(user, secret, nonce):
    return s("Cred", meta(Format="b64", Type="syncml:auth-md5"), data(b64(digest(user, secret, nonce))))


def message(number, to, sender, body, *more):
    header = s("SyncHdr", s("VerDTD", "1.2"), s("VerProto", "DM/1.2"), s("SessionID", "1A"), s("MsgID", str(number)),
               to, sender, *more)
    return s("SyncML", header, s("SyncBody", *body, s("Final")))


LIMITS = dict(MaxMsgSize="16384", MaxObjSize="1048576")


def package1(tops):
    info = next(top for top in tops if top.name == "DevInfo")
    items = [item(source("/".join(parents + (node.name,))),
                  *([meta(Format=node.fmt)] if node.fmt != "chr" else []), data(*[node.value] * bool(node.value)))
             for parents, node in info.walk((".",)) if node.fmt != "node"]
    return message(1, target(SERVER_URL), source(DEVICE, USER),
                   [command("Alert", 1, data("1201")), command("Replace", 2, *items)],
                   credentials(USER, SECRET, NONCE), meta(**LIMITS))


def package2():
    """Every DM command once at least. As a message it is a catalogue: MoreData together with Final is not what
    a server would send."""
    def text(content):
        return item(data(content))

    challenge = s("Chal", meta(Format="b64", Type="syncml:auth-md5", NextNonce=b64(NONCE[::-1])))
    body = [
        status(1, 1, 0, "SyncHdr", 212, s("TargetRef", SERVER_URL), s("SourceRef", DEVICE), challenge),
        status(2, 1, 1, "Alert", 200),
        status(3, 1, 2, "Replace", 200),
        command("Alert", 4, data("1101"), text("MINDT=10&MAXDT=60&DR=1"),
                text("Konfiguration f\u00fcr \u201eAcme\u201c jetzt \u00e4ndern?")),
        command("Add", 5, item(target("./Vendor/AcmeExt/New"), meta(Format="node", Type="com.example/1.0/New"))),
        command("Add", 6, item(target("./Vendor/AcmeExt/New/Blob"),
                               meta(Format="b64", Type="application/octet-stream"), data(b64(b"\x00\x01\x02\xff")))),
        command("Replace", 7, meta(Format="int"), item(target("./Vendor/AcmeExt/Slots/Slot01"), data("1001")),
                item(target("./Vendor/AcmeExt/Slots/Slot02"), data("1002"))),
        command("Replace", 8, item(target("./Vendor/AcmeExt/New?prop=ACL"),
                                   data("Get=*&Replace=%s+ops.example.net" % SERVER))),
        command("Delete", 9, item(target("./SCOMO/apps/Inventory/Deployed/games"))),
        command("Copy", 10, item(target("./Vendor/AcmeExt/New/Copy"), source("./Vendor/AcmeExt/Texts/Greeting"))),
        command("Get", 11, item(target("./DevDetail/SwV")), item(target("./NAP/internet?list=StructData")),
                item(target("./FUMO?list=TNDS-TStamp-VerNo"))),
        command("Exec", 12, s("Correlator", "fw-2024/0042"), item(target("./FUMO/system/Download"))),
        command("Sequence", 13,
                command("Add", 14, item(target("./NAP/guest"), meta(Format="node", Type=MO % "connmo-nap"))),
                command("Replace", 15, item(target("./DMAcc/acme-ops/Name"), data("Acme Ops <2>"))),
                command("Alert", 16, data("1100"), item(), text("Zugangspunkt \u201eguest\u201c angelegt."))),
        command("Atomic", 17,
                command("Replace", 18, item(target("./NAP/mms/Addr"), data("mms2.example.com"))),
                command("Delete", 19, item(target("./NAP/mms/Ext")))),
        command("Replace", 20, item(target("./FUMO/modem/Update/PkgData"),
                                    meta(Format="b64", Type="application/octet-stream", Size="1368"),
                                    data(b64(bytes(range(48)))), s("MoreData"))),
    ]
    return message(1, target(DEVICE), source(SERVER_URL, SERVER), body,
                   credentials(SERVER, SERVER_SECRET, SERVER_NONCE), meta(**LIMITS))


def results(content, form, fmt):
    """Client package 3: the answer to Get ./FUMO?list=TNDS, with `content` as what is inside Data."""
    body = [status(1, 1, 0, "SyncHdr", 212),
            status(2, 1, 4, "Get", 200),
            command("Results", 3, s("MsgRef", "1"), s("CmdRef", "4"),
                    item(source("./FUMO"), meta(Format=fmt, Type="application/vnd.syncml.dmtnds+" + form),
                         data(content)))]
    return message(2, target(SERVER_URL), source(DEVICE), body)


def notification():
    """Package #0, version 1.1, informative, server-initiated, session 001A."""
    def octets(ui, session, body=b""):
        trigger = ((11 << 6 | ui << 4 | 1 << 3).to_bytes(2, "big") + bytes(3) + session.to_bytes(2, "big")
                   + bytes([len(SERVER)]) + SERVER.encode() + body)
        return digest(SERVER, SERVER_SECRET, NONCE, base64.b64encode(hashlib.md5(trigger).digest())) + trigger

    # two known answers, before one of our own
    assert octets(1, 0x001A)[:16].hex() == "8d24b9e1ecc475143a3c83ad16172f25"
    assert octets(2, 0xABCD, b"\xDE\xAD")[:16].hex() == "5a68dfe7b879c33f373dc8bc1899a38d"
    return octets(2, 0x001A)


# UDH: destination port 2948, source 49154; WSP: transaction 1, Push, three octets of headers.
CARRIER = bytes.fromhex("0605040B84C002" "010603" "C4" "AF87")


# --------------------------------------------------------------------------------------------------- files

README = """# Test documents of our own

Everything here was written for this project; names, addresses and secrets are invented.
All files but the three `acme*` ones, which were written by hand, are made by `tests/tools/make_phone.py` from one model of a
phone ("Acme R1", %(nodes)d nodes), and the three tables of counts by `tests/tools/count_corpus.py`. Run either with `--check` to see whether the files are up to date.
The WBXML is written by `tests/tools/wbxml.py`, which shares no code with the library.

| file | what | what it stresses |
|---|---|---|
| `phone.tnds.xml` | the whole tree as nested TNDS, seven top nodes with `Path` `.` | declaration, DOCTYPE, every Format, ACL, Title, TStamp, VerNo, CDATA, escapes, non-ASCII, %%-escaped names, empty and missing values, nodes without RTProperties, twelve children, ten levels |
| `phone.tnds.wbxml` | the same tree, FPI in the string table, `00 02` before the first tag | texts as STR_I; CDATA and Format `bin` as OPAQUE |
| `phone-strtbl.tnds.wbxml` | the same, media types and MO identifiers in the string table | STR_T |
| `phone-flat.tnds.xml` | the same tree, every Node with its own `Path`, objects interleaved one node at a time | building a tree from paths; parents come first, siblings keep their order |
| `acme.ddf.xml` | description of an invented radio, DDF 1.2 in DTD order, 15 nodes | every format, access type, occurrence and scope, MIME list, RTProperties, CDATA, unnamed, `{X}` and `<X>` nodes, continuation by `Path` |
| `acme.ddf.wbxml` | the same, read with `count_corpus.from_xml`, blanks between elements dropped, and written by `wbxml.encode` | FPI in the string table, page 2 |
| `acme-windows.ddf.xml` | invented toaster in Microsoft's dialect, 11 nodes | BOM, CRLF, DOCTYPE subset, `//`, all nine kinds of values, foreign elements and attributes, mixed content |
| `package1.syncml.{xml,wbxml}` | client package 1: alert 1201, DevInfo, MD5 credentials (user `dev1`, secret `secret`, nonce 00..0F) | header, Cred, limits, empty Data |
| `package2.syncml.{xml,wbxml}` | server package 2 with every DM command; CmdIDs 1..20 | Chal, Correlator, `?prop`, `?list`, nested Sequence and Atomic, `&` in options and ACL, empty Item. A catalogue: MoreData with Final is not a legal exchange |
| `results-e1.syncml.wbxml` | client package 3 with `./FUMO` as TNDS: an embedded WBXML document in OPAQUE | Type `+wbxml`, Format `bin` |
| `results-e2.syncml.wbxml` | same, tree inline on page 2 | page switches there and back; Type `+wbxml`, Format `xml` |
| `results-e3.syncml.wbxml` | same, XML text in OPAQUE | Type `+xml`, Format `xml`; the text itself has a CDATA section |
| `results-cdata.syncml.xml` | same message in XML, tree in CDATA | `]]>` inside, so the section is split |
| `results-escaped.syncml.xml` | same, tree as escaped text | text twice escaped |
| `results-inline.syncml.xml` | same, tree as markup | change of namespace inside Data |
| `notification.bin` | package #0: version 1.1, informative, server-initiated, session 001A, server `dm.example.com` (secret `srvsecret`, nonce 00..0F) | digest |
| `push.bin` | the same behind UDH (port 2948) and WSP push headers | carrier |
| `counts.tsv` | counts of the documents here | see the head of `count_corpus.py` |
| `ddf-census.tsv` | census of the `acme*.xml` here and of Windows' descriptions in `../shared/corpus` | see the head of `count_corpus.py` |
| `corpus-counts.tsv` | the same of `../shared/corpus` (only counts; the documents are not part of the project) | |

What a reader may rely on:

* In XML, Format `bin` is base64 text; in WBXML it is raw OPAQUE. Format `b64` is the same text in both.
* Names are spelled as in a URI, escapes included: `My%%20Ringtones`, `Caf%%C3%%A9`, `100%%25`.
* `Vendor` and `Vendor/AcmeExt/NoProperties` have no RTProperties. `Kinds` has an empty ACL element, `Texts/Empty`
  an empty Value, `Texts/NoValue` none, and leaves of Format `null` none.
* The `results-*` documents hold what a server may Get: no `Update/PkgData`. Their first Node is `FUMO`, without Path.
* The node names of SCOMO and NAP are plausible, not quoted from the standards.
"""


def files():
    tops = phone()
    count = sum(1 for top in tops for _ in top.walk())
    tree = nested(tops)
    shared = list(dict.fromkeys(e.children[0] for e in tree.iter() if e.name in ("MIME", "DDFName") and e.children))
    firmware_tree = management_tree(
        [node_element(next(top for top in tops if top.name == "FUMO"), readable=True)])
    firmware_xml = xml(firmware_tree, pretty=False)
    first, second, trigger = package1(tops), package2(), notification()
    return {
        "phone.tnds.xml": document(tree),
        "phone.tnds.wbxml": encode(tree, FPI_DDF),
        "phone-strtbl.tnds.wbxml": encode(tree, FPI_DDF, shared),
        "phone-flat.tnds.xml": document(flat(tops)),
        "package1.syncml.xml": document(first),
        "package1.syncml.wbxml": encode(first),
        "package2.syncml.xml": document(second),
        "package2.syncml.wbxml": encode(second),
        "results-e1.syncml.wbxml": encode(results(encode(firmware_tree, FPI_DDF), "wbxml", "bin")),
        "results-e2.syncml.wbxml": encode(results(firmware_tree, "wbxml", "xml")),
        "results-e3.syncml.wbxml": encode(results(firmware_xml.encode(), "xml", "xml")),
        "results-cdata.syncml.xml": document(results(CData(firmware_xml), "xml", "xml")),
        "results-escaped.syncml.xml": document(results(firmware_xml, "xml", "xml")),
        "results-inline.syncml.xml": document(results(firmware_tree, "xml", "xml")),
        "notification.bin": trigger,
        "push.bin": CARRIER + trigger,
        "README.md": (README % {"nodes": count}).encode(),
    }


def write_or_check(wanted, check):
    """Writes {path: octets}, or with `check` says which differ; the exit code."""
    stale = [path for path, octets in wanted.items() if not path.exists() or path.read_bytes() != octets]
    for path in stale:
        print("%s %s" % ("differs:" if check else "writing", path.name))
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[path])
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(write_or_check({DATA / name: octets for name, octets in files().items()}, "--check" in sys.argv[1:]))
