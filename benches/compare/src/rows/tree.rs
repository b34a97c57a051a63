//! What is done with a tree that is there.

use super::{Case, OURS, Row, actor};
use crate::ffi::{self, Handle};
use crate::inputs::Input;
use crate::measure::Contestant;
use omadm::markup::Encoding;
use omadm::query::MoSearch;
use omadm::tnds;
use omadm::tree::{Differences, Tree, diff as differences};
use std::hint::black_box;
use std::rc::Rc;

/// As in make_inputs.py.
const TEN_ID: &str = "urn:oma:mo:oma-fumo:1.0";
const MO_ID: &str = "urn:oma:mo:oma-dm-dmacc:1.0";
const TEN: i64 = 10;
const MANY: i64 = 990;
const GROUPS: usize = 20_000;

fn load(name: &str) -> &'static Tree<'static> {
    Box::leak(Box::new(tnds::decode(Input::load(name).octets()).expect("a tree")))
}

fn libyang() -> Option<Rc<Handle>> {
    let input = Input::load("yang.xml");
    let handle = Rc::new(ffi::peer_libyang_open()?.run(input));
    assert_eq!(ffi::peer_libyang_nodes()?.run(&handle), input.counts.nodes, "what libyang sees");
    Some(handle)
}

pub fn search() -> Row {
    fn contestants(mo_id: &'static str, expected: i64) -> Vec<Option<Contestant>> {
        let tree = load("tnds-19m.xml");
        let input = Input::load("tnds-19m.xml");
        let find = move || tree.find_mo(black_box(mo_id)).count() as i64;
        let search = move || MoSearch::new().id(black_box(mo_id)).find(tree).count() as i64;
        let walk = move || tree.nodes().filter(|node| node.mo_id() == Some(black_box(mo_id))).count() as i64;
        let libxml2 = ffi::peer_libxml2_open().map(|open| Rc::new(open.run(input)));
        let pugixml = ffi::peer_pugixml_open().map(|open| Rc::new(open.run(input)));
        let (xpath, peers_walk) = if expected == TEN {
            (ffi::peer_libxml2_xpath_ten(), ffi::peer_pugixml_walk_ten())
        } else {
            (ffi::peer_libxml2_xpath_many(), ffi::peer_pugixml_walk_many())
        };
        vec![
            Some(Contestant::new(OURS, find).sees(expected, find)),
            Some(Contestant::new("omadm, MoSearch", search).sees(expected, search)),
            Some(Contestant::new("omadm, a walk over all nodes", walk).sees(expected, walk)),
            actor("libxml2, XPath", &libxml2, xpath, expected),
            actor("pugixml, a walk by hand", &pugixml, peers_walk, expected),
        ]
    }
    Row {
        id: "search",
        title: "MO search by identifier, 100,000 nodes",
        text: "Objects are counted in the order of the tree. XPath is compiled beforehand; the walk by hand enters the tree's nodes only, and compares one text of each.",
        cases: vec![
            Case::new("10", "10 objects found", || contestants(TEN_ID, TEN))
                .within(1_000.0, "1 µs")
                .times(10_000.0, "libxml2, XPath")
                .times(1_000.0, "pugixml, a walk by hand"),
            Case::new("990", "990 objects found", || contestants(MO_ID, MANY)),
        ],
    }
}

/// What is said of libyang everywhere.
const LIBYANG: &str = "libyang has the same 20,000 groups, a hundred to a branch, on a YANG model of its own (a key and three leaves more: 100,000 nodes). \
     The figures called its own are those of its newest version (3.13.6), from its own benchmark with as many nodes.";

pub fn lookup() -> Row {
    fn contestants() -> Vec<Option<Contestant>> {
        let tree = load("tnds-19m.xml");
        let uris: Vec<String> =
            (0..GROUPS).step_by(20).map(|group| format!("./Branch{:03}/Group{group:05}/Port", group / 100)).collect();
        let count = uris.len() as i64;
        let find = move || uris.iter().filter(|uri| tree.get(black_box(uri)).expect("a URI").is_some()).count() as i64;
        vec![
            Some(Contestant::new(OURS, find.clone()).sees(count, find)),
            actor("libyang", &libyang(), ffi::peer_libyang_find(), count),
        ]
    }
    Row {
        id: "lookup",
        title: "lookup of one URI, a thousand times",
        text: LIBYANG,
        cases: vec![
            Case::new("1000", "1,000 URIs, 100,000 nodes", contestants)
                .times(2.0, "libyang")
                .within(8.5e6, "2 × libyang's own 17 µs a path"),
        ],
    }
}

