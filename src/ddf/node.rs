//! The description of one node.

use super::index::is_dynamic;
use super::parts::{RawNode, RawRunTime, seen, slice};
use super::rule::Patterns;
use super::schema::{Source, own_attributes, path_segments};
use super::{
    AccessTypes, Applicability, Attribute, CaseSense, Document, Extension, Extensions, Microsoft, Occurrence, Schema,
    SchemaNodes, Scope, ValueRule,
};
use crate::limits::Limits;
use crate::text::Text;
use crate::tree::{Format, segment};
use crate::vocabulary::Tag;
use core::fmt::{self, Write as _};

/// What a description says of one node.
#[derive(Clone, Copy)]
pub struct SchemaNode<'s> {
    schema: &'s Schema<'s>,
    source: &'s Source<'s>,
    raw: &'s RawNode,
    document: u32,
    index: u32,
}

impl<'s> SchemaNode<'s> {
    pub(super) fn new(schema: &'s Schema<'s>, document: u32, index: u32) -> Option<SchemaNode<'s>> {
        let source = schema.source(document)?;
        Some(SchemaNode { schema, source, raw: source.parts.node(index)?, document, index })
    }

    fn str(&self, text: Text) -> Option<&'s str> {
        self.source.str(text)
    }

    pub(super) fn end(&self) -> u32 {
        self.raw.end
    }

    /// What tells it from all other nodes of its schema.
    pub(super) fn key(&self) -> (u32, u32) {
        (self.document, self.index)
    }

    pub(super) fn raw(&self) -> &'s RawNode {
        self.raw
    }

    /// The document that describes it.
    #[must_use]
    pub fn document(&self) -> Option<Document<'s>> {
        Document::new(self.schema, self.document)
    }

    /// Its place among the nodes of its document, parents before children.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index as usize
    }

    /// Where the `Node` element begins in its document.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.raw.offset as usize
    }

    /// `NodeName`; `None` for an empty one: the name is up to whoever creates the node.
    #[must_use]
    pub fn name(&self) -> Option<&'s str> {
        self.str(self.raw.name).filter(|name| !name.is_empty())
    }

    /// Whether the node stands for nodes of any name: its name is empty, `*`, `{X}` or `<X>` (`wire.md` §8.6). A GUID in
    /// braces is a name.
    #[must_use]
    pub fn is_dynamic_name(&self) -> bool {
        is_dynamic(self.source.bytes(self.raw.name))
    }

    /// `Path` as written: the URI of the parent. Where it is there it counts, also inside another node.
    #[must_use]
    pub fn path(&self) -> Option<&'s str> {
        self.str(self.raw.path)
    }

    /// The URI; of unnamed nodes, and below such, a template like `./Vendor/Acc/{Name}/Port`.
    #[must_use]
    pub fn uri(&self) -> SchemaUri<'s> {
        SchemaUri { node: *self }
    }

    /// The node that this one stands in.
    #[must_use]
    pub fn parent(&self) -> Option<SchemaNode<'s>> {
        SchemaNode::new(self.schema, self.document, self.raw.parent)
    }

    /// The nodes that stand in this one. Those that another document, or a `Path`, places below it are not among them.
    #[must_use]
    pub fn children(&self) -> SchemaNodes<'s> {
        SchemaNodes { nested: false, ..self.below() }
    }

    /// The node and all nodes inside it, parents before children.
    #[must_use]
    pub fn descendants(&self) -> SchemaNodes<'s> {
        SchemaNodes { next: self.index, ..self.below() }
    }

    fn below(&self) -> SchemaNodes<'s> {
        let next = self.index.saturating_add(1);
        SchemaNodes { schema: self.schema, document: self.document, next, end: self.raw.end, nested: true }
    }

    fn has_children(&self) -> bool {
        self.raw.end > self.index.saturating_add(1)
    }

    /// Whether `DFProperties` is there; without it there is no more than name and place, as in a tree document.
    #[must_use]
    pub fn is_described(&self) -> bool {
        self.raw.seen & seen::DF_PROPERTIES != 0
    }

    /// `AccessType`: the commands it takes; none where it is absent.
    #[must_use]
    pub fn access(&self) -> AccessTypes {
        self.raw.access
    }

    /// `AccessType`, if it is there. The DTD asks for it and the standard has no default: nothing is known where it is absent.
    #[must_use]
    pub fn declared_access(&self) -> Option<AccessTypes> {
        (self.raw.seen & seen::ACCESS_TYPE != 0).then_some(self.raw.access)
    }

    /// `DFFormat`, if it is there.
    #[must_use]
    pub fn declared_format(&self) -> Option<Format> {
        self.raw.format
    }

    /// `DFFormat`. Absent, it is that of `RTProperties`; `node` for a node with children or a management object
    /// identifier; else `chr`, as for a value without a format (`wire.md` §8.3).
    #[must_use]
    pub fn format(&self) -> Format {
        let declared = self.raw.format.or_else(|| self.run_time()?.format());
        let is_interior = || self.has_children() || !self.source.bytes(self.raw.ddf_name).is_empty();
        declared.unwrap_or_else(|| if is_interior() { Format::Node } else { Format::Chr })
    }

    /// Whether it is an interior node: its format is `node`.
    #[must_use]
    pub fn is_interior(&self) -> bool {
        self.format() == Format::Node
    }

    /// `Occurrence`, if it is there.
    #[must_use]
    pub fn declared_occurrence(&self) -> Option<Occurrence> {
        self.raw.occurrence
    }

    /// `Occurrence`; exactly one where it is absent.
    #[must_use]
    pub fn occurrence(&self) -> Occurrence {
        self.raw.occurrence.unwrap_or_default()
    }

    /// `Scope`, if it is there.
    #[must_use]
    pub fn declared_scope(&self) -> Option<Scope> {
        self.raw.scope
    }

    /// `Scope`; dynamic where it is absent.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.raw.scope.unwrap_or_default()
    }

    /// `CaseSense`, if it is there.
    #[must_use]
    pub fn case_sense(&self) -> Option<CaseSense> {
        self.raw.case_sense
    }

    /// `DefaultValue`, as it was sent; `None` also for octets that are not UTF-8.
    #[must_use]
    pub fn default_value(&self) -> Option<&'s str> {
        self.str(self.raw.default_value)
    }

    /// `DefaultValue` as octets: those of its text, or of a WBXML opaque block.
    #[must_use]
    pub fn default_octets(&self) -> Option<&'s [u8]> {
        self.source.sources.bytes(self.raw.default_value)
    }

    /// `Value`, as it was sent: what a new instance begins with. `None` also for octets that are not UTF-8.
    #[must_use]
    pub fn value(&self) -> Option<&'s str> {
        self.str(self.raw.value)
    }

    /// `Value` as octets: those of its text, or of a WBXML opaque block.
    #[must_use]
    pub fn value_octets(&self) -> Option<&'s [u8]> {
        self.source.sources.bytes(self.raw.value)
    }

    /// `Description`: prose for humans.
    #[must_use]
    pub fn description(&self) -> Option<&'s str> {
        self.str(self.raw.description)
    }

    /// `DFTitle`: a name for humans. That of an unnamed node stands in its URI template.
    #[must_use]
    pub fn title(&self) -> Option<&'s str> {
        self.str(self.raw.title)
    }

    /// The media types of a leaf's value, from `DFType`; empty elements are left out. See also [`mo_id`](SchemaNode::mo_id).
    pub fn mime_types(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        let node = *self;
        self.mimes().filter(move |mime| !mime.is_empty() && !node.is_mo_id(mime))
    }

    fn mimes(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        let source = self.source;
        slice(&source.parts.mimes, &self.raw.mimes).iter().filter_map(|mime| source.str(*mime))
    }

    /// Whether this text in `MIME` is a management object identifier in the wrong place: a URN, or the older form with a
    /// version between two slashes (`wire.md` §8.1, §14.1 row 16). Media types have neither.
    fn is_mo_id(&self, mime: &str) -> bool {
        self.is_interior() && (mime.contains(':') || mime.bytes().filter(|octet| *octet == b'/').count() >= 2)
    }

    /// The identifier of the management object that begins here: `DDFName` of `DFType`, or a `MIME` that holds one, as
    /// in Windows' descriptions.
    #[must_use]
    pub fn mo_id(&self) -> Option<&'s str> {
        let declared = self.ddf_name().filter(|name| !name.is_empty());
        declared.or_else(|| self.mimes().find(|mime| self.is_mo_id(mime)))
    }

    /// `DDFName` of `DFType`, as written; often there and empty.
    #[must_use]
    pub fn ddf_name(&self) -> Option<&'s str> {
        self.str(self.raw.ddf_name)
    }

    /// `RTProperties`, if it is there: the run-time properties that the device keeps for this node. Without it these are ACL, Format,
    /// Name and Type (`wire.md` §8.2).
    #[must_use]
    pub fn run_time(&self) -> Option<RunTimeProperties<'s>> {
        let raw = self.source.parts.run_time.get(self.raw.run_time as usize)?;
        Some(RunTimeProperties { source: self.source, raw })
    }

    /// Elements in this node, but not in a node inside it, that are not DDF's; all of them, also those that [`microsoft`](SchemaNode::microsoft) types.
    #[must_use]
    pub fn extensions(&self) -> Extensions<'s> {
        Extension::of_owner(self.source, self.index)
    }

    /// The first extension with this name, without prefix, in this namespace.
    #[must_use]
    pub fn extension(&self, namespace: &str, local_name: &str) -> Option<Extension<'s>> {
        self.extensions().find(|extension| extension.is(namespace, local_name))
    }

    /// Attributes on DDF's elements of this node, which has none of its own, with the element each stands on. Namespace
    /// declarations are not among them.
    pub fn attributes(&self) -> impl Iterator<Item = (Tag, Attribute<'s>)> + use<'s> {
        own_attributes(self.source, self.index)
    }

    /// The described nodes above this one, nearest first: those that it stands in, then those that its outermost `Path` leads
    /// through, in whatever document they are.
    pub fn ancestors(&self) -> impl Iterator<Item = SchemaNode<'s>> + use<'s> {
        let schema = self.schema;
        // A Path counts, also on a node inside another one.
        let up = |node: &SchemaNode<'s>| if node.has_path() { None } else { node.parent() };
        let top = std::iter::successors(Some(*self), up).last().unwrap_or(*self);
        let above = schema.along(path_segments(top.source, top.raw.path).filter_map(|name| top.str(name)));
        std::iter::successors(up(self), up).chain(above.into_iter().rev())
    }

    fn has_path(&self) -> bool {
        !self.source.bytes(self.raw.path).is_empty()
    }

    /// Where the node is there: its own `Applicability`, or that of the nearest of its [`ancestors`](SchemaNode::ancestors) that
    /// has one, which Microsoft's schema lets children inherit.
    #[must_use]
    pub fn applicability(&self) -> Option<Applicability<'s>> {
        let own = self.microsoft().applicability();
        own.or_else(|| self.ancestors().find_map(|node| node.microsoft().applicability()))
    }

    /// Whether commands to the node must stand in an `Atomic`: it says so, or one of its [`ancestors`](SchemaNode::ancestors) does.
    #[must_use]
    pub fn is_atomic_required(&self) -> bool {
        let is_required = |node: SchemaNode<'_>| node.microsoft().is_atomic_required();
        is_required(*self) || self.ancestors().any(is_required)
    }

    /// Which values the node takes, ready to be asked often.
    ///
    /// ```
    /// use omadm::ddf::{Refusal, Verdict};
    /// let schema = omadm::ddf::decode(b"<MgmtTree><Node><NodeName>Port</NodeName><DFProperties><DFFormat><int/></DFFormat>\
    ///     </DFProperties></Node></MgmtTree>")?;
    /// let rule = schema.get("./Port")?.unwrap().value_rule();
    /// assert_eq!(rule.allows("8080"), Verdict::Allowed);
    /// assert!(rule.allows("http").is_refused());
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn value_rule(&self) -> ValueRule<'s> {
        ValueRule::of_node(*self, &mut Patterns::new(&Limits::DEFAULT))
    }

    /// What Windows' descriptions add.
    #[must_use]
    pub fn microsoft(&self) -> Microsoft<'s> {
        Microsoft::new(*self)
    }
}

