//! Differences of trees: against a comparison of maps, and against each other.

mod common;

use common::clock::is_linear_in;
use omadm::markup::Options;
use omadm::tnds::{decode, decode_with};
use omadm::tree::{Change, Diff, Differences, EditOptions, Node, Tree, diff};
use omadm::{Error, ErrorKind, Limits};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A node as one text: everything that is compared.
fn facts(node: Node<'_>) -> String {
    let value = node.value().map(|value| value.octets().unwrap().into_owned()).unwrap_or_default();
    format!(
        "{} {:?} {:?} {:?} {value:?} {:?} {:?} {:?}",
        node.format(),
        node.mo_id(),
        node.media_type(),
        node.acl(),
        node.title(),
        node.tstamp(),
        node.ver_no()
    )
}

/// A tree as a map from URIs, with the kind of each node on the way, to facts.
fn map(tree: &Tree<'_>) -> BTreeMap<String, (bool, String)> {
    tree.nodes().map(|node| (node.uri().to_string(), (node.is_interior(), facts(node)))).collect()
}

/// URIs that were added, removed, changed, all nodes counted, by comparing two maps.
fn naive(before: &Tree<'_>, after: &Tree<'_>) -> [Vec<String>; 3] {
    let (before, after) = (map(before), map(after));
    // A node is the same only if it and all above it are of the same kind.
    let is_same = |uri: &str| {
        let mut at = uri;
        loop {
            match (before.get(at), after.get(at)) {
                (Some(one), Some(other)) if one.0 == other.0 => {}
                _ => return false,
            }
            match at.rfind('/') {
                Some(slash) => at = &at[..slash],
                None => return true,
            }
        }
    };
    let added = after.keys().filter(|uri| !is_same(uri)).cloned().collect();
    let removed = before.keys().filter(|uri| !is_same(uri)).cloned().collect();
    let changed = before.iter().filter(|(uri, facts)| is_same(uri) && after[*uri].1 != facts.1);
    [added, removed, changed.map(|(uri, _)| uri.clone()).collect()]
}

fn all_of(before: &Tree<'_>, after: &Tree<'_>) -> [Vec<String>; 3] {
    let mut lists = [Vec::new(), Vec::new(), Vec::new()];
    for change in diff(before, after, Differences::all()).changes() {
        match change {
            Change::Added(node) => lists[0].extend(node.descendants().map(|node| node.uri().to_string())),
            Change::Removed(node) => lists[1].extend(node.descendants().map(|node| node.uri().to_string())),
            Change::Changed { before, .. } => lists[2].push(before.uri().to_string()),
        }
    }
    lists.iter_mut().for_each(|list| list.sort());
    lists
}

/// A document with up to `depth` levels; names few, so that two documents have much in common.
fn nodes(depth: u32) -> impl Strategy<Value = String> {
    let property = |name: &'static str| prop_oneof![3 => Just(String::new()), 1 => (0..2).prop_map(move |value| format!("<{name}>{value}</{name}>"))];
    let leaf = (0..12_u32, 0..3_u32, property("Title"), property("VerNo"), prop::bool::ANY).prop_map(
        |(name, value, title, ver_no, is_int)| {
            let format = if is_int { "int" } else { "chr" };
            format!(
                "{name} <RTProperties><Format><{format}/></Format>{title}{ver_no}</RTProperties><Value>{value}</Value>"
            )
        },
    );
    let node = leaf.prop_recursive(depth, 40, 12, |inner| {
        (0..12_u32, 0..3_u32, prop::collection::vec(inner, 0..12)).prop_map(|(name, kind, children)| {
            format!("{name} <RTProperties><Format><node/></Format><Type><DDFName>urn:x:{kind}</DDFName></Type></RTProperties>{}", siblings(children))
        })
    });
    prop::collection::vec(node, 0..12).prop_map(siblings)
}

/// Names must be unique: the first of each stays.
fn siblings(nodes: Vec<String>) -> String {
    let mut seen = std::collections::HashSet::new();
    nodes
        .iter()
        .map(|node| node.split_once(' ').unwrap())
        .filter(|(name, _)| seen.insert((*name).to_owned()))
        .map(|(name, rest)| format!("<Node><NodeName>n{name}</NodeName>{rest}</Node>"))
        .collect()
}

