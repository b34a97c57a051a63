"""SyncML messages: decoded, read, and written again."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, Optional, TypeVar, Union

from . import _objects
from ._exceptions import NotFoundError
from ._native import (
    NONE,
    NULL,
    Buffer,
    Handle,
    Input,
    attempt,
    call,
    ffi,
    filled,
    lib,
    new,
    number,
    octets,
    read_all,
    text,
)
from ._numbers import CommandFlag, CommandKind, DataForm, Encoding, HeaderFlag, ItemFlag
from ._objects import load_short, short
from .frame import Rows, rows_of
from .options import Options, native
from .tree import Tree

M = TypeVar("M", bound="Message")

#: Of shorter inputs the commands are made at once, and what else the library knows of them only when it is asked for: by decoding once more.
_SHORT = 4096

#: A command or its position among all commands of a message, from 0.
CommandRef = Union["Command", int]


class Data(NamedTuple):
    """The content of a `Data` or `NextNonce` element as it was sent: base64 is not decoded."""

    #: The form in which it was sent.
    form: DataForm
    #: str for character data, bytes for a WBXML opaque block, None for elements.
    value: Union[str, bytes, None]
    #: The octet of the input where the element begins. None in a message that was built.
    offset: Optional[int]


class Meta(NamedTuple):
    """`Meta`, element by element; None what is absent."""

    #: `Size`, in octets; None, too, if it is no number. So are the other two.
    size: Optional[int]
    max_msg_size: Optional[int]
    max_obj_size: Optional[int]
    format: Optional[str]
    #: `Type`
    media_type: Optional[str]
    mark: Optional[str]
    version: Optional[str]
    #: `NextNonce` as sent: base64 text, or octets.
    next_nonce: Optional[Data]


class Cred(NamedTuple):
    """`Cred`: credentials. Its data is a secret: do not log it."""

    #: `Type` as sent, such as `syncml:auth-md5`; None means `syncml:auth-basic`.
    scheme: Optional[str]
    #: `Format` as sent.
    format: Optional[str]
    data: Optional[Data]

    def __repr__(self) -> str:
        return "Cred(scheme=%r, format=%r)" % (self.scheme, self.format)


class Header(NamedTuple):
    """`SyncHdr`: who speaks to whom, in which session."""

    ver_dtd: str
    ver_proto: Optional[str]
    session_id: str
    msg_id: str
    #: `Target/LocURI`: the recipient.
    target: str
    target_name: Optional[str]
    #: `Source/LocURI`: the sender.
    source: str
    #: `Source/LocName`: the user name of MD5 and MAC credentials.
    source_name: Optional[str]
    resp_uri: Optional[str]
    flags: HeaderFlag


@_objects.record(1)
class Item(NamedTuple):
    """One `Item` of a command."""

    #: The URI of the node that it is about: its target, in `Results` its source, or the other one where that is absent.
    node_uri: Optional[str]
    #: `Target/LocURI`
    target: Optional[str]
    target_name: Optional[str]
    #: `Source/LocURI`
    source: Optional[str]
    source_name: Optional[str]
    #: `TargetParent/LocURI` and `SourceParent/LocURI`, of data synchronisation.
    target_parent: Optional[str]
    source_parent: Optional[str]
    #: `Format`: the item's, or else that of the command, or of a container around it.
    format: Optional[str]
    #: `Type`: in the same way.
    media_type: Optional[str]
    #: `Data` as it was sent: str for character data, bytes for a WBXML opaque block; None if there is none, or elements.
    data: Union[str, bytes, None]
    data_form: DataForm
    #: The octet of the input where `Data` begins; None if there is none.
    data_offset: Optional[int]
    #: The octet of the input where the element begins.
    offset: int
    flags: ItemFlag

    @property
    def more_data(self) -> bool:
        """`MoreData`: this is a chunk of a large object, and not the last."""
        return bool(self.flags & ItemFlag.MORE_DATA)


@_objects.record(2)
class Ref(NamedTuple):
    """A `TargetRef` or `SourceRef` of a `Status` or `Results`."""

    is_target: bool
    uri: str


@_objects.record(0)
class Command(NamedTuple):
    """One command. Which members are there depends on its kind; None what is absent."""

    kind: CommandKind
    #: The element's name: that of `kind`, or of a command that DM does not use.
    name: str
    cmd_id: str
    #: `MsgRef`, `CmdRef` and `Cmd` of a `Status` or `Results`: what it answers.
    msg_ref: Optional[str]
    cmd_ref: Optional[str]
    cmd: Optional[str]
    #: The outcome of a `Status`, the code of an `Alert`; None for others, and if it is no number.
    code: Optional[int]
    items: tuple[Item, ...]
    refs: tuple[Ref, ...]
    #: The command's own `Data`, as that of an item.
    data: Union[str, bytes, None]
    data_form: DataForm
    data_offset: Optional[int]
    correlator: Optional[str]
    lang: Optional[str]
    #: Its place among all commands of the message, from 0.
    position: int
    #: The position of the `Atomic` or `Sequence` that it is directly in; None at the top.
    parent: Optional[int]
    #: One past the index of the last command inside; `position + 1` if there is none.
    end: int
    #: The octet of the input where the element begins.
    offset: int
    flags: CommandFlag


class Extra(NamedTuple):
    """An element that is not SyncML's."""

    #: Its name, without a prefix.
    name: str
    offset: int
    #: The whole element as it stands in the message: XML text, or WBXML tokens.
    source: bytes


