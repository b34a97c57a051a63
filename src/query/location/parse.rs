//! Reading the private list attributes (`provisional.md` §4.1).

use super::spelling::{self, Attribute, Term};
use super::{Condition, LocationQuery, NodeAddress, PrivateList, StructQuery, Terms};
use crate::error::{Error, ErrorKind, Result};
use crate::query::search::WantedId;
use crate::query::{List, Query, Uri, UriLimits};
use crate::tree::{Property, segment};
use std::borrow::Cow;

impl<'q> PrivateList<'q> {
    /// Reads the query of a URI, if it has one of these attributes; none for every other URI.
    ///
    /// ```
    /// use omadm::query::{PrivateList, Uri, UriLimits};
    /// let uri = Uri::parse(".?list=x-omadm-struct+depth=1+in=DevInfo")?;
    /// let Some(PrivateList::Structure(query)) = PrivateList::parse(&uri, &UriLimits::NONE)? else { panic!() };
    /// assert_eq!(query.to_string(), ".?list=x-omadm-struct+in=./DevInfo+depth=1");
    /// assert_eq!(PrivateList::parse(&Uri::parse(".?list=Struct")?, &UriLimits::NONE)?, None);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// With the offset of the octet at fault in the URI (blanks before it, which [`Uri::parse_lenient`] takes, are not counted):
    ///
    /// | kind | status | when |
    /// |---|---|---|
    /// | [`UnsupportedQuery`](ErrorKind::UnsupportedQuery) | 406 | an unknown term, an unknown property |
    /// | [`UriTooLong`](ErrorKind::UriTooLong) | 414 | the URI, a name in it, or a path is longer than `limits` |
    /// | [`InvalidLocationQuery`](ErrorKind::InvalidLocationQuery) | 422 | anything but `.` before the `?`; a term that is malformed, missing, or there too often |
    pub fn parse(uri: &Uri<'q>, limits: &UriLimits) -> Result<Option<PrivateList<'q>>> {
        let Some(Query::List(List::Other(text))) = uri.query() else { return Ok(None) };
        let (name, terms) = text.split_once('+').map_or((text, None), |(name, terms)| (name, Some(terms)));
        let Some(attribute) = Attribute::from_name(name) else { return Ok(None) };
        uri.check(limits)?;
        if uri.path() != "." {
            return Err(Error::new(ErrorKind::InvalidLocationQuery, 0));
        }
        let mut parser = Parser { attribute, limits, seen: Vec::new(), found: Terms::default() };
        let name_at = uri.path().len().saturating_add("?list=".len());
        let mut at = name_at.saturating_add(name.len()).saturating_add(1);
        for term in terms.iter().flat_map(|terms| terms.split('+')) {
            parser.term(term, at)?;
            at = at.saturating_add(term.len()).saturating_add(1);
        }
        let terms = parser.found;
        Ok(Some(match attribute {
            Attribute::Locations => PrivateList::Locations(LocationQuery(terms)),
            Attribute::Node if terms.ids.is_empty() => {
                return Err(Error::new(ErrorKind::InvalidLocationQuery, name_at));
            }
            Attribute::Node => PrivateList::Node(NodeAddress(terms)),
            Attribute::Structure => PrivateList::Structure(StructQuery(terms)),
        }))
    }
}

struct Parser<'q, 'l> {
    attribute: Attribute,
    limits: &'l UriLimits,
    /// The terms that were there; none more often than it may be.
    seen: Vec<Term>,
    found: Terms<'q>,
}

impl<'q> Parser<'q, '_> {
    /// Reads one term, which begins at octet `at` of the URI.
    fn term(&mut self, text: &'q str, at: usize) -> Result<()> {
        let malformed = |by: usize| Error::new(ErrorKind::InvalidLocationQuery, at.saturating_add(by));
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        if name.is_empty() {
            return Err(malformed(0));
        }
        let unknown = Error::new(ErrorKind::UnsupportedQuery, at);
        let term = Term::from_name(name).ok_or(unknown)?;
        let most = term.most(self.attribute);
        if most == 0 {
            return Err(unknown);
        }
        if self.seen.iter().filter(|seen| **seen == term).count() >= most {
            return Err(malformed(0));
        }
        self.seen.push(term);
        let value_at = at.saturating_add(name.len()).saturating_add(1);
        match (term, value) {
            (Term::Data, None) => self.found.data = true,
            (Term::Data, Some(_)) | (_, None) => return Err(malformed(name.len())),
            (_, Some(value)) => self.value(term, value, value_at)?,
        }
        Ok(())
    }

