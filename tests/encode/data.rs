//! The rules for data (`wire.md` §1.5, §7.10, §7.11, §9.3) in messages that are encoded. They are those of `convert`, so both are
//! asked everywhere: children stand in the order of the DTD here, where both write the same octets.

use super::common::hex;
use super::common::messages::{item, message, meta, with_opaque};
use omadm::convert::{self, ConvertOptions};
use omadm::markup::Encoding::{Wbxml, Xml};
use omadm::syncml::Message;
use omadm::{ErrorKind, Limits};

/// A message of the other encoding, as XML.
fn to_xml(octets: &[u8]) -> String {
    let message = Message::decode(octets).unwrap();
    let xml = String::from_utf8(message.encode(Xml).unwrap_or_else(|error| panic!("{error}"))).unwrap();
    assert_eq!(convert::to_xml(octets, &ConvertOptions::default()).as_ref(), Ok(&xml));
    // In its own encoding it is what it was.
    assert!(Message::decode(&message.encode(Wbxml).unwrap()).unwrap() == message);
    assert!(Message::decode(xml.as_bytes()).unwrap().normalise().unwrap() == message.normalise().unwrap(), "{xml}");
    xml
}

fn to_wbxml(xml: &str) -> Vec<u8> {
    let message = Message::decode(xml.as_bytes()).unwrap();
    let octets = message.encode(Wbxml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    assert_eq!(convert::to_wbxml(xml.as_bytes(), &ConvertOptions::default()).as_ref(), Ok(&octets), "{xml}");
    assert!(Message::decode(&message.encode(Xml).unwrap()).unwrap() == message);
    assert!(Message::decode(&octets).unwrap().normalise().unwrap() == message.normalise().unwrap(), "{xml}");
    octets
}

/// What encoding to WBXML says is wrong, which is what `convert` says.
fn refused(xml: &str) -> omadm::Error {
    let error = Message::decode(xml.as_bytes()).unwrap().encode(Wbxml).unwrap_err();
    assert_eq!(convert::to_wbxml(xml.as_bytes(), &ConvertOptions::default()), Err(error));
    error
}

fn has(octets: &[u8], part: &[u8]) -> bool {
    octets.windows(part.len()).any(|window| window == part)
}

/// Ericsson writes every text as an opaque block (`wire.md` §14.2); `401` is base64, too.
#[test]
fn status_codes_in_opaque_blocks_stay_codes() {
    for code in ["212", "401", "1226"] {
        let raw = with_opaque(
            &message("<Status><CmdID>1</CmdID><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>@</Data></Status>"),
            code.as_bytes(),
        );
        let xml = to_xml(&raw);
        assert!(xml.contains(&format!("<Data><![CDATA[{code}]]></Data>")), "{xml}");
        let normal = Message::decode(&raw).unwrap().normalise().unwrap();
        assert_eq!(normal.commands().next().unwrap().status().unwrap().0.to_string(), code);
    }
}

const TREE: &str = "<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>n</NodeName><RTProperties><Format><bin/>\
                    </Format></RTProperties><Value>dGVzdA==</Value></Node></MgmtTree>";

fn tree_meta(format: &str, suffix: &str) -> String {
    meta(&[("Format", format), ("Type", &format!("application/vnd.syncml.dmtnds+{suffix}"))])
}

#[test]
fn values_of_trees_inside_are_octets_in_wbxml() {
    let as_text = item(&tree_meta("xml", "xml"), &format!("<![CDATA[{TREE}]]>"));
    let nested = item(&tree_meta("xml", "xml"), TREE);
    let e1 = to_wbxml(&as_text);
    assert_eq!(to_wbxml(&nested), e1);
    // The value of four octets, in a document that is an opaque block itself.
    assert!(has(&e1, b"\x76\xC3\x04test\x01\x01\x01\x01\x01\x01"), "{e1:02x?}");
    assert_eq!(to_xml(&e1), as_text);
    // The same tree as a part of the message (E2): page 2, and back.
    let body = |tree: &str| {
        hex(&format!(
            "02a4016a00 6d6c 7103312e320001 7203444d2f312e320001 6503310001 5b03310001 6e5703740001016757037300010101 6b454b03310001
             546e57032e2f410001015a 0001 4703786d6c0001 53036170706c69636174696f6e2f766e642e73796e636d6c2e646d746e64732b7762786d6c0001
             01 0000 4f 0002 {tree} 01 0000 01 01 01 01"
        ))
    };
    let e2 = body("60 7703312e320001 64 66036e0001 6f 5c090101 76c3047465737401 01 01");
    assert_eq!(to_xml(&e2), as_text);
}

/// `wire.md` §1.7: raw octets can only be in WBXML, where a text is the octets of its characters. Whether it looks like base64
/// means nothing.
#[test]
fn text_of_format_bin_in_wbxml_is_never_decoded() {
    for (text, base64) in [("test", "dGVzdA=="), ("hello world", "aGVsbG8gd29ybGQ="), ("AAEC", "QUFFQw==")] {
        let raw = wbxml_with_text("bin", text);
        let xml = to_xml(&raw);
        assert_eq!(xml, item(&meta(&[("Format", "b64"), ("Type", "image/png")]), base64));
    }
}

/// A message in WBXML with this format and a text.
fn wbxml_with_text(format: &str, text: &str) -> Vec<u8> {
    let xml = item(&meta(&[("Format", "???"), ("Type", "image/png")]), text);
    let mut octets = convert::to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap();
    let at = octets.windows(3).position(|window| window == b"???").unwrap();
    octets.splice(at..at + 3, format.bytes());
    octets
}

/// Only trees and device information are re-encoded, and only where the type does not say that it is something else.
#[test]
fn other_documents_in_opaque_blocks_are_octets() {
    // A provisioning document.
    let document = b"\x02\x0B\x6A\x00\x05";
    let kind = "application/vnd.wap.connectivity-wbxml";
    let raw = with_opaque(&item(&meta(&[("Format", "bin"), ("Type", kind)]), "@"), document);
    assert_eq!(to_xml(&raw), item(&meta(&[("Format", "b64"), ("Type", kind)]), "AgtqAAU="));
    // A tree that its type calls a picture.
    let tree = convert::to_wbxml(TREE.as_bytes(), &ConvertOptions::default()).unwrap();
    let raw = with_opaque(&item(&meta(&[("Format", "bin"), ("Type", "image/png")]), "@"), &tree);
    assert!(to_xml(&raw).contains(">b64</Format><Type xmlns=\"syncml:metinf\">image/png</Type>"));
    // And one of which nobody said anything.
    assert!(to_xml(&with_opaque(&item("", "@"), &tree)).contains(&format!("<![CDATA[{TREE}]]>")));
}

/// `wire.md` §1.5: Meta on Atomic and Sequence applies to the commands inside, element by element.
#[test]
fn what_containers_say_counts_for_the_items_inside() {
    let within = |outer: &str, command: &str, own: &str, data: &str| {
        message(&format!(
            "<Atomic><CmdID>1</CmdID>{outer}<Sequence><CmdID>2</CmdID><Replace><CmdID>3</CmdID>{command}<Item>{own}<Data>{data}</Data>\
             </Item></Replace></Sequence></Atomic>"
        ))
    };
    let bin = meta(&[("Format", "bin")]);
    let png = meta(&[("Type", "image/png")]);
    let xml = within(&bin, &png, "", "AAEC");
    let decoded = Message::decode(xml.as_bytes()).unwrap();
    let item = decoded.all_commands().last().unwrap().items().next().unwrap();
    assert_eq!((item.format(), item.media_type()), (Some("bin"), Some("image/png")));
    let raw = to_wbxml(&xml);
    assert!(has(&raw, b"\x4F\xC3\x03\x00\x01\x02"), "{raw:02x?}");
    // The container's Meta is meant for others, too: the item says itself that it is base64.
    let b64 = meta(&[("Format", "b64")]);
    assert_eq!(to_xml(&raw), within(&bin, &png, &b64, "AAEC"));
    // Octets that are text.
    let raw = with_opaque(&within(&bin, "", "", "@"), b"ABC");
    assert_eq!(to_xml(&raw), within(&bin, "", &b64, "QUJD"));
    // The innermost wins.
    let chr = meta(&[("Format", "chr")]);
    assert!(has(&to_wbxml(&within(&bin, &chr, "", "AAEC")), b"\x4F\x03AAEC\0"));
    // A Meta behind the commands it is meant for.
    let late = message(&format!(
        "<Atomic><CmdID>1</CmdID><Replace><CmdID>3</CmdID><Item><Data>AAEC</Data></Item></Replace>{bin}</Atomic>"
    ));
    let decoded = Message::decode(late.as_bytes()).unwrap();
    for octets in [
        decoded.encode(Wbxml).unwrap(),
        convert::to_wbxml(late.as_bytes(), &ConvertOptions::default()).unwrap(),
        // In a MetInf, as some wrap it.
        convert::to_wbxml(
            late.replace("<Meta>", "<Meta><MetInf xmlns=\"syncml:metinf\">")
                .replace("</Meta>", "</MetInf></Meta>")
                .as_bytes(),
            &ConvertOptions::default(),
        )
        .unwrap(),
    ] {
        assert!(has(&octets, b"\x4F\xC3\x03\x00\x01\x02"), "{octets:02x?}");
    }
}

#[test]
fn a_late_meta_counts_before_anything_is_refused() {
    // Atomic says bin, and the command behind its item that this is a text.
    let xml = message(&format!(
        "<Atomic><CmdID>1</CmdID>{}<Replace><CmdID>2</CmdID><Item><Data>no base64!</Data></Item>{}</Replace></Atomic>",
        meta(&[("Format", "bin")]),
        meta(&[("Format", "chr")])
    ));
    let octets = convert::to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap();
    assert!(has(&octets, b"\x4F\x03no base64!\0"));
    assert!(has(&Message::decode(xml.as_bytes()).unwrap().encode(Wbxml).unwrap(), b"\x4F\x03no base64!\0"));
}

/// What the first item makes its command say is not meant for the next ones.
#[test]
fn items_that_need_no_change_keep_what_was_said_of_them() {
    let kind = |suffix: &str| format!("application/vnd.syncml.dmtnds+{suffix}");
    let outer = meta(&[("Format", "xml"), ("Type", &kind("xml"))]);
    let foo = "<Data><foo xmlns=\"u:x\">a</foo></Data>";
    let items = format!("<Item><Data>{TREE}</Data></Item><Item>{foo}</Item><Item><Data/></Item><Item/>");
    let xml = message(&format!("<Add><CmdID>1</CmdID>{outer}{items}</Add>"));
    let raw = to_wbxml(&xml);
    let decoded = Message::decode(&raw).unwrap();
    let command = decoded.commands().next().unwrap();
    let said: Vec<_> = command.items().map(|item| (item.format().unwrap(), item.media_type().unwrap())).collect();
    let (one, other) = (kind("wbxml"), kind("xml"));
    assert_eq!(said, [("bin", &*one), ("xml", &*other), ("xml", &*other), ("xml", &*other)]);
    assert_eq!(command.meta().unwrap().format(), Some("bin"));
    // And back: an empty second item stays an int.
    let two = |meta: &str, first: &str, second: &str| {
        message(&format!("<Add><CmdID>1</CmdID>{meta}<Item>{first}</Item><Item>{second}</Item></Add>"))
    };
    let int = meta(&[("Format", "int")]);
    let raw = with_opaque(&two(&int, "<Data>@</Data>", "<Data/>"), b"\xFF");
    let b64 = meta(&[("Format", "b64")]);
    assert_eq!(to_xml(&raw), two(&b64, "<Data>/w==</Data>", &format!("{int}<Data/>")));
}

#[test]
fn chunks_of_bin_in_xml_are_refused_where_they_would_have_to_change() {
    let chunk = |format: &str, data: &str| {
        item(&meta(&[("Format", format), ("Size", "100")]), data).replace("</Data>", "</Data><MoreData/>")
    };
    let xml = chunk("bin", "AAEC");
    let error = refused(&xml);
    assert_eq!((error.kind(), error.offset()), (ErrorKind::ChunkOfBin, xml.find("<Data>").unwrap()));
    assert_eq!(Message::decode(xml.as_bytes()).unwrap().normalise().unwrap_err().kind(), ErrorKind::ChunkOfBin);
    // As XML it is what it was.
    let message = Message::decode(xml.as_bytes()).unwrap();
    assert_eq!(message.encode(Xml).unwrap(), xml.as_bytes());
    // Chunks of base64 are cut anywhere.
    assert_eq!(to_xml(&to_wbxml(&chunk("b64", "AAE"))), chunk("b64", "AAE"));
}

/// Elements of SyncML mean nothing in a tree.
#[test]
fn a_tree_beside_text_may_have_items_in_it() {
    let xml = item(
        "",
        "text<MgmtTree xmlns=\"syncml:dmddf1.2\"><Node><Item xmlns=\"SYNCML:SYNCML1.2\"><Data>x</Data></Item></Node></MgmtTree>",
    );
    assert_eq!(to_xml(&to_wbxml(&xml)), xml);
}

/// Commands that DM does not use are converted, too.
#[test]
fn items_of_other_commands_are_converted() {
    let put = |outer: &str, format: &str, data: &str| {
        message(&format!(
            "<Sequence><CmdID>1</CmdID>{outer}<Sync><CmdID>2</CmdID><Put><CmdID>3</CmdID>{format}<Item><Source><LocURI>./x</LocURI>\
             </Source><Data>{data}</Data></Item></Put></Sync></Sequence>"
        ))
    };
    let (bin, b64) = (meta(&[("Format", "bin")]), meta(&[("Format", "b64")]));
    let raw = to_wbxml(&put("", &bin, "//8="));
    assert!(has(&raw, b"\x4F\xC3\x02\xFF\xFF"), "{raw:02x?}");
    assert_eq!(to_xml(&raw), put("", &b64, "//8="));
    // What the container says counts.
    let raw = to_wbxml(&put(&bin, "", "//8="));
    assert!(has(&raw, b"\x4F\xC3\x02\xFF\xFF"), "{raw:02x?}");
    let own = to_xml(&raw);
    assert_eq!(own, put(&bin, "", "//8=").replace("<Data>", &format!("{b64}<Data>")));
    let wrong = put("", &bin, "?");
    let error = Message::decode(wrong.as_bytes()).unwrap().encode(Wbxml).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidBase64, wrong.find("<Sync>").unwrap()));
}

