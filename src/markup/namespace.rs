//! Namespaces, and what a name means where it stands.

mod whole;

use super::Name;
use super::cursor::DEPTH;
use crate::error::ErrorKind;
use crate::limits::Limits;
use crate::vocabulary::{NameKey, Tag, Vocabulary};
use std::borrow::Cow;

pub(crate) use whole::Surroundings;

/// A namespace name, as it was written.
///
/// Two namespaces are equal when their names are, however each was escaped.
#[derive(Clone, Copy, Debug, Eq)]
pub struct Namespace<'a> {
    raw: &'a str,
    /// From XML, and holds references or blanks to normalise.
    escaped: bool,
}

impl<'a> Namespace<'a> {
    pub(crate) fn new(raw: &'a str, escaped: bool) -> Namespace<'a> {
        Namespace { raw, escaped: escaped && !super::xml::is_plain_value(raw) }
    }

    /// The namespace with this name.
    #[must_use]
    pub fn of(name: &'a str) -> Namespace<'a> {
        Namespace { raw: name, escaped: false }
    }

    /// The namespace name, copied only if it was not written plainly.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        if self.escaped { super::xml::normalise_value(self.raw).into() } else { Cow::Borrowed(self.raw) }
    }

    pub(crate) fn raw(&self) -> (&'a str, bool) {
        (self.raw, self.escaped)
    }
}

impl PartialEq for Namespace<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

/// A prefix and the namespace it stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binding<'a> {
    pub(crate) prefix: &'a str,
    /// `None`: the declaration was taken back (`xmlns=""`).
    pub(crate) namespace: Option<Namespace<'a>>,
    vocabulary: Option<Vocabulary>,
}

impl<'a> Binding<'a> {
    pub(crate) fn new(prefix: &'a str, namespace: Namespace<'a>) -> Binding<'a> {
        if namespace.raw.is_empty() {
            return Binding { prefix, namespace: None, vocabulary: None };
        }
        let vocabulary = Vocabulary::from_namespace(&namespace.name());
        Binding { prefix, namespace: Some(namespace), vocabulary }
    }

    /// A default namespace, if it is one of those that nearly all messages have.
    pub(crate) fn well_known(name: &'a str) -> Option<Binding<'a>> {
        let vocabulary = match name {
            "syncml:metinf" => Vocabulary::MetInf,
            "SYNCML:SYNCML1.2" | "SYNCML:SYNCML1.1" => Vocabulary::SyncMl,
            _ => return None,
        };
        Some(Binding { prefix: "", namespace: Some(Namespace::of(name)), vocabulary: Some(vocabulary) })
    }

    pub(crate) fn vocabulary(&self) -> Option<Vocabulary> {
        self.vocabulary
    }

    /// Whether its namespace is written as this one is.
    fn is_written(&self, namespace: Namespace<'_>) -> bool {
        self.namespace.is_some_and(|known| known.raw == namespace.raw && known.escaped == namespace.escaped)
    }
}

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// The open elements of a document and the namespace declarations in force: resolves names.
///
/// The limits on depth, elements and declarations are kept here, where both readers pass.
#[derive(Clone, Debug)]
pub(crate) struct Bindings<'a> {
    list: Vec<Binding<'a>>,
    /// The default namespace's place in the list.
    default: Option<usize>,
    /// The namespace declared last that was new: documents declare the same one again and again.
    last: Option<Binding<'a>>,
    /// What surrounds the root, if it is a fragment.
    around: Option<Context>,
    open: Vec<Open>,
    elements: u32,
    limits: Limits,
}

/// What an element is to the children that have no namespace of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Context {
    tag: Option<Tag>,
    /// The tag was found by context, not by a namespace; children without a namespace of their own follow it.
    by_context: bool,
}

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Open {
    context: Context,
    /// How many bindings were in force outside.
    outside: u32,
    name: WrittenName,
}

/// Where the name of an element stands in XML text; its end tag has the same.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WrittenName {
    pub(crate) start: u32,
    pub(crate) len: u32,
    /// The key of a name of few letters; that of others is the one of no name.
    pub(crate) key: NameKey,
}

