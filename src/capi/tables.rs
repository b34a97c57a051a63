//! Nodes, commands and errors as rows of a table: what each column holds is told at `omadm_tree_arrow`, `omadm_message_arrow` and
//! `omadm_trees_arrow`.

use super::columns::{Column, OCTETS, TEXT, U32, U64, Values};
use super::command::omadm_command;
use super::entry::{Failure, Outcome};
use super::uris::Uris;
use crate::error::{Error, ErrorKind};
use crate::markup::DataForm;
use crate::syncml::{Command, Header, Item, Message};
use crate::tree::{Node, NodeOctets};
use core::ffi::CStr;

/// Columns that grow row by row, up to so many octets of text.
pub(super) struct Table {
    rows: Rows,
    columns: Vec<Column>,
}

/// The rows of a table.
struct Rows {
    count: usize,
    /// How many octets of text there may still be.
    left: u64,
    /// In a table of many documents: the one that rows are of, and the column that says so.
    document: Option<(u32, Column)>,
}

impl Rows {
    /// Begins a row with so many octets of text: says which one it is.
    fn begin(&mut self, octets: usize) -> Outcome<usize> {
        self.left = self.left.checked_sub(octets as u64).ok_or_else(|| Failure::from(ErrorKind::LimitOutput))?;
        let row = self.count;
        if let Some((number, column)) = &mut self.document {
            column.put_number(row, Some((*number).into()));
        }
        self.count = row.saturating_add(1);
        Ok(row)
    }
}

fn length(texts: &[Option<&[u8]>]) -> usize {
    texts.iter().flatten().fold(0, |sum, text| sum.saturating_add(text.len()))
}

impl Table {
    fn new(columns: &[(&'static CStr, &'static CStr)], limit: u64) -> Table {
        let columns = columns.iter().copied().map(Column::new).collect();
        Table { rows: Rows { count: 0, left: limit, document: None }, columns }
    }

    /// The rows to come are of this document.
    pub(super) fn document(&mut self, number: u32) {
        let (document, _) = self.rows.document.get_or_insert_with(|| (number, Column::new((c"document", U32))));
        *document = number;
    }

    /// How many rows there are, and the columns, each with all of them.
    pub(super) fn full(self) -> (usize, Vec<Column>) {
        let Table { rows: Rows { count, document, .. }, mut columns } = self;
        if let Some((_, column)) = document {
            columns.insert(0, column);
        }
        columns.iter_mut().for_each(|column| column.fill(count));
        (count, columns)
    }
}

/// Nodes, a row for each.
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

/// Columns in front of those of nodes that few of them have a value in.
const FULL_COLUMNS: usize = 6;

/// Adds a row for each node from `top` down.
pub(super) fn add_nodes(table: &mut Table, top: Node<'_>) -> Outcome {
    let Table { rows, columns } = table;
    if top.parent().is_none() {
        let count = top.tree().len();
        let document = rows.document.iter_mut().map(|(_, column)| column);
        document.chain(columns.iter_mut().take(FULL_COLUMNS)).for_each(|column| column.reserve(count));
    }
    let [node_id, uri, others @ ..] = columns.as_mut_slice() else { return Ok(()) };
    let mut uris = Uris::default();
    for node in top.descendants() {
        let NodeOctets { name, value, media_type, mo_id, rare: [acl, title, tstamp, ver_no], .. } = node.all_octets();
        let format = node.format().name().as_bytes();
        let texts = [Some(name), Some(format), value, media_type, mo_id, acl, title, tstamp, ver_no];
        let way = uris.next(&node, name);
        let row = rows.begin(length(&texts).saturating_add(way.len()))?;
        node_id.put_number(row, Some(node.id().to_bits()));
        uri.put_by(row, |to| uris.write(&way, &node, to));
        put(others, row, &texts);
    }
    Ok(())
}

/// Adds a text to each column, if there is one.
fn put(columns: &mut [Column], row: usize, texts: &[Option<&[u8]>]) {
    for (column, text) in columns.iter_mut().zip(texts) {
        column.put(row, *text);
    }
}

/// Commands, a row for each item.
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
            add_command(table, header, command, None)?;
        }
        for (index, item) in command.items().enumerate() {
            add_command(table, header, command, Some((index, item)))?;
        }
    }
    Ok(())
}

/// Adds a command, or one of its items.
fn add_command<'m>(
    table: &mut Table,
    header: Header<'m>,
    command: Command<'m>,
    item: Option<(usize, Item<'m>)>,
) -> Outcome {
    let (index, item) = item.unzip();
    let meta = command.meta();
    let data = item.map_or_else(|| command.data(), |item| item.data());
    let octets = |text: Option<&'m str>| text.map(str::as_bytes);
    let texts = [
        octets(Some(header.session_id())),
        octets(Some(header.msg_id())),
        octets(Some(command.name())),
        octets(Some(command.cmd_id())),
        octets(command.msg_ref()),
        octets(command.cmd_ref()),
        octets(command.cmd()),
        octets(item.and_then(|item| item.target())),
        octets(item.and_then(|item| item.source())),
        octets(item.map_or_else(|| meta.and_then(|meta| meta.format()), |item| item.format())),
        octets(item.map_or_else(|| meta.and_then(|meta| meta.media_type()), |item| item.media_type())),
        data.filter(|data| data.form() != DataForm::Markup).map(|data| data.bytes()),
    ];
    let code = omadm_command::code(&command).map(u64::from);
    // Indexes have 32 bits.
    table.add(&texts, &[Some(command.index() as u64), index.map(|index| index as u64), code])
}

/// The columns of what was wrong with documents.
pub(super) fn error_table(limit: u64) -> Table {
    Table::new(
        &[(c"code", U32), (c"offset", U64), (c"inner_offset", U64), (c"message", TEXT), (c"subject", TEXT)],
        limit,
    )
}

/// Adds what was wrong with a document.
pub(super) fn add_error(table: &mut Table, error: Error) -> Outcome {
    let kind = error.kind();
    let texts = [Some(kind.message()), kind.element()].map(|text| text.map(str::as_bytes));
    let inner = error.inner().map(|inner| inner as u64);
    table.add(&texts, &[Some(kind.code().into()), Some(error.offset() as u64), inner])
}

impl Table {
    /// Adds a row. Each column takes what is next of its kind.
    fn add(&mut self, texts: &[Option<&[u8]>], numbers: &[Option<u64>]) -> Outcome {
        let row = self.rows.begin(length(texts))?;
        let (mut texts, mut numbers) = (texts.iter().copied(), numbers.iter().copied());
        for column in &mut self.columns {
            match column.values {
                Values::Octets { .. } => column.put(row, texts.next().flatten()),
                Values::U32(_) | Values::U64(_) => column.put_number(row, numbers.next().flatten()),
            }
        }
        Ok(())
    }
}
