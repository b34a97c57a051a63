//! The WBXML writer.

use super::token;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::event::declared_prefix;
use crate::markup::xml::is_name;
use crate::markup::{Name, NewAttr, Writer};
use crate::vocabulary::{DocumentType, Tag, Vocabulary};
use std::collections::HashMap;

/// Writes WBXML 1.2 in the profile of `wire.md` §7.12; see [`Writer`]. What the document type has no token for goes as
/// literals, with its namespaces as attributes.
///
/// ```
/// use omadm::markup::{Name, Writer, wbxml::WbxmlWriter};
/// use omadm::vocabulary::{DocumentType, syncml};
/// let mut writer = WbxmlWriter::new(DocumentType::SyncMl12, &Default::default());
/// writer.start(Name::Known(syncml::DATA), &[]).unwrap();
/// writer.text("hi").unwrap();
/// writer.end().unwrap();
/// assert_eq!(writer.finish()?, b"\x02\xA4\x01\x6A\x00\x4F\x03hi\x00\x01");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Debug)]
pub struct WbxmlWriter {
    document_type: DocumentType,
    body: Vec<u8>,
    strings: Vec<u8>,
    indexes: HashMap<String, u32>,
    tag_page: u8,
    attr_page: u8,
    open: Vec<Open>,
    /// Where the last tag stands, while nothing has been put into its element.
    empty_tag: Option<usize>,
    limits: Limits,
}

/// An open element.
#[derive(Debug)]
struct Open {
    has_content: bool,
    /// The default namespace for elements inside that are literals; `None` where a vocabulary implies it.
    namespace: Option<String>,
}

impl WbxmlWriter {
    /// A writer of a document of this type.
    #[must_use]
    pub fn new(document_type: DocumentType, limits: &Limits) -> WbxmlWriter {
        let mut strings = Vec::new();
        if document_type.public_id().is_none() {
            // A string of its own, with its zero (`wire.md` §7.3).
            strings.extend_from_slice(document_type.fpi().as_bytes());
            strings.push(0);
        }
        WbxmlWriter {
            document_type,
            body: Vec::new(),
            strings,
            indexes: HashMap::new(),
            tag_page: 0,
            attr_page: 0,
            open: Vec::new(),
            empty_tag: None,
            limits: *limits,
        }
    }

    /// The document.
    ///
    /// # Errors
    /// [`NoRoot`](ErrorKind::NoRoot) or [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) for one that is not complete; the offset is the length
    /// of its body.
    pub fn finish(self) -> Result<Vec<u8>> {
        match (self.body.is_empty(), self.open.is_empty()) {
            (true, _) => return Err(Error::new(ErrorKind::NoRoot, 0)),
            (_, false) => return Err(Error::new(ErrorKind::UnexpectedEnd, self.body.len())),
            _ => {}
        }
        // WBXML 1.2; UTF-8.
        let mut out = vec![0x02];
        match self.document_type.public_id() {
            Some(number) => integer(&mut out, number),
            None => out.extend_from_slice(&[0x00, 0x00]),
        }
        out.push(0x6A);
        let too_long = Error::new(ErrorKind::LimitOutput, self.body.len());
        integer(&mut out, u32::try_from(self.strings.len()).map_err(|_| too_long)?);
        out.extend_from_slice(&self.strings);
        out.extend_from_slice(&self.body);
        if out.len() as u64 > self.limits.output { Err(too_long) } else { Ok(out) }
    }

    fn check_len(&self) -> Result<(), ErrorKind> {
        let len = self.body.len().saturating_add(self.strings.len());
        if len as u64 > self.limits.output { Err(ErrorKind::LimitOutput) } else { Ok(()) }
    }

    /// Says that the innermost element has content.
    fn begin_content(&mut self) -> Result<(), ErrorKind> {
        let open = self.open.last_mut().ok_or(ErrorKind::UnexpectedText)?;
        open.has_content = true;
        if let Some(tag) = self.empty_tag.take().and_then(|at| self.body.get_mut(at)) {
            *tag |= token::WITH_CONTENT;
        }
        Ok(())
    }

