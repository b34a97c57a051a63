//! Package #0 of DM 1.1 and 1.2, and that of data synchronisation: what begins a session. Nothing is allocated; everything lent points into the
//! caller's octets.

use super::auth::digest;
use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, fill, octets, read, room, slice, text, versioned};
use super::error::omadm_error;
use super::text::{omadm_bytes, omadm_str};

use crate::ErrorKind;
use crate::auth::A1;
use crate::notification::v12::{Fields, Version};
use crate::notification::{
    Form, Initiator, MediaType, Notification, ResyncPolicy, ServerCredentials, SessionIdText, UiMode, Unverified,
    Verified, ds,
};
use core::ffi::c_char;
use std::io::Write as _;

/// The media type of a notification: which format it is of. The numbers are OMNA's of WSP content types.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_media_type {
    /// None was named: it is read as `OMADM_MEDIA_DM12`.
    OMADM_MEDIA_NONE = 0,
    /// `application/vnd.syncml.notification`: DM 1.1 and 1.2.
    OMADM_MEDIA_DM12 = 0x44,
    /// `application/vnd.syncml.ds.notification`: data synchronisation.
    OMADM_MEDIA_DATA_SYNC = 0x4E,
    /// `application/vnd.syncml.dm.notification`: DM 1.3, whose bits are not public. Only `omadm_unstable_notification_open` reads it.
    OMADM_MEDIA_DM13 = 0x58,
}

impl omadm_media_type {
    pub(super) fn from_number(number: u32) -> Outcome<MediaType> {
        match number {
            0 => Ok(MediaType::default()),
            _ => MediaType::from_wsp_code(number).ok_or(Failure::argument("media_type")),
        }
    }
}

/// How much of the session the user should notice (OMA DM notification 1.2.1 §6).
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_ui_mode {
    OMADM_UI_NOT_SPECIFIED = 0,
    /// Nothing.
    OMADM_UI_BACKGROUND = 1,
    /// The user is told.
    OMADM_UI_INFORMATIVE = 2,
    /// The user is asked first.
    OMADM_UI_USER_INTERACTION = 3,
}

/// Who wanted the session.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_initiator {
    /// The client, or the person who uses it.
    OMADM_INITIATOR_CLIENT = 0,
    OMADM_INITIATOR_SERVER = 1,
}

/// What to do about the user before the session begins.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_prompt {
    /// Begin the session.
    OMADM_PROMPT_NOTHING = 0,
    /// Tell the user, and begin the session.
    OMADM_PROMPT_INFORM = 1,
    /// Ask the user; begin the session only when the answer is yes.
    OMADM_PROMPT_CONFIRM = 2,
}

/// Whether a digest that does not fit the stored nonce is tried again with four zero octets, as OMA DM notification 1.2.1 says a client SHOULD do
/// for a server that has lost its nonce. Whoever has recorded such a notification can send it again until the secret changes.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_resync {
    /// The stored nonce only.
    OMADM_RESYNC_REFUSE = 0,
    OMADM_RESYNC_ALLOW = 1,
}

/// The server's half of an account. Begin with `OMADM_SERVER_CREDENTIALS_INIT`; then set `nonce`, and either `secret` or `a1`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct omadm_server_credentials {
    /// `sizeof(omadm_server_credentials)`; set by `OMADM_SERVER_CREDENTIALS_INIT`.
    pub struct_size: u32,
    /// An `enum omadm_resync`. Not for encoding.
    pub resync: u32,
    /// The name that is hashed with the secret. Absent: the notification's server identifier, as the standard says; implementations differ where the
    /// account's `AAuthName` is another text.
    pub name: omadm_str,
    /// The secret, of any octets. An empty one has a `ptr`.
    pub secret: omadm_str,
    /// In place of name and secret: 16 octets of `omadm_a1`; NULL if the secret is there.
    pub a1: *const u8,
    /// The nonce that the server uses, decoded from base64. An empty one has a `ptr`.
    pub nonce: omadm_bytes,
}

/// What a notification says, or is to say, but for its digest. One that was decoded is *what somebody claims*: nothing may be done for it
/// before `omadm_notification_open` has said `OMADM_OK`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_notification_fields {
    /// `sizeof(omadm_notification_fields)`; set by the caller.
    pub struct_size: u32,
    /// Version of the format times ten: 11 in DM 1.1 and 1.2, 12 in data synchronisation. For encoding 0 stands for 11.
    pub version: u32,
    /// An `enum omadm_ui_mode`.
    pub ui_mode: u32,
    /// An `enum omadm_initiator`.
    pub initiator: u32,
    /// 27 bits that are to be zero and ignored.
    pub future_use: u32,
    /// The id that the session is to have: 1 to 0xFFFF. 0 is not allowed, but found in data synchronisation.
    pub session_id: u32,
    /// The server's identifier, which names the account.
    pub server_id: omadm_str,
    /// What follows, for the vendor to define; in data synchronisation what follows the alerts.
    pub vendor: omadm_bytes,
}

