//! Commands in the short way: whole ones, as long as everything in them is plain.
//!
//! Most of a message is commands of a few dozen elements that hold short texts. Asked for one by one, each element costs several times what is
//! done with it. Here a command is taken in one go by a [`Cursor`], which keeps its place in registers and tells only
//! what is there. Whatever is out of the ordinary (an element twice or missing, one that is seldom used, one that nobody
//! knows, attributes, markup in data) ends the short way before the command that it is in: that one is read again by
//! [`Decoder`](super::decode::Decoder), which knows all rules and all errors. So nothing may be decided here that is
//! decided otherwise there.

use super::CommandKind;
use super::decode::kind_of;
use super::parts::{
    CommandRest, Index, MetaRest, Parts, RawCommand, RawCred, RawData, RawItem, RawMeta, RawParty, RawRef,
};
use crate::markup::{Course, Cursor, DataForm, Expected, PlainText, Step, xml};
use crate::text::{Text, TextBuilder};
use crate::vocabulary::{metinf, syncml};

const CMD_ID: Expected = Expected::new(syncml::CMD_ID);
const ITEM: Expected = Expected::new(syncml::ITEM);
const TARGET: Expected = Expected::new(syncml::TARGET);
const LOC_URI: Expected = Expected::new(syncml::LOC_URI);
const META: Expected = Expected::new(syncml::META);
const FORMAT: Expected = Expected::new(metinf::FORMAT);
const TYPE: Expected = Expected::new(metinf::TYPE);
const MSG_REF: Expected = Expected::new(syncml::MSG_REF);
const CMD_REF: Expected = Expected::new(syncml::CMD_REF);
const CMD: Expected = Expected::new(syncml::CMD);
const TARGET_REF: Expected = Expected::new(syncml::TARGET_REF);
const DATA: Expected = Expected::new(syncml::DATA);

/// Takes the commands of `SyncBody` or of a container.
pub(super) struct ShortCommands<'p, 'd> {
    pub(super) parts: &'p mut Parts,
    pub(super) texts: &'p mut TextBuilder<'d>,
    pub(super) parent: Index,
    /// Whether to go on after the first.
    pub(super) all: bool,
}

/// Takes the children of `SyncHdr`, as far as they are plain.
pub(super) struct ShortHeader<'p, 'd> {
    pub(super) parts: &'p mut Parts,
    pub(super) texts: &'p mut TextBuilder<'d>,
}

/// The lists that `Meta` elements go to.
struct Metas<'p> {
    metas: &'p mut Vec<RawMeta>,
    rests: &'p mut Vec<MetaRest>,
}

/// How much there was before something was tried.
struct Before {
    commands: usize,
    items: usize,
    command_rests: usize,
    metas: usize,
    meta_rests: usize,
    creds: usize,
    refs: usize,
    heap: usize,
}

impl Before {
    #[inline(always)]
    fn note(parts: &Parts, texts: &TextBuilder<'_>) -> Before {
        Before {
            commands: parts.commands.len(),
            items: parts.items.len(),
            command_rests: parts.command_rests.len(),
            metas: parts.metas.len(),
            meta_rests: parts.meta_rests.len(),
            creds: parts.creds.len(),
            refs: parts.refs.len(),
            heap: texts.heap_len(),
        }
    }

    /// Takes back everything since.
    #[cold]
    fn restore(self, parts: &mut Parts, texts: &mut TextBuilder<'_>) {
        parts.commands.truncate(self.commands);
        parts.items.truncate(self.items);
        parts.command_rests.truncate(self.command_rests);
        parts.metas.truncate(self.metas);
        parts.meta_rests.truncate(self.meta_rests);
        parts.creds.truncate(self.creds);
        parts.refs.truncate(self.refs);
        texts.truncate_heap(self.heap);
    }
}

