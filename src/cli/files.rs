//! Many files through one command: read and decoded in parallel, printed in the order of their names.

use super::report::{File, Report};
use rayon::prelude::*;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
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
    path: PathBuf,
    name: String,
    in_folder: bool,
}

impl Entry {
    fn new(path: PathBuf, in_folder: bool) -> Entry {
        let name = path.to_string_lossy().into_owned();
        Entry { path, name, in_folder }
    }
}

/// Writes to standard error. Nobody has to listen: that it is closed is no reason to stop.
pub(super) fn complain(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Runs `command` on every file and prints the reports. Exit status as grep.
pub(super) fn run(names: &[PathBuf], command: impl Fn(&File<'_>) -> Report + Sync) -> io::Result<Outcome> {
    let mut printer = Printer::new();
    let whole = |file: &File<'_>| {
        let mut report = command(file);
        report.close(file.name);
        report
    };
    each(names, whole, |report| printer.print(&report))?;
    printer.done()
}

/// Runs `command` on all files together: the parts of one message. Each has its name.
pub(super) fn run_together(
    names: &[PathBuf],
    command: impl FnOnce(&[(String, Vec<u8>)]) -> Report,
) -> io::Result<Outcome> {
    let mut printer = Printer::new();
    let mut parts = Vec::new();
    let mut unreadable = Report::default();
    for path in names {
        let name = path.to_string_lossy().into_owned();
        match read(path) {
            Ok(octets) => parts.push((name, octets)),
            Err(error) => unreadable.fail(&name, &error.to_string()),
        }
    }
    printer.print(&if unreadable.failed { unreadable } else { command(&parts) })?;
    printer.done()
}

/// Prints reports, and says what became of all.
struct Printer {
    out: io::BufWriter<anstream::AutoStream<io::Stdout>>,
    outcome: Outcome,
    found: bool,
    refused: bool,
}

impl Printer {
    fn new() -> Printer {
        let out = io::BufWriter::new(anstream::AutoStream::auto(io::stdout()));
        Printer { out, outcome: Outcome::default(), found: false, refused: false }
    }

    fn print(&mut self, report: &Report) -> io::Result<()> {
        complain(&report.err);
        self.out.write_all(report.out.as_bytes())?;
        if !report.octets.is_empty() {
            self.out.flush()?;
            io::stdout().write_all(&report.octets)?;
        }
        self.outcome.failed |= report.failed;
        self.found |= report.found;
        self.refused |= report.refused;
        Ok(())
    }

    fn done(mut self) -> io::Result<Outcome> {
        self.out.flush()?;
        self.outcome.missed = self.refused || !self.found;
        Ok(self.outcome)
    }
}

/// Runs `work` on every file, some at a time in parallel, and hands the results to `take` in order.
pub(super) fn each<T: From<Report> + Send>(
    names: &[PathBuf],
    work: impl Fn(&File<'_>) -> T + Sync,
    mut take: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    // Results wait for their turn; this bounds how many do.
    const AT_A_TIME: usize = 256;
    let mut entries = Vec::new();
    let mut unreadable = Vec::new();
    for name in names {
        list(name, &mut entries, &mut unreadable);
    }
    for (folder, error) in unreadable {
        let mut report = Report::default();
        report.fail(&folder.to_string_lossy(), &error.to_string());
        take(report.into())?;
    }
    let of_many = entries.len() > 1 || entries.iter().any(|entry| entry.in_folder);
    let mut progress = Progress::new(entries.len());
    for chunk in entries.chunks(AT_A_TIME) {
        let results: Vec<T> = chunk
            .par_iter()
            .map(|entry| match read(&entry.path) {
                Ok(octets) => {
                    let Entry { name, in_folder, .. } = entry;
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
        for result in results {
            take(result)?;
        }
        progress.advance(chunk.len());
    }
    progress.clear();
    Ok(())
}

/// Adds a file, or all files below a folder in the order of their names.
fn list(path: &Path, entries: &mut Vec<Entry>, unreadable: &mut Vec<(PathBuf, io::Error)>) {
    if is_standard_input(path) || !path.is_dir() {
        entries.push(Entry::new(path.to_owned(), false));
        return;
    }
    let mut folders = vec![path.to_owned()];
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
            // Links to folders are not followed: they can lead in circles.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                Ok(_) if entry.path().is_file() => found.push(entry.path()),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    entries.extend(found.into_iter().map(|path| Entry::new(path, true)));
}

pub(super) fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses two names that are both standard input, which can be read once only; says so.
pub(super) fn is_same_input(one: &Path, other: &Path) -> bool {
    let is_same = is_standard_input(one) && is_standard_input(other);
    if is_same {
        complain("omadm: -: standard input can be read once only\n");
    }
    is_same
}

/// Reads a file, of the size that the library takes at most.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    const MOST: u64 = 1 << 32;
    let mut octets = Vec::new();
    if is_standard_input(path) {
        io::stdin().lock().take(MOST).read_to_end(&mut octets)?;
    } else {
        std::fs::File::open(path)?.take(MOST).read_to_end(&mut octets)?;
    }
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
            complain(&format!("\romadm: {} of {} files", self.done, self.all));
            self.shown = true;
        }
    }

    fn clear(&mut self) {
        if self.shown {
            complain("\r\x1B[K");
            self.shown = false;
        }
    }
}
