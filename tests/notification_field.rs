//! Package #0 as others send it: the vectors of `notification.md` §6 in their pushes, and a test for each deviation of
//! §1.5.
//!
//! Digests of `dm.example.com` with secret `srvsecret` and nonce 00..0F were computed by another program. libdmclient's
//! and Motorola's deviations of the same table have their tests in `deviations.rs`.

use omadm::notification::hints::Block;
use omadm::notification::v12::{Fields, Initiator, Notification, UiMode};
use omadm::notification::{ResyncPolicy, ServerCredentials, Verdict};
use omadm::push::wsp::{ApplicationId, ContentType, Push};
use omadm::{Error, ErrorKind};

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/// Length and server identifier.
const EXAMPLE: &str = "0e 646d2e6578616d706c652e636f6d";

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn verdict(message: &[u8]) -> Verdict {
    let credentials = ServerCredentials::new(b"srvsecret", &COUNTING);
    Notification::decode(message).unwrap().verify(&credentials, ResyncPolicy::Allow)
}

/// Push headers, ui-mode, initiator, session id, server identifier and body of a row of the table.
type Row = (&'static str, &'static str, UiMode, Initiator, u16, &'static str, &'static [u8]);

const WSP: &str = "010603c4af87";
const SMS: &str = "0605040b84c002 010603c4af87";

const ROWS: [Row; 9] = [
    (
        SMS,
        "00000000000000000000000000000000 02d0000000 1234 12 636f6d2e6d676d747372762e6d616e616765",
        UiMode::Background,
        Initiator::Client,
        0x1234,
        "com.mgmtsrv.manage",
        b"",
    ),
    (
        SMS,
        "98ce7fb3f485d4fff020518f5e87c71b 02c8000000 0001 0f 636f6d2e767a77646d736572766572 31303130313031303130313031",
        UiMode::NotSpecified,
        Initiator::Server,
        1,
        "com.vzwdmserver",
        b"1010101010101",
    ),
    (
        WSP,
        "109e2e4d1ee2b383a6e183ba4be2ca14 02e8000000 66e9 06 737072696e74",
        UiMode::Informative,
        Initiator::Server,
        0x66E9,
        "sprint",
        b"",
    ),
    (
        WSP,
        "86d18635514c99b6fa30ee99b206ff24 02d8000000 66e8 06 737072696e74",
        UiMode::Background,
        Initiator::Server,
        0x66E8,
        "sprint",
        b"",
    ),
    (
        WSP,
        "c15ad502e19b4be003e3d1bc557931c3 02f8000000 66ea 06 737072696e74",
        UiMode::UserInteraction,
        Initiator::Server,
        0x66EA,
        "sprint",
        b"",
    ),
    (
        WSP,
        "5b65faa822fa34dfce83fdda049d7fc2 02e8000000 a8c3 06 737072696e74",
        UiMode::Informative,
        Initiator::Server,
        0xA8C3,
        "sprint",
        b"",
    ),
    (
        WSP,
        "b65ca19a9be46fa41535fb12cda6cc14 02d8000000 0001 0b 73796e6368726f6e696361",
        UiMode::Background,
        Initiator::Server,
        1,
        "synchronica",
        b"",
    ),
    (
        WSP,
        "3a56a6c9c8baf6ce206eb551f6e4c0b7 02e8000000 0001 0b 73796e6368726f6e696361",
        UiMode::Informative,
        Initiator::Server,
        1,
        "synchronica",
        b"",
    ),
    (
        WSP,
        "3d71f8d0a07b0d79e9c2406fe6a2134c 02f8000000 0001 0b 73796e6368726f6e696361",
        UiMode::UserInteraction,
        Initiator::Server,
        1,
        "synchronica",
        b"",
    ),
];

#[test]
fn vectors_6_1_to_6_5_in_their_pushes() {
    for (head, text, ui_mode, initiator, session_id, server_id, vendor) in ROWS {
        let message = hex(text);
        let push = [hex(head), message.clone()].concat();
        let push = Push::decode(&push).unwrap();
        assert_eq!(push.content_type, ContentType::NOTIFICATION);
        assert_eq!(push.application_id, Some(ApplicationId::DEVICE_MANAGEMENT));
        assert_eq!(push.destination_port, (head == SMS).then_some(2948));
        assert_eq!(push.notification_payload().unwrap(), message);
        let notification = Notification::decode(&message).unwrap();
        let fields = Fields { ui_mode, initiator, vendor, ..Fields::new(session_id, server_id) };
        assert_eq!(notification.fields(), fields, "{text}");
        assert_eq!(notification.digest().as_slice(), &message[..16], "{text}");
        // The digest is not ours to make; what follows it is.
        let encoded = fields.encode(&ServerCredentials::new(b"", b"")).unwrap();
        assert_eq!(encoded[16..], message[16..], "{text}");
        assert_eq!(Block::find(notification.vendor()), Ok(None), "{text}");
    }
}

/// Others take at most 32 octets.
#[test]
fn spreadtrums_and_redbends_longest_server_ids_are_not_the_longest_here() {
    for (len, digest) in [(33_u8, "683846fc5dcaeb81df9f8baf4ac23a84"), (255, "ec2be26ef2fb8ff8241374c32ca6c15d")] {
        let server_id = "s".repeat(usize::from(len));
        let message = [hex(&format!("{digest} 02d8000000 001a {len:02x}")), server_id.clone().into_bytes()].concat();
        assert_eq!(Notification::decode(&message).unwrap().server_id(), server_id);
        assert_eq!(verdict(&message), Verdict::Verified, "{len}");
    }
}

