//! Files in, and what to say when one cannot be read.

use super::print::visible;
use crate::markup::Options;
use crate::{Error, ErrorKind};
use std::io::{self, Read};

/// Counts the files that could not be read, and says so on standard error.
#[derive(Default)]
pub(super) struct Failures {
    count: usize,
}

impl Failures {
    pub(super) fn any(&self) -> bool {
        self.count > 0
    }

    /// Says what is wrong with a file.
    pub(super) fn report(&mut self, file: &str, what: &str) {
        self.count = self.count.saturating_add(1);
        eprintln!("omadm: {}: {what}", name(file));
    }

    /// Says where a document is broken, and what was expected.
    pub(super) fn report_error(&mut self, file: &str, input: &[u8], error: Error) {
        self.report(file, &explain(error, input));
    }
}

/// What a file is called in messages.
pub(super) fn name(file: &str) -> String {
    if file == "-" { "(standard input)".to_owned() } else { visible(file) }
}

/// An error with its place: byte, line and column, elements.
fn explain(error: Error, input: &[u8]) -> String {
    let location = error.locate(input).to_string();
    let inner = error.inner().map(|inner| format!(" (byte {inner} of the document inside)")).unwrap_or_default();
    let location = if location.is_empty() { location } else { format!(", {}", visible(&location)) };
    format!("byte {}{inner}{location}: {}", error.offset(), error.kind())
}

/// Reads a file, or standard input.
pub(super) fn read(file: &str, failures: &mut Failures) -> Option<Vec<u8>> {
    let outcome = if file == "-" {
        let mut octets = Vec::new();
        io::stdin().lock().read_to_end(&mut octets).map(|_| octets)
    } else {
        std::fs::read(file)
    };
    outcome.map_err(|error| failures.report(file, &error.to_string())).ok()
}

/// Decodes a document. One whose only fault is a bare `&` is read all the same, with a warning: this is a tool for
/// looking at files as they are.
pub(super) fn decode<'a, T>(
    file: &str,
    input: &'a [u8],
    failures: &mut Failures,
    decode: impl Fn(&'a [u8], &Options) -> Result<T, Error>,
) -> Option<T> {
    let strict = Options::default();
    let outcome = match decode(input, &strict) {
        Err(error) if error.kind() == ErrorKind::XmlBareAmpersand => {
            let lenient = decode(input, &Options { bare_ampersand: true, ..strict });
            if lenient.is_ok() {
                eprintln!("omadm: {}: warning: {}; taken as it stands", name(file), explain(error, input));
            }
            lenient
        }
        outcome => outcome,
    };
    outcome.map_err(|error| failures.report_error(file, input, error)).ok()
}
