//! The commands of a message, with their items and references.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, fill, narrow, set_flags, versioned};
use super::error::omadm_error;
use super::handle::handle;
use super::message::{omadm_data, omadm_message, omadm_meta};
use super::text::omadm_str;
use crate::syncml::{Command, CommandKind, Item, Ref};

/// What a command asks or tells. `OMADM_CMD_OTHER` is one that DM does not use, such as `Put` or `Sync`: its `name` says which.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_command_kind {
    OMADM_CMD_OTHER = 0,
    OMADM_CMD_ADD = 1,
    OMADM_CMD_ALERT = 2,
    OMADM_CMD_ATOMIC = 3,
    OMADM_CMD_COPY = 4,
    OMADM_CMD_DELETE = 5,
    OMADM_CMD_EXEC = 6,
    OMADM_CMD_GET = 7,
    OMADM_CMD_REPLACE = 8,
    OMADM_CMD_RESULTS = 9,
    OMADM_CMD_SEQUENCE = 10,
    OMADM_CMD_STATUS = 11,
}

impl omadm_command_kind {
    pub(super) fn of(kind: CommandKind) -> omadm_command_kind {
        match kind {
            CommandKind::Add => omadm_command_kind::OMADM_CMD_ADD,
            CommandKind::Alert => omadm_command_kind::OMADM_CMD_ALERT,
            CommandKind::Atomic => omadm_command_kind::OMADM_CMD_ATOMIC,
            CommandKind::Copy => omadm_command_kind::OMADM_CMD_COPY,
            CommandKind::Delete => omadm_command_kind::OMADM_CMD_DELETE,
            CommandKind::Exec => omadm_command_kind::OMADM_CMD_EXEC,
            CommandKind::Get => omadm_command_kind::OMADM_CMD_GET,
            CommandKind::Replace => omadm_command_kind::OMADM_CMD_REPLACE,
            CommandKind::Results => omadm_command_kind::OMADM_CMD_RESULTS,
            CommandKind::Sequence => omadm_command_kind::OMADM_CMD_SEQUENCE,
            CommandKind::Status => omadm_command_kind::OMADM_CMD_STATUS,
            CommandKind::Other => omadm_command_kind::OMADM_CMD_OTHER,
        }
    }

    pub(super) fn from_number(number: u32) -> Outcome<CommandKind> {
        match number {
            0 => Ok(CommandKind::Other),
            1 => Ok(CommandKind::Add),
            2 => Ok(CommandKind::Alert),
            3 => Ok(CommandKind::Atomic),
            4 => Ok(CommandKind::Copy),
            5 => Ok(CommandKind::Delete),
            6 => Ok(CommandKind::Exec),
            7 => Ok(CommandKind::Get),
            8 => Ok(CommandKind::Replace),
            9 => Ok(CommandKind::Results),
            10 => Ok(CommandKind::Sequence),
            11 => Ok(CommandKind::Status),
            _ => Err(Failure::argument("kind")),
        }
    }
}

/// One command. Which members are there depends on its kind.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_command {
    /// `sizeof(omadm_command)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_command_kind`.
    pub kind: u32,
    /// `OMADM_COMMAND_*`.
    pub flags: u32,
    /// The outcome of a `Status`, the code of an `Alert`; `OMADM_NO_CODE` for others, and if it is no number.
    pub code: u32,
    /// Its place among all commands of the message, from 0.
    pub index: u32,
    /// The index of the `Atomic` or `Sequence` that it is directly in; `OMADM_NO_INDEX` at the top.
    pub parent: u32,
    /// One past the index of the last command inside; `index + 1` if there is none.
    pub end: u32,
    /// How many `Item` elements it has.
    pub item_count: u32,
    /// How many `TargetRef` and `SourceRef` elements it has.
    pub ref_count: u32,
    pub reserved: u32,
    /// Where the element begins in the input.
    pub offset: u64,
    /// The element's name.
    pub name: omadm_str,
    pub cmd_id: omadm_str,
    /// `MsgRef`, `CmdRef` and `Cmd` of a `Status` or `Results`: what it answers.
    pub msg_ref: omadm_str,
    pub cmd_ref: omadm_str,
    pub cmd: omadm_str,
    pub correlator: omadm_str,
    pub lang: omadm_str,
    /// The command's own `Data`.
    pub data: omadm_data,
}

