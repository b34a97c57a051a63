//! Text kept as a place in a source.
//!
//! A decoded message or tree points into the document it was read from. Only text that had to be joined from pieces
//! or unescaped is copied, to a heap that the message or tree owns. Both are *sources*; a [`Text`] is eight octets
//! that say which source, where and how long. That keeps records small, makes `into_owned()` a copy of two buffers,
//! and lets one record type serve borrowed and owned data.

use std::borrow::Cow;

use crate::error::{Error, ErrorKind, Result};

/// A place in one of the two sources of a [`Sources`]; or nothing at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Text {
    start: u32,
    /// Length in the low 31 bits; the top bit says that the text lies on the heap.
    len: u32,
}

const HEAP: u32 = 1 << 31;

impl Text {
    /// Not there, which is not the same as empty.
    pub(crate) const ABSENT: Text = Text { start: u32::MAX, len: u32::MAX };
    /// There, with nothing in it.
    pub(crate) const EMPTY: Text = Text { start: 0, len: 0 };

    pub(crate) fn is_present(self) -> bool {
        self != Text::ABSENT
    }

    /// Absent or empty.
    fn is_blank(self) -> bool {
        !self.is_present() || self.len & !HEAP == 0
    }

    fn on_heap(self) -> bool {
        self.len & HEAP != 0
    }

    fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start.saturating_add((self.len & !HEAP) as usize)
    }

    /// The part of this text that is left when blanks are taken off both ends; `octets` is what it stands for.
    pub(crate) fn trim(self, octets: &[u8]) -> Text {
        let rest = octets.trim_ascii_start();
        let kept = rest.trim_ascii_end();
        if kept.len() == octets.len() {
            return self;
        }
        if kept.is_empty() {
            return Text::EMPTY;
        }
        // Both differences are at most a length that fits already.
        let skipped = octets.len().saturating_sub(rest.len()) as u32;
        let dropped = octets.len().saturating_sub(kept.len()) as u32;
        Text { start: self.start.saturating_add(skipped), len: self.len.saturating_sub(dropped) }
    }

    /// A part of this text.
    pub(crate) fn part(self, start: usize, len: usize) -> Text {
        if len == 0 {
            return Text::EMPTY;
        }
        // Both lie inside a length that fits already.
        let source = self.len & HEAP;
        Text { start: self.start.saturating_add(start as u32), len: source | len as u32 }
    }

    /// The first octet in the document, for text that was not copied.
    pub(crate) fn document_offset(self) -> Option<usize> {
        (self.is_present() && !self.on_heap()).then_some(self.start as usize)
    }
}

impl Default for Text {
    fn default() -> Self {
        Text::ABSENT
    }
}

/// The document a thing was decoded from: text (XML) or octets (WBXML), borrowed or owned.
#[derive(Clone, Debug)]
pub(crate) enum Document<'a> {
    Text(Cow<'a, str>),
    Binary(Cow<'a, [u8]>),
}

impl Document<'_> {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Document::Text(text) => text.as_bytes(),
            Document::Binary(bytes) => bytes,
        }
    }

    pub(crate) fn into_owned(self) -> Document<'static> {
        match self {
            Document::Text(text) => Document::Text(Cow::Owned(text.into_owned())),
            Document::Binary(bytes) => Document::Binary(Cow::Owned(bytes.into_owned())),
        }
    }
}

/// A document and the heap beside it: what a [`Text`] points into.
#[derive(Clone, Debug)]
pub(crate) struct Sources<'a> {
    pub(crate) document: Document<'a>,
    pub(crate) heap: Vec<u8>,
}

