//! Descriptions read from files and folders, for the commands that need a schema.

use super::files;
use super::print::visible;
use super::report::{File, Report};
use crate::ddf::{self, Schema};
use crate::{Kind, detect};
use std::io;
use std::path::PathBuf;

/// A schema, and the files that its documents came from.
pub(super) struct Loaded {
    pub(super) schema: Schema<'static>,
    pub(super) names: Vec<String>,
    /// How long these files are together.
    pub(super) octets: usize,
    /// Something could not be read; standard error says what.
    pub(super) failed: bool,
}

struct One {
    schema: Option<(Schema<'static>, String, usize)>,
    report: Report,
}

impl From<Report> for One {
    fn from(report: Report) -> One {
        One { schema: None, report }
    }
}

/// Reads all descriptions. What else lies in a folder is passed over.
pub(super) fn load(names: &[PathBuf]) -> io::Result<Loaded> {
    let mut loaded = Loaded { schema: Schema::new(), names: Vec::new(), octets: 0, failed: false };
    files::each(names, one, |one: One| {
        files::complain(&one.report.err);
        loaded.failed |= one.report.failed;
        if let Some((schema, name, octets)) = one.schema {
            loaded.schema.merge(schema);
            loaded.names.push(name);
            loaded.octets = loaded.octets.saturating_add(octets);
        }
        Ok(())
    })?;
    if loaded.names.is_empty() && !loaded.failed {
        let names: Vec<String> = names.iter().map(|name| visible(&name.to_string_lossy())).collect();
        files::complain(&format!("omadm: {}: no device description\n", names.join(" ")));
        loaded.failed = true;
    }
    Ok(loaded)
}

fn one(file: &File<'_>) -> One {
    let mut report = Report::default();
    let schema = match detect(file.octets) {
        Ok(Kind::Description) => report.decode(file, ddf::decode_with).map(Schema::into_owned),
        Ok(_) | Err(_) if file.in_folder => None,
        Ok(other) => {
            report.fail(file.name, &format!("not a device description: this is a {other}"));
            None
        }
        Err(error) => {
            report.fail_at(file, error);
            None
        }
    };
    One { schema: schema.map(|schema| (schema, file.name.to_owned(), file.octets.len())), report }
}
