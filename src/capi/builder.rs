//! A SyncML message put together.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{
    Failure, Guard, Guarded, Out, Outcome, enter, free, give, handle_mut, read, read_all, slice, text, versioned,
};
use super::error::omadm_error;
use super::message::{OMADM_ITEM_MORE_DATA, omadm_command_kind, omadm_data, omadm_encoding, omadm_message, omadm_ref};
use super::owner::OwnedMessage;
use super::text::{OMADM_NUL, omadm_bytes, omadm_str};
use crate::markup::Encoding;
use crate::syncml::{Message, MessageBuilder, NewCommand, NewCred, NewData, NewItem, NewMeta, Ref};
use core::ffi::c_char;

/// Puts a message together and numbers its commands from 1. When it is finished, only the message can be had of it.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_builder {
    guard: Guard,
    state: State,
}

enum State {
    Building(Box<MessageBuilder>),
    Built(Box<Message<'static>>),
    /// A change panicked, or the message could not be finished.
    Spent,
}

const _: () = assert!(core::mem::offset_of!(omadm_builder, guard) == 0);

impl Guarded for omadm_builder {
    const MARK: [u8; 8] = *b"omadmBld";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

impl omadm_builder {
    fn building(&mut self) -> Outcome<&mut MessageBuilder> {
        match &mut self.state {
            State::Building(builder) => Ok(builder),
            State::Built(_) | State::Spent => Err(Failure::state("builder")),
        }
    }

    /// Changes the header.
    fn change(&mut self, change: impl FnOnce(MessageBuilder) -> MessageBuilder) -> Outcome {
        self.building()?;
        if let State::Building(builder) = core::mem::replace(&mut self.state, State::Spent) {
            self.state = State::Building(Box::new(change(*builder)));
        }
        Ok(())
    }

    /// The message, finished now or before.
    fn finish(&mut self) -> Outcome<&Message<'static>> {
        if let State::Building(builder) = &self.state {
            if builder.is_open() {
                return Err(Failure::state("builder"));
            }
            if let State::Building(builder) = core::mem::replace(&mut self.state, State::Spent) {
                self.state = State::Built(Box::new(builder.finish()?));
            }
        }
        match &self.state {
            State::Built(message) => Ok(message),
            State::Building(_) | State::Spent => Err(Failure::state("builder")),
        }
    }
}

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
    /// `Data` as text, CDATA or octets; its offset does not matter.
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

/// A text in a structure; absent at NULL.
///
/// # Safety
/// The contract.
unsafe fn some<'c>(given: omadm_str, argument: &'static str) -> Outcome<Option<&'c str>> {
    // SAFETY: the contract.
    let text = unsafe { text(given.ptr, given.len, argument) }?;
    Ok((!given.ptr.is_null()).then_some(text))
}

/// # Safety
/// The contract.
unsafe fn new_data<'c>(data: omadm_data, argument: &'static str) -> Outcome<Option<NewData<'c>>> {
    let omadm_bytes { ptr, len } = data.bytes;
    // SAFETY: the contract.
    let as_text = || unsafe { text(ptr.cast::<c_char>(), len, argument) };
    match data.form {
        0 => Ok(None),
        1 => Ok(Some(NewData::Text(as_text()?))),
        2 => Ok(Some(NewData::CData(as_text()?))),
        3 if len == OMADM_NUL => Err(Failure::argument(argument)),
        // SAFETY: the contract.
        3 => Ok(Some(NewData::Octets(unsafe { slice(ptr, len, argument) }?))),
        _ => Err(Failure::argument(argument)),
    }
}

