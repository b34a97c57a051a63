//! A schema and the documents it was made from.

use super::index::{Index, Way};
use super::node::SchemaNode;
use super::parts::{NONE, Parts, of_owner};
use super::{Attribute, Extension};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::Encoding;
use crate::query::Uri;
use crate::text::{Sources, Text};
use crate::tree::segment;
use crate::vocabulary::Tag;
use core::fmt;

/// What one or more device descriptions say.
///
/// Borrows the documents it was decoded from; [`into_owned`](Schema::into_owned) copies them. A whole set of files becomes one
/// schema by collecting, each file read and owned on its own, also in parallel:
///
/// ```no_run
/// use omadm::ddf::{self, Schema};
/// let mut schema = Schema::new();
/// for entry in std::fs::read_dir("ddf")? {
///     let file = std::fs::read(entry?.path())?;
///     schema.merge(ddf::decode(&file)?.into_owned());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Schema<'a> {
    documents: Vec<Source<'a>>,
    index: Index,
}

/// One document with what was read from it.
#[derive(Clone)]
pub(super) struct Source<'a> {
    encoding: Encoding,
    pub(super) sources: Sources<'a>,
    pub(super) parts: Parts,
}

impl Source<'_> {
    pub(super) fn str(&self, text: Text) -> Option<&str> {
        self.sources.str(text)
    }

    pub(super) fn bytes(&self, text: Text) -> &[u8] {
        self.sources.bytes(text).unwrap_or_default()
    }
}

