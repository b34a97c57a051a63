//! Arguments to the values that they name.

use crate::cli::credentials::from_hex;
use crate::notification::hints::{AuthType, DevDetail, Transport};
use crate::notification::{Bearer, MoTable};
use crate::push::sms::Reference;
use crate::tree::TStamp;
use std::fmt::Display;
use std::str::FromStr;

/// Seconds since 1970, or a time in UTC in the basic format of ISO 8601.
pub(super) fn time(text: &str) -> Result<u32, String> {
    if let Some(seconds) = decimal(text) {
        let is_date = text.len() == 8 && calendar(&format!("{text}T000000Z")).is_ok();
        let date =
            || format!("a date? Give the time of day, too: {text}T235959Z, or seconds with a zero before: 0{text}");
        return if is_date { Err(date()) } else { Ok(seconds) };
    }
    calendar(text)
}

/// A time in UTC in the basic format.
fn calendar(text: &str) -> Result<u32, String> {
    // Times are in the order of their texts, so that the calendar need not be known here.
    let (mut low, mut high) = (0_u64, u64::from(u32::MAX));
    while low < high {
        let middle = low.midpoint(high);
        match TStamp::from_unix(middle) {
            Some(time) if time.as_str() < text => low = middle.saturating_add(1),
            _ => high = middle,
        }
    }
    match TStamp::from_unix(low) {
        Some(time) if time.as_str() == text => u32::try_from(low).map_err(|_| "too late".to_owned()),
        _ => Err("expected seconds since 1970, or a time in UTC such as 20261231T235959Z, before 2106".to_owned()),
    }
}

/// The same of when something expires: 0 says nothing.
pub(super) fn expiry(text: &str) -> Result<u32, String> {
    time(text).and_then(|time| Some(time).filter(|time| *time > 0).ok_or_else(|| "expected a time after 0".to_owned()))
}

/// A time for people, beside its number.
pub(in crate::cli) fn time_text(seconds: u64) -> String {
    let time = TStamp::from_unix(seconds).map(|time| format!(" ({time})")).unwrap_or_default();
    format!("{seconds}{time}")
}

/// One of these by its name in any case, or another by its code, such as 0x0b.
fn named<T: Copy + Display>(text: &str, known: &[T], other: impl Fn(u8) -> T) -> Result<T, String> {
    let found = known.iter().find(|value| value.to_string().eq_ignore_ascii_case(text)).copied();
    let code = || text.strip_prefix("0x").and_then(hexadecimal).map(other);
    found.or_else(code).ok_or_else(|| {
        let names: Vec<String> = known.iter().map(|value| value.to_string().to_ascii_lowercase()).collect();
        format!("expected {}, or a code such as 0x0b", names.join(", "))
    })
}

pub(super) fn transport(text: &str) -> Result<Transport, String> {
    const ALL: [Transport; 5] = [Transport::Http, Transport::Https, Transport::Wsp, Transport::Obex, Transport::Sip];
    named(text, &ALL, Transport::Other)
}

pub(super) fn bearer(text: &str) -> Result<Bearer, String> {
    named(text, &[Bearer::Any, Bearer::Cellular, Bearer::Wlan, Bearer::Wireline], Bearer::Other)
}

pub(super) fn auth(text: &str) -> Result<AuthType, String> {
    const ALL: [AuthType; 10] = [
        AuthType::Basic,
        AuthType::Digest,
        AuthType::Hmac,
        AuthType::X509,
        AuthType::SecurId,
        AuthType::Safeword,
        AuthType::Digipass,
        AuthType::Transport,
        AuthType::HttpBasic,
        AuthType::HttpDigest,
    ];
    named(text, &ALL, AuthType::Other)
}

pub(super) fn dev_detail(text: &str) -> Result<DevDetail, String> {
    let found = DevDetail::NAMED.iter().find(|(_, name)| name.eq_ignore_ascii_case(text));
    found.map(|(leaf, _)| *leaf).ok_or_else(|| {
        let names: Vec<&str> = DevDetail::NAMED.iter().map(|(_, name)| *name).collect();
        format!("expected {}", names.join(", "))
    })
}

/// A management object: by index, or by an identifier that may have one.
#[derive(Clone)]
pub(super) enum Object {
    Index(u16),
    Identifier(String),
}

pub(super) fn object(text: &str) -> Result<Object, String> {
    if let Some(digits) = text.strip_prefix("0x") {
        let index = hexadecimal(digits);
        return index.map(Object::Index).ok_or_else(|| "expected an index such as 0x0027".to_owned());
    }
    if !text.contains(':') {
        return Err("expected an index such as 0x0027, or an identifier such as urn:oma:mo:oma-fumo:1.0".to_owned());
    }
    Ok(MoTable::OMNA.index(text).map_or_else(|| Object::Identifier(text.to_owned()), Object::Index))
}

/// An index with the identifier that it stands for.
pub(super) fn object_text(index: u16) -> String {
    let identifier = MoTable::OMNA.identifier(index).map(|identifier| format!(" ({identifier})")).unwrap_or_default();
    format!("{index:#06x}{identifier}")
}

