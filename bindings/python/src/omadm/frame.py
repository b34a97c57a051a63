"""Many documents at once as tables: one row for each command or node, through the Arrow C Data Interface.

Documents are any iterable of bytes-like objects, or a mapping of names to them. The column `document` says which one a row is of: its
place in the iterable, or its name. A document that cannot be read has no rows, and one in the table of errors: `document`, `code` (an
ErrorKind), `offset`, `inner_offset`, `message` and `subject`. The other columns are those of omadm_tree_arrow and omadm_message_arrow in
omadm.h.

pyarrow is needed for tables, and for nothing else: see Frame.

>>> import omadm
>>> frame = omadm.frame.nodes({"a phone": phone, "no tree": b"<html/>"})
>>> frame.columns()["uri"][:3]
['.', './DevInfo', './DevInfo/DevId']
>>> frame.error_columns()["document"]
['no tree']
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Union

from . import _capsule
from ._capsule import Columns, address
from ._native import Buffer, Input, call, ffi, lib
from .options import Options, native

if TYPE_CHECKING:
    import pyarrow  # type: ignore[import-untyped, import-not-found, unused-ignore]

#: What is read: documents, or documents by name.
Documents = Union[Iterable[Buffer], Mapping[str, Buffer]]

#: How many octets of documents are read by one call: that much more than that is in memory at once.
OCTETS_AT_ONCE = 1 << 26


def _to_arrow(columns: Columns) -> pyarrow.RecordBatch:
    """The same columns for pyarrow, without a copy."""
    import pyarrow

    shared = columns.shared()
    return pyarrow.RecordBatch._import_from_c(address(shared.array), address(shared.schema))


def _to_lists(columns: Columns) -> dict[str, list[Any]]:
    """A list for each column."""
    found = {}
    for index in range(columns.schema.n_children):
        field, column = columns.schema.children[index], columns.array.children[index]
        found[ffi.string(field.name).decode()] = _list(ffi.string(field.format), column)
    return found


def _list(format: bytes, column: Any) -> list[Any]:
    length: int = column.length
    values: list[Any]
    if length == 0:
        return []
    if format == b"I":
        values = memoryview(ffi.buffer(column.buffers[1], length * 4)).cast("I").tolist()
    elif format == b"L":
        values = memoryview(ffi.buffer(column.buffers[1], length * 8)).cast("Q").tolist()
    else:
        ends = memoryview(ffi.buffer(column.buffers[1], (length + 1) * 8)).cast("q").tolist()
        octets = bytes(ffi.buffer(column.buffers[2], ends[-1])) if ends[-1] else b""
        text = octets.decode() if format == b"U" else None
        if text is not None and len(text) == len(octets):
            values = [text[start:end] for start, end in zip(ends, ends[1:])]
        else:
            values = [octets[start:end] for start, end in zip(ends, ends[1:])]
            if text is not None:
                values = [value.decode() for value in values]
    if column.null_count:
        valid = memoryview(ffi.buffer(column.buffers[0], (length + 7) // 8))
        values = [value if valid[row >> 3] >> (row & 7) & 1 else None for row, value in enumerate(values)]
    return values


class Batch(NamedTuple):
    """The rows of some documents, and what was wrong with others of these."""

    rows: Columns
    errors: Columns


class Rows:
    """Rows that any library takes that knows the Arrow PyCapsule Interface, such as pyarrow, polars and duckdb: `polars.DataFrame(frame.rows)`.

    As often as they are taken, nothing is copied. `document` is a number also where documents have names: see Frame.names. The rows of a Tree
    or a Message that is there already have no such column: see their `rows`.
    """

    __slots__ = ("_columns",)

    def __init__(self, columns: list[Columns]) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return sum(columns.array.length for columns in self._columns)

    def __repr__(self) -> str:
        return "<%d rows>" % len(self)

    @property
    def table(self) -> pyarrow.Table:
        """The rows as a pyarrow.Table, also where there are no capsules, as in PyPy."""
        import pyarrow

        return pyarrow.Table.from_batches([_to_arrow(columns) for columns in self._columns])

    def __arrow_c_schema__(self) -> Any:
        return _capsule.schema(self._columns[0])

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return _capsule.stream(self._columns)


class _OneBatch(Rows):
    """Rows in one batch. Some readers take an array wherever there is one, so where there is none there must not be a method for it."""

    __slots__ = ()

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]:
        """What is requested is not looked at: another type than ours is the reader's to make."""
        return _capsule.array(self._columns[0])


def _rows(columns: list[Columns]) -> Rows:
    return _OneBatch(columns) if len(columns) == 1 else Rows(columns)


