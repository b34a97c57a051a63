//! Taking nodes out of the tree, using their places again, and undoing all of it.
//!
//! While a transaction is open every change of the arena is noted as it was before, and rolling back puts the notes back,
//! the last one first. So a transaction costs what it changes, and nothing while none is open. Rolling back gives nodes
//! that were deleted their ids again; those of nodes that were added are never given to others.

use super::{Arena, Kind, NONE, Rare, Record, flag};
use crate::text::{Text, Texts};

/// One change, as it has to be undone.
#[derive(Clone, Debug)]
pub(super) enum Undo {
    /// What the record was.
    Record(u32, Record),
    /// What the properties were.
    Rare(u32, Rare),
    /// What the kind was.
    Kind(u32, Kind),
    /// The record came into use.
    Added(u32),
    /// A record went out of use; before this comes what it was.
    Killed,
    /// The node entered the index of names.
    Named(u32),
    /// The node left the index of names.
    Unnamed(u32),
    /// The last kind is new.
    Interned,
}

/// Where a transaction began.
#[derive(Clone, Copy, Debug)]
struct Mark {
    notes: usize,
    heap: usize,
    rare: usize,
    in_order: bool,
}

/// The open transactions, one inside the other, and what has changed since the first began.
#[derive(Clone, Debug, Default)]
pub(super) struct Journal {
    notes: Vec<Undo>,
    marks: Vec<Mark>,
}

impl Journal {
    pub(super) fn note(&mut self, undo: impl FnOnce() -> Undo) {
        if !self.marks.is_empty() {
            self.notes.push(undo());
        }
    }
}

impl Arena {
    /// Begins a transaction. `heap` is how long the heap is.
    pub(in crate::tree) fn begin(&mut self, heap: usize) {
        let (notes, rare) = (self.journal.notes.len(), self.rare.len());
        self.journal.marks.push(Mark { notes, heap, rare, in_order: self.in_order });
    }

    /// How many transactions are open.
    pub(in crate::tree) fn transactions(&self) -> usize {
        self.journal.marks.len()
    }

    /// Makes what the innermost transaction did part of the one around it, or final. False when none is open.
    pub(in crate::tree) fn commit(&mut self) -> bool {
        let is_open = self.journal.marks.pop().is_some();
        if self.journal.marks.is_empty() {
            self.journal.notes.clear();
            self.journal.notes.shrink_to(64);
            for index in core::mem::take(&mut self.killed) {
                self.release(index);
            }
        }
        is_open
    }

    /// Undoes the innermost transaction. Gives the length that the heap had, none when no transaction is open.
    pub(in crate::tree) fn roll_back(&mut self, texts: &impl Texts) -> Option<usize> {
        let mark = self.journal.marks.pop()?;
        let notes = self.journal.notes.split_off(mark.notes.min(self.journal.notes.len()));
        // Nothing that is done here is to be noted.
        let outer = core::mem::take(&mut self.journal);
        for undo in notes.into_iter().rev() {
            self.undo(texts, undo);
        }
        self.journal = outer;
        self.rare.truncate(mark.rare);
        self.in_order = mark.in_order;
        Some(mark.heap)
    }

    fn undo(&mut self, texts: &impl Texts, undo: Undo) {
        match undo {
            Undo::Record(index, old) => {
                if let Some(record) = self.records.get_mut(index as usize) {
                    *record = old;
                }
            }
            Undo::Rare(index, old) => {
                if let Some(rare) = self.rare.get_mut(index as usize) {
                    *rare = old;
                }
            }
            Undo::Kind(index, old) => {
                if let Some(kind) = self.kinds.get_mut(index as usize) {
                    *kind = old;
                }
            }
            Undo::Added(index) => {
                self.bury(index);
                self.release(index);
            }
            Undo::Killed => {
                self.killed.pop();
                self.dead = self.dead.saturating_sub(1);
            }
            Undo::Named(index) => self.unindex_name(texts, index),
            Undo::Unnamed(index) => {
                let parent = self.record(index).map_or(NONE, |record| record.parent);
                self.index_name(texts, parent, index, None);
            }
            Undo::Interned => {
                let Some(kind) = self.kinds.pop() else { return };
                let hash = self.kind_hash(kind.is_mo, texts.bytes(kind.text));
                let index = u32::try_from(self.kinds.len()).unwrap_or(NONE);
                if let Ok(entry) = self.by_kind.find_entry(hash, |known| *known == index) {
                    entry.remove();
                }
            }
        }
    }

    /// A record that was in use before, if there is one and fewer than `most` are in use.
    pub(super) fn reuse(&mut self, most: u32) -> Option<u32> {
        let index = self.free;
        if self.len() >= most as usize {
            return None;
        }
        let record = self.records.get_mut(index as usize)?;
        self.free = record.next;
        *record = Record { generation: record.generation, ..Record::NOTHING };
        self.dead = self.dead.saturating_sub(1);
        self.journal.note(|| Undo::Added(index));
        Some(index)
    }

