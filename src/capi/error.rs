//! What was wrong, told to C.

use super::codes::{omadm_code, omadm_rc};
use super::entry::{Failure, NOWHERE, Out, OutStructs, Outcome, enter, read, room, slice, versioned};
use super::text::omadm_str;
use crate::error::{Error, ErrorKind};
use core::ffi::{CStr, c_char};
use core::fmt::Write as _;

/// What was wrong with a call or with an input. Every function takes one, or NULL. It owns nothing: copy it, throw it away.
///
/// Begin with `omadm_error error = OMADM_ERROR_INIT;`. It is written only when a function returns something else than `OMADM_OK`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_error {
    /// `sizeof(omadm_error)`; set by the caller.
    pub struct_size: u32,
    /// The number that the function returned, an `enum omadm_code`.
    pub code: u32,
    /// The octet of the input at fault, from 0; `OMADM_NONE` if no input is. For a document in a `Data` element: where
    /// that element begins in the outermost input.
    pub offset: u64,
    /// In a document inside a document: the octet of its decoded form; else `OMADM_NONE`.
    pub inner_offset: u64,
    /// What was wrong and what was expected, in English. Static, ends with a zero octet; NULL as long as nothing was written.
    pub message: *const c_char,
    /// The element, or the argument of the function, that it is about; absent if none. Static.
    pub subject: omadm_str,
}

versioned! { omadm_error: 48, 36; }

impl omadm_error {
    /// Whether what is wrong can be told here: 0, or what is wrong with it. By itself, so that each function has one call of it only.
    ///
    /// # Safety
    /// The contract.
    #[inline(never)]
    pub(super) unsafe fn check(error: *mut omadm_error) -> omadm_rc {
        // SAFETY: the contract.
        unsafe { OutStructs::one(error, "error") }.map_or_else(|wrong| wrong.code, |_| omadm_code::OMADM_OK as omadm_rc)
    }

    /// Writes what was wrong to a caller's structure, if there is one.
    ///
    /// # Safety
    /// The contract.
    pub(super) unsafe fn tell(error: *mut omadm_error, failure: &Failure) -> Outcome {
        if error.is_null() {
            return Ok(());
        }
        // SAFETY: the contract.
        let mut out = unsafe { OutStructs::one(error, "error") }?;
        let subject = if failure.subject.is_empty() { omadm_str::ABSENT } else { omadm_str::from(failure.subject) };
        out.set(
            0,
            omadm_error {
                struct_size: 0,
                code: failure.code,
                offset: failure.offset,
                inner_offset: failure.inner,
                message: failure.message.as_ptr(),
                subject,
            },
        );
        Ok(())
    }
}

/// Says an error in a sentence for people: what was wrong, at which octet and, if the input is handed in, at which line, column and
/// element of it.
///
/// `room` receives the sentence and a zero octet; `*length` the length of the sentence without that. If there are fewer than
/// `*length + 1` octets of room it returns `OMADM_BUFFER_TOO_SMALL`, with only `*length` written; so 0 octets at NULL ask for the length.
/// `input` is what was read when the error came up, or NULL. Looking for the place reads it again: this is for logs and terminals.
/// `error` is about this call; it must not be `described`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_error_describe(
    described: *const omadm_error,
    input: *const u8,
    input_len: usize,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // What is asked about would be lost by the first answer.
        if core::ptr::eq(described, error) && !error.is_null() {
            return Err(Failure::argument("error"));
        }
        // SAFETY: the contract.
        let (described, input, mut room, length) = unsafe {
            (
                read(described, "described")?,
                slice(input, input_len, "input")?,
                room_for(room, room_len)?,
                Out::new(length, "length")?,
            )
        };
        let sentence = describe(&described, input)?;
        length.set(sentence.len());
        room.fill_text(&sentence, "room")
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// # Safety
/// The contract.
unsafe fn room_for<'c>(at: *mut c_char, len: usize) -> Outcome<super::entry::Room<'c>> {
    // SAFETY: the contract.
    unsafe { room(at.cast(), len, "room") }
}

fn describe(error: &omadm_error, input: &[u8]) -> Outcome<String> {
    if error.message.is_null() {
        return Err(Failure::argument("described"));
    }
    // SAFETY: the contract: the structure is as this library wrote it, so the texts are static.
    let (message, subject) = unsafe {
        (CStr::from_ptr(error.message), super::entry::text(error.subject.ptr, error.subject.len, "described")?)
    };
    let mut sentence = message.to_string_lossy().into_owned();
    if !subject.is_empty() {
        sentence.push_str(": ");
        sentence.push_str(subject);
    }
    // Writing to a String does not fail.
    if error.offset != NOWHERE {
        let _ = write!(sentence, " at byte {}", error.offset);
        if error.inner_offset != NOWHERE {
            let _ = write!(sentence, " (byte {} of the embedded document)", error.inner_offset);
        }
        if !input.is_empty() {
            let offset = usize::try_from(error.offset).unwrap_or(usize::MAX);
            // The kind does not matter for the place.
            let place = Error::new(ErrorKind::UnexpectedEnd, offset).locate(input).to_string();
            if !place.is_empty() {
                let _ = write!(sentence, ", {place}");
            }
        }
    }
    Ok(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_comes_back_as_a_code_and_spoils_nothing() {
        // SAFETY: an error of this version.
        let mut error: omadm_error = unsafe { core::mem::zeroed() };
        error.struct_size = 48;
        // SAFETY: as above.
        let code = unsafe { enter(&mut error, || panic!("on purpose")) };
        assert_eq!(code, omadm_code::OMADM_E_PANIC as u32);
        assert_eq!(error.code, code);
        // SAFETY: as above.
        assert_eq!(unsafe { enter(&mut error, || Ok(())) }, 0);
    }
}
