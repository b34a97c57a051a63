//! A SyncML message written again.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Out, enter, room};
use super::error::omadm_error;
use super::handle::{give, handle};
use super::input::omadm_options;
use super::message::{omadm_encoding, omadm_message};
use super::owner::OwnedMessage;

/// Writes a message, with elements in the order of the DTD and nothing that is not needed. `encoding` is an `enum omadm_encoding`.
///
/// In the encoding that the message came in, data and `Meta` stay as they are; for the other one, octets become base64 in XML, and base64 of
/// `Format` `bin` becomes octets in WBXML; a tree inside becomes a document of the same encoding; `Format`, `Type` and `Size` say what is
/// really there. Attributes of SyncML's own elements, and where unknown elements stood among others, are not kept: `omadm_convert` keeps them.
///
/// `options` may be NULL; `limit_output` bounds what is written. Errors: `OMADM_E_INVALID_CHARACTER`, `OMADM_E_INVALID_UTF8`,
/// `OMADM_E_INVALID_BASE64`, `OMADM_E_CHUNK_OF_OCTETS` and `OMADM_E_CHUNK_OF_BIN` for what the encoding cannot carry, `OMADM_E_LIMIT_OUTPUT`, and what
/// is wrong with a document inside. The offset is that of the command, item or data in the input of the message. `OMADM_E_ARGUMENT` for a message
/// that a reader or feeder lends, which is only a part of one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_encode(
    message: *const omadm_message,
    encoding: u32,
    options: *const omadm_options,
    encoded: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, options, out) = unsafe {
            (
                handle(message, "message")?.whole("message")?,
                omadm_options::take(options)?,
                Buffer::of(encoded, "encoded")?,
            )
        };
        out.keep(message.encode_with(omadm_encoding::from_number(encoding)?, &options.limits)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// As `omadm_message_encode`, into memory of the caller's. `*length` is the length of the encoded message. If that is more than `room_len` it
/// returns `OMADM_BUFFER_TOO_SMALL`, with only `*length` written; so 0 octets at NULL ask for the length, at the price of encoding.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_encode_to(
    message: *const omadm_message,
    encoding: u32,
    options: *const omadm_options,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, options, mut out, length) = unsafe {
            (
                handle(message, "message")?.whole("message")?,
                omadm_options::take(options)?,
                self::room(room, room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        let octets = message.encode_with(omadm_encoding::from_number(encoding)?, &options.limits)?;
        length.set(octets.len());
        out.fill(&octets, "room")
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// How long the encoded message would be, in octets: what `MaxMsgSize` counts. Errors: as those of `omadm_message_encode`, within the default limits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_encoded_len(
    message: *const omadm_message,
    encoding: u32,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, length) = unsafe { (handle(message, "message")?.whole("message")?, Out::new(length, "length")?) };
        length.set(message.encoded_len(omadm_encoding::from_number(encoding)?)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The same message as any encoding would carry it, for comparing: octets as base64, trees in one form, with the `Format` and `Type` that go
/// with that. `*normal` is a message of its own, to be freed with `omadm_message_free`. Errors: as those of `omadm_message_encode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_normalise(
    message: *const omadm_message,
    normal: *mut *mut omadm_message,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out) = unsafe { (handle(message, "message")?.whole("message")?, Out::new(normal, "normal")?) };
        give(omadm_message::new(OwnedMessage::of(message.normalise()?)), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Whether two messages say the same: `*is_equal` is 1 or 0. How they were written does not count: encoding, order of children, text or CDATA
/// or an opaque block of the same octets. Octets and their base64 are not the same: `omadm_message_normalise` makes them so.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_equal(
    message: *const omadm_message,
    other: *const omadm_message,
    is_equal: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, other, out) = unsafe {
            (
                handle(message, "message")?.whole("message")?,
                handle(other, "other")?.whole("other")?,
                Out::new(is_equal, "is_equal")?,
            )
        };
        out.set(u32::from(message == other));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
