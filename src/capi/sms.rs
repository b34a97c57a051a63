//! Messages in segments: SMS and CDMA, cut and put together.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::command::OMADM_NO_CODE;
use super::entry::{Failure, Out, OutStructs, OutValues, Outcome, enter, fill, room, slice, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle, handle_mut};
use super::input::omadm_options;
use super::text::{omadm_bytes, to_copy};
use crate::push::sms::{self, Concatenation, Ports, Reference};
use crate::push::{Incomplete, Joiner, cdma};

/// Octets of the user data of a short message.
pub const OMADM_SMS_SIZE: usize = 140;
/// The port of connectionless push: where notifications go.
pub const OMADM_PUSH_PORT: u32 = 2948;

/// One segment of a message, in SMS or in CDMA's WDP.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_sms_segment {
    /// `sizeof(omadm_sms_segment)`; set by the caller.
    pub struct_size: u32,
    /// Bits of `reference`: 8 or 16; 0 where the segment is not said to be one of several, and in CDMA, where the layer below identifies messages.
    pub reference_bits: u32,
    /// What tells the segments of one message from those of others of the same sender.
    pub reference: u32,
    /// How many segments the message has: 1 where nothing is said.
    pub total: u32,
    /// Which one this is: SMS counts from 1, CDMA from 0.
    pub number: u32,
    /// From where to where; `OMADM_NO_CODE` where nothing is said.
    pub destination_port: u32,
    pub source_port: u32,
    pub reserved: u32,
    /// What follows the header.
    pub data: omadm_bytes,
}

/// A message of which something is missing.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_sms_incomplete {
    /// `sizeof(omadm_sms_incomplete)`; set by the caller.
    pub struct_size: u32,
    /// How many segments it has, and how many of them have not come.
    pub total: u32,
    pub missing: u32,
    /// The number of the first of these, from 1.
    pub first_missing: u32,
    /// The time at which its first segment came, as it was given.
    pub since: u64,
    /// Who sends it. Valid until the joiner is next used for something else, or freed.
    pub sender: omadm_bytes,
}

versioned! {
    omadm_sms_segment: 48, 40;
    omadm_sms_incomplete: 40, 32;
}

impl From<sms::Segment<'_>> for omadm_sms_segment {
    fn from(segment: sms::Segment<'_>) -> omadm_sms_segment {
        let (reference_bits, reference) = match segment.concatenation.map(|own| own.reference) {
            Some(Reference::Octet(reference)) => (8, u32::from(reference)),
            Some(Reference::Word(reference)) => (16, u32::from(reference)),
            None => (0, 0),
        };
        let of = segment.concatenation.map_or((1, 1), |Concatenation { total, number, .. }| (total, number));
        omadm_sms_segment { reference_bits, reference, ..omadm_sms_segment::new(of, segment.ports, segment.data) }
    }
}

impl omadm_sms_segment {
    fn new((total, number): (u8, u8), ports: Option<Ports>, data: &[u8]) -> omadm_sms_segment {
        omadm_sms_segment {
            struct_size: 0,
            reference_bits: 0,
            reference: 0,
            total: u32::from(total),
            number: u32::from(number),
            destination_port: ports.map_or(OMADM_NO_CODE, |ports| u32::from(ports.destination)),
            source_port: ports.map_or(OMADM_NO_CODE, |ports| u32::from(ports.source)),
            reserved: 0,
            data: data.into(),
        }
    }
}

impl From<Incomplete<'_, Box<[u8]>>> for omadm_sms_incomplete {
    fn from(incomplete: Incomplete<'_, Box<[u8]>>) -> omadm_sms_incomplete {
        omadm_sms_incomplete {
            struct_size: 0,
            total: u32::from(incomplete.total),
            // At most 255.
            missing: u32::try_from(incomplete.missing.len()).unwrap_or(u32::MAX),
            first_missing: incomplete.missing.first().copied().map_or(0, u32::from),
            since: incomplete.since,
            sender: (**incomplete.sender).into(),
        }
    }
}

/// Puts together the segments of SMS and CDMA messages, in whatever order they come. What it holds is bounded by the limit `segments`.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_sms_joiner {
    guard: Guard,
    joiner: Joiner<Box<[u8]>>,
}

const _: () = assert!(core::mem::offset_of!(omadm_sms_joiner, guard) == 0);

impl Guarded for omadm_sms_joiner {
    const MARK: [u8; 8] = *b"omadmJoi";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

/// Reads the user data of a short message that has a user data header: one whose TP-UDHI is set (3GPP TS 23.040 §9.2.3.24).
///
/// Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_PUSH_SEGMENT_SIZE` for more than 140 octets; `OMADM_E_PUSH_HEADERS` for a header whose lengths do not add up;
/// `OMADM_E_PUSH_SEGMENT_NUMBER` for a number that is 0 or above the total.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_segment_decode(
    data: *const u8,
    len: usize,
    segment: *mut omadm_sms_segment,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, mut out) = unsafe { (slice(data, len, "data")?, OutStructs::one(segment, "segment")?) };
        out.set(0, sms::Segment::decode(data)?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Reads a segment of CDMA's WDP.
///
/// Errors: `OMADM_E_UNEXPECTED_END`; `OMADM_E_PUSH_SEGMENT_SIZE` for more than 255 octets; `OMADM_E_PUSH_PDU` for what is no WDP; `OMADM_E_PUSH_SEGMENT_NUMBER`
/// for a number that is not below the total.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_cdma_segment_decode(
    data: *const u8,
    len: usize,
    segment: *mut omadm_sms_segment,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, mut out) = unsafe { (slice(data, len, "data")?, OutStructs::one(segment, "segment")?) };
        let cdma::Segment { total, number, ports, data } = cdma::Segment::decode(data)?;
        out.set(0, omadm_sms_segment::new((total, number), ports, data));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

