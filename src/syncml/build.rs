//! Making a message.

use super::measure::Measures;
use super::parts::{
    CommandRest, Index, MetaRest, Parts, PartyRest, RawCommand, RawCred, RawData, RawHeader, RawItem, RawMeta,
    RawParty, RawRef,
};
use super::{CommandKind, Message, Ref};
use crate::auth::Nonce;
use crate::error::{Error, ErrorKind, Result};
use crate::markup::{DataForm, Encoding};
use crate::text::{Document, Sources, Text, TextBuilder};
use core::fmt;
use std::borrow::Cow;

/// `Data` to send.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum NewData<'x> {
    /// Character data. Of `Format` `bin`, it is the octets of its characters, as in any message in WBXML.
    Text(&'x str),
    /// Character data that holds markup: a CDATA section in XML, an opaque block in WBXML.
    CData(&'x str),
    /// Octets: an opaque block in WBXML, base64 in XML. `Format` should be `bin`.
    Octets(&'x [u8]),
}

/// Without the data, which may be a secret.
impl fmt::Debug for NewData<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (form, len) = match self {
            NewData::Text(text) => ("Text", text.len()),
            NewData::CData(text) => ("CData", text.len()),
            NewData::Octets(octets) => ("Octets", octets.len()),
        };
        write!(f, "{form}({len} octets)")
    }
}

/// `Meta` to send. [`Default`] is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewMeta<'x> {
    /// `Format`
    pub format: Option<&'x str>,
    /// `Type`
    pub media_type: Option<&'x str>,
    /// `Mark`
    pub mark: Option<&'x str>,
    /// `Size`
    pub size: Option<u64>,
    /// `Version`
    pub version: Option<&'x str>,
    /// `NextNonce`: base64 text, or octets, which become that.
    pub next_nonce: Option<NewData<'x>>,
    /// `MaxMsgSize`
    pub max_msg_size: Option<u64>,
    /// `MaxObjSize`
    pub max_obj_size: Option<u64>,
}

impl<'x> NewMeta<'x> {
    /// `Format` and `Type`.
    #[must_use]
    pub fn of(format: &'x str, media_type: &'x str) -> NewMeta<'x> {
        NewMeta { format: Some(format), media_type: Some(media_type), ..NewMeta::default() }
    }
}

/// `Cred` to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewCred<'x> {
    /// The scheme, in `Type`.
    pub meta: NewMeta<'x>,
    /// The credential.
    pub data: NewData<'x>,
}

/// `Item` to send. [`Default`] is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewItem<'x> {
    /// `Target/LocURI`
    pub target: Option<&'x str>,
    /// `Target/LocName`
    pub target_name: Option<&'x str>,
    /// `Source/LocURI`
    pub source: Option<&'x str>,
    /// `Source/LocName`
    pub source_name: Option<&'x str>,
    /// `Meta`
    pub meta: Option<NewMeta<'x>>,
    /// `Data`
    pub data: Option<NewData<'x>>,
    /// `MoreData`
    pub more_data: bool,
}

impl<'x> NewItem<'x> {
    /// An item about a node.
    #[must_use]
    pub fn target(uri: &'x str) -> NewItem<'x> {
        NewItem { target: Some(uri), ..NewItem::default() }
    }

    /// An item from a node: of `Results`, or of a client's `Replace`.
    #[must_use]
    pub fn source(uri: &'x str) -> NewItem<'x> {
        NewItem { source: Some(uri), ..NewItem::default() }
    }

    /// The same with a text.
    #[must_use]
    pub fn text(self, text: &'x str) -> NewItem<'x> {
        NewItem { data: Some(NewData::Text(text)), ..self }
    }

    /// The same with `Format` and `Type`.
    #[must_use]
    pub fn meta(self, format: &'x str, media_type: &'x str) -> NewItem<'x> {
        NewItem { meta: Some(NewMeta::of(format, media_type)), ..self }
    }
}

/// A command to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewCommand<'x> {
    /// Which command: not [`Other`](CommandKind::Other), and not `Atomic` or `Sequence`, which are begun and ended.
    pub kind: CommandKind,
    /// `MsgRef`
    pub msg_ref: Option<&'x str>,
    /// `CmdRef`
    pub cmd_ref: Option<&'x str>,
    /// `Cmd`
    pub cmd: Option<&'x str>,
    /// `TargetRef` and `SourceRef`
    pub refs: &'x [Ref<'x>],
    /// `Correlator`
    pub correlator: Option<&'x str>,
    /// `Meta`
    pub meta: Option<NewMeta<'x>>,
    /// `Chal`
    pub chal: Option<NewMeta<'x>>,
    /// `Data`: the code of a `Status` or `Alert`.
    pub data: Option<NewData<'x>>,
    /// `Item`
    pub items: &'x [NewItem<'x>],
}

