//! A message in chunks, as a network brings them.

use super::decode::Decoder;
use super::message::{Command, Header, Message};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::{self, PublicId};
use crate::markup::{self, DocumentReader, Encoding, Event, Options, Reader};
use crate::text::{Document, Sources, TextBuilder};
use crate::vocabulary::DocumentType;
use std::borrow::Cow;

/// Takes a message in chunks of any size and gives its commands as they come.
///
/// Octets are held until the header, or one child of `SyncBody`, is complete; that piece is then read by the reader that
/// reads whole messages, so that both give the same. What is held is bounded by
/// [`Limits::buffer`](crate::Limits::buffer), and read again only when it has grown by half: the time for a message does
/// not depend on how it is cut. So a command can be given out that much later than its last octet came, and the last ones
/// after [`finish`](Feeder::finish).
///
/// [`Limits::elements`](crate::Limits::elements) and [`Limits::expansion`](crate::Limits::expansion) bound each piece, as pieces are forgotten.
///
/// ```
/// use omadm::syncml::Feeder;
/// # let input = include_bytes!("../../tests/data/package2.syncml.xml");
/// let mut feeder = Feeder::new(&Default::default());
/// let mut commands = 0;
/// for chunk in input.chunks(100) {
///     feeder.feed(chunk)?;
///     while let Some(fed) = feeder.next_command()? {
///         commands += 1 + fed.command().all_children().count();
///     }
/// }
/// feeder.finish();
/// while let Some(fed) = feeder.next_command()? {
///     commands += 1 + fed.command().all_children().count();
/// }
/// assert_eq!((commands, feeder.is_final(), feeder.is_complete()), (20, true, true));
/// # Ok::<(), omadm::Error>(())
/// ```
pub struct Feeder {
    options: Options,
    buffer: Vec<u8>,
    /// Where in `buffer` begins what has not been given out.
    start: usize,
    /// Octets of the message before that.
    before: usize,
    /// What a piece needs in front of it to be read as a document: how the message and its body begin.
    prefix: Vec<u8>,
    encoding: Encoding,
    header: Option<Message<'static>>,
    /// How much has to be there before it is worth reading again.
    patience: usize,
    /// How long the last piece was: the next is likely to be alike.
    usual: usize,
    state: State,
    is_final: bool,
    /// `Final` stood before a command that was given out.
    final_before: bool,
}

crate::redact::debug_without_content!(Feeder { encoding, header } octets of { buffer });

#[derive(Clone, Copy, Debug)]
enum State {
    /// More is to come.
    Open,
    /// All is there.
    Finished,
    /// All was read.
    Complete,
    Failed(Error),
}

/// A command of a message that is being fed. It points into the [`Feeder`] until the next call.
#[derive(Debug)]
pub struct FedCommand<'f> {
    message: Message<'f>,
}

impl FedCommand<'_> {
    /// The command, with those inside it.
    #[must_use]
    pub fn command(&self) -> Command<'_> {
        // There is one: a piece without a command is not given out.
        self.message.first_command()
    }

    /// The piece of the message that it came in, without the header.
    #[cfg(feature = "capi")]
    pub(crate) fn into_message(self) -> Message<'static> {
        self.message.into_owned()
    }
}

/// What was found at the beginning of what is held.
enum Piece {
    /// A command; what comes after it begins so many octets on, with this tag page in force.
    Command { parts: Box<super::parts::Parts>, heap: Vec<u8>, len: usize, tag_page: u8 },
    /// The end of the message.
    End { is_final: bool },
}

impl Feeder {
    /// A feeder of one message.
    #[must_use]
    pub fn new(options: &Options) -> Feeder {
        Feeder {
            options: *options,
            buffer: Vec::new(),
            start: 0,
            before: 0,
            prefix: Vec::new(),
            encoding: Encoding::Xml,
            header: None,
            patience: 0,
            usual: 0,
            state: State::Open,
            is_final: false,
            final_before: false,
        }
    }

