//! What a notification that is built can be put into.

use crate::notification::MediaType;
use clap::ValueEnum;

/// A carrier, as it is called in arguments.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Carrier {
    /// Connectionless WSP push, as for UDP port 2948
    Wsp,
}

impl Carrier {
    /// The notification in the carrier.
    pub(super) fn carry(self, media_type: MediaType, notification: &[u8]) -> Vec<u8> {
        match self {
            Carrier::Wsp => {
                // Transaction 1, a push, three octets of headers: content type and application as short integers
                // (`notification.md` §5.3).
                const SHORT: u32 = 0x80;
                let content_type = u8::try_from(media_type.wsp_code() | SHORT).unwrap_or_default();
                [&[0x01, 0x06, 0x03, content_type, 0xAF, 0x87], notification].concat()
            }
        }
    }
}