impl Sources<'_> {
    /// Octets of both.
    pub(crate) fn len(&self) -> usize {
        self.document.bytes().len().saturating_add(self.heap.len())
    }

    /// The octets of `text`, if it is there.
    pub(crate) fn bytes(&self, text: Text) -> Option<&[u8]> {
        if !text.is_present() {
            return None;
        }
        let source = if text.on_heap() { &self.heap } else { self.document.bytes() };
        source.get(text.range())
    }

    /// For one look after the other.
    #[cfg(feature = "capi")]
    #[inline]
    pub(crate) fn opened(&self) -> OpenSources<'_> {
        OpenSources { document: self.document.bytes(), heap: &self.heap }
    }

    /// `text` as a string, if it is there and was stored as one.
    pub(crate) fn str(&self, text: Text) -> Option<&str> {
        if !text.is_present() {
            return None;
        }
        match &self.document {
            // Slicing a `str` checks two octets only; other sources are validated again, as `unsafe` is not an option.
            Document::Text(document) if !text.on_heap() => document.get(text.range()),
            _ => simdutf8::basic::from_utf8(self.bytes(text)?).ok(),
        }
    }

    /// Copies a text to the heap; none when the heap would outgrow 4 GiB, or one text 2 GiB.
    pub(crate) fn keep(&mut self, octets: &[u8]) -> Option<Text> {
        if octets.is_empty() {
            return Some(Text::EMPTY);
        }
        let start = u32::try_from(self.heap.len()).ok()?;
        let len = u32::try_from(octets.len()).ok().filter(|len| len & HEAP == 0)?;
        start.checked_add(len)?;
        self.heap.extend_from_slice(octets);
        Some(Text { start, len: len | HEAP })
    }

    /// Moves a text to another heap, if it lies on this one. Nodes may share a text, but only where a document had it once for each, and
    /// that was no longer than a heap may be: so what fits into one heap fits into another; if it did not, it would be gone.
    pub(crate) fn move_to(&self, heap: &mut Vec<u8>, text: Text) -> Text {
        if !text.is_present() || !text.on_heap() {
            return text;
        }
        let Ok(start) = u32::try_from(heap.len()) else { return Text::ABSENT };
        heap.extend_from_slice(self.bytes(text).unwrap_or_default());
        Text { start, len: text.len }
    }

    pub(crate) fn into_owned(self) -> Sources<'static> {
        Sources { document: self.document.into_owned(), heap: self.heap }
    }
}

/// See [`Sources::opened`].
#[cfg(feature = "capi")]
#[derive(Clone, Copy)]
pub(crate) struct OpenSources<'s> {
    document: &'s [u8],
    heap: &'s [u8],
}

#[cfg(feature = "capi")]
impl<'s> OpenSources<'s> {
    /// As [`Sources::bytes`].
    #[inline]
    pub(crate) fn bytes(self, text: Text) -> Option<&'s [u8]> {
        let source = if text.on_heap() { self.heap } else { self.document };
        if text.is_present() { source.get(text.range()) } else { None }
    }
}

/// Something that knows what a [`Text`] stands for.
pub(crate) trait Texts {
    /// The octets of a text; none for one that is not there.
    fn bytes(&self, text: Text) -> &[u8];
}

impl Texts for Sources<'_> {
    fn bytes(&self, text: Text) -> &[u8] {
        Sources::bytes(self, text).unwrap_or_default()
    }
}

impl Texts for TextBuilder<'_> {
    fn bytes(&self, text: Text) -> &[u8] {
        TextBuilder::bytes(self, text)
    }
}

/// Makes [`Text`]s while a document is read: knows the document, owns the heap.
#[derive(Debug)]
pub(crate) struct TextBuilder<'d> {
    document: &'d [u8],
    heap: Vec<u8>,
    overflow: bool,
}

