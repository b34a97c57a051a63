//! `omadm dump`: the tokens of a document beside what they say.
//!
//! The readers of the library tell where each event begins and ends; what stands there is shown. A broken document is
//! shown up to where it breaks.

use super::print::{CODE, LABEL, NAME, value, visible};
use super::report::{File, Report};
use crate::markup::wbxml::{Fields, Header, PublicId, WbxmlReader};
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{Attrs, Encoding, Event, Name, Options, Reader};
use crate::vocabulary::DocumentType;
use crate::{Error, ErrorKind};
use std::fmt::Write as _;

/// Octets of a token that are shown.
const HEX: usize = 8;
/// Characters of the source of a token that are shown.
const SOURCE: usize = 34;

pub(super) fn run(file: &File<'_>) -> Report {
    let mut report = Report::default();
    if file.of_many {
        let _ = writeln!(report.out, "{NAME}{}{NAME:#}", visible(file.name));
    }
    // What is broken is to be seen.
    let options = Options { bare_ampersand: true, unnamed_trees: true, ..Options::default() };
    let outcome = match Encoding::detect(file.octets) {
        Some(Encoding::Wbxml) => wbxml(file.octets, 0, 0, &options, &mut report.out),
        Some(Encoding::Xml) => xml(file.octets, &options, &mut report.out),
        None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
    };
    match outcome {
        Ok(()) => report.found = true,
        Err(error) => report.fail_at(file, error),
    }
    report
}

/// The lines of a document that begins `base` octets into the file, inside `depth` elements.
fn wbxml(octets: &[u8], base: usize, depth: usize, options: &Options, out: &mut String) -> Result<(), Error> {
    // What is not known is shown all the same.
    let (fields, _) = Fields::read(octets, &options.limits);
    head(&fields, octets, base, depth, out);
    let mut reader = WbxmlReader::new(octets, options)?;
    let mut shown = fields.body_at;
    loop {
        let event = reader.next_event()?;
        let (end, page) = reader.consumed();
        let group = octets.get(shown..end).unwrap_or_default();
        let at = base.saturating_add(shown);
        let Some(event) = event else {
            if !group.is_empty() {
                wbxml_line(at, group, "", "behind the root", 0, out);
            }
            return Ok(());
        };
        // Pages that were switched belong to the token behind them.
        let kind = token(group, page, &event);
        let inside = depth.saturating_add(reader.depth());
        let inside = if matches!(event, Event::Start(_)) { inside.saturating_sub(1) } else { inside };
        let document = match event {
            Event::Opaque(octets) if base == 0 && is_document(octets, options) => Some(octets),
            _ => None,
        };
        let what = match document {
            Some(_) => format!("{LABEL}a document:{LABEL:#}"),
            None => rendered(&event, reader.attrs()),
        };
        // The end of an element without content has no token.
        if !group.is_empty() || event != Event::End {
            wbxml_line(at, group, &kind, &what, inside, out);
        }
        shown = end;
        if let Some(document) = document {
            let at = end.saturating_sub(document.len());
            // A value that only begins like a document is no error of this one.
            if let Err(error) = wbxml(document, at, inside.saturating_add(1), options, out) {
                let place = at.saturating_add(error.offset());
                let _ = writeln!(out, "{place:>7}  {LABEL}not a document after all: {}{LABEL:#}", error.kind());
            }
        }
    }
}

fn is_document(octets: &[u8], options: &Options) -> bool {
    matches!(octets.first(), Some(1..=3)) && Header::decode_with(octets, options).is_ok()
}

/// What kind of token a group of octets is, after switches of pages.
fn token(group: &[u8], page: u8, event: &Event<'_>) -> String {
    let mut at = 0_usize;
    while group.get(at) == Some(&0) && matches!(event, Event::Start(_) | Event::End) {
        at = at.saturating_add(2);
    }
    let first = group.get(at).copied().unwrap_or_default();
    match event {
        Event::End => "END".to_owned(),
        Event::Char(_) => "ENTITY".to_owned(),
        Event::Opaque(octets) => format!("OPAQUE {}", octets.len()),
        Event::Start(_) => {
            let name = if first & 0x3F == 0x04 { "LITERAL".to_owned() } else { format!("{page}:{:02X}", first & 0x3F) };
            let attributes = if first & 0x80 != 0 { " A" } else { "" };
            let content = if first & 0x40 != 0 { " C" } else { "" };
            format!("{name}{attributes}{content}")
        }
        _ if group.is_empty() => String::new(),
        _ if first == 0x83 => "STR_T".to_owned(),
        _ => "STR_I".to_owned(),
    }
}

fn wbxml_line(at: usize, group: &[u8], kind: &str, what: &str, depth: usize, out: &mut String) {
    let mut hex = String::new();
    for octet in group.iter().take(HEX) {
        let _ = write!(hex, "{octet:02x} ");
    }
    if group.len() > HEX {
        hex.push('…');
    }
    let indent = indent(depth);
    let _ = writeln!(out, "{LABEL}{at:>7}  {hex:<25}{LABEL:#} {CODE}{kind:<12}{CODE:#} {indent}{what}");
}

/// Deep documents are not shifted out of sight.
fn indent(depth: usize) -> String {
    const DEEPEST: usize = 40;
    "  ".repeat(depth.min(DEEPEST))
}