impl<'x> NewCommand<'x> {
    /// A command with items.
    #[must_use]
    pub fn new(kind: CommandKind, items: &'x [NewItem<'x>]) -> NewCommand<'x> {
        NewCommand {
            kind,
            msg_ref: None,
            cmd_ref: None,
            cmd: None,
            refs: &[],
            correlator: None,
            meta: None,
            chal: None,
            data: None,
            items,
        }
    }

    /// An `Alert` with its code, such as `1201`.
    #[must_use]
    pub fn alert(code: &'x str, items: &'x [NewItem<'x>]) -> NewCommand<'x> {
        NewCommand { data: Some(NewData::Text(code)), ..NewCommand::new(CommandKind::Alert, items) }
    }

    /// A `Status` for command `cmd_ref`, named `cmd`, of message `msg_ref`; `0` and `SyncHdr` for the header.
    #[must_use]
    pub fn status(msg_ref: &'x str, cmd_ref: &'x str, cmd: &'x str, code: &'x str) -> NewCommand<'x> {
        NewCommand {
            msg_ref: Some(msg_ref),
            cmd_ref: Some(cmd_ref),
            cmd: Some(cmd),
            data: Some(NewData::Text(code)),
            ..NewCommand::new(CommandKind::Status, &[])
        }
    }

    /// `Results` of command `cmd_ref` of message `msg_ref`.
    #[must_use]
    pub fn results(msg_ref: &'x str, cmd_ref: &'x str, items: &'x [NewItem<'x>]) -> NewCommand<'x> {
        NewCommand { msg_ref: Some(msg_ref), cmd_ref: Some(cmd_ref), ..NewCommand::new(CommandKind::Results, items) }
    }
}

/// Puts a message together, and numbers its commands from 1.
///
/// ```
/// use omadm::markup::Encoding;
/// use omadm::syncml::{CommandKind, MessageBuilder, NewCommand, NewItem};
/// let mut builder = MessageBuilder::new("1A", "1", "https://dm.example.com/omadm", "IMEI:490154203237518");
/// builder.command(&NewCommand::alert("1201", &[]))?;
/// let items = [NewItem::source("./DevInfo/Man").text("Acme")];
/// assert_eq!(builder.command(&NewCommand::new(CommandKind::Replace, &items))?, 2);
/// let size = builder.encoded_len(Encoding::Wbxml)?;
/// let message = builder.finish()?;
/// assert_eq!(message.encode(Encoding::Wbxml)?.len(), size);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone)]
pub struct MessageBuilder {
    parts: Parts,
    heap: Vec<u8>,
    next: u32,
    open: Vec<usize>,
    measures: Measures,
}

/// A summary: messages carry secrets, which must not get into logs.
impl fmt::Debug for MessageBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let commands = self.parts.commands.len();
        f.debug_struct("MessageBuilder")
            .field("commands", &commands)
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}

