//! [`Fields`] to octets.

use super::decode::{APPLICATION_ID, EXPIRES, PDU_PUSH, check};
use super::values::SHORT;
use super::{ApplicationId, ContentType, MAX_HEADERS, Push};
use crate::push::sms;
use crate::{Error, ErrorKind, Result};

/// What a push says. Headers are written in the order of the fields, which is that of DM (`notification.md` §5.2).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fields<'a> {
    /// Any number.
    pub transaction_id: u8,
    /// What the body is. DM wants its types by number.
    pub content_type: ContentType<'a>,
    /// Which application it is for. DM wants it by number.
    pub application_id: Option<ApplicationId<'a>>,
    /// When the notification expires: seconds since 1970-01-01 UTC. *Provisional* in this meaning.
    pub expires: Option<u32>,
    /// Other headers, as WSP writes them.
    pub more: &'a [u8],
    /// What is pushed.
    pub body: &'a [u8],
}

crate::redact::debug_without_content!(Fields<'_> { transaction_id, content_type, application_id, expires } octets of { more, body });

impl<'a> Fields<'a> {
    /// Transaction 1, to device management, or to data synchronisation if the type is its own.
    #[must_use]
    pub const fn new(content_type: ContentType<'a>, body: &'a [u8]) -> Fields<'a> {
        let application_id = match content_type {
            ContentType::DS_NOTIFICATION => ApplicationId::DATA_SYNC,
            _ => ApplicationId::DEVICE_MANAGEMENT,
        };
        Fields { transaction_id: 1, content_type, application_id: Some(application_id), expires: None, more: &[], body }
    }

    /// The push, without a header for SMS or CDMA.
    ///
    /// # Errors
    ///
    /// * [`InvalidCharacter`](ErrorKind::InvalidCharacter) at an octet of a name that is no visible ASCII character; of
    ///   an empty name, at 0;
    /// * [`PushHeaders`](ErrorKind::PushHeaders) at the octet of `more` where no header stands;
    /// * [`PushHeaderSize`](ErrorKind::PushHeaderSize) where the body of a DM notification would begin, when that is
    ///   more than [`MAX_HEADERS`] after the beginning of the user data header: of 7 octets, or, of a push that short
    ///   messages bring in segments, of 13.
    pub fn encode(&self) -> Result<Vec<u8>> {
        let mut block = Vec::new();
        match self.content_type {
            ContentType::WellKnown(code) => match u8::try_from(code) {
                Ok(code) if code < SHORT => block.push(code | SHORT),
                _ => {
                    let mut long = Vec::new();
                    long_integer(code, &mut long);
                    // At most five octets, which one octet says.
                    block.push(u8::try_from(long.len()).unwrap_or_default());
                    block.append(&mut long);
                }
            },
            ContentType::Text(name) => text(name, &mut block)?,
        }
        if let Some(id) = self.application_id {
            block.push(APPLICATION_ID);
            match id {
                ApplicationId::WellKnown(code) => match u8::try_from(code) {
                    Ok(code) if code < SHORT => block.push(code | SHORT),
                    _ => long_integer(code, &mut block),
                },
                ApplicationId::Uri(uri) => text(uri, &mut block)?,
            }
        }
        if let Some(expires) = self.expires {
            // Always four octets, so that every time is written in the same way.
            block.extend_from_slice(&[EXPIRES, 4]);
            block.extend_from_slice(&expires.to_be_bytes());
        }
        check(self.more)?;
        block.extend_from_slice(self.more);
        let mut out = vec![self.transaction_id, PDU_PUSH];
        uintvar(block.len(), &mut out);
        out.append(&mut block);
        let for_dm = matches!(self.content_type.code(), Some(0x44 | 0x58));
        let in_one = [out.len(), self.body.len(), sms::PORT_HEADER].into_iter().fold(0, usize::saturating_add);
        let carrier = if in_one > sms::MAX_SEGMENT { sms::LONGEST_HEADER } else { sms::PORT_HEADER };
        if for_dm && out.len().saturating_add(carrier) > MAX_HEADERS {
            return Err(Error::new(ErrorKind::PushHeaderSize, out.len()));
        }
        out.extend_from_slice(self.body);
        Ok(out)
    }
}

impl<'a> Push<'a> {
    /// What this push says, to be written again. Headers after the content type are all kept as they stand, in `more`.
    #[must_use]
    pub const fn fields(&self) -> Fields<'a> {
        Fields {
            transaction_id: self.transaction_id,
            content_type: self.content_type,
            application_id: None,
            expires: None,
            more: self.headers,
            body: self.body,
        }
    }
}

/// Text and its zero. Such text as WSP could take for something else is refused, not quoted: no name needs it.
fn text(text: &str, out: &mut Vec<u8>) -> Result<()> {
    let wrong = text.bytes().position(|octet| !octet.is_ascii_graphic());
    if let Some(at) = wrong.or(text.is_empty().then_some(0)) {
        return Err(Error::new(ErrorKind::InvalidCharacter, at));
    }
    out.extend_from_slice(text.as_bytes());
    out.push(0);
    Ok(())
}

/// The number of octets, and a number in as few of them as it needs.
fn long_integer(value: u32, out: &mut Vec<u8>) {
    let octets = value.to_be_bytes();
    let zeros = octets.iter().take_while(|octet| **octet == 0).count().min(3);
    out.push(u8::try_from(octets.len().saturating_sub(zeros)).unwrap_or_default());
    out.extend(octets.iter().skip(zeros));
}

/// A number in groups of seven bits, as few as it needs.
fn uintvar(value: usize, out: &mut Vec<u8>) {
    const GROUPS: [u32; 5] = [28, 21, 14, 7, 0];
    // A block is never so long that this would cut it off.
    let value = u32::try_from(value).unwrap_or(u32::MAX);
    for shift in GROUPS {
        let above = value >> shift;
        let more = if shift == 0 { 0 } else { SHORT };
        if above > 0 || shift == 0 {
            out.push(u8::try_from(above & 0x7f).unwrap_or_default() | more);
        }
    }
}
