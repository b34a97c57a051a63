//! How the private list attributes are spelled (`provisional.md` §4.1, §4.2, §4.4).
//!
//! **Provisional: not from a public OMA text.** Every name, number and media type of these queries stands here, and nowhere
//! else: when a page of the real text is read, this is what changes. How long an answer may be is no matter of spelling, but of
//! [`Limits`](crate::Limits).

/// One of the three list attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Locations,
    Node,
    Structure,
}

/// What may be said behind an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Term {
    In,
    Id,
    If,
    Get,
    Path,
    Property,
    Depth,
    Data,
}

const ATTRIBUTES: [(Attribute, &str); 3] =
    [(Attribute::Locations, "x-omadm-mo"), (Attribute::Node, "x-omadm-node"), (Attribute::Structure, "x-omadm-struct")];

/// Terms in the order in which they are written, each with how often it may stand behind each attribute.
const TERMS: [(Term, &str, [usize; 3]); 8] = [
    (Term::In, "in", [1, 1, 1]),
    (Term::Id, "id", [8, 1, 0]),
    (Term::If, "if", [8, 8, 0]),
    (Term::Get, "get", [8, 0, 0]),
    (Term::Path, "path", [0, 1, 0]),
    (Term::Property, "prop", [0, 1, 0]),
    (Term::Depth, "depth", [0, 0, 1]),
    (Term::Data, "data", [0, 0, 1]),
];

/// `Type` of the item that says how many locations follow.
pub(crate) const LOCATIONS_COUNT: &str = "text/x-omadm-mo-count";
/// `Type` of the item that says how many nodes follow.
pub(crate) const STRUCTURE_COUNT: &str = "text/x-omadm-struct-count";

/// Letters that must not stand in a query, because a client in the field takes them for a request wherever they are; and how
/// they are written.
pub(super) const ESCAPED_WORD: (&str, &str) = ("TNDS", "%54NDS");

/// The end of an identifier of which every version is meant.
pub(super) const ANY_VERSION: &str = ":*";

/// The largest depth.
pub(super) const MOST_DEPTH: u16 = 999;

/// How many candidates are named for a node address that fits several nodes.
pub(super) const MOST_CANDIDATES: usize = 16;

/// Whether an octet stands for itself in a term.
pub(super) fn is_plain(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"-._~:@$,".contains(&octet)
}

impl Attribute {
    pub(super) fn from_name(name: &str) -> Option<Attribute> {
        ATTRIBUTES.into_iter().find(|(_, known)| *known == name).map(|(attribute, _)| attribute)
    }

    pub(super) fn name(self) -> &'static str {
        ATTRIBUTES.into_iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }
}

impl Term {
    pub(super) fn from_name(name: &str) -> Option<Term> {
        TERMS.into_iter().find(|(_, known, _)| *known == name).map(|(term, ..)| term)
    }

    pub(super) fn name(self) -> &'static str {
        TERMS.into_iter().find(|(known, ..)| *known == self).map_or("", |(_, name, _)| name)
    }

    /// How often the term may stand behind an attribute.
    pub(super) fn most(self, attribute: Attribute) -> usize {
        let most = TERMS.into_iter().find(|(known, ..)| *known == self).map(|(.., most)| most);
        let [locations, node, structure] = most.unwrap_or_default();
        match attribute {
            Attribute::Locations => locations,
            Attribute::Node => node,
            Attribute::Structure => structure,
        }
    }
}
