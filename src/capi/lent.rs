//! What a message handle has: a message of its own, or a look at the one that a reader or feeder is in the middle of.

use super::handle::Guarded as _;
use super::message::omadm_message;
use super::owner::{OwnedMessage, Peek};
use crate::syncml::Message;
use core::ptr::NonNull;
use std::sync::Arc;

pub(super) enum Content {
    Whole(Arc<OwnedMessage>),
    /// A piece of a message that is fed, and the header that came before it.
    Fed {
        header: Arc<OwnedMessage>,
        commands: Arc<OwnedMessage>,
    },
    /// What a reader has read last.
    Read(Peek),
}

impl Content {
    pub(super) fn header(&self) -> &Message<'_> {
        match self {
            Content::Whole(message) | Content::Fed { header: message, .. } => message.borrow_dependent(),
            Content::Read(peek) => peek.message(),
        }
    }

    pub(super) fn commands(&self) -> &Message<'_> {
        match self {
            Content::Whole(message) | Content::Fed { commands: message, .. } => message.borrow_dependent(),
            Content::Read(peek) => peek.message(),
        }
    }

    /// The commands with what they borrow from, if that can be shared.
    pub(super) fn shared(&self) -> Option<&Arc<OwnedMessage>> {
        match self {
            Content::Whole(message) | Content::Fed { commands: message, .. } => Some(message),
            Content::Read(_) => None,
        }
    }
}

/// A message handle that another handle has, and frees.
///
/// C may hold its address while the other handle is changed: so it lies in memory of its own, and no reference to it outlives a call.
pub(super) struct LentMessage(NonNull<omadm_message>);

impl LentMessage {
    pub(super) fn new(content: Content) -> LentMessage {
        LentMessage(NonNull::from(Box::leak(Box::new(omadm_message::with(content)))))
    }

    /// For C.
    pub(super) fn address(&self) -> *const omadm_message {
        self.0.as_ptr()
    }

    /// Puts something else there. `change` may make what is there invalid: nobody gets at it meanwhile, nor later if that panics.
    pub(super) fn renew<T>(&mut self, change: impl FnOnce() -> (T, Content)) -> T {
        // SAFETY: made by `new`, freed by `drop` only.
        unsafe { self.0.as_ref() }.guard().set_spoilt(true);
        let (outcome, content) = change();
        // SAFETY: as above; the contract: nobody else reads it during a call that changes what it belongs to.
        let message = unsafe { self.0.as_mut() };
        message.set_content(content);
        message.guard().set_spoilt(false);
        outcome
    }
}

impl Drop for LentMessage {
    fn drop(&mut self) {
        // SAFETY: made by `new`; the contract: nobody uses it any more.
        let message = unsafe { Box::from_raw(self.0.as_ptr()) };
        message.guard().end();
    }
}
