//! A SyncML message put together.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::command::omadm_command_kind;
use super::entry::{Failure, Out, Outcome, enter, read, text};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle_mut};
use super::message::{omadm_encoding, omadm_message};
use super::new_command::{
    new_data, new_items, new_meta, new_refs, omadm_new_command, omadm_new_cred, omadm_new_item, omadm_new_meta,
};
use super::owner::OwnedMessage;
use super::text::{required, some};
use crate::markup::Encoding;
use crate::syncml::{Message, MessageBuilder, NewCommand, NewCred, NewData, NewMeta};
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
    pub(super) fn building(&mut self) -> Outcome<&mut MessageBuilder> {
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

/// Makes a builder for a message of DM 1.2 with `Final`, to be freed with `omadm_builder_free`. `target` is the recipient, `source` the sender. The
/// lengths may be `OMADM_NUL`; none of the texts may be NULL, here and in the functions that change the header.
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
        for (at, argument) in [(session_id, "session_id"), (msg_id, "msg_id"), (target, "target"), (source, "source")] {
            required(at, argument)?;
        }
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
        required(ver_dtd, "ver_dtd")?;
        required(ver_proto, "ver_proto")?;
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
        required(name, "name")?;
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
        required(uri, "uri")?;
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
