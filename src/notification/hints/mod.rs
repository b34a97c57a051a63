//! Session hints: what a server wishes of the session that it asks for, beyond what package #0 has fields for.
//! *Provisional: this project's own format, not an OMA text's.*
//!
//! A small list of typed values: when the notification expires, why the session is wanted, by which transport, bearer
//! and authentication, what device details and objects should come with package #1. It travels in the vendor's octets
//! of a DM 1.2 notification, and as text in the option Vendor-Info of a DM 1.3 one; the digest covers it. A client that
//! does not know it ignores it, as it ignores anything there. The page `docs/session-hints.md` describes the format to
//! implement from; its source is `provisional.md` §1.
//!
//! [`Block::find`] and [`Block::find_in_text`] recognise hints and read them. What is not recognised is somebody
//! else's, and no error. What is recognised and broken is an error of the hints alone: the notification stays what it
//! is, and all hints count as absent. [`Hints::encode`] and [`Hints::encode_text`] write the one form that each list of
//! hints has.
//!
//! Hints are wishes. Act upon them only when the notification is verified, which
//! [`Notification::hints`](crate::notification::Notification::hints) sees to, and never to weaken security: BASIC and
//! HTTP-BASIC are followed only over TLS, and nothing is that the account's policy excludes.
//!
//! ```
//! use omadm::notification::hints::{AuthType, Block, Hints, Reason};
//!
//! let hints = Hints {
//!     expires: Some(1_798_761_599), // 2026-12-31T23:59:59Z
//!     reason: Some(Reason::new("Browser settings update")),
//!     auth: vec![AuthType::Hmac, AuthType::Digest],
//!     ..Hints::default()
//! };
//! let block = hints.encode()?;
//! assert_eq!(block[..5], [0xd6, 0x48, 36, 0xa1, 0x01]);
//!
//! // What follows the block is the vendor's own.
//! let vendor = [&block[..], b"more"].concat();
//! let found = Block::find(&vendor)?.expect("these are hints");
//! assert_eq!((found.hints, found.rest), (hints, &b"more"[..]));
//! assert_eq!(Block::find(b"1010101")?, None, "somebody else's");
//! # Ok::<(), omadm::Error>(())
//! ```

mod block;
mod codes;
mod decode;
mod encode;
mod types;

pub use block::Block;
pub use types::{AuthType, DevDetail, Hints, Reason, Transport, UnknownHint};
