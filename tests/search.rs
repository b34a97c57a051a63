//! Searches for management objects, against a scan of the tree.

#[path = "common/clock.rs"]
mod clock;

use omadm::query::MoSearch;
use omadm::tnds::decode;
use omadm::tree::{AclCommands, EditOptions, Format, NewNode, Node, Principal, Tree};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::HashSet;
use std::hint::black_box;
use std::time::Duration;

const FUMO: &str = "urn:oma:mo:oma-fumo:1.0";

fn object(name: &str, mo_id: &str, acl: &str, inside: &str) -> String {
    format!(
        "<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL><Format><node/></Format>\
         <Type><DDFName>{mo_id}</DDFName></Type></RTProperties>{inside}</Node>"
    )
}

fn leaf(name: &str, value: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><Value>{value}</Value></Node>")
}

fn uris<'t>(found: impl Iterator<Item = Node<'t>>) -> Vec<String> {
    found.map(|node| node.uri().to_string()).collect()
}

/// Accounts of two versions, one inside another object, and one of the older form.
fn accounts() -> String {
    let address = |address| {
        format!("<Node><NodeName>AppAddr</NodeName><Node><NodeName>1</NodeName>{}</Node></Node>", leaf("Addr", address))
    };
    let op =
        object("Op", "urn:oma:mo:oma-dm-dmacc:1.0", "", &(leaf("AppID", "w7") + &address("https://dm.op.example/")));
    let maker = object("Maker", "urn:oma:mo:oma-dm-dmacc:1.1", "Get=maker", &leaf("AppID", "w7"));
    let inner = object("In", "urn:oma:mo:oma-dm-dmacc:1.0", "", &leaf("AppID", "w9"));
    let outer = object("Out", "com.companyx/1.2/ProductY", "", &inner);
    let other = object("Other", "urn:oma:mo:oma-dm-dmacc2:1.0", "", "");
    let longer = object("Longer", "urn:oma:mo:oma-dm-dmacc:x:1.0", "", "");
    format!("<MgmtTree><Node><NodeName>DMAcc</NodeName>{op}{maker}{other}{longer}</Node>{outer}</MgmtTree>")
}

#[test]
fn by_identifier_with_and_without_version() {
    let document = accounts();
    let tree = decode(document.as_bytes()).unwrap();
    let find = |ids: &[&'static str]| {
        let search = ids.iter().fold(MoSearch::new(), |search, id| search.id(id));
        uris(search.find(&tree))
    };
    assert_eq!(find(&["urn:oma:mo:oma-dm-dmacc:1.0"]), ["./DMAcc/Op", "./Out/In"]);
    assert_eq!(find(&["urn:oma:mo:oma-dm-dmacc:*"]), ["./DMAcc/Op", "./DMAcc/Maker", "./Out/In"]);
    assert_eq!(find(&["com.companyx/1.2/ProductY"]), ["./Out"]);
    assert_eq!(find(&["com.companyx/1.2/*"]), [""; 0]);
    assert_eq!(find(&["urn:oma:mo:OMA-DM-DMACC:*"]), [""; 0]);
    assert_eq!(find(&["urn:oma:mo:*"]), [""; 0], "one colon behind the star's is not a version");
    assert_eq!(find(&["*"]), [""; 0]);
    // Several: any of them, each place once.
    let three = ["urn:oma:mo:oma-dm-dmacc:1.1", "com.companyx/1.2/ProductY", "urn:oma:mo:oma-dm-dmacc:1.1"];
    assert_eq!(find(&three), ["./DMAcc/Maker", "./Out"]);
    let both = ["urn:oma:mo:oma-dm-dmacc:1.0", "urn:oma:mo:oma-dm-dmacc:*"];
    assert_eq!(find(&both), ["./DMAcc/Op", "./DMAcc/Maker", "./Out/In"]);
    // None: all.
    assert_eq!(find(&[]).len(), 6);
}

#[test]
fn by_conditions() {
    let document = accounts();
    let tree = decode(document.as_bytes()).unwrap();
    let account = || MoSearch::new().id("urn:oma:mo:oma-dm-dmacc:*");
    assert_eq!(uris(account().with_value("AppID", "w7").unwrap().find(&tree)), ["./DMAcc/Op", "./DMAcc/Maker"]);
    assert_eq!(uris(account().with_value("AppID", "W7").unwrap().find(&tree)), [""; 0]);
    assert_eq!(uris(account().with_node("AppAddr/*/Addr").unwrap().find(&tree)), ["./DMAcc/Op"]);
    let both = account().with_value("AppID", "w7").unwrap().with_value("*/1/Addr", "https://dm.op.example/").unwrap();
    assert_eq!(uris(both.find(&tree)), ["./DMAcc/Op"]);
    assert_eq!(
        uris(account().with_value("AppAddr", "").unwrap().find(&tree)),
        [""; 0],
        "an interior node has no value"
    );
    let fault = |path| MoSearch::new().with_node(path).unwrap_err();
    assert_eq!(fault("A//B"), Error::new(ErrorKind::InvalidRelPath, 2));
    assert_eq!(MoSearch::new().with_value("..", "x").unwrap_err(), Error::new(ErrorKind::InvalidRelPath, 0));
}

