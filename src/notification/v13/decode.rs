//! Octets to [`Notification`]. *Provisional.*

use super::layout::{DigestPlace, HeaderField, Layout};
use super::option::{NotificationOption, Options, Order};
use super::{DIGEST, bits};
use crate::auth::Digest;
use crate::notification::{Initiator, ResyncPolicy, ServerCredentials, SessionIdText, UiMode, Verdict};
use crate::{Error, ErrorKind, Result};

/// A decoded notification of DM 1.3, borrowed from its octets. Not to be believed before
/// [`verify`](Notification::verify).
#[derive(Clone, Copy, Debug)]
pub struct Notification<'a> {
    layout: &'a Layout<'a>,
    digest: &'a Digest,
    /// Header and options.
    body: &'a [u8],
    options: Options<'a>,
    header: Header,
    server_id: &'a str,
}

/// The fields of the header; what a layout does not have is what it is by default.
#[derive(Clone, Copy, Debug)]
struct Header {
    version: u16,
    ui_mode: UiMode,
    initiator: Initiator,
    reserved: u64,
    session_id: u16,
    option_count: u16,
}

fn header(layout: &Layout<'_>, octets: &[u8]) -> Header {
    let mut header = Header {
        version: layout.parts().version,
        ui_mode: UiMode::NotSpecified,
        initiator: Initiator::Server,
        reserved: 0,
        session_id: 0,
        option_count: 0,
    };
    let mut reader = bits::Reader::new(octets);
    for (field, width) in layout.parts().header {
        let value = reader.take(*width);
        // Numbers have at most 16 bits: the layout has seen to that.
        let [.., high, low] = value.to_be_bytes();
        let number = u16::from_be_bytes([high, low]);
        match field {
            HeaderField::Version => header.version = number,
            HeaderField::UiMode => header.ui_mode = UiMode::from_raw(low),
            HeaderField::Initiator => header.initiator = if value == 0 { Initiator::Client } else { Initiator::Server },
            HeaderField::Reserved => {
                header.reserved = header.reserved.checked_shl(u32::from(*width)).unwrap_or(0) | value;
            }
            HeaderField::SessionId => header.session_id = number,
            HeaderField::OptionCount => header.option_count = number,
        }
    }
    header
}

impl<'a> Notification<'a> {
    /// Reads a notification of this layout; nothing is allocated.
    ///
    /// Any version, session id 0 and reserved bits that are set are accepted and reported as they are; so are options
    /// of other numbers, and numbers that have two octets and need one.
    ///
    /// # Errors
    ///
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of an input shorter than header and digest;
    /// * [`NotificationOptionCount`](ErrorKind::NotificationOptionCount) where an option that the header counts should
    ///   begin, or one begins that it does not count;
    /// * [`TrailingData`](ErrorKind::TrailingData) where something follows the last option that is no option;
    /// * [`NotificationOptionEnd`](ErrorKind::NotificationOptionEnd),
    ///   [`NotificationOptionOrder`](ErrorKind::NotificationOptionOrder),
    ///   [`NotificationOptionRepeated`](ErrorKind::NotificationOptionRepeated) and
    ///   [`NotificationOptionSize`](ErrorKind::NotificationOptionSize) where the option begins;
    /// * [`NotificationOptionMissing`](ErrorKind::NotificationOptionMissing) where the options of a notification
    ///   without Server-ID end;
    /// * [`InvalidUtf8`](ErrorKind::InvalidUtf8) at the first octet of a text that is none.
    pub fn decode(message: &'a [u8], layout: &'a Layout<'a>) -> Result<Notification<'a>> {
        let too_short = Error::new(ErrorKind::UnexpectedEnd, message.len());
        let (digest, body) = match layout.parts().digest_place {
            DigestPlace::First => message.split_first_chunk::<DIGEST>(),
            DigestPlace::Last => message.split_last_chunk::<DIGEST>().map(|(body, digest)| (digest, body)),
        }
        .ok_or(too_short)?;
        let (header_octets, options) = body.split_at_checked(layout.header_len()).ok_or(too_short)?;
        let header = header(layout, header_octets);
        let options = Options::new(layout, options, layout.header_at().saturating_add(layout.header_len()));
        let server_id = check(options, header.option_count)?;
        Ok(Notification { layout, digest, body, options, header, server_id })
    }

    /// Whether the server with these credentials sent this, in constant time; formula and retry are those of DM 1.2
    /// (`wire.md` §6.2, §5.5).
    pub fn verify(&self, credentials: &ServerCredentials<'_>, resync: ResyncPolicy) -> Verdict {
        credentials.verify(self.digest, self.server_id, self.layout.hashed(self.body), resync)
    }

    /// The layout that it was read with.
    #[must_use]
    pub const fn layout(&self) -> &'a Layout<'a> {
        self.layout
    }

    /// The digest as it was sent.
    #[must_use]
    pub const fn digest(&self) -> &'a Digest {
        self.digest
    }

