//! One pass over a document: events in, markup out.

use super::carrier::Held;
use super::data::{Facts, from_base64};
use super::late::{self, Late};
use super::target::Target;
use super::{ConvertOptions, kind};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::xml::{normalise_line_ends, unescape};
use crate::markup::{DocumentReader, Encoding, Event, Name, NewAttr, Reader, Writer};
use crate::vocabulary::{DocumentType, Tag, dmddf, metinf, syncml};
use base64::Engine as _;

/// What is to be done.
#[derive(Clone, Copy)]
pub(super) struct Plan<'o> {
    pub(super) from: Encoding,
    pub(super) to: Encoding,
    document_type: DocumentType,
    pub(super) options: &'o ConvertOptions,
    /// A document of its own, not one inside a message.
    is_outer: bool,
}

impl<'o> Plan<'o> {
    pub(super) fn new<'a>(
        open: &dyn Fn() -> Result<DocumentReader<'a>>,
        fpi: Option<DocumentType>,
        to: Encoding,
        options: &'o ConvertOptions,
    ) -> Result<Plan<'o>> {
        let mut reader = open()?;
        let from = match &reader {
            DocumentReader::Xml(_) => Encoding::Xml,
            DocumentReader::Wbxml(_) => Encoding::Wbxml,
        };
        let document_type = kind::document_type(&mut reader, fpi, to)?;
        let document_type = match (document_type, to) {
            (Some(known), _) => known,
            // Names are written as they were; the type says nothing.
            (None, Encoding::Xml) => DocumentType::SyncMl12,
            (None, Encoding::Wbxml) => return Err(reader.error(ErrorKind::UnknownFormat)),
        };
        Ok(Plan { from, to, document_type, options, is_outer: true })
    }

    /// A document inside a message.
    pub(super) fn embedded<'a>(
        open: &dyn Fn() -> Result<DocumentReader<'a>>,
        to: Encoding,
        options: &'o ConvertOptions,
    ) -> Result<Plan<'o>> {
        let mut plan = Plan::new(open, None, to, options)?;
        plan.is_outer = false;
        // Part of a message in WBXML announces the message.
        let Some(Event::Start(name)) = open()?.next_event()? else { return Ok(plan) };
        if let Some(tag) = name.tag().filter(|tag| plan.document_type.page(0) != Some(tag.vocabulary())) {
            plan.document_type = DocumentType::from_root(tag);
        }
        Ok(plan)
    }

    pub(super) fn is_crossing(&self) -> bool {
        self.from != self.to
    }

    /// Converts what `open` opens.
    pub(super) fn run<'a>(&self, open: &dyn Fn() -> Result<DocumentReader<'a>>) -> Result<Vec<u8>> {
        let mut late = None;
        loop {
            let mut pass = Pass::new(*self, late.take());
            let mut reader = open()?;
            match pass.document(&mut reader) {
                Ok(()) => {
                    let end = reader.offset();
                    return pass.target.finish().map_err(|error| Error::new(error.kind(), end));
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

/// What a command says of its items.
#[derive(Clone, Default)]
pub(super) struct CommandFacts {
    /// In the document that is read.
    pub(super) said: Facts,
    /// In the document that is written.
    pub(super) written: Facts,
}

/// An open element.
pub(super) struct Level {
    pub(super) tag: Option<Tag>,
    pub(super) offset: usize,
    /// What a command says of its items.
    pub(super) facts: Option<Box<CommandFacts>>,
    /// An item was written.
    pub(super) had_item: bool,
    /// A node whose format is `bin`.
    is_binary: bool,
    /// A node's value was written.
    had_value: bool,
}

pub(super) struct Pass<'o, 'a> {
    pub(super) plan: Plan<'o>,
    pub(super) target: Target,
    pub(super) levels: Vec<Level>,
    pub(super) late: Option<Late>,
    /// An item, or the `Meta` of a command, that waits until all of it is known.
    pub(super) held: Held<'a>,
    value: Option<Binary>,
}

/// The value of a node of format `bin`.
struct Binary {
    octets: Vec<u8>,
    is_opaque: bool,
    offset: usize,
}

impl<'o, 'a> Pass<'o, 'a> {
    fn new(plan: Plan<'o>, late: Option<Late>) -> Pass<'o, 'a> {
        let target = Target::new(plan.to, plan.document_type, plan.options);
        Pass { plan, target, levels: Vec::new(), late, held: Held::default(), value: None }
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
                if self.plan.is_crossing() && self.plan.is_outer && self.begins_held(tag) {
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
        write(&mut self.target).map_err(|kind| Error::new(kind, offset).into())
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
        let level = Level { tag, offset, facts: None, had_item: false, is_binary: false, had_value: false };
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
                let decoded = from_base64(&octets).ok_or(Error::new(ErrorKind::InvalidBase64, offset))?;
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
        let drops_blanks = self.plan.is_crossing() && self.plan.to == Encoding::Wbxml && !self.plan.options.keep_blanks;
        let is_blank = |text: &str| drops_blanks && text.bytes().all(|octet| octet.is_ascii_whitespace());
        self.done(offset, |target| match event {
            Event::Text(text) if is_blank(text) => target.blank(text),
            // Line ends; a character that was escaped is meant.
            Event::Escaped(text) if is_blank(text) => target.blank(&normalise_line_ends(text)),
            Event::Text(text) => target.text(text),
            Event::Escaped(text) => target.text(&unescape(text)),
            Event::CData(text) => target.cdata(&normalise_line_ends(text)),
            Event::Char(char) => target.text(char.encode_utf8(&mut [0; 4])),
            Event::Opaque(octets) => target.opaque(octets),
            Event::Start(_) | Event::End => Ok(()),
        })
    }

    /// What the innermost open element, a command, says of its items.
    pub(super) fn command_facts(&self) -> CommandFacts {
        let Some(level) = self.levels.last() else { return Default::default() };
        if let Some(facts) = &level.facts {
            return (**facts).clone();
        }
        let late = self.late.as_ref().and_then(|late| late.commands.get(&level.offset));
        late.map_or_else(Default::default, |facts| CommandFacts { said: facts.clone(), written: facts.clone() })
    }
}

/// Whether an element says something of data.
pub(super) fn is_fact(tag: Option<Tag>) -> bool {
    matches!(tag, Some(metinf::FORMAT | metinf::TYPE | metinf::SIZE | metinf::NEXT_NONCE))
}
