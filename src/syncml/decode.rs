//! From events to records: one command at a time, children in any order.

use super::data::DataForm;
use super::parts::{Extras, Index, Parts, RawCommand, RawCred, RawData, RawItem, RawMeta, RawParty, RawRef};
use super::{CommandKind, Message};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::{XmlDocument, XmlReader, normalise_line_ends, unescape_into};
use crate::markup::{Encoding, Event, Fragment, KeptFragment, Name, Options, Reader};
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
                let decoded = decode(&mut reader, document.text().as_bytes());
                let (parts, heap) = decoded.map_err(|error| document.original(error))?;
                let base = document.bom();
                let sources = Sources { document: Document::Text(document.into_text()), heap, base };
                Ok(Message::new(Encoding::Xml, sources, parts))
            }
            Some(Encoding::Wbxml) => {
                let (parts, heap) = decode(&mut WbxmlReader::new(input, options)?, input)?;
                let sources = Sources { document: Document::Binary(Cow::Borrowed(input)), heap, base: 0 };
                Ok(Message::new(Encoding::Wbxml, sources, parts))
            }
            None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
        }
    }
}

fn decode<'a>(reader: &mut impl Reader<'a>, document: &[u8]) -> Result<(Parts, Vec<u8>)> {
    let mut decoder = Decoder::new(reader, document);
    decoder.header()?;
    while decoder.command()?.is_some() {}
    decoder.finish()
}

/// Decodes the parts of a message as they come.
///
/// [`header`](Decoder::header) first, then [`command`](Decoder::command) until it says that there are no more: whole decode and pull reader are this,
/// with and without forgetting in between.
pub(super) struct Decoder<'r, 'd, R> {
    reader: &'r mut R,
    texts: TextBuilder<'d>,
    parts: Parts,
}

impl<'r, 'd, 'a, R: Reader<'a>> Decoder<'r, 'd, R> {
    pub(super) fn new(reader: &'r mut R, document: &'d [u8]) -> Self {
        Decoder { reader, texts: TextBuilder::new(document), parts: Parts::default() }
    }

    fn error(&self, kind: ErrorKind) -> Error {
        self.reader.error(kind)
    }

    fn offset(&self) -> u32 {
        u32::try_from(self.reader.offset()).unwrap_or(u32::MAX)
    }

    /// Reads up to and into `SyncBody`.
    pub(super) fn header(&mut self) -> Result<()> {
        match self.reader.next_event()? {
            Some(Event::Start(Name::Known(syncml::SYNC_ML))) => {}
            _ => return Err(self.error(ErrorKind::NotSyncMl)),
        }
        let mut seen = false;
        loop {
            match self.child()? {
                Some(Name::Known(syncml::SYNC_HDR)) if seen => return Err(self.error(ErrorKind::Repeated("SyncHdr"))),
                Some(Name::Known(syncml::SYNC_HDR)) => {
                    self.sync_hdr()?;
                    seen = true;
                }
                Some(Name::Known(syncml::SYNC_BODY)) if seen => return Ok(()),
                Some(Name::Known(syncml::SYNC_BODY)) => return Err(self.error(ErrorKind::Missing("SyncHdr"))),
                Some(_) => self.parts.header.extras = self.extra(self.parts.header.extras)?,
                None if seen => return Err(self.error(ErrorKind::Missing("SyncBody"))),
                None => return Err(self.error(ErrorKind::Missing("SyncHdr"))),
            }
        }
    }

