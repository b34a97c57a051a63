//! Accidents of those who ask who is speaking: package #0, digests, nonces, provisioning.

use crate::common::{files, hex, repository};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest as _, Md5};
use omadm::auth::{A1, CredVerdict, INTEROPERABLE_FALLBACKS, Nonces, RESYNC_NONCE, a1_digest, md5_digest, verify_md5};
use omadm::notification::v12::{Fields, Notification};
use omadm::notification::{ResyncPolicy, ServerCredentials, Verdict};
use omadm::push::ContentType;
use omadm::push::wsp::Push;
use omadm::{ErrorKind, Kind};

const NONCE: &[u8] = &[0, 1, 2, 3, 0xFF, 0];

/// `wire.md` §6.2, in the words of the formula.
fn digest(server_id: &str, secret: &[u8], nonce: &[u8], trigger: &[u8]) -> [u8; 16] {
    let a1 = STANDARD.encode(Md5::digest([server_id.as_bytes(), b":", secret].concat()));
    let body = STANDARD.encode(Md5::digest(trigger));
    Md5::digest([a1.as_bytes(), b":", nonce, b":", body.as_bytes()].concat()).into()
}

/// §5.3: the trigger's length in eight bits, so that notifications longer than 271 octets were hashed wrongly.
#[test]
fn every_octet_of_a_long_trigger_is_under_the_digest() {
    let credentials = ServerCredentials::new(b"secret", NONCE);
    for length in [0, 200, 230, 231, 232, 233, 247, 248, 255, 256, 257, 500, 1_400, 70_000] {
        let vendor: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        let fields = Fields { vendor: &vendor, ..Fields::new(1, "dm.example.com") };
        let message = fields.encode(&credentials).unwrap();
        assert_eq!(message.len(), 16 + 8 + 14 + length);
        assert_eq!(message[..16], digest("dm.example.com", b"secret", NONCE, &message[16..]), "{length}");
        let notification = Notification::decode(&message).unwrap();
        assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified, "{length}");
        for at in (38..message.len()).step_by(1 + length / 50).chain([message.len() - 1]) {
            let mut changed = message.clone();
            changed[at] ^= 1;
            let verdict =
                Notification::decode(&changed).map(|changed| changed.verify(&credentials, ResyncPolicy::Allow));
            assert!(verdict.is_err() || verdict == Ok(Verdict::Refused), "{length} at {at}");
        }
    }
}

/// §5.3, §6: a length of the server identifier that lies was copied all the same; one that was no UTF-8 ended the process.
#[test]
fn the_length_of_the_server_identifier_is_held_against_what_is_there() {
    for there in 0..=255_usize {
        for length in 0..=255_u8 {
            let message = [&[0; 16][..], &hex("02c0000000 0001"), &[length], &vec![b's'; there]].concat();
            let decoded = Notification::decode(&message);
            match decoded {
                Ok(decoded) => assert_eq!(decoded.server_id().len() + decoded.vendor().len(), there),
                Err(error) => assert_eq!((error.kind(), error.offset()), (ErrorKind::NotificationServerId, 23)),
            }
            assert_eq!(decoded.is_ok(), usize::from(length) <= there, "{length} of {there}");
        }
    }
    for octets in [&b"\xFF"[..], b"\xC3", b"\xED\xA0\x80", b"\xF8\x88\x80\x80\x80", b"\xC0\x80", b"ab\x80"] {
        let message = [&[0; 16][..], &hex("02c0000000 0001"), &[octets.len() as u8], octets].concat();
        assert_eq!(Notification::decode(&message).unwrap_err().kind(), ErrorKind::InvalidUtf8);
    }
}

/// §5.2, §6: when a digest did not match, libdmclient freed the nonce and went on with it. Here what was looked at is as
/// it was, and whoever fits later fits.
#[test]
fn a_digest_that_does_not_match_changes_nothing() {
    let right = ServerCredentials::new(b"secret", NONCE);
    let wrong = ServerCredentials::new(b"guess", NONCE);
    let message = Fields::new(7, "dm.example.com").encode(&right).unwrap();
    let notification = Notification::decode(&message).unwrap();
    for policy in [ResyncPolicy::Allow, ResyncPolicy::Refuse] {
        for _ in 0..3 {
            assert_eq!(notification.verify(&wrong, policy), Verdict::Refused);
            assert_eq!(notification.verify(&right, policy), Verdict::Verified);
        }
    }
    assert_eq!((notification.session_id(), notification.server_id()), (7, "dm.example.com"));
    // The fall-back nonces are tried after the one that is due, and none of them becomes it.
    let a1 = a1_digest(b"dev", b"secret");
    let nonces = Nonces::with_fallbacks(b"due", INTEROPERABLE_FALLBACKS);
    for (at, nonce) in INTEROPERABLE_FALLBACKS.iter().enumerate() {
        assert_eq!(verify_md5(&md5_digest(&a1, nonce), &a1, &nonces), CredVerdict::VerifiedByFallback(at));
        assert_eq!(verify_md5(&md5_digest(&a1, b"due"), &a1, &nonces), CredVerdict::Verified);
        assert_eq!(
            verify_md5(&md5_digest(&a1, nonce), &a1, &Nonces::new(b"due", ResyncPolicy::Refuse)),
            CredVerdict::Refused
        );
    }
    assert_eq!(verify_md5(&md5_digest(&a1, b""), &a1, &Nonces::new(b"due", ResyncPolicy::Allow)), CredVerdict::Refused);
    assert_eq!(RESYNC_NONCE, [0; 4]);
}

