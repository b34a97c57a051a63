//! Charset and well-formedness of the octets, before any markup is read.

use crate::error::{Error, ErrorKind, Result};
use std::borrow::Cow;

/// The text of an XML document, as UTF-8.
///
/// UTF-8 and US-ASCII are borrowed; ISO-8859-1 is transcoded. Other charsets, UTF-16 among them, are refused by
/// name. The declaration is not believed where the octets speak against it: UTF-8 text that calls itself UTF-16 occurs.
#[derive(Clone)]
pub struct XmlDocument<'a> {
    text: Cow<'a, str>,
    /// Octets of the byte order mark before the text.
    bom: usize,
    /// Of transcoded text.
    continuations: Vec<u32>,
}

crate::redact::debug_without_content!(XmlDocument<'_> {} octets of { text });

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

/// Whether this begins as XML does: `<` after an optional byte order mark and blanks; or as UTF-16, which gets an error of its own.
pub(crate) fn looks_like_xml(input: &[u8]) -> bool {
    let text = input.strip_prefix(UTF8_BOM).unwrap_or(input);
    let first = text.iter().find(|octet| !octet.is_ascii_whitespace());
    first == Some(&b'<') || is_utf16(input)
}

fn is_utf16(input: &[u8]) -> bool {
    matches!(input, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [b'<', 0, ..] | [0, b'<', ..])
}

impl<'a> XmlDocument<'a> {
    /// Takes the octets of a document.
    ///
    /// # Errors
    /// [`UnsupportedCharset`](ErrorKind::UnsupportedCharset), [`InvalidUtf8`](ErrorKind::InvalidUtf8),
    /// [`InvalidCharacter`](ErrorKind::InvalidCharacter) for a control character that XML does not allow,
    /// [`NotInCharset`](ErrorKind::NotInCharset) for an octet outside US-ASCII in a document that declares it,
    /// [`InputTooLarge`](ErrorKind::InputTooLarge).
    pub fn open(input: &'a [u8]) -> Result<XmlDocument<'a>> {
        if u32::try_from(input.len()).is_err() {
            return Err(Error::new(ErrorKind::InputTooLarge, 0));
        }
        if is_utf16(input) {
            return Err(Error::new(ErrorKind::UnsupportedCharset, 0));
        }
        let body = input.strip_prefix(UTF8_BOM).unwrap_or(input);
        let bom = input.len().saturating_sub(body.len());
        if let Some(at) = first_control(body) {
            return Err(Error::new(ErrorKind::InvalidCharacter, at.saturating_add(bom)));
        }
        let text = match declared_charset(body) {
            _ if bom > 0 => utf8(body).map_err(|error| error.shifted(bom))?,
            Charset::Utf8 => utf8(body)?,
            Charset::Ascii => match body.iter().position(|octet| !octet.is_ascii()) {
                Some(at) => return Err(Error::new(ErrorKind::NotInCharset, at)),
                None => utf8(body)?,
            },
            Charset::Latin1 => match simdutf8::basic::from_utf8(body) {
                Ok(text) if text.is_ascii() => Cow::Borrowed(text),
                _ => Cow::Owned(body.iter().copied().map(char::from).collect()),
            },
            Charset::Other(at) => return Err(Error::new(ErrorKind::UnsupportedCharset, at)),
        };
        // Transcoded text is longer than its input, and places in it have 32 bits, too.
        if u32::try_from(text.len()).is_err() {
            return Err(Error::new(ErrorKind::InputTooLarge, 0));
        }
        if let Some(at) = first_noncharacter(&text) {
            return Err(Error::new(ErrorKind::InvalidCharacter, at.saturating_add(bom)));
        }
        let continuations = if let Cow::Owned(text) = &text { note_continuations(text) } else { Vec::new() };
        Ok(XmlDocument { text, bom, continuations })
    }

    /// Checks text that is Unicode already, whatever charset it declares.
    pub(crate) fn of_text(text: &str) -> Result<&str> {
        match first_control(text.as_bytes()) {
            Some(at) => Err(Error::new(ErrorKind::InvalidCharacter, at)),
            None => Ok(text),
        }
    }

    /// The document's text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Octets of the byte order mark before the text.
    pub(crate) fn bom(&self) -> usize {
        self.bom
    }

    pub(crate) fn into_text(self) -> Cow<'a, str> {
        self.text
    }

    /// Where the places of the text lie in the input.
    pub(crate) fn places(&self) -> Places<'_> {
        Places { text: &self.text, before: &self.continuations, bom: self.bom }
    }
}

/// Turns places in a document's text into places in its input: they differ by a byte order mark, and where the text was
/// transcoded.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Places<'a> {
    text: &'a str,
    before: &'a [u32],
    bom: usize,
}

/// Octets of text between two notes of how many octets continue a character.
const NOTE: usize = 256;

impl Places<'_> {
    /// Places that differ by a constant only.
    pub(crate) fn after(bom: usize) -> Places<'static> {
        Places { text: "", before: &[], bom }
    }

    pub(crate) fn original(&self, at: usize) -> usize {
        let block = at.checked_div(NOTE).unwrap_or(0);
        // ISO-8859-1: one octet a character.
        let Some(before) = self.before.get(block) else { return at.saturating_add(self.bom) };
        let rest = self.text.as_bytes().get(block.saturating_mul(NOTE)..at).unwrap_or_default();
        at.saturating_sub(*before as usize).saturating_sub(continuations(rest))
    }
}

fn continuations(octets: &[u8]) -> usize {
    octets.iter().filter(|octet| **octet & 0xC0 == 0x80).count()
}

