//! The parts of a node that are written as nearly all are, taken whole.
//!
//! In a document of 19 MB four fifths of the nodes are leaves: `NodeName`, `RTProperties` with a `Format` and a `Type`, `Value`. Asked for
//! child by child, such a node is sixteen tags; most of the time went into these. Here a part is taken in one step if it is the one
//! that mostly comes next and is written plainly. Properties come again and again: `RTProperties` that are, octet for octet, those of a
//! node before say the same, and so do `ACL`, `Format` and `Type` by themselves.
//!
//! Nothing is decided here that the plain way would decide otherwise: what is not plain, or comes a second time, is left where it is, and
//! what is remembered was read in the plain way.

use super::{Decoder, NOWHERE, Open};
use crate::markup::{Begun, Reader, Seen};
use crate::text::Text;
use crate::tree::Fields;
use crate::vocabulary::{Tag, dmddf};

/// How many `RTProperties` are remembered: documents have few that come again, and each is compared with.
const REMEMBERED: usize = 4;

/// An element that was read, and what it says.
struct Said<'a> {
    seen: Seen<'a>,
    /// Properties only.
    fields: Fields,
    /// Where `Format` begins in it.
    format: Option<u32>,
    /// When it was met last.
    met: u32,
}

/// What is remembered of the nodes before.
#[derive(Default)]
pub(super) struct Memory<'a> {
    /// Whole `RTProperties`.
    properties: Vec<Said<'a>>,
    met: u32,
    acl: Option<Said<'a>>,
    format: Option<Said<'a>>,
    kind: Option<Said<'a>>,
}

impl<'a, R: Reader<'a>> Decoder<'_, '_, 'a, R> {
    /// Takes the first parts of a node that has just begun.
    pub(super) fn common_parts(&mut self, open: &mut Open) {
        let elements = &mut self.elements;
        if let Some((at, text)) = elements.reader.plain_element(dmddf::NODE_NAME) {
            open.fields.name = elements.texts.keep(text.trim_ascii());
            open.at.name = narrow(at);
        }
        if let Some((at, text)) = elements.reader.plain_element(dmddf::PATH) {
            open.path = elements.texts.keep(text.trim_ascii());
            open.at.path = narrow(at);
        }
        if !self.memory.meet_properties(elements.reader, open) {
            return;
        }
        if let Some((at, text)) = elements.reader.plain_element(dmddf::VALUE) {
            open.fields.value = elements.texts.keep(text);
            open.at.value = narrow(at);
        }
    }

    /// Takes the first properties of `RTProperties` that have just begun, in the order of the DTD.
    pub(super) fn common_properties(&mut self, open: &mut Open) {
        if open.fields.has_properties() {
            return;
        }
        let Decoder { elements, memory, .. } = self;
        meet(&mut memory.acl, elements.reader, open);
        meet(&mut memory.format, elements.reader, open);
        if let Some((_, text)) = elements.reader.plain_element(dmddf::TITLE) {
            open.fields.title = elements.texts.keep(text.trim_ascii());
        }
        if let Some((_, text)) = elements.reader.plain_element(dmddf::TSTAMP) {
            open.fields.tstamp = elements.texts.keep(text.trim_ascii());
        }
        meet(&mut memory.kind, elements.reader, open);
        if let Some((_, text)) = elements.reader.plain_element(dmddf::VER_NO) {
            open.fields.ver_no = elements.texts.keep(text.trim_ascii());
        }
    }

    /// Remembers a property, or `RTProperties` in a node that had no properties before, that has just ended. `begun` is what
    /// was noted where it began.
    pub(super) fn remember(&mut self, tag: Tag, begun: Option<Begun>, at: u32, open: &Open) {
        if !matches!(tag, dmddf::RTPROPERTIES | dmddf::ACL | dmddf::FORMAT | dmddf::TYPE) {
            return;
        }
        let Some(seen) = begun.and_then(|begun| self.elements.reader.seen(begun)) else { return };
        let Fields { format, kind, kind_is_mo, acl, title, tstamp, ver_no, .. } = open.fields;
        let nothing = Fields::default();
        let (fields, slot) = match tag {
            dmddf::ACL => (Fields { acl, ..nothing }, Some(&mut self.memory.acl)),
            dmddf::FORMAT => (Fields { format, ..nothing }, Some(&mut self.memory.format)),
            dmddf::TYPE => (Fields { kind, kind_is_mo, ..nothing }, Some(&mut self.memory.kind)),
            _ => (Fields { format, kind, kind_is_mo, acl, title, tstamp, ver_no, ..nothing }, None),
        };
        let format = fields.format.and(open.at.format.checked_sub(at));
        let said = Said { seen, fields, format, met: 0 };
        match slot {
            Some(slot) => *slot = Some(said),
            None => self.memory.put_properties(said),
        }
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Takes the next element, if it is the one remembered. Nothing of what it says was said before of this node.
fn meet<'a>(said: &mut Option<Said<'a>>, reader: &mut impl Reader<'a>, open: &mut Open) {
    if let Some(said) = said
        && let Some(at) = reader.again(&said.seen)
    {
        said.apply(at, open);
    }
}

impl Said<'_> {
    /// Puts down what the element at `at` says.
    fn apply(&self, at: usize, open: &mut Open) {
        let (new, fields) = (&self.fields, &mut open.fields);
        let or = |new: Text, old: Text| if new.is_present() { new } else { old };
        fields.acl = or(new.acl, fields.acl);
        fields.title = or(new.title, fields.title);
        fields.tstamp = or(new.tstamp, fields.tstamp);
        fields.ver_no = or(new.ver_no, fields.ver_no);
        fields.kind = or(new.kind, fields.kind);
        fields.kind_is_mo |= new.kind_is_mo;
        fields.format = new.format.or(fields.format);
        open.at.format = self.format.map_or(open.at.format, |format| narrow(at).saturating_add(format));
    }
}

impl<'a> Memory<'a> {
    /// Takes the next element for a node that has no properties yet, if it is one of the `RTProperties` remembered.
    #[inline]
    fn meet_properties(&mut self, reader: &mut impl Reader<'a>, open: &mut Open) -> bool {
        for said in &mut self.properties {
            let Some(at) = reader.again(&said.seen) else { continue };
            self.met = self.met.saturating_add(1);
            said.met = self.met;
            open.fields = Fields { name: open.fields.name, ..said.fields };
            open.at.format = said.format.map_or(NOWHERE, |format| narrow(at).saturating_add(format));
            return true;
        }
        false
    }

    /// Keeps properties, in place of those that were not met for longest.
    fn put_properties(&mut self, mut said: Said<'a>) {
        self.met = self.met.saturating_add(1);
        said.met = self.met;
        if self.properties.len() < REMEMBERED {
            self.properties.push(said);
        } else if let Some(oldest) = self.properties.iter_mut().min_by_key(|known| known.met) {
            *oldest = said;
        }
    }
}
