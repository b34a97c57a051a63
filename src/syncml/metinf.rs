//! What the texts in `Meta` mean (MetInf 1.2; `wire.md` §1.7).

use super::{Data, Meta};
use crate::auth::Nonce;
use crate::error::{Error, ErrorKind, Result};
use crate::markup::DataForm;
use crate::tree::Format;
use core::fmt;
use std::borrow::Cow;

/// `Mark`: how important a generic alert is; in data synchronisation, what state an object is in.
///
/// ```
/// use omadm::syncml::Mark;
/// assert_eq!(Mark::from_name("Fatal"), Mark::Fatal);
/// assert!(Mark::Fatal.importance() > Mark::default().importance());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mark<'a> {
    /// `fatal`
    Fatal,
    /// `critical`
    Critical,
    /// `minor`
    Minor,
    /// `warning`
    Warning,
    /// `informational`, which an alert without a mark is.
    #[default]
    Informational,
    /// `harmless`
    Harmless,
    /// `indeterminate`
    Indeterminate,
    /// `draft`, of data synchronisation.
    Draft,
    /// `final`, of data synchronisation.
    Final,
    /// `delete`, of data synchronisation.
    Delete,
    /// `undelete`, of data synchronisation.
    Undelete,
    /// `read`, of data synchronisation.
    Read,
    /// `unread`, of data synchronisation.
    Unread,
    /// Another one.
    Other(&'a str),
}

/// Marks with their names and, for alerts, their importance.
const MARKS: [(Mark<'static>, &str, Option<u8>); 13] = [
    (Mark::Fatal, "fatal", Some(7)),
    (Mark::Critical, "critical", Some(6)),
    (Mark::Minor, "minor", Some(5)),
    (Mark::Warning, "warning", Some(4)),
    (Mark::Informational, "informational", Some(3)),
    (Mark::Harmless, "harmless", Some(2)),
    (Mark::Indeterminate, "indeterminate", Some(1)),
    (Mark::Draft, "draft", None),
    (Mark::Final, "final", None),
    (Mark::Delete, "delete", None),
    (Mark::Undelete, "undelete", None),
    (Mark::Read, "read", None),
    (Mark::Unread, "unread", None),
];

impl<'a> Mark<'a> {
    /// The mark with this name; case does not count.
    #[must_use]
    pub fn from_name(name: &'a str) -> Mark<'a> {
        let known = MARKS.iter().find(|(_, known, _)| known.eq_ignore_ascii_case(name));
        known.map_or(Mark::Other(name), |(mark, ..)| *mark)
    }

    /// The name on the wire, as it was sent for [`Mark::Other`].
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Mark::Other(name) => name,
            known => MARKS.iter().find(|(mark, ..)| *mark == known).map_or("", |(_, name, _)| name),
        }
    }

    /// The importance of an alert with this mark: 7 for fatal down to 1; `None` for marks that are not an alert's.
    #[must_use]
    pub fn importance(self) -> Option<u8> {
        MARKS.iter().find(|(mark, ..)| *mark == self).and_then(|(.., importance)| *importance)
    }
}

impl fmt::Display for Mark<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<'m> Meta<'m> {
    /// `Format`, understood: `chr` when it is absent, `None` when it is none of the eleven, which is answered with
    /// [415](super::StatusCode) (`wire.md` §1.7).
    #[must_use]
    pub fn known_format(&self) -> Option<Format> {
        self.format().map_or(Some(Format::default()), Format::from_name)
    }

    /// `Mark`, understood; `None` when it is absent.
    #[must_use]
    pub fn known_mark(&self) -> Option<Mark<'m>> {
        self.mark().map(Mark::from_name)
    }

    /// The octets of `NextNonce`, which are what is hashed.
    ///
    /// Text is always base64. An opaque block is the octets themselves, unless it holds base64 text with its padding,
    /// as encoders write that make every text opaque; then `Format` `bin` says that the octets are meant
    /// (`wire.md` §1.7, §7.10).
    ///
    /// # Errors
    /// [`InvalidBase64`](ErrorKind::InvalidBase64) or [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup) at the element.
    pub fn nonce(&self) -> Result<Option<Nonce<'m>>> {
        let Some(data) = self.next_nonce() else { return Ok(None) };
        let is_bin = self.known_format() == Some(Format::Bin);
        octets_of(&data, is_bin).map(|octets| Some(Nonce::new(octets)))
    }
}

/// What base64 text or an opaque block of credentials and nonces stands for.
pub(super) fn octets_of<'m>(data: &Data<'m>, is_bin: bool) -> Result<Cow<'m, [u8]>> {
    match data.form() {
        DataForm::Opaque => Ok(crate::auth::opaque_octets(data.bytes(), is_bin)),
        DataForm::Markup => Err(Error::new(ErrorKind::UnexpectedMarkup, data.offset())),
        DataForm::Text | DataForm::CData | DataForm::Absent => data.base64().map(Cow::Owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn importance_descends_in_the_order_of_the_table() {
        let of_alerts: Vec<u8> = MARKS.iter().filter_map(|(.., importance)| *importance).collect();
        assert_eq!(of_alerts, [7, 6, 5, 4, 3, 2, 1]);
    }
}
