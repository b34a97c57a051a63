//! A whole message or tree in one buffer: for languages in which a call costs more than what it brings. Young, so that its form can change.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::command::{omadm_command, omadm_item};
use super::entry::{Outcome, enter, narrow};
use super::error::omadm_error;
use super::handle::handle;
use super::input::omadm_options;
use super::message::{omadm_data_form, omadm_encoding, omadm_header, omadm_message, omadm_meta};
use super::tree::{OMADM_NO_NODE, flags, omadm_format, omadm_node, omadm_tree};
use super::uris::Uris;
use crate::error::ErrorKind;
use crate::markup::DataForm;
use crate::syncml::{Command, Data, Header, Item, Message, Meta, Ref};
use crate::tree::Node;

/// A text in rows has a zero octet in it, so that the zero octets between texts do not part them: the ends of texts are given.
pub const OMADM_UNSTABLE_ROWS_ENDS: u32 = 1;

/// Octets of the head.
const HEAD: usize = 24;

/// What is gathered for a buffer of rows.
struct Rows {
    numbers: Vec<u32>,
    /// A place for the head, and each text behind a zero octet.
    texts: Vec<u8>,
    text_ends: Vec<u32>,
    octets: Vec<u8>,
    octet_ends: Vec<u32>,
    limit: u64,
}

impl Rows {
    fn new(limit: u64, numbers: usize, texts: usize) -> Rows {
        Rows {
            numbers: Vec::with_capacity(numbers),
            // The head comes when all is known.
            texts: vec![0; HEAD],
            text_ends: Vec::with_capacity(texts),
            octets: Vec::new(),
            octet_ends: Vec::new(),
            // Ends have 32 bits.
            limit: limit.min(u64::from(u32::MAX)),
        }
    }

    /// The number of a text, from 1; 0 for none.
    fn text(&mut self, text: Option<&str>) -> Outcome<u32> {
        let Some(text) = text else { return Ok(0) };
        self.texts.push(0);
        self.texts.extend_from_slice(text.as_bytes());
        self.text_ends.push(self.end(self.texts.len().saturating_sub(HEAD))?);
        Ok(narrow(self.text_ends.len()))
    }

    /// The number of a text that is often the same as in the row before.
    fn again<'v>(&mut self, last: &mut Last<'v>, text: Option<&'v str>) -> Outcome<u32> {
        if last.text != text || last.number == 0 {
            *last = Last { text, number: self.text(text)? };
        }
        Ok(last.number)
    }

    /// The number of a run of octets, from 1; 0 for none.
    fn octets(&mut self, octets: Option<&[u8]>) -> Outcome<u32> {
        let Some(octets) = octets else { return Ok(0) };
        self.octets.extend_from_slice(octets);
        self.octet_ends.push(self.end(self.octets.len())?);
        Ok(narrow(self.octet_ends.len()))
    }

    fn end(&self, len: usize) -> Outcome<u32> {
        match u32::try_from(len) {
            Ok(end) if u64::from(end) <= self.limit => Ok(end),
            _ => Err(ErrorKind::LimitOutput.into()),
        }
    }

    /// The buffer. Texts are most of it, and stay where they are.
    fn finish(self) -> Vec<u8> {
        // One zero octet before each text, or there are some inside.
        let zeros = memchr::memchr_iter(0, self.texts.get(HEAD..).unwrap_or_default()).count();
        let (flags, text_ends) = match zeros == self.text_ends.len() {
            true => (0, &[][..]),
            false => (OMADM_UNSTABLE_ROWS_ENDS, self.text_ends.as_slice()),
        };
        let head = [
            flags,
            narrow(self.numbers.len()),
            narrow(self.text_ends.len()),
            narrow(self.octet_ends.len()),
            narrow(self.texts.len().saturating_sub(HEAD)),
            narrow(self.octets.len()),
        ];
        let mut all = self.texts;
        for (to, number) in all.chunks_exact_mut(size_of::<u32>()).zip(head) {
            to.copy_from_slice(&number.to_ne_bytes());
        }
        all.extend_from_slice(&self.octets);
        all.resize(all.len().next_multiple_of(size_of::<u64>()), 0);
        for list in [self.numbers.as_slice(), text_ends, &self.octet_ends] {
            let start = all.len();
            all.resize(start.saturating_add(size_of_val(list)), 0);
            let room = all.get_mut(start..).unwrap_or_default();
            for (to, number) in room.chunks_exact_mut(size_of::<u32>()).zip(list) {
                to.copy_from_slice(&number.to_ne_bytes());
            }
        }
        all
    }
}

