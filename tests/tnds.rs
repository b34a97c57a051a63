//! Tree documents: what is decoded from which document, and what is refused where.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use omadm::convert::{ConvertOptions, to_wbxml};
use omadm::markup::Options;
use omadm::syncml::Message;
use omadm::tnds::{self, decode, decode_with, in_message};
use omadm::tree::{Format, Node, Tree};
use omadm::{Error, ErrorKind, Limits};
use std::path::{Path, PathBuf};

#[path = "tnds/deviations.rs"]
mod deviations;
#[path = "tnds/embedded.rs"]
mod embedded;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data");

fn data(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(DATA).join(name)).unwrap()
}

/// The folder of documents by others, if it is there.
fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: ../shared/corpus not present");
    None
}

/// A tree document around some nodes.
fn mgmt_tree(nodes: &str) -> String {
    format!("<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>")
}

fn tree(nodes: &str) -> Tree<'static> {
    let document = mgmt_tree(nodes);
    match decode(document.as_bytes()) {
        Ok(tree) => tree.into_owned(),
        Err(error) => panic!("{error}: {document}"),
    }
}

fn uris(tree: &Tree<'_>) -> Vec<String> {
    tree.nodes().skip(1).map(|node| node.uri().to_string()).collect()
}

fn at<'t>(tree: &'t Tree<'_>, uri: &str) -> Node<'t> {
    tree.get(uri).unwrap().unwrap_or_else(|| panic!("no {uri} among {:?}", uris(tree)))
}

fn text<'t>(tree: &'t Tree<'_>, uri: &str) -> Option<&'t str> {
    at(tree, uri).value()?.text()
}

fn instances(tree: &Tree<'_>, mo_id: &str) -> Vec<String> {
    tree.find_mo(mo_id).map(|node| node.uri().to_string()).collect()
}

/// Everything that is known of each node, in order.
fn facts(tree: &Tree<'_>) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let facts = |node: Node<'_>| {
        (
            (node.uri().to_string(), node.format(), node.is_implicit()),
            (own(node.media_type()), own(node.mo_id())),
            node.value().map(|value| value.octets().unwrap().into_owned()),
            (own(node.acl()), own(node.title()), own(node.tstamp()), own(node.ver_no())),
        )
    };
    tree.nodes().map(facts).collect()
}

// ------------------------------------------------------------------------------------------------- counts

struct Row {
    file: String,
    kind: String,
    encoding: String,
    nodes: Option<usize>,
    leaves_with_value: Option<usize>,
    embedded: String,
    embedded_nodes: Option<usize>,
}

/// The counts that another program made, which shares no code with the library.
fn rows(table: &str) -> Vec<Row> {
    let table = String::from_utf8(data(table)).unwrap();
    let mut lines = table.lines();
    let names: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let field = |name: &str| fields[names.iter().position(|known| *known == name).unwrap()];
        Row {
            file: field("file").to_owned(),
            kind: field("kind").to_owned(),
            encoding: field("encoding").to_owned(),
            nodes: field("nodes").parse().ok(),
            leaves_with_value: field("leaves_with_value").parse().ok(),
            embedded: field("embedded").to_owned(),
            embedded_nodes: field("embedded_nodes").parse().ok(),
        }
    };
    lines.map(row).collect()
}

fn described(tree: &Tree<'_>) -> usize {
    tree.nodes().filter(|node| !node.is_implicit()).count()
}

fn leaves_with_value(tree: &Tree<'_>) -> usize {
    tree.nodes().filter(|node| !node.is_interior() && node.value().is_some()).count()
}

fn check_counts(folder: &Path, rows: &[Row]) -> usize {
    let mut checked = 0;
    for row in rows.iter().filter(|row| row.kind == "tnds") {
        let input = std::fs::read(folder.join(&row.file)).unwrap();
        let tree = decode(&input).unwrap_or_else(|error| panic!("{}: {error}", row.file));
        assert_eq!(Some(described(&tree)), row.nodes, "{}", row.file);
        assert_eq!(Some(leaves_with_value(&tree)), row.leaves_with_value, "{}", row.file);
        checked += 1;
    }
    for row in rows.iter().filter(|row| row.embedded.contains("tnds:")) {
        let input = std::fs::read(folder.join(&row.file)).unwrap();
        let message = Message::decode(&input).unwrap();
        let trees = in_message(&message, &Options::default());
        let nodes: usize = trees.map(|found| described(&found.unwrap().1)).sum();
        assert_eq!(Some(nodes), row.embedded_nodes, "{}", row.file);
        checked += 1;
    }
    checked
}

#[test]
fn counts_of_our_documents() {
    assert_eq!(check_counts(Path::new(DATA), &rows("counts.tsv")), 10);
}

#[test]
fn counts_of_the_corpus() {
    let Some(folder) = corpus() else { return };
    assert_eq!(check_counts(&folder, &rows("corpus-counts.tsv")), 2);
}

#[test]
fn the_tree_sample_of_the_standard() {
    let Some(folder) = corpus() else { return };
    let xml = std::fs::read(folder.join("tnds/ddf-001.ddf")).unwrap();
    let wbxml = std::fs::read(folder.join("tnds/ddf-001.wbxml")).unwrap();
    let (xml, wbxml) = (decode(&xml).unwrap(), decode(&wbxml).unwrap());
    assert_eq!(facts(&xml), facts(&wbxml));
    assert_eq!(instances(&xml, "com.operatorX.dm/1.0/EMail"), ["./E-Mail"]);
}

// ------------------------------------------------------------------------------------------- the phone

