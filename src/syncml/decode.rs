//! From events to records: one command at a time, children in any order.

use super::parts::{
    CommandRest, Extras, Index, ItemRest, MetaRest, Parts, PartyRest, RawCommand, RawCred, RawData, RawItem, RawMeta,
    RawParty, RawRef,
};
use super::short::{ShortCommands, ShortHeader};
use super::{CommandKind, Message};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{DataForm, Elements, Encoding, Event, Fragment, KeptFragment, Name, Options, Reader};
use crate::text::{Document, Sources, Text, TextBuilder};
use crate::vocabulary::{Tag, metinf, syncml};
use std::borrow::Cow;

impl<'a> Message<'a> {
    /// Decodes a message, XML or WBXML, with default [`Options`].
    ///
    /// # Errors
    /// See [`decode_with`](Message::decode_with).
    pub fn decode(input: &'a [u8]) -> Result<Message<'a>> {
        Message::decode_with(input, &Options::default())
    }

    /// Decodes a message, XML or WBXML.
    ///
    /// # Errors
    /// Every error of the markup (1xx to 4xx), and 5xx for what is no SyncML. The offset is the octet, or the element, at
    /// fault.
    pub fn decode_with(input: &'a [u8], options: &Options) -> Result<Message<'a>> {
        match Encoding::detect(input) {
            Some(Encoding::Xml) => {
                let document = XmlDocument::open(input)?;
                let mut reader = XmlReader::new(&document, options);
                let (parts, heap) = decode(&mut reader, document.text().as_bytes())?;
                let sources = Sources { document: Document::Text(document.into_text()), heap };
                Ok(Message::new(Encoding::Xml, sources, parts))
            }
            Some(Encoding::Wbxml) => {
                let (parts, heap) = decode(&mut WbxmlReader::new(input, options)?, input)?;
                let sources = Sources { document: Document::Binary(Cow::Borrowed(input)), heap };
                Ok(Message::new(Encoding::Wbxml, sources, parts))
            }
            None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
        }
    }
}

fn decode<'a>(reader: &mut impl Reader<'a>, document: &[u8]) -> Result<(Parts, Vec<u8>)> {
    let parts = Parts::for_document(reader.encoding(), document.len());
    let mut decoder = Decoder::resume(reader, TextBuilder::new(document), parts);
    decoder.header()?;
    decoder.commands()?;
    decoder.end()?;
    decoder.into_parts()
}

/// Decodes the parts of a message as they come.
///
/// [`header`](Decoder::header) first, then [`command`](Decoder::command) until it says that there are no more: whole decode and pull reader are this,
/// with and without forgetting in between.
pub(super) struct Decoder<'r, 'd, R> {
    doc: Elements<'r, 'd, R>,
    parts: Parts,
}

impl<'r, 'd, 'a, R: Reader<'a>> Decoder<'r, 'd, R> {
    /// Goes on where a reader is, with what was decoded before.
    pub(super) fn resume(reader: &'r mut R, texts: TextBuilder<'d>, parts: Parts) -> Self {
        Decoder { doc: Elements { reader, texts }, parts }
    }

    /// What was decoded, and its heap.
    pub(super) fn into_parts(self) -> Result<(Parts, Vec<u8>)> {
        Ok((self.parts, self.doc.texts.finish()?))
    }

    /// Reads up to and into `SyncBody`.
    pub(super) fn header(&mut self) -> Result<()> {
        match self.doc.reader.next_event()? {
            Some(Event::Start(Name::Known(syncml::SYNC_ML))) => {}
            _ => return Err(self.doc.error(ErrorKind::NotSyncMl)),
        }
        let mut seen = false;
        loop {
            match self.doc.child()? {
                Some(Name::Known(syncml::SYNC_HDR)) if seen => {
                    return Err(self.doc.error(ErrorKind::Repeated("SyncHdr")));
                }
                Some(Name::Known(syncml::SYNC_HDR)) => {
                    self.sync_hdr()?;
                    seen = true;
                }
                Some(Name::Known(syncml::SYNC_BODY)) if seen => return Ok(()),
                Some(Name::Known(syncml::SYNC_BODY)) => return Err(self.doc.error(ErrorKind::Missing("SyncHdr"))),
                Some(name) => self.parts.root_extras = self.extra(self.parts.root_extras, name)?,
                None if seen => return Err(self.doc.error(ErrorKind::Missing("SyncBody"))),
                None => return Err(self.doc.error(ErrorKind::Missing("SyncHdr"))),
            }
        }
    }

