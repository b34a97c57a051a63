//! `omadm check`: whether trees and messages are as descriptions say.

use super::Many;
use super::files::{self, Outcome};
use super::json::Object;
use super::print::{BAD, LABEL, NAME, visible};
use super::report::{File, Report, display_name};
use super::schema;
use crate::ddf::{Check, Finding, Findings, OsBuild, SchemaNode, Unjudged};
use crate::syncml::Message;
use crate::{Error, Kind, detect, tnds};
use clap::Args;
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

/// What to check, and against what.
#[derive(Args)]
pub(super) struct Arguments {
    /// A device description, or a folder of them; may be given several times
    #[arg(long, required = true, value_name = "DDF")]
    ddf: Vec<PathBuf>,
    /// The build of Windows to check for, such as 10.0.22621.1194: nodes that it does not have are findings
    #[arg(long, value_name = "BUILD", value_parser = build)]
    os_build: Option<OsBuild>,
    /// Files are whole trees: nodes are missed everywhere, not only below nodes that a file has
    #[arg(long)]
    whole: bool,
    #[command(flatten)]
    files: Many,
}

fn build(text: &str) -> Result<OsBuild, String> {
    text.parse().map_err(|error: Error| format!("byte {}: {}", error.offset(), error.kind()))
}

pub(super) fn run(arguments: &Arguments) -> io::Result<Outcome> {
    let loaded = schema::load(&arguments.ddf)?;
    if loaded.failed {
        return Ok(Outcome { failed: true, missed: false });
    }
    let mut check = Check::new(&loaded.schema).whole_tree(arguments.whole);
    if let Some(build) = arguments.os_build {
        check = check.os_build(build);
    }
    let Many { json, files } = &arguments.files;
    files::run(files, |file| one(&check, &loaded.names, file, *json))
}

fn one(check: &Check<'_>, names: &[String], file: &File<'_>, as_json: bool) -> Report {
    let mut report = Report::default();
    let findings = match report.decode(file, |octets, _| detect(octets)) {
        Some(Kind::Tree) => report.decode(file, tnds::decode_with).map(|tree| check.tree(&tree)),
        Some(Kind::SyncMl) => report.decode(file, Message::decode_with).map(|message| check.message(&message)),
        Some(other) if !file.in_folder => {
            report.fail(file.name, &format!("neither a tree nor a message: this is a {other}"));
            None
        }
        Some(_) | None => None,
    };
    if let Some(findings) = findings {
        report.found = true;
        report.refused = !findings.is_empty();
        print(&findings, names, file, as_json, &mut report);
    }
    report
}

fn print(findings: &Findings<'_>, names: &[String], file: &File<'_>, as_json: bool, report: &mut Report) {
    for finding in findings {
        if as_json {
            let _ = writeln!(report.out, "{}", json(finding, names, file));
            continue;
        }
        place(file, finding.offset(), finding.uri(), report);
        let _ = write!(report.out, "{BAD}{}{BAD:#}", visible(&finding.reason().to_string()));
        if let Some(expected) = finding.expected() {
            let _ = write!(report.out, ", expected {}", super::print::value(expected.as_bytes()));
        }
        if let Some(status) = finding.status() {
            let _ = write!(report.out, "  {LABEL}{status}{LABEL:#}");
        }
        report.out.push('\n');
    }
    for note in findings.not_judged() {
        if as_json {
            let _ = writeln!(report.out, "{}", note_json(note, names, file));
            continue;
        }
        place(file, note.offset(), note.uri(), report);
        let _ = writeln!(report.out, "{LABEL}not judged: {}{LABEL:#}", note.why());
    }
    if !findings.is_complete() {
        let _ = writeln!(report.err, "omadm: {}: more findings than are shown", display_name(file.name));
    }
}

/// Where it is: file, item, node.
fn place(file: &File<'_>, offset: Option<usize>, uri: &str, report: &mut Report) {
    let _ = write!(report.out, "{}:", display_name(file.name));
    if let Some(offset) = offset {
        let _ = write!(report.out, "{offset}:");
    }
    let _ = write!(report.out, " {NAME}{}{NAME:#}: ", visible(uri));
}

fn description(node: SchemaNode<'_>, names: &[String]) -> serde_json::Value {
    let name = node.document().and_then(|document| names.get(document.index()));
    Object::default()
        .with("file", name.map(String::as_str))
        .with("uri", node.uri().to_string())
        .with("offset", node.offset())
        .done()
}

fn note_json(note: &Unjudged<'_>, names: &[String], file: &File<'_>) -> serde_json::Value {
    Object::default()
        .with("file", file.name)
        .with("offset", note.offset())
        .with("uri", note.uri())
        .with("reason", "not-judged")
        .with("message", format!("not judged: {}", note.why()))
        .with("description", description(note.node(), names))
        .done()
}

fn json(finding: &Finding<'_>, names: &[String], file: &File<'_>) -> serde_json::Value {
    Object::default()
        .with("file", file.name)
        .with("offset", finding.offset())
        .with("uri", finding.uri())
        .with("reason", finding.reason().name())
        .with("message", finding.reason().to_string())
        .with("expected", finding.expected())
        .with("status", finding.status().map(|status| status.0))
        .with("description", finding.node().map(|node| description(node, names)))
        .done()
}
