//! Items, credentials and challenges: `Data` or `NextNonce` with the `Meta` that describes it.
//!
//! `Meta` stands in front of the data, but what it has to say depends on what the data becomes. So one item is held until it
//! is complete, and so is the `Meta` of a command, until its first item is: what that item needs is said there if it was said
//! there, and what other items need beside it in a `Meta` of their own.

use super::data::{Change, Content, Facts, Input, Nature, New, is_embedded};
use super::pass::{AGAIN, Pass, Stop};
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

impl Survey {
    fn slot(&self, tag: Tag) -> Option<&Slot> {
        match tag {
            metinf::FORMAT => self.format.as_ref(),
            metinf::TYPE => self.media_type.as_ref(),
            metinf::SIZE => self.size.as_ref(),
            _ => None,
        }
    }
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

    /// What is in an element, if it is data for itself.
    fn content(&self, slot: &Slot) -> Option<Content<'_, '_>> {
        if let Some(tree) = self.tree(slot) {
            return Some(Content::Tree(tree));
        }
        if self.has_elements(slot) {
            return None;
        }
        Some(match self.text(slot) {
            (octets, true) => Content::Octets(octets),
            // What is no opaque block is text.
            (Cow::Borrowed(octets), false) => Content::Text(String::from_utf8_lossy(octets)),
            (Cow::Owned(octets), false) => Content::Text(String::from_utf8(octets).unwrap_or_default().into()),
        })
    }

    /// Finds what matters in the element whose tags these are: an item, a credential, a challenge, or a `Meta`.
    fn survey(&self, whole: &Slot) -> Survey {
        let mut found = Survey::default();
        // The elements open: tag, and where it begins.
        let mut path: Vec<(Option<Tag>, usize)> = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate().take(whole.end.saturating_add(1)).skip(whole.start) {
            match &piece.kind {
                Kind::Start { name, .. } => path.push((name.tag(), at)),
                Kind::End => {
                    let Some((tag, start)) = path.pop() else { continue };
                    let slot = Slot { start, end: at };
                    let parent = path.last().and_then(|(tag, _)| *tag);
                    let is_direct = path.len() == 1;
                    // Some wrap the elements of Meta in a MetInf.
                    let is_said = path.len() <= 3 && matches!(parent, Some(syncml::META | metinf::MET_INF));
                    match tag {
                        Some(syncml::META) if path.len() <= 1 => found.meta = Some(slot),
                        Some(syncml::DATA) if is_direct => found.data = Some(slot),
                        Some(syncml::MORE_DATA) if is_direct => found.more = true,
                        Some(metinf::FORMAT) if is_said => found.format = Some(slot),
                        Some(metinf::TYPE) if is_said => found.media_type = Some(slot),
                        Some(metinf::SIZE) if is_said => found.size = Some(slot),
                        Some(metinf::NEXT_NONCE) if is_said => found.nonce = Some(slot),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        found
    }

    fn facts(&self, survey: &Survey) -> Facts<'static> {
        let text = |slot: &Option<Slot>| self.fact(slot.as_ref());
        Facts {
            format: text(&survey.format).map(Cow::Owned),
            media_type: text(&survey.media_type).map(Cow::Owned),
            size: text(&survey.size).map(Cow::Owned),
        }
    }
}

impl<'a> Pass<'_, '_, 'a> {
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
                        self.write_held(&[])?;
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
                self.write_held(&[])?;
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
            return self.carrier(&Slot { start, end });
        }
        if self.held.meta_end.is_none() {
            let facts = self.held.facts(&self.held.survey(&Slot { start: 0, end }));
            if facts.is_empty() || !self.says(&facts)? {
                return self.write_held(&[]);
            }
            self.held.meta_end = Some(end);
        }
        Ok(())
    }

    /// Writes an item, and the `Meta` of its command if that was held for it.
    fn carrier(&mut self, whole: &Slot) -> Result<(), Stop> {
        let held = &self.held;
        let found = held.survey(whole);
        let own = held.facts(&found);
        let nature = match held.name(whole.start) {
            Some(syncml::CRED) => Nature::Credential,
            Some(syncml::CHAL) => Nature::Nonce,
            _ => Nature::Value,
        };
        // A challenge has no data but a nonce in its Meta.
        let slot = if nature == Nature::Nonce { &found.nonce } else { &found.data };
        let (said, written) = if nature == Nature::Value { self.said_and_written() } else { Default::default() };
        let command = held.meta_end.map(|end| held.survey(&Slot { start: 0, end }));
        let change = match slot.as_ref().and_then(|slot| Some((slot, held.content(slot)?))) {
            Some((slot, content)) => {
                let (facts, offset) = (own.within(&said), held.offset(slot.start));
                let input = Input { content, facts, more: found.more, nature, offset };
                match input.convert(self.plan.to, self.plan.options) {
                    // A Meta behind the items may say that this is something else.
                    Err(_) if self.late.is_none() => return Err(Stop::Late),
                    change => change?,
                }
            }
            None => Change::default(),
        };
        let of_command = command.as_ref().map(|command| held.facts(command));
        let saying = change.place(&own, &said, &written, of_command.as_ref());
        let mut edits = edits(&saying.own, &found, slot.as_ref().map_or(whole.end, |slot| slot.start));
        if let Some(command) = &command {
            edits.extend(edits_of(&saying.command, command));
        }
        if let (Some(new), Some(slot)) = (change.content, slot) {
            edits.push(content(slot, new));
        }
        // An insertion comes before what begins at the same place.
        sort(&mut edits);
        if nature == Nature::Value {
            self.had_item(saying.command.within(&written));
        }
        self.write_held(&edits)
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
                target.start_bare(*tag)?;
                target.text(text)?;
                target.end()
            })
        };
        self.done(offset, |target| match &edit.new {
            EditKind::Content(New::Text(text)) if text.is_empty() => Ok(()),
            EditKind::Content(New::Text(text)) => target.text(text),
            EditKind::Content(New::CData(text)) => target.cdata(text),
            EditKind::Content(New::Octets(octets)) => target.opaque(octets),
            EditKind::Facts(facts) => elements(target, facts),
            EditKind::Meta(facts) => {
                target.start_bare(syncml::META)?;
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
                // A tree beside other things stays where it is. Its levels are its own, and items in it mean nothing.
                let has_items = core::mem::replace(&mut self.plan.has_items, false);
                let mut reader = fragment.reader(&AGAIN);
                while let Some(event) = reader.next_event()? {
                    self.event(&mut reader, event)?;
                }
                self.plan.has_items = has_items;
                Ok(())
            }
        }
    }
}

