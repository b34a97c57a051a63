//! Registered types of generic alerts (OMNA; `wire.md` §2.3), and the result codes of firmware updates.

use core::fmt;

/// A firmware package was downloaded, or was not.
pub const FUMO_DOWNLOAD: &str = "org.openmobilealliance.dm.firmwareupdate.download";
/// A firmware update was carried out, or was not.
pub const FUMO_UPDATE: &str = "org.openmobilealliance.dm.firmwareupdate.update";
/// Download and update in one.
pub const FUMO_DOWNLOAD_AND_UPDATE: &str = "org.openmobilealliance.dm.firmwareupdate.downloadandupdate";
/// The device asks for a firmware update.
pub const FUMO_DEVICE_REQUEST: &str = "org.openmobilealliance.dm.firmwareupdate.devicerequest";
/// The user asks for a firmware update.
pub const FUMO_USER_REQUEST: &str = "org.openmobilealliance.dm.firmwareupdate.userrequest";

/// Diagnostics: an operation came to its end.
pub const DIAGMON_OPERATION_COMPLETE: &str = "urn:oma:at:diagmon:1.0:OperationComplete";
/// Diagnostics: a trap went off.
pub const DIAGMON_TRAP_NOTIFICATION: &str = "urn:oma:at:diagmon:1.0:TrapNotification";
/// Diagnostics: a trap's condition is over.
pub const DIAGMON_TRAP_INACTIVE: &str = "urn:oma:at:diagmon:1.0:TrapInactiveNotification";
/// Diagnostics: a trap was taken away.
pub const DIAGMON_TRAP_DEREGISTERED: &str = "urn:oma:at:diagmon:1.0:TrapDeregistered";
/// Diagnostics: collected data.
pub const DIAGMON_DATA_REPORT: &str = "urn:oma:at:diagmon:1.0:CollectedSimpleDataReport";

/// Software components: an operation came to its end.
pub const SCOMO_OPERATION_COMPLETE: &str = "urn:oma:at:scomo:1.0:OperationComplete";
/// Software and application control: how an operation went.
pub const SACMO_OPERATION_REPORT: &str = "urn:oma:at:sacmo:1.0:OperationReport";
/// Management policies: a report.
pub const POLICY_REPORT: &str = "urn:oma:at:oma-mgmtpolicymo:1.0:policyreport";

/// What the names of alerts of the gateway object begin with.
pub const GATEWAY_ROOT: &str = "urn:oma:at:oma-gwmo";

/// The outcome of a firmware update: data of the `FUMO_…` alerts.
///
/// ```
/// use omadm::syncml::FumoResult;
/// assert!(FumoResult::from_text("255").unwrap().is_success());
/// assert_eq!(FumoResult(501).to_string(), "501 the download does not fit into memory");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FumoResult(pub u16);

pub(crate) const RESULTS: [(u16, &str); 17] = [
    (200, "done"),
    (400, "the client failed"),
    (401, "the user cancelled"),
    (402, "the update package is damaged"),
    (403, "the update package is for another device"),
    (404, "the update package could not be validated"),
    (405, "the update package is not acceptable"),
    (406, "the download server refused authentication"),
    (407, "the download server did not answer in time"),
    (408, "not implemented"),
    (409, "an error that is not specified"),
    (410, "the update failed"),
    (411, "the URL is malformed or not reachable"),
    (500, "the download server failed"),
    (501, "the download does not fit into memory"),
    (502, "the update does not fit into memory"),
    (503, "the network failed"),
];

/// What vendors define, fifty numbers from each of these on.
pub(crate) const VENDOR_RESULTS: [(u16, &str); 3] = [
    (250, "done, as the vendor defines"),
    (450, "the client failed, as the vendor defines"),
    (550, "the download server failed, as the vendor defines"),
];

impl FumoResult {
    /// The result that data says: a decimal number.
    #[must_use]
    pub fn from_text(text: &str) -> Option<FumoResult> {
        text.trim().parse().ok().map(FumoResult)
    }

    /// What it means; `None` for numbers that nobody defined.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        let of = |table: &[(u16, &'static str)], number: u16| {
            table
                .binary_search_by_key(&number, |(code, _)| *code)
                .ok()
                .and_then(|at| table.get(at))
                .map(|(_, name)| *name)
        };
        of(&RESULTS, self.0).or_else(|| of(&VENDOR_RESULTS, self.vendor_range()))
    }

    /// The first of the fifty numbers that it is one of.
    pub(crate) const fn vendor_range(self) -> u16 {
        self.0.saturating_sub(self.0 % 50)
    }

    /// Whether it is one of the successes.
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self.0, 200..=299)
    }
}

/// Prints number and meaning.
impl fmt::Display for FumoResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.name().unwrap_or("(not defined)"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_as_long_as_the_list() {
        assert!(RESULTS.is_sorted());
        let defined = (0..=999).filter(|code| FumoResult(*code).name().is_some()).count();
        // `wire.md` §2.3: 200, 400–411, 500–503, and fifty for vendors three times.
        assert_eq!(defined, 1 + 12 + 4 + 3 * 50);
    }
}