    /// Reads the next command of `SyncBody` with everything inside it; `None` at the end.
    pub(super) fn command(&mut self) -> Result<Option<Index>> {
        self.one_or_all(false)
    }

    /// Reads all commands of `SyncBody`.
    pub(super) fn commands(&mut self) -> Result<()> {
        while self.one_or_all(true)?.is_some() {}
        Ok(())
    }

    fn one_or_all(&mut self, all: bool) -> Result<Option<Index>> {
        // The containers that are open, innermost last. Their depth is bounded by Limits::depth.
        // The list is lent by the decoder, so that a pull reader allocates it once.
        let mut open = core::mem::take(&mut self.parts.open);
        open.clear();
        let outcome = self.command_inside(&mut open, all);
        self.parts.open = open;
        outcome
    }

    fn command_inside(&mut self, open: &mut Vec<usize>, all: bool) -> Result<Option<Index>> {
        let first = Index::next(&self.parts.commands);
        loop {
            let count = self.parts.commands.len();
            let all = all || !open.is_empty();
            let (parts, texts) = (&mut self.parts, &mut self.doc.texts);
            self.doc.reader.follow(&mut ShortCommands { parts, texts, parent: Index::at(open.last().copied()), all });
            if !all && self.parts.commands.len() > count {
                return Ok(Some(first));
            }
            let Some(name) = self.doc.child()? else {
                // The end of the innermost container, or of SyncBody.
                let Some(index) = open.pop() else { return Ok(None) };
                self.close(index)?;
                if open.is_empty() {
                    return Ok(Some(first));
                }
                continue;
            };
            let container = open.last().copied();
            match (name.tag(), container) {
                (Some(tag @ (syncml::ATOMIC | syncml::SEQUENCE)), _) => {
                    let kind = if tag == syncml::ATOMIC { CommandKind::Atomic } else { CommandKind::Sequence };
                    let parent = Index::at(container);
                    let command = RawCommand { kind, parent, offset: self.doc.offset(), ..RawCommand::default() };
                    open.push(self.parts.commands.len());
                    self.parts.commands.push(command);
                }
                (Some(tag), _) if kind_of(tag).is_some() => {
                    self.leaf(tag, Index::at(container))?;
                    if open.is_empty() {
                        return Ok(Some(first));
                    }
                }
                (_, Some(index)) => self.container_field(index, name)?,
                (Some(syncml::FINAL), None) => {
                    if self.parts.is_final {
                        return Err(self.doc.error(ErrorKind::Repeated("Final")));
                    }
                    self.doc.reader.skip_to_end()?;
                    self.parts.is_final = true;
                }
                (_, None) => self.parts.body_extras = self.extra(self.parts.body_extras, name)?,
            }
        }
    }

    /// Reads what follows `SyncBody`.
    pub(super) fn end(&mut self) -> Result<()> {
        while let Some(name) = self.doc.child()? {
            match name {
                Name::Known(syncml::SYNC_BODY) => return Err(self.doc.error(ErrorKind::Repeated("SyncBody"))),
                Name::Known(syncml::SYNC_HDR) => return Err(self.doc.error(ErrorKind::Repeated("SyncHdr"))),
                _ => self.parts.root_extras = self.extra(self.parts.root_extras, name)?,
            }
        }
        match self.doc.reader.next_event()? {
            None => Ok(()),
            Some(_) => Err(self.doc.error(ErrorKind::TrailingData)),
        }
    }

    /// Keeps the element that has just begun as an unknown one. A command is none: one that stands where nobody looks
    /// for it would be dropped in silence, and an answer for it would be missing.
    fn extra(&mut self, list: Extras, name: Name<'a>) -> Result<Extras> {
        if name.tag().and_then(kind_of).is_some() {
            return Err(self.doc.error(ErrorKind::UnexpectedElement));
        }
        let fragment = self.doc.reader.skip()?;
        let fragment = self.keep(&fragment);
        Ok(self.parts.push_extra(list, fragment))
    }

    fn keep(&mut self, fragment: &Fragment<'a>) -> Index {
        let Parts { fragments, bindings, .. } = &mut self.parts;
        let kept = KeptFragment::keep(fragment, &mut self.doc.texts, bindings, fragments.last());
        let index = Index::next(fragments);
        fragments.push(kept);
        index
    }

