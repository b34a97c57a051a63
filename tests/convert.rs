//! XML ⇄ WBXML of whole documents: everything we have, judged by another XML parser; golden octets; hostile input.

mod common;

#[path = "convert/golden.rs"]
mod golden;
#[path = "convert/rules.rs"]
mod rules;
#[path = "convert/strange.rs"]
mod strange;

use common::*;
use omadm::convert::{ConvertOptions, Layout, to_wbxml, to_xml};
use omadm::markup::{Encoding, Options};
use omadm::syncml::Message;
use omadm::{ErrorKind, Kind, Limits, detect};
use std::path::Path;
use std::time::Instant;

fn options_of(path: &Path) -> ConvertOptions {
    ConvertOptions { read: options_for(path), ..ConvertOptions::default() }
}

/// An element as roxmltree sees it: namespace and name, attributes, and what is in scope.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    Start {
        name: (Option<String>, String),
        attributes: Vec<(Option<String>, String, String)>,
        in_scope: Vec<(Option<String>, String)>,
    },
    Text(String),
    End,
}

/// A document as roxmltree sees it, without white space between elements and without the words of Meta and Data if asked.
fn seen(xml: &str) -> Vec<Seen> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xml, options).unwrap();
    let mut seen = Vec::new();
    let mut open: Vec<roxmltree::Node<'_, '_>> = Vec::new();
    for node in document.descendants().skip(1) {
        while open.last().is_some_and(|last| node.parent() != Some(*last)) {
            open.pop();
            seen.push(Seen::End);
        }
        if node.is_element() {
            // No namespace and the empty one are the same.
            let namespace = node.tag_name().namespace().filter(|namespace| !namespace.is_empty());
            let name = (namespace.map(str::to_owned), node.tag_name().name().to_owned());
            let attributes = node.attributes();
            let attributes = attributes
                .map(|attr| (attr.namespace().map(str::to_owned), attr.name().to_owned(), attr.value().to_owned()));
            let mut in_scope: Vec<_> = node
                .namespaces()
                .filter(|namespace| !namespace.uri().is_empty())
                .map(|namespace| (namespace.name().map(str::to_owned), namespace.uri().to_owned()))
                .collect();
            in_scope.sort();
            in_scope.dedup();
            seen.push(Seen::Start { name, attributes: attributes.collect(), in_scope });
            open.push(node);
        } else if let (true, Some(text)) = (node.is_text(), node.text()) {
            let around = node.parent().unwrap();
            let has_elements = around.children().any(|child| child.is_element());
            let blank = |text: &str| text.chars().all(|char| char.is_ascii_whitespace());
            let has_text = around.children().any(|child| child.is_text() && !blank(child.text().unwrap()));
            match seen.last_mut() {
                _ if has_elements && !has_text => {}
                Some(Seen::Text(last)) => last.push_str(text),
                _ => seen.push(Seen::Text(text.to_owned())),
            }
        }
    }
    seen.extend(open.iter().map(|_| Seen::End));
    seen
}

fn as_text(path: &Path) -> String {
    String::from_utf8(read(path)).unwrap().trim_start_matches('\u{FEFF}').to_owned()
}

fn check_same(before: &str, after: &str, what: &str) {
    let (before, after) = (seen(before), seen(after));
    for (index, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_eq!(before, after, "{what}: piece {index}");
    }
    assert_eq!(before.len(), after.len(), "{what}");
}

/// Converts there with and without a string table, and back; returns the sizes of both.
fn there_and_back(xml: &str, options: &ConvertOptions, what: &str) -> (usize, usize, String) {
    let plain = to_wbxml(xml.as_bytes(), options).unwrap_or_else(|error| panic!("{what}: {error}"));
    let tabled = to_wbxml(xml.as_bytes(), &ConvertOptions { string_table: true, ..*options }).unwrap();
    assert!(tabled.len() <= plain.len(), "{what}: {} > {}", tabled.len(), plain.len());
    let back = to_xml(&plain, options).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(to_xml(&tabled, options).as_ref(), Ok(&back), "{what}");
    (plain.len(), tabled.len(), back)
}

/// "It is done when … keeps every element, attribute, namespace and text, compared by another XML parser."
#[test]
fn windows_descriptions_survive() {
    let Some(corpus) = corpus() else { return };
    let paths = files(&corpus.join("ddf/windows"), XML);
    assert_eq!(paths.len(), 154);
    let (mut xml_size, mut plain_size, mut tabled_size, mut most) = (0, 0, 0, (0, String::new()));
    for path in &paths {
        let what = path.file_name().unwrap().to_string_lossy().into_owned();
        let xml = as_text(path);
        let (plain, tabled, back) = there_and_back(&xml, &ConvertOptions::default(), &what);
        check_same(&xml, &back, &what);
        xml_size += xml.len();
        plain_size += plain;
        tabled_size += tabled;
        let value_types = |xml: &str| {
            let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
            let document = roxmltree::Document::parse_with_options(xml, options).unwrap();
            document.descendants().filter(|node| node.attribute("ValueType").is_some()).count()
        };
        let count = value_types(&xml);
        assert_eq!(value_types(&back), count, "{what}");
        most = most.max((count, what));
    }
    println!("154 descriptions: {xml_size} octets of XML, {plain_size} of WBXML, {tabled_size} with a string table");
    println!("most ValueType attributes: {} in {}, all there", most.0, most.1);
    assert!(most.0 >= 100);
}

