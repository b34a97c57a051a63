//! Finding descriptions by URI, over all documents of a schema.
//!
//! Every node of every document has a place in one tree of names; what a `Path` leads through has places, too. Places
//! are found by parent and name; those of unnamed nodes are listed at their parent besides, as they stand for any name.
//! Below a node whose `CaseSense` is `CIS` names are found by their lower case, too.

use super::CaseSense;
use super::parts::NONE;
use super::schema::{Source, path_segments};
use crate::text::Text;
use crate::tree::segment;
use core::hash::BuildHasher;
use hashbrown::HashTable;
use std::borrow::Cow;

/// A name, or a template, in the tree of names.
#[derive(Clone, Debug)]
struct Place {
    parent: u32,
    /// The document that the name is a text of.
    document: u32,
    name: Text,
    /// The list of nodes described here.
    first: u32,
    last: u32,
    /// The list of unnamed places below this one, and the next one in the list that this one is in.
    first_dynamic: u32,
    last_dynamic: u32,
    next_dynamic: u32,
    is_dynamic: bool,
    /// What the first description here that says it says.
    case_sense: Option<CaseSense>,
    /// The hash of parent and name without case.
    folded: u64,
}

/// A node in the list of its place.
#[derive(Clone, Copy, Debug)]
struct Described {
    document: u32,
    node: u32,
    next: u32,
}

#[derive(Clone, Default)]
pub(super) struct Index {
    places: Vec<Place>,
    described: Vec<Described>,
    by_name: HashTable<u32>,
    /// The first place below a parent with a name that is the same but for its case.
    by_folded: HashTable<u32>,
    hasher: foldhash::fast::RandomState,
}

pub(super) const ROOT: u32 = 0;

/// One way through the tree of names that a URI may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Way {
    pub(super) place: u32,
    /// Whether the case of the names below does not count.
    is_insensitive: bool,
}

impl Way {
    pub(super) fn is_insensitive(&self) -> bool {
        self.is_insensitive
    }
}