/// Whether both are the same node of the same schema.
impl PartialEq for SchemaNode<'_> {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.schema, other.schema) && (self.document, self.index) == (other.document, other.index)
    }
}

impl Eq for SchemaNode<'_> {}

impl fmt::Debug for SchemaNode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SchemaNode({}, {})", self.uri(), self.format())
    }
}

/// `RTProperties` of a description. A property that is there, even empty, is one that the device keeps.
#[derive(Clone, Copy)]
pub struct RunTimeProperties<'s> {
    source: &'s Source<'s>,
    raw: &'s RawRunTime,
}

impl<'s> RunTimeProperties<'s> {
    /// `ACL`
    #[must_use]
    pub fn acl(&self) -> Option<&'s str> {
        self.source.str(self.raw.acl)
    }

    /// Whether `Format` is there; see [`format`](RunTimeProperties::format) for what is in it.
    #[must_use]
    pub fn has_format(&self) -> bool {
        self.raw.has_format
    }

    /// `Format`, if it is there and not empty.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        self.raw.format
    }

    /// `Name`
    #[must_use]
    pub fn name(&self) -> Option<&'s str> {
        self.source.str(self.raw.name)
    }

    /// `Size`
    #[must_use]
    pub fn size(&self) -> Option<&'s str> {
        self.source.str(self.raw.size)
    }

    /// `Title`
    #[must_use]
    pub fn title(&self) -> Option<&'s str> {
        self.source.str(self.raw.title)
    }

    /// `TStamp`
    #[must_use]
    pub fn tstamp(&self) -> Option<&'s str> {
        self.source.str(self.raw.tstamp)
    }

    /// Whether `Type` is there; see [`mime`](RunTimeProperties::mime) and [`mo_id`](RunTimeProperties::mo_id) for what is in it.
    #[must_use]
    pub fn has_type(&self) -> bool {
        self.raw.has_type
    }

    /// `Type/MIME`, or text that stands in `Type` without it.
    #[must_use]
    pub fn mime(&self) -> Option<&'s str> {
        self.source.str(self.raw.mime)
    }

    /// `Type/DDFName`
    #[must_use]
    pub fn mo_id(&self) -> Option<&'s str> {
        self.source.str(self.raw.ddf_name)
    }

    /// `VerNo`
    #[must_use]
    pub fn ver_no(&self) -> Option<&'s str> {
        self.source.str(self.raw.ver_no)
    }
}

