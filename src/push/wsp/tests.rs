//! Forms of `notification.md` §5.3, and what a lie in a length gives.

use super::*;

const BODY: &[u8] = b"body";

fn with_body(head: &[u8]) -> Vec<u8> {
    [head, BODY].concat()
}

fn error(head: &[u8]) -> (ErrorKind, usize) {
    let error = Push::decode(head).unwrap_err();
    (error.kind(), error.offset())
}

/// What is wrong with the payload of a push that decodes.
fn payload_error(head: &[u8]) -> (ErrorKind, usize) {
    let error = Push::decode(head).unwrap().notification_payload().unwrap_err();
    (error.kind(), error.offset())
}

#[test]
fn every_carrier_gives_the_same_push() {
    const PDU: &[u8] = &[0x01, 0x06, 0x03, 0xc4, 0xaf, 0x87];
    let carriers: [(&[u8], Option<u16>, u8); 12] = [
        (&[], None, 1),
        (&[0x06, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02], Some(2948), 1),
        (&[0x0b, 0x00, 0x03, 0x77, 0x02, 0x01, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02], Some(2948), 2),
        (&[0x0c, 0x08, 0x04, 0x77, 0x78, 0x01, 0x01, 0x05, 0x04, 0x0b, 0x84, 0x23, 0xf0], Some(2948), 1),
        // An unknown element is passed over.
        (&[0x09, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02, 0x70, 0x01, 0xff], Some(2948), 1),
        (&[0x00, 0x01, 0x00, 0x23, 0xf0, 0x0b, 0x84], Some(2948), 1),
        // The unknown one first: of one octet, of none; SMSC control parameters (3GPP TS 23.040 §9.2.3.24), whose
        // identifier is the PDU type of a push.
        (&[0x09, 0x70, 0x01, 0xff, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02], Some(2948), 1),
        (&[0x08, 0x24, 0x00, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02], Some(2948), 1),
        (&[0x09, 0x06, 0x01, 0xff, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02], Some(2948), 1),
        // Headers without ports: of nothing, of concatenation alone, of an unknown element alone.
        (&[0x00], None, 1),
        (&[0x05, 0x00, 0x03, 0x77, 0x02, 0x01], None, 2),
        (&[0x03, 0x70, 0x01, 0xff], None, 1),
    ];
    for (carrier, port, segments) in carriers {
        let message = with_body(&[carrier, PDU].concat());
        let push = Push::decode(&message).unwrap();
        assert_eq!((push.destination_port, push.segments, push.transaction_id), (port, segments, 1), "{carrier:x?}");
        assert_eq!(push.content_type, ContentType::NOTIFICATION);
        assert_eq!(push.application_id, Some(ApplicationId::DEVICE_MANAGEMENT));
        assert_eq!(push.headers, [0xaf, 0x87]);
        assert_eq!(push.body, BODY);
        if segments == 1 {
            assert_eq!(push.notification_payload().unwrap(), BODY);
        } else {
            assert_eq!(payload_error(&message), (ErrorKind::PushSegmentMissing, 3), "the rest is in other segments");
        }
        assert!(looks_like_push(&message));
    }
}

#[test]
fn every_form_of_content_type_and_application_id() {
    // All in text: content type, application id under its name, an unknown header.
    let mut long_text = b"\x01\x06\x00application/vnd.syncml.notification\0\
        X-WAP-Application-ID\0x-wap-application:syncml.dm\0X-Other\0value\0"
        .to_vec();
    long_text[2] = u8::try_from(long_text.len() - 3).unwrap();
    let heads: [&[u8]; 11] = [
        &[0x01, 0x06, 0x03, 0xc4, 0xaf, 0x87],
        // Push-Flag and Content-Length in between.
        &[0x01, 0x06, 0x07, 0xc4, 0xb4, 0x84, 0x8d, 0x9e, 0xaf, 0x87],
        // General form: with a length octet, with a uintvar, with parameters, with long integers.
        &[0x01, 0x06, 0x04, 0x01, 0xc4, 0xaf, 0x87],
        &[0x01, 0x06, 0x05, 0x1f, 0x01, 0xc4, 0xaf, 0x87],
        &[0x01, 0x06, 0x06, 0x03, 0xc4, 0x81, 0xea, 0xaf, 0x87],
        &[0x01, 0x06, 0x08, 0x03, 0x02, 0x00, 0x44, 0xaf, 0x02, 0x00, 0x07],
        // The length of the headers in two octets.
        &[0x01, 0x06, 0x80, 0x03, 0xc4, 0xaf, 0x87],
        // The first application id counts.
        &[0x01, 0x06, 0x05, 0xc4, 0xaf, 0x87, 0xaf, 0x9a],
        // On another code page AF is another header.
        &[0x01, 0x06, 0x08, 0xc4, 0x02, 0xaf, 0x9a, 0x7f, 0x01, 0xaf, 0x87],
        // An unknown header of each form.
        &[0x01, 0x06, 0x0e, 0xc4, 0xc0, 0x02, 1, 2, 0xc1, 0x1f, 0x01, 9, b'x', 0, 0x80, 0xaf, 0x87],
        &long_text,
    ];
    for head in heads {
        let message = with_body(head);
        let push = Push::decode(&message).unwrap();
        assert_eq!(push.notification_payload().unwrap(), BODY, "{head:x?}");
        for length in 0..head.len() {
            assert!(Push::decode(&message[..length]).is_err(), "{head:x?} cut at {length}");
        }
    }
}

