//! The records of a tree and its indexes. Knows nothing of texts but how to compare them.

use super::{Format, NodeId};
use crate::text::{Text, Texts};
use core::hash::BuildHasher;
use hashbrown::HashTable;

/// An index that is none.
pub(super) const NONE: u32 = u32::MAX;

/// Above this many children a node's children are indexed by name; below, comparing them one after the other is faster
/// and needs no memory.
const NARROW: u32 = 8;

/// One node. This is what a large tree consists of, so its size matters: 64 octets, one cache line.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) name: Text,
    pub(super) value: Text,
    pub(super) parent: u32,
    pub(super) first_child: u32,
    pub(super) last_child: u32,
    pub(super) next: u32,
    pub(super) previous: u32,
    pub(super) children: u32,
    /// Grows among siblings, so that two can be ordered without walking between them.
    pub(super) ordinal: u32,
    /// The interned `Type`.
    pub(super) kind: u32,
    /// Neighbours among the roots of the same management object.
    next_mo: u32,
    previous_mo: u32,
    pub(super) rare: u32,
    generation: u16,
    pub(super) format: Format,
    pub(super) flags: u8,
}

impl Record {
    /// A node about which nothing is known yet.
    pub(super) const NOTHING: Record = Record {
        name: Text::ABSENT,
        value: Text::ABSENT,
        parent: NONE,
        first_child: NONE,
        last_child: NONE,
        next: NONE,
        previous: NONE,
        children: 0,
        ordinal: 0,
        kind: NONE,
        next_mo: NONE,
        previous_mo: NONE,
        rare: NONE,
        generation: 0,
        format: Format::Node,
        flags: 0,
    };
}

const _: () = assert!(size_of::<Record>() == 64, "a node is one cache line");

/// Flags of a record.
pub(super) mod flag {
    /// The value is octets, not text.
    pub(in crate::tree) const OCTETS: u8 = 1;
    /// No document said so: the node is there because a Path leads through it.
    pub(in crate::tree) const IMPLICIT: u8 = 2;
    /// Its children are in the index of names.
    pub(in crate::tree) const WIDE: u8 = 4;
    /// It is a root in the list of its management object.
    pub(in crate::tree) const MO_ROOT: u8 = 8;
    /// Taken out of the tree.
    pub(in crate::tree) const DEAD: u8 = 16;
}

/// Properties that few nodes have.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rare {
    pub(super) acl: Text,
    pub(super) title: Text,
    pub(super) tstamp: Text,
    pub(super) ver_no: Text,
}

/// One `Type` that nodes have: a media type, or the identifier of a management object with the list of its roots.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) text: Text,
    pub(super) is_mo: bool,
    first: u32,
    last: u32,
    count: u32,
}

/// All nodes of a tree.
#[derive(Clone)]
pub(super) struct Arena {
    records: Vec<Record>,
    pub(super) rare: Vec<Rare>,
    kinds: Vec<Kind>,
    /// Kinds by text. Seeded at random, as the texts are a stranger's.
    by_kind: HashTable<u32>,
    /// Children of wide nodes by parent and name.
    by_name: HashTable<u32>,
    hasher: foldhash::fast::RandomState,
    dead: u32,
    /// Whether the order of records is the order of the tree.
    in_order: bool,
}

impl Arena {
    pub(super) const ROOT: u32 = 0;

    pub(super) fn new() -> Arena {
        let mut arena = Arena {
            records: Vec::new(),
            rare: Vec::new(),
            kinds: Vec::new(),
            by_kind: HashTable::new(),
            by_name: HashTable::new(),
            hasher: foldhash::fast::RandomState::default(),
            dead: 0,
            in_order: false,
        };
        let root = arena.add();
        if let Some(root) = arena.record_mut(root) {
            root.name = Text::EMPTY;
            root.format = Format::Node;
            root.flags = flag::IMPLICIT;
        }
        arena
    }

    pub(super) fn len(&self) -> usize {
        self.records.len().saturating_sub(self.dead as usize)
    }

    pub(super) fn record(&self, index: u32) -> Option<&Record> {
        self.records.get(index as usize)
    }

    pub(super) fn record_mut(&mut self, index: u32) -> Option<&mut Record> {
        self.records.get_mut(index as usize)
    }

