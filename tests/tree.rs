//! The tree: its indexes against naive scans, and random trees against a model.

#[path = "common/clock.rs"]
mod clock;

use omadm::tnds::decode;
use omadm::tree::{Format, Node, NodeId, Tree};
use omadm::{ErrorKind, query::Uri};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// A node of the model. `None` is what the document does not say.
#[derive(Clone, Debug)]
struct Model {
    uri: String,
    parent: String,
    name: String,
    is_leaf: bool,
    format: Option<Format>,
    kind: Option<&'static str>,
    value: Option<String>,
    properties: [Option<String>; 4],
}

const PROPERTIES: [&str; 4] = ["ACL", "Title", "TStamp", "VerNo"];
const OBJECTS: [&str; 3] = ["urn:oma:mo:a:1.0", "urn:oma:mo:b:1.0", "com.example/1.0/C"];
const MEDIA_TYPES: [&str; 3] = ["text/plain", "image/png", "application/xml"];

impl Model {
    /// What a tree must say of the node.
    fn facts(&self) -> Facts {
        let default = if self.is_leaf { Format::Chr } else { Format::Node };
        let kind = self.kind.map(str::to_owned);
        let value = self.value.clone().filter(|_| self.is_leaf);
        let media_type = self.is_leaf.then(|| kind.clone().unwrap_or("text/plain".to_owned()));
        let mo_id = kind.filter(|_| !self.is_leaf);
        (self.format.unwrap_or(default), media_type, mo_id, value, self.properties.clone())
    }

    /// The element, without its end tag.
    fn render(&self, path: Option<&str>, order: bool, out: &mut String) {
        let name = format!("<NodeName>{}</NodeName>", self.name);
        let path = path.map(|path| format!("<Path>{path}</Path>")).unwrap_or_default();
        let mut properties = String::new();
        for (name, value) in PROPERTIES.iter().zip(&self.properties) {
            if let Some(value) = value {
                write!(properties, "<{name}>{value}</{name}>").unwrap();
            }
        }
        if let Some(format) = self.format {
            write!(properties, "<Format><{format}/></Format>").unwrap();
        }
        if let Some(kind) = self.kind {
            let element = if self.is_leaf { "MIME" } else { "DDFName" };
            write!(properties, "<Type><{element}>{kind}</{element}></Type>").unwrap();
        }
        if !properties.is_empty() {
            properties = format!("<RTProperties>{properties}</RTProperties>");
        }
        let value = self.value.as_ref().map(|value| format!("<Value>{value}</Value>")).unwrap_or_default();
        // As the DTD has it, or the other way round.
        match order {
            true => write!(out, "<Node>{name}{path}{properties}{value}").unwrap(),
            false => write!(out, "<Node>{value}{properties}{path}{name}").unwrap(),
        }
    }
}

type Facts = (Format, Option<String>, Option<String>, Option<String>, [Option<String>; 4]);

fn facts(node: Node<'_>) -> Facts {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let value = node.value().map(|value| value.text().unwrap().to_owned());
    let properties = [node.acl(), node.title(), node.tstamp(), node.ver_no()].map(own);
    (node.format(), own(node.media_type()), own(node.mo_id()), value, properties)
}

/// What one node is made of: parent, name, what it is, and a bit for each thing it says.
type Seed = (prop::sample::Index, u8, u8, u16);

