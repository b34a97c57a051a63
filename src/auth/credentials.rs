//! The content of `Cred/Data` for the schemes basic and md5: made, and checked.

use super::nonce::{CredVerdict, Nonces};
use super::{A1, Digest, Scheme, basic, digest_text, digests_match, md5_digest};
use core::fmt;
use md5::{Digest as _, Md5};

/// Credentials to be sent: a scheme and the base64 text of `Cred/Data`.
///
/// `Meta` has to say [`scheme`](CredData::scheme) as `Type` and [`FORMAT`](CredData::FORMAT) as `Format`, in WBXML too
/// (`wire.md` §5.1). Does not print itself.
///
/// ```
/// use omadm::auth::{CredData, a1_digest};
/// let cred = CredData::md5(&a1_digest(b"Bruce2", b"OhBehave"), b"Nonce");
/// assert_eq!(cred.scheme().name(), "syncml:auth-md5");
/// assert_eq!(cred.as_str(), "Zz6EivR3yeaaENcRN6lpAQ==");
/// ```
#[derive(Clone)]
pub struct CredData {
    scheme: Scheme<'static>,
    text: String,
}

impl CredData {
    /// `Meta/Format` of credentials.
    pub const FORMAT: &'static str = "b64";

    /// Scheme `syncml:auth-basic`.
    #[must_use]
    pub fn basic(name: &[u8], secret: &[u8]) -> CredData {
        CredData { scheme: Scheme::Basic, text: basic(name, secret) }
    }

    /// Scheme `syncml:auth-md5`. The name that was hashed goes into `Source/LocName` of the header.
    #[must_use]
    pub fn md5(a1: &A1, nonce: &[u8]) -> CredData {
        CredData { scheme: Scheme::Md5, text: digest_text(&md5_digest(a1, nonce)).to_string() }
    }

    /// `Meta/Type`.
    #[must_use]
    pub const fn scheme(&self) -> Scheme<'static> {
        self.scheme
    }

    /// `Data`. It is a secret: do not log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for CredData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredData").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

/// Checks the decoded octets of scheme basic, `name ":" secret`.
///
/// These octets are just what `A1` is the digest of, so that a verifier need not keep the secret for this scheme either,
/// and the comparison shows neither its length nor how much of it was right. A colon does not end the name: `a:b` with
/// the secret `c` is `a` with `b:c`, here as in every formula of the family.
pub fn verify_basic(name_and_secret: &[u8], a1: &A1) -> CredVerdict {
    match digests_match(&Md5::digest(name_and_secret).into(), a1.octets()) {
        true => CredVerdict::Verified,
        false => CredVerdict::Refused,
    }
}

/// Checks the decoded digest of scheme md5.
pub fn verify_md5(claimed: &Digest, a1: &A1, nonces: &Nonces<'_>) -> CredVerdict {
    nonces.verdict(|nonce| digests_match(claimed, &md5_digest(a1, nonce)))
}
