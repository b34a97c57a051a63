//! The WBXML writer.

use super::strings::StringTable;
use super::token;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::event::declared_prefix;
use crate::markup::plain::is_plain_wbxml;
use crate::markup::xml::is_name;
use crate::markup::{Measured, Name, Namespace, NewAttr, Place, Writer};
use crate::vocabulary::{DocumentType, Tag, Vocabulary, dmddf, metinf, syncml};

/// Writes WBXML 1.2 in the profile of `wire.md` §7.12; see [`Writer`]. What the document type has no token for goes as
/// literals, with its namespaces as attributes.
///
/// ```
/// use omadm::markup::{Name, Writer, wbxml::WbxmlWriter};
/// use omadm::vocabulary::{DocumentType, syncml};
/// let mut writer = WbxmlWriter::new(DocumentType::SyncMl12, &Default::default());
/// writer.start(Name::Known(syncml::DATA), &[]).unwrap();
/// writer.text("hi").unwrap();
/// writer.end().unwrap();
/// assert_eq!(writer.finish()?, b"\x02\xA4\x01\x6A\x00\x4F\x03hi\x00\x01");
/// # Ok::<(), omadm::Error>(())
/// ```
///
/// # Namespaces
/// The type of a document implies the namespaces of its vocabularies. A declaration is written where it says something
/// else: an element with a token is in the default namespace that the attributes around it declare, if that is none at
/// all or one of its vocabulary's, and otherwise in the namespace that the document type has for it. That is how
/// [`XmlWriter`](crate::markup::xml::XmlWriter) puts it, too.
#[derive(Clone)]
pub struct WbxmlWriter {
    document_type: DocumentType,
    body: Vec<u8>,
    strings: StringTable,
    tag_page: u8,
    attr_page: u8,
    open: Vec<Open>,
    /// The default namespaces of open elements that are no vocabulary's by this document type.
    spaces: Vec<NamedSpace>,
    /// Declarations that were written: prefix and namespace, the latest last.
    bindings: Vec<(String, String)>,
    /// Where the last tag stands, while nothing has been put into its element.
    empty_tag: Option<usize>,
    /// Where the last text ends: one that follows at once is joined to it.
    text_end: usize,
    limits: Limits,
    /// How long the document can be before a limit is near.
    easy_len: usize,
    /// The page of each vocabulary whose tokens are the same in all documents that have it.
    homes: [u8; 3],
}

crate::redact::debug_without_content!(WbxmlWriter { document_type } octets of { body });

/// More than stands before the body, a string table with texts aside.
const HEAD: usize = 64;

/// The header before the string table: WBXML 1.2, what document it is, UTF-8.
fn head(document_type: DocumentType, out: &mut Vec<u8>) {
    out.push(0x02);
    match document_type.public_id() {
        Some(number) => integer(out, number),
        None => out.extend_from_slice(&[0x00, 0x00]),
    }
    out.push(0x6A);
}

/// No page.
const NO_PAGE: u8 = 0xFF;

/// An open element.
#[derive(Clone, Copy, Debug)]
struct Open {
    has_content: bool,
    has_elements: bool,
    has_text: bool,
    /// How many bindings there are outside, and how many named spaces.
    bindings: u32,
    spaces: u32,
    /// The default namespace in XML.
    space: Option<Space>,
    vocabulary: Option<Vocabulary>,
    /// The last piece of white space that may be left out.
    blank: Option<usize>,
}

/// A default namespace.
#[derive(Clone, Copy, Debug)]
enum Space {
    /// The one that the document type has for a vocabulary.
    Implied(Vocabulary),
    /// Another one: in [`WbxmlWriter::spaces`].
    Named(u32),
}

#[derive(Clone, Debug)]
struct NamedSpace {
    name: String,
    vocabulary: Option<Vocabulary>,
}

