//! Package #0 against every vector we have: the shared corpus, `wire.md` §13.5 and `notification.md` §6.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use omadm::auth::{RESYNC_NONCE, a1_digest, notification_digest};
use omadm::notification::v12::{Fields, Initiator, Notification, UiMode, Version};
use omadm::notification::{ResyncPolicy, ServerCredentials, Verdict};
use omadm::push::wsp::{ApplicationId, ContentType, Push};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// A notification whose secret is known.
struct Known {
    name: &'static str,
    hex: &'static str,
    secret: &'static [u8],
    nonce: &'static [u8],
    fields: Fields<'static>,
}

fn known() -> Vec<Known> {
    let example = Fields { ui_mode: UiMode::Background, ..Fields::new(0x001A, "dm.example.com") };
    let s1 = Fields {
        ui_mode: UiMode::Background,
        initiator: Initiator::Client,
        ..Fields::new(0x1234, "com.mgmtsrv.manage")
    };
    let sync = Fields {
        version: Version::V1_2,
        ui_mode: UiMode::Background,
        vendor: b"\x10\x60\0\0\0\x08Contacts",
        ..Fields::new(0, "PC Suite Data Sync")
    };
    vec![
        Known {
            name: "G-P0a",
            hex: "8d24b9e1ecc475143a3c83ad16172f25 02d8000000001a0e646d2e6578616d706c652e636f6d",
            secret: b"srvsecret",
            nonce: &COUNTING,
            fields: example,
        },
        Known {
            name: "G-P0b",
            hex: "7c0e5537e9ed1779f0d8935d1da92fe8 02d8000000001a0e646d2e6578616d706c652e636f6d",
            secret: b"srvsecret",
            nonce: &RESYNC_NONCE,
            fields: example,
        },
        Known {
            name: "G-P0c",
            hex: "5a68dfe7b879c33f373dc8bc1899a38d 02e8000000abcd0e646d2e6578616d706c652e636f6ddead",
            secret: b"srvsecret",
            nonce: &COUNTING,
            fields: Fields { ui_mode: UiMode::Informative, session_id: 0xABCD, vendor: &[0xde, 0xad], ..example },
        },
        Known {
            name: "S1",
            hex: "7fc65a24e9d7ad28df2850ac24656fd4 02d0000000 1234 12 636f6d2e6d676d747372762e6d616e616765",
            secret: b"secret",
            nonce: b"nonce",
            fields: s1,
        },
        Known {
            name: "S2",
            hex: "4e94c58c36a8c50aabcdbe0c296b2ba7 02d0000000 1234 12 636f6d2e6d676d747372762e6d616e616765",
            secret: b"secret",
            nonce: &[0, 0, 0, 0],
            fields: s1,
        },
        Known {
            name: "S3",
            hex: "3d89237ba48040475f932a8946425568 02f8000000 ffff 12 636f6d2e6d676d747372762e6d616e616765 0102",
            secret: b"secret",
            nonce: b"",
            fields: Fields {
                ui_mode: UiMode::UserInteraction,
                initiator: Initiator::Server,
                session_id: 0xFFFF,
                vendor: &[1, 2],
                ..s1
            },
        },
        Known {
            name: "R6",
            hex: "0179ab671b68f26698269b4ca78222ad 0318000000 0000 12 504320537569746520446174612053796e63
                  10 60 000000 08 436f6e7461637473",
            secret: b"",
            nonce: b"",
            fields: sync,
        },
        Known {
            name: "R6b",
            hex: "65adf16b1feed840028683cfc8226b8b 0318000000 0000 12 504320537569746520446174612053796e63
                  10 60 000000 08 43616c656e646172",
            secret: b"",
            nonce: b"",
            fields: Fields { vendor: b"\x10\x60\0\0\0\x08Calendar", ..sync },
        },
    ]
}

