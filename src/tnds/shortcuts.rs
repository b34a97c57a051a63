//! Trees that are read in the short ways are those that are read event by event, and what is written is the same; so are errors. Both
//! ways through every document are compared.

use super::{EncodeOptions, Layout, Properties, decode};
use crate::markup::xml::XmlWriter;
use crate::markup::{
    Attrs, CommonTag, Document, Encoding, Event, Fragment, Mark, Name, NewAttr, Options, Reader, Writer,
};
use crate::text::{self, Sources};
use crate::tree::Tree;
use crate::vocabulary::DocumentType;
use crate::{Error, ErrorKind, Limits};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::PathBuf;

/// A reader that knows no short ways.
struct Plain<R>(R);

impl<'a, R: Reader<'a>> Reader<'a> for Plain<R> {
    fn next_event(&mut self) -> Result<Option<Event<'a>>, Error> {
        self.0.next_event()
    }

    fn attrs(&self) -> Attrs<'_, 'a> {
        self.0.attrs()
    }

    fn offset(&self) -> usize {
        self.0.offset()
    }

    fn depth(&self) -> usize {
        self.0.depth()
    }

    fn encoding(&self) -> Encoding {
        self.0.encoding()
    }

    fn mark(&self) -> Mark {
        self.0.mark()
    }

    fn fragment(&self, mark: Mark) -> Fragment<'a> {
        self.0.fragment(mark)
    }

    fn common_tag(&mut self) -> CommonTag {
        CommonTag::None
    }

    fn plain_text(&mut self) -> Option<&'a [u8]> {
        None
    }
}

/// All that a tree says.
fn say(tree: &Tree<'_>) -> String {
    let mut said = format!("{:?} {:?} {:?}\n", tree.ver_dtd(), tree.man(), tree.model());
    for node in tree.nodes() {
        let _ = writeln!(
            said,
            "{} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {} {:?}",
            node.uri(),
            node.format(),
            node.media_type(),
            node.mo_id(),
            node.acl(),
            node.title(),
            node.tstamp(),
            node.ver_no(),
            node.value().map(|value| value.bytes()),
            node.is_implicit(),
            node.id(),
        );
    }
    for id in ["urn:a", "urn:b"] {
        let _ = writeln!(said, "{:?}", tree.find_mo(id).map(|node| node.id()).collect::<Vec<_>>());
    }
    said
}

fn plainly(input: &[u8], options: &Options) -> Result<String, Error> {
    let document = Document::open(input)?;
    let octets = document.octets();
    let (builder, info, heap) = decode::document(&mut Plain(document.reader(options)?), octets, &options.limits)?;
    let document = match &document {
        Document::Xml(document) => text::Document::Text(Cow::Borrowed(document.text())),
        Document::Wbxml(octets) => text::Document::Binary(Cow::Borrowed(octets)),
    };
    Ok(say(&builder.finish(Sources { document, heap }, info)))
}

/// Returns whether it is a tree.
fn compare(input: &[u8], options: &Options) -> bool {
    let tree = super::decode_with(input, options);
    let shortly = tree.as_ref().map(say).map_err(|error| *error);
    assert_eq!(shortly, plainly(input, options), "{}", String::from_utf8_lossy(input));
    tree.is_ok()
}

/// A writer that knows no short ways.
struct PlainWriter<W>(W);

impl<W: Writer> Writer for PlainWriter<W> {
    fn start(&mut self, name: Name<'_>, attrs: &[NewAttr<'_>]) -> Result<(), ErrorKind> {
        self.0.start(name, attrs)
    }

    fn text(&mut self, text: &str) -> Result<(), ErrorKind> {
        self.0.text(text)
    }

    fn cdata(&mut self, text: &str) -> Result<(), ErrorKind> {
        self.0.cdata(text)
    }

    fn opaque(&mut self, octets: &[u8]) -> Result<(), ErrorKind> {
        self.0.opaque(octets)
    }

    fn end(&mut self) -> Result<(), ErrorKind> {
        self.0.end()
    }
}

