//! Octets to [`Push`].

use core::str;

use nom::bytes::complete::take;
use nom::{Offset, Parser};

use super::values::{LENGTH_QUOTE, SHORT, date, length_prefixed, number, octet, text, uintvar, value};
use super::{ApplicationId, ContentType, Places, Push};
use crate::push::text::parse_http_date;
use crate::push::{Expires, cdma, sms};
use crate::{Error, ErrorKind, Result};

/// The PDU type of a push.
pub(super) const PDU_PUSH: u8 = 0x06;
/// A header code page to switch to follows; octets up to the second are the page itself.
const PAGE_SHIFT: u8 = 0x7f;
const LAST_SHORT_PAGE_SHIFT: u8 = 0x1f;
const DEFAULT_PAGE: u8 = 1;
/// X-Wap-Application-Id, as a well-known header and as text.
pub(super) const APPLICATION_ID: u8 = 0x2f | SHORT;
const APPLICATION_ID_TEXT: &[u8] = b"X-Wap-Application-Id";
/// Expires, in the same two forms.
pub(super) const EXPIRES: u8 = 0x14 | SHORT;
const EXPIRES_TEXT: &[u8] = b"Expires";

impl<'a> Push<'a> {
    /// Reads a push with or without its SMS user data header or CDMA header; nothing is allocated.
    ///
    /// # Errors
    ///
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of an input that ends before its header length;
    /// * [`PushPdu`](ErrorKind::PushPdu) at the octet that should be the PDU type of a push;
    /// * [`PushHeaders`](ErrorKind::PushHeaders) at the length, header or value that does not fit;
    /// * [`PushSegmentNumber`](ErrorKind::PushSegmentNumber) at the header of a segment that is not the first;
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
        let found = walk(whole, headers)?;
        let body_at = whole.offset(body);
        let (application_id_at, application_id) = match found.application_id {
            Some((value, id)) => (whole.offset(value), Some(id)),
            None => (body_at, None),
        };
        Ok(Push {
            destination_port: carrier.port,
            segments: carrier.segments,
            transaction_id,
            content_type,
            application_id,
            expires: found.expires,
            headers,
            body,
            at: Places {
                port: carrier.port_at,
                segments: carrier.segments_at,
                content_type: whole.offset(block),
                application_id: application_id_at,
                body: body_at,
            },
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
    segments_at: usize,
    pdu: &'a [u8],
}

/// Takes off an SMS user data header or a CDMA header. They are told from a PDU by its second octet, the PDU type, and by
/// their lengths.
fn carrier(whole: Whole<'_>) -> Result<Carrier<'_>> {
    let message = whole.0;
    if cdma::is_only_segment(message) {
        let (segment, port_at) = cdma::Segment::decode_at(message)?;
        let port = segment.ports.map(|ports| ports.destination);
        return Ok(Carrier { port, port_at, segments: 1, segments_at: 0, pdu: segment.data });
    }
    if !sms::begins_with_header(message, PDU_PUSH) {
        return Ok(Carrier { port: None, port_at: 0, segments: 1, segments_at: 0, pdu: message });
    }
    let (segment, places) = sms::Segment::decode_at(message)?;
    // Only the first segment begins with a PDU.
    if segment.concatenation.is_some_and(|concatenation| concatenation.number != 1) {
        return Err(Error::new(ErrorKind::PushSegmentNumber, places.concatenation));
    }
    Ok(Carrier {
        port: segment.ports.map(|ports| ports.destination),
        port_at: places.ports,
        segments: segment.concatenation.map_or(1, |concatenation| concatenation.total),
        segments_at: places.concatenation,
        pdu: segment.data,
    })
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

/// What the headers say that is asked for here.
#[derive(Default)]
struct Found<'a> {
    /// The first, with the place of its value.
    application_id: Option<(&'a [u8], ApplicationId<'a>)>,
    /// The earliest.
    expires: Expires,
}

/// The time that a value says: in octets, or in text as in HTTP (WAP-230-WSP §8.4.1: a header by name may have either).
fn when(content: &[u8]) -> Option<u64> {
    match date(content) {
        Ok((_, seconds)) => Some(seconds),
        Err(_) => text(content).ok().and_then(|(_, text)| parse_http_date(text)),
    }
}

/// Whether these octets are headers, one after another.
pub(super) fn check(headers: &[u8]) -> Result<()> {
    walk(Whole(headers), headers).map(drop)
}

/// Walks over the headers. All of them are checked.
fn walk<'a>(whole: Whole<'_>, headers: &'a [u8]) -> Result<Found<'a>> {
    let mut found = Found::default();
    let mut page = DEFAULT_PAGE;
    let mut rest = headers;
    while let Some(first) = rest.first().copied() {
        let bad_header = |_| whole.headers(rest);
        let (value_at, name) = match first {
            SHORT.. => {
                let (after, name) = octet(rest).map_err(bad_header)?;
                (after, if page == DEFAULT_PAGE { name } else { 0 })
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
                let well_known = match name {
                    _ if name.eq_ignore_ascii_case(APPLICATION_ID_TEXT) => APPLICATION_ID,
                    _ if name.eq_ignore_ascii_case(EXPIRES_TEXT) => EXPIRES,
                    _ => 0,
                };
                (after, well_known)
            }
        };
        let (after, content) = value(value_at).map_err(|_| whole.headers(value_at))?;
        if name == APPLICATION_ID && found.application_id.is_none() {
            let id = match number(content) {
                Ok((_, number)) => ApplicationId::WellKnown(number),
                Err(_) => {
                    let (_, uri) = text(content).map_err(|_| whole.headers(value_at))?;
                    ApplicationId::Uri(whole.text(uri)?)
                }
            };
            found.application_id = Some((value_at, id));
        } else if name == EXPIRES {
            // What cannot be read has passed (`provisional.md` §3.1, of HTTP).
            found.expires = found.expires.earlier(when(content).map_or(Expires::Passed, Expires::At));
        }
        rest = after;
    }
    Ok(found)
}
