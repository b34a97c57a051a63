//! Handles that own what they borrow from: the only place where a lifetime is erased.
//!
//! A decoded value borrows from its input, and C has no lifetimes. So input and value live and die together, in one allocation
//! (`self_cell`, which sees to it that nothing of the value gets out for longer).

use super::entry::{Failure, Outcome, slice};
use super::input::omadm_release;
use super::provisional::Opened;
use super::text::to_copy;
use crate::ddf::{Check, Schema};
use crate::markup::Document;
use crate::syncml::{Message, MessageReader, Splitter};
use crate::tree::Tree;
use core::ffi::c_void;
use core::ptr::NonNull;
use std::sync::Arc;

/// The octets of an input, for as long as they are needed.
pub(super) enum Input {
    Own(Box<[u8]>),
    Lent(Lent),
}

/// Octets of the caller's, and what gives them back.
pub(super) struct Lent {
    at: *const u8,
    len: usize,
    release: omadm_release,
    context: *mut c_void,
}

// SAFETY: the octets are only read; the contract says that they do not change. `release` is called once, by whoever drops this, and
// its comment in the header says that this may be any thread.
unsafe impl Send for Lent {}
// SAFETY: as above.
unsafe impl Sync for Lent {}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the contract; it is called here only, once.
            unsafe { release(self.context, self.at, self.len) };
        }
    }
}

impl Input {
    /// # Safety
    /// The contract.
    pub(super) unsafe fn copied(at: *const u8, len: usize) -> Outcome<Input> {
        // SAFETY: the contract.
        Ok(Input::Own(Box::from(to_copy(unsafe { slice(at, len, "data") }?)?)))
    }

    /// # Safety
    /// The contract, of what is borrowed.
    pub(super) unsafe fn borrowed(at: *const u8, len: usize) -> Outcome<Input> {
        // SAFETY: the contract.
        unsafe { slice(at, len, "data") }?;
        Ok(Input::Lent(Lent { at, len, release: None, context: core::ptr::null_mut() }))
    }

    /// # Safety
    /// The contract, of what is adopted.
    pub(super) unsafe fn adopted(
        at: *const u8,
        len: usize,
        release: omadm_release,
        context: *mut c_void,
    ) -> Outcome<Input> {
        if release.is_none() {
            return Err(Failure::null("release"));
        }
        // SAFETY: the contract.
        unsafe { slice(at, len, "data") }?;
        Ok(Input::Lent(Lent { at, len, release, context }))
    }

    pub(super) fn octets(&self) -> &[u8] {
        match self {
            Input::Own(octets) => octets,
            Input::Lent(Lent { len: 0, .. }) => &[],
            // SAFETY: checked when it was made; the contract says that they stay for as long as this does.
            Input::Lent(lent) => unsafe { core::slice::from_raw_parts(lent.at, lent.len) },
        }
    }
}

self_cell::self_cell! {
    /// A message and its input.
    pub(super) struct OwnedMessage {
        owner: Input,
        #[covariant]
        dependent: Message,
    }
}

impl OwnedMessage {
    /// One that borrows from nothing.
    pub(super) fn of(message: Message<'static>) -> OwnedMessage {
        OwnedMessage::new(Input::Own(Box::default()), |_| message)
    }
}

self_cell::self_cell! {
    /// A document that was opened, and its octets.
    pub(super) struct OwnedDocument {
        owner: Input,
        #[covariant]
        dependent: Document,
    }
}

self_cell::self_cell! {
    /// A reader and its document.
    pub(super) struct OwnedReader {
        owner: OwnedDocument,
        #[not_covariant]
        dependent: MessageReader,
    }
}

self_cell::self_cell! {
    /// A splitter and its object.
    pub(super) struct OwnedSplitter {
        owner: Input,
        #[covariant]
        dependent: Splitter,
    }
}

/// A look at the message that a reader is in the middle of.
pub(super) struct Peek(NonNull<Message<'static>>);

impl Peek {
    /// # Safety
    /// The message stays where it is, and as it is, as long as this is looked through.
    pub(super) unsafe fn of(message: &Message<'_>) -> Peek {
        Peek(NonNull::from(message).cast())
    }

    pub(super) fn message(&self) -> &Message<'_> {
        // SAFETY: who made this sees to it that the message is there; nothing of it gets out for longer than this is borrowed.
        unsafe { self.0.as_ref() }
    }
}

/// What a tree borrows from.
pub(super) enum TreeOwner {
    /// Nothing: it was made, or copied.
    Nothing,
    Input(Input),
    /// A message that has the tree in it.
    Message(Arc<OwnedMessage>),
}

self_cell::self_cell! {
    /// A tree and what it borrows from.
    pub(super) struct OwnedTree {
        owner: TreeOwner,
        #[covariant]
        dependent: Tree,
    }
}

self_cell::self_cell! {
    /// A check and the schema that it borrows from.
    pub(super) struct OwnedCheck {
        owner: Arc<Schema<'static>>,
        #[not_covariant]
        dependent: Check,
    }
}

self_cell::self_cell! {
    /// A notification that was verified, and its octets.
    pub(super) struct OwnedNotification {
        owner: Box<[u8]>,
        #[covariant]
        dependent: Opened,
    }
}

/// Handles that are read from many threads.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<OwnedMessage>();
    shared::<OwnedTree>();
    shared::<OwnedCheck>();
    shared::<OwnedNotification>();
};
