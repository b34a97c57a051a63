//! Views on what describes data, or who sent it: `Meta`, `Cred` and `Chal`.

use super::Data;
use super::message::Message;
use super::parts::{Extras, MetaRest, RawCred, RawMeta};
use crate::convert::Facts;
use crate::markup::Fragment;
use crate::text::Text;
use core::fmt;
use std::borrow::Cow;

/// `Meta`: what is said about data, or about the sender's limits (`wire.md` §1.7).
#[derive(Clone, Copy, Debug)]
pub struct Meta<'m> {
    pub(super) message: &'m Message<'m>,
    pub(super) raw: &'m RawMeta,
}

impl<'m> Meta<'m> {
    fn number(&self, text: Text) -> Option<u64> {
        self.message.text(text)?.parse().ok()
    }

    pub(super) fn rest(&self) -> MetaRest {
        self.message.lists().0.meta_rest(self.raw)
    }

    /// What it says itself.
    pub(super) fn facts(&self) -> Facts<'m> {
        let text = |text| self.message.text(text).map(Cow::Borrowed);
        Facts { format: text(self.raw.format), media_type: text(self.raw.type_), size: text(self.rest().size) }
    }

    /// `Format`; absent means `chr`. Compare without regard to case.
    #[must_use]
    pub fn format(&self) -> Option<&'m str> {
        self.message.text(self.raw.format)
    }

    /// `Type`; absent means `text/plain`.
    #[must_use]
    pub fn media_type(&self) -> Option<&'m str> {
        self.message.text(self.raw.type_)
    }

    /// `Mark`: the importance of a generic alert.
    #[must_use]
    pub fn mark(&self) -> Option<&'m str> {
        self.message.text(self.rest().mark)
    }

    /// `Version` of the data.
    #[must_use]
    pub fn version(&self) -> Option<&'m str> {
        self.message.text(self.rest().version)
    }

    /// `Size` of the whole object, in octets as carried.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.number(self.rest().size)
    }

    /// `MaxMsgSize`: the largest message the sender takes, in octets.
    #[must_use]
    pub fn max_msg_size(&self) -> Option<u64> {
        self.number(self.rest().max_msg_size)
    }

    /// `MaxObjSize`: the largest object the sender takes, in octets.
    #[must_use]
    pub fn max_obj_size(&self) -> Option<u64> {
        self.number(self.rest().max_obj_size)
    }

    /// `NextNonce`, as sent: base64 text, or raw octets in an opaque block.
    #[must_use]
    pub fn next_nonce(&self) -> Option<Data<'m>> {
        let rest = self.raw.rest.of(&self.message.lists().0.meta_rests)?;
        Data::new(self.message, &rest.next_nonce)
    }

    /// `Anchor`, `Mem`, `EMI`, `FieldLevel`, and elements that are not MetInf's.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'m>> + use<'m> {
        self.message.extras(self.rest().extras)
    }
}

/// `Cred`: credentials (`wire.md` §5).
#[derive(Clone, Copy)]
pub struct Cred<'m> {
    pub(super) message: &'m Message<'m>,
    pub(super) raw: &'m RawCred,
}

impl<'m> Cred<'m> {
    /// `Meta`: the scheme is its [`media_type`](Meta::media_type), `syncml:auth-basic` when absent.
    #[must_use]
    pub fn meta(&self) -> Option<Meta<'m>> {
        self.message.meta(self.raw.meta)
    }

    /// The credential itself. It is a secret: do not log it.
    #[must_use]
    pub fn data(&self) -> Option<Data<'m>> {
        Data::new(self.message, &self.raw.data)
    }

    /// Elements that are not SyncML's.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'m>> + use<'m> {
        self.message.extras(self.raw.extras)
    }
}

/// Without the credential.
impl fmt::Debug for Cred<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = self.meta().and_then(|meta| meta.media_type());
        f.debug_struct("Cred").field("scheme", &scheme).finish_non_exhaustive()
    }
}

/// `Chal`: a challenge.
#[derive(Clone, Copy, Debug)]
pub struct Chal<'m> {
    pub(super) meta: Meta<'m>,
    pub(super) extras: Extras,
}

impl<'m> Chal<'m> {
    /// The scheme wanted, and the next nonce.
    #[must_use]
    pub fn meta(&self) -> Meta<'m> {
        self.meta
    }

    /// Elements that are not SyncML's.
    pub fn extras(&self) -> impl Iterator<Item = Fragment<'m>> + use<'m> {
        self.meta.message.extras(self.extras)
    }
}
