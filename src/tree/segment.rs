//! Node names as segments of a URI (`wire.md` §9.1).

use core::fmt::{self, Write};
use std::borrow::Cow;

/// Whether an octet may stand in a segment as it is: RFC 2396 `pchar`.
fn is_plain(octet: u8) -> bool {
    static PLAIN: [bool; 256] =
        table(b"-_.!~*'():@&=+$,ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    // Every octet has a place there.
    PLAIN.get(usize::from(octet)).is_some_and(|is_plain| *is_plain)
}

const fn table(mut octets: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    while let [octet, rest @ ..] = octets {
        if let Some((_, [place, ..])) = table.split_at_mut_checked(*octet as usize) {
            *place = true;
        }
        octets = rest;
    }
    table
}

/// What [`write`] writes, of a name that is UTF-8.
#[cfg(feature = "capi")]
#[inline]
pub(crate) fn escaped(name: &[u8]) -> Cow<'_, [u8]> {
    if name.iter().all(|octet| is_plain(*octet)) {
        return Cow::Borrowed(name);
    }
    let mut segment = String::new();
    // Writing to a text does not fail.
    let _ = write(&mut segment, &String::from_utf8_lossy(name));
    Cow::Owned(segment.into_bytes())
}

/// Writes a name with everything escaped that a segment cannot have. Escapes that the name has already stay.
pub(crate) fn write(f: &mut impl Write, name: &str) -> fmt::Result {
    let bytes = name.as_bytes();
    if bytes.iter().all(|octet| is_plain(*octet)) {
        return f.write_str(name);
    }
    for (at, octet) in bytes.iter().enumerate() {
        let rest = bytes.get(at..).unwrap_or_default();
        if is_plain(*octet) || escape(rest).is_some() {
            f.write_char(char::from(*octet))?;
        } else {
            write!(f, "%{octet:02X}")?;
        }
    }
    Ok(())
}

/// How many octets [`write`] writes.
#[cfg(feature = "capi")]
pub(crate) fn len(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let is_kept = |at: usize, octet: u8| is_plain(octet) || escape(bytes.get(at..).unwrap_or_default()).is_some();
    bytes
        .iter()
        .enumerate()
        .fold(0, |len: u64, (at, octet)| len.saturating_add(if is_kept(at, *octet) { 1 } else { 3 }))
}

/// The octet that `%HH` at the start stands for.
pub(crate) fn escape(rest: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = rest else { return None };
    let digit = |octet: u8| char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some((digit(*high)? << 4) | digit(*low)?)
}

/// Where a segment has something that it cannot have: a character that must be escaped, or `%` without two hexadecimal
/// digits.
pub(crate) fn find_wrong(segment: &[u8]) -> Option<usize> {
    let is_wrong = |at: usize, octet: u8| match octet {
        b'%' => escape(segment.get(at..).unwrap_or_default()).is_none(),
        octet => !is_plain(octet),
    };
    segment.iter().enumerate().find(|(at, octet)| is_wrong(*at, **octet)).map(|(at, _)| at)
}

/// Whether there is a `%`. Names are short: taken as numbers, of which the last overlaps those before, they are looked at faster than by
/// a search that has to be called.
#[inline]
fn has_percent(name: &[u8]) -> bool {
    const WORD: usize = 8;
    const ONES: u64 = 0x0101_0101_0101_0101;
    // The top bit of an octet that is `%`, and perhaps of others above it.
    let percent = |word: u64| {
        let difference = word ^ ONES.wrapping_mul(b'%' as u64);
        difference.wrapping_sub(ONES) & !difference
    };
    let marks = match (name.last_chunk::<WORD>(), name.first_chunk::<4>(), name.last_chunk::<4>()) {
        (Some(last), ..) => {
            let (words, _) = name.as_chunks::<WORD>();
            let words = words.iter().map(|word| u64::from_le_bytes(*word));
            words.fold(percent(u64::from_le_bytes(*last)), |marks, word| marks | percent(word))
        }
        (None, Some(first), Some(last)) => {
            percent(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << u32::BITS)
        }
        _ => percent(name.iter().fold(0, |few, octet| few << u8::BITS | u64::from(*octet))),
    };
    marks & (ONES << 7) != 0
}

