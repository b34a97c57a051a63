//! URIs of nodes (`wire.md` §9.1).

use crate::error::{Error, ErrorKind, Result};
use crate::tree::{Node, Tree};

/// The URI of a node, taken apart: `.`, `./A/B` or `A/B`, with an optional query behind `?`.
///
/// ```
/// use omadm::query::Uri;
/// let uri = Uri::parse("./DevInfo/Man?prop=ACL")?;
/// assert_eq!(uri.segments().collect::<Vec<_>>(), ["DevInfo", "Man"]);
/// assert_eq!(uri.query(), Some("prop=ACL"));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Uri<'a> {
    path: &'a str,
    query: Option<&'a str>,
}

impl<'a> Uri<'a> {
    /// Takes a URI apart.
    ///
    /// # Errors
    /// [`InvalidUri`](ErrorKind::InvalidUri) for an empty URI, a leading or trailing slash, an empty segment, and `.` or `..` inside; the offset is
    /// that of the segment at fault.
    pub fn parse(uri: &'a str) -> Result<Uri<'a>> {
        let (path, query) = match uri.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (uri, None),
        };
        let mut at = 0_usize;
        for (index, segment) in path.split('/').enumerate() {
            if matches!(segment, "" | "..") || (segment == "." && index > 0) {
                return Err(Error::new(ErrorKind::InvalidUri, at));
            }
            at = at.saturating_add(segment.len()).saturating_add(1);
        }
        Ok(Uri { path, query })
    }

    /// The names on the way from the root, escapes included.
    pub fn segments(&self) -> impl Iterator<Item = &'a str> {
        self.path.split('/').enumerate().filter(|(index, name)| *index > 0 || *name != ".").map(|(_, name)| name)
    }

    /// What follows `?`.
    #[must_use]
    pub fn query(&self) -> Option<&'a str> {
        self.query
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
    /// As [`Uri::parse`]; a query is an [`InvalidUri`](ErrorKind::InvalidUri), too.
    pub fn get(&self, uri: &str) -> Result<Option<Node<'_>>> {
        let parsed = Uri::parse(uri)?;
        if parsed.query().is_some() {
            return Err(Error::new(ErrorKind::InvalidUri, parsed.path.len()));
        }
        let mut at = self.root();
        for name in parsed.segments() {
            match at.child(name) {
                Some(child) => at = child,
                None => return Ok(None),
            }
        }
        Ok(Some(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_a_rule_is_refused_at_its_segment() {
        for (uri, at) in
            [("", 0), ("/A", 0), ("./", 2), ("./A/", 4), ("A//B", 2), ("A/../B", 2), ("./A/./B", 4), ("..", 0)]
        {
            assert_eq!(Uri::parse(uri), Err(Error::new(ErrorKind::InvalidUri, at)), "{uri}");
        }
    }

    #[test]
    fn both_spellings_of_relative_uris() {
        let segments = |uri| Uri::parse(uri).unwrap().segments().collect::<Vec<_>>();
        assert_eq!(segments("./A/B"), ["A", "B"]);
        assert_eq!(segments("A/B"), ["A", "B"]);
        assert_eq!(segments("."), [""; 0]);
        assert_eq!(segments("./A.B"), ["A.B"]);
    }
}