#[test]
fn size_is_put_right_wherever_it_is_said() {
    let two = |meta: &str, one: &str, other: &str| {
        message(&format!("<Add><CmdID>1</CmdID>{meta}<Item>{one}</Item><Item>{other}</Item></Add>"))
    };
    let raw = with_opaque(
        &two(&meta(&[("Format", "bin"), ("Size", "3")]), "<Data>@</Data>", "<Data>@</Data>"),
        b"\xFF\xFE\xFD",
    );
    let b64 = meta(&[("Format", "b64"), ("Size", "4")]);
    assert_eq!(to_xml(&raw), two(&b64, "<Data>//79</Data>", "<Data>//79</Data>"));
    assert_eq!(
        to_wbxml(&two(&meta(&[("Format", "bin"), ("Size", "4")]), "<Data>//79</Data>", "<Data>//79</Data>")),
        raw
    );
}

/// Documents that are broken stay the text or the octets they are; those that are not, and cannot be converted, do not.
#[test]
fn a_broken_value_in_a_tree_is_an_error_in_every_form() {
    let broken = TREE.replace("dGVzdA==", "***");
    for data in [broken.clone(), format!("<![CDATA[{broken}]]>")] {
        let xml = item(&tree_meta("xml", "xml"), &data);
        let error = refused(&xml);
        assert_eq!(error.kind(), ErrorKind::InvalidBase64);
        let at = if data == broken { xml.find("<Value>") } else { xml.find("<Data>") };
        assert_eq!(error.offset(), at.unwrap());
        assert_eq!(error.inner(), (data != broken).then(|| broken.find("<Value>").unwrap()));
    }
    for data in ["<![CDATA[<MgmtTree xmlns=\"syncml:dmddf1.2\"><Node>]]>", "&lt;MgmtTree>", "none"] {
        let xml = item(&tree_meta("xml", "xml"), data);
        let raw = to_wbxml(&xml);
        assert!(has(&raw, b"dmtnds+xml") && has(&raw, b"\x03xml\0"));
    }
    // In WBXML, a tree that was cut: its octets travel, and its type stays.
    let tree = convert::to_wbxml(TREE.as_bytes(), &ConvertOptions::default()).unwrap();
    let raw = with_opaque(&item(&tree_meta("bin", "wbxml"), "@"), &tree[..tree.len() - 2]);
    let xml = to_xml(&raw);
    assert!(xml.contains("dmtnds+wbxml</Type>") && xml.contains(">b64</Format>"), "{xml}");
}