/// In place of a `code` that is no number, or that there is none of.
pub const OMADM_NO_CODE: u32 = u32::MAX;
/// In place of an index where there is none.
pub const OMADM_NO_INDEX: u32 = u32::MAX;
/// `NoResp`, which DM does not use.
pub const OMADM_COMMAND_NO_RESP: u32 = 1;
/// `Archive` of a `Delete`, which DM does not use.
pub const OMADM_COMMAND_ARCHIVE: u32 = 2;
/// `SftDel` of a `Delete`, which DM does not use.
pub const OMADM_COMMAND_SFT_DEL: u32 = 4;
/// There is a `Meta`: `omadm_message_command_meta`.
pub const OMADM_COMMAND_META: u32 = 8;
/// There is a `Chal`: `omadm_message_chal`.
pub const OMADM_COMMAND_CHAL: u32 = 16;

impl From<Command<'_>> for omadm_command {
    // Else it is made in one place and copied to the caller's: 15 of the 20 ns that a call may cost (benches/capi.rs).
    #[inline(always)]
    fn from(command: Command<'_>) -> omadm_command {
        omadm_command {
            struct_size: 0,
            kind: omadm_command_kind::of(command.kind()) as u32,
            flags: omadm_command::flags(&command),
            code: omadm_command::code(&command).map_or(OMADM_NO_CODE, u32::from),
            index: narrow(command.index()),
            parent: command.parent().map_or(OMADM_NO_INDEX, |parent| narrow(parent.index())),
            end: narrow(command.end()),
            item_count: narrow(command.items().len()),
            ref_count: narrow(command.refs().len()),
            reserved: 0,
            offset: command.offset() as u64,
            name: command.name().into(),
            cmd_id: command.cmd_id().into(),
            msg_ref: command.msg_ref().into(),
            cmd_ref: command.cmd_ref().into(),
            cmd: command.cmd().into(),
            correlator: command.correlator().into(),
            lang: command.lang().into(),
            data: command.data().into(),
        }
    }
}

impl omadm_command {
    /// Of a command that is given out by itself: copied, but not written out in each place.
    #[inline(never)]
    pub(super) fn alone(command: Command<'_>) -> omadm_command {
        command.into()
    }

    #[inline(always)]
    pub(super) fn flags(command: &Command<'_>) -> u32 {
        set_flags(&[
            (command.no_resp(), OMADM_COMMAND_NO_RESP),
            (command.archive(), OMADM_COMMAND_ARCHIVE),
            (command.sft_del(), OMADM_COMMAND_SFT_DEL),
            (command.meta().is_some(), OMADM_COMMAND_META),
            (command.chal().is_some(), OMADM_COMMAND_CHAL),
        ])
    }

    /// Of a `Status` or `Alert`.
    #[inline(always)]
    pub(super) fn code(command: &Command<'_>) -> Option<u16> {
        match command.kind() {
            CommandKind::Status => command.status().map(|status| status.0),
            CommandKind::Alert => command.alert().map(|alert| alert.0),
            _ => None,
        }
    }
}

/// One `Item` of a command.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_item {
    /// `sizeof(omadm_item)`; set by the caller.
    pub struct_size: u32,
    /// `OMADM_ITEM_*`.
    pub flags: u32,
    /// Where the element begins in the input.
    pub offset: u64,
    /// The URI of the node that it is about: its `Target`, in `Results` its `Source`, or the other one where that is absent.
    pub node_uri: omadm_str,
    /// `Target/LocURI`
    pub target: omadm_str,
    pub target_name: omadm_str,
    /// `Source/LocURI`
    pub source: omadm_str,
    pub source_name: omadm_str,
    /// `TargetParent/LocURI` and `SourceParent/LocURI`, of data synchronisation.
    pub target_parent: omadm_str,
    pub source_parent: omadm_str,
    /// `Format`: the item's, or else that of the command, or of a container around it.
    pub format: omadm_str,
    /// `Type`: in the same way.
    pub media_type: omadm_str,
    pub data: omadm_data,
}

/// `MoreData`: this is a chunk of a large object, and not the last.
pub const OMADM_ITEM_MORE_DATA: u32 = 1;
/// It has a `Meta` of its own: `omadm_message_item_meta`.
pub const OMADM_ITEM_META: u32 = 2;

