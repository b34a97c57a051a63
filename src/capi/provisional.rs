//! Notifications of all formats, with what their servers ask of the session and with their expiry: *provisional*. The bits of DM 1.3 are a
//! reconstruction: no public OMA text has them.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, fill, read, read_all, room, slice};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle};
use super::hints::{omadm_unstable_value, values};
use super::notification::{omadm_media_type, omadm_notification, omadm_notification_fields, omadm_server_credentials};
use super::owner::OwnedNotification;
use super::push::{omadm_expires, omadm_push_payload};
use super::text::{OMADM_NONE, omadm_bytes, omadm_str, to_copy};
use crate::notification::v13::{self, Layout};
use crate::notification::{Expires, Expiry, Notification, SessionHints, Verified};

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

/// What is borrowed from the octets of a notification.
pub(super) struct Opened<'a> {
    notification: Notification<'a, Verified>,
    hints: SessionHints<'a>,
}

/// A notification of any format whose digest is the server's. It does not change: many threads may read one. Everything that functions lend out
/// of it is valid until `omadm_unstable_notification_free`.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_unstable_notification {
    guard: Guard,
    opened: OwnedNotification,
}

const _: () = assert!(core::mem::offset_of!(omadm_unstable_notification, guard) == 0);

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
            let octets = to_copy(slice(payload.body.ptr, payload.body.len, "payload")?)?;
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
        fill(out, self::values(&notification.view().hints.hints).skip(first), written);
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