def _data(value: Any) -> Optional[Data]:
    """An omadm_data."""
    if not value.form:
        return None
    form = DataForm(value.form)
    content = octets(value.bytes)
    is_text = content is not None and form != DataForm.OPAQUE
    return Data(form, content.decode() if is_text and content is not None else content, number(value.offset, NONE))


def _meta(value: Any) -> Meta:
    """An omadm_meta."""
    return Meta(
        number(value.size, NONE),
        number(value.max_msg_size, NONE),
        number(value.max_obj_size, NONE),
        text(value.format),
        text(value.media_type),
        text(value.mark),
        text(value.version),
        _data(value.next_nonce),
    )


_objects.OBJECTS[8:13] = DataForm
_objects.OBJECTS[16:20] = [ItemFlag(flags) for flags in range(4)]
_objects.OBJECTS[64:76] = CommandKind
_objects.OBJECTS[129:140] = [kind.name.capitalize() for kind in CommandKind if kind]
_objects.OBJECTS[96:128] = [CommandFlag(flags) for flags in range(32)]


class Message(Handle):
    """A SyncML message. It does not change: many threads may read one.

    Iterating gives its commands in the order of the document, containers before what is in them.

    >>> import omadm
    >>> message = omadm.Message.decode(package)
    >>> message.header.session_id
    '1A'
    >>> [(command.name, command.code) for command in message]
    [('Alert', 1201), ('Replace', None)]
    >>> [item.source for item in message[1].items][:2]
    ['./DevInfo/DevId', './DevInfo/Man']
    """

    __slots__ = ("_input", "_short", "_commands")

    _input: Optional[Input]
    #: Of a short message that the library does not have yet: its octets, how to decode them, and its commands before they are made.
    _short: Optional[tuple[bytes, Any, bytes]]
    _commands: Optional[tuple[Command, ...]]

    @classmethod
    def decode(cls: type[M], data: Buffer, options: Optional[Options] = None) -> M:
        """Decodes a message, XML or WBXML.

        Octets that can change (bytearray, memoryview of one, mmap) are copied; `bytes` and views of them are shared, and kept alive.
        Raises InputError, LimitError, XmlError, WbxmlError or SyncmlError, with the offset of what is at fault.
        """
        how = NULL if options is None else native(options)
        if type(data) is bytes and len(data) < _SHORT:
            made = cls.__new__(cls)
            made._pointer = made._input = made._commands = None
            made._short = data, how, short(data, how)
            return made
        out = ffi.new("omadm_message **")
        lent = Input(data)
        call(lib.omadm_message_decode_input, lent.borrowed(), how, out)
        return cls._take(out[0], lent)

    @classmethod
    def _take(cls: type[M], pointer: Any, lent: Optional[Input]) -> M:
        made = cls._own(pointer, lib.omadm_message_free, lent, lent.length * 2 if lent else 1024)
        made._input = lent
        made._short = made._commands = None
        return made

    @property
    def _handle(self) -> Any:
        short = self._short
        if short is None:
            return super()._handle
        pointer = self._pointer
        if pointer is None:
            out = ffi.new("omadm_message **")
            call(lib.omadm_message_decode, short[0], len(short[0]), short[1], out)
            self._pointer = pointer = ffi.gc(out[0], lib.omadm_message_free, 1024)
            if self._short is None:
                # Closed by another thread meanwhile.
                self._pointer = None
                return super()._handle
        return pointer

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._short is None and self._pointer is None

    def close(self) -> None:
        """Lets go of the memory. Commands that were read before stay; everything else raises HandleError from then on."""
        # First, so that nobody makes the rest anew.
        self._short = None
        super().close()
        self._commands = self._input = None

    def _summary(self) -> tuple[Encoding, bool]:
        encoding, is_final = ffi.new("uint32_t *"), ffi.new("uint32_t *")
        call(lib.omadm_message_summary, self._handle, encoding, is_final, NULL)
        return Encoding(encoding[0]), bool(is_final[0])

    @property
    def encoding(self) -> Encoding:
        """What the message was decoded from."""
        return self._summary()[0]

    @property
    def is_final(self) -> bool:
        """Whether it has `Final`: the last message of its package."""
        return self._summary()[1]

    @property
    def header(self) -> Header:
        """`SyncHdr`."""
        out = new("omadm_header")
        call(lib.omadm_message_header, self._handle, out)
        texts = (text(getattr(out, name)) for name in Header._fields[:-1])
        return Header._make((*texts, HeaderFlag(out.flags)))

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands in the order of the document, those inside an `Atomic` or `Sequence` among them."""
        commands = self._commands
        if commands is None:
            undone = self._short
            if undone is not None:
                commands = load_short(undone[2])
            else:
                with _objects.Loader() as load:
                    commands = load(lib.omadm_unstable_message_pickle, self._handle, NULL)
            self._commands = commands
            if self.closed:
                # By another thread meanwhile.
                self._commands = None
        return commands

    def rows(self, options: Optional[Options] = None) -> Rows:
        """The commands for whoever reads Arrow, a row for each item: `pyarrow.table(message.rows())`. Columns as those of frame.commands but for
        `document`. LimitOutputError for more octets of text than `limit_output`."""
        return rows_of(lib.omadm_message_arrow, self._handle, native(options))

    def __iter__(self) -> Iterator[Command]:
        return iter(self.commands)

    def __len__(self) -> int:
        return len(self.commands)

    def __getitem__(self, index: int) -> Command:
        return self.commands[index]

    def __repr__(self) -> str:
        if self.closed:
            return "<Message, closed>"
        header = self.header
        return "<Message %s of session %s, %d commands>" % (header.msg_id, header.session_id, len(self))

    def children(self, of: Optional[CommandRef] = None) -> Iterator[Command]:
        """The commands directly inside a container; without one, those at the top."""
        commands = self.commands
        at, end = 0, len(commands)
        if of is not None:
            index = self._index(of)
            if index >= end:
                raise NotFoundError("there is no command %d" % index)
            at, end = index + 1, commands[index].end
        while at < end:
            yield commands[at]
            at = commands[at].end

    @staticmethod
    def _index(command: CommandRef) -> int:
        index = command if isinstance(command, int) else command.position
        if index < 0:
            raise NotFoundError("commands are counted from 0")
        return index

    def _optional(self, convert: Any, name: str, function: Any, *arguments: Any) -> Any:
        out = new(name)
        return convert(out) if attempt(function, self._handle, *arguments, out) else None

    def header_meta(self) -> Optional[Meta]:
        """The header's `Meta`: `MaxMsgSize` and `MaxObjSize`. None if it has none."""
        found: Optional[Meta] = self._optional(_meta, "omadm_meta", lib.omadm_message_header_meta)
        return found

    def header_cred(self) -> Optional[Cred]:
        """The header's `Cred`. None if it has none."""
        out = new("omadm_cred")
        if not attempt(lib.omadm_message_header_cred, self._handle, out):
            return None
        return Cred(text(out.scheme), text(out.format), _data(out.data))

    def command_meta(self, command: CommandRef) -> Optional[Meta]:
        """The `Meta` of a command, which applies to all its items unless theirs says otherwise. None if there is none."""
        found: Optional[Meta] = self._optional(
            _meta, "omadm_meta", lib.omadm_message_command_meta, self._index(command)
        )
        return found

    def item_meta(self, command: CommandRef, item: int) -> Optional[Meta]:
        """An item's own `Meta`. None if there is none."""
        found: Optional[Meta] = self._optional(
            _meta, "omadm_meta", lib.omadm_message_item_meta, self._index(command), item
        )
        return found

    def chal(self, command: CommandRef) -> Optional[Meta]:
        """The `Meta` in the `Chal` of a `Status`: the scheme wanted is its `media_type`. None if there is none."""
        found: Optional[Meta] = self._optional(_meta, "omadm_meta", lib.omadm_message_chal, self._index(command))
        return found

    def item_octets(self, command: CommandRef, item: int) -> Optional[bytes]:
        """The octets of the value that an item's `Data` stands for: base64 is decoded, all else is as it travelled. None without data.

        Raises InvalidBase64Error, and UnexpectedMarkupError for elements.
        """
        try:
            return filled(lib.omadm_message_item_octets, self._handle, self._index(command), item)
        except NotFoundError:
            return None

    def item_tree(self, command: CommandRef, item: int, options: Optional[Options] = None) -> Optional[Tree]:
        """The tree document in an item; None if there is none. Raises as Tree.from_tnds does, with the place in it as `inner_offset`.

        It shares the message's input, and lives on its own.
        """
        out = ffi.new("omadm_tree **")
        handle, lent = self._handle, self._input
        if not attempt(lib.omadm_tree_of_item, handle, self._index(command), item, native(options), out):
            return None
        return Tree._take(out[0], (lent, handle), 4096)

    def _source(self, function: Any, *arguments: Any) -> Optional[bytes]:
        out = ffi.new("omadm_bytes *")
        handle = self._handle
        return octets(out) if attempt(function, handle, *arguments, out) else None

    def command_source(self, command: CommandRef) -> Optional[bytes]:
        """The whole element of a command that DM does not use, as it stands in the message. None for other commands."""
        return self._source(lib.omadm_message_command_source, self._index(command))

    def item_source(self, command: CommandRef, item: int) -> Optional[bytes]:
        """The whole `Data` element of an item whose data is elements. None for other data."""
        return self._source(lib.omadm_message_item_source, self._index(command), item)

    def _extras(self, place: int, command: int = 0, item: int = 0) -> list[Extra]:
        rows = read_all("omadm_extra", lib.omadm_message_extras, self._handle, place, command, item, room=8)
        return [Extra(text(row.name) or "", row.offset, octets(row.source) or b"") for row in rows]

    def extras(self) -> list[Extra]:
        """Elements that are not SyncML's, in `SyncBody` and then in `SyncML`."""
        return self._extras(3) + self._extras(1)

    def header_extras(self) -> list[Extra]:
        """Those in `SyncHdr`, its `Target` and `Source`."""
        return self._extras(2)

    def command_extras(self, command: CommandRef) -> list[Extra]:
        """Those in a command."""
        return self._extras(4, self._index(command))

    def item_extras(self, command: CommandRef, item: int) -> list[Extra]:
        """Those in an item, its `Target` and `Source`."""
        return self._extras(5, self._index(command), item)

    def encode(self, encoding: Encoding, options: Optional[Options] = None) -> bytes:
        """Writes the message, with elements in the order of the DTD and nothing that is not needed.

        In the encoding that it came in, data stays as it is; for the other one octets become base64 or the other way round, and `Format`,
        `Type` and `Size` say what is really there. Raises InvalidCharacterError, ChunkOfOctetsError and the like for what the encoding
        cannot carry, LimitOutputError.
        """
        return filled(lib.omadm_message_encode, self._handle, Encoding(encoding), native(options))

    def encoded_len(self, encoding: Encoding) -> int:
        """How long the encoded message would be, in octets: what `MaxMsgSize` counts."""
        length = ffi.new("size_t *")
        call(lib.omadm_message_encoded_len, self._handle, Encoding(encoding), length)
        return int(length[0])

    def normalise(self) -> Message:
        """The same message as any encoding would carry it, for comparing. A message of its own."""
        out = ffi.new("omadm_message **")
        handle, lent = self._handle, self._input
        call(lib.omadm_message_normalise, handle, out)
        return Message._take(out[0], lent)

    def equals(self, other: Message) -> bool:
        """Whether two messages say the same, however they were written. Octets and their base64 are not the same; see `normalise`."""
        equal = ffi.new("uint32_t *")
        call(lib.omadm_message_equal, self._handle, other._handle, equal)
        return bool(equal[0])

    def to_dict(self) -> dict[str, Any]:
        """The message as dictionaries and lists, in the JSON form of the project's vectors: names of the wire, what is absent left out.

        >>> omadm.Message.decode(package).to_dict()["commands"][0]
        {'command': 'Alert', 'offset': 656, 'CmdID': '1', 'code': 1201, 'Data': {'text': '1201'}}
        """
        from ._dictionary import of_message

        return of_message(self)
