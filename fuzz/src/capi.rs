//! The C functions, with octets that are copied, borrowed and adopted, against the Rust API.

use crate::{Setting, bulk};
use core::cell::Cell;
use core::ffi::c_void;
use core::ptr::{null, null_mut};
use omadm::capi::*;
use omadm::convert::{ConvertOptions, to_wbxml, to_xml};
use omadm::ddf;
use omadm::markup::{Document, Encoding, Options};
use omadm::notification::v12;
use omadm::provisioning;
use omadm::push::{cdma, sms, wsp};
use omadm::syncml::{Command, Feeder, Message, MessageReader};
use omadm::tnds;
use omadm::tree::Tree;
use omadm::{Error, Result};

/// A structure as its INIT macro makes it.
fn init<T>() -> T {
    // SAFETY: of structures of the C ABI all zeros are a value.
    let mut made: T = unsafe { core::mem::zeroed() };
    // SAFETY: each begins with its size.
    unsafe { (&raw mut made).cast::<u32>().write(size_of::<T>() as u32) };
    made
}

/// Code, offset and inner offset; zeros where it went well.
type Answer = (u32, u64, u64);

fn answer_of<T>(outcome: &Result<T>) -> Answer {
    let answer = |error: &Error| {
        let inner = error.inner().map_or(u64::MAX, |inner| inner as u64);
        (error.kind().code(), error.offset() as u64, inner)
    };
    outcome.as_ref().map_or_else(answer, |_| (0, 0, 0))
}

fn told(rc: omadm_rc, error: &omadm_error) -> Answer {
    if rc == 0 { (0, 0, 0) } else { (rc, error.offset, error.inner_offset) }
}

fn options_of(options: &Options) -> omadm_options {
    let limits = &options.limits;
    omadm_options {
        flags: if options.bare_ampersand { OMADM_BARE_AMPERSAND } else { 0 }
            | if options.unnamed_trees { OMADM_UNNAMED_TREES } else { 0 },
        limit_output: limits.output,
        limit_depth: limits.depth,
        limit_elements: limits.elements,
        limit_attributes: limits.attributes,
        limit_namespaces: limits.namespaces,
        limit_name: limits.name,
        limit_text: limits.text,
        limit_string_table: limits.string_table,
        limit_expansion: limits.expansion,
        limit_buffer: limits.buffer,
        limit_prefix: limits.prefix,
        ..init()
    }
}

fn bytes<'a>(bytes: &omadm_bytes) -> Option<&'a [u8]> {
    // SAFETY: lent out of a handle that lives.
    (!bytes.ptr.is_null()).then(|| unsafe { core::slice::from_raw_parts(bytes.ptr, bytes.len) })
}

fn text<'a>(text: &omadm_str) -> Option<&'a str> {
    let octets = bytes(&omadm_bytes { ptr: text.ptr.cast(), len: text.len })?;
    Some(core::str::from_utf8(octets).expect("texts are UTF-8"))
}

/// A buffer of the library's, given back.
#[derive(Debug)]
pub(crate) struct Buffer(pub(crate) omadm_buffer);

impl Buffer {
    pub(crate) fn new() -> Buffer {
        Buffer(init())
    }

    pub(crate) fn octets(&self) -> &[u8] {
        bytes(&omadm_bytes { ptr: self.0.data, len: self.0.len }).unwrap_or_default()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: it is the library's, and is given back once.
        unsafe { omadm_buffer_free(&mut self.0) };
    }
}

/// Counts, and frees what was adopted.
unsafe extern "C" fn release(context: *mut c_void, data: *const u8, len: usize) {
    // SAFETY: the context is the counter of `with_input`, the octets are those of a box that was given away there.
    unsafe {
        let count = &*context.cast::<Cell<u32>>();
        count.set(count.get() + 1);
        drop(Box::from_raw(core::ptr::slice_from_raw_parts_mut(data.cast_mut(), len)));
    }
}

