//! Tree documents (DM TNDS 1.2; `wire.md` §8): a management tree, or a part of one, as `MgmtTree` in XML or WBXML.
//!
//! Nodes may be nested, listed flat with a `Path` each, or both, parents before or after their children. What a document
//! leaves out has the defaults of `wire.md` §8.3: a node with children is interior, a value without a `Format` is `chr`, a
//! leaf without a `Type` is `text/plain`. Where neither `Format` nor children nor a `Value` speak, a media type or an empty
//! `Value` makes a leaf, a management object's identifier or nothing at all an interior node. Nodes that only a `Path`
//! names are there, marked as implied.
//!
//! Passed over are descriptions (`DFProperties`), which are DDF's; `Name` and `Size`, which repeat what the tree
//! says; and elements that are not of this vocabulary, with what is in them. A tree's own element in the wrong place is
//! an error, as is every value that a [`Tree`] cannot hold. Properties count without `RTProperties` around them, too, and
//! `Data` in a `Node` is a `Value`: a vendor writes so. XML that stands in a `Value` unescaped is the value's text, as
//! written.
//!
//! [`encode`] writes a tree, or a part of one, back: nested or flat, with all properties or some.
//!
//! After a successful decode the [`Tree`] keeps its promises (see [`tree`](crate::tree)); on an error there is no tree.
//!
//! ```
//! let tree = omadm::tnds::decode(br#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD>
//!   <Node><NodeName>App</NodeName><Path>./Vendor</Path></Node>
//!   <Node><NodeName>Level</NodeName><Path>./Vendor/App</Path><Value>3</Value></Node></MgmtTree>"#)?;
//! let uris: Vec<String> = tree.nodes().map(|node| node.uri().to_string()).collect();
//! assert_eq!(uris, [".", "./Vendor", "./Vendor/App", "./Vendor/App/Level"]);
//!
//! use omadm::{markup::Encoding, tnds};
//! let binary = tnds::encode(&tree, Encoding::Wbxml, &Default::default())?;
//! assert_eq!(tnds::decode(&binary)?.len(), tree.len());
//! let app = tree.root().child("Vendor").and_then(|vendor| vendor.child("App")).unwrap();
//! let options = tnds::EncodeOptions { properties: tnds::Properties::VALUE, ..Default::default() };
//! let xml = String::from_utf8(tnds::encode(app, Encoding::Xml, &options)?).unwrap();
//! assert!(xml.contains("<Node><NodeName>App</NodeName><Node><NodeName>Level</NodeName><Value>3</Value></Node></Node>"));
//! # Ok::<(), omadm::Error>(())
//! ```

mod decode;
mod encode;
#[cfg(test)]
mod shortcuts;

pub use encode::{EncodeOptions, Layout, Properties, encode, encode_into, write};

use crate::error::{Error, ErrorKind, Result};
use crate::markup::wbxml::WbxmlReader;
use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{DocumentReader, Encoding, Event, Options, Reader as _};
use crate::syncml::{Embedded, Item, Message};
use crate::text::{Document, Sources};
use crate::tree::Tree;
use crate::vocabulary::dmddf;
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
            let (builder, info, heap) = decode::document(&mut reader, document.text().as_bytes(), &options.limits)?;
            let sources = Sources { document: Document::Text(document.into_text()), heap };
            Ok(builder.finish(sources, info))
        }
        Some(Encoding::Wbxml) => {
            let (builder, info, heap) =
                decode::document(&mut WbxmlReader::new(input, options)?, input, &options.limits)?;
            let sources = Sources { document: Document::Binary(Cow::Borrowed(input)), heap };
            Ok(builder.finish(sources, info))
        }
        None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
    }
}

