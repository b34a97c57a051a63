//! Both readers and both writers of markup.

use crate::{Setting, again, check_error, plain_xml};
use omadm::markup::wbxml::{WbxmlReader, WbxmlWriter};
use omadm::markup::xml::{XmlDocument, XmlReader, XmlWriter};
use omadm::markup::{Encoding, Event, Fragment, Name, Options, Reader, copy};
use omadm::vocabulary::DocumentType;
use omadm::{Error, ErrorKind, Limits};

/// A document as a list, its character data joined, in a form that does not depend on the encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The vocabulary or namespace, the local name, and the attributes that declare nothing.
    Start {
        name: String,
        local: String,
        attributes: Vec<(String, String, String)>,
    },
    /// All between two tags, if it is anything.
    Text(Vec<u8>),
    End,
}

pub(crate) fn push_text(pieces: &mut Vec<Piece>, text: &[u8]) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(last)) => last.extend_from_slice(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// The namespace and the name of what has just begun. A known name is in its vocabulary, however its namespace is spelled.
pub(crate) fn start<'a>(name: Name<'_>, reader: &(impl Reader<'a> + ?Sized)) -> Piece {
    let attributes = reader.attrs().filter(|attr| attr.declares().is_none()).map(|attr| {
        let namespace = attr.namespace.map(|namespace| namespace.name().into_owned()).unwrap_or_default();
        let local = attr.qname.split_once(':').map_or(attr.qname, |(_, local)| local);
        (namespace, local.to_owned(), attr.value.as_str().to_owned())
    });
    let space = match name {
        Name::Known(tag) => format!("{:?}", tag.vocabulary()),
        Name::Other { namespace, .. } => namespace.map(|namespace| namespace.name().into_owned()).unwrap_or_default(),
    };
    Piece::Start { name: space, local: name.local().to_owned(), attributes: attributes.collect() }
}

/// Reads everything, and checks what holds for every reader on the way.
fn pieces<'a>(reader: &mut impl Reader<'a>, input: &[u8]) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    let (mut depth, mut steps, mut last) = (0_usize, 0_usize, 0);
    loop {
        let event = match reader.next_event() {
            Ok(Some(event)) => event,
            Ok(None) => {
                assert_eq!(depth, 0, "ended inside an element");
                assert_eq!(reader.next_event(), Ok(None), "the end stays the end");
                return Ok(pieces);
            }
            Err(error) => {
                assert_eq!(reader.next_event(), Err(error), "an error stays");
                return Err(error);
            }
        };
        steps += 1;
        // Each event costs the input something: a transcoded character is one, and an empty element two.
        assert!(steps <= 3 * input.len() + 3, "no progress");
        assert!(reader.offset() >= last && reader.offset() <= input.len());
        last = reader.offset();
        match event {
            Event::Start(name) => {
                depth += 1;
                assert!(!name.local().is_empty());
                pieces.push(start(name, reader));
            }
            Event::End => {
                depth -= 1;
                pieces.push(Piece::End);
            }
            Event::Opaque(octets) => {
                assert!(event.text().is_none());
                push_text(&mut pieces, octets);
            }
            text => push_text(&mut pieces, text.text().unwrap().as_bytes()),
        }
        assert_eq!(reader.depth(), depth);
    }
}

/// Every n-th element of a document, as a fragment that is opened again.
fn fragments<'a>(reader: &mut impl Reader<'a>, every: usize, options: &Options) -> Result<(), Error> {
    let mut number = 0;
    while let Some(event) = reader.next_event()? {
        let Event::Start(name) = event else { continue };
        number += 1;
        if !usize::is_multiple_of(number, every) {
            continue;
        }
        let begin = start(name, reader);
        let at = reader.offset();
        let fragment = reader.skip()?;
        assert_eq!(fragment.offset(), at);
        let whole = kept(&fragment, options);
        assert_eq!(whole.first(), Some(&begin), "the same element");
        assert_eq!(fragment, fragment.clone());
        // On its own, as a document.
        let mut writer = XmlWriter::new(&Limits::DEFAULT);
        if fragment.write(&mut writer, options).is_ok()
            && let Ok(xml) = writer.finish()
        {
            let document = XmlDocument::open(xml.as_bytes()).unwrap();
            let mut reader = XmlReader::new(&document, &again());
            assert_eq!(same_names(&pieces(&mut reader, xml.as_bytes()).unwrap()), same_names(&whole), "{xml}");
        }
    }
    Ok(())
}

fn kept(fragment: &Fragment<'_>, options: &Options) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut reader = fragment.reader(options);
    while let Some(event) = reader.next_event().expect("what was read can be read again") {
        match event {
            Event::Start(name) => pieces.push(start(name, &reader)),
            Event::End => pieces.push(Piece::End),
            Event::Opaque(octets) => push_text(&mut pieces, octets),
            text => push_text(&mut pieces, text.text().unwrap().as_bytes()),
        }
    }
    pieces
}

/// Local names, attributes and texts. An element without a namespace is known or not by where it stands.
fn same_names(pieces: &[Piece]) -> Vec<Piece> {
    let without = |piece: &Piece| match piece.clone() {
        Piece::Start { local, attributes, .. } => Piece::Start { name: String::new(), local, attributes },
        other => other,
    };
    pieces.iter().map(without).collect()
}

/// What may keep a document from being written.
#[track_caller]
fn check_unwritten(error: ErrorKind) {
    use ErrorKind::*;
    assert!(
        matches!(
            error,
            InvalidUtf8 | InvalidCharacter | LimitOutput | LimitDepth | LimitName | LimitAttributes | LimitNamespaces
        ),
        "{error:?}"
    );
}

