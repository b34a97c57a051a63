"""Whole messages and trees as Python objects, by one call for all of them: see omadm_unstable_message_pickle in omadm.h.

The library writes a pickle, and the interpreter makes objects of it in a loop of its own. Nothing in it names a class or a function: what it is to
be made of is handed in here.
"""
from __future__ import annotations

import functools
import gc
from pickle import loads
from typing import Any, TypeVar

from ._native import ffi, lib, new, raised

T = TypeVar("T", bound=tuple[Any, ...])

#: What the library asks for by number.
OBJECTS: list[Any] = [None] * 140

#: From how many octets on the collector should be held back.
_MANY = 100_000


class _Record(type):
    """Of classes that are called as NamedTuple classes are, though their `__new__` is that of tuple."""

    _plain: Any

    def __call__(cls, *members: Any, **named: Any) -> Any:
        made: Any = tuple.__new__
        return made(cls, cls._plain(*members, **named))


def record(number: int) -> Any:
    """Makes a NamedTuple one that the library can fill: no function of Python's runs when one is loaded."""

    def remade(cls: type[T]) -> type[T]:
        members = {name: value for name, value in vars(cls).items() if name not in ("__new__", "__dict__", "__weakref__")}
        # What `__new__` takes when one is pickled or copied.
        members.update(__slots__=(), __getnewargs__=lambda self: (tuple(self),), _plain=cls)
        made: Any = _Record(cls.__name__, (tuple,), members)
        OBJECTS[number] = made
        return made  # type: ignore[no-any-return]

    return remade


def _settle() -> None:
    """Makes new objects old ones, which the collector leaves alone for long; it would look through all of them next."""
    # PyPy has no such function. Objects that were frozen by somebody else would thaw.
    if hasattr(gc, "freeze") and not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


#: The buffers and structures of calls that have returned, for the next ones. Taking one out is one step for all threads.
_desks: list[tuple[Any, Any]] = []

#: A buffer that has grown beyond this is not kept.
_KEPT = 65536


def _desk() -> tuple[Any, Any]:
    return ffi.gc(new("omadm_buffer"), lib.omadm_buffer_free), new("omadm_error")


@functools.lru_cache(maxsize=256)
def _asked(numbers: bytes) -> tuple[Any, ...]:
    """What the library asks for by these numbers. Messages of one kind ask for the same."""
    return tuple(OBJECTS[number] for number in numbers)


# Of a short message, finding these by their names takes a twentieth of the time that decoding does.
_decode_pickle, _buffer = lib.omadm_unstable_decode_pickle, ffi.buffer


def short(data: bytes, options: Any) -> bytes:
    """The pickle of the commands of a message, which is to be loaded by `load_short`. It is short if the message is."""
    try:
        desk = _desks.pop()
    except IndexError:
        desk = _desk()
    buffer, error = desk
    rc = _decode_pickle(data, len(data), options, buffer, error)
    if rc:
        raise raised(rc, error)
    octets: bytes = _buffer(buffer.data, buffer.len)[:]
    if len(octets) < _KEPT:
        _desks.append(desk)
    return octets


def load_short(octets: bytes) -> Any:
    """What `short` has made."""
    # Behind the pickle: what it asks for, and how many these are.
    return loads(octets, buffers=_asked(octets[-1 - octets[-1] : -1]))


class Loader:
    """Calls functions that fill a buffer with a pickle, and loads that: one after the other into the same memory."""

    __slots__ = ("_desk", "_is_held")

    def __enter__(self) -> Loader:
        self._desk = _desk()
        self._is_held = False
        return self

    def __call__(self, function: Any, *arguments: Any) -> Any:
        buffer, error = self._desk
        rc = function(*arguments, buffer, error)
        if rc:
            raise raised(rc, error)
        length = buffer.len
        octets = ffi.buffer(buffer.data, length)
        if length >= _MANY and not self._is_held and gc.isenabled():
            # A great many objects come into being, none of which is garbage: each thousand of them would have the collector look through all.
            gc.disable()
            self._is_held = True
        # As in `load_short`.
        return loads(octets, buffers=_asked(octets[length - 1 - octets[length - 1][0] : length - 1]))

    def __exit__(self, *_: object) -> None:
        if self._is_held:
            _settle()
            gc.enable()
