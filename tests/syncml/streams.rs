//! Pull reader and feeder give exactly what whole decode gives, however a message is cut.

use super::views::{all_documents, hex, own};
use super::ways::{self, Read};
use omadm::markup::Options;
use omadm::syncml::{Feeder, Message};
use omadm::{ErrorKind, Limits};
use proptest::prelude::*;

fn options() -> Options {
    Options { bare_ampersand: true, ..Options::default() }
}

fn whole(input: &[u8]) -> Read {
    ways::whole(input, &options())
}

fn pulled(input: &[u8]) -> Read {
    ways::pulled(input, &options())
}

fn fed<'i>(chunks: impl Iterator<Item = &'i [u8]>) -> Read {
    ways::fed(chunks, &options())
}

#[test]
fn all_messages_read_alike() {
    let mut commands = 0;
    for (name, input, _) in all_documents() {
        let expected = whole(&input);
        assert_eq!(expected.error, None, "{name}");
        commands += expected.commands.len();
        assert_eq!(pulled(&input), expected, "{name}");
        for size in [1, 2, 3, 7, 64, 500, 1 << 20] {
            assert_eq!(fed(input.chunks(size)), expected, "{name} in chunks of {size}");
        }
    }
    // Ours alone have 52.
    assert!(commands >= 52, "{commands}");
}

/// What fuzzing found: before the end of the declaration nobody knows what octets mean.
#[test]
fn what_tells_the_charset_is_waited_for() {
    let long = "a ".repeat(600);
    let start = "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID><Target>\
                 <LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody><Final/></SyncBody></SyncML>";
    for (charset, error) in [("ISO-8859-1", None), ("koi8-r", Some(ErrorKind::UnsupportedCharset))] {
        let mut input = format!("<?xml version='1.0' x='{long}").into_bytes();
        input.push(0xE9);
        input.extend(format!("' encoding='{charset}'?>{start}").into_bytes());
        let expected = whole(&input);
        assert_eq!(expected.error.map(|error| error.kind()), error, "{charset}");
        for size in [1, 100, 511, 1300, 1 << 20] {
            assert_eq!(fed(input.chunks(size)), expected, "{charset} in chunks of {size}");
        }
    }
    // Nor what comes behind white space.
    let input = format!("\u{FEFF}{}{start}", " ".repeat(600)).into_bytes();
    assert_eq!(whole(&input).error, None);
    for size in [1, 100, 1 << 20] {
        assert_eq!(fed(input.chunks(size)), whole(&input), "in chunks of {size}");
    }
    // One without an end is no document, and is not waited for longer than anything else.
    let input = format!("<?xml version='1.0' {long}{start}").into_bytes();
    assert_eq!(fed(input.chunks(100)).error.map(|error| error.kind()), whole(&input).error.map(|error| error.kind()));
}

/// What fuzzing found: a part that is looked at first may end where the message does, and what is behind it is too much all the same.
#[test]
fn what_stands_behind_the_end_is_found_wherever_that_is() {
    let message = |blanks: usize| {
        let start = "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID><Target>\
                     <LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody><Final/>";
        format!("{start}{}</SyncBody></SyncML>", " ".repeat(blanks))
    };
    for blanks in 0..1100 {
        let xml = message(blanks).into_bytes();
        let wbxml = hex(&format!(
            "02a4016a00 6d6c 7103312e3200 01 6503 3100 01 5b03 3100 01 6e57 037400 0101 6757 037300 0101 01 6b 12 03{}00 01 01",
            "20".repeat(blanks)
        ));
        for (mut input, junk) in [(xml, b'<'), (wbxml, 1)] {
            assert_eq!(whole(&input).error, None, "{blanks}");
            assert_eq!(fed(std::iter::once(&*input)), whole(&input), "{blanks}");
            input.push(junk);
            let expected = whole(&input).error.map(|error| error.kind());
            assert!(expected.is_some(), "{blanks}");
            assert_eq!(fed(std::iter::once(&*input)).error.map(|error| error.kind()), expected, "{blanks}");
        }
    }
}

