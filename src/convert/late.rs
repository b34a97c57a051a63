//! What documents in an unusual order say too late: `Meta` of a command behind its items, the format of a node behind its
//! value. The DTDs have both in front, so a document is read twice only where it does otherwise.

use super::data::Facts;
use crate::error::Result;
use crate::markup::{DocumentReader, Event, Reader};
use crate::vocabulary::{Tag, dmddf, metinf, syncml};
use hashbrown::{HashMap, HashSet};

type State = foldhash::fast::RandomState;

/// What is known of elements beforehand, by where they begin.
#[derive(Debug, Default)]
pub(super) struct Late {
    /// Format and type that commands have for their items.
    pub(super) commands: HashMap<usize, Facts, State>,
    /// Nodes whose format is `bin`.
    pub(super) binary: HashSet<usize, State>,
}

/// The elements above one: tag and place.
type Path = Vec<(Option<Tag>, usize)>;

/// Whether the last element of a path is the `bin` of a node's format; then the node's place.
pub(super) fn binary_node(path: &[(Option<Tag>, usize)]) -> Option<usize> {
    let [.., (node, at), (properties, _), (format, _), (bin, _)] = path else { return None };
    let is_format = (*properties, *format) == (Some(dmddf::RTPROPERTIES), Some(dmddf::FORMAT));
    (*node == Some(dmddf::NODE) && is_format && *bin == Some(dmddf::FORMAT_BIN)).then_some(*at)
}

/// Reads a document for these facts.
pub(super) fn scan(reader: &mut DocumentReader<'_>) -> Result<Late> {
    let mut late = Late::default();
    let mut path = Path::new();
    let mut text = String::new();
    while let Some(event) = reader.next_event()? {
        match event {
            Event::Start(name) => {
                text.clear();
                path.push((name.tag(), reader.offset()));
                late.binary.extend(binary_node(&path));
            }
            Event::End => {
                if let [.., (Some(command), at), (Some(syncml::META), _), (Some(tag), _)] = *path
                    && !matches!(command, syncml::ITEM | syncml::CRED | syncml::CHAL | syncml::SYNC_HDR)
                    && matches!(tag, metinf::FORMAT | metinf::TYPE)
                {
                    let facts = late.commands.entry(at).or_default();
                    facts.set(tag, text.trim());
                }
                text.clear();
                path.pop();
            }
            Event::Opaque(octets) => text.push_str(&String::from_utf8_lossy(octets)),
            piece if path.last().is_some_and(|(tag, _)| matches!(tag, Some(metinf::FORMAT | metinf::TYPE))) => {
                text.push_str(&piece.text().unwrap_or_default());
            }
            _ => {}
        }
    }
    Ok(late)
}