/// `1.1`: major and minor.
pub(super) fn version(text: &str) -> Result<(u8, u8), String> {
    let parts = text.split_once('.').and_then(|(major, minor)| Some((decimal(major)?, decimal(minor)?)));
    parts.ok_or_else(|| "expected a version such as 1.3".to_owned())
}

/// The same of a format: ten times what is printed, so that the minor has one digit.
pub(super) fn format_version(text: &str) -> Result<u16, String> {
    let parts = version(text).ok().filter(|(_, minor)| *minor < 10);
    let raw = parts.map(|(major, minor)| u16::from(major).saturating_mul(10).saturating_add(minor.into()));
    raw.filter(|raw| (10..1024).contains(raw))
        .ok_or_else(|| "expected 1.0 to 102.3, with one digit behind the point".to_owned())
}

/// Decimal digits: no sign, as numbers of this language may have.
fn decimal<T: FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|octet| octet.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// Hexadecimal digits, the same.
fn hexadecimal<T: TryFrom<u64>>(text: &str) -> Option<T> {
    let is_number = text.bytes().all(|octet| octet.is_ascii_hexdigit());
    is_number.then(|| u64::from_str_radix(text, 16).ok()).flatten()?.try_into().ok()
}

/// `NUMBER=HEX`, the number in hexadecimal too.
pub(super) fn numbered(text: &str) -> Result<(u16, Vec<u8>), String> {
    let parts = text.split_once('=').and_then(|(number, value)| {
        let number = hexadecimal(number.strip_prefix("0x").unwrap_or(number))?;
        Some((number, from_hex(value)?))
    });
    parts.ok_or_else(|| "expected NUMBER=OCTETS, both in hexadecimal".to_owned())
}

/// A number in hexadecimal digits.
pub(super) fn hex_number(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    hexadecimal(digits).ok_or_else(|| "expected hexadecimal digits".to_owned())
}

/// A session id as `SessionID` has it.
pub(super) fn session(text: &str) -> Result<u16, String> {
    let id = hexadecimal(text).filter(|id| *id > 0);
    id.ok_or_else(|| "expected 1 to 4 hexadecimal digits, not 0".to_owned())
}

/// `Name: value`.
pub(super) fn header(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once(':').map(|(name, value)| (name.trim_end().to_owned(), value.trim().to_owned()));
    parts.ok_or_else(|| "expected NAME: VALUE".to_owned())
}

/// A reference of 8 or 16 bits, by its number of digits.
pub(super) fn reference(text: &str) -> Result<Reference, String> {
    let reference = match text.len() {
        2 => hexadecimal(text).map(Reference::Octet),
        4 => hexadecimal(text).map(Reference::Word),
        _ => None,
    };
    reference.ok_or_else(|| "expected 2 or 4 hexadecimal digits".to_owned())
}

/// Octets in hexadecimal.
pub(super) fn octets(text: &str) -> Result<Octets, String> {
    from_hex(text).map(Octets).ok_or_else(|| "expected pairs of hexadecimal digits".to_owned())
}

/// Octets: clap would take a bare vector for a list of values.
#[derive(Clone)]
pub(super) struct Octets(pub(super) Vec<u8>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_digits_and_nothing_else() {
        assert_eq!((version("1.3"), version("1.13")), (Ok((1, 3)), Ok((1, 13))));
        assert_eq!((format_version("1.3"), format_version("102.3")), (Ok(13), Ok(1023)));
        for wrong in ["1.13", "1.+3", "+1.3", "0.9", "102.4", "1", "1.", ".1", "256.0", "1.3.0"] {
            assert!(format_version(wrong).is_err(), "{wrong}");
        }
        assert!(version("+1.3").is_err() && time("+7").is_err() && session("+7").is_err() && session("").is_err());
        assert!(hex_number("+7").is_err() && reference("+7").is_err() && numbered("+7=00").is_err());
        assert!(object("0x+7").is_err() && bearer("0x+7").is_err());
        assert_eq!((hex_number("0x7"), session("1a")), (Ok(7), Ok(0x1a)));
    }

    #[test]
    fn times_are_seconds_or_texts() {
        // date -u -d 2026-12-31T23:59:59Z +%s
        assert_eq!(time("20261231T235959Z"), Ok(1_798_761_599));
        assert_eq!(time("1798761599"), Ok(1_798_761_599));
        assert_eq!((time("19700101T000000Z"), time("21060207T062815Z")), (Ok(0), Ok(u32::MAX)));
        // Eight digits that are no date of these years are seconds.
        assert_eq!(
            (time("20261301"), time("20270229"), time("18991231")),
            (Ok(20_261_301), Ok(20_270_229), Ok(18_991_231))
        );
        assert!(time("20261231").is_err_and(|advice| advice.contains("20261231T235959Z")));
        assert_eq!((time("020261231"), expiry("1")), (Ok(20_261_231), Ok(1)));
        assert!(time("20280229").is_err() && expiry("0").is_err() && expiry("19700101T000000Z").is_err());
        for wrong in ["21060207T062816Z", "20261331T235959Z", "2026-12-31", "", "-1", "99999999999"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
