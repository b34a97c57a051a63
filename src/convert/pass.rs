//! One pass over a document: events in, markup out.

use super::carrier::Held;
use super::data::Facts;
use super::late::{self, Late};
use super::target::Target;
use super::{ConvertOptions, kind, straight};
use crate::auth::decode_base64;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::xml::{normalise_line_ends, unescape};
use crate::markup::{DocumentReader, Encoding, Event, Fragment, Name, NewAttr, Options, Reader, Writer};
use crate::vocabulary::{DocumentType, Tag, dmddf, syncml};
use base64::Engine as _;
use std::rc::Rc;

/// How to read again what was read before, within whatever limits there were.
pub(crate) const AGAIN: Options = Options { limits: Limits::UNLIMITED, bare_ampersand: true, unnamed_trees: true };

/// What is to be done.
#[derive(Clone, Copy)]
pub(super) struct Plan<'o> {
    pub(super) from: Encoding,
    pub(super) to: Encoding,
    pub(super) options: &'o ConvertOptions,
    /// Items are converted here: this is no document inside a message, and not inside an item.
    pub(super) has_items: bool,
}

/// Converts the document that `open` opens.
pub(super) fn whole<'a>(
    open: &dyn Fn() -> Result<DocumentReader<'a>>,
    fpi: Option<DocumentType>,
    to: Encoding,
    options: &ConvertOptions,
) -> Result<Vec<u8>> {
    let (from, document_type) = document_type(open, fpi, to)?;
    Plan { from, to, options, has_items: true }.run(document_type, open)
}

/// Converts a document inside a message.
pub(super) fn embedded<'a>(
    open: &dyn Fn() -> Result<DocumentReader<'a>>,
    to: Encoding,
    options: &ConvertOptions,
) -> Result<Vec<u8>> {
    let (from, mut document_type) = document_type(open, None, to)?;
    // Part of a message in WBXML announces the message.
    if let Some(Event::Start(name)) = open()?.next_event()?
        && let Some(tag) = name.tag().filter(|tag| document_type.page(0) != Some(tag.vocabulary()))
    {
        document_type = DocumentType::from_root(tag);
    }
    Plan { from, to, options, has_items: false }.run(document_type, open)
}

/// Writes a part of a message into one of the other encoding. `outer` is what the commands around it say of the items in it;
/// `None` inside an item.
///
/// # Errors
/// As [`to_xml`](super::to_xml) and [`to_wbxml`](super::to_wbxml).
pub(crate) fn write_part(
    part: &Fragment<'_>,
    to: Encoding,
    target: &mut Target,
    options: &ConvertOptions,
    outer: Option<&Facts<'_>>,
) -> Result<()> {
    let plan = Plan { from: part.encoding(), to, options, has_items: outer.is_some() };
    let late = late::scan(&mut part.reader(&AGAIN))?;
    let mut pass = Pass::new(plan, target, Some(late));
    pass.outer = outer.map(|outer| Rc::new(outer.within(&Facts::default())));
    match pass.document(&mut part.reader(&AGAIN)) {
        Err(Stop::Error(error)) => Err(error),
        // All was known beforehand.
        Ok(()) | Err(Stop::Late) => Ok(()),
    }
}

pub(super) fn document_type<'a>(
    open: &dyn Fn() -> Result<DocumentReader<'a>>,
    fpi: Option<DocumentType>,
    to: Encoding,
) -> Result<(Encoding, DocumentType)> {
    let mut reader = open()?;
    let from = match &reader {
        DocumentReader::Xml(_) => Encoding::Xml,
        DocumentReader::Wbxml(_) => Encoding::Wbxml,
    };
    match (kind::document_type(&mut reader, fpi, to)?, to) {
        (Some(known), _) => Ok((from, known)),
        // Names are written as they were; the type says nothing.
        (None, Encoding::Xml) => Ok((from, DocumentType::SyncMl12)),
        (None, Encoding::Wbxml) => Err(reader.error(ErrorKind::UnknownFormat)),
    }
}

