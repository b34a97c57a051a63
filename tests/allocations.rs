//! Decoding a notification allocates nothing. A program of its own, because it counts with an allocator of its own.

use allocation_counter::measure;
use omadm::notification::v13::Layout;
use omadm::notification::{MediaType, Notification, ResyncPolicy, ServerCredentials, UiMode, ds, v12, v13};
use omadm::push::wsp::Push;
use std::hint::black_box;

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// P1 of `provisional.md` §1.6 in a push, N1 of §2, and the first of vectors 6.6 of `notification.md`.
const P1: &str =
    "0605040b84c002 010603c4af87 68734190d7b147ee496a60ebadfa7c13 02d8000000 001a 0e 646d2e6578616d706c652e636f6d
    d64807a101046b36ec7f";
const N1: &str = "0378001a07100e646d2e6578616d706c652e636f6d20012730010f30013640010240010150174272
    6f777365722073657474696e677320757064617465bc36533d0125d9aeb6c9142cd4ca3f43";
const CONTACTS: &str = "0179ab671b68f26698269b4ca78222ad 0318000000 0000 12 504320537569746520446174612053796e63
    10 60 000000 08 436f6e7461637473";

fn allocations(what: impl FnOnce()) -> u64 {
    measure(what).count_total
}

/// Otherwise a count of none would mean nothing.
#[test]
fn an_allocation_is_counted() {
    assert_eq!(allocations(|| drop(black_box(Box::new(7)))), 1);
}

#[test]
fn a_push_and_the_dm_1_2_notification_in_it_are_decoded_without_allocation() {
    let push = hex(P1);
    let mut payload: &[u8] = &[];
    assert_eq!(allocations(|| payload = Push::decode(&push).unwrap().notification_payload().unwrap()), 0);
    let count = allocations(|| {
        let notification = v12::Notification::decode(payload).unwrap();
        assert_eq!((notification.session_id(), notification.ui_mode()), (0x1A, UiMode::Background));
        assert_eq!((notification.server_id(), notification.vendor().len()), ("dm.example.com", 10));
    });
    assert_eq!(count, 0);
    // What is refused is, too.
    for length in 0..payload.len() {
        assert_eq!(
            allocations(|| {
                let _ = black_box(v12::Notification::decode(&payload[..length]));
            }),
            0,
            "{length}"
        );
    }
}

#[test]
fn a_digest_is_verified_without_allocation() {
    let push = hex(P1);
    let payload = Push::decode(&push).unwrap().notification_payload().unwrap();
    let notification = Notification::decode(payload, MediaType::Dm12, None).unwrap();
    let credentials = ServerCredentials::new(b"srvsecret", &COUNTING);
    let mut verified = false;
    assert_eq!(allocations(|| verified = notification.verify(&credentials, ResyncPolicy::Allow).is_ok()), 0);
    assert!(verified);
}

#[test]
fn notifications_of_every_format_are_decoded_without_allocation() {
    let (push, n1, contacts) = (hex(P1), hex(N1), hex(CONTACTS));
    let layout = Layout::RECONSTRUCTED;
    let payload = Push::decode(&push).unwrap().notification_payload().unwrap();
    for (message, media_type) in [(payload, MediaType::Dm12), (&n1, MediaType::Dm13), (&contacts, MediaType::DataSync)]
    {
        let mut server_id = "";
        let count = allocations(|| {
            server_id = Notification::decode(message, media_type, Some(&layout)).unwrap().server_id();
        });
        assert_eq!(count, 0, "{media_type}");
        assert!(!server_id.is_empty());
    }
    let mut options = 0;
    assert_eq!(allocations(|| options = v13::Notification::decode(&n1, &layout).unwrap().options().count()), 0);
    let mut alerts = 0;
    assert_eq!(allocations(|| alerts = ds::Notification::decode(&contacts).unwrap().alerts().count()), 0);
    assert_eq!((options, alerts), (7, 1));
}
