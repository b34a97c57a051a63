//! XML 1.0 (`wire.md` §1.1): documents to events and back.
//!
//! The tokenizer is the quick-xml crate; this module adds what it leaves to its users: charset, namespaces, joined text
//! runs, limits, and errors with exact places. DOCTYPE, comments and processing instructions are skipped; no entity
//! beyond XML's five is ever expanded, and nothing external is ever fetched.

mod attributes;
mod decode;
mod document;
mod encode;
mod escape;
#[cfg(test)]
mod reference;
mod scan;

pub use decode::XmlReader;
pub use document::XmlDocument;
pub(crate) use document::{Places, looks_like_xml};
pub use encode::XmlWriter;
pub(crate) use escape::{
    first_bad_reference, is_name, is_plain_value, is_xml_char, normalise_line_ends_into, normalise_value, unescape_into,
};
pub use escape::{normalise_line_ends, unescape};
