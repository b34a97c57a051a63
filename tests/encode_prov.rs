//! Client-provisioning documents written: the corpus, vector G8 of `wire.md`, documents that were built.

mod common;

use common::vectors::*;
use common::{hex, read, repository, rows};
use omadm::markup::{Encoding, Options, Reader, wbxml::WbxmlReader};
use omadm::provisioning::{Attribute, Builder, Document};
use omadm::{Error, ErrorKind, Limits};
use proptest::prelude::*;
use std::fmt::Write as _;

const BOTH: [Encoding; 2] = [Encoding::Xml, Encoding::Wbxml];

fn attributes<'d>(attributes: impl Iterator<Item = Attribute<'d>>) -> String {
    attributes.map(|attr| format!(" {{{:?}}}{}={:?}", attr.namespace, attr.name, attr.value)).collect()
}

/// Everything a document shows, but places and encoding.
fn dump(document: &Document<'_>) -> String {
    let mut out = format!("version={:?}{}\n", document.version(), attributes(document.attributes()));
    for group in document.all_characteristics() {
        write!(out, "{:?}{} below=", group.kind(), attributes(group.attributes())).unwrap();
        writeln!(out, "{:?}", group.children().map(|child| child.kind()).collect::<Vec<_>>()).unwrap();
        for parm in group.parms() {
            writeln!(out, "  {:?}={:?}{}", parm.name(), parm.value(), attributes(parm.attributes())).unwrap();
        }
        for extra in group.extras() {
            writeln!(out, "  {:?}", common::pieces(&mut extra.reader(&Options::default())).unwrap()).unwrap();
        }
    }
    for extra in document.extras() {
        writeln!(out, "{:?}", common::pieces(&mut extra.reader(&Options::default())).unwrap()).unwrap();
    }
    out
}

fn check(name: &str, document: &Document<'_>) {
    let expected = dump(document);
    for encoding in BOTH {
        let octets = document.encode(encoding).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(Encoding::detect(&octets), Some(encoding));
        let again = Document::decode(&octets).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(dump(&again), expected, "{name} {encoding:?}");
        let mut out = vec![1, 2, 3];
        document.encode_into(encoding, &Limits::DEFAULT, &mut out).unwrap();
        assert_eq!(out[3..], octets);
    }
}

/// Elements and attributes by `tests/tools/wbxml.py`; `None` where there is no Python.
fn outline_by_python(wbxml: &[u8]) -> Option<String> {
    const PROGRAM: &str = "import sys; sys.path.insert(0, sys.argv[1]); import wbxml
def walk(e, depth):
    print(depth, e.name, ' '.join('%s=%s' % a for a in e.attrs))
    for c in e.elements(): walk(c, depth + 1)
d = wbxml.decode(open(sys.argv[2], 'rb').read())
assert (d.kind, d.trailing, d.charset) == ('prov', b'', 106)
walk(d.root, 0)";
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("omadm-encode-prov-{}-{count}.wbxml", std::process::id()));
    std::fs::write(&file, wbxml).unwrap();
    let run = std::process::Command::new("python3")
        .args(["-B", "-c", PROGRAM])
        .args([repository().join("tests/tools"), file.clone()])
        .output();
    let _ = std::fs::remove_file(&file);
    let Ok(output) = run else {
        println!("skipped: python3 not present");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

fn outline_by_roxmltree(xml: &str) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xml, options).unwrap();
    let mut out = String::new();
    for node in document.descendants().filter(|node| node.is_element()) {
        let attrs: Vec<_> = node.attributes().map(|attr| format!("{}={}", attr.name(), attr.value())).collect();
        writeln!(out, "{} {} {}", node.ancestors().count() - 2, node.tag_name().name(), attrs.join(" ")).unwrap();
    }
    out
}

