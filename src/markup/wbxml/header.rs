//! The octets before the body, and the two number and string forms of WBXML.

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::Options;
use crate::vocabulary::DocumentType;

/// The header of a WBXML document (`wire.md` §7.1).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    /// The version octet: 0x01 is WBXML 1.1, 0x03 is 1.3.
    pub version: u8,
    /// The public identifier as it is written.
    pub public_id: PublicId<'a>,
    /// What the public identifier says the document is; where it says nothing, what the root element says.
    pub document_type: DocumentType,
    /// The charset of strings.
    pub charset: Charset,
    /// The string table.
    pub string_table: &'a [u8],
    /// Where the string table begins in the input.
    pub(crate) strings_at: usize,
    /// Where the body begins in the input.
    pub(crate) body_at: usize,
}

crate::redact::debug_without_content!(Header<'_> { version, public_id, document_type, charset } octets of { string_table });

/// A public identifier: a registered number, or a formal public identifier in the string table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicId<'a> {
    /// A number; 1 means unknown.
    Number(u32),
    /// The octets of a formal public identifier.
    Text(&'a [u8]),
}

/// A charset of WBXML strings, by its IANA number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Charset {
    /// UTF-8 (106), and unknown (0), which in this field means the same.
    Utf8,
    /// US-ASCII (3).
    Ascii,
    /// ISO-8859-1 (4).
    Latin1,
}

impl<'a> Header<'a> {
    /// Reads the header of a document.
    ///
    /// # Errors
    /// [`WbxmlVersion`](ErrorKind::WbxmlVersion), [`WbxmlPublicId`](ErrorKind::WbxmlPublicId),
    /// [`UnsupportedCharset`](ErrorKind::UnsupportedCharset), [`WbxmlStringTable`](ErrorKind::WbxmlStringTable),
    /// [`WbxmlStringIndex`](ErrorKind::WbxmlStringIndex), [`WbxmlInteger`](ErrorKind::WbxmlInteger),
    /// [`LimitStringTable`](ErrorKind::LimitStringTable), [`UnexpectedEnd`](ErrorKind::UnexpectedEnd).
    pub fn decode(input: &'a [u8], limits: &Limits) -> Result<Header<'a>> {
        Header::decode_with(input, &Options { limits: *limits, ..Options::default() })
    }

    /// Reads the header of a document as [`Options::unnamed_trees`] says.
    pub(crate) fn decode_with(input: &'a [u8], options: &Options) -> Result<Header<'a>> {
        let (fields, outcome) = Fields::read(input, &options.limits);
        if fields.version.is_some_and(|version| version > NEWEST) {
            return Err(Error::new(ErrorKind::WbxmlVersion, 0));
        }
        fields.header(input, outcome, options)
    }

    /// Whether this looks like a document of a later version than those that are read: a header that is sound but for its
    /// version, with a public identifier that is known by itself. Anything can begin with such an octet.
    pub(crate) fn is_of_later_version(input: &[u8]) -> bool {
        // 1.4 to 1.16.
        const LATER: core::ops::RangeInclusive<u8> = 0x04..=0x0F;
        if !input.first().is_some_and(|version| LATER.contains(version)) {
            return false;
        }
        let (fields, outcome) = Fields::read(input, &Limits::DEFAULT);
        fields.number != Some(1) && fields.header(input, outcome, &Options::default()).is_ok()
    }
}

/// The latest version octet that is read: WBXML 1.3.
const NEWEST: u8 = 0x03;

/// The fields of a header as they stand, as far as they can be read, each with the octet behind it. What they say may be unknown.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fields<'a> {
    pub(crate) version: Option<u8>,
    /// The public identifier: a number, or 0 and an index.
    number: Option<u32>,
    index: Option<u32>,
    index_at: usize,
    pub(crate) public_id_end: usize,
    /// The charset's number; 0 in WBXML 1.0, which has no such field.
    pub(crate) charset: Option<u32>,
    pub(crate) charset_end: usize,
    /// The string table.
    pub(crate) strings: Option<&'a [u8]>,
    pub(crate) strings_at: usize,
    pub(crate) body_at: usize,
}

impl<'a> Fields<'a> {
    /// Reads the fields up to the first that cannot be read.
    pub(crate) fn read(input: &'a [u8], limits: &Limits) -> (Fields<'a>, Result<()>) {
        let mut fields = Fields::default();
        let outcome = fields.read_all(input, limits);
        (fields, outcome)
    }

