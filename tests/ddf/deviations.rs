//! What the field writes though DDF does not: `wire.md` §8.1 to §8.6 and §14, `field-lessons.md` §5.9.

use super::{ACME_WINDOWS, one, uris};
use crate::tools::Element;
use omadm::ddf::{self, AccessTypes, Occurrence, Scope};
use omadm::tree::Format;

#[test]
fn byte_order_mark_crlf_and_doctype_with_internal_subset() {
    let head = &ACME_WINDOWS[..400];
    assert!(head.starts_with(b"\xEF\xBB\xBF<?xml") && head.windows(2).any(|pair| pair == b"\r\n"));
    let head = std::str::from_utf8(head).unwrap();
    assert!(head.contains("PUBLIC \" -//OMA//DTD-DM-DDF 1.2//EN\"") && head.contains("[<?oma-dm-ddf-ver"));
    assert_eq!(ddf::decode(ACME_WINDOWS).unwrap().len(), 11);
}

#[test]
fn utf_16_declared_on_utf_8_octets() {
    let document = format!("<?xml version=\"1.0\" encoding=\"utf-16\"?>{}", one("<DFTitle>é</DFTitle>"));
    assert_eq!(ddf::decode(document.as_bytes()).unwrap().nodes().next().unwrap().title(), Some("é"));
}

#[test]
fn namespace_1_2_or_unversioned_or_none_or_with_a_prefix() {
    for (declaration, prefix) in [
        ("", ""),
        (" xmlns='syncml:dmddf1.2'", ""),
        (" xmlns='syncml:dmddf'", ""),
        (" xmlns:d='syncml:dmddf1.2'", "d:"),
    ] {
        let document = one("<AccessType><Get/></AccessType>").replace("</", "<|").replace('<', &format!("<{prefix}"));
        let document = document.replace(&format!("<{prefix}|"), &format!("</{prefix}"));
        let document = document.replacen("MgmtTree", &format!("MgmtTree{declaration}"), 1);
        let schema = ddf::decode(document.as_bytes()).unwrap();
        assert_eq!(schema.nodes().next().unwrap().access(), AccessTypes::GET, "{document}");
        assert_eq!(schema.nodes().next().unwrap().extensions().count(), 0);
    }
}

#[test]
fn path_without_dot_with_two_slashes_or_a_last_one_or_empty() {
    for (path, uri) in [
        ("<Path>./Vendor/MSFT</Path>", "./Vendor/MSFT/A"),
        ("<Path>Vendor/MSFT</Path>", "./Vendor/MSFT/A"),
        ("<Path>./Vendor//MSFT</Path>", "./Vendor/MSFT/A"),
        ("<Path>./Vendor/MSFT/</Path>", "./Vendor/MSFT/A"),
        ("<Path>/Vendor/MSFT</Path>", "./Vendor/MSFT/A"),
        ("<Path>.</Path>", "./A"),
        ("<Path>./</Path>", "./A"),
        ("<Path/>", "./A"),
        ("", "./A"),
    ] {
        let document = format!("<MgmtTree><Node>{path}<NodeName>A</NodeName></Node></MgmtTree>");
        let schema = ddf::decode(document.as_bytes()).unwrap();
        assert_eq!(uris(&schema), [uri], "{path}");
        assert!(schema.get(uri).unwrap().is_some());
    }
}

#[test]
fn path_on_nodes_inside_nodes() {
    // The Motorola description gives each node its whole Path although they are nested in a node `.`.
    let document = "<MgmtTree><Node><NodeName>.</NodeName><Path/><Node><NodeName>A</NodeName><Path>.</Path>\
        <Node><NodeName>B</NodeName><Path>./A</Path></Node><Node><NodeName>C</NodeName><Path/></Node></Node></Node></MgmtTree>";
    let schema = ddf::decode(document.as_bytes()).unwrap();
    assert_eq!(uris(&schema), [".", "./A", "./A/B", "./A/C"]);
    assert_eq!(schema.get(".").unwrap().unwrap().name(), Some("."));
    assert_eq!(schema.get("./A/C").unwrap().unwrap().parent().unwrap().name(), Some("A"));
}

