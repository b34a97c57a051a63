//! Adding, replacing and merging whole subtrees: what `Add` and `Replace` with a TNDS document do (`wire.md` §8.3).

use super::value::Content;
use super::{Editor, NewNode, Way};
use crate::error::{Error, ErrorKind, Result};
use crate::query::INBOX;
use crate::text::Text;
use crate::tree::acl::{Acl, AclCommands, Principal};
use crate::tree::arena::{NONE, Rare, flag};
use crate::tree::{Differences, Node, NodeId, Tree, Value};

/// What becomes of nodes that the other tree does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Keep,
    Drop,
}

/// What is wrong with a node of the other tree, or with what it meets here.
struct Fault<'n> {
    kind: ErrorKind,
    node: Node<'n>,
}

impl Fault<'_> {
    /// The error, with the place of the node among those below `top`.
    fn error(&self, top: Node<'_>, at: usize) -> Error {
        let place = top.descendants().position(|node| node.id() == self.node.id());
        Error::new(self.kind, place.unwrap_or_default()).embedded_at(at)
    }
}

/// Where a node of the other tree goes.
struct Graft<'n> {
    to: u32,
    from: Node<'n>,
    /// How many nodes are above.
    depth: u32,
}

impl Editor<'_, '_> {
    /// Adds a copy of `from`, a node of another tree, with everything below it, at `uri`. The last segment of the URI becomes its
    /// name, whatever it was there.
    ///
    /// A server needs the right to Add on the parent; and, to give an added leaf an ACL, the right to Replace on the parent.
    ///
    /// For the device `TStamp` and `VerNo` come from the other tree where they are known there.
    ///
    /// ```
    /// use omadm::{tnds, tree::{EditOptions, Tree}};
    /// let mut tree = Tree::new();
    /// let document = tnds::decode(b"<MgmtTree><Node><NodeName>App</NodeName><Node><NodeName>Level</NodeName>\
    ///     <Value>3</Value></Node></Node></MgmtTree>")?;
    /// let app = document.get("./App")?.unwrap();
    /// let mut edit = tree.edit(&EditOptions::default());
    /// edit.add_subtree("./One", app)?;
    /// edit.add_subtree("./Two", app)?;
    /// assert_eq!(tree.len(), 5);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`add`](Editor::add), and [`AclCommand`](ErrorKind::AclCommand) or [`AclServer`](ErrorKind::AclServer) for an ACL in the other tree that
    /// breaks the grammar.
    /// Offsets are in `uri`. For what is wrong with a node of the other tree, or with what it meets here, that is its last segment, and
    /// [`inner`](Error::inner) is the place of that node: `from.descendants().nth(inner)`.
    ///
    /// A server's values, names and ACLs are checked as in [`add`](Editor::add); the device takes over what another document has.
    pub fn add_subtree(&mut self, uri: &str, from: Node<'_>) -> Result<NodeId> {
        let way = self.way(uri)?;
        self.add_subtree_at(&way, from)
    }

    pub(in crate::tree) fn add_subtree_at(&mut self, way: &Way<'_>, from: Node<'_>) -> Result<NodeId> {
        self.may_add(way)?;
        let (parent, name) = self.parents(way)?;
        let at = way.name_at;
        let node = self.whole(|edit| {
            let parent = edit.make_parents(parent, way.missing, name, way.missing_at)?;
            if !from.is_interior() && from.acl().is_some() {
                edit.must_allow(parent, AclCommands::REPLACE, at)?;
            }
            let node = edit.make_copy(parent, name, from).map_err(|kind| Error::new(kind, at))?;
            edit.graft(node, from, way.depth, Rest::Drop).map_err(|fault| fault.error(from, at))?;
            Ok(node)
        })?;
        Ok(self.tree.arena.id(node))
    }

