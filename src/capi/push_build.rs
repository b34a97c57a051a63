//! Carriers, written: for servers and tests.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, read, read_all, room, slice, text, versioned};
use super::error::omadm_error;
use super::push::omadm_push_header;
use super::text::{omadm_bytes, omadm_str, some, to_copy};
use crate::push::{ApplicationId, ContentType, http, pap, sip, wsp};

/// What a push is to say. Begin with `OMADM_PUSH_FIELDS_INIT`; then set `content_type` and `body`, and what the carrier needs. What a carrier
/// has no place for is not looked at.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_push_fields {
    /// `sizeof(omadm_push_fields)`; set by `OMADM_PUSH_FIELDS_INIT`.
    pub struct_size: u32,
    /// What the body is, by OMNA's number, an `enum omadm_media_type` or another; 0 if `content_type_name` says it.
    pub content_type: u32,
    /// Which application it is for, by OMNA's number. 0: what `application_urn` says, or else data synchronisation for its own type and device
    /// management for all others.
    pub application_id: u32,
    /// WSP: any number up to 255.
    pub transaction_id: u32,
    /// When it expires, in seconds since 1970-01-01 UTC; 0 says nothing. WSP: up to 32 bits. PAP: until when it may be delivered. SIP has `lifetime`.
    pub expires: u64,
    /// PAP: from when it may be delivered; 0 says nothing.
    pub deliver_after: u64,
    /// SIP: when it is sent; 0 says nothing.
    pub date: u64,
    /// SIP: how many seconds after that it expires; 0 says nothing.
    pub lifetime: u32,
    pub reserved: u32,
    pub content_type_name: omadm_str,
    pub application_urn: omadm_str,
    /// HTTP and PAP: where it is posted to; absent for `/`. SIP: whom it is for.
    pub target: omadm_str,
    /// HTTP: the device. PAP: the push proxy. Host, and port if it is not 80.
    pub host: omadm_str,
    /// PAP: the push, by the server's own name of it.
    pub push_id: omadm_str,
    /// PAP: who asks, and where the outcome is reported to.
    pub source_reference: omadm_str,
    pub notify_to: omadm_str,
    /// PAP: what separates the parts; absent to have it chosen.
    pub boundary: omadm_str,
    /// WSP: other headers, as WSP writes them.
    pub wsp_headers: omadm_bytes,
    pub body: omadm_bytes,
    /// Text: other headers, such as those that SIP itself wants. All have the `struct_size` of the first.
    pub headers: *const omadm_push_header,
    pub header_count: usize,
    /// PAP: the devices, at least one.
    pub addresses: *const omadm_str,
    pub address_count: usize,
}

versioned! { omadm_push_fields: 240, 144; }

/// What is not 0.
fn said(number: u64) -> Option<u64> {
    Some(number).filter(|number| *number != 0)
}

fn wrong() -> Failure {
    Failure::argument("fields")
}

