//! Session hints: the examples and refusals of `provisional.md` §1, octet for octet.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use omadm::notification::hints::{AuthType, Block, DevDetail, Hints, Reason, Transport, UnknownHint};
use omadm::notification::v12::{Fields, Notification, UiMode};
use omadm::notification::{Bearer, ResyncPolicy, ServerCredentials, Verdict};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;
use std::borrow::Cow;

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

const H0: &str = "d64801a1";
const H1: &str = "d64807a101046b36ec7f";
const H2: &str = "d64881a101046b36ec7f02264e6575652042726f777365722d45696e7374656c6c756e67656e3a207a757374696d6d656e3f
    030264650402020105020201060203020702002c080a4578742f494d45495356090201030a04002700360b2275726e3a6f6d613a6d6f3a6f6d61
    2d646d2d626f6f7473747261706366673a312e300c020027";
const H5: &str = "d6480ba101046b36ec7f4202cafe0102";
const T1: &str = "DMH:oQEEazbsfwYCAwIHAgAs";

/// 2026-12-31T23:59:59Z.
const NEW_YEAR: u32 = 1_798_761_599;

fn h1() -> Hints<'static> {
    Hints { expires: Some(NEW_YEAR), ..Hints::default() }
}

fn h2() -> Hints<'static> {
    Hints {
        expires: Some(NEW_YEAR),
        reason: Some(Reason { text: "Neue Browser-Einstellungen: zustimmen?".into(), language: Some("de".into()) }),
        transports: vec![Transport::Https, Transport::Http],
        bearers: vec![Bearer::Wlan, Bearer::Cellular],
        auth: vec![AuthType::Hmac, AuthType::Digest],
        dev_detail: Some(DevDetail::FW_V | DevDetail::SW_V | DevDetail::LRG_OBJ),
        dev_detail_paths: vec!["Ext/IMEISV".into()],
        proto: Some((1, 3)),
        want_mos: vec![0x27, 0x36],
        want_mo_ids: vec!["urn:oma:mo:oma-dm-bootstrapcfg:1.0".into()],
        about_mos: vec![0x27],
        unknown: vec![],
    }
}

fn reason(len: usize) -> Hints<'static> {
    Hints { reason: Some(Reason::new("a".repeat(len))), ..Hints::default() }
}

/// `octets` are just these hints, with nothing behind them, and the other way round.
fn is(octets: &[u8], hints: &Hints<'_>) {
    let block = Block::find(octets).unwrap().unwrap();
    assert_eq!((block.version, &block.hints, block.rest), (1, hints, &b""[..]));
    assert_eq!(hints.encode().unwrap(), octets);
}

#[test]
fn h0_no_hint() {
    is(&hex(H0), &Hints::default());
}

#[test]
fn h1_expiry() {
    is(&hex(H1), &h1());
}

#[test]
fn h2_all_hints() {
    let octets = hex(H2);
    is(&octets, &h2());
    // One segment: nothing had to be copied.
    let block = Block::find(&octets).unwrap().unwrap();
    assert!(matches!(block.hints.reason, Some(Reason { text: Cow::Borrowed(_), language: Some(Cow::Borrowed("de")) })));
    assert_eq!(block.hints.clone().into_owned(), block.hints);
}

