//! Package #0 of DM 1.3. *Provisional: the bits are not from a public OMA text.*
//!
//! Established (`notification.md` §3.2): a header of fixed size that tells how many options follow; options by
//! ascending 4-bit number, each with type, length and value; a digest; big-endian; media type
//! `application/vnd.syncml.dm.notification`, WSP code 0x58; and six options:
//!
//! | no. | option | octets | occurs |
//! |---|---|---|---|
//! | 1 | Server-ID | 1–256, text | 1 |
//! | 2 | Targeted-MO | 1–2, number | any |
//! | 3 | Requested-MO | 1–2, number | any |
//! | 4 | Preferred-Bearer | 1, number | any |
//! | 5 | Connect-Reason | 1–4095, text | 0..1 |
//! | 6 | Vendor-Info | 1–4095, text | 0..1 |
//!
//! Which bits of the header are which, how long the length of an option is and where the digest stands, no public text
//! says. That is therefore data: a [`Layout`], which decoding and encoding have to be given. [`Layout::RECONSTRUCTED`]
//! is this project's guess (`provisional.md` §2): two parties that both use it understand each other, and nobody else
//! is promised anything. When the text is read, its layout is a value too.
//!
//! Numbers in options 2 and 3 are indices of OMNA's registry of management objects:
//! [`MoTable`](crate::notification::MoTable).
//!
//! After a successful decode there is exactly one Server-ID, every option is inside its bounds and in its place, and
//! texts are UTF-8; nothing was allocated. Options of other numbers are kept as they are.
//!
//! ```
//! use omadm::notification::v13::{Fields, Layout, Notification, NotificationOption};
//! use omadm::notification::{ResyncPolicy, ServerCredentials, UiMode, Verdict};
//!
//! let credentials = ServerCredentials::new(b"srvsecret", b"nonce");
//! let options = [
//!     NotificationOption::ServerId("dm.example.com"),
//!     NotificationOption::RequestedMo(0x0036),
//!     NotificationOption::ConnectReason("Browser settings update"),
//! ];
//! let layout = Layout::RECONSTRUCTED;
//! let fields = Fields { ui_mode: UiMode::UserInteraction, ..Fields::new(&layout, 0x001A, &options) };
//! let message = fields.encode(&layout, &credentials)?;
//! assert_eq!(message[..7], [0x03, 0x78, 0x00, 0x1a, 3, 0x10, 14]);
//!
//! let notification = Notification::decode(&message, &layout)?;
//! assert_eq!(notification.server_id(), "dm.example.com");
//! assert!(notification.options().eq(options));
//! assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified);
//! # Ok::<(), omadm::Error>(())
//! ```

mod bits;
mod decode;
mod encode;
mod layout;
mod option;
mod reconstructed;

pub use decode::Notification;
pub use encode::Fields;
pub use layout::{DigestCovers, DigestPlace, HeaderField, Layout, Parts};
pub use option::{NotificationOption, Options};

/// Octets of the digest.
const DIGEST: usize = 16;
