//! The XML reader.

use super::{Places, XmlDocument, first_bad_reference, is_plain_value, normalise_value};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::event::{RawAttr, RawValue, declared_prefix, repeated};
use crate::markup::{
    Attrs, Binding, Bindings, Context, Event, Fragment, FragmentSource, Mark, Name, Namespace, Options, Reader,
};
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::Event as Token;
use quick_xml::events::attributes::{AttrError, Attributes};

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
    tokens: quick_xml::Reader<&'a [u8]>,
    bindings: Bindings<'a>,
    attrs: Vec<RawAttr<'a>>,
    joined: String,
    /// The name of the element that began last, as written.
    qname: &'a str,
    /// Where the last event begins and ends in `text`.
    start: usize,
    end: usize,
    /// Octets of character data since the last tag.
    text_len: usize,
    options: Options,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let mut tokens = quick_xml::Reader::from_str(text);
        let config = tokens.config_mut();
        config.expand_empty_elements = true;
        // References are checked here, over whole runs of text.
        config.allow_dangling_amp = true;
        XmlReader {
            text,
            places,
            tokens,
            bindings: Bindings::new(&options.limits),
            attrs: Vec::new(),
            joined: String::new(),
            qname: "",
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
        let prefix = self.qname.split_once(':').map_or("", |(prefix, _)| prefix);
        // It was resolved before.
        let namespace = self.bindings.namespace(prefix).ok().flatten();
        Name::Other { qname: self.qname, namespace }
    }

    /// Where the last event begins in the text.
    #[cfg(feature = "cli")]
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

    fn position(&self) -> usize {
        usize::try_from(self.tokens.buffer_position()).unwrap_or(usize::MAX)
    }

    fn slice(&self, range: core::ops::Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// An error at a place in `text`.
    fn at(&self, kind: ErrorKind, at: usize) -> Error {
        Error::new(kind, self.places.original(at))
    }

    /// An error where `part`, a slice of `text`, begins.
    fn at_part(&self, kind: ErrorKind, part: &str) -> Error {
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.at(kind, at.min(self.text.len()))
    }

    fn token(&mut self) -> Result<Token<'a>> {
        self.tokens.read_event().map_err(|error| {
            let at = usize::try_from(self.tokens.error_position()).unwrap_or(usize::MAX);
            // `<!` with too little behind it to tell what it begins.
            const LONGEST: usize = "<![CDATA[".len();
            let at_end = self.text.len().saturating_sub(at) < LONGEST;
            let kind = match error {
                quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup) if !at_end => ErrorKind::XmlSyntax,
                quick_xml::Error::Syntax(_) => ErrorKind::UnexpectedEnd,
                quick_xml::Error::IllFormed(
                    IllFormedError::MismatchedEndTag { .. } | IllFormedError::UnmatchedEndTag(_),
                ) => ErrorKind::XmlEndTag,
                _ => ErrorKind::XmlSyntax,
            };
            self.at(kind, at)
        })
    }

    fn step(&mut self) -> Result<Option<Event<'a>>> {
        loop {
            let start = self.position();
            let before = core::mem::replace(&mut self.start, start);
            let token = self.token()?;
            self.end = self.position();
            match token {
                Token::Start(tag) | Token::Empty(tag) => {
                    let name_len = tag.name().as_ref().len();
                    return self.open(name_len).map(Some);
                }
                Token::End(_) => {
                    if !self.bindings.close() {
                        return Err(self.at(ErrorKind::XmlEndTag, start));
                    }
                    self.text_len = 0;
                    // The end of an empty-element tag has no octets of its own: it is where the tag is.
                    if self.end == start {
                        self.start = before;
                    }
                    if self.bindings.depth() == 0 {
                        self.state = State::AfterRoot;
                    }
                    return Ok(Some(Event::End));
                }
                Token::Text(_) | Token::GeneralRef(_) => {
                    if let Some(event) = self.text_run()? {
                        return Ok(Some(event));
                    }
                }
                Token::CData(_) => {
                    self.inside_root(start)?;
                    let content = start.saturating_add("<![CDATA[".len())..self.end.saturating_sub("]]>".len());
                    let content = self.slice(content);
                    self.count_text(content.len(), start)?;
                    return Ok(Some(Event::CData(content)));
                }
                Token::DocType(_) if self.state != State::BeforeRoot => {
                    return Err(self.at(ErrorKind::XmlSyntax, start));
                }
                Token::Decl(_) | Token::PI(_) | Token::Comment(_) | Token::DocType(_) => {}
                Token::Eof => {
                    return match self.state {
                        State::AfterRoot => Ok(None),
                        State::BeforeRoot => Err(self.at(ErrorKind::NoRoot, start)),
                        _ => Err(self.at(ErrorKind::UnexpectedEnd, start)),
                    };
                }
            }
        }
    }

    /// Text up to the next tag, as one event. The tokenizer gives each reference by itself; they are read over.
    fn text_run(&mut self) -> Result<Option<Event<'a>>> {
        let rest = self.slice(self.start..self.text.len());
        let len = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let run = rest.get(..len).unwrap_or_default();
        self.end = self.start.saturating_add(len);
        while self.position() < self.end {
            self.token()?;
        }
        if self.state != State::InRoot {
            return match run.find(|char: char| !char.is_ascii_whitespace()) {
                Some(at) => Err(self.at(ErrorKind::XmlOutsideRoot, self.start.saturating_add(at))),
                None => Ok(None),
            };
        }
        self.count_text(run.len(), self.start)?;
        // No element ends in text: this document was cut off, perhaps in the middle of a reference.
        if run.len() == rest.len() {
            return Err(self.at(ErrorKind::UnexpectedEnd, self.text.len()));
        }
        if memchr::memchr2(b'&', b'\r', run.as_bytes()).is_none() {
            return Ok(Some(Event::Text(run)));
        }
        self.check_references(run)?;
        Ok(Some(Event::Escaped(run)))
    }

    /// Comments and CDATA sections cut a text into pieces, which count together.
    fn count_text(&mut self, len: usize, start: usize) -> Result<()> {
        self.text_len = self.text_len.saturating_add(len);
        if self.text_len > self.options.limits.text as usize {
            return Err(self.at(ErrorKind::LimitText, start));
        }
        Ok(())
    }

    fn check_references(&self, text: &'a str) -> Result<()> {
        match first_bad_reference(text, self.options.bare_ampersand) {
            Some((at, kind)) => Err(self.at_part(kind, text.get(at..).unwrap_or_default())),
            None => Ok(()),
        }
    }

    fn inside_root(&self, at: usize) -> Result<()> {
        if self.state == State::InRoot { Ok(()) } else { Err(self.at(ErrorKind::XmlOutsideRoot, at)) }
    }

    fn open(&mut self, name_len: usize) -> Result<Event<'a>> {
        let start = self.start;
        if self.state == State::AfterRoot {
            return Err(self.at(ErrorKind::XmlOutsideRoot, start));
        }
        self.state = State::InRoot;
        self.text_len = 0;
        // The tag without its brackets: `name attrs` or `name attrs/`.
        let tag = self.slice(start.saturating_add(1)..self.end.saturating_sub(1));
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let qname = tag.get(..name_len).unwrap_or(tag);
        self.check_name(qname)?;
        self.qname = qname;
        self.attrs.clear();
        let declared = if tag.len() > name_len { self.read_attrs(tag, name_len)? } else { 0 };
        let name = self.bindings.open_name(qname, declared).map_err(|kind| self.at(kind, start))?;
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
        Ok(Event::Start(name))
    }

    /// Reads attributes; returns how many of them declare namespaces.
    fn read_attrs(&mut self, tag: &'a str, name_len: usize) -> Result<usize> {
        self.joined.clear();
        let mut declared = 0_usize;
        for attribute in Attributes::new(tag, name_len) {
            let attribute = attribute.map_err(|error| self.attr_error(&error))?;
            let qname = attribute.key.into_inner();
            if self.attrs.len() >= self.options.limits.attributes as usize {
                return Err(self.at_part(ErrorKind::LimitAttributes, qname));
            }
            // The tokenizer does not miss the blank between two attributes.
            let before = (qname.as_ptr() as usize).saturating_sub(tag.as_ptr() as usize).saturating_sub(1);
            if !tag.as_bytes().get(before).is_some_and(u8::is_ascii_whitespace) {
                return Err(self.at_part(ErrorKind::XmlAttribute, qname));
            }
            self.check_name(qname)?;
            // Without a decoder in between, the value is always a part of the input.
            let std::borrow::Cow::Borrowed(raw) = attribute.value else {
                return Err(self.at_part(ErrorKind::XmlAttribute, qname));
            };
            if raw.len() > self.options.limits.text as usize {
                return Err(self.at_part(ErrorKind::LimitText, raw));
            }
            if let Some(at) = memchr::memchr(b'<', raw.as_bytes()) {
                return Err(self.at_part(ErrorKind::XmlAttribute, raw.get(at..).unwrap_or_default()));
            }
            self.check_references(raw)?;
            if let Some(prefix) = declared_prefix(qname) {
                let binding = Binding::new(prefix, Namespace::new(raw, true));
                self.bindings.declare(binding).map_err(|kind| self.at_part(kind, qname))?;
                declared = declared.saturating_add(1);
            }
            let value = self.normalise(raw);
            self.attrs.push(RawAttr { qname, namespace: None, value });
        }
        Ok(declared)
    }

    fn normalise(&mut self, raw: &'a str) -> RawValue<'a> {
        if is_plain_value(raw) {
            return RawValue::Input(raw);
        }
        let start = self.joined.len();
        self.joined.push_str(&normalise_value(raw));
        RawValue::Joined(start..self.joined.len())
    }

    fn attr_error(&self, error: &AttrError) -> Error {
        let (kind, at) = match error {
            AttrError::Duplicated(at, _) => (ErrorKind::XmlDuplicateAttribute, *at),
            AttrError::ExpectedEq(at)
            | AttrError::ExpectedValue(at)
            | AttrError::UnquotedValue(at)
            | AttrError::ExpectedQuote(at, _) => (ErrorKind::XmlAttribute, *at),
        };
        // Positions count from behind the bracket.
        self.at(kind, self.start.saturating_add(1).saturating_add(at))
    }

    fn check_name(&self, qname: &'a str) -> Result<()> {
        if qname.len() > self.options.limits.name as usize {
            return Err(self.at_part(ErrorKind::LimitName, qname));
        }
        if super::is_name(qname) { Ok(()) } else { Err(self.at_part(ErrorKind::XmlSyntax, qname)) }
    }
}

impl<'a> Reader<'a> for XmlReader<'a> {
    fn next_event(&mut self) -> Result<Option<Event<'a>>> {
        if let State::Failed(error) = self.state {
            return Err(error);
        }
        self.step().inspect_err(|error| self.state = State::Failed(*error))
    }

    fn attrs(&self) -> Attrs<'_, 'a> {
        Attrs { list: self.attrs.iter(), joined: &self.joined }
    }

    fn offset(&self) -> usize {
        self.places.original(self.start)
    }

    fn depth(&self) -> usize {
        self.bindings.depth()
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
