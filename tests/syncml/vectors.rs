//! The vectors of `wire.md` §13.1 to §13.3, field by field; XML and WBXML twins; embedded trees.

use super::views::{dump, elements, hex, own, rows, survey};
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

/// `Format` b64 whose octets are a document, XML or WBXML.
#[test]
fn base64_that_holds_a_document_is_opened() {
    let tree = hex("0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e0000026064660341000176033100010101");
    // Both by another encoder.
    let wbxml = "AgAAahstLy9PTUEvL0RURC1ETS1EREYgMS4yLy9FTgAAAmBkZgNBAAF2AzEAAQEB";
    let xml = "PE1nbXRUcmVlPjxOb2RlPjxOb2RlTmFtZT5BPC9Ob2RlTmFtZT48VmFsdWU+MTwvVmFsdWU+PC9Ob2RlPjwvTWdtdFRyZWU+";
    for base64 in [wbxml, xml] {
        let (input, _) = with_data(base64);
        let input = input.replacen(">bin</Format>", ">b64</Format>", 1);
        let message = Message::decode(input.as_bytes()).unwrap();
        let item = message.all_commands().next().unwrap().items().next().unwrap();
        assert!(item.data().unwrap().embedded().is_none(), "the data by itself is text");
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
        let mut input = hex(G10);
        let data = input.windows(3).position(|window| window == [0xC3, 0x81, 0x57]).unwrap();
        let end = data + 3 + 0xD7;
        let value = [&[0xC3, u8::try_from(octets.len()).unwrap()], octets.as_slice()].concat();
        input.splice(data..end, value);
        let message = Message::decode(&input).unwrap();
        let data = only_data(&message);
        assert_eq!((data.form(), data.bytes()), (DataForm::Opaque, octets.as_slice()));
        assert!(data.embedded().is_none(), "{octets:02x?}");
    }
}

const G1_XML: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1A</SessionID><MsgID>1</MsgID><Target><LocURI>https://dm.example.com/omadm</LocURI></Target><Source><LocURI>IMEI:490154203237518</LocURI><LocName>dev1</LocName></Source><Cred><Meta><Format xmlns="syncml:metinf">b64</Format><Type xmlns="syncml:metinf">syncml:auth-md5</Type></Meta><Data>L8Ei+QOe8Nw1IoxGLfmavg==</Data></Cred><Meta><MaxMsgSize xmlns="syncml:metinf">16384</MaxMsgSize><MaxObjSize xmlns="syncml:metinf">1048576</MaxObjSize></Meta></SyncHdr>
<SyncBody>
<Alert><CmdID>1</CmdID><Data>1201</Data></Alert>
<Replace><CmdID>2</CmdID><Item><Source><LocURI>./DevInfo/DevId</LocURI></Source><Data>IMEI:490154203237518</Data></Item>
<Item><Source><LocURI>./DevInfo/Man</LocURI></Source><Data>Acme</Data></Item>
<Item><Source><LocURI>./DevInfo/Mod</LocURI></Source><Data>R1</Data></Item>
<Item><Source><LocURI>./DevInfo/DmV</LocURI></Source><Data>1.2</Data></Item>
<Item><Source><LocURI>./DevInfo/Lang</LocURI></Source><Data>en</Data></Item></Replace>
<Final/></SyncBody></SyncML>"#;

const G1: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033100016e570368747470733a2f2f646d
    2e6578616d706c652e636f6d2f6f6d61646d000101675703494d45493a34393031353432303332333735313800015603
    646576310001014e5a000147036236340001530373796e636d6c3a617574682d6d643500010100004f034c3845692b51
    4f65384e7731496f78474c666d6176673d3d0001015a00014c0331363338340001550331303438353736000101010000
    6b464b033100014f0331323031000101604b03320001546757032e2f446576496e666f2f44657649640001014fc31449
    4d45493a3439303135343230333233373531380101546757032e2f446576496e666f2f4d616e0001014fc30441636d65
    0101546757032e2f446576496e666f2f4d6f640001014fc30252310101546757032e2f446576496e666f2f446d560001
    014fc303312e320101546757032e2f446576496e666f2f4c616e670001014fc302656e010101120101";

