//! Tree documents (DM TNDS 1.2; `wire.md` §8): a management tree, or a part of one, as `MgmtTree` in XML or WBXML.
//!
//! Nodes may be nested, listed flat with a `Path` each, or both. What a document leaves out has the defaults of `wire.md` §8.3: a
//! node with children is interior, a value without a `Format` is `chr`, a leaf without a `Type` is `text/plain`. Nodes
//! that only a `Path` names are there, marked as implied. Descriptions (`DFProperties`) are passed over; they are DDF's.
//!
//! After a successful decode the [`Tree`] keeps its promises (see [`tree`](crate::tree)); on an error there is no tree.
//!
//! ```
//! let tree = omadm::tnds::decode(br#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD>
//!   <Node><NodeName>App</NodeName><Path>./Vendor</Path></Node>
//!   <Node><NodeName>Level</NodeName><Path>./Vendor/App</Path><Value>3</Value></Node></MgmtTree>"#)?;
//! let uris: Vec<String> = tree.nodes().map(|node| node.uri().to_string()).collect();
//! assert_eq!(uris, [".", "./Vendor", "./Vendor/App", "./Vendor/App/Level"]);
//! # Ok::<(), omadm::Error>(())
//! ```

mod decode;

use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{DocumentReader, Encoding, Options, Reader as _};
use crate::syncml::{Embedded, Item, Message};
use crate::text::{Document, Sources};
use crate::tree::Tree;
use std::borrow::Cow;

/// Decodes a tree document, XML or WBXML, with default [`Options`].
///
/// # Errors
/// See [`decode_with`].
pub fn decode(input: &[u8]) -> Result<Tree<'_>> {
    decode_with(input, &Options::default())
}

/// Decodes a tree document, XML or WBXML.
///
/// # Errors
/// Every error of the markup (1xx to 4xx), and 6xx for what is no tree. The offset is the octet, or the element, at
/// fault.
pub fn decode_with<'a>(input: &'a [u8], options: &Options) -> Result<Tree<'a>> {
    match Encoding::detect(input) {
        Some(Encoding::Xml) => {
            let document = XmlDocument::open(input)?;
            let mut reader = XmlReader::new(&document, options);
            let decoded = decode::document(&mut reader, document.text().as_bytes());
            let (builder, info, heap) = decoded.map_err(|error| document.original(error))?;
            let base = document.bom();
            let sources = Sources { document: Document::Text(document.into_text()), heap, base };
            Ok(builder.finish(sources, info))
        }
        Some(Encoding::Wbxml) => {
            let (builder, info, heap) = decode::document(&mut WbxmlReader::new(input, options)?, input)?;
            let sources = Sources { document: Document::Binary(Cow::Borrowed(input)), heap, base: 0 };
            Ok(builder.finish(sources, info))
        }
        None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
    }
}

/// Decodes the tree in an item of a message. `base` is the item's `Target` or `Source`: URIs of nodes count from it
/// (`wire.md` §8.3). A first node without a name, or with the name that `base` ends with, is the node at `base` itself,
/// as servers and devices do it either way (`wire.md` §8.4); a query behind `?` is not part of it.
///
/// # Errors
/// As [`decode_with`]; `offset` is the enclosing `Data`, `inner` the place in the tree document, unless the tree is markup of the
/// message.
pub fn decode_embedded<'m>(embedded: &Embedded<'m>, base: Option<&str>, options: &Options) -> Result<Tree<'m>> {
    let mut reader = embedded.reader(options)?;
    let document = match &reader {
        DocumentReader::Xml(reader) => Document::Text(Cow::Borrowed(reader.text())),
        DocumentReader::Wbxml(reader) => Document::Binary(Cow::Borrowed(reader.document())),
    };
    let decoded = decode::tree(&mut reader, document.bytes(), base);
    let (builder, info, heap) = decoded.map_err(|error| embedded.error(error))?;
    // Behind the tree there is nothing but the end of the Data element.
    while reader.next_event().map_err(|error| embedded.error(error))?.is_some() {}
    Ok(builder.finish(Sources { document, heap, base: 0 }, info))
}

/// The trees in the items of a message, with their items, in order. Data that is no tree is passed over; URIs count from the item's
/// `Target` or `Source`, as in [`decode_embedded`].
///
/// ```no_run
/// # fn f(message: &omadm::syncml::Message<'_>) -> omadm::Result<()> {
/// for found in omadm::tnds::in_message(message, &Default::default()) {
///     let (_, tree) = found?;
///     for fumo in tree.find_mo("urn:oma:mo:oma-fumo:1.0") {
///         println!("{}", fumo.uri());
///     }
/// }
/// # Ok(()) }
/// ```
pub fn in_message<'m>(
    message: &'m Message<'m>,
    options: &Options,
) -> impl Iterator<Item = Result<(Item<'m>, Tree<'m>)>> {
    let items = message.all_commands().flat_map(|command| command.items());
    items.filter_map(|item| {
        let embedded = item.data()?.embedded()?;
        let base = item.target().or(item.source());
        match decode_embedded(&embedded, base, options) {
            Ok(tree) => Some(Ok((item, tree))),
            Err(error) if error.kind() == ErrorKind::NotTree => None,
            Err(error) => Some(Err(error)),
        }
    })
}
