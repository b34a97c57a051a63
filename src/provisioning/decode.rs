//! From events to records.

use super::Document;
use super::document::{Parts, RawAttribute, RawElement, RawExtra, RawParm, narrow};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{Encoding, Event, KeptFragment, Name, Options, Reader};
use crate::text::{self, Sources, Text, TextBuilder};
use crate::vocabulary::prov;
use core::ops::Range;
use std::borrow::Cow;

impl<'a> Document<'a> {
    /// Decodes a document, XML or WBXML, with default [`Options`].
    ///
    /// # Errors
    /// See [`decode_with`](Document::decode_with).
    pub fn decode(input: &'a [u8]) -> Result<Document<'a>> {
        Document::decode_with(input, &Options::default())
    }

    /// Decodes a document, XML or WBXML.
    ///
    /// # Errors
    /// Every error of the markup (1xx to 4xx); [`NotProvisioning`](ErrorKind::NotProvisioning),
    /// [`Missing`](ErrorKind::Missing) for a characteristic without `type` or a parm without `name`,
    /// [`Repeated`](ErrorKind::Repeated) for one of these attributes given twice (WBXML),
    /// [`UnexpectedElement`](ErrorKind::UnexpectedElement) for a parm outside a characteristic or anything inside a parm,
    /// [`UnexpectedText`](ErrorKind::UnexpectedText). The offset is the octet, or the element, at fault.
    pub fn decode_with(input: &'a [u8], options: &Options) -> Result<Document<'a>> {
        match Encoding::detect(input) {
            Some(Encoding::Xml) => {
                let document = XmlDocument::open(input)?;
                let mut reader = XmlReader::new(&document, options);
                let (parts, heap) = Decoder::decode(&mut reader, document.text().as_bytes())?;
                let sources = Sources { document: text::Document::Text(document.into_text()), heap };
                Ok(Document::new(Encoding::Xml, sources, parts))
            }
            Some(Encoding::Wbxml) => {
                let (parts, heap) = Decoder::decode(&mut WbxmlReader::new(input, options)?, input)?;
                let sources = Sources { document: text::Document::Binary(Cow::Borrowed(input)), heap };
                Ok(Document::new(Encoding::Wbxml, sources, parts))
            }
            None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
        }
    }
}

struct Decoder<'r, 'd, R> {
    reader: &'r mut R,
    texts: TextBuilder<'d>,
    parts: Parts,
    /// The elements that are open, innermost last. Their depth is bounded by `Limits::depth`.
    open: Vec<usize>,
}

impl<'r, 'd, 'a, R: Reader<'a>> Decoder<'r, 'd, R> {
    fn decode(reader: &'r mut R, document: &'d [u8]) -> Result<(Parts, Vec<u8>)> {
        let texts = TextBuilder::new(document);
        let mut decoder = Decoder { reader, texts, parts: Parts::default(), open: Vec::new() };
        match decoder.reader.next_event()? {
            Some(Event::Start(Name::Known(prov::WAP_PROVISIONINGDOC))) => decoder.begin("version")?,
            _ => return Err(decoder.reader.error(ErrorKind::NotProvisioning)),
        }
        while !decoder.open.is_empty() {
            decoder.step()?;
        }
        if decoder.reader.next_event()?.is_some() {
            return Err(decoder.reader.error(ErrorKind::TrailingData));
        }
        decoder.finish()
    }

    fn step(&mut self) -> Result<()> {
        match self.reader.next_event()? {
            Some(Event::Start(name)) => match name.tag() {
                Some(prov::CHARACTERISTIC) => {
                    self.begin("type")?;
                    self.require_label()
                }
                // The root holds no parms; it is the first element.
                Some(prov::PARM) if self.open.len() > 1 => self.parm(),
                Some(_) => Err(self.reader.error(ErrorKind::UnexpectedElement)),
                None => self.extra(),
            },
            Some(Event::End) | None => {
                let end = narrow(self.parts.elements.len());
                if let Some(element) = self.open.pop().and_then(|index| self.parts.elements.get_mut(index)) {
                    element.end = end;
                }
                Ok(())
            }
            Some(text) if text.is_blank() => Ok(()),
            Some(_) => Err(self.reader.error(ErrorKind::UnexpectedText)),
        }
    }

    /// Opens the element that has just begun; its attribute `label` is the one that this library knows.
    fn begin(&mut self, label: &'static str) -> Result<()> {
        let offset = narrow(self.reader.offset());
        let ([label], attributes) = self.attributes([label])?;
        self.open.push(self.parts.elements.len());
        self.parts.elements.push(RawElement { offset, label, attributes, ..RawElement::default() });
        Ok(())
    }

    fn require_label(&self) -> Result<()> {
        match self.parts.elements.last() {
            Some(element) if !element.label.is_present() => Err(self.reader.error(ErrorKind::Missing("type"))),
            _ => Ok(()),
        }
    }

    /// The characteristic that is open.
    fn owner(&self) -> u32 {
        narrow(self.open.last().copied().unwrap_or_default())
    }

    fn parm(&mut self) -> Result<()> {
        let (owner, offset) = (self.owner(), narrow(self.reader.offset()));
        let ([name, value], attributes) = self.attributes(["name", "value"])?;
        if !name.is_present() {
            return Err(self.reader.error(ErrorKind::Missing("name")));
        }
        self.parts.parms.push(RawParm { owner, offset, name, value, attributes });
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => return Ok(()),
                Some(Event::Start(_)) => return Err(self.reader.error(ErrorKind::UnexpectedElement)),
                Some(text) if text.is_blank() => {}
                Some(_) => return Err(self.reader.error(ErrorKind::UnexpectedText)),
            }
        }
    }

    /// Keeps the element that has just begun as an unknown one.
    fn extra(&mut self) -> Result<()> {
        let owner = self.owner();
        let fragment = self.reader.skip()?;
        let Parts { extras, bindings, .. } = &mut self.parts;
        let last = extras.last().map(|extra: &RawExtra| &extra.fragment);
        let fragment = KeptFragment::keep(&fragment, &mut self.texts, bindings, last);
        extras.push(RawExtra { owner, fragment });
        Ok(())
    }

    /// Takes the attributes of the element that has just begun: the `wanted` ones, and where the others are kept.
    fn attributes<const N: usize>(&mut self, wanted: [&'static str; N]) -> Result<([Text; N], Range<u32>)> {
        let mut found = [Text::ABSENT; N];
        let first = narrow(self.parts.attributes.len());
        for attr in self.reader.attrs() {
            if attr.declares().is_some() {
                continue;
            }
            let value = self.texts.keep(attr.value.as_str().as_bytes());
            let slot = found.iter_mut().zip(wanted).find(|(_, name)| *name == attr.qname);
            match slot {
                Some((slot, name)) if slot.is_present() => return Err(self.reader.error(ErrorKind::Repeated(name))),
                Some((slot, _)) => *slot = value,
                None => {
                    let namespace = attr.namespace.map(|namespace| self.texts.keep(namespace.name().as_bytes()));
                    let name = self.texts.keep(attr.qname.as_bytes());
                    let namespace = namespace.unwrap_or_default();
                    self.parts.attributes.push(RawAttribute { name, namespace, value });
                }
            }
        }
        Ok((found, first..narrow(self.parts.attributes.len())))
    }

    fn finish(mut self) -> Result<(Parts, Vec<u8>)> {
        self.parts.group();
        Ok((self.parts, self.texts.finish()?))
    }
}
