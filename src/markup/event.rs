//! What a reader delivers.

use super::Namespace;
use crate::vocabulary::Tag;
use std::borrow::Cow;

/// One step through a document.
///
/// The character data of one element may come in several events; together, in order, they are its text. Which kind
/// each piece has tells how it was written, so that nothing is lost and nothing is copied on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// An element begins; its attributes are at [`Reader::attrs`](super::Reader::attrs).
    Start(Name<'a>),
    /// Character data that stands for itself.
    Text(&'a str),
    /// XML character data as written, with references or carriage returns in it: see [`unescape`](super::xml::unescape).
    Escaped(&'a str),
    /// The content of a CDATA section as written; carriage returns are not normalised yet.
    CData(&'a str),
    /// One character: a WBXML entity, or one that had to be transcoded.
    Char(char),
    /// A WBXML opaque block.
    Opaque(&'a [u8]),
    /// The innermost open element ends.
    End,
}

impl<'a> Event<'a> {
    /// The piece of character data that this event is, unescaped; `None` for [`Start`](Event::Start), [`End`](Event::End) and
    /// [`Opaque`](Event::Opaque).
    #[must_use]
    pub fn text(&self) -> Option<Cow<'a, str>> {
        match *self {
            Event::Text(text) => Some(Cow::Borrowed(text)),
            Event::Escaped(text) => Some(super::xml::unescape(text)),
            Event::CData(text) => Some(super::xml::normalise_line_ends(text)),
            Event::Char(char) => Some(Cow::Owned(char.into())),
            Event::Start(_) | Event::Opaque(_) | Event::End => None,
        }
    }

    /// Whether this is character data of nothing but blanks, which means nothing between elements.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match *self {
            Event::Text(text) | Event::CData(text) => is_blank(text.as_bytes()),
            // Carriage returns are blanks; references to blanks are rare enough to be expanded.
            Event::Escaped(text) => {
                is_blank(text.as_bytes()) || (text.contains('&') && is_blank(super::xml::unescape(text).as_bytes()))
            }
            Event::Char(char) => char.is_ascii_whitespace(),
            Event::Opaque(octets) => is_blank(octets),
            Event::Start(_) | Event::End => false,
        }
    }
}

fn is_blank(octets: &[u8]) -> bool {
    octets.iter().all(u8::is_ascii_whitespace)
}

/// The name of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name<'a> {
    /// A name of one of the closed vocabularies.
    Known(Tag),
    /// Any other name.
    Other {
        /// The name as written, with its prefix.
        qname: &'a str,
        /// The namespace it is in, if any.
        namespace: Option<Namespace<'a>>,
    },
}

impl<'a> Name<'a> {
    /// The tag, for known names.
    #[must_use]
    pub fn tag(&self) -> Option<Tag> {
        match self {
            Name::Known(tag) => Some(*tag),
            Name::Other { .. } => None,
        }
    }

    /// The name without its prefix.
    #[must_use]
    pub fn local(&self) -> &'a str {
        match self {
            Name::Known(tag) => tag.name(),
            Name::Other { qname, .. } => qname.split_once(':').map_or(*qname, |(_, local)| local),
        }
    }
}

/// The attributes of one element, in the document's order. Namespace declarations are among them.
#[derive(Clone, Debug)]
pub struct Attrs<'r, 'a> {
    pub(super) list: core::slice::Iter<'r, RawAttr<'a>>,
    pub(super) joined: &'r str,
}

/// One attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attr<'r, 'a> {
    /// The name as written, with its prefix.
    pub qname: &'a str,
    /// The namespace of a name with a prefix. Names without one are in no namespace.
    pub namespace: Option<Namespace<'a>>,
    /// The value, unescaped and joined.
    pub value: AttrValue<'r, 'a>,
}

impl<'a> Attr<'_, 'a> {
    /// For a namespace declaration, the prefix it binds; the empty one for the default namespace.
    #[must_use]
    pub fn declares(&self) -> Option<&'a str> {
        declared_prefix(self.qname)
    }
}

pub(super) fn declared_prefix(qname: &str) -> Option<&str> {
    let rest = qname.strip_prefix("xmlns")?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix(':') }
}

/// The value of an attribute: a piece of the input where it can be, else joined in the reader's buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttrValue<'r, 'a> {
    /// As it stands in the input.
    Input(&'a str),
    /// Joined from pieces, or unescaped; valid until the reader's next event.
    Joined(&'r str),
}

impl<'a> AttrValue<'_, 'a> {
    /// The value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            AttrValue::Input(value) => value,
            AttrValue::Joined(value) => value,
        }
    }

    /// The value for longer than the next event: copied only if it was joined.
    #[must_use]
    pub fn to_cow(&self) -> Cow<'a, str> {
        match self {
            AttrValue::Input(value) => Cow::Borrowed(value),
            AttrValue::Joined(value) => Cow::Owned((*value).to_owned()),
        }
    }
}

/// An attribute as a reader keeps it.
#[derive(Clone, Debug)]
pub(super) struct RawAttr<'a> {
    pub(super) qname: &'a str,
    pub(super) namespace: Option<Namespace<'a>>,
    pub(super) value: RawValue<'a>,
}

/// The first attribute that is another one before it under a second prefix: the same local name in the same namespace
/// (Namespaces in XML 1.0 §6.3). Equal names as written were found before.
pub(super) fn repeated(attrs: &[RawAttr<'_>]) -> Option<usize> {
    let in_namespace = |attr: &&RawAttr<'_>| attr.namespace.is_some();
    attrs.iter().filter(in_namespace).nth(1)?;
    let mut order: Vec<(&str, usize)> = Vec::new();
    for (index, attr) in attrs.iter().enumerate().filter(|(_, attr)| in_namespace(attr)) {
        let local = attr.qname.split_once(':').map_or(attr.qname, |(_, local)| local);
        order.push((local, index));
    }
    order.sort_unstable();
    let namespace = |index: usize| attrs.get(index).and_then(|attr| attr.namespace);
    // Attributes with one local name have different prefixes, of which there are few: `Limits::namespaces`.
    let again = |same: &[(&str, usize)]| {
        let is_again = |(at, (_, index)): &(usize, &(&str, usize))| {
            same.iter().take(*at).any(|(_, other)| namespace(*other) == namespace(*index))
        };
        same.iter().enumerate().find(is_again).map(|(_, (_, index))| *index)
    };
    order.chunk_by(|(one, ..), (other, ..)| one == other).filter_map(again).min()
}

#[derive(Clone, Debug)]
pub(super) enum RawValue<'a> {
    Input(&'a str),
    /// A range of the reader's buffer.
    Joined(core::ops::Range<usize>),
}

impl<'r, 'a> Iterator for Attrs<'r, 'a> {
    type Item = Attr<'r, 'a>;

    fn next(&mut self) -> Option<Attr<'r, 'a>> {
        let raw = self.list.next()?;
        let value = match &raw.value {
            RawValue::Input(value) => AttrValue::Input(value),
            RawValue::Joined(range) => AttrValue::Joined(self.joined.get(range.clone()).unwrap_or_default()),
        };
        Some(Attr { qname: raw.qname, namespace: raw.namespace, value })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.list.size_hint()
    }
}

impl ExactSizeIterator for Attrs<'_, '_> {}
