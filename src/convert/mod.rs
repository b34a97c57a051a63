//! XML ⇄ WBXML of whole documents, in the order of the document.
//!
//! Elements, attributes, namespaces, text and their order are kept, or the conversion is an error that says where:
//! what WBXML has no token for travels as literals, and its namespaces as attributes. Comments, processing instructions and
//! the DOCTYPE are not carried, prefixes not on names that have a token. In messages the rules of `wire.md` §9.3, §7.10 and
//! §7.11 are kept: octets of an item are an opaque block in WBXML and base64 in XML, a tree inside is a document of the same
//! encoding, and `Format`, `Type` and `Size` say what is really there: in the item's `Meta`, or in its command's where they stand
//! there. [`Message::encode`](crate::syncml::Message::encode) keeps the same rules by the same code. An element that was recognised by its place, though its
//! namespace is another vocabulary's, gets its own: peers forget the namespaces of what is in `Meta` and `Data`, or declare them
//! on `Meta` and `Data` themselves. Time and memory are linear in input and output, and
//! [`Limits`](crate::Limits) bound both.
//!
//! ```
//! use omadm::convert::{ConvertOptions, to_wbxml, to_xml};
//! # let message = include_bytes!("../../tests/data/package2.syncml.xml");
//! let wbxml = to_wbxml(message, &ConvertOptions::default())?;
//! assert_eq!(wbxml, include_bytes!("../../tests/data/package2.syncml.wbxml"));
//! let xml = to_xml(&wbxml, &ConvertOptions { layout: omadm::convert::Layout::Indented, ..Default::default() })?;
//! assert!(xml.starts_with("<SyncML xmlns=\"SYNCML:SYNCML1.2\">\n  <SyncHdr>\n"));
//! # Ok::<(), omadm::Error>(())
//! ```

mod carrier;
mod data;
mod kind;
mod late;
mod pass;
mod straight;
mod target;

use crate::error::Result;
use crate::markup::{Document, Encoding, Options};

pub(crate) use data::{Change, Content, Facts, Input, Nature, New, is_embedded, looks_like_xml};
pub(crate) use pass::{AGAIN, write_part};
pub(crate) use target::Target;

/// How to convert a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConvertOptions {
    /// How to read the document, and what reading and writing may cost.
    pub read: Options,
    /// WBXML: puts texts that repeat into the string table, where that saves octets. The output is never longer than
    /// without.
    pub string_table: bool,
    /// WBXML from XML: keeps the white space between elements, which otherwise is left out. White space that is all the text
    /// of an element, or stands beside other text in it, is always kept.
    pub keep_blanks: bool,
    /// XML: how it is laid out.
    pub layout: Layout,
}

/// How XML is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// With the white space there is; none is added.
    #[default]
    AsItIs,
    /// An element a line, two spaces further in than its parent. Elements with text are left as they are.
    Indented,
    /// Canonical XML 1.0, but without comments and processing instructions: one form for documents that say the same, for comparing and
    /// signing. Canonical XML without comments keeps processing instructions, so that hashes differ for documents that have some.
    Canonical,
}

/// A document of either encoding as XML, in UTF-8 without an XML declaration. It is no longer than
/// [`Limits::output_budget`](crate::Limits::output_budget) of the input.
///
/// # Errors
/// What makes the document unreadable; [`InvalidCharacter`](crate::ErrorKind::InvalidCharacter) and
/// [`InvalidUtf8`](crate::ErrorKind::InvalidUtf8) for text and octets that XML cannot carry where they are,
/// [`ChunkOfOctets`](crate::ErrorKind::ChunkOfOctets) for a part of a large object that cannot become base64 by itself,
/// [`LimitOutput`](crate::ErrorKind::LimitOutput).
pub fn to_xml(input: &[u8], options: &ConvertOptions) -> Result<String> {
    let octets = convert(input, Encoding::Xml, options)?;
    // It was written as text.
    Ok(String::from_utf8(octets).unwrap_or_default())
}

/// A document of either encoding as WBXML 1.2. What kind of document it is comes from its namespace, its DOCTYPE or `VerDTD`, in
/// this order, or else from its root. It is no longer than [`Limits::output_budget`](crate::Limits::output_budget) of the input.
///
/// # Errors
/// What makes the document unreadable; [`UnknownFormat`](crate::ErrorKind::UnknownFormat) for a root that no public
/// identifier stands for, [`InvalidBase64`](crate::ErrorKind::InvalidBase64) for a value of `Format` `bin` that is not,
/// [`ChunkOfBin`](crate::ErrorKind::ChunkOfBin) for a part of a large object of that format,
/// [`LimitOutput`](crate::ErrorKind::LimitOutput), [`LimitStringTable`](crate::ErrorKind::LimitStringTable) for more names without a token
/// than a reader takes.
pub fn to_wbxml(input: &[u8], options: &ConvertOptions) -> Result<Vec<u8>> {
    convert(input, Encoding::Wbxml, options)
}

fn convert(input: &[u8], to: Encoding, options: &ConvertOptions) -> Result<Vec<u8>> {
    let read = Options { limits: options.read.limits.for_output_of(input.len()), ..options.read };
    let options = &ConvertOptions { read, ..*options };
    let document = Document::open(input)?;
    let open = || document.reader(&options.read);
    pass::whole(&open, kind::fpi(&document), to, options)
}
