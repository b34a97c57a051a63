//! WSP, SMS and CDMA.

use super::{END_OF_2026, P1, at, broken, hex};
use omadm::notification::{MediaType, Notification};
use omadm::push::sms::{self, Concatenation, Ports, Reference};
use omadm::push::wsp::{Fields, MAX_HEADERS, Push};
use omadm::push::{ApplicationId, ContentType, Expires, Joiner, cdma};
use omadm::{ErrorKind, Limits};
use proptest::prelude::*;

/// E1 of `provisional.md` §3.1: P1 until the end of 2026.
const E1: &str = "010609c4af8794046b36ec7f68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6d\
d64807a101046b36ec7f";

#[test]
fn e1_is_written_and_read_octet_for_octet() {
    let body = hex(P1);
    let fields = Fields { expires: Some(END_OF_2026), ..Fields::new(ContentType::NOTIFICATION, &body) };
    assert_eq!(fields.encode().unwrap(), hex(E1));
    let octets = hex(E1);
    let push = Push::decode(&octets).unwrap();
    assert_eq!(push.expires, Expires::At(END_OF_2026.into()));
    let payload = push.payload().unwrap();
    assert_eq!((payload.content_type, payload.body, payload.offset), (0x44, &body[..], 12));
    assert_eq!(payload.expires, Expires::At(END_OF_2026.into()));
    assert_eq!(push.fields().encode().unwrap(), octets);
}

#[test]
fn the_push_headers_of_5_3_are_written_octet_for_octet() {
    let written = |fields: &Fields<'_>| fields.encode().unwrap();
    assert_eq!(written(&Fields::new(ContentType::NOTIFICATION, b"")), hex("010603c4af87"));
    assert_eq!(written(&Fields::new(ContentType::NOTIFICATION_1_3, b"")), hex("010603d8af87"));
    assert_eq!(written(&Fields::new(ContentType::DS_NOTIFICATION, b"")), hex("010603ceaf85"));
    // Push-Flag and Content-Length, which a client of Qualcomm's sees before the application.
    let more = hex("b4848d9eaf87");
    let fields = Fields { application_id: None, more: &more, ..Fields::new(ContentType::NOTIFICATION, b"") };
    assert_eq!(written(&fields), hex("010607c4b4848d9eaf87"));
    // A number above 127, and names.
    let fields = Fields {
        application_id: Some(ApplicationId::WellKnown(0x8001)),
        ..Fields::new(ContentType::WellKnown(0x0302), b"")
    };
    assert_eq!(written(&fields), hex("010608 03020302 af028001"));
    let fields = Fields {
        transaction_id: 0xff,
        application_id: Some(ApplicationId::Uri("x:a")),
        ..Fields::new(ContentType::Text("a/b"), b"body")
    };
    assert_eq!(written(&fields), hex("ff0609 612f6200 af783a6100 626f6479"));
    // The user data headers, of SMS and of CDMA.
    let push = hex("010603c4af87");
    assert_eq!(sms::split(Ports::PUSH, &push, Reference::Octet(0)).unwrap(), [hex("0605040b84c002 010603c4af87")]);
    let ports = Ports { destination: 2948, source: 9200 };
    assert_eq!(cdma::split(ports, &push, 140).unwrap(), [hex("00010023f00b84 010603c4af87")]);
    let concatenation = |reference| Some(Concatenation { reference, total: 2, number: 1 });
    let segment =
        sms::Segment { ports: Some(Ports::PUSH), concatenation: concatenation(Reference::Octet(0xee)), data: b"" };
    assert_eq!(segment.encode().unwrap(), hex("0b0003ee0201 05040b84c002"));
    let segment = sms::Segment { concatenation: concatenation(Reference::Word(0xeedd)), ..segment };
    assert_eq!(segment.encode().unwrap(), hex("0c0804eedd0201 05040b84c002"));
}