/// A text of the row before, and its number.
#[derive(Default)]
struct Last<'v> {
    text: Option<&'v str>,
    number: u32,
}

/// The columns of commands and items in which neighbours are often alike.
#[derive(Default)]
struct Lasts<'m> {
    name: Last<'m>,
    msg_ref: Last<'m>,
    cmd: Last<'m>,
    format: Last<'m>,
    media_type: Last<'m>,
    own_format: Last<'m>,
    own_type: Last<'m>,
}

/// Form, place, number of the text and number of the octets of data.
fn data(rows: &mut Rows, data: Option<Data<'_>>) -> Outcome<[u32; 4]> {
    let Some(data) = data else { return Ok([0, u32::MAX, 0, 0]) };
    let (text, octets) = match data.form() {
        DataForm::Absent | DataForm::Markup => (None, None),
        DataForm::Text | DataForm::CData => (data.text(), None),
        DataForm::Opaque => (None, Some(data.bytes())),
    };
    let form = omadm_data_form::of(data.form()) as u32;
    Ok([form, narrow(data.offset()), rows.text(text)?, rows.octets(octets)?])
}

fn command<'m>(rows: &mut Rows, command: Command<'m>, lasts: &mut Lasts<'m>) -> Outcome {
    let omadm_command { kind, flags, code, parent, end, item_count, ref_count, .. } = command.into();
    let numbers = [kind, flags, code, parent, end, item_count, ref_count, narrow(command.offset())];
    let texts = [
        rows.again(&mut lasts.name, Some(command.name()))?,
        rows.text(Some(command.cmd_id()))?,
        rows.again(&mut lasts.msg_ref, command.msg_ref())?,
        rows.text(command.cmd_ref())?,
        rows.again(&mut lasts.cmd, command.cmd())?,
        rows.text(command.correlator())?,
        rows.text(command.lang())?,
    ];
    let data = data(rows, command.data())?;
    for part in [numbers.as_slice(), &texts, &data] {
        rows.numbers.extend_from_slice(part);
    }
    Ok(())
}

fn item<'m>(rows: &mut Rows, item: Item<'m>, lasts: &mut Lasts<'m>) -> Outcome {
    let flags = omadm_item::flags(&item);
    let (target, source) = (rows.text(item.target())?, rows.text(item.source())?);
    // It is one of these, or what a parent of data synchronisation makes of them.
    let node_uri = match item.node_uri() {
        uri if uri == item.target() => target,
        uri if uri == item.source() => source,
        uri => rows.text(uri)?,
    };
    let texts = [
        node_uri,
        target,
        rows.text(item.target_name())?,
        source,
        rows.text(item.source_name())?,
        rows.text(item.target_parent())?,
        rows.text(item.source_parent())?,
        rows.again(&mut lasts.format, item.format())?,
        rows.again(&mut lasts.media_type, item.media_type())?,
    ];
    let data = data(rows, item.data())?;
    for part in [[flags, narrow(item.offset())].as_slice(), &texts, &data] {
        rows.numbers.extend_from_slice(part);
    }
    Ok(())
}

fn meta<'m>(rows: &mut Rows, meta: Meta<'m>, lasts: &mut Lasts<'m>) -> Outcome {
    let omadm_meta { size, max_msg_size, max_obj_size, .. } = meta.into();
    let numbers = [size, max_msg_size, max_obj_size].map(|number| [number as u32, (number >> 32) as u32]);
    let texts = [
        rows.again(&mut lasts.own_format, meta.format())?,
        rows.again(&mut lasts.own_type, meta.media_type())?,
        rows.text(meta.mark())?,
        rows.text(meta.version())?,
    ];
    let nonce = data(rows, meta.next_nonce())?;
    for part in [numbers.as_flattened(), &texts, &nonce] {
        rows.numbers.extend_from_slice(part);
    }
    Ok(())
}

