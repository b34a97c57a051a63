//! Answers to `Get`, row by row of `wire.md` §9.2, §9.4 and §9.6; read back from messages in both encodings.

use omadm::markup::Encoding;
use omadm::query::RelPath;
use omadm::session::{ResultsOptions, results};
use omadm::syncml::{Message, MessageBuilder, NewCommand, StatusCode};
use omadm::tree::{AclCommands, NewNode, Principal, Tree};
use omadm::{ErrorKind, Limits, tnds};

const DOCUMENT: &str = "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>
<Node><NodeName>DevInfo</NodeName><RTProperties><Format><node/></Format><Type><DDFName>urn:oma:mo:oma-dm-devinfo:1.0</DDFName></Type></RTProperties>
  <Node><NodeName>Man</NodeName><RTProperties><Title>Maker</Title></RTProperties><Value>Acme &amp; Co</Value></Node>
  <Node><NodeName>Port</NodeName><RTProperties><Format><int/></Format></RTProperties><Value>443</Value></Node>
  <Node><NodeName>Icon</NodeName><RTProperties><Format><bin/></Format><Type><MIME>image/png</MIME></Type></RTProperties><Value>AP8B</Value></Node>
  <Node><NodeName>Conf</NodeName><RTProperties><Format><xml/></Format><Type><MIME>text/xml</MIME></Type></RTProperties><Value>&lt;a/&gt;</Value></Node>
  <Node><NodeName>None</NodeName><RTProperties><Format><null/></Format></RTProperties></Node>
  <Node><NodeName>Empty</NodeName><RTProperties><Format><chr/></Format></RTProperties></Node>
</Node>
<Node><NodeName>Vendor</NodeName><RTProperties><ACL>Get=one&amp;Add=*</ACL><Format><node/></Format></RTProperties>
  <Node><NodeName>Caf%C3%A9</NodeName><RTProperties><ACL>Get=*</ACL></RTProperties><Value>open</Value></Node>
  <Node><NodeName>Shut 1</NodeName><Value>shut</Value></Node>
</Node>
<Node><NodeName>Inbox</NodeName><RTProperties><Format><node/></Format><Type><DDFName>urn:oma:mo:oma-dm-inbox:1.0</DDFName></Type></RTProperties>
  <Node><NodeName>Put</NodeName><Value>1</Value></Node></Node>
<Node><NodeName>Void</NodeName><RTProperties><Format><node/></Format></RTProperties></Node>
</MgmtTree>";

fn tree() -> Tree<'static> {
    tnds::decode(DOCUMENT.as_bytes()).unwrap()
}

/// `source | Format | Type | data` of each item, as a message in this encoding brings it.
fn ask_in(tree: &Tree<'_>, uri: &str, server: &str, encoding: Encoding) -> Result<Vec<String>, u16> {
    let options = ResultsOptions { principal: Principal::Server(server), encoding, ..ResultsOptions::default() };
    let items = results(tree, uri, &options).map_err(|error| StatusCode::of(error.kind()).0)?;
    let items: Vec<_> = items.iter().map(|item| item.to_new_item()).collect();
    let mut builder = MessageBuilder::new("1", "2", "server", "client");
    builder.command(&NewCommand::results("1", "4", &items)).unwrap();
    let octets = builder.finish().unwrap().encode(encoding).unwrap();
    let message = Message::decode(&octets).unwrap();
    let results = message.commands().next().unwrap();
    let lines = results.items().map(|item| {
        let data = item.data().map(|data| data.text().map_or_else(|| format!("{:?}", data.bytes()), str::to_owned));
        let meta = item.own_meta();
        format!(
            "{} | {} | {} | {}",
            item.source().unwrap(),
            meta.and_then(|meta| meta.format()).unwrap_or_default(),
            meta.and_then(|meta| meta.media_type()).unwrap_or_default(),
            data.unwrap_or("(none)".to_owned())
        )
    });
    Ok(lines.collect())
}

fn ask(uri: &str) -> Result<Vec<String>, u16> {
    ask_in(&tree(), uri, "two", Encoding::Xml)
}

