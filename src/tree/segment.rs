//! Node names as segments of a URI (`wire.md` §9.1).

use core::fmt::{self, Write};
use std::borrow::Cow;

/// Whether an ASCII octet may stand in a segment as it is: RFC 2396 `pchar`.
fn is_plain(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"-_.!~*'():@&=+$,".contains(&octet)
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

/// The octet that `%HH` at the start stands for.
fn escape(rest: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = rest else { return None };
    let digit = |octet: u8| char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    Some((digit(*high)? << 4) | digit(*low)?)
}

/// A segment with its escapes undone, if it has any and they make UTF-8.
pub(crate) fn unescape(segment: &str) -> Option<String> {
    let mut rest = segment.as_bytes();
    if !rest.contains(&b'%') {
        return None;
    }
    let mut out = Vec::with_capacity(rest.len());
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
    String::from_utf8(out).ok()
}

/// A name as a segment.
pub(crate) fn escaped(name: &str) -> Cow<'_, str> {
    if name.bytes().all(is_plain) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    // Writing to a String does not fail.
    let _ = write(&mut out, name);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        }
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(unescape("Caf%C3%A9").as_deref(), Some("Café"));
        assert_eq!(unescape("plain"), None);
        assert_eq!(unescape("100%"), Some("100%".to_owned()));
        assert_eq!(unescape("%FF"), None);
    }
}
