//! A SyncML message as a whole: decoded once, read by index.

use super::codes::omadm_rc;
use super::entry::{Failure, Guard, Guarded, Out, OutStructs, Outcome, enter, free, give, handle, versioned};
use super::error::omadm_error;
use super::input::{omadm_input, omadm_options};
use super::lent::Content;
use super::owner::{Input, OwnedMessage};
use super::text::{OMADM_NONE, omadm_bytes, omadm_str};
use crate::markup::{DataForm, Encoding, Options};
use crate::syncml::{Command, CommandKind, Cred, Data, Header, Item, Message, Meta, Ref};
use std::sync::Arc;

/// A message. It does not change: many threads may read one. Everything that functions lend out of it is valid until
/// `omadm_message_free`.
///
/// Readers and feeders lend a message that has the header and, of the commands, only the one that was read last: what is lent out of that
/// is valid until the next one is read.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_message {
    guard: Guard,
    content: Content,
}

const _: () = assert!(core::mem::offset_of!(omadm_message, guard) == 0);

impl Guarded for omadm_message {
    const MARK: [u8; 8] = *b"omadmMsg";
    fn guard(&self) -> &Guard {
        &self.guard
    }
    fn is_lent(&self) -> bool {
        !matches!(self.content, Content::Whole(_))
    }
}

impl omadm_message {
    pub(super) fn new(message: OwnedMessage) -> omadm_message {
        omadm_message::with(Content::Whole(Arc::new(message)))
    }

    pub(super) fn with(content: Content) -> omadm_message {
        omadm_message { guard: Guard::new::<omadm_message>(), content }
    }

    pub(super) fn content(&self) -> &Content {
        &self.content
    }

    pub(super) fn set_content(&mut self, content: Content) {
        self.content = content;
    }

    /// The commands, and in most cases the header.
    pub(super) fn view(&self) -> &Message<'_> {
        self.content.commands()
    }

    /// The message, if it is not only the part of one that a reader or feeder lends.
    pub(super) fn whole(&self, argument: &'static str) -> Outcome<&Message<'_>> {
        if self.is_lent() { Err(Failure::argument(argument)) } else { Ok(self.view()) }
    }

    pub(super) fn header(&self) -> Header<'_> {
        self.content.header().header()
    }

    pub(super) fn command(&self, index: usize) -> Outcome<Command<'_>> {
        self.view().command(index).ok_or(Failure::not_found("command"))
    }

    pub(super) fn item(&self, command: usize, item: usize) -> Outcome<Item<'_>> {
        self.command(command)?.item(item).ok_or(Failure::not_found("item"))
    }

    fn decode(input: Input, options: &Options) -> Outcome<omadm_message> {
        Ok(omadm_message::new(OwnedMessage::try_new(input, |input| Message::decode_with(input.octets(), options))?))
    }
}

/// How a document is written.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_encoding {
    OMADM_XML = 1,
    OMADM_WBXML = 2,
}

impl omadm_encoding {
    pub(super) fn number(encoding: Encoding) -> u32 {
        match encoding {
            Encoding::Xml => omadm_encoding::OMADM_XML as u32,
            Encoding::Wbxml => omadm_encoding::OMADM_WBXML as u32,
        }
    }

    pub(super) fn from_number(number: u32) -> Outcome<Encoding> {
        match number {
            1 => Ok(Encoding::Xml),
            2 => Ok(Encoding::Wbxml),
            _ => Err(Failure::argument("encoding")),
        }
    }
}

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

/// The form in which `Data` was sent.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_data_form {
    /// There is no such element.
    OMADM_DATA_ABSENT = 0,
    /// Character data, in UTF-8; also of an empty element.
    OMADM_DATA_TEXT = 1,
    /// Character data with a CDATA section in it.
    OMADM_DATA_CDATA = 2,
    /// A WBXML opaque block: octets.
    OMADM_DATA_OPAQUE = 3,
    /// Elements; `bytes` is absent.
    OMADM_DATA_MARKUP = 4,
}

/// The content of a `Data` or `NextNonce` element as it was sent: base64 is not decoded.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_data {
    /// An `enum omadm_data_form`.
    pub form: u32,
    pub reserved: u32,
    /// Where the element begins in the input; `OMADM_NONE` if it is absent.
    pub offset: u64,
    pub bytes: omadm_bytes,
}

