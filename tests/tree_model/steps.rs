//! One step after the other, the same to a tree and to its model.

use super::model::{Dice, Model, ModelNode, NAMES, OBJECTS, Other, Path, Rest, some_path, uri};
use omadm::session::{ResultsOptions, results};
use omadm::syncml::StatusCode;
use omadm::tree::{EditOptions, Format, NewNode, NewValue, NodeId, Principal, Property, TStamp, Tree};
use std::collections::{BTreeMap, HashSet};

/// Enough for wide nodes, few enough to look at all of them after each step.
const NODES: usize = 60;
const ACLS: [&str; 5] =
    ["", "Get=*", "Add=one&Get=*&Replace=one", "Add=*&Delete=*&Get=*&Replace=*", "Exec=two&Replace=two+one"];

/// Both must agree about whether it worked, and if not, about the status code.
#[track_caller]
fn agree<T>(step: usize, what: &str, tree: Result<T, omadm::Error>, model: Result<(), u16>) -> Option<T> {
    let status = tree.as_ref().err().map(|error| StatusCode::of(error.kind()).0);
    assert_eq!(status, model.err(), "step {step}: {what}");
    tree.ok()
}

/// The same where several things may be wrong at once, and nothing says which of them is found first.
#[track_caller]
fn agree_on_one<T>(step: usize, what: &str, tree: Result<T, omadm::Error>, model: Result<(), Vec<u16>>) -> Option<T> {
    let status = tree.as_ref().err().map(|error| StatusCode::of(error.kind()).0);
    match (status, model) {
        (None, Ok(())) => {}
        (Some(status), Err(faults)) if faults.contains(&status) => {}
        (status, model) => panic!("step {step}: {what}: {status:?}, expected {model:?}"),
    }
    tree.ok()
}

/// Notes the ids of new nodes, which no node ever had.
fn note_new(step: usize, tree: &Tree<'_>, model: &mut Model, ever: &mut HashSet<NodeId>) {
    for (path, node) in model.nodes.iter_mut().filter(|(_, node)| node.id.is_none()) {
        let id = tree.get(&uri(path)).unwrap().map(|node| node.id());
        assert!(id.is_some_and(|id| ever.insert(id)), "step {step}: {}: {id:?} is new", uri(path));
        node.id = id;
    }
}