/// RepPro and data synchronisation have more in some elements than DM.
#[test]
fn what_data_synchronisation_has_is_written_where_it_was() {
    let filter =
        "<Filter><Meta><Type xmlns=\"syncml:metinf\">a/b</Type></Meta><FilterType>INCLUSIVE</FilterType></Filter>";
    let parent = |name: &str| format!("<{name}><LocURI>x</LocURI><LocName>named</LocName></{name}>");
    let xml = message(&format!(
        "<Alert><CmdID>1</CmdID><Data>1200</Data><Item><Target><LocURI>./A</LocURI>{filter}</Target></Item></Alert>\
         <Delete><CmdID>2</CmdID><Archive/><SftDel/><Meta><Type xmlns=\"syncml:metinf\">x</Type></Meta><Item><Target><LocURI>./A</LocURI>\
         </Target></Item></Delete>\
         <Replace><CmdID>3</CmdID><Item>{}{}<Data>d</Data></Item></Replace>\
         <Status><CmdID>4</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Chal><Meta><Type xmlns=\"syncml:metinf\">x</Type>\
         </Meta><Foo xmlns=\"u:x\"/></Chal><Data>401</Data></Status>",
        parent("SourceParent"),
        parent("TargetParent"),
    ));
    let message = Message::decode(xml.as_bytes()).unwrap();
    assert_eq!(message.encode(Xml).unwrap(), xml.as_bytes());
    assert_eq!(to_xml(&to_wbxml(&xml)), xml);
    let alert = message.commands().next().unwrap();
    assert_eq!(alert.items().next().unwrap().extras().count(), 1);
    let delete = message.commands().nth(1).unwrap();
    assert!(delete.archive() && delete.sft_del());
}

