//! The numbers of session hints, all of them. *Provisional* (`provisional.md` §1).

use super::types::{AuthType, Transport};
use crate::notification::Bearer;

/// How a block begins, and each of its segments.
pub(super) const BLOCK: u8 = 0xD6;
pub(super) const SEGMENT: u8 = 0x48;
/// How a stream begins, with the version in the low half.
pub(super) const STREAM: u8 = 0xA0;
pub(super) const VERSION: u8 = 1;
/// How the text form begins, what of it recognises it, and what ends it.
pub(super) const TEXT: &str = "DMH:";
pub(super) const TEXT_RECOGNISED: &str = "DMH:o";
pub(super) const TEXT_END: char = ';';

/// Octets of a stream, and hints in it.
pub(super) const MAX_STREAM: usize = 1_024;
pub(super) const MAX_HINTS: usize = 32;
/// Octets of a segment that another follows.
pub(super) const FULL_SEGMENT: usize = 255;

/// Types of hints.
pub(super) mod hint {
    pub(in super::super) const NEVER: u8 = 0x00;
    pub(in super::super) const EXPIRES: u8 = 0x01;
    pub(in super::super) const REASON: u8 = 0x02;
    pub(in super::super) const REASON_LANG: u8 = 0x03;
    pub(in super::super) const TRANSPORT: u8 = 0x04;
    pub(in super::super) const BEARER: u8 = 0x05;
    pub(in super::super) const AUTH: u8 = 0x06;
    pub(in super::super) const DEVDETAIL: u8 = 0x07;
    pub(in super::super) const DEVDETAIL_PATH: u8 = 0x08;
    pub(in super::super) const PROTO: u8 = 0x09;
    pub(in super::super) const WANT_MO: u8 = 0x0A;
    pub(in super::super) const WANT_MO_ID: u8 = 0x0B;
    pub(in super::super) const ABOUT_MO: u8 = 0x0C;
    pub(in super::super) const NEVER_EITHER: u8 = 0xFF;
}

/// Codes in one hint, objects in one hint, octets of a path or identifier, and of a language tag.
pub(super) const MAX_CODES: usize = 8;
pub(super) const MAX_OBJECTS: usize = 16;
pub(super) const MAX_PATH: usize = 255;
pub(super) const LANGUAGE: core::ops::RangeInclusive<usize> = 2..=35;
/// How often the hints may occur that repeat.
pub(super) const MAX_PATHS: usize = 16;
pub(super) const MAX_IDENTIFIERS: usize = 8;

pub(super) const TRANSPORTS: &[(u8, Transport)] = &[
    (0x01, Transport::Http),
    (0x02, Transport::Https),
    (0x03, Transport::Wsp),
    (0x04, Transport::Obex),
    (0x05, Transport::Sip),
];

pub(super) const BEARERS: &[(u8, Bearer)] =
    &[(0x00, Bearer::Any), (0x01, Bearer::Cellular), (0x02, Bearer::Wlan), (0x03, Bearer::Wireline)];

pub(super) const AUTH_TYPES: &[(u8, AuthType)] = &[
    (0x01, AuthType::Basic),
    (0x02, AuthType::Digest),
    (0x03, AuthType::Hmac),
    (0x04, AuthType::X509),
    (0x05, AuthType::SecurId),
    (0x06, AuthType::Safeword),
    (0x07, AuthType::Digipass),
    (0x08, AuthType::Transport),
    (0x09, AuthType::HttpBasic),
    (0x0A, AuthType::HttpDigest),
];

/// What can stand in a list of codes.
pub(super) trait Code: Copy + PartialEq + 'static {
    const TABLE: &'static [(u8, Self)];
    fn other(code: u8) -> Self;
    /// The code of one that has no name.
    fn as_other(self) -> Option<u8>;

    fn from_code(code: u8) -> Self {
        let found = Self::TABLE.iter().find(|(known, _)| *known == code);
        found.map_or(Self::other(code), |(_, value)| *value)
    }

    fn code(self) -> u8 {
        let named = || Self::TABLE.iter().find(|(_, value)| *value == self).map(|(code, _)| *code);
        self.as_other().or_else(named).unwrap_or_default()
    }
}

macro_rules! code {
    ($type:ident, $table:ident) => {
        impl $type {
            /// What stands for it in session hints. *Provisional.*
            #[must_use]
            pub fn code(self) -> u8 {
                Code::code(self)
            }

            /// What this stands for in session hints. *Provisional.*
            #[must_use]
            pub fn from_code(code: u8) -> $type {
                Code::from_code(code)
            }
        }

        impl Code for $type {
            const TABLE: &'static [(u8, $type)] = $table;

            fn other(code: u8) -> $type {
                $type::Other(code)
            }

            fn as_other(self) -> Option<u8> {
                match self {
                    $type::Other(code) => Some(code),
                    _ => None,
                }
            }
        }
    };
}

code!(Transport, TRANSPORTS);
code!(Bearer, BEARERS);
code!(AuthType, AUTH_TYPES);

#[cfg(test)]
mod tests {
    use super::*;

    fn is_complete<T: Code + core::fmt::Debug>(codes: core::ops::RangeInclusive<u8>) {
        for code in 0..=u8::MAX {
            assert_eq!(T::from_code(code).code(), code);
            assert_eq!(T::from_code(code).as_other().is_none(), codes.contains(&code), "{code:#04x}");
        }
    }

    #[test]
    fn every_code_comes_back_and_those_of_the_lists_have_names() {
        is_complete::<Transport>(1..=5);
        is_complete::<Bearer>(0..=3);
        is_complete::<AuthType>(1..=10);
    }
}
