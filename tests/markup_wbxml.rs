//! The WBXML reader: what it refuses and where, its limits, its agreement with other programs, and what the field
//! writes.

mod common;

use common::vectors::*;
use common::*;
use omadm::markup::{Encoding, Event, Name, Options, Reader, wbxml::WbxmlReader};
use omadm::{Error, ErrorKind, Limits};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

fn error(input: &[u8]) -> Option<(ErrorKind, usize)> {
    error_of(input, &Options::default())
}

fn outline_of(input: &[u8]) -> String {
    outline(&read_ok(input))
}

/// SyncML 1.2 in UTF-8 without a string table; bodies begin at octet 5.
const HEAD: &[u8] = b"\x02\xA4\x01\x6A\x00";

fn body(body: &[u8]) -> Vec<u8> {
    [HEAD, body].concat()
}

/// SyncML 1.2 with a string table of less than 128 octets.
fn with_strings(strings: &[u8], body: &[u8]) -> Vec<u8> {
    [b"\x02\xA4\x01\x6A", &[strings.len() as u8][..], strings, body].concat()
}

// ------------------------------------------------------------------------------------------------ errors

/// A whole document, kind and offset. 6D is SyncML with content, 4F Data with content, 01 END, 03 STR_I.
const ERRORS: &[(&[u8], ErrorKind, usize)] = &[
    // The header. A later version is told where the rest is the header of a known document.
    (b"\x04\xA4\x01\x6A\x00\x6D\x01", ErrorKind::WbxmlVersion, 0),
    (b"\x0F\x00\x00\x6A\x1D-//SYNCML//DTD SyncML 1.2//EN\x6D\x01", ErrorKind::WbxmlVersion, 0),
    (b"\x04\x01\x6A\x00\x6D\x01", ErrorKind::UnknownFormat, 0),
    (b"\x04\xA4\x05\x6A\x00\x6D\x01", ErrorKind::UnknownFormat, 0),
    (b"\x04\xA4\x01\x6B\x00\x6D\x01", ErrorKind::UnknownFormat, 0),
    (b"\x10\xA4\x01\x6A\x00\x6D\x01", ErrorKind::UnknownFormat, 0),
    (b"\x02\xA4", ErrorKind::UnexpectedEnd, 2),
    (b"\x02\xA4\x01\x6A", ErrorKind::UnexpectedEnd, 4),
    (b"\x02\xA4\x05\x6A\x00\x6D\x01", ErrorKind::WbxmlPublicId, 1),
    (b"\x02\x01\x6A\x00\x5E\x01", ErrorKind::WbxmlPublicId, 1),
    (b"\x02\x00\x00\x6A\x04abc\x00\x6D\x01", ErrorKind::WbxmlPublicId, 1),
    (b"\x02\x00\x04\x6A\x04abc\x00\x6D\x01", ErrorKind::WbxmlStringIndex, 2),
    (b"\x02\xA4\x01\x6A\x7F\x6D\x01", ErrorKind::WbxmlStringTable, 4),
    (b"\x02\xA4\x01\x6A\x8F\xFF\xFF\xFF\x7F\x6D\x01", ErrorKind::LimitStringTable, 4),
    (b"\x02\xA4\x01\x87\x68\x00\x6D\x01", ErrorKind::UnsupportedCharset, 3),
    (b"\x02\x81\x81\x81\x81\x81\x01\x6A\x00", ErrorKind::WbxmlInteger, 1),
    (b"\x02\x90\x80\x80\x80\x00\x6A\x00", ErrorKind::WbxmlInteger, 1),
    // The body.
    (b"\x02\xA4\x01\x6A\x00", ErrorKind::NoRoot, 5),
    (b"\x02\xA4\x01\x6A\x00\x00\x01", ErrorKind::NoRoot, 7),
    (b"\x02\xA4\x01\x6A\x00\x6D\x6C\x01", ErrorKind::UnexpectedEnd, 8),
    (b"\x02\xA4\x01\x6A\x00\x6D\x00", ErrorKind::UnexpectedEnd, 7),
    (b"\x02\xA4\x01\x6A\x00\x01", ErrorKind::WbxmlToken, 5),
    (b"\x02\xA4\x01\x6A\x00\x03x\x00\x6D\x01", ErrorKind::WbxmlToken, 5),
    (b"\x02\xA4\x01\x6A\x00\xC3\x01x\x6D\x01", ErrorKind::WbxmlToken, 5),
    (b"\x02\xA4\x01\x6A\x00\x02\x41\x6D\x01", ErrorKind::WbxmlToken, 5),
    (b"\x02\xA4\x01\x6A\x00\x6D\x70\x01\x01", ErrorKind::WbxmlTag, 6),
    (b"\x02\xA4\x01\x6A\x00\x6D\x3D\x01", ErrorKind::WbxmlTag, 6),
    (b"\x02\xA4\x01\x6A\x00\x6D\x00\x01\x57\x01\x01", ErrorKind::WbxmlTag, 8),
    (b"\x02\xA4\x01\x6A\x00\x6D\x00\x03\x57\x01\x01", ErrorKind::WbxmlPage, 7),
    (b"\x02\xA4\x01\x6A\x00\x6D\x00\xFF\x57\x01\x01", ErrorKind::WbxmlPage, 7),
    (b"\x02\xA4\x01\x6A\x00\xED\x05\x03x\x00\x01\x01", ErrorKind::WbxmlAttribute, 6),
    (b"\x02\x0B\x6A\x00\xC5\x45\x8D\x01\x01", ErrorKind::WbxmlAttribute, 6),
    (b"\x02\x0B\x6A\x00\xC5\x77\x01\x01", ErrorKind::WbxmlAttribute, 5),
    (b"\x02\x0B\x6A\x00\xC5\x00\x02\x05\x01\x01", ErrorKind::WbxmlPage, 6),
    // A value before any attribute.
    (b"\x02\x0B\x6A\x00\xC5\x03x\x00\x01\x01", ErrorKind::WbxmlToken, 5),
    (b"\x02\x0B\x6A\x00\xC5\x85\x01\x01", ErrorKind::WbxmlToken, 5),
    (b"\x02\x0B\x6A\x02x\x00\xC5\x83\x00\x01\x01", ErrorKind::WbxmlToken, 7),
    // Strings and numbers.
    (b"\x02\xA4\x01\x6A\x00\x4F\x03abc", ErrorKind::WbxmlString, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\x83\x00\x01", ErrorKind::WbxmlStringIndex, 7),
    (b"\x02\xA4\x01\x6A\x02x\x00\x4F\x83\x02\x01", ErrorKind::WbxmlStringIndex, 9),
    (b"\x02\xA4\x01\x6A\x00\x4F\xC3\x04abc", ErrorKind::WbxmlOpaque, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\xC3\x8F\xFF\xFF\xFF\x7Fabc\x01", ErrorKind::WbxmlOpaque, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\xC3\x90\x80\x80\x80\x00abc\x01", ErrorKind::WbxmlInteger, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\x83\xFF\xFF\xFF\xFF\xFF\x01", ErrorKind::WbxmlInteger, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\x02\x83\xB0\x00\x01", ErrorKind::WbxmlEntity, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\x02\xC4\x80\x00\x01", ErrorKind::WbxmlEntity, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\x02\x00\x01", ErrorKind::WbxmlEntity, 7),
    // Literals: no name, no table, no such place, a prefix without a namespace.
    (b"\x02\xA4\x01\x6A\x041a\x00\x00\x6D\x04\x00\x01", ErrorKind::WbxmlLiteral, 11),
    (b"\x02\xA4\x01\x6A\x041a\x00\x00\x6D\x04\x02\x01", ErrorKind::WbxmlLiteral, 11),
    (b"\x02\xA4\x01\x6A\x00\x6D\x04\x00\x01", ErrorKind::WbxmlStringIndex, 7),
    (b"\x02\xA4\x01\x6A\x02a\x00\x6D\x44\x02\x01\x01", ErrorKind::WbxmlStringIndex, 9),
    (b"\x02\xA4\x01\x6A\x04p:a\x00\x6D\x04\x00\x01", ErrorKind::XmlPrefix, 10),
    // Two attributes of one name in one namespace; two namespaces are no fault.
    (
        b"\x02\xA4\x01\x6A\x18xmlns:p\0xmlns:q\0p:a\0q:a\0\xED\x04\x00\x03u\0\x04\x08\x03u\0\x04\x10\x031\0\x04\x14\x032\0\x01\x01",
        ErrorKind::XmlDuplicateAttribute,
        29,
    ),
    (
        b"\x02\xA4\x01\x6A\x18xmlns:p\0xmlns:q\0p:a\0q:a\0\xED\x04\x00\x03u\0\x04\x08\x03v\0\x04\x10\x031\0\x04\x14\x032\0\x01",
        ErrorKind::UnexpectedEnd,
        51,
    ),
    // Text that is none. Inline, the very octet; from the string table, the reference.
    (b"\x02\xA4\x01\x6A\x00\x4F\x03ab\xFF\x00\x01", ErrorKind::InvalidUtf8, 9),
    (b"\x02\xA4\x01\x6A\x04ab\xFF\x00\x4F\x83\x00\x01", ErrorKind::InvalidUtf8, 10),
    (b"\x02\xA4\x01\x03\x00\x4F\x03ab\xFF\x00\x01", ErrorKind::NotInCharset, 9),
    (b"\x02\xA4\x01\x03\x00\x4F\x03ab\xC3\xA9\x00\x01", ErrorKind::NotInCharset, 9),
    (b"\x02\x0B\x6A\x00\xC5\x45\x03ab\xFF\x00\x01\x01", ErrorKind::InvalidUtf8, 9),
    (b"\x02\x0B\x6A\x00\xC5\x45\xC3\x03ab\xFF\x01\x01", ErrorKind::InvalidUtf8, 10),
    (b"\x02\x0B\x6A\x03a\xFF\x00\xC5\x45\x83\x00\x01\x01", ErrorKind::InvalidUtf8, 9),
    (b"\x02\x0B\x03\x00\xC5\x45\x03ab\xFF\x00\x01\x01", ErrorKind::NotInCharset, 9),
    // After the end.
    (b"\x02\xA4\x01\x6A\x00\x4F\x01\x4F\x01", ErrorKind::TrailingData, 7),
    (b"\x02\xA4\x01\x6A\x00\x4F\x01\n\x01", ErrorKind::TrailingData, 8),
    (b"\x02\xA4\x01\x6A\x00\x0Fx", ErrorKind::TrailingData, 6),
];

#[test]
fn errors_have_their_kind_and_place() {
    let mut wrong = Vec::new();
    for (input, kind, offset) in ERRORS {
        let got = error(input);
        if got != Some((*kind, *offset)) {
            wrong.push(format!("{}: {got:?}, expected {kind:?} at {offset}", input.escape_ascii()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let error = WbxmlReader::new(b"\x04\xA4\x01\x6A\x00\x6D\x01", &Options::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::WbxmlVersion, 0));
}

#[test]
fn every_kind_of_the_wbxml_band_is_raised() {
    let raised: BTreeSet<u32> = ERRORS.iter().map(|(_, kind, _)| kind.code()).collect();
    for code in (401..=413).chain([101, 102, 104, 105, 107, 109, 110]) {
        assert!(raised.contains(&code), "{code}");
    }
}

#[test]
fn an_error_is_given_again_and_located() {
    let input = body(b"\x6D\x6C\x0F\x01\x6B\x45\x4B\x02\x00\x01\x01\x01\x01");
    let mut reader = WbxmlReader::new(&input, &Options::default()).unwrap();
    let error = loop {
        if let Err(error) = reader.next_event() {
            break error;
        }
    };
    assert_eq!(reader.next_event(), Err(error));
    let location = error.locate(&input);
    assert_eq!((location.line_column, location.path.as_str()), (None, "SyncML/SyncBody/Add/CmdID"));
}

#[test]
fn a_very_long_path_is_its_first_and_last_elements() {
    let items = "/Item".repeat(7);
    let path = |depth: usize| {
        let input = body(&[&vec![0x54; depth][..], b"\x70"].concat());
        let location = Error::new(ErrorKind::WbxmlTag, 5 + depth).locate(&input);
        location.path
    };
    assert_eq!(path(16), format!("Item{items}/Item{items}"));
    assert_eq!(path(17), format!("Item{items}/…/Item{items}"));
    assert_eq!(path(500), path(17));
}

// ------------------------------------------------------------------------------------------------ limits

fn with_limits(change: impl FnOnce(&mut Limits)) -> Options {
    let mut limits = Limits::default();
    change(&mut limits);
    Options { limits, ..Options::default() }
}

#[test]
fn each_limit_lets_its_value_pass_and_no_more() {
    let nested = |depth: usize| body(&[vec![0x54; depth], vec![0x01; depth]].concat());
    let options = with_limits(|limits| limits.depth = 3);
    assert_eq!(error_of(&nested(3), &options), None);
    assert_eq!(error_of(&nested(4), &options), Some((ErrorKind::LimitDepth, 8)));
    // An empty element is one level, too.
    assert_eq!(error_of(&body(b"\x54\x54\x0F\x01\x01"), &options), None);
    assert_eq!(error_of(&body(b"\x54\x54\x54\x0F\x01\x01\x01"), &options), Some((ErrorKind::LimitDepth, 8)));

    let options = with_limits(|limits| limits.elements = 3);
    assert_eq!(error_of(&body(b"\x54\x0F\x0F\x01"), &options), None);
    assert_eq!(error_of(&body(b"\x54\x0F\x0F\x0F\x01"), &options), Some((ErrorKind::LimitElements, 8)));

    // `name` (05) and `value` (06) of client provisioning.
    let prov = |attributes: &[u8]| [b"\x02\x0B\x6A\x00\xC5", attributes, b"\x01\x01"].concat();
    let options = with_limits(|limits| limits.attributes = 2);
    assert_eq!(error_of(&prov(b"\x05\x06"), &options), None);
    assert_eq!(error_of(&prov(b"\x05\x06\x45"), &options), Some((ErrorKind::LimitAttributes, 7)));

    // xmlns="abc" on Item, three times inside each other.
    let strings = b"xmlns\0";
    let declare = b"\xD4\x04\x00\x03abc\x00\x01";
    let options = with_limits(|limits| limits.namespaces = 2);
    assert_eq!(error_of(&with_strings(strings, &[declare.repeat(2), vec![1; 2]].concat()), &options), None);
    assert_eq!(
        error_of(&with_strings(strings, &[declare.repeat(3), vec![1; 3]].concat()), &options),
        Some((ErrorKind::LimitNamespaces, 11 + 9 * 2 + 1))
    );
    let siblings = [&b"\x54"[..], &[&declare[..], b"\x01"].concat().repeat(5), b"\x01"].concat();
    assert_eq!(error_of(&with_strings(strings, &siblings), &options), None);

    let options = with_limits(|limits| limits.name = 3);
    assert_eq!(error_of(&with_strings(b"abc\0", b"\x04\x00"), &options), None);
    assert_eq!(error_of(&with_strings(b"abcd\0", b"\x04\x00"), &options), Some((ErrorKind::LimitName, 11)));
    assert_eq!(error_of(&with_strings(b"abcd\0", b"\xD4\x04\x00\x01\x01"), &options), Some((ErrorKind::LimitName, 12)));

    let options = with_limits(|limits| limits.string_table = 4);
    assert_eq!(error_of(&with_strings(b"abc\0", b"\x0F"), &options), None);
    assert_eq!(error_of(&with_strings(b"abcd\0", b"\x0F"), &options), Some((ErrorKind::LimitStringTable, 4)));
}

#[test]
fn the_limit_of_text_holds_for_every_way_to_write_it() {
    let options = with_limits(|limits| limits.text = 3);
    for (strings, body, expected) in [
        (&b""[..], &b"\x4F\x03abc\x00\x01"[..], None),
        (b"", b"\x4F\x03abcd\x00\x01", Some(7)),
        (b"", b"\x4F\xC3\x03abc\x01", None),
        (b"", b"\x4F\xC3\x04abcd\x01", Some(7)),
        (b"abc\0", b"\x4F\x83\x00\x01", None),
        (b"abcd\0", b"\x4F\x83\x00\x01", Some(11)),
        // Pieces: STR_I, ENTITY, STR_T, OPAQUE.
        (b"", b"\x4F\x03a\x00\x02\x62\xC3\x01c\x01", None),
        (b"", b"\x4F\x03a\x00\x02\x62\xC3\x02cd\x01", Some(11)),
        (b"", b"\x4F\x03ab\x00\x02\x81\x69\x01", Some(10)),
        (b"ab\0", b"\x4F\x03a\x00\x83\x00\x01", None),
        (b"ab\0", b"\x4F\x83\x00\x83\x00\x01", Some(11)),
        // A text of each element.
        (b"", b"\x54\x4F\x03abc\x00\x01\x4F\x03abc\x00\x01\x01", None),
    ] {
        let got = error_of(&with_strings(strings, body), &options);
        assert_eq!(got, expected.map(|offset| (ErrorKind::LimitText, offset)), "{}", body.escape_ascii());
    }
    // Attribute values; 46 is `version=1.0`.
    let prov = |strings: &[u8], attributes: &[u8]| {
        [b"\x02\x0B\x6A", &[strings.len() as u8][..], strings, b"\xC5", attributes, b"\x01\x01"].concat()
    };
    for (strings, attributes, expected) in [
        (&b""[..], &b"\x05\x03abc\x00"[..], None),
        (b"", b"\x05\x03abcd\x00", Some(7)),
        (b"abcd\0", b"\x05\x83\x00", Some(11)),
        (b"", b"\x46", None),
        (b"", b"\x46\x03a\x00", Some(6)),
        (b"", b"\x05\x03ab\x00\x02\x63", None),
        (b"", b"\x05\x03ab\x00\x02\x63\x03d\x00", Some(12)),
    ] {
        let got = error_of(&prov(strings, attributes), &options).map(|(kind, offset)| {
            assert_eq!(kind, ErrorKind::LimitText);
            offset
        });
        assert_eq!(got, expected, "{}", attributes.escape_ascii());
    }
}

#[test]
fn expansion_stops_at_the_budget() {
    // 64 KiB are free, and `expansion` times the input on top.
    let string = vec![b'x'; 1 << 14];
    let document = |references: usize| {
        let table = [&string[..], b"\0"].concat();
        let head = [b"\x02\xA4\x01\x6A\x81\x80\x01", &table[..]].concat();
        let refs = b"\x4F\x83\x00\x01".repeat(references);
        [head, b"\x54".to_vec(), refs, b"\x01".to_vec()].concat()
    };
    let options = with_limits(|limits| limits.expansion = 0);
    assert_eq!(error_of(&document(4), &options), None);
    let (kind, offset) = error_of(&document(5), &options).unwrap();
    assert_eq!((kind, offset), (ErrorKind::LimitExpansion, 7 + (1 << 14) + 1 + 1 + 4 * 4 + 2));
    let options = with_limits(|limits| limits.expansion = 1);
    assert_eq!(error_of(&document(5), &options), None);
    assert_eq!(error_of(&document(6), &options).unwrap().0, ErrorKind::LimitExpansion);
}

/// `field-lessons.md` §4.2: libwbxml writes 1.3 GB for this one.
#[test]
fn string_table_amplification_is_refused_quickly() {
    let mut input = b"\x02\xA4\x01\x6A\x83\xFB\x69".to_vec();
    input.extend(vec![b'x'; 65_000]);
    input.push(0);
    input.push(0x54);
    input.extend(b"\x4F\x83\x00\x01".repeat(20_000));
    input.push(0x01);
    let begin = Instant::now();
    assert_eq!(error(&input).unwrap().0, ErrorKind::LimitExpansion);
    assert!(begin.elapsed() < Duration::from_secs(5));
    // As attribute values, too.
    let mut input = b"\x02\x0B\x6A\x83\xFB\x69".to_vec();
    input.extend(vec![b'x'; 65_000]);
    input.push(0);
    input.push(0x45);
    input.extend(b"\x87\x06\x83\x00\x01".repeat(20_000));
    input.push(0x01);
    let begin = Instant::now();
    assert_eq!(error(&input).unwrap().0, ErrorKind::LimitExpansion);
    assert!(begin.elapsed() < Duration::from_secs(5));
    // And as names.
    let mut input = b"\x02\xA4\x01\x6A\xA0\x01".to_vec();
    input.extend(vec![b'x'; 4_096]);
    input.push(0);
    input.push(0x54);
    input.extend(b"\x04\x00".repeat(20_000));
    input.push(0x01);
    assert_eq!(error(&input).unwrap().0, ErrorKind::LimitExpansion);
}

#[test]
fn a_hundred_thousand_elements_inside_each_other_are_too_many() {
    let open = body(&vec![0x54; 100_000]);
    assert_eq!(error(&open), Some((ErrorKind::LimitDepth, 5 + 512)));
    let options = with_limits(|limits| limits.depth = u32::MAX);
    assert_eq!(error_of(&open, &options), Some((ErrorKind::UnexpectedEnd, open.len())));
    let whole = [open, vec![0x01; 100_000]].concat();
    assert_eq!(error_of(&whole, &options), None);
    let mut reader = WbxmlReader::new(&whole, &options).unwrap();
    reader.next_event().unwrap();
    assert_eq!(reader.skip().unwrap().bytes(), &whole[5..]);
}

#[test]
fn forty_thousand_attributes_are_too_many() {
    // Of one name, the second is too many.
    let input = [&b"\x02\x0B\x6A\x00\x85"[..], &b"\x05\x06".repeat(20_000), b"\x01"].concat();
    assert_eq!(error(&input), Some((ErrorKind::XmlDuplicateAttribute, 7)));
    // Names of four letters and a zero, in a string table of 1,100 of them.
    let names: String = (0..1_100).map(|index| format!("a{index:03}\0", index = index).replace("a1", "b1")).collect();
    let mut input = b"\x02\x0B\x6A".to_vec();
    let mut offsets = Vec::new();
    let mut at = 0_usize;
    for name in names.split_inclusive('\0') {
        offsets.push(at);
        at += name.len();
    }
    let integer =
        |value: usize| vec![0x80 | (value >> 14) as u8, 0x80 | (value >> 7 & 0x7F) as u8, (value & 0x7F) as u8];
    input.extend(integer(names.len()));
    input.extend(names.as_bytes());
    input.push(0x85);
    let start = input.len();
    for offset in offsets {
        input.push(0x04);
        input.extend(integer(offset));
    }
    assert_eq!(error(&input), Some((ErrorKind::LimitAttributes, start + 4 * 1024)));
    // Values of one attribute are one value.
    let input = [&b"\x02\x0B\x6A\x00\x85\x05"[..], &b"\xE0".repeat(40_000), b"\x01"].concat();
    assert_eq!(outline_of(&input), format!("wap-provisioningdoc name={}()", "AAA".repeat(40_000)));
}

#[test]
fn an_opaque_length_near_4_gib_does_not_wrap() {
    for length in [&b"\x8F\xFF\xFF\xFF\x7F"[..], b"\x8F\xFF\xFF\xFF\x7E", b"\x88\x80\x80\x80\x00"] {
        let input = body(&[b"\x4F\xC3", length, b"abc\x01"].concat());
        assert_eq!(error(&input), Some((ErrorKind::WbxmlOpaque, 7)));
    }
}

// ------------------------------------------------------------------------------------ other programs agree

#[test]
fn counts_are_those_of_an_independent_program() {
    let mut seen = 0;
    for row in rows().iter().filter(|row| row.encoding.starts_with("wbxml")) {
        let input = read(&row.path);
        if row.encoding == "wbxml-vendor" {
            assert_eq!(error(&input), Some((ErrorKind::WbxmlPublicId, 1)), "{}", row.path.display());
            assert!(is_vendor_wbxml(&row.path));
            continue;
        }
        let (mut elements, mut attributes) = (0, 0);
        for piece in read_ok(&input) {
            if let Piece::Start(_, list) = piece {
                elements += 1;
                attributes += list.len();
            }
        }
        assert_eq!((elements, attributes), (row.elements, row.attributes), "{}", row.path.display());
        seen += 1;
    }
    println!("{seen} documents");
    assert!(seen >= 7);
    if corpus().is_some() {
        assert!(seen >= 7 + 15, "{seen}");
    }
}

/// Where XML has base64 text, WBXML has the octets: both as base64.
fn same_text(xml: &Piece, wbxml: &Piece) -> bool {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    match (xml, wbxml) {
        (Piece::Text(text), Piece::Text(octets)) => {
            let digits: Vec<u8> = text.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
            text == octets || STANDARD.decode(&digits).is_ok_and(|decoded| decoded == *octets)
        }
        _ => xml == wbxml,
    }
}

fn assert_twins(xml: &Path, wbxml: &Path) {
    // A declaration of the vocabulary is what WBXML's public identifier says.
    let xml_pieces = without_blanks(read_ok(&read(xml)));
    let wbxml_pieces = without_blanks(read_ok(&read(wbxml)));
    for (index, (one, other)) in xml_pieces.iter().zip(&wbxml_pieces).enumerate() {
        assert!(same_text(one, other), "{} {index}: {one:?} {other:?}", xml.display());
    }
    assert_eq!(xml_pieces.len(), wbxml_pieces.len());
}

#[test]
fn twins_of_ours_say_the_same() {
    for (xml, wbxml) in [
        ("phone.tnds.xml", "phone.tnds.wbxml"),
        ("phone.tnds.xml", "phone-strtbl.tnds.wbxml"),
        ("package1.syncml.xml", "package1.syncml.wbxml"),
        ("package2.syncml.xml", "package2.syncml.wbxml"),
    ] {
        assert_twins(&data().join(xml), &data().join(wbxml));
    }
}

/// Names with their vocabularies are the same in both encodings.
#[test]
fn twins_of_ours_have_the_same_tags() {
    for (xml, wbxml) in [
        ("phone.tnds.xml", "phone-strtbl.tnds.wbxml"),
        ("package1.syncml.xml", "package1.syncml.wbxml"),
        ("package2.syncml.xml", "package2.syncml.wbxml"),
    ] {
        assert_eq!(names(&read(&data().join(xml))), names(&read(&data().join(wbxml))), "{xml}");
    }
}

#[test]
fn twins_of_the_corpus_say_the_same() {
    let Some(corpus) = corpus() else { return };
    for stem in ["prov-001", "prov-002", "prov-003", "prov-004"] {
        let folder = corpus.join("provisioning");
        assert_twins(&folder.join(format!("{stem}.xml")), &folder.join(format!("{stem}.wbxml")));
    }
    for stem in ["ds11-syncml-001", "ds11-syncml-002"] {
        let folder = corpus.join("syncml/wbxml");
        assert_twins(&folder.join(format!("{stem}.xml")), &folder.join(format!("{stem}.wbxml")));
    }
    assert_twins(&corpus.join("tnds/ddf-001.ddf"), &corpus.join("tnds/ddf-001.wbxml"));
}

// ------------------------------------------------------------------------------------ vectors of wire.md §13

const G5_XML: &str = r#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Node><NodeName>srv1</NodeName><RTProperties><Format><node/></Format><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>
<Node><NodeName>ServerID</NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties>
<Value>dm.example.com</Value></Node>
</Node>
</MgmtTree>"#;

const G6_XML: &str = r#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Man>Acme</Man><Mod>R1</Mod><Node><NodeName>App</NodeName><Path>.</Path><DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><node/></DFFormat><Occurrence><One/></Occurrence><Scope><Permanent/></Scope><DFType><DDFName/></DFType></DFProperties>
<Node><NodeName/><DFProperties><AccessType><Get/><Replace/></AccessType><DefaultValue>0</DefaultValue><DFFormat><int/></DFFormat><Occurrence><ZeroOrN>8</ZeroOrN></Occurrence><DFType><MIME>text/plain</MIME></DFType><CaseSense><CIS/></CaseSense></DFProperties>
</Node>
</Node>
</MgmtTree>"#;

const A1_XML: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.1"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>22100</SessionID><MsgID>1</MsgID><Target><LocURI>000000011234564</LocURI></Target><Source><LocURI>http://10.72.34.217:80/Manage</LocURI></Source><RespURI>http://10.72.34.217/Scts?0JTIAA==</RespURI><Cred><Meta><Format xmlns="syncml:metinf">b64</Format><Type xmlns="syncml:metinf">syncml:auth-basic</Type></Meta><Data>U2N0czpTYW1wbGVDbGllbnQ=</Data></Cred><Meta><MaxMsgSize xmlns="syncml:metinf">3500</MaxMsgSize></Meta></SyncHdr>
<SyncBody><Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><TargetRef>http://10.72.34.217:80/Manage</TargetRef><SourceRef>000000011234564</SourceRef><Data>212</Data></Status>
<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Cmd>Alert</Cmd><Data>200</Data></Status>
<Status><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Replace</Cmd><Data>200</Data></Status>
<Get><CmdID>4</CmdID><Item><Target><LocURI>./DevDetail/URI/MaxDepth</LocURI></Target></Item></Get>
<Final/></SyncBody></SyncML>"#;

#[test]
fn vectors_read_as_their_xml() {
    for (name, vector, xml) in [
        ("G1", G1, G1_XML),
        ("G2", G2, G2_XML),
        ("G3", G3, G3_XML),
        ("G4", G4, G4_XML),
        ("G5", G5, G5_XML),
        ("G6", G6, G6_XML),
        ("G8", G8, G8_XML),
        ("A1", A1, A1_XML),
    ] {
        let expected = without_blanks(read_ok(xml.as_bytes()));
        assert_eq!(without_blanks(read_ok(&hex(vector))), expected, "{name}");
    }
    // Sizes as wire.md gives them, so that a slip of the hand shows.
    let sizes = [G1, G2, G3, G4, G5, G6, G7, G8, G9, G10].map(|vector| hex(vector).len());
    assert_eq!(sizes, [377, 509, 409, 223, 144, 132, 322, 273, 289, 391]);
    assert_eq!([A1, A2, A3, A4, A5, R3].map(|vector| hex(vector).len()), [437, 445, 452, 565, 380, 257]);
}

#[test]
fn vector_g5_is_a_tree() {
    assert_eq!(
        outline_of(&hex(G5)),
        "MgmtTree(VerDTD(1.2)Node(NodeName(srv1)RTProperties(Format(node())Type(DDFName(urn:oma:mo:oma-dm-dmacc:1.0)))\
         Node(NodeName(ServerID)RTProperties(Format(chr())Type(MIME(text/plain)))Value(dm.example.com))))"
    );
    assert!(names(&hex(G5)).iter().all(|name| name.starts_with("DmDdf:")));
}

#[test]
fn vector_g6_is_a_description() {
    assert_eq!(
        outline_of(&hex(G6)),
        "MgmtTree(VerDTD(1.2)Man(Acme)Mod(R1)Node(NodeName(App)Path(.)DFProperties(AccessType(Add()Get())DFFormat(node())\
         Occurrence(One())Scope(Permanent())DFType(DDFName()))Node(NodeName()DFProperties(AccessType(Get()Replace())\
         DefaultValue(0)DFFormat(int())Occurrence(ZeroOrN(8))DFType(MIME(text/plain))CaseSense(CIS())))))"
    );
}

#[test]
fn vector_g8_has_attributes_from_tokens() {
    let parm = |name: &str, value: &str| format!("parm name={name} value={value}()");
    let of_type = |name: &str, content: &[String]| format!("characteristic type={name}({})", content.concat());
    let auth = |level: &str, name: &str, secret: &str| {
        of_type(
            "APPAUTH",
            &[
                parm("AAUTHLEVEL", level),
                parm("AAUTHTYPE", "DIGEST"),
                parm("AAUTHNAME", name),
                parm("AAUTHSECRET", secret),
                parm("AAUTHDATA", "AAAAAA=="),
            ],
        )
    };
    let port = of_type("PORT", &[parm("PORTNBR", "443")]);
    let address = of_type("APPADDR", &[parm("ADDR", "https://dm.example.com/omadm"), port]);
    let application = of_type(
        "APPLICATION",
        &[
            parm("APPID", "w7"),
            parm("PROVIDER-ID", "dm.example.com"),
            parm("NAME", "Example"),
            address,
            auth("APPSRV", "dev1", "secret"),
            auth("CLIENT", "dm.example.com", "srvsecret"),
        ],
    );
    assert_eq!(outline_of(&hex(G8)), format!("wap-provisioningdoc version=1.1({application})"));
}

const HEADER_G7: &str = "SyncHdr(VerDTD(1.2)VerProto(DM/1.2)SessionID(1)MsgID(1)Target(LocURI(IMEI:490154203237518))\
                         Source(LocURI(https://dm.example.com/omadm)))";

#[test]
fn vector_g7_has_a_document_in_opaque() {
    let pieces = read_ok(&hex(G7));
    let inner = pieces.iter().find_map(|piece| match piece {
        Piece::Text(text) if text.first() == Some(&0x02) => Some(text.clone()),
        _ => None,
    });
    assert_eq!(inner.unwrap(), hex(G5));
    assert!(outline(&pieces).contains("Type(application/vnd.syncml.dmtnds+wbxml)"));
}

#[test]
fn vector_g9_has_a_tree_inline() {
    assert_eq!(
        outline_of(&hex(G9)),
        format!(
            "SyncML({HEADER_G7}SyncBody(Add(CmdID(1)Item(Target(LocURI(./Inbox))Meta(Format(bin)\
             Type(application/vnd.syncml.dmtnds+wbxml))Data({})))Final()))",
            outline_of(&hex(G5))
        )
    );
    let names = names(&hex(G9));
    let inline = names.iter().position(|name| name == "DmDdf:MgmtTree").unwrap();
    assert_eq!(names[inline - 1], "SyncMl:Data");
    assert_eq!(names.last().unwrap(), "SyncMl:Final");
    assert!(names[inline..names.len() - 1].iter().all(|name| name.starts_with("DmDdf:")));
}

#[test]
fn vector_g10_has_xml_in_opaque() {
    assert_eq!(
        outline_of(&hex(G10)),
        format!(
            "SyncML({HEADER_G7}SyncBody(Add(CmdID(1)Item(Target(LocURI(./Inbox))Meta(Format(xml)\
             Type(application/vnd.syncml.dmtnds+xml))Data(<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node>\
             <NodeName>srv1</NodeName><RTProperties><Format><node/></Format><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0\
             </DDFName></Type></RTProperties></Node></MgmtTree>)))Final()))"
        )
    );
}

#[test]
fn vector_a5_has_texts_in_the_string_table() {
    let status = |number: u32, cmd: u32, name: &str, refs: &str, code: u32| {
        format!("Status(CmdID({number})MsgRef(1)CmdRef({cmd})Cmd({name}){refs}Data({code}))")
    };
    assert_eq!(
        outline_of(&hex(A5)),
        [
            "SyncML(SyncHdr(VerDTD(1.1)VerProto(DM/1.1)SessionID(22100)MsgID(1)Target(LocURI(000000011234564))\
             Source(LocURI(http://10.72.34.217:80/Manage))RespURI(http://10.72.34.217/Scts?0JTIAA==)\
             Cred(Meta(Format(b64)Type(syncml:auth-basic))Data(U2N0czpTYW1wbGVDbGllbnQ=))Meta(MaxMsgSize(3500)))SyncBody(",
            &status(
                1,
                0,
                "SyncHdr",
                "TargetRef(http://10.72.34.217:80/Manage)SourceRef(000000011234564)",
                212
            ),
            &status(2, 1, "Alert", "", 200),
            &status(3, 2, "Replace", "", 200),
            "Get(CmdID(4)Item(Target(LocURI(./DevDetail/URI/MaxDepth))))Final()))",
        ]
        .concat()
    );
}

#[test]
fn real_messages_read_to_their_end() {
    let commands = |vector: &str| {
        let names = names(&hex(vector));
        let commands = ["Status", "Get", "Add", "Delete", "Alert", "Replace", "Final"];
        names
            .iter()
            .filter_map(|name| name.strip_prefix("SyncMl:").filter(|name| commands.contains(name)))
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(commands(A2), "Status Status Status Add Final");
    assert_eq!(commands(A3), "Status Status Status Delete Delete Final");
    assert_eq!(commands(A4), "Alert Replace Final");
    assert_eq!(commands(R3), "Alert");
    assert!(outline_of(&hex(A2)).contains("Item(Target(LocURI(./TestLeafNode))Meta(Format(node))Data())"));
    assert!(outline_of(&hex(A4)).contains("Item(Source(LocURI(./DevInfo/Bearer/GSM))Data())"));
    assert!(
        outline_of(&hex(R3)).ends_with(
            "Alert(CmdID(1)Data(200)Item(Target(LocURI(./contacts/james_bond))Source(LocURI(./dev-contacts))\
             Meta(Anchor(Last(234)Next(276)))))))"
        ),
        "{}",
        outline_of(&hex(R3))
    );
}

// ------------------------------------------------------------------------------------------------ fragments

// That all fragments of all documents read as in place is tested in markup_xml.rs, for both encodings.

#[test]
fn a_mark_after_nested_pages_remembers_both_pages() {
    // Item { Meta { Format } Data { MgmtTree { Node } } Data }, where the second Data switches back.
    let input =
        body(b"\x54\x5A\x00\x01\x47\x03x\x00\x01\x01\x00\x00\x4F\x00\x02\x60\x24\x01\x01\x00\x00\x4F\x03y\x00\x01\x01");
    assert_eq!(outline_of(&input), "Item(Meta(Format(x))Data(MgmtTree(Node()))Data(y))");
    let mut reader = WbxmlReader::new(&input, &Options::default()).unwrap();
    let mut fragments = Vec::new();
    let mut open = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        match event {
            Event::Start(_) => open.push(reader.mark()),
            Event::End => fragments.push(reader.fragment(open.pop().unwrap())),
            _ => {}
        }
    }
    let outlines: Vec<String> = fragments
        .iter()
        .map(|fragment| {
            assert_eq!(fragment.encoding(), Encoding::Wbxml);
            outline(&pieces(&mut fragment.reader(&Options::default())).unwrap())
        })
        .collect();
    assert_eq!(
        outlines,
        [
            "Format(x)",
            "Meta(Format(x))",
            "Node()",
            "MgmtTree(Node())",
            "Data(MgmtTree(Node()))",
            "Data(y)",
            "Item(Meta(Format(x))Data(MgmtTree(Node()))Data(y))"
        ]
    );
    assert_eq!(fragments[0].bytes(), b"\x47\x03x\x00\x01");
    assert_eq!(fragments[2].bytes(), b"\x24");
}

#[test]
fn a_fragment_of_client_provisioning_remembers_its_attribute_page() {
    let input = hex(G8);
    let mut reader = WbxmlReader::new(&input, &Options::default()).unwrap();
    reader.next_event().unwrap();
    reader.next_event().unwrap();
    reader.next_event().unwrap();
    // The first parm, behind a switch of the attribute page to 1 in the element around it.
    let fragment = reader.skip().unwrap();
    assert_eq!(fragment.bytes(), hex("87 36 0000 06 03773700 01"));
    assert_eq!(outline(&pieces(&mut fragment.reader(&Options::default())).unwrap()), "parm name=APPID value=w7()");
}

#[test]
fn a_fragment_remembers_what_its_parent_is_to_literals() {
    // AccessType { "Add" } on page 2: the name is the description's Add, not SyncML's.
    let input = with_strings(b"Add\0", b"\x4F\x00\x02\x45\x04\x00\x01\x01");
    assert_eq!(names(&input)[2], "DmDdf:Add");
    let mut reader = WbxmlReader::new(&input, &Options::default()).unwrap();
    for _ in 0..3 {
        reader.next_event().unwrap();
    }
    let fragment = reader.skip().unwrap();
    let mut again = fragment.reader(&Options::default());
    let Some(Event::Start(Name::Known(tag))) = again.next_event().unwrap() else { panic!() };
    assert_eq!(tag, omadm::vocabulary::dmddf::ADD);
}

// -------------------------------------------------------------------------------------- quirks of the field

/// A document with a formal public identifier in its string table.
fn with_fpi(fpi: &[u8], body: &[u8]) -> Vec<u8> {
    [b"\x02\x00\x00\x6A", &[fpi.len() as u8][..], fpi, body].concat()
}

#[test]
fn quirk_fpi_in_the_string_table_without_nul() {
    let input = with_fpi(b"-//SYNCML//DTD SyncML 1.2//EN", b"\x6D\x6C\x01\x01");
    assert_eq!(outline_of(&input), "SyncML(SyncHdr())");
}

#[test]
fn quirk_fpi_in_the_string_table_with_nul() {
    let input = with_fpi(b"-//OMA//DTD-DM-DDF 1.2//EN\0", b"\x00\x02\x60\x24\x01");
    assert_eq!(outline_of(&input), "MgmtTree(Node())");
}

#[test]
fn quirk_fpi_behind_other_strings() {
    let input = b"\x02\x00\x04\x6A\x21abc\0-//SYNCML//DTD SyncML 1.2//EN\x4F\x83\x00\x01";
    assert_eq!(outline_of(input), "Data(abc)");
}

#[test]
fn quirk_fpi_with_a_leading_blank() {
    let input = with_fpi(b" -//OMA//DTD-DM-DDF 1.2//EN\0", b"\x00\x02\x60\x24\x01");
    assert_eq!(outline_of(&input), "MgmtTree(Node())");
}

#[test]
fn quirk_fpi_in_other_case() {
    for fpi in
        [&b"-//SyncML//DTD SyncML 1.2//EN"[..], b"-//SYNCML//DTD SYNCML 1.2//EN", b"-//syncml//dtd syncml 1.2//en"]
    {
        assert_eq!(outline_of(&with_fpi(fpi, b"\x6D\x6C\x01\x01")), "SyncML(SyncHdr())");
    }
    assert_eq!(outline_of(&with_fpi(b"-//SyncML//DTD DevInf 1.0//EN", b"\x4A\x1C\x01")), "DevInf(Size())");
}

#[test]
fn quirk_syncml_1_1_announced_and_1_2_written() {
    // Correlator (3C) and Move (3B) are of 1.2.
    for head in
        [&b"\x02\x9F\x53\x6A\x00"[..], &with_fpi(b"-//SYNCML//DTD SyncML 1.1//EN", b""), b"\x02\x9F\x51\x6A\x00"]
    {
        let input = [head, b"\x6D\x51\x7C\x03c\x00\x01\x01\x3B\x01"].concat();
        assert_eq!(outline_of(&input), "SyncML(Exec(Correlator(c))Move())");
    }
}

#[test]
fn quirk_ericsson_opaque_for_everything_redundant_pages_and_a_newline_at_the_end() {
    let body = b"\x6D\x6C\x00\x00\x71\xC3\x031.0\x01\x00\x00\x72\xC3\x0ASyncML/1.0\x01\x5A\x00\x01\x00\x01\x4E\x00\x01\x4C\xC3\x045000\
        \x01\x01\x00\x00\x00\x00\x01\x00\x00\x01\x01\n";
    let input = with_fpi(b"-//SYNCML//DTD SyncML 1.0//EN", body);
    assert_eq!(outline_of(&input), "SyncML(SyncHdr(VerDTD(1.0)VerProto(SyncML/1.0)Meta(MetInf(MaxMsgSize(5000)))))");
}

#[test]
fn quirk_zeros_and_blanks_at_the_end() {
    assert_eq!(outline_of(&body(b"\x0F\r\n \t\x00\x00")), "Data()");
}

#[test]
fn quirk_nokia_xmlns_as_a_literal_attribute_of_an_empty_string_table() {
    let input = body(b"\xED\x04\x00\x03SYNCML:SYNCML1.2\x00\x01\x6C\x01\x01");
    assert_eq!(outline_of(&input), "SyncML(SyncHdr())");
    let mut reader = WbxmlReader::new(&input, &Options::default()).unwrap();
    reader.next_event().unwrap();
    assert_eq!(reader.attrs().count(), 0);
    // Pieces of every kind are part of the value that is dropped.
    let input = body(b"\xED\x04\x00\x03a\x00\x02\x41\xC3\x01b\x04\x05\x03c\x00\x01\x6C\x01\x01");
    assert_eq!(outline_of(&input), "SyncML(SyncHdr())");
}

#[test]
fn literal_attributes_with_a_string_table_are_kept() {
    let input = with_strings(
        b"xmlns\0lang\0xmlns:p\0p:q\0",
        b"\xED\x04\x00\x03u:1\x00\x04\x06\x03en\x00\x04\x0B\x03u:2\x00\x04\x13\x83\x06\x01\x01",
    );
    let mut reader = WbxmlReader::new(&input, &Options::default()).unwrap();
    reader.next_event().unwrap();
    let attrs: Vec<_> = reader
        .attrs()
        .map(|attr| (attr.qname, attr.namespace.map(|namespace| namespace.name().into_owned()), attr.value.to_cow()))
        .collect();
    assert_eq!(
        attrs,
        [
            ("xmlns", None, "u:1".into()),
            ("lang", None, "en".into()),
            ("xmlns:p", None, "u:2".into()),
            ("p:q", Some("u:2".to_owned()), "lang".into())
        ]
    );
}

#[test]
fn quirk_known_names_as_literals_are_tags_and_others_are_not() {
    let strings = b"LocURI\0Vendor\0Type\0";
    // Item { "LocURI" { x } "Vendor" { "LocURI" } Meta { "Type" } }
    let input = with_strings(strings, b"\x54\x44\x00\x03x\x00\x01\x44\x07\x04\x00\x01\x5A\x04\x0E\x01\x01");
    assert_eq!(names(&input), ["SyncMl:Item", "SyncMl:LocURI", "Vendor", "LocURI", "SyncMl:Meta", "MetInf:Type"]);
    assert_eq!(outline_of(&input), "Item(LocURI(x)Vendor(LocURI())Meta(Type()))");
}

#[test]
fn literals_in_a_namespace_of_their_own() {
    let strings = b"v:a\0xmlns:v\0";
    let input = with_strings(strings, b"\x54\xC4\x00\x04\x04\x03urn:v\x00\x01\x03x\x00\x01\x01");
    assert_eq!(names(&input), ["SyncMl:Item", "{urn:v}v:a"]);
}

#[test]
fn quirk_page_0_of_a_tree_document_is_page_2() {
    assert_eq!(outline_of(&with_fpi(b"-//OMA//DTD-DM-DDF 1.2//EN\0", b"\x60\x24\x01")), "MgmtTree(Node())");
}

#[test]
fn quirk_no_public_identifier_is_told_by_the_root() {
    for (body, expected) in [
        (&b"\x6D\x2C\x01"[..], "SyncML(SyncHdr())"),
        (b"\x00\x02\x60\x24\x01", "MgmtTree(Node())"),
        (b"\x00\x01\x4E\x13\x01", "MetInf(Type())"),
        (b"\x4A\x11\x01", "DevInf(Man())"),
        (b"\x45\x06\x01", "wap-provisioningdoc(characteristic())"),
    ] {
        assert_eq!(outline_of(&[b"\x02\x01\x6A\x00", body].concat()), expected);
    }
}

#[test]
fn quirk_iso_8859_1_in_texts_and_attributes() {
    let text = b"\x02\xA4\x01\x04\x05t\xE9xt\x00\x4F\x03a\xB5b\xFC\x00\x83\x00\xC3\x01\xE4\x01";
    let mut reader = WbxmlReader::new(text, &Options::default()).unwrap();
    let mut said = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        said.push(event);
    }
    // Opaque octets are no text: they stay as they are.
    let pieces: String = said.iter().filter_map(|event| event.text()).collect();
    assert_eq!(pieces, "aµbütéxt");
    assert!(said.contains(&Event::Opaque(b"\xE4")));
    let attributes = b"\x02\x0B\x04\x03\xE9x\x00\xC5\x45\x03\xB5m\x00\x83\x00\x02\x41\x01\x01";
    assert_eq!(outline_of(attributes), "wap-provisioningdoc version=µméxA()");
}

#[test]
fn quirk_us_ascii() {
    assert_eq!(outline_of(b"\x02\xA4\x01\x03\x00\x4F\x03ab\x00\x01"), "Data(ab)");
}

#[test]
fn entities_are_characters() {
    assert_eq!(
        outline_of(&body(b"\x4F\x03a\x00\x02\x81\x69\x02\xC1\x2C\x02\x87\xEC\x00\x03b\x00\x01")),
        "Data(aé€\u{1F600}b)"
    );
    let input = b"\x02\x0B\x6A\x00\xC5\x45\x02\x81\x69\x03x\x00\x02\x26\x01\x01";
    assert_eq!(outline_of(input), "wap-provisioningdoc version=éx&()");
}

#[test]
fn quirk_numbers_are_not_minimal() {
    // Public id 80 A4 01, charset 80 6A, table 80 00, opaque 80 80 02.
    assert_eq!(outline_of(b"\x02\x80\xA4\x01\x80\x6A\x80\x00\x4F\xC3\x80\x80\x02ab\x01"), "Data(ab)");
}

#[test]
fn quirk_wbxml_1_0_has_no_charset() {
    assert_eq!(outline_of(b"\x00\xA4\x01\x00\x4F\x03\xC3\xA9\x00\x01"), "Data(é)");
    for version in [1, 2, 3] {
        assert_eq!(outline_of(&[&[version][..], b"\xA4\x01\x6A\x00\x4F\x03x\x00\x01"].concat()), "Data(x)");
    }
}

#[test]
fn quirk_unknown_charset_is_utf_8() {
    assert_eq!(outline_of(b"\x02\xA4\x01\x00\x00\x4F\x03\xC3\xA9\x00\x01"), "Data(é)");
}

#[test]
fn extension_tokens_are_read_over() {
    let text = b"\x4F\x03a\x00\x40x\x00\x41y\x00\x42\x00\x80\x81\x00\x81\x05\x82\x06\xC0\xC1\xC2\x03b\x00\x01";
    assert_eq!(outline_of(&body(text)), "Data(ab)");
    let attributes = b"\x02\x0B\x6A\x00\xC5\x45\x03a\x00\x40x\x00\x81\x05\xC2\x03b\x00\x01\x01";
    assert_eq!(outline_of(attributes), "wap-provisioningdoc version=ab()");
}

#[test]
fn processing_instructions_are_read_over_wherever_they_stand() {
    // PI attrStart value* END, with every kind of value: before, inside and after the root.
    let pi = b"\x43\x04\x00\x03x\x00\x83\x00\x02\x41\xC3\x01\x01\x85\x40y\x00\x81\x05\xC0\x01";
    let input = with_strings(b"p\0", &[&pi[..], b"\x54", pi, b"\x0F", pi, b"\x01", pi].concat());
    assert_eq!(outline_of(&input), "Item(Data())");
}

#[test]
fn a_literal_with_a_prefix_that_nothing_binds_is_refused() {
    assert_eq!(error(&with_strings(b"p:q\0", b"\xED\x04\x00\x03x\x00\x01\x01")), Some((ErrorKind::XmlPrefix, 9)));
}

#[test]
fn empty_elements_are_empty_in_all_their_forms() {
    for form in [&b"\x0F"[..], b"\x4F\x01", b"\x4F\x03\x00\x01", b"\x4F\xC3\x00\x01"] {
        assert_eq!(outline_of(&body(form)), "Data()");
    }
}

#[test]
fn tag_and_attribute_pages_are_switched_apart() {
    // characteristic with attribute page 1 inside, then one whose tag is on page 1 and attribute page is still 1.
    let input = b"\x02\x0B\x6A\x00\x45\xC6\x00\x01\x55\x01\x01\x00\x01\x86\x56\x01\x87\x00\x00\x54\x01\x01";
    assert_eq!(
        outline_of(input),
        "wap-provisioningdoc(characteristic type=APPLICATION()characteristic type=APPADDR()parm type=VALIDITY())"
    );
}