#[test]
fn no_chunk_is_taken_after_the_last() {
    let input = own("package1.syncml.xml");
    let expected = whole(&input).commands.len();
    let mut feeder = Feeder::new(&options());
    feeder.feed(&input).unwrap();
    feeder.finish();
    let refused = |feeder: &mut Feeder| {
        assert_eq!(feeder.feed(b""), Ok(()));
        let error = feeder.feed(b"<").unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::TrailingData, input.len()));
    };
    refused(&mut feeder);
    let mut commands = 0;
    while feeder.next_command().unwrap().is_some() {
        commands += 1;
    }
    assert!(feeder.is_complete());
    assert_eq!(commands, expected);
    refused(&mut feeder);
}

/// What fuzzing found: a public identifier that is nobody's is forgiven for what begins as a message does, however that comes.
#[test]
fn a_message_under_a_number_that_is_nobodys_reads_alike() {
    let message = Message::decode(&own("package1.syncml.xml")).unwrap().into_owned();
    let binary = message.encode(omadm::markup::Encoding::Wbxml).unwrap();
    assert_eq!(binary[..5], [0x02, 0xA4, 0x01, 0x6A, 0x00]);
    for head in [&[0x02, 0xA4, 0x05, 0x6A, 0x00][..], &[0x02, 0x05, 0x6A, 0x03, b'a', b'b', 0x00]] {
        let input = [head, &binary[5..]].concat();
        let expected = whole(&input);
        assert_eq!(expected.error, None);
        assert_eq!(pulled(&input), expected);
        for cut in 0..=input.len() {
            let (one, two) = input.split_at(cut);
            assert_eq!(fed([one, two].into_iter()), expected, "cut at {cut}");
        }
    }
}

/// Every two-part cut of messages that stand out: public id 1, Latin-1, `Final` in front, nested containers.
#[test]
fn every_cut_in_two_reads_alike() {
    let start = "<SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>t</LocURI></Target>\
                 <Source><LocURI>s</LocURI></Source></SyncHdr>";
    let get = |id: u32| format!("<Get><CmdID>{id}</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Get>");
    let xml = |body: &str| {
        format!("<SyncML xmlns='SYNCML:SYNCML1.2'>{start}<SyncBody>{body}</SyncBody></SyncML>").into_bytes()
    };
    let mut inputs = vec![
        xml(&format!("<Final/>{}", get(1))),
        xml(&format!("{}<Final/>{}", get(1), get(2))),
        xml(&format!("<Sequence><CmdID>1</CmdID>{}<Atomic><CmdID>3</CmdID></Atomic></Sequence><Final/>", get(2))),
        xml("<Add><CmdID>1</CmdID><Item><Data><![CDATA[é]]>&#xE9;<!-- é --></Data></Item></Add>"),
        xml("<Add><CmdID>1</CmdID><Item><Data>text <b>mixed</b> text</Data></Item></Add>"),
        xml("<Add><CmdID>1</CmdID><Item><Data>\u{1F4F1}\u{20AC}</Data></Item></Add>"),
        // Credentials of a command: places in them count from the beginning, too.
        xml(&format!("{}<Exec><CmdID>2</CmdID><Cred><Data>QQ==</Data></Cred></Exec>{}", get(1), get(3))),
        // Unknown elements before the body, between the commands and behind it.
        String::from_utf8(xml(&format!("{}<v:c/>{}", get(1), get(2))))
            .unwrap()
            .replace("<SyncHdr>", "<v:a xmlns:v='urn:v'/><SyncHdr>")
            .replace("<SyncBody>", "<v:b xmlns:v='urn:v'/><SyncBody xmlns:v='urn:v'>")
            .replace("</SyncBody>", "</SyncBody><v:d xmlns:v='urn:v'/>")
            .into_bytes(),
    ];
    // Public id 1, with and without a string table.
    let binary = Message::decode(&inputs[2]).unwrap().encode(omadm::markup::Encoding::Wbxml).unwrap();
    assert_eq!(binary[..5], [0x02, 0xA4, 0x01, 0x6A, 0x00]);
    inputs.push([&[0x02, 0x01, 0x6A, 0x00], &binary[5..]].concat());
    inputs.push([&[0x02, 0x01, 0x6A, 0x03, b'a', b'b', 0x00], &binary[5..]].concat());
    for input in inputs {
        let expected = whole(&input);
        assert_eq!(expected.error, None, "{}", input.escape_ascii());
        assert_eq!(pulled(&input), expected, "{}", input.escape_ascii());
        for cut in 0..=input.len() {
            let (one, two) = input.split_at(cut);
            assert_eq!(fed([one, two].into_iter()), expected, "cut at {cut}: {}", input.escape_ascii());
        }
    }
    let twice = xml(&format!("<Final/>{}<Final/>", get(1)));
    let error = whole(&twice).error.unwrap();
    assert_eq!(error.kind(), ErrorKind::Repeated("Final"));
    assert_eq!((pulled(&twice).error, fed(twice.chunks(7)).error), (Some(error), Some(error)));
}

