//! Whether two parts of documents say the same.

use super::{DocumentReader, Event, Fragment, Name, Namespace, Options, Reader};
use crate::limits::Limits;

/// Whether both say the same: the same elements, attributes and text in the same order. How it is written does not count:
/// encoding, prefixes and the pieces that text comes in.
impl PartialEq for Fragment<'_> {
    fn eq(&self, other: &Fragment<'_>) -> bool {
        // Both were read before, within the limits that the reader had.
        let unlimited = Options { limits: Limits::UNLIMITED, bare_ampersand: true, unnamed_trees: true };
        let (mut one, mut two) = (self.reader(&unlimited), other.reader(&unlimited));
        let (mut one, mut two) = (Joined::new(&mut one), Joined::new(&mut two));
        loop {
            match (one.next(), two.next()) {
                (None, None) => return true,
                (Some(one), Some(two)) if one == two => {}
                _ => return false,
            }
        }
    }
}

/// Events with the text between two tags in one piece.
struct Joined<'r, 'a> {
    reader: &'r mut DocumentReader<'a>,
    pending: Option<Step>,
}

#[derive(PartialEq)]
enum Step {
    Start { name: (String, Option<String>), attrs: Vec<(String, Option<String>, String)> },
    Text(Vec<u8>),
    End,
}

impl<'r, 'a> Joined<'r, 'a> {
    fn new(reader: &'r mut DocumentReader<'a>) -> Joined<'r, 'a> {
        Joined { reader, pending: None }
    }

    fn next(&mut self) -> Option<Step> {
        if let Some(step) = self.pending.take() {
            return Some(step);
        }
        let mut text = Vec::new();
        loop {
            let step = match self.reader.next_event().ok().flatten() {
                Some(Event::Start(name)) => Some(self.start(name)),
                Some(Event::End) => Some(Step::End),
                Some(Event::Opaque(octets)) => {
                    text.extend_from_slice(octets);
                    continue;
                }
                Some(event) => {
                    text.extend_from_slice(event.text().unwrap_or_default().as_bytes());
                    continue;
                }
                None => None,
            };
            if text.is_empty() {
                return step;
            }
            self.pending = step;
            return Some(Step::Text(text));
        }
    }

    fn start(&self, name: Name<'a>) -> Step {
        let own = |namespace: Option<Namespace<'_>>| namespace.map(|namespace| namespace.name().into_owned());
        let name = match name {
            Name::Known(tag) => (tag.name().to_owned(), Some(format!("{:?}", tag.vocabulary()))),
            Name::Other { namespace, .. } => (name.local().to_owned(), own(namespace)),
        };
        let attrs = self.reader.attrs().filter(|attr| attr.declares().is_none());
        let local = |qname: &str| qname.split_once(':').map_or(qname, |(_, local)| local).to_owned();
        let attrs = attrs.map(|attr| (local(attr.qname), own(attr.namespace), attr.value.as_str().to_owned()));
        Step::Start { name, attrs: attrs.collect() }
    }
}
