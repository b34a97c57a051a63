//! HTTP and SIP.

use super::{END_OF_2026, P1, at, broken, hex};
use omadm::push::http::{self, Request};
use omadm::push::sip::{self, Message};
use omadm::push::{ApplicationId, ContentType, Entity, Expires};
use omadm::{ErrorKind, Limits};
use proptest::prelude::*;

const LIMITS: Limits = Limits::DEFAULT;
/// The examples of `provisional.md` §3.2, up to the body.
const SIP: &str = "MESSAGE sip:+15551230001@home.example SIP/2.0\r\n\
Accept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"\r\n\
Date: Thu, 31 Dec 2026 12:00:00 GMT\r\n\
Expires: 43199\r\n\
Content-Type: application/vnd.syncml.notification\r\n\
Content-Length: 48\r\n\r\n";
const HTTP: &str = "POST / HTTP/1.1\r\n\
Host: 198.51.100.7:4035\r\n\
Content-Type: application/vnd.syncml.notification\r\n\
X-Wap-Application-Id: x-wap-application:syncml.dm\r\n\
Expires: Thu, 31 Dec 2026 23:59:59 GMT\r\n\
Content-Length: 48\r\n\r\n";
/// 2026-12-31T12:00:00Z.
const NOON: u64 = 1_798_718_400;

fn with_body(head: &str) -> Vec<u8> {
    [head.as_bytes(), &hex(P1)].concat()
}

#[test]
fn the_examples_are_written_and_read_octet_for_octet() {
    let body = hex(P1);
    let end = Some(u64::from(END_OF_2026));
    let new = http::Fields::new("198.51.100.7:4035", ContentType::NOTIFICATION, &body);
    assert_eq!(http::Fields { expires: end, ..new }.encode().unwrap(), with_body(HTTP));
    let octets = with_body(HTTP);
    let request = Request::decode(&octets, &LIMITS).unwrap();
    assert_eq!((request.target, request.entity.headers.get("host")), ("/", Some(&b"198.51.100.7:4035"[..])));
    let payload = request.entity.payload().unwrap();
    assert_eq!((payload.content_type, payload.body, payload.offset), (0x44, &body[..], HTTP.len()));
    assert_eq!(payload.expires, Expires::from(end));

    let new = sip::Fields::new("sip:+15551230001@home.example", ContentType::NOTIFICATION, &body);
    let fields = sip::Fields { date: Some(NOON), expires: Some(43_199), ..new };
    assert_eq!(fields.encode().unwrap(), with_body(SIP));
    let octets = with_body(SIP);
    let message = Message::decode(&octets, &LIMITS).unwrap();
    assert_eq!(message.uri, "sip:+15551230001@home.example");
    assert_eq!(message.applications().collect::<Vec<_>>(), ["syncml.dm"]);
    let payload = message.payload(None).unwrap();
    assert_eq!((payload.content_type, payload.body, payload.offset), (0x44, &body[..], SIP.len()));
    assert_eq!(payload.expires, Expires::from(end));
}

#[test]
fn a_1_3_body_has_its_own_type_and_data_synchronisation_its_own_application() {
    let octets = http::Fields::new("h", ContentType::NOTIFICATION_1_3, b"b").encode().unwrap();
    assert!(String::from_utf8_lossy(&octets).contains("Content-Type: application/vnd.syncml.dm.notification\r\n"));
    assert_eq!(Request::decode(&octets, &LIMITS).unwrap().entity.payload().unwrap().content_type, 0x58);
    let octets = sip::Fields::new("sip:a", ContentType::NOTIFICATION_1_3, b"b").encode().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&octets),
        "MESSAGE sip:a SIP/2.0\r\nAccept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"\r\n\
         Content-Type: application/vnd.syncml.dm.notification\r\nContent-Length: 1\r\n\r\nb"
    );
    let payload = Message::decode(&octets, &LIMITS).unwrap().payload(None).unwrap();
    assert_eq!((payload.content_type, payload.body), (0x58, &b"b"[..]));
    let octets = sip::Fields::new("sip:a", ContentType::DS_NOTIFICATION, b"b").encode().unwrap();
    assert!(String::from_utf8_lossy(&octets).contains("+g.oma.pusheventapp=\"push.syncml\"\r\n"));
    assert_eq!(Message::decode(&octets, &LIMITS).unwrap().payload(None).unwrap().content_type, 0x4e);
}

