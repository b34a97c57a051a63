//! HTTP push: a request that brings package #0 (`notification.md` §5.4; `provisional.md` §3.2).
//!
//! ```text
//! POST / HTTP/1.1
//! Host: 198.51.100.7:4035
//! Content-Type: application/vnd.syncml.notification
//! X-Wap-Application-Id: x-wap-application:syncml.dm
//! Expires: Thu, 31 Dec 2026 23:59:59 GMT
//! Content-Length: 48
//! ```
//!
//! *Provisional:* the push binding of DM 1.3 is not public. The body is package #0 and nothing around it. A decoded
//! [`Request`] is a POST whose headers are lines as they should be, within limits, and whose body has the length that
//! they say; all of it is borrowed. Lines may end in LF alone, names are in any case. [`Fields::encode`] writes CR LF,
//! and refuses what would be read as another line. Who has an HTTP library reads what it hands out with
//! [`Entity::decode_parts`].
//!
//! ```
//! use omadm::Limits;
//! use omadm::push::{ContentType, Expires, http};
//!
//! let new = http::Fields::new("198.51.100.7:4035", ContentType::NOTIFICATION, b"package #0");
//! let fields = http::Fields { expires: Some(1_798_761_599), ..new };
//! let octets = fields.encode()?;
//! assert!(octets.starts_with(b"POST / HTTP/1.1\r\nHost: 198.51.100.7:4035\r\nContent-Type: application/vnd.syncml.notification\r\n"));
//!
//! let request = http::Request::decode(&octets, &Limits::default())?;
//! let payload = request.entity.payload()?;
//! assert_eq!((payload.body, payload.expires), (&b"package #0"[..], Expires::At(1_798_761_599)));
//! # Ok::<(), omadm::Error>(())
//! ```

use super::text::{
    APPLICATION_ID, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TRANSFER_ENCODING, CONTENT_TYPE, EXPIRES, Entity, HOST,
    TRANSFER_ENCODING, Text, Writer,
};
use super::{ApplicationId, ContentType};
use crate::{Error, ErrorKind, Limits, Result};
use core::str;

/// A POST with its body, borrowed from the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// Where it is posted to.
    pub target: &'a str,
    /// Headers and body.
    pub entity: Entity<'a>,
}

impl<'a> Request<'a> {
    /// Reads a request; nothing is allocated.
    ///
    /// # Errors
    ///
    /// * [`PushStartLine`](ErrorKind::PushStartLine) at the first line that is not empty when it is not that of a POST by
    ///   HTTP/1;
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of headers without an empty line after them;
    /// * those of [`Entity::decode_parts`].
    pub fn decode(message: &'a [u8], limits: &Limits) -> Result<Request<'a>> {
        let mut text = Text::new(message, 0).without_blanks();
        let ([method, target, version], at) = start_line(&mut text, limits)?;
        if method != "POST" || !version.starts_with("HTTP/1.") {
            return Err(Error::new(ErrorKind::PushStartLine, at));
        }
        Ok(Request { target, entity: Entity::decode(text, limits, |name| name)? })
    }
}

/// The three words of a first line, and where it begins: empty lines before it are passed over (RFC 9112 §2.2, RFC 3261
/// §7.5).
pub(super) fn start_line<'a>(text: &mut Text<'a>, limits: &Limits) -> Result<([&'a str; 3], usize)> {
    let (line, at) = loop {
        let at = text.offset();
        match text.line(limits)? {
            None => return Err(Error::new(ErrorKind::UnexpectedEnd, at)),
            Some([]) => {}
            Some(line) => break (line, at),
        }
    };
    let bad = Error::new(ErrorKind::PushStartLine, at);
    let line = str::from_utf8(line).map_err(|_| bad)?;
    let mut words = line.split(' ');
    let words = [words.next(), words.next(), words.next(), words.next()];
    let [Some(one), Some(two), Some(three), None] = words else { return Err(bad) };
    let is_word = |word: &str| !word.is_empty() && !word.chars().any(|char| char.is_control() || char.is_whitespace());
    if is_word(one) && is_word(two) && is_word(three) { Ok(([one, two, three], at)) } else { Err(bad) }
}

/// What an HTTP push says. Headers are written in the order of the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fields<'a> {
    /// Where it is posted to.
    pub target: &'a str,
    /// The device: host, and port if it is not 80.
    pub host: &'a str,
    /// Other headers, name and value.
    pub more: &'a [(&'a str, &'a str)],
    /// What the body is.
    pub content_type: ContentType<'a>,
    /// Which application it is for.
    pub application_id: ApplicationId<'a>,
    /// When the notification expires: seconds since 1970-01-01 UTC.
    pub expires: Option<u64>,
    /// What is pushed.
    pub body: &'a [u8],
}

crate::redact::debug_without_content!(Fields<'_> { target, host, content_type, application_id, expires } octets of { body });

impl<'a> Fields<'a> {
    /// To the root of a host, for device management, or for data synchronisation if the type is its own.
    #[must_use]
    pub const fn new(host: &'a str, content_type: ContentType<'a>, body: &'a [u8]) -> Fields<'a> {
        let application_id = match content_type {
            ContentType::DS_NOTIFICATION => ApplicationId::DATA_SYNC,
            _ => ApplicationId::DEVICE_MANAGEMENT,
        };
        Fields { target: "/", host, more: &[], content_type, application_id, expires: None, body }
    }

    /// The request.
    ///
    /// # Errors
    ///
    /// Offsets are those of the request, as far as it would have been written.
    ///
    /// * [`InvalidCharacter`](ErrorKind::InvalidCharacter) at a control character in a value, or a blank in the target or
    ///   host, or where one of these is empty;
    /// * [`PushHeaderLine`](ErrorKind::PushHeaderLine) at the name of a header that is none;
    /// * [`PushHeaderRepeated`](ErrorKind::PushHeaderRepeated) at one of `more` that is written already, or would say that
    ///   the body is in some encoding;
    /// * [`PushContentType`](ErrorKind::PushContentType) at a content type of a number that has no name here;
    /// * [`PushTime`](ErrorKind::PushTime) at an expiry after the year 9999.
    pub fn encode(&self) -> Result<Vec<u8>> {
        const OWN: &[&str] = &[
            HOST,
            CONTENT_TYPE,
            APPLICATION_ID,
            EXPIRES,
            CONTENT_LENGTH,
            TRANSFER_ENCODING,
            CONTENT_ENCODING,
            CONTENT_TRANSFER_ENCODING,
        ];
        let mut writer = Writer::start(["POST", self.target, "HTTP/1.1"])?;
        if let Some(wrong) = self.host.find(char::is_whitespace).or(self.host.is_empty().then_some(0)) {
            return Err(writer.invalid(HOST.len().saturating_add(2).saturating_add(wrong)));
        }
        writer.header(HOST, self.host)?;
        writer.headers(self.more, OWN)?;
        writer.content(self.content_type, Some(self.application_id))?;
        if let Some(expires) = self.expires {
            writer.date(EXPIRES, expires)?;
        }
        writer.header(CONTENT_LENGTH, &self.body.len().to_string())?;
        Ok(writer.body(self.body))
    }
}
