//! What is written: a document in one of the two encodings.

use super::{ConvertOptions, Layout};
use crate::error::{ErrorKind, Result};
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::XmlWriter;
use crate::markup::{Encoding, Measured, Name, NewAttr, Place, Writer};
use crate::vocabulary::{DocumentType, Tag, Vocabulary};

#[derive(Clone, Debug)]
pub(crate) enum Target {
    Xml(XmlWriter),
    Wbxml(WbxmlWriter),
}

impl Target {
    pub(crate) fn new(to: Encoding, document_type: DocumentType, options: &ConvertOptions) -> Target {
        let limits = &options.read.limits;
        match to {
            Encoding::Xml => {
                let writer = XmlWriter::of_type(document_type, limits);
                Target::Xml(match options.layout {
                    Layout::AsItIs => writer,
                    Layout::Indented => writer.indented(),
                    Layout::Canonical => writer.canonical(),
                })
            }
            Encoding::Wbxml => {
                let writer = WbxmlWriter::new(document_type, limits);
                Target::Wbxml(if options.string_table { writer.with_string_table() } else { writer })
            }
        }
    }

    /// What is written goes into a buffer that was used before, whose room is used again.
    pub(crate) fn with_buffer(self, buffer: Vec<u8>) -> Target {
        match self {
            Target::Xml(writer) => Target::Xml(writer.with_buffer(buffer)),
            Target::Wbxml(writer) => Target::Wbxml(writer.with_buffer(buffer)),
        }
    }

    /// With room for so many octets.
    pub(crate) fn with_room(self, len: usize) -> Target {
        match self {
            Target::Xml(writer) => Target::Xml(writer.with_room(len)),
            Target::Wbxml(writer) => Target::Wbxml(writer.with_room(len)),
        }
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>> {
        match self {
            Target::Xml(writer) => writer.finish_octets(),
            Target::Wbxml(writer) => writer.finish(),
        }
    }

    /// Begins an element that came from XML as `written`.
    pub(super) fn start_written(
        &mut self,
        name: Name<'_>,
        written: Name<'_>,
        attrs: &[NewAttr<'_>],
    ) -> Result<(), ErrorKind> {
        let writer = match self {
            // Whatever an element is taken for, its name is the one it was written with.
            Target::Xml(writer) => return writer.start(written, attrs),
            Target::Wbxml(writer) => writer,
        };
        let (Name::Known(tag), Name::Other { namespace, .. }) = (name, written) else {
            return writer.start(name, attrs);
        };
        let is_default = |attr: &NewAttr<'_>| attr.qname == "xmlns";
        let namespace = namespace.map(|namespace| namespace.name()).unwrap_or_default();
        let keep = needs_declaration(writer, tag, &namespace);
        if !keep && attrs.iter().all(is_default) {
            return writer.start(name, &[]);
        }
        let mut kept: Vec<NewAttr<'_>> = attrs.iter().copied().filter(|attr| !is_default(attr)).collect();
        if keep {
            kept.insert(0, NewAttr::new("xmlns", &namespace));
        }
        writer.start(name, &kept)
    }

    /// Whether elements of this tag are in this namespace here, without a declaration of their own. Nothing is known of it in XML.
    pub(super) fn implies(&self, tag: Tag, namespace: &str) -> bool {
        match self {
            Target::Xml(_) => false,
            Target::Wbxml(writer) => writer.implied(tag) == namespace,
        }
    }

    /// White space that means nothing between elements.
    pub(super) fn blank(&mut self, text: &str) -> Result<(), ErrorKind> {
        match self {
            Target::Xml(writer) => writer.text(text),
            Target::Wbxml(writer) => writer.blank(text),
        }
    }
}

/// Whether an element with a token is in another namespace than its token implies.
fn needs_declaration(writer: &WbxmlWriter, tag: Tag, namespace: &str) -> bool {
    if writer.implied(tag) == namespace {
        return false;
    }
    // One of another vocabulary is a slip of its author: the element was recognised in spite of it.
    namespace.is_empty() || Vocabulary::from_namespace(namespace) == Some(tag.vocabulary())
}

/// All but [`start`](Writer::start) is the same for both.
impl Writer for Target {
    fn start(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        match self {
            Target::Xml(writer) => writer.start(name, attrs),
            Target::Wbxml(writer) => writer.start(name, attrs),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ErrorKind> {
        match self {
            Target::Xml(writer) => writer.text(text),
            Target::Wbxml(writer) => writer.text(text),
        }
    }

    fn cdata(&mut self, text: &str) -> Result<(), ErrorKind> {
        match self {
            // An empty section is nothing.
            _ if text.is_empty() => Ok(()),
            Target::Xml(writer) => writer.cdata(text),
            Target::Wbxml(writer) => writer.cdata(text),
        }
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), ErrorKind> {
        match self {
            Target::Xml(writer) => writer.opaque(octets),
            Target::Wbxml(writer) => writer.opaque(octets),
        }
    }

    fn end(&mut self) -> Result<(), ErrorKind> {
        match self {
            Target::Xml(writer) => writer.end(),
            Target::Wbxml(writer) => writer.end(),
        }
    }

    #[inline]
    fn start_bare(&mut self, tag: Tag) -> Result<(), ErrorKind> {
        match self {
            Target::Xml(writer) => writer.start_bare(tag),
            Target::Wbxml(writer) => writer.start_bare(tag),
        }
    }

    #[inline]
    fn leaf(&mut self, tag: Tag, text: &[u8]) -> bool {
        match self {
            Target::Xml(writer) => writer.leaf(tag, text),
            Target::Wbxml(writer) => writer.leaf(tag, text),
        }
    }

    fn place(&mut self) -> Option<Place> {
        match self {
            Target::Xml(writer) => writer.place(),
            Target::Wbxml(writer) => writer.place(),
        }
    }

    fn repeat_piece(&mut self, from: Place, to: Place, depth: usize) -> bool {
        match self {
            Target::Xml(writer) => writer.repeat_piece(from, to, depth),
            Target::Wbxml(writer) => writer.repeat_piece(from, to, depth),
        }
    }

    #[inline]
    fn nested_leaf(&mut self, outer: Tag, tag: Tag, text: &[u8]) -> bool {
        match self {
            Target::Xml(writer) => writer.nested_leaf(outer, tag, text),
            Target::Wbxml(writer) => writer.nested_leaf(outer, tag, text),
        }
    }
}

/// How far a document was.
#[derive(Debug)]
pub(crate) enum Mark {
    Xml(<XmlWriter as Measured>::Mark),
    Wbxml(<WbxmlWriter as Measured>::Mark),
}

impl Measured for Target {
    type Mark = Mark;

    fn mark(&self) -> Mark {
        match self {
            Target::Xml(writer) => Mark::Xml(writer.mark()),
            Target::Wbxml(writer) => Mark::Wbxml(writer.mark()),
        }
    }

    fn len(&self) -> Result<usize> {
        match self {
            Target::Xml(writer) => writer.len(),
            Target::Wbxml(writer) => writer.len(),
        }
    }

    fn back_to(&mut self, mark: Mark) {
        match (self, mark) {
            (Target::Xml(writer), Mark::Xml(mark)) => writer.back_to(mark),
            (Target::Wbxml(writer), Mark::Wbxml(mark)) => writer.back_to(mark),
            // A mark is that of its own document.
            (Target::Xml(_), Mark::Wbxml(_)) | (Target::Wbxml(_), Mark::Xml(_)) => {}
        }
    }
}