#[test]
fn lengths_that_lie_are_named_with_their_octet() {
    use ErrorKind::{InvalidUtf8, PushHeaders, PushPdu, UnexpectedEnd};
    let cases: [(&[u8], ErrorKind, usize); 19] = [
        (&[], UnexpectedEnd, 0),
        (&[0x01], UnexpectedEnd, 1),
        (&[0x01, 0x06], UnexpectedEnd, 2),
        (&[0x01, 0x07, 0x03, 0xc4, 0xaf, 0x87], PushPdu, 1),
        (&[0x06, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02, 0x01, 0x04], PushPdu, 8),
        // Headers one octet longer than the message, and a length of more than 32 bits.
        (&[0x01, 0x06, 0x04, 0xc4, 0xaf, 0x87], PushHeaders, 2),
        (&[0x01, 0x06, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xc4], PushHeaders, 2),
        (&[0x01, 0x06, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0xc4], PushHeaders, 2),
        // Headers one octet too short: the value of AF is missing.
        (&[0x01, 0x06, 0x02, 0xc4, 0xaf, 0x87], PushHeaders, 5),
        // No content type; one longer than the headers; an empty one; one without its zero.
        (&[0x01, 0x06, 0x00, 0xc4], PushHeaders, 3),
        (&[0x01, 0x06, 0x03, 0x03, 0xc4, 0x81, 0xea], PushHeaders, 3),
        (&[0x01, 0x06, 0x03, 0x00, 0xaf, 0x87], PushHeaders, 3),
        (&[0x01, 0x06, 0x03, b'a', b'/', b'b'], PushHeaders, 3),
        (&[0x01, 0x06, 0x04, b'a', b'/', 0xff, 0], InvalidUtf8, 5),
        // A header name of zero, a page shift without a page, a long integer of five octets as application id.
        (&[0x01, 0x06, 0x02, 0xc4, 0x00], PushHeaders, 4),
        (&[0x01, 0x06, 0x02, 0xc4, 0x7f], PushHeaders, 4),
        (&[0x01, 0x06, 0x08, 0xc4, 0xaf, 0x05, 0, 0, 0, 0, 7], PushHeaders, 5),
        // A user data header one octet longer than the message, and one whose element is longer than it.
        (&[0x06, 0x05, 0x04, 0x0b, 0x84, 0xc0], PushHeaders, 0),
        (&[0x06, 0x05, 0x05, 0x0b, 0x84, 0xc0, 0x02, 0x01, 0x06], PushHeaders, 1),
    ];
    for (message, kind, offset) in cases {
        assert_eq!(error(message), (kind, offset), "{message:x?}");
        assert!(!looks_like_push(message));
    }
    // A second segment has no PDU of its own.
    let second = [0x0b, 0x00, 0x03, 0x77, 0x02, 0x02, 0x05, 0x04, 0x0b, 0x84, 0xc0, 0x02, 0x01, 0x06, 0x01, 0xc4];
    assert_eq!(error(&second), (ErrorKind::PushSegmentNumber, 3));
}

#[test]
fn other_payloads_are_refused_by_name() {
    use ErrorKind::{NotificationLayout, PushApplicationId, PushContentType, PushPort};
    assert_eq!(payload_error(&[0x01, 0x06, 0x03, 0xd8, 0xaf, 0x87]), (NotificationLayout, 3));
    let mut named = b"\x01\x06\x00application/vnd.syncml.dm.notification\0\xaf\x87".to_vec();
    named[2] = u8::try_from(named.len() - 3).unwrap();
    assert_eq!(payload_error(&named), (NotificationLayout, 3));
    assert_eq!(payload_error(&[0x01, 0x06, 0x03, 0xce, 0xaf, 0x85]), (PushContentType, 3));
    assert_eq!(payload_error(&[0x01, 0x06, 0x03, 0xc4, 0xaf, 0x9a]), (PushApplicationId, 5));
    assert_eq!(payload_error(&[0x01, 0x06, 0x01, 0xc4, 0x00]), (PushApplicationId, 4));
    let wrong_port = [0x06, 0x05, 0x04, 0x0b, 0x85, 0xc0, 0x02, 0x01, 0x06, 0x03, 0xc4, 0xaf, 0x87];
    assert_eq!(payload_error(&wrong_port), (PushPort, 3));
}

/// Transaction ids that could be the length of a user data header.
#[test]
fn a_push_is_not_taken_for_a_user_data_header_by_its_transaction() {
    for transaction_id in 0..=u8::MAX {
        let message = with_body(&[transaction_id, 0x06, 0x09, 0xc4, 0xaf, 0x87, 0x94, 0x04, 0x6b, 0x36, 0xec, 0x7f]);
        let push = Push::decode(&message).unwrap();
        assert_eq!((push.transaction_id, push.destination_port), (transaction_id, None));
        assert_eq!(push.notification_payload().unwrap(), BODY);
    }
}

#[test]
fn two_fixed_octets_are_not_enough_to_look_like_a_push() {
    assert!(Push::decode(&[0x8d, 0x06, 0x01, 0xf0, 0xe1]).is_ok());
    assert!(!looks_like_push(&[0x8d, 0x06, 0x01, 0xf0, 0xe1]));
    assert!(looks_like_push(&[0x8d, 0x06, 0x01, 0xb6, 0xe1]));
    assert!(!looks_like_push(b"<SyncML>"));
}
