//! What values of each format look like (`wire.md` §8.5).

use super::structure::is_xml;
use super::{Refusal, Verdict};
use crate::tree::Format;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Judges a value of a format that no other rule is known of.
pub(super) fn check(format: Format, value: &[u8]) -> Verdict {
    let text = || simdutf8::basic::from_utf8(value).ok();
    let is_well = match format {
        Format::Bin | Format::Node => true,
        Format::Chr => text().is_some(),
        // Windows' own descriptions have `True` for a default.
        Format::Bool => value.eq_ignore_ascii_case(b"true") || value.eq_ignore_ascii_case(b"false"),
        Format::Int => text().is_some_and(|text| text.trim().parse::<i32>().is_ok()),
        Format::Float => text().is_some_and(|text| is_float(text.trim())),
        Format::Date => text().is_some_and(|text| is_date(text.trim())),
        Format::Time => text().is_some_and(|text| is_time(text.trim())),
        Format::B64 => is_base64(value),
        Format::Null => value.is_empty(),
        Format::Xml => text().is_some_and(is_xml),
    };
    if is_well { Verdict::Allowed } else { Verdict::Refused(Refusal::NotOfFormat(format)) }
}

fn is_base64(value: &[u8]) -> bool {
    let dense: Vec<u8> = value.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&alphabet::STANDARD, config).decode(dense).is_ok()
}

/// `xs:float`
fn is_float(text: &str) -> bool {
    let is_plain = text.bytes().all(|octet| octet.is_ascii_digit() || b"+-.eE".contains(&octet));
    matches!(text, "INF" | "-INF" | "NaN") || (is_plain && text.parse::<f32>().is_ok())
}

/// Digits as `d`, so that the form of a date can be compared.
fn shape(text: &str) -> String {
    text.chars().map(|char| if char.is_ascii_digit() { 'd' } else { char }).collect()
}

/// A part of a text as a number.
fn digits(text: &str, at: usize, len: usize) -> u32 {
    let part = text.get(at..at.saturating_add(len)).unwrap_or_default();
    part.parse().unwrap_or(u32::MAX)
}

/// ISO 8601 with the century: a calendar, week or ordinal date.
fn is_date(text: &str) -> bool {
    // The longest form has ten characters.
    if text.len() > 10 {
        return false;
    }
    let year = digits(text, 0, 4);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let calendar = |month: u32, day: u32| {
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => 31,
        };
        (1..=12).contains(&month) && (1..=days).contains(&day)
    };
    let ordinal = |day: u32| (1..=if is_leap { 366 } else { 365 }).contains(&day);
    let week = |week: u32, day: u32| (1..=53).contains(&week) && (1..=7).contains(&day);
    match shape(text).as_str() {
        "dddd-dd-dd" => calendar(digits(text, 5, 2), digits(text, 8, 2)),
        "dddddddd" => calendar(digits(text, 4, 2), digits(text, 6, 2)),
        "dddd-ddd" => ordinal(digits(text, 5, 3)),
        "ddddddd" => ordinal(digits(text, 4, 3)),
        "dddd-Wdd-d" => week(digits(text, 6, 2), digits(text, 9, 1)),
        "ddddWddd" => week(digits(text, 5, 2), digits(text, 7, 1)),
        _ => false,
    }
}

/// ISO 8601: hours and minutes, seconds with a fraction, a zone. Windows means a date with a time by this format, so a date
/// before `T` is taken, too.
fn is_time(text: &str) -> bool {
    let text = match text.split_once('T') {
        Some((date, time)) if date.is_empty() || is_date(date) => time,
        Some(_) => return false,
        None => text,
    };
    let (time, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (time, fraction) = time.split_once(['.', ',']).map_or((time, None), |(time, rest)| (time, Some(rest)));
    let is_fraction = fraction.is_none_or(|rest| !rest.is_empty() && rest.bytes().all(|octet| octet.is_ascii_digit()));
    // The longest form has eight characters.
    let is_clock = |text: &str| {
        let (hour, minute, second) = match shape(text.get(..8).unwrap_or(text)).as_str() {
            "dd:dd:dd" => (digits(text, 0, 2), digits(text, 3, 2), digits(text, 6, 2)),
            "dddddd" => (digits(text, 0, 2), digits(text, 2, 2), digits(text, 4, 2)),
            "dd:dd" => (digits(text, 0, 2), digits(text, 3, 2), 0),
            "dddd" => (digits(text, 0, 2), digits(text, 2, 2), 0),
            "dd" => (digits(text, 0, 2), 0, 0),
            _ => return false,
        };
        let is_midnight = (hour, minute, second) == (24, 0, 0);
        text.len() <= 8 && (is_midnight || (hour < 24 && minute < 60 && second <= 60))
    };
    let is_zone = match zone.get(1..) {
        None => true,
        Some("") => zone == "Z",
        Some(offset) => !zone.starts_with('Z') && offset.len() <= 5 && is_clock(offset),
    };
    is_fraction && is_clock(time) && is_zone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(format: Format, value: &str) -> bool {
        check(format, value.as_bytes()).is_refused()
    }

    #[test]
    fn values_are_of_their_formats() {
        let cases: [(Format, &[&str], &[&str]); 10] = [
            (Format::Int, &["0", "-2147483648", "2147483647", " 7 "], &["", "2147483648", "1.0", "x", "0x1"]),
            (Format::Bool, &["true", "false", "True"], &["", "1", "yes"]),
            (Format::Float, &["87.5", "-1E4", "INF", "NaN", ".5"], &["", "inf", "infinity", "1,5", "e"]),
            (
                Format::Date,
                &["2024-02-29", "20240229", "2024-366", "2024-W01-7", "2024-04-30", "2024-12-31"],
                &["", "2023-02-29", "240229", "2024-13-01", "2024-04-31", "2024-W01-07", "2024-02-029"],
            ),
            (
                Format::Time,
                &["07:00:00", "070000", "07:00", "24:00", "07:00:00.5Z", "T07:00+01:00", "2024-02-29T07:00:00Z"],
                &["", "7:00", "25:00", "07:60", "24:01", "07:00:00.", "07:00Z1", "x07:00", "2023-02-29T07:00"],
            ),
            (Format::B64, &["", "AAEC", "AA EC\n", "AA"], &["A", "=AAA", "ä"]),
            (Format::Null, &[""], &["0"]),
            (Format::Xml, &["<a/>", "<?xml version='1.0'?><a>b</a>"], &["", "a", "<a>", "<a/><b/>"]),
            (Format::Chr, &["", "anything"], &[]),
            (Format::Bin, &["", "anything"], &[]),
        ];
        for (format, good, bad) in cases {
            for value in good {
                assert!(!is_refused(format, value), "{format} {value}");
            }
            for value in bad {
                assert!(is_refused(format, value), "{format} {value}");
            }
        }
        assert!(check(Format::Chr, b"\xFF").is_refused() && !check(Format::Bin, b"\xFF").is_refused());
    }
}
