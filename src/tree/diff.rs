//! What differs between two trees, and making one like the other.

use super::{Acl, EditOptions, Editor, Node, NodeId, Tree, Value, segment};
use crate::error::Result;
use core::fmt;

bitflags::bitflags! {
    /// What of a node differs, or is compared.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Differences: u8 {
        /// `ACL`, of the node itself.
        const ACL = 1;
        /// `Format`, of leaves: an interior node and a leaf are two nodes.
        const FORMAT = 2;
        /// `Title`
        const TITLE = 4;
        /// `TStamp`
        const TSTAMP = 8;
        /// `Type`
        const TYPE = 16;
        /// `VerNo`
        const VER_NO = 32;
        /// The value of a leaf. Octets are the same whether they came as base64 or in an opaque block.
        const VALUE = 64;
    }
}

/// The names, as properties have them.
impl fmt::Display for Differences {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMES: [(Differences, &str); 7] = [
            (Differences::VALUE, "Value"),
            (Differences::FORMAT, "Format"),
            (Differences::TYPE, "Type"),
            (Differences::ACL, "ACL"),
            (Differences::TITLE, "Title"),
            (Differences::TSTAMP, "TStamp"),
            (Differences::VER_NO, "VerNo"),
        ];
        let mut separator = "";
        for (_, name) in NAMES.into_iter().filter(|(difference, _)| self.contains(*difference)) {
            write!(f, "{separator}{name}")?;
            separator = ", ";
        }
        Ok(())
    }
}

/// One difference between two trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'b, 'a> {
    /// A node, with everything below it, that only the second tree has.
    Added(Node<'a>),
    /// A node, with everything below it, that only the first tree has.
    Removed(Node<'b>),
    /// A node that both have.
    Changed {
        /// In the first tree.
        before: Node<'b>,
        /// In the second tree.
        after: Node<'a>,
        /// What is not the same.
        what: Differences,
    },
}

impl Change<'_, '_> {
    /// Where it is; prints as `./A/B`.
    pub fn uri(&self) -> impl fmt::Display {
        self.node().uri()
    }

    /// The node that it is told by: the one of the first tree only where the second has none.
    fn node(&self) -> Node<'_> {
        match self {
            Change::Added(node) | Change::Changed { after: node, .. } => *node,
            Change::Removed(node) => *node,
        }
    }
}

/// The changes that make the first of two trees the same as the second; see [`diff`].
#[derive(Clone, Debug)]
pub struct Diff<'b, 'a> {
    changes: Vec<Change<'b, 'a>>,
}

/// What differs between two trees, or between two nodes and what is below them, whatever their own names are.
///
/// Nodes are the same if they have the same place: parent and name, however the name is escaped. The order of siblings says nothing, as it does not on a
/// device. Where one tree has a leaf and the other an interior node, one node was removed and another added. ACLs are the same if
/// they grant the same. Changes come in
/// the order of the first tree, what was added behind its siblings. `what` is what is compared: `Differences::all()`, or less.
///
/// Costs time linear in both trees.
///
/// ```
/// use omadm::tree::{Change, Differences, diff};
/// let before = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>Level</NodeName><Value>3</Value></Node>\
///     <Node><NodeName>Old</NodeName></Node></Node></MgmtTree>")?;
/// let after = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>Level</NodeName><Value>4</Value></Node>\
///     </Node></MgmtTree>")?;
/// let diff = diff(&before, &after, Differences::all());
/// let lines: Vec<String> = diff.changes().map(|change| match change {
///     Change::Added(node) => format!("+ {}", node.uri()),
///     Change::Removed(node) => format!("- {}", node.uri()),
///     Change::Changed { before, what, .. } => format!("! {} {what}", before.uri()),
/// }).collect();
/// assert_eq!(lines, ["! ./A/Level Value", "- ./A/Old"]);
///
/// let mut patched = before.clone();
/// patched.apply(&diff)?;
/// assert!(omadm::tree::diff(&patched, &after, Differences::all()).is_empty());
/// # Ok::<(), omadm::Error>(())
/// ```
pub fn diff<'b, 'a>(before: impl Into<Node<'b>>, after: impl Into<Node<'a>>, what: Differences) -> Diff<'b, 'a> {
    enum Task<'b, 'a> {
        Both(Node<'b>, Node<'a>),
        Tell(Change<'b, 'a>),
    }
    let mut changes = Vec::new();
    let (before, after) = (before.into(), after.into());
    if before.is_interior() != after.is_interior() {
        return Diff { changes: vec![Change::Removed(before), Change::Added(after)] };
    }
    let mut tasks = vec![Task::Both(before, after)];
    let mut below = Vec::new();
    while let Some(task) = tasks.pop() {
        let (before, after) = match task {
            Task::Tell(change) => {
                changes.push(change);
                continue;
            }
            Task::Both(before, after) => (before, after),
        };
        let found = differences(before, after) & what;
        if !found.is_empty() {
            changes.push(Change::Changed { before, after, what: found });
        }
        // Mostly both have the same children in the same order: then no name is looked up.
        let mut others = after.children();
        let mut next = others.next();
        let mut paired = 0_usize;
        for child in before.children() {
            let other = match next {
                Some(other) if other.name() == child.name() => {
                    next = others.next();
                    Some(other)
                }
                _ => after.child(child.name()),
            };
            match other.filter(|other| other.is_interior() == child.is_interior()) {
                Some(other) => {
                    paired = paired.saturating_add(1);
                    below.push(Task::Both(child, other));
                }
                None => below.push(Task::Tell(Change::Removed(child))),
            }
        }
        if paired < after.children().len() {
            let is_new = |other: &Node<'a>| {
                before.child(other.name()).is_none_or(|child| child.is_interior() != other.is_interior())
            };
            below.extend(after.children().filter(is_new).map(|other| Task::Tell(Change::Added(other))));
        }
        tasks.extend(below.drain(..).rev());
    }
    Diff { changes }
}

