//! Messages: decoded and encoded.

use super::{Case, OURS, Row, reader};
use crate::ffi;
use crate::inputs::Input;
use crate::measure::Contestant;
use omadm::markup::{Document, Event, Options, Reader};
use omadm::syncml::Message;
use quick_xml::events::Event as QuickEvent;

pub fn decode_xml() -> Row {
    Row {
        id: "syncml-xml",
        title: "SyncML XML → typed message",
        text: "omadm checks UTF-8, namespaces, entities and limits and fills a typed message; pugixml, rapidxml, libxml2 and roxmltree build a \
               general tree, expat and quick-xml only report events. Freeing the result is included, counting it is not. rapidxml's \
               fastest mode leaves entities alone, keeps no text nodes and needs no copy; the other mode writes into a copy, which is included.",
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
        elements(input)
    })
}

/// As our own reader of events sees them.
pub fn elements(input: Input) -> i64 {
    let document = Document::open(input.octets()).expect("a document");
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
