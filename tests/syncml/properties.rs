//! What holds for every message: owned equals borrowed, order means nothing, fragments can be reopened, no input hurts.

use super::views::{all_documents, dump, elements, own, touch_all};
use omadm::markup::{Event, Fragment, Options, Reader};
use omadm::syncml::{CommandKind, Cred, Data, Message, Meta};
use proptest::prelude::*;

#[test]
fn owned_messages_equal_borrowed_ones() {
    let options = Options { bare_ampersand: true, ..Options::default() };
    for (name, input, _) in all_documents() {
        let message = Message::decode_with(&input, &options).unwrap();
        let borrowed = dump(&message);
        let offsets: Vec<usize> = message.all_commands().map(|command| command.offset()).collect();
        let owned = message.into_owned();
        drop(input);
        assert_eq!(dump(&owned), borrowed, "{name}");
        assert!(owned.all_commands().map(|command| command.offset()).eq(offsets), "{name}");
        assert_eq!(dump(&owned.clone()), borrowed, "{name}");
    }
}

#[test]
fn secrets_are_not_in_debug_output() {
    let input = own("package1.syncml.xml");
    let message = Message::decode(&input).unwrap();
    let cred = message.header().cred().unwrap();
    let secret = cred.data().unwrap().text().unwrap();
    let mut debug = format!("{message:?}{:?}{cred:?}{:?}", message.header(), cred.data());
    for command in message.all_commands() {
        debug.push_str(&format!("{command:?}{:?}", command.items().collect::<Vec<_>>()));
    }
    assert!(!debug.contains(secret) && debug.contains("syncml:auth-md5"), "{debug}");

    let input = own("results-cdata.syncml.xml");
    let message = Message::decode(&input).unwrap();
    let results = message.commands().find(|command| command.kind() == CommandKind::Results).unwrap();
    let embedded = results.items().next().unwrap().data().unwrap().embedded().unwrap();
    let debug = format!("{embedded:?}");
    assert!(debug.starts_with("Embedded") && debug.len() < 100, "{debug}");
}

const MESSAGE: &str = "<SyncML xmlns='SYNCML:SYNCML1.2' xmlns:v='urn:vendor' xmlns:m='syncml:metinf'>\
    <SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>\
    <Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source><v:h a='1'>h<v:i/></v:h></SyncHdr>\
    <SyncBody><Add><CmdID>1</CmdID><Meta><m:EMI>e</m:EMI><v:m/></Meta><v:c/><Item><v:d>&amp;</v:d></Item><v:e/></Add>\
    <Atomic><CmdID>2</CmdID><v:f/></Atomic>\
    <Sync><CmdID>3</CmdID><v:g/><Add><CmdID>4</CmdID><Item><Meta><m:Type>x</m:Type></Meta></Item></Add></Sync>\
    <v:b/><Final/></SyncBody><v:a/></SyncML>";

fn opened(extras: impl Iterator<Item = Fragment<'static>>) -> Vec<String> {
    let options = Options::default();
    extras
        .map(|fragment| {
            let mut reader = fragment.reader(&options);
            let Some(Event::Start(name)) = reader.next_event().unwrap() else { panic!() };
            if let omadm::markup::Name::Other { namespace, .. } = name {
                assert_eq!(namespace.unwrap().name(), "urn:vendor");
            }
            assert_eq!(MESSAGE.as_bytes()[fragment.offset()..][..fragment.bytes().len()], *fragment.bytes());
            elements(&mut fragment.reader(&options)).unwrap()
        })
        .collect()
}

