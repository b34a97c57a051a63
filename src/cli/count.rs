//! `omadm count`: what there is in a heap of files.

use super::files::{self, Outcome};
use super::json::{Object, encoding};
use super::print::{BAD, LABEL, NAME, visible};
use super::report::{File, Report};
use crate::markup::{Encoding, Options};
use crate::notification::v12::Notification;
use crate::push::wsp::Push;
use crate::syncml::Message;
use crate::{Error, ErrorKind, Kind, ddf, detect, provisioning, tnds};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What was counted in one file.
struct Counted {
    kind: Option<Kind>,
    encoding: Option<Encoding>,
    commands: usize,
    nodes: usize,
    error: Option<String>,
}

impl From<Report> for Counted {
    fn from(report: Report) -> Counted {
        Counted { kind: None, encoding: None, commands: 0, nodes: 0, error: Some(report.err.trim_end().to_owned()) }
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

pub(super) fn run(names: &[String], as_json: bool) -> io::Result<Outcome> {
    let mut rows: BTreeMap<(&'static str, &'static str), Row> = BTreeMap::new();
    let mut total = Row::default();
    files::each(names, count, |_, counted| {
        let kind = counted.kind.map_or("unknown", Kind::name);
        let row = rows.entry((kind, counted.encoding.map_or("-", encoding))).or_default();
        for row in [row, &mut total] {
            row.files = row.files.saturating_add(1);
            row.commands = row.commands.saturating_add(counted.commands);
            row.nodes = row.nodes.saturating_add(counted.nodes);
            row.errors = row.errors.saturating_add(usize::from(counted.error.is_some()));
        }
        if let Some(error) = counted.error {
            eprintln!("{error}");
        }
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
    let mut counted = Counted { kind: None, encoding: None, commands: 0, nodes: 0, error: None };
    let mut report = Report::default();
    match detect(file.octets) {
        Ok(kind) => {
            counted.kind = Some(kind);
            if !matches!(kind, Kind::Notification | Kind::Push) {
                counted.encoding = Encoding::detect(file.octets);
            }
            let decoded = report.decode(file, |octets, options| contents(kind, octets, options));
            if let Some((commands, nodes)) = decoded {
                counted.commands = commands;
                counted.nodes = nodes;
            }
        }
        // Unknown files are a row of their own, not errors.
        Err(error) if error.kind() == ErrorKind::UnknownFormat => {}
        Err(error) => report.fail_at(file, error),
    }
    if report.failed {
        counted.error = Some(report.err.trim_end().to_owned());
    } else if !report.err.is_empty() {
        eprint!("{}", visible_lines(&report.err));
    }
    counted
}

/// Warnings, which are ours, with what they quote made visible already.
fn visible_lines(text: &str) -> String {
    text.lines().map(|line| visible(line) + "\n").collect()
}

/// How many commands and nodes are in a document.
fn contents(kind: Kind, octets: &[u8], options: &Options) -> Result<(usize, usize), Error> {
    match kind {
        Kind::Notification => Notification::decode(octets).map(|_| (0, 0)),
        Kind::Push => Push::decode(octets).map(|_| (0, 0)),
        Kind::SyncMl => {
            let message = Message::decode_with(octets, options)?;
            let mut nodes = 0_usize;
            for tree in tnds::in_message(&message, options) {
                nodes = nodes.saturating_add(described(&tree?.1));
            }
            Ok((message.all_commands().count(), nodes))
        }
        Kind::Tree => Ok((0, described(&tnds::decode_with(octets, options)?))),
        Kind::Description => ddf::decode_with(octets, options).map(|schema| (0, schema.len())),
        Kind::Provisioning => provisioning::Document::decode_with(octets, options).map(|_| (0, 0)),
        Kind::DevInf | Kind::MetInf => crate::markup::root(octets, options).map(|_| (0, 0)),
    }
}

/// The nodes that the document itself describes.
fn described(tree: &crate::tree::Tree<'_>) -> usize {
    tree.nodes().filter(|node| !node.is_implicit()).count()
}