impl Plan<'_> {
    /// Whether the encoding changes.
    pub(super) fn is_crossing(&self) -> bool {
        self.from != self.to
    }

    /// Converts what `open` opens.
    fn run<'a>(&self, document_type: DocumentType, open: &dyn Fn() -> Result<DocumentReader<'a>>) -> Result<Vec<u8>> {
        if self.is_crossing()
            && let Some(octets) = straight::run(self, document_type, &mut open()?)
        {
            return Ok(octets);
        }
        self.by_the_rules(document_type, open)
    }

    /// [`run`](Plan::run) for whatever may have to change.
    pub(super) fn by_the_rules<'a>(
        &self,
        document_type: DocumentType,
        open: &dyn Fn() -> Result<DocumentReader<'a>>,
    ) -> Result<Vec<u8>> {
        let mut late = None;
        loop {
            let mut target = Target::new(self.to, document_type, self.options);
            let mut reader = open()?;
            match Pass::new(*self, &mut target, late.take()).document(&mut reader) {
                Ok(()) => {
                    let end = reader.offset();
                    return target.finish().map_err(|error| Error::new(error.kind(), end));
                }
                Err(Stop::Late) => late = Some(late::scan(&mut open()?)?),
                Err(Stop::Error(error)) => return Err(error),
            }
        }
    }
}

/// Why a pass ends early.
pub(super) enum Stop {
    Error(Error),
    /// Something should have been known before.
    Late,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Error(error)
    }
}

/// An open element.
pub(super) struct Level {
    pub(super) tag: Option<Tag>,
    pub(super) offset: usize,
    /// What is said here of all items inside.
    said: Option<Rc<Facts<'static>>>,
    /// What is written of them, if it is something else.
    written: Option<Box<Facts<'static>>>,
    /// How many items there were before it.
    items_before: usize,
    /// A node whose format is `bin`.
    is_binary: bool,
    /// A node's value was written.
    had_value: bool,
}

pub(super) struct Pass<'t, 'o, 'a> {
    pub(super) plan: Plan<'o>,
    pub(super) target: &'t mut Target,
    levels: Vec<Level>,
    pub(super) late: Option<Late>,
    /// An item, or the `Meta` of a command, that waits until all of it is known.
    pub(super) held: Held<'a>,
    /// What is said around the root.
    outer: Option<Rc<Facts<'static>>>,
    /// How many items there were.
    items: usize,
    value: Option<Binary>,
}

/// The value of a node of format `bin`.
struct Binary {
    octets: Vec<u8>,
    is_opaque: bool,
    offset: usize,
}

