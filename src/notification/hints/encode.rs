//! [`Hints`] to a block or a text. *Provisional.*

use super::codes::{BLOCK, Code, FULL_SEGMENT, MAX_STREAM, SEGMENT, STREAM, TEXT, VERSION, hint};
use super::decode;
use super::types::Hints;
use crate::{Error, ErrorKind, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

impl Hints<'_> {
    /// The block for the vendor's octets of a DM 1.2 notification. Other octets of the vendor may follow it.
    ///
    /// # Errors
    ///
    /// For hints that [`Block::find`](super::Block::find) would refuse, the error that it would have, with the offset
    /// in the octets before they are put into segments; [`HintValue`](ErrorKind::HintValue) at 0 for hints that would
    /// come back as others: a known code as `Other`, a known type as unknown.
    pub fn encode(&self) -> Result<Vec<u8>> {
        let stream = self.stream()?;
        let mut block = vec![BLOCK];
        // After a full segment another has to follow, be it empty.
        let mut rest = stream.as_slice();
        loop {
            let (segment, after) = rest.split_at_checked(FULL_SEGMENT).unwrap_or((rest, &[]));
            block.extend([SEGMENT, u8::try_from(segment.len()).unwrap_or(u8::MAX)]);
            block.extend_from_slice(segment);
            if segment.len() < FULL_SEGMENT {
                return Ok(block);
            }
            rest = after;
        }
    }

    /// The text for the option Vendor-Info of a DM 1.3 notification. Other text of the vendor may follow it after a
    /// semicolon.
    ///
    /// # Errors
    ///
    /// Those of [`encode`](Hints::encode), and [`HintIsOption`](ErrorKind::HintIsOption) at 0 for a reason, bearers and
    /// objects by index: DM 1.3 has options for them.
    pub fn encode_text(&self) -> Result<String> {
        let of_options = self.reason.is_some()
            || !self.bearers.is_empty()
            || !self.want_mos.is_empty()
            || !self.about_mos.is_empty();
        if of_options {
            return Err(Error::new(ErrorKind::HintIsOption, 0));
        }
        let mut text = TEXT.to_owned();
        URL_SAFE_NO_PAD.encode_string(self.stream()?, &mut text);
        Ok(text)
    }

    fn stream(&self) -> Result<Vec<u8>> {
        let mut out = Stream(vec![STREAM | VERSION]);
        if let Some(seconds) = self.expires {
            out.hint(hint::EXPIRES, seconds.to_be_bytes());
        }
        if let Some(reason) = &self.reason {
            out.hint(hint::REASON, reason.text.as_bytes());
            if let Some(language) = &reason.language {
                out.hint(hint::REASON_LANG, language.as_bytes());
            }
        }
        out.codes(hint::TRANSPORT, &self.transports);
        out.codes(hint::BEARER, &self.bearers);
        out.codes(hint::AUTH, &self.auth);
        if let Some(leaves) = self.dev_detail {
            out.hint(hint::DEVDETAIL, leaves.bits().to_be_bytes());
        }
        for path in &self.dev_detail_paths {
            out.hint(hint::DEVDETAIL_PATH, path.as_bytes());
        }
        if let Some((major, minor)) = self.proto {
            out.hint(hint::PROTO, [major, minor]);
        }
        out.objects(hint::WANT_MO, &self.want_mos);
        for identifier in &self.want_mo_ids {
            out.hint(hint::WANT_MO_ID, identifier.as_bytes());
        }
        out.objects(hint::ABOUT_MO, &self.about_mos);
        for unknown in &self.unknown {
            out.hint(unknown.hint_type, &unknown.value);
        }
        let Stream(stream) = out;
        if stream.len() > MAX_STREAM {
            return Err(Error::new(ErrorKind::HintLimit, MAX_STREAM));
        }
        // One set of rules: what is written has to be what would be read.
        if decode::hints(&stream)? != *self {
            return Err(Error::new(ErrorKind::HintValue, 0));
        }
        Ok(stream)
    }
}

struct Stream(Vec<u8>);

impl Stream {
    fn hint(&mut self, hint_type: u8, value: impl AsRef<[u8]>) {
        let value = value.as_ref();
        self.0.push(hint_type);
        // Seven bits an octet, the lowest last; a stream is refused long before lengths have more than two.
        let groups = [28, 21, 14, 7].into_iter().map(|shift| value.len().wrapping_shr(shift));
        self.0.extend(groups.filter(|group| *group > 0).map(|group| group.to_le_bytes()[0] | 0x80));
        self.0.push(value.len().to_le_bytes()[0] & 0x7F);
        self.0.extend_from_slice(value);
    }

    fn codes<T: Code>(&mut self, hint_type: u8, codes: &[T]) {
        if !codes.is_empty() {
            self.hint(hint_type, codes.iter().map(|code| code.code()).collect::<Vec<u8>>());
        }
    }

    fn objects(&mut self, hint_type: u8, indices: &[u16]) {
        if !indices.is_empty() {
            self.hint(hint_type, indices.iter().flat_map(|index| index.to_be_bytes()).collect::<Vec<u8>>());
        }
    }
}
