//! What the content of `Data` becomes in the other encoding (`wire.md` §9.3, §7.10, §7.11).

use super::pass::Plan;
use super::{ConvertOptions, Layout};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::{Header, WbxmlReader};
use crate::markup::xml::{XmlDocument, XmlReader, is_xml_char};
use crate::markup::{Document, DocumentReader, Encoding, Event, Fragment, Reader};
use crate::vocabulary::{Tag, devinf, dmddf, metinf};
use base64::Engine as _;
use std::borrow::Cow;

/// What `Meta` says of data: its format and its type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) format: Option<String>,
    pub(super) media_type: Option<String>,
}

impl Facts {
    pub(super) fn set(&mut self, tag: Tag, text: &str) {
        match tag {
            metinf::FORMAT => self.format = Some(text.to_owned()),
            metinf::TYPE => self.media_type = Some(text.to_owned()),
            _ => {}
        }
    }
}

/// What stands in `Data`.
pub(super) enum Content<'c, 'a> {
    /// A tree among the message's own elements.
    Tree(&'c Fragment<'a>),
    /// Character data.
    Text(Cow<'c, str>),
    /// Character data with an opaque block in it.
    Octets(Cow<'c, [u8]>),
}

/// Data, and what is known of it.
pub(super) struct Input<'c, 'a> {
    pub(super) content: Content<'c, 'a>,
    pub(super) facts: &'c Facts,
    pub(super) size: Option<u64>,
    /// Not the end of the object.
    pub(super) more: bool,
    /// A credential or a nonce, which is octets by nature.
    pub(super) is_credential: bool,
    /// Where it is.
    pub(super) offset: usize,
}

/// What is written instead.
#[derive(Debug)]
pub(super) enum New {
    Text(String),
    CData(String),
    Octets(Vec<u8>),
}

/// What becomes of data; `None` where it stays as it is.
#[derive(Debug, Default)]
pub(super) struct Change {
    pub(super) content: Option<New>,
    pub(super) format: Option<&'static str>,
    pub(super) media_type: Option<String>,
    pub(super) size: Option<u64>,
}

impl Input<'_, '_> {
    pub(super) fn convert(&self, to: Encoding, options: &ConvertOptions) -> Result<Change> {
        match to {
            Encoding::Wbxml => self.to_wbxml(options),
            Encoding::Xml => self.to_xml(options),
        }
    }

    fn to_wbxml(&self, options: &ConvertOptions) -> Result<Change> {
        match &self.content {
            Content::Tree(fragment) => {
                let octets = embedded_fragment(fragment, Encoding::Wbxml, options)?;
                Ok(self.document(New::Octets(octets), Encoding::Wbxml))
            }
            Content::Text(text) => {
                if self.is_document() && !self.more && looks_like_xml(text.as_bytes()) {
                    let octets = embedded_text(text, Encoding::Wbxml, options);
                    if let Some(octets) = unless_broken(octets).map_err(|error| error.embedded_at(self.offset))? {
                        return Ok(self.document(New::Octets(octets), Encoding::Wbxml));
                    }
                }
                if !self.is_format("bin") {
                    return Ok(Change::default());
                }
                // XML has no octets: this is base64 by another name. The chunks of an object are joined as text.
                if self.more {
                    return Ok(Change { format: Some("b64"), ..Change::default() });
                }
                let octets = from_base64(text.as_bytes()).ok_or(Error::new(ErrorKind::InvalidBase64, self.offset))?;
                let size = self.size.map(|_| octets.len() as u64);
                Ok(Change { content: Some(New::Octets(octets)), size, ..Change::default() })
            }
            Content::Octets(_) => Ok(Change::default()),
        }
    }

    fn to_xml(&self, options: &ConvertOptions) -> Result<Change> {
        match &self.content {
            Content::Tree(fragment) => {
                let xml = embedded_fragment(fragment, Encoding::Xml, options)?;
                Ok(self.document(New::CData(into_text(xml)), Encoding::Xml))
            }
            Content::Octets(octets) => self.octets_to_xml(octets, options),
            // Text of format `bin` has always been base64 by another name (`wire.md` §8.3); if it is not, it is octets.
            Content::Text(text) if self.is_format("bin") => {
                if self.more || from_base64(text.as_bytes()).is_some() {
                    return Ok(Change { format: Some("b64"), ..Change::default() });
                }
                self.base64(text.as_bytes())
            }
            Content::Text(_) => Ok(Change::default()),
        }
    }

    fn octets_to_xml(&self, octets: &[u8], options: &ConvertOptions) -> Result<Change> {
        if !self.more && !self.is_credential && (self.is_document() || self.facts.media_type.is_none()) {
            // libwbxml turns the indentation around a document into octets beside it (`wire.md` §7.11).
            let document = octets.trim_ascii_start();
            let is_wbxml =
                matches!(document.first(), Some(1..=3)) && Header::decode(document, &options.read.limits).is_ok();
            if is_wbxml || (self.is_document() && looks_like_xml(octets)) {
                let document = if is_wbxml { document } else { octets };
                let xml = embedded_octets(document, Encoding::Xml, options);
                if let Some(xml) = unless_broken(xml).map_err(|error| error.embedded_at(self.offset))? {
                    return Ok(self.document(New::CData(into_text(xml)), Encoding::Xml));
                }
            }
        }
        let text = as_text(octets);
        match text {
            Some(text) if self.is_credential && !self.is_format("bin") && is_base64(text) => {
                Ok(Change { content: Some(New::Text(text.to_owned())), ..Change::default() })
            }
            Some(_) if !self.is_credential && !self.is_format("bin") => Ok(Change::default()),
            // Which of the other chunks would be text, nobody knows.
            None if self.more && !self.is_format("bin") => Err(Error::new(ErrorKind::ChunkOfOctets, self.offset)),
            _ => self.base64(octets),
        }
    }

    fn base64(&self, octets: &[u8]) -> Result<Change> {
        if self.more && !octets.len().is_multiple_of(3) {
            return Err(Error::new(ErrorKind::ChunkOfOctets, self.offset));
        }
        let text = base64::engine::general_purpose::STANDARD.encode(octets);
        // A size is that of the whole object, which may go on in other messages.
        let size = match self.size {
            Some(size) if self.more => Some(size.div_ceil(3).saturating_mul(4)),
            size => size.map(|_| text.len() as u64),
        };
        Ok(Change { content: Some(New::Text(text)), format: Some("b64"), media_type: None, size })
    }

    /// A document in the encoding of the message.
    fn document(&self, content: New, encoding: Encoding) -> Change {
        let len = match &content {
            New::Text(text) | New::CData(text) => text.len(),
            New::Octets(octets) => octets.len(),
        };
        let format = match encoding {
            Encoding::Xml => "xml",
            Encoding::Wbxml => "bin",
        };
        let media_type = self.facts.media_type.as_deref().and_then(|media_type| media_type_in(media_type, encoding));
        // A type that names the document says enough where nobody spoke of formats.
        let format = (media_type.is_none() || self.facts.format.is_some()).then_some(format);
        let size = self.size.map(|_| len as u64);
        Change { content: Some(content), format, media_type, size }
    }

    fn is_format(&self, format: &str) -> bool {
        self.facts.format.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(format))
    }

    /// Whether its type is that of a document with two encodings. Other XML is a value.
    fn is_document(&self) -> bool {
        self.facts.media_type.as_deref().is_some_and(|media_type| media_type_in(media_type, Encoding::Xml).is_some())
    }
}

/// The media types of documents that have both encodings (`wire.md` §7.11).
const DOCUMENTS: [&str; 3] =
    ["application/vnd.syncml.dmtnds", "application/vnd.syncml.dmddf", "application/vnd.syncml-devinf"];

/// The type of the same document in an encoding.
fn media_type_in(media_type: &str, encoding: Encoding) -> Option<String> {
    let stem = media_type.strip_suffix("+xml").or(media_type.strip_suffix("+wbxml"))?;
    let suffix = match encoding {
        Encoding::Xml => "+xml",
        Encoding::Wbxml => "+wbxml",
    };
    DOCUMENTS.iter().any(|known| known.eq_ignore_ascii_case(stem)).then(|| format!("{stem}{suffix}"))
}

/// What is no document after all stays as it is. A document that is too large for the limits does not.
fn unless_broken(converted: Result<Option<Vec<u8>>>) -> Result<Option<Vec<u8>>> {
    match converted {
        Err(error) if (201..300).contains(&error.kind().code()) => Err(error),
        Err(_) => Ok(None),
        Ok(octets) => Ok(octets),
    }
}

fn into_text(xml: Vec<u8>) -> String {
    // It was written as text.
    String::from_utf8(xml).unwrap_or_default()
}

fn looks_like_xml(octets: &[u8]) -> bool {
    octets.trim_ascii_start().starts_with(b"<") || octets.starts_with(b"\xEF\xBB\xBF<")
}

/// Whether XML can carry these octets as text.
fn as_text(octets: &[u8]) -> Option<&str> {
    let text = simdutf8::basic::from_utf8(octets).ok()?;
    text.chars().all(is_xml_char).then_some(text)
}

fn is_base64(text: &str) -> bool {
    !text.is_empty() && from_base64(text.as_bytes()).is_some()
}

/// The octets that base64 text stands for; blanks and missing padding are accepted.
pub(super) fn from_base64(text: &[u8]) -> Option<Vec<u8>> {
    let dense: Cow<'_, [u8]> = if text.iter().any(u8::is_ascii_whitespace) {
        Cow::Owned(text.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    };
    let config = base64::engine::GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent);
    base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, config).decode(dense).ok()
}

