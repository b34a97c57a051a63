//! A way through documents that is shorter than events, for grammars that take whole elements at once.
//!
//! An event has to say everything: what is open, in which namespace, with which attributes, and what is wrong. Nearly all elements need
//! none of that: they are plain. A [`Cursor`] is a place in a document that goes over plain elements and stops at everything else,
//! without saying why. It is `Copy`, and no octet counts as read before a [`Course`] is over: a grammar that meets something that is
//! not plain goes back to where it began, and reads it by events. So each error is found in one place, where the events are, and what is
//! plain is read again only with something beside it that is not.

use crate::vocabulary::{NameKey, Tag};

/// A place in a document, inside of an element that is open.
///
/// Plain is: a start tag of a known element, without attributes or with the default namespace declared last; a text that is one
/// piece; blanks between tags; an end tag. Names are looked up as they are at the start of the course, so that of an element
/// with a declaration only the text may be taken, unless it is of the same vocabulary. Limits that a cursor does not see in passing are asked about with
/// [`is_within_limits`](Cursor::is_within_limits).
pub trait Cursor<'a>: Copy {
    /// What the end tag of an open element has to say.
    type Name: Copy;

    /// The next tag, inside of an element of this name.
    fn next(&mut self, parent: Self::Name) -> Step<Self::Name>;

    /// Goes over the next tag if it is the plain start of this element, with content and without blanks before it: tags that are not
    /// expected are left to [`next`](Cursor::next), which costs more.
    fn expect(&mut self, expected: &Expected) -> Option<Self::Name>;

    /// The next tag, if it is a plain start. Not for the content of an element that was opened by this cursor.
    fn open(&mut self) -> Option<(Tag, Self::Name)>;

    /// The text of the element that has just begun, with its end, if that is all there is to it.
    fn text(&mut self, name: Self::Name) -> Option<PlainText<'a>>;

    /// Where the tag gone over last begins in the input.
    fn offset(&self) -> usize;

    /// Whether everything since `before` is within the limits.
    fn is_within_limits(&self, before: &Self) -> bool;
}

/// A tag that is likely to come next, with what it looks like in both encodings.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    pub(super) tag: Tag,
    pub(super) token: u8,
    pub(super) key: NameKey,
    pub(super) len: usize,
}

impl Expected {
    pub(crate) const fn new(tag: Tag) -> Expected {
        let (key, len, token) = tag.spelling();
        Expected { tag, token, key, len }
    }
}

/// What a cursor has gone over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<Name> {
    /// The start of an element.
    Start(Tag, Name),
    /// The end of the parent.
    End,
    /// It has met something that is not plain.
    Other,
}

/// A text that is one piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainText<'a> {
    /// It stands for itself, as UTF-8.
    Octets(&'a [u8]),
    /// XML with references, all of them right, or with carriage returns.
    Escaped(&'a str),
}

/// What is done with a [`Cursor`].
pub trait Course<'a> {
    /// Goes as far as it can. Where it leaves the cursor, reading goes on: as deep as it began, and within the limits.
    fn run<C: Cursor<'a>>(&mut self, cursor: &mut C);
}

/// How many elements deep a [`Course`] may go.
pub(crate) const DEPTH: usize = 8;
