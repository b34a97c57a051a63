//! One stream of events for both encodings.
//!
//! Every document of the field is a tree of elements, written as XML 1.0 or as WBXML 1.0 to 1.3 (`wire.md` §7). Both readers, [`xml::XmlReader`]
//! and [`wbxml::WbxmlReader`], deliver the same [`Event`]s with the same [`Tag`]s, so that a grammar above is written
//! once, generic over [`Reader`]. Events borrow from the input and are `Copy`; nothing is joined or unescaped here.
//!
//! After a successful read of a whole document it is certain that elements are properly nested, names resolve, text is
//! valid UTF-8, every reference and string-table index resolves, and all [`Limits`] were kept. What
//! elements mean is not this module's business.
//!
//! ```
//! use omadm::markup::{Event, Name, Options, Reader, xml::{XmlDocument, XmlReader}};
//! use omadm::vocabulary::syncml;
//!
//! let document = XmlDocument::open(b"<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr/></SyncML>")?;
//! let mut reader = XmlReader::new(&document, &Options::default());
//! assert_eq!(reader.next_event()?, Some(Event::Start(Name::Known(syncml::SYNC_ML))));
//! assert_eq!(reader.next_event()?, Some(Event::Start(Name::Known(syncml::SYNC_HDR))));
//! assert_eq!(reader.next_event()?, Some(Event::End));
//! assert_eq!(reader.next_event()?, Some(Event::End));
//! assert_eq!(reader.next_event()?, None);
//! # Ok::<(), omadm::Error>(())
//! ```

mod compare;
mod cursor;
mod element;
mod event;
mod fragment;
mod locate;
mod namespace;
mod plain;
#[cfg(test)]
mod shortcuts;
pub mod wbxml;
mod whole;
mod words;
mod writer;
pub mod xml;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::vocabulary::Tag;

pub(crate) use cursor::{Course, Cursor, Expected, PlainText, Step};
pub use element::DataForm;
pub(crate) use element::Elements;
pub use event::{Attr, AttrValue, Attrs, Event, Name};
pub use fragment::{DocumentReader, Fragment};
pub(crate) use fragment::{FragmentSource, KeptBinding, KeptFragment, Mark};
pub use locate::Location;
pub use namespace::Namespace;
pub(crate) use namespace::{Binding, Bindings, Context, WrittenName};
#[doc(hidden)]
pub use whole::{Begun, Seen};
pub(crate) use writer::Measured;
#[doc(hidden)]
pub use writer::Place;
pub use writer::{NewAttr, Writer, copy};

/// How to read a document.
///
/// ```
/// use omadm::{Limits, markup::Options};
/// let options = Options { limits: Limits { depth: 20, ..Limits::default() }, ..Options::default() };
/// assert!(!options.bare_ampersand);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What the document may cost.
    pub limits: Limits,
    /// Takes an `&` in XML text that begins no reference for the character itself. Not well-formed, but some authors
    /// of user-interaction alerts forget to escape it (`wire.md` §3). Meant for diagnosis; off by default.
    pub bare_ampersand: bool,
    /// Takes WBXML documents whose public identifier says nothing (1) and whose root is token 0x20 of page 0 for trees with
    /// the tokens of page 2 on page 0 (`MgmtTree` is 0x20 there): the tools of some vendors write such. Without this they are
    /// refused with [`WbxmlPublicId`](ErrorKind::WbxmlPublicId), as are trees in a vendor's private tokens with and
    /// without it. Off by default.
    pub unnamed_trees: bool,
}

/// The two ways a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// XML 1.0 text.
    Xml,
    /// WAP binary XML, 1.0 to 1.3.
    Wbxml,
}

impl Encoding {
    /// The encoding of a document, from its first octets: WBXML begins with a version octet of 0 to 3, XML with `<`
    /// after an optional byte order mark and blanks. `None` for anything else. What has the header of a known document but a later
    /// version is WBXML, too: to be refused by its version.
    #[must_use]
    pub fn detect(input: &[u8]) -> Option<Encoding> {
        // WBXML documents are told by version octet 00 to 03, which no XML text begins with.
        // UTF-16 without a byte order mark may begin so, too; it comes first, to be refused by name.
        if xml::looks_like_xml(input) {
            return Some(Encoding::Xml);
        }
        let is_wbxml = input.first().is_some_and(|version| *version <= 0x03);
        (is_wbxml || wbxml::Header::is_of_later_version(input)).then_some(Encoding::Wbxml)
    }
}

