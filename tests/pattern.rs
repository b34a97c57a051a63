//! Patterns, against a recursive reading of them over random trees.

#[path = "pattern/naive.rs"]
mod naive;

use naive::{Condition, Steps, Way, naive, render};
use omadm::query::{Pattern, RelPath, Uri};
use omadm::tnds::decode;
use omadm::tree::{Acl, Node, Principal, Tree};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::HashSet;
use std::time::{Duration, Instant};

const PHONE: &str = "tests/data/phone.tnds.xml";

fn uris(tree: &Tree<'_>, pattern: &str) -> Vec<String> {
    let pattern = Pattern::parse(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    tree.select(&pattern).map(|node| node.uri().to_string()).collect()
}

#[test]
fn wildcards_and_conditions_on_a_phone() {
    let document = std::fs::read(PHONE).unwrap();
    let tree = decode(&document).unwrap();
    assert_eq!(uris(&tree, "."), ["."]);
    assert_eq!(uris(&tree, "FUMO/*"), ["./FUMO/modem", "./FUMO/system"]);
    assert_eq!(uris(&tree, "./FUMO/*/State"), ["./FUMO/modem/State", "./FUMO/system/State"]);
    let named = std::str::from_utf8(&document).unwrap().matches("<NodeName>PkgURL</NodeName>").count();
    assert_eq!((uris(&tree, "**/PkgURL").len(), named), (5, 5));
    assert_eq!(uris(&tree, "**[State==60]"), ["./FUMO/system"]);
    assert_eq!(uris(&tree, "FUMO/*[State>10 && State<=60]"), ["./FUMO/system"]);
    assert_eq!(uris(&tree, "FUMO/*[Ext/Slot==\"B\"]/PkgName"), ["./FUMO/modem/PkgName"]);
    assert_eq!(uris(&tree, "FUMO/*[Ext/*!=\"B\"]"), ["./FUMO/system"]);
    assert_eq!(uris(&tree, "FUMO/*[Ext/Slot]"), ["./FUMO/modem"]);
    assert_eq!(uris(&tree, "FUMO/*[Slot]"), [""; 0]);
    assert_eq!(tree.select(&Pattern::parse("**").unwrap()).count(), tree.len());
    assert_eq!(tree.select(&Pattern::parse("./**/**").unwrap()).count(), tree.len());
    assert_eq!(tree.select(&Pattern::parse("**/*").unwrap()).count(), tree.len() - 1);
}

#[test]
fn escaped_names_and_texts() {
    let tree = decode(
        b"<MgmtTree><Node><NodeName>a b</NodeName>\
          <Node><NodeName>*</NodeName><Value>say \"100%\"</Value></Node>\
          <Node><NodeName>x=y</NodeName><Value></Value></Node></Node></MgmtTree>",
    )
    .unwrap();
    assert_eq!(uris(&tree, "a%20b/%2A"), ["./a%20b/*"]);
    assert_eq!(uris(&tree, "a b/x=y"), ["./a%20b/x=y"]);
    assert_eq!(uris(&tree, "*[%2a==\"say %22100%25%22\"]"), ["./a%20b"]);
    assert_eq!(uris(&tree, "*[x%3Dy == \"\"]"), ["./a%20b"]);
}

#[test]
fn a_pattern_says_nothing_of_what_it_compares_with_when_it_is_debugged() {
    for pattern in ["*[PIN == \"4711\"]", "*[PIN == 4711]", "*[PIN >= 4711]"] {
        let printed = format!("{:?}", Pattern::parse(pattern).unwrap());
        assert!(printed.contains("PIN") && !printed.contains("4711"), "{printed}");
    }
}

#[test]
fn octets_pass_no_comparison_and_absent_values_are_empty() {
    let tree = decode(
        b"<MgmtTree><Node><NodeName>n</NodeName>\
          <Node><NodeName>bin</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>MTA=</Value></Node>\
          <Node><NodeName>b64</NodeName><RTProperties><Format><b64/></Format></RTProperties><Value>MTA=</Value></Node>\
          <Node><NodeName>inner</NodeName><Node><NodeName>x</NodeName><Value>1</Value></Node></Node>\
          <Node><NodeName>none</NodeName><RTProperties><Format><chr/></Format></RTProperties></Node></Node></MgmtTree>",
    )
    .unwrap();
    for leaf in ["bin", "b64", "inner"] {
        for test in ["==\"MTA=\"", "!=\"x\"", "!=1", "<100", "==\"\""] {
            assert_eq!(uris(&tree, &format!("n[{leaf}{test}]")), [""; 0], "{leaf}{test}");
        }
        assert_eq!(uris(&tree, &format!("n[{leaf}]")), ["./n"]);
    }
    assert_eq!(uris(&tree, "n[none==\"\"]"), ["./n"]);
    assert_eq!(uris(&tree, "n[none!=\"\"]"), [""; 0]);
}

#[test]
fn what_a_server_may_not_get_is_neither_selected_nor_seen() {
    let tree = decode(
        b"<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Get=one</ACL></RTProperties>\
          <Node><NodeName>Key</NodeName><Value>k</Value></Node>\
          <Node><NodeName>Open</NodeName><RTProperties><ACL>Get=*</ACL></RTProperties><Value>1</Value></Node></Node>\
          <Node><NodeName>B</NodeName><Node><NodeName>Key</NodeName>\
          <RTProperties><ACL>Replace=*</ACL></RTProperties><Value>k</Value></Node></Node></MgmtTree>",
    )
    .unwrap();
    let found = |pattern: &str, server| {
        let pattern = Pattern::parse(pattern).unwrap();
        tree.select_for(&pattern, Principal::Server(server)).map(|node| node.uri().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(found("**", "one"), [".", "./A", "./A/Key", "./A/Open", "./B"]);
    assert_eq!(found("**", "two"), [".", "./A/Open", "./B"]);
    assert_eq!(found("*[Key==\"k\"]", "one"), ["./A"]);
    assert_eq!(found("*[Key]", "two"), [""; 0]);
    assert_eq!(uris(&tree, "*[Key==\"k\"]"), ["./A", "./B"]);
}

const NAMES: [&str; 3] = ["a", "b", "c"];

fn condition() -> impl Strategy<Value = Condition> {
    let path = prop::collection::vec(select(vec!["a", "b", "c", "*"]), 1..3);
    let test = prop_oneof![
        Just(None),
        (select(vec!["==", "!="]), select(vec!["\"1\"", "\"x\"", "\"\""])).prop_map(Some),
        (select(vec!["==", "!=", "<", ">="]), select(vec!["1", "2", "10"])).prop_map(Some),
    ];
    (path, test).prop_map(|(path, test)| Condition { path, test })
}

fn steps() -> impl Strategy<Value = Steps> {
    let way = prop_oneof![select(&NAMES[..]).prop_map(Way::Name), Just(Way::Any), Just(Way::Deep)];
    let conditions = prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(condition(), 1..3)];
    prop::collection::vec((way, conditions), 0..5)
}

/// A tree of the three names; leaves have values. What a seed says: parent, name, kind, list.
fn document(seeds: &[(prop::sample::Index, usize, usize, usize)]) -> String {
    let mut interiors = vec![String::new()];
    let mut taken = HashSet::new();
    let mut out = "<MgmtTree>".to_owned();
    for (parent, name, kind, list) in seeds {
        let parent = interiors[parent.index(interiors.len())].clone();
        let name = NAMES[*name];
        let uri = format!("{parent}/{name}");
        if !taken.insert(uri.clone()) {
            continue;
        }
        let list = ["", "", "", "Get=one", "Get=*", "Replace=*"][*list];
        let (format, value) = match kind {
            0..4 => ("node", ""),
            4 => ("bin", "<Value>1</Value>"),
            5 => ("int", "<Value>10</Value>"),
            6 => ("chr", "<Value>x</Value>"),
            7 => ("chr", ""),
            _ => ("chr", "<Value>1</Value>"),
        };
        out += &format!(
            "<Node><NodeName>{name}</NodeName><Path>{parent}</Path><RTProperties><ACL>{list}</ACL>\
             <Format><{format}/></Format></RTProperties>{value}</Node>"
        );
        if format == "node" {
            interiors.push(uri);
        }
    }
    out + "</MgmtTree>"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patterns_select_what_a_recursive_reading_selects_in_tree_order(
        seeds in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..3, 0_usize..9, 0_usize..6), 0..25),
        steps in steps(),
    ) {
        let document = document(&seeds);
        let tree = decode(document.as_bytes()).unwrap();
        let text = render(&steps);
        let pattern = Pattern::parse(&text).unwrap();
        for server in [None, Some("one"), Some("two")] {
            let mut expected = HashSet::new();
            naive(tree.root(), &steps, server, &mut expected);
            let expected: Vec<Node<'_>> = tree.nodes().filter(|node| expected.contains(&node.id())).collect();
            let found: Vec<Node<'_>> = match server {
                None => tree.select(&pattern).collect(),
                Some(server) => tree.select_for(&pattern, Principal::Server(server)).collect(),
            };
            prop_assert_eq!(found, expected, "{} for {:?} in {}", text, server, document);
        }
    }
}

