//! Many files through one command: read and decoded in parallel, printed in the order of their names.

use super::report::{File, Report};
use rayon::prelude::*;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What became of all files.
#[derive(Clone, Copy, Default)]
pub(super) struct Outcome {
    /// Something could not be read.
    pub(super) failed: bool,
    /// Nothing was found, or a check said no.
    pub(super) missed: bool,
}

/// A file to read.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) in_folder: bool,
}

/// Runs `command` on every file and prints the reports. Exit status as grep.
pub(super) fn run(names: &[String], command: impl Fn(&File<'_>) -> Report + Sync) -> io::Result<Outcome> {
    let mut out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout()));
    let mut outcome = Outcome::default();
    let mut found = false;
    let mut refused = false;
    each(names, command, |_, report| {
        eprint!("{}", report.err);
        out.write_all(report.out.as_bytes())?;
        outcome.failed |= report.failed;
        found |= report.found;
        refused |= report.refused;
        Ok(())
    })?;
    out.flush()?;
    outcome.missed = refused || !found;
    Ok(outcome)
}

/// Runs `work` on every file, some at a time in parallel, and hands the results to `take` in order.
pub(super) fn each<T: From<Report> + Send>(
    names: &[String],
    work: impl Fn(&File<'_>) -> T + Sync,
    mut take: impl FnMut(&Entry, T) -> io::Result<()>,
) -> io::Result<()> {
    // Results wait for their turn; this bounds how many do.
    const AT_A_TIME: usize = 256;
    let mut entries = Vec::new();
    let mut unreadable = Vec::new();
    for name in names {
        list(name, &mut entries, &mut unreadable);
    }
    for (name, error) in unreadable {
        let mut report = Report::default();
        report.fail(&name, &error.to_string());
        take(&Entry { name, in_folder: false }, report.into())?;
    }
    let of_many = entries.len() > 1;
    let mut progress = Progress::new(entries.len());
    for chunk in entries.chunks(AT_A_TIME) {
        let results: Vec<T> = chunk
            .par_iter()
            .map(|entry| match read(&entry.name) {
                Ok(octets) => {
                    let Entry { name, in_folder } = entry;
                    work(&File { name, octets: &octets, of_many, in_folder: *in_folder })
                }
                Err(error) => {
                    let mut report = Report::default();
                    report.fail(&entry.name, &error.to_string());
                    report.into()
                }
            })
            .collect();
        progress.clear();
        for (entry, result) in chunk.iter().zip(results) {
            take(entry, result)?;
        }
        progress.advance(chunk.len());
    }
    progress.clear();
    Ok(())
}

/// Adds a file, or all files below a folder in the order of their names.
fn list(name: &str, entries: &mut Vec<Entry>, unreadable: &mut Vec<(String, io::Error)>) {
    if name == "-" || !Path::new(name).is_dir() {
        entries.push(Entry { name: name.to_owned(), in_folder: false });
        return;
    }
    let mut folders = vec![name.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let listed = std::fs::read_dir(&folder).and_then(|entries| entries.collect::<io::Result<Vec<_>>>());
        let listed = match listed {
            Ok(listed) => listed,
            Err(error) => {
                unreadable.push((folder, error));
                continue;
            }
        };
        for entry in listed {
            let path = entry.path();
            let Some(path_name) = path.to_str() else { continue };
            // Links to folders are not followed: they can lead in circles.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path_name.to_owned()),
                Ok(_) if path.is_file() => found.push(path_name.to_owned()),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    entries.extend(found.into_iter().map(|name| Entry { name, in_folder: true }));
}

fn read(name: &str) -> io::Result<Vec<u8>> {
    if name != "-" {
        return std::fs::read(name);
    }
    let mut octets = Vec::new();
    io::stdin().lock().read_to_end(&mut octets)?;
    Ok(octets)
}

/// Says on a terminal how far long work is.
struct Progress {
    all: usize,
    done: usize,
    since: Instant,
    shown: bool,
    terminal: bool,
}

impl Progress {
    fn new(all: usize) -> Progress {
        Progress { all, done: 0, since: Instant::now(), shown: false, terminal: io::stderr().is_terminal() }
    }

    fn advance(&mut self, by: usize) {
        const PATIENCE: Duration = Duration::from_secs(1);
        self.done = self.done.saturating_add(by);
        if self.terminal && self.done < self.all && self.since.elapsed() > PATIENCE {
            eprint!("\romadm: {} of {} files", self.done, self.all);
            self.shown = true;
        }
    }

    fn clear(&mut self) {
        if self.shown {
            eprint!("\r\x1B[K");
            self.shown = false;
        }
    }
}
