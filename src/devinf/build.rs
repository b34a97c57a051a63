//! Making a document.

use super::encode::{UNLIMITED, element};
use super::record::{Grammar, Record, Role};
use super::{DevInf, MetInf, info, metinf};
use crate::auth::Nonce;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::xml::XmlWriter;
use crate::markup::{Event, Fragment, Name, Reader, Writer};
use crate::vocabulary::{DocumentType, Tag, devinf, metinf as tags};
use core::fmt;

/// Device information to send. What [`new`](NewDevInf::new) is not told is absent.
///
/// ```
/// use omadm::devinf::{DevInf, NewDevInf};
/// use omadm::markup::{Encoding, Options, Reader, xml::{XmlDocument, XmlReader}};
/// let store = XmlDocument::open(b"<DataStore xmlns='syncml:devinf'><SourceRef>./contacts</SourceRef></DataStore>")?;
/// let mut reader = XmlReader::new(&store, &Options::default());
/// reader.next_event()?;
/// let store = reader.skip()?;
///
/// let new = NewDevInf { man: Some("ACME"), utc: true, elements: &[store], ..NewDevInf::new("IMEI:1", "phone") };
/// let info = new.build()?;
/// assert_eq!(info.encode(Encoding::Wbxml)?, b"\x02\xA4\x03\x6A\x00\x4A\x65\x031.2\x00\x01\x51\x03ACME\x00\x01\
///     \x49\x03IMEI:1\x00\x01\x4B\x03phone\x00\x01\x28\x47\x5D\x03./contacts\x00\x01\x01\x01");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct NewDevInf<'x> {
    /// `VerDTD`: `1.0`, `1.1` or `1.2`.
    pub ver_dtd: &'x str,
    /// `Man`
    pub man: Option<&'x str>,
    /// `Mod`
    pub model: Option<&'x str>,
    /// `OEM`
    pub oem: Option<&'x str>,
    /// `FwV`
    pub fw_v: Option<&'x str>,
    /// `SwV`
    pub sw_v: Option<&'x str>,
    /// `HwV`
    pub hw_v: Option<&'x str>,
    /// `DevID`
    pub dev_id: &'x str,
    /// `DevTyp`
    pub dev_typ: &'x str,
    /// `UTC`
    pub utc: bool,
    /// `SupportLargeObjs`
    pub support_large_objs: bool,
    /// `SupportNumberOfChanges`
    pub support_number_of_changes: bool,
    /// `DataStore`, of which the DTD wants one at least, `CTCap`, which from 1.2 on belongs inside a `DataStore`, `Ext`, and what
    /// the DTD does not have. In any order, from documents of either encoding.
    pub elements: &'x [Fragment<'x>],
}

