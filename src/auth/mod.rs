//! Authentication: the MD5 family of OMA DM.
//!
//! Credentials in a message, the MAC over a message and the digest of package #0 are one construction over the same
//! stored value `A1 = MD5(name ":" secret)` (OMA DM security 1.2.1, OMA DM notification 1.2.1 §6.2; `wire.md` §5.2).
//! With `b64` for base64 with padding, and octets simply joined:
//!
//! ```text
//! basic                  b64(name ":" secret)
//! md5                    MD5(b64(A1) ":" nonce)
//! MAC and package #0     MD5(b64(A1) ":" nonce ":" b64(MD5(body)))
//! ```
//!
//! Names, secrets, nonces and bodies are octets and may hold any value, zero and `:` included. A nonce is always the
//! *decoded* octet string, never its base64 text. The formulas do not allocate, except [`basic`].
//!
//! The protocol prescribes MD5, which is broken as a hash: use these schemes below TLS, with secrets and nonces of at
//! least 128 random bits (`wire.md` §5.3).
//!
//! Beside the formulas stand what carries them: [`CredData`] for `Cred`, [`HmacHeader`] for the transport's header, and
//! [`Nonces`], the order in which a verifier tries nonces. [`Cred`](crate::syncml::Cred) and [`Chal`](crate::syncml::Chal)
//! of a message know which of them they are.
//!
//! ```
//! use omadm::auth;
//! // The worked example of OMA DM security 1.2.1 (`wire.md` §13.4, S2).
//! let a1 = auth::a1_digest(b"Bruce2", b"OhBehave");
//! let digest = auth::md5_digest(&a1, b"Nonce");
//! assert_eq!(auth::digest_text(&digest).as_str(), "Zz6EivR3yeaaENcRN6lpAQ==");
//! ```

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use subtle::ConstantTimeEq;

mod credentials;
mod header;
mod nonce;
mod scheme;
#[cfg(test)]
mod tests;

pub use credentials::{CredData, verify_basic, verify_md5};
pub use header::HmacHeader;
pub use nonce::{CredVerdict, INTEROPERABLE_FALLBACKS, Nonce, Nonces, ResyncPolicy};
pub(crate) use nonce::{decode_base64, opaque_octets};
pub use scheme::Scheme;

/// The raw octets of an MD5 digest.
pub type Digest = [u8; 16];

/// The nonce that both sides fall back to when theirs have drifted apart: the "0x00000000" of OMA DM notification
/// 1.2.1 is four zero octets, base64 `AAAAAA==` (`wire.md` §5.5 and §14.1 no. 26).
pub const RESYNC_NONCE: [u8; 4] = [0; 4];

/// `MD5(name ":" secret)`: all that a verifier needs to store.
///
/// Whoever has it can build credentials, so it is kept like the secret itself: it does not print itself and is
/// compared in constant time.
#[derive(Clone, Copy)]
pub struct A1(Digest);

impl A1 {
    /// A stored value.
    #[must_use]
    pub const fn from_octets(octets: Digest) -> A1 {
        A1(octets)
    }

    /// The value to store.
    #[must_use]
    pub const fn octets(&self) -> &Digest {
        &self.0
    }
}

impl PartialEq for A1 {
    fn eq(&self, other: &A1) -> bool {
        digests_match(&self.0, &other.0)
    }
}

impl Eq for A1 {}

impl fmt::Debug for A1 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A1(..)")
    }
}

/// `MD5(name ":" secret)`, the part of every formula that does not change (`wire.md` §5.2).
#[must_use]
pub fn a1_digest(name: &[u8], secret: &[u8]) -> A1 {
    A1(Md5::new().chain_update(name).chain_update(b":").chain_update(secret).finalize().into())
}

/// The credentials of scheme `syncml:auth-md5`: `MD5(b64(A1) ":" nonce)` (OMA DM security 1.2.1; `wire.md` §5.2).
/// `Cred/Data` carries it as base64, see [`digest_text`].
#[must_use]
pub fn md5_digest(a1: &A1, nonce: &[u8]) -> Digest {
    keyed(a1, nonce).finalize().into()
}

/// The value of scheme `syncml:auth-MAC`: `MD5(b64(A1) ":" nonce ":" b64(MD5(body)))`, where `body` is the complete
/// message as sent (`wire.md` §5.2, §5.4). Whatever its name says, this is not the HMAC of RFC 2104.
#[must_use]
pub fn mac_digest(a1: &A1, nonce: &[u8], body: &[u8]) -> Digest {
    mac_digest_of(a1, nonce, [body, &[]])
}

/// [`mac_digest`] over a body in two parts.
pub(crate) fn mac_digest_of(a1: &A1, nonce: &[u8], [first, second]: [&[u8]; 2]) -> Digest {
    let body = digest_text(&Md5::new().chain_update(first).chain_update(second).finalize().into());
    keyed(a1, nonce).chain_update(b":").chain_update(body.0).finalize().into()
}

/// The digest of package #0: the formula of [`mac_digest`] over the trigger, which is everything that follows the
/// digest in the notification (OMA DM notification 1.2.1 §6.2; `wire.md` §6.2). In `a1`, the name is the server's.
#[must_use]
pub fn notification_digest(a1: &A1, nonce: &[u8], trigger: &[u8]) -> Digest {
    mac_digest(a1, nonce, trigger)
}

/// `Cred/Data` of scheme `syncml:auth-basic`: `b64(name ":" secret)` (`wire.md` §5.2). The result is the secret in
/// all but name.
#[must_use]
pub fn basic(name: &[u8], secret: &[u8]) -> String {
    STANDARD.encode([name, b":", secret].concat())
}

/// Whether two digests are equal, in a time that does not depend on where they differ.
#[must_use]
pub fn digests_match(left: &Digest, right: &Digest) -> bool {
    left.ct_eq(right).into()
}

/// `b64(A1) ":" nonce`, hashed so far.
fn keyed(a1: &A1, nonce: &[u8]) -> Md5 {
    Md5::new().chain_update(digest_text(&a1.0).0).chain_update(b":").chain_update(nonce)
}

/// Characters of a digest in base64, padding included.
const TEXT_LEN: usize = 24;

/// A digest as base64 text, made by [`digest_text`]. Compared in constant time.
#[derive(Clone, Copy)]
pub struct DigestText([u8; TEXT_LEN]);

impl DigestText {
    /// The 24 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Base64 is ASCII, so the default is never taken.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl PartialEq for DigestText {
    fn eq(&self, other: &DigestText) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for DigestText {}

impl fmt::Display for DigestText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Not derived: the text of an [`A1`] passes through this type too.
impl fmt::Debug for DigestText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DigestText(..)")
    }
}

/// The base64 text of a digest, as `Cred/Data` and the header `x-syncml-hmac` carry it, without allocating.
#[must_use]
pub fn digest_text(digest: &Digest) -> DigestText {
    let mut text = [0; TEXT_LEN];
    // The only error is a buffer too small, and 16 octets always make 24 characters.
    let written = STANDARD.encode_slice(digest, &mut text);
    debug_assert_eq!(written, Ok(TEXT_LEN));
    DigestText(text)
}
