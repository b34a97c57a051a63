//! Items, credentials and challenges: `Data` or `NextNonce` with the `Meta` that describes it.
//!
//! `Meta` stands in front of the data, but what it has to say depends on what the data becomes. So one item is held until it
//! is complete, and so is the `Meta` of a command, until its first item is: what that item needs is said there if it was said
//! there, and what other items need beside it in a `Meta` of their own.

use super::data::{Change, Content, Facts, Input, New, is_embedded};
use super::pass::{CommandFacts, Pass, Stop, is_fact};
use crate::markup::{DocumentReader, Event, Fragment, Name, Namespace, NewAttr, Reader, Writer};
use crate::vocabulary::{Tag, metinf, syncml};
use std::borrow::Cow;

/// Events that wait.
#[derive(Default)]
pub(super) struct Held<'a> {
    pieces: Vec<Piece<'a>>,
    attrs: Vec<HeldAttr<'a>>,
    /// The elements open in it.
    path: Vec<Option<Tag>>,
    /// Where the `Meta` of the command ends, once it has.
    meta_end: Option<usize>,
    /// Where the item begins.
    carrier: Option<usize>,
    is_active: bool,
}

struct Piece<'a> {
    offset: usize,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Start {
        name: Name<'a>,
        written: Option<Name<'a>>,
        attrs: core::ops::Range<usize>,
    },
    Characters(Event<'a>),
    End,
    /// A tree in `Data`.
    Tree(Fragment<'a>),
}

struct HeldAttr<'a> {
    qname: &'a str,
    namespace: Option<Namespace<'a>>,
    value: Cow<'a, str>,
}

/// An element that was found among the pieces: where its tags are.
#[derive(Clone, Debug, Default)]
struct Slot {
    start: usize,
    end: usize,
}

/// What was found in an item, or in a `Meta`.
#[derive(Debug, Default)]
struct Survey {
    meta: Option<Slot>,
    format: Option<Slot>,
    media_type: Option<Slot>,
    size: Option<Slot>,
    data: Option<Slot>,
    nonce: Option<Slot>,
    more: bool,
}

/// Something written instead of some pieces.
struct Edit {
    from: usize,
    to: usize,
    new: EditKind,
}

enum EditKind {
    Content(New),
    /// Elements of `Meta`.
    Facts(Vec<(Tag, String)>),
    /// A `Meta` with these.
    Meta(Vec<(Tag, String)>),
}