    /// Adds a chunk.
    ///
    /// # Errors
    /// [`LimitBuffer`](ErrorKind::LimitBuffer) when more would be held than may be; take out commands first. After an error, the same again.
    /// [`TrailingData`](ErrorKind::TrailingData) after [`finish`](Feeder::finish), of a chunk that has something in it: it is not taken, and what
    /// came before can still be read.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<()> {
        match self.state {
            State::Open => {}
            State::Failed(error) => return Err(error),
            State::Finished | State::Complete if chunk.is_empty() => return Ok(()),
            State::Finished | State::Complete => {
                return Err(Error::new(ErrorKind::TrailingData, self.before.saturating_add(self.held())));
            }
        }
        self.compact();
        if self.held().saturating_add(chunk.len()) > self.options.limits.buffer as usize {
            return Err(self.fail(Error::new(ErrorKind::LimitBuffer, self.before)));
        }
        self.buffer.extend_from_slice(chunk);
        Ok(())
    }

    /// Says that there are no more chunks.
    pub fn finish(&mut self) {
        if matches!(self.state, State::Open) {
            self.state = State::Finished;
            self.patience = 0;
        }
    }

    /// The header, once it is there.
    ///
    /// # Errors
    /// As [`MessageReader::new`](super::MessageReader::new).
    pub fn header(&mut self) -> Result<Option<Header<'_>>> {
        self.read_header()?;
        Ok(self.header.as_ref().map(Message::header))
    }

    /// The header as a message without commands, as far as it has been read.
    #[cfg(feature = "capi")]
    pub(crate) fn header_message(&self) -> Option<&Message<'static>> {
        self.header.as_ref()
    }

    /// The next command, if it is there with all that is in it and was looked for: see above. `None` means that more chunks
    /// are needed, or that there are no more commands: see [`is_complete`](Feeder::is_complete).
    ///
    /// # Errors
    /// As [`Message::decode_with`]. What could be a message that is not complete yet becomes an error after
    /// [`finish`](Feeder::finish) only.
    pub fn next_command(&mut self) -> Result<Option<FedCommand<'_>>> {
        if !self.read_header()? {
            return Ok(None);
        }
        let Some(piece) = self.attempt(Feeder::read_piece)? else { return Ok(None) };
        match piece {
            Piece::End { is_final } => {
                self.is_final = is_final;
                if matches!(self.state, State::Finished) {
                    self.state = State::Complete;
                }
                Ok(None)
            }
            Piece::Command { parts, heap, len, tag_page } => {
                let from = self.start.saturating_sub(self.prefix.len());
                let to = self.start.saturating_add(len);
                self.start = to;
                self.before = self.before.saturating_add(len);
                self.usual = len;
                self.patience = 0;
                if let (Encoding::Wbxml, Some(page)) = (self.encoding, self.prefix.last_mut()) {
                    *page = tag_page;
                }
                // Where the document that was read, the prefix in front, would begin in the message.
                let base = self.before.saturating_sub(len).saturating_sub(self.prefix.len());
                let octets = self.buffer.get(from..to).unwrap_or_default();
                let document = match self.encoding {
                    Encoding::Xml => Document::Text(markup::xml::XmlDocument::open(octets)?.into_text()),
                    Encoding::Wbxml => Document::Binary(Cow::Borrowed(octets)),
                };
                let sources = Sources { document, heap };
                self.final_before |= parts.is_final;
                self.is_final = self.final_before;
                let mut message = Message::new(self.encoding, sources, *parts);
                message.shift(base);
                Ok(Some(FedCommand { message }))
            }
        }
    }

    /// Whether `Final` has been read. It is the last thing in a message.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.is_final
    }

    /// Whether the message was read to its end. It can be after [`finish`](Feeder::finish) only.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        matches!(self.state, State::Complete)
    }

    fn held(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    fn fail(&mut self, error: Error) -> Error {
        self.state = State::Failed(error);
        error
    }

    /// Lets go of what was given out, once that is the larger part.
    fn compact(&mut self) {
        let done = self.start.saturating_sub(self.prefix.len());
        if done > self.buffer.len() / 2 {
            self.buffer.drain(..done);
            self.start = self.start.saturating_sub(done);
        }
    }

    fn read_header(&mut self) -> Result<bool> {
        if self.header.is_some() {
            return Ok(true);
        }
        let Some(beginning) = self.attempt(Feeder::read_beginning)? else { return Ok(false) };
        // It is read again with every command; a message that begins so long is up to no good.
        if beginning.prefix.len() > self.options.limits.prefix as usize {
            return Err(self.fail(Error::new(ErrorKind::LimitPrefix, 0)));
        }
        self.encoding = beginning.header.encoding();
        self.header = Some(beginning.header);
        self.prefix = beginning.prefix;
        self.start = beginning.len;
        self.before = beginning.len;
        self.patience = 0;
        Ok(true)
    }

    /// Reads from what is held, in windows that grow: a command is short, what is held may be long. `None` means that it
    /// is not all there.
    fn attempt<T>(&mut self, read: impl Fn(&mut Feeder, usize) -> Result<T>) -> Result<Option<T>> {
        /// Below this, time is not worth saving.
        const SMALLEST: usize = 512;
        match self.state {
            State::Failed(error) => return Err(error),
            State::Complete => return Ok(None),
            State::Open if self.held() < self.patience.max(1) => return Ok(None),
            State::Open | State::Finished => {}
        }
        let mut window = self.usual.saturating_mul(2).max(SMALLEST);
        loop {
            let is_all = window >= self.held();
            match read(self, window.min(self.held())) {
                Ok(found) => return Ok(Some(found)),
                Err(error) if is_incomplete(error) && !is_all => window = window.saturating_mul(2),
                Err(error) if is_incomplete(error) && matches!(self.state, State::Open) => {
                    self.patience = self.held().saturating_add(self.held() / 2).saturating_add(64);
                    return Ok(None);
                }
                Err(error) => return Err(self.fail(error)),
            }
        }
    }

    /// While more is to come, or in a window: leaves out a character that is cut off at the end.
    fn whole_characters<'o>(&self, octets: &'o [u8]) -> &'o [u8] {
        let is_end = octets.as_ptr_range().end == self.buffer.as_ptr_range().end;
        if is_end && matches!(self.state, State::Finished) { octets } else { whole_characters(octets) }
    }

    /// Reads the header from the first `len` octets.
    fn read_beginning(&mut self, len: usize) -> Result<Beginning> {
        let octets = self.whole_characters(self.buffer.get(..len).unwrap_or_default());
        let is_all = len == self.held() && matches!(self.state, State::Finished);
        let is_too_short = octets.len() < SHORTEST && matches!(self.state, State::Open);
        if is_too_short || !is_all && markup::xml::is_cut_in_front(octets) {
            return Err(Error::new(ErrorKind::UnexpectedEnd, octets.len()));
        }
        let document = markup::Document::open(octets)?;
        Beginning::read(&document, octets, &self.options)
    }

    /// Reads one command from the first `len` octets that were not given out.
    fn read_piece(&mut self, len: usize) -> Result<Piece> {
        // The octets before these were given out: room for the prefix.
        let from = self.start.saturating_sub(self.prefix.len());
        if let Some(room) = self.buffer.get_mut(from..self.start) {
            room.copy_from_slice(&self.prefix);
        }
        let octets = self.buffer.get(from..self.start.saturating_add(len)).unwrap_or_default();
        let octets = if self.encoding == Encoding::Xml { self.whole_characters(octets) } else { octets };
        let before = self.before;
        let prefix = self.prefix.len();
        // Places in this document as places in the message.
        let place = |at: usize| at.saturating_sub(prefix).saturating_add(before);
        let document = match self.encoding {
            Encoding::Xml => markup::xml::XmlDocument::open(octets).map(markup::Document::Xml),
            Encoding::Wbxml => Ok(markup::Document::Wbxml(octets)),
        };
        let document = document.map_err(|error| error.moved_to(place(error.offset())))?;
        let piece = read_piece(&document, prefix, &self.options, self.final_before);
        match piece {
            // What is behind the end was not looked at.
            Ok(Piece::End { .. }) if len < self.held() => {
                Err(Error::new(ErrorKind::UnexpectedEnd, place(octets.len())))
            }
            Ok(piece) => Ok(piece),
            Err(error) => Err(error.moved_to(place(error.offset()))),
        }
    }
}