    fn read_all(&mut self, input: &'a [u8], limits: &Limits) -> Result<()> {
        if u32::try_from(input.len()).is_err() {
            return Err(Error::new(ErrorKind::InputTooLarge, 0));
        }
        let mut at = 0;
        let version = octet(input, &mut at)?;
        self.version = Some(version);
        let number = integer(input, &mut at)?;
        self.index_at = at;
        self.index = if number == 0 { Some(integer(input, &mut at)?) } else { None };
        self.number = Some(number);
        self.public_id_end = at;
        // WBXML 1.0 has no charset field.
        self.charset = Some(if version == 0 { 0 } else { integer(input, &mut at)? });
        self.charset_end = at;
        let length = integer(input, &mut at)?;
        if length > limits.string_table {
            return Err(Error::new(ErrorKind::LimitStringTable, self.charset_end));
        }
        self.strings_at = at;
        self.body_at = at.saturating_add(length as usize);
        let strings = input.get(at..self.body_at);
        self.strings = Some(strings.ok_or(Error::new(ErrorKind::WbxmlStringTable, self.charset_end))?);
        Ok(())
    }

    /// The public identifier, where it can be read.
    ///
    /// # Errors
    /// [`WbxmlStringIndex`](ErrorKind::WbxmlStringIndex).
    pub(crate) fn public_id(&self) -> Result<Option<PublicId<'a>>> {
        match (self.number, self.index, self.strings) {
            (_, Some(index), Some(strings)) => {
                let text = table_string(strings, index);
                let text = text.ok_or(Error::new(ErrorKind::WbxmlStringIndex, self.index_at))?;
                Ok(Some(PublicId::Text(text)))
            }
            (Some(number), None, _) => Ok(Some(PublicId::Number(number))),
            _ => Ok(None),
        }
    }

