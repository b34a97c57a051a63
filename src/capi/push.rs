//! What notifications and bootstrap documents arrive in: WSP push, and the carriers in text. Reading allocates nothing but for PAP; everything lent
//! points into the caller's octets.

use super::codes::omadm_rc;
use super::command::OMADM_NO_CODE;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, fill, octets, slice, versioned};
use super::error::omadm_error;
use super::input::omadm_options;
use super::text::{OMADM_NONE, omadm_bytes, omadm_str};
use crate::Limits;
use crate::push::{ApplicationId, ContentType, Entity, Expires, Header, Payload, http, pap, sip, wsp};

/// A carrier in text. *Provisional:* the push binding of DM 1.3 is not public.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_unstable_carrier {
    /// A POST whose body is the notification.
    OMADM_UNSTABLE_CARRIER_HTTP = 1,
    /// A SIP MESSAGE whose body is the notification (RFC 3428).
    OMADM_UNSTABLE_CARRIER_SIP = 2,
    /// The POST with which a server asks a push proxy to bring it to devices (WAP-247-PAP).
    OMADM_UNSTABLE_CARRIER_PAP = 3,
}

/// When something expires.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_expires {
    /// Nobody says that it does.
    OMADM_EXPIRES_NEVER = 0,
    /// After the second that is given.
    OMADM_EXPIRES_AT = 1,
    /// It has, whatever the time is: the carrier says so, or what it says cannot be read.
    OMADM_EXPIRES_PASSED = 2,
    /// It does at some time: the carrier says how long it lives, and nobody says from when.
    OMADM_EXPIRES_UNKNOWN = 3,
}

impl omadm_expires {
    /// The number, and the second if there is one.
    pub(super) fn of(expires: Expires) -> (u32, u64) {
        match expires {
            Expires::Never => (omadm_expires::OMADM_EXPIRES_NEVER as u32, OMADM_NONE),
            Expires::At(seconds) => (omadm_expires::OMADM_EXPIRES_AT as u32, seconds),
            Expires::Passed => (omadm_expires::OMADM_EXPIRES_PASSED as u32, OMADM_NONE),
            Expires::Unknown => (omadm_expires::OMADM_EXPIRES_UNKNOWN as u32, OMADM_NONE),
        }
    }

    pub(super) fn from_numbers(kind: u32, seconds: u64, argument: &'static str) -> Outcome<Expires> {
        match kind {
            0 => Ok(Expires::Never),
            1 => Ok(Expires::At(seconds)),
            2 => Ok(Expires::Passed),
            3 => Ok(Expires::Unknown),
            _ => Err(Failure::argument(argument)),
        }
    }
}

/// A notification as a carrier brought it: of a type of notifications, for the application that such are for, and not yet read. Nobody has
/// checked who sent it: `omadm_notification_open` does, with `body` and `media_type`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_push_payload {
    /// `sizeof(omadm_push_payload)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_media_type`.
    pub media_type: u32,
    /// An `enum omadm_expires`: what the carrier says. *Provisional* as the expiry of a notification.
    pub expiry: u32,
    pub reserved: u32,
    /// Seconds since 1970-01-01 UTC for `OMADM_EXPIRES_AT`; else `OMADM_NONE`.
    pub expires: u64,
    /// Where `body` begins in the input.
    pub offset: u64,
    pub body: omadm_bytes,
}

/// All that a carrier says. What a carrier does not have is absent.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_push {
    /// `sizeof(omadm_push)`; set by the caller.
    pub struct_size: u32,
    /// OMNA's number of the content type, also of a name that has one in this field; else `OMADM_NO_CODE`.
    pub content_type: u32,
    /// OMNA's number of the application: 7 for device management, 5 for data synchronisation; `OMADM_NO_CODE` where it is given by another name, or not.
    pub application_id: u32,
    /// As in `omadm_push_payload`.
    pub expiry: u32,
    pub expires: u64,
    /// WSP behind a header of SMS or CDMA: the port that it is for; else `OMADM_NO_CODE`.
    pub destination_port: u32,
    /// WSP: how many segments a concatenation header announces. Above 1 this is the first of them: join them before.
    pub segments: u32,
    /// WSP: any number.
    pub transaction_id: u32,
    pub reserved: u32,
    /// The content type's name without its parameters, also of a number that has one in this field.
    pub content_type_name: omadm_str,
    /// The application's URN, also of a number that has one in this field.
    pub application_urn: omadm_str,
    /// HTTP and PAP: where it is posted to. SIP: whom it is for.
    pub target: omadm_str,
    /// WSP: all headers after the content type, as they stand. Those in text: `omadm_unstable_push_headers`.
    pub headers: omadm_bytes,
    pub body: omadm_bytes,
    /// Text: what follows the body; in a stream perhaps another message.
    pub rest: omadm_bytes,
}

/// A header in text, name and value.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_push_header {
    /// `sizeof(omadm_push_header)`; set by the caller.
    pub struct_size: u32,
    pub reserved: u32,
    /// Names are the same in any case.
    pub name: omadm_str,
    /// Without blanks around it. Where it was folded, the line ends are in it.
    pub value: omadm_str,
}

