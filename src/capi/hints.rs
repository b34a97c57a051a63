//! Session hints, and options of DM 1.3, one by one: *provisional*. Hints are this project's own format (docs/session-hints.md).

use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, read_all, room, slice, text, versioned};
use super::error::omadm_error;
use super::text::{omadm_bytes, omadm_str, to_copy};
use crate::notification::hints::{AuthType, DevDetail, Hints, Reason, Transport, UnknownHint};
use crate::notification::v13::NotificationOption;
use crate::notification::{Bearer, MoTable};
use core::ffi::c_char;
use std::borrow::Cow;

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
    /// An `enum omadm_unstable_form`. For encoding it follows from `subject`, and may be 0; another number is `OMADM_E_ARGUMENT`.
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

    pub(super) fn of_option(option: NotificationOption<'_>) -> omadm_unstable_value {
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

    /// Refuses what only a later version has a meaning for. `form` may be left out, as `subject` says it.
    fn check(&self) -> Outcome {
        if self.form > 3 || self.reserved != 0 { Err(Failure::argument("values")) } else { Ok(()) }
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
        to_copy(unsafe { slice(self.octets.ptr, self.octets.len, "values") }?)
    }

    /// # Safety
    /// The contract.
    pub(super) unsafe fn into_option<'c>(self) -> Outcome<NotificationOption<'c>> {
        self.check()?;
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
        self.check()?;
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
pub(super) fn values<'h>(hints: &'h Hints<'_>) -> impl Iterator<Item = omadm_unstable_value> + use<'h> {
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
/// Errors: `OMADM_E_ARGUMENT` for a number that does not fit, or a `reserved` that is not 0; from 721 on.
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
