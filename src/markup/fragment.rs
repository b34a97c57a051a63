//! A part of a document that can be kept and reopened.

use super::wbxml::{WbxmlReader, WbxmlState};
use super::xml::XmlReader;
use super::{
    Attrs, Begun, Binding, CommonTag, Context, Course, Encoding, Event, Namespace, Options, Reader, Seen, Writer,
};
use crate::error::Result;
use crate::text::{Document, Sources, Text, TextBuilder};
use crate::vocabulary::Tag;

/// One element of a document, through its end, with everything from outside that its octets need to be understood: the
/// namespace declarations in force (XML), or the code pages and the string table (WBXML).
///
/// ```
/// use omadm::markup::{Event, Name, Options, Reader, xml::{XmlDocument, XmlReader}};
/// use omadm::vocabulary::metinf;
/// let document = XmlDocument::open(b"<SyncML xmlns='SYNCML:SYNCML1.2' xmlns:m='syncml:metinf'><m:Type>x</m:Type></SyncML>")?;
/// let mut reader = XmlReader::new(&document, &Options::default());
/// reader.next_event()?;
/// reader.next_event()?;
/// let fragment = reader.skip()?;
/// assert_eq!(fragment.bytes(), b"<m:Type>x</m:Type>");
/// let mut again = fragment.reader(&Options::default());
/// assert_eq!(again.next_event()?, Some(Event::Start(Name::Known(metinf::TYPE))));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone)]
pub struct Fragment<'a> {
    source: FragmentSource<'a>,
    offset: usize,
}

/// What a fragment is made of.
#[derive(Clone)]
pub(crate) enum FragmentSource<'a> {
    Xml {
        text: &'a str,
        bindings: Box<[Binding<'a>]>,
        around: Option<Context>,
    },
    Wbxml {
        document: &'a [u8],
        /// Where the element lies in the document, which may be a piece of the input.
        range: core::ops::Range<usize>,
        state: WbxmlState<'a>,
        bindings: Box<[Binding<'a>]>,
        around: Option<Context>,
    },
}

/// Without its content, which may hold secrets.
impl core::fmt::Debug for Fragment<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let (encoding, len) = (self.encoding(), self.bytes().len());
        write!(f, "Fragment({encoding:?}, {len} octets at {})", self.offset)
    }
}

/// An element remembered by [`Reader::mark`].
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Mark {
    pub(crate) offset: usize,
    pub(crate) tag_page: u8,
    pub(crate) attr_page: u8,
}

impl<'a> Fragment<'a> {
    pub(crate) fn new(source: FragmentSource<'a>, offset: usize) -> Fragment<'a> {
        Fragment { source, offset }
    }

    /// The encoding of the document it is part of.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        match self.source {
            FragmentSource::Xml { .. } => Encoding::Xml,
            FragmentSource::Wbxml { .. } => Encoding::Wbxml,
        }
    }

    /// Where the element begins in its document.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The octets of the element, as they stand in the document.
    #[must_use]
    pub fn bytes(&self) -> &'a [u8] {
        match &self.source {
            FragmentSource::Xml { text, .. } => text.as_bytes(),
            FragmentSource::Wbxml { document, range, .. } => document.get(range.clone()).unwrap_or_default(),
        }
    }

    /// What is between the start tag and the end tag, as written; `None` in WBXML.
    #[must_use]
    pub fn xml_content(&self) -> Option<&'a str> {
        let FragmentSource::Xml { text, .. } = &self.source else { return None };
        let mut quote = None;
        let start = text.bytes().position(|octet| {
            match quote {
                Some(open) if open == octet => quote = None,
                Some(_) => {}
                None if matches!(octet, b'"' | b'\'') => quote = Some(octet),
                None => return octet == b'>',
            }
            false
        })?;
        // An empty-element tag has no content and no end tag.
        text.get(start.saturating_add(1)..text.rfind("</")?.max(start.saturating_add(1)))
    }

    /// Writes the element, as a document of its own or as a part of the one that is being written.
    ///
    /// # Errors
    /// As [`copy`](super::copy).
    pub fn write(&self, writer: &mut impl Writer, options: &Options) -> Result<()> {
        super::copy(&mut self.reader(options), writer)
    }

    /// Reads the element again. Offsets are those of its document.
    #[must_use]
    pub fn reader(&self, options: &Options) -> DocumentReader<'a> {
        match &self.source {
            FragmentSource::Xml { text, bindings, around } => {
                let mut reader = XmlReader::over(text, self.offset, options);
                reader.inherit(bindings, *around);
                DocumentReader::Xml(reader)
            }
            FragmentSource::Wbxml { document, range, state, bindings, around } => {
                let mut reader = WbxmlReader::part(document, range.clone(), self.offset, state, options);
                reader.inherit(bindings, *around);
                DocumentReader::Wbxml(reader)
            }
        }
    }
}