/// Decodes the tree in an item of a message. `base` is the item's `Target` or `Source`: URIs of nodes count from it
/// (`wire.md` §8.3); a query behind `?` is not part of it.
///
/// The first node without a `Path` is the node at `base` itself if it has no name or the one that `base` ends with; otherwise
/// it is, as all that follow are, a child of that node: servers and devices do it either way (`wire.md` §8.4).
///
/// # Errors
/// As [`decode_with`], and [`InvalidUri`](ErrorKind::InvalidUri) for `base`; `offset` is the enclosing `Data`, `inner` the
/// place in the tree document, unless the tree is markup of the message.
pub fn decode_embedded<'m>(embedded: &Embedded<'m>, base: Option<&str>, options: &Options) -> Result<Tree<'m>> {
    match embedded.lasting_reader(options) {
        Some(reader) => read_embedded(reader?, embedded, base, options),
        // The decoded octets go with `embedded`.
        None => read_embedded(embedded.reader(options)?, embedded, base, options).map(Tree::into_owned),
    }
}

fn read_embedded<'t>(
    mut reader: DocumentReader<'t>,
    embedded: &Embedded<'_>,
    base: Option<&str>,
    options: &Options,
) -> Result<Tree<'t>> {
    let document = match &reader {
        DocumentReader::Xml(reader) => Document::Text(Cow::Borrowed(reader.text())),
        DocumentReader::Wbxml(reader) => Document::Binary(Cow::Borrowed(reader.document())),
    };
    let decoded = decode::tree(&mut reader, document.bytes(), base, &options.limits).and_then(|decoded| {
        // Behind the tree there is nothing but the end of the Data element.
        while let Some(event) = reader.next_event()? {
            if event != Event::End && !event.is_blank() {
                return Err(reader.error(ErrorKind::TrailingData));
            }
        }
        Ok(decoded)
    });
    let (builder, info, heap) = decoded.map_err(|error| embedded.error(error))?;
    Ok(builder.finish(Sources { document, heap }, info))
}

/// The trees in the items of a message, with their items, in order.
///
/// URIs count from the item's `Target`, in `Results` from its `Source`, as in [`decode_embedded`]. Data that is no tree
/// is passed over, unless its `Type` says that it is one; so are the chunks of a large object, which the receiver has to
/// join first.
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
) -> impl Iterator<Item = Result<(Item<'m>, Tree<'m>)>> + use<'m> {
    let options = *options;
    let items = message.all_commands().flat_map(|command| command.items());
    items.filter_map(move |item| Some(in_item(&item, &options)?.map(|tree| (item, tree))))
}

/// The tree in one item of a message, as [`in_message`] finds it.
#[must_use]
pub fn in_item<'m>(item: &Item<'m>, options: &Options) -> Option<Result<Tree<'m>>> {
    if item.more_data() {
        return None;
    }
    let Some(embedded) = item.embedded() else {
        let data = item.data().filter(|_| claims_tree(item))?;
        let broken = item.is_base64().then(|| data.base64().err()).flatten();
        return Some(Err(broken.unwrap_or(Error::new(ErrorKind::NotTree, data.offset()))));
    };
    match decode_embedded(&embedded, item.node_uri(), options) {
        Err(_) if !claims_tree(item) && !is_tree(&embedded, options) => None,
        outcome => Some(outcome),
    }
}

/// Whether the `Type` of an item says that its data is a tree document.
fn claims_tree(item: &Item<'_>) -> bool {
    const TREE: &str = "application/vnd.syncml.dmtnds";
    let start = item.media_type().and_then(|media_type| media_type.get(..TREE.len()));
    start.is_some_and(|start| start.eq_ignore_ascii_case(TREE))
}

/// Whether the first element says that this is a tree document.
fn is_tree(embedded: &Embedded<'_>, options: &Options) -> bool {
    let Ok(mut reader) = embedded.reader(options) else { return false };
    loop {
        match reader.next_event() {
            Ok(Some(Event::Start(name))) => return name.tag() == Some(dmddf::MGMT_TREE),
            Ok(Some(event)) if event.is_blank() => {}
            _ => return false,
        }
    }
}