    /// The content of a `Data` or `NextNonce` element that has just begun.
    fn data(&mut self, slot: &RawData, name: &'static str) -> Result<RawData> {
        if slot.form != DataForm::Absent {
            return Err(self.doc.error(ErrorKind::Repeated(name)));
        }
        let mark = self.doc.reader.mark();
        let offset = self.doc.offset();
        let (form, text) = self.doc.content()?;
        if form != DataForm::Markup {
            return Ok(RawData { form, offset, text, fragment: Index::NONE });
        }
        // Markup, perhaps with text beside it: the element is kept whole. First the child that has begun, then the rest.
        self.doc.reader.skip_to_end()?;
        self.doc.reader.skip_to_end()?;
        let fragment = self.doc.reader.fragment(mark);
        let fragment = self.keep(&fragment);
        Ok(RawData { form: DataForm::Markup, offset, text: Text::ABSENT, fragment })
    }

    /// An element that tells something by being there.
    fn flag(&mut self, slot: bool, name: Tag) -> Result<bool> {
        if slot {
            return Err(self.doc.error(ErrorKind::Repeated(name.name())));
        }
        self.doc.reader.skip_to_end()?;
        Ok(true)
    }

    fn cmd_id(&mut self, slot: Text) -> Result<Text> {
        let empty = self.doc.error(ErrorKind::Empty("CmdID"));
        let text = self.doc.text(slot, syncml::CMD_ID)?;
        if self.doc.texts.bytes(text).is_empty() { Err(empty) } else { Ok(text) }
    }

    /// A decimal number, as text.
    fn number(&mut self, slot: Text, name: Tag) -> Result<Text> {
        let at = self.doc.error(ErrorKind::InvalidNumber);
        let text = self.doc.text(slot, name)?;
        let digits = std::str::from_utf8(self.doc.texts.bytes(text)).unwrap_or_default();
        match digits.parse::<u64>() {
            // An empty element says nothing, and occurs.
            _ if digits.is_empty() => Ok(text),
            Ok(_) if !digits.starts_with('+') => Ok(text),
            _ => Err(at),
        }
    }

    fn sync_hdr(&mut self) -> Result<()> {
        let start = self.doc.reader.offset();
        loop {
            let (parts, texts) = (&mut self.parts, &mut self.doc.texts);
            self.doc.reader.follow(&mut ShortHeader { parts, texts });
            let Some(name) = self.doc.child()? else { break };
            let mut header = core::mem::take(&mut self.parts.header);
            let outcome = match name.tag() {
                Some(tag @ syncml::VER_DTD) => self.doc.text(header.ver_dtd, tag).map(|text| header.ver_dtd = text),
                Some(tag @ syncml::VER_PROTO) => {
                    self.doc.text(header.ver_proto, tag).map(|text| header.ver_proto = text)
                }
                Some(tag @ syncml::SESSION_ID) => {
                    self.doc.text(header.session_id, tag).map(|text| header.session_id = text)
                }
                Some(tag @ syncml::MSG_ID) => self.doc.text(header.msg_id, tag).map(|text| header.msg_id = text),
                Some(tag @ syncml::TARGET) => self.party(header.target, tag).map(|party| header.target = party),
                Some(tag @ syncml::SOURCE) => self.party(header.source, tag).map(|party| header.source = party),
                Some(tag @ syncml::RESP_URI) => self.doc.text(header.resp_uri, tag).map(|text| header.resp_uri = text),
                Some(tag @ syncml::NO_RESP) => self.flag(header.no_resp, tag).map(|flag| header.no_resp = flag),
                Some(syncml::CRED) => self.cred(header.cred).map(|cred| header.cred = cred),
                Some(syncml::META) => self.meta(header.meta).map(|meta| header.meta = meta),
                _ => self.extra(header.extras, name).map(|extras| header.extras = extras),
            };
            self.parts.header = header;
            outcome?;
        }
        let header = &self.parts.header;
        for (text, name) in [
            (header.ver_dtd, syncml::VER_DTD),
            (header.session_id, syncml::SESSION_ID),
            (header.msg_id, syncml::MSG_ID),
            (header.target.loc_uri, syncml::TARGET),
            (header.source.loc_uri, syncml::SOURCE),
        ] {
            if !text.is_present() {
                return Err(Error::new(ErrorKind::Missing(name.name()), start));
            }
        }
        Ok(())
    }

