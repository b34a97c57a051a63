//! `omadm ddf`: device descriptions, counted and compared.

use super::Many;
use super::files::{self, Outcome};
use super::json::Object;
use super::print::{BAD, GOOD, LABEL, NAME, value, visible};
use super::report::display_name;
use super::room::Room;
use super::schema;
use crate::ddf::{Census, Change};
use clap::Subcommand;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(super) enum Command {
    /// Count what is in device descriptions: trees, nodes, formats, kinds of values
    #[command(after_help = "Examples:
  omadm ddf census descriptions/
  omadm ddf census --json descriptions/ | jq .formats.chr

Exit status: 0 counted, 2 something could not be read, or there is no description.")]
    Census(Many),
    /// Compare two versions of device descriptions, files or folders
    #[command(after_help = "Examples:
  omadm ddf diff DDFv2May24/ DDFv2Nov25/
  omadm ddf diff --json old.xml new.xml | jq -r 'select(.change == \"added\") | .uri'

Nodes are the same whose URIs are, in whatever file. - was removed, + was added, ! differs, with what it said and says.
Exit status as diff: 0 the same, 1 different, 2 something could not be read.")]
    Diff {
        /// Print JSON, one object a line
        #[arg(long)]
        json: bool,
        /// The older description, or a folder of them
        old: PathBuf,
        /// The newer one
        new: PathBuf,
    },
}

pub(super) fn run(command: &Command) -> io::Result<Outcome> {
    match command {
        Command::Census(many) => census(many),
        Command::Diff { json, old, new } => diff(old, new, *json),
    }
}

fn census(many: &Many) -> io::Result<Outcome> {
    let loaded = schema::load(&many.files)?;
    if loaded.schema.documents().len() == 0 {
        return Ok(Outcome { failed: loaded.failed, missed: false });
    }
    let mut census = Census::default();
    census.add(&loaded.schema);
    let mut out = anstream::AutoStream::auto(io::stdout());
    if many.json {
        writeln!(out, "{}", json(&census))?;
    } else {
        for (name, count) in singles(&census) {
            let name = name.replace('_', " ");
            writeln!(out, "{LABEL}{name:<16}{LABEL:#} {NAME}{count:>8}{NAME:#}")?;
        }
        for (name, counts) in groups(&census) {
            writeln!(out, "{LABEL}{}{LABEL:#}", name.replace('_', " "))?;
            for (name, count) in counts {
                writeln!(out, "  {name:<14} {count:>8}")?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome { failed: loaded.failed, missed: false })
}

fn singles(census: &Census) -> [(&'static str, usize); 15] {
    [
        ("documents", census.documents),
        ("trees", census.trees),
        ("nodes", census.nodes),
        ("leaves", census.leaves),
        ("interior", census.interior),
        ("unnamed", census.unnamed),
        ("permanent", census.permanent),
        ("objects", census.objects),
        ("defaults", census.defaults),
        ("lists", census.lists),
        ("applicability", census.applicability),
        ("deprecated", census.deprecated),
        ("atomic_required", census.atomic_required),
        ("dependencies", census.dependencies),
        ("gp_mappings", census.gp_mappings),
    ]
}

type Group<'c> = (&'static str, &'c BTreeMap<&'static str, usize>);

fn groups(census: &Census) -> [Group<'_>; 4] {
    [
        ("formats", &census.formats),
        ("occurrences", &census.occurrences),
        ("commands", &census.commands),
        ("value_kinds", &census.value_kinds),
    ]
}

fn json(census: &Census) -> Value {
    let object = singles(census).into_iter().fold(Object::default(), |object, (name, count)| object.with(name, count));
    let with = |object: Object, (name, counts): Group<'_>| {
        object.with(name, counts.iter().fold(Object::default(), |all, (name, count)| all.with(name, *count)).done())
    };
    groups(census).into_iter().fold(object, with).done()
}

fn diff(old: &Path, new: &Path, as_json: bool) -> io::Result<Outcome> {
    if files::is_same_input(old, new) {
        return Ok(Outcome { failed: true, missed: false });
    }
    let names = [old, new].map(|path| display_name(&path.to_string_lossy()));
    let (old, new) = (schema::load(&[old.to_owned()])?, schema::load(&[new.to_owned()])?);
    if old.failed || new.failed {
        return Ok(Outcome { failed: true, missed: false });
    }
    let changes = old.schema.changes(&new.schema);
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    let mut room = Room::of(old.octets.saturating_add(new.octets));
    for change in &changes {
        let uri = match room.uri(change.node().uri()) {
            Ok(uri) => uri,
            Err(what) => {
                out.flush()?;
                files::complain(&format!("omadm: {}: {what}\n", names.join(" and ")));
                return Ok(Outcome { failed: true, missed: false });
            }
        };
        if as_json {
            writeln!(out, "{}", change_json(change, &uri))?;
            continue;
        }
        let uri = visible(&uri);
        match change {
            Change::Added(_) => writeln!(out, "{GOOD}+ {uri}{GOOD:#}")?,
            Change::Removed(_) => writeln!(out, "{BAD}- {uri}{BAD:#}")?,
            Change::Changed { old, new, properties } => {
                writeln!(out, "{NAME}! {uri}{NAME:#}")?;
                for property in properties {
                    let shown = |text: Option<String>| text.map_or("(none)".to_owned(), |text| value(text.as_bytes()));
                    let (was, is) = (shown(property.text(old)), shown(property.text(new)));
                    writeln!(out, "    {LABEL}{}{LABEL:#} {was} -> {is}", visible(property.name()))?;
                }
            }
        }
    }
    out.flush()?;
    Ok(Outcome { failed: false, missed: !changes.is_empty() })
}

fn change_json(change: &Change<'_>, uri: &str) -> Value {
    let (name, properties) = match change {
        Change::Added(_) => ("added", None),
        Change::Removed(_) => ("removed", None),
        Change::Changed { old, new, properties } => {
            let property = |property: &crate::ddf::DfProperty<'_>| {
                Object::default()
                    .with("property", property.name())
                    .with("old", property.text(old))
                    .with("new", property.text(new))
                    .done()
            };
            ("changed", Some(properties.iter().map(property).collect::<Vec<_>>()))
        }
    };
    Object::default().with("change", name).with("uri", uri).with("properties", properties).done()
}