/// §6: one token for all devices, credentials that can be foretold. What a device proves depends on its name, its secret and
/// the nonce, all three, and nothing here has a default for any of them.
#[test]
fn credentials_of_one_device_session_or_secret_are_no_others() {
    let mut seen = std::collections::HashSet::new();
    for name in ["dev1", "dev2", "dev1:", ""] {
        for secret in ["secret", "secret2", ":secret"] {
            for nonce in [&b"\0\0\0\0"[..], b"", b"0", NONCE] {
                seen.insert(md5_digest(&a1_digest(name.as_bytes(), secret.as_bytes()), nonce));
            }
        }
    }
    // "dev1:" with "secret" hashes as "dev1" with ":secret" does: the formula has it so.
    assert_eq!(seen.len(), 4 * 3 * 4 - 4);
    // A message for one server is not one for another with the same secret.
    let credentials = ServerCredentials::new(b"secret", NONCE);
    let mut message = Fields::new(7, "dm.example.com").encode(&credentials).unwrap();
    let last = message.len() - 1;
    message[last] = b'n';
    assert_eq!(Notification::decode(&message).unwrap().verify(&credentials, ResyncPolicy::Allow), Verdict::Refused);
}

/// §6, classes: digests compared in a time that shows how much of one was right. Every comparison is `subtle`'s.
#[test]
fn digests_are_compared_in_constant_time_only() {
    let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
    let source = repository().join("src");
    let auth = read(&source.join("auth/mod.rs"));
    let body = auth.split("pub fn digests_match").nth(1).unwrap();
    assert!(body.split('}').next().unwrap().contains(".ct_eq("));
    for file in ["auth", "notification", "syncml", "capi"].iter().flat_map(|room| files(&source.join(room), &[".rs"])) {
        for line in read(&file).lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("assert"))
        {
            // What stands on either side of a comparison.
            let words = |text: &str| {
                let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
                words.filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
            };
            for operator in [" == ", " != ", ".eq(", ".ne(", ".starts_with(", ".ends_with(", ".cmp("] {
                let Some((before, after)) = line.split_once(operator) else { continue };
                let sides = [words(before).pop(), words(after).into_iter().next()];
                let is_secret = |side: &String| {
                    ["digest", "claimed", "secret", "password"].iter().any(|word| side.contains(word))
                        || ["mac", "a1", "expected"].contains(&side.as_str())
                };
                assert!(!sides.iter().flatten().any(is_secret), "{}: {line}", file.display());
            }
        }
    }
    // The types that hold them compare so, too.
    assert_eq!(A1::from_octets([1; 16]), A1::from_octets([1; 16]));
    assert_ne!(A1::from_octets([1; 16]), A1::from_octets([2; 16]));
    assert!(omadm::auth::digest_text(&[1; 16]) != omadm::auth::digest_text(&[2; 16]));
}

/// §6: provisioning that nobody had authenticated was taken, and the security header of the message was not looked at. This
/// library applies no settings; it tells apart what they come in, and hands on what proves them.
#[test]
fn a_provisioning_push_is_no_notification_and_keeps_its_security_header() {
    let document = b"\x03\x0B\x6A\x00\x45\xC6\x56\x01\x01\x01";
    let mac = b"FC049E9B12751BD6954DA5602505CBE215FF74EF";
    // `wire.md` §11.3: content type of 45 octets, SEC USERPIN, MAC.
    let push = [&hex("01 06 2F 1F 2D B6 91 81 92")[..], mac, b"\0", document].concat();
    let decoded = Push::decode(&push).unwrap();
    assert_eq!(decoded.content_type, ContentType::CONNECTIVITY_WBXML);
    assert_eq!(decoded.payload().unwrap_err().kind(), ErrorKind::PushContentType);
    assert_eq!(decoded.notification_payload().unwrap_err().kind(), ErrorKind::PushContentType);
    assert_eq!(decoded.body, document);
    assert!(push.windows(mac.len()).any(|window| window == mac) && omadm::detect(&push) == Ok(Kind::Push));
}