/// One answer to what an opaque block is, whoever asks (`wire.md` §5.1).
#[test]
fn raw_nonces_and_digests_are_the_same_octets_after_encoding() {
    let chal = "<Status><CmdID>1</CmdID><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Chal><Meta><Format xmlns=\"syncml:metinf\">b64</Format>\
                <Type xmlns=\"syncml:metinf\">syncml:auth-md5</Type><NextNonce xmlns=\"syncml:metinf\">@</NextNonce></Meta></Chal>\
                <Data>401</Data></Status>";
    // Octets that look like base64 without padding, with it, and not at all.
    for (octets, nonce) in [
        (&b"AAAAAAA"[..], &b"AAAAAAA"[..]),
        (b"AAAAAA==", b"\0\0\0\0"),
        (b"Nonce1", b"Nonce1"),
        (b"\x01\xFF", b"\x01\xFF"),
    ] {
        let raw = with_opaque(&message(chal), octets);
        let xml = to_xml(&raw);
        for document in [&raw[..], xml.as_bytes()] {
            let message = Message::decode(document).unwrap();
            let chal = message.commands().next().unwrap().chal().unwrap();
            assert_eq!(chal.next_nonce().unwrap().unwrap().octets(), nonce, "{octets:?}");
        }
    }
    // A digest of sixteen letters is no base64 of twelve octets.
    let cred = |data: &str| {
        let md5 = meta(&[("Format", "b64"), ("Type", "syncml:auth-md5")]);
        message("<Alert><CmdID>1</CmdID><Data>1201</Data></Alert>")
            .replace("</SyncHdr>", &format!("<Cred>{md5}<Data>{data}</Data></Cred></SyncHdr>"))
    };
    let raw = with_opaque(&cred("@"), b"ABCDEFGHabcdefgh");
    assert_eq!(to_xml(&raw), cred("QUJDREVGR0hhYmNkZWZnaA=="));
    assert_eq!(to_xml(&with_opaque(&cred("@"), b"QUJDREVGR0hhYmNkZWZnaA==")), cred("QUJDREVGR0hhYmNkZWZnaA=="));
}

