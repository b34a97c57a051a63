//! Octets to [`Notification`].

use super::{Fields, Initiator, SessionIdText, UiMode, Version, at, bits};
use crate::auth::Digest;
use crate::notification::{ResyncPolicy, ServerCredentials, Verdict};
use crate::{Error, ErrorKind, Result};

/// A decoded notification, borrowed from its octets. Not to be believed before [`verify`](Notification::verify).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notification<'a> {
    digest: &'a Digest,
    trigger: &'a [u8],
    fields: Fields<'a>,
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
    pub fn decode(message: &'a [u8]) -> Result<Notification<'a>> {
        // Not by nom, which takes 13.6 ns where this takes 9.7: one check of the length for all that is fixed.
        let (head, rest) = message
            .split_first_chunk::<{ at::SERVER_ID }>()
            .ok_or(Error::new(ErrorKind::UnexpectedEnd, message.len()))?;
        let [digest @ .., flags_0, flags_1, future_0, future_1, future_2, session_0, session_1, server_id_length] =
            head;
        let flags = u16::from_be_bytes([*flags_0, *flags_1]);
        let future_use_low = u32::from_be_bytes([0, *future_0, *future_1, *future_2]);
        let session_id = u16::from_be_bytes([*session_0, *session_1]);
        let trigger = message.get(at::TRIGGER..).unwrap_or_default();
        let version = Version::from_raw(flags >> bits::VERSION_SHIFT)
            .ok_or(Error::new(ErrorKind::NotificationVersion, at::TRIGGER))?;
        let (server_id, vendor) = rest
            .split_at_checked(usize::from(*server_id_length))
            .ok_or(Error::new(ErrorKind::NotificationServerId, at::SERVER_ID_LENGTH))?;
        let server_id = core::str::from_utf8(server_id)
            .map_err(|error| Error::new(ErrorKind::InvalidUtf8, at::SERVER_ID.saturating_add(error.valid_up_to())))?;
        let fields = Fields {
            version,
            ui_mode: ui_mode(flags),
            initiator: if flags & bits::SERVER_INITIATED == 0 { Initiator::Client } else { Initiator::Server },
            future_use: u32::from(flags & bits::FUTURE_USE_HIGH) << bits::FUTURE_USE_LOW_SHIFT | future_use_low,
            session_id,
            server_id,
            vendor,
        };
        Ok(Notification { digest, trigger, fields })
    }

    /// Whether the server with these credentials sent this, in constant time (`wire.md` §6.2, §5.5).
    ///
    /// Find the account by [`server_id`](Notification::server_id), let the policy say whether a server that lost its
    /// nonce may be believed, and ignore in silence what is [`Refused`](Verdict::Refused).
    pub fn verify(&self, credentials: &ServerCredentials<'_>, resync: ResyncPolicy) -> Verdict {
        credentials.verify(self.digest, self.fields.server_id, [self.trigger, &[]], resync)
    }

    /// All fields but the digest, to look at together or to encode again.
    #[must_use]
    pub const fn fields(&self) -> Fields<'a> {
        self.fields
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
        self.fields.version
    }

    /// How much of the session the user should notice.
    #[must_use]
    pub const fn ui_mode(&self) -> UiMode {
        self.fields.ui_mode
    }

    /// Who wanted the session.
    #[must_use]
    pub const fn initiator(&self) -> Initiator {
        self.fields.initiator
    }

    /// The 27 bits that should be zero and are ignored.
    #[must_use]
    pub const fn future_use(&self) -> u32 {
        self.fields.future_use
    }

    /// The id that the session is to have. A server that repeats itself uses the same id and wants one session.
    #[must_use]
    pub const fn session_id(&self) -> u16 {
        self.fields.session_id
    }

    /// The session id as `SessionID` spells it.
    #[must_use]
    pub const fn session_id_text(&self) -> SessionIdText {
        SessionIdText(self.fields.session_id)
    }

    /// The server's identifier, which names the account.
    #[must_use]
    pub const fn server_id(&self) -> &'a str {
        self.fields.server_id
    }

    /// Where the vendor's octets begin.
    pub(in crate::notification) const fn vendor_at(&self) -> usize {
        at::SERVER_ID.saturating_add(self.fields.server_id.len())
    }

    /// What follows the server's identifier.
    #[must_use]
    pub const fn vendor(&self) -> &'a [u8] {
        self.fields.vendor
    }
}

fn ui_mode(flags: u16) -> UiMode {
    let [_, low] = (flags >> bits::UI_MODE_SHIFT & bits::UI_MODE).to_be_bytes();
    UiMode::from_raw(low)
}
