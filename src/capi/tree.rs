//! A management tree: decoded, or taken out of a message; read by node.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, Outcome, enter, fill, narrow, room, set_flags, slice, text, versioned};
use super::error::omadm_error;
use super::handle::{Guard, Guarded, free, give, handle};
use super::input::{omadm_input, omadm_options};
use super::message::omadm_message;
use super::owner::{Input, OwnedTree, TreeOwner};
use super::text::{omadm_bytes, omadm_str};
use crate::markup::Options;
use crate::syncml::Message;
use crate::tnds;
use crate::tree::{Format, Node, NodeId, NodeOctets, Tree};
use core::ffi::c_char;
use std::io::Write as _;
use std::sync::Arc;

/// A management tree. It is read from many threads, or changed by one, at a time. Everything that functions lend out of it is valid
/// until it is next changed or freed.
#[cfg_attr(feature = "capi", repr(C))]
pub struct omadm_tree {
    guard: Guard,
    pub(super) tree: OwnedTree,
}

const _: () = assert!(core::mem::offset_of!(omadm_tree, guard) == 0);

impl Guarded for omadm_tree {
    const MARK: [u8; 8] = *b"omadmTre";
    fn guard(&self) -> &Guard {
        &self.guard
    }
}

impl omadm_tree {
    pub(super) fn new(tree: OwnedTree) -> omadm_tree {
        omadm_tree { guard: Guard::new::<omadm_tree>(), tree }
    }

    pub(super) fn view(&self) -> &Tree<'_> {
        self.tree.borrow_dependent()
    }

    /// The node that a number stands for; `argument` is what the caller calls that number.
    #[inline]
    pub(super) fn node(&self, node: omadm_node, argument: &'static str) -> Outcome<Node<'_>> {
        let id = NodeId::from_bits(node).ok_or(Failure::stale_node(argument))?;
        self.view().node(id).ok_or(Failure::stale_node(argument))
    }

    /// The node that a number stands for; the root for `OMADM_NO_NODE`.
    pub(super) fn node_or_root(&self, node: omadm_node, argument: &'static str) -> Outcome<Node<'_>> {
        if node == OMADM_NO_NODE { Ok(self.view().root()) } else { self.node(node, argument) }
    }

    fn decode(input: Input, options: &Options) -> Outcome<omadm_tree> {
        Ok(omadm_tree::new(OwnedTree::try_new(TreeOwner::Input(input), |owner| match owner {
            TreeOwner::Input(input) => tnds::decode_with(input.octets(), options),
            TreeOwner::Nothing | TreeOwner::Message(_) => Ok(Tree::new()),
        })?))
    }
}

/// Names one node of one tree for as long as the node is there: a node that is made later never has the same number. 0 is none.
/// Numbers of one tree mean nothing to another.
pub type omadm_node = u64;

/// In place of a node where there is none.
pub const OMADM_NO_NODE: omadm_node = 0;

/// What kind of value a node has.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_format {
    OMADM_FORMAT_B64 = 1,
    OMADM_FORMAT_BIN = 2,
    OMADM_FORMAT_BOOL = 3,
    OMADM_FORMAT_CHR = 4,
    OMADM_FORMAT_INT = 5,
    /// An interior node: children, and no value.
    OMADM_FORMAT_NODE = 6,
    OMADM_FORMAT_NULL = 7,
    OMADM_FORMAT_XML = 8,
    OMADM_FORMAT_DATE = 9,
    OMADM_FORMAT_TIME = 10,
    OMADM_FORMAT_FLOAT = 11,
}

impl omadm_format {
    pub(super) fn number(format: Format) -> u32 {
        let format = match format {
            Format::B64 => omadm_format::OMADM_FORMAT_B64,
            Format::Bin => omadm_format::OMADM_FORMAT_BIN,
            Format::Bool => omadm_format::OMADM_FORMAT_BOOL,
            Format::Chr => omadm_format::OMADM_FORMAT_CHR,
            Format::Int => omadm_format::OMADM_FORMAT_INT,
            Format::Node => omadm_format::OMADM_FORMAT_NODE,
            Format::Null => omadm_format::OMADM_FORMAT_NULL,
            Format::Xml => omadm_format::OMADM_FORMAT_XML,
            Format::Date => omadm_format::OMADM_FORMAT_DATE,
            Format::Time => omadm_format::OMADM_FORMAT_TIME,
            Format::Float => omadm_format::OMADM_FORMAT_FLOAT,
        };
        format as u32
    }

