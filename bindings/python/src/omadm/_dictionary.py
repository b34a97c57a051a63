"""Documents as dictionaries and lists: the JSON form of the project's vectors (tests/vectors/README.md).

What is absent is left out, and so are flags that are not set and empty lists; keys come in the order of that page.
"""
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Union

from ._error import Error
from ._numbers import CommandFlag, DataForm, Format, HeaderFlag, ItemFlag
from .node import Node

if TYPE_CHECKING:
    from .message import Command, Cred, Data, Extra, Item, Message, Meta
    from .notification import Claim, Notification
    from .tree import Tree


def _present(**values: Any) -> dict[str, Any]:
    """Without what is absent: None, False, and what is empty and no text."""
    return {key: value for key, value in values.items() if value is not None and value is not False and value not in ([], {}, ())}


def _name(number: Any) -> str:
    name: str = number.name
    return name.lower().replace("_", " ")


def _data(form: DataForm, value: Union[str, bytes, None]) -> Optional[dict[str, Any]]:
    if form == DataForm.ABSENT:
        return None
    if form == DataForm.MARKUP:
        return {"markup": True}
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    return {"cdata" if form == DataForm.CDATA else "text": value}


def _own_data(data: Optional[Data]) -> Optional[dict[str, Any]]:
    return None if data is None else _data(data.form, data.value)


def _meta(meta: Optional[Meta]) -> Optional[dict[str, Any]]:
    if meta is None:
        return None
    return _present(
        Format=meta.format,
        Type=meta.media_type,
        Mark=meta.mark,
        Size=meta.size,
        Version=meta.version,
        NextNonce=_own_data(meta.next_nonce),
        MaxMsgSize=meta.max_msg_size,
        MaxObjSize=meta.max_obj_size,
    )


def _cred(cred: Optional[Cred]) -> Optional[dict[str, Any]]:
    if cred is None:
        return None
    return _present(Type=cred.scheme, Format=cred.format, Data=_own_data(cred.data))


def _party(uri: Optional[str], name: Optional[str]) -> Optional[dict[str, Any]]:
    return _present(LocURI=uri, LocName=name) or None


def _unknown(extras: list[Extra]) -> list[dict[str, Any]]:
    return [{"name": extra.name, "offset": extra.offset, "source": extra.source.hex()} for extra in extras]


def _value(value: Any) -> Optional[dict[str, Any]]:
    if value is None:
        return None
    return {"hex": value.hex()} if isinstance(value, bytes) else {"text": value}


def _octets(found: Optional[bytes], sent: Any) -> Optional[str]:
    """What a value stands for, where that is not the value itself."""
    as_sent = sent.encode() if isinstance(sent, str) else sent
    return None if found is None or found == as_sent else found.hex()


def _node(tree: Tree, node: Node) -> dict[str, Any]:
    octets = None
    if node.format == Format.BIN and node.value is not None:
        try:
            octets = _octets(tree.octets(node), node.value)
        except Error:
            pass
    return _present(
        uri=node.uri,
        name=node.name,
        format=_name(node.format),
        implicit=node.is_implicit,
        permanent=node.is_permanent,
    ) | _always(children=node.child_count) | _present(
        type=node.media_type,
        mo_id=node.mo_id,
        value=_value(node.value),
        octets=octets,
        ACL=node.acl,
        Title=node.title,
        TStamp=node.tstamp,
        VerNo=node.ver_no,
    )


def _always(**values: Any) -> dict[str, Any]:
    return values


def _nodes(tree: Tree) -> list[dict[str, Any]]:
    return [_node(tree, node) for node in tree.nodes()]


def of_tree(tree: Tree) -> dict[str, Any]:
    """See Tree.to_dict."""
    return {"kind": "MgmtTree", "nodes": _nodes(tree)}


