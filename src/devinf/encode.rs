//! From records to events: the order of the DTD, what it does not have last.

use super::record::{Grammar, Record, Role};
use super::{DevInf, MetInf, info, metinf};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::XmlWriter;
use crate::markup::{DataForm, Encoding, Event, Name, Options, Reader, Writer};
use crate::vocabulary::{DocumentType, Tag, devinf};

/// What was read within limits is written within those of the writer.
pub(super) const UNLIMITED: Options = Options { limits: Limits::UNLIMITED, bare_ampersand: true, unnamed_trees: true };

impl DevInf<'_> {
    /// Writes the document, within the default [`Limits`].
    ///
    /// # Errors
    /// See [`encode_with`](DevInf::encode_with).
    pub fn encode(&self, encoding: Encoding) -> Result<Vec<u8>> {
        self.encode_with(encoding, &Limits::DEFAULT)
    }

    /// Writes the document.
    ///
    /// Elements come in the order of the DTD, which is that of the methods here, then what it does not have; what was kept
    /// is written as it was. Nothing is made up: what the DTD requires and the document does not have is not there.
    ///
    /// WBXML announces the version that `VerDTD` says, or, without one, that of the WBXML document it was decoded from
    /// (`wire.md` §7.3); where neither says, 1.1 if an element is called `Size`, which 1.2 renamed, and otherwise 1.2. `Size` in
    /// 1.2 and `MaxSize` before it, which only a document at odds with itself has, go as literals.
    ///
    /// # Errors
    /// [`LimitOutput`](ErrorKind::LimitOutput), [`LimitDepth`](ErrorKind::LimitDepth) and
    /// [`LimitNamespaces`](ErrorKind::LimitNamespaces); [`InvalidCharacter`](ErrorKind::InvalidCharacter) and
    /// [`InvalidUtf8`](ErrorKind::InvalidUtf8) for what this encoding cannot carry. The offset is that of the field, or of the place
    /// in a kept element, in the document that it was decoded from.
    pub fn encode_with(&self, encoding: Encoding, limits: &Limits) -> Result<Vec<u8>> {
        self.0.encode(&info::GRAMMAR, self.document_type(), encoding, limits)
    }

    /// As [`encode_with`](DevInf::encode_with), behind what `out` holds already; on an error `out` stays as it was.
    ///
    /// # Errors
    /// As [`encode_with`](DevInf::encode_with).
    pub fn encode_into(&self, encoding: Encoding, limits: &Limits, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.encode_with(encoding, limits)?);
        Ok(())
    }

    /// Writes the `DevInf` element with any writer.
    ///
    /// # Errors
    /// As [`encode_with`](DevInf::encode_with), with the limits of the writer.
    pub fn write(&self, writer: &mut impl Writer) -> Result<()> {
        self.0.write(&info::GRAMMAR, writer)
    }

    fn document_type(&self) -> DocumentType {
        match self.ver_dtd() {
            Some("1.0") => DocumentType::DevInf10,
            Some("1.1") => DocumentType::DevInf11,
            Some(_) => DocumentType::DevInf12,
            None => match self.0.announced().filter(|known| known.code(devinf::DEV_INF).is_some()) {
                Some(announced) => announced,
                None if self.0.keeps(devinf::SIZE) => DocumentType::DevInf11,
                None => DocumentType::DevInf12,
            },
        }
    }
}

