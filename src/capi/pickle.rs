//! A whole message or tree as a pickle: Python makes objects of it by one call, in loops of its own. Young, so that its form can change.
//!
//! Protocol 5 of <https://docs.python.org/3/library/pickle.html>, whose opcodes `pickletools` explains. Classes and enumerations are not named in it,
//! which would make the loader look for modules, but asked for as buffers out of band: the loader hands in its own objects.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::command::{omadm_command, omadm_command_kind, omadm_item};
use super::entry::{Failure, Outcome, enter, narrow, slice};
use super::error::omadm_error;
use super::handle::handle;
use super::input::omadm_options;
use super::message::{omadm_data_form, omadm_message};
use super::tree::{OMADM_NO_NODE, flags, omadm_format, omadm_node, omadm_tree};
use super::uris::Uris;
use crate::error::ErrorKind;
use crate::limits::Limits;
use crate::markup::DataForm;
use crate::syncml::{Command, Data, Item, Message, Ref};
use crate::tree::{Node, NodeOctets};

/// Not a node after the other, but a property after the other.
pub const OMADM_UNSTABLE_COLUMNS: u32 = 1;

/// The opcodes that are used.
mod op {
    pub(super) const PROTO_5: [u8; 2] = [0x80, 5];
    pub(super) const STOP: u8 = b'.';
    pub(super) const MARK: u8 = b'(';
    pub(super) const NONE: u8 = b'N';
    pub(super) const DUP: u8 = b'2';
    pub(super) const TRUE: u8 = 0x88;
    pub(super) const FALSE: u8 = 0x89;
    pub(super) const BININT1: u8 = b'K';
    pub(super) const BININT2: u8 = b'M';
    pub(super) const BININT: u8 = b'J';
    pub(super) const LONG1: u8 = 0x8A;
    pub(super) const SHORT_BINUNICODE: u8 = 0x8C;
    pub(super) const BINUNICODE: u8 = b'X';
    pub(super) const SHORT_BINBYTES: u8 = b'C';
    pub(super) const BINBYTES: u8 = b'B';
    pub(super) const LIST: u8 = b'l';
    pub(super) const TUPLE: u8 = b't';
    pub(super) const EMPTY_TUPLE: u8 = b')';
    pub(super) const TUPLE1: u8 = 0x85;
    /// What is made of a class and a tuple of what its `__new__` takes: of one tuple that has all.
    pub(super) const NEW_OF_ALL: [u8; 3] = [TUPLE, TUPLE1, 0x81];
    pub(super) const BINGET: u8 = b'h';
    pub(super) const LONG_BINGET: u8 = b'j';
    pub(super) const BINPUT: u8 = b'q';
    pub(super) const LONG_BINPUT: u8 = b'r';
    pub(super) const NEXT_BUFFER: u8 = 0x97;
}

/// The loader's objects: see `omadm_unstable_message_pickle`.
mod object {
    pub(super) const COMMAND: u32 = 0;
    pub(super) const ITEM: u32 = 1;
    pub(super) const REF: u32 = 2;
    pub(super) const NODE: u32 = 3;
    pub(super) const PROPERTIES: u32 = 4;
    pub(super) const FORM: u32 = 8;
    pub(super) const ITEM_FLAGS: u32 = 16;
    pub(super) const FORMAT: u32 = 32;
    pub(super) const NODE_FLAGS: u32 = 48;
    pub(super) const KIND: u32 = 64;
    pub(super) const COMMAND_FLAGS: u32 = 96;
    pub(super) const NAME: u32 = 128;
    /// How many there can be.
    pub(super) const ALL: usize = 140;
}

/// Longer names and types are not looked for among those that were written before.
const SHORT: usize = 32;

/// Nor are longer values, which are rarely alike.
const SHORT_VALUE: usize = 8;

/// A pickle, or a part of one that stands by itself, while it is written.
struct Pickle {
    stream: Vec<u8>,
    /// The loader's objects in the order in which they are asked for: each once.
    asked: Vec<u8>,
    /// The place of each of these in the memo, plus one; 0 before it was asked for.
    objects: [u32; object::ALL],
    /// Short texts that were written: where in the stream each begins, how long it is, and its place in the memo, plus one. Where it is in this
    /// list follows from what is in it.
    recent: Vec<(u32, u32, u32)>,
    /// How many places of the memo are taken.
    memo: u32,
}

