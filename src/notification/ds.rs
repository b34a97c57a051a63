//! The server alerted notification of data synchronisation: read, not written (`notification.md` §7).
//!
//! Digest and header are those of [`v12`], with version 1.2 and often session id 0. In the vendor's place
//! stand alerts: a count in four bits, four that are reserved, and for each alert
//!
//! ```text
//! bits  field
//!    4  alert code less 200
//!    4  reserved
//!   24  content type by its WSP number, 0 for none
//!    8  length of the URI
//!       URI of the server's database
//! ```

use super::v12;
use crate::{Error, ErrorKind, Result};
use nom::Parser;
use nom::bytes::complete::take;
use nom::number::complete::{be_u24, u8};

/// A decoded notification, borrowed from its octets. Not to be believed before its header's
/// [`verify`](v12::Notification::verify).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notification<'a> {
    header: v12::Notification<'a>,
    alerts: &'a [u8],
    count: u8,
    rest: &'a [u8],
}

/// A synchronisation that the server asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SyncAlert<'a> {
    /// The code of the alert, 200 to 215.
    pub code: u16,
    /// The content type by its WSP number; 0 where there is none.
    pub content_type: u32,
    /// The server's database.
    pub uri: &'a str,
}

impl<'a> Notification<'a> {
    /// Reads a notification; nothing is allocated. Octets behind the alerts are kept as they are.
    ///
    /// # Errors
    ///
    /// Those of [`v12::Notification::decode`]; [`NotificationSync`](ErrorKind::NotificationSync) where an alert begins
    /// that reaches past the end, and [`InvalidUtf8`](ErrorKind::InvalidUtf8) at the first octet of a URI that is no
    /// text.
    pub fn decode(message: &'a [u8]) -> Result<Notification<'a>> {
        let header = v12::Notification::decode(message)?;
        let body = header.vendor();
        let at = |part: &[u8]| message.len().saturating_sub(part.len());
        let (count, alerts) = body.split_first().ok_or(Error::new(ErrorKind::NotificationSync, message.len()))?;
        let count = count >> 4;
        let mut rest = alerts;
        for _ in 0..count {
            let (after, (_, _, uri)) = alert(rest).ok_or(Error::new(ErrorKind::NotificationSync, at(rest)))?;
            if let Err(error) = core::str::from_utf8(uri) {
                let uri_at = at(after).saturating_sub(uri.len());
                return Err(Error::new(ErrorKind::InvalidUtf8, uri_at.saturating_add(error.valid_up_to())));
            }
            rest = after;
        }
        Ok(Notification { header, alerts, count, rest })
    }

    /// Digest and header, with the alerts as vendor's octets.
    #[must_use]
    pub const fn header(&self) -> v12::Notification<'a> {
        self.header
    }

    /// The alerts, in their order.
    pub fn alerts(&self) -> impl Iterator<Item = SyncAlert<'a>> + use<'a> {
        let mut rest = self.alerts;
        (0..self.count).map_while(move |_| {
            let (after, (code, content_type, uri)) = alert(rest)?;
            rest = after;
            let code = u16::from(code >> 4).saturating_add(200);
            Some(SyncAlert { code, content_type, uri: core::str::from_utf8(uri).ok()? })
        })
    }

    /// What follows the alerts.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

/// Code and reserved bits, content type, URI.
type RawAlert<'a> = (u8, u32, &'a [u8]);

/// An alert, and what follows it.
fn alert(input: &[u8]) -> Option<(&[u8], RawAlert<'_>)> {
    let uri = u8::<_, ()>.flat_map(take);
    (u8, be_u24, uri).parse(input).ok()
}
