//! Trees made of descriptions.

use super::{ACME, ACME_WINDOWS, described, document, printed, schema};
use omadm::ddf::{Check, Skeleton};
use omadm::markup::Encoding;
use omadm::{ErrorKind, Limits, tnds};
use proptest::prelude::*;

fn uris(skeleton: &Skeleton<'_>) -> Vec<String> {
    skeleton.tree().unwrap().nodes().map(|node| node.uri().to_string()).collect()
}

#[test]
fn what_there_must_be_is_made() {
    let schema = schema(ACME);
    let radio = "./Vendor/Acme/Radio";
    let expected = [".", "./Vendor", "./Vendor/Acme", radio, "./Vendor/Acme/Radio/Scan", "./Vendor/Acme/Radio/Enabled"];
    let expected: Vec<&str> = expected.into_iter().chain(["./Vendor/Acme/Log"]).collect();
    let skeleton = Skeleton::new(&schema);
    assert_eq!(uris(&skeleton), expected);
    let tree = skeleton.tree().unwrap();
    let enabled = tree.get("./Vendor/Acme/Radio/Enabled").unwrap().unwrap();
    assert_eq!((enabled.format().name(), enabled.value().unwrap().text()), ("bool", Some("true")));
    assert_eq!(tree.find_mo("urn:x-acme:mo:radio:1.0").map(|node| node.uri().to_string()).collect::<Vec<_>>(), [radio]);
    assert_eq!((tree.man(), tree.model(), tree.ver_dtd()), (Some("Acme"), Some("R1"), Some("1.2")));
}

#[test]
fn what_is_asked_for_is_made_with_what_belongs_to_it() {
    let schema = schema(ACME);
    let skeleton = Skeleton::new(&schema).with("./Vendor/Acme/Radio/Presets/7").unwrap();
    let skeleton = skeleton.with("./Vendor/Acme/Radio/Presets/8/Logo").unwrap();
    let tree = skeleton.tree().unwrap();
    let below = |uri: &str| -> Vec<String> {
        tree.get(uri).unwrap().unwrap().children().map(|node| node.name().to_owned()).collect()
    };
    assert_eq!(below("./Vendor/Acme/Radio/Presets"), ["7", "8"]);
    let mut seven = below("./Vendor/Acme/Radio/Presets/7");
    seven.sort();
    assert_eq!(seven, ["Alarm", "Frequency", "Label"]);
    assert_eq!(below("./Vendor/Acme/Radio/Presets/8").len(), 4);
    let value = |uri: &str| tree.get(uri).unwrap().unwrap().value().and_then(|value| value.text());
    // `Value` is what a new instance begins with, `DefaultValue` what stands in for it.
    assert_eq!(value("./Vendor/Acme/Radio/Presets/7/Alarm"), Some("07:00:00"));
    assert_eq!(value("./Vendor/Acme/Radio/Presets/7/Label"), Some(" <untitled> & unheard "));
    assert_eq!(value("./Vendor/Acme/Radio/Presets/8/Logo"), None);
    assert_eq!(tree.find_mo("urn:x-acme:mo:preset:1.0").count(), 2);
    assert_eq!(printed(&Check::new(&schema).whole_tree(true).tree(&tree)), [""; 0]);
    // It is a tree as any other.
    let wbxml = tnds::encode(&tree, Encoding::Wbxml, &Default::default()).unwrap();
    assert_eq!(tnds::decode(&wbxml).unwrap().len(), tree.len());
}

#[test]
fn a_skeleton_prints_what_it_was_asked_for_and_no_values() {
    let schema = schema(ACME);
    let skeleton = Skeleton::new(&schema).os_build("10.0.22621".parse().unwrap());
    let printed = format!("{:?}", skeleton.with("./Vendor/Acme/Radio/Presets/7").unwrap());
    assert!(
        printed.starts_with("Skeleton { schema: Schema { documents: 1, nodes: 15, .. }, build: Some("),
        "{printed}"
    );
    assert!(printed.contains("Presets/7") && !printed.contains("untitled") && !printed.contains("87.5"), "{printed}");
}

