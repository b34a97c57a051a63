//! `omadm tree`: a management tree, one node a line.

use super::json;
use super::print::{LABEL, NAME, value, visible};
use super::report::{File, Report};
use crate::markup::Options;
use crate::syncml::Message;
use crate::tree::{Format, Node, Tree};
use crate::{Kind, detect, tnds};
use std::fmt::Write as _;

pub(super) fn run(file: &File<'_>, as_json: bool) -> Report {
    let mut report = Report::default();
    match report.decode(file, |octets, _| detect(octets)) {
        Some(Kind::Tree) => {
            if let Some(tree) = report.decode(file, tnds::decode_with) {
                whole(file, &tree, as_json, &mut report);
            }
        }
        Some(Kind::SyncMl) => {
            let Some(message) = report.decode(file, Message::decode_with) else { return report };
            for found in tnds::in_message(&message, &Options::default()) {
                match found {
                    Ok((_, tree)) => whole(file, &tree, as_json, &mut report),
                    Err(error) => report.fail_at(file, error),
                }
            }
            if !report.found && !report.failed && !file.in_folder {
                report.fail(file.name, "a SyncML message without a tree in it");
            }
        }
        Some(other) if !file.in_folder => report.fail(file.name, &format!("not a tree: this is a {other}")),
        Some(_) | None => {}
    }
    report
}

fn whole(file: &File<'_>, tree: &Tree<'_>, as_json: bool, report: &mut Report) {
    report.found = true;
    if as_json {
        let _ = writeln!(report.out, "{}", json::tree(file, tree));
        return;
    }
    if file.of_many {
        let _ = writeln!(report.out, "{NAME}{}:{NAME:#}", visible(file.name));
    }
    print(tree, 0, &mut report.out);
}

/// Prints a tree from its root. Nodes that the document only implies lead to those it has.
pub(super) fn print(tree: &Tree<'_>, indent: usize, out: &mut String) {
    let mut depth = 0_usize;
    let mut last: Option<Node<'_>> = None;
    for node in tree.nodes() {
        depth = match last {
            Some(last) if node.parent() == Some(last) => depth.saturating_add(1),
            // Up from the last node to a sibling of this one's.
            Some(last) => {
                let mut up = last;
                while let Some(parent) = up.parent().filter(|parent| Some(*parent) != node.parent()) {
                    depth = depth.saturating_sub(1);
                    up = parent;
                }
                depth
            }
            None => 0,
        };
        last = Some(node);
        let _ = write!(out, "{:1$}", "", super::print::indent(indent.saturating_add(depth.saturating_mul(2))));
        line(node, out);
    }
}

fn line(node: Node<'_>, out: &mut String) {
    let name = if node.parent().is_none() { "." } else { node.name() };
    let _ = write!(out, "{NAME}{}{NAME:#}", visible(name));
    if let Some(mo_id) = node.mo_id() {
        let _ = write!(out, "  {LABEL}{}{LABEL:#}", visible(mo_id));
    }
    if !node.is_interior() {
        let _ = match node.value() {
            Some(content) => write!(out, " = {}", value(content.bytes())),
            None => write!(out, " {LABEL}(no value){LABEL:#}"),
        };
        let media_type = node.media_type().filter(|media_type| *media_type != "text/plain");
        if node.format() != Format::Chr || media_type.is_some() {
            let _ = write!(out, "  {LABEL}[{}", node.format());
            if let Some(media_type) = media_type {
                let _ = write!(out, ", {}", visible(media_type));
            }
            let _ = write!(out, "]{LABEL:#}");
        }
    }
    let properties =
        [("ACL", node.acl()), ("Title", node.title()), ("TStamp", node.tstamp()), ("VerNo", node.ver_no())];
    for (label, text) in properties {
        if let Some(text) = text {
            let _ = write!(out, "  {LABEL}{label}={}{LABEL:#}", visible(text));
        }
    }
    out.push('\n');
}
