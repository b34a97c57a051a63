//! What a file or message is, from its octets.

use crate::error::{Error, ErrorKind, Result};
use crate::markup::{self, Encoding, Event, Options, Reader, Visitor};
use crate::notification::v12::{Notification, Version};
use crate::push::wsp;
use crate::vocabulary::{Tag, devinf, dmddf, metinf, prov, syncml};
use core::fmt;

/// The kinds of document that this library knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Package #0 of DM 1.1 or 1.2, bare.
    Notification,
    /// Package #0 inside a WSP push.
    Push,
    /// A SyncML message.
    SyncMl,
    /// A tree document (TNDS).
    Tree,
    /// A device description (DDF).
    Description,
    /// Device information of data synchronisation.
    DevInf,
    /// Meta-information by itself.
    MetInf,
    /// A client-provisioning document.
    Provisioning,
}

impl Kind {
    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Notification => "notification",
            Kind::Push => "push",
            Kind::SyncMl => "SyncML message",
            Kind::Tree => "tree document",
            Kind::Description => "device description",
            Kind::DevInf => "device information",
            Kind::MetInf => "meta-information",
            Kind::Provisioning => "provisioning document",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Tells what `input` is. Reads no further than needed.
///
/// ```
/// use omadm::{Kind, detect};
/// assert_eq!(detect(b"<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>")?, Kind::Tree);
/// assert_eq!(detect(b"\x02\xA4\x01\x6A\x00\x6D\x01")?, Kind::SyncMl);
/// # Ok::<(), omadm::Error>(())
/// ```
///
/// # Errors
/// What kept the likeliest kind from being read; [`UnknownFormat`](ErrorKind::UnknownFormat) where nothing is likely.
pub fn detect(input: &[u8]) -> Result<Kind> {
    let encoding = Encoding::detect(input);
    let options = Options { bare_ampersand: true, ..Options::default() };
    let markup = match encoding {
        Some(_) => markup::with_reader(input, &options, RootKind),
        None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
    };
    // A digest and a push can begin with any octet, WBXML's version among them: they are recognised by the whole.
    match markup {
        Ok(kind) => Ok(kind),
        Err(_) if wsp::looks_like_push(input) => Ok(Kind::Push),
        Err(_) if looks_like_notification(input) => Ok(Kind::Notification),
        Err(error) => Err(error),
    }
}

/// Whether this can be a bare notification: a known version of the format, and a server identifier that fits.
fn looks_like_notification(input: &[u8]) -> bool {
    let Ok(notification) = Notification::decode(input) else { return false };
    // `wire.md` §14.1 row 25.
    const HIGHEST: u16 = 13;
    let known = Version::V1_0.raw()..=HIGHEST;
    known.contains(&notification.version().raw()) && !notification.server_id().is_empty()
}

struct RootKind;

impl Visitor for RootKind {
    type Output = Kind;

    fn visit<'a>(self, reader: &mut impl Reader<'a>) -> Result<Kind> {
        let root = match reader.next_event()? {
            Some(Event::Start(name)) => name.tag(),
            _ => None,
        };
        match root {
            Some(syncml::SYNC_ML) => Ok(Kind::SyncMl),
            Some(dmddf::MGMT_TREE) => Ok(tree_kind(reader)),
            Some(devinf::DEV_INF) => Ok(Kind::DevInf),
            Some(metinf::MET_INF) => Ok(Kind::MetInf),
            Some(prov::WAP_PROVISIONINGDOC) => Ok(Kind::Provisioning),
            _ => Err(reader.error(ErrorKind::UnknownFormat)),
        }
    }
}

/// Trees and descriptions share a root. In a description every node has `DFProperties` (`wire.md` §8.2), so the first few
/// nodes tell. One that cannot be read to there is taken for a tree, whose reader will say why.
fn tree_kind<'a>(reader: &mut impl Reader<'a>) -> Kind {
    const NODE: Option<Tag> = Some(dmddf::NODE);
    const DESCRIPTION: Option<Tag> = Some(dmddf::DFPROPERTIES);
    const ENOUGH: usize = 64;
    let mut nodes = 0_usize;
    while let Ok(Some(event)) = reader.next_event() {
        match event {
            Event::Start(name) if name.tag() == DESCRIPTION => return Kind::Description,
            Event::Start(name) if name.tag() == NODE => nodes = nodes.saturating_add(1),
            _ => {}
        }
        if nodes > ENOUGH {
            break;
        }
    }
    Kind::Tree
}
