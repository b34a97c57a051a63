//! Octets to [`Segment`].

use super::{
    CONCATENATED, CONCATENATED_16, Concatenation, MAX_SEGMENT, PORTS, PORTS_8, Places, Ports, Reference, Segment,
};
use crate::{Error, ErrorKind, Result};
use nom::bytes::complete::take;
use nom::number::complete::{be_u16, u8};
use nom::{IResult, Offset, Parser};

/// Whether this begins with a user data header, and not with a PDU of this type, which would be its second octet.
///
/// An element of ports or concatenation at the beginning is no PDU type, whatever comes of its lengths. Of another header
/// all elements have to add up and a PDU has to follow. The identifier of one element is the type of a push: where that
/// one stands first, ports have to be among the others.
pub(crate) fn begins_with_header(message: &[u8], pdu_type: u8) -> bool {
    let Some((length, rest)) = message.split_first() else { return false };
    if *length > 0 && matches!(rest.first(), Some(&(CONCATENATED | PORTS | CONCATENATED_16))) {
        return true;
    }
    let Some((mut elements, pdu)) = rest.split_at_checked(usize::from(*length)) else { return false };
    let looks_like_pdu = rest.first() == Some(&pdu_type);
    let mut has_ports = false;
    while !elements.is_empty() {
        let Ok((after, (identifier, _))) = element(elements) else { return false };
        has_ports |= matches!(identifier, PORTS | PORTS_8);
        elements = after;
    }
    pdu.get(1) == Some(&pdu_type) && (has_ports || !looks_like_pdu)
}

impl<'a> Segment<'a> {
    /// Reads the user data of a short message that has a header; nothing is allocated. Elements other than ports and
    /// concatenation are passed over; of several the last counts.
    ///
    /// # Errors
    ///
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at 0 of no octets;
    /// * [`PushSegmentSize`](ErrorKind::PushSegmentSize) at the first octet that no short message has;
    /// * [`PushHeaders`](ErrorKind::PushHeaders) at 0 when the header is longer than the message, or at the element that
    ///   does not fit;
    /// * [`PushSegmentNumber`](ErrorKind::PushSegmentNumber) at the reference of a segment whose number is 0 or above
    ///   the total.
    pub fn decode(user_data: &'a [u8]) -> Result<Segment<'a>> {
        if user_data.len() > MAX_SEGMENT {
            return Err(Error::new(ErrorKind::PushSegmentSize, MAX_SEGMENT));
        }
        Segment::decode_at(user_data).map(|(segment, _)| segment)
    }

    /// The same of a message that may have been joined, with places.
    pub(crate) fn decode_at(message: &'a [u8]) -> Result<(Segment<'a>, Places)> {
        let bad = |part: &[u8]| Error::new(ErrorKind::PushHeaders, message.offset(part));
        let (rest, length) = u8::<_, ()>(message).map_err(|_| Error::new(ErrorKind::UnexpectedEnd, 0))?;
        let (data, mut elements) = take::<_, _, ()>(length).parse(rest).map_err(|_| bad(message))?;
        let mut segment = Segment { ports: None, concatenation: None, data };
        let mut places = Places::default();
        while !elements.is_empty() {
            let (rest, (identifier, value)) = element(elements).map_err(|_| bad(elements))?;
            let at = message.offset(value);
            match identifier {
                PORTS | PORTS_8 => {
                    let read = match identifier {
                        PORTS_8 => exactly((u8.map(u16::from), u8.map(u16::from)), value),
                        _ => exactly((be_u16, be_u16), value),
                    };
                    let (_, (destination, source)) = read.ok_or(bad(elements))?;
                    segment.ports = Some(Ports { destination, source });
                    places.ports = at;
                }
                CONCATENATED | CONCATENATED_16 => {
                    let read = match identifier {
                        CONCATENATED => exactly((u8.map(Reference::Octet), u8, u8), value),
                        _ => exactly((be_u16.map(Reference::Word), u8, u8), value),
                    };
                    let (_, (reference, total, number)) = read.ok_or(bad(elements))?;
                    if number == 0 || number > total {
                        return Err(Error::new(ErrorKind::PushSegmentNumber, at));
                    }
                    segment.concatenation = Some(Concatenation { reference, total, number });
                    places.concatenation = at;
                }
                _ => {}
            }
            elements = rest;
        }
        Ok((segment, places))
    }
}

/// An information element: identifier, length, value.
fn element(input: &[u8]) -> IResult<&[u8], (u8, &[u8]), ()> {
    (u8, u8.flat_map(take)).parse(input)
}

/// A value that is this and no more.
fn exactly<'a, O>(mut parser: impl Parser<&'a [u8], Output = O, Error = ()>, value: &'a [u8]) -> Option<(&'a [u8], O)> {
    parser.parse(value).ok().filter(|(rest, _)| rest.is_empty())
}
