//! PAP.

use super::{END_OF_2026, P1, at, broken, hex};
use omadm::push::pap::{Fields, Submission};
use omadm::push::{ContentType, Entity, Expires};
use omadm::{ErrorKind, Limits};
use proptest::prelude::*;

const LIMITS: Limits = Limits::DEFAULT;
const ADDRESS: &str = "WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com";
/// A submission as WAP-247-PAP describes it, up to the content's body.
const HEAD: &str = "POST /push HTTP/1.1\r\n\
Host: ppg.example.com\r\n\
Content-Type: multipart/related; boundary=package-0; type=\"application/xml\"\r\n\
Content-Length: 545\r\n\r\n\
--package-0\r\n\
Content-Type: application/xml\r\n\r\n\
<?xml version=\"1.0\"?>\r\n\
<!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 1.0//EN\" \"http://www.wapforum.org/DTD/pap_1.0.dtd\">\r\n\
<pap>\r\n\
<push-message push-id=\"1@dm.example.com\" deliver-before-timestamp=\"2026-12-31T23:59:59Z\">\r\n\
<address address-value=\"WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com\"/>\r\n\
</push-message>\r\n\
</pap>\r\n\
--package-0\r\n\
Content-Type: application/vnd.syncml.notification\r\n\
X-Wap-Application-Id: x-wap-application:syncml.dm\r\n\r\n";
const TAIL: &str = "\r\n--package-0--\r\n";

fn whole(head: &str, tail: &str) -> Vec<u8> {
    [head.as_bytes(), &hex(P1), tail.as_bytes()].concat()
}

/// The same without Content-Length, with something changed.
fn changed(from: &str, to: &str) -> Vec<u8> {
    let head = HEAD.replacen("Content-Length: 545\r\n", "", 1);
    assert!(head.contains(from), "{from}");
    whole(&head.replacen(from, to, 1), TAIL)
}

#[test]
fn a_submission_is_written_and_read_octet_for_octet() {
    let body = hex(P1);
    let addresses = [ADDRESS];
    let new = Fields::new("ppg.example.com", "1@dm.example.com", &addresses, ContentType::NOTIFICATION, &body);
    let fields = Fields { target: "/push", deliver_before: Some(END_OF_2026.into()), ..new };
    let octets = fields.encode().unwrap();
    assert_eq!(String::from_utf8_lossy(&octets), String::from_utf8_lossy(&whole(HEAD, TAIL)));
    assert_eq!(octets, whole(HEAD, TAIL));
    let submission = Submission::decode(&octets, &LIMITS).unwrap();
    assert_eq!(
        (&submission.control.push_id[..], &submission.control.addresses[..]),
        ("1@dm.example.com", &[ADDRESS.to_owned()][..])
    );
    let payload = submission.payload().unwrap();
    assert_eq!((payload.content_type, payload.body, payload.offset), (0x44, &body[..], HEAD.len()));
    assert_eq!(payload.expires, Expires::At(END_OF_2026.into()));
}

#[test]
fn data_synchronisation_has_its_own_application() {
    let addresses = [ADDRESS];
    let octets = Fields::new("h", "1@h", &addresses, ContentType::DS_NOTIFICATION, b"b").encode().unwrap();
    let part = "Content-Type: application/vnd.syncml.ds.notification\r\nX-Wap-Application-Id: x-wap-application:push.syncml\r\n";
    assert!(String::from_utf8_lossy(&octets).contains(part), "{}", String::from_utf8_lossy(&octets));
    assert_eq!(Submission::decode(&octets, &LIMITS).unwrap().payload().unwrap().content_type, 0x4e);
}