impl<'a> Bindings<'a> {
    pub(crate) fn new(limits: &Limits) -> Bindings<'a> {
        Bindings {
            list: Vec::new(),
            default: None,
            last: None,
            around: None,
            open: Vec::new(),
            elements: 0,
            limits: *limits,
        }
    }

    /// For a fragment: the declarations in force around it, and what its parent is.
    pub(crate) fn inherit(&mut self, bindings: &[Binding<'a>], around: Option<Context>) {
        self.list.extend_from_slice(bindings);
        self.find_default();
        self.around = around;
    }

    /// The innermost open element.
    #[inline]
    pub(crate) fn context(&self) -> Option<Context> {
        self.open.last().map(|open| open.context).or(self.around)
    }

    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The declarations in force.
    pub(crate) fn in_force(&self) -> &[Binding<'a>] {
        &self.list
    }

    /// Adds a declaration of the element about to open.
    pub(crate) fn declare(&mut self, binding: Binding<'a>) -> Result<(), ErrorKind> {
        if self.list.len() >= self.limits.namespaces as usize {
            return Err(ErrorKind::LimitNamespaces);
        }
        // Namespaces in XML 1.0 §3: one prefix means always the same, the other nothing; what is declared again here could not be
        // read by others.
        let is_reserved = match binding.prefix {
            "xmlns" => true,
            "xml" => binding.namespace.is_none_or(|namespace| namespace.name() != XML_NAMESPACE),
            _ => false,
        };
        if is_reserved {
            return Err(ErrorKind::XmlPrefix);
        }
        if binding.prefix.is_empty() {
            self.default = Some(self.list.len());
        }
        self.list.push(binding);
        Ok(())
    }

    /// [`declare`](Bindings::declare) for a prefix and a namespace.
    pub(crate) fn declare_as(&mut self, prefix: &'a str, namespace: Namespace<'a>) -> Result<(), ErrorKind> {
        let known = self.last.filter(|last| last.prefix == prefix && last.is_written(namespace));
        let binding = known.unwrap_or_else(|| Binding::new(prefix, namespace));
        self.last = Some(binding);
        self.declare(binding)
    }

    fn find_default(&mut self) {
        self.default = self.list.iter().rposition(|binding| binding.prefix.is_empty());
    }

    /// Opens an element that its token tells, without declarations. `None`, and nothing is done, if a limit is in the way.
    #[inline]
    pub(crate) fn open_common(&mut self, tag: Tag) -> Option<()> {
        self.open_known(Context { tag: Some(tag), by_context: true }, WrittenName::default())
    }

    /// Opens an element by name, after `declared` declarations of its own.
    pub(crate) fn open_name(
        &mut self,
        qname: &'a str,
        written: WrittenName,
        declared: usize,
    ) -> Result<Name<'a>, ErrorKind> {
        let (name, by_context) = self.resolve(qname, declared)?;
        self.open(name.tag(), by_context, written, declared)?;
        Ok(name)
    }

    /// What an element without a prefix and without declarations is, if the vocabulary of its parent or of the default namespace has its
    /// name: the first questions of [`resolve`](Bindings::resolve), which nearly all elements answer.
    #[inline(always)]
    pub(crate) fn known(&self, key: NameKey) -> Option<(Tag, Context)> {
        if let Some(Context { tag: Some(parent), by_context: true }) = self.context()
            && let Some(tag) = Tag::from_key(parent.vocabulary(), key)
        {
            return Some((tag, Context { tag: Some(tag), by_context: true }));
        }
        let tag = Tag::from_key(self.default_binding()?.vocabulary?, key)?;
        Some((tag, Context { tag: Some(tag), by_context: false }))
    }

    /// Opens an element that is [`known`](Bindings::known). `None`, and nothing is done, if a limit is in the way.
    #[inline(always)]
    pub(crate) fn open_known(&mut self, context: Context, name: WrittenName) -> Option<()> {
        if self.open.len() >= self.limits.depth as usize || self.elements >= self.limits.elements {
            return None;
        }
        self.elements = self.elements.wrapping_add(1);
        // The list is bounded by a limit of 32 bits.
        self.open.push(Open { context, outside: self.list.len() as u32, name });
        Some(())
    }

    /// Opens an element without a prefix that declares a default namespace, if the vocabulary of that namespace has its name.
    pub(crate) fn open_declared(&mut self, name: WrittenName, binding: Binding<'a>) -> Option<Tag> {
        let tag = Tag::from_key(binding.vocabulary?, name.key)?;
        if self.list.len() >= self.limits.namespaces as usize {
            return None;
        }
        self.open_known(Context { tag: Some(tag), by_context: false }, name)?;
        self.declare(binding).ok()?;
        Some(tag)
    }

    /// For a [`Course`](super::Course): how many more elements there may be, if it will not meet another limit.
    pub(crate) fn room(&self) -> Option<u32> {
        let is_deep = self.open.len().saturating_add(DEPTH) > self.limits.depth as usize;
        let is_crowded = self.list.len().saturating_add(DEPTH) > self.limits.namespaces as usize;
        (!is_deep && !is_crowded).then(|| self.limits.elements.saturating_sub(self.elements))
    }

    /// Counts elements that were opened and closed on a [`Course`](super::Course).
    pub(crate) fn went_over(&mut self, elements: u32) {
        self.elements = self.elements.saturating_add(elements);
    }

    /// The vocabulary in which [`known`](Bindings::known) looks up the children of the innermost open element first.
    pub(crate) fn vocabulary(&self) -> Option<Vocabulary> {
        match self.context() {
            Some(Context { tag: Some(parent), by_context: true }) => Some(parent.vocabulary()),
            _ => self.default_binding()?.vocabulary,
        }
    }

    /// The name of the innermost open element.
    #[inline]
    pub(crate) fn name(&self) -> Option<WrittenName> {
        self.open.last().map(|open| open.name)
    }

    /// Opens an element whose tag is known already.
    pub(crate) fn open_tag(&mut self, tag: Tag, declared: usize) -> Result<(), ErrorKind> {
        self.open(Some(tag), true, WrittenName::default(), declared)
    }

    fn open(
        &mut self,
        tag: Option<Tag>,
        by_context: bool,
        name: WrittenName,
        declared: usize,
    ) -> Result<(), ErrorKind> {
        if self.open.len() >= self.limits.depth as usize {
            return Err(ErrorKind::LimitDepth);
        }
        if self.elements >= self.limits.elements {
            return Err(ErrorKind::LimitElements);
        }
        self.elements = self.elements.saturating_add(1);
        let outside = u32::try_from(self.list.len().saturating_sub(declared)).unwrap_or(u32::MAX);
        self.open.push(Open { context: Context { tag, by_context }, outside, name });
        Ok(())
    }

    /// Closes the innermost element, and says whether there was one.
    #[inline]
    pub(crate) fn close(&mut self) -> bool {
        match self.open.pop() {
            Some(open) => {
                if self.list.len() > open.outside as usize {
                    self.list.truncate(open.outside as usize);
                    self.find_default();
                }
                true
            }
            None => false,
        }
    }

    /// The namespace that a prefix stands for.
    pub(crate) fn namespace(&self, prefix: &str) -> Result<Option<Namespace<'a>>, ErrorKind> {
        if prefix == "xml" {
            return Ok(Some(Namespace::new(XML_NAMESPACE, false)));
        }
        match self.find(prefix) {
            Some(Binding { namespace: Some(namespace), .. }) => Ok(Some(*namespace)),
            _ if prefix.is_empty() => Ok(None),
            _ => Err(ErrorKind::XmlPrefix),
        }
    }

    fn default_binding(&self) -> Option<&Binding<'a>> {
        self.list.get(self.default?)
    }

    fn find(&self, prefix: &str) -> Option<&Binding<'a>> {
        self.list.iter().rev().find(|binding| binding.prefix == prefix)
    }

    /// What an element is. A namespace that stands for a vocabulary decides; a name that its namespace does not have, or
    /// that has none, is decided by its place (`wire.md` §1.1: peers leave out the namespaces of MetInf and of trees).
    fn resolve(&self, qname: &'a str, declared: usize) -> Result<(Name<'a>, bool), ErrorKind> {
        if let Some((prefix, local)) = qname.split_once(':') {
            let namespace = self.namespace(prefix)?;
            let vocabulary = self.find(prefix).and_then(|binding| binding.vocabulary);
            let tag = vocabulary.and_then(|vocabulary| Tag::from_name(vocabulary, local));
            return Ok((tag.map_or(Name::Other { qname, namespace }, Name::Known), false));
        }
        let default = self.default_binding();
        let namespace = default.and_then(|binding| binding.namespace);
        let own = self.default.is_some_and(|default| default >= self.list.len().saturating_sub(declared));
        let parent = self.context();
        // A tree without a namespace inside a SyncML message inherits SyncML's, which has names in common with it.
        if let Some(Context { tag: Some(tag), by_context: true }) = parent
            && !own
            && let Some(tag) = Tag::from_name(tag.vocabulary(), qname)
        {
            return Ok((Name::Known(tag), true));
        }
        let vocabulary = default.and_then(|binding| binding.vocabulary);
        if let Some(tag) = vocabulary.and_then(|vocabulary| Tag::from_name(vocabulary, qname)) {
            return Ok((Name::Known(tag), false));
        }
        // A foreign namespace says that the name is foreign, too.
        // Client provisioning has no namespace; one that an author gave it all the same means nothing.
        let is_provisioning = parent.is_none() && qname == crate::vocabulary::prov::WAP_PROVISIONINGDOC.name();
        let foreign = namespace.is_some() && vocabulary.is_none() && !is_provisioning;
        let inside_other = matches!(parent, Some(Context { tag: None, .. }));
        if !foreign
            && !inside_other
            && let Some(tag) = Tag::from_context(qname, parent.and_then(|parent| parent.tag))
            && !(own && namespace.is_some() && is_at_home(tag, parent))
        {
            return Ok((Name::Known(tag), true));
        }
        Ok((Name::Other { qname, namespace }, false))
    }
}

/// Whether an element stands among those of its own vocabulary, where it needs no declaration: one of another vocabulary is meant.
/// SyncML's own elements carry such for what is in them: `Meta`, `Data`.
fn is_at_home(tag: Tag, parent: Option<Context>) -> bool {
    let around = parent.and_then(|parent| parent.tag).map(Tag::vocabulary);
    tag.vocabulary() != Vocabulary::SyncMl && around == Some(tag.vocabulary())
}
