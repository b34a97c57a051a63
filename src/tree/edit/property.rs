//! Changing properties (`wire.md` §9.4, §9.5).

use super::Editor;
use crate::error::{Error, ErrorKind, Result};
use crate::query::Uri;
use crate::tree::acl::{Acl, AclCommands, Principal};
use crate::tree::{Property, Tree};

/// Octets that a `Title` may have.
const TITLE: usize = 255;

impl Editor<'_, '_> {
    /// Sets a property of a node: what a `Replace` on `URI?prop=Name` does. `uri` is the node's, without the query.
    ///
    /// * `ACL`: an empty one makes the node inherit, which the root cannot. A server needs the right to Replace on the node or
    ///   on its parent; for a leaf on its parent (`wire.md` §9.5).
    /// * `Name` renames the node; see [`rename`](Editor::rename).
    /// * `Title` needs the right to Replace on the node, as `Name` does.
    /// * The others are the device's: only it may set `Type`, `TStamp` and `VerNo`, and nobody `Format` and `Size`.
    ///
    /// # Errors
    /// [`ReadOnlyProperty`](ErrorKind::ReadOnlyProperty) (405); [`AclCommand`](ErrorKind::AclCommand),
    /// [`AclServer`](ErrorKind::AclServer) and [`PropertyValue`](ErrorKind::PropertyValue) (400) for a value that the property cannot have, among them the root's empty ACL;
    /// [`InvalidNodeType`](ErrorKind::InvalidNodeType) (415); those of [`rename`](Editor::rename) and of [every edit](Editor).
    pub fn set_property(&mut self, uri: &str, property: Property, value: &str) -> Result<()> {
        if property == Property::Name {
            return self.rename(uri, value);
        }
        let way = self.way(uri)?;
        let node = way.found()?;
        // The whole URI counts, with its query (`wire.md` §9.1).
        Uri::parse_names(&format!("{uri}?prop={property}"))?.check(&self.options.uri_limits)?;
        let fail = |kind| Error::new(kind, way.name_at);
        let is_device = self.options.principal == Principal::Device;
        match property {
            Property::Acl => {
                if !self.view(node).may_change_acl(self.options.principal) {
                    return Err(fail(ErrorKind::AccessDenied));
                }
                let acl = Acl::parse(value).map_err(|error| fail(error.kind()))?;
                if acl.is_empty() && node == Tree::ROOT {
                    return Err(fail(ErrorKind::PropertyValue));
                }
            }
            Property::Title => {
                self.must_allow(node, AclCommands::REPLACE, way.name_at)?;
                self.check_title(value).map_err(fail)?;
            }
            Property::TStamp | Property::VerNo | Property::Type if is_device => {}
            _ => return Err(fail(ErrorKind::ReadOnlyProperty)),
        }
        let at = way.name_at;
        self.whole(|edit| edit.put(node, property, value).map_err(|kind| Error::new(kind, at)))
    }

    fn put(&mut self, node: u32, property: Property, value: &str) -> Result<(), ErrorKind> {
        match property {
            Property::Acl => self.set_rare(node, value.trim_ascii().as_bytes(), |rare, text| rare.acl = text)?,
            Property::Title => self.set_rare(node, value.as_bytes(), |rare, text| rare.title = text)?,
            Property::TStamp => {
                if !is_time(value) {
                    return Err(ErrorKind::PropertyValue);
                }
                return self.set_rare(node, value.as_bytes(), |rare, text| rare.tstamp = text);
            }
            Property::VerNo => {
                if value.parse::<u16>().is_err() || value.starts_with('+') {
                    return Err(ErrorKind::PropertyValue);
                }
                return self.set_rare(node, value.as_bytes(), |rare, text| rare.ver_no = text);
            }
            Property::Type => {
                let format = self.view(node).format();
                let kind = self.intern(format, value)?;
                self.tree.arena.set_kind(node, kind);
            }
            Property::Format | Property::Name | Property::Size => return Err(ErrorKind::ReadOnlyProperty),
        }
        self.stamp(node)
    }