#[test]
fn a_notification_is_found_behind_every_form_and_read_by_its_type() {
    let body = hex(P1);
    let of = |head: &str| [hex(head), body.clone()].concat();
    for (head, expires) in [
        ("010603c4af87", Expires::Never),
        ("0605040b84c002 010603c4af87", Expires::Never),
        ("00010023f00b84 010603c4af87", Expires::Never),
        ("010607c4b4848d9eaf87", Expires::Never),
        ("0106051f01c4af87", Expires::Never),
        ("0106 05 02 c481 af87", Expires::Never),
        // The earliest time counts, a short one too; one that cannot be read has passed, whatever others say.
        ("01060f c4 9404ffffffff 94047fffffff af87", Expires::At(0x7fff_ffff)),
        ("01060d c4 94050100000000 94010a af87", Expires::At(10)),
        ("010608 c4 9478797a00 af87", Expires::Passed),
        ("01060b c4 9478797a00 94010a af87", Expires::Passed),
        // Expires by name, of octets.
        ("01060e c4 457870697265730002 0101 af87", Expires::At(0x101)),
        // `Expires` and `Thu, 31 Dec 2026 23:59:59 GMT`, by name and by number; `Expires` and `0`.
        (
            "010629 c4 4578706972657300 5468752c2033312044656320323032362032333a35393a353920474d5400 af87",
            Expires::At(1_798_761_599),
        ),
        ("010622 c4 94 5468752c2033312044656320323032362032333a35393a353920474d5400 af87", Expires::At(1_798_761_599)),
        ("01060d c4 4578706972657300 3000 af87", Expires::Passed),
    ] {
        let message = of(head);
        let at = message.len() - body.len();
        let payload = Push::decode(&message).unwrap().payload().unwrap();
        assert_eq!((payload.content_type, payload.offset, payload.expires), (0x44, at, expires), "{head}");
        let notification = Notification::decode(payload.body, MediaType::from_wsp_code(0x44).unwrap(), None).unwrap();
        assert_eq!(notification.server_id(), "dm.example.com");
    }
    assert_eq!(Push::decode(&of("010603d8af87")).unwrap().payload().unwrap().content_type, 0x58);
    assert_eq!(Push::decode(&of("010603ceaf85")).unwrap().payload().unwrap().content_type, 0x4e);
}

/// A field that goes past the end of what it is in by one octet (AwaLWM2M #43): each length of each carrier, one more and one less.
#[test]
fn a_length_that_is_wrong_by_one_is_refused_with_its_place() {
    let push = |octets: &str| at(Push::decode(&hex(octets)));
    // The length of all headers; an Expires of four octets stands last.
    assert!(Push::decode(&hex("010609c4af8794046b36ec7f")).is_ok());
    assert_eq!(push("01060ac4af8794046b36ec7f"), (ErrorKind::PushHeaders, 2));
    assert_eq!(push("010608c4af8794046b36ec7f"), (ErrorKind::PushHeaders, 7));
    // That of the value: past the headers, though not past the message.
    assert_eq!(push("010609c4af8794056b36ec7f 00"), (ErrorKind::PushHeaders, 7));
    assert_eq!(push("010609c4af8794036b36ec7f"), (ErrorKind::PushHeaders, 11));
    // Those of a content type with a length, and of the number in it.
    assert!(Push::decode(&hex("010604 03020302")).is_ok());
    assert_eq!(push("010604 04020302 00"), (ErrorKind::PushHeaders, 3));
    assert_eq!(push("010604 03030302 00"), (ErrorKind::PushHeaders, 3));
    // The header of a short message, and an element in it.
    let sms = |octets: &str| at(sms::Segment::decode(&hex(octets)));
    assert!(sms::Segment::decode(&hex("0605040b84c002")).is_ok());
    assert_eq!(sms("0705040b84c002"), (ErrorKind::PushHeaders, 0));
    assert_eq!(sms("0605050b84c002 00"), (ErrorKind::PushHeaders, 1));
    assert_eq!(sms("0605030b84c002"), (ErrorKind::PushHeaders, 1));
    // Ports of CDMA have no length.
    assert!(cdma::Segment::decode(&hex("00010023f00b84")).is_ok());
    assert_eq!(at(cdma::Segment::decode(&hex("00010023f00b"))), (ErrorKind::UnexpectedEnd, 6));
}