impl<'a> Course<'a> for ShortCommands<'_, '_> {
    fn run<C: Cursor<'a>>(&mut self, cursor: &mut C) {
        loop {
            // Nobody else knows of this one: it needs no place in memory.
            let mut next = *cursor;
            let lists = Before::note(self.parts, self.texts);
            if self.command(&mut next).is_none() || !next.is_within_limits(cursor) {
                lists.restore(self.parts, self.texts);
                return;
            }
            *cursor = next;
            if !self.all {
                return;
            }
        }
    }
}

impl<'a> Course<'a> for ShortHeader<'_, '_> {
    fn run<C: Cursor<'a>>(&mut self, cursor: &mut C) {
        let start = *cursor;
        let (header, lists) = (self.parts.header.clone(), Before::note(self.parts, self.texts));
        loop {
            let mut next = *cursor;
            let lists = Before::note(self.parts, self.texts);
            if self.field(&mut next).is_none() {
                lists.restore(self.parts, self.texts);
                break;
            }
            *cursor = next;
        }
        if !cursor.is_within_limits(&start) {
            *cursor = start;
            lists.restore(self.parts, self.texts);
            self.parts.header = header;
        }
    }
}

impl ShortHeader<'_, '_> {
    /// One child. The header changes only if all of it is plain.
    #[inline(always)]
    fn field<'a, C: Cursor<'a>>(&mut self, cursor: &mut C) -> Option<()> {
        let Parts { header, metas, meta_rests, creds, .. } = &mut *self.parts;
        let mut metas = Metas { metas, rests: meta_rests };
        let texts = &mut *self.texts;
        let (tag, name) = cursor.open()?;
        let slot = match tag {
            syncml::TARGET | syncml::SOURCE => {
                let slot = if tag == syncml::TARGET { &mut header.target } else { &mut header.source };
                let mut found = *slot;
                party(cursor, name, texts, &mut found)?;
                *slot = found;
                return Some(());
            }
            syncml::META => {
                let mut found = header.meta;
                meta(cursor, name, texts, &mut metas, &mut found)?;
                header.meta = found;
                return Some(());
            }
            syncml::CRED if !header.cred.is_some() => {
                let mut cred = RawCred::default();
                loop {
                    match cursor.next(name) {
                        Step::Start(syncml::META, name) => meta(cursor, name, texts, &mut metas, &mut cred.meta)?,
                        Step::Start(syncml::DATA, name) => data(cursor, name, texts, &mut cred.data)?,
                        Step::End if cred.data.form != DataForm::Absent => break,
                        _ => return None,
                    }
                }
                header.cred = Index::next(creds);
                creds.push(cred);
                return Some(());
            }
            syncml::VER_DTD => &mut header.ver_dtd,
            syncml::VER_PROTO => &mut header.ver_proto,
            syncml::SESSION_ID => &mut header.session_id,
            syncml::MSG_ID => &mut header.msg_id,
            syncml::RESP_URI => &mut header.resp_uri,
            _ => return None,
        };
        text(cursor, name, texts, slot)
    }
}