versioned! {
    omadm_push_payload: 48, 40;
    omadm_push: 136, 88;
    omadm_push_header: 40, 24;
}

impl From<Payload<'_>> for omadm_push_payload {
    fn from(payload: Payload<'_>) -> omadm_push_payload {
        let (expiry, expires) = omadm_expires::of(payload.expires);
        omadm_push_payload {
            struct_size: 0,
            media_type: payload.content_type,
            expiry,
            reserved: 0,
            expires,
            offset: payload.offset as u64,
            body: payload.body.into(),
        }
    }
}

impl omadm_push {
    fn new(
        content_type: Option<ContentType<'_>>,
        application_id: Option<ApplicationId<'_>>,
        expires: Expires,
        body: &[u8],
    ) -> omadm_push {
        let known = [ApplicationId::DEVICE_MANAGEMENT, ApplicationId::DATA_SYNC];
        let application = application_id.map(|own| known.into_iter().find(|known| own.is(*known)).unwrap_or(own));
        let (expiry, expires) = omadm_expires::of(expires);
        omadm_push {
            struct_size: 0,
            content_type: content_type.and_then(|own| own.code()).unwrap_or(OMADM_NO_CODE),
            application_id: match application {
                Some(ApplicationId::WellKnown(code)) => code,
                _ => OMADM_NO_CODE,
            },
            expiry,
            expires,
            destination_port: OMADM_NO_CODE,
            segments: 1,
            transaction_id: 0,
            reserved: 0,
            content_type_name: content_type.and_then(|own| own.name()).into(),
            application_urn: application_id.and_then(|own| own.urn()).into(),
            target: omadm_str::ABSENT,
            headers: omadm_bytes::ABSENT,
            body: body.into(),
            rest: omadm_bytes::ABSENT,
        }
    }

    fn of_entity(entity: &Entity<'_>, application_id: Option<ApplicationId<'_>>, expires: Expires) -> omadm_push {
        omadm_push {
            rest: entity.rest.into(),
            ..omadm_push::new(entity.content_type(), application_id, expires, entity.body)
        }
    }
}

impl From<wsp::Push<'_>> for omadm_push {
    fn from(push: wsp::Push<'_>) -> omadm_push {
        omadm_push {
            destination_port: push.destination_port.map_or(OMADM_NO_CODE, u32::from),
            segments: u32::from(push.segments),
            transaction_id: u32::from(push.transaction_id),
            headers: push.headers.into(),
            ..omadm_push::new(Some(push.content_type), push.application_id, push.expires, push.body)
        }
    }
}

impl From<Header<'_>> for omadm_push_header {
    fn from(header: Header<'_>) -> omadm_push_header {
        let value = omadm_str { ptr: header.value.as_ptr().cast(), len: header.value.len() };
        omadm_push_header { struct_size: 0, reserved: 0, name: header.name.into(), value }
    }
}

/// A carrier in text, read.
enum Read<'c> {
    Http(http::Request<'c>),
    Sip(sip::Message<'c>),
    Pap(&'c str, pap::Submission<'c>),
}

impl<'c> Read<'c> {
    fn new(carrier: u32, data: &'c [u8], limits: &Limits) -> Outcome<Read<'c>> {
        Ok(match carrier {
            1 => Read::Http(http::Request::decode(data, limits)?),
            2 => Read::Sip(sip::Message::decode(data, limits)?),
            3 => {
                let request = http::Request::decode(data, limits)?;
                Read::Pap(request.target, pap::Submission::from_entity(&request.entity, limits)?)
            }
            _ => return Err(Failure::argument("carrier")),
        })
    }

    /// The headers and the body of what is pushed.
    fn entity(&self) -> &Entity<'c> {
        match self {
            Read::Http(request) => &request.entity,
            Read::Sip(message) => &message.entity,
            Read::Pap(_, submission) => &submission.content,
        }
    }

    fn push(&self, arrival: Option<u64>) -> omadm_push {
        let entity = self.entity();
        match self {
            Read::Http(request) => {
                let push = omadm_push::of_entity(entity, entity.application_id(), entity.expires());
                omadm_push { target: request.target.into(), ..push }
            }
            Read::Sip(message) => {
                let known = [ApplicationId::DEVICE_MANAGEMENT, ApplicationId::DATA_SYNC];
                let named = |known: &ApplicationId<'static>| {
                    message
                        .applications()
                        .any(|own| known.short_name().is_some_and(|name| name.eq_ignore_ascii_case(own)))
                };
                let application = entity.application_id().or(known.into_iter().find(named));
                let push = omadm_push::of_entity(entity, application, message.expires(arrival));
                omadm_push { target: message.uri.into(), ..push }
            }
            Read::Pap(target, submission) => {
                let expires = entity.expires().earlier(submission.control.deliver_before.into());
                let push = omadm_push::of_entity(entity, entity.application_id(), expires);
                omadm_push { target: (*target).into(), ..push }
            }
        }
    }

    fn payload(&self, arrival: Option<u64>) -> Outcome<Payload<'c>> {
        Ok(match self {
            Read::Http(request) => request.entity.payload(),
            Read::Sip(message) => message.payload(arrival),
            Read::Pap(_, submission) => submission.payload(),
        }?)
    }
}