const G2_XML: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1A</SessionID><MsgID>1</MsgID><Target><LocURI>IMEI:490154203237518</LocURI></Target><Source><LocURI>https://dm.example.com/omadm</LocURI></Source></SyncHdr>
<SyncBody>
<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><TargetRef>https://dm.example.com/omadm</TargetRef><SourceRef>IMEI:490154203237518</SourceRef><Chal><Meta><Format xmlns="syncml:metinf">b64</Format><Type xmlns="syncml:metinf">syncml:auth-md5</Type><NextNonce xmlns="syncml:metinf">AAECAwQFBgcICQoLDA0ODw==</NextNonce></Meta></Chal><Data>212</Data></Status>
<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Cmd>Alert</Cmd><Data>200</Data></Status>
<Status><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Replace</Cmd><Data>200</Data></Status>
<Get><CmdID>4</CmdID><Item><Target><LocURI>./DevDetail/SwV</LocURI></Target></Item></Get>
<Get><CmdID>5</CmdID><Item><Target><LocURI>./DevInfo</LocURI></Target></Item></Get>
<Add><CmdID>6</CmdID><Item><Target><LocURI>./App/Cfg1</LocURI></Target><Meta><Format xmlns="syncml:metinf">node</Format></Meta></Item></Add>
<Replace><CmdID>7</CmdID><Item><Target><LocURI>./App/Cfg1?prop=ACL</LocURI></Target><Data>Get=*&amp;Replace=srv1</Data></Item></Replace>
<Exec><CmdID>8</CmdID><Correlator>c42</Correlator><Item><Target><LocURI>./FUMO/1/Download</LocURI></Target></Item></Exec>
<Final/></SyncBody></SyncML>"#;

const G2: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033100016e5703494d45493a3439303135
    3432303332333735313800010167570368747470733a2f2f646d2e6578616d706c652e636f6d2f6f6d61646d00010101
    6b694b033100015c033100014c033000014a0353796e6348647200016f0368747470733a2f2f646d2e6578616d706c65
    2e636f6d2f6f6d61646d00016803494d45493a3439303135343230333233373531380001495a00014703623634000153
    0373796e636d6c3a617574682d6d64350001500341414543417751464267634943516f4c4441304f44773d3d00010101
    00004f03323132000101694b033200015c033100014c033100014a03416c65727400014f03323030000101694b033300
    015c033100014c033200014a035265706c61636500014f03323030000101534b03340001546e57032e2f446576446574
    61696c2f5377560001010101534b03350001546e57032e2f446576496e666f0001010101454b03360001546e57032e2f
    4170702f436667310001015a000147036e6f646500010101010000604b03370001546e57032e2f4170702f436667313f
    70726f703d41434c0001014fc3124765743d2a265265706c6163653d73727631010101514b033800017c036334320001
    546e57032e2f46554d4f2f312f446f776e6c6f61640001010101120101";

const G3_XML: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1A</SessionID><MsgID>2</MsgID><Target><LocURI>https://dm.example.com/omadm</LocURI></Target><Source><LocURI>IMEI:490154203237518</LocURI></Source></SyncHdr>
<SyncBody>
<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>212</Data></Status>
<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>5</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>
<Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>5</CmdRef><Item><Source><LocURI>./DevInfo</LocURI></Source><Meta><Format xmlns="syncml:metinf">node</Format><Type xmlns="syncml:metinf">text/plain</Type></Meta><Data>DevId/Man/Mod/DmV/Lang</Data></Item></Results>
<Status><CmdID>4</CmdID><MsgRef>1</MsgRef><CmdRef>8</CmdRef><Cmd>Exec</Cmd><Data>202</Data></Status>
<Alert><CmdID>5</CmdID><Data>1226</Data><Correlator>c42</Correlator><Item><Source><LocURI>./FUMO/1</LocURI></Source><Meta><Format xmlns="syncml:metinf">chr</Format><Type xmlns="syncml:metinf">org.openmobilealliance.dm.firmwareupdate.download</Type><Mark xmlns="syncml:metinf">critical</Mark></Meta><Data>200</Data></Item></Alert>
<Final/></SyncBody></SyncML>"#;

