//! The items of `Results` (`wire.md` §9.2, §9.4, §9.6).

use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::{DataForm, Encoding};
use crate::query::{Answer, PrivateList, Uri, UriLimits};
use crate::syncml::{Item, NewData, NewItem, NewMeta};
use crate::tnds;
use crate::tree::{Format, Node, Principal, Tree};
use std::borrow::Cow;
use std::fmt::Write as _;

/// For whom, and how, a `Get` is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultsOptions<'p> {
    /// Whose rights count. By default the device itself, which may read everything.
    pub principal: Principal<'p>,
    /// The encoding of the message that the answer is for: a tree document is in the same one.
    pub encoding: Encoding,
    /// What an answer may cost: [`elements`](Limits::elements) items, [`output`](Limits::output) octets of a tree document or of all
    /// URIs together;
    /// [`locations`](Limits::locations) and [`answer_nodes`](Limits::answer_nodes) in answers to location and structural queries.
    pub limits: Limits,
    /// How long URIs may be, as the device's `./DevDetail/URI` says.
    pub uri_limits: UriLimits,
    /// Whether the location query, the node address and the structural query are answered (*provisional*: see
    /// [`PrivateList`]). By default they are not: status 406.
    pub location_queries: bool,
}

impl Default for ResultsOptions<'_> {
    fn default() -> Self {
        ResultsOptions {
            principal: Principal::Device,
            encoding: Encoding::Wbxml,
            limits: Limits::DEFAULT,
            uri_limits: UriLimits::NONE,
            location_queries: false,
        }
    }
}

/// One item of `Results`. Borrows the tree, or the message that brought it.
#[derive(Clone, PartialEq, Eq)]
pub struct ResultItem<'t> {
    /// `Source/LocURI`
    pub source: String,
    /// `Format`, unless it is the default, `chr`.
    pub format: Option<Format>,
    /// `Type`, unless it is the default, `text/plain`.
    pub media_type: Option<Cow<'t, str>>,
    /// `Data`
    pub data: Option<ResultData<'t>>,
}

/// The `Data` of an item.
#[derive(Clone, PartialEq, Eq)]
pub enum ResultData<'t> {
    /// Text.
    Text(Cow<'t, str>),
    /// Text that holds markup.
    Markup(Cow<'t, str>),
    /// Octets.
    Octets(Cow<'t, [u8]>),
}

impl ResultData<'_> {
    /// Octets.
    pub(super) fn len(&self) -> usize {
        match self {
            ResultData::Text(text) | ResultData::Markup(text) => text.len(),
            ResultData::Octets(octets) => octets.len(),
        }
    }
}

/// Without the data, which may be a secret.
impl core::fmt::Debug for ResultItem<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("ResultItem")
            .field("source", &self.source)
            .field("format", &self.format)
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

impl<'m> ResultItem<'m> {
    /// The item as a message brings it. Data that is markup, as a tree document may be, is left out.
    #[must_use]
    pub fn of(item: &Item<'m>) -> ResultItem<'m> {
        let format = item.format().and_then(Format::from_name).filter(|format| *format != Format::Chr);
        let data = item.data().filter(|data| data.form() != DataForm::Markup).map(|data| match data.text() {
            Some(text) if format == Some(Format::Xml) => ResultData::Markup(text.into()),
            // In WBXML these are octets, whether or not they happen to be UTF-8.
            Some(text) if format != Some(Format::Bin) || data.form() != DataForm::Opaque => {
                ResultData::Text(text.into())
            }
            _ => ResultData::Octets(data.bytes().into()),
        });
        ResultItem {
            source: item.node_uri().unwrap_or_default().to_owned(),
            format,
            media_type: item.media_type().filter(|media_type| *media_type != "text/plain").map(Cow::Borrowed),
            data,
        }
    }

    /// Octets of its texts.
    pub(super) fn len(&self) -> usize {
        let data = self.data.as_ref().map_or(0, ResultData::len);
        let media_type = self.media_type.as_ref().map_or(0, |media_type| media_type.len());
        self.source.len().saturating_add(media_type).saturating_add(data)
    }

    /// The same with copies of what it borrows.
    #[must_use]
    pub fn into_owned(self) -> ResultItem<'static> {
        ResultItem {
            source: self.source,
            format: self.format,
            media_type: self.media_type.map(|media_type| Cow::Owned(media_type.into_owned())),
            data: self.data.map(|data| match data {
                ResultData::Text(text) => ResultData::Text(Cow::Owned(text.into_owned())),
                ResultData::Markup(text) => ResultData::Markup(Cow::Owned(text.into_owned())),
                ResultData::Octets(octets) => ResultData::Octets(Cow::Owned(octets.into_owned())),
            }),
        }
    }

    /// The item for a [`MessageBuilder`](crate::syncml::MessageBuilder).
    #[must_use]
    pub fn to_new_item(&self) -> NewItem<'_> {
        let meta = NewMeta {
            format: self.format.map(Format::name),
            media_type: self.media_type.as_deref(),
            ..NewMeta::default()
        };
        NewItem {
            source: Some(&self.source),
            meta: (self.format.is_some() || self.media_type.is_some()).then_some(meta),
            data: self.data.as_ref().map(|data| match data {
                ResultData::Text(text) => NewData::Text(text),
                ResultData::Markup(text) => NewData::CData(text),
                ResultData::Octets(octets) => NewData::Octets(octets),
            }),
            ..NewItem::default()
        }
    }
}