    /// Makes the node at `uri` the same as `from`, a node of another tree, and what is below it the same as what is below that: nodes
    /// that are not there are deleted, others keep their ids. A node that the other document only [implies](Node::is_implicit)
    /// stays as it is.
    ///
    /// A server needs the right to Replace on the node; and, to change the ACL of a leaf, on its parent. Rights on what is below do not
    /// count: who may replace an interior node may give itself, by its ACL, every right on what is below (`wire.md` §9.5).
    ///
    /// # Errors
    /// [`PermanentNode`](ErrorKind::PermanentNode) (405) when a permanent node would have to be deleted or to change its format or
    /// type, or, for a server, the Inbox its type (`wire.md` §10.4); otherwise those of [`add_subtree`](Editor::add_subtree).
    pub fn replace_subtree(&mut self, uri: &str, from: Node<'_>) -> Result<()> {
        self.take_subtree(uri, from, Rest::Drop)
    }

    /// Merges `from`, a node of another tree, and what is below it into the node at `uri`: what is there is added, or takes the place of
    /// what is here; nodes that only are here stay.
    ///
    /// Rights are those of [`replace_subtree`](Editor::replace_subtree).
    ///
    /// ```
    /// use omadm::{tnds, tree::EditOptions};
    /// let mut tree = tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>")?;
    /// let other = tnds::decode(b"<MgmtTree><Node><NodeName>B</NodeName><Value>2</Value></Node></MgmtTree>")?;
    /// tree.edit(&EditOptions::default()).merge_subtree(".", other.root())?;
    /// assert_eq!(tree.len(), 3);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`replace_subtree`](Editor::replace_subtree).
    pub fn merge_subtree(&mut self, uri: &str, from: Node<'_>) -> Result<()> {
        self.take_subtree(uri, from, Rest::Keep)
    }

    /// Gives the node these properties of `from`, and nothing else: its changes are not counted.
    pub(in crate::tree) fn copy_properties_at(
        &mut self,
        way: &Way<'_>,
        from: Node<'_>,
        what: Differences,
    ) -> Result<()> {
        let node = way.found()?;
        self.whole(|edit| edit.copy_what(node, from, what)).map_err(|kind| Error::new(kind, way.name_at))
    }

    fn copy_what(&mut self, node: u32, from: Node<'_>, what: Differences) -> Result<(), ErrorKind> {
        self.must_be_of_kind(node, from)?;
        let is_permanent = self.view(node).is_permanent();
        if is_permanent && what.intersects(Differences::FORMAT | Differences::TYPE) {
            return Err(ErrorKind::PermanentNode);
        }
        if what.contains(Differences::VALUE) {
            self.copy_value(node, from)?;
        }
        if what.contains(Differences::FORMAT)
            && let Some(record) = self.tree.arena.record_mut(node)
        {
            record.format = from.format();
        }
        if what.contains(Differences::TYPE) {
            self.copy_type(node, from)?;
        }
        if what.contains(Differences::ACL) {
            self.copy_acl(node, from)?;
        }
        if what.contains(Differences::TITLE) {
            self.copy_rare(node, from.title(), |rare, text| rare.title = text)?;
        }
        if what.contains(Differences::TSTAMP) {
            self.copy_rare(node, from.tstamp(), |rare, text| rare.tstamp = text)?;
        }
        if what.contains(Differences::VER_NO) {
            self.copy_rare(node, from.ver_no(), |rare, text| rare.ver_no = text)?;
        }
        Ok(())
    }

    fn take_subtree(&mut self, uri: &str, from: Node<'_>, rest: Rest) -> Result<()> {
        let way = self.way(uri)?;
        let node = way.found()?;
        self.must_allow(node, AclCommands::REPLACE, way.name_at)?;
        let known = self.view(node);
        // One that is not said is kept by a merge, and dropped otherwise.
        let is_said = from.acl().is_some() || rest == Rest::Drop;
        let is_other_acl = !from.is_interior() && is_said && from.acl() != known.acl();
        if is_other_acl && !known.may_change_acl(self.options.principal) {
            return Err(Error::new(ErrorKind::AccessDenied, way.name_at));
        }
        self.whole(|edit| {
            edit.take_over(node, from, rest).map_err(|kind| Fault { kind, node: from })?;
            edit.graft(node, from, way.depth, rest)
        })
        .map_err(|fault| fault.error(from, way.name_at))
    }