    /// `Target`, `Source` or one of their parents. Examples of the standard put the URI there without a `LocURI` around it; so it is taken.
    fn party(&mut self, slot: RawParty, name: Tag) -> Result<RawParty> {
        if slot.loc_uri.is_present() {
            return Err(self.doc.error(ErrorKind::Repeated(name.name())));
        }
        let start = self.doc.reader.offset();
        let mut party = RawParty::default();
        // Nearly always there is a LocURI and no more.
        let mut rest = PartyRest::default();
        let mut bare = Text::ABSENT;
        loop {
            match self.doc.next_event()? {
                Some(Event::End) | None => break,
                Some(Event::Start(Name::Known(tag @ syncml::LOC_URI))) => {
                    party.loc_uri = self.doc.text(party.loc_uri, tag)?;
                }
                Some(Event::Start(Name::Known(tag @ syncml::LOC_NAME))) => {
                    rest.loc_name = self.doc.text(rest.loc_name, tag)?;
                }
                // Filter, of data synchronisation.
                Some(Event::Start(name)) => rest.extras = self.extra(rest.extras, name)?,
                Some(text) if text.is_blank() => {}
                Some(Event::Opaque(_)) => return Err(self.doc.error(ErrorKind::UnexpectedText)),
                Some(event) => self.doc.append(&mut bare, event),
            }
        }
        if rest.loc_name.is_present() || rest.extras.first.is_some() {
            party.rest = Index::next(&self.parts.party_rests);
            self.parts.party_rests.push(rest);
        }
        if !party.loc_uri.is_present() {
            party.loc_uri = bare.trim(self.doc.texts.bytes(bare));
        } else if bare.is_present() {
            return Err(Error::new(ErrorKind::UnexpectedText, start));
        }
        if party.loc_uri.is_present() { Ok(party) } else { Err(Error::new(ErrorKind::Missing("LocURI"), start)) }
    }

    fn cred(&mut self, slot: Index) -> Result<Index> {
        if slot.is_some() {
            return Err(self.doc.error(ErrorKind::Repeated("Cred")));
        }
        let start = self.doc.reader.offset();
        let mut cred = RawCred::default();
        while let Some(name) = self.doc.child()? {
            match name.tag() {
                Some(syncml::META) => cred.meta = self.meta(cred.meta)?,
                Some(syncml::DATA) => cred.data = self.data(&cred.data, "Data")?,
                _ => cred.extras = self.extra(cred.extras, name)?,
            }
        }
        if cred.data.form == DataForm::Absent {
            return Err(Error::new(ErrorKind::Missing("Data"), start));
        }
        let index = Index::next(&self.parts.creds);
        self.parts.creds.push(cred);
        Ok(index)
    }

    /// `Chal`: a `Meta` alone.
    fn chal(&mut self, rest: &mut CommandRest) -> Result<()> {
        if rest.chal.is_some() {
            return Err(self.doc.error(ErrorKind::Repeated("Chal")));
        }
        let start = self.doc.reader.offset();
        while let Some(name) = self.doc.child()? {
            match name.tag() {
                Some(syncml::META) => rest.chal = self.meta(rest.chal)?,
                _ => rest.chal_extras = self.extra(rest.chal_extras, name)?,
            }
        }
        if rest.chal.is_some() { Ok(()) } else { Err(Error::new(ErrorKind::Missing("Meta"), start)) }
    }

    /// `Meta`, with or without a `MetInf` around its children (`wire.md` §1.7).
    fn meta(&mut self, slot: Index) -> Result<Index> {
        if slot.is_some() {
            return Err(self.doc.error(ErrorKind::Repeated("Meta")));
        }
        let mut meta = RawMeta::default();
        let mut rest = None;
        let mut wrapped = false;
        loop {
            match self.doc.child()? {
                None if wrapped => wrapped = false,
                None => break,
                Some(Name::Known(metinf::MET_INF)) if !wrapped => wrapped = true,
                Some(name) => self.meta_field(&mut meta, &mut rest, name)?,
            }
        }
        if let Some(rest) = rest {
            meta.rest = Index::next(&self.parts.meta_rests);
            self.parts.meta_rests.push(rest);
        }
        let index = Index::next(&self.parts.metas);
        self.parts.metas.push(meta);
        Ok(index)
    }

    fn meta_field(&mut self, meta: &mut RawMeta, rest: &mut Option<MetaRest>, name: Name<'a>) -> Result<()> {
        match name.tag() {
            Some(tag @ metinf::FORMAT) => meta.format = self.doc.text(meta.format, tag)?,
            Some(tag @ metinf::TYPE) => meta.type_ = self.doc.text(meta.type_, tag)?,
            Some(tag) if is_of_rest(tag) => self.meta_rest(rest.get_or_insert_default(), tag)?,
            // Anchor, Mem and EMI are kept whole.
            _ => {
                let rest = rest.get_or_insert_default();
                rest.extras = self.extra(rest.extras, name)?;
            }
        }
        Ok(())
    }

