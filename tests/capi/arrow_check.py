#!/usr/bin/env python3
"""Takes the columns of a tree and of a message into pyarrow, which validates them, and compares with the elements of the files.

    tests/capi/arrow_check.py [LIBRARY]

`make libraries` comes first. Skipped, with exit code 77, where pyarrow is not installed.
"""
import ctypes
import os
import pathlib
import re
import sys

try:
    import pyarrow as pa
except ImportError:
    print("Arrow against pyarrow: skipped, pyarrow is not installed")
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
NO_ERROR = None


def columns(library, kind, data, *top):
    """Decodes a document and hands its columns to pyarrow."""
    handle = ctypes.c_void_p()
    assert getattr(library, f"omadm_{kind}_decode")(data, ctypes.c_size_t(len(data)), None, ctypes.byref(handle), NO_ERROR) == 0
    # An ArrowSchema has 72 octets, an ArrowArray 80.
    schema, array = (ctypes.c_uint64 * 9)(), (ctypes.c_uint64 * 10)()
    assert getattr(library, f"omadm_{kind}_arrow")(handle, *top, None, schema, array, NO_ERROR) == 0
    free = getattr(library, f"omadm_{kind}_free")
    free.restype = None
    free(handle)
    # pyarrow moves both structures and releases them with the batch.
    batch = pa.RecordBatch._import_from_c(ctypes.addressof(array), ctypes.addressof(schema))
    batch.validate(full=True)
    return batch


def main():
    library = ctypes.CDLL(sys.argv[1] if len(sys.argv) > 1 else str(TARGET / "release" / "libomadm.so"))
    folder = ROOT / "tests" / "data"
    xml = (folder / "phone.tnds.xml").read_bytes()
    xml_tree = columns(library, "tree", xml, ctypes.c_uint64(0))
    wbxml_tree = columns(library, "tree", (folder / "phone.tnds.wbxml").read_bytes(), ctypes.c_uint64(0))
    rows = {row["uri"]: row for row in xml_tree.to_pylist()}
    assert len(rows) == xml_tree.num_rows and xml_tree.schema.field("value").type == pa.large_binary()
    names = re.findall(rb"<NodeName>([^<]*)</NodeName>", xml)
    assert {name.decode() for name in names} <= {row["name"] for row in rows.values()}
    values = sorted(value for value in re.findall(rb"<Value>([^<&]*)</Value>", xml))
    told = sorted(row["value"] for row in rows.values() if row["value"] is not None)
    assert set(values) <= set(told), set(values) - set(told)
    assert rows["./DevInfo/Mod"]["value"] == b"R1" and rows["./DevInfo"]["value"] is None
    assert xml_tree.column("uri").to_pylist() == wbxml_tree.column("uri").to_pylist()

    message = columns(library, "message", (folder / "results-e1.syncml.wbxml").read_bytes())
    # What it took keeps after the whole is gone.
    kinds = message.column("kind")
    count = message.num_rows
    del message, xml_tree, wbxml_tree
    assert len(kinds) == count > 0 and "Results" in kinds.to_pylist()
    print(f"Arrow against pyarrow {pa.__version__}: {len(rows)} nodes and {count} rows of commands")


if __name__ == "__main__":
    main()
