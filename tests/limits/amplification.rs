//! What comes out is bounded by a stated multiple of what went in, in every direction.

use super::documents::expanding;
use crate::common::messages::message;
use omadm::convert::{ConvertOptions, Layout, to_wbxml, to_xml};
use omadm::ddf::{self, Check};
use omadm::markup::{Encoding, Options};
use omadm::session::{ResultsOptions, results};
use omadm::syncml::Message;
use omadm::{Error, ErrorKind, Limits, provisioning, tnds};

/// Inputs that say something once, or briefly, that the output has to say at length: about 20 kB each, where it is not said.
fn attacks() -> Vec<(&'static str, Vec<u8>)> {
    let namespace = "u".repeat(4_000);
    let binary = |xml: &str| to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap();
    let add = |inside: &str| message(&format!("<Add><CmdID>1</CmdID>{inside}</Add>"));
    let inherited = add(&"<p:a/>".repeat(2_000)).replacen("<SyncML ", &format!("<SyncML xmlns:p='{namespace}' "), 1);
    let many: String = (0..60).map(|at| format!(" xmlns:p{at}='urn:x:{at}'")).collect();
    let many = add(&"<p59:a/>".repeat(2_000)).replacen("<SyncML ", &format!("<SyncML{many} "), 1);
    let quotes = add(&"<Item><Data>@</Data></Item>".repeat(8)).replace('@', &"&#13;".repeat(500));
    let said = format!(
        "<Add><CmdID>1</CmdID><Meta><Type xmlns='syncml:metinf'>{namespace}</Type><Format xmlns='syncml:metinf'>bin</Format></Meta>{}</Add>",
        "<Item><Data>AAEC</Data></Item>".repeat(500)
    );
    let tags = |head: &[u8], token: u8, end: &[u8]| [head, &vec![token; 20_000], end].concat();
    vec![
        ("a long namespace of many elements", inherited.clone().into_bytes()),
        ("a long namespace of many elements, in WBXML", binary(&inherited)),
        ("many namespaces around many elements", many.clone().into_bytes()),
        ("many namespaces around many elements, in WBXML", binary(&many)),
        ("line ends that have to be references", binary(&quotes)),
        ("a long type of a command, said of its items", message(&said).into_bytes()),
        ("the longest tag as one octet", tags(b"\x02\x9F\x54\x6A\x00\x4A", 0x29, b"\x01")),
        (
            "the longest tag of a message as one octet",
            tags(b"\x02\xA4\x01\x6A\x00\x6D\x6B\x46\x4B\x031\0\x01", 0x14, b"\x01\x01\x01"),
        ),
        (
            "elements of alternating namespaces",
            [
                b"\x02\xA4\x01\x6A\x00\x6D\x6B\x45\x4B\x031\0\x01\x54\x5A".to_vec(),
                b"\x00\x01\x05\x00\x00\x14".repeat(4_000),
                b"\x01\x01\x01\x01\x01".to_vec(),
            ]
            .concat(),
        ),
        (
            "elements inside each other, to be indented",
            [b"\x02\xA4\x01\x6A\x00".to_vec(), vec![0x54; 500], vec![0x14; 20_000], vec![1; 500]].concat(),
        ),
        ("a string of the table, again and again", expanding(3)),
        ("a string of the table, 20,000 times", expanding(20_000)),
    ]
}

/// `Limits::output_budget`, in the words of the page.
fn budget(limits: &Limits, len: usize) -> usize {
    (64 + limits.expansion as usize) * len + 64 * 1024
}

