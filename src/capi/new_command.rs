//! Commands to be sent: what a builder is handed.

use super::command::{OMADM_ITEM_MORE_DATA, omadm_ref};
use super::entry::{Failure, Outcome, read, read_all, slice, text, versioned};
use super::message::omadm_data;
use super::text::{OMADM_NUL, omadm_bytes, omadm_str, some, to_copy};
use crate::syncml::{NewData, NewItem, NewMeta, Ref};
use core::ffi::c_char;

/// `Meta` to send. Begin with `omadm_new_meta meta = OMADM_NEW_META_INIT;`, which is empty.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_new_meta {
    /// `sizeof(omadm_new_meta)`; set by `OMADM_NEW_META_INIT`.
    pub struct_size: u32,
    /// `OMADM_NEW_*`: which of the numbers there are.
    pub flags: u32,
    pub size: u64,
    pub max_msg_size: u64,
    pub max_obj_size: u64,
    pub format: omadm_str,
    pub media_type: omadm_str,
    pub mark: omadm_str,
    pub version: omadm_str,
    /// Base64 text, or octets, which become that.
    pub next_nonce: omadm_data,
}

/// There is a `Size`.
pub const OMADM_NEW_SIZE: u32 = 1;
/// There is a `MaxMsgSize`.
pub const OMADM_NEW_MAX_MSG_SIZE: u32 = 2;
/// There is a `MaxObjSize`.
pub const OMADM_NEW_MAX_OBJ_SIZE: u32 = 4;

/// `Cred` to send. Begin with `omadm_new_cred cred = OMADM_NEW_CRED_INIT;`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_new_cred {
    /// `sizeof(omadm_new_cred)`; set by `OMADM_NEW_CRED_INIT`.
    pub struct_size: u32,
    pub reserved: u32,
    /// `Type`: the scheme, such as `syncml:auth-md5`.
    pub scheme: omadm_str,
    /// `Format`, such as `b64`.
    pub format: omadm_str,
    pub data: omadm_data,
}

/// `Item` to send. Begin with `omadm_new_item item = OMADM_NEW_ITEM_INIT;`, which is empty.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_new_item {
    /// `sizeof(omadm_new_item)`; set by `OMADM_NEW_ITEM_INIT`.
    pub struct_size: u32,
    /// `OMADM_ITEM_MORE_DATA`
    pub flags: u32,
    /// `Target/LocURI`: the node that it is about.
    pub target: omadm_str,
    pub target_name: omadm_str,
    /// `Source/LocURI`: the node that it comes from, in `Results` and in a client's `Replace`.
    pub source: omadm_str,
    pub source_name: omadm_str,
    /// `Meta/Format` and `Meta/Type`; absent if there is a `meta`, which has them itself.
    pub format: omadm_str,
    pub media_type: omadm_str,
    /// `Meta`, or NULL.
    pub meta: *const omadm_new_meta,
    /// `Data` as text, CDATA or octets; its offset does not matter. `OMADM_E_ARGUMENT` for bytes with the form `OMADM_DATA_ABSENT`.
    pub data: omadm_data,
}

/// A command to send. Begin with `omadm_new_command command = OMADM_NEW_COMMAND_INIT;`, and set its kind.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_new_command {
    /// `sizeof(omadm_new_command)`; set by `OMADM_NEW_COMMAND_INIT`.
    pub struct_size: u32,
    /// An `enum omadm_command_kind`: not `OMADM_CMD_OTHER`, and not `Atomic` or `Sequence`, for which there is `omadm_builder_begin`.
    pub kind: u32,
    /// `Data` of a `Status` or `Alert`: its code; 0 if it is in `data`, or there is none.
    pub code: u32,
    pub reserved: u32,
    pub msg_ref: omadm_str,
    pub cmd_ref: omadm_str,
    pub cmd: omadm_str,
    pub correlator: omadm_str,
    /// `Meta` of the command, or NULL.
    pub meta: *const omadm_new_meta,
    /// `Meta` in the `Chal` of a `Status`, or NULL.
    pub chal: *const omadm_new_meta,
    pub data: omadm_data,
    /// `item_count` items of `item_size` octets, which is `sizeof(omadm_new_item)`.
    pub items: *const omadm_new_item,
    pub item_size: usize,
    pub item_count: usize,
    /// `ref_count` `TargetRef` and `SourceRef` elements of `ref_size` octets, which is `sizeof(omadm_ref)`.
    pub refs: *const omadm_ref,
    pub ref_size: usize,
    pub ref_count: usize,
}

versioned! {
    omadm_new_meta: 128, 88;
    omadm_new_cred: 72, 48;
    omadm_new_item: 144, 84;
    omadm_new_command: 176, 104;
}

