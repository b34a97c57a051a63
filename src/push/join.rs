//! Messages that arrive in segments.

use super::sms::{self, Concatenation, Ports, Reference};
use super::{cdma, sms::Segment};
use crate::{Error, ErrorKind, Limits, Result};
use core::fmt;
use std::borrow::Cow;
use std::collections::VecDeque;

/// Puts together the segments of SMS and CDMA messages, in whatever order they come, duplicates among them.
///
/// `S` is what the caller knows the sender by. Segments belong together when sender, reference and total are the same:
/// one with another total is of another message. References come again: a segment that contradicts what is held begins
/// its message anew, so that neither an old segment nor a forged one keeps the message out. What is held is bounded by
/// [`Limits::segments`]: when there is no more room, the message that began first gives way, so that senders which never
/// complete anything keep nobody out for long. [`lost`](Joiner::lost) counts both. The joiner has no clock: times are the
/// caller's, in seconds, or always 0.
///
/// See [`sms`] for an example.
#[derive(Clone)]
pub struct Joiner<S> {
    /// In the order in which they began.
    messages: VecDeque<Message<S>>,
    /// Segments of all messages.
    held: u32,
    limit: u32,
    lost: u64,
}

/// What tells messages of one sender from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Series {
    Sms(Reference),
    Cdma(u16),
}

/// A message of which something is missing.
#[derive(Clone)]
struct Message<S> {
    sender: S,
    series: Series,
    total: u8,
    since: u64,
    ports: Option<Ports>,
    /// Number from 1 and data, by number.
    pieces: Vec<(u8, Box<[u8]>)>,
}

/// What was pushed is not printed.
impl<S> fmt::Debug for Joiner<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (messages, segments) = (self.messages.len(), self.held);
        f.debug_struct("Joiner").field("messages", &messages).field("segments", &segments).finish_non_exhaustive()
    }
}

/// What is known of a message of which something is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete<'j, S> {
    /// Who sends it.
    pub sender: &'j S,
    /// How many segments it has.
    pub total: u8,
    /// Which of them have not come, from 1, ascending; there is one.
    pub missing: Vec<u8>,
    /// The time at which its first segment came.
    pub since: u64,
}

/// What a segment does that contradicts those before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Conflict {
    BeginsAnew,
    Error,
}

/// A segment of either kind.
struct Piece<'a> {
    series: Series,
    total: u8,
    /// From 1.
    number: u8,
    ports: Option<Ports>,
    data: &'a [u8],
    /// Where an error about its numbers points to, and one about the data.
    numbers_at: usize,
    data_at: usize,
}

impl<S: PartialEq> Default for Joiner<S> {
    fn default() -> Joiner<S> {
        Joiner::new(&Limits::DEFAULT)
    }
}

impl<S: PartialEq> Joiner<S> {
    /// One that holds as many segments as these limits allow.
    #[must_use]
    pub const fn new(limits: &Limits) -> Joiner<S> {
        Joiner { messages: VecDeque::new(), held: 0, limit: limits.segments, lost: 0 }
    }