#[test]
fn the_phone_is_the_same_in_all_four_documents() {
    let documents = ["phone.tnds.xml", "phone.tnds.wbxml", "phone-strtbl.tnds.wbxml"].map(data);
    let [xml, wbxml, strtbl] = documents.each_ref().map(|input| decode(input).unwrap());
    assert_eq!(facts(&xml).len(), 292);
    assert!(facts(&xml) == facts(&wbxml));
    assert!(facts(&xml) == facts(&strtbl));
    let flat = data("phone-flat.tnds.xml");
    let flat = decode(&flat).unwrap();
    assert!(facts(&xml) == facts(&flat));
    for tree in [&xml, &wbxml, &strtbl, &flat] {
        assert_eq!((tree.ver_dtd(), tree.man(), tree.model()), (Some("1.2"), Some("Acme"), Some("R1")));
    }
}

#[test]
fn the_phone_by_hand() {
    for name in ["phone.tnds.xml", "phone.tnds.wbxml", "phone-strtbl.tnds.wbxml", "phone-flat.tnds.xml"] {
        let input = data(name);
        let tree = decode(&input).unwrap();
        for (mo_id, expected) in [
            ("urn:oma:mo:oma-dm-devinfo:1.0", &["./DevInfo"][..]),
            ("urn:oma:mo:oma-dm-devdetail:1.0", &["./DevDetail"]),
            ("urn:oma:mo:oma-dm-dmacc:1.0", &["./DMAcc/acme-ops", "./DMAcc/enterprise"]),
            ("urn:oma:mo:oma-fumo:1.0", &["./FUMO/modem", "./FUMO/system"]),
            ("urn:oma:mo:oma-scomo:1.0", &["./SCOMO/apps", "./SCOMO/enterprise"]),
            ("urn:oma:mo:oma-connmo-nap:1.0", &["./NAP/internet", "./NAP/mms", "./NAP/wlan"]),
            ("com.example/1.0/AcmeExt", &["./Vendor/AcmeExt"]),
            ("urn:oma:mo:oma-fumo:1.1", &[]),
            ("urn:oma:mo:oma-fumo", &[]),
            ("text/plain", &[]),
            ("", &[]),
        ] {
            assert_eq!(instances(&tree, mo_id), expected, "{name}: {mo_id}");
        }
        for (uri, format, media_type, value) in [
            ("./DevInfo/DevId", Format::Chr, "text/plain", Some("IMEI:490154203237518")),
            ("./DevDetail/Ext/Battery/CapacitymAh", Format::Int, "text/plain", Some("3000")),
            ("./DMAcc/acme-ops/AppAddr/2/Port/2/PortNbr", Format::Chr, "text/plain", Some("8443")),
            ("./DMAcc/enterprise/AppAuth/Client/AAuthName", Format::Chr, "text/plain", Some("r1-4711")),
            ("./Vendor/AcmeExt/Kinds/date", Format::Date, "text/plain", Some("2005-345")),
            ("./Vendor/AcmeExt/Kinds/time", Format::Time, "text/plain", Some("11:20:35+01:20")),
            ("./Vendor/AcmeExt/Kinds/float", Format::Float, "text/plain", Some("+1.25e-03")),
            ("./Vendor/AcmeExt/Kinds/bool", Format::Bool, "text/plain", Some("false")),
            ("./Vendor/AcmeExt/Kinds/null", Format::Null, "text/plain", None),
            (
                "./Vendor/AcmeExt/Kinds/xmlcdata",
                Format::Xml,
                "application/xml",
                Some("<policy xmlns=\"urn:example:policy\"><rule id=\"1\">a &amp; b</rule></policy>"),
            ),
            ("./Vendor/AcmeExt/Texts/Spaces", Format::Chr, "text/plain", Some("  two before, three after   ")),
            ("./Vendor/AcmeExt/Texts/Lines", Format::Chr, "text/plain", Some("first\nsecond\n\tthird")),
            ("./Vendor/AcmeExt/Texts/Empty", Format::Chr, "text/plain", Some("")),
            ("./Vendor/AcmeExt/Texts/NoValue", Format::Chr, "text/plain", None),
            ("./Vendor/AcmeExt/Texts/My%20Ringtones/Caf%C3%A9", Format::Chr, "audio/ogg", Some("ogg")),
            ("./Vendor/AcmeExt/Texts/My Ringtones/100%", Format::Chr, "text/plain", Some("Loud & clear")),
            ("./Vendor/AcmeExt/Deep/L1/L2/L3/L4/L5/L6/Leaf", Format::Chr, "text/plain", Some("ten levels down")),
        ] {
            let node = at(&tree, uri);
            assert_eq!((node.format(), node.media_type()), (format, Some(media_type)), "{name}: {uri}");
            assert_eq!(node.value().map(|value| value.text().unwrap()), value, "{name}: {uri}");
        }
        let octets = |uri| at(&tree, uri).value().unwrap().octets().unwrap().into_owned();
        assert_eq!(octets("./Vendor/AcmeExt/Kinds/bin"), b"\x00\x01Acme\xfe\xff\x00");
        assert_eq!(octets("./Vendor/AcmeExt/Kinds/b64"), b"AAFBY21l/v8=");
        let all = at(&tree, "./Vendor/AcmeExt/Everything/All");
        assert_eq!(all.acl(), Some("Replace=dm.example.com&Get=*"));
        assert_eq!((all.title(), all.tstamp()), (Some("All of them"), Some("20240301T120000Z")));
        assert_eq!(all.ver_no(), Some("65535"));
        assert_eq!(at(&tree, "./Vendor/AcmeExt/Everything").title(), Some("Ops & Co <all>"));
        assert_eq!(at(&tree, "./Vendor/AcmeExt/Texts/Greeting").title(), Some("Büro"));
        assert_eq!(at(&tree, "./Vendor/AcmeExt/Kinds").acl(), None, "an empty ACL element is none");
        for uri in ["./Vendor", "./Vendor/AcmeExt/NoProperties", "./Vendor/AcmeExt/Kinds/node"] {
            let node = at(&tree, uri);
            assert!(node.is_interior() && node.mo_id().is_none() && node.media_type().is_none(), "{uri}");
        }
        let names: Vec<&str> = at(&tree, ".").children().map(|node| node.name()).collect();
        assert_eq!(names, ["DevInfo", "DevDetail", "DMAcc", "FUMO", "SCOMO", "NAP", "Vendor"], "{name}");
        let slots: Vec<String> =
            at(&tree, "./Vendor/AcmeExt/Slots").children().map(|node| node.name().to_owned()).collect();
        assert_eq!(slots, (1..=12).map(|number| format!("Slot{number:02}")).collect::<Vec<_>>());
    }
}

