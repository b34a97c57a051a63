//! [`Fields`] to octets. *Provisional.*

use super::layout::{DigestPlace, HeaderField, Layout};
use super::option::{NotificationOption, Order};
use super::{DIGEST, Notification, bits};
use crate::notification::{Initiator, ServerCredentials, UiMode};
use crate::{Error, ErrorKind, Result};

/// All of a notification but its digest: fill it in and [`encode`](Fields::encode) it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fields<'a> {
    /// Version of the format.
    pub version: u16,
    /// How much the user should notice.
    pub ui_mode: UiMode,
    /// Who wanted the session.
    pub initiator: Initiator,
    /// Bits that are to be zero and ignored, joined in their order.
    pub reserved: u64,
    /// The id that the session is going to have; not 0.
    pub session_id: u16,
    /// The options by ascending number, one Server-ID among them.
    pub options: &'a [NotificationOption<'a>],
}

impl<'a> Fields<'a> {
    /// Fields of a session that the server wants: the layout's version, no word on the user.
    #[must_use]
    pub const fn new(layout: &Layout<'_>, session_id: u16, options: &'a [NotificationOption<'a>]) -> Fields<'a> {
        Fields {
            version: layout.parts().version,
            ui_mode: UiMode::NotSpecified,
            initiator: Initiator::Server,
            reserved: 0,
            session_id,
            options,
        }
    }

    /// The fields of a notification, with its options as collected.
    #[must_use]
    pub const fn of(notification: &Notification<'_>, options: &'a [NotificationOption<'a>]) -> Fields<'a> {
        Fields {
            version: notification.version(),
            ui_mode: notification.ui_mode(),
            initiator: notification.initiator(),
            reserved: notification.reserved(),
            session_id: notification.session_id(),
            options,
        }
    }

    /// The notification with its digest.
    ///
    /// # Errors
    ///
    /// Offsets are those in the output:
    ///
    /// * [`NotificationField`](ErrorKind::NotificationField) for session id 0, for a value that its field has no bits
    ///   for or the layout no field, and for a known number in an unknown option;
    /// * [`NotificationOptionOrder`](ErrorKind::NotificationOptionOrder),
    ///   [`NotificationOptionRepeated`](ErrorKind::NotificationOptionRepeated),
    ///   [`NotificationOptionSize`](ErrorKind::NotificationOptionSize),
    ///   [`NotificationOptionMissing`](ErrorKind::NotificationOptionMissing) for options that decoding would refuse.
    pub fn encode(&self, layout: &Layout<'_>, credentials: &ServerCredentials<'_>) -> Result<Vec<u8>> {
        let mut message = vec![0; layout.header_at()];
        self.write_header(layout, &mut message)?;
        let mut order = Order::default();
        let mut server_id = "";
        for option in self.options {
            order.next(option, message.len())?;
            option.write(layout, &mut message)?;
            if let NotificationOption::ServerId(text) = option {
                server_id = text;
            }
        }
        order.end(message.len())?;
        let body = message.get(layout.header_at()..).unwrap_or_default();
        let digest = credentials.digest(server_id, layout.hashed(body));
        match (layout.parts().digest_place, message.first_chunk_mut::<DIGEST>()) {
            (DigestPlace::First, Some(place)) => *place = digest,
            _ => message.extend_from_slice(&digest),
        }
        Ok(message)
    }

    fn write_header(&self, layout: &Layout<'_>, out: &mut Vec<u8>) -> Result<()> {
        let parts = layout.parts();
        let has = |wanted: HeaderField| parts.header.iter().any(|(field, _)| *field == wanted);
        let start = out.len();
        let misfit = |bit: u32| {
            let octet = usize::try_from(bit.wrapping_div(8)).unwrap_or(usize::MAX);
            Error::new(ErrorKind::NotificationField, start.saturating_add(octet))
        };
        // What there is no field for has to be what decoding takes it for.
        let unsaid = !has(HeaderField::Version) && self.version != parts.version
            || !has(HeaderField::UiMode) && self.ui_mode != UiMode::NotSpecified
            || !has(HeaderField::Initiator) && self.initiator != Initiator::Server;
        let mut reserved_left = parts
            .header
            .iter()
            .filter(|(field, _)| *field == HeaderField::Reserved)
            .fold(0_u8, |sum, (_, width)| sum.saturating_add(*width));
        if unsaid || self.reserved > bits::max(reserved_left) {
            return Err(misfit(0));
        }
        let mut writer = bits::Writer::default();
        for (field, width) in parts.header {
            let at = writer.len();
            let value = match field {
                HeaderField::Version => u64::from(self.version),
                HeaderField::UiMode => u64::from(self.ui_mode.raw()),
                HeaderField::Initiator => u64::from(self.initiator.raw()),
                HeaderField::Reserved => {
                    reserved_left = reserved_left.saturating_sub(*width);
                    self.reserved.checked_shr(u32::from(reserved_left)).unwrap_or(0) & bits::max(*width)
                }
                HeaderField::SessionId if self.session_id == 0 => return Err(misfit(at)),
                HeaderField::SessionId => u64::from(self.session_id),
                HeaderField::OptionCount => u64::try_from(self.options.len()).unwrap_or(u64::MAX),
            };
            writer.put(*width, value).ok_or(misfit(at))?;
        }
        writer.write(out);
        Ok(())
    }
}
