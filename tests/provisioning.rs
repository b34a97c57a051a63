//! Client-provisioning documents: corpus pairs, vector G8 of `wire.md`, errors with their places, robustness.

mod common;

use common::vectors::*;
use common::{Row, hex, read, rows};
use omadm::markup::{Encoding, Event, Options, Reader};
use omadm::provisioning::{Attribute, Document};
use omadm::{Error, ErrorKind, Limits};
use proptest::prelude::*;
use std::fmt::Write as _;

/// The documents by others, if they are there, with what another parser counts.
fn pairs() -> Vec<(String, Vec<u8>, Row)> {
    let rows = rows().into_iter().filter(|row| row.kind == "prov");
    rows.map(|row| (row.path.display().to_string(), read(&row.path), row)).collect()
}

fn attributes<'d>(attributes: impl Iterator<Item = Attribute<'d>>) -> String {
    attributes.map(|attr| format!(" {{{:?}}}{}={:?}", attr.namespace, attr.name, attr.value)).collect()
}

/// Everything a document shows, but places and encoding; and through Debug, too.
fn dump(document: &Document<'_>) -> String {
    let mut out = format!("version={:?}{}\n", document.version(), attributes(document.attributes()));
    let mut debug = format!("{document:?}");
    for group in document.all_characteristics() {
        write!(out, "{}{} children=", group.kind(), attributes(group.attributes())).unwrap();
        writeln!(out, "{:?}", group.children().map(|child| child.kind()).collect::<Vec<_>>()).unwrap();
        for parm in group.parms() {
            writeln!(out, "  {}={:?}{}", parm.name(), parm.value(), attributes(parm.attributes())).unwrap();
            write!(debug, "{parm:?}").unwrap();
        }
        for extra in group.extras() {
            writeln!(out, "  {} octets", extra.bytes().len()).unwrap();
        }
        write!(debug, "{group:?}").unwrap();
    }
    for extra in document.extras() {
        let mut reader = extra.reader(&Options::default());
        while let Ok(Some(event)) = reader.next_event() {
            writeln!(out, "  {event:?}").unwrap();
        }
    }
    assert!(!debug.contains("secret"), "{debug}");
    out
}

#[test]
fn corpus_pairs_have_equal_views_and_the_counts_of_another_parser() {
    let documents = pairs();
    let mut views = Vec::new();
    for (name, input, row) in &documents {
        let document = Document::decode(input).unwrap_or_else(|error| panic!("{name}: {error}"));
        let encoding = if name.ends_with(".xml") { Encoding::Xml } else { Encoding::Wbxml };
        assert_eq!(document.encoding(), encoding, "{name}");
        assert_eq!(document.extras().count() + document.attributes().len(), 0, "{name}");
        let groups = document.all_characteristics().count();
        let parms: Vec<_> =
            document.all_characteristics().flat_map(|group| group.parms().collect::<Vec<_>>()).collect();
        assert_eq!(1 + groups + parms.len(), row.elements, "{name}: elements");
        let valued = parms.iter().filter(|parm| parm.value().is_some()).count();
        let version = usize::from(document.version().is_some());
        assert_eq!(version + groups + parms.len() + valued, row.attributes, "{name}: attributes");
        views.push((name.replace(".wbxml", ".xml"), dump(&document)));
    }
    for pair in views.chunks(2) {
        assert_eq!(pair[0], pair[1]);
    }
    println!("{} documents", documents.len());
    assert!(documents.is_empty() || documents.len() == 8);
}

#[test]
fn g8_account_with_all_values() {
    let wbxml = hex(G8);
    let document = Document::decode(&wbxml).unwrap();
    assert_eq!(document.version(), Some("1.1"));
    let account = document.characteristics().next().unwrap();
    assert_eq!((account.kind(), document.characteristics().count()), ("APPLICATION", 1));
    // The octet 0xC6 after the root's attribute list.
    assert_eq!((account.offset(), wbxml[account.offset()]), (12, 0xC6));
    let parms: Vec<_> = account.parms().map(|parm| (parm.name(), parm.value())).collect();
    let expected = [("APPID", Some("w7")), ("PROVIDER-ID", Some("dm.example.com")), ("NAME", Some("Example"))];
    assert_eq!(parms, expected);
    let children: Vec<_> = account.children().collect();
    assert_eq!(children.iter().map(|child| child.kind()).collect::<Vec<_>>(), ["APPADDR", "APPAUTH", "APPAUTH"]);
    assert_eq!(children[0].value("ADDR"), Some("https://dm.example.com/omadm"));
    let port = children[0].children().next().unwrap();
    assert_eq!((port.kind(), port.value("PORTNBR"), port.children().count()), ("PORT", Some("443"), 0));
    let auth = |index: usize| {
        ["AAUTHLEVEL", "AAUTHTYPE", "AAUTHNAME", "AAUTHSECRET", "AAUTHDATA"]
            .map(|name| children[index].value(name).unwrap())
    };
    assert_eq!(auth(1), ["APPSRV", "DIGEST", "dev1", "secret", "AAAAAA=="]);
    assert_eq!(auth(2), ["CLIENT", "DIGEST", "dm.example.com", "srvsecret", "AAAAAA=="]);
    assert!(children[0].parm("AAUTHSECRET").is_none());
    assert_eq!(dump(&document), dump(&Document::decode(G8_XML.as_bytes()).unwrap()));
}