fn document(nodes: &str) -> String {
    format!("<MgmtTree><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_diff_is_the_difference_of_maps_and_makes_one_the_other(one in nodes(4), other in nodes(4)) {
        let (one, other) = (document(&one), document(&other));
        let before = decode(one.as_bytes()).unwrap();
        let after = decode(other.as_bytes()).unwrap();
        prop_assert_eq!(all_of(&before, &after), naive(&before, &after));
        let [added, removed, changed] = all_of(&before, &after);
        prop_assert_eq!(all_of(&after, &before), [removed, added, changed]);

        let mut patched = before.clone();
        patched.apply(&diff(&before, &after, Differences::all())).unwrap();
        prop_assert_eq!(map(&patched), map(&after));

        let mut replaced = before.clone();
        replaced.edit(&EditOptions::default()).replace_subtree(".", after.root()).unwrap();
        let left = diff(&replaced, &after, Differences::all() - Differences::VER_NO);
        prop_assert!(left.is_empty(), "{:?}", left);
    }

    #[test]
    fn a_diff_is_applied_to_a_third_tree_as_its_uris_say(
        one in nodes(4), other in nodes(4), third in nodes(4), tops in (any::<prop::sample::Index>(), any::<prop::sample::Index>())
    ) {
        let (one, other, third) = (document(&one), document(&other), document(&third));
        let (one, other) = (decode(one.as_bytes()).unwrap(), decode(other.as_bytes()).unwrap());
        let mut third = decode(third.as_bytes()).unwrap();
        let top = |tree: &Tree<'_>, top: prop::sample::Index| tree.nodes().nth(top.index(tree.len())).unwrap().id();
        let (before, after) = (top(&one, tops.0), top(&other, tops.1));
        // Mostly the whole trees.
        let (before, after) = if before < after { (before, after) } else { (one.root().id(), other.root().id()) };
        let diff = diff(one.node(before).unwrap(), other.node(after).unwrap(), Differences::all());
        let (expected, left) = applied(&diff, &third);
        prop_assert_eq!(third.apply(&diff), expected);
        prop_assert_eq!(kinds(&third), left);
    }

    #[test]
    fn merging_leaves_nothing_out(one in nodes(3), other in nodes(3)) {
        let (one, other) = (document(&one), document(&other));
        let before = decode(one.as_bytes()).unwrap();
        let after = decode(other.as_bytes()).unwrap();
        let mut merged = before.clone();
        merged.edit(&EditOptions::default()).merge_subtree(".", after.root()).unwrap();
        let (old, new, all) = (map(&before), map(&after), map(&merged));
        for (uri, (is_interior, _)) in &new {
            prop_assert_eq!(all.get(uri).map(|(is_interior, _)| *is_interior), Some(*is_interior), "{}", uri);
        }
        // What only the first had is there unless something above it is of another kind now.
        for uri in old.keys().filter(|uri| !new.contains_key(*uri)) {
            let above = uri.match_indices('/').map(|(slash, _)| &uri[..slash]);
            let is_shut = above.filter_map(|uri| new.get(uri)).any(|(is_interior, _)| !is_interior);
            prop_assert_eq!(all.contains_key(uri), !is_shut, "{}", uri);
        }
        let again = merged.clone();
        merged.edit(&EditOptions::default()).merge_subtree(".", after.root()).unwrap();
        prop_assert_eq!(map(&merged), map(&again));
    }
}

/// The nodes of a tree by URI, with whether they are interior ones.
fn kinds(tree: &Tree<'_>) -> BTreeMap<String, bool> {
    tree.nodes().map(|node| (node.uri().to_string(), node.is_interior())).collect()
}

/// What comes of applying a diff to a tree, told from URIs alone.
fn applied(diff: &Diff<'_, '_>, tree: &Tree<'_>) -> (Result<(), Error>, BTreeMap<String, bool>) {
    let mut nodes = kinds(tree);
    for (index, change) in diff.changes().enumerate() {
        let uri = change.uri().to_string();
        let parent = uri.rsplit_once('/').map(|(parent, _)| nodes.get(parent).copied());
        let refused = match (change, nodes.get(&uri), parent) {
            (Change::Added(_), Some(_), _) => Some(ErrorKind::NodeExists),
            (Change::Added(_), None, Some(Some(false))) => Some(ErrorKind::NotInterior),
            (Change::Added(_), None, Some(Some(true))) => None,
            (_, None, _) => Some(ErrorKind::NodeNotFound),
            (Change::Removed(_), Some(_), None) => Some(ErrorKind::PermanentNode),
            (Change::Removed(_), Some(_), Some(_)) => None,
            (Change::Changed { after, .. }, Some(is_interior), _) => match (is_interior, after.is_interior()) {
                (true, false) => Some(ErrorKind::NotLeaf),
                (false, true) => Some(ErrorKind::NotInterior),
                _ => None,
            },
        };
        if let Some(kind) = refused {
            return (Err(Error::new(kind, index)), kinds(tree));
        }
        match change {
            Change::Added(node) => {
                nodes.extend(node.descendants().map(|node| (node.uri().to_string(), node.is_interior())))
            }
            Change::Removed(_) => nodes.retain(|other, _| *other != uri && !other.starts_with(&format!("{uri}/"))),
            Change::Changed { .. } => {}
        }
    }
    (Ok(()), nodes)
}