pub fn diff() -> Row {
    fn contestants(other: Option<&str>) -> Vec<Option<Contestant>> {
        let before = load("tnds-19m.xml");
        let after = other.map_or_else(|| Box::leak(Box::new(before.clone())), load);
        let compare = move || differences(before, after, Differences::all()).len() as i64;
        // A tenth of the groups has another name, so is gone and there anew; in the others a port differs.
        let expected = if other.is_some() { 2 * GROUPS / 10 + 9 * GROUPS / 10 } else { 0 } as i64;
        let act = if other.is_some() { ffi::peer_libyang_diff() } else { ffi::peer_libyang_diff_same() };
        vec![
            Some(Contestant::new(OURS, compare).sees(expected, compare)),
            actor("libyang", &libyang(), act, i64::from(other.is_some())),
        ]
    }
    Row {
        id: "diff",
        title: "diff of two trees",
        text: LIBYANG,
        cases: vec![
            Case::new("same", "the same, 100,000 nodes", || contestants(None))
                .times(2.0, "libyang")
                .within(54e6, "2 × libyang's own 108 ms"),
            Case::new("different", "different, 100,000 nodes", || contestants(Some("tnds-19m-changed.xml")))
                .times(2.0, "libyang")
                .within(93e6, "2 × libyang's own 187 ms"),
        ],
    }
}

pub fn print() -> Row {
    fn contestants() -> Vec<Option<Contestant>> {
        let tree = load("tnds-19m.xml");
        let whole = move || tnds::encode(tree, Encoding::Xml, &Default::default()).expect("XML");
        let nodes = tree.len() as i64;
        let seen = |octets: &[u8]| tnds::decode(octets).expect("a tree").len() as i64;
        let options = || tnds::EncodeOptions { properties: tnds::Properties::VALUE, ..Default::default() };
        let values = move || tnds::encode(tree, Encoding::Xml, &options()).expect("XML");
        let binary = move || tnds::encode(tree, Encoding::Wbxml, &Default::default()).expect("WBXML");
        let handle = libyang();
        let peer = handle
            .zip(ffi::peer_libyang_print())
            .map(|(handle, act)| Contestant::new("libyang", move || act.run(&handle)));
        vec![
            Some(Contestant::new(OURS, whole).sees(nodes, move || seen(&whole()))),
            Some(Contestant::new("omadm, values only", values).sees(nodes, move || seen(&values()))),
            Some(Contestant::new("omadm, WBXML", binary).sees(nodes, move || seen(&binary()))),
            peer,
        ]
    }
    Row {
        id: "print",
        title: "print of a tree",
        text: "As XML without blanks: omadm's 19 MB have the properties of every node, libyang's 8 MB only names and values, as do those that omadm writes where it is \
               asked for values only. libyang has the same 20,000 groups on a YANG model of its own.",
        cases: vec![
            Case::new("xml", "100,000 nodes", contestants)
                .times(2.0, "libyang")
                .within(18e6, "2 × libyang's own 36 ms"),
        ],
    }
}

pub fn free() -> Row {
    fn contestants() -> Vec<Option<Contestant>> {
        let tree = load("tnds-19m.xml");
        let ours = Contestant::with_setup(OURS, || tree.clone(), drop);
        let handle = libyang();
        let peer = handle.zip(ffi::peer_libyang_dup()).zip(ffi::peer_libyang_free()).map(|((handle, dup), free)| {
            let other = Rc::clone(&handle);
            Contestant::with_setup("libyang", move || dup.run(&handle), move |_| free.run(&other))
        });
        vec![Some(ours), peer]
    }
    let targets = |case: Case| case.times(2.0, "libyang").within(23e6, "2 × libyang's own 46 ms");
    Row {
        id: "free",
        title: "free of a tree",
        text: "Of a copy, which is made beforehand. Where it is done again and again, the C library keeps large blocks for the next copy; in a fresh process they go back to \
               the system. libyang has the same 20,000 groups on a YANG model of its own.",
        cases: vec![
            targets(Case::new("copy", "100,000 nodes", contestants)),
            targets(Case::new("fresh", "100,000 nodes, fresh process", contestants).fresh()),
        ],
    }
}