#[test]
fn values_are_joined_from_fragments() {
    // `wire.md` §7.9: AAA, AAA, "==" on page 0; HTTP- and DIGEST on page 1; a part from the string table.
    let input = hex("020b6a03 782d00 45 c600015501 \
        8700012f000006e0e0033d3d0001 87000133060001919301 8707068300 036100 026201 01 01");
    let document = Document::decode(&input).unwrap();
    let group = document.characteristics().next().unwrap();
    let values: Vec<_> = group.parms().map(|parm| (parm.name(), parm.value().unwrap())).collect();
    assert_eq!(values, [("AAUTHDATA", "AAAAAA=="), ("AAUTHTYPE", "HTTP-DIGEST"), ("NAME", "x-ab")]);
}

#[test]
fn absent_empty_and_repeated_values() {
    let input = "<wap-provisioningdoc><characteristic type=''><parm name='MASTER'/><parm name='NAME' value=''/>\
         <parm name='TO-NAPID' value='1'/><parm name='TO-NAPID' value='2'/></characteristic></wap-provisioningdoc>";
    let document = Document::decode(input.as_bytes()).unwrap();
    assert_eq!(document.version(), None);
    let group = document.characteristics().next().unwrap();
    assert_eq!(group.kind(), "");
    assert!(group.parm("MASTER").is_some() && group.parm("master").is_none());
    assert_eq!((group.value("MASTER"), group.value("NAME"), group.value("TO-NAPID")), (None, Some(""), Some("1")));
    assert_eq!(group.parms().filter(|parm| parm.name() == "TO-NAPID").count(), 2);
    assert_eq!(group.parm("MASTER").unwrap().offset(), input.find("<parm").unwrap());
}

#[test]
fn parms_may_stand_after_characteristics() {
    let input = "<wap-provisioningdoc><characteristic type='A'><parm name='1'/><characteristic type='B'><parm name='2'/>\
         <x/></characteristic><parm name='3'/><y/></characteristic><z/><characteristic type='C'/></wap-provisioningdoc>";
    let document = Document::decode(input.as_bytes()).unwrap();
    let names = |kind: &str| -> String {
        let group = document.all_characteristics().find(|group| group.kind() == kind).unwrap();
        group
            .parms()
            .map(|parm| parm.name().to_owned())
            .chain(group.extras().map(|extra| String::from_utf8(extra.bytes().to_vec()).unwrap()))
            .collect()
    };
    assert_eq!([names("A"), names("B"), names("C")], ["13<y/>", "2<x/>", ""]);
    assert_eq!(document.extras().map(|extra| extra.offset()).collect::<Vec<_>>(), [input.find("<z/>").unwrap()]);
    assert_eq!(document.characteristics().map(|group| group.kind()).collect::<String>(), "AC");
}

#[test]
fn what_the_standard_does_not_know_is_kept() {
    let input = "\u{FEFF}<wap-provisioningdoc version='1.1' id='a&amp;b' xmlns:m='urn:m'><characteristic type='A' m:mwid='1'>\
         <parm datatype='integer' name='B' value='1&#10;2' m:x='&lt;'/><characteristic-query type='C'/></characteristic>\
         </wap-provisioningdoc>";
    let document = Document::decode(input.as_bytes()).unwrap().into_owned();
    let one = |attribute: Attribute<'_>| {
        (attribute.name.to_owned(), attribute.namespace.map(str::to_owned), attribute.value.to_owned())
    };
    let found: Vec<_> = document.attributes().map(one).collect();
    assert_eq!(found, [("id".to_owned(), None, "a&b".to_owned())]);
    let group = document.characteristics().next().unwrap();
    let found: Vec<_> = group.attributes().map(one).collect();
    assert_eq!(found, [("m:mwid".to_owned(), Some("urn:m".to_owned()), "1".to_owned())]);
    let parm = group.parm("B").unwrap();
    assert_eq!(parm.value(), Some("1\n2"));
    let found: Vec<_> = parm.attributes().map(|attribute| (attribute.name, attribute.value)).collect();
    assert_eq!(found, [("datatype", "integer"), ("m:x", "<")]);
    let extra = group.extras().next().unwrap();
    assert_eq!(
        (extra.bytes(), extra.offset()),
        (&b"<characteristic-query type='C'/>"[..], input.find("<characteristic-q").unwrap())
    );
    let mut reader = extra.reader(&Options::default());
    assert!(matches!(reader.next_event().unwrap(), Some(Event::Start(name)) if name.local() == "characteristic-query"));
    assert_eq!(reader.attrs().next().unwrap().value.as_str(), "C");
}

