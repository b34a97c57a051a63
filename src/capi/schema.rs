//! Device descriptions (DDF): which nodes there may be, and what may be done with them.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::command::OMADM_NO_INDEX;
use super::entry::{
    Failure, Out, OutStructs, OutValues, Outcome, enter, fill, narrow, set_flags, slice, text, versioned,
};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle, handle_mut};
use super::input::omadm_options;
use super::text::{omadm_bytes, omadm_str};
use super::tree::{OMADM_NO_NODE, omadm_format};
use crate::ddf::{AccessTypes, CaseSense, Schema, SchemaNode, Scope, Verdict, decode_with};
use core::ffi::c_char;
use std::sync::Arc;

/// What one or more device descriptions say. Many threads may read one that nobody adds to. What functions lend out of it is valid until
/// something is added to it, or it is freed.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_schema {
    guard: Guard,
    /// Shared with checks.
    pub(super) schema: Arc<Schema<'static>>,
}

const _: () = assert!(core::mem::offset_of!(omadm_schema, guard) == 0);

impl Guarded for omadm_schema {
    const MARK: [u8; 8] = *b"omadmDdf";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// Names one described node of one schema for as long as the schema lives, also when something is added. 0 is none.
pub type omadm_schema_node = u64;

/// The number of a described node.
pub(super) fn number(node: SchemaNode<'_>) -> omadm_schema_node {
    let document = node.document().map_or(0, |document| document.index());
    (u64::from(narrow(document)) << 32) | u64::from(narrow(node.index()).wrapping_add(1))
}

impl omadm_schema {
    fn new(schema: Schema<'static>) -> omadm_schema {
        omadm_schema { guard: Guard::new::<omadm_schema>(), schema: Arc::new(schema) }
    }