impl<'a> Schema<'a> {
    /// A schema without nodes, to be merged with others.
    #[must_use]
    pub fn new() -> Schema<'a> {
        Schema::default()
    }

    pub(super) fn of(encoding: Encoding, sources: Sources<'a>, parts: Parts) -> Schema<'a> {
        let mut schema = Schema::new();
        schema.add(Source { encoding, sources, parts });
        schema
    }

    fn add(&mut self, source: Source<'a>) {
        self.documents.push(source);
        self.index.add_last(&self.documents);
    }

    /// Adds the documents of another schema behind those of this one. Costs time for what is added only.
    ///
    /// Nothing is thrown away where two documents describe the same URI: [`get`](Schema::get) gives the first, [`matches`](Schema::matches) all.
    pub fn merge(&mut self, other: Schema<'a>) {
        if self.documents.is_empty() {
            *self = other;
            return;
        }
        for source in other.documents {
            self.add(source);
        }
    }

    pub(super) fn index(&self) -> (&Index, &[Source<'a>]) {
        (&self.index, &self.documents)
    }

    /// The best description of each node on the way to the last of these names, where there is one: from the root down.
    pub(super) fn along<'u>(&self, names: impl Iterator<Item = &'u str>) -> Vec<SchemaNode<'_>> {
        let (index, documents) = self.index();
        let mut ways: Vec<Way> = index.start().into_iter().collect();
        let mut found = Vec::new();
        let mut names = names;
        loop {
            let best = ways.iter().find_map(|way| index.described(way.place).next());
            found.extend(best.and_then(|(document, node)| SchemaNode::new(self, document, node)));
            let Some(name) = names.next() else { return found };
            ways = ways.into_iter().flat_map(|way| index.step(documents, way, name.as_bytes())).collect();
        }
    }

    pub(super) fn source(&self, document: u32) -> Option<&Source<'a>> {
        self.documents.get(document as usize)
    }

    /// The documents, in the order they were merged.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = Document<'_>> + DoubleEndedIterator {
        // More than 2^32 documents do not fit into memory.
        self.documents.iter().enumerate().map(|(index, source)| Document { schema: self, source, index: index as u32 })
    }

    /// How many nodes are described.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.iter().map(|source| source.parts.nodes.len()).fold(0, usize::saturating_add)
    }

    /// Whether no node is described.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The nodes that stand directly in a document, not in another node, in the order of the documents.
    pub fn roots(&self) -> impl Iterator<Item = SchemaNode<'_>> {
        self.documents().flat_map(|document| document.roots())
    }

    /// All nodes, parents before children, in the order of the documents.
    pub fn nodes(&self) -> impl Iterator<Item = SchemaNode<'_>> {
        self.documents().flat_map(|document| document.nodes())
    }

    /// What of [`nodes`](Schema::nodes) comes from a node of a document on.
    #[cfg(feature = "capi")]
    pub(crate) fn nodes_from(&self, document: usize, node: u32) -> impl Iterator<Item = SchemaNode<'_>> {
        let mut documents = self.documents().skip(document);
        let first = documents.next().map(|document| SchemaNodes { next: node, ..document.nodes() });
        first.into_iter().flatten().chain(documents.flat_map(|document| document.nodes()))
    }

    /// `VerDTD` of the first document.
    #[must_use]
    pub fn ver_dtd(&self) -> Option<&str> {
        self.documents().next()?.ver_dtd()
    }

    /// `Man` of the first document: the manufacturer.
    #[must_use]
    pub fn man(&self) -> Option<&str> {
        self.documents().next()?.man()
    }

    /// `Mod` of the first document: the model.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.documents().next()?.model()
    }

    /// The description of the node at a URI, if there is one: that of the exact names before one that an unnamed node
    /// stands for, names on the left counting most; the first document's first.
    ///
    /// A segment stands for the node with that name, an escape being the character that it stands for, and for every unnamed
    /// node ([`SchemaNode::is_dynamic_name`]). The URI may be a template such as [`SchemaNode::uri`] gives. The case of names
    /// counts, unless a node above has the `CaseSense` `CIS`.
    ///
    /// The answer to every question about a URI is a [`SchemaNode`]:
    ///
    /// | question | answer |
    /// |---|---|
    /// | does it exist, and which documents say so | [`matches`](Schema::matches), [`SchemaNode::document`] |
    /// | which commands | [`access`](SchemaNode::access), [`declared_access`](SchemaNode::declared_access) |
    /// | which format, media types, management object | [`format`](SchemaNode::format), [`mime_types`](SchemaNode::mime_types), [`mo_id`](SchemaNode::mo_id) |
    /// | how many, for how long | [`occurrence`](SchemaNode::occurrence), [`scope`](SchemaNode::scope) |
    /// | which values, which to begin with | [`value_rule`](SchemaNode::value_rule), [`default_value`](SchemaNode::default_value) |
    /// | does the case of names count | [`case_sense`](SchemaNode::case_sense) |
    /// | since which build of Windows | [`applicability`](SchemaNode::applicability), [`Applicability::includes`](super::Applicability::includes) |
    /// | deprecated since when | [`Microsoft::deprecated`](super::Microsoft::deprecated) |
    ///
    /// ```
    /// use omadm::ddf::{AccessTypes, Verdict};
    /// let schema = omadm::ddf::decode(br#"<MgmtTree xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM"><Node>
    ///   <NodeName>Toaster</NodeName><Path>./Vendor</Path>
    ///   <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat><DFType><DDFName/></DFType>
    ///     <MSFT:Applicability><MSFT:OsBuildVersion>10.0.22000</MSFT:OsBuildVersion></MSFT:Applicability></DFProperties>
    ///   <Node><NodeName>Level</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType>
    ///     <DefaultValue>3</DefaultValue><DFFormat><int/></DFFormat><Occurrence><ZeroOrOne/></Occurrence><DFType><MIME/></DFType>
    ///     <MSFT:AllowedValues ValueType="Range"><MSFT:Value>[0-6]</MSFT:Value></MSFT:AllowedValues></DFProperties></Node>
    ///   </Node></MgmtTree>"#)?;
    /// let level = schema.get("./Vendor/Toaster/Level")?.unwrap();
    /// assert_eq!(level.access(), AccessTypes::GET | AccessTypes::REPLACE);
    /// assert_eq!((level.format().name(), level.occurrence().max(), level.default_value()), ("int", Some(1), Some("3")));
    /// assert_eq!(level.value_rule().allows("6"), Verdict::Allowed);
    /// assert!(level.value_rule().allows("7").is_refused());
    /// assert_eq!(level.applicability().unwrap().includes("10.0.19045".parse()?), Some(false));
    /// assert!(schema.get("./Vendor/Toaster/Colour")?.is_none());
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidUri`](ErrorKind::InvalidUri) as [`Uri::parse_names`], and for a query.
    pub fn get(&self, uri: &str) -> Result<Option<SchemaNode<'_>>> {
        Ok(self.matches(uri)?.next())
    }

    /// All descriptions of the node at a URI, the one that [`get`](Schema::get) gives first.
    ///
    /// # Errors
    /// As [`get`](Schema::get).
    pub fn matches(&self, uri: &str) -> Result<impl Iterator<Item = SchemaNode<'_>>> {
        let parsed = Uri::parse_names(uri)?;
        if parsed.query().is_some() {
            return Err(Error::new(ErrorKind::InvalidUri, uri.find('?').unwrap_or_default()));
        }
        let found = self.index.find(&self.documents, parsed.segments());
        Ok(found.into_iter().filter_map(|(document, node)| SchemaNode::new(self, document, node)))
    }

    /// The same schema with copies of the documents it borrowed.
    #[must_use]
    pub fn into_owned(self) -> Schema<'static> {
        let own = |source: Source<'a>| Source {
            encoding: source.encoding,
            sources: source.sources.into_owned(),
            parts: source.parts,
        };
        Schema { documents: self.documents.into_iter().map(own).collect(), index: self.index }
    }
}

impl<'a> Extend<Schema<'a>> for Schema<'a> {
    fn extend<I: IntoIterator<Item = Schema<'a>>>(&mut self, schemas: I) {
        schemas.into_iter().for_each(|schema| self.merge(schema));
    }
}

impl<'a> FromIterator<Schema<'a>> for Schema<'a> {
    fn from_iter<I: IntoIterator<Item = Schema<'a>>>(schemas: I) -> Schema<'a> {
        let mut all = Schema::new();
        all.extend(schemas);
        all
    }
}

impl fmt::Debug for Schema<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("documents", &self.documents.len())
            .field("nodes", &self.len())
            .finish_non_exhaustive()
    }
}

/// One document of a [`Schema`].
#[derive(Clone, Copy)]
pub struct Document<'s> {
    schema: &'s Schema<'s>,
    source: &'s Source<'s>,
    index: u32,
}

impl<'s> Document<'s> {
    pub(super) fn new(schema: &'s Schema<'s>, index: u32) -> Option<Document<'s>> {
        Some(Document { schema, source: schema.source(index)?, index })
    }

    pub(super) fn source(&self) -> &'s Source<'s> {
        self.source
    }

    /// Its place among the documents of the schema.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index as usize
    }

    /// The encoding it came in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.source.encoding
    }

    /// `VerDTD`, mostly `1.2`.
    #[must_use]
    pub fn ver_dtd(&self) -> Option<&'s str> {
        self.source.str(self.source.parts.ver_dtd)
    }

    /// `Man`: the manufacturer.
    #[must_use]
    pub fn man(&self) -> Option<&'s str> {
        self.source.str(self.source.parts.man)
    }

    /// `Mod`: the model.
    #[must_use]
    pub fn model(&self) -> Option<&'s str> {
        self.source.str(self.source.parts.model)
    }

    /// The nodes that do not stand in another node.
    #[must_use]
    pub fn roots(&self) -> SchemaNodes<'s> {
        SchemaNodes { nested: false, ..self.nodes() }
    }

    /// All nodes, parents before children.
    #[must_use]
    pub fn nodes(&self) -> SchemaNodes<'s> {
        let end = u32::try_from(self.source.parts.nodes.len()).unwrap_or(NONE);
        SchemaNodes { schema: self.schema, document: self.index, next: 0, end, nested: true }
    }

    /// Elements outside of nodes that are not DDF's.
    #[must_use]
    pub fn extensions(&self) -> super::Extensions<'s> {
        Extension::of_owner(self.source, NONE)
    }

    /// Attributes on `MgmtTree` and on elements outside of nodes, with the element each stands on. Namespace declarations are
    /// not among them.
    pub fn attributes(&self) -> impl Iterator<Item = (Tag, Attribute<'s>)> + use<'s> {
        own_attributes(self.source, NONE)
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document")
            .field("index", &self.index)
            .field("encoding", &self.source.encoding)
            .field("nodes", &self.source.parts.nodes.len())
            .finish_non_exhaustive()
    }
}

pub(super) fn own_attributes<'s>(
    source: &'s Source<'s>,
    owner: u32,
) -> impl Iterator<Item = (Tag, Attribute<'s>)> + use<'s> {
    let own = of_owner(&source.parts.own_attributes, owner, |attribute| attribute.owner);
    own.iter().map(|own| (own.element, Attribute::new(source, &own.attribute)))
}

/// Nodes of one document, parents before children.
#[derive(Clone)]
pub struct SchemaNodes<'s> {
    pub(super) schema: &'s Schema<'s>,
    pub(super) document: u32,
    pub(super) next: u32,
    pub(super) end: u32,
    /// Whether nodes inside nodes are among them.
    pub(super) nested: bool,
}

impl<'s> Iterator for SchemaNodes<'s> {
    type Item = SchemaNode<'s>;

    fn next(&mut self) -> Option<SchemaNode<'s>> {
        if self.next >= self.end {
            return None;
        }
        let node = SchemaNode::new(self.schema, self.document, self.next)?;
        self.next = if self.nested { self.next.saturating_add(1) } else { node.end() };
        Some(node)
    }
}

impl fmt::Debug for SchemaNodes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The segments of a node's `Path`, as texts of its document.
pub(super) fn path_segments<'s>(source: &'s Source<'_>, path: Text) -> impl Iterator<Item = Text> + use<'s> {
    segment::split(source.bytes(path)).flatten().map(move |(start, len)| path.part(start, len))
}