fn differences(before: Node<'_>, after: Node<'_>) -> Differences {
    let mut what = Differences::empty();
    let same_type =
        if before.is_interior() { before.mo_id() == after.mo_id() } else { before.media_type() == after.media_type() };
    what.set(Differences::TYPE, !same_type);
    what.set(Differences::FORMAT, before.format() != after.format());
    what.set(Differences::VALUE, !is_same_value(before.value(), after.value()));
    what.set(Differences::ACL, !is_same_acl(before.acl(), after.acl()));
    what.set(Differences::TITLE, before.title() != after.title());
    what.set(Differences::TSTAMP, before.tstamp() != after.tstamp());
    what.set(Differences::VER_NO, before.ver_no() != after.ver_no());
    what
}

fn is_same_acl(before: Option<&str>, after: Option<&str>) -> bool {
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    before == after || matches!((Acl::parse(before), Acl::parse(after)), (Ok(before), Ok(after)) if before == after)
}

fn is_same_value(before: Option<Value<'_>>, after: Option<Value<'_>>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) if before.is_opaque() != after.is_opaque() => {
            matches!((before.octets(), after.octets()), (Ok(before), Ok(after)) if before == after)
        }
        (Some(before), Some(after)) => before.bytes() == after.bytes(),
        // An empty value is as good as none (`wire.md` §8.3).
        (Some(value), None) | (None, Some(value)) => value.bytes().is_empty(),
        (None, None) => true,
    }
}

impl<'b, 'a> Diff<'b, 'a> {
    /// The changes.
    pub fn changes(&self) -> impl ExactSizeIterator<Item = Change<'b, 'a>> + '_ {
        self.changes.iter().copied()
    }

    /// Whether the trees say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many changes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.changes.len()
    }

    /// How many octets the URIs of all changes have together, without making them: they may be many more than the trees have.
    #[cfg(feature = "capi")]
    pub(crate) fn len_of_uris(&self) -> u64 {
        let mut lens = Sides::new(1);
        let below = |len: u64, node: Node<'_>| len.saturating_add(1).saturating_add(segment::len(node.name()));
        let lens = self.changes.iter().map(|change| {
            let node = change.node();
            node.parent().map_or(1, |parent| below(lens.of(change).get(parent, below), node))
        });
        lens.fold(0, u64::saturating_add)
    }
}