#[test]
fn owned_documents_equal_borrowed_ones() {
    for input in pairs().into_iter().map(|(_, input, ..)| input).chain([hex(G8), G8_XML.into()]) {
        let document = Document::decode(&input).unwrap();
        let borrowed = dump(&document);
        let owned = document.into_owned();
        drop(input);
        assert_eq!(dump(&owned), borrowed);
    }
}

#[test]
fn secrets_are_not_in_debug_output() {
    let document = Document::decode(G8_XML.as_bytes()).unwrap();
    let auth = document.all_characteristics().find(|group| group.kind() == "APPAUTH").unwrap();
    let parm = auth.parm("AAUTHSECRET").unwrap();
    let debug = format!("{document:?} {auth:?} {parm:?} {:?}", document.characteristics());
    assert!(!debug.contains("\"secret\"") && debug.contains("AAUTHSECRET"), "{debug}");
    let document =
        Document::decode(b"<wap-provisioningdoc><characteristic type='A' pin='1234'/></wap-provisioningdoc>").unwrap();
    let debug = format!("{:?}", document.characteristics().next().unwrap().attributes().next().unwrap());
    assert_eq!(debug, "Attribute { name: \"pin\", namespace: None, .. }");
}

#[test]
fn errors_name_kind_and_place() {
    // `^` marks the octet at fault.
    let cases = [
        ("^<SyncML xmlns='SYNCML:SYNCML1.2'/>", ErrorKind::NotProvisioning),
        ("<?xml version='1.0'?>\n^<characteristic type='A'/>", ErrorKind::NotProvisioning),
        ("^<p:wap-provisioningdoc xmlns:p='urn:other'/>", ErrorKind::NotProvisioning),
        ("<wap-provisioningdoc>^<characteristic name='A'/></wap-provisioningdoc>", ErrorKind::Missing("type")),
        (
            "<wap-provisioningdoc><characteristic type='A'>^<parm value='1'/></characteristic></wap-provisioningdoc>",
            ErrorKind::Missing("name"),
        ),
        ("<wap-provisioningdoc>^<parm name='A'/></wap-provisioningdoc>", ErrorKind::UnexpectedElement),
        ("<wap-provisioningdoc>^<wap-provisioningdoc/></wap-provisioningdoc>", ErrorKind::UnexpectedElement),
        (
            "<wap-provisioningdoc><characteristic type='A'><parm name='1'>^<parm name='2'/></parm></characteristic></wap-provisioningdoc>",
            ErrorKind::UnexpectedElement,
        ),
        (
            "<wap-provisioningdoc><characteristic type='A'><parm name='1'>^x</parm></characteristic></wap-provisioningdoc>",
            ErrorKind::UnexpectedText,
        ),
        ("<wap-provisioningdoc>^x</wap-provisioningdoc>", ErrorKind::UnexpectedText),
        (
            "<wap-provisioningdoc><characteristic type='A'>^<![CDATA[x]]></characteristic></wap-provisioningdoc>",
            ErrorKind::UnexpectedText,
        ),
        ("<wap-provisioningdoc></wap-provisioningdoc>^<b/>", ErrorKind::XmlOutsideRoot),
        (
            "<wap-provisioningdoc><characteristic type='A' ^type='B'/></wap-provisioningdoc>",
            ErrorKind::XmlDuplicateAttribute,
        ),
        ("<wap-provisioningdoc><characteristic type='A'>^", ErrorKind::UnexpectedEnd),
        ("^plain text", ErrorKind::UnknownFormat),
        ("^", ErrorKind::UnknownFormat),
    ];
    for (input, kind) in cases {
        let at = input.find('^').unwrap();
        let input = input.replacen('^', "", 1);
        assert_eq!(Document::decode(input.as_bytes()).unwrap_err(), Error::new(kind, at), "{input}");
    }
    let wbxml = [
        // SyncML's root.
        ("02a4016a00 6d", ErrorKind::NotProvisioning, 5),
        ("020b6a00 46 01", ErrorKind::NotProvisioning, 4),
        // A parm with two names, one without, a characteristic without type.
        ("020b6a00 45 c65501 87 07 08 01", ErrorKind::XmlDuplicateAttribute, 10),
        ("020b6a00 45 c65501 87 06 01", ErrorKind::Missing("name"), 8),
        ("020b6a00 45 46", ErrorKind::Missing("type"), 5),
        ("020b6a00 45 c67f01", ErrorKind::WbxmlAttribute, 6),
        ("020b6a00 45 c65501 01", ErrorKind::UnexpectedEnd, 9),
    ];
    for (input, kind, at) in wbxml {
        assert_eq!(Document::decode(&hex(input)).unwrap_err(), Error::new(kind, at), "{input}");
    }
    assert_eq!(ErrorKind::NotProvisioning.code(), 521);
}

