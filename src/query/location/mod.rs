//! Finding and addressing by management object identifier: the location query, the node address and the structural query.
//!
//! **Provisional: not from a public OMA text** (`provisional.md` §4). DM 1.3 asks for these, and the form in which it has them is not
//! public. These are private list attributes between parties that both know them; a device answers them only when
//! [told to](crate::session::ResultsOptions::location_queries), and a server sends them only to devices for which it was switched on.

mod find;
mod parse;
mod print;
mod spelling;

pub use find::{Addressed, MoLocation};
pub(crate) use spelling::{LOCATIONS_COUNT, STRUCTURE_COUNT};

use super::RelPath;
use super::search::WantedId;
use crate::error::{Error, ErrorKind, Result};
use crate::tree::Property;
use spelling::{Attribute, Term};
use std::borrow::Cow;

/// A URI with one of the private list attributes. *Provisional* (`provisional.md` §4).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PrivateList<'q> {
    /// Where are the management objects with this identifier?
    Locations(LocationQuery<'q>),
    /// A node, named by the management object that it is in.
    Node(NodeAddress<'q>),
    /// What is below a node, so many levels deep?
    Structure(StructQuery<'q>),
}

/// What is said behind an attribute. Texts are as meant, paths are in their canonical form: with as few escapes as can be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Terms<'q> {
    /// `A/B`; none is the root.
    start: Option<Cow<'q, str>>,
    ids: Vec<WantedId<'q>>,
    conditions: Vec<Condition<'q>>,
    gets: Vec<Cow<'q, str>>,
    path: Option<Cow<'q, str>>,
    property: Option<Property>,
    depth: Option<u16>,
    data: bool,
}

/// That there is a node, or a leaf with a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Condition<'q> {
    path: Cow<'q, str>,
    value: Option<Cow<'q, str>>,
}

impl<'q> Terms<'q> {
    /// Segments of all paths together.
    fn segments(&self) -> usize {
        let paths = self.conditions.iter().map(|condition| &condition.path).chain(&self.gets).chain(&self.path);
        paths.map(|path| path.split('/').count()).fold(0, usize::saturating_add)
    }

    fn set_start(&mut self, uri: &'q str) -> Result<()> {
        self.start = parse::start(uri).map_err(|at| Error::new(ErrorKind::InvalidUri, at))?;
        Ok(())
    }

    fn add_id(&mut self, mo_id: &'q str, attribute: Attribute) -> Result<()> {
        must_have_room(self.ids.len(), Term::Id, attribute)?;
        let id = WantedId::of(mo_id);
        if id.is_empty() {
            return Err(Error::new(ErrorKind::InvalidLocationQuery, 0));
        }
        self.ids.push(id);
        Ok(())
    }

    fn add_condition(&mut self, path: &'q str, value: Option<&'q str>, attribute: Attribute) -> Result<()> {
        must_have_room(self.conditions.len(), Term::If, attribute)?;
        self.conditions.push(Condition { path: rel_path(path)?, value: value.map(Cow::Borrowed) });
        Ok(())
    }
}

/// Whether a term that is there so often may be there once more.
fn must_have_room(count: usize, term: Term, attribute: Attribute) -> Result<()> {
    if count < term.most(attribute) { Ok(()) } else { Err(Error::new(ErrorKind::InvalidLocationQuery, 0)) }
}

fn rel_path(path: &str) -> Result<Cow<'_, str>> {
    parse::path(path, true).map_err(|at| Error::new(ErrorKind::InvalidRelPath, at))
}

