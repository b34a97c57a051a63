//! The XML writer.

use super::is_name;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::event::declared_prefix;
use crate::markup::plain::is_plain_xml;
use crate::markup::{Measured, Name, NewAttr, Place, Writer};
use crate::vocabulary::{DocumentType, Spelled, Tag, Vocabulary};
use std::borrow::Cow;

/// Writes XML; see [`Writer`]. Elements without content become empty-element tags.
///
/// ```
/// use omadm::markup::{Name, NewAttr, Writer, xml::XmlWriter};
/// use omadm::vocabulary::prov;
/// let mut writer = XmlWriter::new(&Default::default());
/// writer.start(Name::Known(prov::PARM), &[NewAttr::new("value", "a<b")]).unwrap();
/// writer.end().unwrap();
/// assert_eq!(writer.finish()?, "<parm value=\"a&lt;b\"/>");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone)]
pub struct XmlWriter {
    /// UTF-8. Only the whole of it is ever looked at as text.
    out: Vec<u8>,
    open: Vec<Open>,
    /// Declarations in force, the latest last.
    bindings: Vec<Bound>,
    document_type: DocumentType,
    limits: Limits,
    layout: Layout,
    gaps: Vec<Gap>,
    /// The last start tag still lacks its `>`.
    tag_is_open: bool,
    home: Home,
    /// Where limits come near.
    easy: Easy,
}

crate::redact::debug_without_content!(XmlWriter { document_type, layout } octets of { out });

/// The vocabularies whose elements need no declaration, a bit for each.
#[derive(Clone, Copy, Debug)]
struct Home(u8);

impl Home {
    /// Where no default namespace is declared.
    const NONE: Home = Home::of(Vocabulary::Prov);
    const ALL: Home = Home(u8::MAX);

    const fn of(vocabulary: Vocabulary) -> Home {
        Home(1 << vocabulary as u8)
    }

    #[inline]
    fn has(self, vocabulary: Vocabulary) -> bool {
        self.0 & Home::of(vocabulary).0 != 0
    }
}

/// As long as there is less open and less written, and so many bindings fewer, no limit is met by one element with its declaration.
#[derive(Clone, Copy, Debug)]
struct Easy {
    len: usize,
    open: usize,
    bindings: usize,
}

