//! The WBXML reader.

mod whole;

use super::cursor::{Surroundings, WbxmlCursor};
use super::header::{Charset, Header, integer, octet, table_string};
use super::token;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::event::{RawAttr, RawValue, declared_prefix, repeated};
use crate::markup::words::find_zero;
use crate::markup::{
    Attrs, Begun, Binding, Bindings, CommonTag, Context, Course, Encoding, Event, Fragment, FragmentSource, Mark, Name,
    Namespace, Options, Reader, Seen, WrittenName,
};
use crate::vocabulary::{DocumentType, PageTags};
use core::ops::Range;

/// A set of names of attributes.
type Names<'a> = hashbrown::HashSet<&'a str, foldhash::fast::RandomState>;

/// What a part of a WBXML document needs from the whole to be read by itself.
#[derive(Clone, Copy)]
pub(crate) struct WbxmlState<'a> {
    pub(crate) document_type: DocumentType,
    charset: Charset,
    strings: &'a [u8],
    tag_page: u8,
    attr_page: u8,
}

crate::redact::debug_without_content!(WbxmlState<'_> { document_type, charset, tag_page, attr_page } octets of { strings });

impl<'a> WbxmlState<'a> {
    /// The state at the start of a document that was read before.
    pub(crate) fn of(document: &'a [u8]) -> Option<WbxmlState<'a>> {
        // It was within its limits, and what was allowed, when it was read.
        let options = Options { limits: Limits::UNLIMITED, unnamed_trees: true, ..Options::default() };
        Some(WbxmlState::at_start(&Header::decode_with(document, &options).ok()?))
    }

    fn at_start(header: &Header<'a>) -> WbxmlState<'a> {
        WbxmlState {
            document_type: header.document_type,
            charset: header.charset,
            strings: header.string_table,
            tag_page: 0,
            attr_page: 0,
        }
    }

    pub(crate) fn pages(&self) -> (u8, u8) {
        (self.tag_page, self.attr_page)
    }

    pub(crate) fn with_pages(self, tag_page: u8, attr_page: u8) -> WbxmlState<'a> {
        WbxmlState { tag_page, attr_page, ..self }
    }
}

/// Reads WBXML; see [`Reader`].
///
/// Extension tokens (`EXT_I`, `EXT_T`, `EXT`) mean nothing in this field and are read over, with the string or number that belongs
/// to them: their text is no event (`wire.md` §7.2). Processing instructions are read over, too.
///
/// ```
/// use omadm::markup::{Event, Name, Options, Reader, wbxml::WbxmlReader};
/// use omadm::vocabulary::syncml;
/// let mut reader = WbxmlReader::new(b"\x02\xA4\x01\x6A\x00\x4F\x03hi\x00\x01", &Options::default())?;
/// assert_eq!(reader.next_event()?, Some(Event::Start(Name::Known(syncml::DATA))));
/// assert_eq!(reader.next_event()?, Some(Event::Text("hi")));
/// assert_eq!(reader.next_event()?, Some(Event::End));
/// assert_eq!(reader.next_event()?, None);
/// # Ok::<(), omadm::Error>(())
/// ```
pub struct WbxmlReader<'a> {
    /// The document, up to where reading ends.
    input: &'a [u8],
    /// Where the document begins in the input: it may be a piece of that.
    base: Base,
    at: usize,
    state: WbxmlState<'a>,
    /// The tags of the page that is current.
    tags: PageTags,
    bindings: Bindings<'a>,
    attrs: Vec<RawAttr<'a>>,
    /// Their names, once there are many.
    names: Option<Names<'a>>,
    joined: String,
    /// Where the last event begins, and the attribute page there.
    start: usize,
    start_attr_page: u8,
    /// The last element has no content: its end comes without a token.
    end_is_due: bool,
    /// The rest of a string that is transcoded piece by piece.
    latin1: &'a [u8],
    /// Text that string-table references may still deliver.
    budget: u64,
    /// Octets of character data since the last tag.
    text_len: usize,
    options: Options,
    progress: Progress,
}

impl core::fmt::Debug for WbxmlReader<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("WbxmlReader")
            .field("offset", &self.offset())
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}

/// One place, as it is counted here and in the input.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Base {
    part: usize,
    input: usize,
}

