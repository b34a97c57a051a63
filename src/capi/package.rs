//! Packages of several messages: whether a message is the one that is due.

use super::codes::omadm_rc;
use super::entry::{Out, enter};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle, handle_mut};
use super::message::omadm_message;
use crate::syncml::{PackageOrder, PackageStep};

/// The order of the messages of one package, up to the one with `Final`. The messages are not kept.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_package {
    guard: Guard,
    order: PackageOrder,
}

const _: () = assert!(core::mem::offset_of!(omadm_package, guard) == 0);

impl Guarded for omadm_package {
    const MARK: [u8; 8] = *b"omadmPkg";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// What a message did to its package.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_package_step {
    /// More messages follow: the peer is asked for them with Alert 1222, unless there is something else to send.
    OMADM_PACKAGE_MORE = 1,
    /// The package is complete.
    OMADM_PACKAGE_COMPLETE = 2,
    /// The message before, once more, as transports send it when they have lost the answer: it is not to be done again.
    OMADM_PACKAGE_REPEATED = 3,
}

/// Makes a package whose first message has this `MsgID`: 1 in a session's first package, then the number after that of the peer's last message.
/// `*package` is to be freed with `omadm_package_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_package_new(
    first_msg_id: u32,
    package: *mut *mut omadm_package,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let out = unsafe { Out::new(package, "package") }?;
        give(omadm_package { guard: Guard::new::<omadm_package>(), order: PackageOrder::new(first_msg_id) }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a package. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_package_free(package: *mut omadm_package) {
    // SAFETY: the contract.
    unsafe { free(package) }
}

/// Takes the next message: `*step` becomes an `enum omadm_package_step`. It is not kept.
///
/// `OMADM_E_MESSAGE_ORDER` for another `MsgID` than the one that is due, and for a message after the last one; `OMADM_E_MESSAGE_SESSION` for a
/// message of another session; `OMADM_E_INVALID_NUMBER` for a `MsgID` that is no number; then the package is as before. `OMADM_E_ARGUMENT` for the message
/// that a reader or feeder lends, which is not read to its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_package_push(
    package: *mut omadm_package,
    message: *const omadm_message,
    step: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, step, mut package) = unsafe {
            (handle(message, "message")?.whole("message")?, Out::new(step, "step")?, handle_mut(package, "package")?)
        };
        step.set(match package.order.push(&message.header(), message.is_final())? {
            PackageStep::More => omadm_package_step::OMADM_PACKAGE_MORE,
            PackageStep::Complete => omadm_package_step::OMADM_PACKAGE_COMPLETE,
            PackageStep::Repeated => omadm_package_step::OMADM_PACKAGE_REPEATED,
        } as u32);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The `MsgID` that is due, which is that of the next package's first message once this one is complete, and whether it is. Outputs that are NULL are left
/// out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_package_summary(
    package: *const omadm_package,
    next_msg_id: *mut u32,
    is_complete: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (package, next_msg_id, is_complete) = unsafe {
            (
                handle(package, "package")?,
                Out::optional(next_msg_id, "next_msg_id")?,
                Out::optional(is_complete, "is_complete")?,
            )
        };
        next_msg_id.set(package.order.next_msg_id());
        is_complete.set(u32::from(package.order.is_complete()));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Whether a message asks for the next one of the package, by Alert 1222; and whether it is nothing but the answer to a message without `Final`:
/// statuses, Alert 1222, and no `Final` itself. Outputs that are NULL are left out. `OMADM_E_ARGUMENT` as in `omadm_package_push`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_asks_for_next(
    message: *const omadm_message,
    asks: *mut u32,
    is_all: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, asks, is_all) = unsafe {
            (
                handle(message, "message")?.whole("message")?,
                Out::optional(asks, "asks")?,
                Out::optional(is_all, "is_all")?,
            )
        };
        asks.set(u32::from(message.asks_for_next()));
        is_all.set(u32::from(message.is_next_message_response()));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