#[test]
fn wrong_applications_types_and_ports_are_refused_by_name() {
    use ErrorKind::{PushApplicationId, PushContentType, PushPort};
    let refused = |head: &str| at(Push::decode(&hex(head)).unwrap().payload());
    assert_eq!(refused("010603c4af85"), (PushApplicationId, 5));
    assert_eq!(refused("010603ceaf87"), (PushApplicationId, 5));
    assert_eq!(refused("010603c4af9a"), (PushApplicationId, 5));
    // Not named: where the headers end.
    assert_eq!(refused("010601d8"), (PushApplicationId, 4));
    assert_eq!(refused("010603b6af82"), (PushContentType, 3));
    assert_eq!(refused("010603c5af87"), (PushContentType, 3));
    assert_eq!(refused("0605040b85c002 010603c4af87"), (PushPort, 3));
    assert_eq!(refused("00010023f00b85 010603c4af87"), (PushPort, 5));
}

#[test]
fn what_cannot_be_written_is_refused_with_its_place() {
    use ErrorKind::{InvalidCharacter, PushHeaderSize, PushHeaders};
    let new = Fields::new(ContentType::NOTIFICATION, b"body");
    for (name, offset) in [("", 0), ("a b", 1), ("a\0", 1), ("ä", 0)] {
        assert_eq!(at(Fields { content_type: ContentType::Text(name), ..new }.encode()), (InvalidCharacter, offset));
        let application_id = Some(ApplicationId::Uri(name));
        assert_eq!(at(Fields { application_id, ..new }.encode()), (InvalidCharacter, offset));
    }
    assert_eq!(at(Fields { more: &hex("b4848d"), ..new }.encode()), (PushHeaders, 3));
    // 48 octets with a port header, and one more: `notification.md` §5.2.
    let more = [&b"X-Other\0"[..], &[b'v'; 26], &[0]].concat();
    let octets = Fields { more: &more, ..new }.encode().unwrap();
    assert_eq!(octets.len() - new.body.len() + 7, MAX_HEADERS);
    let more = [&b"X-Other\0"[..], &[b'v'; 27], &[0]].concat();
    assert_eq!(at(Fields { more: &more, ..new }.encode()), (PushHeaderSize, 42));
    // In segments, whose header is longer: 48 octets with one of 13.
    let long = vec![0; 133];
    let more = [&b"X-Other\0"[..], &[b'v'; 20], &[0]].concat();
    let octets = Fields { more: &more, body: &long, ..new }.encode().unwrap();
    assert_eq!(octets.len() - long.len() + 13, MAX_HEADERS);
    let segment = &sms::split(Ports::PUSH, &octets, Reference::Word(0)).unwrap()[0];
    assert_eq!(sms::Segment::decode(segment).unwrap().data.as_ptr() as usize - segment.as_ptr() as usize, 13);
    let more = [&b"X-Other\0"[..], &[b'v'; 21], &[0]].concat();
    assert_eq!(at(Fields { more: &more, body: &long, ..new }.encode()), (PushHeaderSize, 36));
    let more = [&b"X-Other\0"[..], &[b'v'; 27], &[0]].concat();
    // What bootstraps a device may have more.
    assert!(Fields { more: &more, content_type: ContentType::CONNECTIVITY_WBXML, ..new }.encode().is_ok());
}

#[test]
fn what_joins_a_message_of_several_segments_is_its_first_port_header_and_all_data() {
    // A notification with a vendor's body of 200 octets, in segments as §5.3 writes their headers.
    let body = [hex(P1), vec![0x55; 200]].concat();
    let push = [hex("010603c4af87"), body.clone()].concat();
    let (one, two) = push.split_at(128);
    let segments = [
        [hex("0b0003a10201 05040b84c002"), one.to_vec()].concat(),
        [hex("0b0003a10202 05040b84c002"), two.to_vec()].concat(),
    ];
    assert_eq!(sms::split(Ports::PUSH, &push, Reference::Octet(0xa1)).unwrap(), segments);
    let whole = sms::join(&[&segments[1], &segments[0]], &Limits::DEFAULT).unwrap();
    assert_eq!(whole, [hex("0605040b84c002"), push.clone()].concat());
    assert_eq!(Push::decode(&whole).unwrap().payload().unwrap().body, body);
    // By themselves, neither is the notification: the second is no push, the first ends early.
    assert_eq!(at(Push::decode(&segments[1])), (ErrorKind::PushSegmentNumber, 3));
    assert_eq!(Push::decode(&segments[0]).unwrap().segments, 2);
}

