//! Notifications of all formats, with session hints and expiry: *provisional*. Session hints are this project's own format, and the bits of
//! DM 1.3 are a reconstruction: no public OMA text has either (docs/session-hints.md).

use super::codes::omadm_rc;
use super::entry::{
    Failure, Guard, Guarded, Out, OutStructs, Outcome, enter, free, give, handle, read, read_all, room, slice, text,
    versioned,
};
use super::error::omadm_error;
use super::message::fill;
use super::notification::{omadm_media_type, omadm_notification, omadm_notification_fields, omadm_server_credentials};
use super::owner::OwnedNotification;
use super::push::{omadm_expires, omadm_push_payload};
use super::text::{OMADM_NONE, omadm_bytes, omadm_str};
use crate::notification::hints::{AuthType, DevDetail, Hints, Reason, Transport, UnknownHint};
use crate::notification::v13::{self, Layout, NotificationOption};
use crate::notification::{Bearer, Expires, Expiry, MoTable, Notification, SessionHints, Verified};
use core::ffi::c_char;
use std::borrow::Cow;

/// Where the bits of a DM 1.3 notification stand. No public text says it, so the caller has to name a layout.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_unstable_layout {
    /// None: a notification of DM 1.3 is refused with `OMADM_E_NOTIFICATION_LAYOUT`.
    OMADM_UNSTABLE_LAYOUT_NONE = 0,
    /// This project's guess. Two parties that both use it understand each other; nobody else is promised anything.
    OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED = 1,
}

/// The reconstructed layout, as long as anything may borrow from it.
static RECONSTRUCTED: Layout<'static> = Layout::RECONSTRUCTED;

fn layout(number: u32) -> Outcome<Option<&'static Layout<'static>>> {
    match number {
        0 => Ok(None),
        1 => Ok(Some(&RECONSTRUCTED)),
        _ => Err(Failure::argument("layout")),
    }
}

/// Whether a notification has expired.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_unstable_expiry {
    /// It has not, or never does.
    OMADM_UNSTABLE_EXPIRY_VALID = 0,
    /// It has: no session, and nothing is shown.
    OMADM_UNSTABLE_EXPIRY_EXPIRED = 1,
    /// It does at some time, and the client has no clock, or nobody says at which. It counts as valid.
    OMADM_UNSTABLE_EXPIRY_UNKNOWN = 2,
}

/// What a session hint is about. Of other types the octets are given.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_unstable_hint {
    /// Number: when it expires, in seconds since 1970-01-01 UTC.
    OMADM_UNSTABLE_HINT_EXPIRES = 1,
    /// Text: why the session is wanted, for the user.
    OMADM_UNSTABLE_HINT_REASON = 2,
    /// Text: the language of that, a tag.
    OMADM_UNSTABLE_HINT_REASON_LANGUAGE = 3,
    /// Number: 1 HTTP, 2 HTTPS, 3 WSP, 4 OBEX, 5 SIP. The most wanted first, here and below.
    OMADM_UNSTABLE_HINT_TRANSPORT = 4,
    /// Number: 0 any, 1 cellular, 2 wireless LAN, 3 cable.
    OMADM_UNSTABLE_HINT_BEARER = 5,
    /// Number: 1 BASIC, 2 DIGEST, 3 HMAC, 4 X509, 5 SECURID, 6 SAFEWORD, 7 DIGIPASS, 8 TRANSPORT, 9 HTTP-BASIC, 10 HTTP-DIGEST. Never a reason
    /// for a weaker one than the account demands.
    OMADM_UNSTABLE_HINT_AUTH = 6,
    /// Number: leaves of DevDetail, as bits: 1 DevTyp, 2 OEM, 4 FwV, 8 SwV, 16 HwV, 32 LrgObj, 64 URI, 128 Bearer, 256 Ext, 32768 all.
    OMADM_UNSTABLE_HINT_DEV_DETAIL = 7,
    /// Text: a path below DevDetail.
    OMADM_UNSTABLE_HINT_DEV_DETAIL_PATH = 8,
    /// Number: the version of the protocol, major times 256 and minor.
    OMADM_UNSTABLE_HINT_PROTO = 9,
    /// Number: an object wanted in package #1, by its index: see `omadm_unstable_mo_identifier`.
    OMADM_UNSTABLE_HINT_WANT_MO = 10,
    /// Text: the same by identifier.
    OMADM_UNSTABLE_HINT_WANT_MO_ID = 11,
    /// Number: an object that the session is about, by its index.
    OMADM_UNSTABLE_HINT_ABOUT_MO = 12,
}