/// What patterns, lists, paths and URIs are made of, in any order.
fn scraps() -> impl Strategy<Value = String> {
    let scraps = [
        "*", "**", "/", "./", ".", "..", "[", "]", "==", "!=", "<", ">=", "&&", "&", "\"", " ", "%", "%2A", "a",
        "\u{e9}", "10", "true", "Get", "Replace", "=", "+", "-", "?", "prop=", "list=", "TNDS", "ACL", "\0",
    ];
    prop::collection::vec(select(scraps.to_vec()), 0..12).prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_every_fault_lies_inside_it(text in scraps()) {
        let faults = [
            Pattern::parse(&text).err(),
            RelPath::parse(&text).err(),
            Acl::parse(&text).err(),
            Uri::parse(&text).err(),
            Uri::parse_names(&text).err(),
            Uri::parse_lenient(&text).err(),
        ];
        for fault in faults.into_iter().flatten() {
            prop_assert!(text.is_char_boundary(fault.offset()), "{} in {:?}", fault, text);
        }
    }

    #[test]
    fn whatever_is_a_uri_is_one_by_the_looser_rules_too(text in scraps()) {
        if let Ok(strict) = Uri::parse(&text) {
            prop_assert_eq!(Uri::parse_names(&text), Ok(strict));
            prop_assert_eq!(Uri::parse_lenient(&text), Ok(strict));
        }
    }
}

