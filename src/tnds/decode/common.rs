//! The parts of a node that are written as nearly all are, taken whole.
//!
//! In a document of 19 MB four fifths of the nodes are leaves: `NodeName`, `RTProperties` with a `Format` and a `Type`, `Value`. Asked for
//! child by child, such a node is sixteen tags; most of the time went into these. Here a part is taken in one step if it is the one
//! that mostly comes next and is written plainly, and `RTProperties` if they are, octet for octet, those of a node before: then they say
//! the same. Whatever is not so is left where it is, for [`part_of_node`](super::Decoder::part_of_node); so no rule is checked here
//! but that a part comes once.

use super::{Decoder, NOWHERE, Open};
use crate::markup::Reader;
use crate::markup::xml::{Begun, Seen};
use crate::tree::Fields;
use crate::vocabulary::dmddf;

/// How many `RTProperties` are remembered: documents have few that come again, and each is compared with.
const REMEMBERED: usize = 4;

/// `RTProperties` that were read, and what they say.
pub(super) struct Properties<'a> {
    seen: Seen<'a>,
    /// Name and value aside.
    fields: Fields,
    /// Where `Format` begins in them.
    format: Option<u32>,
    /// When they were met last.
    met: u32,
}

/// The `RTProperties` remembered, and a count of those met.
#[derive(Default)]
pub(super) struct Memory<'a> {
    properties: Vec<Properties<'a>>,
    met: u32,
}

impl<'a, R: Reader<'a>> Decoder<'_, '_, 'a, R> {
    /// Takes the first parts of a node that has just begun.
    pub(super) fn common_parts(&mut self, open: &mut Open) {
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let elements = &mut self.elements;
        if let Some((at, text)) = elements.reader.plain_element(dmddf::NODE_NAME) {
            open.fields.name = elements.texts.keep(text.trim_ascii());
            open.at.name = narrow(at);
        }
        if let Some((at, text)) = elements.reader.plain_element(dmddf::PATH) {
            open.path = elements.texts.keep(text.trim_ascii());
            open.at.path = narrow(at);
        }
        if !self.memory.meet(elements.reader, open) {
            return;
        }
        if let Some((at, text)) = elements.reader.plain_element(dmddf::VALUE) {
            open.fields.value = elements.texts.keep(text);
            open.at.value = narrow(at);
        }
    }

    /// Remembers `RTProperties` that have just ended: `begun` is what was noted where they began, in a node of which nothing was said
    /// before but what `before` has.
    pub(super) fn remember(&mut self, begun: Option<Begun>, at: u32, open: &Open) {
        let Some(seen) = begun.and_then(|begun| self.elements.reader.seen(begun)) else { return };
        let format = (open.at.format != NOWHERE).then(|| open.at.format.saturating_sub(at));
        let Fields { format: node_format, kind, kind_is_mo, acl, title, tstamp, ver_no, .. } = open.fields;
        let fields = Fields { format: node_format, kind, kind_is_mo, acl, title, tstamp, ver_no, ..Fields::default() };
        self.memory.put(Properties { seen, fields, format, met: 0 });
    }
}

impl<'a> Memory<'a> {
    /// Takes the next element for a node that has no properties yet, if it is one remembered.
    fn meet(&mut self, reader: &mut impl Reader<'a>, open: &mut Open) -> bool {
        for known in &mut self.properties {
            let Some(at) = reader.again(&known.seen) else { continue };
            self.met = self.met.saturating_add(1);
            known.met = self.met;
            open.fields = Fields { name: open.fields.name, ..known.fields };
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            open.at.format = known.format.map_or(NOWHERE, |format| at.saturating_add(format));
            return true;
        }
        false
    }

    /// Keeps properties, in place of those that were not met for longest.
    fn put(&mut self, mut properties: Properties<'a>) {
        self.met = self.met.saturating_add(1);
        properties.met = self.met;
        if self.properties.len() < REMEMBERED {
            self.properties.push(properties);
        } else if let Some(oldest) = self.properties.iter_mut().min_by_key(|known| known.met) {
            *oldest = properties;
        }
    }
}
