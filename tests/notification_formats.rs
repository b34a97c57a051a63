//! One view of notifications of all formats: what they have in common, who may act upon them, and what they ask for.

use omadm::notification::hints::{AuthType, Hints, Reason, Transport};
use omadm::notification::v12::Fields;
use omadm::notification::v13::{self, Layout, NotificationOption};
use omadm::notification::{
    Bearer, Expires, Expiry, Form, Initiator, MediaType, Notification, Prompt, Refused, ResyncPolicy,
    ServerCredentials, UiMode, Verified, ds,
};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
const RECONSTRUCTED: &Layout<'static> = &Layout::RECONSTRUCTED;
/// 2026-12-31T23:59:59Z.
const NEW_YEAR: u32 = 1_798_761_599;

/// G-P0b of `wire.md` §13.5, P1 of `provisional.md` §1.6, N2 of §2.
const G_P0B: &str = "7c0e5537e9ed1779f0d8935d1da92fe802d8000000001a0e646d2e6578616d706c652e636f6d";
const P1: &str = "68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6dd64807a101046b36ec7f";
const N2: &str =
    "0378001a08100e646d2e6578616d706c652e636f6d20012730010f300136400102400101501742726f777365722073657474696e
    6773207570646174656018444d483a6f514545617a6273667759434177494841674173f94ede58d74e79986e732aa3f02fd18b";
/// Vectors 6.6 of `notification.md`.
const CONTACTS: &str = "0179ab671b68f26698269b4ca78222ad 0318000000 0000 12 504320537569746520446174612053796e63
    10 60 000000 08 436f6e7461637473";
const CALENDAR: &str = "65adf16b1feed840028683cfc8226b8b 0318000000 0000 12 504320537569746520446174612053796e63
    10 60 000000 08 43616c656e646172";

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn credentials() -> ServerCredentials<'static> {
    ServerCredentials::new(b"srvsecret", &COUNTING)
}

fn verified(message: &[u8], media_type: MediaType) -> Notification<'_, Verified> {
    let notification = Notification::decode(message, media_type, Some(RECONSTRUCTED)).unwrap();
    notification.verify(&credentials(), ResyncPolicy::Refuse).unwrap()
}

#[test]
fn all_formats_say_the_same_things() {
    let (p1, n2, contacts) = (hex(P1), hex(N2), hex(CONTACTS));
    let notification = Notification::decode(&p1, MediaType::Dm12, None).unwrap();
    assert_eq!((notification.media_type(), notification.version()), (MediaType::Dm12, 11));
    assert_eq!((notification.ui_mode(), notification.initiator()), (UiMode::Background, Initiator::Server));
    assert_eq!((notification.session_id(), notification.session_id_text().to_string()), (0x1A, "1A".to_owned()));
    assert_eq!((notification.server_id(), notification.vendor()), ("dm.example.com", &p1[38..]));
    assert_eq!(notification.digest().as_slice(), &p1[..16]);
    assert_eq!(notification.options().count(), 0);
    assert!(matches!(notification.form(), Form::Dm12(_)));

    let notification = Notification::decode(&n2, MediaType::Dm13, Some(RECONSTRUCTED)).unwrap();
    assert_eq!((notification.media_type(), notification.version()), (MediaType::Dm13, 13));
    assert_eq!((notification.ui_mode(), notification.initiator()), (UiMode::UserInteraction, Initiator::Server));
    assert_eq!((notification.session_id(), notification.server_id()), (0x1A, "dm.example.com"));
    assert_eq!(notification.vendor(), b"DMH:oQEEazbsfwYCAwIHAgAs");
    assert_eq!(notification.digest().as_slice(), &n2[n2.len() - 16..]);
    assert_eq!(notification.options().count(), 8);
    assert!(matches!(notification.form(), Form::Dm13(_)));

    let notification = Notification::decode(&contacts, MediaType::DataSync, None).unwrap();
    assert_eq!((notification.media_type(), notification.version()), (MediaType::DataSync, 12));
    assert_eq!((notification.ui_mode(), notification.initiator()), (UiMode::Background, Initiator::Server));
    assert_eq!((notification.session_id(), notification.server_id()), (0, "PC Suite Data Sync"));
    assert_eq!((notification.vendor(), notification.options().count()), (&b""[..], 0));
    assert_eq!(notification.digest().as_slice(), &contacts[..16]);
}

