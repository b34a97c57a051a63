//! Limits of the joiner, and headers that lie.

use super::*;
use crate::push::wsp::Push;
use crate::push::{Joiner, cdma};
use crate::{ErrorKind, Limits, Result};
use std::borrow::Cow;

fn at<T: core::fmt::Debug>(result: Result<T>) -> (ErrorKind, usize) {
    let error = result.unwrap_err();
    (error.kind(), error.offset())
}

/// A segment of one octet of data.
fn piece(reference: u8, total: u8, number: u8, data: u8) -> Vec<u8> {
    vec![0x0b, 0, 3, reference, total, number, 5, 4, 0x0b, 0x84, 0xc0, 0x02, data]
}

#[test]
fn headers_that_lie_are_named_with_their_octet() {
    use ErrorKind::{PushHeaders, PushSegmentNumber, PushSegmentSize, UnexpectedEnd};
    let cases: [(&[u8], ErrorKind, usize); 9] = [
        (&[], UnexpectedEnd, 0),
        // A header, and elements, longer than what is there.
        (&[6, 5, 4, 0x0b, 0x84, 0xc0], PushHeaders, 0),
        (&[2, 5, 4], PushHeaders, 1),
        (&[7, 0x70, 0, 5, 3, 0x0b, 0x84, 0xc0], PushHeaders, 3),
        // Elements of the wrong length.
        (&[5, 0, 4, 1, 2, 1], PushHeaders, 1),
        (&[6, 0, 4, 1, 2, 1, 0], PushHeaders, 1),
        // Segments 0 of 2, 3 of 2, 1 of 0.
        (&[5, 0, 3, 1, 2, 0], PushSegmentNumber, 3),
        (&[6, 8, 4, 0, 1, 2, 3], PushSegmentNumber, 3),
        (&[0; 141], PushSegmentSize, 140),
    ];
    for (message, kind, offset) in cases {
        assert_eq!(at(Segment::decode(message)), (kind, offset), "{message:x?}");
    }
    let wrong = Concatenation { reference: Reference::Octet(1), total: 1, number: 2 };
    let segment = Segment { ports: None, concatenation: Some(wrong), data: &[] };
    assert_eq!(at(segment.encode()), (PushSegmentNumber, 3));
    assert_eq!(at(Segment { concatenation: None, data: &[0; 140], ..segment }.encode()), (PushSegmentSize, 140));
}

#[test]
fn a_missing_segment_is_reported_and_any_order_will_do() {
    let segments: Vec<Vec<u8>> = (1..=3).map(|number| piece(9, 3, number, number)).collect();
    let expected = [6, 5, 4, 0x0b, 0x84, 0xc0, 0x02, 1, 2, 3];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut joiner = Joiner::default();
        assert_eq!(joiner.sms("a", &segments[order[0]], 7), Ok(None));
        assert_eq!(joiner.sms("a", &segments[order[1]], 8), Ok(None));
        let [incomplete] = &joiner.incomplete().collect::<Vec<_>>()[..] else { panic!("one") };
        assert_eq!((*incomplete.sender, incomplete.total, incomplete.since), ("a", 3, 7));
        assert_eq!(incomplete.missing, [u8::try_from(order[2]).unwrap() + 1]);
        assert_eq!(joiner.sms("a", &segments[order[2]], 9).unwrap().unwrap()[..], expected);
        assert_eq!(joiner.incomplete().count(), 0);
        let slices = order.map(|index| &segments[index][..]);
        assert_eq!(join(&slices, &Limits::DEFAULT).unwrap(), expected);
        assert_eq!(at(join(&slices[1..], &Limits::DEFAULT)), (ErrorKind::PushSegmentMissing, 26));
    }
    // Whole in one: as it is, and nothing after it.
    let only = piece(9, 1, 1, 0x41);
    assert!(matches!(Joiner::default().sms("a", &only, 0), Ok(Some(Cow::Borrowed(whole))) if whole == only));
    assert_eq!(at(join(&[&only, &only], &Limits::DEFAULT)), (ErrorKind::TrailingData, 13));
    assert_eq!(at(join(&[], &Limits::DEFAULT)), (ErrorKind::PushSegmentMissing, 0));
    assert_eq!(at(join(&[&segments[0], &[1, 2]], &Limits::DEFAULT)), (ErrorKind::PushHeaders, 14));
}