impl<'d> TextBuilder<'d> {
    pub(crate) fn new(document: &'d [u8]) -> TextBuilder<'d> {
        TextBuilder { document, heap: Vec::new(), overflow: false }
    }

    /// Goes on with a heap that was taken before.
    pub(crate) fn with_heap(document: &'d [u8], heap: Vec<u8>) -> TextBuilder<'d> {
        TextBuilder { document, heap, overflow: false }
    }

    /// The heap, once everything is read.
    ///
    /// # Errors
    /// [`ErrorKind::InputTooLarge`] when it outgrew 4 GiB, or one text 2 GiB.
    pub(crate) fn finish(self) -> Result<Vec<u8>> {
        if self.overflow {
            return Err(Error::new(ErrorKind::InputTooLarge, self.document.len()));
        }
        Ok(self.heap)
    }

    /// How long the heap is.
    pub(crate) fn heap_len(&self) -> usize {
        self.heap.len()
    }

    /// Takes back what was put on the heap since it was so long. No text that is kept may lie there.
    pub(crate) fn truncate_heap(&mut self, len: usize) {
        self.heap.truncate(len);
    }

    /// Where `piece` lies in the document, if it does.
    #[inline]
    fn place(&self, piece: &[u8]) -> Option<Text> {
        if piece.is_empty() {
            return Some(Text::EMPTY);
        }
        // Two allocations never overlap, so an address inside the document means a part of the document.
        let start = (piece.as_ptr() as usize).checked_sub(self.document.as_ptr() as usize)?;
        if start.checked_add(piece.len())? > self.document.len() {
            return None;
        }
        let len = u32::try_from(piece.len()).ok().filter(|len| len & HEAP == 0)?;
        Some(Text { start: u32::try_from(start).ok()?, len })
    }

    /// The octets of a text made by this builder.
    pub(crate) fn bytes(&self, text: Text) -> &[u8] {
        if !text.is_present() {
            return &[];
        }
        let source = if text.on_heap() { self.heap.as_slice() } else { self.document };
        source.get(text.range()).unwrap_or_default()
    }

    /// Keeps one whole text.
    #[inline]
    pub(crate) fn keep(&mut self, piece: &[u8]) -> Text {
        if let Some(place) = self.place(piece) {
            return place;
        }
        let mut text = Text::ABSENT;
        self.append_with(&mut text, |heap| heap.extend_from_slice(piece));
        text
    }

    /// Adds a piece to `text`: the first piece stays where it is, later ones make a copy on the heap.
    pub(crate) fn append(&mut self, text: &mut Text, piece: &[u8]) {
        if text.is_blank()
            && let Some(place) = self.place(piece)
        {
            *text = place;
            return;
        }
        self.append_with(text, |heap| heap.extend_from_slice(piece));
    }

    /// Adds what `write` puts on the heap to `text`.
    pub(crate) fn append_with(&mut self, text: &mut Text, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.make_last(*text);
        write(&mut self.heap);
        let len = self.heap.len().saturating_sub(start);
        *text = match (u32::try_from(start), u32::try_from(len)) {
            (Ok(start), Ok(len)) if len & HEAP == 0 => Text { start, len: len | HEAP },
            _ => {
                self.overflow = true;
                Text::EMPTY
            }
        };
    }

    /// Ensures that `text` ends the heap, and says where it starts there.
    fn make_last(&mut self, text: Text) -> usize {
        let end = self.heap.len();
        if text.is_blank() {
            return end;
        }
        let range = text.range();
        if !text.on_heap() {
            self.heap.extend_from_slice(self.document.get(range).unwrap_or_default());
        } else if range.end == end {
            return range.start;
        } else {
            self.heap.extend_from_within(range);
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(document: &str, heap: Vec<u8>) -> Sources<'_> {
        Sources { document: Document::Text(Cow::Borrowed(document)), heap }
    }

    #[test]
    fn one_piece_stays_in_the_document() {
        let document = "abcdef";
        let mut builder = TextBuilder::new(document.as_bytes());
        let text = builder.keep(&document.as_bytes()[2..4]);
        let heap = builder.finish().unwrap();
        assert!(heap.is_empty());
        assert_eq!(text.document_offset(), Some(2));
        assert_eq!(sources(document, heap).str(text), Some("cd"));
    }

    #[test]
    fn pieces_are_joined_on_the_heap_also_when_interleaved() {
        let document = "abcdef";
        let bytes = document.as_bytes();
        let mut builder = TextBuilder::new(bytes);
        let mut one = Text::ABSENT;
        let mut two = Text::ABSENT;
        builder.append(&mut one, &bytes[0..1]);
        builder.append(&mut one, b"-");
        builder.append(&mut two, b"foreign");
        builder.append(&mut one, &bytes[5..6]);
        builder.append(&mut two, &bytes[1..2]);
        let sources = sources(document, builder.finish().unwrap());
        assert_eq!(sources.str(one), Some("a-f"));
        assert_eq!(sources.str(two), Some("foreignb"));
    }

    #[test]
    fn trimming_keeps_the_place() {
        let document = "  ab \n";
        let mut builder = TextBuilder::new(document.as_bytes());
        let text = builder.keep(document.as_bytes());
        let text = text.trim(builder.bytes(text));
        let blank = builder.keep(b" \t ");
        let blank = blank.trim(builder.bytes(blank));
        let sources = sources(document, builder.finish().unwrap());
        assert_eq!((sources.str(text), text.document_offset()), (Some("ab"), Some(2)));
        assert_eq!(sources.str(blank), Some(""));
    }

    #[test]
    fn absent_is_not_empty() {
        let mut builder = TextBuilder::new(b"");
        let empty = builder.keep(b"");
        let sources = sources("", builder.finish().unwrap());
        assert_eq!(sources.str(empty), Some(""));
        assert_eq!(sources.str(Text::ABSENT), None);
    }
}
