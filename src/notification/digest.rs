//! What proves that a notification comes from its server: credentials, and the verdict on a digest.

use core::fmt;

use crate::auth::{A1, Digest, RESYNC_NONCE, ResyncPolicy, a1_digest, digests_match, mac_digest_of};

/// The server's half of an account (SRVCRED): its secret and the nonce that is due.
///
/// Two nonces live in an account; this is the one the server uses towards the client, decoded from base64 (`wire.md`
/// §5.2). Does not print itself.
#[derive(Clone, Copy)]
pub struct ServerCredentials<'a> {
    key: Key<'a>,
    nonce: &'a [u8],
}

#[derive(Clone, Copy)]
enum Key<'a> {
    Secret { name: Option<&'a str>, secret: &'a [u8] },
    Stored(A1),
}

impl<'a> ServerCredentials<'a> {
    /// Credentials from the secret. The name that is hashed with it is the notification's server identifier.
    #[must_use]
    pub const fn new(secret: &'a [u8], nonce: &'a [u8]) -> ServerCredentials<'a> {
        ServerCredentials { key: Key::Secret { name: None, secret }, nonce }
    }

    /// Credentials from the secret, with `name` hashed in place of the server identifier.
    ///
    /// The specification says server identifier; where the account's AAuthName is another text, implementations
    /// differ in which of the two they take (`wire.md` §6.2 and §14.3 no. 4).
    #[must_use]
    pub const fn with_name(name: &'a str, secret: &'a [u8], nonce: &'a [u8]) -> ServerCredentials<'a> {
        ServerCredentials { key: Key::Secret { name: Some(name), secret }, nonce }
    }

    /// Credentials from the stored [`A1`], for who does not keep secrets.
    #[must_use]
    pub const fn from_a1(a1: A1, nonce: &'a [u8]) -> ServerCredentials<'a> {
        ServerCredentials { key: Key::Stored(a1), nonce }
    }

    fn a1(&self, server_id: &str) -> A1 {
        match self.key {
            Key::Secret { name, secret } => a1_digest(name.unwrap_or(server_id).as_bytes(), secret),
            Key::Stored(a1) => a1,
        }
    }

    /// The digest that `server_id` has to send with a trigger, given in two parts.
    pub(super) fn digest(&self, server_id: &str, trigger: [&[u8]; 2]) -> Digest {
        mac_digest_of(&self.a1(server_id), self.nonce, trigger)
    }

    /// Compares `claimed` with the digest it should be.
    pub(super) fn verify(
        &self,
        claimed: &Digest,
        server_id: &str,
        trigger: [&[u8]; 2],
        resync: ResyncPolicy,
    ) -> Verdict {
        let a1 = self.a1(server_id);
        if digests_match(claimed, &mac_digest_of(&a1, self.nonce, trigger)) {
            return Verdict::Verified;
        }
        // Which of the two nonces fitted is no secret: the session that follows shows it.
        if resync == ResyncPolicy::Allow && digests_match(claimed, &mac_digest_of(&a1, &RESYNC_NONCE, trigger)) {
            return Verdict::VerifiedByResyncNonce;
        }
        Verdict::Refused
    }
}

impl fmt::Debug for ServerCredentials<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerCredentials(..)")
    }
}

/// What the digest says about a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use = "a notification that is not verified must be ignored"]
pub enum Verdict {
    /// The server sent it.
    Verified,
    /// The server sent it and has lost the nonce: both sides go on with [`RESYNC_NONCE`], and the session has to give
    /// both of them new nonces (`wire.md` §5.5).
    VerifiedByResyncNonce,
    /// Not from this server, or not for this account. To be ignored without an answer.
    Refused,
}

impl Verdict {
    /// Whether the server sent it, with whichever nonce.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Verdict::Verified | Verdict::VerifiedByResyncNonce)
    }
}
