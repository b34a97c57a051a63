//! What the body of a push is.

use super::ApplicationId;
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
    pub(super) fn application(&self) -> Option<ApplicationId<'static>> {
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
            (None, ContentType::WellKnown(code)) => write!(f, "{code:#04x}"),
            (name, _) => f.write_str(name.unwrap_or_default()),
        }
    }
}