/// The start of the message is read again with every command, so it may not be long.
#[test]
fn a_long_beginning_is_refused_by_the_feeder() {
    let text = String::from_utf8(own("package1.syncml.xml")).unwrap();
    let attributes: String = (0..900).map(|index| format!(" a{index}='0123456789'")).collect();
    let long = text.replacen("<SyncML ", &format!("<SyncML{attributes} "), 1);
    assert_eq!(whole(long.as_bytes()).error, None);
    assert_eq!(fed(long.as_bytes().chunks(1000)).error.map(|error| error.kind()), Some(ErrorKind::LimitPrefix));
}

/// Commands that were complete are given before the error; the error is that of whole decode.
#[test]
fn broken_messages_end_in_the_same_error() {
    for name in ["package2.syncml.xml", "package2.syncml.wbxml"] {
        let input = own(name);
        for cut in (0..input.trim_ascii_end().len()).step_by(13) {
            let input = &input[..cut];
            let error = whole(input).error.expect("a message that is cut off");
            assert_eq!(pulled(input).error.map(|error| error.kind()), Some(error.kind()), "{name} cut at {cut}");
            assert_eq!(pulled(input).error, Some(error), "{name} cut at {cut}");
            for size in [10, 4096] {
                let fed = fed(input.chunks(size));
                let kind = fed.error.expect("an error").kind();
                // Of no octets at all nobody can say what they were going to be.
                assert!(kind == error.kind() || cut < 24, "{name} cut at {cut}: {kind:?}, {error}");
            }
        }
        let text = input.windows(6).position(|window| window == b"SyncHd" || window == b"\x03Alert").unwrap();
        let mut broken = input.clone();
        broken[text + 1] = 0xFF;
        let error = whole(&broken).error.unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidUtf8);
        assert_eq!(pulled(&broken).error, Some(error));
    }
}

#[test]
fn a_command_is_given_when_it_is_there() {
    let input = own("package1.syncml.xml");
    let text = std::str::from_utf8(&input).unwrap();
    let end = text.find("</Alert>").unwrap() + "</Alert>".len();
    let mut feeder = Feeder::new(&options());
    feeder.feed(&input[..end - 1]).unwrap();
    assert!(feeder.next_command().unwrap().is_none());
    assert_eq!(feeder.header().unwrap().unwrap().msg_id(), "1");
    // Far more than the patience that a failed attempt asks for.
    feeder.feed(&input[end - 1..end + 600]).unwrap();
    assert_eq!(feeder.next_command().unwrap().unwrap().command().alert().unwrap().0, 1201);
    assert!(!feeder.is_complete());
}