    /// Takes the user data of a short message that has a user data header: one whose TP-UDHI is set. What comes without
    /// such a header is whole, and not for here.
    ///
    /// When it is the last segment that was missing, the message is handed out as if it had come in one: the port header,
    /// if there was one, then the data of all. The only segment of a message is handed out as it came, header included,
    /// and borrowed. One that was there already does nothing.
    ///
    /// # Errors
    ///
    /// Those of [`Segment::decode`](sms::Segment::decode), and [`LimitSegments`](ErrorKind::LimitSegments) at the
    /// reference of a message that has more segments than may be held. What was held before stays as it is.
    pub fn sms<'a>(&mut self, sender: S, user_data: &'a [u8], now: u64) -> Result<Option<Cow<'a, [u8]>>> {
        self.sms_or(sender, user_data, now, Conflict::BeginsAnew)
    }

    fn sms_or<'a>(
        &mut self,
        sender: S,
        user_data: &'a [u8],
        now: u64,
        conflict: Conflict,
    ) -> Result<Option<Cow<'a, [u8]>>> {
        if user_data.len() > sms::MAX_SEGMENT {
            return Err(Error::new(ErrorKind::PushSegmentSize, sms::MAX_SEGMENT));
        }
        let (segment, places) = Segment::decode_at(user_data)?;
        let Some(Concatenation { reference, total: 2.., number }) = segment.concatenation else {
            return Ok(Some(Cow::Borrowed(user_data)));
        };
        let total = segment.concatenation.map_or(1, |concatenation| concatenation.total);
        let data_at = user_data.len().saturating_sub(segment.data.len());
        let (ports, data) = (segment.ports, segment.data);
        let series = Series::Sms(reference);
        let piece = Piece { series, total, number, ports, data, numbers_at: places.concatenation, data_at };
        let whole = self.add(sender, &piece, now, conflict)?;
        // Without ports there is nothing that a header would say.
        let header = |whole: &Message<S>| whole.ports.map(|ports| sms::header(None, Some(ports))).unwrap_or_default();
        Ok(whole.map(|whole| Cow::Owned(whole.after(header(&whole)))))
    }

    /// The same of a CDMA segment; the identifier is that of the message in the layer below.
    ///
    /// # Errors
    ///
    /// Those of [`cdma::Segment::decode`], and [`LimitSegments`](ErrorKind::LimitSegments) at 1, the numbers, as of
    /// [`sms`](Joiner::sms).
    pub fn cdma<'a>(
        &mut self,
        sender: S,
        identifier: u16,
        segment: &'a [u8],
        now: u64,
    ) -> Result<Option<Cow<'a, [u8]>>> {
        const NUMBERS_AT: usize = 1;
        let cdma::Segment { total, number, ports, data } = cdma::Segment::decode(segment)?;
        if total == 1 {
            return Ok(Some(Cow::Borrowed(segment)));
        }
        let data_at = segment.len().saturating_sub(data.len());
        // Below the total, so that one more fits.
        let number = number.saturating_add(1);
        let series = Series::Cdma(identifier);
        let piece = Piece { series, total, number, ports, data, numbers_at: NUMBERS_AT, data_at };
        let whole = self.add(sender, &piece, now, Conflict::BeginsAnew)?;
        Ok(whole.map(|whole| Cow::Owned(whole.after(cdma::header(1, 0, whole.ports)))))
    }

    /// The messages of which something is missing, in the order in which they began.
    pub fn incomplete(&self) -> impl Iterator<Item = Incomplete<'_, S>> {
        self.messages.iter().map(|message| Incomplete {
            sender: &message.sender,
            total: message.total,
            missing: (1..=message.total).filter(|number| message.place(*number).is_err()).collect(),
            since: message.since,
        })
    }

    /// Gives up the messages that began before this time: references come again, and what is missing of an old message
    /// would be taken from a new one. Says how many they were.
    pub fn forget_before(&mut self, time: u64) -> usize {
        let before = self.messages.len();
        self.messages.retain(|message| message.since >= time);
        self.held = self.messages.iter().fold(0_u32, |held, message| held.saturating_add(message.held()));
        before.saturating_sub(self.messages.len())
    }

    /// How many messages were given up that had not all their segments: to make room, or because a segment contradicted
    /// them.
    #[must_use]
    pub const fn lost(&self) -> u64 {
        self.lost
    }

    /// Adds a piece; takes out the message that it completes.
    fn add(&mut self, sender: S, piece: &Piece<'_>, now: u64, conflict: Conflict) -> Result<Option<Message<S>>> {
        let &Piece { series, total, number, ports, data, numbers_at, data_at } = piece;
        if u32::from(total) > self.limit {
            return Err(Error::new(ErrorKind::LimitSegments, numbers_at));
        }
        let is_it = |held: &Message<S>| held.series == series && held.total == total && held.sender == sender;
        let mut found = self.messages.iter().position(is_it);
        if let Some((index, held)) = found.and_then(|index| Some((index, self.messages.get(index)?))) {
            let known = held.place(number).ok().and_then(|place| held.pieces.get(place));
            let contradicted = if held.ports.zip(ports).is_some_and(|(one, other)| one != other) {
                Some(numbers_at)
            } else {
                match known {
                    Some((_, known)) if **known == *data => return Ok(None),
                    Some(_) => Some(data_at),
                    None => None,
                }
            };
            match (contradicted, conflict) {
                (Some(at), Conflict::Error) => return Err(Error::new(ErrorKind::PushSegmentConflict, at)),
                (Some(_), Conflict::BeginsAnew) => {
                    self.give_up(index);
                    found = None;
                }
                (None, _) => {}
            }
        }
        let mut index = found.unwrap_or(self.messages.len());
        while self.held >= self.limit {
            // The message itself does not give way: alone, it fits.
            let oldest = usize::from(index == 0);
            if self.messages.get(oldest).is_none() {
                break;
            }
            self.give_up(oldest);
            index = index.saturating_sub(usize::from(oldest < index));
        }
        if found.is_none() {
            let pieces = Vec::new();
            self.messages.push_back(Message { sender, series, total, since: now, ports: None, pieces });
        }
        let Some(message) = self.messages.get_mut(index) else { return Ok(None) };
        message.ports = message.ports.or(ports);
        if let Err(place) = message.place(number) {
            message.pieces.insert(place, (number, data.into()));
            self.held = self.held.saturating_add(1);
        }
        if message.pieces.len() < usize::from(total) {
            return Ok(None);
        }
        self.held = self.held.saturating_sub(message.held());
        Ok(self.messages.remove(index))
    }

    /// Forgets a message, and counts it.
    fn give_up(&mut self, index: usize) {
        if let Some(gone) = self.messages.remove(index) {
            self.held = self.held.saturating_sub(gone.held());
            self.lost = self.lost.saturating_add(1);
        }
    }
}

