//! Whether trees and commands are as a schema describes them.

mod command;
mod finding;
mod message;
mod tree;

pub use command::Request;
pub use finding::{Finding, Findings, Reason, Unjudged};

use super::index::Way;
use super::rule::Patterns;
use super::{AccessTypes, OsBuild, Schema, SchemaNode, ValueRule};
use crate::limits::Limits;
use finding::Sink;
use hashbrown::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many ways through the descriptions are followed at once, and how many descriptions on them are looked at. A node among
/// unnamed ones can be any of them; more than a few are nobody's description, but would cost a look at each for every node.
const MOST_WAYS: usize = 64;

/// Checks trees, commands and messages against a [`Schema`], and finds everything that is wrong with them.
///
/// What it compiles and looks up is kept, so that one `Check` serves for many trees, also from several threads. Time is
/// linear in what is checked. A node that could be one of several unnamed ones is held against the first that is of its kind (leaf or
/// interior); of more than 64 such descriptions the first are looked at.
///
/// ```
/// use omadm::ddf::{self, AccessTypes, Check, Reason, Request};
/// let schema = ddf::decode(br#"<MgmtTree><Node><NodeName>Radio</NodeName><Path>./Vendor</Path>
///   <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat><DFType><DDFName/></DFType></DFProperties>
///   <Node><NodeName>Enabled</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType><DFFormat><bool/></DFFormat>
///     <DFType><MIME>text/plain</MIME></DFType></DFProperties></Node></Node></MgmtTree>"#)?;
/// let check = Check::new(&schema);
///
/// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>Radio</NodeName><Path>./Vendor</Path>\
///     <Node><NodeName>Colour</NodeName><Value>red</Value></Node></Node></MgmtTree>")?;
/// let found: Vec<String> = check.tree(&tree).iter().map(|finding| finding.to_string()).collect();
/// assert_eq!(found, ["./Vendor/Radio/Colour: not described", "./Vendor/Radio/Enabled: missing, expected One"]);
///
/// let request = Request::new(AccessTypes::DELETE, "./Vendor/Radio/Enabled");
/// let findings = check.command(&request);
/// assert_eq!(findings[0].reason(), &Reason::Command { command: AccessTypes::DELETE });
/// assert_eq!(findings[0].status().unwrap().to_string(), "405 Command not allowed");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Debug)]
pub struct Check<'s> {
    schema: &'s Schema<'s>,
    build: Option<OsBuild>,
    is_whole: bool,
    limits: Limits,
    /// Places where there must be a node, by the place above; sorted.
    required: Vec<(u32, u32)>,
    is_required: Vec<bool>,
    known: Mutex<Known<'s>>,
}

/// What was looked up once.
#[derive(Debug)]
struct Known<'s> {
    patterns: Patterns,
    facts: HashMap<(u32, u32), Arc<Facts<'s>>, foldhash::fast::RandomState>,
}

impl Known<'_> {
    fn new(limits: &Limits) -> Known<'static> {
        Known { patterns: Patterns::new(limits), facts: HashMap::default() }
    }
}

/// What is needed of a description for every node that it describes.
#[derive(Debug)]
struct Facts<'s> {
    rule: ValueRule<'s>,
    is_in_build: bool,
    is_deprecated: bool,
    is_atomic_required: bool,
}