#[test]
fn dm_1_3_is_not_read_without_a_layout_and_the_error_says_so() {
    let error = Notification::decode(&hex(N2), MediaType::Dm13, None).unwrap_err();
    assert_eq!(error, Error::new(ErrorKind::NotificationLayout, 0));
    assert!(error.to_string().contains("layout is not established"), "{error}");
}

#[test]
fn the_media_type_decides_and_dm_1_2_is_what_everything_else_is() {
    for (name, code, media_type) in [
        ("application/vnd.syncml.notification", 0x44, MediaType::Dm12),
        ("application/vnd.syncml.dm.notification", 0x58, MediaType::Dm13),
        ("application/vnd.syncml.ds.notification", 0x4E, MediaType::DataSync),
    ] {
        assert_eq!(MediaType::from_name(name), Some(media_type));
        assert_eq!(MediaType::from_name(&format!(" {} ; charset=x", name.to_uppercase())), Some(media_type));
        assert_eq!(MediaType::from_wsp_code(code), Some(media_type));
        assert_eq!((media_type.to_string(), media_type.wsp_code()), (name.to_owned(), code));
    }
    assert_eq!(MediaType::from_name("application/vnd.syncml.notification+xml"), None);
    assert_eq!(MediaType::from_wsp_code(0x42), None);
    assert_eq!(MediaType::default(), MediaType::Dm12);
    // A layout at hand makes no DM 1.3 notification of another.
    let p1 = hex(P1);
    let notification = Notification::decode(&p1, MediaType::default(), Some(RECONSTRUCTED)).unwrap();
    assert_eq!(notification.media_type(), MediaType::Dm12);
    // And a type that is not this one's does not either.
    assert!(Notification::decode(&p1, MediaType::Dm13, Some(RECONSTRUCTED)).is_err());
}

#[test]
fn verification_tells_which_nonce_it_was() {
    let resync = hex(G_P0B);
    let notification = Notification::decode(&resync, MediaType::Dm12, None).unwrap();
    assert!(notification.verify(&credentials(), ResyncPolicy::Allow).unwrap().by_resync_nonce());
    assert_eq!(notification.verify(&credentials(), ResyncPolicy::Refuse).unwrap_err(), Refused);
    assert!(!verified(&hex(P1), MediaType::Dm12).by_resync_nonce());
    assert!(!verified(&hex(N2), MediaType::Dm13).by_resync_nonce());
    let another = ServerCredentials::new(b"another", &COUNTING);
    for (message, media_type) in [(P1, MediaType::Dm12), (N2, MediaType::Dm13)] {
        let message = hex(message);
        let notification = Notification::decode(&message, media_type, Some(RECONSTRUCTED)).unwrap();
        let refused = notification.verify(&another, ResyncPolicy::Allow).unwrap_err();
        assert_eq!(refused.to_string(), "the digest of the notification does not match");
    }
}

#[test]
fn data_synchronisation_vectors_6_6_verify_and_say_what_to_synchronise() {
    for (message, uri) in [(CONTACTS, "Contacts"), (CALENDAR, "Calendar")] {
        let message = hex(message);
        let notification = Notification::decode(&message, MediaType::DataSync, None).unwrap();
        let Form::DataSync(own) = notification.form() else { panic!("{uri}") };
        let expected = ds::SyncAlert { code: 206, content_type: 0, uri };
        assert_eq!(own.alerts().collect::<Vec<_>>(), [expected]);
        assert_eq!(own.rest(), b"");
        let empty = ServerCredentials::new(b"", b"");
        assert!(notification.verify(&empty, ResyncPolicy::Refuse).is_ok(), "{uri}");
        assert_eq!(notification.verify(&credentials(), ResyncPolicy::Allow).unwrap_err(), Refused, "{uri}");
        // As DM 1.2 it is a notification with a body for the vendor.
        let as_dm = Notification::decode(&message, MediaType::Dm12, None).unwrap();
        assert_eq!((as_dm.server_id(), as_dm.vendor()), ("PC Suite Data Sync", &message[42..]));
    }
}

/// The two share header and digest, and no octet says which it is: only the carrier's media type does.
#[test]
fn a_digest_does_not_tell_data_synchronisation_from_device_management() {
    let message = hex(CONTACTS);
    let empty = ServerCredentials::new(b"", b"");
    for media_type in [MediaType::Dm12, MediaType::DataSync] {
        let notification = Notification::decode(&message, media_type, None).unwrap();
        let verified = notification.verify(&empty, ResyncPolicy::Refuse).unwrap();
        assert_eq!((verified.media_type(), verified.is_for_dm()), (media_type, media_type == MediaType::Dm12));
    }
    let n2 = hex(N2);
    assert!(verified(&n2, MediaType::Dm13).is_for_dm());
}

