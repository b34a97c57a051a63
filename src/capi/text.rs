//! Texts and octets that are lent to C.

use super::entry::{Failure, Outcome, text};
use crate::error::{Error, ErrorKind};
use core::ffi::c_char;

/// A text that somebody else owns: UTF-8, with no zero octet behind it, and possibly some in it. `ptr` is NULL where there is none; an
/// empty text has a `ptr` and the length 0. How long it is valid, the function says that gives it.
///
/// In a structure that is handed to this library, `len` may be `OMADM_NUL`: the text then ends at its first zero octet.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_str {
    pub ptr: *const c_char,
    pub len: usize,
}

/// Octets that somebody else owns. `ptr` is NULL where there are none; an empty run of octets has a `ptr` and the length 0. How long they
/// are valid, the function says that gives them.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_bytes {
    pub ptr: *const u8,
    pub len: usize,
}

/// As the length of a text that a call takes: it ends at its first zero octet. cbindgen cannot say it; `preface.h` does.
pub const OMADM_NUL: usize = usize::MAX;

/// In place of an offset, or of another number of 64 bits, where there is none.
pub const OMADM_NONE: u64 = u64::MAX;

impl omadm_str {
    pub(super) const ABSENT: omadm_str = omadm_str { ptr: core::ptr::null(), len: 0 };

    /// Of octets that were UTF-8 when they were kept.
    #[inline]
    pub(super) fn of_octets(text: Option<&[u8]>) -> omadm_str {
        text.map_or(omadm_str::ABSENT, |text| omadm_str { ptr: text.as_ptr().cast(), len: text.len() })
    }
}

impl omadm_bytes {
    pub(super) const ABSENT: omadm_bytes = omadm_bytes { ptr: core::ptr::null(), len: 0 };
}

impl From<&str> for omadm_str {
    #[inline]
    fn from(text: &str) -> omadm_str {
        omadm_str { ptr: text.as_ptr().cast(), len: text.len() }
    }
}

impl From<Option<&str>> for omadm_str {
    #[inline]
    fn from(text: Option<&str>) -> omadm_str {
        text.map_or(omadm_str::ABSENT, omadm_str::from)
    }
}

impl From<&[u8]> for omadm_bytes {
    #[inline]
    fn from(octets: &[u8]) -> omadm_bytes {
        omadm_bytes { ptr: octets.as_ptr(), len: octets.len() }
    }
}

impl From<Option<&[u8]>> for omadm_bytes {
    #[inline]
    fn from(octets: Option<&[u8]>) -> omadm_bytes {
        octets.map_or(omadm_bytes::ABSENT, omadm_bytes::from)
    }
}

/// Octets of the caller's that are about to be copied: not more than any input may have, so that a length that lies is refused and not allocated.
pub(super) fn to_copy(octets: &[u8]) -> Outcome<&[u8]> {
    match u32::try_from(octets.len()) {
        Ok(_) => Ok(octets),
        Err(_) => Err(Error::new(ErrorKind::InputTooLarge, 0).into()),
    }
}

/// Refuses NULL, with any length, for a text or octets that must be there: what is absent is forgotten, and must not be taken for empty.
pub(super) fn required<T>(at: *const T, argument: &'static str) -> Outcome {
    if at.is_null() { Err(Failure::null(argument)) } else { Ok(()) }
}

/// A text in a structure; absent at NULL.
///
/// # Safety
/// The contract.
pub(super) unsafe fn some<'c>(given: omadm_str, argument: &'static str) -> Outcome<Option<&'c str>> {
    // SAFETY: the contract.
    let text = unsafe { text(given.ptr, given.len, argument) }?;
    Ok((!given.ptr.is_null()).then_some(text))
}