    /// The node that a number stands for; `argument` is what the caller calls that number.
    fn node(&self, number: omadm_schema_node, argument: &'static str) -> Outcome<SchemaNode<'_>> {
        let stale = Failure::stale_node(argument);
        let (document, index) = ((number >> 32) as usize, (number as u32).checked_sub(1).ok_or(stale)?);
        let node = self.schema.nodes_from(document, index).next();
        node.filter(|node| self::number(*node) == number).ok_or(stale)
    }
}

/// One described node.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_schema_node_info {
    /// `sizeof(omadm_schema_node_info)`; set by the caller.
    pub struct_size: u32,
    /// `DFFormat`, an `enum omadm_format`; where it is absent what follows from the rest of the description.
    pub format: u32,
    /// `AccessType`: the commands that the node takes, `OMADM_ACCESS_*`; none where it is absent.
    pub access: u32,
    /// `OMADM_SCHEMA_*`.
    pub flags: u32,
    /// `Occurrence`: how many there must be at least (1 where it is absent), and may be at most; `OMADM_NO_INDEX` for any number.
    pub occurrence_min: u32,
    pub occurrence_max: u32,
    pub node: omadm_schema_node,
    /// The node that it stands in; 0 at the top of its document, where `path` says what is above.
    pub parent: omadm_schema_node,
    /// Which of the documents it is in, from 0, and where it begins there.
    pub document: u64,
    pub offset: u64,
    /// `NodeName`; absent for an empty one: it stands for nodes of any name.
    pub name: omadm_str,
    /// `Path`: the URI of the parent.
    pub path: omadm_str,
    /// `DFTitle`
    pub title: omadm_str,
    /// `Description`
    pub description: omadm_str,
    /// The identifier of the management object that begins here.
    pub mo_id: omadm_str,
    /// The first media type of a leaf; `omadm_schema_media_types` has all.
    pub media_type: omadm_str,
    /// `DefaultValue`
    pub default_value: omadm_bytes,
    /// `Value`: what a new instance begins with.
    pub value: omadm_bytes,
}

versioned! { omadm_schema_node_info: 184, 120; }

/// The node takes Add.
pub const OMADM_ACCESS_ADD: u32 = 1;
/// The node takes Copy.
pub const OMADM_ACCESS_COPY: u32 = 2;
/// The node takes Delete.
pub const OMADM_ACCESS_DELETE: u32 = 4;
/// The node takes Exec.
pub const OMADM_ACCESS_EXEC: u32 = 8;
/// The node takes Get.
pub const OMADM_ACCESS_GET: u32 = 16;
/// The node takes Replace.
pub const OMADM_ACCESS_REPLACE: u32 = 32;

const _: () = assert!(
    OMADM_ACCESS_ADD == AccessTypes::ADD.bits() as u32
        && OMADM_ACCESS_COPY == AccessTypes::COPY.bits() as u32
        && OMADM_ACCESS_DELETE == AccessTypes::DELETE.bits() as u32
        && OMADM_ACCESS_EXEC == AccessTypes::EXEC.bits() as u32
        && OMADM_ACCESS_GET == AccessTypes::GET.bits() as u32
        && OMADM_ACCESS_REPLACE == AccessTypes::REPLACE.bits() as u32
);

/// It stands for nodes of any name: its name is empty, `*`, `{X}` or `<X>`.
pub const OMADM_SCHEMA_DYNAMIC_NAME: u32 = 1;
/// It has `DFProperties`; without there is no more than name and place.
pub const OMADM_SCHEMA_DESCRIBED: u32 = 2;
/// It has an `AccessType`.
pub const OMADM_SCHEMA_ACCESS: u32 = 4;
/// `Scope` is `Permanent`.
pub const OMADM_SCHEMA_PERMANENT: u32 = 8;
/// `CaseSense` is `CIS`: the case of the names below does not count.
pub const OMADM_SCHEMA_CASE_INSENSITIVE: u32 = 16;

impl From<SchemaNode<'_>> for omadm_schema_node_info {
    fn from(node: SchemaNode<'_>) -> omadm_schema_node_info {
        let flags = [
            (node.is_dynamic_name(), OMADM_SCHEMA_DYNAMIC_NAME),
            (node.is_described(), OMADM_SCHEMA_DESCRIBED),
            (node.declared_access().is_some(), OMADM_SCHEMA_ACCESS),
            (node.scope() == Scope::Permanent, OMADM_SCHEMA_PERMANENT),
            (node.case_sense() == Some(CaseSense::Insensitive), OMADM_SCHEMA_CASE_INSENSITIVE),
        ];
        omadm_schema_node_info {
            struct_size: 0,
            format: omadm_format::number(node.format()),
            access: node.access().bits().into(),
            flags: set_flags(&flags),
            occurrence_min: node.occurrence().min(),
            occurrence_max: node.occurrence().max().unwrap_or(OMADM_NO_INDEX),
            node: number(node),
            parent: node.parent().map_or(OMADM_NO_NODE, number),
            document: node.document().map_or(0, |document| document.index() as u64),
            offset: node.offset() as u64,
            name: node.name().into(),
            path: node.path().into(),
            title: node.title().into(),
            description: node.description().into(),
            mo_id: node.mo_id().into(),
            media_type: node.mime_types().next().into(),
            default_value: node.default_octets().into(),
            value: node.value_octets().into(),
        }
    }
}

/// # Safety
/// The contract.
unsafe fn decode(data: *const u8, len: usize, options: *const omadm_options) -> Outcome<Schema<'static>> {
    // SAFETY: the contract.
    let (data, options) = unsafe { (slice(data, len, "data")?, omadm_options::take(options)?) };
    Ok(decode_with(data, &options)?.into_owned())
}

/// Decodes a device description, XML or WBXML. `options` may be NULL. `*schema` is to be freed with `omadm_schema_free`.
///
/// A tree document is a description that describes little; it is not refused. Errors: 1xx to 4xx, `OMADM_E_NOT_TREE`, `OMADM_E_MISSING`,
/// `OMADM_E_REPEATED`, `OMADM_E_INVALID_NAME`, `OMADM_E_INVALID_PATH`, `OMADM_E_UNKNOWN_NODE_FORMAT` and `OMADM_E_INVALID_VALUE`, with the offset of the element
/// at fault.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_decode(
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    schema: *mut *mut omadm_schema,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, decoded) = unsafe { (Out::new(schema, "schema")?, decode(data, len, options)?) };
        give(omadm_schema::new(decoded), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Adds what another document describes behind what is there. Nothing is thrown away where two documents describe the same URI. A check that was made
/// before does not see it. Errors are those of `omadm_schema_decode`; then nothing was added.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_add(
    schema: *mut omadm_schema,
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut schema, added) = unsafe { (handle_mut(schema, "schema")?, decode(data, len, options)?) };
        // Where a check has it, too, that one keeps what it had.
        Arc::make_mut(&mut schema.schema).merge(added);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a schema. NULL is left alone. Checks that were made of it live on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_free(schema: *mut omadm_schema) {
    // SAFETY: the contract.
    unsafe { free(schema) }
}

