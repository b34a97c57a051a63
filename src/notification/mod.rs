//! Package #0: the notification with which a server asks a device to open a session.
//!
//! A few dozen octets, usually inside a WAP push in one SMS: a digest that proves who sent it, a header of bit fields,
//! the server's identifier, and room for the vendor. [`v12`] is the format of DM 1.1 and 1.2, which a DM 1.3 client
//! has to understand as well (OMA DM notification 1.2.1 §6; `wire.md` §6, `notification.md` §1). Take it out of its
//! carrier with [`push`](crate::push) first.
//!
//! A decoded notification has every field inside its bounds and a server identifier that is UTF-8, borrowed from the
//! input; nothing was allocated. It is *not* authentic: only [`verify`](v12::Notification::verify) tells whether the
//! server sent it, and a client must ignore, in silence, what does not verify.
//!
//! ```
//! use omadm::notification::v12::{Fields, Notification, UiMode};
//! use omadm::notification::{ResyncPolicy, ServerCredentials, Verdict};
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
//! let notification = Notification::decode(&message)?;
//! assert_eq!(notification.verify(&credentials, ResyncPolicy::Allow), Verdict::Verified);
//! assert_eq!(notification.server_id(), "dm.example.com");
//! assert_eq!(notification.version().to_string(), "1.1");
//! assert_eq!(notification.session_id_text().to_string(), "1A");
//! # Ok::<(), omadm::Error>(())
//! ```

mod codes;
mod digest;
pub mod hints;
mod mo_table;
pub mod v12;
pub mod v13;

pub use crate::auth::ResyncPolicy;
pub use codes::Bearer;
pub use digest::{ServerCredentials, Verdict};
pub use mo_table::MoTable;
pub use v12::{Initiator, SessionIdText, UiMode};
