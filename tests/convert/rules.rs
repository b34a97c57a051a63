//! The rules for data (`wire.md` §9.3, §7.10, §7.11).

use super::*;
use crate::common::messages::*;

pub(crate) fn wbxml(xml: &str) -> Vec<u8> {
    to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap_or_else(|error| panic!("{error}\n{xml}"))
}

pub(crate) fn xml(wbxml: &[u8]) -> String {
    to_xml(wbxml, &ConvertOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn octets_are_base64_in_xml() {
    let raw = with_opaque(&item(&meta(&[("Format", "bin"), ("Size", "5")]), "@"), b"\x00\x01\xFF\xFEx");
    let expected = item(&meta(&[("Format", "b64"), ("Size", "8")]), "AAH//ng=");
    assert_eq!(xml(&raw), expected);
    // Base64 is a text in both.
    assert_eq!(xml(&wbxml(&expected)), expected);
    // Format `bin` in XML is base64 by another name.
    let bin = item(&meta(&[("Format", "bin"), ("Size", "8")]), "AAH/\n/ng=");
    assert_eq!(wbxml(&bin), raw);
    let wrong = item(&meta(&[("Format", "bin")]), "not base64!");
    let error = to_wbxml(wrong.as_bytes(), &ConvertOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidBase64, wrong.find("<Data>").unwrap()));
}

#[test]
fn meta_is_completed_where_it_says_nothing() {
    // No Meta at all.
    let raw = with_opaque(&item("", "@"), b"\xFF");
    assert_eq!(xml(&raw), item(&meta(&[("Format", "b64")]), "/w=="));
    // A Meta behind the data, and one that lacks the format.
    let late =
        message(&format!("<Add><CmdID>1</CmdID><Item><Data>@</Data>{}</Item></Add>", meta(&[("Type", "image/png")])));
    let expected = late.replace("<Meta>", "<Meta><Format xmlns=\"syncml:metinf\">b64</Format>").replace('@', "/w==");
    assert_eq!(xml(&with_opaque(&late, b"\xFF")), expected);
}

#[test]
fn what_a_command_says_counts_for_its_items() {
    let two = |meta: &str, first: &str, second: &str| {
        message(&format!(
            "<Add><CmdID>1</CmdID>{meta}<Item><Source><LocURI>./A</LocURI></Source>{first}</Item>\
             <Item><Source><LocURI>./B</LocURI></Source>{second}</Item></Add>"
        ))
    };
    let bin = meta(&[("Format", "bin")]);
    let raw = wbxml(&two(&bin, "<Data>AAH/</Data>", "<Data>/w==</Data>"));
    assert!(raw.windows(5).any(|window| window == b"\xC3\x03\x00\x01\xFF"));
    assert!(raw.windows(3).any(|window| window == b"\xC3\x01\xFF"));
    // The first item changes what the command says, and the second agrees.
    assert_eq!(xml(&raw), two(&meta(&[("Format", "b64")]), "<Data>AAH/</Data>", "<Data>/w==</Data>"));
    // A second item that does not agree says so itself.
    let b64 = meta(&[("Format", "b64")]);
    let tree = "<Data><MgmtTree xmlns=\"syncml:dmddf1.2\"/></Data>";
    let mixed = xml(&wbxml(&two(&b64, "<Data>AAH/</Data>", tree)));
    let tree = "<Data><![CDATA[<MgmtTree xmlns=\"syncml:dmddf1.2\"/>]]></Data>";
    let own = meta(&[("Format", "xml")]);
    assert_eq!(mixed, two(&b64, "<Data>AAH/</Data>", &format!("{own}{tree}")));
    // A Meta behind the items.
    let behind = message(&format!("<Add><CmdID>1</CmdID><Item><Data>AAH/</Data></Item>{bin}</Add>"));
    let expected = message(&format!("<Add><CmdID>1</CmdID><Item>{b64}<Data>AAH/</Data></Item>{bin}</Add>"));
    let raw = wbxml(&behind);
    assert!(raw.windows(5).any(|window| window == b"\xC3\x03\x00\x01\xFF"));
    assert_eq!(xml(&raw), expected);
}

/// In WBXML, a text of format `bin` is the octets of its characters, whether they look like base64 or not (`wire.md` §1.7, §9.3).
#[test]
fn text_of_format_bin_in_wbxml() {
    let as_text = |meta: &str, data: &str| {
        // `~` keeps the text from becoming octets.
        let mut document = wbxml(&item(meta, data).replace(">bin<", ">b~n<"));
        let at = document.windows(3).position(|window| window == b"b~n").unwrap();
        document[at + 1] = b'i';
        document
    };
    // The base64 of "AAH/", and its length.
    let (bin, b64) = (meta(&[("Format", "bin"), ("Size", "4")]), meta(&[("Format", "b64"), ("Size", "8")]));
    assert_eq!(xml(&as_text(&bin, "AAH/")), item(&b64, "QUFILw=="));
    // The base64 of "not b64!", and its length.
    let b64 = meta(&[("Format", "b64"), ("Size", "12")]);
    assert_eq!(xml(&as_text(&bin, "not b64!")), item(&b64, "bm90IGI2NCE="));
}

#[test]
fn device_information_is_embedded_too() {
    let inline = |kind: &str, format: &str, data: &str| {
        message(&format!(
            "<Put><CmdID>1</CmdID><Meta>{format}<Type xmlns=\"syncml:metinf\">application/vnd.syncml-devinf+{kind}</Type>\
             </Meta><Item><Source><LocURI>./devinf12</LocURI></Source>{data}</Item></Put>"
        ))
    };
    let document = "<DevInf xmlns=\"syncml:devinf\"><VerDTD>1.2</VerDTD><DevID>1</DevID></DevInf>";
    let source = inline("xml", "", &format!("<Data>{document}</Data>"));
    let raw = wbxml(&source);
    assert!(raw.windows(7).any(|window| window == b"\x02\xA4\x03\x6A\x00\x4A\x65"), "{raw:02x?}");
    // The type says enough where nobody spoke of formats.
    let expected = inline("xml", "", &format!("<Data><![CDATA[{document}]]></Data>"));
    assert_eq!(xml(&raw), expected);
    assert_eq!(wbxml(&expected), raw);
}

#[test]
fn chunks_are_converted_where_they_can_be() {
    let chunk = |meta: &str, data: &str| item(meta, data).replace("</Data>", "</Data><MoreData/>");
    let bin = meta(&[("Format", "bin"), ("Size", "100")]);
    let raw = with_opaque(&chunk(&meta(&[("Format", "bin"), ("Size", "100")]), "@"), b"\x00\x01\xFF");
    assert_eq!(xml(&raw), chunk(&meta(&[("Format", "b64"), ("Size", "136")]), "AAH/"));
    let raw = with_opaque(&chunk(&bin, "@"), b"\x00\x01\xFF\x00");
    let error = to_xml(&raw, &ConvertOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ChunkOfOctets);
    assert_eq!(raw[error.offset()] & 0x3F, 0x0F, "at Data");
    // The chunks of base64 are joined as text: they stay text.
    let expected = chunk(&meta(&[("Format", "b64"), ("Size", "100")]), "AAH");
    assert_eq!(xml(&wbxml(&expected)), expected);
    // `bin` in XML is base64, too; but its last chunk looks like a whole object.
    let wrong = chunk(&bin, "AAH/");
    let error = to_wbxml(wrong.as_bytes(), &ConvertOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::ChunkOfBin, wrong.find("<Data>").unwrap()));
    // A text cut within a character.
    let raw = with_opaque(&chunk(&meta(&[("Format", "chr")]), "@"), b"abc\xC3");
    assert_eq!(to_xml(&raw, &ConvertOptions::default()).unwrap_err().kind(), ErrorKind::ChunkOfOctets);
}

