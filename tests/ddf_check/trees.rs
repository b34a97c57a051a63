//! Checks of trees.

use super::{ACME, clock, described, document, printed, schema, tree, tree_document};
use omadm::Limits;
use omadm::ddf::{Check, Reason};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const RADIO: &str = "./Vendor/Acme/Radio";
const PRESETS: &str = "./Vendor/Acme/Radio/Presets";
const ONE: &str = "./Vendor/Acme/Radio/Presets/1";

/// A preset that is as described, below `PRESETS`.
fn preset(name: &str) -> String {
    let leaf = |name: &str, format: &str, value: &str| {
        format!(
            "<Node><NodeName>{name}</NodeName><RTProperties><Format><{format}/></Format></RTProperties><Value>{value}</Value></Node>"
        )
    };
    let inside = leaf("Frequency", "float", "87.5") + &leaf("Alarm", "time", "07:00:00") + &leaf("Label", "chr", "x");
    format!("<Node><NodeName>{name}</NodeName><Path>{PRESETS}</Path>{inside}</Node>")
}

#[test]
fn a_tree_as_described_has_no_findings() {
    let xml = format!(
        "<MgmtTree><Node><NodeName>Radio</NodeName><Path>./Vendor/Acme</Path><RTProperties><Format><node/></Format><Type><DDFName>\
         urn:x-acme:mo:radio:1.0</DDFName></Type></RTProperties></Node>{}{}</MgmtTree>",
        preset("1"),
        "<Node><NodeName>Enabled</NodeName><Path>./Vendor/Acme/Radio</Path><RTProperties><Format><bool/></Format></RTProperties>\
         <Value>true</Value></Node>"
    );
    let schema = schema(ACME);
    let findings = Check::new(&schema).tree(&tree(&xml));
    assert_eq!(printed(&findings), [""; 0]);
    assert!(findings.is_complete());
    // `Scan` cannot be read, so nobody misses it; the log, which there must be, is missed in a whole tree.
    let whole = Check::new(&schema).whole_tree(true).tree(&tree(&xml));
    assert_eq!(printed(&whole), ["./Vendor/Acme/Log: missing, expected One"]);
}

#[test]
fn all_findings_are_told_with_uri_and_reason() {
    let xml = tree_document(&[
        ("./Vendor/Acme", "Radio", "node", None),
        (RADIO, "Colour", "node", None),
        ("./Vendor/Acme/Radio/Colour", "Red", "chr", Some("1")),
        (RADIO, "Enabled", "chr", Some("maybe")),
        (RADIO, "Presets", "chr", Some("none")),
        ("./Vendor/Acme/Log/monday", "Date", "date", Some("1 May")),
        ("./Vendor/Acme/Log/monday", "Count", "node", None),
        ("./Vendor/Acme/Log/monday", "Signature", "b64", Some("A")),
        ("./Vendor/Acme/Log/monday", "a.xml", "xml", Some("&lt;a/&gt;")),
        ("./Vendor", "Other", "node", None),
    ]);
    let schema = schema(ACME);
    let findings = Check::new(&schema).tree(&tree(&xml));
    assert_eq!(
        printed(&findings),
        [
            "./Vendor/Acme/Log/monday/Count: an interior node, expected a leaf",
            "./Vendor/Acme/Log/monday/Date: value not a value of format date",
            "./Vendor/Acme/Log/monday/Signature: media type text/plain, expected application/octet-stream",
            "./Vendor/Acme/Log/monday/Signature: value not a value of format b64",
            "./Vendor/Acme/Log/monday/a.xml: media type text/plain, expected application/xml",
            "./Vendor/Acme/Radio/Colour: not described",
            "./Vendor/Acme/Radio/Enabled: format chr, expected bool",
            "./Vendor/Acme/Radio/Enabled: value not a value of format bool",
            "./Vendor/Acme/Radio/Presets: a leaf, expected an interior node",
            "./Vendor/Other: not described",
        ]
    );
    let date = findings.iter().find(|finding| finding.uri().ends_with("Date")).unwrap();
    assert_eq!(date.node().unwrap().uri().to_string(), "./Vendor/Acme/Log/{Day}/Date");
    assert!(findings.iter().all(|finding| finding.status().is_none() && finding.offset().is_none()));
}

