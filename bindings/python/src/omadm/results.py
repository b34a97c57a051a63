"""What a `Get` asks a tree, answered with the items of its `Results`."""
from __future__ import annotations

from typing import Any, NamedTuple, Optional, Union

from ._native import Lent, call, ffi, lib, new, octets, read_all, text, utf8
from ._numbers import DataForm, Encoding
from .options import Options, native

_LOCATIONS = 1


class ResultItem(NamedTuple):
    """One item of a `Results`."""

    #: `Source/LocURI`
    source: str
    #: str, or bytes that are to be sent as octets: base64 in XML. None for no data.
    data: Union[str, bytes, None]
    #: `Meta/Format`; None for the default, `chr`.
    format: Optional[str]
    #: `Meta/Type`; None for the default, `text/plain`.
    media_type: Optional[str]
    #: How the data is to be sent.
    form: DataForm


def _item(row: Any) -> ResultItem:
    sent = octets(row.data)
    form = DataForm(row.form)
    data: Union[str, bytes, None] = sent.decode() if sent is not None and form != DataForm.OPAQUE else sent
    return ResultItem(text(row.source) or "", data, text(row.format), text(row.media_type), form)


def answer(
    tree: Any, uri: str, principal: Optional[str], encoding: Encoding, locations: bool, limits: Optional[Options]
) -> list[ResultItem]:
    """The items that answer a `Get`."""
    lent = Lent()
    options = new("omadm_results_options")
    options.flags = _LOCATIONS if locations else 0
    options.encoding = Encoding(encoding)
    lent.text(options.principal, principal, "principal")
    options.limits = lent.keep(native(limits))
    where = utf8(uri, "uri")
    out = ffi.new("omadm_results **")
    call(lib.omadm_tree_results, tree, where, len(where), options, out)
    results = ffi.gc(out[0], lib.omadm_results_free)
    return [_item(row) for row in read_all("omadm_result_item", lib.omadm_results_items, results)]
