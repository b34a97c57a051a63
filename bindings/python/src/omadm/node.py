"""Nodes of a management tree, as they were when they were read."""
from __future__ import annotations

from typing import Any, NamedTuple, Optional, Union

from . import _objects
from ._native import NULL, call, ffi, lib, text
from ._numbers import Format, NodeFlag

#: A node, its number, or its URI.
NodeRef = Union["Node", int, str]


@_objects.record(4)
class Properties(NamedTuple):
    """The run-time properties of a node that few nodes have."""

    acl: Optional[str]
    title: Optional[str]
    tstamp: Optional[str]
    ver_no: Optional[str]


@_objects.record(3)
class Node(NamedTuple):
    """One node and its properties; None what it does not have. It stays as it was read, also when the tree changes.

    `id` names the node in its tree for as long as it is there: a node that is made later never has the same one.
    """

    #: Such as `./DevInfo/Mod`, escaped as URIs are.
    uri: str
    id: int
    #: The last segment of the URI, not escaped; empty for the root.
    name: str
    format: Format
    #: The value of a leaf as it was sent: str, also base64 of a `bin` in XML; bytes out of a WBXML opaque block.
    value: Union[str, bytes, None]
    #: `Type`: the media type of a leaf; of an interior node the identifier of the management object that begins here.
    type: Optional[str]
    child_count: int
    flags: NodeFlag
    #: What few nodes have. None if all of it is absent.
    properties: Optional[Properties]

    @property
    def acl(self) -> Optional[str]:
        """`ACL`, where it is the node's own."""
        return None if self.properties is None else self.properties.acl

    @property
    def title(self) -> Optional[str]:
        """`Title`"""
        return None if self.properties is None else self.properties.title

    @property
    def tstamp(self) -> Optional[str]:
        """`TStamp`: when it was changed last."""
        return None if self.properties is None else self.properties.tstamp

    @property
    def ver_no(self) -> Optional[str]:
        """`VerNo`: how often it was changed."""
        return None if self.properties is None else self.properties.ver_no

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


_objects.OBJECTS[33:44] = Format
_objects.OBJECTS[48:64] = [NodeFlag(flags) for flags in range(16)]


#: How many nodes are read at once: what is written of them is still in the cache when it is read, and the next ones take the same memory.
_PART = 2048


def below(tree: Any, top: int) -> list[Node]:
    """The nodes from `top` down."""
    with _objects.Loader() as load:
        part: list[Node] = load(lib.omadm_unstable_tree_pickle, tree, top, 0, _PART, 0, NULL)
        found = part
        while len(part) == _PART:
            part = load(lib.omadm_unstable_tree_pickle, tree, top, part[-1].id, _PART, 0, NULL)
            found += part
        return found


#: The members of Node with those of Properties.
_COLUMNS = ("uri", "id", "name", "format", "value", "type", "child_count", "flags", "acl", "title", "tstamp", "ver_no")


def columns_below(tree: Any, top: int) -> dict[str, list[Any]]:
    """A list for each property."""
    with _objects.Loader() as load:
        part = load(lib.omadm_unstable_tree_pickle, tree, top, 0, _PART, 1, NULL)
        count = len(part[0])
        if count < _PART:
            return dict(zip(_COLUMNS, ([None] * count if column is None else column for column in part)))
        nodes = ffi.new("size_t *")
        call(lib.omadm_tree_summary, tree, nodes, NULL)
        # Lists that do not grow, which would copy them again and again.
        found: list[list[Any]] = [[None] * nodes[0] for _ in _COLUMNS]
        rows = 0
        while True:
            for column, more in zip(found, part):
                if more is not None:
                    column[rows : rows + count] = more
            rows += count
            if count < _PART:
                break
            part = load(lib.omadm_unstable_tree_pickle, tree, top, part[1][-1], _PART, 1, NULL)
            count = len(part[0])
        for column in found:
            del column[rows:]
        return dict(zip(_COLUMNS, found))


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
    properties = Properties._make(map(text, (info.acl, info.title, info.tstamp, info.ver_no)))
    return Node._make((
        uri,
        info.node,
        text(info.name) or "",
        Format(info.format),
        octets,
        text(info.mo_id if info.flags & NodeFlag.INTERIOR else info.media_type),
        info.child_count,
        NodeFlag(info.flags),
        properties if any(each is not None for each in properties) else None,
    ))  # fmt: skip