// What is small is written where it is needed, what is not, out of line: the library has to stay small.
impl Pickle {
    /// `recent`: a power of two.
    fn new(room: usize, recent: usize) -> Pickle {
        Pickle {
            stream: Vec::with_capacity(room),
            asked: Vec::with_capacity(32),
            objects: [0; object::ALL],
            recent: vec![(0, 0, 0); recent],
            memo: 0,
        }
    }

    fn op(&mut self, op: u8) {
        self.stream.push(op);
    }

    fn ops(&mut self, ops: &[u8]) {
        self.stream.extend_from_slice(ops);
    }

    /// An opcode with a number behind it, in one octet or in four.
    #[inline(always)]
    fn sized(&mut self, short: u8, long: u8, number: u32) {
        match u8::try_from(number) {
            Ok(number) => self.ops(&[short, number]),
            Err(_) => self.long(long, number),
        }
    }

    #[cold]
    #[inline(never)]
    fn long(&mut self, op: u8, number: u32) {
        let [a, b, c, d] = number.to_le_bytes();
        self.ops(&[op, a, b, c, d]);
    }

    /// Puts what was written last into the memo; says where.
    fn put(&mut self) -> u32 {
        let place = self.memo;
        self.sized(op::BINPUT, op::LONG_BINPUT, place);
        self.memo = place.saturating_add(1);
        place
    }

    fn get(&mut self, place: u32) {
        self.sized(op::BINGET, op::LONG_BINGET, place);
    }

    /// An object of the loader's.
    #[inline(never)]
    fn object(&mut self, number: u32) {
        let Some(place) = self.objects.get_mut(number as usize) else { return };
        if let Some(place) = place.checked_sub(1) {
            return self.get(place);
        }
        *place = self.memo.saturating_add(1);
        self.op(op::NEXT_BUFFER);
        self.asked.push(number as u8);
        self.put();
    }

    #[inline(never)]
    fn number(&mut self, number: u64) {
        if let Ok(number) = u8::try_from(number) {
            self.ops(&[op::BININT1, number]);
        } else if let Ok(number) = u16::try_from(number) {
            let [a, b] = number.to_le_bytes();
            self.ops(&[op::BININT2, a, b]);
        } else if let Ok(number) = i32::try_from(number) {
            let [a, b, c, d] = number.to_le_bytes();
            self.ops(&[op::BININT, a, b, c, d]);
        } else {
            // With an octet for the sign.
            self.ops(&[op::LONG1, 9]);
            self.ops(&number.to_le_bytes());
            self.op(0);
        }
    }

    fn optional(&mut self, number: Option<u64>) {
        match number {
            Some(number) => self.number(number),
            None => self.op(op::NONE),
        }
    }

    /// A text. Longer ones than 4 GiB have no place in a pickle that passes `check`.
    fn text(&mut self, text: &(impl AsRef<[u8]> + ?Sized)) {
        self.utf8(text.as_ref());
    }

    #[inline(never)]
    fn utf8(&mut self, text: &[u8]) {
        self.sized(op::SHORT_BINUNICODE, op::BINUNICODE, narrow(text.len()));
        self.ops(text);
    }

    fn optional_text(&mut self, text: Option<&(impl AsRef<[u8]> + ?Sized)>) {
        match text {
            Some(text) => self.text(text),
            None => self.op(op::NONE),
        }
    }

    #[inline(never)]
    fn octets(&mut self, octets: &[u8]) {
        self.sized(op::SHORT_BINBYTES, op::BINBYTES, narrow(octets.len()));
        self.ops(octets);
    }

    /// A text that comes again and again: Python has it once.
    fn again(&mut self, text: &(impl AsRef<[u8]> + ?Sized)) {
        self.utf8_again(text.as_ref());
    }

    #[inline(never)]
    fn utf8_again(&mut self, text: &[u8]) {
        let slot = slot(text) & self.recent.len().wrapping_sub(1);
        let recent = self.recent.get_mut(slot).filter(|_| text.len() <= SHORT);
        let Some((start, len, place)) = recent else { return self.utf8(text) };
        if let Some(place) = place.checked_sub(1)
            && self.stream.get(*start as usize..start.saturating_add(*len) as usize) == Some(text)
        {
            return self.get(place);
        }
        // Behind an opcode and the length.
        *start = narrow(self.stream.len().saturating_add(2));
        *len = narrow(text.len());
        *place = self.memo.saturating_add(1);
        self.utf8(text);
        self.put();
    }

    fn optional_again(&mut self, text: Option<&(impl AsRef<[u8]> + ?Sized)>) {
        match text {
            Some(text) => self.again(text),
            None => self.op(op::NONE),
        }
    }

