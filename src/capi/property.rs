//! Properties of nodes by name.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, text};
use super::error::omadm_error;
use super::handle::handle;
use super::tree::{omadm_node, omadm_tree};
use crate::tree::Property;
use core::ffi::c_char;

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

/// The text of a property, as a `Get` of `?prop=Name` answers it: an `enum omadm_property`. `omadm_node_info` has most of them without a copy.
///
/// `OMADM_NOT_FOUND` for a property that this node does not have: `Size` of an interior node, or of a `bin` value that is not base64, `Title`, `TStamp` and
/// `VerNo` where nothing was said. A node without an ACL of its own has an empty one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_property(
    tree: *const omadm_tree,
    node: omadm_node,
    property: u32,
    value: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, out) = unsafe { (handle(tree, "tree")?, Buffer::of(value, "value")?) };
        let property = omadm_property::from_number(property)?;
        let value = tree.node(node, "node")?.property(property).ok_or(Failure::not_found("property"))?;
        out.keep(value.into_owned().into_bytes());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The `enum omadm_property` with this name, such as `TStamp`. Case counts; `OMADM_NOT_FOUND` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_property_from_name(
    name: *const c_char,
    name_len: usize,
    property: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (name, out) = unsafe { (text(name, name_len, "name")?, Out::new(property, "property")?) };
        let found = Property::from_name(name).ok_or(Failure::not_found("name"))?;
        let mut numbers = 1..=Property::ALL.len() as u32;
        let number = numbers.find(|number| omadm_property::from_number(*number).is_ok_and(|known| known == found));
        out.set(number.ok_or(Failure::not_found("name"))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
