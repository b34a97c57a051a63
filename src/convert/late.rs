//! What documents in an unusual order say too late: `Meta` of a command behind its items, or of an `Atomic` behind its commands;
//! the format of a node behind its value. The DTDs have both in front, so a document is read twice only where it does otherwise.

use super::data::Facts;
use crate::error::Result;
use crate::markup::{DocumentReader, Event, Reader};
use crate::vocabulary::{Tag, dmddf, metinf, syncml};
use hashbrown::{HashMap, HashSet};

type State = foldhash::fast::RandomState;

/// What is known of elements beforehand, by where they begin.
#[derive(Debug, Default)]
pub(super) struct Late {
    /// What commands and containers say of the items in them.
    pub(super) said: HashMap<usize, Facts<'static>, State>,
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

/// How many elements above an element of `Meta` the one is whose items it describes, if it is none that describes itself. The elements
/// are given from the inside outwards.
pub(super) fn fact_holder(mut outwards: impl Iterator<Item = Option<Tag>>) -> Option<usize> {
    use syncml::{CHAL, CRED, ITEM, SYNC_HDR};
    let fact = outwards.next()??;
    // Some wrap the elements of Meta in a MetInf.
    let mut up = 3;
    let mut meta = outwards.next()??;
    if meta == metinf::MET_INF {
        (up, meta) = (4, outwards.next()??);
    }
    let holder = outwards.next()??;
    let is_fact = matches!(fact, metinf::FORMAT | metinf::TYPE | metinf::SIZE) && meta == syncml::META;
    let is_message = holder.vocabulary() == syncml::META.vocabulary();
    (is_fact && is_message && !matches!(holder, ITEM | CRED | CHAL | SYNC_HDR)).then_some(up)
}

/// Adds a piece of an element of `Meta`.
pub(super) fn push_text(text: &mut String, piece: Event<'_>) {
    match piece {
        Event::Opaque(octets) => text.push_str(&String::from_utf8_lossy(octets)),
        piece => text.push_str(&piece.text().unwrap_or_default()),
    }
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
                let holder = fact_holder(path.iter().rev().map(|(tag, _)| *tag));
                let holder = holder.and_then(|up| path.get(path.len().checked_sub(up)?));
                if let (Some((_, at)), Some((Some(tag), _))) = (holder, path.last()) {
                    late.said.entry(*at).or_default().set(*tag, text.trim());
                }
                text.clear();
                path.pop();
            }
            piece => {
                if path.last().is_some_and(|(tag, _)| matches!(tag, Some(metinf::FORMAT | metinf::TYPE | metinf::SIZE)))
                {
                    push_text(&mut text, piece);
                }
            }
        }
    }
    Ok(late)
}