    /// Reads the next command of `SyncBody` with everything inside it; `None` at the end.
    pub(super) fn command(&mut self) -> Result<Option<Index>> {
        // The containers that are open, innermost last. Their depth is bounded by Limits::depth.
        let mut open: Vec<usize> = Vec::new();
        let first = Index::next(&self.parts.commands);
        loop {
            let Some(name) = self.child()? else {
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
                    let command = RawCommand { kind, offset: self.offset(), ..RawCommand::default() };
                    open.push(self.parts.commands.len());
                    self.parts.commands.push(command);
                }
                (Some(tag), _) if kind_of(tag).is_some() => {
                    self.leaf(tag)?;
                    if open.is_empty() {
                        return Ok(Some(first));
                    }
                }
                (_, Some(index)) => self.container_field(index, name)?,
                (Some(syncml::FINAL), None) => {
                    if self.parts.is_final {
                        return Err(self.error(ErrorKind::Repeated("Final")));
                    }
                    self.reader.skip_to_end()?;
                    self.parts.is_final = true;
                }
                (_, None) => self.parts.header.extras = self.extra(self.parts.header.extras)?,
            }
        }
    }

    /// Reads what follows `SyncBody`.
    pub(super) fn finish(mut self) -> Result<(Parts, Vec<u8>)> {
        while let Some(name) = self.child()? {
            match name {
                Name::Known(syncml::SYNC_BODY) => return Err(self.error(ErrorKind::Repeated("SyncBody"))),
                Name::Known(syncml::SYNC_HDR) => return Err(self.error(ErrorKind::Repeated("SyncHdr"))),
                _ => self.parts.header.extras = self.extra(self.parts.header.extras)?,
            }
        }
        match self.reader.next_event()? {
            None => Ok((self.parts, self.texts.finish()?)),
            Some(_) => Err(self.error(ErrorKind::TrailingData)),
        }
    }

    /// The next child element, or `None` at the end of the parent. Blanks between elements are passed over.
    fn child(&mut self) -> Result<Option<Name<'a>>> {
        loop {
            match self.reader.next_event()? {
                Some(Event::Start(name)) => return Ok(Some(name)),
                Some(Event::End) | None => return Ok(None),
                Some(text) if text.is_blank() => {}
                Some(_) => return Err(self.error(ErrorKind::UnexpectedText)),
            }
        }
    }

    /// Keeps the element that has just begun as an unknown one.
    fn extra(&mut self, list: Extras) -> Result<Extras> {
        let fragment = self.reader.skip()?;
        let fragment = self.keep(&fragment);
        Ok(self.parts.push_extra(list, fragment))
    }

    fn keep(&mut self, fragment: &Fragment<'a>) -> Index {
        let Parts { fragments, bindings, .. } = &mut self.parts;
        let kept = KeptFragment::keep(fragment, &mut self.texts, bindings, fragments.last());
        let index = Index::next(fragments);
        fragments.push(kept);
        index
    }

    /// The text of the element that has just begun, with blanks at both ends taken off: right for everything but Data
    /// (`wire.md` §1.5).
    fn text(&mut self, slot: Text, name: Tag) -> Result<Text> {
        if slot.is_present() {
            return Err(self.error(ErrorKind::Repeated(name.name())));
        }
        let mut text = Text::EMPTY;
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => break,
                Some(Event::Start(_)) => return Err(self.error(ErrorKind::UnexpectedMarkup)),
                Some(Event::Opaque(octets)) => {
                    // Some encoders write every text as an opaque block (`wire.md` §7.10).
                    if let Err(error) = simdutf8::compat::from_utf8(octets) {
                        let at = self.reader.offset().saturating_add(error.valid_up_to());
                        return Err(Error::new(ErrorKind::InvalidUtf8, at));
                    }
                    self.texts.append(&mut text, octets);
                }
                Some(event) => self.append(&mut text, event),
            }
        }
        Ok(text.trim(self.texts.bytes(text)))
    }

    /// Adds a piece of character data to a text.
    fn append(&mut self, text: &mut Text, event: Event<'a>) {
        match event {
            Event::Text(piece) => self.texts.append(text, piece.as_bytes()),
            Event::Escaped(piece) => self.texts.append_with(text, |heap| unescape_into(piece, heap)),
            Event::CData(piece) => match normalise_line_ends(piece) {
                Cow::Borrowed(piece) => self.texts.append(text, piece.as_bytes()),
                Cow::Owned(piece) => self.texts.append(text, piece.as_bytes()),
            },
            Event::Char(char) => {
                self.texts.append_with(text, |heap| heap.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()));
            }
            Event::Opaque(octets) => self.texts.append(text, octets),
            Event::Start(_) | Event::End => {}
        }
    }

    /// The content of a `Data` or `NextNonce` element that has just begun.
    fn data(&mut self, slot: &RawData, name: &'static str) -> Result<RawData> {
        if slot.form != DataForm::Absent {
            return Err(self.error(ErrorKind::Repeated(name)));
        }
        let mark = self.reader.mark();
        let offset = self.offset();
        let mut form = DataForm::Text;
        let mut text = Text::EMPTY;
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => return Ok(RawData { form, offset, text, fragment: Index::NONE }),
                Some(Event::Start(_)) => break,
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
        // Markup. Blanks around it are the author's indentation; other text beside it has no meaning in this field.
        if !self.texts.bytes(text).trim_ascii().is_empty() {
            return Err(self.error(ErrorKind::UnexpectedMarkup));
        }
        self.reader.skip_to_end()?;
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => break,
                Some(Event::Start(_)) => self.reader.skip_to_end()?,
                Some(text) if text.is_blank() => {}
                Some(_) => return Err(self.error(ErrorKind::UnexpectedText)),
            }
        }
        let fragment = self.reader.fragment(mark);
        let fragment = self.keep(&fragment);
        Ok(RawData { form: DataForm::Markup, offset, text: Text::ABSENT, fragment })
    }

    /// A decimal number, as text.
    fn number(&mut self, slot: Text, name: Tag) -> Result<Text> {
        let at = self.error(ErrorKind::InvalidNumber);
        let text = self.text(slot, name)?;
        let digits = std::str::from_utf8(self.texts.bytes(text)).unwrap_or_default();
        match digits.parse::<u64>() {
            Ok(_) if !digits.starts_with('+') => Ok(text),
            _ => Err(at),
        }
    }

    fn sync_hdr(&mut self) -> Result<()> {
        let start = self.reader.offset();
        while let Some(name) = self.child()? {
            let mut header = core::mem::take(&mut self.parts.header);
            let outcome = match name.tag() {
                Some(tag @ syncml::VER_DTD) => self.text(header.ver_dtd, tag).map(|text| header.ver_dtd = text),
                Some(tag @ syncml::VER_PROTO) => self.text(header.ver_proto, tag).map(|text| header.ver_proto = text),
                Some(tag @ syncml::SESSION_ID) => {
                    self.text(header.session_id, tag).map(|text| header.session_id = text)
                }
                Some(tag @ syncml::MSG_ID) => self.text(header.msg_id, tag).map(|text| header.msg_id = text),
                Some(tag @ syncml::TARGET) => self.party(header.target, tag).map(|party| header.target = party),
                Some(tag @ syncml::SOURCE) => self.party(header.source, tag).map(|party| header.source = party),
                Some(tag @ syncml::RESP_URI) => self.text(header.resp_uri, tag).map(|text| header.resp_uri = text),
                Some(syncml::NO_RESP) => self.reader.skip_to_end().map(|()| header.no_resp = true),
                Some(syncml::CRED) => self.cred(header.cred).map(|cred| header.cred = cred),
                Some(syncml::META) => self.meta(header.meta).map(|meta| header.meta = meta),
                _ => self.extra(header.extras).map(|extras| header.extras = extras),
            };
            self.parts.header = header;
            outcome?;
        }
        let header = &self.parts.header;
        for (text, name) in [
            (header.ver_dtd, syncml::VER_DTD),
            (header.ver_proto, syncml::VER_PROTO),
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

    /// `Target` or `Source`. Examples of the standard put the URI there without a `LocURI` around it; so it is taken.
    fn party(&mut self, slot: RawParty, name: Tag) -> Result<RawParty> {
        if slot.loc_uri.is_present() {
            return Err(self.error(ErrorKind::Repeated(name.name())));
        }
        let start = self.reader.offset();
        let mut party = RawParty::default();
        let mut bare = Text::ABSENT;
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => break,
                Some(Event::Start(Name::Known(tag @ syncml::LOC_URI))) => {
                    party.loc_uri = self.text(party.loc_uri, tag)?;
                }
                Some(Event::Start(Name::Known(tag @ syncml::LOC_NAME))) => {
                    party.loc_name = self.text(party.loc_name, tag)?;
                }
                // Filter, of data synchronisation.
                Some(Event::Start(_)) => self.reader.skip_to_end()?,
                Some(text) if text.is_blank() => {}
                Some(Event::Opaque(_)) => return Err(self.error(ErrorKind::UnexpectedText)),
                Some(event) => self.append(&mut bare, event),
            }
        }
        if !party.loc_uri.is_present() {
            party.loc_uri = bare.trim(self.texts.bytes(bare));
        } else if bare.is_present() {
            return Err(Error::new(ErrorKind::UnexpectedText, start));
        }
        if party.loc_uri.is_present() { Ok(party) } else { Err(Error::new(ErrorKind::Missing("LocURI"), start)) }
    }

    /// `SourceParent` or `TargetParent`: a `LocURI` alone.
    fn parent(&mut self, slot: Text, name: Tag) -> Result<Text> {
        let slot = RawParty { loc_uri: slot, loc_name: Text::ABSENT };
        Ok(self.party(slot, name)?.loc_uri)
    }

    fn cred(&mut self, slot: Index) -> Result<Index> {
        if slot.is_some() {
            return Err(self.error(ErrorKind::Repeated("Cred")));
        }
        let start = self.reader.offset();
        let mut cred = RawCred::default();
        while let Some(name) = self.child()? {
            match name.tag() {
                Some(syncml::META) => cred.meta = self.meta(cred.meta)?,
                Some(syncml::DATA) => cred.data = self.data(&cred.data, "Data")?,
                _ => self.reader.skip_to_end()?,
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
    fn chal(&mut self, slot: Index) -> Result<Index> {
        if slot.is_some() {
            return Err(self.error(ErrorKind::Repeated("Chal")));
        }
        let start = self.reader.offset();
        let mut meta = Index::NONE;
        while let Some(name) = self.child()? {
            match name.tag() {
                Some(syncml::META) => meta = self.meta(meta)?,
                _ => self.reader.skip_to_end()?,
            }
        }
        if meta.is_some() { Ok(meta) } else { Err(Error::new(ErrorKind::Missing("Meta"), start)) }
    }

    /// `Meta`, with or without a `MetInf` around its children (`wire.md` §1.7).
    fn meta(&mut self, slot: Index) -> Result<Index> {
        if slot.is_some() {
            return Err(self.error(ErrorKind::Repeated("Meta")));
        }
        let mut meta = RawMeta::default();
        let mut wrapped = false;
        loop {
            match self.child()? {
                None if wrapped => wrapped = false,
                None => break,
                Some(Name::Known(metinf::MET_INF)) if !wrapped => wrapped = true,
                Some(name) => self.meta_field(&mut meta, name)?,
            }
        }
        let index = Index::next(&self.parts.metas);
        self.parts.metas.push(meta);
        Ok(index)
    }

    fn meta_field(&mut self, meta: &mut RawMeta, name: Name<'a>) -> Result<()> {
        match name.tag() {
            Some(tag @ metinf::FORMAT) => meta.format = self.text(meta.format, tag)?,
            Some(tag @ metinf::TYPE) => meta.type_ = self.text(meta.type_, tag)?,
            Some(tag @ metinf::MARK) => meta.mark = self.text(meta.mark, tag)?,
            Some(tag @ metinf::VERSION) => meta.version = self.text(meta.version, tag)?,
            Some(tag @ metinf::SIZE) => meta.size = self.number(meta.size, tag)?,
            Some(tag @ metinf::MAX_MSG_SIZE) => meta.max_msg_size = self.number(meta.max_msg_size, tag)?,
            Some(tag @ metinf::MAX_OBJ_SIZE) => meta.max_obj_size = self.number(meta.max_obj_size, tag)?,
            Some(metinf::NEXT_NONCE) => meta.next_nonce = self.data(&meta.next_nonce, "NextNonce")?,
            // Anchor, Mem and EMI are kept whole.
            _ => meta.extras = self.extra(meta.extras)?,
        }
        Ok(())
    }

    /// A command without commands inside.
    fn leaf(&mut self, tag: Tag) -> Result<()> {
        let kind = kind_of(tag).unwrap_or_default();
        if kind == CommandKind::Other {
            return self.foreign();
        }
        let narrow = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        let (items, refs) = (narrow(self.parts.items.len()), narrow(self.parts.refs.len()));
        let mut command = RawCommand { kind, offset: self.offset(), ..RawCommand::default() };
        while let Some(name) = self.child()? {
            match name.tag() {
                Some(syncml::ITEM) => self.item()?,
                Some(syncml::DATA) => command.data = self.data(&command.data, "Data")?,
                Some(tag @ syncml::MSG_REF) => command.msg_ref = self.text(command.msg_ref, tag)?,
                Some(tag @ syncml::CMD_REF) => command.cmd_ref = self.text(command.cmd_ref, tag)?,
                Some(tag @ syncml::CMD) => command.cmd = self.text(command.cmd, tag)?,
                Some(tag @ syncml::CORRELATOR) => command.correlator = self.text(command.correlator, tag)?,
                Some(tag @ syncml::LANG) => command.lang = self.text(command.lang, tag)?,
                Some(tag @ (syncml::TARGET_REF | syncml::SOURCE_REF)) => {
                    let text = self.text(Text::ABSENT, tag)?;
                    self.parts.refs.push(RawRef { is_target: tag == syncml::TARGET_REF, text });
                }
                Some(syncml::CHAL) => command.chal = self.chal(command.chal)?,
                Some(syncml::CRED) => command.cred = self.cred(command.cred)?,
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
            Some(tag @ syncml::CMD_ID) => {
                let empty = self.error(ErrorKind::Empty("CmdID"));
                command.cmd_id = self.text(command.cmd_id, tag)?;
                if self.texts.bytes(command.cmd_id).is_empty() {
                    return Err(empty);
                }
            }
            Some(syncml::META) => command.meta = self.meta(command.meta)?,
            Some(syncml::NO_RESP) => {
                self.reader.skip_to_end()?;
                command.no_resp = true;
            }
            _ => command.extras = self.extra(command.extras)?,
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
    fn foreign(&mut self) -> Result<()> {
        let mut command = RawCommand { kind: CommandKind::Other, offset: self.offset(), ..RawCommand::default() };
        let mark = self.reader.mark();
        loop {
            match self.reader.next_event()? {
                Some(Event::End) | None => break,
                Some(Event::Start(Name::Known(tag @ syncml::CMD_ID))) => {
                    command.cmd_id = self.text(command.cmd_id, tag)?;
                }
                Some(Event::Start(_)) => self.reader.skip_to_end()?,
                Some(_) => {}
            }
        }
        let fragment = self.reader.fragment(mark);
        command.fragment = self.keep(&fragment);
        let index = self.parts.commands.len();
        self.parts.commands.push(command);
        self.close(index)
    }

    fn item(&mut self) -> Result<()> {
        let mut item = RawItem { offset: self.offset(), ..RawItem::default() };
        while let Some(name) = self.child()? {
            match name.tag() {
                Some(tag @ syncml::TARGET) => item.target = self.party(item.target, tag)?,
                Some(tag @ syncml::SOURCE) => item.source = self.party(item.source, tag)?,
                Some(tag @ syncml::TARGET_PARENT) => item.target_parent = self.parent(item.target_parent, tag)?,
                Some(tag @ syncml::SOURCE_PARENT) => item.source_parent = self.parent(item.source_parent, tag)?,
                Some(syncml::META) => item.meta = self.meta(item.meta)?,
                Some(syncml::DATA) => item.data = self.data(&item.data, "Data")?,
                Some(syncml::MORE_DATA) => {
                    self.reader.skip_to_end()?;
                    item.more_data = true;
                }
                _ => item.extras = self.extra(item.extras)?,
            }
        }
        self.parts.items.push(item);
        Ok(())
    }
}

/// The command that an element is, if it is one.
fn kind_of(tag: Tag) -> Option<CommandKind> {
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
