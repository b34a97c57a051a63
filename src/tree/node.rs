//! Views on the nodes of a tree.

use super::arena::{Arena, NONE, Rare, Record, flag};
use super::{Format, Tree};
use crate::error::{Error, ErrorKind, Result};
use crate::text::Text;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{DecodeError, Engine as _, alphabet};
use core::fmt;
use std::borrow::Cow;

/// Names a node of one tree for as long as the node is there. A node made later in the same place has another id. Ids of different
/// trees are not to be told apart: one tree's may name some node of another. A clone's ids are those of its original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    pub(super) index: u32,
    pub(super) generation: u32,
}

impl NodeId {
    /// As one number, which is never 0; the generation in the upper half.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        // An index is below `u32::MAX`, which stands for none.
        ((self.generation as u64) << 32) | (self.index as u64).wrapping_add(1)
    }

    /// From such a number; `None` for 0 and others that no id has.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Option<NodeId> {
        match (bits as u32).checked_sub(1) {
            Some(index) => Some(NodeId { index, generation: (bits >> 32) as u32 }),
            None => None,
        }
    }
}

/// One node.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree<'t>,
    index: u32,
    record: &'t Record,
}

impl<'t> Node<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, index: u32) -> Node<'t> {
        /// What a tree consists of at least; its root is always there, so this is never seen.
        static NOTHING: Record = Record::NOTHING;
        Node { tree, index, record: tree.arena.record(index).unwrap_or(&NOTHING) }
    }

    /// The tree it is in.
    pub(crate) fn tree(&self) -> &'t Tree<'t> {
        self.tree
    }

    fn at(&self, index: u32) -> Option<Node<'t>> {
        (index != NONE).then(|| Node::new(self.tree, index))
    }

    fn str(&self, text: Text) -> Option<&'t str> {
        self.tree.sources.str(text)
    }

    fn rare(&self, property: impl Fn(&Rare) -> Text) -> Option<&'t str> {
        self.str(property(self.tree.arena.rare(self.record.rare)?))
    }

    /// The node's id.
    #[must_use]
    pub fn id(&self) -> NodeId {
        self.tree.arena.id(self.index)
    }

    /// `Name`: the last segment of the URI; empty for the root.
    #[must_use]
    pub fn name(&self) -> &'t str {
        self.str(self.record.name).unwrap_or_default()
    }

    /// Where the node is; prints as `./A/B`.
    #[must_use]
    pub fn uri(&self) -> NodeUri<'t> {
        NodeUri { node: *self }
    }

    /// `Format`.
    #[must_use]
    pub fn format(&self) -> Format {
        self.record.format
    }

    /// Whether this is an interior node, one that may have children.
    #[must_use]
    pub fn is_interior(&self) -> bool {
        self.record.format == Format::Node
    }

    /// Whether the document did not describe this node, but has a `Path` that leads through it.
    #[must_use]
    pub fn is_implicit(&self) -> bool {
        self.record.flags & flag::IMPLICIT != 0
    }

    /// Whether the node can neither be deleted nor renamed, nor change its format or type: see
    /// [`set_permanent`](super::Editor::set_permanent). The root is permanent always.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.record.flags & flag::PERMANENT != 0 || self.index == Arena::ROOT
    }

    /// The value of a leaf, if it has one.
    #[must_use]
    pub fn value(&self) -> Option<Value<'t>> {
        let octets = self.tree.sources.bytes(self.record.value)?;
        Some(Value { octets, format: self.format(), is_opaque: self.record.flags & flag::OCTETS != 0 })
    }

    /// `Type`: the media type of a leaf, `text/plain` when none was said.
    #[must_use]
    pub fn media_type(&self) -> Option<&'t str> {
        if self.is_interior() {
            return None;
        }
        let kind = self.tree.arena.kind(self.record.kind);
        Some(kind.and_then(|kind| self.str(kind.text)).filter(|text| !text.is_empty()).unwrap_or("text/plain"))
    }

    /// `Type`: the identifier of the management object that begins here.
    #[must_use]
    pub fn mo_id(&self) -> Option<&'t str> {
        if self.record.flags & flag::MO_ROOT == 0 {
            return None;
        }
        self.str(self.tree.arena.kind(self.record.kind)?.text)
    }

    /// What all properties of this node depend on, if it has none but a format and a type.
    pub(crate) fn plain_properties(&self) -> Option<PlainProperties> {
        let Record { rare, format, kind, flags, .. } = *self.record;
        (rare == NONE).then_some(PlainProperties { format, kind, is_mo_root: flags & flag::MO_ROOT != 0 })
    }

    /// `ACL`, as it was said for this node itself; inherited otherwise.
    #[must_use]
    pub fn acl(&self) -> Option<&'t str> {
        self.rare(|rare| rare.acl).filter(|acl| !acl.is_empty())
    }

    /// `Title`.
    #[must_use]
    pub fn title(&self) -> Option<&'t str> {
        self.rare(|rare| rare.title)
    }

    /// `TStamp`: when the node last changed, such as `20010711T163817Z`.
    #[must_use]
    pub fn tstamp(&self) -> Option<&'t str> {
        self.rare(|rare| rare.tstamp)
    }

    /// `VerNo`: how often the node changed.
    #[must_use]
    pub fn ver_no(&self) -> Option<&'t str> {
        self.rare(|rare| rare.ver_no)
    }

    /// [`octets`](Node::octets), where a call is not too much: in each place it takes 700 octets of the library.
    #[cfg(feature = "capi")]
    #[inline(never)]
    pub(crate) fn all_octets(&self) -> NodeOctets<'t> {
        self.octets()
    }

    /// The value as [text](Value::text), unless it came as octets. In a document that is text nothing of it is looked at.
    #[cfg(feature = "capi")]
    #[inline]
    pub(crate) fn value_text(&self) -> Option<&'t str> {
        self.str(self.record.value).filter(|_| self.record.flags & flag::OCTETS == 0)
    }

    /// Its place among the nodes of the tree.
    #[cfg(feature = "capi")]
    pub(crate) fn index(&self) -> u32 {
        self.index
    }

    /// That of the parent; one that no node has for the root.
    #[cfg(feature = "capi")]
    pub(crate) fn parent_index(&self) -> u32 {
        self.record.parent
    }

    /// [`name`](Node::name), [`value`](Node::value), [`media_type`](Node::media_type), [`mo_id`](Node::mo_id) and
    /// [`rare_texts`](Node::rare_texts) as the octets that they are: but for values UTF-8, but no octet of them is looked at to say so.
    #[cfg(feature = "capi")]
    // Out of line, what it gives goes through memory.
    #[inline(always)]
    pub(crate) fn octets(&self) -> NodeOctets<'t> {
        let arena = &self.tree.arena;
        let sources = self.tree.sources.opened();
        let octets = |text| sources.bytes(text);
        let is_mo_root = self.record.flags & flag::MO_ROOT != 0;
        let kind = arena.kind(self.record.kind).and_then(|kind| octets(kind.text));
        let media_type = kind.filter(|kind| !kind.is_empty()).unwrap_or(b"text/plain");
        NodeOctets {
            name: octets(self.record.name).unwrap_or_default(),
            value: octets(self.record.value),
            is_opaque: self.record.flags & flag::OCTETS != 0,
            media_type: (!self.is_interior()).then_some(media_type),
            mo_id: kind.filter(|_| is_mo_root),
            rare: arena.rare(self.record.rare).map_or([None; 4], |rare| {
                [
                    octets(rare.acl).filter(|acl| !acl.is_empty()),
                    octets(rare.title),
                    octets(rare.tstamp),
                    octets(rare.ver_no),
                ]
            }),
        }
    }

    /// The parent; none for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Node<'t>> {
        self.at(self.record.parent)
    }

    /// The child with this name. Names are compared as parts of URIs are: `Caf%C3%A9` is `Café`. Case counts.
    #[must_use]
    pub fn child(&self, name: &str) -> Option<Node<'t>> {
        self.at(self.tree.arena.child(&self.tree.sources, self.index, name.as_bytes())?)
    }

    /// The children, in the order of the document.
    #[must_use]
    pub fn children(&self) -> Children<'t> {
        Children { next: self.at(self.record.first_child), left: self.record.children as usize }
    }

    /// This node and everything below it, parents before children.
    #[must_use]
    pub fn descendants(&self) -> Descendants<'t> {
        Descendants { top: *self, next: Some(*self) }
    }

    /// What of [`descendants`](Node::descendants) comes after one of them; `None` if that is not below.
    #[cfg(feature = "capi")]
    pub(crate) fn descendants_after(&self, after: &Node<'t>) -> Option<Descendants<'t>> {
        let mut at = Some(*after);
        while at.is_some_and(|node| node.index != self.index) {
            at = at?.parent();
        }
        let next = at.map(|_| self.tree.arena.next_in_order(after.index, self.index))?;
        Some(Descendants { top: *self, next: next.and_then(|index| self.at(index)) })
    }

    /// What of [`children`](Node::children) comes after one of them; `None` if that is none.
    #[cfg(feature = "capi")]
    pub(crate) fn children_after(&self, after: &Node<'t>) -> Option<Children<'t>> {
        // How many are left is not known; nobody asks here.
        (after.record.parent == self.index).then(|| Children { next: self.at(after.record.next), left: 0 })
    }

    /// The name as it stands in a URI.
    pub(crate) fn segment(&self) -> impl fmt::Display + use<'t> {
        struct Segment<'t>(&'t str);
        impl fmt::Display for Segment<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                crate::tree::segment::write(f, self.0)
            }
        }
        Segment(self.name())
    }

    /// How many nodes are above this one; 0 for the root.
    #[must_use]
    pub fn depth(&self) -> usize {
        let mut depth = 0_usize;
        let mut at = *self;
        while let Some(parent) = at.parent() {
            depth = depth.saturating_add(1);
            at = parent;
        }
        depth
    }
}

