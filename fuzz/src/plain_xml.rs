//! What quick-xml reads in a document: the other opinion on XML.
//!
//! Namespaces are left as they are written; character data is joined between tags, references and line ends are resolved here, by rules
//! written down once more.

use crate::markup::Piece;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The document as pieces, with names as written. `None` where quick-xml refuses it.
pub(crate) fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    let mut pieces = Vec::new();
    let mut depth = 0_usize;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => {
                depth += 1;
                pieces.push(start(&tag)?);
            }
            Event::End(_) => {
                depth = depth.checked_sub(1)?;
                pieces.push(Piece::End);
            }
            Event::Text(text) if depth > 0 => push(&mut pieces, &line_ends(&text)),
            Event::CData(text) => push(&mut pieces, &line_ends(&text)),
            Event::GeneralRef(name) => push(&mut pieces, reference(&name)?.encode_utf8(&mut [0; 4])),
            Event::Eof => return Some(pieces),
            _ => {}
        }
    }
}

fn push(pieces: &mut Vec<Piece>, text: &str) {
    crate::markup::push_text(pieces, text.as_bytes());
}

fn start(tag: &BytesStart<'_>) -> Option<Piece> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.ok()?;
        let name = attribute.key.as_ref().to_owned();
        attributes.push((String::new(), name, value(&attribute.value)?));
    }
    let local = tag.local_name().as_ref().to_owned();
    Some(Piece::Start { name: String::new(), local, attributes })
}

/// XML 1.0 §2.11.
fn line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// XML 1.0 §3.3.3: white space is a space, unless a reference says it.
fn value(raw: &str) -> Option<String> {
    let raw = line_ends(raw).replace(['\n', '\t'], " ");
    let mut out = String::new();
    let mut rest = raw.as_str();
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';')?;
        out.push_str(before);
        out.push(reference(name)?);
        rest = after;
    }
    Some(out + rest)
}

/// XML 1.0 §4.1 and §4.6.
fn reference(name: &str) -> Option<char> {
    let number = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix('x') {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}
