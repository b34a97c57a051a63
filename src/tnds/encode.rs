//! From nodes to events.

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::XmlWriter;
use crate::markup::{Encoding, Place, Writer};
use crate::query::{INBOX, is_in_inbox};
use crate::query::{PropertyNames, Selection};
use crate::text::Document;
use crate::tree::{AclCommands, Format, Node, PlainProperties, Principal, segment};
use crate::vocabulary::{DocumentType, Tag, dmddf};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::borrow::Cow;
use std::fmt::Write as _;

/// How the nodes of a tree stand in a document (`wire.md` §8.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Layout {
    /// Children inside their parents. A document is as deep as its tree: see [`Limits::depth`](crate::Limits::depth).
    #[default]
    Nested,
    /// One list, each node with the `Path` of its parent, parents before their children.
    Flat,
}

bitflags::bitflags! {
    /// What is said of nodes besides their names, as `?list=TNDS` selects it (`wire.md` §9.6).
    ///
    /// ```
    /// use omadm::tnds::Properties;
    /// let all_but_acl = Properties::all() - Properties::from_property("ACL").unwrap();
    /// assert!(all_but_acl.contains(Properties::VALUE) && !all_but_acl.contains(Properties::ACL));
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Properties: u8 {
        /// `ACL`, of nodes that have one of their own.
        const ACL = 1;
        /// `Format`, of every node, also where it could be left out: some readers take a node without it for an interior one.
        const FORMAT = 2;
        /// `Title`
        const TITLE = 4;
        /// `TStamp`
        const TSTAMP = 8;
        /// `Type`, of every node: the media type of a leaf, the management object's identifier of an interior node, which
        /// mostly is an empty `DDFName`.
        const TYPE = 16;
        /// `VerNo`
        const VER_NO = 32;
        /// The value of leaves.
        const VALUE = 64;
    }
}

impl Properties {
    /// The property with this name, as a query spells it. Case counts.
    #[must_use]
    pub fn from_property(name: &str) -> Option<Properties> {
        Some(match name {
            "ACL" => Properties::ACL,
            "Format" => Properties::FORMAT,
            "Title" => Properties::TITLE,
            "TStamp" => Properties::TSTAMP,
            "Type" => Properties::TYPE,
            "VerNo" => Properties::VER_NO,
            "Value" => Properties::VALUE,
            _ => return None,
        })
    }

    /// What `?list=TNDS` with these names selects.
    ///
    /// ```
    /// use omadm::query::{List, Query, Uri};
    /// use omadm::tnds::Properties;
    /// let uri = Uri::parse("./DevInfo?list=TNDS-ACL-TStamp")?;
    /// let Some(Query::List(List::Tnds(selection))) = uri.query() else { panic!() };
    /// let selected = Properties::from_selection(selection);
    /// assert_eq!(selected, Ok(Properties::all() - Properties::ACL - Properties::TSTAMP));
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// The first name that is not a property of a tree document: status 406.
    pub fn from_selection<'a>(selection: Selection<'a>) -> Result<Properties, &'a str> {
        let named = |names: PropertyNames<'a>| {
            let mut all = names.iter();
            all.try_fold(Properties::empty(), |named, name| Ok(named | Properties::from_property(name).ok_or(name)?))
        };
        match selection {
            Selection::All => Ok(Properties::all()),
            Selection::Only(names) => named(names),
            Selection::AllBut(names) => named(names).map(|named| Properties::all().difference(named)),
        }
    }
}

/// How to write a tree document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions<'p> {
    /// Nested or flat.
    pub layout: Layout,
    /// For whom: nodes that this principal may not Get are left out (`wire.md` §9.6), for a server also what is in the Inbox. What may be read below them stands in a list
    /// with `Path`s, as the flat layout does. By default the device, which may read everything.
    pub principal: Principal<'p>,
    /// What is said of each node; all there is by default. A reader fills in defaults for what is left out.
    pub properties: Properties,
    /// `Man`, the manufacturer; that of the tree by default.
    pub man: Option<&'p str>,
    /// `Mod`, the model; that of the tree by default.
    pub model: Option<&'p str>,
    /// What the document may cost: depth and size.
    pub limits: Limits,
}

impl Default for EncodeOptions<'_> {
    fn default() -> Self {
        EncodeOptions {
            layout: Layout::Nested,
            principal: Principal::Device,
            properties: Properties::all(),
            man: None,
            model: None,
            limits: Limits::DEFAULT,
        }
    }
}