/// Hands octets over in one way, and makes sure that those which are copied are not looked at again.
fn with_input(ownership: u32, octets: &[u8], then: impl FnOnce(&omadm_input, &mut dyn FnMut())) {
    let mut own: Box<[u8]> = octets.into();
    let released = Cell::new(0_u32);
    let (data, len) = (own.as_mut_ptr(), own.len());
    let input = omadm_input { ownership, data, len, ..init() };
    match ownership {
        // Overwritten as soon as the call is over.
        0 => {
            // SAFETY: the box is alive, and nobody reads it: it was copied.
            let mut overwrite = || unsafe { data.write_bytes(0xA5, len) };
            then(&input, &mut overwrite);
        }
        1 => then(&input, &mut || {}),
        _ => {
            let _ = Box::into_raw(own);
            let input =
                omadm_input { release: Some(release), context: (&raw const released).cast_mut().cast(), ..input };
            then(&input, &mut || {});
            return assert_eq!(released.get(), 1, "released once");
        }
    }
    drop(own);
}

fn c_encoding(encoding: Encoding) -> u32 {
    if encoding == Encoding::Xml { 1 } else { 2 }
}

/// The C functions say what the Rust API says, however they are handed their input.
pub fn capi(data: &[u8]) {
    let Some((setting, input)) = Setting::take(data) else { return };
    binary(input);
    let options = setting.options();
    let c_options = options_of(&options);
    whole_documents(input, &options, &c_options, setting);
    for ownership in 0..3 {
        message(ownership, input, &options, &c_options);
        reader(ownership, input, &options, &c_options);
        tree(ownership, input, &options, &c_options);
    }
    feeder(input, &options, &c_options, setting);
}

/// What needs no handle.
fn binary(input: &[u8]) {
    let (at, len) = (input.as_ptr(), input.len());
    let mut error = init::<omadm_error>();
    let mut kind = 0;
    // SAFETY: the contract.
    let rc = unsafe { omadm_detect(at, len, &mut kind, &mut error) };
    assert_eq!(told(rc, &error), answer_of(&omadm::detect(input)));

    let mut fields = init::<omadm_notification_fields>();
    // SAFETY: the contract.
    let rc = unsafe { omadm_notification_decode(at, len, 0, &mut fields, &mut error) };
    let expected = v12::Notification::decode(input);
    assert_eq!(told(rc, &error), answer_of(&expected));
    if let Ok(expected) = expected {
        let expected = expected.fields();
        assert_eq!((fields.version, fields.session_id), (expected.version.raw().into(), expected.session_id.into()));
        assert_eq!((text(&fields.server_id), bytes(&fields.vendor)), (Some(expected.server_id), Some(expected.vendor)));
        assert_eq!(fields.future_use, expected.future_use);
    }

    let mut push = init::<omadm_push>();
    // SAFETY: the contract.
    let rc = unsafe { omadm_wsp_decode(at, len, &mut push, &mut error) };
    let expected = wsp::Push::decode(input);
    assert_eq!(told(rc, &error), answer_of(&expected));
    if let Ok(expected) = expected {
        assert_eq!((bytes(&push.headers), bytes(&push.body)), (Some(expected.headers), Some(expected.body)));
        assert_eq!(push.transaction_id, u32::from(expected.transaction_id));
    }
    let mut segment = init::<omadm_sms_segment>();
    // SAFETY: the contract.
    let rc = unsafe { omadm_sms_segment_decode(at, len, &mut segment, &mut error) };
    let expected = sms::Segment::decode(input);
    assert_eq!(told(rc, &error), answer_of(&expected));
    if let Ok(expected) = expected {
        assert_eq!(bytes(&segment.data), Some(expected.data));
    }
    // SAFETY: the contract.
    let rc = unsafe { omadm_cdma_segment_decode(at, len, &mut segment, &mut error) };
    assert_eq!(told(rc, &error), answer_of(&cdma::Segment::decode(input)));
}

