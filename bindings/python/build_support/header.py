"""Reads omadm.h: the declarations that cffi takes, and the enumerations and constants with their comments."""
import re
from typing import NamedTuple


class Constant(NamedTuple):
    name: str
    value: int
    comment: str


class Enum(NamedTuple):
    name: str
    comment: str
    members: list


def without_comments(text):
    return re.sub(r"//[^\n]*", "", re.sub(r"/\*.*?\*/", "", text, flags=re.S))


def declarations(text):
    """The header without what cffi's parser cannot read: the preprocessor's conditions, and macros that are no plain number."""
    text = without_comments(text)
    # The type under an enum is C23 and C++ only; cffi is told that of the typedef of the same name.
    text = re.sub(r"^#if defined\(__cplusplus\) \|\|.*?^#endif[^\n]*$", "", text, flags=re.S | re.M)
    text = re.sub(r"^#ifndef __cplusplus\n.*?(typedef uint32_t \w+;).*?^#endif[^\n]*\n#endif[^\n]*$", r"\1", text, flags=re.S | re.M)
    text = re.sub(r'^#ifdef __cplusplus\n(extern "C" \{|\})\n#endif[^\n]*$', "", text, flags=re.M)
    text = re.sub(r"^#define \w+[ \t]*(?![ \t]*\d+[ \t]*$).*$", "", text, flags=re.M)
    text = re.sub(r"^#(?!define)[^\n]*$", "", text, flags=re.M)
    return re.sub(r"\n\s*\n", "\n", text).strip() + "\n"


def comment(text):
    """A comment of the header as plain text, wrapped as it stands there."""
    lines = [re.sub(r"^\s*\* ?", "", line).strip() for line in text.splitlines()]
    return "\n".join(lines).strip().replace("`", "")


_MEMBER = re.compile(r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?(?P<name>\w+) = (?P<value>\d+)", re.S)


def enums(text):
    """The enumerations, in their order."""
    pattern = re.compile(r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?enum (?P<name>omadm_\w+)\n#if.*?#endif[^\n]*\n \{(?P<body>.*?)\n\};", re.S)
    found = []
    for match in pattern.finditer(text):
        members = [Constant(m["name"], int(m["value"]), comment(m["comment"] or "")) for m in _MEMBER.finditer(match["body"])]
        found.append(Enum(match["name"], comment(match["comment"] or ""), members))
    return found


def constants(text):
    """What #define gives a plain number to."""
    pattern = re.compile(r"(?:/\*\*(?P<comment>(?:(?!\*/).)*)\*/\s*)?^#define (?P<name>OMADM_\w+) (?P<value>\d+)$", re.S | re.M)
    return [Constant(m["name"], int(m["value"]), comment(m["comment"] or "")) for m in pattern.finditer(text)]