/// Writes a whole tree, given as `&tree`, or a node and everything below it, as a document of its own.
///
/// A whole tree's nodes count from its root, which has a `Node` of its own, named `.`, only if a document described it.
/// A node comes first in its document, by its name and without a `Path`, and what is below counts from there: what `?list=TNDS`
/// answers with (`wire.md` §8.4), to be read again by [`decode_embedded`](super::decode_embedded) with the node's URI.
///
/// Nodes that are only [implied](Node::is_implicit) are named by the `Path`s of what is below them, as they were before; those with nothing
/// below, below a node that is described, or asked for themselves become nodes like others.
///
/// `VerDTD` is 1.2; `Man` and `Mod` are those of the tree, or of the options. Values are written by `wire.md` §9.3: `bin` as base64 in XML and
/// as an opaque block in WBXML; `xml` as a CDATA section, which is an opaque block in WBXML (§7.10); everything else as text, or, if it
/// is none, as an opaque block, which only WBXML has. Blanks at the ends of a name, and characters that XML does not have, are
/// escaped as in a URI, which leaves the name the same.
///
/// # Errors
/// [`AccessDenied`](ErrorKind::AccessDenied) when the principal may not Get the node itself, and
/// [`GetNotAllowed`](ErrorKind::GetNotAllowed) when that is the Inbox, or in it, and the principal a server (`wire.md` §10.4);
/// [`LimitOutput`](ErrorKind::LimitOutput), and [`LimitDepth`](ErrorKind::LimitDepth), which the flat layout has not;
/// [`InvalidBase64`](ErrorKind::InvalidBase64) for a `bin` value that came as text and is not base64; in XML
/// [`InvalidUtf8`](ErrorKind::InvalidUtf8) for another value that is no text, and [`InvalidCharacter`](ErrorKind::InvalidCharacter) for a
/// text with a character that XML does not have. A tree has no octets to count: the offset is the node's place among
/// [`descendants`](Node::descendants), so that `node.descendants().nth(error.offset())` is the node at fault.
pub fn encode<'t>(top: impl Into<Node<'t>>, encoding: Encoding, options: &EncodeOptions<'_>) -> Result<Vec<u8>> {
    let top = top.into();
    let room = likely_len(top, encoding, options);
    match encoding {
        Encoding::Xml => {
            let mut writer = XmlWriter::of_type(DocumentType::DmDdf12, &options.limits).with_room(room);
            write(top, &mut writer, encoding, options)?;
            writer.finish_octets()
        }
        Encoding::Wbxml => {
            let mut writer = WbxmlWriter::new(DocumentType::DmDdf12, &options.limits).with_room(room);
            write(top, &mut writer, encoding, options)?;
            writer.finish()
        }
    }
}

/// About how long the document of a whole tree will be, so that there is room for it from the beginning: in room that grows, much of the
/// time goes into memory that was not touched before. Nothing is known of a part of a tree.
fn likely_len(top: Node<'_>, encoding: Encoding, options: &EncodeOptions<'_>) -> usize {
    /// How much longer the tags of one node are in XML.
    const TAGS: usize = 110;
    /// Octets of the properties of a leaf.
    const XML: usize = 100;
    const WBXML: usize = 24;
    if top.parent().is_some() || options.principal != Principal::Device {
        return 0;
    }
    let (tree, nodes) = (top.tree(), top.tree().len());
    let tags = nodes.saturating_mul(TAGS);
    let len = match (&tree.sources().document, encoding) {
        (Document::Binary(_), Encoding::Xml) => tree.sources().len().saturating_add(tags),
        (Document::Text(_), Encoding::Wbxml) => tree.sources().len().saturating_sub(tags),
        _ => tree.sources().len(),
    };
    let properties = if encoding == Encoding::Xml { XML } else { WBXML };
    let has_properties = options.properties.intersects(Properties::FORMAT | Properties::TYPE);
    len.saturating_sub(if has_properties { 0 } else { nodes.saturating_mul(properties) })
}

/// As [`encode`], behind what `out` holds already; on an error `out` stays as it was.
///
/// # Errors
/// As [`encode`].
pub fn encode_into<'t>(
    top: impl Into<Node<'t>>,
    encoding: Encoding,
    options: &EncodeOptions<'_>,
    out: &mut Vec<u8>,
) -> Result<()> {
    out.extend_from_slice(&encode(top, encoding, options)?);
    Ok(())
}

