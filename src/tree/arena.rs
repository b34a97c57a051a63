//! The records of a tree and its indexes. Knows nothing of texts but how to compare them.

mod compact;
mod journal;

use super::segment::{canonical, is_same};
use super::{Format, NodeId};
use crate::text::{Text, Texts};
use core::hash::BuildHasher;
use hashbrown::HashTable;
use journal::{Journal, Undo};

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
    /// A leaf only as long as no Path leads through it: nothing says that it is one but an empty Value or a media type.
    pub(in crate::tree) const GUESSED: u8 = 32;
    /// Cannot be deleted or renamed, nor change its format or type.
    pub(in crate::tree) const PERMANENT: u8 = 64;
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
    /// The first of the dead records that may be used again, linked by `next`.
    free: u32,
    /// Records that died since a transaction began.
    killed: Vec<u32>,
    /// Whether records lie in the order of the tree.
    in_order: bool,
    /// How to undo what was done since a transaction began.
    journal: Journal,
}

impl Arena {
    pub(super) const ROOT: u32 = 0;

    /// With room for some nodes.
    pub(super) fn with_capacity(nodes: usize) -> Arena {
        let mut arena = Arena {
            records: Vec::with_capacity(nodes.saturating_add(1)),
            rare: Vec::new(),
            kinds: Vec::new(),
            by_kind: HashTable::new(),
            // Most nodes have few children, and are not in the index. It is filled here and there, so that all of what it has is touched.
            by_name: HashTable::with_capacity(nodes.checked_div(5).unwrap_or(0)),
            hasher: foldhash::fast::RandomState::default(),
            dead: 0,
            free: NONE,
            killed: Vec::new(),
            in_order: true,
            journal: Journal::default(),
        };
        arena.records.push(Record { name: Text::EMPTY, flags: flag::IMPLICIT, ..Record::NOTHING });
        arena
    }

    pub(super) fn len(&self) -> usize {
        self.records.len().saturating_sub(self.dead as usize)
    }

    pub(super) fn record(&self, index: u32) -> Option<&Record> {
        self.records.get(index as usize)
    }

    /// The record, to be changed: every change of a record that is in the tree goes through here.
    pub(super) fn record_mut(&mut self, index: u32) -> Option<&mut Record> {
        let record = self.records.get_mut(index as usize)?;
        self.journal.note(|| Undo::Record(index, record.clone()));
        Some(record)
    }

    pub(super) fn rare(&self, index: u32) -> Option<&Rare> {
        self.rare.get(index as usize)
    }

    pub(super) fn kind(&self, index: u32) -> Option<&Kind> {
        self.kinds.get(index as usize)
    }

    fn kind_mut(&mut self, index: u32) -> Option<&mut Kind> {
        let kind = self.kinds.get_mut(index as usize)?;
        self.journal.note(|| Undo::Kind(index, kind.clone()));
        Some(kind)
    }

    pub(super) fn id(&self, index: u32) -> NodeId {
        let generation = self.record(index).map_or(0, |record| record.generation);
        NodeId { index, generation: u32::from(generation) }
    }

    pub(super) fn resolve(&self, id: NodeId) -> Option<u32> {
        let record = self.record(id.index)?;
        (u32::from(record.generation) == id.generation && record.flags & flag::DEAD == 0).then_some(id.index)
    }

    /// Makes a record that is not linked to anything yet, unless there are `most` already.
    pub(super) fn add(&mut self, most: u32) -> Option<u32> {
        if let Some(index) = self.reuse(most) {
            return Some(index);
        }
        let index = u32::try_from(self.records.len()).ok().filter(|index| *index < most)?;
        self.records.push(Record::NOTHING);
        self.journal.note(|| Undo::Added(index));
        Some(index)
    }

    /// Makes `child` the last child of `parent`. Its name is unique there: the caller has looked.
    pub(super) fn link(&mut self, texts: &impl Texts, parent: u32, child: u32) {
        self.link_at(texts, parent, child, None);
    }

