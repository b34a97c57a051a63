//! Trees in messages: where they stand, what their URIs count from, and where their errors are.

use super::*;

fn message(command: &str, place: &str, uri: &str, meta_type: &str, content: &str) -> String {
    format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>\
         <SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source>\
         </SyncHdr><SyncBody><{command}><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Item><{place}>\
         <LocURI>{uri}</LocURI></{place}><Meta><Type xmlns='syncml:metinf'>{meta_type}</Type></Meta>\
         <Data>{content}</Data></Item></{command}><Final/></SyncBody></SyncML>"
    )
}

const TREE_TYPE: &str = "application/vnd.syncml.dmtnds+xml";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The trees in a message whose data is `document`, in all forms that XML has.
pub(super) fn embedded(uri: &str, document: &str) -> Vec<Result<Vec<String>, Error>> {
    [escaped(document), format!("\n <![CDATA[{document}]]>\n"), format!("\n {document}\n")]
        .iter()
        .map(|content| {
            let message = message("Results", "Source", uri, TREE_TYPE, content);
            let message = Message::decode(message.as_bytes()).unwrap();
            let found = in_message(&message, &Options::default()).next().unwrap();
            found.map(|(_, tree)| uris(&tree))
        })
        .collect()
}

pub(super) fn check_embedded(uri: &str, nodes: &str, expected: &[&str]) {
    for found in embedded(uri, &mgmt_tree(nodes)) {
        assert_eq!(found.unwrap(), expected, "{uri}: {nodes}");
    }
}

#[test]
fn the_first_node_is_the_start_node_or_its_child() {
    let leaf = |name: &str| format!("<Node><NodeName>{name}</NodeName><Value>1</Value></Node>");
    let with = |name: &str| format!("<Node><NodeName>{name}</NodeName>{}</Node>", leaf("Man"));
    let man = &["./DevInfo", "./DevInfo/Man"][..];
    for uri in ["./DevInfo", "DevInfo", "./DevInfo?list=TNDS", "/DevInfo", "./DevInfo/", " ./DevInfo\n"] {
        check_embedded(uri, &with("DevInfo"), man);
        check_embedded(uri, &with(""), man);
        check_embedded(uri, &leaf("Man"), man);
    }
    check_embedded("./A/B", &with("B"), &["./A", "./A/B", "./A/B/Man"]);
    check_embedded("./A/B", &(leaf("x") + &leaf("B")), &["./A", "./A/B", "./A/B/x", "./A/B/B"]);
    check_embedded("./A/B", &leaf("B"), &["./A", "./A/B"]);
    check_embedded("./My%20A", &with("My A"), &["./My%20A", "./My%20A/Man"]);
    // The root as start node.
    for uri in [".", "./", ".?list=TNDS", "/"] {
        check_embedded(uri, &with("DevInfo"), man);
        check_embedded(uri, &format!("<Node><NodeName>.</NodeName>{}</Node>", with("DevInfo")), man);
        check_embedded(uri, &format!("<Node><NodeName/>{}</Node>", with("DevInfo")), man);
    }
}

#[test]
fn flat_answers_count_from_the_start_node() {
    let flat =
        |name: &str, path: &str| format!("<Node><NodeName>{name}</NodeName><Path>{path}</Path><Value>1</Value></Node>");
    let start = "<Node><NodeName>B</NodeName></Node>";
    let expected = &["./A", "./A/B", "./A/B/x", "./A/B/y", "./A/B/y/z"];
    check_embedded("./A/B", &format!("{start}{}{}", flat("x", "."), flat("z", "./y")), expected);
    check_embedded("./A/B", &format!("{}{}", flat("x", ""), flat("z", "y/")), expected);
    // The start node after its children.
    check_embedded("./A/B", &format!("{}{start}", flat("z", "y")), &["./A", "./A/B", "./A/B/y", "./A/B/y/z"]);
}

#[test]
fn errors_in_embedded_trees_are_placed_in_the_message() {
    let document = mgmt_tree("<Node><NodeName>A/B</NodeName></Node>");
    let inner = document.find("<NodeName").unwrap();
    let found = embedded("./X", &document);
    let data_at = |content: &str| message("Results", "Source", "./X", TREE_TYPE, content).find("<Data").unwrap();
    // Blanks around a CDATA section are part of the text.
    for (found, before) in found.iter().zip([0, "\n ".len()]) {
        let error = found.as_ref().unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidName, data_at("")));
        assert_eq!(error.inner(), Some(before + inner));
    }
    let error = found[2].as_ref().unwrap_err();
    assert_eq!((error.offset(), error.inner()), (data_at("") + "<Data>\n ".len() + inner, None));
}

#[test]
fn more_than_a_tree_in_data_is_refused() {
    let document = mgmt_tree("<Node><NodeName>A</NodeName></Node>");
    let kinds = |content: &str| embedded("./X", content).into_iter().map(|found| found.unwrap_err().kind());
    let expected = [ErrorKind::XmlOutsideRoot, ErrorKind::XmlOutsideRoot, ErrorKind::TrailingData];
    assert!(kinds(&format!("{document}<MgmtTree/>")).eq(expected));
    assert!(kinds(&format!("{document}<x xmlns='urn:x'>1</x>")).eq(expected));
}

