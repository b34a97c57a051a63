//! Push carriers: what package #0, and bootstrap documents, arrive in.
//!
//! | carrier | module | from |
//! |---|---|---|
//! | connectionless WSP push, as in a datagram to port 2948 | [`wsp`] | WAP-230-WSP; OMA DM notification 1.2.1 §6 |
//! | SMS, in one segment or several | [`sms`] | 3GPP TS 23.040 §9.2.3.24 |
//! | CDMA WDP, in one segment or several | [`cdma`] | `notification.md` §5.3 |
//! | HTTP push | [`http`] | `notification.md` §5.4; *provisional*: `provisional.md` §3.2 |
//! | SIP MESSAGE | [`sip`] | RFC 3428; `notification.md` §5.5; *provisional*: `provisional.md` §3.2 |
//! | PAP, to a push proxy | [`pap`] | WAP-247-PAP; `notification.md` §5.4 |
//!
//! [`Push::decode`](wsp::Push::decode) takes the first three alike; [`Joiner`] puts segments together before. Whether a
//! push carries a notification, and for the application that such are for, is asked of the decoded carrier: `payload()`
//! hands out a [`Payload`], whose body is borrowed and whose content type picks the format.
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
//! assert_eq!(push.payload()?.body, b"package #0");
//! # Ok::<(), omadm::Error>(())
//! ```

mod application_id;
pub mod cdma;
mod content_type;
pub mod http;
mod join;
pub mod pap;
mod payload;
pub mod sip;
pub mod sms;
mod text;
pub mod wsp;

pub use crate::expires::Expires;
pub use application_id::ApplicationId;
pub use content_type::ContentType;
pub use join::{Incomplete, Joiner};
pub use payload::Payload;
pub use text::{Entity, Header, Headers};
