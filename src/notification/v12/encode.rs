//! [`Fields`] to octets.

use super::{Fields, Initiator, at, bits};
use crate::notification::ServerCredentials;
use crate::{Error, ErrorKind, Result};

impl Fields<'_> {
    /// Octets of the notification.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        at::SERVER_ID.saturating_add(self.server_id.len()).saturating_add(self.vendor.len())
    }

    /// The notification with its digest, in a vector of its own.
    ///
    /// # Errors
    ///
    /// Strict where [`decode`](super::Notification::decode) is tolerant; offsets are those of the field in the output:
    ///
    /// * [`NotificationField`](ErrorKind::NotificationField) for session id 0 and for more than 27 bits of future use;
    /// * [`NotificationServerIdLength`](ErrorKind::NotificationServerIdLength) for a server identifier that is empty or
    ///   longer than 255 octets.
    pub fn encode(&self, credentials: &ServerCredentials<'_>) -> Result<Vec<u8>> {
        let mut message = vec![0; self.encoded_len()];
        self.encode_into(credentials, &mut message)?;
        Ok(message)
    }

    /// The notification with its digest, at the start of `buffer`; returns its length. Octets behind it stay as they
    /// are, and so does the whole buffer on an error.
    ///
    /// # Errors
    ///
    /// Those of [`encode`](Fields::encode), and [`LimitOutput`](ErrorKind::LimitOutput) at the end of a buffer shorter
    /// than [`encoded_len`](Fields::encoded_len).
    pub fn encode_into(&self, credentials: &ServerCredentials<'_>, buffer: &mut [u8]) -> Result<usize> {
        let header = self.header()?;
        let len = self.encoded_len();
        let available = buffer.len();
        let (digest, trigger) = buffer
            .get_mut(..len)
            .and_then(<[u8]>::split_first_chunk_mut)
            .ok_or(Error::new(ErrorKind::LimitOutput, available))?;
        let parts = header.iter().chain(self.server_id.as_bytes()).chain(self.vendor);
        for (octet, part) in trigger.iter_mut().zip(parts) {
            *octet = *part;
        }
        *digest = credentials.digest(self.server_id, [trigger, &[]]);
        Ok(len)
    }

    /// Octets 16 to 23.
    fn header(&self) -> Result<[u8; 8]> {
        if self.session_id == 0 {
            return Err(Error::new(ErrorKind::NotificationField, at::SESSION_ID));
        }
        if self.future_use > bits::FUTURE_USE_MAX {
            return Err(Error::new(ErrorKind::NotificationField, at::FLAGS));
        }
        let server_id_length = u8::try_from(self.server_id.len())
            .ok()
            .filter(|length| *length > 0)
            .ok_or(Error::new(ErrorKind::NotificationServerIdLength, at::SERVER_ID_LENGTH))?;
        let initiator = match self.initiator {
            Initiator::Client => 0,
            Initiator::Server => bits::SERVER_INITIATED,
        };
        let flags = self.version.raw() << bits::VERSION_SHIFT
            | u16::from(self.ui_mode.raw()) << bits::UI_MODE_SHIFT
            | initiator;
        let [high, low] = flags.to_be_bytes();
        let [future_use_high, future_use @ ..] = self.future_use.to_be_bytes();
        let [session_high, session_low] = self.session_id.to_be_bytes();
        let [first, second, third] = future_use;
        let low = low | future_use_high;
        Ok([high, low, first, second, third, session_high, session_low, server_id_length])
    }
}