    fn value(&mut self, term: Term, text: &'q str, at: usize) -> Result<()> {
        let malformed = |by: usize| Error::new(ErrorKind::InvalidLocationQuery, at.saturating_add(by));
        match term {
            Term::In => {
                must_be_plain(text, "/").map_err(malformed)?;
                self.found.start = start(text).map_err(malformed)?;
                self.limits.check_path(text, at)?;
            }
            Term::Id => {
                let read = |text| must_be_plain(text, "/").and_then(|()| decoded(text)).map_err(malformed);
                // An escaped star is a character of the identifier.
                let id = match text.strip_suffix(spelling::ANY_VERSION) {
                    Some(before) => WantedId::AnyVersion(read(before)?),
                    None => WantedId::Exact(read(text)?),
                };
                if id.is_empty() {
                    return Err(malformed(0));
                }
                self.found.ids.push(id);
            }
            Term::If => {
                let (raw, value) = text.split_once('=').map_or((text, None), |(path, value)| (path, Some(value)));
                let path = self.path(raw, at)?;
                let value_at = raw.len().saturating_add(1);
                let value = value.map(|value| must_be_plain(value, "").and_then(|()| decoded(value)));
                let value = value.transpose().map_err(|by| malformed(value_at.saturating_add(by)))?;
                self.found.conditions.push(Condition { path, value });
            }
            Term::Get => {
                let path = self.path(text, at)?;
                self.found.gets.push(path);
            }
            Term::Path => self.found.path = Some(self.path(text, at)?),
            Term::Property => {
                must_be_plain(text, "").map_err(malformed)?;
                if text.is_empty() {
                    return Err(malformed(0));
                }
                let property = Property::from_name(text).ok_or(Error::new(ErrorKind::UnsupportedQuery, at))?;
                self.found.property = Some(property);
            }
            Term::Depth => {
                let is_decimal = text.bytes().all(|octet| octet.is_ascii_digit());
                let is_shortest = text == "0" || !text.starts_with('0');
                let depth = text.parse().ok().filter(|depth| *depth <= spelling::MOST_DEPTH);
                self.found.depth = Some(depth.filter(|_| is_decimal && is_shortest).ok_or(malformed(0))?);
            }
            Term::Data => {}
        }
        Ok(())
    }

    fn path(&self, text: &'q str, at: usize) -> Result<Cow<'q, str>> {
        let malformed = |by: usize| Error::new(ErrorKind::InvalidLocationQuery, at.saturating_add(by));
        must_be_plain(text, "/*").map_err(malformed)?;
        let path = path(text, true).map_err(malformed)?;
        self.limits.check_path(text, at)?;
        Ok(path)
    }
}

/// What a text has that would have to be escaped, and where; escapes must be whole.
fn must_be_plain(text: &str, also: &str) -> Result<(), usize> {
    let bytes = text.as_bytes();
    let is_plain = |at: usize, octet: u8| match octet {
        b'%' => bytes.get(at..).and_then(segment::escape).is_some(),
        octet => spelling::is_plain(octet) || also.as_bytes().contains(&octet),
    };
    match bytes.iter().enumerate().find(|(at, octet)| !is_plain(*at, **octet)) {
        Some((at, _)) => Err(at),
        None => Ok(()),
    }
}

/// A text with its escapes undone, which must be UTF-8.
fn decoded(text: &str) -> Result<Cow<'_, str>, usize> {
    match segment::canonical(text.as_bytes()) {
        Cow::Borrowed(_) => Ok(Cow::Borrowed(text)),
        Cow::Owned(octets) => String::from_utf8(octets)
            .map(Cow::Owned)
            .map_err(|error| written_at(text, error.utf8_error().valid_up_to())),
    }
}

/// Where in a text stands what is octet `nth` once escapes are undone.
fn written_at(text: &str, nth: usize) -> usize {
    let mut at = 0_usize;
    for _ in 0..nth {
        let is_escape = text.as_bytes().get(at..).and_then(segment::escape).is_some();
        at = at.saturating_add(if is_escape { 3 } else { 1 });
    }
    at
}

/// A URI to search below, in its canonical form; none for the root.
pub(super) fn start(text: &str) -> Result<Option<Cow<'_, str>>, usize> {
    let (names, skipped) = match text.strip_prefix("./") {
        _ if text == "." => return Ok(None),
        Some(names) => (names, 2),
        None => (text, 0_usize),
    };
    path(names, false).map(Some).map_err(|by| skipped.saturating_add(by))
}

/// A path in its canonical form: escaped what has to be, and nothing else. An error is where the octet at fault stands, or the segment.
pub(super) fn path(text: &str, has_stars: bool) -> Result<Cow<'_, str>, usize> {
    let mut path = String::with_capacity(text.len());
    let mut at = 0_usize;
    for segment in text.split('/') {
        if at > 0 {
            path.push('/');
        }
        if segment == "*" && has_stars {
            path.push('*');
        } else {
            let name = decoded(segment).map_err(|by| at.saturating_add(by))?;
            let fault = if matches!(name.as_ref(), "" | "." | "..") { Some(0) } else { segment.find('*') };
            if let Some(fault) = fault {
                return Err(at.saturating_add(fault));
            }
            super::print::escape(&mut path, &name, "");
        }
        at = at.saturating_add(segment.len()).saturating_add(1);
    }
    Ok(if path == text { Cow::Borrowed(text) } else { Cow::Owned(path) })
}
