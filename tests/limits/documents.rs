//! The limits of documents.

use super::Refused::{At, Somewhere};
use super::{Case, case};
use crate::common::messages::message;
use crate::common::read_all;
use omadm::convert::{ConvertOptions, Layout, to_wbxml, to_xml};
use omadm::devinf::{DevInf, MetInf};
use omadm::markup::{Document, Encoding, Options};
use omadm::session::{ResultsOptions, results};
use omadm::syncml::{CommandKind, Feeder, Joined, Joiner, Message, MessageReader, Package, Piece};
use omadm::tree::{EditOptions, NewNode, Tree};
use omadm::{Error, ErrorKind, Limits, ddf, provisioning, tnds};

fn options(limits: &Limits) -> Options {
    Options { limits: *limits, ..Options::default() }
}

/// What reads any document.
fn events(input: &[u8], limits: &Limits) -> Result<(), Error> {
    read_all(input, &options(limits)).map(drop)
}

fn whole(input: &[u8], limits: &Limits) -> Result<(), Error> {
    Message::decode_with(input, &options(limits)).map(drop)
}

fn pulled(input: &[u8], limits: &Limits) -> Result<(), Error> {
    let document = Document::open(input)?;
    let mut reader = MessageReader::new(&document, &options(limits))?;
    while reader.next_command()?.is_some() {}
    Ok(())
}

fn fed(input: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut feeder = Feeder::new(&options(limits));
    feeder.feed(input)?;
    feeder.finish();
    while feeder.next_command()?.is_some() {}
    Ok(())
}

fn as_xml(input: &[u8], limits: &Limits) -> Result<(), Error> {
    to_xml(input, &ConvertOptions { read: options(limits), ..ConvertOptions::default() }).map(drop)
}

fn as_wbxml(input: &[u8], limits: &Limits) -> Result<(), Error> {
    to_wbxml(input, &ConvertOptions { read: options(limits), ..ConvertOptions::default() }).map(drop)
}

fn tree(input: &[u8], limits: &Limits) -> Result<(), Error> {
    tnds::decode_with(input, &options(limits)).map(drop)
}

fn description(input: &[u8], limits: &Limits) -> Result<(), Error> {
    ddf::decode_with(input, &options(limits)).map(drop)
}

fn provisioned(input: &[u8], limits: &Limits) -> Result<(), Error> {
    provisioning::Document::decode_with(input, &options(limits)).map(drop)
}

fn device(input: &[u8], limits: &Limits) -> Result<(), Error> {
    DevInf::decode_with(input, &options(limits)).map(drop)
}

fn meta(input: &[u8], limits: &Limits) -> Result<(), Error> {
    MetInf::decode_with(input, &options(limits)).map(drop)
}

type Run = fn(&[u8], &Limits) -> Result<(), Error>;

const FED: &str = "a message that is fed";

/// All that takes a message in XML; those that are fed have places of the whole input, too.
const MESSAGES: [(&str, Run); 6] = [
    ("a message", whole),
    ("a message, command by command", pulled),
    (FED, fed),
    ("events of a message", events),
    ("a message, to XML", as_xml),
    ("a message, to WBXML", as_wbxml),
];

