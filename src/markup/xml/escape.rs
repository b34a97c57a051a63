//! References and line ends in XML text.

use crate::error::ErrorKind;
use std::borrow::Cow;

/// Expands the five predefined entities and character references of XML text and normalises its line ends. What is no
/// such reference stays as it is: readers refuse it before, unless told to let it pass.
///
/// ```
/// use omadm::markup::xml::unescape;
/// assert_eq!(unescape("Get=*&amp;Replace=a &#x20AC;\r\n"), "Get=*&Replace=a €\n");
/// assert_eq!(unescape("plain"), "plain");
/// ```
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'&', b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    unescape_into(text, &mut out);
    // Whole characters were copied, so this never replaces anything.
    Cow::Owned(String::from_utf8(out).unwrap_or_default())
}

/// [`unescape`] at the end of a buffer.
pub(crate) fn unescape_into(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'&', b'\r', rest.as_bytes()) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.extend_from_slice(before.as_bytes());
        rest = if let Some(after) = from.strip_prefix('\r') {
            out.push(b'\n');
            after.strip_prefix('\n').unwrap_or(after)
        } else {
            match reference(from) {
                Ok((char, len)) => {
                    out.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
                    from.get(len..).unwrap_or_default()
                }
                Err(_) => {
                    out.push(b'&');
                    from.get(1..).unwrap_or_default()
                }
            }
        };
    }
    out.extend_from_slice(rest.as_bytes());
}

/// Line ends as XML 1.0 §2.11 wants them: CR LF and CR become LF.
#[must_use]
pub fn normalise_line_ends(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// Whether an attribute value stands for itself.
pub(crate) fn is_plain_value(raw: &str) -> bool {
    raw.bytes().all(|octet| !matches!(octet, b'&' | b'\r' | b'\n' | b'\t'))
}

/// Attribute-value normalisation, XML 1.0 §3.3.3: references are expanded, literal blanks become spaces.
pub(crate) fn normalise_value(raw: &str) -> String {
    let spaced = raw.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
    let mut value = Vec::with_capacity(spaced.len());
    unescape_into(&spaced, &mut value);
    // Whole characters were copied.
    String::from_utf8(value).unwrap_or_default()
}

/// [`normalise_line_ends`] at the end of a buffer.
pub(crate) fn normalise_line_ends_into(text: &str, out: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some(at) = memchr::memchr(b'\r', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        out.push(b'\n');
        rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    out.extend_from_slice(rest);
}

/// The character that the reference at the start of `text` stands for, and the reference's length.
fn reference(text: &str) -> Result<(char, usize), ErrorKind> {
    // The longest reference there is, `&#x10FFFF;` with some leading zeros.
    const LONGEST: usize = 24;
    let head = text.as_bytes().get(..LONGEST.min(text.len())).unwrap_or_default();
    let Some(end) = memchr::memchr(b';', head) else { return Err(ErrorKind::XmlBareAmpersand) };
    let name = text.get(1..end).ok_or(ErrorKind::XmlBareAmpersand)?;
    let char = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => match name.strip_prefix('#') {
            Some(number) => character(number).ok_or(ErrorKind::XmlCharacterReference)?,
            None if name.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"._-:".contains(&octet))
                && name.starts_with(|first: char| first.is_ascii_alphabetic()) =>
            {
                return Err(ErrorKind::XmlEntity);
            }
            None => return Err(ErrorKind::XmlBareAmpersand),
        },
    };
    Ok((char, end.saturating_add(1)))
}

fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix('x') {
        Some(hex) if hex.bytes().all(|octet| octet.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16),
        None if number.bytes().all(|octet| octet.is_ascii_digit()) => number.parse(),
        _ => return None,
    };
    char::from_u32(code.ok()?).filter(|char| is_xml_char(*char))
}

/// XML 1.0 §2.2.
pub(crate) fn is_xml_char(char: char) -> bool {
    !matches!(char, '\0'..='\x08' | '\x0B' | '\x0C' | '\x0E'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}

/// Finds the first `&` in `text` that begins no reference this library expands; with `bare`, one that begins no
/// reference at all is taken for itself.
pub(crate) fn first_bad_reference(text: &str, bare: bool) -> Option<(usize, ErrorKind)> {
    memchr::memchr_iter(b'&', text.as_bytes()).find_map(|at| {
        let error = reference(text.get(at..)?).err()?;
        (error != ErrorKind::XmlBareAmpersand || !bare).then_some((at, error))
    })
}

/// Whether this can be the name of an element or attribute. Of the characters outside ASCII all are let through:
/// nothing depends on telling them apart.
pub(crate) fn is_name(name: &str) -> bool {
    let starts = |octet: u8| octet.is_ascii_alphabetic() || octet >= 0x80 || octet == b'_';
    let continues = |octet: u8| starts(octet) || octet.is_ascii_digit() || matches!(octet, b'-' | b'.');
    let is_part = |part: &str| part.bytes().next().is_some_and(starts) && part.bytes().all(continues);
    match name.split_once(':') {
        Some((prefix, local)) => is_part(prefix) && is_part(local),
        None => is_part(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_expanded() {
        for (text, expected) in [
            ("&lt;a&gt;&quot;&apos;&amp;", "<a>\"'&"),
            ("&#65;&#x41;&#x20AC;&#x1F600;", "AA€😀"),
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("&#13;\n", "\r\n"),
            ("&amp;amp;", "&amp;"),
        ] {
            assert_eq!(first_bad_reference(text, false), None, "{text}");
            assert_eq!(unescape(text), expected, "{text}");
        }
    }

    #[test]
    fn text_without_references_is_not_copied() {
        assert!(matches!(unescape("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn what_is_no_reference_is_named_and_stays() {
        for (text, at, kind) in [
            ("MAXDT=20&DR=x", 8, ErrorKind::XmlBareAmpersand),
            ("a & b;", 2, ErrorKind::XmlBareAmpersand),
            ("&nbsp;", 0, ErrorKind::XmlEntity),
            ("x&#0;", 1, ErrorKind::XmlCharacterReference),
            ("&#xD800;", 0, ErrorKind::XmlCharacterReference),
            ("&#+65;", 0, ErrorKind::XmlCharacterReference),
            ("&#x110000;", 0, ErrorKind::XmlCharacterReference),
            ("&#99999999999999;", 0, ErrorKind::XmlCharacterReference),
            ("&", 0, ErrorKind::XmlBareAmpersand),
        ] {
            assert_eq!(first_bad_reference(text, false), Some((at, kind)), "{text}");
            assert_eq!(unescape(text), text);
        }
    }
}