fn wbxml_of<'a>(reader: &mut impl Reader<'a>, document_type: DocumentType, table: bool) -> Result<Vec<u8>, Error> {
    let writer = WbxmlWriter::new(document_type, &Limits::DEFAULT);
    let mut writer = if table { writer.with_string_table() } else { writer };
    copy(reader, &mut writer)?;
    writer.finish()
}

fn xml_of<'a>(reader: &mut impl Reader<'a>) -> Result<String, Error> {
    let mut writer = XmlWriter::new(&Limits::DEFAULT);
    copy(reader, &mut writer)?;
    writer.finish()
}

/// WBXML is read, written in both encodings and read again as the same; what is delivered is bounded.
pub fn wbxml(data: &[u8]) {
    let Some((setting, input)) = Setting::take(data) else { return };
    let options = setting.options();
    let opened = WbxmlReader::new(input, &options).and_then(|mut reader| {
        let document_type = reader.document_type();
        Ok((document_type, pieces(&mut reader, input)?))
    });
    let (document_type, before) = match opened {
        Ok(opened) => opened,
        Err(error) => return check_error(error, input),
    };
    let text: usize = before.iter().map(|piece| if let Piece::Text(text) = piece { text.len() } else { 0 }).sum();
    // Text of Latin-1 grows to twice its size.
    assert!(text as u64 <= 2 * options.limits.expansion_budget(input.len()), "{text} octets of text");
    fragments(&mut WbxmlReader::new(input, &options).unwrap(), 1 + usize::from(setting.bit(1)), &options).unwrap();

    match wbxml_of(&mut WbxmlReader::new(input, &options).unwrap(), document_type, setting.bit(0)) {
        Ok(octets) => {
            assert!(octets.len() as u64 <= Limits::DEFAULT.output);
            let mut reader = WbxmlReader::new(&octets, &again()).unwrap();
            assert_eq!(pieces(&mut reader, &octets).unwrap(), before);
        }
        Err(error) => check_unwritten(error.kind()),
    }
    match xml_of(&mut WbxmlReader::new(input, &options).unwrap()) {
        Ok(xml) => {
            let document = XmlDocument::open(xml.as_bytes()).unwrap();
            let mut reader = XmlReader::new(&document, &again());
            let mut before = before;
            forget_lost_prov(&mut before);
            assert_eq!(pieces(&mut reader, xml.as_bytes()).unwrap(), before, "{xml}");
        }
        Err(error) => check_unwritten(error.kind()),
    }
}

/// Names of client provisioning have no namespace: in XML the root tells what they are, and what is around them.
fn forget_lost_prov(pieces: &mut [Piece]) {
    // For each open element, whether the ones inside are known.
    let mut open = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Start { name, local, .. } => {
                let can_be = open.last().copied().unwrap_or(local == "wap-provisioningdoc");
                if name == "Prov" && !can_be {
                    name.clear();
                }
                open.push(name == "Prov");
            }
            Piece::End => drop(open.pop()),
            _ => {}
        }
    }
}

/// XML is read as quick-xml reads it, written in both encodings and read again as the same.
pub fn xml(data: &[u8]) {
    let Some((setting, input)) = Setting::take(data) else { return };
    let options = setting.options();
    let document = match XmlDocument::open(input) {
        Ok(document) => document,
        Err(error) => return check_error(error, input),
    };
    let before = match pieces(&mut XmlReader::new(&document, &options), input) {
        Ok(before) => before,
        Err(error) => return check_error(error, input),
    };
    if !options.bare_ampersand {
        // Nothing in a DOCTYPE is declared for us, so nothing of it is looked at but where it ends; quick-xml takes the brackets in it apart, and
        // loses its way where they hold no declarations.
        let doctype = document.text().to_ascii_lowercase().find("<!doctype").map(|at| &document.text()[at..]);
        let has_subset = doctype.is_some_and(|doctype| doctype.contains('['));
        match plain_xml::pieces(document.text()) {
            Some(other) if !has_subset => assert_eq!(as_written(&mut XmlReader::new(&document, &options)), other),
            Some(_) => {}
            None => assert!(doctype.is_some(), "quick-xml refuses it"),
        }
    }
    fragments(&mut XmlReader::new(&document, &options), 1 + usize::from(setting.bit(1)), &options).unwrap();

    match xml_of(&mut XmlReader::new(&document, &options)) {
        Ok(xml) => {
            let document = XmlDocument::open(xml.as_bytes()).unwrap();
            let mut reader = XmlReader::new(&document, &again());
            assert_eq!(pieces(&mut reader, xml.as_bytes()).unwrap(), before, "{xml}");
        }
        Err(error) => check_unwritten(error.kind()),
    }
    let document_type = match Encoding::detect(input) {
        Some(_) if setting.bit(2) => DocumentType::SyncMl12,
        _ => DocumentType::DmDdf12,
    };
    match wbxml_of(&mut XmlReader::new(&document, &options), document_type, setting.bit(0)) {
        Ok(octets) => {
            let mut reader = WbxmlReader::new(&octets, &again()).unwrap();
            assert_eq!(pieces(&mut reader, &octets).unwrap(), before);
        }
        Err(error) => check_unwritten(error.kind()),
    }
}

/// The document with all attributes, declarations among them, under local names: what can be compared with another parser.
fn as_written<'a>(reader: &mut impl Reader<'a>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        match event {
            Event::Start(name) => {
                let attributes =
                    reader.attrs().map(|attr| (String::new(), attr.qname.to_owned(), attr.value.as_str().to_owned()));
                pieces.push(Piece::Start {
                    name: String::new(),
                    local: name.local().to_owned(),
                    attributes: attributes.collect(),
                });
            }
            Event::End => pieces.push(Piece::End),
            text => push_text(&mut pieces, text.text().unwrap().as_bytes()),
        }
    }
    pieces
}
