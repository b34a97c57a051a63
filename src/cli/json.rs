//! The same in JSON: one object a document. Names of elements are the wire's; commands and nodes are flat lists in the
//! order of the document, with their depth.

use super::print::hex;
use super::report::{File, Report};
use super::room::Room;
use crate::markup::{Encoding, Fragment, Options};
use crate::push::Entity;
use crate::push::wsp::Push;
use crate::session::{ResultData, ResultItem};
use crate::syncml::{Chal, Command, CommandKind, Data, Header, Item, Message, Meta, Ref};
use crate::tnds;
use crate::tree::{Node, Tree};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// An object that leaves out what is not there.
#[derive(Default)]
pub(super) struct Object(Map<String, Value>);

impl Object {
    pub(super) fn about(file: &File<'_>, kind: &str) -> Object {
        Object::default().with("file", file.name).with("kind", kind).with("octets", file.octets.len())
    }

    pub(super) fn with(mut self, key: &str, value: impl Into<Value>) -> Object {
        let value = value.into();
        if !value.is_null() {
            self.0.insert(key.to_owned(), value);
        }
        self
    }

    pub(super) fn done(self) -> Value {
        Value::Object(self.0)
    }

    /// Writes the object with a list as its last member, one item after the other: as values, all of them would take several
    /// times the memory of their text. If an item cannot be had, nothing is written.
    pub(super) fn write_with<E>(
        self,
        key: &str,
        items: impl Iterator<Item = Result<Value, E>>,
        out: &mut String,
    ) -> Result<(), E> {
        let start = out.len();
        let _ = write!(out, "{}", self.with(key, Vec::<Value>::new()).done());
        out.truncate(out.len().saturating_sub("]}".len()));
        for (index, item) in items.enumerate() {
            if index > 0 {
                out.push(',');
            }
            match item {
                Ok(item) => _ = write!(out, "{item}"),
                Err(error) => {
                    out.truncate(start);
                    return Err(error);
                }
            }
        }
        out.push_str("]}");
        Ok(())
    }
}

pub(super) fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Xml => "xml",
        Encoding::Wbxml => "wbxml",
    }
}

/// Text as text, other octets as `{"hex": …}`.
pub(super) fn octets(octets: &[u8]) -> Value {
    match std::str::from_utf8(octets) {
        Ok(text) => text.into(),
        Err(_) => json!({"hex": hex(octets)}),
    }
}

pub(super) fn push(file: &File<'_>, push: &Push<'_>) -> Object {
    Object::about(file, "push")
        .with("port", push.destination_port)
        .with("Content-Type", push.content_type.to_string())
        .with("X-Wap-Application-Id", push.application_id.map(|id| id.to_string()))
        .with("Expires", super::notify::expires_json(push.expires))
}

/// What the headers of a push in text say of its body.
pub(super) fn entity(object: Object, entity: &Entity<'_>) -> Object {
    object
        .with("Content-Type", entity.content_type().map(|own| own.to_string()))
        .with("X-Wap-Application-Id", entity.application_id().map(|id| id.to_string()))
}

pub(super) fn message(file: &File<'_>, message: &Message<'_>, report: &mut Report) -> Value {
    // Where the containers end that the next command lies in.
    let mut ends: Vec<usize> = Vec::new();
    let mut room = Room::of(file.octets.len());
    let mut commands = Vec::new();
    for (index, next) in message.all_commands().enumerate() {
        while ends.last().is_some_and(|end| index >= *end) {
            ends.pop();
        }
        commands.push(command(&next, ends.len(), file, &mut room, report));
        if matches!(next.kind(), CommandKind::Atomic | CommandKind::Sequence) {
            ends.push(index.saturating_add(next.all_children().count()).saturating_add(1));
        }
    }
    Object::about(file, "SyncML")
        .with("encoding", encoding(message.encoding()))
        .with("SyncHdr", header(&message.header()))
        .with("commands", commands)
        .with("Final", message.is_final())
        .with("unknown", unknown(message.body_extras().chain(message.root_extras())))
        .done()
}

fn party(loc_uri: &str, loc_name: Option<&str>) -> Value {
    Object::default().with("LocURI", loc_uri).with("LocName", loc_name).done()
}