/// Returns how long the document is.
fn compare_written(tree: &Tree<'_>, options: &EncodeOptions<'_>) -> usize {
    let shortly = super::encode(tree, Encoding::Xml, options);
    let mut writer = PlainWriter(XmlWriter::of_type(DocumentType::DmDdf12, &options.limits));
    let plainly = super::write(tree, &mut writer, Encoding::Xml, options).and_then(|()| writer.0.finish());
    assert_eq!(shortly, plainly.map(String::into_bytes));
    shortly.map_or(0, |octets| octets.len())
}

#[test]
fn the_short_ways_write_what_events_write() {
    let mut chance = Chance(3);
    let mut trees = 0;
    for _ in 0..400 {
        let document = document(&mut chance);
        let Ok(tree) = super::decode(document.as_bytes()) else { continue };
        trees += 1;
        for properties in [Properties::all(), Properties::all() - Properties::FORMAT, Properties::VALUE] {
            for layout in [Layout::Nested, Layout::Flat] {
                let with = |limits| {
                    compare_written(&tree, &EncodeOptions { layout, properties, limits, ..Default::default() })
                };
                let len = with(Limits::default());
                assert!(len > 0);
                for output in (0..=len as u64 + 300).step_by(13) {
                    with(Limits { output, ..Limits::default() });
                }
                for depth in 0..10 {
                    with(Limits { depth, ..Limits::default() });
                }
            }
        }
    }
    assert!(trees > 100, "{trees}");
}

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// Nodes whose properties come again, with all that makes them differ from node to node.
const NODES: [&str; 23] = [
    "<Node><NodeName>A</NodeName><RTProperties><Format><node/></Format><Type><DDFName>urn:a</DDFName></Type></RTProperties>",
    "<Node><NodeName>B</NodeName><Path>./A</Path><RTProperties><ACL>Get=*&amp;Replace=x</ACL><Format><node/></Format><Title>T</Title><Type><DDFName/></Type></RTProperties>",
    "<Node><NodeName>c</NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties><Value>v</Value></Node>",
    "<Node> <NodeName> d\n</NodeName> <RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties> <Value> w </Value> </Node>",
    "<Node><NodeName>e</NodeName><Value>1</Value><RTProperties><Format><int/></Format><Type><MIME>text/plain</MIME></Type></RTProperties></Node>",
    "<Node><NodeName>f</NodeName><RTProperties><Format><bin/></Format><Type><MIME>a/b</MIME></Type><VerNo>7</VerNo></RTProperties><Value><![CDATA[QQ==]]></Value></Node>",
    "<Node><NodeName>g</NodeName><RTProperties><ACL>Get=*&amp;Replace=x</ACL><Format><chr/></Format><TStamp>20010711T163817Z</TStamp><Type><MIME>text/plain</MIME></Type></RTProperties><Value/></Node>",
    "<Node><NodeName>h</NodeName><RTProperties><Type><DDFName>urn:b</DDFName></Type><Format><node/></Format></RTProperties></Node>",
    "<Node><NodeName>i</NodeName><RTProperties><Format>chr</Format><Type>text/plain</Type><Size>3</Size></RTProperties><Value>&lt;x</Value></Node>",
    "<Node xmlns='syncml:dmddf1.2'><NodeName>j</NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties></Node>",
    "<Node xmlns='urn:other'><NodeName>k</NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties></Node>",
    "<o:Node xmlns:o='syncml:dmddf'><o:NodeName>l</o:NodeName><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties></o:Node>",
    // These RTProperties are of another namespace, so they say nothing.
    "<o:Node xmlns:o='syncml:dmddf' xmlns='urn:x'><RTProperties><Format><chr/></Format><Type><MIME>text/plain</MIME></Type></RTProperties><o:NodeName>r</o:NodeName></o:Node>",
    "<Node><NodeName>m</NodeName><RTProperties/><Value>x</Value></Node>",
    "<Node><NodeName>m2</NodeName><RTProperties></RTProperties><Value>x</Value></Node>",
    "<Node><NodeName>n</NodeName><Format><chr/></Format><Type><MIME>text/plain</MIME></Type><Value>x</Value></Node>",
    "<Node><Path>A/B</Path><NodeName>p</NodeName><RTProperties><!-- x --><Format><chr/></Format></RTProperties></Node>",
    "<Node><NodeName>q</NodeName><RTProperties><Format><float/></Format><x:y xmlns:x='urn:x'><x:z/></x:y></RTProperties><Value>1.5</Value></Node>",
    "<Node><NodeName>Caf%C3%A9</NodeName><Path>./D/E</Path></Node>",
    "<Node><NodeName>Caf\u{e9}</NodeName><Path>D/E</Path><Value>\u{e9}\u{20ac}</Value></Node>",
    "</Node>",
    "</Node>",
    "\n ",
];

