//! Package #0 of DM 1.3: the examples and refusals of `provisional.md` §2, other layouts, and the table of objects.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use omadm::notification::v13::{
    DigestCovers, DigestPlace, Fields, HeaderField, Layout, Notification, NotificationOption, Parts,
};
use omadm::notification::{Bearer, Initiator, MoTable, ResyncPolicy, ServerCredentials, UiMode, Verdict};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const SERVER_ID: NotificationOption<'static> = NotificationOption::ServerId("dm.example.com");

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn credentials() -> ServerCredentials<'static> {
    ServerCredentials::new(b"srvsecret", &COUNTING)
}

/// N3 of `provisional.md` §2.
const N3: Parts<'static> = Parts {
    header: &[
        (HeaderField::Version, 4),
        (HeaderField::OptionCount, 5),
        (HeaderField::UiMode, 2),
        (HeaderField::Initiator, 1),
        (HeaderField::Reserved, 4),
        (HeaderField::SessionId, 16),
    ],
    option_number: 5,
    option_length: 11,
    digest_place: DigestPlace::First,
    version: 3,
    ..*Layout::RECONSTRUCTED.parts()
};

/// N4: the reconstructed layout with lengths counted from 1.
const N4: Parts<'static> = Parts { length_bias: 1, ..*Layout::RECONSTRUCTED.parts() };

/// A layout as odd as the rules allow: bits of future use in two places, no version, ui-mode or initiator, numbers of 3
/// and lengths of 21 bits, the digest's place hashed as zeros.
const ODD: Parts<'static> = Parts {
    header: &[
        (HeaderField::Reserved, 5),
        (HeaderField::SessionId, 15),
        (HeaderField::Reserved, 9),
        (HeaderField::OptionCount, 3),
    ],
    option_number: 3,
    option_length: 21,
    digest_covers: DigestCovers::AllWithDigestZeroed,
    bearers: &[(7, Bearer::Wlan)],
    ..*Layout::RECONSTRUCTED.parts()
};

fn layouts() -> Vec<Layout<'static>> {
    let odd_first = Parts { digest_place: DigestPlace::First, length_bias: 1, ..ODD };
    [*Layout::RECONSTRUCTED.parts(), N3, N4, ODD, odd_first].map(|parts| Layout::new(parts).unwrap()).to_vec()
}

struct Example {
    name: &'static str,
    layout: Layout<'static>,
    ui_mode: UiMode,
    options: Vec<NotificationOption<'static>>,
    hex: &'static str,
}

fn examples() -> Vec<Example> {
    let rich = vec![
        SERVER_ID,
        NotificationOption::TargetedMo(0x27),
        NotificationOption::RequestedMo(0x0F),
        NotificationOption::RequestedMo(0x36),
        NotificationOption::PreferredBearer(2),
        NotificationOption::PreferredBearer(1),
        NotificationOption::ConnectReason("Browser settings update"),
    ];
    let with_hints = [&rich[..], &[NotificationOption::VendorInfo("DMH:oQEEazbsfwYCAwIHAgAs")]].concat();
    let example = |name, layout, ui_mode, options: &[NotificationOption<'static>], hex| Example {
        name,
        layout,
        ui_mode,
        options: options.to_vec(),
        hex,
    };
    vec![
        example(
            "N0",
            Layout::RECONSTRUCTED,
            UiMode::Background,
            &[SERVER_ID],
            "0358001a01100e646d2e6578616d706c652e636f6de02fe108c2b77cc16f87b42fbcee76c9",
        ),
        example(
            "N1",
            Layout::RECONSTRUCTED,
            UiMode::UserInteraction,
            &rich,
            "0378001a07100e646d2e6578616d706c652e636f6d20012730010f30013640010240010150174272
             6f777365722073657474696e677320757064617465bc36533d0125d9aeb6c9142cd4ca3f43",
        ),
        example(
            "N2",
            Layout::RECONSTRUCTED,
            UiMode::UserInteraction,
            &with_hints,
            "0378001a08100e646d2e6578616d706c652e636f6d20012730010f300136400102400101501742726f777365722073657474696e
             6773207570646174656018444d483a6f514545617a6273667759434177494841674173f94ede58d74e79986e732aa3f02fd18b",
        ),
        example(
            "N3",
            Layout::new(N3).unwrap(),
            UiMode::Background,
            &[SERVER_ID],
            "56a17e7108fb9d147c185a80c076c99530b0001a080e646d2e6578616d706c652e636f6d",
        ),
        example(
            "N4",
            Layout::new(N4).unwrap(),
            UiMode::Background,
            &[SERVER_ID],
            "0358001a01100d646d2e6578616d706c652e636f6d8b6a326c37c889224311be6e9d30fe77",
        ),
    ]
}