/// Types 04 to 06 of H2.
#[test]
fn codes_are_those_that_stand_in_the_octets() {
    let Hints { transports, bearers, auth, .. } = h2();
    assert_eq!(transports.iter().map(|transport| transport.code()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(bearers.iter().map(|bearer| bearer.code()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(auth.iter().map(|auth| auth.code()).collect::<Vec<_>>(), [3, 2]);
    assert_eq!([2, 1].map(Transport::from_code), transports[..]);
    assert_eq!([2, 1].map(Bearer::from_code), bearers[..]);
    assert_eq!([3, 2].map(AuthType::from_code), auth[..]);
    assert_eq!((Transport::from_code(0x80), Transport::Other(0x80).code()), (Transport::Other(0x80), 0x80));
}

#[test]
fn h3_a_reason_in_two_segments() {
    let octets = [hex("d648ff a1 02 8204"), vec![0x61; 251], hex("4809"), vec![0x61; 9]].concat();
    assert_eq!(octets.len(), 269);
    assert_eq!(Md5::digest(&octets).to_vec(), hex("6de0012d6234216461c0e89990e0dae1"));
    is(&octets, &reason(260));
}

#[test]
fn h4_a_full_segment_is_followed_by_an_empty_one() {
    let octets = [hex("d648ff a1 02 817b"), vec![0x61; 251], hex("4800")].concat();
    assert_eq!(octets.len(), 260);
    assert_eq!(Md5::digest(&octets).to_vec(), hex("e1a4fbb46cde6f487431ce6d94ac2230"));
    is(&octets, &reason(251));
}

#[test]
fn h5_unknown_hints_and_the_vendors_own_octets_survive() {
    let octets = hex(H5);
    let block = Block::find(&octets).unwrap().unwrap();
    let unknown = vec![UnknownHint { hint_type: 0x42, value: vec![0xca, 0xfe].into() }];
    assert_eq!(block.hints, Hints { unknown, ..h1() });
    assert_eq!(block.rest, [1, 2]);
    assert_eq!([block.hints.encode().unwrap(), block.rest.to_vec()].concat(), octets);
}

#[test]
fn p1_and_p2_whole_notifications() {
    let credentials = ServerCredentials::new(b"srvsecret", &COUNTING);
    let p1 = "68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6d";
    let p2 = "c34254480193cd5524520bc3a2d3b36a02f8000000001a0e646d2e6578616d706c652e636f6d";
    for (head, block, ui_mode, hints, inner) in [
        (p1, H1, UiMode::Background, h1(), "9KzPVfzIAVBTEZFdXMKyYg=="),
        (p2, H2, UiMode::UserInteraction, h2(), "A0n+flo5x1xMz9UnGtVfcQ=="),
    ] {
        let message = [hex(head), hex(block)].concat();
        let notification = Notification::decode(&message).unwrap();
        assert_eq!(STANDARD.encode(Md5::digest(notification.trigger())), inner);
        assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified);
        assert_eq!((notification.ui_mode(), notification.session_id()), (ui_mode, 0x1A));
        assert_eq!(Block::find(notification.vendor()).unwrap().unwrap().hints, hints);
        let vendor = hints.encode().unwrap();
        let fields = Fields { ui_mode, vendor: &vendor, ..Fields::new(0x1A, "dm.example.com") };
        assert_eq!(fields.encode(&credentials).unwrap(), message);
    }
}

#[test]
fn t1_the_text_form() {
    let hints = Hints {
        auth: vec![AuthType::Hmac, AuthType::Digest],
        dev_detail: Some(DevDetail::FW_V | DevDetail::SW_V | DevDetail::LRG_OBJ),
        ..h1()
    };
    assert_eq!(hints.encode().unwrap()[3..], hex("a101046b36ec7f060203020702002c"));
    assert_eq!(hints.encode_text().unwrap(), T1);
    let block = Block::find_in_text(T1).unwrap().unwrap();
    assert_eq!((block.version, &block.hints, block.rest), (1, &hints, &b""[..]));
    let text = format!("{T1};campaign=7");
    let block = Block::find_in_text(&text).unwrap().unwrap();
    assert_eq!((&block.hints, block.rest), (&hints, &b"campaign=7"[..]));
}

/// How a block is refused, and the same stream as text.
fn refusal(block: &[u8]) -> (ErrorKind, usize) {
    let error = Block::find(block).unwrap_err();
    assert_eq!(error.inner(), None);
    (error.kind(), error.offset())
}

#[test]
fn refusals_of_the_table() {
    for (block, kind, offset) in [
        ("d64809a101046b36ec7f", ErrorKind::HintSegment, 2),
        ("d64805a102800161", ErrorKind::HintLength, 5),
        ("d6480da101046b36ec7f01046b36ec7f", ErrorKind::HintRepeated, 10),
        ("d6480ba10402020101046b36ec7f", ErrorKind::HintOrder, 8),
        ("d64806a101036b36ec", ErrorKind::HintValue, 5),
        ("d64807a101056b36ec7f", ErrorKind::HintEnd, 5),
        ("d64804a10201ff", ErrorKind::InvalidUtf8, 6),
        ("d64805a103026465", ErrorKind::HintLanguage, 4),
        ("d64803a1ff00", ErrorKind::HintType, 4),
    ] {
        assert_eq!(refusal(&hex(block)), (kind, offset), "{block}");
    }
}

/// Cells of the rows below a head of a table, without the marks of code.
fn rows<'p>(page: &'p str, head: &str) -> Vec<Vec<&'p str>> {
    let at = page.find(head).unwrap();
    let lines = page[at..].lines().skip(2).take_while(|line| line.starts_with('|'));
    lines.map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect()).collect()
}