#[test]
fn occurrence_is_counted_from_both_ends() {
    let few = tree_document(&[("./Vendor/Acme/Radio/Presets", "1", "node", None)]);
    let schema = schema(ACME);
    let check = Check::new(&schema);
    assert_eq!(
        printed(&check.tree(&tree(&few))),
        [
            "./Vendor/Acme/Radio/Presets/1/Alarm: missing, expected OneOrN 7",
            "./Vendor/Acme/Radio/Presets/1/Frequency: missing, expected One",
            "./Vendor/Acme/Radio/Presets/1/Label: missing, expected One",
        ]
    );
    let many = |count: usize| {
        let all: String = (0..count).map(|index| preset(&index.to_string())).collect();
        format!("<MgmtTree>{all}</MgmtTree>")
    };
    assert_eq!(printed(&check.tree(&tree(&many(24)))), [""; 0]);
    assert_eq!(
        printed(&check.tree(&tree(&many(25)))),
        ["./Vendor/Acme/Radio/Presets: 25 of these nodes, expected ZeroOrN 24"]
    );
    // At least one unnamed node.
    let empty = tree_document(&[("./Vendor/Acme/Log", "monday", "node", None)]);
    let found = printed(&check.tree(&tree(&empty)));
    assert!(found.contains(&"./Vendor/Acme/Log/monday/<X>: missing, expected OneOrMore".to_owned()), "{found:?}");
    assert_eq!(found.len(), 4);
}

#[test]
fn another_management_object_is_found() {
    let xml = "<MgmtTree><Node><NodeName>7</NodeName><Path>./Vendor/Acme/Radio/Presets</Path><RTProperties><Format><node/></Format>\
               <Type><DDFName>urn:x-acme:mo:preset:2.0</DDFName></Type></RTProperties></Node></MgmtTree>";
    let schema = schema(ACME);
    let findings = Check::new(&schema).tree(&tree(xml));
    assert_eq!(findings[0].reason(), &Reason::MoId { found: "urn:x-acme:mo:preset:2.0".to_owned() });
    assert_eq!(findings[0].expected().as_deref(), Some("urn:x-acme:mo:preset:1.0"));
}

#[test]
fn names_that_differ_in_case_only_clash_where_case_does_not_count() {
    let leaf = described("", "<DFFormat><chr/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>", "");
    let any = described("Any", "<DFFormat><node/></DFFormat><CaseSense><CIS/></CaseSense>", &leaf);
    let exact = described("Exact", "<DFFormat><node/></DFFormat>", &leaf);
    let ddf = document(&(any + &exact));
    let leaf = |path, name| (path, name, "chr", Some("x"));
    let xml = tree_document(&[
        leaf("./Any", "One"),
        leaf("./Any", "oNE"),
        leaf("./Any", "Two"),
        leaf("./Exact", "One"),
        leaf("./Exact", "ONE"),
    ]);
    let schema = schema(&ddf);
    assert_eq!(printed(&Check::new(&schema).tree(&tree(&xml))), ["./Any/oNE: differs from One in case only"]);
}

#[test]
fn builds_and_deprecation_are_judged() {
    let since =
        |build: &str| format!("<M:Applicability><M:OsBuildVersion>{build}</M:OsBuildVersion></M:Applicability>");
    let old = r#"<DFFormat><chr/></DFFormat><M:Deprecated OsBuildDeprecated="10.0.22000"/>"#;
    let inside = described("Leaf", "<DFFormat><chr/></DFFormat>", "");
    let new = described("New", &(since("10.0.22621") + "<DFFormat><node/></DFFormat>"), &inside);
    let ddf = document(&(new + &described("Old", old, "")));
    let xml = tree_document(&[
        (".", "New", "node", None),
        ("./New", "Leaf", "chr", Some("x")),
        (".", "Old", "chr", Some("x")),
    ]);
    let schema = schema(&ddf);
    let found = |build: &str| printed(&Check::new(&schema).os_build(build.parse().unwrap()).tree(&tree(&xml)));
    // What is below a node that a build does not have is told once.
    assert_eq!(found("10.0.19045.1"), ["./New: not in this build, expected 10.0.22621"]);
    assert_eq!(found("10.0.22621.1"), ["./Old: deprecated, expected none since 10.0.22000"]);
    assert_eq!(printed(&Check::new(&schema).tree(&tree(&xml))), ["./Old: deprecated, expected none since 10.0.22000"]);
    // A build misses only what it has.
    let empty = tree_document(&[(".", "Old", "chr", Some("x"))]);
    let whole =
        |build: &str| Check::new(&schema).whole_tree(true).os_build(build.parse().unwrap()).tree(&tree(&empty)).len();
    assert_eq!((whole("10.0.19045"), whole("10.0.22621")), (0, 2));
}

