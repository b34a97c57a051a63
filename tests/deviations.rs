//! Contradictions of the specifications and deviations of the field that concern reading, beyond SyncML messages
//! (`tests/syncml/deviations.rs`), trees (`tests/tnds.rs`) and descriptions (`tests/ddf/deviations.rs`): the rows of
//! `wire.md` §14.1 and §14.2 and of `field-lessons.md` §5, each with the test that carries its name.
//!
//! Digests that are not in `wire.md` come from Python's `hashlib` with the formulas of `wire.md` §5.2 and §6.2.
//!
//! Two have no test here. The device information of Nokia's E90 is in `tests/devinf.rs`. And that the content type of the
//! transport beats what a header says (`field-lessons.md` §5.6) is not a matter of reading: whoever has a transport
//! chooses the decoder by it.

mod common;

use common::vectors::*;
use common::{hex, outline, pieces};
use omadm::auth::{RESYNC_NONCE, a1_digest, digest_text, mac_digest, md5_digest};
use omadm::devinf::DevInf;
use omadm::markup::{DataForm, Encoding, Options};
use omadm::notification::v12::Notification;
use omadm::notification::{ResyncPolicy, ServerCredentials, Verdict};
use omadm::push::wsp::{ContentType, Push};
use omadm::syncml::{Command, Item, Message};
use omadm::tree::{Format, Tree};
use omadm::{ErrorKind, Kind, ddf, detect, provisioning, tnds};

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// A message in XML with this body, and with this `Meta` in its header.
fn xml_with(meta: &str, body: &str) -> String {
    format!(
        "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>\
         <SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source>\
         {meta}</SyncHdr><SyncBody>{body}</SyncBody></SyncML>"
    )
}

fn xml(body: &str) -> String {
    xml_with("", body)
}

/// The body of a DM 1.2 message in WBXML: `SyncML`, the header, `SyncBody` with these elements.
fn wbxml_body(elements: &str) -> String {
    format!(
        "6d 6c 7103312e320001 7203444d2f312e320001 65033100015b033100016e570374000101 675703730001 01 01 \
         6b {elements} 01 01"
    )
}

fn wbxml(elements: &str) -> Vec<u8> {
    hex(&format!("02a4016a00 {}", wbxml_body(elements)))
}

fn decode(input: &[u8]) -> Message<'static> {
    Message::decode(input).unwrap_or_else(|error| panic!("{error}")).into_owned()
}

fn first<'m>(message: &'m Message<'_>) -> Command<'m> {
    message.commands().next().unwrap()
}

fn first_item<'m>(message: &'m Message<'_>) -> Item<'m> {
    first(message).items().next().unwrap()
}

fn names(message: &Message<'_>) -> Vec<String> {
    message.commands().map(|command| command.name().to_owned()).collect()
}

/// What decoding a message gives that cannot be decoded.
fn error(input: &[u8]) -> (ErrorKind, usize) {
    let error = Message::decode(input).unwrap_err();
    (error.kind(), error.offset())
}

fn mgmt_tree(nodes: &str) -> String {
    format!("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>")
}

fn tree(nodes: &str) -> Tree<'static> {
    let document = mgmt_tree(nodes);
    tnds::decode(document.as_bytes()).unwrap_or_else(|error| panic!("{error}: {document}")).into_owned()
}

fn uris(tree: &Tree<'_>) -> Vec<String> {
    tree.nodes().skip(1).map(|node| node.uri().to_string()).collect()
}

/// A tree that is refused at the place of the mark.
fn refused_tree(marked: &str, kind: ErrorKind) {
    let marked = mgmt_tree(marked);
    let input = marked.replace('¦', "");
    let error = tnds::decode(input.as_bytes()).expect_err(&marked);
    assert_eq!((error.kind(), error.offset()), (kind, marked.find('¦').unwrap()), "{marked}");
}

/// A notification: digest and header in hexadecimal digits, then the rest.
fn notification(head: &str, rest: &[u8]) -> Vec<u8> {
    [&hex(head)[..], rest].concat()
}

/// What `dm.example.com` with secret `srvsecret` and nonce 00..0F says about a notification.
fn verdict(message: &[u8], resync: ResyncPolicy) -> Verdict {
    Notification::decode(message).unwrap().verify(&ServerCredentials::new(b"srvsecret", &COUNTING), resync)
}

/// Its octets from the session id on, for session 0x001A.
const EXAMPLE: &str = "001a0e 646d2e6578616d706c652e636f6d";

// --------------------------------------------------------------------------------------------- wire.md §14.1

#[test]
fn row_10_cancel_and_no_are_told_by_status() {
    // Cancelled (214), what follows (215), and "No" (304), as text and as octets.
    let status =
        |id: u32, code: &str| format!("<Status><CmdID>{id}</CmdID><Cmd>Alert</Cmd><Data>{code}</Data></Status>");
    let message = decode(xml(&[status(1, "214"), status(2, "215"), status(3, "304")].concat()).as_bytes());
    let texts: Vec<_> = message.commands().map(|command| command.status().unwrap().to_string()).collect();
    assert_eq!(texts, ["214 Operation cancelled", "215 Not executed", "304 Not modified"]);
    let message = decode(&wbxml("69 4b033100 01 4f c303 333034 01 01 69 4b033200 01 4f 03 32313400 01 01"));
    let codes: Vec<_> = message.commands().map(|command| command.status().unwrap().0).collect();
    assert_eq!(codes, [304, 214]);
}

