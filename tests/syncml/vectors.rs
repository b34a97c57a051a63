//! The vectors of `wire.md` §13.1 to §13.3, field by field; XML and WBXML twins; embedded trees.

use super::views::{dump, elements, hex, own, rows, survey};
use crate::common::vectors::*;
use omadm::markup::{Encoding, Options};
use omadm::syncml::{Command, CommandKind, Data, DataForm, Message, Ref};
use omadm::{Error, ErrorKind};

/// The message that both encodings stand for.
fn twins(xml: &str, wbxml: &str) -> Message<'static> {
    let binary = hex(wbxml);
    let from_xml = Message::decode(xml.as_bytes()).unwrap();
    let from_wbxml = Message::decode(&binary).unwrap();
    assert_eq!((from_xml.encoding(), from_wbxml.encoding()), (Encoding::Xml, Encoding::Wbxml));
    assert_eq!(dump(&from_xml), dump(&from_wbxml));
    from_wbxml.into_owned()
}

fn decode(wbxml: &str) -> Message<'static> {
    Message::decode(&hex(wbxml)).unwrap().into_owned()
}

fn outline<'m>(message: &'m Message<'_>) -> Vec<(CommandKind, &'m str)> {
    message.all_commands().map(|command| (command.kind(), command.cmd_id())).collect()
}

fn command<'m>(message: &'m Message<'_>, id: &str) -> Command<'m> {
    message.all_commands().find(|command| command.cmd_id() == id).unwrap()
}

/// Target, Source and text of each item.
fn items<'m>(command: &Command<'m>) -> Vec<(Option<&'m str>, Option<&'m str>, Option<&'m str>)> {
    command.items().map(|item| (item.target(), item.source(), item.data().and_then(|data| data.text()))).collect()
}

/// References, command and code of each Status.
fn statuses<'m>(message: &'m Message<'_>) -> Vec<(&'m str, &'m str, &'m str, u16)> {
    let status =
        |command: &Command<'m>| Some((command.msg_ref()?, command.cmd_ref()?, command.cmd()?, command.status()?.0));
    message.all_commands().filter_map(|command| status(&command)).collect()
}

const SERVER: &str = "https://dm.example.com/omadm";
const DEVICE: &str = "IMEI:490154203237518";

fn check_header(message: &Message<'_>, session: &str, id: &str, from_server: bool) {
    let header = message.header();
    assert_eq!((header.ver_dtd(), header.ver_proto()), ("1.2", Some("DM/1.2")));
    assert_eq!((header.session_id(), header.msg_id()), (session, id));
    let parties = if from_server { (DEVICE, SERVER) } else { (SERVER, DEVICE) };
    assert_eq!((header.target(), header.source()), parties);
    assert_eq!((header.target_name(), header.resp_uri(), header.no_resp()), (None, None, false));
    assert_eq!(header.extras().count(), 0);
}

#[test]
fn g1_package_1_with_md5_credentials() {
    let message = twins(G1_XML, G1);
    check_header(&message, "1A", "1", false);
    let header = message.header();
    assert_eq!(header.source_name(), Some("dev1"));
    let cred = header.cred().unwrap();
    let meta = cred.meta().unwrap();
    assert_eq!((meta.format(), meta.media_type()), (Some("b64"), Some("syncml:auth-md5")));
    let data = cred.data().unwrap();
    assert_eq!(data.text(), Some("L8Ei+QOe8Nw1IoxGLfmavg=="));
    assert_eq!(data.base64().unwrap(), hex("2fc122f9039ef0dc35228c462df99abe"));
    let meta = header.meta().unwrap();
    assert_eq!((meta.max_msg_size(), meta.max_obj_size(), meta.size()), (Some(16384), Some(1_048_576), None));
    assert_eq!(outline(&message), [(CommandKind::Alert, "1"), (CommandKind::Replace, "2")]);
    let alert = command(&message, "1");
    assert_eq!(alert.alert().unwrap().to_string(), "1201 CLIENT-INITIATED MGMT");
    assert_eq!((alert.status(), alert.items().len()), (None, 0));
    let own = [("DevId", DEVICE), ("Man", "Acme"), ("Mod", "R1"), ("DmV", "1.2"), ("Lang", "en")];
    let found = items(&command(&message, "2"));
    assert_eq!(found.len(), own.len());
    for ((target, source, data), (name, value)) in found.into_iter().zip(own) {
        assert_eq!(target, None);
        assert_eq!((source.unwrap(), data), (format!("./DevInfo/{name}").as_str(), Some(value)));
    }
    assert!(message.is_final());
}

