//! OMA Device Management: everything that DM 1.2 and 1.3 put on the wire, and the management tree it talks about.
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
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod detect;
mod error;
mod limits;
pub mod markup;
pub mod notification;
pub mod push;
pub mod query;
pub mod syncml;
mod text;
pub mod tnds;
pub mod tree;
pub mod vocabulary;

pub use detect::{Kind, detect};
pub use error::{Error, ErrorKind, Result};
pub use limits::Limits;
