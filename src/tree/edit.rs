//! Changing a tree: what `Add`, `Replace`, `Delete` and `Copy` do (`wire.md` §9.2).

mod graft;
mod property;
mod value;

pub use value::{NewNode, NewValue};

use super::acl::{AclCommands, Principal};
use super::arena::{Arena, NONE, flag};
use super::{Format, Node, NodeId, TStamp, Tree, segment};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::query::{Uri, UriLimits, is_in_inbox};
use crate::text::Text;

/// For whom, when and how a tree is edited.
///
/// ```
/// use omadm::tree::{EditOptions, Principal};
/// let options = EditOptions { principal: Principal::Server("op.example"), ..EditOptions::default() };
/// assert!(!options.implicit_parents);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditOptions<'p> {
    /// Whose rights count. By default the device itself, which may do everything.
    pub principal: Principal<'p>,
    /// The time that nodes which change get as their `TStamp`. With it every node that changes counts its changes in `VerNo`;
    /// without it nodes that have a `VerNo` do. A node changes with its value, name, format, type, title and ACL, and not when
    /// children come and go.
    pub now: Option<TStamp>,
    /// Whether adding a node makes the interior nodes that are missing above it, which a device may do (`wire.md` §9.2).
    pub implicit_parents: bool,
    /// How long URIs may be, as the device's `./DevDetail/URI` says.
    pub uri_limits: UriLimits,
    /// What a tree may hold: [`elements`](Limits::elements) nodes, [`depth`](Limits::depth) levels, and
    /// [`text`](Limits::text) octets in one value or property.
    pub limits: Limits,
}

impl Default for EditOptions<'_> {
    fn default() -> Self {
        EditOptions {
            principal: Principal::Device,
            now: None,
            implicit_parents: false,
            uri_limits: UriLimits::NONE,
            limits: Limits::DEFAULT,
        }
    }
}

impl<'a> Tree<'a> {
    /// Opens the tree for edits. Each edit is done whole or not at all: after an error the tree is as it was.
    ///
    /// ```
    /// use omadm::tree::{EditOptions, NewNode, NewValue, Principal, Tree};
    /// let mut tree = Tree::new();
    /// tree.edit(&EditOptions::default()).add("./Vendor", &NewNode::interior())?;
    ///
    /// let options = EditOptions { principal: Principal::Server("op.example"), ..EditOptions::default() };
    /// let mut edit = tree.edit(&options);
    /// edit.add("./Vendor/App", &NewNode::object("urn:oma:mo:oma-scomo:1.0"))?;
    /// edit.add("./Vendor/App/Level", &NewNode::leaf("3").format(omadm::tree::Format::Int))?;
    /// edit.replace("./Vendor/App/Level", &NewValue::text("4"))?;
    ///
    /// let error = edit.delete("./Vendor").unwrap_err();
    /// assert_eq!(omadm::syncml::StatusCode::of(error.kind()).to_string(), "425 Permission denied");
    /// assert_eq!(tree.find_mo("urn:oma:mo:oma-scomo:1.0").count(), 1);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    pub fn edit<'e>(&'e mut self, options: &EditOptions<'e>) -> Editor<'e, 'a> {
        Editor { tree: self, options: *options }
    }
}

/// A tree that is being edited; see [`Tree::edit`].
///
/// # Errors
/// An error's offset counts octets of the URI, to the segment that it is about. Its [kind](ErrorKind) determines the status code that the
/// standard has for it, [`StatusCode::of`](crate::syncml::StatusCode::of). Every edit may give:
///
/// | kind | status | when |
/// |---|---|---|
/// | [`InvalidUri`](ErrorKind::InvalidUri) | 404 | the URI breaks a rule of [`Uri::parse_names`], or has a query |
/// | [`NodeNotFound`](ErrorKind::NodeNotFound) | 404 | there is no such node |
/// | [`AccessDenied`](ErrorKind::AccessDenied) | 425 | the ACL does not allow it |
/// | [`UriTooLong`](ErrorKind::UriTooLong), [`LimitDepth`](ErrorKind::LimitDepth) | 414 | the URI is longer than the options allow |
/// | [`LimitText`](ErrorKind::LimitText) | 413 | the value is longer than the options allow |
/// | [`LimitElements`](ErrorKind::LimitElements), [`InputTooLarge`](ErrorKind::InputTooLarge) | 420 | the tree is full |
pub struct Editor<'e, 'a> {
    tree: &'e mut Tree<'a>,
    options: EditOptions<'e>,
}