fn each(runs: &[(&'static str, Run)], enough: u64, kind: ErrorKind, at: usize, input: &[u8]) -> Vec<Case> {
    runs.iter().map(|(what, run)| case(what, enough, At(kind, at), input, *run)).collect()
}

fn find(text: &str, part: &str) -> usize {
    text.find(part).unwrap()
}

fn binary(xml: &str) -> Vec<u8> {
    to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap()
}

/// SyncML, SyncBody, Replace, Item, Target, LocURI.
fn replace(uri: &str, data: &str) -> String {
    message(&format!(
        "<Replace><CmdID>1</CmdID><Item><Target><LocURI>{uri}</LocURI></Target><Data>{data}</Data></Item></Replace>"
    ))
}

const TREE: &str = "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>a</NodeName></Node></MgmtTree>";
const DDF: &str =
    "<MgmtTree><Node><NodeName>a</NodeName><DFProperties><DFFormat><chr/></DFFormat></DFProperties></Node></MgmtTree>";
const PROV: &str = "<wap-provisioningdoc><characteristic type='A'><parm name='abcdefg' value='123456789'/></characteristic></wap-provisioningdoc>";
const DEVINF: &str =
    "<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><DevID>1</DevID><Ext><XNam>n</XNam></Ext></DevInf>";
const METINF: &str = "<MetInf xmlns='syncml:metinf'><Mem><FreeMem>1</FreeMem></Mem></MetInf>";

pub(super) fn depth() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitDepth;
    let xml = replace("./A", "1");
    let mut cases = each(&MESSAGES, 6, KIND, find(&xml, "<LocURI>./A"), xml.as_bytes());
    let wbxml = binary(&xml);
    cases.extend(MESSAGES.map(|(what, run)| case(what, 6, Somewhere(KIND), wbxml.clone(), run)));
    let documents: [(&str, Run, &str, u64, &str); 5] = [
        ("a tree", tree, TREE, 3, "<NodeName>"),
        ("a description", description, DDF, 5, "<chr/>"),
        ("provisioning", provisioned, PROV, 3, "<parm"),
        ("device information", device, DEVINF, 3, "<XNam>"),
        ("meta-information", meta, METINF, 3, "<FreeMem>"),
    ];
    for (what, run, xml, enough, last) in documents {
        cases.extend(each(&[(what, run), (what, events)], enough, KIND, find(xml, last), xml.as_bytes()));
        cases.push(case(what, enough, Somewhere(KIND), binary(xml), run));
    }
    // Levels of the tree, wherever they come from.
    let path = "<MgmtTree><Node><NodeName>8</NodeName><Path>1/2/3/4/5/6/7</Path></Node></MgmtTree>";
    cases.extend(each(&[("a Path", tree)], 8, KIND, find(path, "<Path>"), path.as_bytes()));
    cases.push(case("adding a node", 3, Somewhere(KIND), "./A/B/C", |uri, limits| {
        let options = EditOptions { implicit_parents: true, limits: *limits, ..EditOptions::default() };
        Tree::new().edit(&options).add(std::str::from_utf8(uri).unwrap(), &NewNode::leaf("1")).map(drop)
    }));
    cases.push(case("a skeleton", 1, Somewhere(KIND), DDF, |ddf, limits| {
        ddf::Skeleton::new(&ddf::decode(ddf).unwrap()).limits(limits).tree().map(drop)
    }));
    for (what, encoding) in [("writing XML", Encoding::Xml), ("writing WBXML", Encoding::Wbxml)] {
        cases.push(case(what, 6, Somewhere(KIND), xml.clone(), move |xml, limits| {
            Message::decode(xml).unwrap().encode_with(encoding, limits).map(drop)
        }));
        cases.push(case(what, 3, Somewhere(KIND), PROV, move |xml, limits| {
            provisioning::Document::decode(xml).unwrap().encode_with(encoding, limits).map(drop)
        }));
        cases.push(case(what, 3, Somewhere(KIND), DEVINF, move |xml, limits| {
            DevInf::decode(xml).unwrap().encode_with(encoding, limits).map(drop)
        }));
    }
    cases
}

/// As many as there are start tags.
fn started(xml: &str) -> u64 {
    (xml.matches('<').count() - xml.matches("</").count()) as u64
}

pub(super) fn elements() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitElements;
    let xml = replace("./A", "1");
    let others = MESSAGES.map(|(what, run)| (what, if what == FED { events } else { run }));
    let mut cases = each(&others, started(&xml), KIND, find(&xml, "<Data>"), xml.as_bytes());
    let wbxml = binary(&xml);
    cases.extend(others.map(|(what, run)| case(what, started(&xml), Somewhere(KIND), wbxml.clone(), run)));
    // What is fed is bounded command by command: SyncML, SyncBody, Replace, CmdID, and 20.
    let many = message(&format!("<Replace><CmdID>1</CmdID>{}<Item><Data/></Item></Replace>", "<Item/>".repeat(18)));
    cases.extend(each(&[(FED, fed)], 24, KIND, find(&many, "<Data/>"), many.as_bytes()));
    let documents: [(&str, Run, &str, &str); 5] = [
        ("a tree", tree, TREE, "<NodeName>"),
        ("a description", description, DDF, "<chr/>"),
        ("provisioning", provisioned, PROV, "<parm"),
        ("device information", device, DEVINF, "<XNam>"),
        ("meta-information", meta, METINF, "<FreeMem>"),
    ];
    for (what, run, xml, last) in documents {
        cases.extend(each(&[(what, run), (what, events)], started(xml), KIND, find(xml, last), xml.as_bytes()));
        cases.push(case(what, started(xml), Somewhere(KIND), binary(xml), run));
    }
    // Nodes: the root, and 7 that a path implies, are more than the 3 elements.
    let path = "<MgmtTree><Node><NodeName>8</NodeName><Path>1/2/3/4/5/6/7</Path></Node></MgmtTree>";
    cases.push(case("nodes of a Path", 9, Somewhere(KIND), path, tree));
    cases.push(case("adding nodes", 4, Somewhere(KIND), "./A/B/C", |uri, limits| {
        let options = EditOptions { implicit_parents: true, limits: *limits, ..EditOptions::default() };
        Tree::new().edit(&options).add(std::str::from_utf8(uri).unwrap(), &NewNode::leaf("1")).map(drop)
    }));
    cases.push(case("a skeleton", 2, Somewhere(KIND), DDF, |ddf, limits| {
        ddf::Skeleton::new(&ddf::decode(ddf).unwrap()).limits(limits).tree().map(drop)
    }));
    cases.push(case("an answer", 2, At(ErrorKind::AnswerTooLong, 1), TREE, |xml, limits| {
        let options = ResultsOptions { limits: *limits, ..ResultsOptions::default() };
        results(&tnds::decode(xml).unwrap(), ".?list=Struct", &options).map(drop)
    }));
    cases
}