fn ports(destination: u32, source: u32) -> Outcome<Ports> {
    Ok(Ports {
        destination: u16::try_from(destination).map_err(|_| Failure::argument("destination_port"))?,
        source: u16::try_from(source).map_err(|_| Failure::argument("source_port"))?,
    })
}

/// The caller's memory for segments, each of at most `size` octets.
struct OutSegments<'o> {
    octets: *mut u8,
    size: usize,
    capacity: usize,
    lengths: OutValues<'o, u8>,
    count: Out<'o, usize>,
}

impl OutSegments<'_> {
    /// # Safety
    /// The contract.
    unsafe fn new<'o>(
        octets: *mut u8,
        size: usize,
        lengths: *mut u8,
        capacity: usize,
        count: *mut usize,
    ) -> Outcome<OutSegments<'o>> {
        // SAFETY: the contract.
        let (lengths, count) = unsafe { (OutValues::many(lengths, capacity, "lengths")?, Out::new(count, "count")?) };
        let all = size.checked_mul(capacity).ok_or(Failure::argument("segments"))?;
        // SAFETY: the contract.
        unsafe { room(octets, all, "segments") }?;
        Ok(OutSegments { octets, size, capacity, lengths, count })
    }

    fn set(mut self, segments: &[Vec<u8>]) -> Outcome {
        self.count.set(segments.len());
        if segments.len() > self.capacity {
            return Err(Failure::too_small("segments"));
        }
        for (index, segment) in segments.iter().enumerate() {
            let at = self.octets.wrapping_add(index.wrapping_mul(self.size));
            // SAFETY: `new` has checked that there is room for `capacity` segments of `size` octets; `index` is below that.
            unsafe { room(at, self.size, "segments") }?.fill(segment, "segments")?;
        }
        // No segment has more than 255 octets.
        self.lengths.set(segments.iter().map(|segment| u8::try_from(segment.len()).unwrap_or(u8::MAX)));
        Ok(())
    }
}

/// Cuts a push into short messages, each with its user data header: one if it fits, and then without concatenation.
///
/// `segments` has room for `capacity` times `OMADM_SMS_SIZE` octets and receives segment n at n times `OMADM_SMS_SIZE`; `lengths` receives
/// how many octets each has; `*count` how many segments there are, also with `OMADM_BUFFER_TOO_SMALL`. `reference`, of 8 or 16 bits as
/// `reference_bits` says, should differ from those of the last messages to the same device. Notifications go to `OMADM_PUSH_PORT`, in the examples of DM
/// 1.2 from 49154. Errors: `OMADM_E_PUSH_SEGMENT_SIZE` for a push that 255 segments cannot hold.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_split(
    push: *const u8,
    push_len: usize,
    destination_port: u32,
    source_port: u32,
    reference: u32,
    reference_bits: u32,
    segments: *mut u8,
    lengths: *mut u8,
    capacity: usize,
    count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (push, out) = unsafe {
            (slice(push, push_len, "push")?, OutSegments::new(segments, OMADM_SMS_SIZE, lengths, capacity, count)?)
        };
        let reference = match reference_bits {
            8 => u8::try_from(reference).map(Reference::Octet).map_err(|_| Failure::argument("reference"))?,
            16 => u16::try_from(reference).map(Reference::Word).map_err(|_| Failure::argument("reference"))?,
            _ => return Err(Failure::argument("reference_bits")),
        };
        out.set(&sms::split(ports(destination_port, source_port)?, push, reference)?)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Cuts a push into segments of CDMA's WDP, each of at most `most` octets, header included: what the network takes, up to 255.
///
/// `segments` has room for `capacity` times `most` octets, and so on, as in `omadm_sms_split`. Errors: `OMADM_E_PUSH_SEGMENT_SIZE` for a push
/// that 255 segments cannot hold, and for a `most` that leaves no room or is above 255.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_cdma_split(
    push: *const u8,
    push_len: usize,
    destination_port: u32,
    source_port: u32,
    most: usize,
    segments: *mut u8,
    lengths: *mut u8,
    capacity: usize,
    count: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (push, out) =
            unsafe { (slice(push, push_len, "push")?, OutSegments::new(segments, most, lengths, capacity, count)?) };
        out.set(&cdma::split(ports(destination_port, source_port)?, push, most)?)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Joins the short messages of one push, in any order, to what it would be in one: the port header and the data. `push` is what