fn whole_documents(input: &[u8], options: &Options, c_options: &omadm_options, setting: Setting) {
    let (at, len) = (input.as_ptr(), input.len());
    let mut error = init::<omadm_error>();
    let how = ConvertOptions { read: *options, string_table: setting.bit(0), ..ConvertOptions::default() };
    let flags = if how.string_table { OMADM_CONVERT_STRING_TABLE } else { 0 };
    let c_how = omadm_convert_options { flags, read: c_options, ..init() };
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let mut buffer = Buffer::new();
        // SAFETY: the contract.
        let rc = unsafe { omadm_convert(at, len, &c_how, c_encoding(encoding), &mut buffer.0, &mut error) };
        let expected = match encoding {
            Encoding::Xml => to_xml(input, &how).map(String::into_bytes),
            Encoding::Wbxml => to_wbxml(input, &how),
        };
        assert_eq!(told(rc, &error), answer_of(&expected));
        assert_eq!(buffer.octets(), expected.unwrap_or_default());
    }

    let mut schema = null_mut();
    // SAFETY: the contract.
    let rc = unsafe { omadm_schema_decode(at, len, c_options, &mut schema, &mut error) };
    let expected = ddf::decode_with(input, options);
    assert_eq!(told(rc, &error), answer_of(&expected));
    if let Ok(expected) = expected {
        let (mut nodes, mut after, mut written) = ([init::<omadm_schema_node_info>(); 5], 0, 1);
        let mut listed = Vec::new();
        while written > 0 {
            let size = size_of::<omadm_schema_node_info>();
            // SAFETY: the contract.
            let rc =
                unsafe { omadm_schema_nodes(schema, after, nodes.as_mut_ptr(), size, 5, &mut written, null_mut()) };
            assert_eq!(rc, 0);
            for node in &nodes[..written] {
                after = node.node;
                listed.push((
                    text(&node.name).map(str::to_owned),
                    node.offset,
                    bytes(&node.default_value).map(<[u8]>::to_vec),
                ));
            }
        }
        let expected = expected.nodes().map(|node| {
            let default = node.default_octets().map(<[u8]>::to_vec);
            (node.name().map(str::to_owned), node.offset() as u64, default)
        });
        assert_eq!(listed, expected.collect::<Vec<_>>());
    }
    // SAFETY: it is freed here only.
    unsafe { omadm_schema_free(schema) };

    let mut document = null_mut();
    // SAFETY: the contract.
    let rc = unsafe { omadm_provisioning_decode(at, len, c_options, &mut document, &mut error) };
    let expected = provisioning::Document::decode_with(input, options);
    assert_eq!(told(rc, &error), answer_of(&expected));
    if let Ok(expected) = expected {
        let (mut part, mut written, mut parms) = (init::<omadm_provisioning_part>(), 1, Vec::new());
        for first in 0.. {
            let size = size_of::<omadm_provisioning_part>();
            // SAFETY: the contract.
            let rc = unsafe { omadm_provisioning_parts(document, first, &mut part, size, 1, &mut written, null_mut()) };
            assert_eq!(rc, 0);
            if written == 0 {
                break;
            }
            if part.kind == 2 {
                parms.push((text(&part.name).unwrap_or_default().to_owned(), text(&part.value).map(str::to_owned)));
            }
        }
        let all = expected.all_characteristics().flat_map(|one| one.parms());
        assert_eq!(
            parms,
            all.map(|parm| (parm.name().to_owned(), parm.value().map(str::to_owned))).collect::<Vec<_>>()
        );
    }
    // SAFETY: it is freed here only.
    unsafe { omadm_provisioning_free(document) };
}

/// An error as a sentence, first asking for its length.
fn describe(input: &[u8], described: &omadm_error) {
    let mut length = 0;
    // SAFETY: the contract.
    unsafe {
        omadm_error_describe(described, input.as_ptr(), input.len(), null_mut(), 0, &mut length, null_mut());
        let mut room = vec![0x7F_u8; length + 1];
        let at = room.as_mut_ptr().cast();
        let rc = omadm_error_describe(described, input.as_ptr(), input.len(), at, room.len(), &mut length, null_mut());
        assert_eq!((rc, room.len(), room.last()), (0, length + 1, Some(&0)));
        assert!(core::str::from_utf8(&room).is_ok());
    }
}