impl Base {
    pub(super) fn original(self, at: usize) -> usize {
        at.saturating_add(self.input).saturating_sub(self.part)
    }
}

// Not `PartialEq`, which would look at the errors, out of line, with each event.
#[derive(Clone, Copy, Debug)]
enum Progress {
    BeforeRoot,
    InRoot,
    AfterRoot,
    Failed(Error),
}

/// Where the pieces of an attribute value go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// There is no attribute yet.
    None,
    /// The attribute read last.
    Last,
    /// Nowhere: its name is not known.
    Dropped,
}

impl<'a> WbxmlReader<'a> {
    /// Reads a whole document.
    ///
    /// # Errors
    /// As [`Header::decode`].
    pub fn new(input: &'a [u8], options: &Options) -> Result<WbxmlReader<'a>> {
        let header = Header::decode_with(input, options)?;
        let state = WbxmlState::at_start(&header);
        Ok(WbxmlReader::over(input, header.body_at, &state, options))
    }

    fn over(input: &'a [u8], at: usize, state: &WbxmlState<'a>, options: &Options) -> WbxmlReader<'a> {
        WbxmlReader {
            input,
            base: Base::default(),
            at,
            state: *state,
            tags: state.document_type.page_tags(state.tag_page),
            bindings: Bindings::new(&options.limits),
            attrs: Vec::new(),
            names: None,
            joined: String::new(),
            start: at,
            start_attr_page: state.attr_page,
            end_is_due: false,
            latin1: &[],
            budget: options.limits.expansion_budget(input.len()),
            text_len: 0,
            options: *options,
            progress: Progress::BeforeRoot,
        }
    }