    /// Version of the format: what the field says, or the layout if it has no such field. In DM 1.2 it is ten times
    /// what is printed.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.header.version
    }

    /// How much of the session the user should notice.
    #[must_use]
    pub const fn ui_mode(&self) -> UiMode {
        self.header.ui_mode
    }

    /// Who wanted the session.
    #[must_use]
    pub const fn initiator(&self) -> Initiator {
        self.header.initiator
    }

    /// The bits that should be zero and are ignored, joined in their order.
    #[must_use]
    pub const fn reserved(&self) -> u64 {
        self.header.reserved
    }

    /// The id that the session is to have.
    #[must_use]
    pub const fn session_id(&self) -> u16 {
        self.header.session_id
    }

    /// The session id as `SessionID` spells it.
    #[must_use]
    pub const fn session_id_text(&self) -> SessionIdText {
        SessionIdText(self.header.session_id)
    }

    /// The option Server-ID, which names the account.
    #[must_use]
    pub const fn server_id(&self) -> &'a str {
        self.server_id
    }

    /// All options in their order, Server-ID included.
    #[must_use]
    pub const fn options(&self) -> Options<'a> {
        self.options
    }

    /// The option Connect-Reason.
    #[must_use]
    pub fn connect_reason(&self) -> Option<&'a str> {
        self.options().find_map(|option| match option {
            NotificationOption::ConnectReason(text) => Some(text),
            _ => None,
        })
    }

    /// The option Vendor-Info.
    #[must_use]
    pub fn vendor_info(&self) -> Option<&'a str> {
        self.vendor_info_at().map(|(_, text)| text)
    }

    /// Vendor-Info, and where in the notification its text begins.
    pub(in crate::notification) fn vendor_info_at(&self) -> Option<(usize, &'a str)> {
        let mut options = self.options();
        loop {
            let at = options.at();
            if let NotificationOption::VendorInfo(text) = options.next()? {
                return Some((at.saturating_add(self.layout.option_header_len()), text));
            }
        }
    }
}

/// Reads all options once; the Server-ID among them.
fn check(mut options: Options<'_>, count: u16) -> Result<&str> {
    let mut order = Order::default();
    let mut server_id = "";
    for _ in 0..count {
        let at = options.at();
        let option = options.read()?.ok_or(Error::new(ErrorKind::NotificationOptionCount, at))?;
        order.next(&option, at)?;
        if let NotificationOption::ServerId(text) = option {
            server_id = text;
        }
    }
    let end = options.at();
    let mut more = false;
    loop {
        match options.read() {
            Ok(Some(_)) => more = true,
            Ok(None) if more => return Err(Error::new(ErrorKind::NotificationOptionCount, end)),
            Ok(None) => break,
            Err(_) => return Err(Error::new(ErrorKind::TrailingData, end)),
        }
    }
    order.end(end)?;
    Ok(server_id)
}