/// Each direction on each attack: the output, or `LimitOutput` or `LimitExpansion` at a place in the input.
fn hold(limits: &Limits) -> (usize, usize) {
    let (mut written, mut refused) = (0, 0);
    let read = Options { limits: *limits, ..Options::default() };
    for (name, input) in attacks() {
        let mut check = |way: &str, outcome: Result<usize, Error>| match outcome {
            Ok(len) => {
                assert!(len <= budget(limits, input.len()), "{way} of {name}: {len} of {}", input.len());
                written += 1;
            }
            Err(error) => {
                let is_limit = matches!(error.kind(), ErrorKind::LimitOutput | ErrorKind::LimitExpansion);
                let is_other = error.kind().code() / 100 == 5 || error.kind() == ErrorKind::InvalidBase64;
                assert!(is_limit || is_other, "{way} of {name}: {error}");
                assert!(error.offset() <= budget(limits, input.len()));
                refused += usize::from(is_limit);
            }
        };
        for layout in [Layout::AsItIs, Layout::Indented, Layout::Canonical] {
            let options = ConvertOptions { read, layout, ..ConvertOptions::default() };
            check("to XML", to_xml(&input, &options).map(|xml| xml.len()));
        }
        for string_table in [false, true] {
            let options = ConvertOptions { read, string_table, ..ConvertOptions::default() };
            check("to WBXML", to_wbxml(&input, &options).map(|octets| octets.len()));
        }
        for encoding in [Encoding::Xml, Encoding::Wbxml] {
            let taken = allocation_counter::measure(|| {
                let message = Message::decode_with(&input, &read);
                check(
                    "a message",
                    message.and_then(|message| message.encode_with(encoding, limits)).map(|octets| octets.len()),
                );
            });
            // What is held while it is done: records of 200 octets for elements of one, and the output, which doubles as it grows.
            let most = 3 * budget(limits, input.len()) + 400 * input.len() + 1_000_000;
            assert!(taken.bytes_max as usize <= most, "{name}: {} octets for {}", taken.bytes_max, input.len());
        }
    }
    (written, refused)
}

#[test]
fn no_direction_writes_more_than_the_stated_multiple() {
    let (written, refused) = hold(&Limits::default());
    println!("{written} written, {refused} refused");
    assert!(written > 30 && refused >= 6);
    let (_, refused) = hold(&Limits { expansion: 0, ..Limits::default() });
    assert!(refused > 6);
}

/// A bug once: 16 kB became 8 MB, and 1 MB would have become what `Limits::output` allows.
#[test]
fn a_long_namespace_that_each_unknown_element_would_say_again_ends_at_the_multiple() {
    let (_, input) = attacks().remove(0);
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let message = Message::decode(&input).unwrap();
        let error = message.encode(encoding).unwrap_err();
        assert_eq!(
            (error.kind(), error.offset()),
            (ErrorKind::LimitOutput, message.commands().next().unwrap().offset())
        );
        // Who wants it can have it.
        let limits = Limits { expansion: 1_000, ..Limits::default() };
        assert!(message.encode_with(encoding, &limits).unwrap().len() > 2_000 * 4_000);
    }
}

/// A tree of nodes below one with a long name: each URI has it.
fn below_a_long_name(nodes: usize, name: usize) -> String {
    let leaves: String =
        (0..nodes).map(|at| format!("<Node><NodeName>{at}</NodeName><Value>v</Value></Node>")).collect();
    format!("<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>{}</NodeName>{leaves}</Node></MgmtTree>", "n".repeat(name))
}

/// A bug once: only the number of nodes was bounded, and 11 MB of tree made 10 GB of URIs.
#[test]
fn uris_of_an_answer_are_bounded_together() {
    let xml = below_a_long_name(20_000, 100_000);
    let tree = tnds::decode(xml.as_bytes()).unwrap();
    for query in [".?list=Struct", ".?list=StructData", ".?list=x-omadm-struct", ".?list=x-omadm-struct+data"] {
        let limits = Limits { output: 1 << 24, ..Limits::default() };
        let options = ResultsOptions { limits, location_queries: true, ..ResultsOptions::default() };
        let taken = allocation_counter::measure(|| {
            let error = results(&tree, query, &options).unwrap_err();
            assert_eq!((error.kind(), error.offset()), (ErrorKind::AnswerTooLong, 1), "{query}");
        });
        assert!(taken.bytes_max < 3 << 24, "{query}: {}", taken.bytes_max);
    }
    // With names as people have them the same tree is an answer.
    let xml = below_a_long_name(20_000, 10);
    let tree = tnds::decode(xml.as_bytes()).unwrap();
    let answer = results(&tree, ".?list=Struct", &ResultsOptions::default());
    assert_eq!(answer.unwrap().len(), 20_002);
}