#[test]
fn row_12_mac_is_plain_md5_concatenation() {
    let body = hex(G1);
    assert_eq!(body.len(), 377);
    let a1 = a1_digest(b"dev1", b"secret");
    let mac = mac_digest(&a1, &COUNTING, &body);
    assert_eq!(mac.as_slice(), hex("4f261b07f1805ec1ade1218c89561aa8"));
    assert_eq!(digest_text(&mac).as_str(), "TyYbB/GAXsGt4SGMiVYaqA==");
    // Concatenation: the digest of the body, which is in wire.md, may as well be the end of a nonce.
    assert_eq!(md5_digest(&a1, &[&COUNTING[..], b":mcTqsqJPM73ZD3XJ8QkEhQ=="].concat()), mac);
    // RFC 2104 over the same octets, with the secret, with A1 and with b64(A1) ":" nonce as key.
    for rfc2104 in
        ["042e25055fd4961efa39930e268b9474", "16df618f32b265b9632b9be26f6056ed", "bf6f14401f077c3051634282634317b1"]
    {
        assert_ne!(mac.as_slice(), hex(rfc2104));
    }
}

#[test]
fn row_21_to_con_ref_format_chr_with_children() {
    // The figure of DMAcc says Chr of a node that has children (`wire.md` §10.3).
    for format in ["<chr/>", "Chr", "chr"] {
        let tree = tree(&format!(
            "<Node><NodeName>Acc</NodeName><RTProperties><Format><node/></Format><Type>\
             <DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>\
             <Node><NodeName>ToConRef</NodeName><RTProperties><Format>{format}</Format></RTProperties>\
             <Node><NodeName>1</NodeName><Node><NodeName>ConRef</NodeName><Value>./NAP/1</Value></Node></Node></Node>\
             <Node><NodeName>AppID</NodeName><RTProperties><Format>{format}</Format></RTProperties><Value>w7</Value></Node></Node>"
        ));
        let expected = ["./Acc", "./Acc/ToConRef", "./Acc/ToConRef/1", "./Acc/ToConRef/1/ConRef", "./Acc/AppID"];
        assert_eq!(uris(&tree), expected);
        let node = tree.get("./Acc/ToConRef").unwrap().unwrap();
        assert_eq!((node.format(), node.is_interior(), node.value().is_none()), (Format::Node, true, true));
        assert_eq!(node.children().count(), 1);
        // A chr without children is the leaf it says it is.
        assert_eq!(tree.get("./Acc/AppID").unwrap().unwrap().format(), Format::Chr);
        assert_eq!(tree.find_mo("urn:oma:mo:oma-dm-dmacc:1.0").count(), 1);
    }
    let child = "<Node><NodeName>1</NodeName></Node>";
    for format in ["b64", "bin", "bool", "int", "null", "xml", "date", "time", "float"] {
        refused_tree(
            &format!(
                "<Node><NodeName>A</NodeName><RTProperties>¦<Format><{format}/></Format></RTProperties>{child}</Node>"
            ),
            ErrorKind::LeafWithChildren,
        );
    }
    // Nor does it help a value.
    refused_tree(
        &format!(
            "<Node><NodeName>A</NodeName><RTProperties><Format><chr/></Format></RTProperties>¦<Value>1</Value>{child}</Node>"
        ),
        ErrorKind::ValueWithChildren,
    );
}

#[test]
fn row_21_in_the_flat_layout_and_in_either_order() {
    // The two layouts say the same (`wire.md` §8.3).
    let parent = "<Node><NodeName>ToConRef</NodeName><RTProperties><Format><chr/></Format></RTProperties></Node>";
    let child = "<Node><NodeName>1</NodeName><Path>ToConRef</Path></Node>";
    for nodes in [[child, parent], [parent, child]] {
        let tree = tree(&nodes.concat());
        assert_eq!(uris(&tree), ["./ToConRef", "./ToConRef/1"]);
        assert_eq!(tree.get("./ToConRef").unwrap().unwrap().format(), Format::Node);
    }
}

#[test]
fn row_24_content_types_44_and_58() {
    let package = notification("8d24b9e1ecc475143a3c83ad16172f25 02d8000000", &hex(EXAMPLE));
    let push = |head: &[u8]| [head, &package].concat();
    let named = |name: &[u8]| {
        let headers = [name, b"\0\xaf\x87"].concat();
        push(&[&[1, 6, u8::try_from(headers.len()).unwrap()], &headers[..]].concat())
    };
    for message in [push(b"\x01\x06\x03\xc4\xaf\x87"), named(b"application/vnd.syncml.notification")] {
        let payload = Push::decode(&message).unwrap().notification_payload().unwrap();
        assert_eq!(payload, package);
        assert_eq!(verdict(payload, ResyncPolicy::Refuse), Verdict::Verified);
    }
    for message in [push(b"\x01\x06\x03\xd8\xaf\x87"), named(b"application/vnd.syncml.dm.notification")] {
        let push = Push::decode(&message).unwrap();
        let expected = "application/vnd.syncml.dm.notification";
        assert_eq!((push.content_type.to_string().as_str(), push.body), (expected, &package[..]));
        let error = push.notification_payload().unwrap_err();
        // Its layout is not public; the offset is the content type's.
        assert_eq!((error.kind(), error.offset()), (ErrorKind::NotificationLayout, 3));
        assert_eq!(detect(&message), Ok(Kind::Push));
    }
    let message = push(b"\x01\x06\x03\xd8\xaf\x87");
    assert_eq!(Push::decode(&message).unwrap().content_type, ContentType::WellKnown(0x58));
}

