//! Answers to location queries and structural queries, and what a node address stands for.
//!
//! **Provisional: not from a public OMA text** (`provisional.md` §4.2 to §4.5).

use super::results::{ResultData, ResultItem, ResultsOptions, item, results, within};
use crate::error::{Error, ErrorKind, Result};
use crate::query::{Addressed, LOCATIONS_COUNT, NodeAddress, PrivateList, STRUCTURE_COUNT, Uri};
use crate::syncml::CommandKind;
use crate::tree::{Format, Property, Tree};
use std::borrow::Cow;

/// The item that says how many others follow.
fn count(uri: &str, media_type: &'static str, count: usize) -> ResultItem<'static> {
    ResultItem {
        source: uri.to_owned(),
        format: Some(Format::Int),
        media_type: Some(media_type.into()),
        data: Some(ResultData::Text(count.to_string().into())),
    }
}

/// The items for a `Get` of `uri`, which has been read already.
pub(super) fn items<'t>(
    tree: &'t Tree<'_>,
    uri: &str,
    list: &PrivateList<'_>,
    options: &ResultsOptions<'_>,
) -> Result<Vec<ResultItem<'t>>> {
    let query_at = uri.find('?').unwrap_or_default();
    match list {
        PrivateList::Locations(query) => {
            let locations = query.find(tree, options.principal, &options.limits)?;
            let count = count(uri, LOCATIONS_COUNT, locations.len());
            let items = locations.into_iter().flat_map(|location| {
                let nodes = location.nodes.into_iter().map(|node| match item(node) {
                    // With a Type it would be taken for a location.
                    interior if node.is_interior() => ResultItem { media_type: None, ..interior },
                    leaf => leaf,
                });
                core::iter::once(item(location.root)).chain(nodes)
            });
            within(core::iter::once(count).chain(items), &options.limits, query_at)
        }
        PrivateList::Structure(query) => {
            let nodes = query.find(tree, options.principal, &options.limits)?;
            let count = count(uri, STRUCTURE_COUNT, nodes.len());
            let items = nodes.into_iter().map(|node| match item(node) {
                with_data if query.has_data() => with_data,
                with_data => ResultItem { data: None, ..with_data },
            });
            within(core::iter::once(count).chain(items), &options.limits, query_at)
        }
        PrivateList::Node(address) => match existing(tree, address, options)? {
            // What is wrong is wrong with the query that came, not with a URI that the server has not seen.
            Target::Uri(found) => results(tree, &found, options).map_err(|error| error.moved_to(query_at)),
            Target::Several(_) => Err(Error::new(ErrorKind::SeveralNodes, query_at)),
        },
    }
}

/// What the `Target` of a command, or the `Source` of a `Copy`, leads to. *Provisional*, as the node addresses are that it is for
/// (`provisional.md` §4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target<'u> {
    /// The URI of a node, with `?prop=` if a property is meant: for anything but a node address the text that came.
    Uri(Cow<'u, str>),
    /// The URIs of nodes that the address fits, at most 16. Nothing is done; the answer, which is the caller's to give, is status 300 with an item
    /// for each, which has the URI as its `Target`.
    ///
    /// ```
    /// use omadm::markup::Encoding;
    /// use omadm::session::{ResultsOptions, Target, target};
    /// use omadm::syncml::{CommandKind, MessageBuilder, NewCommand, NewItem, Ref};
    /// let object = |name: &str| format!("<Node><NodeName>{name}</NodeName><RTProperties><Type>\
    ///     <DDFName>urn:oma:mo:oma-fumo:1.0</DDFName></Type></RTProperties></Node>");
    /// let document = format!("<MgmtTree>{}{}</MgmtTree>", object("Radio"), object("System"));
    /// let tree = omadm::tnds::decode(document.as_bytes())?;
    /// let options = ResultsOptions { location_queries: true, ..ResultsOptions::default() };
    /// let address = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0";
    /// let Target::Several(uris) = target(&tree, address, CommandKind::Exec, &options)? else { panic!() };
    ///
    /// let items: Vec<_> = uris.iter().map(|uri| NewItem::target(uri)).collect();
    /// let refs = [Ref::Target(address)];
    /// let mut answer = MessageBuilder::new("1", "2", "https://op.example", "IMEI:1");
    /// answer.command(&NewCommand { refs: &refs, items: &items, ..NewCommand::status("1", "4", "Exec", "300") })?;
    /// let message = String::from_utf8(answer.finish()?.encode(Encoding::Xml)?).unwrap();
    /// assert!(message.contains("<Data>300</Data><Item><Target><LocURI>./Radio</LocURI></Target></Item>"));
    /// # Ok::<(), omadm::Error>(())
    /// ```
    Several(Vec<String>),
}

