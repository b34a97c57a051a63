//! Tree documents written: everything we have and random trees, both encodings and layouts; golden octets; an oracle.

mod common;
#[path = "encode_trees/random.rs"]
mod random;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::vectors::*;
use common::*;
use omadm::markup::{Encoding, Name, Writer, wbxml::WbxmlWriter, xml::XmlWriter};
use omadm::syncml::Message;
use omadm::tnds::{self, EncodeOptions, Layout, Properties, decode, encode};
use omadm::tree::{Format, Node, Tree};
use omadm::vocabulary::{DocumentType, syncml};
use omadm::{Error, ErrorKind, Kind, Limits, detect};
use std::collections::BTreeMap;

const WAYS: [(Encoding, Layout); 4] = [
    (Encoding::Xml, Layout::Nested),
    (Encoding::Xml, Layout::Flat),
    (Encoding::Wbxml, Layout::Nested),
    (Encoding::Wbxml, Layout::Flat),
];

fn options(layout: Layout) -> EncodeOptions<'static> {
    EncodeOptions { layout, ..EncodeOptions::default() }
}

/// What a tree says of one node.
#[derive(Clone, Debug, PartialEq, Default)]
struct Fact {
    format: String,
    media_type: Option<String>,
    mo_id: Option<String>,
    value: Option<Vec<u8>>,
    acl: Option<String>,
    title: Option<String>,
    tstamp: Option<String>,
    ver_no: Option<String>,
    /// The names of the children, in order.
    children: Vec<String>,
}

type Facts = BTreeMap<Vec<String>, Fact>;

/// Everything that is known of each node, by the names on the way from `top`.
fn facts(top: Node<'_>) -> Facts {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let fact = |node: Node<'_>| {
        let mut names = Vec::new();
        let mut at = node;
        while at != top {
            names.insert(0, at.name().to_owned());
            at = at.parent().unwrap();
        }
        let fact = Fact {
            format: node.format().name().to_owned(),
            media_type: own(node.media_type()),
            mo_id: own(node.mo_id()),
            value: node.value().map(|value| value.octets().unwrap().into_owned()),
            acl: own(node.acl()),
            title: own(node.title()),
            tstamp: own(node.tstamp()),
            ver_no: own(node.ver_no()),
            children: node.children().map(|child| child.name().to_owned()).collect(),
        };
        (names, fact)
    };
    top.descendants().map(fact).collect()
}

/// The nodes that only paths name, by URI.
fn implied(tree: &Tree<'_>) -> Vec<String> {
    tree.nodes().filter(|node| node.is_implicit()).map(|node| node.uri().to_string()).collect()
}

fn check_all_ways(name: &str, tree: &Tree<'_>) {
    let expected = facts(tree.root());
    for (encoding, layout) in WAYS {
        let octets = encode(tree, encoding, &options(layout)).unwrap_or_else(|e| panic!("{name} {encoding:?}: {e}"));
        assert_eq!(Encoding::detect(&octets), Some(encoding));
        let again = decode(&octets).unwrap_or_else(|e| panic!("{name} {encoding:?} {layout:?}: {e}"));
        assert_eq!(facts(again.root()), expected, "{name} {encoding:?} {layout:?}");
        assert_eq!((again.man(), again.model()), (tree.man(), tree.model()), "{name}");
        // Every tree of ours and the corpus has them above its nodes only.
        assert_eq!(implied(&again), implied(tree), "{name} {encoding:?} {layout:?}");
    }
}

#[test]
fn all_documents_survive_in_both_encodings_and_layouts() {
    let mut count = 0;
    for path in documents(ALL) {
        let (octets, options) = (read(&path), options_for(&path));
        if is_vendor_wbxml(&path) {
            continue;
        }
        let name = path.display().to_string();
        match detect(&octets) {
            Ok(Kind::Tree) => {
                check_all_ways(&name, &tnds::decode_with(&octets, &options).unwrap());
                count += 1;
            }
            // The XML twins of a vendor's files.
            Ok(Kind::Description) if name.contains("vendor-") => {
                check_all_ways(&name, &tnds::decode_with(&octets, &options).unwrap());
                count += 1;
            }
            Ok(Kind::SyncMl) => {
                let message = Message::decode_with(&octets, &options).unwrap();
                for found in tnds::in_message(&message, &options) {
                    check_all_ways(&name, &found.unwrap().1);
                    count += 1;
                }
            }
            _ => {}
        }
    }
    println!("{count} trees");
    assert!(count >= 10);
}

