//! What a document is: decides the tokens of WBXML, and the version in the namespaces of XML.

use crate::error::{ErrorKind, Result};
use crate::markup::{Document, DocumentReader, Encoding, Event, Name, Reader};
use crate::vocabulary::{DocumentType, Tag, Vocabulary, devinf, dmddf, syncml};

/// The document type that a DOCTYPE names.
pub(super) fn fpi(document: &Document<'_>) -> Option<DocumentType> {
    // A DOCTYPE stands before the first element, and is short.
    const FAR: usize = 4096;
    let octets = document.octets();
    let head = octets.get(..FAR.min(octets.len()))?;
    let at = memchr::memmem::find(head, b"<!DOCTYPE")?;
    let doctype = head.get(at..)?;
    let doctype = doctype.split(|octet| *octet == b'>').next()?;
    let public = doctype.get(memchr::memmem::find(doctype, b"PUBLIC")?..)?;
    let id = public.split(|octet| matches!(octet, b'"' | b'\'')).nth(1)?;
    DocumentType::from_fpi(std::str::from_utf8(id).ok()?)
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