def _item(message: Message, command: Command, index: int, item: Item) -> dict[str, Any]:
    octets = nodes = tree_error = None
    if item.data is not None:
        try:
            octets = _octets(message.item_octets(command, index), item.data)
        except Error:
            pass
    try:
        tree = message.item_tree(command, index)
        nodes = None if tree is None else _nodes(tree)
    except Error as error:
        tree_error = error.to_dict()
    meta = message.item_meta(command, index) if item.flags & ItemFlag.META else None
    return _always(offset=item.offset) | _present(
        Target=_party(item.target, item.target_name),
        Source=_party(item.source, item.source_name),
        TargetParent=item.target_parent,
        SourceParent=item.source_parent,
        Meta=_meta(meta),
        Data=_data(item.data_form, item.data),
        MoreData=item.more_data,
        node=item.node_uri,
        format=item.format,
        type=item.media_type,
        octets=octets,
        tree=nodes,
        tree_error=tree_error,
        unknown=_unknown(message.item_extras(command, index)),
    )


def _command(message: Message, command: Command) -> dict[str, Any]:
    flags = command.flags
    source = message.command_source(command)
    return _always(command=command.name, offset=command.offset) | _present(
        parent=command.parent,
        CmdID=command.cmd_id or None,
        NoResp=bool(flags & CommandFlag.NO_RESP),
        Archive=bool(flags & CommandFlag.ARCHIVE),
        SftDel=bool(flags & CommandFlag.SFT_DEL),
        MsgRef=command.msg_ref,
        CmdRef=command.cmd_ref,
        Cmd=command.cmd,
        TargetRef=[ref.uri for ref in command.refs if ref.is_target],
        SourceRef=[ref.uri for ref in command.refs if not ref.is_target],
        Chal=_meta(message.chal(command)) if flags & CommandFlag.CHAL else None,
        Correlator=command.correlator,
        Lang=command.lang,
        code=command.code,
        Meta=_meta(message.command_meta(command)) if flags & CommandFlag.META else None,
        Data=_data(command.data_form, command.data),
        items=[_item(message, command, index, item) for index, item in enumerate(command.items)],
        source=source.hex() if source is not None else None,
        unknown=_unknown(message.command_extras(command)),
    )


def of_message(message: Message) -> dict[str, Any]:
    """See Message.to_dict."""
    header = message.header
    sync_hdr = _present(
        VerDTD=header.ver_dtd,
        VerProto=header.ver_proto,
        SessionID=header.session_id,
        MsgID=header.msg_id,
        Target=_party(header.target, header.target_name),
        Source=_party(header.source, header.source_name),
        RespURI=header.resp_uri,
        NoResp=bool(header.flags & HeaderFlag.NO_RESP),
        Cred=_cred(message.header_cred()),
        Meta=_meta(message.header_meta()),
        unknown=_unknown(message.header_extras()),
    )
    return _always(
        kind="SyncML",
        encoding=_name(message.encoding),
        SyncHdr=sync_hdr,
        commands=[_command(message, command) for command in message.commands],
        Final=message.is_final,
    ) | _present(unknown=_unknown(message.extras()))


def of_claim(claim: Claim) -> dict[str, Any]:
    """See Claim.to_dict."""
    return {
        "kind": "notification",
        "version": claim.version,
        "ui_mode": _name(claim.ui_mode),
        "initiator": _name(claim.initiator),
        "future_use": claim.future_use,
        "session_id": claim.session_id,
        "server_id": claim.server_id,
        "vendor": claim.vendor.hex(),
    }


def of_notification(notification: Notification) -> dict[str, Any]:
    """See Notification.to_dict."""
    return of_claim(notification.claim) | _always(
        digest=notification.digest.hex(),
        by_resync_nonce=notification.by_resync_nonce,
        prompt=_name(notification.prompt),
    ) | _present(
        alerts=[
            {"code": alert.code, "content_type": alert.content_type, "uri": alert.uri}
            for alert in notification.alerts
        ]
    )