    pub(super) fn from_number(number: u32) -> Outcome<Format> {
        const ALL: [Format; 11] = [
            Format::B64,
            Format::Bin,
            Format::Bool,
            Format::Chr,
            Format::Int,
            Format::Node,
            Format::Null,
            Format::Xml,
            Format::Date,
            Format::Time,
            Format::Float,
        ];
        let found = ALL.into_iter().find(|format| omadm_format::number(*format) == number);
        found.ok_or(Failure::argument("format"))
    }
}

/// One node and its properties.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_node_info {
    /// `sizeof(omadm_node_info)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_format`.
    pub format: u32,
    /// `OMADM_NODE_*`.
    pub flags: u32,
    pub child_count: u32,
    pub node: omadm_node,
    /// `OMADM_NO_NODE` for the root.
    pub parent: omadm_node,
    /// The last segment of the URI, as it stands there: a `/` in a name is `%2F`, as in the document. Empty for the root.
    pub name: omadm_str,
    /// The value of a leaf as it was sent: UTF-8, base64 of a `bin` in XML, octets out of WBXML (`OMADM_NODE_OPAQUE`). Absent where there is none.
    pub value: omadm_bytes,
    /// `Type` of a leaf: its media type.
    pub media_type: omadm_str,
    /// `Type` of an interior node: the identifier of the management object that begins here.
    pub mo_id: omadm_str,
    /// `ACL`, where it is the node's own.
    pub acl: omadm_str,
    pub title: omadm_str,
    pub tstamp: omadm_str,
    pub ver_no: omadm_str,
}

/// It may have children, and has no value.
pub const OMADM_NODE_INTERIOR: u32 = 1;
/// The document has a `Path` that leads through it, but does not describe it.
pub const OMADM_NODE_IMPLICIT: u32 = 2;
/// It can neither be deleted nor renamed.
pub const OMADM_NODE_PERMANENT: u32 = 4;
/// Its value came as octets, in a WBXML opaque block.
pub const OMADM_NODE_OPAQUE: u32 = 8;

/// `OMADM_NODE_*`
#[inline(always)]
pub(super) fn flags(node: Node<'_>, said: &NodeOctets<'_>) -> u32 {
    let is_opaque = said.is_opaque && said.value.is_some();
    set_flags(&[
        (node.is_interior(), OMADM_NODE_INTERIOR),
        (node.is_implicit(), OMADM_NODE_IMPLICIT),
        (node.is_permanent(), OMADM_NODE_PERMANENT),
        (is_opaque, OMADM_NODE_OPAQUE),
    ])
}

impl From<Node<'_>> for omadm_node_info {
    // Where it is called nodes are read by the hundred thousand: made apart and copied there it takes half as long again.
    #[inline(always)]
    fn from(node: Node<'_>) -> omadm_node_info {
        let said = node.octets();
        let NodeOctets { name, value, media_type, mo_id, rare: [acl, title, tstamp, ver_no], .. } = said;
        omadm_node_info {
            struct_size: 0,
            format: omadm_format::number(node.format()),
            flags: flags(node, &said),
            child_count: narrow(node.children().len()),
            node: node.id().to_bits(),
            parent: node.parent().map_or(OMADM_NO_NODE, |parent| parent.id().to_bits()),
            name: omadm_str::of_octets(Some(name)),
            value: value.into(),
            media_type: omadm_str::of_octets(media_type),
            mo_id: omadm_str::of_octets(mo_id),
            acl: omadm_str::of_octets(acl),
            title: omadm_str::of_octets(title),
            tstamp: omadm_str::of_octets(tstamp),
            ver_no: omadm_str::of_octets(ver_no),
        }
    }
}

versioned! { omadm_node_info: 160, 96; }