/// A model in which parents come before their children.
fn model(seeds: &[Seed]) -> Vec<Model> {
    let mut nodes: Vec<Model> = Vec::new();
    let mut taken = HashSet::new();
    let mut interiors = vec![".".to_owned()];
    for (parent, name, kind, says) in seeds {
        let parent = interiors[parent.index(interiors.len())].clone();
        let name = format!("n{name}");
        let uri = format!("{parent}/{name}");
        if !taken.insert(uri.clone()) {
            continue;
        }
        let is_leaf = kind % 3 == 0;
        let bit = |bit: u16| says & (1 << bit) != 0;
        let format = match is_leaf {
            true if bit(0) => Some(if bit(1) { Format::Int } else { Format::Chr }),
            false if bit(0) => Some(Format::Node),
            _ => None,
        };
        let kind = match is_leaf {
            true => MEDIA_TYPES[usize::from(*kind) % 3],
            false => OBJECTS[usize::from(*kind) % 3],
        };
        // Without Format and Value a leaf is not one, and an interior node may have an empty one.
        let value = match is_leaf {
            true if format.is_some() && bit(2) => None,
            true => Some(format!("{says}")),
            false => (bit(2) && bit(3)).then(String::new),
        };
        let kind = bit(4).then_some(kind);
        let properties = [5, 6, 7, 8].map(|number| bit(number).then(|| format!("p{number}")));
        if !is_leaf {
            interiors.push(uri.clone());
        }
        nodes.push(Model { uri, parent, name, is_leaf, format, kind, value, properties });
    }
    // An interior node with an empty value is one only if something else says so.
    let parents: HashSet<String> = nodes.iter().map(|node| node.parent.clone()).collect();
    for node in &mut nodes {
        if !node.is_leaf && !parents.contains(&node.uri) && node.format.is_none() && node.kind.is_none() {
            node.value = None;
        }
    }
    nodes
}

/// Renders the nodes that `is_nested` says inside their parents, the others flat, in the order of `order`.
fn render(nodes: &[Model], order: &[usize], is_nested: impl Fn(usize) -> bool) -> String {
    let index: BTreeMap<&str, usize> = nodes.iter().enumerate().map(|(at, node)| (node.uri.as_str(), at)).collect();
    let mut nested: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut tops = Vec::new();
    for at in order {
        match index.get(nodes[*at].parent.as_str()) {
            Some(parent) if is_nested(*at) => nested.entry(*parent).or_default().push(*at),
            _ => tops.push(*at),
        }
    }
    let mut out = "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>".to_owned();
    for top in tops {
        let path = nodes[top].parent.as_str();
        let path = if top % 2 == 0 { path } else { path.trim_start_matches("./") };
        let mut open = vec![(top, 0)];
        nodes[top].render(Some(path), top % 3 != 0, &mut out);
        while let Some((at, done)) = open.last_mut() {
            match nested.get(at).and_then(|children| children.get(*done)) {
                Some(child) => {
                    *done += 1;
                    nodes[*child].render(None, child % 3 != 0, &mut out);
                    open.push((*child, 0));
                }
                None => {
                    out.push_str("</Node>");
                    open.pop();
                }
            }
        }
    }
    out + "</MgmtTree>"
}

/// The indexes of a tree, against naive scans over it.
fn check_indexes(tree: &Tree<'_>) {
    let all: Vec<Node<'_>> = tree.nodes().collect();
    assert_eq!(all.len(), tree.len());
    assert!(all[0] == tree.root());
    let mut ids = HashSet::new();
    for (at, node) in all.iter().enumerate() {
        let uri = node.uri().to_string();
        assert!(tree.get(&uri).unwrap() == Some(*node), "{uri}");
        assert!(tree.node(node.id()) == Some(*node));
        assert!(ids.insert(node.id()));
        assert_eq!(Uri::parse(&uri).unwrap().segments().count(), node.depth());
        let children: Vec<Node<'_>> = node.children().collect();
        assert_eq!(children.len(), node.children().len());
        for child in &children {
            assert!(child.parent() == Some(*node));
            assert!(node.child(child.name()) == children.iter().find(|other| other.name() == child.name()).copied());
        }
        assert!(node.child("none").is_none());
        assert!(children.is_empty() || node.is_interior());
        assert!(node.value().is_none() || !node.is_interior());
        // Below a node is what follows it as long as that is deeper.
        let below = all[at + 1..].iter().take_while(|other| other.depth() > node.depth()).count();
        assert!(node.descendants().eq(all[at..=at + below].iter().copied()));
    }
    for mo_id in OBJECTS {
        let naive: Vec<Node<'_>> = all.iter().copied().filter(|node| node.mo_id() == Some(mo_id)).collect();
        assert_eq!(tree.find_mo(mo_id).len(), naive.len());
        assert!(tree.find_mo(mo_id).eq(naive), "{mo_id}");
    }
}