fn header(header: &Header<'_>) -> Value {
    let scheme = header.cred().map(|cred| {
        let meta = cred.meta();
        json!({"Type": meta.and_then(|meta| meta.media_type()).unwrap_or("syncml:auth-basic")})
    });
    Object::default()
        .with("VerDTD", header.ver_dtd())
        .with("VerProto", header.ver_proto())
        .with("SessionID", header.session_id())
        .with("MsgID", header.msg_id())
        .with("Target", party(header.target(), header.target_name()))
        .with("Source", party(header.source(), header.source_name()))
        .with("RespURI", header.resp_uri())
        .with("Cred", scheme)
        .with("Meta", header.meta().map(|own| meta(&own)))
        .with("unknown", unknown(header.extras()))
        .done()
}

fn meta(meta: &Meta<'_>) -> Value {
    Object::default()
        .with("Format", meta.format())
        .with("Type", meta.media_type())
        .with("Mark", meta.mark())
        .with("Size", meta.size())
        .with("Version", meta.version())
        .with("NextNonce", meta.next_nonce().map(|nonce| octets(nonce.bytes())))
        .with("MaxMsgSize", meta.max_msg_size())
        .with("MaxObjSize", meta.max_obj_size())
        .with("unknown", unknown(meta.extras()))
        .done()
}

fn command(command: &Command<'_>, depth: usize, file: &File<'_>, room: &mut Room, report: &mut Report) -> Value {
    let meaning = match (command.alert(), command.status()) {
        (Some(alert), _) => alert.name(),
        (_, Some(status)) => status.name(),
        _ => None,
    };
    let refs = |target: bool| -> Vec<Value> {
        let wanted = command.refs().filter_map(|reference| match reference {
            Ref::Target(uri) if target => Some(uri.into()),
            Ref::Source(uri) if !target => Some(uri.into()),
            _ => None,
        });
        wanted.collect()
    };
    let some = |list: Vec<Value>| Some(list).filter(|list| !list.is_empty());
    Object::default()
        .with("command", command.name())
        .with("depth", depth)
        .with("CmdID", command.cmd_id())
        .with("MsgRef", command.msg_ref())
        .with("CmdRef", command.cmd_ref())
        .with("Cmd", command.cmd())
        .with("TargetRef", some(refs(true)))
        .with("SourceRef", some(refs(false)))
        .with("Chal", command.chal().map(|chal: Chal<'_>| meta(&chal.meta())))
        .with("Correlator", command.correlator())
        .with("Meta", command.meta().map(|own| meta(&own)))
        .with("Data", command.data().and_then(|own| data(&own)))
        .with("meaning", meaning)
        .with("items", some(command.items().map(|next| item(&next, file, room, report)).collect()))
        .with("content", command.fragment().map(|fragment| octets(fragment.bytes())))
        .with("unknown", unknown(command.extras()))
        .done()
}

/// Elements that are not SyncML's, as they stand.
fn unknown<'m>(extras: impl Iterator<Item = Fragment<'m>>) -> Option<Vec<Value>> {
    let extras: Vec<Value> = extras.map(|extra| octets(extra.bytes())).collect();
    Some(extras).filter(|extras| !extras.is_empty())
}

fn item(item: &Item<'_>, file: &File<'_>, room: &mut Room, report: &mut Report) -> Value {
    let tree = match tnds::in_item(item, &Options::default()) {
        None => None,
        // Where URIs have no room left, the tree is told as the data that it came in.
        Some(Ok(_)) if room.is_over() => None,
        Some(Ok(tree)) => {
            let all: Result<Value, String> = nodes(&tree, room).collect();
            all.map_err(|what| report.fail(file.name, &what)).ok()
        }
        Some(Err(error)) => {
            report.fail_at(file, error);
            None
        }
    };
    Object::default()
        .with("Target", item.target().map(|uri| party(uri, item.target_name())))
        .with("Source", item.source().map(|uri| party(uri, item.source_name())))
        .with("Meta", item.own_meta().map(|own| meta(&own)))
        .with("Data", item.data().filter(|_| tree.is_none()).and_then(|own| data(&own)))
        .with("tree", tree)
        .with("MoreData", Some(true).filter(|_| item.more_data()))
        .with("unknown", unknown(item.extras()))
        .done()
}

/// Data as text, or its octets, or its markup as it stands.
fn data(data: &Data<'_>) -> Option<Value> {
    match data.fragment() {
        Some(fragment) => Some(octets(fragment.bytes())),
        None => Some(octets(data.bytes())),
    }
}

/// A line for a tree; nothing, and what to say of that, if there is no room for it.
pub(super) fn tree(file: &File<'_>, tree: &Tree<'_>, room: &mut Room, out: &mut String) -> Result<(), String> {
    let object = Object::about(file, "MgmtTree")
        .with("encoding", Encoding::detect(file.octets).map(encoding))
        .with("VerDTD", tree.ver_dtd())
        .with("Man", tree.man())
        .with("Mod", tree.model());
    object.write_with("nodes", nodes(tree, room), out)?;
    out.push('\n');
    Ok(())
}

fn nodes<'t>(tree: &'t Tree<'_>, room: &'t mut Room) -> impl Iterator<Item = Result<Value, String>> {
    // The root is where everything is, and says nothing unless the document describes it.
    let said = |node: &Node<'_>| node.parent().is_some() || node.mo_id().is_some() || node.acl().is_some();
    tree.nodes().filter(said).map(|each| node(each, room))
}