#[test]
fn what_is_not_described_cannot_be_asked_for() {
    let schema = schema(ACME);
    let kind = |uri: &str| Skeleton::new(&schema).with(uri).unwrap_err().kind();
    assert_eq!(kind("./Vendor/Acme/Radio/Colour"), ErrorKind::NodeNotFound);
    assert_eq!(kind("./Vendor//Acme"), ErrorKind::InvalidUri);
    let limits = Limits { elements: 4, ..Limits::default() };
    assert_eq!(Skeleton::new(&schema).limits(&limits).tree().unwrap_err().kind(), ErrorKind::LimitElements);
    let limits = Limits { depth: 3, ..Limits::default() };
    assert_eq!(Skeleton::new(&schema).limits(&limits).tree().unwrap_err().kind(), ErrorKind::LimitDepth);
    // A value for an interior node cannot be followed; the offset is the node's.
    let xml = document(&described("A", "<DefaultValue>x</DefaultValue><DFFormat><node/></DFFormat>", ""));
    let schema = super::schema(&xml);
    let error = Skeleton::new(&schema).tree().unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::ValueOfInterior, xml.find("<Node>").unwrap()));
}

#[test]
fn a_build_leaves_out_what_it_does_not_have() {
    let schema = schema(ACME_WINDOWS);
    let made = |build: &str| uris(&Skeleton::new(&schema).os_build(build.parse().unwrap())).len();
    // The toaster and all below came with 10.0.30000 and an update of 10.0.29000.
    assert_eq!(made("10.0.28000"), 1);
    assert_eq!(made("10.0.30000"), made("10.0.29000.100"));
    assert!(made("10.0.30000") > 1);
}

/// A described node of a random schema, and what is inside it.
#[derive(Clone, Debug)]
struct Described {
    name: Option<u8>,
    optional: bool,
    inside: Vec<Described>,
}

fn node() -> impl Strategy<Value = Described> {
    let leaf = (proptest::option::weighted(0.8, 0_u8..4), any::<bool>());
    let leaf = leaf.prop_map(|(name, optional)| Described { name, optional, inside: Vec::new() });
    leaf.prop_recursive(4, 30, 4, |inner| {
        (proptest::option::weighted(0.8, 0_u8..4), any::<bool>(), proptest::collection::vec(inner, 0..4))
            .prop_map(|(name, optional, inside)| Described { name, optional, inside })
    })
}

impl Described {
    fn xml(&self) -> String {
        let format = if self.inside.is_empty() { "chr" } else { "node" };
        let many = self.name.is_none();
        let occurrence = match (many, self.optional) {
            (true, _) => "ZeroOrMore",
            (false, true) => "ZeroOrOne",
            (false, false) => "One",
        };
        let name = self.name.map(|name| char::from(b'a' + name).to_string()).unwrap_or_default();
        let properties = format!("<DFFormat><{format}/></DFFormat><Occurrence><{occurrence}/></Occurrence>");
        let mut names = std::collections::HashSet::new();
        let inside = self.inside.iter().filter(|node| names.insert(node.name));
        described(&name, &properties, &inside.map(Described::xml).collect::<String>())
    }
}

proptest! {
    /// A skeleton is as its schema describes it, with and without what is optional.
    #[test]
    fn skeletons_have_no_findings(nodes in proptest::collection::vec(node(), 1..4)) {
        let mut names = std::collections::HashSet::new();
        let xml: String = nodes.iter().filter(|node| names.insert(node.name)).map(Described::xml).collect();
        let xml = document(&xml);
        let schema = schema(&xml);
        let check = Check::new(&schema).whole_tree(true);
        let mut skeleton = Skeleton::new(&schema);
        prop_assert_eq!(printed(&check.tree(&skeleton.tree().unwrap())), [""; 0]);
        for node in schema.nodes() {
            skeleton = skeleton.with(&node.uri().to_string().replace('*', "z")).unwrap();
        }
        let tree = skeleton.tree().unwrap();
        prop_assert_eq!(tree.len(), schema.len() + 1);
        prop_assert_eq!(printed(&check.tree(&tree)), [""; 0]);
    }
}