/// The fewest octets that tell a charset and a header from the beginning of one.
const SHORTEST: usize = 24;

/// Errors that more octets may mend.
fn is_incomplete(error: Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEnd
            | ErrorKind::NoRoot
            | ErrorKind::WbxmlOpaque
            | ErrorKind::WbxmlString
            | ErrorKind::WbxmlStringTable
    )
}

/// Leaves out a UTF-8 character that is cut off at the end.
fn whole_characters(octets: &[u8]) -> &[u8] {
    let Some(last) = octets.iter().rposition(|octet| octet & 0xC0 != 0x80) else { return octets };
    let tail = octets.get(last..).unwrap_or_default();
    let len = match tail.first() {
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        _ => return octets,
    };
    if tail.len() < len { octets.get(..last).unwrap_or_default() } else { octets }
}

/// Reads one command of a document that begins as the message and its body do.
fn read_piece(document: &markup::Document<'_>, prefix: usize, options: &Options, is_final: bool) -> Result<Piece> {
    let mut reader = document.reader(options)?;
    for _ in ["SyncML", "SyncBody"] {
        if !matches!(reader.next_event()?, Some(Event::Start(_))) {
            return Err(reader.error(ErrorKind::NotSyncMl));
        }
    }
    let parts = super::parts::Parts { is_final, ..Default::default() };
    let mut decoder = Decoder::resume(&mut reader, TextBuilder::new(document.octets()), parts);
    let is_command = decoder.command()?.is_some();
    if !is_command {
        decoder.end()?;
    }
    let (parts, heap) = decoder.into_parts()?;
    if !is_command {
        return Ok(Piece::End { is_final: parts.is_final });
    }
    let (consumed, tag_page) = consumed(document, &reader);
    Ok(Piece::Command { parts: Box::new(parts), heap, len: consumed.saturating_sub(prefix), tag_page })
}