pub(super) fn attributes() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitAttributes;
    let xml = "<wap-provisioningdoc><characteristic type='A' b='' xmlns:c='u'/></wap-provisioningdoc>";
    let mut cases = each(
        &[("provisioning", provisioned), ("to WBXML", as_wbxml), ("events", events)],
        3,
        KIND,
        find(xml, "xmlns:c"),
        xml.as_bytes(),
    );
    let xml = replace("./A", "<x a='' b='' c='' d=''/>");
    cases.extend(each(&MESSAGES, 4, KIND, find(&xml, "d=''"), xml.as_bytes()));
    // type, name, value as tokens.
    let wbxml = b"\x02\x0B\x6A\x00\x45\x86\x50\x05\x06\x01\x01";
    cases.extend(each(&[("provisioning", provisioned), ("to XML", as_xml), ("events", events)], 3, KIND, 8, wbxml));
    cases
}

pub(super) fn namespaces() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitNamespaces;
    // One on SyncML, two inside.
    let xml = replace("./A", "<p:x xmlns:p='u'><q:x xmlns:q='u'/></p:x>");
    let mut cases = each(&MESSAGES, 3, KIND, find(&xml, "xmlns:q"), xml.as_bytes());
    let xml = "<MgmtTree xmlns='syncml:dmddf1.2'><Node><NodeName>a</NodeName><x xmlns='u'/></Node></MgmtTree>";
    cases.extend(each(
        &[("a tree", tree), ("a description", description)],
        2,
        KIND,
        find(xml, "xmlns='u'"),
        xml.as_bytes(),
    ));
    // xmlns="abc" on each of two Items; literals.
    let wbxml = b"\x02\xA4\x01\x6A\x06xmlns\0\xD4\x04\x00\x03abc\x00\x01\xD4\x04\x00\x03abc\x00\x01\x01\x01";
    cases.extend(each(&[("events", events), ("to XML", as_xml)], 2, KIND, 21, wbxml));
    cases
}