impl<'s> Check<'s> {
    /// A check against a schema, for any build, within the default [`Limits`].
    #[must_use]
    pub fn new(schema: &'s Schema<'_>) -> Check<'s> {
        let mut check = Check {
            schema,
            build: None,
            is_whole: false,
            limits: Limits::DEFAULT,
            required: Vec::new(),
            is_required: Vec::new(),
            known: Mutex::new(Known::new(&Limits::DEFAULT)),
        };
        check.find_required();
        check
    }

    /// Checks for a device with this build of Windows: nodes that it does not have are findings, and are not missed.
    /// Without a build every node is taken to be there, and deprecated nodes are findings since whatever build that was.
    #[must_use]
    pub fn os_build(mut self, build: OsBuild) -> Check<'s> {
        self.build = Some(build);
        self.forget();
        self.find_required();
        self
    }

    /// Whether documents are whole trees: nodes are missed below nodes that a document only implies, too, and
    /// below the root. Off by default, as most documents are a part of a tree.
    #[must_use]
    pub fn whole_tree(mut self, is_whole: bool) -> Check<'s> {
        self.is_whole = is_whole;
        self
    }

    /// Other bounds: [`findings`](Limits::findings), [`patterns`](Limits::patterns), [`pattern_size`](Limits::pattern_size).
    #[must_use]
    pub fn limits(mut self, limits: &Limits) -> Check<'s> {
        self.limits = *limits;
        self.forget();
        self
    }

    fn forget(&mut self) {
        self.known = Mutex::new(Known::new(&self.limits));
    }

    fn sink(&self) -> Sink<'s> {
        Sink::new(&self.limits)
    }

    /// Notes where there must be a node.
    ///
    /// One that cannot be read is not missed: a document that a device's answers were put together to does not have it.
    fn find_required(&mut self) {
        let (index, _) = self.schema.index();
        self.is_required = vec![false; index.places() as usize];
        self.required.clear();
        for place in 0..index.places() {
            let Some(node) = self.first(place).filter(|node| node.is_described()) else { continue };
            let is_readable = node.declared_access().is_none_or(|access| access.contains(AccessTypes::GET));
            let must_be = node.occurrence().min() > 0 && is_readable && self.is_in_build(node);
            if let Some(parent) = index.parent(place).filter(|_| must_be) {
                self.required.push((parent, place));
                if let Some(is_required) = self.is_required.get_mut(place as usize) {
                    *is_required = true;
                }
            }
        }
        self.required.sort_unstable();
    }

    /// The places below this one where there must be a node.
    fn required_below(&self, place: u32) -> impl Iterator<Item = u32> {
        let first = self.required.partition_point(|(parent, _)| *parent < place);
        let below = self.required.get(first..).unwrap_or_default().iter();
        below.take_while(move |(parent, _)| *parent == place).map(|(_, place)| *place)
    }

    fn is_required(&self, place: u32) -> bool {
        self.is_required.get(place as usize).is_some_and(|is_required| *is_required)
    }

    /// The first description at a place.
    fn first(&self, place: u32) -> Option<SchemaNode<'s>> {
        let (document, node) = self.schema.index().0.described(place).next()?;
        SchemaNode::new(self.schema, document, node)
    }

    /// The ways from `from` on; at most [`MOST_WAYS`].
    fn step(&self, from: &[Way], name: &str, ways: &mut Vec<Way>) {
        let (index, documents) = self.schema.index();
        let all = from.iter().flat_map(|way| index.step(documents, *way, name.as_bytes()));
        ways.extend(all.take(MOST_WAYS));
    }

    /// The description that counts, with its place: the first of this kind, if there is one among the first [`MOST_WAYS`].
    fn choose(&self, ways: &[Way], is_interior: Option<bool>) -> Option<(SchemaNode<'s>, u32)> {
        let index = self.schema.index().0;
        let described = |way: &Way| {
            let place = way.place;
            index.described(place).filter_map(move |(document, node)| {
                SchemaNode::new(self.schema, document, node).map(|node| (node, place))
            })
        };
        let fits = |(node, _): &(SchemaNode<'_>, u32)| is_interior.is_none_or(|wanted| node.is_interior() == wanted);
        let mut all = ways.iter().flat_map(described).take(MOST_WAYS);
        let first = all.next()?;
        if fits(&first) { Some(first) } else { all.find(fits).or(Some(first)) }
    }

    fn is_in_build(&self, node: SchemaNode<'_>) -> bool {
        let Some(build) = self.build else { return true };
        node.applicability().and_then(|applicability| applicability.includes(build)).unwrap_or(true)
    }

    fn facts(&self, node: SchemaNode<'s>) -> Arc<Facts<'s>> {
        // What is kept is whole at any time.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = known.facts.get(&node.key()) {
            return Arc::clone(facts);
        }
        let deprecated = node.microsoft().deprecated();
        let facts = Arc::new(Facts {
            rule: ValueRule::of_node(node, &mut known.patterns),
            is_in_build: self.is_in_build(node),
            is_deprecated: deprecated
                .is_some_and(|deprecated| self.build.is_none_or(|build| deprecated.includes(build))),
            is_atomic_required: node.is_atomic_required(),
        });
        known.facts.insert(node.key(), Arc::clone(&facts));
        facts
    }
}

/// Whether a media type is one of those described; none described allow any. Parameters and case do not count.
fn takes_media_type(node: SchemaNode<'_>, media_type: &str) -> bool {
    let essence = |media_type: &str| media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let wanted = essence(media_type);
    let mut types = node.mime_types().filter(|own| !own.trim().is_empty()).peekable();
    types.peek().is_none() || types.any(|own| essence(own) == wanted)
}
