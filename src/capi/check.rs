//! Whether trees, messages and commands are as device descriptions say.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, fill, optional_text, read, slice, text, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle};
use super::input::omadm_options;
use super::message::omadm_message;
use super::owner::OwnedCheck;
use super::schema::{number, omadm_schema, omadm_schema_node};
use super::text::{OMADM_NONE, omadm_bytes, omadm_str};
use super::tree::omadm_tree;
use crate::ddf::{AccessTypes, Check, Findings, OsBuild, Request};
use std::sync::Arc;

/// A check against a schema. What it looks up is kept, so one serves for many trees and messages, also from several threads.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_check {
    guard: Guard,
    check: OwnedCheck,
}

const _: () = assert!(core::mem::offset_of!(omadm_check, guard) == 0);

impl Guarded for omadm_check {
    const MARK: [u8; 8] = *b"omadmChk";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// What a check found. It does not change, and needs neither the check nor what was checked.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_findings {
    guard: Guard,
    rows: Vec<Row>,
    is_complete: bool,
}

const _: () = assert!(core::mem::offset_of!(omadm_findings, guard) == 0);

impl Guarded for omadm_findings {
    const MARK: [u8; 8] = *b"omadmFnd";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

struct Row {
    kind: omadm_finding_kind,
    status: u32,
    offset: u64,
    node: omadm_schema_node,
    reason: &'static str,
    uri: String,
    text: String,
    expected: Option<String>,
}

impl omadm_findings {
    fn of(findings: &Findings<'_>) -> omadm_findings {
        let offset = |offset: Option<usize>| offset.map_or(OMADM_NONE, |offset| offset as u64);
        let found = findings.iter().map(|finding| Row {
            kind: omadm_finding_kind::OMADM_FINDING_WRONG,
            status: finding.status().map_or(0, |status| status.0.into()),
            offset: offset(finding.offset()),
            node: finding.node().map_or(0, number),
            reason: finding.reason().name(),
            uri: finding.uri().to_owned(),
            text: finding.reason().to_string(),
            expected: finding.expected(),
        });
        let not_judged = findings.not_judged().iter().map(|unjudged| Row {
            kind: omadm_finding_kind::OMADM_FINDING_NOT_JUDGED,
            status: 0,
            offset: offset(unjudged.offset()),
            node: number(unjudged.node()),
            reason: "not-judged",
            uri: unjudged.uri().to_owned(),
            text: unjudged.why().to_string(),
            expected: None,
        });
        let rows = found.chain(not_judged).collect();
        omadm_findings { guard: Guard::new::<omadm_findings>(), rows, is_complete: findings.is_complete() }
    }
}

/// How a tree is checked. NULL in its place, and what `OMADM_CHECK_OPTIONS_INIT` says: documents are parts of a tree, for any build.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_check_options {
    /// `sizeof(omadm_check_options)`; set by `OMADM_CHECK_OPTIONS_INIT`.
    pub struct_size: u32,
    /// `OMADM_CHECK_WHOLE_TREE`
    pub flags: u32,
    /// The build of Windows of the device, such as `10.0.22621`: nodes that it does not have are findings, and are not missed. Absent: every node is taken to
    /// be there.
    pub os_build: omadm_str,
    /// `limit_findings`, `limit_patterns` and `limit_pattern_size` of these count. NULL for the defaults.
    pub limits: *const omadm_options,
}

/// Documents are whole trees: nodes are missed below nodes that a document only implies, too, and below the root.
pub const OMADM_CHECK_WHOLE_TREE: u32 = 1;

/// A command to be checked. Begin with `omadm_check_request request = OMADM_CHECK_REQUEST_INIT;`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_check_request {
    /// `sizeof(omadm_check_request)`; set by `OMADM_CHECK_REQUEST_INIT`.
    pub struct_size: u32,
    /// One of `OMADM_ACCESS_*`; 0 to check only what the node is and holds, as of an answer.
    pub command: u32,
    /// Whether it stands in an `Atomic`: 0 if that is not to be checked, 1 if it does not, 2 if it does.
    pub in_atomic: u32,
    pub reserved: u32,
    /// The node's URI, which may have `?prop=` or `?list=` behind it.
    pub uri: omadm_str,
    /// `Meta/Format`, as it is written.
    pub format: omadm_str,
    /// `Meta/Type`
    pub media_type: omadm_str,
    /// `Data`, as it was sent.
    pub value: omadm_bytes,
}

/// What a finding says.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_finding_kind {
    /// Something is not as described.
    OMADM_FINDING_WRONG = 1,
    /// A value or a name was held against a rule that this library cannot judge by: nothing is known to be wrong. These come last.
    OMADM_FINDING_NOT_JUDGED = 2,
}

/// One thing that was found.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_finding {
    /// `sizeof(omadm_finding)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_finding_kind`.
    pub kind: u32,
    /// The status code that a device answers a command with; 0 where there is none.
    pub status: u32,
    pub reserved: u32,
    /// Where the item begins in the message that was checked; else `OMADM_NONE`.
    pub offset: u64,
    /// The description that says so, in the schema that the check was made of; 0 where there is none.
    pub node: omadm_schema_node,
    /// The node that it is about; of a command as it was written there.
    pub uri: omadm_str,
    /// A short name for programs, such as `not-described`. Stays the same between releases. Static.
    pub reason: omadm_str,
    /// The reason in words.
    pub text: omadm_str,
    /// What the description has instead, in words.
    pub expected: omadm_str,
}

versioned! {
    omadm_check_options: 32, 20;
    omadm_check_request: 80, 48;
    omadm_finding: 96, 64;
}