fn lines(lines: &[&str]) -> Result<Vec<String>, u16> {
    Ok(lines.iter().map(|line| (*line).to_owned()).collect())
}

/// wire.md §9.2
#[test]
fn leaves_and_interior_nodes() {
    assert_eq!(ask("./DevInfo/Man"), lines(&["./DevInfo/Man |  |  | Acme & Co"]));
    assert_eq!(ask("DevInfo/Port"), lines(&["DevInfo/Port | int |  | 443"]));
    assert_eq!(ask("./DevInfo/Icon"), lines(&["./DevInfo/Icon | b64 | image/png | AP8B"]));
    let binary = ask_in(&tree(), "./DevInfo/Icon", "two", Encoding::Wbxml);
    assert_eq!(binary, lines(&["./DevInfo/Icon | bin | image/png | [0, 255, 1]"]));
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let conf = ask_in(&tree(), "./DevInfo/Conf", "two", encoding);
        assert_eq!(conf, lines(&["./DevInfo/Conf | xml | text/xml | <a/>"]));
    }
    assert_eq!(ask("./DevInfo/None"), lines(&["./DevInfo/None | null |  | (none)"]));
    assert_eq!(ask("./DevInfo/Empty"), lines(&["./DevInfo/Empty |  |  | "]));
    // The names of children, escaped as in a URI.
    assert_eq!(ask_in(&tree(), "./Vendor", "one", Encoding::Xml), lines(&["./Vendor | node |  | Caf%C3%A9/Shut%201"]));
    assert_eq!(ask("."), lines(&[". | node |  | DevInfo/Vendor/Inbox/Void"]));
    assert_eq!(ask("./Void"), lines(&["./Void | node |  | "]));
}

/// wire.md §9.4: the whole URI is the Source, and there is no Meta.
#[test]
fn properties() {
    assert_eq!(ask("./DevInfo/Man?prop=Title"), lines(&["./DevInfo/Man?prop=Title |  |  | Maker"]));
    assert_eq!(ask("./DevInfo?prop=Type"), lines(&["./DevInfo?prop=Type |  |  | urn:oma:mo:oma-dm-devinfo:1.0"]));
    assert_eq!(ask("./DevInfo/Icon?prop=Size"), lines(&["./DevInfo/Icon?prop=Size |  |  | 3"]));
    assert_eq!(ask("./DevInfo?prop=ACL"), lines(&["./DevInfo?prop=ACL |  |  | "]));
    assert_eq!(ask("./DevInfo?prop=Size"), Err(406));
    assert_eq!(ask("./DevInfo?prop=Title"), Err(406));
    assert_eq!(ask("./DevInfo?prop=size"), Err(406));
    // wire.md §10.4: any Get.
    assert_eq!(ask("./Inbox?prop=Type"), Err(405));
    assert_eq!(ask("./Inbox/Put?prop=Size"), Err(405));
}

/// wire.md §9.6: parents first, without what the server may not read.
#[test]
fn structures() {
    let of_devinfo = lines(&[
        "./DevInfo | node | urn:oma:mo:oma-dm-devinfo:1.0 | (none)",
        "./DevInfo/Man |  |  | (none)",
        "./DevInfo/Port | int |  | (none)",
        "./DevInfo/Icon | bin | image/png | (none)",
        "./DevInfo/Conf | xml | text/xml | (none)",
        "./DevInfo/None | null |  | (none)",
        "./DevInfo/Empty |  |  | (none)",
    ]);
    assert_eq!(ask_in(&tree(), "./DevInfo?list=Struct", "two", Encoding::Wbxml), of_devinfo);
    let data = ask("./DevInfo?list=StructData").unwrap();
    assert_eq!(data[1], "./DevInfo/Man |  |  | Acme & Co");
    assert_eq!(data[5], "./DevInfo/None | null |  | (none)");
    let uris = |server| -> Vec<String> {
        let items = ask_in(&tree(), ".?list=Struct", server, Encoding::Xml).unwrap();
        items
            .iter()
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .filter(|uri| !uri.starts_with("./DevInfo"))
            .collect()
    };
    // A readable node below one that is not; nothing of the Inbox.
    assert_eq!(uris("two"), [".", "./Vendor/Caf%C3%A9", "./Inbox", "./Void"]);
    assert_eq!(uris("one"), [".", "./Vendor", "./Vendor/Caf%C3%A9", "./Vendor/Shut%201", "./Inbox", "./Void"]);
    assert_eq!(ask("./DevInfo/Man?list=StructData"), lines(&["./DevInfo/Man |  |  | Acme & Co"]));
}

