//! Header lines (RFC 9112 §2.2, §5; RFC 3261 §7.3; RFC 2045).

use crate::{Error, ErrorKind, Limits, Result};
use core::str;

/// A header: name and value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    /// The name, as it was written. Names are the same in any case.
    pub name: &'a str,
    /// The value without blanks around it. Where it was folded, the line ends are in it.
    pub value: &'a [u8],
    /// Where the value begins in the input.
    pub offset: usize,
}

crate::redact::debug_without_content!(Header<'_> { name, offset } octets of { value });

/// All headers of a message or of a part, in their order. They have been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headers<'a> {
    text: Text<'a>,
}

impl<'a> Headers<'a> {
    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Header<'a>> + use<'a> {
        let mut text = self.text;
        core::iter::from_fn(move || text.header(&Limits::UNLIMITED).ok().flatten())
    }

    /// The value of the first header of this name, in any case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a [u8]> {
        self.iter().find(|header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value)
    }
}

/// Text that is read line by line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::push) struct Text<'a> {
    octets: &'a [u8],
    /// Where the next line begins.
    at: usize,
    /// Where the octets begin in the input.
    base: usize,
    /// Whether names may have blanks behind them: in SIP and MIME, and not in HTTP (RFC 9112 §5.1).
    blanks: bool,
}

crate::redact::debug_without_content!(Text<'_> { at } octets of { octets });

impl<'a> Text<'a> {
    /// Octets that begin at `base` of the input.
    pub(in crate::push) const fn new(octets: &'a [u8], base: usize) -> Text<'a> {
        Text { octets, at: 0, base, blanks: true }
    }

    /// The same of HTTP: a proxy that saw another name would see another message.
    pub(in crate::push) const fn without_blanks(self) -> Text<'a> {
        Text { blanks: false, ..self }
    }

    /// Where the next line begins in the input.
    pub(in crate::push) const fn offset(&self) -> usize {
        self.base.saturating_add(self.at)
    }

    /// What has not been read.
    pub(in crate::push) fn rest(&self) -> &'a [u8] {
        self.octets.get(self.at..).unwrap_or_default()
    }

    /// The next line without its end, which is LF or CR LF; none at the end of the text. A line without an end is one.
    pub(in crate::push) fn line(&mut self, limits: &Limits) -> Result<Option<&'a [u8]>> {
        let rest = self.rest();
        if rest.is_empty() {
            return Ok(None);
        }
        let end = memchr::memchr(b'\n', rest);
        let whole = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let line = whole.strip_suffix(b"\r").filter(|_| end.is_some()).unwrap_or(whole);
        if line.len() > to_usize(limits.header) {
            return Err(Error::new(ErrorKind::LimitHeader, self.offset()));
        }
        self.at = self.at.saturating_add(whole.len()).saturating_add(usize::from(end.is_some()));
        Ok(Some(line))
    }

    /// The next header, with lines that are folded into it; none at an empty line, which has been read then, or at the
    /// end of the text.
    fn header(&mut self, limits: &Limits) -> Result<Option<Header<'a>>> {
        let begin = self.at;
        let offset = self.offset();
        let Some(first) = self.line(limits)?.filter(|line| !line.is_empty()) else { return Ok(None) };
        let bad = Error::new(ErrorKind::PushHeaderLine, offset);
        let colon = memchr::memchr(b':', first).ok_or(bad)?;
        let mut end = begin.saturating_add(first.len());
        while matches!(self.rest().first(), Some(b' ' | b'\t')) {
            let folded = self.at;
            let more = self.line(limits)?.unwrap_or_default();
            end = folded.saturating_add(more.len());
            if end.saturating_sub(begin) > to_usize(limits.header) {
                return Err(Error::new(ErrorKind::LimitHeader, offset));
            }
        }
        let name = first.get(..colon).unwrap_or_default();
        let name = if self.blanks { name.trim_ascii_end() } else { name };
        let name = str::from_utf8(name).ok().filter(|name| is_token(name)).ok_or(bad)?;
        let value_at = begin.saturating_add(colon).saturating_add(1);
        let raw = self.octets.get(value_at..end).unwrap_or_default();
        let value = raw.trim_ascii_start();
        let value_at = value_at.saturating_add(raw.len().saturating_sub(value.len()));
        let value = value.trim_ascii_end();
        if let Some(wrong) = first_control(value) {
            let offset = self.base.saturating_add(value_at).saturating_add(wrong);
            return Err(Error::new(ErrorKind::InvalidCharacter, offset));
        }
        Ok(Some(Header { name, value, offset: self.base.saturating_add(value_at) }))
    }

    /// Reads headers, and the empty line after them, and checks all of them. `whole` says that there must be one.
    pub(in crate::push) fn headers(&mut self, limits: &Limits, whole: bool) -> Result<Headers<'a>> {
        let headers = Headers { text: *self };
        let mut count = 0_u32;
        loop {
            let (begin, offset) = (self.at, self.offset());
            let Some(_) = self.header(limits)? else {
                if whole && begin == self.octets.len() {
                    return Err(Error::new(ErrorKind::UnexpectedEnd, offset));
                }
                return Ok(headers);
            };
            count = count.saturating_add(1);
            if count > limits.headers {
                return Err(Error::new(ErrorKind::LimitHeaders, offset));
            }
        }
    }
}

/// Where a control character stands that is no blank and no folded line end.
fn first_control(value: &[u8]) -> Option<usize> {
    let mut before_blank = value.iter().enumerate().peekable();
    while let Some((at, octet)) = before_blank.next() {
        let next = before_blank.peek().map(|(_, next)| **next);
        let allowed = match octet {
            b'\t' => true,
            b'\n' => matches!(next, Some(b' ' | b'\t')),
            b'\r' => next == Some(b'\n'),
            octet => !octet.is_ascii_control(),
        };
        if !allowed {
            return Some(at);
        }
    }
    None
}

/// Whether this can be the name of a header, or of a parameter.
pub(super) fn is_token(name: &str) -> bool {
    let sign = |octet: u8| b"!#$%&'*+-.^_`|~".contains(&octet);
    !name.is_empty() && name.bytes().all(|octet| octet.is_ascii_alphanumeric() || sign(octet))
}

fn to_usize(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}
