//! `omadm find`: where a management object is.

use super::print::visible;
use super::report::{File, Report, display_name};
use crate::markup::Options;
use crate::syncml::Message;
use crate::{Error, Kind, detect, tnds};
use serde_json::json;
use std::fmt::Write as _;

pub(super) fn run(mo_id: &str, file: &File<'_>, as_json: bool) -> Report {
    let mut report = Report::default();
    let search = |octets, options: &Options| search(mo_id, octets, options);
    let Some((uris, errors)) = report.decode(file, search) else { return report };
    report.found = !uris.is_empty();
    for uri in uris {
        let line = match (as_json, file.of_many) {
            (true, _) => json!({"file": file.name, "mo_id": mo_id, "uri": uri}).to_string(),
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

/// All instances in a document: in the tree that it is, or in the trees of its items; with what keeps single trees of a
/// message from being read.
fn search(mo_id: &str, octets: &[u8], options: &Options) -> Result<(Vec<String>, Vec<Error>), Error> {
    let mut uris = Vec::new();
    let mut errors = Vec::new();
    match detect(octets)? {
        Kind::Tree => {
            let tree = tnds::decode_with(octets, options)?;
            uris.extend(tree.find_mo(mo_id).map(|node| node.uri().to_string()));
        }
        Kind::SyncMl => {
            let message = Message::decode_with(octets, options)?;
            for tree in tnds::in_message(&message, options) {
                match tree {
                    Ok((_, tree)) => uris.extend(tree.find_mo(mo_id).map(|node| node.uri().to_string())),
                    Err(error) => errors.push(error),
                }
            }
        }
        // Others have no tree, so nothing is in it.
        Kind::Notification | Kind::Push | Kind::Description | Kind::DevInf | Kind::MetInf | Kind::Provisioning => {}
    }
    Ok((uris, errors))
}
