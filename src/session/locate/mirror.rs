//! What is known of a device's tree.

use super::{Found, Reply};
use crate::limits::Limits;
use crate::query::{RelPath, Uri};
use crate::session::ResultItem;
use crate::session::results::ResultData;
use crate::tree::{EditOptions, Format, NewNode, Node, NodeId, Principal, Tree, segment};
use std::collections::{HashMap, HashSet};

/// The names of a device's nodes, with what is known of each. It takes what its limits let it take, and says so when that is not all.
#[derive(Debug)]
pub(super) struct Mirror {
    /// Names only: all nodes are interior here.
    names: Tree<'static>,
    facts: HashMap<NodeId, Fact>,
    limits: Limits,
    /// Octets that may still be kept: of URIs, identifiers and values.
    room: usize,
    /// Whether a node of which nothing is known is not there.
    pub(super) is_whole: bool,
    /// Whether something was left out: it was past the limits, or was no name.
    pub(super) is_cut: bool,
}

/// What is known of a node.
#[derive(Debug, Default)]
struct Fact {
    state: State,
    is_interior: bool,
    /// Whether all children are among the names.
    has_names: bool,
    /// A leaf with its value.
    item: Option<ResultItem<'static>>,
    /// The management object that begins here.
    object: Option<(String, Found)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Unknown,
    There,
    /// Not there, or not to be read, which is the same.
    Absent,
}

/// What a `Get` of a node said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Got {
    /// The node has children, which are among the names now.
    Interior(NodeId),
    Leaf,
    /// It is the Inbox, which answers 405 because it is there (`provisional.md` §4.6).
    Inbox(NodeId),
    Absent,
    /// Nothing that says whether the node is there.
    Lost,
}

/// Nodes to ask for, each once, and no more than may be sent.
#[derive(Debug)]
pub(super) struct Missing<'a> {
    asked: &'a HashSet<String>,
    seen: HashSet<String>,
    pub(super) uris: Vec<String>,
    room: usize,
    /// Whether there are more.
    pub(super) is_cut: bool,
}

impl<'a> Missing<'a> {
    /// None yet, and at most `room` of them; none that were asked for before.
    pub(super) fn new(asked: &'a HashSet<String>, room: usize) -> Missing<'a> {
        Missing { asked, seen: HashSet::new(), uris: Vec::new(), room, is_cut: false }
    }

    fn add(&mut self, uri: String) {
        if self.asked.contains(&uri) || self.seen.contains(&uri) {
            return;
        }
        if self.uris.len() >= self.room {
            self.is_cut = true;
            return;
        }
        self.seen.insert(uri.clone());
        self.uris.push(uri);
    }
}

impl Mirror {
    pub(super) fn new(limits: &Limits) -> Mirror {
        let room = limits.buffer as usize;
        let (names, facts) = (Tree::new(), HashMap::new());
        Mirror { names, facts, limits: *limits, room, is_whole: false, is_cut: false }
    }

    /// Takes room for something that is to be kept; whether there is so much.
    pub(super) fn pay(&mut self, octets: usize) -> bool {
        let left = self.room.checked_sub(octets);
        self.is_cut |= left.is_none();
        self.room = left.unwrap_or(self.room);
        left.is_some()
    }

    /// The place of a node, which is made if there is none. None if the URI is none, or past the limits.
    pub(super) fn spot(&mut self, uri: &str) -> Option<NodeId> {
        let spot = self.find_or_make(uri);
        self.is_cut |= spot.is_none();
        spot
    }

    fn find_or_make(&mut self, uri: &str) -> Option<NodeId> {
        if uri.len() > self.limits.name as usize {
            return None;
        }
        let uri = Uri::parse_lenient(uri).ok()?;
        if let Some(node) = self.names.resolve(&uri) {
            return Some(node.id());
        }
        let mut path = String::from(".");
        for name in uri.segments() {
            path.push('/');
            // Writing to a string does not fail.
            let _ = segment::write(&mut path, name);
        }
        self.make(&path)
    }

    /// The place of a child, as [`spot`](Mirror::spot).
    pub(super) fn child(&mut self, parent: NodeId, name: &str) -> Option<NodeId> {
        let child = self.find_or_make_child(parent, name);
        self.is_cut |= child.is_none();
        child
    }

