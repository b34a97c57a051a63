//! The other direction: events to octets, in either encoding.

use super::{Event, Name, Namespace, Reader};
use crate::error::{Error, ErrorKind, Result};
use crate::vocabulary::Tag;

/// An attribute to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewAttr<'x> {
    /// The name, with its prefix. `xmlns` and `xmlns:…` declare namespaces.
    pub qname: &'x str,
    /// The namespace of a name with a prefix; declared where it is not in force.
    pub namespace: Option<Namespace<'x>>,
    /// The value, unescaped.
    pub value: &'x str,
}

impl<'x> NewAttr<'x> {
    /// An attribute in no namespace.
    #[must_use]
    pub fn new(qname: &'x str, value: &'x str) -> NewAttr<'x> {
        NewAttr { qname, namespace: None, value }
    }
}

/// Takes a document piece by piece.
///
/// Namespaces are declared as they become needed: a [`Name::Known`] element is put in its vocabulary's, unless a declaration
/// among its attributes says otherwise. Errors are kinds without a place: only the caller knows what it was writing.
pub trait Writer {
    /// Begins an element.
    ///
    /// # Errors
    /// [`LimitOutput`](ErrorKind::LimitOutput); [`LimitStringTable`](ErrorKind::LimitStringTable) in WBXML;
    /// [`LimitDepth`](ErrorKind::LimitDepth); [`TrailingData`](ErrorKind::TrailingData) for a second root; what a name or value cannot be in this encoding.
    fn start(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind>;

    /// Adds character data.
    ///
    /// # Errors
    /// [`LimitOutput`](ErrorKind::LimitOutput), [`InvalidCharacter`](ErrorKind::InvalidCharacter) for what the encoding cannot
    /// carry, [`UnexpectedText`](ErrorKind::UnexpectedText) outside the root.
    fn text(&mut self, text: &str) -> Result<(), ErrorKind>;

    /// Adds character data that should not be touched: a CDATA section, or an opaque block.
    ///
    /// # Errors
    /// As [`text`](Writer::text).
    fn cdata(&mut self, text: &str) -> Result<(), ErrorKind>;

    /// Adds octets: an opaque block. XML has none: there, octets that are UTF-8 become a CDATA section.
    ///
    /// # Errors
    /// As [`text`](Writer::text), and [`InvalidUtf8`](ErrorKind::InvalidUtf8) for octets that XML cannot carry.
    fn opaque(&mut self, octets: &[u8]) -> Result<(), ErrorKind>;

    /// Ends the innermost open element.
    ///
    /// # Errors
    /// [`LimitOutput`](ErrorKind::LimitOutput), [`XmlEndTag`](ErrorKind::XmlEndTag) when none is open.
    fn end(&mut self) -> Result<(), ErrorKind>;

    /// [`start`](Writer::start) for an element of a known name without attributes.
    ///
    /// # Errors
    /// As [`start`](Writer::start).
    #[doc(hidden)]
    fn start_bare(&mut self, tag: Tag) -> Result<(), ErrorKind> {
        self.start(Name::Known(tag), &[])
    }

    /// Writes an element without attributes and with nothing but this text in it, as [`start`](Writer::start), [`text`](Writer::text)
    /// unless it is empty, and [`end`](Writer::end) do. `false`, and nothing is written, if that takes more than copying: the text
    /// is not plain ASCII, or a limit is near. Nearly all elements of a document are such.
    #[doc(hidden)]
    fn leaf(&mut self, tag: Tag, text: &[u8]) -> bool {
        let _ = (tag, text);
        false
    }

    /// [`leaf`](Writer::leaf) inside an element that has nothing else in it.
    #[doc(hidden)]
    fn nested_leaf(&mut self, outer: Tag, tag: Tag, text: &[u8]) -> bool {
        let _ = (outer, tag, text);
        false
    }

    /// The place in the output where the next element will begin, and where the one before has ended, if what comes between two of these
    /// may be written again by [`repeat_piece`](Writer::repeat_piece). Nothing can come into the tag of the element around it afterwards.
    #[doc(hidden)]
    fn place(&mut self) -> Option<Place> {
        None
    }

    /// Writes whole elements again that were written between two places; `depth` is how deep they are nested. `false`, and nothing is
    /// written, where a limit may be near, or they would be written otherwise here.
    #[doc(hidden)]
    fn repeat_piece(&mut self, from: Place, to: Place, depth: usize) -> bool {
        let _ = (from, to, depth);
        false
    }
}

/// A place in the output, and what makes elements with tags that are written alike there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[doc(hidden)]
pub struct Place {
    pub(super) at: usize,
    /// The default namespace in XML, the code pages in WBXML.
    pub(super) state: u16,
    /// Places that were noted before, to be looked at again when the document is complete.
    pub(super) noted: usize,
}

impl Place {
    /// Whether elements are written alike at both.
    pub(crate) fn is_like(&self, other: &Place) -> bool {
        self.state == other.state
    }
}

/// A writer that can be asked how long its document would be, if it were completed now: what completes it is taken back.
pub(crate) trait Measured: Writer {
    /// What it takes to go back.
    type Mark;

    /// Where the document is now.
    fn mark(&self) -> Self::Mark;

    /// How long a complete document is.
    ///
    /// # Errors
    /// [`LimitOutput`](ErrorKind::LimitOutput).
    fn len(&self) -> Result<usize>;

    /// Takes back what was written since.
    fn back_to(&mut self, mark: Self::Mark);
}

/// Writes everything that a reader still has to give, in the order of the document.
///
/// ```
/// use omadm::markup::{Options, copy, wbxml::WbxmlReader, xml::XmlWriter};
/// let mut reader = WbxmlReader::new(b"\x02\xA4\x01\x6A\x00\x5A\x00\x01\x47\x03chr\x00\x01\x01", &Options::default())?;
/// let mut writer = XmlWriter::new(&Default::default());
/// copy(&mut reader, &mut writer)?;
/// let xml = writer.finish()?;
/// assert_eq!(xml, "<Meta xmlns=\"SYNCML:SYNCML1.2\"><Format xmlns=\"syncml:metinf\">chr</Format></Meta>");
/// # Ok::<(), omadm::Error>(())
/// ```
///
/// # Errors
/// What the reader finds wrong, and what the writer cannot write, at the event it came with.
pub fn copy<'a>(reader: &mut impl Reader<'a>, writer: &mut impl Writer) -> Result<()> {
    while let Some(event) = reader.next_event()? {
        let written = match event {
            Event::Start(name) => {
                let attrs = reader.attrs();
                if attrs.len() == 0 {
                    writer.start(name, &[])
                } else {
                    let attrs: Vec<_> = attrs.collect();
                    let attrs: Vec<_> = attrs
                        .iter()
                        .map(|attr| NewAttr {
                            qname: attr.qname,
                            namespace: attr.namespace,
                            value: attr.value.as_str(),
                        })
                        .collect();
                    writer.start(name, &attrs)
                }
            }
            Event::CData(text) => writer.cdata(&super::xml::normalise_line_ends(text)),
            Event::Opaque(octets) => writer.opaque(octets),
            Event::End => writer.end(),
            Event::Text(text) => writer.text(text),
            Event::Escaped(text) => writer.text(&super::xml::unescape(text)),
            Event::Char(char) => writer.text(char.encode_utf8(&mut [0; 4])),
        };
        written.map_err(|kind| Error::new(kind, reader.offset()))?;
    }
    Ok(())
}
