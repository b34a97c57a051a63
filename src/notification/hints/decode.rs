//! A stream to [`Hints`]. *Provisional.*

use super::codes::{Code, LANGUAGE, MAX_CODES, MAX_HINTS, MAX_IDENTIFIERS, MAX_OBJECTS, MAX_PATH, MAX_PATHS, hint};
use super::types::{DevDetail, Hints, Reason, UnknownHint};
use crate::{Error, ErrorKind, Result};
use std::borrow::Cow;

/// Reads the hints behind the first octet of a stream, which is its version. Offsets are those in the stream.
pub(super) fn hints(stream: &[u8]) -> Result<Hints<'_>> {
    let mut hints = Hints::default();
    let mut reader = Reader { stream, at: 1, last: None, count: 0 };
    while let Some(next) = reader.next()? {
        next.into(&mut hints)?;
    }
    Ok(hints)
}

/// One hint, and where its parts stand.
struct Raw<'a> {
    hint_type: u8,
    type_at: usize,
    length_at: usize,
    value_at: usize,
    value: &'a [u8],
}

struct Reader<'a> {
    stream: &'a [u8],
    at: usize,
    last: Option<u8>,
    count: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<Raw<'a>>> {
        let type_at = self.at;
        let Some(hint_type) = self.stream.get(type_at).copied() else { return Ok(None) };
        self.count = self.count.saturating_add(1);
        let repeats = self.last == Some(hint_type);
        let kind = match hint_type {
            hint::NEVER | hint::NEVER_EITHER => Some(ErrorKind::HintType),
            _ if self.last.is_some_and(|last| hint_type < last) => Some(ErrorKind::HintOrder),
            hint::EXPIRES..=hint::DEVDETAIL | hint::PROTO | hint::WANT_MO | hint::ABOUT_MO if repeats => {
                Some(ErrorKind::HintRepeated)
            }
            _ if self.count > MAX_HINTS => Some(ErrorKind::HintLimit),
            _ => None,
        };
        if let Some(kind) = kind {
            return Err(Error::new(kind, type_at));
        }
        self.last = Some(hint_type);
        let length_at = type_at.saturating_add(1);
        let (length, value_at) = self.length(length_at)?;
        let end = value_at.saturating_add(length);
        let value = self.stream.get(value_at..end).ok_or(Error::new(ErrorKind::HintEnd, length_at))?;
        self.at = end;
        Ok(Some(Raw { hint_type, type_at, length_at, value_at, value }))
    }

    /// Seven bits an octet, the highest bit set in all but the last; and where the value begins.
    fn length(&self, at: usize) -> Result<(usize, usize)> {
        let mut length = 0_u32;
        let octets = self.stream.get(at..).unwrap_or_default();
        for (index, octet) in octets.iter().enumerate() {
            // A first octet of zero bits says nothing; a sixth, or a 33rd bit, is more than any length has.
            if index == 0 && *octet == 0x80 || length > u32::MAX >> 7 {
                return Err(Error::new(ErrorKind::HintLength, at));
            }
            length = length << 7 | u32::from(octet & 0x7F);
            if octet & 0x80 == 0 {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                return Ok((length, at.saturating_add(index).saturating_add(1)));
            }
        }
        Err(Error::new(ErrorKind::HintEnd, at))
    }
}

impl<'a> Raw<'a> {
    fn wrong_size(&self) -> Error {
        Error::new(ErrorKind::HintValue, self.length_at)
    }

    fn wrong_value(&self) -> Error {
        Error::new(ErrorKind::HintValue, self.value_at)
    }

    fn array<const N: usize>(&self) -> Result<[u8; N]> {
        self.value.try_into().map_err(|_| self.wrong_size())
    }

    /// A text of 1 to `most` octets.
    fn text(&self, most: usize) -> Result<&'a str> {
        if self.value.is_empty() || self.value.len() > most {
            return Err(self.wrong_size());
        }
        core::str::from_utf8(self.value)
            .map_err(|error| Error::new(ErrorKind::InvalidUtf8, self.value_at.saturating_add(error.valid_up_to())))
    }

    fn codes<T: Code>(&self) -> Result<Vec<T>> {
        match self.value.len() {
            1..=MAX_CODES => Ok(self.value.iter().map(|code| T::from_code(*code)).collect()),
            _ => Err(self.wrong_size()),
        }
    }

    fn objects(&self) -> Result<Vec<u16>> {
        match self.value.as_chunks() {
            (indices, []) if (1..=MAX_OBJECTS).contains(&indices.len()) => {
                Ok(indices.iter().map(|index| u16::from_be_bytes(*index)).collect())
            }
            _ => Err(self.wrong_size()),
        }
    }

    /// Adds what this says.
    fn into(self, hints: &mut Hints<'a>) -> Result<()> {
        match self.hint_type {
            hint::EXPIRES => match u32::from_be_bytes(self.array()?) {
                0 => return Err(self.wrong_value()),
                seconds => hints.expires = Some(seconds),
            },
            hint::REASON => {
                let text = self.text(usize::MAX)?;
                if let Some(nul) = text.find('\0') {
                    return Err(Error::new(ErrorKind::HintValue, self.value_at.saturating_add(nul)));
                }
                hints.reason = Some(Reason::new(text));
            }
            hint::REASON_LANG => {
                let reason = hints.reason.as_mut().ok_or(Error::new(ErrorKind::HintLanguage, self.type_at))?;
                if !LANGUAGE.contains(&self.value.len()) {
                    return Err(self.wrong_size());
                }
                let tag = self.text(usize::MAX)?;
                if !tag.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-') {
                    return Err(self.wrong_value());
                }
                reason.language = Some(Cow::Borrowed(tag));
            }
            hint::TRANSPORT => hints.transports = self.codes()?,
            hint::BEARER => hints.bearers = self.codes()?,
            hint::AUTH => hints.auth = self.codes()?,
            hint::DEVDETAIL => {
                let leaves = DevDetail::from_bits(u16::from_be_bytes(self.array()?));
                hints.dev_detail = Some(leaves.ok_or(self.wrong_value())?);
            }
            hint::DEVDETAIL_PATH => {
                let path = self.text(MAX_PATH)?;
                if path.starts_with("./") {
                    return Err(self.wrong_value());
                }
                self.push(&mut hints.dev_detail_paths, path, MAX_PATHS)?;
            }
            hint::PROTO => {
                let [major, minor] = self.array()?;
                hints.proto = Some((major, minor));
            }
            hint::WANT_MO => hints.want_mos = self.objects()?,
            hint::WANT_MO_ID => {
                let identifier = self.text(MAX_PATH)?;
                self.push(&mut hints.want_mo_ids, identifier, MAX_IDENTIFIERS)?;
            }
            hint::ABOUT_MO => hints.about_mos = self.objects()?,
            hint_type => hints.unknown.push(UnknownHint { hint_type, value: Cow::Borrowed(self.value) }),
        }
        Ok(())
    }

    fn push(&self, texts: &mut Vec<Cow<'a, str>>, text: &'a str, most: usize) -> Result<()> {
        if texts.len() >= most {
            return Err(Error::new(ErrorKind::HintRepeated, self.type_at));
        }
        texts.push(Cow::Borrowed(text));
        Ok(())
    }
}
