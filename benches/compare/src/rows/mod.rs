//! The rows of the table: what is measured, on what, against whom, and what is wanted.

mod message;

use crate::ffi::Reads;
use crate::inputs::Input;
use crate::measure::Contestant;

/// The name of our side.
pub const OURS: &str = "omadm";

/// A row of the table.
pub struct Row {
    pub id: &'static str,
    pub title: &'static str,
    /// What the reader should know of how it is measured.
    pub text: &'static str,
    pub cases: Vec<Case>,
}

/// One input of a row.
pub struct Case {
    pub id: &'static str,
    pub title: &'static str,
    /// Contestants, ours first. Called in the process that measures, so that no other case's documents are in its memory.
    pub build: fn() -> Vec<Option<Contestant>>,
    pub is_fresh: bool,
    /// Compares the most memory, not the time.
    pub is_memory: bool,
    pub targets: Vec<Target>,
}

impl Case {
    fn new(id: &'static str, title: &'static str, build: fn() -> Vec<Option<Contestant>>) -> Case {
        Case { id, title, build, is_fresh: false, is_memory: false, targets: Vec::new() }
    }

    /// In a process of its own, on the first pass.
    fn fresh(mut self) -> Case {
        self.is_fresh = true;
        self
    }

    /// So many times faster than a peer.
    fn times(mut self, factor: f64, peer: &'static str) -> Case {
        self.targets.push(Target::Times { factor, peer });
        self
    }

    /// So many nanoseconds for each of `units`.
    fn within(mut self, nanoseconds: f64, units: f64, words: &'static str) -> Case {
        self.targets.push(Target::Within { limit: nanoseconds * units, words });
        self
    }
}

/// What is wanted of us in a case.
pub enum Target {
    Times { factor: f64, peer: &'static str },
    Within { limit: f64, words: &'static str },
}

pub fn all() -> Vec<Row> {
    vec![message::decode_xml()]
}

/// A peer that reads the whole input, and sees so many of what it counts.
fn reader(name: &'static str, peer: Option<Reads>, input: Input, expected: i64) -> Option<Contestant> {
    let peer = peer?;
    let contestant = Contestant::new(name, move || peer.run(input, false));
    Some(contestant.sees(expected, move || peer.run(input, true)))
}
