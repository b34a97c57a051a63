//! Nodes and commands as columns, through the Arrow C Data Interface.
//!
//! `struct ArrowSchema` and `struct ArrowArray` are those of <https://arrow.apache.org/docs/format/CDataInterface.html>; whoever takes them calls their
//! `release`. What they hold is copied: it needs the tree or message no longer.

// Written here rather than with arrow-array, arrow-schema and arrow-data (60.1, `ffi`): they bring 23 crates that this one does not have otherwise, and
// 200 KB of stripped library for three columns, where all that is needed of the interface are two structures and their release.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, narrow, slice};
use super::error::omadm_error;
use super::handle::handle;
use super::input::omadm_options;
use super::message::omadm_message;
use super::tree::{omadm_node, omadm_tree};
use crate::error::{Error, ErrorKind};
use crate::markup::DataForm;
use crate::syncml::{Command, Header, Item, Message};
use crate::tree::{Node, NodeId, segment};
use core::ffi::{CStr, c_char, c_void};
use core::fmt::Write as _;
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

// Types, as the interface spells them: UTF-8 and octets with offsets of 64 bits, and numbers.
const TEXT: &CStr = c"U";
const OCTETS: &CStr = c"Z";
const U32: &CStr = c"I";
const U64: &CStr = c"L";

/// A column may have no value in a row.
const NULLABLE: i64 = 2;

/// The values of a column.
enum Values {
    /// Texts or octets one after the other, and where each ends, from 0 on.
    Octets {
        ends: Vec<i64>,
        octets: Vec<u8>,
    },
    U32(Vec<u32>),
    U64(Vec<u64>),
}

/// A column while it is filled. What it lags behind by has no value: rows in which nothing is there cost nothing.
struct Column {
    name: &'static CStr,
    /// As the interface spells types.
    format: &'static CStr,
    values: Values,
    /// A bit for each row: whether there is a value. Empty as long as there is one in all.
    validity: Vec<u8>,
    rows: usize,
    absent: usize,
}

impl Column {
    fn new((name, format): (&'static CStr, &'static CStr)) -> Column {
        let values = match format.to_bytes() {
            b"I" => Values::U32(Vec::new()),
            b"L" => Values::U64(Vec::new()),
            _ => Values::Octets { ends: vec![0], octets: Vec::new() },
        };
        Column { name, format, values, validity: Vec::new(), rows: 0, absent: 0 }
    }

    /// Adds a value, if there is one, as that of the row with this number.
    #[inline]
    fn put(&mut self, row: usize, value: Cell<'_>) {
        if matches!(value, Cell::Octets(None) | Cell::Number(None)) {
            return;
        }
        if self.rows < row {
            self.fill(row);
        }
        match (&mut self.values, value) {
            (Values::Octets { ends, octets }, Cell::Octets(Some(value))) => {
                octets.extend_from_slice(value);
                ends.push(signed(octets.len()));
            }
            (Values::U32(values), Cell::Number(Some(value))) => values.push(u32::try_from(value).unwrap_or_default()),
            (Values::U64(values), Cell::Number(Some(value))) => values.push(value),
            _ => return,
        }
        if self.absent > 0 {
            self.validity.resize((row >> 3).saturating_add(1), 0);
            if let Some(bits) = self.validity.last_mut() {
                *bits |= 1 << (row % 8);
            }
        }
        self.rows = row.saturating_add(1);
    }

    /// Fills rows without a value, up to this one.
    #[cold]
    fn fill(&mut self, rows: usize) {
        if self.absent == 0 {
            self.validity = vec![0xFF; self.rows >> 3];
            self.validity.push((1_u8 << (self.rows % 8)).wrapping_sub(1));
        }
        let is_empty = self.rows == 0;
        resize(&mut self.validity, rows.div_ceil(8), 0, is_empty);
        match &mut self.values {
            Values::Octets { ends, octets } => {
                resize(ends, rows.saturating_add(1), signed(octets.len()), is_empty);
            }
            Values::U32(values) => resize(values, rows, 0, is_empty),
            Values::U64(values) => resize(values, rows, 0, is_empty),
        }
        self.absent = self.absent.saturating_add(rows.saturating_sub(self.rows));
        self.rows = rows;
    }
}

/// Makes a list longer. One that has nothing in it yet is taken anew: zeros that the system gives have not to be written.
fn resize<T: Copy + Default>(list: &mut Vec<T>, len: usize, value: T, is_empty: bool) {
    if is_empty && list.capacity() < len {
        *list = vec![T::default(); len];
    } else {
        list.resize(len, value);
    }
}

