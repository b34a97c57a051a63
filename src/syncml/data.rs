//! The content of `Data`, in the form it was sent.

use super::Item;
use super::message::Message;
use super::parts::RawData;
use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{DataForm, DocumentReader, Encoding, Event, Fragment, Options, Reader};
use crate::tree::Format;
use std::borrow::Cow;

/// The content of a `Data` or `NextNonce` element, as it was sent: base64 and embedded documents are decoded on
/// request only.
#[derive(Clone, Copy, Debug)]
pub struct Data<'m> {
    message: &'m Message<'m>,
    raw: &'m RawData,
}

impl<'m> Data<'m> {
    pub(crate) fn new(message: &'m Message<'m>, raw: &'m RawData) -> Option<Data<'m>> {
        (raw.form != DataForm::Absent).then_some(Data { message, raw })
    }

    /// How it was written.
    #[must_use]
    pub fn form(&self) -> DataForm {
        self.raw.form
    }

    /// Where the element begins in the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.raw.offset as usize
    }

    /// The octets of the content: UTF-8 for text, as they are for an opaque block, none for markup.
    #[must_use]
    pub fn bytes(&self) -> &'m [u8] {
        self.message.sources().bytes(self.raw.text).unwrap_or_default()
    }

    /// The content as text; `None` for markup and for octets that are not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&'m str> {
        match self.raw.form {
            DataForm::Markup | DataForm::Absent => None,
            _ => self.message.sources().str(self.raw.text),
        }
    }

    /// The whole element, for markup.
    #[must_use]
    pub fn fragment(&self) -> Option<Fragment<'m>> {
        self.message.fragment(self.raw.fragment)
    }

    /// The octets that base64 text stands for. Blanks and missing padding are accepted.
    ///
    /// # Errors
    /// [`InvalidBase64`](ErrorKind::InvalidBase64) at the element.
    pub fn base64(&self) -> Result<Vec<u8>> {
        crate::auth::decode_base64(self.bytes()).ok_or(Error::new(ErrorKind::InvalidBase64, self.offset()))
    }

    /// The document in this data, if it is one: elements, an opaque block with a WBXML document, or XML as text
    /// (`wire.md` §7.11). `None` for values.
    ///
    /// An opaque block can be a value that happens to begin like a WBXML document; it counts as one only when its
    /// header is sound.
    #[must_use]
    pub fn embedded(&self) -> Option<Embedded<'m>> {
        let source = match self.raw.form {
            DataForm::Absent => return None,
            DataForm::Markup => Source::Fragment(self.fragment()?),
            DataForm::Opaque => {
                let bytes = self.bytes();
                // libwbxml turns the indentation around an embedded document into octets beside it (`wire.md` §7.11).
                let document = bytes.trim_ascii_start();
                if is_wbxml(document) {
                    Source::Octets(document)
                } else if is_xml(bytes) {
                    transcoded(bytes).map_or(Source::Octets(bytes), Source::Transcoded)
                } else {
                    return None;
                }
            }
            DataForm::Text | DataForm::CData => Source::Text(self.text().filter(|text| is_xml(text.as_bytes()))?),
        };
        Some(Embedded { source, offset: self.offset() })
    }

    /// The document that base64 text stands for, if it is one.
    pub(super) fn embedded_in_base64(&self) -> Option<Embedded<'m>> {
        let octets = self.base64().ok()?;
        (is_wbxml(&octets) || is_xml(&octets))
            .then(|| transcoded(&octets).map_or(Source::Decoded(octets), Source::Transcoded))
            .map(|source| Embedded { source, offset: self.offset() })
    }
}

impl<'m> Item<'m> {
    /// The octets of the value that the item's data stands for (`wire.md` §9.3): base64 is decoded, of `Format` `b64` in both encodings and of
    /// `bin` as text of an XML message; all else is as it travelled, and so is a chunk, whose base64 makes sense with the others' only
    /// (see [`Joiner`](super::Joiner)). `None` without data.
    ///
    /// A node whose own format is `b64` has the text itself as its value: that is in [`data`](Item::data).
    ///
    /// ```
    /// use omadm::syncml::Message;
    /// let message = Message::decode(
    ///     b"<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>\
    ///       <Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody><Add><CmdID>1</CmdID>\
    ///       <Item><Meta><Format xmlns='syncml:metinf'>b64</Format></Meta><Data>AAEC</Data></Item></Add></SyncBody></SyncML>",
    /// )?;
    /// let item = message.command(0).unwrap().item(0).unwrap();
    /// assert_eq!(item.octets()?.unwrap().as_ref(), [0, 1, 2]);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidBase64`](ErrorKind::InvalidBase64) and, for elements, [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup), at the data.
    pub fn octets(&self) -> Result<Option<Cow<'m, [u8]>>> {
        let Some(data) = self.data() else { return Ok(None) };
        if data.form() == DataForm::Markup {
            return Err(Error::new(ErrorKind::UnexpectedMarkup, data.offset()));
        }
        if self.is_base64() && !self.more_data() {
            return data.base64().map(|octets| Some(Cow::Owned(octets)));
        }
        Ok(Some(Cow::Borrowed(data.bytes())))
    }

    /// Whether the text of the data stands for octets: `b64` says so in both encodings, `bin` of text in XML (`wire.md` §9.3).
    pub(crate) fn is_base64(&self) -> bool {
        match self.format().and_then(Format::from_name) {
            Some(Format::B64) => true,
            Some(Format::Bin) => self.data().is_some_and(|data| {
                let is_text = matches!(data.form(), DataForm::Text | DataForm::CData);
                is_text && data.message.encoding() == Encoding::Xml
            }),
            _ => false,
        }
    }
}

