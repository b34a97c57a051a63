//! What a tree answers (`provisional.md` §4.2 to §4.4).

use super::{LocationQuery, NodeAddress, StructQuery, Terms, spelling};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::query::get::{is_in_inbox, readable};
use crate::query::search::WantedId;
use crate::query::{MoSearch, RelPathNodes};
use crate::tree::{AclCommands, Node, Principal, Tree};

/// Where errors stand: at the `?`, behind the `.` that each of these URIs begins with.
const QUERY: usize = 1;

/// A management object that a [`LocationQuery`] found. *Provisional.*
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MoLocation<'t> {
    /// Its root.
    pub root: Node<'t>,
    /// What the paths in the query lead to, path by path.
    pub nodes: Vec<Node<'t>>,
}

/// What a [`NodeAddress`] fits. *Provisional.*
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addressed<'t> {
    /// One node.
    One(Node<'t>),
    /// Several: the first 16 of those whose names the principal could learn otherwise, too.
    Several(Vec<Node<'t>>),
}

impl LocationQuery<'_> {
    /// Answers the query for a principal, in tree order. What it may not Get is absent.
    ///
    /// ```
    /// use omadm::{query::LocationQuery, tree::Principal};
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>Acc</NodeName>\
    ///     <RTProperties><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>\
    ///     <Node><NodeName>AppID</NodeName><Value>w7</Value></Node></Node></MgmtTree>")?;
    /// let accounts = LocationQuery::new().id("urn:oma:mo:oma-dm-dmacc:*")?.get("AppID")?;
    /// let found = accounts.find(&tree, Principal::Server("op.example"), &Default::default())?;
    /// assert_eq!(found[0].root.uri().to_string(), "./Acc");
    /// assert_eq!(found[0].nodes[0].uri().to_string(), "./Acc/AppID");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// All stand at the `?`.
    ///
    /// | kind | status | when |
    /// |---|---|---|
    /// | [`NodeNotFound`](ErrorKind::NodeNotFound) | 404 | there is no node to search below |
    /// | [`NotInterior`](ErrorKind::NotInterior) | 405 | it is a leaf |
    /// | [`GetNotAllowed`](ErrorKind::GetNotAllowed) | 405 | it is the Inbox, or in it |
    /// | [`AnswerTooLong`](ErrorKind::AnswerTooLong) | 413 | more objects than [`Limits::locations`], more nodes in them than [`Limits::answer_nodes`] |
    /// | [`LimitPattern`](ErrorKind::LimitPattern) | 414 | more segments in all paths together than [`Limits::pattern`] |
    /// | [`AccessDenied`](ErrorKind::AccessDenied) | 425 | the principal may not Get it |
    pub fn find<'t>(
        &self,
        tree: &'t Tree<'_>,
        principal: Principal<'_>,
        limits: &Limits,
    ) -> Result<Vec<MoLocation<'t>>> {
        let too_long = Error::new(ErrorKind::AnswerTooLong, QUERY);
        let start = start(&self.0, tree, principal)?;
        let search = search(&self.0, principal, limits)?;
        let mut locations = Vec::new();
        let mut room = limits.answer_nodes;
        for root in search.find_below(start) {
            if locations.len() >= limits.locations as usize {
                return Err(too_long);
            }
            let mut nodes = Vec::new();
            for node in self.gets().flat_map(|path| path.nodes(root, principal)) {
                room = room.checked_sub(1).ok_or(too_long)?;
                nodes.push(node);
            }
            locations.push(MoLocation { root, nodes });
        }
        Ok(locations)
    }
}