impl From<Option<Data<'_>>> for omadm_data {
    #[inline]
    fn from(data: Option<Data<'_>>) -> omadm_data {
        let Some(data) = data else {
            return omadm_data { form: 0, reserved: 0, offset: OMADM_NONE, bytes: omadm_bytes::ABSENT };
        };
        let form = match data.form() {
            DataForm::Absent => omadm_data_form::OMADM_DATA_ABSENT,
            DataForm::Text => omadm_data_form::OMADM_DATA_TEXT,
            DataForm::CData => omadm_data_form::OMADM_DATA_CDATA,
            DataForm::Opaque => omadm_data_form::OMADM_DATA_OPAQUE,
            DataForm::Markup => omadm_data_form::OMADM_DATA_MARKUP,
        };
        let bytes = if form == omadm_data_form::OMADM_DATA_MARKUP { omadm_bytes::ABSENT } else { data.bytes().into() };
        omadm_data { form: form as u32, reserved: 0, offset: data.offset() as u64, bytes }
    }
}

/// `SyncHdr`: who speaks to whom, in which session.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_header {
    /// `sizeof(omadm_header)`; set by the caller.
    pub struct_size: u32,
    /// `OMADM_HEADER_*`.
    pub flags: u32,
    pub ver_dtd: omadm_str,
    pub ver_proto: omadm_str,
    pub session_id: omadm_str,
    pub msg_id: omadm_str,
    /// `Target/LocURI`: the recipient.
    pub target: omadm_str,
    pub target_name: omadm_str,
    /// `Source/LocURI`: the sender.
    pub source: omadm_str,
    /// `Source/LocName`: the user name of MD5 and MAC credentials.
    pub source_name: omadm_str,
    pub resp_uri: omadm_str,
}

/// `NoResp`, which DM does not use.
pub const OMADM_HEADER_NO_RESP: u32 = 1;
/// There is a `Meta`: `omadm_message_header_meta`.
pub const OMADM_HEADER_META: u32 = 2;
/// There is a `Cred`: `omadm_message_header_cred`.
pub const OMADM_HEADER_CRED: u32 = 4;

impl From<Header<'_>> for omadm_header {
    fn from(header: Header<'_>) -> omadm_header {
        let flags = [
            (header.no_resp(), OMADM_HEADER_NO_RESP),
            (header.meta().is_some(), OMADM_HEADER_META),
            (header.cred().is_some(), OMADM_HEADER_CRED),
        ];
        omadm_header {
            struct_size: 0,
            flags: set_flags(&flags),
            ver_dtd: header.ver_dtd().into(),
            ver_proto: header.ver_proto().into(),
            session_id: header.session_id().into(),
            msg_id: header.msg_id().into(),
            target: header.target().into(),
            target_name: header.target_name().into(),
            source: header.source().into(),
            source_name: header.source_name().into(),
            resp_uri: header.resp_uri().into(),
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

/// What is an index in Rust, in 32 bits: inputs have less than 4 GiB.
pub(super) fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(OMADM_NO_INDEX)
}

pub(super) fn set_flags(flags: &[(bool, u32)]) -> u32 {
    flags.iter().filter(|(is_set, _)| *is_set).fold(0, |all, (_, flag)| all | flag)
}

impl From<Command<'_>> for omadm_command {
    #[inline]
    fn from(command: Command<'_>) -> omadm_command {
        let flags = [
            (command.no_resp(), OMADM_COMMAND_NO_RESP),
            (command.archive(), OMADM_COMMAND_ARCHIVE),
            (command.sft_del(), OMADM_COMMAND_SFT_DEL),
            (command.meta().is_some(), OMADM_COMMAND_META),
            (command.chal().is_some(), OMADM_COMMAND_CHAL),
        ];
        let code = command.status().map(|status| status.0).or(command.alert().map(|alert| alert.0));
        omadm_command {
            struct_size: 0,
            kind: omadm_command_kind::of(command.kind()) as u32,
            flags: set_flags(&flags),
            code: code.map_or(OMADM_NO_CODE, u32::from),
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

/// `Meta`, element by element.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_meta {
    /// `sizeof(omadm_meta)`; set by the caller.
    pub struct_size: u32,
    pub reserved: u32,
    /// `Size`, `MaxMsgSize` and `MaxObjSize`; `OMADM_NONE` if absent, or no number.
    pub size: u64,
    pub max_msg_size: u64,
    pub max_obj_size: u64,
    pub format: omadm_str,
    pub media_type: omadm_str,
    pub mark: omadm_str,
    pub version: omadm_str,
    /// `NextNonce` as sent: base64 text, or octets in an opaque block.
    pub next_nonce: omadm_data,
}

impl From<Meta<'_>> for omadm_meta {
    fn from(meta: Meta<'_>) -> omadm_meta {
        omadm_meta {
            struct_size: 0,
            reserved: 0,
            size: meta.size().unwrap_or(OMADM_NONE),
            max_msg_size: meta.max_msg_size().unwrap_or(OMADM_NONE),
            max_obj_size: meta.max_obj_size().unwrap_or(OMADM_NONE),
            format: meta.format().into(),
            media_type: meta.media_type().into(),
            mark: meta.mark().into(),
            version: meta.version().into(),
            next_nonce: meta.next_nonce().into(),
        }
    }
}

/// `Cred`: credentials. Its `data` is a secret: do not log it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_cred {
    /// `sizeof(omadm_cred)`; set by the caller.
    pub struct_size: u32,
    pub reserved: u32,
    /// `Type` as sent: the scheme, such as `syncml:auth-md5`; absent means `syncml:auth-basic`.
    pub scheme: omadm_str,
    /// `Format` as sent.
    pub format: omadm_str,
    pub data: omadm_data,
}