#[test]
fn spreadtrum_refuses_versions_other_than_1_1_which_are_read_here() {
    for (octets, printed, digest) in [
        ("0298", "1.0", "b091ec12c539631a9f1c2a657fa832e8"),
        ("0318", "1.2", "70e4106849af44122f1097c3b3f26f98"),
        ("0358", "1.3", "587a99e8f626457ddf92547f78352e5c"),
    ] {
        let message = hex(&format!("{digest} {octets}000000 001a {EXAMPLE}"));
        assert_eq!(Notification::decode(&message).unwrap().version().to_string(), printed);
        assert_eq!(verdict(&message), Verdict::Verified, "{printed}");
    }
}

#[test]
fn aosp_ignores_the_version_which_is_reported_here_and_refused_below_1_0() {
    for (octets, raw, digest) in
        [("0398", 14, "a38e1557cda3ceb083f5defd4fe473a5"), ("ffd8", 1023, "f747f17cf057a0cb5e6c70594be1dcbe")]
    {
        let message = hex(&format!("{digest} {octets}000000 001a {EXAMPLE}"));
        assert_eq!(Notification::decode(&message).unwrap().version().raw(), raw);
        assert_eq!(verdict(&message), Verdict::Verified, "{raw}");
    }
    // 0 and 9.
    for octets in ["0018", "0258"] {
        let message = hex(&format!("{} {octets}000000 001a {EXAMPLE}", "00".repeat(16)));
        assert_eq!(Notification::decode(&message), Err(Error::new(ErrorKind::NotificationVersion, 16)), "{octets}");
    }
}

#[test]
fn verizons_server_in_production_sends_no_body() {
    let message = hex("0d1844efa85c9040a9cd8989e937dc3c 02c8000000 0001 0f 636f6d2e767a77646d736572766572");
    let notification = Notification::decode(&message).unwrap();
    assert_eq!((notification.server_id(), notification.vendor()), ("com.vzwdmserver", &b""[..]));
    assert_eq!((notification.initiator(), notification.future_use()), (Initiator::Server, 0));
    assert_eq!(verdict(&message), Verdict::Verified);
}

#[test]
fn asus_versions_1_1_and_1_2_are_both_read() {
    for (octets, printed, digest) in
        [("02d8", "1.1", "8d24b9e1ecc475143a3c83ad16172f25"), ("0318", "1.2", "70e4106849af44122f1097c3b3f26f98")]
    {
        let message = hex(&format!("{digest} {octets}000000 001a {EXAMPLE}"));
        assert_eq!(Notification::decode(&message).unwrap().version().to_string(), printed);
        assert_eq!(verdict(&message), Verdict::Verified, "{printed}");
    }
}

#[test]
fn asus_initiators_are_not_swapped_here() {
    let of = |digest: &str, octets: &str| {
        let message = hex(&format!("{digest} {octets}000000 001a {EXAMPLE}"));
        assert_eq!(verdict(&message), Verdict::Verified, "{octets}");
        Notification::decode(&message).unwrap().initiator()
    };
    assert_eq!(of("8d24b9e1ecc475143a3c83ad16172f25", "02d8"), Initiator::Server);
    assert_eq!(of("37ed7110d6910c86529650e796f84710", "02d0"), Initiator::Client);
}

#[test]
fn asus_digest_without_a_nonce_is_refused() {
    // MD5(b64(A1) ":" b64(MD5(trigger))).
    let message = hex(&format!("1c2a16389eb01e96bff3428cfb701922 02d8000000 001a {EXAMPLE}"));
    assert_eq!(verdict(&message), Verdict::Refused);
    let no_nonce = ServerCredentials::new(b"srvsecret", b"");
    let notification = Notification::decode(&message).unwrap();
    assert_eq!(notification.verify(&no_nonce, ResyncPolicy::Allow), Verdict::Refused, "an empty one leaves two colons");
}

#[test]
fn samsung_vendor_bodies_are_kept_covered_by_the_digest_and_no_hints() {
    // UI mode 2 and five entries; before that, an operation mode with a push-job id.
    for (vendor, digest) in [
        ("02 010101 020102 030100 040103 050101", "f33e7562ebf000f9ab77352dc372af20"),
        ("31 4a4f422d3737", "21fcc60e8facca17cb9053d3bbbe2ba2"),
    ] {
        let message = hex(&format!("{digest} 02e8000000 001a {EXAMPLE} {vendor}"));
        let notification = Notification::decode(&message).unwrap();
        assert_eq!(notification.vendor(), hex(vendor));
        assert_eq!(verdict(&message), Verdict::Verified, "{vendor}");
        assert_eq!(Block::find(notification.vendor()), Ok(None), "{vendor}");
    }
}

#[test]
fn verizon_test_bodies_in_ascii_are_kept_and_no_hints() {
    let message = hex("ee61197b019626489f16d33dea7e6e53 02c8000000 0001 0f 636f6d2e767a77646d736572766572
                       31303130313031303130313031");
    let notification = Notification::decode(&message).unwrap();
    assert_eq!((notification.vendor(), notification.future_use()), (&b"1010101010101"[..], 0));
    assert_eq!(verdict(&message), Verdict::Verified);
    assert_eq!(Block::find(notification.vendor()), Ok(None));
}

#[test]
fn zte_task_types_in_the_future_use_bits_are_reported_and_do_no_harm() {
    let message = hex(&format!("f16d34fe8865dc3fe8e86a2c684f2ec4 02d8000005 001a {EXAMPLE}"));
    let notification = Notification::decode(&message).unwrap();
    assert_eq!((notification.future_use(), notification.session_id()), (5, 0x1A));
    assert_eq!((notification.ui_mode(), notification.initiator()), (UiMode::Background, Initiator::Server));
    assert_eq!(verdict(&message), Verdict::Verified);
}
