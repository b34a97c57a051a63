//! Messages: decoded and encoded.

use super::{Case, OURS, Row, reader};
use crate::ffi;
use crate::inputs::{Counts, Input};
use crate::measure::Contestant;
use omadm::markup::{Document, Encoding, Event, Options, Reader};
use omadm::syncml::Message;
use quick_xml::events::Event as QuickEvent;
use std::rc::Rc;

pub fn decode_xml() -> Row {
    Row {
        id: "syncml-xml",
        title: "SyncML XML → typed message",
        text: "omadm checks UTF-8, namespaces, entities and limits and fills a typed message; pugixml, rapidxml, libxml2 and roxmltree build a \
               general tree, expat and quick-xml only report events. Freeing the result is included, counting it is not. rapidxml's \
               fastest mode leaves entities alone, keeps no text nodes and needs no copy; the other mode writes into a copy, which is included. \
               What Debian's build of libsmltk says about odd tags is not made, which saves it a third of its time.",
        cases: vec![
            Case::new("small", "small, 1.5 kB", || contestants("syncml-small.xml"))
                .times(1.0, "pugixml")
                .times(10.0, "libsmltk")
                .times(4.0, "expat"),
            Case::new("medium", "medium, 64 kB", || contestants("syncml-medium.xml"))
                .times(1.5, "pugixml")
                .times(10.0, "libsmltk")
                .times(4.0, "expat"),
            Case::new("large", "large, 4 MB", || contestants("syncml-large.xml"))
                .fresh()
                .times(2.0, "pugixml")
                .times(10.0, "libsmltk")
                .times(4.0, "expat"),
        ],
    }
}

pub fn decode_wbxml() -> Row {
    fn contestants(name: &str, slow: usize) -> Vec<Option<Contestant>> {
        let input = Input::load(name);
        let Counts { elements, commands, .. } = input.counts;
        vec![
            Some(ours(input)),
            reader("libsmltk", ffi::peer_smltk(), input, commands),
            reader("libwbxml, wbxml2xml", ffi::peer_libwbxml_to_xml(), input, elements).map(|peer| peer.samples(slow)),
        ]
    }
    let targets = |case: Case| case.times(10.0, "libsmltk").times(50.0, "libwbxml, wbxml2xml");
    Row {
        id: "syncml-wbxml",
        title: "SyncML WBXML → typed message",
        text: "libsmltk fills a record for each command; libwbxml builds a tree and writes XML, which is what its users parse. \
               libwbxml's time grows faster than the input, so that it has five samples of the large message.",
        cases: vec![
            targets(Case::new("small", "small, 0.6 kB", || contestants("syncml-small.wbxml", 25))),
            targets(Case::new("medium", "medium, 31 kB", || contestants("syncml-medium.wbxml", 25))),
            targets(Case::new("large", "large, 1.9 MB", || contestants("syncml-large.wbxml", 5)).fresh()),
        ],
    }
}

pub fn encode_wbxml() -> Row {
    let targets = |case: Case| case.times(3.0, "libsmltk");
    Row {
        id: "encode-wbxml",
        title: "typed message → WBXML",
        text: "Both write into a buffer that was used before: libsmltk knows no other way, servers do so. Beside it omadm makes a new one each time.",
        cases: vec![
            targets(Case::new("small", "small, 0.6 kB", || encoders("syncml-small.wbxml", Encoding::Wbxml))),
            targets(Case::new("medium", "medium, 31 kB", || encoders("syncml-medium.wbxml", Encoding::Wbxml))),
            targets(Case::new("large", "large, 1.9 MB", || encoders("syncml-large.wbxml", Encoding::Wbxml)).fresh()),
        ],
    }
}

pub fn encode_xml() -> Row {
    let targets = |case: Case| case.times(6.0, "libsmltk");
    Row {
        id: "encode-xml",
        title: "typed message → XML",
        text: "As above. libsmltk puts text into CDATA sections or leaves it as it is, and escapes nothing.",
        cases: vec![
            targets(Case::new("small", "small, 1.5 kB", || encoders("syncml-small.wbxml", Encoding::Xml))),
            targets(Case::new("medium", "medium, 64 kB", || encoders("syncml-medium.wbxml", Encoding::Xml))),
            targets(Case::new("large", "large, 4 MB", || encoders("syncml-large.wbxml", Encoding::Xml)).fresh()),
        ],
    }
}

