//! Times, parameters, and lines that are not headers.

use super::date::{http_date, parse_http_date};
use super::*;
use crate::{ErrorKind, Limits};

#[test]
fn times_are_those_of_another_calendar() {
    // LC_ALL=C date -u -d @SECONDS '+%a, %d %b %Y %T GMT %Y-%m-%dT%TZ'
    for (seconds, date, stamp) in [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
        (68_169_599, "Mon, 28 Feb 1972 23:59:59 GMT", "1972-02-28T23:59:59Z"),
        (68_169_600, "Tue, 29 Feb 1972 00:00:00 GMT", "1972-02-29T00:00:00Z"),
        (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT", "2000-03-01T00:00:00Z"),
        (1_798_718_400, "Thu, 31 Dec 2026 12:00:00 GMT", "2026-12-31T12:00:00Z"),
        (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT", "2026-12-31T23:59:59Z"),
        (1_798_761_600, "Fri, 01 Jan 2027 00:00:00 GMT", "2027-01-01T00:00:00Z"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT", "2100-03-01T00:00:00Z"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT", "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(http_date(seconds).as_deref(), Some(date));
        assert_eq!(timestamp(seconds).as_deref(), Some(stamp));
        assert_eq!(
            (parse_http_date(date.as_bytes()), parse_timestamp(stamp)),
            (Some(seconds), Some(seconds)),
            "{date}"
        );
    }
    assert_eq!((http_date(253_402_300_800), timestamp(253_402_300_800), http_date(u64::MAX)), (None, None, None));
    // The other forms of RFC 9110 §5.6.7, which are one time.
    for date in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
        assert_eq!(parse_http_date(date.as_bytes()), Some(784_111_777), "{date}");
    }
    for wrong in [
        "",
        "0",
        "-1",
        "Thu, 31 Dec 2026 23:59:59",
        "Thu, 31 Dec 2026 23:59:59 CET",
        "Thu, 31 Dec 2026 24:00:00 GMT",
        "Wed, 31 Dec 1969 23:59:59 GMT",
        "Mon, 29 Feb 2027 00:00:00 GMT",
        "Thu, 00 Dec 2026 00:00:00 GMT",
        "Thu, 31 Dez 2026 00:00:00 GMT",
        "Thu, 31 Dec 2026 00:00 GMT",
        "Thu, 31 Dec 2026 00:00:00:00 GMT",
        "Thu, +1 Dec 2026 00:00:00 GMT",
        "Thu, 31 Dec 18446744073709551615 00:00:00 GMT",
        "Thu, 31 Dec 10000 00:00:00 GMT",
        "1 2 3 4 5 6 7 8",
        // RFC 9110 §5.6.7: two digits each, four of the year; one of the day in the form of asctime alone.
        "Thu, 31 Dec 026 00:00:00 GMT",
        "Thu, 1 Dec 2026 00:00:00 GMT",
        "Thu, 001 Dec 2026 00:00:00 GMT",
        "Thu, 31 Dec 2026 0:00:00 GMT",
        "Thu, 31 Dec 2026 00:0:00 GMT",
        "Thu, 31 Dec 2026 00:00:000 GMT",
        "Sun Nov 006 08:49:37 1994",
        "Sun Nov  6 8:49:37 1994",
    ] {
        assert_eq!(parse_http_date(wrong.as_bytes()), None, "{wrong}");
    }
    assert_eq!(parse_http_date(b"Thu, 31 Dec 2026 23:59:59 GM\xff"), None);
    for wrong in [
        "",
        "Z",
        "2026-12-31",
        "2026-12-31T23:59:59",
        "2026-00-31T23:59:59Z",
        "2026-12-32T23:59:59Z",
        "2026-12-31T23:59Z",
        "2026-12-31-1T23:59:59Z",
        "2026-12-31T23:59:59+01:00Z",
        "-2026-12-31T23:59:59Z",
        "2026-1-31T23:59:59Z",
        "2026-12-1T23:59:59Z",
        "2026-12-31T3:59:59Z",
        "2026-12-31T23:59:059Z",
        "02026-12-31T23:59:59Z",
    ] {
        assert_eq!(parse_timestamp(wrong), None, "{wrong}");
    }
}

#[test]
fn parameters_are_separated_outside_of_quotes() {
    let of = |value: &'static str| parameters(value.as_bytes()).collect::<Vec<_>>();
    assert_eq!(of("*;+g.oma.pusheventapp=\"syncml.dm\";require"), [("+g.oma.pusheventapp", "syncml.dm")]);
    assert_eq!(of("*; a = \"x;y,z\\\";b=1\" ;c=d, *;e=f"), [("a", "x;y,z\\\";b=1"), ("c", "d"), ("e", "f")]);
    assert_eq!(of("a=\"open;b=c"), [("a", "\"open;b=c")]);
    assert_eq!(of(";;,=,"), [("", "")]);
    assert_eq!(of(""), []);
}

#[test]
fn lines_end_in_either_way_and_long_ones_are_folded() {
    let octets = b"Name: value\r\nOTHER :\tx\ny: a\r\n b\n\tc\r\n\r\nbody";
    let mut text = Text::new(octets, 100);
    let headers = text.headers(&Limits::DEFAULT, true).unwrap();
    let all: Vec<_> = headers.iter().map(|header| (header.name, header.value, header.offset)).collect();
    assert_eq!(all, [("Name", &b"value"[..], 106), ("OTHER", b"x", 121), ("y", b"a\r\n b\n\tc", 126)]);
    assert_eq!((text.rest(), text.offset()), (&b"body"[..], 138));
    assert_eq!(
        (headers.get("name"), headers.get("Other"), headers.get("z")),
        (Some(&b"value"[..]), Some(&b"x"[..]), None)
    );
}

#[test]
fn what_is_no_header_is_refused_with_its_place() {
    use ErrorKind::{InvalidCharacter, LimitHeader, LimitHeaders, PushHeaderLine, UnexpectedEnd};
    let limits = Limits { headers: 2, header: 12, ..Limits::DEFAULT };
    let cases: [(&[u8], ErrorKind, usize); 15] = [
        (b"", UnexpectedEnd, 0),
        (b"a: b", UnexpectedEnd, 4),
        (b"a: b\r\n", UnexpectedEnd, 6),
        (b"a: b\r\nc\r\n\r\n", PushHeaderLine, 6),
        (b": b\r\n\r\n", PushHeaderLine, 0),
        (b" a: b\r\n\r\n", PushHeaderLine, 0),
        (b"a b: c\r\n\r\n", PushHeaderLine, 0),
        (b"\xc3\xa4: c\r\n\r\n", PushHeaderLine, 0),
        (b"a: b\rc: d\r\n\r\n", InvalidCharacter, 4),
        (b"a: b\0\r\n\r\n", InvalidCharacter, 4),
        (b"a: b\x7f\r\n\r\n", InvalidCharacter, 4),
        (b"a: 0123456789\r\n\r\n", LimitHeader, 0),
        (b"a: 01234\r\n 56789\r\n\r\n", LimitHeader, 0),
        // Of 12 octets, with a line end that is not there.
        (b"a: 012345678", UnexpectedEnd, 12),
        (b"a:\nb:\nc:\n\n", LimitHeaders, 6),
    ];
    for (octets, kind, offset) in cases {
        let shown = String::from_utf8_lossy(octets);
        let error = Text::new(octets, 0).headers(&limits, true).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (kind, offset), "{shown}");
    }
    // Without a need for the empty line.
    assert_eq!(Text::new(b"a: b", 0).headers(&limits, false).unwrap().iter().count(), 1);
}