#[test]
fn the_page_says_what_the_code_does() {
    let page = include_str!("../docs/session-hints.md");
    let refused = rows(page, "| refused | why |");
    assert_eq!(refused.len(), 9);
    for cells in refused {
        assert_eq!(refusal(&hex(cells[0])).1, cells[2].parse::<usize>().unwrap(), "{}", cells[1]);
    }
    let refused = rows(page, "| refused text | why |");
    assert_eq!(refused.len(), 2);
    for cells in refused {
        let error = Block::find_in_text(cells[0]).unwrap_err();
        assert_eq!((error.offset(), error.inner()), (cells[2].parse().unwrap(), cells[3].parse().ok()), "{}", cells[1]);
    }
    values_of_the_page_are_those_of_the_code(page);
    examples_of_the_page_are_those_of_the_code(page);
    for code in rows(page, "| code | transport |") {
        let octet = u8::from_str_radix(code[0], 16).unwrap();
        let one = |hint_type: u8| {
            let block = [0xd6, 0x48, 4, 0xa1, hint_type, 1, octet];
            Block::find(&block).unwrap().unwrap().hints.into_owned()
        };
        let named = |text: String| !text.starts_with("0x");
        assert_eq!(named(one(4).transports[0].to_string()), !code[1].is_empty(), "{octet}");
        assert_eq!(named(one(5).bearers[0].to_string()), !code[2].is_empty(), "{octet}");
        assert_eq!(one(6).auth[0].to_string().replace("0x00", ""), code[3], "{octet}");
    }
    assert!(page.contains(T1) && page.contains("D64807A101046B36EC7F"));
}

/// The numbers of a cell that says `1 to 8 codes` or `0..16`.
fn range(cell: &str) -> Option<(usize, usize)> {
    let (before, after) = cell.split_once(" to ").or_else(|| cell.split_once(".."))?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let least: String = before.chars().rev().take_while(char::is_ascii_digit).collect();
    Some((least.chars().rev().collect::<String>().parse().ok()?, digits(after).parse().ok()?))
}

/// The columns `value` and `occurs`: the sizes that they name are taken, those beside them refused.
fn values_of_the_page_are_those_of_the_code(page: &str) {
    let types = rows(page, "| type | name | value |");
    assert_eq!(types.len(), 12 + 3);
    // A hint, behind a reason where it needs one, whose value is so many units of these octets.
    let stream = |hint_type: u8, unit: &[u8], times: usize| {
        let mut stream = vec![0xa1];
        if hint_type == 3 {
            stream.extend([2, 1, b'r']);
        }
        stream.push(hint_type);
        let length = unit.len() * times;
        if length > 127 {
            stream.push(0x80 | u8::try_from(length >> 7).unwrap());
        }
        stream.push(u8::try_from(length & 0x7f).unwrap());
        stream.extend(unit.repeat(times));
        let mut block = vec![0xd6];
        for segment in stream.chunks(255) {
            block.extend([0x48, u8::try_from(segment.len()).unwrap()]);
            block.extend(segment);
        }
        if stream.len() % 255 == 0 {
            block.extend([0x48, 0]);
        }
        block
    };
    for cells in &types[..12] {
        let [hint_type, name, value, occurs] = cells[..] else { panic!("{cells:?}") };
        let hint_type = u8::from_str_radix(hint_type, 16).unwrap();
        let unit: &[u8] = match name {
            "expires" | "devdetail" | "proto" => &[1],
            "want-mo" | "about-mo" => &[0, 0x27],
            _ => b"a",
        };
        let (least, most) = match value {
            _ if value.starts_with("4 octets") => (4, 4),
            _ if value.starts_with("2 octets") => (2, 2),
            _ if value.contains("1 or more") => (1, 900),
            _ => range(value).unwrap(),
        };
        let taken = |times| Block::find(&stream(hint_type, unit, times)).map(|block| block.is_some());
        assert_eq!((taken(least), taken(most)), (Ok(true), Ok(true)), "{name}");
        assert_eq!(taken(least - 1).unwrap_err().kind(), ErrorKind::HintValue, "{name}");
        if most < 900 {
            assert_eq!(taken(most + 1).unwrap_err().kind(), ErrorKind::HintValue, "{name}");
        }
        // As often as it may, and once more.
        let (_, often) = range(occurs).unwrap();
        let repeated = |times: usize| {
            let first = stream(hint_type, unit, least);
            let hint = &first[if hint_type == 3 { 7 } else { 4 }..];
            let all = [&first[3..], &hint.repeat(times - 1)].concat();
            Block::find(&[&[0xd6, 0x48, u8::try_from(all.len()).unwrap()], &all[..]].concat())
                .map(|block| block.is_some())
        };
        assert_eq!(repeated(often), Ok(true), "{name}");
        assert_eq!(repeated(often + 1).unwrap_err().kind(), ErrorKind::HintRepeated, "{name}");
    }
}

