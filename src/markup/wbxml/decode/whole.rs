//! Elements that come again, octet for octet, and are passed over in one step.
//!
//! What is charged to the limits, and where the reader stands afterwards, is what the events would have given; in every other case
//! nothing has been read, and the events tell.

use super::{Progress, WbxmlReader};
use crate::markup::{Begun, Seen};

impl<'a> WbxmlReader<'a> {
    fn pages(&self) -> [u8; 2] {
        [self.state.tag_page, self.state.attr_page]
    }

    /// [`Reader::begun`](crate::markup::Reader::begun)
    pub(super) fn note_begun(&self) -> Option<Begun> {
        // What a tag with attributes looks like depends on the page before it.
        self.attrs.is_empty().then(|| Begun {
            start: self.start,
            elements: self.bindings.elements().saturating_sub(1),
            pages: self.pages(),
            budget: self.budget,
        })
    }

    /// [`Reader::seen`](crate::markup::Reader::seen). None where the string table had a part in it, which has a limit of its own.
    pub(super) fn note_seen(&self, begun: Begun) -> Option<Seen<'a>> {
        if self.budget != begun.budget || self.end_is_due || !self.latin1.is_empty() {
            return None;
        }
        Some(Seen {
            octets: self.input.get(begun.start..self.at)?,
            end_tag: self.start.checked_sub(begun.start)?,
            elements: self.bindings.elements().checked_sub(begun.elements)?,
            surroundings: self.bindings.surroundings()?,
            pages: [begun.pages, self.pages()],
        })
    }

    /// [`Reader::again`](crate::markup::Reader::again)
    #[inline]
    pub(super) fn take_again(&mut self, seen: &Seen<'a>) -> Option<usize> {
        let is_clear = matches!(self.progress, Progress::InRoot) && !self.end_is_due && self.latin1.is_empty();
        let [before, after] = seen.pages;
        let is_same = is_clear && self.pages() == before && self.input.get(self.at..)?.starts_with(seen.octets);
        if !is_same || !self.bindings.is_in(&seen.surroundings) {
            return None;
        }
        self.bindings.count(seen.elements)?;
        let begin = self.at;
        [self.state.tag_page, self.state.attr_page] = after;
        self.tags = self.state.document_type.page_tags(self.state.tag_page);
        self.start_attr_page = self.state.attr_page;
        self.attrs.clear();
        self.joined.clear();
        self.text_len = 0;
        self.start = begin.wrapping_add(seen.end_tag);
        self.at = begin.wrapping_add(seen.octets.len());
        Some(self.base.original(begin))
    }
}
