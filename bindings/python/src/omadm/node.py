"""Nodes of a management tree, as they were when they were read."""
from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Optional, Union, overload

from . import _rows
from ._native import NULL, ffi, lib, text
from ._numbers import Format, NodeFlag

#: A node, its number, or its URI.
NodeRef = Union["Node", int, str]


class Node(NamedTuple):
    """One node and its properties; None what it does not have. It stays as it was read, also when the tree changes.

    `id` names the node in its tree for as long as it is there: a node that is made later never has the same one.
    """

    id: int
    #: Such as `./DevInfo/Mod`, escaped as URIs are.
    uri: str
    #: The last segment of the URI, not escaped; empty for the root.
    name: str
    format: Format
    #: The value of a leaf as it was sent: str, also base64 of a `bin` in XML; bytes out of a WBXML opaque block.
    value: Union[str, bytes, None]
    #: `Type`: the media type of a leaf; of an interior node the identifier of the management object that begins here.
    type: Optional[str]
    #: `ACL`, where it is the node's own.
    acl: Optional[str]
    title: Optional[str]
    tstamp: Optional[str]
    ver_no: Optional[str]
    child_count: int
    flags: NodeFlag

    @property
    def media_type(self) -> Optional[str]:
        """The media type of a leaf."""
        return None if self.flags & NodeFlag.INTERIOR else self.type

    @property
    def mo_id(self) -> Optional[str]:
        """The identifier of the management object that begins here."""
        return self.type if self.flags & NodeFlag.INTERIOR else None

    @property
    def is_interior(self) -> bool:
        """Whether it may have children, and has no value."""
        return bool(self.flags & NodeFlag.INTERIOR)

    @property
    def is_implicit(self) -> bool:
        """Whether the document has a `Path` that leads through it, but does not describe it."""
        return bool(self.flags & NodeFlag.IMPLICIT)

    @property
    def is_permanent(self) -> bool:
        """Whether it can neither be deleted nor renamed."""
        return bool(self.flags & NodeFlag.PERMANENT)


_FORMATS = [Format.NODE, *Format]
_FLAGS = [NodeFlag(flags) for flags in range(16)]

#: A column: a list, or numbers that stand for what is in a table.
_Column = Any


class Nodes(Sequence[Node]):
    """Nodes, parents before children, as they were when they were read: a sequence that makes each Node when it is asked for.

    `columns` has all of them at once, which is faster by far than to look at each.
    """

    __slots__ = ("_columns", "_length")

    def __init__(self, columns: tuple[_Column, ...], length: int) -> None:
        self._columns = columns
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Node]:
        ids, uris, names, formats, values, types, acls, titles, tstamps, ver_nos, child_counts, flags = self._columns
        rows = zip(
            ids, uris, names, map(_FORMATS.__getitem__, formats), values, types, acls, titles, tstamps, ver_nos,
            child_counts, map(_FLAGS.__getitem__, flags),
        )  # fmt: skip
        return map(tuple.__new__, itertools.repeat(Node), rows)

    @overload
    def __getitem__(self, index: int) -> Node: ...

    @overload
    def __getitem__(self, index: slice) -> Nodes: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Node, Nodes]:
        if isinstance(index, slice):
            columns = tuple(
                column if isinstance(column, itertools.repeat) else column[index] for column in self._columns
            )
            return Nodes(columns, len(range(*index.indices(self._length))))
        at = index + self._length if index < 0 else index
        if not 0 <= at < self._length:
            raise IndexError("there are %d nodes" % self._length)
        return next(iter(self[at : at + 1]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != self._length:
            return NotImplemented
        return all(one == another for one, another in zip(self, other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "<%d nodes>" % self._length

    def columns(self) -> dict[str, list[Any]]:
        """A list for each member of Node. It costs little: most of them are there already."""
        made = {}
        for name, column in zip(Node._fields, self._columns):
            if isinstance(column, itertools.repeat):
                column = [None] * self._length
            elif name in ("format", "flags"):
                column = list(map((_FORMATS if name == "format" else _FLAGS).__getitem__, column))
            made[name] = list(column)
        return made


def below(tree: Any, top: int) -> Nodes:
    """The nodes from `top` down: by one call, and column by column."""
    numbers, texts, runs = _rows.read(lib.omadm_unstable_tree_rows, tree, top, NULL)
    count = numbers[0]
    at = 1

    def column(length: int) -> Any:
        nonlocal at
        at += length
        return numbers[at - length : at]

    halves = column(2 * count)
    if sys.byteorder == "little":
        ids = halves.cast("B").cast("Q")
    else:
        ids = [low | high << 32 for low, high in zip(halves[::2], halves[1::2])]
    formats, flags, child_counts = column(count), column(count), column(count)
    types = list(map(texts.__getitem__, column(count)))
    first = column(1)[0] + 1
    uris = texts[first : first + count]
    names = texts[first + count : first + 2 * count]
    values: list[Any] = texts[first + 2 * count : first + 3 * count]
    for row in column(column(1)[0]):
        values[row] = None
    for row, run in zip(column(column(1)[0]), runs[1:]):
        values[row] = run
    first += 3 * count
    rare: list[_Column] = []
    for _ in range(4):
        rows = column(column(1)[0])
        cells: Any = itertools.repeat(None)
        if rows:
            cells = [None] * count
            for row, text in zip(rows, texts[first : first + len(rows)]):
                cells[row] = text
            first += len(rows)
        rare.append(cells)
    return Nodes((ids, uris, names, formats, values, types, *rare, child_counts, flags), count)


def of_info(info: Any, uri: str) -> Node:
    """An omadm_node_info, with the URI that it does not have."""
    octets: Union[str, bytes, None] = None
    if info.value.ptr != NULL:
        octets = bytes(ffi.buffer(info.value.ptr, info.value.len))
        if not info.flags & NodeFlag.OPAQUE:
            try:
                octets = octets.decode()
            except UnicodeDecodeError:
                pass
    return Node(
        info.node,
        uri,
        text(info.name) or "",
        Format(info.format),
        octets,
        text(info.mo_id if info.flags & NodeFlag.INTERIOR else info.media_type),
        text(info.acl),
        text(info.title),
        text(info.tstamp),
        text(info.ver_no),
        info.child_count,
        NodeFlag(info.flags),
    )
