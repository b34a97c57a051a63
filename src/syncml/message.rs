//! A decoded message and the views on its parts.

use super::data::{Data, Embedded};
use super::meta::{Chal, Cred, Meta};
use super::parts::{CommandRest, Extras, Index, Parts, RawCommand, RawHeader, RawItem, RawMeta, RawParty, RawRef};
use super::{AlertCode, StatusCode};
use crate::convert::Facts;
use crate::markup::{Encoding, Fragment};
use crate::text::{Sources, Text};
use core::fmt;
use core::ops::Range;
use std::borrow::Cow;

/// A SyncML message: what one HTTP body, or one of its counterparts, carries.
///
/// Borrows the input; [`into_owned`](Message::into_owned) copies it.
#[derive(Clone)]
pub struct Message<'a> {
    encoding: Encoding,
    sources: Sources<'a>,
    parts: Parts,
}

impl<'a> Message<'a> {
    pub(super) fn new(encoding: Encoding, sources: Sources<'a>, parts: Parts) -> Message<'a> {
        Message { encoding, sources, parts }
    }

    /// What it was made of.
    pub(super) fn into_parts(self) -> (Sources<'a>, Parts) {
        (self.sources, self.parts)
    }

    /// Moves all offsets, for a message that is a part of a larger input.
    pub(super) fn shift(&mut self, by: usize) {
        let shift = |offset: &mut u32| {
            *offset = u32::try_from(by.saturating_add(*offset as usize)).unwrap_or(u32::MAX);
        };
        for command in &mut self.parts.commands {
            shift(&mut command.offset);
            shift(&mut command.data.offset);
        }
        for item in &mut self.parts.items {
            shift(&mut item.offset);
            shift(&mut item.data.offset);
        }
        for cred in &mut self.parts.creds {
            shift(&mut cred.data.offset);
        }
        for fragment in &mut self.parts.fragments {
            fragment.shift(by);
        }
        for rest in &mut self.parts.meta_rests {
            shift(&mut rest.next_nonce.offset);
        }
    }

    /// The first command of a message that has one.
    pub(super) fn first_command(&self) -> Command<'_> {
        /// What such a message would show if it had none.
        static NOTHING: std::sync::LazyLock<RawCommand> = std::sync::LazyLock::new(RawCommand::default);
        Command { message: self, raw: self.parts.commands.first().unwrap_or(&NOTHING), index: 0 }
    }

    /// Takes everything out that decoding adds to, leaving an empty message.
    pub(super) fn take(&mut self) -> (Parts, Vec<u8>) {
        (core::mem::take(&mut self.parts), core::mem::take(&mut self.sources.heap))
    }

    /// Puts it back.
    pub(super) fn put(&mut self, parts: Parts, heap: Vec<u8>) {
        self.parts = parts;
        self.sources.heap = heap;
    }

    pub(super) fn lists(&self) -> (&Parts, &[u8]) {
        (&self.parts, &self.sources.heap)
    }