impl From<&Row> for omadm_finding {
    fn from(row: &Row) -> omadm_finding {
        omadm_finding {
            struct_size: 0,
            kind: row.kind as u32,
            status: row.status,
            reserved: 0,
            offset: row.offset,
            node: row.node,
            uri: row.uri.as_str().into(),
            reason: row.reason.into(),
            text: row.text.as_str().into(),
            expected: row.expected.as_deref().into(),
        }
    }
}

/// Makes a check against a schema, as that is now. `options` may be NULL. `*check` is to be freed with `omadm_check_free`; the schema can be freed before.
/// `OMADM_E_INVALID_NUMBER` for an `os_build` that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_check_new(
    schema: *const omadm_schema,
    options: *const omadm_check_options,
    check: *mut *mut omadm_check,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (schema, out) = unsafe { (handle(schema, "schema")?, Out::new(check, "check")?) };
        // SAFETY: the contract.
        let (flags, os_build, limits) = unsafe {
            if options.is_null() {
                (0, None, omadm_options::take(core::ptr::null())?)
            } else {
                let given = read(options, "options")?;
                let os_build = optional_text(given.os_build.ptr, given.os_build.len, "os_build")?;
                (given.flags, os_build, omadm_options::take(given.limits)?)
            }
        };
        if flags & !OMADM_CHECK_WHOLE_TREE != 0 {
            return Err(Failure::argument("options"));
        }
        let os_build = os_build.map(str::parse::<OsBuild>).transpose()?;
        let check = OwnedCheck::new(Arc::clone(&schema.schema), |schema| {
            let check = Check::new(schema).limits(&limits.limits).whole_tree(flags & OMADM_CHECK_WHOLE_TREE != 0);
            match os_build {
                Some(build) => check.os_build(build),
                None => check,
            }
        });
        give(omadm_check { guard: Guard::new::<omadm_check>(), check }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a check. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_check_free(check: *mut omadm_check) {
    // SAFETY: the contract.
    unsafe { free(check) }
}

/// Checks a tree. `*findings` is to be freed with `omadm_findings_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_check_tree(
    check: *const omadm_check,
    tree: *const omadm_tree,
    findings: *mut *mut omadm_findings,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (check, tree, out) =
            unsafe { (handle(check, "check")?, handle(tree, "tree")?, Out::new(findings, "findings")?) };
        give(check.check.with_dependent(|_, check| omadm_findings::of(&check.tree(tree.view()))), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Checks every item of the commands Add, Copy, Delete, Exec, Get, Replace and Results of a message; trees in items are checked as trees.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_check_message(
    check: *const omadm_check,
    message: *const omadm_message,
    findings: *mut *mut omadm_findings,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (check, message, out) =
            unsafe { (handle(check, "check")?, handle(message, "message")?, Out::new(findings, "findings")?) };
        give(check.check.with_dependent(|_, check| omadm_findings::of(&check.message(message.view()))), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Checks one command, before it is done or sent. Findings have the status code that a device answers with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_check_command(
    check: *const omadm_check,
    request: *const omadm_check_request,
    findings: *mut *mut omadm_findings,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (check, request, out) =
            unsafe { (handle(check, "check")?, take_request(request)?, Out::new(findings, "findings")?) };
        give(check.check.with_dependent(|_, check| omadm_findings::of(&check.command(&request))), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// # Safety
/// The contract.
unsafe fn take_request<'c>(at: *const omadm_check_request) -> Outcome<Request<'c>> {
    // SAFETY: the contract.
    let (given, uri, format, media_type, value) = unsafe {
        let given = read(at, "request")?;
        let uri = text(given.uri.ptr, given.uri.len, "uri")?;
        let format = optional_text(given.format.ptr, given.format.len, "format")?;
        let media_type = optional_text(given.media_type.ptr, given.media_type.len, "media_type")?;
        (given, uri, format, media_type, slice(given.value.ptr, given.value.len, "value")?)
    };
    let command = u8::try_from(given.command).ok().and_then(AccessTypes::from_bits);
    let command = command.filter(|_| given.command.count_ones() <= 1).ok_or(Failure::argument("command"))?;
    let request = Request::new(command, uri);
    let request = match (given.in_atomic, given.reserved) {
        (0, 0) => request,
        (1, 0) => request.in_atomic(false),
        (2, 0) => request.in_atomic(true),
        _ => return Err(Failure::argument("in_atomic")),
    };
    let request = format.map_or(request, |format| request.format(format));
    let request = media_type.map_or(request, |media_type| request.media_type(media_type));
    Ok(if given.value.ptr.is_null() { request } else { request.value(value) })
}

/// How many findings there are, and whether these are all (1) or were cut off at `limit_findings` (0). Outputs that are NULL are left out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_findings_summary(
    findings: *const omadm_findings,
    count: *mut usize,
    is_complete: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (findings, count, is_complete) = unsafe {
            (handle(findings, "findings")?, Out::optional(count, "count")?, Out::optional(is_complete, "is_complete")?)
        };
        count.set(findings.rows.len());
        is_complete.set(findings.is_complete.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Findings, from the one with the index `first` on. `element_size` is `sizeof(omadm_finding)`; `*written` says how many were stored, 0 at the end. Texts are
/// lent until `omadm_findings_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_findings_rows(
    findings: *const omadm_findings,
    first: usize,
    rows: *mut omadm_finding,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (findings, out, written) = unsafe {
            (
                handle(findings, "findings")?,
                OutStructs::many(rows, element_size, capacity, "rows")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, findings.rows.iter().skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees findings. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_findings_free(findings: *mut omadm_findings) {
    // SAFETY: the contract.
    unsafe { free(findings) }
}