#[test]
fn a_diff_is_applied_in_linear_time() {
    // A bug once: 375 kB took 19 times as long as 93 kB, because each change was looked up by its whole URI.
    let document = |value: char, count: usize| {
        let leaves = (0..count).map(|at| format!("<Node><NodeName>n{at}</NodeName><Value>{value}</Value></Node>"));
        document(&format!("<Node><NodeName>{}</NodeName>{}</Node>", "l".repeat(40 * count), leaves.collect::<String>()))
    };
    let documents = [250, 1_000, 4_000].map(|count| document('v', count));
    let is_linear = is_linear_in("values below a long name", 4.0, &documents, |before| {
        let after = before.replace("<Value>v<", "<Value>w<");
        let (before, after) = (decode(before.as_bytes()).unwrap(), decode(after.as_bytes()).unwrap());
        let mut patched = before.clone();
        patched.apply(&diff(&before, &after, Differences::all())).unwrap();
        assert!(diff(&patched, &after, Differences::all()).is_empty());
    });
    assert!(is_linear);
}

#[test]
fn a_diff_of_trees_deeper_than_edits_may_go_is_refused() {
    let deep = |depth: usize, value: char| {
        let nodes = "<Node><NodeName>n</NodeName>".repeat(depth - 1);
        let leaf = format!("<Node><NodeName>x</NodeName><Value>{value}</Value></Node>");
        let options = Options { limits: Limits { depth: 2_000, ..Limits::default() }, ..Options::default() };
        decode_with(document(&(nodes + &leaf + &"</Node>".repeat(depth - 1))).as_bytes(), &options)
            .unwrap()
            .into_owned()
    };
    for (depth, expected) in [(512, Ok(())), (513, Err(Error::new(ErrorKind::LimitDepth, 0)))] {
        let (before, after) = (deep(depth, 'v'), deep(depth, 'w'));
        assert_eq!(before.clone().apply(&diff(&before, &after, Differences::all())), expected);
        // Before it is known whether the nodes are there.
        let elsewhere = Tree::new().apply(&diff(&before, &after, Differences::all()));
        assert_eq!(elsewhere, expected.and(Err(Error::new(ErrorKind::NodeNotFound, 0))));
    }
}

#[test]
fn changes_are_made_below_names_that_are_escaped_otherwise() {
    let tree = |name: &str, inside: &str| {
        decode(document(&format!("<Node><NodeName>{name}</NodeName>{inside}</Node>")).as_bytes()).unwrap().into_owned()
    };
    let leaf = |name: &str, value: &str| format!("<Node><NodeName>{name}</NodeName><Value>{value}</Value></Node>");
    let before = tree("Caf%C3%A9", &(leaf("100%", "1") + &leaf("old", "1")));
    let after = tree("Caf\u{e9}", &(leaf("100%25", "2") + &leaf("a b", "1")));
    let diff = diff(&before, &after, Differences::all());
    let mut third = tree("Caf%c3%a9", &(leaf("100%", "1") + &leaf("%6Fld", "1")));
    third.apply(&diff).unwrap();
    let nodes: Vec<_> = third.nodes().map(|node| (node.name(), node.value().and_then(|value| value.text()))).collect();
    // What is added has the name that its URI has.
    assert_eq!(nodes, [("", None), ("Caf%c3%a9", None), ("100%", Some("2")), ("a%20b", Some("1"))]);
}

#[test]
fn names_are_the_same_however_they_are_escaped_and_octets_however_they_came() {
    let one = decode(b"<MgmtTree><Node><NodeName>Caf%C3%A9</NodeName><Node><NodeName>Key</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>AQID</Value></Node></Node></MgmtTree>").unwrap();
    let other = decode("<MgmtTree><Node><NodeName>Caf\u{e9}</NodeName><Node><NodeName>Key</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>AQID</Value></Node></Node></MgmtTree>".as_bytes()).unwrap();
    let binary = omadm::tnds::encode(&other, omadm::markup::Encoding::Wbxml, &Default::default()).unwrap();
    let binary = decode(&binary).unwrap();
    assert!(binary.get("./Caf%C3%A9/Key").unwrap().unwrap().value().unwrap().is_opaque());
    for other in [&other, &binary] {
        let diff = diff(&one, other, Differences::all());
        assert!(diff.is_empty(), "{diff:?}");
    }
}

