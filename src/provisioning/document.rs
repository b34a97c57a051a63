//! A decoded document and the views on its parts.

use crate::markup::{Encoding, Fragment, KeptBinding, KeptFragment};
use crate::text::{Sources, Text};
use core::fmt;
use core::ops::Range;

/// A client-provisioning document.
///
/// Borrows the input; [`into_owned`](Document::into_owned) copies it.
#[derive(Clone)]
pub struct Document<'a> {
    encoding: Encoding,
    sources: Sources<'a>,
    pub(super) parts: Parts,
}

/// Everything of a document but its texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// The root, then every characteristic in the order of the document.
    pub(super) elements: Vec<RawElement>,
    pub(super) parms: Vec<RawParm>,
    pub(super) attributes: Vec<RawAttribute>,
    pub(super) extras: Vec<RawExtra>,
    pub(super) bindings: Vec<KeptBinding>,
}

/// The root or a characteristic.
#[derive(Clone, Debug, Default)]
pub(super) struct RawElement {
    pub(super) offset: u32,
    /// One past the last element inside this one.
    pub(super) end: u32,
    /// `version` of the root, `type` of a characteristic.
    pub(super) label: Text,
    pub(super) attributes: Range<u32>,
    pub(super) parms: Range<u32>,
    pub(super) extras: Range<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct RawParm {
    pub(super) owner: u32,
    pub(super) offset: u32,
    pub(super) name: Text,
    pub(super) value: Text,
    pub(super) attributes: Range<u32>,
}

#[derive(Clone, Debug)]
pub(super) struct RawAttribute {
    pub(super) name: Text,
    pub(super) namespace: Text,
    pub(super) value: Text,
}

#[derive(Clone, Debug)]
pub(super) struct RawExtra {
    pub(super) owner: u32,
    pub(super) fragment: KeptFragment,
}

pub(super) fn slice<'p, T>(list: &'p [T], range: &Range<u32>) -> &'p [T] {
    list.get(range.start as usize..range.end as usize).unwrap_or_default()
}

impl Parts {
    /// Groups what was collected in the document's order by its owner: parms may stand before and after the characteristics beside them.
    pub(super) fn group(&mut self) {
        let Parts { elements, parms, extras, .. } = self;
        group(parms, elements, |parm| parm.owner, |element| &mut element.parms);
        group(extras, elements, |extra| extra.owner, |element| &mut element.extras);
    }
}

/// Says in each element which part of a list is its own; the list may be in any order. Each element's part keeps its order. Takes linear time.
fn group<T>(
    list: &mut Vec<T>,
    elements: &mut [RawElement],
    owner: fn(&T) -> u32,
    range: fn(&mut RawElement) -> &mut Range<u32>,
) {
    // First how long each part is, then where it ends so far.
    for item in list.iter() {
        if let Some(element) = elements.get_mut(owner(item) as usize) {
            range(element).end = range(element).end.saturating_add(1);
        }
    }
    let mut start = 0_u32;
    for element in elements.iter_mut() {
        let part = range(element);
        let next = start.saturating_add(part.end);
        *part = start..start;
        start = next;
    }
    let mut places: Vec<Option<T>> = Vec::new();
    places.resize_with(list.len(), || None);
    for item in list.drain(..) {
        if let Some(element) = elements.get_mut(owner(&item) as usize) {
            let part = range(element);
            if let Some(place) = places.get_mut(part.end as usize) {
                *place = Some(item);
            }
            part.end = part.end.saturating_add(1);
        }
    }
    list.extend(places.into_iter().flatten());
}

pub(super) fn narrow(len: usize) -> u32 {
    // Each record costs at least one octet of an input below 4 GiB.
    u32::try_from(len).unwrap_or(u32::MAX)
}

impl<'a> Document<'a> {
    pub(super) fn new(encoding: Encoding, sources: Sources<'a>, parts: Parts) -> Document<'a> {
        Document { encoding, sources, parts }
    }

    pub(super) fn str(&self, text: Text) -> &str {
        self.sources.str(text).unwrap_or_default()
    }

    pub(super) fn attributes_in(&self, range: &Range<u32>) -> impl ExactSizeIterator<Item = Attribute<'_>> {
        slice(&self.parts.attributes, range).iter().map(|raw| Attribute {
            name: self.str(raw.name),
            namespace: self.sources.str(raw.namespace),
            value: self.str(raw.value),
        })
    }

    pub(super) fn extras_in(&self, range: &Range<u32>) -> impl Iterator<Item = Fragment<'_>> {
        slice(&self.parts.extras, range)
            .iter()
            .filter_map(|extra| extra.fragment.reopen(&self.sources, &self.parts.bindings))
    }

    fn inside(&self, index: usize, nested: bool) -> Characteristics<'_> {
        let end = self.parts.elements.get(index).map_or(0, |element| element.end as usize);
        Characteristics { document: self, range: index.saturating_add(1)..end, nested }
    }

    /// The encoding it came in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// `version` of the document; absent means `1.0`.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.sources.str(self.parts.elements.first()?.label)
    }

    /// The characteristics directly inside the document.
    #[must_use]
    pub fn characteristics(&self) -> Characteristics<'_> {
        self.inside(0, false)
    }

    /// All characteristics in the order of the document, an outer one before those inside it.
    #[must_use]
    pub fn all_characteristics(&self) -> Characteristics<'_> {
        self.inside(0, true)
    }

    /// Attributes of the root other than `version` and namespace declarations.
    pub fn attributes(&self) -> impl ExactSizeIterator<Item = Attribute<'_>> {
        self.attributes_in(self.parts.elements.first().map_or(&(0..0), |root| &root.attributes))
    }

    /// Elements directly inside the document that the standard does not know.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.extras_in(self.parts.elements.first().map_or(&(0..0), |root| &root.extras))
    }

    /// The same document with copies of everything it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Document<'static> {
        Document { encoding: self.encoding, sources: self.sources.into_owned(), parts: self.parts }
    }
}

