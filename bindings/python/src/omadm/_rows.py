"""Whole messages and trees, taken out of the library by one call: see omadm_unstable_message_rows in omadm.h."""
from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Optional

from ._native import call, ffi, lib, new

_WITH_ENDS = 1
_HEAD = 6


#: From how many objects on the collector should be held back.
MANY = 2000


@contextmanager
def many_objects() -> Iterator[None]:
    """Holds the garbage collector back while a great many objects come into being, none of which is garbage.

    Each thousand of them would have it look through all that were made before.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Rows(NamedTuple):
    """What is in a buffer of rows. A text or run of octets that is numbered 0 is None."""

    numbers: Any
    texts: list[Optional[str]]
    runs: list[Optional[bytes]]


def _cut(octets: Any, ends: Any, skip: int) -> list[bytes]:
    found = []
    start = 0
    for end in ends:
        found.append(bytes(octets[start + skip : end]))
        start = end
    return found


def read(function: Any, *arguments: Any) -> Rows:
    """Calls a function that fills a buffer of rows."""
    buffer = new("omadm_buffer")
    try:
        call(function, *arguments, buffer)
        view = memoryview(ffi.buffer(buffer.data, buffer.len))
        flags, number_count, text_count, run_count, text_len, run_len = view[: _HEAD * 4].cast("I")
        runs_at = _HEAD * 4 + text_len
        numbers_at = (runs_at + run_len + 7) // 8 * 8
        ends_at = numbers_at + number_count * 4
        run_ends_at = ends_at + (text_count * 4 if flags & _WITH_ENDS else 0)
        # Copies: the buffer goes.
        numbers = memoryview(bytes(view[numbers_at:ends_at])).cast("I")
        texts: list[Optional[str]]
        if flags & _WITH_ENDS:
            ends = view[ends_at:run_ends_at].cast("I")
            texts = [None, *(text.decode() for text in _cut(view[_HEAD * 4 : runs_at], ends, 1))]
        else:
            # A zero octet before each text makes an empty one in the first place, which stands for none.
            texts = str(view[_HEAD * 4 : runs_at], "utf-8").split("\0")  # type: ignore[assignment]
            texts[0] = None
        runs: list[Optional[bytes]] = [None]
        if run_count:
            runs += _cut(view[runs_at : runs_at + run_len], view[run_ends_at:].cast("I"), 0)
        return Rows(numbers, texts, runs)
    finally:
        lib.omadm_buffer_free(buffer)