impl Easy {
    fn of(limits: &Limits) -> Easy {
        /// More than two tags and a declaration need.
        const ROOM: u64 = 256;
        Easy {
            len: usize::try_from(limits.output.saturating_sub(ROOM)).unwrap_or(usize::MAX),
            open: limits.depth as usize,
            bindings: limits.namespaces as usize,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    AsItComes,
    Indented,
    Canonical,
}

/// A prefix and its namespace; the empty namespace where a declaration was taken back.
#[derive(Clone, Debug)]
struct Bound {
    prefix: Cow<'static, str>,
    namespace: Cow<'static, str>,
    vocabulary: Option<Vocabulary>,
}

#[derive(Clone, Debug)]
struct Open {
    /// Where the name stands in the output.
    name: core::ops::Range<usize>,
    /// The tag, if it is written as it is spelled.
    spelled: Option<&'static Spelled>,
    bindings: usize,
    has_elements: bool,
    has_text: bool,
    /// The last gap between its tags.
    gap: Option<usize>,
}

/// A place between two tags where a line may be broken, instead of the white space that is there.
#[derive(Clone, Copy, Debug)]
struct Gap {
    start: usize,
    end: usize,
    depth: usize,
    /// It is part of a text.
    kept: bool,
    /// The gap before it in the same element.
    before: Option<usize>,
}

/// Deeper elements are not indented further: indentation must not outgrow the document.
const DEEPEST: usize = 40;

impl XmlWriter {
    /// A writer of a SyncML 1.2 document or anything else whose namespaces have one version only.
    #[must_use]
    pub fn new(limits: &Limits) -> XmlWriter {
        XmlWriter::of_type(DocumentType::SyncMl12, limits)
    }

    /// A writer of a document of this type, which tells the version of SyncML's namespace.
    #[must_use]
    pub fn of_type(document_type: DocumentType, limits: &Limits) -> XmlWriter {
        XmlWriter {
            out: Vec::new(),
            open: Vec::new(),
            bindings: Vec::new(),
            document_type,
            limits: *limits,
            layout: Layout::AsItComes,
            gaps: Vec::new(),
            tag_is_open: false,
            home: Home::NONE,
            easy: Easy::of(limits),
        }
    }

    /// Puts every element on a line of its own, two spaces further in than its parent, except in elements that have
    /// text beside elements. No text is changed but white space between tags.
    #[must_use]
    pub fn indented(mut self) -> XmlWriter {
        self.layout = Layout::Indented;
        // No element is.
        self.easy.open = 0;
        self
    }

    /// Writes Canonical XML 1.0 (without comments): attributes in order, no needless declarations, no empty-element tags,
    /// no CDATA sections.
    #[must_use]
    pub fn canonical(mut self) -> XmlWriter {
        self.layout = Layout::Canonical;
        self.easy.open = 0;
        self
    }

    /// What is written goes into a buffer that was used before, whose room is used again.
    pub(crate) fn with_buffer(mut self, mut buffer: Vec<u8>) -> XmlWriter {
        buffer.clear();
        self.out = buffer;
        self
    }

    /// With room for a document of about this length.
    pub(crate) fn with_room(mut self, len: usize) -> XmlWriter {
        /// As deep as messages are.
        const DEPTH: usize = 12;
        self.out.reserve(len.min(usize::try_from(self.limits.output).unwrap_or(usize::MAX)));
        self.open.reserve(DEPTH);
        self
    }

    /// The document.
    ///
    /// # Errors
    /// [`NoRoot`](ErrorKind::NoRoot) or [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) for one that is not complete, or
    /// [`LimitOutput`](ErrorKind::LimitOutput) for one that indentation makes too long; the offset is its length.
    pub fn finish(self) -> Result<String> {
        // It was written as text.
        self.finish_octets().map(|octets| String::from_utf8(octets).unwrap_or_default())
    }

    /// The document as UTF-8.
    ///
    /// # Errors
    /// As [`finish`](XmlWriter::finish).
    pub(crate) fn finish_octets(self) -> Result<Vec<u8>> {
        match (self.out.is_empty(), self.open.is_empty()) {
            (true, _) => Err(Error::new(ErrorKind::NoRoot, 0)),
            (_, false) => Err(Error::new(ErrorKind::UnexpectedEnd, self.out.len())),
            _ if self.layout == Layout::Indented => self.indent(),
            _ => Ok(self.out),
        }
    }

    /// Breaks the lines.
    fn indent(self) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(self.out.len());
        let mut done = 0;
        for gap in self.gaps.iter().filter(|gap| !gap.kept) {
            out.extend_from_slice(self.out.get(done..gap.start).unwrap_or_default());
            out.push(b'\n');
            for _ in 0..gap.depth.min(DEEPEST) {
                out.extend_from_slice(b"  ");
            }
            done = gap.end;
            if out.len() as u64 > self.limits.output {
                return Err(Error::new(ErrorKind::LimitOutput, out.len()));
            }
        }
        out.extend_from_slice(self.out.get(done..).unwrap_or_default());
        out.push(b'\n');
        if out.len() as u64 > self.limits.output {
            return Err(Error::new(ErrorKind::LimitOutput, out.len()));
        }
        Ok(out)
    }

    /// Says that a line may be broken here, in the innermost element, before a tag at this depth.
    fn gap(&mut self, depth: usize) {
        if self.layout != Layout::Indented {
            return;
        }
        let end = self.out.len();
        let Some(open) = self.open.last_mut() else { return };
        let last = open.gap.and_then(|last| self.gaps.get_mut(last)).filter(|last| last.end == end);
        match last {
            Some(last) => last.depth = depth,
            None => {
                self.gaps.push(Gap { start: end, end, depth, kept: false, before: open.gap });
                open.gap = Some(self.gaps.len().saturating_sub(1));
            }
        }
    }

    /// White space may be between tags; all other text may not.
    fn note_text(&mut self, text: &str) {
        if self.layout != Layout::Indented {
            return;
        }
        let start = self.out.len();
        let is_blank = text.bytes().all(|octet| matches!(octet, b' ' | b'\t' | b'\n'));
        let Some(open) = self.open.last_mut() else { return };
        if !is_blank {
            open.has_text = true;
            return;
        }
        let end = start.saturating_add(text.len());
        match open.gap.and_then(|last| self.gaps.get_mut(last)).filter(|last| last.end == start) {
            Some(last) => last.end = end,
            None => {
                self.gaps.push(Gap { start, end, depth: 0, kept: false, before: open.gap });
                open.gap = Some(self.gaps.len().saturating_sub(1));
            }
        }
    }

    /// The namespace in force for a prefix; `None` if nothing was said of it.
    fn bound(&self, prefix: &str) -> Option<&Bound> {
        self.bindings.iter().rev().find(|bound| bound.prefix == prefix)
    }

    fn declare(&mut self, prefix: &str, namespace: &str) -> Result<(), ErrorKind> {
        let vocabulary = Vocabulary::from_namespace(namespace);
        let (prefix, namespace) = (prefix.to_owned().into(), namespace.to_owned().into());
        self.bind(Bound { prefix, namespace, vocabulary })
    }

    fn bind(&mut self, bound: Bound) -> Result<(), ErrorKind> {
        if self.bindings.len() >= self.limits.namespaces as usize {
            return Err(ErrorKind::LimitNamespaces);
        }
        self.bindings.push(bound);
        self.find_home();
        Ok(())
    }

    /// Takes declarations back.
    #[inline]
    fn unbind(&mut self, bindings: usize) {
        if self.bindings.len() > bindings {
            self.bindings.truncate(bindings);
            self.find_home();
        }
    }

    fn find_home(&mut self) {
        self.home = match self.bindings.iter().rev().find(|bound| bound.prefix.is_empty()) {
            // An author who takes the namespace back means it: descriptions without one are common.
            Some(bound) if bound.namespace.is_empty() => Home::ALL,
            Some(bound) => bound.vocabulary.map_or(Home(0), Home::of),
            None => Home::NONE,
        };
    }

    /// Declares the namespace of an element where it is not in force.
    fn declare_for(&mut self, name: Name<'_>) -> Result<(), ErrorKind> {
        match name {
            Name::Known(tag) => {
                let vocabulary = tag.vocabulary();
                if self.home.has(vocabulary) {
                    return Ok(());
                }
                let namespace = self.document_type.namespace(vocabulary);
                let vocabulary = Vocabulary::from_namespace(namespace);
                self.bind(Bound { prefix: Cow::Borrowed(""), namespace: Cow::Borrowed(namespace), vocabulary })
            }
            Name::Other { qname, namespace } => {
                let prefix = qname.split_once(':').map_or("", |(prefix, _)| prefix);
                let namespace = namespace.map(|namespace| namespace.name()).unwrap_or_default();
                match self.bound(prefix) {
                    _ if prefix == "xml" => Ok(()),
                    Some(bound) if bound.namespace == namespace => Ok(()),
                    None if namespace.is_empty() => Ok(()),
                    _ => self.declare(prefix, &namespace),
                }
            }
        }
    }

    /// Writes the declarations of an element, of which `own` is the first.
    fn write_declarations(&mut self, own: usize) -> Result<(), ErrorKind> {
        let mut declarations: Vec<Bound> = self.bindings.get(own..).unwrap_or_default().to_vec();
        let is_canonical = self.layout == Layout::Canonical;
        let outside = self.bindings.get(..own).unwrap_or_default();
        let outside = |prefix: &str| {
            let bound = outside.iter().rev().find(|bound| bound.prefix == prefix);
            bound.map_or("", |bound| &*bound.namespace)
        };
        // There is nothing to take back where nothing was declared.
        let is_needless =
            |own: &Bound| outside(&own.prefix) == own.namespace && (is_canonical || own.namespace.is_empty());
        declarations.retain(|own| !is_needless(own));
        let mut order: Vec<(&str, usize)> = declarations.iter().zip(0..).map(|(own, at)| (&*own.prefix, at)).collect();
        if is_canonical {
            order.sort_unstable();
        }
        for Bound { prefix, namespace, .. } in order.into_iter().filter_map(|(_, at)| declarations.get(at)) {
            self.push_str(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.push_str(prefix);
            self.attr_value(namespace)?;
        }
        Ok(())
    }

    fn write_attr(&mut self, attr: &NewAttr<'_>) -> Result<(), ErrorKind> {
        if !is_name(attr.qname) {
            return Err(ErrorKind::InvalidCharacter);
        }
        self.out.push(b' ');
        self.push_str(attr.qname);
        self.attr_value(attr.value)
    }

    fn attr_value(&mut self, value: &str) -> Result<(), ErrorKind> {
        self.push_str("=\"");
        // Blanks other than the space would be normalised away.
        escape(
            value,
            &mut self.out,
            |_| false,
            |octet| match octet {
                b'&' => Some("&amp;"),
                b'<' => Some("&lt;"),
                b'"' => Some("&quot;"),
                b'\t' => Some("&#x9;"),
                b'\n' => Some("&#xA;"),
                b'\r' => Some("&#xD;"),
                _ => None,
            },
        )?;
        self.out.push(b'"');
        Ok(())
    }

    fn begin_content(&mut self) -> Result<(), ErrorKind> {
        if self.open.is_empty() {
            return Err(ErrorKind::UnexpectedText);
        }
        if self.tag_is_open {
            self.out.push(b'>');
            self.tag_is_open = false;
        }
        Ok(())
    }

    fn push_str(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn check_len(&self) -> Result<(), ErrorKind> {
        if self.out.len() as u64 > self.limits.output { Err(ErrorKind::LimitOutput) } else { Ok(()) }
    }

    /// Whether an element with so much text can be written without asking about limits again: none is near, and layout is no
    /// matter. Nearly all elements can.
    #[inline]
    fn is_easy(&self, len: usize) -> bool {
        let is_inside = !self.open.is_empty() && self.open.len() < self.easy.open;
        is_inside && self.out.len().saturating_add(len) <= self.easy.len && self.bindings.len() < self.easy.bindings
    }

    /// Writes the start tag of an element of a known name inside another, without its `>`. The declaration that it needs is
    /// written, and returned, but not in force yet.
    #[inline(always)]
    fn start_tag(&mut self, tag: Tag, spelled: &Spelled) -> Option<&'static str> {
        if self.tag_is_open {
            self.out.push(b'>');
            self.tag_is_open = false;
        }
        let end = self.out.len().wrapping_add(spelled.name_len).wrapping_add("<".len());
        self.out.extend_from_slice(&spelled.start);
        self.out.truncate(end);
        if self.home.has(tag.vocabulary()) { None } else { Some(self.declaration(tag.vocabulary())) }
    }

    /// Writes the declaration of a vocabulary's namespace, which has nothing to escape.
    fn declaration(&mut self, vocabulary: Vocabulary) -> &'static str {
        let namespace = self.document_type.namespace(vocabulary);
        self.out.extend_from_slice(b" xmlns=\"");
        self.out.extend_from_slice(namespace.as_bytes());
        self.out.push(b'"');
        namespace
    }

    /// What follows a start tag of an element with this text.
    #[inline(always)]
    fn rest(&mut self, spelled: &Spelled, text: &[u8]) {
        if text.is_empty() {
            self.out.extend_from_slice(b"/>");
        } else {
            self.out.push(b'>');
            self.out.extend_from_slice(text);
            self.end_tag(spelled);
        }
    }

    #[inline(always)]
    fn end_tag(&mut self, spelled: &Spelled) {
        let end = self.out.len().wrapping_add(spelled.name_len).wrapping_add("</>".len());
        self.out.extend_from_slice(&spelled.end);
        self.out.truncate(end);
    }
}

/// Writes text with some octets replaced; `is_plain` says of which there need no look one by one.
fn escape(
    text: &str,
    out: &mut Vec<u8>,
    is_plain: impl Fn(&[u8]) -> bool,
    escaped: impl Fn(u8) -> Option<&'static str>,
) -> Result<(), ErrorKind> {
    /// Octets that `is_plain` is asked about.
    const CHUNK: usize = 8;
    let mut done = 0;
    let mut at = 0_usize;
    for chunk in text.as_bytes().chunks(CHUNK) {
        let next = at.saturating_add(chunk.len());
        if is_plain(chunk) {
            at = next;
            continue;
        }
        for (at, octet) in (at..next).zip(chunk.iter().copied()) {
            if let Some(escape) = escaped(octet) {
                out.extend_from_slice(text.as_bytes().get(done..at).unwrap_or_default());
                out.extend_from_slice(escape.as_bytes());
                done = at.saturating_add(1);
            } else if octet < b' ' || octet == 0xEF {
                // U+FFFE and U+FFFF begin with EF.
                let char = text.get(at..).and_then(|rest| rest.chars().next());
                if !char.is_some_and(super::is_xml_char) {
                    return Err(ErrorKind::InvalidCharacter);
                }
            }
        }
        at = next;
    }
    out.extend_from_slice(text.as_bytes().get(done..).unwrap_or_default());
    Ok(())
}

impl XmlWriter {
    /// [`start`](Writer::start) for all elements.
    fn start_any(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        let qname = match name {
            Name::Known(tag) => tag.name(),
            Name::Other { qname, .. } => {
                if !is_name(qname) {
                    return Err(ErrorKind::InvalidCharacter);
                }
                qname
            }
        };
        if self.open.is_empty() && !self.out.is_empty() {
            return Err(ErrorKind::TrailingData);
        }
        if self.open.len() >= self.limits.depth as usize {
            return Err(ErrorKind::LimitDepth);
        }
        if !self.open.is_empty() {
            self.begin_content()?;
            self.gap(self.open.len());
        }
        if let Some(open) = self.open.last_mut() {
            open.has_elements = true;
        }
        self.out.push(b'<');
        let start = self.out.len();
        self.push_str(qname);
        let own = self.bindings.len();
        let name_at = start..self.out.len();
        self.open.push(Open {
            name: name_at,
            spelled: None,
            bindings: own,
            has_elements: false,
            has_text: false,
            gap: None,
        });
        for attr in attrs {
            if let Some(prefix) = declared_prefix(attr.qname) {
                // What would put the element itself into another vocabulary was not about it: it is known by its place,
                // or by a prefix that is not written.
                let is_foreign = prefix.is_empty()
                    && !attr.value.is_empty()
                    && matches!(name, Name::Known(tag) if Vocabulary::from_namespace(attr.value) != Some(tag.vocabulary()));
                if !is_foreign {
                    self.declare(prefix, attr.value)?;
                }
            }
        }
        self.declare_for(name)?;
        for attr in attrs {
            if let (Some((prefix, _)), Some(namespace)) = (attr.qname.split_once(':'), attr.namespace)
                && !matches!(prefix, "xml" | "xmlns")
            {
                let namespace = namespace.name();
                if self.bound(prefix).is_none_or(|bound| bound.namespace != namespace) {
                    self.declare(prefix, &namespace)?;
                }
            }
        }
        if self.bindings.len() > own {
            self.write_declarations(own)?;
        }
        let is_plain = |attr: &&NewAttr<'_>| declared_prefix(attr.qname).is_none();
        if self.layout == Layout::Canonical {
            let mut sorted: Vec<&NewAttr<'_>> = attrs.iter().filter(is_plain).collect();
            let key = |attr: &&NewAttr<'_>| {
                let local = attr.qname.split_once(':').map_or(attr.qname, |(_, local)| local);
                (attr.namespace.map(|namespace| namespace.name().into_owned()), local.to_owned())
            };
            sorted.sort_by_cached_key(key);
            sorted.into_iter().try_for_each(|attr| self.write_attr(attr))?;
        } else {
            attrs.iter().filter(is_plain).try_for_each(|attr| self.write_attr(attr))?;
        }
        self.tag_is_open = true;
        self.check_len()
    }
}

