//! What a `Get` asks a tree, answered with the items of its `Results`.

use super::acl::principal;
use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::command::omadm_command_kind;
use super::entry::{Failure, Out, OutStructs, OutValues, Outcome, enter, fill, read, text, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle};
use super::input::omadm_options;
use super::message::{omadm_data_form, omadm_encoding};
use super::text::{omadm_bytes, omadm_str};
use super::tree::omadm_tree;
use crate::markup::Encoding;
use crate::query::UriLimits;
use crate::session::{ResultData, ResultItem, ResultsOptions, Target, results, target};
use crate::syncml::CommandKind;
use core::ffi::c_char;

/// The items of a `Results`. They do not change, and need the tree no longer: many threads may read them.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_results {
    guard: Guard,
    items: Vec<ResultItem<'static>>,
}

const _: () = assert!(core::mem::offset_of!(omadm_results, guard) == 0);

impl Guarded for omadm_results {
    const MARK: [u8; 8] = *b"omadmRes";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// For whom, and how, a `Get` is answered. NULL in its place, and what `OMADM_RESULTS_OPTIONS_INIT` says: for the device itself, in WBXML.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_results_options {
    /// `sizeof(omadm_results_options)`; set by `OMADM_RESULTS_OPTIONS_INIT`.
    pub struct_size: u32,
    /// `OMADM_UNSTABLE_RESULTS_LOCATIONS`
    pub flags: u32,
    /// The encoding of the message that the answer is for, an `enum omadm_encoding`: a tree document is in the same one. 0 is WBXML.
    pub encoding: u32,
    /// How long URIs may be, as the device's `./DevDetail/URI` says: segments, octets in all, octets of a segment; 0 for any.
    pub max_depth: u16,
    pub max_tot_len: u16,
    pub max_seg_len: u16,
    pub reserved: u16,
    pub reserved2: u32,
    /// The server whose rights count. Absent: the device itself, which may read everything.
    pub principal: omadm_str,
    /// `limit_elements`, `limit_output`, `limit_locations` and `limit_answer_nodes` of these are what an answer may cost. NULL for the defaults.
    pub limits: *const omadm_options,
}

/// Location queries, structural queries and node addresses are answered, which no public standard has the form of. Without it they are
/// `OMADM_E_UNSUPPORTED_QUERY`.
pub const OMADM_UNSTABLE_RESULTS_LOCATIONS: u32 = 1;

/// One item of a `Results`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_result_item {
    /// `sizeof(omadm_result_item)`; set by the caller.
    pub struct_size: u32,
    /// How `data` is to be sent, an `enum omadm_data_form`: `OMADM_DATA_ABSENT`, `OMADM_DATA_TEXT`, `OMADM_DATA_CDATA` for text that holds markup, or
    /// `OMADM_DATA_OPAQUE` for octets, which are base64 in XML.
    pub form: u32,
    /// `Source/LocURI`
    pub source: omadm_str,
    /// `Meta/Format`; absent for the default, `chr`.
    pub format: omadm_str,
    /// `Meta/Type`; absent for the default, `text/plain`.
    pub media_type: omadm_str,
    pub data: omadm_bytes,
}

versioned! {
    omadm_results_options: 48, 36;
    omadm_result_item: 72, 40;
}

impl From<&ResultItem<'_>> for omadm_result_item {
    fn from(item: &ResultItem<'_>) -> omadm_result_item {
        let (form, data) = match &item.data {
            None => (omadm_data_form::OMADM_DATA_ABSENT, None),
            Some(ResultData::Text(text)) => (omadm_data_form::OMADM_DATA_TEXT, Some(text.as_bytes())),
            Some(ResultData::Markup(text)) => (omadm_data_form::OMADM_DATA_CDATA, Some(text.as_bytes())),
            Some(ResultData::Octets(octets)) => (omadm_data_form::OMADM_DATA_OPAQUE, Some(octets.as_ref())),
        };
        omadm_result_item {
            struct_size: 0,
            form: form as u32,
            source: item.source.as_str().into(),
            format: item.format.map(crate::tree::Format::name).into(),
            media_type: item.media_type.as_deref().into(),
            data: data.into(),
        }
    }
}

impl omadm_results_options {
    /// What a caller's options say; the defaults at NULL.
    ///
    /// # Safety
    /// The contract.
    unsafe fn take<'c>(at: *const omadm_results_options) -> Outcome<ResultsOptions<'c>> {
        if at.is_null() {
            return Ok(ResultsOptions::default());
        }
        // SAFETY: the contract.
        let (given, principal, limits) = unsafe {
            let given = read(at, "options")?;
            let principal = principal(given.principal.ptr, given.principal.len, "principal")?;
            (given, principal, omadm_options::take(given.limits)?.limits)
        };
        if given.flags & !OMADM_UNSTABLE_RESULTS_LOCATIONS != 0 || given.reserved != 0 || given.reserved2 != 0 {
            return Err(Failure::argument("options"));
        }
        Ok(ResultsOptions {
            principal,
            encoding: if given.encoding == 0 { Encoding::Wbxml } else { omadm_encoding::from_number(given.encoding)? },
            limits,
            uri_limits: UriLimits {
                max_depth: given.max_depth,
                max_tot_len: given.max_tot_len,
                max_seg_len: given.max_seg_len,
            },
            location_queries: given.flags & OMADM_UNSTABLE_RESULTS_LOCATIONS != 0,
        })
    }
}

