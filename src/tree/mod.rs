//! The management tree (DM TND 1.2; `wire.md` §9): nodes, their properties, and the indexes that find them.
//!
//! A [`Tree`] is an arena: nodes are records in one vector, linked by indexes, their texts are places in the document
//! they came from or in the tree's own heap. Two indexes are kept with every change: children by name, for nodes with
//! many of them, and the roots of management objects by identifier, so that [`Tree::find_mo`] looks only at what it
//! returns. A tree knows no wire format and no clock; [`tnds`](crate::tnds) reads and writes it.
//!
//! After a successful decode: names are unique among siblings, however they are escaped, so that every node has a URI of
//! its own; they are not empty, not `.` or `..`, and without `/`; only interior nodes have children, only leaves have
//! values; nodes are no more than [`Limits::elements`](crate::Limits::elements), and no deeper than
//! [`Limits::depth`](crate::Limits::depth).
//!
//! ```
//! let tree = omadm::tnds::decode(br#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD>
//!   <Node><NodeName>FUMO</NodeName><RTProperties><Format><node/></Format>
//!     <Type><DDFName>urn:oma:mo:oma-fumo:1.0</DDFName></Type></RTProperties>
//!     <Node><NodeName>PkgName</NodeName><Value>R2</Value></Node></Node></MgmtTree>"#)?;
//! let fumo = tree.find_mo("urn:oma:mo:oma-fumo:1.0").next().unwrap();
//! assert_eq!(fumo.uri().to_string(), "./FUMO");
//! assert_eq!(fumo.child("PkgName").unwrap().value().unwrap().text(), Some("R2"));
//! # Ok::<(), omadm::Error>(())
//! ```

mod acl;
mod arena;
mod build;
mod diff;
mod edit;
mod format;
mod lookup;
mod node;
mod property;
pub(crate) mod segment;
mod transaction;
mod tstamp;

pub(crate) use acl::Rights;
pub use acl::{Acl, AclCommands, DescendantsFor, Principal};
pub(crate) use build::{Fields, Spot, TreeBuilder};
pub use diff::{Change, Diff, Differences, diff};
pub use edit::{EditOptions, Editor, NewNode, NewValue};
pub use format::Format;
#[cfg(feature = "capi")]
pub(crate) use node::NodeOctets;
pub(crate) use node::PlainProperties;
pub use node::{Children, Descendants, MoInstances, Node, NodeId, NodeUri, Value};
pub use property::Property;
pub use tstamp::TStamp;

use crate::text::{Document, Sources, Text};
use arena::Arena;
use core::fmt;
use std::borrow::Cow;

/// A management tree.
///
/// Borrows the document it was decoded from; [`into_owned`](Tree::into_owned) copies it.
#[derive(Clone)]
pub struct Tree<'a> {
    sources: Sources<'a>,
    arena: Arena,
    info: Info,
}

/// What a tree document says of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Info {
    pub(crate) ver_dtd: Text,
    pub(crate) man: Text,
    pub(crate) model: Text,
}

impl<'a> Tree<'a> {
    /// A tree with nothing but a root.
    #[must_use]
    pub fn new() -> Tree<'static> {
        let document = Document::Binary(Cow::Borrowed(&[]));
        Tree { sources: Sources { document, heap: Vec::new() }, arena: Arena::with_capacity(0), info: Info::default() }
    }

    /// The root, `.`; always there.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node::new(self, Arena::ROOT)
    }

    /// The node with this id, unless it was deleted.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<Node<'_>> {
        self.arena.resolve(id).map(|index| Node::new(self, index))
    }

    /// How many nodes there are, the root included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether there is nothing but the root.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() <= 1
    }

    /// All nodes, parents before children, siblings in their order.
    #[must_use]
    pub fn nodes(&self) -> Descendants<'_> {
        self.root().descendants()
    }

    /// Where the management objects with this identifier begin, in tree order. Costs nothing for the rest of the tree.
    ///
    /// Identifiers are compared whole, version included.
    #[must_use]
    pub fn find_mo(&self, mo_id: &str) -> MoInstances<'_> {
        let mut hits = self.arena.mo_roots(&self.sources, mo_id.as_bytes());
        self.arena.sort_in_tree_order(&mut hits);
        MoInstances::new(self, hits)
    }

    /// `VerDTD` of the document.
    #[must_use]
    pub fn ver_dtd(&self) -> Option<&str> {
        self.sources.str(self.info.ver_dtd)
    }

    /// `Man` of the document: the manufacturer.
    #[must_use]
    pub fn man(&self) -> Option<&str> {
        self.sources.str(self.info.man)
    }

    /// `Mod` of the document: the model.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.sources.str(self.info.model)
    }

    /// What its texts are taken from.
    pub(crate) fn sources(&self) -> &Sources<'a> {
        &self.sources
    }

    /// The same tree with a copy of what it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Tree<'static> {
        Tree { sources: self.sources.into_owned(), arena: self.arena, info: self.info }
    }
}

impl Default for Tree<'_> {
    fn default() -> Self {
        Tree::new()
    }
}

/// A summary: trees carry secrets, which must not get into logs.
impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree").field("nodes", &self.len()).finish_non_exhaustive()
    }
}
