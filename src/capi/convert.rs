//! Whole documents: what they are, and the same in the other encoding.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, read, slice, versioned};
use super::error::omadm_error;
use super::input::omadm_options;
use super::message::omadm_encoding;
use crate::convert::{ConvertOptions, Layout, to_wbxml, to_xml};
use crate::detect::Kind;
use crate::markup::Encoding;

/// What a document is.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_kind {
    /// Package #0 of DM 1.1 or 1.2, bare.
    OMADM_KIND_NOTIFICATION = 1,
    /// Package #0 inside a WSP push.
    OMADM_KIND_PUSH = 2,
    /// A SyncML message.
    OMADM_KIND_SYNCML = 3,
    /// A tree document (TNDS).
    OMADM_KIND_TREE = 4,
    /// A device description (DDF).
    OMADM_KIND_DESCRIPTION = 5,
    /// Device information of data synchronisation.
    OMADM_KIND_DEV_INF = 6,
    /// Meta-information by itself.
    OMADM_KIND_MET_INF = 7,
    /// A client-provisioning document.
    OMADM_KIND_PROVISIONING = 8,
}

impl omadm_kind {
    fn of(kind: Kind) -> omadm_kind {
        match kind {
            Kind::Notification => omadm_kind::OMADM_KIND_NOTIFICATION,
            Kind::Push => omadm_kind::OMADM_KIND_PUSH,
            Kind::SyncMl => omadm_kind::OMADM_KIND_SYNCML,
            Kind::Tree => omadm_kind::OMADM_KIND_TREE,
            Kind::Description => omadm_kind::OMADM_KIND_DESCRIPTION,
            Kind::DevInf => omadm_kind::OMADM_KIND_DEV_INF,
            Kind::MetInf => omadm_kind::OMADM_KIND_MET_INF,
            Kind::Provisioning => omadm_kind::OMADM_KIND_PROVISIONING,
        }
    }
}

/// Tells what octets are, an `enum omadm_kind`; reads no further than needed. Errors: what kept the likeliest kind from being read;
/// `OMADM_E_UNKNOWN_FORMAT` where nothing is likely.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_detect(
    data: *const u8,
    len: usize,
    kind: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, out) = unsafe { (slice(data, len, "data")?, Out::new(kind, "kind")?) };
        out.set(omadm_kind::of(crate::detect(data)?) as u32);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// How XML is laid out.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_layout {
    /// With the white space there is; none is added.
    OMADM_LAYOUT_AS_IT_IS = 0,
    /// An element a line, two spaces further in than its parent.
    OMADM_LAYOUT_INDENTED = 1,
    /// Canonical XML 1.0, but without comments and processing instructions, for comparing and signing.
    OMADM_LAYOUT_CANONICAL = 2,
}

/// How to convert a document. Begin with `omadm_convert_options options = OMADM_CONVERT_OPTIONS_INIT;`, which has the defaults.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_convert_options {
    /// `sizeof(omadm_convert_options)`; set by `OMADM_CONVERT_OPTIONS_INIT`.
    pub struct_size: u32,
    /// `OMADM_CONVERT_*`.
    pub flags: u32,
    /// An `enum omadm_layout`, for XML.
    pub layout: u32,
    pub reserved: u32,
    /// How to read the document, and what reading and writing may cost; NULL for the defaults.
    pub read: *const omadm_options,
}

versioned! { omadm_convert_options: 24, 20; }

/// WBXML: puts texts that repeat into the string table, where that saves octets.
pub const OMADM_CONVERT_STRING_TABLE: u32 = 1;
/// WBXML from XML: keeps the white space between elements, which otherwise is left out.
pub const OMADM_CONVERT_KEEP_BLANKS: u32 = 2;

impl omadm_convert_options {
    /// What a caller's options say; the defaults at NULL.
    ///
    /// # Safety
    /// The contract.
    unsafe fn take(at: *const omadm_convert_options) -> Outcome<ConvertOptions> {
        if at.is_null() {
            return Ok(ConvertOptions::default());
        }
        // SAFETY: the contract.
        let options = unsafe { read(at, "options") }?;
        if options.flags & !(OMADM_CONVERT_STRING_TABLE | OMADM_CONVERT_KEEP_BLANKS) != 0 || options.reserved != 0 {
            return Err(Failure::argument("options"));
        }
        let layout = match options.layout {
            0 => Layout::AsItIs,
            1 => Layout::Indented,
            2 => Layout::Canonical,
            _ => return Err(Failure::argument("layout")),
        };
        Ok(ConvertOptions {
            // SAFETY: the contract.
            read: unsafe { omadm_options::take(options.read) }?,
            string_table: options.flags & OMADM_CONVERT_STRING_TABLE != 0,
            keep_blanks: options.flags & OMADM_CONVERT_KEEP_BLANKS != 0,
            layout,
        })
    }
}

/// Writes a document, XML or WBXML, in the other encoding or in the same, as `encoding` says, an `enum omadm_encoding`: messages, trees,
/// descriptions, device information, provisioning documents. XML is UTF-8 without an XML declaration; WBXML is version 1.2.
///
/// Elements, attributes, namespaces, text and their order are kept, or the conversion is an error that says where. Comments, processing
/// instructions and the DOCTYPE are not carried. Octets of an item are an opaque block in WBXML and base64 in XML; a tree in a message becomes a
/// document of the same encoding; `Format`, `Type` and `Size` say what is really there.
///
/// `options` may be NULL. Errors: what makes the document unreadable; `OMADM_E_UNKNOWN_FORMAT` for a root that WBXML has no public identifier for;
/// `OMADM_E_INVALID_CHARACTER`, `OMADM_E_INVALID_UTF8`, `OMADM_E_INVALID_BASE64`, `OMADM_E_CHUNK_OF_OCTETS` and `OMADM_E_CHUNK_OF_BIN` for what the encoding
/// cannot carry; `OMADM_E_LIMIT_OUTPUT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_convert(
    data: *const u8,
    len: usize,
    options: *const omadm_convert_options,
    encoding: u32,
    converted: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, options, out) = unsafe {
            (slice(data, len, "data")?, omadm_convert_options::take(options)?, Buffer::of(converted, "converted")?)
        };
        out.keep(match omadm_encoding::from_number(encoding)? {
            Encoding::Xml => to_xml(data, &options)?.into_bytes(),
            Encoding::Wbxml => to_wbxml(data, &options)?,
        });
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