/// Messages say the same, whatever form their documents have; everything else is the same to another parser.
#[test]
fn xml_documents_survive() {
    let mut count = 0;
    for path in documents(XML) {
        let what = path.file_name().unwrap().to_string_lossy().into_owned();
        let xml = as_text(&path);
        let options = options_of(&path);
        if path.to_string_lossy().contains("ddf/windows") {
            continue;
        }
        let (_, _, back) = there_and_back(&xml, &options, &what);
        count += 1;
        if detect(xml.as_bytes()) == Ok(Kind::SyncMl) {
            assert_same_message(xml.as_bytes(), back.as_bytes(), &options.read, &what);
        } else if !has_bare_ampersand(&path) {
            check_same(&xml, &back, &what);
        }
        // The form that came out stays.
        let again = to_wbxml(back.as_bytes(), &options).unwrap();
        assert_eq!(to_xml(&again, &options).unwrap(), back, "{what}");
    }
    println!("{count} documents");
    assert!(count >= if corpus().is_some() { 41 } else { 9 });
}

/// The elements of a message, without those of documents inside, and what trees it has. What `Meta` says of such
/// documents and of octets may differ.
fn said(octets: &[u8], options: &Options) -> (Vec<Piece>, Vec<String>) {
    let mut kept = Vec::new();
    // How many elements are open from a Data on, and the name of the last element.
    let (mut inside, mut last) = (0_usize, String::new());
    for piece in without_blanks(read_all(octets, options).unwrap()) {
        let keeps = match &piece {
            Piece::Start(name, _) => {
                last.clone_from(name);
                inside += usize::from(inside > 0 || name == "Data");
                inside <= 1
            }
            Piece::End => {
                inside = inside.saturating_sub(1);
                inside == 0
            }
            Piece::Text(text) => {
                let is_fact = ["Format", "Type", "Size"].contains(&last.as_str());
                let is_document = inside == 1 && matches!(text.first(), Some(b'<' | 0..=3));
                !is_fact && !is_document && inside <= 1
            }
        };
        kept.extend(keeps.then_some(piece));
    }
    let message = Message::decode_with(octets, options).unwrap();
    let trees = omadm::tnds::in_message(&message, options).flat_map(|found| {
        let (_, tree) = found.unwrap();
        let nodes = tree.nodes().map(|node| {
            let value = node.value().map(|value| value.octets().unwrap().into_owned());
            format!("{} {:?} {:?}", node.uri(), node.format(), value)
        });
        nodes.collect::<Vec<_>>()
    });
    (kept, trees.collect())
}

fn assert_same_message(before: &[u8], after: &[u8], options: &Options, what: &str) {
    let (before, after) = (said(before, options), said(after, &Options::default()));
    assert_eq!(outline(&before.0), outline(&after.0), "{what}");
    assert_eq!(before, after, "{what}");
}

#[test]
fn wbxml_documents_survive() {
    let mut count = 0;
    for path in documents(WBXML) {
        let what = path.file_name().unwrap().to_string_lossy().into_owned();
        if is_vendor_wbxml(&path) {
            continue;
        }
        let octets = read(&path);
        let options = options_of(&path);
        let xml = to_xml(&octets, &options).unwrap_or_else(|error| panic!("{what}: {error}"));
        let parsed = roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{what}: {error}\n{xml}"));
        assert!(parsed.root_element().has_children());
        let back = to_wbxml(xml.as_bytes(), &ConvertOptions { keep_blanks: true, ..options }).unwrap();
        if detect(&octets) == Ok(Kind::SyncMl) {
            assert_same_message(&octets, &back, &options.read, &what);
        } else {
            assert_eq!(read_ok(&back), read_ok(&octets), "{what}");
        }
        // WBXML again: the same events, with fewer octets if any.
        let same = to_wbxml(&octets, &options).unwrap();
        assert_eq!(read_ok(&same), read_ok(&octets), "{what}");
        count += 1;
    }
    println!("{count} documents");
    assert!(count >= 7);
}

