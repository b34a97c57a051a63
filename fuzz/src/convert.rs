//! XML ⇄ WBXML of whole documents.

use crate::markup::{Piece, push_text, start};
use crate::{Setting, again, check_error};
use omadm::convert::{ConvertOptions, Layout, to_wbxml, to_xml};
use omadm::markup::{Document, Encoding, Event, Options, Reader};
use omadm::syncml::Message;
use omadm::{ErrorKind, Kind, Limits, Result, detect};

/// The document without white space between elements. Namespaces are compared by the markup targets; conversion puts forgotten ones right.
fn pieces(octets: &[u8], options: &Options) -> Vec<Piece> {
    let mut pieces = read(octets, options).unwrap();
    // So are the documents inside it: on their way through WBXML names without a token are given the namespace that they inherited.
    for piece in &mut pieces {
        if let Piece::Text(text) = piece
            && text.starts_with(b"<")
            && let Ok(inside) = read(text, &again())
        {
            *piece = Piece::Text(format!("{inside:?}").into_bytes());
        }
    }
    pieces
}

fn read(octets: &[u8], options: &Options) -> Result<Vec<Piece>> {
    let document = Document::open(octets)?;
    let mut reader = document.reader(options)?;
    let mut pieces = Vec::new();
    while let Some(event) = reader.next_event()? {
        match event {
            Event::Start(name) => match start(name, &reader) {
                Piece::Start { local, attributes, .. } => {
                    pieces.push(Piece::Start { name: String::new(), local, attributes })
                }
                other => pieces.push(other),
            },
            Event::End => pieces.push(Piece::End),
            Event::Opaque(octets) => push_text(&mut pieces, octets),
            text => push_text(&mut pieces, text.text().unwrap().as_bytes()),
        }
    }
    Ok(without_blanks(pieces))
}

/// Leaves out white space beside elements, unless other text stands there, too.
fn without_blanks(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_blank = |piece: &Piece| matches!(piece, Piece::Text(text) if text.iter().all(u8::is_ascii_whitespace));
    let is_alone = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| pieces.get(before));
        matches!((before, pieces.get(at + 1)), (Some(Piece::Start { .. }), Some(Piece::End)))
    };
    let kept = pieces.iter().enumerate().filter(|(at, piece)| !is_blank(piece) || is_alone(*at));
    kept.map(|(_, piece)| piece.clone()).collect()
}

fn is_message(input: &[u8]) -> bool {
    detect(input) == Ok(Kind::SyncMl)
}

/// A document says the same after conversion there and back; the output is bounded; what has been converted once stays as it is.
pub fn convert(data: &[u8]) {
    let Some((setting, input)) = Setting::take(data) else { return };
    let layout = if setting.bit(2) { Layout::Canonical } else { Layout::AsItIs };
    let options =
        ConvertOptions { read: setting.options(), string_table: setting.bit(0), keep_blanks: setting.bit(1), layout };
    let lax = ConvertOptions { read: again(), ..options };
    let xml = match to_xml(input, &options) {
        Ok(xml) => Some(xml),
        Err(error) => {
            check_error(error, input);
            None
        }
    };
    let wbxml = match to_wbxml(input, &options) {
        Ok(wbxml) => Some(wbxml),
        Err(error) => {
            check_error(error, input);
            None
        }
    };
    if let Some(xml) = &xml {
        check_output(xml.as_bytes(), input, &options.read.limits);
        // The form that came out stays; of an empty text there is no trace left.
        let same = to_xml(xml.as_bytes(), &lax).unwrap();
        assert_eq!(pieces(same.as_bytes(), &again()), pieces(xml.as_bytes(), &again()));
        assert_eq!(to_xml(same.as_bytes(), &lax).as_ref(), Ok(&same));
    }
    if let Some(wbxml) = &wbxml {
        check_output(wbxml, input, &options.read.limits);
        let plain_options = ConvertOptions { string_table: false, ..options };
        let plain = to_wbxml(input, &plain_options).expect("it is written with a table");
        assert!(wbxml.len() <= plain.len(), "a string table makes nothing longer");
        // Which texts are in a table depends on what they stand for.
        let lax = ConvertOptions { string_table: false, ..lax };
        assert_eq!(to_wbxml(&plain, &lax).as_ref(), Ok(&plain));
        assert_eq!(to_xml(wbxml, &lax).ok(), to_xml(&plain, &lax).ok());
    }
    let (Some(xml), Some(wbxml)) = (xml, wbxml) else { return };
    // Both ways lead to the same document.
    let Ok(back) = to_xml(&wbxml, &lax) else { return };
    if is_message(input) {
        let how = again();
        fn message<'i>(octets: &'i [u8], how: &Options) -> Option<Message<'i>> {
            Message::decode_with(octets, how).ok()
        }
        let Some(before) = Message::decode_with(input, &options.read).ok() else { return };
        let (Some(one), Some(other)) = (message(xml.as_bytes(), &how), message(back.as_bytes(), &how)) else {
            panic!("a message stays one");
        };
        let normal = |message: &Message<'_>| message.normalise().ok();
        if let Some(expected) = normal(&before) {
            assert!(normal(&one).is_some_and(|one| one == expected), "{xml}");
            assert!(normal(&other).is_some_and(|other| other == expected), "{back}");
        }
    } else if Encoding::detect(input) == Some(Encoding::Xml) && layout == Layout::AsItIs {
        assert_eq!(pieces(back.as_bytes(), &again()), pieces(input, &options.read), "{back}");
    }
    // From there on nothing changes.
    let wbxml_again = match to_wbxml(back.as_bytes(), &lax) {
        Ok(octets) => octets,
        // WBXML may begin with an element that begins no document in XML. In XML a text of `bin` is base64, in WBXML it may be any.
        Err(error) => {
            return assert!(matches!(error.kind(), ErrorKind::UnknownFormat | ErrorKind::InvalidBase64), "{error}");
        }
    };
    let same = to_xml(&wbxml_again, &lax).unwrap();
    assert_eq!(pieces(same.as_bytes(), &again()), pieces(back.as_bytes(), &again()));
    if layout == Layout::AsItIs {
        let indented = to_xml(&wbxml, &ConvertOptions { layout: Layout::Indented, ..lax }).unwrap();
        assert_eq!(pieces(indented.as_bytes(), &again()), pieces(back.as_bytes(), &again()));
    }
}

/// Output within its limit, and within the multiple of what was read that `docs/limits.md` states.
fn check_output(output: &[u8], input: &[u8], limits: &Limits) {
    let bound = limits.output.min(limits.output_budget(input.len()));
    assert!(output.len() as u64 <= bound, "{} octets from {}", output.len(), input.len());
}