/// A question for the places where management objects begin, asked with a `Get`. *Provisional* (`provisional.md` §4.2).
///
/// It prints as the URI to ask for. [`find`](LocationQuery::find) answers it, [`session::results`](crate::session::results()) makes items of the
/// answer, and [`session::Locator`](crate::session::Locator) asks it of devices, also of those that do not know it.
///
/// ```
/// use omadm::query::LocationQuery;
/// let accounts = LocationQuery::new().id("urn:oma:mo:oma-dm-dmacc:*")?.with_value("AppID", "w7")?.get("AppAddr/*/Addr")?;
/// assert_eq!(
///     accounts.to_string(),
///     ".?list=x-omadm-mo+id=urn:oma:mo:oma-dm-dmacc:*+if=AppID=w7+get=AppAddr/*/Addr"
/// );
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LocationQuery<'q>(Terms<'q>);

impl<'q> LocationQuery<'q> {
    /// Every management object.
    #[must_use]
    pub fn new() -> LocationQuery<'q> {
        LocationQuery::default()
    }

    /// Only at this node and below it.
    ///
    /// # Errors
    /// [`InvalidUri`](ErrorKind::InvalidUri), with the offset in `uri`.
    pub fn below(mut self, uri: &'q str) -> Result<LocationQuery<'q>> {
        self.0.set_start(uri)?;
        Ok(self)
    }

    /// Only objects with this identifier, or, if it ends in `:*`, with any version of it; with up to eight, those with any of them.
    ///
    /// # Errors
    /// [`InvalidLocationQuery`](ErrorKind::InvalidLocationQuery) for an empty identifier and for the ninth.
    pub fn id(mut self, mo_id: &'q str) -> Result<LocationQuery<'q>> {
        self.0.add_id(mo_id, Attribute::Locations)?;
        Ok(self)
    }

    /// Only objects in which a [path](RelPath) leads to some node. Up to eight conditions must all hold, each on its own.
    ///
    /// # Errors
    /// [`InvalidRelPath`](ErrorKind::InvalidRelPath), with the offset in `path`;
    /// [`InvalidLocationQuery`](ErrorKind::InvalidLocationQuery) for the ninth condition.
    pub fn with_node(mut self, path: &'q str) -> Result<LocationQuery<'q>> {
        self.0.add_condition(path, None, Attribute::Locations)?;
        Ok(self)
    }

    /// Only objects in which a [path](RelPath) leads to a leaf with this value, octet by octet.
    ///
    /// # Errors
    /// As [`with_node`](LocationQuery::with_node).
    pub fn with_value(mut self, path: &'q str, value: &'q str) -> Result<LocationQuery<'q>> {
        self.0.add_condition(path, Some(value), Attribute::Locations)?;
        Ok(self)
    }

    /// Also what a [path](RelPath) leads to in each object; up to eight of these.
    ///
    /// # Errors
    /// As [`with_node`](LocationQuery::with_node).
    pub fn get(mut self, path: &'q str) -> Result<LocationQuery<'q>> {
        must_have_room(self.0.gets.len(), Term::Get, Attribute::Locations)?;
        self.0.gets.push(rel_path(path)?);
        Ok(self)
    }

    /// Where the search begins, without `./`; none at the root.
    pub(crate) fn start(&self) -> Option<&str> {
        self.0.start.as_deref()
    }

    /// Whether objects with this identifier are asked for.
    pub(crate) fn wants(&self, mo_id: &str) -> bool {
        self.0.ids.is_empty() || self.0.ids.iter().any(|id| id.fits(mo_id.as_bytes()))
    }

    /// The conditions: path, and value if one is asked for.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = (RelPath<'_>, Option<&str>)> {
        self.0.conditions.iter().map(|condition| (RelPath::of_canonical(&condition.path), condition.value.as_deref()))
    }

    /// What is asked for in each object.
    pub(crate) fn gets(&self) -> impl Iterator<Item = RelPath<'_>> {
        self.0.gets.iter().map(|path| RelPath::of_canonical(path))
    }
}

