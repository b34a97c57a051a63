//! Which library, and which ABI, this is; names for numbers that are of no room in particular.

use core::ffi::{CStr, c_char};

/// The ABI that this header describes. It grows with every release that adds to it.
pub const OMADM_ABI_VERSION: u32 = 1;

/// The ABI that this library has. A program can use it if `OMADM_ABI_VERSION`, as the program was compiled with it, is neither above this
/// nor below `omadm_abi_oldest()`.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_abi_version() -> u32 {
    OMADM_ABI_VERSION
}

/// The oldest ABI that this library still serves.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_abi_oldest() -> u32 {
    1
}

/// The release of this library, such as `0.1.0`. Static, ends with a zero octet.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_version() -> *const c_char {
    const VERSION: &CStr = match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => c"",
    };
    VERSION.as_ptr()
}