/// Writes the `MgmtTree` element into a document that is being written; `encoding` is the writer's. The limits are the writer's, too.
///
/// # Errors
/// As [`encode`].
pub fn write<'t>(
    top: impl Into<Node<'t>>,
    writer: &mut impl Writer,
    encoding: Encoding,
    options: &EncodeOptions<'_>,
) -> Result<()> {
    let top = top.into();
    if !top.allows(options.principal, AclCommands::GET) {
        return Err(Error::new(ErrorKind::AccessDenied, 0));
    }
    if options.principal != Principal::Device && is_in_inbox(top) {
        return Err(Error::new(ErrorKind::GetNotAllowed, 0));
    }
    // A node cannot stand inside one that is left out.
    let layout = if has_gaps(top, options.principal) { Layout::Flat } else { options.layout };
    let mut encoder = Encoder {
        writer,
        encoding,
        options,
        layout,
        open: Vec::new(),
        path: String::from("."),
        written: Default::default(),
    };
    let written = encoder.head(top);
    written.map_err(|kind| Error::new(kind, 0))?;
    let mut inbox: Option<Node<'_>> = None;
    for (index, (node, rights)) in top.descendants_for(options.principal).enumerate() {
        if options.principal != Principal::Device {
            // What is in an Inbox is shown to no server; it is left when a node comes that is not below it.
            if inbox.is_some_and(|inbox| node.is_within(inbox)) {
                continue;
            }
            inbox = (node.mo_id() == Some(INBOX)).then_some(node);
        }
        let is_readable = rights.contains(AclCommands::GET);
        encoder.node(node, index == 0, is_readable).map_err(|kind| Error::new(kind, index))?;
    }
    encoder.tail().map_err(|kind| Error::new(kind, 0))
}

/// Whether something may be read below something that may not.
fn has_gaps(top: Node<'_>, principal: Principal<'_>) -> bool {
    let mut hidden: Option<Node<'_>> = None;
    principal != Principal::Device
        && top.descendants_for(principal).any(|(node, rights)| {
            let is_readable = rights.contains(AclCommands::GET);
            // Without a list of its own a node can be read if its parent can be.
            let has_gap = is_readable && node.acl().is_some() && hidden.is_some_and(|hidden| node.is_within(hidden));
            if !is_readable && !hidden.is_some_and(|hidden| node.is_within(hidden)) {
                hidden = Some(node);
            }
            has_gap
        })
}

/// A node whose children are being written.
struct Open<'t> {
    node: Node<'t>,
    /// Its children's `Path` without it.
    path_len: usize,
    /// It has a `Node`.
    is_written: bool,
}

struct Encoder<'t, 'w, W> {
    writer: &'w mut W,
    encoding: Encoding,
    options: &'w EncodeOptions<'w>,
    layout: Layout,
    /// The way down to the node being written: no recursion, however deep a tree is.
    open: Vec<Open<'t>>,
    /// The `Path` of the next child.
    path: String,
    /// Where `RTProperties` were written, by what they say: most are like others before.
    written: [Option<(PlainProperties, [Place; 2])>; WRITTEN],
}

/// How many `RTProperties` are remembered.
const WRITTEN: usize = 16;