fn check_model(nodes: &[Model], tree: &Tree<'_>) {
    let expected: BTreeMap<&str, Facts> = nodes.iter().map(|node| (node.uri.as_str(), node.facts())).collect();
    let uris: Vec<String> = tree.nodes().skip(1).map(|node| node.uri().to_string()).collect();
    let found: BTreeMap<&str, Facts> = uris.iter().map(String::as_str).zip(tree.nodes().skip(1).map(facts)).collect();
    assert_eq!(found, expected);
    assert!(tree.nodes().skip(1).all(|node| !node.is_implicit()));
    check_indexes(tree);
}

/// The URIs of a model in the order of a nested document.
fn nested_order(nodes: &[Model]) -> Vec<String> {
    let mut out = Vec::new();
    let mut open = vec![".".to_owned()];
    while let Some(at) = open.pop() {
        open.extend(nodes.iter().filter(|node| node.parent == at).map(|node| node.uri.clone()).rev());
        out.push(at);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_trees_in_every_layout(
        seeds in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..14, any::<u8>(), any::<u16>()), 0..60),
        shuffle in prop::collection::vec(any::<u32>(), 60),
        nested in any::<u64>(),
    ) {
        let nodes = model(&seeds);
        let in_order: Vec<usize> = (0..nodes.len()).collect();
        let mut shuffled = in_order.clone();
        shuffled.sort_by_key(|at| shuffle[*at]);
        for (order, nested) in [(&in_order, u64::MAX), (&in_order, 0), (&shuffled, 0), (&shuffled, nested)] {
            let document = render(&nodes, order, |at| nested & (1 << at) != 0);
            let tree = decode(document.as_bytes()).unwrap_or_else(|error| panic!("{error}: {document}"));
            check_model(&nodes, &tree);
            if nested == u64::MAX {
                let uris: Vec<String> = tree.nodes().map(|node| node.uri().to_string()).collect();
                prop_assert_eq!(uris, nested_order(&nodes));
            }
            let order: Vec<(NodeId, Facts)> = tree.nodes().map(|node| (node.id(), facts(node))).collect();
            let copy = tree.clone();
            let owned = { let document = document.clone(); decode(document.as_bytes()).unwrap().into_owned() };
            for tree in [copy, owned] {
                prop_assert!(tree.nodes().map(|node| (node.id(), facts(node))).eq(order.iter().cloned()));
            }
        }
    }

    #[test]
    fn names_that_occur_twice_are_refused(
        seeds in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..14, any::<u8>(), any::<u16>()), 1..40),
        twin in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
    ) {
        let mut nodes = model(&seeds);
        // Once more, somewhere: flat, so that its parent is there in any case.
        let twin = nodes[twin.index(nodes.len())].clone();
        nodes.insert(place.index(nodes.len() + 1), twin);
        let order: Vec<usize> = (0..nodes.len()).collect();
        let document = render(&nodes, &order, |_| false);
        let error = decode(document.as_bytes()).unwrap_err();
        prop_assert_eq!(error.kind(), ErrorKind::NameClash);
        prop_assert!(document[error.offset()..].starts_with("<NodeName>"));
    }

    #[test]
    fn any_name_has_a_uri_that_leads_to_it(names in prop::collection::hash_set("[a-c%0-9A-F ?#é~.]{1,4}", 1..20)) {
        let usable = |name: &&String| !matches!(name.trim(), "" | "." | "..") && name.trim() == name.as_str();
        let mut document = "<MgmtTree>".to_owned();
        let mut printed = HashSet::new();
        let mut kept = Vec::new();
        for name in names.iter().filter(usable) {
            let node = format!("<Node><NodeName>{name}</NodeName></Node>");
            let alone = format!("<MgmtTree>{node}</MgmtTree>");
            let alone = decode(alone.as_bytes()).unwrap();
            let uri = alone.nodes().nth(1).unwrap().uri().to_string();
            prop_assert!(uri.is_ascii() && !uri.contains([' ', '?', '#']), "{}", uri);
            // Names with one URI are one name.
            if printed.insert(uri.to_lowercase()) && kept.iter().all(|other: &String| alone.root().child(other).is_none()) {
                document += &node;
                kept.push(name.clone());
            }
        }
        let tree = format!("{document}</MgmtTree>");
        let tree = decode(tree.as_bytes()).unwrap();
        prop_assert_eq!(tree.len(), kept.len() + 1);
        check_indexes(&tree);
        for name in &kept {
            let twice = format!("{document}<Node><NodeName>{name}</NodeName></Node></MgmtTree>");
            prop_assert_eq!(decode(twice.as_bytes()).unwrap_err().kind(), ErrorKind::NameClash);
        }
    }
}