/// Everything that a command's structures say.
fn c_command(message: *const omadm_message, command: &omadm_command) -> String {
    let mut out = c_line(command);
    for first in 0..command.item_count as usize {
        let (mut item, mut written) = (init::<omadm_item>(), 0);
        let size = size_of::<omadm_item>();
        // SAFETY: the contract.
        let rc = unsafe {
            omadm_message_items(message, command.index as usize, first, &mut item, size, 1, &mut written, null_mut())
        };
        assert_eq!((rc, written), (0, 1));
        out += &format!(
            "\n{} {:?} {:?} {:?} {:?} {:?} {:?} {} {} {:?} {}",
            item.offset,
            text(&item.target),
            text(&item.source),
            text(&item.node_uri),
            text(&item.format),
            text(&item.media_type),
            text(&item.target_name),
            item.flags & OMADM_ITEM_MORE_DATA != 0,
            item.data.form != 0,
            bytes(&item.data.bytes),
            item.data.offset,
        );
    }
    out
}

fn c_line(command: &omadm_command) -> String {
    format!(
        "{:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {} {}",
        text(&command.name),
        text(&command.cmd_id),
        command.offset,
        text(&command.msg_ref),
        text(&command.cmd_ref),
        text(&command.cmd),
        text(&command.correlator),
        bytes(&command.data.bytes),
        command.item_count,
        command.ref_count,
    )
}

fn line(command: &Command<'_>) -> String {
    let octets =
        |data: omadm::syncml::Data<'_>| (data.form() != omadm::markup::DataForm::Markup).then(|| data.bytes().to_vec());
    let mut out = format!(
        "{:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {} {}",
        Some(command.name()),
        Some(command.cmd_id()),
        command.offset(),
        command.msg_ref(),
        command.cmd_ref(),
        command.cmd(),
        command.correlator(),
        command.data().and_then(octets),
        command.items().len(),
        command.refs().len(),
    );
    for item in command.items() {
        out += &format!(
            "\n{} {:?} {:?} {:?} {:?} {:?} {:?} {} {} {:?} {}",
            item.offset(),
            item.target(),
            item.source(),
            item.node_uri(),
            item.format(),
            item.media_type(),
            item.target_name(),
            item.more_data(),
            item.data().is_some(),
            item.data().and_then(octets),
            item.data().map_or(u64::MAX, |data| data.offset() as u64),
        );
    }
    out
}

/// All commands of a message, one call for three of them.
fn c_commands(message: *const omadm_message) -> Vec<String> {
    let (mut commands, mut written, mut lines) = ([init::<omadm_command>(); 3], 1, Vec::new());
    while written > 0 {
        let size = size_of::<omadm_command>();
        // SAFETY: the contract.
        let rc = unsafe {
            omadm_message_commands(message, lines.len(), commands.as_mut_ptr(), size, 3, &mut written, null_mut())
        };
        assert_eq!(rc, 0);
        lines.extend(commands[..written].iter().map(|command| c_command(message, command)));
    }
    lines
}

fn message(ownership: u32, octets: &[u8], options: &Options, c_options: &omadm_options) {
    let expected = Message::decode_with(octets, options);
    with_input(ownership, octets, |input, overwrite| {
        let (mut message, mut error) = (null_mut(), init::<omadm_error>());
        // SAFETY: the contract.
        let rc = unsafe { omadm_message_decode_input(input, c_options, &mut message, &mut error) };
        overwrite();
        assert_eq!(told(rc, &error), answer_of(&expected));
        assert_eq!(message.is_null(), expected.is_err());
        if ownership == 1 && rc != 0 {
            describe(octets, &error);
        }
        let Ok(expected) = &expected else { return };
        let lines: Vec<String> = expected.all_commands().map(|command| line(&command)).collect();
        assert_eq!(c_commands(message), lines);
        let mut header = init::<omadm_header>();
        // SAFETY: the contract.
        assert_eq!(unsafe { omadm_message_header(message, &mut header, null_mut()) }, 0);
        assert_eq!(text(&header.target), Some(expected.header().target()));
        assert_eq!(text(&header.source_name), expected.header().source_name());
        for encoding in [Encoding::Xml, Encoding::Wbxml] {
            let mut buffer = Buffer::new();
            // SAFETY: the contract.
            let rc =
                unsafe { omadm_message_encode(message, c_encoding(encoding), c_options, &mut buffer.0, &mut error) };
            let octets = expected.encode_with(encoding, &options.limits);
            assert_eq!(told(rc, &error), answer_of(&octets));
            assert_eq!(buffer.octets(), octets.unwrap_or_default());
        }
        bulk::message(message, expected, c_options);
        // Trees outlive the message that they were taken from.
        let mut trees = Vec::new();
        for command in expected.all_commands() {
            for (place, item) in command.items().enumerate() {
                let mut tree = null_mut();
                // SAFETY: the contract.
                let rc =
                    unsafe { omadm_tree_of_item(message, command.index(), place, c_options, &mut tree, &mut error) };
                match tnds::in_item(&item, options) {
                    None => assert_eq!(rc, 2),
                    Some(outcome) => {
                        assert_eq!(told(rc, &error), answer_of(&outcome));
                        if let Ok(expected) = outcome {
                            trees.push((tree, expected));
                        }
                    }
                }
            }
        }
        // SAFETY: it is freed here only.
        unsafe { omadm_message_free(message) };
        for (tree, expected) in trees {
            same_tree(tree, &expected, options, c_options);
            // SAFETY: it is freed here only.
            unsafe { omadm_tree_free(tree) };
        }
    });
}

