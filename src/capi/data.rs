//! What is in the data of a message's items, and what a message has that is not SyncML's.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, enter, fill, slice, versioned};
use super::error::omadm_error;
use super::handle::handle;
use super::message::omadm_message;
use super::text::{omadm_bytes, omadm_str, to_copy};
use crate::error::{Error, ErrorKind};
use crate::markup::{Event, Fragment, Options, Reader};

/// The octets of the value that an item's `Data` stands for: base64 is decoded, of `Format` `b64` in both encodings and of `bin` as text of an
/// XML message; all else is as it travelled, and so is a chunk of a large object.
///
/// A node whose own format is `b64` has the text itself as its value: that is the item's `data`. `OMADM_NOT_FOUND` without command, item or
/// `Data`; `OMADM_E_INVALID_BASE64`, and `OMADM_E_UNEXPECTED_MARKUP` for elements, at the `Data`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_item_octets(
    message: *const omadm_message,
    command: usize,
    item: usize,
    octets: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out) = unsafe { (handle(message, "message")?, Buffer::of(octets, "octets")?) };
        let octets = message.item(command, item)?.octets()?.ok_or(Failure::not_found("data"))?;
        out.keep(octets.into_owned());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Checks that an item's data is as long as its `Size` says: octets as they travelled, base64 as base64. Messages in which it is not are decoded all the
/// same, as that is common. Chunks of a large object are the joiner's to check, and elements have no size: both are right here, as is data without a `Size`.
///
/// `OMADM_E_SIZE_MISMATCH` at the `Data`, or at the item where it has none; `OMADM_NOT_FOUND` without command or item.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_item_check_size(
    message: *const omadm_message,
    command: usize,
    item: usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let message = unsafe { handle(message, "message") }?;
        Ok(message.item(command, item)?.check_size()?)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The octets that base64 text stands for. Blanks and missing padding are accepted. `OMADM_E_INVALID_BASE64` at 0;
/// `OMADM_E_INPUT_TOO_LARGE` above 4 GiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_octets_from_base64(
    data: *const u8,
    len: usize,
    octets: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, out) = unsafe { (to_copy(slice(data, len, "data")?)?, Buffer::of(octets, "octets")?) };
        out.keep(crate::auth::decode_base64(data).ok_or(Error::new(ErrorKind::InvalidBase64, 0))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The whole element of a command that DM does not use (`OMADM_CMD_OTHER`), as it stands in the message: XML text, or WBXML tokens that need
/// the message's code pages and string table. Valid as long as what the message lends. `OMADM_NOT_FOUND` for other commands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_command_source(
    message: *const omadm_message,
    command: usize,
    source: *mut omadm_bytes,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out) = unsafe { (handle(message, "message")?, Out::new(source, "source")?) };
        let fragment = message.command(command)?.fragment().ok_or(Failure::not_found("source"))?;
        out.set(fragment.bytes().into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The whole `Data` element of an item whose data is elements (`OMADM_DATA_MARKUP`), as `omadm_message_command_source` has commands. For a tree
/// there is `omadm_tree_of_item`. `OMADM_NOT_FOUND` for other data.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_item_source(
    message: *const omadm_message,
    command: usize,
    item: usize,
    source: *mut omadm_bytes,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out) = unsafe { (handle(message, "message")?, Out::new(source, "source")?) };
        let data = message.item(command, item)?.data().ok_or(Failure::not_found("data"))?;
        out.set(data.fragment().ok_or(Failure::not_found("source"))?.bytes().into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Where elements stand that are not SyncML's.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_place {
    /// In `SyncML` itself, beside header and body.
    OMADM_IN_MESSAGE = 1,
    /// In `SyncHdr`, its `Target` and `Source`.
    OMADM_IN_HEADER = 2,
    /// In `SyncBody`, between commands.
    OMADM_IN_BODY = 3,
    /// In a command.
    OMADM_IN_COMMAND = 4,
    /// In an item, its `Target` and `Source`.
    OMADM_IN_ITEM = 5,
}

/// An element that is not SyncML's.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_extra {
    /// `sizeof(omadm_extra)`; set by the caller.
    pub struct_size: u32,
    pub reserved: u32,
    /// Where it begins in the input.
    pub offset: u64,
    /// Its name, without a prefix.
    pub name: omadm_str,
    /// The whole element, as `omadm_message_command_source` has it.
    pub source: omadm_bytes,
}

versioned! { omadm_extra: 48, 32; }

impl From<Fragment<'_>> for omadm_extra {
    fn from(fragment: Fragment<'_>) -> omadm_extra {
        let name = match fragment.reader(&Options::default()).next_event() {
            Ok(Some(Event::Start(name))) => name.local().into(),
            _ => omadm_str::ABSENT,
        };
        omadm_extra {
            struct_size: 0,
            reserved: 0,
            offset: fragment.offset() as u64,
            name,
            source: fragment.bytes().into(),
        }
    }
}

/// The elements that are not SyncML's at a place, an `enum omadm_place`, as `omadm_message_items` does items. `command` and `item` say which one for
/// those that are in one; else they are 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_extras(
    message: *const omadm_message,
    place: u32,
    command: usize,
    item: usize,
    first: usize,
    extras: *mut omadm_extra,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out, written) = unsafe {
            (
                handle(message, "message")?,
                OutStructs::many(extras, element_size, capacity, "extras")?,
                Out::new(written, "written")?,
            )
        };
        match place {
            1 => fill(out, message.content().header().root_extras().skip(first), written),
            2 => fill(out, message.header().extras().skip(first), written),
            3 => fill(out, message.view().body_extras().skip(first), written),
            4 => fill(out, message.command(command)?.extras().skip(first), written),
            5 => fill(out, message.item(command, item)?.extras().skip(first), written),
            _ => return Err(Failure::argument("place")),
        }
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