/// How many nodes a schema describes, and in how many documents. Outputs that are NULL are left out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_summary(
    schema: *const omadm_schema,
    node_count: *mut usize,
    document_count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, nodes, documents) = unsafe {
            (
                handle(schema, "schema")?,
                Out::optional(node_count, "node_count")?,
                Out::optional(document_count, "document_count")?,
            )
        };
        nodes.set(schema.schema.len());
        documents.set(schema.schema.documents().len());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Described nodes, parents before children, in the order of the documents: those behind `after`, or from the first on if that is 0. `element_size` is
/// `sizeof(omadm_schema_node_info)`; `*written` says how many were stored, 0 at the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_nodes(
    schema: *const omadm_schema,
    after: omadm_schema_node,
    nodes: *mut omadm_schema_node_info,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, out, written) = unsafe {
            (
                handle(schema, "schema")?,
                OutStructs::many(nodes, element_size, capacity, "nodes")?,
                Out::new(written, "written")?,
            )
        };
        let (document, next) = match after {
            0 => (0, 0),
            // An index is one less than what stands in the lower half.
            after => schema.node(after, "after").map(|_| ((after >> 32) as usize, after as u32))?,
        };
        fill(out, schema.schema.nodes_from(document, next), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// One described node.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_node_get(
    schema: *const omadm_schema,
    node: omadm_schema_node,
    info: *mut omadm_schema_node_info,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, mut out) = unsafe { (handle(schema, "schema")?, OutStructs::one(info, "info")?) };
        out.set(0, schema.node(node, "node")?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The descriptions of the node at a URI: the best first, which is that of the exact names before one that an unnamed node stands for, the first document's
/// first. `*found` says how many there are; as many as `capacity` has room for are stored in `nodes`. `OMADM_E_INVALID_URI`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_find(
    schema: *const omadm_schema,
    uri: *const c_char,
    uri_len: usize,
    nodes: *mut omadm_schema_node,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, uri, mut nodes, found) = unsafe {
            (
                handle(schema, "schema")?,
                text(uri, uri_len, "uri")?,
                OutValues::many(nodes, capacity, "nodes")?,
                Out::new(found, "found")?,
            )
        };
        let matches: Vec<omadm_schema_node> = schema.schema.matches(uri)?.map(number).collect();
        found.set(matches.len());
        nodes.set(matches);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The URI of a described node; of unnamed nodes, and below such, a template like `./Vendor/Acc/{Name}/Port`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_uri(
    schema: *const omadm_schema,
    node: omadm_schema_node,
    uri: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, out) = unsafe { (handle(schema, "schema")?, Buffer::of(uri, "uri")?) };
        out.keep(schema.node(node, "node")?.uri().to_string().into_bytes());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The media types that the value of a leaf can have. `*found` says how many there are; as many as `capacity` has room for are stored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_media_types(
    schema: *const omadm_schema,
    node: omadm_schema_node,
    media_types: *mut omadm_str,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, mut out, found) = unsafe {
            (
                handle(schema, "schema")?,
                OutValues::many(media_types, capacity, "media_types")?,
                Out::new(found, "found")?,
            )
        };
        let node = schema.node(node, "node")?;
        found.set(node.mime_types().count());
        out.set(node.mime_types().map(omadm_str::from));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// What a description says of a value.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_verdict {
    OMADM_VERDICT_ALLOWED = 1,
    OMADM_VERDICT_REFUSED = 2,
    /// The description says more than this library can judge.
    OMADM_VERDICT_NOT_JUDGED = 3,
}

/// Whether a node takes a value, as it is sent: `*verdict` becomes an `enum omadm_verdict`. To ask for many, make a check.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_schema_judge(
    schema: *const omadm_schema,
    node: omadm_schema_node,
    value: *const u8,
    value_len: usize,
    verdict: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, value, out) =
            unsafe { (handle(schema, "schema")?, slice(value, value_len, "value")?, Out::new(verdict, "verdict")?) };
        let verdict = match schema.node(node, "node")?.value_rule().allows(value) {
            Verdict::Allowed => omadm_verdict::OMADM_VERDICT_ALLOWED,
            Verdict::Refused(_) => omadm_verdict::OMADM_VERDICT_REFUSED,
            Verdict::NotJudged(_) => omadm_verdict::OMADM_VERDICT_NOT_JUDGED,
        };
        out.set(verdict as u32);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
