"""The examples, run as who reads them would."""
import re
import subprocess
import sys

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