pub(super) fn name() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitName;
    // The longest name of the vocabulary in it has 11 letters.
    let xml = replace("./A", "<abcdefghijkl/>");
    let mut cases = each(&MESSAGES, 12, KIND, find(&xml, "abcdefghijkl"), xml.as_bytes());
    let xml = replace("./A", "<x abcdefghijkl=''/>");
    cases.extend(each(&MESSAGES, 12, KIND, find(&xml, "abcdefghijkl"), xml.as_bytes()));
    let wbxml = b"\x02\xA4\x01\x6A\x05abcd\0\x54\x04\x00\x01";
    cases.extend(each(&[("events", events), ("to XML", as_xml)], 4, KIND, 12, wbxml));
    let wbxml = b"\x02\xA4\x01\x6A\x05abcd\0\xD4\x04\x00\x01\x01";
    cases.extend(each(&[("an attribute", events), ("an attribute, to XML", as_xml)], 4, KIND, 12, wbxml));
    cases
}

pub(super) fn text() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitText;
    // Longer than the texts of the header and the name of the namespace.
    let long = "x".repeat(40);
    let xml = replace("./A", &long);
    let mut cases = each(&MESSAGES, 40, KIND, find(&xml, &long), xml.as_bytes());
    let sections = format!("<![CDATA[{long}]]>");
    let xml = replace("./A", &sections);
    cases.extend(each(&MESSAGES, 40, KIND, find(&xml, &sections), xml.as_bytes()));
    let wbxml = binary(&replace("./A", &long));
    cases.extend(MESSAGES.map(|(what, run)| case(what, 40, Somewhere(KIND), wbxml.clone(), run)));
    cases.extend(each(
        &[("provisioning", provisioned), ("to WBXML", as_wbxml)],
        9,
        KIND,
        find(PROV, "123456789"),
        PROV.as_bytes(),
    ));
    cases.push(case("provisioning", 9, Somewhere(KIND), binary(PROV), provisioned));
    let value = "<MgmtTree><Node><NodeName>a</NodeName><Value>0123456789</Value></Node></MgmtTree>";
    cases.extend(each(&[("a tree", tree)], 10, KIND, find(value, "0123456789"), value.as_bytes()));
    // STR_T and OPAQUE, and the last octet of several pieces.
    for (what, wbxml, at) in [
        ("a string of the table", &b"\x02\xA4\x01\x6A\x05abcd\0\x4F\x83\x00\x01"[..], 11),
        ("an opaque block", b"\x02\xA4\x01\x6A\x00\x4F\xC3\x04abcd\x01", 7),
        ("pieces", b"\x02\xA4\x01\x6A\x00\x4F\x03ab\x00\x02\x63\xC3\x01d\x01", 12),
    ] {
        cases.extend(each(&[(what, events), (what, as_xml)], 4, KIND, at, wbxml));
    }
    cases.push(case("a value", 4, Somewhere(KIND), "./A", |uri, limits| {
        let options = EditOptions { limits: *limits, ..EditOptions::default() };
        Tree::new().edit(&options).add(std::str::from_utf8(uri).unwrap(), &NewNode::leaf("1234")).map(drop)
    }));
    cases.push(case("a large object", 9, Somewhere(ErrorKind::ObjectTooLarge), "123456789", |data, limits| {
        let mut joiner = Joiner::new(None, limits);
        let piece =
            Piece { size: Some(9), more_data: true, ..Piece::new(CommandKind::Replace, Some("./A"), &data[..2]) };
        match joiner.push(&piece).joined {
            Joined::Refused(refusal) => Err(refusal.error),
            _ => Ok(()),
        }
    }));
    cases
}

