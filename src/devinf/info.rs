//! Device information.

use super::record::{Grammar, Record, Role};
use crate::error::{ErrorKind, Result};
use crate::markup::{Encoding, Fragment, Options};
use crate::syncml::Embedded;
use crate::vocabulary::devinf;
use core::fmt;

pub(super) static GRAMMAR: Grammar = Grammar {
    root: devinf::DEV_INF,
    not_root: ErrorKind::NotDevInf,
    required: Some(devinf::DEV_ID),
    children: &[
        (devinf::VER_DTD, Role::Text),
        (devinf::MAN, Role::Text),
        (devinf::MOD, Role::Text),
        (devinf::OEM, Role::Text),
        (devinf::FW_V, Role::Text),
        (devinf::SW_V, Role::Text),
        (devinf::HW_V, Role::Text),
        (devinf::DEV_ID, Role::Text),
        (devinf::DEV_TYP, Role::Text),
        (devinf::UTC, Role::Flag),
        (devinf::SUPPORT_LARGE_OBJS, Role::Flag),
        (devinf::SUPPORT_NUMBER_OF_CHANGES, Role::Flag),
        (devinf::DATA_STORE, Role::Kept),
        // Up to 1.1.
        (devinf::CTCAP, Role::Kept),
        (devinf::EXT, Role::Kept),
    ],
};

/// Device information 1.0 to 1.2.
///
/// Borrows the input; [`into_owned`](DevInf::into_owned) copies it.
#[derive(Clone)]
pub struct DevInf<'a>(pub(super) Record<'a>);

impl<'a> DevInf<'a> {
    /// Decodes a document, XML or WBXML, with default [`Options`].
    ///
    /// # Errors
    /// See [`decode_with`](DevInf::decode_with).
    pub fn decode(input: &'a [u8]) -> Result<DevInf<'a>> {
        DevInf::decode_with(input, &Options::default())
    }

    /// Decodes a document, XML or WBXML.
    ///
    /// # Errors
    /// Every error of the markup (1xx to 4xx); [`NotDevInf`](ErrorKind::NotDevInf); [`Missing`](ErrorKind::Missing) at the
    /// root for a document without `DevID`; [`Repeated`](ErrorKind::Repeated) for a field that occurs again;
    /// [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup) in a field, [`UnexpectedText`](ErrorKind::UnexpectedText) beside
    /// the fields. The offset is the octet, or the element, at fault.
    pub fn decode_with(input: &'a [u8], options: &Options) -> Result<DevInf<'a>> {
        Record::decode(input, &GRAMMAR, options).map(DevInf)
    }

    /// Decodes the device information in an item of a message, as `Results` bring it.
    ///
    /// # Errors
    /// As [`decode_with`](DevInf::decode_with); `offset` is the enclosing `Data`, `inner` the place in the document,
    /// unless it is markup of the message.
    pub fn decode_embedded(embedded: &Embedded<'a>, options: &Options) -> Result<DevInf<'a>> {
        Record::embedded(embedded, &GRAMMAR, options).map(DevInf)
    }

    /// Decodes the first device information in a part of a message, such as a `Put`, which DM does not have and which is
    /// therefore kept whole. `None` when there is none.
    ///
    /// ```no_run
    /// use omadm::devinf::DevInf;
    /// # fn f(message: &omadm::syncml::Message<'_>) -> omadm::Result<()> {
    /// for command in message.all_commands().filter(|command| command.name() == "Put") {
    ///     if let Some(put) = command.fragment()
    ///         && let Some(info) = DevInf::find(&put, &Default::default())?
    ///     {
    ///         println!("{}", info.dev_id());
    ///     }
    /// }
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`decode_embedded`](DevInf::decode_embedded).
    pub fn find(fragment: &Fragment<'a>, options: &Options) -> Result<Option<DevInf<'a>>> {
        Ok(Record::within(fragment, &GRAMMAR, options)?.map(DevInf))
    }

    /// The encoding it came in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.0.encoding()
    }

    /// `VerDTD`: `1.0`, `1.1` or `1.2`. The DTD requires it, real documents leave it out.
    #[must_use]
    pub fn ver_dtd(&self) -> Option<&str> {
        self.0.text(devinf::VER_DTD)
    }

    /// `Man`: who makes the device.
    #[must_use]
    pub fn man(&self) -> Option<&str> {
        self.0.text(devinf::MAN)
    }

    /// `Mod`: its model.
    #[must_use]
    pub fn model(&self) -> Option<&str> {
        self.0.text(devinf::MOD)
    }

    /// `OEM`: who sells it.
    #[must_use]
    pub fn oem(&self) -> Option<&str> {
        self.0.text(devinf::OEM)
    }

    /// `FwV`: firmware version.
    #[must_use]
    pub fn fw_v(&self) -> Option<&str> {
        self.0.text(devinf::FW_V)
    }

    /// `SwV`: software version.
    #[must_use]
    pub fn sw_v(&self) -> Option<&str> {
        self.0.text(devinf::SW_V)
    }

    /// `HwV`: hardware version.
    #[must_use]
    pub fn hw_v(&self) -> Option<&str> {
        self.0.text(devinf::HW_V)
    }

    /// `DevID`: which device it is. It tells people apart: do not log it.
    #[must_use]
    pub fn dev_id(&self) -> &str {
        self.0.text(devinf::DEV_ID).unwrap_or_default()
    }

    /// `DevTyp`: `phone`, `smartphone`, `server` … The DTD requires it.
    #[must_use]
    pub fn dev_typ(&self) -> Option<&str> {
        self.0.text(devinf::DEV_TYP)
    }

    /// `UTC`: times may be in UTC.
    #[must_use]
    pub fn utc(&self) -> bool {
        self.0.has(devinf::UTC)
    }

    /// `SupportLargeObjs`: objects may come in several messages.
    #[must_use]
    pub fn support_large_objs(&self) -> bool {
        self.0.has(devinf::SUPPORT_LARGE_OBJS)
    }

    /// `SupportNumberOfChanges`: understands how many changes a synchronisation will bring.
    #[must_use]
    pub fn support_number_of_changes(&self) -> bool {
        self.0.has(devinf::SUPPORT_NUMBER_OF_CHANGES)
    }

    /// `DataStore` elements, in order.
    pub fn data_stores(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.0.kept(|tag| tag == Some(devinf::DATA_STORE))
    }

    /// `CTCap` elements, in order: directly here up to 1.1, inside a `DataStore` in 1.2.
    pub fn ct_caps(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.0.kept(|tag| tag == Some(devinf::CTCAP))
    }

    /// `Ext` elements, in order.
    pub fn exts(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.0.kept(|tag| tag == Some(devinf::EXT))
    }

    /// Elements that are not DevInf's, or have another place there, such as a `SyncCap` outside a `DataStore`.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.0.kept(|tag| !matches!(tag, Some(devinf::DATA_STORE | devinf::CTCAP | devinf::EXT)))
    }

    /// The same with copies of everything it borrowed.
    #[must_use]
    pub fn into_owned(self) -> DevInf<'static> {
        DevInf(self.0.into_owned())
    }
}

/// A summary, without what identifies the device.
impl fmt::Debug for DevInf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DevInf")
            .field("encoding", &self.encoding())
            .field("ver_dtd", &self.ver_dtd())
            .field("man", &self.man())
            .field("model", &self.model())
            .field("dev_typ", &self.dev_typ())
            .finish_non_exhaustive()
    }
}
