//! What there is to say about one file.

use super::print::visible;
use crate::markup::Options;
use crate::{Error, ErrorKind};
use std::fmt::Write as _;

/// One file on its way through a command: its octets, and what is printed about it.
#[derive(Clone, Copy)]
pub(super) struct File<'f> {
    pub(super) name: &'f str,
    pub(super) octets: &'f [u8],
    /// One of several: lines begin with its name.
    pub(super) of_many: bool,
    /// Found in a folder, not named: what is of no known kind there is nobody's mistake.
    pub(super) in_folder: bool,
}

/// The faults of one file that are told with their places. Finding a place costs a reading of the file.
pub(super) const MOST_FAULTS: usize = 20;

/// What a command says about a file.
#[derive(Default)]
pub(super) struct Report {
    /// For standard output.
    pub(super) out: String,
    /// For standard output, as it is, behind that: nothing is taken out that a terminal would obey.
    pub(super) octets: Vec<u8>,
    /// For standard error.
    pub(super) err: String,
    /// What was looked for is there.
    pub(super) found: bool,
    /// Something could not be read.
    pub(super) failed: bool,
    /// Faults found in the file.
    faults: usize,
    /// A check said no, which is worse than finding nothing.
    pub(super) refused: bool,
}

impl Report {
    /// Says what is wrong with a file.
    pub(super) fn fail(&mut self, name: &str, what: &str) {
        self.failed = true;
        self.say(name, what);
    }

    pub(super) fn say(&mut self, name: &str, what: &str) {
        // Writing to a String does not fail.
        let _ = writeln!(self.err, "omadm: {}: {what}", display_name(name));
    }

    /// Says where a document is broken, and what was expected. Of a file with very many faults the first are told.
    pub(super) fn fail_at(&mut self, file: &File<'_>, error: Error) {
        if file.in_folder && error.kind() == ErrorKind::UnknownFormat {
            return;
        }
        self.faults = self.faults.saturating_add(1);
        if self.faults > MOST_FAULTS {
            self.failed = true;
            return;
        }
        self.fail(file.name, &explain(error, file.octets));
    }

    /// Says how many faults were not told.
    pub(super) fn close(&mut self, name: &str) {
        if self.faults > MOST_FAULTS {
            let more = self.faults.saturating_sub(MOST_FAULTS);
            self.say(name, &format!("and {more} more"));
        }
    }

    /// Decodes a document. One whose only fault is a bare `&` is read all the same, with a warning: this is a tool for
    /// looking at files as they are.
    pub(super) fn decode<'f, T>(
        &mut self,
        file: &File<'f>,
        decode: impl Fn(&'f [u8], &Options) -> Result<T, Error>,
    ) -> Option<T> {
        let strict = Options::default();
        let outcome = match decode(file.octets, &strict) {
            Err(error) if error.kind() == ErrorKind::XmlBareAmpersand => {
                let lenient = decode(file.octets, &Options { bare_ampersand: true, ..strict });
                if lenient.is_ok() {
                    let warning = format!("warning: {}; taken as it stands", explain(error, file.octets));
                    self.say(file.name, &warning);
                }
                lenient
            }
            outcome => outcome,
        };
        outcome.map_err(|error| self.fail_at(file, error)).ok()
    }
}

/// What a file is called in messages.
pub(super) fn display_name(name: &str) -> String {
    if name == "-" { "(standard input)".to_owned() } else { visible(name) }
}

/// An error with its place: byte, line and column, elements. Costs a reading of the file: for a few errors, at most [`MOST_FAULTS`].
pub(super) fn explain(error: Error, octets: &[u8]) -> String {
    let location = error.locate(octets).to_string();
    let inner = error.inner().map(|inner| format!(" (byte {inner} of the document inside)")).unwrap_or_default();
    let location = if location.is_empty() { location } else { format!(", {}", visible(&location)) };
    format!("byte {}{inner}{location}: {}", error.offset(), error.kind())
}