/// Decodes a tree document (TNDS), XML or WBXML, from octets that are copied. See `omadm_tree_decode_input` for others.
///
/// `options` may be NULL. `*tree` is to be freed with `omadm_tree_free`. Errors: 1xx to 4xx and 6xx, with the offset of what is at fault.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_decode(
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    tree: *mut *mut omadm_tree,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (out, options, input) = unsafe {
            (Out::new(tree, "tree")?, omadm_options::take(options)?, omadm_input::copied(data, len).into_input()?)
        };
        give(omadm_tree::decode(input, &options)?, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// As `omadm_tree_decode`, of octets that are copied, borrowed or adopted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_decode_input(
    input: *const omadm_input,
    options: *const omadm_options,
    tree: *mut *mut omadm_tree,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // The input last: it is released from then on.
        // SAFETY: the contract.
        let (out, options, input) =
            unsafe { (Out::new(tree, "tree")?, omadm_options::take(options)?, omadm_input::take(input)?) };
        give(omadm_tree::decode(input, &options)?, out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Takes the tree out of an item of a message. The tree shares the message's input: both can be freed in any order. Out of the message that a
/// reader lends, it is a copy.
///
/// `OMADM_NOT_FOUND` if there is no such item, or no tree document in it. Errors as those of `omadm_tree_decode`: `offset` is where the
/// item's `Data` begins in the message, `inner_offset` the place in the document.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_of_item(
    message: *const omadm_message,
    command: usize,
    item: usize,
    options: *const omadm_options,
    tree: *mut *mut omadm_tree,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out, options) =
            unsafe { (handle(message, "message")?, Out::new(tree, "tree")?, omadm_options::take(options)?) };
        let tree = match message.content().shared() {
            Some(shared) => OwnedTree::try_new(TreeOwner::Message(Arc::clone(shared)), |owner| {
                let TreeOwner::Message(message) = owner else { return Err(Failure::not_found("message")) };
                in_item(message.borrow_dependent(), command, item, &options)
            })?,
            None => {
                let tree = in_item(message.view(), command, item, &options)?.into_owned();
                OwnedTree::new(TreeOwner::Nothing, |_| tree)
            }
        };
        give(omadm_tree::new(tree), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

fn in_item<'m>(message: &'m Message<'m>, command: usize, item: usize, options: &Options) -> Outcome<Tree<'m>> {
    let command = message.command(command).ok_or(Failure::not_found("command"))?;
    let item = command.item(item).ok_or(Failure::not_found("item"))?;
    Ok(tnds::in_item(&item, options).ok_or(Failure::not_found("tree"))??)
}

/// Makes a tree with nothing but a root, to be freed with `omadm_tree_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_new(tree: *mut *mut omadm_tree, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let out = unsafe { Out::new(tree, "tree")? };
        give(omadm_tree::new(OwnedTree::new(TreeOwner::Nothing, |_| Tree::new())), out);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Frees a tree. NULL is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_free(tree: *mut omadm_tree) {
    // SAFETY: the contract.
    unsafe { free(tree) }
}

/// How many nodes a tree has, the root included, and which node the root is. Outputs that are NULL are left out.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_summary(
    tree: *const omadm_tree,
    node_count: *mut usize,
    root: *mut omadm_node,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, node_count, root) = unsafe {
            (handle(tree, "tree")?.view(), Out::optional(node_count, "node_count")?, Out::optional(root, "root")?)
        };
        node_count.set(tree.len());
        root.set(tree.root().id().to_bits());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The node at a URI, such as `./DevInfo/Mod`. `OMADM_NOT_FOUND` if there is none; `OMADM_E_INVALID_URI` if that is no URI of a node.
///
/// `uri_len` may be `OMADM_NUL`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_get(
    tree: *const omadm_tree,
    uri: *const c_char,
    uri_len: usize,
    node: *mut omadm_node,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, uri, out) =
            unsafe { (handle(tree, "tree")?.view(), text(uri, uri_len, "uri")?, Out::new(node, "node")?) };
        out.set(tree.get(uri)?.ok_or(Failure::not_found("uri"))?.id().to_bits());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Nodes with their properties, from `top` down in the order of the tree, parents before children: those behind `after`, or from `top` itself
