//! The tree against a model of it: random edits, transactions and questions, the same to both.
//!
//! The model is a map from paths to nodes, copied whole where a transaction begins. It has no index and no ids of its own;
//! its rules are written down from `wire.md` §9 once more. After each step everything that the tree's indexes say is compared with
//! what a look at all nodes of the model says.

use omadm::ErrorKind;
use omadm::session::{ResultsOptions, results};
use omadm::syncml::StatusCode;
use omadm::tree::{EditOptions, Format, NewNode, NewValue, NodeId, Principal, Property, TStamp, Tree};
use std::collections::{BTreeMap, HashSet};

const STEPS: usize = 100_000;
/// Enough for wide nodes, few enough to look at all of them after each step.
const NODES: usize = 60;
const NAMES: [&str; 14] =
    ["A", "B", "C", "D", "E%20", "F", "G", "H", "I", "Caf%C3%A9", "K", "L", "M", "a-rather-long-name"];
const OBJECTS: [&str; 3] = ["urn:oma:mo:oma-fumo:1.0", "urn:oma:mo:oma-dm-dmacc:1.0", "com.example/1.0/Thing"];
const ACLS: [&str; 5] =
    ["", "Get=*", "Add=one&Get=*&Replace=one", "Add=*&Delete=*&Get=*&Replace=*", "Exec=two&Replace=two+one"];

/// xorshift64*: the same steps in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.throw(from.len())]
    }
}

#[derive(Clone, Debug, PartialEq)]
struct ModelNode {
    id: NodeId,
    /// Orders siblings.
    place: usize,
    is_interior: bool,
    node_type: String,
    value: String,
    acl: String,
    title: Option<String>,
    ver_no: Option<u16>,
    is_permanent: bool,
}

type Path = Vec<String>;

#[derive(Clone, Debug)]
struct Model {
    nodes: BTreeMap<Path, ModelNode>,
    places: usize,
}

impl Model {
    fn effective_acl(&self, path: &[String]) -> &str {
        for length in (0..=path.len()).rev() {
            let acl = &self.nodes[&path[..length]].acl;
            if !acl.is_empty() {
                return acl;
            }
        }
        "Add=*&Get=*"
    }

    fn allows(&self, path: &[String], who: Option<&str>, command: &str) -> bool {
        let Some(who) = who else { return true };
        self.effective_acl(path).split('&').any(|entry| {
            let (granted, ids) = entry.split_once('=').unwrap();
            granted == command && ids.split('+').any(|id| id == "*" || id == who)
        })
    }

    fn must(&self, path: &[String], who: Option<&str>, command: &str) -> Result<(), u16> {
        if self.allows(path, who, command) { Ok(()) } else { Err(425) }
    }

    fn stamp(&mut self, path: &[String], with_time: bool) {
        let node = self.nodes.get_mut(path).unwrap();
        if with_time || node.ver_no.is_some() {
            node.ver_no = Some(node.ver_no.unwrap_or(0).wrapping_add(1));
        }
    }

    fn children(&self, path: &[String]) -> Vec<&Path> {
        let mut children: Vec<_> = self
            .nodes
            .iter()
            .filter(|(other, _)| other.len() == path.len() + 1 && other.starts_with(path))
            .map(|(other, node)| (node.place, other))
            .collect();
        children.sort();
        children.into_iter().map(|(_, path)| path).collect()
    }

    /// Parents first, siblings by age.
    fn walk(&self) -> Vec<&Path> {
        let mut out = Vec::new();
        let mut todo = vec![self.nodes.get_key_value(&[] as &[String]).unwrap().0];
        while let Some(path) = todo.pop() {
            out.push(path);
            todo.extend(self.children(path).into_iter().rev());
        }
        out
    }

    fn find_mo(&self, mo_id: &str) -> Vec<String> {
        let walk = self.walk();
        walk.into_iter()
            .filter(|path| self.nodes[*path].is_interior && self.nodes[*path].node_type == mo_id)
            .map(|path| uri(path))
            .collect()
    }