impl MessageBuilder {
    /// A message of DM 1.2 with `Final`.
    #[must_use]
    pub fn new(session_id: &str, msg_id: &str, target: &str, source: &str) -> MessageBuilder {
        let mut builder = MessageBuilder {
            parts: Parts::default(),
            heap: Vec::new(),
            next: 1,
            open: Vec::new(),
            measures: Measures::default(),
        };
        let [ver_dtd, ver_proto, session_id, msg_id, target, source] =
            ["1.2", "DM/1.2", session_id, msg_id, target, source].map(|text| builder.keep(text.as_bytes()));
        builder.parts.header = RawHeader {
            ver_dtd,
            ver_proto,
            session_id,
            msg_id,
            target: RawParty { loc_uri: target, ..RawParty::default() },
            source: RawParty { loc_uri: source, ..RawParty::default() },
            ..RawHeader::default()
        };
        builder.parts.is_final = true;
        builder
    }

    fn keep(&mut self, octets: &[u8]) -> Text {
        let mut texts = TextBuilder::with_heap(&[], core::mem::take(&mut self.heap));
        let text = if octets.is_empty() { Text::EMPTY } else { texts.keep(octets) };
        // A message that outgrew 4 GiB is found out by `finish`, which has no text to show.
        self.heap = texts.finish().unwrap_or_default();
        text
    }

    fn keep_some(&mut self, text: Option<&str>) -> Text {
        text.map_or(Text::ABSENT, |text| self.keep(text.as_bytes()))
    }

    fn party(&mut self, loc_uri: Option<&str>, loc_name: Option<&str>) -> RawParty {
        let (loc_uri, loc_name) = (self.keep_some(loc_uri), self.keep_some(loc_name));
        RawParty { loc_uri, rest: self.party_rest(loc_name) }
    }

    fn party_rest(&mut self, loc_name: Text) -> Index {
        if !loc_name.is_present() {
            return Index::NONE;
        }
        let index = Index::next(&self.parts.party_rests);
        self.parts.party_rests.push(PartyRest { loc_name, ..PartyRest::default() });
        index
    }

    /// The header is about to change: what was measured with the old one counts no longer.
    fn header(&mut self) -> &mut RawHeader {
        self.measures = Measures::default();
        &mut self.parts.header
    }

    /// Other versions than `1.2` and `DM/1.2`.
    #[must_use]
    pub fn versions(mut self, ver_dtd: &str, ver_proto: &str) -> MessageBuilder {
        let (ver_dtd, ver_proto) = (self.keep(ver_dtd.as_bytes()), self.keep(ver_proto.as_bytes()));
        self.header().ver_dtd = ver_dtd;
        self.header().ver_proto = ver_proto;
        self
    }

    /// `Source/LocName`: the user name of MD5 and MAC credentials.
    #[must_use]
    pub fn source_name(mut self, name: &str) -> MessageBuilder {
        let name = self.keep(name.as_bytes());
        self.header().source.rest = self.party_rest(name);
        self
    }

    /// `RespURI`
    #[must_use]
    pub fn resp_uri(mut self, uri: &str) -> MessageBuilder {
        let uri = self.keep(uri.as_bytes());
        self.header().resp_uri = uri;
        self
    }

    /// `Cred`
    #[must_use]
    pub fn cred(mut self, cred: &NewCred<'_>) -> MessageBuilder {
        let cred =
            RawCred { meta: self.add_meta(Some(cred.meta)), data: self.data(Some(cred.data)), ..RawCred::default() };
        let index = Index::next(&self.parts.creds);
        self.header().cred = index;
        self.parts.creds.push(cred);
        self
    }

    /// `Meta`: what the sender takes.
    #[must_use]
    pub fn meta(mut self, meta: NewMeta<'_>) -> MessageBuilder {
        let meta = self.add_meta(Some(meta));
        self.header().meta = meta;
        self
    }

    /// Leaves out `Final`: more messages of this package follow.
    #[must_use]
    pub fn not_final(mut self) -> MessageBuilder {
        self.parts.is_final = false;
        self
    }

    fn number(&mut self, number: Option<u64>) -> Text {
        number.map_or(Text::ABSENT, |number| self.keep(number.to_string().as_bytes()))
    }

