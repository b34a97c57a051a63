//! Octets that this library allocates for C.

use super::entry::{Failure, Outcome, read, versioned};

/// Octets that this library has allocated, and only `omadm_buffer_free` gives back.
///
/// Begin with `omadm_buffer buffer = OMADM_BUFFER_INIT;`. A function that writes to it gives what it held back, so that one buffer can serve
/// many calls; where the octets lie changes. Read `data` and `len`; write nothing but what `OMADM_BUFFER_INIT` writes. Text in it is UTF-8 and has no zero
/// octet behind it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_buffer {
    /// `sizeof(omadm_buffer)`; set by `OMADM_BUFFER_INIT`.
    pub struct_size: u32,
    pub reserved: u32,
    pub data: *mut u8,
    pub len: usize,
    pub capacity: usize,
}

versioned! { omadm_buffer: 32, 20; }

/// A caller's buffer during a call. What the call fills becomes the caller's with [`keep`](Buffer::keep) only.
pub(super) struct Buffer {
    at: *mut omadm_buffer,
    before: omadm_buffer,
}

impl Buffer {
    /// # Safety
    /// The contract: the buffer is as `OMADM_BUFFER_INIT` or this library left it.
    pub(super) unsafe fn of(at: *mut omadm_buffer, argument: &'static str) -> Outcome<Buffer> {
        // SAFETY: the contract.
        let before = unsafe { read(at.cast_const(), argument) }?;
        if before.data.is_null() != (before.capacity == 0) || before.len > before.capacity {
            return Err(Failure::argument(argument));
        }
        Ok(Buffer { at, before })
    }

    /// Fills it by a function that appends to an empty list. If that fails or panics the buffer is what it was.
    pub(super) fn fill(self, write: impl FnOnce(&mut Vec<u8>) -> Outcome) -> Outcome {
        let mut octets = Vec::new();
        write(&mut octets)?;
        self.keep(octets);
        Ok(())
    }

    /// Hands octets over.
    pub(super) fn keep(self, octets: Vec<u8>) {
        // SAFETY: `of` has looked at the buffer.
        unsafe { drop_octets(&self.before) };
        let mut octets = core::mem::ManuallyDrop::new(octets);
        let (data, len, capacity) = (octets.as_mut_ptr(), octets.len(), octets.capacity());
        // A list without memory has a pointer all the same, which C cannot give back.
        let data = if capacity == 0 { core::ptr::null_mut() } else { data };
        // SAFETY: `of` has checked the pointer.
        unsafe { self.at.write(omadm_buffer { data, len, capacity, ..self.before }) };
    }
}

/// # Safety
/// The contract: the octets came from [`Buffer::keep`].
unsafe fn drop_octets(buffer: &omadm_buffer) {
    if !buffer.data.is_null() && buffer.capacity > 0 {
        // SAFETY: `keep` took these from such a list.
        drop(unsafe { Vec::from_raw_parts(buffer.data, buffer.len, buffer.capacity) });
    }
}

/// Gives a buffer's memory back and leaves it empty. NULL and an empty buffer are left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_buffer_free(buffer: *mut omadm_buffer) {
    // SAFETY: the contract.
    if let Ok(buffer) = unsafe { Buffer::of(buffer, "buffer") } {
        buffer.keep(Vec::new());
    }
}
