//! Client-provisioning documents: the connectivity and account settings that bootstrap a device over WAP push.
//!
//! Specified by OMA Provisioning Content 1.1 (`wire.md` §7.9), and by the OMA DM bootstrap for what an `APPLICATION` of
//! type `w7` means (§11.4). A document is a tree of `characteristic`s with named `parm`s, written as XML or, in the
//! push, as WBXML, where most names and many values are attribute tokens. A [`Document`] keeps the characteristics as a
//! flat list in the order of the document; each knows where its subtree ends.
//!
//! After a successful decode every characteristic has a type, every parm a name, and both stand where they may. What
//! the standard does not know is kept: attributes as [`Attribute`]s, elements as
//! [`Fragment`](crate::markup::Fragment)s. [`Document::encode`] writes it back, a [`Builder`] makes a new one. Applying the
//! settings is not this module's business.
//!
//! ```
//! use omadm::provisioning::Document;
//! let document = Document::decode(br#"<wap-provisioningdoc version="1.1"><characteristic type="APPLICATION">
//!   <parm name="APPID" value="w7"/><parm name="PROVIDER-ID" value="dm.example.com"/>
//!   <characteristic type="APPADDR"><parm name="ADDR" value="https://dm.example.com/omadm"/></characteristic>
//! </characteristic></wap-provisioningdoc>"#)?;
//! let account = document.characteristics().find(|c| c.value("APPID") == Some("w7")).unwrap();
//! assert_eq!(account.value("PROVIDER-ID"), Some("dm.example.com"));
//! let address = account.children().next().unwrap();
//! assert_eq!((address.kind(), address.value("ADDR")), ("APPADDR", Some("https://dm.example.com/omadm")));
//!
//! let binary = document.encode(omadm::markup::Encoding::Wbxml)?;
//! assert_eq!(Document::decode(&binary)?.characteristics().next().unwrap().value("APPID"), Some("w7"));
//! # Ok::<(), omadm::Error>(())
//! ```

mod build;
mod decode;
mod document;
mod encode;

pub use build::Builder;
pub use document::{Attribute, Characteristic, Characteristics, Document, Parm};