fn document(chance: &mut Chance) -> String {
    let root =
        ["<MgmtTree>", "<MgmtTree xmlns='syncml:dmddf1.2'>", "<d:MgmtTree xmlns:d='syncml:dmddf1.2' xmlns='urn:x'>"]
            [chance.below(8).saturating_sub(5)];
    let mut out = format!("{root}<VerDTD>1.2</VerDTD>");
    let (mut open, mut number) = (0, 0);
    for _ in 0..chance.below(25) + 3 {
        let piece = NODES[chance.below(NODES.len())];
        if piece == "</Node>" && open == 0 {
            continue;
        }
        number += 1;
        // Names of their own, mostly.
        let piece = if chance.below(12) > 0 {
            piece.replacen("</NodeName>", &format!("{number}</NodeName>"), 1)
        } else {
            piece.to_owned()
        };
        open += piece.matches("<Node").count();
        open -= piece.matches("<NodeName").count();
        open -= piece.matches("</Node>").count();
        out.push_str(&piece);
    }
    out.push_str(&"</Node>".repeat(open));
    out.push_str(if root.starts_with("<d") { "</d:MgmtTree>" } else { "</MgmtTree>" });
    out
}

#[test]
fn the_short_ways_make_the_tree_that_events_make() {
    let mut chance = Chance(1);
    let mut trees = 0;
    for round in 0..3_000 {
        let document = document(&mut chance);
        trees += usize::from(compare(document.as_bytes(), &Options::default()));
        // Something left out, twice there, in another place, or broken.
        let tags: Vec<usize> = document.match_indices('<').map(|(at, _)| at).collect();
        for _ in 0..8 {
            let mut octets = document.clone().into_bytes();
            let mut place = || tags[chance.below(tags.len())];
            let (mut from, mut to) = (place(), place());
            if from > to {
                (from, to) = (to, from);
            }
            let part = octets[from..to].to_vec();
            let into = place();
            match chance.below(5) {
                0 => drop(octets.drain(from..to)),
                1 => drop(octets.splice(into..into, part)),
                2 => octets[from] ^= 1 << (round % 8),
                3 => {
                    let at = chance.below(octets.len());
                    octets[at] ^= 1 << (round % 8);
                }
                _ => octets.truncate(chance.below(document.len())),
            }
            trees += usize::from(compare(&octets, &Options::default()));
        }
    }
    assert!(trees > 2_000, "{trees}");
}

#[test]
fn limits_are_met_at_the_same_place() {
    let mut chance = Chance(2);
    for _ in 0..60 {
        let document = document(&mut chance);
        let with = |limits: Limits| compare(document.as_bytes(), &Options { limits, ..Options::default() });
        let all = Limits::default();
        for elements in 0..document.matches('<').count() as u32 {
            with(Limits { elements, ..all });
        }
        for limit in 0..34 {
            with(Limits { depth: limit, ..all });
            with(Limits { text: limit, ..all });
            with(Limits { name: limit, ..all });
            with(Limits { namespaces: limit, ..all });
        }
        assert!(!with(Limits { depth: 2, ..all }) && !with(Limits { text: 2, ..all }));
    }
}

#[test]
fn real_documents_make_the_same_tree_both_ways() {
    let mut folders: Vec<PathBuf> = ["tests/data", "../shared/corpus"].map(PathBuf::from).into();
    let mut trees = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            println!("skipped: {} is not here", folder.display());
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let octets = std::fs::read(&path).unwrap();
            let is_tree = compare(&octets, &Options::default());
            trees += usize::from(is_tree);
            for at in (0..octets.len()).step_by(1 + octets.len() / if is_tree { 400 } else { 10 }) {
                compare(&octets[..at], &Options::default());
                let mut broken = octets.clone();
                broken[at] ^= 1 << (at % 8);
                compare(&broken, &Options::default());
            }
        }
    }
    assert!(trees >= 4, "{trees} trees");
}
