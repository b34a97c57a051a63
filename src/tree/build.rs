//! Making a tree from the nodes of a document, in whatever order they come.

use super::arena::{Arena, NONE, Rare, flag};
use super::{Format, Info, Tree, segment};
use crate::error::ErrorKind;
use crate::limits::Limits;
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

impl Fields {
    /// Whether anything is said but name and value.
    pub(crate) fn has_properties(&self) -> bool {
        self.format.is_some()
            || [self.kind, self.acl, self.title, self.tstamp, self.ver_no].into_iter().any(Text::is_present)
    }
}

/// A place in the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    pub(crate) node: u32,
    /// How many nodes are above.
    pub(crate) depth: u32,
}

/// A tree being made. Nodes are begun before their children and placed after them, so that what a document says of a
/// node may come in any order.
///
/// Time is linear in the document: every segment of a path is looked up once, and a node that was begun moves at most
/// once, when an ancestor turns out to be implied already.
pub(crate) struct TreeBuilder {
    arena: Arena,
    limits: Limits,
    last_kind: Option<LastKind>,
    /// The last walk: from where, the path, and where it led.
    last_walk: Option<(u32, Text, Spot)>,
}

/// The kind that was asked for last.
#[derive(Clone, Copy)]
struct LastKind {
    text: Text,
    /// Whether a document said that it is a management object's.
    is_said_mo: bool,
    index: u32,
    is_mo: bool,
}

impl TreeBuilder {
    pub(crate) const ROOT: Spot = Spot { node: Arena::ROOT, depth: 0 };

    /// Nodes are bounded as elements are, those that only paths imply included; so is their depth.
    /// There will be about `nodes` nodes: memory that is not needed is not touched; records that have to move are.
    pub(crate) fn new(nodes: usize, limits: &Limits) -> TreeBuilder {
        let nodes = nodes.min(limits.elements as usize);
        TreeBuilder { arena: Arena::with_capacity(nodes), limits: *limits, last_kind: None, last_walk: None }
    }

    /// Begins a node.
    pub(crate) fn begin(&mut self) -> Result<u32, ErrorKind> {
        self.arena.add(self.limits.elements).ok_or(ErrorKind::LimitElements)
    }

    /// Completes a node and makes it a child of `parent`, or without one the root of the tree. A node that was only
    /// implied before takes the description.
    pub(crate) fn place(
        &mut self,
        texts: &impl Texts,
        parent: Option<u32>,
        node: u32,
        fields: &Fields,
    ) -> Result<(), ErrorKind> {
        let (known, hash) = match parent {
            None => (Some(Arena::ROOT), None),
            Some(parent) => {
                let name = texts.bytes(fields.name);
                if matches!(name, b"" | b"." | b"..") || name.contains(&b'/') {
                    return Err(ErrorKind::InvalidName);
                }
                self.arena.look(texts, parent, name)
            }
        };
        if let Some(known) = known {
            self.must_be_implied(known)?;
        }
        let has_children = |index| self.arena.record(index).is_some_and(|record| record.children > 0);
        let has_children = has_children(node) || known.is_some_and(has_children);
        self.describe(texts, node, fields, has_children)?;
        match (known, parent) {
            (Some(known), _) => self.merge(texts, known, node)?,
            (None, Some(parent)) => {
                self.arena.link_at(texts, parent, node, hash);
                self.arena.link_mo(node);
            }
            (None, None) => {}
        }
        Ok(())
    }

    fn must_be_implied(&self, known: u32) -> Result<(), ErrorKind> {
        match self.arena.record(known) {
            Some(record) if record.flags & flag::IMPLICIT == 0 => Err(ErrorKind::NameClash),
            _ => Ok(()),
        }
    }

    /// Gives an implied node its description and the children it got with that; and so on for those children that are
    /// implied already.
    fn merge(&mut self, texts: &impl Texts, known: u32, node: u32) -> Result<(), ErrorKind> {
        let mut twins = vec![(known, node)];
        while let Some((known, node)) = twins.pop() {
            self.must_be_implied(known)?;
            let has_children = self.arena.record(known).is_some_and(|record| record.children > 0);
            if has_children {
                self.make_interior(texts, node)?;
            } else if known == Arena::ROOT {
                self.make_interior(texts, node).map_err(|kind| match kind {
                    ErrorKind::ValueWithChildren => ErrorKind::ValueOfInterior,
                    kind => kind,
                })?;
            }
            self.arena.absorb(texts, known, node, &mut twins);
        }
        Ok(())
    }

    /// Makes sure that a node may have children; one that was only taken for a leaf becomes interior.
    fn make_interior(&mut self, texts: &impl Texts, index: u32) -> Result<(), ErrorKind> {
        let Some(record) = self.arena.record_mut(index) else { return Ok(()) };
        if record.format == Format::Node {
            return Ok(());
        }
        if record.flags & flag::GUESSED == 0 {
            let has_value = !is_blank(texts.bytes(record.value));
            return Err(if has_value { ErrorKind::ValueWithChildren } else { ErrorKind::LeafWithChildren });
        }
        record.format = Format::Node;
        record.value = Text::ABSENT;
        record.flags &= !(flag::GUESSED | flag::OCTETS);
        self.arena.link_mo(index);
        Ok(())
    }