/// Where a URI leads.
pub(super) struct Way<'u> {
    /// The deepest node on the way that is there.
    node: u32,
    /// The segments that are not, `B/C`.
    missing: Option<&'u str>,
    /// Where in the URI they begin.
    missing_at: usize,
    /// The last segment; empty for the root.
    name: &'u str,
    name_at: usize,
    /// How many segments there are.
    depth: u32,
}

impl Editor<'_, '_> {
    /// Adds a node, as the last child of its parent. The last segment of the URI becomes its name.
    ///
    /// A server needs the right to Add on the parent, or, where parents are missing, on the deepest that is there. If it adds an
    /// interior node and may not Replace the parent, the node gets an ACL of its own: the inherited one, with Add, Delete and
    /// Replace for that server (`wire.md` §9.5).
    ///
    /// # Errors
    /// [`NodeExists`](ErrorKind::NodeExists) (418); [`NotInterior`](ErrorKind::NotInterior) (405) when the parent is a leaf;
    /// [`InvalidName`](ErrorKind::InvalidName) (400); [`InvalidNodeType`](ErrorKind::InvalidNodeType) (415); a value that its format cannot
    /// have (415): [`InvalidBase64`](ErrorKind::InvalidBase64) in a `bin` text, [`InvalidUtf8`](ErrorKind::InvalidUtf8) and
    /// [`InvalidCharacter`](ErrorKind::InvalidCharacter) in a text, [`ValueOfInterior`](ErrorKind::ValueOfInterior),
    /// [`ValueOfNull`](ErrorKind::ValueOfNull); and those of [every edit](Editor).
    pub fn add(&mut self, uri: &str, new: &NewNode<'_>) -> Result<NodeId> {
        let way = self.way(uri)?;
        self.may_add(&way)?;
        let (parent, name) = self.parents(&way)?;
        let at = way.name_at;
        Editor::check(name, new).map_err(|kind| Error::new(kind, at))?;
        let node = self.whole(|edit| {
            let parent = edit.make_parents(parent, way.missing, name, way.missing_at)?;
            edit.make(parent, name, new).map_err(|kind| Error::new(kind, at))
        })?;
        Ok(self.tree.arena.id(node))
    }

    /// Gives a leaf another value; and another format or type, if the new value says one.
    ///
    /// A server needs the right to Replace on the leaf.
    ///
    /// # Errors
    /// [`NotLeaf`](ErrorKind::NotLeaf) (405); [`PermanentNode`](ErrorKind::PermanentNode) (405) for another format or type of a
    /// permanent node; [`InvalidNodeType`](ErrorKind::InvalidNodeType) and values that the format cannot have (415), as of
    /// [`add`](Editor::add); and those of [every edit](Editor).
    pub fn replace(&mut self, uri: &str, value: &NewValue<'_>) -> Result<()> {
        let way = self.way(uri)?;
        let node = way.found()?;
        self.must_allow(node, AclCommands::REPLACE, way.name_at)?;
        self.whole(|edit| edit.set_value(node, value).map_err(|kind| Error::new(kind, way.name_at)))
    }

    /// Deletes a node with everything below it.
    ///
    /// A server needs the right to Delete on the node; the ACLs and the permanence of what is below do not count.
    ///
    /// # Errors
    /// [`PermanentNode`](ErrorKind::PermanentNode) (405), which the root is always; and those of [every edit](Editor).
    pub fn delete(&mut self, uri: &str) -> Result<()> {
        let way = self.way(uri)?;
        self.delete_at(&way)
    }