impl Held<'_> {
    pub(super) fn is_active(&self) -> bool {
        self.is_active
    }

    pub(super) fn begin(&mut self, tag: Option<Tag>) {
        self.is_active = true;
        self.carrier = (tag != Some(syncml::META)).then_some(0);
    }

    fn clear(&mut self) {
        self.pieces.clear();
        self.attrs.clear();
        self.path.clear();
        (self.meta_end, self.carrier, self.is_active) = (None, None, false);
    }

    fn name(&self, at: usize) -> Option<Tag> {
        match self.pieces.get(at).map(|piece| &piece.kind) {
            Some(Kind::Start { name, .. }) => name.tag(),
            _ => None,
        }
    }

    fn offset(&self, at: usize) -> usize {
        self.pieces.get(at).map_or(0, |piece| piece.offset)
    }

    /// The character data between two tags, and whether there is an opaque block in it.
    fn text(&self, slot: &Slot) -> (Cow<'_, [u8]>, bool) {
        let mut joined: Cow<'_, [u8]> = Cow::Borrowed(&[]);
        let mut is_opaque = false;
        for piece in self.pieces.get(slot.start..slot.end).unwrap_or_default() {
            let Kind::Characters(event) = &piece.kind else { continue };
            let next = match event {
                Event::Opaque(octets) => {
                    is_opaque = true;
                    Cow::Borrowed(*octets)
                }
                event => match event.text().unwrap_or_default() {
                    Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                    Cow::Owned(text) => Cow::Owned(text.into_bytes()),
                },
            };
            if joined.is_empty() {
                joined = next;
            } else {
                joined.to_mut().extend_from_slice(&next);
            }
        }
        (joined, is_opaque)
    }

    /// The text of an element of `Meta`.
    fn fact(&self, slot: Option<&Slot>) -> Option<String> {
        let (text, _) = self.text(slot?);
        Some(String::from_utf8_lossy(&text).trim().to_owned())
    }

    /// The only tree in an element, if there is nothing else in it.
    fn tree(&self, slot: &Slot) -> Option<&Fragment<'_>> {
        let mut tree = None;
        for piece in self.pieces.get(slot.start.saturating_add(1)..slot.end)? {
            match &piece.kind {
                Kind::Tree(fragment) if tree.is_none() => tree = Some(fragment),
                Kind::Characters(event) if event.is_blank() => {}
                _ => return None,
            }
        }
        tree
    }

    /// Whether there are elements in an element.
    fn has_elements(&self, slot: &Slot) -> bool {
        let inside = self.pieces.get(slot.start.saturating_add(1)..slot.end).unwrap_or_default();
        inside.iter().any(|piece| !matches!(piece.kind, Kind::Characters(_)))
    }

    /// Finds what matters in the element whose tags these are: an item, a credential, a challenge, or a `Meta`.
    fn survey(&self, whole: &Slot) -> Survey {
        let mut found = Survey::default();
        // The elements open: tag, and where it begins.
        let mut path: Vec<(Option<Tag>, usize)> = Vec::new();
        for at in whole.start..whole.end.saturating_add(1) {
            match self.pieces.get(at).map(|piece| &piece.kind) {
                Some(Kind::Start { name, .. }) => path.push((name.tag(), at)),
                Some(Kind::End) => {
                    let Some((tag, start)) = path.pop() else { continue };
                    let slot = Slot { start, end: at };
                    let parent = path.last().and_then(|(tag, _)| *tag);
                    let is_direct = path.len() == 1;
                    match tag {
                        Some(syncml::META) if path.len() <= 1 => found.meta = Some(slot),
                        Some(syncml::DATA) if is_direct => found.data = Some(slot),
                        Some(syncml::MORE_DATA) if is_direct => found.more = true,
                        // Some wrap the elements of Meta in a MetInf.
                        tag if is_fact(tag)
                            && path.len() <= 3
                            && matches!(parent, Some(syncml::META | metinf::MET_INF)) =>
                        {
                            match tag {
                                Some(metinf::FORMAT) => found.format = Some(slot),
                                Some(metinf::TYPE) => found.media_type = Some(slot),
                                Some(metinf::SIZE) => found.size = Some(slot),
                                _ => found.nonce = Some(slot),
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn facts(&self, survey: &Survey) -> Facts {
        Facts { format: self.fact(survey.format.as_ref()), media_type: self.fact(survey.media_type.as_ref()) }
    }
}

impl<'a> Pass<'_, 'a> {
    /// Takes an event while something is held.
    pub(super) fn hold(&mut self, reader: &mut DocumentReader<'a>, event: Event<'a>) -> Result<(), Stop> {
        let offset = reader.offset();
        match event {
            Event::Start(name) => {
                let tag = name.tag();
                if self.held.path.is_empty() && self.held.carrier.is_none() && self.held.meta_end.is_some() {
                    if matches!(tag, Some(syncml::ITEM)) {
                        self.held.carrier = Some(self.held.pieces.len());
                    } else if !is_simple(tag) {
                        self.flush()?;
                        return self.event(reader, event);
                    }
                }
                let in_data = self.held.path.last() == Some(&Some(syncml::DATA)) && self.held.path.len() == 2;
                if in_data && self.held.carrier.is_some() && is_embedded(tag) {
                    let fragment = reader.skip()?;
                    self.held.pieces.push(Piece { offset, kind: Kind::Tree(fragment) });
                    return Ok(());
                }
                let first = self.held.attrs.len();
                let attrs = reader.attrs().map(|attr| HeldAttr {
                    qname: attr.qname,
                    namespace: attr.namespace,
                    value: attr.value.to_cow(),
                });
                self.held.attrs.extend(attrs);
                let written = match reader {
                    DocumentReader::Xml(reader) => Some(reader.written_name()),
                    DocumentReader::Wbxml(_) => None,
                };
                let kind = Kind::Start { name, written, attrs: first..self.held.attrs.len() };
                self.held.pieces.push(Piece { offset, kind });
                self.held.path.push(tag);
            }
            Event::End if self.held.path.is_empty() => {
                self.flush()?;
                return self.event(reader, event);
            }
            Event::End => {
                self.held.path.pop();
                self.held.pieces.push(Piece { offset, kind: Kind::End });
                if self.held.path.is_empty() {
                    self.held_element_ends()?;
                }
            }
            piece => self.held.pieces.push(Piece { offset, kind: Kind::Characters(piece) }),
        }
        Ok(())
    }

    fn held_element_ends(&mut self) -> Result<(), Stop> {
        let end = self.held.pieces.len().saturating_sub(1);
        if let Some(start) = self.held.carrier {
            if self.held.name(start) == Some(syncml::ITEM)
                && let Some(level) = self.levels.last_mut()
            {
                level.had_item = true;
            }
            return self.carrier(&Slot { start, end });
        }
        if self.held.meta_end.is_none() {
            let facts = self.held.facts(&self.held.survey(&Slot { start: 0, end }));
            if facts == Facts::default() {
                return self.flush();
            }
            if let Some(level) = self.levels.last_mut() {
                if level.had_item {
                    // The items needed to know.
                    let stop = if self.late.is_none() { Err(Stop::Late) } else { Ok(()) };
                    return stop.and_then(|()| self.flush());
                }
                level.facts = Some(Box::new(CommandFacts { said: facts.clone(), written: facts }));
            }
            self.held.meta_end = Some(end);
        }
        Ok(())
    }

    /// Writes what is held as it is.
    fn flush(&mut self) -> Result<(), Stop> {
        self.write_held(&[])
    }

    /// Writes an item, and the `Meta` of its command if that was held for it.
    fn carrier(&mut self, whole: &Slot) -> Result<(), Stop> {
        let held = &self.held;
        let survey = held.survey(whole);
        let own = held.facts(&survey);
        let is_item = held.name(whole.start) == Some(syncml::ITEM);
        let CommandFacts { said: before, written: after } =
            if is_item { self.command_facts() } else { Default::default() };
        let facts = Facts {
            format: own.format.clone().or(before.format),
            media_type: own.media_type.clone().or(before.media_type),
        };
        // A challenge has no data but a nonce in its Meta.
        let slot =
            if held.name(whole.start) == Some(syncml::CHAL) { survey.nonce.clone() } else { survey.data.clone() };
        let Some(slot) = slot else { return self.flush() };
        let command = held.meta_end.map(|end| held.survey(&Slot { start: 0, end })).unwrap_or_default();
        let size_slot = survey.size.as_ref().or(command.size.as_ref());
        let (octets, is_opaque) = held.text(&slot);
        let content = match held.tree(&slot) {
            Some(tree) => Content::Tree(tree),
            None if held.has_elements(&slot) => return self.flush(),
            None if is_opaque => Content::Octets(octets),
            // What is no opaque block is text.
            None => Content::Text(match octets {
                Cow::Borrowed(octets) => String::from_utf8_lossy(octets),
                Cow::Owned(octets) => String::from_utf8(octets).unwrap_or_default().into(),
            }),
        };
        if matches!(&content, Content::Text(text) if text.is_empty()) {
            return self.flush();
        }
        let input = Input {
            content,
            facts: &facts,
            size: held.fact(size_slot).and_then(|size| size.parse().ok()),
            more: survey.more,
            is_credential: !is_item,
            offset: held.offset(slot.start),
        };
        let change = input.convert(self.plan.to, self.plan.options)?;
        let (edits, after) = self.edits(change, &survey, &command, &facts, after, &slot);
        if let (Some(after), Some(level)) = (after, self.levels.last_mut()) {
            level.facts.get_or_insert_default().written = after;
        }
        self.write_held(&edits)
    }

    /// What to write otherwise, in order; and what the command then says of its items, if that changes.
    fn edits(
        &self,
        change: Change,
        own: &Survey,
        command: &Survey,
        facts: &Facts,
        mut after: Facts,
        data: &Slot,
    ) -> (Vec<Edit>, Option<Facts>) {
        let mut edits = Vec::new();
        let mut missing = Vec::new();
        let content =
            |slot: &Slot, new| Edit { from: slot.start.saturating_add(1), to: slot.end, new: EditKind::Content(new) };
        let format = change.format.map(str::to_owned).or(facts.format.clone());
        let media_type = change.media_type.or(facts.media_type.clone());
        let wanted = [
            (metinf::FORMAT, format, &own.format, &command.format),
            (metinf::TYPE, media_type, &own.media_type, &command.media_type),
        ];
        let mut command_changed = false;
        for (tag, wanted, own, command) in wanted {
            let Some(wanted) = wanted else { continue };
            let said = if tag == metinf::FORMAT { after.format.as_ref() } else { after.media_type.as_ref() };
            match (own, command) {
                (Some(slot), _) => {
                    if self.held.fact(Some(slot)).as_ref() != Some(&wanted) {
                        edits.push(content(slot, New::Text(wanted)));
                    }
                }
                (None, _) if said == Some(&wanted) => {}
                (None, Some(slot)) => {
                    after.set(tag, &wanted);
                    command_changed = true;
                    edits.push(content(slot, New::Text(wanted)));
                }
                (None, None) => missing.push((tag, wanted)),
            }
        }
        if let (Some(size), Some(slot)) = (change.size, own.size.as_ref().or(command.size.as_ref())) {
            edits.push(content(slot, New::Text(size.to_string())));
        }
        if let Some(new) = change.content {
            edits.push(content(data, new));
        }
        if !missing.is_empty() {
            edits.push(match &own.meta {
                Some(meta) => {
                    let at = meta.start.saturating_add(1);
                    Edit { from: at, to: at, new: EditKind::Facts(missing) }
                }
                None => Edit { from: data.start, to: data.start, new: EditKind::Meta(missing) },
            });
        }
        // An insertion comes before what begins at the same place.
        edits.sort_by_key(|edit| (edit.from, edit.to));
        (edits, command_changed.then_some(after))
    }

    /// Writes what is held, with some of it replaced.
    fn write_held(&mut self, edits: &[Edit]) -> Result<(), Stop> {
        let mut held = core::mem::take(&mut self.held);
        let mut edits = edits.iter().peekable();
        let mut at = 0;
        while at <= held.pieces.len() {
            if let Some(edit) = edits.next_if(|edit| edit.from == at) {
                self.write_edit(edit, held.offset(at))?;
                at = edit.to;
                continue;
            }
            let Some(piece) = held.pieces.get(at) else { break };
            self.write_piece(piece, &held.attrs)?;
            at = at.saturating_add(1);
        }
        // What was allocated serves for the next item.
        held.clear();
        self.held = held;
        Ok(())
    }

    fn write_edit(&mut self, edit: &Edit, offset: usize) -> Result<(), Stop> {
        let elements = |target: &mut super::target::Target, elements: &[(Tag, String)]| {
            elements.iter().try_for_each(|(tag, text)| {
                target.start(Name::Known(*tag), &[])?;
                target.text(text)?;
                target.end()
            })
        };
        self.done(offset, |target| match &edit.new {
            EditKind::Content(New::Text(text)) => target.text(text),
            EditKind::Content(New::CData(text)) => target.cdata(text),
            EditKind::Content(New::Octets(octets)) => target.opaque(octets),
            EditKind::Facts(facts) => elements(target, facts),
            EditKind::Meta(facts) => {
                target.start(Name::Known(syncml::META), &[])?;
                elements(target, facts)?;
                target.end()
            }
        })
    }

    fn write_piece(&mut self, piece: &Piece<'a>, attrs: &[HeldAttr<'a>]) -> Result<(), Stop> {
        let offset = piece.offset;
        match &piece.kind {
            Kind::Start { name, written, attrs: range } => {
                let attrs = attrs.get(range.clone()).unwrap_or_default();
                let attrs: Vec<NewAttr<'_>> = attrs
                    .iter()
                    .map(|attr| NewAttr { qname: attr.qname, namespace: attr.namespace, value: &attr.value })
                    .collect();
                self.done(offset, |target| match *written {
                    Some(written) => target.start_written(*name, written, &attrs),
                    None => target.start(*name, &attrs),
                })
            }
            Kind::Characters(event) => self.characters(*event, offset),
            Kind::End => self.done(offset, |target| target.end()),
            Kind::Tree(fragment) => {
                // A tree beside other things stays where it is. Its levels are its own.
                let mut reader = fragment.reader(&self.plan.options.read);
                while let Some(event) = reader.next_event()? {
                    self.event(&mut reader, event)?;
                }
                Ok(())
            }
        }
    }
}

/// Elements of a command that may stand between its `Meta` and its items.
fn is_simple(tag: Option<Tag>) -> bool {
    use syncml::{CMD, CMD_ID, CMD_REF, CORRELATOR, DATA, LANG, META, MSG_REF, NO_RESP, NO_RESULTS, SOURCE};
    use syncml::{SOURCE_REF, TARGET, TARGET_REF};
    let simple = [
        CMD, CMD_ID, CMD_REF, CORRELATOR, DATA, LANG, META, MSG_REF, NO_RESP, NO_RESULTS, SOURCE, SOURCE_REF, TARGET,
        TARGET_REF,
    ];
    tag.is_some_and(|tag| simple.contains(&tag))
}
