//! Tree documents and descriptions: read, and what that takes of memory.

use super::message::{elements, quick_xml, roxmltree};
use super::{Case, OURS, Row, reader};
use crate::ffi::{self, Reads};
use crate::inputs::{self, Counts, Input};
use crate::measure::Contestant;
use omadm::{ddf, tnds};
use std::fs;
use std::path::{Path, PathBuf};

const LARGE: &str = "tnds-19m.xml";

fn ours(input: Input) -> Contestant {
    let decode = move || tnds::decode(input.octets()).expect("a tree");
    Contestant::new(OURS, decode).sees(input.counts.nodes, move || {
        let tree = decode();
        // The branches are only in paths.
        tree.nodes().filter(|node| !node.is_implicit()).count() as i64
    })
}

pub fn tree() -> Row {
    fn contestants(name: &str) -> Vec<Option<Contestant>> {
        let input = Input::load(name);
        let elements = input.counts.elements;
        vec![
            Some(ours(input)),
            reader("pugixml", ffi::peer_pugixml(), input, elements),
            reader("rapidxml", ffi::peer_rapidxml(), input, elements),
            reader("rapidxml, fastest", ffi::peer_rapidxml_fastest(), input, elements),
            reader("libxml2", ffi::peer_libxml2(), input, elements),
            reader("expat", ffi::peer_expat(), input, elements),
            Some(quick_xml(input)),
            Some(roxmltree(input)),
        ]
    }
    let targets = |case: Case| case.times(2.0, "pugixml").times(8.0, "libxml2");
    Row {
        id: "tnds",
        title: "TNDS XML → indexed tree",
        text: "The largest has 100,000 nodes, 1,000 of which begin a management object. omadm's tree is indexed by identifier and by name when it is there; \
               the others build a general tree (expat and quick-xml: none). Freeing it is included.",
        cases: vec![
            Case::new("10k", "9 kB, 50 nodes", || contestants("tnds-10k.xml")),
            Case::new("1m", "1 MB, 5,250 nodes", || contestants("tnds-1m.xml")),
            targets(Case::new("19m", "19 MB, 100,000 nodes", || contestants(LARGE)).fresh())
                .within(45e6, "0.45 µs a node: 45 ms"),
        ],
    }
}

pub fn binary_tree() -> Row {
    fn contestants(name: &str, slow: usize) -> Vec<Option<Contestant>> {
        let input = Input::load(name);
        let peer = reader("libwbxml, wbxml2xml", ffi::peer_libwbxml_to_xml(), input, input.counts.elements);
        vec![Some(ours(input)), peer.map(|peer| peer.samples(slow))]
    }
    Row {
        id: "tnds-wbxml",
        title: "TNDS WBXML → indexed tree",
        text: "The same trees in WBXML; no target.",
        cases: vec![
            Case::new("10k", "3 kB, 50 nodes", || contestants("tnds-10k.wbxml", 25)),
            Case::new("1m", "0.4 MB, 5,250 nodes", || contestants("tnds-1m.wbxml", 25)),
            Case::new("19m", "7.7 MB, 100,000 nodes", || contestants("tnds-19m.wbxml", 3)).fresh(),
        ],
    }
}

pub fn memory() -> Row {
    const BESIDE_PEERS: &str = "omadm, beside the peers' libraries";
    /// Of the process, which loads the document for nobody else.
    fn contestants() -> Vec<Option<Contestant>> {
        let elements = inputs::counts(LARGE).elements;
        let decode = || {
            let octets = inputs::octets(LARGE);
            tnds::decode(&octets).expect("a tree").len()
        };
        let copying = |peer: Reads| {
            let run = move |count| peer.run(Input::load(LARGE), count);
            Contestant::new("pugixml", move || run(false)).sees(elements, move || run(true))
        };
        let in_place = ffi::peer_pugixml_in_place().map(|peer| {
            let run = move |count| peer.run(&mut inputs::octets(LARGE), count);
            Contestant::new("pugixml, in place", move || run(false)).sees(elements, move || run(true))
        });
        let ours = Contestant::new(OURS, decode).program("alone", inputs::folder().join(LARGE));
        vec![Some(ours), Some(Contestant::new(BESIDE_PEERS, decode)), ffi::peer_pugixml().map(copying), in_place]
    }
    let size = |factor| Case::new("19m", "19 MB", contestants).memory(factor, LARGE, "1.6 × the input");
    Row {
        id: "memory",
        title: "peak memory for the 19 MB tree",
        text: "The most memory that a fresh process had (VmHWM), the input and the process itself included. omadm borrows from the input; pugixml copies it, \
               or is given it to write into. The program that all others are measured in is linked to the libraries of all peers, which takes about 4 MB; ours has \
               one without them, and stands beside in theirs, too.",
        cases: vec![size(1.6)],
    }
}

pub fn descriptions() -> Row {
    const FOLDER: &str = "../../../shared/corpus/ddf/windows";
    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER)
    }
    fn files() -> Vec<Input> {
        let folder = fs::read_dir(folder()).expect("the corpus");
        let mut paths: Vec<_> = folder.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let texts = paths.iter().filter_map(|path| fs::read(path).ok());
        // Not UTF-8, or not what all readers take: left out for all.
        let texts = texts.filter(|octets| std::str::from_utf8(octets).is_ok() && ddf::decode(octets).is_ok());
        texts.map(|octets| Input::of(octets, Counts::default())).collect()
    }
    fn contestants() -> Vec<Option<Contestant>> {
        let files = files();
        let expected = ffi::peer_expat().map(|peer| files.iter().map(|file| peer.run(*file, true)).sum());
        let each = |name: &'static str, peer: Option<Reads>| {
            let (peer, files, expected) = (peer?, files.clone(), expected?);
            let run = move |count| files.iter().map(|file| peer.run(*file, count)).sum::<i64>();
            let counting = run.clone();
            Some(Contestant::new(name, move || run(false)).sees(expected, move || counting(true)))
        };
        let all = files.clone();
        let decode = move || all.iter().map(|file| ddf::decode(file.octets()).expect("a schema").len()).sum::<usize>();
        let all = files.clone();
        let seen = move || all.iter().map(|file| elements(file.octets())).sum();
        vec![
            Some(Contestant::new(OURS, decode).sees(expected.unwrap_or_else(&seen), seen)),
            each("pugixml", ffi::peer_pugixml()),
            each("rapidxml", ffi::peer_rapidxml()),
            each("libxml2", ffi::peer_libxml2()),
            each("expat", ffi::peer_expat()),
        ]
    }
    // It lies beside the repository, where it is there.
    let cases = if folder().is_dir() { vec![Case::new("all", "154 files, 4.3 MB", contestants)] } else { Vec::new() };
    Row {
        id: "ddf",
        title: "Windows' descriptions → schemas",
        text: "One after the other, with everything that Microsoft adds. omadm's schema is indexed and knows its rules; no target.",
        cases,
    }
}
