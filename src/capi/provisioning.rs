//! Client-provisioning documents (PROV 1.1): the accounts and settings that bootstrap a device. `omadm_convert` has them in the other encoding.

use super::codes::omadm_rc;
use super::entry::{Out, OutStructs, enter, fill, slice, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle};
use super::input::omadm_options;
use super::message::omadm_encoding;
use super::text::omadm_str;
use crate::markup::Encoding;
use crate::provisioning::{Attribute, Characteristic, Document};
use core::ops::Range;

/// A client-provisioning document. It does not change: many threads may read one. What functions lend out of it is valid until
/// `omadm_provisioning_free`. It has secrets: do not log it.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_provisioning {
    guard: Guard,
    encoding: Encoding,
    version: Option<Range<usize>>,
    rows: Vec<Row>,
    /// Version, names and values, one after the other.
    texts: String,
}

struct Row {
    kind: omadm_provisioning_kind,
    offset: usize,
    name: Option<Range<usize>>,
    value: Option<Range<usize>>,
}

const _: () = assert!(core::mem::offset_of!(omadm_provisioning, guard) == 0);

impl Guarded for omadm_provisioning {
    const MARK: [u8; 8] = *b"omadmPrv";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

impl omadm_provisioning {
    fn of(document: &Document<'_>) -> omadm_provisioning {
        let mut made = omadm_provisioning {
            guard: Guard::new::<omadm_provisioning>(),
            encoding: document.encoding(),
            version: None,
            rows: Vec::new(),
            texts: String::new(),
        };
        made.version = document.version().map(|version| made.keep(version));
        made.attributes(0, document.attributes());
        // Where the characteristics that are open end: among all of them.
        let mut open: Vec<Characteristic<'_>> = Vec::new();
        for characteristic in document.all_characteristics() {
            while open.pop_if(|outer| !characteristic.is_within(outer)).is_some() {
                made.row(omadm_provisioning_kind::OMADM_PROVISIONING_END, 0, None, None);
            }
            made.begin(&characteristic);
            open.push(characteristic);
        }
        for _ in open {
            made.row(omadm_provisioning_kind::OMADM_PROVISIONING_END, 0, None, None);
        }
        made
    }

    /// A characteristic with its parms.
    fn begin(&mut self, characteristic: &Characteristic<'_>) {
        let at = characteristic.offset();
        self.row(omadm_provisioning_kind::OMADM_PROVISIONING_BEGIN, at, Some(characteristic.kind()), None);
        self.attributes(at, characteristic.attributes());
        for parm in characteristic.parms() {
            let kind = omadm_provisioning_kind::OMADM_PROVISIONING_PARM;
            self.row(kind, parm.offset(), Some(parm.name()), parm.value());
            self.attributes(parm.offset(), parm.attributes());
        }
    }

    fn attributes<'d>(&mut self, offset: usize, attributes: impl Iterator<Item = Attribute<'d>>) {
        for attribute in attributes {
            let kind = omadm_provisioning_kind::OMADM_PROVISIONING_ATTRIBUTE;
            self.row(kind, offset, Some(attribute.name), Some(attribute.value));
        }
    }

    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.texts.len();
        self.texts.push_str(text);
        start..self.texts.len()
    }

    fn row(&mut self, kind: omadm_provisioning_kind, offset: usize, name: Option<&str>, value: Option<&str>) {
        let (name, value) = (name.map(|name| self.keep(name)), value.map(|value| self.keep(value)));
        self.rows.push(Row { kind, offset, name, value });
    }

    fn text(&self, range: Option<&Range<usize>>) -> omadm_str {
        range.and_then(|range| self.texts.get(range.clone())).into()
    }

    fn part(&self, row: &Row) -> omadm_provisioning_part {
        omadm_provisioning_part {
            struct_size: 0,
            kind: row.kind as u32,
            offset: row.offset as u64,
            name: self.text(row.name.as_ref()),
            value: self.text(row.value.as_ref()),
        }
    }
}

/// What a document consists of, in its order.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_provisioning_kind {
    /// A `characteristic` begins, inside the one that is open; `name` is its `type`. Its parms come next, then the characteristics inside it.
    OMADM_PROVISIONING_BEGIN = 1,
    /// A `parm` with name and value; without a value it says something by being there, as `INTERNET` does.
    OMADM_PROVISIONING_PARM = 2,
    /// An attribute that the standard does not know, such as Microsoft's `datatype`, of what comes before; of the document itself where nothing does. Its
    /// name is as written, with its prefix.
    OMADM_PROVISIONING_ATTRIBUTE = 3,
    /// The innermost characteristic ends.
    OMADM_PROVISIONING_END = 4,
}

/// One part of a document.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_provisioning_part {
    /// `sizeof(omadm_provisioning_part)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_provisioning_kind`.
    pub kind: u32,
    /// Where the element begins in the input; 0 for an end.
    pub offset: u64,
    pub name: omadm_str,
    pub value: omadm_str,
}

versioned! { omadm_provisioning_part: 48, 32; }

/// Decodes a client-provisioning document, XML or WBXML. `options` may be NULL. `*provisioning` is to be freed with `omadm_provisioning_free`.
///
/// Elements that the standard does not know are passed over. Errors: 1xx to 4xx, `OMADM_E_NOT_PROVISIONING`, `OMADM_E_MISSING` for a characteristic
/// without `type` or a parm without `name`, `OMADM_E_REPEATED`, `OMADM_E_UNEXPECTED_ELEMENT` and `OMADM_E_UNEXPECTED_TEXT`, with the offset of what is at fault.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_provisioning_decode(
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    provisioning: *mut *mut omadm_provisioning,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, options, out) = unsafe {
            (slice(data, len, "data")?, omadm_options::take(options)?, Out::new(provisioning, "provisioning")?)
        };
        give(omadm_provisioning::of(&Document::decode_with(data, &options)?), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a document. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_provisioning_free(provisioning: *mut omadm_provisioning) {
    // SAFETY: the contract.
    unsafe { free(provisioning) }
}

/// What a document was written in, an `enum omadm_encoding`; its `version`, absent for 1.0; and how many parts it has. Outputs that are NULL are left out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_provisioning_summary(
    provisioning: *const omadm_provisioning,
    encoding: *mut u32,
    version: *mut omadm_str,
    part_count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (provisioning, encoding, version, part_count) = unsafe {
            (
                handle(provisioning, "provisioning")?,
                Out::optional(encoding, "encoding")?,
                Out::optional(version, "version")?,
                Out::optional(part_count, "part_count")?,
            )
        };
        encoding.set(omadm_encoding::number(provisioning.encoding));
        version.set(provisioning.text(provisioning.version.as_ref()));
        part_count.set(provisioning.rows.len());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The parts of a document, from the one with the index `first` on. `element_size` is `sizeof(omadm_provisioning_part)`; `*written` says how many were stored,
/// 0 at the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_provisioning_parts(
    provisioning: *const omadm_provisioning,
    first: usize,
    parts: *mut omadm_provisioning_part,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (provisioning, out, written) = unsafe {
            (
                handle(provisioning, "provisioning")?,
                OutStructs::many(parts, element_size, capacity, "parts")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, provisioning.rows.iter().skip(first).map(|row| provisioning.part(row)), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
