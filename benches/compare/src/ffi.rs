//! The functions of `peers/`. Those of a peer that is not installed are `None`.

use crate::inputs::Input;
use std::ffi::{c_int, c_void};
use std::ptr::NonNull;

/// Reads a document and frees what it made of it. The last argument asks for the count of elements (or what the peer counts),
/// which costs time; negative: the document was refused.
type Whole = unsafe extern "C" fn(*const u8, usize, c_int) -> i64;

#[derive(Clone, Copy)]
pub struct Reads(Whole);

impl Reads {
    pub fn run(self, input: Input, count: bool) -> i64 {
        // SAFETY: the pointer is to so many octets and a NUL behind them, none of which is written to, and no peer keeps it.
        unsafe { (self.0)(input.as_ptr(), input.octets().len(), c_int::from(count)) }
    }
}

/// What a peer made of a document, kept.
pub struct Handle {
    pointer: NonNull<c_void>,
    close: unsafe extern "C" fn(*mut c_void),
}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: it is the peer's own pointer, given back once.
        unsafe { (self.close)(self.pointer.as_ptr()) }
    }
}

#[derive(Clone, Copy)]
pub struct Opens {
    open: unsafe extern "C" fn(*const u8, usize) -> *mut c_void,
    close: unsafe extern "C" fn(*mut c_void),
}

impl Opens {
    pub fn run(self, input: Input) -> Handle {
        // SAFETY: as in `Reads::run`; documents live until the process ends, so that the peer may keep the pointer.
        let pointer = unsafe { (self.open)(input.as_ptr(), input.octets().len()) };
        Handle { pointer: NonNull::new(pointer).expect("the peer reads the document"), close: self.close }
    }
}

/// Does something with what [`Opens`] made.
#[derive(Clone, Copy)]
pub struct Acts(unsafe extern "C" fn(*mut c_void) -> i64);

impl Acts {
    pub fn run(self, handle: &Handle) -> i64 {
        // SAFETY: the handle is open, and of the same peer: `rows` pairs them.
        unsafe { (self.0)(handle.pointer.as_ptr()) }
    }
}

/// Functions that read.
macro_rules! reads {
    ($($name:ident: $cfg:ident;)*) => { $(
        #[cfg($cfg)]
        pub fn $name() -> Option<Reads> {
            // SAFETY: declared as in peers/.
            unsafe extern "C" { fn $name(octets: *const u8, length: usize, count: c_int) -> i64; }
            Some(Reads($name))
        }
        #[cfg(not($cfg))]
        pub fn $name() -> Option<Reads> { None }
    )* };
}

reads! {
    peer_pugixml: has_pugixml;
    peer_pugixml_minimal: has_pugixml;
    peer_rapidxml: has_rapidxml;
    peer_rapidxml_fastest: has_rapidxml;
    peer_expat: has_expat;
    peer_libxml2: has_libxml2;
}
