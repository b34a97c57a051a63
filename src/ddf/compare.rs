//! What differs between two descriptions.

use super::{Extension, Schema, SchemaNode};
use crate::vocabulary::Tag;
use core::fmt;
use hashbrown::HashMap;

/// One node that differs between two schemas.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<'c> {
    /// Only the newer one describes it.
    Added(SchemaNode<'c>),
    /// Only the older one describes it.
    Removed(SchemaNode<'c>),
    /// Both describe it, but not alike.
    Changed {
        /// How the older one describes it.
        old: SchemaNode<'c>,
        /// How the newer one describes it.
        new: SchemaNode<'c>,
        /// What differs.
        properties: Vec<DfProperty<'c>>,
    },
}

impl<'c> Change<'c> {
    /// The node, as the newer schema describes it where it does.
    #[must_use]
    pub fn node(&self) -> SchemaNode<'c> {
        match self {
            Change::Added(node) | Change::Removed(node) | Change::Changed { new: node, .. } => *node,
        }
    }
}

/// Something that a description says of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DfProperty<'c> {
    /// `NodeName`, of a node that stands for any name.
    Name,
    /// `AccessType`
    Access,
    /// `DefaultValue`
    DefaultValue,
    /// `Value`
    Value,
    /// `Description`
    Description,
    /// `DFFormat`
    Format,
    /// `Occurrence`
    Occurrence,
    /// `Scope`
    Scope,
    /// `DFTitle`
    Title,
    /// `DFType`, of a leaf.
    MimeTypes,
    /// `DFType`, of an interior node.
    MoId,
    /// `CaseSense`
    CaseSense,
    /// Elements of others with this name, without prefix.
    Extension(&'c str),
}

impl<'c> DfProperty<'c> {
    const DDF: [DfProperty<'static>; 12] = [
        DfProperty::Name,
        DfProperty::Access,
        DfProperty::DefaultValue,
        DfProperty::Value,
        DfProperty::Description,
        DfProperty::Format,
        DfProperty::Occurrence,
        DfProperty::Scope,
        DfProperty::Title,
        DfProperty::MimeTypes,
        DfProperty::MoId,
        DfProperty::CaseSense,
    ];

    /// The name of the element.
    #[must_use]
    pub const fn name(&self) -> &'c str {
        match self {
            DfProperty::Name => "NodeName",
            DfProperty::Access => "AccessType",
            DfProperty::DefaultValue => "DefaultValue",
            DfProperty::Value => "Value",
            DfProperty::Description => "Description",
            DfProperty::Format => "DFFormat",
            DfProperty::Occurrence => "Occurrence",
            DfProperty::Scope => "Scope",
            DfProperty::Title => "DFTitle",
            DfProperty::MimeTypes => "DFType/MIME",
            DfProperty::MoId => "DFType/DDFName",
            DfProperty::CaseSense => "CaseSense",
            DfProperty::Extension(name) => name,
        }
    }

    /// What a node says there, as text for people; `None` where it says nothing.
    #[must_use]
    pub fn text(&self, node: &SchemaNode<'_>) -> Option<String> {
        let lossy = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
        match self {
            DfProperty::Name => node.name().map(str::to_owned),
            DfProperty::Access => node.declared_access().map(|access| access.to_string()),
            DfProperty::DefaultValue => node.default_octets().map(lossy),
            DfProperty::Value => node.value_octets().map(lossy),
            DfProperty::Description => node.description().map(str::to_owned),
            DfProperty::Format => node.declared_format().map(|format| format.to_string()),
            DfProperty::Occurrence => node.declared_occurrence().map(|occurrence| occurrence.to_string()),
            DfProperty::Scope => node.declared_scope().map(|scope| scope.name().to_owned()),
            DfProperty::Title => node.title().map(str::to_owned),
            DfProperty::MimeTypes => {
                Some(node.mime_types().collect::<Vec<_>>().join(" ")).filter(|types| !types.is_empty())
            }
            DfProperty::MoId => node.mo_id().map(str::to_owned),
            DfProperty::CaseSense => node.case_sense().map(|sense| sense.name().to_owned()),
            DfProperty::Extension(name) => {
                let own = node.extensions().filter(|extension| extension.local_name() == *name);
                let all = own.flat_map(|own| std::iter::once(own).chain(own.descendants()));
                let words = all.flat_map(|element| {
                    let attributes = element.attributes().map(|a| format!("{}={}", a.local_name(), a.value()));
                    attributes.chain(element.text().map(str::to_owned)).filter(|word| !word.is_empty())
                });
                let mut is_there = node.extensions().filter(|extension| extension.local_name() == *name);
                is_there.next().map(|_| words.collect::<Vec<_>>().join(" "))
            }
        }
    }
}

