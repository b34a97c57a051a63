//! Global tokens, the same in tag and attribute space (`wire.md` §7.2).

pub(super) const SWITCH_PAGE: u8 = 0x00;
pub(super) const END: u8 = 0x01;
pub(super) const ENTITY: u8 = 0x02;
pub(super) const STR_I: u8 = 0x03;
/// Also 0x44, 0x84 and 0xC4, with the bits for content and attributes.
pub(super) const LITERAL: u8 = 0x04;
pub(super) const EXT_I_0: u8 = 0x40;
pub(super) const EXT_I_2: u8 = 0x42;
pub(super) const PI: u8 = 0x43;
pub(super) const EXT_T_0: u8 = 0x80;
pub(super) const EXT_T_2: u8 = 0x82;
pub(super) const STR_T: u8 = 0x83;
pub(super) const EXT_0: u8 = 0xC0;
pub(super) const EXT_2: u8 = 0xC2;
pub(super) const OPAQUE: u8 = 0xC3;

pub(super) const WITH_CONTENT: u8 = 0x40;
pub(super) const WITH_ATTRIBUTES: u8 = 0x80;
pub(super) const IDENTITY: u8 = 0x3F;
