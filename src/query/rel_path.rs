//! Paths from a node to nodes below it.

use super::get::{INBOX, is_in_inbox};
use crate::error::{Error, ErrorKind, Result};
use crate::tree::{AclCommands, Children, Node, Principal};

/// A path from a node to nodes below it: names between slashes, or `*` for every child (`provisional.md` §4.1).
///
/// Names are compared as in URIs: an escape is the character that it stands for, so a node whose name is `*` is `%2A`.
///
/// ```
/// use omadm::{query::RelPath, tree::Principal};
/// let tree = omadm::tnds::decode(b"<MgmtTree>\
///     <Node><NodeName>Addr</NodeName><Path>Acc/AppAddr/1</Path><Value>a</Value></Node>\
///     <Node><NodeName>Addr</NodeName><Path>Acc/AppAddr/2</Path><Value>b</Value></Node></MgmtTree>")?;
/// let path = RelPath::parse("AppAddr/*/Addr")?;
/// let account = tree.get("./Acc")?.unwrap();
/// let uris: Vec<String> = path.nodes(account, Principal::Device).map(|node| node.uri().to_string()).collect();
/// assert_eq!(uris, ["./Acc/AppAddr/1/Addr", "./Acc/AppAddr/2/Addr"]);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RelPath<'q> {
    text: &'q str,
}

impl<'q> RelPath<'q> {
    /// Reads a path.
    ///
    /// # Errors
    /// [`InvalidRelPath`](ErrorKind::InvalidRelPath) for an empty path, a leading, trailing or doubled slash, and `.` and `..`, at the segment at
    /// fault; for `*` inside a name, at that octet.
    pub fn parse(text: &'q str) -> Result<RelPath<'q>> {
        let mut at = 0_usize;
        for segment in text.split('/') {
            let fault = match segment {
                "" | "." | ".." => Some(0),
                "*" => None,
                name => name.find('*'),
            };
            if let Some(fault) = fault {
                return Err(Error::new(ErrorKind::InvalidRelPath, at.saturating_add(fault)));
            }
            at = at.saturating_add(segment.len()).saturating_add(1);
        }
        Ok(RelPath { text })
    }

    /// A path that was read before.
    pub(super) fn of_canonical(text: &'q str) -> RelPath<'q> {
        RelPath { text }
    }

    /// The path as it was written.
    #[must_use]
    pub fn as_str(&self) -> &'q str {
        self.text
    }

    /// The nodes that the path leads to and that a principal may Get, in tree order. What lies on the way need not be
    /// readable, but no way leads a server into the Inbox, or on from a node in it. Costs one lookup for each name, and a look at every child for `*`.
    #[must_use]
    pub fn nodes<'t>(&self, from: Node<'t>, principal: Principal<'q>) -> RelPathNodes<'t, 'q> {
        let mut nodes = self.nodes_within(from, principal, from.rights(principal));
        if principal != Principal::Device && is_in_inbox(from) {
            nodes.next = None;
        }
        nodes
    }

    /// As [`nodes`](RelPath::nodes), where the rights on `from` are known.
    pub(super) fn nodes_within<'t>(
        &self,
        from: Node<'t>,
        principal: Principal<'q>,
        rights: AclCommands,
    ) -> RelPathNodes<'t, 'q> {
        RelPathNodes::new(from, principal, rights, Some(self.text))
    }
}

/// A node on the way.
#[derive(Clone, Copy, Debug)]
struct Place<'t, 'q> {
    node: Node<'t>,
    rights: AclCommands,
    /// What is left of the path; none at its end.
    rest: Option<&'q str>,
}

/// The nodes that a path leads to: see [`RelPath::nodes`].
#[derive(Clone, Debug)]
pub struct RelPathNodes<'t, 'q> {
    principal: Principal<'q>,
    next: Option<Place<'t, 'q>>,
    /// For each `*` on the way the children still to come, with their parent's rights and the path from there.
    open: Vec<(Children<'t>, AclCommands, Option<&'q str>)>,
}