/// A node and everything below it.
pub(super) fn subtree<'t>(top: Node<'t>, room: &'t mut Room) -> impl Iterator<Item = Result<Value, String>> {
    top.descendants().map(|each| node(each, room))
}

fn node(node: Node<'_>, room: &mut Room) -> Result<Value, String> {
    Ok(about(Object::default().with("uri", room.uri(node.uri())?), node).done())
}

/// What there is to say of a node besides where it is.
pub(super) fn about(object: Object, node: Node<'_>) -> Object {
    object
        .with("format", node.format().name())
        .with("type", node.media_type())
        .with("mo_id", node.mo_id())
        .with("value", node.value().map(|value| octets(value.bytes())))
        .with("ACL", node.acl())
        .with("Title", node.title())
        .with("TStamp", node.tstamp())
        .with("VerNo", node.ver_no())
}

/// An item that answers a `Get`; its keys are those of nodes.
pub(super) fn result_item(item: &ResultItem<'_>) -> Value {
    Object::default()
        .with("uri", item.source.as_str())
        .with("format", item.format.unwrap_or_default().name())
        .with("type", item.media_type.as_deref())
        .with(
            "value",
            item.data.as_ref().map(|data| match data {
                ResultData::Text(text) | ResultData::Markup(text) => text.as_ref().into(),
                ResultData::Octets(bytes) => octets(bytes),
            }),
        )
        .done()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: usize) -> String {
        (0..count).fold(String::new(), |mut nodes, at| {
            let _ = write!(nodes, "<Node><NodeName>{at}</NodeName><Value>v</Value></Node>");
            nodes
        })
    }

    #[test]
    fn a_tree_takes_little_more_memory_than_its_text() {
        let xml = format!("<MgmtTree><VerDTD>1.2</VerDTD>{}</MgmtTree>", leaves(20_000));
        let decoded = tnds::decode(xml.as_bytes()).unwrap();
        let file = File { name: "x", octets: xml.as_bytes(), of_many: false, in_folder: false };
        let mut out = String::new();
        let taken = allocation_counter::measure(|| {
            tree(&file, &decoded, &mut Room::of(xml.len()), &mut out).unwrap();
        });
        assert_eq!(out.matches("{\"uri\":").count(), 20_000);
        // A text that grows is there twice when it moves, and may then be half empty.
        assert!(taken.bytes_max < 4 * out.len() as u64, "{} for {}", taken.bytes_max, out.len());
    }

    #[test]
    fn a_list_is_written_as_the_value_that_it_would_be() {
        let object = || Object::default().with("a", "{\"]}").with("none", None::<&str>);
        for items in [vec![], vec![json!(1)], vec![json!("]"), json!({"b": []})]] {
            let mut out = String::from("before ");
            object().write_with("list", items.iter().cloned().map(Ok::<_, ()>), &mut out).unwrap();
            let whole = format!("before {}", object().with("list", items).done());
            assert_eq!(out, whole);
            assert_eq!(object().write_with("list", [Ok(json!(1)), Err(())].into_iter(), &mut out), Err(()));
            assert_eq!(out, whole);
        }
    }
}