/// # Safety
/// The contract.
pub(super) unsafe fn new_data<'c>(data: omadm_data, argument: &'static str) -> Outcome<Option<NewData<'c>>> {
    let omadm_bytes { ptr, len } = data.bytes;
    if data.reserved != 0 {
        return Err(Failure::argument(argument));
    }
    // SAFETY: the contract.
    let as_text = || unsafe { text(ptr.cast::<c_char>(), len, argument) };
    match data.form {
        // Whoever sets octets and forgets the form does not mean that there is no such element.
        0 if !ptr.is_null() || len != 0 => Err(Failure::argument(argument)),
        0 => Ok(None),
        1 => Ok(Some(NewData::Text(as_text()?))),
        2 => Ok(Some(NewData::CData(as_text()?))),
        3 if len == OMADM_NUL => Err(Failure::argument(argument)),
        // SAFETY: the contract.
        3 => Ok(Some(NewData::Octets(to_copy(unsafe { slice(ptr, len, argument) }?)?))),
        _ => Err(Failure::argument(argument)),
    }
}

/// # Safety
/// The contract.
pub(super) unsafe fn new_meta<'c>(at: *const omadm_new_meta, argument: &'static str) -> Outcome<Option<NewMeta<'c>>> {
    if at.is_null() {
        return Ok(None);
    }
    // SAFETY: the contract.
    let meta = unsafe { read(at, argument) }?;
    if meta.flags & !(OMADM_NEW_SIZE | OMADM_NEW_MAX_MSG_SIZE | OMADM_NEW_MAX_OBJ_SIZE) != 0 {
        return Err(Failure::argument(argument));
    }
    let number = |flag, number| (meta.flags & flag != 0).then_some(number);
    // SAFETY: the contract.
    unsafe {
        Ok(Some(NewMeta {
            format: some(meta.format, "format")?,
            media_type: some(meta.media_type, "media_type")?,
            mark: some(meta.mark, "mark")?,
            size: number(OMADM_NEW_SIZE, meta.size),
            version: some(meta.version, "version")?,
            next_nonce: new_data(meta.next_nonce, "next_nonce")?,
            max_msg_size: number(OMADM_NEW_MAX_MSG_SIZE, meta.max_msg_size),
            max_obj_size: number(OMADM_NEW_MAX_OBJ_SIZE, meta.max_obj_size),
        }))
    }
}

/// # Safety
/// The contract.
pub(super) unsafe fn new_items<'c>(at: *const omadm_new_item, size: usize, count: usize) -> Outcome<Vec<NewItem<'c>>> {
    // SAFETY: the contract.
    let items = unsafe { read_all(at, size, count, "items") }?;
    // SAFETY: the contract.
    items.iter().map(|item| unsafe { new_item(item) }).collect()
}

/// # Safety
/// The contract.
unsafe fn new_item<'c>(item: &omadm_new_item) -> Outcome<NewItem<'c>> {
    if item.flags & !OMADM_ITEM_MORE_DATA != 0 {
        return Err(Failure::argument("items"));
    }
    // SAFETY: the contract.
    unsafe {
        let (format, media_type) = (some(item.format, "format")?, some(item.media_type, "media_type")?);
        let says_itself = format.is_some() || media_type.is_some();
        let meta = match new_meta(item.meta, "meta")? {
            Some(_) if says_itself => return Err(Failure::argument("meta")),
            None if says_itself => Some(NewMeta { format, media_type, ..NewMeta::default() }),
            meta => meta,
        };
        Ok(NewItem {
            target: some(item.target, "target")?,
            target_name: some(item.target_name, "target_name")?,
            source: some(item.source, "source")?,
            source_name: some(item.source_name, "source_name")?,
            meta,
            data: new_data(item.data, "data")?,
            more_data: item.flags & OMADM_ITEM_MORE_DATA != 0,
        })
    }
}

/// # Safety
/// The contract.
pub(super) unsafe fn new_refs<'c>(at: *const omadm_ref, size: usize, count: usize) -> Outcome<Vec<Ref<'c>>> {
    // SAFETY: the contract.
    let refs = unsafe { read_all(at, size, count, "refs") }?;
    let of = |reference: &omadm_ref| {
        // SAFETY: the contract.
        let uri = unsafe { some(reference.uri, "uri") }?.ok_or(Failure::null("uri"))?;
        match reference.is_target {
            0 => Ok(Ref::Source(uri)),
            1 => Ok(Ref::Target(uri)),
            _ => Err(Failure::argument("refs")),
        }
    };
    refs.iter().map(of).collect()
}