impl ShortCommands<'_, '_> {
    #[inline(always)]
    fn command<'a, C: Cursor<'a>>(&mut self, cursor: &mut C) -> Option<()> {
        let (tag, name) = cursor.open()?;
        let kind = kind_of(tag)?;
        if matches!(kind, CommandKind::Atomic | CommandKind::Sequence | CommandKind::Other) {
            return None;
        }
        let Parts { commands, command_rests, items, metas, meta_rests, refs, .. } = &mut *self.parts;
        let mut metas = Metas { metas, rests: meta_rests };
        let texts = &mut *self.texts;
        let (first_item, first_ref) = (narrow(items.len()), narrow(refs.len()));
        let end = narrow(commands.len().saturating_add(1));
        // Records are filled where they stay.
        commands.push(RawCommand::default());
        let command = commands.last_mut()?;
        command.kind = kind;
        command.parent = self.parent;
        command.offset = narrow(cursor.offset());
        if let Some(name) = cursor.expect(&CMD_ID) {
            text(cursor, name, texts, &mut command.cmd_id)?;
        }
        if matches!(kind, CommandKind::Status | CommandKind::Results) {
            if let Some(name) = cursor.expect(&MSG_REF) {
                text(cursor, name, texts, &mut command.msg_ref)?;
            }
            if let Some(name) = cursor.expect(&CMD_REF) {
                text(cursor, name, texts, &mut command.cmd_ref)?;
            }
            if let Some(name) = cursor.expect(&CMD) {
                text(cursor, name, texts, &mut command.cmd)?;
            }
            if let Some(name) = cursor.expect(&TARGET_REF) {
                refs.push(RawRef { is_target: true, text: Text::ABSENT });
                text(cursor, name, texts, &mut refs.last_mut()?.text)?;
            }
        }
        loop {
            if let Some(name) = cursor.expect(&ITEM) {
                item(cursor, name, texts, items, &mut metas)?;
                continue;
            }
            if let Some(name) = cursor.expect(&DATA) {
                data(cursor, name, texts, &mut command.data)?;
                continue;
            }
            let (tag, name) = match cursor.next(name) {
                Step::Start(tag, name) => (tag, name),
                Step::End => break,
                Step::Other => return None,
            };
            let slot = match tag {
                syncml::CMD_ID => &mut command.cmd_id,
                syncml::ITEM => {
                    item(cursor, name, texts, items, &mut metas)?;
                    continue;
                }
                syncml::DATA => {
                    data(cursor, name, texts, &mut command.data)?;
                    continue;
                }
                syncml::META => {
                    meta(cursor, name, texts, &mut metas, &mut command.meta)?;
                    continue;
                }
                syncml::MSG_REF => &mut command.msg_ref,
                syncml::CMD_REF => &mut command.cmd_ref,
                syncml::CMD => &mut command.cmd,
                syncml::CORRELATOR if !command.rest.is_some() => {
                    command.rest = Index::next(command_rests);
                    command_rests.push(CommandRest::default());
                    &mut command_rests.last_mut()?.correlator
                }
                syncml::TARGET_REF | syncml::SOURCE_REF => {
                    refs.push(RawRef { is_target: tag == syncml::TARGET_REF, text: Text::ABSENT });
                    &mut refs.last_mut()?.text
                }
                _ => return None,
            };
            text(cursor, name, texts, slot)?;
        }
        let lacks_data = kind == CommandKind::Status && command.data.form == DataForm::Absent;
        if lacks_data || !command.cmd_id.is_present() || command.cmd_id == Text::EMPTY {
            return None;
        }
        command.items = first_item..narrow(items.len());
        command.refs = first_ref..narrow(refs.len());
        command.end = end;
        Some(())
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[inline(always)]
fn item<'a, C: Cursor<'a>>(
    cursor: &mut C,
    name: C::Name,
    texts: &mut TextBuilder<'_>,
    items: &mut Vec<RawItem>,
    metas: &mut Metas<'_>,
) -> Option<()> {
    items.push(RawItem::default());
    let item = items.last_mut()?;
    item.offset = narrow(cursor.offset());
    // As nearly all are.
    if let Some(name) = cursor.expect(&TARGET) {
        party(cursor, name, texts, &mut item.target)?;
    }
    if let Some(name) = cursor.expect(&META) {
        meta(cursor, name, texts, metas, &mut item.meta)?;
    }
    if let Some(name) = cursor.expect(&DATA) {
        data(cursor, name, texts, &mut item.data)?;
    }
    loop {
        match cursor.next(name) {
            Step::Start(syncml::TARGET, name) => party(cursor, name, texts, &mut item.target)?,
            Step::Start(syncml::SOURCE, name) => party(cursor, name, texts, &mut item.source)?,
            Step::Start(syncml::META, name) => meta(cursor, name, texts, metas, &mut item.meta)?,
            Step::Start(syncml::DATA, name) => data(cursor, name, texts, &mut item.data)?,
            Step::End => return Some(()),
            _ => return None,
        }
    }
}

/// `Target` or `Source` with a `LocURI` and no more.
#[inline(always)]
fn party<'a, C: Cursor<'a>>(
    cursor: &mut C,
    name: C::Name,
    texts: &mut TextBuilder<'_>,
    slot: &mut RawParty,
) -> Option<()> {
    let uri = match cursor.expect(&LOC_URI) {
        Some(uri) => uri,
        None => match cursor.next(name) {
            Step::Start(syncml::LOC_URI, uri) => uri,
            _ => return None,
        },
    };
    text(cursor, uri, texts, &mut slot.loc_uri)?;
    matches!(cursor.next(name), Step::End).then_some(())
}

/// `Meta` with texts and numbers.
#[inline(always)]
fn meta<'a, C: Cursor<'a>>(
    cursor: &mut C,
    name: C::Name,
    texts: &mut TextBuilder<'_>,
    lists: &mut Metas<'_>,
    slot: &mut Index,
) -> Option<()> {
    if slot.is_some() {
        return None;
    }
    *slot = Index::next(lists.metas);
    lists.metas.push(RawMeta::default());
    let meta = lists.metas.last_mut()?;
    if let Some(name) = cursor.expect(&FORMAT) {
        text(cursor, name, texts, &mut meta.format)?;
    }
    if let Some(name) = cursor.expect(&TYPE) {
        text(cursor, name, texts, &mut meta.type_)?;
    }
    loop {
        let (slot, name) = match cursor.next(name) {
            Step::Start(metinf::FORMAT, name) => (&mut meta.format, name),
            Step::Start(metinf::TYPE, name) => (&mut meta.type_, name),
            Step::Start(tag @ (metinf::SIZE | metinf::MAX_MSG_SIZE | metinf::MAX_OBJ_SIZE), name) => {
                if !meta.rest.is_some() {
                    meta.rest = Index::next(lists.rests);
                    lists.rests.push(MetaRest::default());
                }
                let rest = lists.rests.last_mut()?;
                let slot = match tag {
                    metinf::SIZE => &mut rest.size,
                    metinf::MAX_MSG_SIZE => &mut rest.max_msg_size,
                    _ => &mut rest.max_obj_size,
                };
                text(cursor, name, texts, slot)?;
                if !is_number(texts.bytes(*slot)) {
                    return None;
                }
                continue;
            }
            Step::End => return Some(()),
            _ => return None,
        };
        text(cursor, name, texts, slot)?;
    }
}

/// Whether these are so few digits that a number fits.
#[inline(never)]
fn is_number(digits: &[u8]) -> bool {
    digits.len() < 19 && digits.iter().all(u8::is_ascii_digit)
}

/// `Data` that is a text.
#[inline(always)]
fn data<'a, C: Cursor<'a>>(
    cursor: &mut C,
    name: C::Name,
    texts: &mut TextBuilder<'_>,
    slot: &mut RawData,
) -> Option<()> {
    if slot.form != DataForm::Absent {
        return None;
    }
    slot.form = DataForm::Text;
    slot.offset = narrow(cursor.offset());
    slot.text = match cursor.text(name)? {
        PlainText::Octets(text) => texts.keep(text),
        PlainText::Escaped(text) => unescaped(text, texts),
    };
    Some(())
}

#[cold]
fn unescaped(text: &str, texts: &mut TextBuilder<'_>) -> Text {
    let mut whole = Text::EMPTY;
    texts.append_with(&mut whole, |heap| xml::unescape_into(text, heap));
    whole
}

/// The text of an element that may be there once, blanks at its ends aside.
#[inline(always)]
fn text<'a, C: Cursor<'a>>(cursor: &mut C, name: C::Name, texts: &mut TextBuilder<'_>, slot: &mut Text) -> Option<()> {
    match cursor.text(name)? {
        PlainText::Octets(text) if !slot.is_present() => {
            let is_blank = |octet: Option<&u8>| octet.is_some_and(u8::is_ascii_whitespace);
            let has_blanks = is_blank(text.first()) || is_blank(text.last());
            *slot = texts.keep(if has_blanks { text.trim_ascii() } else { text });
            Some(())
        }
        _ => None,
    }
}
