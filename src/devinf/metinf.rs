//! Meta-information that stands by itself.

use super::record::{Grammar, Record, Role};
use crate::auth::Nonce;
use crate::error::{ErrorKind, Result};
use crate::markup::{DataForm, Encoding, Fragment, Options};
use crate::vocabulary::metinf;
use core::fmt;

/// The order is that of `wire.md` §1.7.
pub(super) static GRAMMAR: Grammar = Grammar {
    root: metinf::MET_INF,
    not_root: ErrorKind::NotMetInf,
    required: None,
    children: &[
        (metinf::FIELD_LEVEL, Role::Kept),
        (metinf::FORMAT, Role::Text),
        (metinf::TYPE, Role::Text),
        (metinf::MARK, Role::Text),
        (metinf::SIZE, Role::Number),
        (metinf::ANCHOR, Role::Group(&[metinf::LAST, metinf::NEXT])),
        (metinf::VERSION, Role::Text),
        (metinf::NEXT_NONCE, Role::Nonce),
        (metinf::MAX_MSG_SIZE, Role::Number),
        (metinf::MAX_OBJ_SIZE, Role::Number),
        (metinf::EMI, Role::Kept),
        (metinf::MEM, Role::Kept),
    ],
};

/// A document with the root `MetInf`: what [`Meta`](crate::syncml::Meta) says inside a message.
///
/// ```
/// use omadm::devinf::MetInf;
/// let meta = MetInf::decode(b"\x02\xA4\x02\x6A\x00\x00\x01\x4E\x47\x03b64\x00\x01\x55\x035000\x00\x01\x01")?;
/// assert_eq!((meta.format(), meta.max_obj_size()), (Some("b64"), Some(5000)));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone)]
pub struct MetInf<'a>(pub(super) Record<'a>);

impl<'a> MetInf<'a> {
    /// Decodes a document, XML or WBXML, with default [`Options`].
    ///
    /// # Errors
    /// See [`decode_with`](MetInf::decode_with).
    pub fn decode(input: &'a [u8]) -> Result<MetInf<'a>> {
        MetInf::decode_with(input, &Options::default())
    }

    /// Decodes a document, XML or WBXML.
    ///
    /// # Errors
    /// Every error of the markup (1xx to 4xx); [`NotMetInf`](ErrorKind::NotMetInf); [`Repeated`](ErrorKind::Repeated);
    /// [`InvalidNumber`](ErrorKind::InvalidNumber); [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup) in a field,
    /// [`UnexpectedText`](ErrorKind::UnexpectedText) beside the fields. The offset is the octet, or the element, at fault.
    pub fn decode_with(input: &'a [u8], options: &Options) -> Result<MetInf<'a>> {
        Record::decode(input, &GRAMMAR, options).map(MetInf)
    }

    /// The encoding it came in.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.0.encoding()
    }

    /// `Format`; absent means `chr`. Compare without regard to case.
    #[must_use]
    pub fn format(&self) -> Option<&str> {
        self.0.text(metinf::FORMAT)
    }

    /// `Type`; absent means `text/plain`.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.0.text(metinf::TYPE)
    }

    /// `Mark`.
    #[must_use]
    pub fn mark(&self) -> Option<&str> {
        self.0.text(metinf::MARK)
    }

    /// `Version` of the data.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.0.text(metinf::VERSION)
    }

    /// `Size` of the whole object, in octets as carried.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.0.number(metinf::SIZE)
    }

    /// `MaxMsgSize`: the largest message the sender takes, in octets.
    #[must_use]
    pub fn max_msg_size(&self) -> Option<u64> {
        self.0.number(metinf::MAX_MSG_SIZE)
    }

    /// `MaxObjSize`: the largest object the sender takes, in octets.
    #[must_use]
    pub fn max_obj_size(&self) -> Option<u64> {
        self.0.number(metinf::MAX_OBJ_SIZE)
    }

    /// `NextNonce`, as sent: base64 text, or in a [`DataForm::Opaque`] possibly the octets themselves.
    #[must_use]
    pub fn next_nonce(&self) -> Option<(DataForm, &[u8])> {
        self.0.octets(metinf::NEXT_NONCE)
    }

    /// The octets of `NextNonce`, which are what is hashed: as [`Meta::nonce`](crate::syncml::Meta::nonce).
    ///
    /// # Errors
    /// [`InvalidBase64`](ErrorKind::InvalidBase64) at the element.
    pub fn nonce(&self) -> Result<Option<Nonce<'_>>> {
        self.0.nonce(metinf::NEXT_NONCE)
    }

    /// `Last` of the `Anchor`.
    #[must_use]
    pub fn anchor_last(&self) -> Option<&str> {
        self.0.text(metinf::LAST)
    }

    /// `Next` of the `Anchor`.
    #[must_use]
    pub fn anchor_next(&self) -> Option<&str> {
        self.0.text(metinf::NEXT)
    }

    /// `Anchor`, `Mem`, `EMI`, `FieldLevel`, and elements that are not MetInf's.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'_>> {
        self.0.kept(|_| true)
    }

    /// The same with copies of everything it borrowed.
    #[must_use]
    pub fn into_owned(self) -> MetInf<'static> {
        MetInf(self.0.into_owned())
    }
}

/// A summary, without the nonce.
impl fmt::Debug for MetInf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MetInf")
            .field("encoding", &self.encoding())
            .field("format", &self.format())
            .field("media_type", &self.media_type())
            .finish_non_exhaustive()
    }
}