#[test]
fn the_reader_is_tolerant_of_what_mime_and_later_versions_allow() {
    let lf = String::from_utf8_lossy(HEAD.as_bytes()).replace("\r\n", "\n").replacen("Content-Length: 545\n", "", 1);
    // A body that ends in CR keeps it where lines end in LF.
    let cr = [lf.as_bytes(), b"body\r\n--package-0--"].concat();
    assert_eq!(Submission::decode(&cr, &LIMITS).unwrap().payload().unwrap().body, b"body\r");
    for octets in [
        whole(&lf, "\n--package-0--\n"),
        whole(HEAD, TAIL),
        whole(&HEAD.replace("Content-Length: 545\r\n", ""), "\r\n--package-0--"),
        // Text before and after, blanks behind a boundary, a third part, a boundary that goes on.
        changed("\r\n\r\n--package-0\r\n", "\r\n\r\npreamble\r\n--package-0 \t\r\n"),
        whole(
            &HEAD.replace("Content-Length: 545\r\n", ""),
            "\r\n--package-0\r\nContent-Type: application/xml\r\n\r\n<rdf/>\r\n--package-0--\r\nepilogue",
        ),
        changed("boundary=package-0", "BOUNDARY=\"package-0\""),
        changed("multipart/related", "Multipart/Related"),
        changed("<pap>", "<!-- PAP 2.1 -->\n<pap product-name='x'>"),
        changed(
            "</push-message>",
            "<quality-of-service priority='high'><x><address/></x></quality-of-service></push-message>",
        ),
        changed("Content-Type: application/xml\r\n\r\n", "content-type: text/xml; charset=utf-8\r\nX: y\r\n\r\n"),
    ] {
        let submission = Submission::decode(&octets, &LIMITS).unwrap();
        let payload = submission.payload().unwrap();
        assert_eq!(payload.body, hex(P1), "{}", String::from_utf8_lossy(&octets));
        assert_eq!(&octets[payload.offset..][..48], hex(P1));
        assert_eq!(
            (&submission.control.addresses[..], payload.expires),
            (&[ADDRESS.to_owned()][..], Expires::At(END_OF_2026.into()))
        );
    }
    // A boundary that goes on is none; the content's own expiry counts if it is earlier.
    let octets = whole(&HEAD.replace("Content-Length: 545\r\n", ""), "\r\n--package-01\r\n--package-0--\r\n");
    let submission = Submission::decode(&octets, &LIMITS).unwrap();
    assert!(submission.content.body.ends_with(b"\r\n--package-01"));
    let octets = changed("X-Wap-Application-Id", "Expires: Thu, 01 Jan 1970 00:00:09 GMT\r\nX-Wap-Application-Id");
    assert_eq!(Submission::decode(&octets, &LIMITS).unwrap().payload().unwrap().expires, Expires::At(9));
    let octets = changed("X-Wap-Application-Id", "Expires: 0\r\nX-Wap-Application-Id");
    assert_eq!(Submission::decode(&octets, &LIMITS).unwrap().payload().unwrap().expires, Expires::Passed);
    // All that is read of the control entity.
    let octets = changed(
        "push-id=\"1@dm.example.com\"",
        "push-id='a&amp;&#x41;' source-reference='s' ppg-notify-requested-to='http://n' deliver-after-timestamp='1970-01-01T00:00:01Z' progress-notes-requested='true'",
    );
    let octets =
        String::from_utf8_lossy(&octets).replace("<address ", "<address address-value='b'/><address ").into_bytes();
    let control = Submission::decode(&octets, &LIMITS).unwrap().control;
    assert_eq!(
        (&control.push_id[..], control.source_reference.as_deref(), control.notify_to.as_deref()),
        ("a&A", Some("s"), Some("http://n"))
    );
    assert_eq!((control.deliver_after, control.addresses.len(), &control.addresses[0][..]), (Some(1), 2, "b"));
    // Parted before.
    let (head, body) = HEAD.split_once("\r\n\r\n").unwrap();
    let headers = head.replace("POST /push HTTP/1.1\r\n", "");
    let body = whole(body, TAIL);
    let entity = Entity::decode_parts(headers.as_bytes(), &body, &LIMITS).unwrap();
    assert_eq!(Submission::from_entity(&entity, &LIMITS).unwrap().payload().unwrap().body, hex(P1));
}

