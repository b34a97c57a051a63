//! Options: what they say, and what each may look like (`notification.md` §3.2). *Provisional.*

use super::bits;
use super::layout::Layout;
use crate::{Error, ErrorKind, Result};

/// An option of a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotificationOption<'a> {
    /// 1: the server's identifier in the account, 1 to 256 octets. Exactly one.
    ServerId(&'a str),
    /// 2: an object that the session is about, by its index.
    TargetedMo(u16),
    /// 3: an object that is wanted in package #1, by its index.
    RequestedMo(u16),
    /// 4: a bearer that the server would like, most wanted first; the code is the layout's, see [`Layout::bearer`].
    PreferredBearer(u8),
    /// 5: why the session is wanted, for people to read, 1 to 4095 octets. At most one.
    ConnectReason(&'a str),
    /// 6: text of the vendor, 1 to 4095 octets. At most one.
    VendorInfo(&'a str),
    /// Any other number: kept as it is, in its place.
    Unknown {
        /// The number, 0 or above 6.
        number: u16,
        /// The octets.
        value: &'a [u8],
    },
}

/// Numbers of options.
mod number {
    pub(super) const SERVER_ID: u16 = 1;
    pub(super) const TARGETED_MO: u16 = 2;
    pub(super) const REQUESTED_MO: u16 = 3;
    pub(super) const PREFERRED_BEARER: u16 = 4;
    pub(super) const CONNECT_REASON: u16 = 5;
    pub(super) const VENDOR_INFO: u16 = 6;
}

/// Octets of a Server-ID, and of both other texts.
const MAX_SERVER_ID: usize = 256;
const MAX_TEXT: usize = 4095;

impl<'a> NotificationOption<'a> {
    /// The number.
    #[must_use]
    pub const fn number(&self) -> u16 {
        match self {
            NotificationOption::ServerId(_) => number::SERVER_ID,
            NotificationOption::TargetedMo(_) => number::TARGETED_MO,
            NotificationOption::RequestedMo(_) => number::REQUESTED_MO,
            NotificationOption::PreferredBearer(_) => number::PREFERRED_BEARER,
            NotificationOption::ConnectReason(_) => number::CONNECT_REASON,
            NotificationOption::VendorInfo(_) => number::VENDOR_INFO,
            NotificationOption::Unknown { number, .. } => *number,
        }
    }

    /// The name that the standard gives it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            NotificationOption::ServerId(_) => "Server-ID",
            NotificationOption::TargetedMo(_) => "Targeted-MO",
            NotificationOption::RequestedMo(_) => "Requested-MO",
            NotificationOption::PreferredBearer(_) => "Preferred-Bearer",
            NotificationOption::ConnectReason(_) => "Connect-Reason",
            NotificationOption::VendorInfo(_) => "Vendor-Info",
            NotificationOption::Unknown { .. } => "unknown option",
        }
    }

    /// An option of this number and value. Errors are at the header when the size is wrong, else in the value.
    fn new(number: u16, value: &'a [u8], header_at: usize, value_at: usize) -> Result<NotificationOption<'a>> {
        let wrong_size = Error::new(ErrorKind::NotificationOptionSize, header_at);
        let text = |most: usize| {
            if value.is_empty() || value.len() > most {
                return Err(wrong_size);
            }
            let bad = |error: core::str::Utf8Error| {
                Error::new(ErrorKind::InvalidUtf8, value_at.saturating_add(error.valid_up_to()))
            };
            core::str::from_utf8(value).map_err(bad)
        };
        let uint = || match value {
            [low] => Ok(u16::from(*low)),
            [high, low] => Ok(u16::from_be_bytes([*high, *low])),
            _ => Err(wrong_size),
        };
        Ok(match number {
            number::SERVER_ID => NotificationOption::ServerId(text(MAX_SERVER_ID)?),
            number::TARGETED_MO => NotificationOption::TargetedMo(uint()?),
            number::REQUESTED_MO => NotificationOption::RequestedMo(uint()?),
            number::PREFERRED_BEARER => match value {
                [code] => NotificationOption::PreferredBearer(*code),
                _ => return Err(wrong_size),
            },
            number::CONNECT_REASON => NotificationOption::ConnectReason(text(MAX_TEXT)?),
            number::VENDOR_INFO => NotificationOption::VendorInfo(text(MAX_TEXT)?),
            _ => NotificationOption::Unknown { number, value },
        })
    }

    /// Appends header and value to `out`; numbers in their shortest form. Errors are at the header.
    pub(super) fn write(&self, layout: &Layout<'_>, out: &mut Vec<u8>) -> Result<()> {
        let at = out.len();
        let octets: [u8; 2];
        let value: &[u8] = match self {
            NotificationOption::ServerId(text)
            | NotificationOption::ConnectReason(text)
            | NotificationOption::VendorInfo(text) => text.as_bytes(),
            NotificationOption::TargetedMo(index) | NotificationOption::RequestedMo(index) => {
                octets = index.to_be_bytes();
                match &octets {
                    [0, low] => core::slice::from_ref(low),
                    _ => &octets,
                }
            }
            NotificationOption::PreferredBearer(code) => core::slice::from_ref(code),
            NotificationOption::Unknown { value, number } => {
                // A known number would come back as something else.
                if matches!(NotificationOption::new(*number, value, at, at), Ok(NotificationOption::Unknown { .. })) {
                    value
                } else {
                    return Err(Error::new(ErrorKind::NotificationField, at));
                }
            }
        };
        // The same rules as in decoding.
        NotificationOption::new(self.number(), value, at, at)?;
        let parts = layout.parts();
        let too_long = Error::new(ErrorKind::NotificationOptionSize, at);
        let length = value.len().checked_sub(usize::from(parts.length_bias)).ok_or(too_long)?;
        let mut header = bits::Writer::default();
        header
            .put(parts.option_number, u64::from(self.number()))
            .ok_or(Error::new(ErrorKind::NotificationField, at))?;
        header.put(parts.option_length, u64::try_from(length).unwrap_or(u64::MAX)).ok_or(too_long)?;
        header.write(out);
        out.extend_from_slice(value);
        Ok(())
    }
}

/// The order in which options have to stand, and how often.
#[derive(Default)]
pub(super) struct Order {
    last: Option<u16>,
    has_server_id: bool,
}

impl Order {
    /// Takes the next option, which stands at this octet.
    pub(super) fn next(&mut self, option: &NotificationOption<'_>, at: usize) -> Result<()> {
        let number = option.number();
        if self.last.is_some_and(|last| number < last) {
            return Err(Error::new(ErrorKind::NotificationOptionOrder, at));
        }
        let once = matches!(number, number::SERVER_ID | number::CONNECT_REASON | number::VENDOR_INFO);
        if once && self.last == Some(number) {
            return Err(Error::new(ErrorKind::NotificationOptionRepeated, at));
        }
        self.last = Some(number);
        self.has_server_id |= number == number::SERVER_ID;
        Ok(())
    }

    /// Takes the end of the options.
    pub(super) fn end(&self, at: usize) -> Result<()> {
        if self.has_server_id { Ok(()) } else { Err(Error::new(ErrorKind::NotificationOptionMissing, at)) }
    }
}

/// The options of a decoded notification, in their order. Borrowed; allocates nothing.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// Nothing is read without one.
    layout: Option<&'a Layout<'a>>,
    rest: &'a [u8],
    at: usize,
}

