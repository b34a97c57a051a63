//! Writing the private list attributes, in their canonical form (`provisional.md` §4.1).

use super::spelling::{self, Attribute, Term};
use super::{LocationQuery, NodeAddress, PrivateList, StructQuery, Terms};
use crate::query::search::WantedId;
use core::fmt;
use core::fmt::Write as _;

/// Writes a text with everything escaped that a term cannot have, except the characters in `also`.
pub(super) fn escape(out: &mut String, text: &str, also: &str) {
    for octet in text.bytes() {
        if spelling::is_plain(octet) || also.as_bytes().contains(&octet) {
            out.push(char::from(octet));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{octet:02X}");
        }
    }
}

fn uri(attribute: Attribute, terms: &Terms<'_>) -> String {
    let mut out = format!(".?list={}", attribute.name());
    let mut term = |term: Term, value: &str| {
        out.push('+');
        out.push_str(term.name());
        if term != Term::Data {
            out.push('=');
        }
        out.push_str(value);
    };
    if let Some(start) = &terms.start {
        term(Term::In, &format!("./{start}"));
    }
    for id in &terms.ids {
        let (text, version) = match id {
            WantedId::Exact(text) => (text, ""),
            WantedId::AnyVersion(text) => (text, spelling::ANY_VERSION),
        };
        let mut value = String::new();
        escape(&mut value, text, "/");
        term(Term::Id, &(value + version));
    }
    for condition in &terms.conditions {
        let mut value = condition.path.to_string();
        if let Some(wanted) = &condition.value {
            value.push('=');
            escape(&mut value, wanted, "");
        }
        term(Term::If, &value);
    }
    terms.gets.iter().for_each(|path| term(Term::Get, path));
    if let Some(path) = &terms.path {
        term(Term::Path, path);
    }
    if let Some(property) = terms.property {
        term(Term::Property, property.name());
    }
    if let Some(depth) = terms.depth {
        term(Term::Depth, &depth.to_string());
    }
    if terms.data {
        term(Term::Data, "");
    }
    let (word, escaped) = spelling::ESCAPED_WORD;
    out.replace(word, escaped)
}

impl fmt::Display for LocationQuery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&uri(Attribute::Locations, &self.0))
    }
}

impl fmt::Display for NodeAddress<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&uri(Attribute::Node, &self.0))
    }
}

impl fmt::Display for StructQuery<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&uri(Attribute::Structure, &self.0))
    }
}

impl fmt::Display for PrivateList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PrivateList::Locations(query) => query.fmt(f),
            PrivateList::Node(address) => address.fmt(f),
            PrivateList::Structure(query) => query.fmt(f),
        }
    }
}
