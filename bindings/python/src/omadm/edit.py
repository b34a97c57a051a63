"""For whom, when and how trees are edited and read."""
from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple, Optional, Union

from ._native import NULL, Lent, new
from .options import Options, native

_IMPLICIT_PARENTS = 1


class EditOptions(NamedTuple):
    """For whom, when and how a tree is edited. The defaults: the device itself, which may do everything, and no time."""

    #: The Server Identifier of the authenticated server whose rights count. None: the device itself.
    principal: Optional[str] = None
    #: What nodes that change get as their `TStamp`: a datetime, or seconds since the beginning of 1970 UTC. None: only nodes that have a
    #: `VerNo` count their changes.
    now: Union[datetime, int, None] = None
    #: Adding a node makes the interior nodes that are missing above it, which a device may do.
    implicit_parents: bool = False
    #: How long URIs may be, as `./DevDetail/URI` says: segments, octets in all, octets of a segment; 0 for any.
    max_depth: int = 0
    max_tot_len: int = 0
    max_seg_len: int = 0
    #: `limit_elements`, `limit_depth` and `limit_text` of these are what a tree may hold.
    limits: Optional[Options] = None


def native_edit(options: Optional[EditOptions], lent: Lent) -> Any:
    """The structure for C; NULL for the defaults. What it points to lives as long as `lent`."""
    if options is None:
        return NULL
    if not isinstance(options, EditOptions):
        raise TypeError("options have to be omadm.EditOptions, not %s" % type(options).__name__)
    made = lent.keep(new("omadm_edit_options"))
    made.flags = _IMPLICIT_PARENTS if options.implicit_parents else 0
    lent.text(made.principal, options.principal, "principal")
    if options.now is not None:
        made.now = int(options.now.timestamp()) if isinstance(options.now, datetime) else options.now
    made.max_depth = options.max_depth
    made.max_tot_len = options.max_tot_len
    made.max_seg_len = options.max_seg_len
    made.limits = lent.keep(native(options.limits))
    return made