const G3: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033200016e570368747470733a2f2f646d
    2e6578616d706c652e636f6d2f6f6d61646d000101675703494d45493a34393031353432303332333735313800010101
    6b694b033100015c033100014c033000014a0353796e6348647200014f03323132000101694b033200015c033100014c
    033500014a0347657400014f03323030000101624b033300015c033100014c03350001546757032e2f446576496e666f
    0001015a000147036e6f646500015303746578742f706c61696e00010100004f0344657649642f4d616e2f4d6f642f44
    6d562f4c616e6700010101694b033400015c033100014c033800014a034578656300014f03323032000101464b033500
    014f033132323600017c036334320001546757032e2f46554d4f2f310001015a00014703636872000153036f72672e6f
    70656e6d6f62696c65616c6c69616e63652e646d2e6669726d776172657570646174652e646f776e6c6f616400014b03
    637269746963616c00010100004f0332303000010101120101";

const G4_XML: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1A</SessionID><MsgID>2</MsgID><Target><LocURI>IMEI:490154203237518</LocURI></Target><Source><LocURI>https://dm.example.com/omadm</LocURI></Source></SyncHdr>
<SyncBody>
<Status><CmdID>1</CmdID><MsgRef>2</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>212</Data></Status>
<Replace><CmdID>2</CmdID><Item><Target><LocURI>./App/Blob</LocURI></Target><Meta><Format xmlns="syncml:metinf">b64</Format><Type xmlns="syncml:metinf">application/octet-stream</Type><Size xmlns="syncml:metinf">24</Size></Meta><Data>AAECAwQFBgcI</Data><MoreData/></Item></Replace>
</SyncBody></SyncML>"#;

const G4: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033200016e5703494d45493a3439303135
    3432303332333735313800010167570368747470733a2f2f646d2e6578616d706c652e636f6d2f6f6d61646d00010101
    6b694b033100015c033200014c033000014a0353796e6348647200014f03323132000101604b03320001546e57032e2f
    4170702f426c6f620001015a00014703623634000153036170706c69636174696f6e2f6f637465742d73747265616d00
    015203323400010100004fc30c414145434177514642676349013401010101";

const G7_XML: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>IMEI:490154203237518</LocURI></Target><Source><LocURI>https://dm.example.com/omadm</LocURI></Source></SyncHdr>
<SyncBody>
<Add><CmdID>1</CmdID><Item><Target><LocURI>./Inbox</LocURI></Target><Meta><Format xmlns="syncml:metinf">bin</Format><Type xmlns="syncml:metinf">application/vnd.syncml.dmtnds+xml</Type></Meta><Data><MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Node><NodeName>srv1</NodeName><RTProperties><Format><node/></Format><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>
<Node><NodeName>ServerID</NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties>
<Value>dm.example.com</Value></Node>
</Node>
</MgmtTree></Data></Item></Add>
<Final/></SyncBody></SyncML>"#;

const G7: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e32000165033100015b033100016e5703494d45493a343930313534
    32303332333735313800010167570368747470733a2f2f646d2e6578616d706c652e636f6d2f6f6d61646d000101016b
    454b03310001546e57032e2f496e626f780001015a0001470362696e000153036170706c69636174696f6e2f766e642e
    73796e636d6c2e646d746e64732b7762786d6c00010100004fc381100200006a1b2d2f2f4f4d412f2f4454442d444d2d
    44444620312e322f2f454e000002607703312e3200016466037372763100016f5c250175510375726e3a6f6d613a6d6f
    3a6f6d612d646d2d646d6163633a312e3000010101646603536572766572494400016f5c0b01756103746578742f706c
    61696e000101017603646d2e6578616d706c652e636f6d0001010101010101120101";