/// See [`Node::octets`].
#[cfg(feature = "capi")]
pub(crate) struct NodeOctets<'t> {
    pub(crate) name: &'t [u8],
    pub(crate) value: Option<&'t [u8]>,
    /// Of a value that is there.
    pub(crate) is_opaque: bool,
    pub(crate) media_type: Option<&'t [u8]>,
    pub(crate) mo_id: Option<&'t [u8]>,
    /// ACL, Title, TStamp, VerNo.
    pub(crate) rare: [Option<&'t [u8]>; 4],
}

/// See [`Node::plain_properties`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlainProperties {
    format: Format,
    kind: u32,
    is_mo_root: bool,
}

impl PlainProperties {
    /// A number below `slots` that is the same for the same properties.
    pub(crate) fn slot(self, slots: usize) -> usize {
        (self.kind as usize)
            .wrapping_mul(Format::ALL.len())
            .wrapping_add(self.format as usize)
            .checked_rem(slots)
            .unwrap_or(0)
    }
}

/// The root.
impl<'t> From<&'t Tree<'_>> for Node<'t> {
    fn from(tree: &'t Tree<'_>) -> Node<'t> {
        Node::new(tree, Arena::ROOT)
    }
}

impl PartialEq for Node<'_> {
    /// Whether both are the same node of the same tree.
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.tree, other.tree) && self.index == other.index
    }
}