/// What is held is looked through when it has grown by half and 64 octets: so much later than its end a command comes at most.
#[test]
fn a_command_is_held_back_for_half_as_much_again_at_most() {
    for name in ["package1.syncml.xml", "package2.syncml.xml", "package2.syncml.wbxml"] {
        let input = own(name);
        let message = Message::decode(&input).unwrap();
        let mut begins: Vec<usize> = message.commands().map(|command| command.offset()).collect();
        begins.push(input.len());
        let mut feeder = Feeder::new(&options());
        let (mut given, mut latest) = (0, 0);
        for (at, octet) in input.iter().enumerate() {
            feeder.feed(std::slice::from_ref(octet)).unwrap();
            while let Some(fed) = feeder.next_command().unwrap() {
                assert_eq!(fed.command().offset(), begins[given], "{name}");
                // What is held begins behind the command before; this one ends before the next begins.
                let (held_from, ends) = (given.checked_sub(1).map_or(0, |before| begins[before]), begins[given + 1]);
                latest = latest.max(ends + (ends - held_from) / 2 + 65);
                assert!(at < latest, "{name}: command {given} comes at {at}, not before {latest}");
                given += 1;
            }
        }
        assert!(given > 0, "{name}: all after the end");
    }
}

/// A command that never ends costs what the limit says, and its time grows with its length only.
#[test]
fn what_is_held_is_bounded() {
    let input = own("package1.syncml.xml");
    let text = std::str::from_utf8(&input).unwrap();
    let start = text.find("<Replace>").unwrap();
    let limits = Limits { buffer: 200_000, ..Limits::default() };
    let mut feeder = Feeder::new(&Options { limits, ..options() });
    feeder.feed(&input[..start]).unwrap();
    while feeder.next_command().unwrap().is_some() {}
    let mut outcome = Ok(());
    for _ in 0..1_000_000 {
        outcome = feeder.feed(b"<Replace>").and_then(|()| feeder.next_command().map(drop));
        if outcome.is_err() {
            break;
        }
    }
    let kind = outcome.unwrap_err().kind();
    assert!(matches!(kind, ErrorKind::LimitBuffer | ErrorKind::UnexpectedElement | ErrorKind::LimitDepth), "{kind:?}");

    let mut feeder = Feeder::new(&Options { limits, ..options() });
    feeder.feed(&input[..start]).unwrap();
    while feeder.next_command().unwrap().is_some() {}
    feeder.feed(b"<Replace><CmdID>2</CmdID><Item><Data>").unwrap();
    let error = loop {
        if let Err(error) = feeder.feed(b"x").and_then(|()| feeder.next_command().map(drop)) {
            break error;
        }
    };
    assert_eq!(error.kind(), ErrorKind::LimitBuffer);
    assert_eq!(feeder.feed(b"x").unwrap_err(), error, "an error stays");
}

#[test]
fn transcoded_messages_are_fed_like_others() {
    let xml = String::from_utf8(own("package1.syncml.xml")).unwrap();
    let body = xml.split_once("?>").map_or(xml.as_str(), |(_, body)| body);
    let latin = format!("<?xml version='1.0' encoding='ISO-8859-1'?>{body}").replace("Acme", "Acm\u{E9}\u{E9}");
    let latin: Vec<u8> = latin.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect();
    let expected = whole(&latin);
    assert_eq!(expected.error, None);
    assert!(expected.commands.iter().any(|command| command.contains("Acmé")));
    // Places are those of the input, one octet a character.
    let replace = latin.windows(9).position(|window| window == b"<Replace>").unwrap();
    assert!(expected.commands[1].starts_with(&format!("at {replace} ")), "{}", expected.commands[1]);
    assert_eq!(pulled(&latin), expected);
    for size in [1, 5, 300, 100_000] {
        assert_eq!(fed(latin.chunks(size)), expected, "chunks of {size}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Random cuts of random messages.
    #[test]
    fn cuts_do_not_matter(which in any::<prop::sample::Index>(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12)) {
        let documents = all_documents();
        let (name, input, _) = which.get(&documents);
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(input.len() + 1)).collect();
        cuts.extend([0, input.len()]);
        cuts.sort_unstable();
        let chunks = cuts.windows(2).map(|pair| &input[pair[0]..pair[1]]);
        prop_assert_eq!(fed(chunks), whole(input), "{}", name);
    }
}