    /// Makes what is below `to` the same as what is below `from`.
    fn graft<'n>(&mut self, to: u32, from: Node<'n>, depth: u32, rest: Rest) -> Result<(), Fault<'n>> {
        let mut grafts = vec![Graft { to, from, depth }];
        while let Some(Graft { to, from, depth }) = grafts.pop() {
            self.drop_others(to, from, rest).map_err(|kind| Fault { kind, node: from })?;
            let depth = depth.saturating_add(1);
            for child in from.children() {
                let fault = |kind| Fault { kind, node: child };
                if depth > self.options.limits.depth {
                    return Err(fault(ErrorKind::LimitDepth));
                }
                let known = self.tree.arena.child(&self.tree.sources, to, child.name().as_bytes());
                let node = match known {
                    Some(known) => self.take_over(known, child, rest).map(|()| known),
                    None => self.make_copy(to, child.name(), child),
                };
                let node = node.map_err(fault)?;
                grafts.push(Graft { to: node, from: child, depth });
            }
        }
        Ok(())
    }

    /// Deletes the children of `to` that `from` has as another kind of node, or does not have.
    fn drop_others(&mut self, to: u32, from: Node<'_>, rest: Rest) -> Result<(), ErrorKind> {
        let mut others = Vec::new();
        let to = self.view(to);
        let mut drop = |child: Node<'_>| {
            if child.is_permanent() {
                return Err(ErrorKind::PermanentNode);
            }
            others.push(child.id().index);
            Ok(())
        };
        if rest == Rest::Keep {
            // Many small trees may be merged into a large one: what only is here is not looked at.
            for other in from.children() {
                match to.child(other.name()) {
                    Some(child) if other.is_interior() != child.is_interior() => drop(child)?,
                    _ => {}
                }
            }
        } else {
            for child in to.children() {
                let other = from.child(child.name());
                if other.is_none_or(|other| other.is_interior() != child.is_interior()) {
                    drop(child)?;
                }
            }
        }
        let Tree { arena, sources, .. } = &mut *self.tree;
        others.into_iter().for_each(|other| arena.remove(sources, other));
        Ok(())
    }

    /// Makes a copy of one node of another tree, without what is below.
    fn make_copy(&mut self, parent: u32, name: &str, from: Node<'_>) -> Result<u32, ErrorKind> {
        let value = from.value();
        let value = value.as_ref().map(content_of);
        let new = NewNode { format: from.format(), node_type: "", value, title: from.title() };
        if self.options.principal != Principal::Device {
            Editor::check(name, &new)?;
        }
        let node = self.make(parent, name, &new)?;
        self.copy_type(node, from)?;
        // Otherwise it has the one of its creator.
        if from.acl().is_some() {
            self.copy_acl(node, from)?;
        }
        self.copy_stamps(node, from)?;
        Ok(node)
    }

    /// A leaf does not become an interior node, nor the other way round.
    fn must_be_of_kind(&self, node: u32, from: Node<'_>) -> Result<(), ErrorKind> {
        match (self.view(node).is_interior(), from.is_interior()) {
            (true, false) => Err(ErrorKind::NotLeaf),
            (false, true) => Err(ErrorKind::NotInterior),
            _ => Ok(()),
        }
    }

    /// Gives a node what another tree says of it, if that is something else. What the other tree does not say is kept, or dropped.
    fn take_over(&mut self, node: u32, from: Node<'_>, rest: Rest) -> Result<(), ErrorKind> {
        self.must_be_of_kind(node, from)?;
        if from.is_implicit() {
            return Ok(());
        }
        let known = self.view(node);
        let counts = |is_other: bool, is_said: bool| is_other && (is_said || rest == Rest::Drop);
        let node_type = type_of(from);
        let is_other_type = counts(type_of(known) != node_type, node_type.is_some());
        let is_other_format = known.format() != from.format();
        let is_other_value = counts(known.value() != from.value(), from.value().is_some());
        let is_other_title = counts(known.title() != from.title(), from.title().is_some());
        let is_other_acl = counts(known.acl() != from.acl(), from.acl().is_some());
        // Its type is what keeps servers from reading the Inbox (`wire.md` §10.4).
        let is_shut = self.options.principal != Principal::Device && known.mo_id() == Some(INBOX);
        if (known.is_permanent() && (is_other_format || is_other_type)) || (is_shut && is_other_type) {
            return Err(ErrorKind::PermanentNode);
        }
        if is_other_value || is_other_format {
            if let (Principal::Server(_), Some(value)) = (self.options.principal, from.value()) {
                content_of(&value).check(from.format())?;
            }
            self.copy_value(node, from)?;
            if let Some(record) = self.tree.arena.record_mut(node) {
                record.format = from.format();
            }
        }
        if is_other_type {
            self.copy_type(node, from)?;
        }
        if is_other_title {
            self.check_title(from.title().unwrap_or_default())?;
            self.copy_rare(node, from.title(), |rare, text| rare.title = text)?;
        }
        if is_other_acl {
            if from.acl().is_none() && node == Tree::ROOT {
                return Err(ErrorKind::PropertyValue);
            }
            self.copy_acl(node, from)?;
        }
        if is_other_value || is_other_format || is_other_type || is_other_title || is_other_acl {
            self.stamp(node)?;
        }
        self.copy_stamps(node, from)
    }

    fn copy_value(&mut self, node: u32, from: Node<'_>) -> Result<(), ErrorKind> {
        let value = from.value();
        let text = value.map_or(Ok(Text::ABSENT), |value| self.keep(value.bytes()))?;
        if let Some(record) = self.tree.arena.record_mut(node) {
            record.value = text;
            record.flags &= !(flag::OCTETS | flag::GUESSED);
            record.flags |= if value.is_some_and(|value| value.is_opaque()) { flag::OCTETS } else { 0 };
        }
        Ok(())
    }

    fn copy_type(&mut self, node: u32, from: Node<'_>) -> Result<(), ErrorKind> {
        // What another document could say is not refused here, where a server's own words would be.
        let kind = type_of(from).map_or(Ok(NONE), |node_type| self.intern_any(node_type, from.is_interior()))?;
        self.tree.arena.set_kind(node, kind);
        Ok(())
    }

    fn copy_acl(&mut self, node: u32, from: Node<'_>) -> Result<(), ErrorKind> {
        // The device keeps what it was told; a list that cannot be read grants nothing.
        if self.options.principal != Principal::Device {
            Acl::parse(from.acl().unwrap_or_default()).map_err(|error| error.kind())?;
        }
        self.copy_rare(node, from.acl(), |rare, text| rare.acl = text)
    }

    /// For the device, which copies what it knew before or what a server sees of it.
    fn copy_stamps(&mut self, node: u32, from: Node<'_>) -> Result<(), ErrorKind> {
        if self.options.principal != Principal::Device {
            return Ok(());
        }
        if from.tstamp().is_some() {
            self.copy_rare(node, from.tstamp(), |rare, text| rare.tstamp = text)?;
        }
        if from.ver_no().is_some() {
            self.copy_rare(node, from.ver_no(), |rare, text| rare.ver_no = text)?;
        }
        Ok(())
    }

    /// Sets a property, or takes it away; makes no place for one that neither node has.
    fn copy_rare(
        &mut self,
        node: u32,
        property: Option<&str>,
        set: impl FnOnce(&mut Rare, Text),
    ) -> Result<(), ErrorKind> {
        let text = property.map_or(Ok(Text::ABSENT), |text| self.keep(text.as_bytes()))?;
        if text.is_present() || self.tree.arena.record(node).is_some_and(|record| record.rare != NONE) {
            self.tree.arena.change_rare(node, |rare| set(rare, text));
        }
        Ok(())
    }
}

fn content_of<'t>(value: &Value<'t>) -> Content<'t> {
    match value.text() {
        Some(text) if !value.is_opaque() => Content::Text(text),
        _ => Content::Octets(value.bytes()),
    }
}

/// The `Type` that a node has of its own.
fn type_of(node: Node<'_>) -> Option<&str> {
    if node.is_interior() { node.mo_id() } else { node.media_type() }
}