class Frame:
    """The rows of all documents, and what was wrong with those that cannot be read.

    `table` and `errors` need pyarrow; `columns` and `error_columns` give plain lists; `rows` and `error_rows` are for whoever reads Arrow.
    """

    __slots__ = ("_batches", "_names", "_tables")

    def __init__(self, batches: list[Batch], names: Optional[Sequence[str]]) -> None:
        self._batches = batches
        self._names = names
        self._tables: Optional[tuple[pyarrow.Table, pyarrow.Table]] = None

    def _to_arrow(self) -> tuple[pyarrow.Table, pyarrow.Table]:
        if self._tables is None:
            import pyarrow

            rows = pyarrow.Table.from_batches([named(_to_arrow(batch.rows), self._names) for batch in self._batches])
            errors = pyarrow.Table.from_batches([named(_to_arrow(batch.errors), self._names) for batch in self._batches])
            self._tables = rows, errors
        return self._tables

    @property
    def names(self) -> Optional[Sequence[str]]:
        """The names of the documents, by number; None if they came without."""
        return self._names

    @property
    def rows(self) -> Rows:
        """The rows, for any library that reads Arrow."""
        return _rows([batch.rows for batch in self._batches])

    @property
    def error_rows(self) -> Rows:
        """The errors, in the same way."""
        return _rows([batch.errors for batch in self._batches])

    @property
    def table(self) -> pyarrow.Table:
        """The rows, as a pyarrow.Table. `document` is uint32, or a dictionary of names."""
        return self._to_arrow()[0]

    @property
    def errors(self) -> pyarrow.Table:
        """The errors, as a pyarrow.Table."""
        return self._to_arrow()[1]

    def columns(self) -> dict[str, list[Any]]:
        """The rows as a list for each column: str, bytes or int; None where there is nothing."""
        return self._lists(0)

    def error_columns(self) -> dict[str, list[Any]]:
        """The errors in the same way."""
        return self._lists(1)

    def _lists(self, which: int) -> dict[str, list[Any]]:
        all_columns: dict[str, list[Any]] = {}
        for batch in self._batches:
            for name, values in _to_lists(batch[which]).items():
                all_columns.setdefault(name, []).extend(values)
        if self._names is not None:
            all_columns["document"] = [self._names[number] for number in all_columns["document"]]
        return all_columns


def named(batch: pyarrow.RecordBatch, names: Optional[Sequence[str]]) -> pyarrow.RecordBatch:
    """The batch with names in place of the numbers of documents."""
    if names is None:
        return batch
    import pyarrow

    documents = pyarrow.DictionaryArray.from_arrays(batch.column(0), pyarrow.array(names, pyarrow.string()))
    return pyarrow.RecordBatch.from_arrays([documents, *batch.columns[1:]], names=batch.schema.names)


def rows_of(function: Any, *arguments: Any) -> Rows:
    """The rows of one thing, by a function that gives a schema and an array."""
    columns = Columns()
    call(function, *arguments, columns.schema, columns.array)
    return _rows([columns])


def _read(function: Any, inputs: list[Input], first: int, options: Any) -> Batch:
    lent = ffi.new("omadm_bytes[]", [(each.pointer, each.length) for each in inputs])
    batch = Batch(Columns(), Columns())
    rows, errors = batch
    call(function, lent, len(inputs), first, options, rows.schema, rows.array, errors.schema, errors.array)
    return batch


def _batches(function: Any, documents: Iterable[Buffer], options: Optional[Options]) -> Iterator[Batch]:
    how = native(options)
    inputs: list[Input] = []
    first = octets = 0
    for document in documents:
        inputs.append(Input(document))
        octets += inputs[-1].length
        if octets >= OCTETS_AT_ONCE:
            yield _read(function, inputs, first, how)
            first += len(inputs)
            inputs, octets = [], 0
    if inputs or not first:
        yield _read(function, inputs, first, how)


def _frame(function: Any, documents: Documents, options: Optional[Options]) -> Frame:
    if isinstance(documents, (bytes, bytearray, memoryview, str)):
        raise TypeError("an iterable of documents is required, not one document")
    names = None
    if isinstance(documents, Mapping):
        names, documents = list(documents), documents.values()
        if not all(isinstance(name, str) for name in names):
            raise TypeError("names of documents have to be str")
    return Frame(list(_batches(function, documents, options)), names)


def nodes(documents: Documents, options: Optional[Options] = None) -> Frame:
    """The nodes of many tree documents (TNDS), parents before children: a row for each.

    Columns: `document`, `node` (uint64), `uri`, `name`, `format`, `value` (large_binary, as it was sent), `media_type`, `mo_id`, `acl`, `title`,
    `tstamp`, `ver_no` (large_utf8). `limit_output` of the options counts for the text of 64 MiB of documents together.
    """
    return _frame(lib.omadm_trees_arrow, documents, options)


def commands(documents: Documents, options: Optional[Options] = None) -> Frame:
    """The commands of many messages: a row for each item, or for a command without items.

    Columns: `document`, `session_id`, `msg_id`, `command`, `item` (uint32: the indexes), `kind`, `cmd_id`, `code` (uint32: of `Status` and
    `Alert`), `msg_ref`, `cmd_ref`, `cmd`, `target`, `source`, `format`, `media_type` (large_utf8), and `data` (large_binary, as it was sent).
    """
    return _frame(lib.omadm_messages_arrow, documents, options)
