//! Package #0 of DM 1.1 and 1.2 (OMA DM notification 1.2.1 §6.2; `wire.md` §6.1).
//!
//! ```text
//! octets  bits  field
//!  0-15    128  digest, raw
//! 16-17     10  version of this format, times ten
//!            2  user interaction mode
//!            1  initiator
//!    -20    27  future use
//! 21-22     16  session id
//!    23      8  length of the server identifier
//! 24-        n  server identifier
//!               vendor's octets, to the end
//! ```
//!
//! Numbers are big-endian. The *trigger*, which the digest covers, is everything from octet 16 on. A server alerted
//! notification of data synchronisation has the same header and digest, with version 1.2 and its own body in the
//! vendor's place.
//!
//! [`Notification`] is the decoded form, [`Fields`] the one to fill in and encode; each turns into the other.

mod decode;
mod encode;
mod fields;

pub use decode::Notification;
pub use fields::{Fields, Initiator, SessionIdText, UiMode, Version};

/// Where things stand, in octets from the start of the notification.
mod at {
    /// The trigger, which begins with the version.
    pub(super) const TRIGGER: usize = 16;
    /// The octet with the last of the version, both flags and the first of future use.
    pub(super) const FLAGS: usize = 17;
    pub(super) const SESSION_ID: usize = 21;
    pub(super) const SERVER_ID_LENGTH: usize = 23;
    pub(super) const SERVER_ID: usize = 24;
}

/// The sixteen bits of octets 16 and 17, and the three of them that begin future use.
mod bits {
    pub(super) const VERSION_SHIFT: u32 = 6;
    pub(super) const UI_MODE_SHIFT: u32 = 4;
    pub(super) const UI_MODE: u16 = 0b11;
    pub(super) const SERVER_INITIATED: u16 = 0b1000;
    pub(super) const FUTURE_USE_HIGH: u16 = 0b111;
    /// Bits of future use that follow in octets of their own.
    pub(super) const FUTURE_USE_LOW_SHIFT: u32 = 24;
    /// The largest future use: 27 bits.
    pub(super) const FUTURE_USE_MAX: u32 = (1 << 27) - 1;
}