/// The table of blocks, the text, and the whole notification.
fn examples_of_the_page_are_those_of_the_code(page: &str) {
    let examples = rows(page, "| block | says |");
    let known = [Hints::default(), h1(), h1(), reason(251)];
    assert_eq!(examples.len(), known.len());
    for (cells, hints) in examples.iter().zip(known) {
        let text = cells[0].replace('`', " ").replace("251 ×  61", &"61".repeat(251));
        let octets = hex(&text);
        let block = Block::find(&octets).unwrap().unwrap();
        assert_eq!(Hints { unknown: vec![], ..block.hints.clone() }, hints, "{text}");
        let own = cells[1].contains("the vendor's own");
        assert_eq!((block.hints.unknown.len(), block.rest), if own { (1, &[1, 2][..]) } else { (0, &[][..]) });
        assert_eq!([block.hints.encode().unwrap(), block.rest.to_vec()].concat(), octets);
    }
    let stream = page.split("is the stream `").nth(1).unwrap().split('`').next().unwrap();
    let block = one(&stream.replace(' ', ""));
    let text = Block::find_in_text(T1).unwrap().unwrap();
    assert_eq!(Block::find(&block).unwrap().unwrap().hints, text.hints);
    assert!(page.contains(&format!("`{T1}` is the stream")));
    let whole = page.split("with the second block:\n\n```\n").nth(1).unwrap().split("```").next().unwrap();
    let digits = whole.lines().map(|line| line.split("   ").next().unwrap()).collect::<String>();
    let message = hex(&digits);
    let notification = Notification::decode(&message).unwrap();
    let credentials = ServerCredentials::new(b"srvsecret", &COUNTING);
    assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified);
    assert_eq!(Block::find(notification.vendor()).unwrap().unwrap().hints, h1());
}

#[test]
fn what_is_no_block_is_somebody_elses() {
    for vendor in ["31303130313031", "d648", "d64800", "d64801b1", "", "d64801a0", "d64701a1", "48d601a1"] {
        assert_eq!(Block::find(&hex(vendor)), Ok(None), "{vendor}");
    }
    for text in ["", "DMH:", "DMH:n", "dmh:oQ", "DMH;oQ", "DMH:oA", "DMHoQ", " DMH:oQ", "DMH:o", "DMH:o;rest"] {
        assert_eq!(Block::find_in_text(text), Ok(None), "{text}");
    }
    // A first octet of A0, and none.
    for text in ["DMH:oAuth settings", "DMH:oPen up", "DMH:o settings", "DMH:oé", "DMH:o="] {
        assert_eq!(Block::find_in_text(text), Ok(None), "{text}");
    }
}

#[test]
fn a_block_of_a_later_version_is_reported_and_not_read() {
    for version in 2..=15_u8 {
        let block = [0xd6, 0x48, 3, 0xa0 | version, 0xff, 0xff, 7];
        let found = Block::find(&block).unwrap().unwrap();
        assert_eq!((found.version, found.hints, found.rest), (version, Hints::default(), &[7][..]));
    }
    // A2 FF. A4 would begin with another letter than `o`.
    assert_eq!(Block::find_in_text("DMH:pP8"), Ok(None));
    let found = Block::find_in_text("DMH:ov8").unwrap().unwrap();
    assert_eq!((found.version, found.hints), (2, Hints::default()));
}

