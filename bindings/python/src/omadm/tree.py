"""The management tree: read out of tree documents, searched, asked, edited and written."""
from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Optional, TypeVar, Union

from . import node as _node
from ._exceptions import NodeNotFoundError, NotFoundError, StaleNodeError, StateError
from ._native import NULL, Buffer, Handle, Input, Lent, attempt, call, ffi, filled, lib, new, utf8
from ._numbers import Difference, Encoding, Format, Property, Rights, TndsLayout, TndsPart
from .diff import Change, compare
from .edit import EditOptions, native_edit
from .frame import Rows, rows_of
from .node import Node, NodeRef
from .options import Options, native
from .results import ResultItem, answer

T = TypeVar("T", bound="Tree")

#: A value of a leaf: text, of a `bin` node base64; or octets.
Value = Union[str, Buffer]


class Tree(Handle):
    """A management tree. It is read from many threads, or changed by one, at a time; calls that come at the same time wait.

    Iterating gives all nodes, parents before children.

    >>> import omadm
    >>> tree = omadm.Tree.from_tnds(phone)
    >>> [node.uri for node in tree.find_mo("urn:oma:mo:oma-fumo:1.0")]
    ['./FUMO/modem', './FUMO/system']
    >>> tree["./DevInfo/Mod"].value
    'R1'
    """

    __slots__ = ("_lock",)

    _lock: Any

    @classmethod
    def from_tnds(cls: type[T], data: Buffer, options: Optional[Options] = None) -> T:
        """Decodes a tree document (TNDS), XML or WBXML.

        Octets that can change (bytearray, memoryview of one, mmap) are copied; `bytes` and views of them are shared, and kept alive.
        Raises InputError, LimitError, XmlError, WbxmlError or TreeError, with the offset of what is at fault.
        """
        lent = Input(data)
        out = ffi.new("omadm_tree **")
        call(lib.omadm_tree_decode_input, lent.borrowed(), native(options), out)
        return cls._take(out[0], lent, lent.length * 2)

    @classmethod
    def new(cls: type[T]) -> T:
        """A tree with nothing but a root."""
        out = ffi.new("omadm_tree **")
        call(lib.omadm_tree_new, out)
        return cls._take(out[0], None, 4096)

    @classmethod
    def _take(cls: type[T], pointer: Any, kept: Any, size: int) -> T:
        made = cls._own(pointer, lib.omadm_tree_free, kept, size)
        # What is lent out of a tree is valid until it changes, so reading and changing take turns.
        made._lock = threading.RLock()
        return made

    def __repr__(self) -> str:
        return "<Tree, closed>" if self.closed else "<Tree of %d nodes>" % len(self)

    # Reading.

    def _id(self, node: Optional[NodeRef]) -> int:
        """The number of a node; 0, the root, for None."""
        if node is None:
            return 0
        if isinstance(node, str):
            out = ffi.new("uint64_t *")
            uri = utf8(node, "uri")
            if not attempt(lib.omadm_tree_get, self._handle, uri, len(uri), out):
                raise NodeNotFoundError("no node at %s" % node)
            return int(out[0])
        if isinstance(node, Node):
            return node.id
        if not isinstance(node, int):
            raise TypeError("a node is named by its URI, its number or a Node, not by %s" % type(node).__name__)
        if not 0 <= node < 1 << 64:
            raise StaleNodeError("no node has the number %d" % node)
        return node

    def _uri(self, node: int) -> str:
        ids, ends = ffi.new("uint64_t[]", [node]), ffi.new("size_t[]", 1)
        buffer = new("omadm_buffer")
        try:
            call(lib.omadm_tree_uris, self._handle, ids, 1, buffer, ends)
            return bytes(ffi.buffer(buffer.data, buffer.len)).decode()
        finally:
            lib.omadm_buffer_free(buffer)

    def _node(self, node: int) -> Node:
        info = new("omadm_node_info")
        call(lib.omadm_tree_node, self._handle, node, info)
        return _node.of_info(info, self._uri(node))

    def __len__(self) -> int:
        with self._lock:
            count = ffi.new("size_t *")
            call(lib.omadm_tree_summary, self._handle, count, NULL)
            return int(count[0])

    def nodes(self, top: Optional[NodeRef] = None) -> list[Node]:
        """All nodes from `top` down, or from the root: parents before children, in the order of the tree. One call for all of them.

        >>> [node.name for node in omadm.Tree.from_tnds(phone).nodes("./DevInfo")][:3]
        ['DevInfo', 'DevId', 'Man']
        """
        with self._lock:
            return _node.below(self._handle, self._id(top))

    def columns(self, top: Optional[NodeRef] = None) -> dict[str, list[Any]]:
        """The same nodes as a list for each property, by name: those of Node and of Properties. Of many nodes it takes half as long as `nodes`.

        >>> omadm.Tree.from_tnds(phone).columns("./DevInfo")["uri"][:2]
        ['./DevInfo', './DevInfo/DevId']
        """
        with self._lock:
            return _node.columns_below(self._handle, self._id(top))

    def rows(self, top: Optional[NodeRef] = None, options: Optional[Options] = None) -> Rows:
        """The same nodes for whoever reads Arrow: `pyarrow.table(tree.rows())`. Its columns are those of frame.nodes but for `document`.

        They need the tree no longer. LimitOutputError for more octets of text than `limit_output`.
        """
        with self._lock:
            return rows_of(lib.omadm_tree_arrow, self._handle, self._id(top), native(options))

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes())

    @property
    def root(self) -> Node:
        """The node `.`"""
        return self["."]

    def __getitem__(self, node: NodeRef) -> Node:
        """The node with this URI or number, as it is now. Raises NodeNotFoundError or StaleNodeError, which are LookupErrors."""
        with self._lock:
            return self._node(self._id(node))

    def get(self, uri: str) -> Optional[Node]:
        """The node at a URI such as `./DevInfo/Mod`; None if there is none. Raises InvalidUriError if that is no URI of a node."""
        with self._lock:
            out, where = ffi.new("uint64_t *"), utf8(uri, "uri")
            found = attempt(lib.omadm_tree_get, self._handle, where, len(where), out)
            return self._node(out[0]) if found else None

    def __contains__(self, uri: object) -> bool:
        return isinstance(uri, str) and self.get(uri) is not None

    def children(self, node: Optional[NodeRef] = None) -> list[Node]:
        """The children of a node, in their order; of the root if none is named."""
        with self._lock:
            top = self._id(node)
            found: list[Node] = []
            after, room, size = 0, 64, ffi.sizeof("omadm_node_info")
            written = ffi.new("size_t *")
            while True:
                infos = ffi.new("omadm_node_info[]", room)
                for info in infos:
                    info.struct_size = size
                call(lib.omadm_tree_children, self._handle, top or self._root(), after, infos, size, room, written)
                count = written[0]
                if not count:
                    return found
                uris = self._uris([infos[index].node for index in range(count)])
                found.extend(_node.of_info(infos[index], uri) for index, uri in enumerate(uris))
                after = infos[count - 1].node

    def _root(self) -> int:
        root = ffi.new("uint64_t *")
        call(lib.omadm_tree_summary, self._handle, NULL, root)
        return int(root[0])

    def _uris(self, nodes: list[int]) -> list[str]:
        ends = ffi.new("size_t[]", len(nodes))
        buffer = new("omadm_buffer")
        try:
            call(lib.omadm_tree_uris, self._handle, ffi.new("uint64_t[]", nodes), len(nodes), buffer, ends)
            octets = bytes(ffi.buffer(buffer.data, buffer.len))
        finally:
            lib.omadm_buffer_free(buffer)
        return [octets[start:end].decode() for start, end in zip([0, *ends], ends)]

    def octets(self, node: NodeRef) -> Optional[bytes]:
        """The octets that the value of a leaf stands for: base64 of a `bin` value is decoded, others are as they are. None without a value.

        Raises InvalidBase64Error, with the offset in the value.
        """
        with self._lock:
            try:
                return filled(lib.omadm_tree_octets, self._handle, self._id(node))
            except NotFoundError:
                return None

    def get_property(self, node: NodeRef, name: Property) -> Optional[str]:
        """The text of a property, as a `Get` of `?prop=Name` answers it; None for one that this node does not have."""
        with self._lock:
            try:
                return filled(lib.omadm_tree_property, self._handle, self._id(node), Property(name)).decode()
            except NotFoundError:
                return None

    def rights(self, node: NodeRef, server: Optional[str] = None) -> Rights:
        """What a server may do with a node; all for the device itself, None."""
        with self._lock:
            rights = ffi.new("uint32_t *")
            name, length = _principal(server)
            call(lib.omadm_tree_rights, self._handle, self._id(node), name, length, rights)
            return Rights(rights[0])

    # Finding.

    def _found(self, function: Any, *arguments: Any) -> list[Node]:
        """The nodes that a function finds: asked again with more room if there are many."""
        room = 64
        found = ffi.new("size_t *")
        while True:
            nodes = ffi.new("uint64_t[]", room)
            call(function, self._handle, *arguments, nodes, room, found)
            if found[0] <= room:
                return [self._node(nodes[index]) for index in range(found[0])]
            room = found[0]

    def find_mo(self, mo_id: str) -> list[Node]:
        """Where the management objects with this identifier begin, in the order of the tree. It costs nothing for the rest of the tree."""
        with self._lock:
            name = utf8(mo_id, "mo_id")
            return self._found(lib.omadm_tree_find_mo, name, len(name))

    def select(self, pattern: str, principal: Optional[str] = None, options: Optional[Options] = None) -> list[Node]:
        """The nodes that a pattern stands for, such as `**[AppID=="w7"]/Addr`; with a server as `principal` only what it may Get.

        `Name` is the child with this name, `*` every child, `**` every node below and the node itself; `[path]`, `[path=="text"]`,
        `[path>=10]` and `[... && ...]` are conditions. Raises InvalidPatternError, InvalidConditionError and InvalidRelPathError, with
        the offset in the pattern.
        """
        with self._lock:
            text = utf8(pattern, "pattern")
            name, length = _principal(principal)
            return self._found(lib.omadm_tree_select, text, len(text), name, length, native(options))

    def query(
        self,
        uri: str,
        principal: Optional[str] = None,
        encoding: Encoding = Encoding.WBXML,
        locations: bool = False,
        limits: Optional[Options] = None,
    ) -> list[ResultItem]:
        """Answers a `Get`: the items of its `Results`, for any URI with any query, such as `./DevInfo?list=Struct`.

        `locations` takes location queries, too, which no public standard has the form of. Raises AccessDeniedError, NodeNotFoundError,
        InvalidQueryError and the like; omadm.status_of says with which status a client answers them.
        """
        with self._lock:
            return answer(self._handle, uri, principal, encoding, locations, limits)

    # Changing.

    def add(
        self,
        uri: str,
        value: Optional[Value] = None,
        format: Optional[Format] = None,
        node_type: Optional[str] = None,
        title: Optional[str] = None,
        options: Optional[EditOptions] = None,
    ) -> Node:
        """Adds a node, as the last child of its parent; the last segment of the URI becomes its name.

        Without a format it is `chr` with a str, `bin` with octets, and otherwise an interior node. `node_type` is the media type of a leaf, or
        the identifier of the management object that begins there. Raises NodeExistsError, NodeNotFoundError for a missing parent,
        AccessDeniedError and the like.
        """
        with self._lock, _Lent() as lent:
            made = lent.keep(new("omadm_new_node"))
            made.format = 0 if format is None else Format(format)
            _set_value(lent, made, value)
            lent.text(made.node_type, node_type, "node_type")
            lent.text(made.title, title, "title")
            out = ffi.new("uint64_t *")
            name = utf8(uri, "uri")
            call(lib.omadm_tree_add, self._handle, name, len(name), made, native_edit(options, lent), out)
            return self._node(out[0])

    def replace(
        self,
        uri: str,
        value: Value,
        format: Optional[Format] = None,
        media_type: Optional[str] = None,
        options: Optional[EditOptions] = None,
    ) -> None:
        """Gives a leaf another value; and another format or type, if they are named. Raises NotLeafError, PermanentNodeError and the like."""
        with self._lock, _Lent() as lent:
            made = lent.keep(new("omadm_new_value"))
            made.format = 0 if format is None else Format(format)
            _set_value(lent, made, value)
            lent.text(made.media_type, media_type, "media_type")
            self._edit(lib.omadm_tree_replace, [uri], options, lent, made)

    def delete(self, uri: str, options: Optional[EditOptions] = None) -> None:
        """Deletes a node with everything below it. Raises PermanentNodeError, AccessDeniedError and the like."""
        with self._lock, _Lent() as lent:
            self._edit(lib.omadm_tree_delete, [uri], options, lent)

    def copy(self, source: str, target: str, options: Optional[EditOptions] = None) -> None:
        """Copies the value of a leaf, with its format and type, to another one, which is made if it is not there."""
        with self._lock, _Lent() as lent:
            self._edit(lib.omadm_tree_copy, [source, target], options, lent)

    def rename(self, uri: str, name: str, options: Optional[EditOptions] = None) -> None:
        """Gives a node another name. What is below moves with it, and their numbers stay."""
        with self._lock, _Lent() as lent:
            self._edit(lib.omadm_tree_rename, [uri, name], options, lent)

    def set_property(self, uri: str, name: Property, value: str, options: Optional[EditOptions] = None) -> None:
        """Sets a property of a node: what a `Replace` on `URI?prop=Name` does. Raises ReadOnlyPropertyError and the like."""
        with self._lock, _Lent() as lent:
            where, what = utf8(uri, "uri"), utf8(value, "value")
            edit = native_edit(options, lent)
            call(lib.omadm_tree_set_property, self._handle, where, len(where), Property(name), what, len(what), edit)

    def set_permanent(self, uri: str, is_permanent: bool = True) -> None:
        """Makes a node permanent, or dynamic, as its description says. Nodes are dynamic at first."""
        with self._lock:
            where = utf8(uri, "uri")
            call(lib.omadm_tree_set_permanent, self._handle, where, len(where), bool(is_permanent))

    def _edit(self, function: Any, texts: list[str], options: Optional[EditOptions], lent: Lent, *more: Any) -> None:
        arguments: list[Any] = []
        for text in texts:
            octets = utf8(text)
            arguments += [octets, len(octets)]
        call(function, self._handle, *arguments, *more, native_edit(options, lent))

    def add_subtree(
        self, uri: str, source: Tree, top: Optional[NodeRef] = None, options: Optional[EditOptions] = None
    ) -> Node:
        """Adds a copy of a node of another tree, with everything below it. The last segment of the URI becomes its name."""
        with _together(self, source), _Lent() as lent:
            where, out = utf8(uri, "uri"), ffi.new("uint64_t *")
            edit = native_edit(options, lent)
            call(lib.omadm_tree_add_subtree, self._handle, where, len(where), source._handle, source._id(top), edit, out)
            return self._node(out[0])

    def replace_subtree(
        self, uri: str, source: Tree, top: Optional[NodeRef] = None, options: Optional[EditOptions] = None
    ) -> None:
        """Makes the node at a URI, and what is below it, the same as a node of another tree: nodes that are not there are deleted."""
        with _together(self, source), _Lent() as lent:
            where, edit = utf8(uri, "uri"), native_edit(options, lent)
            call(lib.omadm_tree_replace_subtree, self._handle, where, len(where), source._handle, source._id(top), edit)

    def merge_subtree(
        self, uri: str, source: Tree, top: Optional[NodeRef] = None, options: Optional[EditOptions] = None
    ) -> None:
        """Merges a node of another tree, and what is below it, into the node at a URI: nodes that only are here stay."""
        with _together(self, source), _Lent() as lent:
            where, edit = utf8(uri, "uri"), native_edit(options, lent)
            call(lib.omadm_tree_merge_subtree, self._handle, where, len(where), source._handle, source._id(top), edit)

    @contextmanager
    def transaction(self) -> Iterator[Tree]:
        """Several edits as one: all of them are undone when the block is left by an exception. Transactions can stand inside each other.

        >>> tree = omadm.Tree.from_tnds(phone)
        >>> with tree.transaction():
        ...     tree.replace("./DevInfo/Mod", "R2")
        ...     tree.delete("./FUMO")
        >>> "./FUMO" in tree
        False
        """
        with self._lock:
            call(lib.omadm_tree_begin, self._handle)
            try:
                yield self
            except BaseException:
                if not self.closed:
                    call(lib.omadm_tree_roll_back, self._handle)
                raise
            if self.closed:
                raise StateError("the tree was closed in the middle of a transaction")
            call(lib.omadm_tree_commit, self._handle)

    def compact(self) -> int:
        """Gives back the memory of what edits have replaced or deleted; returns how many octets. Raises StateError in a transaction."""
        with self._lock:
            octets = ffi.new("size_t *")
            call(lib.omadm_tree_compact, self._handle, octets)
            return int(octets[0])

    def clone(self) -> Tree:
        """A copy that stands alone. Its nodes have the numbers of the original's."""
        with self._lock:
            out = ffi.new("omadm_tree **")
            call(lib.omadm_tree_clone, self._handle, out)
            return Tree._take(out[0], None, 4096)

    # Writing and comparing.

    def to_tnds(
        self,
        encoding: Encoding = Encoding.XML,
        top: Optional[NodeRef] = None,
        layout: TndsLayout = TndsLayout.NESTED,
        left_out: TndsPart = TndsPart(0),
        principal: Optional[str] = None,
        limits: Optional[Options] = None,
    ) -> bytes:
        """Writes the whole tree, or a node and everything below it, as a document.

        `left_out` is what is not said of nodes. With a server as `principal` nodes that it may not Get are left out. Raises
        AccessDeniedError, LimitOutputError, InvalidBase64Error and the like; `offset` is the place of the node at fault, as `nodes(top)` has it.
        """
        with self._lock, _Lent() as lent:
            options = lent.keep(new("omadm_tnds_options"))
            options.layout = TndsLayout(layout)
            options.left_out = left_out
            lent.text(options.principal, principal, "principal")
            options.limits = lent.keep(native(limits))
            return filled(lib.omadm_tree_encode, self._handle, self._id(top), Encoding(encoding), options)

    def diff(self, other: Tree, what: Optional[Difference] = None) -> list[Change]:
        """What differs in another tree: what it has more or less, and nodes that have changed. Empty if both say the same.

        `what` is what is compared; everything if it is None. The order of siblings says nothing.
        """
        with _together(self, other):
            return compare(self._handle, 0, other._handle, 0, what)

    def apply(self, before: Tree, after: Tree, what: Optional[Difference] = None) -> None:
        """Makes the changes between two other trees in this one, where their URIs lead: all, or none.

        Raises NodeNotFoundError for a change of what is not here, NodeExistsError for an addition of what is; `offset` is the index of the
        change among those of `before.diff(after)`.
        """
        with _together(self, before, after):
            call(lib.omadm_tree_apply, self._handle, before._handle, after._handle, _differences(what))

    def to_dict(self) -> dict[str, Any]:
        """The tree as dictionaries and lists, in the JSON form of the project's vectors: what is absent left out.

        >>> omadm.Tree.from_tnds(phone).to_dict()["nodes"][2]["uri"]
        './DevInfo/DevId'
        """
        from ._dictionary import of_tree

        return of_tree(self)


class _Lent(Lent):
    """Values that are lent for one call."""

    __slots__ = ()

    def __enter__(self) -> _Lent:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.clear()


def _set_value(lent: Lent, made: Any, value: Optional[Value]) -> None:
    if isinstance(value, str):
        lent.text(made.text, value)
    else:
        lent.octets(made.octets, value)


def _principal(server: Optional[str]) -> tuple[Any, int]:
    if server is None:
        return NULL, 0
    name = utf8(server, "server")
    return name, len(name)


def _differences(what: Optional[Difference]) -> int:
    return int(Difference.ALL) if what is None else int(what)


@contextmanager
def _together(*trees: Tree) -> Iterator[None]:
    """Several trees at once, always in the same order, so that two threads cannot wait for each other."""
    for tree in trees:
        if not isinstance(tree, Tree):
            raise TypeError("a Tree is required, not %s" % type(tree).__name__)
    with ExitStack() as locks:
        for tree in sorted(trees, key=id):
            locks.enter_context(tree._lock)
        yield