/// Stands for the URI of the one node that it fits, in any command. *Provisional* (`provisional.md` §4.3).
///
/// It prints as the URI to send. [`session::target`](crate::session::target()) finds out which node it is. A server sends it only to devices of
/// which it [knows](crate::session::QuerySupport::may_address) that they understand it.
///
/// ```
/// use omadm::query::NodeAddress;
/// let address = NodeAddress::new("urn:oma:mo:oma-fumo:1.0")?.with_value("PkgName", "radio")?.path("Download/PkgURL")?;
/// assert_eq!(
///     address.to_string(),
///     ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+if=PkgName=radio+path=Download/PkgURL"
/// );
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeAddress<'q>(Terms<'q>);

impl<'q> NodeAddress<'q> {
    /// The root of the object with this identifier, or, if it ends in `:*`, with any version of it.
    ///
    /// # Errors
    /// [`InvalidLocationQuery`](ErrorKind::InvalidLocationQuery) for an empty identifier.
    pub fn new(mo_id: &'q str) -> Result<NodeAddress<'q>> {
        let mut terms = Terms::default();
        terms.add_id(mo_id, Attribute::Node)?;
        Ok(NodeAddress(terms))
    }

    /// As [`LocationQuery::below`].
    ///
    /// # Errors
    /// As [`LocationQuery::below`].
    pub fn below(mut self, uri: &'q str) -> Result<NodeAddress<'q>> {
        self.0.set_start(uri)?;
        Ok(self)
    }

    /// As [`LocationQuery::with_node`].
    ///
    /// # Errors
    /// As [`LocationQuery::with_node`].
    pub fn with_node(mut self, path: &'q str) -> Result<NodeAddress<'q>> {
        self.0.add_condition(path, None, Attribute::Node)?;
        Ok(self)
    }

    /// As [`LocationQuery::with_value`].
    ///
    /// # Errors
    /// As [`LocationQuery::with_node`].
    pub fn with_value(mut self, path: &'q str, value: &'q str) -> Result<NodeAddress<'q>> {
        self.0.add_condition(path, Some(value), Attribute::Node)?;
        Ok(self)
    }

    /// The node to which a [path](RelPath) from that root leads.
    ///
    /// # Errors
    /// [`InvalidRelPath`](ErrorKind::InvalidRelPath), with the offset in `path`.
    pub fn path(mut self, path: &'q str) -> Result<NodeAddress<'q>> {
        self.0.path = Some(rel_path(path)?);
        Ok(self)
    }

    /// A property of the node, instead of the node.
    #[must_use]
    pub fn with_property(mut self, property: Property) -> NodeAddress<'q> {
        self.0.property = Some(property);
        self
    }

    /// The property, if one is meant.
    #[must_use]
    pub fn property(&self) -> Option<Property> {
        self.0.property
    }
}

/// A question for what is below a node, asked with a `Get`: as `?list=Struct` and `?list=StructData`, to a depth and with a count.
/// *Provisional* (`provisional.md` §4.4).
///
/// ```
/// use omadm::query::StructQuery;
/// let query = StructQuery::new().below("./DevDetail")?.depth(1).data();
/// assert_eq!(query.to_string(), ".?list=x-omadm-struct+in=./DevDetail+depth=1+data");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct StructQuery<'q>(Terms<'q>);

impl<'q> StructQuery<'q> {
    /// The whole tree.
    #[must_use]
    pub fn new() -> StructQuery<'q> {
        StructQuery::default()
    }

    /// This node and what is below it.
    ///
    /// # Errors
    /// As [`LocationQuery::below`].
    pub fn below(mut self, uri: &'q str) -> Result<StructQuery<'q>> {
        self.0.set_start(uri)?;
        Ok(self)
    }

    /// So many levels below it, at most 999; 0 is the node alone.
    #[must_use]
    pub fn depth(mut self, levels: u16) -> StructQuery<'q> {
        self.0.depth = Some(levels.min(spelling::MOST_DEPTH));
        self
    }

    /// With the values of leaves.
    #[must_use]
    pub fn data(mut self) -> StructQuery<'q> {
        self.0.data = true;
        self
    }

    /// Whether values are asked for.
    #[must_use]
    pub fn has_data(&self) -> bool {
        self.0.data
    }
}