fn compare(step: usize, tree: &Tree<'_>, model: &Model) {
    assert_eq!(tree.len(), model.nodes.len(), "step {step}");
    let walk = model.walk();
    let uris: Vec<String> = tree.nodes().map(|node| node.uri().to_string()).collect();
    assert_eq!(uris, walk.iter().map(|path| uri(path)).collect::<Vec<_>>(), "step {step}");
    for (node, path) in tree.nodes().zip(walk) {
        let expected = &model.nodes[path];
        let at = format!("step {step}: {}", uri(path));
        assert_eq!(Some(node.id()), expected.id, "{at}");
        assert_eq!(node.format(), expected.format, "{at}");
        let node_type = if node.is_interior() { node.mo_id().unwrap_or_default() } else { node.media_type().unwrap() };
        assert_eq!(node_type, expected.node_type, "{at}");
        assert_eq!(node.value().map(|value| value.text().unwrap()), expected.value.as_deref(), "{at}");
        assert_eq!(node.acl().unwrap_or_default(), expected.acl, "{at}");
        assert_eq!(node.title(), expected.title.as_deref(), "{at}");
        assert_eq!(node.ver_no().map(|ver_no| ver_no.parse().unwrap()), expected.ver_no, "{at}");
        assert_eq!(node.is_permanent(), expected.is_permanent || path.is_empty(), "{at}");
        // By name, by id and by URI.
        assert_eq!(tree.get(&uri(path)).unwrap().map(|node| node.id()), expected.id, "{at}");
        assert_eq!(tree.node(node.id()).map(|node| node.uri().to_string()), Some(uri(path)), "{at}");
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

/// A tree and its model.
pub(crate) struct Both {
    tree: Tree<'static>,
    model: Model,
    saved: Vec<Model>,
    ever: HashSet<NodeId>,
    step: usize,
}

impl Both {
    pub(crate) fn new() -> Both {
        let tree = Tree::new();
        let root = ModelNode { id: Some(tree.root().id()), ..ModelNode::interior("") };
        let model = Model { nodes: BTreeMap::from([(Vec::new(), root)]), places: 0 };
        let ever = HashSet::from([tree.root().id()]);
        Both { tree, model, saved: Vec::new(), ever, step: 0 }
    }

    /// Does something to both, and compares them: what it was, and whether it worked.
    pub(crate) fn step(&mut self, dice: &mut Dice) -> (&'static str, bool) {
        let Both { tree, model, saved, ever, step } = self;
        *step += 1;
        let step = *step;
        let now = TStamp::from_unix(1_000_000_000).unwrap();
        let who = [None, None, Some("one"), Some("two")][dice.throw(4)];
        let with_time = dice.throw(3) == 0;
        let implicit_parents = dice.throw(2) == 0;
        let options = EditOptions {
            principal: who.map_or(Principal::Device, Principal::Server),
            now: with_time.then_some(now),
            implicit_parents,
            ..EditOptions::default()
        };
        let path = some_path(dice, model);
        let at = uri(&path);
        let name = dice.pick(&NAMES);
        let value = format!("v{step}");
        let full = model.nodes.len() >= NODES;
        let mut edit = tree.edit(&options);
        let (what, worked) = match dice.throw(27) {
            0..=5 if !full => {
                let is_interior = dice.throw(3) > 0;
                let mo_id = if dice.throw(2) == 0 { dice.pick(&OBJECTS) } else { "" };
                let new = if is_interior { NewNode::interior().media_type(mo_id) } else { NewNode::leaf(&value) };
                let there = model.may_add(&path, who, implicit_parents);
                let id = agree(step, &format!("add {at}"), edit.add(&at, &new), there.map(drop));
                if let (Some(_), Ok(there)) = (id, there) {
                    for length in there + 1..path.len() {
                        model.insert(&path[..length], ModelNode::interior(""), who, with_time);
                    }
                    let node = if is_interior { ModelNode::interior(mo_id) } else { ModelNode::leaf(&value) };
                    model.insert(&path, node, who, with_time);
                }
                ("add", id.is_some())
            }
            6..=8 => {
                // With another format and type, or none said.
                let said = (dice.throw(3) == 0)
                    .then(|| ([Format::Chr, Format::Int][dice.throw(2)], dice.pick(&["text/plain", "text/x"])));
                let check = |model: &Model| {
                    let node = model.nodes.get(&path).ok_or(404_u16)?;
                    model.must(&path, who, "Replace")?;
                    match said {
                        _ if node.is_interior() => Err(405),
                        Some((format, media_type)) => {
                            let is_same = node.format == format && node.node_type == media_type;
                            if node.is_permanent && !is_same { Err(405) } else { Ok(()) }
                        }
                        None => {
                            if node.format == Format::Null {
                                Err(415)
                            } else {
                                Ok(())
                            }
                        }
                    }
                };
                let new = NewValue::text(&value);
                let new = said.map_or(new, |(format, media_type)| new.format(format).media_type(media_type));
                let done = agree(step, &format!("replace {at}"), edit.replace(&at, &new), check(model));
                if done.is_some() {
                    let node = model.nodes.get_mut(&path).unwrap();
                    node.value = Some(value);
                    if let Some((format, media_type)) = said {
                        (node.format, node.node_type) = (format, media_type.to_owned());
                    }
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
                let done = agree(step, &format!("delete {at}"), edit.delete(&at), check(model));
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
                let done = agree(step, &format!("rename {at} to {name}"), edit.rename(&at, name), check(model));
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
                    model.nodes.get(&path).ok_or(404_u16)?;
                    if !model.may_change_acl(&path, who) {
                        return Err(425);
                    }
                    if path.is_empty() && acl.is_empty() { Err(400) } else { Ok(()) }
                };
                let outcome = edit.set_property(&at, Property::Acl, acl);
                let done = agree(step, &format!("{acl} for {at}"), outcome, check(model));
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
                let done = agree(step, &format!("title of {at}"), outcome, check(model));
                if done.is_some() {
                    model.nodes.get_mut(&path).unwrap().title = Some(value);
                    model.stamp(&path, with_time);
                }
                ("title", done.is_some())
            }
            14 if !full => {
                let to = some_path(dice, model);
                let check = |model: &Model| {
                    let source = model.nodes.get(&path).ok_or(404_u16)?;
                    model.must(&path, who, "Get")?;
                    if source.is_interior() {
                        return Err(405);
                    }
                    match model.nodes.get(&to) {
                        Some(target) => {
                            model.must(&to, who, "Replace")?;
                            let is_same = target.format == source.format && target.node_type == source.node_type;
                            if target.is_interior() || (target.is_permanent && !is_same) { Err(405) } else { Ok(None) }
                        }
                        None => model.may_add(&to, who, implicit_parents).map(Some),
                    }
                };
                let there = check(model);
                let done =
                    agree(step, &format!("copy {at} to {}", uri(&to)), edit.copy(&at, &uri(&to)), there.map(drop));
                if let (Some(()), Ok(there)) = (done, there) {
                    let source = model.nodes[&path].clone();
                    if let Some(there) = there {
                        for length in there + 1..to.len() {
                            model.insert(&to[..length], ModelNode::interior(""), who, with_time);
                        }
                        model.insert(&to, ModelNode::leaf(""), who, with_time);
                    }
                    let target = model.nodes.get_mut(&to).unwrap();
                    (target.format, target.node_type, target.value) = (source.format, source.node_type, source.value);
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
                let done = agree(step, &format!("scope of {at}"), edit.set_permanent(&at, is_permanent), check(model));
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
                    *model = before;
                }
                ("roll back", true)
            }
            19..=21 if !full => {
                let top = Other::some(dice, "Top", 0);
                let is_whole = dice.throw(4) == 0;
                let other = if is_whole { Other::implied("", vec![top]) } else { top };
                let document = if is_whole { other.children[0].document() } else { other.document() };
                let document = omadm::tnds::decode(document.as_bytes()).unwrap();
                let from = if is_whole { document.root() } else { document.get("./Top").unwrap().unwrap() };
                match dice.throw(3) {
                    0 => {
                        let there = model.may_add_subtree(&path, &other, who, implicit_parents);
                        let outcome = edit.add_subtree(&at, from);
                        let done =
                            agree_on_one(step, &format!("add {other:?} at {at}"), outcome, there.clone().map(drop));
                        if let (Some(id), Ok(there)) = (done, there) {
                            for length in there + 1..path.len() {
                                model.insert(&path[..length], ModelNode::interior(""), who, with_time);
                            }
                            model.add_subtree(&path, &other, who, with_time);
                            assert_eq!(tree.node(id).map(|node| node.uri().to_string()), Some(at), "step {step}");
                        }
                        ("add a subtree", done.is_some())
                    }
                    which => {
                        let (what, rest) = [("replace a subtree", Rest::Drop), ("merge", Rest::Keep)][which - 1];
                        let may = model.may_take_subtree(&path, &other, who, rest);
                        let outcome = match rest {
                            Rest::Drop => edit.replace_subtree(&at, from),
                            Rest::Keep => edit.merge_subtree(&at, from),
                        };
                        let done = agree_on_one(step, &format!("{what} at {at}: {other:?} for {who:?}"), outcome, may);
                        if done.is_some() {
                            model.take_subtree(&path, &other, who, with_time, rest);
                        }
                        (what, done.is_some())
                    }
                }
            }
            22..=23 => {
                let is_leaf = model.nodes.get(&path).is_some_and(|node| !node.is_interior());
                let types =
                    if is_leaf { ["text/plain", "text/x", "", "none"] } else { [OBJECTS[0], OBJECTS[1], "", "none"] };
                let node_type = dice.pick(&types);
                let check = |model: &Model| {
                    model.nodes.get(&path).ok_or(404_u16)?;
                    match node_type {
                        _ if who.is_some() => Err(405),
                        "none" => Err(415),
                        _ => Ok(()),
                    }
                };
                let outcome = edit.set_property(&at, Property::Type, node_type);
                let done = agree(step, &format!("type {node_type} for {at}"), outcome, check(model));
                if done.is_some() {
                    let node_type = if is_leaf && node_type.is_empty() { "text/plain" } else { node_type };
                    model.nodes.get_mut(&path).unwrap().node_type = node_type.to_owned();
                    model.stamp(&path, with_time);
                }
                ("type", done.is_some())
            }
            24 if dice.throw(3) == 0 => {
                let server = dice.pick(&["one", "two"]);
                let expected = if who.is_some() { Err(425) } else { Ok(()) };
                let done = agree(step, &format!("remove {server}"), edit.remove_server(server), expected);
                if let Some(count) = done {
                    assert_eq!(count, model.remove_server(server, with_time), "step {step}: remove {server}");
                }
                ("remove a server", done.is_some())
            }
            _ if step % 5 == 0 => {
                let is_open = tree.transactions() > 0;
                let freed = tree.compact();
                assert!(!is_open || freed == 0, "step {step}");
                ("compact", !is_open)
            }
            _ => ("nothing", true),
        };
        assert_eq!(tree.transactions(), saved.len(), "step {step}");
        note_new(step, tree, model, ever);
        compare(step, tree, model);
        ask(step, tree, model, &path, who);
        (what, worked)
    }
}
