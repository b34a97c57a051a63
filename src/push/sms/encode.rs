//! [`Segment`] to octets, and a push to segments.

use super::{CONCATENATED, CONCATENATED_16, Concatenation, MAX_SEGMENT, PORTS, Ports, Reference, Segment};
use crate::{Error, ErrorKind, Result};

impl Segment<'_> {
    /// The user data of a short message: a header, concatenation before ports, and the data.
    ///
    /// # Errors
    ///
    /// * [`PushSegmentNumber`](ErrorKind::PushSegmentNumber) at 3, the reference, for a number of 0 or above the total;
    /// * [`PushSegmentSize`](ErrorKind::PushSegmentSize) at the first octet that no short message has.
    pub fn encode(&self) -> Result<Vec<u8>> {
        const REFERENCE: usize = 3;
        if self.concatenation.is_some_and(|of| of.number == 0 || of.number > of.total) {
            return Err(Error::new(ErrorKind::PushSegmentNumber, REFERENCE));
        }
        let mut out = header(self.concatenation, self.ports);
        if out.len().saturating_add(self.data.len()) > MAX_SEGMENT {
            return Err(Error::new(ErrorKind::PushSegmentSize, MAX_SEGMENT));
        }
        out.extend_from_slice(self.data);
        Ok(out)
    }
}

/// A user data header.
pub(crate) fn header(concatenation: Option<Concatenation>, ports: Option<Ports>) -> Vec<u8> {
    let mut out = vec![0];
    if let Some(Concatenation { reference, total, number }) = concatenation {
        match reference {
            Reference::Octet(reference) => out.extend_from_slice(&[CONCATENATED, 3, reference]),
            Reference::Word(reference) => {
                out.extend_from_slice(&[CONCATENATED_16, 4]);
                out.extend_from_slice(&reference.to_be_bytes());
            }
        }
        out.extend_from_slice(&[total, number]);
    }
    if let Some(Ports { destination, source }) = ports {
        out.extend_from_slice(&[PORTS, 4]);
        out.extend_from_slice(&destination.to_be_bytes());
        out.extend_from_slice(&source.to_be_bytes());
    }
    let length = u8::try_from(out.len().saturating_sub(1)).unwrap_or_default();
    if let Some(first) = out.first_mut() {
        *first = length;
    }
    out
}

/// The short messages that bring a push, each with its user data header: one if it fits, and then without
/// concatenation. The reference should differ from those of the last messages to the same device.
///
/// # Errors
///
/// [`PushSegmentSize`](ErrorKind::PushSegmentSize) at the first octet of the push that 255 segments cannot hold.
pub fn split(ports: Ports, push: &[u8], reference: Reference) -> Result<Vec<Vec<u8>>> {
    let whole = Segment { ports: Some(ports), concatenation: None, data: push };
    if let Ok(only) = whole.encode() {
        return Ok(vec![only]);
    }
    let in_segment = |total, number| Some(Concatenation { reference, total, number });
    let room = MAX_SEGMENT.saturating_sub(header(in_segment(1, 1), whole.ports).len()).max(1);
    let Ok(total) = u8::try_from(push.len().div_ceil(room)) else {
        return Err(Error::new(ErrorKind::PushSegmentSize, room.saturating_mul(usize::from(u8::MAX))));
    };
    let segments = push.chunks(room).zip(1_u8..=total);
    segments
        .map(|(data, number)| Segment { concatenation: in_segment(total, number), data, ..whole }.encode())
        .collect()
}
