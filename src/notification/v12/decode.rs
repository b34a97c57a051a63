//! Octets to [`Notification`].

use super::{Fields, Initiator, SessionIdText, UiMode, Version, at, bits};
use crate::auth::Digest;
use crate::notification::{ResyncPolicy, ServerCredentials, Verdict};
use crate::{Error, ErrorKind, Result};
use core::fmt;

/// Octets of the trigger before the server identifier.
const FIXED: usize = at::SERVER_ID - at::TRIGGER;

/// A decoded notification, borrowed from its octets. Not to be believed before [`verify`](Notification::verify).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Notification<'a> {
    digest: &'a Digest,
    /// The fixed octets, the server identifier, the vendor's octets.
    trigger: &'a [u8],
    /// UTF-8: the check is here, the `str` is made for who asks, which no safe code can do without a check of its own.
    server_id: &'a [u8],
    future_use: u32,
    version: Version,
    session_id: u16,
    ui_mode: UiMode,
    initiator: Initiator,
}

impl<'a> Notification<'a> {
    /// Reads a notification; nothing is allocated.
    ///
    /// Tolerant where the field is (`wire.md` §14.1 no. 25, `notification.md` §1.5): any version from 1.0 on, session id
    /// 0, an empty server identifier and bits of future use are accepted and reported as they are.
    ///
    /// # Errors
    ///
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of an input shorter than the fixed fields;
    /// * [`NotificationVersion`](ErrorKind::NotificationVersion) at the version, when it is below 1.0;
    /// * [`NotificationServerId`](ErrorKind::NotificationServerId) at the length that promises too much;
    /// * [`InvalidUtf8`](ErrorKind::InvalidUtf8) at the first octet of the server identifier that is not text.
    #[inline]
    pub fn decode(message: &'a [u8]) -> Result<Notification<'a>> {
        // Not by nom, and with one check of the length for all that is fixed: `benches/compare/notes.md`.
        let (head, _) = message
            .split_first_chunk::<{ at::SERVER_ID }>()
            .ok_or(Error::new(ErrorKind::UnexpectedEnd, message.len()))?;
        let [digest @ .., flags_0, flags_1, future_0, future_1, future_2, session_0, session_1, server_id_length] =
            head;
        let flags = u16::from_be_bytes([*flags_0, *flags_1]);
        let version = Version::from_raw(flags >> bits::VERSION_SHIFT)
            .ok_or(Error::new(ErrorKind::NotificationVersion, at::TRIGGER))?;
        let trigger = message.get(at::TRIGGER..).unwrap_or_default();
        let to_server_id = trigger
            .get(..FIXED.saturating_add(usize::from(*server_id_length)))
            .ok_or(Error::new(ErrorKind::NotificationServerId, at::SERVER_ID_LENGTH))?;
        let server_id = to_server_id.get(FIXED..).unwrap_or_default();
        if !ends_in_ascii(to_server_id, *server_id_length)
            && let Some(offset) = not_text_at(server_id)
        {
            return Err(Error::new(ErrorKind::InvalidUtf8, offset));
        }
        let future_use_low = u32::from_be_bytes([0, *future_0, *future_1, *future_2]);
        Ok(Notification {
            digest,
            trigger,
            server_id,
            future_use: u32::from(flags & bits::FUTURE_USE_HIGH) << bits::FUTURE_USE_LOW_SHIFT | future_use_low,
            version,
            session_id: u16::from_be_bytes([*session_0, *session_1]),
            ui_mode: ui_mode(flags),
            initiator: if flags & bits::SERVER_INITIATED == 0 { Initiator::Client } else { Initiator::Server },
        })
    }

    /// Whether the server with these credentials sent this, in constant time (`wire.md` §6.2, §5.5).
    ///
    /// Find the account by [`server_id`](Notification::server_id), let the policy say whether a server that lost its
    /// nonce may be believed, and ignore in silence what is [`Refused`](Verdict::Refused).
    pub fn verify(&self, credentials: &ServerCredentials<'_>, resync: ResyncPolicy) -> Verdict {
        credentials.verify(self.digest, self.server_id(), [self.trigger, &[]], resync)
    }

    /// All fields but the digest, to look at together or to encode again.
    #[must_use]
    pub const fn fields(&self) -> Fields<'a> {
        Fields {
            version: self.version,
            ui_mode: self.ui_mode,
            initiator: self.initiator,
            future_use: self.future_use,
            session_id: self.session_id,
            server_id: self.server_id(),
            vendor: self.vendor(),
        }
    }

    /// The digest as it was sent.
    #[must_use]
    pub const fn digest(&self) -> &'a Digest {
        self.digest
    }

    /// What the digest covers: everything after it, the vendor's octets included.
    #[must_use]
    pub const fn trigger(&self) -> &'a [u8] {
        self.trigger
    }

    /// Version of the format.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// How much of the session the user should notice.
    #[must_use]
    pub const fn ui_mode(&self) -> UiMode {
        self.ui_mode
    }

    /// Who wanted the session.
    #[must_use]
    pub const fn initiator(&self) -> Initiator {
        self.initiator
    }

    /// The 27 bits that should be zero and are ignored.
    #[must_use]
    pub const fn future_use(&self) -> u32 {
        self.future_use
    }

    /// The id that the session is to have. A server that repeats itself uses the same id and wants one session.
    #[must_use]
    pub const fn session_id(&self) -> u16 {
        self.session_id
    }

    /// The session id as `SessionID` spells it.
    #[must_use]
    pub const fn session_id_text(&self) -> SessionIdText {
        SessionIdText(self.session_id)
    }

    /// The server's identifier, which names the account.
    #[must_use]
    pub const fn server_id(&self) -> &'a str {
        match core::str::from_utf8(self.server_id) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    /// Where the vendor's octets begin.
    pub(in crate::notification) const fn vendor_at(&self) -> usize {
        at::SERVER_ID.saturating_add(self.server_id.len())
    }

    /// What follows the server's identifier.
    #[must_use]
    pub const fn vendor(&self) -> &'a [u8] {
        match self.trigger.split_at_checked(FIXED.saturating_add(self.server_id.len())) {
            Some((_, vendor)) => vendor,
            None => &[],
        }
    }
}

impl fmt::Debug for Notification<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification").field("digest", self.digest).field("fields", &self.fields()).finish()
    }
}

fn ui_mode(flags: u16) -> UiMode {
    let [_, low] = (flags >> bits::UI_MODE_SHIFT & bits::UI_MODE).to_be_bytes();
    UiMode::from_raw(low)
}

/// Whether the last octets, so many, are all ASCII: by eight at a time, of which the last may be some that were seen, or
/// that stand before them. Identifiers are seldom anything else.
fn ends_in_ascii(octets: &[u8], count: u8) -> bool {
    const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
    let Some((_, last)) = octets.split_last_chunk() else { return false };
    let before = !u64::MAX.checked_shl(u32::from(count).saturating_mul(u8::BITS)).unwrap_or(0);
    let (words, _) = octets.get(FIXED..).unwrap_or_default().as_chunks();
    let all = words.iter().fold(u64::from_be_bytes(*last) & before, |all, word| all | u64::from_ne_bytes(*word));
    all & HIGH_BITS == 0
}

/// Where a server identifier stops being UTF-8, if it does.
#[cold]
#[inline(never)]
fn not_text_at(server_id: &[u8]) -> Option<usize> {
    let error = core::str::from_utf8(server_id).err()?;
    Some(at::SERVER_ID.saturating_add(error.valid_up_to()))
}
