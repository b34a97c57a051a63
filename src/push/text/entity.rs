//! Headers and a body: what HTTP, SIP and the parts of PAP are.

use super::date::{number, parse_http_date};
use super::headers::is_token;
use super::{
    APPLICATION_ID, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TRANSFER_ENCODING, CONTENT_TYPE, DATE, EXPIRES, Header,
    Headers, TRANSFER_ENCODING, Text,
};
use crate::push::{ApplicationId, ContentType, Expires, Payload};
use crate::{Error, ErrorKind, Limits, Result};
use core::str;

/// Headers and the body that they are about, borrowed from the input.
///
/// Of a decoded one, no header that matters here occurs twice, and the length of the body is what the headers say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Entity<'a> {
    /// All headers.
    pub headers: Headers<'a>,
    /// The body. Without Content-Length it goes to the end of the input.
    pub body: &'a [u8],
    /// What follows the body: nothing in a datagram, perhaps another message in a stream.
    pub rest: &'a [u8],
    content_type: Option<Header<'a>>,
    application_id: Option<Header<'a>>,
    expires: Option<Header<'a>>,
    date: Option<Header<'a>>,
    /// The first that says that the body is in another form.
    encoding: Option<Header<'a>>,
    /// Where the headers end: the empty line after them included.
    pub(in crate::push) body_at: usize,
}