/// A stream in one segment.
fn one(stream: &str) -> Vec<u8> {
    let stream = hex(stream);
    [&[0xd6, 0x48, u8::try_from(stream.len()).unwrap()][..], &stream].concat()
}

#[test]
fn values_are_refused_at_their_length_when_of_a_wrong_size_and_else_in_the_value() {
    let value = ErrorKind::HintValue;
    for (stream, offset) in [
        ("a1 01 05 0000000001", 5),
        ("a1 02 00", 5),
        ("a1 02 01 61 03 01 64", 8),
        ("a1 04 00", 5),
        ("a1 04 09 010203040506070809", 5),
        ("a1 05 00", 5),
        ("a1 05 09 010203040506070809", 5),
        ("a1 06 09 010203040506070809", 5),
        ("a1 07 01 01", 5),
        ("a1 08 00", 5),
        ("a1 09 03 010300", 5),
        ("a1 0a 00", 5),
        ("a1 0a 03 000001", 5),
        ("a1 0b 00", 5),
        ("a1 0c 01 27", 5),
        // expires at the beginning of time, NUL in a reason, a language with a blank, bit 9 of DevDetail, a path from
        // the root.
        ("a1 01 04 00000000", 6),
        ("a1 02 03 610062", 7),
        ("a1 02 01 61 03 03 652064", 9),
        ("a1 07 02 0200", 6),
        ("a1 08 03 2e2f41", 6),
    ] {
        assert_eq!(refusal(&one(stream)), (value, offset), "{stream}");
    }
    let long = "61".repeat(36);
    assert_eq!(refusal(&one(&format!("a1 02 01 61 03 24 {long}"))), (value, 8));
    for list in ["0a", "0c"] {
        assert_eq!(refusal(&one(&format!("a1 {list} 22 {}", "0027".repeat(17)))), (value, 5));
        assert!(Block::find(&one(&format!("a1 {list} 20 {}", "0027".repeat(16)))).unwrap().is_some());
    }
    for codes in ["04", "05", "06"] {
        assert!(Block::find(&one(&format!("a1 {codes} 08 0102030405060708"))).unwrap().is_some());
    }
    // 256 octets of a path or an identifier, which begin in the first segment and end in the second; and 255.
    for text in ["08", "0b"] {
        let long = [hex(&format!("d648ff a1 {text} 8200")), vec![0x61; 251], hex("4805"), vec![0x61; 5]].concat();
        assert_eq!(refusal(&long), (value, 5));
        let longest = [hex(&format!("d648ff a1 {text} 817f")), vec![0x61; 251], hex("4804"), vec![0x61; 4]].concat();
        assert!(Block::find(&longest).unwrap().is_some());
    }
    for accepted in ["a1 07 02 81ff", "a1 07 02 0000", "a1 02 01 61 03 02 6465", "a1 08 02 2e61"] {
        assert!(Block::find(&one(accepted)).unwrap().is_some(), "{accepted}");
    }
}

#[test]
fn hints_repeat_as_often_as_they_may() {
    let times = |hint: &str, times: usize| one(&format!("a1 {}", hint.repeat(times)));
    assert_eq!(Block::find(&times("080161", 16)).unwrap().unwrap().hints.dev_detail_paths.len(), 16);
    assert_eq!(refusal(&times("080161", 17)), (ErrorKind::HintRepeated, 4 + 16 * 3));
    assert_eq!(Block::find(&times("0b0161", 8)).unwrap().unwrap().hints.want_mo_ids.len(), 8);
    assert_eq!(refusal(&times("0b0161", 9)), (ErrorKind::HintRepeated, 4 + 8 * 3));
    assert_eq!(Block::find(&times("4200", 32)).unwrap().unwrap().hints.unknown.len(), 32);
    assert_eq!(refusal(&times("4200", 33)), (ErrorKind::HintLimit, 4 + 32 * 2));
    for hint in ["0201 61", "0401 01", "0501 01", "0601 01", "0702 0001", "0902 0103", "0a02 0027", "0c02 0027"] {
        let octets = times(hint, 2);
        assert_eq!(refusal(&octets), (ErrorKind::HintRepeated, 3 + (octets.len() - 2) / 2), "{hint}");
    }
    assert_eq!(refusal(&one("a1 00 00")), (ErrorKind::HintType, 4));
}