#[test]
fn g2_package_2_with_challenge_and_commands() {
    use CommandKind::{Add, Exec, Get, Replace, Status};
    let message = twins(G2_XML, G2);
    check_header(&message, "1A", "1", true);
    assert!(message.header().cred().is_none() && message.header().meta().is_none());
    let kinds = [Status, Status, Status, Get, Get, Add, Replace, Exec];
    let expected: Vec<(CommandKind, String)> =
        kinds.into_iter().zip(1..).map(|(kind, id)| (kind, id.to_string())).collect();
    let found: Vec<(CommandKind, String)> =
        outline(&message).into_iter().map(|(kind, id)| (kind, id.to_owned())).collect();
    assert_eq!(found, expected);
    assert_eq!(statuses(&message), [("1", "0", "SyncHdr", 212), ("1", "1", "Alert", 200), ("1", "2", "Replace", 200)]);
    let first = command(&message, "1");
    assert_eq!(first.refs().collect::<Vec<_>>(), [Ref::Target(SERVER), Ref::Source(DEVICE)]);
    let chal = first.chal().unwrap().meta();
    assert_eq!((chal.media_type(), chal.format()), (Some("syncml:auth-md5"), Some("b64")));
    let nonce = chal.next_nonce().unwrap();
    assert_eq!(nonce.text(), Some("AAECAwQFBgcICQoLDA0ODw=="));
    assert_eq!(nonce.base64().unwrap(), (0..16).collect::<Vec<u8>>());
    assert!(command(&message, "2").chal().is_none());
    assert_eq!(items(&command(&message, "4")), [(Some("./DevDetail/SwV"), None, None)]);
    assert_eq!(items(&command(&message, "5")), [(Some("./DevInfo"), None, None)]);
    let add = command(&message, "6").items().next().unwrap();
    assert_eq!((add.target(), add.format(), add.media_type()), (Some("./App/Cfg1"), Some("node"), None));
    let acl = (Some("./App/Cfg1?prop=ACL"), None, Some("Get=*&Replace=srv1"));
    assert_eq!(items(&command(&message, "7")), [acl]);
    let exec = command(&message, "8");
    assert_eq!(exec.correlator(), Some("c42"));
    assert_eq!(items(&exec), [(Some("./FUMO/1/Download"), None, None)]);
    assert!(message.is_final());
}

#[test]
fn g3_package_3_with_results_and_generic_alert() {
    let message = twins(G3_XML, G3);
    check_header(&message, "1A", "2", false);
    assert_eq!(statuses(&message), [("1", "0", "SyncHdr", 212), ("1", "5", "Get", 200), ("1", "8", "Exec", 202)]);
    let results = command(&message, "3");
    assert_eq!((results.kind(), results.msg_ref(), results.cmd_ref()), (CommandKind::Results, Some("1"), Some("5")));
    assert_eq!(items(&results), [(None, Some("./DevInfo"), Some("DevId/Man/Mod/DmV/Lang"))]);
    let item = results.items().next().unwrap();
    assert_eq!((item.format(), item.media_type()), (Some("node"), Some("text/plain")));
    let alert = command(&message, "5");
    assert_eq!((alert.alert().unwrap().0, alert.correlator()), (1226, Some("c42")));
    let item = alert.items().next().unwrap();
    let meta = item.own_meta().unwrap();
    assert_eq!(meta.media_type(), Some("org.openmobilealliance.dm.firmwareupdate.download"));
    assert_eq!((meta.mark(), meta.format()), (Some("critical"), Some("chr")));
    assert_eq!((item.source(), item.data().unwrap().text()), (Some("./FUMO/1"), Some("200")));
}