#[test]
fn data_that_is_no_tree_is_passed_over_unless_it_says_so() {
    let count = |meta_type: &str, content: &str| {
        let message = message("Replace", "Target", "./X", meta_type, content);
        let message = Message::decode(message.as_bytes()).unwrap();
        in_message(&message, &Options::default()).collect::<Result<Vec<_>, _>>().map(|found| found.len())
    };
    for content in ["", "text", "&lt; 5", "&lt;a>&lt;/b>", "<a xmlns='urn:x'/>", "&lt;SyncML/>", "<![CDATA[<a>x</a>]]>"]
    {
        assert_eq!(count("text/plain", content), Ok(0), "{content}");
    }
    for content in ["&lt;a>&lt;/b>", "<a xmlns='urn:x'/>", "&lt;SyncML/>"] {
        for meta_type in [TREE_TYPE, "Application/vnd.syncml.dmTNDS+xml;charset=utf-8"] {
            assert!(count(meta_type, content).is_err(), "{content}");
        }
    }
    // A tree is one without saying so; a broken one is an error.
    assert_eq!(count("text/plain", &escaped(&mgmt_tree(""))), Ok(1));
    assert_eq!(count("text/plain", "&lt;MgmtTree>").unwrap_err().kind(), ErrorKind::UnexpectedEnd);
    // The first chunk of a large object is not a tree yet.
    assert_eq!(count(TREE_TYPE, "&lt;MgmtTree></Data><MoreData/><Data xmlns='urn:x'>"), Ok(0));
}

/// In XML the octets of `bin` are base64 (`wire.md` §9.3), of a tree, too: as `Item::octets` and conversion have them.
#[test]
fn a_tree_of_format_bin_in_xml_is_base64() {
    let tree = mgmt_tree("<Node><NodeName>A</NodeName><Value>1</Value></Node>");
    let found = |format: &str, octets: &[u8]| {
        let xml = message("Add", "Target", "./X", TREE_TYPE, &STANDARD.encode(octets));
        let xml = xml.replacen("<Type", &format!("<Format xmlns='syncml:metinf'>{format}</Format><Type"), 1);
        let message = Message::decode(xml.as_bytes()).unwrap();
        let tree = in_message(&message, &Options::default()).next().unwrap();
        tree.map(|(_, tree)| tree.nodes().map(|node| node.uri().to_string()).collect::<Vec<_>>())
    };
    let binary = to_wbxml(tree.as_bytes(), &ConvertOptions::default()).unwrap();
    for format in ["bin", "BIN", "b64"] {
        for octets in [tree.as_bytes(), &binary] {
            assert_eq!(found(format, octets).unwrap(), [".", "./X", "./X/A"], "{format}");
            // One that is cut off has its error where it ends.
            let error = found(format, &octets[..octets.len() - 1]).unwrap_err();
            assert_eq!((error.kind(), error.inner().is_some()), (ErrorKind::UnexpectedEnd, true), "{format}");
        }
    }
    assert_eq!(found("chr", tree.as_bytes()).unwrap_err().kind(), ErrorKind::NotTree);
}

#[test]
fn a_start_uri_that_is_none_is_an_error() {
    let message = message("Add", "Target", "./A/../B", TREE_TYPE, &escaped(&mgmt_tree("")));
    let message = Message::decode(message.as_bytes()).unwrap();
    let error = in_message(&message, &Options::default()).next().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidUri);
}

#[test]
fn a_long_start_uri_is_looked_up_once() {
    // Each of many nodes counts from it; looking it up each time would take minutes.
    let base = format!(".{}", "/n".repeat(500));
    let nodes: String = (0..20_000).map(|n| format!("<Node><NodeName>{n}</NodeName><Path>.</Path></Node>")).collect();
    let message = message("Add", "Target", &base, TREE_TYPE, &escaped(&mgmt_tree(&nodes)));
    let message = Message::decode(message.as_bytes()).unwrap();
    let (_, tree) = in_message(&message, &Options::default()).next().unwrap().unwrap();
    assert_eq!(tree.len(), 1 + 500 + 20_000);
}

#[test]
fn truncated_embedded_trees_are_errors() {
    let document = mgmt_tree("<Node><NodeName>A</NodeName><Node><NodeName>B</NodeName><Value>1</Value></Node></Node>");
    for len in 1..document.len() {
        let message = message("Add", "Target", "./X", TREE_TYPE, &format!("<![CDATA[{}]]>", &document[..len]));
        let error = read_all(message.as_bytes()).unwrap_err();
        assert_eq!(error.offset(), message.find("<Data").unwrap());
        assert!(error.inner().is_some_and(|inner| inner <= len), "{error}");
    }
}

#[test]
fn an_embedded_tree_by_itself() {
    let message = message("Add", "Target", "./X", TREE_TYPE, &mgmt_tree("<Node><NodeName>A</NodeName></Node>"));
    let message = Message::decode(message.as_bytes()).unwrap();
    let data = message.commands().next().unwrap().items().next().unwrap().data().unwrap();
    let document = data.embedded().unwrap();
    assert_eq!(uris(&tnds::decode_embedded(&document, None, &Options::default()).unwrap()), ["./A"]);
    assert_eq!(uris(&tnds::decode_embedded(&document, Some("./Y"), &Options::default()).unwrap()), ["./Y", "./Y/A"]);
}