/// Columns in front of those of nodes that few of them have a value in, with that of the documents.
const FULL_COLUMNS: usize = 6;

/// One value.
#[derive(Clone, Copy)]
enum Cell<'v> {
    Octets(Option<&'v [u8]>),
    Number(Option<u64>),
}

impl<'v> From<Option<&'v str>> for Cell<'v> {
    fn from(text: Option<&'v str>) -> Cell<'v> {
        Cell::Octets(text.map(str::as_bytes))
    }
}

impl<'v> From<&'v str> for Cell<'v> {
    fn from(text: &'v str) -> Cell<'v> {
        Cell::from(Some(text))
    }
}

fn signed(len: usize) -> i64 {
    i64::try_from(len).unwrap_or(i64::MAX)
}

/// A buffer, or NULL if there is nothing in it, as the interface allows.
fn pointer<T>(values: &[T]) -> *const c_void {
    if values.is_empty() { null() } else { values.as_ptr().cast() }
}

/// Columns that grow row by row, up to so many octets of text.
pub(super) struct Table {
    columns: Vec<Column>,
    rows: usize,
    left: u64,
    /// What the first column says of the rows to come, if the table is of many documents.
    document: Option<u32>,
}

impl Table {
    fn new(columns: &[(&'static CStr, &'static CStr)], limit: u64) -> Table {
        let columns = columns.iter().copied().map(Column::new).collect();
        Table { columns, rows: 0, left: limit, document: None }
    }

    /// For many documents: with a first column that says which one.
    pub(super) fn of_many(mut self) -> Table {
        self.columns.insert(0, Column::new((c"document", U32)));
        self.document = Some(0);
        self
    }

    /// Makes room for some more rows in columns that have a value in most; texts aside.
    fn reserve(&mut self, rows: usize) {
        for column in self.columns.iter_mut().take(FULL_COLUMNS) {
            match &mut column.values {
                Values::Octets { ends, .. } => ends.reserve(rows),
                Values::U32(values) => values.reserve(rows),
                Values::U64(values) => values.reserve(rows),
            }
        }
    }

    /// The rows to come are of this document.
    pub(super) fn document(&mut self, number: u32) {
        self.document = Some(number);
    }

