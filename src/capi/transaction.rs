//! Several edits of a tree as one, copies of trees, and the memory that edits leave.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, enter};
use super::error::omadm_error;
use super::handle::{give, handle, handle_mut};
use super::owner::{OwnedTree, TreeOwner};
use super::tree::omadm_tree;

/// Begins a transaction, inside the one that is open, if one is. Each takes a `omadm_tree_commit` or `omadm_tree_roll_back`. It costs time and
/// memory for what is changed, not for the tree.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_begin(tree: *mut omadm_tree, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let mut tree = unsafe { handle_mut(tree, "tree")? };
        tree.tree.with_dependent_mut(|_, tree| tree.begin());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Ends the innermost transaction and keeps what it did; the outer one, if there is one, can still undo it. `OMADM_E_STATE` when none is open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_commit(tree: *mut omadm_tree, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let mut tree = unsafe { handle_mut(tree, "tree")? };
        if tree.tree.with_dependent_mut(|_, tree| tree.commit()) { Ok(()) } else { Err(Failure::state("tree")) }
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Ends the innermost transaction and undoes what it did: nodes that were deleted are back under their numbers, and numbers of nodes that
/// were added are never used again. `OMADM_E_STATE` when none is open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_roll_back(tree: *mut omadm_tree, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let mut tree = unsafe { handle_mut(tree, "tree")? };
        if tree.tree.with_dependent_mut(|_, tree| tree.roll_back()) { Ok(()) } else { Err(Failure::state("tree")) }
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// How many transactions are open, one inside the other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_transactions(
    tree: *const omadm_tree,
    count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, count) = unsafe { (handle(tree, "tree")?, Out::new(count, "count")?) };
        count.set(tree.view().transactions());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Gives back the memory of what edits have replaced or deleted; `*octets`, unless it is NULL, says how much that was. It walks over the whole tree:
/// call it now and then, such as after a session. Node numbers stay. `OMADM_E_STATE` while a transaction is open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_compact(
    tree: *mut omadm_tree,
    octets: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (mut tree, octets) = unsafe { (handle_mut(tree, "tree")?, Out::optional(octets, "octets")?) };
        if tree.view().transactions() > 0 {
            return Err(Failure::state("tree"));
        }
        octets.set(tree.tree.with_dependent_mut(|_, tree| tree.compact()));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Copies a tree, with the input that it borrows: the copy stands alone. Its nodes have the numbers of the original's. It is to be freed with
/// `omadm_tree_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_clone(
    tree: *const omadm_tree,
    copy: *mut *mut omadm_tree,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, copy) = unsafe { (handle(tree, "tree")?, Out::new(copy, "copy")?) };
        let own = tree.view().clone().into_owned();
        give(omadm_tree::new(OwnedTree::new(TreeOwner::Nothing, |_| own)), copy);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
