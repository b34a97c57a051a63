//! The rows of the table: what is measured, on what, against whom, and what is wanted.

mod convert;
mod document;
mod message;
mod notification;
mod tree;

use crate::ffi::{Acts, Handle, Reads};
use crate::inputs::{self, Input};
use crate::measure::Contestant;
use std::rc::Rc;

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

    /// So many nanoseconds at most.
    fn within(mut self, nanoseconds: f64, words: &'static str) -> Case {
        self.targets.push(Target::Within { limit: nanoseconds, words });
        self
    }

    /// So many times the size of a file at most, in memory.
    fn memory(mut self, factor: f64, file: &str, words: &'static str) -> Case {
        self.is_memory = true;
        self.targets.push(Target::Within { limit: inputs::size(file) as f64 * factor, words });
        self.fresh()
    }
}

/// What is wanted of us in a case.
pub enum Target {
    Times { factor: f64, peer: &'static str },
    Within { limit: f64, words: &'static str },
}

pub fn all() -> Vec<Row> {
    vec![
        notification::decode(),
        message::decode_xml(),
        message::decode_wbxml(),
        message::encode_wbxml(),
        message::encode_xml(),
        convert::to_wbxml(),
        convert::to_wbxml_with_table(),
        convert::to_xml(),
        document::tree(),
        document::binary_tree(),
        document::memory(),
        tree::search(),
        tree::lookup(),
        tree::diff(),
        tree::print(),
        tree::free(),
        document::descriptions(),
    ]
}

/// A peer that reads the whole input, and sees so many of what it counts.
fn reader(name: &'static str, peer: Option<Reads>, input: Input, expected: i64) -> Option<Contestant> {
    let peer = peer?;
    let contestant = Contestant::new(name, move || peer.run(input, false));
    Some(contestant.sees(expected, move || {
        let before = input.octets().to_vec();
        let seen = peer.run(input, true);
        assert!(before == input.octets(), "{name} writes into its input");
        seen
    }))
}

/// A peer that does something with a document it has open, and returns this.
fn actor(name: &'static str, handle: &Option<Rc<Handle>>, act: Option<Acts>, expected: i64) -> Option<Contestant> {
    let (handle, act) = (handle.clone()?, act?);
    let run = move || act.run(&handle);
    Some(Contestant::new(name, run.clone()).sees(expected, run))
}
