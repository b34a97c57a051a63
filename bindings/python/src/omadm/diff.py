"""What differs between two trees."""
from __future__ import annotations

from typing import Any, NamedTuple, Optional

from ._native import call, ffi, lib, number, read_all, text
from ._numbers import ChangeKind, Difference


class Change(NamedTuple):
    """One difference between two trees."""

    kind: ChangeKind
    #: Where it is, such as `./DevInfo/Mod`.
    uri: str
    #: Of a node that changed: what of it.
    what: Difference
    #: The number of the node in the first tree; None if it was added.
    before: Optional[int]
    #: The number of the node in the second tree; None if it was removed.
    after: Optional[int]


def compare(before: Any, before_node: int, after: Any, after_node: int, what: Optional[Difference]) -> list[Change]:
    """The changes between two nodes and what is below them."""
    out = ffi.new("omadm_diff **")
    compared = Difference.ALL if what is None else Difference(what)
    call(lib.omadm_tree_diff, before, before_node, after, after_node, compared, out)
    diff = ffi.gc(out[0], lib.omadm_diff_free)
    return [
        Change(
            ChangeKind(row.kind), text(row.uri) or "", Difference(row.what), number(row.before, 0), number(row.after, 0)
        )
        for row in read_all("omadm_change", lib.omadm_diff_changes, diff)
    ]