/// The same bug in the findings of a check.
#[test]
fn uris_of_findings_are_bounded_together() {
    let xml = below_a_long_name(20_000, 100_000);
    let tree = tnds::decode(xml.as_bytes()).unwrap();
    let below = "<Node><NodeName/><DFProperties><DFFormat><int/></DFFormat><Occurrence><ZeroOrMore/></Occurrence></DFProperties></Node>";
    let ddf = format!(
        "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName/><DFProperties><DFFormat><node/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>\
         </DFProperties>{below}</Node></MgmtTree>"
    );
    let schema = ddf::decode(ddf.as_bytes()).unwrap();
    let limits = Limits { output: 1 << 24, ..Limits::default() };
    let taken = allocation_counter::measure(|| {
        let findings = Check::new(&schema).limits(&limits).tree(&tree);
        assert!(
            !findings.is_complete() && findings.len() <= (1 << 24) / 100_000 && findings.len() > 100,
            "{}",
            findings.len()
        );
    });
    assert!(taken.bytes_max < 3 << 24, "{}", taken.bytes_max);
}

/// `?list=TNDS` is bounded by `Limits::output` alone: the flat layout says the whole path of each node.
#[test]
fn documents_written_flat_end_at_the_limit_of_output() {
    let xml = below_a_long_name(20_000, 10_000);
    let tree = tnds::decode(xml.as_bytes()).unwrap();
    let limits = Limits { output: 1 << 24, ..Limits::default() };
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let options = tnds::EncodeOptions { layout: tnds::Layout::Flat, limits, ..tnds::EncodeOptions::default() };
        assert_eq!(tnds::encode(tree.root(), encoding, &options).unwrap_err().kind(), ErrorKind::LimitOutput);
        let nested = tnds::EncodeOptions { limits, ..tnds::EncodeOptions::default() };
        assert!(tnds::encode(tree.root(), encoding, &nested).unwrap().len() < 4 * xml.len());
    }
}

#[test]
fn what_is_decoded_takes_memory_in_proportion() {
    let parms = "<parm name='' value=''/>".repeat(5_000);
    let prov = format!("<wap-provisioningdoc><characteristic type=''>{parms}</characteristic></wap-provisioningdoc>");
    let nodes = "<MgmtTree><VerDTD>1.2</VerDTD>".to_owned()
        + &(0..5_000).map(|at| format!("<Node><NodeName>{at}</NodeName></Node>")).collect::<String>()
        + "</MgmtTree>";
    let commands = message(&"<Delete><CmdID/></Delete>".repeat(5_000));
    let items = message(&format!("<Add><CmdID>1</CmdID>{}</Add>", "<Item/>".repeat(20_000)));
    let extras = message(&format!("<Add><CmdID>1</CmdID>{}</Add>", "<x/>".repeat(20_000)));
    let check = |name: &str, input: &str, work: &dyn Fn(&[u8])| {
        let binary = to_wbxml(input.as_bytes(), &ConvertOptions::default()).unwrap();
        for input in [input.as_bytes(), &binary] {
            let taken = allocation_counter::measure(|| work(input));
            println!("{name}: {} octets for {}", taken.bytes_max, input.len());
            assert!(taken.bytes_max as usize <= 400 * input.len(), "{name}: {} for {}", taken.bytes_max, input.len());
        }
    };
    check("provisioning", &prov, &|input| drop(provisioning::Document::decode(input)));
    check("a tree", &nodes, &|input| drop(tnds::decode(input).unwrap()));
    check("a description", &nodes, &|input| drop(ddf::decode(input).unwrap()));
    for (name, input) in [("commands", &commands), ("items", &items), ("unknown elements", &extras)] {
        check(name, input, &|input| drop(Message::decode(input)));
        check(name, input, &|input| drop(Message::decode(input).map(Message::into_owned)));
    }
}