// ------------------------------------------------------------------------------------------- golden octets

const G5_XML: &str = r#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Node><NodeName>srv1</NodeName><RTProperties><Format><node/></Format><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties><Node><NodeName>ServerID</NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties><Value>dm.example.com</Value></Node></Node></MgmtTree>"#;

#[test]
fn g5_to_the_octet() {
    let tree = decode(G5_XML.as_bytes()).unwrap();
    assert_eq!(encode(&tree, Encoding::Wbxml, &EncodeOptions::default()).unwrap(), hex(G5));
    let tree = decode(&hex(G5)).unwrap().into_owned();
    assert_eq!(encode(&tree, Encoding::Xml, &EncodeOptions::default()).unwrap(), G5_XML.as_bytes());
}

/// Replaces octets, which must occur so often.
fn replace(octets: &mut Vec<u8>, from: &[u8], to: &[u8], times: usize) {
    let mut at = 0;
    let mut count = 0;
    while let Some(found) = octets[at..].windows(from.len()).position(|window| window == from) {
        octets.splice(at + found..at + found + from.len(), to.iter().copied());
        at += found + to.len();
        count += 1;
    }
    assert_eq!(count, times, "{from:02X?}");
}

#[test]
fn the_phone_to_the_octet_of_another_encoder() {
    let mut expected = read(&data().join("phone.tnds.wbxml"));
    // Nodes at the top need no Path.
    replace(&mut expected, b"\x6C\x03.\0\x01", b"", 7);
    // An element with an empty string is an empty element.
    replace(&mut expected, b"\x76\x03\0\x01", b"\x36", 4);
    // An empty ACL is none.
    replace(&mut expected, b"\x6F\x06\x5C", b"\x6F\x5C", 1);
    // Format and Type of every node.
    replace(&mut expected, b"Vendor\0\x01", b"Vendor\0\x01\x6F\x5C\x25\x01\x75\x11\x01\x01", 1);
    let none = b"NoProperties\0\x01";
    replace(&mut expected, none, &[&none[..], b"\x6F\x5C\x25\x01\x75\x11\x01\x01"].concat(), 1);
    // Values of Format xml are opaque, however their XML was written.
    let phone = read(&data().join("phone.tnds.wbxml"));
    let tree = decode(&phone).unwrap();
    let policy = tree.get("./Vendor/AcmeExt/Kinds/xml").unwrap().unwrap().value().unwrap().bytes();
    let len = u8::try_from(policy.len()).unwrap();
    let opaque = [&b"\xC3"[..], if len > 0x7F { &[0x81] } else { &[] }, &[len & 0x7F], policy].concat();
    replace(&mut expected, &[b"\x03", policy, b"\0"].concat(), &opaque, 1);
    for name in ["phone.tnds.xml", "phone.tnds.wbxml", "phone-strtbl.tnds.wbxml"] {
        let octets = read(&data().join(name));
        let tree = decode(&octets).unwrap();
        let ours = encode(&tree, Encoding::Wbxml, &EncodeOptions::default()).unwrap();
        let at = ours.iter().zip(&expected).position(|(a, b)| a != b);
        assert!(ours == expected, "{name}: {} and {} octets, first difference at {at:?}", ours.len(), expected.len());
    }
}

#[test]
fn xml_and_wbxml_of_the_phone_become_the_same_text() {
    let (xml, wbxml) = (read(&data().join("phone.tnds.xml")), read(&data().join("phone.tnds.wbxml")));
    for (encoding, layout) in WAYS {
        let one = encode(&decode(&xml).unwrap(), encoding, &options(layout)).unwrap();
        assert!(one == encode(&decode(&wbxml).unwrap(), encoding, &options(layout)).unwrap(), "{encoding:?}");
    }
}