    /// Puts down what is known of a node, with the defaults of `wire.md` §8.3.
    fn describe(
        &mut self,
        texts: &impl Texts,
        node: u32,
        fields: &Fields,
        has_children: bool,
    ) -> Result<(), ErrorKind> {
        // A Value that is there but blank makes a leaf only where nothing else speaks: some peers give one to interior
        // nodes (`wire.md` §14.2, hostap).
        let has_value = !is_blank(texts.bytes(fields.value));
        let kind_text = texts.bytes(fields.kind);
        let (kind, is_mo) = self.kind(texts, fields);
        let (format, is_guessed) = match fields.format {
            // Devices call interior nodes `chr`, as figures of the standard do (`wire.md` §14.1 row 21): children speak louder.
            Some(Format::Chr) if !has_value => (if has_children { Format::Node } else { Format::Chr }, true),
            Some(format) => (format, false),
            None if has_children => (Format::Node, false),
            None if has_value => (Format::Chr, false),
            None if is_mo => (Format::Node, false),
            None if fields.value.is_present() || !kind_text.is_empty() => (Format::Chr, true),
            None => (Format::Node, false),
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
        let rare = Rare { acl: fields.acl, title: fields.title, tstamp: fields.tstamp, ver_no: fields.ver_no };
        let has_rare = [rare.acl, rare.title, rare.tstamp, rare.ver_no].into_iter().any(Text::is_present);
        let rare = if has_rare {
            let index = u32::try_from(self.arena.rare.len()).unwrap_or(NONE);
            self.arena.rare.push(rare);
            index
        } else {
            NONE
        };
        if let Some(record) = self.arena.record_mut(node) {
            record.name = fields.name;
            record.format = format;
            record.kind = kind;
            record.rare = rare;
            record.flags |= if is_guessed { flag::GUESSED } else { 0 };
            if format != Format::Node {
                record.value = fields.value;
                record.flags |= if fields.value_is_octets { flag::OCTETS } else { 0 };
            }
        }
        Ok(())
    }

    /// The kind of a node, and whether it is a management object's.
    fn kind(&mut self, texts: &impl Texts, fields: &Fields) -> (u32, bool) {
        let text = texts.bytes(fields.kind);
        if text.is_empty() {
            return (NONE, fields.kind_is_mo);
        }
        // Neighbours are often alike.
        if let Some(last) = self.last_kind
            && last.is_said_mo == fields.kind_is_mo
            && texts.bytes(last.text) == text
        {
            return (last.index, last.is_mo);
        }
        let is_mo = fields.kind_is_mo || is_mo_id(text);
        let index = self.arena.intern_kind(texts, fields.kind, is_mo);
        self.last_kind = Some(LastKind { text: fields.kind, is_said_mo: fields.kind_is_mo, index, is_mo });
        (index, is_mo)
    }

    /// The node that a path leads to from `from`; interior nodes that are missing are implied.
    pub(crate) fn walk(&mut self, texts: &impl Texts, from: Spot, path: Text) -> Result<Spot, ErrorKind> {
        // In lists, neighbours have the same path. What is linked to the root stays where it is, and stays interior with a child.
        if let Some((last_from, last_path, spot)) = self.last_walk
            && last_from == from.node
            && texts.bytes(last_path) == texts.bytes(path)
            && self.arena.record(spot.node).is_some_and(|record| record.children > 0)
        {
            return Ok(spot);
        }
        let spot = self.walk_all(texts, from, path)?;
        self.last_walk = Some((from.node, path, spot));
        Ok(spot)
    }

    fn walk_all(&mut self, texts: &impl Texts, from: Spot, path: Text) -> Result<Spot, ErrorKind> {
        let mut at = from;
        for place in segment::split(texts.bytes(path)) {
            let (start, len) = place.ok_or(ErrorKind::InvalidPath)?;
            let name = path.part(start, len);
            let depth = at.depth.saturating_add(1);
            if depth > self.limits.depth {
                return Err(ErrorKind::LimitDepth);
            }
            let node = match self.arena.child(texts, at.node, texts.bytes(name)) {
                Some(child) => child,
                None => {
                    self.enter(texts, at.node)?;
                    let node = self.begin()?;
                    if let Some(record) = self.arena.record_mut(node) {
                        record.name = name;
                        record.flags = flag::IMPLICIT;
                    }
                    self.arena.link(texts, at.node, node);
                    node
                }
            };
            at = Spot { node, depth };
        }
        self.enter(texts, at.node)?;
        Ok(at)
    }

    /// A path leads through a node.
    fn enter(&mut self, texts: &impl Texts, node: u32) -> Result<(), ErrorKind> {
        self.make_interior(texts, node).map_err(|_| ErrorKind::InvalidPath)
    }

    /// The tree.
    pub(crate) fn finish(mut self, sources: Sources<'_>, info: Info) -> Tree<'_> {
        self.arena.note_order();
        Tree { sources, arena: self.arena, info }
    }
}

/// Whether a `Value` says nothing.
fn is_blank(value: &[u8]) -> bool {
    value.iter().all(u8::is_ascii_whitespace)
}

/// Whether the `MIME` of an interior node is a management object identifier in the wrong place (`wire.md` §8.1, §14.2):
/// a URN, or the older form with a version between two slashes. Media types have neither.
fn is_mo_id(text: &[u8]) -> bool {
    text.contains(&b':') || text.iter().filter(|octet| **octet == b'/').count() >= 2
}
