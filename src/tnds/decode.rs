//! From events to nodes.

mod common;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::{CommonTag, DataForm, Elements, Encoding, Name, Reader};
use crate::text::Text;
use crate::tree::{Fields, Format, Info, Spot, TreeBuilder, segment};
use crate::vocabulary::{Tag, Vocabulary, dmddf};
use common::Memory;

/// A node whose element is open.
struct Open {
    node: u32,
    fields: Fields,
    path: Text,
    /// How many nodes lie nested below this one on the longest way down.
    below: u32,
    at: At,
}

/// Where the parts of a node begin, to say where an error is.
#[derive(Clone, Copy)]
struct At {
    node: u32,
    name: u32,
    path: u32,
    format: u32,
    value: u32,
}

/// The place of what is not there.
const NOWHERE: u32 = u32::MAX;

impl At {
    fn new(node: u32) -> At {
        At { node, name: NOWHERE, path: NOWHERE, format: NOWHERE, value: NOWHERE }
    }

    fn error(&self, kind: ErrorKind) -> Error {
        let part = match kind {
            ErrorKind::InvalidName | ErrorKind::NameClash => self.name,
            ErrorKind::InvalidPath | ErrorKind::LimitDepth | ErrorKind::LimitElements => self.path,
            ErrorKind::LeafWithChildren => self.format,
            ErrorKind::ValueWithChildren | ErrorKind::ValueOfInterior => self.value,
            _ => NOWHERE,
        };
        Error::new(kind, if part == NOWHERE { self.node } else { part } as usize)
    }
}

/// What decoding makes: the tree in the making, and the heap of its texts.
type Decoded = (TreeBuilder, Info, Vec<u8>);

/// Reads a whole document.
pub(super) fn document<'a>(reader: &mut impl Reader<'a>, document: &[u8], limits: &Limits) -> Result<Decoded> {
    let decoded = tree(reader, document, None, limits)?;
    match reader.next_event()? {
        None => Ok(decoded),
        Some(_) => Err(reader.error(ErrorKind::TrailingData)),
    }
}

/// Reads a `MgmtTree`, through its end.
pub(super) fn tree<'a, R: Reader<'a>>(
    reader: &mut R,
    document: &[u8],
    base: Option<&str>,
    limits: &Limits,
) -> Result<Decoded> {
    let mut elements = Elements::new(reader, document);
    match elements.child()? {
        Some(Name::Known(dmddf::MGMT_TREE)) => {}
        _ => return Err(elements.error(ErrorKind::NotTree)),
    }
    let base = match base {
        Some(uri) => Some(Base::new(&mut elements, uri)?),
        None => None,
    };
    // Octets of a small node, without blanks.
    let node = match elements.reader.encoding() {
        Encoding::Xml => 160,
        Encoding::Wbxml => 50,
    };
    let builder = TreeBuilder::new(document.len().checked_div(node).unwrap_or(0), limits);
    let mut decoder =
        Decoder { elements, builder, base, info: Info::default(), memory: Memory::default(), limits: *limits };
    decoder.mgmt_tree()?;
    Ok((decoder.builder, decoder.info, decoder.elements.texts.finish()?))
}

/// The node that paths count from, if that is not the root.
struct Base {
    /// The way to its parent, and its name. No name: it is the root.
    above: Text,
    name: Text,
    /// The node, once a path has led there.
    spot: Option<Spot>,
    /// The first node that could be the one at the base has come.
    is_decided: bool,
}

impl Base {
    fn new<'a, R: Reader<'a>>(elements: &mut Elements<'_, '_, R>, uri: &str) -> Result<Base> {
        let uri = elements.texts.keep(uri.split('?').next().unwrap_or_default().as_bytes());
        let mut last = None;
        for place in segment::split(elements.texts.bytes(uri)) {
            last = Some(place.ok_or(elements.error(ErrorKind::InvalidUri))?);
        }
        let (above, name) = match last {
            Some((start, len)) => (uri.part(0, start), uri.part(start, len)),
            None => (Text::EMPTY, Text::EMPTY),
        };
        Ok(Base { above, name, spot: None, is_decided: false })
    }
}