fn reader(ownership: u32, input: &[u8], options: &Options, c_options: &omadm_options) {
    let document = Document::open(input);
    let opened = document.as_ref().map_err(|error| *error).and_then(|document| MessageReader::new(document, options));
    with_input(ownership, input, |input, overwrite| {
        let (mut reader, mut error) = (null_mut(), init::<omadm_error>());
        // SAFETY: the contract.
        let rc = unsafe { omadm_reader_open_input(input, c_options, &mut reader, &mut error) };
        overwrite();
        assert_eq!(told(rc, &error), answer_of(&opened));
        let Ok(mut opened) = opened else { return };
        let mut message = null();
        // SAFETY: the contract.
        assert_eq!(unsafe { omadm_reader_message(reader, &mut message, null_mut()) }, 0);
        loop {
            let mut command = init::<omadm_command>();
            // SAFETY: the contract.
            let rc = unsafe { omadm_reader_next(reader, &mut command, &mut error) };
            match opened.next_command() {
                Ok(Some(expected)) => {
                    assert_eq!(rc, 0);
                    assert_eq!(c_command(message, &command), line(&expected));
                    let inside: Vec<String> = expected.all_children().map(|command| line(&command)).collect();
                    assert_eq!(c_commands(message)[1..], inside);
                }
                Ok(None) => {
                    assert_eq!(rc, 1);
                    break;
                }
                Err(expected) => {
                    assert_eq!(told(rc, &error), answer_of::<()>(&Err(expected)));
                    break;
                }
            }
        }
        // SAFETY: it is freed here only.
        unsafe { omadm_reader_free(reader) };
    });
}

fn feeder(input: &[u8], options: &Options, c_options: &omadm_options, setting: Setting) {
    let (mut feeder, mut error) = (null_mut(), init::<omadm_error>());
    // SAFETY: the contract.
    assert_eq!(unsafe { omadm_feeder_new(c_options, &mut feeder, null_mut()) }, 0);
    let mut expected = Feeder::new(options);
    let size = if setting.bit(1) { 7 } else { 300 };
    let mut chunks = input.chunks(size);
    'message: loop {
        let chunk = chunks.next();
        let outcome = match chunk {
            Some(chunk) => {
                let mut own: Box<[u8]> = chunk.into();
                // SAFETY: the contract.
                let rc = unsafe { omadm_feeder_feed(feeder, own.as_ptr(), own.len(), &mut error) };
                own.fill(0xA5);
                (told(rc, &error), answer_of(&expected.feed(chunk)))
            }
            None => {
                expected.finish();
                // SAFETY: the contract.
                (told(unsafe { omadm_feeder_finish(feeder, &mut error) }, &error), (0, 0, 0))
            }
        };
        assert_eq!(outcome.0, outcome.1);
        if outcome.0.0 != 0 {
            break;
        }
        loop {
            let mut command = init::<omadm_command>();
            // SAFETY: the contract.
            let rc = unsafe { omadm_feeder_next(feeder, &mut command, &mut error) };
            match expected.next_command() {
                Ok(Some(fed)) => {
                    let mut message = null();
                    // SAFETY: the contract.
                    assert_eq!((rc, unsafe { omadm_feeder_message(feeder, &mut message, null_mut()) }), (0, 0));
                    assert_eq!(c_command(message, &command), line(&fed.command()));
                }
                Ok(None) => {
                    assert_eq!(rc, if expected.is_complete() { 1 } else { 2 });
                    break;
                }
                Err(expected) => {
                    assert_eq!(told(rc, &error), answer_of::<()>(&Err(expected)));
                    break 'message;
                }
            }
        }
        if chunk.is_none() {
            break;
        }
    }
    // SAFETY: it is freed here only.
    unsafe { omadm_feeder_free(feeder) };
}