#[test]
fn g4_first_chunk_of_a_large_object() {
    let message = twins(G4_XML, G4);
    check_header(&message, "1A", "2", true);
    let replace = command(&message, "2");
    let item = replace.items().next().unwrap();
    assert_eq!(item.own_meta().unwrap().size(), Some(24));
    assert!(item.more_data());
    assert_eq!(item.media_type(), Some("application/octet-stream"));
    assert_eq!(item.data().unwrap().base64().unwrap(), (0..9).collect::<Vec<u8>>());
    assert_eq!((item.data().unwrap().form(), message.is_final()), (DataForm::Opaque, false));
}

fn only_data<'m>(message: &'m Message<'_>) -> Data<'m> {
    let command = message.all_commands().find(|command| command.items().any(|item| item.data().is_some())).unwrap();
    command.items().next().unwrap().data().unwrap()
}

const G5_TREE: &str = r#"(MgmtTree (VerDTD "1.2")(Node (NodeName "srv1")(RTProperties (Format (node ))(Type (DDFName "urn:oma:mo:oma-dm-dmacc:1.0")))(Node (NodeName "ServerID")(RTProperties (Format (chr ))(Type (MIME "text/plain")))(Value "dm.example.com"))))"#;

#[test]
fn g7_tree_as_a_wbxml_document_in_opaque() {
    let message = twins(G7_XML, G7);
    check_header(&message, "1", "1", true);
    let item = command(&message, "1").items().next().unwrap();
    assert_eq!((item.target(), item.format()), (Some("./Inbox"), Some("bin")));
    assert_eq!(item.media_type(), Some("application/vnd.syncml.dmtnds+wbxml"));
    let data = item.data().unwrap();
    assert_eq!((data.form(), data.bytes().len()), (DataForm::Opaque, 144));
    let embedded = data.embedded().unwrap();
    assert_eq!(survey(&embedded), Ok(("MgmtTree".to_owned(), 17, 2)));
    assert_eq!(elements(&mut embedded.reader(&Options::default()).unwrap()).unwrap(), G5_TREE);
}

#[test]
fn g9_tree_inline_on_page_2() {
    let message = twins(G7_XML, G9);
    let data = only_data(&message);
    assert_eq!((data.form(), data.text()), (DataForm::Markup, None));
    let embedded = data.embedded().unwrap();
    assert_eq!(survey(&embedded), Ok(("MgmtTree".to_owned(), 17, 2)));
    assert_eq!(elements(&mut embedded.reader(&Options::default()).unwrap()).unwrap(), G5_TREE);
    // The page goes back for the tag that follows.
    assert!(message.is_final());
}

#[test]
fn g10_tree_as_xml_text_in_opaque() {
    let message = decode(G10);
    let item = command(&message, "1").items().next().unwrap();
    assert_eq!((item.format(), item.media_type()), (Some("xml"), Some("application/vnd.syncml.dmtnds+xml")));
    let data = item.data().unwrap();
    assert_eq!((data.form(), data.bytes().len()), (DataForm::Opaque, 0xD7));
    let embedded = data.embedded().unwrap();
    assert_eq!(embedded.bytes(), data.bytes());
    assert_eq!(survey(&embedded), Ok(("MgmtTree".to_owned(), 9, 1)));
}

/// What A1, A2, A3 and A5 have in common.
fn check_aosp(message: &Message<'_>, version: &str, session: &str, resp: &str) {
    let header = message.header();
    assert_eq!((header.ver_dtd(), header.ver_proto()), (version, Some(format!("DM/{version}").as_str())));
    assert_eq!((header.session_id(), header.msg_id()), (session, "1"));
    assert_eq!((header.target(), header.source()), ("000000011234564", "http://10.72.34.217:80/Manage"));
    assert_eq!(header.resp_uri(), Some(resp));
    let cred = header.cred().unwrap();
    let scheme = cred.meta().unwrap();
    assert_eq!((scheme.media_type(), scheme.format()), (Some("syncml:auth-basic"), Some("b64")));
    assert_eq!(cred.data().unwrap().base64().unwrap(), b"Scts:SampleClient");
    assert_eq!(header.meta().unwrap().max_msg_size(), Some(3500));
    assert_eq!(statuses(message), [("1", "0", "SyncHdr", 212), ("1", "1", "Alert", 200), ("1", "2", "Replace", 200)]);
    let refs = [Ref::Target("http://10.72.34.217:80/Manage"), Ref::Source("000000011234564")];
    assert_eq!(command(message, "1").refs().collect::<Vec<_>>(), refs);
    assert!(message.is_final());
}

