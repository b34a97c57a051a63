//! What an item's data becomes in the encoding it is sent in, and what `Meta` then has to say of it (`wire.md` §9.3,
//! §7.10, §7.11).

use super::{Data, Embedded, Item};
use crate::error::{Error, ErrorKind};
use crate::limits::Limits;
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::{XmlWriter, is_xml_char};
use crate::markup::{DataForm, Encoding, Event, Fragment, Name, Options, Reader};
use crate::vocabulary::{DocumentType, devinf, dmddf};
use base64::Engine as _;
use std::borrow::Cow;

/// Data on its way, with what differs from the `Meta` it had.
#[derive(Debug, Default)]
pub(super) struct Carried<'m> {
    pub(super) content: Content<'m>,
    pub(super) format: Option<&'static str>,
    pub(super) media_type: Option<String>,
    pub(super) size: Option<u64>,
}

/// What stands in `Data`.
#[derive(Debug)]
pub(super) enum Content<'m> {
    Text(Cow<'m, str>),
    /// Text to be left alone: a CDATA section, in WBXML an opaque block.
    CData(Cow<'m, str>),
    Octets(Cow<'m, [u8]>),
    /// The whole `Data` element, elements inside.
    Element(Fragment<'m>),
}

impl Default for Content<'_> {
    fn default() -> Self {
        Content::Text(Cow::Borrowed(""))
    }
}

fn to_base64(octets: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(octets)
}

/// Whether XML can carry these octets as text.
fn as_text(octets: &[u8]) -> Option<&str> {
    std::str::from_utf8(octets).ok().filter(|text| text.chars().all(is_xml_char))
}

impl<'m> Content<'m> {
    /// A command's own data, which no `Meta` describes, as it is.
    pub(super) fn plain(data: &Data<'m>, encoding: Encoding) -> Result<Content<'m>, ErrorKind> {
        match (data.form(), encoding) {
            (DataForm::Markup, _) => data.fragment().map(Content::Element).ok_or(ErrorKind::UnexpectedMarkup),
            (DataForm::Opaque, _) => Ok(match as_text(data.bytes()) {
                // Some encoders write every text as an opaque block (`wire.md` §7.10): a code is text in XML.
                Some(text) if encoding == Encoding::Xml => Content::Text(Cow::Borrowed(text)),
                _ => Content::Octets(Cow::Borrowed(data.bytes())),
            }),
            (DataForm::CData, _) => Ok(Content::CData(Cow::Borrowed(data.text().unwrap_or_default()))),
            _ => Ok(Content::Text(Cow::Borrowed(data.text().unwrap_or_default()))),
        }
    }

    /// Credentials: an opaque block is the octets that there are, raw in WBXML and base64 in XML (`wire.md` §5.1), or
    /// base64 already.
    pub(super) fn credentials(data: &Data<'m>, encoding: Encoding) -> Result<Content<'m>, ErrorKind> {
        let is_octets = data.form() == DataForm::Opaque && data.base64().is_err();
        if is_octets && encoding == Encoding::Xml {
            return Ok(Content::Text(Cow::Owned(to_base64(data.bytes()))));
        }
        Content::plain(data, encoding)
    }
}

impl<'m> Carried<'m> {
    /// Whether `Meta` is needed, even where there was none.
    pub(super) fn changes_meta(&self) -> bool {
        self.format.is_some() || self.media_type.is_some()
    }

    /// An item's data for this encoding.
    pub(super) fn of(item: &Item<'m>, encoding: Encoding, is_normal: bool) -> Result<Carried<'m>, ErrorKind> {
        let Some(data) = item.data() else { return Ok(Carried::default()) };
        match encoding {
            Encoding::Xml => Carried::in_xml(item, &data, is_normal),
            Encoding::Wbxml => Carried::in_wbxml(item, &data),
        }
    }

    fn in_xml(item: &Item<'m>, data: &Data<'m>, is_normal: bool) -> Result<Carried<'m>, ErrorKind> {
        let is_bin = is_format(item, "bin");
        match data.form() {
            DataForm::Markup => {
                let fragment = data.fragment().ok_or(ErrorKind::UnexpectedMarkup)?;
                let stays = fragment.encoding() == Encoding::Xml && !is_normal;
                if stays || document_type(data).is_none() {
                    return Ok(Carried { content: Content::Element(fragment), ..Carried::default() });
                }
                let xml = document_to_xml(data).map_err(|error| error.kind())?;
                Ok(Carried::as_xml(item, xml))
            }
            DataForm::Opaque => {
                // A chunk of a document is no document.
                let document = data.embedded().filter(|document| document.is_wbxml() && !item.more_data());
                if let Some(xml) = document.and_then(|_| document_to_xml(data).ok()) {
                    return Ok(Carried::as_xml(item, xml));
                }
                match as_text(data.bytes()) {
                    Some(text) if !is_bin => {
                        Ok(Carried { content: Content::CData(Cow::Borrowed(text)), ..Carried::default() })
                    }
                    _ => Carried::as_base64(item, data.bytes()),
                }
            }
            // XML has no octets: `bin` in XML has always been base64 that is called by another name.
            form => {
                let text = Cow::Borrowed(data.text().unwrap_or_default());
                let content = if form == DataForm::CData { Content::CData(text) } else { Content::Text(text) };
                Ok(Carried { content, format: is_bin.then_some("b64"), ..Carried::default() })
            }
        }
    }

    fn in_wbxml(item: &Item<'m>, data: &Data<'m>) -> Result<Carried<'m>, ErrorKind> {
        match data.form() {
            DataForm::Markup => {
                let fragment = data.fragment().ok_or(ErrorKind::UnexpectedMarkup)?;
                if fragment.encoding() == Encoding::Wbxml {
                    return Ok(Carried { content: Content::Element(fragment), ..Carried::default() });
                }
                match document_to_wbxml(data).map_err(|error| error.kind())? {
                    Some(wbxml) => Ok(Carried::as_wbxml(item, wbxml)),
                    // Elements that no document type has: literals.
                    None => Ok(Carried { content: Content::Element(fragment), ..Carried::default() }),
                }
            }
            DataForm::Opaque => {
                Ok(Carried { content: Content::Octets(Cow::Borrowed(data.bytes())), ..Carried::default() })
            }
            form => {
                let text = data.text().unwrap_or_default();
                // Only what says that it is a document in XML is made one in WBXML: other XML is a value.
                let is_document = item.media_type().is_some_and(|media_type| wbxml_type(media_type).is_some());
                if is_document
                    && !item.more_data()
                    && let Some(wbxml) = document_to_wbxml(data).map_err(|error| error.kind())?
                {
                    return Ok(Carried::as_wbxml(item, wbxml));
                }
                if is_format(item, "bin") && !item.more_data() {
                    let octets = data.base64().map_err(|error| error.kind())?;
                    let size = item.own_size().map(|_| octets.len() as u64);
                    return Ok(Carried { content: Content::Octets(Cow::Owned(octets)), size, ..Carried::default() });
                }
                let text = Cow::Borrowed(text);
                let content = if form == DataForm::CData { Content::CData(text) } else { Content::Text(text) };
                Ok(Carried { content, ..Carried::default() })
            }
        }
    }

    fn as_xml(item: &Item<'m>, xml: String) -> Carried<'m> {
        let media_type = item.media_type().and_then(xml_type);
        let size = item.own_size().map(|_| xml.len() as u64);
        Carried { content: Content::CData(Cow::Owned(xml)), format: Some("xml"), media_type, size }
    }

    fn as_wbxml(item: &Item<'m>, wbxml: Vec<u8>) -> Carried<'m> {
        let media_type = item.media_type().and_then(wbxml_type);
        let size = item.own_size().map(|_| wbxml.len() as u64);
        Carried { content: Content::Octets(Cow::Owned(wbxml)), format: Some("bin"), media_type, size }
    }

    /// Octets as base64. The chunks of one object are joined as text, so each but the last must not need padding.
    fn as_base64(item: &Item<'m>, octets: &[u8]) -> Result<Carried<'m>, ErrorKind> {
        if item.more_data() && !octets.len().is_multiple_of(3) {
            return Err(ErrorKind::ChunkOfOctets);
        }
        // The size is that of the whole object, in this or in later chunks.
        let size = item.own_size().map(|size| size.div_ceil(3).saturating_mul(4));
        let content = Content::Text(Cow::Owned(to_base64(octets)));
        Ok(Carried { content, format: Some("b64"), media_type: None, size })
    }
}

fn is_format(item: &Item<'_>, format: &str) -> bool {
    item.format().is_some_and(|known| known.eq_ignore_ascii_case(format))
}

/// The media types of documents that have both encodings (`wire.md` §7.11).
const DOCUMENTS: [&str; 3] =
    ["application/vnd.syncml.dmtnds", "application/vnd.syncml.dmddf", "application/vnd.syncml-devinf"];

fn with_suffix(media_type: &str, from: &str, to: &str) -> Option<String> {
    let stem = media_type.trim().strip_suffix(from)?;
    DOCUMENTS.iter().any(|known| known.eq_ignore_ascii_case(stem)).then(|| format!("{stem}{to}"))
}

fn xml_type(media_type: &str) -> Option<String> {
    with_suffix(media_type, "+wbxml", "+xml")
}

fn wbxml_type(media_type: &str) -> Option<String> {
    with_suffix(media_type, "+xml", "+wbxml")
}

/// The document in this data as XML. Characters that XML cannot carry, and octets that are no text, are errors.
fn document_to_xml(data: &Data<'_>) -> Result<String, Error> {
    let embedded = data.embedded().ok_or(Error::new(ErrorKind::NoRoot, data.offset()))?;
    let mut writer = XmlWriter::new(&Limits::DEFAULT);
    root(&embedded)?.write(&mut writer, &Options::default())?;
    writer.finish()
}

/// The document in this data as WBXML, if its root is one that a document type has.
fn document_to_wbxml(data: &Data<'_>) -> Result<Option<Vec<u8>>, Error> {
    let Some(embedded) = data.embedded() else { return Ok(None) };
    let Some(document_type) = document_type(data) else { return Ok(None) };
    let mut writer = WbxmlWriter::new(document_type, &Limits::DEFAULT);
    root(&embedded)?.write(&mut writer, &Options::default())?;
    writer.finish().map(Some)
}

/// What kind of document stands in this data. Other elements, such as a sync anchor, belong to the message itself.
fn document_type(data: &Data<'_>) -> Option<DocumentType> {
    let embedded = data.embedded()?;
    let root = root(&embedded).ok()?;
    let start = root.reader(&Options::default()).next_event().ok()??;
    match start {
        Event::Start(Name::Known(tag @ (dmddf::MGMT_TREE | devinf::DEV_INF))) => Some(DocumentType::from_root(tag)),
        _ => None,
    }
}

/// The root element of an embedded document: blanks and the end of the enclosing element are left.
pub(super) fn root<'e>(embedded: &'e Embedded<'_>) -> Result<Fragment<'e>, Error> {
    let mut reader = embedded.reader(&Options::default())?;
    loop {
        match reader.next_event()? {
            Some(Event::Start(_)) => return reader.skip(),
            Some(event) if event.is_blank() => {}
            _ => return Err(reader.error(ErrorKind::NoRoot)),
        }
    }
}
