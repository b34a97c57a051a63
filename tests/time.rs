//! Time is at most linear in the input, whatever the input: families of documents that are hard on readers, each at sizes that
//! double, through everything that takes documents.

mod common;

use common::clock::is_linear_in;
use common::messages::message;
use common::with_reader;
use omadm::convert::{ConvertOptions, Layout, to_wbxml, to_xml};
use omadm::markup::{Document, Encoding, Options, Reader};
use omadm::syncml::{Feeder, Message, MessageReader};
use omadm::{ErrorKind, Limits, ddf, devinf, provisioning, tnds, tree};

/// Three doublings: a time that grows as the square grows 8 times for each octet. Caches that larger documents leave cost
/// them up to twice as much.
const SIZES: [usize; 4] = [500, 1_000, 2_000, 4_000];
const SLACK: f64 = 3.4;

/// The limits that would end a family early are out of the way, so that it is the code that is tried and not the limit.
fn options() -> Options {
    let limits =
        Limits { depth: u32::MAX, attributes: u32::MAX, prefix: u32::MAX, buffer: u32::MAX, ..Limits::default() };
    Options { limits, ..Options::default() }
}

/// A family: its name, and the document with so many of what it has many of.
type Family = (&'static str, fn(usize) -> Vec<u8>);

fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

fn item(index: usize) -> String {
    format!("<Item><Target><LocURI>./A/{index}</LocURI></Target><Data>x</Data></Item>")
}

fn add(items: &str) -> String {
    format!("<Add><CmdID>1</CmdID>{items}</Add>")
}

fn one(data: &str) -> Vec<u8> {
    message(&add(&format!("<Item><Target><LocURI>./A</LocURI></Target><Data>{data}</Data></Item>"))).into_bytes()
}

/// Messages. They are read as they are, and as WBXML once they were converted.
const MESSAGES: &[Family] = &[
    ("many attributes on each element", |count| {
        let attributes = many(100, |at| format!(" a{at}='{at}'"));
        one(&format!("<a{attributes}/>").repeat(count / 50))
    }),
    ("all attributes on one element", |count| one(&format!("<a{}/>", many(count, |at| format!(" a{at}=''"))))),
    ("many namespaces in force, and a prefix of the outermost for each element", |count| {
        let open = many(50, |at| format!("<p{at}:a xmlns:p{at}='urn:x:{at}'>"));
        let close = many(50, |at| format!("</p{}:a>", 49 - at));
        one(&format!("{open}{}{close}", "<p0:b/><p49:b/>".repeat(count)))
    }),
    ("a namespace for each element", |count| one(&many(count, |at| format!("<a xmlns='urn:x:{at}'/>")))),
    ("a prefix and a namespace for each element", |count| {
        one(&many(count, |at| format!("<p{at}:a xmlns:p{at}='urn:x:{at}'/>")))
    }),
    ("many tiny texts in one element", |count| one(&"x<!-- -->&amp;<![CDATA[y]]>".repeat(count))),
    ("many elements with a tiny text", |count| one(&"<a>x</a>".repeat(count))),
    ("many references", |count| one(&"&#65;".repeat(count))),
    ("many brackets", |count| one(&"]".repeat(count * 4))),
    ("elements inside each other", |count| one(&("<a>".repeat(count) + &"</a>".repeat(count)))),
    ("known elements inside each other", |count| one(&("<Item>".repeat(count) + &"</Item>".repeat(count)))),
    ("many items", |count| message(&add(&many(count, item))).into_bytes()),
    ("many commands", |count| {
        message(&many(count, |at| format!("<Delete><CmdID>{at}</CmdID>{}</Delete>", item(at)))).into_bytes()
    }),
    ("commands with one CmdID", |count| message(&add(&item(0)).repeat(count)).into_bytes()),
    ("sequences inside each other", |count| {
        let open = "<Sequence><CmdID>1</CmdID>".repeat(count);
        message(&(open + &"</Sequence>".repeat(count))).into_bytes()
    }),
    ("commands in the innermost of as many containers as may be", |count| {
        let open = "<Sequence><CmdID>1</CmdID>".repeat(450);
        let commands = many(4 * count, |at| format!("<Delete><CmdID>{at}</CmdID>{}</Delete>", item(at)));
        message(&(open + &commands + &"</Sequence>".repeat(450))).into_bytes()
    }),
    ("unknown elements of one name in a command", |count| {
        message(&add(&"<x:y xmlns:x='u'/>".repeat(count))).into_bytes()
    }),
    ("unknown elements of names of their own", |count| {
        message(&add(&many(count, |at| format!("<n{at}/>")))).into_bytes()
    }),
    ("alternating between vocabularies", |count| {
        let meta = "<Meta><Type xmlns='syncml:metinf'>t</Type></Meta><Data>x</Data>";
        message(&add(&format!("<Item>{meta}</Item>").repeat(count))).into_bytes()
    }),
    ("texts that are all the same", |count| message(&add(&item(7).repeat(count))).into_bytes()),
    ("formats that are said last", |count| {
        let late = "<Item><Data>AAEC</Data><Meta><Format xmlns='syncml:metinf'>b64</Format></Meta></Item>";
        message(&add(&late.repeat(count))).into_bytes()
    }),
];

/// What took longer than it may, by test.
#[derive(Default)]
struct Failed(Vec<String>);

impl Failed {
    /// Does this with every document of a family, which are refused all or none.
    fn check(&mut self, name: &str, documents: &[Vec<u8>], work: impl Fn(&[u8]) -> Result<(), ErrorKind>) {
        let outcomes: Vec<_> = documents.iter().map(|document| work(document)).collect();
        assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]), "{name}: {outcomes:?}");
        let name = format!("{name}, {:?}", outcomes[0]);
        if !is_linear_in(&name, SLACK, documents, |document| assert_eq!(work(document), outcomes[0])) {
            self.0.push(name);
        }
    }
}