    fn remove(&mut self, path: &[String]) {
        self.nodes.retain(|other, _| !other.starts_with(path));
    }

    /// The checks of an Add; the length of the path that is there.
    fn may_add(&self, path: &[String], who: Option<&str>, implicit: bool) -> Result<usize, u16> {
        if path.is_empty() {
            return Err(418);
        }
        let there = (0..=path.len()).rev().find(|length| self.nodes.contains_key(&path[..*length])).unwrap();
        if there == path.len() {
            self.must(&path[..there - 1], who, "Add")?;
            return Err(418);
        }
        self.must(&path[..there], who, "Add")?;
        if there + 1 < path.len() && !implicit {
            return Err(404);
        }
        if !self.nodes[&path[..there]].is_interior {
            return Err(405);
        }
        Ok(there)
    }

    fn insert(&mut self, path: &[String], mut node: ModelNode, who: Option<&str>, with_time: bool) {
        let parent = &path[..path.len() - 1];
        if let Some(who) = who
            && node.is_interior
            && !self.allows(parent, Some(who), "Replace")
        {
            node.acl = grant(self.effective_acl(parent), who);
        }
        self.places += 1;
        node.place = self.places;
        self.nodes.insert(path.to_vec(), node);
        self.stamp(path, with_time);
    }
}

/// The list with Add, Delete and Replace for a server, as the library prints lists: commands and servers sorted, and nobody beside `*`.
fn grant(acl: &str, who: &str) -> String {
    let mut lists: BTreeMap<&str, std::collections::BTreeSet<&str>> = BTreeMap::new();
    for entry in acl.split('&').filter(|entry| !entry.is_empty()) {
        let (command, ids) = entry.split_once('=').unwrap();
        lists.entry(command).or_default().extend(ids.split('+'));
    }
    for command in ["Add", "Delete", "Replace"] {
        lists.entry(command).or_default().insert(who);
    }
    let print = |(command, ids): (&str, std::collections::BTreeSet<&str>)| {
        let ids = if ids.contains("*") { "*".to_owned() } else { ids.into_iter().collect::<Vec<_>>().join("+") };
        format!("{command}={ids}")
    };
    lists.into_iter().map(print).collect::<Vec<_>>().join("&")
}

