//! ACLs: the grammar against a naive reading, and rights in trees (`wire.md` §9.5).

use omadm::tnds::decode;
use omadm::tree::{Acl, AclCommands, Node, Principal, Tree};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;
use std::collections::HashSet;

const COMMANDS: [(&str, AclCommands); 5] = [
    ("Add", AclCommands::ADD),
    ("Delete", AclCommands::DELETE),
    ("Exec", AclCommands::EXEC),
    ("Get", AclCommands::GET),
    ("Replace", AclCommands::REPLACE),
];

fn node(name: &str, acl: &str, inside: &str) -> String {
    let acl = acl.replace('&', "&amp;");
    format!("<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL></RTProperties>{inside}</Node>")
}

fn leaf(name: &str, acl: &str) -> String {
    node(name, acl, "<Value>1</Value>")
}

fn at<'t>(tree: &'t Tree<'_>, uri: &str) -> Node<'t> {
    tree.get(uri).unwrap().unwrap_or_else(|| panic!("no {uri}"))
}

fn may(node: Node<'_>, server: &str, commands: AclCommands) -> bool {
    node.allows(Principal::Server(server), commands)
}

/// What a text grants, read entry by entry.
fn naive(entries: &[(usize, Vec<&str>)], server: &str) -> AclCommands {
    let granted = entries.iter().filter(|(_, ids)| ids.contains(&server) || ids.contains(&"*"));
    granted.fold(AclCommands::empty(), |all, (command, _)| all | COMMANDS[*command].1)
}

const SERVERS: [&str; 6] = ["a", "ab", "abc+", "www.sonera.fi-8765", "Dübendorf", "b"];
const IDS: [&str; 6] = ["a", "ab", "*", "www.sonera.fi-8765", "Dübendorf", "321_ibm.com"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lists_grant_what_a_naive_reading_grants_and_print_as_they_mean(
        entries in prop::collection::vec((0_usize..5, prop::collection::vec(prop::sample::select(&IDS[..]), 1..5)), 0..8),
    ) {
        let text: Vec<String> =
            entries.iter().map(|(command, ids)| format!("{}={}", COMMANDS[*command].0, ids.join("+"))).collect();
        let text = text.join("&");
        let acl = Acl::parse(&text).unwrap();
        for server in SERVERS {
            prop_assert_eq!(acl.grants(server), naive(&entries, server), "{} in {}", server, text);
        }
        prop_assert_eq!(acl.is_empty(), entries.is_empty());
        let printed = acl.to_string();
        prop_assert_eq!(&Acl::parse(&printed).unwrap(), &acl);
        prop_assert_eq!(Acl::parse(&printed).unwrap().to_string(), printed);
        prop_assert_eq!(acl.clone().into_owned(), acl);
    }

    #[test]
    fn lists_are_equal_when_and_only_when_they_grant_the_same(
        one in prop::collection::vec((0_usize..5, prop::sample::select(&IDS[..3])), 0..5),
        other in prop::collection::vec((0_usize..5, prop::sample::select(&IDS[..3])), 0..5),
    ) {
        let text = |entries: &[(usize, &str)]| {
            entries.iter().map(|(command, id)| format!("{}={id}", COMMANDS[*command].0)).collect::<Vec<_>>().join("&")
        };
        let (one, other) = (text(&one), text(&other));
        let (one, other) = (Acl::parse(&one).unwrap(), Acl::parse(&other).unwrap());
        let same = ["a", "ab", "nobody"].iter().all(|server| one.grants(server) == other.grants(server));
        prop_assert_eq!(one == other, same, "{} {}", one, other);
    }

    #[test]
    fn a_list_with_a_server_grants_it_and_without_it_does_not(
        entries in prop::collection::vec((0_usize..5, prop::sample::select(&IDS[..])), 0..8),
        commands in 0_u8..32,
    ) {
        let text = entries.iter().map(|(command, id)| format!("{}={id}", COMMANDS[*command].0)).collect::<Vec<_>>();
        let text = text.join("&");
        let acl = Acl::parse(&text).unwrap();
        let commands = AclCommands::from_bits_truncate(commands);
        let with = acl.clone().with("a", commands).unwrap();
        prop_assert_eq!(with.grants("a"), acl.grants("a") | commands);
        prop_assert_eq!(with.grants("ab"), acl.grants("ab"));
        let without = with.clone().without_server("a");
        prop_assert_eq!(without.grants("a"), acl.everyone());
        prop_assert_eq!(without.grants("ab"), acl.grants("ab"));
        // In the root no command loses its last server.
        let root = with.clone().root_without_server("a");
        let all = |acl: &Acl<'_>| acl.servers().fold(acl.everyone(), |all, (_, commands)| all | commands);
        prop_assert_eq!(all(&root), all(&with));
        prop_assert!(root.servers().all(|(server, _)| server != "a"));
    }
}

