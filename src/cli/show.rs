//! `omadm show`: what a file says.

use super::print::{BAD, CODE, GOOD, LABEL, NAME, value, visible};
use super::report::{File, Report};
use super::room::Room;
use super::{describe, json, notify, tree};
use crate::markup::{Encoding, Fragment, Options};
use crate::push::wsp::Push;
use crate::syncml::{Command, CommandKind, Item, Message, Meta, Ref};
use crate::{Kind, detect, tnds};
use std::fmt::Write as _;

/// Shows a file; notifications of DM 1.3 by this layout.
pub(super) fn run(file: &File<'_>, layout: Option<notify::LayoutName>, as_json: bool) -> Report {
    let mut report = Report::default();
    let Some(kind) = report.decode(file, |octets, _| detect(octets)) else { return report };
    report.found = true;
    match kind {
        Kind::Notification | Kind::Push => {
            let layout = layout.map(notify::LayoutName::layout);
            let Some(found) = report.decode(file, |octets, _| notify::find(octets, None, layout)) else {
                return report;
            };
            // A push can bring other documents of the field, to bootstrap a device above all.
            if let notify::Brought::Wsp(push) = &found.brought
                && matches!(detect(push.body), Ok(kind) if !matches!(kind, Kind::Notification | Kind::Push))
            {
                return pushed(file, push, as_json);
            }
            notify::show_one(file, &found, as_json, &mut report);
        }
        Kind::SyncMl => {
            let Some(decoded) = report.decode(file, Message::decode_with) else { return report };
            if as_json {
                let object = json::message(file, &decoded, &mut report);
                line(&mut report, object);
            } else {
                let what = format!("SyncML message, {}", encoding(decoded.encoding()));
                heading(&what, file, &mut report.out);
                message(&decoded, file, &mut report);
            }
        }
        Kind::Tree => {
            let Some(decoded) = report.decode(file, tnds::decode_with) else { return report };
            if as_json {
                let mut room = Room::of(file.octets.len());
                if let Err(what) = json::tree(file, &decoded, &mut room, &mut report.out) {
                    report.fail(file.name, &what);
                }
            } else {
                let encoding = Encoding::detect(file.octets).map(encoding).unwrap_or_default();
                let nodes = decoded.len().saturating_sub(1);
                heading(&format!("Tree document, {encoding}, {nodes} nodes"), file, &mut report.out);
                field("Man", decoded.man(), &mut report.out);
                field("Mod", decoded.model(), &mut report.out);
                tree::print(&decoded, 0, &mut report.out);
            }
        }
        Kind::Description => describe::description(file, as_json, &mut report),
        Kind::Provisioning => describe::provisioning(file, as_json, &mut report),
        Kind::DevInf | Kind::MetInf => describe::outline(file, kind, as_json, &mut report),
    }
    report
}

/// A push with a document in it; places in that document count from its own beginning.
fn pushed(file: &File<'_>, decoded: &Push<'_>, as_json: bool) -> Report {
    let document = File { octets: decoded.body, ..*file };
    let mut report = run(&document, None, as_json);
    if !as_json {
        let mut out = String::new();
        heading("WSP push", file, &mut out);
        push(decoded, &mut out);
        report.out.insert_str(0, &out);
    }
    report
}

pub(super) fn line(report: &mut Report, object: serde_json::Value) {
    let _ = writeln!(report.out, "{object}");
}

pub(super) fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Xml => "XML",
        Encoding::Wbxml => "WBXML",
    }
}

pub(super) fn heading(what: &str, file: &File<'_>, out: &mut String) {
    if file.of_many {
        let _ = write!(out, "{}: ", visible(file.name));
    }
    let _ = writeln!(out, "{NAME}{what}{NAME:#} {LABEL}({} octets){LABEL:#}", file.octets.len());
}

/// A line of a header; nothing if there is nothing to say.
pub(super) fn field(label: &str, text: Option<&str>, out: &mut String) {
    if let Some(text) = text {
        let _ = writeln!(out, "  {LABEL}{label:<12}{LABEL:#} {}", visible(text));
    }
}

pub(super) fn push(push: &Push<'_>, out: &mut String) {
    if let Some(port) = push.destination_port {
        field("Port", Some(&port.to_string()), out);
    }
    field("Content-Type", Some(&push.content_type.to_string()), out);
    if let Some(application) = &push.application_id {
        field("Application", Some(&application.to_string()), out);
    }
    field("Expires", notify::expires_text(push.expires).as_deref(), out);
}