/// Version field, what it prints, and the digest for the notification of `EXAMPLE` with octets 16 and 17 as given.
const VERSIONS: [(u16, &str, &str, &str); 4] = [
    (10, "1.0", "0298", "b091ec12c539631a9f1c2a657fa832e8"),
    (11, "1.1", "02d8", "8d24b9e1ecc475143a3c83ad16172f25"),
    (12, "1.2", "0318", "70e4106849af44122f1097c3b3f26f98"),
    (13, "1.3", "0358", "587a99e8f626457ddf92547f78352e5c"),
];

#[test]
fn row_25_versions_10_to_13() {
    for (raw, printed, octets, digest) in VERSIONS {
        let message = notification(&format!("{digest} {octets} 000000"), &hex(EXAMPLE));
        let notification = Notification::decode(&message).unwrap();
        assert_eq!((notification.version().raw(), notification.version().to_string().as_str()), (raw, printed));
        assert_eq!((notification.server_id(), notification.session_id()), ("dm.example.com", 0x1A), "{printed}");
    }
    let below = notification(&format!("{} 0258 000000", "8d".repeat(16)), &hex(EXAMPLE));
    let error = Notification::decode(&below).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::NotificationVersion, 16));
}

#[test]
fn row_25_versions_10_to_13_are_detected() {
    for (_, printed, octets, digest) in VERSIONS {
        let message = notification(&format!("{digest} {octets} 000000"), &hex(EXAMPLE));
        assert_eq!(detect(&message), Ok(Kind::Notification), "{printed}");
    }
}

/// A digest may begin like WBXML of a later version.
#[test]
fn row_25_a_digest_that_begins_like_later_wbxml_makes_no_document() {
    let message = notification("04a4016a006d6c000000000000000001 02d8 000000", &hex(EXAMPLE));
    assert_eq!(detect(&message), Ok(Kind::Notification));
    assert_eq!(detect(&hex("04a4016a006d6c")).unwrap_err().kind(), ErrorKind::WbxmlVersion);
}

#[test]
fn row_26_nonce_is_four_zero_octets() {
    assert_eq!(RESYNC_NONCE, [0, 0, 0, 0]);
    let head = |digest: &str| notification(&format!("{digest} 02d8000000"), &hex(EXAMPLE));
    // G-P0b.
    let zeros = head("7c0e5537e9ed1779f0d8935d1da92fe8");
    assert_eq!(verdict(&zeros, ResyncPolicy::Allow), Verdict::VerifiedByResyncNonce);
    assert_eq!(verdict(&zeros, ResyncPolicy::Refuse), Verdict::Refused);
    // libdmclient's: the ten characters `0x00000000`.
    let characters = head("5efe959dd37be01c2a87c093a2003594");
    assert_eq!(verdict(&characters, ResyncPolicy::Allow), Verdict::Refused);
    let deviant = ServerCredentials::new(b"srvsecret", b"0x00000000");
    let decoded = Notification::decode(&characters).unwrap();
    assert_eq!(decoded.verify(&deviant, ResyncPolicy::Refuse), Verdict::Verified, "the vector itself is sound");
    // G-md5 resync, the characters, and the base64 text of the octets.
    let a1 = a1_digest(b"dev1", b"secret");
    let text = |nonce: &[u8]| digest_text(&md5_digest(&a1, nonce)).to_string();
    assert_eq!(text(&RESYNC_NONCE), "UyTG/9eLomMP71AAE3HyYA==");
    assert_eq!(text(b"0x00000000"), "gjxts0uS1fxTu9S0CBJjqg==");
    assert_eq!(text(b"AAAAAA=="), "XVklyXqQrGX7BJ/tGl3C6A==");
}

// --------------------------------------------------------------------------------------------- wire.md §14.2

#[test]
fn libdmclient_session_id_is_not_byte_swapped() {
    // S1 of notification.md §6.
    let message = hex("7fc65a24e9d7ad28df2850ac24656fd4 02d0000000 1234 12 636f6d2e6d676d747372762e6d616e616765");
    let notification = Notification::decode(&message).unwrap();
    assert_eq!((notification.session_id(), notification.session_id_text().to_string().as_str()), (0x1234, "1234"));
    let credentials = ServerCredentials::new(b"secret", b"nonce");
    assert_eq!(notification.verify(&credentials, ResyncPolicy::Refuse), Verdict::Verified);
    // One that would be another number, and another length of text, the other way round.
    let message = self::notification(&format!("{} 02d8000000 001a 01", "8d".repeat(16)), b"s");
    assert_eq!(Notification::decode(&message).unwrap().session_id_text().to_string(), "1A");
}

