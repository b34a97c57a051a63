//! Elements that are known again by their octets.

use super::namespace::Surroundings;

/// An element that begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Begun {
    pub(super) start: usize,
    /// Elements that began before it.
    pub(super) elements: u32,
    /// In WBXML, the code pages behind its tag.
    pub(super) pages: [u8; 2],
    /// In WBXML, what references to the string table may still deliver.
    pub(super) budget: u64,
}

/// An element that was read, to be known again by its octets.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    pub(super) octets: &'a [u8],
    /// Where in them the end tag begins.
    pub(super) end_tag: usize,
    /// It and all in it.
    pub(super) elements: u32,
    pub(super) surroundings: Surroundings<'a>,
    /// In WBXML, the code pages behind its tag, and behind its end.
    pub(super) pages: [[u8; 2]; 2],
}

impl Seen<'_> {
    /// How many elements it consists of, itself included: they are no deeper than this.
    pub(crate) fn elements(&self) -> usize {
        self.elements as usize
    }
}