/// An option of a DM 1.3 notification. Of other numbers the octets are given.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_unstable_option {
    /// Text: Server-ID.
    OMADM_UNSTABLE_OPTION_SERVER_ID = 1,
    /// Number: Targeted-MO, an index.
    OMADM_UNSTABLE_OPTION_TARGETED_MO = 2,
    /// Number: Requested-MO, an index.
    OMADM_UNSTABLE_OPTION_REQUESTED_MO = 3,
    /// Number: Preferred-Bearer, as `OMADM_UNSTABLE_HINT_BEARER`.
    OMADM_UNSTABLE_OPTION_PREFERRED_BEARER = 4,
    /// Text: Connect-Reason.
    OMADM_UNSTABLE_OPTION_CONNECT_REASON = 5,
    /// Text: Vendor-Info.
    OMADM_UNSTABLE_OPTION_VENDOR_INFO = 6,
}

/// Which member of an `omadm_unstable_value` it is.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_unstable_form {
    OMADM_UNSTABLE_FORM_NUMBER = 1,
    OMADM_UNSTABLE_FORM_TEXT = 2,
    OMADM_UNSTABLE_FORM_OCTETS = 3,
}

/// A session hint or an option.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_unstable_value {
    /// `sizeof(omadm_unstable_value)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_unstable_hint`, or an `enum omadm_unstable_option`, or another number.
    pub subject: u32,
    /// An `enum omadm_unstable_form`. For encoding it follows from `subject`.
    pub form: u32,
    pub reserved: u32,
    pub number: u64,
    pub text: omadm_str,
    pub octets: omadm_bytes,
}

versioned! { omadm_unstable_value: 56, 40; }

impl omadm_unstable_value {
    const fn new(subject: u32, form: omadm_unstable_form) -> omadm_unstable_value {
        omadm_unstable_value {
            struct_size: 0,
            subject,
            form: form as u32,
            reserved: 0,
            number: 0,
            text: omadm_str::ABSENT,
            octets: omadm_bytes::ABSENT,
        }
    }

    fn number(subject: u32, number: impl Into<u64>) -> omadm_unstable_value {
        let value = omadm_unstable_value::new(subject, omadm_unstable_form::OMADM_UNSTABLE_FORM_NUMBER);
        omadm_unstable_value { number: number.into(), ..value }
    }

    fn text(subject: u32, text: &str) -> omadm_unstable_value {
        let value = omadm_unstable_value::new(subject, omadm_unstable_form::OMADM_UNSTABLE_FORM_TEXT);
        omadm_unstable_value { text: text.into(), ..value }
    }

    fn octets(subject: u32, octets: &[u8]) -> omadm_unstable_value {
        let value = omadm_unstable_value::new(subject, omadm_unstable_form::OMADM_UNSTABLE_FORM_OCTETS);
        omadm_unstable_value { octets: octets.into(), ..value }
    }

    fn of_option(option: NotificationOption<'_>) -> omadm_unstable_value {
        let subject = u32::from(option.number());
        match option {
            NotificationOption::ServerId(text)
            | NotificationOption::ConnectReason(text)
            | NotificationOption::VendorInfo(text) => omadm_unstable_value::text(subject, text),
            NotificationOption::TargetedMo(index) | NotificationOption::RequestedMo(index) => {
                omadm_unstable_value::number(subject, index)
            }
            NotificationOption::PreferredBearer(code) => omadm_unstable_value::number(subject, code),
            NotificationOption::Unknown { value, .. } => omadm_unstable_value::octets(subject, value),
        }
    }

    /// The number, if it fits.
    fn fitting<T: TryFrom<u64>>(&self) -> Outcome<T> {
        T::try_from(self.number).map_err(|_| Failure::argument("values"))
    }