#[test]
fn the_example_of_the_specification() {
    let text = "Add=www.sonera.fi-8765&Delete=www.sonera.fi-8765&Replace=www.sonera.fi-8765+321_ibm.com&Get=*";
    let acl = Acl::parse(text).unwrap();
    let expected = AclCommands::ADD | AclCommands::DELETE | AclCommands::REPLACE | AclCommands::GET;
    assert_eq!(acl.grants("www.sonera.fi-8765"), expected);
    assert_eq!(acl.grants("321_ibm.com"), AclCommands::REPLACE | AclCommands::GET);
    assert_eq!(acl.grants("anyone"), AclCommands::GET);
    assert_eq!(
        acl.to_string(),
        "Add=www.sonera.fi-8765&Delete=www.sonera.fi-8765&Get=*&Replace=321_ibm.com+www.sonera.fi-8765"
    );
}

/// A client in the field looks for the identifier anywhere in the list, and at its first hit only.
#[test]
fn a_server_is_not_found_inside_another_and_is_found_behind_it() {
    let acl = Acl::parse("Replace=abc+ab&Exec=xab&Get=abx").unwrap();
    assert_eq!(acl.grants("ab"), AclCommands::REPLACE);
    assert_eq!(acl.grants("b"), AclCommands::empty());
    assert_eq!(acl.grants("Ab"), AclCommands::empty());
    assert_eq!(acl.grants(""), AclCommands::empty());
    let tree = node("A", "Replace=abc+ab&Exec=xab&Get=abx", "");
    let tree = format!("<MgmtTree>{tree}</MgmtTree>");
    let tree = decode(tree.as_bytes()).unwrap();
    let rights = |server| at(&tree, "./A").rights(Principal::Server(server));
    assert_eq!(
        [rights("ab"), rights("b"), rights("")],
        [AclCommands::REPLACE, AclCommands::empty(), AclCommands::empty()]
    );
}

#[test]
fn what_is_no_list_is_refused_at_its_place() {
    use ErrorKind::{AclCommand, AclServer};
    for (text, kind, offset) in [
        ("get=*", AclCommand, 0),
        ("Copy=*", AclCommand, 0),
        ("Get", AclCommand, 0),
        ("=*", AclCommand, 0),
        ("Get=*&", AclCommand, 6),
        ("&Get=*", AclCommand, 0),
        ("Get=*& Add=*", AclCommand, 6),
        ("Get =*", AclCommand, 0),
        ("Get=", AclServer, 4),
        ("Get=&Add=*", AclServer, 4),
        ("Get=a+", AclServer, 6),
        ("Get=+a", AclServer, 4),
        ("Get=a b", AclServer, 5),
        ("Get=a=b", AclServer, 5),
        ("Get=a*", AclServer, 5),
        ("Get=**", AclServer, 4),
        ("Get=a\u{a0}b", AclServer, 5),
        ("Get=a\u{7}", AclServer, 5),
        (" Get=a+ b", AclServer, 7),
    ] {
        assert_eq!(Acl::parse(text), Err(Error::new(kind, offset)), "{text}");
    }
    assert_eq!(Acl::default().with("a b", AclCommands::GET), Err(Error::new(AclServer, 1)));
    assert_eq!(Acl::default().with("", AclCommands::GET), Err(Error::new(AclServer, 0)));
}

#[test]
fn blanks_around_a_list_do_not_count() {
    assert_eq!(Acl::parse("\n  Get=*\t").unwrap(), Acl::parse("Get=*").unwrap());
    assert!(Acl::parse(" \n").unwrap().is_empty());
}

