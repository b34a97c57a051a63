//! Who may do what with a node (`wire.md` §9.5).

use super::arena::{Arena, NONE};
use super::{Node, Tree};
use crate::error::{Error, ErrorKind, Result};
use core::fmt;
use std::borrow::Cow;
use std::collections::HashMap;

/// Who wants to do something with a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Principal<'p> {
    /// The device itself, or a tool that looks at a tree: no ACL binds it.
    Device,
    /// An authenticated server, by its Server Identifier (`ServerID` in its account), which is compared whole: not a URL,
    /// and `ab` is not found in `abc+ab` but as its second identifier.
    Server(&'p str),
}

bitflags::bitflags! {
    /// The commands that an ACL speaks of. Copy is not among them: it needs the rights of the commands that would have the
    /// same effect.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct AclCommands: u8 {
        /// `Add`
        const ADD = 1;
        /// `Delete`
        const DELETE = 2;
        /// `Exec`
        const EXEC = 4;
        /// `Get`
        const GET = 8;
        /// `Replace`
        const REPLACE = 16;
    }
}

impl AclCommands {
    const NAMES: [(&'static str, AclCommands); 5] = [
        ("Add", AclCommands::ADD),
        ("Delete", AclCommands::DELETE),
        ("Exec", AclCommands::EXEC),
        ("Get", AclCommands::GET),
        ("Replace", AclCommands::REPLACE),
    ];

    /// The command with this name; case counts.
    ///
    /// ```
    /// use omadm::tree::AclCommands;
    /// assert_eq!(AclCommands::from_command("Get"), Some(AclCommands::GET));
    /// assert_eq!(AclCommands::from_command("Copy"), None);
    /// ```
    #[must_use]
    pub fn from_command(name: &str) -> Option<AclCommands> {
        AclCommands::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, command)| command)
    }
}

/// Prints the commands as `Add Get`, in the order of their names.
impl fmt::Display for AclCommands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, command) in AclCommands::NAMES {
            if self.contains(command) {
                write!(f, "{separator}{name}")?;
                separator = " ";
            }
        }
        Ok(())
    }
}

/// Stands for every authenticated server.
const EVERYONE: &str = "*";

/// An access control list: which server may do what.
///
/// Two lists are equal when they grant the same, in whatever order they were written. What `*` grants makes single
/// grants of the same superfluous, so they are dropped. An empty list says nothing: the node inherits.
///
/// ```
/// use omadm::tree::{Acl, AclCommands};
/// let acl = Acl::parse("Get=*&Replace=srv-b+srv-a&Get=srv-a")?;
/// assert_eq!(acl.grants("srv-a"), AclCommands::GET | AclCommands::REPLACE);
/// assert_eq!(acl.grants("srv"), AclCommands::GET);
/// assert_eq!(acl.to_string(), "Get=*&Replace=srv-a+srv-b");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Acl<'a> {
    everyone: AclCommands,
    /// What single servers may do beyond that; sorted by identifier, none twice, none without a command.
    servers: Vec<(Cow<'a, str>, AclCommands)>,
}

impl<'a> Acl<'a> {
    /// What a root without a list has: `Add=*&Get=*`.
    pub const ROOT: Acl<'static> = Acl { everyone: AclCommands::ADD.union(AclCommands::GET), servers: Vec::new() };

    /// Reads the value of the property `ACL`. A command that occurs twice is granted to both lists of servers, as in the
    /// specification's own figure. Blanks around the whole do not count. Costs O(n log n).
    ///
    /// # Errors
    /// [`AclCommand`](ErrorKind::AclCommand) where no command with `=` stands, [`AclServer`](ErrorKind::AclServer) where
    /// no Server Identifier stands, a command without servers included; with the offset in `text`.
    pub fn parse(text: &'a str) -> Result<Acl<'a>> {
        let mut servers = Vec::new();
        each_grant(text, |server, command| servers.push((Cow::Borrowed(server), command)))?;
        Ok(Acl::from_grants(servers))
    }

    fn from_grants(mut servers: Vec<(Cow<'a, str>, AclCommands)>) -> Acl<'a> {
        servers.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        servers.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                kept.1 |= later.1;
            }
            is_same
        });
        let mut acl = Acl { everyone: AclCommands::empty(), servers };
        if let Some(found) = acl.find(EVERYONE) {
            acl.everyone = acl.servers.remove(found).1;
        }
        acl.drop_superfluous();
        acl
    }

    fn drop_superfluous(&mut self) {
        let everyone = self.everyone;
        self.servers.retain_mut(|(_, commands)| {
            commands.remove(everyone);
            !commands.is_empty()
        });
    }

