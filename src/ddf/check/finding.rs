//! What a check finds.

use super::super::{AccessTypes, NotJudged, Refusal, SchemaNode, Verdict};
use crate::error::Error;
use crate::limits::Limits;
use crate::syncml::StatusCode;
use crate::tree::Format;
use core::fmt;
use core::ops::Deref;
use hashbrown::HashSet;

/// One thing that is not as described. Prints as `URI: reason`, with what was expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'s> {
    pub(super) uri: String,
    pub(super) reason: Reason,
    pub(super) node: Option<SchemaNode<'s>>,
    pub(super) status: Option<StatusCode>,
    pub(super) offset: Option<usize>,
}

impl<'s> Finding<'s> {
    /// The node that it is about; of a command as it was written there.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// What is wrong.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// The description that says so; `None` where there is none.
    #[must_use]
    pub fn node(&self) -> Option<SchemaNode<'s>> {
        self.node
    }

    /// The status code that a device answers with (`wire.md` §2.1), for findings about commands for which the standard has one.
    /// For a value that is not allowed that is 500, the only code in the rows of both Add and Replace (§2.2) that is not about
    /// something else.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// Where the item begins in the message that was checked.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }

    /// What the description has instead, in words.
    #[must_use]
    pub fn expected(&self) -> Option<String> {
        let node = self.node?;
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        match &self.reason {
            Reason::Command { .. } => some(node.access().to_string()),
            Reason::Format { .. } => some(node.format().to_string()),
            Reason::MediaType { .. } => some(node.mime_types().collect::<Vec<_>>().join(" ")),
            Reason::MoId { .. } => node.mo_id().map(str::to_owned),
            Reason::Missing | Reason::TooMany { .. } => some(node.occurrence().to_string()),
            Reason::NotInBuild => node.applicability()?.os_build_version().map(str::to_owned),
            Reason::Deprecated => some(format!("none since {}", node.microsoft().deprecated()?.os_build()?)),
            Reason::Value(_) | Reason::Name => {
                // Some lists are long: the first few say what is meant.
                const SHOWN: usize = 8;
                let allowed = node.microsoft().allowed_values()?;
                let mut values = allowed.values().filter_map(|value| value.value());
                let mut shown: Vec<&str> = values.by_ref().take(SHOWN).collect();
                shown.extend(values.next().map(|_| "…"));
                some(shown.join(" "))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.uri, self.reason)?;
        match self.expected() {
            Some(expected) => write!(f, ", expected {expected}"),
            None => Ok(()),
        }
    }
}

/// What is not as described.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No node is described at this URI. What is below is not looked at.
    NotDescribed,
    /// The URI breaks a rule of URIs.
    InvalidUri(Error),
    /// A node below a leaf.
    BelowLeaf,
    /// `AccessType` has not this command.
    Command {
        /// The command.
        command: AccessTypes,
    },
    /// The command cannot be done to a permanent node, or to the root.
    Permanent,
    /// The part of the URI behind `?` breaks the rules of queries.
    Query(Error),
    /// `?list=` asks for what the standard does not have.
    List,
    /// The property in `?prop=` is not kept.
    Property,
    /// The command cannot be done to a property, or to a list.
    PropertyCommand,
    /// Another format.
    Format {
        /// The format found; `None` where its name is not known.
        found: Option<Format>,
    },
    /// An interior node, or one with children, where a leaf is described.
    Interior,
    /// A leaf where an interior node is described.
    Leaf,
    /// A value for an interior node.
    ValueOfInterior,
    /// A media type that is not among those described.
    MediaType {
        /// The media type found.
        found: String,
    },
    /// Another management object begins here.
    MoId {
        /// The identifier found.
        found: String,
    },
    /// The value is not allowed.
    Value(Refusal),
    /// The name is not as the description of unnamed nodes asks for.
    Name,
    /// A node that there must be is not there.
    Missing,
    /// More nodes than there may be.
    TooMany {
        /// How many there are.
        found: u32,
    },
    /// Two names differ in case only, where case does not count.
    CaseClash {
        /// The other name.
        other: String,
    },
    /// The build that was asked for has not this node.
    NotInBuild,
    /// The node should no longer be used.
    Deprecated,
    /// Commands to this node must stand in an `Atomic`.
    NotAtomic,
    /// The item of a message holds a tree that cannot be read.
    Tree(Error),
}