fn message(message: &Message<'_>, file: &File<'_>, report: &mut Report) {
    let out = &mut report.out;
    let header = message.header();
    field("VerDTD", Some(header.ver_dtd()), out);
    field("VerProto", header.ver_proto(), out);
    field("SessionID", Some(header.session_id()), out);
    field("MsgID", Some(header.msg_id()), out);
    field("Target", Some(&with_name(header.target(), header.target_name())), out);
    field("Source", Some(&with_name(header.source(), header.source_name())), out);
    field("RespURI", header.resp_uri(), out);
    if let Some(cred) = header.cred() {
        let scheme = cred.meta().and_then(|meta| meta.media_type()).unwrap_or("syncml:auth-basic");
        field("Cred", Some(&format!("{scheme} (credential not shown)")), out);
    }
    let limits = header.meta().map(|meta| {
        let size = |label, size: Option<u64>| size.map(|size| format!("{label} {size}"));
        let sizes = [size("MaxMsgSize", meta.max_msg_size()), size("MaxObjSize", meta.max_obj_size())];
        sizes.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    field("Meta", limits.as_deref().filter(|limits| !limits.is_empty()), out);
    field("Final", Some(if message.is_final() { "yes" } else { "no: more messages of this package follow" }), out);
    unknown(header.extras().chain(message.body_extras()).chain(message.root_extras()), 2, out);
    // Where the containers end that the next command lies in.
    let mut ends: Vec<usize> = Vec::new();
    for (index, next) in message.all_commands().enumerate() {
        while ends.last().is_some_and(|end| index >= *end) {
            ends.pop();
        }
        command(&next, ends.len(), file, report);
        if matches!(next.kind(), CommandKind::Atomic | CommandKind::Sequence) {
            let inside = next.all_children().count();
            ends.push(index.saturating_add(inside).saturating_add(1));
        }
    }
}

fn with_name(uri: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{uri} (LocName {name})"),
        None => uri.to_owned(),
    }
}

fn command(command: &Command<'_>, depth: usize, file: &File<'_>, report: &mut Report) {
    let out = &mut report.out;
    let indent = super::print::indent(depth.saturating_mul(4));
    let _ = write!(out, "{:indent$}{LABEL}{:>3}{LABEL:#} ", "", visible(command.cmd_id()));
    let _ = write!(out, "{NAME}{}{NAME:#}", visible(command.name()));
    if let Some(alert) = command.alert() {
        let _ = write!(out, " {CODE}{alert}{CODE:#}");
    } else if let Some(status) = command.status() {
        let style = if (200..400).contains(&status.0) { GOOD } else { BAD };
        let _ = write!(out, " {style}{status}{style:#}");
    } else if let Some(data) = command.data() {
        let _ = write!(out, " {}", value(data.bytes()));
    }
    let mut about = Vec::new();
    about.extend(command.cmd().map(|cmd| format!("for {cmd}")));
    about.extend(command.msg_ref().map(|msg_ref| format!("MsgRef {msg_ref}")));
    about.extend(command.cmd_ref().map(|cmd_ref| format!("CmdRef {cmd_ref}")));
    about.extend(command.correlator().map(|correlator| format!("Correlator {correlator}")));
    about.extend(command.meta().map(|meta| self::meta(&meta)).filter(|meta| !meta.is_empty()));
    about.extend(command.refs().map(|reference| match reference {
        Ref::Target(uri) => format!("TargetRef {uri}"),
        Ref::Source(uri) => format!("SourceRef {uri}"),
    }));
    if !about.is_empty() {
        let _ = write!(out, "  {LABEL}{}{LABEL:#}", visible(&about.join(", ")));
    }
    let _ = writeln!(out);
    let indent = indent.saturating_add(6);
    if let Some(chal) = command.chal() {
        let scheme = chal.meta().media_type().unwrap_or("(no Type)");
        let _ = write!(out, "{:indent$}{LABEL}Chal{LABEL:#} {}", "", visible(scheme));
        if let Some(nonce) = chal.meta().next_nonce() {
            let _ = write!(out, ", NextNonce {}", value(nonce.bytes()));
        }
        let _ = writeln!(out);
    }
    for next in command.items() {
        item(command, &next, indent, file, report);
    }
    // A command that DM does not use is all unknown.
    unknown(command.extras().chain(command.fragment()), indent, &mut report.out);
}

/// Elements that are not DM's, as they stand.
fn unknown<'m>(extras: impl Iterator<Item = Fragment<'m>>, indent: usize, out: &mut String) {
    for extra in extras {
        let _ = writeln!(out, "{:indent$}{LABEL}+{LABEL:#} {}", "", value(extra.bytes()));
    }
}

/// What Meta says, in one line.
fn meta(meta: &Meta<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(meta.format().map(str::to_owned));
    parts.extend(meta.media_type().map(str::to_owned));
    parts.extend(meta.mark().map(|mark| format!("Mark {mark}")));
    parts.extend(meta.size().map(|size| format!("Size {size}")));
    parts.extend(meta.version().map(|version| format!("Version {version}")));
    parts.join(", ")
}

fn item(command: &Command<'_>, item: &Item<'_>, indent: usize, file: &File<'_>, report: &mut Report) {
    let out = &mut report.out;
    let _ = write!(out, "{:indent$}", "");
    let uri = match (item.target(), item.source()) {
        (Some(target), Some(source)) if command.kind() == CommandKind::Copy => format!("{source} -> {target}"),
        (Some(target), Some(source)) => format!("{target} (Source {source})"),
        (Some(uri), None) | (None, Some(uri)) => uri.to_owned(),
        (None, None) => "-".to_owned(),
    };
    let _ = write!(out, "{}", visible(&uri));
    if let Some(meta) = item.own_meta().map(|own| self::meta(&own)).filter(|meta| !meta.is_empty()) {
        let _ = write!(out, "  {LABEL}[{}]{LABEL:#}", visible(&meta));
    }
    let inside = indent.saturating_add(2);
    let Some(data) = item.data() else {
        let _ = writeln!(out, "{}", more(item));
        unknown(item.extras(), inside, out);
        return;
    };
    match tnds::in_item(item, &Options::default()) {
        None => {
            let content = data.fragment().map_or(data.bytes(), |fragment| fragment.bytes());
            let _ = writeln!(out, " = {}{}", value(content), more(item));
        }
        Some(Ok(decoded)) => {
            let _ = writeln!(out, " = tree of {} nodes", decoded.len().saturating_sub(1));
            tree::print(&decoded, indent.saturating_add(2), out);
        }
        Some(Err(error)) => {
            let _ = writeln!(out, " = {BAD}a tree that cannot be read{BAD:#}");
            report.fail_at(file, error);
        }
    }
    unknown(item.extras().chain(item.own_meta().into_iter().flat_map(|meta| meta.extras())), inside, &mut report.out);
}

fn more(item: &Item<'_>) -> &'static str {
    if item.more_data() { "  (MoreData)" } else { "" }
}
