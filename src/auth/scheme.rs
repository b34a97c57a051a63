//! The schemes of authentication, by the names they have in messages and in accounts.

use core::fmt;

/// A scheme, as `Meta/Type` of `Cred` and `Chal` names it (`wire.md` §5.1).
///
/// ```
/// use omadm::auth::Scheme;
/// assert_eq!(Scheme::from_name("SyncML:auth-MD5"), Scheme::Md5);
/// assert_eq!(Scheme::Mac.name(), "syncml:auth-MAC");
/// assert_eq!(Scheme::from_name("org.example:auth-new").name(), "org.example:auth-new");
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Scheme<'a> {
    /// `syncml:auth-basic`: name and secret, readable by everyone.
    Basic,
    /// `syncml:auth-md5`: a digest with a nonce.
    Md5,
    /// `syncml:auth-MAC`: a digest over each whole message, in the header `x-syncml-hmac`; never in `Cred`.
    Mac,
    /// `syncml:auth-x509`: a certificate.
    X509,
    /// `syncml:auth-securid`
    SecurId,
    /// `syncml:auth-safeword`
    SafeWord,
    /// `syncml:auth-digipass`
    DigiPass,
    /// A scheme that RepPro does not define.
    Other(&'a str),
}

/// Scheme, name in messages, value of `AAuthType` in an account.
const NAMES: [(Scheme<'static>, &str, &str); 7] = [
    (Scheme::Basic, "syncml:auth-basic", "BASIC"),
    (Scheme::Md5, "syncml:auth-md5", "DIGEST"),
    (Scheme::Mac, "syncml:auth-MAC", "HMAC"),
    (Scheme::X509, "syncml:auth-x509", "X509"),
    (Scheme::SecurId, "syncml:auth-securid", "SECURID"),
    (Scheme::SafeWord, "syncml:auth-safeword", "SAFEWORD"),
    (Scheme::DigiPass, "syncml:auth-digipass", "DIGIPASS"),
];

impl<'a> Scheme<'a> {
    /// The scheme with this name. Case does not count: the specifications themselves write it in two ways (`wire.md`
    /// §14.1 no. 13).
    #[must_use]
    pub fn from_name(name: &'a str) -> Scheme<'a> {
        let name = name.trim();
        let known = NAMES.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name));
        known.map_or(Scheme::Other(name), |(scheme, ..)| *scheme)
    }

    /// The name in messages, as it was sent for [`Scheme::Other`].
    #[must_use]
    pub fn name(self) -> &'a str {
        self.row().map_or_else(|other| other, |(_, name, _)| name)
    }

    /// The scheme that `AAuthType` of a DMAcc names (`wire.md` §5.1). What authenticates below the messages, such as
    /// `TRANSPORT` or `HTTP-BASIC`, is no scheme of theirs: [`Scheme::Other`].
    #[must_use]
    pub fn from_account_type(name: &'a str) -> Scheme<'a> {
        let name = name.trim();
        let known = NAMES.iter().find(|(.., known)| known.eq_ignore_ascii_case(name));
        known.map_or(Scheme::Other(name), |(scheme, ..)| *scheme)
    }

    /// The value of `AAuthType` in a DMAcc.
    #[must_use]
    pub fn account_type(self) -> &'a str {
        self.row().map_or_else(|other| other, |(.., name)| name)
    }

    fn row(self) -> Result<(Scheme<'static>, &'static str, &'static str), &'a str> {
        if let Scheme::Other(name) = self {
            return Err(name);
        }
        NAMES.into_iter().find(|(scheme, ..)| *scheme == self).ok_or("")
    }
}

/// Names that RepPro does not define are compared without regard to case, like those it does.
impl PartialEq<Scheme<'_>> for Scheme<'_> {
    fn eq(&self, other: &Scheme<'_>) -> bool {
        match (self, other) {
            (Scheme::Other(one), Scheme::Other(two)) => one.eq_ignore_ascii_case(two),
            _ => core::mem::discriminant(self) == core::mem::discriminant(other),
        }
    }
}

impl Eq for Scheme<'_> {}

impl fmt::Display for Scheme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