impl NodeAddress<'_> {
    /// The node that is meant. Objects that a principal may not Get do not exist for it; which rights it has on the node itself is for the
    /// command to check.
    ///
    /// ```
    /// use omadm::{query::{Addressed, NodeAddress}, tree::Principal};
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>Acc</NodeName>\
    ///     <RTProperties><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>\
    ///     <Node><NodeName>AppID</NodeName><Value>w7</Value></Node></Node></MgmtTree>")?;
    /// let address = NodeAddress::new("urn:oma:mo:oma-dm-dmacc:1.0")?.path("AppID")?;
    /// let Addressed::One(node) = address.node(&tree, Principal::Server("op.example"), &Default::default())? else { panic!() };
    /// assert_eq!(node.uri().to_string(), "./Acc/AppID");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`NodeNotFound`](ErrorKind::NodeNotFound) (404) when no node fits; otherwise as [`LocationQuery::find`].
    pub fn node<'t>(&self, tree: &'t Tree<'_>, principal: Principal<'_>, limits: &Limits) -> Result<Addressed<'t>> {
        self.fitting(tree, principal, limits, self.0.path.as_deref())
    }

    /// The parent of the node that is meant, and the node's name: for a node that is to be added. The name is escaped, as in a URI. `None`
    /// for an address without a path, which is that of a node that is there.
    ///
    /// # Errors
    /// [`InvalidLocationQuery`](ErrorKind::InvalidLocationQuery) (422) for `*` as the name; otherwise as [`node`](NodeAddress::node).
    pub fn parent<'t>(
        &self,
        tree: &'t Tree<'_>,
        principal: Principal<'_>,
        limits: &Limits,
    ) -> Result<Option<(Addressed<'t>, &str)>> {
        let Some(path) = self.0.path.as_deref() else { return Ok(None) };
        let (above, name) = path.rsplit_once('/').map_or((None, path), |(above, name)| (Some(above), name));
        if name == "*" {
            return Err(Error::new(ErrorKind::InvalidLocationQuery, QUERY));
        }
        Ok(Some((self.fitting(tree, principal, limits, above)?, name)))
    }

    fn fitting<'t>(
        &self,
        tree: &'t Tree<'_>,
        principal: Principal<'_>,
        limits: &Limits,
        path: Option<&str>,
    ) -> Result<Addressed<'t>> {
        let start = start(&self.0, tree, principal)?;
        let search = search(&self.0, principal, limits)?;
        // Rights on what is inside are the command's to check.
        let mut fits = search.find_below(start).flat_map(|root| RelPathNodes::for_device(root, path));
        let first = fits.next().ok_or(Error::new(ErrorKind::NodeNotFound, QUERY))?;
        let Some(second) = fits.next() else { return Ok(Addressed::One(first)) };
        // What a Get of the parent would name, or a structure.
        let may_know = |node: &Node<'_>| {
            let may_get = |node: &Node<'_>| node.allows(principal, AclCommands::GET);
            let is_shown = may_get(node) || node.parent().as_ref().is_some_and(may_get);
            is_shown && (principal == Principal::Device || !is_in_inbox(*node))
        };
        let candidates = [first, second].into_iter().chain(fits).filter(may_know);
        Ok(Addressed::Several(candidates.take(spelling::MOST_CANDIDATES).collect()))
    }
}

impl StructQuery<'_> {
    /// Answers the query for a principal: a node and what is below it, parents first. What it may not Get is left out.
    ///
    /// ```
    /// use omadm::{query::StructQuery, tree::Principal};
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>B</NodeName>\
    ///     <Value>1</Value></Node></Node></MgmtTree>")?;
    /// let found = StructQuery::new().depth(1).find(&tree, Principal::Device, &Default::default())?;
    /// assert_eq!(found.iter().map(|node| node.uri().to_string()).collect::<Vec<_>>(), [".", "./A"]);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`LocationQuery::find`], with [`Limits::answer_nodes`].
    pub fn find<'t>(&self, tree: &'t Tree<'_>, principal: Principal<'_>, limits: &Limits) -> Result<Vec<Node<'t>>> {
        let start = start(&self.0, tree, principal)?;
        let depth = self.0.depth.map_or(usize::MAX, usize::from);
        readable(start, depth, principal, limits.answer_nodes).ok_or(Error::new(ErrorKind::AnswerTooLong, QUERY))
    }
}

/// The node to search below, which the principal must be allowed to Get.
fn start<'t>(terms: &Terms<'_>, tree: &'t Tree<'_>, principal: Principal<'_>) -> Result<Node<'t>> {
    let fault = |kind| Error::new(kind, QUERY);
    let mut node = tree.root();
    for name in terms.start.iter().flat_map(|start| start.split('/')) {
        node = node.child(name).ok_or(fault(ErrorKind::NodeNotFound))?;
    }
    if !node.allows(principal, AclCommands::GET) {
        return Err(fault(ErrorKind::AccessDenied));
    }
    if principal != Principal::Device && is_in_inbox(node) {
        return Err(fault(ErrorKind::GetNotAllowed));
    }
    if !node.is_interior() {
        return Err(fault(ErrorKind::NotInterior));
    }
    Ok(node)
}

/// The search for objects. Every segment of a path may cost a look at every node, so they are counted.
fn search<'s>(terms: &'s Terms<'_>, principal: Principal<'s>, limits: &Limits) -> Result<MoSearch<'s>> {
    if terms.segments() > limits.pattern as usize {
        return Err(Error::new(ErrorKind::LimitPattern, QUERY));
    }
    let ids = terms.ids.iter().map(WantedId::borrowed);
    let mut search = ids.fold(MoSearch::new().principal(principal), MoSearch::wanted);
    for condition in &terms.conditions {
        search = match &condition.value {
            Some(value) => search.with_value(&condition.path, value)?,
            None => search.with_node(&condition.path)?,
        };
    }
    Ok(search)
}