    fn uri(&mut self, uris: &mut Uris, node: &Node<'_>, said: &NodeOctets<'_>) {
        let uri = uris.next(node, said.name);
        self.sized(op::SHORT_BINUNICODE, op::BINUNICODE, narrow(uri.len()));
        uris.write(&uri, node, &mut self.stream);
    }

    /// Whether it is not too long by now.
    fn check(&self, limit: u64) -> Outcome {
        check(self.stream.len() as u64, limit)
    }

    /// The end: the loader's objects that were asked for, and how many they are, stand behind it.
    fn finish(mut self) -> Vec<u8> {
        self.op(op::STOP);
        self.stream.extend_from_slice(&self.asked);
        self.stream.push(self.asked.len() as u8);
        self.stream
    }
}

fn check(written: u64, limit: u64) -> Outcome {
    if written <= limit.min(u64::from(u32::MAX)) { Ok(()) } else { Err(ErrorKind::LimitOutput.into()) }
}

/// Where a short text is looked for.
#[inline]
fn slot(text: &[u8]) -> usize {
    let (first, last) = match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => (u32::from_le_bytes(*first), u32::from_le_bytes(*last)),
        _ => (text.iter().fold(0, |word, octet| word << u8::BITS | u32::from(*octet)), 0),
    };
    let mixed = (u64::from(first) << u32::BITS | u64::from(last)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 48) as usize ^ text.len()
}

/// Value, form and offset of data.
fn data(to: &mut Pickle, data: Option<Data<'_>>) {
    match data.map(|data| (data.form(), data)) {
        None | Some((DataForm::Absent | DataForm::Markup, _)) => to.op(op::NONE),
        Some((DataForm::Text | DataForm::CData, data)) => to.optional_text(data.text()),
        Some((DataForm::Opaque, data)) => to.octets(data.bytes()),
    }
    let form = data.map_or(omadm_data_form::OMADM_DATA_ABSENT, |data| omadm_data_form::of(data.form()));
    to.object(object::FORM | form as u32);
    to.optional(data.map(|data| data.offset() as u64));
}

fn item(to: &mut Pickle, item: Item<'_>) {
    to.object(object::ITEM);
    to.op(op::MARK);
    let (target, source, node_uri) = (item.target(), item.source(), item.node_uri());
    to.optional_text(node_uri);
    // It is one of these; the same text has the same octets, not like ones.
    let is_node_uri =
        |text: Option<&str>| text.is_some_and(|text| node_uri.is_some_and(|uri| core::ptr::eq(uri, text)));
    let place = if is_node_uri(target) {
        to.op(op::DUP);
        None
    } else {
        let place = is_node_uri(source).then(|| to.put());
        to.optional_text(target);
        place
    };
    to.optional_text(item.target_name());
    match place {
        Some(place) => to.get(place),
        None => to.optional_text(source),
    }
    to.optional_text(item.source_name());
    to.optional_text(item.target_parent());
    to.optional_text(item.source_parent());
    to.optional_again(item.format());
    to.optional_again(item.media_type());
    data(to, item.data());
    to.number(item.offset() as u64);
    to.object(object::ITEM_FLAGS | omadm_item::flags(&item));
    to.ops(&op::NEW_OF_ALL);
}

fn reference(to: &mut Pickle, reference: Ref<'_>) {
    let (is_target, uri) = match reference {
        Ref::Target(uri) => (op::TRUE, uri),
        Ref::Source(uri) => (op::FALSE, uri),
    };
    to.object(object::REF);
    to.ops(&[op::MARK, is_target]);
    to.text(uri);
    to.ops(&op::NEW_OF_ALL);
}

/// A tuple.
fn tuple<T>(to: &mut Pickle, of: impl ExactSizeIterator<Item = T>, write: impl Fn(&mut Pickle, T)) {
    let count = of.len();
    if count > 1 {
        to.op(op::MARK);
    }
    of.for_each(|each| write(to, each));
    to.op(match count {
        0 => op::EMPTY_TUPLE,
        1 => op::TUPLE1,
        _ => op::TUPLE,
    });
}

