//! XML 1.0 (`wire.md` §1.1): documents to events and back.
//!
//! The reader is our own. Over the tokens of the quick-xml crate, which it was written on first, a message of 4 MB took 34.6 ms, as
//! that crate checks every tag by itself and has to hand over what this reader knows already; now it takes 6.5 (`make bench`; see
//! `docs/decisions/0005`). The old reader is kept among the tests, and both have to say the same of every
//! document, cut and nonsense. DOCTYPE, comments and processing instructions are skipped; no entity
//! beyond XML's five is ever expanded, and nothing external is ever fetched.

mod attributes;
mod cursor;
mod decode;
mod document;
mod encode;
mod escape;
#[cfg(test)]
mod reference;
mod scan;

pub use decode::XmlReader;
pub use document::XmlDocument;
pub(crate) use document::{Places, is_cut_in_front, looks_like_xml};
pub use encode::XmlWriter;
pub(crate) use escape::{
    first_bad_reference, is_name, is_plain_value, is_xml_char, normalise_line_ends_into, normalise_value, unescape_into,
};
pub use escape::{normalise_line_ends, unescape};