#[test]
fn types_of_documents_are_known_in_any_case_and_with_parameters() {
    for (before, after) in [
        ("Application/Vnd.SyncML.DMTNDS+XML", "Application/Vnd.SyncML.DMTNDS+wbxml"),
        ("application/vnd.syncml.dmtnds+xml; charset=utf-8", "application/vnd.syncml.dmtnds+wbxml; charset=utf-8"),
        ("application/vnd.syncml.dmtnds+xml;a", "application/vnd.syncml.dmtnds+wbxml;a"),
    ] {
        let xml = item(&meta(&[("Format", "xml"), ("Type", before)]), &format!("<![CDATA[{TREE}]]>"));
        let raw = to_wbxml(&xml);
        let message = Message::decode(&raw).unwrap();
        let item = message.commands().next().unwrap().items().next().unwrap();
        assert_eq!((item.format(), item.media_type()), (Some("bin"), Some(after)));
        assert_eq!(to_xml(&raw), xml.replace("+XML", "+xml"));
    }
}

/// `wire.md` §7.10: they are all the same.
#[test]
fn three_empty_elements_of_format_bin_become_the_same() {
    let empty = |data: &[u8]| {
        let mut octets = with_opaque(&item(&meta(&[("Format", "bin"), ("Size", "0")]), "@"), b"");
        let at = octets.windows(4).position(|window| window == [0x4F, 0xC3, 0, 1]).unwrap();
        octets.splice(at..at + 4, data.iter().copied());
        octets
    };
    let expected = item(&meta(&[("Format", "b64"), ("Size", "0")]), "").replace("<Data></Data>", "<Data/>");
    for data in [&[0x0F][..], &[0x4F, 1], &[0x4F, 3, 0, 1], &[0x4F, 0xC3, 0, 1]] {
        assert_eq!(to_xml(&empty(data)), expected, "{data:02x?}");
    }
}