/// Answers a `Get`: the items of its `Results`, for any URI with any query. `options` may be NULL. `*results` is to be freed with `omadm_results_free`.
///
/// A leaf gives its value; an interior node the names of its children, joined by `/`, with `Format` `node`. `?prop=` gives the property's text, with the
/// whole URI as `source`. `?list=Struct` gives an item for each node that the server may read; `?list=StructData` adds the values of leaves. `?list=TNDS`, with
/// `+Name` and `-Name` or without, gives one item with a tree document: in XML a CDATA section, in WBXML octets.
///
/// `OMADM_E_INVALID_URI` (status 404), `OMADM_E_INVALID_QUERY` (422), `OMADM_E_URI_TOO_LONG` (414), `OMADM_E_NODE_NOT_FOUND` (404),
/// `OMADM_E_GET_NOT_ALLOWED` (405) for the Inbox, `OMADM_E_UNSUPPORTED_QUERY` (406), `OMADM_E_ANSWER_TOO_LONG` (413), `OMADM_E_ACCESS_DENIED` (425);
/// and those of `omadm_tree_encode`, with the place of the node as `inner_offset`. Offsets count octets of the URI.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_results(
    tree: *const omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    options: *const omadm_results_options,
    results: *mut *mut omadm_results,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, uri, options, out) = unsafe {
            (
                handle(tree, "tree")?,
                text(uri, uri_len, "uri")?,
                omadm_results_options::take(options)?,
                Out::new(results, "results")?,
            )
        };
        let items = self::results(tree.view(), uri, &options)?;
        let items = items.into_iter().map(ResultItem::into_owned).collect();
        give(omadm_results { guard: Guard::new::<omadm_results>(), items }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees the items of a `Results`. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_results_free(results: *mut omadm_results) {
    // SAFETY: the contract.
    unsafe { free(results) }
}

/// How many items there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_results_count(
    results: *const omadm_results,
    count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (results, count) = unsafe { (handle(results, "results")?, Out::new(count, "count")?) };
        count.set(results.items.len());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Items, from the one with the index `first` on. `element_size` is `sizeof(omadm_result_item)`; `*written` says how many were stored, 0 at the end. What they
/// lend is valid until `omadm_results_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_results_items(
    results: *const omadm_results,
    first: usize,
    items: *mut omadm_result_item,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (results, out, written) = unsafe {
            (
                handle(results, "results")?,
                OutStructs::many(items, element_size, capacity, "items")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, results.items.iter().skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Finds out which node a command is about, before it is done: a node address is taken for the URI of the node that it fits, everything else for itself.
/// `command` is an `enum omadm_command_kind`; of `options`, which may be NULL, `OMADM_UNSTABLE_RESULTS_LOCATIONS` says whether there are node addresses.
///
/// `*found` is 1, and `uris` has the URI, with `?prop=` if a property is meant. If it is more the address fits several nodes, and nothing is to be done: the answer is
/// status 300 with an item for each, which has the URI as its `Target`. There are at most 16; they stand one after the other, `ends[i]` says where each ends, and there
/// is room for 16 in `ends`.
///
/// `OMADM_E_UNSUPPORTED_QUERY` (406) for a node address where there are none, `OMADM_E_COMMAND_NOT_ALLOWED` (405) for a query in another command than
/// `Get`, `OMADM_E_READ_ONLY_PROPERTY` (405), `OMADM_E_INVALID_LOCATION_QUERY`, `OMADM_E_NODE_NOT_FOUND`, `OMADM_E_ACCESS_DENIED` and
/// `OMADM_E_LIMIT_PATTERN`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_tree_target(
    tree: *const omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    command: u32,
    options: *const omadm_results_options,
    uris: *mut omadm_buffer,
    ends: *mut usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, uri, options, out, mut ends, found) = unsafe {
            (
                handle(tree, "tree")?,
                text(uri, uri_len, "uri")?,
                omadm_results_options::take(options)?,
                Buffer::of(uris, "uris")?,
                OutValues::many(ends, MOST_TARGETS, "ends")?,
                Out::new(found, "found")?,
            )
        };
        let uris = match target(tree.view(), uri, command_kind(command)?, &options)? {
            Target::Uri(uri) => vec![uri.into_owned()],
            Target::Several(uris) => uris,
        };
        let all_ends = uris.iter().scan(0_usize, |end, uri| {
            *end = end.saturating_add(uri.len());
            Some(*end)
        });
        ends.set(all_ends);
        found.set(uris.len().min(MOST_TARGETS));
        out.keep(uris.concat().into_bytes());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// How many nodes `Target::Several` names at most.
const MOST_TARGETS: usize = 16;

fn command_kind(number: u32) -> Outcome<CommandKind> {
    const ALL: [CommandKind; 12] = [
        CommandKind::Add,
        CommandKind::Alert,
        CommandKind::Atomic,
        CommandKind::Copy,
        CommandKind::Delete,
        CommandKind::Exec,
        CommandKind::Get,
        CommandKind::Replace,
        CommandKind::Results,
        CommandKind::Sequence,
        CommandKind::Status,
        CommandKind::Other,
    ];
    let found = ALL.into_iter().find(|kind| omadm_command_kind::of(*kind) as u32 == number);
    found.ok_or(Failure::argument("command"))
}
