//! Random messages with everything that the rules for data are about, written by hand in either encoding.

use super::text;
use omadm::convert::{self, ConvertOptions};
use omadm::markup::Encoding::{self, Wbxml, Xml};
use omadm::markup::{Document, Name, Writer, copy, wbxml::WbxmlWriter, xml::XmlWriter};
use omadm::syncml::{DataForm, Item, Message};
use omadm::vocabulary::{DocumentType, Tag, metinf, syncml};
use omadm::{Limits, tnds};
use proptest::prelude::*;

/// What `Meta` says: the place in a list of formats, and whether there are a type and a size.
#[derive(Clone, Debug, Default)]
struct Said {
    format: Option<usize>,
    has_type: bool,
    has_size: bool,
}

const FORMATS: [&str; 7] = ["bin", "b64", "chr", "int", "xml", "Bin", "node"];

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Octets(Vec<u8>),
    /// A tree with these octets in a node of format `bin`, in one of its forms.
    Tree(Vec<u8>, usize),
    /// Elements that are nobody's.
    Foreign,
    Empty,
    Absent,
}

#[derive(Clone, Debug)]
struct NewItem {
    said: Said,
    value: Value,
    more: bool,
    /// Encoders that make every text opaque; CDATA in XML.
    is_opaque: bool,
}

#[derive(Clone, Debug)]
enum Step {
    /// Another name, what its Meta says, and its items.
    Command(usize, Said, Vec<NewItem>),
    /// A code, perhaps in an opaque block.
    Status(u16, bool),
    Begin(bool, Said),
    End,
}

const COMMANDS: [Tag; 4] = [syncml::ADD, syncml::REPLACE, syncml::PUT, syncml::SYNC];

fn said() -> impl Strategy<Value = Said> {
    (prop::option::weighted(0.4, 0..FORMATS.len()), prop::bool::weighted(0.2), prop::bool::weighted(0.3))
        .prop_map(|(format, has_type, has_size)| Said { format, has_type, has_size })
}

fn octets() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        prop::sample::select(vec![&b"test"[..], b"AAEC", b"hello world", b"<a/>", b"\x02\x01\x6A\0x", b"212", b"  "])
            .prop_map(<[u8]>::to_vec),
    ]
}

fn item() -> impl Strategy<Value = NewItem> {
    let value = prop_oneof![
        3 => text().prop_map(Value::Text),
        4 => octets().prop_map(Value::Octets),
        2 => (octets(), 0_usize..3).prop_map(|(octets, form)| Value::Tree(octets, form)),
        1 => Just(Value::Foreign),
        1 => Just(Value::Empty),
        1 => Just(Value::Absent),
    ];
    (said(), value, prop::bool::weighted(0.15), any::<bool>()).prop_map(|(said, value, more, is_opaque)| NewItem {
        said,
        value,
        more,
        is_opaque,
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (0..COMMANDS.len(), said(), prop::collection::vec(item(), 1..4))
            .prop_map(|(name, said, items)| Step::Command(name, said, items)),
        1 => (100_u16..600, any::<bool>()).prop_map(|(code, is_opaque)| Step::Status(code, is_opaque)),
        2 => (any::<bool>(), said()).prop_map(|(is_atomic, said)| Step::Begin(is_atomic, said)),
        1 => Just(Step::End),
    ]
}

/// Writes a message.
struct Author<'w, W> {
    writer: &'w mut W,
    encoding: Encoding,
    /// The formats said around, innermost last.
    formats: Vec<Option<usize>>,
    cmd_id: usize,
}