/// A reader of either encoding, where only the input decides which.
///
/// A grammar over a whole document opens the reader it needs; this one is for fragments and embedded documents.
#[derive(Debug)]
pub enum DocumentReader<'a> {
    /// Over XML.
    Xml(XmlReader<'a>),
    /// Over WBXML.
    Wbxml(WbxmlReader<'a>),
}

impl<'a> Reader<'a> for DocumentReader<'a> {
    fn next_event(&mut self) -> Result<Option<Event<'a>>> {
        match self {
            DocumentReader::Xml(reader) => reader.next_event(),
            DocumentReader::Wbxml(reader) => reader.next_event(),
        }
    }

    fn common_tag(&mut self) -> CommonTag {
        match self {
            DocumentReader::Xml(reader) => reader.common_tag(),
            DocumentReader::Wbxml(reader) => reader.common_tag(),
        }
    }

    fn plain_text(&mut self) -> Option<&'a [u8]> {
        match self {
            DocumentReader::Xml(reader) => reader.plain_text(),
            DocumentReader::Wbxml(reader) => reader.plain_text(),
        }
    }

    fn plain_element(&mut self, tag: Tag) -> Option<(usize, &'a [u8])> {
        match self {
            DocumentReader::Xml(reader) => reader.plain_element(tag),
            DocumentReader::Wbxml(reader) => reader.plain_element(tag),
        }
    }

    fn begun(&self) -> Option<Begun> {
        match self {
            DocumentReader::Xml(reader) => reader.begun(),
            DocumentReader::Wbxml(reader) => reader.begun(),
        }
    }

    fn seen(&self, begun: Begun) -> Option<Seen<'a>> {
        match self {
            DocumentReader::Xml(reader) => reader.seen(begun),
            DocumentReader::Wbxml(reader) => reader.seen(begun),
        }
    }

    fn again(&mut self, seen: &Seen<'a>) -> Option<usize> {
        match self {
            DocumentReader::Xml(reader) => reader.again(seen),
            DocumentReader::Wbxml(reader) => reader.again(seen),
        }
    }

    fn follow(&mut self, course: &mut impl Course<'a>) {
        match self {
            DocumentReader::Xml(reader) => reader.follow(course),
            DocumentReader::Wbxml(reader) => reader.follow(course),
        }
    }

    fn attrs(&self) -> Attrs<'_, 'a> {
        match self {
            DocumentReader::Xml(reader) => reader.attrs(),
            DocumentReader::Wbxml(reader) => reader.attrs(),
        }
    }

    fn offset(&self) -> usize {
        match self {
            DocumentReader::Xml(reader) => reader.offset(),
            DocumentReader::Wbxml(reader) => reader.offset(),
        }
    }

    fn depth(&self) -> usize {
        match self {
            DocumentReader::Xml(reader) => reader.depth(),
            DocumentReader::Wbxml(reader) => reader.depth(),
        }
    }

    fn encoding(&self) -> Encoding {
        match self {
            DocumentReader::Xml(_) => Encoding::Xml,
            DocumentReader::Wbxml(_) => Encoding::Wbxml,
        }
    }

    fn mark(&self) -> Mark {
        match self {
            DocumentReader::Xml(reader) => reader.mark(),
            DocumentReader::Wbxml(reader) => reader.mark(),
        }
    }

    fn fragment(&self, mark: Mark) -> Fragment<'a> {
        match self {
            DocumentReader::Xml(reader) => reader.fragment(mark),
            DocumentReader::Wbxml(reader) => reader.fragment(mark),
        }
    }
}

/// A [`Fragment`] as a decoded message keeps it: without a lifetime.
#[derive(Clone, Debug)]
pub(crate) struct KeptFragment {
    /// Where the element begins and ends in the document.
    range: core::ops::Range<u32>,
    /// Where it begins in the input.
    offset: u32,
    tag_page: u8,
    attr_page: u8,
    /// The innermost of the declarations in force around it.
    innermost: u32,
    around: Option<Context>,
}

