//! Trees: their documents, their indexes, their edits.

use crate::tree_model::{Both, Dice};
use crate::{Setting, again, check_error};
use omadm::markup::Encoding::{Wbxml, Xml};
use omadm::tnds::{self, EncodeOptions, Layout};
use omadm::tree::{AclCommands, Differences, Node, Principal, Tree, diff};
use std::collections::{HashMap, HashSet};

/// What a tree says of a node, its children aside.
pub(crate) fn facts(node: Node<'_>) -> String {
    let value =
        node.value().map(|value| value.octets().map(|octets| octets.into_owned()).map_err(|error| error.kind()));
    format!(
        "{} {} {:?} {:?} {value:?} {:?} {:?} {:?} {:?}",
        node.uri(),
        node.format(),
        node.mo_id(),
        node.media_type(),
        node.acl(),
        node.title(),
        node.tstamp(),
        node.ver_no()
    )
}

/// What holds for every tree: links in both directions, ranges of subtrees, every index as a look at all nodes has it.
pub(crate) fn check_tree(tree: &Tree<'_>) {
    let all: Vec<Node<'_>> = tree.nodes().collect();
    assert_eq!(all.len(), tree.len());
    assert_eq!(all.first(), Some(&tree.root()));
    let places: HashMap<_, usize> = all.iter().enumerate().map(|(place, node)| (node.id(), place)).collect();
    assert_eq!(places.len(), all.len(), "ids are unique");
    let mut objects: HashMap<&str, Vec<Node<'_>>> = HashMap::new();
    let mut below = vec![1_usize; all.len()];
    for (place, node) in all.iter().enumerate().rev() {
        assert_eq!(tree.node(node.id()), Some(*node));
        match node.parent() {
            Some(parent) => {
                assert!(places[&parent.id()] < place, "parents come first");
                assert!(parent.is_interior() && parent.children().any(|child| child == *node));
                assert_eq!(parent.child(node.name()), Some(*node));
                assert_eq!(node.depth(), parent.depth() + 1);
                below[places[&parent.id()]] += below[place];
            }
            None => assert_eq!(place, 0),
        }
        assert!(node.is_interior() || node.children().next().is_none());
        if let Some(mo_id) = node.mo_id() {
            objects.entry(mo_id).or_default().push(*node);
        }
    }
    for (place, node) in all.iter().enumerate() {
        // A subtree is what follows its root.
        let subtree = &all[place..place + below[place]];
        if place < 40 {
            assert!(node.descendants().eq(subtree.iter().copied()));
            assert_eq!(tree.get(&node.uri().to_string()), Ok(Some(*node)));
        }
    }
    for (mo_id, mut expected) in objects {
        expected.reverse();
        assert_eq!(tree.find_mo(mo_id).collect::<Vec<_>>(), expected, "{mo_id}");
    }
    assert_eq!(tree.find_mo("nobody's").count(), 0);
    let server = Principal::Server("one");
    let naive = |commands| {
        all.iter().filter(|node| node.allows(server, commands)).map(|node| node.id()).collect::<HashSet<_>>()
    };
    let by_walk: HashSet<_> = tree
        .root()
        .descendants_for(server)
        .filter(|(_, rights)| rights.contains(AclCommands::GET))
        .map(|(node, _)| node.id())
        .collect();
    assert_eq!(by_walk, naive(AclCommands::GET));
}

/// A tree document is read, looked over, written in both encodings and layouts, and read again as the same.
pub fn tnds_tree(data: &[u8]) {
    let Some((setting, input)) = Setting::take(data) else { return };
    let options = setting.options();
    let tree = match tnds::decode_with(input, &options) {
        Ok(tree) => tree,
        Err(error) => return check_error(error, input),
    };
    assert!(tree.len() <= options.limits.elements as usize + 1);
    check_tree(&tree);
    let lines: Vec<String> = tree.nodes().map(facts).collect();
    for encoding in [Xml, Wbxml] {
        for layout in [Layout::Nested, Layout::Flat] {
            let how = EncodeOptions { layout, ..EncodeOptions::default() };
            let octets = match tnds::encode(&tree, encoding, &how) {
                Ok(octets) => octets,
                Err(error) => {
                    use omadm::ErrorKind::*;
                    assert!(
                        matches!(error.kind(), InvalidBase64 | InvalidUtf8 | InvalidCharacter | LimitDepth),
                        "{error}"
                    );
                    assert!(tree.nodes().nth(error.offset()).is_some(), "the node at fault");
                    continue;
                }
            };
            let read = tnds::decode_with(&octets, &again())
                .unwrap_or_else(|error| panic!("{error} in {}", octets.escape_ascii()));
            assert!(diff(&tree, &read, Differences::all()).is_empty(), "{}", octets.escape_ascii());
            let mut sorted: Vec<String> = read.nodes().map(facts).collect();
            let mut expected = lines.clone();
            sorted.sort();
            expected.sort();
            assert_eq!(sorted, expected);
            assert_eq!((read.man(), read.model()), (tree.man(), tree.model()));
        }
    }
    // From nothing, by a diff.
    let empty = Tree::new();
    let mut made = empty.clone();
    if made.apply(&diff(&empty, &tree, Differences::all())).is_ok() {
        assert!(diff(&made, &tree, Differences::all()).is_empty());
        check_tree(&made);
    }
    let owned = tree.clone().into_owned();
    assert_eq!(owned.nodes().map(facts).collect::<Vec<_>>(), lines);
    check_tree(&owned);
}

/// Edits, transactions and questions, the same to a tree and to its model.
pub fn tree_ops(data: &[u8]) {
    let mut both = Both::new();
    let mut dice = Dice::of(data);
    // A step takes seven octets or more.
    for _ in 0..data.len().min(420) / 7 {
        both.step(&mut dice);
    }
}