impl<'t, 'q> RelPathNodes<'t, 'q> {
    fn new(node: Node<'t>, principal: Principal<'q>, rights: AclCommands, rest: Option<&'q str>) -> Self {
        RelPathNodes { principal, next: Some(Place { node, rights, rest }), open: Vec::new() }
    }

    /// Where a path leads that was read before, whoever may Get what is there; without one, to the node itself.
    pub(super) fn for_device(from: Node<'t>, path: Option<&'q str>) -> Self {
        RelPathNodes::new(from, Principal::Device, AclCommands::all(), path)
    }

    /// Follows one way as far as it is one; the node at its end.
    fn follow(&mut self) -> Option<Node<'t>> {
        let mut place = self.next.take()?;
        while let Some(rest) = place.rest {
            if self.principal != Principal::Device && place.node.mo_id() == Some(INBOX) {
                return None;
            }
            let (segment, rest) = match rest.split_once('/') {
                Some((segment, rest)) => (segment, Some(rest)),
                None => (rest, None),
            };
            if segment == "*" {
                self.open.push((place.node.children(), place.rights, rest));
                return None;
            }
            let node = place.node.child(segment)?;
            place = Place { node, rights: node.rights_below(self.principal, place.rights), rest };
        }
        place.rights.contains(AclCommands::GET).then_some(place.node)
    }
}

impl<'t> Iterator for RelPathNodes<'t, '_> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        loop {
            if let Some(node) = self.follow() {
                return Some(node);
            }
            let (children, rights, rest) = self.open.last_mut()?;
            match children.next() {
                Some(node) => {
                    let rights = node.rights_below(self.principal, *rights);
                    self.next = Some(Place { node, rights, rest: *rest });
                }
                None => {
                    self.open.pop();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_path_is_refused_at_its_place() {
        for (text, at) in [
            ("", 0),
            ("/A", 0),
            ("A/", 2),
            ("A//B", 2),
            ("./A", 0),
            ("A/../B", 2),
            ("A/b*", 3),
            ("**", 0),
            ("*/a*b/c", 3),
        ] {
            assert_eq!(RelPath::parse(text), Err(Error::new(ErrorKind::InvalidRelPath, at)), "{text}");
        }
    }

    #[test]
    fn escapes_and_stars() {
        let tree = crate::tnds::decode(
            b"<MgmtTree><Node><NodeName>*</NodeName><Value>1</Value></Node>\
              <Node><NodeName>a b</NodeName><Value>2</Value></Node></MgmtTree>",
        )
        .unwrap();
        let found = |path| {
            let nodes = RelPath::parse(path).unwrap().nodes(tree.root(), Principal::Device);
            nodes.map(|node| node.name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("*"), ["*", "a b"]);
        assert_eq!(found("%2A"), ["*"]);
        assert_eq!(found("a%20b"), ["a b"]);
        assert_eq!(found("*/*"), [""; 0]);
    }

    #[test]
    fn hidden_nodes_are_absent_but_not_in_the_way() {
        let tree = crate::tnds::decode(
            b"<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Exec=srv</ACL></RTProperties>\
              <Node><NodeName>B</NodeName><RTProperties><ACL>Get=srv</ACL></RTProperties><Value>1</Value></Node>\
              <Node><NodeName>C</NodeName><Value>1</Value></Node></Node></MgmtTree>",
        )
        .unwrap();
        let found = |path, principal| {
            let nodes = RelPath::parse(path).unwrap().nodes(tree.root(), principal);
            nodes.map(|node| node.name().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(found("A/*", Principal::Device), ["B", "C"]);
        assert_eq!(found("A/*", Principal::Server("srv")), ["B"]);
        assert_eq!(found("*", Principal::Server("srv")), [""; 0]);
        assert_eq!(found("A/B", Principal::Server("other")), [""; 0]);
    }
}
