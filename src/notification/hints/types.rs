//! What hints say. *Provisional.*

use crate::notification::Bearer;
use bitflags::bitflags;
use core::fmt;
use std::borrow::Cow;

/// Session hints (`provisional.md` §1.2). What a server has no wish for is absent: an empty list says nothing.
///
/// Lists have the most wanted first. Codes and types without a meaning here are kept, and skipped by who acts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Hints<'a> {
    /// When the notification expires, in seconds since 1970-01-01 UTC; not 0.
    pub expires: Option<u32>,
    /// Why the session is wanted, for the user. Not written in DM 1.3, which has an option for it.
    pub reason: Option<Reason<'a>>,
    /// Transports of the session, at most 8.
    pub transports: Vec<Transport>,
    /// Bearers of the session, at most 8. Not written in DM 1.3, which has an option for them.
    pub bearers: Vec<Bearer>,
    /// Authentication of the session, at most 8. Never a reason for a weaker one than the account demands.
    pub auth: Vec<AuthType>,
    /// Leaves of DevDetail that are wanted in package #1.
    pub dev_detail: Option<DevDetail>,
    /// More of them, as paths below the root of DevDetail: at most 16, each of 1 to 255 octets.
    pub dev_detail_paths: Vec<Cow<'a, str>>,
    /// The version of the protocol that is recommended, major and minor.
    pub proto: Option<(u8, u8)>,
    /// Objects wanted in package #1, by index: at most 16. Not written in DM 1.3, which has an option for them: as many
    /// as fit, where [`SessionHints`](crate::notification::SessionHints) says what options do.
    pub want_mos: Vec<u16>,
    /// Objects wanted in package #1 that have no index, by identifier: at most 8, each of 1 to 255 octets.
    pub want_mo_ids: Vec<Cow<'a, str>>,
    /// Objects that the session is about, by index: at most 16. Not written in DM 1.3, which has an option for them.
    pub about_mos: Vec<u16>,
    /// Hints of types without a meaning here, by ascending type.
    pub unknown: Vec<UnknownHint<'a>>,
}

impl Hints<'_> {
    /// The same hints with copies of their texts and octets.
    #[must_use]
    pub fn into_owned(self) -> Hints<'static> {
        let texts = |texts: Vec<Cow<'_, str>>| texts.into_iter().map(owned).collect();
        let unknown = self
            .unknown
            .into_iter()
            .map(|UnknownHint { hint_type, value }| UnknownHint { hint_type, value: Cow::Owned(value.into_owned()) });
        Hints {
            expires: self.expires,
            reason: self.reason.map(Reason::into_owned),
            transports: self.transports,
            bearers: self.bearers,
            auth: self.auth,
            dev_detail: self.dev_detail,
            dev_detail_paths: texts(self.dev_detail_paths),
            proto: self.proto,
            want_mos: self.want_mos,
            want_mo_ids: texts(self.want_mo_ids),
            about_mos: self.about_mos,
            unknown: unknown.collect(),
        }
    }
}

fn owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

/// Why a session is wanted, for the user to read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reason<'a> {
    /// The text: 1 or more octets, no NUL.
    pub text: Cow<'a, str>,
    /// Its language as a tag of 2 to 35 letters, digits and hyphens, if that is known.
    pub language: Option<Cow<'a, str>>,
}

impl<'a> Reason<'a> {
    /// A reason in a language that is not told.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Reason<'a> {
        Reason { text: text.into(), language: None }
    }

    /// The same with copies of its texts.
    #[must_use]
    pub fn into_owned(self) -> Reason<'static> {
        Reason { text: owned(self.text), language: self.language.map(owned) }
    }
}

/// A hint of a type without a meaning here: of a later version, or by private agreement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnknownHint<'a> {
    /// 0D to FE, hexadecimal.
    pub hint_type: u8,
    /// The octets.
    pub value: Cow<'a, [u8]>,
}

/// A transport of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Transport {
    /// HTTP without TLS.
    Http,
    /// HTTP over TLS.
    Https,
    /// WSP.
    Wsp,
    /// OBEX.
    Obex,
    /// SIP.
    Sip,
    /// A code without a meaning here.
    Other(u8),
}

/// Prints the name, or the code of one that has none.
impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Transport::Http => "HTTP",
            Transport::Https => "HTTPS",
            Transport::Wsp => "WSP",
            Transport::Obex => "OBEX",
            Transport::Sip => "SIP",
            Transport::Other(code) => return write!(f, "{code:#04x}"),
        })
    }
}

/// A kind of authentication, as `AAuthType` of the DM account names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuthType {
    /// `syncml:auth-basic`. Only over TLS.
    Basic,
    /// `syncml:auth-md5`.
    Digest,
    /// `syncml:auth-MAC`.
    Hmac,
    /// `syncml:auth-X509`.
    X509,
    /// `syncml:auth-securid`.
    SecurId,
    /// `syncml:auth-safeword`.
    Safeword,
    /// `syncml:auth-digipass`.
    Digipass,
    /// The transport authenticates.
    Transport,
    /// HTTP basic authentication. Only over TLS.
    HttpBasic,
    /// HTTP digest authentication.
    HttpDigest,
    /// A code without a meaning here.
    Other(u8),
}

/// Prints the name that `AAuthType` has, or the code of one without.
impl fmt::Display for AuthType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            AuthType::Basic => "BASIC",
            AuthType::Digest => "DIGEST",
            AuthType::Hmac => "HMAC",
            AuthType::X509 => "X509",
            AuthType::SecurId => "SECURID",
            AuthType::Safeword => "SAFEWORD",
            AuthType::Digipass => "DIGIPASS",
            AuthType::Transport => "TRANSPORT",
            AuthType::HttpBasic => "HTTP-BASIC",
            AuthType::HttpDigest => "HTTP-DIGEST",
            AuthType::Other(code) => return write!(f, "{code:#04x}"),
        })
    }
}

bitflags! {
    /// Leaves of DevDetail that are wanted in package #1.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct DevDetail: u16 {
        /// DevTyp.
        const DEV_TYP = 1;
        /// OEM.
        const OEM = 1 << 1;
        /// FwV.
        const FW_V = 1 << 2;
        /// SwV.
        const SW_V = 1 << 3;
        /// HwV.
        const HW_V = 1 << 4;
        /// LrgObj.
        const LRG_OBJ = 1 << 5;
        /// The three leaves below URI.
        const URI = 1 << 6;
        /// All below Bearer.
        const BEARER = 1 << 7;
        /// All below Ext.
        const EXT = 1 << 8;
        /// Everything.
        const ALL = 1 << 15;
    }
}

impl DevDetail {
    /// The flags with the names of their nodes, `all` for everything.
    pub const NAMED: [(DevDetail, &'static str); 10] = [
        (DevDetail::DEV_TYP, "DevTyp"),
        (DevDetail::OEM, "OEM"),
        (DevDetail::FW_V, "FwV"),
        (DevDetail::SW_V, "SwV"),
        (DevDetail::HW_V, "HwV"),
        (DevDetail::LRG_OBJ, "LrgObj"),
        (DevDetail::URI, "URI"),
        (DevDetail::BEARER, "Bearer"),
        (DevDetail::EXT, "Ext"),
        (DevDetail::ALL, "all"),
    ];
}
