//! The C ABI: everything that a client needs, for C and for whoever calls C.
//!
//! `include/omadm.h` is made of this folder by `make header` and says the same in C; `docs/c-api.md` tells the conventions. There is no logic here:
//! a function checks what C gave it, calls the library, and hands the outcome back.
//!
//! # What every function does
//!
//! It returns an [`omadm_rc`]: `OMADM_OK` or a number of [`omadm_code`]. On anything but `OMADM_OK` its outputs are untouched; what was wrong
//! goes to an [`omadm_error`] that the caller may hand in. A panic ends here as `OMADM_E_PANIC` (`entry::enter`).
//!
//! # What the functions rely on
//!
//! This is what every `SAFETY` comment in this folder calls *the contract*, and what `omadm.h` asks of its reader:
//!
//! 1. A pointer is NULL or points to what its type says, as many of it as its length says. NULL, a length that cannot be, a pointer that is
//!    not aligned and a `struct_size` that no version has are noticed and refused.
//! 2. A handle came from this library and was not freed. Other memory and freed handles are noticed by their mark, by chance only.
//! 3. What is read does not change during a call, and what is written is used by nobody else during it. Outputs do not overlap each other,
//!    nor what is read.
//! 4. What was handed over with `OMADM_BORROW` stays as it is as long as the handle, and all that shares it, lives; with `OMADM_ADOPT`, until
//!    it is released.
//! 5. Callbacks return: they do not unwind, nor jump out.
//!
//! The only place where a lifetime is erased is `owner`.
#![allow(unsafe_code, non_camel_case_types)]
// What says itself, such as `len`, needs no sentence in the header; a test sees to it that every function has one.
#![allow(missing_docs)]
// The contract is the same for all and stands above; the comments of functions become those of the C header.
#![allow(clippy::missing_safety_doc)]

mod acl;
mod alert;
mod arrow;
mod auth;
mod buffer;
mod builder;
mod check;
mod codes;
mod columns;
mod command;
mod convert;
mod data;
mod diff;
mod edit;
mod encode;
mod entry;
mod error;
mod frame;
mod graft;
mod handle;
mod hints;
#[cfg(omadm_test_hooks)]
mod hooks;
mod input;
mod large;
mod lent;
mod message;
mod names;
mod new_command;
mod notification;
mod owner;
mod package;
mod pickle;
mod property;
mod provisional;
mod provisioning;
mod push;
mod push_build;
mod query;
mod reader;
mod rows;
mod schema;
mod search;
mod sms;
mod tables;
mod text;
mod tnds;
mod transaction;
mod tree;
mod ui;
mod uris;
mod version;

pub use acl::*;
pub use alert::*;
pub use arrow::*;
pub use auth::*;
pub use buffer::*;
pub use builder::*;
pub use check::*;
pub use codes::*;
pub use command::*;
pub use convert::*;
pub use data::*;
pub use diff::*;
pub use edit::*;
pub use encode::*;
pub use error::*;
pub use frame::*;
pub use graft::*;
pub use hints::*;
#[cfg(omadm_test_hooks)]
pub use hooks::*;
pub use input::*;
pub use large::*;
pub use message::*;
pub use names::*;
pub use new_command::*;
pub use notification::*;
pub use package::*;
pub use pickle::*;
pub use property::*;
pub use provisional::*;
pub use provisioning::*;
pub use push::*;
pub use push_build::*;
pub use query::*;
pub use reader::*;
pub use rows::*;
pub use schema::*;
pub use search::*;
pub use sms::*;
pub use text::*;
pub use tnds::*;
pub use transaction::*;
pub use tree::*;
pub use ui::*;
pub use version::*;