impl WbxmlWriter {
    /// A writer of a document of this type.
    #[must_use]
    pub fn new(document_type: DocumentType, limits: &Limits) -> WbxmlWriter {
        /// More than a tag, a page and the framing of a text need.
        const ROOM: u64 = 64;
        // A string of its own, with its zero (`wire.md` §7.3).
        let fpi = document_type.public_id().is_none().then(|| document_type.fpi());
        WbxmlWriter {
            document_type,
            body: Vec::new(),
            strings: StringTable::new(fpi),
            tag_page: 0,
            attr_page: 0,
            open: Vec::new(),
            spaces: Vec::new(),
            bindings: Vec::new(),
            empty_tag: None,
            text_end: 0,
            limits: *limits,
            easy_len: usize::try_from(limits.output.saturating_sub(ROOM)).unwrap_or(usize::MAX),
            homes: [syncml::SYNC_ML, metinf::MET_INF, dmddf::MGMT_TREE]
                .map(|tag| document_type.code(tag).map_or(NO_PAGE, |(page, _)| page)),
        }
    }

    /// What is written goes into a buffer that was used before, whose room is used again.
    pub(crate) fn with_buffer(mut self, mut buffer: Vec<u8>) -> WbxmlWriter {
        buffer.clear();
        self.body = buffer;
        self
    }

    /// With room for a body of about this length.
    pub(crate) fn with_room(mut self, len: usize) -> WbxmlWriter {
        /// As deep as messages are.
        const DEPTH: usize = 12;
        let most = usize::try_from(self.limits.output).unwrap_or(usize::MAX);
        self.body.reserve(len.saturating_add(HEAD).min(most));
        self.open.reserve(DEPTH);
        self
    }

    /// Puts texts and values that occur more than once into the string table, where that makes the document shorter. It
    /// is never longer than without, and a reader with the same [`Limits`] can read it.
    #[must_use]
    pub fn with_string_table(mut self) -> WbxmlWriter {
        self.strings.collect_texts();
        self
    }