#[test]
fn known_notifications_decode_verify_and_encode_to_the_same_octets() {
    for Known { name, hex: text, secret, nonce, fields } in known() {
        let message = hex(text);
        let notification = Notification::decode(&message).unwrap();
        assert_eq!(notification.fields(), fields, "{name}");
        assert_eq!(notification.digest().as_slice(), &message[..16], "{name}");
        assert_eq!(notification.trigger(), &message[16..], "{name}");
        let credentials = ServerCredentials::new(secret, nonce);
        assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified, "{name}");

        // What is stored in place of the secret, and the name given by hand, do the same.
        let stored = ServerCredentials::from_a1(a1_digest(fields.server_id.as_bytes(), secret), nonce);
        assert_eq!(notification.verify(&stored, ResyncPolicy::Refuse), Verdict::Verified, "{name}");
        let named = ServerCredentials::with_name(fields.server_id, secret, nonce);
        assert_eq!(notification.verify(&named, ResyncPolicy::Refuse), Verdict::Verified, "{name}");

        assert_eq!(fields.encoded_len(), message.len(), "{name}");
        // Session id 0 is what data synchronisation sends and device management may not.
        if fields.session_id == 0 {
            assert_eq!(fields.encode(&credentials), Err(Error::new(ErrorKind::NotificationField, 21)), "{name}");
        } else {
            assert_eq!(fields.encode(&credentials).unwrap(), message, "{name}");
        }
    }
}

#[test]
fn s4_the_specifications_example_in_its_push() {
    let sms = hex("0605040b84c002 010603c4af87 00000000000000000000000000000000
                   02d0000000123412636f6d2e6d676d747372762e6d616e616765");
    let push = Push::decode(&sms).unwrap();
    assert_eq!(push.destination_port, Some(2948));
    assert_eq!(push.content_type, ContentType::NOTIFICATION);
    assert_eq!(push.application_id, Some(ApplicationId::DEVICE_MANAGEMENT));
    let notification = Notification::decode(push.notification_payload().unwrap()).unwrap();
    assert_eq!(notification.version().to_string(), "1.1");
    assert_eq!(notification.ui_mode(), UiMode::Background);
    assert_eq!(notification.initiator(), Initiator::Client);
    assert_eq!(notification.future_use(), 0);
    assert_eq!(notification.session_id_text().to_string(), "1234");
    assert_eq!(notification.server_id(), "com.mgmtsrv.manage");
    assert_eq!(notification.vendor(), b"");
}

/// Vector 6.3 is cut off in its source.
#[test]
fn a_notification_cut_off_in_its_header_says_where() {
    // With the prefix of CDMA, and without.
    for (carrier, port) in [("00010023f00b84", Some(2948)), ("", None)] {
        let push = hex(&format!("{carrier} 010607c4b4848d9eaf87 a0f2a355d153ec43ff4d56bb8f3f0084 02d8000000 0a"));
        let decoded = Push::decode(&push).unwrap();
        assert_eq!((decoded.destination_port, decoded.headers), (port, &hex("b4848d9eaf87")[..]));
        let payload = decoded.notification_payload().unwrap();
        assert_eq!(Notification::decode(payload), Err(Error::new(ErrorKind::UnexpectedEnd, 22)));
    }
}

/// What stands between in the computation of S1 and S3, of which `notification.md` §6 has the value too.
#[test]
fn the_digest_of_the_trigger_is_what_is_hashed_with_nonce_and_secret() {
    for (name, expected) in [("S1", "ne6BhXyhdpa6cRlZxXFamA=="), ("S3", "Uwf4E1bwFNmtP0Q1CddovA==")] {
        let known = known().into_iter().find(|known| known.name == name).unwrap();
        let message = hex(known.hex);
        let trigger = Notification::decode(&message).unwrap().trigger();
        let inner = STANDARD.encode(Md5::digest(trigger));
        assert_eq!(inner, expected, "{name}");
        let a1 = "fdJ9k0D7zw+U+xj+U0Rb8w==";
        assert_eq!(STANDARD.encode(Md5::digest("com.mgmtsrv.manage:secret")), a1);
        let outer = [a1.as_bytes(), b":", known.nonce, b":", inner.as_bytes()].concat();
        assert_eq!(Md5::digest(outer).as_slice(), &message[..16], "{name}");
    }
}

#[test]
fn the_digest_can_be_computed_by_itself() {
    for Known { name, hex: text, secret, nonce, fields } in known() {
        let message = hex(text);
        let a1 = a1_digest(fields.server_id.as_bytes(), secret);
        assert_eq!(notification_digest(&a1, nonce, &message[16..]), message[..16], "{name}");
    }
}

#[test]
fn who_began_is_printed_in_a_word() {
    assert_eq!([Initiator::Client, Initiator::Server].map(|initiator| initiator.to_string()), ["client", "server"]);
}

#[test]
fn corpus() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/notification/vectors.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: ../shared/corpus not present");
        return;
    };
    let vectors: serde_json::Value = serde_json::from_str(&text).unwrap();
    let vectors = vectors.as_array().unwrap();
    assert!(!vectors.is_empty());
    for vector in vectors {
        let name = vector["name"].as_str().unwrap();
        let octets = |key: &str| vector[key].as_str().map(hex);
        let message = octets("hex").unwrap();
        let notification = Notification::decode(&message).unwrap();
        let number = |key: &str| vector[key].as_u64().unwrap();
        assert_eq!(u64::from(notification.version().raw()), number("version"), "{name}");
        assert_eq!(u64::from(notification.ui_mode().raw()), number("ui_mode"), "{name}");
        assert_eq!(u64::from(notification.initiator().raw()), number("initiator"), "{name}");
        assert_eq!(u64::from(notification.session_id()), number("session_id"), "{name}");
        assert_eq!(notification.session_id_text().to_string(), format!("{:X}", number("session_id")), "{name}");
        assert_eq!(notification.server_id(), vector["server_id"].as_str().unwrap(), "{name}");
        assert_eq!(notification.vendor(), octets("body_hex").unwrap(), "{name}");
        assert_eq!(notification.future_use(), 0, "{name}");

        if let Some(prefix) = octets("wsp_prefix_hex") {
            let push = [prefix, message.clone()].concat();
            let payload = Push::decode(&push).unwrap().notification_payload().unwrap();
            assert_eq!(Notification::decode(payload), Ok(notification), "{name}");
        }
        if let Some(password) = vector["password"].as_str() {
            let nonce = octets("nonce_hex").unwrap();
            let credentials = ServerCredentials::new(password.as_bytes(), &nonce);
            assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified, "{name}");
            assert_eq!(notification.fields().encode(&credentials).unwrap(), message, "{name}");
        } else {
            // The digest is not ours to make, all that follows it is.
            let encoded = notification.fields().encode(&ServerCredentials::new(b"", b"")).unwrap();
            assert_eq!(encoded[16..], message[16..], "{name}");
        }
    }
    println!("{} vectors", vectors.len());
}

