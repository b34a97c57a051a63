//! Both documents written: octets made by hand from the tables, two other readers, the corpus, random documents, errors.

use super::common::{corpus, documents, hex, outline, pieces, read, repository};
use super::{INFO, INFO_11, INFO_XML, META, META_XML, dump, wbxml};
use omadm::devinf::{DevInf, MetInf, NewAnchor, NewDevInf, NewMem, NewMetInf};
use omadm::markup::{Encoding, Event, Fragment, Name, Options, Reader, Writer};
use omadm::markup::{wbxml::WbxmlWriter, xml::XmlDocument, xml::XmlReader, xml::XmlWriter};
use omadm::syncml::Message;
use omadm::vocabulary::{DocumentType, syncml};
use omadm::{Error, ErrorKind, Limits};
use std::fmt::Write as _;
use std::process::Command;

pub(super) const BOTH: [Encoding; 2] = [Encoding::Xml, Encoding::Wbxml];

/// `INFO_XML` in the profile of `wire.md` §7.12, by hand from the tables of §7.3 and §7.8, without what is blank between elements.
const GOLDEN: &[u8] = b"\x02\xA4\x03\x6A\x00\
    \x4A\x65\x031.2\0\x01\x51\x03ACME\0\x01\x55\x03Phone 1\0\x01\x56\x03Shop\0\x01\
    \x4F\x032.0e\0\x01\x5E\x032.1\0\x01\x50\x031.22I\0\x01\
    \x49\x03IMEI:490154203237518\0\x01\x4B\x03smartphone\0\x01\x28\x2A\x29\
    \x47\x5D\x03./contacts\0\x01\x52\x0332\0\x01\
    \x5A\x46\x03text/x-vcard\0\x01\x64\x032.1\0\x01\x01\x62\x46\x03text/x-vcard\0\x01\x64\x032.1\0\x01\x01\
    \x45\x46\x03text/x-vcard\0\x01\x64\x032.1\0\x01\x6B\x58\x03TEL\0\x01\x5C\x0340\0\x01\x2E\x01\x01\
    \x5F\x60\x031\0\x01\x01\x01\
    \x47\x5D\x03./calendar\0\x01\x01\
    \x45\x46\x03text/x-vcalendar\0\x01\x01\
    \x4E\x66\x03x-color\0\x01\x67\x03red\0\x01\x67\x03blue\0\x01\x01\
    \x5F\x60\x032\0\x01\x01\x01";

/// `META_XML` in the order of `wire.md` §1.7, by hand from §7.3, §7.4 and §7.6.
const GOLDEN_META: &[u8] = b"\x02\xA4\x02\x6A\x00\x00\x01\
    \x4E\x16\x47\x03b64\0\x01\x53\x03text/plain\0\x01\x4B\x03draft\0\x01\x52\x031024\0\x01\
    \x45\x4A\x03234\0\x01\x4F\x03276\0\x01\x01\x54\x037\0\x01\x50\x03bm9uY2U=\0\x01\
    \x4C\x035000\0\x01\x55\x0370000\0\x01\x46\x03one\0\x01\x46\x03two\0\x01\
    \x4D\x11\x49\x038\0\x01\x48\x039\0\x01\x01\x01";

const GOLDEN_META_XML: &str = "<MetInf xmlns=\"syncml:metinf\"><FieldLevel/><Format>b64</Format><Type>text/plain</Type>\
    <Mark>draft</Mark><Size>1024</Size><Anchor><Last>234</Last><Next>276</Next></Anchor><Version>7</Version>\
    <NextNonce>bm9uY2U=</NextNonce><MaxMsgSize>5000</MaxMsgSize><MaxObjSize>70000</MaxObjSize><EMI>one</EMI><EMI>two</EMI>\
    <Mem><SharedMem/><FreeMem>8</FreeMem><FreeID>9</FreeID></Mem></MetInf>";

fn unindented(xml: &str) -> String {
    xml.lines().map(str::trim).collect()
}

/// All that is kept, in the order that it is written in.
pub(super) fn kept<'d>(info: &'d DevInf<'_>) -> Vec<Fragment<'d>> {
    info.data_stores().chain(info.ct_caps()).chain(info.exts()).chain(info.extras()).collect()
}

