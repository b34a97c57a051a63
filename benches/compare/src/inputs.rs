//! The documents, made by `make_inputs.py`.

use std::fs;
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
        let path = folder().join(name);
        // A quarter of the memory to spare, as reading with no size known would leave, shall not count.
        let size = fs::metadata(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).len();
        let mut octets = Vec::with_capacity(size as usize + 1);
        let mut file = fs::File::open(&path).expect("the input");
        std::io::Read::read_to_end(&mut file, &mut octets).expect("the input");
        Input::of(octets, counts(name))
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

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

pub fn folder() -> &'static Path {
    FOLDER.get().expect("set by main")
}

pub fn set_folder(path: PathBuf) {
    FOLDER.set(path).expect("once");
}

fn counts(name: &str) -> Counts {
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
