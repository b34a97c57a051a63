//! Whether a text can be written as it stands.
//!
//! Nearly all texts are a few dozen octets of ASCII. They are looked at as numbers, eight octets at a time; the last eight overlap
//! those before.

const WORD: usize = 8;
const TOPS: u64 = repeat(0x80);

const fn repeat(octet: u8) -> u64 {
    u64::from_le_bytes([octet; WORD])
}

/// Whether XML text and UTF-8 both have these octets as they are: ASCII from the space on, and nothing that is escaped.
#[inline]
pub(super) fn is_plain_xml(text: &[u8]) -> bool {
    all(text, |word| {
        let not_control = word.wrapping_add(repeat(0x80 - b' '));
        let not_ampersand = (word ^ repeat(b'&')).wrapping_add(repeat(0x7F));
        // The two differ in one bit.
        let not_bracket = (word & repeat(!(b'<' ^ b'>')) ^ repeat(b'<')).wrapping_add(repeat(0x7F));
        not_control & not_ampersand & not_bracket
    })
}

/// Whether these octets are ASCII without a zero: what an inline string of WBXML, and UTF-8, have as it is.
#[inline]
pub(super) fn is_plain_wbxml(text: &[u8]) -> bool {
    all(text, |word| word.wrapping_add(repeat(0x7F)))
}

/// Whether all octets are ASCII, and `good` sets the top bits of all of them. It may add up to 0x80 to any octet: octets of ASCII
/// carry nothing over into their neighbours then, and others are found by their own top bits.
#[inline(always)]
fn all(text: &[u8], good: impl Fn(u64) -> u64) -> bool {
    let good = |word: u64| good(word) & !word & TOPS;
    let Some(last) = text.last_chunk::<WORD>() else { return good(padded(text)) == TOPS };
    let mut all = good(u64::from_le_bytes(*last));
    let (words, _) = text.as_chunks::<WORD>();
    for word in words {
        all &= good(u64::from_le_bytes(*word));
    }
    all == TOPS
}

/// Fewer than eight octets, some of them twice, and letters where there are none.
#[inline(always)]
fn padded(text: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << u32::BITS;
    }
    text.iter().fold(repeat(b'a'), |few, octet| few << u8::BITS | u64::from(*octet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_octet_is_seen_wherever_it_stands() {
        for len in 0..50 {
            let plain = vec![b'a'; len];
            assert!(is_plain_xml(&plain) && is_plain_wbxml(&plain));
            for at in 0..len {
                for octet in 0..=0xFF {
                    let mut text = plain.clone();
                    text[at] = octet;
                    let as_it_is = matches!(octet, b' '..=0x7F) && !b"&<>".contains(&octet);
                    assert_eq!(is_plain_xml(&text), as_it_is, "{octet:#x} at {at} of {len}");
                    assert_eq!(is_plain_wbxml(&text), matches!(octet, 1..=0x7F), "{octet:#x} at {at} of {len}");
                }
            }
        }
    }
}
