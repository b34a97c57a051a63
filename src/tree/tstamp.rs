//! The `TStamp` property.

use core::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// When a node last changed, as the `TStamp` property has it: UTC in the basic format of ISO 8601, to the second
/// (`wire.md` §9.4). The tree has no clock: whoever edits brings the time.
///
/// ```
/// use omadm::tree::TStamp;
/// assert_eq!(TStamp::from_unix(994_869_497).unwrap().to_string(), "20010711T163817Z");
/// assert!(TStamp::from_unix(u64::MAX).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TStamp([u8; 16]);

impl TStamp {
    /// The time so many seconds after the beginning of 1970; none after the year 9999.
    #[must_use]
    pub fn from_unix(seconds: u64) -> Option<TStamp> {
        const DAY: u64 = 24 * 60 * 60;
        let (mut days, second) = (seconds.checked_div(DAY)?, seconds.checked_rem(DAY)?);
        let mut year = 1970_u64;
        loop {
            let length = if is_leap(year) { 366 } else { 365 };
            match days.checked_sub(length) {
                Some(rest) if year < 9999 => (days, year) = (rest, year.checked_add(1)?),
                Some(_) => return None,
                None => break,
            }
        }
        let mut month = 1_u64;
        for length in [31, if is_leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
            match days.checked_sub(length) {
                Some(rest) => (days, month) = (rest, month.checked_add(1)?),
                None => break,
            }
        }
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        let text = format!("{year:04}{month:02}{:02}T{hour:02}{minute:02}{second:02}Z", days.checked_add(1)?);
        Some(TStamp(text.as_bytes().try_into().ok()?))
    }

    /// The property's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Fractions of a second are cut off. Times before 1970 and after 9999 are not to be had.
impl TryFrom<SystemTime> for TStamp {
    type Error = SystemTime;

    fn try_from(time: SystemTime) -> Result<TStamp, SystemTime> {
        let since: Option<Duration> = time.duration_since(UNIX_EPOCH).ok();
        since.and_then(|since| TStamp::from_unix(since.as_secs())).ok_or(time)
    }
}

impl fmt::Display for TStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_has_its_leap_years() {
        // date -u -d @SECONDS +%Y%m%dT%H%M%SZ
        for (seconds, text) in [
            (0, "19700101T000000Z"),
            (68_169_599, "19720228T235959Z"),
            (68_169_600, "19720229T000000Z"),
            (951_868_800, "20000301T000000Z"),
            (1_709_164_800, "20240229T000000Z"),
            (4_107_542_400, "21000301T000000Z"),
            (253_402_300_799, "99991231T235959Z"),
        ] {
            assert_eq!(TStamp::from_unix(seconds).unwrap().as_str(), text, "{seconds}");
        }
        assert_eq!(TStamp::from_unix(253_402_300_800), None);
    }
}