impl<W: Writer> Author<'_, W> {
    fn start(&mut self, tag: Tag) {
        self.writer.start(Name::Known(tag), &[]).unwrap();
    }

    fn end(&mut self) {
        self.writer.end().unwrap();
    }

    fn leaf(&mut self, tag: Tag, text: &str) {
        self.start(tag);
        if !text.is_empty() {
            self.writer.text(text).unwrap();
        }
        self.end();
    }

    fn begin(&mut self, tag: Tag) {
        self.start(tag);
        self.cmd_id += 1;
        self.leaf(syncml::CMD_ID, &self.cmd_id.to_string());
    }

    /// `Meta` with a format, a type, and the size of what it is about.
    fn meta(&mut self, format: Option<&str>, media_type: Option<&str>, size: Option<usize>) {
        let size = size.map(|size| size.to_string());
        let facts = [(metinf::FORMAT, format), (metinf::TYPE, media_type), (metinf::SIZE, size.as_deref())];
        if facts.iter().any(|(_, text)| text.is_some()) {
            self.start(syncml::META);
            for (tag, text) in facts {
                if let Some(text) = text {
                    self.leaf(tag, text);
                }
            }
            self.end();
        }
    }

    /// `Meta` of a command, or of an item without a text.
    fn said(&mut self, said: &Said) {
        let media_type = said.has_type.then_some("application/octet-stream");
        self.meta(said.format.map(|format| FORMATS[format]), media_type, None);
    }

    fn message(&mut self, steps: &[Step]) {
        self.start(syncml::SYNC_ML);
        self.start(syncml::SYNC_HDR);
        for (tag, text) in
            [(syncml::VER_DTD, "1.2"), (syncml::VER_PROTO, "DM/1.2"), (syncml::SESSION_ID, "1"), (syncml::MSG_ID, "1")]
        {
            self.leaf(tag, text);
        }
        for tag in [syncml::TARGET, syncml::SOURCE] {
            self.start(tag);
            self.leaf(syncml::LOC_URI, "x");
            self.end();
        }
        self.end();
        self.start(syncml::SYNC_BODY);
        for step in steps {
            match step {
                Step::Command(name, said, items) => self.command(COMMANDS[*name], said, items),
                Step::Status(code, is_opaque) => self.status(*code, *is_opaque),
                Step::Begin(is_atomic, said) => {
                    self.begin(if *is_atomic { syncml::ATOMIC } else { syncml::SEQUENCE });
                    self.said(said);
                    self.formats.push(said.format);
                }
                Step::End => {
                    if self.formats.pop().is_some() {
                        self.end();
                    }
                }
            }
        }
        for _ in 0..self.formats.len() {
            self.end();
        }
        self.end();
        self.end();
    }

    fn status(&mut self, code: u16, is_opaque: bool) {
        self.begin(syncml::STATUS);
        self.leaf(syncml::MSG_REF, "1");
        self.leaf(syncml::CMD_REF, "1");
        self.leaf(syncml::CMD, "Add");
        self.start(syncml::DATA);
        let code = code.to_string();
        let written = if is_opaque { self.writer.cdata(&code) } else { self.writer.text(&code) };
        written.unwrap();
        self.end();
        self.end();
    }

    fn command(&mut self, tag: Tag, said: &Said, items: &[NewItem]) {
        self.begin(tag);
        self.said(said);
        self.formats.push(said.format);
        // A Sync has commands in it.
        let is_sync = tag == syncml::SYNC;
        if is_sync {
            self.begin(syncml::ADD);
        }
        for item in items {
            self.item(item);
        }
        if is_sync {
            self.end();
        }
        self.formats.pop();
        self.end();
    }

    fn item(&mut self, item: &NewItem) {
        let outer = self.formats.iter().rev().find_map(|format| *format);
        let format = item.said.format.or(outer).map_or("chr", |format| FORMATS[format]);
        let is_bin = format.eq_ignore_ascii_case("bin");
        self.start(syncml::ITEM);
        self.start(syncml::TARGET);
        self.leaf(syncml::LOC_URI, "./A");
        self.end();
        // Octets are raw in WBXML, and base64 in XML; and text where a text has to be.
        let base64 = |octets: &[u8]| omadm::auth::Nonce::new(octets).to_base64();
        let value = match &item.value {
            Value::Octets(octets) if self.encoding == Xml || format == "b64" => Value::Text(base64(octets)),
            Value::Text(text) if format == "b64" || (is_bin && self.encoding == Xml) => {
                Value::Text(base64(text.as_bytes()))
            }
            value => value.clone(),
        };
        let more = item.more
            && match &value {
                // What cannot be converted by itself has a test of its own.
                Value::Text(text) => !is_bin || (self.encoding == Wbxml && text.len() % 3 == 0),
                Value::Octets(octets) => is_bin && octets.len() % 3 == 0,
                _ => false,
            };
        match &value {
            Value::Tree(octets, form) => return self.tree(octets, *form),
            Value::Absent => {
                self.said(&item.said);
                return self.end();
            }
            Value::Text(text) => {
                self.own_meta(&item.said, if more { 99 } else { text.len() });
                self.start(syncml::DATA);
                match text {
                    text if text.is_empty() => {}
                    // A section cannot have its own end in it: there would be two.
                    text if item.is_opaque && !text.contains("]]>") => self.writer.cdata(text).unwrap(),
                    text => self.writer.text(text).unwrap(),
                }
            }
            Value::Octets(octets) => {
                self.own_meta(&item.said, if more { 99 } else { octets.len() });
                self.start(syncml::DATA);
                if !octets.is_empty() {
                    self.writer.opaque(octets).unwrap();
                }
            }
            Value::Foreign => {
                self.said(&item.said);
                self.start(syncml::DATA);
                self.writer.start(Name::Other { qname: "foo", namespace: None }, &[]).unwrap();
                self.writer.text("x").unwrap();
                self.end();
            }
            Value::Empty => {
                self.own_meta(&item.said, 0);
                self.start(syncml::DATA);
            }
        }
        self.end();
        if more {
            self.start(syncml::MORE_DATA);
            self.end();
        }
        self.end();
    }

    fn own_meta(&mut self, said: &Said, size: usize) {
        let media_type = said.has_type.then_some("text/plain");
        self.meta(said.format.map(|format| FORMATS[format]), media_type, said.has_size.then_some(size));
    }

    /// The rest of an item with a tree.
    fn tree(&mut self, octets: &[u8], form: usize) {
        let value = omadm::auth::Nonce::new(octets).to_base64();
        let tree = format!(
            "<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>n</NodeName><RTProperties><Format><bin/></Format>\
             </RTProperties><Value>{value}</Value></Node></MgmtTree>"
        );
        let wbxml = convert::to_wbxml(tree.as_bytes(), &ConvertOptions::default()).unwrap();
        let (format, suffix) = match (self.encoding, form) {
            (Wbxml, 0) => ("bin", "wbxml"),
            _ => ("xml", "xml"),
        };
        let size = match (self.encoding, form) {
            (_, 2) => None,
            (Wbxml, 0) => Some(wbxml.len()),
            _ => Some(tree.len()),
        };
        self.meta(Some(format), Some(&format!("application/vnd.syncml.dmtnds+{suffix}")), size);
        self.start(syncml::DATA);
        match (self.encoding, form) {
            (Wbxml, 0) => self.writer.opaque(&wbxml).unwrap(),
            (_, 2) => {
                // Among the elements of the message.
                let document = Document::open(if self.encoding == Xml { tree.as_bytes() } else { &wbxml }).unwrap();
                copy(&mut document.reader(&Default::default()).unwrap(), self.writer).unwrap();
            }
            _ => self.writer.cdata(&tree).unwrap(),
        }
        self.end();
        self.end();
    }
}