fn message_rows(header: Header<'_>, message: &Message<'_>, limit: u64) -> Outcome<Rows> {
    let commands = message.command_count();
    let mut rows = Rows::new(limit, commands.saturating_mul(40), commands.saturating_mul(8));
    let flags = omadm_header::from(header).flags;
    rows.numbers.extend([
        omadm_encoding::number(message.encoding()),
        u32::from(message.is_final()),
        flags,
        narrow(commands),
    ]);
    let texts = [
        Some(header.ver_dtd()),
        header.ver_proto(),
        Some(header.session_id()),
        Some(header.msg_id()),
        Some(header.target()),
        header.target_name(),
        Some(header.source()),
        header.source_name(),
        header.resp_uri(),
    ];
    for text in texts {
        let number = rows.text(text)?;
        rows.numbers.push(number);
    }
    let mut lasts = Lasts::default();
    for each in message.all_commands() {
        command(&mut rows, each, &mut lasts)?;
    }
    for each in message.all_commands().flat_map(|command| command.items()) {
        item(&mut rows, each, &mut lasts)?;
    }
    for each in message.all_commands().flat_map(|command| command.refs()) {
        let (is_target, uri) = match each {
            Ref::Target(uri) => (1, uri),
            Ref::Source(uri) => (0, uri),
        };
        let uri = rows.text(Some(uri))?;
        rows.numbers.extend([is_target, uri]);
    }
    for each in message.all_commands() {
        let chal = each.chal().map(|chal| chal.meta());
        let of_items = each.items().map(|item| item.own_meta());
        for own in [each.meta(), chal].into_iter().chain(of_items).flatten() {
            meta(&mut rows, own, &mut lasts)?;
        }
    }
    Ok(rows)
}

/// A column of texts while it is gathered, beside others.
#[derive(Default)]
struct Texts {
    /// Each text behind a zero octet.
    octets: Vec<u8>,
    ends: Vec<usize>,
    /// Of a column that few rows have a text in: which rows.
    rows: Vec<u32>,
}

impl Texts {
    fn push(&mut self, text: &[u8]) {
        self.push_by(|to| to.extend_from_slice(text));
    }

    fn push_by(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.octets.push(0);
        write(&mut self.octets);
        self.ends.push(self.octets.len());
    }
}

impl Rows {
    /// Adds the texts of a column, numbered one after the other.
    fn append(&mut self, column: &Texts) -> Outcome {
        let base = self.texts.len().saturating_sub(HEAD);
        self.texts.extend_from_slice(&column.octets);
        self.end(self.texts.len().saturating_sub(HEAD))?;
        self.text_ends.extend(column.ends.iter().map(|end| narrow(base.saturating_add(*end))));
        Ok(())
    }

    fn rows(&mut self, rows: &[u32]) {
        self.numbers.push(narrow(rows.len()));
        self.numbers.extend_from_slice(rows);
    }
}

fn tree_rows(top: Node<'_>, count: usize, limit: u64) -> Outcome<Rows> {
    let mut rows = Rows::new(limit, count.saturating_mul(8), count.saturating_mul(4));
    let (mut ids, mut types) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut small: [Vec<u32>; 3] = core::array::from_fn(|_| Vec::with_capacity(count));
    let (mut uris, mut media_type, mut mo_id) = (Uris::default(), Last::default(), Last::default());
    let [mut all_uris, mut names, mut values]: [Texts; 3] = Default::default();
    let mut rare: [Texts; 4] = Default::default();
    let (mut absent, mut opaque) = (Vec::new(), Vec::new());
    // Each node is looked at once: its texts are all over the document.
    for (row, node) in top.descendants().enumerate() {
        let (row, said) = (narrow(row), node.all_octets());
        ids.push(node.id().to_bits());
        let numbers = [omadm_format::number(node.format()), flags(node, &said), narrow(node.children().len())];
        for (column, number) in small.iter_mut().zip(numbers) {
            column.push(number);
        }
        types.push(match node.media_type() {
            Some(text) => rows.again(&mut media_type, Some(text))?,
            None => rows.again(&mut mo_id, node.mo_id())?,
        });
        let uri = uris.next(&node, said.name);
        all_uris.push_by(|to| uris.write(&uri, &node, to));
        names.push(said.name);
        let text = node.value_text();
        values.push(text.unwrap_or_default().as_bytes());
        match (said.value, text) {
            (None, _) => absent.push(row),
            (Some(value), None) => {
                opaque.push(row);
                rows.octets(Some(value))?;
            }
            (Some(_), Some(_)) => {}
        }
        for (column, text) in rare.iter_mut().zip(said.rare) {
            if let Some(text) = text {
                column.rows.push(row);
                column.push(text);
            }
        }
        rows.end(all_uris.octets.len().saturating_add(values.octets.len()))?;
    }
    rows.numbers.push(narrow(ids.len()));
    rows.numbers.extend(ids.iter().flat_map(|id| [*id as u32, (*id >> 32) as u32]));
    for column in small.iter().chain([&types]) {
        rows.numbers.extend_from_slice(column);
    }
    rows.numbers.push(narrow(rows.text_ends.len()));
    // Room for all of it, so that what is large need not move when more comes behind it; and a little for counts.
    let texts: usize = [&all_uris, &names, &values].into_iter().chain(&rare).map(|column| column.octets.len()).sum();
    let lists = [rows.numbers.as_slice(), &absent, &opaque, &rows.octet_ends].into_iter();
    let numbers: usize = lists.chain(rare.iter().map(|column| column.rows.as_slice())).map(size_of_val).sum();
    rows.texts.reserve_exact(texts.saturating_add(numbers).saturating_add(rows.octets.len()).saturating_add(256));
    for column in [&all_uris, &names, &values] {
        rows.append(column)?;
    }
    rows.rows(&absent);
    rows.rows(&opaque);
    for column in &rare {
        rows.rows(&column.rows);
        rows.append(column)?;
    }
    Ok(rows)
}

