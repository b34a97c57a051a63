//! `omadm tree`: a management tree, one node a line.

use super::files::{self, Outcome, complain};
use super::print::{LABEL, NAME, value, visible};
use super::report::{File, Report};
use super::room::Room;
use super::{Many, html, json, trees};
use crate::tree::{Format, Node, Tree};
use clap::Args;
use std::fmt::Write as _;
use std::io;

/// Which trees to print, and how.
#[derive(Args)]
pub(super) struct Print {
    /// Print one HTML page, which shows the tree in a browser and searches it; it needs no network
    #[arg(long, conflicts_with = "json")]
    html: bool,
    #[command(flatten)]
    files: Many,
}

pub(super) fn run(print: &Print) -> io::Result<Outcome> {
    if !print.html {
        return files::run(&print.files.files, |file| lines(file, print.files.json));
    }
    match print.files.files.as_slice() {
        [file] if !file.is_dir() => files::run(&print.files.files, html::run),
        _ => {
            complain("omadm: --html makes one page of one file\n");
            Ok(Outcome { failed: true, missed: false })
        }
    }
}

fn lines(file: &File<'_>, as_json: bool) -> Report {
    let mut report = Report::default();
    let mut room = Room::of(file.octets.len());
    trees::each(file, &mut report, |_, tree, report| {
        report.found = true;
        if as_json {
            if !room.is_over()
                && let Err(what) = json::tree(file, &tree, &mut room, &mut report.out)
            {
                report.fail(file.name, &what);
            }
            return;
        }
        if file.of_many {
            let _ = writeln!(report.out, "{NAME}{}:{NAME:#}", visible(file.name));
        }
        self::print(&tree, 0, &mut report.out);
    });
    report
}

/// Prints a tree from its root. Nodes that the document only implies lead to those it has.
pub(super) fn print(tree: &Tree<'_>, indent: usize, out: &mut String) {
    for (node, depth) in with_depth(tree.root()) {
        let _ = write!(out, "{:1$}", "", super::print::indent(indent.saturating_add(depth.saturating_mul(2))));
        line(node, out);
    }
}

/// A node and everything below it, with how many nodes are between it and the first.
pub(super) fn with_depth<'t>(top: Node<'t>) -> impl Iterator<Item = (Node<'t>, usize)> {
    let mut depth = 0_usize;
    let mut last: Option<Node<'t>> = None;
    top.descendants().map(move |node| {
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
        (node, depth)
    })
}

fn line(node: Node<'_>, out: &mut String) {
    let name = if node.parent().is_none() { "." } else { node.name() };
    let _ = write!(out, "{NAME}{}{NAME:#}", visible(name));
    about(node, out);
}

/// What there is to say of a node behind its name, and the end of the line.
pub(super) fn about(node: Node<'_>, out: &mut String) {
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