#[test]
fn duplicates_do_nothing_and_contradictions_begin_the_message_anew() {
    let mut joiner = Joiner::default();
    let mut elsewhere = piece(5, 2, 2, b'x');
    elsewhere[9] += 1;
    // One that is old, or forged: of other data, of other ports. What comes after it counts.
    for stale in [piece(5, 2, 1, b'x'), elsewhere.clone()] {
        let lost = joiner.lost();
        assert_eq!(joiner.sms(1, &stale, 0), Ok(None));
        assert_eq!(joiner.sms(1, &piece(5, 2, 1, b'a'), 3), Ok(None));
        assert_eq!((joiner.lost(), joiner.incomplete().count()), (lost + 1, 1));
        assert_eq!(joiner.incomplete().next().unwrap().since, 3);
        assert_eq!(joiner.sms(1, &piece(5, 2, 1, b'a'), 4), Ok(None), "a duplicate");
        assert_eq!(joiner.sms(1, &piece(5, 2, 2, b'b'), 0).unwrap().unwrap()[7..], *b"ab");
        assert_eq!(joiner.lost(), lost + 1);
    }
    // Of the segments of one message that are all there, none may contradict: at the data, at the reference.
    let refused = |other: &[u8]| at(join(&[&piece(5, 2, 1, b'a'), other], &Limits::DEFAULT));
    assert_eq!(refused(&piece(5, 2, 1, b'x')), (ErrorKind::PushSegmentConflict, 13 + 12));
    assert_eq!(refused(&elsewhere), (ErrorKind::PushSegmentConflict, 13 + 3));
    assert_eq!(joiner.sms(1, &piece(5, 2, 1, b'a'), 0), Ok(None));
    // Another total, sender, or width of the reference: another message each.
    assert_eq!(joiner.sms(1, &piece(5, 3, 2, b'x'), 0), Ok(None));
    assert_eq!(joiner.sms(2, &piece(5, 2, 2, b'x'), 0), Ok(None));
    let wide = [0x0c, 8, 4, 0, 5, 2, 2, 5, 4, 0x0b, 0x84, 0xc0, 0x02, b'x'];
    assert_eq!(joiner.sms(1, &wide, 0), Ok(None));
    assert_eq!(joiner.cdma(1, 5, &[0, 2, 1, b'x'], 0), Ok(None));
    let last = piece(5, 2, 2, b'b');
    let whole = joiner.sms(1, &last, 0).unwrap().unwrap();
    assert_eq!(whole[7..], *b"ab");
    assert_eq!((joiner.incomplete().count(), joiner.lost()), (4, 2));
}

#[test]
fn segments_of_two_messages_are_not_joined_to_one() {
    let refused = |parts: &[&[u8]]| at(join(parts, &Limits::DEFAULT));
    let (one, two) = (piece(5, 2, 1, b'a'), piece(5, 2, 2, b'b'));
    // Of another reference; one that is whole alone; one behind the last, a duplicate too.
    assert_eq!(refused(&[&one, &piece(6, 2, 2, b'b'), &two]), (ErrorKind::PushSegmentConflict, 13));
    assert_eq!(refused(&[&one, &piece(6, 1, 1, b'b')]), (ErrorKind::PushSegmentConflict, 13));
    assert_eq!(refused(&[&one, &two, &two]), (ErrorKind::TrailingData, 26));
    assert_eq!(join(&[&one, &one, &two], &Limits::DEFAULT).unwrap()[7..], *b"ab");
}

