//! Elements that are read whole, without being opened and closed one by one.

use super::{Binding, Bindings, Context};
use crate::vocabulary::Vocabulary;

/// What the names of an element and of all in it depend on, besides its own octets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings<'a> {
    context: Option<Context>,
    binding: Option<Binding<'a>>,
}

impl Binding<'_> {
    /// Whether both were made of the same octets of the document. Their places are compared, not the octets: a prefix is empty
    /// mostly, and to compare octets that are none, which lie nowhere, takes some processors longer than all the rest does.
    fn is_of_same_declaration(&self, other: &Binding<'_>) -> bool {
        let is_same_namespace = match (self.namespace, other.namespace) {
            (Some(one), Some(other)) => core::ptr::eq(one.raw, other.raw) && one.escaped == other.escaped,
            (one, other) => one.is_none() && other.is_none(),
        };
        core::ptr::eq(self.prefix, other.prefix) && is_same_namespace
    }
}

impl<'a> Bindings<'a> {
    /// How many elements have begun.
    pub(crate) fn elements(&self) -> u32 {
        self.elements
    }

    /// What surrounds the next element. None where more than one declaration is in force, which is rare: then there is too much to
    /// compare.
    pub(crate) fn surroundings(&self) -> Option<Surroundings<'a>> {
        (self.list.len() <= 1).then(|| Surroundings { context: self.context(), binding: self.list.first().copied() })
    }

    /// Whether the next element is surrounded by just that.
    #[inline]
    pub(crate) fn is_in(&self, surroundings: &Surroundings<'_>) -> bool {
        let is_same_binding = match (self.list.as_slice(), &surroundings.binding) {
            ([], None) => true,
            ([one], Some(other)) => one.is_of_same_declaration(other),
            _ => false,
        };
        is_same_binding && self.context() == surroundings.context
    }

    /// Whether a name of `vocabulary`, without a prefix, means that vocabulary's element here: what
    /// [`known`](Bindings::known) asks, before there is a name. May say no where it is so.
    #[inline(always)]
    pub(crate) fn is_home_of(&self, vocabulary: Vocabulary) -> bool {
        match self.context() {
            Some(Context { tag: Some(parent), by_context: true }) => parent.vocabulary() == vocabulary,
            _ => self.default_binding().is_some_and(|binding| binding.vocabulary == Some(vocabulary)),
        }
    }

    /// Counts so many elements, nested in whatever way, as if they had been opened and closed. `None`, and nothing is done, if
    /// a limit could be in the way.
    #[inline(always)]
    pub(crate) fn count(&mut self, elements: u32) -> Option<()> {
        // No deeper than if each were in the one before.
        let depth = self.open.len().saturating_add(elements as usize);
        let sum = self.elements.saturating_add(elements);
        let is_within = depth <= self.limits.depth as usize && sum <= self.limits.elements;
        self.elements = if is_within { sum } else { self.elements };
        is_within.then_some(())
    }
}