/// Everything stand-alone meta-information says, whatever the order and form that it came in.
fn say(meta: &MetInf<'_>) -> String {
    let mut extras: Vec<String> =
        meta.extras().map(|extra| outline(&pieces(&mut extra.reader(&Options::default())).unwrap())).collect();
    extras.sort();
    let nonce = meta.nonce().unwrap();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {extras:?}",
        meta.format(),
        meta.media_type(),
        meta.mark(),
        meta.version(),
        meta.size(),
        meta.max_msg_size(),
        meta.max_obj_size(),
        nonce.as_ref().map(|nonce| nonce.octets()),
        meta.anchor_last(),
        meta.anchor_next(),
    )
}

/// Writes a document in both encodings, reads those, and writes them again, in either encoding.
pub(super) fn check(name: &str, info: &DevInf<'_>) {
    for encoding in BOTH {
        let octets = info.encode(encoding).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(Encoding::detect(&octets), Some(encoding));
        let again = DevInf::decode(&octets).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(dump(&again), dump(info), "{name} {encoding:?}");
        assert!(kept(&again) == kept(info), "{name} {encoding:?}");
        assert_eq!(again.encode(encoding).unwrap(), octets, "{name} {encoding:?}");
        for other in BOTH {
            let across = again.encode(other).unwrap();
            assert_eq!(dump(&DevInf::decode(&across).unwrap()), dump(info), "{name} {encoding:?} {other:?}");
        }
        let mut out = vec![1, 2, 3];
        info.encode_into(encoding, &Limits::DEFAULT, &mut out).unwrap();
        assert_eq!((&out[..3], &out[3..]), (&[1, 2, 3][..], &octets[..]));
    }
}

pub(super) fn check_meta(name: &str, meta: &MetInf<'_>) {
    for encoding in BOTH {
        let octets = meta.encode(encoding).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = MetInf::decode(&octets).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(say(&again), say(meta), "{name} {encoding:?}");
        assert_eq!(again.encode(encoding).unwrap(), octets, "{name} {encoding:?}");
        for other in BOTH {
            let across = again.encode(other).unwrap();
            assert_eq!(say(&MetInf::decode(&across).unwrap()), say(meta), "{name} {encoding:?} {other:?}");
        }
        let mut out = vec![1, 2, 3];
        meta.encode_into(encoding, &Limits::DEFAULT, &mut out).unwrap();
        assert_eq!(out[3..], octets[..]);
    }
}

/// Depth, name and, where there are no elements inside, text of every element.
fn outline_by_roxmltree(xml: &str) -> String {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(xml, options).unwrap();
    let mut out = String::new();
    for node in document.descendants().filter(|node| node.is_element()) {
        let is_leaf = !node.children().any(|child| child.is_element());
        let text: String = node.children().filter_map(|child| child.text()).filter(|_| is_leaf).collect();
        writeln!(out, "{} {} {}", node.ancestors().count() - 2, node.tag_name().name(), text.trim()).unwrap();
    }
    out
}