/// Trees and device information: what is re-encoded inside a message.
pub(super) fn is_embedded(tag: Option<Tag>) -> bool {
    matches!(tag, Some(dmddf::MGMT_TREE | devinf::DEV_INF))
}

fn embedded_fragment(fragment: &Fragment<'_>, to: Encoding, options: &ConvertOptions) -> Result<Vec<u8>> {
    let open = || Ok(fragment.reader(&options.read));
    embedded(&open, to, options)
}

/// A document in text of the message, whose charset is the message's.
fn embedded_text(text: &str, to: Encoding, options: &ConvertOptions) -> Result<Option<Vec<u8>>> {
    let text = XmlDocument::of_text(text)?;
    let open = || Ok(DocumentReader::Xml(XmlReader::over(text, 0, &options.read)));
    if !begins_embedded(&mut open()?)? {
        return Ok(None);
    }
    embedded(&open, to, options).map(Some)
}

/// A document in octets of the message.
fn embedded_octets(octets: &[u8], to: Encoding, options: &ConvertOptions) -> Result<Option<Vec<u8>>> {
    let document = match Encoding::detect(octets) {
        Some(Encoding::Wbxml) => {
            let open = || WbxmlReader::new(octets, &options.read).map(DocumentReader::Wbxml);
            if !begins_embedded(&mut open()?)? {
                return Ok(None);
            }
            return embedded(&open, to, options).map(Some);
        }
        _ => Document::open(octets)?,
    };
    let open = || document.reader(&options.read);
    if !begins_embedded(&mut open()?)? {
        return Ok(None);
    }
    embedded(&open, to, options).map(Some)
}

fn begins_embedded(reader: &mut DocumentReader<'_>) -> Result<bool> {
    Ok(matches!(reader.next_event()?, Some(Event::Start(name)) if is_embedded(name.tag())))
}

fn embedded<'a>(
    open: &dyn Fn() -> Result<DocumentReader<'a>>,
    to: Encoding,
    options: &ConvertOptions,
) -> Result<Vec<u8>> {
    // Inside a message white space counts; the outer document is laid out by itself.
    let options = ConvertOptions { layout: Layout::AsItIs, ..*options };
    Plan::embedded(open, to, &options)?.run(open)
}
