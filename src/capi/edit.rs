//! Changing a tree: what `Add`, `Replace`, `Delete` and `Copy` do, for a server and its rights, or for the device.
//!
//! Each edit is done whole or not at all. Nodes are named by URI, `./A/B`; `error->offset` counts the octets of it, to the segment at fault.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, read, slice, text, versioned};
use super::error::omadm_error;
use super::handle::{Held, handle_mut};
use super::input::omadm_options;
use super::property::omadm_property;
use super::text::{omadm_bytes, omadm_str, required};
use super::tree::{omadm_format, omadm_node, omadm_tree};
use crate::query::UriLimits;
use crate::tree::{EditOptions, Editor, Format, NewNode, NewValue, Principal, TStamp};
use core::ffi::c_char;
use std::borrow::Cow;

/// For whom, when and how a tree is edited. NULL in its place, and what `OMADM_EDIT_OPTIONS_INIT` says, is the device itself, without a time.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_edit_options {
    /// `sizeof(omadm_edit_options)`; set by `OMADM_EDIT_OPTIONS_INIT`.
    pub struct_size: u32,
    /// `OMADM_EDIT_IMPLICIT_PARENTS`
    pub flags: u32,
    /// The Server Identifier of the authenticated server whose rights count. Absent: the device itself, which may do everything.
    pub principal: omadm_str,
    /// Seconds since the beginning of 1970: what nodes that change get as their `TStamp`, and with it every such node counts its changes in
    /// `VerNo`. 0 for none: only nodes that have a `VerNo` count.
    pub now: u64,
    /// How long URIs may be, as the device's `./DevDetail/URI` says: segments, octets in all, octets of a segment; 0 for any.
    pub max_depth: u16,
    pub max_tot_len: u16,
    pub max_seg_len: u16,
    pub reserved: u16,
    /// `limit_elements`, `limit_depth` and `limit_text` of these are what a tree may hold. NULL for the defaults.
    pub limits: *const omadm_options,
}

versioned! { omadm_edit_options: 48, 36; }

/// Adding a node makes the interior nodes that are missing above it, which a device may do.
pub const OMADM_EDIT_IMPLICIT_PARENTS: u32 = 1;

/// A node to be added: what the `Meta` and `Data` of an `Add` say. Begin with `omadm_new_node node = OMADM_NEW_NODE_INIT;`: an interior node.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_new_node {
    /// `sizeof(omadm_new_node)`; set by `OMADM_NEW_NODE_INIT`.
    pub struct_size: u32,
    /// An `enum omadm_format`. 0: `chr` with a text, `bin` with octets, else `node`.
    pub format: u32,
    /// The value as text; of a `bin` node as base64.
    pub text: omadm_str,
    /// The value as octets, instead of a text.
    pub octets: omadm_bytes,
    /// `Type`: the media type of a leaf, `text/plain` if it is absent; of an interior node the identifier of the management object that begins there.
    pub node_type: omadm_str,
    pub title: omadm_str,
}

/// A new value of a leaf: what the `Meta` and `Data` of a `Replace` say. What it does not say stays as it was.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_new_value {
    /// `sizeof(omadm_new_value)`; set by `OMADM_NEW_VALUE_INIT`.
    pub struct_size: u32,
    /// An `enum omadm_format`, or 0: it stays as it was.
    pub format: u32,
    /// The value as text; of a `bin` node as base64. Absent it is empty.
    pub text: omadm_str,
    /// The value as octets, instead of a text.
    pub octets: omadm_bytes,
    pub media_type: omadm_str,
}

versioned! {
    omadm_new_node: 72, 40;
    omadm_new_value: 56, 32;
}

/// What is said of a node, each text apart from the tree that is edited.
struct Parts<'c> {
    format: Option<Format>,
    text: Option<Cow<'c, str>>,
    octets: Option<Cow<'c, [u8]>>,
    node_type: Option<Cow<'c, str>>,
    title: Option<Cow<'c, str>>,
}