impl fmt::Display for DfProperty<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<'s> Schema<'s> {
    /// What is new, gone and different in a newer schema: first what this one describes, in its order, then what only the newer
    /// one does, in its order.
    ///
    /// Nodes are the same whose URIs are, whatever document describes them; an unnamed node that is the only one of its parent
    /// is the same under another template name. Where a URI is described several times, descriptions are compared one by one in their
    /// order. Elements of others are compared by names, attributes and texts, not by how they are written. Time is linear in both schemas.
    ///
    /// ```
    /// use omadm::ddf::{self, Change, DfProperty};
    /// let describe = |format: &str, more: &str| format!("<MgmtTree><Node><NodeName>A</NodeName><DFProperties>\
    ///     <DFFormat><{format}/></DFFormat></DFProperties></Node>{more}</MgmtTree>");
    /// let (old, new) = (describe("chr", ""), describe("int", "<Node><NodeName>B</NodeName></Node>"));
    /// let (old, new) = (ddf::decode(old.as_bytes())?, ddf::decode(new.as_bytes())?);
    /// let changes = old.changes(&new);
    /// assert!(matches!(&changes[0], Change::Changed { properties, .. } if properties == &[DfProperty::Format]));
    /// assert!(matches!(changes[1], Change::Added(b) if b.name() == Some("B")));
    /// assert_eq!(changes.len(), 2);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn changes<'c>(&'c self, newer: &'c Schema<'_>) -> Vec<Change<'c>> {
        let newer: &'c Schema<'c> = newer;
        let older: &'c Schema<'c> = self;
        let ((old, old_documents), (new, new_documents)) = (older.index(), newer.index());
        let mut changes = Vec::new();
        // Where each place of the older schema is in the newer one; parents come before their children.
        let mut twins: Vec<Option<u32>> = Vec::with_capacity(old.places() as usize);
        let mut compared = vec![0_usize; new.places() as usize];
        for place in 0..old.places() {
            let twin = match old.parent(place) {
                None => (new.places() > 0).then_some(super::index::ROOT),
                Some(parent) => twins.get(parent as usize).copied().flatten().and_then(|twin| {
                    let (name, _) = old.name(old_documents, place);
                    let only = || new.only_dynamic(twin).filter(|_| old.only_dynamic(parent) == Some(place));
                    new.child(new_documents, twin, name.as_bytes()).or_else(only)
                }),
            };
            twins.push(twin);
            let mut others = twin.into_iter().flat_map(|twin| new.described(twin));
            for (document, node) in old.described(place) {
                let Some(was) = SchemaNode::new(older, document, node) else { continue };
                let is = others.next().and_then(|(document, node)| SchemaNode::new(newer, document, node));
                let Some(is) = is else {
                    changes.push(Change::Removed(was));
                    continue;
                };
                if let Some(compared) = twin.and_then(|twin| compared.get_mut(twin as usize)) {
                    *compared = compared.saturating_add(1);
                }
                let properties = differences(&was, &is);
                if !properties.is_empty() {
                    changes.push(Change::Changed { old: was, new: is, properties });
                }
            }
        }
        for place in 0..new.places() {
            let known = compared.get(place as usize).copied().unwrap_or_default();
            let added = new.described(place).skip(known);
            let added = added.filter_map(|(document, node)| SchemaNode::new(newer, document, node));
            changes.extend(added.map(Change::Added));
        }
        changes
    }
}

fn differences<'c>(old: &SchemaNode<'c>, new: &SchemaNode<'c>) -> Vec<DfProperty<'c>> {
    let differs = |property: &DfProperty<'c>| property.text(old) != property.text(new);
    let mut found: Vec<DfProperty<'c>> = DfProperty::DDF.into_iter().filter(differs).collect();
    let (was, is) = (by_place(old), by_place(new));
    let mut seen = hashbrown::HashSet::with_hasher(foldhash::fast::RandomState::default());
    let is_same = |place: &Place<'c>| match (was.get(place), is.get(place)) {
        (Some(was), Some(is)) => {
            was.len() == is.len() && was.iter().zip(is).all(|(was, is)| is_same_element(*was, *is))
        }
        _ => false,
    };
    let places = old.extensions().chain(new.extensions()).map(|own| place(&own));
    let differing = places.filter(|place| !is_same(place)).map(|(name, _)| name);
    found.extend(differing.filter(|name| seen.insert(*name)).map(DfProperty::Extension));
    found
}

/// The name of an element of others, and the element of DDF around it: the order of such elements counts among those
/// that share both, as a document may have `DFType` in front of what stands beside it, or behind.
type Place<'c> = (&'c str, Option<Tag>);
type ByPlace<'c> = HashMap<Place<'c>, Vec<Extension<'c>>, foldhash::fast::RandomState>;

fn place<'c>(extension: &Extension<'c>) -> Place<'c> {
    (extension.local_name(), extension.inside())
}

fn by_place<'c>(node: &SchemaNode<'c>) -> ByPlace<'c> {
    let mut all = ByPlace::default();
    for extension in node.extensions() {
        all.entry(place(&extension)).or_default().push(extension);
    }
    all
}

fn is_same_element(one: Extension<'_>, other: Extension<'_>) -> bool {
    let is_mixed = |whole: Extension<'_>| whole.is_mixed() || whole.descendants().any(|inside| inside.is_mixed());
    if is_mixed(one) || is_mixed(other) {
        return match (one.fragment(), other.fragment()) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        };
    }
    let all = |whole| std::iter::once(whole).chain(Extension::descendants(&whole));
    let (mut ones, mut others) = (all(one), all(other));
    loop {
        match (ones.next(), others.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if is_same_alone(one, other) => {}
            _ => return false,
        }
    }
}

/// Whether two elements say the same, but for what is inside; that they have as many elements inside makes lists of all
/// elements comparable one by one.
fn is_same_alone(one: Extension<'_>, other: Extension<'_>) -> bool {
    let namespace = |element: Extension<'_>| element.namespace().map(|namespace| namespace.name().into_owned());
    let attributes = |element: Extension<'_>| {
        let all = element.attributes().map(|own| (own.local_name().to_owned(), own.value().to_owned()));
        let mut all: Vec<(String, String)> = all.collect();
        all.sort_unstable();
        all
    };
    one.local_name() == other.local_name()
        && one.text() == other.text()
        && namespace(one) == namespace(other)
        && attributes(one) == attributes(other)
        && one.children().count() == other.children().count()
}
