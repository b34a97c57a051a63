//! The model: a map from paths to nodes, with the rules of `wire.md` §9 and §8.3 written down once more.

use omadm::tree::{Format, NodeId};
use std::collections::{BTreeMap, BTreeSet};

pub(super) const NAMES: [&str; 14] =
    ["A", "B", "C", "D", "E%20", "F", "G", "H", "I", "Caf%C3%A9", "K", "L", "M", "a-rather-long-name"];
pub(super) const OBJECTS: [&str; 3] =
    ["urn:oma:mo:oma-fumo:1.0", "urn:oma:mo:oma-dm-dmacc:1.0", "com.example/1.0/Thing"];

/// What is done next: numbers that are the same in every run.
pub(crate) struct Dice(Box<dyn FnMut() -> u64>);

impl Dice {
    /// xorshift64*.
    pub(crate) fn seeded(seed: u64) -> Dice {
        let mut state = seed;
        Dice(Box::new(move || {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33
        }))
    }

    /// What octets say, each one throw; zeros after the last.
    #[allow(dead_code)]
    pub(crate) fn of(octets: &[u8]) -> Dice {
        let mut octets = Vec::from(octets).into_iter();
        Dice(Box::new(move || octets.next().map_or(0, u64::from)))
    }

    pub(super) fn throw(&mut self, sides: usize) -> usize {
        (self.0)() as usize % sides
    }

    pub(super) fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.throw(from.len())]
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ModelNode {
    /// None until the tree has given it one.
    pub(super) id: Option<NodeId>,
    /// Orders siblings.
    pub(super) place: usize,
    pub(super) format: Format,
    pub(super) node_type: String,
    pub(super) value: Option<String>,
    pub(super) acl: String,
    pub(super) title: Option<String>,
    pub(super) ver_no: Option<u16>,
    pub(super) is_permanent: bool,
}

impl ModelNode {
    pub(super) fn leaf(value: &str) -> ModelNode {
        let interior = ModelNode::interior("");
        let node_type = "text/plain".to_owned();
        ModelNode { format: Format::Chr, node_type, value: Some(value.to_owned()), ..interior }
    }

    pub(super) fn interior(mo_id: &str) -> ModelNode {
        ModelNode {
            id: None,
            place: 0,
            format: Format::Node,
            node_type: mo_id.to_owned(),
            value: None,
            acl: String::new(),
            title: None,
            ver_no: None,
            is_permanent: false,
        }
    }

    pub(super) fn is_interior(&self) -> bool {
        self.format == Format::Node
    }
}

pub(super) type Path = Vec<String>;

#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) nodes: BTreeMap<Path, ModelNode>,
    pub(super) places: usize,
}

/// What becomes of nodes that a document does not have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rest {
    Keep,
    Drop,
}

impl Model {
    pub(super) fn effective_acl(&self, path: &[String]) -> &str {
        for length in (0..=path.len()).rev() {
            let acl = &self.nodes[&path[..length]].acl;
            if !acl.is_empty() {
                return acl;
            }
        }
        "Add=*&Get=*"
    }

    pub(super) fn allows(&self, path: &[String], who: Option<&str>, command: &str) -> bool {
        let Some(who) = who else { return true };
        let acl = lists(self.effective_acl(path));
        acl.get(command).is_some_and(|ids| ids.contains("*") || ids.contains(who))
    }

    pub(super) fn must(&self, path: &[String], who: Option<&str>, command: &str) -> Result<(), u16> {
        if self.allows(path, who, command) { Ok(()) } else { Err(425) }
    }

    pub(super) fn stamp(&mut self, path: &[String], with_time: bool) {
        let node = self.nodes.get_mut(path).unwrap();
        if with_time || node.ver_no.is_some() {
            node.ver_no = Some(node.ver_no.unwrap_or(0).wrapping_add(1));
        }
    }

