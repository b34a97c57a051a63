//! The attributes of one tag, as they are written.

use crate::markup::event::RawAttr;

/// What is between the brackets of a tag: its name, and the rest.
pub(super) fn split_name(tag: &str) -> (&str, &str) {
    let len = tag.bytes().position(|octet| octet.is_ascii_whitespace()).unwrap_or(tag.len());
    tag.split_at_checked(len).unwrap_or((tag, ""))
}

/// Goes through the attributes of a tag: names and values as written. What is no attribute is an error, with the part of the tag
/// at fault.
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    /// `rest` is what follows the name.
    pub(super) fn new(rest: &'a str) -> Attributes<'a> {
        Attributes { rest }
    }

    fn attribute(&mut self) -> Result<Option<(&'a str, &'a str)>, &'a str> {
        let before = self.rest;
        let rest = before.trim_ascii_start();
        if rest.is_empty() {
            return Ok(None);
        }
        // A blank comes before each attribute.
        if rest.len() == before.len() {
            return Err(rest);
        }
        let name_len =
            rest.bytes().position(|octet| octet == b'=' || octet.is_ascii_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(name_len).unwrap_or((rest, ""));
        let after = after.trim_ascii_start();
        let value = after.strip_prefix('=').ok_or(after)?.trim_ascii_start();
        let quote = value.bytes().next().filter(|octet| matches!(octet, b'"' | b'\'')).ok_or(value)?;
        let value = value.get(1..).unwrap_or_default();
        let len = memchr::memchr(quote, value.as_bytes()).ok_or(value)?;
        let (value, rest) = value.split_at_checked(len).unwrap_or((value, ""));
        self.rest = rest.get(1..).unwrap_or_default();
        Ok(Some((name, value)))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Result<(&'a str, &'a str), &'a str>;

    fn next(&mut self) -> Option<Self::Item> {
        let attribute = self.attribute();
        if attribute.is_err() {
            self.rest = "";
        }
        attribute.transpose()
    }
}

/// The first attribute that has the name of one before it.
pub(super) fn repeated<'a>(attrs: &[RawAttr<'a>]) -> Option<&'a str> {
    // Few are compared with each other; many are sorted first.
    const FEW: usize = 8;
    if attrs.len() <= FEW {
        let is_again = |(at, attr): &(usize, &RawAttr<'a>)| attrs.iter().take(*at).any(|one| one.qname == attr.qname);
        return attrs.iter().enumerate().find(is_again).map(|(_, attr)| attr.qname);
    }
    let mut order: Vec<(&str, usize)> = attrs.iter().enumerate().map(|(at, attr)| (attr.qname, at)).collect();
    order.sort_unstable();
    let again = order.windows(2).filter_map(|pair| match pair {
        [(one, _), (other, at)] if one == other => Some(*at),
        _ => None,
    });
    again.min().and_then(|at| attrs.get(at)).map(|attr| attr.qname)
}
