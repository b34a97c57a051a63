//! Writing is the inverse of reading: every document we have, through both writers.

mod common;

use common::vectors::*;
use common::*;
use omadm::ErrorKind;
use omadm::Limits;
use omadm::markup::{
    Encoding, Event, Name, NewAttr, Options, Reader, Writer, copy, root, wbxml::WbxmlWriter, xml::XmlWriter,
};
use omadm::vocabulary::{DocumentType, dmddf, syncml};

/// The pieces of a document read from octets.
fn read_pieces(octets: &[u8], options: &Options) -> Vec<Piece> {
    with_reader(octets, options, |reader| pieces(reader)).unwrap()
}

fn to_xml(octets: &[u8], options: &Options) -> String {
    with_reader(octets, options, |reader| {
        let mut writer = XmlWriter::new(&Limits::default());
        copy(reader, &mut writer)?;
        writer.finish()
    })
    .unwrap()
}

fn to_wbxml(octets: &[u8], options: &Options) -> Vec<u8> {
    let root = root(octets, options).unwrap().expect("a known root");
    with_reader(octets, options, |reader| {
        let mut writer = WbxmlWriter::new(DocumentType::from_root(root), &Limits::default());
        copy(reader, &mut writer)?;
        writer.finish()
    })
    .unwrap()
}

/// Whether XML can carry it: opaque values that are not text need base64, which only a converter that knows Meta can
/// do.
fn is_text(octets: &[u8], options: &Options) -> bool {
    with_reader(octets, options, |reader| {
        while let Some(event) = reader.next_event()? {
            if matches!(event, Event::Opaque(octets) if std::str::from_utf8(octets).is_err() || octets.contains(&0)) {
                return Ok(false);
            }
        }
        Ok(true)
    })
    .unwrap()
}

/// Elements of client provisioning have no namespace (`wire.md` §1.1): in XML only what is around them tells what they are, in WBXML their
/// token does. What fuzzing found.
#[test]
fn names_of_provisioning_inside_a_name_without_a_token_are_anybodys_in_xml() {
    // A string table of "x", wap-provisioningdoc, a literal x in it, a characteristic in that.
    let octets = hex("030b6a02 7800 45 4400 06 01 01");
    let xml = to_xml(&octets, &Options::default());
    assert_eq!(xml, "<wap-provisioningdoc><x><characteristic/></x></wap-provisioningdoc>");
    let known = |octets: &[u8]| {
        with_reader(octets, &Options::default(), |reader| {
            let mut known = Vec::new();
            while let Some(event) = reader.next_event()? {
                known.extend(if let Event::Start(name) = event { Some(matches!(name, Name::Known(_))) } else { None });
            }
            Ok(known)
        })
        .unwrap()
    };
    assert_eq!(known(&octets), [true, false, true]);
    assert_eq!(known(xml.as_bytes()), [true, false, false]);
}

#[test]
fn every_document_survives_both_writers() {
    let mut written = [0_usize; 2];
    for path in documents(ALL) {
        if is_vendor_wbxml(&path) {
            continue;
        }
        let octets = read(&path);
        let options = options_for(&path);
        let whole = read_pieces(&octets, &options);
        let wbxml = to_wbxml(&octets, &options);
        assert_eq!(Encoding::detect(&wbxml), Some(Encoding::Wbxml));
        assert_eq!(read_pieces(&wbxml, &options), whole, "{} as WBXML", path.display());
        written[0] += 1;
        if is_text(&octets, &options) {
            let xml = to_xml(&octets, &options);
            assert_eq!(read_pieces(xml.as_bytes(), &options), whole, "{} as XML", path.display());
            // Another parser finds it well-formed, and as many elements.
            let document =
                roxmltree::Document::parse(&xml).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let elements = document.descendants().filter(roxmltree::Node::is_element).count();
            assert_eq!(elements, whole.iter().filter(|piece| matches!(piece, Piece::Start(..))).count());
            written[1] += 1;
        }
    }
    println!("{} documents as WBXML, {} as XML", written[0], written[1]);
    assert!(written[0] >= 14 && written[1] >= 11);
}

