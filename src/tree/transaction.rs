//! Several edits as one: all of them or none.

use super::Tree;
use super::arena::Arena;

/// # Transactions
///
/// Between [`begin`](Tree::begin) and [`commit`](Tree::commit) or [`roll_back`](Tree::roll_back) the tree notes what changes.
/// This costs time and memory for what is changed, not for the tree. Transactions nest: the inner one's changes go with the
/// outer one.
impl Tree<'_> {
    /// Begins a transaction, inside the one that is open, if one is.
    ///
    /// ```
    /// use omadm::tree::{EditOptions, NewNode, Tree};
    /// let mut tree = Tree::new();
    /// tree.edit(&EditOptions::default()).add("./A", &NewNode::leaf("1"))?;
    /// let id = tree.get("./A")?.unwrap().id();
    ///
    /// tree.begin();
    /// tree.edit(&EditOptions::default()).delete("./A")?;
    /// assert!(tree.node(id).is_none());
    /// tree.roll_back();
    /// assert_eq!(tree.node(id).unwrap().uri().to_string(), "./A");
    /// # Ok::<(), omadm::Error>(())
    /// ```
    pub fn begin(&mut self) {
        self.arena.begin(self.sources.heap.len());
    }

    /// Ends the innermost transaction and keeps what it did. False when none is open.
    pub fn commit(&mut self) -> bool {
        self.arena.commit()
    }

    /// Ends the innermost transaction and undoes what it did: nodes that were deleted are back under their ids, and ids of
    /// nodes that were added are never used again. False when none is open.
    pub fn roll_back(&mut self) -> bool {
        let Some(heap) = self.arena.roll_back(&self.sources) else { return false };
        self.sources.heap.truncate(heap);
        true
    }

    /// How many transactions are open, one inside the other.
    #[must_use]
    pub fn transactions(&self) -> usize {
        self.arena.transactions()
    }

    /// Runs `edits` in a transaction, which is committed if they succeed, and rolled back if they fail.
    ///
    /// ```
    /// use omadm::tree::{EditOptions, NewNode, Tree};
    /// let mut tree = Tree::new();
    /// let outcome = tree.transaction(|tree| {
    ///     tree.edit(&EditOptions::default()).add("./A", &NewNode::interior())?;
    ///     tree.edit(&EditOptions::default()).add("./B/C", &NewNode::leaf("1"))
    /// });
    /// assert!(outcome.is_err() && tree.is_empty());
    /// ```
    ///
    /// # Errors
    /// Those of `edits`.
    pub fn transaction<T, E>(&mut self, edits: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        let outer = self.transactions();
        self.begin();
        let outcome = edits(self);
        // A transaction that `edits` left open shares the fate of this one.
        while self.transactions() > outer {
            if outcome.is_ok() {
                self.commit()
            } else {
                self.roll_back()
            };
        }
        outcome
    }

    /// Gives back the memory of texts and properties that edits have replaced or deleted; says how many octets. Walks over the
    /// whole tree. Does nothing while a transaction is open.
    ///
    /// What an edit writes is copied into the tree, and what it replaces stays until this is called; a client that lives
    /// long calls it now and then, such as after a session.
    pub fn compact(&mut self) -> usize {
        if self.transactions() > 0 {
            return 0;
        }
        let before = self.sources.heap.len().saturating_add(self.arena.rare_octets());
        let mut heap = Vec::new();
        let sources = &self.sources;
        self.arena.compact(|text| sources.move_to(&mut heap, text));
        for text in [&mut self.info.ver_dtd, &mut self.info.man, &mut self.info.model] {
            *text = sources.move_to(&mut heap, *text);
        }
        heap.shrink_to_fit();
        self.sources.heap = heap;
        self.arena.index_kinds(&self.sources);
        self.arena.note_order();
        before.saturating_sub(self.sources.heap.len().saturating_add(self.arena.rare_octets()))
    }

    /// The root's record number.
    pub(super) const ROOT: u32 = Arena::ROOT;
}
