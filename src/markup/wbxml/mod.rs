//! WAP binary XML 1.0 to 1.3 (`wire.md` §7): documents to events and back.
//!
//! The code is our own, as no crate reads WBXML. It takes every global token, both forms of the public identifier,
//! string tables with and without a last zero, separate tag and attribute pages, and literals; strings are lent from
//! the document. Extension tokens and processing instructions, which no document of this field uses, are read over.

mod cursor;
mod decode;
mod encode;
mod header;
mod strings;
mod token;

pub use decode::WbxmlReader;
pub(crate) use decode::WbxmlState;
pub use encode::WbxmlWriter;
#[cfg(feature = "cli")]
pub(crate) use header::Fields;
pub use header::{Charset, Header, PublicId};