impl Drop for Failed {
    fn drop(&mut self) {
        assert!(
            std::thread::panicking() || self.0.is_empty(),
            "time grows faster than the input:\n{}",
            self.0.join("\n")
        );
    }
}

fn events(input: &[u8]) -> Result<(), ErrorKind> {
    let read = with_reader(input, &options(), |reader| {
        while reader.next_event()?.is_some() {
            assert!(reader.attrs().filter(|attr| attr.namespace.is_some()).count() < input.len());
        }
        Ok(())
    });
    read.map_err(|error| error.kind())
}

fn skipped(input: &[u8]) -> Result<(), ErrorKind> {
    let read = with_reader(input, &options(), |reader| {
        reader.next_event()?;
        let fragment = reader.skip()?;
        let mut again = fragment.reader(&options());
        while again.next_event()?.is_some() {}
        Ok(())
    });
    read.map_err(|error| error.kind())
}

fn whole(input: &[u8]) -> Result<(), ErrorKind> {
    let message = Message::decode_with(input, &options()).map_err(|error| error.kind())?;
    let items: usize = message.all_commands().map(|command| command.items().count() + command.extras().count()).sum();
    assert!(items <= input.len());
    Ok(())
}

fn pulled(input: &[u8]) -> Result<(), ErrorKind> {
    let read = || {
        let document = Document::open(input)?;
        let mut reader = MessageReader::new(&document, &options())?;
        while reader.next_command()?.is_some() {}
        Ok(())
    };
    read().map_err(|error: omadm::Error| error.kind())
}

/// In pieces of 1,000 octets.
fn fed(input: &[u8]) -> Result<(), ErrorKind> {
    let mut feeder = Feeder::new(&options());
    let mut feed = || {
        for chunk in input.chunks(1_000) {
            feeder.feed(chunk)?;
            while feeder.next_command()?.is_some() {}
        }
        feeder.finish();
        while feeder.next_command()?.is_some() {}
        Ok(())
    };
    feed().map_err(|error: omadm::Error| error.kind())
}

fn located(input: &[u8]) -> Result<(), ErrorKind> {
    // Cut off, so that there is something to locate, far in.
    let cut = &input[..input.len() * 9 / 10];
    let error = Message::decode_with(cut, &options()).unwrap_err();
    assert!(error.locate(cut).path.len() <= cut.len());
    Ok(())
}

fn convert_options(string_table: bool, layout: Layout) -> ConvertOptions {
    ConvertOptions { read: options(), string_table, layout, ..ConvertOptions::default() }
}

fn as_xml(input: &[u8]) -> Result<(), ErrorKind> {
    for layout in [Layout::AsItIs, Layout::Canonical] {
        to_xml(input, &convert_options(false, layout)).map_err(|error| error.kind())?;
    }
    Ok(())
}

fn as_wbxml(input: &[u8]) -> Result<(), ErrorKind> {
    for string_table in [false, true] {
        to_wbxml(input, &convert_options(string_table, Layout::AsItIs)).map_err(|error| error.kind())?;
    }
    Ok(())
}

