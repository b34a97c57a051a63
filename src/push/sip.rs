//! SIP push: a MESSAGE that brings package #0 (RFC 3428; `notification.md` §5.5; `provisional.md` §3.2).
//!
//! ```text
//! MESSAGE sip:+15551230001@home.example SIP/2.0
//! Accept-Contact: *;+g.oma.pusheventapp="syncml.dm"
//! Date: Thu, 31 Dec 2026 12:00:00 GMT
//! Expires: 43199
//! Content-Type: application/vnd.syncml.notification
//! Content-Length: 48
//! ```
//!
//! *Provisional:* the push binding of DM 1.3 is not public. The body is package #0 and nothing around it. What SIP
//! itself wants in a message (Via, Max-Forwards, From, To, Call-ID, CSeq) the caller gives, and reads from
//! [`Entity::headers`]. A decoded [`Message`] has headers that are lines as they should be, within limits, and a body of
//! the length that they say; all of it is borrowed. The application is named by a feature tag of Accept-Contact, or as
//! in [`http`](super::http). Names are in any case, the short ones of SIP among them. [`Fields::encode`] writes CR LF, and
//! refuses what would be read as another line.
//!
//! ```
//! use omadm::Limits;
//! use omadm::push::{ContentType, Expires, sip};
//!
//! let new = sip::Fields::new("sip:+15551230001@home.example", ContentType::NOTIFICATION, b"package #0");
//! let more = [("Via", "SIP/2.0/UDP dm.example.com;branch=z9hG4bK1"), ("CSeq", "1 MESSAGE")];
//! let octets = sip::Fields { more: &more, date: Some(1_798_718_400), expires: Some(43_199), ..new }.encode()?;
//!
//! let message = sip::Message::decode(&octets, &Limits::default())?;
//! let payload = message.payload(None)?;
//! assert_eq!((payload.body, payload.expires), (&b"package #0"[..], Expires::At(1_798_761_599)));
//! # Ok::<(), omadm::Error>(())
//! ```

use super::http::start_line;
use super::text::{
    ACCEPT_CONTACT, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TRANSFER_ENCODING, CONTENT_TYPE, DATE, EXPIRES, Entity,
    Header, Text, Writer, parameters,
};
use super::{ApplicationId, ContentType, Expires, Payload};
use crate::{Error, ErrorKind, Limits, Result};

/// The feature tag whose value lists applications (`notification.md` §5.5).
const FEATURE_TAG: &str = "+g.oma.pusheventapp";

/// A MESSAGE with its body, borrowed from the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message<'a> {
    /// Whom it is for.
    pub uri: &'a str,
    /// Headers and body.
    pub entity: Entity<'a>,
}

/// The name for which a short one stands (RFC 3261 §7.3.3, RFC 3841 §10), of those that are asked for here.
fn full_name(name: &str) -> &str {
    match name {
        "a" | "A" => ACCEPT_CONTACT,
        "c" | "C" => CONTENT_TYPE,
        "e" | "E" => CONTENT_ENCODING,
        "l" | "L" => CONTENT_LENGTH,
        _ => name,
    }
}

impl<'a> Message<'a> {
    /// Reads a message; nothing is allocated.
    ///
    /// # Errors
    ///
    /// * [`PushStartLine`](ErrorKind::PushStartLine) at the first line that is not empty when it is not that of a MESSAGE
    ///   by SIP/2.0;
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of headers without an empty line after them;
    /// * those of [`Entity::decode_parts`].
    pub fn decode(message: &'a [u8], limits: &Limits) -> Result<Message<'a>> {
        let mut text = Text::new(message, 0);
        let ([method, uri, version], at) = start_line(&mut text, limits)?;
        if method != "MESSAGE" || !version.eq_ignore_ascii_case("SIP/2.0") {
            return Err(Error::new(ErrorKind::PushStartLine, at));
        }
        Ok(Message { uri, entity: Entity::decode(text, limits, full_name)? })
    }

    fn accept_contacts(&self) -> impl Iterator<Item = Header<'a>> + use<'a> {
        let headers = self.entity.headers.iter();
        headers.filter(|header| full_name(header.name).eq_ignore_ascii_case(ACCEPT_CONTACT))
    }

    /// The applications that feature tags name, without the prefix of their URNs: `syncml.dm`.
    pub fn applications(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let tags = self.accept_contacts().flat_map(|header| parameters(header.value));
        let tags = tags.filter(|(name, _)| name.eq_ignore_ascii_case(FEATURE_TAG));
        tags.flat_map(|(_, list)| list.split(',').map(str::trim))
    }

    /// When Expires says that the message does: so many seconds after Date, or else after the time at which the message
    /// came. When neither is known, 0 has passed, and what is more is unknown. What is no number counts as 0.
    /// *Provisional* as the expiry of a notification.
    #[must_use]
    pub fn expires(&self, arrival: Option<u64>) -> Expires {
        let (seconds, date) = self.entity.lifetime();
        match (seconds, date.or(arrival)) {
            (None, _) => Expires::Never,
            (Some(seconds), Some(begin)) => Expires::At(begin.saturating_add(seconds)),
            (Some(0), None) => Expires::Passed,
            (Some(_), None) => Expires::Unknown,
        }
    }

    /// The notification that the message is, of any format, if it is for the application that such are for. The time at
    /// which it came, in seconds since 1970-01-01 UTC, is the caller's: none without a clock.
    ///
    /// # Errors
    ///
    /// * [`PushContentType`](ErrorKind::PushContentType) when the type is none of a notification;
    /// * [`PushApplicationId`](ErrorKind::PushApplicationId) when neither feature tag nor X-Wap-Application-Id names the
    ///   application, or one of them names others only (`provisional.md` §3.2);
    /// * [`PushEncoding`](ErrorKind::PushEncoding) as of [`Entity::payload`].
    ///
    /// The offset is that of the value, or where the headers end when there is none.
    pub fn payload(&self, arrival: Option<u64>) -> Result<Payload<'a>> {
        // What either says: nothing, that it is for the application, or for others.
        let by_tag = |application: ApplicationId<'static>| {
            let name = application.short_name();
            let mut tags = self.applications().peekable();
            tags.peek()?;
            Some(tags.any(|own| name.is_some_and(|name| name.eq_ignore_ascii_case(own))))
        };
        let by_id = |application| self.entity.application_id().map(|own| own.is(application));
        let expected = self.entity.content_type().and_then(|own| own.application());
        let tag_at = self.accept_contacts().next().map(|header| header.offset);
        let tag_at = tag_at.filter(|_| expected.and_then(by_tag) != Some(true));
        self.entity.payload_if(
            |application| match (by_tag(application), by_id(application)) {
                (None, None) => false,
                (by_tag, by_id) => by_tag.unwrap_or(true) && by_id.unwrap_or(true),
            },
            tag_at.unwrap_or(self.entity.application_id_at()),
            self.expires(arrival),
        )
    }
}