fn is_wbxml(bytes: &[u8]) -> bool {
    let header = || crate::markup::wbxml::Header::decode(bytes, &crate::Limits::DEFAULT);
    // WBXML 1.0, a zero octet, is too much like a value, and nobody embeds it.
    matches!(bytes.first(), Some(1..=3)) && header().is_ok()
}

fn is_xml(bytes: &[u8]) -> bool {
    let value = match bytes {
        // Binary values begin like the byte order marks of UTF-16, too.
        [0xFF, 0xFE, rest @ ..] => !rest.starts_with(b"<\0"),
        [0xFE, 0xFF, rest @ ..] => !rest.starts_with(b"\0<"),
        _ => false,
    };
    !value && Encoding::detect(bytes) == Some(Encoding::Xml)
}

/// A document inside a message.
#[derive(Clone)]
pub struct Embedded<'m> {
    source: Source<'m>,
    offset: usize,
}

#[derive(Clone)]
enum Source<'m> {
    /// Elements of the message itself: the `Data` element with them.
    Fragment(Fragment<'m>),
    /// XML as text of the message: its charset is the message's.
    Text(&'m str),
    /// A document as octets of the message.
    Octets(&'m [u8]),
    /// A document that was base64.
    Decoded(Vec<u8>),
    /// XML in another charset than UTF-8, made Unicode.
    Transcoded(String),
}

/// XML of a charset that has to be transcoded.
fn transcoded(octets: &[u8]) -> Option<String> {
    match XmlDocument::open(octets).ok()?.into_text() {
        Cow::Owned(text) => Some(text),
        Cow::Borrowed(_) => None,
    }
}

impl<'m> Embedded<'m> {
    /// The document's octets. For a document that is part of the message's own markup: the octets of the `Data`
    /// element.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.source {
            Source::Fragment(fragment) => fragment.bytes(),
            Source::Text(text) => text.as_bytes(),
            Source::Octets(octets) => octets,
            Source::Decoded(octets) => octets,
            Source::Transcoded(text) => text.as_bytes(),
        }
    }

    /// Opens the document. The reader's first event is the start of its root; an error of the reader itself counts octets in
    /// [`bytes`](Embedded::bytes) unless the document is markup of the message: [`error`](Embedded::error) puts it in place.
    ///
    /// # Errors
    /// As opening a document of its encoding.
    pub fn reader(&self, options: &Options) -> Result<DocumentReader<'_>> {
        match &self.source {
            Source::Decoded(octets) => self.open(octets, options),
            Source::Transcoded(text) => Ok(DocumentReader::Xml(XmlReader::over(text, 0, options))),
            _ => self.lasting_reader(options).unwrap_or(Err(self.error(Error::new(ErrorKind::NoRoot, 0)))),
        }
    }

    /// A reader of what lies in the message and lasts as long; `None` for a document that had to be decoded.
    pub(crate) fn lasting_reader(&self, options: &Options) -> Option<Result<DocumentReader<'m>>> {
        Some(match &self.source {
            Source::Fragment(fragment) => inside(fragment, options),
            Source::Text(text) => XmlDocument::of_text(text)
                .map(|text| DocumentReader::Xml(XmlReader::over(text, 0, options)))
                .map_err(|error| self.error(error)),
            Source::Octets(octets) => self.open(octets, options),
            Source::Decoded(_) | Source::Transcoded(_) => return None,
        })
    }

    fn open<'o>(&self, octets: &'o [u8], options: &Options) -> Result<DocumentReader<'o>> {
        if Encoding::detect(octets) == Some(Encoding::Wbxml) {
            let reader = WbxmlReader::new(octets, options).map_err(|error| self.error(error))?;
            return Ok(DocumentReader::Wbxml(reader));
        }
        let document = XmlDocument::open(octets).map_err(|error| self.error(error))?;
        let bom = document.bom();
        match document.into_text() {
            Cow::Borrowed(text) => Ok(DocumentReader::Xml(XmlReader::over(text, bom, options))),
            // Octets in another charset inside a message: nobody does that.
            Cow::Owned(_) => Err(self.error(Error::new(ErrorKind::UnsupportedCharset, 0))),
        }
    }

    /// An error of the embedded document as one of the message: `offset` is the enclosing `Data`, `inner` the place in
    /// the document.
    #[must_use]
    pub fn error(&self, error: Error) -> Error {
        match self.source {
            Source::Fragment(_) => error,
            _ => error.embedded_at(self.offset),
        }
    }
}

/// A reader of what is in the `Data` element that a fragment is.
fn inside<'m>(fragment: &Fragment<'m>, options: &Options) -> Result<DocumentReader<'m>> {
    let mut reader = fragment.reader(options);
    match reader.next_event()? {
        Some(Event::Start(_)) => Ok(reader),
        _ => Err(reader.error(ErrorKind::NoRoot)),
    }
}

/// Without the content: trees carry secrets.
impl core::fmt::Debug for Embedded<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Embedded")
            .field("offset", &self.offset)
            .field("len", &self.bytes().len())
            .finish_non_exhaustive()
    }
}
