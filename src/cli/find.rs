//! `omadm find`: where a management object is, or the nodes of a pattern.

use super::Many;
use super::files::{self, Outcome, complain};
use super::print::visible;
use super::report::{File, Report, display_name};
use super::room::Room;
use super::trees;
use crate::Error;
use crate::query::{MoSearch, Pattern};
use crate::tree::{Node, Principal};
use clap::Args;
use serde_json::json;
use std::fmt::Write as _;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// What to find, and where.
#[derive(Args)]
pub(super) struct Find {
    /// The identifier of a management object, such as urn:oma:mo:oma-fumo:1.0, with :* for any version; or a pattern, which is
    /// whatever cannot be an identifier, and always what begins with . or * or has conditions in brackets
    #[arg(value_name = "WHAT")]
    what: String,
    /// Only objects with this node, or with this value in this leaf; * in the path is any child. Several must all hold
    #[arg(long = "if", value_name = "PATH[=VALUE]")]
    conditions: Vec<String>,
    /// Only objects at this node or below it
    #[arg(long, value_name = "URI")]
    below: Option<String>,
    /// Only what this server may Get, by the ACLs in the tree
    #[arg(long = "as", value_name = "SERVER")]
    server: Option<String>,
    #[command(flatten)]
    files: Many,
}

/// What to find, once the arguments are understood.
enum Search<'f> {
    Object {
        search: MoSearch<'f>,
        /// The same for any version, where the identifier has none.
        versions: Option<MoSearch<'f>>,
        below: &'f str,
    },
    Pattern(Pattern<'f>, Principal<'f>),
}

impl Find {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let any_version = format!("{}:*", self.what);
        let search = match self.search(&any_version) {
            Ok(search) => search,
            Err(message) => {
                complain(&format!("omadm: {message}\n"));
                return Ok(Outcome { failed: true, missed: false });
            }
        };
        let has_versions = AtomicBool::new(false);
        let outcome = files::run(&self.files.files, |file| look_at(&search, file, self.files.json, &has_versions))?;
        if outcome.missed && has_versions.into_inner() {
            let (what, any_version) = (visible(&self.what), visible(&any_version));
            complain(&format!("omadm: {what}: identifiers are compared whole; '{any_version}' finds every version\n"));
        }
        Ok(outcome)
    }

    /// Understands the arguments.
    fn search<'f>(&'f self, any_version: &'f str) -> Result<Search<'f>, String> {
        let explain = |what: &str| {
            let what = visible(what);
            move |error: Error| format!("{what}: byte {}: {}", error.offset(), error.kind())
        };
        let principal = self.server.as_deref().map_or(Principal::Device, Principal::Server);
        if is_pattern(&self.what) {
            if self.below.is_some() || !self.conditions.is_empty() {
                return Err(
                    "--if and --below go with an identifier: a pattern says itself where and on what conditions"
                        .to_owned(),
                );
            }
            return Ok(Search::Pattern(Pattern::parse(&self.what).map_err(explain(&self.what))?, principal));
        }
        let below = self.below.as_deref().unwrap_or(".");
        trees::check_uri(below)?;
        let mut search = MoSearch::new().principal(principal);
        for condition in &self.conditions {
            search = match condition.split_once('=') {
                Some((path, value)) => search.with_value(path, value),
                None => search.with_node(condition),
            }
            .map_err(explain(condition))?;
        }
        let versions = (!has_version(&self.what)).then(|| search.clone().id(any_version));
        Ok(Search::Object { search: search.id(&self.what), versions, below })
    }
}

/// Identifiers are URIs, or of the older form `com.example/1.0/Name`; they neither begin as patterns do nor have brackets.
fn is_pattern(what: &str) -> bool {
    let mut segments = what.split('/');
    let is_uri = segments.next().is_some_and(|first| first.contains(':'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    let is_version =
        |text: &str| text.split_once('.').is_some_and(|(major, minor)| is_number(major) && is_number(minor));
    what.starts_with(['.', '*']) || what.contains('[') || !(is_uri || segments.next().is_some_and(is_version))
}

/// Whether an identifier names a version, or any.
fn has_version(mo_id: &str) -> bool {
    mo_id.rsplit_once(':').is_none_or(|(_, last)| last == "*" || last.starts_with(|first: char| first.is_ascii_digit()))
}

/// Looks into every tree of a file. A file of another kind has none, so nothing is in it.
fn look_at(search: &Search<'_>, file: &File<'_>, as_json: bool, has_versions: &AtomicBool) -> Report {
    let mut report = Report::default();
    let mut room = Room::of(file.octets.len());
    trees::look(file, &mut report, |_, tree, report| {
        if room.is_over() {
            return;
        }
        let mut tell = |node: Node<'_>| {
            report.found = true;
            let uri = room.uri(node.uri())?;
            let line = match (as_json, file.of_many) {
                (true, _) => match node.mo_id() {
                    Some(mo_id) => json!({"file": file.name, "mo_id": mo_id, "uri": uri}).to_string(),
                    None => json!({"file": file.name, "uri": uri}).to_string(),
                },
                (false, true) => format!("{}:{}", display_name(file.name), visible(&uri)),
                (false, false) => visible(&uri),
            };
            // Writing to a String does not fail; so everywhere in this command.
            let _ = writeln!(report.out, "{line}");
            Ok(())
        };
        let told: Result<(), String> = match search {
            Search::Pattern(pattern, principal) => tree.select_for(pattern, *principal).try_for_each(tell),
            Search::Object { search, versions, below } => {
                // The URI was read before; a tree without this node has nothing below it.
                let Ok(Some(start)) = tree.get(below) else { return };
                let told = search.find_below(start).try_for_each(&mut tell);
                if let Some(versions) = versions.as_ref().filter(|_| !report.found)
                    && versions.find_below(start).next().is_some()
                {
                    has_versions.store(true, Ordering::Relaxed);
                }
                told
            }
        };
        if let Err(what) = told {
            report.fail(file.name, &what);
        }
    });
    report
}
