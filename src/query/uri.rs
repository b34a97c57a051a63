//! URIs of nodes (`wire.md` §9.1).

use super::Query;
use crate::error::{Error, ErrorKind, Result};
use crate::tree::{Node, Tree, segment};

/// The URI of a node, taken apart: `.`, `./A/B` or `A/B`, with an optional query behind `?`.
///
/// ```
/// use omadm::{query::{Query, Uri}, tree::Property};
/// let uri = Uri::parse("./DevInfo/Man?prop=ACL")?;
/// assert_eq!(uri.segments().collect::<Vec<_>>(), ["DevInfo", "Man"]);
/// assert_eq!(uri.query(), Some(Query::Property(Property::Acl)));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Uri<'a> {
    text: &'a str,
    path: &'a str,
    query: Option<Query<'a>>,
}

/// How much a text must keep to the rules of a URI.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rules {
    All,
    /// Those on slashes and dots, not those on characters.
    Structure,
    /// As few as leave a meaning.
    Few,
}

impl<'a> Uri<'a> {
    /// Takes a URI apart, by all rules of the specification: what a device does with a URI that it gets.
    ///
    /// # Errors
    /// [`InvalidUri`](ErrorKind::InvalidUri) for an empty URI, a leading or trailing slash, an empty segment, and `.` or `..` inside, at the
    /// segment at fault; for a character that has to be escaped and for `%` without two hexadecimal digits, at that octet.
    /// [`InvalidQuery`](ErrorKind::InvalidQuery) for a query that is neither `prop=` nor `list=` with something behind it, for an empty name in
    /// it, for a character that has to be escaped, and for `+` and `-` mixed (status 422). What is only unknown is kept: see [`UnknownProperty`](Query::UnknownProperty)
    /// and [`List`](super::List::Other).
    pub fn parse(uri: &'a str) -> Result<Uri<'a>> {
        Uri::take_apart(uri, Rules::All)
    }

    /// As [`parse`](Uri::parse), for names that were not escaped: every character but `/` and `?` stands for itself, and so
    /// does `%` that begins no escape. This is what [`Tree::get`] takes.
    ///
    /// # Errors
    /// As [`parse`](Uri::parse), but for characters.
    pub fn parse_names(uri: &'a str) -> Result<Uri<'a>> {
        Uri::take_apart(uri, Rules::Structure)
    }

    /// As [`parse_names`](Uri::parse_names), with the slips of peers and of the specification's own examples: `/A` and `./` (`wire.md` §9.1,
    /// §14.1 row 18), a trailing or doubled slash, and blanks and line breaks around (§14.2, Microsoft). For servers that read what devices send; a
    /// device that took such a URI would do what the server perhaps did not mean.
    ///
    /// ```
    /// use omadm::query::Uri;
    /// let uri = Uri::parse_lenient("\n  /OperatorX/Acc/ ")?;
    /// assert_eq!(uri.segments().collect::<Vec<_>>(), ["OperatorX", "Acc"]);
    /// assert!(Uri::parse("/OperatorX/Acc").is_err());
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidUri`](ErrorKind::InvalidUri) for an empty URI, and for `.` or `..` inside; [`InvalidQuery`](ErrorKind::InvalidQuery) as
    /// [`parse`](Uri::parse).
    pub fn parse_lenient(uri: &'a str) -> Result<Uri<'a>> {
        Uri::take_apart(uri, Rules::Few)
    }

    fn take_apart(uri: &'a str, rules: Rules) -> Result<Uri<'a>> {
        let fault = |at| Err(Error::new(ErrorKind::InvalidUri, at));
        let (text, start) = match rules {
            Rules::Few => (uri.trim_ascii(), uri.len().saturating_sub(uri.trim_ascii_start().len())),
            _ => (uri, 0),
        };
        let (path, query) = match text.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (text, None),
        };
        let mut at = start;
        if path.is_empty() {
            return fault(at);
        }
        let mut is_first = true;
        for segment in path.split('/') {
            match segment {
                "" if rules == Rules::Few => {}
                "." if is_first => is_first = rules == Rules::Few,
                "" | "." | ".." => return fault(at),
                _ => {
                    is_first = false;
                    let wrong = if rules == Rules::All { segment::find_wrong(segment.as_bytes()) } else { None };
                    if let Some(wrong) = wrong {
                        return fault(at.saturating_add(wrong));
                    }
                }
            }
            at = at.saturating_add(segment.len()).saturating_add(1);
        }
        if rules == Rules::All
            && let Some(query) = query
        {
            check_query(query, at)?;
        }
        let query = query.map(|query| Query::parse(query, at)).transpose()?;
        Ok(Uri { text, path, query })
    }

    /// The names on the way from the root, escapes included.
    pub fn segments(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.path.split('/').filter(|name| !matches!(*name, "" | "."))
    }

    /// What stands before the `?`: the URI of the node itself.
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// What follows the `?`.
    #[must_use]
    pub fn query(&self) -> Option<Query<'a>> {
        self.query
    }

    /// Checks the URI against what a device takes.
    ///
    /// # Errors
    /// [`UriTooLong`](ErrorKind::UriTooLong) (status 414), where the limit is passed: at the first character too many, the first segment too many, or
    /// the segment that is too long.
    pub fn check(&self, limits: &UriLimits) -> Result<()> {
        if let Some((at, _)) = self.text.char_indices().nth(most(limits.max_tot_len)) {
            return Err(Error::new(ErrorKind::UriTooLong, at));
        }
        limits.check_path(self.path, 0)
    }
}

/// How much a limit lets through.
fn most(limit: u16) -> usize {
    if limit == 0 { usize::MAX } else { usize::from(limit) }
}

/// A query may have what a segment has, and slashes, semicolons and question marks (RFC 2396 `uric`).
fn check_query(query: &str, mut at: usize) -> Result<()> {
    for part in query.split(['/', ';', '?']) {
        if let Some(wrong) = segment::find_wrong(part.as_bytes()) {
            return Err(Error::new(ErrorKind::InvalidQuery, at.saturating_add(wrong)));
        }
        at = at.saturating_add(part.len()).saturating_add(1);
    }
    Ok(())
}

/// What a device takes, as its `DevDetail` says below `URI` (`wire.md` §9.1, §10.2). 0 is no limit, which is the default.
///
/// ```
/// use omadm::{ErrorKind, query::{Uri, UriLimits}};
/// let limits = UriLimits { max_seg_len: 8, ..UriLimits::default() };
/// assert!(Uri::parse("./DevInfo/Man")?.check(&limits).is_ok());
/// let error = Uri::parse("./DevDetail/Man")?.check(&limits).unwrap_err();
/// assert_eq!((error.kind(), error.offset()), (ErrorKind::UriTooLong, 2));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct UriLimits {
    /// `MaxDepth`: segments. The root's `.` is not counted.
    pub max_depth: u16,
    /// `MaxTotLen`: characters of the whole URI, with its query, as sent: an escape is three.
    pub max_tot_len: u16,
    /// `MaxSegLen`: characters of one segment, as sent.
    pub max_seg_len: u16,
}

impl UriLimits {
    /// No limits.
    pub const NONE: UriLimits = UriLimits { max_depth: 0, max_tot_len: 0, max_seg_len: 0 };

    /// Checks the segments of a path that begins at octet `at`.
    pub(super) fn check_path(&self, path: &str, mut at: usize) -> Result<()> {
        let mut depth = 0_usize;
        for segment in path.split('/') {
            if !matches!(segment, "" | ".") {
                depth = depth.saturating_add(1);
                if depth > most(self.max_depth) || segment.chars().nth(most(self.max_seg_len)).is_some() {
                    return Err(Error::new(ErrorKind::UriTooLong, at));
                }
            }
            at = at.saturating_add(segment.len()).saturating_add(1);
        }
        Ok(())
    }
}

impl Tree<'_> {
    /// The node at a URI, if there is one. Costs one lookup for each segment.
    ///
    /// Segments are compared as [`Node::child`] does: an escape is the character that it stands for.
    ///
    /// ```
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>B</NodeName>\
    ///     <Value>1</Value></Node></Node></MgmtTree>")?;
    /// assert_eq!(tree.get("./A/B")?.and_then(|node| node.value()?.text()), Some("1"));
    /// assert!(tree.get("./A/C")?.is_none());
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Uri::parse_names`]; a query is an [`InvalidUri`](ErrorKind::InvalidUri), too.
    pub fn get(&self, uri: &str) -> Result<Option<Node<'_>>> {
        let parsed = Uri::parse_names(uri)?;
        if parsed.query().is_some() {
            return Err(Error::new(ErrorKind::InvalidUri, parsed.path.len()));
        }
        Ok(self.resolve(&parsed))
    }

    /// The node that a URI leads to, its query aside, if there is one.
    #[must_use]
    pub fn resolve(&self, uri: &Uri<'_>) -> Option<Node<'_>> {
        let mut at = self.root();
        for name in uri.segments() {
            at = at.child(name)?;
        }
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{List, Selection};

    #[test]
    fn what_breaks_a_rule_is_refused_at_its_segment() {
        for (uri, at) in [
            ("", 0),
            ("/A", 0),
            ("./", 2),
            ("./A/", 4),
            ("A//B", 2),
            ("A/../B", 2),
            ("./A/./B", 4),
            ("././A", 2),
            ("..", 0),
            ("../A", 0),
            ("?prop=ACL", 0),
        ] {
            assert_eq!(Uri::parse(uri), Err(Error::new(ErrorKind::InvalidUri, at)), "{uri}");
            assert_eq!(Uri::parse_names(uri), Err(Error::new(ErrorKind::InvalidUri, at)), "{uri}");
        }
    }

    #[test]
    fn what_a_segment_cannot_have_is_refused_at_its_octet() {
        for (uri, at) in [
            ("./A/Caf\u{e9}", 7),
            ("./A b", 3),
            ("./100%", 5),
            ("./%4", 2),
            ("./%4g", 2),
            ("./A/%zz?prop=ACL", 4),
            ("./<X>", 2),
            ("./A#b", 3),
            ("./A;b", 3),
            ("./[A]", 2),
            (".\n", 1),
        ] {
            assert_eq!(Uri::parse(uri), Err(Error::new(ErrorKind::InvalidUri, at)), "{uri}");
            assert!(Uri::parse_names(uri).is_ok(), "{uri}");
        }
        // All that RFC 2396 lets a segment have.
        assert!(Uri::parse("./aZ09-_.!~*'():@&=+$,/%c3%A9/...").is_ok());
    }

    #[test]
    fn both_spellings_of_relative_uris() {
        let segments = |uri| Uri::parse(uri).unwrap().segments().collect::<Vec<_>>();
        assert_eq!(segments("./A/B"), ["A", "B"]);
        assert_eq!(segments("A/B"), ["A", "B"]);
        assert_eq!(segments("."), [""; 0]);
        assert_eq!(segments(".?prop=ACL"), [""; 0]);
        assert_eq!(segments("./A.B"), ["A.B"]);
    }

    #[test]
    fn slips_of_peers_are_read_when_asked_for() {
        for (uri, segments) in [
            ("/OperatorX", &["OperatorX"][..]),
            ("./", &[]),
            ("/", &[]),
            ("./A/B/", &["A", "B"]),
            ("A//B", &["A", "B"]),
            ("\r\n ./A/B\r\n", &["A", "B"]),
            ("./My Files", &["My Files"]),
        ] {
            assert_eq!(Uri::parse_lenient(uri).unwrap().segments().collect::<Vec<_>>(), segments, "{uri}");
            assert!(Uri::parse(uri).is_err(), "{uri}");
        }
        for (uri, at) in [("", 0), (" ", 1), ("/A/../B", 3), (" ..", 1), ("A/./B", 2)] {
            assert_eq!(Uri::parse_lenient(uri), Err(Error::new(ErrorKind::InvalidUri, at)), "{uri}");
        }
        let slash = Uri::parse_lenient("/A?list=Struct ").unwrap();
        assert_eq!(slash.query(), Some(Query::List(List::Struct)));
    }

    #[test]
    fn queries_are_told_apart() {
        let query = |uri| Uri::parse(uri).unwrap().query().unwrap();
        for name in ["ACL", "Format", "Name", "Size", "Title", "TStamp", "Type", "VerNo"] {
            let uri = format!("./A?prop={name}");
            let Query::Property(property) = Uri::parse(&uri).unwrap().query().unwrap() else { panic!("{uri}") };
            assert_eq!(property.name(), name);
        }
        assert_eq!(query("./A?prop=acl"), Query::UnknownProperty("acl"));
        assert_eq!(query("./A?list=Struct"), Query::List(List::Struct));
        assert_eq!(query("./A?list=StructData"), Query::List(List::StructData));
        assert_eq!(query("./A?list=TNDS"), Query::List(List::Tnds(Selection::All)));
        assert_eq!(query("./A?list=struct"), Query::List(List::Other("struct")));
        assert_eq!(query("./A?list=TNDSX+ACL"), Query::List(List::Other("TNDSX+ACL")));
        let unescaped = Uri::parse_names("./A?list=TNDS\u{e9}").unwrap();
        assert_eq!(unescaped.query(), Some(Query::List(List::Other("TNDS\u{e9}"))));
        assert_eq!(query("./A?list=Struct+ACL"), Query::List(List::Other("Struct+ACL")));
        let term = "x-omadm-mo+id=urn:oma:mo:oma-dm-dmacc:*+if=AppID=w7";
        assert_eq!(query(&format!(".?list={term}")), Query::List(List::Other(term)));
    }

    #[test]
    fn selections_of_properties_keep_their_names() {
        let Some(Query::List(List::Tnds(Selection::Only(names)))) =
            Uri::parse("./A?list=TNDS+Value+ACL").unwrap().query()
        else {
            panic!("not a selection");
        };
        assert_eq!(names.iter().collect::<Vec<_>>(), ["Value", "ACL"]);
        assert_eq!(format!("{names:?}"), "[\"Value\", \"ACL\"]");
        let Some(Query::List(List::Tnds(Selection::AllBut(names)))) =
            Uri::parse("./A?list=TNDS-Format").unwrap().query()
        else {
            panic!("not a selection");
        };
        assert_eq!(names.iter().collect::<Vec<_>>(), ["Format"]);
    }

    #[test]
    fn malformed_queries_are_refused_at_their_place() {
        for (uri, at) in [
            ("./A?", 4),
            ("./A?prop", 4),
            ("./A?prop=", 9),
            ("./A?Prop=ACL", 4),
            ("./A?find=x", 4),
            ("./A?list=", 9),
            ("./A?list=TNDS+", 14),
            ("./A?list=TNDS-", 14),
            ("./A?list=TNDS+ACL+", 18),
            ("./A?list=TNDS++ACL", 14),
            ("./A?list=TNDS+ACL-Format", 17),
            ("./A?list=TNDS-ACL+Format", 17),
            ("./A?prop= ", 9),
            ("./A?prop=\u{e9}", 9),
            (".?list=x-omadm-mo+id=a b", 22),
            (".?list=x-omadm-mo+id=a%2", 22),
            (".?list=x-omadm-mo+in=a/b\"", 24),
        ] {
            assert_eq!(Uri::parse(uri), Err(Error::new(ErrorKind::InvalidQuery, at)), "{uri}");
        }
        assert_eq!(Uri::parse_lenient(" /A?x"), Err(Error::new(ErrorKind::InvalidQuery, 4)));
    }

    #[test]
    fn limits_hold_at_their_number_and_break_one_past_it() {
        let limits = |max_depth, max_tot_len, max_seg_len| UriLimits { max_depth, max_tot_len, max_seg_len };
        let check = |uri: &str, limits| {
            Uri::parse(uri).unwrap().check(&limits).map_err(|error| {
                assert_eq!(error.kind(), ErrorKind::UriTooLong);
                error.offset()
            })
        };
        assert_eq!(check("./A/B/C", limits(3, 0, 0)), Ok(()));
        assert_eq!(check("A/B/C", limits(3, 0, 0)), Ok(()));
        assert_eq!(check("./A/B/C", limits(2, 0, 0)), Err(6));
        assert_eq!(check("./A/BCDE", limits(0, 0, 4)), Ok(()));
        assert_eq!(check("./A/BCDE", limits(0, 0, 3)), Err(4));
        assert_eq!(check("./A?prop=ACL", limits(0, 12, 0)), Ok(()));
        assert_eq!(check("./A?prop=ACL", limits(0, 11, 0)), Err(11));
        assert_eq!(check(".", limits(1, 1, 1)), Ok(()));
        assert_eq!(check("./%C3%A9", limits(0, 0, 5)), Err(2));
        // Characters, not octets.
        let cafe = Uri::parse_names("./Caf\u{e9}").unwrap();
        assert_eq!(cafe.check(&limits(0, 6, 4)), Ok(()));
        assert_eq!(cafe.check(&limits(0, 5, 0)).unwrap_err().offset(), 5);
        assert_eq!(check(&format!("./{}", "a".repeat(70_000)), UriLimits::default()), Ok(()));
    }
}
