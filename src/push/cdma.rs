//! CDMA WDP: the header of a push in the WAP teleservice of CDMA, and messages in several segments (`notification.md`
//! §5.3).
//!
//! ```text
//! 00 01 00 23F0 0B84    WDP, of one segment the first, from port 9200, to 2948
//! 00 02 01              the second of two: without ports
//! ```
//!
//! Segments count from 0. Which of them belong together, the message identifier of the layer below says. A decoded
//! [`Segment`] has a number below its total, and ports if it is the first; its data is borrowed.
//!
//! ```
//! use omadm::push::cdma::{self, Segment};
//! use omadm::push::{sms::Ports, wsp};
//!
//! let push = wsp::Fields::new(wsp::ContentType::NOTIFICATION, b"package #0").encode()?;
//! let segments = cdma::split(Ports { destination: 2948, source: 9200 }, &push, 140)?;
//! assert_eq!(segments[0][..7], [0x00, 0x01, 0x00, 0x23, 0xf0, 0x0b, 0x84]);
//! assert_eq!(Segment::decode(&segments[0])?.data, push);
//! assert_eq!(wsp::Push::decode(&segments[0])?.payload()?.body, b"package #0");
//! # Ok::<(), omadm::Error>(())
//! ```

use super::sms::Ports;
use crate::{Error, ErrorKind, Result};
use nom::combinator::cond;
use nom::number::complete::{be_u16, u8};
use nom::{Offset, Parser};

/// Octets of a segment: the layer below counts them in one octet.
pub const MAX_SEGMENT: usize = 255;
/// The message type of WDP.
const WDP: u8 = 0;
/// Message type, total, number.
const NUMBER_AT: usize = 2;

/// One segment: header and what follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// How many segments the message has: not 0.
    pub total: u8,
    /// Which one this is, from 0.
    pub number: u8,
    /// From where to where: in the first segment, and in no other.
    pub ports: Option<Ports>,
    /// What follows the header.
    pub data: &'a [u8],
}

crate::redact::debug_without_content!(Segment<'_> { total, number, ports } octets of { data });

/// Whether this begins as the only segment of a message does. A WSP push has its PDU type there.
pub(super) fn is_only_segment(message: &[u8]) -> bool {
    message.starts_with(&[WDP, 1, 0])
}

impl<'a> Segment<'a> {
    /// Reads a segment; nothing is allocated.
    ///
    /// # Errors
    ///
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of a segment that ends in its header;
    /// * [`PushSegmentSize`](ErrorKind::PushSegmentSize) at the first octet that no segment has;
    /// * [`PushPdu`](ErrorKind::PushPdu) at 0 when this is not WDP;
    /// * [`PushSegmentNumber`](ErrorKind::PushSegmentNumber) at the number that is not below the total.
    pub fn decode(message: &'a [u8]) -> Result<Segment<'a>> {
        if message.len() > MAX_SEGMENT {
            return Err(Error::new(ErrorKind::PushSegmentSize, MAX_SEGMENT));
        }
        Segment::decode_at(message).map(|(segment, _)| segment)
    }

    /// The same of a message that may have been joined, with the place of the destination port.
    pub(super) fn decode_at(message: &'a [u8]) -> Result<(Segment<'a>, usize)> {
        let end = |_| Error::new(ErrorKind::UnexpectedEnd, message.len());
        let (rest, message_type) = u8::<_, ()>(message).map_err(end)?;
        if message_type != WDP {
            return Err(Error::new(ErrorKind::PushPdu, 0));
        }
        let (rest, (total, number)) = (u8::<_, ()>, u8).parse(rest).map_err(end)?;
        if number >= total {
            return Err(Error::new(ErrorKind::PushSegmentNumber, NUMBER_AT));
        }
        let (rest, source) = cond(number == 0, be_u16::<_, ()>).parse(rest).map_err(end)?;
        let port_at = message.offset(rest);
        let (data, destination) = cond(number == 0, be_u16::<_, ()>).parse(rest).map_err(end)?;
        let ports = source.zip(destination).map(|(source, destination)| Ports { destination, source });
        Ok((Segment { total, number, ports, data }, port_at))
    }

    /// The segment's octets.
    ///
    /// # Errors
    ///
    /// * [`PushSegmentNumber`](ErrorKind::PushSegmentNumber) at 2, the number, when it is not below the total, or when
    ///   ports are missing in the first segment or there in another;
    /// * [`PushSegmentSize`](ErrorKind::PushSegmentSize) at the first octet that no segment has.
    pub fn encode(&self) -> Result<Vec<u8>> {
        if self.number >= self.total || self.ports.is_some() != (self.number == 0) {
            return Err(Error::new(ErrorKind::PushSegmentNumber, NUMBER_AT));
        }
        let mut out = header(self.total, self.number, self.ports);
        out.extend_from_slice(self.data);
        if out.len() > MAX_SEGMENT {
            return Err(Error::new(ErrorKind::PushSegmentSize, MAX_SEGMENT));
        }
        Ok(out)
    }
}

/// A segment's header.
pub(super) fn header(total: u8, number: u8, ports: Option<Ports>) -> Vec<u8> {
    let mut out = vec![WDP, total, number];
    if let Some(Ports { destination, source }) = ports {
        out.extend_from_slice(&source.to_be_bytes());
        out.extend_from_slice(&destination.to_be_bytes());
    }
    out
}

/// The segments that bring a push, each of at most so many octets, header included: what the network takes.
///
/// # Errors
///
/// [`PushSegmentSize`](ErrorKind::PushSegmentSize): at 0 when `most` leaves no room behind the header, or is above
/// [`MAX_SEGMENT`]; at the first octet of the push that 255 segments cannot hold.
pub fn split(ports: Ports, push: &[u8], most: usize) -> Result<Vec<Vec<u8>>> {
    let too_long = |at| Error::new(ErrorKind::PushSegmentSize, at);
    let (first_header, next_header) = (header(1, 0, Some(ports)).len(), header(1, 0, None).len());
    let room = most.checked_sub(first_header).filter(|room| *room > 0 && most <= MAX_SEGMENT).ok_or(too_long(0))?;
    let next_room = most.saturating_sub(next_header).max(1);
    let (first, rest) = push.split_at_checked(room).unwrap_or((push, &[]));
    let total = rest.len().div_ceil(next_room).saturating_add(1);
    let Ok(total) = u8::try_from(total) else {
        let most = next_room.saturating_mul(usize::from(u8::MAX).saturating_sub(1)).saturating_add(room);
        return Err(too_long(most));
    };
    let first = Segment { total, number: 0, ports: Some(ports), data: first }.encode();
    let next = rest.chunks(next_room).zip(1..total);
    let next = next.map(|(data, number)| Segment { total, number, ports: None, data }.encode());
    core::iter::once(first).chain(next).collect()
}
