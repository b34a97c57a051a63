//! From events to descriptions.

use super::parts::{
    NONE, Parts, RawAttribute, RawElement, RawExtra, RawName, RawNode, RawOwnAttribute, RawRunTime, octets, seen,
};
use super::{AccessTypes, CaseSense, Occurrence, Scope};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::{DataForm, Elements, Event, KeptFragment, Name, Namespace, Reader};
use crate::text::{Text, TextBuilder};
use crate::tree::{Format, segment};
use crate::vocabulary::{Tag, Vocabulary, dmddf};

/// Reads a whole document: its parts, and the heap of their texts.
pub(super) fn document<'a>(reader: &mut impl Reader<'a>, document: &[u8]) -> Result<(Parts, Vec<u8>)> {
    let mut elements = Elements::new(reader, document);
    match elements.child()? {
        Some(Name::Known(dmddf::MGMT_TREE)) => {}
        _ => return Err(elements.error(ErrorKind::NotTree)),
    }
    let mut decoder = Decoder { elements, parts: Parts::default(), before_attributes: 0, in_run_time: false };
    decoder.own_attributes(NONE, dmddf::MGMT_TREE);
    decoder.mgmt_tree()?;
    let Decoder { elements, mut parts, .. } = decoder;
    if elements.reader.next_event()?.is_some() {
        return Err(elements.error(ErrorKind::TrailingData));
    }
    group(&mut parts.extras, |extra| extra.owner);
    group(&mut parts.own_attributes, |attribute| attribute.owner);
    Ok((parts, elements.texts.finish()?))
}

/// Brings together what belongs to one node, in the order of the document. Numbers are sorted, not the records: each kind of record
/// that is sorted costs the library 5 kB.
fn group<T>(list: &mut Vec<T>, owner: fn(&T) -> u32) {
    if list.is_sorted_by_key(owner) {
        return;
    }
    // What is left out of 32 bits is not there: documents have less than 4 GiB.
    let mut order: Vec<(u32, u32)> = list.iter().zip(0..).map(|(item, at)| (owner(item), at)).collect();
    order.sort_unstable();
    let mut items: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(order.into_iter().filter_map(|(_, at)| items.get_mut(at as usize)?.take()));
}

/// A node whose element is open.
struct Open {
    index: u32,
    node: RawNode,
}

struct Decoder<'r, 'd, R> {
    elements: Elements<'r, 'd, R>,
    parts: Parts,
    /// How many attributes on elements of DDF there were before the last child.
    before_attributes: usize,
    in_run_time: bool,
}

impl<'a, R: Reader<'a>> Decoder<'_, '_, R> {
    fn mgmt_tree(&mut self) -> Result<()> {
        // The nodes that are open, innermost last: no recursion, however deep a document is.
        let mut open: Vec<Open> = Vec::new();
        loop {
            let owner = open.last().map_or(NONE, |open| open.index);
            let Some(name) = self.elements.child()? else {
                let Some(done) = open.pop() else { return Ok(()) };
                self.end_node(done)?;
                continue;
            };
            let tag = name.tag();
            if tag == Some(dmddf::NODE) {
                open.push(self.begin_node(owner));
                continue;
            }
            self.before_attributes = self.parts.own_attributes.len();
            if let Some(tag) = tag {
                self.own_attributes(owner, tag);
            }
            match (tag, open.last_mut()) {
                (Some(tag @ dmddf::NODE_NAME), Some(open)) => {
                    open.node.name = self.elements.text(open.node.name, tag)?;
                }
                (Some(tag @ dmddf::PATH), Some(open)) => {
                    let at = self.elements.error(ErrorKind::InvalidPath);
                    open.node.path = self.elements.text(open.node.path, tag)?;
                    let path = self.elements.texts.bytes(open.node.path);
                    if segment::split(path).any(|place| place.is_none()) {
                        return Err(at);
                    }
                }
                (Some(dmddf::RTPROPERTIES), Some(open)) => self.rt_properties(open)?,
                (Some(dmddf::DFPROPERTIES), Some(open)) => self.df_properties(open)?,
                (Some(tag @ dmddf::VALUE), Some(open)) => {
                    let (value, is_octets) = self.value(open.node.value, tag)?;
                    open.node.value = value;
                    open.node.octets |= if is_octets { octets::VALUE } else { 0 };
                }
                (Some(tag @ dmddf::VER_DTD), None) => {
                    self.parts.ver_dtd = self.elements.text(self.parts.ver_dtd, tag)?;
                }
                (Some(tag @ dmddf::MAN), None) => self.parts.man = self.elements.text(self.parts.man, tag)?,
                (Some(tag @ dmddf::MOD), None) => self.parts.model = self.elements.text(self.parts.model, tag)?,
                (_, None) => self.extra(NONE, dmddf::MGMT_TREE, name)?,
                (_, Some(_)) => self.extra(owner, dmddf::NODE, name)?,
            }
        }
    }