/// Takes a notification out of a WSP push, with or without the header of SMS or CDMA before it: it is for port 2948 if it says one, of a type of
/// notifications, and for the application that such are for (OMA DM notification 1.2.1 §6).
///
/// Errors: as `omadm_wsp_decode`; `OMADM_E_PUSH_PORT`, `OMADM_E_PUSH_CONTENT_TYPE`, `OMADM_E_PUSH_APPLICATION_ID`;
/// `OMADM_E_PUSH_SEGMENT_MISSING` for the first of several segments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_wsp_payload(
    data: *const u8,
    len: usize,
    payload: *mut omadm_push_payload,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, mut out) = unsafe { (slice(data, len, "data")?, OutStructs::one(payload, "payload")?) };
        out.set(0, wsp::Push::decode(data)?.payload()?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Reads a WSP push of any content, with or without the header of SMS or CDMA before it: bootstrap documents come so, too.
///
/// Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_PUSH_PDU` for what is no push; `OMADM_E_PUSH_HEADERS` for lengths and values that do not fit;
/// `OMADM_E_PUSH_SEGMENT_NUMBER` for a segment other than the first; `OMADM_E_INVALID_UTF8` in a content type or application.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_wsp_decode(
    data: *const u8,
    len: usize,
    push: *mut omadm_push,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, mut out) = unsafe { (slice(data, len, "data")?, OutStructs::one(push, "push")?) };
        out.set(0, wsp::Push::decode(data)?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Takes a notification out of a carrier in text, an `enum omadm_unstable_carrier`, as `omadm_wsp_payload` does out of WSP.
///
/// `arrival` is when it came, in seconds since 1970-01-01 UTC, from which SIP counts where the message has no date; `OMADM_NONE` without a clock. Of
/// `options`, which may be NULL, the limits matter. Errors: as `omadm_unstable_push_decode`; `OMADM_E_PUSH_CONTENT_TYPE`, `OMADM_E_PUSH_APPLICATION_ID`;
/// `OMADM_E_PUSH_ENCODING` for a body in some encoding.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_push_payload(
    carrier: u32,
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    arrival: u64,
    payload: *mut omadm_push_payload,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, options, mut out) =
            unsafe { (slice(data, len, "data")?, omadm_options::take(options)?, OutStructs::one(payload, "payload")?) };
        let arrival = Some(arrival).filter(|arrival| *arrival != OMADM_NONE);
        out.set(0, Read::new(carrier, data, &options.limits)?.payload(arrival)?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The same where somebody has parted headers and body already: an HTTP library, or a device whose push router hands out header lines. Offsets
/// count through both.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_push_payload_of_parts(
    headers: *const core::ffi::c_char,
    headers_len: usize,
    body: *const u8,
    body_len: usize,
    options: *const omadm_options,
    payload: *mut omadm_push_payload,
    error: *mut omadm_error,
) -> omadm_rc {
    let run = || {
        // SAFETY: the contract.
        let (headers, body, options, mut out) = unsafe {
            (
                octets(headers, headers_len, "headers")?,
                slice(body, body_len, "body")?,
                omadm_options::take(options)?,
                OutStructs::one(payload, "payload")?,
            )
        };
        out.set(0, Entity::decode_parts(headers, body, &options.limits)?.payload()?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, run) }
}

/// Reads a carrier in text, of any content. `body` is what is pushed, also of PAP. Other parameters as of `omadm_unstable_push_payload`.
///
/// Errors: `OMADM_E_PUSH_START_LINE`, `OMADM_E_PUSH_HEADER_LINE`, `OMADM_E_PUSH_HEADER_REPEATED`, `OMADM_E_PUSH_BODY_LENGTH`,
/// `OMADM_E_INVALID_CHARACTER`, `OMADM_E_UNEXPECTED_END`, `OMADM_E_LIMIT_HEADERS`, `OMADM_E_LIMIT_HEADER`; of PAP `OMADM_E_PUSH_MULTIPART`, `OMADM_E_PUSH_CONTROL`,
/// `OMADM_E_PUSH_TIME` and those of XML.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_push_decode(
    carrier: u32,
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    arrival: u64,
    push: *mut omadm_push,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, options, mut out) =
            unsafe { (slice(data, len, "data")?, omadm_options::take(options)?, OutStructs::one(push, "push")?) };
        let arrival = Some(arrival).filter(|arrival| *arrival != OMADM_NONE);
        out.set(0, Read::new(carrier, data, &options.limits)?.push(arrival));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The headers of what is pushed, in their order, from `first` on, as `omadm_message_commands` does commands. Parameters and errors as of
/// `omadm_unstable_push_decode`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_push_headers(
    carrier: u32,
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    first: usize,
    headers: *mut omadm_push_header,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, options, out, written) = unsafe {
            (
                slice(data, len, "data")?,
                omadm_options::take(options)?,
                OutStructs::many(headers, element_size, capacity, "headers")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, Read::new(carrier, data, &options.limits)?.entity().headers.iter().skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
