//! `omadm show`: what a file says.

use super::input::{Failures, decode, read};
use super::print::{BAD, CODE, GOOD, LABEL, NAME, hex, value, visible};
use super::tree;
use crate::markup::{Encoding, Options};
use crate::notification::v12::Notification;
use crate::push::wsp::Push;
use crate::syncml::{Command, CommandKind, Data, Item, Message, Meta, Ref};
use crate::{Kind, detect, tnds};
use std::io::{self, Write};

pub(super) fn run(file: &str, out: &mut impl Write, failures: &mut Failures) -> io::Result<bool> {
    let Some(input) = read(file, failures) else { return Ok(false) };
    let Some(kind) = decode(file, &input, failures, |input, _| detect(input)) else { return Ok(false) };
    match kind {
        Kind::Notification => {
            let decoded = decode(file, &input, failures, |input, _| Notification::decode(input));
            let Some(notification) = decoded else { return Ok(false) };
            heading("Notification (package #0)", &input, out)?;
            self::notification(&notification, out)?;
        }
        Kind::Push => {
            let decoded = decode(file, &input, failures, |input, _| Push::decode(input));
            let Some(push) = decoded else { return Ok(false) };
            heading("WSP push", &input, out)?;
            self::push(&push, out)?;
            let body = push.notification_payload().and_then(|payload| {
                // Places in the notification are told as places in the file.
                let at = input.len().saturating_sub(payload.len());
                Notification::decode(payload).map_err(|error| error.shifted(at))
            });
            match body {
                Ok(body) => notification(&body, out)?,
                Err(error) => failures.report_error(file, &input, error),
            }
        }
        Kind::SyncMl => {
            let Some(decoded) = decode(file, &input, failures, Message::decode_with) else { return Ok(false) };
            heading(&format!("SyncML message, {}", encoding(decoded.encoding())), &input, out)?;
            message(&decoded, file, &input, out, failures)?;
        }
        Kind::Tree => {
            let Some(decoded) = decode(file, &input, failures, tnds::decode_with) else { return Ok(false) };
            let encoding = Encoding::detect(&input).map(encoding).unwrap_or_default();
            heading(&format!("Tree document, {encoding}, {} nodes", decoded.len().saturating_sub(1)), &input, out)?;
            field("Man", decoded.man(), out)?;
            field("Mod", decoded.model(), out)?;
            tree::print(&decoded, 0, out)?;
        }
        other => {
            let what = format!("a {other}: this version shows notifications, SyncML messages and trees");
            failures.report(file, &what);
        }
    }
    Ok(true)
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Xml => "XML",
        Encoding::Wbxml => "WBXML",
    }
}