impl<'x> NewDevInf<'x> {
    /// Device information 1.2.
    #[must_use]
    pub const fn new(dev_id: &'x str, dev_typ: &'x str) -> NewDevInf<'x> {
        NewDevInf {
            ver_dtd: "1.2",
            man: None,
            model: None,
            oem: None,
            fw_v: None,
            sw_v: None,
            hw_v: None,
            dev_id,
            dev_typ,
            utc: false,
            support_large_objs: false,
            support_number_of_changes: false,
            elements: &[],
        }
    }

    /// The document, to be read or encoded. Blanks at the ends of texts go, as they do in reading.
    ///
    /// # Errors
    /// At 0: [`Empty`](ErrorKind::Empty) for `VerDTD`, `DevID` or `DevTyp` without text; [`InvalidValue`](ErrorKind::InvalidValue)
    /// for another version; [`Missing`](ErrorKind::Missing) without a `DataStore`; [`InvalidCharacter`](ErrorKind::InvalidCharacter) for a
    /// character that XML does not have; the [`Limits`] of output.
    ///
    /// At the place in the document that an element of [`elements`](NewDevInf::elements) is from:
    /// [`UnexpectedElement`](ErrorKind::UnexpectedElement) for one that is a field here, and what XML cannot carry.
    pub fn build(&self) -> Result<DevInf<'static>> {
        let required =
            [(devinf::VER_DTD, self.ver_dtd), (devinf::DEV_ID, self.dev_id), (devinf::DEV_TYP, self.dev_typ)];
        if let Some((tag, _)) = required.into_iter().find(|(_, text)| text.trim_ascii().is_empty()) {
            return Err(Error::new(ErrorKind::Empty(tag.name()), 0));
        }
        if !matches!(self.ver_dtd.trim_ascii(), "1.0" | "1.1" | "1.2") {
            return Err(Error::new(ErrorKind::InvalidValue, 0));
        }
        let info = DevInf(build(&info::GRAMMAR, self.elements, |writer| {
            for (tag, text) in required {
                element(writer, tag, text)?;
            }
            optional(writer, devinf::MAN, self.man)?;
            optional(writer, devinf::MOD, self.model)?;
            optional(writer, devinf::OEM, self.oem)?;
            optional(writer, devinf::FW_V, self.fw_v)?;
            optional(writer, devinf::SW_V, self.sw_v)?;
            optional(writer, devinf::HW_V, self.hw_v)?;
            flag(writer, devinf::UTC, self.utc)?;
            flag(writer, devinf::SUPPORT_LARGE_OBJS, self.support_large_objs)?;
            flag(writer, devinf::SUPPORT_NUMBER_OF_CHANGES, self.support_number_of_changes)
        })?);
        let has_store = info.data_stores().next().is_some();
        if has_store { Ok(info) } else { Err(Error::new(ErrorKind::Missing(devinf::DATA_STORE.name()), 0)) }
    }
}

/// Without what identifies the device.
impl fmt::Debug for NewDevInf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewDevInf")
            .field("ver_dtd", &self.ver_dtd)
            .field("man", &self.man)
            .field("model", &self.model)
            .field("dev_typ", &self.dev_typ)
            .finish_non_exhaustive()
    }
}

/// `Anchor` to send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewAnchor<'x> {
    /// `Last`
    pub last: Option<&'x str>,
    /// `Next`
    pub next: &'x str,
}

/// `Mem` to send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NewMem {
    /// `SharedMem`: other data stores take from the same memory.
    pub shared: bool,
    /// `FreeMem`, in octets.
    pub free_mem: u64,
    /// `FreeID`: how many items more.
    pub free_id: u64,
}

/// Meta-information to send by itself. [`Default`] is empty.
///
/// ```
/// use omadm::devinf::NewMetInf;
/// use omadm::markup::Encoding;
/// let new = NewMetInf { format: Some("b64"), next_nonce: Some(&[0, 1, 2, 3]), ..NewMetInf::default() };
/// let xml = b"<MetInf xmlns=\"syncml:metinf\"><Format>b64</Format><NextNonce>AAECAw==</NextNonce></MetInf>";
/// assert_eq!(new.build()?.encode(Encoding::Xml)?, xml);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Default)]
pub struct NewMetInf<'x> {
    /// `FieldLevel`
    pub field_level: bool,
    /// `Format`
    pub format: Option<&'x str>,
    /// `Type`
    pub media_type: Option<&'x str>,
    /// `Mark`
    pub mark: Option<&'x str>,
    /// `Size`, in octets as carried.
    pub size: Option<u64>,
    /// `Anchor`
    pub anchor: Option<NewAnchor<'x>>,
    /// `Version`
    pub version: Option<&'x str>,
    /// `NextNonce`: the octets themselves, which become base64.
    pub next_nonce: Option<&'x [u8]>,
    /// `MaxMsgSize`, in octets.
    pub max_msg_size: Option<u64>,
    /// `MaxObjSize`, in octets.
    pub max_obj_size: Option<u64>,
    /// `EMI`, any number.
    pub emi: &'x [&'x str],
    /// `Mem`
    pub mem: Option<NewMem>,
    /// What the DTD does not have.
    pub extras: &'x [Fragment<'x>],
}