#[test]
fn a1_get_with_the_public_id_of_syncml_1_1() {
    let message = decode(A1);
    check_aosp(&message, "1.2", "22100", "http://10.72.34.217/Scts?0JTIAA==");
    assert_eq!(items(&command(&message, "4")), [(Some("./DevDetail/URI/MaxDepth"), None, None)]);
}

#[test]
fn a2_add_with_empty_data() {
    let message = decode(A2);
    check_aosp(&message, "1.2", "30483", "http://10.72.34.217/Scts?4ELIAA==");
    let add = command(&message, "4");
    assert_eq!(items(&add), [(Some("./TestLeafNode"), None, Some(""))]);
    assert_eq!(add.items().next().unwrap().format(), Some("node"));
}

#[test]
fn a3_two_deletes() {
    let message = decode(A3);
    check_aosp(&message, "1.2", "12463", "http://10.72.34.217/Scts?ALvHAA==");
    assert_eq!(outline(&message)[3..], [(CommandKind::Delete, "4"), (CommandKind::Delete, "5")]);
    assert_eq!(items(&command(&message, "5")), [(Some("./TestLeaf"), None, None)]);
}

#[test]
fn a4_package_1_with_nine_items() {
    let message = decode(A4);
    let header = message.header();
    assert_eq!((header.target_name(), header.source_name()), (Some("Scts"), Some("SampleServer")));
    assert_eq!(header.target(), "http://10.72.41.182:80/Manage");
    assert_eq!(header.cred().unwrap().data().unwrap().base64().unwrap(), b"SampleServer:SampleServer");
    assert_eq!(command(&message, "1").alert().unwrap().0, 1201);
    let found = items(&command(&message, "2"));
    let values = ["000000011234564", "1.2", "en", "Motorola, Copyright 2005", "A780", "", "Latin", "US", "false"];
    let names = ["DevId", "DmV", "Lang", "Man", "Mod", "Bearer/GSM", "Sort", "Loc", "LangAuto"];
    assert_eq!(found.len(), 9);
    for ((item, name), value) in found.into_iter().zip(names).zip(values) {
        assert_eq!(item, (None, Some(format!("./DevInfo/{name}").as_str()), Some(value)));
    }
}

#[test]
fn a5_texts_from_the_string_table() {
    let message = decode(A5);
    check_aosp(&message, "1.1", "22100", "http://10.72.34.217/Scts?0JTIAA==");
    assert_eq!(items(&command(&message, "4")), [(Some("./DevDetail/URI/MaxDepth"), None, None)]);
}