#[test]
fn an_account_removed_leaves_no_empty_entries_and_in_the_root_everyone() {
    let acl = Acl::parse("Add=one&Delete=one+two&Get=*&Exec=one").unwrap();
    assert_eq!(acl.clone().without_server("one").to_string(), "Delete=two&Get=*");
    assert_eq!(acl.clone().root_without_server("one").to_string(), "Add=*&Delete=two&Exec=*&Get=*");
    assert_eq!(acl.clone().without_server("on"), acl);
    assert!(Acl::parse("Get=one").unwrap().without_server("one").is_empty());
    assert_eq!(Acl::ROOT.root_without_server("one").to_string(), "Add=*&Get=*");
}

/// The figure of the specification, with what its text and `wire.md` §9.5 say of it. That NodeB has the list with Get
/// twice is this test's reading of the figure.
fn worked_example() -> String {
    let node_a = node("NodeA", "Get=ServerC&Replace=ServerC", &leaf("Node1", "Get=*"));
    let node_3 = node("Node3", "", &(node("Node4", "", "") + &leaf("Node5", "")));
    let node_b = node("NodeB", "Get=ServerA&Replace=ServerA&Get=ServerB", &node_3);
    format!("<MgmtTree>{node_a}{node_b}</MgmtTree>")
}

#[test]
fn the_worked_example() {
    let document = worked_example();
    let tree = decode(document.as_bytes()).unwrap();
    let node_1 = at(&tree, "./NodeA/Node1");
    for server in ["ServerA", "ServerB", "ServerC", "ServerD"] {
        assert!(may(node_1, server, AclCommands::GET), "any server can Get Node1");
        assert!(!may(node_1, server, AclCommands::REPLACE), "nobody can Replace its value");
        assert!(!may(node_1, server, AclCommands::DELETE), "nobody can Delete it");
        assert_eq!(node_1.may_change_acl(Principal::Server(server)), server == "ServerC");
    }
    assert_eq!(node_1.acl(), Some("Get=*"));
    assert_eq!(at(&tree, "./NodeB/Node3/Node4").acl(), None, "no lookup for the property itself");
    let node_5 = at(&tree, "./NodeB/Node3/Node5");
    assert!(may(node_5, "ServerA", AclCommands::REPLACE));
    assert!(may(node_5, "ServerB", AclCommands::GET), "Get twice is united");
    assert!(!may(node_5, "ServerB", AclCommands::REPLACE));
    assert!(!may(node_5, "ServerC", AclCommands::GET));
}

#[test]
fn the_whole_list_is_inherited_and_never_merged() {
    let below = node("B", "Exec=srv", &node("C", "", ""));
    let document = format!("<MgmtTree>{}</MgmtTree>", node("A", "Get=*&Replace=srv", &below));
    let tree = decode(document.as_bytes()).unwrap();
    let rights = |uri| at(&tree, uri).rights(Principal::Server("srv"));
    assert_eq!(rights("."), AclCommands::ADD | AclCommands::GET);
    assert_eq!(rights("./A"), AclCommands::GET | AclCommands::REPLACE);
    assert_eq!(rights("./A/B"), AclCommands::EXEC);
    assert_eq!(rights("./A/B/C"), AclCommands::EXEC);
    assert_eq!(at(&tree, "./A/B/C").effective_acl().unwrap(), Acl::parse("Exec=srv").unwrap());
    assert_eq!(at(&tree, "./A/B/C").rights(Principal::Device), AclCommands::all());
}

#[test]
fn who_may_change_the_list_of_an_interior_node_and_of_a_leaf() {
    let inside = node("Own", "Replace=own", "") + &leaf("Leaf", "Replace=own");
    let document = format!("<MgmtTree>{}</MgmtTree>", node("A", "Replace=parent", &inside));
    let tree = decode(document.as_bytes()).unwrap();
    let may_change = |uri, server| at(&tree, uri).may_change_acl(Principal::Server(server));
    assert!(may_change("./A/Own", "own") && may_change("./A/Own", "parent"));
    assert!(!may_change("./A/Leaf", "own"), "the list of a leaf is not part of what it governs");
    assert!(may_change("./A/Leaf", "parent"));
    assert!(may_change("./A", "parent") && !may_change("./A", "own"));
    // By default nobody has Replace on the root, and nothing is above it.
    assert!(!may_change(".", "own") && !may_change(".", "parent"));
    assert!(tree.nodes().all(|node| node.may_change_acl(Principal::Device)));
}

