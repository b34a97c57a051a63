//! The XML reader.

mod whole;

use super::attributes::{self, Attributes};
use super::cursor::{Surroundings, XmlCursor};
use super::{Places, XmlDocument, first_bad_reference, is_plain_value, normalise_value, scan};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::event::{RawAttr, RawValue, declared_prefix, repeated};
use crate::markup::{
    Attrs, Begun, Binding, Bindings, CommonTag, Context, Course, Encoding, Event, Fragment, FragmentSource, Mark, Name,
    Namespace, Options, Reader, Seen, WrittenName,
};
use crate::vocabulary::{NameKey, Tag};

/// Reads XML text; see [`Reader`].
///
/// ```
/// use omadm::markup::{Event, Options, Reader, xml::{XmlDocument, XmlReader}};
/// let document = XmlDocument::open(b"<p a='1'>x &lt; y</p>")?;
/// let mut reader = XmlReader::new(&document, &Options::default());
/// assert!(matches!(reader.next_event()?, Some(Event::Start(name)) if name.local() == "p"));
/// assert_eq!(reader.attrs().next().unwrap().value.as_str(), "1");
/// assert_eq!(reader.next_event()?, Some(Event::Escaped("x &lt; y")));
/// # Ok::<(), omadm::Error>(())
/// ```
pub struct XmlReader<'a> {
    text: &'a str,
    /// Where the text lies in the input.
    places: Places<'a>,
    bindings: Bindings<'a>,
    attrs: Vec<RawAttr<'a>>,
    joined: String,
    /// The default namespace declared last.
    declaration: Option<Declaration<'a>>,
    /// It is the only attribute of the element that began last, and not in `attrs`.
    has_declaration: bool,
    /// The element that began last is an empty-element tag: its end comes without octets of its own.
    end_is_due: bool,
    /// Where the last event begins and ends in `text`.
    start: usize,
    end: usize,
    /// Octets of character data since the last tag.
    text_len: usize,
    options: Options,
    state: State,
}

/// More octets than the well-known namespaces have.
const WELL_KNOWN: usize = 20;

/// A tag with no attribute but one default namespace. Messages declare the same one for each child of `Meta`; then it needs no second
/// look.
#[derive(Clone, Debug)]
struct Declaration<'a> {
    /// What is written behind the tag's name, with the blanks before it.
    written: &'a str,
    binding: Binding<'a>,
    attr: RawAttr<'a>,
}

// Not `PartialEq`, which would look at the errors, out of line, with each event.
#[derive(Clone, Copy, Debug)]
enum State {
    BeforeRoot,
    InRoot,
    AfterRoot,
    Failed(Error),
}

impl core::fmt::Debug for XmlReader<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("XmlReader").field("offset", &self.offset()).field("state", &self.state).finish_non_exhaustive()
    }
}