#[test]
fn alerts_of_data_synchronisation_that_do_not_fit_are_refused_where_they_begin() {
    let head = "00000000000000000000000000000000 0318000000 0000 01 73";
    let decode = |body: &str| {
        let message = hex(&format!("{head}{body}"));
        let found = ds::Notification::decode(&message).map(|found| {
            let alerts: Vec<_> =
                found.alerts().map(|alert| (alert.code, alert.content_type, alert.uri.len())).collect();
            (alerts, found.rest().to_vec())
        });
        found.map_err(|error| (error.kind(), error.offset()))
    };
    // Octet 25 is the count, 26 the first alert.
    assert_eq!(
        decode("20 60 000007 01 61 a0 123456 00 cafe"),
        Ok((vec![(206, 7, 1), (210, 0x12_3456, 0)], hex("cafe")))
    );
    assert_eq!(decode("00"), Ok((vec![], vec![])));
    assert_eq!(decode(""), Err((ErrorKind::NotificationSync, 25)));
    assert_eq!(decode("10"), Err((ErrorKind::NotificationSync, 26)));
    assert_eq!(decode("20 60 000007 01 61"), Err((ErrorKind::NotificationSync, 32)));
    assert_eq!(decode("10 60 000007 02 61"), Err((ErrorKind::NotificationSync, 26)));
    assert_eq!(decode("10 60 000007 02 61ff"), Err((ErrorKind::InvalidUtf8, 32)));
    let contacts = hex(CONTACTS);
    for length in 0..contacts.len() {
        let error = ds::Notification::decode(&contacts[..length]).unwrap_err();
        assert!(error.offset() <= length);
    }
    for bit in 0..contacts.len() * 8 {
        let mut flipped = contacts.clone();
        flipped[bit / 8] ^= 0x80 >> (bit % 8);
        if let Ok(other) = Notification::decode(&flipped, MediaType::DataSync, None) {
            assert_eq!(
                other.verify(&ServerCredentials::new(b"", b""), ResyncPolicy::Allow).unwrap_err(),
                Refused,
                "{bit}"
            );
        }
    }
}

/// A DM 1.2 notification with this ui-mode and vendor's octets.
fn with_vendor(ui_mode: UiMode, vendor: &[u8]) -> Vec<u8> {
    Fields { ui_mode, vendor, ..Fields::new(0x1A, "dm.example.com") }.encode(&credentials()).unwrap()
}

#[test]
fn the_user_is_told_or_asked_as_ui_mode_says_with_the_reason() {
    let reason = Reason { text: "Neue Einstellungen".into(), language: Some("de".into()) };
    let block = Hints { reason: Some(reason.clone()), ..Hints::default() }.encode().unwrap();
    for (ui_mode, prompt) in [
        (UiMode::NotSpecified, Prompt::Nothing),
        (UiMode::Background, Prompt::Nothing),
        (UiMode::Informative, Prompt::Inform(Some(reason.clone()))),
        (UiMode::UserInteraction, Prompt::Confirm(Some(reason.clone()))),
    ] {
        let message = with_vendor(ui_mode, &block);
        let notification = verified(&message, MediaType::Dm12);
        assert_eq!(notification.prompt(), prompt);
        // In the background too there is a reason, for a log.
        assert_eq!(notification.hints().hints.reason.as_ref(), Some(&reason));
    }
    assert_eq!(verified(&with_vendor(UiMode::Informative, b""), MediaType::Dm12).prompt(), Prompt::Inform(None));
    assert_eq!(verified(&with_vendor(UiMode::UserInteraction, b""), MediaType::Dm12).prompt(), Prompt::Confirm(None));
    let expected = Prompt::Confirm(Some(Reason::new("Browser settings update")));
    assert_eq!(verified(&hex(N2), MediaType::Dm13).prompt(), expected);
}