impl omadm_push_fields {
    /// # Safety
    /// The contract.
    unsafe fn content<'c>(&self) -> Outcome<(ContentType<'c>, Option<ApplicationId<'c>>)> {
        if self.reserved != 0 {
            return Err(wrong());
        }
        // SAFETY: the contract.
        let (name, urn) = unsafe { (some(self.content_type_name, "fields")?, some(self.application_urn, "fields")?) };
        let content_type = match (self.content_type, name) {
            (0, Some(name)) => ContentType::Text(name),
            (0, None) | (_, Some(_)) => return Err(wrong()),
            (code, None) => ContentType::WellKnown(code),
        };
        let application_id = match (self.application_id, urn) {
            (0, urn) => urn.map(ApplicationId::Uri),
            (code, None) => Some(ApplicationId::WellKnown(code)),
            (_, Some(_)) => return Err(wrong()),
        };
        Ok((content_type, application_id))
    }

    /// # Safety
    /// The contract.
    unsafe fn encode_wsp(&self) -> Outcome<Vec<u8>> {
        // SAFETY: the contract.
        let ((content_type, application_id), more, body) = unsafe {
            (
                self.content()?,
                to_copy(slice(self.wsp_headers.ptr, self.wsp_headers.len, "fields")?)?,
                to_copy(slice(self.body.ptr, self.body.len, "fields")?)?,
            )
        };
        let new = wsp::Fields::new(content_type, body);
        let expires = said(self.expires).map(u32::try_from).transpose().map_err(|_| wrong())?;
        let transaction_id = u8::try_from(self.transaction_id).map_err(|_| wrong())?;
        let application_id = application_id.or(new.application_id);
        Ok(wsp::Fields { transaction_id, application_id, expires, more, ..new }.encode()?)
    }

    /// # Safety
    /// The contract.
    unsafe fn encode_text(&self, carrier: u32) -> Outcome<Vec<u8>> {
        // SAFETY: the contract.
        let ((content_type, application_id), body, target, host) = unsafe {
            (
                self.content()?,
                to_copy(slice(self.body.ptr, self.body.len, "fields")?)?,
                some(self.target, "fields")?,
                some(self.host, "fields")?.unwrap_or_default(),
            )
        };
        // SAFETY: the contract.
        let headers = unsafe {
            let size = slice(self.headers.cast::<u32>(), self.header_count.min(1), "fields")?.first();
            let size = size.map_or(0, |size| usize::try_from(*size).unwrap_or(usize::MAX));
            read_all(self.headers, size, self.header_count, "fields")?
        };
        let headers = headers.iter().map(|header| {
            if header.reserved != 0 {
                return Err(wrong());
            }
            // SAFETY: the contract.
            unsafe {
                Ok((
                    text(header.name.ptr, header.name.len, "fields")?,
                    text(header.value.ptr, header.value.len, "fields")?,
                ))
            }
        });
        let more = &headers.collect::<Outcome<Vec<(&str, &str)>>>()?;
        let expires = said(self.expires);
        match carrier {
            1 => {
                let new = http::Fields::new(host, content_type, body);
                let (target, application_id) =
                    (target.unwrap_or(new.target), application_id.unwrap_or(new.application_id));
                Ok(http::Fields { target, more, application_id, expires, ..new }.encode()?)
            }
            2 => {
                let new = sip::Fields::new(target.unwrap_or_default(), content_type, body);
                let application_id = application_id.unwrap_or(new.application_id);
                let expires = Some(self.lifetime).filter(|seconds| *seconds != 0);
                Ok(sip::Fields { more, application_id, date: said(self.date), expires, ..new }.encode()?)
            }
            3 => {
                // SAFETY: the contract.
                let addresses = unsafe { slice(self.addresses, self.address_count, "fields") }?.iter();
                // SAFETY: the contract.
                let addresses = addresses.map(|one| unsafe { text(one.ptr, one.len, "fields") });
                let addresses = &addresses.collect::<Outcome<Vec<&str>>>()?;
                // SAFETY: the contract.
                let (push_id, source_reference, notify_to, boundary) = unsafe {
                    (
                        some(self.push_id, "fields")?.unwrap_or_default(),
                        some(self.source_reference, "fields")?,
                        some(self.notify_to, "fields")?,
                        some(self.boundary, "fields")?,
                    )
                };
                let new = pap::Fields::new(host, push_id, addresses, content_type, body);
                let (target, application_id) =
                    (target.unwrap_or(new.target), application_id.unwrap_or(new.application_id));
                let (deliver_before, deliver_after) = (expires, said(self.deliver_after));
                let fields = pap::Fields { target, more, boundary, source_reference, notify_to, ..new };
                Ok(pap::Fields { deliver_before, deliver_after, application_id, ..fields }.encode()?)
            }
            _ => Err(Failure::argument("carrier")),
        }
    }
}

/// Writes a WSP push, without a header of SMS or CDMA: `omadm_sms_split` and `omadm_cdma_split` put that before it. `room` and `length` as in
/// `omadm_notification_encode`.
///
/// Errors: `OMADM_E_ARGUMENT` for a number that does not fit, or a content type both by number and by name, or by neither; `OMADM_E_INVALID_CHARACTER` in a
/// name; `OMADM_E_PUSH_HEADERS` in `wsp_headers`; `OMADM_E_PUSH_HEADER_SIZE` for more than the 48 octets of headers that a notification may have;
/// `OMADM_E_INPUT_TOO_LARGE` for a body above 4 GiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_wsp_encode(
    fields: *const omadm_push_fields,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (octets, room, length) = unsafe {
            let (fields, room) = (read(fields, "fields")?, self::room(room, room_len, "room")?);
            let length = Out::new(length, "length")?;
            (fields.encode_wsp()?, room, length)
        };
        room.give(&octets, length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Writes a carrier in text, an `enum omadm_unstable_carrier`. `room` and `length` as in `omadm_notification_encode`.
///
/// Errors: `OMADM_E_ARGUMENT` as of `omadm_wsp_encode`; `OMADM_E_INVALID_CHARACTER`, `OMADM_E_PUSH_HEADER_LINE`, `OMADM_E_PUSH_HEADER_REPEATED` for what would
/// be read as something else; `OMADM_E_PUSH_CONTENT_TYPE` for a number without a name in this field; `OMADM_E_PUSH_TIME`; of SIP
/// `OMADM_E_PUSH_APPLICATION_ID`; of PAP `OMADM_E_PUSH_BOUNDARY` and `OMADM_E_PUSH_CONTROL`. Offsets are those of the output.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_push_encode(
    carrier: u32,
    fields: *const omadm_push_fields,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (octets, room, length) = unsafe {
            let (fields, room) = (read(fields, "fields")?, self::room(room, room_len, "room")?);
            let length = Out::new(length, "length")?;
            (fields.encode_text(carrier)?, room, length)
        };
        room.give(&octets, length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