fn wide(children: usize) -> String {
    let nodes: String = (0..children)
        .map(|number| format!("<Node><NodeName>c{number}</NodeName><Value>{number}</Value></Node>"))
        .collect();
    format!("<MgmtTree><Node><NodeName>W</NodeName>{nodes}</Node></MgmtTree>")
}

#[test]
fn children_by_name_among_few_and_many() {
    for children in [0, 1, 7, 8, 9, 10, 100, 10_000] {
        let document = wide(children);
        let tree = decode(document.as_bytes()).unwrap();
        let parent = tree.get("W").unwrap().unwrap();
        assert_eq!(parent.children().len(), children);
        for (number, child) in parent.children().enumerate() {
            assert_eq!(child.name(), format!("c{number}"));
            assert!(parent.child(child.name()) == Some(child));
        }
        for absent in [format!("c{children}"), "c".to_owned(), String::new(), "C1".to_owned(), "W".to_owned()] {
            assert!(parent.child(&absent).is_none(), "{absent} among {children}");
            assert!(tree.root().child(&absent).is_none_or(|node| node == parent));
        }
    }
}

#[test]
fn an_id_of_another_tree_does_not_resolve_past_the_end() {
    let (large, small) = (wide(20), wide(1));
    let (large, small) = (decode(large.as_bytes()).unwrap(), decode(small.as_bytes()).unwrap());
    let last = large.nodes().last().unwrap().id();
    assert!(large.node(last).is_some());
    assert!(small.node(last).is_none());
}

#[test]
fn a_node_is_got_by_a_uri_without_a_query() {
    let tree = decode(b"<MgmtTree><Node><NodeName>A</NodeName></Node></MgmtTree>").unwrap();
    assert_eq!(tree.get("./A").unwrap().unwrap().name(), "A");
    for uri in ["./A?prop=ACL", "./B?list=Struct"] {
        let error = tree.get(uri).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidUri, uri.find('?').unwrap()), "{uri}");
    }
}

#[test]
fn a_tree_says_nothing_of_its_values_when_it_is_debugged() {
    let tree = decode(b"<MgmtTree><Node><NodeName>A</NodeName><Value>secret</Value></Node></MgmtTree>").unwrap();
    let node = tree.get("A").unwrap().unwrap();
    let printed = format!("{tree:?} {node:?} {:?}", node.value());
    assert!(!printed.contains("secret"), "{printed}");
    assert!(printed.contains("Node(./A, chr)"), "{printed}");
}

// ----------------------------------------------------------------------------------------------- time

/// `nodes` nodes, 50 of them roots of an object, flat and with children before their parents, so that the order of
/// records is not the order of the tree.
fn with_objects(nodes: usize) -> String {
    let mut document = "<MgmtTree>".to_owned();
    for number in 0..nodes {
        let kind = if number % (nodes / 50) == 0 {
            "<RTProperties><Type><DDFName>urn:oma:mo:a:1.0</DDFName></Type></RTProperties>"
        } else {
            ""
        };
        let group = (number * 7919) % nodes / 20;
        write!(document, "<Node><NodeName>n{number}</NodeName><Path>./G/{group}</Path>{kind}</Node>").unwrap();
    }
    document + "</MgmtTree>"
}