#[test]
fn the_resync_nonce_counts_only_where_the_policy_allows_it() {
    let message = hex(known()[1].hex);
    let notification = Notification::decode(&message).unwrap();
    let credentials = ServerCredentials::new(b"srvsecret", &COUNTING);
    assert_eq!(notification.verify(&credentials, ResyncPolicy::Allow), Verdict::VerifiedByResyncNonce);
    assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Refused);
    assert!(Verdict::VerifiedByResyncNonce.is_verified() && Verdict::Verified.is_verified());
    assert!(!Verdict::Refused.is_verified());
}

#[test]
fn another_secret_name_or_nonce_is_refused() {
    for Known { name, hex: text, secret, nonce, fields } in known() {
        let message = hex(text);
        let notification = Notification::decode(&message).unwrap();
        let wrong = [
            ServerCredentials::new(b"another", nonce),
            ServerCredentials::new(secret, b"another"),
            ServerCredentials::with_name("another", secret, nonce),
            ServerCredentials::from_a1(a1_digest(b"another", secret), nonce),
        ];
        for (index, credentials) in wrong.iter().enumerate() {
            assert_eq!(notification.verify(credentials, ResyncPolicy::Refuse), Verdict::Refused, "{name} {index}");
        }
        // With a name of its own, a notification verifies by that name only.
        if fields.session_id != 0 {
            let named = ServerCredentials::with_name("AAuthName", secret, nonce);
            let message = fields.encode(&named).unwrap();
            let notification = Notification::decode(&message).unwrap();
            assert_eq!(notification.verify(&named, ResyncPolicy::Refuse), Verdict::Verified, "{name}");
            let by_id = ServerCredentials::new(secret, nonce);
            assert_eq!(notification.verify(&by_id, ResyncPolicy::Refuse), Verdict::Refused, "{name}");
        }
    }
}

