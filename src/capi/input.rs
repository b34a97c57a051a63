//! What is read: who owns it, and what it may cost.

use super::codes::omadm_rc;
use super::entry::{Failure, Outcome, enter, read, versioned};
use super::error::omadm_error;
use super::owner::Input;
use crate::limits::Limits;
use crate::markup::Options;
use core::ffi::c_void;

/// Who owns the octets of an `omadm_input`.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_ownership {
    /// They are copied; the caller's are not needed after the call.
    OMADM_COPY = 0,
    /// They stay the caller's, who neither changes nor frees them as long as the handle, and all that shares its input, lives.
    OMADM_BORROW = 1,
    /// They become the library's, which calls `release` once when it needs them no longer: also if the call that they were handed to
    /// fails, unless it says `OMADM_E_NULL`, `OMADM_E_ARGUMENT` or `OMADM_E_STRUCT_SIZE`.
    OMADM_ADOPT = 2,
}

/// Gives adopted octets back. It may be called in any thread, at the end of the last handle that shares them. It must not call
/// back into this library with that handle.
pub type omadm_release = Option<unsafe extern "C" fn(context: *mut c_void, data: *const u8, len: usize)>;

/// Octets to be read, and who owns them. Begin with `omadm_input input = OMADM_INPUT_INIT;`: copied, without octets.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct omadm_input {
    /// `sizeof(omadm_input)`; set by `OMADM_INPUT_INIT`.
    pub struct_size: u32,
    /// An `enum omadm_ownership`.
    pub ownership: u32,
    pub data: *const u8,
    pub len: usize,
    /// For `OMADM_ADOPT` only.
    pub release: omadm_release,
    /// Handed to `release`.
    pub context: *mut c_void,
}

versioned! { omadm_input: 40, 24; }

impl omadm_input {
    /// Octets to be copied.
    pub(super) const fn copied(data: *const u8, len: usize) -> omadm_input {
        omadm_input { struct_size: 40, ownership: 0, data, len, release: None, context: core::ptr::null_mut() }
    }

    /// Takes the input over, or copies it.
    ///
    /// # Safety
    /// The contract.
    pub(super) unsafe fn take(at: *const omadm_input) -> Outcome<Input> {
        // SAFETY: the contract.
        unsafe { read(at, "input")?.into_input() }
    }

    /// # Safety
    /// The contract.
    pub(super) unsafe fn into_input(self) -> Outcome<Input> {
        // SAFETY: the contract.
        unsafe {
            match self.ownership {
                0 => Input::copied(self.data, self.len),
                1 => Input::borrowed(self.data, self.len),
                2 => Input::adopted(self.data, self.len, self.release, self.context),
                _ => Err(Failure::argument("ownership")),
            }
        }
    }
}

/// What a document may cost, and what is forgiven. Begin with `omadm_options options = OMADM_OPTIONS_INIT;` and set what is to differ: a
/// limit of 0 is the default one, which NULL in place of options stands for, too. `omadm_options_init` tells the defaults.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_options {
    /// `sizeof(omadm_options)`; set by the caller before `omadm_options_init`.
    pub struct_size: u32,
    /// `OMADM_BARE_AMPERSAND`, `OMADM_UNNAMED_TREES`.
    pub flags: u32,
    /// Octets that a conversion or an encoder may write.
    pub limit_output: u64,
    /// Elements open at once, and segments of a tree's longest URI.
    pub limit_depth: u32,
    /// Elements in one document, and nodes of a tree.
    pub limit_elements: u32,
    /// Attributes on one element, namespace declarations included.
    pub limit_attributes: u32,
    /// Namespace declarations in force at one place.
    pub limit_namespaces: u32,
    /// Octets of one name.
    pub limit_name: u32,
    /// Octets of one text.
    pub limit_text: u32,
    /// Octets of a WBXML string table.
    pub limit_string_table: u32,
    /// How many times the input's size all its text together may reach.
    pub limit_expansion: u32,
    /// Octets of a message that a feeder holds back.
    pub limit_buffer: u32,
    /// Octets that a message which is fed may have before its first command, header aside.
    pub limit_prefix: u32,
    /// Segments of a search pattern, or of all paths in a location query.
    pub limit_pattern: u32,
    /// Places in the answer to a location query.
    pub limit_locations: u32,
    /// Nodes in the answer to a structural query.
    pub limit_answer_nodes: u32,
    /// Segments of messages that a joiner holds.
    pub limit_segments: u32,
    /// Header lines of one push in text.
    pub limit_headers: u32,
    /// Octets of one header of these.
    pub limit_header: u32,
    /// Findings of one check.
    pub limit_findings: u32,
    /// Regular expressions that one check compiles.
    pub limit_patterns: u32,
    /// Octets that one regular expression may take.
    pub limit_pattern_size: u32,
    pub reserved: u32,
}