    fn find(&self, server: &str) -> Option<usize> {
        self.servers.binary_search_by(|(known, _)| known.as_ref().cmp(server)).ok()
    }

    /// Whether it says nothing, so that the node inherits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.everyone.is_empty() && self.servers.is_empty()
    }

    /// What this server may do. The identifier is compared whole. Does not allocate; O(log n).
    #[must_use]
    pub fn grants(&self, server: &str) -> AclCommands {
        let own = self.find(server).and_then(|found| self.servers.get(found)).map(|(_, commands)| *commands);
        self.everyone | own.unwrap_or_default()
    }

    /// What every server may do.
    #[must_use]
    pub fn everyone(&self) -> AclCommands {
        self.everyone
    }

    /// The servers that may do more than every server, in the order of their identifiers, with what they may do beyond
    /// that.
    pub fn servers(&self) -> impl ExactSizeIterator<Item = (&str, AclCommands)> {
        self.servers.iter().map(|(server, commands)| (server.as_ref(), *commands))
    }

    /// The same list, with these commands granted to a server, or to every server for `*`.
    ///
    /// ```
    /// use omadm::tree::{Acl, AclCommands};
    /// let acl = Acl::default().with("srv", AclCommands::ADD | AclCommands::DELETE)?;
    /// assert_eq!(acl.to_string(), "Add=srv&Delete=srv");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`AclServer`](ErrorKind::AclServer) for an identifier that a list cannot have.
    pub fn with(mut self, server: impl Into<Cow<'a, str>>, commands: AclCommands) -> Result<Acl<'a>> {
        let server = server.into();
        check_server(&server, 0)?;
        if server == EVERYONE {
            self.everyone |= commands;
        } else {
            match self.servers.binary_search_by(|(known, _)| known.cmp(&server)) {
                Ok(found) => {
                    if let Some((_, known)) = self.servers.get_mut(found) {
                        *known |= commands;
                    }
                }
                Err(place) => self.servers.insert(place, (server, commands)),
            }
        }
        self.drop_superfluous();
        Ok(self)
    }

    /// The same list without a server, whose account was removed. Commands that nobody has any more vanish, and a list
    /// without commands is empty: the node inherits. For the root see [`root_without_server`](Acl::root_without_server).
    #[must_use]
    pub fn without_server(mut self, server: &str) -> Acl<'a> {
        if let Some(found) = self.find(server) {
            self.servers.remove(found);
        }
        self
    }

    /// The same list of a root, without a server. The root must have a list, so commands that nobody has any more become
    /// everyone's (`wire.md` §9.5): rights widen, see [`remove_server`](super::Editor::remove_server).
    ///
    /// ```
    /// use omadm::tree::Acl;
    /// let acl = Acl::parse("Add=srv+other&Exec=srv&Get=*")?;
    /// assert_eq!(acl.root_without_server("srv").to_string(), "Add=other&Exec=*&Get=*");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn root_without_server(mut self, server: &str) -> Acl<'a> {
        if let Some(found) = self.find(server) {
            let (_, mut orphaned) = self.servers.remove(found);
            for (_, commands) in &self.servers {
                orphaned.remove(*commands);
            }
            self.everyone |= orphaned;
        }
        self
    }

    /// The same list with a copy of what it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Acl<'static> {
        let servers = self.servers.into_iter();
        let servers = servers.map(|(server, commands)| (Cow::Owned(server.into_owned()), commands)).collect();
        Acl { everyone: self.everyone, servers }
    }
}

/// Prints the list in one way: each command once, in the order of their names, servers in the order of theirs.
impl fmt::Display for Acl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before_command = "";
        for (name, command) in AclCommands::NAMES {
            if self.everyone.contains(command) {
                write!(f, "{before_command}{name}={EVERYONE}")?;
                before_command = "&";
                continue;
            }
            let mut before_server = "";
            for (server, _) in self.servers.iter().filter(|(_, commands)| commands.contains(command)) {
                if before_server.is_empty() {
                    write!(f, "{before_command}{name}=")?;
                    before_command = "&";
                }
                write!(f, "{before_server}{server}")?;
                before_server = "+";
            }
        }
        Ok(())
    }
}

/// Goes through a list from left to right, without allocation: each server with each of its commands.
fn each_grant<'a>(text: &'a str, mut take: impl FnMut(&'a str, AclCommands)) -> Result<()> {
    let list = text.trim_ascii_start();
    let mut at = text.len().saturating_sub(list.len());
    let list = list.trim_ascii_end();
    if list.is_empty() {
        return Ok(());
    }
    for entry in list.split('&') {
        let named = entry.split_once('=').and_then(|(name, ids)| Some((AclCommands::from_command(name)?, name, ids)));
        let (command, name, servers) = named.ok_or(Error::new(ErrorKind::AclCommand, at))?;
        let mut server_at = at.saturating_add(name.len()).saturating_add(1);
        for server in servers.split('+') {
            check_server(server, server_at)?;
            take(server, command);
            server_at = server_at.saturating_add(server.len()).saturating_add(1);
        }
        at = at.saturating_add(entry.len()).saturating_add(1);
    }
    Ok(())
}

