//! Push carriers: what package #0, and bootstrap documents, arrive in.
//!
//! [`wsp`] is the connectionless WAP push that an SMS carries (OMA DM notification 1.2.1 §6; WAP WSP; `wire.md` §6.3,
//! `notification.md` §5). A decoded push has its header block and body inside the input and every length checked;
//! whether it carries a DM notification is asked separately.
//!
//! ```
//! use omadm::push::wsp::{ContentType, Push};
//!
//! let sms = [
//!     &[0x06, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02][..], // SMS user data header: to port 2948, from 49154
//!     &[0x01, 0x06, 0x03, 0xc4, 0xaf, 0x87],           // WSP: push, content type 0x44, application 0x07
//!     b"package #0",
//! ]
//! .concat();
//! let push = Push::decode(&sms)?;
//! assert_eq!(push.destination_port, Some(2948));
//! assert_eq!(push.content_type, ContentType::NOTIFICATION);
//! assert_eq!(push.notification_payload()?, b"package #0");
//! # Ok::<(), omadm::Error>(())
//! ```

pub mod wsp;
