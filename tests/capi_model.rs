//! The same random operations through the C functions and through the Rust API: the same answers, and the same tree.
#![cfg(feature = "capi")]
#![allow(unsafe_code)]

use core::ptr::{null, null_mut};
use omadm::capi::*;
use omadm::markup::Encoding;
use omadm::query::{MoSearch, Pattern};
use omadm::tree::{AclCommands, EditOptions, Format, NewNode, NewValue, NodeId, Principal, Property, TStamp, Tree};
use omadm::{Result, tnds};
use proptest::prelude::*;

/// A structure as its INIT macro makes it.
fn init<T>() -> T {
    // SAFETY: of structures of the C ABI all zeros are a value.
    let mut made: T = unsafe { core::mem::zeroed() };
    // SAFETY: each begins with its size.
    unsafe { (&raw mut made).cast::<u32>().write(size_of::<T>() as u32) };
    made
}

fn text(text: &str) -> omadm_str {
    omadm_str { ptr: text.as_ptr().cast(), len: text.len() }
}

const NOTHING: omadm_str = omadm_str { ptr: null(), len: 0 };

/// A code and an offset: 0 and 0 where it went well.
type Answer = (u32, u64);

fn answer_of<T>(outcome: &Result<T>) -> Answer {
    outcome.as_ref().map_or_else(|error| (error.kind().code(), error.offset() as u64), |_| (0, 0))
}

fn told(rc: omadm_rc, error: &omadm_error) -> Answer {
    if rc == 0 { (0, 0) } else { (rc, error.offset) }
}