#[test]
fn examples_n0_to_n4_decode_verify_and_encode_to_the_same_octets() {
    for Example { name, layout, ui_mode, options, hex: text } in examples() {
        let message = hex(text);
        let notification = Notification::decode(&message, &layout).unwrap();
        assert_eq!(notification.version(), if name == "N3" { 3 } else { 13 }, "{name}");
        assert_eq!((notification.ui_mode(), notification.initiator()), (ui_mode, Initiator::Server), "{name}");
        assert_eq!((notification.session_id(), notification.reserved()), (0x1A, 0), "{name}");
        assert_eq!(notification.session_id_text().to_string(), "1A", "{name}");
        assert_eq!(notification.server_id(), "dm.example.com", "{name}");
        assert!(notification.options().eq(options.iter().copied()), "{name}");
        assert_eq!(notification.verify(&credentials(), ResyncPolicy::Refuse), Verdict::Verified, "{name}");
        let fields = Fields { ui_mode, ..Fields::new(&layout, 0x001A, &options) };
        assert_eq!(fields.encode(&layout, &credentials()).unwrap(), message, "{name}");
        // By another layout it is something else, or nothing.
        for other in layouts().iter().filter(|other| **other != layout) {
            if let Ok(misread) = Notification::decode(&message, other) {
                assert_eq!(misread.verify(&credentials(), ResyncPolicy::Allow), Verdict::Refused, "{name}");
            }
        }
    }
}

/// What stands between in the computation of `provisional.md` §2.
#[test]
fn the_digests_of_the_triggers_of_n0_to_n4_are_those_of_the_text() {
    let inner = [
        "16Ju38/USho1TSXr/H5jXw==",
        "daHP1B4I9CoxNpBo9H/iUw==",
        "3ZcROvvEWcrwQjqo8BNoqg==",
        "098R97yBaL5GhnlPpGBP0g==",
        "Mr9+W340wM93E+HCLaRz+w==",
    ];
    for (Example { name, hex: text, .. }, inner) in examples().into_iter().zip(inner) {
        let message = hex(text);
        // All but the digest, which N3 has first.
        let (digest, trigger) = match name {
            "N3" => message.split_at(16),
            _ => {
                let (trigger, digest) = message.split_at(message.len() - 16);
                (digest, trigger)
            }
        };
        assert_eq!(STANDARD.encode(Md5::digest(trigger)), inner, "{name}");
        let outer = [b"wDGTSxGnVP/fNkcMNfd+3A==:", &COUNTING[..], b":", inner.as_bytes()].concat();
        assert_eq!(Md5::digest(outer).as_slice(), digest, "{name}");
    }
}

/// The digests were computed by Python:
///
/// ```text
/// from hashlib import md5
/// from base64 import b64encode as b
/// d = lambda t: md5(b(md5(b'dm.example.com:srvsecret').digest()) + b':' + bytes(range(16)) + b':' + b(md5(t).digest())).hexdigest()
/// n0 = bytes.fromhex('0358001a01100e') + b'dm.example.com'
/// n3 = bytes.fromhex('30b0001a080e') + b'dm.example.com'
/// d(n0 + bytes(16)), d(bytes(16) + n0), d(bytes(16) + n3)
/// ```
#[test]
fn a_digest_whose_place_is_hashed_as_zeros_is_what_another_program_computes() {
    let zeroed = |parts: Parts<'static>| {
        Layout::new(Parts { digest_covers: DigestCovers::AllWithDigestZeroed, ..parts }).unwrap()
    };
    let n0 = "0358001a01100e646d2e6578616d706c652e636f6d";
    let first = Parts { digest_place: DigestPlace::First, ..*Layout::RECONSTRUCTED.parts() };
    for (layout, octets) in [
        (zeroed(*Layout::RECONSTRUCTED.parts()), format!("{n0} ac553190aee4fec59553f67cb628f5fb")),
        (zeroed(first), format!("10cac1d896449929463f378af07cf3c3 {n0}")),
        (zeroed(N3), "968fa44fcfed31b7d6ec519b84c87674 30b0001a080e646d2e6578616d706c652e636f6d".to_owned()),
    ] {
        let message = hex(&octets);
        let notification = Notification::decode(&message, &layout).unwrap();
        assert_eq!(notification.verify(&credentials(), ResyncPolicy::Refuse), Verdict::Verified, "{octets}");
        let options = [SERVER_ID];
        let fields = Fields { ui_mode: UiMode::Background, ..Fields::new(&layout, 0x1A, &options) };
        assert_eq!(fields.encode(&layout, &credentials()).unwrap(), message, "{octets}");
    }
}

