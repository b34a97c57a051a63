//! `omadm tree`: a management tree, one node a line.

use super::input::{Failures, decode, read};
use super::print::{LABEL, NAME, value, visible};
use crate::syncml::Message;
use crate::tree::{Node, Tree};
use crate::{Kind, detect, tnds};
use std::io::{self, Write};

pub(super) fn run(file: &str, out: &mut impl Write, failures: &mut Failures) -> io::Result<bool> {
    let Some(input) = read(file, failures) else { return Ok(false) };
    let Some(kind) = decode(file, &input, failures, |input, _| detect(input)) else { return Ok(false) };
    match kind {
        Kind::Tree => {
            let Some(tree) = decode(file, &input, failures, tnds::decode_with) else { return Ok(false) };
            print(&tree, 0, out)?;
            Ok(true)
        }
        Kind::SyncMl => {
            let Some(message) = decode(file, &input, failures, Message::decode_with) else { return Ok(false) };
            let mut any = false;
            for found in tnds::in_message(&message, &crate::markup::Options::default()) {
                match found {
                    Ok((_, tree)) => {
                        any = true;
                        print(&tree, 0, out)?;
                    }
                    Err(error) => failures.report_error(file, &input, error),
                }
            }
            if !any && !failures.any() {
                failures.report(file, "a SyncML message without a tree in it");
            }
            Ok(any)
        }
        other => {
            failures.report(file, &format!("not a tree: this is a {other}"));
            Ok(false)
        }
    }
}

/// Prints a tree from its root. Nodes that the document only implies lead to those it has.
pub(super) fn print(tree: &Tree<'_>, indent: usize, out: &mut impl Write) -> io::Result<()> {
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
        write!(out, "{:1$}", "", indent.saturating_add(depth.saturating_mul(2)))?;
        line(node, out)?;
    }
    Ok(())
}

fn line(node: Node<'_>, out: &mut impl Write) -> io::Result<()> {
    let name = if node.parent().is_none() { "." } else { node.name() };
    write!(out, "{NAME}{}{NAME:#}", visible(name))?;
    if let Some(mo_id) = node.mo_id() {
        write!(out, "  {LABEL}{}{LABEL:#}", visible(mo_id))?;
    }
    if !node.is_interior() {
        match node.value() {
            Some(content) => write!(out, " = {}", value(content.bytes()))?,
            None => write!(out, " {LABEL}(no value){LABEL:#}")?,
        }
        let media_type = node.media_type().filter(|media_type| *media_type != "text/plain");
        if node.format() != crate::tree::Format::Chr || media_type.is_some() {
            write!(out, "  {LABEL}[{}", node.format())?;
            if let Some(media_type) = media_type {
                write!(out, ", {}", visible(media_type))?;
            }
            write!(out, "]{LABEL:#}")?;
        }
    }
    let properties =
        [("ACL", node.acl()), ("Title", node.title()), ("TStamp", node.tstamp()), ("VerNo", node.ver_no())];
    for (label, text) in properties {
        if let Some(text) = text {
            write!(out, "  {LABEL}{label}={}{LABEL:#}", visible(text))?;
        }
    }
    writeln!(out)
}