impl<'t, 'o, 'a> Pass<'t, 'o, 'a> {
    fn new(plan: Plan<'o>, target: &'t mut Target, late: Option<Late>) -> Pass<'t, 'o, 'a> {
        Pass { plan, target, levels: Vec::new(), late, held: Held::default(), outer: None, items: 0, value: None }
    }

    fn document(&mut self, reader: &mut DocumentReader<'a>) -> Result<(), Stop> {
        while let Some(event) = reader.next_event()? {
            if self.held.is_active() {
                self.hold(reader, event)?;
            } else {
                self.event(reader, event)?;
            }
        }
        Ok(())
    }

    /// Writes an event at once, or begins to hold.
    pub(super) fn event(&mut self, reader: &mut DocumentReader<'a>, event: Event<'a>) -> Result<(), Stop> {
        let offset = reader.offset();
        match event {
            Event::Start(name) => {
                let tag = name.tag();
                if self.plan.is_crossing() && self.plan.has_items && self.begins_held(tag) {
                    self.held.begin(tag);
                    return self.hold(reader, event);
                }
                self.flush_value()?;
                self.start(reader, name)?;
                self.note_start(tag, offset)?;
                Ok(())
            }
            Event::End => {
                self.end_value()?;
                self.levels.pop();
                self.done(offset, |target| target.end())
            }
            piece => match &mut self.value {
                Some(value) => {
                    match piece {
                        Event::Opaque(octets) => {
                            value.is_opaque = true;
                            value.octets.extend_from_slice(octets);
                        }
                        piece => value.octets.extend_from_slice(piece.text().unwrap_or_default().as_bytes()),
                    }
                    Ok(())
                }
                None => match self.characters(piece, offset) {
                    // The format that explains these octets may come behind them.
                    Err(Stop::Error(_)) if self.may_be_binary() => Err(Stop::Late),
                    written => written,
                },
            },
        }
    }

    pub(super) fn done(
        &mut self,
        offset: usize,
        write: impl FnOnce(&mut Target) -> Result<(), ErrorKind>,
    ) -> Result<(), Stop> {
        write(self.target).map_err(|kind| Error::new(kind, offset).into())
    }

    /// Whether an element waits until all of it is known.
    fn begins_held(&self, tag: Option<Tag>) -> bool {
        match tag {
            Some(syncml::ITEM | syncml::CRED | syncml::CHAL) => true,
            Some(syncml::META) => {
                let parent = self.levels.last().and_then(|level| level.tag);
                parent.is_some_and(|parent| parent.vocabulary() == syncml::META.vocabulary())
                    && parent != Some(syncml::SYNC_HDR)
            }
            _ => false,
        }
    }

    fn start(&mut self, reader: &DocumentReader<'a>, name: Name<'a>) -> Result<(), Stop> {
        let attrs = reader.attrs();
        let attrs: Vec<_> = attrs.collect();
        let attrs: Vec<_> = attrs
            .iter()
            .map(|attr| NewAttr { qname: attr.qname, namespace: attr.namespace, value: attr.value.as_str() })
            .collect();
        let written = match reader {
            DocumentReader::Xml(reader) => Some(reader.written_name()),
            DocumentReader::Wbxml(_) => None,
        };
        self.done(reader.offset(), |target| match written {
            Some(written) => target.start_written(name, written, &attrs),
            None => target.start(name, &attrs),
        })
    }

    fn may_be_binary(&self) -> bool {
        self.late.is_none() && self.levels.last().is_some_and(|level| level.tag == Some(dmddf::VALUE))
    }

    /// Keeps in mind what an element that was written means for others.
    fn note_start(&mut self, tag: Option<Tag>, offset: usize) -> Result<(), Stop> {
        if tag == Some(dmddf::VALUE)
            && self.plan.is_crossing()
            && let Some(node) = self.levels.last_mut().filter(|level| level.tag == Some(dmddf::NODE))
        {
            node.had_value = true;
            let late = self.late.as_ref().is_some_and(|late| late.binary.contains(&node.offset));
            if node.is_binary || late {
                self.value = Some(Binary { octets: Vec::new(), is_opaque: false, offset });
            }
        }
        let outer = self.levels.last().map_or(&self.outer, |level| &level.said);
        let said = match self.late.as_ref().and_then(|late| late.said.get(&offset)) {
            Some(own) => Some(Rc::new(within(own, outer))),
            None => outer.clone(),
        };
        let items_before = self.items;
        let level = Level { tag, offset, said, written: None, items_before, is_binary: false, had_value: false };
        self.levels.push(level);
        if tag == Some(dmddf::FORMAT_BIN) && self.plan.is_crossing() {
            let from = self.levels.len().saturating_sub(4);
            let path: Vec<_> = self.levels.iter().skip(from).map(|level| (level.tag, level.offset)).collect();
            if late::binary_node(&path).is_some()
                && let Some(node) = self.levels.get_mut(from)
            {
                node.is_binary = true;
                if node.had_value && self.late.is_none() {
                    return Err(Stop::Late);
                }
            }
        }
        Ok(())
    }

    /// The value of a `bin` node is octets in WBXML and base64 in XML.
    fn end_value(&mut self) -> Result<(), Stop> {
        let Some(Binary { octets, is_opaque, offset }) = self.value.take() else { return Ok(()) };
        match (self.plan.to, is_opaque) {
            (Encoding::Wbxml, _) => {
                let decoded = decode_base64(&octets).ok_or(Error::new(ErrorKind::InvalidBase64, offset))?;
                if decoded.is_empty() {
                    return Ok(());
                }
                self.done(offset, |target| target.opaque(&decoded))
            }
            (Encoding::Xml, true) => {
                let text = base64::engine::general_purpose::STANDARD.encode(&octets);
                self.done(offset, |target| target.text(&text))
            }
            // Text of format `bin` is base64 already.
            (Encoding::Xml, false) => self.write_octets(&octets, offset),
        }
    }

    /// There is an element in a value: it is no base64.
    fn flush_value(&mut self) -> Result<(), Stop> {
        let Some(Binary { octets, offset, .. }) = self.value.take() else { return Ok(()) };
        self.write_octets(&octets, offset)
    }

    fn write_octets(&mut self, octets: &[u8], offset: usize) -> Result<(), Stop> {
        let text = std::str::from_utf8(octets).map_err(|_| Error::new(ErrorKind::InvalidUtf8, offset))?;
        self.done(offset, |target| target.text(text))
    }

    /// Character data that means nothing in particular.
    pub(super) fn characters(&mut self, event: Event<'a>, offset: usize) -> Result<(), Stop> {
        characters(self.target, &self.plan, event).map_err(|kind| Error::new(kind, offset).into())
    }

    /// Keeps in mind what the `Meta` of the innermost open element says of the items in it. `false`: it was known beforehand.
    pub(super) fn says(&mut self, facts: &Facts<'static>) -> Result<bool, Stop> {
        let Some(level) = self.levels.last_mut() else { return Ok(false) };
        match &self.late {
            // The items needed to know.
            None if self.items > level.items_before => Err(Stop::Late),
            None => {
                level.said = Some(Rc::new(within(facts, &level.said)));
                Ok(true)
            }
            Some(_) => Ok(self.items == level.items_before),
        }
    }

    /// What is said of an item here, and what is written of it.
    pub(super) fn said_and_written(&self) -> (Facts<'static>, Facts<'static>) {
        let level = self.levels.last();
        let said = level.map_or(&self.outer, |level| &level.said).as_deref().cloned().unwrap_or_default();
        let written = level.and_then(|level| level.written.as_deref()).cloned();
        (said.clone(), written.unwrap_or(said))
    }

    /// Notes an item, and what is written of those that follow.
    pub(super) fn had_item(&mut self, written: Facts<'static>) {
        self.items = self.items.saturating_add(1);
        if let Some(level) = self.levels.last_mut()
            && level.said.as_deref() != Some(&written)
            && !(level.said.is_none() && written.is_empty())
        {
            level.written = Some(Box::new(written));
        }
    }
}

/// Writes character data that means nothing in particular.
pub(super) fn characters(target: &mut Target, plan: &Plan<'_>, event: Event<'_>) -> Result<(), ErrorKind> {
    let drops_blanks = plan.is_crossing() && plan.to == Encoding::Wbxml && !plan.options.keep_blanks;
    let is_blank = |text: &str| drops_blanks && text.bytes().all(|octet| octet.is_ascii_whitespace());
    match event {
        Event::Text(text) if is_blank(text) => target.blank(text),
        // Line ends; a character that was escaped is meant.
        Event::Escaped(text) if is_blank(text) => target.blank(&normalise_line_ends(text)),
        Event::Text(text) => target.text(text),
        Event::Escaped(text) => target.text(&unescape(text)),
        Event::CData(text) => target.cdata(&normalise_line_ends(text)),
        Event::Char(char) => target.text(char.encode_utf8(&mut [0; 4])),
        Event::Opaque(octets) => target.opaque(octets),
        Event::Start(_) | Event::End => Ok(()),
    }
}

fn within(facts: &Facts<'static>, outer: &Option<Rc<Facts<'static>>>) -> Facts<'static> {
    outer.as_ref().map_or_else(|| facts.clone(), |outer| facts.within(outer))
}
