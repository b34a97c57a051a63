//! The trees in a file: the one that it is, or those in the items of a message.

use super::print::visible;
use super::report::{File, Report};
use crate::markup::Options;
use crate::syncml::Message;
use crate::tree::{EditOptions, Tree};
use crate::{Kind, detect, tnds};

/// Hands every tree of a file to `take`, with the URI that the item of a message has for it; says what is wrong with the others,
/// or that there is none.
pub(super) fn each(file: &File<'_>, report: &mut Report, mut take: impl FnMut(Option<&str>, Tree<'_>, &mut Report)) {
    match report.decode(file, |octets, _| detect(octets)) {
        Some(Kind::Tree) => {
            if let Some(tree) = report.decode(file, tnds::decode_with) {
                take(None, tree, report);
            }
        }
        Some(Kind::SyncMl) => {
            let Some(message) = report.decode(file, Message::decode_with) else { return };
            let mut found = false;
            for tree in tnds::in_message(&message, &Options::default()) {
                match tree {
                    Ok((item, tree)) => {
                        found = true;
                        take(item.node_uri(), tree, report);
                    }
                    Err(error) => report.fail_at(file, error),
                }
            }
            if !found && !report.failed && !file.in_folder {
                report.fail(file.name, "a SyncML message without a tree in it");
            }
        }
        Some(other) if !file.in_folder => report.fail(file.name, &format!("not a tree: this is a {other}")),
        Some(_) | None => {}
    }
}

/// The tree of a file; of a message all its trees in one, later items over earlier ones. `None` if something cannot be read, which
/// the report says then, or if there is none.
pub(super) fn merged(file: &File<'_>, report: &mut Report) -> Option<Tree<'static>> {
    let mut merged: Option<Tree<'static>> = None;
    each(file, report, |uri, tree, report| match &mut merged {
        None => merged = Some(tree.into_owned()),
        Some(merged) => {
            if let Err(error) = merged.edit(&EditOptions::default()).merge_subtree(".", tree.root()) {
                let uri = visible(uri.unwrap_or("."));
                report
                    .fail(file.name, &format!("the tree at {uri} does not fit the trees before it: {}", error.kind()));
            }
        }
    });
    merged.filter(|_| !report.failed)
}