const G9: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e32000165033100015b033100016e5703494d45493a343930313534
    32303332333735313800010167570368747470733a2f2f646d2e6578616d706c652e636f6d2f6f6d61646d000101016b
    454b03310001546e57032e2f496e626f780001015a0001470362696e000153036170706c69636174696f6e2f766e642e
    73796e636d6c2e646d746e64732b7762786d6c00010100004f0002607703312e3200016466037372763100016f5c2501
    75510375726e3a6f6d613a6d6f3a6f6d612d646d2d646d6163633a312e3000010101646603536572766572494400016f
    5c0b01756103746578742f706c61696e000101017603646d2e6578616d706c652e636f6d000101010101010100001201
    01";

const G10: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e32000165033100015b033100016e5703494d45493a343930313534
    32303332333735313800010167570368747470733a2f2f646d2e6578616d706c652e636f6d2f6f6d61646d000101016b
    454b03310001546e57032e2f496e626f780001015a00014703786d6c000153036170706c69636174696f6e2f766e642e
    73796e636d6c2e646d746e64732b786d6c00010100004fc381573c4d676d745472656520786d6c6e733d2273796e636d
    6c3a646d646466312e32223e3c5665724454443e312e323c2f5665724454443e3c4e6f64653e3c4e6f64654e616d653e
    737276313c2f4e6f64654e616d653e3c525450726f706572746965733e3c466f726d61743e3c6e6f64652f3e3c2f466f
    726d61743e3c547970653e3c4444464e616d653e75726e3a6f6d613a6d6f3a6f6d612d646d2d646d6163633a312e303c
    2f4444464e616d653e3c2f547970653e3c2f525450726f706572746965733e3c2f4e6f64653e3c2f4d676d7454726565
    3e010101120101";

const A1: &str = "
    0200006a1d2d2f2f53594e434d4c2f2f4454442053796e634d4c20312e312f2f454e6d6c7103312e3200017203444d2f
    312e3200016503323231303000015b033100016e5703303030303030303131323334353634000101675703687474703a
    2f2f31302e37322e33342e3231373a38302f4d616e6167650001016103687474703a2f2f31302e37322e33342e323137
    2f536374733f304a544941413d3d00014e5a000147036236340001530373796e636d6c3a617574682d62617369630001
    0100004f0355324e30637a7054595731776247564462476c6c626e513d0001015a00014c03333530300001010100006b
    694b033100015c033100014c033000014a0353796e6348647200016f03687474703a2f2f31302e37322e33342e323137
    3a38302f4d616e6167650001680330303030303030313132333435363400014f03323132000101694b033200015c0331
    00014c033100014a03416c65727400014f03323030000101694b033300015c033100014c033200014a035265706c6163
    6500014f03323030000101534b03340001546e57032e2f44657644657461696c2f5552492f4d61784465707468000101
    0101120101";

const A2: &str = "
    0200006a1d2d2f2f53594e434d4c2f2f4454442053796e634d4c20312e312f2f454e6d6c7103312e3200017203444d2f
    312e3200016503333034383300015b033100016e5703303030303030303131323334353634000101675703687474703a
    2f2f31302e37322e33342e3231373a38302f4d616e6167650001016103687474703a2f2f31302e37322e33342e323137
    2f536374733f34454c4941413d3d00014e5a000147036236340001530373796e636d6c3a617574682d62617369630001
    0100004f0355324e30637a7054595731776247564462476c6c626e513d0001015a00014c03333530300001010100006b
    694b033100015c033100014c033000014a0353796e6348647200016f03687474703a2f2f31302e37322e33342e323137
    3a38302f4d616e6167650001680330303030303030313132333435363400014f03323132000101694b033200015c0331
    00014c033100014a03416c65727400014f03323030000101694b033300015c033100014c033200014a035265706c6163
    6500014f03323030000101454b03340001546e57032e2f546573744c6561664e6f64650001015a000147036e6f646500
    010100004f0300010101120101";