fn command(to: &mut Pickle, command: Command<'_>) {
    to.object(object::COMMAND);
    to.op(op::MARK);
    let kind = omadm_command_kind::of(command.kind());
    to.object(object::KIND | kind as u32);
    match kind {
        omadm_command_kind::OMADM_CMD_OTHER => to.again(command.name()),
        kind => to.object(object::NAME | kind as u32),
    }
    to.text(command.cmd_id());
    to.optional_again(command.msg_ref());
    to.optional_text(command.cmd_ref());
    to.optional_again(command.cmd());
    to.optional(omadm_command::code(&command).map(u64::from));
    tuple(to, command.items(), item);
    tuple(to, command.refs(), reference);
    data(to, command.data());
    to.optional_text(command.correlator());
    to.optional_text(command.lang());
    to.number(command.index() as u64);
    to.optional(command.parent().map(|parent| parent.index() as u64));
    to.number(command.end() as u64);
    to.number(command.offset() as u64);
    to.object(object::COMMAND_FLAGS | omadm_command::flags(&command));
    to.ops(&op::NEW_OF_ALL);
}

fn commands(message: &Message<'_>, limit: u64) -> Outcome<Vec<u8>> {
    let mut to = Pickle::new(message.command_count().saturating_mul(192).saturating_add(64), 64);
    to.ops(&op::PROTO_5);
    to.op(op::MARK);
    for each in message.all_commands() {
        command(&mut to, each);
        to.check(limit)?;
    }
    to.op(op::TUPLE);
    Ok(to.finish())
}

fn value(to: &mut Pickle, node: &Node<'_>, said: &NodeOctets<'_>) {
    match (said.value, node.value_text()) {
        (None, _) => to.op(op::NONE),
        (Some(octets), None) => to.octets(octets),
        (_, Some(text)) if text.len() <= SHORT_VALUE => to.again(text),
        (_, Some(text)) => to.text(text),
    }
}

/// Nodes, each an object.
fn nodes<'t>(nodes: impl Iterator<Item = Node<'t>>, count: usize, limit: u64) -> Outcome<Vec<u8>> {
    let mut to = Pickle::new(count.saturating_mul(96), 256);
    let mut uris = Uris::default();
    to.ops(&op::PROTO_5);
    to.op(op::MARK);
    for node in nodes {
        let said = node.all_octets();
        to.object(object::NODE);
        to.op(op::MARK);
        to.uri(&mut uris, &node, &said);
        to.number(node.id().to_bits());
        to.again(said.name);
        to.object(object::FORMAT | omadm_format::number(node.format()));
        value(&mut to, &node, &said);
        to.optional_again(said.media_type.or(said.mo_id));
        to.number(node.children().len() as u64);
        to.object(object::NODE_FLAGS | flags(node, &said));
        if said.rare == [None; 4] {
            to.op(op::NONE);
        } else {
            to.object(object::PROPERTIES);
            to.op(op::MARK);
            said.rare.into_iter().for_each(|text| to.optional_text(text));
            to.ops(&op::NEW_OF_ALL);
        }
        to.ops(&op::NEW_OF_ALL);
        to.check(limit)?;
    }
    to.op(op::LIST);
    Ok(to.finish())
}

/// Nodes, a list for each property.
fn columns<'t>(nodes: impl Iterator<Item = Node<'t>>, count: usize, limit: u64) -> Outcome<Vec<u8>> {
    // URIs are half of everything: they stay where they are written.
    let mut to = Pickle::new(count.saturating_mul(32), 0);
    to.ops(&op::PROTO_5);
    to.ops(&[op::MARK, op::MARK]);
    let mut plain: Vec<_> = (0..7).map(|_| Pickle::new(count.saturating_mul(4), 256)).collect();
    // Few nodes have these: how many rows were written, and what.
    let mut rare: Vec<_> = (0..4).map(|_| (0_usize, Pickle::new(0, 1))).collect();
    let mut uris = Uris::default();
    let mut rows = 0_usize;
    for node in nodes {
        let said = node.all_octets();
        let [id, name, format, values, kind, children, node_flags] = plain.as_mut_slice() else { break };
        to.uri(&mut uris, &node, &said);
        id.number(node.id().to_bits());
        name.again(said.name);
        format.object(object::FORMAT | omadm_format::number(node.format()));
        value(values, &node, &said);
        kind.optional_again(said.media_type.or(said.mo_id));
        children.number(node.children().len() as u64);
        node_flags.object(object::NODE_FLAGS | flags(node, &said));
        check(to.stream.len().saturating_add(values.stream.len()) as u64, limit)?;
        if said.rare != [None; 4] {
            for ((written, column), text) in rare.iter_mut().zip(said.rare) {
                if let Some(text) = text {
                    column.stream.resize(column.stream.len().saturating_add(rows.saturating_sub(*written)), op::NONE);
                    column.text(text);
                    *written = rows.saturating_add(1);
                }
            }
        }
        rows = rows.saturating_add(1);
    }
    to.op(op::LIST);
    for (written, mut column) in plain.into_iter().map(|column| (rows, column)).chain(rare) {
        if written == 0 {
            to.op(op::NONE);
            continue;
        }
        column.stream.resize(column.stream.len().saturating_add(rows.saturating_sub(written)), op::NONE);
        to.op(op::MARK);
        to.ops(&column.stream);
        to.op(op::LIST);
        to.asked.extend_from_slice(&column.asked);
        to.check(limit)?;
    }
    to.op(op::TUPLE);
    Ok(to.finish())
}