/// What a SIP push says. Headers are written in the order of the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fields<'a> {
    /// Whom it is for.
    pub uri: &'a str,
    /// What SIP itself wants, and any other headers, name and value.
    pub more: &'a [(&'a str, &'a str)],
    /// Which application it is for: one whose URN begins `x-wap-application:`.
    pub application_id: ApplicationId<'a>,
    /// When it is sent: seconds since 1970-01-01 UTC.
    pub date: Option<u64>,
    /// How many seconds after that the notification expires.
    pub expires: Option<u32>,
    /// What the body is.
    pub content_type: ContentType<'a>,
    /// What is pushed.
    pub body: &'a [u8],
}

crate::redact::debug_without_content!(Fields<'_> { uri, content_type, application_id, date, expires } octets of { body });

impl<'a> Fields<'a> {
    /// For device management, or for data synchronisation if the type is its own.
    #[must_use]
    pub const fn new(uri: &'a str, content_type: ContentType<'a>, body: &'a [u8]) -> Fields<'a> {
        let application_id = match content_type {
            ContentType::DS_NOTIFICATION => ApplicationId::DATA_SYNC,
            _ => ApplicationId::DEVICE_MANAGEMENT,
        };
        Fields { uri, more: &[], application_id, date: None, expires: None, content_type, body }
    }

    /// The message.
    ///
    /// # Errors
    ///
    /// Offsets are those of the message, as far as it would have been written.
    ///
    /// * [`InvalidCharacter`](ErrorKind::InvalidCharacter) at a control character in a value, or a blank in the URI;
    /// * [`PushHeaderLine`](ErrorKind::PushHeaderLine) at the name of a header that is none;
    /// * [`PushHeaderRepeated`](ErrorKind::PushHeaderRepeated) at one of `more` that is written already, or would say that
    ///   the body is in some encoding;
    /// * [`PushApplicationId`](ErrorKind::PushApplicationId) at an application that no feature tag can name;
    /// * [`PushContentType`](ErrorKind::PushContentType) at a content type of a number that has no name here;
    /// * [`PushTime`](ErrorKind::PushTime) at a date after the year 9999.
    pub fn encode(&self) -> Result<Vec<u8>> {
        const OWN: &[&str] = &[
            ACCEPT_CONTACT,
            DATE,
            EXPIRES,
            CONTENT_TYPE,
            CONTENT_LENGTH,
            CONTENT_ENCODING,
            CONTENT_TRANSFER_ENCODING,
            "a",
            "c",
            "e",
            "l",
        ];
        let mut writer = Writer::start(["MESSAGE", self.uri, "SIP/2.0"])?;
        writer.headers(self.more, OWN)?;
        let can_be_tag = |name: &&str| {
            let plain = |octet: u8| octet.is_ascii_graphic() && !b"\"\\,<>".contains(&octet);
            !name.is_empty() && name.bytes().all(plain)
        };
        let name = self.application_id.short_name().filter(can_be_tag);
        let name = name.ok_or(Error::new(ErrorKind::PushApplicationId, writer.out.len()))?;
        writer.header(ACCEPT_CONTACT, &format!("*;{FEATURE_TAG}=\"{name}\""))?;
        if let Some(date) = self.date {
            writer.date(DATE, date)?;
        }
        if let Some(expires) = self.expires {
            writer.header(EXPIRES, &expires.to_string())?;
        }
        writer.content(self.content_type, None)?;
        writer.header(CONTENT_LENGTH, &self.body.len().to_string())?;
        Ok(writer.body(self.body))
    }
}