/// A notification whose digest is the server's. Only `omadm_notification_open` and `omadm_unstable_notification_summary` fill it, so that who asks
/// for a `const omadm_notification *` asks for one that was checked. All that it lends points into the octets that it was made of.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_notification {
    /// `sizeof(omadm_notification)`; set by the caller.
    pub struct_size: u32,
    /// 1 if the server has lost its nonce: both sides go on with four zero octets, and the session has to give both of them new nonces (OMA DM
    /// security 1.2.1). Else 0.
    pub by_resync_nonce: u32,
    /// As in `omadm_notification_fields`.
    pub version: u32,
    pub ui_mode: u32,
    pub initiator: u32,
    pub future_use: u32,
    /// A server that repeats itself uses the same id and wants one session.
    pub session_id: u32,
    /// What to do about the user, an `enum omadm_prompt`, from `ui_mode`. Not specified counts as background.
    pub prompt: u32,
    pub server_id: omadm_str,
    pub vendor: omadm_bytes,
    /// 16 octets.
    pub digest: omadm_bytes,
    /// What the digest covers: everything after it. Absent in DM 1.3.
    pub trigger: omadm_bytes,
    /// All of it.
    pub message: omadm_bytes,
}

/// A synchronisation that the server asks for.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_sync_alert {
    /// `sizeof(omadm_sync_alert)`; set by the caller.
    pub struct_size: u32,
    /// The code of the alert, 200 to 215.
    pub code: u32,
    /// The content type by its WSP number; 0 where there is none.
    pub content_type: u32,
    pub reserved: u32,
    /// The server's database.
    pub uri: omadm_str,
}

versioned! {
    omadm_server_credentials: 64, 36;
    omadm_notification_fields: 56, 40;
    omadm_notification: 112, 72;
    omadm_sync_alert: 32, 24;
}

impl omadm_server_credentials {
    /// # Safety
    /// The contract.
    pub(super) unsafe fn take<'c>(
        at: *const omadm_server_credentials,
    ) -> Outcome<(ServerCredentials<'c>, ResyncPolicy)> {
        const ARGUMENT: &str = "credentials";
        // SAFETY: the contract.
        let own = unsafe { read(at, ARGUMENT) }?;
        let resync = match own.resync {
            0 => ResyncPolicy::Refuse,
            1 => ResyncPolicy::Allow,
            _ => return Err(Failure::argument(ARGUMENT)),
        };
        // Absent is forgotten: what is forgotten must not be taken for an empty secret that everybody knows.
        if own.nonce.ptr.is_null() || own.a1.is_null() && own.secret.ptr.is_null() {
            return Err(Failure::null(ARGUMENT));
        }
        // SAFETY: the contract.
        let (name, secret, nonce) = unsafe {
            (
                text(own.name.ptr, own.name.len, ARGUMENT)?,
                octets(own.secret.ptr, own.secret.len, ARGUMENT)?,
                slice(own.nonce.ptr, own.nonce.len, ARGUMENT)?,
            )
        };
        let credentials = if own.a1.is_null() {
            match own.name.ptr.is_null() {
                true => ServerCredentials::new(secret, nonce),
                false => ServerCredentials::with_name(name, secret, nonce),
            }
        } else if own.name.ptr.is_null() && own.secret.ptr.is_null() {
            // SAFETY: the contract.
            ServerCredentials::from_a1(A1::from_octets(unsafe { digest(own.a1, ARGUMENT) }?), nonce)
        } else {
            return Err(Failure::argument(ARGUMENT));
        };
        Ok((credentials, resync))
    }
}

/// The 27 bits, or what there is of such; and what the digest covers, where that is in one piece.
fn rest_of<'a, State>(notification: &Notification<'a, State>) -> (u32, Option<&'a [u8]>) {
    match notification.form() {
        Form::Dm12(own) => (own.future_use(), Some(own.trigger())),
        Form::DataSync(own) => (own.header().future_use(), Some(own.header().trigger())),
        Form::Dm13(own) => (u32::try_from(own.reserved()).unwrap_or(u32::MAX), None),
    }
}

