//! Where the bits of a DM 1.3 notification stand, as a value. *Provisional.*

use super::bits;
use super::reconstructed::RECONSTRUCTED;
use crate::notification::Bearer;
use crate::{Error, ErrorKind, Result};

/// A field of the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderField {
    /// Version of the format, 1 to 16 bits.
    Version,
    /// How much of the session the user should notice, 2 bits.
    UiMode,
    /// Who wanted the session, 1 bit.
    Initiator,
    /// Bits without meaning, zero when written; may occur several times.
    Reserved,
    /// The session id, 1 to 16 bits. Required.
    SessionId,
    /// How many options follow, 1 to 16 bits. Required.
    OptionCount,
}

/// Where the digest stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigestPlace {
    /// Before the header, as in DM 1.2.
    First,
    /// After the last option.
    Last,
}

/// What the digest is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigestCovers {
    /// Everything but the digest.
    AllButDigest,
    /// Everything, with sixteen zero octets in the place of the digest.
    AllWithDigestZeroed,
}

/// What a [`Layout`] consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parts<'l> {
    /// The fields of the header with their widths in bits, in their order.
    pub header: &'l [(HeaderField, u8)],
    /// Bits of the number of an option, 3 to 16.
    pub option_number: u8,
    /// Bits of the length of an option, which follow those of the number: together 16 or 24.
    pub option_length: u8,
    /// What the length field says less than the option has octets: 0 or 1.
    pub length_bias: u8,
    /// Where the digest stands.
    pub digest_place: DigestPlace,
    /// What the digest covers.
    pub digest_covers: DigestCovers,
    /// What is written as version.
    pub version: u16,
    /// Codes of the option Preferred-Bearer, each code and each bearer once.
    pub bearers: &'l [(u8, Bearer)],
}

/// Where the bits of a DM 1.3 notification stand: parts that keep the rules. *Provisional* (`provisional.md` §2).
///
/// ```
/// use omadm::notification::v13::{Layout, Parts};
/// // The reconstructed layout, but with lengths counted from 1.
/// let parts = Parts { length_bias: 1, ..*Layout::RECONSTRUCTED.parts() };
/// assert!(Layout::new(parts).is_ok());
/// assert!(Layout::new(Parts { option_number: 5, ..parts }).is_err(), "17 bits");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Layout<'l> {
    parts: Parts<'l>,
}

impl Layout<'static> {
    /// This project's reconstruction. *Provisional: not from a public OMA text.*
    pub const RECONSTRUCTED: Layout<'static> = Layout { parts: RECONSTRUCTED };
}

impl<'l> Layout<'l> {
    /// A layout of these parts.
    ///
    /// # Errors
    ///
    /// [`NotificationLayoutRule`](ErrorKind::NotificationLayoutRule) when the parts break a rule of their docs; when
    /// the header has a field but Reserved twice, or lacks SessionId or OptionCount; when its widths are not whole
    /// octets or more than 64 bits together. The offset is the index of the header field at fault, or how many there
    /// are when it is something else.
    pub fn new(parts: Parts<'l>) -> Result<Layout<'l>> {
        let broken = |index: usize| Error::new(ErrorKind::NotificationLayoutRule, index);
        let mut total = 0_u32;
        for (index, (field, width)) in parts.header.iter().enumerate() {
            let most = match field {
                HeaderField::Reserved => 64,
                HeaderField::UiMode => 2,
                HeaderField::Initiator => 1,
                HeaderField::Version | HeaderField::SessionId | HeaderField::OptionCount => 16,
            };
            let least = if *field == HeaderField::UiMode { 2 } else { 1 };
            let twice = parts.header.iter().take(index).any(|(before, _)| before == field);
            total = total.saturating_add(u32::from(*width));
            if !(least..=most).contains(width) || twice && *field != HeaderField::Reserved || total > u64::BITS {
                return Err(broken(index));
            }
        }
        let has = |wanted: HeaderField| parts.header.iter().any(|(field, _)| *field == wanted);
        let option_header = u32::from(parts.option_number).saturating_add(u32::from(parts.option_length));
        let version_fits = parts
            .header
            .iter()
            .all(|(field, width)| *field != HeaderField::Version || u64::from(parts.version) <= bits::max(*width));
        let bearer_twice = parts.bearers.iter().enumerate().any(|(index, (code, bearer))| {
            matches!(bearer, Bearer::Other(_))
                || parts.bearers.iter().take(index).any(|(other, same)| other == code || same == bearer)
        });
        let fine = has(HeaderField::SessionId)
            && has(HeaderField::OptionCount)
            && total.is_multiple_of(8)
            && (3..=16).contains(&parts.option_number)
            && parts.option_length > 0
            && matches!(option_header, 16 | 24)
            && parts.length_bias <= 1
            && version_fits
            && !bearer_twice;
        if fine { Ok(Layout { parts }) } else { Err(broken(parts.header.len())) }
    }

    /// What it consists of.
    #[must_use]
    pub const fn parts(&self) -> &Parts<'l> {
        &self.parts
    }

    /// The bearer that a code of the option Preferred-Bearer stands for.
    #[must_use]
    pub fn bearer(&self, code: u8) -> Bearer {
        let found = self.parts.bearers.iter().find(|(known, _)| *known == code);
        found.map_or(Bearer::Other(code), |(_, bearer)| *bearer)
    }

    /// The code of a bearer, if the layout has one; that of [`Other`](Bearer::Other) is its own.
    #[must_use]
    pub fn bearer_code(&self, bearer: Bearer) -> Option<u8> {
        match bearer {
            Bearer::Other(code) => Some(code),
            _ => self.parts.bearers.iter().find(|(_, known)| *known == bearer).map(|(code, _)| *code),
        }
    }

    /// Octets of the header.
    pub(super) fn header_len(&self) -> usize {
        self.parts
            .header
            .iter()
            .fold(0_usize, |sum, (_, width)| sum.saturating_add(usize::from(*width)))
            .wrapping_div(8)
    }

    /// Octets before the value of an option.
    pub(super) fn option_header_len(&self) -> usize {
        usize::from(self.parts.option_number.saturating_add(self.parts.option_length)).wrapping_div(8)
    }

    /// Where the header begins.
    pub(super) const fn header_at(&self) -> usize {
        match self.parts.digest_place {
            DigestPlace::First => super::DIGEST,
            DigestPlace::Last => 0,
        }
    }

    /// What is hashed: the header with the options, and where the layout wants it the digest's place zeroed.
    pub(super) const fn hashed<'b>(&self, body: &'b [u8]) -> [&'b [u8]; 2] {
        const ZEROED: &[u8] = &[0; super::DIGEST];
        match (self.parts.digest_covers, self.parts.digest_place) {
            (DigestCovers::AllButDigest, _) => [body, &[]],
            (DigestCovers::AllWithDigestZeroed, DigestPlace::First) => [ZEROED, body],
            (DigestCovers::AllWithDigestZeroed, DigestPlace::Last) => [body, ZEROED],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constant_keeps_the_rules() {
        assert_eq!(Layout::new(RECONSTRUCTED), Ok(Layout::RECONSTRUCTED));
    }
}