#[test]
fn the_results_have_the_same_tree_in_all_six_forms() {
    let mut first = None;
    for name in [
        "results-e1.syncml.wbxml",
        "results-e2.syncml.wbxml",
        "results-e3.syncml.wbxml",
        "results-cdata.syncml.xml",
        "results-escaped.syncml.xml",
        "results-inline.syncml.xml",
    ] {
        let input = data(name);
        let message = Message::decode(&input).unwrap();
        let found: Vec<_> = in_message(&message, &Options::default()).collect::<Result<_, _>>().unwrap();
        let [(item, tree)] = &found[..] else { panic!("{name}: {} trees", found.len()) };
        assert_eq!(item.source(), Some("./FUMO"));
        assert_eq!(instances(tree, "urn:oma:mo:oma-fumo:1.0"), ["./FUMO/modem", "./FUMO/system"], "{name}");
        assert_eq!(text(tree, "./FUMO/system/PkgVersion"), Some("4.2.1"));
        let notes = "<notes><b>Fixes</b> 1 &amp; 2 are in <![CDATA[4.2.1]]></notes>";
        assert_eq!(text(tree, "./FUMO/system/Ext/Notes"), Some(notes), "{name}");
        assert!(tree.get("./FUMO/system/Update/PkgData").unwrap().is_none());
        match &first {
            None => first = Some(facts(tree)),
            Some(first) => assert!(*first == facts(tree), "{name}"),
        }
    }
}

// ------------------------------------------------------------------------------------- vectors of wire.md §13

