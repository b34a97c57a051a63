//! What there is in descriptions, counted.

use super::{AccessTypes, Schema, Scope, ValueKind};
use crate::tree::Format;
use std::collections::BTreeMap;

/// How many there are of what in one schema or several.
///
/// ```
/// use omadm::ddf::{self, Census};
/// let schema = ddf::decode(b"<MgmtTree><Node><NodeName>Acc</NodeName><DFProperties><DFFormat><node/></DFFormat></DFProperties>\
///     <Node><NodeName/><DFProperties><DFFormat><chr/></DFFormat></DFProperties></Node></Node></MgmtTree>")?;
/// let mut census = Census::default();
/// census.add(&schema);
/// assert_eq!((census.documents, census.trees, census.nodes, census.leaves, census.unnamed), (1, 1, 2, 1, 1));
/// assert_eq!(census.formats["chr"], 1);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Documents.
    pub documents: usize,
    /// Nodes that stand directly in a document: each begins a tree.
    pub trees: usize,
    /// Nodes.
    pub nodes: usize,
    /// Nodes whose format is another than `node`.
    pub leaves: usize,
    /// Nodes whose format is `node`.
    pub interior: usize,
    /// Nodes that stand for any name (`wire.md` §8.6), also called dynamic nodes.
    pub unnamed: usize,
    /// Nodes whose scope is permanent; all others come and go.
    pub permanent: usize,
    /// Nodes where a management object begins.
    pub objects: usize,
    /// Nodes with a default value.
    pub defaults: usize,
    /// Nodes by `DFFormat`, or what stands in for it.
    pub formats: BTreeMap<&'static str, usize>,
    /// Nodes by `Occurrence`, absent ones as `One`.
    pub occurrences: BTreeMap<&'static str, usize>,
    /// Nodes by command that they take.
    pub commands: BTreeMap<&'static str, usize>,
    /// Nodes by the kind of their `AllowedValues`, of those that have one.
    pub value_kinds: BTreeMap<&'static str, usize>,
    /// Nodes whose values are lists.
    pub lists: usize,
    /// Nodes with an `Applicability` of their own.
    pub applicability: usize,
    /// Nodes that are deprecated.
    pub deprecated: usize,
    /// Nodes that ask for an `Atomic` themselves.
    pub atomic_required: usize,
    /// Nodes that depend on others.
    pub dependencies: usize,
    /// Nodes that do the same as a group policy.
    pub gp_mappings: usize,
}

impl Census {
    /// Counts a schema, besides what is counted already.
    pub fn add(&mut self, schema: &Schema<'_>) {
        let tell = |count: &mut usize, is_one: bool| *count = count.saturating_add(usize::from(is_one));
        self.documents = self.documents.saturating_add(schema.documents().len());
        self.trees = self.trees.saturating_add(schema.roots().count());
        for node in schema.nodes() {
            let microsoft = node.microsoft();
            tell(&mut self.nodes, true);
            tell(&mut self.leaves, !node.is_interior());
            tell(&mut self.interior, node.is_interior());
            tell(&mut self.unnamed, node.is_dynamic_name());
            tell(&mut self.permanent, node.scope() == Scope::Permanent);
            tell(&mut self.objects, node.mo_id().is_some());
            tell(&mut self.defaults, node.default_octets().is_some());
            tell(self.formats.entry(Format::name(node.format())).or_default(), true);
            tell(self.occurrences.entry(node.occurrence().name()).or_default(), true);
            for command in AccessTypes::names(node.access()) {
                tell(self.commands.entry(command).or_default(), true);
            }
            if let Some(allowed) = microsoft.allowed_values() {
                tell(self.value_kinds.entry(ValueKind::name(allowed.kind())).or_default(), true);
                tell(&mut self.lists, allowed.list_delimiter().is_some());
            }
            tell(&mut self.applicability, microsoft.applicability().is_some());
            tell(&mut self.deprecated, microsoft.deprecated().is_some());
            tell(&mut self.atomic_required, microsoft.is_atomic_required());
            tell(&mut self.dependencies, microsoft.dependency_groups().next().is_some());
            tell(&mut self.gp_mappings, microsoft.gp_mapping().is_some());
        }
    }
}
