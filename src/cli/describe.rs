//! Descriptions, provisioning documents, and anything else that is markup, for `omadm show`.

use super::json::{self, Object};
use super::print::{LABEL, NAME, value, visible};
use super::report::{File, Report};
use super::room::Room;
use super::show::{encoding, field, heading, line};
use crate::ddf::{self, Schema, SchemaNode};
use crate::markup::{Document, Encoding, Event, Options, Reader};
use crate::provisioning;
use crate::{Error, Kind};
use std::fmt::Write as _;

pub(super) fn description(file: &File<'_>, as_json: bool, report: &mut Report) {
    let Some(schema) = report.decode(file, ddf::decode_with) else { return };
    let mut room = Room::of(file.octets.len());
    if as_json {
        if let Err(what) = description_json(file, &schema, &mut room, &mut report.out) {
            report.fail(file.name, &what);
        }
        return;
    }
    let encoding = Encoding::detect(file.octets).map(encoding).unwrap_or_default();
    let what = format!("Device description, {encoding}, {} nodes", schema.len());
    heading(&what, file, &mut report.out);
    field("Man", schema.man(), &mut report.out);
    field("Mod", schema.model(), &mut report.out);
    for node in schema.nodes() {
        match room.uri(node.uri()) {
            Ok(uri) => described(&node, &uri, &mut report.out),
            Err(what) => {
                report.fail(file.name, &what);
                return;
            }
        }
    }
}

fn described(node: &SchemaNode<'_>, uri: &str, out: &mut String) {
    let _ = write!(out, "  {NAME}{}{NAME:#}", visible(uri));
    let _ = write!(out, "  {LABEL}[{}]{LABEL:#} {} {}", node.format(), node.access(), node.occurrence());
    if let Some(mo_id) = node.mo_id() {
        let _ = write!(out, "  {}", visible(mo_id));
    }
    if let Some(default) = node.default_value() {
        let _ = write!(out, " = {}", value(default.as_bytes()));
    }
    if let Some(title) = node.title() {
        let _ = write!(out, "  {LABEL}{}{LABEL:#}", visible(title));
    }
    out.push('\n');
}

/// A line for a description; nothing, and what to say of that, if there is no room for it.
fn description_json(file: &File<'_>, schema: &Schema<'_>, room: &mut Room, out: &mut String) -> Result<(), String> {
    let node = |node: SchemaNode<'_>| {
        let object = Object::default()
            .with("uri", room.uri(node.uri())?)
            .with("format", node.format().name())
            .with("access", node.access().to_string())
            .with("occurrence", node.occurrence().to_string())
            .with("scope", if node.scope() == ddf::Scope::Permanent { "Permanent" } else { "Dynamic" })
            .with("mo_id", node.mo_id())
            .with("types", Some(node.mime_types().collect::<Vec<_>>()).filter(|types| !types.is_empty()))
            .with("default", node.default_value())
            .with("title", node.title())
            .with("description", node.description());
        Ok::<_, String>(object.done())
    };
    let object = Object::about(file, "description")
        .with("encoding", Encoding::detect(file.octets).map(json::encoding))
        .with("VerDTD", schema.ver_dtd())
        .with("Man", schema.man())
        .with("Mod", schema.model());
    object.write_with("nodes", schema.nodes().map(node), out)?;
    out.push('\n');
    Ok(())
}

pub(super) fn provisioning(file: &File<'_>, as_json: bool, report: &mut Report) {
    let Some(document) = report.decode(file, provisioning::Document::decode_with) else { return };
    let mut objects = Vec::new();
    if !as_json {
        heading(&format!("Provisioning document, {}", encoding(document.encoding())), file, &mut report.out);
        field("version", document.version(), &mut report.out);
    }
    // The characteristics that are open, by how many of theirs are still to come.
    let mut open: Vec<usize> = Vec::new();
    for characteristic in document.all_characteristics() {
        while open.last() == Some(&0) {
            open.pop();
        }
        let depth = open.len();
        if let Some(left) = open.last_mut() {
            *left = left.saturating_sub(1);
        }
        open.push(characteristic.children().count());
        if as_json {
            let parm = |parm: provisioning::Parm<'_>| {
                Object::default().with("name", parm.name()).with("value", parm.value()).done()
            };
            let object = Object::default()
                .with("type", characteristic.kind())
                .with("depth", depth)
                .with("parms", characteristic.parms().map(parm).collect::<Vec<_>>());
            objects.push(object.done());
            continue;
        }
        let indent = super::print::indent(depth.saturating_mul(2).saturating_add(2));
        let _ = writeln!(report.out, "{:indent$}{NAME}{}{NAME:#}", "", visible(characteristic.kind()));
        for parm in characteristic.parms() {
            let shown = parm.value().map(|shown| format!(" = {}", value(shown.as_bytes()))).unwrap_or_default();
            let _ = writeln!(report.out, "{:indent$}  {}{shown}", "", visible(parm.name()));
        }
    }
    if as_json {
        let object = Object::about(file, "provisioning")
            .with("encoding", json::encoding(document.encoding()))
            .with("version", document.version())
            .with("characteristics", objects);
        line(report, object.done());
    }
}

/// A document without a printer of its own: its elements with their texts.
pub(super) fn outline(file: &File<'_>, kind: Kind, as_json: bool, report: &mut Report) {
    let Some(rows) = report.decode(file, rows) else { return };
    if as_json {
        let row = |(depth, name, text): &(usize, String, String)| {
            let text = Some(text.as_str()).filter(|text| !text.is_empty());
            Object::default().with("element", name.as_str()).with("depth", *depth).with("text", text).done()
        };
        let object = Object::about(file, kind.name())
            .with("encoding", Encoding::detect(file.octets).map(json::encoding))
            .with("elements", rows.iter().map(row).collect::<Vec<_>>());
        line(report, object.done());
        return;
    }
    let encoding = Encoding::detect(file.octets).map(encoding).unwrap_or_default();
    heading(&format!("{kind}, {encoding}"), file, &mut report.out);
    for (depth, name, text) in rows {
        let indent = super::print::indent(depth.saturating_mul(2));
        let text = if text.is_empty() { text } else { format!(" = {}", value(text.as_bytes())) };
        let _ = writeln!(report.out, "{:indent$}{NAME}{}{NAME:#}{text}", "", visible(&name));
    }
}

/// Depth, name and text of each element; the text before its first child.
fn rows(octets: &[u8], options: &Options) -> Result<Vec<(usize, String, String)>, Error> {
    let document = Document::open(octets)?;
    let mut reader = document.reader(options)?;
    let mut rows: Vec<(usize, String, String)> = Vec::new();
    let mut is_new = false;
    while let Some(event) = reader.next_event()? {
        match event {
            Event::Start(name) => {
                rows.push((reader.depth(), name.local().to_owned(), String::new()));
                is_new = true;
            }
            Event::End => is_new = false,
            text if is_new && !text.is_blank() => {
                if let Some((.., row)) = rows.last_mut() {
                    match (text, text.text()) {
                        (Event::Opaque(octets), _) => row.push_str(&String::from_utf8_lossy(octets)),
                        (_, text) => row.push_str(&text.unwrap_or_default()),
                    }
                }
            }
            _ => {}
        }
    }
    Ok(rows)
}