/// Runs a program on a file with these octets; `None` where the program is not installed.
fn run(program: &str, before: &[&str], octets: &[u8]) -> Option<String> {
    static COUNT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("omadm-encode-devinf-{}-{count}.wbxml", std::process::id()));
    std::fs::write(&file, octets).unwrap();
    let run = Command::new(program).args(before).arg(&file).output();
    let _ = std::fs::remove_file(&file);
    let Ok(output) = run else {
        println!("skipped: {program} not present");
        return None;
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// By `tests/tools/wbxml.py`, in the form of `outline_by_roxmltree`.
fn outline_by_python(kind: &str, octets: &[u8]) -> Option<String> {
    const PROGRAM: &str = "import sys; sys.path.insert(0, sys.argv[1]); import wbxml
def walk(e, depth):
    print(depth, e.name, '' if e.elements() else e.text().strip())
    for c in e.elements(): walk(c, depth + 1)
d = wbxml.decode(open(sys.argv[3], 'rb').read())
assert (d.kind, d.trailing, d.charset, d.strings) == (sys.argv[2], b'', 106, b''), vars(d)
walk(d.root, 0)";
    let tools = repository().join("tests/tools");
    run("python3", &["-B", "-c", PROGRAM, tools.to_str().unwrap(), kind], octets)
}

/// By libwbxml, with the identifier that it reads in the header.
fn outline_by_libwbxml(octets: &[u8]) -> Option<(String, String)> {
    let xml = run("wbxml2xml", &["-m", "0", "-k", "-o", "-"], octets)?;
    let fpi = xml.split('"').find(|text| text.starts_with("-//")).unwrap_or_default().to_owned();
    Some((fpi, outline_by_roxmltree(&xml)))
}

/// What we write as WBXML is to others what we write as XML.
fn others_agree(kind: &str, wbxml: &[u8], xml: &[u8], fpi: &str) {
    let expected = outline_by_roxmltree(std::str::from_utf8(xml).unwrap());
    if let Some(found) = outline_by_python(kind, wbxml) {
        assert_eq!(found, expected);
    }
    if let Some(found) = outline_by_libwbxml(wbxml) {
        assert_eq!(found, (fpi.to_owned(), expected));
    }
}

fn new_info() -> NewDevInf<'static> {
    NewDevInf {
        man: Some("ACME"),
        model: Some(" Phone 1"),
        oem: Some("Shop"),
        fw_v: Some("2.0e"),
        sw_v: Some("2.1"),
        hw_v: Some("1.22I"),
        utc: true,
        support_large_objs: true,
        support_number_of_changes: true,
        ..NewDevInf::new("IMEI:490154203237518", "smartphone")
    }
}

#[test]
fn device_information_is_written_octet_by_octet() {
    let xml = unindented(INFO_XML);
    let from_xml = DevInf::decode(xml.as_bytes()).unwrap();
    let octets = hex(INFO);
    let from_wbxml = DevInf::decode(&octets).unwrap();
    // Given from both encodings, and in the wrong order.
    let mut elements = kept(&from_xml);
    elements.truncate(2);
    elements.extend(kept(&from_wbxml).into_iter().skip(2));
    elements[1..].reverse();
    elements.swap(1, 4);
    let built = NewDevInf { elements: &elements, ..new_info() }.build().unwrap();
    let golden_xml = DevInf::decode(GOLDEN).unwrap().encode(Encoding::Xml).unwrap();
    for info in [&from_xml, &from_wbxml, &built, &from_xml.clone().into_owned(), &from_wbxml.clone().into_owned()] {
        assert_eq!(info.encode(Encoding::Wbxml).unwrap(), GOLDEN);
        assert_eq!(info.encode(Encoding::Xml).unwrap(), golden_xml);
        check("info", info);
    }
    let text = std::str::from_utf8(&golden_xml).unwrap();
    assert!(text.starts_with("<DevInf xmlns=\"syncml:devinf\"><VerDTD>1.2</VerDTD><Man>ACME</Man><Mod>Phone 1</Mod>"));
    assert_eq!(outline_by_roxmltree(text), outline_by_roxmltree(&xml));
    others_agree("devinf", GOLDEN, &golden_xml, "-//SYNCML//DTD DevInf 1.2//EN");
    // With the white space between its elements, which kept elements keep.
    check("indented", &DevInf::decode(INFO_XML.as_bytes()).unwrap());
}

#[test]
fn meta_information_is_written_octet_by_octet() {
    let from_xml = MetInf::decode(META_XML.as_bytes()).unwrap();
    let octets = wbxml("02016a00 0001", META);
    let from_wbxml = MetInf::decode(&octets).unwrap();
    let built = NewMetInf {
        field_level: true,
        format: Some("b64"),
        media_type: Some("text/plain"),
        mark: Some("draft"),
        size: Some(1024),
        anchor: Some(NewAnchor { last: Some("234"), next: "276" }),
        version: Some("7"),
        next_nonce: Some(b"nonce"),
        max_msg_size: Some(5000),
        max_obj_size: Some(70_000),
        emi: &["one", "two"],
        mem: Some(NewMem { shared: true, free_mem: 8, free_id: 9 }),
        extras: &[],
    };
    assert!(!format!("{built:?}").contains("110"));
    let built = built.build().unwrap();
    assert_eq!((built.anchor_last(), built.anchor_next()), (Some("234"), Some("276")));
    for meta in [&from_xml, &from_wbxml, &built, &from_wbxml.clone().into_owned()] {
        assert_eq!(meta.encode(Encoding::Wbxml).unwrap(), GOLDEN_META);
        assert_eq!(meta.encode(Encoding::Xml).unwrap(), GOLDEN_META_XML.as_bytes());
        check_meta("meta", meta);
    }
    others_agree("metinf", GOLDEN_META, GOLDEN_META_XML.as_bytes(), "-//SYNCML//DTD MetInf 1.2//EN");
    let empty = NewMetInf::default().build().unwrap();
    assert_eq!(empty.encode(Encoding::Xml).unwrap(), b"<MetInf xmlns=\"syncml:metinf\"/>");
    assert_eq!(empty.encode(Encoding::Wbxml).unwrap(), b"\x02\xA4\x02\x6A\x00\x00\x01\x0E");
}