impl fmt::Debug for RunTimeProperties<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunTimeProperties")
            .field("format", &self.format())
            .field("mime", &self.mime())
            .field("mo_id", &self.mo_id())
            .finish_non_exhaustive()
    }
}

/// The URI of a described node; prints as `.` or `./A/B`. An unnamed node prints as `{Title}`, or `*` if it has no title.
/// Characters that a URI cannot have are escaped (`wire.md` §9.1).
#[derive(Clone, Copy, Debug)]
pub struct SchemaUri<'s> {
    node: SchemaNode<'s>,
}

impl fmt::Display for SchemaUri<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Gather the way up to where a Path says what is above, then print it down.
        let mut way = Vec::new();
        let mut at = Some(self.node);
        let mut path = Text::ABSENT;
        while let Some(node) = at {
            way.push(node);
            path = node.raw.path;
            at = if node.source.bytes(path).is_empty() { node.parent() } else { None };
        }
        f.write_str(".")?;
        let source = self.node.source;
        for name in path_segments(source, path) {
            f.write_char('/')?;
            write_name(f, source.str(name).unwrap_or_default())?;
        }
        for node in way.iter().rev() {
            match (node.name(), node.title()) {
                (Some("."), _) => {}
                (Some(name), _) => {
                    f.write_char('/')?;
                    write_name(f, name)?;
                }
                (None, Some(title)) if !title.is_empty() => {
                    f.write_str("/{")?;
                    segment::write(f, title)?;
                    f.write_char('}')?;
                }
                (None, _) => f.write_str("/*")?,
            }
        }
        Ok(())
    }
}

fn write_name(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    // A template stays readable.
    if is_dynamic(name.as_bytes()) { f.write_str(name) } else { segment::write(f, name) }
}
