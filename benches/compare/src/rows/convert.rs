//! Whole documents from one encoding to the other.

use super::message::elements;
use super::{Case, OURS, Row, reader};
use crate::ffi;
use crate::inputs::Input;
use crate::measure::Contestant;
use omadm::convert::{self, ConvertOptions};

fn to_wbxml_of(name: &str, string_table: bool) -> Option<Contestant> {
    let input = Input::load(name);
    let options = ConvertOptions { string_table, ..Default::default() };
    let convert = move || convert::to_wbxml(input.octets(), &options).expect("WBXML");
    Some(Contestant::new(OURS, convert).sees(input.counts.elements, move || elements(&convert())))
}

pub fn to_wbxml() -> Row {
    fn contestants(name: &str, slow: usize) -> Vec<Option<Contestant>> {
        let input = Input::load(name);
        let peer = reader("libwbxml -n", ffi::peer_libwbxml_to_wbxml(), input, input.counts.elements);
        vec![to_wbxml_of(name, false), peer.map(|peer| peer.samples(slow))]
    }
    let targets = |case: Case| case.times(15.0, "libwbxml -n");
    Row {
        id: "to-wbxml",
        title: "XML → WBXML conversion, without string table",
        text: "libwbxml through its C interface, with the string table off; five samples of the large message.",
        cases: vec![
            targets(Case::new("small", "small, 1.5 kB", || contestants("syncml-small.xml", 25))),
            targets(Case::new("medium", "medium, 64 kB", || contestants("syncml-medium.xml", 25))),
            targets(Case::new("large", "large, 4 MB", || contestants("syncml-large.xml", 5)).fresh()),
        ],
    }
}

pub fn to_wbxml_with_table() -> Row {
    fn contestants(name: &str, slow: Option<usize>) -> Vec<Option<Contestant>> {
        let input = Input::load(name);
        let peer = slow.and_then(|samples| {
            let peer = ffi::peer_libwbxml_to_wbxml_with_table();
            Some(reader("libwbxml", peer, input, input.counts.elements)?.samples(samples))
        });
        vec![to_wbxml_of(name, true), peer]
    }
    Row {
        id: "to-wbxml-table",
        title: "XML → WBXML conversion, with string table",
        text: "Messages of so many Replace commands, no text twice. libwbxml's time grows faster than the square of the input: 2,000 commands took it \
               minutes, so it is asked about the smaller ones only, three times each.",
        cases: vec![
            Case::new("250", "250 commands", || contestants("replace-250.xml", Some(3))),
            Case::new("500", "500 commands", || contestants("replace-500.xml", Some(3))),
            Case::new("1000", "1,000 commands", || contestants("replace-1000.xml", None)),
            Case::new("2000", "2,000 commands", || contestants("replace-2000.xml", None))
                .within(5e6, "2,000 commands in 5 ms"),
            Case::new("4000", "4,000 commands", || contestants("replace-4000.xml", None)).within(10e6, "linear: 10 ms"),
            Case::new("8000", "8,000 commands", || contestants("replace-8000.xml", None)).within(20e6, "linear: 20 ms"),
        ],
    }
}

pub fn to_xml() -> Row {
    fn contestants(name: &str, slow: usize) -> Vec<Option<Contestant>> {
        let input = Input::load(name);
        let convert = move || convert::to_xml(input.octets(), &ConvertOptions::default()).expect("XML");
        let ours = Contestant::new(OURS, convert).sees(input.counts.elements, move || elements(convert().as_bytes()));
        let peer = reader("libwbxml", ffi::peer_libwbxml_to_xml(), input, input.counts.elements);
        vec![Some(ours), peer.map(|peer| peer.samples(slow))]
    }
    let targets = |case: Case| case.times(20.0, "libwbxml");
    Row {
        id: "to-xml",
        title: "WBXML → XML conversion",
        text: "libwbxml through its C interface, writing compact XML; five samples of the large message.",
        cases: vec![
            targets(Case::new("small", "small, 0.6 kB", || contestants("syncml-small.wbxml", 25))),
            targets(Case::new("medium", "medium, 31 kB", || contestants("syncml-medium.wbxml", 25))),
            targets(Case::new("large", "large, 1.9 MB", || contestants("syncml-large.wbxml", 5)).fresh()),
        ],
    }
}
