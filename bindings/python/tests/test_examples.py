"""The examples, run as who reads them would."""
import base64
import collections
import importlib.util
import re
import subprocess
import sys

import pytest

import omadm
from omadm import CommandKind, Encoding, NewItem

ANSWERS = {"./DevInfo/Mod": [200, 200, 404], "./DevDetail/SwV": [200, 406, 406]}


def session(number, encoding):
    """A server's message with a Get of each URI, and what a device answers."""
    server = omadm.MessageBuilder.new(str(number), "1", target="IMEI:%d" % number, source="https://dm.example.com")
    client = omadm.MessageBuilder.new(str(number), "2", target="https://dm.example.com", source="IMEI:%d" % number)
    client.status("1", "0", "SyncHdr", 212)
    for uri, codes in ANSWERS.items():
        cmd_id = server.command(CommandKind.GET, [NewItem(target=uri)])
        client.status("1", str(cmd_id), "Get", codes[number])
    return server.finish(encoding), client.finish(encoding)


def load(root, name):
    spec = importlib.util.spec_from_file_location("example", root / "examples" / name)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_answers_are_told_apart(root):
    messages = []
    # Two devices with one session number, whose messages are counted from 1 on both sides; a server answers, too.
    for device, uri, code in (("IMEI:1", "./A", 200), ("IMEI:2", "./B", 404)):
        server = omadm.MessageBuilder.new("1", "1", target=device, source="https://dm.example.com")
        server.status("1", "1", "Alert", 200)
        get = server.command(CommandKind.GET, [NewItem(target=uri)])
        client = omadm.MessageBuilder.new("1", "1", target="https://dm.example.com", source=device)
        client.command(CommandKind.RESULTS, [NewItem(source="./X", data="1")])
        client.status("1", str(get), "Get", code)
        messages += [server, client]
    messages = [omadm.Message.decode(builder.finish(Encoding.XML)) for builder in messages]
    # One Get of two nodes, of which each has a Status of its own.
    header = "<SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>2</SessionID><MsgID>1</MsgID><Target><LocURI>%s</LocURI></Target>"
    header = "<SyncML>" + header + "<Source><LocURI>%s</LocURI></Source></SyncHdr><SyncBody>%s<Final/></SyncBody></SyncML>"
    items = "".join("<Item><Target><LocURI>%s</LocURI></Target></Item>" % uri for uri in ("./A", "./B"))
    status = "<Status><CmdID>%d</CmdID><MsgRef>1</MsgRef><CmdRef>7</CmdRef><Cmd>Get</Cmd><TargetRef>%s</TargetRef><Data>%d</Data></Status>"
    get = header % ("IMEI:1", "https://dm.example.com", "<Get><CmdID>7</CmdID>" + items + "</Get>")
    answer = header % ("https://dm.example.com", "IMEI:1", status % (1, "./A", 200) + status % (2, "./B", 404))
    messages += [omadm.Message.decode(text.encode()) for text in (get, answer)]
    assert load(root, "python/device_answers.py").by_uri(messages) == {"./A": {200: 2}, "./B": {404: 2}}


def test_trees_in_messages_are_in_the_inventory(root, phone, phone_wbxml):
    pytest.importorskip("pyarrow")
    import pyarrow

    inventory = load(root, "spark/inventory.py")
    kind = "application/vnd.syncml.dmtnds+%s"
    start = "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>https://x</LocURI>"
    start += "</Target><Source><LocURI>IMEI:%d</LocURI></Source></SyncHdr><SyncBody>"
    meta = "<Meta><Format xmlns='syncml:metinf'>%s</Format><Type xmlns='syncml:metinf'>" + kind + "</Type></Meta>"
    item = "<%s><CmdID>1</CmdID>" + meta + "<Item><Target><LocURI>./X</LocURI></Target><Data>%s</Data></Item></%s>"
    tree = phone.decode()[phone.index(b"<MgmtTree") :]
    bodies = [
        item % ("Results", "xml", "xml", "<![CDATA[" + tree.replace("]]>", "]]]]><![CDATA[>") + "]]>", "Results"),
        item % ("Results", "xml", "xml", tree, "Results"),
        item % ("Results", "b64", "xml", base64.b64encode(phone).decode(), "Results"),
        item % ("Results", "b64", "wbxml", base64.b64encode(phone_wbxml).decode(), "Results"),
        "<Get><CmdID>1</CmdID>" + meta % ("xml", "xml") + "<Item><Target><LocURI>./X</LocURI></Target></Item></Get>",
        "<Atomic><CmdID>1</CmdID>" + meta % ("xml", "xml") + "<Get><CmdID>2</CmdID><Item><Target><LocURI>./X</LocURI></Target></Item></Get></Atomic>",
        item % ("Results", "xml", "xml", "<![CDATA[<MgmtTree><Node>]]>", "Results"),
    ]
    documents = [(start % number + body + "<Final/></SyncBody></SyncML>").encode() for number, body in enumerate(bodies)]
    batch = pyarrow.record_batch({"path": ["%d.xml" % number for number in range(8)], "content": [*documents, None]})
    found = pyarrow.Table.from_batches(inventory.read([batch]), inventory.ROWS).to_pylist()
    roots = collections.Counter(row["device"] for row in found if row["table"] == "mos")
    count = sum(node.mo_id is not None for node in omadm.Tree.from_tnds(phone).nodes())
    assert roots == {"IMEI:%d" % number: count for number in range(4)} and count > 0
    assert sorted(row["document"] for row in found if row["table"] == "errors") == ["6.xml#0.0", "7.xml"]


def test_what_devices_answered(root, tmp_path):
    folder, out = tmp_path / "messages", tmp_path / "out"
    folder.mkdir()
    out.mkdir()
    for number, encoding in enumerate((Encoding.XML, Encoding.WBXML, Encoding.WBXML)):
        for role, octets in zip(("server", "device"), session(number, encoding)):
            (folder / ("%d-%s" % (number, role))).write_bytes(octets)
    (folder / "broken").write_bytes(b"<SyncML>")
    script = root / "examples" / "python" / "device_answers.py"
    printed = subprocess.run([sys.executable, str(script), str(folder), str(out)], stdout=subprocess.PIPE, text=True, check=True).stdout
    assert printed.splitlines()[:3] == ["(SyncHdr)\t212: 3", "./DevDetail/SwV\t200: 1, 406: 2", "./DevInfo/Mod\t200: 2, 404: 1"]
    assert "6 messages, 1 not read" in printed
    page = (out / "answers.html").read_text(encoding="utf-8")
    assert re.search(r"<td>\./DevInfo/Mod<td>.*2 × 200 OK, 1 × 404 Not found", page) and "<li>broken: " in page
    if (out / "answers.png").exists():
        assert (out / "answers.png").read_bytes().startswith(b"\x89PNG")