fn octets(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(|digit| !digit.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

const G5: &str =
    "0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e000002607703312e3200016466037372763100016f5c250175
510375726e3a6f6d613a6d6f3a6f6d612d646d2d646d6163633a312e3000010101646603536572766572494400016f5c0b01756103746578
742f706c61696e000101017603646d2e6578616d706c652e636f6d0001010101";

/// What the messages of G7, G9 and G10 have in common: header and the beginning of the Add.
const HEAD: &str =
    "02a4016a006d6c7103312e3200017203444d2f312e32000165033100015b033100016e5703494d45493a3439303135343230333233373531
3800010167570368747470733a2f2f646d2e6578616d706c652e636f6d2f6f6d61646d000101016b454b03310001546e57032e2f496e626f
780001015a00014703";

const G7: &str =
    "62696e000153036170706c69636174696f6e2f766e642e73796e636d6c2e646d746e64732b7762786d6c00010100004fc381100200006a1b
2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e000002607703312e3200016466037372763100016f5c250175510375726e
3a6f6d613a6d6f3a6f6d612d646d2d646d6163633a312e3000010101646603536572766572494400016f5c0b01756103746578742f706c61
696e000101017603646d2e6578616d706c652e636f6d0001010101010101120101";

const G9: &str =
    "62696e000153036170706c69636174696f6e2f766e642e73796e636d6c2e646d746e64732b7762786d6c00010100004f0002607703312e32
00016466037372763100016f5c250175510375726e3a6f6d613a6d6f3a6f6d612d646d2d646d6163633a312e300001010164660353657276
6572494400016f5c0b01756103746578742f706c61696e000101017603646d2e6578616d706c652e636f6d00010101010101010000120101";

const G10: &str =
    "786d6c000153036170706c69636174696f6e2f766e642e73796e636d6c2e646d746e64732b786d6c00010100004fc381573c4d676d745472
656520786d6c6e733d2273796e636d6c3a646d646466312e32223e3c5665724454443e312e323c2f5665724454443e3c4e6f64653e3c4e6f
64654e616d653e737276313c2f4e6f64654e616d653e3c525450726f706572746965733e3c466f726d61743e3c6e6f64652f3e3c2f466f72
6d61743e3c547970653e3c4444464e616d653e75726e3a6f6d613a6d6f3a6f6d612d646d2d646d6163633a312e303c2f4444464e616d653e
3c2f547970653e3c2f525450726f706572746965733e3c2f4e6f64653e3c2f4d676d74547265653e010101120101";

#[test]
fn vector_g5_a_tree_document_in_wbxml() {
    let input = octets(G5);
    assert_eq!(input.len(), 144);
    let tree = decode(&input).unwrap();
    assert_eq!(uris(&tree), ["./srv1", "./srv1/ServerID"]);
    assert_eq!(instances(&tree, "urn:oma:mo:oma-dm-dmacc:1.0"), ["./srv1"]);
    assert_eq!(text(&tree, "./srv1/ServerID"), Some("dm.example.com"));
}

#[test]
fn vectors_g7_g9_and_g10_trees_in_a_message() {
    for (name, rest, len, has_leaf) in [("G7", G7, 322, true), ("G9", G9, 289, true), ("G10", G10, 391, false)] {
        let input = octets(&format!("{HEAD}{rest}"));
        assert_eq!(input.len(), len, "{name}");
        let message = Message::decode(&input).unwrap();
        let (item, tree) = in_message(&message, &Options::default()).next().unwrap().unwrap();
        assert_eq!(item.target(), Some("./Inbox"));
        // The first node is not called Inbox, so it is a child (wire.md §8.4).
        assert_eq!(instances(&tree, "urn:oma:mo:oma-dm-dmacc:1.0"), ["./Inbox/srv1"], "{name}");
        assert!(at(&tree, "./Inbox").is_implicit());
        let leaf = tree.get("./Inbox/srv1/ServerID").unwrap();
        assert_eq!(leaf.and_then(|leaf| leaf.value()?.text()), has_leaf.then_some("dm.example.com"), "{name}");
    }
}

// ------------------------------------------------------------------------------------------ layouts

/// `A` with a child `B` and a grandchild `C = 1`, and a leaf `D = 2` below `A`.
fn check_layout(nodes: &str) {
    let tree = tree(nodes);
    let mut uris = uris(&tree);
    uris.sort();
    assert_eq!(uris, ["./A", "./A/B", "./A/B/C", "./A/D"], "{nodes}");
    assert_eq!((text(&tree, "A/B/C"), text(&tree, "A/D")), (Some("1"), Some("2")), "{nodes}");
    assert_eq!(instances(&tree, "urn:x"), ["./A/B"], "{nodes}");
    assert!(tree.nodes().skip(1).all(|node| !node.is_implicit()), "{nodes}");
    assert!(at(&tree, "A").is_interior() && at(&tree, "A/B").is_interior());
}

const MO_X: &str = "<RTProperties><Type><DDFName>urn:x</DDFName></Type></RTProperties>";

fn permutations(parts: &[String]) -> Vec<String> {
    if parts.is_empty() {
        return vec![String::new()];
    }
    let mut all = Vec::new();
    for (index, first) in parts.iter().enumerate() {
        let mut rest = parts.to_vec();
        rest.remove(index);
        all.extend(permutations(&rest).into_iter().map(|rest| format!("{first}{rest}")));
    }
    all
}

#[test]
fn flat_nodes_in_any_order() {
    let parts = [
        "<Node><NodeName>A</NodeName></Node>".to_owned(),
        format!("<Node><NodeName>B</NodeName><Path>./A</Path>{MO_X}</Node>"),
        "<Node><NodeName>C</NodeName><Path>./A/B</Path><Value>1</Value></Node>".to_owned(),
        "<Node><NodeName>D</NodeName><Path>./A</Path><Value>2</Value></Node>".to_owned(),
    ];
    for nodes in permutations(&parts) {
        check_layout(&nodes);
    }
}

#[test]
fn a_hierarchy_continues_elsewhere_before_or_after() {
    let parts = [
        "<Node><NodeName>A</NodeName><Node><NodeName>D</NodeName><Value>2</Value></Node></Node>".to_owned(),
        format!("<Node><NodeName>B</NodeName><Path>A/</Path>{MO_X}</Node>"),
        "<Node><NodeName>C</NodeName><Path>A/B/</Path><Value>1</Value></Node>".to_owned(),
    ];
    for nodes in permutations(&parts) {
        check_layout(&nodes);
    }
}

#[test]
fn a_path_inside_nested_nodes_counts_from_the_root() {
    // Also through nodes that are open still.
    check_layout(&format!(
        "<Node><NodeName>A</NodeName>
           <Node><NodeName>C</NodeName><Path>A/B</Path><Value>1</Value></Node>
           <Node><NodeName>B</NodeName>{MO_X}</Node>
         </Node><Node><NodeName>D</NodeName><Path>A</Path><Value>2</Value></Node>"
    ));
    check_layout(&format!(
        "<Node><Node><NodeName>C</NodeName><Path>A/B</Path><Value>1</Value></Node>
           <Node><NodeName>D</NodeName><Value>2</Value><Path/></Node>
           <Node>{MO_X}<NodeName>B</NodeName></Node><NodeName>A</NodeName></Node>"
    ));
}

#[test]
fn empty_values_of_nodes_that_continue_elsewhere() {
    for value in ["<Value/>", "<Value>\n</Value>"] {
        let parts = [
            format!("<Node><NodeName>A</NodeName>{value}</Node>"),
            format!("<Node><NodeName>B</NodeName><Path>A</Path>{MO_X}{value}</Node>"),
            "<Node><NodeName>C</NodeName><Path>A/B</Path><Value>1</Value></Node>".to_owned(),
            "<Node><NodeName>D</NodeName><Path>A</Path><Value>2</Value></Node>".to_owned(),
        ];
        for nodes in permutations(&parts) {
            check_layout(&nodes);
        }
    }
}

#[test]
fn spellings_of_path() {
    for path in ["./X/Y", "X/Y", "X/Y/", "./X/Y/", "/X/Y", "X//Y", "./X///Y//", "\n  ./X/Y\n", "././X/Y"] {
        let tree = tree(&format!("<Node><NodeName>N</NodeName><Path>{path}</Path><Value>1</Value></Node>"));
        assert_eq!(uris(&tree), ["./X", "./X/Y", "./X/Y/N"], "{path}");
        assert!(at(&tree, "X").is_implicit() && at(&tree, "X/Y").is_implicit());
    }
    for path in ["", ".", "./", "/", "//", " . "] {
        let tree = tree(&format!("<Node><NodeName>N</NodeName><Path>{path}</Path></Node>"));
        assert_eq!(uris(&tree), ["./N"], "{path}");
    }
}

#[test]
fn escapes_in_paths_and_names_mean_the_same() {
    let tree = tree(
        "<Node><NodeName>My Tones</NodeName></Node>
         <Node><NodeName>Café</NodeName><Path>./My%20Tones</Path></Node>
         <Node><NodeName>x</NodeName><Path>./My Tones/Caf%c3%a9</Path><Value>1</Value></Node>",
    );
    assert_eq!(uris(&tree), ["./My%20Tones", "./My%20Tones/Caf%C3%A9", "./My%20Tones/Caf%C3%A9/x"]);
    assert_eq!(at(&tree, "./My%20Tones").name(), "My Tones");
    assert!(at(&tree, ".").child("My%20Tones") == at(&tree, ".").child("My Tones"));
    // A description says how a name is spelled, also when a path came first.
    let tree = self::tree(
        "<Node><NodeName>x</NodeName><Path>My%20Tones</Path></Node><Node><NodeName>My Tones</NodeName></Node>",
    );
    assert_eq!((tree.len(), at(&tree, "./My%20Tones").name()), (3, "My Tones"));
}

// ------------------------------------------------------------------------------------------ defaults of §8.3

fn node(inside: &str) -> Tree<'static> {
    tree(&format!("<Node><NodeName>N</NodeName>{inside}</Node>"))
}

#[test]
fn defaults_of_what_is_left_out() {
    let leaf = "<Node><NodeName>c</NodeName><Value>1</Value></Node>";
    let empty_leaf = "<Node><NodeName>c</NodeName></Node>";
    let rt = |inside: &str| format!("<RTProperties>{inside}</RTProperties>");
    for (inside, format) in [
        // Nothing at all.
        (String::new(), Format::Node),
        (rt(""), Format::Node),
        // A leaf with a value is chr; a node with children is node.
        ("<Value>1</Value>".to_owned(), Format::Chr),
        ("<Value/>".to_owned(), Format::Chr),
        ("<Value> </Value>".to_owned(), Format::Chr),
        (leaf.to_owned(), Format::Node),
        (empty_leaf.to_owned(), Format::Node),
        (format!("<Value/>{leaf}"), Format::Node),
        // Format decides where neither is there.
        (rt("<Format><node/></Format>"), Format::Node),
        (rt("<Format><int/></Format>"), Format::Int),
        (rt("<Format><chr/></Format>"), Format::Chr),
        // Type does where Format is not there either.
        (rt("<Type><MIME>text/plain</MIME></Type>"), Format::Chr),
        (rt("<Type>text/plain</Type>"), Format::Chr),
        (rt("<Type><DDFName/></Type>"), Format::Node),
        (rt("<Type><MIME/></Type>"), Format::Node),
        (rt("<Type><DDFName>urn:x</DDFName></Type>") + "<Value/>", Format::Node),
        (rt("<Type><MIME>text/plain</MIME></Type>") + leaf, Format::Node),
        // It says more than a description, which is another profile.
        ("<DFProperties><DFFormat><int/></DFFormat></DFProperties><Value>1</Value>".to_owned(), Format::Chr),
        // Name and Size repeat what the tree says.
        (rt("<Name>M</Name><Size>77</Size>") + "<Value>1</Value>", Format::Chr),
    ] {
        let tree = node(&inside);
        assert_eq!(at(&tree, "N").format(), format, "{inside}");
        assert_eq!(at(&tree, "N").value().is_some(), format != Format::Node && inside.contains("<Value"), "{inside}");
    }
}

#[test]
fn types_of_nodes() {
    let rt = |inside: &str| format!("<RTProperties>{inside}</RTProperties>");
    for (inside, media_type, mo_id) in [
        (rt("<Format><chr/></Format>"), Some("text/plain"), None),
        (rt("<Format><chr/></Format><Type><MIME/></Type>"), Some("text/plain"), None),
        (rt("<Format><b64/></Format><Type><MIME>image/png</MIME></Type>"), Some("image/png"), None),
        (rt("<Format><b64/></Format><Type> image/png </Type>"), Some("image/png"), None),
        ("<Value>1</Value>".to_owned(), Some("text/plain"), None),
        (rt("<Format><node/></Format>"), None, None),
        (rt("<Format><node/></Format><Type><DDFName/></Type>"), None, None),
        (rt("<Format><node/></Format><Type><DDFName>\n urn:x \n</DDFName></Type>"), None, Some("urn:x")),
        (rt("<Format><node/></Format><Type>urn:x</Type>"), None, Some("urn:x")),
        (rt("<Format><node/></Format><Type><MIME>com.x/1.0/Y</MIME></Type>"), None, Some("com.x/1.0/Y")),
        (rt("<Format><node/></Format><Type><MIME>text/plain</MIME></Type>"), None, None),
        // Only interior nodes are roots of objects.
        (rt("<Format><chr/></Format><Type><DDFName>urn:x</DDFName></Type>"), Some("urn:x"), None),
    ] {
        let tree = node(&inside);
        assert_eq!((at(&tree, "N").media_type(), at(&tree, "N").mo_id()), (media_type, mo_id), "{inside}");
        assert_eq!(instances(&tree, "urn:x").len(), usize::from(mo_id == Some("urn:x")), "{inside}");
    }
}

#[test]
fn formats_are_elements_or_text() {
    for format in Format::ALL {
        for spelling in [format!("<{format}/>"), format!("<{format}></{format}>"), format!(" {format} ")] {
            let tree = node(&format!("<RTProperties><Format>{spelling}</Format></RTProperties>"));
            assert_eq!(at(&tree, "N").format(), format, "{spelling}");
        }
    }
}

#[test]
fn values_as_they_were_sent() {
    for (inside, value) in [
        ("<Value> a\tb </Value>", " a\tb "),
        ("<Value>a&amp;b&#x20;<![CDATA[<c>&amp;]]></Value>", "a&b <c>&amp;"),
        ("<Value>a<!-- not this -->b</Value>", "ab"),
        (
            "<RTProperties><Format><xml/></Format></RTProperties><Value><a b='1'>x &lt;</a><c/></Value>",
            "<a b='1'>x &lt;</a><c/>",
        ),
    ] {
        assert_eq!(text(&node(inside), "N"), Some(value), "{inside}");
    }
    let bin = |text: &str| {
        let tree = node(&format!("<RTProperties><Format><bin/></Format></RTProperties><Value>{text}</Value>"));
        at(&tree, "N").value().unwrap().octets().map(|octets| octets.into_owned())
    };
    assert_eq!(bin("AAEC\n  /w=="), Ok(vec![0, 1, 2, 0xFF]));
    assert_eq!(bin("AAEC/w"), Ok(vec![0, 1, 2, 0xFF]));
    assert_eq!(bin(" AA\n*C"), Err(Error::new(ErrorKind::InvalidBase64, 4)));
    assert_eq!(bin("AAECA"), Err(Error::new(ErrorKind::InvalidBase64, 5)));
}

#[test]
fn only_the_acl_is_inherited_and_only_later() {
    let tree = tree(
        "<Node><NodeName>A</NodeName><RTProperties><ACL>Get=*</ACL><Title>t</Title></RTProperties>
           <Node><NodeName>B</NodeName><RTProperties><ACL/></RTProperties></Node></Node>",
    );
    assert_eq!((at(&tree, "A").acl(), at(&tree, "A").title()), (Some("Get=*"), Some("t")));
    assert_eq!((at(&tree, "A/B").acl(), at(&tree, "A/B").title()), (None, None));
}

#[test]
fn what_is_not_of_the_tree_is_passed_over() {
    let tree = tree(
        "<x:Diagnostics xmlns:x='urn:x'><x:Node/></x:Diagnostics>
         <Node><NodeName>A</NodeName><x:Applicability xmlns:x='urn:x'><x:Value>1</x:Value></x:Applicability>
           <RTProperties><x:Hint xmlns:x='urn:x'>2</x:Hint><Format><chr/></Format></RTProperties>
           <DFProperties><AccessType><Get/></AccessType><DefaultValue>3</DefaultValue></DFProperties>
           <Value>4</Value></Node>",
    );
    assert_eq!(uris(&tree), ["./A"]);
    assert_eq!(text(&tree, "A"), Some("4"));
}

/// A namespace that is taken away leaves names that are known by the elements around them (`wire.md` §14.1 row 19).
#[test]
fn a_document_that_undeclares_its_namespace_says_the_same() {
    let node = |name| {
        format!(
            "<Node><NodeName>{name}</NodeName><RTProperties><ACL>Get=*</ACL><Format><int/></Format><Type><MIME>text/plain</MIME>\
             </Type></RTProperties><Value>1</Value></Node>"
        )
    };
    let document = mgmt_tree(&["A", "B", "C"].map(node).concat());
    let undeclared = document.replace("xmlns=\"syncml:dmddf1.2\"", "xmlns=\"\"");
    let tree = decode(undeclared.as_bytes()).unwrap();
    assert_eq!(uris(&tree), ["./A", "./B", "./C"]);
    assert!(tree.nodes().skip(1).all(|node| node.format() == Format::Int && node.value().unwrap().text() == Some("1")));
    assert_eq!(facts(&tree), facts(&decode(document.as_bytes()).unwrap()));
}

#[test]
fn the_root_can_be_described() {
    for nodes in [
        "<Node><NodeName>.</NodeName><RTProperties><ACL>Get=*</ACL></RTProperties>
           <Node><NodeName>A</NodeName></Node></Node>",
        "<Node><NodeName>A</NodeName></Node>
         <Node><NodeName>.</NodeName><RTProperties><ACL>Get=*</ACL><Type>text/plain</Type></RTProperties></Node>",
    ] {
        let tree = tree(nodes);
        assert_eq!(uris(&tree), ["./A"]);
        assert_eq!(tree.root().acl(), Some("Get=*"));
        assert!(!tree.root().is_implicit() && tree.root().is_interior() && tree.root().name().is_empty());
    }
}

// --------------------------------------------------------------------------------------------- errors

/// Where `¦` stands, the error is.
fn check_error(marked: &str, kind: ErrorKind) {
    let offset = marked.find('¦').unwrap();
    let input = marked.replace('¦', "");
    let error = decode(input.as_bytes()).expect_err(marked);
    assert_eq!((error.kind(), error.offset(), error.inner()), (kind, offset, None), "{marked}");
}

#[test]
fn errors_say_what_and_where() {
    use ErrorKind as E;
    check_error("¦<SyncML/>", E::NotTree);
    check_error("<?xml version='1.0'?>\n¦<Node/>", E::NotTree);
    check_error("¦<MgmtTree xmlns='urn:other'/>", E::NotTree);
    for (nodes, kind) in [
        // Names.
        ("¦<Node/>", E::InvalidName),
        ("<Node>¦<NodeName/></Node>", E::InvalidName),
        ("<Node>¦<NodeName> </NodeName></Node>", E::InvalidName),
        ("<Node>¦<NodeName>A/B</NodeName></Node>", E::InvalidName),
        ("<Node><NodeName>A</NodeName><Node>¦<NodeName>.</NodeName></Node></Node>", E::InvalidName),
        ("<Node>¦<NodeName>..</NodeName></Node>", E::InvalidName),
        ("<Node><Path>A</Path>¦<NodeName>.</NodeName></Node>", E::InvalidName),
        // Clashes.
        ("<Node><NodeName>A</NodeName></Node><Node>¦<NodeName>A</NodeName></Node>", E::NameClash),
        ("<Node><NodeName>A b</NodeName></Node><Node>¦<NodeName>A%20b</NodeName></Node>", E::NameClash),
        ("<Node><NodeName>.</NodeName></Node><Node>¦<NodeName>.</NodeName></Node>", E::NameClash),
        (
            "<Node><NodeName>A</NodeName><Node><NodeName>B</NodeName></Node></Node>\
             <Node>¦<NodeName>B</NodeName><Path>A</Path><Value>1</Value></Node>",
            E::NameClash,
        ),
        (
            "<Node><NodeName>B</NodeName><Path>A</Path></Node>\
             <Node>¦<NodeName>A</NodeName><Node><NodeName>B</NodeName></Node></Node>",
            E::NameClash,
        ),
        // Values.
        (
            "<Node><NodeName>A</NodeName>¦<Value>1</Value><Node><NodeName>B</NodeName></Node></Node>",
            E::ValueWithChildren,
        ),
        (
            "<Node><NodeName>B</NodeName><Path>A</Path></Node><Node><NodeName>A</NodeName>¦<Value>1</Value></Node>",
            E::ValueWithChildren,
        ),
        (
            "<Node><NodeName>A</NodeName><RTProperties>¦<Format><int/></Format></RTProperties>\
             <Node><NodeName>B</NodeName></Node></Node>",
            E::LeafWithChildren,
        ),
        (
            "<Node><NodeName>B</NodeName><Path>A</Path></Node>\
             <Node><NodeName>A</NodeName><RTProperties>¦<Format><null/></Format></RTProperties></Node>",
            E::LeafWithChildren,
        ),
        (
            "<Node><NodeName>A</NodeName><RTProperties><Format><node/></Format></RTProperties>¦<Value>1</Value></Node>",
            E::ValueOfInterior,
        ),
        ("<Node><NodeName>.</NodeName>¦<Value>1</Value></Node>", E::ValueOfInterior),
        (
            "<Node><NodeName>.</NodeName><RTProperties>¦<Format><int/></Format></RTProperties></Node>",
            E::LeafWithChildren,
        ),
        // Paths.
        (
            "<Node><NodeName>A</NodeName><Value>1</Value></Node><Node><NodeName>B</NodeName>¦<Path>A</Path></Node>",
            E::InvalidPath,
        ),
        (
            "<Node><NodeName>A</NodeName><Value>1</Value></Node><Node><NodeName>B</NodeName>¦<Path>A/C</Path></Node>",
            E::InvalidPath,
        ),
        ("<Node><NodeName>B</NodeName>¦<Path>A/../C</Path></Node>", E::InvalidPath),
        ("<Node><NodeName>B</NodeName>¦<Path>A/.</Path></Node>", E::InvalidPath),
        ("<Node><NodeName>B</NodeName>¦<Path>..</Path></Node>", E::InvalidPath),
        // Properties.
        (
            "<Node><NodeName>A</NodeName><RTProperties>¦<Format>string</Format></RTProperties></Node>",
            E::UnknownNodeFormat,
        ),
        (
            "<Node><NodeName>A</NodeName><RTProperties>¦<Format><x/></Format></RTProperties></Node>",
            E::UnknownNodeFormat,
        ),
        ("<Node><NodeName>A</NodeName><RTProperties>¦<Format/></RTProperties></Node>", E::UnknownNodeFormat),
        (
            "<Node><NodeName>A</NodeName><RTProperties>¦<Format><MIME/></Format></RTProperties></Node>",
            E::UnknownNodeFormat,
        ),
        (
            "<Node><NodeName>A</NodeName><RTProperties><Format><chr/>¦<int/></Format></RTProperties></Node>",
            E::Repeated("Format"),
        ),
        ("<Node><RTProperties><Format>chr</Format>¦<Format>chr</Format></RTProperties></Node>", E::Repeated("Format")),
        ("<Node><RTProperties><Type/>¦<Type/></RTProperties></Node>", E::Repeated("Type")),
        (
            "<Node><RTProperties><Type><MIME>a/b</MIME>¦<DDFName>urn:x</DDFName></Type></RTProperties></Node>",
            E::Repeated("DDFName"),
        ),
        ("<Node><RTProperties><ACL/></RTProperties><RTProperties>¦<ACL/></RTProperties></Node>", E::Repeated("ACL")),
        ("<Node><NodeName>A</NodeName>¦<NodeName>A</NodeName></Node>", E::Repeated("NodeName")),
        ("<Node><Path/>¦<Path/></Node>", E::Repeated("Path")),
        ("<Node><Value/>¦<Value/></Node>", E::Repeated("Value")),
        ("¦<VerDTD>1.2</VerDTD>", E::Repeated("VerDTD")),
        // A tree's own elements where they mean nothing.
        ("¦<Value>1</Value>", E::UnexpectedElement),
        ("¦<RTProperties/>", E::UnexpectedElement),
        ("<Node>¦<Man>x</Man></Node>", E::UnexpectedElement),
        ("<Node>¦<MgmtTree/></Node>", E::UnexpectedElement),
        ("<Node><RTProperties>¦<Value>1</Value></RTProperties></Node>", E::UnexpectedElement),
        ("<Node><RTProperties>¦<Node/></RTProperties></Node>", E::UnexpectedElement),
        ("<Node>¦A</Node>", E::UnexpectedText),
        ("<Node><NodeName>A¦<b/></NodeName></Node>", E::UnexpectedMarkup),
    ] {
        check_error(&mgmt_tree(nodes), kind);
    }
}

#[test]
fn octets_that_are_no_text_are_refused_in_wbxml() {
    let head = octets("0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e000002");
    // MgmtTree, Node, NodeName "A", RTProperties, Type.
    let type_at = head.len() + 2 + 5 + 1;
    let wbxml = |inside: &[u8]| [&head[..], b"\x60\x64\x66\x03A\0\x01\x6f", inside].concat();
    let error = decode(&wbxml(b"\x75\xC3\x02\xFF\xFE\x01\x01\x01\x01")).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidUtf8, type_at + 3));
    // Markup in a Value has no octets of its own to be the value.
    let error = decode(&wbxml(b"\x01\x76\x36\x01\x01\x01")).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::UnexpectedMarkup, type_at + 2));
}