#[test]
fn limits_are_kept_in_documents_inside() {
    let xml = item(&tree_meta("xml", "xml"), &format!("<![CDATA[{TREE}]]>"));
    let message = Message::decode(xml.as_bytes()).unwrap();
    assert!(message.encode_with(Wbxml, &Limits { elements: 8, ..Limits::DEFAULT }).is_ok());
    let error = message.encode_with(Wbxml, &Limits { elements: 5, ..Limits::DEFAULT }).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::LimitElements, xml.find("<Data>").unwrap()));
    let error = message.encode_with(Wbxml, &Limits { output: 150, ..Limits::DEFAULT }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitOutput);
}

#[test]
fn unknown_elements_of_a_command_stay_with_it() {
    let item = "<Item><Target><LocURI>./A</LocURI></Target><Data>x</Data></Item>";
    let xml = message(&format!("<Add><CmdID>1</CmdID>{item}<x:e xmlns:x=\"urn:x\" a=\"1\" b=\"2\">t</x:e></Add>"));
    let again = to_xml(&to_wbxml(&xml));
    let read = roxmltree::Document::parse(&again).unwrap();
    let unknown = read.descendants().find(|node| node.tag_name().name() == "e").unwrap();
    assert_eq!((unknown.tag_name().namespace(), unknown.text()), (Some("urn:x"), Some("t")));
    assert_eq!((unknown.attribute("a"), unknown.attribute("b")), (Some("1"), Some("2")));
    assert_eq!(unknown.parent().map(|parent| parent.tag_name().name().to_owned()).as_deref(), Some("Add"));
}