    /// What the fields say, whatever the version.
    fn header(&self, input: &'a [u8], outcome: Result<()>, options: &Options) -> Result<Header<'a>> {
        let charset = match self.charset {
            Some(0 | 106) => Charset::Utf8,
            Some(3) => Charset::Ascii,
            Some(4) => Charset::Latin1,
            Some(_) => return Err(Error::new(ErrorKind::UnsupportedCharset, self.public_id_end)),
            None => Charset::Utf8,
        };
        outcome?;
        let incomplete = Error::new(ErrorKind::UnexpectedEnd, input.len());
        let public_id = self.public_id()?.ok_or(incomplete)?;
        let body = input.get(self.body_at..).unwrap_or_default();
        let document_type = match public_id {
            PublicId::Number(1) => by_root(body, options.unnamed_trees),
            PublicId::Number(number) => DocumentType::from_public_id(number).or_else(|| mistaken(body)),
            PublicId::Text(text) => match std::str::from_utf8(text) {
                Ok(fpi) => DocumentType::from_fpi(fpi).or_else(|| misspelt(fpi, body)),
                Err(_) => None,
            },
        };
        // A page switch and a tag are what it takes to tell; what is cut off before may become anything.
        let is_cut_off = matches!(body, [] | [0x00] | [0x00, _] | [0x6D]);
        let document_type = match document_type {
            None if is_cut_off => return Err(incomplete),
            known => known.ok_or(Error::new(ErrorKind::WbxmlPublicId, 1))?,
        };
        Ok(Header {
            version: self.version.unwrap_or(NEWEST),
            public_id,
            document_type,
            charset,
            string_table: self.strings.unwrap_or_default(),
            strings_at: self.strings_at,
            body_at: self.body_at,
        })
    }
}

/// A message under a number that is not SyncML's: peers have used wrong ones (`field-lessons.md` §5.4). Only what begins as a message does is taken for
/// one, as other documents have numbers of their own.
fn mistaken(body: &[u8]) -> Option<DocumentType> {
    body.starts_with(&[0x6D, 0x6C]).then_some(DocumentType::SyncMl12)
}

/// What a public identifier says that is not known to the letter, but names this field.
fn misspelt(fpi: &str, body: &[u8]) -> Option<DocumentType> {
    let fpi = fpi.to_ascii_uppercase();
    let named = ["SYNCML", "DM-DDF"].iter().any(|name| fpi.contains(name));
    if named { by_root(body, false) } else { None }
}

/// What a document without a public identifier is, from the tag its body begins with (`wire.md` §7.3).
fn by_root(body: &[u8], unnamed_trees: bool) -> Option<DocumentType> {
    let (page, tag) = match body {
        [0x00, page, tag, ..] => (*page, *tag),
        [tag, ..] => (0, *tag),
        [] => return None,
    };
    match (page, tag & 0x3F) {
        (0, 0x2D) => Some(DocumentType::SyncMl12),
        (1, 0x0E) => Some(DocumentType::MetInf),
        (2, 0x20) => Some(DocumentType::DmDdf12),
        // In a message this token is `Replace`, which is no root.
        (0, 0x20) if unnamed_trees => Some(DocumentType::DmDdf12),
        (0, 0x0A) => Some(DocumentType::DevInf12),
        (0, 0x05) => Some(DocumentType::Prov10),
        _ => None,
    }
}

/// The string at `index` of a string table: up to a zero, or to the end of the table (`wire.md` §7.3).
pub(super) fn table_string(table: &[u8], index: u32) -> Option<&[u8]> {
    let rest = table.get(index as usize..).filter(|rest| !rest.is_empty())?;
    rest.get(..memchr::memchr(0, rest).unwrap_or(rest.len()))
}

pub(super) fn octet(input: &[u8], at: &mut usize) -> Result<u8> {
    let octet = *input.get(*at).ok_or(Error::new(ErrorKind::UnexpectedEnd, input.len()))?;
    *at = at.saturating_add(1);
    Ok(octet)
}

/// Reads an `mb_u_int32`: seven bits an octet, most significant first, at most 32 bits in five octets. Leading zero
/// groups are accepted, as peers write them.
pub(super) fn integer(input: &[u8], at: &mut usize) -> Result<u32> {
    let start = *at;
    let mut value = 0_u64;
    for _ in 0..5 {
        let octet = octet(input, at)?;
        value = (value << 7) | u64::from(octet & 0x7F);
        if octet & 0x80 == 0 {
            return u32::try_from(value).map_err(|_| Error::new(ErrorKind::WbxmlInteger, start));
        }
    }
    Err(Error::new(ErrorKind::WbxmlInteger, start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_wire_md_7_1() {
        for (octets, value) in [
            (&[0x00][..], 0),
            (&[0x7F], 127),
            (&[0x81, 0x00], 128),
            (&[0x81, 0x10], 144),
            (&[0xA4, 0x01], 0x1201),
            (&[0x9F, 0x53], 0x0FD3),
            (&[0x80, 0x80, 0x01], 1),
            (&[0x8F, 0xFF, 0xFF, 0xFF, 0x7F], u32::MAX),
        ] {
            let mut at = 0;
            assert_eq!(integer(octets, &mut at), Ok(value));
            assert_eq!(at, octets.len());
        }
        let error = |octets: &[u8]| integer(octets, &mut 0).unwrap_err();
        assert_eq!(error(&[0x90, 0x80, 0x80, 0x80, 0x00]), Error::new(ErrorKind::WbxmlInteger, 0));
        assert_eq!(error(&[0x81, 0x81, 0x81, 0x81, 0x81, 0x01]), Error::new(ErrorKind::WbxmlInteger, 0));
        assert_eq!(error(&[0x81]), Error::new(ErrorKind::UnexpectedEnd, 1));
    }

    #[test]
    fn headers() {
        let limits = Limits::default();
        let header = Header::decode(b"\x02\xA4\x01\x6A\x00\x6D", &limits).unwrap();
        assert_eq!((header.version, header.document_type), (2, DocumentType::SyncMl12));
        assert_eq!((header.public_id, header.body_at), (PublicId::Number(0x1201), 5));

        // String-table form, with the string's zero left out and with a blank in front.
        let text = b"\x02\x00\x00\x6A\x1B -//OMA//DTD-DM-DDF 1.2//EN\x00\x02\x60";
        assert_eq!(Header::decode(text, &limits).unwrap().document_type, DocumentType::DmDdf12);

        // WBXML 1.0 has no charset field.
        let header = Header::decode(b"\x00\x0B\x00\xC5", &limits).unwrap();
        assert_eq!((header.document_type, header.body_at), (DocumentType::Prov10, 3));
    }

    #[test]
    fn header_errors_name_the_octet() {
        let error = |input: &[u8]| {
            let error = Header::decode(input, &Limits::default()).unwrap_err();
            (error.kind(), error.offset())
        };
        assert_eq!(error(b"\x04\x01\x6A\x00"), (ErrorKind::WbxmlVersion, 0));
        assert_eq!(error(b"\x02\x04\x6A\x00\x7F"), (ErrorKind::WbxmlPublicId, 1));
        assert_eq!(error(b"\x02\xA4\x01\x87\x67\x00"), (ErrorKind::UnsupportedCharset, 3));
        assert_eq!(error(b"\x02\xA4\x01\x6A\x05ab"), (ErrorKind::WbxmlStringTable, 4));
        assert_eq!(error(b"\x02\xA4\x01\x6A\x8F\xFF\xFF\xFF\x7F"), (ErrorKind::LimitStringTable, 4));
        assert_eq!(error(b"\x02\x00\x05\x6A\x02ab"), (ErrorKind::WbxmlStringIndex, 2));
        assert_eq!(error(b"\x02\xA4"), (ErrorKind::UnexpectedEnd, 2));
        assert_eq!(error(b"\x01\x01\x6A\x00\x5E\x5D"), (ErrorKind::WbxmlPublicId, 1));
    }
}
