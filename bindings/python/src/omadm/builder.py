"""SyncML messages put together."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, Optional, TypeVar, Union

from ._native import NONE, NULL, Buffer, Handle, Lent, call, ffi, filled, lib, new, utf8
from ._numbers import CommandKind, DataForm, Encoding, ItemFlag
from .message import Message, Ref

B = TypeVar("B", bound="MessageBuilder")

_SIZE, _MAX_MSG_SIZE, _MAX_OBJ_SIZE = 1, 2, 4

#: What `Data` is to carry: text, or octets.
NewData = Union[str, Buffer]


class CData(str):
    """Text that is to be sent as a CDATA section: text with markup in it, such as a tree document in XML."""

    __slots__ = ()


class NewMeta(NamedTuple):
    """`Meta` to send. None is left out."""

    format: Optional[str] = None
    media_type: Optional[str] = None
    #: Octets of the whole object, in the first chunk of a large one.
    size: Optional[int] = None
    max_msg_size: Optional[int] = None
    max_obj_size: Optional[int] = None
    mark: Optional[str] = None
    version: Optional[str] = None
    #: Base64 as str, or the octets themselves.
    next_nonce: Union[str, bytes, None] = None


class NewItem(NamedTuple):
    """`Item` to send. None is left out."""

    #: `Target/LocURI`: the node that it is about.
    target: Optional[str] = None
    #: `Source/LocURI`: the node that it comes from, in `Results` and in a client's `Replace`.
    source: Optional[str] = None
    #: str; CData for a CDATA section; or octets.
    data: Optional[NewData] = None
    #: `Meta/Format` and `Meta/Type`; None if there is a `meta`, which has them itself.
    format: Optional[str] = None
    media_type: Optional[str] = None
    meta: Optional[NewMeta] = None
    target_name: Optional[str] = None
    source_name: Optional[str] = None
    #: This is a chunk of a large object, and not the last.
    more_data: bool = False


def _data(lent: Lent, field: Any, value: Optional[NewData]) -> None:
    if value is None:
        return
    field.offset = NONE
    if isinstance(value, str):
        field.form = DataForm.CDATA if isinstance(value, CData) else DataForm.TEXT
        lent.octets(field.bytes, value.encode())
    else:
        field.form = DataForm.OPAQUE
        lent.octets(field.bytes, value)


def _meta(lent: Lent, value: Optional[NewMeta]) -> Any:
    if value is None:
        return NULL
    made = lent.keep(new("omadm_new_meta"))
    for flag, name in ((_SIZE, "size"), (_MAX_MSG_SIZE, "max_msg_size"), (_MAX_OBJ_SIZE, "max_obj_size")):
        number = getattr(value, name)
        if number is not None:
            made.flags |= flag
            setattr(made, name, number)
    for name in ("format", "media_type", "mark", "version"):
        lent.text(getattr(made, name), getattr(value, name), name)
    _data(lent, made.next_nonce, value.next_nonce)
    return made


def _items(lent: Lent, values: Sequence[NewItem]) -> Any:
    made = lent.keep(ffi.new("omadm_new_item[]", len(values)))
    for item, value in zip(made, values):
        item.struct_size = ffi.sizeof("omadm_new_item")
        item.flags = ItemFlag.MORE_DATA if value.more_data else 0
        for name in ("target", "target_name", "source", "source_name", "format", "media_type"):
            lent.text(getattr(item, name), getattr(value, name), name)
        item.meta = _meta(lent, value.meta)
        _data(lent, item.data, value.data)
    return made


class MessageBuilder(Handle):
    """Puts a message together and numbers its commands from 1. When it is finished, only the message can be had of it.

    It is used in one thread at a time.

    >>> import omadm
    >>> builder = omadm.MessageBuilder.new("1A", "1", target="https://dm.example.com", source="IMEI:490154203237518")
    >>> builder.alert(1201)
    1
    >>> builder.command(omadm.CommandKind.REPLACE, [omadm.NewItem(source="./DevInfo/Mod", data="R1")])
    2
    >>> omadm.parse(builder.finish(omadm.Encoding.WBXML)).commands[1].items[0].data
    'R1'
    """

    __slots__ = ()

    @classmethod
    def new(cls: type[B], session_id: str, msg_id: str, target: str, source: str) -> B:
        """A builder for a message of DM 1.2 with `Final`. `target` is the recipient, `source` the sender."""
        arguments: list[Any] = []
        for text in (session_id, msg_id, target, source):
            octets = utf8(text)
            arguments += [octets, len(octets)]
        out = ffi.new("omadm_builder **")
        call(lib.omadm_builder_new, *arguments, out)
        return cls._own(out[0], lib.omadm_builder_free)

    def versions(self, ver_dtd: str, ver_proto: str) -> None:
        """Other versions than `1.2` and `DM/1.2`. As all that adds to a message, it raises StateError when the message is finished."""
        dtd, proto = utf8(ver_dtd), utf8(ver_proto)
        call(lib.omadm_builder_versions, self._handle, dtd, len(dtd), proto, len(proto))

    def source_name(self, name: str) -> None:
        """`Source/LocName`: the user name of MD5 and MAC credentials."""
        octets = utf8(name)
        call(lib.omadm_builder_source_name, self._handle, octets, len(octets))

    def resp_uri(self, uri: str) -> None:
        """`RespURI`: where further responses go."""
        octets = utf8(uri)
        call(lib.omadm_builder_resp_uri, self._handle, octets, len(octets))

    def cred(self, scheme: str, format: Optional[str], data: NewData) -> None:
        """`Cred`: credentials."""
        lent, made = Lent(), new("omadm_new_cred")
        lent.text(made.scheme, scheme, "scheme")
        lent.text(made.format, format, "format")
        _data(lent, made.data, data)
        call(lib.omadm_builder_cred, self._handle, made)

    def meta(self, meta: NewMeta) -> None:
        """`Meta` of the header: `MaxMsgSize` and `MaxObjSize`, what the sender takes."""
        lent = Lent()
        call(lib.omadm_builder_meta, self._handle, _meta(lent, meta))

    def not_final(self) -> None:
        """Leaves out `Final`: more messages of this package follow."""
        call(lib.omadm_builder_not_final, self._handle)

    def command(
        self,
        kind: CommandKind,
        items: Sequence[NewItem] = (),
        code: int = 0,
        data: Optional[NewData] = None,
        msg_ref: Optional[str] = None,
        cmd_ref: Optional[str] = None,
        cmd: Optional[str] = None,
        refs: Sequence[Ref] = (),
        meta: Optional[NewMeta] = None,
        chal: Optional[NewMeta] = None,
        correlator: Optional[str] = None,
    ) -> int:
        """Adds a command; returns the number that it was given as its `CmdID`. `code` is that of a `Status` or `Alert`.

        Raises UnexpectedElementError for `Atomic` and `Sequence`, for which there are context managers, and for what DM does not use.
        """
        lent, made = Lent(), new("omadm_new_command")
        made.kind = CommandKind(kind)
        made.code = code
        lent.text(made.msg_ref, msg_ref, "msg_ref")
        lent.text(made.cmd_ref, cmd_ref, "cmd_ref")
        lent.text(made.cmd, cmd, "cmd")
        lent.text(made.correlator, correlator, "correlator")
        made.meta = _meta(lent, meta)
        made.chal = _meta(lent, chal)
        _data(lent, made.data, data)
        made.items = _items(lent, items)
        made.item_size, made.item_count = ffi.sizeof("omadm_new_item"), len(items)
        references = lent.keep(ffi.new("omadm_ref[]", len(refs)))
        for reference, value in zip(references, refs):
            reference.struct_size = ffi.sizeof("omadm_ref")
            reference.is_target = value.is_target
            lent.text(reference.uri, value.uri, "uri")
        made.refs, made.ref_size, made.ref_count = references, ffi.sizeof("omadm_ref"), len(refs)
        cmd_id = ffi.new("uint32_t *")
        call(lib.omadm_builder_command, self._handle, made, cmd_id)
        return int(cmd_id[0])

    def alert(self, code: int, items: Sequence[NewItem] = ()) -> int:
        """Adds an `Alert`, such as 1201 for a session that the client begins."""
        return self.command(CommandKind.ALERT, items, code=code)

    def status(self, msg_ref: str, cmd_ref: str, cmd: str, code: int) -> int:
        """Adds a `Status`: the outcome of command `cmd_ref`, named `cmd`, of message `msg_ref`; `0` and `SyncHdr` for its header."""
        return self.command(CommandKind.STATUS, msg_ref=msg_ref, cmd_ref=cmd_ref, cmd=cmd, code=code)

    def results(self, msg_ref: str, cmd_ref: str, items: Sequence[NewItem]) -> int:
        """Adds `Results` of command `cmd_ref` of message `msg_ref`."""
        return self.command(CommandKind.RESULTS, items, msg_ref=msg_ref, cmd_ref=cmd_ref)

    @contextmanager
    def _container(self, kind: CommandKind) -> Iterator[int]:
        cmd_id = ffi.new("uint32_t *")
        call(lib.omadm_builder_begin, self._handle, kind, cmd_id)
        yield int(cmd_id[0])
        call(lib.omadm_builder_end, self._handle)

    def atomic(self) -> Any:
        """A context manager: the commands that are added in it are in an `Atomic`. It gives the `CmdID` of that."""
        return self._container(CommandKind.ATOMIC)

    def sequence(self) -> Any:
        """A context manager: the commands that are added in it are in a `Sequence`. It gives the `CmdID` of that."""
        return self._container(CommandKind.SEQUENCE)

    def encoded_len(self, encoding: Encoding) -> int:
        """The size that the message would have if it were finished now, in octets, for `MaxMsgSize`. Open containers count as ended."""
        length = ffi.new("size_t *")
        call(lib.omadm_builder_encoded_len, self._handle, Encoding(encoding), length)
        return int(length[0])

    def finish(self, encoding: Encoding) -> bytes:
        """Finishes the message, unless it is, and encodes it. It can be asked for again, in the other encoding, too.

        Raises StateError as long as a container is open, and what Message.encode raises.
        """
        return filled(lib.omadm_builder_finish, self._handle, Encoding(encoding))

    def message(self) -> Message:
        """Finishes the message, unless it is, and gives it to be read."""
        out = ffi.new("omadm_message **")
        call(lib.omadm_builder_message, self._handle, out)
        return Message._take(out[0], None)