/// The commands of a message as a pickle of Python, protocol 5: a tuple of commands. Behind its end stand the numbers of the objects that its loader has to
/// hand in as buffers, in this order, one octet each; the last octet says how many these are.
///
/// 0 is the class of commands, 1 that of items, 2 that of references, 3 of nodes, 4 of properties. 8 and above are `OMADM_DATA_*`, 16 and above
/// `OMADM_ITEM_*`, 32 and above `OMADM_FORMAT_*`, 48 and above `OMADM_NODE_*`, 64 and above `OMADM_CMD_*`, 96 and above `OMADM_COMMAND_*`, above 128 the
/// name of an `OMADM_CMD_*`. A class is given one tuple of all that its object has. Absent is `None`.
///
/// A command: kind, name, `CmdID`, `MsgRef`, `CmdRef`, `Cmd`, code, a tuple of items, a tuple of references, data, `Correlator`, `Lang`, its index, that of its
/// parent, the end, offset, flags. An item: `node_uri` to `media_type` as in `omadm_item`, data, offset, flags. Data: its value (text, octets, or `None` for markup),
/// its form, its offset. A reference: whether it is a target; the URI.
///
/// `options` may be NULL. `OMADM_E_LIMIT_OUTPUT` for more octets than `limit_output`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_message_pickle(
    message: *const omadm_message,
    options: *const omadm_options,
    pickle: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, options, out) =
            unsafe { (handle(message, "message")?, omadm_options::take(options)?, Buffer::of(pickle, "pickle")?) };
        out.keep(commands(message.view(), options.limits.output)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Decodes a message and gives its commands at once: `omadm_message_decode`, `omadm_unstable_message_pickle` and `omadm_message_free` by one call.
/// `options` are those for the decoder.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_decode_pickle(
    data: *const u8,
    len: usize,
    options: *const omadm_options,
    pickle: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (data, options, out) =
            unsafe { (slice(data, len, "data")?, omadm_options::take(options)?, Buffer::of(pickle, "pickle")?) };
        let message = Message::decode_with(data, &options)?;
        out.keep(commands(&message, Limits::default().output)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The nodes from `top` down, parents before children, in the form of `omadm_unstable_message_pickle`; not more than `count`, and from the one behind `after` on
/// if that is not `OMADM_NO_NODE`. Parts that are not too large are read while they are still in the processor's cache. They are a list of nodes, or with `OMADM_UNSTABLE_COLUMNS` in
/// `flags` a tuple of lists.
///
/// A node, or the columns: URI, the `omadm_node`, name, format, value, media type or `mo_id`, how many children it has, flags. Then in a node: its properties, or
/// `None`; there, and as columns: `acl`, `title`, `tstamp`, `ver_no`. A column may be `None` if there is nothing in it.
///
/// `top` may be `OMADM_NO_NODE`, the root; `options` NULL. `OMADM_E_LIMIT_OUTPUT` for more octets than `limit_output`;
/// `OMADM_E_ARGUMENT` for an `after` that is not below `top`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_tree_pickle(
    tree: *const omadm_tree,
    top: omadm_node,
    after: omadm_node,
    count: usize,
    flags: u32,
    options: *const omadm_options,
    pickle: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, options, out) =
            unsafe { (handle(tree, "tree")?, omadm_options::take(options)?, Buffer::of(pickle, "pickle")?) };
        if flags & !OMADM_UNSTABLE_COLUMNS != 0 {
            return Err(Failure::argument("flags"));
        }
        let top = tree.node_or_root(top, "top")?;
        let rest = match after {
            OMADM_NO_NODE => top.descendants(),
            after => top.descendants_after(&tree.node(after, "after")?).ok_or(Failure::argument("after"))?,
        };
        let (rest, room, limit) = (rest.take(count), count.min(tree.view().len()), options.limits.output);
        out.keep(match flags & OMADM_UNSTABLE_COLUMNS {
            0 => nodes(rest, room, limit)?,
            _ => columns(rest, room, limit)?,
        });
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
