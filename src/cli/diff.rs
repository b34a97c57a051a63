//! `omadm diff`: what differs between two trees.

use super::files::{self, Outcome, complain};
use super::json;
use super::print::{BAD, GOOD, LABEL, NAME, indent, value, visible};
use super::report::{File, Report, display_name};
use super::room::Room;
use super::tree::{about, with_depth};
use super::trees;
use crate::tree::{Change, Differences, Node, Tree, diff};
use clap::Args;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What to compare.
#[derive(Args)]
pub(super) struct Diff {
    /// Print JSON, one object a change
    #[arg(long)]
    json: bool,
    /// Properties that are not compared: Value, Format, Type, ACL, Title, TStamp, VerNo
    #[arg(long, value_name = "PROP", value_delimiter = ',', value_parser = property)]
    ignore: Vec<Differences>,
    /// Compare only this node and what is below it; if one tree alone has it, it was added or removed
    #[arg(long, value_name = "URI")]
    below: Option<String>,
    /// The tree before; - is standard input
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The tree after
    #[arg(value_name = "B")]
    after: PathBuf,
}

/// The property with this name.
fn property(name: &str) -> Result<Differences, String> {
    let known = Differences::all().iter().find(|known| known.to_string() == name);
    known.ok_or_else(|| format!("expected one of {}", Differences::all()))
}

impl Diff {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        let failed = Ok(Outcome { failed: true, missed: false });
        if files::is_same_input(&self.before, &self.after) {
            return failed;
        }
        let below = self.below.as_deref().unwrap_or(".");
        if let Err(message) = trees::check_uri(below) {
            complain(&format!("omadm: {message}\n"));
            return failed;
        }
        let (Some((before, one)), Some((after, other))) = (read(&self.before), read(&self.after)) else {
            return failed;
        };
        let Some(changes) = self.changes(&before, &after, below) else {
            complain(&format!("omadm: {}: neither tree has this node\n", visible(below)));
            return failed;
        };
        let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout()));
        let mut room = Room::of(one.saturating_add(other));
        let mut line = String::new();
        for change in &changes {
            let told = match room.uri(change.uri()) {
                Ok(uri) if self.json => json(change, uri, &mut room, &mut line),
                Ok(uri) => {
                    print(change, &uri, &mut out)?;
                    Ok(())
                }
                Err(what) => Err(what),
            };
            if let Err(what) = told {
                out.flush()?;
                let name = |path: &Path| display_name(&path.to_string_lossy());
                complain(&format!("omadm: {} and {}: {what}\n", name(&self.before), name(&self.after)));
                return failed;
            }
            out.write_all(line.as_bytes())?;
            line.clear();
        }
        out.flush()?;
        Ok(Outcome { failed: false, missed: !changes.is_empty() })
    }

    /// What differs at a node and below it; none if neither tree has it.
    fn changes<'b, 'a>(&self, before: &'b Tree<'_>, after: &'a Tree<'_>, below: &str) -> Option<Vec<Change<'b, 'a>>> {
        let ignored = self.ignore.iter().fold(Differences::empty(), |all, property| all | *property);
        // The URI was read before.
        match (before.get(below).ok()?, after.get(below).ok()?) {
            (Some(before), Some(after)) => Some(diff(before, after, !ignored).changes().collect()),
            (Some(before), None) => Some(vec![Change::Removed(before)]),
            (None, Some(after)) => Some(vec![Change::Added(after)]),
            (None, None) => None,
        }
    }
}

/// The tree in a file, and how long the file is; says what is wrong with it if there is none. Descriptions are compared by `omadm ddf`.
fn read(path: &Path) -> Option<(Tree<'static>, usize)> {
    let name = path.to_string_lossy();
    let mut report = Report::default();
    let tree = match files::read(path) {
        Ok(octets) => {
            let file = File { name: &name, octets: &octets, of_many: false, in_folder: false };
            let tree = trees::merged(&file, &mut report);
            report.close(&name);
            tree.map(|tree| (tree, octets.len()))
        }
        Err(error) => {
            report.fail(&name, &error.to_string());
            None
        }
    };
    complain(&report.err);
    tree
}

fn print(change: &Change<'_, '_>, uri: &str, out: &mut impl Write) -> io::Result<()> {
    let uri = visible(uri);
    match change {
        Change::Added(node) => subtree(format!("{GOOD}+ {uri}{GOOD:#}"), *node, out),
        Change::Removed(node) => subtree(format!("{BAD}- {uri}{BAD:#}"), *node, out),
        Change::Changed { before, after, what } => {
            writeln!(out, "{NAME}! {uri}{NAME:#}")?;
            for property in what.iter() {
                let shown = |node| text(node, property).map_or_else(|| "(none)".to_owned(), value);
                writeln!(out, "    {LABEL}{property}{LABEL:#} {} -> {}", shown(*before), shown(*after))?;
            }
            Ok(())
        }
    }
}

/// A node that is on one side only, with everything below it.
fn subtree(head: String, top: Node<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut line = head;
    for (node, depth) in with_depth(top) {
        if depth > 0 {
            let columns = indent(depth.saturating_mul(2).saturating_add(2));
            line = format!("{:columns$}{}", "", visible(node.name()));
        }
        about(node, &mut line);
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// What a node has of this property.
fn text<'t>(node: Node<'t>, property: Differences) -> Option<&'t [u8]> {
    let text = match property {
        Differences::VALUE => return node.value().map(|value| value.bytes()),
        Differences::FORMAT => Some(node.format().name()),
        Differences::TYPE => {
            if node.is_interior() {
                node.mo_id()
            } else {
                node.media_type()
            }
        }
        Differences::ACL => node.acl(),
        Differences::TITLE => node.title(),
        Differences::TSTAMP => node.tstamp(),
        Differences::VER_NO => node.ver_no(),
        _ => None,
    };
    text.map(str::as_bytes)
}

/// Writes the line of a change; nothing, and what to say of that, if there is no room for it.
fn json(change: &Change<'_, '_>, uri: String, room: &mut Room, out: &mut String) -> Result<(), String> {
    let object = |kind: &str| json::Object::default().with("change", kind).with("uri", uri);
    match change {
        Change::Added(node) => object("added").write_with("nodes", json::subtree(*node, room), out)?,
        Change::Removed(node) => object("removed").write_with("nodes", json::subtree(*node, room), out)?,
        Change::Changed { before, after, what } => {
            let properties = what.iter().map(|property| {
                let property = json::Object::default()
                    .with("property", property.to_string())
                    .with("old", text(*before, property).map(json::octets))
                    .with("new", text(*after, property).map(json::octets));
                Ok::<_, String>(property.done())
            });
            object("changed").write_with("properties", properties, out)?;
        }
    }
    out.push('\n');
    Ok(())
}
