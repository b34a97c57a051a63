"""Nothing crashes: after close, with buffers that change, from several threads, and when much is decoded."""
import gc
import mmap
import os
import subprocess
import sys
import threading
import weakref

import pytest

import omadm
from omadm import Encoding


def test_a_closed_message_says_so(package):
    message = omadm.Message.decode(package)
    commands = message.commands
    tree = omadm.Tree.new()
    message.close()
    message.close()
    assert message.closed and "closed" in repr(message)
    for use in (
        lambda: message.commands,
        lambda: message.header,
        lambda: list(message),
        lambda: len(message),
        lambda: message.encode(Encoding.XML),
        lambda: message.item_octets(1, 0),
        lambda: message.item_tree(1, 0),
        lambda: message.command_meta(0),
        lambda: message.header_cred(),
        lambda: message.extras(),
        lambda: message.normalise(),
        lambda: message.to_dict(),
        lambda: message.__enter__(),
        lambda: omadm.Message.decode(package).equals(message),
    ):
        with pytest.raises(omadm.HandleError):
            use()
    # What was read before stays.
    assert commands[1].items[0].source == "./DevInfo/DevId" and len(tree) == 1


def test_a_closed_tree_says_so(phone):
    tree, other = omadm.Tree.from_tnds(phone), omadm.Tree.new()
    node = tree["./DevInfo/Mod"]
    with tree:
        pass
    for use in (
        lambda: tree.nodes(),
        lambda: tree[node.uri],
        lambda: tree[node.id],
        lambda: tree.get("."),
        lambda: tree.children(),
        lambda: tree.find_mo("x"),
        lambda: tree.select("**"),
        lambda: tree.query("."),
        lambda: tree.add("./A"),
        lambda: tree.delete("./A"),
        lambda: tree.to_tnds(),
        lambda: tree.diff(other),
        lambda: other.diff(tree),
        lambda: other.add_subtree("./A", tree),
        lambda: tree.clone(),
        lambda: tree.octets(node),
        lambda: len(tree),
        lambda: tree.to_dict(),
        lambda: tree.transaction().__enter__(),
    ):
        with pytest.raises(omadm.HandleError):
            use()
    assert node.value == "R1"


def test_other_closed_handles_say_so(root):
    builder = omadm.MessageBuilder.new("1", "1", "a", "b")
    message = builder.message()
    builder.close()
    with pytest.raises(omadm.HandleError):
        builder.alert(1200)
    assert message.header.session_id == "1"
    schema = omadm.Schema.decode((root / "tests" / "data" / "acme.ddf.xml").read_bytes())
    schema.close()
    for use in (schema.nodes, schema.__len__, lambda: schema.find("./A"), lambda: schema.check(message)):
        with pytest.raises(omadm.HandleError):
            use()


def test_a_tree_that_is_closed_in_a_transaction():
    tree = omadm.Tree.new()
    with pytest.raises(omadm.StateError):
        with tree.transaction():
            tree.close()


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, lambda octets: memoryview(bytearray(octets)), lambda octets: memoryview(octets + octets)[: len(octets)]])
@pytest.mark.parametrize("size", [1, 400])
def test_any_buffer_is_read_and_may_change_or_go(kind, size):
    values = ["value %d" % number for number in range(size)]
    text = "".join("<Node><NodeName>N%d</NodeName><Value>%s</Value></Node>" % pair for pair in enumerate(values))
    octets = ("<MgmtTree>%s<!-- %s --></MgmtTree>" % (text, "x" * (size * 300))).encode()
    buffer = kind(octets)
    tree = omadm.Tree.from_tnds(buffer)
    if isinstance(buffer, bytearray):
        buffer[:] = b"-" * len(buffer)
    if isinstance(buffer, memoryview) and not buffer.readonly:
        buffer[:] = b"-" * len(buffer)
    # A bytearray can be resized: nothing holds on to it.
    if isinstance(buffer, bytearray):
        buffer.clear()
    del buffer, octets, text
    gc.collect()
    garbage = [bytes([number]) * 100_000 for number in range(50)]
    assert [node.value for node in tree.nodes()[1:]] == values
    del garbage


