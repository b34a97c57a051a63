"""What a document may cost, and what is forgiven."""
from __future__ import annotations

from typing import Any, NamedTuple, Optional

from ._native import NULL, call, lib, new

_BARE_AMPERSAND = 1
_UNNAMED_TREES = 2


class Options(NamedTuple):
    """How to read documents. What is None, or 0, stays at its default; `docs/limits.md` of the project says what each limit stops.

    Limits are counts, or octets where that is said.
    """

    #: Takes an `&` in XML text that begins no reference for the character itself.
    bare_ampersand: bool = False
    #: Takes WBXML documents without a public identifier whose root is token 0x20 for trees, as some vendors write them.
    unnamed_trees: bool = False
    #: Octets that a conversion or an encoder may write.
    limit_output: Optional[int] = None
    #: Elements open at once, and segments of a tree's longest URI.
    limit_depth: Optional[int] = None
    #: Elements in one document, and nodes of a tree.
    limit_elements: Optional[int] = None
    #: Attributes on one element, namespace declarations included.
    limit_attributes: Optional[int] = None
    #: Namespace declarations in force at one place.
    limit_namespaces: Optional[int] = None
    #: Octets of one name.
    limit_name: Optional[int] = None
    #: Octets of one text.
    limit_text: Optional[int] = None
    #: Octets of a WBXML string table.
    limit_string_table: Optional[int] = None
    #: How many times the input's size all its text together may reach.
    limit_expansion: Optional[int] = None
    #: Segments of a search pattern.
    limit_pattern: Optional[int] = None
    #: Places in the answer to a location query.
    limit_locations: Optional[int] = None
    #: Nodes in the answer to a structural query.
    limit_answer_nodes: Optional[int] = None
    #: Findings of one check.
    limit_findings: Optional[int] = None
    #: Regular expressions that one check compiles.
    limit_patterns: Optional[int] = None
    #: Octets that one regular expression may take.
    limit_pattern_size: Optional[int] = None


def native(options: Optional[Options]) -> Any:
    """The structure for C; NULL for the defaults."""
    if options is None:
        return NULL
    if not isinstance(options, Options):
        raise TypeError("options have to be omadm.Options, not %s" % type(options).__name__)
    made = new("omadm_options")
    call(lib.omadm_options_init, made)
    made.flags = options.bare_ampersand * _BARE_AMPERSAND | options.unnamed_trees * _UNNAMED_TREES
    for name, value in zip(options._fields[2:], options[2:]):
        if value is not None:
            setattr(made, name, value)
    return made