#[test]
fn empty_node_name_with_or_without_dftitle() {
    let node = |title| format!("<Node><NodeName></NodeName><DFProperties>{title}</DFProperties></Node>");
    let document = format!("<MgmtTree>{}{}</MgmtTree>", node("<DFTitle>Key name</DFTitle>"), node(""));
    let schema = ddf::decode(document.as_bytes()).unwrap();
    assert_eq!(uris(&schema), ["./{Key%20name}", "./*"]);
    assert_eq!(schema.matches("./x").unwrap().count(), 2);
}

#[test]
fn node_name_with_blanks_around_it() {
    let schema = ddf::decode(b"<MgmtTree><Node><NodeName>A \n</NodeName></Node></MgmtTree>").unwrap();
    assert_eq!(uris(&schema), ["./A"]);
}

#[test]
fn access_types_in_another_order_or_twice() {
    let document = one("<AccessType><Replace/><Get/><Add/><Get/></AccessType>");
    let node = ddf::decode(document.as_bytes()).unwrap();
    assert_eq!(node.nodes().next().unwrap().access().to_string(), "Add Get Replace");
}

#[test]
fn dftype_of_interior_nodes_with_mime_empty_text_plain_or_an_mo_id() {
    for (kind, mo_id, mimes) in [
        ("<MIME/>", None, 0),
        ("<DDFName/>", None, 0),
        ("<MIME>text/plain</MIME>", None, 1),
        ("<MIME>com.microsoft/11/MDM/Policy</MIME>", Some("com.microsoft/11/MDM/Policy"), 0),
        ("<MIME>urn:oma:mo:oma-fumo:1.0</MIME>", Some("urn:oma:mo:oma-fumo:1.0"), 0),
        ("urn:oma:mo:oma-fumo:1.0", Some("urn:oma:mo:oma-fumo:1.0"), 0),
        ("", None, 0),
    ] {
        let document = one(&format!("<DFFormat><node/></DFFormat><DFType>{kind}</DFType>"));
        let schema = ddf::decode(document.as_bytes()).unwrap();
        let node = schema.nodes().next().unwrap();
        assert_eq!((node.mo_id(), node.mime_types().count()), (mo_id, mimes), "{kind}");
    }
}

#[test]
fn what_is_absent_or_empty_has_its_default() {
    for properties in ["", "<AccessType/><Occurrence/><Scope/><DFType/><CaseSense/><DFTitle/><Description/>"] {
        let document = one(properties);
        let schema = ddf::decode(document.as_bytes()).unwrap();
        let node = schema.nodes().next().unwrap();
        assert_eq!((node.access(), node.occurrence()), (AccessTypes::empty(), Occurrence::One));
        assert_eq!((node.scope(), node.case_sense()), (Scope::Dynamic, None));
        assert_eq!((node.declared_occurrence(), node.declared_scope(), node.declared_format()), (None, None, None));
    }
}

#[test]
fn absent_format_follows_from_the_rest() {
    let leaf = "<Node><NodeName>B</NodeName></Node>";
    let mo = "<DFProperties><DFType><DDFName>urn:x</DDFName></DFType></DFProperties>";
    let rt = "<RTProperties><Format><int/></Format></RTProperties>";
    for (inside, format) in [(leaf, Format::Node), (mo, Format::Node), (rt, Format::Int), ("", Format::Chr)] {
        let document = format!("<MgmtTree><Node><NodeName>A</NodeName>{inside}</Node></MgmtTree>");
        assert_eq!(ddf::decode(document.as_bytes()).unwrap().nodes().next().unwrap().format(), format, "{inside}");
    }
}