def test_a_mapped_file_can_be_closed(tmp_path, package):
    file = tmp_path / "package"
    file.write_bytes(package)
    with open(file, "rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        message = omadm.Message.decode(mapped)
        view = memoryview(mapped)
        tail = omadm.detect(view)
        view.release()
    assert message[0].code == 1201 and tail is omadm.DocumentKind.SYNCML


def test_views_that_are_not_contiguous_are_copied(package):
    spaced = memoryview(bytes(octet for octet in package for _ in range(2)))[::2]
    assert omadm.Message.decode(spaced)[0].code == 1201
    # Of other elements than octets, too.
    padded = package + b" " * (-len(package) % 4)
    assert omadm.Message.decode(memoryview(padded).cast("I"))[0].code == 1201


def test_the_input_lives_as_long_as_what_shares_it():
    tnds = "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD><Node><NodeName>A</NodeName><Value>%s</Value></Node></MgmtTree>" % ("v" * 100_000)
    text = (
        "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>7</SessionID><MsgID>2</MsgID>"
        "<Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody><Replace><CmdID>1</CmdID>"
        "<Meta><Type xmlns='syncml:metinf'>application/vnd.syncml.dmtnds+xml</Type></Meta><Item><Target><LocURI>./X</LocURI>"
        "</Target><Data><![CDATA[%s]]></Data></Item></Replace><Final/></SyncBody></SyncML>" % tnds
    )
    data = text.encode()
    message = omadm.Message.decode(data)
    tree = message.item_tree(0, 0)
    del data, message
    gc.collect()
    assert tree.nodes()[-1].value == "v" * 100_000


def test_handles_go_with_their_last_reference(package):
    message = omadm.Message.decode(package)
    gone = weakref.ref(message)
    assert message.commands
    del message
    gc.collect()
    assert gone() is None


def test_one_message_is_read_by_many_threads(package):
    message = omadm.Message.decode(package)
    expected = omadm.Message.decode(package).to_dict()
    wrong = []

    def read():
        for _ in range(30):
            if message.to_dict() != expected or message.encode(Encoding.WBXML) != encoded:
                wrong.append(threading.current_thread().name)

    encoded = message.encode(Encoding.WBXML)
    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_one_tree_is_changed_read_and_closed_by_many_threads(phone):
    tree = omadm.Tree.from_tnds(phone)
    faults = []
    done = threading.Event()

    def change(name):
        try:
            for number in range(40):
                tree.add("./%s%d" % (name, number), "x" * number)
                with tree.transaction():
                    tree.replace("./%s%d" % (name, number), "y")
                tree.delete("./%s%d" % (name, number))
        except Exception as error:
            faults.append(error)

    def read():
        try:
            while not done.is_set():
                nodes = tree.nodes()
                assert tree["./DevInfo/Mod"].value == "R1"
                tree.diff(other)
                other.diff(tree)
                assert len(nodes) >= count
        except Exception as error:
            faults.append(error)

    other, count = tree.clone(), len(tree)
    changing = [threading.Thread(target=change, args=(name,)) for name in "PQR"]
    reading = [threading.Thread(target=read) for _ in range(3)]
    for thread in changing + reading:
        thread.start()
    for thread in changing:
        thread.join()
    done.set()
    for thread in reading:
        thread.join()
    assert faults == [] and tree.diff(other) == []


def test_a_handle_may_be_closed_while_others_use_it(package):
    for _ in range(50):
        message = omadm.Message.decode(package)
        started = threading.Barrier(3)
        other = []

        def use(message=message, started=started, other=other):
            started.wait()
            try:
                for _ in range(20):
                    message.encode(Encoding.WBXML)
                    message.item_octets(1, 0)
            except omadm.HandleError:
                pass
            except Exception as error:
                other.append(error)

        threads = [threading.Thread(target=use) for _ in range(2)]
        for thread in threads:
            thread.start()
        started.wait()
        message.close()
        for thread in threads:
            thread.join()
        assert other == []
        assert message.closed
        with pytest.raises(omadm.HandleError):
            message.commands


def test_huge_inputs():
    count = 60_000
    text = "".join("<Node><NodeName>N%d</NodeName><Value>%d</Value></Node>" % (number, number) for number in range(count))
    tree = omadm.Tree.from_tnds(("<MgmtTree>%s</MgmtTree>" % text).encode())
    nodes = tree.nodes()
    assert len(nodes) == count + 1 and nodes[-1].value == str(count - 1)
    long = "x" * (8 << 20)
    builder = omadm.MessageBuilder.new("1", "1", "a", "b")
    builder.command(omadm.CommandKind.REPLACE, [omadm.NewItem(target="./A", data=long), omadm.NewItem(target="./B", data=long.encode())])
    for encoding in Encoding:
        message = omadm.Message.decode(builder.finish(encoding))
        assert message[0].items[0].data == long and message.item_octets(0, 1) is not None
    deep = "<Node>" * 100_000
    with pytest.raises(omadm.LimitDepthError):
        omadm.Tree.from_tnds(("<MgmtTree>" + deep).encode())


def test_broken_inputs_are_errors_and_nothing_else(package, package_wbxml, phone_wbxml):
    for document in (package, package_wbxml, phone_wbxml[:1500]):
        for cut in range(0, len(document), 7):
            for broken in (document[:cut], document[:cut] + bytes([document[cut] ^ 0x41]) + document[cut + 1 :]):
                try:
                    parsed = omadm.parse(broken)
                    if isinstance(parsed, (omadm.Message, omadm.Tree)):
                        parsed.to_dict()
                except omadm.Error as error:
                    assert error.offset is None or 0 <= error.offset <= len(broken)


LEAK = """
import resource, sys, omadm
package, wbxml, phone = (open(name, "rb").read() for name in sys.argv[1:])
account = omadm.Credentials(nonce=b"n", secret=b"s")
notification = omadm.Claim(26, "srv").encode(account)
def once():
    message = omadm.Message.decode(package)
    message.commands, message.header_cred(), message.item_tree(1, 0), message.command_extras(1)
    omadm.Message.decode(wbxml).to_dict()
    omadm.Notification.open(notification, account)
    try:
        omadm.Message.decode(package[:-40])
    except omadm.Error:
        pass
def tree():
    tree = omadm.Tree.from_tnds(phone)
    tree.nodes(), tree.find_mo("urn:oma:mo:oma-fumo:1.0"), tree.diff(tree.clone())
    tree.add("./A", "x"), tree.to_tnds()
    omadm.frame.nodes([phone, b"x"]).columns()
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(1000):
    once()
for _ in range(30):
    tree()
before = peak()
for _ in range(10_000):
    once()
for _ in range(300):
    tree()
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as on Unix")
def test_ten_thousand_decodes_leave_the_memory_flat(root):
    files = [str(root / "tests" / "data" / name) for name in ("package1.syncml.xml", "package1.syncml.wbxml", "phone.tnds.xml")]
    outcome = subprocess.run([sys.executable, "-c", LEAK, *files], stdout=subprocess.PIPE, check=True, env=dict(os.environ))
    # In KiB on Linux. A hundred octets kept of each decoding would be 4,000 KiB.
    assert int(outcome.stdout) < 2_000