/// Finds out which node a command is about, before it is done: a node address is taken for the URI of the node that it fits
/// (*provisional*, `provisional.md` §4.3), everything else for itself. Answers repeat the address as it was sent in `TargetRef`; `Results` name the
/// URI. Inside an `Atomic` this comes after the commands before it, and [`Several`](Target::Several) is a failure.
///
/// ```
/// use omadm::session::{ResultsOptions, Target, target};
/// use omadm::syncml::CommandKind;
/// use omadm::tree::{EditOptions, NewValue};
/// let mut tree = omadm::tnds::decode(b"<MgmtTree><Node><NodeName>Acc</NodeName>\
///     <RTProperties><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>\
///     <Node><NodeName>AppID</NodeName><Value>w5</Value></Node></Node></MgmtTree>")?;
/// let options = ResultsOptions { location_queries: true, ..ResultsOptions::default() };
/// let address = ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:1.0+path=AppID";
/// let Target::Uri(uri) = target(&tree, address, CommandKind::Replace, &options)? else { panic!() };
/// assert_eq!(uri, "./Acc/AppID");
/// tree.edit(&EditOptions::default()).replace(&uri, &NewValue::text("w7"))?;
/// # Ok::<(), omadm::Error>(())
/// ```
///
/// # Errors
/// Those of [`PrivateList::parse`], [`NodeAddress::node`] and [`NodeAddress::parent`];
/// [`UnsupportedQuery`](ErrorKind::UnsupportedQuery) (406) where [`location_queries`](ResultsOptions::location_queries) are off;
/// [`CommandNotAllowed`](ErrorKind::CommandNotAllowed) (405) for a location or structural query in another command than `Get`;
/// [`ReadOnlyProperty`](ErrorKind::ReadOnlyProperty) (405) for a property that the command cannot change. A URI without a private list attribute is
/// never refused: the command itself does that.
pub fn target<'u>(
    tree: &Tree<'_>,
    uri: &'u str,
    command: CommandKind,
    options: &ResultsOptions<'_>,
) -> Result<Target<'u>> {
    let itself = Ok(Target::Uri(Cow::Borrowed(uri)));
    let Ok(parsed) = Uri::parse_names(uri) else { return itself };
    let fault = |kind| Error::new(kind, parsed.path().len());
    let list = PrivateList::parse(&parsed, &options.uri_limits);
    match list {
        Ok(None) => itself,
        _ if !options.location_queries => Err(fault(ErrorKind::UnsupportedQuery)),
        Err(error) => Err(error),
        Ok(Some(PrivateList::Node(address))) => {
            if address.property().is_some_and(|property| !may_touch(command, property)) {
                return Err(fault(ErrorKind::ReadOnlyProperty));
            }
            match command {
                CommandKind::Add => added(tree, &address, options),
                _ => existing(tree, &address, options),
            }
        }
        Ok(Some(PrivateList::Locations(_) | PrivateList::Structure(_))) if command == CommandKind::Get => itself,
        Ok(Some(_)) => Err(fault(ErrorKind::CommandNotAllowed)),
    }
}

/// Whether a command can be about a property (`wire.md` §9.4).
fn may_touch(command: CommandKind, property: Property) -> bool {
    match command {
        CommandKind::Get => true,
        CommandKind::Replace => matches!(property, Property::Acl | Property::Name | Property::Title),
        _ => false,
    }
}

/// The node, which is there.
fn existing<'u>(tree: &Tree<'_>, address: &NodeAddress<'_>, options: &ResultsOptions<'_>) -> Result<Target<'u>> {
    let query = address.property().map(|property| format!("?prop={property}")).unwrap_or_default();
    Ok(uris(address.node(tree, options.principal, &options.limits)?, &query))
}

/// The node, which is to be added.
fn added<'u>(tree: &Tree<'_>, address: &NodeAddress<'_>, options: &ResultsOptions<'_>) -> Result<Target<'u>> {
    match address.parent(tree, options.principal, &options.limits)? {
        Some((parent, name)) => Ok(uris(parent, &format!("/{name}"))),
        None => existing(tree, address, options),
    }
}

fn uris<'u>(fit: Addressed<'_>, suffix: &str) -> Target<'u> {
    match fit {
        Addressed::One(node) => Target::Uri(format!("{}{suffix}", node.uri()).into()),
        Addressed::Several(nodes) => {
            Target::Several(nodes.iter().map(|node| format!("{}{suffix}", node.uri())).collect())
        }
    }
}
