//! The properties of nodes by their names.

use super::Node;
use core::fmt;
use std::borrow::Cow;

/// A property of a node, as `?prop=` names it (`wire.md` §9.4).
///
/// ```
/// use omadm::tree::Property;
/// assert_eq!(Property::from_name("TStamp"), Some(Property::TStamp));
/// assert_eq!(Property::from_name("tstamp"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Property {
    /// `ACL`: who may do what; empty where it is inherited.
    Acl,
    /// `Format`
    Format,
    /// `Name`: the last segment of the URI.
    Name,
    /// `Size`: octets of a leaf's value.
    Size,
    /// `Title`: a name for people, of at most 255 octets.
    Title,
    /// `TStamp`: when the node last changed.
    TStamp,
    /// `Type`: the media type of a leaf, the management object's identifier of an interior node.
    Type,
    /// `VerNo`: how often the node changed, modulo 65,536.
    VerNo,
}

impl Property {
    /// All properties, in the order of their names.
    pub const ALL: [Property; 8] = [
        Property::Acl,
        Property::Format,
        Property::Name,
        Property::Size,
        Property::TStamp,
        Property::Title,
        Property::Type,
        Property::VerNo,
    ];

    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Property::Acl => "ACL",
            Property::Format => "Format",
            Property::Name => "Name",
            Property::Size => "Size",
            Property::Title => "Title",
            Property::TStamp => "TStamp",
            Property::Type => "Type",
            Property::VerNo => "VerNo",
        }
    }

    /// The property with this name. Case counts.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Property> {
        Property::ALL.into_iter().find(|property| property.name() == name)
    }
}

impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl<'t> Node<'t> {
    /// The text of a property. `None` for a property that this node does not have: `Size` of an interior node or of a `bin` value
    /// that is not base64, `Title`, `TStamp` and `VerNo` where nothing was said. A node without an ACL of its own has an empty one.
    ///
    /// ```
    /// use omadm::tree::Property;
    /// let tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>A</NodeName><Value>abc</Value></Node></MgmtTree>")?;
    /// let node = tree.get("./A")?.unwrap();
    /// assert_eq!(node.property(Property::Size).as_deref(), Some("3"));
    /// assert_eq!(node.property(Property::Type).as_deref(), Some("text/plain"));
    /// assert_eq!(node.property(Property::Title), None);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn property(&self, property: Property) -> Option<Cow<'t, str>> {
        Some(Cow::Borrowed(match property {
            Property::Acl => self.acl().unwrap_or_default(),
            Property::Format => self.format().name(),
            Property::Name if self.parent().is_none() => ".",
            Property::Name => self.name(),
            Property::Size => return self.size().map(|size| Cow::Owned(size.to_string())),
            Property::Title => self.title()?,
            Property::TStamp => self.tstamp()?,
            Property::Type if self.is_interior() => self.mo_id().unwrap_or_default(),
            Property::Type => self.media_type()?,
            Property::VerNo => self.ver_no()?,
        }))
    }

    /// `Size`: octets of the value, decoded where it came as base64. `None` for an interior node.
    #[must_use]
    pub fn size(&self) -> Option<usize> {
        match self.value() {
            Some(value) => Some(value.octets().ok()?.len()),
            None => (!self.is_interior()).then_some(0),
        }
    }
}