/// A summary: documents carry secrets, which must not get into logs.
impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("encoding", &self.encoding)
            .field("version", &self.version())
            .field("characteristics", &self.parts.elements.len().saturating_sub(1))
            .field("parms", &self.parts.parms.len())
            .finish_non_exhaustive()
    }
}

/// Characteristics in the order of the document.
#[derive(Clone, Debug)]
pub struct Characteristics<'d> {
    document: &'d Document<'d>,
    range: Range<usize>,
    nested: bool,
}

impl<'d> Iterator for Characteristics<'d> {
    type Item = Characteristic<'d>;

    fn next(&mut self) -> Option<Characteristic<'d>> {
        let index = self.range.start;
        if index >= self.range.end {
            return None;
        }
        let raw = self.document.parts.elements.get(index)?;
        let after = index.saturating_add(1);
        self.range.start = if self.nested { after } else { after.max(raw.end as usize) };
        Some(Characteristic { document: self.document, raw, index })
    }
}

/// One `characteristic`: a group of settings.
#[derive(Clone, Copy)]
pub struct Characteristic<'d> {
    document: &'d Document<'d>,
    raw: &'d RawElement,
    index: usize,
}

impl<'d> Characteristic<'d> {
    /// `type`: `APPLICATION`, `PXLOGICAL`, `NAPDEF` …
    #[must_use]
    pub fn kind(&self) -> &'d str {
        self.document.str(self.raw.label)
    }

    /// Where the element begins in the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.raw.offset as usize
    }

    /// The parms directly inside, in order.
    pub fn parms(&self) -> impl ExactSizeIterator<Item = Parm<'d>> + use<'d> {
        let document = self.document;
        slice(&document.parts.parms, &self.raw.parms).iter().map(move |raw| Parm { document, raw })
    }

    /// The first parm of this name directly inside. Case counts, as the standard has it. Some names, such as
    /// `TO-NAPID`, may occur several times: see [`parms`](Characteristic::parms).
    #[must_use]
    pub fn parm(&self, name: &str) -> Option<Parm<'d>> {
        self.parms().find(|parm| parm.name() == name)
    }

    /// The value of the first parm of this name; `None` also for a parm without a value, which says something by being
    /// there.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'d str> {
        self.parm(name)?.value()
    }

    /// The characteristics directly inside.
    #[must_use]
    pub fn children(&self) -> Characteristics<'d> {
        self.document.inside(self.index, false)
    }

    /// Whether it is inside another characteristic of the same document, at any depth.
    #[must_use]
    pub fn is_within(&self, outer: &Characteristic<'_>) -> bool {
        outer.index < self.index && self.index < outer.raw.end as usize
    }

    /// Attributes other than `type` and namespace declarations.
    pub fn attributes(&self) -> impl ExactSizeIterator<Item = Attribute<'d>> + use<'d> {
        self.document.attributes_in(&self.raw.attributes)
    }

    /// Elements directly inside that the standard does not know.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'d>> + use<'d> {
        self.document.extras_in(&self.raw.extras)
    }
}

/// Type and place.
impl fmt::Debug for Characteristic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Characteristic")
            .field("kind", &self.kind())
            .field("offset", &self.offset())
            .finish_non_exhaustive()
    }
}

/// One `parm`: a setting.
#[derive(Clone, Copy)]
pub struct Parm<'d> {
    document: &'d Document<'d>,
    raw: &'d RawParm,
}

impl<'d> Parm<'d> {
    /// `name`
    #[must_use]
    pub fn name(&self) -> &'d str {
        self.document.str(self.raw.name)
    }

    /// `value`; `None` for flags such as `MASTER`. It may be a secret: do not log it.
    #[must_use]
    pub fn value(&self) -> Option<&'d str> {
        self.document.sources.str(self.raw.value)
    }

    /// Where the element begins in the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.raw.offset as usize
    }

    /// Attributes other than `name`, `value` and namespace declarations.
    pub fn attributes(&self) -> impl ExactSizeIterator<Item = Attribute<'d>> + use<'d> {
        self.document.attributes_in(&self.raw.attributes)
    }
}

/// Without the value: which parms are secrets is not known for those of vendors.
impl fmt::Debug for Parm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parm").field("name", &self.name()).field("offset", &self.offset()).finish_non_exhaustive()
    }
}

/// An attribute that the standard does not know, such as Microsoft's `datatype`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'d> {
    /// The name as written, with its prefix.
    pub name: &'d str,
    /// The namespace of a name with a prefix.
    pub namespace: Option<&'d str>,
    /// The value. It may be a secret: do not log it.
    pub value: &'d str,
}

/// Without the value.
impl fmt::Debug for Attribute<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribute")
            .field("name", &self.name)
            .field("namespace", &self.namespace)
            .finish_non_exhaustive()
    }
}