impl NewMetInf<'_> {
    /// The document, to be read or encoded. Blanks at the ends of texts go, as they do in reading.
    ///
    /// # Errors
    /// At 0: [`InvalidCharacter`](ErrorKind::InvalidCharacter) for a character that XML does not have; the [`Limits`] of output.
    ///
    /// At the place in the document that an element of [`extras`](NewMetInf::extras) is from:
    /// [`UnexpectedElement`](ErrorKind::UnexpectedElement) for one that is a field here, and what XML cannot carry.
    pub fn build(&self) -> Result<MetInf<'static>> {
        build(&metinf::GRAMMAR, self.extras, |writer| {
            flag(writer, tags::FIELD_LEVEL, self.field_level)?;
            optional(writer, tags::FORMAT, self.format)?;
            optional(writer, tags::TYPE, self.media_type)?;
            optional(writer, tags::MARK, self.mark)?;
            number(writer, tags::SIZE, self.size)?;
            if let Some(anchor) = self.anchor {
                writer.start(Name::Known(tags::ANCHOR), &[])?;
                optional(writer, tags::LAST, anchor.last)?;
                element(writer, tags::NEXT, anchor.next)?;
                writer.end()?;
            }
            optional(writer, tags::VERSION, self.version)?;
            let nonce = self.next_nonce.map(|octets| Nonce::new(octets).to_base64());
            optional(writer, tags::NEXT_NONCE, nonce.as_deref())?;
            number(writer, tags::MAX_MSG_SIZE, self.max_msg_size)?;
            number(writer, tags::MAX_OBJ_SIZE, self.max_obj_size)?;
            for emi in self.emi {
                element(writer, tags::EMI, emi)?;
            }
            if let Some(mem) = self.mem {
                writer.start(Name::Known(tags::MEM), &[])?;
                flag(writer, tags::SHARED_MEM, mem.shared)?;
                number(writer, tags::FREE_MEM, Some(mem.free_mem))?;
                number(writer, tags::FREE_ID, Some(mem.free_id))?;
                writer.end()?;
            }
            Ok(())
        })
        .map(MetInf)
    }
}

/// Without the nonce.
impl fmt::Debug for NewMetInf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewMetInf")
            .field("format", &self.format)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

/// A document with fields and elements, in whatever order: encoding sorts them.
///
/// It is made as XML, which carries less than WBXML does: so both can carry what was built.
fn build(
    grammar: &Grammar,
    elements: &[Fragment<'_>],
    fields: impl FnOnce(&mut XmlWriter) -> Result<(), ErrorKind>,
) -> Result<Record<'static>> {
    // The version is in `VerDTD`; the namespaces have one only.
    let mut writer = XmlWriter::of_type(DocumentType::from_root(grammar.root), &Limits::DEFAULT);
    let begun = writer.start(Name::Known(grammar.root), &[]).and_then(|()| fields(&mut writer));
    begun.map_err(|kind| Error::new(kind, 0))?;
    for element in elements {
        let root = element.reader(&UNLIMITED).next_event()?;
        if let Some(Event::Start(Name::Known(tag))) = root
            && !matches!(grammar.role(tag), Role::Kept)
        {
            return Err(Error::new(ErrorKind::UnexpectedElement, element.offset()));
        }
        element.write(&mut writer, &UNLIMITED)?;
    }
    writer.end().map_err(|kind| Error::new(kind, 0))?;
    Record::decode(writer.finish()?.as_bytes(), grammar, &UNLIMITED).map(Record::into_owned)
}

fn optional(writer: &mut impl Writer, tag: Tag, text: Option<&str>) -> Result<(), ErrorKind> {
    text.map_or(Ok(()), |text| element(writer, tag, text))
}

fn number(writer: &mut impl Writer, tag: Tag, number: Option<u64>) -> Result<(), ErrorKind> {
    optional(writer, tag, number.map(|number| number.to_string()).as_deref())
}

fn flag(writer: &mut impl Writer, tag: Tag, is_set: bool) -> Result<(), ErrorKind> {
    if is_set { element(writer, tag, "") } else { Ok(()) }
}
