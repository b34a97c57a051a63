//! The answer to a location query.
//!
//! **Provisional: not from a public OMA text** (`provisional.md` §4.2). A device tells here by itself where objects are, so nothing of an
//! answer is taken unless all of it is what was asked for.

use super::mirror::Mirror;
use super::{Found, Location, Reply};
use crate::limits::Limits;
use crate::query::{LOCATIONS_COUNT, LocationQuery, Uri};
use crate::session::ResultItem;
use crate::session::results::ResultData;
use crate::tree::{Format, NodeId, segment};
use std::collections::{HashMap, HashSet};

/// What a device made of the query.
pub(super) enum Asked {
    /// It has not understood it, or has no answer.
    NotUnderstood,
    /// It has understood it. None if the answer is not as it must be, or past the limits.
    Understood(Option<Vec<Location>>),
}

/// Reads an answer. Understood is status 200 and the count (`provisional.md` §4.6).
pub(super) fn read(query: &LocationQuery<'_>, reply: &Reply<'_>, mirror: Mirror, limits: &Limits) -> Asked {
    let uri = query.to_string();
    let is_count = |item: &ResultItem<'_>| {
        item.source == uri && item.format == Some(Format::Int) && item.media_type.as_deref() == Some(LOCATIONS_COUNT)
    };
    let (counts, items): (Vec<_>, Vec<_>) = reply.items.iter().partition(|item| is_count(item));
    match *counts {
        _ if !reply.is(200) => Asked::NotUnderstood,
        [] => Asked::NotUnderstood,
        [count] if reply.is_whole() && reply.tree.is_none() => {
            let locations = Answer::new(query, mirror, limits).and_then(|answer| answer.read(&items));
            Asked::Understood(locations.filter(|locations| is_number(count, locations.len())))
        }
        _ => Asked::Understood(None),
    }
}

fn is_number(count: &ResultItem<'_>, expected: usize) -> bool {
    matches!(&count.data, Some(ResultData::Text(count)) if count.trim().parse() == Ok(expected))
}

/// An answer, as far as it was read.
struct Answer<'a> {
    query: &'a LocationQuery<'a>,
    /// The nodes that were named.
    mirror: Mirror,
    limits: &'a Limits,
    start: NodeId,
    locations: Vec<Location>,
    roots: HashSet<NodeId>,
    /// The last root, with how often each node was named for it.
    current: Option<(NodeId, HashMap<NodeId, usize>)>,
    /// How many items there may be still.
    room: u32,
}

impl<'a> Answer<'a> {
    fn new(query: &'a LocationQuery<'a>, mut mirror: Mirror, limits: &'a Limits) -> Option<Answer<'a>> {
        let start = mirror.spot(query.start().unwrap_or("."))?;
        let room = limits.answer_nodes;
        let (locations, roots, current) = (Vec::new(), HashSet::new(), None);
        Some(Answer { query, mirror, limits, start, locations, roots, current, room })
    }

    /// The locations, if nothing is wrong with any item.
    fn read(mut self, items: &[&ResultItem<'_>]) -> Option<Vec<Location>> {
        for item in items {
            let spot = self.place(item)?;
            let is_interior = item.format == Some(Format::Node);
            if is_interior && item.data.as_ref().is_some_and(|data| data.len() > 0) {
                return None;
            }
            match item.media_type.as_deref().filter(|mo_id| is_interior && !mo_id.is_empty()) {
                Some(mo_id) => self.take_location(spot, mo_id)?,
                None => self.take_item(spot, item)?,
            }
        }
        Some(self.locations)
    }

    /// The node that an item is about: a URI without a query, for which and for whose value there is room.
    fn place(&mut self, item: &ResultItem<'_>) -> Option<NodeId> {
        let uri = Uri::parse(&item.source).ok().filter(|uri| uri.query().is_none())?;
        let spot = self.mirror.spot(uri.path())?;
        self.mirror.pay(item.len()).then_some(spot)
    }

    /// Takes an object: below the start or there, wanted, and not named before.
    fn take_location(&mut self, spot: NodeId, mo_id: &str) -> Option<()> {
        let root = self.mirror.node(spot)?;
        let is_below = root.is_within(self.mirror.node(self.start)?);
        let has_room = self.locations.len() < self.limits.locations as usize;
        if !is_below || !has_room || !self.query.wants(mo_id) || !self.roots.insert(spot) {
            return None;
        }
        let (uri, mo_id) = (root.uri().to_string(), mo_id.to_owned());
        self.locations.push(Location { uri, mo_id, found: Found::Asked, items: Vec::new() });
        self.current = Some((spot, HashMap::new()));
        Some(())
    }

    /// Takes what was to be got in the last object: once for each path that leads there.
    fn take_item(&mut self, spot: NodeId, item: &ResultItem<'_>) -> Option<()> {
        let (root, seen) = self.current.as_mut()?;
        let (root, node) = (self.mirror.node(*root)?, self.mirror.node(spot)?);
        if !node.is_within(root) {
            return None;
        }
        let uri = node.uri().to_string();
        let names: Vec<&str> = Uri::parse(&uri).ok()?.segments().skip(root.depth()).collect();
        let wanted = self.query.gets().filter(|path| leads_to(path.as_str(), &names)).count();
        let seen = seen.entry(spot).or_default();
        *seen = seen.saturating_add(1);
        if *seen > wanted {
            return None;
        }
        self.room = self.room.checked_sub(1)?;
        let item = ResultItem { source: uri, ..item.clone() }.into_owned();
        self.locations.last_mut()?.items.push(item);
        Some(())
    }
}

/// Whether a path leads to a node so many names below.
fn leads_to(path: &str, names: &[&str]) -> bool {
    let mut names = names.iter();
    let is_same = |name: &str, other: &str| name == "*" || segment::is_same(name.as_bytes(), other.as_bytes());
    path.split('/').all(|name| names.next().is_some_and(|other| is_same(name, other))) && names.next().is_none()
}