/// A document opened for reading: the octets, and for XML the charset sorted out.
///
/// ```
/// use omadm::markup::{Document, Options, Reader};
/// let document = Document::open(b"<SyncML/>")?;
/// let mut reader = document.reader(&Options::default())?;
/// assert!(reader.next_event()?.is_some());
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone)]
pub enum Document<'a> {
    /// XML.
    Xml(xml::XmlDocument<'a>),
    /// WBXML.
    Wbxml(&'a [u8]),
}

/// A summary: documents carry secrets, which must not get into logs.
impl core::fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Document::Xml(document) => f.debug_tuple("Xml").field(document).finish(),
            Document::Wbxml(octets) => f.debug_tuple("Wbxml").field(&format_args!("{} octets", octets.len())).finish(),
        }
    }
}

impl<'a> Document<'a> {
    /// Opens a document of either encoding.
    ///
    /// # Errors
    /// [`UnknownFormat`](ErrorKind::UnknownFormat), and what [`XmlDocument::open`](xml::XmlDocument::open) finds.
    pub fn open(input: &'a [u8]) -> Result<Document<'a>> {
        match Encoding::detect(input) {
            Some(Encoding::Xml) => xml::XmlDocument::open(input).map(Document::Xml),
            Some(Encoding::Wbxml) => Ok(Document::Wbxml(input)),
            None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
        }
    }

    /// A reader at its beginning.
    ///
    /// # Errors
    /// What [`WbxmlReader::new`](wbxml::WbxmlReader::new) finds in the header.
    pub fn reader(&self, options: &Options) -> Result<DocumentReader<'_>> {
        match self {
            Document::Xml(document) => Ok(DocumentReader::Xml(xml::XmlReader::new(document, options))),
            Document::Wbxml(octets) => wbxml::WbxmlReader::new(octets, options).map(DocumentReader::Wbxml),
        }
    }

    /// The encoding.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        match self {
            Document::Xml(_) => Encoding::Xml,
            Document::Wbxml(_) => Encoding::Wbxml,
        }
    }

    /// What a reader of this document reads: texts that lie in it need no copy.
    pub(crate) fn octets(&self) -> &[u8] {
        match self {
            Document::Xml(document) => document.text().as_bytes(),
            Document::Wbxml(octets) => octets,
        }
    }
}

/// What [`Reader::common_tag`] has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub enum CommonTag {
    None,
    Start(Tag),
    End,
}

