//! Nodes and commands as columns, through the Arrow C Data Interface.
//!
//! `struct ArrowSchema` and `struct ArrowArray` are those of <https://arrow.apache.org/docs/format/CDataInterface.html>; whoever takes them calls their
//! `release`. What they hold is copied: it needs the tree or message no longer.

// Written here rather than with arrow-array, arrow-schema and arrow-data (60.1, `ffi`): they bring 23 crates that this one does not have otherwise, and
// 200 KB of stripped library for three columns, where all that is needed of the interface are two structures and their release.

use super::codes::omadm_rc;
use super::columns::{Column, Values, signed};
use super::entry::{Failure, Out, Outcome, enter, slice};
use super::error::omadm_error;
use super::handle::handle;
use super::input::omadm_options;
use super::message::omadm_message;
use super::tables::{Table, add_commands, add_nodes, command_table, node_table};
use super::tree::{omadm_node, omadm_tree};
use core::ffi::{CStr, c_char, c_void};
use core::ptr::{fn_addr_eq, null, null_mut};
use std::sync::Arc;

/// What an array is like. In the header it stands in the preface.
///
/// cbindgen:ignore
#[repr(C)]
#[allow(missing_debug_implementations)]
pub struct ArrowSchema {
    pub format: *const c_char,
    pub name: *const c_char,
    pub metadata: *const c_char,
    pub flags: i64,
    pub n_children: i64,
    pub children: *mut *mut ArrowSchema,
    pub dictionary: *mut ArrowSchema,
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub private_data: *mut c_void,
}

/// What is in an array. In the header it stands in the preface.
///
/// cbindgen:ignore
#[repr(C)]
#[allow(missing_debug_implementations)]
pub struct ArrowArray {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_buffers: i64,
    pub n_children: i64,
    pub buffers: *mut *const c_void,
    pub children: *mut *mut ArrowArray,
    pub dictionary: *mut ArrowArray,
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub private_data: *mut c_void,
}

const _: () = assert!(size_of::<ArrowSchema>() == 72 || cfg!(not(target_pointer_width = "64")));
const _: () = assert!(size_of::<ArrowArray>() == 80 || cfg!(not(target_pointer_width = "64")));

/// A column may have no value in a row.
const NULLABLE: i64 = 2;

/// A buffer, or NULL if there is nothing in it, as the interface allows.
fn pointer<T>(values: &[T]) -> *const c_void {
    if values.is_empty() { null() } else { values.as_ptr().cast() }
}

/// Hands a table over.
pub(super) fn give_table(table: Table, schema: Out<'_, ArrowSchema>, array: Out<'_, ArrowArray>) {
    let (rows, columns) = table.full();
    give(columns.into_iter().map(Arc::new).collect(), rows, schema, array);
}

/// Hands columns over.
fn give(columns: Vec<Arc<Column>>, rows: usize, schema: Out<'_, ArrowSchema>, array: Out<'_, ArrowArray>) {
    let fields = columns.iter().map(|column| leaf_schema(column.name, column.format)).collect();
    let (children, n_children, private_data) = Parent::own(fields, null());
    schema.set(ArrowSchema {
        format: c"+s".as_ptr(),
        name: c"".as_ptr(),
        metadata: null(),
        flags: 0,
        n_children,
        children,
        dictionary: null_mut(),
        release: Some(release_parent_schema),
        private_data: private_data.cast(),
    });
    let (children, n_children, private_data) = Parent::own(columns.into_iter().map(leaf_array).collect(), null());
    // SAFETY: it was made just now, and nobody else has it.
    let buffers = unsafe { &raw mut (*private_data).buffers }.cast();
    array.set(ArrowArray {
        length: signed(rows),
        null_count: 0,
        offset: 0,
        n_buffers: 1,
        n_children,
        buffers,
        children,
        dictionary: null_mut(),
        release: Some(release_parent_array),
        private_data: private_data.cast(),
    });
}

/// What a structure with children owns. Children may be moved out of it, which leaves theirs without `release`.
struct Parent<T> {
    children: Vec<T>,
    pointers: Vec<*mut T>,
    /// Of an array: that of its validity, which is NULL.
    buffers: [*const c_void; 1],
}

impl<T> Parent<T> {
    /// The pointers to the children, how many there are, and what `release` is to free.
    fn own(children: Vec<T>, validity: *const c_void) -> (*mut *mut T, i64, *mut Parent<T>) {
        let count = signed(children.len());
        let mut own = Box::new(Parent { children, pointers: Vec::new(), buffers: [validity] });
        own.pointers = own.children.iter_mut().map(|child| &raw mut *child).collect();
        let own = Box::into_raw(own);
        // SAFETY: it was made just now, and nobody else has it.
        (unsafe { (*own).pointers.as_mut_ptr() }, count, own)
    }
}

fn leaf_schema(name: &'static CStr, format: &'static CStr) -> ArrowSchema {
    ArrowSchema {
        format: format.as_ptr(),
        name: name.as_ptr(),
        metadata: null(),
        flags: NULLABLE,
        n_children: 0,
        children: null_mut(),
        dictionary: null_mut(),
        release: Some(release_leaf_schema),
        // Its texts are static.
        private_data: null_mut(),
    }
}

/// What an array of values owns.
struct Leaf {
    /// What the buffers point into.
    column: Arc<Column>,
    buffers: [*const c_void; 3],
}