#[test]
fn a_list_that_cannot_be_read_grants_nothing_also_below() {
    for broken in ["Get=*&Exec", "Get", "Get=*&Get=", "Get=* Add=*"] {
        let document = format!("<MgmtTree>{}</MgmtTree>", node("A", broken, &leaf("B", "")));
        let tree = decode(document.as_bytes()).unwrap();
        for uri in ["./A", "./A/B"] {
            assert_eq!(at(&tree, uri).rights(Principal::Server("srv")), AclCommands::empty(), "{broken}");
            assert!(at(&tree, uri).effective_acl().is_err());
            assert!(at(&tree, uri).allows(Principal::Device, AclCommands::all()));
        }
    }
}

/// Names, parents and lists of a random tree.
fn random_tree(seeds: &[(prop::sample::Index, usize)]) -> String {
    const LISTS: [&str; 7] = ["", "", "", "Get=a", "Get=*&Replace=ab", "Exec=a+b&Get=", "\n"];
    let mut nodes = vec![String::new()];
    let mut out = "<MgmtTree>".to_owned();
    for (number, (parent, list)) in seeds.iter().enumerate() {
        let parent = nodes[parent.index(nodes.len())].clone();
        let list = LISTS[list % LISTS.len()].replace('&', "&amp;");
        out += &format!(
            "<Node><NodeName>n{number}</NodeName><Path>{parent}</Path><RTProperties><ACL>{list}</ACL>\
             <Format><node/></Format></RTProperties></Node>"
        );
        nodes.push(format!("{parent}/n{number}"));
    }
    out + "</MgmtTree>"
}

/// Rights by the letter of the text: climb to the nearest list, read the whole of it.
fn naive_rights(node: Node<'_>, server: &str) -> AclCommands {
    let mut at = Some(node);
    while let Some(node) = at {
        if let Some(list) = node.acl().filter(|list| !list.trim().is_empty()) {
            return Acl::parse(list).map_or(AclCommands::empty(), |acl| acl.grants(server));
        }
        at = node.parent();
    }
    AclCommands::ADD | AclCommands::GET
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_walk_carries_the_rights_that_a_climb_finds(
        seeds in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..7), 0..60),
        top in any::<prop::sample::Index>(),
    ) {
        let document = random_tree(&seeds);
        let tree = decode(document.as_bytes()).unwrap();
        let all: Vec<Node<'_>> = tree.nodes().collect();
        let top = all[top.index(all.len())];
        for server in ["a", "ab", "nobody"] {
            let principal = Principal::Server(server);
            let walked: Vec<_> = top.descendants_for(principal).collect();
            let climbed: Vec<_> = top.descendants().map(|node| (node, naive_rights(node, server))).collect();
            prop_assert_eq!(walked, climbed);
            prop_assert!(all.iter().all(|node| node.rights(principal) == naive_rights(*node, server)));
        }
        let ids: HashSet<_> = top.descendants_for(Principal::Device).map(|(node, rights)| (node.id(), rights)).collect();
        prop_assert_eq!(ids, top.descendants().map(|node| (node.id(), AclCommands::all())).collect::<HashSet<_>>());
    }
}

/// With a climb for each node this takes minutes.
#[test]
fn a_walk_over_a_deep_and_wide_tree_costs_no_climbs() {
    let path = "d/".repeat(400);
    let nodes: String = (0..100_000)
        .map(|name| format!("<Node><NodeName>n{name}</NodeName><Path>{path}</Path><Value>1</Value></Node>"))
        .collect();
    let list = "Get=".to_owned() + &(0..100_000).map(|server| format!("s{server}")).collect::<Vec<_>>().join("+");
    let document = format!("<MgmtTree>{}{nodes}</MgmtTree>", node("d", &list, ""));
    let tree = decode(document.as_bytes()).unwrap();
    let readable = tree.root().descendants_for(Principal::Server("s99999"));
    assert_eq!(readable.filter(|(_, rights)| rights.contains(AclCommands::GET)).count(), 100_401);
}
