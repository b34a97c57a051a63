//! A function with a fault, for the test that a fault comes back to C as a code.
//!
//! It is built with `--cfg omadm_test_hooks` only, which `tests/capi/run` gives; it is in no header and in no library that is installed.

use super::codes::omadm_rc;
use super::entry::{Out, enter};
use super::error::omadm_error;
use super::handle::handle_mut;
use super::tree::omadm_tree;

/// Panics: at once if `tree` is NULL, else in the middle of a change of it. `output` would be set after that.
#[unsafe(no_mangle)]
#[allow(clippy::panic)]
pub unsafe extern "C" fn omadm_test_panic(
    tree: *mut omadm_tree,
    output: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let output = unsafe { Out::new(output, "output")? };
        if !tree.is_null() {
            // SAFETY: the contract.
            let mut tree = unsafe { handle_mut(tree, "tree")? };
            tree.tree.with_dependent_mut(|_, tree| {
                tree.begin();
                panic!("in the middle of a change, as the test asks")
            });
        }
        if std::hint::black_box(true) {
            panic!("as the test asks")
        }
        output.set(0);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
