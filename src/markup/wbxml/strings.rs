//! The string table of a document that is being written.
//!
//! Names without a token go into it as they come. Texts are written inline first, and their places noted; when the
//! document is complete, those that repeat are moved into the table where that saves octets. So there is one pass
//! over the document and one over the notes, and no text is looked up while its length may still change.

use super::encode::{integer, integer_len};
use super::token;
use crate::limits::Limits;
use hashbrown::HashMap;

#[derive(Clone, Debug)]
pub(super) struct StringTable {
    octets: Vec<u8>,
    names: HashMap<String, u32, foldhash::fast::RandomState>,
    /// Octets that readers get for references to names.
    delivered: u64,
    texts: Vec<Piece>,
    /// Whether places of texts are noted, not only those of white space.
    collects: bool,
}

/// An inline string of the body: its token, the text and a zero.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    /// Left out of the document.
    dropped: bool,
    /// White space that may be left out: the one before it in the same element.
    before: Option<usize>,
}

/// A text that was found in the body.
struct Found {
    uses: usize,
    len: usize,
    /// Where it is in the table, if it is worth it.
    index: Option<u32>,
    first: usize,
}

impl StringTable {
    /// A table that begins with the public identifier, if there is one.
    pub(super) fn new(fpi: Option<&str>) -> StringTable {
        let mut octets = Vec::new();
        if let Some(fpi) = fpi {
            octets.extend_from_slice(fpi.as_bytes());
            octets.push(0);
        }
        StringTable { octets, names: HashMap::default(), delivered: 0, texts: Vec::new(), collects: false }
    }

    pub(super) fn collect_texts(&mut self) {
        self.collects = true;
    }

    pub(super) fn len(&self) -> usize {
        self.octets.len()
    }

    /// The place of a name, put there if it is new; none if the table would be longer than [`Limits::string_table`], so that no reader
    /// would take it.
    pub(super) fn name(&mut self, name: &str, limits: &Limits) -> Option<u32> {
        self.delivered = self.delivered.saturating_add(name.len() as u64);
        if let Some(index) = self.names.get(name) {
            return Some(*index);
        }
        let index = u32::try_from(self.octets.len()).ok()?;
        if self.octets.len().saturating_add(name.len()) >= limits.string_table as usize {
            return None;
        }
        self.octets.extend_from_slice(name.as_bytes());
        self.octets.push(0);
        self.names.insert(name.to_owned(), index);
        Some(index)
    }

    /// Notes a text.
    pub(super) fn text(&mut self, start: usize, end: usize) {
        if self.collects {
            self.texts.push(Piece { start, end, dropped: false, before: None });
        }
    }

    /// What ended at `from`, if it was noted, has grown.
    pub(super) fn extend(&mut self, from: usize, end: usize) {
        if let Some(last) = self.texts.last_mut().filter(|last| last.end == from) {
            last.end = end;
        }
    }

    /// Whether white space that was noted ends there.
    pub(super) fn is_end_of(&self, blank: usize, end: usize) -> bool {
        self.texts.get(blank).is_some_and(|blank| blank.end == end)
    }

    /// Notes white space, after `before` in the same element.
    pub(super) fn blank(&mut self, start: usize, end: usize, before: Option<usize>) -> usize {
        self.texts.push(Piece { start, end, dropped: false, before });
        self.texts.len().saturating_sub(1)
    }

    /// Leaves out white space: the piece named and those before it in the same element.
    pub(super) fn drop_blanks(&mut self, mut last: Option<usize>) {
        while let Some(piece) = last.and_then(|last| self.texts.get_mut(last)) {
            piece.dropped = true;
            last = piece.before;
        }
    }

    /// Whether places of texts are noted.
    pub(super) fn collects(&self) -> bool {
        self.collects
    }

    /// How many places are noted.
    pub(super) fn noted(&self) -> usize {
        self.texts.len()
    }

    /// Whether the body is written as it is.
    pub(super) fn leaves_body(&self) -> bool {
        self.texts.is_empty()
    }