#[test]
fn n2_has_its_reason_and_its_vendors_text() {
    let message = hex(examples()[2].hex);
    let notification = Notification::decode(&message, &Layout::RECONSTRUCTED).unwrap();
    assert_eq!(notification.connect_reason(), Some("Browser settings update"));
    assert_eq!(notification.vendor_info(), Some("DMH:oQEEazbsfwYCAwIHAgAs"));
    let bearers: Vec<Bearer> = notification
        .options()
        .filter_map(|option| match option {
            NotificationOption::PreferredBearer(code) => Some(notification.layout().bearer(code)),
            _ => None,
        })
        .collect();
    assert_eq!(bearers, [Bearer::Wlan, Bearer::Cellular]);
}

#[test]
fn the_resync_nonce_and_a_name_of_its_own_count_as_in_dm_1_2() {
    let options = [SERVER_ID];
    let layout = Layout::RECONSTRUCTED;
    let resync = ServerCredentials::new(b"srvsecret", &[0; 4]);
    let message = Fields::new(&layout, 1, &options).encode(&layout, &resync).unwrap();
    let notification = Notification::decode(&message, &layout).unwrap();
    assert_eq!(notification.verify(&credentials(), ResyncPolicy::Allow), Verdict::VerifiedByResyncNonce);
    assert_eq!(notification.verify(&credentials(), ResyncPolicy::Refuse), Verdict::Refused);
    let named = ServerCredentials::with_name("AAuthName", b"srvsecret", &COUNTING);
    let message = Fields::new(&layout, 1, &options).encode(&layout, &named).unwrap();
    let notification = Notification::decode(&message, &layout).unwrap();
    assert_eq!(notification.verify(&named, ResyncPolicy::Refuse), Verdict::Verified);
    assert_eq!(notification.verify(&credentials(), ResyncPolicy::Refuse), Verdict::Refused);
}

#[test]
fn every_cut_is_an_error_or_refused_and_every_flipped_bit_too() {
    for Example { name, layout, hex: text, .. } in examples() {
        let message = hex(text);
        let shortest = if name == "N3" { 20 } else { 21 };
        for length in 0..message.len() {
            match Notification::decode(&message[..length], &layout) {
                Ok(cut) => assert_eq!(cut.verify(&credentials(), ResyncPolicy::Allow), Verdict::Refused, "{name}"),
                Err(error) if length < shortest => {
                    assert_eq!(error, Error::new(ErrorKind::UnexpectedEnd, length), "{name}")
                }
                Err(error) => assert!(error.offset() <= length, "{name} {length}"),
            }
        }
        for bit in 0..message.len() * 8 {
            let mut flipped = message.clone();
            flipped[bit / 8] ^= 0x80 >> (bit % 8);
            match Notification::decode(&flipped, &layout) {
                Ok(other) => {
                    assert_eq!(other.verify(&credentials(), ResyncPolicy::Allow), Verdict::Refused, "{name} {bit}")
                }
                Err(error) => assert!(error.offset() <= message.len(), "{name} {bit}"),
            }
        }
    }
}

/// Header with this count of options, the options, sixteen octets.
fn message(count: u8, options: &[u8]) -> Vec<u8> {
    [&[0x03, 0x58, 0x00, 0x1A, count][..], options, &[0; 16]].concat()
}

/// How the reconstructed layout refuses these options.
fn refusal(count: u8, options: &[u8]) -> (ErrorKind, usize) {
    let message = message(count, options);
    let error = Notification::decode(&message, &Layout::RECONSTRUCTED).unwrap_err();
    (error.kind(), error.offset())
}

/// Server-ID `s`, octets 5 to 7 of a message.
const S: &[u8] = &[0x10, 0x01, b's'];