impl<S> Message<S> {
    /// Where a segment is, or where it would be.
    fn place(&self, number: u8) -> core::result::Result<usize, usize> {
        self.pieces.binary_search_by_key(&number, |(number, _)| *number)
    }

    /// How many segments are there: never more than the total.
    fn held(&self) -> u32 {
        u32::try_from(self.pieces.len()).unwrap_or(u32::MAX)
    }

    /// All data, behind a header.
    fn after(&self, mut header: Vec<u8>) -> Vec<u8> {
        for (_, data) in &self.pieces {
            header.extend_from_slice(data);
        }
        header
    }
}

/// Joins the short messages of one push, in any order, to what it would be in one: port header and data.
///
/// # Errors
///
/// Those of [`Joiner::sms`], and
/// * [`PushSegmentConflict`](ErrorKind::PushSegmentConflict) at the data of a segment that came before with other data, at
///   the reference of one with other ports than the others, or at the beginning of one of another message;
/// * [`TrailingData`](ErrorKind::TrailingData) at a segment behind the last that was missing;
/// * [`PushSegmentMissing`](ErrorKind::PushSegmentMissing) at the end when one has not come.
///
/// Offsets count through all of them, one after another.
pub fn join(segments: &[&[u8]], limits: &Limits) -> Result<Vec<u8>> {
    let mut joiner = Joiner::new(limits);
    let mut at = 0_usize;
    let mut whole: Option<Vec<u8>> = None;
    for segment in segments {
        if whole.is_some() {
            return Err(Error::new(ErrorKind::TrailingData, at));
        }
        let joined = joiner.sms_or((), segment, 0, Conflict::Error).map_err(|error| error.shifted(at))?;
        whole = joined.map(Cow::into_owned);
        if joiner.messages.len() > usize::from(whole.is_none()) {
            return Err(Error::new(ErrorKind::PushSegmentConflict, at));
        }
        at = at.saturating_add(segment.len());
    }
    whole.ok_or(Error::new(ErrorKind::PushSegmentMissing, at))
}