impl<'a> XmlReader<'a> {
    /// Reads a whole document.
    #[must_use]
    pub fn new(document: &'a XmlDocument<'_>, options: &Options) -> XmlReader<'a> {
        XmlReader::with_places(document.text(), document.places(), options)
    }

    /// Reads text that begins `base` octets into the input.
    pub(crate) fn over(text: &'a str, base: usize, options: &Options) -> XmlReader<'a> {
        XmlReader::with_places(text, Places::after(base), options)
    }

    fn with_places(text: &'a str, places: Places<'a>, options: &Options) -> XmlReader<'a> {
        XmlReader {
            text,
            places,
            bindings: Bindings::new(&options.limits),
            attrs: Vec::new(),
            joined: String::new(),
            declaration: None,
            has_declaration: false,
            end_is_due: false,
            start: 0,
            end: 0,
            text_len: 0,
            options: *options,
            state: State::BeforeRoot,
        }
    }

    /// For a fragment: what surrounds it.
    pub(crate) fn inherit(&mut self, bindings: &[Binding<'a>], around: Option<Context>) {
        self.bindings.inherit(bindings, around);
    }

    /// The element that began last by the name and in the namespace that it has in the document, whatever it is taken for.
    pub(crate) fn written_name(&self) -> Name<'a> {
        let qname = self.bindings.name().map_or("", |name| self.name_of(name));
        let prefix = qname.split_once(':').map_or("", |(prefix, _)| prefix);
        // It was resolved before.
        let namespace = self.bindings.namespace(prefix).ok().flatten();
        Name::Other { qname, namespace }
    }

    /// Where the last event begins in the text.
    pub(crate) fn started(&self) -> usize {
        self.start
    }

    /// Where reading goes on in the text.
    pub(crate) fn consumed(&self) -> usize {
        self.end
    }

    /// The text that is read.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    fn slice(&self, range: core::ops::Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn name_of(&self, name: WrittenName) -> &'a str {
        let start = name.start as usize;
        self.slice(start..start.saturating_add(name.len as usize))
    }

    /// The text from `at` on, as octets.
    fn rest(&self, at: usize) -> &'a [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    /// An error at a place in `text`.
    #[cold]
    fn at(&self, kind: ErrorKind, at: usize) -> Error {
        Error::new(kind, self.places.original(at))
    }

    /// An error where `part`, a slice of `text`, begins.
    #[cold]
    fn at_part(&self, kind: ErrorKind, part: &str) -> Error {
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.at(kind, at.min(self.text.len()))
    }

    fn step(&mut self) -> Result<Option<Event<'a>>> {
        if self.end_is_due {
            // It is where the tag is.
            self.end_is_due = false;
            return Ok(Some(self.close()));
        }
        loop {
            self.start = self.end;
            match self.rest(self.start) {
                [b'<', b'/', ..] => return self.end_tag().map(Some),
                [b'<', b'?', b'>', ..] => return Err(self.at(ErrorKind::XmlSyntax, self.start)),
                [b'<', b'?', ..] => self.pass("<?", b"?>")?,
                [b'<', b'!', ..] => {
                    if let Some(event) = self.declaration()? {
                        return Ok(Some(event));
                    }
                }
                [b'<', ..] => return self.open().map(Some),
                [] => {
                    return match self.state {
                        State::AfterRoot => Ok(None),
                        State::BeforeRoot => Err(self.at(ErrorKind::NoRoot, self.start)),
                        _ => Err(self.at(ErrorKind::UnexpectedEnd, self.start)),
                    };
                }
                _ => {
                    if let Some(event) = self.text_run()? {
                        return Ok(Some(event));
                    }
                }
            }
        }
    }

    /// Reads over markup that begins with `open`, through `close`.
    fn pass(&mut self, open: &str, close: &[u8]) -> Result<()> {
        let content = self.start.saturating_add(open.len());
        let Some(len) = memchr::memmem::find(self.rest(content), close) else {
            return Err(self.at(ErrorKind::UnexpectedEnd, self.start));
        };
        self.end = content.saturating_add(len).saturating_add(close.len());
        Ok(())
    }

    /// What begins with `<!`: a comment, a CDATA section, a document type declaration.
    fn declaration(&mut self) -> Result<Option<Event<'a>>> {
        const CDATA: &str = "<![CDATA[";
        const DOCTYPE: &[u8] = b"<!DOCTYPE";
        let rest = self.rest(self.start);
        if rest.starts_with(b"<!--") {
            self.pass("<!--", b"-->")?;
            return Ok(None);
        }
        if rest.starts_with(CDATA.as_bytes()) {
            self.pass(CDATA, b"]]>")?;
            if !matches!(self.state, State::InRoot) {
                return Err(self.at(ErrorKind::XmlOutsideRoot, self.start));
            }
            let content = self.start.saturating_add(CDATA.len())..self.end.saturating_sub("]]>".len());
            let content = self.slice(content);
            self.count_text(content.len())?;
            return Ok(Some(Event::CData(content)));
        }
        // Authors write it in either case.
        if rest.get(..DOCTYPE.len()).is_some_and(|head| head.eq_ignore_ascii_case(DOCTYPE)) {
            if !matches!(self.state, State::BeforeRoot) {
                return Err(self.at(ErrorKind::XmlSyntax, self.start));
            }
            let content = self.start.saturating_add(DOCTYPE.len());
            let Some(end) = scan::doctype_end(self.text.as_bytes(), content) else {
                return Err(self.at(ErrorKind::UnexpectedEnd, self.start));
            };
            if self.text.as_bytes().get(end) == Some(&b'[') {
                return Err(self.at(ErrorKind::XmlSyntax, end));
            }
            if self.slice(content..end).trim_ascii().is_empty() {
                return Err(self.at(ErrorKind::XmlSyntax, self.start));
            }
            self.end = end.saturating_add(1);
            return Ok(None);
        }
        // Too little to tell what it begins.
        let is_cut = rest.len() < CDATA.len();
        Err(self.at(if is_cut { ErrorKind::UnexpectedEnd } else { ErrorKind::XmlSyntax }, self.start))
    }

    /// Text up to the next tag, as one event.
    fn text_run(&mut self) -> Result<Option<Event<'a>>> {
        let (end, is_plain) = scan::text_end(self.text.as_bytes(), self.start);
        let run = self.slice(self.start..end);
        self.end = end;
        if !matches!(self.state, State::InRoot) {
            return match run.find(|char: char| !char.is_ascii_whitespace()) {
                Some(at) => Err(self.at(ErrorKind::XmlOutsideRoot, self.start.saturating_add(at))),
                None => Ok(None),
            };
        }
        self.count_text(run.len())?;
        // No element ends in text: this document was cut off, perhaps in the middle of a reference.
        if end == self.text.len() {
            return Err(self.at(ErrorKind::UnexpectedEnd, end));
        }
        if is_plain {
            return Ok(Some(Event::Text(run)));
        }
        self.check_references(run)?;
        Ok(Some(Event::Escaped(run)))
    }

    /// Comments and CDATA sections cut a text into pieces, which count together.
    fn count_text(&mut self, len: usize) -> Result<()> {
        self.text_len = self.text_len.saturating_add(len);
        if self.text_len > self.options.limits.text as usize {
            return Err(self.at(ErrorKind::LimitText, self.start));
        }
        Ok(())
    }

    fn check_references(&self, text: &'a str) -> Result<()> {
        match first_bad_reference(text, self.options.bare_ampersand) {
            Some((at, kind)) => Err(self.at_part(kind, text.get(at..).unwrap_or_default())),
            None => Ok(()),
        }
    }

    /// A start tag, or an empty-element tag.
    fn open(&mut self) -> Result<Event<'a>> {
        if matches!(self.state, State::AfterRoot) {
            // What never ends is cut off, wherever it stands.
            let is_whole = scan::tag_end(self.text.as_bytes(), self.start).is_some();
            let kind = if is_whole { ErrorKind::XmlOutsideRoot } else { ErrorKind::UnexpectedEnd };
            return Err(self.at(kind, self.start));
        }
        if let Some(tag) = self.open_common(self.start) {
            return Ok(Event::Start(Name::Known(tag)));
        }
        self.attrs.clear();
        self.has_declaration = false;
        self.open_any()
    }

    /// Opens the element whose tag is at `at`, if that is the name of a known element and no more, or with the [`Declaration`] read
    /// last, as nearly all are: such a tag needs no look at its characters. `None` for all others, and where a limit is in the way.
    #[inline(always)]
    fn open_common(&mut self, at: usize) -> Option<Tag> {
        // Places in the text are far from the end of all numbers: documents have less than 4 GiB.
        let octets = self.text.as_bytes();
        let name_at = at.wrapping_add(1);
        let (len, key) = scan::plain_name(octets, name_at)?;
        let name_end = name_at.wrapping_add(len);
        let name = WrittenName { start: name_at as u32, len: len as u32, key };
        if len > self.options.limits.name as usize {
            return None;
        }
        let (end, is_empty) = match octets.get(name_end)? {
            b'>' => (name_end.wrapping_add(1), false),
            b' ' => return self.open_declared(name, name_end),
            b'/' if octets.get(name_end.wrapping_add(1)) == Some(&b'>') => (name_end.wrapping_add(2), true),
            _ => return None,
        };
        let (tag, context) = self.bindings.known(key)?;
        self.bindings.open_known(context, name)?;
        self.attrs.clear();
        self.has_declaration = false;
        self.begin(end, is_empty);
        Some(tag)
    }

    /// [`open_common`](XmlReader::open_common) for a tag with the [`Declaration`] read last behind its name, or with a well-known one.
    #[inline(never)]
    fn open_declared(&mut self, name: WrittenName, name_end: usize) -> Option<Tag> {
        let rest = self.rest(name_end);
        let known = self.declaration.as_ref().filter(|known| rest.starts_with(known.written.as_bytes()));
        if known.is_none() {
            self.declaration = Some(self.well_known(name_end)?);
        }
        let declaration = self.declaration.as_ref()?;
        let (end, is_empty) = match rest.get(declaration.written.len()..)? {
            [b'>', ..] => (1, false),
            [b'/', b'>', ..] => (2, true),
            _ => return None,
        };
        let end = name_end.wrapping_add(declaration.written.len()).wrapping_add(end);
        let tag = self.bindings.open_declared(name, declaration.binding)?;
        self.has_declaration = true;
        self.begin(end, is_empty);
        Some(tag)
    }

    /// The declaration behind a tag's name, if it is one that nearly all messages have.
    fn well_known(&self, name_end: usize) -> Option<Declaration<'a>> {
        let limits = &self.options.limits;
        let quoted = self.rest(name_end).strip_prefix(b" xmlns=\"")?;
        let len = quoted.iter().take(WELL_KNOWN).position(|octet| *octet == b'"')?;
        // Too little room for an attribute is an error; for one with this value, for sure.
        if limits.attributes == 0 || (limits.name as usize) < "xmlns".len() || (limits.text as usize) < WELL_KNOWN {
            return None;
        }
        let start = name_end.wrapping_add(" xmlns=\"".len());
        let value = self.slice(start..start.wrapping_add(len));
        let written = self.slice(name_end..start.wrapping_add(len).wrapping_add(1));
        let attr = RawAttr { qname: "xmlns", namespace: None, value: RawValue::Input(value) };
        Some(Declaration { written, binding: Binding::well_known(value)?, attr })
    }

    /// An element begins whose tag ends before `end`.
    #[inline]
    fn begin(&mut self, end: usize, is_empty: bool) {
        self.state = State::InRoot;
        self.text_len = 0;
        self.end = end;
        self.end_is_due = is_empty;
    }

    /// How much more text the innermost element may have.
    fn room(&self) -> usize {
        (self.options.limits.text as usize).saturating_sub(self.text_len)
    }

    /// A tag of whatever name, and with attributes.
    fn open_any(&mut self) -> Result<Event<'a>> {
        let start = self.start;
        let Some(tag_end) = scan::tag_end(self.text.as_bytes(), start) else {
            return Err(self.at(ErrorKind::UnexpectedEnd, start));
        };
        // The tag without its brackets: `name attrs` or `name attrs/`.
        let name_at = start.saturating_add(1);
        let tag = self.slice(name_at..tag_end);
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (qname, rest) = attributes::split_name(tag);
        self.check_name(qname)?;
        let declared = if rest.is_empty() { 0 } else { self.read_attrs(rest)? };
        // Only a name of letters has a key: the others end elsewhere.
        let key = scan::plain_name(self.text.as_bytes(), name_at).filter(|(len, _)| *len == qname.len());
        let narrow = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let key = key.map_or(NameKey::default(), |(_, key)| key);
        let written = WrittenName { start: narrow(name_at), len: narrow(qname.len()), key };
        let name = self.bindings.open_name(qname, written, declared).map_err(|kind| self.at(kind, start))?;
        for index in 0..self.attrs.len() {
            let Some(attr) = self.attrs.get(index) else { break };
            let qname = attr.qname;
            if let Some((prefix, _)) = qname.split_once(':').filter(|(prefix, _)| *prefix != "xmlns") {
                let namespace = self.bindings.namespace(prefix).map_err(|kind| self.at_part(kind, qname))?;
                if let Some(attr) = self.attrs.get_mut(index) {
                    attr.namespace = namespace;
                }
            }
        }
        if let Some(attr) = repeated(&self.attrs).and_then(|index| self.attrs.get(index)) {
            return Err(self.at_part(ErrorKind::XmlDuplicateAttribute, attr.qname));
        }
        if let [attr @ RawAttr { qname: "xmlns", value: RawValue::Input(_), .. }] = self.attrs.as_slice()
            && let Some(binding) = self.bindings.in_force().last()
        {
            self.declaration = Some(Declaration { written: rest, binding: *binding, attr: attr.clone() });
        }
        self.begin(tag_end.saturating_add(1), is_empty);
        Ok(Event::Start(name))
    }

    /// Reads attributes; returns how many of them declare namespaces.
    fn read_attrs(&mut self, tag: &'a str) -> Result<usize> {
        self.joined.clear();
        let mut declared = 0_usize;
        let mut attributes = Attributes::new(tag);
        let outcome = attributes.try_for_each(|attribute| {
            let (qname, raw) = attribute.map_err(|part| self.at_part(ErrorKind::XmlAttribute, part))?;
            declared = declared.saturating_add(usize::from(self.read_attr(qname, raw)?));
            Ok(())
        });
        // A name that comes twice stands before whatever is wrong behind it.
        match attributes::repeated(&self.attrs) {
            Some(qname) => Err(self.at_part(ErrorKind::XmlDuplicateAttribute, qname)),
            None => outcome.map(|()| declared),
        }
    }

    /// Keeps an attribute; returns whether it declares a namespace.
    fn read_attr(&mut self, qname: &'a str, raw: &'a str) -> Result<bool> {
        if self.attrs.len() >= self.options.limits.attributes as usize {
            return Err(self.at_part(ErrorKind::LimitAttributes, qname));
        }
        self.check_name(qname)?;
        let value = self.normalise(raw);
        self.attrs.push(RawAttr { qname, namespace: None, value });
        if raw.len() > self.options.limits.text as usize {
            return Err(self.at_part(ErrorKind::LimitText, raw));
        }
        if let Some(at) = memchr::memchr(b'<', raw.as_bytes()) {
            return Err(self.at_part(ErrorKind::XmlAttribute, raw.get(at..).unwrap_or_default()));
        }
        self.check_references(raw)?;
        let Some(prefix) = declared_prefix(qname) else { return Ok(false) };
        self.bindings.declare_as(prefix, Namespace::new(raw, true)).map_err(|kind| self.at_part(kind, qname))?;
        Ok(true)
    }

    fn normalise(&mut self, raw: &'a str) -> RawValue<'a> {
        if is_plain_value(raw) {
            return RawValue::Input(raw);
        }
        let start = self.joined.len();
        self.joined.push_str(&normalise_value(raw));
        RawValue::Joined(start..self.joined.len())
    }

    fn check_name(&self, qname: &'a str) -> Result<()> {
        if qname.len() > self.options.limits.name as usize {
            return Err(self.at_part(ErrorKind::LimitName, qname));
        }
        if super::is_name(qname) { Ok(()) } else { Err(self.at_part(ErrorKind::XmlSyntax, qname)) }
    }

    /// Where the tag that ends the innermost open element ends, if the name in it begins at `name_at`, and both are of the common
    /// kind.
    #[inline]
    fn matching_end(&self, name_at: usize) -> Option<usize> {
        let octets = self.text.as_bytes();
        let (len, key) = scan::plain_name(octets, name_at)?;
        let end = name_at.wrapping_add(len);
        let is_right = len > 0 && self.bindings.name()?.key == key && octets.get(end) == Some(&b'>');
        is_right.then(|| end.wrapping_add(1))
    }

    fn end_tag(&mut self) -> Result<Event<'a>> {
        let start = self.start;
        self.end = match self.matching_end(start.saturating_add("</".len())) {
            Some(end) => end,
            None => self.any_end(start)?,
        };
        Ok(self.close())
    }

    /// An end tag with blanks in it; or one that is not the right one.
    #[cold]
    fn any_end(&self, start: usize) -> Result<usize> {
        let name_at = start.saturating_add("</".len());
        let Some(len) = memchr::memchr(b'>', self.rest(name_at)) else {
            return Err(self.at(ErrorKind::UnexpectedEnd, start));
        };
        let end = name_at.saturating_add(len);
        let written = self.slice(name_at..end).trim_ascii_end();
        let is_right = self.bindings.name().is_some_and(|name| self.name_of(name) == written);
        if is_right { Ok(end.saturating_add(1)) } else { Err(self.at(ErrorKind::XmlEndTag, start)) }
    }

    /// The innermost element ends. There is one: its name matched.
    #[inline]
    fn close(&mut self) -> Event<'a> {
        self.bindings.close();
        self.text_len = 0;
        if self.bindings.depth() == 0 {
            self.state = State::AfterRoot;
        }
        Event::End
    }
}

