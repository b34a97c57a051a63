//! SMS: the user data header with ports and concatenation, and messages in several segments (3GPP TS 23.040 §9.2.3.24;
//! `notification.md` §5.3).
//!
//! ```text
//! 06  05 04 0B84 C002                    to port 2948, from 49154
//! 0B  00 03 RR NN KK  05 04 0B84 C002    segment KK of NN of message RR
//! 0C  08 04 RRRR NN KK  05 04 0B84 C002  the same with a reference of 16 bits
//! ```
//!
//! A short message has 140 octets, header included: a push of up to 133 octets goes in one, a longer one in up to 255
//! segments of 128 octets, or of 127 where the reference has 16 bits. [`split`] cuts, [`Joiner`](super::Joiner) puts
//! together what arrives in any order, within limits. A decoded [`Segment`] has a header whose lengths add up and a
//! segment number from 1 to the total; its data is borrowed.
//!
//! ```
//! use omadm::push::sms::{self, Ports, Reference, Segment};
//! use omadm::push::{Joiner, wsp};
//!
//! let push = wsp::Fields::new(wsp::ContentType::NOTIFICATION, &[0; 150]).encode()?;
//! let segments = sms::split(Ports::PUSH, &push, Reference::Octet(0x77))?;
//! assert_eq!(segments.iter().map(Vec::len).collect::<Vec<_>>(), [140, 40]);
//! assert_eq!(segments[1][..7], [0x0b, 0x00, 0x03, 0x77, 2, 2, 0x05]);
//! assert_eq!(Segment::decode(&segments[1])?.concatenation.map(|of| of.number), Some(2));
//!
//! // They arrive in the wrong order.
//! let mut joiner = Joiner::default();
//! assert_eq!(joiner.sms("+15551230001", &segments[1], 0)?, None);
//! let whole = joiner.sms("+15551230001", &segments[0], 0)?.expect("both are there");
//! assert_eq!(wsp::Push::decode(&whole)?.payload()?.body, [0; 150]);
//! # Ok::<(), omadm::Error>(())
//! ```

mod decode;
mod encode;

#[cfg(test)]
mod tests;

pub use super::join::join;
pub(super) use decode::begins_with_header;
pub(super) use encode::header;
pub use encode::split;

/// Octets of a short message.
pub const MAX_SEGMENT: usize = 140;
/// Octets of a header with ports alone.
pub(super) const PORT_HEADER: usize = 7;
/// The same with a reference of 16 bits.
pub(super) const LONGEST_HEADER: usize = 13;

/// Information elements.
const CONCATENATED: u8 = 0x00;
/// Of 8 bits each.
const PORTS_8: u8 = 0x04;
const PORTS: u8 = 0x05;
const CONCATENATED_16: u8 = 0x08;

/// From where to where, as in a datagram. Those of 8 bits are read too, and never written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ports {
    /// The port that it is for.
    pub destination: u16,
    /// The port that it comes from.
    pub source: u16,
}

impl Ports {
    /// To connectionless push, from 49154, as in the examples of DM 1.2 (`wire.md` §6.3).
    pub const PUSH: Ports = Ports { destination: super::wsp::PUSH_PORT, source: 0xc002 };
}

/// What tells the segments of one message from those of others of the same sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// Of 8 bits.
    Octet(u8),
    /// Of 16 bits.
    Word(u16),
}

/// That a segment is one of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Concatenation {
    /// Which message it is of.
    pub reference: Reference,
    /// How many segments the message has: not 0.
    pub total: u8,
    /// Which one this is, from 1.
    pub number: u8,
}

/// The user data of one short message: header and what follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Segment<'a> {
    /// From where to where, if the header says so.
    pub ports: Option<Ports>,
    /// Of which message it is a part, if the header says so.
    pub concatenation: Option<Concatenation>,
    /// What follows the header.
    pub data: &'a [u8],
}

crate::redact::debug_without_content!(Segment<'_> { ports, concatenation } octets of { data });

/// Where the elements of a header have their values.
#[derive(Clone, Copy, Default)]
pub(crate) struct Places {
    pub(crate) ports: usize,
    pub(crate) concatenation: usize,
}
