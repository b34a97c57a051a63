//! What new nodes and new values are to be.

use crate::error::ErrorKind;
use crate::tree::Format;

/// The type of a leaf that says none.
pub(super) const TEXT_PLAIN: &str = "text/plain";

/// A value as the tree keeps it: text, or octets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content<'v> {
    Text(&'v str),
    Octets(&'v [u8]),
}

impl<'v> Content<'v> {
    pub(super) fn octets(&self) -> &'v [u8] {
        match self {
            Content::Text(text) => text.as_bytes(),
            Content::Octets(octets) => octets,
        }
    }

    /// Whether a leaf of this format can have the value: one that every server can be told, in either encoding.
    pub(super) fn check(&self, format: Format) -> Result<(), ErrorKind> {
        let is_lost = |char: char| {
            (char.is_ascii_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{7F}'))
                || matches!(char, '\u{FFFE}' | '\u{FFFF}')
        };
        match (format, self) {
            (Format::Node, _) => Err(ErrorKind::ValueOfInterior),
            (Format::Null, _) if !self.octets().is_empty() => Err(ErrorKind::ValueOfNull),
            (Format::Bin, Content::Octets(_)) => Ok(()),
            (Format::Bin, Content::Text(text)) => {
                crate::auth::decode_base64(text.as_bytes()).map(drop).ok_or(ErrorKind::InvalidBase64)
            }
            (_, content) => {
                let text = simdutf8::basic::from_utf8(content.octets()).map_err(|_| ErrorKind::InvalidUtf8)?;
                if text.contains(is_lost) { Err(ErrorKind::InvalidCharacter) } else { Ok(()) }
            }
        }
    }

    pub(super) fn is_octets(&self) -> bool {
        matches!(self, Content::Octets(_))
    }
}

/// A node to be added: what the `Meta` and `Data` of an `Add` say.
///
/// ```
/// use omadm::tree::{Format, NewNode};
/// let account = NewNode::object("urn:oma:mo:oma-dm-dmacc:1.0");
/// let port = NewNode::leaf("443").format(Format::Int);
/// let icon = NewNode::octets(&[0x89, b'P']).media_type("image/png");
/// # let _ = (account, port, icon);
/// ```
#[derive(Clone, Copy)]
pub struct NewNode<'v> {
    pub(super) format: Format,
    pub(super) node_type: &'v str,
    pub(super) value: Option<Content<'v>>,
    pub(super) title: Option<&'v str>,
}

impl<'v> NewNode<'v> {
    /// An interior node.
    #[must_use]
    pub const fn interior() -> NewNode<'v> {
        NewNode { format: Format::Node, node_type: "", value: None, title: None }
    }

    /// An interior node at which the management object with this identifier begins.
    #[must_use]
    pub const fn object(mo_id: &'v str) -> NewNode<'v> {
        NewNode { node_type: mo_id, ..NewNode::interior() }
    }

    /// A leaf with a text: Format `chr`, Type `text/plain`. A text of Format `bin` is base64.
    #[must_use]
    pub const fn leaf(text: &'v str) -> NewNode<'v> {
        NewNode { format: Format::Chr, node_type: "", value: Some(Content::Text(text)), title: None }
    }

    /// A leaf with octets: Format `bin`.
    #[must_use]
    pub const fn octets(octets: &'v [u8]) -> NewNode<'v> {
        NewNode { format: Format::Bin, node_type: "", value: Some(Content::Octets(octets)), title: None }
    }

    /// The same with another `Format`. An interior node that gets a leaf's has no value.
    #[must_use]
    pub const fn format(self, format: Format) -> NewNode<'v> {
        NewNode { format, ..self }
    }

    /// The same with a media type, for a leaf, or a management object identifier.
    #[must_use]
    pub const fn media_type(self, media_type: &'v str) -> NewNode<'v> {
        NewNode { node_type: media_type, ..self }
    }

    /// The same with a `Title`.
    #[must_use]
    pub const fn title(self, title: &'v str) -> NewNode<'v> {
        NewNode { title: Some(title), ..self }
    }
}

/// A new value for a leaf: what the `Meta` and `Data` of a `Replace` say. What it does not say stays as it was.
///
/// ```
/// use omadm::tree::{Format, NewValue};
/// let level = NewValue::text("4").format(Format::Int);
/// # let _ = level;
/// ```
#[derive(Clone, Copy)]
pub struct NewValue<'v> {
    pub(super) content: Content<'v>,
    pub(super) format: Option<Format>,
    pub(super) media_type: Option<&'v str>,
}

impl<'v> NewValue<'v> {
    /// A text; for a node of Format `bin` base64.
    #[must_use]
    pub const fn text(text: &'v str) -> NewValue<'v> {
        NewValue { content: Content::Text(text), format: None, media_type: None }
    }

    /// Octets.
    #[must_use]
    pub const fn octets(octets: &'v [u8]) -> NewValue<'v> {
        NewValue { content: Content::Octets(octets), format: None, media_type: None }
    }

    /// The same, and the node gets this `Format`.
    #[must_use]
    pub const fn format(self, format: Format) -> NewValue<'v> {
        NewValue { format: Some(format), ..self }
    }

    /// The same, and the node gets this media type.
    #[must_use]
    pub const fn media_type(self, media_type: &'v str) -> NewValue<'v> {
        NewValue { media_type: Some(media_type), ..self }
    }
}

/// Without the value, which may be a secret.
impl core::fmt::Debug for NewNode<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let octets = self.value.map(|value| value.octets().len());
        write!(f, "NewNode({}, {:?}, {octets:?} octets)", self.format, self.node_type)
    }
}

/// Without the value, which may be a secret.
impl core::fmt::Debug for NewValue<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "NewValue({} octets)", self.content.octets().len())
    }
}

