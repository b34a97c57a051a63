//! What differs between two trees, and making one like the other.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, fill, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle, handle_mut};
use super::text::omadm_str;
use super::tree::{OMADM_NO_NODE, omadm_node, omadm_tree};
use crate::error::ErrorKind;
use crate::limits::Limits;
use crate::tree::{Change, Differences, Node, NodeId, diff};
use core::fmt::Write as _;

/// The differences between two trees. It does not change, and needs the trees no longer: many threads may read one.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_diff {
    guard: Guard,
    rows: Vec<Row>,
    /// The URIs, one after the other.
    uris: String,
}

struct Row {
    kind: omadm_change_kind,
    what: Differences,
    before: Option<NodeId>,
    after: Option<NodeId>,
    uri: core::ops::Range<usize>,
}

const _: () = assert!(core::mem::offset_of!(omadm_diff, guard) == 0);

impl Guarded for omadm_diff {
    const MARK: [u8; 8] = *b"omadmDif";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

impl omadm_diff {
    fn of(before: Node<'_>, after: Node<'_>, what: Differences) -> Outcome<omadm_diff> {
        let diff = diff(before, after, what);
        let len = diff.len_of_uris();
        if len > Limits::DEFAULT.output {
            return Err(ErrorKind::LimitOutput.into());
        }
        let mut rows = Vec::with_capacity(diff.len());
        let mut uris = String::with_capacity(usize::try_from(len).unwrap_or_default());
        for change in diff.changes() {
            let start = uris.len();
            // Writing to a text does not fail.
            let _ = write!(uris, "{}", change.uri());
            let (kind, what, before, after) = match change {
                Change::Added(node) => {
                    (omadm_change_kind::OMADM_CHANGE_ADDED, Differences::empty(), None, Some(node.id()))
                }
                Change::Removed(node) => {
                    (omadm_change_kind::OMADM_CHANGE_REMOVED, Differences::empty(), Some(node.id()), None)
                }
                Change::Changed { before, after, what } => {
                    (omadm_change_kind::OMADM_CHANGE_CHANGED, what, Some(before.id()), Some(after.id()))
                }
            };
            rows.push(Row { kind, what, before, after, uri: start..uris.len() });
        }
        Ok(omadm_diff { guard: Guard::new::<omadm_diff>(), rows, uris })
    }

    fn row(&self, row: &Row) -> omadm_change {
        omadm_change {
            struct_size: 0,
            kind: row.kind as u32,
            what: row.what.bits().into(),
            reserved: 0,
            before: row.before.map_or(OMADM_NO_NODE, NodeId::to_bits),
            after: row.after.map_or(OMADM_NO_NODE, NodeId::to_bits),
            uri: self.uris.get(row.uri.clone()).into(),
        }
    }
}

/// What became of a node.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_change_kind {
    /// Only the second tree has it, with everything below it.
    OMADM_CHANGE_ADDED = 1,
    /// Only the first tree has it, with everything below it.
    OMADM_CHANGE_REMOVED = 2,
    /// Both have it.
    OMADM_CHANGE_CHANGED = 3,
}

/// One difference between two trees.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_change {
    /// `sizeof(omadm_change)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_change_kind`.
    pub kind: u32,
    /// Of a node that changed: `OMADM_DIFFERS_ACL` and so on.
    pub what: u32,
    pub reserved: u32,
    /// The node in the first tree; `OMADM_NO_NODE` if it was added.
    pub before: omadm_node,
    /// The node in the second tree; `OMADM_NO_NODE` if it was removed.
    pub after: omadm_node,
    /// Where it is, such as `./DevInfo/Mod`.
    pub uri: omadm_str,
}

versioned! { omadm_change: 48, 40; }

/// `ACL`, of the node itself. Lists that grant the same do not differ.
pub const OMADM_DIFFERS_ACL: u32 = 1;
/// `Format`, of leaves: an interior node and a leaf are two nodes.
pub const OMADM_DIFFERS_FORMAT: u32 = 2;
pub const OMADM_DIFFERS_TITLE: u32 = 4;
pub const OMADM_DIFFERS_TSTAMP: u32 = 8;
pub const OMADM_DIFFERS_TYPE: u32 = 16;
pub const OMADM_DIFFERS_VER_NO: u32 = 32;
/// The value of a leaf. Octets are the same whether they came as base64 or in an opaque block.
pub const OMADM_DIFFERS_VALUE: u32 = 64;
/// To compare everything.
pub const OMADM_DIFFERS_ALL: u32 = 127;

