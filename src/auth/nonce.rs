//! Nonces: octets of any value, and the order in which a verifier tries them.

use super::RESYNC_NONCE;
use crate::error::{Error, ErrorKind, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;
use std::borrow::Cow;

/// A nonce as it is hashed: the decoded octets, any number of them and of any value (`wire.md` §5.2).
///
/// Does not print itself.
///
/// ```
/// use omadm::auth::Nonce;
/// let nonce = Nonce::from_base64("AAECAw==")?;
/// assert_eq!(nonce.octets(), [0, 1, 2, 3]);
/// assert_eq!(nonce.to_base64(), "AAECAw==");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Nonce<'a>(Cow<'a, [u8]>);

impl<'a> Nonce<'a> {
    /// A nonce of these octets.
    #[must_use]
    pub fn new(octets: impl Into<Cow<'a, [u8]>>) -> Nonce<'a> {
        Nonce(octets.into())
    }

    /// The nonce that base64 text stands for. Blanks and missing padding are accepted.
    ///
    /// # Errors
    /// [`InvalidBase64`](ErrorKind::InvalidBase64), at 0.
    pub fn from_base64(text: &str) -> Result<Nonce<'static>> {
        let octets = decode_base64(text.as_bytes()).ok_or(Error::new(ErrorKind::InvalidBase64, 0))?;
        Ok(Nonce(Cow::Owned(octets)))
    }

    /// The octets.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.0
    }

    /// The text that `NextNonce` carries.
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// The same nonce with a copy of its octets.
    #[must_use]
    pub fn into_owned(self) -> Nonce<'static> {
        Nonce(Cow::Owned(self.0.into_owned()))
    }
}

impl fmt::Debug for Nonce<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(..)")
    }
}

/// The nonces that a verifier accepts: the one that is due, and what it falls back to when the peer has lost it.
///
/// ```
/// use omadm::auth::{INTEROPERABLE_FALLBACKS, Nonces};
/// use omadm::auth::ResyncPolicy;
/// let strict = Nonces::new(b"due", ResyncPolicy::Refuse);
/// let resynchronising = Nonces::new(b"due", ResyncPolicy::Allow);
/// let whatever_peers_do = Nonces::with_fallbacks(b"due", INTEROPERABLE_FALLBACKS);
/// # let _ = (strict, resynchronising, whatever_peers_do);
/// ```
#[derive(Clone, Copy)]
pub struct Nonces<'a> {
    due: &'a [u8],
    fallbacks: &'a [&'a [u8]],
}

/// All that peers are known to hash when they resynchronise: four zero octets, as the specification means it, nothing,
/// or the ten characters `0x00000000` (`wire.md` §5.5).
pub const INTEROPERABLE_FALLBACKS: &[&[u8]] = &[&RESYNC_NONCE, b"", b"0x00000000"];

impl<'a> Nonces<'a> {
    /// The nonce that is due, and [`RESYNC_NONCE`] after it where the policy allows that (`wire.md` §5.5).
    #[must_use]
    pub const fn new(due: &'a [u8], resync: ResyncPolicy) -> Nonces<'a> {
        const RESYNC: &[&[u8]] = &[&RESYNC_NONCE];
        let fallbacks: &[&[u8]] = match resync {
            ResyncPolicy::Allow => RESYNC,
            ResyncPolicy::Refuse => &[],
        };
        Nonces { due, fallbacks }
    }

    /// The nonce that is due, and others to be tried after it, in this order.
    ///
    /// Credentials made with a nonce that never changes can be replayed until the secret changes.
    #[must_use]
    pub const fn with_fallbacks(due: &'a [u8], fallbacks: &'a [&'a [u8]]) -> Nonces<'a> {
        Nonces { due, fallbacks }
    }

    /// The first nonce that fits. Which one that is, is no secret: the session that follows shows it.
    pub(super) fn verdict(&self, fits: impl Fn(&[u8]) -> bool) -> CredVerdict {
        if fits(self.due) {
            return CredVerdict::Verified;
        }
        self.fallbacks
            .iter()
            .position(|nonce| fits(nonce))
            .map_or(CredVerdict::Refused, CredVerdict::VerifiedByFallback)
    }
}

impl fmt::Debug for Nonces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonces(..)")
    }
}

/// What a check of credentials or of a MAC says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "what is not verified must be answered with 401 or 407 and not be carried out"]
pub enum CredVerdict {
    /// The peer has the secret and used the nonce that was due.
    Verified,
    /// The peer has the secret and used the fall-back nonce at this place in the list. Both sides go on with it, and the
    /// session has to give both of them new nonces (`wire.md` §5.5).
    VerifiedByFallback(usize),
    /// The credentials are of another scheme than was asked for, or of one that this library does not compute. DM
    /// ends a session whose peer answers a challenge with another scheme (`wire.md` §5.3).
    AnotherScheme,
    /// Wrong secret, wrong nonce, or no credentials at all.
    Refused,
}

impl CredVerdict {
    /// Whether the peer has the secret, with whichever nonce.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, CredVerdict::Verified | CredVerdict::VerifiedByFallback(_))
    }
}

/// Base64 with blanks, and with or without padding.
pub(crate) fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let config = base64::engine::GeneralPurposeConfig::new()
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent);
    let engine = base64::engine::GeneralPurpose::new(&base64::alphabet::STANDARD, config);
    if text.iter().any(u8::is_ascii_whitespace) {
        let text: Vec<u8> = text.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
        return engine.decode(text).ok();
    }
    engine.decode(text).ok()
}

/// What an opaque block with a credential or a nonce stands for: the octets themselves, unless it holds base64 text with its
/// padding, as encoders write that make every text opaque; where `Format` is `bin`, octets are meant (`wire.md` §1.7, §7.10).
pub(crate) fn opaque_octets(octets: &[u8], is_bin: bool) -> Cow<'_, [u8]> {
    let text = Some(octets.trim_ascii()).filter(|text| !is_bin && text.len().is_multiple_of(4));
    text.and_then(decode_base64).map_or(Cow::Borrowed(octets), Cow::Owned)
}

/// Whether a digest that fails with the stored nonce is tried again with [`RESYNC_NONCE`](super::RESYNC_NONCE).
///
/// OMA DM notification 1.2.1 says a client SHOULD try (`wire.md` §5.5). The price is that such a notification never
/// grows stale: who has recorded one can replay it until the server's secret changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResyncPolicy {
    /// Try again with the nonce of four zero octets.
    Allow,
    /// Accept the stored nonce only.
    Refuse,
}
