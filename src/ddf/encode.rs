//! From descriptions to events.

use super::extension::namespace;
use super::parts::{NONE, RawExtra, RawNode, RawOwnAttribute, RawRunTime, octets, of_owner, seen, slice};
use super::schema::Source;
use super::{Attribute, Document};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::XmlWriter;
use crate::markup::{Encoding, Name, NewAttr, Options, Writer};
use crate::text::Text;
use crate::tree::Format;
use crate::vocabulary::{DocumentType, Tag, Vocabulary, dmddf};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;

/// Writes one document of a schema, within the default [`Limits`].
///
/// # Errors
/// See [`encode_with`].
pub fn encode(document: &Document<'_>, encoding: Encoding) -> Result<Vec<u8>> {
    encode_with(document, encoding, &Limits::DEFAULT)
}

/// Writes one document of a schema.
///
/// Elements come in the order of the DTD (`wire.md` §8.1). What DDF does not have comes last in the element that it stood in,
/// with its attributes and namespaces; outside of nodes it comes before them, where Windows' descriptions have it. Prefixes
/// are declared at the root where they can be. `VerDTD` is 1.2 where there was none. Nothing else is made up: what the DTD
/// requires and the document does not have is not there.
///
/// Values stay as they came: text as text, octets as octets. XML has no octets; there a `bin` value becomes base64, and others must be
/// text.
///
/// # Errors
/// [`LimitOutput`](ErrorKind::LimitOutput) and [`LimitDepth`](ErrorKind::LimitDepth); [`InvalidUtf8`](ErrorKind::InvalidUtf8) and
/// [`InvalidCharacter`](ErrorKind::InvalidCharacter) for what this encoding cannot carry;
/// [`XmlDuplicateAttribute`](ErrorKind::XmlDuplicateAttribute) where elements with one attribute each become one element. The
/// offset is that of the node, or of the foreign element, in the document it was decoded from.
pub fn encode_with(document: &Document<'_>, encoding: Encoding, limits: &Limits) -> Result<Vec<u8>> {
    match encoding {
        Encoding::Xml => {
            let mut writer = XmlWriter::of_type(DocumentType::DmDdf12, limits);
            write(document, &mut writer, encoding)?;
            writer.finish().map(String::into_bytes)
        }
        Encoding::Wbxml => {
            let mut writer = WbxmlWriter::new(DocumentType::DmDdf12, limits);
            write(document, &mut writer, encoding)?;
            writer.finish()
        }
    }
}

/// As [`encode_with`], behind what `out` holds already; on an error `out` stays as it was.
///
/// # Errors
/// As [`encode_with`].
pub fn encode_into(document: &Document<'_>, encoding: Encoding, limits: &Limits, out: &mut Vec<u8>) -> Result<()> {
    out.extend_from_slice(&encode_with(document, encoding, limits)?);
    Ok(())
}

/// Writes the `MgmtTree` element into a document that is being written; `encoding` is the writer's. The limits are the writer's, too.
///
/// # Errors
/// As [`encode_with`].
pub fn write(document: &Document<'_>, writer: &mut impl Writer, encoding: Encoding) -> Result<()> {
    let source = document.source();
    let mut encoder = Encoder { source, writer, encoding, owner: NONE, own: &[], extras: &[] };
    encoder.document()
}

/// Elements of one name that a node may have more than once.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In `RTProperties`.
    RunTime,
    /// Anywhere else.
    Usual,
    /// A media type among others.
    Mime(u32),
}

struct Encoder<'s, 'w, W> {
    source: &'s Source<'s>,
    writer: &'w mut W,
    encoding: Encoding,
    /// The node being written, with its attributes and what it has besides DDF.
    owner: u32,
    own: &'s [RawOwnAttribute],
    extras: &'s [RawExtra],
}

/// An error of a writer at a place in the source; or one of a fragment, which has its place already.
trait At<T> {
    fn at(self, offset: u32) -> Result<T>;
}

impl<T> At<T> for Result<T, ErrorKind> {
    fn at(self, offset: u32) -> Result<T> {
        self.map_err(|kind| Error::new(kind, offset as usize))
    }
}