fn tree(ownership: u32, input: &[u8], options: &Options, c_options: &omadm_options) {
    let expected = tnds::decode_with(input, options);
    with_input(ownership, input, |input, overwrite| {
        let (mut tree, mut error) = (null_mut(), init::<omadm_error>());
        // SAFETY: the contract.
        let rc = unsafe { omadm_tree_decode_input(input, c_options, &mut tree, &mut error) };
        overwrite();
        assert_eq!(told(rc, &error), answer_of(&expected));
        assert_eq!(tree.is_null(), expected.is_err());
        if let Ok(expected) = &expected {
            same_tree(tree, expected, options, c_options);
        }
        // SAFETY: it is freed here only.
        unsafe { omadm_tree_free(tree) };
    });
}

fn same_tree(tree: *const omadm_tree, expected: &Tree<'_>, options: &Options, c_options: &omadm_options) {
    let mut error = init::<omadm_error>();
    let (mut nodes, mut after, mut written) = ([init::<omadm_node_info>(); 4], 0, 1);
    let mut all = expected.nodes();
    while written > 0 {
        let size = size_of::<omadm_node_info>();
        // SAFETY: the contract.
        let rc = unsafe { omadm_tree_nodes(tree, 0, after, nodes.as_mut_ptr(), size, 4, &mut written, null_mut()) };
        assert_eq!(rc, 0);
        for info in &nodes[..written] {
            let node = all.next().unwrap();
            after = info.node;
            assert_eq!(info.node, node.id().to_bits());
            assert_eq!(info.parent, node.parent().map_or(0, |parent| parent.id().to_bits()));
            assert_eq!(text(&info.name), Some(node.name()));
            assert_eq!(bytes(&info.value), node.value().map(|value| value.bytes()));
            assert_eq!((text(&info.media_type), text(&info.mo_id)), (node.media_type(), node.mo_id()));
            assert_eq!((text(&info.acl), text(&info.title)), (node.acl(), node.title()));
            assert_eq!((text(&info.tstamp), text(&info.ver_no)), (node.tstamp(), node.ver_no()));
            assert_eq!(info.child_count as usize, node.children().len());
            let mut octets = Buffer::new();
            // SAFETY: the contract.
            let rc = unsafe { omadm_tree_octets(tree, info.node, &mut octets.0, null_mut()) };
            match node.value().map(|value| value.octets()) {
                None => assert_eq!(rc, 2),
                Some(Ok(expected)) => assert_eq!((rc, octets.octets()), (0, &*expected)),
                Some(Err(error)) => assert_eq!(rc, error.kind().code()),
            }
            let (mut length, mut room) = (0, vec![0_u8; 64]);
            // SAFETY: the contract.
            let rc = unsafe { omadm_tree_uri(tree, info.node, room.as_mut_ptr().cast(), 64, &mut length, null_mut()) };
            let uri = node.uri().to_string();
            assert_eq!(length, uri.len());
            if rc == 0 {
                assert_eq!(&room[..length], uri.as_bytes());
            }
        }
    }
    assert!(all.next().is_none());
    bulk::tree(tree, expected, c_options);
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let mut buffer = Buffer::new();
        let how = omadm_tnds_options { limits: c_options, ..init() };
        // SAFETY: the contract.
        let rc = unsafe { omadm_tree_encode(tree, 0, c_encoding(encoding), &how, &mut buffer.0, &mut error) };
        let octets =
            tnds::encode(expected, encoding, &tnds::EncodeOptions { limits: options.limits, ..Default::default() });
        assert_eq!(told(rc, &error), answer_of(&octets));
        assert_eq!(buffer.octets(), octets.unwrap_or_default());
    }
}