fn s_and(options: &[u8]) -> Vec<u8> {
    [S, options].concat()
}

#[test]
fn fewer_and_more_options_than_counted_are_refused_where_they_begin() {
    assert_eq!(refusal(2, S), (ErrorKind::NotificationOptionCount, 8));
    assert_eq!(refusal(1, &s_and(&[0x20, 1, 0x27])), (ErrorKind::NotificationOptionCount, 8));
    assert_eq!(refusal(0, S), (ErrorKind::NotificationOptionCount, 5));
}

#[test]
fn octets_behind_the_options_that_are_none_are_trailing() {
    assert_eq!(refusal(1, &s_and(&[0x20])), (ErrorKind::TrailingData, 8));
    assert_eq!(refusal(1, &s_and(&[0x20, 1, 0x27, 0x30])), (ErrorKind::TrailingData, 8));
}

#[test]
fn an_option_that_reaches_past_the_end_is_refused_where_it_begins() {
    assert_eq!(refusal(1, &[0x10, 0x02, b's']), (ErrorKind::NotificationOptionEnd, 5));
    assert_eq!(refusal(2, &s_and(&[0x5f, 0xff, b'r'])), (ErrorKind::NotificationOptionEnd, 8));
    assert_eq!(refusal(2, &s_and(&[0x50])), (ErrorKind::NotificationOptionEnd, 8));
}

#[test]
fn numbers_that_do_not_ascend_are_refused() {
    assert_eq!(refusal(2, &[&[0x20, 1, 0x27][..], S].concat()), (ErrorKind::NotificationOptionOrder, 8));
    assert_eq!(refusal(3, &s_and(&[0x40, 1, 1, 0x30, 1, 1])), (ErrorKind::NotificationOptionOrder, 11));
    assert_eq!(refusal(3, &s_and(&[0x70, 0, 0x60, 1, b'v'])), (ErrorKind::NotificationOptionOrder, 10));
}

#[test]
fn options_2_3_and_4_repeat_and_no_other_known_one_does() {
    let repeated = message(7, &s_and(&[0x20, 1, 1, 0x20, 1, 1, 0x30, 1, 2, 0x30, 1, 1, 0x40, 1, 1, 0x40, 1, 1]));
    assert_eq!(Notification::decode(&repeated, &Layout::RECONSTRUCTED).unwrap().options().count(), 7);
    assert_eq!(refusal(2, &s_and(S)), (ErrorKind::NotificationOptionRepeated, 8));
    assert_eq!(refusal(3, &s_and(&[0x50, 1, b'r', 0x50, 1, b'r'])), (ErrorKind::NotificationOptionRepeated, 11));
    assert_eq!(refusal(3, &s_and(&[0x60, 1, b'v', 0x60, 1, b'v'])), (ErrorKind::NotificationOptionRepeated, 11));
}

#[test]
fn a_server_id_is_required_and_has_1_to_256_octets_of_utf_8() {
    assert_eq!(refusal(0, &[]), (ErrorKind::NotificationOptionMissing, 5));
    assert_eq!(refusal(1, &[0x20, 1, 0x27]), (ErrorKind::NotificationOptionMissing, 8));
    assert_eq!(refusal(1, &[0x10, 0]), (ErrorKind::NotificationOptionSize, 5));
    assert_eq!(refusal(1, &[0x10, 3, b'a', 0xff, b'b']), (ErrorKind::InvalidUtf8, 8));
    let longest = message(1, &[&[0x11, 0x00][..], &[b's'; 256]].concat());
    assert_eq!(Notification::decode(&longest, &Layout::RECONSTRUCTED).unwrap().server_id().len(), 256);
    assert_eq!(refusal(1, &[&[0x11, 0x01][..], &[b's'; 257]].concat()), (ErrorKind::NotificationOptionSize, 5));
}