/// # Safety
/// The contract.
unsafe fn new_meta<'c>(at: *const omadm_new_meta, argument: &'static str) -> Outcome<Option<NewMeta<'c>>> {
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
unsafe fn new_items<'c>(at: *const omadm_new_item, size: usize, count: usize) -> Outcome<Vec<NewItem<'c>>> {
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
unsafe fn new_refs<'c>(at: *const omadm_ref, size: usize, count: usize) -> Outcome<Vec<Ref<'c>>> {
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

/// Makes a builder for a message of DM 1.2 with `Final`, to be freed with `omadm_builder_free`. `target` is the recipient, `source` the sender. The
/// lengths may be `OMADM_NUL`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_new(
    session_id: *const c_char,
    session_id_len: usize,
    msg_id: *const c_char,
    msg_id_len: usize,
    target: *const c_char,
    target_len: usize,
    source: *const c_char,
    source_len: usize,
    builder: *mut *mut omadm_builder,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (session_id, msg_id, target, source, out) = unsafe {
            (
                text(session_id, session_id_len, "session_id")?,
                text(msg_id, msg_id_len, "msg_id")?,
                text(target, target_len, "target")?,
                text(source, source_len, "source")?,
                Out::new(builder, "builder")?,
            )
        };
        let state = State::Building(Box::new(MessageBuilder::new(session_id, msg_id, target, source)));
        give(omadm_builder { guard: Guard::new::<omadm_builder>(), state }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a builder. Messages that came out of it stay. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_free(builder: *mut omadm_builder) {
    // SAFETY: the contract.
    unsafe { free(builder) }
}

/// Other versions than `1.2` and `DM/1.2`. As all functions that add to a message, it returns `OMADM_E_STATE` when the message is finished.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_versions(
    builder: *mut omadm_builder,
    ver_dtd: *const c_char,
    ver_dtd_len: usize,
    ver_proto: *const c_char,
    ver_proto_len: usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (ver_dtd, ver_proto, mut builder) = unsafe {
            (
                text(ver_dtd, ver_dtd_len, "ver_dtd")?,
                text(ver_proto, ver_proto_len, "ver_proto")?,
                handle_mut(builder, "builder")?,
            )
        };
        builder.change(|builder| builder.versions(ver_dtd, ver_proto))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// `Source/LocName`: the user name of MD5 and MAC credentials.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_source_name(
    builder: *mut omadm_builder,
    name: *const c_char,
    name_len: usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (name, mut builder) = unsafe { (text(name, name_len, "name")?, handle_mut(builder, "builder")?) };
        builder.change(|builder| builder.source_name(name))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// `RespURI`: where further responses go.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_resp_uri(
    builder: *mut omadm_builder,
    uri: *const c_char,
    uri_len: usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (uri, mut builder) = unsafe { (text(uri, uri_len, "uri")?, handle_mut(builder, "builder")?) };
        builder.change(|builder| builder.resp_uri(uri))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// `Cred`: credentials.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_cred(
    builder: *mut omadm_builder,
    cred: *const omadm_new_cred,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (cred, mut builder) = unsafe { (read(cred, "cred")?, handle_mut(builder, "builder")?) };
        // SAFETY: the contract.
        let (format, media_type, data) =
            unsafe { (some(cred.format, "format")?, some(cred.scheme, "scheme")?, new_data(cred.data, "data")?) };
        if cred.reserved != 0 {
            return Err(Failure::argument("cred"));
        }
        let meta = NewMeta { format, media_type, ..NewMeta::default() };
        let cred = NewCred { meta, data: data.ok_or(Failure::null("data"))? };
        builder.change(|builder| builder.cred(&cred))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// `Meta` of the header: `MaxMsgSize` and `MaxObjSize`, what the sender takes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_meta(
    builder: *mut omadm_builder,
    meta: *const omadm_new_meta,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (meta, mut builder) =
            unsafe { (new_meta(meta, "meta")?.ok_or(Failure::null("meta"))?, handle_mut(builder, "builder")?) };
        builder.change(|builder| builder.meta(meta))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Leaves out `Final`: more messages of this package follow.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_not_final(builder: *mut omadm_builder, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        unsafe { handle_mut(builder, "builder") }?.change(MessageBuilder::not_final)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Adds a command. `*cmd_id` is the number that it was given as its `CmdID`; `cmd_id` may be NULL.
///
/// What the structures point to is copied. `OMADM_E_UNEXPECTED_ELEMENT` for a kind that cannot be added this way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_command(
    builder: *mut omadm_builder,
    command: *const omadm_new_command,
    cmd_id: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (command, cmd_id, mut builder) =
            unsafe { (read(command, "command")?, Out::optional(cmd_id, "cmd_id")?, handle_mut(builder, "builder")?) };
        // SAFETY: the contract.
        let (items, refs) = unsafe {
            (
                new_items(command.items, command.item_size, command.item_count)?,
                new_refs(command.refs, command.ref_size, command.ref_count)?,
            )
        };
        // SAFETY: the contract.
        let data = unsafe { new_data(command.data, "data") }?;
        if command.reserved != 0 {
            return Err(Failure::argument("command"));
        }
        let code = (command.code != 0).then(|| command.code.to_string());
        let data = match (code.as_deref(), data) {
            (Some(_), Some(_)) => return Err(Failure::argument("code")),
            (Some(code), None) => Some(NewData::Text(code)),
            (None, data) => data,
        };
        // SAFETY: the contract.
        let new = unsafe {
            NewCommand {
                kind: omadm_command_kind::from_number(command.kind)?,
                msg_ref: some(command.msg_ref, "msg_ref")?,
                cmd_ref: some(command.cmd_ref, "cmd_ref")?,
                cmd: some(command.cmd, "cmd")?,
                refs: &refs,
                correlator: some(command.correlator, "correlator")?,
                meta: new_meta(command.meta, "meta")?,
                chal: new_meta(command.chal, "chal")?,
                data,
                items: &items,
            }
        };
        cmd_id.set(builder.building()?.command(&new)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Adds a `Status`: the outcome `code` for command `cmd_ref`, named `cmd`, of message `msg_ref`; `0` and `SyncHdr` for its header. With a `Chal`,
/// items or references it is made by `omadm_builder_command`. The lengths may be `OMADM_NUL`, `cmd_id` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_status(
    builder: *mut omadm_builder,
    msg_ref: *const c_char,
    msg_ref_len: usize,
    cmd_ref: *const c_char,
    cmd_ref_len: usize,
    cmd: *const c_char,
    cmd_len: usize,
    code: u32,
    cmd_id: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (msg_ref, cmd_ref, cmd, cmd_id, mut builder) = unsafe {
            (
                text(msg_ref, msg_ref_len, "msg_ref")?,
                text(cmd_ref, cmd_ref_len, "cmd_ref")?,
                text(cmd, cmd_len, "cmd")?,
                Out::optional(cmd_id, "cmd_id")?,
                handle_mut(builder, "builder")?,
            )
        };
        let code = code.to_string();
        cmd_id.set(builder.building()?.command(&NewCommand::status(msg_ref, cmd_ref, cmd, &code))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Adds `Results` of command `cmd_ref` of message `msg_ref`: `count` items of `element_size` octets, which is `sizeof(omadm_new_item)`. The other
/// lengths may be `OMADM_NUL`, `cmd_id` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_results(
    builder: *mut omadm_builder,
    msg_ref: *const c_char,
    msg_ref_len: usize,
    cmd_ref: *const c_char,
    cmd_ref_len: usize,
    items: *const omadm_new_item,
    element_size: usize,
    count: usize,
    cmd_id: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (msg_ref, cmd_ref, items, cmd_id, mut builder) = unsafe {
            (
                text(msg_ref, msg_ref_len, "msg_ref")?,
                text(cmd_ref, cmd_ref_len, "cmd_ref")?,
                new_items(items, element_size, count)?,
                Out::optional(cmd_id, "cmd_id")?,
                handle_mut(builder, "builder")?,
            )
        };
        cmd_id.set(builder.building()?.command(&NewCommand::results(msg_ref, cmd_ref, &items))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Begins an `Atomic` or `Sequence`: the commands that follow are inside, until `omadm_builder_end`. `*cmd_id` is its `CmdID`; `cmd_id` may be NULL.
///
/// `kind` is an `enum omadm_command_kind`; `OMADM_E_UNEXPECTED_ELEMENT` for any other kind than these.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_begin(
    builder: *mut omadm_builder,
    kind: u32,
    cmd_id: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (cmd_id, mut builder) = unsafe { (Out::optional(cmd_id, "cmd_id")?, handle_mut(builder, "builder")?) };
        cmd_id.set(builder.building()?.begin(omadm_command_kind::from_number(kind)?)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Ends the innermost `Atomic` or `Sequence`. `OMADM_E_STATE` if none is open.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_end(builder: *mut omadm_builder, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let mut builder = unsafe { handle_mut(builder, "builder") }?;
        let builder = builder.building()?;
        if !builder.is_open() {
            return Err(Failure::state("builder"));
        }
        Ok(builder.end()?)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The size that the message would have if it were finished now, in octets, for `MaxMsgSize`. Open containers count as ended.
///
/// To ask after each command costs no more than to encode the message once, as long as the header stays the same. Errors: as those of
/// `omadm_message_encode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_encoded_len(
    builder: *mut omadm_builder,
    encoding: u32,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (length, mut builder) = unsafe { (Out::new(length, "length")?, handle_mut(builder, "builder")?) };
        let encoding: Encoding = omadm_encoding::from_number(encoding)?;
        length.set(match &mut builder.state {
            State::Building(builder) => builder.encoded_len(encoding)?,
            State::Built(message) => message.encoded_len(encoding)?,
            State::Spent => return Err(Failure::state("builder")),
        });
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Finishes the message, unless it is, and encodes it. It can be asked for again, in the other encoding, too.
///
/// `OMADM_E_STATE` as long as an `Atomic` or `Sequence` is open; then the message is not finished. Errors: as those of `omadm_message_encode`; then it
/// is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_finish(
    builder: *mut omadm_builder,
    encoding: u32,
    encoded: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, mut builder) = unsafe { (Buffer::of(encoded, "encoded")?, handle_mut(builder, "builder")?) };
        let encoding = omadm_encoding::from_number(encoding)?;
        out.keep(builder.finish()?.encode(encoding)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Finishes the message, unless it is, and gives it to be read. `*message` is to be freed with `omadm_message_free`, before or after the builder.
///
/// `OMADM_E_STATE` as long as an `Atomic` or `Sequence` is open; then the message is not finished.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_message(
    builder: *mut omadm_builder,
    message: *mut *mut omadm_message,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, mut builder) = unsafe { (Out::new(message, "message")?, handle_mut(builder, "builder")?) };
        give(omadm_message::new(OwnedMessage::of(builder.finish()?.clone())), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