/// Where a reader goes on, in octets of the input, and with which tag page.
fn consumed(document: &markup::Document<'_>, reader: &DocumentReader<'_>) -> (usize, u8) {
    match (document, reader) {
        (markup::Document::Xml(document), DocumentReader::Xml(reader)) => {
            (document.places().original(reader.consumed()), 0)
        }
        (_, DocumentReader::Wbxml(reader)) => reader.consumed(),
        _ => (0, 0),
    }
}

/// What comes before the first command.
struct Beginning {
    header: Message<'static>,
    /// How the document and its body begin, without the header in between.
    prefix: Vec<u8>,
    /// Octets up to the first command.
    len: usize,
}

impl Beginning {
    fn read(document: &markup::Document<'_>, octets: &[u8], options: &Options) -> Result<Beginning> {
        let mut reader = document.reader(options)?;
        let root_page = match &reader {
            DocumentReader::Wbxml(_) => Some(()),
            DocumentReader::Xml(_) => None,
        };
        reader.next_event()?;
        let root = (reader.offset(), consumed(document, &reader));
        let mut reader = document.reader(options)?;
        let mut decoder = Decoder::resume(&mut reader, TextBuilder::new(document.octets()), Default::default());
        decoder.header()?;
        let (parts, heap) = decoder.into_parts()?;
        let body = (reader.offset(), consumed(document, &reader));
        let part = |from: usize, to: usize| octets.get(from..to).unwrap_or_default();
        let ((root_at, (root_end, _)), (body_at, (len, page))) = (root, body);
        let mut prefix = Vec::new();
        if root_page.is_some() {
            // Everything up to the root: header, string table. A number that is nobody's was forgiven for the header of a message behind
            // the root, which does not stand there any more: in its place comes the one that leaves it to the root.
            let public_id = wbxml::Header::decode(octets, &options.limits).map(|header| header.public_id);
            let end = octets.iter().skip(1).position(|octet| octet & 0x80 == 0);
            let head = match (public_id, octets.first(), end) {
                (Ok(PublicId::Number(number)), Some(version), Some(end))
                    if DocumentType::from_public_id(number).is_none() =>
                {
                    prefix.extend([*version, 1]);
                    end.saturating_add(2)
                }
                _ => 0,
            };
            prefix.extend_from_slice(part(head, root_end));
            // SyncBody is on page 0, wherever the header has been; and then the page where reading goes on.
            prefix.extend_from_slice(&[0x00, 0x00]);
            prefix.extend_from_slice(part(body_at, len));
            prefix.extend_from_slice(&[0x00, page]);
        } else {
            // The declaration tells the charset, unless a byte order mark did.
            if octets.starts_with(b"<?xml") {
                let end = memchr::memmem::find(octets, b"?>").map_or(0, |end| end.saturating_add(2));
                prefix.extend_from_slice(part(0, end));
            }
            prefix.extend_from_slice(part(root_at, root_end));
            prefix.extend_from_slice(part(body_at, len));
        }
        let source = match document {
            markup::Document::Xml(document) => Document::Text(Cow::Borrowed(document.text())),
            markup::Document::Wbxml(octets) => Document::Binary(Cow::Borrowed(*octets)),
        };
        let sources = Sources { document: source, heap };
        let header = Message::new(document.encoding(), sources, parts).into_owned();
        Ok(Beginning { header, prefix, len })
    }
}