/// For each block of a text, how many octets before it continue a character.
fn note_continuations(text: &str) -> Vec<u32> {
    let mut sum = 0_u32;
    let blocks = text.as_bytes().chunks(NOTE);
    let mut notes: Vec<u32> = blocks
        .map(|block| {
            let before = sum;
            sum = sum.saturating_add(u32::try_from(continuations(block)).unwrap_or(u32::MAX));
            before
        })
        .collect();
    notes.push(sum);
    notes
}

fn utf8(body: &[u8]) -> Result<Cow<'_, str>> {
    match simdutf8::compat::from_utf8(body) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => Err(Error::new(ErrorKind::InvalidUtf8, error.valid_up_to())),
    }
}

/// The first control character that XML 1.0 §2.2 does not allow.
fn first_control(body: &[u8]) -> Option<usize> {
    const CHUNK: usize = 64;
    let is_control = |octet: u8| octet < 0x20 && octet != b'\t' && octet != b'\n' && octet != b'\r';
    let first = |octets: &[u8]| octets.iter().position(|octet| is_control(*octet));
    // Whole chunks without a branch inside, so that the compiler can use vectors; then the exact place.
    let (chunks, rest) = body.as_chunks::<CHUNK>();
    for (index, chunk) in chunks.iter().enumerate() {
        let least = chunk.iter().fold(u8::MAX, |least, octet| least.min(*octet));
        // Line ends are in many chunks.
        if least < 0x20
            && chunk.iter().fold(false, |found, octet| found | is_control(*octet))
            && let Some(at) = first(chunk)
        {
            return Some(index.saturating_mul(CHUNK).saturating_add(at));
        }
    }
    first(rest).map(|at| body.len().saturating_sub(rest.len()).saturating_add(at))
}

/// The first U+FFFE or U+FFFF, which XML 1.0 §2.2 does not allow either.
fn first_noncharacter(text: &str) -> Option<usize> {
    let octets = text.as_bytes();
    let behind = |at: usize| octets.get(at.saturating_add(1)..).unwrap_or_default();
    memchr::memchr_iter(0xEF, octets).find(|at| matches!(behind(*at), [0xBF, 0xBE | 0xBF, ..]))
}

enum Charset {
    Utf8,
    Ascii,
    Latin1,
    /// Something else, declared at this offset.
    Other(usize),
}

/// Reads `encoding="…"` of the XML declaration.
fn declared_charset(body: &[u8]) -> Charset {
    let Some(declaration) = body.strip_prefix(b"<?xml".as_slice()) else { return Charset::Utf8 };
    let end = memchr::memmem::find(declaration, b"?>").unwrap_or(0);
    let declaration = declaration.get(..end).unwrap_or_default();
    let Some(at) = memchr::memmem::find(declaration, b"encoding") else { return Charset::Utf8 };
    let after = declaration.get(at..).unwrap_or_default();
    let Some(quote) = after.iter().position(|octet| matches!(octet, b'"' | b'\'')) else { return Charset::Utf8 };
    let value = after.get(quote.saturating_add(1)..).unwrap_or_default();
    let value = value.split(|octet| matches!(octet, b'"' | b'\'')).next().unwrap_or_default();
    let is = |names: &[&str]| names.iter().any(|name| value.eq_ignore_ascii_case(name.as_bytes()));
    // UTF-16 was recognised by its octets already; here it is a false label (field-lessons.md §5.9).
    if is(&["utf-8", "utf8", "utf-16", "utf16"]) {
        Charset::Utf8
    } else if is(&["us-ascii", "ascii"]) {
        Charset::Ascii
    } else if is(&["iso-8859-1", "iso_8859-1", "iso8859-1", "latin1", "latin-1"]) {
        Charset::Latin1
    } else {
        // "<?xml" is five octets.
        Charset::Other(at.saturating_add(quote).saturating_add(6))
    }
}

/// Whether octets end before they tell what they are: in the white space in front, or in the declaration, which tells their charset where no
/// byte order mark does.
pub(crate) fn is_cut_in_front(octets: &[u8]) -> bool {
    let text = octets.strip_prefix(UTF8_BOM).unwrap_or(octets);
    text.trim_ascii_start().is_empty() || octets.starts_with(b"<?xml") && memchr::memmem::find(octets, b"?>").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(input: &[u8]) -> (ErrorKind, usize) {
        let error = XmlDocument::open(input).unwrap_err();
        (error.kind(), error.offset())
    }

    #[test]
    fn charsets() {
        assert_eq!(XmlDocument::open("<a>é</a>".as_bytes()).unwrap().text(), "<a>é</a>");
        assert_eq!(XmlDocument::open(b"\xEF\xBB\xBF<a/>").unwrap().text(), "<a/>");
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>";
        let document = XmlDocument::open(latin).unwrap();
        assert!(document.text().ends_with("<a>é</a>"));
        assert_eq!(document.places().original(document.text().len()), latin.len());
        let false_label = "<?xml version='1.0' encoding='utf-16'?><a>é</a>";
        assert_eq!(XmlDocument::open(false_label.as_bytes()).unwrap().text(), false_label);
    }

    #[test]
    fn refusals_name_their_place() {
        assert_eq!(error(b"\xFF\xFE<\0a\0"), (ErrorKind::UnsupportedCharset, 0));
        assert_eq!(error(b"<?xml version='1.0' encoding='koi8-r'?><a/>"), (ErrorKind::UnsupportedCharset, 30));
        assert_eq!(error(b"<?xml version='1.0' encoding='us-ascii'?><a>\xC3\xA9</a>"), (ErrorKind::NotInCharset, 44));
        assert_eq!(error(b"<a>\xFF</a>"), (ErrorKind::InvalidUtf8, 3));
        let mut long = vec![b' '; 1000];
        long[700] = 1;
        assert_eq!(error(&long), (ErrorKind::InvalidCharacter, 700));
    }
}
