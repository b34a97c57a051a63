//! Status and alert codes with their names.

use crate::error::ErrorKind;
use core::fmt;

/// The content of `Status/Data`: the outcome of one command (RepPro 1.2 §10; `wire.md` §2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatusCode(pub u16);

/// The content of `Data` in an `Alert` (`wire.md` §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AlertCode(pub u16);

pub(crate) const STATUS: [(u16, &str); 69] = [
    (101, "In progress"),
    (200, "OK"),
    (201, "Item added"),
    (202, "Accepted for processing"),
    (203, "Non-authoritative response"),
    (204, "No content"),
    (205, "Reset content"),
    (206, "Partial content"),
    (207, "Conflict resolved with merge"),
    (208, "Conflict resolved, client wins"),
    (209, "Conflict resolved with duplicate"),
    (210, "Delete without archive"),
    (211, "Item not deleted"),
    (212, "Authentication accepted"),
    (213, "Chunked item accepted and buffered"),
    (214, "Operation cancelled"),
    (215, "Not executed"),
    (216, "Atomic roll back OK"),
    (300, "Multiple choices"),
    (301, "Moved permanently"),
    (302, "Found"),
    (303, "See other"),
    (304, "Not modified"),
    (305, "Use proxy"),
    (400, "Bad request"),
    (401, "Invalid credentials"),
    (402, "Payment needed"),
    (403, "Forbidden"),
    (404, "Not found"),
    (405, "Command not allowed"),
    (406, "Optional feature not supported"),
    (407, "Authentication required"),
    (408, "Request timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Size required"),
    (412, "Incomplete command"),
    (413, "Request entity too large"),
    (414, "URI too long"),
    (415, "Unsupported media type or format"),
    (416, "Requested size too big"),
    (417, "Retry later"),
    (418, "Already exists"),
    (419, "Conflict resolved with server data"),
    (420, "Device full"),
    (421, "Unknown search grammar"),
    (422, "Bad CGI script"),
    (423, "Soft-delete conflict"),
    (424, "Size mismatch"),
    (425, "Permission denied"),
    (426, "Partial item not accepted"),
    (427, "Item not empty"),
    (428, "Move failed"),
    (500, "Command failed"),
    (501, "Command not implemented"),
    (502, "Bad gateway"),
    (503, "Service unavailable"),
    (504, "Gateway timeout"),
    (505, "DTD version not supported"),
    (506, "Processing error"),
    (507, "Atomic failed"),
    (508, "Refresh required"),
    (510, "Data store failure"),
    (511, "Server failure"),
    (512, "Synchronization failed"),
    (513, "Protocol version not supported"),
    (514, "Operation cancelled before completion"),
    (516, "Atomic roll back failed"),
    (517, "Atomic response too large to fit"),
];

pub(crate) const ALERT: [(u16, &str); 12] = [
    (1100, "DISPLAY"),
    (1101, "CONFIRM OR REJECT"),
    (1102, "TEXT INPUT"),
    (1103, "SINGLE CHOICE"),
    (1104, "MULTIPLE CHOICE"),
    (1200, "SERVER-INITIATED MGMT"),
    (1201, "CLIENT-INITIATED MGMT"),
    (1222, "NEXT MESSAGE"),
    (1223, "SESSION ABORT"),
    (1224, "CLIENT EVENT"),
    (1225, "NO END OF DATA"),
    (1226, "GENERIC ALERT"),
];

fn name(table: &'static [(u16, &'static str)], code: u16) -> Option<&'static str> {
    let at = table.binary_search_by_key(&code, |(code, _)| *code).ok()?;
    table.get(at).map(|(_, name)| *name)
}

impl StatusCode {
    /// The name of the code; `None` for numbers that RepPro does not define.
    ///
    /// ```
    /// use omadm::syncml::StatusCode;
    /// assert_eq!(StatusCode(507).name(), Some("Atomic failed"));
    /// assert_eq!(StatusCode(599).name(), None);
    /// ```
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        name(&STATUS, self.0)
    }

    /// The code with which a client answers a command that failed like this (`wire.md` §2.1, §2.2): 4xx for what is wrong with
    /// the command, 500 for everything that has no code of its own.
    ///
    /// ```
    /// use omadm::{ErrorKind, syncml::StatusCode};
    /// assert_eq!(StatusCode::of(ErrorKind::NodeNotFound), StatusCode(404));
    /// ```
    #[must_use]
    pub fn of(kind: ErrorKind) -> StatusCode {
        StatusCode(match kind {
            ErrorKind::SeveralNodes => 300,
            ErrorKind::AclCommand | ErrorKind::AclServer | ErrorKind::PropertyValue | ErrorKind::InvalidName => 400,
            ErrorKind::InvalidUri | ErrorKind::NodeNotFound => 404,
            ErrorKind::PermanentNode
            | ErrorKind::NotInterior
            | ErrorKind::NotLeaf
            | ErrorKind::GetNotAllowed
            | ErrorKind::CommandNotAllowed
            | ErrorKind::ReadOnlyProperty => 405,
            ErrorKind::UnsupportedQuery => 406,
            ErrorKind::LimitText | ErrorKind::LimitOutput | ErrorKind::AnswerTooLong | ErrorKind::ObjectTooLarge => 413,
            ErrorKind::UriTooLong | ErrorKind::LimitDepth | ErrorKind::LimitPattern => 414,
            ErrorKind::InvalidNodeType
            | ErrorKind::UnknownNodeFormat
            | ErrorKind::InvalidBase64
            | ErrorKind::InvalidUtf8
            | ErrorKind::InvalidCharacter
            | ErrorKind::ValueOfInterior
            | ErrorKind::ValueOfNull => 415,
            ErrorKind::NodeExists => 418,
            ErrorKind::LimitElements | ErrorKind::InputTooLarge => 420,
            ErrorKind::InvalidQuery | ErrorKind::InvalidLocationQuery => 422,
            ErrorKind::AccessDenied => 425,
            _ => 500,
        })
    }
}

impl AlertCode {
    /// The name of the code; `None` for numbers that DM 1.2 does not define.
    ///
    /// ```
    /// use omadm::syncml::AlertCode;
    /// assert_eq!(AlertCode(1226).name(), Some("GENERIC ALERT"));
    /// ```
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        name(&ALERT, self.0)
    }
}

/// Prints number and name, such as `404 Not found`.
impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.name().unwrap_or("(not defined)"))
    }
}

/// Prints number and name, such as `1201 CLIENT-INITIATED MGMT`.
impl fmt::Display for AlertCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.name().unwrap_or("(not defined)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_complete() {
        assert!(STATUS.is_sorted() && ALERT.is_sorted());
        // `wire.md` §2.1: each hundred ends where RepPro's list ends, with 509 and 515 left out.
        for (range, missing) in [(200..=216, &[][..]), (300..=305, &[]), (400..=428, &[]), (500..=517, &[509, 515])] {
            for code in range {
                assert_eq!(StatusCode(code).name().is_none(), missing.contains(&code), "{code}");
            }
        }
        assert_eq!(AlertCode(1105).name(), None);
        assert_eq!(AlertCode(1221).name(), None);
        assert_eq!(StatusCode(404).to_string(), "404 Not found");
        assert_eq!(AlertCode(9999).to_string(), "9999 (not defined)");
    }
}
