"""Device descriptions (DDF), and whether trees and messages are as they say."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, NamedTuple, Optional, TypeVar, Union

from ._native import (
    NO_NUMBER,
    NONE,
    NULL,
    Buffer,
    Handle,
    Input,
    Lent,
    call,
    ffi,
    filled,
    lib,
    new,
    number,
    octets,
    read_all,
    text,
    utf8,
)
from ._numbers import Access, FindingKind, Format, SchemaFlag, Verdict
from .message import Message
from .options import Options, native
from .tree import Tree

S = TypeVar("S", bound="Schema")

_WHOLE_TREE = 1


class SchemaNode(NamedTuple):
    """One described node; None what its description does not say."""

    id: int
    #: The node that it stands in; None at the top of its document, where `path` says what is above.
    parent: Optional[int]
    #: None: it stands for nodes of any name.
    name: Optional[str]
    #: `Path`: the URI of the parent.
    path: Optional[str]
    #: Where `DFFormat` is absent, what follows from the rest of the description.
    format: Format
    #: `AccessType`: the commands that the node takes.
    access: Access
    flags: SchemaFlag
    #: `Occurrence`: how many there must be at least, and may be at most; None for any number.
    occurrence_min: int
    occurrence_max: Optional[int]
    #: `DFTitle`
    title: Optional[str]
    description: Optional[str]
    #: The identifier of the management object that begins here.
    mo_id: Optional[str]
    #: The first media type of a leaf.
    media_type: Optional[str]
    default_value: Optional[bytes]
    #: What a new instance begins with.
    value: Optional[bytes]
    #: Which of the documents it is in, from 0, and the octet where it begins there.
    document: int
    offset: int


class Finding(NamedTuple):
    """One thing that a check has found."""

    kind: FindingKind
    #: The node that it is about; of a command as it was written there.
    uri: str
    #: A short name for programs, such as `not-described`. Stays the same between releases.
    reason: str
    #: The reason in words.
    text: str
    #: What the description has instead, in words.
    expected: Optional[str]
    #: The status code that a device answers a command with.
    status: Optional[int]
    #: The octet where the item begins in the message that was checked.
    offset: Optional[int]
    #: The number of the description that says so.
    node: Optional[int]


class Findings(NamedTuple):
    """What a check has found."""

    found: list[Finding]
    #: False if there were more than `limit_findings`.
    is_complete: bool


def _node(info: Any) -> SchemaNode:
    return SchemaNode(
        info.node,
        number(info.parent, 0),
        text(info.name),
        text(info.path),
        Format(info.format),
        Access(info.access),
        SchemaFlag(info.flags),
        info.occurrence_min,
        number(info.occurrence_max, NO_NUMBER),
        text(info.title),
        text(info.description),
        text(info.mo_id),
        text(info.media_type),
        octets(info.default_value),
        octets(info.value),
        info.document,
        info.offset,
    )


class Schema(Handle):
    """What one or more device descriptions say. Calls that come at the same time wait.

    >>> import omadm
    >>> schema = omadm.Schema.decode(description)
    >>> len(schema) > 0
    True
    """

    __slots__ = ("_lock",)

    _lock: Any

    @classmethod
    def decode(cls: type[S], *documents: Buffer, options: Optional[Options] = None) -> S:
        """Decodes device descriptions, XML or WBXML; those after the first are added.

        Raises InputError, LimitError, XmlError, WbxmlError or TreeError, with the offset of the element at fault.
        """
        if not documents:
            raise TypeError("a schema is made of one document at least")
        lent = Input(documents[0])
        out = ffi.new("omadm_schema **")
        call(lib.omadm_schema_decode, lent.pointer, lent.length, native(options), out)
        made = cls._own(out[0], lib.omadm_schema_free, None, lent.length * 2)
        made._lock = threading.RLock()
        for document in documents[1:]:
            made.add(document, options)
        return made

    def add(self, document: Buffer, options: Optional[Options] = None) -> None:
        """Adds what another document describes. If that cannot be read nothing is added."""
        lent = Input(document)
        with self._lock:
            call(lib.omadm_schema_add, self._handle, lent.pointer, lent.length, native(options))

    def __len__(self) -> int:
        with self._lock:
            count = ffi.new("size_t *")
            call(lib.omadm_schema_summary, self._handle, count, NULL)
            return int(count[0])

    def __iter__(self) -> Iterator[SchemaNode]:
        return iter(self.nodes())

    def __repr__(self) -> str:
        return "<Schema, closed>" if self.closed else "<Schema of %d nodes>" % len(self)

    def nodes(self) -> list[SchemaNode]:
        """All described nodes, parents before children, in the order of the documents."""
        with self._lock:
            found: list[SchemaNode] = []
            room, after, size, written = 256, 0, ffi.sizeof("omadm_schema_node_info"), ffi.new("size_t *")
            infos = ffi.new("omadm_schema_node_info[]", room)
            for info in infos:
                info.struct_size = size
            while True:
                call(lib.omadm_schema_nodes, self._handle, after, infos, size, room, written)
                if not written[0]:
                    return found
                found.extend(_node(infos[index]) for index in range(written[0]))
                after = infos[written[0] - 1].node

    def __getitem__(self, node: int) -> SchemaNode:
        """The described node with this number."""
        with self._lock:
            info = new("omadm_schema_node_info")
            call(lib.omadm_schema_node_get, self._handle, node, info)
            return _node(info)

    def find(self, uri: str) -> list[SchemaNode]:
        """The descriptions of the node at a URI, the best first: exact names before what an unnamed node stands for."""
        with self._lock:
            where, found, room = utf8(uri, "uri"), ffi.new("size_t *"), 16
            while True:
                nodes = ffi.new("uint64_t[]", room)
                call(lib.omadm_schema_find, self._handle, where, len(where), nodes, room, found)
                if found[0] <= room:
                    return [self[nodes[index]] for index in range(found[0])]
                room = found[0]

    def uri(self, node: Union[SchemaNode, int]) -> str:
        """The URI of a described node; of unnamed nodes, and below such, a template like `./Vendor/Acc/{Name}/Port`."""
        with self._lock:
            return filled(lib.omadm_schema_uri, self._handle, node if isinstance(node, int) else node.id).decode()

    def judge(self, node: Union[SchemaNode, int], value: Union[str, Buffer]) -> Verdict:
        """Whether a node takes a value, as it is sent."""
        lent, verdict = Input(value.encode() if isinstance(value, str) else value), ffi.new("uint32_t *")
        with self._lock:
            index = node if isinstance(node, int) else node.id
            call(lib.omadm_schema_judge, self._handle, index, lent.pointer, lent.length, verdict)
            return Verdict(verdict[0])

    def check(
        self,
        what: Union[Tree, Message],
        whole_tree: bool = False,
        os_build: Optional[str] = None,
        limits: Optional[Options] = None,
    ) -> Findings:
        """Checks a tree, or every item of the commands of a message, against the descriptions.

        `whole_tree`: nodes are missed below nodes that a document only implies, too. `os_build` is the build of Windows of the device, such
        as `10.0.22621`: nodes that it does not have are findings.
        """
        if not isinstance(what, (Tree, Message)):
            raise TypeError("a Tree or a Message is checked, not %s" % type(what).__name__)
        lent, options, out = Lent(), new("omadm_check_options"), ffi.new("omadm_check **")
        options.flags = _WHOLE_TREE if whole_tree else 0
        lent.text(options.os_build, os_build, "os_build")
        options.limits = lent.keep(native(limits))
        with self._lock:
            call(lib.omadm_check_new, self._handle, options, out)
        check = ffi.gc(out[0], lib.omadm_check_free)
        found = ffi.new("omadm_findings **")
        if isinstance(what, Tree):
            with what._lock:
                call(lib.omadm_check_tree, check, what._handle, found)
        else:
            call(lib.omadm_check_message, check, what._handle, found)
        return _findings(ffi.gc(found[0], lib.omadm_findings_free))


def _findings(findings: Any) -> Findings:
    is_complete = ffi.new("uint32_t *")
    call(lib.omadm_findings_summary, findings, NULL, is_complete)
    rows = [
        Finding(
            FindingKind(row.kind),
            text(row.uri) or "",
            text(row.reason) or "",
            text(row.text) or "",
            text(row.expected),
            number(row.status, 0),
            number(row.offset, NONE),
            number(row.node, 0),
        )
        for row in read_all("omadm_finding", lib.omadm_findings_rows, findings)
    ]
    return Findings(rows, bool(is_complete[0]))