/// `wire.md` §7.3 and §7.8: three public identifiers, and token 0x1C is another name in the last.
#[test]
fn the_version_decides_the_public_identifier_and_token_1c() {
    let cases = [
        ("1.0", "9f52", "Size", "-//SYNCML//DTD DevInf 1.0//EN"),
        ("1.1", "9f54", "Size", "-//SYNCML//DTD DevInf 1.1//EN"),
        ("1.2", "a403", "MaxSize", "-//SYNCML//DTD DevInf 1.2//EN"),
    ];
    for (version, id, name, fpi) in cases {
        let xml = format!(
            "<DevInf xmlns=\"syncml:devinf\"><VerDTD>{version}</VerDTD><DevID>1</DevID><DevTyp>phone</DevTyp>\
             <DataStore/><CTCap><CTType>a/b</CTType><PropName>N</PropName><{name}>9</{name}></CTCap></DevInf>"
        );
        let expected = [
            &hex(&format!("02{id}6a00 4a 6503"))[..],
            version.as_bytes(),
            b"\0\x01\x49\x031\0\x01\x4B\x03phone\0\x01\x07\x45\x46\x03a/b\0\x01\x58\x03N\0\x01\x5C\x039\0\x01\x01\x01",
        ]
        .concat();
        let decoded = DevInf::decode(xml.as_bytes()).unwrap();
        let elements = kept(&decoded);
        let built =
            NewDevInf { ver_dtd: version, elements: &elements, ..NewDevInf::new("1", "phone") }.build().unwrap();
        for info in [&decoded, &built] {
            assert_eq!(info.encode(Encoding::Wbxml).unwrap(), expected, "{version}");
            assert_eq!(info.encode(Encoding::Xml).unwrap(), xml.as_bytes(), "{version}");
        }
        check(version, &decoded);
        others_agree("devinf", &expected, xml.as_bytes(), fpi);
        // Without VerDTD the header of the document it came from counts; XML has none, but shows by its names what it is.
        let octets = wbxml(&format!("02{id}6a00"), "4a 4903310001 47 5c03390001 01 01");
        let info = DevInf::decode(&octets).unwrap();
        assert_eq!(info.encode(Encoding::Wbxml).unwrap(), octets);
        assert_eq!(info.clone().into_owned().encode(Encoding::Wbxml).unwrap(), octets);
        let xml = info.encode(Encoding::Xml).unwrap();
        let store = format!("<DataStore><{name}>9</{name}></DataStore>");
        assert_eq!(
            String::from_utf8(xml.clone()).unwrap(),
            format!("<DevInf xmlns=\"syncml:devinf\"><DevID>1</DevID>{store}</DevInf>")
        );
        let guessed = if name == "Size" { "029f546a00" } else { "02a4036a00" };
        let expected = wbxml(guessed, "4a 4903310001 47 5c03390001 01 01");
        assert_eq!(DevInf::decode(&xml).unwrap().encode(Encoding::Wbxml).unwrap(), expected);
        check("without VerDTD", &info);
    }
    // A document at odds with itself keeps its names: VerDTD 1.1, MaxSize by its header; another version is the newest.
    let octets = wbxml("02a4036a00", INFO_11);
    let info = DevInf::decode(&octets).unwrap();
    assert!(info.encode(Encoding::Wbxml).unwrap().starts_with(b"\x02\x9F\x54\x6A\x0EMaxSize\0xmlns\0\x4A"));
    check("at odds", &info);
    let later = DevInf::decode(b"<DevInf><VerDTD>2.0</VerDTD><DevID>1</DevID></DevInf>").unwrap();
    assert!(later.encode(Encoding::Wbxml).unwrap().starts_with(&hex("02a4036a00")));
}

