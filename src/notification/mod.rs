//! Package #0: the notification with which a server asks a device to open a session.
//!
//! A few dozen octets, usually inside a WAP push in one SMS: a digest that proves who sent it, a header of bit fields,
//! the server's identifier, and room for the vendor. Take it out of its carrier with [`push`](crate::push) first; the
//! carrier's [`MediaType`] says which of three formats it is:
//!
//! * [`v12`], of DM 1.1 and 1.2, which a DM 1.3 client has to understand as well, and which everything without a type
//!   is taken for (OMA DM notification 1.2.1 §6; `wire.md` §6, `notification.md` §1);
//! * [`v13`], of DM 1.3. *Provisional:* its bits are not public, so that a layout has to be named;
//! * [`ds`], of data synchronisation: read only.
//!
//! [`Notification`] is one view of all three. A decoded one has every field inside its bounds and a server identifier
//! that is UTF-8, borrowed from the input; nothing was allocated. It is *not* authentic: only
//! [`verify`](Notification::verify) tells whether the server sent it, and a client must ignore, in silence, what does
//! not verify. What a session is begun from, and what the user is told or asked, a [`Verified`] one says. [`hints`] are
//! what a server can ask beyond the header: *provisional*.
//!
//! ```
//! use omadm::notification::v12::{Fields, UiMode};
//! use omadm::notification::{MediaType, Notification, ResyncPolicy, ServerCredentials};
//!
//! let nonce: [u8; 16] = core::array::from_fn(|i| i as u8);
//! let credentials = ServerCredentials::new(b"srvsecret", &nonce);
//!
//! // A server asks for session 1A, in the background (`wire.md` §13.5, G-P0a).
//! let fields = Fields { ui_mode: UiMode::Background, ..Fields::new(0x001A, "dm.example.com") };
//! let message = fields.encode(&credentials)?;
//! assert_eq!(message[..4], [0x8d, 0x24, 0xb9, 0xe1]);
//! assert_eq!(message[16..24], [0x02, 0xd8, 0, 0, 0, 0x00, 0x1a, 14]);
//!
//! // The device reads it, and believes it only because it verifies.
//! let notification = Notification::decode(&message, MediaType::Dm12, None)?;
//! assert_eq!(notification.server_id(), "dm.example.com");
//! let notification = notification.verify(&credentials, ResyncPolicy::Allow).expect("the server's digest");
//! assert!(!notification.by_resync_nonce() && !notification.is_expired(1_798_000_000));
//! assert_eq!(notification.version(), 11);
//! assert_eq!(notification.session_id_text().to_string(), "1A");
//! # Ok::<(), omadm::Error>(())
//! ```

mod any;
mod codes;
mod digest;
pub mod ds;
mod expiry;
pub mod hints;
mod media_type;
mod mo_table;
mod session_hints;
pub mod v12;
pub mod v13;

pub use crate::auth::ResyncPolicy;
pub use crate::expires::Expires;
pub use any::{Form, Notification, Prompt, Refused, Unverified, Verified};
pub use codes::Bearer;
pub use digest::{ServerCredentials, Verdict};
pub use expiry::Expiry;
pub use media_type::MediaType;
pub use mo_table::MoTable;
pub use session_hints::SessionHints;
pub use v12::{Initiator, SessionIdText, UiMode};
