//! What fuzzing found where the documentation settled it, by the names of the inputs in `fuzz/regressions`. Findings that changed the
//! library have their tests beside what they changed.

mod common;

use common::messages::{item, meta};
use common::{error_of, names, outline, read_ok};
use omadm::convert::{ConvertOptions, to_wbxml, to_xml};
use omadm::markup::wbxml::WbxmlReader;
use omadm::markup::xml::XmlWriter;
use omadm::markup::{Encoding, Options, copy};
use omadm::tnds::{self, EncodeOptions};
use omadm::tree::{EditOptions, NewNode, Tree};
use omadm::{ErrorKind, Limits};

/// Nothing in a DOCTYPE is declared for us, so nothing of it is looked at but where it ends.
#[test]
fn internal_subset_that_is_no_declaration() {
    assert_eq!(outline(&read_ok(b"<!DOCTYPE a [<?pi b?><Add /><De]><a>x</a>")), "a(x)");
}

/// Where such a DOCTYPE ends does not depend on what comes behind it.
#[test]
fn bracket_behind_a_subset_that_is_no_declaration() {
    assert_eq!(outline(&read_ok(b"<!DOCTYPE a [<?pi b,?><Add /><De]><a>xe]</a>")), "a(xe])");
}

/// A bracket in the brackets of a DOCTYPE stands in no declaration: one reader ends there and another goes on, so this one does neither.
#[test]
fn doctype_inside_a_doctype() {
    let input = b"<!DOCTYPE a [<!DOCTYPE a [<?pi?>]><a>one</a><b>]><a>two</a>";
    assert_eq!(error_of(input, &Options::default()), Some((ErrorKind::XmlSyntax, 25)));
    // In quotes and comments it is text.
    assert_eq!(outline(&read_ok(b"<!DOCTYPE a [<!ENTITY e '['><!-- [ -->]><a>x</a>")), "a(x)");
}

/// Blanks at the ends of a title do not count in a document.
#[test]
fn title_with_a_tab_at_its_end() {
    let mut tree = Tree::new();
    tree.edit(&EditOptions::default()).add("./A", &NewNode::leaf("1").title("a\tb\t")).unwrap();
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let octets = tnds::encode(&tree, encoding, &EncodeOptions::default()).unwrap();
        let read = tnds::decode(&octets).unwrap();
        assert_eq!(read.get("./A").unwrap().unwrap().title(), Some("a\tb"));
    }
}

/// A fragment of a provisioning document is one in WBXML, which says so in its header; in XML nothing says it.
#[test]
fn root_of_prov_that_is_none() {
    let input = b"\x03\x0B\x6A\x00\x87\x05\x03a\0\x01";
    let mut writer = XmlWriter::new(&Limits::default());
    copy(&mut WbxmlReader::new(input, &Options::default()).unwrap(), &mut writer).unwrap();
    let xml = writer.finish().unwrap();
    assert_eq!(outline(&read_ok(input)), "parm name=a()");
    assert_eq!(outline(&read_ok(xml.as_bytes())), "parm name=a()");
    assert_eq!(names(xml.as_bytes()), ["parm"]);
    assert_ne!(names(input), ["parm"]);
}

/// A table that may not be longer has fewer texts in it, and the document says the same.
#[test]
fn string_table_beyond_small_limits() {
    let texts: String = (0..40).map(|at| format!("<x>{}</x>", format!("text {} ", at % 4).repeat(5))).collect();
    let input = item("", &texts);
    let plain = to_wbxml(input.as_bytes(), &ConvertOptions::default()).unwrap();
    let mut last = plain.len() + 1;
    for string_table in [10, 50, 100, 200, 1_000] {
        let read = Options { limits: Limits { string_table, ..Limits::default() }, ..Options::default() };
        let how = ConvertOptions { read, string_table: true, ..ConvertOptions::default() };
        let octets = to_wbxml(input.as_bytes(), &how).unwrap();
        assert!(octets.len() < last || string_table == 1_000, "{} with {string_table}", octets.len());
        last = octets.len();
        // What was written within a limit is read within it.
        let how = ConvertOptions { read, ..ConvertOptions::default() };
        assert_eq!(to_xml(&octets, &how), to_xml(&plain, &ConvertOptions::default()), "{string_table}");
    }
    assert!(last < plain.len() / 2);
}

/// On its way through WBXML a name without a token is given the namespace that it had inherited.
#[test]
fn name_without_a_token_inside() {
    let tree = "<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD><Node><NodeName>a</NodeName><RTProperties><Format><none/></Format>\
                </RTProperties></Node></MgmtTree>";
    let about = meta(&[("Format", "xml"), ("Type", "application/vnd.syncml.dmtnds+xml")]);
    let input = item(&about, &format!("<![CDATA[{tree}]]>"));
    let binary = to_wbxml(input.as_bytes(), &ConvertOptions::default()).unwrap();
    let back = to_xml(&binary, &ConvertOptions::default()).unwrap();
    let inside = back.split("<![CDATA[").nth(1).unwrap().split("]]>").next().unwrap();
    assert_eq!(names(inside.as_bytes()), names(tree.as_bytes()));
    assert_eq!(outline(&read_ok(inside.as_bytes())), outline(&read_ok(tree.as_bytes())));
    let again = to_wbxml(back.as_bytes(), &ConvertOptions::default()).unwrap();
    assert_eq!(to_xml(&again, &ConvertOptions::default()).unwrap(), back);
}

/// In WBXML a text may stand where the format says `bin`, and says what it says; in XML it would be base64, and this is none.
#[test]
fn bin_that_is_no_base64() {
    let document = "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>a</NodeName><RTProperties><Format>@</Format></RTProperties>\
                    <Value>?=?</Value></Node></MgmtTree>";
    let as_chr = to_wbxml(document.replace('@', "<chr/>").as_bytes(), &ConvertOptions::default()).unwrap();
    // `Format` with content, `chr` and `bin` (`wire.md` §7.7).
    let at = as_chr.windows(3).position(|tokens| tokens == [0x5C, 0x0B, 0x01]).unwrap();
    let mut as_bin = as_chr.clone();
    as_bin[at + 1] = 0x09;
    let xml = to_xml(&as_bin, &ConvertOptions::default()).unwrap();
    assert!(xml.contains("<bin/>") && xml.contains("<Value>?=?</Value>"), "{xml}");
    let error = to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidBase64, xml.find("<Value>").unwrap()));
}