/// A namespace declaration as a decoded message keeps it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptBinding {
    prefix: Text,
    namespace: Text,
    escaped: bool,
    /// The declaration outside this one.
    outer: u32,
}

/// No declaration.
const NONE: u32 = u32::MAX;

/// A declaration and those outside it.
fn chain(kept: &[KeptBinding], innermost: u32) -> impl Iterator<Item = u32> {
    let mut next = innermost;
    core::iter::from_fn(move || {
        let index = next;
        next = kept.get(index as usize)?.outer;
        Some(index)
    })
}

impl KeptFragment {
    /// Keeps a fragment of the document that `texts` was made for. Declarations that the last one kept has, too, are shared.
    pub(crate) fn keep(
        fragment: &Fragment<'_>,
        texts: &mut TextBuilder<'_>,
        kept: &mut Vec<KeptBinding>,
        last: Option<&KeptFragment>,
    ) -> KeptFragment {
        let text = texts.keep(fragment.bytes());
        let start = text.document_offset().unwrap_or(0);
        let end = start.saturating_add(fragment.bytes().len());
        let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (tag_page, attr_page, bindings, around) = match &fragment.source {
            FragmentSource::Xml { bindings, around, .. } => (0, 0, bindings, *around),
            FragmentSource::Wbxml { state, bindings, around, .. } => {
                let (tag_page, attr_page) = state.pages();
                (tag_page, attr_page, bindings, *around)
            }
        };
        // Fragments that follow each other have most declarations in common: those are kept once, chained from the
        // innermost outwards.
        let known: Vec<u32> = chain(kept, last.map_or(NONE, |last| last.innermost)).collect();
        let mut known = known.iter().rev().copied();
        let mut shares = true;
        let mut innermost = NONE;
        for binding in bindings {
            let (namespace, escaped) = match binding.namespace {
                Some(namespace) => namespace.raw(),
                None => ("", false),
            };
            let prefix = texts.keep(binding.prefix.as_bytes());
            let namespace = texts.keep(namespace.as_bytes());
            let candidate = known.next().filter(|_| shares);
            let same = candidate.filter(|index| {
                let known = kept.get(*index as usize);
                known.is_some_and(|known| {
                    texts.bytes(known.prefix) == texts.bytes(prefix)
                        && texts.bytes(known.namespace) == texts.bytes(namespace)
                })
            });
            shares = same.is_some();
            innermost = match same {
                Some(index) => index,
                None => {
                    kept.push(KeptBinding { prefix, namespace, escaped, outer: innermost });
                    narrow(kept.len().saturating_sub(1))
                }
            };
        }
        KeptFragment {
            range: narrow(start)..narrow(end),
            offset: narrow(fragment.offset()),
            tag_page,
            attr_page,
            innermost,
            around,
        }
    }

    /// The fragment again.
    pub(crate) fn reopen<'m>(&self, sources: &'m Sources<'_>, kept: &[KeptBinding]) -> Option<Fragment<'m>> {
        let mut bindings = chain(kept, self.innermost)
            .map(|index| {
                let binding = kept.get(index as usize)?;
                let namespace = Namespace::new(sources.str(binding.namespace)?, binding.escaped);
                Some(Binding::new(sources.str(binding.prefix)?, namespace))
            })
            .collect::<Option<Vec<_>>>()?;
        bindings.reverse();
        let bindings = bindings.into_boxed_slice();
        let range = self.range.start as usize..self.range.end as usize;
        let source = match &sources.document {
            Document::Text(text) => FragmentSource::Xml { text: text.get(range)?, bindings, around: self.around },
            Document::Binary(document) => {
                let state = WbxmlState::of(document)?.with_pages(self.tag_page, self.attr_page);
                FragmentSource::Wbxml { document, range, state, bindings, around: self.around }
            }
        };
        Some(Fragment::new(source, self.offset as usize))
    }

    /// The document turns out to be a piece of a larger input.
    pub(crate) fn shift(&mut self, by: usize) {
        self.offset = u32::try_from(by.saturating_add(self.offset as usize)).unwrap_or(u32::MAX);
    }
}
