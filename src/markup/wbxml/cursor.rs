//! The short way through WBXML.

use super::decode::{Base, is_utf8};
use super::token;
use crate::markup::words::zero_end;
use crate::markup::{Cursor, Expected, PlainText, Step};
use crate::vocabulary::{DocumentType, PageTags, Tag};

/// What a [`WbxmlCursor`] needs to know, and does not change.
pub(super) struct Surroundings<'a> {
    pub(super) input: &'a [u8],
    pub(super) document_type: DocumentType,
    pub(super) is_utf8: bool,
    /// What the octets here are ahead of those of the input, and the other way round.
    pub(super) base: Base,
    /// Octets of one text, and elements, that the limits allow.
    pub(super) text_limit: usize,
    pub(super) element_limit: u32,
}

/// See [`Cursor`]. Plain texts are inline strings; texts of a charset other than UTF-8 are if they are ASCII.
#[derive(Clone, Copy)]
pub(super) struct WbxmlCursor<'r, 'a> {
    pub(super) around: &'r Surroundings<'a>,
    /// Where the tag gone over last begins, and where to go on.
    pub(super) start: usize,
    pub(super) at: usize,
    pub(super) elements: u32,
    pub(super) tags: PageTags,
    /// The code page that has these tags.
    pub(super) page: u8,
    /// The element that began last has no content.
    pub(super) end_is_due: bool,
}

impl WbxmlCursor<'_, '_> {
    /// Goes over the token here, a plain start of an element, or a switch of pages and one behind it.
    #[inline(always)]
    fn start(&mut self, token: u8) -> Option<Tag> {
        if let Some(tag) = self.tags.plain(token) {
            self.begin(token);
            return Some(tag);
        }
        if token != token::SWITCH_PAGE {
            return None;
        }
        let page = *self.around.input.get(self.at.wrapping_add(1))?;
        self.around.document_type.page(page)?;
        self.tags = self.around.document_type.page_tags(page);
        self.page = page;
        self.at = self.at.wrapping_add(2);
        let token = *self.around.input.get(self.at)?;
        let tag = self.tags.plain(token)?;
        self.begin(token);
        Some(tag)
    }

    #[inline(always)]
    fn begin(&mut self, token: u8) {
        self.start = self.at;
        self.at = self.at.wrapping_add(1);
        self.elements = self.elements.wrapping_add(1);
        self.end_is_due = token & token::WITH_CONTENT == 0;
    }
}

impl<'a> Cursor<'a> for WbxmlCursor<'_, 'a> {
    /// An end says no name.
    type Name = ();

    #[inline(always)]
    fn open(&mut self) -> Option<(Tag, ())> {
        let token = *self.around.input.get(self.at)?;
        Some((self.start(token)?, ()))
    }

    #[inline(always)]
    fn expect(&mut self, expected: &Expected) -> Option<()> {
        if self.end_is_due {
            return None;
        }
        let before = *self;
        let token = *self.around.input.get(self.at)?;
        let is_expected = match token {
            token::SWITCH_PAGE => self.start(token) == Some(expected.tag) && !self.end_is_due,
            _ if token == expected.token | token::WITH_CONTENT => self.start(token) == Some(expected.tag),
            _ => false,
        };
        if !is_expected {
            *self = before;
        }
        is_expected.then_some(())
    }

    #[inline(always)]
    fn next(&mut self, (): ()) -> Step<()> {
        if self.end_is_due {
            self.end_is_due = false;
            return Step::End;
        }
        let Some(token) = self.around.input.get(self.at) else { return Step::Other };
        if *token == token::END {
            self.start = self.at;
            self.at = self.at.wrapping_add(1);
            return Step::End;
        }
        match self.start(*token) {
            Some(tag) => Step::Start(tag, ()),
            None => Step::Other,
        }
    }

    #[inline(always)]
    fn text(&mut self, (): ()) -> Option<PlainText<'a>> {
        if self.end_is_due {
            self.end_is_due = false;
            return Some(PlainText::Octets(&[]));
        }
        let rest = self.around.input.get(self.at..)?;
        let (text, len): (&[u8], usize) = match rest {
            [token::END, ..] => (&[], 0),
            [token::STR_I, rest @ ..] => {
                let (len, is_ascii) = zero_end(rest)?;
                let text = rest.get(..len)?;
                if !(is_ascii || self.around.is_utf8 && is_utf8(text)) {
                    return None;
                }
                (text, len.wrapping_add(2))
            }
            _ => return None,
        };
        if rest.get(len) != Some(&token::END) {
            return None;
        }
        self.start = self.at.wrapping_add(len);
        self.at = self.start.wrapping_add(1);
        Some(PlainText::Octets(text))
    }

    #[inline(always)]
    fn offset(&self) -> usize {
        self.around.base.original(self.start)
    }

    #[inline(always)]
    fn is_within_limits(&self, before: &Self) -> bool {
        // No text is longer than everything together.
        self.at.wrapping_sub(before.at) <= self.around.text_limit && self.elements <= self.around.element_limit
    }
}
