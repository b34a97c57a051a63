//! OMA Device Management: everything that DM 1.2 puts on the wire, and the management tree it talks about.
//!
//! A server wakes a device with a small binary [`notification`] (package #0), which a [`push`] brings. Then both exchange
//! [`syncml`] messages, in XML or in its binary form WBXML, that read and change a management [`tree`] on the device.
//! Trees travel as [`tnds`] documents. A message flows through this crate in that order:
//!
//! ```text
//! octets ── notification, push
//!    └───── markup (vocabulary) ── syncml ── tnds ── tree ── query
//!                              └── ddf, provisioning, devinf
//! ```
//!
//! [`detect`] tells what some octets are. [`markup`] reads both encodings into one stream of events, so that no grammar above it
//! knows which it was; [`convert`] turns one into the other. Everything borrows from the input where it can; `into_owned()` copies.
//!
//! ```
//! use omadm::{syncml::Message, tnds};
//!
//! # let body = include_bytes!("../tests/data/results-e1.syncml.wbxml");
//! let message = Message::decode(body)?; // XML or WBXML
//! for found in tnds::in_message(&message, &Default::default()) {
//!     let (_item, tree) = found?;
//!     let uris: Vec<String> = tree.find_mo("urn:oma:mo:oma-fumo:1.0").map(|node| node.uri().to_string()).collect();
//!     assert_eq!(uris, ["./FUMO/modem", "./FUMO/system"]);
//! }
//! # Ok::<(), omadm::Error>(())
//! ```
//!
//! # Input is hostile
//!
//! Nothing here panics, recurses or grows without limit because of what it reads: [`Limits`] are part of
//! [`Options`](markup::Options) and on by default. An [`Error`] says what is wrong, at which octet, and, when
//! [asked](Error::locate), at which line, column and element.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

pub mod auth;
#[cfg(feature = "capi")]
pub mod capi;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod convert;
pub mod ddf;
mod detect;
pub mod devinf;
mod error;
mod expires;
mod limits;
pub mod markup;
pub mod notification;
pub mod provisioning;
pub mod push;
pub mod query;
mod redact;
pub mod session;
pub mod syncml;
mod text;
pub mod tnds;
pub mod tree;
pub mod vocabulary;

pub use detect::{Kind, detect};
pub use error::{Error, ErrorKind, Result};
pub use limits::Limits;