const A3: &str = "
    0200006a1d2d2f2f53594e434d4c2f2f4454442053796e634d4c20312e312f2f454e6d6c7103312e3200017203444d2f
    312e3200016503313234363300015b033100016e5703303030303030303131323334353634000101675703687474703a
    2f2f31302e37322e33342e3231373a38302f4d616e6167650001016103687474703a2f2f31302e37322e33342e323137
    2f536374733f414c764841413d3d00014e5a000147036236340001530373796e636d6c3a617574682d62617369630001
    0100004f0355324e30637a7054595731776247564462476c6c626e513d0001015a00014c03333530300001010100006b
    694b033100015c033100014c033000014a0353796e6348647200016f03687474703a2f2f31302e37322e33342e323137
    3a38302f4d616e6167650001680330303030303030313132333435363400014f03323132000101694b033200015c0331
    00014c033100014a03416c65727400014f03323030000101694b033300015c033100014c033200014a035265706c6163
    6500014f03323030000101504b03340001546e57032e2f546573744c6561664e6f64650001010101504b03350001546e
    57032e2f546573744c6561660001010101120101";

const A4: &str = "
    0200006a1d2d2f2f53594e434d4c2f2f4454442053796e634d4c20312e322f2f454e6d6c7103312e3200017203444d2f
    312e3200016503323436373300015b033100016e5703687474703a2f2f31302e37322e34312e3138323a38302f4d616e
    61676500015603536374730001016757033030303030303031313233343536340001560353616d706c65536572766572
    0001014e5a000147036236340001530373796e636d6c3a617574682d626173696300010100004f03553246746347786c
    55325679646d56794f6c4e68625842735a564e6c636e5a6c63673d3d0001015a00014c03333530300001010100006b46
    4b033100014f0331323031000101604b03320001546757032e2f446576496e666f2f44657649640001014f0330303030
    3030303131323334353634000101546757032e2f446576496e666f2f446d560001014f03312e32000101546757032e2f
    446576496e666f2f4c616e670001014f03656e000101546757032e2f446576496e666f2f4d616e0001014f034d6f746f
    726f6c612c20436f707972696768742032303035000101546757032e2f446576496e666f2f4d6f640001014f03413738
    30000101546757032e2f446576496e666f2f4265617265722f47534d0001014f03000101546757032e2f446576496e66
    6f2f536f72740001014f034c6174696e000101546757032e2f446576496e666f2f4c6f630001014f0355530001015467
    57032e2f446576496e666f2f4c616e674175746f0001014f0366616c736500010101120101";

const A5: &str = "
    02a4016a3c30303030303030313132333435363400687474703a2f2f31302e37322e33342e3231373a38302f4d616e61
    67650073796e636d6c3a6d6574696e66006d6c7103312e3100017203444d2f312e3100016503323231303000015b0331
    00016e57830001016757831001016103687474703a2f2f31302e37322e33342e3231372f536374733f304a544941413d
    3d00014e5a000147036236340001530373796e636d6c3a617574682d626173696300010100004f0355324e30637a7054
    595731776247564462476c6c626e513d0001015a00014c03333530300001010100006b694b033100015c033100014c03
    3000014a0353796e6348647200016f831001688300014f03323132000101694b033200015c033100014c033100014a03
    416c65727400014f03323030000101694b033300015c033100014c033200014a035265706c61636500014f0332303000
    0101534b03340001546e57032e2f44657644657461696c2f5552492f4d617844657074680001010101120101";

const R3: &str = "
    02a4016a006d6c7103312e310001720353796e634d4c2f312e31000165033100015b033100016e5703687474703a2f2f
    7777772e73796e636d6c2e6f72672f73796e632d736572766572000101675703494d45493a3439333030353130303539
    323830300001014e5a0001530373796e636d6c3a617574682d626173696300010100004f03516e4a31593255794f6b39
    6f516d566f59585a6c0001015a00014c03353030300001010100006b464b033100014f033230300001546e57032e2f63
    6f6e74616374732f6a616d65735f626f6e640001016757032e2f6465762d636f6e74616374730001015a0001454a0332
    333400014f033237360001010101010101";