crate::redact::debug_without_content!(Entity<'_> { headers } octets of { body, rest });

impl<'a> Entity<'a> {
    /// Reads headers and body that somebody has parted already: an HTTP library, or a device whose push router hands
    /// out header lines (`notification.md` §5.4). An empty line after the headers may be there, or not. Offsets count
    /// through both, as if the body followed the headers.
    ///
    /// ```
    /// use omadm::{Limits, push::Entity};
    /// let headers = b"Content-Type: application/vnd.syncml.notification\r\nX-Wap-Application-Id: x-wap-application:syncml.dm\r\n";
    /// let entity = Entity::decode_parts(headers, b"package #0", &Limits::default())?;
    /// assert_eq!(entity.payload()?.body, b"package #0");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// * [`PushHeaderLine`](ErrorKind::PushHeaderLine) at a line that is no header, or what follows an empty line;
    /// * [`InvalidCharacter`](ErrorKind::InvalidCharacter) at a control character in a value;
    /// * [`PushHeaderRepeated`](ErrorKind::PushHeaderRepeated) at the second value of Content-Type,
    ///   X-Wap-Application-Id, Expires or Date;
    /// * [`PushBodyLength`](ErrorKind::PushBodyLength) at a Content-Length that is no number or differs from another
    ///   one, or at a Transfer-Encoding: whoever receives a body in chunks joins them first;
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of a body that is shorter than its Content-Length;
    /// * [`LimitHeaders`](ErrorKind::LimitHeaders) and [`LimitHeader`](ErrorKind::LimitHeader).
    pub fn decode_parts(headers: &'a [u8], body: &'a [u8], limits: &Limits) -> Result<Entity<'a>> {
        let mut text = Text::new(headers, 0);
        let read = text.headers(limits, false)?;
        if !text.rest().is_empty() {
            return Err(Error::new(ErrorKind::PushHeaderLine, text.offset()));
        }
        Entity::new(read, body, headers.len(), |name| name)
    }

    /// Reads headers, an empty line and a body. `full_name` gives the name for which a short one stands.
    pub(in crate::push) fn decode(
        mut text: Text<'a>,
        limits: &Limits,
        full_name: fn(&'a str) -> &'a str,
    ) -> Result<Entity<'a>> {
        let headers = text.headers(limits, true)?;
        Entity::new(headers, text.rest(), text.offset(), full_name)
    }

    fn new(
        headers: Headers<'a>,
        body: &'a [u8],
        body_at: usize,
        full_name: fn(&'a str) -> &'a str,
    ) -> Result<Entity<'a>> {
        let [mut content_type, mut application_id, mut expires, mut date] = [None; 4];
        let mut length: Option<usize> = None;
        let mut encoding: Option<Header<'a>> = None;
        for header in headers.iter() {
            let name = full_name(header.name);
            let is = |other: &str| name.eq_ignore_ascii_case(other);
            if is(CONTENT_LENGTH) {
                let bad = Error::new(ErrorKind::PushBodyLength, header.offset);
                let value = str::from_utf8(header.value).ok().filter(|value| !value.is_empty());
                let value = value.and_then(number).ok_or(bad)?;
                if length.is_some_and(|length| length != value) {
                    return Err(bad);
                }
                length = Some(value);
            } else if is(TRANSFER_ENCODING) {
                return Err(Error::new(ErrorKind::PushBodyLength, header.offset));
            } else if (is(CONTENT_ENCODING) || is(CONTENT_TRANSFER_ENCODING)) && !is_identity(header.value) {
                encoding = encoding.or(Some(header));
            }
            let slot = match () {
                () if is(CONTENT_TYPE) => &mut content_type,
                () if is(APPLICATION_ID) => &mut application_id,
                () if is(EXPIRES) => &mut expires,
                () if is(DATE) => &mut date,
                () => continue,
            };
            if slot.replace(header).is_some() {
                return Err(Error::new(ErrorKind::PushHeaderRepeated, header.offset));
            }
        }
        let end = Error::new(ErrorKind::UnexpectedEnd, body_at.saturating_add(body.len()));
        let (body, rest) = body.split_at_checked(length.unwrap_or(body.len())).ok_or(end)?;
        Ok(Entity { headers, body, rest, content_type, application_id, expires, date, encoding, body_at })
    }

    /// The content type without its parameters; none where there is none, or one that is no name.
    #[must_use]
    pub fn content_type(&self) -> Option<ContentType<'a>> {
        let value = str::from_utf8(self.content_type?.value).ok()?;
        let name = value.split(';').next().unwrap_or_default().trim();
        let (kind, subtype) = name.split_once('/')?;
        (is_token(kind) && is_token(subtype)).then_some(ContentType::Text(name))
    }

    /// The application: a URN, or a number in decimal digits; none where there is none, or no text.
    #[must_use]
    pub fn application_id(&self) -> Option<ApplicationId<'a>> {
        let value = str::from_utf8(self.application_id?.value).ok()?;
        let number = Some(value).filter(|value| !value.is_empty()).and_then(number);
        Some(number.map_or(ApplicationId::Uri(value), ApplicationId::WellKnown))
    }

    /// When Expires, an HTTP date, says that the body does; it has where that is `0` or cannot be read (RFC 9111 §5.3).
    /// *Provisional* as the expiry of a notification.
    #[must_use]
    pub fn expires(&self) -> Expires {
        let at = |header: Header<'_>| parse_http_date(header.value).map_or(Expires::Passed, Expires::At);
        self.expires.map_or(Expires::Never, at)
    }

    /// Expires as a number of seconds, 0 for what is none; and Date, if there is one that can be read.
    pub(in crate::push) fn lifetime(&self) -> (Option<u64>, Option<u64>) {
        let seconds = |header: Header<'_>| {
            let value = str::from_utf8(header.value).ok().filter(|value| !value.is_empty());
            value.and_then(number).unwrap_or_default()
        };
        (self.expires.map(seconds), self.date.and_then(|header| parse_http_date(header.value)))
    }

    /// The notification that the body is, of any format, if it is for the application that such are for.
    ///
    /// # Errors
    ///
    /// * [`PushContentType`](ErrorKind::PushContentType) when the type is none of a notification;
    /// * [`PushApplicationId`](ErrorKind::PushApplicationId) when the application is another one;
    /// * [`PushEncoding`](ErrorKind::PushEncoding) when the body is in a content coding or transfer encoding: whoever has
    ///   undone that reads the result with [`decode_parts`](Entity::decode_parts) and other headers.
    ///
    /// The offset is that of the value, or where the headers end when there is none.
    pub fn payload(&self) -> Result<Payload<'a>> {
        let is_for = |application| self.application_id().is_some_and(|own| own.is(application));
        self.payload_if(is_for, self.application_id_at(), self.expires())
    }

    /// Refuses a body whose octets are not what was meant: what would come out of it has no bounds, and no limit here.
    pub(in crate::push) fn check_encoding(&self) -> Result<()> {
        self.encoding.map_or(Ok(()), |header| Err(Error::new(ErrorKind::PushEncoding, header.offset)))
    }

    pub(in crate::push) fn application_id_at(&self) -> usize {
        self.application_id.map_or(self.body_at, |header| header.offset)
    }

    pub(in crate::push) fn content_type_at(&self) -> usize {
        self.content_type.map_or(self.body_at, |header| header.offset)
    }

    pub(in crate::push) fn payload_if(
        &self,
        is_for: impl FnOnce(ApplicationId<'static>) -> bool,
        application_at: usize,
        expires: Expires,
    ) -> Result<Payload<'a>> {
        self.check_encoding()?;
        let body = (self.body, self.body_at);
        Payload::check(self.content_type(), self.content_type_at(), is_for, application_at, body, expires)
    }
}

/// Whether codings of a content (RFC 9110 §8.4), or the encoding of a part (RFC 2045 §6), leave its octets as they are.
fn is_identity(value: &[u8]) -> bool {
    const IDENTITY: [&[u8]; 4] = [b"identity", b"7bit", b"8bit", b"binary"];
    value.split(|octet| *octet == b',').all(|coding| {
        let coding = coding.trim_ascii();
        coding.is_empty() || IDENTITY.iter().any(|identity| identity.eq_ignore_ascii_case(coding))
    })
}

/// The value of a parameter that follows a value, without its quotes; in any case of the name. Separators are `;` and `,`
/// outside quotes.
pub(in crate::push) fn parameters(value: &[u8]) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = value;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut quoted = false;
        let mut escaped = false;
        let end = rest.iter().position(|octet| {
            match octet {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b';' | b',' => return !quoted,
                _ => {}
            }
            false
        });
        let (one, after) = rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, &[]));
        rest = after.get(1..).unwrap_or_default();
        Some(one)
    })
    .filter_map(|one| {
        let (name, value) = str::from_utf8(one).ok()?.split_once('=')?;
        let value = value.trim();
        let unquoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        Some((name.trim(), unquoted.unwrap_or(value)))
    })
}