#[test]
fn depth_and_number_of_nodes_are_limited() {
    let limits = Limits { depth: 8, elements: 40, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let error = |nodes: &str| {
        let offset = nodes.find('¦').map(|at| at + mgmt_tree("").find("</MgmtTree").unwrap());
        let result = decode_with(mgmt_tree(&nodes.replace('¦', "")).as_bytes(), &options).map(|tree| tree.len());
        match (&result, offset) {
            (Ok(_), None) => {}
            (Err(error), Some(offset)) => assert_eq!(error.offset(), offset, "{nodes}: {error}"),
            _ => panic!("{nodes}: {result:?}"),
        }
        result.err().map(|error| error.kind())
    };
    assert_eq!(error("<Node><NodeName>8</NodeName><Path>1/2/3/4/5/6/7</Path></Node>"), None);
    let deep = Some(ErrorKind::LimitDepth);
    assert_eq!(error("<Node><NodeName>9</NodeName>¦<Path>1/2/3/4/5/6/7/8</Path></Node>"), deep);
    assert_eq!(error("<Node><NodeName>9</NodeName>¦<Path>1/2/3/4/5/6/7/8/9/10/11</Path></Node>"), deep);
    assert_eq!(
        error("<Node><NodeName>8</NodeName>¦<Path>1/2/3/4/5/6/7</Path><Node><NodeName>9</NodeName></Node></Node>"),
        deep
    );
    assert_eq!(
        error("<Node><NodeName>7</NodeName><Path>1/2/3/4/5/6</Path><Node><NodeName>8</NodeName></Node></Node>"),
        None
    );
    // Refused before nodes are made for the rest of the path.
    let path = "x/".repeat(1_000);
    assert_eq!(error(&format!("<Node><NodeName>n</NodeName>¦<Path>{path}</Path></Node>")), deep);
    let many = |path: usize| format!("<Node><NodeName>n</NodeName>¦<Path>p{path}/1/2/3/4/5/6</Path></Node>");
    let nodes: String = (0..4).map(many).collect::<String>().replace('¦', "");
    assert_eq!(error(&nodes), None);
    assert_eq!(error(&(nodes + &many(4))), Some(ErrorKind::LimitElements));
}

#[test]
fn a_path_of_a_million_segments_is_refused_by_depth() {
    let path = "a/".repeat(1_000_000);
    let document = mgmt_tree(&format!("<Node><NodeName>N</NodeName><Path>{path}</Path></Node>"));
    let error = decode(document.as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::LimitDepth, document.find("<Path>").unwrap()));
    let document = mgmt_tree(&format!("<Node><NodeName>N</NodeName><Path>{}</Path></Node>", "/".repeat(1_000_000)));
    assert_eq!(uris(&decode(document.as_bytes()).unwrap()), ["./N"]);
}

