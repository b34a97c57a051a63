//! Accidents of those who read XML and WBXML.

use crate::common::messages::message;
use crate::common::{error_of, read_all, with_reader};
use omadm::convert::{ConvertOptions, to_wbxml, to_xml};
use omadm::markup::{Encoding, Event, Name, Options, Reader};
use omadm::notification::v12;
use omadm::push::wsp::Push;
use omadm::syncml::{Feeder, Message};
use omadm::tree::Tree;
use omadm::{Error, ErrorKind, Limits, ddf, devinf, provisioning, query, tnds};

const DEPTH: u32 = Limits::DEFAULT.depth;

/// All that read documents, with their default options: what they say of this one.
fn all_readers(input: &[u8]) -> Vec<(&'static str, Option<Error>)> {
    let options = ConvertOptions::default();
    let fed = || {
        let mut feeder = Feeder::new(&Options::default());
        for chunk in input.chunks(100_000) {
            feeder.feed(chunk)?;
            while feeder.next_command()?.is_some() {}
        }
        feeder.finish();
        feeder.next_command().map(drop)
    };
    vec![
        ("events", read_all(input, &Options::default()).err()),
        ("message", Message::decode(input).err()),
        ("fed", fed().err()),
        ("to XML", to_xml(input, &options).err()),
        ("to WBXML", to_wbxml(input, &options).err()),
        ("tree", tnds::decode(input).err()),
        ("description", ddf::decode(input).err()),
        ("provisioning", provisioning::Document::decode(input).err()),
        ("device information", devinf::DevInf::decode(input).err()),
        ("meta-information", devinf::MetInf::decode(input).err()),
        ("detect", omadm::detect(input).err()),
    ]
}

/// §4.2: 100,000 elements inside each other end libwbxml; §6: expat, CVE-2024-8176.
#[test]
fn elements_inside_each_other_end_at_the_limit_of_depth_in_every_reader() {
    for count in [100_000, 10_000_000] {
        let nested = |open: &str| open.repeat(count);
        for (root, open) in [
            ("<SyncML xmlns='SYNCML:SYNCML1.2'>", "<SyncBody>"),
            ("<SyncML xmlns='SYNCML:SYNCML1.2'><SyncBody>", "<Atomic>"),
            ("<MgmtTree>", "<Node>"),
            ("<wap-provisioningdoc>", "<characteristic type='A'>"),
            ("<DevInf xmlns='syncml:devinf'>", "<Ext>"),
        ] {
            if count > 100_000 && root.len() > 10 {
                continue;
            }
            let input = format!("{root}{}", nested(open)).into_bytes();
            let limit = root.len() + (DEPTH as usize - root.matches('<').count()) * open.len();
            let (_, first) = all_readers(&input)[0];
            assert_eq!(first, Some(Error::new(ErrorKind::LimitDepth, limit)), "{open}");
            for (name, error) in all_readers(&input) {
                // Others have seen before that it is none of theirs.
                assert!(
                    name == "detect" || error.is_some_and(|error| error.offset() <= limit),
                    "{name} {open}: {error:?}"
                );
            }
        }
        // SyncML, then 54 for each Item.
        let input = [b"\x02\xA4\x01\x6A\x00\x6D", &vec![0x54; count][..]].concat();
        for (name, error) in all_readers(&input) {
            assert!(
                name == "detect" || error.is_some_and(|error| error.offset() <= 5 + DEPTH as usize),
                "{name}: {error:?}"
            );
        }
        assert_eq!(error_of(&input, &Options::default()), Some((ErrorKind::LimitDepth, 5 + DEPTH as usize)));
    }
}

/// The same with the limit out of the way: nothing recurses, not even to let go of what was read.
#[test]
fn ten_million_elements_inside_each_other_need_no_stack() {
    const COUNT: usize = 10_000_000;
    let options = Options { limits: Limits { depth: u32::MAX, ..Limits::default() }, ..Options::default() };
    let count = |input: &[u8]| {
        with_reader(input, &options, |reader| {
            let mut events = 0_usize;
            while reader.next_event()?.is_some() {
                events += 1;
            }
            Ok(events)
        })
    };
    let binary = [b"\x02\xA4\x01\x6A\x00", &vec![0x54; COUNT][..], &vec![0x01; COUNT]].concat();
    assert_eq!(count(&binary), Ok(2 * COUNT));
    drop(binary);
    let text = ["<a>".repeat(COUNT), "</a>".repeat(COUNT)].concat();
    assert_eq!(count(text.as_bytes()), Ok(2 * COUNT));
    drop(text);
    // A tree as deep, and what is written of it.
    let node = "<Node><NodeName>n</NodeName>";
    let document = format!("<MgmtTree>{}{}</MgmtTree>", node.repeat(COUNT / 100), "</Node>".repeat(COUNT / 100));
    let tree: Tree<'_> = tnds::decode_with(document.as_bytes(), &options).unwrap();
    assert_eq!(tree.len(), COUNT / 100 + 1);
    let written = tnds::EncodeOptions { limits: options.limits, ..tnds::EncodeOptions::default() };
    assert!(tnds::encode(tree.root(), Encoding::Wbxml, &written).unwrap().len() > COUNT / 100);
    assert_eq!(tree.root().descendants().count(), COUNT / 100 + 1);
    drop(tree.clone());
}

