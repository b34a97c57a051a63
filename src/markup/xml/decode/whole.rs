//! Elements taken whole: from before the start tag to behind the end tag in one step.
//!
//! Tree documents consist of a few patterns that come again and again. Opening and closing each element of them, asking for its name
//! and keeping a stack, takes most of the time. The two ways here pass over all that where the outcome is certain. What they give, where
//! the reader stands afterwards and what is charged to the limits is what the events would have given; in every other case nothing has
//! been read, and the events tell.

use super::{State, XmlReader, scan};
use crate::markup::{Begun, Seen};
use crate::vocabulary::Tag;

impl<'a> XmlReader<'a> {
    /// Where the next tag begins, if nothing but blanks comes before it, and no more of these than a text may have.
    #[inline(always)]
    fn next_tag(&self) -> Option<usize> {
        if !matches!(self.state, State::InRoot) || self.end_is_due {
            return None;
        }
        let octets = self.text.as_bytes();
        if octets.get(self.end) == Some(&b'<') {
            return Some(self.end);
        }
        let start = scan::blanks_end(octets, self.end);
        (start.wrapping_sub(self.end) <= self.room() && octets.get(start) == Some(&b'<')).then_some(start)
    }

    /// The reader stands behind a whole element whose end tag is at `start` and ends before `end`.
    #[inline(always)]
    fn pass_whole(&mut self, start: usize, end: usize) {
        self.attrs.clear();
        self.text_len = 0;
        self.start = start;
        self.end = end;
    }

    /// [`Reader::plain_element`](crate::markup::Reader::plain_element)
    #[inline(always)]
    pub(super) fn take_plain(&mut self, tag: Tag) -> Option<(usize, &'a [u8])> {
        let key = tag.spelled()?.key?;
        let octets = self.text.as_bytes();
        let start = self.next_tag()?;
        // Places in the text are far from the end of all numbers: documents have less than 4 GiB.
        let name_at = start.wrapping_add(1);
        let (len, found) = scan::plain_name(octets, name_at)?;
        if found != key || len > self.options.limits.name as usize || !self.bindings.is_home_of(tag.vocabulary()) {
            return None;
        }
        let name_end = name_at.wrapping_add(len);
        let text_at = name_end.wrapping_add(1);
        let (text, end_tag, end) = match octets.get(name_end)? {
            b'>' => {
                let (text_end, is_plain) = scan::text_end(octets, text_at);
                let text = octets.get(text_at..text_end)?;
                let [b'<', b'/', ..] = octets.get(text_end..)? else { return None };
                let end_at = text_end.wrapping_add("</".len());
                let (len, found) = scan::plain_name(octets, end_at)?;
                let end = end_at.wrapping_add(len);
                let is_plain = is_plain && text.len() <= self.options.limits.text as usize;
                if !is_plain || found != key || octets.get(end) != Some(&b'>') {
                    return None;
                }
                (text, text_end, end.wrapping_add(1))
            }
            b'/' if octets.get(text_at) == Some(&b'>') => ([].as_slice(), start, text_at.wrapping_add(1)),
            _ => return None,
        };
        self.bindings.count(1)?;
        self.pass_whole(end_tag, end);
        Some((self.places.original(start), text))
    }

    /// [`Reader::begun`](crate::markup::Reader::begun)
    pub(super) fn note_begun(&self) -> Begun {
        Begun { start: self.start, elements: self.bindings.elements().saturating_sub(1), ..Begun::default() }
    }

    /// [`Reader::seen`](crate::markup::Reader::seen)
    pub(super) fn note_seen(&self, begun: Begun) -> Option<Seen<'a>> {
        Some(Seen {
            octets: self.text.as_bytes().get(begun.start..self.end)?,
            end_tag: self.start.checked_sub(begun.start)?,
            elements: self.bindings.elements().checked_sub(begun.elements)?,
            surroundings: self.bindings.surroundings()?,
            pages: Default::default(),
        })
    }

    /// [`Reader::again`](crate::markup::Reader::again)
    #[inline]
    pub(super) fn take_again(&mut self, seen: &Seen<'a>) -> Option<usize> {
        let start = self.next_tag()?;
        if !self.rest(start).starts_with(seen.octets) || !self.bindings.is_in(&seen.surroundings) {
            return None;
        }
        self.bindings.count(seen.elements)?;
        let end = start.wrapping_add(seen.octets.len());
        self.pass_whole(start.wrapping_add(seen.end_tag), end);
        Some(self.places.original(start))
    }
}