    pub(super) fn children(&self, path: &[String]) -> Vec<&Path> {
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
    pub(super) fn walk(&self) -> Vec<&Path> {
        let mut out = Vec::new();
        let mut todo = vec![self.nodes.get_key_value(&[] as &[String]).unwrap().0];
        while let Some(path) = todo.pop() {
            out.push(path);
            todo.extend(self.children(path).into_iter().rev());
        }
        out
    }

    pub(super) fn find_mo(&self, mo_id: &str) -> Vec<String> {
        let walk = self.walk();
        walk.into_iter()
            .filter(|path| self.nodes[*path].is_interior() && self.nodes[*path].node_type == mo_id)
            .map(|path| uri(path))
            .collect()
    }

    pub(super) fn remove(&mut self, path: &[String]) {
        self.nodes.retain(|other, _| !other.starts_with(path));
    }

    /// The checks of an Add; the length of the path that is there.
    pub(super) fn may_add(&self, path: &[String], who: Option<&str>, implicit: bool) -> Result<usize, u16> {
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
        if !self.nodes[&path[..there]].is_interior() {
            return Err(405);
        }
        Ok(there)
    }

    pub(super) fn insert(&mut self, path: &[String], mut node: ModelNode, who: Option<&str>, with_time: bool) {
        let parent = &path[..path.len() - 1];
        if let Some(who) = who
            && node.is_interior()
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

/// A list as a map. One that breaks the grammar grants nothing.
fn lists(acl: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for entry in acl.split('&').filter(|entry| !entry.is_empty()) {
        let Some((command, ids)) = entry.split_once('=') else { return BTreeMap::new() };
        lists.entry(command).or_default().extend(ids.split('+'));
    }
    lists
}

fn is_broken(acl: &str) -> bool {
    !acl.is_empty() && lists(acl).is_empty()
}

/// As the library prints lists: commands and servers sorted, and nobody beside `*`.
fn print(lists: BTreeMap<&str, BTreeSet<&str>>) -> String {
    let entry = |(command, ids): (&str, BTreeSet<&str>)| {
        let ids = if ids.contains("*") { "*".to_owned() } else { ids.into_iter().collect::<Vec<_>>().join("+") };
        format!("{command}={ids}")
    };
    lists.into_iter().map(entry).collect::<Vec<_>>().join("&")
}

/// The list with Add, Delete and Replace for a server.
fn grant(acl: &str, who: &str) -> String {
    let mut lists = lists(acl);
    for command in ["Add", "Delete", "Replace"] {
        lists.entry(command).or_default().insert(who);
    }
    print(lists)
}

impl Model {
    /// `wire.md` §9.5, removing a server account: its identifier goes, then empty entries; in the root these become everyone's. How
    /// many lists had the server.
    pub(super) fn remove_server(&mut self, server: &str, with_time: bool) -> usize {
        let has = |node: &ModelNode| lists(&node.acl).values().any(|ids| ids.contains(server));
        let paths: Vec<Path> = self.nodes.iter().filter(|(_, node)| has(node)).map(|(path, _)| path.clone()).collect();
        for path in &paths {
            let acl = self.nodes[path].acl.clone();
            let mut rest = lists(&acl);
            for ids in rest.values_mut() {
                ids.remove(server);
                if path.is_empty() && ids.is_empty() {
                    ids.insert("*");
                }
            }
            rest.retain(|_, ids| !ids.is_empty());
            self.nodes.get_mut(path).unwrap().acl = print(rest);
            self.stamp(path, with_time);
        }
        paths.len()
    }

    /// Whether an ACL may be replaced: a leaf's with Replace on the parent, an interior node's also with Replace on itself.
    pub(super) fn may_change_acl(&self, path: &[String], who: Option<&str>) -> bool {
        let on_parent = path.split_last().is_some_and(|(_, parent)| self.allows(parent, who, "Replace"));
        who.is_none() || on_parent || (self.nodes[path].is_interior() && self.allows(path, who, "Replace"))
    }

    /// The codes that an Add of a document may fail with; how much of the path is there.
    pub(super) fn may_add_subtree(
        &self,
        path: &[String],
        other: &Other,
        who: Option<&str>,
        implicit: bool,
    ) -> Result<usize, Vec<u16>> {
        let there = self.may_add(path, who, implicit).map_err(|code| vec![code])?;
        let mut faults = Vec::new();
        other.faults(who, &mut faults);
        // Whoever makes the parent may replace it.
        let is_leaf_with_acl = !other.node.is_interior() && !other.node.acl.is_empty();
        if is_leaf_with_acl && there + 1 == path.len() && !self.allows(&path[..there], who, "Replace") {
            faults.push(425);
        }
        if faults.is_empty() { Ok(there) } else { Err(faults) }
    }

    /// The codes that a Replace with a document, or a merge of it, may fail with.
    pub(super) fn may_take_subtree(
        &self,
        path: &[String],
        other: &Other,
        who: Option<&str>,
        rest: Rest,
    ) -> Result<(), Vec<u16>> {
        let node = self.nodes.get(path).ok_or(vec![404])?;
        self.must(path, who, "Replace").map_err(|code| vec![code])?;
        let mut faults = Vec::new();
        if node.is_interior() != other.node.is_interior() {
            faults.push(405);
        } else {
            self.faults(path, other, who, rest, &mut faults);
        }
        let is_leaf = !other.node.is_interior();
        if is_leaf && other.changes(node, rest).contains(&"ACL") && !self.may_change_acl(path, who) {
            faults.push(425);
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn faults(&self, path: &[String], other: &Other, who: Option<&str>, rest: Rest, faults: &mut Vec<u16>) {
        let node = &self.nodes[path];
        let changes = other.changes(node, rest);
        let is_permanent = node.is_permanent || path.is_empty();
        if is_permanent && (changes.contains(&"Format") || changes.contains(&"Type")) {
            faults.push(405);
        }
        if changes.contains(&"ACL") {
            // The root has one, and a server's are read.
            if (path.is_empty() && other.node.acl.is_empty()) || (who.is_some() && is_broken(&other.node.acl)) {
                faults.push(400);
            }
        }
        for child in &other.children {
            let below = child.below(path);
            match self.nodes.get(&below) {
                Some(known) if known.is_interior() == child.node.is_interior() => {
                    self.faults(&below, child, who, rest, faults);
                }
                Some(known) if known.is_permanent => faults.push(405),
                _ => child.faults(who, faults),
            }
        }
        let is_other = |below: &&Path| !other.children.iter().any(|child| Some(&child.name) == below.last());
        if rest == Rest::Drop
            && self.children(path).into_iter().filter(is_other).any(|below| self.nodes[below].is_permanent)
        {
            faults.push(405);
        }
    }

    pub(super) fn take_subtree(
        &mut self,
        path: &[String],
        other: &Other,
        who: Option<&str>,
        with_time: bool,
        rest: Rest,
    ) {
        let node = self.nodes.get_mut(path).unwrap();
        let changes = other.changes(node, rest);
        for change in &changes {
            match *change {
                "Type" => node.node_type.clone_from(&other.node.node_type),
                // The value goes with the format.
                "Format" => (node.format, node.value) = (other.node.format, other.node.value.clone()),
                "Value" => node.value.clone_from(&other.node.value),
                "ACL" => node.acl.clone_from(&other.node.acl),
                "Title" => node.title.clone_from(&other.node.title),
                _ => unreachable!(),
            }
        }
        if !changes.is_empty() {
            self.stamp(path, with_time);
        }
        self.copy_ver_no(path, other, who);
        for below in self.children(path).into_iter().cloned().collect::<Vec<_>>() {
            let is_same = |child: &&Other| Some(&child.name) == below.last();
            let stays = match other.children.iter().find(is_same) {
                Some(child) => child.node.is_interior() == self.nodes[&below].is_interior(),
                None => rest == Rest::Keep,
            };
            if !stays {
                self.remove(&below);
            }
        }
        for child in &other.children {
            let below = child.below(path);
            if self.nodes.contains_key(&below) {
                self.take_subtree(&below, child, who, with_time, rest);
            } else {
                self.add_subtree(&below, child, who, with_time);
            }
        }
    }

    pub(super) fn add_subtree(&mut self, path: &[String], other: &Other, who: Option<&str>, with_time: bool) {
        self.insert(path, ModelNode { acl: String::new(), ver_no: None, ..other.node.clone() }, who, with_time);
        if !other.node.acl.is_empty() {
            self.nodes.get_mut(path).unwrap().acl.clone_from(&other.node.acl);
        }
        self.copy_ver_no(path, other, who);
        for child in &other.children {
            self.add_subtree(&child.below(path), child, who, with_time);
        }
    }

    /// The device knows how often a node changed.
    fn copy_ver_no(&mut self, path: &[String], other: &Other, who: Option<&str>) {
        if who.is_none() && other.node.ver_no.is_some() {
            self.nodes.get_mut(path).unwrap().ver_no = other.node.ver_no;
        }
    }
}

/// A node of a document, with what is below it.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub(super) name: String,
    pub(super) node: ModelNode,
    /// Not described: a Path leads through it.
    pub(super) is_implied: bool,
    pub(super) children: Vec<Other>,
}

impl Other {
    /// What the document does not describe, and what is below that.
    pub(super) fn implied(name: &str, children: Vec<Other>) -> Other {
        Other { name: name.to_owned(), node: ModelNode::interior(""), is_implied: true, children }
    }

    pub(super) fn some(dice: &mut Dice, name: &str, depth: usize) -> Other {
        const ACLS: [&str; 8] =
            ["", "", "", "Get=*", "Add=one&Get=*&Replace=one", "Add=two&Exec=one&Get=*+one", "Replace=*", "Get"];
        let mut node = match dice.throw(if depth < 3 { 6 } else { 3 }) {
            0 => ModelNode { format: Format::Null, value: None, ..ModelNode::leaf("") },
            1 => ModelNode { format: Format::Int, ..ModelNode::leaf(dice.pick(&["1", "2"])) },
            2 => ModelNode::leaf(dice.pick(&["x", "y"])),
            _ => ModelNode::interior(if dice.throw(2) == 0 { dice.pick(&OBJECTS) } else { "" }),
        };
        if !node.is_interior() && dice.throw(4) == 0 {
            node.node_type = "text/x".to_owned();
        }
        node.acl = dice.pick(&ACLS).to_owned();
        node.title = (dice.throw(4) == 0).then(|| dice.pick(&["t", "u"]).to_owned());
        node.ver_no = (dice.throw(4) == 0).then(|| u16::try_from(dice.throw(3)).unwrap() + 65_533);
        let mut children: Vec<Other> = Vec::new();
        for _ in 0..if node.is_interior() { dice.throw(4) } else { 0 } {
            let name = dice.pick(&NAMES[..6]);
            if children.iter().all(|child| child.name != name) {
                children.push(Other::some(dice, name, depth + 1));
            }
        }
        if !children.is_empty() && dice.throw(5) == 0 {
            return Other::implied(name, children);
        }
        Other { name: name.to_owned(), node, is_implied: false, children }
    }

    /// Where it is below a path.
    fn below(&self, path: &[String]) -> Path {
        path.iter().chain([&self.name]).cloned().collect()
    }

    /// What of a node becomes different. What is not said is kept, or dropped; a leaf always has a format, a type and a value,
    /// unless its format has none.
    fn changes(&self, known: &ModelNode, rest: Rest) -> Vec<&'static str> {
        if self.is_implied {
            return Vec::new();
        }
        let new = &self.node;
        let counts = |is_said: bool| is_said || rest == Rest::Drop;
        let all = [
            ("Type", known.node_type != new.node_type && counts(!new.node_type.is_empty())),
            ("Format", known.format != new.format),
            ("Value", known.value != new.value && counts(new.value.is_some())),
            ("ACL", known.acl != new.acl && counts(!new.acl.is_empty())),
            ("Title", known.title != new.title && counts(new.title.is_some())),
        ];
        all.into_iter().filter(|(_, is_other)| *is_other).map(|(name, _)| name).collect()
    }

    /// What keeps it from being added: lists that break the grammar, which a device keeps.
    fn faults(&self, who: Option<&str>, faults: &mut Vec<u16>) {
        if who.is_some() && is_broken(&self.node.acl) {
            faults.push(400);
        }
        self.children.iter().for_each(|child| child.faults(who, faults));
    }

    /// The flat form of a tree document (`wire.md` §8.3).
    pub(super) fn document(&self) -> String {
        let mut out = "<MgmtTree>".to_owned();
        self.write("", &mut out);
        out + "</MgmtTree>"
    }

    fn write(&self, path: &str, out: &mut String) {
        let Other { name, node, .. } = self;
        if !self.is_implied {
            let element = |name: &str, text: &str| match text {
                "" => String::new(),
                text => format!("<{name}>{}</{name}>", text.replace('&', "&amp;")),
            };
            let kind = element(if node.is_interior() { "DDFName" } else { "MIME" }, &node.node_type);
            let properties = [
                element("ACL", &node.acl),
                format!("<Format><{}/></Format>", node.format),
                element("Title", node.title.as_deref().unwrap_or_default()),
                if kind.is_empty() { kind } else { format!("<Type>{kind}</Type>") },
                element("VerNo", &node.ver_no.map(|ver_no| ver_no.to_string()).unwrap_or_default()),
            ];
            let value = element("Value", node.value.as_deref().unwrap_or_default());
            *out += &format!(
                "<Node><NodeName>{name}</NodeName>{}<RTProperties>{}</RTProperties>{value}</Node>",
                element("Path", path),
                properties.concat()
            );
        }
        let below = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        self.children.iter().for_each(|child| child.write(&below, out));
    }
}

pub(super) fn uri(path: &[String]) -> String {
    std::iter::once(".").chain(path.iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}

/// A path that is there more often than not.
pub(super) fn some_path(dice: &mut Dice, model: &Model) -> Path {
    let known = model.nodes.keys().nth(dice.throw(model.nodes.len())).unwrap().clone();
    match dice.throw(4) {
        0 => [known, vec![dice.pick(&NAMES).to_owned()]].concat(),
        1 if known.len() < 3 => [known, vec![dice.pick(&NAMES).to_owned(), dice.pick(&NAMES).to_owned()]].concat(),
        _ => known,
    }
}