    pub(super) fn sources(&self) -> &Sources<'a> {
        &self.sources
    }

    pub(super) fn fragment(&self, index: Index) -> Option<Fragment<'_>> {
        index.of(&self.parts.fragments)?.reopen(&self.sources, &self.parts.bindings)
    }

    fn str(&self, text: Text) -> &str {
        self.sources.str(text).unwrap_or_default()
    }

    fn loc_name(&self, party: RawParty) -> Option<&str> {
        self.sources.str(self.parts.party_rest(party).loc_name)
    }

    pub(super) fn text(&self, text: Text) -> Option<&str> {
        self.sources.str(text)
    }

    pub(super) fn extras(&self, list: Extras) -> impl Iterator<Item = Fragment<'_>> {
        let mut next = list.first;
        core::iter::from_fn(move || {
            let extra = next.of(&self.parts.extras)?;
            next = extra.next;
            self.fragment(extra.fragment)
        })
    }

    pub(super) fn meta(&self, index: Index) -> Option<Meta<'_>> {
        Some(Meta { message: self, raw: index.of(&self.parts.metas)? })
    }

    /// What is said in a `Meta`, or else in that of the command and of the containers around it (`wire.md` §1.5).
    fn said(&self, own: Index, command: Option<&RawCommand>, field: impl Fn(&Parts, &RawMeta) -> Text) -> Option<&str> {
        let text = |index: Index| self.sources.str(field(&self.parts, index.of(&self.parts.metas)?));
        let (mut found, mut around) = (text(own), command);
        while found.is_none() {
            let command = around?;
            found = text(command.meta);
            around = command.parent.of(&self.parts.commands);
        }
        found
    }

    fn facts(&self, own: Index, command: Option<&RawCommand>) -> Facts<'_> {
        Facts {
            format: self.said(own, command, |_, meta| meta.format).map(Cow::Borrowed),
            media_type: self.said(own, command, |_, meta| meta.type_).map(Cow::Borrowed),
            size: self.said(own, command, |parts, meta| parts.meta_rest(meta).size).map(Cow::Borrowed),
        }
    }

    fn cred(&self, index: Index) -> Option<Cred<'_>> {
        Some(Cred { message: self, raw: index.of(&self.parts.creds)? })
    }

    /// The encoding it came in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// `SyncHdr`.
    #[must_use]
    pub fn header(&self) -> Header<'_> {
        Header { message: self }
    }

    /// The commands of `SyncBody`, without those inside an `Atomic` or `Sequence`.
    #[must_use]
    pub fn commands(&self) -> Commands<'_> {
        Commands { message: self, range: 0..self.parts.commands.len(), nested: false }
    }

    /// All commands in the order of the document, a container before what is inside it.
    #[must_use]
    pub fn all_commands(&self) -> Commands<'_> {
        Commands { message: self, range: 0..self.parts.commands.len(), nested: true }
    }

    /// A command by its [`index`](Command::index).
    #[must_use]
    pub fn command(&self, index: usize) -> Option<Command<'_>> {
        Some(Command { message: self, raw: self.parts.commands.get(index)?, index })
    }

    /// All commands from one on.
    pub(super) fn commands_from(&self, first: usize) -> Commands<'_> {
        Commands { message: self, range: first..self.parts.commands.len(), nested: true }
    }

    /// How many commands there are, those in containers among them.
    #[must_use]
    pub fn command_count(&self) -> usize {
        self.parts.commands.len()
    }

    /// Commands, items, and what else there are lists of.
    pub(super) fn records(&self) -> usize {
        let Parts { commands, items, metas, creds, refs, fragments, .. } = &self.parts;
        let lists = [commands.len(), items.len(), metas.len(), creds.len(), refs.len(), fragments.len()];
        lists.iter().fold(0, |sum: usize, len| sum.saturating_add(*len))
    }

    /// One past the last command inside a container, or 0 as long as it is open.
    pub(super) fn end_of(&self, container: usize) -> usize {
        self.parts.commands.get(container).map_or(0, |command| command.end as usize)
    }

    /// Elements of `SyncBody` that are not SyncML's.
    pub fn body_extras(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.extras(self.parts.body_extras)
    }

    /// Elements of `SyncML` itself, beside header and body, that are not SyncML's.
    pub fn root_extras(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.extras(self.parts.root_extras)
    }

    /// Whether `Final` says that this is the last message of its package.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.parts.is_final
    }

    /// The same message with copies of everything it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Message<'static> {
        Message { encoding: self.encoding, sources: self.sources.into_owned(), parts: self.parts }
    }
}

/// A summary: messages carry secrets, which must not get into logs.
impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("encoding", &self.encoding)
            .field("session_id", &self.header().session_id())
            .field("msg_id", &self.header().msg_id())
            .field("commands", &self.parts.commands.len())
            .finish_non_exhaustive()
    }
}

/// `SyncHdr`: who speaks to whom, in which session (`wire.md` §1.4).
#[derive(Clone, Copy, Debug)]
pub struct Header<'m> {
    message: &'m Message<'m>,
}