#[test]
fn segments_without_ports_are_joined_to_a_push_without_a_header() {
    let push = [0x01, 0x06, 0x03, 0xc4, 0xaf, 0x87, b'p', b'0'];
    let segments = [(1, &push[..4]), (2, &push[4..])].map(|(number, data)| {
        let concatenation = Some(Concatenation { reference: Reference::Octet(9), total: 2, number });
        Segment { ports: None, concatenation, data }.encode().unwrap()
    });
    assert_eq!(segments[0], [5, 0, 3, 9, 2, 1, 0x01, 0x06, 0x03, 0xc4]);
    let whole = join(&[&segments[1], &segments[0]], &Limits::DEFAULT).unwrap();
    assert_eq!(whole, push);
    assert_eq!(Push::decode(&whole).unwrap().payload().unwrap().body, b"p0");
}

#[test]
fn messages_that_are_never_completed_give_way_to_new_ones() {
    let limits = Limits { segments: 4, ..Limits::DEFAULT };
    let mut joiner = Joiner::new(&limits);
    assert_eq!(at(joiner.sms(0, &piece(0, 5, 1, 0), 0)), (ErrorKind::LimitSegments, 3));
    for number in 1..=3 {
        assert_eq!(joiner.sms(1, &piece(1, 4, number, number), 1), Ok(None));
    }
    // There is room for one more; the second of these sends the message that began first away.
    for reference in 2..100 {
        assert_eq!(joiner.sms(2, &piece(reference, 4, 1, 0), 2), Ok(None));
        let held: usize = joiner.incomplete().map(|one| usize::from(one.total) - one.missing.len()).sum();
        assert!(held <= 4, "{held}");
    }
    assert_eq!((joiner.incomplete().count(), joiner.lost()), (4, 95));
    // One that fills all the room alone stays, whoever was before it.
    for number in [3, 1, 4] {
        assert_eq!(joiner.sms(3, &piece(1, 4, number, number), 3), Ok(None));
    }
    assert_eq!(joiner.sms(3, &piece(1, 4, 2, 2), 3).unwrap().unwrap()[7..], [1, 2, 3, 4]);
}

#[test]
fn old_messages_are_forgotten_when_asked() {
    let mut joiner = Joiner::default();
    for (time, reference) in [(10, 1), (20, 2), (30, 3)] {
        assert_eq!(joiner.sms("a", &piece(reference, 2, 1, reference), time), Ok(None));
    }
    assert_eq!(joiner.forget_before(20), 1);
    assert_eq!(joiner.incomplete().map(|one| one.since).collect::<Vec<_>>(), [20, 30]);
    assert_eq!(joiner.sms("a", &piece(1, 2, 2, 0), 31), Ok(None));
    assert_eq!(joiner.sms("a", &piece(2, 2, 2, 0), 31).unwrap().unwrap()[7..], [2, 0]);
    assert_eq!(joiner.forget_before(u64::MAX), 2);
    assert_eq!(joiner.incomplete().count(), 0);
}

#[test]
fn segments_are_as_long_as_the_header_leaves_room() {
    // `provisional.md` §1.6: 128 octets in a segment with a reference of 8 bits.
    let lengths = |data: &[u8], reference| -> Vec<usize> {
        split(Ports::PUSH, data, reference)
            .unwrap()
            .iter()
            .map(|one| Segment::decode(one).unwrap().data.len())
            .collect()
    };
    assert_eq!(lengths(&[0; 133], Reference::Octet(0)), [133]);
    assert_eq!(lengths(&[0; 134], Reference::Octet(0)), [128, 6]);
    assert_eq!(lengths(&[0; 256], Reference::Octet(0)), [128, 128]);
    assert_eq!(lengths(&[0; 256], Reference::Word(0)), [127, 127, 2]);
    assert_eq!(lengths(&[], Reference::Word(0)), [0]);
    assert_eq!(lengths(&[0; 255 * 128], Reference::Octet(0)).len(), 255);
    let most = split(Ports::PUSH, &[0; 255 * 128 + 1], Reference::Octet(0));
    assert_eq!(at(most), (ErrorKind::PushSegmentSize, 255 * 128));
    assert_eq!(at(split(Ports::PUSH, &[0; 255 * 128], Reference::Word(0))), (ErrorKind::PushSegmentSize, 255 * 127));
    // CDMA: ports in the first segment only.
    let lengths = |data: &[u8], most| -> Vec<usize> {
        let segments = cdma::split(Ports::PUSH, data, most).unwrap();
        segments.iter().map(|one| cdma::Segment::decode(one).unwrap().data.len()).collect()
    };
    assert_eq!(lengths(&[0; 133], 140), [133]);
    assert_eq!(lengths(&[0; 134], 140), [133, 1]);
    assert_eq!(lengths(&[0; 10], 8), [1, 5, 4]);
    assert_eq!(at(cdma::split(Ports::PUSH, &[0; 10], 7)), (ErrorKind::PushSegmentSize, 0));
    assert_eq!(at(cdma::split(Ports::PUSH, &[0; 10], 256)), (ErrorKind::PushSegmentSize, 0));
    assert_eq!(at(cdma::split(Ports::PUSH, &[0; 2000], 8)), (ErrorKind::PushSegmentSize, 1 + 254 * 5));
    assert_eq!(lengths(&[0; 1 + 254 * 5], 8).len(), 255);
}