fn heading(what: &str, input: &[u8], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{NAME}{what}{NAME:#} {LABEL}({} octets){LABEL:#}", input.len())
}

/// A line of a header; nothing if there is nothing to say.
fn field(label: &str, text: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    match text {
        Some(text) => writeln!(out, "  {LABEL}{label:<12}{LABEL:#} {}", visible(text)),
        None => Ok(()),
    }
}

fn push(push: &Push<'_>, out: &mut impl Write) -> io::Result<()> {
    if let Some(port) = push.destination_port {
        field("Port", Some(&port.to_string()), out)?;
    }
    field("Content-Type", Some(&push.content_type.to_string()), out)?;
    if let Some(application) = &push.application_id {
        field("Application", Some(&application.to_string()), out)?;
    }
    Ok(())
}

fn notification(notification: &Notification<'_>, out: &mut impl Write) -> io::Result<()> {
    field("Version", Some(&notification.version().to_string()), out)?;
    field("ui-mode", Some(&notification.ui_mode().to_string()), out)?;
    field("initiator", Some(&notification.initiator().to_string()), out)?;
    if notification.future_use() != 0 {
        field("future-use", Some(&format!("{:#x} (should be 0)", notification.future_use())), out)?;
    }
    let session = format!("{} (SessionID {})", notification.session_id(), notification.session_id_text());
    field("sessionid", Some(&session), out)?;
    field("server-id", Some(notification.server_id()), out)?;
    if !notification.vendor().is_empty() {
        field("vendor", Some(&value(notification.vendor())), out)?;
    }
    field("digest", Some(&format!("{} (not verified)", hex(notification.digest()))), out)
}

fn message(
    message: &Message<'_>,
    file: &str,
    input: &[u8],
    out: &mut impl Write,
    failures: &mut Failures,
) -> io::Result<()> {
    let header = message.header();
    field("VerDTD", Some(header.ver_dtd()), out)?;
    field("VerProto", Some(header.ver_proto()), out)?;
    field("SessionID", Some(header.session_id()), out)?;
    field("MsgID", Some(header.msg_id()), out)?;
    field("Target", Some(&with_name(header.target(), header.target_name())), out)?;
    field("Source", Some(&with_name(header.source(), header.source_name())), out)?;
    field("RespURI", header.resp_uri(), out)?;
    if let Some(cred) = header.cred() {
        let scheme = cred.meta().and_then(|meta| meta.media_type()).unwrap_or("syncml:auth-basic");
        field("Cred", Some(&format!("{scheme} (credential not shown)")), out)?;
    }
    let limits = header.meta().map(|meta| {
        let size = |label, size: Option<u64>| size.map(|size| format!("{label} {size}"));
        let sizes = [size("MaxMsgSize", meta.max_msg_size()), size("MaxObjSize", meta.max_obj_size())];
        sizes.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    field("Meta", limits.as_deref().filter(|limits| !limits.is_empty()), out)?;
    field("Final", Some(if message.is_final() { "yes" } else { "no: more messages of this package follow" }), out)?;
    // Where the containers end that the next command lies in.
    let mut ends: Vec<usize> = Vec::new();
    for (index, next) in message.all_commands().enumerate() {
        while ends.last().is_some_and(|end| index >= *end) {
            ends.pop();
        }
        command(&next, ends.len(), file, input, out, failures)?;
        if matches!(next.kind(), CommandKind::Atomic | CommandKind::Sequence) {
            let inside = next.all_children().count();
            ends.push(index.saturating_add(inside).saturating_add(1));
        }
    }
    Ok(())
}

fn with_name(uri: &str, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{uri} (LocName {name})"),
        None => uri.to_owned(),
    }
}

fn command(
    command: &Command<'_>,
    depth: usize,
    file: &str,
    input: &[u8],
    out: &mut impl Write,
    failures: &mut Failures,
) -> io::Result<()> {
    let indent = depth.saturating_mul(4);
    write!(out, "{:indent$}{LABEL}{:>3}{LABEL:#} ", "", visible(command.cmd_id()))?;
    write!(out, "{NAME}{}{NAME:#}", visible(command.name()))?;
    if let Some(alert) = command.alert() {
        write!(out, " {CODE}{alert}{CODE:#}")?;
    } else if let Some(status) = command.status() {
        let style = if (200..400).contains(&status.0) { GOOD } else { BAD };
        write!(out, " {style}{status}{style:#}")?;
    } else if let Some(data) = command.data() {
        write!(out, " {}", value(data.bytes()))?;
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
        write!(out, "  {LABEL}{}{LABEL:#}", visible(&about.join(", ")))?;
    }
    writeln!(out)?;
    let indent = indent.saturating_add(6);
    if let Some(chal) = command.chal() {
        let scheme = chal.meta().media_type().unwrap_or("syncml:auth-basic");
        write!(out, "{:indent$}{LABEL}Chal{LABEL:#} {}", "", visible(scheme))?;
        if let Some(nonce) = chal.meta().next_nonce() {
            write!(out, ", NextNonce {}", value(nonce.bytes()))?;
        }
        writeln!(out)?;
    }
    for next in command.items() {
        item(command, &next, indent, file, input, out, failures)?;
    }
    Ok(())
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

fn item(
    command: &Command<'_>,
    item: &Item<'_>,
    indent: usize,
    file: &str,
    input: &[u8],
    out: &mut impl Write,
    failures: &mut Failures,
) -> io::Result<()> {
    write!(out, "{:indent$}", "")?;
    let uri = match (item.target(), item.source()) {
        (Some(target), Some(source)) if command.kind() == CommandKind::Copy => format!("{source} -> {target}"),
        (Some(target), Some(source)) => format!("{target} (Source {source})"),
        (Some(uri), None) | (None, Some(uri)) => uri.to_owned(),
        (None, None) => "-".to_owned(),
    };
    write!(out, "{}", visible(&uri))?;
    if let Some(meta) = item.own_meta().map(|own| self::meta(&own)).filter(|meta| !meta.is_empty()) {
        write!(out, "  {LABEL}[{}]{LABEL:#}", visible(&meta))?;
    }
    let Some(data) = item.data() else { return writeln!(out, "{}", more(item)) };
    let Some(embedded) = data.embedded() else {
        return writeln!(out, " = {}{}", value(data.bytes()), more(item));
    };
    let base = item.target().or(item.source());
    match tnds::decode_embedded(&embedded, base, &Options::default()) {
        Ok(decoded) => {
            writeln!(out, " = tree of {} nodes{}", decoded.len().saturating_sub(1), more(item))?;
            tree::print(&decoded, indent.saturating_add(2), out)
        }
        Err(error) if error.kind() == crate::ErrorKind::NotTree => {
            writeln!(out, " = document, {}{}", written(&data), more(item))
        }
        Err(error) => {
            writeln!(out, " = {BAD}a tree that cannot be read{BAD:#}{}", more(item))?;
            failures.report_error(file, input, error);
            Ok(())
        }
    }
}

fn more(item: &Item<'_>) -> &'static str {
    if item.more_data() { "  (MoreData)" } else { "" }
}

/// A document that is no tree, as it was sent.
fn written(data: &Data<'_>) -> String {
    match data.fragment() {
        Some(fragment) => value(fragment.bytes()),
        None => value(data.bytes()),
    }
}
