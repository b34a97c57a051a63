"""What all exceptions of this package have in common. The classes themselves are made from omadm.h: see _exceptions."""
from __future__ import annotations

from typing import Any, Optional, Union

from ._numbers import ErrorKind


class Error(Exception):
    """What was wrong, and where. Each kind of error has a class of its own; all of them are in `omadm`."""

    #: The number of the kind. A plain int if the library is newer than this class.
    kind: Union[ErrorKind, int] = ErrorKind.OK

    def __init__(
        self,
        message: str = "",
        offset: Optional[int] = None,
        inner_offset: Optional[int] = None,
        subject: Optional[str] = None,
    ) -> None:
        super().__init__(message, offset, inner_offset, subject)
        #: What was wrong and what was expected, in English.
        self.message = message
        #: The octet of the input at fault, from 0. None if no input is. For a document in a `Data` element: where the content of that begins.
        self.offset = offset
        #: In a document inside a document: the octet of its decoded form. Otherwise None.
        self.inner_offset = inner_offset
        #: The element, or the argument of the C function, that it is about. None if there is none.
        self.subject = subject

    def __str__(self) -> str:
        text = self.message or str(self.kind)
        if self.subject:
            text += " (%s)" % self.subject
        if self.offset is not None:
            text += " at byte %d" % self.offset
        if self.inner_offset is not None:
            text += ", byte %d of what is inside" % self.inner_offset
        return text

    def to_dict(self) -> dict[str, Any]:
        """The error in the JSON form of tests/vectors: `code`, `name`, `offset`, `inner_offset`."""
        name = self.kind.name if isinstance(self.kind, ErrorKind) else ""
        prefix = "OMADM_E_" if int(self.kind) >= 10 else "OMADM_"
        found = {"code": int(self.kind), "name": prefix + name, "offset": self.offset, "inner_offset": self.inner_offset}
        return {key: value for key, value in found.items() if value is not None}


class DocumentError(Error, ValueError):
    """Something that was read, or is to be written, is not as it has to be."""
