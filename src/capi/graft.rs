//! Whole parts of a tree from another one: what `Add` and `Replace` with a tree document do.
//!
//! What is wrong with a node of the other tree is told with the place of that node as `error->inner_offset`: it is the node that so many come before
//! in `omadm_tree_nodes(from, from_node, ...)`.

use super::codes::omadm_rc;
use super::edit::{Edit, omadm_edit_options};
use super::entry::{Failure, Out, Outcome, enter};
use super::error::omadm_error;
use super::handle::handle;
use super::tree::{omadm_node, omadm_tree};
use crate::tree::Node;
use core::ffi::c_char;
use std::borrow::Cow;

/// The tree that is edited, where, and the node of another tree.
struct Graft<'h> {
    edit: Edit<'h>,
    uri: Cow<'h, str>,
    from: Node<'h>,
}

impl<'h> Graft<'h> {
    /// # Safety
    /// The contract.
    unsafe fn open(
        tree: *mut omadm_tree,
        uri: (*const c_char, usize),
        from: *const omadm_tree,
        from_node: omadm_node,
        options: *const omadm_edit_options,
    ) -> Outcome<Graft<'h>> {
        if core::ptr::eq(tree.cast_const(), from) && !from.is_null() {
            return Err(Failure::argument("from"));
        }
        // SAFETY: the contract, and these are two trees.
        let (edit, uri, from) = unsafe {
            let edit = Edit::open(tree, options)?;
            let uri = edit.text(uri.0, uri.1, "uri")?;
            (edit, uri, handle(from, "from")?)
        };
        let from = from.node_or_root(from_node, "from_node")?;
        Ok(Graft { edit, uri, from })
    }
}

/// Adds a copy of a node of another tree, with everything below it. The last segment of the URI becomes its name, whatever it was there.
/// `from_node` may be `OMADM_NO_NODE`, the root; `options` and `node` may be NULL.
///
/// A server needs the right to Add on the parent; and, to give an added leaf an ACL, to Replace the parent. For the device `TStamp` and
/// `VerNo` come from the other tree where they are known there; and values, names and ACLs are taken over as they are, where a server's are checked.
///
/// `OMADM_E_ARGUMENT` if both are the same tree: copy it by `omadm_tree_clone`. Otherwise errors are those of `omadm_tree_add`, and
/// `OMADM_E_ACL_COMMAND` or `OMADM_E_ACL_SERVER` for an ACL that breaks the grammar.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_add_subtree(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    from: *const omadm_tree,
    from_node: omadm_node,
    options: *const omadm_edit_options,
    node: *mut omadm_node,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut graft, out) = unsafe {
            let graft = Graft::open(tree, (uri, uri_len), from, from_node, options)?;
            (graft, Out::optional(node, "node")?)
        };
        let made = graft.edit.run(|edit| edit.add_subtree(&graft.uri, graft.from))?;
        out.set(made.to_bits());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Makes the node at a URI the same as a node of another tree, and what is below it the same as what is below that: nodes that are not there
/// are deleted, others keep their numbers. A node that the other document only implies stays as it is.
///
/// A server needs the right to Replace on the node; and, to change the ACL of a leaf, on its parent. Rights on what is below do not count: who may replace
/// an interior node may give itself, by its ACL, every right on what is below.
///
/// `OMADM_E_PERMANENT_NODE` when a permanent node would have to be deleted or to change its format or type, or, for a server, the Inbox its type;
/// otherwise errors are those of `omadm_tree_add_subtree`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_replace_subtree(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    from: *const omadm_tree,
    from_node: omadm_node,
    options: *const omadm_edit_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let mut graft = unsafe { Graft::open(tree, (uri, uri_len), from, from_node, options)? };
        graft.edit.run(|edit| edit.replace_subtree(&graft.uri, graft.from))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Merges a node of another tree, and what is below it, into the node at a URI: what is there is added, or takes the place of what is here; nodes that
/// only are here stay. Rights and errors are those of `omadm_tree_replace_subtree`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_merge_subtree(
    tree: *mut omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    from: *const omadm_tree,
    from_node: omadm_node,
    options: *const omadm_edit_options,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let mut graft = unsafe { Graft::open(tree, (uri, uri_len), from, from_node, options)? };
        graft.edit.run(|edit| edit.merge_subtree(&graft.uri, graft.from))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
