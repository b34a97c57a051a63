"""The Arrow PyCapsule Interface: columns for whoever asks for them, without pyarrow in between.

<https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>. What is handed over shares the octets of the Frame it is of, and is
released by the library itself; Python is called only for streams, and when a capsule goes that nobody took anything out of.
"""
from __future__ import annotations

import ctypes
import itertools
import sys
from collections.abc import Sequence
from typing import Any

from ._native import call, ffi, lib


# What may be called when the interpreter ends, and modules are empty already, has all that it needs as defaults of its parameters.


def _release(structure: Any, null: Any = ffi.NULL) -> None:
    # Whoever has taken it over has left it without this.
    if structure.release != null:
        structure.release(structure)


class Columns:
    """A struct array of the Arrow C Data Interface, with its schema. Freed with the last reference."""

    __slots__ = ("array", "schema")

    def __init__(self) -> None:
        self.schema: Any = ffi.gc(ffi.new("struct ArrowSchema *"), _release)
        self.array: Any = ffi.gc(ffi.new("struct ArrowArray *"), _release)

    def shared(self) -> Columns:
        """The same columns, for a reader that takes them over."""
        other = Columns()
        call(lib.omadm_unstable_arrow_share, self.array, other.schema, other.array)
        return other


def address(structure: Any) -> int:
    """Where a structure is."""
    return int(ffi.cast("uintptr_t", structure))


class _Stream(ctypes.Structure):
    _fields_ = (
        ("get_schema", ctypes.c_void_p),
        ("get_next", ctypes.c_void_p),
        ("get_last_error", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


#: What capsules point to, by its address; and the batches of streams that are open, by the number in their private data.
_pointed_to: dict[int, Any] = {}
_open: dict[int, tuple[Sequence[Columns], Any]] = {}
_numbers = itertools.count(1)

_EIO = 5

_Get = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.c_void_p)
_Tell = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(_Stream))
_Let = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Stream))


def _move(structure: Any, to: int) -> None:
    ctypes.memmove(to, address(structure), ffi.sizeof(structure[0]))
    structure.release = ffi.NULL


def _get_schema(stream: Any, to: int) -> int:
    try:
        batches, _ = _open[stream.contents.private_data]
        _move(batches[0].shared().schema, to)
    except Exception:
        return _EIO
    return 0


def _get_next(stream: Any, to: int) -> int:
    try:
        _, rest = _open[stream.contents.private_data]
        batch = next(rest, None)
        if batch is None:
            ctypes.memset(to, 0, ffi.sizeof("struct ArrowArray"))
        else:
            _move(batch.shared().array, to)
    except Exception:
        return _EIO
    return 0


def _get_last_error(_: Any) -> None:
    return None


def _release_stream(stream: Any, pop: Any = _open.pop) -> None:
    pop(stream.contents.private_data, None)
    stream.contents.release = None


_FUNCTIONS = (_Get(_get_schema), _Get(_get_next), _Tell(_get_last_error), _Let(_release_stream))


_api: Any = None
if sys.implementation.name == "cpython":
    _api = ctypes.PyDLL(None, handle=ctypes.pythonapi._handle)
    _api.PyCapsule_New.argtypes = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p
    _api.PyCapsule_New.restype = ctypes.py_object
    _api.PyCapsule_GetName.argtypes = (ctypes.c_void_p,)
    _api.PyCapsule_GetName.restype = ctypes.c_void_p
    # By its address: it is about to go, and must not be counted any more.
    _api.PyCapsule_GetPointer.argtypes = ctypes.c_void_p, ctypes.c_void_p
    _api.PyCapsule_GetPointer.restype = ctypes.c_void_p

    def _drop(
        capsule: int,
        pop: Any = _pointed_to.pop,
        pointer: Any = _api.PyCapsule_GetPointer,
        name: Any = _api.PyCapsule_GetName,
        stream: Any = _Stream,
        release: Any = _release_stream,
        to: Any = ctypes.pointer,
    ) -> None:
        found = pop(pointer(capsule, name(capsule)), None)
        if isinstance(found, stream) and found.release:
            release(to(found))
        # An array or a schema is released with its last reference.

    _destructor = ctypes.PYFUNCTYPE(None, ctypes.c_void_p)(_drop)
    # Readers have these by their addresses, and may let go of what they have when nothing else is left.
    for _callback in (*_FUNCTIONS, _destructor):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(_callback))

#: Capsules keep these names by their address.
_SCHEMA, _ARRAY, _STREAM = b"arrow_schema", b"arrow_array", b"arrow_array_stream"


def _capsule(pointer: int, name: bytes, structure: Any) -> Any:
    if _api is None:
        raise NotImplementedError("capsules are made by CPython only")
    _pointed_to[pointer] = structure
    return _api.PyCapsule_New(pointer, name, ctypes.cast(_destructor, ctypes.c_void_p))


def schema(columns: Columns) -> Any:
    """A capsule with the schema."""
    shared = columns.shared().schema
    return _capsule(address(shared), _SCHEMA, shared)


def array(columns: Columns) -> tuple[Any, Any]:
    """Capsules with the schema and the array."""
    shared = columns.shared()
    pointer = address(shared.array)
    return _capsule(address(shared.schema), _SCHEMA, shared.schema), _capsule(pointer, _ARRAY, shared.array)


def stream(batches: Sequence[Columns]) -> Any:
    """A capsule with a stream of batches."""
    number = next(_numbers)
    _open[number] = batches, iter(batches)
    functions = (ctypes.cast(each, ctypes.c_void_p) for each in _FUNCTIONS)
    made = _Stream(*functions, number)
    return _capsule(ctypes.addressof(made), _STREAM, made)
