//! Device information of data synchronisation, and meta-information that stands by itself.
//!
//! DM has its own `DevInfo` object; but phones of the field send both protocols over one stack, so a DM server meets
//! DevInf documents 1.0 to 1.2 (`wire.md` §7.8, §7.11): as documents, and inside `Put` and `Results`. [`DevInf`] has the
//! fields about the device; what it can store and which contents it takes, `DataStore`, `CTCap` and `Ext`, is kept as
//! [`Fragment`](crate::markup::Fragment)s, as is everything in a place where the standard does not have it. [`MetInf`] is
//! the root of meta-information outside a message (`wire.md` §1.7); inside one it is [`Meta`](crate::syncml::Meta).
//!
//! Elements may stand in any order. After a successful decode each field occurs at most once and is text, numbers are
//! numbers, and a `DevInf` has its `DevID`. `VerDTD` and `DevTyp`, which the DTD wants as well, are left out by real
//! documents. Token 0x1C is `Size` or `MaxSize` as the document's public identifier says, whatever its `VerDTD`.
//!
//! Both are written back with `encode`, in either encoding and in the order of the DTD; decoding what was encoded gives the
//! same again. [`NewDevInf`] and [`NewMetInf`] make new ones, with everything that the DTD requires.
//!
//! ```
//! use omadm::devinf::DevInf;
//! let info = DevInf::decode(b"<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><Man>ACME</Man><DevID>IMEI:1</DevID>
//!   <DevTyp>phone</DevTyp><UTC/><DataStore><SourceRef>./contacts</SourceRef></DataStore></DevInf>")?;
//! assert_eq!((info.man(), info.dev_id(), info.utc()), (Some("ACME"), "IMEI:1", true));
//! assert_eq!(info.data_stores().count(), 1);
//! let wbxml = info.encode(omadm::markup::Encoding::Wbxml)?;
//! assert_eq!(DevInf::decode(&wbxml)?.dev_id(), "IMEI:1");
//! # Ok::<(), omadm::Error>(())
//! ```

mod build;
mod encode;
mod info;
mod metinf;
mod record;

pub use build::{NewAnchor, NewDevInf, NewMem, NewMetInf};
pub use info::DevInf;
pub use metinf::MetInf;