struct Decoder<'r, 'd, 'a, R> {
    elements: Elements<'r, 'd, R>,
    builder: TreeBuilder,
    base: Option<Base>,
    info: Info,
    memory: Memory<'a>,
    limits: Limits,
}

impl<'a, R: Reader<'a>> Decoder<'_, '_, 'a, R> {
    fn mgmt_tree(&mut self) -> Result<()> {
        // The nodes that are open, innermost last: no recursion, however deep a document is.
        let mut open: Vec<Open> = Vec::new();
        loop {
            // Nearly all tags here begin or end a node.
            let name = match self.elements.reader.common_tag() {
                CommonTag::Start(dmddf::NODE) => {
                    self.begin_node(&mut open)?;
                    continue;
                }
                CommonTag::Start(tag) => Some(Name::Known(tag)),
                CommonTag::End => None,
                CommonTag::None => self.elements.child()?,
            };
            let Some(name) = name else {
                let Some((done, outer)) = open.split_last_mut() else { return Ok(()) };
                self.end_node(outer.last_mut(), done)?;
                open.pop();
                continue;
            };
            let offset = self.elements.offset();
            match (name, open.last_mut()) {
                (Name::Known(dmddf::NODE), _) => self.begin_node(&mut open)?,
                (Name::Known(tag), Some(open)) => self.part_of_node(tag, open, offset)?,
                // A tree dialect of Motorola's says so (field-lessons.md §4.3).
                (Name::Other { qname: "Data", namespace: None }, Some(open)) => self.value(open, offset)?,
                (Name::Known(tag @ dmddf::VER_DTD), None) => {
                    self.info.ver_dtd = self.elements.text(self.info.ver_dtd, tag)?;
                }
                (Name::Known(tag @ dmddf::MAN), None) => self.info.man = self.elements.text(self.info.man, tag)?,
                (Name::Known(tag @ dmddf::MOD), None) => self.info.model = self.elements.text(self.info.model, tag)?,
                (Name::Known(tag), None) if is_part_of_tree(tag) => {
                    return Err(self.elements.error(ErrorKind::UnexpectedElement));
                }
                // What vendors add.
                _ => self.elements.reader.skip_to_end()?,
            }
        }
    }

    /// A node begins; takes its first parts.
    #[inline]
    fn begin_node(&mut self, open: &mut Vec<Open>) -> Result<()> {
        let node = self.builder.begin().map_err(|kind| self.elements.error(kind))?;
        let at = At::new(self.elements.offset());
        open.push(Open { node, fields: Fields::default(), path: Text::ABSENT, below: 0, at });
        if let Some(begun) = open.last_mut() {
            self.common_parts(begun);
        }
        Ok(())
    }

    fn part_of_node(&mut self, tag: Tag, open: &mut Open, offset: u32) -> Result<()> {
        match tag {
            dmddf::NODE_NAME => {
                open.fields.name = self.elements.text(open.fields.name, tag)?;
                open.at.name = offset;
            }
            dmddf::PATH => {
                open.path = self.elements.text(open.path, tag)?;
                open.at.path = offset;
            }
            dmddf::RTPROPERTIES => {
                let begun = if open.fields.has_properties() { None } else { self.elements.reader.begun() };
                self.common_properties(open);
                while let Some(name) = self.elements.child()? {
                    let tag = name.tag();
                    if let Some(tag) = tag {
                        let (offset, begun) = (self.elements.offset(), self.elements.reader.begun());
                        if self.property(tag, open, offset)? {
                            self.remember(tag, begun, offset, open);
                            continue;
                        }
                    }
                    if tag.is_some_and(is_part_of_tree) {
                        return Err(self.elements.error(ErrorKind::UnexpectedElement));
                    }
                    // Name and Size say what the tree says already (`wire.md` §8.2).
                    self.elements.reader.skip_to_end()?;
                }
                self.remember(tag, begun, offset, open);
            }
            dmddf::VALUE => self.value(open, offset)?,
            // Properties without RTProperties around them occur (`wire.md` §14.2, Motorola).
            _ if self.property(tag, open, offset)? => {}
            _ if is_part_of_tree(tag) => return Err(self.elements.error(ErrorKind::UnexpectedElement)),
            // Descriptions.
            _ => self.elements.reader.skip_to_end()?,
        }
        Ok(())
    }

    /// Places a node whose element has ended.
    fn end_node(&mut self, parent: Option<&mut Open>, done: &mut Open) -> Result<()> {
        let has_path = !self.elements.texts.bytes(done.path).is_empty();
        let spot = match parent {
            Some(parent) if !has_path => {
                parent.below = parent.below.max(done.below.saturating_add(1));
                Some(parent.node)
            }
            parent => {
                let spot = self.spot(parent.is_none(), done).map_err(|kind| done.at.error(kind))?;
                // A node is one deeper than its parent.
                let depth = spot.map_or(0, |spot| spot.depth.saturating_add(1));
                if depth.saturating_add(done.below) > self.limits.depth {
                    return Err(done.at.error(ErrorKind::LimitDepth));
                }
                spot.map(|spot| spot.node)
            }
        };
        let placed = self.builder.place(&self.elements.texts, spot, done.node, &done.fields);
        placed.map_err(|kind| done.at.error(kind))
    }

    /// Where a node's parent is; none for the root. A node may get its name from there.
    fn spot(&mut self, is_top: bool, done: &mut Open) -> Result<Option<Spot>, ErrorKind> {
        let Decoder { elements, builder, base, .. } = self;
        let texts = &elements.texts;
        let name = texts.bytes(done.fields.name);
        let has_way = segment::split(texts.bytes(done.path)).next().is_some();
        let Some(base) = base else {
            if name == b"." && !has_way {
                return Ok(None);
            }
            return builder.walk(texts, TreeBuilder::ROOT, done.path).map(Some);
        };
        if is_top && !has_way && !base.is_decided {
            base.is_decided = true;
            let at_base = texts.bytes(base.name);
            let is_unnamed = matches!(name, b"" | b".");
            if at_base.is_empty() && is_unnamed {
                return Ok(None);
            }
            if !at_base.is_empty() && (is_unnamed || segment::is_same(name, at_base)) {
                if is_unnamed {
                    done.fields.name = base.name;
                }
                return builder.walk(texts, TreeBuilder::ROOT, base.above).map(Some);
            }
        }
        let from = match base.spot {
            Some(spot) => spot,
            None => {
                let above = builder.walk(texts, TreeBuilder::ROOT, base.above)?;
                let spot = builder.walk(texts, above, base.name)?;
                base.spot = Some(spot);
                spot
            }
        };
        builder.walk(texts, from, done.path).map(Some)
    }

    /// Takes a property; returns whether it was one.
    fn property(&mut self, tag: Tag, open: &mut Open, offset: u32) -> Result<bool> {
        let fields = &mut open.fields;
        match tag {
            dmddf::ACL => fields.acl = self.elements.text(fields.acl, tag)?,
            dmddf::TITLE => fields.title = self.elements.text(fields.title, tag)?,
            dmddf::TSTAMP => fields.tstamp = self.elements.text(fields.tstamp, tag)?,
            dmddf::VER_NO => fields.ver_no = self.elements.text(fields.ver_no, tag)?,
            dmddf::FORMAT if fields.format.is_some() => {
                return Err(self.elements.error(ErrorKind::Repeated("Format")));
            }
            dmddf::FORMAT => {
                fields.format = Some(self.format()?);
                open.at.format = offset;
            }
            dmddf::TYPE if fields.kind.is_present() => {
                return Err(self.elements.error(ErrorKind::Repeated("Type")));
            }
            dmddf::TYPE => self.kind(fields)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `Format`: one empty element; its name as text occurs, too.
    fn format(&mut self) -> Result<Format> {
        let at = self.elements.error(ErrorKind::UnknownNodeFormat);
        let (first, text) = self.elements.content_with_first_child()?;
        let format = match first {
            Some(name) => {
                let format = match name {
                    Name::Known(tag) if tag.vocabulary() != Vocabulary::DmDdf => None,
                    // With a capital letter it is not in the vocabulary.
                    Name::Known(_) | Name::Other { .. } => Format::from_name(name.local()),
                };
                self.elements.reader.skip_to_end()?;
                if self.elements.child()?.is_some() {
                    return Err(self.elements.error(ErrorKind::Repeated("Format")));
                }
                format
            }
            None => {
                let text = std::str::from_utf8(self.elements.texts.bytes(text)).unwrap_or_default();
                Format::from_name(text.trim())
            }
        };
        format.ok_or(at)
    }

    /// `Type`: `MIME` or `DDFName`; text without either occurs, too (`wire.md` §8.3).
    fn kind(&mut self, fields: &mut Fields) -> Result<()> {
        let offset = self.elements.reader.offset();
        let (first, text) = self.elements.content_with_first_child()?;
        let Some(first) = first else {
            let octets = self.elements.texts.bytes(text);
            if let Err(error) = simdutf8::compat::from_utf8(octets) {
                let at = text.document_offset().unwrap_or(offset).saturating_add(error.valid_up_to());
                return Err(Error::new(ErrorKind::InvalidUtf8, at));
            }
            fields.kind = text.trim(octets);
            return Ok(());
        };
        let mut next = Some(first);
        while let Some(name) = next {
            match name.tag() {
                Some(tag @ (dmddf::MIME | dmddf::DDFNAME)) => {
                    fields.kind = self.elements.text(fields.kind, tag)?;
                    fields.kind_is_mo = tag == dmddf::DDFNAME;
                }
                _ => self.elements.reader.skip_to_end()?,
            }
            next = self.elements.child()?;
        }
        Ok(())
    }

    fn value(&mut self, open: &mut Open, offset: u32) -> Result<()> {
        let fields = &mut open.fields;
        if fields.value.is_present() {
            return Err(self.elements.error(ErrorKind::Repeated("Value")));
        }
        open.at.value = offset;
        let mark = self.elements.reader.mark();
        let (form, text) = self.elements.content()?;
        fields.value_is_octets = form == DataForm::Opaque;
        fields.value = match form {
            // XML that was not escaped. In XML its text is the value; WBXML has no text for it.
            DataForm::Markup => {
                let markup = self.elements.error(ErrorKind::UnexpectedMarkup);
                self.elements.reader.skip_to_end()?;
                self.elements.reader.skip_to_end()?;
                let fragment = self.elements.reader.fragment(mark);
                let content = fragment.xml_content().ok_or(markup)?;
                self.elements.texts.keep(content.as_bytes())
            }
            _ => text,
        };
        Ok(())
    }
}

/// Whether an element makes up tree documents, so that it must not be passed over where it does not belong: what it says would be
/// lost.
fn is_part_of_tree(tag: Tag) -> bool {
    matches!(
        tag,
        dmddf::MGMT_TREE
            | dmddf::VER_DTD
            | dmddf::MAN
            | dmddf::MOD
            | dmddf::NODE
            | dmddf::NODE_NAME
            | dmddf::PATH
            | dmddf::RTPROPERTIES
            | dmddf::VALUE
            | dmddf::ACL
            | dmddf::FORMAT
            | dmddf::TITLE
            | dmddf::TSTAMP
            | dmddf::TYPE
            | dmddf::VER_NO
    )
}