#[test]
fn the_corpus_survives_and_other_parsers_read_the_same() {
    let rows: Vec<_> = rows().into_iter().filter(|row| row.kind == "prov").collect();
    for row in &rows {
        let (name, input) = (row.path.display().to_string(), read(&row.path));
        let document = Document::decode(&input).unwrap();
        check(&name, &document);
        let xml = String::from_utf8(document.encode(Encoding::Xml).unwrap()).unwrap();
        let wbxml = document.encode(Encoding::Wbxml).unwrap();
        if row.encoding == "wbxml" {
            // Theirs have string tables, and no shorter ones for that.
            println!("{name}: {} octets, ours {}", input.len(), wbxml.len());
        } else {
            let theirs = outline_by_roxmltree(std::str::from_utf8(&input).unwrap());
            assert_eq!(outline_by_roxmltree(&xml), theirs, "{name}");
            if let Some(ours) = outline_by_python(&wbxml) {
                assert_eq!(ours, theirs, "{name}");
            }
        }
    }
    assert!(rows.is_empty() || rows.len() == 8);
}

const G8_XML: &str = r#"<wap-provisioningdoc version="1.1"><characteristic type="APPLICATION"><parm name="APPID" value="w7"/><parm name="PROVIDER-ID" value="dm.example.com"/><parm name="NAME" value="Example"/><characteristic type="APPADDR"><parm name="ADDR" value="https://dm.example.com/omadm"/><characteristic type="PORT"><parm name="PORTNBR" value="443"/></characteristic></characteristic><characteristic type="APPAUTH"><parm name="AAUTHLEVEL" value="APPSRV"/><parm name="AAUTHTYPE" value="DIGEST"/><parm name="AAUTHNAME" value="dev1"/><parm name="AAUTHSECRET" value="secret"/><parm name="AAUTHDATA" value="AAAAAA=="/></characteristic><characteristic type="APPAUTH"><parm name="AAUTHLEVEL" value="CLIENT"/><parm name="AAUTHTYPE" value="DIGEST"/><parm name="AAUTHNAME" value="dm.example.com"/><parm name="AAUTHSECRET" value="srvsecret"/><parm name="AAUTHDATA" value="AAAAAA=="/></characteristic></characteristic></wap-provisioningdoc>"#;

/// The same in our profile. The attributes' pages change once, because a token of the page that is current is taken where both
/// pages have it (`value`, `name=NAME`, `type=PORT`, `name=PORTNBR`); the writer of G8 takes page 0 first. And `AAAAAA==` goes as a
/// string, not as `AAA` twice with a rest.
const G8_OURS: &str = "
    020b6a00 c54503312e310001
    c600015501
    87360603 77370001
    87380603 646d2e6578616d706c652e636f6d0001
    87070603 4578616d706c650001
    c65601
    87340603 68747470733a2f2f646d2e6578616d706c652e636f6d2f6f6d61646d0001
    c65301
    87230603 3434330001 0101
    c65701
    8730068d01
    8733069301
    87310603 646576310001
    87320603 7365637265740001
    872f0603 4141414141413d3d0001 01
    c65701
    87300603 434c49454e540001
    8733069301
    87310603 646d2e6578616d706c652e636f6d0001
    87320603 7372767365637265740001
    872f0603 4141414141413d3d0001 010101";

#[test]
fn g8_in_our_profile() {
    let theirs = hex(G8);
    let document = Document::decode(&theirs).unwrap();
    let ours = document.encode(Encoding::Wbxml).unwrap();
    assert_eq!(ours, hex(G8_OURS));
    assert!(ours.len() < theirs.len());
    assert_eq!(document.encode(Encoding::Xml).unwrap(), G8_XML.as_bytes());
    if let (Some(one), Some(other)) = (outline_by_python(&ours), outline_by_python(&theirs)) {
        assert_eq!(one, other);
        assert_eq!(one, outline_by_roxmltree(G8_XML));
    }
}

#[test]
fn g8_built() {
    let mut builder = Builder::new();
    builder.begin("APPLICATION").parm("APPID", "w7").parm("PROVIDER-ID", "dm.example.com").parm("NAME", "Example");
    builder.begin("APPADDR").parm("ADDR", "https://dm.example.com/omadm");
    builder.begin("PORT").parm("PORTNBR", "443").end().end();
    for (level, name, secret) in [("APPSRV", "dev1", "secret"), ("CLIENT", "dm.example.com", "srvsecret")] {
        builder.begin("APPAUTH").parm("AAUTHLEVEL", level).parm("AAUTHTYPE", "DIGEST").parm("AAUTHNAME", name);
        builder.parm("AAUTHSECRET", secret).parm("AAUTHDATA", "AAAAAA==").end();
    }
    builder.end();
    assert!(!format!("{builder:?}").contains("secret"));
    let document = builder.finish().unwrap();
    assert_eq!(document.encode(Encoding::Wbxml).unwrap(), hex(G8_OURS));
    assert_eq!(document.encode(Encoding::Xml).unwrap(), G8_XML.as_bytes());
}

