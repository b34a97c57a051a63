//! `omadm check`: whether trees and messages are as descriptions say.

use super::Many;
use super::files::{self, Outcome};
use super::json::Object;
use super::print::{BAD, LABEL, NAME, visible};
use super::report::{File, Report, display_name};
use super::schema;
use crate::ddf::{Check, Finding, Findings, OsBuild};
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
        let _ = write!(report.out, "{}:", display_name(file.name));
        if let Some(offset) = finding.offset() {
            let _ = write!(report.out, "{offset}:");
        }
        let uri = visible(finding.uri());
        let _ = write!(report.out, " {NAME}{uri}{NAME:#}: {BAD}{}{BAD:#}", visible(&finding.reason().to_string()));
        if let Some(expected) = finding.expected() {
            let _ = write!(report.out, ", expected {}", super::print::value(expected.as_bytes()));
        }
        if let Some(status) = finding.status() {
            let _ = write!(report.out, "  {LABEL}{status}{LABEL:#}");
        }
        report.out.push('\n');
    }
    if !findings.is_complete() {
        let _ = writeln!(report.err, "omadm: {}: more findings than are shown", display_name(file.name));
    }
}

fn json(finding: &Finding<'_>, names: &[String], file: &File<'_>) -> serde_json::Value {
    let description = finding.node().map(|node| {
        let name = node.document().and_then(|document| names.get(document.index()));
        Object::default()
            .with("file", name.map(String::as_str))
            .with("uri", node.uri().to_string())
            .with("offset", node.offset())
            .done()
    });
    Object::default()
        .with("file", file.name)
        .with("offset", finding.offset())
        .with("uri", finding.uri())
        .with("reason", finding.reason().name())
        .with("message", finding.reason().to_string())
        .with("expected", finding.expected())
        .with("status", finding.status().map(|status| status.0))
        .with("description", description)
        .done()
}