// ------------------------------------------------------------------------------------- another decoder reads it

/// Depth, name and octets of the text of every element, by roxmltree. Values of Format bin are decoded.
fn outline_by_roxmltree(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let elements = document.descendants().filter(|node| node.is_element());
    let line = |node: roxmltree::Node<'_, '_>| {
        let has_elements = node.children().any(|child| child.is_element());
        let text: String = node.children().filter_map(|child| child.text()).filter(|_| !has_elements).collect();
        let mut format = node.parent().into_iter().flat_map(|parent| parent.descendants());
        let format = format.find(|node| node.has_tag_name(("syncml:dmddf1.2", "Format")));
        let is_bin = format.is_some_and(|format| format.children().any(|child| child.tag_name().name() == "bin"));
        let octets = match node.tag_name().name() {
            "Value" if is_bin => STANDARD.decode(text).unwrap(),
            _ => text.into_bytes(),
        };
        let hex: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
        format!("{} {} {hex}", node.ancestors().count() - 2, node.tag_name().name())
    };
    elements.map(line).collect()
}

/// The same by `tests/tools/wbxml.py`; `None` where there is no Python.
fn outline_by_python(wbxml: &[u8]) -> Option<Vec<String>> {
    const PROGRAM: &str = "import sys; sys.path.insert(0, sys.argv[1]); import wbxml
def walk(e, depth):
    text = b''.join(c.encode() if isinstance(c, str) else c for c in e.children if not isinstance(c, wbxml.Element))
    print(depth, e.name, text.hex())
    for c in e.elements(): walk(c, depth + 1)
d = wbxml.decode(open(sys.argv[2], 'rb').read())
assert (d.kind, d.fpi, d.trailing, d.charset) == ('dmddf', wbxml.FPI_DDF, b'', 106)
walk(d.root, 0)";
    let file = std::env::temp_dir().join(format!("omadm-encode-trees-{}.wbxml", std::process::id()));
    std::fs::write(&file, wbxml).unwrap();
    let run = std::process::Command::new("python3")
        .args(["-B", "-c", PROGRAM])
        .args([repository().join("tests/tools"), file.clone()])
        .output();
    let _ = std::fs::remove_file(&file);
    let Ok(output) = run else {
        println!("skipped: python3 not present");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect())
}

#[test]
fn two_other_parsers_read_the_same_from_our_xml_and_our_wbxml() {
    let octets = read(&data().join("phone.tnds.xml"));
    let tree = decode(&octets).unwrap();
    for layout in [Layout::Nested, Layout::Flat] {
        let xml = String::from_utf8(encode(&tree, Encoding::Xml, &options(layout)).unwrap()).unwrap();
        let one = outline_by_roxmltree(&xml);
        assert!(one.len() > 1000);
        let Some(other) = outline_by_python(&encode(&tree, Encoding::Wbxml, &options(layout)).unwrap()) else { return };
        assert_eq!(one, other, "{layout:?}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#13;")
}

/// A message with a tree document for the place of `top`, by no writer of ours.
fn message(top: Node<'_>, tree: &[u8], encoding: Encoding) -> Vec<u8> {
    let uri = top.uri().to_string();
    match encoding {
        Encoding::Xml => format!(
            "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>\
             <MsgID>1</MsgID><Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>\
             <Add><CmdID>1</CmdID><Item><Target><LocURI>{}</LocURI></Target><Meta><Type xmlns='syncml:metinf'>\
             application/vnd.syncml.dmtnds+xml</Type></Meta><Data>{}</Data></Item></Add></SyncBody></SyncML>",
            escaped(&uri),
            escaped(std::str::from_utf8(tree).unwrap())
        )
        .into_bytes(),
        Encoding::Wbxml => {
            let mut out = hex("02a4016a006d6c7103312e3200017203444d2f312e32000165033100015b033100016e5703610001016757036200\
                010101 6b 454b03310001546e5703");
            out.extend(uri.as_bytes());
            out.extend(b"\0\x01\x01\x5A\0\x01\x53\x03application/vnd.syncml.dmtnds+wbxml\0\x01\x01\0\0\x4F\xC3");
            let mut len = vec![tree.len() as u8 & 0x7F];
            let mut rest = tree.len() >> 7;
            while rest > 0 {
                len.insert(0, rest as u8 & 0x7F | 0x80);
                rest >>= 7;
            }
            out.extend(len);
            out.extend(tree);
            out.extend(b"\x01\x01\x01\x01\x01");
            out
        }
    }
}

// ------------------------------------------------------------------------------------------- single rules

fn tree(nodes: &str) -> Tree<'static> {
    decode(format!("<MgmtTree><VerDTD>1.1.2</VerDTD>{nodes}</MgmtTree>").as_bytes()).unwrap().into_owned()
}