#[test]
fn credentials_do_not_print_themselves() {
    let credentials = ServerCredentials::new(b"srvsecret", b"nonce");
    assert_eq!(format!("{credentials:?}"), "ServerCredentials(..)");
}

#[test]
fn every_truncation_is_an_error_or_refused() {
    for Known { name, hex: text, secret, nonce, fields } in known() {
        let message = hex(text);
        let credentials = ServerCredentials::new(secret, nonce);
        for length in 0..message.len() {
            let decoded = Notification::decode(&message[..length]);
            if length < 24 {
                assert_eq!(decoded, Err(Error::new(ErrorKind::UnexpectedEnd, length)), "{name}");
            } else if length < 24 + fields.server_id.len() {
                assert_eq!(decoded, Err(Error::new(ErrorKind::NotificationServerId, 23)), "{name}");
            } else {
                // Nothing in the format ends the vendor's octets; the digest notices.
                assert_eq!(decoded.unwrap().verify(&credentials, ResyncPolicy::Allow), Verdict::Refused, "{name}");
            }
        }
    }
}

#[test]
fn every_flipped_bit_is_an_error_or_refused() {
    for Known { name, hex: text, secret, nonce, .. } in known() {
        let message = hex(text);
        let credentials = ServerCredentials::new(secret, nonce);
        for bit in 0..message.len() * 8 {
            let mut flipped = message.clone();
            flipped[bit / 8] ^= 0x80 >> (bit % 8);
            if let Ok(notification) = Notification::decode(&flipped) {
                assert_eq!(notification.verify(&credentials, ResyncPolicy::Allow), Verdict::Refused, "{name} {bit}");
            }
        }
    }
}

#[test]
fn a_push_survives_every_truncation_and_flipped_bit() {
    let push = hex("0b0003770101 05040b84c002 010608c4b4848d9eaf0107 8d24b9e1ecc475143a3c83ad16172f25 02d8");
    assert_eq!(Push::decode(&push).unwrap().application_id, Some(ApplicationId::DEVICE_MANAGEMENT));
    for length in 0..push.len() {
        let _ = Push::decode(&push[..length]).and_then(|push| push.notification_payload());
    }
    for bit in 0..push.len() * 8 {
        let mut flipped = push.clone();
        flipped[bit / 8] ^= 0x80 >> (bit % 8);
        let _ = Push::decode(&flipped).and_then(|push| push.notification_payload());
    }
}

#[test]
fn a_length_that_lies_by_one_is_named() {
    // G-P0a has no vendor's octets: one more is too many.
    let mut message = hex(known()[0].hex);
    message[23] += 1;
    assert_eq!(Notification::decode(&message), Err(Error::new(ErrorKind::NotificationServerId, 23)));
    // One less moves an octet to the vendor.
    message[23] -= 2;
    let notification = Notification::decode(&message).unwrap();
    assert_eq!((notification.server_id(), notification.vendor()), ("dm.example.co", &b"m"[..]));
    let credentials = ServerCredentials::new(b"srvsecret", &COUNTING);
    assert_eq!(notification.verify(&credentials, ResyncPolicy::Allow), Verdict::Refused);
}

