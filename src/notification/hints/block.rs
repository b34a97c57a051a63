//! What hints travel in: segments in the vendor's octets, base64 in a text. *Provisional.*

use super::Hints;
use super::codes::{BLOCK, FULL_SEGMENT, MAX_STREAM, SEGMENT, STREAM, TEXT, TEXT_END, TEXT_RECOGNISED, VERSION};
use super::decode;
use crate::{Error, ErrorKind, Result};
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use std::borrow::Cow;

/// Hints as they were found.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Block<'a> {
    /// The version of their format. Of another than 1 no hint is read.
    pub version: u8,
    /// The hints; none of a later version.
    pub hints: Hints<'a>,
    /// What follows them, which is the vendor's own; of a text without the semicolon between.
    pub rest: &'a [u8],
}

impl<'a> Block<'a> {
    /// Finds hints at the start of the vendor's octets of a DM 1.2 notification. `None`: there are others there, or
    /// none.
    ///
    /// # Errors
    ///
    /// All hints count as absent, and the notification stays what it is. Offsets are those in `vendor`:
    ///
    /// * [`HintSegment`](ErrorKind::HintSegment) at the length of a segment that reaches past the end, or where one
    ///   should begin;
    /// * [`HintLimit`](ErrorKind::HintLimit) at the length of the segment, or at the type of the hint, that is too
    ///   much;
    /// * [`HintType`](ErrorKind::HintType), [`HintOrder`](ErrorKind::HintOrder),
    ///   [`HintRepeated`](ErrorKind::HintRepeated) and
    ///   [`HintLanguage`](ErrorKind::HintLanguage) at the type of the hint;
    /// * [`HintLength`](ErrorKind::HintLength) and [`HintEnd`](ErrorKind::HintEnd) at its length;
    /// * [`HintValue`](ErrorKind::HintValue) at its length when it is of the wrong size, else in its value;
    /// * [`InvalidUtf8`](ErrorKind::InvalidUtf8) at the first octet that is no text.
    pub fn find(vendor: &'a [u8]) -> Result<Option<Block<'a>>> {
        let [BLOCK, SEGMENT, 1..=u8::MAX, first, ..] = vendor else { return Ok(None) };
        let Some(version) = version(*first) else { return Ok(None) };
        let (stream, rest) = join(vendor)?;
        let hints = hints(version, stream).map_err(|error| error.moved_to(in_segments(error.offset())))?;
        Ok(Some(Block { version, hints, rest }))
    }

    /// Finds hints at the start of the option Vendor-Info of a DM 1.3 notification. `None`: there is another text
    /// there.
    ///
    /// # Errors
    ///
    /// Those of [`find`](Block::find), with [`offset`](Error::offset) in the text and [`inner`](Error::inner) in the
    /// decoded octets; and [`InvalidBase64`](ErrorKind::InvalidBase64) at the first character that is wrong.
    pub fn find_in_text(text: &'a str) -> Result<Option<Block<'a>>> {
        let Some(encoded) = text.strip_prefix(TEXT).filter(|_| text.starts_with(TEXT_RECOGNISED)) else {
            return Ok(None);
        };
        // Two characters are the first octet and four bits of the second: before they name a version, all that follows
        // is somebody else's text.
        let Some(version) = encoded.get(..2).and_then(first_octet).and_then(version) else { return Ok(None) };
        let (encoded, rest) = encoded.split_once(TEXT_END).unwrap_or((encoded, ""));
        if base64::decoded_len_estimate(encoded.len()) > MAX_STREAM.saturating_add(3) {
            return Err(Error::new(ErrorKind::HintLimit, TEXT.len()));
        }
        let stream = URL_SAFE_NO_PAD.decode(encoded).map_err(|error| {
            let at = match error {
                base64::DecodeError::InvalidByte(offset, _) | base64::DecodeError::InvalidLastSymbol { offset, .. } => {
                    offset
                }
                _ => encoded.len(),
            };
            Error::new(ErrorKind::InvalidBase64, TEXT.len().saturating_add(at))
        })?;
        let hints = hints(version, Cow::Owned(stream)).map_err(|error| {
            // Three octets are four characters.
            let character = error.offset().saturating_mul(4).wrapping_div(3);
            error.embedded_at(TEXT.len().saturating_add(character))
        })?;
        Ok(Some(Block { version, hints, rest: rest.as_bytes() }))
    }
}

/// What two characters of base64 begin with, whatever bits are left over.
fn first_octet(characters: &str) -> Option<u8> {
    const LAX: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));
    LAX.decode(characters).ok()?.first().copied()
}

/// The version that the first octet of a stream names.
fn version(first: u8) -> Option<u8> {
    first.checked_sub(STREAM).filter(|version| (1..=0x0F).contains(version))
}

/// The hints of a stream; errors are at places in it.
fn hints(version: u8, stream: Cow<'_, [u8]>) -> Result<Hints<'_>> {
    if stream.len() > MAX_STREAM {
        return Err(Error::new(ErrorKind::HintLimit, MAX_STREAM));
    }
    if version != VERSION {
        return Ok(Hints::default());
    }
    match stream {
        Cow::Borrowed(stream) => decode::hints(stream),
        Cow::Owned(stream) => decode::hints(&stream).map(Hints::into_owned),
    }
}

/// The octets of all segments, and what follows them.
fn join(vendor: &[u8]) -> Result<(Cow<'_, [u8]>, &[u8])> {
    let mut stream = Cow::Borrowed(&[][..]);
    let (_, mut rest) = vendor.split_at_checked(1).unwrap_or_default();
    loop {
        let at = vendor.len().saturating_sub(rest.len());
        let [SEGMENT, length, after @ ..] = rest else { return Err(Error::new(ErrorKind::HintSegment, at)) };
        let error = |kind| Error::new(kind, at.saturating_add(1));
        let length = usize::from(*length);
        let (segment, after) = after.split_at_checked(length).ok_or(error(ErrorKind::HintSegment))?;
        if stream.len().saturating_add(length) > MAX_STREAM {
            return Err(error(ErrorKind::HintLimit));
        }
        if stream.is_empty() {
            stream = Cow::Borrowed(segment);
        } else {
            stream.to_mut().extend_from_slice(segment);
        }
        rest = after;
        if length < FULL_SEGMENT {
            return Ok((stream, rest));
        }
    }
}

/// Where in the vendor's octets an octet of the stream stands: behind the octet of the block, and the two of each
/// segment so far.
fn in_segments(at: usize) -> usize {
    let segments = at.wrapping_div(FULL_SEGMENT).saturating_add(1);
    at.saturating_add(1).saturating_add(segments.saturating_mul(2))
}
