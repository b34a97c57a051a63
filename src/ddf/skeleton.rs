//! A tree as a schema describes it.

use super::index::Way;
use super::parts::octets;
use super::{OsBuild, Schema, SchemaNode};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::query::Uri;
use crate::text::{Document, Sources, Text, TextBuilder};
use crate::tree::{Fields, Format, Info, Tree, TreeBuilder, segment};
use core::fmt;
use hashbrown::HashMap;
use std::borrow::Cow;

/// Makes a tree of what a [`Schema`] says there must be: every node with the occurrence `One` or more, with format, type and the
/// value it begins with. Optional nodes, and unnamed ones under a name of the caller's, are made where
/// [`with`](Skeleton::with) asks for them, with what there must be below them.
///
/// A leaf's value is its `Value`, else its `DefaultValue`; without either it has none.
///
/// ```
/// use omadm::ddf::{self, Skeleton};
/// let schema = ddf::decode(br#"<MgmtTree><Node><NodeName>Acc</NodeName><Path>./Vendor</Path>
///   <DFProperties><DFFormat><node/></DFFormat></DFProperties>
///   <Node><NodeName/><DFProperties><DFFormat><node/></DFFormat><Occurrence><ZeroOrMore/></Occurrence></DFProperties>
///     <Node><NodeName>Port</NodeName><DFProperties><DefaultValue>443</DefaultValue><DFFormat><int/></DFFormat></DFProperties></Node>
///   </Node></Node></MgmtTree>"#)?;
/// assert_eq!(Skeleton::new(&schema).tree()?.len(), 3); // ., ./Vendor, ./Vendor/Acc
/// let tree = Skeleton::new(&schema).with("./Vendor/Acc/home")?.tree()?;
/// let port = tree.get("./Vendor/Acc/home/Port")?.unwrap();
/// assert_eq!((port.format().name(), port.value().unwrap().text()), ("int", Some("443")));
/// # Ok::<(), omadm::Error>(())
/// ```
pub struct Skeleton<'s> {
    schema: &'s Schema<'s>,
    build: Option<OsBuild>,
    limits: Limits,
    asked: Vec<String>,
}

/// A node that will be in the tree.
struct Made<'s> {
    name: Cow<'s, str>,
    node: Option<SchemaNode<'s>>,
    depth: u32,
    children: Vec<u32>,
}

/// The nodes that will be in the tree; the first is the root.
struct Plan<'s> {
    made: Vec<Made<'s>>,
    by_name: HashMap<(u32, Vec<u8>), u32, foldhash::fast::RandomState>,
    /// Nodes whose places are still to be looked below.
    open: Vec<(u32, u32)>,
    limits: Limits,
}

