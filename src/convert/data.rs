//! What the content of `Data` becomes in the other encoding (`wire.md` §9.3, §7.10, §7.11).

use super::pass::{self, AGAIN};
use super::{ConvertOptions, Layout};
use crate::auth::{Digest, Scheme, decode_base64, opaque_octets};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::{Header, WbxmlReader};
use crate::markup::xml::{XmlDocument, XmlReader, is_xml_char};
use crate::markup::{Document, DocumentReader, Encoding, Event, Fragment, Reader};
use crate::vocabulary::{Tag, devinf, dmddf, metinf};
use base64::Engine as _;
use std::borrow::Cow;

/// The elements of `Meta` that depend on the encoding of what they describe.
const FACTS: [Tag; 3] = [metinf::FORMAT, metinf::TYPE, metinf::SIZE];

/// What `Meta` says of data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts<'f> {
    pub(crate) format: Option<Cow<'f, str>>,
    pub(crate) media_type: Option<Cow<'f, str>>,
    pub(crate) size: Option<Cow<'f, str>>,
}

impl Facts<'_> {
    pub(crate) fn get(&self, tag: Tag) -> Option<&str> {
        match tag {
            metinf::FORMAT => self.format.as_deref(),
            metinf::TYPE => self.media_type.as_deref(),
            metinf::SIZE => self.size.as_deref(),
            _ => None,
        }
    }

    pub(super) fn set(&mut self, tag: Tag, text: &str) {
        let text = Some(Cow::Owned(text.to_owned()));
        match tag {
            metinf::FORMAT => self.format = text,
            metinf::TYPE => self.media_type = text,
            metinf::SIZE => self.size = text,
            _ => {}
        }
    }

    /// What these say, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Tag, &str)> {
        FACTS.iter().filter_map(|tag| Some((*tag, self.get(*tag)?)))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// These, and where they are silent those of the element around (`wire.md` §1.5).
    pub(crate) fn within(&self, outer: &Facts<'_>) -> Facts<'static> {
        let mut both = Facts::default();
        for tag in FACTS {
            if let Some(text) = self.get(tag).or(outer.get(tag)) {
                both.set(tag, text);
            }
        }
        both
    }

    fn size(&self) -> Option<u64> {
        self.size.as_deref()?.parse().ok()
    }
}

/// What stands in `Data`.
pub(crate) enum Content<'c, 'a> {
    /// A tree among the message's own elements.
    Tree(&'c Fragment<'a>),
    /// Character data.
    Text(Cow<'c, str>),
    /// Character data with an opaque block in it.
    Octets(Cow<'c, [u8]>),
}

/// What data is by nature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nature {
    /// The value of a node, or anything else that `Meta` describes.
    Value,
    /// `Data` of `Cred`: octets (`wire.md` §5.1).
    Credential,
    /// `NextNonce`: octets.
    Nonce,
}

/// Data, and what is known of it.
pub(crate) struct Input<'c, 'a> {
    pub(crate) content: Content<'c, 'a>,
    /// What is said of it: by its own `Meta` and, element by element, by those around it.
    pub(crate) facts: Facts<'c>,
    /// Not the end of the object.
    pub(crate) more: bool,
    pub(crate) nature: Nature,
    /// Where it is.
    pub(crate) offset: usize,
}

/// What is written instead.
#[derive(Debug)]
pub(crate) enum New {
    Text(String),
    CData(String),
    Octets(Vec<u8>),
}

/// What becomes of data, and what `Meta` has to say of it then; `None` where all stays as it is.
#[derive(Debug, Default)]
pub(crate) struct Change {
    pub(crate) content: Option<New>,
    format: Option<&'static str>,
    media_type: Option<String>,
    size: Option<u64>,
}

/// What two `Meta` elements have to say otherwise, so that the right things are said of one item.
#[derive(Debug, Default)]
pub(crate) struct Saying {
    /// The item's own.
    pub(crate) own: Facts<'static>,
    /// That of its command.
    pub(crate) command: Facts<'static>,
}

impl Change {
    /// Where to say it. An item has said `own` itself; around it, `said` was said and `written` is written; `command` is the part
    /// of that which can still be written otherwise, as this is the first of the items it is meant for.
    pub(crate) fn place(
        &self,
        own: &Facts<'_>,
        said: &Facts<'_>,
        written: &Facts<'_>,
        command: Option<&Facts<'_>>,
    ) -> Saying {
        let size = self.size.map(|size| size.to_string());
        let mut saying = Saying::default();
        for tag in FACTS {
            let new = match tag {
                metinf::FORMAT => self.format,
                metinf::TYPE => self.media_type.as_deref(),
                _ => size.as_deref(),
            };
            let Some(wanted) = new.or(own.get(tag)).or(said.get(tag)) else { continue };
            if own.get(tag).or(written.get(tag)) == Some(wanted) {
                continue;
            }
            let in_command = own.get(tag).is_none() && command.is_some_and(|command| command.get(tag).is_some());
            let meta = if in_command { &mut saying.command } else { &mut saying.own };
            meta.set(tag, wanted);
        }
        saying
    }
}

impl Input<'_, '_> {
    /// What becomes of the data in a message of this encoding, from one of the other.
    pub(crate) fn convert(&self, to: Encoding, options: &ConvertOptions) -> Result<Change> {
        match to {
            Encoding::Wbxml => self.to_wbxml(options),
            Encoding::Xml => self.to_xml(options),
        }
    }