#[test]
fn credentials_and_nonces_are_base64_in_xml() {
    let chal = |nonce: &str| message(&format!("<Status><CmdID>1</CmdID><Chal>{nonce}</Chal><Data>401</Data></Status>"));
    let raw = with_opaque(&chal(&meta(&[("Type", "syncml:auth-md5"), ("NextNonce", "@")])), b"\x00\x01\xFF");
    let expected = chal(&meta(&[("Format", "b64"), ("Type", "syncml:auth-md5"), ("NextNonce", "AAH/")]));
    assert_eq!(xml(&raw), expected);
    assert_eq!(xml(&wbxml(&expected)), expected);
    let cred = |meta: &str, data: &str| {
        format!(
            "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><Cred>{meta}<Data>{data}</Data></Cred></SyncHdr>\
             <SyncBody/></SyncML>"
        )
    };
    let md5 = [("Format", "b64"), ("Type", "syncml:auth-md5")];
    let raw = with_opaque(&cred(&meta(&md5), "@"), b"\xFF\xFF\xFF");
    assert_eq!(xml(&raw), cred(&meta(&md5), "////"));
    // Base64 that some encoder wrote as an opaque block (`wire.md` §7.10).
    let raw = with_opaque(&cred(&meta(&md5), "@"), b"L8Ei+QOe8Nw1IoxGLfmavg==");
    assert_eq!(xml(&raw), cred(&meta(&md5), "L8Ei+QOe8Nw1IoxGLfmavg=="));
}