#[test]
fn below_a_node_and_for_a_server() {
    let document = accounts();
    let tree = decode(document.as_bytes()).unwrap();
    let search = MoSearch::new().id("urn:oma:mo:oma-dm-dmacc:*");
    let below = |uri| uris(search.find_below(tree.get(uri).unwrap().unwrap()));
    assert_eq!(below("./DMAcc"), ["./DMAcc/Op", "./DMAcc/Maker"]);
    assert_eq!(below("./DMAcc/Op"), ["./DMAcc/Op"]);
    assert_eq!(below("./DMAcc/Op/AppID"), [""; 0]);
    let server = |id| uris(search.clone().principal(Principal::Server(id)).find(&tree));
    assert_eq!(server("maker"), ["./DMAcc/Op", "./DMAcc/Maker", "./Out/In"]);
    assert_eq!(server("op"), ["./DMAcc/Op", "./Out/In"]);
    assert_eq!(server("make"), ["./DMAcc/Op", "./Out/In"]);
}

#[test]
fn conditions_do_not_see_what_is_hidden() {
    let secret = format!(
        "<Node><NodeName>Secret</NodeName><RTProperties><ACL>Get=one</ACL></RTProperties>{}</Node>",
        leaf("Key", "k")
    );
    let document = format!("<MgmtTree>{}</MgmtTree>", object("A", FUMO, "", &secret));
    let tree = decode(document.as_bytes()).unwrap();
    let found = |server| {
        let search = MoSearch::new().with_value("Secret/Key", "k").unwrap();
        search.principal(Principal::Server(server)).find(&tree).count()
    };
    assert_eq!((found("one"), found("two")), (1, 0));
}

const IDS: [&str; 5] = ["urn:a:1.0", "urn:a:1.1", "urn:b:1.0", "urn:a:x:1.0", "com.a/1.0/B"];
const ASKED: [&str; 7] = ["urn:a:1.0", "urn:a:1.1", "urn:a:*", "urn:a:x:*", "com.a/1.0/B", "com.a/1.0/*", "urn:*"];

/// Objects inside objects in an order in which records do not lie as the tree does.
fn random_tree(seeds: &[(prop::sample::Index, usize, usize, bool)]) -> String {
    let mut interiors = vec![String::new()];
    let mut nodes = Vec::new();
    for (number, (parent, id, list, is_leaf)) in seeds.iter().enumerate() {
        let parent = interiors[parent.index(interiors.len())].clone();
        let list = ["", "", "", "Get=one", "Exec=*", "Get=*"][*list];
        let name = format!("n{}", number % 7);
        let uri = format!("{parent}/{name}");
        if interiors.contains(&uri) || nodes.iter().any(|(known, _)| *known == uri) {
            continue;
        }
        let kind = IDS.get(*id).map(|id| format!("<Type><DDFName>{id}</DDFName></Type>")).unwrap_or_default();
        let (kind, format, value) = match is_leaf {
            true => (String::new(), "chr", format!("<Value>{}</Value>", number % 3)),
            false => (kind, "node", String::new()),
        };
        let node = format!(
            "<Node><NodeName>{name}</NodeName><Path>{parent}</Path><RTProperties><ACL>{list}</ACL>\
             <Format><{format}/></Format>{kind}</RTProperties>{value}</Node>"
        );
        nodes.push((uri.clone(), node));
        if !is_leaf {
            interiors.push(uri);
        }
    }
    let nodes: String = nodes.into_iter().rev().map(|(_, node)| node).collect();
    format!("<MgmtTree>{nodes}</MgmtTree>")
}

fn may_get(node: Node<'_>, server: Option<&str>) -> bool {
    server.is_none_or(|server| node.allows(Principal::Server(server), AclCommands::GET))
}

fn is_asked(node: Node<'_>, ids: &[&str]) -> bool {
    let Some(mo_id) = node.mo_id() else { return false };
    let fits = |asked: &&str| match asked.strip_suffix(":*") {
        Some(stem) => mo_id.rsplit_once(':').is_some_and(|(before, _)| before == stem),
        None => mo_id == *asked,
    };
    ids.is_empty() || ids.iter().any(fits)
}

