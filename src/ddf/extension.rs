//! What a description has besides DDF: elements and attributes of others, kept whole.

use super::parts::{RawAttribute, RawElement, RawExtra, RawName, of_owner, slice};
use super::schema::Source;
use crate::markup::{Fragment, Namespace};
use crate::vocabulary::Tag;
use core::fmt;

/// An element that DDF does not have, or not there.
///
/// An outermost one, which stands in an element of DDF, has the whole of it as a [`Fragment`] too: order of texts and elements,
/// prefixes, the namespaces in force.
#[derive(Clone, Copy)]
pub struct Extension<'s> {
    source: &'s Source<'s>,
    raw: &'s RawElement,
    index: u32,
    extra: Option<&'s RawExtra>,
}

impl<'s> Extension<'s> {
    pub(super) fn of_owner(source: &'s Source<'s>, owner: u32) -> Extensions<'s> {
        let extras = of_owner(&source.parts.extras, owner, |extra| extra.owner);
        Extensions { source, list: List::Outermost(extras.iter()) }
    }

    /// The name as written, with its prefix. WBXML has no prefix for names of a known vocabulary.
    #[must_use]
    pub fn name(&self) -> &'s str {
        match self.raw.tag {
            Some(tag) => tag.name(),
            None => self.source.str(self.raw.name.qname).unwrap_or_default(),
        }
    }

    /// The name without its prefix.
    #[must_use]
    pub fn local_name(&self) -> &'s str {
        local(self.name())
    }

    /// The namespace, if it has one; that of a known vocabulary is told by [`tag`](Extension::tag).
    #[must_use]
    pub fn namespace(&self) -> Option<Namespace<'s>> {
        namespace(self.source, &self.raw.name)
    }

    /// Names of the field's vocabularies: of another one, or of DDF itself in a place where DDF does not have it.
    #[must_use]
    pub fn tag(&self) -> Option<Tag> {
        self.raw.tag
    }

    /// Whether it has this name, without prefix, in this namespace.
    #[must_use]
    pub fn is(&self, namespace: &str, local_name: &str) -> bool {
        self.local_name() == local_name && self.namespace().is_some_and(|own| own.name() == namespace)
    }

    /// Where it begins in its document.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.raw.offset as usize
    }

    /// The element of DDF that it stands in, of an outermost one.
    #[must_use]
    pub fn inside(&self) -> Option<Tag> {
        self.extra.map(|extra| extra.inside)
    }

    /// The whole element, of an outermost one.
    #[must_use]
    pub fn fragment(&self) -> Option<Fragment<'s>> {
        self.extra?.fragment.reopen(&self.source.sources, &self.source.parts.bindings)
    }

    /// Its text, with blanks at both ends taken off; `None` if it has elements inside, or holds octets that are not UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&'s str> {
        if self.has_children() { None } else { self.source.str(self.raw.text) }
    }

    /// Whether it has text beside its elements; only the [`fragment`](Extension::fragment) has that.
    #[must_use]
    pub fn is_mixed(&self) -> bool {
        self.raw.is_mixed
    }

    fn has_children(&self) -> bool {
        self.raw.end > self.index.saturating_add(1)
    }

    /// Its attributes, without namespace declarations.
    pub fn attributes(&self) -> impl ExactSizeIterator<Item = Attribute<'s>> + use<'s> {
        let source = self.source;
        slice(&source.parts.attributes, &self.raw.attributes).iter().map(move |raw| Attribute::new(source, raw))
    }

    /// The value of the attribute with this name, without prefix.
    #[must_use]
    pub fn attribute(&self, local_name: &str) -> Option<&'s str> {
        self.attributes().find(|attribute| attribute.local_name() == local_name).map(|attribute| attribute.value())
    }

    /// The elements in it.
    #[must_use]
    pub fn children(&self) -> Extensions<'s> {
        let next = self.index.saturating_add(1);
        Extensions { source: self.source, list: List::Inside { next, end: self.raw.end, nested: false } }
    }

    /// The first element in it with this name, without prefix.
    #[must_use]
    pub fn child(&self, local_name: &str) -> Option<Extension<'s>> {
        self.children().find(|child| child.local_name() == local_name)
    }

    /// All elements in it, at any depth, parents before children; without itself.
    #[must_use]
    pub fn descendants(&self) -> Extensions<'s> {
        let next = self.index.saturating_add(1);
        Extensions { source: self.source, list: List::Inside { next, end: self.raw.end, nested: true } }
    }
}

impl fmt::Debug for Extension<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extension({} at {})", self.name(), self.offset())
    }
}

/// Elements that DDF does not have, in the order of their document.
#[derive(Clone)]
pub struct Extensions<'s> {
    source: &'s Source<'s>,
    list: List<'s>,
}

#[derive(Clone)]
enum List<'s> {
    Outermost(core::slice::Iter<'s, RawExtra>),
    Inside { next: u32, end: u32, nested: bool },
}

impl<'s> Iterator for Extensions<'s> {
    type Item = Extension<'s>;

    fn next(&mut self) -> Option<Extension<'s>> {
        let source = self.source;
        match &mut self.list {
            List::Outermost(extras) => {
                let extra = extras.next()?;
                let raw = source.parts.element(extra.element)?;
                Some(Extension { source, raw, index: extra.element, extra: Some(extra) })
            }
            List::Inside { next, end, nested } => {
                let index = *next;
                if index >= *end {
                    return None;
                }
                let raw = source.parts.element(index)?;
                *next = if *nested { index.saturating_add(1) } else { raw.end };
                Some(Extension { source, raw, index, extra: None })
            }
        }
    }
}

impl fmt::Debug for Extensions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// An attribute.
#[derive(Clone, Copy)]
pub struct Attribute<'s> {
    source: &'s Source<'s>,
    raw: &'s RawAttribute,
}

impl<'s> Attribute<'s> {
    pub(super) fn new(source: &'s Source<'s>, raw: &'s RawAttribute) -> Attribute<'s> {
        Attribute { source, raw }
    }

    /// The name as written, with its prefix.
    #[must_use]
    pub fn name(&self) -> &'s str {
        self.source.str(self.raw.name.qname).unwrap_or_default()
    }

    /// The name without its prefix.
    #[must_use]
    pub fn local_name(&self) -> &'s str {
        local(self.name())
    }

    /// The namespace of a name with a prefix.
    #[must_use]
    pub fn namespace(&self) -> Option<Namespace<'s>> {
        namespace(self.source, &self.raw.name)
    }

    /// The value, unescaped.
    #[must_use]
    pub fn value(&self) -> &'s str {
        self.source.str(self.raw.value).unwrap_or_default()
    }
}

impl fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={:?}", self.name(), self.value())
    }
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

pub(super) fn namespace<'s>(source: &'s Source<'s>, name: &RawName) -> Option<Namespace<'s>> {
    Some(Namespace::new(source.str(name.namespace)?, name.is_escaped))
}
