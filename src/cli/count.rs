//! `omadm count`: what there is in a heap of files.

use super::files::{self, Outcome, complain};
use super::json::{Object, encoding};
use super::print::{BAD, LABEL, NAME};
use super::report::{File, Report};
use crate::markup::{Encoding, Options};
use crate::notification::v12::Notification;
use crate::push::wsp::Push;
use crate::syncml::Message;
use crate::{Error, ErrorKind, Kind, ddf, detect, devinf, provisioning, tnds};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

/// What was counted in one file.
struct Counted {
    kind: Option<Kind>,
    encoding: Option<Encoding>,
    commands: usize,
    nodes: usize,
    /// What there is to say on standard error.
    said: String,
    failed: bool,
}

impl From<Report> for Counted {
    fn from(report: Report) -> Counted {
        Counted { kind: None, encoding: None, commands: 0, nodes: 0, said: report.err, failed: report.failed }
    }
}

/// One row of the table.
#[derive(Clone, Copy, Default)]
struct Row {
    files: usize,
    commands: usize,
    nodes: usize,
    errors: usize,
}

pub(super) fn run(names: &[PathBuf], as_json: bool) -> io::Result<Outcome> {
    let mut rows: BTreeMap<(&'static str, &'static str), Row> = BTreeMap::new();
    let mut total = Row::default();
    files::each(names, count, |counted| {
        let kind = counted.kind.map_or("unknown", Kind::name);
        let row = rows.entry((kind, counted.encoding.map_or("-", encoding))).or_default();
        for row in [row, &mut total] {
            row.files = row.files.saturating_add(1);
            row.commands = row.commands.saturating_add(counted.commands);
            row.nodes = row.nodes.saturating_add(counted.nodes);
            row.errors = row.errors.saturating_add(usize::from(counted.failed));
        }
        complain(&counted.said);
        Ok(())
    })?;
    let mut out = anstream::AutoStream::auto(io::stdout());
    if as_json {
        for ((kind, encoding), row) in &rows {
            writeln!(out, "{}", row.json(kind, encoding))?;
        }
    } else {
        let line = |label: String, row: &Row| {
            let errors = if row.errors > 0 { format!("{BAD}{:>8}{BAD:#}", row.errors) } else { format!("{:>8}", 0) };
            format!("{label} {:>8} {:>9} {:>9} {errors}", row.files, row.commands, row.nodes)
        };
        writeln!(
            out,
            "{LABEL}{:<22} {:<6} {:>8} {:>9} {:>9} {:>8}{LABEL:#}",
            "kind", "", "files", "commands", "nodes", "errors"
        )?;
        for ((kind, encoding), row) in &rows {
            writeln!(out, "{}", line(format!("{kind:<22} {encoding:<6}"), row))?;
        }
        writeln!(out, "{}", line(format!("{NAME}{:<29}{NAME:#}", "all"), &total))?;
    }
    out.flush()?;
    Ok(Outcome { failed: total.errors > 0, missed: total.files == 0 })
}

impl Row {
    fn json(&self, kind: &str, encoding: &str) -> serde_json::Value {
        Object::default()
            .with("kind", kind)
            .with("encoding", Some(encoding).filter(|encoding| *encoding != "-"))
            .with("files", self.files)
            .with("commands", self.commands)
            .with("nodes", self.nodes)
            .with("errors", self.errors)
            .done()
    }
}

fn count(file: &File<'_>) -> Counted {
    let mut counted = Counted { kind: None, encoding: None, commands: 0, nodes: 0, said: String::new(), failed: false };
    let mut report = Report::default();
    match detect(file.octets) {
        Ok(kind) => {
            counted.kind = Some(kind);
            if !matches!(kind, Kind::Notification | Kind::Push) {
                counted.encoding = Encoding::detect(file.octets);
            }
            let decoded = report.decode(file, |octets, options| contents(kind, octets, options));
            if let Some((commands, nodes, errors)) = decoded {
                counted.commands = commands;
                counted.nodes = nodes;
                for error in errors {
                    report.fail_at(file, error);
                }
            }
        }
        // Unknown files are a row of their own, not errors.
        Err(error) if error.kind() == ErrorKind::UnknownFormat => {}
        Err(error) => report.fail_at(file, error),
    }
    report.close(file.name);
    counted.failed = report.failed;
    counted.said = report.err;
    counted
}

/// How many commands and nodes are in a document; and what keeps single trees of a message from being read.
fn contents(kind: Kind, octets: &[u8], options: &Options) -> Result<(usize, usize, Vec<Error>), Error> {
    let none = Vec::new();
    match kind {
        Kind::Notification => Notification::decode(octets).map(|_| (0, 0, none)),
        Kind::Push => Push::decode(octets).map(|_| (0, 0, none)),
        Kind::SyncMl => {
            let message = Message::decode_with(octets, options)?;
            let mut nodes = 0_usize;
            let mut errors = none;
            for tree in tnds::in_message(&message, options) {
                match tree {
                    Ok((_, tree)) => nodes = nodes.saturating_add(described(&tree)),
                    Err(error) => errors.push(error),
                }
            }
            Ok((message.all_commands().count(), nodes, errors))
        }
        Kind::Tree => Ok((0, described(&tnds::decode_with(octets, options)?), none)),
        Kind::Description => ddf::decode_with(octets, options).map(|schema| (0, schema.len(), none)),
        Kind::Provisioning => provisioning::Document::decode_with(octets, options).map(|_| (0, 0, none)),
        Kind::DevInf => devinf::DevInf::decode_with(octets, options).map(|_| (0, 0, none)),
        Kind::MetInf => devinf::MetInf::decode_with(octets, options).map(|_| (0, 0, none)),
    }
}

/// The nodes that the document itself describes.
fn described(tree: &crate::tree::Tree<'_>) -> usize {
    tree.nodes().filter(|node| !node.is_implicit()).count()
}
