//! Checking single commands.

use super::super::index::Way;
use super::super::{AccessTypes, Refusal, SchemaNode, Scope, Verdict};
use super::finding::{Findings, Reason, Sink};
use super::{Check, takes_media_type};
use crate::error::ErrorKind;
use crate::query::{List, Query, Uri};
use crate::tree::{Format, Property, segment};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt;

/// A command to check: what it is to do, to which node, and with which value.
#[derive(Clone, Copy)]
pub struct Request<'r> {
    command: AccessTypes,
    uri: &'r str,
    format: Option<&'r str>,
    media_type: Option<&'r str>,
    value: Option<&'r [u8]>,
    in_atomic: Option<bool>,
}

impl<'r> Request<'r> {
    /// A command to the node at `uri`, which may have `?prop=` or `?list=` behind it. With no command at all only what the
    /// node is and holds is checked, as of an answer.
    #[must_use]
    pub fn new(command: AccessTypes, uri: &'r str) -> Request<'r> {
        Request { command, uri, format: None, media_type: None, value: None, in_atomic: None }
    }

    /// `Meta/Format`, as it is written.
    #[must_use]
    pub fn format(self, format: &'r str) -> Request<'r> {
        Request { format: Some(format), ..self }
    }

    /// `Meta/Type`
    #[must_use]
    pub fn media_type(self, media_type: &'r str) -> Request<'r> {
        Request { media_type: Some(media_type), ..self }
    }

    /// `Data`, as it was sent: base64 for the format `b64`.
    #[must_use]
    pub fn value(self, value: &'r (impl AsRef<[u8]> + ?Sized)) -> Request<'r> {
        Request { value: Some(value.as_ref()), ..self }
    }

    /// Whether the command stands in an `Atomic`; not checked where that is not said.
    #[must_use]
    pub fn in_atomic(self, in_atomic: bool) -> Request<'r> {
        Request { in_atomic: Some(in_atomic), ..self }
    }

    fn is(&self, command: AccessTypes) -> bool {
        self.command.intersects(command)
    }
}

/// Without the value, which may be a secret.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.map(|value| format!("{} octets", value.len()));
        f.debug_struct("Request")
            .field("command", &self.command)
            .field("uri", &self.uri)
            .field("format", &self.format)
            .field("media_type", &self.media_type)
            .field("value", &value)
            .field("in_atomic", &self.in_atomic)
            .finish()
    }
}

impl<'s> Check<'s> {
    /// Checks a command. Findings have the status code that a device answers with.
    ///
    /// Formats, types and values are checked of Add and Replace. A format or type that is not given is not missed. `bin` and
    /// `b64` are the same here: which of both a message has is a matter of its encoding (`wire.md` §9.3).
    #[must_use]
    pub fn command(&self, request: &Request<'_>) -> Findings<'s> {
        let mut sink = self.sink();
        sink.with_status = true;
        self.command_into(request, &mut sink);
        sink.finish()
    }

    pub(super) fn command_into(&self, request: &Request<'_>, sink: &mut Sink<'s>) {
        // Names are compared, not spelled: Windows' have braces that nobody escapes.
        let uri = match Uri::parse_names(request.uri) {
            Ok(uri) => uri,
            Err(error) if error.kind() == ErrorKind::InvalidQuery => {
                return sink.add(request.uri, None, Reason::Query(error));
            }
            Err(error) => return sink.add(request.uri, None, Reason::InvalidUri(error)),
        };
        let mut ways: Vec<Way> = self.schema.index().0.start().into_iter().collect();
        let mut is_root = true;
        for name in uri.segments() {
            is_root = false;
            let mut next = Vec::new();
            self.step(&ways, name, &mut next);
            if next.is_empty() {
                let above = self.choose(&ways, None).map(|(node, _)| node).filter(|node| !node.is_interior());
                let reason = if above.is_some() { Reason::BelowLeaf } else { Reason::NotDescribed };
                return sink.add(request.uri, above, reason);
            }
            ways = next;
        }
        let format = request.format.map(Format::from_name);
        let is_interior = format.flatten().map(|format| format == Format::Node);
        let node = self.choose(&ways, is_interior).map(|(node, _)| node);
        if is_root && request.is(AccessTypes::DELETE | AccessTypes::ADD) {
            sink.add(request.uri, node, Reason::Permanent);
        }
        // What only a Path leads through is there, but nothing is known of it.
        let Some(node) = node else { return };
        let facts = self.facts(node);
        let mut add = |reason| sink.add(request.uri, Some(node), reason);
        if !facts.is_in_build {
            add(Reason::NotInBuild);
        }
        if facts.is_deprecated {
            add(Reason::Deprecated);
        }
        match uri.query() {
            Some(Query::Property(property)) => {
                if let Some(reason) = property_fault(node, property, request.command) {
                    add(reason);
                }
                return;
            }
            Some(Query::UnknownProperty(_)) => return add(Reason::Property),
            Some(Query::List(_)) if request.command != AccessTypes::GET => return add(Reason::PropertyCommand),
            Some(Query::List(List::Other(_))) => return add(Reason::List),
            Some(Query::List(_)) | None => {}
        }
        let refused = node.declared_access().map_or(AccessTypes::empty(), |access| request.command.difference(access));
        if !refused.is_empty() {
            add(Reason::Command { command: refused });
        } else if request.is(AccessTypes::DELETE) && node.scope() == Scope::Permanent {
            add(Reason::Permanent);
        }
        if request.in_atomic == Some(false) && facts.is_atomic_required && request.command != AccessTypes::GET {
            add(Reason::NotAtomic);
        }
        if request.is(AccessTypes::ADD) {
            self.names(node, &uri, request.uri, sink);
        }
        if request.command.is_empty() || request.is(AccessTypes::ADD | AccessTypes::REPLACE) {
            self.content(node, request, format, sink);
        }
    }

    /// Checks the names that a URI gives to unnamed nodes.
    fn names(&self, node: SchemaNode<'s>, uri: &Uri<'_>, text: &str, sink: &mut Sink<'s>) {
        let names: Vec<&str> = uri.segments().collect();
        let described = std::iter::successors(Some(node), SchemaNode::parent);
        for (name, node) in names.into_iter().rev().zip(described) {
            if node.is_dynamic_name() && node.is_interior() {
                let facts = self.facts(node);
                let name = segment::canonical(name.as_bytes());
                if facts.rule.is_pattern() {
                    sink.judge(text, node, facts.rule.allows(name), |_| Reason::Name);
                }
            }
            // Above a Path other descriptions stand.
            if node.path().is_some_and(|path| !path.is_empty()) {
                break;
            }
        }
    }

    /// Checks format, type and value.
    fn content(
        &self,
        node: SchemaNode<'s>,
        request: &Request<'_>,
        format: Option<Option<Format>>,
        sink: &mut Sink<'s>,
    ) {
        let mut add = |reason| sink.add(request.uri, Some(node), reason);
        let media_type = request.media_type.map(str::trim).filter(|media_type| !media_type.is_empty());
        // A tree has a format and a type of its own; what is in it is another matter.
        let is_tree = media_type.is_some_and(is_tree_type);
        if is_tree || !node.is_described() {
            return;
        }
        let own = node.format();
        let is_binary = |format: Format| matches!(format, Format::Bin | Format::B64);
        match format {
            None => {}
            Some(Some(found)) if found == own || (is_binary(found) && is_binary(own)) => {}
            Some(found) => add(Reason::Format { found }),
        }
        let value = request.value.unwrap_or_default();
        if node.is_interior() {
            if !value.trim_ascii().is_empty() {
                add(Reason::ValueOfInterior);
            }
            let mo_id = media_type.filter(|media_type| is_mo_id(media_type));
            if let (Some(found), Some(wanted)) = (mo_id, node.mo_id())
                && found != wanted
            {
                add(Reason::MoId { found: found.to_owned() });
            }
            return;
        }
        if let Some(found) = media_type.filter(|found| !takes_media_type(node, found)) {
            add(Reason::MediaType { found: found.to_owned() });
        }
        let Some(value) = request.value else { return };
        let facts = self.facts(node);
        let verdict = match (own, format.flatten()) {
            (Format::Bin, Some(Format::B64)) => {
                let dense: Vec<u8> = value.iter().copied().filter(|octet| !octet.is_ascii_whitespace()).collect();
                match STANDARD.decode(dense) {
                    Ok(octets) => facts.rule.allows(octets),
                    Err(_) => Verdict::Refused(Refusal::NotOfFormat(Format::Bin)),
                }
            }
            // Octets as they are, which base64 would have been made of.
            (Format::B64, Some(Format::Bin)) => Verdict::Allowed,
            _ => facts.rule.allows(value),
        };
        sink.judge(request.uri, node, verdict, Reason::Value);
    }
}

/// Whether a media type is that of a tree document.
fn is_tree_type(media_type: &str) -> bool {
    const TREE: &str = "application/vnd.syncml.dmtnds";
    media_type.get(..TREE.len()).is_some_and(|start| start.eq_ignore_ascii_case(TREE))
}

/// Whether a type is a management object identifier: media types have neither a colon nor two slashes (`wire.md` §8.1).
fn is_mo_id(text: &str) -> bool {
    text.contains(':') || text.bytes().filter(|octet| *octet == b'/').count() >= 2
}

/// What keeps a command from being done to a property (`wire.md` §8.2, §9.4).
fn property_fault(node: SchemaNode<'_>, property: Property, command: AccessTypes) -> Option<Reason> {
    let is_kept = match (node.run_time(), property) {
        _ if !node.is_described() => true,
        (None, property) => matches!(property, Property::Acl | Property::Format | Property::Name | Property::Type),
        (Some(kept), Property::Acl) => kept.acl().is_some(),
        (Some(kept), Property::Format) => kept.has_format(),
        (Some(kept), Property::Name) => kept.name().is_some(),
        (Some(kept), Property::Size) => kept.size().is_some() && !node.is_interior(),
        (Some(kept), Property::Title) => kept.title().is_some(),
        (Some(kept), Property::TStamp) => kept.tstamp().is_some(),
        (Some(kept), Property::Type) => kept.has_type(),
        (Some(kept), Property::VerNo) => kept.ver_no().is_some(),
    };
    if !is_kept {
        return Some(Reason::Property);
    }
    let is_renamed = property == Property::Name && command == AccessTypes::REPLACE;
    match property {
        _ if command == AccessTypes::GET => None,
        _ if is_renamed && node.declared_scope() == Some(Scope::Permanent) => Some(Reason::Permanent),
        Property::Acl | Property::Name | Property::Title if command == AccessTypes::REPLACE => None,
        _ => Some(Reason::PropertyCommand),
    }
}