/// Whether a text may identify a management object: a URI, or the older `com.example/1.0/Name` (`wire.md` §9.4).
pub(super) fn is_mo_id(text: &str) -> bool {
    let is_plain = text.bytes().all(|octet| octet.is_ascii_graphic());
    let is_uri = text.split_once(':').is_some_and(|(scheme, rest)| {
        let mut octets = scheme.bytes();
        octets.next().is_some_and(|first| first.is_ascii_alphabetic())
            && octets.all(|octet| octet.is_ascii_alphanumeric() || b"+-.".contains(&octet))
            && !rest.is_empty()
    });
    is_plain && (is_uri || is_legacy(text))
}

/// `<reversed-domain>/<major>.<minor>/<name>[/<name>]*`
fn is_legacy(text: &str) -> bool {
    let is_alphanumeric = |text: &str| !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_alphanumeric());
    let is_number = |text: &str| {
        text.bytes().all(|octet| octet.is_ascii_digit()) && !text.is_empty() && (text == "0" || !text.starts_with('0'))
    };
    let mut parts = text.split('/');
    let (Some(domain), Some(version)) = (parts.next(), parts.next()) else { return false };
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(|at| at.is_ascii_alphanumeric() || at == b'-');
    domain.split('.').all(is_label)
        && version.split_once('.').is_some_and(|(major, minor)| is_number(major) && major != "0" && is_number(minor))
        && parts.clone().next().is_some()
        && parts.all(is_alphanumeric)
}

/// Whether a text may be the media type of a leaf: `type/subtype`, with parameters or without.
pub(super) fn is_media_type(text: &str) -> bool {
    let is_token = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`{|}~".contains(&octet))
    };
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let is_printable = text.bytes().all(|octet| octet == b' ' || octet.is_ascii_graphic());
    is_printable && essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_of_management_objects() {
        for text in ["urn:oma:mo:oma-fumo:1.0", "com.companyx/1.2/ProductY", "org.openmobilealliance/1.0/w7/x", "x:y"] {
            assert!(is_mo_id(text), "{text}");
        }
        for text in [
            "",
            "urn",
            "urn:",
            ":x",
            "text/plain",
            "com.x/0.1/A",
            "com.x/01.1/A",
            "com.x/1.00/A",
            "com.x/1.0/",
            "com.x/1.0",
            "com..x/1.0/A",
            "com.x/1.0/A-B",
            "urn:a b",
            "1a:b",
            "urn:\u{e9}",
        ] {
            assert!(!is_mo_id(text), "{text}");
        }
    }

    #[test]
    fn media_types() {
        for text in ["text/plain", "application/vnd.syncml.dmtnds+xml", "text/plain; charset=utf-8", "text/plain;x"] {
            assert!(is_media_type(text), "{text}");
        }
        for text in ["", "text", "/plain", "text/", "text/a/b", "te xt/plain", "text/plain\n", ";text/plain"] {
            assert!(!is_media_type(text), "{text}");
        }
    }
}