#[test]
fn libdmclient_octets_behind_a_zero_are_hashed_too() {
    // Session 0x1234, vendor's octets with zeros first, between and last.
    let trigger = hex("02d8000000 1234 0e 646d2e6578616d706c652e636f6d 00de00ad00be00");
    let message = notification("0b91d07145c700636d0f18865b23417e", &trigger);
    assert_eq!(Notification::decode(&message).unwrap().vendor(), [0, 0xde, 0, 0xad, 0, 0xbe, 0]);
    assert_eq!(verdict(&message, ResyncPolicy::Refuse), Verdict::Verified);
    // The digest of the trigger up to its first zero, 02 D8, and up to the first zero of the vendor's octets.
    for c_string in ["76aae54f2032db0f128e15727660316b", "3f781c343eadf33e1e1b0d83357c4451"] {
        assert_eq!(verdict(&notification(c_string, &trigger), ResyncPolicy::Allow), Verdict::Refused);
    }
}

#[test]
fn libdmclient_versions_other_than_11_are_not_rejected() {
    for (_, printed, octets, digest) in VERSIONS {
        let message = notification(&format!("{digest} {octets} 000000"), &hex(EXAMPLE));
        assert_eq!(verdict(&message, ResyncPolicy::Refuse), Verdict::Verified, "{printed}");
    }
}

/// Device information 1.1 with the tokens of `wire.md` §7.8: DevInf, VerDTD 1.1, Man KG, DevID 1.
const DEV_INF: &str = "4a 65 03312e310001 51 034b470001 49 03310001 01";

/// Alert 1201, a Put and Results with `DEV_INF` on page 2, a Replace that brings a value, Final.
fn kg_message() -> Vec<u8> {
    let uri = "67 57 03 2e2f646576696e663131 00 01 01";
    wbxml(&format!(
        "46 4b033100 01 4f 033132303100 01 01 \
         5f 4b033200 01 54 {uri} 4f 0002 {DEV_INF} 01 01 01 \
         0000 62 4b033300 01 4c033200 01 54 {uri} 4f 0002 {DEV_INF} 01 01 01 \
         0000 60 4b033400 01 54 6e 57 032e2f4100 01 01 5a 0001 47 0363687200 01 01 0000 4f 037600 01 01 01 12"
    ))
}

#[test]
fn kg_code_page_2_as_devinf() {
    let input = kg_message();
    let message = decode(&input);
    assert_eq!((message.encoding(), message.is_final()), (Encoding::Wbxml, true));
    assert_eq!(names(&message), ["Alert", "Put", "Results", "Replace"]);
    let commands: Vec<_> = message.commands().collect();
    assert_eq!(commands[0].alert().unwrap().0, 1201);
    assert_eq!((commands[2].cmd_id(), commands[2].cmd_ref()), ("3", Some("2")));
    // What is around it is right, before and behind.
    let item = commands[3].items().next().unwrap();
    assert_eq!((item.target(), item.format(), item.data().unwrap().text()), (Some("./A"), Some("chr"), Some("v")));
    // Page 2 is that of trees: 0A, 25, 11 and 09 are `bool`, `node`, `DDFName` and `bin` there. Nothing takes it for
    // device information, nor for a tree.
    let data = commands[2].items().next().unwrap().data().unwrap();
    let fragment = data.fragment().unwrap();
    let events = pieces(&mut fragment.reader(&Options::default())).unwrap();
    assert_eq!(outline(&events), "Data(bool(node(1.1)DDFName(KG)bin(1)))");
    let embedded = data.embedded().unwrap();
    let refused = DevInf::decode_embedded(&embedded, &Options::default()).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::NotDevInf);
    assert!(DevInf::find(&commands[1].fragment().unwrap(), &Options::default()).unwrap().is_none());
    assert_eq!(tnds::in_message(&message, &Options::default()).count(), 0);
}

#[test]
fn kg_every_token_of_devinf_on_page_2_is_read_or_refused_by_name() {
    for token in 0x05..=0x3F_u8 {
        let input = wbxml(&format!("45 4b033100 01 54 4f 0002 {token:02x} 01 01 01 0000 12"));
        // Both tables end at 3C or before.
        match Message::decode(&input) {
            Ok(message) => assert!(token <= 0x3C && message.is_final(), "{token:#x}"),
            Err(error) => {
                let at = input.iter().rposition(|octet| *octet == token).unwrap();
                assert_eq!((error.kind(), error.offset()), (ErrorKind::WbxmlTag, at));
                assert!(token > 0x3C, "{token:#x}");
            }
        }
    }
    let mut input = kg_message();
    for bit in 0..8 * input.len() {
        input[bit / 8] ^= 1 << (bit % 8);
        if let Err(error) = Message::decode(&input) {
            assert!(error.offset() <= input.len());
        }
        input[bit / 8] ^= 1 << (bit % 8);
    }
}

// --------------------------------------------------------------------------------------------- field-lessons.md §5.3

/// Vendor's octets that make a trigger of this length behind `EXAMPLE`: 0, 1 … 250, 0, 1 …
fn trigger_of(len: usize) -> Vec<u8> {
    let header = [hex("02d8000000"), hex(EXAMPLE)].concat();
    let vendor = (0..=250_u8).cycle().take(len - header.len());
    [header.clone(), vendor.collect()].concat()
}

