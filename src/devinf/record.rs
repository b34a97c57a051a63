//! From events to a record: a root element with single fields and everything else kept.

use crate::auth::{Nonce, decode_base64, opaque_octets};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::wbxml::{Header, WbxmlReader};
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{
    self, DataForm, DocumentReader, Elements, Encoding, Event, Fragment, KeptBinding, KeptFragment, Name, Options,
    Reader,
};
use crate::syncml::Embedded;
use crate::text::{Document, Sources, Text, TextBuilder};
use crate::tree::Format;
use crate::vocabulary::{DocumentType, Tag, metinf, syncml};
use std::borrow::Cow;

/// What a document is made of.
pub(super) struct Grammar {
    pub(super) root: Tag,
    pub(super) not_root: ErrorKind,
    pub(super) required: Option<Tag>,
    /// The children of the root, in the order of the DTD.
    pub(super) children: &'static [(Tag, Role)],
}

impl Grammar {
    /// What a child of the root is; everything the DTD does not have there is kept.
    pub(super) fn role(&self, tag: Tag) -> Role {
        self.children.iter().find(|(known, _)| *known == tag).map_or(Role::Kept, |(_, role)| *role)
    }
}

/// What a child of the root is.
#[derive(Clone, Copy)]
pub(super) enum Role {
    /// Text, once.
    Text,
    /// Decimal digits, once.
    Number,
    /// Says something by being there, once.
    Flag,
    /// Base64 text or octets, as sent, once.
    Nonce,
    /// Kept, once; and its children of these names are texts.
    Group(&'static [Tag]),
    /// Kept.
    Kept,
}

/// A decoded document.
#[derive(Clone)]
pub(super) struct Record<'a> {
    encoding: Encoding,
    sources: Sources<'a>,
    parts: Parts,
}

/// Everything of a document but its texts.
#[derive(Clone, Default)]
struct Parts {
    /// Where the root begins in the input.
    offset: u32,
    /// Each name at most once: few.
    fields: Vec<Field>,
    kept: Vec<(Option<Tag>, KeptFragment)>,
    bindings: Vec<KeptBinding>,
}

#[derive(Clone, Copy)]
pub(super) struct Field {
    tag: Tag,
    pub(super) form: DataForm,
    text: Text,
    /// Where the element begins in the input.
    pub(super) offset: u32,
}