#[test]
fn names_of_choices_as_text() {
    let document = one("<DFFormat>Chr</DFFormat><Scope> Permanent </Scope><CaseSense>CIS</CaseSense>");
    let schema = ddf::decode(document.as_bytes()).unwrap();
    let node = schema.nodes().next().unwrap();
    assert_eq!((node.declared_format(), node.scope()), (Some(Format::Chr), Scope::Permanent));
    let document = one("<DFFormat><Chr/></DFFormat>");
    assert_eq!(ddf::decode(document.as_bytes()).unwrap().nodes().next().unwrap().format(), Format::Chr);
}

#[test]
fn default_value_and_description_as_markup() {
    let document = one("<DefaultValue><a b='c'>d</a> e</DefaultValue><Description>Use <b>this</b>.</Description>");
    let schema = ddf::decode(document.as_bytes()).unwrap();
    let node = schema.nodes().next().unwrap();
    assert_eq!(node.default_value(), Some("<a b='c'>d</a> e"));
    assert_eq!(node.description(), Some("Use <b>this</b>."));
}

#[test]
fn foreign_and_unknown_elements_and_attributes_anywhere() {
    let x = "<x:E x:a='1'><Node><NodeName/></Node></x:E>";
    let document = format!(
        "<MgmtTree xmlns:x='urn:x' x:on='tree'>{x}<VerDTD x:on='dtd'>1.2</VerDTD><Node x:on='node'>{x}<Unknown/>\
         <NodeName xml:lang='en'>A</NodeName><RTProperties>{x}<Type>{x}</Type><Format>{x}<chr/></Format></RTProperties>\
         <DFProperties>{x}<Add/><AccessType>{x}<Get x:on='get'/><Move/></AccessType><DFFormat>{x}<chr/>{x}</DFFormat>\
         <Occurrence>{x}<One/></Occurrence><Scope>{x}</Scope><DFType><MIME/>{x}</DFType><CaseSense><CS/>{x}</CaseSense>\
         </DFProperties><Node><NodeName>B</NodeName>{x}</Node>{x}</Node>{x}</MgmtTree>"
    );
    let schema = ddf::decode(document.as_bytes()).unwrap();
    assert_eq!(uris(&schema), ["./A", "./A/B"]);
    let tree = schema.documents().next().unwrap();
    assert_eq!(tree.extensions().count(), 2);
    let on: Vec<_> = tree.attributes().map(|(tag, a)| (tag.name(), a.value())).collect();
    assert_eq!(on, [("MgmtTree", "tree"), ("VerDTD", "dtd")]);
    let node = schema.nodes().next().unwrap();
    let inside: Vec<_> = node.extensions().map(|e| (e.inside().unwrap().name(), e.local_name())).collect();
    let expected = [
        ("Node", "E"),
        ("Node", "Unknown"),
        ("RTProperties", "E"),
        ("Type", "E"),
        ("Format", "E"),
        ("DFProperties", "E"),
        ("DFProperties", "Add"),
        ("AccessType", "E"),
        ("AccessType", "Move"),
        ("DFFormat", "E"),
        ("DFFormat", "E"),
        ("Occurrence", "E"),
        ("Scope", "E"),
        ("DFType", "E"),
        ("CaseSense", "E"),
        ("Node", "E"),
    ];
    assert_eq!(inside, expected);
    let on: Vec<_> = node.attributes().map(|(tag, a)| (tag.name(), a.name(), a.value())).collect();
    assert_eq!(on, [("Node", "x:on", "node"), ("NodeName", "xml:lang", "en"), ("Get", "x:on", "get")]);
    assert_eq!((node.access(), node.format()), (AccessTypes::GET, Format::Chr));
    assert_eq!(schema.nodes().nth(1).unwrap().extensions().count(), 1);
    let wbxml = Element::read(&document).wbxml();
    assert_eq!(ddf::decode(&wbxml).unwrap().nodes().next().unwrap().extensions().count(), expected.len());
}

#[test]
fn tree_documents_are_descriptions_of_little() {
    let schema = ddf::decode(include_bytes!("../data/phone.tnds.xml")).unwrap();
    assert!(schema.len() > 200 && !schema.nodes().any(|node| node.is_described()));
}