/// A stream of [`Event`]s over one document.
///
/// After an error a reader gives that error again.
pub trait Reader<'a> {
    /// The next event, or `None` after the end of the root element.
    ///
    /// # Errors
    /// Whatever makes the document unreadable, with the octet at fault.
    fn next_event(&mut self) -> Result<Option<Event<'a>>>;

    /// The attributes of the element whose [`Event::Start`] was delivered last; valid until the next event.
    fn attrs(&self) -> Attrs<'_, 'a>;

    /// Where the event delivered last begins in the input.
    fn offset(&self) -> usize;

    /// How many elements are open.
    fn depth(&self) -> usize;

    /// How the document is written.
    fn encoding(&self) -> Encoding;

    /// Remembers the element whose [`Event::Start`] was delivered last.
    #[doc(hidden)]
    fn mark(&self) -> Mark;

    /// The element remembered by `mark`, right after its [`Event::End`].
    #[doc(hidden)]
    fn fragment(&self, mark: Mark) -> Fragment<'a>;

    /// Reads over the element whose [`Event::Start`] was delivered last, through its end.
    ///
    /// # Errors
    /// As [`next_event`](Reader::next_event).
    fn skip(&mut self) -> Result<Fragment<'a>> {
        let mark = self.mark();
        self.skip_to_end()?;
        Ok(self.fragment(mark))
    }

    /// Reads through the end of the innermost open element.
    ///
    /// # Errors
    /// As [`next_event`](Reader::next_event).
    fn skip_to_end(&mut self) -> Result<()> {
        let outside = self.depth().saturating_sub(1);
        while self.depth() > outside {
            if self.common_tag() == CommonTag::None && self.next_event()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The next tag, if it is one of the common ones and nothing but blanks comes before it: an end, or the start of a known element
    /// without attributes. Otherwise nothing has been read. Small enough to be handed over in a register, which an event is not:
    /// of the time that a decoder takes, much was for copying those.
    #[doc(hidden)]
    fn common_tag(&mut self) -> CommonTag;

    /// The text of the element whose [`Event::Start`] was delivered last, as octets of UTF-8, if it is one piece that stands for itself and
    /// nothing comes between it and the end of the element: then that end has been read. Otherwise nothing has.
    #[doc(hidden)]
    fn plain_text(&mut self) -> Option<&'a [u8]>;

    /// The next element, through its end, if it is `tag` without attributes, has a text as [`plain_text`](Reader::plain_text) gives it and
    /// nothing but blanks comes before it: where it begins in the input, and the text. Otherwise nothing has been read, and where a
    /// reader does not do this.
    #[doc(hidden)]
    fn plain_element(&mut self, tag: Tag) -> Option<(usize, &'a [u8])> {
        let _ = tag;
        None
    }

    /// Remembers the element whose [`Event::Start`] was delivered last, for [`seen`](Reader::seen).
    #[doc(hidden)]
    fn begun(&self) -> Option<Begun> {
        None
    }

    /// The element remembered by `begun`, right after its [`Event::End`], to be known [`again`](Reader::again).
    #[doc(hidden)]
    fn seen(&self, begun: Begun) -> Option<Seen<'a>> {
        let _ = begun;
        None
    }

    /// Reads over the next element, through its end, if it is the same as one seen before, octet for octet, stands where its
    /// names mean the same, and nothing but blanks comes before it: where it begins. Otherwise nothing has been read.
    #[doc(hidden)]
    fn again(&mut self, seen: &Seen<'a>) -> Option<usize> {
        let _ = seen;
        None
    }

    /// Goes the [short way](Course) from here, as far as it goes. Nothing has been read if it goes nowhere, and where a reader does not
    /// do this.
    #[doc(hidden)]
    fn follow(&mut self, course: &mut impl Course<'a>) {
        let _ = course;
    }

    /// An error of `kind` at the event delivered last.
    fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.offset())
    }
}

/// The root element's tag of `input`, read no further than needed; `None` when it has no known name.
///
/// # Errors
/// As reading the document up to its root.
pub fn root(input: &[u8], options: &Options) -> Result<Option<Tag>> {
    with_reader(input, options, RootTag)
}

struct RootTag;

impl Visitor for RootTag {
    type Output = Option<Tag>;

    fn visit<'a>(self, reader: &mut impl Reader<'a>) -> Result<Option<Tag>> {
        match reader.next_event()? {
            Some(Event::Start(name)) => Ok(name.tag()),
            _ => Err(reader.error(ErrorKind::NoRoot)),
        }
    }
}

/// Something done with a reader of either encoding.
pub(crate) trait Visitor {
    type Output;
    fn visit<'a>(self, reader: &mut impl Reader<'a>) -> Result<Self::Output>;
}

/// Opens a document of either encoding. Offsets in errors are those of `input`, also for transcoded XML.
pub(crate) fn with_reader<V: Visitor>(input: &[u8], options: &Options, visitor: V) -> Result<V::Output> {
    match Encoding::detect(input) {
        Some(Encoding::Xml) => {
            let document = xml::XmlDocument::open(input)?;
            let mut reader = xml::XmlReader::new(&document, options);
            visitor.visit(&mut reader)
        }
        Some(Encoding::Wbxml) => visitor.visit(&mut wbxml::WbxmlReader::new(input, options)?),
        None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
    }
}