/// What is between `VerDTD` and the end.
fn nodes_of<'t>(top: impl Into<Node<'t>>, options: &EncodeOptions<'_>) -> String {
    let xml = String::from_utf8(encode(top, Encoding::Xml, options).unwrap()).unwrap();
    let inside = xml.strip_prefix("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>").unwrap();
    inside.strip_suffix("</MgmtTree>").unwrap().to_owned()
}

fn names_only(layout: Layout) -> EncodeOptions<'static> {
    EncodeOptions { layout, properties: Properties::empty(), ..EncodeOptions::default() }
}

const IMPLIED: &str = "<Node><NodeName>c</NodeName><Path>a/b b</Path><Node><NodeName>d</NodeName></Node></Node>\
    <Node><NodeName>e</NodeName><Path>a/b b/c/x/y</Path></Node><Node><NodeName>f</NodeName></Node>";

#[test]
fn implied_nodes_are_paths_above_what_is_described_and_nodes_below() {
    let tree = tree(IMPLIED);
    assert_eq!(
        nodes_of(&tree, &names_only(Layout::Nested)),
        "<Node><NodeName>c</NodeName><Path>./a/b%20b</Path><Node><NodeName>d</NodeName></Node>\
         <Node><NodeName>x</NodeName><Node><NodeName>y</NodeName><Node><NodeName>e</NodeName></Node></Node></Node></Node>\
         <Node><NodeName>f</NodeName></Node>"
    );
    let node = |name: &str, path: &str| format!("<Node><NodeName>{name}</NodeName><Path>{path}</Path></Node>");
    let c = "./a/b%20b/c";
    assert_eq!(
        nodes_of(&tree, &names_only(Layout::Flat)),
        node("c", "./a/b%20b")
            + &node("d", c)
            + &node("x", c)
            + &node("y", "./a/b%20b/c/x")
            + &node("e", "./a/b%20b/c/x/y")
            + &node("f", ".")
    );
}

#[test]
fn a_node_comes_first_by_its_name_and_paths_count_from_it() {
    let tree = tree(IMPLIED);
    let a = tree.root().child("a").unwrap();
    let b = a.child("b b").unwrap();
    assert_eq!(
        nodes_of(b, &names_only(Layout::Flat)),
        "<Node><NodeName>b b</NodeName></Node><Node><NodeName>c</NodeName><Path>.</Path></Node>\
         <Node><NodeName>d</NodeName><Path>./c</Path></Node><Node><NodeName>x</NodeName><Path>./c</Path></Node>\
         <Node><NodeName>y</NodeName><Path>./c/x</Path></Node><Node><NodeName>e</NodeName><Path>./c/x/y</Path></Node>"
    );
    for (encoding, layout) in WAYS {
        for top in [a, b, b.child("c").unwrap()] {
            let octets = encode(top, encoding, &options(layout)).unwrap();
            let message = message(top, &octets, encoding);
            let message = Message::decode(&message).unwrap();
            let (_, found) = tnds::in_message(&message, &Default::default()).next().unwrap().unwrap();
            let uris = |tree: &Tree<'_>, from: &str| -> Vec<String> {
                let uris = tree.nodes().map(|node| node.uri().to_string());
                uris.filter(|uri| uri.starts_with(from)).collect()
            };
            let from = top.uri().to_string();
            assert_eq!(uris(&found, &from), uris(&tree, &from), "{encoding:?} {layout:?} {from}");
        }
    }
}