pub(super) fn string_table() -> Vec<Case> {
    let wbxml = b"\x02\xA4\x01\x6A\x05abcd\0\x6D\x01";
    let runs: [(&str, Run); 3] = [("events", events), ("to XML", as_xml), ("to WBXML", as_wbxml)];
    let mut cases = each(&runs, 5, ErrorKind::LimitStringTable, 4, wbxml);
    let message = to_wbxml(replace("./A", &"./A".repeat(9)).as_bytes(), &ConvertOptions::default()).unwrap();
    // The same message with a table of five octets that nothing uses.
    let message = [&message[..4], b"\x05abcd\0", &message[5..]].concat();
    let runs: [(&str, Run); 3] =
        [("a message", whole), ("a message, command by command", pulled), ("a message that is fed", fed)];
    cases.extend(each(&runs, 5, ErrorKind::LimitStringTable, 4, &message));
    let prov = b"\x02\x0B\x6A\x05abcd\0\x45\x01";
    cases.extend(each(&[("provisioning", provisioned)], 5, ErrorKind::LimitStringTable, 3, prov));
    // What an encoder puts there, each once and with a zero behind it: abc, xmlns, d, efg.
    let xml = replace("./A", "<abc d='1'/><efg d='2'/><abc/>");
    cases.push(case("names, to WBXML", 16, At(ErrorKind::LimitStringTable, find(&xml, "<efg")), xml.clone(), as_wbxml));
    cases.push(case("names of a message", 16, Somewhere(ErrorKind::LimitStringTable), xml, |xml, limits| {
        Message::decode(xml).unwrap().encode_with(Encoding::Wbxml, limits).map(drop)
    }));
    cases
}

/// A message of so many items with a string of 16 KiB, five of which are more than the 64 KiB that are always free.
pub(super) fn expanding(references: usize) -> Vec<u8> {
    let start = binary(&replace("./A", "@"));
    let at = start.windows(3).position(|window| window == b"\x03@\0").unwrap();
    // Inside Item: Data, STR_T 0.
    let item = b"\x54\x4F\x83\x00\x01\x01".repeat(references);
    let (before, after) = (&start[5..at], &start[at + 3..]);
    // `before` ends in Data, which has the first reference.
    let table = [&vec![b'x'; 16_384][..], b"\0"].concat();
    let head = [&start[..4], b"\x81\x80\x01", &table].concat();
    [&head, before, b"\x83\x00", &after[..2], &item, &after[2..]].concat()
}

pub(super) fn expansion() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitExpansion;
    let input = expanding(4);
    // Of four references there is one too many for one times the 16 KiB: the first five make 80 KiB, of 64 and 16 and a little.
    let last = input.windows(2).rposition(|window| window == b"\x83\x00").unwrap();
    let mut cases = Vec::new();
    for (what, run) in MESSAGES {
        // The table is read again with every command, so that it may not be long; here it may.
        cases.push(case(what, 1, At(KIND, last + 1), input.clone(), move |input, limits| {
            run(input, &Limits { prefix: 1 << 20, ..*limits })
        }));
    }
    // As attribute values: value="…" five times.
    let table = [&vec![b'x'; 16_384][..], b"\0"].concat();
    let parms = b"\x87\x05\x03n\0\x06\x83\x00\x01".repeat(5);
    let prov = [b"\x02\x0B\x6A\x81\x80\x01", &table[..], b"\x45\xC6\x50\x03A\0\x01", &parms, b"\x01\x01"].concat();
    let last = prov.windows(2).rposition(|window| window == b"\x83\x00").unwrap();
    let runs: [(&str, Run); 3] =
        [("provisioning", provisioned), ("provisioning, to XML", as_xml), ("provisioning, events", events)];
    cases.extend(each(&runs, 1, KIND, last + 1, &prov));
    cases
}

pub(super) fn buffer() -> Vec<Case> {
    let xml = replace("./A", "1");
    let len = xml.len() as u64;
    let mut cases = each(&[("a message that is fed", fed)], len, ErrorKind::LimitBuffer, 0, xml.as_bytes());
    let three = xml.replace("<SyncBody>", "<SyncBody><!-- -->");
    cases.push(case(
        "messages of a package",
        2 * three.len() as u64,
        Somewhere(ErrorKind::PackageTooLong),
        three,
        |xml, limits| {
            let mut package = Package::new(1, limits);
            for id in ["1", "2"] {
                let next = String::from_utf8(xml.to_vec()).unwrap().replace("<MsgID>1<", &format!("<MsgID>{id}<"));
                let _ = package.push(Message::decode(next.as_bytes())?.into_owned())?;
            }
            Ok(())
        },
    ));
    cases
}