    /// The document.
    ///
    /// # Errors
    /// [`NoRoot`](ErrorKind::NoRoot) or [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) for one that is not complete; the offset is the length
    /// of its body.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        match (self.body.is_empty(), self.open.is_empty()) {
            (true, _) => return Err(Error::new(ErrorKind::NoRoot, 0)),
            (_, false) => return Err(Error::new(ErrorKind::UnexpectedEnd, self.body.len())),
            _ => {}
        }
        let too_long = Error::new(ErrorKind::LimitOutput, self.body.len());
        let out = if self.strings.leaves_body() {
            // Moved along by a few octets: a long document needs no other memory.
            let len = self.body.len();
            head(self.document_type, &mut self.body);
            self.strings.write(&mut self.body).ok_or(too_long)?;
            self.body.rotate_left(len);
            self.body
        } else {
            let room = HEAD.saturating_add(self.body.len()).saturating_add(self.strings.len());
            let mut out = Vec::with_capacity(room);
            head(self.document_type, &mut out);
            self.strings.finish(&self.body, &mut out, &self.limits).ok_or(too_long)?;
            out
        };
        if out.len() as u64 > self.limits.output { Err(too_long) } else { Ok(out) }
    }

    /// The namespace that an element with this tag is in, here, without a declaration of its own.
    pub(crate) fn implied(&self, tag: Tag) -> &str {
        match self.open.last().and_then(|open| open.space).filter(|space| self.is_home(*space, tag.vocabulary())) {
            Some(space) => self.space(space).0,
            None => self.document_type.namespace(tag.vocabulary()),
        }
    }

    /// The name of a default namespace, and the vocabulary it stands for.
    fn space(&self, space: Space) -> (&str, Option<Vocabulary>) {
        match space {
            Space::Implied(vocabulary) => (self.document_type.namespace(vocabulary), Some(vocabulary)),
            Space::Named(index) => {
                self.spaces.get(index as usize).map_or(("", None), |space| (space.name.as_str(), space.vocabulary))
            }
        }
    }

    /// Whether elements of a vocabulary are in this default namespace without saying so.
    #[inline]
    fn is_home(&self, space: Space, vocabulary: Vocabulary) -> bool {
        match space {
            Space::Implied(known) if known != Vocabulary::Prov => known == vocabulary,
            space => {
                let (name, known) = self.space(space);
                name.is_empty() || known == Some(vocabulary)
            }
        }
    }

    fn named_space(&mut self, name: &str) -> Space {
        // There are fewer than open elements, which are limited by a number of 32 bits.
        let space = Space::Named(self.spaces.len() as u32);
        self.spaces.push(NamedSpace { name: name.to_owned(), vocabulary: Vocabulary::from_namespace(name) });
        space
    }

    /// Adds white space that means nothing where it stands between elements only; [`end`](Writer::end) leaves it out
    /// then.
    pub(crate) fn blank(&mut self, text: &str) -> Result<(), ErrorKind> {
        let at = self.body.len();
        if self.text_end == at && at > 0 {
            // It belongs to a text.
            return self.text(text);
        }
        if self.is_behind_blank(at) {
            self.go_on(text)?;
            return self.check_len();
        }
        self.begin_content()?;
        self.inline(text)?;
        if let Some(open) = self.open.last_mut() {
            open.blank = Some(self.strings.blank(at, self.body.len(), open.blank));
        }
        self.check_len()
    }

    fn check_len(&self) -> Result<(), ErrorKind> {
        let len = self.body.len().saturating_add(self.strings.len());
        if len as u64 > self.limits.output { Err(ErrorKind::LimitOutput) } else { Ok(()) }
    }

    /// Says that the innermost element has content.
    fn begin_content(&mut self) -> Result<(), ErrorKind> {
        let open = self.open.last_mut().ok_or(ErrorKind::UnexpectedText)?;
        open.has_content = true;
        if let Some(tag) = self.empty_tag.take().and_then(|at| self.body.get_mut(at)) {
            *tag |= token::WITH_CONTENT;
        }
        Ok(())
    }

    fn begin_text(&mut self) -> Result<(), ErrorKind> {
        self.begin_content()?;
        if let Some(open) = self.open.last_mut() {
            open.has_text = true;
        }
        Ok(())
    }

    fn inline(&mut self, text: &str) -> Result<(), ErrorKind> {
        if !is_plain_wbxml(text.as_bytes()) && memchr::memchr(0, text.as_bytes()).is_some() {
            return Err(ErrorKind::InvalidCharacter);
        }
        self.body.push(token::STR_I);
        self.body.extend_from_slice(text.as_bytes());
        self.body.push(0);
        Ok(())
    }

    /// Whether white space of the innermost element ends here: what comes in XML on both sides of a comment is one text.
    fn is_behind_blank(&self, at: usize) -> bool {
        self.open.last().and_then(|open| open.blank).is_some_and(|blank| self.strings.is_end_of(blank, at))
    }

    /// Adds to the string that ends here.
    fn go_on(&mut self, text: &str) -> Result<(), ErrorKind> {
        if memchr::memchr(0, text.as_bytes()).is_some() {
            return Err(ErrorKind::InvalidCharacter);
        }
        let end = self.body.len();
        self.body.pop();
        self.body.extend_from_slice(text.as_bytes());
        self.body.push(0);
        self.strings.extend(end, self.body.len());
        Ok(())
    }

    fn attr_page(&mut self, page: u8) {
        if self.attr_page != page {
            self.body.extend_from_slice(&[token::SWITCH_PAGE, page]);
            self.attr_page = page;
        }
    }

    /// Writes an attribute: with the token that says most of it, where there is one.
    fn attr(&mut self, name: &str, value: &str) -> Result<(), ErrorKind> {
        let rest = match self.document_type.best_attr_start(name, value, self.attr_page) {
            Some((page, token, rest)) => {
                self.attr_page(page);
                self.body.push(token);
                rest
            }
            None => {
                if !is_name(name) {
                    return Err(ErrorKind::InvalidCharacter);
                }
                let index = self.strings.name(name, &self.limits).ok_or(ErrorKind::LimitStringTable)?;
                self.body.push(token::LITERAL);
                integer(&mut self.body, index);
                value
            }
        };
        match self.document_type.best_attr_value(rest, self.attr_page) {
            _ if rest.is_empty() => Ok(()),
            Some((page, token)) => {
                self.attr_page(page);
                self.body.push(token);
                Ok(())
            }
            None => {
                let at = self.body.len();
                self.inline(rest)?;
                self.strings.text(at, self.body.len());
                Ok(())
            }
        }
    }

    /// The namespace that was declared for a prefix.
    fn bound(&self, prefix: &str) -> Option<&str> {
        let binding = self.bindings.iter().rev().find(|(known, _)| known == prefix);
        binding.map(|(_, namespace)| namespace.as_str())
    }

    fn declare(&mut self, prefix: &str, namespace: &str) -> Result<(), ErrorKind> {
        if self.bindings.len() >= self.limits.namespaces as usize {
            return Err(ErrorKind::LimitNamespaces);
        }
        self.bindings.push((prefix.to_owned(), namespace.to_owned()));
        Ok(())
    }

    /// Declares the namespace of a literal name, where it is not in force.
    fn declare_for(&mut self, qname: &str, namespace: Option<Namespace<'_>>, own: usize) -> Result<(), ErrorKind> {
        let prefix = qname.split_once(':').map_or("", |(prefix, _)| prefix);
        let is_own = self.bindings.get(own..).is_some_and(|own| own.iter().any(|(known, _)| known == prefix));
        if prefix == "xml" || is_own {
            return Ok(());
        }
        let namespace = namespace.map(|namespace| namespace.name()).unwrap_or_default();
        // Readers take a name of the vocabulary around it for that, unless it has a declaration of its own.
        let around = self.open.last().and_then(|open| open.vocabulary);
        let is_taken = prefix.is_empty() && around.is_some_and(|around| Tag::from_name(around, qname).is_some());
        if !is_taken && self.bound(prefix).unwrap_or_default() == namespace {
            return Ok(());
        }
        self.declare(prefix, &namespace)
    }

    fn begin(&mut self) -> Result<(), ErrorKind> {
        if self.open.is_empty() && !self.body.is_empty() {
            return Err(ErrorKind::TrailingData);
        }
        if self.open.len() >= self.limits.depth as usize {
            return Err(ErrorKind::LimitDepth);
        }
        if !self.open.is_empty() {
            self.begin_content()?;
        }
        if let Some(open) = self.open.last_mut() {
            open.has_elements = true;
        }
        Ok(())
    }

    /// The default namespace inside an element of a known name that declares none.
    #[inline]
    fn space_inside_known(&self, tag: Tag) -> Option<Space> {
        let outside = self.open.last().and_then(|open| open.space);
        match outside {
            Some(space) if self.is_home(space, tag.vocabulary()) => Some(space),
            None if tag.vocabulary() == Vocabulary::Prov => None,
            _ => Some(Space::Implied(tag.vocabulary())),
        }
    }

    /// The default namespace inside an element, as XML will have it, from the one that the element declares or is in.
    fn space_inside(&mut self, own: Option<&str>, name: Name<'_>) -> Option<Space> {
        match (own, name) {
            (Some(own), _) => Some(self.named_space(own)),
            (None, Name::Known(tag)) => self.space_inside_known(tag),
            (None, Name::Other { qname, namespace }) => {
                let outside = self.open.last().and_then(|open| open.space);
                let name = namespace.map(|namespace| namespace.name()).unwrap_or_default();
                match outside {
                    outside if qname.contains(':') => outside,
                    None if name.is_empty() => None,
                    Some(space) if self.space(space).0 == name => Some(space),
                    _ => Some(self.named_space(&name)),
                }
            }
        }
    }

    /// Whether an element with so much text can be written without asking about limits again: none is near. Nearly all elements can.
    #[inline]
    fn is_easy(&self, len: usize) -> bool {
        let end = self.body.len().saturating_add(self.strings.len()).saturating_add(len);
        !self.open.is_empty() && self.open.len() < self.limits.depth as usize && end <= self.easy_len
    }

    /// The code of a tag, if nothing but its vocabulary matters.
    #[inline]
    fn easy_code(&self, tag: Tag) -> Option<(u8, u8)> {
        let page = *self.homes.get(tag.vocabulary() as usize)?;
        if page == NO_PAGE { None } else { Some((page, tag.token())) }
    }

    /// The code pages of tags and of attributes that are switched to.
    fn pages(&self) -> u16 {
        u16::from_be_bytes([self.tag_page, self.attr_page])
    }

    /// The element around has one inside.
    #[inline(always)]
    fn had_element(&mut self) {
        if let Some(open) = self.open.last_mut() {
            (open.has_content, open.has_elements) = (true, true);
        }
        if let Some(tag) = self.empty_tag.take().and_then(|at| self.body.get_mut(at)) {
            *tag |= token::WITH_CONTENT;
        }
    }

    /// Writes the tag of an element inside another.
    #[inline(always)]
    fn tag(&mut self, page: u8, token: u8) {
        self.had_element();
        if self.tag_page != page {
            self.body.extend_from_slice(&[token::SWITCH_PAGE, page]);
            self.tag_page = page;
        }
        self.body.push(token);
    }

    /// What follows the tag of an element with this text, which its tag says.
    #[inline(always)]
    fn rest(&mut self, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        if let Some(tag) = self.body.last_mut() {
            *tag |= token::WITH_CONTENT;
        }
        let start = self.body.len();
        self.body.push(token::STR_I);
        self.body.extend_from_slice(text);
        self.body.extend_from_slice(&[0, token::END]);
        let end = self.body.len().saturating_sub(1);
        self.strings.text(start, end);
        self.text_end = end;
    }

    /// An element is open inside of which are these.
    #[inline]
    fn push(&mut self, vocabulary: Option<Vocabulary>, space: Option<Space>, bindings: usize, spaces: usize) {
        let (has_content, has_elements, has_text) = (false, false, false);
        // Bindings are limited by a number of 32 bits, and spaces are fewer than open elements, which are, too.
        let (bindings, spaces) = (bindings as u32, spaces as u32);
        self.open.push(Open { has_content, has_elements, has_text, bindings, spaces, space, vocabulary, blank: None });
    }
}

