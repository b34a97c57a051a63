"""Names of numbers, for people, and the status that answers an error."""
from __future__ import annotations

from ._error import Error
from ._native import Buffer, Input, NULL, NONE, call, ffi, lib, new


def status_name(status: int) -> str:
    """The name of a status code, such as `Not found` for 404; empty for a number without one."""
    return str(ffi.string(lib.omadm_status_name(status)).decode())


def alert_name(alert: int) -> str:
    """The name of an alert code of DM, such as `GENERIC ALERT` for 1226; empty for a number without one."""
    return str(ffi.string(lib.omadm_alert_name(alert)).decode())


def status_of(error: Error) -> int:
    """The status with which a client answers a command that failed with this error: 4xx, or 500 for what has no code of its own."""
    return int(lib.omadm_code_status(int(error.kind)))


def describe(error: Error, data: Buffer = b"") -> str:
    """An error in a sentence for people; with the input that was read, also at which line, column and element of it.

    Looking for the place reads the input again: this is for logs and terminals.
    """
    lent, described = Input(data), new("omadm_error")
    described.code = int(error.kind)
    described.offset = NONE if error.offset is None else error.offset
    described.inner_offset = NONE if error.inner_offset is None else error.inner_offset
    subject = ffi.from_buffer((error.subject or "").encode())
    described.subject.ptr, described.subject.len = ffi.cast("const char *", subject), len(subject)
    described.message = lib.omadm_code_message(described.code)
    length = ffi.new("size_t *")
    room = 256
    while True:
        sentence = ffi.new("char[]", room)
        rc = lib.omadm_error_describe(described, lent.pointer if data else NULL, lent.length, sentence, room, length, NULL)
        if not rc:
            return str(ffi.string(sentence).decode())
        if length[0] < room:
            call(lib.omadm_error_describe, described, NULL, 0, sentence, room, length)
        room = length[0] + 1