    /// The place of a string in the string table, put there if it is new.
    fn string(&mut self, text: &str) -> Result<u32, ErrorKind> {
        if let Some(index) = self.indexes.get(text) {
            return Ok(*index);
        }
        let index = u32::try_from(self.strings.len()).map_err(|_| ErrorKind::LimitOutput)?;
        self.strings.extend_from_slice(text.as_bytes());
        self.strings.push(0);
        self.indexes.insert(text.to_owned(), index);
        Ok(index)
    }

    fn inline(&mut self, text: &str) -> Result<(), ErrorKind> {
        if text.as_bytes().contains(&0) {
            return Err(ErrorKind::InvalidCharacter);
        }
        self.body.push(token::STR_I);
        self.body.extend_from_slice(text.as_bytes());
        self.body.push(0);
        Ok(())
    }

    fn attr_page(&mut self, page: u8) {
        if self.attr_page != page {
            self.body.extend_from_slice(&[token::SWITCH_PAGE, page]);
            self.attr_page = page;
        }
    }

    /// Writes an attribute: with the token that says most of it, where there is one.
    fn attr(&mut self, name: &str, value: &str) -> Result<(), ErrorKind> {
        let rest = match self.document_type.best_attr_start(name, value, self.attr_page) {
            Some((page, token, rest)) => {
                self.attr_page(page);
                self.body.push(token);
                rest
            }
            None => {
                if !is_name(name) {
                    return Err(ErrorKind::InvalidCharacter);
                }
                let index = self.string(name)?;
                self.body.push(token::LITERAL);
                integer(&mut self.body, index);
                value
            }
        };
        match self.document_type.best_attr_value(rest, self.attr_page) {
            _ if rest.is_empty() => Ok(()),
            Some((page, token)) => {
                self.attr_page(page);
                self.body.push(token);
                Ok(())
            }
            None => self.inline(rest),
        }
    }

    /// Declarations that an element needs and does not have among its attributes.
    fn needed(&self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Vec<(String, String)> {
        let mut needed: Vec<(String, String)> = Vec::new();
        let declared = |prefix: &str| attrs.iter().any(|attr| declared_prefix(attr.qname) == Some(prefix));
        let mut need = |qname: &str, namespace: Option<crate::markup::Namespace<'_>>, is_element: bool| {
            let prefix = qname.split_once(':').map_or("", |(prefix, _)| prefix);
            if (prefix.is_empty() && !is_element) || prefix == "xml" || declared(prefix) {
                return;
            }
            let namespace = namespace.map(|namespace| namespace.name().into_owned()).unwrap_or_default();
            let in_force = prefix.is_empty() && self.default_namespace() == Some(namespace.as_str());
            if !in_force && !needed.iter().any(|(known, _)| known == prefix) {
                needed.push((prefix.to_owned(), namespace));
            }
        };
        if let Name::Other { qname, namespace } = name {
            need(qname, namespace, true);
        }
        for attr in attrs.iter().filter(|attr| declared_prefix(attr.qname).is_none()) {
            need(attr.qname, attr.namespace, false);
        }
        needed
    }

    /// The default namespace in force for literals; a vocabulary's is not spelled out.
    fn default_namespace(&self) -> Option<&str> {
        self.open.last().and_then(|open| open.namespace.as_deref())
    }
}