impl Parts<'_> {
    fn node(&self) -> NewNode<'_> {
        let node = match (&self.text, &self.octets) {
            (Some(text), _) => NewNode::leaf(text),
            (None, Some(octets)) => NewNode::octets(octets),
            (None, None) => NewNode::interior(),
        };
        let node = self.format.map_or(node, |format| node.format(format));
        let node = self.node_type.as_deref().map_or(node, |node_type| node.media_type(node_type));
        self.title.as_deref().map_or(node, |title| node.title(title))
    }

    fn value(&self) -> NewValue<'_> {
        let value = match (&self.text, &self.octets) {
            (None, Some(octets)) => NewValue::octets(octets),
            (text, _) => NewValue::text(text.as_deref().unwrap_or_default()),
        };
        let value = self.format.map_or(value, |format| value.format(format));
        self.node_type.as_deref().map_or(value, |media_type| value.media_type(media_type))
    }
}

/// A tree that is about to be edited, and for whom.
pub(super) struct Edit<'h> {
    tree: Held<'h, omadm_tree>,
    server: Option<Cow<'h, str>>,
    /// For the device.
    options: EditOptions<'h>,
}

impl<'h> Edit<'h> {
    /// # Safety
    /// The contract.
    pub(super) unsafe fn open(tree: *mut omadm_tree, options: *const omadm_edit_options) -> Outcome<Edit<'h>> {
        // SAFETY: the contract.
        let tree = unsafe { handle_mut(tree, "tree")? };
        let mut edit = Edit { tree, server: None, options: EditOptions::default() };
        if options.is_null() {
            return Ok(edit);
        }
        // SAFETY: the contract.
        let (given, limits) = unsafe {
            let given = read(options, "options")?;
            edit.server = edit.optional_text(given.principal, "principal")?;
            (given, omadm_options::take(given.limits)?.limits)
        };
        if given.flags & !OMADM_EDIT_IMPLICIT_PARENTS != 0 || given.reserved != 0 {
            return Err(Failure::argument("options"));
        }
        let now = match given.now {
            0 => None,
            seconds => Some(TStamp::from_unix(seconds).ok_or(Failure::argument("now"))?),
        };
        edit.options = EditOptions {
            principal: Principal::Device,
            now,
            implicit_parents: given.flags & OMADM_EDIT_IMPLICIT_PARENTS != 0,
            uri_limits: UriLimits {
                max_depth: given.max_depth,
                max_tot_len: given.max_tot_len,
                max_seg_len: given.max_seg_len,
            },
            limits,
        };
        Ok(edit)
    }

    /// Octets of the caller's. What the tree itself has lent is copied, since an edit may move it.
    fn apart<'c>(&self, octets: &'c [u8]) -> Cow<'c, [u8]> {
        if self.tree.view().has_lent(octets) { Cow::Owned(octets.to_vec()) } else { Cow::Borrowed(octets) }
    }

    /// # Safety
    /// The contract.
    pub(super) unsafe fn text<'c>(
        &self,
        at: *const c_char,
        len: usize,
        argument: &'static str,
    ) -> Outcome<Cow<'c, str>> {
        // SAFETY: the contract.
        let text = unsafe { text(at, len, argument)? };
        let has_lent = self.tree.view().has_lent(text.as_bytes());
        Ok(if has_lent { Cow::Owned(text.to_owned()) } else { Cow::Borrowed(text) })
    }

    /// # Safety
    /// The contract.
    unsafe fn optional_text<'c>(&self, of: omadm_str, argument: &'static str) -> Outcome<Option<Cow<'c, str>>> {
        if of.ptr.is_null() && of.len == 0 {
            return Ok(None);
        }
        // SAFETY: the contract.
        unsafe { self.text(of.ptr, of.len, argument) }.map(Some)
    }

    /// # Safety
    /// The contract.
    unsafe fn parts<'c>(
        &self,
        format: u32,
        text: omadm_str,
        octets: omadm_bytes,
        node_type: omadm_str,
        title: omadm_str,
    ) -> Outcome<Parts<'c>> {
        // SAFETY: the contract.
        let (text, octets, node_type, title) = unsafe {
            let is_absent = octets.ptr.is_null() && octets.len == 0;
            let octets = slice(octets.ptr, octets.len, "octets")?;
            let text = self.optional_text(text, "text")?;
            let octets = (!is_absent).then(|| self.apart(octets));
            (text, octets, self.optional_text(node_type, "node_type")?, self.optional_text(title, "title")?)
        };
        if text.is_some() && octets.is_some() {
            return Err(Failure::argument("octets"));
        }
        let format = if format == 0 { None } else { Some(omadm_format::from_number(format)?) };
        Ok(Parts { format, text, octets, node_type, title })
    }

    pub(super) fn run<T>(&mut self, edit: impl FnOnce(&mut Editor<'_, '_>) -> crate::error::Result<T>) -> Outcome<T> {
        let principal = self.server.as_deref().map_or(Principal::Device, Principal::Server);
        let options = EditOptions { principal, ..self.options };
        Ok(self.tree.tree.with_dependent_mut(|_, tree| edit(&mut tree.edit(&options)))?)
    }
}

