//! How often decoding allocates: not at all for a notification and for each command of a pull reader, and as the logarithm of the input
//! for whole messages and trees. A program of its own, because it counts with an allocator of its own.

use allocation_counter::measure;
use omadm::Limits;
use omadm::markup::{Document, Options};
use omadm::notification::v13::Layout;
use omadm::notification::{MediaType, Notification, ResyncPolicy, ServerCredentials, UiMode, ds, v12, v13};
use omadm::push::wsp::Push;
use omadm::push::{ContentType, Expires, Joiner, cdma, http, sip, sms, wsp};
use omadm::syncml::{Message, MessageReader};
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
fn carriers_other_than_pap_hand_out_their_payload_without_allocation() {
    let limits = Limits::DEFAULT;
    let new = http::Fields::new("h", ContentType::NOTIFICATION, b"package #0");
    let request = http::Fields { expires: Some(1), ..new }.encode().unwrap();
    let new = sip::Fields::new("sip:a", ContentType::NOTIFICATION, b"package #0");
    let message = sip::Fields { date: Some(0), expires: Some(1), ..new }.encode().unwrap();
    let push = wsp::Fields::new(ContentType::NOTIFICATION, b"package #0").encode().unwrap();
    let sms = sms::split(sms::Ports::PUSH, &push, sms::Reference::Octet(0)).unwrap().remove(0);
    let cdma = cdma::split(sms::Ports::PUSH, &push, 140).unwrap().remove(0);
    let mut joiner = Joiner::default();
    let mut payloads = Vec::with_capacity(4);
    let count = allocations(|| {
        payloads.push(http::Request::decode(&request, &limits).unwrap().entity.payload().unwrap());
        payloads.push(sip::Message::decode(&message, &limits).unwrap().payload(None).unwrap());
        // A message in one segment is borrowed.
        let whole = joiner.sms("a", &sms, 0).unwrap().unwrap();
        assert_eq!(Push::decode(&whole).unwrap().payload().unwrap().body, b"package #0");
        let whole = joiner.cdma("a", 1, &cdma, 0).unwrap().unwrap();
        assert_eq!(Push::decode(&whole).unwrap().payload().unwrap().body, b"package #0");
    });
    assert_eq!(count, 0);
    for payload in payloads {
        assert_eq!((payload.body, payload.expires), (&b"package #0"[..], Expires::At(1)));
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

/// A message with as many Replace commands, and no escape in it.
fn replaces(commands: usize) -> String {
    let command = |id: usize| {
        format!(
            "<Replace><CmdID>{id}</CmdID><Item><Target><LocURI>./A/N{id}</LocURI></Target><Meta><Format \
             xmlns=\"syncml:metinf\">chr</Format><Type xmlns=\"syncml:metinf\">text/plain</Type></Meta>\
             <Data>value {id}</Data></Item></Replace>"
        )
    };
    let commands: String = (1..=commands).map(command).collect();
    format!(
        "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1\
         </SessionID><MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr>\
         <SyncBody>{commands}<Final/></SyncBody></SyncML>"
    )
}

/// A tree of objects with a hundred leaves each.
fn objects(count: usize) -> String {
    let leaf = |at: usize| {
        format!(
            "<Node><NodeName>L{at}</NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type>\
             </RTProperties><Value>value {at}</Value></Node>"
        )
    };
    let leaves: String = (0..100).map(leaf).collect();
    let object = |at: usize| {
        format!(
            "<Node><NodeName>O{at}</NodeName><RTProperties><Format><node/></Format><Type>\
             <DDFName>urn:oma:mo:oma-fumo:1.0</DDFName></Type></RTProperties>{leaves}</Node>"
        )
    };
    let objects: String = (0..count).map(object).collect();
    format!("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>{objects}</MgmtTree>")
}

fn wbxml(xml: &str) -> Vec<u8> {
    omadm::convert::to_wbxml(xml.as_bytes(), &omadm::convert::ConvertOptions::default()).unwrap()
}

#[test]
fn a_pull_reader_allocates_nothing_per_command() {
    let count = |message: &[u8]| {
        let document = Document::open(message).unwrap();
        let mut commands = 0;
        let count = allocations(|| {
            let mut reader = MessageReader::new(&document, &Options::default()).unwrap();
            while let Some(command) = reader.next_command().unwrap() {
                assert_eq!(command.items().count(), 1);
                commands += 1;
            }
        });
        (commands, count)
    };
    for written in [|commands| replaces(commands).into_bytes(), |commands| wbxml(&replaces(commands))] {
        let (one, many) = (count(&written(20)), count(&written(5_000)));
        assert_eq!((one.0, many.0), (20, 5_000));
        assert_eq!(one.1, many.1, "4,980 more commands");
    }
}

/// What decodes an input, what writes one of so many parts, and the least number of parts.
type Case = (fn(&[u8]), fn(usize) -> String, usize);

/// What grows is doubled, so that sixteen times the input may cost four more allocations for each list that grows.
#[test]
fn whole_messages_and_trees_allocate_as_the_logarithm_of_the_input() {
    fn message(input: &[u8]) {
        assert!(Message::decode(black_box(input)).unwrap().all_commands().count() >= 100);
    }
    fn tree(input: &[u8]) {
        assert!(omadm::tnds::decode(black_box(input)).unwrap().len() >= 100);
    }
    /// The lists of a message and of a tree.
    const LISTS: u64 = 12;
    let cases: [Case; 2] = [(message, replaces, 100), (tree, objects, 10)];
    for (decode, write, least) in cases {
        for encode in [|xml: String| xml.into_bytes(), |xml: String| wbxml(&xml)] {
            let counts: Vec<u64> = [least, least * 16, least * 256]
                .map(|size| {
                    let input = encode(write(size));
                    allocations(|| decode(&input))
                })
                .into();
            let [small, medium, large] = counts[..] else { unreachable!() };
            println!("{small} {medium} {large} allocations");
            assert!(small < 100 && medium <= small + 4 * LISTS && large <= medium + 4 * LISTS, "{counts:?}");
        }
    }
}