    fn find_or_make_child(&mut self, parent: NodeId, name: &str) -> Option<NodeId> {
        let parent = self.names.node(parent)?;
        if let Some(child) = parent.child(name) {
            return Some(child.id());
        }
        // No URI is written that nobody has room for.
        if name.len() > self.limits.name as usize || name.contains(['/', '?']) || self.has_no_room() {
            return None;
        }
        let mut path = parent.uri().to_string();
        path.push('/');
        // Writing to a string does not fail.
        let _ = segment::write(&mut path, name);
        self.make(&path)
    }

    fn has_no_room(&self) -> bool {
        self.room == 0 || self.names.len() >= self.limits.elements as usize
    }

    /// Makes a node, and those above it. A name costs as much as its URI, which may be written later; a URI that is too long costs the same,
    /// as it was written already. After one for which there is no room there is none for others.
    fn make(&mut self, path: &str) -> Option<NodeId> {
        if self.has_no_room() {
            return None;
        }
        if !self.pay(path.len()) {
            self.room = 0;
            return None;
        }
        if path.len() > self.limits.name as usize {
            return None;
        }
        let options = EditOptions { implicit_parents: true, limits: self.limits, ..EditOptions::default() };
        self.names.edit(&options).add(path, &NewNode::interior()).ok()
    }

    fn fact(&self, node: Node<'_>) -> Option<&Fact> {
        self.facts.get(&node.id())
    }

    fn is_there(&self, node: Node<'_>) -> bool {
        self.fact(node).is_some_and(|fact| fact.state == State::There)
    }

    /// Notes that there is a node.
    pub(super) fn see(&mut self, spot: NodeId, is_interior: bool) {
        let fact = self.facts.entry(spot).or_default();
        fact.state = State::There;
        fact.is_interior = is_interior;
    }

    /// Notes that a management object begins at a node.
    pub(super) fn see_object(&mut self, spot: NodeId, mo_id: &str, found: Found) {
        self.see(spot, true);
        let is_new = self.facts.get(&spot).is_some_and(|fact| fact.object.is_none());
        if is_new && self.pay(mo_id.len()) {
            self.facts.entry(spot).or_default().object = Some((mo_id.to_owned(), found));
        }
    }

    /// Notes what a plain `Get` of a node says.
    pub(super) fn take(&mut self, uri: &str, reply: &Reply<'_>) -> Got {
        let Some(spot) = self.spot(uri) else { return Got::Lost };
        let uri = self.names.node(spot).map(|node| node.uri().to_string()).unwrap_or_default();
        if reply.is(405) && uri == "./Inbox" {
            self.see(spot, true);
            self.facts.entry(spot).or_default().has_names = true;
            return Got::Inbox(spot);
        }
        if reply.is_absent() {
            self.facts.entry(spot).or_default().state = State::Absent;
            return Got::Absent;
        }
        let Some(item) = reply.items().first() else { return Got::Lost };
        let is_whole = reply.is_whole() && reply.items.len() == 1 && reply.tree.is_none();
        self.is_cut |= !is_whole;
        let is_interior = item.format == Some(Format::Node);
        self.see(spot, is_interior);
        if is_interior {
            let has_names = self.take_names(spot, item) && is_whole;
            self.facts.entry(spot).or_default().has_names = has_names;
            return Got::Interior(spot);
        }
        // Half a value is none.
        if is_whole && self.pay(item.len()) {
            let item = ResultItem { source: uri, ..item.clone() }.into_owned();
            self.facts.entry(spot).or_default().item = Some(item);
        }
        Got::Leaf
    }

    /// Takes the names of a node's children; whether these are all.
    fn take_names(&mut self, parent: NodeId, item: &ResultItem<'_>) -> bool {
        let names = match &item.data {
            Some(ResultData::Text(names) | ResultData::Markup(names)) => names.as_ref(),
            Some(ResultData::Octets(_)) => {
                self.is_cut = true;
                return false;
            }
            None => "",
        };
        let mut has_all = true;
        for name in names.split('/').filter(|name| !name.is_empty()) {
            has_all &= self.child(parent, name).is_some();
        }
        has_all
    }

    /// The URIs of a node's children.
    pub(super) fn children(&self, spot: NodeId) -> impl Iterator<Item = String> {
        self.names.node(spot).into_iter().flat_map(|node| node.children()).map(|child| child.uri().to_string())
    }