/// Answers a `Get`: the items of its `Results`, for any URI with any query.
///
/// * A leaf gives its value; an interior node the names of its children, joined by `/` and escaped as in a URI, with `Format`
///   `node`.
/// * `?prop=` gives the property's text, without `Meta`, and the whole URI as `Source`.
/// * `?list=Struct` gives an item for each node that the principal may read, an interior one with `Format` `node` and its object's identifier as
///   `Type`; `?list=StructData` adds the values of leaves.
/// * `?list=TNDS` gives one item with a tree document: in XML as a CDATA section with `Format` `xml`, in WBXML as a WBXML document
///   with `Format` `bin` (`wire.md` §7.11).
///
/// * Location queries, structural queries and node addresses (*provisional*, `provisional.md` §4) are answered if
///   [the options](ResultsOptions::location_queries) say so. The first item is the count of those that follow, of locations or of nodes, with
///   the whole URI as `Source`. A location is an item with `Format` `node` and a `Type`; the items behind it, up to the next, are what was to
///   be got there.
///
/// # Errors
/// [`InvalidUri`](ErrorKind::InvalidUri) (404), [`InvalidQuery`](ErrorKind::InvalidQuery) (422), [`UriTooLong`](ErrorKind::UriTooLong) (414), those
/// of [`Tree::ask`], and of [`tnds::encode`] with the offset of the `?` and, as [`inner`](Error::inner), the place of the node at
/// fault among the descendants of the one asked for; those of [`PrivateList::parse`],
/// [`LocationQuery::find`](crate::query::LocationQuery::find) and [`NodeAddress::node`](crate::query::NodeAddress::node), and
/// [`SeveralNodes`](ErrorKind::SeveralNodes) (300) for a node address of which [`target`](super::target()) tells the candidates.
/// [`StatusCode::of`](crate::syncml::StatusCode::of) says the status.
pub fn results<'t>(tree: &'t Tree<'_>, uri: &str, options: &ResultsOptions<'_>) -> Result<Vec<ResultItem<'t>>> {
    let parsed = Uri::parse(uri)?;
    parsed.check(&options.uri_limits)?;
    if options.location_queries
        && let Some(list) = PrivateList::parse(&parsed, &options.uri_limits)?
    {
        return super::location::items(tree, uri, &list, options);
    }
    let source = || parsed.path().to_owned();
    match tree.ask(&parsed, options.principal, &options.limits)? {
        Answer::Node(node) if node.is_interior() => Ok(vec![ResultItem {
            source: source(),
            format: Some(Format::Node),
            media_type: None,
            data: Some(ResultData::Text(children(node).into())),
        }]),
        Answer::Node(node) => Ok(vec![leaf(node, source())]),
        Answer::Property(_, _, text) => Ok(vec![ResultItem {
            source: uri.to_owned(),
            format: None,
            media_type: None,
            data: Some(ResultData::Text(text)),
        }]),
        Answer::Struct(nodes) => {
            let items = nodes.into_iter().map(|node| ResultItem { data: None, ..item(node) });
            within(items, &options.limits, parsed.path().len())
        }
        Answer::StructData(nodes) => within(nodes.into_iter().map(item), &options.limits, parsed.path().len()),
        Answer::Tnds(node, selection) => {
            let fault = |kind| Error::new(kind, parsed.path().len());
            let properties =
                tnds::Properties::from_selection(selection).map_err(|_| fault(ErrorKind::UnsupportedQuery))?;
            let how = tnds::EncodeOptions {
                properties,
                principal: options.principal,
                limits: options.limits,
                ..tnds::EncodeOptions::default()
            };
            // Which node it is that cannot be told: its place among those below.
            let document = tnds::encode(node, options.encoding, &how);
            let document = document.map_err(|error| error.embedded_at(parsed.path().len()))?;
            let (format, media_type, data) = match options.encoding {
                Encoding::Xml => {
                    let text = String::from_utf8(document).map_err(|_| fault(ErrorKind::InvalidUtf8))?;
                    (Format::Xml, "application/vnd.syncml.dmtnds+xml", ResultData::Markup(text.into()))
                }
                Encoding::Wbxml => {
                    (Format::Bin, "application/vnd.syncml.dmtnds+wbxml", ResultData::Octets(document.into()))
                }
            };
            Ok(vec![ResultItem {
                source: source(),
                format: Some(format),
                media_type: Some(media_type.into()),
                data: Some(data),
            }])
        }
    }
}