#[test]
fn what_is_no_submission_is_refused_with_its_place() {
    use ErrorKind::{PushApplicationId, PushContentType, PushControl, PushMultipart, PushTime, UnexpectedEnd};
    let refused = |octets: &[u8]| at(Submission::decode(octets, &LIMITS).and_then(|submission| submission.payload()));
    let find = |text: &str| HEAD.replacen("Content-Length: 545\r\n", "", 1).find(text).unwrap();
    let related = find("multipart");
    for (from, to) in [
        ("multipart/related", "multipart/mixed"),
        ("boundary=package-0; ", ""),
        ("boundary=package-0", "boundary="),
        ("boundary=package-0", "boundary=\"a\\\"\""),
        ("boundary=package-0", &format!("boundary={}", "a".repeat(71))),
    ] {
        assert_eq!(refused(&changed(from, to)), (PushMultipart, related), "{to}");
    }
    // No part at all; one part; a fourth; no last boundary.
    let octets = changed("boundary=package-0", "boundary=package-1");
    assert_eq!(refused(&octets), (UnexpectedEnd, octets.len()));
    let head = HEAD.replacen("Content-Length: 545\r\n", "", 1);
    let one = head.replacen("--package-0\r\nContent-Type: application/xml\r\n\r\n", "", 1);
    assert_eq!(refused(&whole(&one, TAIL)), (PushMultipart, one.len() + 48 + 2));
    let more = "\r\n--package-0\r\n\r\n3\r\n--package-0\r\n\r\n4\r\n--package-0--";
    assert_eq!(refused(&whole(&head, more)), (PushMultipart, head.len() + 48 + more.find("\r\n4").unwrap()));
    let open = whole(&head, "\r\n--package-0\r\n");
    assert_eq!(refused(&open), (UnexpectedEnd, open.len()));
    let control = find("<?xml");
    assert_eq!(
        refused(&changed("application/xml\r\n\r\n", "text/html\r\n\r\n")),
        (PushControl, find("application/xml\r\n\r\n"))
    );
    assert_eq!(refused(&changed("push-id=\"1@dm.example.com\" ", "")), (PushControl, control));
    assert_eq!(
        refused(&changed("<address address-value=\"WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com\"/>", "")),
        (PushControl, control)
    );
    assert_eq!(refused(&changed("<address address-value", "<address value")), (PushControl, find("<address")));
    let octets = String::from_utf8_lossy(&changed("<push-message", "<cancel-message"))
        .replace("</push-message", "</cancel-message");
    assert_eq!(refused(octets.as_bytes()).0, PushControl);
    assert_eq!(refused(octets.as_bytes()).1, find("<push-message"));
    let octets = changed("2026-12-31T23:59:59Z", "tomorrow");
    assert_eq!(refused(&octets), (PushTime, find("<push-message")));
    // XML that is not well-formed, and one that would grow.
    let octets = changed("</push-message>", "</push>");
    assert_eq!(refused(&octets), (ErrorKind::XmlEndTag, find("</push-message")));
    assert_eq!(refused(&changed("push-id=\"", "push-id=\"&x;")).0.code() / 100, 3);
    // What is pushed.
    assert_eq!(refused(&changed("vnd.syncml.notification", "vnd.wap.sic")), (PushContentType, find("application/vnd")));
    assert_eq!(refused(&changed("syncml.dm\r\n", "wml.ua\r\n")), (PushApplicationId, find("x-wap-application")));
}

#[test]
fn what_cannot_be_written_is_refused() {
    use ErrorKind::{InvalidCharacter, PushBoundary, PushControl, PushHeaderRepeated, PushTime};
    let addresses = [ADDRESS];
    let new = Fields::new("h", "id", &addresses, ContentType::NOTIFICATION, b"b");
    let given = Fields { boundary: Some("package-0"), body: b"a --package-0 b", ..new };
    assert_eq!(at(given.encode()), (PushBoundary, 0), "in the content");
    let all = format!("--package-{}", "0".repeat(62));
    assert_eq!(at(Fields { body: all.as_bytes(), ..new }.encode()), (PushBoundary, 0), "no room for one more");
    for boundary in ["", "a ", "a\r\nb", "a\"b", &"a".repeat(71)] {
        assert_eq!(at(Fields { boundary: Some(boundary), ..new }.encode()), (PushBoundary, 0), "{boundary}");
    }
    assert_eq!(at(Fields { boundary: Some("x"), push_id: "--x", ..new }.encode()), (PushBoundary, 0));
    assert!(
        Fields { boundary: Some("a b:c"), ..new }
            .encode()
            .is_ok_and(|octets| Submission::decode(&octets, &LIMITS).is_ok())
    );
    assert_eq!(at(Fields { push_id: "", ..new }.encode()), (PushControl, 0));
    assert_eq!(at(Fields { addresses: &[], ..new }.encode()), (PushControl, 0));
    for injection in ["a\r\nb", "a\tb", "a\0b", "a\u{ffff}b"] {
        assert_eq!(at(Fields { push_id: injection, ..new }.encode()).0, InvalidCharacter);
        assert_eq!(at(Fields { addresses: &[ADDRESS, injection], ..new }.encode()).0, InvalidCharacter);
    }
    assert_eq!(at(Fields { more: &[("content-type", "a/b")], ..new }.encode()).0, PushHeaderRepeated);
    assert_eq!(at(Fields { deliver_after: Some(u64::MAX), ..new }.encode()).0, PushTime);
    // Marks of XML stay text.
    let octets = Fields { push_id: "\"><x a='&amp;", ..new }.encode().unwrap();
    assert_eq!(Submission::decode(&octets, &LIMITS).unwrap().control.push_id, "\"><x a='&amp;");
}

