//! The functions of `peers/`. Those of a peer that is not installed are `None`.

use crate::inputs::Input;
use std::ffi::{c_int, c_void};
use std::ptr::NonNull;

/// Reads a document and frees what it made of it. The last argument asks for the count of elements (or what the peer counts),
/// which costs time; negative: the document was refused.
type Whole = unsafe extern "C" fn(*const u8, usize, c_int) -> i64;

/// See [`Whole`].
#[derive(Clone, Copy)]
pub struct Reads(Whole);

impl Reads {
    pub fn run(self, input: Input, count: bool) -> i64 {
        // SAFETY: the pointer is to so many octets and a NUL behind them, none of which is written to, and no peer keeps it.
        unsafe { (self.0)(input.as_ptr(), input.octets().len(), c_int::from(count)) }
    }
}

/// Reads a document where it lies, and spoils it.
#[derive(Clone, Copy)]
pub struct Spoils(unsafe extern "C" fn(*mut u8, usize, c_int) -> i64);

impl Spoils {
    pub fn run(self, octets: &mut [u8], count: bool) -> i64 {
        // SAFETY: the octets are ours alone for as long as the call lasts, and the peer keeps no pointer.
        unsafe { (self.0)(octets.as_mut_ptr(), octets.len(), c_int::from(count)) }
    }
}

#[cfg(has_pugixml)]
pub fn peer_pugixml_in_place() -> Option<Spoils> {
    // SAFETY: declared as in peers/.
    unsafe extern "C" {
        fn peer_pugixml_in_place(octets: *mut u8, length: usize, count: c_int) -> i64;
    }
    Some(Spoils(peer_pugixml_in_place))
}

#[cfg(not(has_pugixml))]
pub fn peer_pugixml_in_place() -> Option<Spoils> {
    None
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

/// Functions that keep a document open, and let it go.
macro_rules! opens {
    ($($open:ident, $close:ident: $cfg:ident;)*) => { $(
        #[cfg($cfg)]
        pub fn $open() -> Option<Opens> {
            // SAFETY: declared as in peers/.
            unsafe extern "C" {
                fn $open(octets: *const u8, length: usize) -> *mut c_void;
                fn $close(handle: *mut c_void);
            }
            Some(Opens { open: $open, close: $close })
        }
        #[cfg(not($cfg))]
        pub fn $open() -> Option<Opens> { None }
    )* };
}

/// Functions of an open document.
macro_rules! acts {
    ($($name:ident: $cfg:ident;)*) => { $(
        #[cfg($cfg)]
        pub fn $name() -> Option<Acts> {
            // SAFETY: declared as in peers/.
            unsafe extern "C" { fn $name(handle: *mut c_void) -> i64; }
            Some(Acts($name))
        }
        #[cfg(not($cfg))]
        pub fn $name() -> Option<Acts> { None }
    )* };
}

opens! {
    peer_libxml2_open, peer_libxml2_close: has_libxml2;
    peer_libyang_open, peer_libyang_close: has_libyang;
    peer_pugixml_open, peer_pugixml_close: has_pugixml;
    peer_smltk_open, peer_smltk_close: has_smltk;
}

acts! {
    peer_libxml2_xpath_many: has_libxml2;
    peer_libxml2_xpath_ten: has_libxml2;
    peer_libyang_diff: has_libyang;
    peer_libyang_diff_same: has_libyang;
    peer_libyang_dup: has_libyang;
    peer_libyang_find: has_libyang;
    peer_libyang_free: has_libyang;
    peer_libyang_nodes: has_libyang;
    peer_libyang_print: has_libyang;
    peer_pugixml_walk_many: has_pugixml;
    peer_pugixml_walk_ten: has_pugixml;
    peer_smltk_commands: has_smltk;
    peer_smltk_wbxml: has_smltk;
    peer_smltk_xml: has_smltk;
}

reads! {
    peer_libwbxml_to_wbxml: has_libwbxml;
    peer_libwbxml_to_wbxml_with_table: has_libwbxml;
    peer_libwbxml_to_xml: has_libwbxml;
    peer_package0_bits: has_package0;
    peer_package0_copying: has_package0;
    peer_smltk: has_smltk;
    peer_pugixml: has_pugixml;
    peer_pugixml_minimal: has_pugixml;
    peer_rapidxml: has_rapidxml;
    peer_rapidxml_fastest: has_rapidxml;
    peer_expat: has_expat;
    peer_libxml2: has_libxml2;
}