impl Eq for Node<'_> {}

/// Without the value, which may be a secret.
impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({}, {})", self.uri(), self.format())
    }
}

/// The value of a leaf, as it was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Value<'t> {
    octets: &'t [u8],
    format: Format,
    is_opaque: bool,
}

impl<'t> Value<'t> {
    /// The octets as sent: UTF-8 text, base64 text for `bin` in XML, or the octets themselves from WBXML.
    #[must_use]
    pub fn bytes(&self) -> &'t [u8] {
        self.octets
    }

    /// The value as text, as sent; `None` where it is not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&'t str> {
        simdutf8::basic::from_utf8(self.octets).ok()
    }

    /// Whether the value came as octets, in a WBXML opaque block.
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.is_opaque
    }

    /// The octets that a `bin` value stands for: decoded from base64 where it came as text (`wire.md` §8.3); blanks and
    /// missing padding are accepted. Other values are their own octets.
    ///
    /// # Errors
    /// [`InvalidBase64`](ErrorKind::InvalidBase64), with the offset inside the value.
    pub fn octets(&self) -> Result<Cow<'t, [u8]>> {
        if self.format != Format::Bin || self.is_opaque {
            return Ok(Cow::Borrowed(self.octets));
        }
        let text: Vec<u8> = self.octets.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let decoded = GeneralPurpose::new(&alphabet::STANDARD, config).decode(text);
        decoded.map(Cow::Owned).map_err(|error| {
            let at = match error {
                DecodeError::InvalidByte(at, _) | DecodeError::InvalidLastSymbol { offset: at, .. } => at,
                DecodeError::InvalidLength(_) | DecodeError::InvalidPadding => usize::MAX,
            };
            // Blanks were not counted.
            let mut dense = self.octets.iter().enumerate().filter(|(_, octet)| !octet.is_ascii_whitespace());
            let at = dense.nth(at).map_or(self.octets.len(), |(at, _)| at);
            Error::new(ErrorKind::InvalidBase64, at)
        })
    }
}