#[test]
fn a_boundary_is_chosen_that_occurs_nowhere() {
    let addresses = [ADDRESS];
    for (push_id, body, boundary) in [
        ("id", &b"b"[..], "package-0"),
        ("id", b"--package-", "package-0"),
        ("id", b"--package-1", "package-0"),
        ("id", b"\r\n--package-0\r\n", "package-00"),
        ("id", b"--package-0 --package-000x --package-00", "package-0000"),
        ("--package-00", b"--package-0", "package-000"),
    ] {
        let octets = Fields::new("h", push_id, &addresses, ContentType::NOTIFICATION, body).encode().unwrap();
        let text = String::from_utf8_lossy(&octets);
        assert!(text.contains(&format!("; boundary={boundary}; ")), "{text}");
        let submission = Submission::decode(&octets, &LIMITS).unwrap();
        assert_eq!((submission.content.body, &submission.control.push_id[..]), (body, push_id), "{text}");
    }
}

#[test]
fn encodings_of_any_part_are_refused_by_name() {
    let refused = |from: &str, to: &str| {
        at(Submission::decode(&changed(from, to), &LIMITS).and_then(|submission| submission.payload()))
    };
    let find = |text: &str| HEAD.replacen("Content-Length: 545\r\n", "", 1).find(text).unwrap();
    let encoding = "Content-Transfer-Encoding: base64\r\n";
    for (before, at) in [
        ("Content-Type: multipart", find("Content-Type: multipart")),
        ("Content-Type: application/xml", find("Content-Type: application/xml")),
        ("Content-Type: application/vnd", find("Content-Type: application/vnd")),
    ] {
        assert_eq!(refused(before, &format!("{encoding}{before}")), (ErrorKind::PushEncoding, at + 27), "{before}");
        let identity = changed(before, &format!("Content-Transfer-Encoding: 8BIT\r\n{before}"));
        assert_eq!(Submission::decode(&identity, &LIMITS).unwrap().payload().unwrap().body, hex(P1), "{before}");
    }
}

#[test]
fn nothing_that_is_broken_hurts() {
    let octets = changed("<pap>", "<pap>");
    let mut read = 0;
    broken(&octets, |message| {
        if let Ok(submission) = Submission::decode(message, &LIMITS) {
            read += usize::from(submission.payload().is_ok());
        }
    });
    assert!(read >= 48 * 8, "{read}");
}

proptest! {
    #[test]
    fn a_submission_that_is_written_is_read_again(
        push_id in "[ -~\u{e4}]{1,20}",
        source_reference in prop::option::of("[ -~]{0,20}"),
        notify_to in prop::option::of("[ -~]{0,20}"),
        deliver_before in prop::option::of(0..253_402_300_800_u64),
        deliver_after in prop::option::of(0..253_402_300_800_u64),
        addresses in prop::collection::vec("[ -~\u{20ac}]{0,30}", 1..4),
        boundary in "[a-zA-Z0-9:/=?'()+_,.-][a-zA-Z0-9:/=?'()+_,. -]{7,68}[a-z]",
        content_type in "[a-z]{1,8}/[a-z.+-]{1,12}",
        body in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
        let new = Fields::new("h", &push_id, &addresses, ContentType::Text(&content_type), &body);
        let fields = Fields {
            boundary: Some(&boundary),
            source_reference: source_reference.as_deref(),
            notify_to: notify_to.as_deref(),
            deliver_before,
            deliver_after,
            ..new
        };
        let octets = fields.encode().unwrap();
        let submission = Submission::decode(&octets, &LIMITS).unwrap();
        let control = &submission.control;
        prop_assert_eq!((&control.push_id, &control.addresses[..]), (&push_id, &addresses.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>()[..]));
        prop_assert_eq!((&control.source_reference, &control.notify_to), (&source_reference, &notify_to));
        prop_assert_eq!((control.deliver_before, control.deliver_after), (deliver_before, deliver_after));
        prop_assert_eq!(submission.content.content_type(), Some(fields.content_type));
        prop_assert_eq!(submission.content.application_id().unwrap().urn(), fields.application_id.urn());
        prop_assert_eq!(submission.content.body, &body[..]);
    }
}