#[test]
fn what_the_standard_does_not_know_is_written_back() {
    let input = "<wap-provisioningdoc id='a&amp;b&#10;' xmlns:m='urn:m' version='1.0'><z xmlns='urn:z'>1<m:y/></z>\
        <characteristic m:mwid='1' type='A'><x/><parm m:x='&lt;' name='B' datatype='integer' value=' 1&#10;2'/>\
        <characteristic type=''><parm value='' name=''/><parm name='MASTER'/></characteristic>\
        <characteristic-query type='C'><parm name='D'>text</parm></characteristic-query><parm name='late'/></characteristic>\
        <characteristic type='PORTAL'><parm name='NAMELESS' value='IPV4IPV6'/></characteristic></wap-provisioningdoc>";
    let document = Document::decode(input.as_bytes()).unwrap();
    check("extras", &document);
    // Whatever encoding it came in.
    let wbxml = document.encode(Encoding::Wbxml).unwrap();
    let again = Document::decode(&wbxml).unwrap();
    assert_eq!(dump(&again), dump(&document));
    check("extras", &again.into_owned());
    let xml = String::from_utf8(document.encode(Encoding::Xml).unwrap()).unwrap();
    let parsed = roxmltree::Document::parse(&xml).unwrap();
    let find = |name: &str| parsed.descendants().find(|node| node.tag_name().name() == name).unwrap();
    assert_eq!(find("z").tag_name().namespace(), Some("urn:z"));
    assert_eq!(find("y").tag_name().namespace(), Some("urn:m"));
    assert_eq!(find("characteristic").attribute(("urn:m", "mwid")), Some("1"));
    assert_eq!(find("characteristic-query").parent(), Some(find("characteristic")));
    assert_eq!(parsed.root_element().attribute("id"), Some("a&b\n"));
}

/// What a builder is told.
#[derive(Clone, Debug)]
enum Step {
    Begin(String),
    Parm(String, Option<String>),
    Attribute(usize, String),
    End,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let known = ["NAME", "AAUTHTYPE", "TO-NAPID", "PORTNBR", "INTERNET", "", "x"].map(str::to_owned);
    let values = ["IPV4", "HTTP-DIGEST", "HTTP-", "BASIC", ",", "AAA", "", "a b", "<&\">'\t\n\r", "é\u{1F4F1}"];
    let kinds = ["APPLICATION", "PORT", "PXLOGICAL", "", "PORTAL", "RESOURCE"].map(str::to_owned);
    let value = prop_oneof![prop::sample::select(values.to_vec()).prop_map(str::to_owned), "[ -~]{0,9}"];
    let step = prop_oneof![
        prop::sample::select(kinds.to_vec()).prop_map(Step::Begin),
        (prop::sample::select(known.to_vec()), prop::option::of(value.clone())).prop_map(|(n, v)| Step::Parm(n, v)),
        (0_usize..3, value).prop_map(|(name, value)| Step::Attribute(name, value)),
        Just(Step::End),
    ];
    prop::collection::vec(step, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_documents_survive(steps in steps(), version in prop::option::of("1\\.[0-9]")) {
        let mut builder = Builder::new();
        builder.version(version.as_deref());
        // The same as XML, by hand.
        let escape = |text: &str| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\t', "&#9;");
            text.replace('\n', "&#10;").replace('\r', "&#13;")
        };
        let mut xml = String::from("<wap-provisioningdoc");
        xml.extend(version.iter().map(|version| format!(" version=\"{version}\"")));
        let (mut open, mut tag, mut used) = (0, "", [false; 3]);
        for step in steps {
            let close = if tag == "/" { "/>" } else { ">" };
            match step {
                Step::Begin(kind) => {
                    builder.begin(&kind);
                    if tag != "-" { xml.push_str(close) }
                    write!(xml, "<characteristic type=\"{kind}\"").unwrap();
                    (open, tag, used) = (open + 1, "", [false; 3]);
                }
                Step::Parm(name, value) if open > 0 => {
                    match &value {
                        Some(value) => builder.parm(&name, value),
                        None => builder.flag(&name),
                    };
                    if tag != "-" { xml.push_str(close) }
                    write!(xml, "<parm name=\"{name}\"").unwrap();
                    xml.extend(value.iter().map(|value| format!(" value=\"{}\"", escape(value))));
                    (tag, used) = ("/", [false; 3]);
                }
                Step::Attribute(name, value) if tag != "-" && !used[name] => {
                    used[name] = true;
                    let name = ["datatype", "id", "x"][name];
                    builder.attribute(name, &value);
                    write!(xml, " {name}=\"{}\"", escape(&value)).unwrap();
                }
                Step::End if open > 0 => {
                    builder.end();
                    if tag != "-" { xml.push_str(close) }
                    xml.push_str("</characteristic>");
                    (open, tag) = (open - 1, "-");
                }
                _ => {}
            }
        }
        if tag != "-" { xml.push_str(if tag == "/" { "/>" } else { ">" }) }
        for _ in 0..open {
            builder.end();
            xml.push_str("</characteristic>");
        }
        xml.push_str("</wap-provisioningdoc>");
        let built = builder.finish().unwrap();
        let decoded = Document::decode(xml.as_bytes()).unwrap();
        prop_assert_eq!(dump(&built), dump(&decoded), "{}", xml);
        check("random", &built);
        prop_assert_eq!(built.encode(Encoding::Wbxml).unwrap(), decoded.encode(Encoding::Wbxml).unwrap());
    }
}

