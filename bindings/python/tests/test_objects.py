"""What the library hands over all at once is what it says one by one; and it is made of objects like any others."""
import copy
import gc
import pickle
import threading

import pytest

import omadm
from omadm import CommandFlag, CommandKind, DataForm, Format, ItemFlag, NodeFlag


def messages(root):
    files = sorted(file for file in (root / "tests" / "data").rglob("*.syncml.*") if file.suffix in (".xml", ".wbxml"))
    for file in files:
        try:
            yield file.read_bytes(), omadm.Message.decode(file.read_bytes())
        except omadm.Error:
            pass


def test_commands_are_the_same_by_either_way(root):
    seen = set()
    for data, message in messages(root):
        # What is no bytes is decoded first and handed over then.
        other = omadm.Message.decode(memoryview(bytearray(data)))
        assert message.commands == other.commands and message.header == other.header and message.encoding == other.encoding
        for command in message:
            assert (type(command.kind), type(command.data_form), type(command.flags)) == (CommandKind, DataForm, CommandFlag)
            assert type(command) is omadm.Command and all(type(ref) is omadm.Ref for ref in command.refs)
            for item in command.items:
                assert (type(item), type(item.data_form), type(item.flags)) == (omadm.Item, DataForm, ItemFlag)
            assert command.position == message.commands.index(command) and (command.data is None) == (command.data_form in (0, DataForm.MARKUP))
            seen.add(command.kind)
    assert len(seen) > 8


def test_nodes_and_columns_are_what_each_node_is(root):
    seen = 0
    for file in sorted((root / "tests" / "data").rglob("*.tnds.*")):
        try:
            tree = omadm.Tree.from_tnds(file.read_bytes())
        except omadm.Error:
            continue
        nodes = tree.nodes()
        assert nodes == [tree[node.id] for node in nodes]
        assert all((type(node.format), type(node.flags)) == (Format, NodeFlag) for node in nodes)
        columns = tree.columns()
        for name, column in columns.items():
            assert column == [getattr(node, name) for node in nodes], name
        seen += len(nodes)
    assert seen > 1000


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 2046, 2047, 2048, 4095, 70_000])
def test_as_many_as_there_are(count):
    values = ["%d" % (number % 1000) if number % 3 else "ä\n€" * (number % 200) for number in range(count)]
    tree = omadm.Tree.new()
    tree.add("./A")
    with tree.transaction():
        for number, value in enumerate(values):
            tree.add("./A/%d" % number, value)
    nodes = tree.nodes("./A")
    assert [node.value for node in nodes[1:]] == values == tree.columns("./A")["value"][1:]
    assert [node.name for node in nodes[1:]] == [str(number) for number in range(count)] == tree.columns("./A")["name"][1:]
    assert nodes[0].child_count == count and tree.columns("./A")["title"] == [None] * (count + 1)


def test_objects_are_made_copied_and_pickled_as_others_are(package, phone):
    command = omadm.Message.decode(package)[1]
    nodes = omadm.Tree.from_tnds(phone).nodes()
    with_properties = next(node for node in nodes if node.properties is not None)
    for each in (command, command.items[0], nodes[3], with_properties, with_properties.properties, omadm.Ref(True, "./A")):
        for other in (pickle.loads(pickle.dumps(each)), copy.copy(each), copy.deepcopy(each), type(each)(*each), type(each)(**each._asdict())):
            assert other == each and type(other) is type(each) and hash(other) == hash(each) and repr(other) == repr(each)
        with pytest.raises(TypeError):
            type(each)()
    assert command._replace(code=5).code == 5
    with pytest.raises(AttributeError):
        command.code = 7


def test_the_collector_is_as_it_was(package):
    large = omadm.MessageBuilder.new("1", "1", target="a", source="b")
    for _ in range(3000):
        large.command(CommandKind.GET, [omadm.NewItem(target="./A")])
    data = large.finish(omadm.Encoding.XML)
    frozen = gc.get_freeze_count() if hasattr(gc, "get_freeze_count") else 0
    assert gc.isenabled() and len(omadm.Message.decode(data)) == 3000 and gc.isenabled()
    gc.disable()
    try:
        assert len(omadm.Message.decode(data)) == 3000 and not gc.isenabled()
    finally:
        gc.enable()
    assert not hasattr(gc, "get_freeze_count") or gc.get_freeze_count() == frozen


def test_short_messages_are_read_by_many_threads(package):
    expected = omadm.Message.decode(package)
    wrong = []

    def run():
        for _ in range(300):
            message = omadm.Message.decode(package)
            if message.commands != expected.commands or message.header != expected.header:
                wrong.append(message)
            try:
                omadm.Message.decode(package[:500])
                wrong.append("taken")
            except omadm.DocumentError:
                pass

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_short_message_that_is_closed_is_closed(package):
    message = omadm.Message.decode(package)
    assert len(package) < 4096 and not message.closed
    commands = message.commands
    message.close()
    assert message.closed and commands[0].name == "Alert"
    for use in (lambda: message.commands, lambda: message.header, lambda: message.encode(omadm.Encoding.XML)):
        with pytest.raises(omadm.HandleError):
            use()