    pub(super) fn rare(&self, index: u32) -> Option<&Rare> {
        self.rare.get(index as usize)
    }

    pub(super) fn kind(&self, index: u32) -> Option<&Kind> {
        self.kinds.get(index as usize)
    }

    pub(super) fn id(&self, index: u32) -> NodeId {
        let generation = self.record(index).map_or(0, |record| record.generation);
        NodeId { index, generation: u32::from(generation) }
    }

    pub(super) fn resolve(&self, id: NodeId) -> Option<u32> {
        let record = self.record(id.index)?;
        (u32::from(record.generation) == id.generation && record.flags & flag::DEAD == 0).then_some(id.index)
    }

    /// Makes a record that is not linked to anything yet.
    pub(super) fn add(&mut self) -> u32 {
        // Every node costs more than one octet of an input below 4 GiB.
        let index = u32::try_from(self.records.len()).unwrap_or(NONE);
        self.records.push(Record::NOTHING);
        index
    }

    /// Makes `child` the last child of `parent`. Its name is unique there: the caller has looked.
    pub(super) fn link(&mut self, texts: &impl Texts, parent: u32, child: u32) {
        let Some(record) = self.record(parent) else { return };
        let last = record.last_child;
        let ordinal = self.record(last).map_or(0, |last| last.ordinal.saturating_add(1));
        if let Some(record) = self.record_mut(child) {
            record.parent = parent;
            record.previous = last;
            record.next = NONE;
            record.ordinal = ordinal;
        }
        if let Some(last) = self.record_mut(last) {
            last.next = child;
        }
        let Some(record) = self.record_mut(parent) else { return };
        if record.first_child == NONE {
            record.first_child = child;
        }
        record.last_child = child;
        record.children = record.children.saturating_add(1);
        if record.flags & flag::WIDE != 0 {
            self.index_name(texts, parent, child);
        } else if record.children > NARROW {
            record.flags |= flag::WIDE;
            let mut next = record.first_child;
            while let Some(record) = self.record(next) {
                let after = record.next;
                self.index_name(texts, parent, next);
                next = after;
            }
        }
    }

    fn name_hash(&self, parent: u32, name: &[u8]) -> u64 {
        self.hasher.hash_one((parent, name))
    }

    fn index_name(&mut self, texts: &impl Texts, parent: u32, child: u32) {
        let Some(record) = self.record(child) else { return };
        let hash = self.name_hash(parent, texts.bytes(record.name));
        let Arena { by_name, records, hasher, .. } = self;
        by_name.insert_unique(hash, child, |index| {
            let record = records.get(*index as usize);
            record.map_or(0, |record| hasher.hash_one((record.parent, texts.bytes(record.name))))
        });
    }

    /// The child of `parent` with this name.
    pub(super) fn child(&self, texts: &impl Texts, parent: u32, name: &[u8]) -> Option<u32> {
        let record = self.record(parent)?;
        let is_it = |index: u32| {
            self.record(index).is_some_and(|record| record.parent == parent && texts.bytes(record.name) == name)
        };
        if record.flags & flag::WIDE != 0 {
            return self.by_name.find(self.name_hash(parent, name), |index| is_it(*index)).copied();
        }
        let mut next = record.first_child;
        while let Some(record) = self.record(next) {
            if is_it(next) {
                return Some(next);
            }
            next = record.next;
        }
        None
    }

    /// Gives everything of `from`, which is linked nowhere, to `to`: properties, value and children.
    pub(super) fn absorb(&mut self, texts: &impl Texts, to: u32, from: u32) {
        let Some(taken) = self.record(from).cloned() else { return };
        let mut next = taken.first_child;
        while let Some(record) = self.record(next) {
            let after = record.next;
            if taken.flags & flag::WIDE != 0 {
                let hash = self.name_hash(from, texts.bytes(record.name));
                if let Ok(entry) = self.by_name.find_entry(hash, |index| *index == next) {
                    entry.remove();
                }
            }
            self.link(texts, to, next);
            next = after;
        }
        if let Some(record) = self.record_mut(to) {
            record.value = taken.value;
            record.kind = taken.kind;
            record.rare = taken.rare;
            record.format = taken.format;
            record.flags = (record.flags & flag::WIDE) | (taken.flags & flag::OCTETS);
        }
        if let Some(record) = self.record_mut(from) {
            record.flags |= flag::DEAD;
            record.children = 0;
        }
        self.dead = self.dead.saturating_add(1);
    }

