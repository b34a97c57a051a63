//! The tree against a model of it: random edits, transactions and questions, the same to both.
//!
//! The model is a map from paths to nodes, copied whole where a transaction begins. It has no index and no ids of its own;
//! its rules are written down from `wire.md` §8.3 and §9 once more. After each step everything that the tree's indexes say is compared with
//! what a look at all nodes of the model says.

#[path = "tree_model/model.rs"]
mod model;
#[path = "tree_model/steps.rs"]
mod steps;

use model::Dice;
use omadm::ErrorKind;
use omadm::tree::{EditOptions, Format, NewNode, Tree};
use std::collections::{BTreeMap, HashSet};
use steps::Both;

const STEPS: usize = 100_000;

#[test]
fn a_hundred_thousand_random_steps_do_the_same_to_a_map() {
    let mut dice = Dice::seeded(0x9E37_79B9_7F4A_7C15);
    let mut both = Both::new();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for _ in 0..STEPS {
        let (what, worked) = both.step(&mut dice);
        let count = counts.entry(what).or_default();
        *if worked { &mut count.0 } else { &mut count.1 } += 1;
    }
    for (what, (worked, refused)) in &counts {
        println!("{what}: {worked} worked, {refused} refused");
        assert!(*worked > 100, "{what} hardly ever works");
    }
    for what in ["add", "delete", "copy", "add a subtree", "replace a subtree", "merge", "type", "remove a server"] {
        assert!(counts[what].1 > 100, "{what} is hardly ever refused");
    }
}

#[test]
fn ids_of_nodes_that_were_rolled_back_lead_nowhere_for_good() {
    let mut tree = Tree::new();
    let options = EditOptions::default();
    let mut ever = HashSet::new();
    for _ in 0..1_000 {
        tree.begin();
        let id = tree.edit(&options).add("./A", &NewNode::leaf("1")).unwrap();
        assert!(ever.insert(id));
        tree.roll_back();
        assert!(tree.node(id).is_none());
    }
    tree.edit(&options).add("./A", &NewNode::leaf("1")).unwrap();
    assert!(ever.iter().all(|id| tree.node(*id).is_none()));
}

#[test]
fn places_are_used_again_until_their_generations_end() {
    let mut tree = Tree::new();
    let options = EditOptions::default();
    let mut last = None;
    // More often than a generation counts.
    for _ in 0..70_000 {
        let id = tree.edit(&options).add("./A", &NewNode::interior().format(Format::Node)).unwrap();
        assert_ne!(Some(id), last);
        assert!(last.is_none_or(|last| tree.node(last).is_none()));
        tree.edit(&options).delete("./A").unwrap();
        last = Some(id);
    }
    assert_eq!(tree.len(), 1);
}

#[test]
fn a_fault_leaves_the_tree_as_it_was() {
    let mut tree = Tree::new();
    let small = omadm::Limits { text: 4, ..omadm::Limits::default() };
    let options = EditOptions { implicit_parents: true, limits: small, ..EditOptions::default() };
    // The parents are made before the value turns out to be too long.
    let error = tree.edit(&options).add("./A/B/C", &NewNode::leaf("12345")).unwrap_err();
    assert_eq!((error.kind(), error.offset(), tree.len()), (ErrorKind::LimitText, 6, 1));
    tree.edit(&options).add("./A/B/C", &NewNode::leaf("1234")).unwrap();
    assert_eq!(tree.len(), 4);
}