impl<'t, W: Writer> Encoder<'t, '_, W> {
    fn start(&mut self, tag: Tag) -> Result<(), ErrorKind> {
        self.writer.start_bare(tag)
    }

    #[inline]
    fn text(&mut self, tag: Tag, text: &str) -> Result<(), ErrorKind> {
        if self.writer.leaf(tag, text.as_bytes()) {
            return Ok(());
        }
        self.start(tag)?;
        if !text.is_empty() {
            self.writer.text(text)?;
        }
        self.writer.end()
    }

    #[inline]
    fn nested(&mut self, outer: Tag, tag: Tag, text: &str) -> Result<(), ErrorKind> {
        if self.writer.nested_leaf(outer, tag, text.as_bytes()) {
            return Ok(());
        }
        self.start(outer)?;
        self.text(tag, text)?;
        self.writer.end()
    }

    /// A property, if there is one and it is wanted.
    fn property(&mut self, flag: Properties, tag: Tag, text: Option<&str>) -> Result<(), ErrorKind> {
        match text.filter(|_| self.options.properties.contains(flag)) {
            Some(text) => self.text(tag, text),
            None => Ok(()),
        }
    }

    fn head(&mut self, top: Node<'t>) -> Result<(), ErrorKind> {
        self.start(dmddf::MGMT_TREE)?;
        self.text(dmddf::VER_DTD, "1.2")?;
        let (man, model) = (self.options.man.or(top.tree().man()), self.options.model.or(top.tree().model()));
        for (tag, text) in [(dmddf::MAN, man), (dmddf::MOD, model)] {
            if let Some(text) = text {
                self.text(tag, text)?;
            }
        }
        Ok(())
    }

    fn tail(&mut self) -> Result<(), ErrorKind> {
        while let Some(open) = self.open.pop() {
            self.close(&open)?;
        }
        self.writer.end()
    }

    fn close(&mut self, open: &Open<'t>) -> Result<(), ErrorKind> {
        self.path.truncate(open.path_len);
        if open.is_written && self.layout == Layout::Nested { self.writer.end() } else { Ok(()) }
    }

    fn node(&mut self, node: Node<'t>, is_top: bool, is_readable: bool) -> Result<(), ErrorKind> {
        let parent = node.parent();
        while let Some(open) = self.open.pop_if(|open| Some(open.node) != parent) {
            self.close(&open)?;
        }
        let parent_is_written = self.open.last().is_some_and(|open| open.is_written);
        let is_root = parent.is_none();
        let is_written = if is_top {
            !(is_root && node.is_implicit())
        } else {
            is_readable && (!node.is_implicit() || parent_is_written || node.children().len() == 0)
        };
        if is_written {
            let has_path = match self.layout {
                Layout::Flat => !is_top,
                Layout::Nested => !is_top && !parent_is_written && self.path != ".",
            };
            self.start(dmddf::NODE)?;
            let name = if is_root { Cow::Borrowed(".") } else { carried_name(node.name()) };
            self.text(dmddf::NODE_NAME, &name)?;
            if has_path {
                self.start(dmddf::PATH)?;
                self.writer.text(&self.path)?;
                self.writer.end()?;
            }
            self.rt_properties(node)?;
            if self.options.properties.contains(Properties::VALUE) {
                self.value(node)?;
            }
            if self.layout == Layout::Flat {
                self.writer.end()?;
            }
        }
        let path_len = self.path.len();
        if !is_top && node.children().len() > 0 {
            self.path.push('/');
            // Writing to a string does not fail.
            let _ = segment::write(&mut self.path, node.name());
        }
        self.open.push(Open { node, path_len, is_written });
        Ok(())
    }

    /// `RTProperties`. Nodes without `ACL`, `Title`, `TStamp` and `VerNo` that have the same format and type have the same; then those that
    /// were written before are copied.
    fn rt_properties(&mut self, node: Node<'t>) -> Result<(), ErrorKind> {
        let wanted = self.options.properties;
        if !wanted.intersects(Properties::FORMAT | Properties::TYPE) {
            let optional = [
                (Properties::ACL, node.acl().is_some()),
                (Properties::TITLE, node.title().is_some()),
                (Properties::TSTAMP, node.tstamp().is_some()),
                (Properties::VER_NO, node.ver_no().is_some()),
            ];
            if !optional.into_iter().any(|(flag, is_there)| is_there && wanted.contains(flag)) {
                return Ok(());
            }
        }
        let plain = node.plain_properties();
        let begin = plain.and_then(|_| self.writer.place());
        let slot = plain.map(|plain| plain.slot(WRITTEN));
        if let (Some(plain), Some(_)) = (plain, begin)
            && let Some(Some((known, [from, to]))) = slot.and_then(|slot| self.written.get(slot))
            && *known == plain
            && self.writer.repeat_piece(*from, *to, PROPERTIES_DEPTH)
        {
            return Ok(());
        }
        self.start(dmddf::RTPROPERTIES)?;
        self.property(Properties::ACL, dmddf::ACL, node.acl())?;
        if wanted.contains(Properties::FORMAT) {
            self.nested(dmddf::FORMAT, tag_of(node.format()), "")?;
        }
        self.property(Properties::TITLE, dmddf::TITLE, node.title())?;
        self.property(Properties::TSTAMP, dmddf::TSTAMP, node.tstamp())?;
        if wanted.contains(Properties::TYPE) {
            match node.media_type() {
                Some(media_type) => self.nested(dmddf::TYPE, dmddf::MIME, media_type)?,
                None => self.nested(dmddf::TYPE, dmddf::DDFNAME, node.mo_id().unwrap_or_default())?,
            }
        }
        self.property(Properties::VER_NO, dmddf::VER_NO, node.ver_no())?;
        self.writer.end()?;
        if let (Some(plain), Some(begin), Some(end)) = (plain, begin, self.writer.place())
            && let Some(slot) = slot.and_then(|slot| self.written.get_mut(slot))
        {
            *slot = Some((plain, [begin, end]));
        }
        Ok(())
    }

    fn value(&mut self, node: Node<'t>) -> Result<(), ErrorKind> {
        let Some(value) = node.value() else { return Ok(()) };
        let octets = value.octets().map_err(|error| error.kind())?;
        let is_text = !matches!(node.format(), Format::Bin | Format::Xml) || octets.is_empty();
        if is_text && self.writer.leaf(dmddf::VALUE, &octets) {
            return Ok(());
        }
        self.start(dmddf::VALUE)?;
        if !octets.is_empty() {
            self.octets(node.format(), &octets)?;
        }
        self.writer.end()
    }

    fn octets(&mut self, format: Format, octets: &[u8]) -> Result<(), ErrorKind> {
        let text = match (format, self.encoding) {
            (Format::Bin, Encoding::Xml) => return self.writer.text(&STANDARD.encode(octets)),
            (Format::Bin, Encoding::Wbxml) => None,
            // An inline string ends at its first zero.
            (_, Encoding::Wbxml) if octets.contains(&0) => None,
            _ => simdutf8::basic::from_utf8(octets).ok(),
        };
        match text {
            Some(text) if format == Format::Xml => self.writer.cdata(text),
            Some(text) => self.writer.text(text),
            None => self.writer.opaque(octets),
        }
    }
}