    /// The kind with this text, made if it is new.
    pub(super) fn intern_kind(&mut self, texts: &impl Texts, text: Text, is_mo: bool) -> u32 {
        let hash = self.hasher.hash_one((is_mo, texts.bytes(text)));
        let Arena { by_kind, kinds, hasher, .. } = self;
        let known = by_kind.find(hash, |index| {
            let kind = kinds.get(*index as usize);
            kind.is_some_and(|kind| kind.is_mo == is_mo && texts.bytes(kind.text) == texts.bytes(text))
        });
        if let Some(index) = known {
            return *index;
        }
        let index = u32::try_from(kinds.len()).unwrap_or(NONE);
        kinds.push(Kind { text, is_mo, first: NONE, last: NONE, count: 0 });
        by_kind.insert_unique(hash, index, |index| {
            let kind = kinds.get(*index as usize);
            kind.map_or(0, |kind| hasher.hash_one((kind.is_mo, texts.bytes(kind.text))))
        });
        index
    }

    /// Adds a node to the list of its management object, if its kind is one.
    pub(super) fn link_mo(&mut self, index: u32) {
        let Some(kind_index) = self.record(index).map(|record| record.kind) else { return };
        let Some(kind) = self.kinds.get_mut(kind_index as usize).filter(|kind| kind.is_mo) else { return };
        let last = kind.last;
        if kind.first == NONE {
            kind.first = index;
        }
        kind.last = index;
        kind.count = kind.count.saturating_add(1);
        if let Some(record) = self.record_mut(last) {
            record.next_mo = index;
        }
        if let Some(record) = self.record_mut(index) {
            record.previous_mo = last;
            record.flags |= flag::MO_ROOT;
        }
    }

    /// The roots of a management object, in no particular order.
    pub(super) fn mo_roots(&self, texts: &impl Texts, mo_id: &[u8]) -> Vec<u32> {
        let hash = self.hasher.hash_one((true, mo_id));
        let found = self
            .by_kind
            .find(hash, |index| self.kind(*index).is_some_and(|kind| kind.is_mo && texts.bytes(kind.text) == mo_id));
        let Some(kind) = found.and_then(|index| self.kind(*index)) else { return Vec::new() };
        let mut roots = Vec::with_capacity(kind.count as usize);
        let mut next = kind.first;
        while let Some(record) = self.record(next) {
            roots.push(next);
            next = record.next_mo;
        }
        roots
    }

    /// Notes whether records happen to lie in tree order, which makes ordering them a comparison of numbers.
    pub(super) fn note_order(&mut self) {
        let mut expected = Some(Arena::ROOT);
        let mut previous = None;
        for index in 0..u32::try_from(self.records.len()).unwrap_or(NONE) {
            if expected != Some(index) {
                self.in_order = false;
                return;
            }
            previous = Some(index);
            expected = self.next_in_order(index, Arena::ROOT);
        }
        self.in_order = previous.is_some() && expected.is_none();
    }

    /// The node after `index` among the descendants of `top`, parents first.
    pub(super) fn next_in_order(&self, index: u32, top: u32) -> Option<u32> {
        let record = self.record(index)?;
        if record.first_child != NONE {
            return Some(record.first_child);
        }
        let mut at = index;
        while at != top {
            let record = self.record(at)?;
            if record.next != NONE {
                return Some(record.next);
            }
            at = record.parent;
        }
        None
    }

    pub(super) fn sort_in_tree_order(&self, nodes: &mut [u32]) {
        if self.in_order {
            nodes.sort_unstable();
        } else if nodes.len() > 1 {
            nodes.sort_by_cached_key(|index| self.order_key(*index));
        }
    }

    /// The ordinals on the way from the root: their lexical order is the order of the tree.
    fn order_key(&self, index: u32) -> Vec<u32> {
        let mut key = Vec::new();
        let mut at = index;
        while let Some(record) = self.record(at) {
            key.push(record.ordinal);
            at = record.parent;
        }
        key.reverse();
        key
    }
}
