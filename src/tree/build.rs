//! Making a tree from the nodes of a document, in whatever order they come.

use super::arena::{Arena, Rare, flag};
use super::{Format, Info, Tree};
use crate::error::ErrorKind;
use crate::text::{Sources, Text, Texts};

/// What a document says of one node.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) name: Text,
    pub(crate) format: Option<Format>,
    /// Media type or management object identifier.
    pub(crate) kind: Text,
    pub(crate) kind_is_mo: bool,
    pub(crate) value: Text,
    pub(crate) value_is_octets: bool,
    pub(crate) acl: Text,
    pub(crate) title: Text,
    pub(crate) tstamp: Text,
    pub(crate) ver_no: Text,
}

/// A tree being made. Nodes are begun before their children and placed after them, so that what a document says of a
/// node may come in any order.
pub(crate) struct TreeBuilder {
    arena: Arena,
}

impl TreeBuilder {
    pub(crate) const ROOT: u32 = Arena::ROOT;

    pub(crate) fn new() -> TreeBuilder {
        TreeBuilder { arena: Arena::new() }
    }

    /// Begins a node.
    pub(crate) fn begin(&mut self) -> u32 {
        self.arena.add()
    }

    /// Completes a node and makes it a child of `parent`; returns where it is now. A node that was only implied before takes the
    /// description.
    pub(crate) fn place(
        &mut self,
        texts: &impl Texts,
        parent: u32,
        node: u32,
        fields: &Fields,
    ) -> Result<u32, ErrorKind> {
        self.describe(texts, node, fields)?;
        let name = texts.bytes(fields.name);
        let known = if parent == Arena::ROOT && name == b"." {
            Some(Arena::ROOT)
        } else {
            if name.is_empty() || name.contains(&b'/') {
                return Err(ErrorKind::InvalidName);
            }
            self.arena.child(texts, parent, name)
        };
        let place = match known {
            None => {
                self.arena.link(texts, parent, node);
                node
            }
            Some(known) => {
                let record = self.arena.record(known);
                if !record.is_some_and(|record| record.flags & flag::IMPLICIT != 0) {
                    return Err(ErrorKind::NameClash);
                }
                self.merge(texts, known, node)?;
                known
            }
        };
        self.arena.link_mo(place);
        Ok(place)
    }

    /// Gives an implied node its description, and the children it got with that.
    fn merge(&mut self, texts: &impl Texts, known: u32, node: u32) -> Result<(), ErrorKind> {
        let (Some(old), Some(new)) = (self.arena.record(known), self.arena.record(node)) else { return Ok(()) };
        if old.children > 0 && new.format != Format::Node {
            return Err(ErrorKind::LeafWithChildren);
        }
        let mut child = new.first_child;
        while let Some(record) = self.arena.record(child) {
            if self.arena.child(texts, known, texts.bytes(record.name)).is_some() {
                return Err(ErrorKind::NameClash);
            }
            child = record.next;
        }
        self.arena.absorb(texts, known, node);
        Ok(())
    }

    /// Puts down what is known of a node, with the defaults of `wire.md` §8.3.
    fn describe(&mut self, texts: &impl Texts, node: u32, fields: &Fields) -> Result<(), ErrorKind> {
        let has_children = self.arena.record(node).is_some_and(|record| record.children > 0);
        let has_value = !texts.bytes(fields.value).is_empty();
        // A Value that is there but empty makes a leaf only where nothing else speaks: some peers give one to interior
        // nodes (`wire.md` §14.2, hostap).
        let format = match fields.format {
            Some(format) => format,
            None if has_children => Format::Node,
            None if fields.value.is_present() => Format::Chr,
            None => Format::Node,
        };
        if has_children && has_value {
            return Err(ErrorKind::ValueWithChildren);
        }
        if has_children && format != Format::Node {
            return Err(ErrorKind::LeafWithChildren);
        }
        if format == Format::Node && has_value {
            return Err(ErrorKind::ValueOfInterior);
        }
        let is_mo = format == Format::Node && (fields.kind_is_mo || is_mo_id(texts.bytes(fields.kind)));
        let kind = if texts.bytes(fields.kind).is_empty() {
            super::arena::NONE
        } else {
            self.arena.intern_kind(texts, fields.kind, is_mo)
        };
        let rare = Rare { acl: fields.acl, title: fields.title, tstamp: fields.tstamp, ver_no: fields.ver_no };
        let has_rare = [rare.acl, rare.title, rare.tstamp, rare.ver_no].into_iter().any(Text::is_present);
        let rare = if has_rare {
            let index = u32::try_from(self.arena.rare.len()).unwrap_or(super::arena::NONE);
            self.arena.rare.push(rare);
            index
        } else {
            super::arena::NONE
        };
        if let Some(record) = self.arena.record_mut(node) {
            record.name = fields.name;
            record.format = format;
            record.kind = kind;
            record.rare = rare;
            if format != Format::Node {
                record.value = fields.value;
                record.flags |= if fields.value_is_octets { flag::OCTETS } else { 0 };
            }
        }
        Ok(())
    }

    /// The node that a path of segments leads to from `from`; interior nodes that are missing are implied.
    pub(crate) fn walk(
        &mut self,
        texts: &impl Texts,
        from: u32,
        segments: impl Iterator<Item = Text>,
    ) -> Result<u32, ErrorKind> {
        let mut at = from;
        for segment in segments {
            let name = texts.bytes(segment);
            at = match self.arena.child(texts, at, name) {
                Some(child) => child,
                None => {
                    if self.arena.record(at).is_none_or(|record| record.format != Format::Node) {
                        return Err(ErrorKind::InvalidPath);
                    }
                    let node = self.arena.add();
                    if let Some(record) = self.arena.record_mut(node) {
                        record.name = segment;
                        record.flags = flag::IMPLICIT;
                    }
                    self.arena.link(texts, at, node);
                    node
                }
            };
        }
        match self.arena.record(at) {
            Some(record) if record.format == Format::Node => Ok(at),
            _ => Err(ErrorKind::InvalidPath),
        }
    }

    /// The tree.
    pub(crate) fn finish(mut self, sources: Sources<'_>, info: Info) -> Tree<'_> {
        self.arena.note_order();
        Tree { sources, arena: self.arena, info }
    }
}

/// Whether the `MIME` of an interior node is a management object identifier in the wrong place (`wire.md` §8.1, §14.2):
/// a URN, or the older form with a version between two slashes. Media types have neither.
fn is_mo_id(text: &[u8]) -> bool {
    text.contains(&b':') || text.iter().filter(|octet| **octet == b'/').count() >= 2
}