#[test]
fn a_described_root_is_a_node() {
    let tree = tree(
        "<Node><NodeName>.</NodeName><RTProperties><ACL>Get=*</ACL></RTProperties></Node>\
        <Node><NodeName>.a</NodeName><Value>1</Value></Node>",
    );
    let only = |layout| EncodeOptions { properties: Properties::ACL, ..names_only(layout) };
    assert_eq!(
        nodes_of(&tree, &only(Layout::Nested)),
        "<Node><NodeName>.</NodeName><RTProperties><ACL>Get=*</ACL></RTProperties><Node><NodeName>.a</NodeName></Node></Node>"
    );
    check_all_ways("root", &tree);
    check_all_ways("nothing", &self::tree(""));
}

#[test]
fn properties_are_chosen() {
    let tree = tree(
        "<Node><NodeName>a</NodeName><RTProperties><VerNo>7</VerNo><Type><MIME>a/b</MIME></Type><TStamp>T</TStamp>\
         <Title>t</Title><Format><int/></Format><ACL>Get=*</ACL></RTProperties><Value>5</Value></Node>",
    );
    let all = "<Node><NodeName>a</NodeName><RTProperties><ACL>Get=*</ACL><Format><int/></Format><Title>t</Title>\
        <TStamp>T</TStamp><Type><MIME>a/b</MIME></Type><VerNo>7</VerNo></RTProperties><Value>5</Value></Node>";
    assert_eq!(nodes_of(&tree, &EncodeOptions::default()), all);
    let parts = [
        ("ACL", "<ACL>Get=*</ACL>"),
        ("Format", "<Format><int/></Format>"),
        ("Title", "<Title>t</Title>"),
        ("TStamp", "<TStamp>T</TStamp>"),
        ("Type", "<Type><MIME>a/b</MIME></Type>"),
        ("VerNo", "<VerNo>7</VerNo>"),
        ("Value", "<Value>5</Value>"),
    ];
    for (name, part) in parts {
        let property = Properties::from_property(name).unwrap();
        let with = |properties| nodes_of(&tree, &EncodeOptions { properties, ..EncodeOptions::default() });
        assert_eq!(with(Properties::all() - property), all.replace(part, ""), "{name}");
        let alone = if name == "Value" { part.to_owned() } else { format!("<RTProperties>{part}</RTProperties>") };
        assert_eq!(with(property), format!("<Node><NodeName>a</NodeName>{alone}</Node>"), "{name}");
    }
    assert_eq!(Properties::from_property("Size"), None);
    assert_eq!(nodes_of(&tree, &names_only(Layout::Nested)), "<Node><NodeName>a</NodeName></Node>");
}