impl<'a> Record<'a> {
    /// Decodes a whole document.
    pub(super) fn decode(input: &'a [u8], grammar: &Grammar, options: &Options) -> Result<Record<'a>> {
        let document = markup::Document::open(input)?;
        let decoded = Decoder::new(&mut document.reader(options)?, document.octets(), grammar).document();
        let (parts, heap) = decoded?;
        Ok(Record::new(
            match document {
                markup::Document::Xml(document) => Document::Text(document.into_text()),
                markup::Document::Wbxml(octets) => Document::Binary(Cow::Borrowed(octets)),
            },
            parts,
            heap,
        ))
    }

    /// Decodes the document in the data of an item.
    pub(super) fn embedded(embedded: &Embedded<'a>, grammar: &Grammar, options: &Options) -> Result<Record<'a>> {
        let decoded = match embedded.lasting_reader(options) {
            Some(reader) => Record::read(&mut reader?, grammar),
            // The decoded octets go with `embedded`.
            None => Record::read(&mut embedded.reader(options)?, grammar).map(Record::into_owned),
        };
        decoded.map_err(|error| embedded.error(error))
    }

    /// Decodes the first document of its kind in a part of a message: as elements, or in a `Data`.
    pub(super) fn within(fragment: &Fragment<'a>, grammar: &Grammar, options: &Options) -> Result<Option<Record<'a>>> {
        let mut reader = fragment.reader(options);
        let document = document_of(&reader);
        while let Some(event) = reader.next_event()? {
            let Event::Start(name) = event else { continue };
            let (at, mut tag) = (reader.offset(), name.tag());
            if tag == Some(syncml::DATA) {
                let mut doc = Elements::new(&mut reader, document);
                let (child, text) = doc.content_with_first_child()?;
                if child.is_none() {
                    let octets = doc.texts.bytes(text);
                    let found = match text.document_offset() {
                        Some(start) => {
                            let octets = document.get(start..start.saturating_add(octets.len())).unwrap_or_default();
                            Record::in_data(octets, grammar, options)
                        }
                        None => Record::in_data(octets, grammar, options).map(|found| found.map(Record::into_owned)),
                    };
                    match found {
                        Ok(None) => continue,
                        outcome => return outcome.map_err(|error| error.embedded_at(at)),
                    }
                }
                tag = child.and_then(|child| child.tag());
            }
            if tag == Some(grammar.root) {
                let (parts, heap) = Decoder::new(&mut reader, document, grammar).element()?;
                return Ok(Some(Record::new(source_of(&reader), parts, heap)));
            }
        }
        Ok(None)
    }

    /// Decodes the content of a `Data`; `None` when it is something else.
    fn in_data(octets: &'a [u8], grammar: &Grammar, options: &Options) -> Result<Option<Record<'a>>> {
        let octets = octets.trim_ascii_start();
        let mut reader = match Encoding::detect(octets) {
            Some(Encoding::Xml) => {
                let text = std::str::from_utf8(octets);
                let text = text.map_err(|error| Error::new(ErrorKind::InvalidUtf8, error.valid_up_to()))?;
                DocumentReader::Xml(XmlReader::over(XmlDocument::of_text(text)?, 0, options))
            }
            // A value can begin like a document; it is one only if its header is sound, and nobody embeds WBXML 1.0.
            Some(Encoding::Wbxml) if octets.first() != Some(&0) && Header::decode(octets, &options.limits).is_ok() => {
                DocumentReader::Wbxml(WbxmlReader::new(octets, options)?)
            }
            _ => return Ok(None),
        };
        match Record::read(&mut reader, grammar) {
            Err(_) if markup::root(octets, options) != Ok(Some(grammar.root)) => Ok(None),
            outcome => outcome.map(Some),
        }
    }

    /// Decodes what a reader has left, which is one document.
    fn read(reader: &mut DocumentReader<'a>, grammar: &Grammar) -> Result<Record<'a>> {
        let document = document_of(reader);
        let (parts, heap) = Decoder::new(reader, document, grammar).document()?;
        Ok(Record::new(source_of(reader), parts, heap))
    }

    fn new(document: Document<'a>, parts: Parts, heap: Vec<u8>) -> Record<'a> {
        let encoding = match document {
            Document::Text(_) => Encoding::Xml,
            Document::Binary(_) => Encoding::Wbxml,
        };
        Record { encoding, sources: Sources { document, heap }, parts }
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Where the root begins in the input.
    pub(super) fn offset(&self) -> usize {
        self.parts.offset as usize
    }

    /// The document type in the header of a WBXML document.
    pub(super) fn announced(&self) -> Option<DocumentType> {
        match &self.sources.document {
            Document::Text(_) => None,
            Document::Binary(octets) => Header::decode(octets, &Limits::UNLIMITED).ok().map(|head| head.document_type),
        }
    }

    pub(super) fn field(&self, tag: Tag) -> Option<Field> {
        self.parts.fields.iter().find(|field| field.tag == tag).copied()
    }

    pub(super) fn has(&self, tag: Tag) -> bool {
        self.field(tag).is_some()
    }

    pub(super) fn text(&self, tag: Tag) -> Option<&str> {
        self.sources.str(self.field(tag)?.text)
    }

    pub(super) fn number(&self, tag: Tag) -> Option<u64> {
        self.text(tag)?.parse().ok()
    }

    pub(super) fn octets(&self, tag: Tag) -> Option<(DataForm, &[u8])> {
        let field = self.field(tag)?;
        Some((field.form, self.sources.bytes(field.text).unwrap_or_default()))
    }

    /// What a nonce stands for.
    pub(super) fn nonce(&self, tag: Tag) -> Result<Option<Nonce<'_>>> {
        let Some(field) = self.field(tag) else { return Ok(None) };
        let octets = self.sources.bytes(field.text).unwrap_or_default();
        if field.form == DataForm::Opaque {
            let is_bin = self.text(metinf::FORMAT).and_then(Format::from_name) == Some(Format::Bin);
            return Ok(Some(Nonce::new(opaque_octets(octets, is_bin))));
        }
        let invalid = Error::new(ErrorKind::InvalidBase64, field.offset as usize);
        decode_base64(octets).map(|octets| Some(Nonce::new(octets))).ok_or(invalid)
    }

    /// The kept elements of which `wanted` holds, in order.
    pub(super) fn kept(&self, wanted: impl Fn(Option<Tag>) -> bool) -> impl Iterator<Item = Fragment<'_>> {
        self.parts
            .kept
            .iter()
            .filter(move |(tag, _)| wanted(*tag))
            .filter_map(|(_, fragment)| fragment.reopen(&self.sources, &self.parts.bindings))
    }

    pub(super) fn into_owned(self) -> Record<'static> {
        Record { encoding: self.encoding, sources: self.sources.into_owned(), parts: self.parts }
    }
}

/// What a reader reads.
fn document_of<'a>(reader: &DocumentReader<'a>) -> &'a [u8] {
    match reader {
        DocumentReader::Xml(reader) => reader.text().as_bytes(),
        DocumentReader::Wbxml(reader) => reader.document(),
    }
}

fn source_of<'a>(reader: &DocumentReader<'a>) -> Document<'a> {
    match reader {
        DocumentReader::Xml(reader) => Document::Text(Cow::Borrowed(reader.text())),
        DocumentReader::Wbxml(reader) => Document::Binary(Cow::Borrowed(reader.document())),
    }
}