impl<'a> Reader<'a> for XmlReader<'a> {
    fn next_event(&mut self) -> Result<Option<Event<'a>>> {
        if let State::Failed(error) = self.state {
            return Err(error);
        }
        let outcome = self.step();
        if let Err(error) = outcome {
            self.state = State::Failed(error);
        }
        outcome
    }

    fn common_tag(&mut self) -> CommonTag {
        if !matches!(self.state, State::InRoot) {
            return CommonTag::None;
        }
        if self.end_is_due {
            self.end_is_due = false;
            self.close();
            return CommonTag::End;
        }
        let octets = self.text.as_bytes();
        let mut start = self.end;
        if octets.get(start) != Some(&b'<') {
            start = scan::blanks_end(octets, start);
            if start.wrapping_sub(self.end) > self.room() || octets.get(start) != Some(&b'<') {
                return CommonTag::None;
            }
        }
        if octets.get(start.wrapping_add(1)) == Some(&b'/') {
            let Some(end) = self.matching_end(start.wrapping_add("</".len())) else { return CommonTag::None };
            self.start = start;
            self.end = end;
            self.close();
            return CommonTag::End;
        }
        match self.open_common(start) {
            Some(tag) => {
                self.start = start;
                CommonTag::Start(tag)
            }
            None => CommonTag::None,
        }
    }

    fn plain_text(&mut self) -> Option<&'a [u8]> {
        if !matches!(self.state, State::InRoot) {
            return None;
        }
        if self.end_is_due {
            self.end_is_due = false;
            self.close();
            return Some(&[]);
        }
        let start = self.end;
        let (text_end, is_plain) = scan::text_end(self.text.as_bytes(), start);
        if !is_plain || text_end.saturating_sub(start) > self.room() {
            return None;
        }
        if !self.rest(text_end).starts_with(b"</") {
            return None;
        }
        self.end = self.matching_end(text_end.wrapping_add("</".len()))?;
        self.start = text_end;
        self.close();
        self.text.as_bytes().get(start..text_end)
    }

    #[inline(always)]
    fn plain_element(&mut self, tag: Tag) -> Option<(usize, &'a [u8])> {
        self.take_plain(tag)
    }

    fn begun(&self) -> Option<Begun> {
        Some(self.note_begun())
    }

    fn seen(&self, begun: Begun) -> Option<Seen<'a>> {
        self.note_seen(begun)
    }

    fn again(&mut self, seen: &Seen<'a>) -> Option<usize> {
        self.take_again(seen)
    }

    fn follow(&mut self, course: &mut impl Course<'a>) {
        let is_clear = matches!(self.state, State::InRoot) && !self.end_is_due && self.text_len == 0;
        let limits = &self.options.limits;
        let is_narrow = (limits.name as usize) < NameKey::LEN || (limits.text as usize) < WELL_KNOWN;
        if !is_clear || is_narrow || limits.attributes == 0 {
            return;
        }
        let Some((vocabulary, room)) = self.bindings.vocabulary().zip(self.bindings.room()) else { return };
        let declaration = self.declaration.as_ref();
        let around = Surroundings {
            text: self.text,
            places: &self.places,
            vocabulary,
            declaration: declaration.and_then(|known| Some((known.written, known.binding.vocabulary()?))),
            bare_ampersand: self.options.bare_ampersand,
            text_limit: self.options.limits.text as usize,
            element_limit: room,
        };
        let mut cursor = XmlCursor { around: &around, start: self.start, at: self.end, elements: 0, end_is_due: false };
        course.run(&mut cursor);
        self.bindings.went_over(cursor.elements);
        self.start = cursor.start;
        self.end = cursor.at;
    }

    fn attrs(&self) -> Attrs<'_, 'a> {
        let own = self.declaration.as_ref().filter(|_| self.has_declaration);
        let list = own.map_or(self.attrs.as_slice(), |declaration| core::slice::from_ref(&declaration.attr));
        Attrs { list: list.iter(), joined: &self.joined }
    }

    fn offset(&self) -> usize {
        self.places.original(self.start)
    }

    fn depth(&self) -> usize {
        self.bindings.depth()
    }

    fn encoding(&self) -> Encoding {
        Encoding::Xml
    }

    fn mark(&self) -> Mark {
        Mark { offset: self.start, tag_page: 0, attr_page: 0 }
    }

    fn fragment(&self, mark: Mark) -> Fragment<'a> {
        let text = self.slice(mark.offset..self.end);
        let bindings = self.bindings.in_force().into();
        let around = self.bindings.context();
        Fragment::new(FragmentSource::Xml { text, bindings, around }, self.places.original(mark.offset))
    }
}
