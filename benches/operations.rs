//! Every operation of the library that reads or writes, on inputs of one size each.
//!
//! `cargo bench --bench operations`, or with a filter: `cargo bench --bench operations -- 'decode'`, measures times.
//! `operations --count NAME TIMES` runs one operation so many times and nothing else: `tools/instructions` counts what that takes
//! and compares it with `benches/instructions.tsv`. `operations --names` lists them.

use criterion::Criterion;
use omadm::convert::{self, ConvertOptions};
use omadm::markup::{Document, Encoding, Options};
use omadm::notification::v12;
use omadm::syncml::{Message, MessageReader};
use omadm::tnds;
use omadm::tree::{Differences, Tree, diff};
use std::fmt::Write as _;
use std::hint::black_box;

const MO_ID: &str = "urn:oma:mo:oma-fumo:1.0";

/// A server's package: a third each of Replace, Get and Status.
fn message(commands: usize) -> Vec<u8> {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD>\
         <VerProto>DM/1.2</VerProto><SessionID>1A</SessionID><MsgID>2</MsgID><Target><LocURI>IMEI:493005100592800\
         </LocURI></Target><Source><LocURI>http://dm.example.com/dm</LocURI></Source></SyncHdr><SyncBody>",
    );
    for id in 1..=commands {
        let uri = format!("./Vendor/App{id}/Settings/Value");
        let _ = match id % 3 {
            0 => write!(
                out,
                "<Status><CmdID>{id}</CmdID><MsgRef>1</MsgRef><CmdRef>{id}</CmdRef><Cmd>Replace</Cmd>\
                 <TargetRef>{uri}</TargetRef><Data>200</Data></Status>"
            ),
            1 => write!(out, "<Get><CmdID>{id}</CmdID><Item><Target><LocURI>{uri}</LocURI></Target></Item></Get>"),
            _ => write!(
                out,
                "<Replace><CmdID>{id}</CmdID><Item><Target><LocURI>{uri}</LocURI></Target><Meta>\
                 <Format xmlns=\"syncml:metinf\">chr</Format><Type xmlns=\"syncml:metinf\">text/plain</Type></Meta>\
                 <Data>value &amp; number {id}</Data></Item></Replace>"
            ),
        };
    }
    out.push_str("<Final/></SyncBody></SyncML>");
    out.into_bytes()
}

/// A tree of objects with a hundred leaves each, printed with blanks as most are.
fn tree(objects: usize, value: &str) -> Vec<u8> {
    let mut out = String::from("<MgmtTree xmlns=\"syncml:dmddf1.2\">\n<VerDTD>1.2</VerDTD>\n");
    for object in 0..objects {
        let _ = write!(
            out,
            "<Node>\n <NodeName>Object{object}</NodeName>\n <RTProperties><Format><node/></Format>\
             <Type><DDFName>{MO_ID}</DDFName></Type></RTProperties>\n"
        );
        for leaf in 0..100 {
            let _ = write!(
                out,
                " <Node>\n  <NodeName>Leaf{leaf}</NodeName>\n  <RTProperties><Format><chr/></Format>\
                 <Type><MIME>text/plain</MIME></Type></RTProperties>\n  <Value>{value} {leaf}</Value>\n </Node>\n"
            );
        }
        out.push_str("</Node>\n");
    }
    out.push_str("</MgmtTree>\n");
    out.into_bytes()
}

/// A notification of DM 1.2: server `dm.example.com`, session 0x1A.
const NOTIFICATION: [u8; 38] = *b"\x68\x73\x41\x90\xd7\xb1\x47\xee\x49\x6a\x60\xeb\xad\xfa\x7c\x13\
    \x02\xd8\0\0\0\0\x1a\x0edm.example.com";

type Operation<'a> = (&'static str, Box<dyn Fn() -> usize + 'a>);

/// What the operations work on.
struct Inputs {
    xml: Vec<u8>,
    wbxml: Vec<u8>,
    tree_xml: Vec<u8>,
    tree_wbxml: Vec<u8>,
    changed: Vec<u8>,
}

impl Inputs {
    fn new() -> Inputs {
        let wbxml = |xml: &[u8]| convert::to_wbxml(xml, &ConvertOptions::default()).expect("octets");
        let (xml, tree_xml) = (message(60), tree(10, "value"));
        Inputs { wbxml: wbxml(&xml), tree_wbxml: wbxml(&tree_xml), changed: tree(10, "other"), xml, tree_xml }
    }