const _: () = assert!(
    OMADM_DIFFERS_ACL == Differences::ACL.bits() as u32
        && OMADM_DIFFERS_FORMAT == Differences::FORMAT.bits() as u32
        && OMADM_DIFFERS_TITLE == Differences::TITLE.bits() as u32
        && OMADM_DIFFERS_TSTAMP == Differences::TSTAMP.bits() as u32
        && OMADM_DIFFERS_TYPE == Differences::TYPE.bits() as u32
        && OMADM_DIFFERS_VER_NO == Differences::VER_NO.bits() as u32
        && OMADM_DIFFERS_VALUE == Differences::VALUE.bits() as u32
        && OMADM_DIFFERS_ALL == Differences::all().bits() as u32
);

fn differences(what: u32) -> Outcome<Differences> {
    u8::try_from(what).ok().and_then(Differences::from_bits).ok_or(Failure::argument("what"))
}

/// Finds what differs between two trees, or between two nodes and what is below them, whatever their own names are. `before_node` and `after_node` may be
/// `OMADM_NO_NODE`: the roots. `what` is what is compared: `OMADM_DIFFERS_ALL`, or less.
///
/// Nodes are the same if they have the same place: parent and name. The order of siblings says nothing. Changes come in the order of the first tree, what was
/// added behind its siblings. `*diff` is to be freed with `omadm_diff_free`.
///
/// It costs time linear in both trees and in the URIs of the changes, which below long names may be much longer than the trees. `OMADM_E_LIMIT_OUTPUT` if they
/// have more octets together than `limit_output` is by default, before any is made: compare less, or smaller parts of the trees.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_diff(
    before: *const omadm_tree,
    before_node: omadm_node,
    after: *const omadm_tree,
    after_node: omadm_node,
    what: u32,
    diff: *mut *mut omadm_diff,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (before, after, out) =
            unsafe { (handle(before, "before")?, handle(after, "after")?, Out::new(diff, "diff")?) };
        let what = differences(what)?;
        give(
            omadm_diff::of(
                before.node_or_root(before_node, "before_node")?,
                after.node_or_root(after_node, "after_node")?,
                what,
            )?,
            out,
        );
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees differences. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_diff_free(diff: *mut omadm_diff) {
    // SAFETY: the contract.
    unsafe { free(diff) }
}

/// How many changes there are; 0 if the trees say the same.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_diff_count(
    diff: *const omadm_diff,
    count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (diff, count) = unsafe { (handle(diff, "diff")?, Out::new(count, "count")?) };
        count.set(diff.rows.len());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Changes, from the one with the index `first` on. `element_size` is `sizeof(omadm_change)`; `*written` says how many were stored, 0 at the end. Texts are
/// lent until `omadm_diff_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_diff_changes(
    diff: *const omadm_diff,
    first: usize,
    changes: *mut omadm_change,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (diff, out, written) = unsafe {
            (
                handle(diff, "diff")?,
                OutStructs::many(changes, element_size, capacity, "changes")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, diff.rows.iter().skip(first).map(|row| diff.row(row)), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Makes the changes between two other trees in a third, where their URIs lead: all, or none. Of nodes that changed, what was compared becomes as
/// in the second tree, and nothing else. Changes are not counted in `TStamp` and `VerNo`, which are copied if they are compared.
///
/// `tree` is none of the others: to make a tree the same as another one, use `omadm_tree_clone` or `omadm_tree_replace_subtree`.
///
/// `OMADM_E_NODE_NOT_FOUND` for a change of what is not here, `OMADM_E_NODE_EXISTS` for an addition of what is, and those of `omadm_tree_delete` and
/// `omadm_tree_add_subtree`. The offset is the index of the change that could not be made, among those of `omadm_tree_diff` of the whole trees.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_apply(
    tree: *mut omadm_tree,
    before: *const omadm_tree,
    after: *const omadm_tree,
    what: u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        if [before, after].iter().any(|other| !other.is_null() && core::ptr::eq(*other, tree.cast_const())) {
            return Err(Failure::argument("tree"));
        }
        // SAFETY: the contract, and `tree` is none of the others.
        let (mut tree, before, after) =
            unsafe { (handle_mut(tree, "tree")?, handle(before, "before")?, handle(after, "after")?) };
        let diff = diff(before.view(), after.view(), differences(what)?);
        tree.tree.with_dependent_mut(|_, tree| tree.apply(&diff))?;
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