#[test]
fn reason_and_vendors_text_are_utf_8_and_not_empty() {
    for number in [0x50, 0x60] {
        assert_eq!(refusal(2, &s_and(&[number, 0])), (ErrorKind::NotificationOptionSize, 8));
        assert_eq!(refusal(2, &s_and(&[number, 2, 0xc3, b'a'])), (ErrorKind::InvalidUtf8, 10));
    }
    // A wider length field lets them be too long.
    let wide = Layout::new(Parts { option_length: 20, ..*Layout::RECONSTRUCTED.parts() }).unwrap();
    let reason = |len: usize| {
        let [_, high, low] = <[u8; 3]>::try_from(&(0x50_0000 | len).to_be_bytes()[5..]).unwrap();
        message(2, &[&[0x10, 0, 1, b's', 0x50, high, low][..], &vec![b'r'; len]].concat())
    };
    assert_eq!(Notification::decode(&reason(4095), &wide).unwrap().connect_reason().unwrap().len(), 4095);
    let refused = Notification::decode(&reason(4096), &wide).unwrap_err();
    assert_eq!(refused, Error::new(ErrorKind::NotificationOptionSize, 9));
}

#[test]
fn numbers_have_one_octet_or_two() {
    for number in [0x20, 0x30] {
        assert_eq!(refusal(2, &s_and(&[number, 0])), (ErrorKind::NotificationOptionSize, 8));
        assert_eq!(refusal(2, &s_and(&[number, 3, 0, 0, 1])), (ErrorKind::NotificationOptionSize, 8));
    }
    // Both forms of one number are the same, and the shorter is written.
    let long = message(2, &s_and(&[0x30, 2, 0, 0x36]));
    let layout = Layout::RECONSTRUCTED;
    let options: Vec<_> = Notification::decode(&long, &layout).unwrap().options().collect();
    assert_eq!(options, [NotificationOption::ServerId("s"), NotificationOption::RequestedMo(0x36)]);
    let shorter = Fields::new(&layout, 1, &options).encode(&layout, &credentials()).unwrap();
    assert_eq!(shorter.len(), long.len() - 1);
    let options = [NotificationOption::ServerId("s"), NotificationOption::RequestedMo(0x100)];
    let longer = Fields::new(&layout, 1, &options).encode(&layout, &credentials()).unwrap();
    assert_eq!(longer[8..12], [0x30, 2, 1, 0]);
    // A bearer has one.
    assert_eq!(refusal(2, &s_and(&[0x40, 2, 0, 1])), (ErrorKind::NotificationOptionSize, 8));
    assert_eq!(refusal(2, &s_and(&[0x40, 0])), (ErrorKind::NotificationOptionSize, 8));
}

#[test]
fn unknown_options_survive_in_their_place() {
    // 0, Server-ID, 7 twice, 15 without a value.
    let octets = [&[0x00, 2, 0xca, 0xfe][..], S, &[0x70, 1, 1, 0x70, 1, 0, 0xf0, 0]].concat();
    let message = message(5, &octets);
    let layout = Layout::RECONSTRUCTED;
    let notification = Notification::decode(&message, &layout).unwrap();
    let unknown = |number, value| NotificationOption::Unknown { number, value };
    let expected = [
        unknown(0, &[0xca, 0xfe][..]),
        NotificationOption::ServerId("s"),
        unknown(7, &[1]),
        unknown(7, &[0]),
        unknown(15, &[]),
    ];
    assert!(notification.options().eq(expected));
    assert_eq!(expected[..2].iter().map(NotificationOption::name).collect::<Vec<_>>(), ["unknown option", "Server-ID"]);
    let fields = Fields { ui_mode: UiMode::Background, ..Fields::of(&notification, &expected) };
    let encoded = fields.encode(&layout, &credentials()).unwrap();
    assert_eq!(encoded[..encoded.len() - 16], message[..message.len() - 16]);
}

#[test]
fn any_version_and_reserved_bits_are_reported_and_written_again() {
    // All ten bits of the version, no ui-mode, client, all reserved bits, session 0.
    let octets = [hex("ffc7 0000 01"), S.to_vec(), vec![0; 16]].concat();
    let layout = Layout::RECONSTRUCTED;
    let notification = Notification::decode(&octets, &layout).unwrap();
    assert_eq!((notification.version(), notification.reserved(), notification.session_id()), (1023, 7, 0));
    assert_eq!((notification.ui_mode(), notification.initiator()), (UiMode::NotSpecified, Initiator::Client));
    let options: Vec<_> = notification.options().collect();
    let fields = Fields { session_id: 1, ..Fields::of(&notification, &options) };
    assert_eq!(fields.encode(&layout, &credentials()).unwrap()[..4], hex("ffc7 0001"));
}