/// The items of an answer, as long as their URIs together are no longer than may be written: one long name is in those of all that
/// is below it. `query_at` is where the query begins.
pub(super) fn within<'t>(
    items: impl Iterator<Item = ResultItem<'t>>,
    limits: &Limits,
    query_at: usize,
) -> Result<Vec<ResultItem<'t>>> {
    let mut room = limits.output;
    let check = |item: ResultItem<'t>| {
        room = room.checked_sub(item.source.len() as u64).ok_or(Error::new(ErrorKind::AnswerTooLong, query_at))?;
        Ok(item)
    };
    items.map(check).collect()
}

/// The names of the children, as a `Get` of an interior node answers with them.
fn children(node: Node<'_>) -> String {
    let mut names = String::new();
    for child in node.children() {
        if !names.is_empty() {
            names.push('/');
        }
        // Writing to a string does not fail.
        let _ = write!(names, "{}", child.segment());
    }
    names
}

/// An item about a node, with its value if it is a leaf.
pub(super) fn item(node: Node<'_>) -> ResultItem<'_> {
    let source = node.uri().to_string();
    if !node.is_interior() {
        return leaf(node, source);
    }
    ResultItem { source, format: Some(Format::Node), media_type: node.mo_id().map(Cow::Borrowed), data: None }
}

fn leaf(node: Node<'_>, source: String) -> ResultItem<'_> {
    let data = node.value().and_then(|value| {
        Some(match (value.octets(), value.text()) {
            _ if node.format() == Format::Null => return None,
            // Octets that came as base64 and are none stay what they are.
            (Ok(octets), _) if node.format() == Format::Bin => ResultData::Octets(octets),
            (_, Some(text)) if node.format() == Format::Xml => ResultData::Markup(text.into()),
            (_, Some(text)) => ResultData::Text(text.into()),
            (_, None) => ResultData::Octets(value.bytes().into()),
        })
    });
    ResultItem {
        source,
        format: Some(node.format()).filter(|format| *format != Format::Chr),
        media_type: node.media_type().filter(|media_type| *media_type != "text/plain").map(Cow::Borrowed),
        data: data.or_else(|| (node.format() != Format::Null).then_some(ResultData::Text("".into()))),
    }
}
