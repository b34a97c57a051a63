//! Properties of nodes by name.

use super::entry::{Failure, Outcome};
use crate::tree::Property;

/// A property of a node, as `?prop=` names it.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_property {
    /// Who may do what; empty where it is inherited.
    OMADM_PROPERTY_ACL = 1,
    OMADM_PROPERTY_FORMAT = 2,
    /// The last segment of the URI.
    OMADM_PROPERTY_NAME = 3,
    /// Octets of a leaf's value, decoded.
    OMADM_PROPERTY_SIZE = 4,
    /// A name for people, of at most 255 octets.
    OMADM_PROPERTY_TITLE = 5,
    /// When the node last changed, such as `20010711T163817Z`.
    OMADM_PROPERTY_TSTAMP = 6,
    /// The media type of a leaf, the management object's identifier of an interior node.
    OMADM_PROPERTY_TYPE = 7,
    /// How often the node changed, modulo 65,536.
    OMADM_PROPERTY_VER_NO = 8,
}

impl omadm_property {
    pub(super) fn from_number(number: u32) -> Outcome<Property> {
        Ok(match number {
            1 => Property::Acl,
            2 => Property::Format,
            3 => Property::Name,
            4 => Property::Size,
            5 => Property::Title,
            6 => Property::TStamp,
            7 => Property::Type,
            8 => Property::VerNo,
            _ => return Err(Failure::argument("property")),
        })
    }
}