/// What a command says of all its items is put right for each.
#[test]
fn items_say_a_size_of_their_own_where_the_command_says_another() {
    let around = meta(&[("Format", "bin"), ("Size", "8")]);
    let each = |data: &str| {
        let own = meta(&[("Type", "image/png")]);
        format!("<Item><Target><LocURI>./A</LocURI></Target>{own}<Data>{data}</Data></Item>")
    };
    let xml = message(&format!("<Add><CmdID>1</CmdID>{around}{}{}</Add>", each("AAH//ng="), each("AAECAw==")));
    // `convert` puts what it adds in front, where the order of the DTD is the document's affair.
    let octets = Message::decode(xml.as_bytes()).unwrap().encode(Wbxml).unwrap();
    let converted = Message::decode(&octets).unwrap();
    let sizes: Vec<_> = converted.all_commands().flat_map(|command| command.items().collect::<Vec<_>>()).collect();
    let sizes: Vec<_> = sizes.iter().map(|item| (item.size(), item.data().unwrap().bytes().len())).collect();
    assert_eq!(sizes, [(Some(5), 5), (Some(4), 4)]);
}

/// A nonce is base64 whatever its format says, and XML says so.
#[test]
fn a_nonce_of_format_bin_that_is_text_stays_base64() {
    let chal = |format: &str| {
        let meta = meta(&[("Format", format), ("Type", "syncml:auth-md5"), ("NextNonce", "AAECAw==")]);
        let status = "<CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd>";
        message(&format!("<Status>{status}<Chal>{meta}</Chal><Data>401</Data></Status>"))
    };
    // Nothing is converted on the way there: the format is another one meanwhile.
    let octets = with_opaque(&chal("bin"), b"");
    assert!(has(&octets, b"\x03bin\0") && has(&octets, b"\x03AAECAw==\0"));
    assert_eq!(to_xml(&octets), chal("b64"));
}

/// `Format` may be an opaque block, too, and may stand behind the data.
#[test]
fn a_format_in_octets_counts_wherever_it_stands() {
    let late = |format: &str, data: &str| {
        let meta = meta(&[("Format", format)]);
        message(&format!("<Add><CmdID>1</CmdID><Item><Data>{data}</Data>{meta}</Item></Add>"))
    };
    let octets = with_opaque(&late("@", "AAEC"), b"bin");
    let xml = convert::to_xml(&octets, &ConvertOptions::default()).unwrap();
    // A text of format `bin` in WBXML is the octets of its characters.
    assert_eq!(xml, late("b64", "QUFFQw=="));
}

