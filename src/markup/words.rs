//! Octets taken eight at a time, as numbers: for distances over which a call of `memchr` costs more than it saves.

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;
pub(super) const WORD: usize = 8;

fn repeat(octet: u8) -> u64 {
    u64::from(octet).wrapping_mul(ONES)
}

/// A number whose lowest set bit is in the first octet of `word` that is `octet`.
pub(super) fn equal(word: u64, octet: u8) -> u64 {
    let difference = word ^ repeat(octet);
    difference.wrapping_sub(ONES) & !difference & TOPS
}

/// The octet that the lowest set bit is in.
pub(super) fn first(marks: u64) -> usize {
    (marks.trailing_zeros() / u8::BITS) as usize
}

pub(super) fn word(octets: &[u8], at: usize) -> Option<u64> {
    octets.get(at..)?.first_chunk::<WORD>().map(|chunk| u64::from_le_bytes(*chunk))
}

/// [`equal`] for three octets of ASCII at once.
#[inline(always)]
pub(super) fn equal_any(word: u64, octets: [u8; 3]) -> u64 {
    // What is no ASCII is told by its own top bit, whatever it is compared with.
    let less = octets.map(|octet| (word ^ repeat(octet)).wrapping_sub(ONES));
    less.into_iter().fold(0, |all, one| all | one) & !word & TOPS
}

/// Where the first zero is.
pub(super) fn find_zero(octets: &[u8]) -> Option<usize> {
    /// Words to look through before `memchr` takes over.
    const NEAR: usize = 4;
    let mut at = 0_usize;
    for _ in 0..NEAR {
        let Some(word) = word(octets, at) else { break };
        let marks = equal(word, 0);
        if marks != 0 {
            return Some(at.wrapping_add(first(marks)));
        }
        at = at.wrapping_add(WORD);
    }
    memchr::memchr(0, octets.get(at..)?).map(|found| at.wrapping_add(found))
}

/// Where the first zero is, and whether everything before it is ASCII.
#[inline]
pub(super) fn zero_end(octets: &[u8]) -> Option<(usize, bool)> {
    /// Words to look through before `memchr` takes over.
    const NEAR: usize = 6;
    let (words, _) = octets.as_chunks::<WORD>();
    let mut seen = 0_u64;
    for (at, word) in words.iter().take(NEAR).enumerate() {
        let word = u64::from_le_bytes(*word);
        let marks = equal(word, 0);
        if marks != 0 {
            // What is below the lowest mark.
            seen |= word & (marks & marks.wrapping_neg()).wrapping_sub(1);
            return Some((at.wrapping_mul(WORD).wrapping_add(first(marks)), seen & TOPS == 0));
        }
        seen |= word;
    }
    far_zero_end(octets)
}

#[inline(never)]
fn far_zero_end(octets: &[u8]) -> Option<(usize, bool)> {
    let len = memchr::memchr(0, octets)?;
    Some((len, octets.get(..len)?.is_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_where_they_are() {
        for octet in 0..=u8::MAX {
            for at in 0..8 {
                let mut octets = [b'x'; 8];
                octets[at] = octet;
                let word = u64::from_le_bytes(octets);
                assert_ne!(equal(word, octet), 0);
                if octet != b'x' {
                    assert_eq!(first(equal(word, octet)), at);
                }
            }
        }
    }

    #[test]
    fn the_first_of_three_octets_is_found_wherever_it_is() {
        let three = *b"<&\r";
        for at in 0..WORD {
            for octet in 0..=0xFF {
                for others in [b'x', 0xFF, 0] {
                    let mut word = [others; WORD];
                    word[at] = octet;
                    word[at + 1..].fill(b'=');
                    let marks = equal_any(u64::from_le_bytes(word), three);
                    assert_eq!((marks != 0).then(|| first(marks)), three.contains(&octet).then_some(at));
                }
            }
        }
    }

    #[test]
    fn zeros_are_found_where_a_plain_search_finds_them() {
        for len in 0..70 {
            let mut octets = vec![b'x'; len];
            assert_eq!(find_zero(&octets), None);
            for at in 0..len {
                octets[at] = 0;
                assert_eq!(find_zero(&octets), octets.iter().position(|octet| *octet == 0));
                octets[at] = 1;
            }
        }
    }
}
