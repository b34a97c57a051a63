//! Finding management objects.

use super::RelPath;
use super::condition::{Condition, Literal, Operator};
use super::get::is_in_inbox;
use crate::error::Result;
use crate::tree::{AclCommands, Node, Principal, Rights, Tree};

/// A search for the places where management objects begin, by the rules of `provisional.md` §4.2. What it finds are
/// places in tree order, objects inside objects included, each once.
///
/// It costs as much as it looks at: the objects with these identifiers, and what the conditions look at below them. How large the tree
/// is does not matter.
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
    ids: Vec<&'q str>,
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
    pub fn id(mut self, mo_id: &'q str) -> MoSearch<'q> {
        self.ids.push(mo_id);
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
        let exact = self.ids.iter().copied().filter(|id| any_version(id).is_none());
        let is_open = self.ids.is_empty() || self.ids.iter().any(|id| any_version(id).is_some());
        let is_wanted = is_open.then_some(|mo_id: &[u8]| {
            self.ids.is_empty() || self.ids.iter().any(|id| any_version(id).is_some_and(|id| is_version_of(mo_id, id)))
        });
        let roots = start.tree().mo_roots(exact, is_wanted);
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

/// Whether an identifier is the one that is wanted, or a version of it.
pub(super) fn is_wanted(wanted: &str, mo_id: &str) -> bool {
    wanted == mo_id || any_version(wanted).is_some_and(|any| is_version_of(mo_id.as_bytes(), any))
}

/// An identifier that stands for every version: what comes before the version, the colon included.
fn any_version(mo_id: &str) -> Option<&str> {
    mo_id.strip_suffix('*').filter(|rest| rest.ends_with(':'))
}

fn is_version_of(mo_id: &[u8], any: &str) -> bool {
    mo_id.strip_prefix(any.as_bytes()).is_some_and(|version| !version.contains(&b':'))
}