impl Writer for XmlWriter {
    fn start(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        match (name, attrs) {
            (Name::Known(tag), []) => self.start_bare(tag),
            _ => self.start_any(name, attrs),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ErrorKind> {
        self.begin_content()?;
        self.note_text(text);
        if is_plain_xml(text.as_bytes()) {
            self.push_str(text);
            return self.check_len();
        }
        escape(text, &mut self.out, is_plain_xml, |octet| match octet {
            b'&' => Some("&amp;"),
            b'<' => Some("&lt;"),
            b'>' => Some("&gt;"),
            // Line ends are normalised on reading; this one is to stay.
            b'\r' => Some("&#xD;"),
            _ => None,
        })?;
        self.check_len()
    }

    fn cdata(&mut self, text: &str) -> Result<(), ErrorKind> {
        // A section cannot carry a carriage return, and needs no more than text for nothing.
        if text.is_empty() || self.layout == Layout::Canonical || memchr::memchr(b'\r', text.as_bytes()).is_some() {
            return self.text(text);
        }
        self.begin_content()?;
        if let Some(open) = self.open.last_mut() {
            open.has_text = true;
        }
        self.push_str("<![CDATA[");
        for (index, part) in text.split("]]>").enumerate() {
            if index > 0 {
                self.push_str("]]]]><![CDATA[>");
            }
            escape(part, &mut self.out, is_plain_xml, |_| None)?;
        }
        self.push_str("]]>");
        self.check_len()
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), ErrorKind> {
        let text = simdutf8::basic::from_utf8(octets).map_err(|_| ErrorKind::InvalidUtf8)?;
        self.cdata(text)
    }

    fn end(&mut self) -> Result<(), ErrorKind> {
        if self.layout == Layout::Indented && self.open.last().is_some_and(|open| open.has_elements) {
            self.gap(self.open.len().saturating_sub(1));
        }
        let open = self.open.pop().ok_or(ErrorKind::XmlEndTag)?;
        if self.layout == Layout::Indented && (open.has_text || !open.has_elements) {
            let mut last = open.gap;
            while let Some(gap) = last.and_then(|last| self.gaps.get_mut(last)) {
                gap.kept = true;
                last = gap.before;
            }
        }
        self.unbind(open.bindings);
        if self.tag_is_open && self.layout != Layout::Canonical {
            self.push_str("/>");
        } else if let Some(spelled) = open.spelled {
            self.end_tag(spelled);
        } else {
            self.push_str(if self.tag_is_open { "></" } else { "</" });
            self.out.extend_from_within(open.name);
            self.out.push(b'>');
        }
        self.tag_is_open = false;
        self.check_len()
    }

    #[inline]
    fn start_bare(&mut self, tag: Tag) -> Result<(), ErrorKind> {
        let Some(spelled) = tag.spelled().filter(|_| self.is_easy(0)) else {
            return self.start_any(Name::Known(tag), &[]);
        };
        let bindings = self.bindings.len();
        if let Some(namespace) = self.start_tag(tag, spelled) {
            let vocabulary = Some(tag.vocabulary()).filter(|_| !namespace.is_empty());
            self.bind(Bound { prefix: Cow::Borrowed(""), namespace: Cow::Borrowed(namespace), vocabulary })?;
        }
        let (name, spelled) = (0..0, Some(spelled));
        self.open.push(Open { name, spelled, bindings, has_elements: false, has_text: false, gap: None });
        self.tag_is_open = true;
        Ok(())
    }

    #[inline]
    fn leaf(&mut self, tag: Tag, text: &[u8]) -> bool {
        let Some(spelled) = tag.spelled() else { return false };
        if !self.is_easy(text.len()) || !is_plain_xml(text) {
            return false;
        }
        self.start_tag(tag, spelled);
        self.rest(spelled, text);
        true
    }

    fn place(&mut self) -> Option<Place> {
        if !self.is_easy(0) {
            return None;
        }
        if self.tag_is_open {
            self.out.push(b'>');
            self.tag_is_open = false;
        }
        // Nothing is noted where layout is no matter.
        Some(Place { at: self.out.len(), state: self.home.0.into(), noted: 0 })
    }

    fn repeat_piece(&mut self, from: Place, to: Place, depth: usize) -> bool {
        let Some(len) = to.at.checked_sub(from.at) else { return false };
        let is_deep = self.open.len().saturating_add(depth) > self.easy.open;
        let is_other = self.tag_is_open || from.state != u16::from(self.home.0) || to.at > self.out.len();
        if is_deep || is_other || !self.is_easy(len) {
            return false;
        }
        self.out.extend_from_within(from.at..to.at);
        true
    }

    fn nested_leaf(&mut self, outer: Tag, tag: Tag, text: &[u8]) -> bool {
        let (Some(around), Some(spelled)) = (outer.spelled(), tag.spelled()) else { return false };
        let needs_nothing = self.home.has(outer.vocabulary()) && self.home.has(tag.vocabulary());
        let is_deep = self.open.len().saturating_add(1) >= self.easy.open;
        if !needs_nothing || is_deep || !self.is_easy(text.len()) || !is_plain_xml(text) {
            return false;
        }
        self.start_tag(outer, around);
        self.out.push(b'>');
        self.start_tag(tag, spelled);
        self.rest(spelled, text);
        self.end_tag(around);
        true
    }
}

/// How far an XML document was.
#[derive(Debug)]
pub(crate) struct XmlMark {
    len: usize,
    tag_is_open: bool,
    open: Vec<Open>,
    bindings: Vec<Bound>,
}

/// As long as nothing is indented.
impl Measured for XmlWriter {
    type Mark = XmlMark;

    fn mark(&self) -> XmlMark {
        let (open, bindings) = (self.open.clone(), self.bindings.clone());
        XmlMark { len: self.out.len(), tag_is_open: self.tag_is_open, open, bindings }
    }

    fn len(&self) -> Result<usize> {
        Ok(self.out.len())
    }

    fn back_to(&mut self, mark: XmlMark) {
        self.out.truncate(mark.len);
        (self.tag_is_open, self.open, self.bindings) = (mark.tag_is_open, mark.open, mark.bindings);
        self.find_home();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Namespace;
    use crate::vocabulary::{metinf, syncml};

    fn write(build: impl FnOnce(&mut XmlWriter) -> Result<(), ErrorKind>) -> Result<String, ErrorKind> {
        let mut writer = XmlWriter::new(&Limits::DEFAULT);
        build(&mut writer)?;
        writer.finish().map_err(|error| error.kind())
    }

    #[test]
    fn text_is_escaped_and_cdata_split() {
        let out = write(|writer| {
            writer.start(Name::Known(syncml::DATA), &[])?;
            writer.text("a<b>&\r\n")?;
            writer.cdata("x]]>y")?;
            writer.opaque("é".as_bytes())?;
            writer.end()
        });
        let expected = "<Data xmlns=\"SYNCML:SYNCML1.2\">a&lt;b&gt;&amp;&#xD;\n\
                        <![CDATA[x]]]]><![CDATA[>y]]><![CDATA[é]]></Data>";
        assert_eq!(out.as_deref(), Ok(expected));
        let document = roxmltree::Document::parse(expected).unwrap();
        let text: String = document.root_element().children().filter_map(|node| node.text()).collect();
        assert_eq!(text, "a<b>&\r\nx]]>yé");
    }

    #[test]
    fn namespaces_are_declared_where_they_change() {
        let out = write(|writer| {
            writer.start(Name::Known(syncml::META), &[])?;
            writer.start(Name::Known(metinf::FORMAT), &[])?;
            writer.end()?;
            let other = Name::Other { qname: "p:x", namespace: Some(Namespace::of("u:1")) };
            let attr = NewAttr { qname: "q:a", namespace: Some(Namespace::of("u:2")), value: "\"\n" };
            writer.start(other, &[attr])?;
            writer.start(other, &[])?;
            writer.end()?;
            writer.end()?;
            writer.end()
        });
        let expected = "<Meta xmlns=\"SYNCML:SYNCML1.2\"><Format xmlns=\"syncml:metinf\"/>\
                        <p:x xmlns:p=\"u:1\" xmlns:q=\"u:2\" q:a=\"&quot;&#xA;\"><p:x/></p:x></Meta>";
        assert_eq!(out.as_deref(), Ok(expected));
        assert!(roxmltree::Document::parse(expected).is_ok());
    }

    #[test]
    fn what_xml_cannot_carry_is_an_error() {
        let data = Name::Known(syncml::DATA);
        let with = |write_text: fn(&mut XmlWriter) -> Result<(), ErrorKind>| {
            write(move |writer| {
                writer.start(data, &[])?;
                write_text(writer)?;
                writer.end()
            })
        };
        assert_eq!(with(|writer| writer.text("a\0")), Err(ErrorKind::InvalidCharacter));
        assert_eq!(with(|writer| writer.cdata("\u{1}")), Err(ErrorKind::InvalidCharacter));
        assert_eq!(with(|writer| writer.opaque(b"\xFF")), Err(ErrorKind::InvalidUtf8));
        assert_eq!(with(|writer| writer.end()), Err(ErrorKind::XmlEndTag));
        assert_eq!(write(|_| Ok(())), Err(ErrorKind::NoRoot));
        assert_eq!(write(|writer| writer.start(data, &[])), Err(ErrorKind::UnexpectedEnd));
        assert_eq!(write(|writer| writer.text("x")), Err(ErrorKind::UnexpectedText));
        let limits = Limits { output: 10, ..Limits::DEFAULT };
        assert_eq!(XmlWriter::new(&limits).start(data, &[]), Err(ErrorKind::LimitOutput));
    }
}