impl omadm_item {
    pub(super) fn flags(item: &Item<'_>) -> u32 {
        set_flags(&[(item.more_data(), OMADM_ITEM_MORE_DATA), (item.own_meta().is_some(), OMADM_ITEM_META)])
    }
}

impl From<Item<'_>> for omadm_item {
    #[inline]
    fn from(item: Item<'_>) -> omadm_item {
        omadm_item {
            struct_size: 0,
            flags: omadm_item::flags(&item),
            offset: item.offset() as u64,
            node_uri: item.node_uri().into(),
            target: item.target().into(),
            target_name: item.target_name().into(),
            source: item.source().into(),
            source_name: item.source_name().into(),
            target_parent: item.target_parent().into(),
            source_parent: item.source_parent().into(),
            format: item.format().into(),
            media_type: item.media_type().into(),
            data: item.data().into(),
        }
    }
}

/// `TargetRef` or `SourceRef` of a `Status` or `Results`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_ref {
    /// `sizeof(omadm_ref)`; set by the caller.
    pub struct_size: u32,
    /// 1 for `TargetRef`, 0 for `SourceRef`.
    pub is_target: u32,
    pub uri: omadm_str,
}

impl From<Ref<'_>> for omadm_ref {
    fn from(reference: Ref<'_>) -> omadm_ref {
        let (is_target, uri) = match reference {
            Ref::Target(uri) => (1, uri),
            Ref::Source(uri) => (0, uri),
        };
        omadm_ref { struct_size: 0, is_target, uri: uri.into() }
    }
}

versioned! {
    omadm_command: 192, 128;
    omadm_item: 192, 112;
    omadm_ref: 24, 16;
}

/// Commands of a message in the order of the document, containers before what is in them: as many as there are from `first` on, and
/// as `capacity` has room for. `element_size` is `sizeof(omadm_command)`; `*written` says how many were stored, 0 at the end.
///
/// For one command at a time, `capacity` is 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_commands(
    message: *const omadm_message,
    first: usize,
    commands: *mut omadm_command,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out, written) = unsafe {
            (
                handle(message, "message")?.view(),
                OutStructs::many(commands, element_size, capacity, "commands")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, (first..usize::MAX).map_while(|index| message.command(index)), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Items of the command with this index, from `first` on, as `omadm_message_commands` does commands. `OMADM_NOT_FOUND` if there is no
/// such command.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_items(
    message: *const omadm_message,
    command: usize,
    first: usize,
    items: *mut omadm_item,
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
                OutStructs::many(items, element_size, capacity, "items")?,
                Out::new(written, "written")?,
            )
        };
        let command = message.command(command)?;
        fill(out, (first..usize::MAX).map_while(|index| command.item(index)), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// `TargetRef` and `SourceRef` elements of the command with this index, as `omadm_message_items` does items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_refs(
    message: *const omadm_message,
    command: usize,
    first: usize,
    refs: *mut omadm_ref,
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
                OutStructs::many(refs, element_size, capacity, "refs")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, message.command(command)?.refs().skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The `Meta` of the command with this index, which applies to all its items unless theirs says otherwise. `OMADM_NOT_FOUND` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_command_meta(
    message: *const omadm_message,
    command: usize,
    meta: *mut omadm_meta,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out) = unsafe { (handle(message, "message")?, OutStructs::one(meta, "meta")?) };
        out.set(0, message.command(command)?.meta().ok_or(Failure::not_found("meta"))?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// An item's own `Meta`. `OMADM_NOT_FOUND` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_item_meta(
    message: *const omadm_message,
    command: usize,
    item: usize,
    meta: *mut omadm_meta,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out) = unsafe { (handle(message, "message")?, OutStructs::one(meta, "meta")?) };
        out.set(0, message.item(command, item)?.own_meta().ok_or(Failure::not_found("meta"))?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The `Meta` in the `Chal` of a `Status`: the scheme wanted is its `media_type`, and there is the `next_nonce`. `OMADM_NOT_FOUND` if the
/// command with this index has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_chal(
    message: *const omadm_message,
    command: usize,
    meta: *mut omadm_meta,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out) = unsafe { (handle(message, "message")?, OutStructs::one(meta, "meta")?) };
        out.set(0, message.command(command)?.chal().ok_or(Failure::not_found("chal"))?.meta().into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
