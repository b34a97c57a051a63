//! `omadm get`: what a device with this tree answers to a `Get`.

use super::files::{self, Outcome, complain, is_standard_input};
use super::print::{LABEL, value, visible};
use super::report::{File, Report, display_name};
use super::{json, trees};
use crate::markup::Encoding;
use crate::query::{List, Query, Uri};
use crate::session::{ResultData, ResultItem, ResultsOptions, results};
use crate::syncml::StatusCode;
use crate::tree::{Format, Principal};
use crate::{ErrorKind, Limits};
use clap::Args;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// Whom to ask, and what.
// With one argument alone it is the URI that is there, for clap: we say ourselves what is missing.
#[derive(Args)]
#[command(allow_missing_positional = true, override_usage = "omadm get [OPTIONS] <FILE>... <URI>")]
pub(super) struct Get {
    /// Print JSON, one object a line
    #[arg(long)]
    json: bool,
    /// Answer this server, by the ACLs in the tree, and not the device itself
    #[arg(long = "as", value_name = "SERVER")]
    server: Option<String>,
    /// Files, or folders of files; - is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// A node, alone or with ?prop=NAME, ?list=Struct, ?list=StructData or ?list=TNDS, which takes +NAME… or -NAME…
    #[arg(required = true, value_name = "URI")]
    uri: String,
}

impl Get {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        if self.files.is_empty() {
            let only = Path::new(&self.uri);
            let missing = if is_standard_input(only) || only.exists() { "URI" } else { "FILE" };
            let usage = "omadm get <FILE>... <URI>, as in omadm get phone.xml ./DevInfo/Man";
            complain(&format!("omadm: {}: the {missing} is missing: {usage}\n", visible(&self.uri)));
            return Ok(Outcome { failed: true, missed: false });
        }
        files::run(&self.files, |file| self.answer(file))
    }

    /// Answers from one file.
    fn answer(&self, file: &File<'_>) -> Report {
        let mut report = Report::default();
        let Some(tree) = trees::merged(file, &mut report) else { return report };
        let principal = self.server.as_deref().map_or(Principal::Device, Principal::Server);
        // Documents are for people here, so they are in XML.
        let limits = Limits::DEFAULT.for_output_of(file.octets.len());
        let options = ResultsOptions { principal, encoding: Encoding::Xml, limits, ..ResultsOptions::default() };
        let answer = results(&tree, &self.uri, &options);
        report.found = answer.is_ok();
        report.refused = answer.is_err();
        let status = answer.as_ref().map_or_else(|error| StatusCode::of(error.kind()), |_| StatusCode(200));
        if self.json {
            let object = json::Object::default()
                .with("file", file.name)
                .with("uri", self.uri.as_str())
                .with("status", status.0)
                .with("meaning", status.name())
                .with("reason", answer.as_ref().err().map(|error| error.kind().to_string()));
            match answer {
                Ok(items) => {
                    let items = items.into_iter().map(|item| Ok(json::result_item(&item)));
                    let Ok(()) = object.write_with::<Infallible>("items", items, &mut report.out);
                    report.out.push('\n');
                }
                Err(_) => _ = writeln!(report.out, "{}", object.done()),
            }
            return report;
        }
        match answer {
            Ok(items) => self.print(items, file, &mut report),
            Err(error) => {
                let at = match error.kind() {
                    ErrorKind::InvalidUri | ErrorKind::InvalidQuery => format!("byte {}: ", error.offset()),
                    _ => String::new(),
                };
                let is_blank = !at.is_empty() && self.uri.as_bytes().get(error.offset()) == Some(&b' ');
                let hint = if is_blank { "; a blank is written %20" } else { "" };
                report.say(file.name, &format!("{}: {status}: {at}{}{hint}", visible(&self.uri), error.kind()));
            }
        }
        report
    }

    fn print(&self, items: Vec<ResultItem<'_>>, file: &File<'_>, report: &mut Report) {
        let prefix = if file.of_many { format!("{}:", display_name(file.name)) } else { String::new() };
        let is_list = matches!(
            Uri::parse(&self.uri).map(|uri| uri.query()),
            Ok(Some(Query::List(List::Struct | List::StructData)))
        );
        for item in items {
            if is_list {
                let _ = write!(report.out, "{prefix}");
                line(&item, &mut report.out);
                continue;
            }
            match &item.data {
                // On the wire the names of children are one text; nobody wants to take it apart.
                Some(ResultData::Text(names)) if item.format == Some(Format::Node) => {
                    for name in names.split('/').filter(|name| !name.is_empty()) {
                        let _ = writeln!(report.out, "{prefix}{}", visible(name));
                    }
                }
                Some(ResultData::Text(text) | ResultData::Markup(text)) => whole(text, &prefix, report),
                Some(ResultData::Octets(octets)) if !prefix.is_empty() || io::stdout().is_terminal() => {
                    let _ = writeln!(report.out, "{prefix}{}", value(octets));
                }
                Some(ResultData::Octets(octets)) => report.octets.extend_from_slice(octets),
                None => {}
            }
        }
    }
}

/// A text that is the whole answer: for a script as it is, for people without what a terminal would obey.
fn whole(text: &str, prefix: &str, report: &mut Report) {
    if !prefix.is_empty() {
        let _ = writeln!(report.out, "{prefix}{}", visible(text));
    } else if io::stdout().is_terminal() {
        for line in text.split('\n') {
            let _ = writeln!(report.out, "{}", visible(line));
        }
    } else {
        report.octets.extend_from_slice(text.as_bytes());
        report.octets.push(b'\n');
    }
}

/// One item of a list.
fn line(item: &ResultItem<'_>, out: &mut String) {
    let _ = write!(out, "{}", visible(&item.source));
    let format = item.format.map(Format::name);
    let about: Vec<&str> = format.into_iter().chain(item.media_type.as_deref()).collect();
    if !about.is_empty() {
        let _ = write!(out, "  {LABEL}[{}]{LABEL:#}", visible(&about.join(", ")));
    }
    let _ = match &item.data {
        Some(ResultData::Text(text) | ResultData::Markup(text)) => writeln!(out, " = {}", value(text.as_bytes())),
        Some(ResultData::Octets(octets)) => writeln!(out, " = {}", value(octets)),
        None => writeln!(out),
    };
}