/// `wire.md` §1.7, §5.1, §7.10: base64 goes out, whatever came in.
#[test]
fn nonces_are_base64_in_both_encodings() {
    let long = [b'x'; 200];
    let cases: [(&str, &[u8], &str); 8] = [
        // As the text it is.
        ("50 03 626d39755932553d00 01", b"nonce", "bm9uY2U="),
        // Octets, among them those that no text has, and none.
        ("50 c303ff00fe 01", b"\xFF\0\xFE", "/wD+"),
        ("50 c30100 01", b"\0", "AA=="),
        ("50 c300 01", b"", ""),
        ("10", b"", ""),
        // Base64 text as an opaque block, with blanks around.
        ("50 c30a20 626d39755932553d 0a 01", b"nonce", "bm9uY2U="),
        // The same octets where Format says that they are meant.
        ("47 0362696e00 01 50 c304 61626364 01", b"abcd", "YWJjZA=="),
        ("50 c304 61626364 01", b"\x69\xB7\x1D", "abcd"),
    ];
    for (body, octets, text) in cases {
        let input = wbxml("02a4026a00 0001", &format!("4e {body} 01"));
        let meta = MetInf::decode(&input).unwrap();
        assert_eq!(meta.nonce().unwrap().unwrap().octets(), octets, "{body}");
        let xml = String::from_utf8(meta.encode(Encoding::Xml).unwrap()).unwrap();
        let element = if text.is_empty() { "<NextNonce/>".into() } else { format!("<NextNonce>{text}</NextNonce>") };
        assert!(xml.contains(&element), "{body}: {xml}");
        let binary = meta.encode(Encoding::Wbxml).unwrap();
        let element =
            if text.is_empty() { b"\x10".to_vec() } else { [b"\x50\x03", text.as_bytes(), b"\0\x01"].concat() };
        assert!(binary.windows(element.len()).any(|window| window == element), "{body}: {}", binary.escape_ascii());
        check_meta(body, &meta);
    }
    for octets in [&b""[..], b"\0", b"\xFF\0:", b"abcd", b"bm9uY2U=", &long] {
        let meta = NewMetInf { next_nonce: Some(octets), ..NewMetInf::default() }.build().unwrap();
        for encoding in BOTH {
            let written = meta.encode(encoding).unwrap();
            let again = MetInf::decode(&written).unwrap();
            assert_eq!(again.nonce().unwrap().unwrap().octets(), octets);
        }
    }
    assert_eq!(MetInf::decode(b"<MetInf/>").unwrap().nonce(), Ok(None));
    let broken = MetInf::decode(b"<MetInf><Type/><NextNonce>?</NextNonce></MetInf>").unwrap();
    assert_eq!(broken.nonce(), Err(Error::new(ErrorKind::InvalidBase64, 15)));
    // What is no base64 is the sender's fault, and goes out as it came.
    assert!(broken.encode(Encoding::Xml).unwrap().ends_with(b"<NextNonce>?</NextNonce></MetInf>"));
}

/// All device information in the messages of the corpus, whatever it lies in.
#[test]
fn the_corpus_survives_and_other_readers_agree() {
    let options = Options { bare_ampersand: true, ..Options::default() };
    let mut found = 0;
    for path in documents(&[".xml", ".wbxml"]) {
        let input = read(&path);
        let Ok(message) = Message::decode_with(&input, &options) else { continue };
        let mut seen = Vec::new();
        for command in message.all_commands() {
            let inside = command.fragment().and_then(|fragment| DevInf::find(&fragment, &options).unwrap());
            seen.extend(inside);
            for item in command.items() {
                let embedded = item.data().and_then(|data| data.embedded());
                seen.extend(embedded.and_then(|embedded| DevInf::decode_embedded(&embedded, &options).ok()));
            }
        }
        for info in seen {
            let name = path.display().to_string();
            check(&name, &info);
            let (xml, wbxml) = (info.encode(Encoding::Xml).unwrap(), info.encode(Encoding::Wbxml).unwrap());
            // None has a VerDTD: those inside WBXML say 1.1 in a header of their own.
            let (id, version) = match info.encoding() {
                Encoding::Xml => (&b"\x02\xA4\x03"[..], "1.2"),
                Encoding::Wbxml => (&b"\x02\x9F\x54"[..], "1.1"),
            };
            assert!(info.ver_dtd().is_none() && wbxml.starts_with(id), "{name}");
            others_agree("devinf", &wbxml, &xml, &format!("-//SYNCML//DTD DevInf {version}//EN"));
            found += 1;
        }
    }
    assert_eq!(found, if corpus().is_some() { 6 } else { 0 });
}