/// §6: an opaque length that wraps made Wireshark go round for ever (#17925); CVE-2016-5359 and CVE-2017-7702 are loops without
/// progress, as are those of WSP, CVE-2018-14339 and CVE-2018-19622. Every event has to use up input.
#[test]
fn no_token_is_read_twice() {
    // All tokens, each followed by lengths and indexes that are too large, wrap, or are empty.
    let numbers: [&[u8]; 6] =
        [b"\x00", b"\x7F", b"\x8F\xFF\xFF\xFF\x7F", b"\x8F\xFF\xFF\xFF\x70", b"\x90\x80\x80\x80\x00", b"\x80\x00"];
    for token in 0..=u8::MAX {
        for number in numbers {
            for after in [&b""[..], b"\x01", b"abc\x00\x01\x01"] {
                let input = [b"\x02\xA4\x01\x6A\x04ab\0\0\x6D\x4F", &[token][..], number, after].concat();
                let end = with_reader(&input, &Options::default(), |reader| {
                    let mut events = 0;
                    while reader.next_event()?.is_some() {
                        events += 1;
                        assert!(events <= 2 * input.len(), "{}", input.escape_ascii());
                    }
                    Ok(())
                });
                assert!(end.is_ok() || end.is_err_and(|error| error.offset() <= input.len()));
                let push = [b"\x01\x06", &[token][..], number, after].concat();
                assert!(
                    Push::decode(&push).is_ok() || Push::decode(&push).is_err_and(|error| error.offset() <= push.len())
                );
            }
        }
    }
}

/// §4.2, §6: a string table that claims 4 GiB, and places behind its end, take no memory and are no string.
#[test]
fn a_string_table_of_4_gib_and_places_outside_of_it_are_refused() {
    for length in [&b"\x8F\xFF\xFF\xFF\x7F"[..], b"\x88\x80\x80\x80\x00", b"\x84\x80\x80\x80\x00"] {
        let input = [b"\x02\xA4\x01\x6A", length, b"abc\0\x6D\x4F\x83\x00\x01\x01"].concat();
        let taken = allocation_counter::measure(|| {
            assert_eq!(error_of(&input, &Options::default()), Some((ErrorKind::LimitStringTable, 4)));
        });
        assert!(taken.bytes_max < 10_000, "{}", taken.bytes_max);
        let options = Options { limits: Limits { string_table: u32::MAX, ..Limits::default() }, ..Options::default() };
        assert_eq!(error_of(&input, &options), Some((ErrorKind::WbxmlStringTable, 4)));
    }
    for index in [&b"\x04"[..], b"\x7F", b"\x8F\xFF\xFF\xFF\x7F"] {
        let input = [b"\x02\xA4\x01\x6A\x04abc\0\x6D\x4F\x83", index, b"\x01\x01"].concat();
        assert_eq!(error_of(&input, &Options::default()), Some((ErrorKind::WbxmlStringIndex, 12)));
    }
}

/// §6: Wakaama #425 lost some octets with every packet that it refused.
#[test]
fn what_is_refused_leaves_nothing_behind() {
    let bad: [&[u8]; 6] = [
        b"<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><Cred><Meta/>",
        b"<MgmtTree><Node><NodeName>a</NodeName><Value>b",
        b"\x02\xA4\x01\x6A\x00\x6D\x4F\x03abc\x00",
        b"\x02\x0B\x6A\x00\x45\xC6\x05\x03abc\x00",
        b"\x01\x06\x0A\x01\xC4\xAF\x87",
        b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x02\xC0\0\0\0\0\x01\xFFabc",
    ];
    let left = allocation_counter::measure(|| {
        for input in bad {
            for (name, error) in all_readers(input) {
                assert!(name == "detect" || error.is_some(), "{name}");
            }
            let _ = (v12::Notification::decode(input).err(), Push::decode(input).err());
            let mut joiner: omadm::push::Joiner<u8> = omadm::push::Joiner::new(&Limits::default());
            let _ = joiner.sms(1, input, 0);
        }
    });
    assert_eq!(left.count_current, 0, "{} octets", left.bytes_current);
}