/// Adds a node, as the last child of its parent. The last segment of the URI becomes its name. `options` and `node` may be NULL.
///
/// A server needs the right to Add on the parent, or, where parents are missing, on the deepest that is there. If it adds an interior node and may
/// not Replace the parent, the node gets an ACL of its own: the inherited one, with Add, Delete and Replace for that server.
///
/// Every edit may fail with `OMADM_E_INVALID_URI`, `OMADM_E_NODE_NOT_FOUND`, `OMADM_E_ACCESS_DENIED`, `OMADM_E_URI_TOO_LONG`,
/// `OMADM_E_LIMIT_DEPTH`, `OMADM_E_LIMIT_TEXT`, `OMADM_E_LIMIT_ELEMENTS` and `OMADM_E_INPUT_TOO_LARGE`; this one also with
/// `OMADM_E_NODE_EXISTS`, `OMADM_E_NOT_INTERIOR` when the parent is a leaf, `OMADM_E_INVALID_NAME`, `OMADM_E_INVALID_NODE_TYPE`, and for a value that its format
/// cannot have `OMADM_E_INVALID_BASE64`, `OMADM_E_INVALID_UTF8`, `OMADM_E_INVALID_CHARACTER`, `OMADM_E_VALUE_OF_INTERIOR` and
/// `OMADM_E_VALUE_OF_NULL`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_add(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    new_node: *const omadm_new_node,
    options: *const omadm_edit_options,
    node: *mut omadm_node,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut edit, uri, parts, out) = unsafe {
            let edit = Edit::open(tree, options)?;
            let uri = edit.text(uri, uri_len, "uri")?;
            let new = read(new_node, "new_node")?;
            let parts = edit.parts(new.format, new.text, new.octets, new.node_type, new.title)?;
            (edit, uri, parts, Out::optional(node, "node")?)
        };
        let made = edit.run(|edit| edit.add(&uri, &parts.node()))?;
        out.set(made.to_bits());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Gives a leaf another value; and another format or type, if the new value says one. A server needs the right to Replace on the leaf.
///
/// `OMADM_E_NOT_LEAF`; `OMADM_E_PERMANENT_NODE` for another format or type of a permanent node; `OMADM_E_INVALID_NODE_TYPE`, values that the format cannot
/// have, and what every edit may say: see `omadm_tree_add`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_replace(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    value: *const omadm_new_value,
    options: *const omadm_edit_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut edit, uri, parts) = unsafe {
            let edit = Edit::open(tree, options)?;
            let uri = edit.text(uri, uri_len, "uri")?;
            let new = read(value, "value")?;
            let parts = edit.parts(new.format, new.text, new.octets, new.media_type, omadm_str::ABSENT)?;
            (edit, uri, parts)
        };
        edit.run(|edit| edit.replace(&uri, &parts.value()))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Deletes a node with everything below it. A server needs the right to Delete on the node; ACLs and permanence of what is below do not count.
///
/// `OMADM_E_PERMANENT_NODE`, which the root is always; and what every edit may say: see `omadm_tree_add`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_delete(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    options: *const omadm_edit_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut edit, uri) = unsafe {
            let edit = Edit::open(tree, options)?;
            let uri = edit.text(uri, uri_len, "uri")?;
            (edit, uri)
        };
        edit.run(|edit| edit.delete(&uri))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Copies the value of a leaf, with its format and type, to another one, which is made if it is not there.