#[test]
fn lengths_that_are_cut_off_or_too_long_are_refused() {
    assert_eq!(refusal(&one("a1 42")), (ErrorKind::HintEnd, 5));
    assert_eq!(refusal(&one("a1 42 81")), (ErrorKind::HintEnd, 5));
    assert_eq!(refusal(&one("a1 42 8fffffff7f")), (ErrorKind::HintEnd, 5));
    assert_eq!(refusal(&one("a1 42 9fffffff7f")), (ErrorKind::HintLength, 5));
    assert_eq!(refusal(&one("a1 42 818080808000")), (ErrorKind::HintLength, 5));
}

#[test]
fn segments_that_are_cut_off_or_missing_are_refused() {
    let full = [hex("d648ff a1 02 817b"), vec![0x61; 251]].concat();
    assert_eq!(refusal(&full), (ErrorKind::HintSegment, 258));
    assert_eq!(refusal(&[&full[..], &[0x48]].concat()), (ErrorKind::HintSegment, 258));
    assert_eq!(refusal(&[&full[..], &[0x47, 0]].concat()), (ErrorKind::HintSegment, 258));
    assert_eq!(refusal(&[&full[..], &[0x48, 1]].concat()), (ErrorKind::HintSegment, 259));
    // An error in the second segment, of a hint that begins there: type FF after the reason.
    assert_eq!(refusal(&[&full[..], &hex("4802 ff00")].concat()), (ErrorKind::HintType, 260));
    // What a later version may have in its segments is not ours to say, but they have to be whole.
    assert_eq!(refusal(&hex("d64802a2")), (ErrorKind::HintSegment, 2));
}

/// 1,024 octets: the first, a hint of 512 octets and one of 511 with two octets of length each.
fn largest(more: usize) -> Hints<'static> {
    let unknown = |hint_type, len| UnknownHint { hint_type, value: vec![0; len].into() };
    Hints { unknown: vec![unknown(0x42, 509), unknown(0x43, 508 + more)], ..Hints::default() }
}

#[test]
fn hints_have_at_most_1024_octets() {
    let octets = largest(0).encode().unwrap();
    // Four full segments, and one of four octets.
    assert_eq!((octets.len(), octets[octets.len() - 5]), (1 + 5 * 2 + 1024, 4));
    is(&octets, &largest(0));
    assert_eq!(largest(1).encode(), Err(Error::new(ErrorKind::HintLimit, 1024)));
    // The same octets with one more in the last segment.
    let mut more = octets.clone();
    let last = more.len() - 5;
    more[last] = 5;
    more.push(0);
    assert_eq!(refusal(&more), (ErrorKind::HintLimit, last));
    // And as text.
    let text = largest(0).encode_text().unwrap();
    assert_eq!(Block::find_in_text(&text).unwrap().unwrap().hints, largest(0));
    // 1,024 octets are 1,366 characters, of which the last stands for four bits.
    for more in [1, 2, 30, 4000] {
        let error = Block::find_in_text(&format!("{text}{}", "A".repeat(more))).unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::HintLimit | ErrorKind::InvalidBase64), "{more}");
    }
}

