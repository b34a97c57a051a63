//! When a notification expires: what its server says and what its carrier says (`provisional.md` §1.4, §3.1).
//! *Provisional.*

use super::{Expires, Notification, Verified};

/// Whether a notification has expired. *Provisional* as what it is told from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expiry {
    /// It has not, or never does.
    Valid,
    /// It has: no session, and nothing is shown.
    Expired,
    /// It does at some time, and the client has no clock, or nobody says at which. It counts as valid.
    Unknown,
}

/// What carriers have said of the expiry.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CarrierExpiry {
    /// The earliest; never unknown.
    known: Expires,
    /// Whether one said that it expires, and nobody when.
    is_unknown: bool,
}

impl CarrierExpiry {
    const fn unknown(self) -> Expires {
        if self.is_unknown { Expires::Unknown } else { Expires::Never }
    }
}

impl Notification<'_, Verified> {
    /// When it expires: the earlier of what the server and the carrier say. *Provisional:* session hints say the one, and
    /// that a header of a carrier says the other no public text has (`provisional.md` §1.4, §3.1).
    #[must_use]
    pub fn expires(&self) -> Expires {
        let hint = self.hints().hints.expires.map(u64::from);
        self.carrier.known.earlier(hint.into()).earlier(self.carrier.unknown())
    }

    /// Whether it has expired at `now`, in seconds since 1970-01-01 UTC. Then there is no session, and nothing is
    /// shown. *Provisional* as [`expires`](Notification::expires).
    #[must_use]
    pub fn is_expired(&self, now: u64) -> bool {
        self.expiry(Some(now), 0) == Expiry::Expired
    }

    /// Whether it has expired, for a client that has no clock, or one that may be `skew` seconds wrong. *Provisional* as
    /// [`expires`](Notification::expires).
    #[must_use]
    pub fn expiry(&self, now: Option<u64>, skew: u64) -> Expiry {
        match (self.expires(), now) {
            (Expires::Never, _) => Expiry::Valid,
            (Expires::Passed, _) => Expiry::Expired,
            (Expires::At(at), Some(now)) if now > at.saturating_add(skew) => Expiry::Expired,
            (Expires::At(_), None) | (Expires::Unknown, _) => Expiry::Unknown,
            (Expires::At(_), Some(_)) if self.carrier.is_unknown => Expiry::Unknown,
            (Expires::At(_), Some(_)) => Expiry::Valid,
        }
    }
}

impl<'a, State> Notification<'a, State> {
    /// The same with the expiry that its carrier names. It can shorten the life of a notification and never lengthen it:
    /// no digest covers it. *Provisional* (`provisional.md` §3.1).
    #[must_use]
    pub fn with_carrier_expiry(mut self, expires: Expires) -> Notification<'a, State> {
        match expires {
            Expires::Unknown => self.carrier.is_unknown = true,
            _ => self.carrier.known = self.carrier.known.earlier(expires),
        }
        self
    }
}
