"""Documents of any kind: what they are, the same in the other encoding, and as text for people."""
from __future__ import annotations

import json
from typing import NamedTuple, Optional, Union

from ._native import Buffer, Input, Lent, call, ffi, filled, lib, new
from ._numbers import DocumentKind, Encoding, Layout
from .message import Message
from .notification import Claim, Notification
from .options import Options, native
from .schema import Schema
from .tree import Tree

_STRING_TABLE = 1
_KEEP_BLANKS = 2


class Document(NamedTuple):
    """A document that this package has no class for: device information, meta-information, client provisioning, or a push."""

    kind: DocumentKind
    data: bytes


#: What `parse` gives.
Parsed = Union[Message, Tree, Schema, Claim, Document]


def detect(data: Buffer) -> DocumentKind:
    """Tells what octets are; reads no further than needed.

    Raises what kept the likeliest kind from being read, UnknownFormatError where nothing is likely.
    """
    lent, kind = Input(data), ffi.new("uint32_t *")
    call(lib.omadm_detect, lent.pointer, lent.length, kind)
    return DocumentKind(kind[0])


def parse(data: Buffer, options: Optional[Options] = None) -> Parsed:
    """Decodes a document of any kind: a Message, a Tree, a Schema, what a notification claims, or a Document of another kind.

    Raises what the class raises that reads it, UnknownFormatError where nothing is likely.

    >>> import omadm
    >>> omadm.parse(phone)
    <Tree of 292 nodes>
    """
    kind = detect(data)
    if kind == DocumentKind.SYNCML:
        return Message.decode(data, options)
    if kind == DocumentKind.TREE:
        return Tree.from_tnds(data, options)
    if kind == DocumentKind.DESCRIPTION:
        return Schema.decode(data, options=options)
    if kind == DocumentKind.NOTIFICATION:
        return Notification.decode(data)
    return Document(kind, bytes(Input(data).octets))


def convert(
    data: Buffer,
    encoding: Encoding,
    layout: Layout = Layout.AS_IT_IS,
    string_table: bool = False,
    keep_blanks: bool = False,
    options: Optional[Options] = None,
) -> bytes:
    """Writes a document, XML or WBXML, in the other encoding or in the same. XML is UTF-8 without an XML declaration; WBXML is version 1.2.

    Elements, attributes, namespaces, text and their order are kept, or the conversion is an error that says where; comments, processing
    instructions and the DOCTYPE are not carried. `layout` is how XML is laid out. `string_table` puts texts that repeat into the string table
    of WBXML; `keep_blanks` keeps white space between elements there.
    """
    lent, source, how = Lent(), Input(data), new("omadm_convert_options")
    how.flags = string_table * _STRING_TABLE | keep_blanks * _KEEP_BLANKS
    how.layout = Layout(layout)
    how.read = lent.keep(native(options))
    return filled(lib.omadm_convert, source.pointer, source.length, how, Encoding(encoding))


def dump(data: Buffer, options: Optional[Options] = None) -> str:
    """A document as text for people: XML, an element a line; of a notification what it claims, as JSON.

    >>> import omadm
    >>> print(omadm.dump(phone)[:34])
    <MgmtTree xmlns="syncml:dmddf1.2">
    """
    if detect(data) == DocumentKind.NOTIFICATION:
        return json.dumps(Notification.decode(data).to_dict(), ensure_ascii=False, indent=2)
    return convert(data, Encoding.XML, Layout.INDENTED, options=options).decode()
