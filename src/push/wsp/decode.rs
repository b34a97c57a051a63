//! Octets to [`Push`].

use core::str;

use nom::bytes::complete::{tag, take};
use nom::number::complete::{be_u16, u8};
use nom::{Offset, Parser};

use super::values::{LENGTH_QUOTE, Parsed, SHORT, length_prefixed, number, octet, text, uintvar, value};
use super::{ApplicationId, ContentType, Places, Push};
use crate::{Error, ErrorKind, Result};

/// The PDU type of a push.
const PDU_PUSH: u8 = 0x06;
/// Information elements of an SMS user data header (3GPP TS 23.040).
const IE_CONCATENATED: u8 = 0x00;
const IE_PORTS: u8 = 0x05;
const IE_CONCATENATED_16: u8 = 0x08;
/// CDMA WDP: a message in one segment, the first; source and destination port follow.
const CDMA_SINGLE_SEGMENT: [u8; 3] = [0x00, 0x01, 0x00];
/// A header code page to switch to follows; octets up to the second are the page itself.
const PAGE_SHIFT: u8 = 0x7f;
const LAST_SHORT_PAGE_SHIFT: u8 = 0x1f;
const DEFAULT_PAGE: u8 = 1;
/// X-Wap-Application-Id, as a well-known header and as text.
const APPLICATION_ID: u8 = 0x2f | SHORT;
const APPLICATION_ID_TEXT: &[u8] = b"X-Wap-Application-Id";

impl<'a> Push<'a> {
    /// Reads a push with or without its SMS user data header or CDMA header; nothing is allocated.
    ///
    /// # Errors
    ///
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of an input that ends before its header length;
    /// * [`PushPdu`](ErrorKind::PushPdu) at the octet that should be the PDU type of a push;
    /// * [`PushHeaders`](ErrorKind::PushHeaders) at the length, header or value that does not fit;
    /// * [`InvalidUtf8`](ErrorKind::InvalidUtf8) in a content type or application id that is no text.
    pub fn decode(message: &'a [u8]) -> Result<Push<'a>> {
        let whole = Whole(message);
        let carrier = carrier(whole)?;
        let (rest, transaction_id) = octet(carrier.pdu).map_err(|_| whole.end())?;
        let (length_field, pdu_type) = octet(rest).map_err(|_| whole.end())?;
        if pdu_type != PDU_PUSH {
            return Err(whole.error(ErrorKind::PushPdu, rest));
        }
        if length_field.is_empty() {
            return Err(whole.end());
        }
        let (rest, length) = uintvar(length_field).map_err(|_| whole.headers(length_field))?;
        let (body, block) = take::<_, _, ()>(length).parse(rest).map_err(|_| whole.headers(length_field))?;
        let (headers, content_type) = content_type(whole, block)?;
        let (application_id_at, application_id) = match find_application_id(whole, headers)? {
            Some((value, id)) => (whole.offset(value), Some(id)),
            None => (whole.offset(body), None),
        };
        Ok(Push {
            destination_port: carrier.port,
            segments: carrier.segments,
            transaction_id,
            content_type,
            application_id,
            headers,
            body,
            at: Places { port: carrier.port_at, content_type: whole.offset(block), application_id: application_id_at },
        })
    }
}

/// The input, for offsets of its parts.
#[derive(Clone, Copy)]
struct Whole<'a>(&'a [u8]);

impl Whole<'_> {
    fn offset(self, part: &[u8]) -> usize {
        self.0.offset(part)
    }

    fn error(self, kind: ErrorKind, part: &[u8]) -> Error {
        Error::new(kind, self.offset(part))
    }

    fn headers(self, part: &[u8]) -> Error {
        self.error(ErrorKind::PushHeaders, part)
    }

    fn end(self) -> Error {
        Error::new(ErrorKind::UnexpectedEnd, self.0.len())
    }

    fn text(self, octets: &[u8]) -> Result<&str> {
        str::from_utf8(octets).map_err(|error| {
            Error::new(ErrorKind::InvalidUtf8, self.offset(octets).saturating_add(error.valid_up_to()))
        })
    }
}

/// What stood before the PDU.
struct Carrier<'a> {
    port: Option<u16>,
    port_at: usize,
    segments: u8,
    pdu: &'a [u8],
}