fn leaf_array(column: Arc<Column>) -> ArrowArray {
    let (length, null_count) = (signed(column.rows), signed(column.absent));
    let validity = if column.absent == 0 { null() } else { pointer(&column.validity) };
    let (n_buffers, buffers) = match &column.values {
        Values::Octets { ends, octets } => (3, [validity, pointer(ends), pointer(octets)]),
        Values::U32(values) => (2, [validity, pointer(values), null()]),
        Values::U64(values) => (2, [validity, pointer(values), null()]),
    };
    // Lists do not move when what owns them does.
    let leaf = Box::into_raw(Box::new(Leaf { column, buffers }));
    // SAFETY: it was made just now, and nobody else has it.
    let buffers = unsafe { &raw mut (*leaf).buffers }.cast();
    ArrowArray {
        length,
        null_count,
        offset: 0,
        n_buffers,
        n_children: 0,
        buffers,
        children: null_mut(),
        dictionary: null_mut(),
        release: Some(release_leaf_array),
        private_data: leaf.cast(),
    }
}

// The interface says of each of these: whoever has the structure calls it once, with what the structure has become by being moved; it
// releases the children that are still there, and marks the structure as released. They cannot panic.

unsafe extern "C" fn release_leaf_schema(schema: *mut ArrowSchema) {
    // SAFETY: the interface.
    unsafe { (*schema).release = None };
}

unsafe extern "C" fn release_parent_schema(schema: *mut ArrowSchema) {
    // SAFETY: the interface: it is one of `give`, so its private data is what was made there.
    unsafe {
        let own = Box::from_raw((*schema).private_data.cast::<Parent<ArrowSchema>>());
        for child in &own.pointers {
            if let Some(release) = (**child).release {
                release(*child);
            }
        }
        (*schema).release = None;
    }
}

unsafe extern "C" fn release_leaf_array(array: *mut ArrowArray) {
    // SAFETY: the interface: it is one of `leaf_array`, so its private data is what was made there.
    unsafe {
        drop(Box::from_raw((*array).private_data.cast::<Leaf>()));
        (*array).release = None;
    }
}

unsafe extern "C" fn release_parent_array(array: *mut ArrowArray) {
    // SAFETY: the interface: it is one of `give`, so its private data is what was made there.
    unsafe {
        let own = Box::from_raw((*array).private_data.cast::<Parent<ArrowArray>>());
        for child in &own.pointers {
            if let Some(release) = (**child).release {
                release(*child);
            }
        }
        (*array).release = None;
    }
}

/// The nodes from `top` down as a struct array, one row each, parents before children, with the columns `node` (uint64: the `omadm_node`), `uri`, `name`,
/// `format`, `value` (large_binary, as it was sent), `media_type`, `mo_id`, `acl`, `title`, `tstamp` and `ver_no` (large_utf8; null where there is
/// none). `top` may be `OMADM_NO_NODE`, the root; `options` NULL.
///
/// Both outputs are the caller's, who calls their `release`. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_arrow(
    tree: *const omadm_tree,
    top: omadm_node,
    options: *const omadm_options,
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, options, schema, array) = unsafe {
            (
                handle(tree, "tree")?,
                omadm_options::take(options)?,
                Out::new(schema, "schema")?,
                Out::new(array, "array")?,
            )
        };
        let mut table = node_table(options.limits.output);
        add_nodes(&mut table, tree.node_or_root(top, "top")?)?;
        give_table(table, schema, array);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The commands of a message as a struct array: a row for each item, or for a command without items; with the columns `session_id`, `msg_id`, `command`
/// and `item` (uint32: the indexes; `item` null where there is none), `kind` (the element's name), `cmd_id`, `code` (uint32: of `Status` and
/// `Alert`), `msg_ref`, `cmd_ref`, `cmd`, `target`, `source`, `format`, `media_type` and `data` (large_binary, as it was sent; null for markup). The
/// others are large_utf8, null where there is none. `options` may be NULL.
///
/// Both outputs are the caller's, who calls their `release`. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_arrow(
    message: *const omadm_message,
    options: *const omadm_options,
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, options, schema, array) = unsafe {
            (
                handle(message, "message")?,
                omadm_options::take(options)?,
                Out::new(schema, "schema")?,
                Out::new(array, "array")?,
            )
        };
        let mut table = command_table(options.limits.output);
        add_commands(&mut table, message.header(), message.view())?;
        give_table(table, schema, array);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// A struct array that shares what is in another one of this library, which nobody has taken anything out of: for a reader that takes it over, again and
/// again. Both may be released in any order, and in any thread.
///
/// Both outputs are the caller's, who calls their `release`. `OMADM_E_ARGUMENT` for an array that is of another make, or released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_arrow_share(
    from: *const ArrowArray,
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (from, schema, array) =
            unsafe { (slice(from, 1, "from")?, Out::new(schema, "schema")?, Out::new(array, "array")?) };
        let ours: unsafe extern "C" fn(*mut ArrowArray) = release_parent_array;
        let is_ours = |array: &&ArrowArray| array.release.is_some_and(|release| fn_addr_eq(release, ours));
        let from = from.first().filter(is_ours).ok_or(Failure::argument("from"))?;
        // SAFETY: it is one of `give`, so its private data is what was made there.
        let parent = unsafe { &*from.private_data.cast::<Parent<ArrowArray>>() };
        let columns = parent.children.iter().map(|child| {
            child.release.ok_or(Failure::argument("from"))?;
            // SAFETY: it is one of `leaf_array`, so its private data is what was made there.
            Ok(Arc::clone(unsafe { &(*child.private_data.cast::<Leaf>()).column }))
        });
        let columns = columns.collect::<Outcome<Vec<_>>>()?;
        give(columns, usize::try_from(from.length).unwrap_or_default(), schema, array);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