/// `omadm_wsp_payload` takes.
///
/// Of `options`, which may be NULL, the limits matter. Errors: as `omadm_sms_segment_decode`, with offsets that count through all of them;
/// `OMADM_E_PUSH_SEGMENT_CONFLICT`, `OMADM_E_TRAILING_DATA` for one of another message, `OMADM_E_PUSH_SEGMENT_MISSING`, `OMADM_E_LIMIT_SEGMENTS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_join(
    segments: *const omadm_bytes,
    segment_count: usize,
    options: *const omadm_options,
    push: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (segments, options, push) = unsafe {
            (slice(segments, segment_count, "segments")?, omadm_options::take(options)?, Buffer::of(push, "push")?)
        };
        // SAFETY: the contract.
        let segments = segments.iter().map(|segment| unsafe { slice(segment.ptr, segment.len, "segments") });
        push.keep(sms::join(&segments.collect::<Outcome<Vec<_>>>()?, &options.limits)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// A joiner that holds as many segments as the limits of `options` allow, which may be NULL. To be freed with `omadm_sms_joiner_free`. It has no
/// clock: times are the caller's, in seconds, or always 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_joiner_new(
    options: *const omadm_options,
    joiner: *mut *mut omadm_sms_joiner,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, options) = unsafe { (Out::new(joiner, "joiner")?, omadm_options::take(options)?) };
        let joiner = Joiner::new(&options.limits);
        give(omadm_sms_joiner { guard: Guard::new::<omadm_sms_joiner>(), joiner }, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a joiner. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_joiner_free(joiner: *mut omadm_sms_joiner) {
    // SAFETY: the contract.
    unsafe { free(joiner) }
}

/// Takes the user data of a short message that has a user data header: one whose TP-UDHI is set. What comes without such a header is whole, and not
/// for here. `sender` is what the caller knows the sender by, any octets.
///
/// `OMADM_OK`: `push` receives the message, as if it had come in one: what `omadm_wsp_payload` takes. `OMADM_END`: the segment was taken, and
/// there is no message yet; `push` is untouched. A segment that contradicts what is held begins its message anew; if there is no more room, the message
/// that began first gives way. Errors: as `omadm_sms_segment_decode`, `OMADM_E_LIMIT_SEGMENTS`, and `OMADM_E_INPUT_TOO_LARGE` for a sender above 4 GiB; what
/// was held stays as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_joiner_add(
    joiner: *mut omadm_sms_joiner,
    sender: *const u8,
    sender_len: usize,
    data: *const u8,
    len: usize,
    now: u64,
    push: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (sender, data, push, mut joiner) = unsafe {
            (
                to_copy(slice(sender, sender_len, "sender")?)?,
                slice(data, len, "data")?,
                Buffer::of(push, "push")?,
                handle_mut(joiner, "joiner")?,
            )
        };
        let whole = joiner.joiner.sms(sender.into(), data, now)?;
        push.keep(whole.ok_or(Failure::end())?.into_owned());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The same of a segment of CDMA's WDP. `identifier`, up to 0xFFFF, is that of the message in the layer below.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_joiner_add_cdma(
    joiner: *mut omadm_sms_joiner,
    sender: *const u8,
    sender_len: usize,
    identifier: u32,
    data: *const u8,
    len: usize,
    now: u64,
    push: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (sender, data, push, mut joiner) = unsafe {
            (
                to_copy(slice(sender, sender_len, "sender")?)?,
                slice(data, len, "data")?,
                Buffer::of(push, "push")?,
                handle_mut(joiner, "joiner")?,
            )
        };
        let identifier = u16::try_from(identifier).map_err(|_| Failure::argument("identifier"))?;
        let whole = joiner.joiner.cdma(sender.into(), identifier, data, now)?;
        push.keep(whole.ok_or(Failure::end())?.into_owned());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The messages of which something is missing, in the order in which they began, from `first` on, as `omadm_message_commands` does commands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_joiner_incomplete(
    joiner: *const omadm_sms_joiner,
    first: usize,
    incomplete: *mut omadm_sms_incomplete,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (joiner, out, written) = unsafe {
            (
                handle(joiner, "joiner")?,
                OutStructs::many(incomplete, element_size, capacity, "incomplete")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, joiner.joiner.incomplete().skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// How many messages were given up that had not all their segments: to make room, or because a segment contradicted them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_joiner_lost(
    joiner: *const omadm_sms_joiner,
    lost: *mut u64,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (joiner, out) = unsafe { (handle(joiner, "joiner")?, Out::new(lost, "lost")?) };
        out.set(joiner.joiner.lost());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Gives up the messages that began before this time: references come again, and what is missing of an old message would be taken from a new one.
/// `*forgotten`, which may be NULL, receives how many they were.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_sms_joiner_forget_before(
    joiner: *mut omadm_sms_joiner,
    time: u64,
    forgotten: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, mut joiner) = unsafe { (Out::optional(forgotten, "forgotten")?, handle_mut(joiner, "joiner")?) };
        out.set(joiner.joiner.forget_before(time));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
