//! Times in headers: HTTP dates (RFC 9110 §5.6.7), and timestamps of ISO 8601 as PAP has them. Both are UTC, to the second.

use core::str::{self, FromStr};

const DAY: u64 = 24 * 60 * 60;
/// Days from the beginning of year 1 to that of 1970.
const BEFORE_1970: u64 = 719_162;
const LAST_YEAR: u64 = 9999;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// From that of 1970-01-01.
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// A time on the calendar. Months from 0, days from 1.
struct Civil {
    year: u64,
    month: usize,
    day: u64,
    hour: u64,
    minute: u64,
    second: u64,
}

/// The HTTP date of a time in seconds since 1970, as all write it today; none after the year 9999.
pub(super) fn http_date(seconds: u64) -> Option<String> {
    let Civil { year, month, day, hour, minute, second } = Civil::from_unix(seconds)?;
    let weekday = WEEKDAYS.get(usize::try_from((seconds / DAY) % 7).ok()?)?;
    let month = MONTHS.get(month)?;
    Some(format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT"))
}

/// Reads an HTTP date in any of its three forms. The day of the week is not looked at.
pub(in crate::push) fn parse_http_date(value: &[u8]) -> Option<u64> {
    let text = str::from_utf8(value).ok()?;
    let mut words = text.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let words: [Option<&str>; 7] = core::array::from_fn(|_| words.next());
    let is_asctime = words[5].is_none();
    let (day, month, year, time) = match words {
        [Some(_), Some(day), Some(month), Some(year), Some(time), Some("GMT"), None] => (day, month, year, time),
        [Some(_), Some(month), Some(day), Some(time), Some(year), None, None] => (day, month, year, time),
        _ => return None,
    };
    let year = match (year.len(), number::<u64>(year)?) {
        // Two digits, as RFC 850 has them: those of the years 1970 to 2069.
        (2, short) => short.checked_add(if short < 70 { 2000 } else { 1900 })?,
        (4, year) => year,
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month))?;
    let mut clock = time.split(':').map(two_digits);
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    // One digit where asctime has a blank before it.
    let day = number(day).filter(|_| day.len() == 2 || is_asctime && day.len() == 1)?;
    if clock.next().is_some() {
        return None;
    }
    Civil { year, month, day, hour, minute, second }.to_unix()
}

/// `2026-12-31T23:59:59Z`; none after the year 9999.
pub(in crate::push) fn timestamp(seconds: u64) -> Option<String> {
    let Civil { year, month, day, hour, minute, second } = Civil::from_unix(seconds)?;
    Some(format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z", month.checked_add(1)?))
}

/// Reads such a timestamp.
pub(in crate::push) fn parse_timestamp(text: &str) -> Option<u64> {
    let (date, time) = text.trim().strip_suffix('Z')?.split_once('T')?;
    let (year, date) = date.split_once('-').filter(|(year, _)| year.len() == 4)?;
    let mut date = date.split('-').map(two_digits);
    let mut time = time.split(':').map(two_digits);
    let civil = Civil {
        year: number(year)?,
        month: usize::try_from(date.next()??.checked_sub(1)?).ok()?,
        day: date.next()??,
        hour: time.next()??,
        minute: time.next()??,
        second: time.next()??,
    };
    if date.next().is_some() || time.next().is_some() { None } else { civil.to_unix() }
}

/// Two of them.
fn two_digits(text: &str) -> Option<u64> {
    number(text).filter(|_| text.len() == 2)
}

/// Decimal digits and nothing else.
pub(super) fn number<T: FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|octet| octet.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl Civil {
    fn from_unix(seconds: u64) -> Option<Civil> {
        let (days, second) = (seconds / DAY, seconds % DAY);
        // No year is longer than 366 days, so that this is never late, and early by 7 years at most.
        let mut year = (days / 366).checked_add(1970)?;
        while year <= LAST_YEAR && first_day(year.checked_add(1)?)? <= days {
            year = year.checked_add(1)?;
        }
        if year > LAST_YEAR {
            return None;
        }
        let mut day = days.checked_sub(first_day(year)?)?;
        let mut month = 0_usize;
        for length in month_lengths(year) {
            match day.checked_sub(length) {
                Some(rest) => (day, month) = (rest, month.checked_add(1)?),
                None => break,
            }
        }
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        Some(Civil { year, month, day: day.checked_add(1)?, hour, minute, second })
    }

    /// Seconds since 1970; none of what is on no calendar, or before. A leap second is the second after it.
    fn to_unix(&self) -> Option<u64> {
        let Civil { year, month, day, hour, minute, second } = *self;
        let lengths = month_lengths(year);
        let in_range = (1970..=LAST_YEAR).contains(&year)
            && (1..=*lengths.get(month)?).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60;
        if !in_range {
            return None;
        }
        let days = lengths.iter().take(month).try_fold(first_day(year)?, |days, length| days.checked_add(*length))?;
        let days = days.checked_add(day)?.checked_sub(1)?;
        let second = hour.checked_mul(60)?.checked_add(minute)?.checked_mul(60)?.checked_add(second)?;
        days.checked_mul(DAY)?.checked_add(second)
    }
}

/// Days from 1970 to the first of a year.
fn first_day(year: u64) -> Option<u64> {
    let before = year.checked_sub(1)?;
    let leaps = (before / 4).checked_sub(before / 100)?.checked_add(before / 400)?;
    before.checked_mul(365)?.checked_add(leaps)?.checked_sub(BEFORE_1970)
}

fn month_lengths(year: u64) -> [u64; 12] {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    [31, if is_leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}