impl WbxmlWriter {
    /// [`start`](Writer::start) for all elements.
    fn start_any(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        self.begin()?;
        let code = name.tag().and_then(|tag| self.document_type.code(tag));
        let own_default = attrs.iter().find(|attr| attr.qname == "xmlns").map(|attr| attr.value);
        let (vocabulary, own_default) = match (name, code) {
            (Name::Known(tag), Some(_)) => {
                (Some(tag.vocabulary()), own_default.filter(|own| *own != self.implied(tag)))
            }
            _ => (None, own_default),
        };
        // A name of a vocabulary that this document type has no page for.
        let name = match (name, code) {
            (Name::Known(tag), None) => {
                let namespace = own_default.unwrap_or(self.document_type.namespace(tag.vocabulary()));
                Name::Other { qname: tag.name(), namespace: Some(Namespace::of(namespace)) }
            }
            _ => name,
        };
        let spaces = self.spaces.len();
        let space = self.space_inside(own_default, name);
        let own = self.bindings.len();
        for attr in attrs {
            match declared_prefix(attr.qname) {
                Some("") => own_default.map_or(Ok(()), |own| self.declare("", own))?,
                Some(prefix) => self.declare(prefix, attr.value)?,
                None => {}
            }
        }
        let literal = match (code, name) {
            (None, Name::Other { qname, namespace }) => {
                if !is_name(qname) {
                    return Err(ErrorKind::InvalidCharacter);
                }
                self.declare_for(qname, namespace, own)?;
                Some(self.strings.name(qname, &self.limits).ok_or(ErrorKind::LimitStringTable)?)
            }
            _ => None,
        };
        for attr in attrs {
            if declared_prefix(attr.qname).is_none() && attr.qname.contains(':') {
                self.declare_for(attr.qname, attr.namespace, own)?;
            }
        }
        let declared = self.bindings.len() > own;
        let has_attrs = declared || attrs.iter().any(|attr| declared_prefix(attr.qname).is_none());
        if let Some((page, _)) = code
            && self.tag_page != page
        {
            self.body.extend_from_slice(&[token::SWITCH_PAGE, page]);
            self.tag_page = page;
        }
        self.empty_tag = Some(self.body.len());
        let tag = code.map_or(token::LITERAL, |(_, token)| token);
        self.body.push(if has_attrs { tag | token::WITH_ATTRIBUTES } else { tag });
        if let Some(index) = literal {
            integer(&mut self.body, index);
        }
        if has_attrs {
            for index in own..self.bindings.len() {
                let Some((prefix, namespace)) = self.bindings.get(index).cloned() else { break };
                let qname = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
                self.attr(&qname, &namespace)?;
            }
            for attr in attrs.iter().filter(|attr| declared_prefix(attr.qname).is_none()) {
                self.attr(attr.qname, attr.value)?;
            }
            self.body.push(token::END);
        }
        self.push(vocabulary, space, own, spaces);
        self.check_len()
    }
}