    fn begin_node(&mut self, parent: u32) -> Open {
        // A document has at most 2^32 octets, so that all indexes fit.
        let index = narrow(self.parts.nodes.len());
        self.parts.nodes.push(RawNode::NOTHING);
        self.own_attributes(index, dmddf::NODE);
        Open { index, node: RawNode { offset: self.elements.offset(), parent, ..RawNode::NOTHING } }
    }

    fn end_node(&mut self, done: Open) -> Result<()> {
        let Open { index, mut node } = done;
        let at_node = |kind| Error::new(kind, node.offset as usize);
        if !node.name.is_present() {
            return Err(at_node(ErrorKind::Missing("NodeName")));
        }
        let name = self.elements.texts.bytes(node.name);
        if name.contains(&b'/') || name == b".." || (name == b"." && node.parent != NONE) {
            return Err(at_node(ErrorKind::InvalidName));
        }
        node.end = narrow(self.parts.nodes.len());
        if let Some(place) = self.parts.nodes.get_mut(index as usize) {
            *place = node;
        }
        Ok(())
    }

    /// The next child of an element of DDF that belongs to a node.
    fn child(&mut self, owner: u32) -> Result<Option<Name<'a>>> {
        let name = self.elements.child()?;
        self.before_attributes = self.parts.own_attributes.len();
        if let Some(Name::Known(tag)) = name {
            self.own_attributes(owner, tag);
        }
        Ok(name)
    }

    fn df_properties(&mut self, open: &mut Open) -> Result<()> {
        self.once(open, seen::DF_PROPERTIES, "DFProperties")?;
        while let Some(name) = self.child(open.index)? {
            let node = &mut open.node;
            match name.tag() {
                Some(dmddf::ACCESS_TYPE) => self.access_type(open)?,
                Some(tag @ dmddf::DEFAULT_VALUE) => {
                    let (value, is_octets) = self.value(node.default_value, tag)?;
                    node.default_value = value;
                    node.octets |= if is_octets { octets::DEFAULT_VALUE } else { 0 };
                }
                Some(tag @ dmddf::DESCRIPTION) => {
                    let (text, _) = self.value(node.description, tag)?;
                    node.description = text.trim(self.elements.texts.bytes(text));
                }
                Some(dmddf::DFFORMAT) => {
                    self.once(open, seen::DF_FORMAT, "DFFormat")?;
                    let at = self.elements.error(ErrorKind::UnknownNodeFormat);
                    let format = self.choice(open.index, dmddf::DFFORMAT, at.kind(), Format::from_name)?;
                    open.node.format = Some(format.ok_or(at)?.0);
                }
                Some(dmddf::OCCURRENCE) => {
                    self.once(open, seen::OCCURRENCE, "Occurrence")?;
                    open.node.occurrence = self.occurrence(open.index)?;
                }
                Some(dmddf::SCOPE) => {
                    self.once(open, seen::SCOPE, "Scope")?;
                    let scope = self.choice(open.index, dmddf::SCOPE, ErrorKind::InvalidValue, Scope::from_name)?;
                    open.node.scope = scope.map(|(scope, ..)| scope);
                }
                Some(tag @ dmddf::DFTITLE) => node.title = self.elements.text(node.title, tag)?,
                Some(dmddf::DFTYPE) => {
                    self.once(open, seen::DF_TYPE, "DFType")?;
                    self.df_type(open)?;
                }
                Some(dmddf::CASE_SENSE) => {
                    self.once(open, seen::CASE_SENSE, "CaseSense")?;
                    let fault = ErrorKind::InvalidValue;
                    let sense = self.choice(open.index, dmddf::CASE_SENSE, fault, CaseSense::from_name)?;
                    open.node.case_sense = sense.map(|(sense, ..)| sense);
                }
                _ => self.extra(open.index, dmddf::DFPROPERTIES, name)?,
            }
        }
        Ok(())
    }

    /// Notes that a node has an element that it may have once.
    fn once(&self, open: &mut Open, flag: u8, name: &'static str) -> Result<()> {
        if open.node.seen & flag != 0 {
            return Err(self.elements.error(ErrorKind::Repeated(name)));
        }
        open.node.seen |= flag;
        Ok(())
    }

    /// `AccessType`: a set, in any order (`wire.md` §8.1).
    fn access_type(&mut self, open: &mut Open) -> Result<()> {
        self.once(open, seen::ACCESS_TYPE, "AccessType")?;
        while let Some(name) = self.child(open.index)? {
            match own_name(name).and_then(AccessTypes::from_command) {
                Some(access) => {
                    open.node.access |= access;
                    self.empty()?;
                }
                None => self.extra(open.index, dmddf::ACCESS_TYPE, name)?,
            }
        }
        Ok(())
    }

    fn occurrence(&mut self, owner: u32) -> Result<Option<Occurrence>> {
        let fault = ErrorKind::InvalidValue;
        let choice = self.choice(owner, dmddf::OCCURRENCE, fault, Occurrence::from_name)?;
        let Some((occurrence, number, at)) = choice else { return Ok(None) };
        let number = match self.elements.texts.bytes(number) {
            // Windows' descriptions have `OneOrN` without the number.
            b"" => None,
            digits => Some(decimal(digits).ok_or_else(|| Error::new(ErrorKind::InvalidNumber, at))?),
        };
        Ok(Some(match (occurrence, number) {
            (_, Some(0)) => return Err(Error::new(ErrorKind::InvalidValue, at)),
            (Occurrence::ZeroOrN(_), number) => Occurrence::ZeroOrN(number),
            (Occurrence::OneOrN(_), number) => Occurrence::OneOrN(number),
            (_, Some(_)) => return Err(Error::new(ErrorKind::UnexpectedText, at)),
            (occurrence, None) => occurrence,
        }))
    }

    /// An element that holds one element out of a list, whose name is what it says; its name as text occurs, too. The value, the
    /// text in that element, and where that stands.
    fn choice<T>(
        &mut self,
        owner: u32,
        inside: Tag,
        fault: ErrorKind,
        from_name: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<(T, Text, usize)>> {
        let at = self.elements.error(fault);
        let (mut next, text) = self.first_child(owner)?;
        if next.is_none() {
            let name = self.elements.texts.bytes(text).trim_ascii();
            let value = std::str::from_utf8(name).ok().filter(|name| !name.is_empty()).map(from_name);
            return match value {
                Some(value) => Ok(Some((value.ok_or(at)?, Text::EMPTY, at.offset()))),
                None => Ok(None),
            };
        }
        let mut chosen = None;
        while let Some(name) = next {
            match own_name(name) {
                Some(_) if chosen.is_some() => {
                    return Err(self.elements.error(ErrorKind::Repeated(inside.name())));
                }
                Some(own) => {
                    let at = self.elements.error(fault);
                    let value = from_name(own).ok_or(at)?;
                    if name.tag().is_none() {
                        self.own_attributes(owner, inside);
                    }
                    let text = self.elements.text(Text::ABSENT, inside)?;
                    let has_number = inside == dmddf::OCCURRENCE;
                    if !has_number && !self.elements.texts.bytes(text).is_empty() {
                        return Err(Error::new(ErrorKind::UnexpectedText, at.offset()));
                    }
                    chosen = Some((value, text, at.offset()));
                }
                None => self.extra(owner, inside, name)?,
            }
            next = self.child(owner)?;
        }
        Ok(chosen)
    }

    /// The first child of the element that has just begun; without one, its text.
    fn first_child(&mut self, owner: u32) -> Result<(Option<Name<'a>>, Text)> {
        let (name, text) = self.elements.content_with_first_child()?;
        self.before_attributes = self.parts.own_attributes.len();
        if let Some(Name::Known(tag)) = name {
            self.own_attributes(owner, tag);
        }
        Ok((name, text))
    }

    /// `DFType`: media types or a management object identifier; text without either element occurs, too.
    fn df_type(&mut self, open: &mut Open) -> Result<()> {
        let first = narrow(self.parts.mimes.len());
        let (mut next, text) = self.first_child(open.index)?;
        if next.is_none() {
            let text = text.trim(self.elements.texts.bytes(text));
            if !self.elements.texts.bytes(text).is_empty() {
                self.parts.mimes.push(text);
            }
        }
        while let Some(name) = next {
            match name.tag() {
                Some(tag @ dmddf::MIME) => {
                    let mime = self.elements.text(Text::ABSENT, tag)?;
                    self.parts.mimes.push(mime);
                }
                Some(tag @ dmddf::DDFNAME) => {
                    open.node.ddf_name = self.elements.text(open.node.ddf_name, tag)?;
                }
                _ => self.extra(open.index, dmddf::DFTYPE, name)?,
            }
            next = self.child(open.index)?;
        }
        open.node.mimes = first..narrow(self.parts.mimes.len());
        Ok(())
    }

    fn rt_properties(&mut self, open: &mut Open) -> Result<()> {
        self.once(open, seen::RT_PROPERTIES, "RTProperties")?;
        let mut raw = RawRunTime::default();
        self.in_run_time = true;
        while let Some(name) = self.child(open.index)? {
            match name.tag() {
                Some(tag @ dmddf::ACL) => raw.acl = self.elements.text(raw.acl, tag)?,
                Some(tag @ dmddf::NAME) => raw.name = self.elements.text(raw.name, tag)?,
                Some(tag @ dmddf::SIZE) => raw.size = self.elements.text(raw.size, tag)?,
                Some(tag @ dmddf::TITLE) => raw.title = self.elements.text(raw.title, tag)?,
                Some(tag @ dmddf::TSTAMP) => raw.tstamp = self.elements.text(raw.tstamp, tag)?,
                Some(tag @ dmddf::VER_NO) => raw.ver_no = self.elements.text(raw.ver_no, tag)?,
                Some(dmddf::FORMAT) if raw.has_format => {
                    return Err(self.elements.error(ErrorKind::Repeated("Format")));
                }
                Some(dmddf::FORMAT) => {
                    raw.has_format = true;
                    let fault = ErrorKind::UnknownNodeFormat;
                    // In a description the element alone says that the property is supported.
                    let format = self.choice(open.index, dmddf::FORMAT, fault, Format::from_name)?;
                    raw.format = format.map(|(format, ..)| format);
                }
                Some(dmddf::TYPE) if raw.has_type => {
                    return Err(self.elements.error(ErrorKind::Repeated("Type")));
                }
                Some(dmddf::TYPE) => {
                    raw.has_type = true;
                    self.rt_type(open.index, &mut raw)?;
                }
                _ => self.extra(open.index, dmddf::RTPROPERTIES, name)?,
            }
        }
        self.in_run_time = false;
        open.node.run_time = narrow(self.parts.run_time.len());
        self.parts.run_time.push(raw);
        Ok(())
    }

    fn rt_type(&mut self, owner: u32, raw: &mut RawRunTime) -> Result<()> {
        let (mut next, text) = self.first_child(owner)?;
        if next.is_none() {
            raw.mime = text.trim(self.elements.texts.bytes(text));
        }
        while let Some(name) = next {
            match name.tag() {
                Some(tag @ dmddf::MIME) => raw.mime = self.elements.text(raw.mime, tag)?,
                Some(tag @ dmddf::DDFNAME) => raw.ddf_name = self.elements.text(raw.ddf_name, tag)?,
                _ => self.extra(owner, dmddf::TYPE, name)?,
            }
            next = self.child(owner)?;
        }
        Ok(())
    }

    /// A text that may be anything, as it is, and whether it came as octets. Markup that was not escaped is its own text in
    /// XML; WBXML has no text for it.
    fn value(&mut self, slot: Text, name: Tag) -> Result<(Text, bool)> {
        if slot.is_present() {
            return Err(self.elements.error(ErrorKind::Repeated(name.name())));
        }
        let mark = self.elements.reader.mark();
        let (form, text) = self.elements.content()?;
        if form != DataForm::Markup {
            return Ok((text, form == DataForm::Opaque));
        }
        let markup = self.elements.error(ErrorKind::UnexpectedMarkup);
        self.elements.reader.skip_to_end()?;
        self.elements.reader.skip_to_end()?;
        let fragment = self.elements.reader.fragment(mark);
        let content = fragment.xml_content().ok_or(markup)?;
        Ok((self.elements.texts.keep(content.as_bytes()), false))
    }

    /// Reads through the end of an element that has no content.
    fn empty(&mut self) -> Result<()> {
        match self.elements.child()? {
            Some(_) => Err(self.elements.error(ErrorKind::UnexpectedMarkup)),
            None => Ok(()),
        }
    }

    /// Keeps the element that has just begun, which DDF does not have there, with everything in it.
    fn extra(&mut self, owner: u32, inside: Tag, name: Name<'a>) -> Result<()> {
        self.parts.own_attributes.truncate(self.before_attributes);
        let mark = self.elements.reader.mark();
        let element = narrow(self.parts.elements.len());
        let mut open = vec![self.begin_element(name)];
        while let Some(innermost) = open.last().copied() {
            match self.elements.reader.next_event()? {
                Some(Event::Start(name)) => {
                    self.leave_text(innermost);
                    open.push(self.begin_element(name));
                }
                Some(Event::End) | None => {
                    open.pop();
                    self.end_element(innermost);
                }
                Some(event) => self.element_text(innermost, event),
            }
        }
        let fragment = self.elements.reader.fragment(mark);
        let Parts { extras, bindings, .. } = &mut self.parts;
        let last = extras.last().map(|extra| &extra.fragment);
        let fragment = KeptFragment::keep(&fragment, &mut self.elements.texts, bindings, last);
        extras.push(RawExtra { owner, inside, element, fragment });
        Ok(())
    }

    fn begin_element(&mut self, name: Name<'a>) -> u32 {
        let index = narrow(self.parts.elements.len());
        let texts = &mut self.elements.texts;
        let first = narrow(self.parts.attributes.len());
        let attributes = self.elements.reader.attrs().filter(|attribute| attribute.declares().is_none());
        self.parts.attributes.extend(attributes.map(|attribute| RawAttribute {
            name: raw_name(texts, attribute.qname, attribute.namespace),
            value: texts.keep(attribute.value.as_str().as_bytes()),
        }));
        let (tag, name) = match name {
            Name::Known(tag) => (Some(tag), RawName::default()),
            Name::Other { qname, namespace } => (None, raw_name(texts, qname, namespace)),
        };
        self.parts.elements.push(RawElement {
            offset: self.elements.offset(),
            end: index,
            tag,
            name,
            text: Text::EMPTY,
            is_mixed: false,
            attributes: first..narrow(self.parts.attributes.len()),
        });
        index
    }

    fn end_element(&mut self, index: u32) {
        let end = narrow(self.parts.elements.len());
        if let Some(element) = self.parts.elements.get_mut(index as usize) {
            element.end = end;
            element.text = element.text.trim(self.elements.texts.bytes(element.text));
        }
    }

    /// An element gets an element: text before it is only in the fragment.
    fn leave_text(&mut self, index: u32) {
        if let Some(element) = self.parts.elements.get_mut(index as usize) {
            element.is_mixed |= !self.elements.texts.bytes(element.text).trim_ascii().is_empty();
            element.text = Text::EMPTY;
        }
    }

    fn element_text(&mut self, index: u32, event: Event<'a>) {
        // Elements come after their parents: one that is the last has none inside.
        let is_leaf = self.parts.elements.len() == (index as usize).saturating_add(1);
        let Some(element) = self.parts.elements.get_mut(index as usize) else { return };
        let is_first = self.elements.texts.bytes(element.text).is_empty();
        if is_leaf && !(is_first && event.is_blank()) {
            self.elements.append(&mut element.text, event);
        } else if !is_leaf && !event.is_blank() {
            element.is_mixed = true;
        }
    }

    /// Keeps the attributes of an element of DDF, which has none of its own.
    fn own_attributes(&mut self, owner: u32, element: Tag) {
        let texts = &mut self.elements.texts;
        let attributes = self.elements.reader.attrs().filter(|attribute| attribute.declares().is_none());
        let (in_run_time, mime) = (self.in_run_time, narrow(self.parts.mimes.len()));
        self.parts.own_attributes.extend(attributes.map(|attribute| RawOwnAttribute {
            owner,
            element,
            in_run_time,
            mime,
            attribute: RawAttribute {
                name: raw_name(texts, attribute.qname, attribute.namespace),
                value: texts.keep(attribute.value.as_str().as_bytes()),
            },
        }));
    }
}

fn raw_name(texts: &mut TextBuilder<'_>, qname: &str, namespace: Option<Namespace<'_>>) -> RawName {
    let qname = texts.keep(qname.as_bytes());
    match namespace.map(|namespace| namespace.raw()) {
        Some((namespace, is_escaped)) => RawName { qname, namespace: texts.keep(namespace.as_bytes()), is_escaped },
        None => RawName { qname, ..RawName::default() },
    }
}

/// The name of an element that DDF has or could have: in its namespace, or in none.
fn own_name(name: Name<'_>) -> Option<&str> {
    let is_own = match name {
        Name::Known(tag) => tag.vocabulary() == Vocabulary::DmDdf,
        Name::Other { namespace: None, .. } => true,
        Name::Other { namespace: Some(namespace), .. } => {
            Vocabulary::from_namespace(&namespace.name()) == Some(Vocabulary::DmDdf)
        }
    };
    is_own.then(|| name.local())
}

fn decimal(digits: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok()?;
    // `parse` alone would take a sign.
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(NONE)
}