    fn to_wbxml(&self, options: &ConvertOptions) -> Result<Change> {
        match &self.content {
            // No chunk of a document is elements: what the others are, nobody knows.
            Content::Tree(_) if self.more => Err(Error::new(ErrorKind::ChunkOfOctets, self.offset)),
            Content::Tree(fragment) => {
                let octets = embedded_fragment(fragment, Encoding::Wbxml, options)?;
                Ok(self.document(New::Octets(octets), Encoding::Wbxml))
            }
            Content::Text(text) => {
                if self.is_document() && !self.more && looks_like_xml(text.as_bytes()) {
                    let octets = embedded_text(text, Encoding::Wbxml, options);
                    if let Some(octets) = octets.map_err(|error| error.embedded_at(self.offset))? {
                        return Ok(self.document(New::Octets(octets), Encoding::Wbxml));
                    }
                }
                if !self.is_format("bin") || text.is_empty() {
                    return Ok(Change::default());
                }
                // XML has no octets: this is base64 by another name. Chunks of base64 are joined as text, those of octets as
                // octets; and whether the last chunk is one, it does not say itself.
                if self.more {
                    return Err(Error::new(ErrorKind::ChunkOfBin, self.offset));
                }
                let octets = decode_base64(text.as_bytes()).ok_or(Error::new(ErrorKind::InvalidBase64, self.offset))?;
                let size = self.facts.size().map(|_| octets.len() as u64);
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
            Content::Text(text) if self.is_format("bin") => {
                // As text, these are base64 whatever the format.
                if self.nature != Nature::Value && decode_base64(text.as_bytes()).is_some() {
                    return Ok(Change { format: Some("b64"), ..Change::default() });
                }
                // A text in WBXML of format `bin` is the octets of its characters.
                self.base64(text.as_bytes())
            }
            Content::Text(_) => Ok(Change::default()),
        }
    }

    fn octets_to_xml(&self, octets: &[u8], options: &ConvertOptions) -> Result<Change> {
        let is_bin = self.is_format("bin");
        if self.nature != Nature::Value {
            // Encoders that make every text opaque have base64 in it.
            let is_base64 = matches!(opaque_octets(octets, is_bin || self.is_digest(octets)), Cow::Owned(_));
            return match as_text(octets).filter(|_| is_base64) {
                Some(text) => Ok(Change { content: Some(New::Text(text.to_owned())), ..Change::default() }),
                None => self.base64(octets),
            };
        }
        if !self.more && (self.is_document() || self.facts.media_type.is_none()) {
            // libwbxml turns the indentation around a document into octets beside it (`wire.md` §7.11).
            let document = octets.trim_ascii_start();
            let is_wbxml =
                matches!(document.first(), Some(1..=3)) && Header::decode(document, &options.read.limits).is_ok();
            if is_wbxml || (self.is_document() && looks_like_xml(octets)) {
                let document = if is_wbxml { document } else { octets };
                let xml = embedded_octets(document, Encoding::Xml, options);
                if let Some(xml) = xml.map_err(|error| error.embedded_at(self.offset))? {
                    return Ok(self.document(New::CData(into_text(xml)), Encoding::Xml));
                }
            }
        }
        match as_text(octets) {
            Some(_) if !is_bin => Ok(Change::default()),
            // Which of the other chunks would be text, nobody knows.
            None if self.more && !is_bin => Err(Error::new(ErrorKind::ChunkOfOctets, self.offset)),
            _ => self.base64(octets),
        }
    }

    fn base64(&self, octets: &[u8]) -> Result<Change> {
        if self.more && !octets.len().is_multiple_of(3) {
            return Err(Error::new(ErrorKind::ChunkOfOctets, self.offset));
        }
        let text = base64::engine::general_purpose::STANDARD.encode(octets);
        // A size is that of the whole object, which may go on in other messages.
        let size = match self.facts.size() {
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
        let media_type = self.facts.media_type.as_deref();
        let media_type = match (media_type, &self.content) {
            // Elements are what they are, whatever their type says; as octets they would be only that.
            (Some(media_type), Content::Tree(fragment)) => {
                media_type_in(media_type, encoding).or_else(|| media_type_in(type_of(fragment)?, encoding))
            }
            (media_type, _) => media_type.and_then(|media_type| media_type_in(media_type, encoding)),
        };
        // A type that names the document says enough where nobody spoke of formats.
        let format = (media_type.is_none() || self.facts.format.is_some()).then_some(format);
        let size = self.facts.size().map(|_| len as u64);
        Change { content: Some(content), format, media_type, size }
    }

    fn is_format(&self, format: &str) -> bool {
        self.facts.format.as_deref().is_some_and(|known| known.eq_ignore_ascii_case(format))
    }

    /// Whether its type is that of a document with two encodings. Other XML is a value.
    fn is_document(&self) -> bool {
        self.facts.media_type.as_deref().is_some_and(|media_type| media_type_in(media_type, Encoding::Xml).is_some())
    }

    /// Whether this is a raw digest: sixteen octets may happen to be base64 text, but there is no digest of twelve.
    fn is_digest(&self, octets: &[u8]) -> bool {
        let scheme = self.facts.media_type.as_deref().map(Scheme::from_name);
        self.nature == Nature::Credential && scheme == Some(Scheme::Md5) && octets.len() == size_of::<Digest>()
    }
}

/// The media types of documents that have both encodings (`wire.md` §7.11).
const DOCUMENTS: [&str; 3] =
    ["application/vnd.syncml.dmtnds", "application/vnd.syncml.dmddf", "application/vnd.syncml-devinf"];

/// The type of the same document in an encoding. Case does not count, and parameters stay.
fn media_type_in(media_type: &str, encoding: Encoding) -> Option<String> {
    let end = media_type.find(';').unwrap_or(media_type.len());
    let (name, parameters) = media_type.split_at_checked(end)?;
    let (stem, suffix) = name.trim().rsplit_once('+')?;
    let is = |known: &str| suffix.eq_ignore_ascii_case(known);
    if !DOCUMENTS.iter().any(|known| known.eq_ignore_ascii_case(stem)) || !(is("xml") || is("wbxml")) {
        return None;
    }
    let wanted = match encoding {
        Encoding::Xml => "xml",
        Encoding::Wbxml => "wbxml",
    };
    Some(if is(wanted) { media_type.to_owned() } else { format!("{stem}+{wanted}{parameters}") })
}

/// The media type of a document that is among a message's elements.
fn type_of(fragment: &Fragment<'_>) -> Option<&'static str> {
    match fragment.reader(&AGAIN).next_event() {
        Ok(Some(Event::Start(name))) if name.tag() == Some(devinf::DEV_INF) => {
            Some("application/vnd.syncml-devinf+xml")
        }
        Ok(Some(Event::Start(name))) if name.tag() == Some(dmddf::MGMT_TREE) => {
            Some("application/vnd.syncml.dmtnds+xml")
        }
        _ => None,
    }
}

fn into_text(xml: Vec<u8>) -> String {
    // It was written as text.
    String::from_utf8(xml).unwrap_or_default()
}

pub(crate) fn looks_like_xml(octets: &[u8]) -> bool {
    octets.trim_ascii_start().starts_with(b"<") || octets.starts_with(b"\xEF\xBB\xBF<")
}

/// Whether XML can carry these octets as text.
fn as_text(octets: &[u8]) -> Option<&str> {
    let text = simdutf8::basic::from_utf8(octets).ok()?;
    text.chars().all(is_xml_char).then_some(text)
}

/// Trees and device information: what is re-encoded inside a message.
pub(crate) fn is_embedded(tag: Option<Tag>) -> bool {
    matches!(tag, Some(dmddf::MGMT_TREE | devinf::DEV_INF))
}

fn embedded_fragment(fragment: &Fragment<'_>, to: Encoding, options: &ConvertOptions) -> Result<Vec<u8>> {
    embedded(&|| Ok(fragment.reader(&AGAIN)), to, options)
}

/// A document in text of the message, whose charset is the message's.
fn embedded_text(text: &str, to: Encoding, options: &ConvertOptions) -> Result<Option<Vec<u8>>> {
    let Ok(text) = XmlDocument::of_text(text) else { return Ok(None) };
    embedded_if_sound(&|| Ok(DocumentReader::Xml(XmlReader::over(text, 0, &options.read))), to, options)
}

/// A document in octets of the message.
fn embedded_octets(octets: &[u8], to: Encoding, options: &ConvertOptions) -> Result<Option<Vec<u8>>> {
    if Encoding::detect(octets) == Some(Encoding::Wbxml) {
        let open = || WbxmlReader::new(octets, &options.read).map(DocumentReader::Wbxml);
        return embedded_if_sound(&open, to, options);
    }
    let Ok(document) = Document::open(octets) else { return Ok(None) };
    embedded_if_sound(&|| document.reader(&options.read), to, options)
}

/// What is no document after all stays as it is: `None`. What is one and cannot be converted, or is too large to be looked at, does
/// not.
fn embedded_if_sound<'a>(
    open: &dyn Fn() -> Result<DocumentReader<'a>>,
    to: Encoding,
    options: &ConvertOptions,
) -> Result<Option<Vec<u8>>> {
    let converted = begins_embedded(open).and_then(|begins| match begins {
        true => embedded(open, to, options).map(Some),
        false => Ok(None),
    });
    let is_limit = |error: &Error| (201..300).contains(&error.kind().code());
    match converted {
        Err(error) if !is_limit(&error) && read_all(open).is_err() => Ok(None),
        converted => converted,
    }
}

fn begins_embedded<'a>(open: &dyn Fn() -> Result<DocumentReader<'a>>) -> Result<bool> {
    Ok(matches!(open()?.next_event()?, Some(Event::Start(name)) if is_embedded(name.tag())))
}

fn read_all<'a>(open: &dyn Fn() -> Result<DocumentReader<'a>>) -> Result<()> {
    let mut reader = open()?;
    while reader.next_event()?.is_some() {}
    Ok(())
}

fn embedded<'a>(
    open: &dyn Fn() -> Result<DocumentReader<'a>>,
    to: Encoding,
    options: &ConvertOptions,
) -> Result<Vec<u8>> {
    // Inside a message white space counts; the outer document is laid out by itself.
    let options = ConvertOptions { layout: Layout::AsItIs, ..*options };
    pass::embedded(open, to, &options)
}
