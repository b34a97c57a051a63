//! What questions to a tree need of its indexes.

use super::Node;

impl Node<'_> {
    /// Grows among siblings.
    pub(crate) fn ordinal(&self) -> u32 {
        self.tree().arena.record(self.id().index).map_or(0, |record| record.ordinal)
    }

    /// Whether this node has that name, however either is escaped.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        super::segment::is_same(self.name().as_bytes(), name.as_bytes())
    }
}