/// Without the value itself, which may be a secret.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Value({}, {} octets)", self.format, self.octets.len())
    }
}

/// The children of a node.
#[derive(Clone, Debug)]
pub struct Children<'t> {
    next: Option<Node<'t>>,
    left: usize,
}

impl<'t> Iterator for Children<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        let node = self.next?;
        self.next = node.at(node.record.next);
        self.left = self.left.saturating_sub(1);
        Some(node)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Children<'_> {}

/// A node and everything below it.
#[derive(Clone, Debug)]
pub struct Descendants<'t> {
    top: Node<'t>,
    next: Option<Node<'t>>,
}

impl<'t> Iterator for Descendants<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        let node = self.next?;
        let next = node.tree.arena.next_in_order(node.index, self.top.index);
        self.next = next.and_then(|index| node.at(index));
        Some(node)
    }
}

/// The roots of one management object, in tree order.
#[derive(Clone, Debug)]
pub struct MoInstances<'t> {
    tree: &'t Tree<'t>,
    roots: std::vec::IntoIter<u32>,
}

impl<'t> MoInstances<'t> {
    pub(super) fn new(tree: &'t Tree<'t>, roots: Vec<u32>) -> MoInstances<'t> {
        MoInstances { tree, roots: roots.into_iter() }
    }
}

impl<'t> Iterator for MoInstances<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        Some(Node::new(self.tree, self.roots.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.roots.size_hint()
    }
}

impl ExactSizeIterator for MoInstances<'_> {}

/// The URI of a node; prints as `.` or `./A/B`. Characters that a URI cannot have are escaped (`wire.md` §9.1).
#[derive(Clone, Copy, Debug)]
pub struct NodeUri<'t> {
    node: Node<'t>,
}

impl fmt::Display for NodeUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Children know their parents only: gather the way up, then print it down.
        let mut way = Vec::new();
        let mut at = Some(self.node);
        while let Some(node) = at.filter(|node| node.index != Arena::ROOT) {
            way.push(node.name());
            at = node.parent();
        }
        f.write_str(".")?;
        for name in way.iter().rev() {
            f.write_str("/")?;
            crate::tree::segment::write(f, name)?;
        }
        Ok(())
    }
}