#[test]
fn motorola_notifications_over_271_octets_verify() {
    // Length of the trigger, its digest, and the digest of as much of it as an 8-bit length would leave.
    for (len, digest, cut) in [
        (255, "532bdb9005de73ccacf2f6bea2ac3236", None),
        (256, "a64b4c70b40d3820241e1591759a8cf0", Some("01b5fc11d02ae7ce7182d852f93cc370")),
        (322, "9aaafc92938b77885db322474a94fb78", Some("4e58647b68883e8c7fe6ad61f160dd52")),
    ] {
        let trigger = trigger_of(len);
        let message = notification(digest, &trigger);
        assert_eq!(message.len(), len + 16);
        assert_eq!(Notification::decode(&message).unwrap().trigger(), trigger);
        assert_eq!(verdict(&message, ResyncPolicy::Refuse), Verdict::Verified, "{len}");
        if let Some(cut) = cut {
            assert_eq!(verdict(&notification(cut, &trigger), ResyncPolicy::Allow), Verdict::Refused, "{len}");
        }
    }
}

#[test]
fn motorola_server_ids_of_24_octets_and_more() {
    for (len, digest) in [
        (23_u8, "010c7884c06ef0a7e6339db0adf63222"),
        (24, "8cd3fa0c65394b3aa3caa8da2310092b"),
        (25, "4fe8ce3ebab76289d9e6546a92735113"),
        (33, "98c8576934eeb5098800ff0e0ff512f8"),
        (255, "594f568778beef95a78d5301d436a3d7"),
    ] {
        let server_id = format!("server.example.com/{}", "a".repeat(usize::from(len) - 19));
        let message = notification(&format!("{digest} 02d8000000 001a {len:02x}"), server_id.as_bytes());
        let notification = Notification::decode(&message).unwrap();
        assert_eq!((notification.server_id(), notification.vendor()), (server_id.as_str(), &b""[..]));
        assert_eq!(verdict(&message, ResyncPolicy::Refuse), Verdict::Verified, "{len}");
        // And no octet beyond the packet is taken for one of it.
        let error = Notification::decode(&message[..message.len() - 1]).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::NotificationServerId, 23), "{len}");
    }
}

#[test]
fn motorola_server_id_that_is_no_utf_8_is_an_error() {
    let message = notification(&format!("{} 02d8000000 001a 03", "8d".repeat(16)), b"a\xffb");
    let error = Notification::decode(&message).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidUtf8, 25));
}

#[test]
fn motorola_child_order_is_that_of_the_document() {
    let node = |name: &str, inside: &str| format!("<Node><NodeName>{name}</NodeName>{inside}</Node>");
    let flat = |name: &str, path: &str| node(name, &format!("<Path>{path}</Path>"));
    let leaf = "<Value>v</Value>";
    let nested = node("P", &(node("4", &node("x", leaf)) + &["1", "2", "3"].map(|name| node(name, "")).concat()));
    let children = ["4", "1", "2", "3"].map(|name| flat(name, "P")).concat();
    let grandchild = node("x", &format!("<Path>P/4</Path>{leaf}"));
    let documents = [
        nested,
        node("P", "") + &children + &grandchild,
        // The parent last; and `4` known by its child's path only, until it comes.
        children.clone() + &grandchild + &node("P", ""),
        grandchild.clone() + &children + &node("P", ""),
        node("P", &node("4", "")) + &grandchild + &["1", "2", "3"].map(|name| flat(name, "./P/")).concat(),
    ];
    for nodes in documents {
        let tree = tree(&nodes);
        let parent = tree.get("./P").unwrap().unwrap();
        let names: Vec<_> = parent.children().map(|child| child.name()).collect();
        assert_eq!(names, ["4", "1", "2", "3"], "{nodes}");
        assert_eq!(uris(&tree), ["./P", "./P/4", "./P/4/x", "./P/1", "./P/2", "./P/3"], "{nodes}");
        let below: Vec<_> = parent.descendants().map(|node| node.name()).collect();
        assert!(below.ends_with(&["4", "x", "1", "2", "3"]), "{below:?}");
    }
}

// --------------------------------------------------------------------------------------------- field-lessons.md §5.4

/// A whole message, Alert 1201 and Final, behind the octets before a body.
fn behind(header: &[u8]) -> Vec<u8> {
    [header, &hex(&wbxml_body("46 4b033100 01 4f 033132303100 01 01 12"))].concat()
}

/// A header with a formal public identifier in its string table.
fn with_fpi(fpi: &str) -> Vec<u8> {
    [&[0x02, 0x00, 0x00, 0x6A, u8::try_from(fpi.len()).unwrap()], fpi.as_bytes()].concat()
}

#[test]
fn synthesis_wrong_public_id_for_1_1_is_read_by_root() {
    let mut headers = vec![
        with_fpi("-//OMA//DTD SYNCML 1.2//EN"),
        with_fpi("-//SYNCML//DTD SyncML 1.3//EN"),
        with_fpi("-//syncml//dtd syncml 1.1.2//en"),
    ];
    // 0x1204, which is Nokia's landmarks, 0x1208 and 0x4000, which are nothing.
    headers.extend(["02a4046a00", "02a4086a00", "028180006a00"].map(hex));
    for header in headers {
        let input = behind(&header);
        let shown = header.escape_ascii().to_string();
        let message = Message::decode(&input).unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert_eq!((message.header().ver_dtd(), message.is_final()), ("1.2", true), "{shown}");
        assert_eq!(first(&message).alert().unwrap().0, 1201, "{shown}");
        assert_eq!(detect(&input), Ok(Kind::SyncMl), "{shown}");
    }
}