#[test]
fn values_follow_the_format() {
    let leaf = |format: &str, value: &str| {
        let node = "<Node><NodeName>v</NodeName><RTProperties><Format>";
        tree(&format!("{node}<{format}/></Format></RTProperties>{value}</Node>"))
    };
    let cases: [(&str, &str, &str, &[u8]); 8] = [
        ("bin", "<Value> AAH/ </Value>", "<Value>AAH/</Value>", b"\x76\xC3\x03\x00\x01\xFF\x01"),
        ("bin", "<Value>AAE</Value>", "<Value>AAE=</Value>", b"\x76\xC3\x02\x00\x01\x01"),
        ("b64", "<Value>AAH/</Value>", "<Value>AAH/</Value>", b"\x76\x03AAH/\0\x01"),
        ("chr", "<Value><![CDATA[<]]></Value>", "<Value>&lt;</Value>", b"\x76\x03<\0\x01"),
        ("xml", "<Value>]]&gt;</Value>", "<Value><![CDATA[]]]]><![CDATA[>]]></Value>", b"\x76\xC3\x03]]>\x01"),
        ("xml", "<Value><a/></Value>", "<Value><![CDATA[<a/>]]></Value>", b"\x76\xC3\x04<a/>\x01"),
        ("null", "<Value/>", "<Value/>", b"\x36"),
        ("bin", "<Value/>", "<Value/>", b"\x36"),
    ];
    for (format, value, xml, wbxml) in cases {
        let tree = leaf(format, value);
        let only = EncodeOptions { properties: Properties::VALUE, ..EncodeOptions::default() };
        assert_eq!(nodes_of(&tree, &only), format!("<Node><NodeName>v</NodeName>{xml}</Node>"), "{value}");
        let octets = encode(&tree, Encoding::Wbxml, &only).unwrap();
        assert!(octets.ends_with(&[wbxml, b"\x01\x01"].concat()), "{value}: {octets:02X?}");
        check_all_ways(value, &tree);
    }
    assert!(leaf("null", "").root().child("v").unwrap().value().is_none());
    check_all_ways("no value", &leaf("null", ""));
}

#[test]
fn names_that_need_escapes_keep_their_uri() {
    // Blanks at the ends of names can only come from paths.
    let tree = tree(
        "<Node><NodeName>x</NodeName><Path>./a /b%2Fc/ d</Path></Node>\
        <Node><NodeName>100%</NodeName></Node>",
    );
    let uris = |tree: &Tree<'_>| tree.nodes().map(|node| node.uri().to_string()).collect::<Vec<_>>();
    assert_eq!(uris(&tree)[3], "./a%20/b%2Fc/%20d");
    let tops = tree.root().children().chain(tree.root().child("a ").unwrap().children());
    for (encoding, layout) in WAYS {
        let again = encode(&tree, encoding, &options(layout)).unwrap();
        assert_eq!(uris(&decode(&again).unwrap()), uris(&tree), "{encoding:?} {layout:?}");
        for top in tops.clone() {
            let octets = encode(top, encoding, &options(Layout::Nested)).unwrap();
            let again = decode(&octets).unwrap();
            assert!(again.root().child(top.name()).is_some(), "{}", top.name());
        }
    }
}

/// A WBXML tree document with one leaf `v` of format `chr`, or another token, and a value of octets.
fn opaque_leaf(format: u8, value: &[u8]) -> Vec<u8> {
    let mut out = hex("0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e000002607703312e320001");
    out.extend(b"\x64\x66\x03a\0\x01\x01\x64\x66\x03v\0\x01\x6F\x5C");
    out.extend([format, 0x01, 0x01, 0x76, 0xC3, value.len() as u8]);
    out.extend(value);
    out.extend(b"\x01\x01\x01");
    out
}

#[test]
fn what_cannot_be_written_is_an_error_at_its_node() {
    let (chr, bin) = (0x0B, 0x09);
    for (value, kind) in [
        (&b"\xFF"[..], ErrorKind::InvalidUtf8),
        (b"a\0b", ErrorKind::InvalidCharacter),
        (b"\x01", ErrorKind::InvalidCharacter),
    ] {
        let document = opaque_leaf(chr, value);
        let tree = decode(&document).unwrap();
        for layout in [Layout::Nested, Layout::Flat] {
            let mut out = b"before".to_vec();
            let error = tnds::encode_into(&tree, Encoding::Xml, &options(layout), &mut out).unwrap_err();
            assert_eq!(error, Error::new(kind, 2), "{value:?}");
            assert_eq!(tree.nodes().nth(error.offset()).unwrap().uri().to_string(), "./v");
            assert_eq!(out, b"before");
            // WBXML carries them.
            tnds::encode_into(&tree, Encoding::Wbxml, &options(layout), &mut out).unwrap();
            assert_eq!(facts(decode(&out[6..]).unwrap().root()), facts(tree.root()));
        }
        let as_bin = opaque_leaf(bin, value);
        check_all_ways("bin", &decode(&as_bin).unwrap());
    }
    let broken = tree(
        "<Node><NodeName>a</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>%%</Value></Node>",
    );
    for (encoding, layout) in WAYS {
        let error = encode(&broken, encoding, &options(layout)).unwrap_err();
        assert_eq!(error, Error::new(ErrorKind::InvalidBase64, 1));
    }
}

