//! `omadm find`: where a management object is, or the nodes of a pattern.

use super::Many;
use super::print::visible;
use super::report::{File, Report, display_name};
use crate::markup::Options;
use crate::query::{MoSearch, Pattern, Uri};
use crate::syncml::Message;
use crate::tree::{Node, Principal, Tree};
use crate::{Error, Kind, detect, tnds};
use clap::Args;
use serde_json::json;
use std::fmt::Write as _;

/// What to find, and where.
#[derive(Args)]
pub(super) struct Find {
    /// The identifier of a management object, such as urn:oma:mo:oma-fumo:1.0, with :* for any version; or a pattern, which begins
    /// with . or * or has conditions in brackets
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
    pub(super) files: Many,
}

/// What to find, once the arguments are understood.
pub(super) enum Search<'f> {
    Object(MoSearch<'f>, Option<&'f str>),
    Pattern(Pattern<'f>, Principal<'f>),
}

/// A node that was found.
struct Found {
    uri: String,
    mo_id: Option<String>,
}

impl Found {
    fn new(node: Node<'_>) -> Found {
        Found { uri: node.uri().to_string(), mo_id: node.mo_id().map(str::to_owned) }
    }
}

impl Find {
    /// Understands the arguments.
    pub(super) fn search(&self) -> Result<Search<'_>, String> {
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
        if let Some(below) = &self.below
            && Uri::parse_names(below).map_err(explain(below))?.query().is_some()
        {
            return Err(format!("{}: a URI without a query is expected here", visible(below)));
        }
        let mut search = MoSearch::new().id(&self.what).principal(principal);
        for condition in &self.conditions {
            search = match condition.split_once('=') {
                Some((path, value)) => search.with_value(path, value),
                None => search.with_node(condition),
            }
            .map_err(explain(condition))?;
        }
        Ok(Search::Object(search, self.below.as_deref()))
    }
}

/// Identifiers are URNs, or names with slashes inside: they neither begin so nor have brackets.
fn is_pattern(what: &str) -> bool {
    what.starts_with(['.', '*']) || what.contains('[')
}

pub(super) fn run(search: &Search<'_>, file: &File<'_>, as_json: bool) -> Report {
    let mut report = Report::default();
    let Some((found, errors)) = report.decode(file, |octets, options| look(search, octets, options)) else {
        return report;
    };
    report.found = !found.is_empty();
    for Found { uri, mo_id } in found {
        let line = match (as_json, file.of_many) {
            (true, _) => match mo_id {
                Some(mo_id) => json!({"file": file.name, "mo_id": mo_id, "uri": uri}).to_string(),
                None => json!({"file": file.name, "uri": uri}).to_string(),
            },
            (false, true) => format!("{}:{}", display_name(file.name), visible(&uri)),
            (false, false) => visible(&uri),
        };
        // Writing to a String does not fail; so everywhere in this command.
        let _ = writeln!(report.out, "{line}");
    }
    for error in errors {
        report.fail_at(file, error);
    }
    report
}

/// All that is found in a document: in the tree that it is, or in the trees of its items; with what keeps single trees of a
/// message from being read.
fn look(search: &Search<'_>, octets: &[u8], options: &Options) -> Result<(Vec<Found>, Vec<Error>), Error> {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    match detect(octets)? {
        Kind::Tree => look_into(search, &tnds::decode_with(octets, options)?, &mut found),
        Kind::SyncMl => {
            let message = Message::decode_with(octets, options)?;
            for tree in tnds::in_message(&message, options) {
                match tree {
                    Ok((_, tree)) => look_into(search, &tree, &mut found),
                    Err(error) => errors.push(error),
                }
            }
        }
        // Others have no tree, so nothing is in it.
        Kind::Notification | Kind::Push | Kind::Description | Kind::DevInf | Kind::MetInf | Kind::Provisioning => {}
    }
    Ok((found, errors))
}

fn look_into(search: &Search<'_>, tree: &Tree<'_>, found: &mut Vec<Found>) {
    match search {
        Search::Pattern(pattern, principal) => found.extend(tree.select_for(pattern, *principal).map(Found::new)),
        Search::Object(search, None) => found.extend(search.find(tree).map(Found::new)),
        Search::Object(search, Some(below)) => {
            // The URI was read before; a tree without this node has nothing below it.
            if let Ok(Some(start)) = tree.get(below) {
                found.extend(search.find_below(start).map(Found::new));
            }
        }
    }
}