fn initiator(initiator: Initiator) -> u32 {
    u32::from(initiator.raw())
}

impl From<&Notification<'_, Unverified>> for omadm_notification_fields {
    fn from(notification: &Notification<'_, Unverified>) -> omadm_notification_fields {
        omadm_notification_fields {
            struct_size: 0,
            version: u32::from(notification.version()),
            ui_mode: u32::from(notification.ui_mode().raw()),
            initiator: initiator(notification.initiator()),
            future_use: rest_of(notification).0,
            session_id: u32::from(notification.session_id()),
            server_id: notification.server_id().into(),
            vendor: notification.vendor().into(),
        }
    }
}

impl omadm_notification {
    pub(super) fn new(notification: &Notification<'_, Verified>, message: &[u8]) -> omadm_notification {
        let (future_use, trigger) = rest_of(notification);
        // As `Notification::prompt`, which allocates for the reason.
        let prompt = match notification.ui_mode() {
            UiMode::NotSpecified | UiMode::Background => omadm_prompt::OMADM_PROMPT_NOTHING,
            UiMode::Informative => omadm_prompt::OMADM_PROMPT_INFORM,
            UiMode::UserInteraction => omadm_prompt::OMADM_PROMPT_CONFIRM,
        };
        omadm_notification {
            struct_size: 0,
            by_resync_nonce: u32::from(notification.by_resync_nonce()),
            version: u32::from(notification.version()),
            ui_mode: u32::from(notification.ui_mode().raw()),
            initiator: initiator(notification.initiator()),
            future_use,
            session_id: u32::from(notification.session_id()),
            prompt: prompt as u32,
            server_id: notification.server_id().into(),
            vendor: notification.vendor().into(),
            digest: notification.digest().as_slice().into(),
            trigger: trigger.into(),
            message: message.into(),
        }
    }
}

impl From<ds::SyncAlert<'_>> for omadm_sync_alert {
    fn from(alert: ds::SyncAlert<'_>) -> omadm_sync_alert {
        let ds::SyncAlert { code, content_type, uri } = alert;
        omadm_sync_alert { struct_size: 0, code: u32::from(code), content_type, reserved: 0, uri: uri.into() }
    }
}

impl omadm_notification_fields {
    /// Mode and initiator.
    pub(super) fn modes(&self) -> Outcome<(UiMode, Initiator)> {
        let ui_mode = u8::try_from(self.ui_mode).ok().filter(|mode| *mode <= 3).map(UiMode::from_raw);
        let initiator = match self.initiator {
            0 => Some(Initiator::Client),
            1 => Some(Initiator::Server),
            _ => None,
        };
        ui_mode.zip(initiator).ok_or(Failure::argument("fields"))
    }

    pub(super) fn session(&self) -> Outcome<u16> {
        u16::try_from(self.session_id).map_err(|_| Failure::argument("fields"))
    }

    /// # Safety
    /// The contract.
    unsafe fn into_fields<'c>(self) -> Outcome<Fields<'c>> {
        let wrong = Failure::argument("fields");
        let (ui_mode, initiator) = self.modes()?;
        let version = match self.version {
            0 => Version::V1_1,
            raw => u16::try_from(raw).ok().and_then(Version::from_raw).ok_or(wrong)?,
        };
        // SAFETY: the contract.
        let (server_id, vendor) = unsafe {
            (
                text(self.server_id.ptr, self.server_id.len, "fields")?,
                slice(self.vendor.ptr, self.vendor.len, "fields")?,
            )
        };
        let (future_use, session_id) = (self.future_use, self.session()?);
        Ok(Fields { version, ui_mode, initiator, future_use, session_id, server_id, vendor })
    }
}

