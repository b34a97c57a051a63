//! What every grammar over the events needs: child elements, and the content of one element as a text.

use super::xml::{normalise_line_ends_into, unescape_into};
use super::{CommonTag, Event, Name, Reader};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Text, TextBuilder};
use crate::vocabulary::Tag;

/// How the content of an element was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DataForm {
    /// The element is not there.
    #[default]
    Absent,
    /// Character data; also the empty element.
    Text,
    /// Character data with a CDATA section in it.
    CData,
    /// A WBXML opaque block.
    Opaque,
    /// Elements.
    Markup,
}

/// A reader together with the texts taken from it.
#[derive(Debug)]
pub(crate) struct Elements<'r, 'd, R> {
    pub(crate) reader: &'r mut R,
    pub(crate) texts: TextBuilder<'d>,
}

impl<'r, 'd, 'a, R: Reader<'a>> Elements<'r, 'd, R> {
    /// `document` is what the reader reads: texts that lie in it are not copied.
    pub(crate) fn new(reader: &'r mut R, document: &'d [u8]) -> Self {
        Elements { reader, texts: TextBuilder::new(document) }
    }

    /// An error at the last event.
    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        self.reader.error(kind)
    }

    /// Where the last event begins.
    pub(crate) fn offset(&self) -> u32 {
        u32::try_from(self.reader.offset()).unwrap_or(u32::MAX)
    }

    /// The next event; blanks before a tag may be passed over.
    pub(crate) fn next_event(&mut self) -> Result<Option<Event<'a>>> {
        match self.reader.common_tag() {
            CommonTag::Start(tag) => Ok(Some(Event::Start(Name::Known(tag)))),
            CommonTag::End => Ok(Some(Event::End)),
            CommonTag::None => self.reader.next_event(),
        }
    }

    /// The next child element, or `None` at the end of the parent. Blanks between elements are passed over.
    #[inline]
    pub(crate) fn child(&mut self) -> Result<Option<Name<'a>>> {
        match self.reader.common_tag() {
            CommonTag::Start(tag) => Ok(Some(Name::Known(tag))),
            CommonTag::End => Ok(None),
            CommonTag::None => self.any_child(),
        }
    }

    #[cold]
    fn any_child(&mut self) -> Result<Option<Name<'a>>> {
        loop {
            match self.reader.next_event()? {
                Some(Event::Start(name)) => return Ok(Some(name)),
                Some(Event::End) | None => return Ok(None),
                Some(text) if text.is_blank() => {}
                Some(_) => return Err(self.error(ErrorKind::UnexpectedText)),
            }
        }
    }

    /// The text of the element that has just begun, with blanks at both ends taken off: right for everything but data
    /// (`wire.md` §1.5). `slot` is what was read before, as the element may occur once.
    pub(crate) fn text(&mut self, slot: Text, name: Tag) -> Result<Text> {
        if slot.is_present() {
            return Err(self.error(ErrorKind::Repeated(name.name())));
        }
        if let Some(plain) = self.reader.plain_text() {
            return Ok(self.texts.keep(plain.trim_ascii()));
        }
        let mut text = Text::EMPTY;
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => break,
                Some(Event::Start(_)) => return Err(self.error(ErrorKind::UnexpectedMarkup)),
                Some(Event::Opaque(octets)) => {
                    // Some encoders write every text as an opaque block (`wire.md` §7.10).
                    if let Err(error) = simdutf8::compat::from_utf8(octets) {
                        let start = self.texts.keep(octets).document_offset().unwrap_or(self.reader.offset());
                        let at = start.saturating_add(error.valid_up_to());
                        return Err(Error::new(ErrorKind::InvalidUtf8, at));
                    }
                    self.texts.append(&mut text, octets);
                }
                Some(event) => self.append(&mut text, event),
            }
        }
        Ok(text.trim(self.texts.bytes(text)))
    }

    /// The content of the element that has just begun, untrimmed, up to its end or to the first element inside it: then the
    /// form is [`DataForm::Markup`], and that element has begun.
    pub(crate) fn content(&mut self) -> Result<(DataForm, Text)> {
        if let Some(plain) = self.reader.plain_text() {
            return Ok((DataForm::Text, self.texts.keep(plain)));
        }
        let mut form = DataForm::Text;
        let mut text = Text::EMPTY;
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => return Ok((form, text)),
                Some(Event::Start(_)) => return Ok((DataForm::Markup, text)),
                Some(event) => {
                    form = match (event, form) {
                        (Event::Opaque(_), _) | (_, DataForm::Opaque) => DataForm::Opaque,
                        (Event::CData(_), _) | (_, DataForm::CData) => DataForm::CData,
                        _ => DataForm::Text,
                    };
                    self.append(&mut text, event);
                }
            }
        }
    }

    /// As [`content`](Elements::content), with the name of the element that has begun.
    pub(crate) fn content_with_first_child(&mut self) -> Result<(Option<Name<'a>>, Text)> {
        match self.reader.common_tag() {
            CommonTag::Start(tag) => return Ok((Some(Name::Known(tag)), Text::EMPTY)),
            CommonTag::End => return Ok((None, Text::EMPTY)),
            CommonTag::None => {}
        }
        let mut text = Text::EMPTY;
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => return Ok((None, text)),
                Some(Event::Start(_)) if !self.texts.bytes(text).trim_ascii().is_empty() => {
                    return Err(self.error(ErrorKind::UnexpectedMarkup));
                }
                Some(Event::Start(name)) => return Ok((Some(name), Text::EMPTY)),
                Some(event) => self.append(&mut text, event),
            }
        }
    }

    /// Adds a piece of character data to a text.
    pub(crate) fn append(&mut self, text: &mut Text, event: Event<'a>) {
        match event {
            Event::Text(piece) => self.texts.append(text, piece.as_bytes()),
            Event::Escaped(piece) => self.texts.append_with(text, |heap| unescape_into(piece, heap)),
            Event::CData(piece) if memchr::memchr(b'\r', piece.as_bytes()).is_none() => {
                self.texts.append(text, piece.as_bytes());
            }
            Event::CData(piece) => self.texts.append_with(text, |heap| normalise_line_ends_into(piece, heap)),
            Event::Char(char) => {
                self.texts.append_with(text, |heap| heap.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()));
            }
            Event::Opaque(octets) => self.texts.append(text, octets),
            Event::Start(_) | Event::End => {}
        }
    }
}