impl<'s, W: Writer> Encoder<'s, '_, W> {
    fn document(&mut self) -> Result<()> {
        let parts = &self.source.parts;
        self.choose(NONE);
        self.root().at(0)?;
        let ver_dtd = if parts.ver_dtd.is_present() { self.source.bytes(parts.ver_dtd) } else { b"1.2" };
        self.element(dmddf::VER_DTD, Place::Usual, ver_dtd).at(0)?;
        self.text(dmddf::MAN, parts.man).at(0)?;
        self.text(dmddf::MOD, parts.model).at(0)?;
        self.extras(dmddf::MGMT_TREE)?;
        // The nodes that are open: no recursion, however deep a document is.
        let mut open: Vec<(u32, &RawNode)> = Vec::new();
        for (index, node) in (0..NONE).zip(&parts.nodes) {
            while let Some((done, _)) = open.pop_if(|(_, node)| node.end <= index) {
                self.end_node(done)?;
            }
            self.choose(index);
            self.node(node)?;
            open.push((index, node));
        }
        while let Some((done, _)) = open.pop() {
            self.end_node(done)?;
        }
        self.writer.end().at(0)
    }

    /// Turns to a node, or to what is outside of nodes.
    fn choose(&mut self, owner: u32) {
        self.owner = owner;
        self.own = of_owner(&self.source.parts.own_attributes, owner, |attribute| attribute.owner);
        self.extras = of_owner(&self.source.parts.extras, owner, |extra| extra.owner);
    }

    fn end_node(&mut self, index: u32) -> Result<()> {
        if self.owner != index {
            self.choose(index);
        }
        self.extras(dmddf::NODE)?;
        self.writer.end().at(self.offset())
    }

    fn offset(&self) -> u32 {
        self.source.parts.node(self.owner).map_or(0, |node| node.offset)
    }

    /// Begins `MgmtTree` and declares there the prefixes that are used further below.
    fn root(&mut self) -> Result<(), ErrorKind> {
        let declared = declarations(self.source);
        let declared: Vec<_> =
            declared.into_iter().map(|(prefix, namespace)| (format!("xmlns:{prefix}"), namespace)).collect();
        let mut attrs: Vec<NewAttr<'_>> =
            declared.iter().map(|(qname, namespace)| NewAttr::new(qname, namespace)).collect();
        attrs.extend(self.attributes(dmddf::MGMT_TREE, Place::Usual)?);
        self.writer.start(Name::Known(dmddf::MGMT_TREE), &attrs)
    }

    /// The attributes of one of DDF's elements.
    fn attributes(&self, tag: Tag, place: Place) -> Result<Vec<NewAttr<'s>>, ErrorKind> {
        let source = self.source;
        let is_here = |own: &&RawOwnAttribute| {
            own.element == tag
                && match place {
                    Place::RunTime => own.in_run_time,
                    Place::Usual => !own.in_run_time,
                    Place::Mime(index) => !own.in_run_time && own.mime == index,
                }
        };
        let mut attrs: Vec<NewAttr<'s>> = Vec::new();
        for own in self.own.iter().filter(is_here) {
            let attribute = Attribute::new(source, &own.attribute);
            let attr = NewAttr { qname: attribute.name(), namespace: attribute.namespace(), value: attribute.value() };
            if attrs.iter().any(|known| known.qname == attr.qname) {
                return Err(ErrorKind::XmlDuplicateAttribute);
            }
            attrs.push(attr);
        }
        Ok(attrs)
    }

    fn start(&mut self, tag: Tag, place: Place) -> Result<(), ErrorKind> {
        let name = Name::Known(tag);
        if self.own.is_empty() {
            return self.writer.start(name, &[]);
        }
        let attrs = self.attributes(tag, place)?;
        self.writer.start(name, &attrs)
    }

    fn empty(&mut self, tag: Tag, place: Place) -> Result<(), ErrorKind> {
        self.start(tag, place)?;
        self.writer.end()
    }

    /// An element with octets that should be text.
    fn element(&mut self, tag: Tag, place: Place, octets: &[u8]) -> Result<(), ErrorKind> {
        self.start(tag, place)?;
        if !octets.is_empty() {
            let is_text = self.encoding == Encoding::Xml || !octets.contains(&0);
            match simdutf8::basic::from_utf8(octets).ok().filter(|_| is_text) {
                Some(text) => self.writer.text(text)?,
                None => self.writer.opaque(octets)?,
            }
        }
        self.writer.end()
    }

    /// An element that is there only if its text is.
    fn text(&mut self, tag: Tag, text: Text) -> Result<(), ErrorKind> {
        self.text_in(tag, Place::Usual, text)
    }

    fn text_in(&mut self, tag: Tag, place: Place, text: Text) -> Result<(), ErrorKind> {
        match self.source.sources.bytes(text) {
            Some(octets) => self.element(tag, place, octets),
            None => Ok(()),
        }
    }

    /// `Value` or `DefaultValue`.
    fn value(&mut self, tag: Tag, text: Text, node: &RawNode, flag: u8) -> Result<(), ErrorKind> {
        let Some(octets) = self.source.sources.bytes(text) else { return Ok(()) };
        if node.octets & flag == 0 || octets.is_empty() {
            return self.element(tag, Place::Usual, octets);
        }
        let run_time = self.source.parts.run_time.get(node.run_time as usize);
        let format = node.format.or_else(|| run_time.and_then(|run_time| run_time.format));
        self.start(tag, Place::Usual)?;
        match (format, self.encoding) {
            (Some(Format::Bin), Encoding::Xml) => self.writer.text(&STANDARD.encode(octets))?,
            _ => self.writer.opaque(octets)?,
        }
        self.writer.end()
    }

    /// What stands in an element besides DDF.
    fn extras(&mut self, inside: Tag) -> Result<()> {
        // Both were read within limits; the writer has its own.
        let options = Options { limits: Limits::UNLIMITED, bare_ampersand: true, unnamed_trees: true };
        for extra in self.extras.iter().filter(|extra| extra.inside == inside) {
            let fragment = extra.fragment.reopen(&self.source.sources, &self.source.parts.bindings);
            let fragment = fragment.ok_or(ErrorKind::InvalidUtf8).at(self.offset())?;
            fragment.write(self.writer, &options)?;
        }
        Ok(())
    }

    /// Ends an element behind what stands in it besides DDF.
    fn end(&mut self, tag: Tag) -> Result<()> {
        self.extras(tag)?;
        self.writer.end().at(self.offset())
    }

    fn node(&mut self, node: &'s RawNode) -> Result<()> {
        let at = node.offset;
        self.start(dmddf::NODE, Place::Usual).at(at)?;
        self.text(dmddf::NODE_NAME, node.name).at(at)?;
        self.text(dmddf::PATH, node.path).at(at)?;
        if node.seen & seen::RT_PROPERTIES != 0 {
            self.start(dmddf::RTPROPERTIES, Place::Usual).at(at)?;
            if let Some(run_time) = self.source.parts.run_time.get(node.run_time as usize) {
                self.run_time(run_time, at)?;
            }
            self.end(dmddf::RTPROPERTIES)?;
        }
        if node.seen & seen::DF_PROPERTIES != 0 {
            self.start(dmddf::DFPROPERTIES, Place::Usual).at(at)?;
            self.df_properties(node)?;
            self.end(dmddf::DFPROPERTIES)?;
        }
        self.value(dmddf::VALUE, node.value, node, octets::VALUE).at(at)
    }

    fn run_time(&mut self, raw: &RawRunTime, at: u32) -> Result<()> {
        let place = Place::RunTime;
        self.text_in(dmddf::ACL, place, raw.acl).at(at)?;
        if raw.has_format {
            self.choice(dmddf::FORMAT, place, raw.format.map(Format::name))?;
        }
        self.text_in(dmddf::NAME, place, raw.name).at(at)?;
        self.text_in(dmddf::SIZE, place, raw.size).at(at)?;
        self.text_in(dmddf::TITLE, place, raw.title).at(at)?;
        self.text_in(dmddf::TSTAMP, place, raw.tstamp).at(at)?;
        if raw.has_type {
            self.start(dmddf::TYPE, place).at(at)?;
            self.text_in(dmddf::MIME, place, raw.mime).at(at)?;
            self.text_in(dmddf::DDFNAME, place, raw.ddf_name).at(at)?;
            self.end(dmddf::TYPE)?;
        }
        self.text_in(dmddf::VER_NO, place, raw.ver_no).at(at)
    }

    fn df_properties(&mut self, node: &'s RawNode) -> Result<()> {
        let at = node.offset;
        let has = |flag: u8| node.seen & flag != 0;
        if has(seen::ACCESS_TYPE) {
            self.start(dmddf::ACCESS_TYPE, Place::Usual).at(at)?;
            for name in node.access.names() {
                if let Some(tag) = Tag::from_name(Vocabulary::DmDdf, name) {
                    self.empty(tag, Place::Usual).at(at)?;
                }
            }
            self.end(dmddf::ACCESS_TYPE)?;
        }
        self.value(dmddf::DEFAULT_VALUE, node.default_value, node, octets::DEFAULT_VALUE).at(at)?;
        self.text(dmddf::DESCRIPTION, node.description).at(at)?;
        if has(seen::DF_FORMAT) {
            self.choice(dmddf::DFFORMAT, Place::Usual, node.format.map(Format::name))?;
        }
        if has(seen::OCCURRENCE) {
            self.start(dmddf::OCCURRENCE, Place::Usual).at(at)?;
            if let Some(occurrence) = node.occurrence
                && let Some(tag) = Tag::from_name(Vocabulary::DmDdf, occurrence.name())
            {
                let number = occurrence.number().map(|number| number.to_string()).unwrap_or_default();
                self.element(tag, Place::Usual, number.as_bytes()).at(at)?;
            }
            self.end(dmddf::OCCURRENCE)?;
        }
        if has(seen::SCOPE) {
            self.choice(dmddf::SCOPE, Place::Usual, node.scope.map(|scope| scope.name()))?;
        }
        self.text(dmddf::DFTITLE, node.title).at(at)?;
        if has(seen::DF_TYPE) {
            self.start(dmddf::DFTYPE, Place::Usual).at(at)?;
            for (index, mime) in node.mimes.clone().zip(slice(&self.source.parts.mimes, &node.mimes)) {
                self.text_in(dmddf::MIME, Place::Mime(index), *mime).at(at)?;
            }
            self.text(dmddf::DDFNAME, node.ddf_name).at(at)?;
            self.end(dmddf::DFTYPE)?;
        }
        if has(seen::CASE_SENSE) {
            self.choice(dmddf::CASE_SENSE, Place::Usual, node.case_sense.map(|sense| sense.name()))?;
        }
        Ok(())
    }

    /// An element that holds one empty element, whose name says it.
    fn choice(&mut self, tag: Tag, place: Place, name: Option<&str>) -> Result<()> {
        let at = self.offset();
        self.start(tag, place).at(at)?;
        if let Some(chosen) = name.and_then(|name| Tag::from_name(Vocabulary::DmDdf, name)) {
            self.empty(chosen, place).at(at)?;
        }
        self.end(tag)
    }
}

/// The prefixes of what is not DDF's, each with the namespace it stands for first, as far as they are few: a prefix that the root
/// declares need not be declared a thousand times.
fn declarations<'s>(source: &'s Source<'s>) -> Vec<(&'s str, Cow<'s, str>)> {
    /// Documents have one or two; a hostile one shall not make this slow.
    const MOST: usize = 8;
    let mut declared: Vec<(&str, Cow<'_, str>)> = Vec::new();
    let parts = &source.parts;
    let own = parts.own_attributes.iter().map(|own| &own.attribute);
    let names = own.chain(&parts.attributes).map(|attribute| &attribute.name);
    for name in parts.elements.iter().map(|element| &element.name).chain(names) {
        let prefix = source.str(name.qname).and_then(|qname| qname.split_once(':'));
        let Some(((prefix, _), namespace)) = prefix.zip(namespace(source, name)) else { continue };
        if prefix == "xml" || declared.iter().any(|(known, _)| *known == prefix) {
            continue;
        }
        declared.push((prefix, namespace.name()));
        if declared.len() == MOST {
            break;
        }
    }
    declared
}