#[test]
fn output_and_depth_are_limited_and_flat_documents_are_not_deep() {
    let path = "d/".repeat(509);
    let tree =
        tree(&format!("<Node><NodeName>x</NodeName><Path>{path}</Path></Node><Node><NodeName>y</NodeName></Node>"));
    check_all_ways("implied", &tree);
    let top = tree.root().child("d").unwrap();
    let nested = EncodeOptions::default();
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let error = encode(top, encoding, &nested).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitDepth);
        assert_eq!(top.descendants().nth(error.offset()).unwrap().depth(), error.offset() + 1);
        let octets = encode(top, encoding, &options(Layout::Flat)).unwrap();
        let message = message(top, &octets, encoding);
        let message = Message::decode(&message).unwrap();
        let (_, found) = tnds::in_message(&message, &Default::default()).next().unwrap().unwrap();
        assert_eq!(found.len(), 511);
        let limits = Limits { output: 1000, ..Limits::default() };
        let small = EncodeOptions { limits, ..options(Layout::Flat) };
        assert_eq!(encode(top, encoding, &small).unwrap_err().kind(), ErrorKind::LimitOutput);
    }
}

#[test]
fn a_tree_is_written_into_a_message_as_markup() {
    let tree = decode(G5_XML.as_bytes()).unwrap();
    let mut wbxml = WbxmlWriter::new(DocumentType::SyncMl12, &Limits::DEFAULT);
    wbxml.start(Name::Known(syncml::DATA), &[]).unwrap();
    tnds::write(&tree, &mut wbxml, Encoding::Wbxml, &EncodeOptions::default()).unwrap();
    wbxml.end().unwrap();
    // The body of G5 between the two tags of Data; it begins with the switch to its page.
    let body = &hex(G5)[32..];
    assert_eq!(wbxml.finish().unwrap(), [b"\x02\xA4\x01\x6A\0\x4F", body, b"\x01"].concat());
    let mut xml = XmlWriter::new(&Limits::DEFAULT);
    xml.start(Name::Known(syncml::DATA), &[]).unwrap();
    tnds::write(&tree, &mut xml, Encoding::Xml, &EncodeOptions::default()).unwrap();
    xml.end().unwrap();
    assert_eq!(xml.finish().unwrap(), format!("<Data xmlns=\"SYNCML:SYNCML1.2\">{G5_XML}</Data>"));
}

#[test]
fn man_and_mod_are_the_trees_unless_the_options_say_others() {
    let tree = decode(b"<MgmtTree><VerDTD>1.2</VerDTD><Man>Acme</Man><Mod>A1</Mod></MgmtTree>").unwrap();
    let made = Tree::new();
    let both = EncodeOptions { man: Some("Bolt"), model: Some("B1"), ..EncodeOptions::default() };
    let model = EncodeOptions { model: Some("A2"), ..EncodeOptions::default() };
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let said = |tree: &Tree<'_>, options: &EncodeOptions<'_>| {
            let octets = encode(tree, encoding, options).unwrap();
            let again = decode(&octets).unwrap();
            (again.man().map(str::to_owned), again.model().map(str::to_owned))
        };
        let pair = |man: &str, model: &str| (Some(man.to_owned()), Some(model.to_owned()));
        assert_eq!(said(&tree, &EncodeOptions::default()), pair("Acme", "A1"));
        assert_eq!(said(&tree, &model), pair("Acme", "A2"));
        assert_eq!(said(&made, &EncodeOptions::default()), (None, None));
        assert_eq!(said(&made, &both), pair("Bolt", "B1"));
    }
}