#[test]
fn data_synchronisation_is_named_in_http_as_in_sip() {
    let octets = http::Fields::new("h", ContentType::DS_NOTIFICATION, b"b").encode().unwrap();
    let text = String::from_utf8_lossy(&octets);
    assert!(text.contains("Content-Type: application/vnd.syncml.ds.notification\r\n"), "{text}");
    assert!(text.contains("X-Wap-Application-Id: x-wap-application:push.syncml\r\n"), "{text}");
    assert_eq!(Request::decode(&octets, &LIMITS).unwrap().entity.payload().unwrap().content_type, 0x4e);
}

/// Numbers and names of OMNA's lists of WSP content types and WAP application identifiers.
#[test]
fn types_and_applications_print_their_names_and_numbers_without_one() {
    assert_eq!(ContentType::NOTIFICATION.to_string(), "application/vnd.syncml.notification");
    assert_eq!(ContentType::WellKnown(0x07).to_string(), "0x07");
    assert_eq!(ContentType::Text("text/x").to_string(), "text/x");
    assert_eq!(ApplicationId::DEVICE_MANAGEMENT.to_string(), "x-wap-application:syncml.dm");
    assert_eq!(ApplicationId::WellKnown(0x8f01).to_string(), "0x8f01");
    assert_eq!(ApplicationId::Uri("urn:x:app").to_string(), "urn:x:app");
}