    fn meta_rest(&mut self, rest: &mut MetaRest, tag: Tag) -> Result<()> {
        match tag {
            metinf::MARK => rest.mark = self.doc.text(rest.mark, tag)?,
            metinf::VERSION => rest.version = self.doc.text(rest.version, tag)?,
            metinf::SIZE => rest.size = self.number(rest.size, tag)?,
            metinf::MAX_MSG_SIZE => rest.max_msg_size = self.number(rest.max_msg_size, tag)?,
            metinf::MAX_OBJ_SIZE => rest.max_obj_size = self.number(rest.max_obj_size, tag)?,
            _ => rest.next_nonce = self.data(&rest.next_nonce, "NextNonce")?,
        }
        Ok(())
    }

    /// A command without commands inside.
    fn leaf(&mut self, tag: Tag, parent: Index) -> Result<()> {
        let kind = kind_of(tag).unwrap_or_default();
        if kind == CommandKind::Other {
            return self.foreign(parent);
        }
        let narrow = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let (items, refs) = (narrow(self.parts.items.len()), narrow(self.parts.refs.len()));
        let mut command = RawCommand { kind, parent, offset: self.doc.offset(), ..RawCommand::default() };
        while let Some(name) = self.doc.child()? {
            match name.tag() {
                Some(syncml::ITEM) => self.item()?,
                Some(syncml::DATA) => command.data = self.data(&command.data, "Data")?,
                Some(tag @ syncml::MSG_REF) => command.msg_ref = self.doc.text(command.msg_ref, tag)?,
                Some(tag @ syncml::CMD_REF) => command.cmd_ref = self.doc.text(command.cmd_ref, tag)?,
                Some(tag @ syncml::CMD) => command.cmd = self.doc.text(command.cmd, tag)?,
                Some(tag @ (syncml::TARGET_REF | syncml::SOURCE_REF)) => {
                    let text = self.doc.text(Text::ABSENT, tag)?;
                    self.parts.refs.push(RawRef { is_target: tag == syncml::TARGET_REF, text });
                }
                Some(tag @ syncml::ARCHIVE) if kind == CommandKind::Delete => {
                    command.archive = self.flag(command.archive, tag)?;
                }
                Some(tag @ syncml::SFT_DEL) if kind == CommandKind::Delete => {
                    command.sft_del = self.flag(command.sft_del, tag)?;
                }
                Some(tag @ (syncml::CORRELATOR | syncml::LANG | syncml::CHAL | syncml::CRED)) => {
                    let mut rest = self.parts.command_rest(&command);
                    match tag {
                        syncml::CORRELATOR => rest.correlator = self.doc.text(rest.correlator, tag)?,
                        syncml::LANG => rest.lang = self.doc.text(rest.lang, tag)?,
                        syncml::CHAL => self.chal(&mut rest)?,
                        _ => rest.cred = self.cred(rest.cred)?,
                    }
                    self.parts.set_command_rest(&mut command, rest);
                }
                _ => self.common_field(&mut command, name)?,
            }
        }
        command.items = items..narrow(self.parts.items.len());
        command.refs = refs..narrow(self.parts.refs.len());
        if kind == CommandKind::Status && command.data.form == DataForm::Absent {
            return Err(Error::new(ErrorKind::Missing("Data"), command.offset as usize));
        }
        let index = self.parts.commands.len();
        self.parts.commands.push(command);
        self.close(index)
    }

    fn container_field(&mut self, index: usize, name: Name<'a>) -> Result<()> {
        let Some(slot) = self.parts.commands.get_mut(index) else { return Ok(()) };
        let mut command = core::mem::take(slot);
        let outcome = self.common_field(&mut command, name);
        if let Some(slot) = self.parts.commands.get_mut(index) {
            *slot = command;
        }
        outcome
    }

    /// The fields that every command may have.
    fn common_field(&mut self, command: &mut RawCommand, name: Name<'a>) -> Result<()> {
        match name.tag() {
            Some(syncml::CMD_ID) => command.cmd_id = self.cmd_id(command.cmd_id)?,
            Some(syncml::META) => command.meta = self.meta(command.meta)?,
            Some(tag @ syncml::NO_RESP) => command.no_resp = self.flag(command.no_resp, tag)?,
            _ => {
                let mut rest = self.parts.command_rest(command);
                rest.extras = self.extra(rest.extras, name)?;
                self.parts.set_command_rest(command, rest);
            }
        }
        Ok(())
    }

