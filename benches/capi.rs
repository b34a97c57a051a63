//! What the way through the C ABI costs: the same done by a C function and by the Rust function behind it. The C functions are called through
//! pointers that the compiler cannot see through, as a program calls a shared library.
//!
//!     cargo bench --features capi --bench capi
//!     OMADM_LIBRARY=target/release/libomadm.so cargo bench --features capi --bench capi
//!
//! The first measures the way: both sides are compiled alike. The second takes the functions from a library that is there, such as the one that
//! `make` builds and `make install` installs, which is compiled for size (docs/decisions/0006).
#![allow(unsafe_code, missing_docs)]

use core::ffi::{CStr, c_char, c_int, c_void};
use criterion::{Criterion, criterion_group, criterion_main};
use omadm::capi::*;
use omadm::{syncml::Message, tnds, tree::Node};
use std::fmt::Write as _;
use std::hint::black_box;
use std::ptr::{null, null_mut};

unsafe extern "C" {
    fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// A function by name: of the library that is named, or of this program.
fn function<F: Copy>(name: &CStr, own: F) -> F {
    const RTLD_NOW: c_int = 2;
    let Some(file) = std::env::var_os("OMADM_LIBRARY") else { return black_box(own) };
    let file = std::ffi::CString::new(file.into_encoded_bytes()).unwrap();
    assert_eq!(size_of::<F>(), size_of::<*mut c_void>());
    // SAFETY: both names are texts of C; what the library has under this name is a function of this type.
    unsafe {
        let library = dlopen(file.as_ptr(), RTLD_NOW);
        assert!(!library.is_null(), "{file:?} cannot be loaded");
        let found = dlsym(library, name.as_ptr());
        assert!(!found.is_null(), "{file:?} has no {name:?}");
        core::mem::transmute_copy(&found)
    }
}

type Error = *mut omadm_error;
type DecodeTree = unsafe extern "C" fn(*const u8, usize, *const omadm_options, *mut *mut omadm_tree, Error) -> u32;
type DecodeMessage =
    unsafe extern "C" fn(*const u8, usize, *const omadm_options, *mut *mut omadm_message, Error) -> u32;
type Nodes =
    unsafe extern "C" fn(*const omadm_tree, u64, u64, *mut omadm_node_info, usize, usize, *mut usize, Error) -> u32;
type Summary = unsafe extern "C" fn(*const omadm_message, *mut u32, *mut u32, *mut usize, Error) -> u32;
type Commands =
    unsafe extern "C" fn(*const omadm_message, usize, *mut omadm_command, usize, usize, *mut usize, Error) -> u32;

/// Of 17 kB: what is written is still in the nearest cache when it is read.
const BATCH: usize = 100;

/// A tree document with 100,001 nodes: the root, and groups of ten.
fn document() -> String {
    let mut text = String::from("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>");
    for group in 0..10_000 {
        write!(text, "<Node><NodeName>Group{group}</NodeName><RTProperties><Format><node/></Format></RTProperties>")
            .unwrap();
        for leaf in 0..9 {
            write!(text, "<Node><NodeName>Leaf{leaf}</NodeName><Value>value {group}.{leaf}</Value></Node>").unwrap();
        }
        text.push_str("</Node>");
    }
    text + "</MgmtTree>"
}

/// Everything of a node that `omadm_node_info` has, so that both read the same.
fn read(node: Node<'_>) -> usize {
    let texts = [node.media_type(), node.mo_id(), node.acl(), node.title(), node.tstamp(), node.ver_no()];
    let texts: usize = texts.into_iter().flatten().map(str::len).sum();
    let value = node.value();
    let parent = node.parent().map_or(0, |parent| parent.id().to_bits());
    let flags = usize::from(node.is_interior()) + usize::from(node.is_implicit()) + usize::from(node.is_permanent());
    black_box((node.id().to_bits(), parent, node.format(), value.is_some_and(|value| value.is_opaque())));
    texts + node.name().len() + value.map_or(0, |value| value.bytes().len()) + flags + node.children().len()
}

fn read_info(info: &omadm_node_info) -> usize {
    let texts = [info.media_type, info.mo_id, info.acl, info.title, info.tstamp, info.ver_no];
    let texts: usize = texts.iter().map(|text| text.len).sum();
    let flags = (info.flags & (OMADM_NODE_INTERIOR | OMADM_NODE_IMPLICIT | OMADM_NODE_PERMANENT)).count_ones();
    black_box((info.node, info.parent, info.format, info.flags & OMADM_NODE_OPAQUE));
    texts + info.name.len + info.value.len + flags as usize + info.child_count as usize
}

fn nodes(c: &mut Criterion) {
    let text = document();
    let tree = tnds::decode(text.as_bytes()).unwrap();
    let mut handle = null_mut();
    let decode = function(c"omadm_tree_decode", omadm_tree_decode as DecodeTree);
    // SAFETY: the contract of src/capi is kept: live memory, right lengths.
    let rc = unsafe { decode(text.as_ptr(), text.len(), null(), &mut handle, null_mut()) };
    assert_eq!(rc, 0);
    let nodes = function(c"omadm_tree_nodes", omadm_tree_nodes as Nodes);
    let by_c = || {
        // SAFETY: zeros are a value of this structure.
        let mut batch = vec![unsafe { core::mem::zeroed::<omadm_node_info>() }; BATCH];
        let (mut after, mut sum) = (OMADM_NO_NODE, 0);
        loop {
            let mut written = 0;
            // SAFETY: as above.
            let rc = unsafe {
                nodes(
                    handle.cast_const(),
                    OMADM_NO_NODE,
                    after,
                    batch.as_mut_ptr(),
                    size_of::<omadm_node_info>(),
                    BATCH,
                    &mut written,
                    null_mut(),
                )
            };
            assert_eq!(rc, 0);
            let Some(last) = batch[..written].last() else { return sum };
            after = last.node;
            sum += batch[..written].iter().map(read_info).sum::<usize>();
        }
    };
    let by_rust = || tree.nodes().map(read).sum::<usize>();
    assert_eq!(by_c(), by_rust());
    let mut group = c.benchmark_group("all of 100,001 nodes");
    group.bench_function("Rust", |b| b.iter(by_rust));
    group.bench_function("C, a hundred at a time", |b| b.iter(by_c));
    group.finish();
    let free = function(c"omadm_tree_free", omadm_tree_free as unsafe extern "C" fn(*mut omadm_tree));
    // SAFETY: as above.
    unsafe { free(handle) };
}

fn calls(c: &mut Criterion) {
    let document = include_bytes!("../tests/data/package2.syncml.wbxml");
    let message = Message::decode(document).unwrap();
    let mut handle = null_mut();
    let decode = function(c"omadm_message_decode", omadm_message_decode as DecodeMessage);
    // SAFETY: as above.
    assert_eq!(0, unsafe { decode(document.as_ptr(), document.len(), null(), &mut handle, null_mut()) });
    let summary = function(c"omadm_message_summary", omadm_message_summary as Summary);
    let commands = function(c"omadm_message_commands", omadm_message_commands as Commands);
    let mut group = c.benchmark_group("one call");
    group.bench_function("command count, Rust", |b| b.iter(|| black_box(&message).command_count()));
    group.bench_function("command count, C", |b| {
        b.iter(|| {
            let mut count = 0;
            // SAFETY: as above.
            let rc = unsafe { summary(handle.cast_const(), null_mut(), null_mut(), &mut count, null_mut()) };
            (rc, count)
        });
    });
    // SAFETY: zeros are a value of this structure.
    let mut command: omadm_command = unsafe { core::mem::zeroed() };
    group.bench_function("a command with all it has, Rust", |b| {
        b.iter(|| {
            let command = black_box(&message).command(6).unwrap();
            black_box((
                command.kind(),
                command.name(),
                command.cmd_id(),
                command.msg_ref(),
                command.cmd_ref(),
                command.cmd(),
            ));
            black_box((
                command.correlator(),
                command.lang(),
                command.data(),
                command.status(),
                command.alert(),
                command.offset(),
            ));
            black_box((
                command.meta().is_some(),
                command.chal().is_some(),
                command.no_resp(),
                command.archive(),
                command.sft_del(),
            ));
            black_box((command.parent().is_some(), command.items().len(), command.refs().len()))
        });
    });
    group.bench_function("a command with all it has, C", |b| {
        b.iter(|| {
            let mut written = 0;
            // SAFETY: as above.
            let rc = unsafe {
                commands(
                    handle.cast_const(),
                    6,
                    &raw mut command,
                    size_of::<omadm_command>(),
                    1,
                    &mut written,
                    null_mut(),
                )
            };
            black_box(&command);
            (rc, written)
        });
    });
    group.finish();
    let free = function(c"omadm_message_free", omadm_message_free as unsafe extern "C" fn(*mut omadm_message));
    // SAFETY: as above.
    unsafe { free(handle) };
}

criterion_group!(benches, nodes, calls);
criterion_main!(benches);