/// The header, as far as it can be read.
fn head(fields: &Fields<'_>, octets: &[u8], base: usize, depth: usize, out: &mut String) {
    let mut line = |from: usize, to: usize, kind: &str, what: &str| {
        let group = octets.get(from..to).unwrap_or_default();
        wbxml_line(base.saturating_add(from), group, kind, what, depth, out);
    };
    let Some(version) = fields.version else { return };
    let (major, minor) = ((version >> 4).saturating_add(1), version & 0x0F);
    line(0, 1, "version", &format!("WBXML {major}.{minor}"));
    let public_id = match fields.public_id() {
        Ok(Some(PublicId::Number(1))) => "none".to_owned(),
        Ok(Some(PublicId::Number(number))) => {
            let fpi = DocumentType::from_public_id(number).map_or("unknown", DocumentType::fpi);
            format!("0x{number:X} {fpi}")
        }
        Ok(Some(PublicId::Text(text))) => format!("in the string table: {}", value(text)),
        Ok(None) | Err(_) => "in the string table".to_owned(),
    };
    if fields.public_id_end > 0 {
        line(1, fields.public_id_end, "public id", &public_id);
    }
    let Some(charset) = fields.charset else { return };
    if fields.charset_end > fields.public_id_end {
        let name = match charset {
            0 => "none, so UTF-8".to_owned(),
            3 => "US-ASCII".to_owned(),
            4 => "ISO-8859-1".to_owned(),
            106 => "UTF-8".to_owned(),
            number => format!("{number} unknown"),
        };
        line(fields.public_id_end, fields.charset_end, "charset", &name);
    }
    let Some(strings) = fields.strings else { return };
    line(fields.charset_end, fields.strings_at, "table", &format!("{} octets of strings", strings.len()));
    let mut at = fields.strings_at;
    while at < fields.body_at {
        let rest = octets.get(at..fields.body_at).unwrap_or_default();
        let len = memchr::memchr(0, rest).unwrap_or(rest.len());
        let end = at.saturating_add(len).saturating_add(1).min(fields.body_at);
        let index = at.saturating_sub(fields.strings_at);
        line(at, end, &format!("string {index}"), &value(rest.get(..len).unwrap_or_default()));
        at = end;
    }
}

fn xml(octets: &[u8], options: &Options, out: &mut String) -> Result<(), Error> {
    let document = XmlDocument::open(octets)?;
    let text = document.text();
    let mut reader = XmlReader::new(&document, options);
    let places = document.places();
    let place = |at: usize| places.original(at);
    let mut shown = 0;
    loop {
        let event = reader.next_event();
        let start = reader.started();
        // What no event is about: comments, processing instructions, the DOCTYPE.
        let between = |to: usize| text.get(shown..to).map(str::trim).filter(|between| !between.is_empty());
        let event = match event? {
            Some(event) => event,
            None => {
                if let Some(between) = between(text.len()) {
                    xml_line(place(shown), between, "(passed over)", 0, out);
                }
                return Ok(());
            }
        };
        let end = reader.consumed();
        let inside = reader.depth();
        let inside = if matches!(event, Event::Start(_)) { inside.saturating_sub(1) } else { inside };
        if let Some(between) = between(start) {
            let at = text.get(shown..start).map_or(0, |gap| gap.len().saturating_sub(gap.trim_start().len()));
            xml_line(place(shown.saturating_add(at)), between, "(passed over)", inside, out);
        }
        // White space between elements would be every other line; an empty element ends where it begins.
        let is_silent = match event {
            Event::Text(text) | Event::Escaped(text) => text.trim_ascii().is_empty(),
            Event::End => end <= shown,
            _ => false,
        };
        if !is_silent {
            let source = text.get(start..end).unwrap_or_default();
            xml_line(place(start), source, &rendered(&event, reader.attrs()), inside, out);
        }
        shown = end.max(shown);
    }
}

fn xml_line(at: usize, source: &str, what: &str, depth: usize, out: &mut String) {
    let all = visible(source);
    let mut source: String = all.chars().take(SOURCE).collect();
    if source.len() < all.len() {
        source.push('…');
    }
    let _ = writeln!(out, "{LABEL}{at:>7}  {source:<35}{LABEL:#} {}{what}", indent(depth));
}

/// What an event says.
fn rendered(event: &Event<'_>, attrs: Attrs<'_, '_>) -> String {
    match event {
        Event::Start(name) => {
            let mut out = match name {
                Name::Known(tag) => format!("{NAME}{tag}{NAME:#}"),
                Name::Other { qname, namespace } => {
                    let namespace = namespace.map(|namespace| format!(" {{{}}}", visible(&namespace.name())));
                    format!("{NAME}{}{NAME:#}{LABEL}{}{LABEL:#}", visible(qname), namespace.unwrap_or_default())
                }
            };
            for attr in attrs {
                let _ = write!(out, " {}=\"{}\"", visible(attr.qname), value(attr.value.as_str().as_bytes()));
            }
            out
        }
        Event::End => format!("{LABEL}end{LABEL:#}"),
        Event::Opaque(octets) => value(octets),
        text => format!("\"{}\"", value(text.text().unwrap_or_default().as_bytes())),
    }
}