    /// Makes a record dead. Its next user gets another generation.
    fn bury(&mut self, index: u32) {
        let Some(record) = self.records.get_mut(index as usize) else { return };
        let generation = record.generation.saturating_add(1);
        *record = Record { flags: flag::DEAD, generation, ..Record::NOTHING };
        self.dead = self.dead.saturating_add(1);
    }

    /// Lets a dead record be used again, unless its generations have come to their end.
    fn release(&mut self, index: u32) {
        let free = self.free;
        if let Some(record) = self.records.get_mut(index as usize).filter(|record| record.generation < u16::MAX) {
            record.next = free;
            self.free = index;
        }
    }

    /// Takes a node and everything below it out of the tree.
    pub(in crate::tree) fn remove(&mut self, texts: &impl Texts, top: u32) {
        self.unlink(texts, top);
        self.remove_below(texts, top);
        self.kill(top);
    }

    /// Takes everything below a node out of the tree. Costs nothing for the rest of it.
    pub(in crate::tree) fn remove_below(&mut self, texts: &impl Texts, top: u32) {
        let mut below = Vec::new();
        let mut at = top;
        while let Some(next) = self.next_in_order(at, top) {
            below.push(next);
            at = next;
        }
        let is_wide =
            |arena: &Arena, node: u32| arena.record(node).is_some_and(|record| record.flags & flag::WIDE != 0);
        for node in &below {
            let parent = self.record(*node).map_or(NONE, |record| record.parent);
            if is_wide(self, parent) {
                self.unindex_name(texts, *node);
            }
        }
        below.into_iter().for_each(|node| self.kill(node));
        if let Some(record) = self.record_mut(top) {
            record.first_child = NONE;
            record.last_child = NONE;
            record.children = 0;
            record.flags &= !flag::WIDE;
        }
    }

    /// Takes a record out of use that nothing leads to any more.
    fn kill(&mut self, index: u32) {
        self.unlink_mo(index);
        // Notes what it was.
        self.record_mut(index);
        self.bury(index);
        if self.transactions() == 0 {
            self.release(index);
        } else {
            // Not to be used again before it is sure that its node will not come back: that node's next generation would be
            // given twice.
            self.killed.push(index);
            self.journal.note(|| Undo::Killed);
        }
    }

    /// Takes a node out of the children of its parent.
    fn unlink(&mut self, texts: &impl Texts, child: u32) {
        let Some((parent, previous, next)) =
            self.record(child).map(|record| (record.parent, record.previous, record.next))
        else {
            return;
        };
        if self.record(parent).is_some_and(|record| record.flags & flag::WIDE != 0) {
            self.unindex_name(texts, child);
        }
        if let Some(record) = self.record_mut(previous) {
            record.next = next;
        }
        if let Some(record) = self.record_mut(next) {
            record.previous = previous;
        }
        let Some(record) = self.record_mut(parent) else { return };
        if record.first_child == child {
            record.first_child = next;
        }
        if record.last_child == child {
            record.last_child = previous;
        }
        record.children = record.children.saturating_sub(1);
    }

    /// Makes a new record the last child of `parent`, as a decoder does, but with the tree in use.
    pub(in crate::tree) fn append(&mut self, texts: &impl Texts, parent: u32, child: u32) {
        self.in_order = self.in_order && self.is_last(parent, child);
        self.link(texts, parent, child);
        self.link_mo(child);
    }

    /// Whether a new child of `parent` is the last node of the tree and the last record.
    fn is_last(&self, parent: u32, child: u32) -> bool {
        let mut at = parent;
        while let Some(record) = self.record(at) {
            if record.next != NONE {
                return false;
            }
            at = record.parent;
        }
        (child as usize).saturating_add(1) == self.records.len()
    }

    /// Gives a node another name, which no sibling has: the caller has looked.
    pub(in crate::tree) fn rename(&mut self, texts: &impl Texts, index: u32, name: Text) {
        let parent = self.record(index).map_or(NONE, |record| record.parent);
        let is_indexed = self.record(parent).is_some_and(|record| record.flags & flag::WIDE != 0);
        if is_indexed {
            self.unindex_name(texts, index);
        }
        if let Some(record) = self.record_mut(index) {
            record.name = name;
        }
        if is_indexed {
            self.index_name(texts, parent, index, None);
        }
    }

    /// Gives a node another type.
    pub(in crate::tree) fn set_kind(&mut self, index: u32, kind: u32) {
        self.unlink_mo(index);
        if let Some(record) = self.record_mut(index) {
            record.kind = kind;
        }
        self.link_mo(index);
    }

    /// Changes the properties that few nodes have.
    pub(in crate::tree) fn change_rare(&mut self, index: u32, change: impl FnOnce(&mut Rare)) {
        let Some(known) = self.record(index).map(|record| record.rare) else { return };
        if let Some(rare) = self.rare.get_mut(known as usize) {
            self.journal.note(|| Undo::Rare(known, *rare));
            change(rare);
            return;
        }
        let mut rare = Rare::default();
        change(&mut rare);
        let place = u32::try_from(self.rare.len()).unwrap_or(NONE);
        self.rare.push(rare);
        if let Some(record) = self.record_mut(index) {
            record.rare = place;
        }
    }
}
