//! Finding management objects.

use super::RelPath;
use super::condition::{Condition, Literal, Operator};
use super::get::is_in_inbox;
use crate::error::Result;
use crate::tree::{AclCommands, Node, Principal, Rights, Tree};
use std::borrow::Cow;

/// A search for the places where management objects begin, by the rules of `provisional.md` §4.2. What it finds are
/// places in tree order, objects inside objects included, each once.
///
/// It costs as much as it looks at: the objects with these identifiers, and what the conditions look at below them. How large the tree
/// is does not matter; no node is looked at more often than the conditions have segments, however many objects lie inside each other.
///
/// ```
/// use omadm::query::MoSearch;
/// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>Acc</NodeName>\
///     <RTProperties><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>\
///     <Node><NodeName>AppID</NodeName><Value>w7</Value></Node></Node></MgmtTree>")?;
/// let accounts = MoSearch::new().id("urn:oma:mo:oma-dm-dmacc:*").with_value("AppID", "w7")?;
/// let uris: Vec<String> = accounts.find(&tree).map(|node| node.uri().to_string()).collect();
/// assert_eq!(uris, ["./Acc"]);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MoSearch<'q> {
    ids: Vec<WantedId<'q>>,
    conditions: Vec<Condition<'q>>,
    principal: Principal<'q>,
}

impl Default for MoSearch<'_> {
    fn default() -> Self {
        MoSearch { ids: Vec::new(), conditions: Vec::new(), principal: Principal::Device }
    }
}

impl<'q> MoSearch<'q> {
    /// Every management object, whatever its identifier.
    #[must_use]
    pub fn new() -> MoSearch<'q> {
        MoSearch::default()
    }

    /// Only objects with this identifier; with several, those with any of them. Identifiers are compared octet by octet. One that ends in
    /// `:*` stands for every version: the text after the last colon is free. Identifiers of the older form, such as
    /// `com.companyx/1.2/ProductY`, are compared whole.
    #[must_use]
    pub fn id(self, mo_id: &'q str) -> MoSearch<'q> {
        self.wanted(WantedId::of(mo_id))
    }

    /// As [`id`](MoSearch::id), for one that has been read.
    pub(super) fn wanted(mut self, id: WantedId<'q>) -> MoSearch<'q> {
        self.ids.push(id);
        self
    }

    /// Only objects in which a [path](RelPath) from their root leads to some node. Several conditions must all hold, each on
    /// its own.
    ///
    /// # Errors
    /// As [`RelPath::parse`].
    pub fn with_node(mut self, path: &'q str) -> Result<MoSearch<'q>> {
        self.conditions.push(Condition { path: RelPath::parse(path)?, test: None });
        Ok(self)
    }

    /// Only objects in which a [path](RelPath) from their root leads to a leaf with this value, octet by octet. Values of formats `bin` and
    /// `b64` equal nothing; a leaf without a value has an empty one.
    ///
    /// # Errors
    /// As [`RelPath::parse`].
    pub fn with_value(mut self, path: &'q str, value: &'q str) -> Result<MoSearch<'q>> {
        let test = Some((Operator::Equal, Literal::Text(value.as_bytes().into())));
        self.conditions.push(Condition { path: RelPath::parse(path)?, test });
        Ok(self)
    }

    /// Only what a principal may Get: other nodes are neither found nor seen by conditions; so is, for a server, what is in the Inbox.
    #[must_use]
    pub fn principal(mut self, principal: Principal<'q>) -> MoSearch<'q> {
        self.principal = principal;
        self
    }

    /// What the search finds in a tree.
    pub fn find<'s, 't>(&'s self, tree: &'t Tree<'_>) -> impl Iterator<Item = Node<'t>> + use<'s, 't, 'q> {
        self.find_below(tree.root())
    }

    /// What the search finds at a node and below it.
    pub fn find_below<'s, 't>(&'s self, start: Node<'t>) -> impl Iterator<Item = Node<'t>> + use<'s, 't, 'q> {
        let exact = self.ids.iter().filter_map(WantedId::exact);
        let is_open = self.ids.is_empty() || self.ids.iter().any(|id| id.exact().is_none());
        let is_wanted = |mo_id: &[u8]| self.ids.is_empty() || self.ids.iter().any(|id| id.fits(mo_id));
        let roots = start.tree().mo_roots(exact, is_open.then_some(is_wanted));
        let is_whole = start.parent().is_none();
        let mut rights = Rights::new(self.principal);
        roots.filter(move |root| {
            if !is_whole && !root.is_within(start) {
                return false;
            }
            // The Inbox shows no server what is in it, whatever the ACL says.
            if self.principal != Principal::Device && root.parent().is_some_and(is_in_inbox) {
                return false;
            }
            let rights = rights.on(*root);
            let holds = |condition: &Condition<'_>| condition.holds(*root, self.principal, rights);
            rights.contains(AclCommands::GET) && self.conditions.iter().all(holds)
        })
    }
}

/// An identifier that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum WantedId<'q> {
    /// This one, whatever characters it has.
    Exact(Cow<'q, str>),
    /// Every version of it: what comes before the last colon.
    AnyVersion(Cow<'q, str>),
}

impl<'q> WantedId<'q> {
    /// As callers say it: with `:*` at the end for every version.
    pub(super) fn of(mo_id: &'q str) -> WantedId<'q> {
        match mo_id.strip_suffix(":*") {
            Some(before) => WantedId::AnyVersion(before.into()),
            None => WantedId::Exact(mo_id.into()),
        }
    }

    pub(super) fn borrowed(&self) -> WantedId<'_> {
        match self {
            WantedId::Exact(mo_id) => WantedId::Exact(mo_id.as_ref().into()),
            WantedId::AnyVersion(before) => WantedId::AnyVersion(before.as_ref().into()),
        }
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        let (WantedId::Exact(text) | WantedId::AnyVersion(text)) = self;
        text.is_empty()
    }

    /// The identifier, if one alone is meant.
    fn exact(&self) -> Option<&str> {
        match self {
            WantedId::Exact(mo_id) => Some(mo_id),
            WantedId::AnyVersion(_) => None,
        }
    }

    /// Whether an identifier is this one, or a version of it.
    pub(super) fn fits(&self, mo_id: &[u8]) -> bool {
        match self {
            WantedId::Exact(wanted) => mo_id == wanted.as_bytes(),
            WantedId::AnyVersion(before) => {
                let version = mo_id.strip_prefix(before.as_bytes()).and_then(|rest| rest.strip_prefix(b":"));
                version.is_some_and(|version| !version.contains(&b':'))
            }
        }
    }
}