/// How deep elements are nested in `RTProperties`, which is one itself.
const PROPERTIES_DEPTH: usize = 3;

fn tag_of(format: Format) -> Tag {
    match format {
        Format::B64 => dmddf::FORMAT_B64,
        Format::Bin => dmddf::FORMAT_BIN,
        Format::Bool => dmddf::FORMAT_BOOL,
        Format::Chr => dmddf::FORMAT_CHR,
        Format::Int => dmddf::FORMAT_INT,
        Format::Node => dmddf::FORMAT_NODE,
        Format::Null => dmddf::FORMAT_NULL,
        Format::Xml => dmddf::FORMAT_XML,
        Format::Date => dmddf::FORMAT_DATE,
        Format::Time => dmddf::FORMAT_TIME,
        Format::Float => dmddf::FORMAT_FLOAT,
    }
}

/// A name as `NodeName` can carry it: blanks at its ends would be taken for layout, and XML has not all characters.
fn carried_name(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|octet| octet.is_ascii_graphic()) {
        return Cow::Borrowed(name);
    }
    let is_blank = |char: char| char.is_ascii_whitespace();
    let is_lost = |char: char| char.is_ascii_control() || matches!(char, '\u{FFFE}' | '\u{FFFF}');
    let inner = name.trim_start_matches(is_blank);
    let start = name.len().saturating_sub(inner.len());
    let end = start.saturating_add(inner.trim_end_matches(is_blank).len());
    if start == 0 && end == name.len() && !name.contains(is_lost) {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    for (at, char) in name.char_indices() {
        if (start..end).contains(&at) && !is_lost(char) {
            out.push(char);
        } else {
            for octet in char.encode_utf8(&mut [0; 4]).bytes() {
                // Writing to a string does not fail.
                let _ = write!(out, "%{octet:02X}");
            }
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_elements_of_their_names() {
        for format in Format::ALL {
            assert_eq!(tag_of(format).name(), format.name());
        }
    }

    #[test]
    fn names_stay_the_same_when_they_are_escaped() {
        for (name, carried) in [
            ("plain", "plain"),
            ("a b", "a b"),
            (" a\t", "%20a%09"),
            ("  ", "%20%20"),
            ("a\u{1}\u{FFFF}é", "a%01%EF%BF%BFé"),
            ("%\u{1}", "%%01"),
        ] {
            assert_eq!(carried_name(name), carried);
            assert!(segment::is_same(name.as_bytes(), carried.as_bytes()), "{name:?}");
        }
    }
}
