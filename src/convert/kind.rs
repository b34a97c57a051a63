//! What a document is: decides the tokens of WBXML, and the version in the namespaces of XML.

use crate::error::{ErrorKind, Result};
use crate::markup::{Document, DocumentReader, Encoding, Event, Name, Reader};
use crate::vocabulary::{DocumentType, Tag, Vocabulary, devinf, dmddf, syncml};

/// The document type that a DOCTYPE names. What is wrong there is found by the reader.
pub(super) fn fpi(document: &Document<'_>) -> Option<DocumentType> {
    let Document::Xml(document) = document else { return None };
    let mut rest = document.text().trim_ascii_start();
    // Nothing but comments and processing instructions stands before it (XML 1.0 §2.8).
    loop {
        let behind = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>")
        } else {
            break;
        };
        rest = behind?.1.trim_ascii_start();
    }
    let declaration = strip_word(rest, "<!DOCTYPE")?.trim_ascii_start();
    let (_, external) = declaration.split_once(|char: char| char.is_ascii_whitespace())?;
    let literal = strip_word(external.trim_ascii_start(), "PUBLIC")?.trim_ascii_start();
    let quote = literal.chars().next().filter(|char| matches!(char, '"' | '\''))?;
    DocumentType::from_fpi(literal.strip_prefix(quote)?.split_once(quote)?.0)
}

/// What stands behind a word, which authors write in either case.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(rest)
}

/// Reads as much of a document as tells what it is. `None`: its root is in no vocabulary.
pub(super) fn document_type(
    reader: &mut DocumentReader<'_>,
    fpi: Option<DocumentType>,
    to: Encoding,
) -> Result<Option<DocumentType>> {
    let Some(Event::Start(name)) = reader.next_event()? else { return Err(reader.error(ErrorKind::NoRoot)) };
    let announced = match reader {
        DocumentReader::Wbxml(reader) => Some(reader.document_type()),
        DocumentReader::Xml(_) => fpi,
    };
    let Some(tag) = name.tag() else { return Ok(announced) };
    let fits = |known: &DocumentType| known.code(tag).is_some();
    let by_root = DocumentType::from_root(tag);
    Ok(Some(match tag.vocabulary() {
        Vocabulary::SyncMl => {
            // Messages announce another version than they have; what they say themselves is trusted (`wire.md` §1.1).
            let own = match reader {
                DocumentReader::Wbxml(_) if to == Encoding::Wbxml => announced,
                DocumentReader::Wbxml(_) => version(reader, tag).and_then(|version| by_version(tag, &version)),
                DocumentReader::Xml(reader) => match reader.written_name() {
                    Name::Other { namespace: Some(namespace), .. } => by_version(tag, &namespace.name()),
                    _ => None,
                },
            };
            let own = own.or(announced.filter(fits));
            own.or_else(|| by_version(tag, &version(reader, tag)?)).unwrap_or(by_root)
        }
        Vocabulary::DevInf => {
            let own = announced.filter(fits);
            own.or_else(|| by_version(tag, &version(reader, tag)?)).unwrap_or(by_root)
        }
        _ => announced.filter(fits).unwrap_or(by_root),
    }))
}

/// The type that a version stands for, or a namespace that ends in one.
fn by_version(root: Tag, version: &str) -> Option<DocumentType> {
    let version = version.trim();
    Some(match (root.vocabulary(), version.get(version.len().checked_sub(3)?..)?) {
        (Vocabulary::SyncMl, "1.0") => DocumentType::SyncMl10,
        (Vocabulary::SyncMl, "1.1") => DocumentType::SyncMl11,
        (Vocabulary::SyncMl, "1.2") => DocumentType::SyncMl12,
        (Vocabulary::DevInf, "1.0") => DocumentType::DevInf10,
        (Vocabulary::DevInf, "1.1") => DocumentType::DevInf11,
        (Vocabulary::DevInf, "1.2") => DocumentType::DevInf12,
        _ => return None,
    })
}

/// The text of `VerDTD`, if it is where it belongs. What is wrong behind it is found later.
fn version(reader: &mut DocumentReader<'_>, root: Tag) -> Option<String> {
    const VERSIONS: [Tag; 3] = [syncml::VER_DTD, devinf::VER_DTD, dmddf::VER_DTD];
    // It is the first element of the header, or of the document.
    for _ in 0..32 {
        match reader.next_event().ok()?? {
            Event::Start(name) if name.tag().is_some_and(|tag| VERSIONS.contains(&tag)) => {
                let mut version = String::new();
                loop {
                    match reader.next_event().ok()?? {
                        Event::Opaque(octets) => version.push_str(std::str::from_utf8(octets).ok()?),
                        Event::Start(_) | Event::End => return Some(version),
                        text => version.push_str(&text.text()?),
                    }
                }
            }
            Event::Start(name) if name.tag() != Some(syncml::SYNC_HDR) && root == syncml::SYNC_ML => return None,
            _ => {}
        }
    }
    None
}