    pub(super) fn delete_at(&mut self, way: &Way<'_>) -> Result<()> {
        let node = way.found()?;
        if node == Tree::ROOT {
            return Err(Error::new(ErrorKind::PermanentNode, 0));
        }
        self.must_allow(node, AclCommands::DELETE, way.name_at)?;
        self.must_be_dynamic(node, way.name_at)?;
        let Tree { arena, sources, .. } = &mut *self.tree;
        arena.remove(sources, node);
        Ok(())
    }

    /// Copies the value of a leaf, with its format and type, to another one, which is made if it is not there.
    ///
    /// A server needs the right to Get on the source, and to Replace on the target or to Add on the target's parent. As it may not Get
    /// what is in the Inbox, it may not copy it either (`wire.md` §9.2, §10.4).
    ///
    /// # Errors
    /// [`GetNotAllowed`](ErrorKind::GetNotAllowed) (405) when the source is the Inbox, or in it, and the principal a server;
    /// [`NotLeaf`](ErrorKind::NotLeaf) (405) when either is an interior node; for a target that is not there those of
    /// [`add`](Editor::add), for one that is, those of [`replace`](Editor::replace). The offset counts octets of the URI at
    /// fault, the source's for `NodeNotFound`, `GetNotAllowed`, and for `AccessDenied` on the source.
    pub fn copy(&mut self, from: &str, to: &str) -> Result<()> {
        let source = self.way(from)?;
        let node = source.found()?;
        self.must_allow(node, AclCommands::GET, source.name_at)?;
        if self.options.principal != Principal::Device && is_in_inbox(self.view(node)) {
            return Err(Error::new(ErrorKind::GetNotAllowed, source.name_at));
        }
        let Some(record) = self.tree.arena.record(node).filter(|record| record.format != Format::Node).cloned() else {
            return Err(Error::new(ErrorKind::NotLeaf, source.name_at));
        };
        let way = self.way(to)?;
        let at = |kind| Error::new(kind, way.name_at);
        if way.missing.is_none() {
            self.must_allow(way.node, AclCommands::REPLACE, way.name_at)?;
            return self.whole(|edit| edit.take_value(way.node, &record).map_err(at));
        }
        self.may_add(&way)?;
        let (parent, name) = self.parents(&way)?;
        self.whole(|edit| {
            let parent = edit.make_parents(parent, way.missing, name, way.missing_at)?;
            let node = edit.make(parent, name, &NewNode::leaf("")).map_err(at)?;
            edit.take_value(node, &record).map_err(at)
        })
    }

    /// Makes a node permanent, or dynamic, as its description says (`Scope`; `wire.md` §8.1). Nodes are dynamic at first. For the device
    /// only.
    ///
    /// # Errors
    /// Those of [every edit](Editor).
    pub fn set_permanent(&mut self, uri: &str, is_permanent: bool) -> Result<()> {
        let way = self.way(uri)?;
        let node = way.found()?;
        if self.options.principal != Principal::Device {
            return Err(Error::new(ErrorKind::AccessDenied, way.name_at));
        }
        if let Some(record) = self.tree.arena.record_mut(node) {
            record.flags = if is_permanent { record.flags | flag::PERMANENT } else { record.flags & !flag::PERMANENT };
        }
        Ok(())
    }

    /// Does several changes of the tree as one.
    fn whole<T, E>(&mut self, edits: impl FnOnce(&mut Editor<'_, '_>) -> Result<T, E>) -> Result<T, E> {
        let options = self.options;
        self.tree.transaction(|tree| edits(&mut Editor { tree, options }))
    }