#[test]
fn names_of_unnamed_nodes_follow_their_expression() {
    let pattern = "<M:AllowedValues ValueType=\"RegEx\"><M:Value>\\{[0-9]+\\}</M:Value></M:AllowedValues>";
    let any =
        described("", &format!("<DFFormat><node/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>{pattern}"), "");
    let ddf = document(&described("A", "<DFFormat><node/></DFFormat>", &any));
    let xml =
        tree_document(&[("./A", "{12}", "node", None), ("./A", "%7B13%7D", "node", None), ("./A", "14", "node", None)]);
    let schema = schema(&ddf);
    let found = Check::new(&schema).tree(&tree(&xml));
    assert_eq!(printed(&found), [r"./A/14: name does not match the regular expression, expected \{[0-9]+\}"]);
}

#[test]
fn octets_are_judged_after_base64() {
    let schema = schema(ACME);
    let xml = |value: &str| {
        format!(
            "<MgmtTree><Node><NodeName>Logo</NodeName><Path>{ONE}</Path><RTProperties><Format><bin/></Format><Type><MIME>image/PNG; q=1\
             </MIME></Type></RTProperties><Value>{value}</Value></Node></MgmtTree>"
        )
    };
    let check = Check::new(&schema);
    assert_eq!(printed(&check.tree(&tree(&xml("AAEC")))), [""; 0]);
    let expected = "./Vendor/Acme/Radio/Presets/1/Logo: value not a value of format bin";
    assert_eq!(printed(&check.tree(&tree(&xml("A")))), [expected]);
}

#[test]
fn findings_stop_at_their_limit() {
    let nodes: Vec<String> = (0..1_000).map(|index| format!("X{index}")).collect();
    let nodes: Vec<_> = nodes.iter().map(|name| ("./Vendor/Acme/Radio", name.as_str(), "chr", Some("1"))).collect();
    let xml = tree_document(&nodes);
    let schema = schema(ACME);
    let limits = Limits { findings: 10, ..Limits::default() };
    let findings = Check::new(&schema).limits(&limits).tree(&tree(&xml));
    assert_eq!((findings.len(), findings.is_complete()), (10, false));
    let findings = Check::new(&schema).tree(&tree(&xml));
    assert_eq!((findings.len(), findings.is_complete()), (1_000, true));
    // What is missing counts as what is there.
    let few = tree_document(&[(PRESETS, "1", "node", None)]);
    let check = |findings| Check::new(&schema).limits(&Limits { findings, ..Limits::default() });
    for (most, is_complete) in [(0, false), (1, false), (2, false), (3, true)] {
        let findings = check(most).tree(&tree(&few));
        assert_eq!((findings.len(), findings.is_complete()), (most as usize, is_complete));
    }
}

#[test]
fn unnamed_nodes_of_both_kinds_are_told_apart() {
    let of = |format: &str, title: &str, inside: &str| {
        described(
            "",
            &format!(
                "<DFFormat><{format}/></DFFormat><Occurrence><ZeroOrMore/></Occurrence><DFTitle>{title}</DFTitle>"
            ),
            inside,
        )
    };
    let inner = described("In", "<DFFormat><int/></DFFormat>", "");
    let ddf = document(&described(
        "A",
        "<DFFormat><node/></DFFormat>",
        &(of("int", "Leaf", "") + &of("node", "Node", &inner)),
    ));
    let schema = schema(&ddf);
    let xml =
        tree_document(&[("./A", "1", "int", Some("1")), ("./A/2", "In", "int", Some("x")), ("./A", "3", "chr", None)]);
    let found = Check::new(&schema).tree(&tree(&xml));
    assert_eq!(printed(&found), ["./A/2/In: value not a value of format int", "./A/3: format chr, expected int"]);
}

/// Ten times the nodes, all of them at unnamed places, take about ten times the time.
#[test]
fn time_is_linear_in_the_tree() {
    let any = described("", "<DFFormat><chr/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>", "");
    let node = described("", "<DFFormat><node/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>", &any);
    let ddf = document(&described("A", "<DFFormat><node/></DFFormat>", &node));
    let schema = schema(&ddf);
    let check = Check::new(&schema);
    let time = |nodes: usize| {
        let nodes: String = (0..nodes)
            .map(|index| {
                format!("<Node><NodeName>{index}</NodeName><Path>./A/{}</Path><Value>v</Value></Node>", index / 100)
            })
            .collect();
        let xml = format!("<MgmtTree>{nodes}</MgmtTree>");
        let tree = tree(&xml);
        clock::fastest(3, || assert!(check.tree(&tree).is_empty()))
    };
    let (small, large) = (time(20_000), time(200_000));
    println!("20,000 nodes: {small:?}, 200,000 nodes: {large:?}");
    assert!(large < small * 40, "{small:?} {large:?}");
}

