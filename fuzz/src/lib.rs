//! What the fuzz targets do: bodies as functions, which a test on stable replays over every seed and every finding.
//!
//! Each body takes octets, has an oracle, and panics where the oracle is contradicted. The rule of all oracles: `decode(encode(x)) == x` is
//! asserted, `encode(decode(octets)) == octets` is not, because several encodings mean the same. The first octet of most inputs says how
//! they are read: [`Setting`].

#![allow(unsafe_code)]

mod bulk;
mod capi;
mod convert;
mod ddf;
mod dictionary;
mod markup;
mod messages;
mod notification;
mod plain_xml;
mod push;
mod query;
mod replay;
mod seeds;
mod structured;
mod tree_model;
mod trees;

// What the tests of the library share with this package.
#[path = "../../tests/common/mod.rs"]
mod common;
#[allow(dead_code)]
#[path = "../../tests/pattern/naive.rs"]
mod naive;
#[allow(dead_code, unused_imports)]
#[path = "../../tests/syncml/views.rs"]
mod views;
#[allow(dead_code)]
#[path = "../../tests/syncml/ways.rs"]
mod ways;

pub use capi::capi;
pub use convert::convert;
pub use ddf::ddf;
pub use dictionary::dictionary;
pub use markup::{wbxml, xml};
pub use messages::{stream_vs_whole, syncml_cross};
pub use notification::notification;
pub use push::push;
pub use query::query;
pub use seeds::seeds;
pub use structured::structured;
pub use trees::{tnds_tree, tree_ops};

use omadm::markup::Options;
use omadm::{Error, Limits};

/// A target: what it is called, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 13] = [
    ("notification", notification),
    ("push", push),
    ("wbxml", wbxml),
    ("xml", xml),
    ("syncml_cross", syncml_cross),
    ("stream_vs_whole", stream_vs_whole),
    ("tnds_tree", tnds_tree),
    ("tree_ops", tree_ops),
    ("ddf", ddf),
    ("query", query),
    ("convert", convert),
    ("capi", capi),
    ("structured", structured),
];

/// How an input is read: its first octet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting(u8);

impl Setting {
    /// Takes the setting off an input; an empty one has none.
    pub(crate) fn take(data: &[u8]) -> Option<(Setting, &[u8])> {
        data.split_first().map(|(first, rest)| (Setting(*first), rest))
    }

    /// Half of all inputs are read with limits that small inputs reach.
    pub(crate) fn is_small(self) -> bool {
        self.0 & 1 == 1
    }

    /// One of the bits that a body uses as it likes, of 0 to 4.
    pub(crate) fn bit(self, bit: u8) -> bool {
        self.0 & 8 << bit != 0
    }

    pub(crate) fn limits(self) -> Limits {
        if self.is_small() { small_limits() } else { Limits::DEFAULT }
    }

    pub(crate) fn options(self) -> Options {
        Options { limits: self.limits(), bare_ampersand: self.0 & 2 != 0, unnamed_trees: self.0 & 4 != 0 }
    }
}

fn small_limits() -> Limits {
    Limits {
        depth: 12,
        elements: 100,
        attributes: 6,
        namespaces: 4,
        name: 24,
        text: 200,
        string_table: 200,
        expansion: 2,
        buffer: 2_000,
        prefix: 400,
        pattern: 8,
        locations: 4,
        answer_nodes: 16,
        segments: 6,
        headers: 6,
        header: 120,
        output: 3_000,
        findings: 8,
        patterns: 2,
        pattern_size: 4_096,
    }
}

/// How what was written is read again: what was let in once is let in.
pub(crate) fn again() -> Options {
    let limits = Limits {
        depth: 10_000,
        attributes: u32::MAX,
        namespaces: u32::MAX,
        string_table: u32::MAX,
        expansion: u32::MAX,
        ..Limits::DEFAULT
    };
    Options { limits, ..Options::default() }
}

/// An error is inside its input, and can be located there.
#[track_caller]
pub(crate) fn check_error(error: Error, input: &[u8]) {
    assert!(error.offset() <= input.len(), "{error} in {} octets", input.len());
    let location = error.locate(input);
    assert!(location.path.len() <= 64 * input.len() + 64);
    assert!(location.line_column.is_none_or(|(line, column)| line >= 1 && column >= 1));
    assert!(!error.to_string().is_empty());
}
