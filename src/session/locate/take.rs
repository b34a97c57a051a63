//! Taking what came for a command.

use super::asked::{Asked, read};
use super::mirror::{Got, Mirror};
use super::{Aim, Found, Locator, Phase, Reply, Task};
use crate::query::INBOX;
use crate::session::results::ResultData;
use crate::tree::{Format, NodeId, Tree};
use std::collections::HashMap;

impl Locator<'_> {
    pub(super) fn take(&mut self, task: &Task, reply: &Reply<'_>) {
        let node = task.node.as_str();
        match task.aim {
            Aim::Locations => self.take_locations(reply),
            Aim::Structure if !reply.items().is_empty() => self.take_structure(reply),
            // A node that is gone, or hidden.
            Aim::Structure if reply.is(404) || reply.is(425) => {}
            Aim::Structure => {
                let is_too_much = reply.is_too_much();
                if is_too_much || node != self.start() {
                    self.push(node, Aim::Part { is_too_much });
                }
            }
            Aim::Document => {
                if let Some(tree) = reply.tree() {
                    self.is_cut |= !reply.is_whole() || !reply.items.is_empty();
                    self.take_document(tree);
                }
            }
            Aim::Type => self.take_type_of(node, reply),
            Aim::Part { is_too_much } => match self.take_node(node, reply) {
                Got::Interior(spot) if is_too_much => self.push_inside(node, spot, Aim::Structure),
                Got::Interior(_) => self.is_cut = true,
                Got::Inbox(_) | Got::Leaf | Got::Absent | Got::Lost => {}
            },
            Aim::Walk => {
                if let Got::Interior(spot) = self.take_node(node, reply) {
                    self.push_inside(node, spot, Aim::Walk);
                }
            }
            Aim::Node => {
                let got = self.mirror.take(node, reply);
                self.is_cut |= got == Got::Lost;
            }
        }
    }

    /// Takes the answer to a plain `Get`. An Inbox that does not let itself be read is an object all the same.
    fn take_node(&mut self, node: &str, reply: &Reply<'_>) -> Got {
        let got = self.mirror.take(node, reply);
        self.is_cut |= got == Got::Lost;
        if let Got::Inbox(spot) = got {
            self.take_object(spot, INBOX);
        }
        got
    }

    /// Asks for the type of an interior node, and for what is in it.
    fn push_inside(&mut self, node: &str, spot: NodeId, aim: Aim) {
        if node != "." {
            self.push(node, Aim::Type);
        }
        let mut room = self.room();
        for child in self.mirror.children(spot) {
            if room == 0 {
                self.is_cut = true;
                return;
            }
            if self.queued.insert(child.clone()) {
                self.queue.push_back(Task { node: child, aim });
                room = room.saturating_sub(1);
            }
        }
    }

    /// Takes the answer to a `Get` of the property. A node that is gone has no identifier, nor has one without the property: 406
    /// (`wire.md` §9.4).
    fn take_type_of(&mut self, node: &str, reply: &Reply<'_>) {
        let mo_id = match reply.items() {
            [item] if reply.is_whole() => match &item.data {
                Some(ResultData::Text(text)) => Some(text.trim()),
                Some(_) => None,
                None => Some(""),
            },
            _ if reply.is_absent() || reply.is(406) => Some(""),
            _ => None,
        };
        match (mo_id, self.mirror.spot(node)) {
            (Some(mo_id), Some(spot)) => self.take_type(spot, mo_id),
            _ => self.lacks_types = true,
        }
    }

    /// Takes the `Type` of an interior node.
    fn take_type(&mut self, spot: NodeId, mo_id: &str) {
        // Some devices give interior nodes a media type.
        let is_mo_id = mo_id.contains(':') || mo_id.split('/').count() > 2;
        self.has_types |= is_mo_id;
        if is_mo_id {
            self.take_object(spot, mo_id);
        }
    }

    fn take_object(&mut self, spot: NodeId, mo_id: &str) {
        let found = if self.phase == Phase::Walk { Found::Walked } else { Found::Listed };
        if self.query.wants(mo_id) {
            self.mirror.see_object(spot, mo_id, found);
        }
    }

    fn take_structure(&mut self, reply: &Reply<'_>) {
        self.is_cut |= !reply.is_whole() || reply.tree.is_some();
        for item in reply.items() {
            let Some(spot) = self.mirror.spot(&item.source) else { continue };
            let is_interior = item.format == Some(Format::Node);
            self.mirror.see(spot, is_interior);
            if let Some(mo_id) = item.media_type.as_deref().filter(|_| is_interior) {
                self.take_type(spot, mo_id);
            }
        }
    }

    fn take_document(&mut self, tree: &Tree<'_>) {
        // Where the nodes are here. What has no place leaves none for what is below it.
        let mut spots: HashMap<NodeId, NodeId> = HashMap::new();
        for node in tree.nodes() {
            let spot = match node.parent() {
                None => Some(self.mirror.root().id()),
                Some(parent) => spots.get(&parent.id()).and_then(|parent| self.mirror.child(*parent, node.name())),
            };
            let Some(spot) = spot else { continue };
            if node.is_interior() {
                spots.insert(node.id(), spot);
            }
            if node.is_implicit() {
                continue;
            }
            self.mirror.see(spot, node.is_interior());
            if let Some(mo_id) = node.mo_id() {
                self.take_type(spot, mo_id);
            }
        }
    }

    /// Takes the answer to the location query.
    fn take_locations(&mut self, reply: &Reply<'_>) {
        match read(&self.query, reply, Mirror::new(&self.options.limits), &self.options.limits) {
            Asked::Understood(locations) => {
                self.support.location_query_seen = Some(true);
                self.answer = locations;
            }
            // Silence says nothing. Who has understood before may have reasons of its own, unless it says that it does not any more.
            Asked::NotUnderstood if reply.status.is_none() => {}
            Asked::NotUnderstood if self.support.location_query_seen == Some(true) && !reply.is(406) => {}
            Asked::NotUnderstood => self.support.location_query_seen = Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::query::LocationQuery;
    use crate::session::{Locator, LocatorOptions, QuerySupport, Reply, ResultData, ResultItem};
    use crate::syncml::StatusCode;
    use crate::tree::Format;

    #[test]
    fn a_million_children_queue_no_more_than_may_be_sent() {
        let names: String = (0..1_000_000).map(|name| format!("{name}/")).collect();
        let data = Some(ResultData::Text(names.into()));
        let item = ResultItem { source: ".".to_owned(), format: Some(Format::Node), media_type: None, data };
        let million = Reply { status: Some(StatusCode(200)), items: vec![item], ..Reply::default() };
        let refused = Reply { status: Some(StatusCode(406)), ..Reply::default() };
        let options = LocatorOptions { commands: 100, at_once: 10, ..LocatorOptions::default() };
        let query = LocationQuery::new().with_node("*").unwrap();
        let mut locator = Locator::new(query, QuerySupport::new("1", "1"), options);
        let mut sent = 0;
        loop {
            let questions = locator.next_questions();
            sent += questions.len();
            for question in &questions {
                let reply = if question.uri.contains("?list=") { &refused } else { &million };
                locator.answer(question.number, reply);
                assert!(sent + locator.queue.len() <= 100 && locator.queued.len() <= 100 && locator.asked.len() <= 100);
            }
            if questions.is_empty() {
                break;
            }
        }
        assert_eq!((sent, locator.is_complete, locator.is_cut), (100, false, true));
    }
}