/// `wire.md` §13.1: octets that two other programs agree on. In these the values are inline strings, as our profile has
/// them.
#[test]
fn golden_octets_of_g5_and_g6() {
    for (name, xml, wbxml) in [("G5", G5_XML, G5_WBXML), ("G6", G6_XML, G6_WBXML)] {
        assert_eq!(to_wbxml(xml.as_bytes(), &Options::default()), hex(wbxml), "{name}");
    }
}

/// Elements of a fragment, written into a document of the other encoding.
#[test]
fn fragments_are_written_back() {
    let octets = read(&data().join("results-inline.syncml.xml"));
    let wbxml = with_reader(&octets, &Options::default(), |reader| {
        loop {
            match reader.next_event()? {
                Some(Event::Start(name)) if name.local() == "MgmtTree" => {
                    let fragment = reader.skip()?;
                    let mut writer = WbxmlWriter::new(DocumentType::DmDdf12, &Limits::default());
                    fragment.write(&mut writer, &Options::default())?;
                    return writer.finish();
                }
                Some(_) => {}
                None => unreachable!("the tree is in there"),
            }
        }
    })
    .unwrap();
    let tree = omadm::tnds::decode(&wbxml).unwrap();
    let uris: Vec<String> = tree.find_mo("urn:oma:mo:oma-fumo:1.0").map(|node| node.uri().to_string()).collect();
    assert_eq!(uris, ["./FUMO/modem", "./FUMO/system"]);
}

#[test]
fn fragments_are_compared_by_what_they_say() {
    let fragment = |octets: &'static [u8]| {
        let reader = &mut omadm::markup::wbxml::WbxmlReader::new(octets, &Options::default()).unwrap();
        reader.next_event().unwrap();
        reader.skip().unwrap()
    };
    // Meta with a Format on page 1; with and without a string table, an opaque block and a needless page switch.
    let one = fragment(b"\x02\xA4\x01\x6A\x00\x5A\x00\x01\x47\x03chr\x00\x01\x01");
    let two = fragment(b"\x02\xA4\x01\x6A\x04chr\x00\x00\x00\x5A\x00\x01\x00\x01\x47\x83\x00\x01\x01");
    let three = fragment(b"\x02\xA4\x01\x6A\x00\x5A\x00\x01\x47\x03ch\x00\xC3\x01r\x01\x01");
    let other = fragment(b"\x02\xA4\x01\x6A\x00\x5A\x00\x01\x47\x03bin\x00\x01\x01");
    assert!(one == two && one == three && two == three);
    assert!(one != other);
    let octets = b"<Meta xmlns='SYNCML:SYNCML1.2'><Format xmlns='syncml:metinf'>c<!-- -->hr</Format></Meta>";
    let document = omadm::markup::xml::XmlDocument::open(octets).unwrap();
    let mut reader = omadm::markup::xml::XmlReader::new(&document, &Options::default());
    reader.next_event().unwrap();
    assert!(reader.skip().unwrap() == one);
}

/// Writes one element with texts and reads the octets back.
fn with_texts(texts: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let write = |mut writer: WbxmlWriter| {
        writer.start(Name::Known(dmddf::MGMT_TREE), &[]).unwrap();
        for text in texts {
            writer.start(Name::Known(dmddf::TITLE), &[]).unwrap();
            writer.text(text).unwrap();
            writer.end().unwrap();
        }
        writer.end().unwrap();
        writer.finish().unwrap()
    };
    let new = || WbxmlWriter::new(DocumentType::DmDdf12, &Limits::default());
    let (plain, tabled) = (write(new()), write(new().with_string_table()));
    assert!(tabled.len() <= plain.len(), "{texts:?}");
    assert_eq!(read_ok(&plain), read_ok(&tabled));
    (plain, tabled)
}