/// wire.md §9.6, §8.4
#[test]
fn documents() {
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let options = ResultsOptions { principal: Principal::Server("two"), encoding, ..ResultsOptions::default() };
        let tree = tree();
        let items = results(&tree, "./DevInfo?list=TNDS-Title", &options).unwrap();
        let items: Vec<_> = items.iter().map(|item| item.to_new_item()).collect();
        let mut builder = MessageBuilder::new("1", "2", "server", "client");
        builder.command(&NewCommand::results("1", "4", &items)).unwrap();
        let octets = builder.finish().unwrap().encode(encoding).unwrap();
        let message = Message::decode(&octets).unwrap();
        let (item, found) = tnds::in_message(&message, &Default::default()).next().unwrap().unwrap();
        assert_eq!(item.source(), Some("./DevInfo"));
        let uris: Vec<String> =
            found.get("./DevInfo").unwrap().unwrap().descendants().map(|node| node.uri().to_string()).collect();
        assert_eq!(uris.len(), 7);
        assert_eq!(uris[1], "./DevInfo/Man");
        let man = found.get("./DevInfo/Man").unwrap().unwrap();
        assert_eq!((man.value().unwrap().text(), man.title()), (Some("Acme & Co"), None));
    }
    for (uri, code) in [
        ("./DevInfo?list=TNDS+Size", 406),
        ("./DevInfo?list=TNDS+Value-ACL", 422),
        ("./DevInfo?list=struct", 406),
        (".?list=x-omadm-mo", 406),
        ("./DevInfo?find=x", 422),
        ("./DevInfo/", 404),
        ("./None", 404),
        ("./Vendor", 425),
        ("./Vendor?list=TNDS", 425),
        ("./Vendor?prop=ACL", 425),
        ("./Inbox", 405),
        ("./Inbox/Put", 405),
        ("./Inbox?list=Struct", 405),
    ] {
        assert_eq!(ask(uri), Err(code), "{uri}");
    }
}

/// wire.md §9.6: nodes without the right are left out, and what may be read below them is not.
#[test]
fn documents_leave_out_what_may_not_be_read() {
    let tree = tree();
    for (server, shown) in
        [("two", &["./Vendor/Caf%C3%A9"][..]), ("one", &["./Vendor", "./Vendor/Caf%C3%A9", "./Vendor/Shut%201"])]
    {
        for encoding in [Encoding::Xml, Encoding::Wbxml] {
            let how = tnds::EncodeOptions { principal: Principal::Server(server), ..Default::default() };
            let document = tnds::encode(&tree, encoding, &how).unwrap();
            let read = tnds::decode(&document).unwrap();
            let described: Vec<String> = read
                .nodes()
                .filter(|node| !node.is_implicit())
                .map(|node| node.uri().to_string())
                .filter(|uri| uri.starts_with("./Vendor"))
                .collect();
            assert_eq!(described, shown, "{server}");
            assert!(read.get("./Inbox").unwrap().is_some() && read.get("./Inbox/Put").unwrap().is_none());
            let vendor = read.get("./Vendor").unwrap().unwrap();
            assert_eq!(vendor.is_implicit(), server == "two");
            assert_eq!(vendor.acl(), if server == "two" { None } else { Some("Get=one&Add=*") });
        }
        let how = tnds::EncodeOptions { principal: Principal::Server(server), ..Default::default() };
        let outcome = tnds::encode(tree.get("./Vendor").unwrap().unwrap(), Encoding::Xml, &how);
        assert_eq!(outcome.is_ok(), server == "one");
    }
    // Without gaps the layout stays as it was asked for.
    let how = tnds::EncodeOptions { principal: Principal::Server("one"), ..Default::default() };
    let for_server = tnds::encode(&tree, Encoding::Xml, &how).unwrap();
    let mut outside = tnds::decode(DOCUMENT.as_bytes()).unwrap();
    outside.edit(&Default::default()).delete("./Inbox/Put").unwrap();
    assert_eq!(for_server, tnds::encode(&outside, Encoding::Xml, &Default::default()).unwrap());
}