impl Reason {
    /// A short name for programs, such as `not-described`. Stays the same between releases.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Reason::NotDescribed => "not-described",
            Reason::InvalidUri(_) => "invalid-uri",
            Reason::BelowLeaf => "below-leaf",
            Reason::Command { .. } => "command",
            Reason::Permanent => "permanent",
            Reason::Query(_) => "query",
            Reason::List => "list",
            Reason::Property => "property",
            Reason::PropertyCommand => "property-command",
            Reason::Format { .. } => "format",
            Reason::Interior => "interior",
            Reason::Leaf => "leaf",
            Reason::ValueOfInterior => "value-of-interior",
            Reason::MediaType { .. } => "media-type",
            Reason::MoId { .. } => "mo-id",
            Reason::Value(_) => "value",
            Reason::Name => "name",
            Reason::Missing => "missing",
            Reason::TooMany { .. } => "too-many",
            Reason::CaseClash { .. } => "case-clash",
            Reason::NotInBuild => "not-in-build",
            Reason::Deprecated => "deprecated",
            Reason::NotAtomic => "not-atomic",
            Reason::Tree(_) => "tree",
        }
    }

    /// The status code for a command with this fault (`wire.md` §2.1, §2.2, §9.2, §9.4, §9.6).
    pub(super) const fn status(&self) -> Option<u16> {
        match self {
            Reason::NotDescribed | Reason::InvalidUri(_) | Reason::NotInBuild => Some(404),
            Reason::BelowLeaf
            | Reason::Command { .. }
            | Reason::Permanent
            | Reason::PropertyCommand
            | Reason::ValueOfInterior => Some(405),
            Reason::Property | Reason::List => Some(406),
            Reason::Format { .. }
            | Reason::Interior
            | Reason::Leaf
            | Reason::MediaType { .. }
            | Reason::MoId { .. }
            | Reason::Tree(_) => Some(415),
            Reason::Query(_) => Some(422),
            Reason::Value(_) | Reason::Name => Some(500),
            Reason::Missing
            | Reason::TooMany { .. }
            | Reason::CaseClash { .. }
            | Reason::Deprecated
            | Reason::NotAtomic => None,
        }
    }
}

/// Prints the reason without what was expected.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::NotDescribed => f.write_str("not described"),
            Reason::InvalidUri(error) => write!(f, "{}", error.kind()),
            Reason::BelowLeaf => f.write_str("below a leaf"),
            Reason::Command { command } => write!(f, "does not take {command}"),
            Reason::Permanent => f.write_str("permanent"),
            Reason::Query(error) => write!(f, "{}", error.kind()),
            Reason::List => f.write_str("a list that the standard does not have"),
            Reason::Property => f.write_str("a property that the node does not have"),
            Reason::PropertyCommand => f.write_str("a command that is not for properties"),
            Reason::Format { found: Some(found) } => write!(f, "format {found}"),
            Reason::Format { found: None } => f.write_str("unknown format"),
            Reason::Interior => f.write_str("an interior node, expected a leaf"),
            Reason::Leaf => f.write_str("a leaf, expected an interior node"),
            Reason::ValueOfInterior => f.write_str("a value for an interior node"),
            Reason::MediaType { found } => write!(f, "media type {found}"),
            Reason::MoId { found } => write!(f, "management object {found}"),
            Reason::Value(refusal) => write!(f, "value {refusal}"),
            Reason::Name => f.write_str("name does not match the regular expression"),
            Reason::Missing => f.write_str("missing"),
            Reason::TooMany { found } => write!(f, "{found} of these nodes"),
            Reason::CaseClash { other } => write!(f, "differs from {other} in case only"),
            Reason::NotInBuild => f.write_str("not in this build"),
            Reason::Deprecated => f.write_str("deprecated"),
            Reason::NotAtomic => f.write_str("not in an Atomic"),
            Reason::Tree(error) => write!(f, "tree cannot be read: {}", error.kind()),
        }
    }
}

/// A value, or a name, that was held against a rule that this library cannot judge by: no finding, as nothing is known to be wrong.
/// Prints as `URI: not judged: why`.
#[derive(Clone, Debug, PartialEq)]
pub struct Unjudged<'s> {
    uri: String,
    why: NotJudged,
    node: SchemaNode<'s>,
    offset: Option<usize>,
}

impl<'s> Unjudged<'s> {
    /// The node whose value it is; of a command as it was written there.
    #[must_use]
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// Why it was not judged.
    #[must_use]
    pub fn why(&self) -> NotJudged {
        self.why
    }