    /// The nodes that would have to be asked for before it is known where a path leads; and, if values count, which values are
    /// there.
    pub(super) fn missing(&self, from: Node<'_>, path: RelPath<'_>, has_values: bool, missing: &mut Missing<'_>) {
        let mut open = vec![(from, Some(path.as_str()))];
        while !missing.is_cut
            && let Some((node, rest)) = open.pop()
        {
            let fact = self.fact(node);
            let Some(rest) = rest else {
                let is_open = match fact.map_or(State::Unknown, |fact| fact.state) {
                    State::Unknown => !self.is_whole,
                    State::There => has_values && fact.is_some_and(|fact| !fact.is_interior && fact.item.is_none()),
                    State::Absent => false,
                };
                if is_open {
                    missing.add(node.uri().to_string());
                }
                continue;
            };
            let has_names = self.is_whole || fact.is_some_and(|fact| fact.has_names);
            let (name, after) = rest.split_once('/').map_or((rest, None), |(name, after)| (name, Some(after)));
            if name == "*" {
                if !has_names {
                    missing.add(node.uri().to_string());
                }
                let first = open.len();
                open.extend(node.children().map(|child| (child, after)));
                // The first child is the next to be looked at.
                if let Some(children) = open.get_mut(first..) {
                    children.reverse();
                }
            } else if let Some(child) = node.child(name) {
                open.push((child, after));
            } else if !has_names {
                let names = rest.split('/').take_while(|name| *name != "*");
                missing.add(names.fold(node.uri().to_string(), |uri, name| uri + "/" + name));
            }
        }
    }