#[test]
fn a_notification_expires_after_the_second_that_the_hint_or_the_carrier_names() {
    let message = hex(P1);
    let notification = verified(&message, MediaType::Dm12);
    let at = u64::from(NEW_YEAR);
    assert_eq!(notification.expires(), Expires::At(at));
    assert!(!notification.is_expired(at) && notification.is_expired(at + 1) && !notification.is_expired(0));
    assert_eq!(notification.expiry(None, 0), Expiry::Unknown);
    assert_eq!(notification.expiry(Some(at + 60), 60), Expiry::Valid);
    assert_eq!(notification.expiry(Some(at + 61), 60), Expiry::Expired);
    assert_eq!(notification.expiry(Some(u64::MAX), u64::MAX), Expiry::Valid);
    // The carrier can shorten its life, not lengthen it, and says nothing that takes back what was said.
    assert_eq!(notification.with_carrier_expiry(Expires::At(at - 10)).expires(), Expires::At(at - 10));
    assert_eq!(notification.with_carrier_expiry(Expires::At(at + 10)).expires(), Expires::At(at));
    let twice = notification.with_carrier_expiry(Expires::At(5)).with_carrier_expiry(Expires::At(9));
    assert_eq!(twice.expires(), Expires::At(5));
    assert!(notification.with_carrier_expiry(Expires::At(0)).is_expired(1));
    assert_eq!(twice.with_carrier_expiry(Expires::Never).expires(), Expires::At(5));
    // Of the carrier alone, set before it was verified.
    let message = with_vendor(UiMode::Background, b"");
    let unverified = Notification::decode(&message, MediaType::Dm12, None).unwrap();
    let plain = unverified.verify(&credentials(), ResyncPolicy::Refuse).unwrap();
    assert_eq!((plain.expires(), plain.expiry(None, 0)), (Expires::Never, Expiry::Valid));
    assert!(!plain.is_expired(u64::MAX));
    let carried = unverified.with_carrier_expiry(Expires::At(7)).verify(&credentials(), ResyncPolicy::Refuse).unwrap();
    assert!(carried.is_expired(8) && !carried.is_expired(7));
}

#[test]
fn what_has_passed_has_at_any_time_and_what_is_unknown_is_not_called_valid() {
    let message = hex(P1);
    let at = u64::from(NEW_YEAR);
    let notification = verified(&message, MediaType::Dm12);
    // No clock, one that begins at 0, and any skew.
    let passed = notification.with_carrier_expiry(Expires::Passed).with_carrier_expiry(Expires::At(u64::MAX));
    assert_eq!(passed.expires(), Expires::Passed);
    for (now, skew) in [(None, 0), (Some(0), 0), (Some(0), u64::MAX), (Some(at), u64::MAX)] {
        assert_eq!(passed.expiry(now, skew), Expiry::Expired, "{now:?} {skew}");
    }
    assert!(passed.is_expired(0));
    // Before the hint's time nobody knows; after it everybody.
    let unknown = notification.with_carrier_expiry(Expires::Unknown).with_carrier_expiry(Expires::Never);
    assert_eq!((unknown.expires(), unknown.expiry(Some(at), 0)), (Expires::At(at), Expiry::Unknown));
    assert_eq!((unknown.expiry(None, 0), unknown.expiry(Some(at + 1), 0)), (Expiry::Unknown, Expiry::Expired));
    let message = with_vendor(UiMode::Background, b"");
    let alone = verified(&message, MediaType::Dm12).with_carrier_expiry(Expires::Unknown);
    assert_eq!((alone.expires(), alone.expiry(Some(0), 0)), (Expires::Unknown, Expiry::Unknown));
    assert!(!alone.is_expired(u64::MAX), "it counts as valid");
}

#[test]
fn broken_hints_never_spoil_the_notification() {
    // `expires` twice: refused at octet 10 of the vendor's octets, which begin at 38.
    let message = with_vendor(UiMode::UserInteraction, &hex("d6480da101046b36ec7f01046b36ec7f"));
    let notification = verified(&message, MediaType::Dm12);
    let asked = notification.hints();
    assert_eq!(asked.error, Some(Error::new(ErrorKind::HintRepeated, 48)));
    assert_eq!((asked.hints, asked.version), (Hints::default(), None));
    assert_eq!((notification.prompt(), notification.expires()), (Prompt::Confirm(None), Expires::Never));
    assert_eq!(notification.vendor(), &message[38..]);
    // In DM 1.3 too, and its options count all the same. Header 5, Server-ID 16, reason 3: the text begins at 26.
    let options = [
        NotificationOption::ServerId("dm.example.com"),
        NotificationOption::ConnectReason("r"),
        NotificationOption::VendorInfo("DMH:oQEEazbsfwEEazbsfw"),
    ];
    let message = v13::Fields::new(RECONSTRUCTED, 1, &options).encode(RECONSTRUCTED, &credentials()).unwrap();
    assert_eq!(&message[26..30], b"DMH:");
    let asked = verified(&message, MediaType::Dm13).hints();
    let error = asked.error.unwrap();
    assert_eq!((error.kind(), error.offset(), error.inner()), (ErrorKind::HintRepeated, 26 + 4 + 9, Some(7)));
    assert_eq!(asked.hints, Hints { reason: Some(Reason::new("r")), ..Hints::default() });
}