versioned! { omadm_options: 96, 96; }

/// Takes an `&` in XML text that begins no reference for the character itself.
pub const OMADM_BARE_AMPERSAND: u32 = 1;
/// Takes WBXML documents without a public identifier whose root is token 0x20 for trees, as some vendors write them.
pub const OMADM_UNNAMED_TREES: u32 = 2;

impl omadm_options {
    /// What a caller's options say; the defaults at NULL.
    ///
    /// # Safety
    /// The contract.
    pub(super) unsafe fn take(at: *const omadm_options) -> Outcome<Options> {
        if at.is_null() {
            return Ok(Options::default());
        }
        // SAFETY: the contract.
        unsafe { read(at, "options") }?.into_options()
    }

    fn into_options(self) -> Outcome<Options> {
        /// A limit that is not set, or that is younger than the caller.
        fn or<T: Default + PartialEq>(limit: T, own: T) -> T {
            if limit == T::default() { own } else { limit }
        }
        if self.flags & !(OMADM_BARE_AMPERSAND | OMADM_UNNAMED_TREES) != 0 || self.reserved != 0 {
            return Err(Failure::argument("options"));
        }
        let own = Limits::DEFAULT;
        let limits = Limits {
            depth: or(self.limit_depth, own.depth),
            elements: or(self.limit_elements, own.elements),
            attributes: or(self.limit_attributes, own.attributes),
            namespaces: or(self.limit_namespaces, own.namespaces),
            name: or(self.limit_name, own.name),
            text: or(self.limit_text, own.text),
            string_table: or(self.limit_string_table, own.string_table),
            expansion: or(self.limit_expansion, own.expansion),
            buffer: or(self.limit_buffer, own.buffer),
            prefix: or(self.limit_prefix, own.prefix),
            pattern: or(self.limit_pattern, own.pattern),
            locations: or(self.limit_locations, own.locations),
            answer_nodes: or(self.limit_answer_nodes, own.answer_nodes),
            segments: or(self.limit_segments, own.segments),
            headers: or(self.limit_headers, own.headers),
            header: or(self.limit_header, own.header),
            output: or(self.limit_output, own.output),
            findings: or(self.limit_findings, own.findings),
            patterns: or(self.limit_patterns, own.patterns),
            pattern_size: or(self.limit_pattern_size, own.pattern_size),
        };
        Ok(Options {
            limits,
            bare_ampersand: self.flags & OMADM_BARE_AMPERSAND != 0,
            unnamed_trees: self.flags & OMADM_UNNAMED_TREES != 0,
        })
    }

    fn defaults() -> omadm_options {
        let limits = Limits::DEFAULT;
        omadm_options {
            struct_size: 0,
            flags: 0,
            limit_output: limits.output,
            limit_depth: limits.depth,
            limit_elements: limits.elements,
            limit_attributes: limits.attributes,
            limit_namespaces: limits.namespaces,
            limit_name: limits.name,
            limit_text: limits.text,
            limit_string_table: limits.string_table,
            limit_expansion: limits.expansion,
            limit_buffer: limits.buffer,
            limit_prefix: limits.prefix,
            limit_pattern: limits.pattern,
            limit_locations: limits.locations,
            limit_answer_nodes: limits.answer_nodes,
            limit_segments: limits.segments,
            limit_headers: limits.headers,
            limit_header: limits.header,
            limit_findings: limits.findings,
            limit_patterns: limits.patterns,
            limit_pattern_size: limits.pattern_size,
            reserved: 0,
        }
    }
}

/// Fills options with the defaults. `options->struct_size` must be set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_options_init(options: *mut omadm_options, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        unsafe { super::entry::OutStructs::one(options, "options") }?.set(0, omadm_options::defaults());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_the_librarys() {
        assert_eq!(omadm_options::defaults().into_options().unwrap(), Options::default());
        // SAFETY: numbers.
        let unset: omadm_options = unsafe { core::mem::zeroed() };
        assert_eq!(unset.into_options().unwrap(), Options::default());
        let one = omadm_options { limit_depth: 7, ..unset };
        assert_eq!(one.into_options().unwrap().limits, Limits { depth: 7, ..Limits::DEFAULT });
    }
}
