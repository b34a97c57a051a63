//! Finding descriptions by URI, over all documents of a schema.
//!
//! Every node of every document has a place in one tree of names; what a `Path` leads through has places, too. Places
//! are found by parent and name; those of unnamed nodes are listed at their parent besides, as they stand for any name.

use super::parts::NONE;
use super::schema::{Source, path_segments};
use crate::text::Text;
use crate::tree::segment;
use core::hash::BuildHasher;
use hashbrown::HashTable;

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
    hasher: foldhash::fast::RandomState,
}

const ROOT: u32 = 0;

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
            self.describe(place, Described { document, node: narrow(index), next: NONE });
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
        });
        index
    }

    fn place(&self, index: u32) -> Option<&Place> {
        self.places.get(index as usize)
    }

    /// The place with this name below `parent`.
    fn child(&self, documents: &[Source<'_>], parent: u32, name: &[u8]) -> Option<u32> {
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
            index
        });
        if is_dynamic(bytes) {
            self.list_dynamic(parent, index);
        }
        index
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

    fn describe(&mut self, place: u32, described: Described) {
        let index = narrow(self.described.len());
        self.described.push(described);
        let Some(place) = self.places.get_mut(place as usize) else { return };
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
        let mut ways = if self.places.is_empty() { Vec::new() } else { vec![ROOT] };
        for name in segments {
            let mut next = Vec::new();
            for at in ways {
                let exact = self.child(documents, at, name.as_bytes());
                next.extend(exact);
                let mut dynamic = self.place(at).map_or(NONE, |place| place.first_dynamic);
                while let Some(place) = self.place(dynamic) {
                    if Some(dynamic) != exact {
                        next.push(dynamic);
                    }
                    dynamic = place.next_dynamic;
                }
            }
            ways = next;
        }
        let mut found = Vec::new();
        for place in ways {
            let mut next = self.place(place).map_or(NONE, |place| place.first);
            while let Some(described) = self.described.get(next as usize) {
                found.push((described.document, described.node));
                next = described.next;
            }
        }
        found
    }
}

/// Names that make the same URI have the same hash.
fn hash(hasher: &foldhash::fast::RandomState, parent: u32, name: &[u8]) -> u64 {
    hasher.hash_one((parent, segment::canonical(name)))
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