    fn data(&mut self, data: Option<NewData<'_>>) -> RawData {
        let (form, octets) = match data {
            None => return RawData::default(),
            Some(NewData::Text(text)) => (DataForm::Text, text.as_bytes()),
            Some(NewData::CData(text)) => (DataForm::CData, text.as_bytes()),
            Some(NewData::Octets(octets)) => (DataForm::Opaque, octets),
        };
        RawData { form, text: self.keep(octets), ..RawData::default() }
    }

    /// DM wants base64 in both encodings (`wire.md` §5.1).
    fn nonce(&mut self, nonce: Option<NewData<'_>>) -> RawData {
        match nonce {
            Some(NewData::Octets(octets)) => self.data(Some(NewData::Text(&Nonce::new(octets).to_base64()))),
            nonce => self.data(nonce),
        }
    }

    fn add_meta(&mut self, meta: Option<NewMeta<'_>>) -> Index {
        let Some(meta) = meta else { return Index::NONE };
        let (format, type_) = (self.keep_some(meta.format), self.keep_some(meta.media_type));
        let rest = MetaRest {
            mark: self.keep_some(meta.mark),
            size: self.number(meta.size),
            version: self.keep_some(meta.version),
            max_msg_size: self.number(meta.max_msg_size),
            max_obj_size: self.number(meta.max_obj_size),
            next_nonce: self.nonce(meta.next_nonce),
            ..MetaRest::default()
        };
        let texts = [rest.mark, rest.size, rest.version, rest.max_msg_size, rest.max_obj_size];
        let says_more = texts.into_iter().any(Text::is_present) || rest.next_nonce.form != DataForm::Absent;
        let rest = if says_more {
            let index = Index::next(&self.parts.meta_rests);
            self.parts.meta_rests.push(rest);
            index
        } else {
            Index::NONE
        };
        let index = Index::next(&self.parts.metas);
        self.parts.metas.push(RawMeta { format, type_, rest });
        index
    }

    fn cmd_id(&mut self) -> (u32, Text) {
        let number = self.next;
        self.next = number.saturating_add(1);
        (number, self.keep(number.to_string().as_bytes()))
    }