/// What the DTD requires is not made up in what was decoded, and asked for in what is new.
#[test]
fn what_is_required() {
    let bare = DevInf::decode(b"<DevInf><DevID/></DevInf>").unwrap();
    assert_eq!(bare.encode(Encoding::Wbxml).unwrap(), b"\x02\xA4\x03\x6A\x00\x4A\x09\x01");
    assert_eq!(bare.encode(Encoding::Xml).unwrap(), b"<DevInf xmlns=\"syncml:devinf\"><DevID/></DevInf>");

    let document = DevInf::decode(INFO_XML.as_bytes()).unwrap();
    let store: Vec<_> = document.data_stores().collect();
    let new = NewDevInf { elements: &store, ..NewDevInf::new("1", "phone") };
    assert!(new.build().is_ok() && !format!("{:?}", NewDevInf::new("IMEI:1", "phone")).contains("IMEI"));
    let fault = |new: NewDevInf<'_>| new.build().unwrap_err();
    assert_eq!(fault(NewDevInf { dev_id: " ", ..new }), Error::new(ErrorKind::Empty("DevID"), 0));
    assert_eq!(fault(NewDevInf { dev_typ: "", ..new }), Error::new(ErrorKind::Empty("DevTyp"), 0));
    assert_eq!(fault(NewDevInf { ver_dtd: "", ..new }), Error::new(ErrorKind::Empty("VerDTD"), 0));
    assert_eq!(fault(NewDevInf { ver_dtd: "1.3", ..new }), Error::new(ErrorKind::InvalidValue, 0));
    assert_eq!(fault(NewDevInf { elements: &[], ..new }), Error::new(ErrorKind::Missing("DataStore"), 0));
    let caps: Vec<_> = document.ct_caps().collect();
    assert_eq!(fault(NewDevInf { elements: &caps, ..new }), Error::new(ErrorKind::Missing("DataStore"), 0));
}

fn open(text: &str) -> XmlDocument<'_> {
    XmlDocument::open(text.as_bytes()).unwrap()
}

/// Every element below the root of a document, as a fragment.
fn inside<'a>(document: &'a XmlDocument<'_>) -> Vec<Fragment<'a>> {
    let mut reader = XmlReader::new(document, &Options::default());
    reader.next_event().unwrap();
    let mut found = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        if matches!(event, Event::Start(_)) {
            found.push(reader.skip().unwrap());
        }
    }
    found
}