impl<'m> Header<'m> {
    /// `VerDTD`, such as `1.2`.
    #[must_use]
    pub fn ver_dtd(&self) -> &'m str {
        self.message.str(self.message.parts.header.ver_dtd)
    }

    /// `VerProto`, such as `DM/1.2`. DM wants it in every message, RepPro in the first of a package only (`wire.md` §1.4).
    #[must_use]
    pub fn ver_proto(&self) -> Option<&'m str> {
        self.message.sources.str(self.message.parts.header.ver_proto)
    }

    /// `SessionID`: an opaque text.
    #[must_use]
    pub fn session_id(&self) -> &'m str {
        self.message.str(self.message.parts.header.session_id)
    }

    /// `MsgID`.
    #[must_use]
    pub fn msg_id(&self) -> &'m str {
        self.message.str(self.message.parts.header.msg_id)
    }

    /// `Target/LocURI`: the recipient.
    #[must_use]
    pub fn target(&self) -> &'m str {
        self.message.str(self.message.parts.header.target.loc_uri)
    }

    /// `Target/LocName`.
    #[must_use]
    pub fn target_name(&self) -> Option<&'m str> {
        self.message.loc_name(self.message.parts.header.target)
    }

    /// `Source/LocURI`: the sender.
    #[must_use]
    pub fn source(&self) -> &'m str {
        self.message.str(self.message.parts.header.source.loc_uri)
    }

    /// `Source/LocName`: the user name of MD5 and MAC credentials.
    #[must_use]
    pub fn source_name(&self) -> Option<&'m str> {
        self.message.loc_name(self.message.parts.header.source)
    }

    /// `RespURI`: where further responses go.
    #[must_use]
    pub fn resp_uri(&self) -> Option<&'m str> {
        self.message.sources.str(self.message.parts.header.resp_uri)
    }

    /// `NoResp`, which DM does not use.
    #[must_use]
    pub fn no_resp(&self) -> bool {
        self.message.parts.header.no_resp
    }

    /// `Cred`.
    #[must_use]
    pub fn cred(&self) -> Option<Cred<'m>> {
        self.message.cred(self.message.parts.header.cred)
    }

    /// `Meta`: `MaxMsgSize` and `MaxObjSize`.
    #[must_use]
    pub fn meta(&self) -> Option<Meta<'m>> {
        self.message.meta(self.message.parts.header.meta)
    }

    /// Elements of the header that are not SyncML's, also those in its `Target` and `Source`.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'m>> + use<'m> {
        let header = &self.message.parts.header;
        let of = |party| self.message.parts.party_rest(party).extras;
        let lists = [header.extras, of(header.target), of(header.source)];
        let message = self.message;
        lists.into_iter().flat_map(|list| message.extras(list))
    }

    pub(super) fn raw(&self) -> &'m RawHeader {
        &self.message.parts.header
    }
}

/// What a command asks or tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CommandKind {
    /// `Add`
    Add,
    /// `Alert`
    Alert,
    /// `Atomic`
    Atomic,
    /// `Copy`
    Copy,
    /// `Delete`
    Delete,
    /// `Exec`
    Exec,
    /// `Get`
    Get,
    /// `Replace`
    Replace,
    /// `Results`
    Results,
    /// `Sequence`
    Sequence,
    /// `Status`
    Status,
    /// A command that DM does not use: `Map`, `Move`, `Put`, `Search` or `Sync`. See [`Command::fragment`].
    #[default]
    Other,
}

impl CommandKind {
    /// The element's name; `Other` for [`CommandKind::Other`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CommandKind::Add => "Add",
            CommandKind::Alert => "Alert",
            CommandKind::Atomic => "Atomic",
            CommandKind::Copy => "Copy",
            CommandKind::Delete => "Delete",
            CommandKind::Exec => "Exec",
            CommandKind::Get => "Get",
            CommandKind::Replace => "Replace",
            CommandKind::Results => "Results",
            CommandKind::Sequence => "Sequence",
            CommandKind::Status => "Status",
            CommandKind::Other => "Other",
        }
    }
}