#[test]
fn unknown_elements_are_kept_in_order_and_reopened() {
    // Leaked, so that views of it can be handed around.
    let message: &'static Message<'static> =
        Box::leak(Box::new(Message::decode(MESSAGE.as_bytes()).unwrap().into_owned()));
    assert_eq!(opened(message.header().extras()), [r#"(h "h"(i ))"#]);
    assert_eq!(opened(message.body_extras()), ["(b )"]);
    assert_eq!(opened(message.root_extras()), ["(a )"]);
    let add = message.commands().next().unwrap();
    assert_eq!(opened(add.extras()), ["(c )", "(e )"]);
    assert_eq!(opened(add.meta().unwrap().extras()), [r#"(EMI "e")"#, "(m )"]);
    assert_eq!(opened(add.items().next().unwrap().extras()), [r#"(d "&")"#]);
    assert_eq!(opened(message.commands().nth(1).unwrap().extras()), ["(f )"]);
}

#[test]
fn other_commands_are_reopened_with_inherited_namespaces() {
    let message = Message::decode(MESSAGE.as_bytes()).unwrap();
    let sync = message.commands().nth(2).unwrap();
    assert_eq!(
        (sync.kind(), sync.name(), sync.cmd_id(), sync.children().count()),
        (CommandKind::Other, "Sync", "3", 0)
    );
    let fragment = sync.fragment().unwrap();
    let mut reader = fragment.reader(&Options::default());
    let mut known = 0;
    while let Some(event) = reader.next_event().unwrap() {
        known += usize::from(matches!(event, Event::Start(name) if name.tag().is_some()));
    }
    assert_eq!(known, 7);
    let expected = r#"(Sync (CmdID "3")(g )(Add (CmdID "4")(Item (Meta (Type "x")))))"#;
    assert_eq!(elements(&mut fragment.reader(&Options::default())).unwrap(), expected);
}

#[test]
fn other_commands_are_reopened_with_their_pages_and_string_table() {
    // A Put on page 0 with a Meta on page 1, after a Meta of its own; texts from the string table.
    let table = "612f6200"; // a/b
    let header = "6d 6c 7103312e320001 7203444d2f312e320001 65033100015b033100016e570374000101 67570373000101 \
                  5a 0001 4c 033900 01 01 0000 01";
    let put = "5f 4b033100 01 5a 0001 53 8300 01 01 0000 54 4f 8300 01 01 01";
    let octets = super::views::hex(&format!("02a4016a04 {table} {header} 6b {put} {put} 12 01 01"));
    let message = Message::decode(&octets).unwrap().into_owned();
    for command in message.commands() {
        let mut reader = command.fragment().unwrap().reader(&Options::default());
        let tree = elements(&mut reader).unwrap();
        assert_eq!(tree, r#"(Put (CmdID "1")(Meta (Type "a/b"))(Item (Data "a/b")))"#);
    }
    // Extras of MetInf begin on page 1.
    let alert = "46 4b033200 01 54 5a 0001 45 4a 033100 01 01 01 0000 01 01";
    let octets = super::views::hex(&format!("02a4016a04 {table} {header} 6b {alert} 01 01"));
    let message = Message::decode(&octets).unwrap();
    let meta = message.commands().next().unwrap().items().next().unwrap().own_meta().unwrap();
    let anchor = meta.extras().next().unwrap();
    assert_eq!(elements(&mut anchor.reader(&Options::default())).unwrap(), r#"(Anchor (Last "1"))"#);
}

#[test]
fn other_commands_are_reopened_without_namespaces_of_their_own() {
    let input = MESSAGE.replace(" xmlns='SYNCML:SYNCML1.2'", "");
    let message = Message::decode(input.as_bytes()).unwrap();
    let fragment = message.commands().nth(2).unwrap().fragment().unwrap();
    let mut reader = fragment.reader(&Options::default());
    let mut names = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        if let Event::Start(name) = event {
            names.extend(name.tag().map(|tag| tag.name()));
        }
    }
    assert_eq!(names, ["Sync", "CmdID", "Add", "CmdID", "Item", "Meta", "Type"]);
}

/// A default namespace that was taken back around a fragment is none in it either.
#[test]
fn a_fragment_in_no_namespace_stays_in_none() {
    let input = MESSAGE.replace("<SyncBody>", "<SyncBody xmlns=''><Foo><Bar/></Foo>");
    let message = Message::decode(input.as_bytes()).unwrap().into_owned();
    assert_eq!(message.commands().count(), 3);
    let foo = message.body_extras().next().unwrap();
    let mut reader = foo.reader(&Options::default());
    for name in ["Foo", "Bar"] {
        let event = reader.next_event().unwrap();
        let expected = omadm::markup::Name::Other { qname: name, namespace: None };
        assert_eq!(event, Some(Event::Start(expected)));
    }
}

// ------------------------------------------------------------------------------------------- order of children

/// Writes an element with its children shuffled. Those that are lists keep their order among themselves: commands, items,
/// references, and header and body.
fn write_shuffled(
    out: &mut String,
    node: roxmltree::Node<'_, '_>,
    outside: &str,
    random: &mut impl FnMut(usize) -> usize,
) {
    let name = node.tag_name();
    let namespace = name.namespace().unwrap_or_default();
    out.push_str(&format!("<{}", name.name()));
    if namespace != outside {
        out.push_str(&format!(" xmlns=\"{namespace}\""));
    }
    out.push('>');
    let children: Vec<_> = node.children().filter(roxmltree::Node::is_element).collect();
    if children.is_empty() {
        let text = node.text().unwrap_or_default();
        out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
    }
    let list = |child: &roxmltree::Node<'_, '_>| {
        let name = child.tag_name().name();
        let commands =
            ["Add", "Alert", "Atomic", "Copy", "Delete", "Exec", "Get", "Replace", "Results", "Sequence", "Status"];
        let group = match name {
            "TargetRef" | "SourceRef" => "refs",
            "SyncHdr" | "SyncBody" => "message",
            _ if commands.contains(&name) && child.has_children() => "commands",
            _ => name,
        };
        group.to_owned()
    };
    let mut order: Vec<String> = children.iter().map(list).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, random(last + 1));
    }
    let mut left = children;
    for group in order {
        let at = left.iter().position(|child| list(child) == group).unwrap();
        write_shuffled(out, left.remove(at), namespace, random);
    }
    out.push_str(&format!("</{}>", name.name()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn children_in_any_order_give_the_same_views(seed in any::<u64>()) {
        let input = own("package2.syncml.xml");
        let document = roxmltree::Document::parse(core::str::from_utf8(&input).unwrap()).unwrap();
        let mut state = seed | 1;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % below as u64).unwrap()
        };
        let mut shuffled = String::new();
        write_shuffled(&mut shuffled, document.root_element(), "", &mut random);
        let message = Message::decode(shuffled.as_bytes());
        prop_assert!(message.is_ok(), "{:?}\n{}", message, shuffled);
        prop_assert_eq!(dump(&message.unwrap()), dump(&Message::decode(&input).unwrap()));
    }

    #[test]
    fn any_octets_are_read_without_a_panic(input in prop::collection::vec(any::<u8>(), 0..200), binary in any::<bool>()) {
        let start = if binary { &b"\x02\xA4\x01\x6A\x00\x6D\x6C"[..] } else { b"<SyncML><SyncHdr>" };
        for input in [[start, &input].concat(), input] {
            if let Ok(message) = Message::decode(&input) {
                touch_all(&message);
            }
        }
    }
}

// ------------------------------------------------------------------------------------------- robustness

const SMALL: usize = 4096;

fn small_documents() -> Vec<(String, Vec<u8>)> {
    let small = |(name, input, _): (String, Vec<u8>, _)| (input.len() < SMALL).then_some((name, input));
    let mut documents: Vec<_> = all_documents().into_iter().filter_map(small).collect();
    // Some of others' files are equal but for spaces.
    documents.sort_by(|(_, a), (_, b)| a.cmp(b));
    documents.dedup_by(|(_, a), (_, b)| a == b);
    documents
}

/// Where the root element ends: what follows it may be cut off.
fn end_of_root(input: &[u8]) -> usize {
    if input.first().is_some_and(|octet| *octet < 4) {
        return input.iter().rposition(|octet| *octet == 1).unwrap() + 1;
    }
    input.iter().rposition(|octet| *octet == b'>').unwrap() + 1
}

/// Calls every accessor, without making texts of what they return.
fn walk(message: &Message<'_>) -> usize {
    let header = message.header();
    let mut sum =
        header.target().len() + header.source().len() + header.ver_dtd().len() + header.ver_proto().map_or(0, str::len);
    sum +=
        header.session_id().len() + header.msg_id().len() + length(header.resp_uri()) + usize::from(header.no_resp());
    sum +=
        length(header.target_name()) + length(header.source_name()) + header.extras().map(walk_fragment).sum::<usize>();
    sum += header.meta().map_or(0, walk_meta) + header.cred().map_or(0, walk_cred);
    for command in message.all_commands() {
        sum += command.cmd_id().len() + command.name().len() + command.offset() + command.children().count();
        sum += length(command.msg_ref()) + length(command.cmd_ref()) + length(command.cmd()) + length(command.lang());
        sum += length(command.correlator()) + command.refs().len() + usize::from(command.no_resp());
        sum += command.status().map_or(0, |code| length(code.name()))
            + command.alert().map_or(0, |code| length(code.name()));
        sum += command.data().map_or(0, walk_data) + command.meta().map_or(0, walk_meta);
        sum += command.chal().map_or(0, |chal| walk_meta(chal.meta())) + command.cred().map_or(0, walk_cred);
        sum += command.extras().chain(command.fragment()).map(walk_fragment).sum::<usize>();
        for item in command.items() {
            sum += item.offset() + length(item.target()) + length(item.source()) + usize::from(item.more_data());
            sum += length(item.target_name())
                + length(item.source_name())
                + length(item.format())
                + length(item.media_type());
            sum += length(item.target_parent()) + length(item.source_parent()) + item.own_meta().map_or(0, walk_meta);
            sum += item.data().map_or(0, walk_data) + item.extras().map(walk_fragment).sum::<usize>();
        }
    }
    sum
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, str::len)
}

fn walk_meta(meta: Meta<'_>) -> usize {
    let texts = [meta.format(), meta.media_type(), meta.mark(), meta.version()];
    let numbers = [meta.size(), meta.max_msg_size(), meta.max_obj_size()];
    texts.into_iter().map(length).sum::<usize>()
        + numbers.into_iter().flatten().count()
        + meta.next_nonce().map_or(0, walk_data)
        + meta.extras().map(walk_fragment).sum::<usize>()
}

fn walk_cred(cred: Cred<'_>) -> usize {
    cred.meta().map_or(0, walk_meta) + cred.data().map_or(0, walk_data)
}

fn walk_data(data: Data<'_>) -> usize {
    let mut sum =
        data.offset() + data.bytes().len() + length(data.text()) + data.base64().map_or(0, |octets| octets.len());
    sum += data.fragment().map_or(0, walk_fragment);
    if let Some(embedded) = data.embedded() {
        sum += embedded.bytes().len();
        match embedded.reader(&Options::default()) {
            Ok(mut reader) => sum += walk_events(&mut reader),
            Err(error) => assert!(error.inner().is_none() || error.offset() == data.offset()),
        }
    }
    sum
}

fn walk_fragment(fragment: Fragment<'_>) -> usize {
    fragment.bytes().len() + fragment.offset() + walk_events(&mut fragment.reader(&Options::default()))
}

fn walk_events<'a>(reader: &mut impl Reader<'a>) -> usize {
    let mut sum = 0;
    while let Ok(Some(event)) = reader.next_event() {
        sum += event.text().map_or(0, |text| text.len())
            + reader.attrs().map(|attr| attr.value.as_str().len()).sum::<usize>();
    }
    sum
}

fn read_all(input: &[u8]) -> bool {
    match Message::decode(input) {
        Ok(message) => {
            walk(&message);
            true
        }
        Err(error) => {
            assert!(error.offset() <= input.len(), "{error} in {} octets", input.len());
            false
        }
    }
}

#[test]
fn truncated_messages_are_errors() {
    for (name, input) in small_documents() {
        let end = end_of_root(&input);
        for len in 0..input.len() {
            let truncated = &input[..len];
            let decoded = read_all(truncated);
            if decoded {
                touch_all(&Message::decode(truncated).unwrap());
            }
            assert!(!decoded || len >= end, "{name} cut to {len} of {end}");
        }
    }
}

#[test]
fn single_bit_flips_never_panic() {
    let documents = small_documents();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // Every n-th octet of every document to each thread.
    let flip = &|first: usize| {
        let mut decoded = 0_usize;
        for (_, input) in &documents {
            let mut input = input.clone();
            for at in (first..input.len()).step_by(cores) {
                for bit in 0..8 {
                    input[at] ^= 1 << bit;
                    decoded += usize::from(read_all(&input));
                    input[at] ^= 1 << bit;
                }
            }
        }
        decoded
    };
    let decoded: usize = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|first| scope.spawn(move || flip(first))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    // Most flips fall into text and do no harm.
    assert!(decoded > 10_000, "{decoded}");
}

#[test]
fn locating_errors_never_panics() {
    for (_, input) in small_documents() {
        for len in (0..input.len()).step_by(37) {
            if let Err(error) = Message::decode(&input[..len]) {
                let location = error.locate(&input[..len]);
                assert!(location.path.is_empty() || location.path.starts_with("SyncML"), "{location}");
            }
        }
    }
}

#[test]
fn deep_nesting_is_refused_without_recursion() {
    for opened in ["<Atomic><CmdID>1</CmdID>", "<v:x xmlns:v='urn:v'>", "<Add><CmdID>1</CmdID><Item><Data><a>"] {
        let (start, _) = MESSAGE.split_once("<Add>").unwrap();
        let input = format!("{start}{}", opened.repeat(100_000));
        let error = Message::decode(input.as_bytes()).unwrap_err();
        // A second Add inside Data is markup, too.
        let limit =
            if opened.contains("xmlns") { omadm::ErrorKind::LimitNamespaces } else { omadm::ErrorKind::LimitDepth };
        assert_eq!(error.kind(), limit, "{error}");
    }
}