#[test]
fn what_is_compared_can_be_chosen() {
    let one = decode(b"<MgmtTree><Node><NodeName>A</NodeName><RTProperties><TStamp>1</TStamp><VerNo>1</VerNo></RTProperties><Value>1</Value></Node></MgmtTree>").unwrap();
    let other = decode(b"<MgmtTree><Node><NodeName>A</NodeName><RTProperties><TStamp>2</TStamp><VerNo>2</VerNo></RTProperties><Value>1</Value></Node></MgmtTree>").unwrap();
    let all = diff(&one, &other, Differences::all());
    let Some(Change::Changed { what, .. }) = all.changes().next() else { panic!("{all:?}") };
    assert_eq!((all.len(), what.to_string()), (1, "TStamp, VerNo".to_owned()));
    assert!(diff(&one, &other, Differences::all() - Differences::TSTAMP - Differences::VER_NO).is_empty());
}

#[test]
fn a_diff_that_does_not_fit_changes_nothing() {
    let one = decode(b"<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node><Node><NodeName>B</NodeName><Value>1</Value></Node></MgmtTree>").unwrap();
    let other = decode(b"<MgmtTree><Node><NodeName>A</NodeName><Value>2</Value></Node></MgmtTree>").unwrap();
    let diff = diff(&one, &other, Differences::all());
    let mut third = other.clone();
    let error = third.apply(&diff).unwrap_err();
    // The second change removes ./B, which the third tree does not have.
    assert_eq!(error, Error::new(ErrorKind::NodeNotFound, 1));
    assert_eq!(map(&third), map(&other));
}

#[test]
fn subtrees_can_be_compared_whatever_their_own_names_are() {
    let tree = decode(b"<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>X</NodeName><Value>1</Value></Node></Node><Node><NodeName>B</NodeName><Node><NodeName>X</NodeName><Value>2</Value></Node></Node></MgmtTree>").unwrap();
    let (a, b) = (tree.get("./A").unwrap().unwrap(), tree.get("./B").unwrap().unwrap());
    let diff = diff(a, b, Differences::all());
    let uris: Vec<_> = diff.changes().map(|change| change.uri().to_string()).collect();
    assert_eq!(uris, ["./B/X"]);
}

fn apply(before: &Tree<'_>, after: &Tree<'_>, what: Differences) -> Tree<'static> {
    let mut patched = before.clone().into_owned();
    patched.apply(&diff(before, after, what)).unwrap();
    patched
}

#[test]
fn what_was_not_compared_is_not_changed() {
    let one = decode(b"<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Get=a</ACL><Format><chr/></Format><Title>T</Title><TStamp>1</TStamp><VerNo>1</VerNo></RTProperties><Value>1</Value></Node></MgmtTree>").unwrap();
    let other = decode(b"<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Get=*</ACL><Format><int/></Format></RTProperties><Value>2</Value></Node></MgmtTree>").unwrap();
    let patched = apply(&one, &other, Differences::VALUE);
    let node = patched.get("./A").unwrap().unwrap();
    assert_eq!((node.value().unwrap().text(), node.acl(), node.title()), (Some("2"), Some("Get=a"), Some("T")));
    assert_eq!((node.tstamp(), node.ver_no(), node.format().name()), (Some("1"), Some("1"), "chr"));
    assert_eq!(map(&apply(&one, &other, Differences::all())), map(&other));
}

#[test]
fn what_the_second_tree_only_implies_is_changed_as_the_diff_says() {
    let one = decode(b"<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Get=a</ACL><Type><DDFName>urn:x:1</DDFName></Type></RTProperties></Node></MgmtTree>").unwrap();
    let other =
        decode(b"<MgmtTree><Node><NodeName>B</NodeName><Path>A</Path><Value>1</Value></Node></MgmtTree>").unwrap();
    assert_eq!(map(&apply(&one, &other, Differences::all())), map(&other));
    assert_eq!(map(&apply(&other, &one, Differences::all())), map(&one));
}

#[test]
fn acls_are_the_same_if_they_grant_the_same() {
    let tree = |acl: &str| {
        decode(
            format!(
                "<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>{acl}</ACL></RTProperties></Node></MgmtTree>"
            )
            .as_bytes(),
        )
        .unwrap()
        .into_owned()
    };
    let is_same = |one: &str, other: &str| diff(&tree(one), &tree(other), Differences::all()).is_empty();
    assert!(is_same("Get=a+b&amp;Add=a", "Add=a&amp;Get=b+a"));
    assert!(!is_same("Get=a+b", "Get=a"));
    assert!(!is_same("Get=a", "Gut=a"));
    assert!(is_same("Gut=a", "Gut=a"));
}

#[test]
fn a_leaf_and_an_interior_node_are_two_nodes() {
    let tree = decode(b"<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node><Node><NodeName>B</NodeName><Node><NodeName>X</NodeName></Node></Node></MgmtTree>").unwrap();
    let (a, b) = (tree.get("./A").unwrap().unwrap(), tree.get("./B").unwrap().unwrap());
    let diff = diff(a, b, Differences::all());
    assert_eq!(diff.changes().collect::<Vec<_>>(), [Change::Removed(a), Change::Added(b)]);
}