fn written(encoding: Encoding, steps: &[Step]) -> Vec<u8> {
    match encoding {
        Xml => {
            let mut writer = XmlWriter::new(&Limits::DEFAULT);
            Author { writer: &mut writer, encoding, formats: Vec::new(), cmd_id: 0 }.message(steps);
            writer.finish().unwrap().into_bytes()
        }
        Wbxml => {
            let mut writer = WbxmlWriter::new(DocumentType::SyncMl12, &Limits::DEFAULT);
            Author { writer: &mut writer, encoding, formats: Vec::new(), cmd_id: 0 }.message(steps);
            writer.finish().unwrap()
        }
    }
}

/// What the items of a message mean to who reads it (`wire.md` §9.3), found without the rules that are tested: the octets, and
/// the value in a tree.
fn meaning(message: &Message<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for command in message.all_commands() {
        all.push(format!("{} {:?}", command.name(), command.status()));
        all.extend(command.items().map(|item| meaning_of(message.encoding(), &item)));
    }
    all
}

fn meaning_of(encoding: Encoding, item: &Item<'_>) -> String {
    let format = item.format().unwrap_or("chr").to_ascii_lowercase();
    let media_type = item.media_type().unwrap_or_default().replace("+wbxml", "+xml");
    let Some(data) = item.data() else { return format!("{media_type}: nothing") };
    let size = item.own_meta().and_then(|meta| meta.size());
    if let Some(Ok(tree)) = tnds::in_item(item, &Default::default()) {
        let value = tree.nodes().find_map(|node| node.value().map(|value| value.octets().unwrap().into_owned()));
        if data.form() != DataForm::Markup && size.is_some() {
            assert_eq!(size, Some(data.bytes().len() as u64));
        }
        return format!("tree {value:?}");
    }
    if data.form() == DataForm::Markup {
        return format!("{media_type}: elements");
    }
    if !item.more_data() && size.is_some() {
        assert_eq!(size, Some(data.bytes().len() as u64), "{format} {:?}", data.bytes());
    }
    let octets = match (&*format, encoding) {
        ("b64", _) | ("bin", Xml) => data.base64().unwrap(),
        _ => data.bytes().to_vec(),
    };
    format!("{media_type}: {octets:?}")
}

fn converted(octets: &[u8], to: Encoding) -> Vec<u8> {
    let options = ConvertOptions::default();
    match to {
        Xml => convert::to_xml(octets, &options).unwrap().into_bytes(),
        Wbxml => convert::to_wbxml(octets, &options).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// decode(encode(m)) == m in each encoding; across the two, all that is meant is the same, and so is the message once it
    /// is normalised. What `convert` makes of the octets is the same to the octet.
    #[test]
    fn messages_say_the_same_in_both_encodings(steps in prop::collection::vec(step(), 0..8)) {
        for (here, there) in [(Xml, Wbxml), (Wbxml, Xml)] {
            let octets = written(here, &steps);
            let shown = String::from_utf8_lossy(&octets);
            let message = Message::decode(&octets).unwrap();
            let same = message.encode(here).unwrap();
            prop_assert!(Message::decode(&same).unwrap() == message, "{}", shown);
            prop_assert_eq!(String::from_utf8_lossy(&same), &*shown);
            let other = message.encode(there).unwrap();
            let by_convert = converted(&octets, there);
            prop_assert_eq!(String::from_utf8_lossy(&other), String::from_utf8_lossy(&by_convert));
            let crossed = Message::decode(&other).unwrap();
            prop_assert_eq!(meaning(&crossed), meaning(&message), "{}", shown);
            let normal = message.normalise().unwrap();
            prop_assert!(crossed.normalise().unwrap() == normal, "{}", shown);
            prop_assert!(normal.normalise().unwrap() == normal, "{}", shown);
            let back = crossed.encode(here).unwrap();
            let back = Message::decode(&back).unwrap();
            prop_assert_eq!(meaning(&back), meaning(&message), "{}", shown);
            prop_assert!(back.normalise().unwrap() == normal, "{}", shown);
        }
    }
}