    /// The nodes that a path leads to.
    fn at<'m>(&'m self, from: Node<'m>, path: RelPath<'m>) -> impl Iterator<Item = Node<'m>> {
        path.nodes(from, Principal::Device).filter(|node| self.is_there(*node))
    }

    /// Whether a condition holds, as far as is known: by the rules of `provisional.md` §4.2.
    pub(super) fn holds(&self, from: Node<'_>, path: RelPath<'_>, value: Option<&str>) -> bool {
        let mut nodes = self.at(from, path);
        let Some(value) = value else { return nodes.next().is_some() };
        nodes.any(|node| {
            let leaf = self.fact(node).and_then(|fact| fact.item.as_ref());
            let leaf = leaf.filter(|leaf| !matches!(leaf.format, Some(Format::Bin | Format::B64 | Format::Node)));
            leaf.is_some_and(|leaf| match &leaf.data {
                None => value.is_empty(),
                Some(ResultData::Text(text) | ResultData::Markup(text)) => text == value,
                Some(ResultData::Octets(octets)) => octets.as_ref() == value.as_bytes(),
            })
        })
    }

    /// Adds items for the nodes that a path leads to, as far as there is room; whether these are all, with all values.
    pub(super) fn items(
        &self,
        from: Node<'_>,
        path: RelPath<'_>,
        room: &mut usize,
        items: &mut Vec<ResultItem<'static>>,
    ) -> bool {
        let mut has_all = true;
        for node in self.at(from, path) {
            let Some(fact) = self.fact(node) else { continue };
            let Some(left) = room.checked_sub(1) else { return false };
            match &fact.item {
                _ if fact.is_interior => {
                    let source = node.uri().to_string();
                    items.push(ResultItem { source, format: Some(Format::Node), media_type: None, data: None });
                }
                Some(item) => items.push(item.clone()),
                None => {
                    has_all = false;
                    continue;
                }
            }
            *room = left;
        }
        has_all
    }

    /// The management objects at a node and below it, in tree order.
    pub(super) fn objects(&self, start: Option<&str>) -> impl Iterator<Item = (Node<'_>, &str, Found)> {
        let start = start.map_or(Some(self.names.root()), |start| self.names.resolve(&Uri::parse_lenient(start).ok()?));
        start.into_iter().flat_map(|start| start.descendants()).filter_map(|node| {
            let (mo_id, found) = self.fact(node)?.object.as_ref()?;
            Some((node, mo_id.as_str(), *found))
        })
    }

    pub(super) fn root(&self) -> Node<'_> {
        self.names.root()
    }

    pub(super) fn node(&self, spot: NodeId) -> Option<Node<'_>> {
        self.names.node(spot)
    }

    /// The interior nodes that a path from the root leads to.
    pub(super) fn interior(&self, path: RelPath<'_>) -> Vec<NodeId> {
        let nodes = self.at(self.names.root(), path);
        let interior = nodes.filter(|node| self.fact(*node).is_some_and(|fact| fact.is_interior));
        interior.map(|node| node.id()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syncml::StatusCode;

    const LIMITS: Limits = Limits { elements: 1_000, name: 100, buffer: 50_000, ..Limits::DEFAULT };

    fn names(names: String) -> Reply<'static> {
        let data = Some(ResultData::Text(names.into()));
        let item = ResultItem { source: String::new(), format: Some(Format::Node), media_type: None, data };
        Reply { status: Some(StatusCode(200)), items: vec![item], ..Reply::default() }
    }

    /// Nodes, facts about them, octets of all their URIs.
    fn size(mirror: &Mirror) -> (usize, usize, usize) {
        let uris = mirror.names.nodes().skip(1).map(|node| node.uri().to_string().len());
        (mirror.names.len(), mirror.facts.len(), uris.sum())
    }

    #[test]
    fn a_million_equal_names_are_one_child() {
        let mut mirror = Mirror::new(&LIMITS);
        let Got::Interior(spot) = mirror.take("./A", &names("a/%61/".repeat(500_000))) else { panic!() };
        assert_eq!(mirror.children(spot).collect::<Vec<_>>(), ["./A/a"]);
        assert_eq!(size(&mirror), (3, 1, 3 + 5));
        assert!(!mirror.is_cut);
    }

    #[test]
    fn a_name_of_a_million_octets_is_left_out() {
        let mut mirror = Mirror::new(&LIMITS);
        let Got::Interior(spot) = mirror.take("./A", &names("a/".to_owned() + &"n".repeat(1_000_000) + "/b")) else {
            panic!()
        };
        assert_eq!(mirror.children(spot).collect::<Vec<_>>(), ["./A/a", "./A/b"]);
        assert!(mirror.is_cut);
        assert_eq!(mirror.room, 50_000 - "./A./A/a./A/b".len());
    }

    #[test]
    fn a_million_names_fill_no_more_than_the_limits() {
        let million = || names((0..1_000_000).map(|name| format!("{name}/")).collect());
        let mut mirror = Mirror::new(&LIMITS);
        assert!(matches!(mirror.take("./A", &million()), Got::Interior(_)));
        // The root, A, and 998 more; facts are known of one.
        let uris = (0..998).map(|name| format!("./A/{name}").len()).sum::<usize>() + 3;
        assert_eq!(size(&mirror), (1_000, 1, uris));
        assert_eq!((mirror.is_cut, mirror.room), (true, 50_000 - uris));
        // Few names, and long URIs: 90 octets and one to three more each.
        let mut mirror = Mirror::new(&LIMITS);
        let parent = "./".to_owned() + &"p".repeat(88);
        assert!(matches!(mirror.take(&parent, &million()), Got::Interior(_)));
        let (nodes, facts, uris) = size(&mirror);
        assert!(uris <= 50_000 && uris > 49_800, "{uris}");
        assert!(nodes < 600 && facts == 1 && mirror.is_cut);
        // What is there already is still known.
        assert!(mirror.spot(&(parent.clone() + "/1")).is_some() && mirror.spot("./B").is_none());
    }

    /// URIs that are too long are written before that is known; they are paid for as well, so that there is an end to it.
    #[test]
    fn names_too_long_below_a_long_uri_cost_no_more_than_the_limit() {
        let mut mirror = Mirror::new(&LIMITS);
        let parent = "./".to_owned() + &"p".repeat(97);
        let many = names((0..1_000_000).map(|name| format!("n{name}/")).collect());
        assert!(matches!(mirror.take(&parent, &many), Got::Interior(_)));
        assert_eq!((size(&mirror), mirror.room, mirror.is_cut), ((2, 1, 99), 0, true));
    }

    #[test]
    fn what_is_missing_is_named_once_and_no_more_often_than_there_is_room() {
        let mut mirror = Mirror::new(&LIMITS);
        mirror.take(".", &names((0..900).map(|name| format!("{name}/")).collect()));
        let asked = HashSet::from(["./0".to_owned(), "./2".to_owned()]);
        let path = RelPath::parse("*").unwrap();
        for (room, expected, is_cut) in [(0, 0, true), (3, 3, true), (898, 898, false), (5_000, 898, false)] {
            let mut missing = Missing::new(&asked, room);
            mirror.missing(mirror.root(), path, false, &mut missing);
            mirror.missing(mirror.root(), path, true, &mut missing);
            assert_eq!((missing.uris.len(), missing.is_cut), (expected, is_cut));
            let first: Vec<&str> = missing.uris.iter().take(3).map(String::as_str).collect();
            assert_eq!(first, &["./1", "./3", "./4"][..expected.min(3)]);
        }
    }
}
