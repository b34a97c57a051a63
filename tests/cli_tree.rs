//! The commands that answer from trees: get, diff, and the page of tree, run as their users run them.
#![cfg(feature = "cli")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const PHONE: &str = "tests/data/phone.tnds.xml";
const PHONE_WBXML: &str = "tests/data/phone.tnds.wbxml";

fn omadm(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omadm"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null()).output().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// A file for one test.
struct Scratch(std::path::PathBuf);

impl Scratch {
    fn new(name: &str, content: &[u8]) -> Scratch {
        let path = std::env::temp_dir().join(format!("omadm-cli-tree-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Scratch(path)
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn tree(nodes: &str) -> String {
    format!("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>")
}

fn leaf(name: &str, value: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><Value>{value}</Value></Node>")
}

/// A message with these trees, each in an item of its own.
fn message(items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(target, nodes)| {
            let tree = tree(nodes);
            format!("<Item><Target><LocURI>{target}</LocURI></Target><Data>{tree}</Data></Item>")
        })
        .collect();
    let add = format!("<Add><CmdID>9</CmdID>{items}</Add><Final/>");
    include_str!("data/package1.syncml.xml").replacen("<Final/>", &add, 1)
}

// ---- get; values by the model of tests/tools/make_phone.py ----

#[test]
fn get_prints_a_value_alone_and_octets_as_they_are() {
    for file in [PHONE, PHONE_WBXML, "tests/data/phone-flat.tnds.xml", "tests/data/phone-strtbl.tnds.wbxml"] {
        let output = omadm(&["get", file, "./DevInfo/Man"]);
        assert_eq!((stdout(&output), stderr(&output), output.status.code()), ("Acme\n", "", Some(0)), "{file}");
        let octets: Vec<u8> = (0..=255).rev().step_by(7).collect();
        assert_eq!(omadm(&["get", file, "./FUMO/system/Update/PkgData"]).stdout, octets, "{file}");
    }
    let notes = omadm(&["get", PHONE_WBXML, "./FUMO/system/Ext/Notes"]);
    assert_eq!(stdout(&notes), "<notes><b>Fixes</b> 1 &amp; 2 are in <![CDATA[4.2.1]]></notes>\n");
}

#[test]
fn get_prints_children_properties_and_structures() {
    let get = |uri| stdout(&omadm(&["get", PHONE, uri])).to_owned();
    assert_eq!(get("."), "DevInfo\nDevDetail\nDMAcc\nFUMO\nSCOMO\nNAP\nVendor\n");
    assert_eq!(get("./DevInfo?prop=ACL"), "Get=*\n");
    assert_eq!(get("./FUMO/modem?prop=Type"), "urn:oma:mo:oma-fumo:1.0\n");
    assert_eq!(
        get("./FUMO/system/Ext?list=Struct"),
        "\
./FUMO/system/Ext  [node]
./FUMO/system/Ext/Notes  [xml, application/xml]
./FUMO/system/Ext/Digest  [b64, application/octet-stream]
"
    );
    assert_eq!(get("./FUMO/modem/Ext?list=StructData"), "./FUMO/modem/Ext  [node]\n./FUMO/modem/Ext/Slot = B\n");
    let state = "./FUMO/modem/State  [int] = 10\n";
    assert_eq!(get("./FUMO/modem/State?list=StructData"), state);
}

#[test]
fn get_prints_a_tree_document_that_other_parsers_read() {
    let output = omadm(&["get", PHONE_WBXML, "./FUMO?list=TNDS-ACL-TStamp"]);
    let document = roxmltree::Document::parse(stdout(&output)).unwrap();
    let count = |name: &str| document.descendants().filter(|node| node.tag_name().name() == name).count();
    let source = std::fs::read_to_string(format!("{}/{PHONE}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let source = roxmltree::Document::parse_with_options(&source, options).unwrap();
    let named = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.children().any(|child| child.tag_name().name() == "NodeName" && child.text() == Some(name))
    };
    let fumo = source.descendants().find(|node| named(node, "FUMO")).unwrap();
    let nodes = fumo.descendants().filter(|node| node.tag_name().name() == "Node").count();
    assert!(nodes > 20);
    assert_eq!((count("Node"), count("ACL"), count("TStamp")), (nodes, 0, 0));
    assert!(count("VerNo") > 0);
}

#[test]
fn get_asks_the_trees_of_a_message_as_one() {
    let nested = |name: &str, inside: &str| format!("<Node><NodeName>{name}</NodeName>{inside}</Node>");
    let file = Scratch::new(
        "merged.xml",
        message(&[
            ("./A", &nested("A", &(leaf("One", "1") + &leaf("Two", "old")))),
            ("./B/C", &nested("C", &leaf("Three", "3"))),
            ("./A", &nested("A", &leaf("Two", "new"))),
        ])
        .as_bytes(),
    );
    let output = omadm(&["get", file.name(), ".?list=StructData"]);
    let expected = ".  [node]\n./A  [node]\n./A/One = 1\n./A/Two = new\n./B  [node]\n./B/C  [node]\n./B/C/Three = 3\n";
    assert_eq!((stdout(&output), stderr(&output)), (expected, ""));
    let output = omadm(&["get", "tests/data/results-e1.syncml.wbxml", "./FUMO/system/State"]);
    assert_eq!(stdout(&output), "60\n");
}

#[test]
fn get_answers_each_server_as_the_acls_have_it() {
    let acl = |name: &str, acl: &str, inside: &str| {
        format!("<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL></RTProperties>{inside}</Node>")
    };
    let nodes = acl("A", "Get=ab", &(leaf("L", "1") + &acl("Other", "Get=abc", &leaf("M", "2"))));
    let file = Scratch::new("acl.xml", tree(&nodes).as_bytes());
    let get = |server, uri| {
        let output = omadm(&["get", "--as", server, file.name(), uri]);
        (stdout(&output).to_owned(), output.status.code())
    };
    assert_eq!(get("ab", "./A/L"), ("1\n".into(), Some(0)));
    assert_eq!(get("b", "./A/L"), (String::new(), Some(1)));
    assert_eq!(get("ab", "./A?list=Struct"), ("./A  [node]\n./A/L\n".into(), Some(0)));
    assert_eq!(get("abc", "./A/Other/M"), ("2\n".into(), Some(0)));
    let output = omadm(&["get", "--as", "b", file.name(), "./A"]);
    assert!(stderr(&output).contains(": ./A: 425 Permission denied"), "{}", stderr(&output));
}

/// Codes by `wire.md` §9.2, §9.4 and §9.6.
#[test]
fn get_tells_a_refusal_with_its_status() {
    for (uri, status) in [
        ("./None", "404 Not found"),
        ("./A b", "404 Not found: byte 3"),
        ("/DevInfo", "404 Not found: byte 0"),
        ("./DevInfo?prop=Colour", "406 Optional feature not supported"),
        ("./DevInfo?prop=VerNo", "406 Optional feature not supported"),
        ("./DevInfo?list=All", "406 Optional feature not supported"),
        ("./DevInfo?list=TNDS+Colour", "406 Optional feature not supported"),
        ("./DevInfo?list", "422 Bad CGI script: byte 10"),
    ] {
        let output = omadm(&["get", PHONE, uri]);
        assert!(stderr(&output).starts_with(&format!("omadm: {PHONE}: {uri}: {status}")), "{}", stderr(&output));
        assert_eq!((stdout(&output), output.status.code()), ("", Some(1)), "{uri}");
        let row: serde_json::Value = serde_json::from_slice(&omadm(&["get", "--json", PHONE, uri]).stdout).unwrap();
        assert_eq!(row["status"].to_string(), status[..3]);
    }
}

#[test]
fn get_says_how_a_blank_is_written() {
    let hint = "; a blank is written %20\n";
    for (uri, has_hint) in
        [("./My Ringtones", true), ("./A?prop=A CL", true), ("./A\u{e9} b", false), ("./A%20b", false), ("./A/", false)]
    {
        let output = omadm(&["get", PHONE, uri]);
        assert_eq!((stderr(&output).ends_with(hint), output.status.code()), (has_hint, Some(1)), "{}", stderr(&output));
    }
}

#[test]
fn get_says_which_argument_is_missing() {
    for (only, missing) in [(PHONE, "URI"), ("-", "URI"), ("./DevInfo/Man", "FILE")] {
        let output = omadm(&["get", only]);
        let expected = format!("omadm: {only}: the {missing} is missing");
        assert!(stderr(&output).starts_with(&expected), "{}", stderr(&output));
        assert_eq!((stdout(&output), output.status.code()), ("", Some(2)));
    }
    let output = omadm(&["get"]);
    assert!(stderr(&output).contains("omadm get [OPTIONS] <FILE>... <URI>"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn get_says_what_it_cannot_read() {
    let status = |arguments: &[&str]| omadm(arguments).status.code();
    assert_eq!(status(&["get", "no such file", "./A"]), Some(2));
    assert_eq!(status(&["get", "tests/data/acme.ddf.xml", "./A"]), Some(2));
    assert_eq!(status(&["get", "tests/data/package1.syncml.xml", "./A"]), Some(2));
    assert_eq!(status(&["get", PHONE]), Some(2), "a file without a URI");
    // A list that cannot be read grants nothing, also where it comes into another tree; it is no reason to read nothing.
    let list = "<Node><NodeName>B</NodeName><RTProperties><ACL>Take=*</ACL></RTProperties></Node>";
    let items = [("./A", leaf("A", "1")), ("./B", list.to_owned())];
    let both =
        Scratch::new("list.xml", message(&items.each_ref().map(|(uri, nodes)| (*uri, nodes.as_str()))).as_bytes());
    let output = omadm(&["get", both.name(), "./A"]);
    assert_eq!((stdout(&output), stderr(&output), output.status.code()), ("1\n", "", Some(0)));
    assert_eq!(status(&["get", "--as", "op.example", both.name(), "./B"]), Some(1));
    assert_eq!(status(&["get", both.name(), "./B"]), Some(0));
}

#[test]
fn get_of_several_files_names_them() {
    let output = omadm(&["get", PHONE, PHONE_WBXML, "./DevInfo/Mod"]);
    assert_eq!(stdout(&output), format!("{PHONE}:R1\n{PHONE_WBXML}:R1\n"));
    let output = omadm(&["get", "tests/data", "./FUMO/modem/Ext/Slot"]);
    assert!(stdout(&output).lines().count() >= 8 && stdout(&output).lines().all(|line| line.ends_with(":B")));
    let mixed = omadm(&["get", PHONE, "tests/data/results-e1.syncml.wbxml", "./DevInfo/Mod"]);
    assert_eq!((stdout(&mixed), mixed.status.code()), (format!("{PHONE}:R1\n").as_str(), Some(1)));
}

#[test]
fn get_gives_scripts_the_value_itself_and_one_line_to_lists() {
    let value = "a\u{9B}2J\nb \u{202E}c";
    let file = Scratch::new("raw.xml", tree(&leaf("L", value)).as_bytes());
    assert_eq!(stdout(&omadm(&["get", file.name(), "./L"])), format!("{value}\n"));
    let list = omadm(&["get", file.name(), "./L?list=StructData"]);
    assert_eq!(stdout(&list), "./L = a\\u{9B}2J\\nb \\u{202E}c\n");
    let json: serde_json::Value =
        serde_json::from_slice(&omadm(&["get", "--json", file.name(), "./L"]).stdout).unwrap();
    assert_eq!(json["items"], serde_json::json!([{"uri": "./L", "format": "chr", "value": value}]));
}

#[test]
fn get_in_json_has_the_items_of_results() {
    let output = omadm(&["get", "--json", PHONE_WBXML, "./FUMO/modem?list=StructData"]);
    let row: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((&row["status"], &row["meaning"]), (&200.into(), &"OK".into()));
    let items = row["items"].as_array().unwrap();
    assert_eq!(items.len(), 12);
    let object = serde_json::json!({"uri": "./FUMO/modem", "format": "node", "type": "urn:oma:mo:oma-fumo:1.0"});
    assert_eq!(items[0], object);
    assert_eq!(
        items.last().unwrap(),
        &serde_json::json!({"uri": "./FUMO/modem/Ext/Slot", "format": "chr", "value": "B"})
    );
}

// ---- diff ----

#[test]
fn diff_exits_as_diff() {
    let status = |arguments: &[&str]| omadm(arguments).status.code();
    for same in [PHONE, PHONE_WBXML, "tests/data/phone-flat.tnds.xml", "tests/data/phone-strtbl.tnds.wbxml"] {
        let output = omadm(&["diff", PHONE, same]);
        assert_eq!((stdout(&output), stderr(&output), output.status.code()), ("", "", Some(0)), "{same}");
    }
    assert_eq!(status(&["diff", PHONE, "tests/data/results-e1.syncml.wbxml"]), Some(1));
    assert_eq!(status(&["diff", PHONE, "no such file"]), Some(2));
    assert_eq!(status(&["diff", PHONE, "tests/data/acme.ddf.xml"]), Some(2));
    assert_eq!(status(&["diff", "--ignore", "Colour", PHONE, PHONE]), Some(2));
    assert_eq!(status(&["diff", PHONE]), Some(2));
    let output = omadm(&["diff", "-", "-"]);
    let message = "omadm: -: standard input can be read once only\n";
    assert_eq!((stdout(&output), stderr(&output), output.status.code()), ("", message, Some(2)));
}

/// Two small trees that differ in each way.
fn before_and_after(test: &str) -> (Scratch, Scratch) {
    let node = |name: &str, properties: &str, inside: &str| {
        format!("<Node><NodeName>{name}</NodeName><RTProperties>{properties}</RTProperties>{inside}</Node>")
    };
    let long = "x".repeat(300);
    let before = leaf("Level", "3")
        + &leaf("Long", &long)
        + &node("Stamped", "<TStamp>20240101T000000Z</TStamp><VerNo>1</VerNo>", "<Value>1</Value>")
        + &node("Old", "", &(leaf("Gone", "1") + &leaf("Also", "2")))
        + &node("Shape", "", &leaf("Inside", "1"));
    let after = leaf("Level", "4")
        + &leaf("Long", &(long + "y"))
        + &node("Stamped", "<TStamp>20250101T000000Z</TStamp><VerNo>2</VerNo>", "<Value>1</Value>")
        + &leaf("Shape", "1")
        + &node("New", "<ACL>Get=*</ACL><Type><DDFName>urn:x:1</DDFName></Type>", &leaf("Number", "&#x9B;7"));
    let scratch = |name: &str, nodes: &str| Scratch::new(&format!("{test}-{name}.xml"), tree(nodes).as_bytes());
    (scratch("before", &before), scratch("after", &after))
}

#[test]
fn diff_prints_what_was_added_removed_and_changed() {
    let (before, after) = before_and_after("lines");
    let output = omadm(&["diff", before.name(), after.name()]);
    let cut = "x".repeat(240);
    let expected = format!(
        "\
! ./Level
    Value 3 -> 4
! ./Long
    Value {cut}… (300 octets) -> {cut}… (301 octets)
! ./Stamped
    TStamp 20240101T000000Z -> 20250101T000000Z
    VerNo 1 -> 2
- ./Old
    Gone = 1
    Also = 2
- ./Shape
    Inside = 1
+ ./Shape = 1
+ ./New  urn:x:1  ACL=Get=*
    Number = \\u{{9B}}7
"
    );
    assert_eq!((stdout(&output), stderr(&output), output.status.code()), (expected.as_str(), "", Some(1)));
    let ignored = omadm(&["diff", "--ignore", "TStamp,VerNo", "--ignore", "Value", before.name(), after.name()]);
    let rest: Vec<&str> = expected.lines().skip(7).collect();
    assert_eq!(stdout(&ignored).lines().collect::<Vec<_>>(), rest);
}

#[test]
fn diff_below_a_node_is_the_part_of_the_whole_that_is_there() {
    let file = |name: &str, nodes: String| {
        let nodes = format!("<Node><NodeName>Top</NodeName>{nodes}</Node>") + &leaf("Level", name);
        Scratch::new(&format!("diff-below-{name}.xml"), tree(&nodes).as_bytes())
    };
    let part = |level: &str| format!("<Node><NodeName>Part</NodeName>{}</Node>", leaf("Level", level));
    let old = format!("<Node><NodeName>Old</NodeName>{}</Node>", leaf("Gone", "1"));
    let before = file("before", part("3") + &old);
    let after = file("after", part("4") + &leaf("New", "2"));
    let diff = |below: &str| {
        let output = omadm(&["diff", "--below", below, before.name(), after.name()]);
        (stdout(&output).to_owned(), stderr(&output).to_owned(), output.status.code())
    };
    let told = |lines: &str| (lines.to_owned(), String::new(), Some(1));
    let part = "! ./Top/Part/Level\n    Value 3 -> 4\n";
    let old = "- ./Top/Old\n    Gone = 1\n";
    let new = "+ ./Top/New = 2\n";
    assert_eq!(diff("./Top"), told(&[part, old, new].concat()));
    assert_eq!(diff("Top/Part"), told(part));
    assert_eq!(diff("./Top/Part/Level"), told(part));
    assert_eq!(diff("."), told(&[part, old, new, "! ./Level\n    Value before -> after\n"].concat()));
    // What one tree alone has was removed, or added.
    assert_eq!(diff("./Top/Old"), told(old));
    assert_eq!(diff("./Top/Old/Gone"), told("- ./Top/Old/Gone = 1\n"));
    assert_eq!(diff("./Top/New"), told(new));
    let same = omadm(&["diff", "--below", "./Top/Part", before.name(), before.name()]);
    assert_eq!((stdout(&same), stderr(&same), same.status.code()), ("", "", Some(0)));
    for (below, message) in [
        ("./None", "omadm: ./None: neither tree has this node\n"),
        ("./Top/Part/Level/None", "omadm: ./Top/Part/Level/None: neither tree has this node\n"),
        ("/Top", "omadm: /Top: byte 0: not a node URI"),
        ("./Top?list=Struct", "omadm: ./Top?list=Struct: a URI without a query is expected here\n"),
    ] {
        let (out, err, status) = diff(below);
        assert!(out.is_empty() && err.starts_with(message) && status == Some(2), "{below}: {out}{err}");
    }
    let json = omadm(&["diff", "--json", "--below", "./Top/New", before.name(), after.name()]);
    let row: serde_json::Value = serde_json::from_str(stdout(&json)).unwrap();
    assert_eq!((&row["change"], &row["uri"]), (&"added".into(), &"./Top/New".into()));
    assert!(stdout(&omadm(&["diff", "--help"])).contains("--below <URI>"));
}

#[test]
fn diff_in_json_is_one_object_a_change() {
    let (before, after) = before_and_after("json");
    let output = omadm(&["diff", "--json", before.name(), after.name()]);
    let rows: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let short: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row["change"].as_str().unwrap(), row["uri"].as_str().unwrap()))
        .collect();
    let expected = [
        "changed ./Level",
        "changed ./Long",
        "changed ./Stamped",
        "removed ./Old",
        "removed ./Shape",
        "added ./Shape",
        "added ./New",
    ];
    assert_eq!(short, expected);
    assert_eq!(rows[0]["properties"], serde_json::json!([{"property": "Value", "old": "3", "new": "4"}]));
    assert_eq!(rows[3]["nodes"].as_array().unwrap().len(), 3);
    assert_eq!(rows[6]["nodes"][1]["uri"], "./New/Number");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn diff_compares_messages_and_standard_input() {
    let changed = include_str!("data/phone.tnds.xml").replace("Acme R1 system", "Acme R2 system");
    let mut child = Command::new(env!("CARGO_BIN_EXE_omadm"))
        .args(["diff", "-", PHONE_WBXML])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(changed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(stdout(&output), "! ./FUMO/system/PkgName\n    Value Acme R2 system -> Acme R1 system\n");
    // Three ways to put one tree into a message (`wire.md` §7.10).
    let messages = ["tests/data/results-cdata.syncml.xml", "tests/data/results-escaped.syncml.xml"];
    let output = omadm(&["diff", messages[0], messages[1]]);
    assert_eq!((stdout(&output), stderr(&output), output.status.code()), ("", "", Some(0)));
}

// ---- tree --html; how it looks and works in a browser is for tests/tools/check_page.py ----

fn page(nodes: &str, test: &str) -> String {
    let file = Scratch::new(&format!("{test}.xml"), tree(nodes).as_bytes());
    let output = omadm(&["tree", "--html", file.name()]);
    assert_eq!((stderr(&output), output.status.code()), ("", Some(0)));
    stdout(&output).to_owned()
}

/// What stands between two texts that are there once.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    assert_eq!(page.matches(start).count(), 1, "{start}");
    page.split_once(start).unwrap().1.split_once(end).unwrap().0
}

fn embedded(page: &str) -> serde_json::Value {
    serde_json::from_str(between(page, "<script type=\"application/json\" id=\"data\">", "</script>")).unwrap()
}

#[test]
fn the_page_holds_the_tree() {
    let output = omadm(&["tree", "--html", PHONE]);
    let data = embedded(stdout(&output));
    // 291 nodes by `tests/data/counts.tsv`, and the root.
    let nodes = data["nodes"].as_array().unwrap();
    assert_eq!((nodes.len(), &data["Man"], &data["file"]), (292, &"Acme".into(), &"phone.tnds.xml".into()));
    let listed = omadm(&["tree", "--json", PHONE]);
    let listed: serde_json::Value = serde_json::from_str(stdout(&listed)).unwrap();
    for (index, node) in listed["nodes"].as_array().unwrap().iter().enumerate() {
        let mut uri = String::new();
        let mut at = index + 1;
        while at > 0 {
            let name = nodes[at].get("segment").unwrap_or(&nodes[at]["name"]).as_str().unwrap();
            uri = format!("/{name}{uri}");
            at = usize::try_from(nodes[at]["parent"].as_u64().unwrap()).unwrap();
        }
        assert_eq!(node["uri"], format!(".{uri}"));
        assert_eq!(node.get("value"), nodes[index + 1].get("value"), "{uri}");
    }
}

#[test]
fn nothing_in_a_tree_gets_out_of_the_pages_data() {
    let hostile = [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>--><b>",
        "@@DATA@@",
        "@@SCRIPT@@",
        "\\u003cb>",
        "\"}]}",
        "\u{2028}\u{2029}",
    ];
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let object = |id: &str| {
        format!(
            "<Node><NodeName>M</NodeName><RTProperties><Type><DDFName>{}</DDFName></Type></RTProperties></Node>",
            escape(id)
        )
    };
    let nodes: String = hostile
        .iter()
        .map(|text| leaf(&escape(&text.replace('/', "|")), &escape(text)))
        .chain([object(hostile[0])])
        .collect();
    let page = page(&nodes, "hostile");
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (2, 2));
    assert_eq!((page.matches("<!--").count(), page.matches("<b>").count()), (0, 0));
    let data = embedded(&page);
    let values: Vec<&str> =
        data["nodes"].as_array().unwrap().iter().filter_map(|node| node["value"].as_str()).collect();
    assert_eq!(values, hostile);
    assert_eq!(data["nodes"][hostile.len() + 1]["mo_id"], hostile[0]);
}

#[test]
fn the_page_asks_for_nothing_and_allows_only_its_own_script() {
    let page = page(&leaf("A", "1"), "policy");
    let frame = page.split_once("id=\"data\"").unwrap().0;
    for address in ["src=", "http:", "https:", "@import", "url("] {
        assert!(!frame.contains(address), "{address}");
    }
    assert!(page.contains("content=\"default-src 'none'; script-src 'sha256-"));
    // The digests by another implementation.
    let check = "import base64, hashlib, re, sys\n\
        page = sys.stdin.buffer.read().decode()\n\
        policy = re.search('Content-Security-Policy\" content=\"([^\"]*)', page)[1]\n\
        for name, text in (('script', re.search('<script>(.*?)</script>', page, re.S)[1]), ('style', re.search('<style>(.*?)</style>', page, re.S)[1])):\n\
        \x20   digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()\n\
        \x20   assert \"%s-src 'sha256-%s';\" % (name, digest) in policy, name\n";
    let run = Command::new("python3").args(["-c", check]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut run) = run else {
        println!("skipped: python3 not present");
        return;
    };
    run.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
    let output = run.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
}

#[test]
fn one_file_makes_one_page() {
    let status = |arguments: &[&str]| omadm(arguments).status.code();
    assert_eq!(status(&["tree", "--html", PHONE, PHONE_WBXML]), Some(2));
    assert_eq!(status(&["tree", "--html", "tests/data"]), Some(2));
    assert_eq!(status(&["tree", "--html", "--json", PHONE]), Some(2));
    assert_eq!(status(&["tree", "--html", "tests/data/package1.syncml.xml"]), Some(2));
    // The trees of a message are one tree: 24 nodes and the root, as `omadm show` counts.
    let page = omadm(&["tree", "--html", "tests/data/results-e1.syncml.wbxml"]);
    assert_eq!(embedded(stdout(&page))["nodes"].as_array().unwrap().len(), 25);
}

#[test]
fn help_has_examples() {
    for command in ["get", "diff"] {
        let output = omadm(&[command, "--help"]);
        assert!(stdout(&output).contains(&format!("Examples:\n  omadm {command} ")), "{command}");
    }
}