#[test]
fn errors_in_the_text_form_tell_both_places() {
    // The stream of a refusal above: expires twice, at octet 7 of the stream.
    use base64::Engine as _;
    let text = |stream: &str| format!("DMH:{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(hex(stream)));
    let error = Block::find_in_text(&text("a101046b36ec7f01046b36ec7f")).unwrap_err();
    assert_eq!((error.kind(), error.inner()), (ErrorKind::HintRepeated, Some(7)));
    // Octet 7 is the second of its three: it has bits of the second and third of their characters.
    assert_eq!(error.offset(), 4 + 9);
    let error = Block::find_in_text("DMH:oQEEaz/sfw").unwrap_err();
    assert_eq!((error.kind(), error.offset(), error.inner()), (ErrorKind::InvalidBase64, 10, None));
    for broken in ["DMH:oR", "DMH:oQ==", "DMH:oQ settings", "DMH:oQEEazbsf"] {
        assert_eq!(Block::find_in_text(broken).unwrap_err().kind(), ErrorKind::InvalidBase64, "{broken}");
    }
}

#[test]
fn encoding_refuses_what_would_be_refused_or_come_back_as_something_else() {
    let refused = |hints: Hints<'_>| {
        let error = hints.encode().unwrap_err();
        (error.kind(), error.offset())
    };
    let none = Hints::default;
    assert_eq!(refused(Hints { expires: Some(0), ..none() }), (ErrorKind::HintValue, 3));
    assert_eq!(refused(reason(0)), (ErrorKind::HintValue, 2));
    assert_eq!(refused(Hints { transports: vec![Transport::Sip; 9], ..none() }), (ErrorKind::HintValue, 2));
    assert_eq!(refused(Hints { transports: vec![Transport::Other(1)], ..none() }), (ErrorKind::HintValue, 0));
    assert!(Hints { transports: vec![Transport::Other(6)], ..none() }.encode().is_ok());
    let unknown = |hint_type| UnknownHint { hint_type, value: Cow::Borrowed(&[0][..]) };
    assert_eq!(refused(Hints { unknown: vec![unknown(0x43), unknown(0x42)], ..none() }), (ErrorKind::HintOrder, 4));
    assert_eq!(refused(Hints { unknown: vec![unknown(0xff)], ..none() }), (ErrorKind::HintType, 1));
    assert_eq!(refused(Hints { unknown: vec![unknown(0x05)], ..none() }), (ErrorKind::HintValue, 0));
    assert_eq!(
        refused(Hints { dev_detail: Some(DevDetail::from_bits_retain(1 << 9)), ..none() }),
        (ErrorKind::HintValue, 3)
    );
    // What DM 1.3 has options for.
    let text = |hints: Hints<'_>| hints.encode_text().unwrap_err();
    for hints in [
        reason(1),
        Hints { bearers: vec![Bearer::Any], ..none() },
        Hints { want_mos: vec![1], ..none() },
        Hints { about_mos: vec![1], ..none() },
    ] {
        assert_eq!(text(hints), Error::new(ErrorKind::HintIsOption, 0));
    }
}

#[test]
fn every_cut_and_flipped_bit_is_an_error_or_other_hints() {
    for octets in [hex(H1), hex(H2), hex(H5), reason(260).encode().unwrap()] {
        let whole = Block::find(&octets).unwrap().unwrap();
        for length in 0..octets.len() {
            match Block::find(&octets[..length]) {
                Ok(None) => assert!(length < 4),
                Ok(Some(block)) => assert!(block.rest.len() < whole.rest.len()),
                Err(error) => assert!(error.offset() <= length),
            }
        }
        for bit in 0..octets.len() * 8 {
            let mut flipped = octets.clone();
            flipped[bit / 8] ^= 0x80 >> (bit % 8);
            match Block::find(&flipped) {
                Ok(block) => assert_ne!(block.as_ref(), Some(&whole)),
                Err(error) => assert!(error.offset() <= octets.len()),
            }
        }
    }
    for length in 0..T1.len() {
        let _ = Block::find_in_text(&T1[..length]).map_err(|error| assert!(error.offset() <= length));
    }
}