/// A hundred times the unnamed siblings in the description, at places of their own or at one, cost a tree next to nothing.
#[test]
fn time_does_not_grow_with_unnamed_siblings() {
    let nodes: String = (0..500)
        .map(|index| format!("<Node><NodeName>{index}</NodeName><Path>./A</Path><Value>v</Value></Node>"))
        .collect();
    let xml = format!("<MgmtTree>{nodes}</MgmtTree>");
    let tree = tree(&xml);
    for is_one_place in [false, true] {
        let time = |siblings: usize| {
            let name = |index| if is_one_place { String::new() } else { format!("{{X{index}}}") };
            let properties = "<DFFormat><node/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>";
            let siblings: String = (0..siblings).map(|index| described(&name(index), properties, "")).collect();
            let ddf = document(&described("A", "<DFFormat><node/></DFFormat>", &siblings));
            let schema = schema(&ddf);
            let check = Check::new(&schema);
            clock::fastest(3, || {
                // No description is of this kind, so all are looked at.
                let findings = check.tree(&tree);
                assert!(findings.len() == 500 && findings.iter().all(|finding| finding.reason() == &Reason::Leaf));
            })
        };
        let (few, many) = (time(200), time(20_000));
        println!("200 siblings: {few:?}, 20,000 siblings: {many:?}");
        assert!(many < few * 10, "{few:?} {many:?}");
    }
}

proptest! {
    /// What is not described is what the schema does not find, topmost nodes only.
    #[test]
    fn undescribed_nodes_are_those_that_the_schema_does_not_find(
        described_paths in proptest::collection::btree_set(path(), 1..12),
        tree_paths in proptest::collection::btree_set(path(), 1..12),
    ) {
        let ddf: String = described_paths.iter().map(|path| {
            let (above, name) = path.rsplit_once('/').unwrap();
            let name = if name == "*" { "" } else { name };
            format!("<Node><NodeName>{name}</NodeName><Path>{above}</Path></Node>")
        }).collect();
        let ddf = document(&ddf);
        let schema = schema(&ddf);
        let nodes: String = tree_paths.iter().map(|path| {
            let (above, name) = path.rsplit_once('/').unwrap();
            format!("<Node><NodeName>{}</NodeName><Path>{}</Path></Node>", name.replace('*', "z"), above.replace('*', "z"))
        }).collect();
        let xml = format!("<MgmtTree>{nodes}</MgmtTree>");
        let Ok(tree) = omadm::tnds::decode(xml.as_bytes()) else { return Ok(()) };
        // All that is described, and all that a Path leads through, as patterns.
        let mut known = BTreeSet::new();
        for path in &described_paths {
            let mut at = String::from(".");
            for name in path.split('/').skip(1) {
                at = format!("{at}/{name}");
                known.insert(at.clone());
            }
        }
        let matches = |uri: &str| uri == "." || known.iter().any(|pattern| {
            let (pattern, uri): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), uri.split('/').collect());
            pattern.len() == uri.len() && pattern.iter().zip(&uri).all(|(p, u)| *p == "*" || p == u)
        });
        let expected: BTreeSet<String> = tree.nodes().filter(|node| {
            let uri = node.uri().to_string();
            !matches(&uri) && node.parent().is_none_or(|parent| matches(&parent.uri().to_string()))
        }).map(|node| node.uri().to_string()).collect();
        let findings = Check::new(&schema).tree(&tree);
        let found: BTreeMap<String, usize> = findings.iter()
            .filter(|finding| finding.reason() == &Reason::NotDescribed)
            .map(|finding| (finding.uri().to_owned(), 1)).collect();
        prop_assert_eq!(found.into_keys().collect::<BTreeSet<_>>(), expected);
    }
}

/// Paths of few names, some of them unnamed.
fn path() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop_oneof![Just("a"), Just("b"), Just("c"), Just("*")], 1..4)
        .prop_map(|names| format!("./{}", names.join("/")))
}