impl fmt::Display for CommandKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One command.
#[derive(Clone, Copy, Debug)]
pub struct Command<'m> {
    message: &'m Message<'m>,
    raw: &'m RawCommand,
    index: usize,
}

impl<'m> Command<'m> {
    /// Which command it is.
    #[must_use]
    pub fn kind(&self) -> CommandKind {
        self.raw.kind
    }

    /// Its place among [all commands](Message::all_commands) of the message, from 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// The `Atomic` or `Sequence` that it is directly in.
    #[must_use]
    pub fn parent(&self) -> Option<Command<'m>> {
        self.message.command(self.raw.parent.get()?)
    }

    /// Where the element begins in the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.raw.offset as usize
    }

    /// What few commands have.
    pub(super) fn rest(&self) -> CommandRest {
        self.message.parts.command_rest(self.raw)
    }

    /// `CmdID`.
    #[must_use]
    pub fn cmd_id(&self) -> &'m str {
        self.message.str(self.raw.cmd_id)
    }

    /// `NoResp`, which DM does not use.
    #[must_use]
    pub fn no_resp(&self) -> bool {
        self.raw.no_resp
    }

    /// `Archive` of a `Delete`, which DM does not use.
    #[must_use]
    pub fn archive(&self) -> bool {
        self.raw.archive
    }

    /// `SftDel` of a `Delete`, which DM does not use.
    #[must_use]
    pub fn sft_del(&self) -> bool {
        self.raw.sft_del
    }

    /// `MsgRef` of a `Status` or `Results`.
    #[must_use]
    pub fn msg_ref(&self) -> Option<&'m str> {
        self.message.sources.str(self.raw.msg_ref)
    }

    /// `CmdRef` of a `Status` or `Results`; `0` stands for the header. Peers leave it out there (`wire.md` §14.1 row 2).
    #[must_use]
    pub fn cmd_ref(&self) -> Option<&'m str> {
        self.message.sources.str(self.raw.cmd_ref)
    }

    /// `Cmd`: the name of the command that a `Status` is about.
    #[must_use]
    pub fn cmd(&self) -> Option<&'m str> {
        self.message.sources.str(self.raw.cmd)
    }

    /// `Correlator` of an `Exec` or `Alert`.
    #[must_use]
    pub fn correlator(&self) -> Option<&'m str> {
        self.message.sources.str(self.rest().correlator)
    }

    /// `Lang`, which DM does not use.
    #[must_use]
    pub fn lang(&self) -> Option<&'m str> {
        self.message.sources.str(self.rest().lang)
    }

    /// `Data` of the command itself: the code of a `Status` or `Alert`.
    #[must_use]
    pub fn data(&self) -> Option<Data<'m>> {
        Data::new(self.message, &self.raw.data)
    }

    /// The outcome that a `Status` tells, if it is a number.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        (self.raw.kind == CommandKind::Status).then(|| self.code()).flatten().map(StatusCode)
    }

    /// The code of an `Alert`, if it is a number.
    #[must_use]
    pub fn alert(&self) -> Option<AlertCode> {
        (self.raw.kind == CommandKind::Alert).then(|| self.code()).flatten().map(AlertCode)
    }

    fn code(&self) -> Option<u16> {
        self.data()?.text()?.trim().parse().ok()
    }

    /// `Meta`, which applies to all items unless theirs says otherwise.
    #[must_use]
    pub fn meta(&self) -> Option<Meta<'m>> {
        self.message.meta(self.raw.meta)
    }

    /// `Chal` of a `Status`.
    #[must_use]
    pub fn chal(&self) -> Option<Chal<'m>> {
        let rest = self.rest();
        self.message.meta(rest.chal).map(|meta| Chal { meta, extras: rest.chal_extras })
    }

    /// `Cred`, which DM allows in the header only.
    #[must_use]
    pub fn cred(&self) -> Option<Cred<'m>> {
        self.message.cred(self.rest().cred)
    }

    /// `TargetRef` and `SourceRef` elements, in order.
    pub fn refs(&self) -> impl ExactSizeIterator<Item = Ref<'m>> + use<'m> {
        let message = self.message;
        let refs = message.parts.refs.get(range(&self.raw.refs)).unwrap_or_default();
        refs.iter().map(|raw| match raw.is_target {
            true => Ref::Target(message.str(raw.text)),
            false => Ref::Source(message.str(raw.text)),
        })
    }

    /// `Item` elements, in order.
    pub fn items(&self) -> impl ExactSizeIterator<Item = Item<'m>> + use<'m> {
        let (message, command) = (self.message, self.raw);
        let items = message.parts.items.get(range(&self.raw.items)).unwrap_or_default();
        items.iter().map(move |raw| Item { message, raw, command })
    }

    /// An `Item` by its place, from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Option<Item<'m>> {
        let raw = self.message.parts.items.get(range(&self.raw.items))?.get(index)?;
        Some(Item { message: self.message, raw, command: self.raw })
    }

    /// The commands directly inside this `Atomic` or `Sequence`.
    #[must_use]
    pub fn children(&self) -> Commands<'m> {
        let range = self.index.saturating_add(1)..self.raw.end as usize;
        Commands { message: self.message, range, nested: false }
    }

    /// The commands inside this `Atomic` or `Sequence`, at any depth.
    #[must_use]
    pub fn all_children(&self) -> Commands<'m> {
        Commands { nested: true, ..self.children() }
    }

    /// One past the [index](Command::index) of the last command inside.
    #[cfg(feature = "capi")]
    pub(crate) fn end(&self) -> usize {
        (self.raw.end as usize).max(self.index.saturating_add(1))
    }

    /// Elements that are not SyncML's.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'m>> + use<'m> {
        self.message.extras(self.rest().extras)
    }

    pub(super) fn raw(&self) -> &'m RawCommand {
        self.raw
    }

    pub(super) fn raw_refs(&self) -> &'m [RawRef] {
        self.message.parts.refs.get(range(&self.raw.refs)).unwrap_or_default()
    }

    /// What its `Meta` says, and those of the containers around it, element by element.
    pub(super) fn facts(&self) -> Facts<'m> {
        self.message.facts(Index::NONE, Some(self.raw))
    }

    /// The whole element, of a command outside DM.
    #[must_use]
    pub fn fragment(&self) -> Option<Fragment<'m>> {
        self.message.fragment(self.rest().fragment)
    }

    /// The element's name, also of a command outside DM.
    #[must_use]
    pub fn name(&self) -> &'m str {
        use crate::markup::{Event, Options, Reader};
        if self.raw.kind != CommandKind::Other {
            return self.raw.kind.name();
        }
        let start = self.fragment().and_then(|fragment| fragment.reader(&Options::default()).next_event().ok());
        match start {
            Some(Some(Event::Start(name))) => name.local(),
            _ => self.raw.kind.name(),
        }
    }
}

