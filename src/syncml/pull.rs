//! A message one command at a time.

use super::decode::Decoder;
use super::message::{Command, Header, Message};
use super::parts::{Extras, Index};
use crate::error::{Error, Result};
use crate::markup::{self, DocumentReader, Options};
use crate::text::{Document, Sources, TextBuilder};
use std::borrow::Cow;

/// Reads a message without keeping it: first the header, then one command after the other, each in the place of the
/// last. Nothing is allocated per command, once the largest has been seen, but for markup that is kept (inline trees,
/// unknown elements, commands outside DM) and for elements with attributes. Unknown elements between commands are
/// passed over.
///
/// ```
/// use omadm::markup::{Document, Options};
/// use omadm::syncml::MessageReader;
/// # let input = include_bytes!("../../tests/data/package2.syncml.wbxml");
/// let document = Document::open(input)?;
/// let mut reader = MessageReader::new(&document, &Options::default())?;
/// assert_eq!(reader.header().msg_id(), "1");
/// let mut commands = 0;
/// while let Some(command) = reader.next_command()? {
///     // What is inside an Atomic or Sequence comes with it.
///     commands += 1 + command.all_children().count();
/// }
/// assert_eq!((commands, reader.is_final()), (20, true));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Debug)]
pub struct MessageReader<'a> {
    document: &'a markup::Document<'a>,
    reader: DocumentReader<'a>,
    message: Message<'a>,
    /// What belongs to the header, and stays.
    header: Lengths,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    InBody,
    Done,
    Failed(Error),
}

/// How much of each list there is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lengths {
    heap: usize,
    metas: usize,
    party_rests: usize,
    meta_rests: usize,
    creds: usize,
    extras: usize,
    fragments: usize,
    bindings: usize,
    /// The unknown elements before the body.
    root_extras: Extras,
}

impl<'a> MessageReader<'a> {
    /// Reads the header of a message.
    ///
    /// # Errors
    /// As [`Message::decode_with`], as far as the header goes.
    pub fn new(document: &'a markup::Document<'_>, options: &Options) -> Result<MessageReader<'a>> {
        let reader = document.reader(options)?;
        let source = match document {
            markup::Document::Xml(document) => Document::Text(Cow::Borrowed(document.text())),
            markup::Document::Wbxml(octets) => Document::Binary(Cow::Borrowed(*octets)),
        };
        let sources = Sources { document: source, heap: Vec::new() };
        let message = Message::new(document.encoding(), sources, Default::default());
        let header = Lengths::default();
        let mut reader = MessageReader { document, reader, message, header, state: State::InBody };
        reader.run(|decoder| decoder.header())?;
        reader.header = reader.message.lengths();
        Ok(reader)
    }

    /// The header.
    #[must_use]
    pub fn header(&self) -> Header<'_> {
        self.message.header()
    }

    /// The next command of `SyncBody`, with the commands inside it; `None` after the last, when the rest of the message has been read, too.
    ///
    /// # Errors
    /// As [`Message::decode_with`]; after an error, the same again.
    pub fn next_command(&mut self) -> Result<Option<Command<'_>>> {
        match self.state {
            State::InBody => {}
            State::Done => return Ok(None),
            State::Failed(error) => return Err(error),
        }
        self.message.truncate(&self.header);
        let first = self.run(|decoder| match decoder.command()? {
            None => decoder.end().map(|()| Index::NONE),
            Some(first) => Ok(first),
        })?;
        if !first.is_some() {
            self.state = State::Done;
        }
        Ok(self.message.all_commands().next())
    }

    /// Whether `Final` has been read. It is the last thing in a message.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.message.is_final()
    }

    /// The header, and the command that was read last, with the commands inside it; none before the first, after the last and after an error.
    #[cfg(feature = "capi")]
    pub(crate) fn message(&mut self) -> &Message<'a> {
        if matches!(self.state, State::Failed(_)) {
            self.message.truncate(&self.header);
        }
        &self.message
    }

    /// Lends everything to a decoder, and takes it back.
    fn run<T>(&mut self, step: impl FnOnce(&mut Decoder<'_, 'a, DocumentReader<'a>>) -> Result<T>) -> Result<T> {
        let (parts, heap) = self.message.take();
        let texts = TextBuilder::with_heap(self.document.octets(), heap);
        let mut decoder = Decoder::resume(&mut self.reader, texts, parts);
        let outcome = step(&mut decoder);
        let parts = decoder.into_parts().map(|(parts, heap)| self.message.put(parts, heap));
        let outcome = outcome.and_then(|outcome| parts.map(|()| outcome));
        outcome.inspect_err(|error| self.state = State::Failed(*error))
    }
}

impl Message<'_> {
    pub(super) fn lengths(&self) -> Lengths {
        let (parts, heap) = self.lists();
        Lengths {
            heap: heap.len(),
            metas: parts.metas.len(),
            party_rests: parts.party_rests.len(),
            meta_rests: parts.meta_rests.len(),
            creds: parts.creds.len(),
            extras: parts.extras.len(),
            fragments: parts.fragments.len(),
            bindings: parts.bindings.len(),
            root_extras: parts.root_extras,
        }
    }

    /// Forgets the commands, and what came with them.
    pub(super) fn truncate(&mut self, to: &Lengths) {
        let (mut parts, mut heap) = self.take();
        heap.truncate(to.heap);
        parts.commands.clear();
        parts.items.clear();
        parts.refs.clear();
        parts.metas.truncate(to.metas);
        parts.party_rests.truncate(to.party_rests);
        parts.meta_rests.truncate(to.meta_rests);
        parts.item_rests.clear();
        parts.command_rests.clear();
        parts.creds.truncate(to.creds);
        parts.fragments.truncate(to.fragments);
        parts.bindings.truncate(to.bindings);
        parts.extras.truncate(to.extras);
        parts.body_extras = Extras::default();
        parts.root_extras = to.root_extras;
        if let Some(last) = to.root_extras.last.get().and_then(|last| parts.extras.get_mut(last)) {
            last.next = Index::NONE;
        }
        self.put(parts, heap);
    }
}