#[test]
fn tolerated_and_refused_headers() {
    let message = |header: &str, rest: &[u8]| [vec![0; 16], hex(header), rest.to_vec()].concat();
    // Version 0.9 is none; 1.0 and 102.3 are.
    let decoded = message("0258000000 0001 01", b"s");
    assert_eq!(Notification::decode(&decoded), Err(Error::new(ErrorKind::NotificationVersion, 16)));
    let decoded = message("0280000000 0001 01", b"s");
    assert_eq!(Notification::decode(&decoded).unwrap().version(), Version::V1_0);
    let decoded = message("ffc0000000 0001 01", b"s");
    assert_eq!(Notification::decode(&decoded).unwrap().version().to_string(), "102.3");
    // All 27 bits of future use, and no flag of them.
    let decoded = message("02c7ffffff 0001 01", b"s");
    let notification = Notification::decode(&decoded).unwrap();
    assert_eq!(notification.future_use(), (1 << 27) - 1);
    assert_eq!((notification.ui_mode(), notification.initiator()), (UiMode::NotSpecified, Initiator::Client));
    // An empty server identifier, with vendor's octets after it.
    let decoded = message("02c0000000 0001 00", b"s");
    assert_eq!(Notification::decode(&decoded).unwrap().vendor(), b"s");
    // A server identifier that is not UTF-8, by a wrong octet and by ending inside a character.
    let decoded = message("02c0000000 0001 03", b"ab\xff");
    assert_eq!(Notification::decode(&decoded), Err(Error::new(ErrorKind::InvalidUtf8, 26)));
    let decoded = message("02c0000000 0001 02", b"a\xc3\xa9");
    assert_eq!(Notification::decode(&decoded), Err(Error::new(ErrorKind::InvalidUtf8, 25)));
}

#[test]
fn encoding_is_strict() {
    let credentials = ServerCredentials::new(b"srvsecret", &COUNTING);
    let refused = |fields: Fields<'_>| fields.encode(&credentials).map_err(|error| (error.kind(), error.offset()));
    let longest = "s".repeat(255);
    let too_long = "s".repeat(256);
    let base = Fields::new(1, "s");
    assert!(refused(Fields { server_id: &longest, future_use: (1 << 27) - 1, ..base }).is_ok());
    assert_eq!(refused(Fields::new(0, "s")), Err((ErrorKind::NotificationField, 21)));
    assert_eq!(refused(Fields { future_use: 1 << 27, ..base }), Err((ErrorKind::NotificationField, 17)));
    assert_eq!(refused(Fields::new(1, "")), Err((ErrorKind::NotificationServerIdLength, 23)));
    assert_eq!(refused(Fields::new(1, &too_long)), Err((ErrorKind::NotificationServerIdLength, 23)));
    assert_eq!((Version::from_raw(9), Version::from_raw(1024)), (None, None));
}

#[test]
fn encoding_into_a_buffer_touches_nothing_else() {
    let Known { hex: text, secret, nonce, fields, .. } = &known()[2];
    let message = hex(text);
    let credentials = ServerCredentials::new(secret, nonce);
    let mut buffer = vec![0xa5; message.len() + 3];
    assert_eq!(fields.encode_into(&credentials, &mut buffer), Ok(message.len()));
    assert_eq!(buffer, [message.clone(), vec![0xa5; 3]].concat());
    let mut short = vec![0xa5; message.len() - 1];
    let error = fields.encode_into(&credentials, &mut short).unwrap_err();
    assert_eq!(error, Error::new(ErrorKind::LimitOutput, message.len() - 1));
    assert!(short.iter().all(|octet| *octet == 0xa5));
}

#[test]
fn session_ids_are_upper_case_without_leading_zeros() {
    for (id, text) in [(0, "0"), (1, "1"), (0x1a, "1A"), (0x1234, "1234"), (0xabcd, "ABCD"), (0xffff, "FFFF")] {
        assert_eq!(omadm::notification::v12::SessionIdText(id).to_string(), text);
    }
}

prop_compose! {
    fn fields()(
        version in 10_u16..=1023,
        ui_mode in 0_u8..4,
        server in any::<bool>(),
        future_use in prop_oneof![Just(0), 0_u32..1 << 27],
        session_id in 1_u16..,
        server_id in "[ -~é€]{1,80}",
        vendor in prop::collection::vec(any::<u8>(), 0..300),
    ) -> (Fields<'static>, String, Vec<u8>) {
        let fields = Fields {
            version: Version::from_raw(version).unwrap(),
            ui_mode: UiMode::from_raw(ui_mode),
            initiator: if server { Initiator::Server } else { Initiator::Client },
            future_use,
            ..Fields::new(session_id, "")
        };
        (fields, server_id, vendor)
    }
}