/// A short message has 140 octets of user data (3GPP TS 23.040 §9.2.3.24); the layer below a segment of CDMA's counts its
/// octets in one.
#[test]
fn a_segment_that_is_longer_than_any_is_refused_where_it_stops_being_one() {
    let mut joiner = Joiner::default();
    let user_data = [hex("0b0003a10201 05040b84c002"), vec![0; 128]].concat();
    assert_eq!((user_data.len(), joiner.sms("a", &user_data, 0)), (140, Ok(None)));
    let user_data = [hex("0b0003a10202 05040b84c002"), vec![0; 129]].concat();
    assert_eq!(at(joiner.sms("a", &user_data, 0)), (ErrorKind::PushSegmentSize, 140));
    assert_eq!(joiner.incomplete().map(|message| message.missing).collect::<Vec<_>>(), [[2]]);

    // Behind type, total and number.
    let data = vec![0; 253];
    let segment = cdma::Segment { total: 2, number: 1, ports: None, data: &data[..252] };
    assert_eq!(segment.encode().unwrap().len(), 255);
    assert_eq!(at(cdma::Segment { data: &data, ..segment }.encode()), (ErrorKind::PushSegmentSize, 255));
}

#[test]
fn nothing_that_is_broken_hurts() {
    let body = hex(P1);
    let push = Fields { expires: Some(7), more: b"X-Other\0v\0", ..Fields::new(ContentType::NOTIFICATION, &body) };
    let push = push.encode().unwrap();
    let mut joiner = Joiner::default();
    let mut read = 0;
    for segment in sms::split(Ports::PUSH, &[&push[..], &[0; 100]].concat(), Reference::Word(3)).unwrap() {
        broken(&segment, |message| {
            if let Ok(segment) = sms::Segment::decode(message) {
                // What was read is inside the message, and is written again.
                assert!(segment.data.len() < message.len());
                assert_eq!(sms::Segment::decode(&segment.encode().unwrap()), Ok(segment));
                read += 1;
            }
            if let Ok(Some(whole)) = joiner.sms((), message, 0) {
                let _ = Push::decode(&whole).and_then(|push| push.payload());
            }
            assert!(joiner.incomplete().map(|one| usize::from(one.total) - one.missing.len()).sum::<usize>() <= 1024);
        });
    }
    for segment in cdma::split(Ports::PUSH, &[&push[..], &[0; 100]].concat(), 140).unwrap() {
        broken(&segment, |message| {
            if let Ok(segment) = cdma::Segment::decode(message) {
                assert_eq!(segment.encode().unwrap(), message);
                read += 1;
            }
            let _ = joiner.cdma((), 1, message, 0);
        });
    }
    broken(&push, |message| {
        if let Ok(push) = Push::decode(message) {
            assert!(push.body.len() < message.len());
            read += usize::from(push.payload().is_ok());
        }
    });
    assert!(read > 1000, "{read}");
}

/// Types by number or name, those of DM among them.
fn content_types() -> impl Strategy<Value = Result<u32, String>> {
    let of_dm = prop_oneof![Just(0x44), Just(0x58)].prop_map(Ok);
    let by_name = Just(Err("application/vnd.syncml.dm.notification".to_owned()));
    prop_oneof![any::<u32>().prop_map(Ok), "[!-~]{1,40}".prop_map(Err), of_dm, by_name]
}