/// Takes off an SMS user data header or a CDMA header. They are told from a PDU by its second octet, the PDU type.
fn carrier(whole: Whole<'_>) -> Result<Carrier<'_>> {
    let message = whole.0;
    let mut carrier = Carrier { port: None, port_at: 0, segments: 1, pdu: message };
    let cdma = (tag::<_, _, ()>(CDMA_SINGLE_SEGMENT.as_slice()), be_u16).parse(message);
    if let Ok((ports, _)) = cdma {
        let (pdu, port) = be_u16::<_, ()>(ports).map_err(|_| whole.end())?;
        return Ok(Carrier { port: Some(port), port_at: whole.offset(ports), pdu, ..carrier });
    }
    let [length, IE_CONCATENATED | IE_PORTS | IE_CONCATENATED_16, ..] = *message else {
        return Ok(carrier);
    };
    let (rest, _) = octet(message).map_err(|_| whole.end())?;
    let (pdu, mut elements) = take::<_, _, ()>(length).parse(rest).map_err(|_| whole.headers(message))?;
    carrier.pdu = pdu;
    while !elements.is_empty() {
        let (rest, (identifier, value)) = element(elements).map_err(|_| whole.headers(elements))?;
        match (identifier, value) {
            (IE_PORTS, [high, low, _, _]) => {
                carrier.port = Some(u16::from_be_bytes([*high, *low]));
                carrier.port_at = whole.offset(value);
            }
            // Only the first segment begins with a PDU.
            (IE_CONCATENATED, [_, total, 1]) | (IE_CONCATENATED_16, [_, _, total, 1]) => carrier.segments = *total,
            (IE_PORTS | IE_CONCATENATED | IE_CONCATENATED_16, _) => return Err(whole.headers(elements)),
            _ => {}
        }
        elements = rest;
    }
    Ok(carrier)
}

/// An information element: identifier, length, value.
fn element(input: &[u8]) -> Parsed<'_, (u8, &[u8])> {
    (u8, u8.flat_map(take)).parse(input)
}

/// A content type, by number or name or in the general form, whose parameters are left out (WAP-230-WSP §8.4.2.24).
fn content_type<'a>(whole: Whole<'_>, block: &'a [u8]) -> Result<(&'a [u8], ContentType<'a>)> {
    let (rest, media) = match block.first() {
        Some(0..=LENGTH_QUOTE) => length_prefixed(block).map_err(|_| whole.headers(block))?,
        _ => value(block).map_err(|_| whole.headers(block))?,
    };
    match number(media) {
        Ok((_, number)) => Ok((rest, ContentType::WellKnown(number))),
        Err(_) => {
            let (_, name) = text(media).map_err(|_| whole.headers(block))?;
            Ok((rest, ContentType::Text(whole.text(name)?)))
        }
    }
}

/// Walks over the headers to the first application id, and gives it with the place of its value. The rest is checked
/// too.
fn find_application_id<'a>(whole: Whole<'_>, headers: &'a [u8]) -> Result<Option<(&'a [u8], ApplicationId<'a>)>> {
    let mut found = None;
    let mut page = DEFAULT_PAGE;
    let mut rest = headers;
    while let Some(first) = rest.first().copied() {
        let bad_header = |_| whole.headers(rest);
        let (value_at, is_application_id) = match first {
            SHORT.. => {
                let (after, name) = octet(rest).map_err(bad_header)?;
                (after, page == DEFAULT_PAGE && name == APPLICATION_ID)
            }
            PAGE_SHIFT => {
                (rest, page) = octet(rest).and_then(|(after, _)| octet(after)).map_err(bad_header)?;
                continue;
            }
            1..=LAST_SHORT_PAGE_SHIFT => {
                (rest, page) = octet(rest).map_err(bad_header)?;
                continue;
            }
            _ => {
                let (after, name) = text(rest).map_err(bad_header)?;
                (after, name.eq_ignore_ascii_case(APPLICATION_ID_TEXT))
            }
        };
        let (after, content) = value(value_at).map_err(|_| whole.headers(value_at))?;
        if is_application_id && found.is_none() {
            let id = match number(content) {
                Ok((_, number)) => ApplicationId::WellKnown(number),
                Err(_) => {
                    let (_, uri) = text(content).map_err(|_| whole.headers(value_at))?;
                    ApplicationId::Uri(whole.text(uri)?)
                }
            };
            found = Some((value_at, id));
        }
        rest = after;
    }
    Ok(found)
}
