//! The trees in a file: the one that it is, or those in the items of a message.

use super::print::visible;
use super::report::{File, Report};
use crate::markup::Options;
use crate::query::Uri;
use crate::syncml::Message;
use crate::tree::{EditOptions, Tree};
use crate::{Kind, detect, tnds};

/// Hands every tree of a file to `take`, with the URI that the item of a message has for it; says what is wrong with the others.
/// What kind of file it is, if it can be read.
pub(super) fn look(
    file: &File<'_>,
    report: &mut Report,
    mut take: impl FnMut(Option<&str>, Tree<'_>, &mut Report),
) -> Option<Kind> {
    let kind = report.decode(file, |octets, _| detect(octets))?;
    match kind {
        Kind::Tree => take(None, report.decode(file, tnds::decode_with)?, report),
        Kind::SyncMl => {
            let decode = |octets, options: &Options| Ok((Message::decode_with(octets, options)?, *options));
            let (message, options) = report.decode(file, decode)?;
            for tree in tnds::in_message(&message, &options) {
                match tree {
                    Ok((item, tree)) => take(item.node_uri(), tree, report),
                    Err(error) => report.fail_at(file, error),
                }
            }
        }
        Kind::Notification | Kind::Push | Kind::Description | Kind::DevInf | Kind::MetInf | Kind::Provisioning => {}
    }
    Some(kind)
}

/// As [`look`], and says so if there is no tree.
pub(super) fn each(file: &File<'_>, report: &mut Report, mut take: impl FnMut(Option<&str>, Tree<'_>, &mut Report)) {
    let mut found = false;
    let kind = look(file, report, |uri, tree, report| {
        found = true;
        take(uri, tree, report);
    });
    match kind {
        Some(Kind::SyncMl) if !found && !report.failed && !file.in_folder => {
            report.fail(file.name, "a SyncML message without a tree in it");
        }
        Some(Kind::Tree | Kind::SyncMl) | None => {}
        Some(_) if file.in_folder => {}
        Some(other) => report.fail(file.name, &format!("not a tree: this is a {other}")),
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

/// Checks what was given as the URI of a node; says what is wrong with it.
pub(super) fn check_uri(uri: &str) -> Result<(), String> {
    let parsed = Uri::parse_names(uri);
    let parsed = parsed.map_err(|error| format!("{}: byte {}: {}", visible(uri), error.offset(), error.kind()))?;
    match parsed.query() {
        None => Ok(()),
        Some(_) => Err(format!("{}: a URI without a query is expected here", visible(uri))),
    }
}