    /// # Safety
    /// The contract.
    unsafe fn as_text<'c>(&self) -> Outcome<&'c str> {
        // SAFETY: the contract.
        unsafe { text(self.text.ptr, self.text.len, "values") }
    }

    /// # Safety
    /// The contract.
    unsafe fn as_octets<'c>(&self) -> Outcome<&'c [u8]> {
        // SAFETY: the contract.
        unsafe { slice(self.octets.ptr, self.octets.len, "values") }
    }

    /// # Safety
    /// The contract.
    unsafe fn into_option<'c>(self) -> Outcome<NotificationOption<'c>> {
        // SAFETY: the contract.
        let (text, octets) = unsafe { (self.as_text()?, self.as_octets()?) };
        Ok(match self.subject {
            1 => NotificationOption::ServerId(text),
            2 => NotificationOption::TargetedMo(self.fitting()?),
            3 => NotificationOption::RequestedMo(self.fitting()?),
            4 => NotificationOption::PreferredBearer(self.fitting()?),
            5 => NotificationOption::ConnectReason(text),
            6 => NotificationOption::VendorInfo(text),
            number => {
                let number = u16::try_from(number).map_err(|_| Failure::argument("values"))?;
                NotificationOption::Unknown { number, value: octets }
            }
        })
    }

    /// Adds what this says.
    ///
    /// # Safety
    /// The contract.
    unsafe fn add_to<'c>(self, hints: &mut Hints<'c>) -> Outcome {
        let wrong = Failure::argument("values");
        // SAFETY: the contract.
        let (text, octets) = unsafe { (self.as_text()?, self.as_octets()?) };
        match self.subject {
            1 => hints.expires = Some(self.fitting()?),
            2 => hints.reason = Some(Reason::new(text)),
            3 => hints.reason.as_mut().ok_or(wrong)?.language = Some(Cow::Borrowed(text)),
            4 => hints.transports.push(Transport::from_code(self.fitting()?)),
            5 => hints.bearers.push(Bearer::from_code(self.fitting()?)),
            6 => hints.auth.push(AuthType::from_code(self.fitting()?)),
            7 => hints.dev_detail = Some(DevDetail::from_bits(self.fitting()?).ok_or(wrong)?),
            8 => hints.dev_detail_paths.push(Cow::Borrowed(text)),
            9 => hints.proto = Some(self.fitting::<u16>()?.to_be_bytes().into()),
            10 => hints.want_mos.push(self.fitting()?),
            11 => hints.want_mo_ids.push(Cow::Borrowed(text)),
            12 => hints.about_mos.push(self.fitting()?),
            hint_type => {
                let hint_type = u8::try_from(hint_type).map_err(|_| wrong)?;
                hints.unknown.push(UnknownHint { hint_type, value: Cow::Borrowed(octets) });
            }
        }
        Ok(())
    }
}

/// All hints, one by one, by ascending type.
fn values<'h>(hints: &'h Hints<'_>) -> impl Iterator<Item = omadm_unstable_value> + use<'h> {
    use omadm_unstable_value as value;
    let one = |subject: u32| move |text: &'h Cow<'_, str>| value::text(subject, text);
    let reason = hints.reason.as_ref();
    let expires = hints.expires.map(|seconds| value::number(1, seconds));
    let reason_text = reason.map(|reason| value::text(2, &reason.text));
    let language = reason.and_then(|reason| reason.language.as_ref()).map(one(3));
    let dev_detail = hints.dev_detail.map(|leaves| value::number(7, leaves.bits()));
    let proto = hints.proto.map(|(major, minor)| value::number(9, u16::from_be_bytes([major, minor])));
    expires
        .into_iter()
        .chain(reason_text)
        .chain(language)
        .chain(hints.transports.iter().map(|transport| value::number(4, transport.code())))
        .chain(hints.bearers.iter().map(|bearer| value::number(5, bearer.code())))
        .chain(hints.auth.iter().map(|auth| value::number(6, auth.code())))
        .chain(dev_detail)
        .chain(hints.dev_detail_paths.iter().map(one(8)))
        .chain(proto)
        .chain(hints.want_mos.iter().map(|index| value::number(10, *index)))
        .chain(hints.want_mo_ids.iter().map(one(11)))
        .chain(hints.about_mos.iter().map(|index| value::number(12, *index)))
        .chain(hints.unknown.iter().map(|hint| value::octets(u32::from(hint.hint_type), &hint.value)))
}