// ------------------------------------------------------------------------------------------- damage

/// All documents with trees below 4 kB, ours and others'.
fn small_documents() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(DATA)];
    folders.extend(corpus().map(|folder| folder.join("tnds")));
    for folder in folders {
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let is_tree = name.contains("tnds") || name.starts_with("ddf") || name.starts_with("vendor");
            let input = std::fs::read(&file).unwrap();
            if (is_tree || name.starts_with("results")) && input.len() < 4096 {
                found.push((name, input));
            }
        }
    }
    found.push(("G5".to_owned(), octets(G5)));
    found.extend([G7, G9, G10].map(|rest| ("G".to_owned(), octets(&format!("{HEAD}{rest}")))));
    assert!(found.len() >= 6);
    found
}

/// Decodes whatever it is and looks at everything in it.
fn read_all(input: &[u8]) -> Result<usize, Error> {
    let look = |tree: &Tree<'_>| {
        tree.nodes().fold(0, |sum, node| {
            let uri = node.uri().to_string();
            assert!(tree.get(&uri).unwrap() == Some(node), "{uri}");
            sum + uri.len() + node.value().map_or(0, |value| value.octets().map_or(0, |octets| octets.len()))
        })
    };
    match decode(input) {
        Err(error) if error.kind() == ErrorKind::NotTree => {
            let message = Message::decode(input)?;
            in_message(&message, &Options::default()).map(|found| found.map(|(_, tree)| look(&tree))).sum()
        }
        decoded => decoded.map(|tree| look(&tree)),
    }
}

#[test]
fn truncated_documents_are_errors() {
    for (name, input) in small_documents() {
        let whole = input.trim_ascii_end().len();
        for len in 0..whole {
            assert!(read_all(&input[..len]).is_err(), "{name}: {len} of {whole}");
        }
    }
}

#[test]
fn flipped_bits_never_panic() {
    for (_, mut input) in small_documents() {
        for at in 0..input.len() {
            for bit in 0..8 {
                input[at] ^= 1 << bit;
                let _ = read_all(&input);
                input[at] ^= 1 << bit;
            }
        }
    }
}