#[test]
fn finding_objects_costs_what_it_finds() {
    let (small, large) = (with_objects(1_000), with_objects(100_000));
    let (small, large) = (decode(small.as_bytes()).unwrap(), decode(large.as_bytes()).unwrap());
    assert!(large.len() > 100_000);
    let find = |tree: &Tree<'_>| assert_eq!(tree.find_mo("urn:oma:mo:a:1.0").count(), 50);
    let ratio = || {
        let time = |tree| clock::fastest(20, || find(tree)).as_nanos().max(1);
        time(&large) / time(&small)
    };
    // A scan would take a hundred times as long.
    assert!((0..10).any(|_| ratio() < 20));
}

/// The time to decode grows no faster than the document, if not by more than a factor that no quadratic loop keeps.
fn check_linear(name: &str, document: impl Fn(usize) -> String) {
    let documents = [document(2_000), document(32_000)];
    assert!(clock::is_linear_in(name, 5.0, &documents, |input| assert!(decode(input.as_bytes()).is_ok())), "{name}");
}

#[test]
fn hostile_documents_take_linear_time() {
    let nodes = |count: usize, node: &dyn Fn(usize) -> String| (0..count).map(node).collect::<String>();
    let tree = |nodes: String| format!("<MgmtTree>{nodes}</MgmtTree>");
    check_linear("an implied node with many children takes a description with many more", |count| {
        let implied = nodes(count, &|at| format!("<Node><NodeName>i{at}</NodeName><Path>A</Path></Node>"));
        let nested = nodes(count, &|at| format!("<Node><NodeName>n{at}</NodeName></Node>"));
        tree(format!("{implied}<Node><NodeName>A</NodeName>{nested}</Node>"))
    });
    check_linear("children before their parents", |count| {
        tree(nodes(count, &|at| {
            format!(
                "<Node><NodeName>c</NodeName><Path>A/p{at}</Path></Node><Node><NodeName>p{at}</NodeName><Path>A</Path></Node>"
            )
        }))
    });
    check_linear("names that differ in their escapes", |count| {
        // So few that they are compared, not hashed.
        let long = "%20".repeat(count);
        let first = nodes(7, &|at| format!("<Node><NodeName>{long}{at}</NodeName></Node>"));
        tree(first + &nodes(count, &|at| format!("<Node><NodeName>x{at}</NodeName><Path>P</Path></Node>")))
    });
    check_linear("one deep chain and many paths into it", |count| {
        let chain = "/d".repeat(100);
        let deep = nodes(count / 50, &|at| format!("<Node><NodeName>x{at}</NodeName><Path>.{chain}</Path></Node>"));
        tree(deep)
    });
    check_linear("nodes with a path inside of open ones", |count| {
        let inside = nodes(count, &|at| {
            format!("<Node><NodeName>B{at}</NodeName></Node><Node><NodeName>C</NodeName><Path>A/B{at}</Path></Node>")
        });
        tree(format!("<Node><NodeName>A</NodeName>{inside}</Node>"))
    });
}

#[test]
fn many_deep_objects_are_ordered_without_a_key_each() {
    // 400 levels, 20,000 objects at the bottom, out of order: keys for all would be 32 MB.
    let open: String = (0..400).map(|level| format!("<Node><NodeName>l{level}</NodeName>")).collect();
    let object = |at: usize| {
        format!(
            "<Node><NodeName>o{at}</NodeName><RTProperties><Type><DDFName>urn:oma:mo:b:1.0</DDFName></Type></RTProperties></Node>"
        )
    };
    let objects: String = (0..20_000).map(object).collect();
    let path: String = (0..400).map(|level| format!("/l{level}")).collect();
    let first = format!("<Node><NodeName>first</NodeName><Path>.{path}</Path></Node>");
    let document = format!("<MgmtTree>{first}{open}{objects}{}</MgmtTree>", "</Node>".repeat(400));
    let tree = decode(document.as_bytes()).unwrap();
    assert_eq!(tree.len(), 1 + 400 + 20_000 + 1);
    let found: Vec<&str> = tree.find_mo("urn:oma:mo:b:1.0").map(|node| node.name()).collect();
    assert!(found.iter().enumerate().all(|(at, name)| *name == format!("o{at}")) && found.len() == 20_000);
}