#[test]
fn synthesis_an_unknown_identifier_of_trees_is_read_by_root() {
    let body = hex("0002 60 77 03312e320001 64 66 03410001 01 01");
    let input = [with_fpi("-//OMA//DTD-DM-DDF 1.3//EN"), body].concat();
    let tree = tnds::decode(&input).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((tree.ver_dtd(), uris(&tree)), (Some("1.2"), vec!["./A".to_owned()]));
}

#[test]
fn synthesis_identifiers_of_other_documents_stay_unknown() {
    let inputs = [
        // WML 1.1, whose root is 7F; Motorola's tokens.
        hex("02046a00 7f 67 01 01"),
        hex("01016a00 5e 5d 01 01"),
        // A number that nobody knows before a root alone, and before another root.
        hex("02a4086a00 6d 01"),
        hex("02a4086a00 7f 01"),
        [with_fpi("-//SYNCML//DTD SyncML 1.3//EN"), hex("7f 01")].concat(),
    ];
    for input in inputs {
        assert_eq!(error(&input), (ErrorKind::WbxmlPublicId, 1), "{}", input.escape_ascii());
        assert_eq!(detect(&input).unwrap_err().kind(), ErrorKind::WbxmlPublicId, "{}", input.escape_ascii());
    }
}

#[test]
fn synthesis_a_text_without_syncml_or_dm_ddf_stays_unknown() {
    // Unlike a number, a text says what it is, even before a whole message.
    let input = behind(&with_fpi("-//ACME//DTD THING 1.0//EN"));
    assert_eq!(error(&input), (ErrorKind::WbxmlPublicId, 1));
}

// --------------------------------------------------------------------------------- field-lessons.md §5.6 and §5.8

#[test]
fn page_255_is_refused_by_name() {
    // Kept for experiments. Before the root, inside an element, and in Meta of a message.
    assert_eq!(error(&hex("02a4016a00 00ff 6d 01")), (ErrorKind::WbxmlPage, 6));
    assert_eq!(error(&hex("02a4016a00 6d 00ff 6c 01 01")), (ErrorKind::WbxmlPage, 7));
    let input = wbxml("53 4b033100 01 5a 00ff 47 0363687200 01 01 0000 01");
    let at = input.iter().position(|octet| *octet == 0xFF).unwrap();
    assert_eq!(error(&input), (ErrorKind::WbxmlPage, at));
    // Tags and attributes of client provisioning; device information; a tree.
    for (input, at) in [
        ("020b6a00 00ff 45 01", 5),
        ("020b6a00 c5 00ff 46 01 01", 6),
        ("02a4036a00 4a 00ff 49 01 01", 7),
        ("0200006a1a 2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e 00ff 60 01", 32),
    ] {
        let input = hex(input);
        let refused = common::error_of(&input, &Options::default());
        assert_eq!(refused, Some((ErrorKind::WbxmlPage, at)), "{input:02x?}");
    }
}

#[test]
fn page_switches_in_wbxml_1_0_and_1_1() {
    // A peer refuses them there; `wire.md` §7.1 has them in tags of every version, and every 1.x is to be accepted.
    let elements = "53 4b033100 01 5a 0001 47 0363687200 01 01 0000 54 6e 57 032e2f4100 01 01 01 01";
    // 1.0 has no charset.
    for header in ["00a40100", "01a4016a00", "02a4016a00", "03a4016a00"] {
        let input = hex(&format!("{header} {}", wbxml_body(elements)));
        let message = Message::decode(&input).unwrap_or_else(|error| panic!("{header}: {error}"));
        assert_eq!(first(&message).meta().unwrap().format(), Some("chr"), "{header}");
        assert_eq!(first_item(&message).target(), Some("./A"), "{header}");
    }
    // And in attributes.
    for header in ["000b00", "010b6a00", "020b6a00", "030b6a00"] {
        let input = hex(&format!("{header} 45 c6 0001 55 01 87 36 06 0377370001 01 01"));
        let document = provisioning::Document::decode(&input).unwrap_or_else(|error| panic!("{header}: {error}"));
        let group = document.characteristics().next().unwrap();
        assert_eq!((group.kind(), group.value("APPID")), ("APPLICATION", Some("w7")), "{header}");
    }
}

// --------------------------------------------------------------------------------------------- field-lessons.md §5.7