#[test]
fn errors_are_located() {
    let input = "<wap-provisioningdoc>\n <characteristic type='A'>\n  <parm name='1'></parm>\n  <parm/>";
    let location = Document::decode(input.as_bytes()).unwrap_err().locate(input.as_bytes());
    assert_eq!(location.line_column, Some((4, 3)));
    assert_eq!(location.path, "wap-provisioningdoc/characteristic/parm[2]");
}

#[test]
fn limits_hold() {
    let deep = format!("<wap-provisioningdoc>{}", "<characteristic type='A'>".repeat(100_000));
    assert_eq!(Document::decode(deep.as_bytes()).unwrap_err().kind(), ErrorKind::LimitDepth);
    let options = Options { limits: Limits { elements: 5, ..Limits::default() }, ..Options::default() };
    assert_eq!(Document::decode_with(&hex(G8), &options).unwrap_err().kind(), ErrorKind::LimitElements);
}

fn read_all(input: &[u8]) -> bool {
    match Document::decode(input) {
        Ok(document) => {
            let count: usize = document
                .all_characteristics()
                .map(|group| {
                    let parms =
                        group.parms().map(|parm| parm.value().map_or(0, str::len) + parm.name().len() + parm.offset());
                    let extras = group.extras().map(|extra| extra.bytes().len());
                    parms.chain(extras).sum::<usize>() + group.children().count() + group.attributes().len()
                })
                .sum();
            count + document.extras().count() < usize::MAX
        }
        Err(error) => {
            assert!(error.offset() <= input.len(), "{error}");
            false
        }
    }
}

#[test]
fn truncated_documents_are_errors_and_bit_flips_never_panic() {
    let documents = pairs().into_iter().map(|(_, input, ..)| input).chain([hex(G8), G8_XML.into()]);
    for mut input in documents.filter(|input| input.len() < 4096) {
        let end = if input[0] < 4 { 1 } else { b'>' };
        let end = input.iter().rposition(|octet| *octet == end).unwrap() + 1;
        for len in 0..input.len() {
            assert!(!read_all(&input[..len]) || len >= end, "cut to {len}");
        }
        for at in 0..input.len() {
            for bit in 0..8 {
                input[at] ^= 1 << bit;
                read_all(&input);
                input[at] ^= 1 << bit;
            }
        }
    }
}

proptest! {
    #[test]
    fn any_octets_are_read_without_a_panic(tail in prop::collection::vec(any::<u8>(), 0..200)) {
        for start in [&b"\x02\x0B\x6A\x00\x45\xC6"[..], b"<wap-provisioningdoc><characteristic type='A'>"] {
            let input = [start, &tail].concat();
            if let Ok(document) = Document::decode(&input) {
                dump(&document);
            }
        }
    }
}

#[test]
fn a_characteristic_is_within_those_around_it_and_no_others() {
    let text = "<wap-provisioningdoc><characteristic type='A'><characteristic type='B'><characteristic type='C'/></characteristic>\
        <characteristic type='D'/></characteristic><characteristic type='E'/></wap-provisioningdoc>";
    let document = Document::decode(text.as_bytes()).unwrap();
    let all: Vec<_> = document.all_characteristics().collect();
    let mut within = String::new();
    for inner in &all {
        for outer in all.iter().filter(|outer| inner.is_within(outer)) {
            write!(within, "{}<{} ", inner.kind(), outer.kind()).unwrap();
        }
    }
    assert_eq!(within, "B<A C<A C<B D<A ");
}