fn range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// Commands in the order of the document.
#[derive(Clone, Debug)]
pub struct Commands<'m> {
    message: &'m Message<'m>,
    range: Range<usize>,
    nested: bool,
}

impl<'m> Iterator for Commands<'m> {
    type Item = Command<'m>;

    fn next(&mut self) -> Option<Command<'m>> {
        let index = self.range.start;
        if index >= self.range.end {
            return None;
        }
        let raw = self.message.parts.commands.get(index)?;
        let after = index.saturating_add(1);
        self.range.start = if self.nested { after } else { after.max(raw.end as usize) };
        Some(Command { message: self.message, raw, index })
    }
}

/// `TargetRef` or `SourceRef`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ref<'m> {
    /// `TargetRef`
    Target(&'m str),
    /// `SourceRef`
    Source(&'m str),
}

/// One `Item` of a command.
#[derive(Clone, Copy, Debug)]
pub struct Item<'m> {
    message: &'m Message<'m>,
    raw: &'m RawItem,
    command: &'m RawCommand,
}

impl<'m> Item<'m> {
    fn loc_uri(&self, party: RawParty) -> Option<&'m str> {
        self.message.sources.str(party.loc_uri)
    }

    pub(super) fn raw(&self) -> &'m RawItem {
        self.raw
    }

    /// Where the element begins in the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.raw.offset as usize
    }

    /// `Target/LocURI`.
    #[must_use]
    pub fn target(&self) -> Option<&'m str> {
        self.loc_uri(self.raw.target)
    }

    /// `Target/LocName`.
    #[must_use]
    pub fn target_name(&self) -> Option<&'m str> {
        self.message.loc_name(self.raw.target)
    }

    /// `Source/LocURI`.
    #[must_use]
    pub fn source(&self) -> Option<&'m str> {
        self.loc_uri(self.raw.source)
    }

    /// `Source/LocName`.
    #[must_use]
    pub fn source_name(&self) -> Option<&'m str> {
        self.message.loc_name(self.raw.source)
    }

    /// `TargetParent/LocURI`, of data synchronisation.
    #[must_use]
    pub fn target_parent(&self) -> Option<&'m str> {
        self.loc_uri(self.message.parts.item_rest(self.raw).target_parent)
    }

    /// `SourceParent/LocURI`, of data synchronisation.
    #[must_use]
    pub fn source_parent(&self) -> Option<&'m str> {
        self.loc_uri(self.message.parts.item_rest(self.raw).source_parent)
    }

    /// The item's own `Meta`.
    #[must_use]
    pub fn own_meta(&self) -> Option<Meta<'m>> {
        self.message.meta(self.raw.meta)
    }

    /// `Format`: the item's own or, element by element, that of the command or of a container around it (`wire.md` §1.5).
    #[must_use]
    pub fn format(&self) -> Option<&'m str> {
        self.said(|_, meta| meta.format)
    }

    /// `Type`: the item's own, the command's, or that of a container around it.
    #[must_use]
    pub fn media_type(&self) -> Option<&'m str> {
        self.said(|_, meta| meta.type_)
    }

    pub(super) fn said(&self, field: impl Fn(&Parts, &RawMeta) -> Text) -> Option<&'m str> {
        self.message.said(self.raw.meta, Some(self.command), field)
    }

    /// `Data`.
    #[must_use]
    pub fn data(&self) -> Option<Data<'m>> {
        Data::new(self.message, &self.raw.data)
    }

    /// The document in the item's data, if there is one: as [`Data::embedded`], and in base64 where `Format` says so, as for
    /// [`octets`](Item::octets).
    #[must_use]
    pub fn embedded(&self) -> Option<Embedded<'m>> {
        let data = self.data()?;
        data.embedded().or_else(|| self.is_base64().then(|| data.embedded_in_base64()).flatten())
    }

    /// The URI of the node that the item is about: its `Target`; in `Results`, where the answer comes from, its
    /// `Source`. The other one, if that is absent.
    #[must_use]
    pub fn node_uri(&self) -> Option<&'m str> {
        match self.command.kind {
            CommandKind::Results => self.source().or(self.target()),
            _ => self.target().or(self.source()),
        }
    }

    /// `MoreData`: more chunks of this object follow.
    #[must_use]
    pub fn more_data(&self) -> bool {
        self.raw.more_data
    }

    /// Elements that are not SyncML's; and those in `Target`, `Source` and their parents, such as `Filter` of data
    /// synchronisation.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'m>> + use<'m> {
        let RawItem { target, source, .. } = *self.raw;
        let rest = self.message.parts.item_rest(self.raw);
        let of = |party| self.message.parts.party_rest(party).extras;
        let lists = [rest.extras, of(target), of(source), of(rest.source_parent), of(rest.target_parent)];
        let message = self.message;
        lists.into_iter().flat_map(|list| message.extras(list))
    }
}
