//! Checking trees.

use super::super::SchemaNode;
use super::super::index::{Way, fold};
use super::finding::{Findings, Reason, Sink};
use super::{Check, takes_media_type};
use crate::ddf::{Refusal, Verdict};
use crate::tree::{Format, Node, Tree, segment};
use hashbrown::HashMap;
use std::borrow::Cow;

type ByPlace = HashMap<u32, u32, foldhash::fast::RandomState>;

/// A node whose children are being looked at.
struct Frame<'t> {
    node: Node<'t>,
    /// Where its ways begin in the list of all.
    first_way: usize,
    /// How many children there are at places that matter.
    counts: ByPlace,
    /// Its children's names without their case, where that does not count.
    names: Option<HashMap<Vec<u8>, &'t str, foldhash::fast::RandomState>>,
    /// Nothing below can be described.
    is_lost: bool,
    is_in_build: bool,
    /// Several descriptions fit: what is missing is not known.
    is_ambiguous: bool,
}

impl<'s> Check<'s> {
    /// Checks a tree: that its nodes are described, kinds, formats, types and values, how many of which there are, and
    /// whether a build has them. See [`Reason`] for what is found.
    ///
    /// What is below a node that is not described is not looked at. Nodes that must be there are missed below nodes that the document
    /// has itself, not below those that it only implies (see [`whole_tree`](Check::whole_tree)), if they can be read.
    #[must_use]
    pub fn tree(&self, tree: &Tree<'_>) -> Findings<'s> {
        let mut sink = self.sink();
        self.tree_into(tree, &mut sink);
        sink.finish()
    }

    pub(super) fn tree_into(&self, tree: &Tree<'_>, sink: &mut Sink<'s>) {
        let index = self.schema.index().0;
        let mut ways: Vec<Way> = Vec::new();
        // The nodes that the next one lies below, innermost last: no recursion, however deep a tree is.
        let mut open: Vec<Frame<'_>> = Vec::new();
        for node in tree.nodes() {
            let parent = node.parent();
            while open.last().is_some_and(|frame| Some(frame.node) != parent) {
                self.close(&mut open, &mut ways, sink);
            }
            if sink.is_over() {
                return;
            }
            let first_way = ways.len();
            let mut is_lost = false;
            match open.last_mut() {
                None => ways.extend(index.start()),
                Some(frame) if frame.is_lost => is_lost = true,
                Some(frame) => {
                    let from: Vec<Way> = ways.get(frame.first_way..).unwrap_or_default().to_vec();
                    self.step(&from, node.name(), &mut ways);
                    let found = ways.get(first_way..).unwrap_or_default();
                    is_lost = found.is_empty();
                    if is_lost {
                        sink.add(node.uri(), None, Reason::NotDescribed);
                    } else if from.iter().any(Way::is_insensitive) {
                        self.note_name(frame, node, sink);
                    }
                }
            }
            let own = ways.get(first_way..).unwrap_or_default();
            let chosen = self.choose(own, Some(node.is_interior()));
            let mut is_in_build = open.last().is_none_or(|frame| frame.is_in_build);
            if let Some(frame) = open.last_mut() {
                for way in own.iter().filter(|way| self.is_required(way.place)) {
                    frame.counts.entry(way.place).or_default();
                }
                if let Some((described, place)) = chosen
                    && (self.is_required(place) || described.is_dynamic_name())
                {
                    let count = frame.counts.entry(place).or_default();
                    *count = count.saturating_add(1);
                }
            }
            if let Some((described, _)) = chosen {
                is_in_build = self.node(node, described, is_in_build, sink);
            }
            let described = own.iter().filter(|way| index.described(way.place).next().is_some());
            let is_ambiguous = described.count() > 1;
            let counts = ByPlace::default();
            open.push(Frame { node, first_way, counts, names: None, is_lost, is_in_build, is_ambiguous });
        }
        while !open.is_empty() {
            self.close(&mut open, &mut ways, sink);
        }
    }

    /// Notes a name where case does not count.
    fn note_name<'t>(&self, frame: &mut Frame<'t>, node: Node<'t>, sink: &mut Sink<'s>) {
        let names = frame.names.get_or_insert_default();
        let name = fold(node.name().as_bytes()).into_owned();
        match names.get(&name) {
            Some(other) => sink.add(node.uri(), None, Reason::CaseClash { other: (*other).to_owned() }),
            None => {
                names.insert(name, node.name());
            }
        }
    }

