"""Many documents as tables, held against the same read one by one."""
import builtins
import ctypes
import gc
import subprocess
import sys

import pytest

import omadm
from omadm import _capsule, frame
from omadm._native import ffi

capsules = pytest.mark.skipif(sys.implementation.name != "cpython", reason="capsules are CPython's")


def test_nodes_are_those_of_each_tree(phone, phone_wbxml):
    documents = {"xml": phone, "broken": phone[:500], "wbxml": phone_wbxml, "empty": b""}
    found = frame.nodes(documents)
    columns, errors = found.columns(), found.error_columns()
    at = 0
    for name in ("xml", "wbxml"):
        tree = omadm.Tree.from_tnds(documents[name])
        for node in tree:
            value = node.value.encode() if isinstance(node.value, str) else node.value
            row = {key: values[at] for key, values in columns.items()}
            assert row == {
                "document": name, "node": node.id, "uri": node.uri, "name": node.name, "format": node.format.name.lower(), "value": value,
                "media_type": node.media_type, "mo_id": node.mo_id, "acl": node.acl, "title": node.title, "tstamp": node.tstamp,
                "ver_no": node.ver_no,
            }
            at += 1
    assert at == len(columns["uri"])
    assert errors["document"] == ["broken", "empty"]
    for row, name in enumerate(errors["document"]):
        with pytest.raises(omadm.Error) as caught:
            omadm.Tree.from_tnds(documents[name])
        assert (errors["code"][row], errors["offset"][row], errors["message"][row]) == (caught.value.kind, caught.value.offset, caught.value.message)


def test_commands_are_those_of_each_message(package, package_wbxml):
    columns = frame.commands([package, b"<SyncML/>", package_wbxml]).columns()
    at = 0
    for number, document in ((0, package), (2, package_wbxml)):
        message = omadm.Message.decode(document)
        for command in message:
            for index, item in enumerate(command.items or [None]):
                data = (command if item is None else item).data
                assert columns["document"][at] == number and columns["session_id"][at] == message.header.session_id
                assert columns["kind"][at] == command.name and columns["code"][at] == command.code
                assert columns["item"][at] == (None if item is None else index) and columns["command"][at] == command.position
                assert columns["source"][at] == (item and item.source)
                assert columns["data"][at] == (data.encode() if isinstance(data, str) else data)
                at += 1
    assert at == len(columns["kind"])


def test_documents_are_numbered_through_all_calls(phone, monkeypatch):
    expected = frame.nodes([phone, b"", phone, phone])
    expected = expected.columns(), expected.error_columns()
    monkeypatch.setattr(frame, "OCTETS_AT_ONCE", 1)
    found = frame.nodes(iter([phone, b"", phone, phone]))
    assert (found.columns(), found.error_columns()) == expected


def test_nothing_is_a_table_without_rows():
    found = frame.commands([])
    assert found.columns()["uri" if "uri" in found.columns() else "kind"] == [] and found.error_columns()["code"] == []


def test_texts_that_are_not_ascii():
    tnds = "<MgmtTree><Node><NodeName>Ä€😀</NodeName><Value>ß</Value></Node></MgmtTree>".encode()
    columns = frame.nodes([tnds]).columns()
    assert columns["name"] == ["", "Ä€😀"] and columns["value"] == [None, "ß".encode()]


def test_tables_say_the_same_as_lists(phone, phone_wbxml, package):
    pa = pytest.importorskip("pyarrow")
    documents = {"a": phone, "b": b"?", "c": phone_wbxml}
    lists = frame.nodes(documents)
    found = frame.nodes(documents)
    table = found.table
    table.validate(full=True)
    assert table.to_pydict() == lists.columns() and found.columns() == lists.columns()
    assert found.errors.to_pydict() == lists.error_columns()
    assert table.schema.field("value").type == pa.large_binary() and table.schema.field("node").type == pa.uint64()
    assert pa.types.is_dictionary(table.schema.field("document").type)
    del found, lists
    assert table.column("uri").to_pylist()[0] == "."
    commands = frame.commands([package]).table
    assert commands.schema.field("document").type == pa.uint32() and commands.num_rows == 11