/// XML to XML: everything there is, prefixes too.
#[test]
fn xml_is_written_again() {
    for path in documents(XML) {
        if has_bare_ampersand(&path) {
            continue;
        }
        let what = path.file_name().unwrap().to_string_lossy().into_owned();
        let xml = as_text(&path);
        for layout in [Layout::AsItIs, Layout::Indented, Layout::Canonical] {
            let options = ConvertOptions { layout, ..ConvertOptions::default() };
            let again = to_xml(xml.as_bytes(), &options).unwrap_or_else(|error| panic!("{what}: {error}"));
            if layout == Layout::Canonical {
                let sort = |mut seen: Vec<Seen>| {
                    for piece in &mut seen {
                        if let Seen::Start { attributes, .. } = piece {
                            attributes.sort();
                        }
                    }
                    seen
                };
                assert_eq!(sort(seen(&xml)), sort(seen(&again)), "{what}");
            } else {
                check_same(&xml, &again, &what);
            }
            assert_eq!(to_xml(again.as_bytes(), &options).as_ref(), Ok(&again), "{what} {layout:?} twice");
        }
    }
}

/// n commands as `field-lessons.md` §4.1 has them.
fn replaces(count: usize) -> String {
    let mut xml = String::from(
        "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>\
         <SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>IMEI:490154203237518</LocURI></Target>\
         <Source><LocURI>https://dm.example.com/omadm</LocURI></Source></SyncHdr><SyncBody>",
    );
    for index in 1..=count {
        xml.push_str(&format!(
            "<Replace><CmdID>{index}</CmdID><Item><Target><LocURI>./Vendor/Acme/Setting{index}/Value</LocURI></Target>\
             <Meta><Format xmlns=\"syncml:metinf\">chr</Format><Type xmlns=\"syncml:metinf\">text/plain</Type></Meta>\
             <Data>value number {index}</Data></Item></Replace>"
        ));
    }
    xml.push_str("<Final/></SyncBody></SyncML>");
    xml
}

/// libwbxml takes 8 s for 1,000, 171 s for 2,000 and does not end for 4,000.
#[test]
fn time_is_linear() {
    let options = ConvertOptions { string_table: true, ..ConvertOptions::default() };
    let xml = [1_000, 2_000, 4_000, 8_000].map(replaces);
    let wbxml = xml.each_ref().map(|xml| to_wbxml(xml.as_bytes(), &options).unwrap());
    // Three doublings; a time that grows as the square grows 8 times for each octet.
    assert!(clock::is_linear_in("to WBXML", 3.4, &xml, |xml| drop(to_wbxml(xml.as_bytes(), &options).unwrap())));
    assert!(clock::is_linear_in("to XML", 3.4, &wbxml, |wbxml| drop(to_xml(wbxml, &options).unwrap())));
}

/// A long string in the table that a short document repeats.
#[test]
fn string_table_bombs_are_refused_quickly() {
    let since = Instant::now();
    let mut bomb = b"\x02\xA4\x01\x6A".to_vec();
    let text = vec![b'a'; 65_000];
    bomb.extend_from_slice(&[0x83, 0xFB, 0x69]);
    bomb.extend_from_slice(&text);
    bomb.push(0);
    bomb.extend_from_slice(&[0x6D, 0x6C, 0x71]);
    bomb.extend(std::iter::repeat_n([0x83, 0x00], 20_000).flatten());
    bomb.extend_from_slice(&[1, 1, 1]);
    let error = to_xml(&bomb, &ConvertOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LimitExpansion);
    let limits = Limits { expansion: u32::MAX, output: 1 << 20, ..Limits::default() };
    let small = ConvertOptions { read: Options { limits, ..Options::default() }, ..ConvertOptions::default() };
    assert_eq!(to_xml(&bomb, &small).unwrap_err().kind(), ErrorKind::LimitOutput);
    assert_eq!(to_wbxml(&bomb, &small).unwrap_err().kind(), ErrorKind::LimitOutput);
    assert!(since.elapsed().as_secs() < 20);
}

#[test]
fn broken_documents_are_errors() {
    let small = |path: &std::path::PathBuf| std::fs::metadata(path).unwrap().len() < 8_000;
    let paths: Vec<_> = documents(ALL).into_iter().filter(small).collect();
    let all = [
        ConvertOptions { string_table: true, ..ConvertOptions::default() },
        ConvertOptions { layout: Layout::Indented, keep_blanks: true, ..ConvertOptions::default() },
    ];
    let run = |octets: &[u8]| {
        for options in &all {
            let _ = to_xml(octets, options);
            if let Ok(wbxml) = to_wbxml(octets, options) {
                assert_eq!(Encoding::detect(&wbxml), Some(Encoding::Wbxml));
            }
        }
    };
    for path in paths {
        let octets = read(&path);
        let step = octets.len() / 300 + 1;
        for cut in (0..octets.len()).step_by(step) {
            run(&octets[..cut]);
        }
        for at in (0..octets.len()).step_by(step) {
            let mut flipped = octets.clone();
            flipped[at] ^= 1 << (at % 8);
            run(&flipped);
        }
    }
}