impl Writer for WbxmlWriter {
    fn start(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        if self.open.is_empty() && !self.body.is_empty() {
            return Err(ErrorKind::TrailingData);
        }
        if self.open.len() >= self.limits.depth as usize {
            return Err(ErrorKind::LimitDepth);
        }
        if !self.open.is_empty() {
            self.begin_content()?;
        }
        let code = name.tag().and_then(|tag| self.document_type.code(tag));
        let vocabulary = name.tag().map(Tag::vocabulary);
        // A name of a vocabulary that this document type has no page for.
        let name = match (name, code, vocabulary) {
            (Name::Known(tag), None, Some(vocabulary)) => {
                let namespace = self.document_type.namespace(vocabulary);
                Name::Other { qname: tag.name(), namespace: Some(crate::markup::Namespace::of(namespace)) }
            }
            (name, ..) => name,
        };
        let needed = self.needed(name, attrs);
        // In WBXML the type of the document implies the namespaces of its vocabularies.
        let implied = |attr: &NewAttr<'_>| {
            declared_prefix(attr.qname) == Some("")
                && code.is_some()
                && Vocabulary::from_namespace(attr.value) == vocabulary
        };
        let attrs: Vec<&NewAttr<'_>> = attrs.iter().filter(|attr| !implied(attr)).collect();
        let has_attrs = !needed.is_empty() || !attrs.is_empty();
        let mut tag = match (code, name) {
            (Some((page, token)), _) => {
                if self.tag_page != page {
                    self.body.extend_from_slice(&[token::SWITCH_PAGE, page]);
                    self.tag_page = page;
                }
                token
            }
            (None, _) => token::LITERAL,
        };
        if has_attrs {
            tag |= token::WITH_ATTRIBUTES;
        }
        self.empty_tag = Some(self.body.len());
        self.body.push(tag);
        if let (None, Name::Other { qname, .. }) = (code, name) {
            if !is_name(qname) {
                return Err(ErrorKind::InvalidCharacter);
            }
            let index = self.string(qname)?;
            integer(&mut self.body, index);
        }
        if has_attrs {
            for (prefix, namespace) in &needed {
                let qname = if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") };
                self.attr(&qname, namespace)?;
            }
            for attr in &attrs {
                self.attr(attr.qname, attr.value)?;
            }
            self.body.push(token::END);
        }
        let declared = attrs.iter().find(|attr| declared_prefix(attr.qname) == Some(""));
        let declared = declared.map(|attr| attr.value.to_owned());
        let declared =
            declared.or_else(|| needed.into_iter().find(|(prefix, _)| prefix.is_empty()).map(|(_, uri)| uri));
        let namespace = match (code, declared) {
            (_, Some(declared)) => Some(declared),
            (Some(_), None) => None,
            (None, None) => self.default_namespace().map(str::to_owned),
        };
        self.open.push(Open { has_content: false, namespace });
        self.check_len()
    }

    fn text(&mut self, text: &str) -> Result<(), ErrorKind> {
        if text.is_empty() && !self.open.is_empty() {
            return Ok(());
        }
        self.begin_content()?;
        self.inline(text)?;
        self.check_len()
    }

    fn cdata(&mut self, text: &str) -> Result<(), ErrorKind> {
        self.opaque(text.as_bytes())
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), ErrorKind> {
        self.begin_content()?;
        self.body.push(token::OPAQUE);
        integer(&mut self.body, u32::try_from(octets.len()).map_err(|_| ErrorKind::LimitOutput)?);
        self.body.extend_from_slice(octets);
        self.check_len()
    }

    fn end(&mut self) -> Result<(), ErrorKind> {
        let open = self.open.pop().ok_or(ErrorKind::XmlEndTag)?;
        if open.has_content {
            self.body.push(token::END);
        }
        self.empty_tag = None;
        self.check_len()
    }
}

/// Writes an `mb_u_int32` in as few octets as it needs.
fn integer(out: &mut Vec<u8>, value: u32) {
    let groups = (32_u32.saturating_sub(value.leading_zeros())).div_ceil(7).max(1);
    for group in (0..groups).rev() {
        let bits = (value >> group.saturating_mul(7)) & 0x7F;
        let more = if group > 0 { 0x80 } else { 0 };
        // Seven bits and the flag.
        out.push(bits as u8 | more);
    }
}

#[cfg(test)]
mod tests {
    use super::super::header;
    use super::*;

    #[test]
    fn integers_are_minimal_and_read_back() {
        for value in [0, 1, 127, 128, 144, 0x1201, 0x3FFF, 0x4000, 0x1F_FFFF, 0x20_0000, u32::MAX] {
            let mut out = Vec::new();
            integer(&mut out, value);
            assert_eq!(header::integer(&out, &mut 0), Ok(value));
            assert!(out.len() == 1 || out[0] != 0x80, "{value} has a leading zero group");
        }
        let mut out = Vec::new();
        integer(&mut out, 0x1201);
        assert_eq!(out, [0xA4, 0x01]);
    }
}