#[test]
fn hints_are_there_for_display_before_and_for_action_after_verification() {
    let message = hex(P1);
    let notification = Notification::decode(&message, MediaType::Dm12, None).unwrap();
    let shown = notification.hints_for_display();
    assert_eq!((shown.hints.expires, shown.version), (Some(NEW_YEAR), Some(1)));
    assert_eq!(verified(&message, MediaType::Dm12).hints(), shown);
    // A foreign body is the vendor's, and a later version is reported.
    let message = with_vendor(UiMode::Background, b"1010101");
    let asked = verified(&message, MediaType::Dm12).hints();
    assert_eq!((asked.version, asked.rest, asked.error), (None, &b"1010101"[..], None));
    let message = with_vendor(UiMode::Background, &hex("d64802a3ff07"));
    let asked = verified(&message, MediaType::Dm12).hints();
    assert_eq!((asked.version, asked.rest, asked.hints), (Some(3), &[7][..], Hints::default()));
}

#[test]
fn options_of_dm_1_3_and_its_hints_are_one_list() {
    let message = hex(N2);
    let asked = verified(&message, MediaType::Dm13).hints();
    assert_eq!(asked.hints.expires, Some(NEW_YEAR));
    assert_eq!(asked.hints.reason, Some(Reason::new("Browser settings update")));
    assert_eq!(asked.hints.bearers, [Bearer::Wlan, Bearer::Cellular]);
    assert_eq!(asked.hints.auth, [AuthType::Hmac, AuthType::Digest]);
    assert_eq!((asked.hints.want_mos, asked.hints.about_mos), (vec![0x0F, 0x36], vec![0x27]));
    assert_eq!((asked.overruled, asked.rest), (vec![], &b""[..]));
}

#[test]
fn an_option_wins_over_the_hint_that_says_the_same_and_the_hint_is_reported() {
    use base64::Engine as _;
    // Reason, transport, bearer, want-mo, about-mo: what this project would not write beside options.
    let stream = hex("a1 0202 6869 0401 05 0501 00 0a02 0001 0c02 0002");
    let text = format!("DMH:{};rest", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(stream));
    let server = NotificationOption::ServerId("dm.example.com");
    let info = NotificationOption::VendorInfo(&text);
    let encode =
        |options: &[_]| v13::Fields::new(RECONSTRUCTED, 1, options).encode(RECONSTRUCTED, &credentials()).unwrap();
    let message = encode(&[
        server,
        NotificationOption::TargetedMo(0x27),
        NotificationOption::RequestedMo(0x36),
        NotificationOption::PreferredBearer(9),
        NotificationOption::ConnectReason("option"),
        info,
    ]);
    let asked = verified(&message, MediaType::Dm13).hints();
    assert_eq!(asked.overruled, ["reason", "bearer", "want-mo", "about-mo"]);
    assert_eq!(asked.hints.reason, Some(Reason::new("option")));
    assert_eq!(asked.hints.bearers, [Bearer::Other(9)]);
    assert_eq!((asked.hints.want_mos, asked.hints.about_mos), (vec![0x36], vec![0x27]));
    assert_eq!((asked.hints.transports, asked.rest), (vec![Transport::Sip], &b"rest"[..]));
    // Without the options, the hints count.
    let message = encode(&[server, info]);
    let asked = verified(&message, MediaType::Dm13).hints();
    assert_eq!((asked.overruled, asked.hints.reason), (vec![], Some(Reason::new("hi"))));
    assert_eq!((asked.hints.want_mos, asked.hints.about_mos), (vec![1], vec![2]));
}

proptest! {
    #[test]
    fn no_octets_hurt_in_any_format(
        message in prop::collection::vec(any::<u8>(), 0..90),
        media_type in prop::sample::select(vec![MediaType::Dm12, MediaType::Dm13, MediaType::DataSync]),
    ) {
        match Notification::decode(&message, media_type, Some(RECONSTRUCTED)) {
            Ok(notification) => {
                let shown = notification.hints_for_display();
                prop_assert!(shown.error.is_none_or(|error| error.offset() <= message.len()));
                prop_assert!(notification.verify(&credentials(), ResyncPolicy::Allow).is_err());
            }
            Err(error) => prop_assert!(error.offset() <= message.len()),
        }
    }
}