    #[inline]
    fn row<const N: usize>(&mut self, cells: [Cell<'_>; N]) -> Outcome {
        let row = self.rows;
        let mut columns = self.columns.iter_mut();
        if let Some(number) = self.document
            && let Some(column) = columns.next()
        {
            column.put(row, Cell::Number(Some(number.into())));
        }
        for (column, cell) in columns.zip(cells) {
            if let Cell::Octets(Some(octets)) = cell {
                let left = self.left.checked_sub(octets.len() as u64);
                self.left = left.ok_or_else(|| Failure::from(ErrorKind::LimitOutput))?;
            }
            column.put(row, cell);
        }
        self.rows = row.saturating_add(1);
        Ok(())
    }

    /// Hands the table over.
    pub(super) fn give(mut self, schema: Out<'_, ArrowSchema>, array: Out<'_, ArrowArray>) {
        let rows = self.rows;
        self.columns.iter_mut().filter(|column| column.rows < rows).for_each(|column| column.fill(rows));
        give(self.columns.into_iter().map(Arc::new).collect(), rows, schema, array);
    }
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
    // SAFETY: the interface: it is one of `Table::give`, so its private data is what was made there.
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
    // SAFETY: the interface: it is one of `Table::give`, so its private data is what was made there.
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

/// The URIs of nodes as they come, parents first: each is made from its parent's.
#[derive(Default)]
pub(super) struct Uris {
    uri: String,
    /// The nodes on the way, with the length of the URI of each.
    way: Vec<(NodeId, usize)>,
}

impl Uris {
    pub(super) fn next(&mut self, node: Node<'_>) -> &str {
        let parent = node.parent().map(|parent| parent.id());
        while self.way.last().is_some_and(|(id, _)| Some(*id) != parent) {
            self.way.pop();
        }
        // Writing to a text does not fail.
        let _ = match self.way.last() {
            Some((_, len)) => {
                self.uri.truncate(*len);
                self.uri.push('/');
                segment::write(&mut self.uri, node.name())
            }
            None => self.begin(node),
        };
        self.way.push((node.id(), self.uri.len()));
        &self.uri
    }

    /// A node whose parent did not come before: the parent is known from now on.
    fn begin(&mut self, node: Node<'_>) -> core::fmt::Result {
        self.uri.clear();
        let Some(parent) = node.parent() else { return write!(self.uri, "{}", node.uri()) };
        write!(self.uri, "{}", parent.uri())?;
        self.way.push((parent.id(), self.uri.len()));
        self.uri.push('/');
        segment::write(&mut self.uri, node.name())
    }
}

/// The columns of nodes.
pub(super) fn node_table(limit: u64) -> Table {
    Table::new(
        &[
            (c"node", U64),
            (c"uri", TEXT),
            (c"name", TEXT),
            (c"format", TEXT),
            (c"value", OCTETS),
            (c"media_type", TEXT),
            (c"mo_id", TEXT),
            (c"acl", TEXT),
            (c"title", TEXT),
            (c"tstamp", TEXT),
            (c"ver_no", TEXT),
        ],
        limit,
    )
}

/// Adds a row for each node.
pub(super) fn add_nodes(table: &mut Table, top: Node<'_>) -> Outcome {
    if top.parent().is_none() {
        table.reserve(top.tree().len());
    }
    let mut uris = Uris::default();
    for node in top.descendants() {
        let [acl, title, tstamp, ver_no] = node.rare_texts();
        table.row([
            Cell::Number(Some(node.id().to_bits())),
            uris.next(node).into(),
            node.name().into(),
            node.format().name().into(),
            Cell::Octets(node.value().map(|value| value.bytes())),
            node.media_type().into(),
            node.mo_id().into(),
            acl.into(),
            title.into(),
            tstamp.into(),
            ver_no.into(),
        ])?;
    }
    Ok(())
}

/// The columns of commands.
pub(super) fn command_table(limit: u64) -> Table {
    Table::new(
        &[
            (c"session_id", TEXT),
            (c"msg_id", TEXT),
            (c"command", U32),
            (c"item", U32),
            (c"kind", TEXT),
            (c"cmd_id", TEXT),
            (c"code", U32),
            (c"msg_ref", TEXT),
            (c"cmd_ref", TEXT),
            (c"cmd", TEXT),
            (c"target", TEXT),
            (c"source", TEXT),
            (c"format", TEXT),
            (c"media_type", TEXT),
            (c"data", OCTETS),
        ],
        limit,
    )
}

/// Adds a row for each item, or for a command without items. A piece of a message has no header of its own.
pub(super) fn add_commands(table: &mut Table, header: Header<'_>, message: &Message<'_>) -> Outcome {
    for command in message.all_commands() {
        if command.items().len() == 0 {
            table.command(header, command, None)?;
        }
        for (index, item) in command.items().enumerate() {
            table.command(header, command, Some((index, item)))?;
        }
    }
    Ok(())
}

/// The columns of what was wrong with documents.
pub(super) fn error_table(limit: u64) -> Table {
    Table::new(
        &[
            (c"document", U32),
            (c"code", U32),
            (c"offset", U64),
            (c"inner_offset", U64),
            (c"message", TEXT),
            (c"subject", TEXT),
        ],
        limit,
    )
}

/// Adds what was wrong with a document.
pub(super) fn add_error(table: &mut Table, document: u32, error: Error) -> Outcome {
    let kind = error.kind();
    table.row([
        Cell::Number(Some(document.into())),
        Cell::Number(Some(kind.code().into())),
        Cell::Number(Some(error.offset() as u64)),
        Cell::Number(error.inner().map(|inner| inner as u64)),
        kind.message().into(),
        kind.element().into(),
    ])
}

impl Table {
    /// A command, or one of its items.
    fn command(&mut self, header: Header<'_>, command: Command<'_>, item: Option<(usize, Item<'_>)>) -> Outcome {
        let (index, item) = item.unzip();
        let code = command.status().map(|status| status.0).or(command.alert().map(|alert| alert.0));
        let data = item.map_or_else(|| command.data(), |item| item.data());
        let meta = command.meta();
        self.row([
            header.session_id().into(),
            header.msg_id().into(),
            Cell::Number(Some(narrow(command.index()).into())),
            Cell::Number(index.map(|index| narrow(index).into())),
            command.name().into(),
            command.cmd_id().into(),
            Cell::Number(code.map(u64::from)),
            command.msg_ref().into(),
            command.cmd_ref().into(),
            command.cmd().into(),
            item.and_then(|item| item.target()).into(),
            item.and_then(|item| item.source()).into(),
            item.map_or_else(|| meta.and_then(|meta| meta.format()), |item| item.format()).into(),
            item.map_or_else(|| meta.and_then(|meta| meta.media_type()), |item| item.media_type()).into(),
            Cell::Octets(data.filter(|data| data.form() != DataForm::Markup).map(|data| data.bytes())),
        ])
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
        table.give(schema, array);
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
        table.give(schema, array);
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
