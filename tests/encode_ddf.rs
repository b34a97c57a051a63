//! Descriptions written: all we have in both encodings, vector G6, what is not DDF's, an oracle.

mod common;
#[allow(dead_code)]
#[path = "ddf/tools.rs"]
mod tools;

use common::vectors::*;
use common::{hex, read, repository};
use omadm::ddf::{self, Schema};
use omadm::markup::{Encoding, Fragment, Name, Writer, xml::XmlWriter};
use omadm::vocabulary::syncml;
use omadm::{Error, ErrorKind, Limits};
use std::fmt::Write as _;
use std::path::PathBuf;
use tools::{dump, parse};

const BOTH: [Encoding; 2] = [Encoding::Xml, Encoding::Wbxml];

/// The descriptions of the corpus and our own.
fn files() -> Vec<PathBuf> {
    let mut files = common::files(&common::data(), &[".ddf.xml", ".ddf.wbxml"]);
    assert_eq!(files.len(), 3);
    files.extend(common::corpus().iter().flat_map(|corpus| common::files(&corpus.join("ddf"), common::ALL)));
    files
}

fn encode(schema: &Schema<'_>, encoding: Encoding) -> Vec<u8> {
    ddf::encode(&schema.documents().next().unwrap(), encoding).unwrap()
}

fn text(schema: &Schema<'_>) -> String {
    String::from_utf8(encode(schema, Encoding::Xml)).unwrap()
}

/// Whether two schemas say the same. Fragments are compared by what they say: an octet string may have been a CDATA section.
fn same(one: &Schema<'_>, other: &Schema<'_>, name: &str) {
    let lines = |schema: &Schema<'_>| -> Vec<String> {
        dump(schema).lines().filter(|line| !line.starts_with("    <")).map(str::to_owned).collect()
    };
    let (found, expected) = (lines(one), lines(other));
    let differ = found.iter().zip(&expected).find(|(one, other)| one != other);
    assert!(found == expected, "{name}: {differ:#?}");
    fn fragments<'s>(schema: &'s Schema<'_>) -> Vec<Fragment<'s>> {
        let outside = schema.documents().flat_map(|document| document.extensions());
        let all = outside.chain(schema.nodes().flat_map(|node| node.extensions()));
        all.map(|extension| extension.fragment().unwrap()).collect()
    }
    assert!(fragments(one) == fragments(other), "{name}: fragments");
}

/// All elements by the way down to them, with their attributes and texts, without the order that DDF does not have: sorted.
fn lines_by_roxmltree(xml: &str) -> Vec<String> {
    let document = parse(xml);
    let mut lines = Vec::new();
    for node in document.descendants().filter(|node| node.is_element()) {
        let mut line: Vec<_> = node.ancestors().filter(|a| a.is_element()).map(|a| a.tag_name().name()).collect();
        line.reverse();
        let mut line = line.join("/");
        let mut attributes: Vec<_> =
            node.attributes().map(|attr| format!(" {}={:?}", attr.name(), attr.value())).collect();
        attributes.sort();
        let text: String = node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
        let text: String = text.split_whitespace().collect();
        write!(line, "{} {text}", attributes.concat()).unwrap();
        lines.push(line);
    }
    lines.sort();
    lines
}

#[test]
fn all_documents_survive_in_both_encodings() {
    let files = files();
    let mut octets = [0, 0, 0];
    for path in &files {
        let (name, input) = (path.display().to_string(), read(path));
        let schema = ddf::decode(&input).unwrap();
        octets[0] += input.len();
        for (index, encoding) in BOTH.into_iter().enumerate() {
            let output = encode(&schema, encoding);
            octets[index + 1] += output.len();
            let again = ddf::decode(&output).unwrap_or_else(|error| panic!("{name} {encoding:?}: {error}"));
            same(&again, &schema, &format!("{name} {encoding:?}"));
            // What was written once is in order; it stays as it is.
            assert!(encode(&again, encoding) == output, "{name} {encoding:?}");
            // And in the other encoding.
            same(&ddf::decode(&encode(&again, BOTH[1 - index])).unwrap(), &schema, &name);
        }
    }
    println!("{} files, {} octets as they are, {} as XML, {} as WBXML", files.len(), octets[0], octets[1], octets[2]);
    assert!(files.len() == 3 || files.len() == 158);
}