impl Writer for WbxmlWriter {
    fn start(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        match (name, attrs) {
            (Name::Known(tag), []) => self.start_bare(tag),
            _ => self.start_any(name, attrs),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ErrorKind> {
        if text.is_empty() && !self.open.is_empty() {
            return Ok(());
        }
        self.begin_text()?;
        let end = self.body.len();
        if (self.text_end == end && end > 0) || self.is_behind_blank(end) {
            // The same text goes on.
            self.go_on(text)?;
        } else {
            self.inline(text)?;
            self.strings.text(end, self.body.len());
        }
        self.text_end = self.body.len();
        self.check_len()
    }

    fn cdata(&mut self, text: &str) -> Result<(), ErrorKind> {
        self.opaque(text.as_bytes())
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), ErrorKind> {
        self.begin_text()?;
        self.body.push(token::OPAQUE);
        integer(&mut self.body, u32::try_from(octets.len()).map_err(|_| ErrorKind::LimitOutput)?);
        self.body.extend_from_slice(octets);
        self.check_len()
    }

    fn end(&mut self) -> Result<(), ErrorKind> {
        let open = self.open.pop().ok_or(ErrorKind::XmlEndTag)?;
        if open.has_elements && !open.has_text {
            self.strings.drop_blanks(open.blank);
        }
        if open.has_content {
            self.body.push(token::END);
        }
        self.bindings.truncate(open.bindings as usize);
        self.spaces.truncate(open.spaces as usize);
        self.empty_tag = None;
        self.check_len()
    }

    #[inline]
    fn start_bare(&mut self, tag: Tag) -> Result<(), ErrorKind> {
        let Some((page, token)) = self.easy_code(tag).filter(|_| self.is_easy(0)) else {
            return self.start_any(Name::Known(tag), &[]);
        };
        let space = self.space_inside_known(tag);
        self.tag(page, token);
        self.empty_tag = Some(self.body.len().wrapping_sub(1));
        self.push(Some(tag.vocabulary()), space, self.bindings.len(), self.spaces.len());
        Ok(())
    }

    #[inline]
    fn leaf(&mut self, tag: Tag, text: &[u8]) -> bool {
        let Some((page, token)) = self.easy_code(tag) else { return false };
        if !self.is_easy(text.len()) || !is_plain_wbxml(text) {
            return false;
        }
        self.tag(page, token);
        self.rest(text);
        true
    }

    fn place(&mut self) -> Option<Place> {
        if !self.is_easy(0) || self.strings.collects() {
            return None;
        }
        Some(Place { at: self.body.len(), state: self.pages(), noted: self.strings.noted() })
    }

    fn repeat_piece(&mut self, from: Place, to: Place, depth: usize) -> bool {
        let Some(len) = to.at.checked_sub(from.at) else { return false };
        let is_deep = self.open.len().saturating_add(depth) > self.limits.depth as usize;
        let is_other = from.state != self.pages() || from.noted != to.noted || to.at > self.body.len();
        if is_deep || is_other || !self.is_easy(len) {
            return false;
        }
        self.had_element();
        self.body.extend_from_within(from.at..to.at);
        [self.tag_page, self.attr_page] = to.state.to_be_bytes();
        true
    }

    fn nested_leaf(&mut self, outer: Tag, tag: Tag, text: &[u8]) -> bool {
        let (Some((around, first)), Some((page, token))) = (self.easy_code(outer), self.easy_code(tag)) else {
            return false;
        };
        let is_deep = self.open.len().saturating_add(1) >= self.limits.depth as usize;
        if around != page || is_deep || !self.is_easy(text.len()) || !is_plain_wbxml(text) {
            return false;
        }
        self.tag(around, first | token::WITH_CONTENT);
        self.body.push(token);
        self.rest(text);
        self.body.push(token::END);
        true
    }
}

/// How far a WBXML document was.
#[derive(Debug)]
pub(crate) struct WbxmlMark {
    len: usize,
    /// Where the last tag stands, and itself: content sets a bit in it.
    empty_tag: Option<(usize, u8)>,
    text_end: usize,
    pages: (u8, u8),
    open: Vec<Open>,
    spaces: Vec<NamedSpace>,
    bindings: Vec<(String, String)>,
    strings: StringTable,
}

/// As long as texts do not go into the string table.
impl Measured for WbxmlWriter {
    type Mark = WbxmlMark;

    fn mark(&self) -> WbxmlMark {
        WbxmlMark {
            len: self.body.len(),
            empty_tag: self.empty_tag.and_then(|at| Some((at, *self.body.get(at)?))),
            text_end: self.text_end,
            pages: (self.tag_page, self.attr_page),
            open: self.open.clone(),
            spaces: self.spaces.clone(),
            bindings: self.bindings.clone(),
            strings: self.strings.clone(),
        }
    }

    fn len(&self) -> Result<usize> {
        let table = integer_len(u32::try_from(self.strings.len()).unwrap_or(u32::MAX)) as usize;
        let mut start = Vec::new();
        head(self.document_type, &mut start);
        let parts = [start.len(), table, self.strings.len(), self.body.len()];
        let len = parts.into_iter().fold(0, usize::saturating_add);
        let too_long = Error::new(ErrorKind::LimitOutput, self.body.len());
        if len as u64 > self.limits.output { Err(too_long) } else { Ok(len) }
    }

    fn back_to(&mut self, mark: WbxmlMark) {
        self.body.truncate(mark.len);
        if let Some((at, tag)) = mark.empty_tag
            && let Some(octet) = self.body.get_mut(at)
        {
            *octet = tag;
        }
        (self.empty_tag, self.text_end) = (mark.empty_tag.map(|(at, _)| at), mark.text_end);
        (self.tag_page, self.attr_page) = mark.pages;
        (self.open, self.spaces) = (mark.open, mark.spaces);
        (self.bindings, self.strings) = (mark.bindings, mark.strings);
    }
}

/// Writes an `mb_u_int32` in as few octets as it needs.
pub(super) fn integer(out: &mut Vec<u8>, value: u32) {
    for group in (0..integer_len(value)).rev() {
        let bits = (value >> group.saturating_mul(7)) & 0x7F;
        let more = if group > 0 { 0x80 } else { 0 };
        // Seven bits and the flag.
        out.push(bits as u8 | more);
    }
}

/// How many octets an `mb_u_int32` needs.
pub(super) fn integer_len(value: u32) -> u32 {
    (32_u32.saturating_sub(value.leading_zeros())).div_ceil(7).max(1)
}

#[cfg(test)]
mod tests {
    use super::super::header;
    use super::*;

    #[test]
    fn integers_are_minimal_and_read_back() {
        for value in [0, 1, 127, 128, 144, 0x1201, 0x3FFF, 0x4000, 0x1F_FFFF, 0x20_0000, u32::MAX] {
            let mut out = Vec::new();
            integer(&mut out, value);
            assert_eq!(header::integer(&out, &mut 0), Ok(value));
            assert!(out.len() == 1 || out[0] != 0x80, "{value} has a leading zero group");
        }
        let mut out = Vec::new();
        integer(&mut out, 0x1201);
        assert_eq!(out, [0xA4, 0x01]);
    }
}
