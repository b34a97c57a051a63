//! Many documents at once as columns, through the Arrow C Data Interface: what cannot be read is told in a table of its own.

use super::arrow::{ArrowArray, ArrowSchema, give_table};
use super::codes::omadm_rc;
use super::entry::narrow;
use super::entry::{Failure, Out, Outcome, enter, slice};
use super::error::omadm_error;
use super::input::omadm_options;
use super::tables::{Table, add_commands, add_error, add_nodes, command_table, error_table, node_table};
use super::text::omadm_bytes;
use crate::error::Result;
use crate::markup::Options;
use crate::syncml::Message;
use crate::tnds;

/// Adds the rows of each document, and what is wrong with those that cannot be read.
fn gather(
    documents: &[&[u8]],
    first: u32,
    mut table: Table,
    limit: u64,
    mut add: impl FnMut(&mut Table, &[u8]) -> Outcome<Result<()>>,
) -> Outcome<(Table, Table)> {
    // Two documents with one number could not be told apart.
    let last = u32::try_from(documents.len().saturating_sub(1)).ok().and_then(|more| first.checked_add(more));
    last.ok_or(Failure::argument("first"))?;
    let mut errors = error_table(limit);
    // Also where there are no documents, there is the column that says which.
    table.document(first);
    errors.document(first);
    for (number, document) in documents.iter().enumerate() {
        let number = first.saturating_add(narrow(number));
        table.document(number);
        if let Err(error) = add(&mut table, document)? {
            errors.document(number);
            add_error(&mut errors, error)?;
        }
    }
    Ok((table, errors))
}

fn trees(documents: &[&[u8]], first: u32, options: &Options) -> Outcome<(Table, Table)> {
    let limit = options.limits.output;
    gather(documents, first, node_table(limit), limit, |table, document| match tnds::decode_with(document, options) {
        Ok(tree) => add_nodes(table, tree.root()).map(Ok),
        Err(error) => Ok(Err(error)),
    })
}

fn messages(documents: &[&[u8]], first: u32, options: &Options) -> Outcome<(Table, Table)> {
    let limit = options.limits.output;
    gather(documents, first, command_table(limit), limit, |table, document| {
        match Message::decode_with(document, options) {
            Ok(message) => add_commands(table, message.header(), &message).map(Ok),
            Err(error) => Ok(Err(error)),
        }
    })
}

/// The documents that C lends.
///
/// # Safety
/// The contract.
unsafe fn lent<'c>(documents: *const omadm_bytes, count: usize) -> Outcome<Vec<&'c [u8]>> {
    // SAFETY: the contract.
    let documents = unsafe { slice(documents, count, "documents") }?;
    // SAFETY: the contract.
    documents.iter().map(|document| unsafe { slice(document.ptr, document.len, "documents") }).collect()
}

/// The nodes of many tree documents (TNDS) as one struct array: `document` (uint32: its place in `documents`, where the first has the number `first`), and
/// the columns of `omadm_tree_arrow`. `OMADM_E_ARGUMENT` for a `first` with which the last would have no number.
///
/// A document that cannot be read has no rows there, but one in `errors`: `document`, `code` (uint32: an `enum omadm_code`), `offset` and `inner_offset` (uint64; null
/// where there is none), `message` and `subject` (large_utf8), as in `omadm_error`. `options` may be NULL. All four outputs are the caller's, who calls their `release`.
/// `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output` in all: hand in fewer documents at once.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_trees_arrow(
    documents: *const omadm_bytes,
    count: usize,
    first: u32,
    options: *const omadm_options,
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
    error_schema: *mut ArrowSchema,
    errors: *mut ArrowArray,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (documents, options, schema, array, error_schema, errors) = unsafe {
            (
                lent(documents, count)?,
                omadm_options::take(options)?,
                Out::new(schema, "schema")?,
                Out::new(array, "array")?,
                Out::new(error_schema, "error_schema")?,
                Out::new(errors, "errors")?,
            )
        };
        let (rows, wrong) = trees(&documents, first, &options)?;
        give_table(rows, schema, array);
        give_table(wrong, error_schema, errors);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The commands of many messages as one struct array: `document`, and the columns of `omadm_message_arrow`. As `omadm_trees_arrow`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_messages_arrow(
    documents: *const omadm_bytes,
    count: usize,
    first: u32,
    options: *const omadm_options,
    schema: *mut ArrowSchema,
    array: *mut ArrowArray,
    error_schema: *mut ArrowSchema,
    errors: *mut ArrowArray,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (documents, options, schema, array, error_schema, errors) = unsafe {
            (
                lent(documents, count)?,
                omadm_options::take(options)?,
                Out::new(schema, "schema")?,
                Out::new(array, "array")?,
                Out::new(error_schema, "error_schema")?,
                Out::new(errors, "errors")?,
            )
        };
        let (rows, wrong) = messages(&documents, first, &options)?;
        give_table(rows, schema, array);
        give_table(wrong, error_schema, errors);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
