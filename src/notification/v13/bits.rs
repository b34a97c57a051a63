//! Numbers of some bits inside a word of at most 64, from its most significant bit on.

/// Takes numbers out of a word.
pub(super) struct Reader {
    word: u64,
    left: u32,
}

impl Reader {
    /// Reads big-endian octets, at most eight.
    pub(super) fn new(octets: &[u8]) -> Reader {
        let word = octets.iter().fold(0_u64, |word, octet| word.wrapping_shl(8) | u64::from(*octet));
        let left = u32::try_from(octets.len()).unwrap_or(u32::MAX).saturating_mul(8);
        Reader { word, left }
    }

    /// The next `width` bits.
    pub(super) fn take(&mut self, width: u8) -> u64 {
        self.left = self.left.saturating_sub(u32::from(width));
        self.word.checked_shr(self.left).unwrap_or(0) & max(width)
    }
}

/// Puts numbers into a word.
#[derive(Default)]
pub(super) struct Writer {
    word: u64,
    len: u32,
}

impl Writer {
    /// Appends `width` bits; `None` if the value does not fit them, or the word has no room.
    pub(super) fn put(&mut self, width: u8, value: u64) -> Option<()> {
        self.len = self.len.checked_add(u32::from(width)).filter(|len| *len <= u64::BITS)?;
        let word = self.word.checked_shl(u32::from(width)).unwrap_or(0);
        self.word = word | Some(value).filter(|value| *value <= max(width))?;
        Some(())
    }

    /// Bits so far.
    pub(super) const fn len(&self) -> u32 {
        self.len
    }

    /// The octets, of a whole number of octets.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let octets = self.word.to_be_bytes();
        let unused = u64::BITS.saturating_sub(self.len).wrapping_div(8);
        out.extend(octets.iter().skip(usize::try_from(unused).unwrap_or(usize::MAX)));
    }
}

/// The largest number of `width` bits.
pub(super) const fn max(width: u8) -> u64 {
    // A shift by all 64 bits has no result, and stands for no bits at all.
    match u64::MAX.checked_shr(64_u32.saturating_sub(width as u32)) {
        Some(max) => max,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_width_come_back() {
        // 3 + 61 bits, 64 bits, and a number too many.
        let mut writer = Writer::default();
        assert_eq!((writer.put(3, 5), writer.put(61, 7), writer.put(1, 0)), (Some(()), Some(()), None));
        let mut out = Vec::new();
        writer.write(&mut out);
        assert_eq!(out, [0xa0, 0, 0, 0, 0, 0, 0, 7]);
        let mut reader = Reader::new(&out);
        assert_eq!((reader.take(3), reader.take(61), reader.take(8)), (5, 7, 7));
        let mut writer = Writer::default();
        assert_eq!((writer.put(64, u64::MAX), writer.len()), (Some(()), 64));
        assert_eq!(Writer::default().put(4, 16), None);
        assert_eq!((max(0), max(1), max(64)), (0, 1, u64::MAX));
    }

    #[test]
    fn a_word_shorter_than_eight_octets_keeps_its_own_length() {
        let mut writer = Writer::default();
        for (width, value) in [(10, 13), (2, 1), (1, 1), (3, 0)] {
            writer.put(width, value).unwrap();
        }
        let mut out = vec![0xff];
        writer.write(&mut out);
        assert_eq!(out, [0xff, 0x03, 0x58]);
    }
}