impl Tree<'_> {
    /// Makes the changes that a diff of two other trees lists, here, where their URIs lead: all, or none.
    ///
    /// To make a tree the same as another one, clone it, or use [`replace_subtree`](super::Editor::replace_subtree). Of nodes that
    /// changed, what the diff lists becomes as in the second tree, and nothing else: a diff that left out ACLs changes none. The order of
    /// siblings stays as it is. Changes are not counted in `TStamp` and `VerNo`, which are copied if they were compared. A diff of nodes with
    /// different names cannot be applied: URIs are those of the second.
    ///
    /// # Errors
    /// [`NodeNotFound`](crate::ErrorKind::NodeNotFound) for a change of what is not here, [`NodeExists`](crate::ErrorKind::NodeExists) for
    /// an addition of what is, and those of [`Editor::delete`](super::Editor::delete) and [`Editor::add_subtree`](super::Editor::add_subtree).
    /// The offset is the place of the change in the diff, so that `diff.changes().nth(error.offset())` could not be made.
    ///
    /// Costs time linear in both trees of the diff, and in what is deleted here.
    pub fn apply(&mut self, diff: &Diff<'_, '_>) -> Result<()> {
        let options = EditOptions::default();
        let root = Place { node: Some(self.root().id()), depth: 0 };
        let mut places = Sides::new(root);
        let mut name = String::new();
        self.transaction(|tree| {
            for (index, change) in diff.changes().enumerate() {
                let (places, node) = (places.of(&change), change.node());
                let parent = node.parent().map(|parent| places.get(parent, |place, node| place.below(tree, node)));
                name.clear();
                // Writing to a text does not fail.
                let _ = segment::write(&mut name, node.name());
                let mut edit = tree.edit(&options);
                let way = match parent {
                    Some(Place { node, depth }) => edit.way_below(node, depth, &name),
                    None => Ok(Editor::way_to_root()),
                };
                let done = way.and_then(|way| match change {
                    Change::Added(node) => edit.add_subtree_at(&way, node).map(drop),
                    Change::Removed(_) => edit.delete_at(&way),
                    Change::Changed { after, what, .. } => edit.copy_properties_at(&way, after, what),
                });
                done.map_err(|error| error.moved_to(index))?;
            }
            Ok(())
        })
    }
}

/// What follows for nodes of one tree from what holds for their parents. What was found is kept, so that all that are asked for cost a walk over the tree at
/// most, however deep they are. It is kept by index: the diff has gone over all nodes anyway, and a list takes less code than a table.
struct FromParents<T> {
    root: T,
    found: Vec<Option<T>>,
}

impl<T: Copy> FromParents<T> {
    fn new(root: T) -> FromParents<T> {
        FromParents { root, found: Vec::new() }
    }

    fn get<'t>(&mut self, node: Node<'t>, step: impl Fn(T, Node<'t>) -> T) -> T {
        let mut way = Vec::new();
        let mut at = node;
        let mut value = loop {
            let Some(parent) = at.parent() else { break self.root };
            if let Some(Some(found)) = self.found.get(at.id().index as usize) {
                break *found;
            }
            way.push(at);
            at = parent;
        };
        for node in way.into_iter().rev() {
            value = step(value, node);
            let at = node.id().index as usize;
            if at >= self.found.len() {
                self.found.resize(at.saturating_add(1), None);
            }
            if let Some(found) = self.found.get_mut(at) {
                *found = Some(value);
            }
        }
        value
    }
}

/// The same for both trees of a diff.
struct Sides<T> {
    before: FromParents<T>,
    after: FromParents<T>,
}

impl<T: Copy> Sides<T> {
    fn new(root: T) -> Sides<T> {
        Sides { before: FromParents::new(root), after: FromParents::new(root) }
    }

    /// For the tree that has [`Change::node`].
    fn of(&mut self, change: &Change<'_, '_>) -> &mut FromParents<T> {
        if let Change::Removed(_) = change { &mut self.before } else { &mut self.after }
    }
}

/// Where the URI of a node of another tree leads.
#[derive(Clone, Copy)]
struct Place {
    /// The node there, unless it is missing.
    node: Option<NodeId>,
    /// How many nodes are above.
    depth: u32,
}

impl Place {
    /// Where the URI of a child leads.
    fn below(self, tree: &Tree<'_>, child: Node<'_>) -> Place {
        let parent = self.node.and_then(|id| tree.arena.resolve(id));
        let node = parent.and_then(|parent| tree.arena.child(&tree.sources, parent, child.name().as_bytes()));
        Place { node: node.map(|node| tree.arena.id(node)), depth: self.depth.saturating_add(1) }
    }
}