    /// Reads a part of a document. That part begins at `offset` in the input.
    pub(crate) fn part(
        document: &'a [u8],
        range: Range<usize>,
        offset: usize,
        state: &WbxmlState<'a>,
        options: &Options,
    ) -> WbxmlReader<'a> {
        let input = document.get(..range.end).unwrap_or(document);
        let base = Base { part: range.start, input: offset };
        WbxmlReader { base, ..WbxmlReader::over(input, range.start, state, options) }
    }

    /// For a fragment: what surrounds it.
    pub(crate) fn inherit(&mut self, bindings: &[Binding<'a>], around: Option<Context>) {
        self.bindings.inherit(bindings, around);
    }

    /// Where reading goes on, and the tag page there.
    pub(crate) fn consumed(&self) -> (usize, u8) {
        (self.at, self.state.tag_page)
    }

    /// The octets that are read.
    pub(crate) fn document(&self) -> &'a [u8] {
        self.input
    }

    /// What kind of document this is.
    #[must_use]
    pub fn document_type(&self) -> DocumentType {
        self.state.document_type
    }

    fn at_start(&self, kind: ErrorKind) -> Error {
        Error::new(kind, self.start)
    }

    fn octet(&mut self) -> Result<u8> {
        octet(self.input, &mut self.at)
    }

    fn integer(&mut self) -> Result<u32> {
        integer(self.input, &mut self.at)
    }

    fn step(&mut self) -> Result<Option<Event<'a>>> {
        if !self.latin1.is_empty() {
            return Ok(Some(self.latin1_piece()));
        }
        if self.end_is_due {
            self.end_is_due = false;
            return self.close().map(Some);
        }
        if matches!(self.progress, Progress::AfterRoot) {
            return self.finish();
        }
        loop {
            self.start = self.at;
            if self.at >= self.input.len() && matches!(self.progress, Progress::BeforeRoot) {
                return Err(self.at_start(ErrorKind::NoRoot));
            }
            match self.octet()? {
                token::SWITCH_PAGE => {
                    let page = self.page()?;
                    self.state.tag_page = page;
                    self.tags = self.state.document_type.page_tags(page);
                }
                token::END => return self.close().map(Some),
                token::PI => self.skip_pi()?,
                token::ENTITY => {
                    self.inside_root()?;
                    let char = self.entity()?;
                    self.count_text(char.len_utf8())?;
                    return Ok(Some(Event::Char(char)));
                }
                token::STR_I => {
                    self.inside_root()?;
                    let text = self.inline_string()?;
                    return self.text(text, Some(self.start.saturating_add(1))).map(Some);
                }
                token::STR_T => {
                    self.inside_root()?;
                    let text = self.table_string()?;
                    return self.text(text, None).map(Some);
                }
                token::OPAQUE => {
                    self.inside_root()?;
                    let octets = self.opaque()?;
                    self.count_text(octets.len())?;
                    return Ok(Some(Event::Opaque(octets)));
                }
                ext if self.skip_extension(ext)? => {}
                tag => return self.open(tag).map(Some),
            }
        }
    }

    /// What may follow the root: processing instructions, and the blanks or zeros that some files end with.
    fn finish(&mut self) -> Result<Option<Event<'a>>> {
        while let Some(octet) = self.input.get(self.at).copied() {
            self.start = self.at;
            self.at = self.at.saturating_add(1);
            match octet {
                token::PI => self.skip_pi()?,
                b'\n' | b'\r' | b' ' | b'\t' | 0 => {}
                _ => return Err(self.at_start(ErrorKind::TrailingData)),
            }
        }
        Ok(None)
    }

    fn close(&mut self) -> Result<Event<'a>> {
        self.text_len = 0;
        if !self.bindings.close() {
            return Err(self.at_start(ErrorKind::WbxmlToken));
        }
        if self.bindings.depth() == 0 {
            self.progress = Progress::AfterRoot;
        }
        Ok(Event::End)
    }

    /// [`close`](WbxmlReader::close) where an element is open.
    fn close_common(&mut self) {
        self.text_len = 0;
        self.bindings.close();
        if self.bindings.depth() == 0 {
            self.progress = Progress::AfterRoot;
        }
    }

    fn inside_root(&self) -> Result<()> {
        if matches!(self.progress, Progress::InRoot) { Ok(()) } else { Err(self.at_start(ErrorKind::WbxmlToken)) }
    }

    fn open(&mut self, tag: u8) -> Result<Event<'a>> {
        let identity = tag & token::IDENTITY;
        let literal = if identity == token::LITERAL { Some(self.literal()?) } else { None };
        let known = match literal {
            Some(_) => None,
            None => {
                let tag = self.state.document_type.tag(self.state.tag_page, identity);
                Some(tag.ok_or(self.at_start(ErrorKind::WbxmlTag))?)
            }
        };
        self.text_len = 0;
        self.attrs.clear();
        self.joined.clear();
        self.start_attr_page = self.state.attr_page;
        let declared = if tag & token::WITH_ATTRIBUTES != 0 { self.read_attrs()? } else { 0 };
        let at_start = |kind| Error::new(kind, self.start);
        let name = match (known, literal) {
            (Some(tag), _) => {
                self.bindings.open_tag(tag, declared).map_err(at_start)?;
                Name::Known(tag)
            }
            (None, literal) => self
                .bindings
                .open_name(literal.unwrap_or_default(), WrittenName::default(), declared)
                .map_err(at_start)?,
        };
        self.progress = Progress::InRoot;
        self.end_is_due = tag & token::WITH_CONTENT == 0;
        Ok(Event::Start(name))
    }

    /// A name from the string table.
    fn literal(&mut self) -> Result<&'a str> {
        let at = self.at;
        let name = self.table_string()?;
        let name = std::str::from_utf8(name).ok().filter(|name| crate::markup::xml::is_name(name));
        let name = name.ok_or(Error::new(ErrorKind::WbxmlLiteral, at))?;
        if name.len() > self.options.limits.name as usize {
            return Err(Error::new(ErrorKind::LimitName, at));
        }
        Ok(name)
    }

    /// Reads an attribute list; returns how many of the attributes declare namespaces.
    fn read_attrs(&mut self) -> Result<usize> {
        let mut declared = 0_usize;
        let mut target = Target::None;
        // Where the attribute read last begins.
        let mut last_at = self.at;
        loop {
            let at = self.at;
            match self.octet()? {
                token::END => break,
                token::SWITCH_PAGE => {
                    let page = self.page()?;
                    self.state.attr_page = page;
                }
                token::LITERAL => {
                    declared = declared.saturating_add(self.finish_attr(last_at)?);
                    // Nokia phones name an attribute by an index into an empty string table (`wire.md` §7.10).
                    if self.state.strings.is_empty() {
                        self.integer()?;
                        target = Target::Dropped;
                    } else {
                        let name = self.literal()?;
                        self.begin_attr(name, "", at)?;
                        target = Target::Last;
                        last_at = at;
                    }
                }
                token::ENTITY => {
                    let char = self.entity()?;
                    self.extend_attr(None, Some(char), target, at)?;
                }
                token::STR_I => {
                    let text = self.inline_string()?;
                    self.attr_text(text, Some(at.saturating_add(1)), target, at)?;
                }
                token::STR_T => {
                    let text = self.table_string()?;
                    self.attr_text(text, None, target, at)?;
                }
                token::OPAQUE => {
                    let text = self.opaque()?;
                    self.attr_text(text, Some(self.at.saturating_sub(text.len())), target, at)?;
                }
                // Values of old libraries stand where the extensions of others are (`wire.md` §7.9).
                ext if self.state.document_type.attr_value(self.state.attr_page, ext).is_none()
                    && self.skip_extension(ext)? => {}
                value if value & 0x80 != 0 => {
                    let text = self.state.document_type.attr_value(self.state.attr_page, value);
                    let text = text.ok_or(Error::new(ErrorKind::WbxmlAttribute, at))?;
                    self.extend_attr(Some(text), None, target, at)?;
                }
                start => {
                    declared = declared.saturating_add(self.finish_attr(last_at)?);
                    let attr = self.state.document_type.attr_start(self.state.attr_page, start);
                    let (name, value) = attr.ok_or(Error::new(ErrorKind::WbxmlAttribute, at))?;
                    self.begin_attr(name, value, at)?;
                    target = Target::Last;
                    last_at = at;
                }
            }
        }
        declared = declared.saturating_add(self.finish_attr(last_at)?);
        self.resolve_attrs()?;
        Ok(declared)
    }

    fn begin_attr(&mut self, qname: &'a str, value: &'a str, at: usize) -> Result<()> {
        if self.attrs.len() >= self.options.limits.attributes as usize {
            return Err(Error::new(ErrorKind::LimitAttributes, at));
        }
        if self.is_again(qname) {
            return Err(Error::new(ErrorKind::XmlDuplicateAttribute, at));
        }
        self.attrs.push(RawAttr { qname, namespace: None, value: RawValue::Input(value) });
        Ok(())
    }

    /// Whether the element has an attribute of this name, which it is about to have. Few are compared with each other, many
    /// looked up.
    fn is_again(&mut self, qname: &'a str) -> bool {
        const FEW: usize = 8;
        let names = self.attrs.iter().map(|attr| attr.qname);
        match self.attrs.len() {
            ..FEW => return names.into_iter().any(|name| name == qname),
            FEW => self.names = Some(names.collect()),
            _ => {}
        }
        self.names.as_mut().is_some_and(|names| !names.insert(qname))
    }

    /// Ends the attribute read last, which begins at `at`; returns 1 if it declares a namespace.
    fn finish_attr(&mut self, at: usize) -> Result<usize> {
        let Some(RawAttr { qname, value, .. }) = self.attrs.last() else { return Ok(0) };
        let Some(prefix) = declared_prefix(qname) else { return Ok(0) };
        // A namespace outlives the attribute, so it has to lie in the input in one piece.
        let RawValue::Input(namespace) = value else { return Err(Error::new(ErrorKind::WbxmlAttribute, at)) };
        let binding = Binding::new(prefix, Namespace::new(namespace, false));
        let kind = |kind| Error::new(kind, at);
        self.bindings.declare(binding).map_err(kind)?;
        Ok(1)
    }

    fn attr_text(&mut self, octets: &'a [u8], text_at: Option<usize>, target: Target, at: usize) -> Result<()> {
        match self.state.charset {
            Charset::Latin1 if !octets.is_ascii() => {
                for octet in octets {
                    self.extend_attr(None, Some(char::from(*octet)), target, at)?;
                }
                Ok(())
            }
            _ => {
                let text = self.utf8(octets, text_at, at)?;
                self.extend_attr(Some(text), None, target, at)
            }
        }
    }

    /// Adds a piece to the value of the attribute read last.
    fn extend_attr(&mut self, text: Option<&'a str>, char: Option<char>, target: Target, at: usize) -> Result<()> {
        if target == Target::Dropped {
            return Ok(());
        }
        let attr = if target == Target::Last { self.attrs.last_mut() } else { None };
        let attr = attr.ok_or(Error::new(ErrorKind::WbxmlToken, at))?;
        match (&mut attr.value, text) {
            (RawValue::Input(value), Some(text)) if value.is_empty() => *value = text,
            (value, text) => {
                let start = match value {
                    RawValue::Joined(range) => range.start,
                    RawValue::Input(first) => {
                        let start = self.joined.len();
                        self.joined.push_str(first);
                        start
                    }
                };
                self.joined.push_str(text.unwrap_or_default());
                self.joined.extend(char);
                *value = RawValue::Joined(start..self.joined.len());
            }
        }
        // Each value by itself, and the buffer that holds all the joined ones of an element.
        let len = match &attr.value {
            RawValue::Input(value) => value.len(),
            RawValue::Joined(range) => range.len(),
        };
        if len.max(self.joined.len()) > self.options.limits.text as usize {
            return Err(Error::new(ErrorKind::LimitText, at));
        }
        Ok(())
    }

    fn resolve_attrs(&mut self) -> Result<()> {
        for attr in &mut self.attrs {
            if let Some((prefix, _)) = attr.qname.split_once(':').filter(|(prefix, _)| *prefix != "xmlns") {
                let kind = |kind| Error::new(kind, self.start);
                attr.namespace = self.bindings.namespace(prefix).map_err(kind)?;
            }
        }
        match repeated(&self.attrs) {
            Some(_) => Err(self.at_start(ErrorKind::XmlDuplicateAttribute)),
            None => Ok(()),
        }
    }

    fn page(&mut self) -> Result<u8> {
        let at = self.at;
        let page = self.octet()?;
        match self.state.document_type.page(page) {
            Some(_) => Ok(page),
            None => Err(Error::new(ErrorKind::WbxmlPage, at)),
        }
    }

    fn entity(&mut self) -> Result<char> {
        let at = self.at;
        let code = self.integer()?;
        char::from_u32(code).filter(|char| *char != '\0').ok_or(Error::new(ErrorKind::WbxmlEntity, at))
    }

    fn inline_string(&mut self) -> Result<&'a [u8]> {
        let rest = self.input.get(self.at..).unwrap_or_default();
        let len = find_zero(rest).ok_or(Error::new(ErrorKind::WbxmlString, self.at))?;
        if len > self.options.limits.text as usize {
            return Err(Error::new(ErrorKind::LimitText, self.at));
        }
        self.at = self.at.saturating_add(len).saturating_add(1);
        Ok(rest.get(..len).unwrap_or_default())
    }

    fn table_string(&mut self) -> Result<&'a [u8]> {
        let at = self.at;
        let index = self.integer()?;
        let text = table_string(self.state.strings, index).ok_or(Error::new(ErrorKind::WbxmlStringIndex, at))?;
        // Two octets deliver a whole string: the one construct by which a document outgrows its size.
        self.budget = self.budget.checked_sub(text.len() as u64).ok_or(Error::new(ErrorKind::LimitExpansion, at))?;
        Ok(text)
    }

    fn opaque(&mut self) -> Result<&'a [u8]> {
        let at = self.at;
        let len = self.integer()? as usize;
        let end = self.at.checked_add(len).ok_or(Error::new(ErrorKind::WbxmlOpaque, at))?;
        let octets = self.input.get(self.at..end).ok_or(Error::new(ErrorKind::WbxmlOpaque, at))?;
        if len > self.options.limits.text as usize {
            return Err(Error::new(ErrorKind::LimitText, at));
        }
        self.at = end;
        Ok(octets)
    }

    /// Reads over an extension token; says whether `token` was one.
    fn skip_extension(&mut self, token: u8) -> Result<bool> {
        match token {
            token::EXT_I_0..=token::EXT_I_2 => {
                self.inline_string()?;
            }
            token::EXT_T_0..=token::EXT_T_2 => {
                self.integer()?;
            }
            token::EXT_0..=token::EXT_2 => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Reads over a processing instruction, which is laid out as one attribute.
    fn skip_pi(&mut self) -> Result<()> {
        loop {
            match self.octet()? {
                token::END => return Ok(()),
                token::SWITCH_PAGE => self.state.attr_page = self.octet()?,
                token::LITERAL | token::ENTITY | token::STR_T => {
                    self.integer()?;
                }
                token::STR_I => {
                    self.inline_string()?;
                }
                token::OPAQUE => {
                    self.opaque()?;
                }
                other => {
                    self.skip_extension(other)?;
                }
            }
        }
    }

    /// Pieces of one text count together.
    fn count_text(&mut self, len: usize) -> Result<()> {
        self.text_len = self.text_len.saturating_add(len);
        if self.text_len > self.options.limits.text as usize {
            return Err(self.at_start(ErrorKind::LimitText));
        }
        Ok(())
    }

    /// A string as an event; `at` is where it begins if it stands in the body.
    fn text(&mut self, octets: &'a [u8], at: Option<usize>) -> Result<Event<'a>> {
        self.count_text(octets.len())?;
        if self.state.charset == Charset::Latin1 && !octets.is_ascii() {
            self.latin1 = octets;
            return Ok(self.latin1_piece());
        }
        self.utf8(octets, at, self.start).map(Event::Text)
    }

    /// A fault is reported where it is in a string that stands in the body, `at`, or else at the token: the octet in the
    /// string table would not tell which element it is about.
    fn utf8(&self, octets: &'a [u8], at: Option<usize>, token: usize) -> Result<&'a str> {
        let fault = |kind, index| Err(Error::new(kind, at.map_or(token, |at| at.saturating_add(index))));
        if self.state.charset == Charset::Ascii
            && let Some(index) = octets.iter().position(|octet| !octet.is_ascii())
        {
            return fault(ErrorKind::NotInCharset, index);
        }
        match str_of(octets) {
            Ok(text) => Ok(text),
            Err(valid) => fault(ErrorKind::InvalidUtf8, valid),
        }
    }

    /// The next piece of an ISO-8859-1 string: a run of ASCII as it stands, or one character.
    fn latin1_piece(&mut self) -> Event<'a> {
        let ascii = self.latin1.iter().position(|octet| !octet.is_ascii()).unwrap_or(self.latin1.len());
        if let (0, Some((first, rest))) = (ascii, self.latin1.split_first()) {
            self.latin1 = rest;
            return Event::Char(char::from(*first));
        }
        let (run, rest) = self.latin1.split_at_checked(ascii).unwrap_or_default();
        self.latin1 = rest;
        Event::Text(std::str::from_utf8(run).unwrap_or_default())
    }
}

/// Octets as text; or how many of them are.
fn str_of(octets: &[u8]) -> Result<&str, usize> {
    // Short strings are the rule; the vector code pays off for long ones only.
    if octets.len() < 64 {
        std::str::from_utf8(octets).map_err(|error| error.valid_up_to())
    } else {
        simdutf8::compat::from_utf8(octets).map_err(|error| error.valid_up_to())
    }
}

pub(super) fn is_utf8(octets: &[u8]) -> bool {
    str_of(octets).is_ok()
}

impl<'a> Reader<'a> for WbxmlReader<'a> {
    fn next_event(&mut self) -> Result<Option<Event<'a>>> {
        if let Progress::Failed(error) = self.progress {
            return Err(error);
        }
        self.step().map_err(|error| {
            let error = Error::new(error.kind(), self.base.original(error.offset()));
            self.progress = Progress::Failed(error);
            error
        })
    }

    fn common_tag(&mut self) -> CommonTag {
        if !matches!(self.progress, Progress::InRoot) || !self.latin1.is_empty() {
            return CommonTag::None;
        }
        if self.end_is_due {
            self.end_is_due = false;
            self.close_common();
            return CommonTag::End;
        }
        // Places are far from the end of all numbers: documents have less than 4 GiB.
        let mut at = self.at;
        let (mut page, mut tags) = (self.state.tag_page, self.tags);
        let token = loop {
            match self.input.get(at) {
                Some(&token::SWITCH_PAGE) => match self.input.get(at.wrapping_add(1)) {
                    Some(next) if self.state.document_type.page(*next).is_some() => {
                        page = *next;
                        tags = self.state.document_type.page_tags(page);
                    }
                    _ => return CommonTag::None,
                },
                Some(token) => break *token,
                None => return CommonTag::None,
            }
            at = at.wrapping_add(2);
        };
        let tag = match token {
            token::END => None,
            _ => match tags.plain(token) {
                Some(tag) => Some(tag),
                None => return CommonTag::None,
            },
        };
        if let Some(tag) = tag
            && self.bindings.open_common(tag).is_none()
        {
            return CommonTag::None;
        }
        self.state.tag_page = page;
        self.tags = tags;
        self.start = at;
        self.at = at.wrapping_add(1);
        match tag {
            None => {
                self.close_common();
                CommonTag::End
            }
            Some(tag) => {
                self.text_len = 0;
                self.attrs.clear();
                self.joined.clear();
                self.start_attr_page = self.state.attr_page;
                self.end_is_due = token & token::WITH_CONTENT == 0;
                CommonTag::Start(tag)
            }
        }
    }

    fn plain_text(&mut self) -> Option<&'a [u8]> {
        if !matches!(self.progress, Progress::InRoot) || !self.latin1.is_empty() {
            return None;
        }
        if self.end_is_due {
            self.end_is_due = false;
            self.close_common();
            return Some(&[]);
        }
        let rest = self.input.get(self.at..)?;
        let (text, len): (&[u8], usize) = match rest {
            [token::END, ..] => (&[], 0),
            [token::STR_I, rest @ ..] => {
                let len = find_zero(rest)?;
                (rest.get(..len)?, len.wrapping_add(2))
            }
            _ => return None,
        };
        let is_plain = text.is_ascii() || (self.state.charset == Charset::Utf8 && is_utf8(text));
        let room = (self.options.limits.text as usize).saturating_sub(self.text_len);
        if rest.get(len) != Some(&token::END) || !is_plain || text.len() > room {
            return None;
        }
        self.start = self.at.wrapping_add(len);
        self.at = self.start.wrapping_add(1);
        self.close_common();
        Some(text)
    }

    fn begun(&self) -> Option<Begun> {
        self.note_begun()
    }

    fn seen(&self, begun: Begun) -> Option<Seen<'a>> {
        self.note_seen(begun)
    }

    fn again(&mut self, seen: &Seen<'a>) -> Option<usize> {
        self.take_again(seen)
    }

    fn follow(&mut self, course: &mut impl Course<'a>) {
        let is_clear = matches!(self.progress, Progress::InRoot) && self.latin1.is_empty() && !self.end_is_due;
        if !is_clear || self.text_len > 0 {
            return;
        }
        let Some(room) = self.bindings.room() else { return };
        let around = Surroundings {
            input: self.input,
            document_type: self.state.document_type,
            is_utf8: self.state.charset == Charset::Utf8,
            base: self.base,
            text_limit: self.options.limits.text as usize,
            element_limit: room,
        };
        let mut cursor = WbxmlCursor {
            around: &around,
            start: self.start,
            at: self.at,
            elements: 0,
            tags: self.tags,
            page: self.state.tag_page,
            end_is_due: false,
        };
        course.run(&mut cursor);
        self.bindings.went_over(cursor.elements);
        self.state.tag_page = cursor.page;
        self.tags = cursor.tags;
        self.start = cursor.start;
        self.at = cursor.at;
    }

    fn encoding(&self) -> Encoding {
        Encoding::Wbxml
    }

    fn attrs(&self) -> Attrs<'_, 'a> {
        Attrs { list: self.attrs.iter(), joined: &self.joined }
    }

    fn offset(&self) -> usize {
        self.base.original(self.start)
    }

    fn depth(&self) -> usize {
        self.bindings.depth()
    }

    fn mark(&self) -> Mark {
        Mark { offset: self.start, tag_page: self.state.tag_page, attr_page: self.start_attr_page }
    }

    fn fragment(&self, mark: Mark) -> Fragment<'a> {
        let state = WbxmlState { tag_page: mark.tag_page, attr_page: mark.attr_page, ..self.state };
        let bindings = self.bindings.in_force().into();
        let around = self.bindings.context();
        let range = mark.offset..self.at;
        let source = FragmentSource::Wbxml { document: self.input, range, state, bindings, around };
        Fragment::new(source, self.base.original(mark.offset))
    }
}
