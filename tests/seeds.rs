//! Hash tables whose keys come from the input are seeded at random: who knows the program does not know which names fall into one
//! place.

mod common;

use common::clock::fastest;
use common::{files, repository};
use foldhash::fast::{FixedState, RandomState};
use hashbrown::HashTable;
use omadm::tnds;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::hash::BuildHasher;
use std::process::Command;

const NAMES: usize = 8_000;
/// A table of so many names has 16,384 places.
const PLACES: u64 = 1 << 14;

/// The hash of a name below the root, in the form that trees have it in: place of the parent, octets.
fn hash(hasher: &impl BuildHasher, name: &str) -> u64 {
    hasher.hash_one((0_u32, name.as_bytes()))
}

/// Names that all fall into one place of a table without a seed.
fn colliding() -> Vec<String> {
    let hasher = FixedState::default();
    let mut name = String::new();
    let mut found = Vec::with_capacity(NAMES);
    for number in 10_000_000_u32.. {
        name.clear();
        write!(name, "{number}").unwrap();
        if hash(&hasher, &name).is_multiple_of(PLACES) {
            found.push(name.clone());
            if found.len() == NAMES {
                break;
            }
        }
    }
    found
}

fn places(hasher: &impl BuildHasher, names: &[String]) -> usize {
    names.iter().map(|name| hash(hasher, name) % PLACES).collect::<HashSet<_>>().len()
}

#[test]
fn names_that_collide_without_a_seed_are_looked_up_like_others() {
    let colliding = colliding();
    let others: Vec<String> = (10_000_000..).take(NAMES).map(|number| number.to_string()).collect();
    // They do collide, and the names of a table are compared with many before the right one is found.
    let fixed = FixedState::default();
    assert_eq!(places(&fixed, &colliding), 1);
    let compared = |names: &[String]| {
        let mut table = HashTable::new();
        for name in names {
            table.insert_unique(hash(&fixed, name), name, |name| hash(&fixed, name));
        }
        let mut compared = 0;
        for name in names {
            table.find(hash(&fixed, name), |found| {
                compared += 1;
                *found == name
            });
        }
        compared
    };
    let (many, few) = (compared(&colliding), compared(&others));
    assert!(many > 5 * few, "{many} {few}");
    // With a seed they lie where others would: 8,000 in 16,384 places leave some in one, and about 6,300 in all.
    for _ in 0..4 {
        assert!(places(&RandomState::default(), &colliding) > 5_500);
    }
    // And so they do in a tree and in what else has names.
    let document = |names: &[String]| {
        let nodes: String = names.iter().map(|name| format!("<Node><NodeName>{name}</NodeName></Node>")).collect();
        format!("<MgmtTree><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>")
    };
    let (attack, plain) = (document(&colliding), document(&others));
    let decode = |document: &str| assert_eq!(tnds::decode(document.as_bytes()).unwrap().len(), NAMES + 1);
    let describe = |document: &str| assert_eq!(omadm::ddf::decode(document.as_bytes()).unwrap().len(), NAMES);
    let look_up = |document: &str| {
        let tree = tnds::decode(document.as_bytes()).unwrap();
        let uris: Vec<String> = tree.nodes().map(|node| node.uri().to_string()).collect();
        fastest(5, || assert!(uris.iter().all(|uri| tree.get(uri).unwrap().is_some())))
    };
    let is_alike = |attack: std::time::Duration, plain: std::time::Duration| attack < plain * 3;
    let rounds = || {
        let built = (fastest(5, || decode(&attack)), fastest(5, || decode(&plain)));
        let described = (fastest(5, || describe(&attack)), fastest(5, || describe(&plain)));
        let found = (look_up(&attack), look_up(&plain));
        println!("colliding and others: built {built:?}, described {described:?}, found {found:?}");
        [built, described, found].into_iter().all(|(attack, plain)| is_alike(attack, plain))
    };
    assert!((0..5).any(|_| rounds()));
}

/// Rows of what the sources say of tables: a table of `hashbrown` names its hasher, and that is the one with a seed.
#[test]
fn no_table_keyed_by_input_is_without_a_seed() {
    let mut tables = 0;
    for file in files(&repository().join("src"), &[".rs"]) {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["FixedState", "BuildHasherDefault", "DefaultHasher", "DefaultHashBuilder", "SeedableRandomState"] {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
        if !text.contains("hashbrown::") {
            continue;
        }
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//") && !line.starts_with("use ")) {
            let is_type = line.contains("HashMap<") || line.contains("HashSet<");
            let is_seeded = line.contains("RandomState") || line.contains(", State>");
            assert!(!is_type || is_seeded, "{}: {line}", file.display());
            tables += usize::from(is_type);
        }
        if text.contains("HashTable<") {
            assert!(text.contains("hasher: foldhash::fast::RandomState"), "{}", file.display());
            tables += 1;
        }
        assert!(!text.contains("type State =") || text.contains("type State = foldhash::fast::RandomState;"));
    }
    assert!(tables >= 15, "{tables}");
    // Without this feature the crate has no hasher of its own to fall back to.
    let manifest = std::fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let hashbrown = manifest.lines().find(|line| line.starts_with("hashbrown")).unwrap();
    assert!(hashbrown.contains("default-features = false") && !hashbrown.contains("default-hasher"), "{hashbrown}");
}

/// Each table has its own seed; and each process has, which this test sees by running itself again.
#[test]
fn seeds_differ_from_table_to_table_and_from_process_to_process() {
    let (one, other) = (RandomState::default(), RandomState::default());
    let seed = hash(&one, "name");
    assert_ne!(seed, hash(&other, "name"));
    println!("seed {seed}");
    if std::env::var_os("OMADM_TEST_SEED").is_some() {
        return;
    }
    let again = || {
        let name = "seeds_differ_from_table_to_table_and_from_process_to_process";
        let mut command = Command::new(std::env::current_exe().unwrap());
        let output = command.args(["--exact", name, "--nocapture"]).env("OMADM_TEST_SEED", "1").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let seed = text.split("seed ").nth(1).expect("a seed").split_whitespace().next().unwrap().to_owned();
        seed.parse::<u64>().unwrap()
    };
    let seeds = HashSet::from([seed, again(), again(), again()]);
    assert_eq!(seeds.len(), 4);
}