    /// Completes a command whose end has been read.
    fn close(&mut self, index: usize) -> Result<()> {
        let end = u32::try_from(self.parts.commands.len()).unwrap_or(u32::MAX);
        let Some(command) = self.parts.commands.get_mut(index) else { return Ok(()) };
        command.end = end;
        if !command.cmd_id.is_present() {
            return Err(Error::new(ErrorKind::Missing("CmdID"), command.offset as usize));
        }
        Ok(())
    }

    /// A command outside DM: kept whole; only its CmdID is looked up, as an answer needs it.
    fn foreign(&mut self, parent: Index) -> Result<()> {
        let offset = self.doc.offset();
        let mut command = RawCommand { kind: CommandKind::Other, parent, offset, ..RawCommand::default() };
        let mark = self.doc.reader.mark();
        loop {
            match self.doc.reader.next_event()? {
                Some(Event::End) | None => break,
                Some(Event::Start(Name::Known(syncml::CMD_ID))) => command.cmd_id = self.cmd_id(command.cmd_id)?,
                Some(Event::Start(_)) => self.doc.reader.skip_to_end()?,
                Some(_) => {}
            }
        }
        let fragment = self.doc.reader.fragment(mark);
        let rest = CommandRest { fragment: self.keep(&fragment), ..CommandRest::default() };
        self.parts.set_command_rest(&mut command, rest);
        let index = self.parts.commands.len();
        self.parts.commands.push(command);
        self.close(index)
    }

    fn item(&mut self) -> Result<()> {
        let mut item = RawItem { offset: self.doc.offset(), ..RawItem::default() };
        let mut rest = None::<ItemRest>;
        while let Some(name) = self.doc.child()? {
            match name.tag() {
                Some(tag @ syncml::TARGET) => item.target = self.party(item.target, tag)?,
                Some(tag @ syncml::SOURCE) => item.source = self.party(item.source, tag)?,
                Some(tag @ syncml::TARGET_PARENT) => {
                    let rest = rest.get_or_insert_default();
                    rest.target_parent = self.party(rest.target_parent, tag)?;
                }
                Some(tag @ syncml::SOURCE_PARENT) => {
                    let rest = rest.get_or_insert_default();
                    rest.source_parent = self.party(rest.source_parent, tag)?;
                }
                Some(syncml::META) => item.meta = self.meta(item.meta)?,
                Some(syncml::DATA) => item.data = self.data(&item.data, "Data")?,
                Some(tag @ syncml::MORE_DATA) => item.more_data = self.flag(item.more_data, tag)?,
                _ => {
                    let rest = rest.get_or_insert_default();
                    rest.extras = self.extra(rest.extras, name)?;
                }
            }
        }
        if let Some(rest) = rest {
            item.rest = Index::next(&self.parts.item_rests);
            self.parts.item_rests.push(rest);
        }
        self.parts.items.push(item);
        Ok(())
    }
}

/// Whether an element of `Meta` is one of those in [`MetaRest`].
fn is_of_rest(tag: Tag) -> bool {
    matches!(
        tag,
        metinf::MARK
            | metinf::VERSION
            | metinf::SIZE
            | metinf::MAX_MSG_SIZE
            | metinf::MAX_OBJ_SIZE
            | metinf::NEXT_NONCE
    )
}

/// The command that an element is, if it is one.
pub(super) fn kind_of(tag: Tag) -> Option<CommandKind> {
    Some(match tag {
        syncml::ADD => CommandKind::Add,
        syncml::ALERT => CommandKind::Alert,
        syncml::ATOMIC => CommandKind::Atomic,
        syncml::COPY => CommandKind::Copy,
        syncml::DELETE => CommandKind::Delete,
        syncml::EXEC => CommandKind::Exec,
        syncml::GET => CommandKind::Get,
        syncml::REPLACE => CommandKind::Replace,
        syncml::RESULTS => CommandKind::Results,
        syncml::SEQUENCE => CommandKind::Sequence,
        syncml::STATUS => CommandKind::Status,
        syncml::MAP | syncml::MOVE | syncml::PUT | syncml::SEARCH | syncml::SYNC => CommandKind::Other,
        _ => return None,
    })
}