fn content(slot: &Slot, new: New) -> Edit {
    Edit { from: slot.start.saturating_add(1), to: slot.end, new: EditKind::Content(new) }
}

/// The elements of a `Meta` that say something else now.
fn edits_of(facts: &Facts<'_>, found: &Survey) -> Vec<Edit> {
    let edit = |(tag, text): (Tag, &str)| Some(content(found.slot(tag)?, New::Text(text.to_owned())));
    facts.iter().filter_map(edit).collect()
}

/// By place; there are a handful.
fn sort(edits: &mut [Edit]) {
    for end in 1..edits.len() {
        for at in (1..=end).rev() {
            let Some([one, other]) = edits.get_mut(at.saturating_sub(1)..=at) else { return };
            if (one.from, one.to) <= (other.from, other.to) {
                break;
            }
            core::mem::swap(one, other);
        }
    }
}

/// The same, with what has to be added: to the `Meta` of an item, or before `at` with a `Meta` around it.
fn edits(facts: &Facts<'_>, found: &Survey, at: usize) -> Vec<Edit> {
    let mut edits = edits_of(facts, found);
    let missing = facts.iter().filter(|(tag, _)| found.slot(*tag).is_none());
    let missing: Vec<_> = missing.map(|(tag, text)| (tag, text.to_owned())).collect();
    if !missing.is_empty() {
        edits.push(match &found.meta {
            Some(meta) => {
                let at = meta.start.saturating_add(1);
                Edit { from: at, to: at, new: EditKind::Facts(missing) }
            }
            None => Edit { from: at, to: at, new: EditKind::Meta(missing) },
        });
    }
    edits
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
