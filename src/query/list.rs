//! What may follow the `?` of a URI (`wire.md` §9.1, §9.4, §9.6).

use crate::error::{Error, ErrorKind, Result};
use crate::tree::Property;
use core::fmt;

/// The query of a URI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Query<'a> {
    /// `?prop=`: a property of the node.
    Property(Property),
    /// `?prop=` with a name that no property has: status 406.
    UnknownProperty(&'a str),
    /// `?list=`: the node with everything below it.
    List(List<'a>),
}

/// What `?list=` asks for (`wire.md` §9.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List<'a> {
    /// `Struct`: an item for each node.
    Struct,
    /// `StructData`: an item for each node, with the values of leaves.
    StructData,
    /// `TNDS`: one tree document, with these properties.
    Tnds(Selection<'a>),
    /// Anything else, whole: status 406.
    Other(&'a str),
}

/// Which properties a tree document is to have. Names are as they were written, so that unknown ones can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Selection<'a> {
    /// All that the server may read.
    All,
    /// `+A+B`: these.
    Only(PropertyNames<'a>),
    /// `-A-B`: all but these.
    AllBut(PropertyNames<'a>),
}

/// The names in a [`Selection`], in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PropertyNames<'a> {
    text: &'a str,
    separator: char,
}

impl<'a> PropertyNames<'a> {
    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text.split(self.separator)
    }
}

impl fmt::Debug for PropertyNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> Query<'a> {
    /// Reads what follows the `?`, which stands at octet `at`.
    pub(super) fn parse(text: &'a str, at: usize) -> Result<Query<'a>> {
        let fault = |at| Error::new(ErrorKind::InvalidQuery, at);
        let (key, value) = text.split_once('=').ok_or(fault(at))?;
        let value_at = at.saturating_add(key.len()).saturating_add(1);
        if value.is_empty() {
            return Err(fault(value_at));
        }
        match key {
            "prop" => Ok(Property::from_name(value).map_or(Query::UnknownProperty(value), Query::Property)),
            "list" => Ok(Query::List(List::parse(value, value_at)?)),
            _ => Err(fault(at)),
        }
    }
}

impl<'a> List<'a> {
    fn parse(text: &'a str, at: usize) -> Result<List<'a>> {
        const TNDS: &str = "TNDS";
        let names = match text {
            "Struct" => return Ok(List::Struct),
            "StructData" => return Ok(List::StructData),
            TNDS => return Ok(List::Tnds(Selection::All)),
            _ => text.strip_prefix(TNDS).and_then(|rest| Some((rest.chars().next()?, rest.get(1..)?))),
        };
        let (separator, names) = match names {
            Some((separator @ ('+' | '-'), names)) => (separator, names),
            _ => return Ok(List::Other(text)),
        };
        let mut name_at = at.saturating_add(TNDS.len()).saturating_add(1);
        for name in names.split(separator) {
            let fault = if name.is_empty() { Some(0) } else { name.find(['+', '-']) };
            if let Some(fault) = fault {
                return Err(Error::new(ErrorKind::InvalidQuery, name_at.saturating_add(fault)));
            }
            name_at = name_at.saturating_add(name.len()).saturating_add(1);
        }
        let names = PropertyNames { text: names, separator };
        Ok(List::Tnds(if separator == '+' { Selection::Only(names) } else { Selection::AllBut(names) }))
    }
}