    /// Writes length and table. `None` if the table is longer than a length can say.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Option<()> {
        integer(out, u32::try_from(self.octets.len()).ok()?);
        out.extend_from_slice(&self.octets);
        Some(())
    }

    /// Writes length, table and body. `None` if the table is longer than a length can say.
    pub(super) fn finish(mut self, body: &[u8], out: &mut Vec<u8>, limits: &Limits) -> Option<()> {
        let mut found: HashMap<&[u8], Found, foldhash::fast::RandomState> = HashMap::default();
        if self.collects {
            for (first, piece) in self.texts.iter().enumerate().filter(|(_, piece)| !piece.dropped) {
                let text = piece.text(body);
                let found = found.entry(text).or_insert(Found { uses: 0, len: text.len(), index: None, first });
                found.uses = found.uses.saturating_add(1);
            }
            self.choose(&mut found, body, out.len(), limits);
        }
        self.write(out)?;
        let mut done = 0;
        for piece in &self.texts {
            let index = if piece.dropped { None } else { found.get(piece.text(body)).and_then(|found| found.index) };
            if piece.dropped || index.is_some() {
                out.extend_from_slice(body.get(done..piece.start).unwrap_or_default());
                done = piece.end;
            }
            if let Some(index) = index {
                out.push(token::STR_T);
                integer(out, index);
            }
        }
        out.extend_from_slice(body.get(done..).unwrap_or_default());
        Some(())
    }

    /// Puts those texts into the table that save octets there, the most used first, as they get the shortest references.
    fn choose<'b>(
        &mut self,
        found: &mut HashMap<&'b [u8], Found, foldhash::fast::RandomState>,
        body: &'b [u8],
        header: usize,
        limits: &Limits,
    ) {
        let names = self.octets.len();
        let mut order: Vec<(usize, usize, &'b [u8])> =
            found.iter().map(|(text, found)| (found.uses, found.first, *text)).collect();
        order.retain(|(uses, _, text)| {
            *uses > 1 || std::str::from_utf8(text).is_ok_and(|text| self.names.contains_key(text))
        });
        order.sort_unstable_by_key(|(uses, first, _)| (core::cmp::Reverse(*uses), *first));
        let dropped = self.texts.iter().filter(|piece| piece.dropped);
        let dropped: usize = dropped.map(|piece| piece.end.saturating_sub(piece.start)).sum();
        // The document without any text in the table, but for the length of the table.
        let mut len = header.saturating_add(names).saturating_add(body.len()).saturating_sub(dropped);
        let mut delivered = self.delivered;
        for (uses, _, text) in order {
            let known = std::str::from_utf8(text).ok().and_then(|text| self.names.get(text)).copied();
            let Some(index) = known.or(u32::try_from(self.octets.len()).ok()) else { break };
            let Some(entry) = found.get_mut(text) else { continue };
            let stored = if known.is_some() { 0 } else { entry.len.saturating_add(1) };
            let reference = (integer_len(index) as usize).saturating_add(1);
            let with = reference.saturating_mul(uses).saturating_add(stored);
            let without = entry.len.saturating_add(2).saturating_mul(uses);
            if with >= without || self.octets.len().saturating_add(stored) > limits.string_table as usize {
                continue;
            }
            let saves = without.saturating_sub(with);
            // Readers bound what a table delivers by the length of the document.
            let delivers = delivered.saturating_add((entry.len as u64).saturating_mul(uses as u64));
            if delivers > limits.expansion_budget(len.saturating_sub(saves)) {
                continue;
            }
            (delivered, len) = (delivers, len.saturating_sub(saves));
            entry.index = Some(index);
            if known.is_none() {
                self.octets.extend_from_slice(text);
                self.octets.push(0);
            }
        }
        // The length of the table may need more octets now. Each text has saved one at least, which pays for one more; two
        // more take long texts, and those have saved nearly as many octets as they have.
    }
}

impl Piece {
    /// The text, without its token and its zero.
    fn text<'b>(&self, body: &'b [u8]) -> &'b [u8] {
        body.get(self.start.saturating_add(1)..self.end.saturating_sub(1)).unwrap_or_default()
    }
}