/// A Server Identifier has printable characters other than those that the list needs; or it is `*`.
fn check_server(server: &str, at: usize) -> Result<()> {
    let is_wrong = |c: char| matches!(c, '=' | '&' | '*' | '+') || c.is_whitespace() || c.is_control();
    let wrong = if server.is_empty() { Some(0) } else { server.find(is_wrong) };
    match wrong {
        Some(wrong) if server != EVERYONE => Err(Error::new(ErrorKind::AclServer, at.saturating_add(wrong))),
        _ => Ok(()),
    }
}

/// What the list in `octets` grants to a server: nothing, if it is not a list.
fn granted_by(octets: &[u8], server: &str) -> AclCommands {
    let mut granted = AclCommands::empty();
    let read = simdutf8::basic::from_utf8(octets).map(|text| {
        each_grant(text, |id, command| {
            if id == server || id == EVERYONE {
                granted |= command;
            }
        })
    });
    match read {
        Ok(Ok(())) => granted,
        _ => AclCommands::empty(),
    }
}

/// Rights. A node without an ACL has the whole ACL of the nearest ancestor with one; lists are never merged, and no
/// command is looked up elsewhere. A root without one has [`Acl::ROOT`].
///
/// **A list that cannot be read grants nothing to any server**, on its node and wherever it is inherited; it does not
/// fall through to the ancestors' lists. A device would never store one, a decoded document may have one.
impl<'t> Node<'t> {
    /// The octets of the node's own list, if it says something.
    fn own_acl(&self) -> Option<&'t [u8]> {
        own_acl(self.tree(), self.id().index)
    }

    /// The list that counts for this node, with the node that has it; none if that is the default of a root.
    fn counting_acl(&self) -> Option<(u32, &'t [u8])> {
        let mut at = *self;
        loop {
            match at.own_acl() {
                Some(acl) => return Some((at.id().index, acl)),
                None => at = at.parent()?,
            }
        }
    }

    /// The list that counts for this node: its own, or else its nearest ancestor's. Costs a climb.
    ///
    /// ```
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName>\
    ///     <RTProperties><ACL>Get=srv</ACL></RTProperties>\
    ///     <Node><NodeName>B</NodeName><Value>1</Value></Node></Node></MgmtTree>")?;
    /// assert_eq!(tree.get("./A/B")?.unwrap().effective_acl()?.to_string(), "Get=srv");
    /// assert_eq!(tree.root().effective_acl()?.to_string(), "Add=*&Get=*");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Acl::parse`], and [`InvalidUtf8`](ErrorKind::InvalidUtf8), with the offset in that list.
    pub fn effective_acl(&self) -> Result<Acl<'t>> {
        let Some((_, acl)) = self.counting_acl() else { return Ok(Acl::ROOT) };
        let text =
            core::str::from_utf8(acl).map_err(|error| Error::new(ErrorKind::InvalidUtf8, error.valid_up_to()))?;
        Acl::parse(text)
    }

    /// What a principal may do with this node. Costs a climb and a look through one list, without allocation; for many
    /// nodes see [`descendants_for`](Node::descendants_for).
    #[must_use]
    pub fn rights(&self, principal: Principal<'_>) -> AclCommands {
        let Principal::Server(server) = principal else { return AclCommands::all() };
        match self.counting_acl() {
            Some((_, acl)) => granted_by(acl, server),
            None => Acl::ROOT.everyone,
        }
    }

    /// As [`rights`](Node::rights), for a node whose parent's rights are known.
    pub(crate) fn rights_below(&self, principal: Principal<'_>, parent: AclCommands) -> AclCommands {
        let Principal::Server(server) = principal else { return AclCommands::all() };
        self.own_acl().map_or(parent, |acl| granted_by(acl, server))
    }

    /// Whether a principal may do all of these with this node.
    ///
    /// ```
    /// use omadm::tree::{AclCommands, Principal};
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName>\
    ///     <RTProperties><ACL>Get=*&amp;Exec=srv</ACL></RTProperties></Node></MgmtTree>")?;
    /// let node = tree.get("./A")?.unwrap();
    /// assert!(node.allows(Principal::Server("srv"), AclCommands::EXEC));
    /// assert!(!node.allows(Principal::Server("other"), AclCommands::EXEC));
    /// assert!(!node.allows(Principal::Server("srv"), AclCommands::ADD), "the root's Add=* is not merged in");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn allows(&self, principal: Principal<'_>, commands: AclCommands) -> bool {
        self.rights(principal).contains(commands)
    }

    /// Whether a principal may replace this node's ACL: with Replace on the parent; of an interior node also with
    /// Replace on the node itself. The root has no parent. Whoever may only do so on the parent has to give itself a right first,
    /// before it can use it here.
    #[must_use]
    pub fn may_change_acl(&self, principal: Principal<'_>) -> bool {
        let may_replace = |node: &Node<'_>| node.allows(principal, AclCommands::REPLACE);
        self.parent().as_ref().is_some_and(may_replace) || (self.is_interior() && may_replace(self))
    }

    /// This node and everything below it, parents before children, each with what a principal may do with it. Costs as
    /// much as the walk: lists are read once, where they stand.
    ///
    /// A node is judged by its own rights: one that may be read can lie below one that may not.
    ///
    /// ```
    /// use omadm::tree::{AclCommands, Principal};
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName>\
    ///     <RTProperties><ACL>Exec=srv</ACL></RTProperties>\
    ///     <Node><NodeName>B</NodeName></Node></Node><Node><NodeName>C</NodeName></Node></MgmtTree>")?;
    /// let readable = tree.root().descendants_for(Principal::Server("srv"))
    ///     .filter(|(_, rights)| rights.contains(AclCommands::GET))
    ///     .map(|(node, _)| node.uri().to_string());
    /// assert_eq!(readable.collect::<Vec<_>>(), [".", "./C"]);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn descendants_for<'p>(&self, principal: Principal<'p>) -> DescendantsFor<'t, 'p> {
        let rights = self.rights(principal);
        let top = self.id().index;
        DescendantsFor { tree: self.tree(), top, next: Some(top), principal, rights, lists: Vec::new() }
    }
}