pub(super) fn prefix() -> Vec<Case> {
    // The start tags of SyncML and SyncBody.
    let start = "<SyncML xmlns=\"SYNCML:SYNCML1.2\">".len() + "<SyncBody>".len();
    let xml = replace("./A", "1");
    let wbxml = binary(&xml);
    // Version, public identifier, charset, length of the table; SyncML and SyncBody, and a page after each, which stays
    // what it is.
    vec![
        case("XML", start as u64, At(ErrorKind::LimitPrefix, 0), xml, fed),
        case("WBXML", 5 + 2 * 3, At(ErrorKind::LimitPrefix, 0), wbxml, fed),
    ]
}

type Write = fn(&[u8], Encoding, &Limits) -> Result<Vec<u8>, Error>;

pub(super) fn output() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitOutput;
    let xml = replace("./A", &"text ".repeat(50));
    let mut cases = Vec::new();
    for input in [xml.as_bytes().to_vec(), binary(&xml)] {
        for layout in [Layout::AsItIs, Layout::Indented, Layout::Canonical] {
            let options = ConvertOptions { layout, ..ConvertOptions::default() };
            let len = to_xml(&input, &options).unwrap().len() as u64;
            cases.push(case("to XML", len, Somewhere(KIND), input.clone(), move |input, limits| {
                to_xml(input, &ConvertOptions { read: self::options(limits), ..options }).map(drop)
            }));
        }
        for string_table in [false, true] {
            let options = ConvertOptions { string_table, ..ConvertOptions::default() };
            let len = to_wbxml(&input, &options).unwrap().len() as u64;
            cases.push(case("to WBXML", len, Somewhere(KIND), input.clone(), move |input, limits| {
                to_wbxml(input, &ConvertOptions { read: self::options(limits), ..options }).map(drop)
            }));
        }
    }
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let mut add = |what, input: &str, write: Write| {
            let len = write(input.as_bytes(), encoding, &Limits::default()).unwrap().len() as u64;
            cases.push(case(what, len, Somewhere(KIND), input, move |input, limits| {
                write(input, encoding, limits).map(drop)
            }));
        };
        add("a message", &xml, |xml, encoding, limits| Message::decode(xml).unwrap().encode_with(encoding, limits));
        add("a tree", TREE, |xml, encoding, limits| {
            let options = tnds::EncodeOptions { limits: *limits, ..tnds::EncodeOptions::default() };
            tnds::encode(tnds::decode(xml).unwrap().root(), encoding, &options)
        });
        add("a description", DDF, |xml, encoding, limits| {
            ddf::encode_with(&ddf::decode(xml).unwrap().documents().next().unwrap(), encoding, limits)
        });
        add("provisioning", PROV, |xml, encoding, limits| {
            provisioning::Document::decode(xml).unwrap().encode_with(encoding, limits)
        });
        add("device information", DEVINF, |xml, encoding, limits| {
            DevInf::decode(xml).unwrap().encode_with(encoding, limits)
        });
        add("meta-information", METINF, |xml, encoding, limits| {
            MetInf::decode(xml).unwrap().encode_with(encoding, limits)
        });
    }
    // `.` and `./a`.
    for query in [".?list=Struct", ".?list=StructData"] {
        cases.push(case("URIs of an answer", 1 + 3, At(ErrorKind::AnswerTooLong, 1), TREE, move |xml, limits| {
            let options = ResultsOptions { limits: *limits, ..ResultsOptions::default() };
            results(&tnds::decode(xml).unwrap(), query, &options).map(drop)
        }));
    }
    cases
}
