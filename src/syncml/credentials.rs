//! Credentials and challenges of a message, understood and checked (`wire.md` §5).

use super::metinf::octets_of;
use super::{Chal, Cred, NewCred, NewData, NewMeta, StatusCode};
use crate::auth::{A1, CredData, CredVerdict, Digest, Nonce, Nonces, Scheme, verify_basic, verify_md5};
use crate::error::Result;
use crate::tree::Format;
use std::borrow::Cow;

impl<'m> Cred<'m> {
    /// The scheme: `Meta/Type`, and basic when there is none.
    #[must_use]
    pub fn scheme(&self) -> Scheme<'m> {
        let name = self.meta().and_then(|meta| meta.media_type()).filter(|name| !name.is_empty());
        name.map_or(Scheme::Basic, Scheme::from_name)
    }

    /// Checks the credentials against what is stored of the peer.
    ///
    /// `scheme` is the one that was asked for: only [`Scheme::Basic`] and [`Scheme::Md5`] can be checked here, as
    /// [`Scheme::Mac`] never stands in a message (see [`HmacHeader`](crate::auth::HmacHeader)) and the others need their own
    /// servers. `nonces` do not matter to basic. Whose secret `a1` has to be made of is said by `Source` of the header:
    /// `LocName`, or `LocURI`, or the name inside basic itself ([`basic_name`](Cred::basic_name)).
    ///
    /// Raw octets in an opaque block, which RepPro has in WBXML, are taken as well as base64, which DM wants there too
    /// (`wire.md` §14.1 no. 11). The check takes the same time wherever the difference is.
    ///
    /// ```
    /// use omadm::auth::{CredVerdict, Nonces, Scheme, a1_digest};
    /// use omadm::{notification::ResyncPolicy, syncml::Message};
    /// # let body = include_bytes!("../../tests/data/package1.syncml.xml");
    /// let message = Message::decode(body)?;
    /// let stored = a1_digest(b"dev1", b"secret");
    /// let due: Vec<u8> = (0..16).collect();
    /// let cred = message.header().cred().unwrap();
    /// let verdict = cred.verify(Scheme::Md5, &stored, &Nonces::new(&due, ResyncPolicy::Refuse));
    /// assert_eq!(verdict, CredVerdict::Verified);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    pub fn verify(&self, scheme: Scheme<'_>, a1: &A1, nonces: &Nonces<'_>) -> CredVerdict {
        if self.scheme() != scheme {
            return CredVerdict::AnotherScheme;
        }
        match (scheme, self.claimed()) {
            (Scheme::Basic, Some(claimed)) => verify_basic(&claimed, a1),
            (Scheme::Md5, Some(claimed)) => match claimed.as_ref().try_into() {
                Ok(digest) => verify_md5(digest, a1, nonces),
                Err(_) => CredVerdict::Refused,
            },
            (Scheme::Basic | Scheme::Md5, None) => CredVerdict::Refused,
            _ => CredVerdict::AnotherScheme,
        }
    }

    /// The octets of the credentials.
    fn claimed(&self) -> Option<Cow<'m, [u8]>> {
        let data = self.data()?;
        // Sixteen octets may happen to be base64 text, but there is no digest of twelve.
        let is_digest = self.scheme() == Scheme::Md5 && data.bytes().len() == size_of::<Digest>();
        let is_bin = is_digest || self.meta().and_then(|meta| meta.known_format()) == Some(Format::Bin);
        octets_of(&data, is_bin).ok()
    }

    /// The name in credentials of scheme basic: what stands before the first colon. Not verified.
    #[must_use]
    pub fn basic_name(&self) -> Option<String> {
        if self.scheme() != Scheme::Basic {
            return None;
        }
        let octets = self.claimed()?;
        let end = octets.iter().position(|octet| *octet == b':')?;
        String::from_utf8(octets.get(..end)?.to_vec()).ok()
    }
}

impl<'m> Chal<'m> {
    /// The scheme that the peer wants: `Meta/Type`.
    #[must_use]
    pub fn scheme(&self) -> Scheme<'m> {
        let name = self.meta().media_type().filter(|name| !name.is_empty());
        name.map_or(Scheme::Basic, Scheme::from_name)
    }

    /// The nonce to be used next, decoded: see [`Meta::nonce`](super::Meta::nonce). It is kept only when the peer has
    /// authenticated itself (`wire.md` §5.3).
    ///
    /// # Errors
    /// As [`Meta::nonce`](super::Meta::nonce).
    pub fn next_nonce(&self) -> Result<Option<Nonce<'m>>> {
        self.meta().nonce()
    }
}

/// `Cred` to send.
impl<'x> From<&'x CredData> for NewCred<'x> {
    fn from(cred: &'x CredData) -> NewCred<'x> {
        let meta = NewMeta::of(CredData::FORMAT, cred.scheme().name());
        NewCred { meta, data: NewData::Text(cred.as_str()) }
    }
}

impl<'x> NewMeta<'x> {
    /// `Chal` to send: the scheme that is wanted, and the next nonce as base64, see
    /// [`Nonce::to_base64`](crate::auth::Nonce::to_base64). 401 and 407 need one.
    #[must_use]
    pub fn challenge(scheme: Scheme<'x>, next_nonce: &'x str) -> NewMeta<'x> {
        NewMeta { next_nonce: Some(NewData::Text(next_nonce)), ..NewMeta::of(CredData::FORMAT, scheme.name()) }
    }
}

/// What the status of a header says about the sender's credentials.
///
/// ```
/// use omadm::syncml::{AuthOutcome, StatusCode};
/// assert_eq!(AuthOutcome::from_status(StatusCode(212)), Some(AuthOutcome::ForSession));
/// assert_eq!(AuthOutcome::from_status(StatusCode(500)), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum AuthOutcome {
    /// 212: authenticated for the rest of the session; a nonce in the challenge is for the next session.
    ForSession,
    /// 200: authenticated for this message only; the next one needs credentials again, with the nonce of the challenge
    /// if there is one. The only good answer to a MAC.
    ForMessage,
    /// 407: there were no credentials. To be sent again with some.
    Missing,
    /// 401: the secret or the nonce was wrong. To be tried once more with the nonce of the challenge.
    Refused,
}

impl AuthOutcome {
    /// What this status of `SyncHdr` says (`wire.md` §5.3); `None` for those that say nothing about credentials.
    #[must_use]
    pub const fn from_status(status: StatusCode) -> Option<AuthOutcome> {
        match status.0 {
            212 => Some(AuthOutcome::ForSession),
            200 => Some(AuthOutcome::ForMessage),
            407 => Some(AuthOutcome::Missing),
            401 => Some(AuthOutcome::Refused),
            _ => None,
        }
    }

    /// The status that says it.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        StatusCode(match self {
            AuthOutcome::ForSession => 212,
            AuthOutcome::ForMessage => 200,
            AuthOutcome::Missing => 407,
            AuthOutcome::Refused => 401,
        })
    }

    /// Whether the message has to carry a challenge: 401 and 407 must.
    #[must_use]
    pub const fn needs_challenge(self) -> bool {
        matches!(self, AuthOutcome::Missing | AuthOutcome::Refused)
    }
}