impl<'a> Options<'a> {
    pub(super) const fn new(layout: &'a Layout<'a>, octets: &'a [u8], at: usize) -> Options<'a> {
        Options { layout: Some(layout), rest: octets, at }
    }

    /// No options: those of other formats.
    pub(in crate::notification) const fn none() -> Options<'a> {
        Options { layout: None, rest: &[], at: 0 }
    }

    /// Where the next option begins.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// The next option; `None` at the end of the octets.
    pub(super) fn read(&mut self) -> Result<Option<NotificationOption<'a>>> {
        let Some(layout) = self.layout.filter(|_| !self.rest.is_empty()) else { return Ok(None) };
        let cut_off = Error::new(ErrorKind::NotificationOptionEnd, self.at);
        let header_len = layout.option_header_len();
        let (header, rest) = self.rest.split_at_checked(header_len).ok_or(cut_off)?;
        let mut header = bits::Reader::new(header);
        // Both fit: the layout has at most 16 bits for the number and 21 for the length.
        let number = u16::try_from(header.take(layout.parts().option_number)).unwrap_or(u16::MAX);
        let length = usize::try_from(header.take(layout.parts().option_length)).unwrap_or(usize::MAX);
        let length = length.saturating_add(usize::from(layout.parts().length_bias));
        let (value, rest) = rest.split_at_checked(length).ok_or(cut_off)?;
        let value_at = self.at.saturating_add(header_len);
        let option = NotificationOption::new(number, value, self.at, value_at)?;
        self.rest = rest;
        self.at = value_at.saturating_add(length);
        Ok(Some(option))
    }
}

impl<'a> Iterator for Options<'a> {
    type Item = NotificationOption<'a>;

    fn next(&mut self) -> Option<NotificationOption<'a>> {
        // They were read when the notification was decoded.
        self.read().ok().flatten()
    }
}

impl core::iter::FusedIterator for Options<'_> {}