impl Index {
    /// Adds the nodes of the last document.
    pub(super) fn add_last(&mut self, documents: &[Source<'_>]) {
        let Some((document, source)) = documents.len().checked_sub(1).zip(documents.last()) else { return };
        let document = narrow(document);
        if self.places.is_empty() {
            self.push(NONE, document, Text::EMPTY);
        }
        // Where each node is: parents come before their children.
        let mut at: Vec<u32> = Vec::with_capacity(source.parts.nodes.len());
        for (index, node) in source.parts.nodes.iter().enumerate() {
            let path = !source.bytes(node.path).is_empty();
            let mut parent = at.get(node.parent as usize).copied().filter(|_| !path).unwrap_or(ROOT);
            if path {
                for name in path_segments(source, node.path) {
                    parent = self.enter(documents, parent, document, name);
                }
            }
            let is_root = parent == ROOT && source.bytes(node.name) == b".";
            let place = if is_root { ROOT } else { self.enter(documents, parent, document, node.name) };
            at.push(place);
            self.describe(place, Described { document, node: narrow(index), next: NONE }, node.case_sense);
        }
    }

    fn push(&mut self, parent: u32, document: u32, name: Text) -> u32 {
        let index = narrow(self.places.len());
        self.places.push(Place {
            parent,
            document,
            name,
            first: NONE,
            last: NONE,
            first_dynamic: NONE,
            last_dynamic: NONE,
            next_dynamic: NONE,
            is_dynamic: false,
            case_sense: None,
            folded: 0,
        });
        index
    }

    fn place(&self, index: u32) -> Option<&Place> {
        self.places.get(index as usize)
    }

    /// The place with this name below `parent`.
    pub(super) fn child(&self, documents: &[Source<'_>], parent: u32, name: &[u8]) -> Option<u32> {
        let is_it = |index: &u32| {
            let place = self.place(*index).filter(|place| place.parent == parent);
            place.is_some_and(|place| segment::is_same(name_of(documents, place), name))
        };
        self.by_name.find(hash(&self.hasher, parent, name), is_it).copied()
    }

    /// As [`child`](Index::child), made if there is none.
    fn enter(&mut self, documents: &[Source<'_>], parent: u32, document: u32, name: Text) -> u32 {
        let bytes = documents.get(document as usize).map_or(&[][..], |source| source.bytes(name));
        let index = self.child(documents, parent, bytes).unwrap_or_else(|| {
            let index = self.push(parent, document, name);
            let Index { places, by_name, hasher, .. } = self;
            by_name.insert_unique(hash(hasher, parent, bytes), index, |index| {
                let place = places.get(*index as usize);
                place.map_or(0, |place| hash(hasher, place.parent, name_of(documents, place)))
            });
            self.enter_folded(documents, parent, bytes, index);
            index
        });
        if is_dynamic(bytes) {
            self.list_dynamic(parent, index);
        }
        index
    }

    /// The first place whose name differs from this one in case only.
    fn folded_child(&self, documents: &[Source<'_>], parent: u32, name: &[u8]) -> Option<u32> {
        let is_it = |index: &u32| {
            let place = self.place(*index).filter(|place| place.parent == parent);
            place.is_some_and(|place| is_same_folded(name_of(documents, place), name))
        };
        self.by_folded.find(folded_hash(&self.hasher, parent, name), is_it).copied()
    }

    fn enter_folded(&mut self, documents: &[Source<'_>], parent: u32, name: &[u8], index: u32) {
        if self.folded_child(documents, parent, name).is_some() {
            return;
        }
        let Index { places, by_folded, hasher, .. } = self;
        let folded = folded_hash(hasher, parent, name);
        if let Some(place) = places.get_mut(index as usize) {
            place.folded = folded;
        }
        by_folded.insert_unique(folded, index, |index| places.get(*index as usize).map_or(0, |place| place.folded));
    }

    /// Lists a place among the unnamed ones of its parent, unless it is there already.
    fn list_dynamic(&mut self, parent: u32, index: u32) {
        match self.places.get_mut(index as usize) {
            Some(place) if !place.is_dynamic => place.is_dynamic = true,
            _ => return,
        }
        let Some(place) = self.places.get_mut(parent as usize) else { return };
        let last = std::mem::replace(&mut place.last_dynamic, index);
        if last == NONE {
            place.first_dynamic = index;
        } else if let Some(last) = self.places.get_mut(last as usize) {
            last.next_dynamic = index;
        }
    }

    fn describe(&mut self, place: u32, described: Described, case_sense: Option<CaseSense>) {
        let index = narrow(self.described.len());
        self.described.push(described);
        let Some(place) = self.places.get_mut(place as usize) else { return };
        place.case_sense = place.case_sense.or(case_sense);
        let last = std::mem::replace(&mut place.last, index);
        if last == NONE {
            place.first = index;
        } else if let Some(last) = self.described.get_mut(last as usize) {
            last.next = index;
        }
    }

    /// The nodes at a URI as (document, node), best first.
    ///
    /// All ways that match so far are followed at once, in the order of their worth. No place is on two of them, so this
    /// costs at most a look at each place, whatever the URI.
    pub(super) fn find<'u>(
        &self,
        documents: &[Source<'_>],
        segments: impl Iterator<Item = &'u str>,
    ) -> Vec<(u32, u32)> {
        let mut ways: Vec<Way> = self.start().into_iter().collect();
        for name in segments {
            ways = ways.into_iter().flat_map(|way| self.step(documents, way, name.as_bytes())).collect();
        }
        ways.into_iter().flat_map(|way| self.described(way.place)).collect()
    }

    /// The way that begins at the root.
    pub(super) fn start(&self) -> Option<Way> {
        (!self.places.is_empty()).then(|| self.way(ROOT, false))
    }

    fn way(&self, place: u32, inherited: bool) -> Way {
        let own = self.place(place).and_then(|place| place.case_sense);
        Way { place, is_insensitive: own.map_or(inherited, |sense| sense == CaseSense::Insensitive) }
    }

    /// The ways on which a way goes on: the place with this name, then all unnamed ones. Who takes some only pays for no more.
    pub(super) fn step(&self, documents: &[Source<'_>], from: Way, name: &[u8]) -> impl Iterator<Item = Way> + use<'_> {
        let exact = self.child(documents, from.place, name);
        let exact = exact.or_else(|| self.folded_child(documents, from.place, name).filter(|_| from.is_insensitive));
        let mut next = self.place(from.place).map_or(NONE, |place| place.first_dynamic);
        let dynamic = std::iter::from_fn(move || {
            let dynamic = next;
            next = self.place(dynamic)?.next_dynamic;
            Some(dynamic)
        });
        let others = dynamic.filter(move |dynamic| Some(*dynamic) != exact);
        exact.into_iter().chain(others).map(move |place| self.way(place, from.is_insensitive))
    }

    /// The nodes described at a place, as (document, node), in the order of the documents.
    pub(super) fn described(&self, place: u32) -> impl Iterator<Item = (u32, u32)> + use<'_> {
        let mut next = self.place(place).map_or(NONE, |place| place.first);
        std::iter::from_fn(move || {
            let described = self.described.get(next as usize)?;
            next = described.next;
            Some((described.document, described.node))
        })
    }

    /// How many places there are; parents have lower numbers than their children.
    pub(super) fn places(&self) -> u32 {
        narrow(self.places.len())
    }

    pub(super) fn parent(&self, place: u32) -> Option<u32> {
        self.place(place).map(|place| place.parent).filter(|parent| *parent != NONE)
    }

    /// The name of a place, escapes included, and whether it stands for any name.
    pub(super) fn name<'s>(&self, documents: &'s [Source<'_>], place: u32) -> (&'s str, bool) {
        let Some(place) = self.place(place) else { return ("", false) };
        (
            documents.get(place.document as usize).and_then(|source| source.str(place.name)).unwrap_or_default(),
            place.is_dynamic,
        )
    }

    /// The unnamed place below another one, if there is one only.
    pub(super) fn only_dynamic(&self, parent: u32) -> Option<u32> {
        let place = self.place(parent)?;
        (place.first_dynamic != NONE && place.first_dynamic == place.last_dynamic).then_some(place.first_dynamic)
    }
}

/// Names that make the same URI have the same hash.
fn hash(hasher: &foldhash::fast::RandomState, parent: u32, name: &[u8]) -> u64 {
    hasher.hash_one((parent, segment::canonical(name)))
}

/// A name without its case: names that are the same without it have the same.
pub(super) fn fold(name: &[u8]) -> Cow<'_, [u8]> {
    let name = segment::canonical(name);
    if name.iter().all(|octet| octet.is_ascii() && !octet.is_ascii_uppercase()) {
        return name;
    }
    match std::str::from_utf8(&name) {
        Ok(text) => Cow::Owned(text.to_lowercase().into_bytes()),
        Err(_) => Cow::Owned(name.to_ascii_lowercase()),
    }
}

/// Whether a name is its own canonical form, and its lower case only a matter of octets.
fn is_simple(name: &[u8]) -> bool {
    name.is_ascii() && !name.contains(&b'%')
}

fn is_same_folded(one: &[u8], other: &[u8]) -> bool {
    if is_simple(one) && is_simple(other) { one.eq_ignore_ascii_case(other) } else { fold(one) == fold(other) }
}

/// Names that are the same without their case have the same hash.
fn folded_hash(hasher: &foldhash::fast::RandomState, parent: u32, name: &[u8]) -> u64 {
    // Almost all names are short and plain: no need for the heap.
    let mut buffer = [0; 64];
    match buffer.get_mut(..name.len()).filter(|_| is_simple(name)) {
        Some(short) => {
            short.copy_from_slice(name);
            short.make_ascii_lowercase();
            hasher.hash_one((parent, &*short))
        }
        None => hasher.hash_one((parent, fold(name).as_ref())),
    }
}

fn name_of<'s>(documents: &'s [Source<'_>], place: &Place) -> &'s [u8] {
    documents.get(place.document as usize).map_or(&[][..], |source| source.bytes(place.name))
}

/// Whether a name stands for any name: none at all, `*`, `{X}` or `<X>` (`wire.md` §8.6). A GUID in braces is a name.
pub(super) fn is_dynamic(name: &[u8]) -> bool {
    match name {
        [] | b"*" | [b'<', .., b'>'] => true,
        [b'{', inside @ .., b'}'] => !is_guid(inside),
        _ => false,
    }
}

fn is_guid(text: &[u8]) -> bool {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let groups = text.split(|octet| *octet == b'-');
    text.len() == 36 && groups.map(<[u8]>::len).eq(GROUPS) && text.iter().all(|o| o.is_ascii_hexdigit() || *o == b'-')
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::is_dynamic;

    #[test]
    fn names_that_stand_for_any_name() {
        for name in ["", "*", "{ProfileName}", "<X>", "<x>+", "{c6d47067-6e92-480e-b0f7-4ba82182fac7}", "a*", "X"] {
            let expected = matches!(name, "" | "*" | "{ProfileName}" | "<X>");
            assert_eq!(is_dynamic(name.as_bytes()), expected, "{name}");
        }
    }
}
