//! Making a document.

use super::Document;
use super::document::{Parts, RawAttribute, RawElement, RawParm, narrow};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::Encoding;
use crate::text::{self, Sources, Text, TextBuilder};
use core::fmt;
use std::borrow::Cow;

/// Makes a [`Document`] from its beginning to its end, to be read or encoded.
///
/// ```
/// use omadm::markup::Encoding;
/// use omadm::provisioning::Builder;
/// let mut builder = Builder::new();
/// builder.begin("NAPDEF").parm("NAPID", "NAP1").flag("INTERNET");
/// builder.begin("NAPAUTHINFO").parm("AUTHTYPE", "PAP").end();
/// builder.end();
/// let document = builder.finish()?;
/// assert_eq!(document.characteristics().next().unwrap().value("NAPID"), Some("NAP1"));
/// assert_eq!(document.encode(Encoding::Wbxml)?, b"\x02\x0B\x6A\x00\xC5\x45\x031.1\x00\x01\
///     \xC6\x55\x01\x87\x11\x06\x03NAP1\x00\x01\x87\x14\x01\xC6\x5A\x01\x87\x0C\x06\x9A\x01\x01\x01\x01");
/// # Ok::<(), omadm::Error>(())
/// ```
pub struct Builder {
    texts: TextBuilder<'static>,
    parts: Parts,
    /// The elements that are open, the root first.
    open: Vec<usize>,
    /// What an attribute would be added to.
    last: Last,
    /// The first thing that went wrong.
    fault: Option<Error>,
}

#[derive(Clone, Copy)]
enum Last {
    Element,
    Parm,
    Closed,
}

impl Builder {
    /// A document of version 1.1.
    #[must_use]
    pub fn new() -> Builder {
        let mut texts = TextBuilder::new(b"");
        let label = texts.keep(b"1.1");
        let parts = Parts { elements: vec![RawElement { label, ..RawElement::default() }], ..Parts::default() };
        Builder { texts, parts, open: vec![0], last: Last::Element, fault: None }
    }

    /// Says another version, or none, which means 1.0.
    pub fn version(&mut self, version: Option<&str>) -> &mut Builder {
        let label = version.map_or(Text::ABSENT, |version| self.texts.keep(version.as_bytes()));
        if let Some(root) = self.parts.elements.first_mut() {
            root.label = label;
        }
        self
    }

    /// Begins a characteristic inside the one that is open, or in the document.
    pub fn begin(&mut self, kind: &str) -> &mut Builder {
        let label = self.texts.keep(kind.as_bytes());
        let attributes = self.no_attributes();
        self.open.push(self.parts.elements.len());
        self.parts.elements.push(RawElement { label, attributes, ..RawElement::default() });
        self.last = Last::Element;
        self
    }

    /// Adds a parm to the characteristic that is open.
    pub fn parm(&mut self, name: &str, value: &str) -> &mut Builder {
        let value = self.texts.keep(value.as_bytes());
        self.add(name, value)
    }

    /// Adds a parm that says something by being there, such as `INTERNET`.
    pub fn flag(&mut self, name: &str) -> &mut Builder {
        self.add(name, Text::ABSENT)
    }

    fn add(&mut self, name: &str, value: Text) -> &mut Builder {
        // The root holds no parms; it is the first element.
        if self.open.len() < 2 {
            self.fault(ErrorKind::UnexpectedElement);
        }
        let owner = narrow(self.open.last().copied().unwrap_or_default());
        let name = self.texts.keep(name.as_bytes());
        let attributes = self.no_attributes();
        self.parts.parms.push(RawParm { owner, offset: 0, name, value, attributes });
        self.last = Last::Parm;
        self
    }

    /// Adds an attribute that the standard does not know, such as Microsoft's `datatype`, to what was begun or added last.
    pub fn attribute(&mut self, name: &str, value: &str) -> &mut Builder {
        let owner = match self.last {
            Last::Element => self.parts.elements.last_mut().map(|element| &mut element.attributes),
            Last::Parm => self.parts.parms.last_mut().map(|parm| &mut parm.attributes),
            Last::Closed => None,
        };
        let is_known = matches!(
            (self.last, self.open.len(), name),
            (Last::Element, 0 | 1, "version") | (Last::Element, _, "type") | (Last::Parm, _, "name" | "value")
        );
        match owner {
            _ if is_known => self.fault(ErrorKind::XmlDuplicateAttribute),
            None => self.fault(ErrorKind::XmlAttribute),
            Some(range) => {
                let raw = RawAttribute {
                    name: self.texts.keep(name.as_bytes()),
                    namespace: Text::ABSENT,
                    value: self.texts.keep(value.as_bytes()),
                };
                self.parts.attributes.push(raw);
                range.end = narrow(self.parts.attributes.len());
            }
        }
        self
    }

    /// Ends the characteristic that is open.
    pub fn end(&mut self) -> &mut Builder {
        if self.open.len() < 2 {
            self.fault(ErrorKind::XmlEndTag);
            return self;
        }
        self.close();
        self
    }

    fn close(&mut self) {
        let end = narrow(self.parts.elements.len());
        if let Some(element) = self.open.pop().and_then(|index| self.parts.elements.get_mut(index)) {
            element.end = end;
        }
        self.last = Last::Closed;
    }

    fn no_attributes(&self) -> core::ops::Range<u32> {
        let at = narrow(self.parts.attributes.len());
        at..at
    }

    fn fault(&mut self, kind: ErrorKind) {
        let at = self.parts.elements.len().saturating_add(self.parts.parms.len()).saturating_sub(1);
        self.fault.get_or_insert(Error::new(kind, at));
    }

    /// The document.
    ///
    /// # Errors
    /// The first thing that went wrong: [`UnexpectedElement`](ErrorKind::UnexpectedElement) for a parm outside a characteristic,
    /// [`XmlEndTag`](ErrorKind::XmlEndTag) for an end without a beginning, [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) for a beginning
    /// without an end, [`XmlAttribute`](ErrorKind::XmlAttribute) for an attribute behind an end,
    /// [`XmlDuplicateAttribute`](ErrorKind::XmlDuplicateAttribute) for one that has a method of its own,
    /// [`InputTooLarge`](ErrorKind::InputTooLarge). The offset is the number of characteristics and parms before.
    pub fn finish(mut self) -> Result<Document<'static>> {
        if self.open.len() > 1 {
            self.fault(ErrorKind::UnexpectedEnd);
        }
        self.close();
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        self.parts.group();
        let heap = self.texts.finish()?;
        let sources = Sources { document: text::Document::Text(Cow::Borrowed("")), heap };
        Ok(Document::new(Encoding::Xml, sources, self.parts))
    }
}

impl Default for Builder {
    fn default() -> Self {
        Builder::new()
    }
}

/// Without names and values, which may be secrets.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (characteristics, parms) = (self.parts.elements.len().saturating_sub(1), self.parts.parms.len());
        f.debug_struct("Builder")
            .field("characteristics", &characteristics)
            .field("parms", &parms)
            .finish_non_exhaustive()
    }
}