#[test]
fn the_string_table_has_what_pays() {
    // Three times `ab`: 3 * 4 octets inline; 3 + 3 * 2 in the table.
    let (plain, tabled) = with_texts(&["ab", "ab", "ab"]);
    assert_eq!(plain.len() - tabled.len(), 3);
    // Twice `ab`: 8 octets inline, 7 in the table.
    let (plain, tabled) = with_texts(&["ab", "ab"]);
    assert_eq!(plain.len() - tabled.len(), 1);
    // Twice `a`: 6 octets in both; once anything.
    assert_eq!(with_texts(&["a", "a"]).0, with_texts(&["a", "a"]).1);
    assert_eq!(with_texts(&["abcdefgh", "abcdefg"]).0, with_texts(&["abcdefgh", "abcdefg"]).1);
    // What is there already costs nothing, and what makes the length longer has to pay for it.
    for count in 90..140 {
        let texts: Vec<String> = (0..count).map(|index| format!("{}", index % 60)).collect();
        with_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

#[test]
fn texts_that_follow_each_other_are_one_string() {
    let mut writer = WbxmlWriter::new(DocumentType::SyncMl12, &Limits::default());
    writer.start(Name::Known(syncml::DATA), &[NewAttr::new("a", "b")]).unwrap();
    writer.text("x").unwrap();
    writer.text("y").unwrap();
    assert_eq!(writer.text("\0"), Err(ErrorKind::InvalidCharacter));
    let mut writer = WbxmlWriter::new(DocumentType::SyncMl12, &Limits::default());
    writer.start(Name::Known(syncml::DATA), &[]).unwrap();
    writer.text("x").unwrap();
    writer.text("y").unwrap();
    writer.opaque(b"z").unwrap();
    writer.text("a").unwrap();
    writer.end().unwrap();
    assert_eq!(writer.finish().unwrap(), b"\x02\xA4\x01\x6A\x00\x4F\x03xy\x00\xC3\x01z\x03a\x00\x01");
}

/// Writes with both writers what has a mistake in it, and gives what they say to it.
fn mistake(
    xml: impl FnOnce(&mut XmlWriter) -> Result<(), ErrorKind>,
    wbxml: impl FnOnce(&mut WbxmlWriter) -> Result<(), ErrorKind>,
) -> [ErrorKind; 2] {
    let limits = Limits { namespaces: 2, ..Limits::default() };
    let mut writer = XmlWriter::new(&limits);
    let of_xml = xml(&mut writer).and_then(|()| writer.finish().map(drop).map_err(|error| error.kind()));
    let mut writer = WbxmlWriter::new(DocumentType::SyncMl12, &limits);
    let of_wbxml = wbxml(&mut writer).and_then(|()| writer.finish().map(drop).map_err(|error| error.kind()));
    [of_xml.unwrap_err(), of_wbxml.unwrap_err()]
}

#[test]
fn what_makes_no_document_is_an_error_of_both_writers() {
    fn data(writer: &mut impl Writer) -> Result<(), ErrorKind> {
        writer.start(Name::Known(syncml::DATA), &[])
    }
    fn other(writer: &mut impl Writer, qname: &str) -> Result<(), ErrorKind> {
        writer.start(Name::Other { qname, namespace: None }, &[])
    }
    fn with_attrs(writer: &mut impl Writer, names: &[&str]) -> Result<(), ErrorKind> {
        let attrs: Vec<_> = names.iter().map(|name| NewAttr::new(name, "x")).collect();
        writer.start(Name::Known(syncml::DATA), &attrs)
    }
    fn second_root(writer: &mut impl Writer) -> Result<(), ErrorKind> {
        data(writer)?;
        writer.end()?;
        data(writer)
    }
    assert_eq!(mistake(|_| Ok(()), |_| Ok(())), [ErrorKind::NoRoot; 2]);
    assert_eq!(mistake(data, data), [ErrorKind::UnexpectedEnd; 2]);
    assert_eq!(mistake(second_root, second_root), [ErrorKind::TrailingData; 2]);
    assert_eq!(mistake(|w| w.end(), |w| w.end()), [ErrorKind::XmlEndTag; 2]);
    assert_eq!(mistake(|w| w.text("x"), |w| w.text("x")), [ErrorKind::UnexpectedText; 2]);
    for name in ["", "a b", "a>", "1a", ":a", "a:", "a:b:c"] {
        assert_eq!(mistake(|w| other(w, name), |w| other(w, name)), [ErrorKind::InvalidCharacter; 2], "{name}");
        assert_eq!(
            mistake(|w| with_attrs(w, &[name]), |w| with_attrs(w, &[name])),
            [ErrorKind::InvalidCharacter; 2],
            "{name}"
        );
    }
    let declarations = ["xmlns:a", "xmlns:b", "xmlns:c"];
    let limit = mistake(|w| with_attrs(w, &declarations), |w| with_attrs(w, &declarations));
    assert_eq!(limit, [ErrorKind::LimitNamespaces; 2]);
}

/// The `ENTITY` token of WBXML is a character, and no reference any more.
#[test]
fn characters_by_number_are_written_as_characters() {
    let octets = b"\x02\xA4\x01\x6A\x00\x4F\x03a\x00\x02\x81\x7A\x02\x26\x01";
    let xml = to_xml(octets, &Options::default());
    assert_eq!(xml, "<Data xmlns=\"SYNCML:SYNCML1.2\">a\u{FA}&amp;</Data>");
    assert_eq!(to_wbxml(octets, &Options::default()), b"\x02\xA4\x01\x6A\x00\x4F\x03a\xC3\xBA&\x00\x01");
}

/// Names and namespaces of all elements and attributes, and their texts, as another parser has them.
fn skeleton(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}\n{xml}"));
    let name = |uri: Option<&str>, local: &str| format!("{{{}}}{local}", uri.unwrap_or_default());
    let nodes = document.root_element().descendants().map(|node| {
        let mut attrs: Vec<String> = node
            .attributes()
            .map(|attr| format!(" {}={:?}", name(attr.namespace(), attr.name()), attr.value()))
            .collect();
        attrs.sort();
        let tag = node.tag_name();
        if node.is_element() {
            name(tag.namespace(), tag.name()) + &attrs.concat()
        } else {
            format!("{:?}", node.text().unwrap_or_default())
        }
    });
    nodes.collect()
}

/// An element that is known by its place, though a declaration of its own names another vocabulary or none, is written
/// with one declaration, in the namespace of its vocabulary.
#[test]
fn declarations_of_another_vocabulary_are_put_right() {
    for (xml, expected) in [
        (
            "<Item xmlns='SYNCML:SYNCML1.2'><Meta xmlns='syncml:metinf'><Format>chr</Format></Meta></Item>",
            "<Item xmlns='SYNCML:SYNCML1.2'><Meta><Format xmlns='syncml:metinf'>chr</Format></Meta></Item>",
        ),
        (
            "<s:SyncML xmlns:s='SYNCML:SYNCML1.2' xmlns='urn:other'><s:SyncHdr/><foo a='1'/><s:Data><bar/></s:Data></s:SyncML>",
            "<s:SyncML xmlns:s='SYNCML:SYNCML1.2' xmlns='urn:other'><s:SyncHdr/><foo a='1'/><s:Data><bar/></s:Data></s:SyncML>",
        ),
        (
            "<MgmtTree xmlns='SYNCML:SYNCML1.2'><VerDTD>1.2</VerDTD></MgmtTree>",
            "<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD></MgmtTree>",
        ),
        (
            "<Item xmlns='SYNCML:SYNCML1.2'><Meta xmlns='syncml:metinf' xmlns:a='u:a'><Type a:z='1'>t</Type><a:x/></Meta></Item>",
            "<Item xmlns='SYNCML:SYNCML1.2' xmlns:m='syncml:metinf'><Meta xmlns:a='u:a'><m:Type a:z='1'>t</m:Type><a:x/></Meta></Item>",
        ),
        (
            "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncBody><Put><Item><Data><DevInf xmlns='SYNCML:SYNCML1.2'><Man>M</Man></DevInf></Data></Item></Put></SyncBody></SyncML>",
            "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncBody><Put><Item><Data><DevInf xmlns='syncml:devinf'><Man>M</Man></DevInf></Data></Item></Put></SyncBody></SyncML>",
        ),
        (
            "<Node xmlns='syncml:dmddf1.2'><Value xmlns='SYNCML:SYNCML1.2'><Data>1</Data></Value></Node>",
            // Among the elements of its own vocabulary, `Value` needs no declaration: this one is meant.
            "<Node xmlns='syncml:dmddf1.2'><Value xmlns='SYNCML:SYNCML1.2'><Data>1</Data></Value></Node>",
        ),
        // Taken back: none, as many descriptions have it.
        ("<MgmtTree xmlns=''><VerDTD>1.2</VerDTD></MgmtTree>", "<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>"),
    ] {
        let written = to_xml(xml.as_bytes(), &Options::default());
        let back = skeleton(&written);
        assert_eq!(back, skeleton(expected), "{xml}\n{written}");
        assert_eq!(
            read_pieces(written.as_bytes(), &Options::default()),
            read_pieces(xml.as_bytes(), &Options::default())
        );
    }
}