    /// Ends the innermost node: what is missing below it, and of what there is too much.
    fn close(&self, open: &mut Vec<Frame<'_>>, ways: &mut Vec<Way>, sink: &mut Sink<'s>) {
        let Some(frame) = open.pop() else { return };
        let own = ways.get(frame.first_way..).unwrap_or_default();
        let is_known = self.is_whole || !frame.node.is_implicit();
        if frame.node.is_interior() && is_known && !frame.is_ambiguous {
            for place in own.iter().flat_map(|way| self.required_below(way.place)) {
                if sink.is_over() {
                    break;
                }
                if !frame.counts.contains_key(&place) {
                    let (index, documents) = self.schema.index();
                    let (name, is_dynamic) = index.name(documents, place);
                    let name = if is_dynamic && name.is_empty() { "*" } else { name };
                    sink.add(format_args!("{}/{name}", frame.node.uri()), self.first(place), Reason::Missing);
                }
            }
        }
        let most = |place: u32| self.first(place).and_then(|node| node.occurrence().max());
        let mut over: Vec<(u32, u32)> = frame.counts.into_iter().collect();
        over.retain(|(place, count)| most(*place).is_some_and(|most| *count > most));
        over.sort_unstable();
        for (place, found) in over {
            sink.add(frame.node.uri(), self.first(place), Reason::TooMany { found });
        }
        ways.truncate(frame.first_way);
    }

    /// Checks one node by its description. Whether a build has it.
    fn node(&self, node: Node<'_>, described: SchemaNode<'s>, parent_in_build: bool, sink: &mut Sink<'s>) -> bool {
        let facts = self.facts(described);
        let mut add = |reason| sink.add(node.uri(), Some(described), reason);
        if !facts.is_in_build && parent_in_build {
            add(Reason::NotInBuild);
        }
        if facts.is_deprecated {
            add(Reason::Deprecated);
        }
        if described.is_dynamic_name() && described.is_interior() && facts.rule.is_pattern() {
            let name = segment::canonical(node.name().as_bytes());
            sink.judge(node.uri(), described, facts.rule.allows(name), |_| Reason::Name);
        }
        if !described.is_described() {
            return facts.is_in_build;
        }
        let mut add = |reason| sink.add(node.uri(), Some(described), reason);
        match (node.is_interior(), described.is_interior()) {
            (true, true) => {
                if let (Some(found), Some(wanted)) = (node.mo_id(), described.mo_id())
                    && found != wanted
                {
                    add(Reason::MoId { found: found.to_owned() });
                }
            }
            (true, false) => add(Reason::Interior),
            (false, true) => add(Reason::Leaf),
            (false, false) => {
                if node.format() != described.format() {
                    add(Reason::Format { found: Some(node.format()) });
                }
                if let Some(found) = node.media_type().filter(|found| !takes_media_type(described, found)) {
                    add(Reason::MediaType { found: found.to_owned() });
                }
                let value = node.value().map(|value| value.octets());
                let verdict = match value {
                    None => return facts.is_in_build,
                    Some(Ok(Cow::Borrowed(octets))) => facts.rule.allows(octets),
                    Some(Ok(Cow::Owned(octets))) => facts.rule.allows(octets),
                    Some(Err(_)) => Verdict::Refused(Refusal::NotOfFormat(Format::Bin)),
                };
                sink.judge(node.uri(), described, verdict, Reason::Value);
            }
        }
        facts.is_in_build
    }
}