fn uri(path: &[String]) -> String {
    std::iter::once(".").chain(path.iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}

/// A path that is there more often than not.
fn some_path(dice: &mut Dice, model: &Model) -> Path {
    let known = model.nodes.keys().nth(dice.throw(model.nodes.len())).unwrap().clone();
    match dice.throw(4) {
        0 => [known, vec![dice.pick(&NAMES).to_owned()]].concat(),
        1 if known.len() < 3 => [known, vec![dice.pick(&NAMES).to_owned(), dice.pick(&NAMES).to_owned()]].concat(),
        _ => known,
    }
}

fn new_leaf(id: NodeId, value: &str) -> ModelNode {
    ModelNode {
        id,
        place: 0,
        is_interior: false,
        node_type: "text/plain".to_owned(),
        value: value.to_owned(),
        acl: String::new(),
        title: None,
        ver_no: None,
        is_permanent: false,
    }
}

/// Both must agree about whether it worked, and if not, about the status code.
#[track_caller]
fn agree<T>(step: usize, what: &str, tree: Result<T, omadm::Error>, model: Result<(), u16>) -> Option<T> {
    let status = tree.as_ref().err().map(|error| StatusCode::of(error.kind()).0);
    assert_eq!(status, model.err(), "step {step}: {what}");
    tree.ok()
}

fn compare(step: usize, tree: &Tree<'_>, model: &Model) {
    assert_eq!(tree.len(), model.nodes.len(), "step {step}");
    let walk = model.walk();
    let uris: Vec<String> = tree.nodes().map(|node| node.uri().to_string()).collect();
    assert_eq!(uris, walk.iter().map(|path| uri(path)).collect::<Vec<_>>(), "step {step}");
    for (node, path) in tree.nodes().zip(walk) {
        let expected = &model.nodes[path];
        let at = format!("step {step}: {}", uri(path));
        assert_eq!(node.id(), expected.id, "{at}");
        assert_eq!(node.is_interior(), expected.is_interior, "{at}");
        let node_type = if node.is_interior() { node.mo_id().unwrap_or_default() } else { node.media_type().unwrap() };
        assert_eq!(node_type, expected.node_type, "{at}");
        assert_eq!(node.value().map(|value| value.text().unwrap()).unwrap_or_default(), expected.value, "{at}");
        assert_eq!(node.acl().unwrap_or_default(), expected.acl, "{at}");
        assert_eq!(node.title(), expected.title.as_deref(), "{at}");
        assert_eq!(node.ver_no().map(|ver_no| ver_no.parse().unwrap()), expected.ver_no, "{at}");
        assert_eq!(node.is_permanent(), expected.is_permanent || path.is_empty(), "{at}");
        // By name, by id and by URI.
        assert_eq!(tree.get(&uri(path)).unwrap().map(|node| node.id()), Some(expected.id), "{at}");
        assert_eq!(tree.node(expected.id).map(|node| node.uri().to_string()), Some(uri(path)), "{at}");
        assert_eq!(node.children().len(), model.children(path).len(), "{at}");
    }
    for mo_id in OBJECTS {
        let found: Vec<String> = tree.find_mo(mo_id).map(|node| node.uri().to_string()).collect();
        assert_eq!(found, model.find_mo(mo_id), "step {step}: {mo_id}");
    }
}

/// What a server may list below a node, and what it is refused.
fn ask(step: usize, tree: &Tree<'_>, model: &Model, path: &[String], who: Option<&str>) {
    let principal = who.map_or(Principal::Device, Principal::Server);
    let uri = uri(path);
    let list = format!("{uri}?list=StructData");
    let options = ResultsOptions { principal, ..ResultsOptions::default() };
    let answer = results(tree, &list, &options).map_err(|error| StatusCode::of(error.kind()).0);
    let expected = match model.nodes.get(path) {
        None => Err(404),
        Some(_) => model.must(path, who, "Get").map(|()| {
            let below = model.walk().into_iter().filter(|other| other.starts_with(path));
            below.filter(|other| model.allows(other, who, "Get")).map(|other| self::uri(other)).collect::<Vec<_>>()
        }),
    };
    let answer = answer.map(|items| items.into_iter().map(|item| item.source).collect::<Vec<_>>());
    assert_eq!(answer, expected, "step {step}: {list} for {who:?}");
}

#[test]
fn a_hundred_thousand_random_steps_do_the_same_to_a_map() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut tree = Tree::new();
    let root = ModelNode { is_interior: true, node_type: String::new(), ..new_leaf(tree.root().id(), "") };
    let mut model = Model { nodes: BTreeMap::from([(Vec::new(), root)]), places: 0 };
    let mut saved: Vec<Model> = Vec::new();
    let mut ever: HashSet<NodeId> = HashSet::from([tree.root().id()]);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let now = TStamp::from_unix(1_000_000_000).unwrap();

    for step in 0..STEPS {
        let who = [None, None, Some("one"), Some("two")][dice.throw(4)];
        let with_time = dice.throw(3) == 0;
        let implicit_parents = dice.throw(2) == 0;
        let options = EditOptions {
            principal: who.map_or(Principal::Device, Principal::Server),
            now: with_time.then_some(now),
            implicit_parents,
            ..EditOptions::default()
        };
        let path = some_path(&mut dice, &model);
        let at = uri(&path);
        let name = dice.pick(&NAMES);
        let value = format!("v{step}");
        let full = model.nodes.len() >= NODES;
        let mut edit = tree.edit(&options);
        let (what, worked) = match dice.throw(20) {
            0..=5 if !full => {
                let is_interior = dice.throw(3) > 0;
                let mo_id = if dice.throw(2) == 0 { dice.pick(&OBJECTS) } else { "" };
                let new = if is_interior { NewNode::interior().media_type(mo_id) } else { NewNode::leaf(&value) };
                let there = model.may_add(&path, who, implicit_parents);
                let id = agree(step, &format!("add {at}"), edit.add(&at, &new), there.map(drop));
                if let (Some(id), Ok(there)) = (id, there) {
                    for length in there + 1..=path.len() {
                        let prefix = &path[..length];
                        let id = if length == path.len() { id } else { tree.get(&uri(prefix)).unwrap().unwrap().id() };
                        assert!(ever.insert(id), "step {step}: {id:?} was given before");
                        let node = match (length == path.len(), is_interior) {
                            (true, false) => new_leaf(id, &value),
                            (true, true) => ModelNode { is_interior, node_type: mo_id.to_owned(), ..new_leaf(id, "") },
                            _ => ModelNode { is_interior: true, node_type: String::new(), ..new_leaf(id, "") },
                        };
                        model.insert(prefix, node, who, with_time);
                    }
                }
                ("add", id.is_some())
            }
            6..=8 => {
                let check = |model: &Model| {
                    let node = model.nodes.get(&path).ok_or(404_u16)?;
                    model.must(&path, who, "Replace")?;
                    if node.is_interior { Err(405) } else { Ok(()) }
                };
                let done =
                    agree(step, &format!("replace {at}"), edit.replace(&at, &NewValue::text(&value)), check(&model));
                if done.is_some() {
                    model.nodes.get_mut(&path).unwrap().value = value;
                    model.stamp(&path, with_time);
                }
                ("replace", done.is_some())
            }
            9..=10 => {
                let check = |model: &Model| {
                    let node = model.nodes.get(&path).ok_or(404_u16)?;
                    if path.is_empty() {
                        return Err(405);
                    }
                    model.must(&path, who, "Delete")?;
                    if node.is_permanent { Err(405) } else { Ok(()) }
                };
                let done = agree(step, &format!("delete {at}"), edit.delete(&at), check(&model));
                if done.is_some() {
                    model.remove(&path);
                }
                ("delete", done.is_some())
            }
            11 => {
                let sibling = path.split_last().map(|(_, parent)| [parent, &[name.to_owned()]].concat());
                let check = |model: &Model| {
                    let node = model.nodes.get(&path).ok_or(404_u16)?;
                    model.must(&path, who, "Replace")?;
                    if path.is_empty() || node.is_permanent {
                        return Err(405);
                    }
                    let sibling = sibling.as_ref().unwrap();
                    if *sibling != path && model.nodes.contains_key(sibling) { Err(418) } else { Ok(()) }
                };
                let done = agree(step, &format!("rename {at} to {name}"), edit.rename(&at, name), check(&model));
                if done.is_some() {
                    let sibling = sibling.unwrap();
                    let moved: Vec<Path> =
                        model.nodes.keys().filter(|other| other.starts_with(&path)).cloned().collect();
                    for old in moved {
                        let node = model.nodes.remove(&old).unwrap();
                        model.nodes.insert([&sibling, &old[path.len()..]].concat(), node);
                    }
                    model.stamp(&sibling, with_time);
                }
                ("rename", done.is_some())
            }
            12 => {
                let acl = dice.pick(&ACLS);
                let check = |model: &Model| {
                    let node = model.nodes.get(&path).ok_or(404_u16)?;
                    let on_parent = path.split_last().is_some_and(|(_, parent)| model.allows(parent, who, "Replace"));
                    if who.is_some() && !on_parent && !(node.is_interior && model.allows(&path, who, "Replace")) {
                        return Err(425);
                    }
                    if path.is_empty() && acl.is_empty() { Err(400) } else { Ok(()) }
                };
                let outcome = edit.set_property(&at, Property::Acl, acl);
                let done = agree(step, &format!("{acl} for {at}"), outcome, check(&model));
                if done.is_some() {
                    model.nodes.get_mut(&path).unwrap().acl = acl.to_owned();
                    model.stamp(&path, with_time);
                }
                ("ACL", done.is_some())
            }
            13 => {
                let check = |model: &Model| {
                    model.nodes.get(&path).ok_or(404_u16)?;
                    model.must(&path, who, "Replace")
                };
                let outcome = edit.set_property(&at, Property::Title, &value);
                let done = agree(step, &format!("title of {at}"), outcome, check(&model));
                if done.is_some() {
                    model.nodes.get_mut(&path).unwrap().title = Some(value);
                    model.stamp(&path, with_time);
                }
                ("title", done.is_some())
            }
            14 if !full => {
                let to = some_path(&mut dice, &model);
                let check = |model: &Model| {
                    let source = model.nodes.get(&path).ok_or(404_u16)?;
                    model.must(&path, who, "Get")?;
                    if source.is_interior {
                        return Err(405);
                    }
                    match model.nodes.get(&to) {
                        Some(target) => {
                            model.must(&to, who, "Replace")?;
                            if target.is_interior { Err(405) } else { Ok(None) }
                        }
                        None => model.may_add(&to, who, implicit_parents).map(Some),
                    }
                };
                let there = check(&model);
                let done =
                    agree(step, &format!("copy {at} to {}", uri(&to)), edit.copy(&at, &uri(&to)), there.map(drop));
                if let (Some(()), Ok(there)) = (done, there) {
                    let value = model.nodes[&path].value.clone();
                    for length in there.map_or(0..0, |there| there + 1..to.len() + 1) {
                        let id = tree.get(&uri(&to[..length])).unwrap().unwrap().id();
                        assert!(ever.insert(id), "step {step}: {id:?} was given before");
                        let is_interior = length < to.len();
                        let node_type = if is_interior { String::new() } else { "text/plain".to_owned() };
                        let node = ModelNode { is_interior, node_type, ..new_leaf(id, "") };
                        model.insert(&to[..length], node, who, with_time);
                    }
                    model.nodes.get_mut(&to).unwrap().value = value;
                    model.stamp(&to, with_time);
                }
                ("copy", done.is_some())
            }
            15 => {
                let is_permanent = dice.throw(4) == 0;
                let check = |model: &Model| {
                    model.nodes.get(&path).ok_or(404_u16)?;
                    if who.is_some() { Err(425) } else { Ok(()) }
                };
                let done = agree(step, &format!("scope of {at}"), edit.set_permanent(&at, is_permanent), check(&model));
                if done.is_some() {
                    model.nodes.get_mut(&path).unwrap().is_permanent = is_permanent;
                }
                ("scope", done.is_some())
            }
            16 if saved.len() < 3 => {
                tree.begin();
                saved.push(model.clone());
                ("begin", true)
            }
            17 => {
                assert_eq!(tree.commit(), saved.pop().is_some(), "step {step}");
                ("commit", true)
            }
            18 => {
                let before = saved.pop();
                assert_eq!(tree.roll_back(), before.is_some(), "step {step}");
                if let Some(before) = before {
                    model = before;
                }
                ("roll back", true)
            }
            _ if step % 5 == 0 => {
                let is_open = tree.transactions() > 0;
                let freed = tree.compact();
                assert!(!is_open || freed == 0, "step {step}");
                ("compact", !is_open)
            }
            _ => ("nothing", true),
        };
        let count = counts.entry(what).or_default();
        *if worked { &mut count.0 } else { &mut count.1 } += 1;
        assert_eq!(tree.transactions(), saved.len(), "step {step}");
        compare(step, &tree, &model);
        ask(step, &tree, &model, &path, who);
    }
    for (what, (worked, refused)) in &counts {
        println!("{what}: {worked} worked, {refused} refused");
        assert!(*worked > 100, "{what} hardly ever works");
    }
    assert!(counts["add"].1 > 100 && counts["delete"].1 > 100 && counts["copy"].1 > 100);
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
