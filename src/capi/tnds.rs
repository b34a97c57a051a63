//! Tree documents (TNDS): a tree, or a part of one, written; and what a document says of itself.

use super::acl::principal;
use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, read, versioned};
use super::error::omadm_error;
use super::handle::handle;
use super::input::omadm_options;
use super::message::omadm_encoding;
use super::text::{omadm_str, some};
use super::tree::{omadm_node, omadm_tree};
use crate::tnds::{EncodeOptions, Layout, Properties, encode};

/// How the nodes of a tree stand in a document.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_tnds_layout {
    /// Children inside their parents. A document is as deep as its tree.
    OMADM_TNDS_NESTED = 0,
    /// One list, each node with the `Path` of its parent, parents before their children.
    OMADM_TNDS_FLAT = 1,
}

/// How a tree document is written. NULL in its place, and what `OMADM_TNDS_OPTIONS_INIT` says: nested, with all properties, for the device itself.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_tnds_options {
    /// `sizeof(omadm_tnds_options)`; set by `OMADM_TNDS_OPTIONS_INIT`.
    pub struct_size: u32,
    /// An `enum omadm_tnds_layout`.
    pub layout: u32,
    /// What is not said of nodes: `OMADM_TNDS_ACL` and so on. A reader fills in defaults for what is left out.
    pub left_out: u32,
    pub reserved: u32,
    /// The server whom it is for: nodes that it may not Get are left out, also what is in the Inbox. What may be read below them stands in a
    /// list with `Path`s, as the flat layout does. Absent: the device itself, which may read everything.
    pub principal: omadm_str,
    /// `limit_depth` and `limit_output` of these count. NULL for the defaults.
    pub limits: *const omadm_options,
    /// `Man` and `Mod`, manufacturer and model, if they are to be other ones than those of the tree.
    pub man: omadm_str,
    pub model: omadm_str,
}

versioned! { omadm_tnds_options: 40, 28; }

/// `ACL`, of nodes that have one of their own.
pub const OMADM_TNDS_ACL: u32 = 1;
/// `Format`, of every node.
pub const OMADM_TNDS_FORMAT: u32 = 2;
pub const OMADM_TNDS_TITLE: u32 = 4;
pub const OMADM_TNDS_TSTAMP: u32 = 8;
/// `Type`, of every node.
pub const OMADM_TNDS_TYPE: u32 = 16;
pub const OMADM_TNDS_VER_NO: u32 = 32;
/// The value of leaves.
pub const OMADM_TNDS_VALUE: u32 = 64;

const _: () = assert!(
    OMADM_TNDS_ACL == Properties::ACL.bits() as u32
        && OMADM_TNDS_FORMAT == Properties::FORMAT.bits() as u32
        && OMADM_TNDS_TITLE == Properties::TITLE.bits() as u32
        && OMADM_TNDS_TSTAMP == Properties::TSTAMP.bits() as u32
        && OMADM_TNDS_TYPE == Properties::TYPE.bits() as u32
        && OMADM_TNDS_VER_NO == Properties::VER_NO.bits() as u32
        && OMADM_TNDS_VALUE == Properties::VALUE.bits() as u32
);

impl omadm_tnds_options {
    /// What a caller's options say; the defaults at NULL.
    ///
    /// # Safety
    /// The contract.
    unsafe fn take<'c>(at: *const omadm_tnds_options) -> Outcome<EncodeOptions<'c>> {
        if at.is_null() {
            return Ok(EncodeOptions::default());
        }
        // SAFETY: the contract.
        let (given, principal, man, model, limits) = unsafe {
            let given = read(at, "options")?;
            let principal = principal(given.principal.ptr, given.principal.len, "principal")?;
            let (man, model) = (some(given.man, "man")?, some(given.model, "model")?);
            (given, principal, man, model, omadm_options::take(given.limits)?.limits)
        };
        let layout = match given.layout {
            0 => Layout::Nested,
            1 => Layout::Flat,
            _ => return Err(Failure::argument("layout")),
        };
        let left_out = u8::try_from(given.left_out).ok().and_then(Properties::from_bits);
        let left_out = left_out.ok_or(Failure::argument("left_out"))?;
        if given.reserved != 0 {
            return Err(Failure::argument("options"));
        }
        Ok(EncodeOptions { layout, principal, properties: left_out.complement(), man, model, limits })
    }
}

/// Writes a whole tree (`top` `OMADM_NO_NODE`), or a node and everything below it, as a document of its own, in an `enum omadm_encoding`. `options` may be
/// NULL.
///
/// A whole tree's nodes count from its root. A node comes first in its document, by its name and without a `Path`, and what is below counts from there:
/// what `?list=TNDS` answers with.
///
/// `OMADM_E_ACCESS_DENIED` when the principal may not Get the node itself, and `OMADM_E_GET_NOT_ALLOWED` when that is the Inbox, or in it, and the principal a
/// server; `OMADM_E_LIMIT_OUTPUT`, and `OMADM_E_LIMIT_DEPTH`, which the flat layout has not; `OMADM_E_INVALID_BASE64` for a `bin` value that came as text and is
/// not base64; in XML `OMADM_E_INVALID_UTF8` for another value that is no text, and `OMADM_E_INVALID_CHARACTER`. The offset is the place of the
/// node at fault: so many come before it in `omadm_tree_nodes(tree, top, ...)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_encode(
    tree: *const omadm_tree,
    top: omadm_node,
    encoding: u32,
    options: *const omadm_tnds_options,
    document: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, options, out) =
            unsafe { (handle(tree, "tree")?, omadm_tnds_options::take(options)?, Buffer::of(document, "document")?) };
        let encoding = omadm_encoding::from_number(encoding)?;
        out.keep(encode(tree.node_or_root(top, "top")?, encoding, &options)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// What a tree's document says of itself: `VerDTD`, and `Man` and `Mod`, manufacturer and model. Outputs that are NULL are left out; those that the document
/// does not have become absent, and all of them in a tree that came from no document. Lent as the tree lends its texts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_document(
    tree: *const omadm_tree,
    ver_dtd: *mut omadm_str,
    man: *mut omadm_str,
    model: *mut omadm_str,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, ver_dtd, man, model) = unsafe {
            (
                handle(tree, "tree")?.view(),
                Out::optional(ver_dtd, "ver_dtd")?,
                Out::optional(man, "man")?,
                Out::optional(model, "model")?,
            )
        };
        ver_dtd.set(tree.ver_dtd().into());
        man.set(tree.man().into());
        model.set(tree.model().into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
