//! What questions to a tree need of its indexes.

use super::{MoInstances, Node, Tree};

impl Tree<'_> {
    /// Whether octets are lent from what edits of this tree write to.
    #[cfg(feature = "capi")]
    pub(crate) fn has_lent(&self, octets: &[u8]) -> bool {
        self.sources.heap.as_ptr_range().contains(&octets.as_ptr())
    }

    /// Where the management objects begin that have one of some identifiers, or one that is wanted, in tree order, each once.
    pub(crate) fn mo_roots<'i>(
        &self,
        exact: impl Iterator<Item = &'i str>,
        is_wanted: Option<impl Fn(&[u8]) -> bool>,
    ) -> MoInstances<'_> {
        let mut roots = match is_wanted {
            Some(is_wanted) => self.arena.mo_roots_where(&self.sources, is_wanted),
            None => Vec::new(),
        };
        for mo_id in exact {
            roots.extend(self.arena.mo_roots(&self.sources, mo_id.as_bytes()));
        }
        self.arena.sort_in_tree_order(&mut roots);
        roots.dedup();
        MoInstances::new(self, roots)
    }
}

impl Node<'_> {
    /// Whether this node has that name, however either is escaped.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        super::segment::is_same(self.name().as_bytes(), name.as_bytes())
    }

    /// Whether this node is that one or lies below it. Costs a climb.
    pub(crate) fn is_within(&self, top: Node<'_>) -> bool {
        let mut at = Some(*self);
        while let Some(node) = at {
            if node.id() == top.id() {
                return true;
            }
            at = node.parent();
        }
        false
    }
}