impl From<Cred<'_>> for omadm_cred {
    fn from(cred: Cred<'_>) -> omadm_cred {
        omadm_cred {
            struct_size: 0,
            reserved: 0,
            scheme: cred.meta().and_then(|meta| meta.media_type()).into(),
            format: cred.meta().and_then(|meta| meta.format()).into(),
            data: cred.data().into(),
        }
    }
}

versioned! {
    omadm_header: 152, 80;
    omadm_command: 192, 128;
    omadm_item: 192, 112;
    omadm_ref: 24, 16;
    omadm_meta: 128, 88;
    omadm_cred: 72, 48;
}

/// Decodes a SyncML message, XML or WBXML, from octets that are copied. See `omadm_message_decode_input` for others.
///
/// `options` may be NULL. `*message` is to be freed with `omadm_message_free`. Errors: 1xx to 5xx, with the offset of what is at fault.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_decode(
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    message: *mut *mut omadm_message,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, options, input) = unsafe {
            (Out::new(message, "message")?, omadm_options::take(options)?, omadm_input::copied(data, len).into_input()?)
        };
        give(omadm_message::decode(input, &options)?, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// As `omadm_message_decode`, of octets that are copied, borrowed or adopted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_decode_input(
    input: *const omadm_input,
    options: *const omadm_options,
    message: *mut *mut omadm_message,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // The input last: it is released from then on.
        // SAFETY: the contract.
        let (out, options, input) =
            unsafe { (Out::new(message, "message")?, omadm_options::take(options)?, omadm_input::take(input)?) };
        give(omadm_message::decode(input, &options)?, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a message. Trees that were taken out of it keep what they need. NULL, and the message that a reader or feeder lends, is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_free(message: *mut omadm_message) {
    // SAFETY: the contract.
    unsafe { free(message) }
}

/// What a message is written in, an `enum omadm_encoding`; whether it has `Final`; and how many commands it has, those inside an `Atomic` or
/// `Sequence` among them. Outputs that are NULL are left out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_summary(
    message: *const omadm_message,
    encoding: *mut u32,
    is_final: *mut u32,
    command_count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, encoding, is_final, command_count) = unsafe {
            (
                handle(message, "message")?.view(),
                Out::optional(encoding, "encoding")?,
                Out::optional(is_final, "is_final")?,
                Out::optional(command_count, "command_count")?,
            )
        };
        encoding.set(omadm_encoding::number(message.encoding()));
        is_final.set(u32::from(message.is_final()));
        command_count.set(message.command_count());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// A message's `SyncHdr`. What it lends is valid as long as the message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_header(
    message: *const omadm_message,
    header: *mut omadm_header,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out) = unsafe { (handle(message, "message")?, OutStructs::one(header, "header")?) };
        out.set(0, message.header().into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The header's `Meta`: `MaxMsgSize` and `MaxObjSize`. `OMADM_NOT_FOUND` if it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_header_meta(
    message: *const omadm_message,
    meta: *mut omadm_meta,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out) = unsafe { (handle(message, "message")?, OutStructs::one(meta, "meta")?) };
        out.set(0, message.header().meta().ok_or(Failure::not_found("meta"))?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The header's `Cred`. `OMADM_NOT_FOUND` if it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_header_cred(
    message: *const omadm_message,
    cred: *mut omadm_cred,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out) = unsafe { (handle(message, "message")?, OutStructs::one(cred, "cred")?) };
        out.set(0, message.header().cred().ok_or(Failure::not_found("cred"))?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
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
        fill(out, (first..).map_while(|index| message.command(index)), written);
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
        fill(out, (first..).map_while(|index| command.item(index)), written);
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

/// Fills a caller's array from an iterator.
pub(super) fn fill<T: super::entry::Versioned + From<I>, I>(
    mut out: OutStructs<'_, T>,
    from: impl Iterator<Item = I>,
    written: Out<'_, usize>,
) {
    written.set(out.fill(from));
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
