//! The documents, made by `make_inputs.py`.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A document, for as long as the process lives. A NUL stands behind it, because rapidxml wants one.
#[derive(Clone, Copy)]
pub struct Input {
    with_nul: &'static [u8],
    pub counts: Counts,
}

/// What the script says is in a document.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    pub elements: i64,
    pub commands: i64,
    pub items: i64,
    pub nodes: i64,
}

impl Input {
    pub fn of(mut octets: Vec<u8>, counts: Counts) -> Input {
        octets.push(0);
        Input { with_nul: octets.leak(), counts }
    }

    pub fn load(name: &str) -> Input {
        Input::of(octets(name), counts(name))
    }

    pub fn octets(self) -> &'static [u8] {
        &self.with_nul[..self.with_nul.len() - 1]
    }

    pub fn text(self) -> &'static str {
        std::str::from_utf8(self.octets()).expect("UTF-8")
    }

    /// Of the octets and the NUL.
    pub fn as_ptr(self) -> *const u8 {
        self.with_nul.as_ptr()
    }
}

/// A file with room for one octet more, so that a NUL costs no second copy.
pub fn octets(name: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(size(name) as usize + 1);
    let mut file = fs::File::open(folder().join(name)).expect("the input");
    file.read_to_end(&mut octets).expect("the input");
    octets
}

/// Octets of a file.
pub fn size(name: &str) -> u64 {
    let path = folder().join(name);
    fs::metadata(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).len()
}

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

pub fn folder() -> &'static Path {
    FOLDER.get().expect("set by main")
}

pub fn set_folder(path: PathBuf) {
    FOLDER.set(path).expect("once");
}

pub fn counts(name: &str) -> Counts {
    let table = fs::read_to_string(folder().join("inputs.tsv")).expect("inputs.tsv");
    let row = table.lines().map(|line| line.split('\t').collect::<Vec<_>>()).find(|row| row[0] == name);
    let row: Vec<i64> = row.expect("a row").iter().skip(1).map(|number| number.parse().expect("a number")).collect();
    Counts { elements: row[0], commands: row[1], items: row[2], nodes: row[3] }
}

/// Runs the script, if it is newer than what it made.
pub fn make() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("make_inputs.py");
    let modified = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    if modified(&folder().join("inputs.tsv")) > modified(&script) {
        return;
    }
    println!("making the inputs in {}", folder().display());
    let done = Command::new("python3").arg(&script).arg(folder()).status().expect("python3");
    assert!(done.success(), "{} failed", script.display());
}