proptest! {
    #[test]
    fn a_push_that_is_written_is_read_again(
        transaction_id: u8,
        content_type in content_types(),
        application_id in proptest::option::of(content_types()),
        expires: Option<u32>,
        other in proptest::option::of("[a-z]{1,8}"),
        body in proptest::collection::vec(any::<u8>(), 0..300),
        port: bool,
    ) {
        let content_type = match &content_type {
            Ok(code) => ContentType::WellKnown(*code),
            Err(name) => ContentType::Text(name),
        };
        let application_id = application_id.as_ref().map(|id| match id {
            Ok(code) => ApplicationId::WellKnown(*code),
            Err(uri) => ApplicationId::Uri(uri),
        });
        let more = other.map(|value| [b"X-Other\0", value.as_bytes(), &[0]].concat()).unwrap_or_default();
        let fields = Fields { transaction_id, content_type, application_id, expires, more: &more, body: &body };
        let octets = match fields.encode() {
            Ok(octets) => octets,
            Err(error) => {
                // A limit that notifications have: what is over it is over it as what bootstraps a device, too.
                prop_assert_eq!(error.kind(), ErrorKind::PushHeaderSize);
                prop_assert!(matches!(content_type.code(), Some(0x44 | 0x58)));
                let other = Fields { content_type: ContentType::Text("application/vnd.syncml.dm+notificatio"), ..fields };
                let headers = match content_type {
                    ContentType::WellKnown(_) => {
                        Fields { content_type: ContentType::CONNECTIVITY_WBXML, ..fields }.encode().unwrap()
                    }
                    ContentType::Text(_) => other.encode().unwrap(),
                };
                let length = headers.len() - body.len();
                prop_assert!(length + 13 > MAX_HEADERS, "{}", length);
                return Ok(());
            }
        };
        let mut message = if port { hex("0605040b84c002") } else { Vec::new() };
        message.extend(&octets);
        let push = Push::decode(&message).unwrap();
        prop_assert_eq!((push.transaction_id, push.content_type, push.body), (transaction_id, content_type, &body[..]));
        prop_assert_eq!((push.application_id, push.expires), (application_id, expires.map(u64::from).into()));
        prop_assert!(push.headers.ends_with(&more));
        prop_assert_eq!(push.destination_port, port.then_some(2948));
        prop_assert_eq!(push.fields().encode().unwrap(), octets);
    }

    #[test]
    fn segments_that_are_written_are_read_and_joined_again(
        push in proptest::collection::vec(any::<u8>(), 0..2000),
        destination: u16,
        source: u16,
        reference: u16,
        wide: bool,
        most in 8_usize..=255,
        order: prop::sample::Index,
    ) {
        let ports = Ports { destination, source };
        let reference = if wide { Reference::Word(reference) } else { Reference::Octet(reference as u8) };
        let mut segments = sms::split(ports, &push, reference).unwrap();
        for segment in &segments {
            let read = sms::Segment::decode(segment).unwrap();
            prop_assert_eq!(&read.encode().unwrap(), segment);
            prop_assert_eq!(read.ports, Some(ports));
        }
        let middle = order.index(segments.len());
        segments.rotate_left(middle);
        let slices: Vec<&[u8]> = segments.iter().map(Vec::as_slice).collect();
        let whole = sms::join(&slices, &Limits::DEFAULT).unwrap();
        prop_assert_eq!(sms::Segment::decode(&whole[..7]).unwrap().ports, Some(ports));
        prop_assert_eq!(&whole[7..], &push[..]);

        let Ok(mut segments) = cdma::split(ports, &push, most) else { return Ok(()) };
        let middle = order.index(segments.len());
        segments.rotate_left(middle);
        let mut joiner = Joiner::default();
        let mut whole = None;
        for segment in &segments {
            prop_assert!(whole.is_none() && segment.len() <= most);
            prop_assert_eq!(&cdma::Segment::decode(segment).unwrap().encode().unwrap(), segment);
            whole = joiner.cdma((), 1, segment, 0).unwrap();
        }
        let whole = whole.unwrap();
        prop_assert_eq!(cdma::Segment::decode(&whole[..7]).unwrap().ports, Some(ports));
        prop_assert_eq!(&whole[7..], &push[..]);
    }
}