    /// [`link`](Arena::link) for a name that [`look`](Arena::look) has hashed.
    pub(super) fn link_at(&mut self, texts: &impl Texts, parent: u32, child: u32, hash: Option<u64>) {
        let Some(record) = self.record(parent) else { return };
        let last = record.last_child;
        let ordinal = match self.record(last).map(|last| last.ordinal.checked_add(1)) {
            None => 0,
            Some(Some(ordinal)) => ordinal,
            // After four thousand million additions.
            Some(None) => self.number_children(parent),
        };
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
            self.index_name(texts, parent, child, hash);
        } else if record.children > NARROW {
            record.flags |= flag::WIDE;
            let mut next = record.first_child;
            while let Some(record) = self.record(next) {
                let after = record.next;
                self.index_name(texts, parent, next, None);
                next = after;
            }
        }
    }

    /// Numbers the children of a node anew, without gaps; gives the next number.
    fn number_children(&mut self, parent: u32) -> u32 {
        let mut ordinal = 0_u32;
        let mut next = self.record(parent).map_or(NONE, |record| record.first_child);
        while let Some(record) = self.record_mut(next) {
            record.ordinal = ordinal;
            next = record.next;
            ordinal = ordinal.saturating_add(1);
        }
        ordinal
    }

    fn name_hash(&self, parent: u32, name: &[u8]) -> u64 {
        self.hasher.hash_one((parent, canonical(name)))
    }

    fn index_name(&mut self, texts: &impl Texts, parent: u32, child: u32, hash: Option<u64>) {
        let Some(record) = self.record(child) else { return };
        let hash = hash.unwrap_or_else(|| self.name_hash(parent, texts.bytes(record.name)));
        self.journal.note(|| Undo::Named(child));
        let Arena { by_name, records, hasher, .. } = self;
        by_name.insert_unique(hash, child, |index| {
            let record = records.get(*index as usize);
            record.map_or(0, |record| hasher.hash_one((record.parent, canonical(texts.bytes(record.name)))))
        });
    }

    fn unindex_name(&mut self, texts: &impl Texts, child: u32) {
        let Some(record) = self.record(child) else { return };
        let hash = self.name_hash(record.parent, texts.bytes(record.name));
        if let Ok(entry) = self.by_name.find_entry(hash, |index| *index == child) {
            entry.remove();
            self.journal.note(|| Undo::Unnamed(child));
        }
    }

    /// The child of `parent` with this name, however either is escaped.
    pub(super) fn child(&self, texts: &impl Texts, parent: u32, name: &[u8]) -> Option<u32> {
        self.look(texts, parent, name).0
    }

    /// [`child`](Arena::child), and the hash of the name if the children of `parent` are indexed.
    pub(super) fn look(&self, texts: &impl Texts, parent: u32, name: &[u8]) -> (Option<u32>, Option<u64>) {
        let Some(record) = self.record(parent) else { return (None, None) };
        let is_it = |index: u32| {
            self.record(index).is_some_and(|record| record.parent == parent && is_same(texts.bytes(record.name), name))
        };
        if record.flags & flag::WIDE != 0 {
            let hash = self.name_hash(parent, name);
            return (self.by_name.find(hash, |index| is_it(*index)).copied(), Some(hash));
        }
        let mut next = record.first_child;
        while let Some(record) = self.record(next) {
            if is_it(next) {
                return (Some(next), None);
            }
            next = record.next;
        }
        (None, None)
    }

    /// Gives everything of `from`, which is linked nowhere, to `to`: name, properties, value and children. Children that
    /// `to` has already are not moved but appended to `twins`, each with its counterpart.
    pub(super) fn absorb(&mut self, texts: &impl Texts, to: u32, from: u32, twins: &mut Vec<(u32, u32)>) {
        self.unlink_mo(from);
        let Some(taken) = self.record(from).cloned() else { return };
        let mut next = taken.first_child;
        while let Some(record) = self.record(next) {
            let (after, name) = (record.next, record.name);
            if taken.flags & flag::WIDE != 0 {
                self.unindex_name(texts, next);
            }
            match self.child(texts, to, texts.bytes(name)) {
                Some(known) => twins.push((known, next)),
                None => self.link(texts, to, next),
            }
            next = after;
        }
        if let Some(record) = self.record_mut(to) {
            if to != Arena::ROOT {
                record.name = taken.name;
            }
            record.value = taken.value;
            record.kind = taken.kind;
            record.rare = taken.rare;
            record.format = taken.format;
            record.flags = (record.flags & flag::WIDE) | (taken.flags & (flag::OCTETS | flag::GUESSED));
        }
        self.link_mo(to);
        if from as usize == self.records.len().saturating_sub(1) {
            self.records.pop();
        } else if let Some(record) = self.record_mut(from) {
            *record = Record { flags: flag::DEAD, ..Record::NOTHING };
            self.dead = self.dead.saturating_add(1);
        }
    }

    fn kind_hash(&self, is_mo: bool, text: &[u8]) -> u64 {
        self.hasher.hash_one((is_mo, text))
    }

    /// The kind with this text, made if it is new.
    pub(super) fn intern_kind(&mut self, texts: &impl Texts, text: Text, is_mo: bool) -> u32 {
        if let Some(index) = self.find_kind(texts, texts.bytes(text), is_mo) {
            return index;
        }
        let hash = self.kind_hash(is_mo, texts.bytes(text));
        let Arena { by_kind, kinds, hasher, .. } = self;
        let index = u32::try_from(kinds.len()).unwrap_or(NONE);
        kinds.push(Kind { text, is_mo, first: NONE, last: NONE, count: 0 });
        self.journal.note(|| Undo::Interned);
        by_kind.insert_unique(hash, index, |index| {
            let kind = kinds.get(*index as usize);
            kind.map_or(0, |kind| hasher.hash_one((kind.is_mo, texts.bytes(kind.text))))
        });
        index
    }

    /// Adds a node to the list of its management object, if it is an interior node and its kind is one.
    pub(super) fn link_mo(&mut self, index: u32) {
        let is_free = |record: &&Record| record.format == Format::Node && record.flags & flag::MO_ROOT == 0;
        let Some(kind_index) = self.record(index).filter(is_free).map(|record| record.kind) else { return };
        let Some(kind) = self.kind_mut(kind_index).filter(|kind| kind.is_mo) else { return };
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

    /// Takes a node off the list of its management object, if it is on one.
    pub(super) fn unlink_mo(&mut self, index: u32) {
        let Some(record) = self.record_mut(index).filter(|record| record.flags & flag::MO_ROOT != 0) else { return };
        let (previous, next, kind) = (record.previous_mo, record.next_mo, record.kind);
        record.previous_mo = NONE;
        record.next_mo = NONE;
        record.flags &= !flag::MO_ROOT;
        if let Some(record) = self.record_mut(previous) {
            record.next_mo = next;
        }
        if let Some(record) = self.record_mut(next) {
            record.previous_mo = previous;
        }
        let Some(kind) = self.kind_mut(kind) else { return };
        if kind.first == index {
            kind.first = next;
        }
        if kind.last == index {
            kind.last = previous;
        }
        kind.count = kind.count.saturating_sub(1);
    }

    /// The kind with this text, if a node had it.
    pub(super) fn find_kind(&self, texts: &impl Texts, text: &[u8], is_mo: bool) -> Option<u32> {
        let is_it =
            |index: &u32| self.kind(*index).is_some_and(|kind| kind.is_mo == is_mo && texts.bytes(kind.text) == text);
        self.by_kind.find(self.kind_hash(is_mo, text), is_it).copied()
    }

    /// The roots of a management object, in no particular order.
    pub(super) fn mo_roots(&self, texts: &impl Texts, mo_id: &[u8]) -> Vec<u32> {
        let found = self.find_kind(texts, mo_id, true);
        let Some(kind) = found.and_then(|index| self.kind(index)) else { return Vec::new() };
        let mut roots = Vec::with_capacity(kind.count as usize);
        let mut next = kind.first;
        while let Some(record) = self.record(next) {
            roots.push(next);
            next = record.next_mo;
        }
        roots
    }

    /// The roots of all management objects whose identifiers are wanted, in no particular order. Looks at each identifier
    /// once, and at no other node.
    pub(super) fn mo_roots_where(&self, texts: &impl Texts, is_wanted: impl Fn(&[u8]) -> bool) -> Vec<u32> {
        let mut roots = Vec::new();
        for kind in self.kinds.iter().filter(|kind| kind.is_mo && is_wanted(texts.bytes(kind.text))) {
            let mut next = kind.first;
            while let Some(record) = self.record(next) {
                roots.push(next);
                next = record.next_mo;
            }
        }
        roots
    }

    /// Notes whether records happen to lie in tree order, which makes ordering them a comparison of numbers.
    pub(super) fn note_order(&mut self) {
        let mut at = Arena::ROOT;
        self.in_order = loop {
            match self.next_in_order(at, Arena::ROOT) {
                Some(next) if next > at => at = next,
                next => break next.is_none(),
            }
        };
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

    /// Costs no more than a walk over the tree, and much less for few nodes that are not deep.
    pub(super) fn sort_in_tree_order(&self, nodes: &mut Vec<u32>) {
        if self.in_order {
            nodes.sort_unstable();
            return;
        }
        if nodes.len() <= 1 {
            return;
        }
        match self.order_keys(nodes) {
            Some(mut keys) => {
                keys.sort_unstable();
                nodes.clear();
                nodes.extend(keys.into_iter().map(|(_, index)| index));
            }
            None => {
                let mut is_wanted = vec![false; self.records.len()];
                for index in nodes.drain(..) {
                    if let Some(is_wanted) = is_wanted.get_mut(index as usize) {
                        *is_wanted = true;
                    }
                }
                let mut next = Some(Arena::ROOT);
                while let Some(index) = next {
                    if is_wanted.get(index as usize).is_some_and(|is_wanted| *is_wanted) {
                        nodes.push(index);
                    }
                    next = self.next_in_order(index, Arena::ROOT);
                }
            }
        }
    }

    /// For each node the ordinals on the way from the root, whose lexical order is the order of the tree; none if
    /// that were more numbers than the tree has nodes.
    fn order_keys(&self, nodes: &[u32]) -> Option<Vec<(Vec<u32>, u32)>> {
        let mut left = self.records.len();
        let mut keys = Vec::with_capacity(nodes.len());
        for node in nodes {
            let mut key = Vec::new();
            let mut at = *node;
            while let Some(record) = self.record(at) {
                left = left.checked_sub(1)?;
                key.push(record.ordinal);
                at = record.parent;
            }
            key.reverse();
            keys.push((key, *node));
        }
        Some(keys)
    }
}

#[cfg(test)]
mod tests {
    use crate::tree::Tree;

    /// Octets that the arena and its index of names hold for each node.
    fn octets_per_node(tree: &Tree<'_>) -> (usize, usize) {
        let arena = &tree.arena;
        let nodes = arena.len();
        let records = arena.records.len() * size_of::<super::Record>() + arena.rare.len() * size_of::<super::Rare>();
        (records / nodes, arena.by_name.allocation_size() / nodes)
    }

    fn flat(paths: impl Iterator<Item = (String, usize)>) -> String {
        let nodes = paths.map(|(path, name)| {
            format!("<Node><NodeName>n{name}</NodeName><Path>{path}</Path><RTProperties><Format><node/></Format></RTProperties></Node>")
        });
        format!("<MgmtTree>{}</MgmtTree>", nodes.collect::<String>())
    }

    #[test]
    fn a_node_costs_one_record_and_a_small_share_of_the_index() {
        let wide = flat((0..10_000).map(|name| (String::new(), name)));
        let tree = crate::tnds::decode(wide.as_bytes()).unwrap();
        let (node, index) = octets_per_node(&tree);
        println!("octets a node, all children of one: {node} in the arena, {index} in the index of names");
        assert_eq!(node, 64);
        assert!(index <= 32, "{index}");
        let narrow = flat((0..10_000).map(|name| (format!("a{}/b{}", name / 64, name / 8), name)));
        let tree = crate::tnds::decode(narrow.as_bytes()).unwrap();
        assert_eq!(octets_per_node(&tree).0, 64);
        assert!(octets_per_node(&tree).1 <= 32);
    }

    #[test]
    fn nodes_that_take_a_description_later_leave_nothing_behind() {
        let described = (0..1_000).flat_map(|name| [(format!("p/n{name}"), 0), ("p".to_owned(), name)]);
        let document = flat(described);
        let tree = crate::tnds::decode(document.as_bytes()).unwrap();
        assert_eq!((tree.arena.dead, tree.len()), (0, 2_002));
        assert_eq!(tree.arena.records.len(), 2_002);
    }

    #[test]
    fn the_index_of_names_has_each_child_once() {
        // Twenty implied children, then a description with twenty more.
        let implied = flat((0..20).map(|name| ("A".to_owned(), name)));
        let nested: String = (0..20).map(|name| format!("<Node><NodeName>m{name}</NodeName></Node>")).collect();
        let document =
            implied.replace("</MgmtTree>", &format!("<Node><NodeName>A</NodeName>{nested}</Node></MgmtTree>"));
        let tree = crate::tnds::decode(document.as_bytes()).unwrap();
        assert_eq!((tree.len(), tree.arena.by_name.len()), (42, 40));
    }

    #[test]
    fn keys_for_ordering_are_never_more_than_nodes() {
        let path = "d/".repeat(100);
        let document = flat((0..200).map(|name| (path.clone(), name)));
        let tree = crate::tnds::decode(document.as_bytes()).unwrap();
        let all: Vec<u32> = (101..301).collect();
        assert!(tree.arena.order_keys(&all).is_none());
        assert_eq!(tree.arena.order_keys(&all[..2]).unwrap().len(), 2);
    }
}