/// What is borrowed from the octets of a notification.
pub(super) struct Opened<'a> {
    notification: Notification<'a, Verified>,
    hints: SessionHints<'a>,
}

/// A notification of any format whose digest is the server's. It does not change: many threads may read one. Everything that functions lend out
/// of it is valid until `omadm_unstable_notification_free`.
pub struct omadm_unstable_notification {
    guard: Guard,
    opened: OwnedNotification,
}

impl Guarded for omadm_unstable_notification {
    const MARK: [u8; 8] = *b"omadmNot";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

impl omadm_unstable_notification {
    fn view(&self) -> &Opened<'_> {
        self.opened.borrow_dependent()
    }
}

impl omadm_push_payload {
    fn expiry(&self) -> Outcome<Expires> {
        omadm_expires::from_numbers(self.expiry, self.expires, "payload")
    }
}

/// Reads a notification of any format, as a carrier brought it, and checks that it is the server's. `OMADM_OK`, and nothing else, says that it is.
///
/// Of `payload`, `body`, `media_type` and the expiry are looked at; a notification without a carrier is put there by hand. Its octets are copied.
/// `layout` is an `enum omadm_unstable_layout`, for DM 1.3. `*notification` is to be freed with `omadm_unstable_notification_free`. `OMADM_REFUSED`: not from
/// this server, or not for this account; to be ignored without an answer. Errors: as `omadm_notification_decode`; of DM 1.3 also 707 to 712.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_open(
    payload: *const omadm_push_payload,
    layout: u32,
    credentials: *const omadm_server_credentials,
    notification: *mut *mut omadm_unstable_notification,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (payload, octets, (credentials, resync), out) = unsafe {
            let payload = read(payload, "payload")?;
            let octets = slice(payload.body.ptr, payload.body.len, "payload")?;
            let credentials = omadm_server_credentials::take(credentials)?;
            (payload, octets, credentials, Out::new(notification, "notification")?)
        };
        let (media_type, layout, expires) =
            (omadm_media_type::from_number(payload.media_type)?, self::layout(layout)?, payload.expiry()?);
        let opened = OwnedNotification::try_new(octets.into(), |octets| {
            let found = Notification::decode(octets, media_type, layout)?.with_carrier_expiry(expires);
            let notification = found.verify(&credentials, resync).map_err(|_| Failure::REFUSED)?;
            Ok::<_, Failure>(Opened { hints: notification.hints(), notification })
        })?;
        let guard = Guard::new::<omadm_unstable_notification>();
        give(omadm_unstable_notification { guard, opened }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a notification. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_free(notification: *mut omadm_unstable_notification) {
    // SAFETY: the contract.
    unsafe { free(notification) }
}

/// Reads what a notification of any format claims, without a check of who sent it, as `omadm_notification_decode` does. Parameters and errors as of
/// `omadm_unstable_notification_open`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_decode(
    payload: *const omadm_push_payload,
    layout: u32,
    fields: *mut omadm_notification_fields,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (payload, octets, mut out) = unsafe {
            let payload = read(payload, "payload")?;
            let octets = slice(payload.body.ptr, payload.body.len, "payload")?;
            (payload, octets, OutStructs::one(fields, "fields")?)
        };
        let media_type = omadm_media_type::from_number(payload.media_type)?;
        out.set(0, (&Notification::decode(octets, media_type, self::layout(layout)?)?).into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The fields of a notification.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_summary(
    notification: *const omadm_unstable_notification,
    summary: *mut omadm_notification,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (notification, mut out) =
            unsafe { (handle(notification, "notification")?, OutStructs::one(summary, "summary")?) };
        let message = notification.opened.borrow_owner();
        out.set(0, omadm_notification::new(&notification.view().notification, message));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Why the session is wanted, for the user where `prompt` of the summary says so: from session hints, or the option Connect-Reason. `*reason` and
/// `*language`, which may be NULL, are absent where that is not said.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_reason(
    notification: *const omadm_unstable_notification,
    reason: *mut omadm_str,
    language: *mut omadm_str,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (notification, text, language) = unsafe {
            (handle(notification, "notification")?, Out::new(reason, "reason")?, Out::optional(language, "language")?)
        };
        let reason = notification.view().hints.hints.reason.as_ref();
        text.set(reason.map(|reason| reason.text.as_ref()).into());
        language.set(reason.and_then(|reason| reason.language.as_deref()).into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// When a notification expires: the earlier of what its server and its carrier say. `*kind` receives an `enum omadm_expires`, `*expires` the seconds
/// since 1970-01-01 UTC or `OMADM_NONE`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_expires(
    notification: *const omadm_unstable_notification,
    kind: *mut u32,
    expires: *mut u64,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (notification, kind, expires) =
            unsafe { (handle(notification, "notification")?, Out::new(kind, "kind")?, Out::new(expires, "expires")?) };
        let (number, seconds) = omadm_expires::of(notification.view().notification.expires());
        kind.set(number);
        expires.set(seconds);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Whether a notification has expired, an `enum omadm_unstable_expiry`. `now` is in seconds since 1970-01-01 UTC, `OMADM_NONE` without a clock;
/// `skew` is how many seconds the clock may be wrong.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_expiry(
    notification: *const omadm_unstable_notification,
    now: u64,
    skew: u64,
    expiry: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (notification, out) = unsafe { (handle(notification, "notification")?, Out::new(expiry, "expiry")?) };
        let now = Some(now).filter(|now| *now != OMADM_NONE);
        out.set(match notification.view().notification.expiry(now, skew) {
            Expiry::Valid => omadm_unstable_expiry::OMADM_UNSTABLE_EXPIRY_VALID,
            Expiry::Expired => omadm_unstable_expiry::OMADM_UNSTABLE_EXPIRY_EXPIRED,
            Expiry::Unknown => omadm_unstable_expiry::OMADM_UNSTABLE_EXPIRY_UNKNOWN,
        } as u32);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The session hints of a notification by ascending type, lists element by element, from `first` on, as `omadm_message_commands` does commands. In DM
/// 1.3 what an option says stands in the place of its hint. None where the hints are broken: see `omadm_unstable_notification_check_hints`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_hints(
    notification: *const omadm_unstable_notification,
    first: usize,
    hints: *mut omadm_unstable_value,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (notification, out, written) = unsafe {
            (
                handle(notification, "notification")?,
                OutStructs::many(hints, element_size, capacity, "hints")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, values(&notification.view().hints.hints).skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// What is wrong with the session hints: an error from 721 on, `OMADM_E_INVALID_UTF8` or `OMADM_E_INVALID_BASE64`, with the offset in the
/// notification; the notification is none the worse. `OMADM_OK` if nothing is: `*version` receives the version of their format, of which only 1 is
/// read, and 0 if there are none; `*rest` what the vendor has behind the hints, or instead of them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_check_hints(
    notification: *const omadm_unstable_notification,
    version: *mut u32,
    rest: *mut omadm_bytes,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (notification, version, rest) =
            unsafe { (handle(notification, "notification")?, Out::new(version, "version")?, Out::new(rest, "rest")?) };
        let own = &notification.view().hints;
        if let Some(error) = own.error {
            return Err(error.into());
        }
        version.set(own.version.map_or(0, u32::from));
        rest.set(own.rest.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The options of a DM 1.3 notification in their order, Server-ID among them; none of other formats. From `first` on, as `omadm_message_commands`
/// does commands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification_options(
    notification: *const omadm_unstable_notification,
    first: usize,
    options: *mut omadm_unstable_value,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (notification, out, written) = unsafe {
            (
                handle(notification, "notification")?,
                OutStructs::many(options, element_size, capacity, "options")?,
                Out::new(written, "written")?,
            )
        };
        let options = notification.view().notification.options();
        fill(out, options.skip(first).map(omadm_unstable_value::of_option), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Writes a notification of DM 1.3. Of `fields`, `version` is 0 for the layout's own, and `server_id` and `vendor` are not looked at: `values` are
/// all options by ascending number, Server-ID among them. `room` and `length` as in `omadm_notification_encode`.
///
/// Errors: `OMADM_E_ARGUMENT` for a number that does not fit; 704 to 712, with the offset in the output.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_notification13_encode(
    layout: u32,
    fields: *const omadm_notification_fields,
    values: *const omadm_unstable_value,
    element_size: usize,
    count: usize,
    credentials: *const omadm_server_credentials,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (fields, values, (credentials, _), room, length) = unsafe {
            (
                read(fields, "fields")?,
                read_all(values, element_size, count, "values")?,
                omadm_server_credentials::take(credentials)?,
                self::room(room, room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        let layout = self::layout(layout)?.ok_or(Failure::argument("layout"))?;
        // SAFETY: the contract.
        let options = values.into_iter().map(|value| unsafe { value.into_option() });
        let options = options.collect::<Outcome<Vec<_>>>()?;
        let new = v13::Fields::new(layout, fields.session()?, &options);
        let (ui_mode, initiator) = fields.modes()?;
        let version = match fields.version {
            0 => new.version,
            version => u16::try_from(version).map_err(|_| Failure::argument("fields"))?,
        };
        let reserved = u64::from(fields.future_use);
        room.give(&v13::Fields { version, ui_mode, initiator, reserved, ..new }.encode(layout, &credentials)?, length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Reads hints out of a caller's array.
///
/// # Safety
/// The contract.
unsafe fn hints_of<'c>(values: *const omadm_unstable_value, element_size: usize, count: usize) -> Outcome<Hints<'c>> {
    let mut hints = Hints::default();
    // SAFETY: the contract.
    for value in unsafe { read_all(values, element_size, count, "values") }? {
        // SAFETY: the contract.
        unsafe { value.add_to(&mut hints) }?;
    }
    Ok(hints)
}

/// Writes session hints for the vendor's octets of a DM 1.2 notification; other octets of the vendor may follow. Values of one type are a list in
/// their order; a reason comes before its language. `room` and `length` as in `omadm_notification_encode`.
///
/// Errors: `OMADM_E_ARGUMENT` for a number that does not fit; from 721 on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_hints_encode(
    values: *const omadm_unstable_value,
    element_size: usize,
    count: usize,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (hints, room, length) = unsafe {
            (hints_of(values, element_size, count)?, self::room(room, room_len, "room")?, Out::new(length, "length")?)
        };
        room.give(&hints.encode()?, length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Writes session hints as the text for the option Vendor-Info of a DM 1.3 notification; other text of the vendor may follow after a semicolon. As
/// `omadm_unstable_hints_encode`, with a zero octet behind the text; and `OMADM_E_HINT_IS_OPTION` for what DM 1.3 has options for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_hints_encode_text(
    values: *const omadm_unstable_value,
    element_size: usize,
    count: usize,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (hints, room, length) = unsafe {
            (
                hints_of(values, element_size, count)?,
                self::room(room.cast(), room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        room.give_text(&hints.encode_text()?, length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The identifier of the management object with this index in OMNA's registry, static; `OMADM_NOT_FOUND` for others. That these are the numbers that
/// options of DM 1.3 carry is inferred.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_mo_identifier(
    index: u32,
    identifier: *mut omadm_str,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let out = unsafe { Out::new(identifier, "identifier") }?;
        let found = u16::try_from(index).ok().and_then(|index| MoTable::OMNA.identifier(index));
        out.set(found.ok_or(Failure::not_found("index"))?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The index of the management object with this identifier in OMNA's registry, the lowest of several; `OMADM_NOT_FOUND` for others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_mo_index(
    identifier: *const c_char,
    identifier_len: usize,
    index: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (identifier, out) = unsafe { (text(identifier, identifier_len, "identifier")?, Out::new(index, "index")?) };
        out.set(MoTable::OMNA.index(identifier).ok_or(Failure::not_found("identifier"))?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
