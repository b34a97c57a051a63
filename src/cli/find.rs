//! `omadm find`: where a management object is.

use super::input::{Failures, decode, name, read};
use super::print::visible;
use crate::markup::Options;
use crate::syncml::Message;
use crate::{Error, Kind, detect, tnds};
use std::io::{self, Write};

pub(super) fn run(mo_id: &str, files: &[String], out: &mut impl Write, failures: &mut Failures) -> io::Result<bool> {
    let mut found = false;
    for file in files {
        let Some(input) = read(file, failures) else { continue };
        let search = |input, options: &Options| search(mo_id, input, options);
        let Some(uris) = decode(file, &input, failures, search) else { continue };
        for uri in uris {
            found = true;
            if files.len() > 1 {
                write!(out, "{}:", name(file))?;
            }
            writeln!(out, "{}", visible(&uri))?;
        }
    }
    Ok(found)
}

/// All instances in a document: in the tree that it is, or in the trees of its items.
fn search(mo_id: &str, input: &[u8], options: &Options) -> Result<Vec<String>, Error> {
    let mut uris = Vec::new();
    match detect(input)? {
        Kind::Tree => {
            let tree = tnds::decode_with(input, options)?;
            uris.extend(tree.find_mo(mo_id).map(|node| node.uri().to_string()));
        }
        Kind::SyncMl => {
            let message = Message::decode_with(input, options)?;
            for tree in tnds::in_message(&message, options) {
                uris.extend(tree?.1.find_mo(mo_id).map(|node| node.uri().to_string()));
            }
        }
        // Others have no tree, so nothing is in it.
        Kind::Notification | Kind::Push | Kind::Description | Kind::DevInf | Kind::MetInf | Kind::Provisioning => {}
    }
    Ok(uris)
}