/// What stands before the identifier, and after it, is no ASCII either.
fn identified_by(server_id: &[u8]) -> Vec<u8> {
    let mut message = vec![0xff; 16];
    message.extend([0x02, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, u8::try_from(server_id.len()).unwrap()]);
    message.extend(server_id);
    message.extend([0xff; 9]);
    message
}

/// What the standard library says of the identifier.
fn assert_judged_as_text(server_id: &[u8]) {
    let message = identified_by(server_id);
    let expected = core::str::from_utf8(server_id).map_err(|error| (ErrorKind::InvalidUtf8, 24 + error.valid_up_to()));
    let read = Notification::decode(&message).map(|notification| notification.server_id());
    assert_eq!(read.map_err(|error| (error.kind(), error.offset())), expected, "{server_id:x?}");
}

#[test]
fn identifiers_of_every_length_are_text_or_refused_where_they_stop_being_it() {
    for length in 0..=255_usize {
        let ascii = vec![b'~'; length];
        assert_judged_as_text(&ascii);
        assert_eq!(Notification::decode(&identified_by(&ascii)).unwrap().vendor(), [0xff; 9]);
        for at in 0..length {
            // An octet that never is text, the first of two without the second, and both.
            for wrong in [&[0x80][..], b"\xff", b"\xc3", b"\xc3\xa4", "\u{20ac}".as_bytes()] {
                let mut server_id = ascii.clone();
                for (octet, other) in server_id[at..].iter_mut().zip(wrong) {
                    *octet = *other;
                }
                assert_judged_as_text(&server_id);
            }
        }
    }
}

proptest! {
    #[test]
    fn what_is_encoded_decodes_and_verifies(
        (fields, server_id, vendor) in fields(),
        secret in prop::collection::vec(any::<u8>(), 0..40),
        nonce in prop::collection::vec(any::<u8>(), 0..40),
        head in prop_oneof![Just("010603c4af87"), Just("0605040b84c002 010603c4af87")],
    ) {
        let fields = Fields { server_id: &server_id, vendor: &vendor, ..fields };
        let credentials = ServerCredentials::new(&secret, &nonce);
        let message = fields.encode(&credentials).unwrap();
        let notification = Notification::decode(&message).unwrap();
        prop_assert_eq!(notification.fields(), fields);
        prop_assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified);
        let longer = [&secret[..], b"x"].concat();
        let wrong = ServerCredentials::new(&longer, &nonce);
        prop_assert_eq!(notification.verify(&wrong, ResyncPolicy::Allow), Verdict::Refused);
        let push = [hex(head), message.clone()].concat();
        prop_assert_eq!(Push::decode(&push).unwrap().notification_payload().unwrap(), message);
    }

    /// Whatever decodes, encodes to what was read, unless it is one of the two things encoding refuses.
    #[test]
    fn what_decodes_encodes_to_the_same_trigger(mut message in prop::collection::vec(any::<u8>(), 0..80)) {
        if let Some(length) = message.get_mut(23) {
            *length %= 16;
        }
        if let Ok(notification) = Notification::decode(&message) {
            let fields = notification.fields();
            match fields.encode(&ServerCredentials::new(b"", b"")) {
                Ok(encoded) => prop_assert_eq!(&encoded[16..], notification.trigger()),
                Err(_) => prop_assert!(fields.session_id == 0 || fields.server_id.is_empty()),
            }
        }
    }

    #[test]
    fn no_octets_hurt_the_push_decoder(head in prop::collection::vec(any::<u8>(), 0..60), plain in any::<bool>()) {
        let message = if plain { [&[1, 6, 20][..], &head].concat() } else { head };
        match Push::decode(&message) {
            Ok(push) => {
                prop_assert!(message.ends_with(push.body));
                let rest = &message[..message.len() - push.body.len()];
                prop_assert!(rest.ends_with(push.headers));
            }
            Err(error) => prop_assert!(error.offset() <= message.len()),
        }
    }
}
