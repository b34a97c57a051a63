//! The short way through XML.

use super::{Places, first_bad_reference, scan};
use crate::markup::{Cursor, Expected, PlainText, Step};
use crate::vocabulary::{NameKey, Tag, Vocabulary};

/// What an [`XmlCursor`] needs to know, and does not change.
pub(super) struct Surroundings<'r, 'a> {
    pub(super) text: &'a str,
    pub(super) places: &'r Places<'a>,
    /// What names without a declaration are looked up in.
    pub(super) vocabulary: Vocabulary,
    /// What the declaration read last looks like, and what it stands for.
    pub(super) declaration: Option<(&'a str, Vocabulary)>,
    pub(super) bare_ampersand: bool,
    /// Octets of one text, and elements, that the limits allow.
    pub(super) text_limit: usize,
    pub(super) element_limit: u32,
}

/// See [`Cursor`].
#[derive(Clone, Copy)]
pub(super) struct XmlCursor<'r, 'a> {
    pub(super) around: &'r Surroundings<'r, 'a>,
    /// Where the tag gone over last begins, and where to go on.
    pub(super) start: usize,
    pub(super) at: usize,
    pub(super) elements: u32,
    /// The element that began last is an empty-element tag.
    pub(super) end_is_due: bool,
}

/// What the end tag of an element says behind its `</`: the name, of at most 15 letters, and `>`; with what is not to be compared.
#[derive(Clone, Copy)]
pub(super) struct EndName {
    octets: NameKey,
    mask: NameKey,
    len: usize,
}

impl EndName {
    #[inline(always)]
    fn of(expected: &Expected) -> EndName {
        let mask =
            u128::MAX.wrapping_shr(u128::BITS.wrapping_sub((expected.len as u32).wrapping_add(1).wrapping_mul(8)));
        let mask = NameKey { low: mask as u64, high: (mask >> u64::BITS) as u64 };
        EndName { octets: expected.key, mask, len: expected.len }.before(b'>')
    }

    /// The same name before another octet.
    #[inline(always)]
    fn before(self, octet: u8) -> EndName {
        let NameKey { low, high } = self.octets;
        let shift = (self.len as u32).wrapping_mul(u8::BITS);
        let name = (u128::from(high) << u64::BITS | u128::from(low)) & !(0xFF_u128.wrapping_shl(shift));
        let all = name | u128::from(octet).wrapping_shl(shift);
        EndName { octets: NameKey { low: all as u64, high: (all >> u64::BITS) as u64 }, ..self }
    }

    #[inline(always)]
    fn is_here(&self, octets: &[u8; NameKey::LEN]) -> bool {
        let (low, high) = halves(octets);
        (low ^ self.octets.low) & self.mask.low | (high ^ self.octets.high) & self.mask.high == 0
    }
}

/// Octets that are looked at together: any tag with a name of at most 15 letters.
const WINDOW: usize = 24;

impl<'a> XmlCursor<'_, 'a> {
    fn octets(&self) -> &'a [u8] {
        self.around.text.as_bytes()
    }

    fn window(&self) -> Option<&'a [u8; WINDOW]> {
        self.octets().get(self.at..)?.first_chunk()
    }

    /// The tag that comes after blanks, if any. Not the last of the document, which is an end tag.
    #[inline(always)]
    fn tag(&mut self) -> Option<&'a [u8; WINDOW]> {
        let window = self.window()?;
        if window[0] == b'<' {
            return Some(window);
        }
        self.at = scan::blanks_end(self.octets(), self.at);
        self.window().filter(|window| window[0] == b'<')
    }

    /// Goes over the start tag here.
    #[inline(always)]
    fn start(&mut self, tag: &[u8; WINDOW]) -> Option<(Tag, EndName)> {
        let [_, name @ .., _, _, _, _, _, _, _] = tag;
        let (name, key, next) = plain_name(name)?;
        let name_end = self.at.wrapping_add(1).wrapping_add(name.len);
        let (vocabulary, end) = match next {
            b'>' => (self.around.vocabulary, name_end),
            b' ' => self.declared(name_end)?,
            b'/' if self.octets().get(name_end.wrapping_add(1)) == Some(&b'>') => {
                self.end_is_due = true;
                (self.around.vocabulary, name_end.wrapping_add(1))
            }
            _ => return None,
        };
        let tag = Tag::from_key(vocabulary, key)?;
        self.start = self.at;
        self.at = end.wrapping_add(1);
        self.elements = self.elements.wrapping_add(1);
        Some((tag, name))
    }

    /// The end of a tag with a declaration behind its name, `MetInf`'s or the one read last, and the vocabulary that its name is of.
    #[inline(always)]
    fn declared(&self, name_end: usize) -> Option<(Vocabulary, usize)> {
        const METINF: &[u8; 22] = b" xmlns=\"syncml:metinf\"";
        let rest = self.octets().get(name_end..)?;
        let (vocabulary, len) = if rest.first_chunk() == Some(METINF) {
            (Vocabulary::MetInf, METINF.len())
        } else {
            let (written, vocabulary) = self.around.declaration?;
            (vocabulary, rest.starts_with(written.as_bytes()).then_some(written.len())?)
        };
        (rest.get(len) == Some(&b'>')).then_some((vocabulary, name_end.wrapping_add(len)))
    }

    /// Goes over the end tag here, if it is that of an element of this name.
    #[inline(always)]
    fn end(&mut self, tag: &[u8; WINDOW], name: EndName) -> Option<()> {
        let [_, _, octets @ .., _, _, _, _, _, _] = tag;
        if !name.is_here(octets) {
            return None;
        }
        self.start = self.at;
        self.at = self.at.wrapping_add("</>".len()).wrapping_add(name.len);
        Some(())
    }
}

