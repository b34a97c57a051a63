//! The fields of a notification.

use core::fmt;

/// The version of the notification format, which is not the version of DM: 11, printed "1.1", in DM 1.1 and 1.2; 12 in
/// data synchronisation 1.2 (`wire.md` §6.1 and §14.1 no. 25).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u16);

impl Version {
    /// 1.0, the lowest there is.
    pub const V1_0: Version = Version(10);
    /// 1.1, that of DM 1.1 and 1.2.
    pub const V1_1: Version = Version(11);
    /// 1.2, that of data synchronisation 1.2.
    pub const V1_2: Version = Version(12);
    /// 102.3, the highest that fits ten bits.
    pub const MAX: Version = Version(1023);

    /// The version of this number, ten times what is printed; `None` outside 10 to 1023.
    #[must_use]
    pub const fn from_raw(raw: u16) -> Option<Version> {
        if raw >= Version::V1_0.0 && raw <= Version::MAX.0 { Some(Version(raw)) } else { None }
    }

    /// The number in the field, ten times what is printed.
    #[must_use]
    pub const fn raw(self) -> u16 {
        self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// How much of the coming session the user should notice. A client SHOULD follow it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UiMode {
    /// The server does not say.
    #[default]
    NotSpecified,
    /// Nothing.
    Background,
    /// The user is told.
    Informative,
    /// The user is asked first.
    UserInteraction,
}

impl UiMode {
    /// The two bits of the field.
    #[must_use]
    pub const fn raw(self) -> u8 {
        match self {
            UiMode::NotSpecified => 0b00,
            UiMode::Background => 0b01,
            UiMode::Informative => 0b10,
            UiMode::UserInteraction => 0b11,
        }
    }

    /// The mode of these two bits; higher bits are ignored.
    #[must_use]
    pub const fn from_raw(raw: u8) -> UiMode {
        match raw & 0b11 {
            0b00 => UiMode::NotSpecified,
            0b01 => UiMode::Background,
            0b10 => UiMode::Informative,
            _ => UiMode::UserInteraction,
        }
    }
}

/// Prints the name that the standard gives the mode.
impl fmt::Display for UiMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            UiMode::NotSpecified => "not specified",
            UiMode::Background => "background",
            UiMode::Informative => "informative",
            UiMode::UserInteraction => "user interaction",
        })
    }
}

/// Who wanted the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Initiator {
    /// The client, or the person who uses it.
    Client,
    /// The server.
    #[default]
    Server,
}

impl Initiator {
    /// The bit of the field.
    #[must_use]
    pub const fn raw(self) -> u8 {
        match self {
            Initiator::Client => 0,
            Initiator::Server => 1,
        }
    }
}

/// Prints `client` or `server`.
impl fmt::Display for Initiator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Initiator::Client => "client",
            Initiator::Server => "server",
        })
    }
}

/// A session id as the text of `SessionID` in the session that follows: upper-case hexadecimal without leading zeros
/// (`wire.md` §6.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionIdText(pub u16);

impl fmt::Display for SessionIdText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:X}", self.0)
    }
}

/// All of a notification but its digest: fill it in and [`encode`](Fields::encode) it.
///
/// ```
/// use omadm::notification::v12::{Fields, Initiator, UiMode};
/// let fields = Fields { ui_mode: UiMode::Informative, ..Fields::new(0xABCD, "dm.example.com") };
/// assert_eq!(fields.initiator, Initiator::Server);
/// assert_eq!(fields.encoded_len(), 38);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fields<'a> {
    /// Version of the format.
    pub version: Version,
    /// How much the user should notice.
    pub ui_mode: UiMode,
    /// Who wanted the session.
    pub initiator: Initiator,
    /// 27 bits that are to be zero and ignored. Some vendors put a meaning there (`notification.md` §1.5).
    pub future_use: u32,
    /// The id that the session is going to have. 0 is not allowed, but found in data synchronisation.
    pub session_id: u16,
    /// Which account: the server's identifier in it.
    pub server_id: &'a str,
    /// What follows, for the vendor to define.
    pub vendor: &'a [u8],
}

impl<'a> Fields<'a> {
    /// Fields of a session that the server wants: version 1.1, no word on the user, nothing for the vendor.
    #[must_use]
    pub const fn new(session_id: u16, server_id: &'a str) -> Fields<'a> {
        Fields {
            version: Version::V1_1,
            ui_mode: UiMode::NotSpecified,
            initiator: Initiator::Server,
            future_use: 0,
            session_id,
            server_id,
            vendor: &[],
        }
    }
}
