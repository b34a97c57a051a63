//! What a `Get` asks a tree, answered with nodes (`wire.md` §9.2, §9.4, §9.6).

use super::{List, Query, Selection, Uri};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::tree::{AclCommands, Children, Node, Principal, Property, Tree};
use std::borrow::Cow;

/// The identifier of the object that takes other objects and shows none of them (`wire.md` §10.4).
pub(crate) const INBOX: &str = "urn:oma:mo:oma-dm-inbox:1.0";

/// What a tree answers to a `Get`: nodes, not octets. [`session::results`](crate::session::results) makes items of it.
#[derive(Clone, Debug)]
pub enum Answer<'t, 'u> {
    /// A leaf, which answers with its value, or an interior node, which answers with the names of its children.
    Node(Node<'t>),
    /// A property of a node, and its text.
    Property(Node<'t>, Property, Cow<'t, str>),
    /// A node and everything below it that may be read, parents first: without values, as `Struct` asks for.
    Struct(Vec<Node<'t>>),
    /// The same with the values of leaves, as `StructData` asks for.
    StructData(Vec<Node<'t>>),
    /// A node with everything below it that may be read, as a tree document with these properties.
    Tnds(Node<'t>, Selection<'u>),
}

impl Tree<'_> {
    /// Answers a `Get` of a principal.
    ///
    /// Of the node itself the principal needs the right to Get; nodes below that it may not read are left out. Names of children
    /// are listed all, whoever may read these.
    ///
    /// ```
    /// use omadm::query::{Answer, Uri};
    /// use omadm::tree::Principal;
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName>\
    ///     <Node><NodeName>B</NodeName><Value>1</Value></Node></Node></MgmtTree>")?;
    /// let Answer::Struct(nodes) = tree.ask(&Uri::parse("./A?list=Struct")?, Principal::Server("srv"), &Default::default())? else { panic!() };
    /// assert_eq!(nodes.iter().map(|node| node.uri().to_string()).collect::<Vec<_>>(), ["./A", "./A/B"]);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// Offsets count octets of the URI's path, or stand at its `?`.
    ///
    /// | kind | status | when |
    /// |---|---|---|
    /// | [`NodeNotFound`](ErrorKind::NodeNotFound) | 404 | there is no such node |
    /// | [`GetNotAllowed`](ErrorKind::GetNotAllowed) | 405 | the node is the Inbox, or in it, and the principal a server |
    /// | [`UnsupportedQuery`](ErrorKind::UnsupportedQuery) | 406 | an unknown property, one that the node does not have, or an unknown list |
    /// | [`AnswerTooLong`](ErrorKind::AnswerTooLong) | 413 | more nodes than [`Limits::elements`] |
    /// | [`AccessDenied`](ErrorKind::AccessDenied) | 425 | the ACL does not grant Get |
    pub fn ask<'t, 'u>(&'t self, uri: &Uri<'u>, principal: Principal<'_>, limits: &Limits) -> Result<Answer<'t, 'u>> {
        let query_at = uri.path().len();
        let node = self.resolve(uri).ok_or(Error::new(ErrorKind::NodeNotFound, 0))?;
        if !node.allows(principal, AclCommands::GET) {
            return Err(Error::new(ErrorKind::AccessDenied, 0));
        }
        if principal != Principal::Device && is_in_inbox(node) {
            return Err(Error::new(ErrorKind::GetNotAllowed, 0));
        }
        let unsupported = Error::new(ErrorKind::UnsupportedQuery, query_at);
        let structure = || {
            let nodes = readable(node, usize::MAX, principal, limits.elements);
            nodes.ok_or(Error::new(ErrorKind::AnswerTooLong, query_at))
        };
        match uri.query() {
            None => Ok(Answer::Node(node)),
            Some(Query::Property(property)) => {
                let text = node.property(property).ok_or(unsupported)?;
                Ok(Answer::Property(node, property, text))
            }
            Some(Query::List(List::Struct)) => structure().map(Answer::Struct),
            Some(Query::List(List::StructData)) => structure().map(Answer::StructData),
            Some(Query::List(List::Tnds(selection))) => Ok(Answer::Tnds(node, selection)),
            Some(Query::UnknownProperty(_) | Query::List(List::Other(_))) => Err(unsupported),
        }
    }
}

/// A node and what is below it, so many levels deep, as far as it may be read, parents first; none if that is more than `most`
/// nodes.
pub(super) fn readable<'t>(top: Node<'t>, depth: usize, principal: Principal<'_>, most: u32) -> Option<Vec<Node<'t>>> {
    let mut nodes = Vec::new();
    // The children still to come of each node on the way, with what counts for it.
    let mut open: Vec<(Children<'t>, AclCommands)> = Vec::new();
    let mut next = Some((top, top.rights(principal)));
    loop {
        if let Some((node, rights)) = next.take() {
            if rights.contains(AclCommands::GET) {
                if nodes.len() >= most as usize {
                    return None;
                }
                nodes.push(node);
            }
            // What is in an Inbox is not shown to servers.
            let is_shut = principal != Principal::Device && node.mo_id() == Some(INBOX);
            if open.len() < depth && !is_shut {
                open.push((node.children(), rights));
            }
        }
        let Some((children, rights)) = open.last_mut() else { return Some(nodes) };
        match children.next() {
            Some(child) => next = Some((child, child.rights_below(principal, *rights))),
            None => {
                open.pop();
            }
        }
    }
}

/// Whether a node is the Inbox, or in it: nothing of it is shown to a server, whatever the ACL says (`wire.md` §10.4).
pub(crate) fn is_in_inbox(node: Node<'_>) -> bool {
    core::iter::successors(Some(node), Node::parent).any(|node| node.mo_id() == Some(INBOX))
}