#[test]
fn what_cannot_be_carried_says_where() {
    // Fields, octets 9 and 12 of the document; then text in a kept element, at 16.
    let document = |man: &str, store: &str| {
        let input = wbxml("02a4036a00", &format!("4a 4903310001 51 {man} 01 47 {store} 01 01"));
        DevInf::decode(&input).unwrap().into_owned()
    };
    let error = |info: &DevInf<'_>, encoding| info.encode(encoding).unwrap_err();
    let fault = document("030100", "");
    assert!(fault.encode(Encoding::Wbxml).is_ok());
    assert_eq!(error(&fault, Encoding::Xml), Error::new(ErrorKind::InvalidCharacter, 11));
    let fault = document("036100", "c302fffe");
    assert!(fault.encode(Encoding::Wbxml).is_ok());
    assert_eq!(error(&fault, Encoding::Xml), Error::new(ErrorKind::InvalidUtf8, 17));
    // An inline string ends at a zero, an opaque block does not: only XML has no place for it.
    let fault = document("c303610062", "");
    assert_eq!(fault.man(), Some("a\0b"));
    let again = fault.encode(Encoding::Wbxml).unwrap();
    assert_eq!(DevInf::decode(&again).unwrap().man(), Some("a\0b"));
    assert_eq!(error(&fault, Encoding::Xml), Error::new(ErrorKind::InvalidCharacter, 11));
    let input = wbxml("02a4026a00 0001", "4e 4b 030200 01 01");
    let meta = MetInf::decode(&input).unwrap();
    assert_eq!(meta.encode(Encoding::Xml).unwrap_err(), Error::new(ErrorKind::InvalidCharacter, 8));

    // What is new: fields at 0, elements where they are from.
    let document = open("<DevInf><DataStore/>  <Man>x</Man><UTC/></DevInf>");
    let elements = inside(&document);
    let new = NewDevInf { elements: &elements[..1], ..NewDevInf::new("1", "phone") };
    assert!(new.build().is_ok());
    let man = NewDevInf { man: Some("\u{1}"), ..new };
    assert_eq!(man.build().unwrap_err(), Error::new(ErrorKind::InvalidCharacter, 0));
    for (count, at) in [(2, 22), (3, 22)] {
        let new = NewDevInf { elements: &elements[..count], ..new };
        assert_eq!(new.build().unwrap_err(), Error::new(ErrorKind::UnexpectedElement, at));
    }
    let input = wbxml("02a4036a00", "4a 4903310001 47 c302fffe 01 01");
    let info = DevInf::decode(&input).unwrap();
    let elements = kept(&info);
    let new = NewDevInf { elements: &elements, ..new };
    assert_eq!(new.build().unwrap_err(), Error::new(ErrorKind::InvalidUtf8, 12));
    let document = open("<MetInf><EMI>a</EMI><x xmlns='urn:x'/><Anchor/></MetInf>");
    let elements = inside(&document);
    let new = NewMetInf { extras: &elements[..2], emi: &["b"], ..NewMetInf::default() };
    assert_eq!(
        new.build().unwrap().encode(Encoding::Xml).unwrap(),
        b"<MetInf xmlns=\"syncml:metinf\"><EMI>b</EMI><EMI>a</EMI><x xmlns=\"urn:x\"/></MetInf>"
    );
    let new = NewMetInf { extras: &elements, ..new };
    assert_eq!(new.build().unwrap_err(), Error::new(ErrorKind::UnexpectedElement, 38));
}

#[test]
fn limits_of_output_hold_and_nothing_is_written_beyond_them() {
    let info = DevInf::decode(INFO_XML.as_bytes()).unwrap();
    for encoding in BOTH {
        let len = info.encode(encoding).unwrap().len() as u64;
        let limited = |output| info.encode_with(encoding, &Limits { output, ..Limits::DEFAULT });
        assert_eq!(limited(len).unwrap().len() as u64, len);
        assert_eq!(limited(len - 1).unwrap_err().kind(), ErrorKind::LimitOutput);
        let limits = Limits { depth: 3, ..Limits::DEFAULT };
        let mut out = vec![7];
        // The first element of the fourth level.
        let error = info.encode_into(encoding, &limits, &mut out).unwrap_err();
        let at = INFO_XML.find("<d:CTType>").unwrap();
        assert_eq!((error, &out[..]), (Error::new(ErrorKind::LimitDepth, at), &[7][..]));
    }
}

#[test]
fn inside_another_document() {
    let info = DevInf::decode(b"<DevInf><VerDTD>1.2</VerDTD><DevID>1</DevID><Ext/></DevInf>").unwrap();
    let mut writer = XmlWriter::new(&Limits::DEFAULT);
    writer.start(Name::Known(syncml::DATA), &[]).unwrap();
    info.write(&mut writer).unwrap();
    writer.end().unwrap();
    let inner = "<DevInf xmlns=\"syncml:devinf\"><VerDTD>1.2</VerDTD><DevID>1</DevID><Ext/></DevInf>";
    assert_eq!(writer.finish().unwrap(), format!("<Data xmlns=\"SYNCML:SYNCML1.2\">{inner}</Data>"));
    let meta = MetInf::decode(b"<MetInf><Type>x</Type></MetInf>").unwrap();
    let mut writer = WbxmlWriter::new(DocumentType::SyncMl12, &Limits::DEFAULT);
    writer.start(Name::Known(syncml::META), &[]).unwrap();
    meta.write(&mut writer).unwrap();
    writer.end().unwrap();
    assert_eq!(writer.finish().unwrap(), hex("02a4016a00 5a 0001 4e 53 037800 01 01 01"));
}
