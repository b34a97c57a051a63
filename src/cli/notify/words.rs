//! Arguments to the values that they name.

use crate::cli::credentials::from_hex;
use crate::notification::hints::{AuthType, DevDetail, Transport};
use crate::notification::{Bearer, MoTable};
use crate::push::sms::Reference;
use crate::tree::TStamp;
use std::fmt::Display;

/// Seconds since 1970, or a time in UTC in the basic format of ISO 8601.
pub(super) fn time(text: &str) -> Result<u32, String> {
    if let Ok(seconds) = text.parse() {
        return Ok(seconds);
    }
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

/// A time for people, beside its number.
pub(in crate::cli) fn time_text(seconds: u64) -> String {
    let time = TStamp::from_unix(seconds).map(|time| format!(" ({time})")).unwrap_or_default();
    format!("{seconds}{time}")
}

/// One of these by its name in any case, or another by its code, such as 0x0b.
fn named<T: Copy + Display>(text: &str, known: &[T], other: impl Fn(u8) -> T) -> Result<T, String> {
    let found = known.iter().find(|value| value.to_string().eq_ignore_ascii_case(text)).copied();
    let code = || text.strip_prefix("0x").and_then(|digits| u8::from_str_radix(digits, 16).ok()).map(other);
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
        let index = u16::from_str_radix(digits, 16);
        return index.map(Object::Index).map_err(|_| "expected an index such as 0x0027".to_owned());
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
    let parts = text.split_once('.').and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    parts.ok_or_else(|| "expected a version such as 1.3".to_owned())
}

/// `NUMBER=HEX`, the number in hexadecimal too.
pub(super) fn numbered(text: &str) -> Result<(u16, Vec<u8>), String> {
    let parts = text.split_once('=').and_then(|(number, value)| {
        let number = u16::from_str_radix(number.strip_prefix("0x").unwrap_or(number), 16).ok()?;
        Some((number, from_hex(value)?))
    });
    parts.ok_or_else(|| "expected NUMBER=OCTETS, both in hexadecimal".to_owned())
}

/// A number in hexadecimal digits.
pub(super) fn hex_number(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    u64::from_str_radix(digits, 16).map_err(|_| "expected hexadecimal digits".to_owned())
}

/// A session id as `SessionID` has it.
pub(super) fn session(text: &str) -> Result<u16, String> {
    let id = u16::from_str_radix(text, 16).ok().filter(|id| *id > 0);
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
        2 => u8::from_str_radix(text, 16).map(Reference::Octet).ok(),
        4 => u16::from_str_radix(text, 16).map(Reference::Word).ok(),
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
    fn times_are_seconds_or_texts() {
        // date -u -d 2026-12-31T23:59:59Z +%s
        assert_eq!(time("20261231T235959Z"), Ok(1_798_761_599));
        assert_eq!(time("1798761599"), Ok(1_798_761_599));
        assert_eq!((time("19700101T000000Z"), time("21060207T062815Z")), (Ok(0), Ok(u32::MAX)));
        for wrong in ["21060207T062816Z", "20261331T235959Z", "2026-12-31", "", "-1", "99999999999"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
