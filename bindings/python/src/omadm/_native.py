"""The shared library, and the few things that every call of it needs."""
from __future__ import annotations

import ctypes
import functools
import os
import pathlib
import sys
from typing import Any, Callable, Optional, TypeVar, Union

from . import _declarations
from ._error import Error
from ._exceptions import BY_KIND, HandleError
from ._numbers import ErrorKind

_NAME = {"darwin": "libomadm.dylib", "win32": "omadm.dll"}.get(sys.platform, "libomadm.so")

#: `OMADM_ABI_VERSION` of the header that the declarations were made of.
_ABI = 1

#: What makes and reads structures of C; nothing is known of their types.
ffi: Any = _declarations.ffi
_PATH = os.fspath(pathlib.Path(__file__).parent / "_library" / _NAME)
# Never unloaded: tables of Arrow that outlive everything else here are released by it, however late the interpreter lets go of them.
lib: Any = ffi.dlopen(_PATH, ffi.RTLD_NOW | getattr(os, "RTLD_NODELETE", 0))
if not hasattr(os, "RTLD_NODELETE"):
    ctypes.CDLL(_PATH)
if not lib.omadm_abi_oldest() <= _ABI <= lib.omadm_abi_version():
    raise ImportError("%s has another ABI than this package" % _NAME)

NULL: Any = ffi.NULL

#: In place of an offset, or of another number of 64 bits, where there is none.
NONE = 2**64 - 1
#: In place of a code or an index where there is none.
NO_NUMBER = 2**32 - 1

#: What may be read: anything with a contiguous buffer.
Buffer = Union[bytes, bytearray, memoryview, Any]

H = TypeVar("H", bound="Handle")


def text(value: Any) -> Optional[str]:
    """An omadm_str, copied; None where it is absent."""
    return None if value.ptr == NULL else bytes(ffi.unpack(value.ptr, value.len)).decode()


def octets(value: Any) -> Optional[bytes]:
    """An omadm_bytes, copied; None where it is absent."""
    return None if value.ptr == NULL else bytes(ffi.buffer(value.ptr, value.len))


def number(value: int, none: int = NO_NUMBER) -> Optional[int]:
    """A number, or None where it stands for none."""
    return None if value == none else value


def raised(rc: int, error: Any) -> Error:
    """The exception for what a call has returned."""
    cls = BY_KIND.get(rc, Error)
    message = ffi.string(error.message).decode() if error.message else ffi.string(lib.omadm_code_message(rc)).decode()
    made = cls(message, number(error.offset, NONE), number(error.inner_offset, NONE), text(error.subject) or None)
    if cls is Error:
        made.kind = rc
    return made


_ERROR_SIZE = ffi.sizeof("omadm_error")


def call(function: Any, *arguments: Any) -> None:
    """Calls a function of the library, and raises what it says was wrong."""
    error = ffi.new("omadm_error *")
    error.struct_size = _ERROR_SIZE
    rc = function(*arguments, error)
    if rc:
        raise raised(rc, error)


def attempt(function: Any, *arguments: Any) -> bool:
    """As `call`; False if what was asked for is not there."""
    error = ffi.new("omadm_error *")
    error.struct_size = _ERROR_SIZE
    rc = function(*arguments, error)
    if rc == ErrorKind.NOT_FOUND:
        return False
    if rc:
        raise raised(rc, error)
    return True


def new(name: str) -> Any:
    """A zeroed structure that knows its size."""
    made = ffi.new(name + " *")
    made.struct_size = ffi.sizeof(name)
    return made


def filled(function: Any, *arguments: Any) -> bytes:
    """Calls a function whose last output is an omadm_buffer, and copies what that holds."""
    buffer = new("omadm_buffer")
    try:
        call(function, *arguments, buffer)
        return bytes(ffi.buffer(buffer.data, buffer.len)) if buffer.len else b""
    finally:
        lib.omadm_buffer_free(buffer)