///
/// A server needs the right to Get on the source, and to Replace on the target or to Add on the target's parent. `OMADM_E_GET_NOT_ALLOWED` when the source
/// is in the Inbox, and the principal a server; `OMADM_E_NOT_LEAF` when either is an interior node; and those of `omadm_tree_add` or
/// `omadm_tree_replace`. The offset counts octets of the URI at fault: the source's for `OMADM_E_GET_NOT_ALLOWED` and where the source is not
/// there or not to be read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_copy(
    tree: *mut omadm_tree,
    from: *const c_char,
    from_len: usize,
    to: *const c_char,
    to_len: usize,
    options: *const omadm_edit_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut edit, from, to) = unsafe {
            let edit = Edit::open(tree, options)?;
            let (from, to) = (edit.text(from, from_len, "from")?, edit.text(to, to_len, "to")?);
            (edit, from, to)
        };
        edit.run(|edit| edit.copy(&from, &to))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Gives a node another name. What is below moves with it, and their numbers stay. A server needs the right to Replace on the node.
///
/// `OMADM_E_PERMANENT_NODE`, which the root is always; `OMADM_E_INVALID_NAME`; `OMADM_E_NODE_EXISTS` when a sibling has the name; and what every edit may
/// say: see `omadm_tree_add`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_rename(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    name: *const c_char,
    name_len: usize,
    options: *const omadm_edit_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut edit, uri, name) = unsafe {
            let edit = Edit::open(tree, options)?;
            let (uri, name) = (edit.text(uri, uri_len, "uri")?, edit.text(name, name_len, "name")?);
            (edit, uri, name)
        };
        edit.run(|edit| edit.rename(&uri, &name))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Sets a property of a node, an `enum omadm_property`: what a `Replace` on `URI?prop=Name` does. `uri` is the node's, without the query.
///
/// `ACL`: an empty one makes the node inherit, which the root cannot; see `omadm_tree_may_change_acl`. `Name` renames the node. `Title` needs the right to
/// Replace on the node, as `Name` does. Only the device may set `Type`, `TStamp` and `VerNo`, and nobody `Format` and `Size`. An empty value is a `value`
/// of length 0 that is not NULL.
///
/// `OMADM_E_READ_ONLY_PROPERTY`; `OMADM_E_ACL_COMMAND`, `OMADM_E_ACL_SERVER` and `OMADM_E_PROPERTY_VALUE` for a value that the property cannot have;
/// `OMADM_E_INVALID_NODE_TYPE`; those of `omadm_tree_rename`; and what every edit may say: see `omadm_tree_add`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_set_property(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    property: u32,
    value: *const c_char,
    value_len: usize,
    options: *const omadm_edit_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        required(value, "value")?;
        // SAFETY: the contract.
        let (mut edit, uri, property, value) = unsafe {
            let edit = Edit::open(tree, options)?;
            let property = omadm_property::from_number(property)?;
            let (uri, value) = (edit.text(uri, uri_len, "uri")?, edit.text(value, value_len, "value")?);
            (edit, uri, property, value)
        };
        edit.run(|edit| edit.set_property(&uri, property, &value))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Makes a node permanent (1), or dynamic (0), as its description says (`Scope`). Nodes are dynamic at first. For the device only, so that there are no
/// rights to be asked for; `OMADM_E_INVALID_URI`, `OMADM_E_NODE_NOT_FOUND`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_set_permanent(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    is_permanent: u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut edit, uri) = unsafe {
            let edit = Edit::open(tree, core::ptr::null())?;
            let uri = edit.text(uri, uri_len, "uri")?;
            (edit, uri)
        };
        let is_permanent = match is_permanent {
            0 => false,
            1 => true,
            _ => return Err(Failure::argument("is_permanent")),
        };
        edit.run(|edit| edit.set_permanent(&uri, is_permanent))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Takes a server's identifier out of every ACL, as the removal of its account demands: entries that grant nobody anything go, and in the root the
/// command is granted to everybody. `*changed`, which may be NULL, says how many ACLs changed. For the device only; of `options` the time counts.
///
/// This can widen rights: a node whose ACL has nothing left inherits, and what this server alone could do at the root, every server can do then.
/// Set the root's ACL first if that is not what you want. `OMADM_E_ACCESS_DENIED` if the options name a server; `OMADM_E_INPUT_TOO_LARGE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_remove_server(
    tree: *mut omadm_tree,
    server: *const c_char,
    server_len: usize,
    options: *const omadm_edit_options,
    changed: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut edit, server, changed) = unsafe {
            let edit = Edit::open(tree, options)?;
            let server = edit.text(server, server_len, "server")?;
            (edit, server, Out::optional(changed, "changed")?)
        };
        changed.set(edit.run(|edit| edit.remove_server(&server))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