#[test]
fn cdma_headers_that_lie_are_named_with_their_octet() {
    use ErrorKind::{PushPdu, PushSegmentNumber, PushSegmentSize, UnexpectedEnd};
    let cases: [(&[u8], ErrorKind, usize); 8] = [
        (&[], UnexpectedEnd, 0),
        (&[0, 1], UnexpectedEnd, 2),
        (&[0, 1, 0, 0x23, 0xf0, 0x0b], UnexpectedEnd, 6),
        (&[1, 1, 0, 0x23, 0xf0, 0x0b, 0x84], PushPdu, 0),
        (&[0, 0, 0, 0x23, 0xf0, 0x0b, 0x84], PushSegmentNumber, 2),
        (&[0, 2, 2, 0], PushSegmentNumber, 2),
        (&[0, 255, 255, 0], PushSegmentNumber, 2),
        (&[0; 256], PushSegmentSize, 255),
    ];
    for (message, kind, offset) in cases {
        assert_eq!(at(cdma::Segment::decode(message)), (kind, offset), "{message:x?}");
    }
    let first = cdma::Segment { total: 2, number: 0, ports: None, data: &[] };
    assert_eq!(at(first.encode()), (PushSegmentNumber, 2), "without ports");
    assert_eq!(at(cdma::Segment { number: 2, ..first }.encode()), (PushSegmentNumber, 2));
    let mut joiner = Joiner::default();
    assert_eq!(joiner.cdma("a", 1, &[0, 2, 1, b'b'], 0), Ok(None));
    let whole = joiner.cdma("a", 1, &[0, 2, 0, 0x23, 0xf0, 0x0b, 0x84, b'a'], 0).unwrap().unwrap();
    assert_eq!(whole[..], [0, 1, 0, 0x23, 0xf0, 0x0b, 0x84, b'a', b'b']);
    assert_eq!(at(joiner.cdma("a", 1, &[0, 2, 2, 0], 0)), (PushSegmentNumber, 2));
}

#[test]
fn ports_of_8_bits_are_ports() {
    // 3GPP TS 23.040 §9.2.3.24.3: element 04, two octets.
    let message = [4, 0x04, 2, 0xf5, 0xf1, 0x01, 0x06, 0x03, 0xc4, 0xaf, 0x87];
    let ports = Segment::decode(&message).unwrap().ports;
    assert_eq!(ports, Some(Ports { destination: 0xf5, source: 0xf1 }));
    let push = crate::push::wsp::Push::decode(&message).unwrap();
    assert_eq!((push.destination_port, at(push.payload())), (Some(0xf5), (ErrorKind::PushPort, 3)));
    assert_eq!(at(Segment::decode(&[4, 0x04, 1, 0xf5, 0xf1])), (ErrorKind::PushHeaders, 1));
    assert_eq!(at(Segment::decode(&[5, 0x04, 3, 0xf5, 0xf1, 0])), (ErrorKind::PushHeaders, 1));
}