#[test]
fn r3_data_sync_alert_with_anchor() {
    let message = decode(R3);
    let header = message.header();
    assert_eq!((header.ver_dtd(), header.ver_proto()), ("1.1", Some("SyncML/1.1")));
    assert_eq!((header.target(), header.source()), ("http://www.syncml.org/sync-server", "IMEI:493005100592800"));
    assert_eq!(header.cred().unwrap().data().unwrap().base64().unwrap(), b"Bruce2:OhBehave");
    assert_eq!(header.meta().unwrap().max_msg_size(), Some(5000));
    let alert = command(&message, "1");
    assert_eq!(alert.alert().unwrap().0, 200);
    let item = alert.items().next().unwrap();
    assert_eq!((item.target(), item.source()), (Some("./contacts/james_bond"), Some("./dev-contacts")));
    let anchor = item.own_meta().unwrap().extras().next().unwrap();
    let anchor = elements(&mut anchor.reader(&Options::default())).unwrap();
    assert_eq!(anchor, r#"(Anchor (Last "234")(Next "276"))"#);
    assert!(!message.is_final());
}

#[test]
fn own_twins_have_equal_views() {
    for name in ["package1", "package2"] {
        let (xml, wbxml) = (own(&format!("{name}.syncml.xml")), own(&format!("{name}.syncml.wbxml")));
        let (xml, wbxml) = (Message::decode(&xml).unwrap(), Message::decode(&wbxml).unwrap());
        assert_eq!(dump(&xml), dump(&wbxml), "{name}");
    }
}

#[test]
fn embedded_trees_in_all_forms_are_one_tree() {
    let mut trees = Vec::new();
    for row in rows("counts.tsv").iter().filter(|row| row.get("file").starts_with("results-")) {
        let name = row.get("file");
        let input = own(name);
        let message = Message::decode(&input).unwrap();
        let data = only_data(&message);
        assert!(input[data.offset()..].starts_with(b"<Data>") || input[data.offset()] == 0x4F, "{name}");
        let embedded = data.embedded().unwrap();
        let (root, _, nodes) = survey(&embedded).unwrap();
        assert_eq!((root.as_str(), nodes), ("MgmtTree", row.number("embedded_nodes")), "{name}");
        trees.push((name.to_owned(), elements(&mut embedded.reader(&Options::default()).unwrap()).unwrap()));
    }
    assert_eq!(trees.len(), 6);
    for (name, tree) in &trees {
        assert_eq!(*tree, trees[0].1, "{name}");
    }
}

/// A message with one `Data`, and where its `Data` begins.
fn with_data(data: &str) -> (String, usize) {
    let (before, _) = G7_XML.split_once("<Data>").unwrap();
    let (_, after) = G7_XML.split_once("</Data>").unwrap();
    (format!("{before}<Data>{data}</Data>{after}"), before.len())
}

/// G10 with other octets, at most 127, in its `Data`.
fn with_opaque(octets: &[u8]) -> Vec<u8> {
    let mut input = hex(G10);
    let data = input.windows(3).position(|window| window == [0xC3, 0x81, 0x57]).unwrap();
    let value = [&[0xC3, u8::try_from(octets.len()).unwrap()], octets].concat();
    input.splice(data..data + 3 + 0xD7, value);
    input
}

#[test]
fn errors_in_embedded_text_have_both_places() {
    let broken = "<MgmtTree xmlns='syncml:dmddf1.2'><Node></Nod></MgmtTree>";
    let inner = broken.find("</Nod>").unwrap();
    for data in [broken.replace('<', "&lt;"), format!("<![CDATA[{broken}]]>")] {
        let (input, outer) = with_data(&data);
        let message = Message::decode(input.as_bytes()).unwrap();
        let embedded = only_data(&message).embedded().unwrap();
        let error = survey(&embedded).unwrap_err();
        assert_eq!((error.kind(), error.offset(), error.inner()), (ErrorKind::XmlEndTag, outer, Some(inner)));
    }
}

/// Text of a message is Unicode already: what a document in it says of its charset was true before it was put there.
#[test]
fn a_charset_declared_in_embedded_text_does_not_count() {
    for charset in ["koi8-r", "ISO-8859-1", "utf-16"] {
        let tree = "<MgmtTree><VerDTD>1.2</VerDTD><Man>Acmé</Man></MgmtTree>";
        let (input, _) = with_data(&format!("<![CDATA[<?xml version='1.0' encoding='{charset}'?>{tree}]]>"));
        let message = Message::decode(input.as_bytes()).unwrap();
        let item = message.all_commands().next().unwrap().items().next().unwrap();
        let tree = omadm::tnds::in_item(&item, &Options::default()).unwrap().unwrap();
        assert_eq!(tree.man(), Some("Acmé"), "{charset}");
    }
}

/// Octets bring their charset along, in an opaque block and in base64; what is converted has that of its message.
#[test]
fn a_charset_declared_in_embedded_octets_counts() {
    let text = "<MgmtTree><VerDTD>1.2</VerDTD><Man>Acmé</Man></MgmtTree>";
    let tree = format!("<?xml version='1.0' encoding='ISO-8859-1'?>{text}");
    let latin: Vec<u8> = tree.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect();
    let opaque = with_opaque(&latin);
    let (base64, _) = with_data(&omadm::auth::Nonce::new(latin.as_slice()).to_base64());
    let base64 = base64.replacen(">bin</Format>", ">b64</Format>", 1);
    let message = Message::decode(&opaque).unwrap();
    let converted = message.encode(omadm::markup::Encoding::Xml).unwrap();
    for (input, expected) in [(&opaque[..], &*tree), (base64.as_bytes(), &tree), (&converted, text)] {
        let message = Message::decode(input).unwrap();
        let item = message.all_commands().next().unwrap().items().next().unwrap();
        let embedded = item.embedded().unwrap();
        assert_eq!(embedded.bytes(), expected.as_bytes(), "as UTF-8");
        assert_eq!(omadm::tnds::in_item(&item, &Options::default()).unwrap().unwrap().man(), Some("Acmé"));
    }
}

/// WBXML has characters in its texts that a document in them cannot have.
#[test]
fn control_characters_in_embedded_text_have_both_places() {
    let document = b"<MgmtTree><VerDTD>\x01</VerDTD></MgmtTree>";
    let mut input = with_opaque(b"?");
    let at = input.windows(3).position(|window| window == [0xC3, 0x01, b'?']).unwrap();
    input.splice(at..at + 3, [&[0x03], &document[..], &[0]].concat());
    let message = Message::decode(&input).unwrap();
    let data = only_data(&message);
    assert_eq!(data.form(), DataForm::Text);
    let error = data.embedded().unwrap().reader(&Options::default()).unwrap_err();
    let inner = document.iter().position(|octet| *octet == 1).unwrap();
    assert_eq!(error, Error::new(ErrorKind::InvalidCharacter, inner).embedded_at(data.offset()));
}

/// `Format` b64 whose octets are a document, XML or WBXML.
#[test]
fn base64_that_holds_a_document_is_opened() {
    let tree = hex("0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e0000026064660341000176033100010101");
    // Both by another encoder.
    let wbxml = "AgAAahstLy9PTUEvL0RURC1ETS1EREYgMS4yLy9FTgAAAmBkZgNBAAF2AzEAAQEB";
    let xml = "PE1nbXRUcmVlPjxOb2RlPjxOb2RlTmFtZT5BPC9Ob2RlTmFtZT48VmFsdWU+MTwvVmFsdWU+PC9Ob2RlPjwvTWdtdFRyZWU+";
    let text = "<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>";
    for (base64, octets) in [(wbxml, tree.as_slice()), (xml, text.as_bytes())] {
        let (input, _) = with_data(base64);
        let input = input.replacen(">bin</Format>", ">b64</Format>", 1);
        let message = Message::decode(input.as_bytes()).unwrap();
        let item = message.all_commands().next().unwrap().items().next().unwrap();
        assert!(item.data().unwrap().embedded().is_none(), "the data by itself is text");
        assert_eq!(item.embedded().unwrap().bytes(), octets);
        let found = omadm::tnds::in_item(&item, &Options::default()).unwrap().unwrap();
        assert_eq!(found.get("./Inbox/A").unwrap().unwrap().value().unwrap().text(), Some("1"));
    }
    assert_eq!(omadm::tnds::decode(&tree).unwrap().len(), 2);
}

#[test]
fn errors_in_an_embedded_wbxml_document_have_both_places() {
    let mut input = hex(G7);
    // The token of the inner NodeName becomes one that page 2 does not have.
    let document = input.windows(2).position(|pair| pair == [0x02, 0x00]).unwrap();
    assert_eq!(input[document..document + 5], [0x02, 0x00, 0x00, 0x6A, 0x1B]);
    let at = document + input[document..].windows(2).rposition(|pair| pair == [0x64, 0x66]).unwrap();
    input[at + 1] = 0x7F;
    let message = Message::decode(&input).unwrap();
    let data = only_data(&message);
    assert_eq!(input[data.offset()], 0x4F);
    let error = survey(&data.embedded().unwrap()).unwrap_err();
    let expected = Error::new(ErrorKind::WbxmlTag, at + 1 - document).embedded_at(data.offset());
    assert_eq!(error, expected);
}

#[test]
fn errors_in_embedded_markup_are_errors_of_the_message() {
    let (input, _) = with_data("<MgmtTree xmlns='syncml:dmddf1.2'><Node></Nod></MgmtTree>");
    let error = Message::decode(input.as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::XmlEndTag, input.find("</Nod>").unwrap()));
}

#[test]
fn values_are_no_documents() {
    for octets in ["0102030405", "fffe0001", "feff", "ffd8ffe0", "02", "00", "", "03a40100"] {
        let octets = hex(octets);
        let input = with_opaque(&octets);
        let message = Message::decode(&input).unwrap();
        let data = only_data(&message);
        assert_eq!((data.form(), data.bytes()), (DataForm::Opaque, octets.as_slice()));
        assert!(data.embedded().is_none(), "{octets:02x?}");
    }
}