    /// Adds a command; returns its `CmdID`.
    ///
    /// # Errors
    /// [`UnexpectedElement`](ErrorKind::UnexpectedElement) for a kind that cannot be added this way, [`Missing`](ErrorKind::Missing) for an
    /// item with a `LocName` but no `LocURI`; the offset is the number of commands before.
    pub fn command(&mut self, new: &NewCommand<'_>) -> Result<u32> {
        if matches!(new.kind, CommandKind::Atomic | CommandKind::Sequence | CommandKind::Other) {
            return Err(Error::new(ErrorKind::UnexpectedElement, self.parts.commands.len()));
        }
        let has_name_only = |uri: Option<&str>, name: Option<&str>| uri.is_none() && name.is_some();
        let lacks_uri = |item: &NewItem<'_>| {
            has_name_only(item.target, item.target_name) || has_name_only(item.source, item.source_name)
        };
        if new.items.iter().any(lacks_uri) {
            return Err(Error::new(ErrorKind::Missing("LocURI"), self.parts.commands.len()));
        }
        let narrow = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let (number, cmd_id) = self.cmd_id();
        let (items, refs) = (narrow(self.parts.items.len()), narrow(self.parts.refs.len()));
        for item in new.items {
            let item = RawItem {
                target: self.party(item.target, item.target_name),
                source: self.party(item.source, item.source_name),
                meta: self.add_meta(item.meta),
                data: self.data(item.data),
                more_data: item.more_data,
                ..RawItem::default()
            };
            self.parts.items.push(item);
        }
        for reference in new.refs {
            let (is_target, uri) = match reference {
                Ref::Target(uri) => (true, uri),
                Ref::Source(uri) => (false, uri),
            };
            let text = self.keep(uri.as_bytes());
            self.parts.refs.push(RawRef { is_target, text });
        }
        let mut command = RawCommand {
            kind: new.kind,
            parent: Index::at(self.open.last().copied()),
            end: narrow(self.parts.commands.len().saturating_add(1)),
            cmd_id,
            msg_ref: self.keep_some(new.msg_ref),
            cmd_ref: self.keep_some(new.cmd_ref),
            cmd: self.keep_some(new.cmd),
            data: self.data(new.data),
            meta: self.add_meta(new.meta),
            items: items..narrow(self.parts.items.len()),
            refs: refs..narrow(self.parts.refs.len()),
            ..RawCommand::default()
        };
        if new.correlator.is_some() || new.chal.is_some() {
            let (correlator, chal) = (self.keep_some(new.correlator), self.add_meta(new.chal));
            let rest = CommandRest { correlator, chal, ..CommandRest::default() };
            self.parts.set_command_rest(&mut command, rest);
        }
        self.parts.commands.push(command);
        Ok(number)
    }

    /// Begins an `Atomic` or `Sequence`: the commands that follow are inside, until [`end`](MessageBuilder::end). Returns
    /// its `CmdID`.
    ///
    /// # Errors
    /// [`UnexpectedElement`](ErrorKind::UnexpectedElement) for any other kind.
    pub fn begin(&mut self, kind: CommandKind) -> Result<u32> {
        if !matches!(kind, CommandKind::Atomic | CommandKind::Sequence) {
            return Err(Error::new(ErrorKind::UnexpectedElement, self.parts.commands.len()));
        }
        let (number, cmd_id) = self.cmd_id();
        let parent = Index::at(self.open.last().copied());
        self.open.push(self.parts.commands.len());
        self.parts.commands.push(RawCommand { kind, parent, cmd_id, ..RawCommand::default() });
        Ok(number)
    }

    /// Ends the innermost `Atomic` or `Sequence`.
    ///
    /// # Errors
    /// [`UnexpectedElement`](ErrorKind::UnexpectedElement) when none is open.
    pub fn end(&mut self) -> Result<()> {
        let none = Error::new(ErrorKind::UnexpectedElement, self.parts.commands.len());
        let index = self.open.pop().ok_or(none)?;
        let end = u32::try_from(self.parts.commands.len()).unwrap_or(u32::MAX);
        if let Some(command) = self.parts.commands.get_mut(index) {
            command.end = end;
        }
        Ok(())
    }

    /// Whether an `Atomic` or `Sequence` has not been ended.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The size that the message would have if it were finished now, for `MaxMsgSize`. Open containers count as ended.
    ///
    /// Commands are encoded when they are first asked about, and once: to ask after each command costs no more than to encode the
    /// message. What was encoded is kept, as long as the header stays the same.
    ///
    /// # Errors
    /// As [`Message::encode`].
    pub fn encoded_len(&mut self, encoding: Encoding) -> Result<usize> {
        if self.heap.is_empty() {
            return Err(Error::new(ErrorKind::InputTooLarge, 0));
        }
        let message = built(core::mem::take(&mut self.heap), core::mem::take(&mut self.parts));
        let len = self.measures.len(&message, encoding);
        let (sources, parts) = message.into_parts();
        (self.heap, self.parts) = (sources.heap, parts);
        len
    }

    /// The message.
    ///
    /// # Errors
    /// [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) when a container is open; [`InputTooLarge`](ErrorKind::InputTooLarge) for more
    /// than 4 GiB of text.
    pub fn finish(self) -> Result<Message<'static>> {
        if !self.open.is_empty() {
            return Err(Error::new(ErrorKind::UnexpectedEnd, self.parts.commands.len()));
        }
        if self.heap.is_empty() {
            return Err(Error::new(ErrorKind::InputTooLarge, 0));
        }
        Ok(built(self.heap, self.parts))
    }
}

/// There is no document: all texts are on the heap. The encoding says how it would have come.
fn built(heap: Vec<u8>, parts: Parts) -> Message<'static> {
    let sources = Sources { document: Document::Binary(Cow::Borrowed(&[])), heap };
    Message::new(Encoding::Wbxml, sources, parts)
}