/// on if that is `OMADM_NO_NODE`. `element_size` is `sizeof(omadm_node_info)`; `*written` says how many were stored, 0 at the end.
///
/// A whole tree is read by calls that have the last node of the one before as `after`. `top` may be `OMADM_NO_NODE`: the root.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_nodes(
    tree: *const omadm_tree,
    top: omadm_node,
    after: omadm_node,
    nodes: *mut omadm_node_info,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, out, written) = unsafe {
            (
                handle(tree, "tree")?,
                OutStructs::many(nodes, element_size, capacity, "nodes")?,
                Out::new(written, "written")?,
            )
        };
        let top = tree.node_or_root(top, "top")?;
        let nodes = match after {
            OMADM_NO_NODE => top.descendants(),
            after => top.descendants_after(&tree.node(after, "after")?).ok_or(Failure::argument("after"))?,
        };
        fill(out, nodes, written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// One node with its properties.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_node(
    tree: *const omadm_tree,
    node: omadm_node,
    info: *mut omadm_node_info,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, mut out) = unsafe { (handle(tree, "tree")?, OutStructs::one(info, "info")?) };
        out.set(0, tree.node(node, "node")?.into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The children of a node, in their order, with their properties: those behind `after`, or all if that is `OMADM_NO_NODE`. As
/// `omadm_tree_nodes`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_children(
    tree: *const omadm_tree,
    node: omadm_node,
    after: omadm_node,
    children: *mut omadm_node_info,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, out, written) = unsafe {
            (
                handle(tree, "tree")?,
                OutStructs::many(children, element_size, capacity, "children")?,
                Out::new(written, "written")?,
            )
        };
        let node = tree.node(node, "node")?;
        let children = match after {
            OMADM_NO_NODE => node.children(),
            after => node.children_after(&tree.node(after, "after")?).ok_or(Failure::argument("after"))?,
        };
        fill(out, children, written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The URI of a node, such as `./DevInfo/Mod`, escaped as URIs are. `room` receives it and a zero octet, `*length` its length without that. If
/// there are fewer than `*length + 1` octets of room it returns `OMADM_BUFFER_TOO_SMALL`, with only `*length` written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_uri(
    tree: *const omadm_tree,
    node: omadm_node,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, mut room, length) =
            unsafe { (handle(tree, "tree")?, self::room(room.cast(), room_len, "room")?, Out::new(length, "length")?) };
        let uri = tree.node(node, "node")?.uri().to_string();
        length.set(uri.len());
        room.fill_text(&uri, "room")
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The URIs of many nodes at once, one after the other without anything between them: `ends[i]` says where that of `nodes[i]` ends in `uris`. There
/// is room for `count` in `ends`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_uris(
    tree: *const omadm_tree,
    nodes: *const omadm_node,
    count: usize,
    uris: *mut omadm_buffer,
    ends: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, nodes, uris, mut ends) = unsafe {
            (
                handle(tree, "tree")?,
                slice(nodes, count, "nodes")?,
                Buffer::of(uris, "uris")?,
                super::entry::OutValues::many(ends, count, "ends")?,
            )
        };
        // As many as the caller says only if there can be as many.
        let mut all_ends = Vec::with_capacity(count.min(tree.view().len()));
        uris.fill(|octets| {
            for node in nodes {
                // Writing to a list does not fail.
                let _ = write!(octets, "{}", tree.node(*node, "nodes")?.uri());
                all_ends.push(octets.len());
            }
            Ok(())
        })?;
        ends.set(all_ends);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Where the management objects with this identifier begin, in the order of the tree. It costs nothing for the rest of the tree.
///
/// `*found` says how many there are; as many as `capacity` has room for are stored in `nodes`, the first ones.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_find_mo(
    tree: *const omadm_tree,
    mo_id: *const c_char,
    mo_id_len: usize,
    nodes: *mut omadm_node,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, mo_id, mut nodes, found) = unsafe {
            (
                handle(tree, "tree")?.view(),
                text(mo_id, mo_id_len, "mo_id")?,
                super::entry::OutValues::many(nodes, capacity, "nodes")?,
                Out::new(found, "found")?,
            )
        };
        let hits = tree.find_mo(mo_id);
        found.set(hits.len());
        nodes.set(hits.map(|node| node.id().to_bits()));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The octets that the value of a leaf stands for: a `bin` value that came as base64 is decoded, others are as they are.
///
/// `OMADM_NOT_FOUND` for a node without a value; `OMADM_E_INVALID_BASE64` with the offset in the value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_tree_octets(
    tree: *const omadm_tree,
    node: omadm_node,
    octets: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, out) = unsafe { (handle(tree, "tree")?, Buffer::of(octets, "octets")?) };
        let value = tree.node(node, "node")?.value().ok_or(Failure::not_found("value"))?;
        out.keep(value.octets()?.into_owned());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