#[test]
fn aosp_negative_fixtures() {
    use ErrorKind as E;
    let pps = |inside: &str| format!("<Node><NodeName>PPS</NodeName>{inside}</Node>");
    let sp = "<NodeName>HomeSP</NodeName>";
    // Duplicate HomeSP.
    refused_tree(&pps(&format!("<Node>{sp}</Node><Node>¦{sp}</Node>")), E::NameClash);
    // Duplicate value.
    refused_tree(&pps("<Node><NodeName>FQDN</NodeName><Value>a</Value>¦<Value>b</Value></Node>"), E::Repeated("Value"));
    refused_tree(&pps("<Node><NodeName>FQDN</NodeName><Value>a</Value>¦<Value/></Node>"), E::Repeated("Value"));
    // Missing name.
    refused_tree(&pps("¦<Node><Value>a</Value></Node>"), E::InvalidName);
    refused_tree(&pps(&format!("<Node>{sp}¦<Node/></Node>")), E::InvalidName);
    // Invalid names.
    for name in ["", "Home/SP", "..", "."] {
        refused_tree(&pps(&format!("<Node>¦<NodeName>{name}</NodeName></Node>")), E::InvalidName);
    }
    // Invalid nodes.
    refused_tree(&pps(&format!("<Node>{sp}¦<MgmtTree/></Node>")), E::UnexpectedElement);
    refused_tree(&pps(&format!("<Node>{sp}<RTProperties>¦<Node/></RTProperties></Node>")), E::UnexpectedElement);
    refused_tree(
        &pps(&format!("<Node>{sp}¦<Value>a</Value><Node/></Node>"))
            .replace("<Node/>", "<Node><NodeName>B</NodeName></Node>"),
        E::ValueWithChildren,
    );
}

#[test]
fn aosp_missing_values_and_unknown_elements_are_no_errors() {
    // A leaf without a value is legal (`wire.md` §8.3); which nodes there have to be is a matter of descriptions.
    let tree = tree(
        "<Node><NodeName>HomeSP</NodeName><Invalid><Node><NodeName>X</NodeName></Node></Invalid>\
         <Node><NodeName>FQDN</NodeName><RTProperties><Format><chr/></Format></RTProperties></Node>\
         <Node><NodeName>None</NodeName><RTProperties><Format><null/></Format></RTProperties></Node></Node>",
    );
    assert_eq!(uris(&tree), ["./HomeSP", "./HomeSP/FQDN", "./HomeSP/None"]);
    for (uri, format) in [("./HomeSP/FQDN", Format::Chr), ("./HomeSP/None", Format::Null)] {
        let node = tree.get(uri).unwrap().unwrap();
        assert_eq!((node.format(), node.is_interior(), node.value().is_none()), (format, false, true));
    }
}

// --------------------------------------------------------------------------------------------- field-lessons.md §5.9

#[test]
fn microsoftdocs_7162_one_extra_end_tag() {
    let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MgmtTree>\n  <VerDTD>1.2</VerDTD>\n  <Node>\n    \
         <NodeName>Bücher</NodeName>\n    <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat>\
         <DFType><DDFName/></DFType></DFProperties>\n  </Node>\n  </Node>\n</MgmtTree>\n";
    let at = document.rfind("</Node>").unwrap();
    let errors = [
        ddf::decode(document.as_bytes()).map(drop).unwrap_err(),
        tnds::decode(document.as_bytes()).map(drop).unwrap_err(),
    ];
    for error in errors {
        assert_eq!((error.kind(), error.offset()), (ErrorKind::XmlEndTag, at));
        let location = error.locate(document.as_bytes());
        assert_eq!((location.line_column, location.path.as_str()), (Some((8, 3)), "MgmtTree"));
        assert_eq!(location.to_string(), "line 8:3, in MgmtTree");
    }
    // Without that tag it is a description.
    let sound = document.replacen("  </Node>\n", "", 1);
    assert_eq!(detect(sound.as_bytes()), Ok(Kind::Description));
    assert!(ddf::decode(sound.as_bytes()).is_ok());
}

#[test]
fn fleet_commands_of_mixed_verbs_keep_their_order() {
    let command = |verb: &str, id: usize| format!("<{verb}><CmdID>{id}</CmdID></{verb}>");
    let atomic = format!(
        "<Atomic><CmdID>4</CmdID>{}{}{}</Atomic>",
        command("Replace", 5),
        command("Add", 6),
        command("Replace", 7)
    );
    let body = command("Replace", 1) + &command("Add", 2) + &command("Replace", 3) + &atomic + &command("Add", 8);
    let message = decode(xml(&body).as_bytes());
    // Replace 60, Add 45, Atomic 48, CmdID 4B.
    let binary = decode(&wbxml(
        "60 4b033100 01 01 45 4b033200 01 01 60 4b033300 01 01 \
         48 4b033400 01 60 4b033500 01 01 45 4b033600 01 01 60 4b033700 01 01 01 45 4b033800 01 01",
    ));
    for message in [message, binary] {
        assert_eq!(names(&message), ["Replace", "Add", "Replace", "Atomic", "Add"]);
        let all: Vec<_> = message.all_commands().map(|command| (command.name(), command.cmd_id())).collect();
        let expected = ["Replace", "Add", "Replace", "Atomic", "Replace", "Add", "Replace", "Add"];
        assert_eq!(all, expected.into_iter().zip(["1", "2", "3", "4", "5", "6", "7", "8"]).collect::<Vec<_>>());
    }
}

#[test]
fn windows_numbers_start_at_2() {
    let message = decode(
        xml("<Alert><CmdID>2</CmdID><Data>1201</Data></Alert>\
             <Alert><CmdID>3</CmdID><Data>1224</Data><Item><Meta><Type xmlns=\"syncml:metinf\">\
             com.microsoft/MDM/LoginStatus</Type></Meta><Data>user</Data></Item></Alert>\
             <Replace><CmdID>4</CmdID><Item><Source><LocURI>./DevInfo/DmV</LocURI></Source><Data>1.3</Data></Item></Replace>\
             <Final/>")
        .as_bytes(),
    );
    let ids: Vec<_> = message.commands().map(|command| command.cmd_id()).collect();
    assert_eq!(ids, ["2", "3", "4"]);
    let item = message.commands().nth(2).unwrap().items().next().unwrap();
    assert_eq!((item.source(), item.data().unwrap().text()), (Some("./DevInfo/DmV"), Some("1.3")));
}