fn encoders(name: &str, encoding: Encoding) -> Vec<Option<Contestant>> {
    let input = Input::load(name);
    let message: &'static Message<'static> = Box::leak(Box::new(Message::decode(input.octets()).expect("a message")));
    let encode = move || message.encode(encoding).expect("octets");
    let mut buffer = encode();
    let into_buffer = move || {
        message.encode_into(encoding, &mut buffer).expect("octets");
        buffer.len()
    };
    let handle = ffi::peer_smltk_open().map(|open| Rc::new(open.run(input)));
    let act = if encoding == Encoding::Xml { ffi::peer_smltk_xml() } else { ffi::peer_smltk_wbxml() };
    let smltk = handle.and_then(|handle| {
        let (act, commands) = (act?, ffi::peer_smltk_commands()?);
        let checked = Rc::clone(&handle);
        let seen = move || {
            act.run(&checked);
            commands.run(&checked)
        };
        Some(Contestant::new("libsmltk", move || act.run(&handle)).sees(input.counts.commands, seen))
    });
    vec![
        Some(Contestant::new(OURS, into_buffer).sees(input.counts.elements, move || elements(&encode()))),
        Some(Contestant::new("omadm, a new buffer", encode)),
        smltk,
    ]
}

fn contestants(name: &str) -> Vec<Option<Contestant>> {
    let input = Input::load(name);
    let elements = input.counts.elements;
    vec![
        Some(ours(input)),
        reader("pugixml", ffi::peer_pugixml(), input, elements),
        reader("pugixml, minimal", ffi::peer_pugixml_minimal(), input, elements),
        reader("rapidxml", ffi::peer_rapidxml(), input, elements),
        reader("rapidxml, fastest", ffi::peer_rapidxml_fastest(), input, elements),
        reader("libxml2", ffi::peer_libxml2(), input, elements),
        reader("expat", ffi::peer_expat(), input, elements),
        reader("libsmltk", ffi::peer_smltk(), input, input.counts.commands),
        Some(quick_xml(input)),
        Some(roxmltree(input)),
    ]
}

fn ours(input: Input) -> Contestant {
    let decode = move || Message::decode(input.octets()).expect("a message");
    Contestant::new(OURS, decode).sees(input.counts.elements, move || {
        let message = decode();
        let items: usize = message.all_commands().map(|command| command.items().len()).sum();
        assert_eq!(message.all_commands().count() as i64, input.counts.commands);
        assert_eq!(items as i64, input.counts.items);
        elements(input.octets())
    })
}

/// As our own reader of events sees them.
pub fn elements(octets: &[u8]) -> i64 {
    let document = Document::open(octets).expect("a document");
    let mut reader = document.reader(&Options::default()).expect("a reader");
    let mut count = 0;
    while let Some(event) = reader.next_event().expect("an event") {
        count += i64::from(matches!(event, Event::Start(_)));
    }
    count
}

/// Events, with the names of end tags checked, as by default; attributes and text are not looked at.
pub fn quick_xml(input: Input) -> Contestant {
    let run = move || {
        let mut reader = quick_xml::Reader::from_reader(input.octets());
        let mut elements = 0;
        loop {
            match reader.read_event().expect("an event") {
                QuickEvent::Start(_) | QuickEvent::Empty(_) => elements += 1,
                QuickEvent::Eof => return elements,
                _ => {}
            }
        }
    };
    Contestant::new("quick-xml", run).sees(input.counts.elements, run)
}

pub fn roxmltree(input: Input) -> Contestant {
    let options = || roxmltree::ParsingOptions { nodes_limit: u32::MAX, ..Default::default() };
    let parse = move || roxmltree::Document::parse_with_options(input.text(), options()).expect("a document");
    Contestant::new("roxmltree", parse)
        .sees(input.counts.elements, move || parse().descendants().filter(|node| node.is_element()).count() as i64)
}
