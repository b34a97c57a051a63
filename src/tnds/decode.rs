//! From events to nodes.

use crate::error::{Error, ErrorKind, Result};
use crate::markup::{DataForm, Elements, Name, Reader};
use crate::text::Text;
use crate::tree::{Fields, Format, Info, TreeBuilder};
use crate::vocabulary::{Vocabulary, dmddf};

/// A node whose element is open.
struct Open {
    node: u32,
    offset: usize,
    fields: Fields,
    path: Text,
}

/// What decoding makes: the tree in the making, and the heap of its texts.
type Decoded = (TreeBuilder, Info, Vec<u8>);

/// Reads a whole document.
pub(super) fn document<'a>(reader: &mut impl Reader<'a>, document: &[u8]) -> Result<Decoded> {
    let decoded = tree(reader, document, None)?;
    match reader.next_event()? {
        None => Ok(decoded),
        Some(_) => Err(reader.error(ErrorKind::TrailingData)),
    }
}

/// Reads a `MgmtTree`, through its end.
pub(super) fn tree<'a, R: Reader<'a>>(reader: &mut R, document: &[u8], base: Option<&str>) -> Result<Decoded> {
    let mut elements = Elements::new(reader, document);
    match elements.child()? {
        Some(Name::Known(dmddf::MGMT_TREE)) => {}
        _ => return Err(elements.error(ErrorKind::NotTree)),
    }
    let base = match base {
        Some(uri) => {
            let text = elements.texts.keep(uri.split('?').next().unwrap_or_default().as_bytes());
            segments(&elements, text).map_err(|kind| elements.error(kind))?
        }
        None => Vec::new(),
    };
    let mut decoder = Decoder { elements, builder: TreeBuilder::new(), base, info: Info::default() };
    decoder.mgmt_tree()?;
    Ok((decoder.builder, decoder.info, decoder.elements.texts.finish()?))
}

struct Decoder<'r, 'd, R> {
    elements: Elements<'r, 'd, R>,
    builder: TreeBuilder,
    base: Vec<Text>,
    info: Info,
}

impl<'a, R: Reader<'a>> Decoder<'_, '_, R> {
    fn mgmt_tree(&mut self) -> Result<()> {
        // The nodes that are open, innermost last: no recursion, however deep a document is.
        let mut open: Vec<Open> = Vec::new();
        loop {
            let Some(name) = self.elements.child()? else {
                let Some(done) = open.pop() else { return Ok(()) };
                self.end_node(open.last(), done)?;
                continue;
            };
            match (name.tag(), open.last_mut()) {
                (Some(dmddf::NODE), _) => open.push(Open {
                    node: self.builder.begin(),
                    offset: self.elements.reader.offset(),
                    fields: Fields::default(),
                    path: Text::ABSENT,
                }),
                (Some(tag @ dmddf::NODE_NAME), Some(open)) => {
                    open.fields.name = self.elements.text(open.fields.name, tag)?;
                }
                (Some(tag @ dmddf::PATH), Some(open)) => open.path = self.elements.text(open.path, tag)?,
                (Some(dmddf::RTPROPERTIES), Some(open)) => self.rt_properties(&mut open.fields)?,
                (Some(dmddf::VALUE), Some(open)) => self.value(&mut open.fields)?,
                (Some(tag @ dmddf::VER_DTD), None) => {
                    self.info.ver_dtd = self.elements.text(self.info.ver_dtd, tag)?;
                }
                (Some(tag @ dmddf::MAN), None) => self.info.man = self.elements.text(self.info.man, tag)?,
                (Some(tag @ dmddf::MOD), None) => self.info.model = self.elements.text(self.info.model, tag)?,
                // Descriptions, and what vendors add.
                _ => self.elements.reader.skip_to_end()?,
            }
        }
    }

    /// Places a node whose element has ended.
    fn end_node(&mut self, parent: Option<&Open>, done: Open) -> Result<()> {
        let Decoder { elements, builder, base, .. } = self;
        let at_node = |kind| Error::new(kind, done.offset);
        let mut fields = done.fields;
        let name = elements.texts.bytes(fields.name);
        let parent = match parent {
            Some(parent) if !done.path.is_present() => parent.node,
            _ => {
                let path = segments(elements, done.path).map_err(at_node)?;
                let mut way = base.as_slice();
                if let Some((last, above)) = base.split_last().filter(|_| path.is_empty()) {
                    if name.is_empty() || name == elements.texts.bytes(*last) {
                        fields.name = *last;
                        way = above;
                    }
                }
                let way = way.iter().chain(&path).copied();
                builder.walk(&elements.texts, TreeBuilder::ROOT, way).map_err(at_node)?
            }
        };
        builder.place(&elements.texts, parent, done.node, &fields).map_err(at_node)?;
        Ok(())
    }

    fn rt_properties(&mut self, fields: &mut Fields) -> Result<()> {
        while let Some(name) = self.elements.child()? {
            match name.tag() {
                Some(tag @ dmddf::ACL) => fields.acl = self.elements.text(fields.acl, tag)?,
                Some(tag @ dmddf::TITLE) => fields.title = self.elements.text(fields.title, tag)?,
                Some(tag @ dmddf::TSTAMP) => fields.tstamp = self.elements.text(fields.tstamp, tag)?,
                Some(tag @ dmddf::VER_NO) => fields.ver_no = self.elements.text(fields.ver_no, tag)?,
                Some(dmddf::FORMAT) if fields.format.is_some() => {
                    return Err(self.elements.error(ErrorKind::Repeated("Format")));
                }
                Some(dmddf::FORMAT) => fields.format = Some(self.format()?),
                Some(dmddf::TYPE) if fields.kind.is_present() => {
                    return Err(self.elements.error(ErrorKind::Repeated("Type")));
                }
                Some(dmddf::TYPE) => self.kind(fields)?,
                // Name and Size say what the tree says already (`wire.md` §8.2).
                _ => self.elements.reader.skip_to_end()?,
            }
        }
        Ok(())
    }

    /// `Format`: one empty element; its name as text occurs, too.
    fn format(&mut self) -> Result<Format> {
        let at = self.elements.error(ErrorKind::UnknownNodeFormat);
        let (form, text) = self.elements.content_with_first_child()?;
        let format = match form {
            Some(name) => {
                let format = name.tag().filter(|tag| tag.vocabulary() == Vocabulary::DmDdf);
                let format = format.and_then(|tag| Format::from_name(tag.name()));
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
        let (first, text) = self.elements.content_with_first_child()?;
        let Some(first) = first else {
            fields.kind = text.trim(self.elements.texts.bytes(text));
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

    fn value(&mut self, fields: &mut Fields) -> Result<()> {
        if fields.value.is_present() {
            return Err(self.elements.error(ErrorKind::Repeated("Value")));
        }
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

/// The segments of a `Path` or URI, without what does not lead anywhere: `.` at the beginning, slashes at the ends and twice
/// (`wire.md` §8.3, §14.1 row 18).
fn segments<R>(elements: &Elements<'_, '_, R>, path: Text) -> Result<Vec<Text>, ErrorKind> {
    let bytes = elements.texts.bytes(path);
    let mut segments = Vec::new();
    let mut start = 0_usize;
    for segment in bytes.split(|octet| *octet == b'/') {
        match segment {
            b"" => {}
            b"." if segments.is_empty() => {}
            b"." | b".." => return Err(ErrorKind::InvalidPath),
            _ => segments.push(path.part(start, segment.len())),
        }
        start = start.saturating_add(segment.len()).saturating_add(1);
    }
    Ok(segments)
}
