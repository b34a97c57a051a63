//! The forms in which WSP writes values.

use nom::bytes::complete::{tag, take, take_till, take_while_m_n};
use nom::combinator::verify;
use nom::number::complete::u8;
use nom::{IResult, Offset, Parser};

/// The top bit marks a short integer or a well-known header.
pub(super) const SHORT: u8 = 0x80;
/// First octet of a value whose length follows as uintvar; a smaller octet is the length itself.
pub(super) const LENGTH_QUOTE: u8 = 31;

/// What is left, and a value read before it.
pub(super) type Parsed<'a, T> = IResult<&'a [u8], T, ()>;

/// One octet. A function of its own to fix the type of errors.
pub(super) fn octet(input: &[u8]) -> Parsed<'_, u8> {
    u8(input)
}

/// A number in groups of seven bits, the top bit of an octet telling that more follow; at most five octets, 32 bits.
pub(super) fn uintvar(input: &[u8]) -> Parsed<'_, u32> {
    let more = take_while_m_n(0, 4, |octet| octet & SHORT != 0);
    let last = verify(u8, |octet| octet & SHORT == 0);
    (more, last)
        .map_opt(|(more, last): (&[u8], u8)| {
            more.iter()
                .chain([&last])
                .try_fold(0_u32, |value, octet| value.checked_mul(128)?.checked_add(u32::from(octet & !SHORT)))
        })
        .parse(input)
}

/// Text up to its zero, which is taken too. It may not be empty or begin with an octet that means something else.
pub(super) fn text(input: &[u8]) -> Parsed<'_, &[u8]> {
    verify(zero_terminated, |text: &[u8]| text.first().is_some_and(|first| *first > LENGTH_QUOTE)).parse(input)
}

fn zero_terminated(input: &[u8]) -> Parsed<'_, &[u8]> {
    (take_till(|octet| octet == 0), tag([0].as_slice())).map(|(text, _)| text).parse(input)
}

/// A short integer, or a long one of up to four octets.
pub(super) fn number(input: &[u8]) -> Parsed<'_, u32> {
    let short = verify(u8, |octet| octet & SHORT != 0).map(|octet| u32::from(octet & !SHORT));
    let long = verify(u8, |length| (1..=4).contains(length))
        .flat_map(take)
        .map(|octets: &[u8]| octets.iter().fold(0_u32, |value, octet| value << u8::BITS | u32::from(*octet)));
    short.or(long).parse(input)
}

/// A date: seconds since 1970 in a long integer.
pub(super) fn date(input: &[u8]) -> Parsed<'_, u64> {
    verify(u8, |length| (1..=8).contains(length))
        .flat_map(take)
        .map(|octets: &[u8]| octets.iter().fold(0_u64, |value, octet| value << u8::BITS | u64::from(*octet)))
        .parse(input)
}

/// The content of a value that begins with its length.
pub(super) fn length_prefixed(input: &[u8]) -> Parsed<'_, &[u8]> {
    let (rest, first) = octet(input)?;
    let (rest, length) = if first == LENGTH_QUOTE { uintvar(rest)? } else { (rest, u32::from(first)) };
    take(length).parse(rest)
}

/// Any value, with the octets that tell its form, by the rule for skipping unknown headers (WAP-230-WSP §8.4.1.2).
pub(super) fn value(input: &[u8]) -> Parsed<'_, &[u8]> {
    let (after_first, first) = octet(input)?;
    let rest = match first {
        0..=LENGTH_QUOTE => length_prefixed(input)?.0,
        SHORT.. => after_first,
        _ => zero_terminated(input)?.0,
    };
    take(input.offset(rest)).parse(input)
}
