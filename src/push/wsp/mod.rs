//! Connectionless WSP push, with the SMS or CDMA header that may stand before it (`notification.md` §5.2, §5.3; WAP-230-WSP §8).
//!
//! ```text
//! 06 05 04 0B84 C002    SMS user data header: destination and source port; or
//! 00 01 00 23F0 0B84    CDMA WDP: one segment, source and destination port; or neither, as in a datagram of UDP
//! 01 06 03              transaction id, PDU type, length of the headers (uintvar)
//! C4                    content type: short integer, general form with parameters, or text
//! AF 87                 X-Wap-Application-Id, and any other headers, Expires (94) among them
//! ...                   body
//! ```
//!
//! A decoded [`Push`] has all headers inside their block and every length checked; header block and body are borrowed.
//! [`Fields::encode`] writes the same without the SMS or CDMA header, which [`sms::split`] and
//! [`cdma::split`](super::cdma::split) put before it. That `Expires` is the expiry of a notification is *provisional*
//! (`provisional.md` §3.1).
//!
//! ```
//! use omadm::push::Expires;
//! use omadm::push::wsp::{ContentType, Fields, Push};
//!
//! // Until the end of 2026, in a datagram to port 2948.
//! let fields = Fields { expires: Some(1_798_761_599), ..Fields::new(ContentType::NOTIFICATION, b"package #0") };
//! let datagram = fields.encode()?;
//! assert_eq!(datagram[..12], [0x01, 0x06, 0x09, 0xc4, 0xaf, 0x87, 0x94, 0x04, 0x6b, 0x36, 0xec, 0x7f]);
//!
//! let payload = Push::decode(&datagram)?.payload()?;
//! assert_eq!((payload.body, payload.expires), (&b"package #0"[..], Expires::At(1_798_761_599)));
//! # Ok::<(), omadm::Error>(())
//! ```

mod decode;
mod encode;
mod values;

#[cfg(test)]
mod tests;

pub use super::{ApplicationId, ContentType};
use super::{Expires, Payload, sms};
use crate::{Error, ErrorKind, Result};
pub use encode::Fields;

/// The port of non-secure connectionless push.
pub const PUSH_PORT: u16 = 2948;
/// Octets that user data header and WSP headers of a DM notification may have together (`notification.md` §5.2).
pub const MAX_HEADERS: usize = 48;

/// A decoded push, borrowed from its octets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Push<'a> {
    /// Where an SMS or CDMA header, if there is one, sends it.
    pub destination_port: Option<u16>,
    /// How many segments a concatenation header announces. Above 1 this is the first of them, whose headers can be looked
    /// at; its body goes on in the others, which [`Joiner`](super::Joiner) puts together.
    pub segments: u8,
    /// Any number; it has no meaning for a push.
    pub transaction_id: u8,
    /// What the body is.
    pub content_type: ContentType<'a>,
    /// The first X-Wap-Application-Id.
    pub application_id: Option<ApplicationId<'a>>,
    /// The earliest Expires, which is a date in octets or an HTTP date in text; what is neither has passed. *Provisional* as
    /// the expiry of a notification.
    pub expires: Expires,
    /// All headers after the content type, as they stand.
    pub headers: &'a [u8],
    /// What is pushed.
    pub body: &'a [u8],
    at: Places,
}

crate::redact::debug_without_content!(Push<'_> { destination_port, segments, transaction_id, content_type, application_id, expires } octets of { headers, body });

/// Octets that an error of [`Push::payload`] points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places {
    port: usize,
    segments: usize,
    content_type: usize,
    application_id: usize,
    body: usize,
}

impl<'a> Push<'a> {
    /// The notification that this push carries, of any format, if it is for the application that such are for.
    ///
    /// # Errors
    ///
    /// * [`PushSegmentMissing`](ErrorKind::PushSegmentMissing) at the concatenation of the first of several segments;
    /// * [`PushPort`](ErrorKind::PushPort) when there is a port and it is not 2948;
    /// * [`PushContentType`](ErrorKind::PushContentType) when this is no notification;
    /// * [`PushApplicationId`](ErrorKind::PushApplicationId) when the application is another one, or not named: without
    ///   the header a push is for the browser. Then the offset is where the headers end.
    pub fn payload(&self) -> Result<Payload<'a>> {
        if self.segments > 1 {
            return Err(Error::new(ErrorKind::PushSegmentMissing, self.at.segments));
        }
        if self.destination_port.is_some_and(|port| port != PUSH_PORT) {
            return Err(Error::new(ErrorKind::PushPort, self.at.port));
        }
        Payload::check(
            Some(self.content_type),
            self.at.content_type,
            |application| self.application_id.is_some_and(|own| own.is(application)),
            self.at.application_id,
            (self.body, self.at.body),
            self.expires,
        )
    }

    /// The package #0 of DM 1.1 or 1.2 that this push carries, for
    /// [`Notification::decode`](crate::notification::v12::Notification::decode).
    ///
    /// # Errors
    ///
    /// Those of [`payload`](Push::payload), and
    /// * [`NotificationLayout`](ErrorKind::NotificationLayout) for the content type of DM 1.3 (`notification.md` §3.4);
    /// * [`PushContentType`](ErrorKind::PushContentType) for that of data synchronisation.
    pub fn notification_payload(&self) -> Result<&'a [u8]> {
        let payload = self.payload()?;
        match ContentType::WellKnown(payload.content_type) {
            ContentType::NOTIFICATION => Ok(payload.body),
            ContentType::NOTIFICATION_1_3 => Err(Error::new(ErrorKind::NotificationLayout, self.at.content_type)),
            _ => Err(Error::new(ErrorKind::PushContentType, self.at.content_type)),
        }
    }
}

/// Whether this decodes as a push and says so in more than its two fixed octets: by a carrier header, a content type
/// with a name in [`ContentType`] or an application id. For telling formats apart, where a digest at the start of a
/// bare package #0 may have any octets.
#[must_use]
pub fn looks_like_push(message: &[u8]) -> bool {
    Push::decode(message).is_ok_and(|push| {
        push.destination_port.is_some()
            || push.application_id.is_some()
            || matches!(push.content_type, ContentType::WellKnown(0x35 | 0x36 | 0x42..=0x44 | 0x4e | 0x58))
    })
}

/// Whether a message that is known to be package #0, in a push or not, is the push: it has the type of one in its second
/// octet, or a user data header.
#[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "for the command"))]
pub(crate) fn begins_like_push(message: &[u8]) -> bool {
    message.get(1) == Some(&decode::PDU_PUSH) || sms::begins_with_header(message, decode::PDU_PUSH)
}