// --------------------------------------------------------------------------------- wire.md §7.9, and what is empty or mixed

#[test]
fn prov_1_0_values_at_80_to_82() {
    // `,` HTTP- BASIC on page 1 of libraries of PROV 1.0; 83, DIGEST there, is a reference into the string table.
    let input = hex("020b6a00 45 c6 0001 5701 87 33 06 8182 01 87 33 06 82 80 8182 01 87 33 06 92 90 9193 01 \
         87 0000 07 06 8005 036100 01 01 01");
    let document = provisioning::Document::decode(&input).unwrap_or_else(|error| panic!("{error}"));
    let group = document.characteristics().next().unwrap();
    assert_eq!(group.kind(), "APPAUTH");
    let values: Vec<_> = group.parms().map(|parm| (parm.name(), parm.value().unwrap())).collect();
    // On page 0 an extension is one, with its number, and says nothing (`wire.md` §7.2).
    let expected = ["HTTP-BASIC", "BASIC,HTTP-BASIC", "BASIC,HTTP-DIGEST"].map(|value| ("AAUTHTYPE", value));
    assert_eq!(values, [&expected[..], &[("NAME", "a")]].concat());
}

#[test]
fn empty_size_and_max_msg_size_mean_absent() {
    let meta = |inside: &str| format!("<Meta xmlns:m=\"syncml:metinf\">{inside}</Meta>");
    for empty in ["<m:N/>", "<m:N></m:N>", "<m:N> \n</m:N>"] {
        let fields = ["Size", "MaxMsgSize", "MaxObjSize"].map(|name| empty.replace('N', name)).concat();
        let fields = meta(&format!("{fields}<m:Format>chr</m:Format>"));
        let body = format!("<Add><CmdID>1</CmdID><Item>{fields}<Data>v</Data></Item></Add>");
        let input = xml_with(&fields, &body);
        let message = Message::decode(input.as_bytes()).unwrap_or_else(|error| panic!("{empty}: {error}"));
        for meta in [message.header().meta().unwrap(), first_item(&message).own_meta().unwrap()] {
            assert_eq!((meta.size(), meta.max_msg_size(), meta.max_obj_size()), (None, None, None), "{empty}");
            assert_eq!(meta.format(), Some("chr"), "{empty}");
        }
    }
    // All three ways of WBXML to say nothing.
    for empty in ["12 0c 15", "5201 4c01 5501", "52030001 4c030001 55030001"] {
        let input = wbxml(&format!("45 4b033100 01 5a 0001 {empty} 47 0363687200 01 01 0000 01"));
        let message = Message::decode(&input).unwrap_or_else(|error| panic!("{empty}: {error}"));
        let meta = first(&message).meta().unwrap();
        assert_eq!((meta.size(), meta.max_msg_size(), meta.max_obj_size()), (None, None, None), "{empty}");
        assert_eq!(meta.format(), Some("chr"), "{empty}");
    }
    // What is there has to be a number.
    let input = xml_with(&meta("<m:MaxMsgSize>many</m:MaxMsgSize>"), "<Final/>");
    let at = input.find("<m:MaxMsgSize").unwrap();
    assert_eq!(error(input.as_bytes()), (ErrorKind::InvalidNumber, at));
}

#[test]
fn mixed_data_is_kept_as_markup() {
    for data in [
        "<Data>text <b>x</b> text</Data>",
        "<Data>text <b>x</b></Data>",
        "<Data><b>x</b> text</Data>",
        "<Data>&lt; <b c=\"d\"/><!-- e --><![CDATA[<]]><f/></Data>",
    ] {
        let input = xml(&format!("<Add><CmdID>1</CmdID><Item>{data}</Item></Add><Final/>"));
        let message = Message::decode(input.as_bytes()).unwrap_or_else(|error| panic!("{data}: {error}"));
        let kept = first_item(&message).data().unwrap();
        assert_eq!((kept.form(), kept.text()), (DataForm::Markup, None), "{data}");
        let fragment = kept.fragment().unwrap();
        assert_eq!(fragment.bytes(), data.as_bytes());
        assert_eq!(fragment.offset(), input.find(data).unwrap());
        assert!(message.is_final());
    }
    let input = xml("<Add><CmdID>1</CmdID><Item><Data>text <b>x</b> text</Data></Item></Add>");
    let message = decode(input.as_bytes());
    let fragment = first_item(&message).data().unwrap().fragment().unwrap();
    let events = pieces(&mut fragment.reader(&Options::default())).unwrap();
    assert_eq!(outline(&events), "Data(text b(x) text)");
}

#[test]
fn mixed_data_is_no_tree() {
    let input = xml("<Add><CmdID>1</CmdID><Item><Data>text <b xmlns=\"urn:b\">x</b> text</Data></Item></Add>");
    let message = Message::decode(input.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(tnds::in_message(&message, &Options::default()).count(), 0);
}
