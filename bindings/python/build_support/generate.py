"""Writes the modules of the package that are made from omadm.h: declarations for cffi, numbers, and exceptions."""
import os
import pathlib
import tempfile
import textwrap

import cffi

from . import header

#: Enumerations by another name than their own.
ENUM_NAMES = {"omadm_code": "ErrorKind", "omadm_kind": "DocumentKind", "omadm_expires": "ExpiryKind"}

#: Sets of flags: the prefix of the constants, the class, what it is.
FLAGS = (
    ("OMADM_ACL_", "Rights", "Commands that a server may use."),
    ("OMADM_ACCESS_", "Access", "Commands that a described node takes."),
    ("OMADM_NODE_", "NodeFlag", "What a node is."),
    ("OMADM_SCHEMA_", "SchemaFlag", "What a described node is."),
    ("OMADM_TNDS_", "TndsPart", "What a tree document says of nodes."),
    ("OMADM_DIFFERS_", "Difference", "What differs between two nodes."),
    ("OMADM_HEADER_", "HeaderFlag", "What a header has."),
    ("OMADM_COMMAND_", "CommandFlag", "What a command has."),
    ("OMADM_ITEM_", "ItemFlag", "What an item has."),
)

#: Groups of exceptions: the first number of the next group, the class, its bases, what they are about.
GROUPS = (
    (10, "AnswerError", "Error", "What was asked for is not there, or is refused."),
    (100, "CallError", "Error", "A call that cannot be made: a fault of the caller's."),
    (200, "InputError", "DocumentError", "What any input can have wrong."),
    (300, "LimitError", "DocumentError", "More than the limits allow; see Options."),
    (400, "XmlError", "DocumentError", "XML that cannot be read."),
    (500, "WbxmlError", "DocumentError", "WBXML that cannot be read."),
    (600, "SyncmlError", "DocumentError", "What is no message, or cannot be one."),
    (700, "TreeError", "DocumentError", "Trees, descriptions, and what is asked of them."),
    (800, "NotificationError", "DocumentError", "Package #0 and its carriers."),
    (900, "AuthError", "DocumentError", "Headers of authentication."),
)

#: Classes that are a kind of Python's own, too.
BASES = {"NOT_FOUND": "LookupError", "E_NODE_NOT_FOUND": "LookupError", "E_STALE_NODE": "LookupError"}

MADE = '"""{}\n\nMade from omadm.h when the package is built. Do not edit.\n"""\n'


def camel(name):
    return "".join(part.capitalize() for part in name.lower().split("_"))


def quoted(text, indent):
    """A docstring."""
    text = textwrap.fill(" ".join(text.split()), 120 - indent).replace("\\", "\\\\").replace('"""', "'''")
    if text.endswith('"'):
        text += " "
    return textwrap.indent('"""%s"""' % text, " " * indent)


def enum_name(enum):
    return ENUM_NAMES.get(enum.name, camel(enum.name[len("omadm_"):]))


def member_name(enum, member):
    """Without what all members of an enumeration begin with."""
    if enum.name == "omadm_code":
        name = member.name[len("OMADM_"):]
        return name[2:] if name.startswith("E_") else name
    prefix = os.path.commonprefix([each.name for each in enum.members])
    prefix = prefix[: prefix.rfind("_") + 1]
    name = member.name[len(prefix):]
    return name if name.isidentifier() else "_" + name


def member(name, value, comment):
    lines = ["    %s = %d" % (name, value)]
    if comment:
        lines.append(quoted(comment, 4))
    return lines


def numbers(text):
    """The enumerations, and the sets of flags."""
    lines = [MADE.format("Numbers with names."), "from enum import IntEnum, IntFlag", ""]
    names = []
    for enum in header.enums(text):
        name = enum_name(enum)
        names.append(name)
        lines += ["", "class %s(IntEnum):" % name, quoted(enum.comment or "See omadm.h.", 4), ""]
        for each in enum.members:
            lines += member(member_name(enum, each), each.value, each.comment)
        lines.append("")
    constants = header.constants(text)
    for prefix, name, about in FLAGS:
        names.append(name)
        lines += ["", "class %s(IntFlag):" % name, quoted(about, 4), ""]
        for each in constants:
            if each.name.startswith(prefix) and each.name != "OMADM_NODE_INFO":
                lines += member(each.name[len(prefix):], each.value, each.comment)
        lines.append("")
    lines += ["", "__all__ = %r" % sorted(names), ""]
    return "\n".join(lines)


def exceptions(text):
    """A class for each error kind, and one for each hundred."""
    lines = [MADE.format("Exceptions: one for each kind of error."), "from ._error import DocumentError, Error"]
    lines += ["from ._numbers import ErrorKind", ""]
    names, kinds = [], []
    for _, name, base, about in GROUPS:
        names.append(name)
        lines += ["", "class %s(%s):" % (name, base), quoted(about, 4), "", "    __slots__ = ()", ""]
    code = next(enum for enum in header.enums(text) if enum.name == "omadm_code")
    for each in code.members:
        short = each.name[len("OMADM_"):]
        if short in ("OK", "END", "BUFFER_TOO_SMALL"):
            continue
        group = next(name for end, name, _, _ in GROUPS if each.value < end)
        kind = member_name(code, each)
        name = camel(kind) + "Error"
        bases = ", ".join(filter(None, [group, BASES.get(short)]))
        names.append(name)
        kinds.append((each.value, name))
        lines += ["", "class %s(%s):" % (name, bases), quoted(each.comment or "See omadm.h.", 4), ""]
        lines += ["    __slots__ = ()", "    kind = ErrorKind.%s" % kind, ""]
    lines += ["", "#: The class for each number.", "BY_KIND: dict[int, type[Error]] = {"]
    lines += ["    %d: %s," % pair for pair in kinds]
    lines += ["}", "", "__all__ = %r" % sorted(names), ""]
    return "\n".join(lines)


def declarations(text):
    """The module that cffi makes of the declarations: nothing is parsed when it is imported."""
    ffi = cffi.FFI()
    ffi.set_source("omadm._declarations", None)
    ffi.cdef(header.declarations(text))
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "_declarations.py"
        ffi.emit_python_code(str(file))
        return file.read_text(encoding="utf-8")


#: The modules, and what makes them.
MODULES = {"_declarations.py": declarations, "_numbers.py": numbers, "_exceptions.py": exceptions}


def write(text, folder):
    """Writes all of them; returns their paths."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, make in MODULES.items():
        (folder / name).write_text(make(text), encoding="utf-8")
        written.append(folder / name)
    return written