fn encoded(input: &[u8]) -> Result<(), ErrorKind> {
    let limits = options().limits;
    let message = Message::decode_with(input, &options()).map_err(|error| error.kind())?;
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        message.encode_with(encoding, &limits).map_err(|error| error.kind())?;
    }
    Ok(())
}

/// Everything that takes messages.
type Reading = fn(&[u8]) -> Result<(), ErrorKind>;
const READINGS: &[(&str, Reading)] = &[
    ("events", events),
    ("fragments", skipped),
    ("messages", whole),
    ("commands one by one", pulled),
    ("commands as they come", fed),
    ("places of errors", located),
    ("to XML", as_xml),
    ("to WBXML", as_wbxml),
    ("read and written", encoded),
];

#[test]
fn messages_in_xml_take_linear_time() {
    let mut failed = Failed::default();
    for (family, document) in MESSAGES {
        let documents = SIZES.map(document);
        for (reading, work) in READINGS {
            failed.check(&format!("{reading}: {family}"), &documents, work);
        }
    }
}

#[test]
fn messages_in_wbxml_take_linear_time() {
    let mut failed = Failed::default();
    for (family, document) in MESSAGES {
        // What repeats stands in the string table.
        let options = convert_options(true, Layout::AsItIs);
        let documents = SIZES.map(|size| to_wbxml(&document(size), &options).unwrap());
        for (reading, work) in READINGS {
            failed.check(&format!("{reading}, WBXML: {family}"), &documents, work);
        }
    }
}

/// SyncML 1.2 with this string table and this body inside SyncML, SyncBody.
fn wbxml(strings: &[u8], body: &[u8]) -> Vec<u8> {
    let length = strings.len();
    let length = [0x80 | (length >> 14) as u8, 0x80 | (length >> 7 & 0x7F) as u8, (length & 0x7F) as u8];
    [b"\x02\xA4\x01\x6A", &length[..], strings, b"\x6D\x6B", body, b"\x01\x01"].concat()
}

fn reference(at: usize) -> [u8; 3] {
    [0x80 | (at >> 14) as u8, 0x80 | (at >> 7 & 0x7F) as u8, (at & 0x7F) as u8]
}

/// What only WBXML has.
const TOKENS: &[Family] = &[
    ("page switches", |count| wbxml(b"", &b"\x00\x01\x00\x00".repeat(count))),
    ("a page switch for each element", |count| wbxml(b"", &b"\x00\x01\x13\x00\x00\x14".repeat(count))),
    ("literals of one name", |count| wbxml(b"a\0", &b"\x04\x00".repeat(count))),
    ("literals of names of their own", |count| {
        let body: Vec<u8> = (0..count).flat_map(|at| [&[0x04][..], &reference(at * 6)].concat()).collect();
        wbxml(many(count, |at| format!("a{at:04}\0")).as_bytes(), &body[..])
    }),
    ("literals inside each other", |count| wbxml(b"a\0", &[b"\x44\x00".repeat(count), vec![1; count]].concat())),
    ("literals that begin within one another", |count| {
        // One string of 4,000 letters, of which each name is an end.
        let body: Vec<u8> = (0..count).flat_map(|at| [&[0x04][..], &reference(3_000 + at % 1_000)].concat()).collect();
        wbxml(&[vec![b'a'; 4_000], vec![0]].concat(), &body)
    }),
    ("references into a table without ends of strings until the last", |count| {
        let body: Vec<u8> = (0..count).flat_map(|_| [b"\x4F\x83", &reference(0)[..], b"\x01"].concat()).collect();
        wbxml(b"abc\0", &body)
    }),
    ("entities", |count| wbxml(b"", &[b"\x4F".to_vec(), b"\x02\x41".repeat(count), b"\x01".to_vec()].concat())),
    ("empty opaque blocks", |count| {
        wbxml(b"", &[b"\x4F".to_vec(), b"\xC3\x00".repeat(count), b"\x01".to_vec()].concat())
    }),
    ("empty strings", |count| wbxml(b"", &[b"\x4F".to_vec(), b"\x03\x00".repeat(count), b"\x01".to_vec()].concat())),
    ("processing instructions", |count| wbxml(b"a\0", &b"\x43\x04\x00\x01".repeat(count))),
    ("extension tokens", |count| wbxml(b"", &[b"\x4F".to_vec(), b"\xC0".repeat(count), b"\x01".to_vec()].concat())),
    ("elements inside each other", |count| wbxml(b"", &[vec![0x54; count], vec![1; count]].concat())),
];