    fn operations(&self) -> Vec<Operation<'_>> {
        let decoded =
            || (Message::decode(&self.xml).expect("a message"), Message::decode(&self.wbxml).expect("a message"));
        let (xml, wbxml) = decoded();
        let (xml_again, wbxml_again) = decoded();
        let decoded_tree = || tnds::decode(&self.tree_xml).expect("a tree");
        let (searched, looked_up, printed, printed_binary, same, before) =
            (decoded_tree(), decoded_tree(), decoded_tree(), decoded_tree(), decoded_tree(), decoded_tree());
        let changed = tnds::decode(&self.changed).expect("a tree");
        let same_again = same.clone();
        let options = ConvertOptions::default();
        let with_table = ConvertOptions { string_table: true, ..options };
        let pull = |input: &[u8]| {
            let document = Document::open(input).expect("a document");
            let mut reader = MessageReader::new(&document, &Options::default()).expect("a message");
            let mut commands = 0;
            while reader.next_command().expect("a command").is_some() {
                commands += 1;
            }
            commands
        };
        let decode = |input: &[u8]| Message::decode(input).expect("a message").all_commands().count();
        let encode = |message: &Message<'_>, encoding| message.encode(encoding).expect("octets").len();
        let print =
            |tree: &Tree<'_>, encoding| tnds::encode(tree, encoding, &Default::default()).expect("octets").len();
        vec![
            (
                "decode package 0",
                Box::new(|| {
                    let notification = v12::Notification::decode(black_box(&NOTIFICATION)).expect("a notification");
                    black_box(&notification).session_id().into()
                }),
            ),
            (
                "decode package 0, server identifier as text",
                Box::new(|| {
                    v12::Notification::decode(black_box(&NOTIFICATION)).expect("a notification").server_id().len()
                }),
            ),
            ("decode message, XML", Box::new(move || decode(black_box(&self.xml)))),
            ("decode message, WBXML", Box::new(move || decode(black_box(&self.wbxml)))),
            ("pull commands, XML", Box::new(move || pull(black_box(&self.xml)))),
            ("pull commands, WBXML", Box::new(move || pull(black_box(&self.wbxml)))),
            ("encode message, XML to XML", Box::new(move || encode(&xml, Encoding::Xml))),
            ("encode message, XML to WBXML", Box::new(move || encode(&xml_again, Encoding::Wbxml))),
            ("encode message, WBXML to XML", Box::new(move || encode(&wbxml, Encoding::Xml))),
            ("encode message, WBXML to WBXML", Box::new(move || encode(&wbxml_again, Encoding::Wbxml))),
            (
                "convert to WBXML",
                Box::new(move || convert::to_wbxml(black_box(&self.xml), &options).expect("octets").len()),
            ),
            (
                "convert to WBXML, string table",
                Box::new(move || convert::to_wbxml(black_box(&self.xml), &with_table).expect("octets").len()),
            ),
            (
                "convert to XML",
                Box::new(move || convert::to_xml(black_box(&self.wbxml), &options).expect("text").len()),
            ),
            ("decode tree, XML", Box::new(|| tnds::decode(black_box(&self.tree_xml)).expect("a tree").len())),
            ("decode tree, WBXML", Box::new(|| tnds::decode(black_box(&self.tree_wbxml)).expect("a tree").len())),
            ("print tree, XML", Box::new(move || print(&printed, Encoding::Xml))),
            ("print tree, WBXML", Box::new(move || print(&printed_binary, Encoding::Wbxml))),
            ("find objects", Box::new(move || searched.find_mo(black_box(MO_ID)).count())),
            (
                "look up a URI",
                Box::new(move || usize::from(looked_up.get(black_box("./Object7/Leaf77")).expect("a URI").is_some())),
            ),
            ("diff of trees, same", Box::new(move || 1 + diff(&same, &same_again, Differences::all()).len())),
            ("diff of trees, different", Box::new(move || diff(&before, &changed, Differences::all()).len())),
        ]
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let inputs = Inputs::new();
    let operations = inputs.operations();
    for (name, operation) in &operations {
        assert!(operation() > 0, "{name} does nothing");
    }
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--names", ..] => operations.iter().for_each(|(name, _)| println!("{name}")),
        ["--count", name, times, ..] => {
            let (_, operation) = operations.iter().find(|(known, _)| *known == name).expect("a name of --names");
            for _ in 0..times.parse().expect("a number") {
                black_box(operation());
            }
        }
        _ => {
            let mut criterion = Criterion::default().configure_from_args();
            for (name, operation) in &operations {
                criterion.bench_function(name, |bench| bench.iter(operation));
            }
            criterion.final_summary();
        }
    }
}
