//! From records to events.

use super::Document;
use super::document::{RawElement, RawParm, slice};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::XmlWriter;
use crate::markup::{Encoding, Name, Namespace, NewAttr, Options, Writer};
use crate::text::Text;
use crate::vocabulary::{DocumentType, Tag, prov};
use core::ops::Range;

impl Document<'_> {
    /// Writes the document, within the default [`Limits`].
    ///
    /// # Errors
    /// See [`encode_with`](Document::encode_with).
    pub fn encode(&self, encoding: Encoding) -> Result<Vec<u8>> {
        self.encode_with(encoding, &Limits::DEFAULT)
    }

    /// Writes the document.
    ///
    /// In a characteristic the parms come first, then the characteristics inside it, then what the standard does not know; in
    /// an element the attributes of the standard first. WBXML has the token that says most of an attribute, from the page that is
    /// current where both have it, and inline strings for the rest; what has no token goes as literals.
    ///
    /// # Errors
    /// [`LimitOutput`](ErrorKind::LimitOutput), [`LimitDepth`](ErrorKind::LimitDepth), and
    /// [`InvalidCharacter`](ErrorKind::InvalidCharacter) for what XML, or an inline string, cannot carry. The offset is that of the element
    /// in the input that the document was decoded from; 0 for one that was built.
    pub fn encode_with(&self, encoding: Encoding, limits: &Limits) -> Result<Vec<u8>> {
        match encoding {
            Encoding::Xml => {
                let mut writer = XmlWriter::of_type(DocumentType::Prov10, limits);
                self.write(&mut writer)?;
                writer.finish().map(String::into_bytes)
            }
            Encoding::Wbxml => {
                let mut writer = WbxmlWriter::new(DocumentType::Prov10, limits);
                self.write(&mut writer)?;
                writer.finish()
            }
        }
    }

    /// As [`encode_with`](Document::encode_with), behind what `out` holds already; on an error `out` stays as it was.
    ///
    /// # Errors
    /// As [`encode_with`](Document::encode_with).
    pub fn encode_into(&self, encoding: Encoding, limits: &Limits, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.encode_with(encoding, limits)?);
        Ok(())
    }

    /// Writes the `wap-provisioningdoc` element with any writer.
    ///
    /// # Errors
    /// As [`encode_with`](Document::encode_with), with the limits of the writer.
    pub fn write(&self, writer: &mut impl Writer) -> Result<()> {
        // The elements that are open: no recursion, however deep a document is.
        let mut open: Vec<&RawElement> = Vec::new();
        for (index, element) in self.parts.elements.iter().enumerate() {
            while let Some(done) = open.pop_if(|open| open.end as usize <= index) {
                self.end(writer, done)?;
            }
            self.begin(writer, element, open.is_empty()).map_err(|kind| Error::new(kind, element.offset as usize))?;
            for parm in slice(&self.parts.parms, &element.parms) {
                self.parm(writer, parm).map_err(|kind| Error::new(kind, parm.offset as usize))?;
            }
            open.push(element);
        }
        while let Some(done) = open.pop() {
            self.end(writer, done)?;
        }
        Ok(())
    }

    fn begin(&self, writer: &mut impl Writer, element: &RawElement, is_root: bool) -> Result<(), ErrorKind> {
        let (tag, label) =
            if is_root { (prov::WAP_PROVISIONINGDOC, "version") } else { (prov::CHARACTERISTIC, "type") };
        self.start(writer, tag, [(label, element.label)], &element.attributes)
    }

    fn parm(&self, writer: &mut impl Writer, parm: &RawParm) -> Result<(), ErrorKind> {
        self.start(writer, prov::PARM, [("name", parm.name), ("value", parm.value)], &parm.attributes)?;
        writer.end()
    }

    fn start<const N: usize>(
        &self,
        writer: &mut impl Writer,
        tag: Tag,
        known: [(&'static str, Text); N],
        others: &Range<u32>,
    ) -> Result<(), ErrorKind> {
        let known = known.into_iter().filter(|(_, value)| value.is_present());
        let known = known.map(|(qname, value)| NewAttr::new(qname, self.str(value)));
        let others = self.attributes_in(others).map(|other| NewAttr {
            qname: other.name,
            namespace: other.namespace.map(Namespace::of),
            value: other.value,
        });
        let attrs: Vec<NewAttr<'_>> = known.chain(others).collect();
        writer.start(Name::Known(tag), &attrs)
    }

    fn end(&self, writer: &mut impl Writer, element: &RawElement) -> Result<()> {
        // They were read within limits; the writer has its own.
        let options = Options { limits: Limits::UNLIMITED, bare_ampersand: true, unnamed_trees: true };
        for extra in self.extras_in(&element.extras) {
            extra.write(writer, &options)?;
        }
        writer.end().map_err(|kind| Error::new(kind, element.offset as usize))
    }
}
