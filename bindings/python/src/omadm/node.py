"""Nodes of a management tree, as they were when they were read."""
from __future__ import annotations

import itertools
import sys
from typing import Any, NamedTuple, Optional, Union

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
    #: `Type` of a leaf.
    media_type: Optional[str]
    #: `Type` of an interior node: the identifier of the management object that begins here.
    mo_id: Optional[str]
    #: `ACL`, where it is the node's own.
    acl: Optional[str]
    title: Optional[str]
    tstamp: Optional[str]
    ver_no: Optional[str]
    child_count: int
    flags: NodeFlag

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


def below(tree: Any, top: int) -> list[Node]:
    """The nodes from `top` down, parents before children: by one call, and column by column."""
    numbers, texts, runs = _rows.read(lib.omadm_unstable_tree_rows, tree, top, NULL)
    count = numbers[0]
    at = 1

    def column(length: int) -> Any:
        nonlocal at
        at += length
        return numbers[at - length : at]

    halves = column(2 * count)
    if sys.byteorder == "little":
        ids = halves.cast("B").cast("Q").tolist()
    else:
        ids = [low | high << 32 for low, high in zip(halves[::2], halves[1::2])]
    formats = map(_FORMATS.__getitem__, column(count))
    flags = map(_FLAGS.__getitem__, column(count))
    child_counts = column(count)
    media_types = map(texts.__getitem__, column(count))
    mo_ids = map(texts.__getitem__, column(count))
    text_at = column(1)[0] + 1
    uris = texts[text_at : text_at + count]
    names = texts[text_at + count : text_at + 2 * count]
    text_at += 2 * count
    columns: list[list[Any]] = []
    for _ in range(5):
        cells: list[Any] = [None] * count
        rows = column(column(1)[0])
        for row, value in zip(rows, texts[text_at : text_at + len(rows)]):
            cells[row] = value
        text_at += len(rows)
        columns.append(cells)
    for row, run in zip(column(column(1)[0]), runs[1:]):
        columns[0][row] = run
    rows = zip(ids, uris, names, formats, columns[0], media_types, mo_ids, *columns[1:], child_counts, flags)
    with _rows.many_objects(count):
        return list(map(tuple.__new__, itertools.repeat(Node), rows))


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
        text(info.media_type),
        text(info.mo_id),
        text(info.acl),
        text(info.title),
        text(info.tstamp),
        text(info.ver_no),
        info.child_count,
        NodeFlag(info.flags),
    )