#[test]
fn encoding_refuses_what_decoding_would_or_bits_cannot_say() {
    let layout = Layout::RECONSTRUCTED;
    let refused = |layout: &Layout<'_>, fields: Fields<'_>| {
        let error = fields.encode(layout, &credentials()).unwrap_err();
        (error.kind(), error.offset())
    };
    let base = Fields::new(&layout, 1, &[SERVER_ID]);
    let with = |options: &[NotificationOption<'_>]| refused(&layout, Fields::new(&layout, 1, options));
    assert_eq!(refused(&layout, Fields { session_id: 0, ..base }), (ErrorKind::NotificationField, 2));
    assert_eq!(refused(&layout, Fields { version: 1024, ..base }), (ErrorKind::NotificationField, 0));
    assert_eq!(refused(&layout, Fields { reserved: 8, ..base }), (ErrorKind::NotificationField, 0));
    let many = [&[SERVER_ID][..], &[NotificationOption::RequestedMo(1); 255]].concat();
    assert_eq!(refused(&layout, Fields { options: &many, ..base }), (ErrorKind::NotificationField, 4));
    assert_eq!(with(&[]), (ErrorKind::NotificationOptionMissing, 5));
    assert_eq!(with(&[NotificationOption::RequestedMo(1), SERVER_ID]), (ErrorKind::NotificationOptionOrder, 8));
    assert_eq!(with(&[SERVER_ID, SERVER_ID]), (ErrorKind::NotificationOptionRepeated, 21));
    assert_eq!(with(&[NotificationOption::ServerId("")]), (ErrorKind::NotificationOptionSize, 5));
    assert_eq!(with(&[NotificationOption::ServerId(&"s".repeat(257))]), (ErrorKind::NotificationOptionSize, 5));
    let unknown = |number, value| [SERVER_ID, NotificationOption::Unknown { number, value }];
    assert_eq!(with(&unknown(5, b"r")), (ErrorKind::NotificationField, 21));
    assert_eq!(with(&unknown(16, b"r")), (ErrorKind::NotificationField, 21));
    assert_eq!(with(&unknown(15, &[0; 4096])), (ErrorKind::NotificationOptionSize, 21));
    // Lengths counted from 1 have none for nothing.
    let biased = Layout::new(N4).unwrap();
    let empty = Fields::new(&biased, 1, &[SERVER_ID, NotificationOption::Unknown { number: 7, value: &[] }])
        .encode(&biased, &credentials());
    assert_eq!(empty, Err(Error::new(ErrorKind::NotificationOptionSize, 21)));
    // Fields that a layout does not have.
    let odd = Layout::new(ODD).unwrap();
    let base = Fields::new(&odd, 1, &[SERVER_ID]);
    assert!(base.encode(&odd, &credentials()).is_ok());
    assert_eq!(refused(&odd, Fields { ui_mode: UiMode::Background, ..base }), (ErrorKind::NotificationField, 0));
    assert_eq!(refused(&odd, Fields { initiator: Initiator::Client, ..base }), (ErrorKind::NotificationField, 0));
    assert_eq!(refused(&odd, Fields { version: 14, ..base }), (ErrorKind::NotificationField, 0));
    assert_eq!(refused(&odd, Fields { session_id: 0x8000, ..base }), (ErrorKind::NotificationField, 0));
}

#[test]
fn layouts_that_break_a_rule_are_refused_when_they_are_made() {
    let base = *Layout::RECONSTRUCTED.parts();
    let refused = |parts: Parts<'_>| {
        let error = Layout::new(parts).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotificationLayoutRule);
        error.offset()
    };
    let with = |header: &[(HeaderField, u8)]| refused(Parts { header, ..base });
    use HeaderField::{Initiator, OptionCount, Reserved, SessionId, UiMode, Version};
    assert_eq!(with(&[(SessionId, 16)]), 1, "no count");
    assert_eq!(with(&[(OptionCount, 8)]), 1, "no session id");
    assert_eq!(with(&[(SessionId, 8), (OptionCount, 8), (SessionId, 8)]), 2, "twice");
    assert_eq!(with(&[(SessionId, 16), (OptionCount, 7)]), 2, "no whole octets");
    assert_eq!(with(&[(SessionId, 16), (Reserved, 41), (OptionCount, 8)]), 2, "65 bits");
    assert_eq!(with(&[(SessionId, 17), (OptionCount, 15)]), 0, "wider than a session id");
    assert_eq!(with(&[(SessionId, 16), (OptionCount, 8), (Reserved, 0), (Version, 8)]), 2, "no bits");
    assert_eq!(with(&[(SessionId, 16), (OptionCount, 5), (UiMode, 3)]), 2, "no fifth mode");
    assert_eq!(with(&[(SessionId, 16), (OptionCount, 6), (Initiator, 2)]), 2, "no third initiator");
    let reserved: Vec<_> = [(SessionId, 16), (OptionCount, 8)].into_iter().chain([(Reserved, 1); 40]).collect();
    assert!(Layout::new(Parts { header: &reserved, ..base }).is_ok(), "64 bits");
    assert_eq!(refused(Parts { option_number: 4, option_length: 13, ..base }), 6);
    assert_eq!(refused(Parts { option_number: 2, option_length: 14, ..base }), 6);
    assert_eq!(refused(Parts { option_number: 17, option_length: 7, ..base }), 6);
    assert_eq!(refused(Parts { option_number: 16, option_length: 0, ..base }), 6);
    assert_eq!(refused(Parts { length_bias: 2, ..base }), 6);
    assert_eq!(refused(Parts { version: 1024, ..base }), 6);
    assert_eq!(refused(Parts { bearers: &[(1, Bearer::Any), (1, Bearer::Wlan)], ..base }), 6);
    assert_eq!(refused(Parts { bearers: &[(1, Bearer::Any), (2, Bearer::Any)], ..base }), 6);
    assert_eq!(refused(Parts { bearers: &[(1, Bearer::Other(1))], ..base }), 6);
    let odd = Layout::new(ODD).unwrap();
    assert_eq!((odd.bearer(7), odd.bearer(2)), (Bearer::Wlan, Bearer::Other(2)));
    assert_eq!((odd.bearer_code(Bearer::Wlan), odd.bearer_code(Bearer::Any)), (Some(7), None));
    assert_eq!(odd.bearer_code(Bearer::Other(2)), Some(2));
}