prop_compose! {
    fn any_hints()(
        expires in prop::option::of(1_u32..),
        reason in prop::option::of(("[ -~é€]{1,300}", prop::option::of("[a-z]{2,3}(-[A-Z]{2})?"))),
        transports in prop::collection::vec(0_u8..8, 0..4),
        bearers in prop::collection::vec(0_u8..6, 0..4),
        auth in prop::collection::vec(0_u8..14, 0..9),
        dev_detail in prop::option::of(0_u16..512),
        dev_detail_paths in prop::collection::vec("[A-Za-z]{1,8}(/[A-Za-z]{1,8})?", 0..4),
        proto in prop::option::of(any::<(u8, u8)>()),
        want_mos in prop::collection::vec(any::<u16>(), 0..17),
        want_mo_ids in prop::collection::vec("urn:[a-z:]{1,30}", 0..3),
        about_mos in prop::collection::vec(any::<u16>(), 0..17),
        mut unknown in prop::collection::vec((0x0D_u8..0xFF, prop::collection::vec(any::<u8>(), 0..140)), 0..3),
    ) -> Hints<'static> {
        unknown.sort();
        // Codes have names by the list of the format.
        let transport = |code| match code {
            1 => Transport::Http,
            2 => Transport::Https,
            3 => Transport::Wsp,
            4 => Transport::Obex,
            5 => Transport::Sip,
            code => Transport::Other(code),
        };
        let bearer = |code| match code {
            0 => Bearer::Any,
            1 => Bearer::Cellular,
            2 => Bearer::Wlan,
            3 => Bearer::Wireline,
            code => Bearer::Other(code),
        };
        let named = [
            AuthType::Basic, AuthType::Digest, AuthType::Hmac, AuthType::X509, AuthType::SecurId,
            AuthType::Safeword, AuthType::Digipass, AuthType::Transport, AuthType::HttpBasic, AuthType::HttpDigest,
        ];
        let auth_type = |code: u8| match code {
            1..=10 => named[usize::from(code) - 1],
            code => AuthType::Other(code),
        };
        Hints {
            expires,
            reason: reason.map(|(text, language)| Reason { text: text.into(), language: language.map(Into::into) }),
            transports: transports.into_iter().map(transport).collect(),
            bearers: bearers.into_iter().map(bearer).collect(),
            auth: auth.into_iter().take(8).map(auth_type).collect(),
            dev_detail: dev_detail.map(|bits| DevDetail::from_bits(bits).unwrap()),
            dev_detail_paths: dev_detail_paths.into_iter().map(Into::into).collect(),
            proto,
            want_mos: want_mos.into_iter().take(16).collect(),
            want_mo_ids: want_mo_ids.into_iter().map(Into::into).collect(),
            about_mos: about_mos.into_iter().take(16).collect(),
            unknown: unknown.into_iter().map(|(hint_type, value)| UnknownHint { hint_type, value: value.into() }).collect(),
        }
    }
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_the_same(hints in any_hints(), rest in prop::collection::vec(any::<u8>(), 0..20)) {
        let block = hints.encode();
        if block.as_ref().is_err_and(|error| error.kind() == ErrorKind::HintLimit) {
            return Ok(());
        }
        let vendor = [block.unwrap(), rest.clone()].concat();
        let found = Block::find(&vendor).unwrap().unwrap();
        prop_assert_eq!((found.version, &found.hints, found.rest), (1, &hints, &rest[..]));
        let hints = Hints { reason: None, bearers: vec![], want_mos: vec![], about_mos: vec![], ..hints };
        let text = hints.encode_text().unwrap();
        prop_assert!(text.starts_with("DMH:o"));
        prop_assert_eq!(Block::find_in_text(&text).unwrap().unwrap().hints, hints);
    }

    /// The form is canonical: what decodes encodes to the same octets.
    #[test]
    fn what_decodes_encodes_to_the_same(mut hints in prop::collection::vec((0_u8..20, prop::collection::vec(0_u8..3, 0..6)), 0..4)) {
        hints.sort();
        let stream: Vec<u8> = hints
            .iter()
            .flat_map(|(hint_type, value)| [&[*hint_type, u8::try_from(value.len()).unwrap()][..], value].concat())
            .collect();
        let octets = [&[0xd6, 0x48, u8::try_from(stream.len() + 1).unwrap(), 0xa1][..], &stream].concat();
        if let Ok(block) = Block::find(&octets) {
            prop_assert_eq!(block.unwrap().hints.encode().unwrap(), octets);
        }
    }

    #[test]
    fn no_octets_hurt(octets in prop::collection::vec(any::<u8>(), 0..300)) {
        let block = [&[0xd6, 0x48, 100, 0xa1][..], &octets].concat();
        if let Err(error) = Block::find(&block) {
            prop_assert!(error.offset() <= block.len());
        }
        let text: String = octets.iter().map(|octet| char::from(octet & 0x7f)).collect();
        if let Err(error) = Block::find_in_text(&format!("DMH:oQ{text}")) {
            prop_assert!(error.offset() <= text.len() + 6);
        }
    }
}
