//! Looking for the octets that divide XML text.
//!
//! Names and texts of this field are short: a dozen octets. Over such distances a call of `memchr` costs more than it saves,
//! so the first octets are looked through here, eight at a time, and only the rest of a long text is left to `memchr`.

use crate::markup::words::{WORD, equal_any, first};
use crate::vocabulary::NameKey;

/// The name that begins at `at`, if it has at most 15 octets and consists of letters: its length and its key. All names that are
/// common have, and do. More than that is not checked, as nothing else has the key of a known name: octets that are no letters may be
/// taken for some. What follows the name is not looked at.
#[inline(always)]
pub(super) fn plain_name(octets: &[u8], at: usize) -> Option<(usize, NameKey)> {
    // Letters have this bit; digits, blanks, `/`, `>` and the punctuation of names do not.
    const LETTER: u64 = 0x4040_4040_4040_4040;
    // All octets below the first marked one.
    let below = |marks: u64| ((marks & marks.wrapping_neg()) >> 6).wrapping_sub(1);
    let (low, high) = octets.get(at..)?.first_chunk::<{ NameKey::LEN }>()?.split_first_chunk::<WORD>()?;
    let low = u64::from_le_bytes(*low);
    let ends = !low & LETTER;
    if ends != 0 {
        return Some((first(ends), NameKey { low: low & below(ends), high: 0 }));
    }
    let high = u64::from_le_bytes(*high.first_chunk()?);
    let ends = !high & LETTER;
    (ends != 0).then(|| (first(ends).wrapping_add(WORD), NameKey { low, high: high & below(ends) }))
}

/// Words to look through before `memchr` takes over.
const NEAR: usize = 8;

/// [`text_end`] of a short text that stands for itself.
pub(super) fn near_text_end(octets: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    for word in octets.get(at..)?.as_chunks::<WORD>().0.iter().take(NEAR) {
        let word = u64::from_le_bytes(*word);
        let marks = equal_any(word, *b"<&\r");
        if marks != 0 {
            end = end.wrapping_add(first(marks));
            return (octets.get(end) == Some(&b'<')).then_some(end);
        }
        end = end.wrapping_add(WORD);
    }
    None
}

/// Where the text that begins at `at` ends, at the next `<` or at the end of the input, and whether it stands for itself: has no
/// references and no carriage returns.
pub(super) fn text_end(octets: &[u8], at: usize) -> (usize, bool) {
    match near_text_end(octets, at) {
        Some(end) => (end, true),
        None => far_text_end(octets, at),
    }
}

/// [`text_end`] of all other texts.
#[inline(never)]
pub(super) fn far_text_end(octets: &[u8], at: usize) -> (usize, bool) {
    let found = memchr::memchr3(b'<', b'&', b'\r', octets.get(at..).unwrap_or_default());
    let Some(end) = found.map(|found| at.saturating_add(found)) else { return (octets.len(), true) };
    if octets.get(end) == Some(&b'<') { (end, true) } else { (open_end(octets, end), false) }
}

/// The next `<` from `at` on, or the end of the input.
#[inline(never)]
fn open_end(octets: &[u8], at: usize) -> usize {
    let rest = octets.get(at..).unwrap_or_default();
    memchr::memchr(b'<', rest).map_or(octets.len(), |found| at.saturating_add(found))
}

/// The first octet from `at` on that is no blank.
pub(super) fn blanks_end(octets: &[u8], at: usize) -> usize {
    let rest = octets.get(at..).unwrap_or_default();
    let blanks = rest.iter().position(|octet| !octet.is_ascii_whitespace());
    blanks.map_or(octets.len(), |blanks| at.saturating_add(blanks))
}

/// Where the `>` is that ends a tag, if one does: not inside of quotes.
pub(super) fn tag_end(octets: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        let found = memchr::memchr3(b'>', b'"', b'\'', octets.get(at..)?)?;
        at = at.checked_add(found)?;
        let octet = *octets.get(at)?;
        if octet == b'>' {
            return Some(at);
        }
        let quoted = at.checked_add(1)?;
        at = quoted.checked_add(memchr::memchr(octet, octets.get(quoted..)?)?)?.checked_add(1)?;
    }
}

/// Where the `>` is that ends a document type declaration: not inside of quotes, of brackets, or of comments and processing
/// instructions between brackets. Or where a `[` is inside of brackets, which no declaration has there: readers would not agree where that ends.
pub(super) fn doctype_end(octets: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    let mut is_inside = false;
    loop {
        let rest = octets.get(at..)?;
        if is_inside
            && let Some((open, close)) = [(b"<!--".as_slice(), b"-->".as_slice()), (b"<?", b"?>")]
                .into_iter()
                .find(|(open, _)| rest.starts_with(open))
        {
            let content = at.checked_add(open.len())?;
            at = content.checked_add(memchr::memmem::find(octets.get(content..)?, close)?)?.checked_add(close.len())?;
            continue;
        }
        match *rest.first()? {
            quote @ (b'"' | b'\'') => at = at.checked_add(memchr::memchr(quote, rest.get(1..)?)?)?.checked_add(1)?,
            b'[' if is_inside => return Some(at),
            b'[' => is_inside = true,
            b']' => is_inside = false,
            b'>' if !is_inside => return Some(at),
            _ => {}
        }
        at = at.checked_add(1)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_where_a_plain_search_says() {
        let mut octets = vec![b'a'; 90];
        for stop in 0..90 {
            for (mark, is_plain) in [(b'<', true), (b'&', false), (b'\r', false)] {
                octets[stop] = mark;
                octets[89] = b'<';
                for start in 0..=stop {
                    let end = octets[start..].iter().position(|octet| *octet == b'<').unwrap() + start;
                    assert_eq!(text_end(&octets, start), (end, is_plain || stop == 89), "{start} {stop}");
                }
                octets[stop] = b'a';
                octets[89] = b'a';
            }
        }
        assert_eq!(text_end(&octets, 3), (90, true));
    }

    #[test]
    fn plain_names_end_at_blanks_slashes_brackets_and_digits() {
        for end in [' ', '\t', '\n', '\r', '/', '>', '-', '.', ':', '6'] {
            for len in 0..16 {
                let name = "nOp".repeat(6);
                let name = &name[..len];
                let text = format!("{name}{end}{}", "<".repeat(20));
                assert_eq!(plain_name(text.as_bytes(), 0), Some((len, NameKey::of(name.as_bytes()).unwrap())));
            }
        }
        assert_eq!(plain_name(b"nnnnnnnnnnnnnnnn>", 0), None);
        assert_eq!(plain_name(b"short>", 0), None);
    }
}