impl<'s> Skeleton<'s> {
    /// A skeleton of what a schema describes, within the default [`Limits`].
    #[must_use]
    pub fn new(schema: &'s Schema<'_>) -> Skeleton<'s> {
        Skeleton { schema, build: None, limits: Limits::DEFAULT, asked: Vec::new() }
    }

    /// Leaves out what this build of Windows does not have.
    #[must_use]
    pub fn os_build(self, build: OsBuild) -> Skeleton<'s> {
        Skeleton { build: Some(build), ..self }
    }

    /// Other bounds: [`elements`](Limits::elements) for the nodes, [`depth`](Limits::depth).
    #[must_use]
    pub fn limits(self, limits: &Limits) -> Skeleton<'s> {
        Skeleton { limits: *limits, ..self }
    }

    /// Makes the node at a URI, too, and those on the way to it.
    ///
    /// # Errors
    /// [`InvalidUri`](ErrorKind::InvalidUri) as [`Schema::get`]; [`NodeNotFound`](ErrorKind::NodeNotFound), at offset 0, where the
    /// schema describes no such node.
    pub fn with(mut self, uri: &str) -> Result<Skeleton<'s>> {
        self.schema.get(uri)?.ok_or(Error::new(ErrorKind::NodeNotFound, 0))?;
        self.asked.push(uri.to_owned());
        Ok(self)
    }

    /// The tree.
    ///
    /// # Errors
    /// [`LimitElements`](ErrorKind::LimitElements) and [`LimitDepth`](ErrorKind::LimitDepth); 6xx for descriptions that no tree
    /// can follow, such as a default value for an interior node. The offset is that of the node in its description.
    pub fn tree(&self) -> Result<Tree<'static>> {
        let wanted = self.wanted();
        let (index, documents) = self.schema.index();
        let mut plan = Plan {
            made: vec![Made { name: Cow::Borrowed(""), node: None, depth: 0, children: Vec::new() }],
            by_name: HashMap::default(),
            open: vec![(0, super::index::ROOT)],
            limits: self.limits,
        };
        self.complete(&mut plan, &wanted)?;
        for uri in &self.asked {
            let uri = Uri::parse_names(uri)?;
            let mut ways: Vec<Way> = index.start().into_iter().collect();
            let mut at = 0;
            for name in uri.segments() {
                ways = ways.into_iter().flat_map(|way| index.step(documents, way, name.as_bytes())).collect();
                let best = ways.iter().find_map(|way| self.first(way.place).map(|node| (node, way.place)));
                let (made, is_new) = plan.make(at, name.to_owned().into(), best.map(|(node, _)| node))?;
                if is_new {
                    // The best description counts; what only a Path leads through goes on below it.
                    let implied = ways.iter().filter(|way| self.first(way.place).is_none()).map(|way| way.place);
                    plan.open
                        .extend(best.map(|(_, place)| place).into_iter().chain(implied).map(|place| (made, place)));
                }
                at = made;
            }
            self.complete(&mut plan, &wanted)?;
        }
        self.build(&plan)
    }

    /// Makes what there must be below the nodes that are open.
    fn complete(&self, plan: &mut Plan<'s>, wanted: &[(u32, u32)]) -> Result<()> {
        let (index, documents) = self.schema.index();
        while let Some((made, place)) = plan.open.pop() {
            let is_leaf = |made: &Made<'_>| made.node.is_some_and(|node| !node.is_interior());
            if plan.made.get(made as usize).is_none_or(is_leaf) {
                continue;
            }
            let first = wanted.partition_point(|(parent, _)| *parent < place);
            let below = wanted.get(first..).unwrap_or_default();
            for (_, child) in below.iter().take_while(|(parent, _)| *parent == place) {
                let (name, _) = index.name(documents, *child);
                let (made, _) = plan.make(made, name.into(), self.first(*child))?;
                plan.open.push((made, *child));
            }
        }
        Ok(())
    }

    /// The places of nodes that must be there, by the place above, sorted. What only a Path leads through must be where something
    /// below it must be.
    fn wanted(&self) -> Vec<(u32, u32)> {
        let (index, documents) = self.schema.index();
        let mut is_wanted = vec![false; index.places() as usize];
        let mut wanted = Vec::new();
        // Children come after their parents.
        for place in (0..index.places()).rev() {
            let own = is_wanted.get(place as usize).copied().unwrap_or_default();
            let must_be = match self.first(place) {
                Some(node) => node.is_described() && node.occurrence().min() > 0 && self.is_in_build(node),
                None => own,
            };
            let (_, is_dynamic) = index.name(documents, place);
            if let Some(parent) = index.parent(place).filter(|_| must_be && !is_dynamic) {
                wanted.push((parent, place));
                if let Some(parent) = is_wanted.get_mut(parent as usize) {
                    *parent = true;
                }
            }
        }
        wanted.sort_unstable();
        wanted
    }

    fn is_in_build(&self, node: SchemaNode<'_>) -> bool {
        let Some(build) = self.build else { return true };
        node.applicability().and_then(|applicability| applicability.includes(build)).unwrap_or(true)
    }

    fn first(&self, place: u32) -> Option<SchemaNode<'s>> {
        let (document, node) = self.schema.index().0.described(place).next()?;
        SchemaNode::new(self.schema, document, node)
    }

    /// Builds what is planned: each node is begun before its children and placed after them, without recursion.
    fn build(&self, plan: &Plan<'s>) -> Result<Tree<'static>> {
        let mut texts = TextBuilder::new(b"");
        let mut builder = TreeBuilder::new(0, &self.limits);
        let at = |node: Option<SchemaNode<'_>>| node.map_or(0, |node| node.offset());
        // The planned node, the node begun for it, and which of its children is next.
        let mut open: Vec<(u32, u32, usize)> = vec![(0, TreeBuilder::ROOT.node, 0)];
        while let Some((planned, begun, next)) = open.last_mut() {
            let Some(made) = plan.made.get(*planned as usize) else { break };
            if let Some(child) = made.children.get(*next) {
                *next = next.saturating_add(1);
                let child = *child;
                let begun = builder.begin().map_err(|kind| Error::new(kind, at(made.node)))?;
                open.push((child, begun, 0));
                continue;
            }
            let begun = *begun;
            open.pop();
            if let Some((_, parent, _)) = open.last() {
                let fields = fields(made, &mut texts);
                let placed = builder.place(&texts, Some(*parent), begun, &fields);
                placed.map_err(|kind| Error::new(kind, at(made.node)))?;
            }
        }
        let mut keep = |text: Option<&str>| text.map_or(Text::ABSENT, |text| texts.keep(text.as_bytes()));
        let info = Info {
            ver_dtd: keep(self.schema.ver_dtd()),
            man: keep(self.schema.man()),
            model: keep(self.schema.model()),
        };
        Ok(builder.finish(Sources { document: Document::Binary(Cow::Borrowed(b"")), heap: texts.finish()? }, info))
    }
}