impl MetInf<'_> {
    /// Writes the document, within the default [`Limits`].
    ///
    /// # Errors
    /// See [`encode_with`](MetInf::encode_with).
    pub fn encode(&self, encoding: Encoding) -> Result<Vec<u8>> {
        self.encode_with(encoding, &Limits::DEFAULT)
    }

    /// Writes the document.
    ///
    /// Elements come in the order of the DTD (`wire.md` §1.7), then what it does not have; what was kept is written as it
    /// was. A `NextNonce` that came as octets becomes base64 in both encodings, as in messages: DM wants it so (`wire.md` §5.1).
    ///
    /// # Errors
    /// [`LimitOutput`](ErrorKind::LimitOutput), [`LimitDepth`](ErrorKind::LimitDepth) and
    /// [`LimitNamespaces`](ErrorKind::LimitNamespaces); [`InvalidCharacter`](ErrorKind::InvalidCharacter) and
    /// [`InvalidUtf8`](ErrorKind::InvalidUtf8) for what this encoding cannot carry. The offset is that of the field, or of the place
    /// in a kept element, in the document that it was decoded from.
    pub fn encode_with(&self, encoding: Encoding, limits: &Limits) -> Result<Vec<u8>> {
        self.0.encode(&metinf::GRAMMAR, DocumentType::MetInf, encoding, limits)
    }

    /// As [`encode_with`](MetInf::encode_with), behind what `out` holds already; on an error `out` stays as it was.
    ///
    /// # Errors
    /// As [`encode_with`](MetInf::encode_with).
    pub fn encode_into(&self, encoding: Encoding, limits: &Limits, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(&self.encode_with(encoding, limits)?);
        Ok(())
    }

    /// Writes the `MetInf` element with any writer.
    ///
    /// # Errors
    /// As [`encode_with`](MetInf::encode_with), with the limits of the writer.
    pub fn write(&self, writer: &mut impl Writer) -> Result<()> {
        self.0.write(&metinf::GRAMMAR, writer)
    }
}

impl Record<'_> {
    fn encode(
        &self,
        grammar: &Grammar,
        document_type: DocumentType,
        encoding: Encoding,
        limits: &Limits,
    ) -> Result<Vec<u8>> {
        match encoding {
            Encoding::Xml => {
                let mut writer = XmlWriter::of_type(document_type, limits);
                self.write(grammar, &mut writer)?;
                writer.finish().map(String::into_bytes)
            }
            Encoding::Wbxml => {
                let mut writer = WbxmlWriter::new(document_type, limits);
                self.write(grammar, &mut writer)?;
                writer.finish()
            }
        }
    }

    fn write(&self, grammar: &Grammar, writer: &mut impl Writer) -> Result<()> {
        let root = |kind| Error::new(kind, self.offset());
        writer.start(Name::Known(grammar.root), &[]).map_err(root)?;
        for (tag, role) in grammar.children {
            match role {
                Role::Group(_) | Role::Kept => self.write_kept(writer, |kept| kept == Some(*tag))?,
                role => self.write_field(writer, *tag, *role)?,
            }
        }
        let has_place = |tag: Tag| grammar.children.iter().any(|(known, _)| *known == tag);
        self.write_kept(writer, |kept| !kept.is_some_and(has_place))?;
        writer.end().map_err(root)
    }

    fn write_field(&self, writer: &mut impl Writer, tag: Tag, role: Role) -> Result<()> {
        let Some(field) = self.field(tag) else { return Ok(()) };
        let written = match role {
            Role::Number => element(writer, tag, &self.number(tag).unwrap_or_default().to_string()),
            Role::Nonce if field.form == DataForm::Opaque => {
                let nonce = self.nonce(tag)?.map(|nonce| nonce.to_base64());
                element(writer, tag, &nonce.unwrap_or_default())
            }
            _ => element(writer, tag, self.text(tag).unwrap_or_default()),
        };
        written.map_err(|kind| Error::new(kind, field.offset as usize))
    }

    /// Whether an element of this name is in what was kept.
    fn keeps(&self, tag: Tag) -> bool {
        self.kept(|_| true).any(|fragment| {
            let mut reader = fragment.reader(&UNLIMITED);
            while let Ok(Some(event)) = reader.next_event() {
                if event == Event::Start(Name::Known(tag)) {
                    return true;
                }
            }
            false
        })
    }

    fn write_kept(&self, writer: &mut impl Writer, wanted: impl Fn(Option<Tag>) -> bool) -> Result<()> {
        self.kept(wanted).try_for_each(|fragment| fragment.write(writer, &UNLIMITED))
    }
}

/// An element with a text.
pub(super) fn element(writer: &mut impl Writer, tag: Tag, text: &str) -> Result<(), ErrorKind> {
    writer.start(Name::Known(tag), &[])?;
    match text {
        "" => {}
        // An inline string ends at its first zero.
        text if text.contains('\0') => writer.opaque(text.as_bytes())?,
        text => writer.text(text)?,
    }
    writer.end()
}