#[test]
fn tokens_of_wbxml_take_linear_time() {
    let mut failed = Failed::default();
    for (family, document) in TOKENS {
        let documents = SIZES.map(document);
        for (reading, work) in READINGS {
            failed.check(&format!("{reading}: {family}"), &documents, work);
        }
    }
}

fn mgmt_tree(nodes: String) -> Vec<u8> {
    format!("<MgmtTree><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>").into_bytes()
}

fn node(name: &str, inside: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName>{inside}</Node>")
}

/// Tree documents; `tests/tree.rs` has more, of paths.
const TREES: &[Family] = &[
    ("wide", |count| mgmt_tree(many(count, |at| node(&format!("n{at}"), "<Value>v</Value>")))),
    ("deep", |count| {
        mgmt_tree(
            "<Node><NodeName>n</NodeName>".repeat(400)
                + &node("x", "")
                + &"</Node>".repeat(400)
                + &many(count, |at| node(&format!("n{at}"), "")),
        )
    }),
    ("deep as all nodes go", |count| {
        mgmt_tree("<Node><NodeName>n</NodeName>".repeat(count) + &"</Node>".repeat(count))
    }),
    ("names that occur twice", |count| mgmt_tree(many(count, |at| node(&format!("n{at}"), "")) + &node("n0", ""))),
    ("one name at every place", |count| {
        mgmt_tree(many(count, |at| node(&format!("n{at}"), &node("x", &node("x", "")))))
    }),
    ("a long name above all", |count| {
        mgmt_tree(node(&"l".repeat(40 * count), &many(count, |at| node(&format!("n{at}"), "<Value>v</Value>"))))
    }),
    ("an object each", |count| {
        let kind = |at| format!("<RTProperties><Type><DDFName>urn:x:{at}</DDFName></Type></RTProperties>");
        mgmt_tree(many(count, |at| node(&format!("n{at}"), &kind(at))))
    }),
    ("an ACL each", |count| {
        let acl = |at| format!("<RTProperties><ACL>Get=s{at}&amp;Replace=*</ACL></RTProperties>");
        mgmt_tree(many(count, |at| node(&format!("n{at}"), &acl(at))))
    }),
    ("unknown properties", |count| {
        mgmt_tree(node("n", &format!("<RTProperties>{}</RTProperties>", "<X/>".repeat(count))))
    }),
];

fn tree(input: &[u8]) -> Result<(), ErrorKind> {
    let tree = tnds::decode_with(input, &options()).map_err(|error| error.kind())?;
    assert!(tree.nodes().count() <= input.len());
    let found = tree.nodes().filter(|node| node.name() == "x" && node.parent().is_some()).count();
    assert!(found <= tree.len());
    Ok(())
}

fn tree_written(input: &[u8]) -> Result<(), ErrorKind> {
    let tree = tnds::decode_with(input, &options()).map_err(|error| error.kind())?;
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let options = tnds::EncodeOptions { limits: options().limits, ..tnds::EncodeOptions::default() };
        tnds::encode(tree.root(), encoding, &options).map_err(|error| error.kind())?;
    }
    Ok(())
}

fn description(input: &[u8]) -> Result<(), ErrorKind> {
    let schema = ddf::decode_with(input, &options()).map_err(|error| error.kind())?;
    assert!(schema.nodes().count() <= input.len());
    Ok(())
}

#[test]
fn trees_take_linear_time() {
    let mut failed = Failed::default();
    let readings: [(&str, Reading); 6] = [
        ("tree", tree),
        ("tree, written", tree_written),
        ("description", description),
        ("events", events),
        ("to WBXML", as_wbxml),
        ("to XML", as_xml),
    ];
    for (family, document) in TREES {
        let documents = SIZES.map(document);
        let binary = documents.each_ref().map(|xml| to_wbxml(xml, &convert_options(false, Layout::AsItIs)).unwrap());
        for (reading, work) in readings {
            failed.check(&format!("{reading}: {family}"), &documents, work);
            failed.check(&format!("{reading}, WBXML: {family}"), &binary, work);
        }
    }
}

/// Tree documents in which the URIs of what has a value are longer together than the document.
const PATHS: &[Family] = &[
    ("values below a long name", |count| {
        mgmt_tree(node(&"l".repeat(40 * count), &many(count, |at| node(&format!("n{at}"), "<Value>v</Value>"))))
    }),
    ("values far below a long name, each in a place of its own", |count| {
        let branch = |at| node(&format!("n{at}"), &node("x", &node("x", "<Value>v</Value>")));
        mgmt_tree(node(&"l".repeat(40 * count), &many(count, branch)))
    }),
    ("values at the end of a long way", |count| {
        let depth = count / 10;
        let leaves = many(count, |at| node(&format!("n{at}"), "<Value>v</Value>"));
        mgmt_tree("<Node><NodeName>n</NodeName>".repeat(depth) + &leaves + &"</Node>".repeat(depth))
    }),
];