fn own_acl<'t>(tree: &'t Tree<'t>, index: u32) -> Option<&'t [u8]> {
    let rare = tree.arena.rare(tree.arena.record(index)?.rare)?;
    tree.sources.bytes(rare.acl).filter(|acl| !acl.trim_ascii().is_empty())
}

/// What a principal may do with nodes that are looked at one by one, here and there: each list is read once.
#[derive(Debug)]
pub(crate) struct Rights<'p> {
    principal: Principal<'p>,
    /// By the node that has the list.
    known: HashMap<u32, AclCommands>,
}

impl<'p> Rights<'p> {
    pub(crate) fn new(principal: Principal<'p>) -> Rights<'p> {
        Rights { principal, known: HashMap::new() }
    }

    /// What the principal may do with a node. Costs a climb.
    pub(crate) fn on(&mut self, node: Node<'_>) -> AclCommands {
        let Principal::Server(server) = self.principal else { return AclCommands::all() };
        match node.counting_acl() {
            Some((owner, acl)) => *self.known.entry(owner).or_insert_with(|| granted_by(acl, server)),
            None => Acl::ROOT.everyone,
        }
    }
}

/// A node and everything below it, with rights: see [`Node::descendants_for`].
#[derive(Clone, Debug)]
pub struct DescendantsFor<'t, 'p> {
    tree: &'t Tree<'t>,
    top: u32,
    next: Option<u32>,
    principal: Principal<'p>,
    /// What counts at the top.
    rights: AclCommands,
    /// The nodes with lists on the way from the top to the last node, with what these grant.
    lists: Vec<(u32, AclCommands)>,
}

impl<'t> DescendantsFor<'t, '_> {
    fn arena(&self) -> &'t Arena {
        &self.tree.arena
    }

    /// The node after `index`; what is left on the way takes its list with it.
    fn after(&mut self, index: u32) -> Option<u32> {
        let record = self.arena().record(index)?;
        if record.first_child != NONE {
            return Some(record.first_child);
        }
        let mut at = index;
        while at != self.top {
            if self.lists.last().is_some_and(|(owner, _)| *owner == at) {
                self.lists.pop();
            }
            let record = self.arena().record(at)?;
            if record.next != NONE {
                return Some(record.next);
            }
            at = record.parent;
        }
        None
    }
}

impl<'t> Iterator for DescendantsFor<'t, '_> {
    type Item = (Node<'t>, AclCommands);

    fn next(&mut self) -> Option<Self::Item> {
        let index = self.next?;
        if let Principal::Server(server) = self.principal
            && let Some(acl) = own_acl(self.tree, index)
            && index != self.top
        {
            self.lists.push((index, granted_by(acl, server)));
        }
        let rights = self.lists.last().map_or(self.rights, |(_, rights)| *rights);
        self.next = self.after(index);
        Some((Node::new(self.tree, index), rights))
    }
}