#[test]
fn mistakes_in_building_are_told_at_the_end() {
    let fault = |build: fn(&mut Builder)| {
        let mut builder = Builder::default();
        build(&mut builder);
        builder.finish().unwrap_err()
    };
    type Mistake = fn(&mut Builder);
    let cases: [(Mistake, ErrorKind, usize); 8] = [
        (|b| _ = b.parm("A", "B"), ErrorKind::UnexpectedElement, 0),
        (|b| _ = b.begin("A").parm("B", "C").end().flag("D"), ErrorKind::UnexpectedElement, 2),
        (|b| _ = b.end(), ErrorKind::XmlEndTag, 0),
        (|b| _ = b.begin("A").end().end().begin("B"), ErrorKind::XmlEndTag, 1),
        (|b| _ = b.begin("A").begin("B").end(), ErrorKind::UnexpectedEnd, 2),
        (|b| _ = b.begin("A").end().attribute("x", "y"), ErrorKind::XmlAttribute, 1),
        (|b| _ = b.begin("A").attribute("type", "y").end(), ErrorKind::XmlDuplicateAttribute, 1),
        (|b| _ = b.attribute("version", "y"), ErrorKind::XmlDuplicateAttribute, 0),
    ];
    for (build, kind, at) in cases {
        assert_eq!(fault(build), Error::new(kind, at));
    }
    let empty = Builder::new().finish().unwrap();
    assert_eq!(empty.encode(Encoding::Xml).unwrap(), b"<wap-provisioningdoc version=\"1.1\"/>");
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let build = |value: &str| {
        let mut builder = Builder::new();
        builder.begin("A").parm("B", value).end();
        builder.finish().unwrap()
    };
    let error = Error::new(ErrorKind::InvalidCharacter, 0);
    for encoding in BOTH {
        assert_eq!(build("\0").encode(encoding).unwrap_err(), error);
    }
    assert_eq!(build("\u{1}").encode(Encoding::Xml).unwrap_err(), error);
    let limits = Limits { output: 10, ..Limits::default() };
    for encoding in BOTH {
        assert_eq!(build("long enough").encode_with(encoding, &limits).unwrap_err().kind(), ErrorKind::LimitOutput);
    }
    // Where it was decoded from, the error says where.
    let input = b"\x02\x0B\x6A\0\x45\xC6\x50\x03A\0\x01\x87\x05\x03B\0\x06\x03\x01\0\x01\x01\x01";
    let document = Document::decode(input).unwrap();
    assert_eq!(document.encode(Encoding::Xml).unwrap_err(), Error::new(ErrorKind::InvalidCharacter, 11));
    assert!(
        WbxmlReader::new(&document.encode(Encoding::Wbxml).unwrap(), &Options::default()).unwrap().next_event().is_ok()
    );
}