/// All of a message in one buffer. Everything but octets and texts is a number of 32 bits in the order of this machine's octets:
///
/// 1. Head: flags (`OMADM_UNSTABLE_ROWS_ENDS`); how many numbers are in 4; how many texts; how many runs of octets; octets of all texts; octets of all
///    runs.
/// 2. The texts, a zero octet before each.
/// 3. The runs of octets, one after the other; then zero octets up to a multiple of eight.
/// 4. Numbers, see below.
/// 5. With that flag, where each text ends in 2. Then, where each run ends in 3.
///
/// The number of a text, or of a run, is its place in 2 or 3, from 1; 0 where there is none. Those of a message: encoding, whether it is final,
/// `OMADM_HEADER_*`, and how many commands it has; nine texts of the header, in the order of `omadm_header`; for each command `kind`, `flags`, `code`,
/// `parent`, `end`, `item_count`, `ref_count`, offset, seven texts from `name` to `lang`, and data; for each item of all commands `flags`, offset, nine texts from
/// `node_uri` to `media_type`, and data; for each reference of all commands `is_target` and a text; at last of each command its `Meta`, if it has one, its challenge, and the
/// `Meta` of each of its items: `size`, `max_msg_size` and `max_obj_size`, lower half first, texts `format`, `media_type`, `mark` and `version`, and data, the next nonce. Data is its form,
/// its offset or 0xFFFFFFFF, a text and a run.
///
/// `options` may be NULL. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_message_rows(
    message: *const omadm_message,
    options: *const omadm_options,
    rows: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, options, out) =
            unsafe { (handle(message, "message")?, omadm_options::take(options)?, Buffer::of(rows, "rows")?) };
        out.keep(message_rows(message.header(), message.view(), options.limits.output)?.finish());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The nodes from `top` down in one buffer, parents before children, in the form of `omadm_unstable_message_rows`. The numbers: how many nodes; the
/// `omadm_node` of each, lower half first; then column by column the format of each, its `OMADM_NODE_*`, how many children it has, the text of its media type or
/// `mo_id`; how many texts there were so far. The texts that follow have no numbers: the URI of each, the name of each, the value of each, which is empty where there
/// is none or it is octets; how many rows have no value, and which; how many have octets, and which: these are the runs. At last, of four columns, how many rows have a text
/// and which, and these texts: `acl`, `title`, `tstamp`, `ver_no`.
///
/// `top` may be `OMADM_NO_NODE`, the root; `options` NULL. `OMADM_E_LIMIT_OUTPUT` for more octets of text than `limit_output`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_unstable_tree_rows(
    tree: *const omadm_tree,
    top: omadm_node,
    options: *const omadm_options,
    rows: *mut omadm_buffer,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (tree, options, out) =
            unsafe { (handle(tree, "tree")?, omadm_options::take(options)?, Buffer::of(rows, "rows")?) };
        let count = if top == OMADM_NO_NODE { tree.view().len() } else { 0 };
        out.keep(tree_rows(tree.node_or_root(top, "top")?, count, options.limits.output)?.finish());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