#[test]
fn values_of_trees_are_octets_in_wbxml() {
    let tree = |node: &str| format!("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>{node}</MgmtTree>");
    let bin = "<RTProperties><Format><bin/></Format></RTProperties>";
    let usual = tree(&format!("<Node><NodeName>a</NodeName>{bin}<Value>AAH/</Value></Node>"));
    let unusual = tree(&format!("<Node><NodeName>a</NodeName><Value>AAH/</Value>{bin}</Node>"));
    for document in [&usual, &unusual] {
        let raw = wbxml(document);
        assert!(raw.windows(5).any(|window| window == b"\xC3\x03\x00\x01\xFF"), "{document}");
        assert_eq!(xml(&raw), *document);
    }
    // Blanks are no octets; and a value with elements in it is no base64.
    let blank = usual.replace("AAH/", " \n ");
    assert_eq!(xml(&wbxml(&blank)), usual.replace("AAH/", ""));
    let markup = usual.replace("AAH/", "AA<b>H</b>");
    check_same(&markup, &xml(&wbxml(&markup)), "elements in a value");
    let wrong = usual.replace("AAH/", "?");
    let error = to_wbxml(wrong.as_bytes(), &ConvertOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidBase64, wrong.find("<Value>").unwrap()));
    // Inside a message.
    let message = item(&meta(&[("Format", "xml"), ("Type", "application/vnd.syncml.dmtnds+xml")]), &usual);
    assert!(wbxml(&message).windows(5).any(|window| window == b"\xC3\x03\x00\x01\xFF"));
}

#[test]
fn what_cannot_travel_is_an_error_with_its_place() {
    let chr = wbxml(&item(&meta(&[("Format", "chr")]), "a@b"));
    let at = chr.iter().position(|octet| *octet == b'@').unwrap();
    let mut control = chr.clone();
    control[at] = 1;
    let error = to_xml(&control, &ConvertOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidCharacter, at - 2));
    let error = to_wbxml(b"<html><body/></html>", &ConvertOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::UnknownFormat, 0));
    let limits = Limits { output: 40, ..Limits::default() };
    let options = ConvertOptions { read: Options { limits, ..Options::default() }, ..ConvertOptions::default() };
    assert_eq!(to_wbxml(item("", "a value").as_bytes(), &options).unwrap_err().kind(), ErrorKind::LimitOutput);
}

/// A tree that stands among a message's elements is one, whatever its type says: as octets it could be told by nothing else.
#[test]
fn trees_of_another_type_stay_trees() {
    let tree = "<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>a</NodeName></Node></MgmtTree>";
    let raw = item(&meta(&[("Type", "text/plain")]), tree);
    let back = xml(&wbxml(&raw));
    let expected = item(&meta(&[("Type", "application/vnd.syncml.dmtnds+xml")]), "@");
    let (head, tail) = expected.split_once('@').unwrap();
    let data = back.strip_prefix(head).and_then(|rest| rest.strip_suffix(tail)).unwrap_or_else(|| panic!("{back}"));
    assert_eq!(data, format!("<![CDATA[{tree}]]>"));
    // A chunk of a document is no element.
    let chunk = item("", tree).replace("</Data>", "</Data><MoreData/>");
    let error = to_wbxml(chunk.as_bytes(), &ConvertOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::ChunkOfOctets, chunk.find("<Data>").unwrap()));
}

/// What is said behind all items, in octets at that.
#[test]
fn a_command_may_say_its_format_last_and_in_an_opaque_block() {
    let late = |format: &str| {
        let meta = meta(&[("Format", format)]);
        message(&format!("<Add><CmdID>1</CmdID><Item><Data>AAEC</Data></Item>{meta}</Add>"))
    };
    let back = xml(&with_opaque(&late("@"), b"bin"));
    let read = roxmltree::Document::parse(&back).unwrap();
    let text = |name: &str| {
        let found = read.descendants().filter(|node| node.tag_name().name() == name);
        found.filter_map(|node| node.text().map(str::to_owned)).collect::<Vec<_>>()
    };
    // A text of format `bin` in WBXML is the octets of its characters.
    assert_eq!(text("Data"), ["QUFFQw=="], "{back}");
    assert!(text("Format").contains(&"b64".to_owned()), "{back}");
}

#[test]
fn declarations_on_known_elements_stay() {
    let raw = message("<Add xmlns:y=\"urn:y\" xmlns:z=\"urn:z\"><CmdID>1</CmdID><y:e/><z:e/></Add>");
    let back = xml(&wbxml(&raw));
    let read = roxmltree::Document::parse(&back).unwrap();
    let unknown: Vec<_> = read.descendants().filter(|node| node.tag_name().name() == "e").collect();
    let namespaces: Vec<_> = unknown.iter().filter_map(|node| node.tag_name().namespace()).collect();
    assert_eq!(namespaces, ["urn:y", "urn:z"], "{back}");
}