    /// The description that has the rule.
    #[must_use]
    pub fn node(&self) -> SchemaNode<'s> {
        self.node
    }

    /// Where the item begins in the message that was checked.
    #[must_use]
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }
}

impl fmt::Display for Unjudged<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not judged: {}", self.uri, self.why)
    }
}

/// All that was found, in the order of what was checked; what is missing, or too many, behind what is below the same node.
/// A slice of [`Finding`]s.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings<'s> {
    list: Vec<Finding<'s>>,
    not_judged: Vec<Unjudged<'s>>,
    is_complete: bool,
}

impl<'s> Findings<'s> {
    /// What was not judged, in the order of what was checked: of each rule the first value. These are no findings, and not part of the slice.
    #[must_use]
    pub fn not_judged(&self) -> &[Unjudged<'s>] {
        &self.not_judged
    }

    /// Whether these are all: there were no more findings, and no more rules that were not judged by, than
    /// [`Limits::findings`](crate::Limits::findings), and their URIs together had no more octets than
    /// [`Limits::output`](crate::Limits::output).
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }
}

impl<'s> Deref for Findings<'s> {
    type Target = [Finding<'s>];

    fn deref(&self) -> &[Finding<'s>] {
        &self.list
    }
}

impl<'s> IntoIterator for Findings<'s> {
    type Item = Finding<'s>;
    type IntoIter = std::vec::IntoIter<Finding<'s>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'f, 's> IntoIterator for &'f Findings<'s> {
    type Item = &'f Finding<'s>;
    type IntoIter = core::slice::Iter<'f, Finding<'s>>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// Where findings are gathered, up to a limit.
pub(super) struct Sink<'s> {
    list: Vec<Finding<'s>>,
    not_judged: Vec<Unjudged<'s>>,
    /// The descriptions whose rules are in that list.
    noted: HashSet<(u32, u32), foldhash::fast::RandomState>,
    most: usize,
    /// Octets that the URIs of findings may still have together.
    room: u64,
    is_over: bool,
    /// Whether something that was not judged was left out.
    is_cut: bool,
    /// Whether findings are about commands, which have status codes.
    pub(super) with_status: bool,
    /// The item that is looked at.
    pub(super) offset: Option<usize>,
}

impl<'s> Sink<'s> {
    pub(super) fn new(limits: &Limits) -> Sink<'s> {
        Sink {
            list: Vec::new(),
            not_judged: Vec::new(),
            noted: HashSet::default(),
            most: limits.findings as usize,
            room: limits.output,
            is_over: false,
            is_cut: false,
            with_status: false,
            offset: None,
        }
    }

    /// Whether a finding was left out: there is no use in looking for more.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    pub(super) fn add(&mut self, uri: impl fmt::Display, node: Option<SchemaNode<'s>>, reason: Reason) {
        if self.list.len() >= self.most {
            self.is_over = true;
            return;
        }
        let status = reason.status().map(StatusCode).filter(|_| self.with_status);
        match self.text(uri) {
            Some(uri) => self.list.push(Finding { uri, reason, node, status, offset: self.offset }),
            None => self.is_over = true,
        }
    }

    /// A URI, if there is room for it: one long name is in those of all that is below it.
    fn text(&mut self, uri: impl fmt::Display) -> Option<String> {
        let uri = uri.to_string();
        self.room = self.room.checked_sub(uri.len() as u64)?;
        Some(uri)
    }

    /// Takes what a rule says: a refusal is a finding for this reason, and what was not judged is noted once for each rule.
    pub(super) fn judge(
        &mut self,
        uri: impl fmt::Display,
        node: SchemaNode<'s>,
        verdict: Verdict,
        reason: impl FnOnce(Refusal) -> Reason,
    ) {
        match verdict {
            Verdict::Allowed => {}
            Verdict::Refused(refusal) => self.add(uri, Some(node), reason(refusal)),
            Verdict::NotJudged(_) if self.noted.contains(&node.key()) => {}
            Verdict::NotJudged(_) if self.not_judged.len() >= self.most => self.is_cut = true,
            Verdict::NotJudged(why) => {
                self.noted.insert(node.key());
                match self.text(uri) {
                    Some(uri) => self.not_judged.push(Unjudged { uri, why, node, offset: self.offset }),
                    None => self.is_cut = true,
                }
            }
        }
    }

    pub(super) fn finish(self) -> Findings<'s> {
        let is_complete = !self.is_over && !self.is_cut;
        Findings { list: self.list, not_judged: self.not_judged, is_complete }
    }
}
