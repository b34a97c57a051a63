//! A SyncML message as a whole: decoded once, read by index.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, set_flags, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle};
use super::input::{omadm_input, omadm_options};
use super::lent::Content;
use super::owner::{Input, OwnedMessage};
use super::text::{OMADM_NONE, omadm_bytes, omadm_str};
use crate::markup::{DataForm, Encoding, Options};
use crate::syncml::{Command, Cred, Data, Header, Item, Message, Meta};
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

impl omadm_data_form {
    #[inline]
    pub(super) fn of(form: DataForm) -> omadm_data_form {
        match form {
            DataForm::Absent => omadm_data_form::OMADM_DATA_ABSENT,
            DataForm::Text => omadm_data_form::OMADM_DATA_TEXT,
            DataForm::CData => omadm_data_form::OMADM_DATA_CDATA,
            DataForm::Opaque => omadm_data_form::OMADM_DATA_OPAQUE,
            DataForm::Markup => omadm_data_form::OMADM_DATA_MARKUP,
        }
    }
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
        let bytes = if data.form() == DataForm::Markup { omadm_bytes::ABSENT } else { data.bytes().into() };
        omadm_data { form: omadm_data_form::of(data.form()) as u32, reserved: 0, offset: data.offset() as u64, bytes }
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