    fn view(&self, node: u32) -> Node<'_> {
        Node::new(self.tree, node)
    }

    /// Follows a URI as far as there are nodes.
    fn way<'u>(&self, uri: &'u str) -> Result<Way<'u>> {
        let parsed = Uri::parse_names(uri)?;
        if parsed.query().is_some() {
            return Err(Error::new(ErrorKind::InvalidUri, parsed.path().len()));
        }
        parsed.check(&self.options.uri_limits)?;
        let mut way = Editor::way_to_root();
        let mut at = 0_usize;
        for (index, name) in uri.split('/').enumerate() {
            if index > 0 || name != "." {
                way.depth = way.depth.saturating_add(1);
                if way.depth > self.options.limits.depth {
                    return Err(Error::new(ErrorKind::LimitDepth, at));
                }
                (way.name, way.name_at) = (name, at);
                if way.missing.is_none() {
                    match self.tree.arena.child(&self.tree.sources, way.node, name.as_bytes()) {
                        Some(child) => way.node = child,
                        None => (way.missing, way.missing_at) = (uri.get(at..), at),
                    }
                }
            }
            at = at.saturating_add(name.len()).saturating_add(1);
        }
        Ok(way)
    }

    /// The way to the root.
    pub(super) fn way_to_root() -> Way<'static> {
        Way { node: Arena::ROOT, missing: None, missing_at: 0, name: "", name_at: 0, depth: 0 }
    }

    /// The way from a node, with so many above it, to what has this name below it. There is no URI: offsets are 0.
    pub(super) fn way_below<'u>(&self, parent: Option<NodeId>, depth: u32, name: &'u str) -> Result<Way<'u>> {
        let depth = depth.saturating_add(1);
        if depth > self.options.limits.depth {
            return Err(Error::new(ErrorKind::LimitDepth, 0));
        }
        let Tree { arena, sources, .. } = &*self.tree;
        let parent = parent.and_then(|parent| arena.resolve(parent)).ok_or(Error::new(ErrorKind::NodeNotFound, 0))?;
        let (node, missing) = match arena.child(sources, parent, name.as_bytes()) {
            Some(node) => (node, None),
            None => (parent, Some(name)),
        };
        Ok(Way { node, missing, missing_at: 0, name, name_at: 0, depth })
    }

    /// Whether a node may be added where a way leads.
    fn may_add(&self, way: &Way<'_>) -> Result<()> {
        let parent = match way.missing {
            Some(_) => way.node,
            // The rights count before the clash: who may not add does not learn what is there.
            None => self.tree.arena.record(way.node).map_or(NONE, |record| record.parent),
        };
        if parent != NONE {
            self.must_allow(parent, AclCommands::ADD, way.name_at)?;
        }
        if way.missing.is_none() { Err(Error::new(ErrorKind::NodeExists, way.name_at)) } else { Ok(()) }
    }

    /// The node below which something is missing, and the name of what is to be added.
    fn parents<'u>(&self, way: &Way<'u>) -> Result<(u32, &'u str)> {
        if way.missing_at != way.name_at && !self.options.implicit_parents {
            return Err(Error::new(ErrorKind::NodeNotFound, way.missing_at));
        }
        if self.tree.arena.record(way.node).is_none_or(|record| record.format != Format::Node) {
            return Err(Error::new(ErrorKind::NotInterior, way.missing_at));
        }
        Ok((way.node, way.name))
    }

    /// Makes the interior nodes that are missing above the last.
    fn make_parents(&mut self, mut parent: u32, missing: Option<&str>, name: &str, mut at: usize) -> Result<u32> {
        let above = missing.and_then(|missing| missing.strip_suffix(name)).unwrap_or_default();
        for name in above.split_terminator('/') {
            let interior = NewNode::interior();
            let made = Editor::check(name, &interior).and_then(|()| self.make(parent, name, &interior));
            parent = made.map_err(|kind| Error::new(kind, at))?;
            at = at.saturating_add(name.len()).saturating_add(1);
        }
        Ok(parent)
    }

    /// Whether a node may have this name and value.
    fn check(name: &str, new: &NewNode<'_>) -> Result<(), ErrorKind> {
        if !Editor::is_name(name) {
            return Err(ErrorKind::InvalidName);
        }
        new.value.map_or(Ok(()), |value| value.check(new.format))
    }

    /// Makes one node, whose name no sibling has.
    fn make(&mut self, parent: u32, name: &str, new: &NewNode<'_>) -> Result<u32, ErrorKind> {
        let value = new.value.as_ref();
        let own_acl = self.acl_of_creator(parent, new);
        let name = self.keep(name.as_bytes())?;
        let kind = self.intern(new.format, new.node_type)?;
        let text = value.map_or(Ok(Text::ABSENT), |value| self.keep(value.octets()))?;
        let is_octets = value.is_some_and(value::Content::is_octets);
        let node = self.tree.arena.add(self.options.limits.elements).ok_or(ErrorKind::LimitElements)?;
        let Tree { arena, sources, .. } = &mut *self.tree;
        if let Some(record) = arena.record_mut(node) {
            record.name = name;
            record.value = text;
            record.format = new.format;
            record.kind = kind;
            record.flags = if is_octets { flag::OCTETS } else { 0 };
        }
        arena.append(sources, parent, node);
        if let Some(acl) = own_acl {
            self.set_rare(node, acl.as_bytes(), |rare, text| rare.acl = text)?;
        }
        if let Some(title) = new.title {
            self.check_title(title)?;
            self.set_rare(node, title.as_bytes(), |rare, text| rare.title = text)?;
        }
        self.stamp(node)?;
        Ok(node)
    }

    /// The ACL that an interior node gets because its creator had no right on it otherwise.
    fn acl_of_creator(&self, parent: u32, new: &NewNode<'_>) -> Option<String> {
        let Principal::Server(server) = self.options.principal else { return None };
        let parent = self.view(parent);
        if new.format != Format::Node || parent.allows(self.options.principal, AclCommands::REPLACE) {
            return None;
        }
        if server == "*" {
            return None;
        }
        let inherited = parent.effective_acl().unwrap_or_default();
        let rights = AclCommands::ADD | AclCommands::DELETE | AclCommands::REPLACE;
        // Whoever has an identifier that an ACL cannot have, or that means everyone, was granted Add by `*`, and gets no more than that.
        inherited.with(server, rights).ok().map(|acl| acl.to_string())
    }

    /// Gives a leaf a value.
    fn set_value(&mut self, node: u32, new: &NewValue<'_>) -> Result<(), ErrorKind> {
        let record = self.tree.arena.record(node).filter(|record| record.format != Format::Node);
        let (known_format, known_kind, flags) =
            record.map(|record| (record.format, record.kind, record.flags)).ok_or(ErrorKind::NotLeaf)?;
        let format = new.format.unwrap_or(known_format);
        if format == Format::Node {
            return Err(ErrorKind::NotLeaf);
        }
        let kind = new.media_type.map_or(Ok(known_kind), |media_type| self.intern(format, media_type))?;
        if flags & flag::PERMANENT != 0 && (format != known_format || !self.is_same_type(kind, known_kind)) {
            return Err(ErrorKind::PermanentNode);
        }
        new.content.check(format)?;
        let value = self.keep(new.content.octets())?;
        if let Some(record) = self.tree.arena.record_mut(node) {
            record.value = value;
            record.format = format;
            record.flags &= !(flag::OCTETS | flag::GUESSED);
            record.flags |= if new.content.is_octets() { flag::OCTETS } else { 0 };
        }
        if kind != known_kind {
            self.tree.arena.set_kind(node, kind);
        }
        self.stamp(node)
    }

    /// Whether two kinds are the same type: `text/plain` may be said or not.
    fn is_same_type(&self, one: u32, other: u32) -> bool {
        let name = |kind| {
            let kind = self.tree.arena.kind(kind);
            kind.and_then(|kind| self.tree.sources.str(kind.text)).unwrap_or(value::TEXT_PLAIN)
        };
        one == other || name(one) == name(other)
    }

    /// Gives a leaf the value of another one.
    fn take_value(&mut self, node: u32, from: &super::arena::Record) -> Result<(), ErrorKind> {
        let known = self.tree.arena.record(node).filter(|record| record.format != Format::Node);
        let (format, kind, flags) =
            known.map(|known| (known.format, known.kind, known.flags)).ok_or(ErrorKind::NotLeaf)?;
        if flags & flag::PERMANENT != 0 && (format != from.format || !self.is_same_type(kind, from.kind)) {
            return Err(ErrorKind::PermanentNode);
        }
        // Each node has octets of its own, so that the tree costs what it holds.
        let octets = self.tree.sources.bytes(from.value).map(<[u8]>::to_vec);
        let value = octets.map_or(Ok(Text::ABSENT), |octets| self.keep(&octets))?;
        if let Some(record) = self.tree.arena.record_mut(node) {
            record.value = value;
            record.format = from.format;
            record.flags = (record.flags & !(flag::OCTETS | flag::GUESSED)) | (from.flags & flag::OCTETS);
        }
        self.tree.arena.set_kind(node, from.kind);
        self.stamp(node)
    }

    fn must_allow(&self, node: u32, command: AclCommands, at: usize) -> Result<()> {
        if self.view(node).allows(self.options.principal, command) {
            return Ok(());
        }
        Err(Error::new(ErrorKind::AccessDenied, at))
    }

    fn must_be_dynamic(&self, node: u32, at: usize) -> Result<()> {
        if node == Tree::ROOT || self.view(node).is_permanent() {
            return Err(Error::new(ErrorKind::PermanentNode, at));
        }
        Ok(())
    }

    /// Copies a text into the tree.
    fn keep(&mut self, octets: &[u8]) -> Result<Text, ErrorKind> {
        if u32::try_from(octets.len()).is_ok_and(|len| len > self.options.limits.text) {
            return Err(ErrorKind::LimitText);
        }
        self.tree.sources.keep(octets).ok_or(ErrorKind::InputTooLarge)
    }

    /// The kind of a node with this `Type`, which must be one that its format can have.
    fn intern(&mut self, format: Format, node_type: &str) -> Result<u32, ErrorKind> {
        if node_type.is_empty() {
            return Ok(NONE);
        }
        let is_mo = format == Format::Node;
        if !if is_mo { value::is_mo_id(node_type) } else { value::is_media_type(node_type) } {
            return Err(ErrorKind::InvalidNodeType);
        }
        self.intern_any(node_type, is_mo)
    }

    /// The kind with this text, whatever it is.
    fn intern_any(&mut self, node_type: &str, is_mo: bool) -> Result<u32, ErrorKind> {
        if let Some(known) = self.tree.arena.find_kind(&self.tree.sources, node_type.as_bytes(), is_mo) {
            return Ok(known);
        }
        let text = self.keep(node_type.as_bytes())?;
        let Tree { arena, sources, .. } = &mut *self.tree;
        Ok(arena.intern_kind(sources, text, is_mo))
    }

    /// Notes that a node has changed.
    fn stamp(&mut self, node: u32) -> Result<(), ErrorKind> {
        let ver_no = self.view(node).ver_no().map(|text| text.trim().parse::<u16>().unwrap_or_default());
        let now = self.options.now;
        if ver_no.is_some() || now.is_some() {
            // FFFF is followed by 0000.
            let ver_no = ver_no.unwrap_or_default().wrapping_add(1).to_string();
            self.set_rare(node, ver_no.as_bytes(), |rare, text| rare.ver_no = text)?;
        }
        if let Some(now) = now {
            self.set_rare(node, now.as_str().as_bytes(), |rare, text| rare.tstamp = text)?;
        }
        Ok(())
    }

    /// Sets one of the properties that few nodes have.
    fn set_rare(
        &mut self,
        node: u32,
        octets: &[u8],
        set: impl FnOnce(&mut super::arena::Rare, Text),
    ) -> Result<(), ErrorKind> {
        let text = self.keep(octets)?;
        self.tree.arena.change_rare(node, |rare| set(rare, text));
        Ok(())
    }

    /// Whether a name may be given to a node. Escapes do not hide what a name cannot be: nodes become files on some devices.
    fn is_name(name: &str) -> bool {
        let plain = segment::canonical(name.as_bytes());
        let has_control = plain.iter().any(u8::is_ascii_control);
        !matches!(plain.as_ref(), b"" | b"." | b"..") && !name.contains(['/', '?']) && !has_control
    }
}

impl Way<'_> {
    /// The node, which must be there.
    fn found(&self) -> Result<u32> {
        match self.missing {
            None => Ok(self.node),
            Some(_) => Err(Error::new(ErrorKind::NodeNotFound, self.missing_at)),
        }
    }
}