#[derive(Clone, Debug)]
enum Operation {
    AddInterior(String, Option<&'static str>),
    AddLeaf(String, String, Format),
    AddOctets(String, Vec<u8>),
    Replace(String, String, Option<Format>),
    Delete(String),
    Copy(String, String),
    Rename(String, &'static str),
    Set(String, Property, &'static str),
    SetPermanent(String, bool),
    RemoveServer(&'static str),
    Merge(String, usize),
    ReplaceSubtree(String, usize),
    AddSubtree(String, usize),
    Begin,
    Commit,
    RollBack,
    Compact,
}

/// For whom and how each operation is done.
#[derive(Clone, Debug)]
struct Setting {
    server: Option<&'static str>,
    now: u64,
    implicit: bool,
}

/// What both begin with.
const START: &str = "<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Add=one&amp;Get=*&amp;Replace=two</ACL></RTProperties>\
     <Node><NodeName>B</NodeName><Node><NodeName>A</NodeName><Value>1</Value></Node><Node><NodeName>C</NodeName></Node></Node>\
     <Node><NodeName>C</NodeName><Value>2</Value></Node></Node><Node><NodeName>B</NodeName><Node><NodeName>A</NodeName></Node></Node></MgmtTree>";

const OTHERS: [&str; 3] = [
    "<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>C</NodeName><Value>x</Value></Node></Node></MgmtTree>",
    "<MgmtTree><Node><NodeName>B</NodeName><RTProperties><ACL>Get=*&amp;Replace=one</ACL><Format><bin/></Format></RTProperties>\
     <Value>AAE=</Value></Node></MgmtTree>",
    "<MgmtTree><Node><NodeName>A</NodeName><RTProperties><Type><DDFName>urn:x:mo:a:1.0</DDFName></Type></RTProperties>\
     <Node><NodeName>B</NodeName><Node><NodeName>A</NodeName><Value/></Node></Node></Node></MgmtTree>",
];

fn uri() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["A", "B", "C", "%41", "D d", ""]);
    prop_oneof![
        8 => prop::collection::vec(prop::sample::select(vec!["A", "B", "C"]), 1..4).prop_map(|names| format!("./{}", names.join("/"))),
        1 => prop::collection::vec(name, 0..4).prop_map(|names| format!("./{}", names.join("/"))),
        1 => Just(".".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "1", "AAEC", "long enough to be moved", "\u{e9}", "\u{1}"]).prop_map(str::to_owned)
}

fn format() -> impl Strategy<Value = Format> {
    use Format::{Bin, Chr, Int, Node, Null, Xml};
    prop::sample::select(vec![Bin, Chr, Int, Node, Null, Xml])
}

fn operation() -> impl Strategy<Value = Operation> {
    use Operation::*;
    let mo_id = prop::option::of(prop::sample::select(vec!["urn:x:mo:a:1.0", "urn:x:mo:a:1.1", "no"]));
    let property = prop::sample::select(Property::ALL.to_vec());
    let set = prop::sample::select(vec![
        "",
        "Get=*",
        "Add=one&Replace=one+two&Get=*",
        "Get",
        "B",
        "7",
        "20010711T163817Z",
        "urn:x:mo:a:1.0",
    ]);
    prop_oneof![
        4 => (uri(), mo_id).prop_map(|(uri, mo_id)| AddInterior(uri, mo_id)),
        3 => (uri(), value(), format()).prop_map(|(uri, value, format)| AddLeaf(uri, value, format)),
        1 => (uri(), prop::collection::vec(any::<u8>(), 0..5)).prop_map(|(uri, octets)| AddOctets(uri, octets)),
        3 => (uri(), value(), prop::option::of(format())).prop_map(|(uri, value, format)| Replace(uri, value, format)),
        2 => uri().prop_map(Delete),
        2 => (uri(), uri()).prop_map(|(from, to)| Copy(from, to)),
        1 => (uri(), prop::sample::select(vec!["A", "B", "x/y", ".."])).prop_map(|(uri, name)| Rename(uri, name)),
        3 => (uri(), property, set).prop_map(|(uri, property, value)| Set(uri, property, value)),
        1 => (uri(), any::<bool>()).prop_map(|(uri, is)| SetPermanent(uri, is)),
        1 => prop::sample::select(vec!["one", "two"]).prop_map(RemoveServer),
        1 => (uri(), 0..OTHERS.len()).prop_map(|(uri, other)| Merge(uri, other)),
        1 => (uri(), 0..OTHERS.len()).prop_map(|(uri, other)| ReplaceSubtree(uri, other)),
        1 => (uri(), 0..OTHERS.len()).prop_map(|(uri, other)| AddSubtree(uri, other)),
        2 => Just(Begin),
        1 => Just(Commit),
        2 => Just(RollBack),
        1 => Just(Compact),
    ]
}

fn setting() -> impl Strategy<Value = Setting> {
    let server = prop_oneof![3 => Just(None), 1 => Just(Some("one")), 1 => Just(Some("two"))];
    (server, prop::sample::select(vec![0, 994_869_497]), any::<bool>()).prop_map(|(server, now, implicit)| Setting {
        server,
        now,
        implicit,
    })
}

fn number(format: Option<Format>) -> u32 {
    use omadm_format::*;
    let format = match format {
        None => return 0,
        Some(Format::Bin) => OMADM_FORMAT_BIN,
        Some(Format::Chr) => OMADM_FORMAT_CHR,
        Some(Format::Int) => OMADM_FORMAT_INT,
        Some(Format::Node) => OMADM_FORMAT_NODE,
        Some(Format::Null) => OMADM_FORMAT_NULL,
        Some(Format::Xml) => OMADM_FORMAT_XML,
        Some(other) => panic!("{other} is not tried"),
    };
    format as u32
}

/// A tree of each side, and the other trees of each.
struct Both {
    rust: Tree<'static>,
    c: *mut omadm_tree,
    rust_others: Vec<Tree<'static>>,
    c_others: Vec<*mut omadm_tree>,
}

impl Drop for Both {
    fn drop(&mut self) {
        for tree in self.c_others.iter().chain([&self.c]) {
            // SAFETY: they are freed here only.
            unsafe { omadm_tree_free(*tree) };
        }
    }
}

impl Both {
    fn new() -> Both {
        let decode = |document: &&str| {
            let mut tree = null_mut();
            // SAFETY: the contract.
            let rc = unsafe { omadm_tree_decode(document.as_ptr(), document.len(), null(), &mut tree, null_mut()) };
            assert_eq!(rc, 0);
            tree
        };
        let rust_others = OTHERS.iter().map(|document| tnds::decode(document.as_bytes()).unwrap()).collect();
        let rust = tnds::decode(START.as_bytes()).unwrap();
        Both { rust, c: decode(&START), rust_others, c_others: OTHERS.iter().map(decode).collect() }
    }

    fn rust(&mut self, operation: &Operation, setting: &Setting) -> (Answer, u64) {
        let options = EditOptions {
            principal: setting.server.map_or(Principal::Device, Principal::Server),
            now: TStamp::from_unix(setting.now).filter(|_| setting.now != 0),
            implicit_parents: setting.implicit,
            ..EditOptions::default()
        };
        let id = |outcome: Result<NodeId>| (answer_of(&outcome), outcome.map_or(0, NodeId::to_bits));
        let none = |outcome: Result<()>| (answer_of(&outcome), 0);
        let state = |is_done: bool| ((if is_done { 0 } else { 17 }, if is_done { 0 } else { u64::MAX }), 0);
        let top = |tree: &Tree<'static>| tree.root().children().next().unwrap().id();
        let others = &self.rust_others;
        match operation {
            Operation::Begin => {
                self.rust.begin();
                return ((0, 0), 0);
            }
            Operation::Commit => return state(self.rust.commit()),
            Operation::RollBack => return state(self.rust.roll_back()),
            Operation::Compact if self.rust.transactions() > 0 => return state(false),
            Operation::Compact => return ((0, 0), self.rust.compact() as u64),
            _ => {}
        }
        let mut edit = self.rust.edit(&options);
        match operation {
            Operation::AddInterior(uri, mo_id) => {
                id(edit.add(uri, &mo_id.map_or(NewNode::interior(), NewNode::object)))
            }
            Operation::AddLeaf(uri, value, format) => {
                id(edit.add(uri, &NewNode::leaf(value).format(*format).title("T")))
            }
            Operation::AddOctets(uri, octets) => id(edit.add(uri, &NewNode::octets(octets))),
            Operation::Replace(uri, value, format) => {
                let new = NewValue::text(value);
                none(edit.replace(uri, &format.map_or(new, |format| new.format(format))))
            }
            Operation::Delete(uri) => none(edit.delete(uri)),
            Operation::Copy(from, to) => none(edit.copy(from, to)),
            Operation::Rename(uri, name) => none(edit.rename(uri, name)),
            Operation::Set(uri, property, value) => none(edit.set_property(uri, *property, value)),
            Operation::SetPermanent(uri, is) => {
                let mut edit = self.rust.edit(&EditOptions::default());
                none(edit.set_permanent(uri, *is))
            }
            Operation::RemoveServer(server) => {
                let changed = edit.remove_server(server);
                (answer_of(&changed), changed.unwrap_or_default() as u64)
            }
            Operation::Merge(uri, other) => {
                let from = &others[*other];
                none(edit.merge_subtree(uri, from.node(top(from)).unwrap()))
            }
            Operation::ReplaceSubtree(uri, other) => {
                let from = &others[*other];
                none(edit.replace_subtree(uri, from.node(top(from)).unwrap()))
            }
            Operation::AddSubtree(uri, other) => {
                let from = &others[*other];
                id(edit.add_subtree(uri, from.node(top(from)).unwrap()))
            }
            _ => unreachable!(),
        }
    }

    fn c(&mut self, operation: &Operation, setting: &Setting) -> (Answer, u64) {
        let (tree, mut error) = (self.c, init::<omadm_error>());
        let error = &mut error;
        let options = omadm_edit_options {
            principal: setting.server.map_or(NOTHING, text),
            now: setting.now,
            flags: if setting.implicit { OMADM_EDIT_IMPLICIT_PARENTS } else { 0 },
            ..init()
        };
        let (mut node, mut count) = (0, 0_usize);
        let top = |other: usize| {
            let (mut info, mut written) = (init::<omadm_node_info>(), 0);
            let (tree, size) = (self.c_others[other], size_of::<omadm_node_info>());
            let mut root = 0;
            // SAFETY: the contract.
            unsafe {
                assert_eq!(omadm_tree_summary(tree, null_mut(), &mut root, null_mut()), 0);
                assert_eq!(omadm_tree_children(tree, root, 0, &mut info, size, 1, &mut written, null_mut()), 0);
            }
            info.node
        };
        let at = |text: &str| (text.as_ptr().cast(), text.len());
        // SAFETY: the contract.
        let rc = unsafe {
            match operation {
                Operation::Begin => omadm_tree_begin(tree, error),
                Operation::Commit => omadm_tree_commit(tree, error),
                Operation::RollBack => omadm_tree_roll_back(tree, error),
                Operation::Compact => omadm_tree_compact(tree, &mut count, error),
                Operation::AddInterior(uri, mo_id) => {
                    let new = omadm_new_node { node_type: mo_id.map_or(NOTHING, text), ..init() };
                    omadm_tree_add(tree, at(uri).0, at(uri).1, &new, &options, &mut node, error)
                }
                Operation::AddLeaf(uri, value, format) => {
                    let new =
                        omadm_new_node { text: text(value), format: number(Some(*format)), title: text("T"), ..init() };
                    omadm_tree_add(tree, at(uri).0, at(uri).1, &new, &options, &mut node, error)
                }
                Operation::AddOctets(uri, octets) => {
                    let octets = omadm_bytes { ptr: octets.as_ptr(), len: octets.len() };
                    let new = omadm_new_node { octets, ..init() };
                    omadm_tree_add(tree, at(uri).0, at(uri).1, &new, &options, &mut node, error)
                }
                Operation::Replace(uri, value, format) => {
                    let new = omadm_new_value { text: text(value), format: number(*format), ..init() };
                    omadm_tree_replace(tree, at(uri).0, at(uri).1, &new, &options, error)
                }
                Operation::Delete(uri) => omadm_tree_delete(tree, at(uri).0, at(uri).1, &options, error),
                Operation::Copy(from, to) => {
                    omadm_tree_copy(tree, at(from).0, at(from).1, at(to).0, at(to).1, &options, error)
                }
                Operation::Rename(uri, name) => {
                    omadm_tree_rename(tree, at(uri).0, at(uri).1, at(name).0, at(name).1, &options, error)
                }
                Operation::Set(uri, property, value) => {
                    let (name, mut number) = (property.name(), 0);
                    assert_eq!(omadm_property_from_name(at(name).0, at(name).1, &mut number, null_mut()), 0);
                    omadm_tree_set_property(
                        tree,
                        at(uri).0,
                        at(uri).1,
                        number,
                        at(value).0,
                        at(value).1,
                        &options,
                        error,
                    )
                }
                Operation::SetPermanent(uri, is) => {
                    omadm_tree_set_permanent(tree, at(uri).0, at(uri).1, (*is).into(), error)
                }
                Operation::RemoveServer(server) => {
                    omadm_tree_remove_server(tree, at(server).0, at(server).1, &options, &mut count, error)
                }
                Operation::Merge(uri, other) => {
                    let from = self.c_others[*other];
                    omadm_tree_merge_subtree(tree, at(uri).0, at(uri).1, from, top(*other), &options, error)
                }
                Operation::ReplaceSubtree(uri, other) => {
                    let from = self.c_others[*other];
                    omadm_tree_replace_subtree(tree, at(uri).0, at(uri).1, from, top(*other), &options, error)
                }
                Operation::AddSubtree(uri, other) => {
                    let from = self.c_others[*other];
                    omadm_tree_add_subtree(tree, at(uri).0, at(uri).1, from, top(*other), &options, &mut node, error)
                }
            }
        };
        (told(rc, error), node.max(count as u64))
    }

    /// Both trees have the same nodes under the same numbers, and answer the same.
    fn compare(&self, uri: &str) {
        let mut listed = Vec::new();
        let (mut batch, mut after, mut written) = ([init::<omadm_node_info>(); 3], 0, 1);
        let size = size_of::<omadm_node_info>();
        while written > 0 {
            // SAFETY: the contract.
            let rc = unsafe {
                omadm_tree_nodes(self.c, 0, after, batch.as_mut_ptr(), size, batch.len(), &mut written, null_mut())
            };
            assert_eq!(rc, 0);
            listed.extend(batch[..written].iter().map(|info| info.node));
            after = listed.last().copied().unwrap_or_default();
        }
        let expected: Vec<u64> = self.rust.nodes().map(|node| node.id().to_bits()).collect();
        assert_eq!(listed, expected);

        let mut open = 0;
        // SAFETY: the contract.
        assert_eq!(unsafe { omadm_tree_transactions(self.c, &mut open, null_mut()) }, 0);
        assert_eq!(open, self.rust.transactions());

        let mut node = 0;
        // SAFETY: the contract.
        let rc = unsafe { omadm_tree_get(self.c, uri.as_ptr().cast(), uri.len(), &mut node, null_mut()) };
        match self.rust.get(uri) {
            Ok(Some(found)) => assert_eq!((rc, node), (0, found.id().to_bits())),
            Ok(None) => assert_eq!(rc, 2),
            Err(error) => assert_eq!(rc, error.kind().code()),
        }

        for server in [None, Some("one"), Some("two")] {
            self.compare_for(server);
        }
    }

    /// What a server sees is the same.
    fn compare_for(&self, server: Option<&str>) {
        let principal = server.map_or(Principal::Device, Principal::Server);
        let (at, len) = server.map_or((null(), 0), |server| (server.as_ptr().cast(), server.len()));
        let (mut nodes, mut rights, mut found) = ([0_u64; 64], [0_u32; 64], 0);
        let count = self.rust.len().min(64);
        // SAFETY: the contract.
        let rc = unsafe {
            omadm_tree_rights_below(
                self.c,
                0,
                at,
                len,
                nodes.as_mut_ptr(),
                rights.as_mut_ptr(),
                64,
                &mut found,
                null_mut(),
            )
        };
        assert_eq!((rc, found), (0, self.rust.len()));
        let listed: Vec<(u64, u32)> = nodes.into_iter().zip(rights).take(count).collect();
        // Node by node, where the C function walks.
        let bits = |commands: AclCommands| u32::from(commands.bits());
        let expected = self.rust.nodes().map(|node| (node.id().to_bits(), bits(node.rights(principal))));
        assert_eq!(listed, expected.take(count).collect::<Vec<_>>());

        let search = omadm_search { principal: omadm_str { ptr: at, len }, ..init() };
        // SAFETY: the contract.
        let rc = unsafe { omadm_tree_search(self.c, &search, nodes.as_mut_ptr(), 64, &mut found, null_mut()) };
        let search = MoSearch::new().principal(principal);
        let expected: Vec<u64> = search.find(&self.rust).map(|node| node.id().to_bits()).collect();
        assert_eq!((rc, nodes.get(..found)), (0, Some(expected.as_slice())));

        let pattern = "**/B[A]";
        // SAFETY: the contract.
        let rc = unsafe {
            let (to, pattern) = (nodes.as_mut_ptr(), (pattern.as_ptr().cast(), pattern.len()));
            omadm_tree_select(self.c, pattern.0, pattern.1, at, len, null(), to, 64, &mut found, null_mut())
        };
        let pattern = Pattern::parse(pattern).unwrap();
        let expected: Vec<u64> = self.rust.select_for(&pattern, principal).map(|node| node.id().to_bits()).collect();
        assert_eq!((rc, nodes.get(..found)), (0, Some(expected.as_slice())));

        for (number, encoding) in [(1, Encoding::Xml), (2, Encoding::Wbxml)] {
            let (mut buffer, mut error) = (init::<omadm_buffer>(), init::<omadm_error>());
            let options = omadm_tnds_options { principal: omadm_str { ptr: at, len }, ..init() };
            // SAFETY: the contract.
            let rc = unsafe { omadm_tree_encode(self.c, 0, number, &options, &mut buffer, &mut error) };
            let options = tnds::EncodeOptions { principal, ..tnds::EncodeOptions::default() };
            let expected = tnds::encode(&self.rust, encoding, &options);
            assert_eq!(told(rc, &error), answer_of(&expected));
            if let Ok(expected) = expected {
                // SAFETY: the contract.
                assert_eq!(unsafe { core::slice::from_raw_parts(buffer.data, buffer.len) }, expected);
            }
            // SAFETY: the contract.
            unsafe { omadm_buffer_free(&mut buffer) };
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn c_and_rust_do_the_same(operations in prop::collection::vec((operation(), setting(), uri()), 1..40)) {
        let mut both = Both::new();
        for (operation, setting, uri) in &operations {
            let (expected, made) = (both.rust(operation, setting), both.c(operation, setting));
            prop_assert_eq!(made, expected, "{:?} {:?}", operation, setting);
            both.compare(uri);
        }
    }
}