/// Whether a child, or with two steps a grandchild, is there or has a value.
fn naive_condition(node: Node<'_>, steps: usize, value: Option<&str>, server: Option<&str>) -> bool {
    let mut level: Vec<Node<'_>> = vec![node];
    for _ in 0..steps {
        level = level.iter().flat_map(|node| node.children()).collect();
    }
    level.into_iter().filter(|node| may_get(*node, server)).any(|node| {
        value.is_none_or(|value| node.format() != Format::Node && node.value().unwrap().text() == Some(value))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn searches_find_what_a_scan_finds_in_tree_order(
        seeds in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..8, 0_usize..6, prop::bool::weighted(0.3)), 0..60),
        ids in prop::collection::vec(select(&ASKED[..]), 0..4),
        top in any::<prop::sample::Index>(),
        condition in prop_oneof![Just(None), (1_usize..3, prop_oneof![Just(None), select(&["0", "1"][..]).prop_map(Some)]).prop_map(Some)],
    ) {
        let document = random_tree(&seeds);
        let tree = decode(document.as_bytes()).unwrap();
        let all: Vec<Node<'_>> = tree.nodes().collect();
        let top = all[top.index(all.len())];
        for server in [None, Some("one"), Some("two")] {
            let mut search = ids.iter().fold(MoSearch::new(), |search, id| search.id(id));
            if let Some((steps, value)) = condition {
                let path = ["", "*", "*/*"][steps];
                search = match value {
                    None => search.with_node(path).unwrap(),
                    Some(value) => search.with_value(path, value).unwrap(),
                };
            }
            if let Some(server) = server {
                search = search.principal(Principal::Server(server));
            }
            let is_hit = |node: &Node<'_>| {
                may_get(*node, server)
                    && is_asked(*node, &ids)
                    && condition.is_none_or(|(steps, value)| naive_condition(*node, steps, value, server))
            };
            let expected: Vec<Node<'_>> = all.iter().copied().filter(is_hit).collect();
            prop_assert_eq!(search.find(&tree).collect::<Vec<_>>(), expected);
            let expected: Vec<Node<'_>> = top.descendants().filter(is_hit).collect();
            prop_assert_eq!(search.find_below(top).collect::<Vec<_>>(), expected);
            let ids: HashSet<_> = search.find(&tree).map(|node| node.id()).collect();
            prop_assert_eq!(ids.len(), search.find(&tree).count());
        }
    }
}

/// A tree with ten firmware objects spread over it.
fn large(nodes: usize) -> Tree<'static> {
    let mut document = "<MgmtTree>".to_owned();
    let each = nodes / 10;
    for part in 0..10 {
        let firmware = object("Fw", FUMO, "", &(leaf("PkgName", "radio") + &leaf("State", "10")));
        let rest: String = (0..each.saturating_sub(6)).map(|name| leaf(&format!("n{name}"), "1")).collect();
        document +=
            &format!("<Node><NodeName>P{part}</NodeName>{firmware}<Node><NodeName>X</NodeName>{rest}</Node></Node>");
    }
    document += "</MgmtTree>";
    decode(document.as_bytes()).unwrap().into_owned()
}

/// The shortest of some rounds: others were disturbed.
fn per_search(search: &MoSearch<'_>, tree: &Tree<'_>) -> Duration {
    const SEARCHES: u32 = 2_000;
    let round = || {
        for _ in 0..SEARCHES {
            assert_eq!(black_box(search.find(black_box(tree))).count(), 10);
        }
    };
    clock::fastest(7, round) / SEARCHES
}

/// Prints the times. A search that looked at the tree would take a thousand times as long in the largest as in the smallest.
#[test]
fn a_search_costs_the_same_in_a_tree_of_a_thousand_and_of_a_million_nodes() {
    let conditions = |search: MoSearch<'static>| search.with_value("PkgName", "radio").unwrap();
    let server = Principal::Server("srv");
    let searches = [
        ("exact", MoSearch::new().id(FUMO)),
        ("any version", MoSearch::new().id("urn:oma:mo:oma-fumo:*")),
        ("every object", MoSearch::new()),
        ("with a condition", conditions(MoSearch::new().id(FUMO))),
        ("for a server, with a condition", conditions(MoSearch::new().id(FUMO)).principal(server)),
    ];
    let trees = [1_000, 10_000, 100_000, 1_000_000].map(large);
    for (name, search) in searches {
        let times = trees.each_ref().map(|tree| per_search(&search, tree));
        let ratio = times[3].as_secs_f64() / times[0].as_secs_f64();
        println!("{name}: {times:?} for 10 hits in 1,000 to 1,000,000 nodes, ratio {ratio:.2}");
        assert!(ratio < 10.0, "{name}: {times:?}");
    }
}

/// What is added later lies behind everything else, wherever in the tree it is.
#[test]
fn the_order_is_that_of_the_tree_also_after_edits() {
    let mut tree = large(1_000);
    let mut edit = tree.edit(&EditOptions::default());
    edit.add("./P0/X/New", &NewNode::object(FUMO)).unwrap();
    edit.delete("./P5/Fw").unwrap();
    edit.add("./P5/Fw", &NewNode::object("urn:oma:mo:oma-fumo:1.1")).unwrap();
    for ids in [&[FUMO][..], &["urn:oma:mo:oma-fumo:*"], &[FUMO, "urn:oma:mo:oma-fumo:1.1"], &[]] {
        let search = ids.iter().fold(MoSearch::new(), |search, id| search.id(id));
        let expected: Vec<Node<'_>> = tree.nodes().filter(|node| is_asked(*node, ids)).collect();
        assert_eq!(search.find(&tree).collect::<Vec<_>>(), expected, "{ids:?}");
    }
    let fumo: Vec<Node<'_>> = tree.nodes().filter(|node| node.mo_id() == Some(FUMO)).collect();
    assert_eq!(tree.find_mo(FUMO).collect::<Vec<_>>(), fumo);
}
