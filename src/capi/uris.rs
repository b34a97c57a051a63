//! The URIs of nodes that are written one after the other, parents first.

use crate::tree::{Node, segment};
use core::ops::Range;
use std::borrow::Cow;

/// Nodes on the way to the one that was written last.
#[derive(Default)]
pub(super) struct Uris {
    way: Vec<Step>,
}

/// A node, and where its URI stands in what was written.
struct Step {
    node: u32,
    uri: Range<usize>,
}

/// A URI that is to be written: its length may have to stand in front of it.
pub(super) enum Uri<'n> {
    /// That of the parent, which was written, and a segment.
    Below { parent: Range<usize>, segment: Cow<'n, [u8]> },
    /// That of a node whose parent was not written. It begins with that of the parent, which is so long.
    Whole { uri: String, parent: usize },
}

impl Uri<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            // With the stroke.
            Uri::Below { parent, segment } => parent.len().saturating_add(segment.len()).saturating_add(1),
            Uri::Whole { uri, .. } => uri.len(),
        }
    }
}

impl Uris {
    /// The URI of this node.
    #[inline]
    pub(super) fn next<'n>(&mut self, node: &Node<'n>, name: &'n [u8]) -> Uri<'n> {
        let parent = node.parent_index();
        while self.way.pop_if(|step| step.node != parent).is_some() {}
        match self.way.last() {
            Some(step) => Uri::Below { parent: step.uri.clone(), segment: segment::escaped(name) },
            None => whole(node),
        }
    }

    /// Writes it behind what was written.
    #[inline]
    pub(super) fn write(&mut self, uri: &Uri<'_>, node: &Node<'_>, to: &mut Vec<u8>) {
        let start = to.len();
        match uri {
            Uri::Below { parent, segment } => {
                // As it was written to the same list, it is there.
                if parent.end <= start {
                    to.extend_from_within(parent.clone());
                }
                to.push(b'/');
                to.extend_from_slice(segment);
            }
            Uri::Whole { uri, parent } => {
                to.extend_from_slice(uri.as_bytes());
                // So that its siblings find it.
                self.way.push(Step { node: node.parent_index(), uri: start..start.saturating_add(*parent) });
            }
        }
        self.way.push(Step { node: node.index(), uri: start..to.len() });
    }
}

#[cold]
fn whole(node: &Node<'_>) -> Uri<'static> {
    let parent = node.parent().map_or(0, |parent| parent.uri().to_string().len());
    Uri::Whole { uri: node.uri().to_string(), parent }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>A b</NodeName><Path>./Caf\u{e9}/50%</Path>\
        <Node><NodeName>x%20y</NodeName><Value>1</Value></Node><Node><NodeName>Deep</NodeName><Node><NodeName>\u{4e2d}</NodeName>\
        <Value>2</Value></Node></Node></Node><Node><NodeName>Last</NodeName><Value>3</Value></Node></MgmtTree>";

    /// What is written piece by piece is what each node says of itself, wherever one begins.
    #[test]
    fn uris_are_those_of_the_nodes() {
        let tree = crate::tnds::decode(DOCUMENT.as_bytes()).expect("it is a tree document");
        let all: Vec<_> = tree.root().descendants().collect();
        assert_eq!(all.len(), 8);
        for begin in 0..all.len() {
            let (mut uris, mut written) = (Uris::default(), b"something else".to_vec());
            for node in all.iter().skip(begin) {
                let (name, start) = (node.name().as_bytes(), written.len());
                let uri = uris.next(node, name);
                uris.write(&uri, node, &mut written);
                assert_eq!(written.get(start..), Some(node.uri().to_string().as_bytes()), "begun at {begin}");
                assert_eq!(uri.len(), written.len() - start);
            }
        }
        let last = all.iter().map(|node| node.uri().to_string()).max_by_key(String::len);
        assert_eq!(last.as_deref(), Some("./Caf%C3%A9/50%25/A%20b/Deep/%E4%B8%AD"));
    }
}
