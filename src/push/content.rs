//! What every carrier says of its body, and the check that it is a notification for the right application.

use super::Expires;
use crate::{Error, ErrorKind, Result};
use core::fmt;

/// Numbers and names of content types (OMNA's WSP content types; `wire.md` §6.3).
const CONTENT_TYPES: [(u32, &str); 7] = [
    (0x35, "text/vnd.wap.connectivity-xml"),
    (0x36, "application/vnd.wap.connectivity-wbxml"),
    (0x42, "application/vnd.syncml.dm+wbxml"),
    (0x43, "application/vnd.syncml.dm+xml"),
    (0x44, "application/vnd.syncml.notification"),
    (0x4e, "application/vnd.syncml.ds.notification"),
    (0x58, "application/vnd.syncml.dm.notification"),
];
/// What stands before the name of an application that has a short one.
const URN_PREFIX: &str = "x-wap-application:";

/// What the body of a push is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentType<'a> {
    /// By number (OMNA's WSP content types).
    WellKnown(u32),
    /// By name, without parameters.
    Text(&'a str),
}

impl<'a> ContentType<'a> {
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

    /// The number, also of a name that has one in this field; in any case.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        match self {
            ContentType::WellKnown(code) => Some(*code),
            ContentType::Text(name) => {
                CONTENT_TYPES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(code, _)| *code)
            }
        }
    }

    /// The name, also of a number that has one in this field.
    #[must_use]
    pub fn name(&self) -> Option<&'a str> {
        match *self {
            ContentType::WellKnown(code) => {
                CONTENT_TYPES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
            }
            ContentType::Text(name) => Some(name),
        }
    }

    /// The application that a notification of this type is for; none where this is no notification.
    fn application(&self) -> Option<ApplicationId<'static>> {
        match ContentType::WellKnown(self.code()?) {
            ContentType::NOTIFICATION | ContentType::NOTIFICATION_1_3 => Some(ApplicationId::DEVICE_MANAGEMENT),
            ContentType::DS_NOTIFICATION => Some(ApplicationId::DATA_SYNC),
            _ => None,
        }
    }
}

/// Prints the name, of the numbers that have one in this field.
impl fmt::Display for ContentType<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name(), self) {
            (Some(name), _) => f.write_str(name),
            (None, ContentType::WellKnown(code)) => write!(f, "{code:#04x}"),
            (None, ContentType::Text(_)) => Ok(()),
        }
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

impl<'a> ApplicationId<'a> {
    /// `x-wap-application:push.syncml`: data synchronisation.
    pub const DATA_SYNC: ApplicationId<'static> = ApplicationId::WellKnown(0x05);
    /// `x-wap-application:syncml.dm`.
    pub const DEVICE_MANAGEMENT: ApplicationId<'static> = ApplicationId::WellKnown(0x07);

    /// The URN, also of a number that has one in this field.
    #[must_use]
    pub const fn urn(&self) -> Option<&'a str> {
        match *self {
            ApplicationId::Uri(uri) => Some(uri),
            ApplicationId::WellKnown(0x05) => Some("x-wap-application:push.syncml"),
            ApplicationId::WellKnown(0x07) => Some("x-wap-application:syncml.dm"),
            ApplicationId::WellKnown(_) => None,
        }
    }

    /// The URN without its prefix, as SIP names applications; none where the URN has another prefix.
    #[must_use]
    pub fn short_name(&self) -> Option<&'a str> {
        let urn = self.urn()?;
        let (prefix, name) = urn.split_at_checked(URN_PREFIX.len())?;
        prefix.eq_ignore_ascii_case(URN_PREFIX).then_some(name)
    }

    /// Whether both name the same application, by number or by URN in any case.
    #[must_use]
    pub fn is(&self, other: ApplicationId<'_>) -> bool {
        match (*self, other) {
            (ApplicationId::WellKnown(one), ApplicationId::WellKnown(other)) => one == other,
            _ => {
                let urns = self.urn().zip(other.urn());
                urns.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
            }
        }
    }
}

/// Prints the URN, of the numbers that have one in this field.
impl fmt::Display for ApplicationId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.urn(), self) {
            (Some(urn), _) => f.write_str(urn),
            (None, ApplicationId::WellKnown(code)) => write!(f, "{code:#04x}"),
            (None, ApplicationId::Uri(_)) => Ok(()),
        }
    }
}

/// A notification as a carrier brought it: for the right application, and not yet read.
///
/// The number picks the format. [`notification`](crate::notification) has the rest:
///
/// ```
/// use omadm::notification::{MediaType, Notification};
/// use omadm::push::wsp::Push;
///
/// # let octets: Vec<u8> = "010609c4af8794046b36ec7f68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6dd64807a101046b36ec7f"
/// #     .as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect();
/// let payload = Push::decode(&octets)?.payload()?;
/// let media_type = MediaType::from_wsp_code(payload.content_type).unwrap_or_default();
/// let notification = Notification::decode(payload.body, media_type, None)?.with_carrier_expiry(payload.expires);
/// assert_eq!(notification.server_id(), "dm.example.com");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload<'a> {
    /// OMNA's number of the content type: 0x44, 0x58 or 0x4E, whether it came as a number or by name.
    pub content_type: u32,
    /// The octets of the notification, borrowed from the input.
    pub body: &'a [u8],
    /// Where they begin in the input.
    pub offset: usize,
    /// When the carrier says that it expires. *Provisional* as the expiry of a notification (`provisional.md` §3.1).
    pub expires: Expires,
}

impl<'a> Payload<'a> {
    /// Checks that a notification of this type is there, and for the application that such are for.
    ///
    /// # Errors
    ///
    /// [`PushContentType`](ErrorKind::PushContentType) and [`PushApplicationId`](ErrorKind::PushApplicationId), at the
    /// places given for them.
    pub(super) fn check(
        content_type: Option<ContentType<'_>>,
        content_type_at: usize,
        is_for: impl FnOnce(ApplicationId<'static>) -> bool,
        application_at: usize,
        (body, offset): (&'a [u8], usize),
        expires: Expires,
    ) -> Result<Payload<'a>> {
        let found = content_type.and_then(|own| own.code().zip(own.application()));
        let (code, application) = found.ok_or(Error::new(ErrorKind::PushContentType, content_type_at))?;
        if !is_for(application) {
            return Err(Error::new(ErrorKind::PushApplicationId, application_at));
        }
        Ok(Payload { content_type: code, body, offset, expires })
    }
}
