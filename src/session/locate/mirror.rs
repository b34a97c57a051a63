//! What is known of a device's tree.

use super::{Found, Reply};
use crate::limits::Limits;
use crate::query::{RelPath, Uri};
use crate::session::ResultItem;
use crate::session::results::ResultData;
use crate::tree::{EditOptions, Format, NewNode, Node, NodeId, Principal, Tree};
use std::collections::HashMap;

/// The names of a device's nodes, with what is known of each.
#[derive(Debug)]
pub(super) struct Mirror {
    /// Names only: all nodes are interior here.
    names: Tree<'static>,
    facts: HashMap<NodeId, Fact>,
    limits: Limits,
    /// Whether a node of which nothing is known is not there.
    pub(super) is_whole: bool,
    /// Whether there were more names than the limits allow.
    pub(super) is_full: bool,
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
pub(super) enum Got {
    /// The node has these children.
    Interior(Vec<String>),
    Leaf,
    /// It is the Inbox, which answers 405 because it is there (`provisional.md` §4.6).
    Inbox,
    Nothing,
}

impl Mirror {
    pub(super) fn new(limits: &Limits) -> Mirror {
        Mirror { names: Tree::new(), facts: HashMap::new(), limits: *limits, is_whole: false, is_full: false }
    }

    /// The place of a node, which is made if there is none.
    fn spot(&mut self, uri: &str) -> Option<NodeId> {
        let uri = Uri::parse_lenient(uri).ok()?;
        if let Some(node) = self.names.resolve(&uri) {
            return Some(node.id());
        }
        let path = uri.segments().fold(String::from("."), |path, name| path + "/" + name);
        let options = EditOptions { implicit_parents: true, limits: self.limits, ..EditOptions::default() };
        let made = self.names.edit(&options).add(&path, &NewNode::interior());
        self.is_full |= made.is_err();
        made.ok()
    }

    fn fact(&self, node: Node<'_>) -> Option<&Fact> {
        self.facts.get(&node.id())
    }

    fn is_there(&self, node: Node<'_>) -> bool {
        self.fact(node).is_some_and(|fact| fact.state == State::There)
    }

    /// Notes that there is a node. A leaf may come with its value.
    pub(super) fn see(&mut self, uri: &str, is_interior: bool, item: Option<ResultItem<'static>>) {
        if let Some(spot) = self.spot(uri) {
            let fact = self.facts.entry(spot).or_default();
            fact.state = State::There;
            fact.is_interior = is_interior;
            fact.item = item.or(fact.item.take());
        }
    }

    /// Notes that a management object begins at a node.
    pub(super) fn see_object(&mut self, uri: &str, mo_id: &str, found: Found) {
        if let Some(spot) = self.spot(uri) {
            let fact = self.facts.entry(spot).or_default();
            fact.state = State::There;
            fact.is_interior = true;
            fact.object.get_or_insert_with(|| (mo_id.to_owned(), found));
        }
    }

    /// Notes what a plain `Get` of a node says.
    pub(super) fn take(&mut self, uri: &str, reply: &Reply<'_>) -> Got {
        let Some(spot) = self.spot(uri) else { return Got::Nothing };
        let is_inbox = reply.is(405) && self.names.node(spot).is_some_and(|node| node.uri().to_string() == "./Inbox");
        let item = reply.items.first().filter(|_| reply.is_answer());
        let names = item.filter(|item| item.format == Some(Format::Node)).map(|item| match &item.data {
            Some(ResultData::Text(names) | ResultData::Markup(names)) => names.as_ref(),
            _ => "",
        });
        let parent = self.names.node(spot).map(|node| node.uri().to_string()).unwrap_or_default();
        let mut children = Vec::new();
        for name in names.unwrap_or_default().split('/').filter(|name| !name.is_empty()) {
            let child = self.spot(&format!("{parent}/{name}"));
            let child = child.and_then(|child| self.names.node(child));
            children.extend(child.map(|child| child.uri().to_string()));
        }
        let fact = self.facts.entry(spot).or_default();
        match item {
            _ if is_inbox => {
                (fact.state, fact.is_interior, fact.has_names) = (State::There, true, true);
                Got::Inbox
            }
            Some(_) if names.is_some() => {
                (fact.state, fact.is_interior, fact.has_names) = (State::There, true, true);
                Got::Interior(children)
            }
            Some(item) => {
                (fact.state, fact.is_interior) = (State::There, false);
                fact.item = Some(ResultItem { source: parent, ..item.clone() }.into_owned());
                Got::Leaf
            }
            None => {
                fact.state = State::Absent;
                Got::Nothing
            }
        }
    }

    /// The nodes that would have to be asked for before it is known where a path leads; and, if values count, which values are
    /// there.
    pub(super) fn missing(&self, from: Node<'_>, path: RelPath<'_>, has_values: bool, missing: &mut Vec<String>) {
        let mut open = vec![(from, Some(path.as_str()))];
        while let Some((node, rest)) = open.pop() {
            let fact = self.fact(node);
            let Some(rest) = rest else {
                let is_open = match fact.map_or(State::Unknown, |fact| fact.state) {
                    State::Unknown => !self.is_whole,
                    State::There => has_values && fact.is_some_and(|fact| !fact.is_interior && fact.item.is_none()),
                    State::Absent => false,
                };
                if is_open {
                    missing.push(node.uri().to_string());
                }
                continue;
            };
            let has_names = self.is_whole || fact.is_some_and(|fact| fact.has_names);
            let (name, after) = rest.split_once('/').map_or((rest, None), |(name, after)| (name, Some(after)));
            if name == "*" {
                if !has_names {
                    missing.push(node.uri().to_string());
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
                missing.push(names.fold(node.uri().to_string(), |uri, name| uri + "/" + name));
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

    /// Items for the nodes that a path leads to, and whether all values are there.
    pub(super) fn items(&self, from: Node<'_>, path: RelPath<'_>) -> (Vec<ResultItem<'static>>, bool) {
        let mut is_complete = true;
        let mut items = Vec::new();
        for node in self.at(from, path) {
            let Some(fact) = self.fact(node) else { continue };
            match &fact.item {
                _ if fact.is_interior => {
                    let source = node.uri().to_string();
                    items.push(ResultItem { source, format: Some(Format::Node), media_type: None, data: None });
                }
                Some(item) => items.push(item.clone()),
                None => is_complete = false,
            }
        }
        (items, is_complete)
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

    /// The interior nodes that a path from the root leads to.
    pub(super) fn interior(&self, path: RelPath<'_>) -> Vec<String> {
        let nodes = self.at(self.names.root(), path);
        let interior = nodes.filter(|node| self.fact(*node).is_some_and(|fact| fact.is_interior));
        interior.map(|node| node.uri().to_string()).collect()
    }
}