/// Trees are equal by what they are, not by how they were written.
#[test]
fn trees_in_other_quotes_are_equal_trees_beside_something_are_no_trees() {
    let kind = meta(&[("Format", "xml"), ("Type", "application/vnd.syncml.dmtnds+xml")]);
    let tree = |quote: char| format!("<MgmtTree xmlns={quote}syncml:dmddf1.2{quote}><VerDTD>1.2</VerDTD></MgmtTree>");
    let (one, two) =
        (item(&kind, &format!("<![CDATA[{}]]>", tree('"'))), item(&kind, &format!("<![CDATA[{}]]>", tree('\''))));
    assert!(Message::decode(one.as_bytes()).unwrap() == Message::decode(two.as_bytes()).unwrap());
    let other = two.replace("<VerDTD>1.2<", "<VerDTD>1.1<");
    assert!(Message::decode(one.as_bytes()).unwrap() != Message::decode(other.as_bytes()).unwrap());
    let beside = item("", &format!("{}<Other xmlns=\"urn:x\"/>", tree('"')));
    let message = Message::decode(beside.as_bytes()).unwrap();
    let again = String::from_utf8(message.encode(Xml).unwrap()).unwrap();
    assert!(again.contains("<Other xmlns=\"urn:x\"/></Data>"), "{again}");
    // In WBXML, too, both are elements, and no document.
    let octets = message.encode(Wbxml).unwrap();
    assert!(
        Message::decode(&octets)
            .unwrap()
            .all_commands()
            .all(|command| { command.items().all(|item| item.data().is_some_and(|data| data.fragment().is_some())) })
    );
}

/// `Meta` with a `Format` and a `Type` is copied where one before said the same: each of these says what it said, wherever it stands.
#[test]
fn a_meta_that_comes_again_is_written_in_full() {
    let format = |format: &str| format!("<Format xmlns=\"syncml:metinf\">{format}</Format>");
    let kind = |kind: &str| format!("<Type xmlns=\"syncml:metinf\">{kind}</Type>");
    let meta = |inside: &str| format!("<Meta>{inside}</Meta>");
    let (text, cow, typed) =
        (format("chr") + &kind("text/plain"), format("cow") + &kind("text/plain"), kind("text/plain"));
    let other = format("chr") + &kind("text/plain") + "<Size xmlns=\"syncml:metinf\">3</Size>";
    let item =
        |inside: &str, data: &str| format!("<Item><Target><LocURI>./A</LocURI></Target>{}{data}</Item>", meta(inside));
    let data = "<Data>abc</Data>";
    // Of the command, behind its own, behind data, behind none, and between others that begin alike.
    let body: String = [
        format!("<Add><CmdID>1</CmdID>{}{}{}</Add>", meta(&text), item(&text, data), item(&text, "")),
        format!(
            "<Add><CmdID>2</CmdID>{}{}{}{}</Add>",
            item(&cow, data),
            item(&text, data),
            item(&cow, ""),
            item(&typed, "")
        ),
        format!("<Add><CmdID>3</CmdID>{}{}{}</Add>", item(&other, data), item(&text, data), item(&typed, data)),
    ]
    .concat();
    let xml = format!(
        "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>\
         <MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>{body}<Final/></SyncBody></SyncML>"
    );
    let octets = to_wbxml(&xml);
    assert_eq!(String::from_utf8(Message::decode(xml.as_bytes()).unwrap().encode(Xml).unwrap()).unwrap(), xml);
    assert_eq!(to_xml(&octets), xml);
    // `Meta` on page 0, a switch to page 1, the two strings in their elements (`wire.md` §7.5 and §7.6).
    let written = |inside: &str| [b"\x5A\x00\x01".as_slice(), inside.as_bytes(), b"\x01"].concat();
    let times = |pattern: &[u8]| octets.windows(pattern.len()).filter(|window| *window == pattern).count();
    let (plain, of_type) = ("\u{53}\u{3}text/plain\0\u{1}", |name: &str| format!("\u{47}\u{3}{name}\0\u{1}"));
    assert_eq!(times(&written(&(of_type("chr") + plain))), 5);
    assert_eq!(times(&written(&(of_type("cow") + plain))), 2);
    assert_eq!(times(&written(plain)), 2);
    assert_eq!(times(b"\x5A\x00\x01"), 10);
}