struct Decoder<'r, 'd, 'g, R> {
    doc: Elements<'r, 'd, R>,
    grammar: &'g Grammar,
    parts: Parts,
}

impl<'r, 'd, 'g, 'a, R: Reader<'a>> Decoder<'r, 'd, 'g, R> {
    fn new(reader: &'r mut R, document: &'d [u8], grammar: &'g Grammar) -> Self {
        Decoder { doc: Elements::new(reader, document), grammar, parts: Parts::default() }
    }

    /// Reads a root element and makes sure that nothing follows.
    fn document(mut self) -> Result<(Parts, Vec<u8>)> {
        match self.doc.child()? {
            Some(Name::Known(tag)) if tag == self.grammar.root => self.fields()?,
            _ => return Err(self.doc.error(self.grammar.not_root)),
        }
        // Behind an embedded document comes the end of its `Data`.
        while let Some(event) = self.doc.reader.next_event()? {
            if event != Event::End && !event.is_blank() {
                return Err(self.doc.error(ErrorKind::TrailingData));
            }
        }
        self.finish()
    }

    /// Reads a root element that has begun.
    fn element(mut self) -> Result<(Parts, Vec<u8>)> {
        self.fields()?;
        self.finish()
    }

    fn finish(self) -> Result<(Parts, Vec<u8>)> {
        let texts: TextBuilder<'d> = self.doc.texts;
        Ok((self.parts, texts.finish()?))
    }

    fn fields(&mut self) -> Result<()> {
        self.parts.offset = self.doc.offset();
        while let Some(name) = self.doc.child()? {
            match name.tag() {
                Some(tag) => self.field(tag, self.grammar.role(tag))?,
                None => self.keep(None)?,
            }
        }
        match self.grammar.required {
            Some(tag) if !self.has(tag) => Err(Error::new(ErrorKind::Missing(tag.name()), self.parts.offset as usize)),
            _ => Ok(()),
        }
    }

    fn has(&self, tag: Tag) -> bool {
        self.parts.fields.iter().any(|field| field.tag == tag)
    }

    fn field(&mut self, tag: Tag, role: Role) -> Result<()> {
        if !matches!(role, Role::Kept) && self.has(tag) {
            return Err(self.doc.error(ErrorKind::Repeated(tag.name())));
        }
        let offset = self.doc.offset();
        let (form, text) = match role {
            Role::Kept => return self.keep(Some(tag)),
            Role::Text => (DataForm::Text, self.doc.text(Text::ABSENT, tag)?),
            Role::Number => {
                let text = self.doc.text(Text::ABSENT, tag)?;
                let digits = std::str::from_utf8(self.doc.texts.bytes(text)).unwrap_or_default();
                // `parse` takes a sign.
                if digits.starts_with('+') || digits.parse::<u64>().is_err() {
                    return Err(Error::new(ErrorKind::InvalidNumber, offset as usize));
                }
                (DataForm::Text, text)
            }
            Role::Flag => {
                self.doc.reader.skip_to_end()?;
                (DataForm::Text, Text::EMPTY)
            }
            Role::Nonce => match self.doc.content()? {
                (DataForm::Markup, _) => return Err(self.doc.error(ErrorKind::UnexpectedMarkup)),
                content => content,
            },
            Role::Group(texts) => {
                let mark = self.doc.reader.mark();
                while let Some(name) = self.doc.child()? {
                    match name.tag() {
                        Some(tag) if texts.contains(&tag) => self.field(tag, Role::Text)?,
                        _ => self.doc.reader.skip_to_end()?,
                    }
                }
                let fragment = self.doc.reader.fragment(mark);
                self.keep_fragment(Some(tag), &fragment);
                (DataForm::Markup, Text::EMPTY)
            }
        };
        self.parts.fields.push(Field { tag, form, text, offset });
        Ok(())
    }

    /// Keeps the element that has just begun.
    fn keep(&mut self, tag: Option<Tag>) -> Result<()> {
        let fragment = self.doc.reader.skip()?;
        self.keep_fragment(tag, &fragment);
        Ok(())
    }

    fn keep_fragment(&mut self, tag: Option<Tag>, fragment: &Fragment<'a>) {
        let texts = &mut self.doc.texts;
        let last = self.parts.kept.last().map(|(_, fragment)| fragment);
        let kept = KeptFragment::keep(fragment, texts, &mut self.parts.bindings, last);
        self.parts.kept.push((tag, kept));
    }
}