fn wide(siblings: usize) -> String {
    let nodes: String =
        (0..siblings).map(|name| format!("<Node><NodeName>n{name}</NodeName><Value>1</Value></Node>")).collect();
    format!("<MgmtTree>{nodes}</MgmtTree>")
}

/// Read one way after the other this would be 100,000 nodes to the power of the stars.
#[test]
fn many_stars_cost_no_more_than_nodes_times_segments() {
    let path = (0..100).map(|depth| format!("d{depth}")).collect::<Vec<_>>().join("/");
    let nodes: String =
        (0..20_000).map(|name| format!("<Node><NodeName>n{name}</NodeName><Path>{path}</Path></Node>")).collect();
    let document = format!("<MgmtTree>{nodes}</MgmtTree>");
    let tree = decode(document.as_bytes()).unwrap();
    let begun = Instant::now();
    for (pattern, expected) in [
        (["**"; 100].join("/"), tree.len()),
        (["**/*"; 100].join("/"), 20_001),
        (["**[*]"; 100].join("/"), 101),
        (["**/d99"; 60].join("/"), 0),
    ] {
        let pattern = Pattern::parse(&pattern).unwrap();
        assert_eq!(tree.select(&pattern).count(), expected);
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// Looked at one by one these would be 10,000,000,000 siblings.
#[test]
fn plain_names_are_looked_up_however_many_siblings_there_are() {
    let document = wide(100_000);
    let tree = decode(document.as_bytes()).unwrap();
    let begun = Instant::now();
    for name in 0..100_000 {
        let text = format!("n{name}");
        let pattern = Pattern::parse(&text).unwrap();
        let mut found = tree.select(&pattern);
        assert!(found.next().is_some_and(|node| node.name() == text) && found.next().is_none());
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}