/// Reads a notification and checks that it is the server's: what begins a session. `OMADM_OK`, and nothing else, says that it is.
///
/// ```c
/// omadm_notification_fields claimed = OMADM_NOTIFICATION_FIELDS_INIT;
/// omadm_notification notification = OMADM_NOTIFICATION_INIT;
/// omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
/// if (omadm_notification_decode(data, len, media_type, &claimed, NULL) == OMADM_OK
///     && find_account(claimed.server_id, &credentials)
///     && omadm_notification_open(data, len, media_type, &credentials, &notification, NULL) == OMADM_OK)
///     begin_session(&notification);
/// ```
///
/// `media_type` is an `enum omadm_media_type`, as the carrier names it. The digest is compared in constant time, also with the nonce of four zero
/// octets if `credentials->resync` allows that. `OMADM_REFUSED`: not from this server, or not for this account; to be ignored without an answer.
/// Other errors: as `omadm_notification_decode`. On anything but `OMADM_OK` `*notification` is untouched. Nothing is allocated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_notification_open(
    data: *const u8,
    len: usize,
    media_type: u32,
    credentials: *const omadm_server_credentials,
    notification: *mut omadm_notification,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, (credentials, resync), mut out) = unsafe {
            (
                slice(data, len, "data")?,
                omadm_server_credentials::take(credentials)?,
                OutStructs::one(notification, "notification")?,
            )
        };
        let found = Notification::decode(data, omadm_media_type::from_number(media_type)?, None)?;
        let verified = found.verify(&credentials, resync).map_err(|_| Failure::REFUSED)?;
        out.set(0, omadm_notification::new(&verified, data));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Reads what a notification claims, without a check of who sent it: to find the account by its `server_id`, or to show it. A session is begun
/// from what `omadm_notification_open` gives, and from nothing else.
///
/// Tolerant where the field is: any version from 1.0 on, session id 0, an empty server identifier and bits of future use are taken as they are.
/// Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_NOTIFICATION_VERSION`; `OMADM_E_NOTIFICATION_SERVER_ID` for one that reaches past the end;
/// `OMADM_E_INVALID_UTF8` in it; `OMADM_E_NOTIFICATION_SYNC` in alerts of data synchronisation; `OMADM_E_NOTIFICATION_LAYOUT` for DM 1.3.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_notification_decode(
    data: *const u8,
    len: usize,
    media_type: u32,
    fields: *mut omadm_notification_fields,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, mut out) = unsafe { (slice(data, len, "data")?, OutStructs::one(fields, "fields")?) };
        let found = Notification::decode(data, omadm_media_type::from_number(media_type)?, None)?;
        out.set(0, (&found).into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Writes a notification of DM 1.1 or 1.2 with its digest, for servers and tests. Strict where decoding is tolerant: the session id is not 0, the
/// server identifier has 1 to 255 octets, `future_use` at most 27 bits.
///
/// `room` receives it, `*length` how many octets it has, also with `OMADM_BUFFER_TOO_SMALL`. Errors: `OMADM_E_ARGUMENT` for a number that stands
/// for nothing; `OMADM_E_NOTIFICATION_FIELD` and `OMADM_E_NOTIFICATION_SERVER_ID_LENGTH`, with the offset of the field in the output.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_notification_encode(
    fields: *const omadm_notification_fields,
    credentials: *const omadm_server_credentials,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (fields, (credentials, _), room, length) = unsafe {
            (
                read(fields, "fields")?.into_fields()?,
                omadm_server_credentials::take(credentials)?,
                self::room(room, room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        // Into no room at all: what is wrong with the fields comes before what is wrong with the room.
        if let Err(error) = fields.encode_into(&credentials, &mut [])
            && error.kind() != ErrorKind::LimitOutput
        {
            return Err(error.into());
        }
        room.write(fields.encoded_len(), length, |octets| Ok(fields.encode_into(&credentials, octets).map(drop)?))
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The synchronisations that a notification of data synchronisation asks for, from `first` on, as `omadm_message_commands` does commands. It
/// was opened as `OMADM_MEDIA_DATA_SYNC`, and its octets are still there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_notification_sync_alerts(
    notification: *const omadm_notification,
    first: usize,
    alerts: *mut omadm_sync_alert,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out, written) = unsafe {
            let message = read(notification, "notification")?.message;
            (
                slice(message.ptr, message.len, "notification")?,
                OutStructs::many(alerts, element_size, capacity, "alerts")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, ds::Notification::decode(message)?.alerts().skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// A session id as `SessionID` spells it: upper-case hexadecimal without leading zeros, such as `1A` (OMA DM notification 1.2.1). `room` and
/// `length` as in `omadm_cred_basic`; 5 octets are enough.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_session_id_text(
    session_id: u32,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (room, length) = unsafe { (self::room(room.cast(), room_len, "room")?, Out::new(length, "length")?) };
        let session_id = u16::try_from(session_id).map_err(|_| Failure::argument("session_id"))?;
        let mut digits = [0; 4];
        let mut rest = digits.as_mut_slice();
        write!(rest, "{}", SessionIdText(session_id)).map_err(|_| Failure::argument("session_id"))?;
        let left = rest.len();
        let text = digits.get(..digits.len().saturating_sub(left)).and_then(|text| core::str::from_utf8(text).ok());
        room.give_text(text.unwrap_or_default(), length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