#[test]
fn answers_are_bounded() {
    let tree = tree();
    let limits = Limits { elements: 3, ..Limits::default() };
    let options = ResultsOptions { limits, ..ResultsOptions::default() };
    let error = results(&tree, "./DevInfo?list=Struct", &options).unwrap_err();
    assert_eq!(
        (error.kind(), StatusCode::of(error.kind()), error.offset()),
        (ErrorKind::AnswerTooLong, StatusCode(413), 9)
    );
    let limits = Limits { output: 100, ..Limits::default() };
    let options = ResultsOptions { limits, ..ResultsOptions::default() };
    let error = results(&tree, "./DevInfo?list=TNDS", &options).unwrap_err();
    assert_eq!((error.kind(), StatusCode::of(error.kind())), (ErrorKind::LimitOutput, StatusCode(413)));
}

/// wire.md §10.4
#[test]
fn patterns_do_not_look_into_the_inbox_for_a_server() {
    let tree = tree();
    let pattern = omadm::query::Pattern::parse("**/Put").unwrap();
    assert_eq!(tree.select(&pattern).count(), 1);
    assert_eq!(tree.select_for(&pattern, Principal::Server("two")).count(), 0);
}

/// wire.md §10.4: a node in the Inbox is no way in, however it was come by.
#[test]
fn what_begins_in_the_inbox_shows_a_server_nothing() {
    let tree = tree();
    let node = |uri: &str| tree.get(uri).unwrap().unwrap();
    let path = RelPath::parse("Put").unwrap();
    for principal in [Principal::Server("two"), Principal::Server("one")] {
        let how = tnds::EncodeOptions { principal, ..Default::default() };
        for uri in ["./Inbox", "./Inbox/Put"] {
            let error = tnds::encode(node(uri), Encoding::Xml, &how).unwrap_err();
            assert_eq!((error.kind(), StatusCode::of(error.kind()).0), (ErrorKind::GetNotAllowed, 405), "{uri}");
        }
        assert_eq!(path.nodes(node("./Inbox"), principal).count(), 0);
    }
    assert_eq!(path.nodes(node("./Inbox"), Principal::Device).count(), 1);
    assert!(tnds::encode(node("./Inbox"), Encoding::Xml, &Default::default()).is_ok());
    // In an object in the Inbox.
    let mut tree = tree;
    let mut edit = tree.edit(&Default::default());
    edit.add("./Inbox/App", &NewNode::interior()).unwrap();
    edit.add("./Inbox/App/Put", &NewNode::leaf("1")).unwrap();
    let app = tree.get("./Inbox/App").unwrap().unwrap();
    assert!(app.allows(Principal::Server("one"), AclCommands::GET), "by the ACL");
    assert_eq!(path.nodes(app, Principal::Server("one")).count(), 0);
    assert_eq!(path.nodes(app, Principal::Device).count(), 1);
    let how = tnds::EncodeOptions { principal: Principal::Server("one"), ..Default::default() };
    assert_eq!(tnds::encode(app, Encoding::Xml, &how).unwrap_err().kind(), ErrorKind::GetNotAllowed);
}

#[test]
fn a_node_that_no_document_can_have_is_named() {
    let document = DOCUMENT.replace("<Value>AP8B</Value>", "<Value>***</Value>");
    let tree = tnds::decode(document.as_bytes()).unwrap();
    let error = results(&tree, "./DevInfo?list=TNDS", &ResultsOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset(), error.inner()), (ErrorKind::InvalidBase64, 9, Some(3)));
    let node = tree.get("./DevInfo").unwrap().unwrap().descendants().nth(3).unwrap();
    assert_eq!(node.name(), "Icon");
}