def read_all(name: str, function: Any, *arguments: Any, room: int = 64) -> list[Any]:
    """All structures of an array that a function fills from an index on: `arguments` come before that index."""
    found: list[Any] = []
    size = ffi.sizeof(name)
    written = ffi.new("size_t *")
    while True:
        array = ffi.new(name + "[]", room)
        for each in array:
            each.struct_size = size
        call(function, *arguments, len(found), array, size, room, written)
        # Each keeps the array alive.
        found.extend(_Kept(array, array[index]) for index in range(written[0]))
        if written[0] < room:
            return found
        room *= 4


class _Kept:
    """An element of an array of structures, with the array."""

    __slots__ = ("_array", "_element")

    def __init__(self, array: Any, element: Any) -> None:
        self._array = array
        self._element = element

    def __getattr__(self, name: str) -> Any:
        return getattr(self._element, name)


class Input:
    """Octets lent to the library: as they are if nobody can change them, otherwise a copy. They live as long as this."""

    __slots__ = ("octets", "pointer", "length")

    def __init__(self, data: Buffer) -> None:
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not isinstance(data, bytes):
            view = memoryview(data)
            # A view of bytes is as constant as they are; anything else may change while it is read, or later.
            is_constant = type(view.obj) is bytes and view.c_contiguous
            data = view if is_constant else view.tobytes()
        #: bytes, or a view of bytes.
        self.octets = data
        self.pointer = ffi.from_buffer("uint8_t[]", data)
        self.length = len(self.pointer)

    def borrowed(self) -> Any:
        """An omadm_input for the library to borrow."""
        made = new("omadm_input")
        made.ownership = 1
        made.data = self.pointer
        made.len = self.length
        return made


def utf8(value: str, what: str = "text") -> bytes:
    """A text as the library takes it."""
    if not isinstance(value, str):
        raise TypeError("%s has to be str, not %s" % (what, type(value).__name__))
    return value.encode()


class Lent:
    """Values that structures point to, kept alive as long as this."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept: list[Any] = []

    def keep(self, value: Any) -> Any:
        self._kept.append(value)
        return value

    def text(self, field: Any, value: Optional[str], what: str = "text") -> None:
        """Sets an omadm_str."""
        if value is not None:
            octets = utf8(value, what)
            field.ptr = ffi.cast("const char *", self.keep(ffi.from_buffer(octets)))
            field.len = len(octets)

    def octets(self, field: Any, value: Optional[Buffer]) -> None:
        """Sets an omadm_bytes."""
        if value is not None:
            lent = self.keep(Input(value))
            field.ptr = lent.pointer
            field.len = lent.length


def _release(free: Callable[[Any], None], _kept: Any, pointer: Any) -> None:
    free(pointer)


class Handle:
    """An object of the library. It is freed with its last reference; `close` and `with` let go of it earlier.

    After `close` every use raises HandleError. A call that another thread is in the middle of is not disturbed by it.
    """

    __slots__ = ("_pointer", "__weakref__")

    _pointer: Any

    def __init__(self) -> None:
        raise TypeError("%s is not made by its class; see its class methods" % type(self).__name__)

    @classmethod
    def _own(cls: type[H], pointer: Any, free: Callable[[Any], None], kept: Any = None, size: int = 0) -> H:
        """Takes a handle over, with what it borrows. `size` is about how many octets it holds."""
        made = cls.__new__(cls)
        made._pointer = ffi.gc(pointer, functools.partial(_release, free, kept), size)
        return made

    @property
    def _handle(self) -> Any:
        pointer = self._pointer
        if pointer is None:
            raise HandleError("this %s is closed" % type(self).__name__)
        return pointer

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._pointer is None

    def close(self) -> None:
        """Lets go of the memory. Closing twice does nothing."""
        self._pointer = None

    def __enter__(self: H) -> H:
        self._handle
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> Any:
        raise TypeError("%s cannot be pickled; encode it" % type(self).__name__)


#: The release of the library, such as `0.1.0`.
version: str = ffi.string(lib.omadm_version()).decode()