/// §6: expat joined namespace and name with a character that a namespace may have (CVE-2022-25236), so that one was taken for
/// another. libwbxml joined them with a colon.
#[test]
fn no_character_in_a_namespace_makes_it_another() {
    for separator in [":", "|", "^", " ", "#", "/", "&#10;", "&#9;", "\u{B}", "\u{C}", "\u{1F}", "\u{FFFD}", "&#x7C;"] {
        for (namespace, name) in [("SYNCML:SYNCML1.2", "Add"), ("syncml:metinf", "Type"), ("syncml:dmddf1.2", "Node")] {
            let joined = format!("{namespace}{separator}{name}");
            let is_blank = [" ", "&#10;", "&#9;"].contains(&separator);
            for input in [
                format!("<x:{name} xmlns:x='{joined}'/>"),
                format!("<{name} xmlns='{joined}'/>"),
                format!("<x:y xmlns:x='{namespace}{separator}x'><x:{name}/></x:y>"),
                // Blanks around a namespace do not count.
                format!("<x:y xmlns:x='{namespace}{}'><x:{name}/></x:y>", if is_blank { "_" } else { separator }),
            ] {
                let outcome = with_reader(input.as_bytes(), &Options::default(), |reader| {
                    while let Some(event) = reader.next_event()? {
                        let Event::Start(name) = event else { continue };
                        let Name::Other { namespace: Some(found), .. } = name else { panic!("{input}: {name:?}") };
                        assert_ne!(found.name(), namespace, "{input}");
                    }
                    Ok(())
                });
                // Control characters are no XML.
                assert_eq!(outcome.is_err(), separator.bytes().any(|octet| octet < 0x20), "{input}: {outcome:?}");
            }
        }
    }
    // And in names there is one colon, or none.
    for name in ["a:b:c", "a:", ":a", "SYNCML:SYNCML1.2:Add"] {
        let error =
            read_all(format!("<{name} xmlns:a='u' xmlns:SYNCML='u'/>").as_bytes(), &Options::default()).unwrap_err();
        assert!((300..400).contains(&error.kind().code()), "{name}: {error}");
    }
}

/// §5.4, §6: content in many adjacent strings overflowed a buffer in Synthesis' toolkit.
#[test]
fn content_in_many_pieces_is_the_content_in_one() {
    const PIECES: usize = 40_000;
    let pieces: Vec<u8> =
        (0..PIECES).flat_map(|at| if at % 2 == 0 { b"\x03abc\0".to_vec() } else { b"\xC3\x03def".to_vec() }).collect();
    let one = message("<Add><CmdID>1</CmdID><Item><Target><LocURI>./A</LocURI></Target><Data>@</Data></Item></Add>");
    let binary = to_wbxml(one.as_bytes(), &ConvertOptions::default()).unwrap();
    let at = binary.windows(3).position(|window| window == b"\x03@\0").unwrap();
    let input = [&binary[..at], &pieces, &binary[at + 3..]].concat();
    let expected = "abcdef".repeat(PIECES / 2);
    let decoded = Message::decode(&input).unwrap();
    let item = decoded.commands().next().unwrap().items().next().unwrap();
    assert_eq!(item.octets().unwrap().unwrap(), expected.as_bytes());
    assert!(to_xml(&input, &ConvertOptions::default()).is_ok());
    // In XML, out of sections, references and comments.
    let xml = one.replace('@', &"a<!-- -->b<![CDATA[c]]>&#100;e&#x66;".repeat(PIECES / 2));
    let decoded = Message::decode(xml.as_bytes()).unwrap();
    let item = decoded.commands().next().unwrap().items().next().unwrap();
    assert_eq!(item.data().unwrap().text().unwrap(), expected);
}

/// §6: entities are what other floods are made of; none is expanded, however many there are, and none is fetched.
#[test]
fn entities_are_neither_expanded_nor_fetched_by_any_reader() {
    let mut doctype = String::from("<!DOCTYPE SyncML [<!ENTITY a0 'aaaaaaaaaa'>");
    for level in 1..30 {
        doctype.push_str(&format!("<!ENTITY a{level} '{}'>", format!("&a{};", level - 1).repeat(10)));
    }
    doctype.push_str("<!ENTITY x SYSTEM 'file:///dev/zero'><!ENTITY % p SYSTEM 'http://127.0.0.1:1/'>]>");
    for entity in ["&a29;", "&a0;", "&x;"] {
        for document in [
            message(&format!("<Add><CmdID>{entity}</CmdID></Add>")),
            format!("<MgmtTree><Man>{entity}</Man></MgmtTree>"),
        ] {
            let input = format!("{doctype}{document}");
            let at = input.rfind(entity).unwrap();
            for (name, error) in all_readers(input.as_bytes()) {
                assert!(name == "detect" || error.is_some_and(|error| error.offset() <= at), "{name}: {error:?}");
            }
            assert_eq!(error_of(input.as_bytes(), &Options::default()), Some((ErrorKind::XmlEntity, at)));
        }
    }
}

/// Paths and queries come from outside, too.
#[test]
fn uris_and_queries_of_a_million_segments_are_refused_or_read_without_recursion() {
    let tree = Tree::new();
    let path = "a/".repeat(1_000_000) + "a";
    assert!(tree.get(&path).unwrap().is_none());
    assert_eq!(query::Pattern::parse(&path).unwrap_err().kind(), ErrorKind::LimitPattern);
    let brackets = "a[".repeat(1_000_000);
    assert!(query::Pattern::parse(&brackets).is_err());
    assert!(query::Uri::parse(&format!("./{path}?list=Struct")).is_ok_and(|uri| uri.path().len() >= path.len()));
}