#[test]
fn the_reader_is_tolerant_of_case_line_ends_parameters_and_the_number_of_the_application() {
    let http = |head: &str| {
        let octets = with_body(head);
        Request::decode(&octets, &LIMITS).and_then(|request| request.entity.payload()).unwrap().body.to_vec()
    };
    for head in [
        HTTP.replace("\r\n", "\n"),
        HTTP.to_ascii_lowercase().replace("post / http/1.1", "POST /push?x HTTP/1.0"),
        HTTP.replace("vnd.syncml.notification", "VND.syncml.notification; charset=utf-8"),
        HTTP.replace("x-wap-application:syncml.dm", "X-WAP-APPLICATION:SYNCML.DM"),
        HTTP.replace("x-wap-application:syncml.dm", "7"),
        HTTP.replace(": ", ":"),
        HTTP.replace(": ", ":\t "),
        HTTP.replace("Host", "Content-Encoding: identity\r\nContent-Transfer-Encoding: Binary\r\nHost"),
        HTTP.replace("Content-Type: ", "Content-Type:\r\n "),
        HTTP.replace("Content-Length: 48\r\n", ""),
        HTTP.replace("Content-Length: 48\r\n", "Content-Length: 48\r\nContent-Length: 0048\r\n"),
    ] {
        assert_eq!(http(&head), hex(P1), "{head}");
    }
    for head in [
        SIP.replace("\r\n", "\n"),
        SIP.replace("Accept-Contact", "a").replace("Content-Type", "c").replace("Content-Length", "l"),
        SIP.replace("Accept-Contact: *;", "Accept-Contact: *;audio\r\nACCEPT-CONTACT: *;require; "),
        SIP.replace("\"syncml.dm\"", "\"mms.ua,SyncML.DM\";explicit"),
        SIP.replace("Accept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"", "X-Wap-Application-Id: 7"),
        SIP.replace("+g.oma", "+G.OMA"),
        SIP.replace("Expires: ", "Expires : "),
        SIP.replace("Date", "e: identity, \r\nDate"),
    ] {
        let octets = with_body(&head);
        let payload = Message::decode(&octets, &LIMITS).unwrap().payload(None).unwrap();
        assert_eq!(payload.body, hex(P1), "{head}");
        assert_eq!(payload.expires, Expires::At(END_OF_2026.into()));
    }
    // The header lines that a device of Windows hands out, without an empty line (`notification.md` §5.4).
    let lines =
        b"Content-Type: application/vnd.syncml.notification\r\nX-Wap-Application-Id: x-wap-application:syncml.dm\r\n";
    let payload = Entity::decode_parts(lines, b"p0", &LIMITS).unwrap().payload().unwrap();
    assert_eq!((payload.body, payload.offset, payload.expires), (&b"p0"[..], lines.len(), Expires::Never));
    // What follows a body is another message's.
    let octets = [with_body(HTTP), b"POST".to_vec()].concat();
    assert_eq!(Request::decode(&octets, &LIMITS).unwrap().entity.rest, b"POST");
}

#[test]
fn expiry_is_absolute_and_what_cannot_be_read_has_passed() {
    let http = |value: &str| {
        let octets = with_body(&HTTP.replace("Thu, 31 Dec 2026 23:59:59 GMT", value));
        Request::decode(&octets, &LIMITS).unwrap().entity.payload().unwrap().expires
    };
    assert_eq!(http("Thursday, 31-Dec-26 23:59:59 GMT"), Expires::At(END_OF_2026.into()));
    assert_eq!(http("Thu Dec 31 23:59:59 2026"), Expires::At(END_OF_2026.into()));
    for passed in ["0", "-1", "", "never", "Thu, 31 Dec 2026 23:59:59 CET"] {
        assert_eq!(http(passed), Expires::Passed, "{passed}");
    }
    let sip = |from: &str, to: &str, arrival| {
        let octets = with_body(&SIP.replace(from, to));
        Message::decode(&octets, &LIMITS).unwrap().payload(arrival).unwrap().expires
    };
    let date = "Date: Thu, 31 Dec 2026 12:00:00 GMT\r\n";
    // Date counts, and without it the time of arrival.
    assert_eq!(sip("", "", Some(5)), Expires::At(END_OF_2026.into()));
    assert_eq!(sip(date, "", Some(5)), Expires::At(43_204));
    assert_eq!(sip(date, "Date: today\r\n", Some(5)), Expires::At(43_204));
    assert_eq!(sip(date, "", None), Expires::Unknown);
    assert_eq!(sip("Expires: 43199\r\n", "", Some(5)), Expires::Never);
    for zero in ["0", "", "soon", "-1", "99999999999999999999999"] {
        assert_eq!(sip("43199", zero, None), Expires::At(NOON), "{zero}");
        let from = "Date: Thu, 31 Dec 2026 12:00:00 GMT\r\nExpires: 43199";
        let to = format!("Expires: {zero}");
        assert_eq!(sip(from, &to, Some(5)), Expires::At(5), "{zero}");
        assert_eq!(sip(from, &to, None), Expires::Passed, "{zero}");
    }
    assert_eq!(sip("43199", "18446744073709551615", None), Expires::At(u64::MAX));
}

/// What is wrong in the example, changed like this, and at which octets of it.
fn refused(example: &str, from: &str, to: &str) -> (ErrorKind, usize) {
    let octets = with_body(&example.replacen(from, to, 1));
    if example == SIP {
        at(Message::decode(&octets, &LIMITS).and_then(|message| message.payload(None)))
    } else {
        at(Request::decode(&octets, &LIMITS).and_then(|request| request.entity.payload()))
    }
}

#[test]
fn wrong_and_missing_types_and_applications_are_refused_by_name() {
    use ErrorKind::{PushApplicationId, PushContentType};
    for example in [HTTP, SIP] {
        let type_at = example.find("application/vnd").unwrap();
        let header = "Content-Type: application/vnd.syncml.notification\r\n";
        let end = example.len() - header.len();
        assert_eq!(refused(example, header, ""), (PushContentType, end), "{example}");
        assert_eq!(refused(example, "application/vnd", "text/vnd"), (PushContentType, type_at));
        assert_eq!(refused(example, "vnd.syncml.notification", "vnd.syncml.dm+xml"), (PushContentType, type_at));
        assert_eq!(refused(example, "application/vnd.syncml.notification", "notification"), (PushContentType, type_at));
        assert_eq!(refused(example, "application/vnd.syncml.notification", "\u{e4}/b"), (PushContentType, type_at));
    }
    let application_at = HTTP.find("x-wap-application:").unwrap();
    let header = "X-Wap-Application-Id: x-wap-application:syncml.dm\r\n";
    assert_eq!(refused(HTTP, header, ""), (PushApplicationId, HTTP.len() - header.len()));
    for other in ["push.syncml", "syncml.dm2", "wml.ua", ""] {
        assert_eq!(refused(HTTP, "syncml.dm", other), (PushApplicationId, application_at), "{other}");
    }
    for other in ["5", "70", "0x07", "syncml.dm"] {
        assert_eq!(refused(HTTP, "x-wap-application:syncml.dm", other), (PushApplicationId, application_at), "{other}");
    }
    let tag = "Accept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"\r\n";
    let tag_at = SIP.find("*;").unwrap();
    assert_eq!(refused(SIP, tag, ""), (PushApplicationId, SIP.len() - tag.len()));
    for other in ["\"ulp.ua\"", "\"push.syncml\"", "\"\"", "\"x-wap-application:syncml.dm\""] {
        assert_eq!(refused(SIP, "\"syncml.dm\"", other), (PushApplicationId, tag_at), "{other}");
    }
    assert_eq!(refused(SIP, "+g.oma.pusheventapp", "x"), (PushApplicationId, tag_at));
    assert_eq!(
        refused(SIP, "*;+g.oma.pusheventapp=\"syncml.dm\"", "*;x=\"+g.oma.pusheventapp=syncml.dm\""),
        (PushApplicationId, tag_at)
    );
}

#[test]
fn messages_that_are_none_are_refused_with_their_place() {
    use ErrorKind::{
        InvalidCharacter, PushBodyLength, PushHeaderLine, PushHeaderRepeated, PushStartLine, UnexpectedEnd,
    };
    for (from, to) in
        [("POST", "GET"), ("HTTP/1.1", "HTTP/2"), ("POST /", "POST  /"), (" HTTP/1.1", ""), ("HTTP/1.1", "HTTP/1.1 x")]
    {
        assert_eq!(refused(HTTP, from, to), (PushStartLine, 0), "{to}");
    }
    for (from, to) in [
        ("MESSAGE", "NOTIFY"),
        ("SIP/2.0", "SIP/3.0"),
        ("MESSAGE sip:+15551230001@home.example SIP/2.0", "SIP/2.0 200 OK"),
    ] {
        assert_eq!(refused(SIP, from, to), (PushStartLine, 0), "{to}");
    }
    for example in [HTTP, SIP] {
        let length_at = example.find("48\r\n").unwrap();
        let end = example.len() + 48;
        assert_eq!(refused(example, "48\r\n", "49\r\n"), (UnexpectedEnd, end));
        for wrong in ["", "x", "-1", "4 8", "99999999999999999999999"] {
            assert_eq!(refused(example, "48\r\n", &format!("{wrong}\r\n")), (PushBodyLength, length_at), "{wrong}");
        }
        let twice = "48\r\nContent-Length: 47\r\n";
        assert_eq!(refused(example, "48\r\n", twice), (PushBodyLength, length_at + 20));
        assert_eq!(
            refused(example, "Content-Length: 48", "Transfer-Encoding: chunked"),
            (PushBodyLength, length_at + 3)
        );
        let twice = "Content-Type: application/vnd.syncml.notification\r\ncontent-TYPE: ";
        let at = example.find("Content-Type").unwrap() + twice.len();
        assert_eq!(refused(example, "Content-Type: ", twice), (PushHeaderRepeated, at));
        let expires = example.find("Expires").unwrap();
        assert_eq!(
            refused(example, "Expires: ", "Expires; "),
            match example {
                // Without its colon the line of SIP has none; HTTP's has, behind a blank.
                SIP => (PushHeaderLine, expires),
                _ => (PushHeaderLine, expires),
            }
        );
        assert_eq!(refused(example, "Expires: ", "Expires: \u{1}"), (InvalidCharacter, expires + 9));
    }
    assert_eq!(refused(SIP, "Content-Type: ", "c: text/plain\r\nContent-Type: ").0, PushHeaderRepeated);
}

#[test]
fn encodings_are_refused_by_name_and_can_be_undone_by_who_knows_them() {
    for (example, name) in [(HTTP, "Content-Encoding"), (HTTP, "content-transfer-encoding"), (SIP, "E")] {
        let begin = example.find("Content-Type").unwrap();
        for encoding in ["base64", "gzip", "identity, gzip", "quoted-printable", "x"] {
            let to = format!("{name}: {encoding}\r\nContent-Type");
            let expected = (ErrorKind::PushEncoding, begin + name.len() + 2);
            assert_eq!(refused(example, "Content-Type", &to), expected, "{to}");
        }
    }
    // The headers can be read, and another body be taken for it.
    let octets = with_body(&HTTP.replace("Host", "Content-Encoding: gzip\r\nHost"));
    let entity = Request::decode(&octets, &LIMITS).unwrap().entity;
    assert_eq!(entity.headers.get("Content-Encoding"), Some(&b"gzip"[..]));
    let (http, sip) = (
        http::Fields::new("h", ContentType::NOTIFICATION, b""),
        sip::Fields::new("sip:a", ContentType::NOTIFICATION, b""),
    );
    for more in [[("Content-Encoding", "gzip")], [("content-transfer-encoding", "base64")]] {
        assert_eq!(at(http::Fields { more: &more, ..http }.encode()).0, ErrorKind::PushHeaderRepeated);
        assert_eq!(at(sip::Fields { more: &more, ..sip }.encode()).0, ErrorKind::PushHeaderRepeated);
    }
}

/// RFC 9112 §5.1: two readers could take it for two headers.
#[test]
fn a_blank_before_the_colon_is_no_header_of_http() {
    for (name, at) in [("Host", 17), ("Content-Length", HTTP.find("Content-Length").unwrap())] {
        for blank in [" ", "\t"] {
            assert_eq!(refused(HTTP, name, &format!("{name}{blank}")), (ErrorKind::PushHeaderLine, at), "{name}");
        }
    }
}

#[test]
fn headers_that_were_parted_end_at_an_empty_line() {
    let type_line = &b"Content-Type: application/vnd.syncml.notification\r\n"[..];
    let id_line = &b"X-Wap-Application-Id: 7\r\n"[..];
    for empty in [&b"\r\n"[..], b"\n", b""] {
        let headers = [type_line, id_line, empty].concat();
        assert_eq!(Entity::decode_parts(&headers, b"b", &LIMITS).unwrap().payload().unwrap().body, b"b");
    }
    let headers = [type_line, b"\r\n", id_line].concat();
    assert_eq!(at(Entity::decode_parts(&headers, b"b", &LIMITS)), (ErrorKind::PushHeaderLine, type_line.len() + 2));
}

#[test]
fn limits_hold_for_lines_and_their_number() {
    let octets = with_body(HTTP);
    let longest = HTTP.lines().map(str::len).max().unwrap();
    let header = u32::try_from(longest).unwrap();
    assert!(Request::decode(&octets, &Limits { headers: 5, header, ..LIMITS }).is_ok());
    let few = Limits { headers: 4, ..LIMITS };
    assert_eq!(at(Request::decode(&octets, &few)), (ErrorKind::LimitHeaders, HTTP.find("Content-Length").unwrap()));
    let short = Limits { header: header - 1, ..LIMITS };
    assert_eq!(at(Request::decode(&octets, &short)).0, ErrorKind::LimitHeader);
    let first = Limits { header: 10, ..LIMITS };
    assert_eq!(at(Message::decode(&octets, &first)), (ErrorKind::LimitHeader, 0));
}

#[test]
fn nothing_can_be_written_into_a_header_that_would_be_another_line() {
    use ErrorKind::{
        InvalidCharacter, PushApplicationId, PushContentType, PushHeaderLine, PushHeaderRepeated, PushTime,
    };
    let http = http::Fields::new("h", ContentType::NOTIFICATION, b"b");
    let sip = sip::Fields::new("sip:a", ContentType::NOTIFICATION, b"b");
    for injection in ["x\r\nX: y", "x\nX: y", "x\ry", "x\0y", "x\u{85}y"] {
        assert_eq!(at(http::Fields { target: injection, ..http }.encode()), (InvalidCharacter, 6));
        assert_eq!(at(http::Fields { host: injection, ..http }.encode()), (InvalidCharacter, 24));
        assert_eq!(at(http::Fields { more: &[("A", injection)], ..http }.encode()), (InvalidCharacter, 30));
        let application_id = ApplicationId::Uri(injection);
        assert_eq!(at(http::Fields { application_id, ..http }.encode()).0, InvalidCharacter);
        let content_type = ContentType::Text(injection);
        assert_eq!(at(http::Fields { content_type, ..http }.encode()), (InvalidCharacter, 41));
        assert_eq!(at(sip::Fields { content_type, ..sip }.encode()).0, InvalidCharacter);
        assert_eq!(at(sip::Fields { uri: injection, ..sip }.encode()), (InvalidCharacter, 9));
        assert_eq!(at(sip::Fields { more: &[("Via", injection)], ..sip }.encode()), (InvalidCharacter, 29));
        let uri = format!("x-wap-application:{injection}");
        assert_eq!(
            at(sip::Fields { application_id: ApplicationId::Uri(&uri), ..sip }.encode()),
            (PushApplicationId, 23)
        );
        for name in [injection, "", "a b", "a:", "\u{e4}"] {
            assert_eq!(at(http::Fields { more: &[(name, "v")], ..http }.encode()), (PushHeaderLine, 26), "{name}");
            assert_eq!(at(sip::Fields { more: &[(name, "v")], ..sip }.encode()), (PushHeaderLine, 23), "{name}");
        }
    }
    assert_eq!(at(http::Fields { target: "/a b", ..http }.encode()), (InvalidCharacter, 7));
    assert_eq!(at(http::Fields { target: "", ..http }.encode()), (InvalidCharacter, 5));
    assert_eq!(at(sip::Fields { uri: "\"A\" <sip:a>", ..sip }.encode()), (InvalidCharacter, 11));
    // A tag cannot name what has no short name, or one that would end its quotes.
    for uri in ["urn:x", "x-wap-application:", "x-wap-application:a\"b", "x-wap-application:a,b"] {
        assert_eq!(at(sip::Fields { application_id: ApplicationId::Uri(uri), ..sip }.encode()).0, PushApplicationId);
    }
    for own in ["content-length", "Expires", "HOST", "transfer-encoding"] {
        assert_eq!(at(http::Fields { more: &[("A", "b"), (own, "1")], ..http }.encode()), (PushHeaderRepeated, 32));
    }
    for own in ["content-length", "l", "C", "Accept-Contact"] {
        assert_eq!(at(sip::Fields { more: &[(own, "1")], ..sip }.encode()), (PushHeaderRepeated, 23));
    }
    let content_type = ContentType::WellKnown(1);
    assert_eq!(at(http::Fields { content_type, ..http }.encode()), (PushContentType, 26));
    assert_eq!(at(http::Fields { expires: Some(u64::MAX), ..http }.encode()).0, PushTime);
    assert_eq!(at(sip::Fields { date: Some(u64::MAX), ..sip }.encode()).0, PushTime);
}

#[test]
fn nothing_that_is_broken_hurts() {
    let mut read = 0;
    let mut whole = 0;
    broken(&with_body(HTTP), |message| {
        if let Ok(request) = Request::decode(message, &LIMITS) {
            read += usize::from(request.entity.payload().is_ok());
            assert_eq!(request.entity.headers.iter().count(), 5);
            whole += 1;
        }
    });
    broken(&with_body(SIP), |message| {
        if let Ok(message) = Message::decode(message, &LIMITS) {
            read += usize::from(message.payload(Some(1)).is_ok());
            whole += 1;
        }
    });
    // Bits of the body are nobody's business here.
    assert!(read >= 2 * 48 * 8 && whole > read, "{read} of {whole}");
}

/// Values without control characters or blanks around them.
const VALUE: &str = "([!-~\u{e4}]([ -~]{0,20}[!-~])?)?";

proptest! {
    #[test]
    fn an_http_push_that_is_written_is_read_again(
        target in "/[!-~]{0,20}",
        host in "[!-~]{1,20}",
        more in prop::collection::vec(("X-[A-Za-z]{1,8}", VALUE), 0..4),
        content_type in "[a-z]{1,8}/[a-z.+-]{1,12}",
        application in prop_oneof![any::<u32>().prop_map(Ok), "[a-z]{1,5}:[!-~]{0,20}".prop_map(Err)],
        expires in prop::option::of(0..253_402_300_800_u64),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        prop_assume!(more.iter().all(|(name, _)| !name.eq_ignore_ascii_case("X-Wap-Application-Id")));
        let application_id = match &application {
            Ok(number) => ApplicationId::WellKnown(*number),
            Err(uri) => ApplicationId::Uri(uri),
        };
        let fields = http::Fields {
            target: &target,
            host: &host,
            more: &more,
            content_type: ContentType::Text(&content_type),
            application_id,
            expires,
            body: &body,
        };
        let octets = fields.encode().unwrap();
        let request = Request::decode(&octets, &LIMITS).unwrap();
        let entity = request.entity;
        prop_assert_eq!((request.target, entity.content_type()), (&target[..], Some(fields.content_type)));
        prop_assert!(entity.application_id().unwrap().is(application_id));
        prop_assert_eq!((entity.expires(), entity.body, entity.rest), (expires.into(), &body[..], &b""[..]));
        let all: Vec<(&str, &[u8])> = entity.headers.iter().map(|header| (header.name, header.value)).collect();
        prop_assert_eq!(all[0], ("Host", host.as_bytes()));
        for (read, (name, value)) in all[1..].iter().zip(&more) {
            prop_assert_eq!(*read, (*name, value.as_bytes()));
        }
    }

    #[test]
    fn a_sip_push_that_is_written_is_read_again(
        uri in "sip:[!-~]{1,20}",
        more in prop::collection::vec(("X-[A-Za-z]{1,8}", VALUE), 0..4),
        name in "[a-z]{1,8}(\\.[a-z]{1,8})?",
        date in prop::option::of(0..253_402_300_800_u64),
        expires: Option<u32>,
        content_type in "[a-z]{1,8}/[a-z.+-]{1,12}",
        body in prop::collection::vec(any::<u8>(), 0..200),
        arrival: u32,
    ) {
        let more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        prop_assume!(more.iter().all(|(name, _)| !name.eq_ignore_ascii_case("X-Wap-Application-Id")));
        let urn = format!("x-wap-application:{name}");
        let fields = sip::Fields {
            uri: &uri,
            more: &more,
            application_id: ApplicationId::Uri(&urn),
            date,
            expires,
            content_type: ContentType::Text(&content_type),
            body: &body,
        };
        let octets = fields.encode().unwrap();
        let message = Message::decode(&octets, &LIMITS).unwrap();
        prop_assert_eq!((message.uri, message.entity.content_type()), (&uri[..], Some(fields.content_type)));
        prop_assert_eq!(message.applications().collect::<Vec<_>>(), [&name[..]]);
        let from = date.unwrap_or(arrival.into());
        let expected = Expires::from(expires.map(|expires| from + u64::from(expires)));
        prop_assert_eq!(message.expires(Some(arrival.into())), expected);
        prop_assert_eq!(message.entity.body, &body[..]);
        for (read, (name, value)) in message.entity.headers.iter().zip(&more) {
            prop_assert_eq!((read.name, read.value), (*name, value.as_bytes()));
        }
    }

    #[test]
    fn no_text_hurts(text in "(POST|MESSAGE) [ -~\r\n\t]{0,80}") {
        let _ = Request::decode(text.as_bytes(), &LIMITS).map(|request| request.entity.payload());
        let _ = Message::decode(text.as_bytes(), &LIMITS).map(|message| message.payload(None));
    }
}

#[test]
fn empty_lines_before_the_first_are_passed_over() {
    // RFC 9112 §2.2, RFC 3261 §7.5.
    for before in ["\r\n", "\r\n\r\n", "\n"] {
        let octets = with_body(&format!("{before}{HTTP}"));
        let payload = Request::decode(&octets, &LIMITS).unwrap().entity.payload().unwrap();
        assert_eq!((payload.body, payload.offset), (&hex(P1)[..], before.len() + HTTP.len()));
        let octets = with_body(&format!("{before}{SIP}"));
        let payload = Message::decode(&octets, &LIMITS).unwrap().payload(None).unwrap();
        assert_eq!((payload.body, payload.offset), (&hex(P1)[..], before.len() + SIP.len()));
        let octets = with_body(&format!("{before}{}", HTTP.replace("POST", "GET")));
        assert_eq!(at(Request::decode(&octets, &LIMITS)), (ErrorKind::PushStartLine, before.len()));
    }
    assert_eq!(at(Request::decode(b"\r\n\r\n", &LIMITS)), (ErrorKind::UnexpectedEnd, 4));
    assert_eq!(at(Message::decode(b" \r\n", &LIMITS)), (ErrorKind::PushStartLine, 0));
}

#[test]
fn of_two_names_of_the_application_neither_may_be_wrong() {
    // `provisional.md` §3.2: a wrong one is refused by name.
    let with = |tag: &str, id: &str| {
        let head = SIP.replace("syncml.dm", tag).replace("Date:", &format!("X-Wap-Application-Id: {id}\r\nDate:"));
        let octets = with_body(&head);
        let outcome = Message::decode(&octets, &LIMITS).unwrap().payload(None).map(|_| ());
        let tag_at = head.find("*;").unwrap();
        let id_at = head.find(&format!(" {id}\r\n")).unwrap() + 1;
        outcome.map_err(|error| (error.kind(), error.offset() == tag_at, error.offset() == id_at))
    };
    assert_eq!(with("syncml.dm", "7"), Ok(()));
    assert_eq!(with("mms.ua,syncml.dm", "x-wap-application:syncml.dm"), Ok(()));
    assert_eq!(with("mms.ua", "7"), Err((ErrorKind::PushApplicationId, true, false)));
    assert_eq!(with("syncml.dm", "5"), Err((ErrorKind::PushApplicationId, false, true)));
    // Accept-Contact without a tag names none.
    let other = SIP.replace("+g.oma.pusheventapp=\"syncml.dm\"", "audio\r\nX-Wap-Application-Id: 7");
    assert!(Message::decode(&with_body(&other), &LIMITS).unwrap().payload(None).is_ok());
}

#[test]
fn a_host_has_no_blanks_and_is_there() {
    let host = |host: &str| at(http::Fields::new(host, ContentType::NOTIFICATION, b"").encode());
    let begin = "POST / HTTP/1.1\r\nHost: ".len();
    assert_eq!(host(""), (ErrorKind::InvalidCharacter, begin));
    assert_eq!(host("a b"), (ErrorKind::InvalidCharacter, begin + 1));
    assert_eq!(host("a\t"), (ErrorKind::InvalidCharacter, begin + 1));
}