fn fields(made: &Made<'_>, texts: &mut TextBuilder<'_>) -> Fields {
    let name = texts.keep(made.name.as_bytes());
    let Some(node) = made.node else { return Fields { name, format: Some(Format::Node), ..Fields::default() } };
    let raw = node.raw();
    let (value, flag) = match node.value_octets() {
        Some(value) => (Some(value), octets::VALUE),
        None => (node.default_octets(), octets::DEFAULT_VALUE),
    };
    let value = value.filter(|_| node.format() != Format::Null);
    let kind = if node.is_interior() { node.mo_id() } else { node.mime_types().next() };
    Fields {
        name,
        format: Some(node.format()),
        kind: kind.map_or(Text::ABSENT, |kind| texts.keep(kind.as_bytes())),
        kind_is_mo: node.is_interior(),
        value: value.map_or(Text::ABSENT, |value| texts.keep(value)),
        value_is_octets: raw.octets & flag != 0,
        ..Fields::default()
    }
}

impl<'s> Plan<'s> {
    /// The child with this name, made if there is none; and whether it was made.
    fn make(&mut self, parent: u32, name: Cow<'s, str>, node: Option<SchemaNode<'s>>) -> Result<(u32, bool)> {
        let key = (parent, segment::canonical(name.as_bytes()).into_owned());
        if let Some(known) = self.by_name.get(&key) {
            return Ok((*known, false));
        }
        let error = |kind| Error::new(kind, node.map_or(0, |node| node.offset()));
        let next = u32::try_from(self.made.len()).ok().filter(|next| *next < self.limits.elements);
        let next = next.ok_or(error(ErrorKind::LimitElements))?;
        let Some(above) = self.made.get_mut(parent as usize) else { return Ok((parent, false)) };
        let depth = above.depth.saturating_add(1);
        if depth > self.limits.depth {
            return Err(error(ErrorKind::LimitDepth));
        }
        above.children.push(next);
        self.made.push(Made { name, node, depth, children: Vec::new() });
        self.by_name.insert(key, next);
        Ok((next, true))
    }
}

impl fmt::Debug for Skeleton<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Skeleton")
            .field("schema", self.schema)
            .field("build", &self.build)
            .field("asked", &self.asked)
            .finish_non_exhaustive()
    }
}
