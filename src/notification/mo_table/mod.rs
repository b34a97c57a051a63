//! Numbers for management objects: the column "MO index" of OMNA's registry (`notification.md` §3.3).

mod registry;

use registry::REGISTRY;

/// Which management object an index of options and session hints stands for.
///
/// The registry has slips, and grows: what the caller puts in front of it counts first. That these are the numbers
/// options 2 and 3 of DM 1.3 carry is inferred (`notification.md` §3.3): *provisional*.
///
/// ```
/// use omadm::notification::MoTable;
/// assert_eq!(MoTable::OMNA.identifier(0x0027), Some("urn:oma:mo:oma-fumo:1.0"));
/// assert_eq!(MoTable::OMNA.index("urn:oma:mo:oma-scomo:1.0"), Some(0x0036));
///
/// let ours = MoTable::with(&[(0xF001, "urn:oma:mo:x-example:1.0"), (0x0027, "urn:oma:mo:oma-fumo:2.0")]);
/// assert_eq!(ours.identifier(0x0027), Some("urn:oma:mo:oma-fumo:2.0"));
/// assert_eq!(ours.index("urn:oma:mo:oma-fumo:1.0"), None, "its number means something else now");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoTable<'t> {
    own: &'t [(u16, &'t str)],
}

impl MoTable<'static> {
    /// The registry as it is.
    pub const OMNA: MoTable<'static> = MoTable { own: &[] };
}

impl<'t> MoTable<'t> {
    /// The registry with these rows in front of it; of several with one index the first counts.
    #[must_use]
    pub const fn with(own: &'t [(u16, &'t str)]) -> MoTable<'t> {
        MoTable { own }
    }

    /// The identifier of the object with this index.
    #[must_use]
    pub fn identifier(&self, index: u16) -> Option<&'t str> {
        let own = self.own.iter().find(|(known, _)| *known == index);
        let registered =
            || REGISTRY.binary_search_by_key(&index, |(known, _)| *known).ok().and_then(|at| REGISTRY.get(at));
        own.or_else(registered).map(|(_, identifier)| *identifier)
    }

    /// The index of the object with this identifier: the first of the caller's, else the lowest. Some identifiers are
    /// registered twice.
    #[must_use]
    pub fn index(&self, identifier: &str) -> Option<u16> {
        let rows = self.own.iter().chain(REGISTRY);
        let mut indices = rows.filter(|(_, known)| *known == identifier).map(|(index, _)| *index);
        indices.find(|index| self.identifier(*index) == Some(identifier))
    }
}
