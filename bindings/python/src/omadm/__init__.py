"""OMA Device Management: package #0, SyncML in XML and WBXML, tree documents (TNDS), the management tree, and device descriptions.

`parse` decodes whatever it is given; see Message, Tree, Schema and Notification for what can be done with it, `omadm.frame` for many
documents at once. Every error is an Error with `kind` and `offset`; a class of its own for each kind. Nothing has to be freed by hand.
"""
from . import frame
from ._error import DocumentError, Error
from ._exceptions import *  # noqa: F403
from ._exceptions import __all__ as _exceptions
from ._native import version as __version__
from ._numbers import *  # noqa: F403
from ._numbers import __all__ as _numbers
from .builder import CData, MessageBuilder, NewItem, NewMeta
from .diff import Change
from .documents import Document, convert, detect, dump, parse
from .edit import EditOptions
from .message import Command, Cred, Data, Extra, Header, Item, Message, Meta, Ref
from .names import alert_name, describe, status_name, status_of
from .node import Node, Properties
from .notification import Claim, Credentials, Notification, SyncAlert, a1, session_id_text
from .options import Options
from .results import ResultItem
from .schema import Finding, Findings, Schema, SchemaNode
from .tree import Tree

__all__ = [
    "CData",
    "Change",
    "Claim",
    "Command",
    "Cred",
    "Credentials",
    "Data",
    "Document",
    "DocumentError",
    "EditOptions",
    "Error",
    "Extra",
    "Finding",
    "Findings",
    "Header",
    "Item",
    "Message",
    "MessageBuilder",
    "Meta",
    "NewItem",
    "NewMeta",
    "Node",
    "Notification",
    "Options",
    "Properties",
    "Ref",
    "ResultItem",
    "Schema",
    "SchemaNode",
    "SyncAlert",
    "Tree",
    "__version__",
    "a1",
    "alert_name",
    "convert",
    "describe",
    "detect",
    "dump",
    "frame",
    "parse",
    "session_id_text",
    "status_name",
    "status_of",
]
__all__ += _exceptions
__all__ += _numbers