def test_lists_need_no_pyarrow(phone, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **keywords):
        if name.split(".")[0] == "pyarrow":
            raise ImportError("no pyarrow here")
        return real(name, *arguments, **keywords)

    for name in [name for name in sys.modules if name.split(".")[0] == "pyarrow"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    found = frame.nodes([phone])
    assert len(found.columns()["uri"]) > 100
    with pytest.raises(ImportError):
        found.table


def taken_as_lists(capsules):
    """What a reader finds in a schema and an array that it takes over, with nothing but the C Data Interface."""
    schema, array = (ffi.cast(kind, pointer(capsule, name)) for capsule, kind, name in zip(capsules, ("struct ArrowSchema *", "struct ArrowArray *"), (b"arrow_schema", b"arrow_array")))
    assert ffi.string(schema.format) == b"+s" and schema.n_children == array.n_children == array.n_buffers + schema.n_children - 1
    own_schema, own_array = ffi.new("struct ArrowSchema *", schema[0]), ffi.new("struct ArrowArray *", array[0])
    schema.release = array.release = ffi.NULL
    found = {}
    for index in range(own_schema.n_children):
        column = own_array.children[index]
        values = []
        for row in range(column.length):
            is_there = column.buffers[0] == ffi.NULL or ffi.cast("uint8_t *", column.buffers[0])[row >> 3] >> (row & 7) & 1
            letter = ffi.string(own_schema.children[index].format)
            if not is_there:
                values.append(None)
            elif letter in (b"I", b"L"):
                values.append(ffi.cast("uint32_t *" if letter == b"I" else "uint64_t *", column.buffers[1])[row])
            else:
                ends = ffi.cast("int64_t *", column.buffers[1])
                octets = ffi.buffer(ffi.cast("char *", column.buffers[2]) + ends[row], ends[row + 1] - ends[row])[:]
                values.append(octets.decode() if letter == b"U" else octets)
        assert values.count(None) == column.null_count
        found[ffi.string(own_schema.children[index].name).decode()] = values
    own_schema.release(own_schema)
    own_array.release(own_array)
    assert own_schema.release == own_array.release == ffi.NULL
    return found


def pointer(capsule, name):
    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype, get.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
    return get(capsule, name)


@capsules
def test_capsules_need_no_pyarrow(phone, phone_wbxml, package):
    for found in (frame.nodes([phone, b"?", phone_wbxml]), frame.commands([package]), frame.nodes([])):
        # Again and again, and whatever goes first.
        one, other = found.rows.__arrow_c_array__(), found.rows.__arrow_c_array__()
        assert taken_as_lists(one) == found.columns()
        assert taken_as_lists(found.error_rows.__arrow_c_array__()) == found.error_columns()
        expected = found.columns()
        assert len(found.rows) == len(expected["document"])
        del found, one
        assert taken_as_lists(other) == expected


@capsules
def test_capsules_that_nobody_takes_are_released(phone):
    rows = frame.nodes([phone]).rows
    for _ in range(100):
        rows.__arrow_c_schema__(), rows.__arrow_c_array__(), rows.__arrow_c_stream__()
    gc.collect()
    assert not _capsule._pointed_to and not _capsule._open


@capsules
def test_readers_of_arrow_take_rows(phone, phone_wbxml, monkeypatch):
    pa = pytest.importorskip("pyarrow")
    monkeypatch.setattr(frame, "OCTETS_AT_ONCE", 1)
    documents = [phone, b"?", phone_wbxml]
    found = frame.nodes(documents)
    for _ in range(2):
        table = pa.table(found.rows)
        table.validate(full=True)
        assert table.to_pydict() == found.columns() and table.equals(found.table)
        assert pa.table(found.error_rows).to_pydict() == found.error_columns()
    # polars takes an array wherever there is a method for it.
    assert not hasattr(found.rows, "__arrow_c_array__")
    reader = pa.RecordBatchReader.from_stream(found.rows)
    assert reader.schema == pa.schema(found.rows)
    first = reader.read_next_batch()
    expected = [column for column in first.to_pydict()["uri"]]
    reader.close()
    del reader, found, table
    assert first.to_pydict()["uri"] == expected
    monkeypatch.undo()
    single = frame.commands([b"x"]).rows
    assert pa.record_batch(single).num_rows == 0 and not _capsule._open


@capsules
def test_a_tree_or_message_that_is_there_gives_rows(phone, package):
    pa = pytest.importorskip("pyarrow")
    tree, message = omadm.Tree.from_tnds(phone), omadm.Message.decode(package)
    for rows, found in ((tree.rows(), frame.nodes([phone])), (message.rows(), frame.commands([package]))):
        expected = {name: values for name, values in found.columns().items() if name != "document"}
        assert pa.table(rows).to_pydict() == expected == rows.table.to_pydict()
        assert len(rows) == len(next(iter(expected.values()))) > 0
    below = tree.rows("./DevInfo").table.to_pydict()["uri"]
    assert below == [node.uri for node in tree.nodes("./DevInfo")]
    rows = tree.rows()
    with tree:
        tree.replace("./DevInfo/Mod", "R2")
    assert b"R2" not in rows.table.to_pydict()["value"]
    with pytest.raises(omadm.LimitOutputError):
        omadm.Tree.from_tnds(phone).rows(options=omadm.Options(limit_output=100))
    with pytest.raises(omadm.HandleError):
        tree.rows()


#: What still has rows when the interpreter ends, so late that modules are empty.
LATE = {
    "table": "kept.rows = omadm.frame.nodes([phone]).table",
    "taken": "kept.rows = pyarrow.table(omadm.frame.nodes([phone]).rows)",
    "stream": "kept.rows = pyarrow.RecordBatchReader.from_stream(omadm.frame.nodes([phone]).rows)",
    "capsules": "kept.rows = [omadm.frame.nodes([phone]).rows.__arrow_c_stream__(), *omadm.frame.nodes([phone]).rows.__arrow_c_array__()]",
}


@capsules
@pytest.mark.parametrize("what", LATE)
@pytest.mark.parametrize("keeper", ["cycle", "sys"])
def test_rows_may_outlive_the_package(what, keeper, root):
    pytest.importorskip("pyarrow")
    lines = [
        "import sys, omadm, pyarrow",
        "class Keeper: pass",
        "kept = Keeper()",
        "kept.itself = kept" if keeper == "cycle" else "sys.kept = kept",
        "phone = open(%r, 'rb').read()" % str(root / "tests/data/phone.tnds.xml"),
        LATE[what],
    ]
    ended = subprocess.run([sys.executable, "-c", "\n".join(lines)], stderr=subprocess.PIPE, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