/// Every value becomes another one, and every leaf is removed.
fn applied(input: &[u8]) -> Result<(), ErrorKind> {
    let xml = str::from_utf8(input).unwrap();
    let decode = |xml: String| tnds::decode_with(xml.as_bytes(), &options()).map(tree::Tree::into_owned);
    let before = tnds::decode_with(input, &options()).map_err(|error| error.kind())?;
    let changed = xml.replace("<Value>v</Value>", "<Value>w</Value>");
    let values = changed.matches("<Value>w</Value>").count();
    for (after, left) in [(changed, values), (emptied(xml), 0)] {
        let after = decode(after).map_err(|error| error.kind())?;
        let diff = tree::diff(&before, &after, tree::Differences::all());
        assert_eq!(diff.len(), values);
        let mut patched = before.clone();
        patched.apply(&diff).map_err(|error| error.kind())?;
        assert_eq!(patched.nodes().filter(|node| node.value().is_some()).count(), left);
    }
    Ok(())
}

/// The same document without its leaves.
fn emptied(xml: &str) -> String {
    let (nodes, last) = xml.rsplit_once("<Value>v</Value></Node>").unwrap();
    // What stands before a value is the beginning of its node.
    nodes.split("<Value>v</Value></Node>").map(|before| before.rsplit_once("<Node>").unwrap().0).collect::<String>()
        + last
}

#[test]
fn differences_are_applied_in_linear_time() {
    let mut failed = Failed::default();
    for (family, document) in PATHS {
        failed.check(&format!("applied: {family}"), &SIZES.map(document), applied);
    }
}

const PROV: &[Family] = &[
    ("parms", |count| prov(&many(count, |at| format!("<parm name='N{at}' value='v'/>")))),
    ("parms of one name", |count| prov(&"<parm name='ADDR' value='1'/>".repeat(count))),
    ("characteristics inside each other", |count| {
        prov(&("<characteristic type='A'>".repeat(count) + &"</characteristic>".repeat(count)))
    }),
    ("characteristics", |count| prov(&"<characteristic type='APPLICATION'/>".repeat(count))),
    ("attributes of vendors", |count| prov(&format!("<parm name='N'{}/>", many(count, |at| format!(" a{at}='x'"))))),
];

fn prov(inside: &str) -> Vec<u8> {
    format!("<wap-provisioningdoc><characteristic type='A'>{inside}</characteristic></wap-provisioningdoc>")
        .into_bytes()
}

fn provisioned(input: &[u8]) -> Result<(), ErrorKind> {
    let document = provisioning::Document::decode_with(input, &options()).map_err(|error| error.kind())?;
    assert!(document.all_characteristics().map(|group| group.parms().count()).sum::<usize>() <= input.len());
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        document.encode_with(encoding, &options().limits).map_err(|error| error.kind())?;
    }
    Ok(())
}

#[test]
fn provisioning_takes_linear_time() {
    let mut failed = Failed::default();
    for (family, document) in PROV {
        let documents = SIZES.map(document);
        let binary = documents.each_ref().map(|xml| to_wbxml(xml, &convert_options(true, Layout::AsItIs)).unwrap());
        for (reading, work) in [("provisioning", provisioned as Reading), ("to XML", as_xml), ("to WBXML", as_wbxml)] {
            failed.check(&format!("{reading}: {family}"), &documents, work);
            failed.check(&format!("{reading}, WBXML: {family}"), &binary, work);
        }
    }
}

#[test]
fn device_information_takes_linear_time() {
    let mut failed = Failed::default();
    let information = |count: usize| {
        let exts = many(count, |at| format!("<Ext><XNam>n{at}</XNam><XVal>v</XVal></Ext>"));
        format!("<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><DevID>1</DevID>{exts}</DevInf>").into_bytes()
    };
    failed.check("device information", &SIZES.map(information), |input| {
        let info = devinf::DevInf::decode_with(input, &options()).map_err(|error| error.kind())?;
        assert!(info.exts().count() <= input.len());
        info.encode(Encoding::Wbxml).map(drop).map_err(|error| error.kind())
    });
}