    /// Gives a node another name. What is below moves with it, and ids stay.
    ///
    /// A server needs the right to Replace on the node.
    ///
    /// # Errors
    /// [`PermanentNode`](ErrorKind::PermanentNode) (405), which the root is always; [`InvalidName`](ErrorKind::InvalidName) (400); a
    /// [`NodeExists`](ErrorKind::NodeExists) (418) when a sibling has the name; and those of [every edit](Editor), a name that is
    /// too long for the limits of URIs among them.
    pub fn rename(&mut self, uri: &str, name: &str) -> Result<()> {
        let way = self.way(uri)?;
        let node = way.found()?;
        self.must_allow(node, AclCommands::REPLACE, way.name_at)?;
        self.must_be_dynamic(node, way.name_at)?;
        if !Editor::is_name(name) {
            return Err(Error::new(ErrorKind::InvalidName, way.name_at));
        }
        let renamed = format!("{}{name}", uri.get(..way.name_at).unwrap_or_default());
        match self.way(&renamed)?.found() {
            // Another spelling of the same name is its own sibling.
            Ok(known) if known != node => return Err(Error::new(ErrorKind::NodeExists, way.name_at)),
            _ => {}
        }
        let at = way.name_at;
        self.whole(|edit| {
            let text = edit.keep(name.as_bytes()).map_err(|kind| Error::new(kind, at))?;
            let Tree { arena, sources, .. } = &mut *edit.tree;
            arena.rename(sources, node, text);
            edit.stamp(node).map_err(|kind| Error::new(kind, at))
        })
    }

    /// Takes a server's identifier out of every ACL, as the removal of its account demands (`wire.md` §9.5): entries that grant nobody anything
    /// go, and in the root the command is granted to everybody. Returns how many ACLs changed. For the device only.
    ///
    /// An ACL in which nothing is left stays empty, so that its node inherits. ACLs that break the grammar grant nothing and stay as they are.
    ///
    /// **Both widen rights.** What this server alone could do at the root, every server with an account can do then. The standard lets the root
    /// have its factory default instead: set that first; a list without the server stays as it is.
    ///
    /// ```
    /// use omadm::tree::{EditOptions, Property, Tree};
    /// let mut tree = Tree::new();
    /// let mut edit = tree.edit(&EditOptions::default());
    /// edit.set_property(".", Property::Acl, "Add=*&Exec=srv&Get=*")?;
    /// edit.remove_server("srv")?;
    /// assert_eq!(tree.root().acl(), Some("Add=*&Exec=*&Get=*"));
    ///
    /// let mut edit = tree.edit(&EditOptions::default());
    /// edit.set_property(".", Property::Acl, "Add=*&Get=*")?;
    /// edit.remove_server("srv")?;
    /// assert_eq!(tree.root().acl(), Some("Add=*&Get=*"), "and nobody may Exec");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`AccessDenied`](ErrorKind::AccessDenied) for a server; [`InputTooLarge`](ErrorKind::InputTooLarge).
    pub fn remove_server(&mut self, server: &str) -> Result<usize> {
        if self.options.principal != Principal::Device {
            return Err(Error::new(ErrorKind::AccessDenied, 0));
        }
        let mut changes = Vec::new();
        let mut next = Some(Tree::ROOT);
        while let Some(index) = next {
            let known = self.view(index).acl().filter(|acl| names(acl, server));
            if let Some(acl) = known.and_then(|acl| Acl::parse(acl).ok()) {
                let is_root = index == Tree::ROOT;
                let rest = if is_root { acl.root_without_server(server) } else { acl.without_server(server) };
                changes.push((index, rest.to_string()));
            }
            next = self.tree.arena.next_in_order(index, Tree::ROOT);
        }
        let count = changes.len();
        self.whole(|edit| {
            for (index, acl) in changes {
                edit.put(index, Property::Acl, &acl).map_err(|kind| Error::new(kind, 0))?;
            }
            Ok(count)
        })
    }

    pub(super) fn check_title(&self, title: &str) -> Result<(), ErrorKind> {
        if title.len() > TITLE { Err(ErrorKind::PropertyValue) } else { Ok(()) }
    }
}

/// Whether a list names a server, be it without need because everyone has the right.
fn names(acl: &str, server: &str) -> bool {
    let mut lists = acl.split('&').filter_map(|entry| entry.split_once('='));
    lists.any(|(_, servers)| servers.trim_ascii().split('+').any(|known| known == server))
}

/// Whether a text is a time in the basic format, such as `20010711T163817Z`.
fn is_time(text: &str) -> bool {
    let octets = text.as_bytes();
    let has = |at: usize, octet: u8| octets.get(at) == Some(&octet);
    let are_digits = octets.iter().enumerate().all(|(at, octet)| matches!(at, 8 | 15) || octet.is_ascii_digit());
    octets.len() == 16 && has(8, b'T') && has(15, b'Z') && are_digits
}