/// Every element with every attribute and text, as another parser sees it before and after.
#[test]
fn another_parser_finds_everything_again_in_our_xml() {
    for path in files() {
        let input = read(&path);
        let Ok(source) = std::str::from_utf8(&input).map(|text| text.trim_start_matches('\u{FEFF}')) else { continue };
        if path.extension().is_some_and(|extension| extension == "wbxml") {
            continue;
        }
        let schema = ddf::decode(&input).unwrap();
        let written = text(&schema);
        let (before, after) = (lines_by_roxmltree(source), lines_by_roxmltree(&written));
        let differ = before.iter().zip(&after).find(|(one, other)| one != other);
        assert!(before == after, "{}: {} and {}: {differ:?}", path.display(), before.len(), after.len());
    }
}

/// The same, with a WBXML decoder that shares nothing with the library.
#[test]
fn another_decoder_finds_everything_again_in_our_wbxml() {
    const PROGRAM: &str = "import sys; sys.path.insert(0, sys.argv[1]); import wbxml
def walk(e, way, out):
    way += [e.name.split(':')[-1]]
    text = ''.join(c if isinstance(c, str) else c.decode() for c in e.children if not isinstance(c, wbxml.Element))
    attrs = sorted((n.split(':')[-1], v) for n, v in e.attrs if not n.startswith('xmlns'))
    out.append('/'.join(way) + ''.join('\\1' + n + '\\2' + v for n, v in attrs) + '\\3' + ''.join(text.split()))
    for c in e.elements(): walk(c, way, out)
    way.pop()
for name in sys.argv[2:]:
    d = wbxml.decode(open(name, 'rb').read())
    assert (d.kind, d.fpi, d.trailing) == ('dmddf', wbxml.FPI_DDF, b''), name
    out = []
    walk(d.root, [], out)
    sys.stdout.buffer.write(('\\4'.join(sorted(out)) + '\\5').encode())";
    let folder = std::env::temp_dir().join(format!("omadm-encode-ddf-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut expected = Vec::new();
    let mut names = Vec::new();
    for path in files() {
        let input = read(&path);
        if path.extension().is_some_and(|extension| extension == "wbxml") {
            continue;
        }
        let name = folder.join(format!("{}.wbxml", names.len()));
        std::fs::write(&name, encode(&ddf::decode(&input).unwrap(), Encoding::Wbxml)).unwrap();
        names.push(name);
        let source = String::from_utf8(input).unwrap();
        let document = parse(source.trim_start_matches('\u{FEFF}'));
        let mut lines = Vec::new();
        for node in document.descendants().filter(|node| node.is_element()) {
            let mut way: Vec<_> = node.ancestors().filter(|a| a.is_element()).map(|a| a.tag_name().name()).collect();
            way.reverse();
            let mut attributes: Vec<_> = node.attributes().map(|attr| (attr.name(), attr.value())).collect();
            attributes.sort();
            let attributes: String = attributes.iter().map(|(name, value)| format!("\x01{name}\x02{value}")).collect();
            let text: String =
                node.children().filter(|child| child.is_text()).filter_map(|child| child.text()).collect();
            let text: String = text.split_whitespace().collect();
            lines.push(format!("{}{attributes}\x03{text}", way.join("/")));
        }
        lines.sort();
        expected.push(lines.join("\x04"));
    }
    let run = std::process::Command::new("python3")
        .args(["-B", "-c", PROGRAM])
        .arg(repository().join("tests/tools"))
        .args(&names)
        .output();
    let _ = std::fs::remove_dir_all(&folder);
    let Ok(output) = run else {
        println!("skipped: python3 not present");
        return;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = String::from_utf8(output.stdout).unwrap();
    let found: Vec<&str> = found.split_terminator('\x05').collect();
    assert_eq!(found.len(), expected.len());
    for (index, (found, expected)) in found.iter().zip(&expected).enumerate() {
        let differ = found.split('\x04').zip(expected.split('\x04')).find(|(one, other)| one != other);
        assert!(found == expected, "file {index}: {differ:?}");
    }
}

// ------------------------------------------------------------------------------------------- golden octets

const G6_XML: &str = r#"<MgmtTree xmlns="syncml:dmddf1.2"><VerDTD>1.2</VerDTD><Man>Acme</Man><Mod>R1</Mod><Node><NodeName>App</NodeName><Path>.</Path><DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><node/></DFFormat><Occurrence><One/></Occurrence><Scope><Permanent/></Scope><DFType><DDFName/></DFType></DFProperties><Node><NodeName/><DFProperties><AccessType><Get/><Replace/></AccessType><DefaultValue>0</DefaultValue><DFFormat><int/></DFFormat><Occurrence><ZeroOrN>8</ZeroOrN></Occurrence><DFType><MIME>text/plain</MIME></DFType><CaseSense><CIS/></CaseSense></DFProperties></Node></Node></MgmtTree>"#;

#[test]
fn g6_to_the_octet() {
    let schema = ddf::decode(G6_XML.as_bytes()).unwrap();
    assert_eq!(encode(&schema, Encoding::Wbxml), hex(G6));
    assert_eq!(text(&ddf::decode(&hex(G6)).unwrap().into_owned()), G6_XML);
}

#[test]
fn acme_to_the_octet_of_another_encoder() {
    let (xml, wbxml) = (read(&common::data().join("acme.ddf.xml")), read(&common::data().join("acme.ddf.wbxml")));
    for input in [&xml, &wbxml] {
        let ours = encode(&ddf::decode(input).unwrap(), Encoding::Wbxml);
        let at = ours.iter().zip(&wbxml).position(|(a, b)| a != b);
        assert!(ours == wbxml, "{} and {} octets, first difference at {at:?}", ours.len(), wbxml.len());
    }
}

// ------------------------------------------------------------------------------------------- single rules

fn tree(inside: &str) -> Vec<u8> {
    format!("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>{inside}</MgmtTree>").into_bytes()
}

/// What is between the first `VerDTD` and the end.
fn written(inside: &str) -> String {
    let input = tree(inside);
    let schema = ddf::decode(&input).unwrap();
    let xml = text(&schema);
    // Extensions of one node come in another order than before.
    same(&ddf::decode(&encode(&schema, Encoding::Wbxml)).unwrap(), &ddf::decode(xml.as_bytes()).unwrap(), inside);
    xml.split_once("</VerDTD>").unwrap().1.strip_suffix("</MgmtTree>").unwrap().to_owned()
}

#[test]
fn any_order_becomes_the_order_of_the_dtd() {
    let node = "<Value>v</Value><Node><NodeName>b</NodeName></Node><DFProperties><CaseSense><CS/></CaseSense>\
        <DFType><DDFName>d</DDFName><MIME>m/1</MIME><MIME/></DFType><DFTitle>t</DFTitle><Scope>Dynamic</Scope>\
        <Occurrence><OneOrN>9</OneOrN></Occurrence><DFFormat><bool/></DFFormat><Description> x </Description>\
        <DefaultValue>0</DefaultValue><AccessType><Replace/><Exec/><Get/><Delete/><Copy/><Add/></AccessType></DFProperties>\
        <RTProperties><VerNo/><Type><MIME>m</MIME></Type><TStamp/><Title/><Size>1</Size><Name/><Format/><ACL/></RTProperties>\
        <Path>./p</Path><NodeName>a</NodeName>";
    assert_eq!(
        written(&format!("<Node>{node}</Node><Mod>2</Mod><Man>1</Man>")),
        "<Man>1</Man><Mod>2</Mod><Node><NodeName>a</NodeName><Path>./p</Path><RTProperties><ACL/><Format/><Name/><Size>1</Size>\
         <Title/><TStamp/><Type><MIME>m</MIME></Type><VerNo/></RTProperties><DFProperties><AccessType><Add/><Copy/><Delete/>\
         <Exec/><Get/><Replace/></AccessType><DefaultValue>0</DefaultValue><Description>x</Description><DFFormat><bool/>\
         </DFFormat><Occurrence><OneOrN>9</OneOrN></Occurrence><Scope><Dynamic/></Scope><DFTitle>t</DFTitle><DFType>\
         <MIME>m/1</MIME><MIME/><DDFName>d</DDFName></DFType><CaseSense><CS/></CaseSense></DFProperties><Value>v</Value>\
         <Node><NodeName>b</NodeName></Node></Node>"
    );
}

#[test]
fn what_is_not_ddfs_comes_last_where_it_stood() {
    let inside = "<m:Top xmlns:m='u:m'/><Node xmlns:q='u:q'><q:x>1</q:x><NodeName>a</NodeName><Own>2</Own>\
        <DFProperties><n:y xmlns:n='u:m' n:z='3'/><DFFormat><q:e/><chr/></DFFormat><AccessType><Get/><q:f/></AccessType>\
        <Occurrence><One/><q:g/></Occurrence><Scope><q:h/></Scope><DFType><q:i/></DFType><CaseSense><q:j/><CS/></CaseSense>\
        <Node><NodeName/></Node></DFProperties><RTProperties><q:k/><Format><q:l/></Format><Type><q:o/></Type></RTProperties>\
        <Node><NodeName>b</NodeName></Node></Node><Node><NodeName>c</NodeName><r xmlns=''><Get/></r><s xmlns='u:s'/></Node>";
    assert_eq!(
        written(inside),
        "<m:Top xmlns:m=\"u:m\"/><Node><NodeName>a</NodeName><RTProperties><Format><q:l/></Format><Type><q:o/></Type><q:k/></RTProperties>\
         <DFProperties><AccessType><Get/><q:f/></AccessType><DFFormat><chr/><q:e/></DFFormat><Occurrence><One/><q:g/></Occurrence>\
         <Scope><q:h/></Scope><DFType><q:i/></DFType><CaseSense><CS/><q:j/></CaseSense><n:y xmlns:n=\"u:m\" n:z=\"3\"/><Node><NodeName/></Node>\
         </DFProperties><Node><NodeName>b</NodeName></Node><q:x>1</q:x><Own>2</Own></Node>\
         <Node><NodeName>c</NodeName><r xmlns=\"\"><Get/></r><s xmlns=\"u:s\"/></Node>"
    );
}

#[test]
fn prefixes_are_declared_once_and_again_where_they_change() {
    let input = tree(
        "<Node p:a='1' xmlns:p='u:1'><NodeName>a</NodeName><p:x/></Node><Node><NodeName>b</NodeName><p:x xmlns:p='u:2'/></Node>\
         <Node xmlns:r='u&amp;3'><NodeName>c</NodeName><r:x xmlns:r='u&amp;3'/><r:y/></Node>",
    );
    let xml = text(&ddf::decode(&input).unwrap());
    let nodes = "<VerDTD>1.2</VerDTD><Node p:a=\"1\"><NodeName>a</NodeName><p:x/></Node>\
        <Node><NodeName>b</NodeName><p:x xmlns:p=\"u:2\"/></Node><Node><NodeName>c</NodeName><r:x xmlns:r=\"u&amp;3\"/>\
        <r:y/></Node></MgmtTree>";
    let (root, rest) = xml.split_once('>').unwrap();
    assert_eq!(rest, nodes);
    for declaration in ["xmlns=\"syncml:dmddf1.2\"", "xmlns:p=\"u:1\"", "xmlns:r=\"u&amp;3\""] {
        assert!(root.contains(declaration), "{root}");
    }
    // However many there are, the root has few.
    let many: String = (0..200).map(|i| format!("<p{i}:x xmlns:p{i}='u:{i}'/>")).collect();
    let input = tree(&format!("<Node><NodeName/>{many}</Node>"));
    let schema = ddf::decode(&input).unwrap();
    for encoding in BOTH {
        same(&ddf::decode(&encode(&schema, encoding)).unwrap(), &schema, "many");
    }
    assert_eq!(text(&schema).split_once('>').unwrap().0.matches("xmlns:").count(), 8);
}

#[test]
fn attributes_stay_on_their_elements() {
    let inside = "<Node a='1'><NodeName a='2'>n</NodeName><RTProperties a='3'><Format a='4'><chr a='5'/>\
        </Format><Type a='6'><MIME a='7'>m</MIME></Type></RTProperties><DFProperties a='8'><AccessType a='9'><Get a='10' b='&lt;'/>\
        <Replace a='11'/></AccessType><DFFormat a='12'><chr a='13'/></DFFormat><Occurrence a='14'><ZeroOrN a='15'>2</ZeroOrN>\
        </Occurrence><Scope a='16'><Dynamic a='17'/></Scope><DFType a='18'><MIME>m</MIME><MIME a='19'>n</MIME>\
        <MIME a='20'>o</MIME></DFType><CaseSense a='21'><CS a='22'/></CaseSense></DFProperties></Node>";
    let input = tree(inside);
    let schema = ddf::decode(&input).unwrap();
    let expected = String::from_utf8(input.clone()).unwrap().replace('\'', "\"");
    assert_eq!(text(&schema), expected);
    let wbxml = encode(&schema, Encoding::Wbxml);
    assert_eq!(text(&ddf::decode(&wbxml).unwrap()), expected);
    // Two elements become one; two attributes of one name cannot.
    let two = |one: &str, other: &str| {
        let access = format!("<AccessType><Get {one}='1'/><Get {other}='2'/></AccessType>");
        tree(&format!("<Node><NodeName/><DFProperties>{access}</DFProperties></Node>"))
    };
    assert!(text(&ddf::decode(&two("a", "b")).unwrap()).contains("<Get a=\"1\" b=\"2\"/>"));
    let twice = two("a", "a");
    let schema = ddf::decode(&twice).unwrap();
    let at = twice.windows(5).position(|window| window == b"<Node").unwrap();
    for encoding in BOTH {
        let error = ddf::encode(&schema.documents().next().unwrap(), encoding).unwrap_err();
        assert_eq!(error, Error::new(ErrorKind::XmlDuplicateAttribute, at));
    }
}

#[test]
fn every_document_of_a_schema_is_written_on_its_own() {
    let (one, two) =
        (tree("<Man>1</Man><Node><NodeName>a</NodeName></Node>"), tree("<Node><NodeName>b</NodeName></Node>"));
    let mut schema = ddf::decode(&one).unwrap();
    schema.merge(ddf::decode(&two).unwrap());
    let texts: Vec<String> = schema
        .documents()
        .map(|document| {
            let mut out = b"-".to_vec();
            ddf::encode_into(&document, Encoding::Xml, &Limits::DEFAULT, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        })
        .collect();
    let head = "-<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>";
    assert_eq!(texts[0], format!("{head}<Man>1</Man><Node><NodeName>a</NodeName></Node></MgmtTree>"));
    assert_eq!(texts[1], format!("{head}<Node><NodeName>b</NodeName></Node></MgmtTree>"));
    // And into another document.
    let mut writer = XmlWriter::new(&Limits::DEFAULT);
    writer.start(Name::Known(syncml::DATA), &[]).unwrap();
    ddf::write(&schema.documents().last().unwrap(), &mut writer, Encoding::Xml).unwrap();
    writer.end().unwrap();
    assert_eq!(writer.finish().unwrap(), format!("<Data xmlns=\"SYNCML:SYNCML1.2\">{}</Data>", &texts[1][1..]));
}

/// A WBXML description of one leaf: its format, and a default value of octets.
fn octets_as_default(format: u8, value: &[u8]) -> Vec<u8> {
    let mut out = hex("0200006a1b2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e000002607703312e320001");
    // Node with NodeName and DFProperties: DefaultValue before DFFormat.
    out.extend(b"\x64\x66\x03v\0\x01\x56\x52\xC3");
    out.push(value.len() as u8);
    out.extend(value);
    out.extend([0x01, 0x55, format, 0x01, 0x01, 0x01, 0x01]);
    out
}

#[test]
fn values_that_are_octets_stay_octets() {
    let (chr, bin) = (0x0B, 0x09);
    let input = octets_as_default(bin, b"AAAA");
    let schema = ddf::decode(&input).unwrap();
    // Octets that look like text are octets still.
    assert_eq!(encode(&schema, Encoding::Wbxml), input);
    assert!(text(&schema).contains("<DefaultValue>QUFBQQ==</DefaultValue>"));
    assert!(
        text(&ddf::decode(&octets_as_default(bin, b"\0\xFF")).unwrap()).contains("<DefaultValue>AP8=</DefaultValue>")
    );
    assert!(text(&ddf::decode(&octets_as_default(chr, b"a<")).unwrap()).contains("<![CDATA[a<]]>"));
    for (value, kind) in [(&b"\xFF"[..], ErrorKind::InvalidUtf8), (b"\0", ErrorKind::InvalidCharacter)] {
        let input = octets_as_default(chr, value);
        let schema = ddf::decode(&input).unwrap();
        assert_eq!(encode(&schema, Encoding::Wbxml), input);
        let error = ddf::encode(&schema.documents().next().unwrap(), Encoding::Xml).unwrap_err();
        assert_eq!(error, Error::new(kind, schema.nodes().next().unwrap().offset()));
    }
    // A zero octet in a text is what an inline string cannot have.
    let mut input = octets_as_default(chr, b"x");
    let name = input.windows(4).position(|window| window == b"\x66\x03v\0").unwrap();
    input.splice(name + 1..name + 4, *b"\xC3\x01\0");
    let zero = ddf::decode(&input).unwrap();
    assert_eq!(zero.nodes().next().unwrap().name(), Some("\0"));
    assert_eq!(encode(&zero, Encoding::Wbxml), input);
    let limits = Limits { output: 60, ..Limits::default() };
    for encoding in BOTH {
        let document = schema.documents().next().unwrap();
        assert_eq!(ddf::encode_with(&document, encoding, &limits).unwrap_err().kind(), ErrorKind::LimitOutput);
    }
}