#[inline(always)]
fn halves(octets: &[u8; NameKey::LEN]) -> (u64, u64) {
    let octets = u128::from_le_bytes(*octets);
    (octets as u64, (octets >> u64::BITS) as u64)
}

/// The name that these octets begin with, if it has at most 15 octets and consists of letters, as
/// [`scan::plain_name`] has it; and the octet behind it.
#[inline(always)]
fn plain_name(octets: &[u8; NameKey::LEN]) -> Option<(EndName, NameKey, u8)> {
    const LETTER: u64 = 0x4040_4040_4040_4040;
    /// The name in one half: its octets, those with `>` behind it, what to compare, its length, and what is behind it.
    #[inline(always)]
    fn half(word: u64) -> Option<(u64, u64, u64, usize, u8)> {
        let ends = !word & LETTER;
        if ends == 0 {
            return None;
        }
        // The lowest bit of the octet behind the name.
        let end = (ends & ends.wrapping_neg()) >> 6;
        let key = word & end.wrapping_sub(1);
        let mask = end.wrapping_shl(u8::BITS).wrapping_sub(1);
        let behind = word.wrapping_shr(end.trailing_zeros()) as u8;
        Some((key, key | end.wrapping_mul(u64::from(b'>')), mask, (end.trailing_zeros() / u8::BITS) as usize, behind))
    }
    let (low, high) = halves(octets);
    if let Some((key, octets, mask, len, behind)) = half(low) {
        let (octets, mask) = (NameKey { low: octets, high: 0 }, NameKey { low: mask, high: 0 });
        return Some((EndName { octets, mask, len }, NameKey { low: key, high: 0 }, behind));
    }
    let (key, octets, mask, len, behind) = half(high)?;
    let (octets, mask) = (NameKey { low, high: octets }, NameKey { low: u64::MAX, high: mask });
    Some((EndName { octets, mask, len: len.wrapping_add(8) }, NameKey { low, high: key }, behind))
}

impl<'a> Cursor<'a> for XmlCursor<'_, 'a> {
    type Name = EndName;

    #[inline(always)]
    fn open(&mut self) -> Option<(Tag, EndName)> {
        let tag = self.tag()?;
        self.start(tag)
    }

    #[inline(always)]
    fn expect(&mut self, expected: &Expected) -> Option<EndName> {
        if self.end_is_due {
            return None;
        }
        let [b'<', octets @ .., _, _, _, _, _, _, _] = self.window()? else { return None };
        let name = EndName::of(expected);
        let end = if expected.tag.vocabulary() == self.around.vocabulary && name.is_here(octets) {
            self.at.wrapping_add(1).wrapping_add(name.len)
        } else if expected.tag.vocabulary() == Vocabulary::MetInf && name.before(b' ').is_here(octets) {
            let (Vocabulary::MetInf, end) = self.declared(self.at.wrapping_add(1).wrapping_add(name.len))? else {
                return None;
            };
            end
        } else {
            return None;
        };
        self.start = self.at;
        self.at = end.wrapping_add(1);
        self.elements = self.elements.wrapping_add(1);
        Some(name)
    }

    #[inline(always)]
    fn next(&mut self, parent: EndName) -> Step<EndName> {
        if self.end_is_due {
            self.end_is_due = false;
            return Step::End;
        }
        let outcome = match self.tag() {
            None => None,
            Some(tag @ [_, b'/', ..]) => self.end(tag, parent).map(|()| Step::End),
            Some(tag) => self.start(tag).map(|(tag, name)| Step::Start(tag, name)),
        };
        outcome.unwrap_or(Step::Other)
    }

    #[inline(always)]
    fn text(&mut self, name: EndName) -> Option<PlainText<'a>> {
        if self.end_is_due {
            self.end_is_due = false;
            return Some(PlainText::Octets(&[]));
        }
        let octets = self.octets();
        let (end, is_plain) = match scan::near_text_end(octets, self.at) {
            Some(end) => (end, true),
            None => scan::far_text_end(octets, self.at),
        };
        let text = self.at..end;
        self.at = end;
        let tag = self.window().filter(|tag| matches!(tag, [b'<', b'/', ..]))?;
        self.end(tag, name)?;
        if is_plain {
            return octets.get(text).map(PlainText::Octets);
        }
        let text = self.around.text.get(text)?;
        first_bad_reference(text, self.around.bare_ampersand).is_none().then_some(PlainText::Escaped(text))
    }

    #[inline(always)]
    fn offset(&self) -> usize {
        self.around.places.original(self.start)
    }

    #[inline(always)]
    fn is_within_limits(&self, before: &Self) -> bool {
        // No text is longer than everything together.
        self.at.wrapping_sub(before.at) <= self.around.text_limit && self.elements <= self.around.element_limit
    }
}
