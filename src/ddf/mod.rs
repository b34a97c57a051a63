//! Device descriptions (DM TND 1.2, DDF profile; `wire.md` §8): which nodes a device has, or may have, and what may be
//! done with them. Microsoft publishes Windows' as "DDF v2": the same elements with a vocabulary of its own added.
//!
//! Children are taken in any order, and what the field deviates by is accepted (see the tests in `tests/ddf.rs`).
//! Every element and attribute that DDF does not have stays reachable from its node as an [`Extension`] or
//! [`Attribute`]; [`Microsoft`] gives those of Windows types. Many documents make one [`Schema`] by [`Schema::merge`].
//!
//! A schema answers questions ([`Schema::get`]), [`Check`] finds what in a tree, a command or a message is not as described,
//! [`Skeleton`] makes a tree of what there must be, [`Schema::changes`] compares two versions, [`Census`] counts.
//!
//! [`encode`] writes a document back in the order of the DTD, with everything of others where it stood.
//!
//! After a successful decode every node has a name or is marked as unnamed, names and `Path`s have no empty, `.` or `..`
//! segments inside, formats and occurrences are of the known ones, and [`Schema::get`] finds each node by its URI.
//!
//! ```
//! let schema = omadm::ddf::decode(br#"<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>Acc</NodeName><Path>./Vendor</Path>
//!   <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat><DFType><DDFName/></DFType></DFProperties>
//!   <Node><NodeName/><DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><chr/></DFFormat>
//!     <Occurrence><ZeroOrMore/></Occurrence><DFTitle>Name</DFTitle><DFType><MIME>text/plain</MIME></DFType>
//!   </DFProperties></Node></Node></MgmtTree>"#)?;
//! let account = schema.get("./Vendor/Acc/home")?.unwrap();
//! assert_eq!(account.uri().to_string(), "./Vendor/Acc/{Name}");
//! assert!(account.access().contains(omadm::ddf::AccessTypes::ADD));
//!
//! let document = schema.documents().next().unwrap();
//! let binary = omadm::ddf::encode(&document, omadm::markup::Encoding::Wbxml)?;
//! assert_eq!(omadm::ddf::decode(&binary)?.get("./Vendor/Acc/home")?.unwrap().title(), Some("Name"));
//! # Ok::<(), omadm::Error>(())
//! ```

mod census;
mod check;
mod compare;
mod decode;
mod encode;
mod extension;
mod index;
mod microsoft;
mod node;
mod os_build;
mod parts;
mod rule;
mod schema;
mod skeleton;
mod values;

pub use census::Census;
pub use check::{Check, Finding, Findings, Reason, Request, Unjudged};
pub use compare::{Change, DfProperty};
pub use encode::{encode, encode_into, encode_with, write};
pub use extension::{Attribute, Extension, Extensions};
pub use microsoft::{
    Admx, AllowedValue, AllowedValues, Applicability, Deprecated, DynamicNaming, GpMapping, Microsoft, ValueKind,
};
pub use node::{RunTimeProperties, SchemaNode, SchemaUri};
pub use os_build::OsBuild;
pub use rule::{NotJudged, Refusal, ValueRule, Verdict};
pub use schema::{Document, Schema, SchemaNodes};
pub use skeleton::Skeleton;
pub use values::{AccessTypes, CaseSense, Occurrence, Scope};

use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{Encoding, Options};
use crate::text::{Document as Text, Sources};
use std::borrow::Cow;

/// Decodes a device description, XML or WBXML, with default [`Options`].
///
/// # Errors
/// See [`decode_with`].
pub fn decode(input: &[u8]) -> Result<Schema<'_>> {
    decode_with(input, &Options::default())
}

/// Decodes a device description, XML or WBXML.
///
/// A tree document (TNDS) is a description that describes little; it is not refused.
///
/// # Errors
/// Every error of the markup (1xx to 4xx); [`NotTree`](ErrorKind::NotTree); [`Missing`](ErrorKind::Missing) for a node
/// without `NodeName`; [`Repeated`](ErrorKind::Repeated); [`InvalidName`](ErrorKind::InvalidName) and
/// [`InvalidPath`](ErrorKind::InvalidPath); [`UnknownNodeFormat`](ErrorKind::UnknownNodeFormat),
/// [`InvalidValue`](ErrorKind::InvalidValue) and [`InvalidNumber`](ErrorKind::InvalidNumber) for what stands in `DFFormat`,
/// `Occurrence`, `Scope` and `CaseSense`; [`UnexpectedText`](ErrorKind::UnexpectedText) between elements and
/// [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup) in names. The offset is the element at fault.
pub fn decode_with<'a>(input: &'a [u8], options: &Options) -> Result<Schema<'a>> {
    match Encoding::detect(input) {
        Some(Encoding::Xml) => {
            let document = XmlDocument::open(input)?;
            let mut reader = XmlReader::new(&document, options);
            let (parts, heap) = decode::document(&mut reader, document.text().as_bytes())?;
            let sources = Sources { document: Text::Text(document.into_text()), heap };
            Ok(Schema::of(Encoding::Xml, sources, parts))
        }
        Some(Encoding::Wbxml) => {
            let (parts, heap) = decode::document(&mut WbxmlReader::new(input, options)?, input)?;
            let sources = Sources { document: Text::Binary(Cow::Borrowed(input)), heap };
            Ok(Schema::of(Encoding::Wbxml, sources, parts))
        }
        None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
    }
}
