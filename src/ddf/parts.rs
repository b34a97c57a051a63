//! What a decoded description consists of: flat records that refer to each other by index.

use super::{CaseSense, Occurrence, Scope};
use crate::ddf::AccessTypes;
use crate::markup::{KeptBinding, KeptFragment};
use crate::text::Text;
use crate::tree::Format;
use crate::vocabulary::Tag;
use core::ops::Range;

/// An index that is none; as the owner of something, the document itself.
pub(super) const NONE: u32 = u32::MAX;

/// One document.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    pub(super) ver_dtd: Text,
    pub(super) man: Text,
    pub(super) model: Text,
    /// Parents before children.
    pub(super) nodes: Vec<RawNode>,
    pub(super) mimes: Vec<Text>,
    pub(super) run_time: Vec<RawRunTime>,
    /// What is not DDF's, parents before children.
    pub(super) elements: Vec<RawElement>,
    pub(super) attributes: Vec<RawAttribute>,
    /// The outermost of `elements`, by owner.
    pub(super) extras: Vec<RawExtra>,
    /// Attributes on elements of DDF, by owner.
    pub(super) own_attributes: Vec<RawOwnAttribute>,
    pub(super) bindings: Vec<KeptBinding>,
}

impl Parts {
    pub(super) fn node(&self, index: u32) -> Option<&RawNode> {
        self.nodes.get(index as usize)
    }

    pub(super) fn element(&self, index: u32) -> Option<&RawElement> {
        self.elements.get(index as usize)
    }
}

/// What belongs to `owner` in a list that is ordered by owners.
pub(super) fn of_owner<T>(list: &[T], owner: u32, owner_of: impl Fn(&T) -> u32) -> &[T] {
    let first = list.partition_point(|item| owner_of(item) < owner);
    let rest = list.get(first..).unwrap_or_default();
    let len = rest.partition_point(|item| owner_of(item) == owner);
    rest.get(..len).unwrap_or_default()
}

/// A part of a list.
pub(super) fn slice<'p, T>(list: &'p [T], range: &Range<u32>) -> &'p [T] {
    list.get(range.start as usize..range.end as usize).unwrap_or_default()
}

#[derive(Clone, Debug)]
pub(super) struct RawNode {
    pub(super) offset: u32,
    pub(super) parent: u32,
    /// One past the last node below this one.
    pub(super) end: u32,
    pub(super) name: Text,
    pub(super) path: Text,
    pub(super) value: Text,
    pub(super) default_value: Text,
    pub(super) description: Text,
    pub(super) title: Text,
    pub(super) ddf_name: Text,
    pub(super) mimes: Range<u32>,
    pub(super) run_time: u32,
    pub(super) access: AccessTypes,
    pub(super) format: Option<Format>,
    pub(super) occurrence: Option<Occurrence>,
    pub(super) scope: Option<Scope>,
    pub(super) case_sense: Option<CaseSense>,
    pub(super) seen: u8,
    /// Which of its values came as octets.
    pub(super) octets: u8,
}

impl RawNode {
    pub(super) const NOTHING: RawNode = RawNode {
        offset: 0,
        parent: NONE,
        end: 0,
        name: Text::ABSENT,
        path: Text::ABSENT,
        value: Text::ABSENT,
        default_value: Text::ABSENT,
        description: Text::ABSENT,
        title: Text::ABSENT,
        ddf_name: Text::ABSENT,
        mimes: 0..0,
        run_time: NONE,
        access: AccessTypes::empty(),
        format: None,
        occurrence: None,
        scope: None,
        case_sense: None,
        seen: 0,
        octets: 0,
    };
}

/// Which elements a node has.
pub(super) mod seen {
    pub(in crate::ddf) const DF_PROPERTIES: u8 = 1;
    pub(in crate::ddf) const RT_PROPERTIES: u8 = 2;
    pub(in crate::ddf) const ACCESS_TYPE: u8 = 4;
    pub(in crate::ddf) const DF_FORMAT: u8 = 8;
    pub(in crate::ddf) const OCCURRENCE: u8 = 16;
    pub(in crate::ddf) const SCOPE: u8 = 32;
    pub(in crate::ddf) const DF_TYPE: u8 = 64;
    pub(in crate::ddf) const CASE_SENSE: u8 = 128;
}

/// Which values of a node came in a WBXML opaque block.
pub(super) mod octets {
    pub(in crate::ddf) const VALUE: u8 = 1;
    pub(in crate::ddf) const DEFAULT_VALUE: u8 = 2;
}

/// `RTProperties`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawRunTime {
    pub(super) acl: Text,
    pub(super) name: Text,
    pub(super) size: Text,
    pub(super) title: Text,
    pub(super) tstamp: Text,
    pub(super) ver_no: Text,
    pub(super) mime: Text,
    pub(super) ddf_name: Text,
    pub(super) has_format: bool,
    pub(super) format: Option<Format>,
    pub(super) has_type: bool,
}

/// An element that DDF does not have.
#[derive(Clone, Debug)]
pub(super) struct RawElement {
    pub(super) offset: u32,
    /// One past the last element inside this one.
    pub(super) end: u32,
    /// Of another vocabulary of the field, or of DDF but in a wrong place.
    pub(super) tag: Option<Tag>,
    pub(super) name: RawName,
    /// The text of an element without elements.
    pub(super) text: Text,
    /// Text stands beside elements; only the fragment has it.
    pub(super) is_mixed: bool,
    pub(super) attributes: Range<u32>,
}

/// A name as written, with the namespace it is in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RawName {
    pub(super) qname: Text,
    pub(super) namespace: Text,
    pub(super) is_escaped: bool,
}

/// An outermost element that DDF does not have.
#[derive(Clone, Debug)]
pub(super) struct RawExtra {
    pub(super) owner: u32,
    /// The element of DDF that it stands in.
    pub(super) inside: Tag,
    pub(super) element: u32,
    pub(super) fragment: KeptFragment,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct RawAttribute {
    pub(super) name: RawName,
    pub(super) value: Text,
}

/// An attribute on an element of DDF, which has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawOwnAttribute {
    pub(super) owner: u32,
    pub(super) element: Tag,
    /// The element stands in `RTProperties`: some of them stand in `DFProperties`, too.
    pub(super) in_run_time: bool,
    /// How many media types came before: `DFType` may have several.
    pub(super) mime: u32,
    pub(super) attribute: RawAttribute,
}