/// A name with its escapes undone: names are the same when this is (RFC 2396 §2.4.2). What is no escape stays.
#[inline]
pub(crate) fn canonical(name: &[u8]) -> Cow<'_, [u8]> {
    if !has_percent(name) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(unescaped(name))
}

#[cold]
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        match escape(rest) {
            Some(octet) => {
                out.push(octet);
                rest = rest.get(3..).unwrap_or_default();
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    out
}

/// Whether two names make the same URI. Costs no more than the shorter of them, threefold.
#[inline]
pub(crate) fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() == other.len() && one == other {
        return true;
    }
    // An escape makes three octets of one.
    let within = |short: &[u8], long: &[u8]| long.len() <= short.len().saturating_mul(3);
    within(one, other)
        && within(other, one)
        && (has_percent(one) || has_percent(other))
        && canonical(one) == canonical(other)
}

/// The segments of a path or URI: where each begins and how long it is. What does not lead anywhere is left out: `.` at
/// the beginning, slashes at the ends and twice (`wire.md` §8.3, §14.1 row 18). `None` for `.` and `..` elsewhere.
pub(crate) fn split(path: &[u8]) -> impl Iterator<Item = Option<(usize, usize)>> {
    let mut start = 0_usize;
    let mut is_first = true;
    path.split(|octet| *octet == b'/').filter_map(move |segment| {
        let at = start;
        start = at.saturating_add(segment.len()).saturating_add(1);
        match segment {
            b"" => None,
            b"." if is_first => None,
            b"." | b".." => Some(None),
            _ => {
                is_first = false;
                Some(Some((at, segment.len())))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(name: &str) -> String {
        let mut out = String::new();
        write(&mut out, name).unwrap();
        out
    }

    #[test]
    fn names_become_segments() {
        for (name, segment) in [
            ("DevInfo", "DevInfo"),
            ("My Ringtones", "My%20Ringtones"),
            ("My%20Ringtones", "My%20Ringtones"),
            ("100%", "100%25"),
            ("Café", "Caf%C3%A9"),
            ("a=b&c", "a=b&c"),
            ("<X>", "%3CX%3E"),
        ] {
            assert_eq!(escaped(name), segment);
            #[cfg(feature = "capi")]
            assert_eq!(len(name), segment.len() as u64);
        }
    }

    #[test]
    fn escapes_do_not_make_another_name() {
        for (one, other) in [("Café", "Caf%C3%A9"), ("%c3%a9", "%C3%A9"), ("a b", "a%20b"), ("100%", "100%25")] {
            assert!(is_same(one.as_bytes(), other.as_bytes()), "{one}");
        }
        for (one, other) in [("a", "A"), ("%4", "%04"), ("a%20b", "a+b"), ("", "%00"), ("%2525", "%25")] {
            assert!(!is_same(one.as_bytes(), other.as_bytes()), "{one}");
        }
    }

    #[test]
    fn a_percent_sign_is_seen_wherever_it_stands() {
        for len in 0..40 {
            for octet in [b'$', b'&', b'a', 0, 0xA5, 0xFF] {
                let mut name = vec![octet; len];
                assert!(!has_percent(&name));
                for at in 0..len {
                    name[at] = b'%';
                    assert!(has_percent(&name), "{octet:#x} {at} of {len}");
                    name[at] = octet;
                }
            }
        }
    }

    #[test]
    fn names_that_print_alike_are_the_same() {
        for name in ["%", "%%", "%2", "%zz", "a%20%", "\u{7f}", "?#[]"] {
            let printed = escaped(name);
            assert!(is_same(name.as_bytes(), printed.as_bytes()), "{name} {printed}");
        }
    }

    #[test]
    fn paths_are_split() {
        let split = |path: &'static str| {
            split(path.as_bytes()).map(|at| at.map(|(at, len)| &path[at..at + len])).collect::<Option<Vec<_>>>()
        };
        for path in ["A/B", "./A/B", "/A/B/", "A//B", "././A/B", "//./A/B//"] {
            assert_eq!(split(path).unwrap(), ["A", "B"], "{path}");
        }
        for path in ["", ".", "/", "./", "//."] {
            assert_eq!(split(path).unwrap(), [""; 0], "{path}");
        }
        for path in ["A/.", "A/../B", "..", "./..", "A/./B"] {
            assert_eq!(split(path), None, "{path}");
        }
    }
}
