//! Finding nodes: management objects by identifier and content, and many nodes by one pattern.
//!
//! Answers are in the order of the tree, each node once. `*found` says how many there are; as many as `capacity` has room for are stored in
//! `nodes`, the first ones.

use super::acl::principal;
use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutValues, Outcome, enter, optional_text, read, read_all, slice, text, versioned};
use super::error::omadm_error;
use super::handle::handle;
use super::input::omadm_options;
use super::text::omadm_str;
use super::tree::{omadm_node, omadm_tree};
use crate::query::{MoSearch, Pattern, RelPath};
use crate::tree::Node;
use core::ffi::c_char;

/// That an object has a certain node, or a leaf with a certain value.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_condition {
    /// `sizeof(omadm_condition)`; set by `OMADM_CONDITION_INIT`.
    pub struct_size: u32,
    pub reserved: u32,
    /// From the object's root: names and, for any node, `*`, with slashes between. An escape is the character that it stands for.
    pub path: omadm_str,
    /// The value of a leaf there, octet by octet; absent if any node there will do. Values of formats `bin` and `b64` equal nothing; a leaf without a
    /// value has an empty one.
    pub value: omadm_str,
}

/// A search for the places where management objects begin. Begin with `omadm_search search = OMADM_SEARCH_INIT;`: every object in the tree, for the
/// device itself.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_search {
    /// `sizeof(omadm_search)`; set by `OMADM_SEARCH_INIT`.
    pub struct_size: u32,
    /// `sizeof(omadm_condition)`, if there are conditions.
    pub condition_size: u32,
    /// Only objects with one of these identifiers. One that ends in `:*` stands for every version.
    pub mo_ids: *const omadm_str,
    pub mo_id_count: usize,
    /// Only objects for which all of these hold, each on its own.
    pub conditions: *const omadm_condition,
    pub condition_count: usize,
    /// Only what this server may Get: other nodes are neither found nor seen by conditions; nor is what is in the Inbox. Absent: the device itself.
    pub principal: omadm_str,
    /// Only what is at this node or below it; `OMADM_NO_NODE` for anywhere.
    pub below: omadm_node,
}

versioned! {
    omadm_condition: 40, 24;
    omadm_search: 64, 40;
}

/// # Safety
/// The contract.
unsafe fn take<'c>(search: &omadm_search) -> Outcome<MoSearch<'c>> {
    // SAFETY: the contract.
    let (ids, conditions, principal) = unsafe {
        let conditions = match search.condition_count {
            0 => Vec::new(),
            count => read_all(search.conditions, search.condition_size as usize, count, "conditions")?,
        };
        let principal = principal(search.principal.ptr, search.principal.len, "principal")?;
        (slice(search.mo_ids, search.mo_id_count, "mo_ids")?, conditions, principal)
    };
    let mut made = MoSearch::new().principal(principal);
    for id in ids {
        // SAFETY: the contract.
        made = made.id(unsafe { text(id.ptr, id.len, "mo_ids")? });
    }
    for condition in &conditions {
        // SAFETY: the contract.
        let (path, value) = unsafe {
            let path = text(condition.path.ptr, condition.path.len, "path")?;
            (path, optional_text(condition.value.ptr, condition.value.len, "value")?)
        };
        if condition.reserved != 0 {
            return Err(Failure::argument("conditions"));
        }
        made = match value {
            Some(value) => made.with_value(path, value)?,
            None => made.with_node(path)?,
        };
    }
    Ok(made)
}

/// Stores what was found.
fn answer<'t>(found: impl Iterator<Item = Node<'t>>, mut nodes: OutValues<'_, omadm_node>, count: Out<'_, usize>) {
    let found: Vec<omadm_node> = found.map(|node| node.id().to_bits()).collect();
    count.set(found.len());
    nodes.set(found);
}

/// Finds where management objects begin, objects inside objects included. It costs as much as it looks at: the objects with these identifiers, and what
/// the conditions look at below them.
///
/// `OMADM_E_INVALID_REL_PATH`, with the offset in the path of a condition.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_search(
    tree: *const omadm_tree,
    search: *const omadm_search,
    nodes: *mut omadm_node,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, below, search, nodes, found) = unsafe {
            let search = read(search, "search")?;
            (
                handle(tree, "tree")?,
                search.below,
                take(&search)?,
                OutValues::many(nodes, capacity, "nodes")?,
                Out::new(found, "found")?,
            )
        };
        answer(search.find_below(tree.node_or_root(below, "below")?), nodes, found);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Finds the nodes that a pattern stands for, such as `**[AppID=="w7"]/Addr`.
///
/// A pattern is `.`, the root, or has between slashes: `Name`, the child with this name; `*`, every child; `**`, every node below, and the node itself. Behind
/// each may stand `[path]`, only if the path leads somewhere from there; `[path=="text"]` and `[path!="text"]`, only if a leaf there has this value, or
/// another; `[path>=10]`, likewise `==`, `!=`, `<`, `<=` and `>`, only if a leaf there is such a number; `[... && ...]`. `true` and `false` may stand without quotes.
/// Characters with a meaning are escaped: `%2A` is `*`.
///
/// With a server as `principal` only what it may Get: other nodes are neither found nor seen by conditions. NULL with length 0 is the device itself. Of `options`, which may
/// be NULL, `limit_pattern` counts. It costs at most the nodes times the segments of the pattern.
///
/// `OMADM_E_INVALID_PATTERN`, `OMADM_E_INVALID_CONDITION`, `OMADM_E_INVALID_REL_PATH` and `OMADM_E_LIMIT_PATTERN`, with the offset in the pattern.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_select(
    tree: *const omadm_tree,
    pattern: *const c_char,
    pattern_len: usize,
    principal: *const c_char,
    principal_len: usize,
    options: *const omadm_options,
    nodes: *mut omadm_node,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, pattern, principal, options, nodes, found) = unsafe {
            (
                handle(tree, "tree")?,
                text(pattern, pattern_len, "pattern")?,
                self::principal(principal, principal_len, "principal")?,
                omadm_options::take(options)?,
                OutValues::many(nodes, capacity, "nodes")?,
                Out::new(found, "found")?,
            )
        };
        let pattern = Pattern::parse_with(pattern, &options.limits)?;
        answer(tree.view().select_for(&pattern, principal), nodes, found);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Finds the nodes to which a path of names and `*` leads from a node, with slashes between; for a server those that it may Get.
/// `OMADM_E_INVALID_REL_PATH`, with the offset in the path.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_follow(
    tree: *const omadm_tree,
    node: omadm_node,
    path: *const c_char,
    path_len: usize,
    principal: *const c_char,
    principal_len: usize,
    nodes: *mut omadm_node,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, path, principal, nodes, found) = unsafe {
            (
                handle(tree, "tree")?,
                text(path, path_len, "path")?,
                self::principal(principal, principal_len, "principal")?,
                OutValues::many(nodes, capacity, "nodes")?,
                Out::new(found, "found")?,
            )
        };
        let path = RelPath::parse(path)?;
        answer(path.nodes(tree.node(node, "node")?, principal), nodes, found);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