/// The registry is not part of the repository.
#[test]
fn the_table_of_objects_is_the_registrys() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/mo-registry.tsv");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/reference not present");
        return;
    };
    let mut indices = std::collections::HashSet::new();
    for line in text.lines().filter(|line| line.starts_with("0x") || line.starts_with("0X")) {
        let columns: Vec<&str> = line.split('\t').collect();
        // The slips that the head of the file names.
        let index = if columns[0] == "0x000f8" { 8 } else { u16::from_str_radix(&columns[0][2..], 16).unwrap() };
        let identifier = Some(columns[1]).filter(|_| !matches!(index, 0x10 | 0x2E));
        assert_eq!(MoTable::OMNA.identifier(index), identifier, "{line}");
        indices.insert(index);
    }
    assert_eq!(indices.len(), 121);
    for index in (0..=u16::MAX).filter(|index| !indices.contains(index)) {
        assert_eq!(MoTable::OMNA.identifier(index), None, "{index:#06x}");
    }
}

#[test]
fn what_the_caller_knows_of_objects_counts_first() {
    assert_eq!(MoTable::OMNA.index("urn:oma:mo:oma-dm-devdetail:1.0"), Some(0x0F));
    assert_eq!(MoTable::OMNA.index("urn:oma:mo:oma-dm-bootstrapcfg:1.0"), None, "it has no index");
    assert_eq!(MoTable::OMNA.index("urn:oma:mo:oma-cab:1.0"), Some(0x0008), "the lower of two");
    let own = [(0x0008, "urn:oma:mo:x-own:1.0"), (0x0008, "urn:oma:mo:x-late:1.0"), (0xF8, "urn:oma:mo:oma-cab:1.0")];
    let table = MoTable::with(&own);
    assert_eq!(table.identifier(0x0008), Some("urn:oma:mo:x-own:1.0"));
    assert_eq!(table.index("urn:oma:mo:x-late:1.0"), None);
    assert_eq!(table.index("urn:oma:mo:oma-cab:1.0"), Some(0xF8));
    assert_eq!(table.identifier(0x0027), Some("urn:oma:mo:oma-fumo:1.0"));
}

/// A message of a layout, and what was put into it.
#[derive(Debug, Clone)]
struct Sample {
    layout: Layout<'static>,
    version: u16,
    ui_mode: u8,
    server: bool,
    reserved: u64,
    session_id: u16,
    server_id: String,
    numbers: Vec<u16>,
    texts: [Option<String>; 2],
    unknown: Vec<(u16, Vec<u8>)>,
}

