//! Connectionless WSP push, with the SMS or CDMA header that may stand before it (`notification.md` §5.2, §5.3).
//!
//! ```text
//! 06 05 04 0B84 C002    SMS user data header: destination and source port; or
//! 00 01 00 23F0 0B84    CDMA WDP: one segment, source and destination port; or neither
//! 01 06 03              transaction id, PDU type, length of the headers (uintvar)
//! C4                    content type: short integer, general form with parameters, or text
//! AF 87                 X-Wap-Application-Id, and any other headers
//! ...                   body
//! ```

mod decode;
mod values;

#[cfg(test)]
mod tests;

use crate::{Error, ErrorKind, Result};
use core::fmt;

/// The port of non-secure connectionless push.
pub const PUSH_PORT: u16 = 2948;

/// What the body of a push is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentType<'a> {
    /// By number (OMNA's WSP content types).
    WellKnown(u32),
    /// By name, without parameters.
    Text(&'a str),
}

impl ContentType<'_> {
    /// `text/vnd.wap.connectivity-xml`: client provisioning.
    pub const CONNECTIVITY_XML: ContentType<'static> = ContentType::WellKnown(0x35);
    /// `application/vnd.wap.connectivity-wbxml`: client provisioning.
    pub const CONNECTIVITY_WBXML: ContentType<'static> = ContentType::WellKnown(0x36);
    /// `application/vnd.syncml.dm+wbxml`.
    pub const DM_WBXML: ContentType<'static> = ContentType::WellKnown(0x42);
    /// `application/vnd.syncml.dm+xml`.
    pub const DM_XML: ContentType<'static> = ContentType::WellKnown(0x43);
    /// `application/vnd.syncml.notification`: package #0 of DM 1.1 and 1.2.
    pub const NOTIFICATION: ContentType<'static> = ContentType::WellKnown(0x44);
    /// `application/vnd.syncml.ds.notification`: the notification of data synchronisation.
    pub const DS_NOTIFICATION: ContentType<'static> = ContentType::WellKnown(0x4e);
    /// `application/vnd.syncml.dm.notification`: package #0 of DM 1.3.
    pub const NOTIFICATION_1_3: ContentType<'static> = ContentType::WellKnown(0x58);

    fn is(&self, code: ContentType<'_>, name: &str) -> bool {
        *self == code || matches!(self, ContentType::Text(text) if text.eq_ignore_ascii_case(name))
    }
}

/// Prints the name, of the numbers that have one in this field.
impl fmt::Display for ContentType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            ContentType::Text(text) => return f.write_str(text),
            ContentType::WellKnown(0x35) => "text/vnd.wap.connectivity-xml",
            ContentType::WellKnown(0x36) => "application/vnd.wap.connectivity-wbxml",
            ContentType::WellKnown(0x42) => "application/vnd.syncml.dm+wbxml",
            ContentType::WellKnown(0x43) => "application/vnd.syncml.dm+xml",
            ContentType::WellKnown(0x44) => "application/vnd.syncml.notification",
            ContentType::WellKnown(0x4e) => "application/vnd.syncml.ds.notification",
            ContentType::WellKnown(0x58) => "application/vnd.syncml.dm.notification",
            ContentType::WellKnown(code) => return write!(f, "{code:#04x}"),
        };
        f.write_str(name)
    }
}

/// Which application of the device a push is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApplicationId<'a> {
    /// By number (OMNA's push application ids).
    WellKnown(u32),
    /// By URN.
    Uri(&'a str),
}

impl ApplicationId<'_> {
    /// `x-wap-application:push.syncml`: data synchronisation.
    pub const DATA_SYNC: ApplicationId<'static> = ApplicationId::WellKnown(0x05);
    /// `x-wap-application:syncml.dm`.
    pub const DEVICE_MANAGEMENT: ApplicationId<'static> = ApplicationId::WellKnown(0x07);

    fn is_device_management(&self) -> bool {
        *self == ApplicationId::DEVICE_MANAGEMENT
            || matches!(self, ApplicationId::Uri(uri) if uri.eq_ignore_ascii_case("x-wap-application:syncml.dm"))
    }
}

/// Prints the URN, of the numbers that have one in this field.
impl fmt::Display for ApplicationId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ApplicationId::Uri(uri) => f.write_str(uri),
            ApplicationId::DATA_SYNC => f.write_str("x-wap-application:push.syncml"),
            ApplicationId::DEVICE_MANAGEMENT => f.write_str("x-wap-application:syncml.dm"),
            ApplicationId::WellKnown(code) => write!(f, "{code:#04x}"),
        }
    }
}

/// A decoded push, borrowed from its octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Push<'a> {
    /// Where an SMS or CDMA header, if there is one, sends it.
    pub destination_port: Option<u16>,
    /// How many segments a concatenation header announces. Above 1 the caller has to have joined them: this decoder
    /// takes what it gets for the whole.
    pub segments: u8,
    /// Any number; it has no meaning for a push.
    pub transaction_id: u8,
    /// What the body is.
    pub content_type: ContentType<'a>,
    /// The first X-Wap-Application-Id.
    pub application_id: Option<ApplicationId<'a>>,
    /// All headers after the content type, as they stand.
    pub headers: &'a [u8],
    /// What is pushed.
    pub body: &'a [u8],
    at: Places,
}

/// Octets that an error of [`Push::notification_payload`] points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places {
    port: usize,
    content_type: usize,
    application_id: usize,
}

impl<'a> Push<'a> {
    /// The package #0 of DM 1.1 or 1.2 that this push carries, for
    /// [`Notification::decode`](crate::notification::v12::Notification::decode).
    ///
    /// # Errors
    ///
    /// * [`PushPort`](ErrorKind::PushPort) when there is a port and it is not 2948;
    /// * [`NotificationLayout`](ErrorKind::NotificationLayout) for the content type of DM 1.3 (`notification.md` §3.4);
    /// * [`PushContentType`](ErrorKind::PushContentType) for any other;
    /// * [`PushApplicationId`](ErrorKind::PushApplicationId) when the application is not DM, or not named: without the
    ///   header a push is for the browser. Then the offset is where the headers end.
    pub fn notification_payload(&self) -> Result<&'a [u8]> {
        if self.destination_port.is_some_and(|port| port != PUSH_PORT) {
            return Err(Error::new(ErrorKind::PushPort, self.at.port));
        }
        if self.content_type.is(ContentType::NOTIFICATION_1_3, "application/vnd.syncml.dm.notification") {
            return Err(Error::new(ErrorKind::NotificationLayout, self.at.content_type));
        }
        if !self.content_type.is(ContentType::NOTIFICATION, "application/vnd.syncml.notification") {
            return Err(Error::new(ErrorKind::PushContentType, self.at.content_type));
        }
        if !self.application_id.is_some_and(|id| id.is_device_management()) {
            return Err(Error::new(ErrorKind::PushApplicationId, self.at.application_id));
        }
        Ok(self.body)
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