prop_compose! {
    fn sample()(
        layout in prop::sample::select(layouts()),
        (version, ui_mode, server, reserved) in (0_u16..1024, 0_u8..4, any::<bool>(), any::<u64>()),
        session_id in 1_u16..0x8000,
        server_id in "[ -~é€]{1,80}",
        numbers in prop::collection::vec(any::<u16>(), 0..3),
        texts in [prop::option::of("[ -~é€]{1,400}"), prop::option::of("[ -~é€]{1,400}")],
        unknown in prop::collection::vec((7_u16..32, prop::collection::vec(any::<u8>(), 1..40)), 0..2),
    ) -> Sample {
        Sample { layout, version, ui_mode, server, reserved, session_id, server_id, numbers, texts, unknown }
    }
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_to_the_same_by_every_layout(mut sample in sample(), resync in any::<bool>()) {
        let layout = sample.layout;
        let width = |wanted: HeaderField| {
            layout.parts().header.iter().filter(|(field, _)| *field == wanted).map(|(_, width)| u32::from(*width)).sum::<u32>()
        };
        let mut options = vec![NotificationOption::ServerId(&sample.server_id)];
        options.extend(sample.numbers.first().map(|index| NotificationOption::TargetedMo(*index)));
        options.extend(sample.numbers.iter().map(|index| NotificationOption::RequestedMo(*index)));
        options.extend(sample.numbers.iter().map(|index| NotificationOption::PreferredBearer(index.to_be_bytes()[1])));
        options.extend(sample.texts[0].as_deref().map(NotificationOption::ConnectReason));
        options.extend(sample.texts[1].as_deref().map(NotificationOption::VendorInfo));
        sample.unknown.retain(|(number, _)| *number < 1 << layout.parts().option_number);
        sample.unknown.sort();
        options.extend(sample.unknown.iter().map(|(number, value)| NotificationOption::Unknown { number: *number, value }));
        options.truncate((1 << width(HeaderField::OptionCount)) - 1);
        let mut fields = Fields::new(&layout, sample.session_id, &options);
        if width(HeaderField::Version) > 0 {
            fields.version = sample.version % (1 << width(HeaderField::Version));
            fields.ui_mode = UiMode::from_raw(sample.ui_mode);
            fields.initiator = if sample.server { Initiator::Server } else { Initiator::Client };
        }
        fields.reserved = sample.reserved % (1 << width(HeaderField::Reserved));
        let sender = if resync { ServerCredentials::new(b"srvsecret", &[0; 4]) } else { credentials() };
        let message = fields.encode(&layout, &sender).unwrap();
        let notification = Notification::decode(&message, &layout).unwrap();
        prop_assert!(notification.options().eq(options.iter().copied()));
        prop_assert_eq!(Fields::of(&notification, &options), fields);
        let expected = if resync { Verdict::VerifiedByResyncNonce } else { Verdict::Verified };
        prop_assert_eq!(notification.verify(&credentials(), ResyncPolicy::Allow), expected);
    }

    #[test]
    fn what_decodes_encodes_to_the_same_notification(
        head in prop::collection::vec(any::<u8>(), 4),
        option in prop::collection::vec(any::<u8>(), 0..30),
        number in 1_u8..16,
    ) {
        let length = u8::try_from(option.len()).unwrap();
        let octets = [&head[..], &[2], S, &[number << 4, length], &option, &[0; 16]].concat();
        let layout = Layout::RECONSTRUCTED;
        match Notification::decode(&octets, &layout) {
            Ok(notification) => {
                let options: Vec<_> = notification.options().collect();
                let session_id = notification.session_id().max(1);
                let fields = Fields { session_id, ..Fields::of(&notification, &options) };
                let again = fields.encode(&layout, &credentials()).unwrap();
                let read = Notification::decode(&again, &layout).unwrap();
                prop_assert!(read.options().eq(options.iter().copied()));
                prop_assert_eq!(Fields::of(&read, &options), fields);
            }
            Err(error) => prop_assert!(error.offset() <= octets.len()),
        }
    }

    #[test]
    fn no_octets_hurt_the_decoder(
        octets in prop::collection::vec(any::<u8>(), 0..60),
        layout in prop::sample::select(layouts()),
    ) {
        if let Err(error) = Notification::decode(&octets, &layout) {
            prop_assert!(error.offset() <= octets.len());
        }
    }
}
