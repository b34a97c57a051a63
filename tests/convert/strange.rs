//! Documents that nobody should write and somebody does: namespaces, prefixes, mixed content, white space.

use super::*;

fn survives(xml: &str) -> String {
    let (_, _, back) = there_and_back(xml, &ConvertOptions::default(), xml);
    check_same(xml, &back, xml);
    back
}

#[test]
fn namespaces_are_the_same_after_wbxml() {
    for xml in [
        // None at all, and unused ones.
        "<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>",
        "<SyncML><SyncHdr><VerDTD>1.2</VerDTD></SyncHdr></SyncML>",
        "<MgmtTree xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><VerDTD>1.2</VerDTD></MgmtTree>",
        // Another spelling of the version.
        "<MgmtTree xmlns=\"syncml:dmddf\"><VerDTD>1.2</VerDTD><Node/></MgmtTree>",
        "<SyncML xmlns=\"syncml:SYNCML1.1\"><SyncHdr><Meta><Type xmlns=\"syncml:metinf\">x</Type></Meta></SyncHdr></SyncML>",
        // Foreign elements with and without prefix, names of the vocabulary among them.
        "<MgmtTree xmlns:m=\"u:m\"><m:A><Node/><m:Node/></m:A><Foo/><Node xmlns=\"u:x\"><Node/></Node></MgmtTree>",
        "<MgmtTree xmlns=\"syncml:dmddf1.2\"><Foo><Bar/></Foo><Foo xmlns=\"\"><Bar/></Foo><Node xmlns=\"\"/></MgmtTree>",
        "<MgmtTree xmlns=\"syncml:dmddf1.2\"><a xmlns=\"u:a\"><MgmtTree xmlns=\"syncml:dmddf1.2\"/><b/></a><Node/></MgmtTree>",
        // Another vocabulary's, said where none was needed: a name of a tree that is not one of the tree.
        "<MgmtTree xmlns=\"syncml:dmddf1.2\"><Node><Value xmlns=\"syncml:devinf\">a</Value></Node></MgmtTree>",
        "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><Meta><EMI xmlns=\"syncml:metinf\">x<Size xmlns=\"syncml:dmddf1.2\"/></EMI></Meta></SyncHdr></SyncML>",
        // Attributes: none, foreign, of XML itself, one name in two namespaces.
        "<MgmtTree a=\"\" xml:lang=\"de\" xmlns:p=\"u:p\" xmlns:q=\"u:q\" p:a=\"1\" q:a=\"&lt;&quot;&#10;\"><Node b=\"x\"/></MgmtTree>",
        // A prefix that means another thing further in.
        "<MgmtTree xmlns:p=\"u:1\"><p:a><p:b xmlns:p=\"u:2\"><p:c/></p:b><p:d/></p:a></MgmtTree>",
        // Mixed content of foreign elements, with the white space in it.
        "<MgmtTree xmlns:h=\"u:h\"><h:p> <h:b>x</h:b> <h:i/> y <h:b/> </h:p> <Node> </Node></MgmtTree>",
        "<MgmtTree><Description><![CDATA[a <b> ]]]]><![CDATA[> c]]></Description><Title>&#13; a&#9;\n b </Title></MgmtTree>",
        "<wap-provisioningdoc version=\"1.1\"><characteristic type=\"PORTAL\"><parm name=\"NAME\" value=\"IPV4\"/><parm \
         name=\"NAMEX\" value=\"\"/><x y=\"z\"/></characteristic></wap-provisioningdoc>",
        "<MetInf xmlns=\"syncml:metinf\"><Type>x</Type></MetInf>",
        "<DevInf xmlns=\"syncml:devinf\"><VerDTD>1.1</VerDTD><DataStore><DSMem/></DataStore><Size>1</Size></DevInf>",
    ] {
        survives(xml);
    }
}

/// Names with a token cannot keep their prefix; their namespace they do keep.
#[test]
fn prefixes_of_known_names() {
    let xml = "<a:MgmtTree xmlns:a=\"syncml:dmddf1.2\" xmlns=\"u:x\"><a:Node><Node/></a:Node></a:MgmtTree>";
    let (_, _, back) = there_and_back(xml, &ConvertOptions::default(), xml);
    let expected =
        "<MgmtTree xmlns:a=\"syncml:dmddf1.2\" xmlns=\"syncml:dmddf1.2\"><Node><Node xmlns=\"u:x\"/></Node></MgmtTree>";
    check_same(expected, &back, xml);
    // XML to XML keeps them.
    assert_eq!(to_xml(xml.as_bytes(), &ConvertOptions::default()).unwrap(), xml);
}

/// Elements that are known by their place are put right: their namespace was another vocabulary's.
#[test]
fn forgotten_namespaces_are_put_right() {
    let xml = "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><Meta><MaxMsgSize>1</MaxMsgSize></Meta></SyncHdr></SyncML>";
    let wbxml = to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap();
    assert_eq!(wbxml, hex("02a4016a00 6d 6c 5a 0001 4c 03 31 00 01 01 01 01"));
    let back = to_xml(&wbxml, &ConvertOptions::default()).unwrap();
    assert_eq!(back, xml.replace("<MaxMsgSize>", "<MaxMsgSize xmlns=\"syncml:metinf\">"));
}

#[test]
fn the_document_type_follows_the_document() {
    let header = |xml: &str| to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap()[..3].to_vec();
    assert_eq!(header("<SyncML xmlns='SYNCML:SYNCML1.0'/>"), [2, 0x9F, 0x51]);
    assert_eq!(header("<SyncML xmlns='SYNCML:SYNCML1.1'/>"), [2, 0x9F, 0x53]);
    assert_eq!(header("<SyncML/>"), [2, 0xA4, 0x01]);
    let doctype = "<!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.1//EN' 'x'><SyncML/>";
    assert_eq!(header(doctype), [2, 0x9F, 0x53]);
    assert_eq!(header("<SyncML><SyncHdr><VerDTD>1.0</VerDTD></SyncHdr></SyncML>"), [2, 0x9F, 0x51]);
    assert_eq!(header("<DevInf xmlns='syncml:devinf'><VerDTD>1.0</VerDTD></DevInf>"), [2, 0x9F, 0x52]);
    assert_eq!(header("<DevInf xmlns='syncml:devinf'><VerDTD>1.1</VerDTD></DevInf>"), [2, 0x9F, 0x54]);
    assert_eq!(header("<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD></DevInf>"), [2, 0xA4, 0x03]);
    assert_eq!(header("<MgmtTree/>"), [2, 0, 0]);
    // A message of 1.2 that announces 1.1, as phones do, is one of 1.2 in XML.
    let phone = hex("02 9f53 6a 00 6d 6c 71 03 312e3200 01 01 01");
    let xml = to_xml(&phone, &ConvertOptions::default()).unwrap();
    assert!(xml.starts_with("<SyncML xmlns=\"SYNCML:SYNCML1.2\">"));
    assert_eq!(to_wbxml(&phone, &ConvertOptions::default()).unwrap(), phone);
    let opaque = hex("02 9f53 6a 00 6d 6c 71 c303 312e32 01 01 01");
    let xml = to_xml(&opaque, &ConvertOptions::default()).unwrap();
    assert!(xml.starts_with("<SyncML xmlns=\"SYNCML:SYNCML1.2\">"));
}

/// XML 1.0 §2.8: before the DOCTYPE stand the XML declaration, comments, processing instructions and white space.
#[test]
fn a_document_type_is_said_by_a_doctype_only() {
    let header = |xml: &str| to_wbxml(xml.as_bytes(), &ConvertOptions::default()).unwrap()[..3].to_vec();
    let (version_11, version_12) = ([2, 0x9F, 0x53], [2, 0xA4, 0x01]);
    let doctype = "<!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.1//EN' 'x'>";
    let is = |before: &str, expected: [u8; 3]| assert_eq!(header(&format!("{before}<SyncML/>")), expected, "{before}");
    is(&format!("<!-- {doctype} -->"), version_12);
    is(&format!("<?old {doctype} ?>"), version_12);
    is(&format!("<!-- {doctype} --><!DOCTYPE SyncML>"), version_12);
    is("<!DOCTYPE SyncML [<!ENTITY e PUBLIC '-//SYNCML//DTD SyncML 1.1//EN' 'x'>]>", version_12);
    is("<!DOCTYPE SyncML SYSTEM \"PUBLIC '-//SYNCML//DTD SyncML 1.1//EN'\">", version_12);
    assert_eq!(header(&format!("<SyncML><SyncHdr><!-- {doctype} --></SyncHdr></SyncML>")), version_12);
    // In either case of letters, as it is read, and wherever it may stand.
    for doctype in [doctype.to_owned(), doctype.replace("DOCTYPE", "doctype"), doctype.replace('\'', "\"")] {
        is(&doctype, version_11);
        is(&format!("<?xml version='1.0'?>\n<!-- <!DOCTYPE x> -->\r\n<?p > ?>\t{doctype}<!-- -->"), version_11);
        is(&format!("\u{FEFF}{doctype}"), version_11);
        is(&format!("<!--{}-->{doctype}", " ".repeat(5_000)), version_11);
    }
    is("<!DOCTYPE\n SyncML\n PUBLIC\n\"-//SYNCML//DTD SyncML 1.1//EN\"\n>", version_11);
    is("<!DOCTYPE SyncML PUBLIC '-//SYNCML//DTD SyncML 1.1//EN' [<!ENTITY e '>'>]>", version_11);
}

#[test]
fn indentation_leaves_texts_alone() {
    let xml = "<MgmtTree xmlns:h=\"u:h\"><VerDTD> 1.2 </VerDTD>\n\n<Node><NodeName> </NodeName></Node><h:p> <h:b/> x</h:p><h:q/></MgmtTree>";
    let options = ConvertOptions { layout: Layout::Indented, ..ConvertOptions::default() };
    let expected = "<MgmtTree xmlns:h=\"u:h\">\n  <VerDTD> 1.2 </VerDTD>\n  <Node>\n    <NodeName> </NodeName>\n  </Node>\n  \
                    <h:p> <h:b/> x</h:p>\n  <h:q/>\n</MgmtTree>\n";
    assert_eq!(to_xml(xml.as_bytes(), &options).as_deref(), Ok(expected));
    // Indentation does not outgrow its limit.
    let deep = format!("<MgmtTree>{}{}</MgmtTree>", "<a>".repeat(400), "</a>".repeat(400));
    let limits = Limits { output: 20_000, ..Limits::default() };
    let small = ConvertOptions { read: Options { limits, ..Options::default() }, ..options };
    assert_eq!(to_xml(deep.as_bytes(), &small).unwrap_err().kind(), ErrorKind::LimitOutput);
    for limit in 0..=expected.len() {
        let limits = Limits { output: limit as u64, ..Limits::default() };
        let written =
            to_xml(xml.as_bytes(), &ConvertOptions { read: Options { limits, ..Options::default() }, ..options });
        if limit < expected.len() {
            assert_eq!(written.unwrap_err().kind(), ErrorKind::LimitOutput, "{limit}");
        } else {
            assert_eq!(written.as_deref(), Ok(expected));
        }
    }
}

/// The example of an attribute order in Canonical XML 1.0 §2.3, in short.
#[test]
fn canonical_form() {
    let xml = "<!-- c --><e5 xmlns:b='u:a' xmlns:a='u:b' b:attr='sorted' a:attr=\"out\" attr2='all' attr='I..m'/>"
        .replace("I..m", "a&#9;&gt;");
    let options = ConvertOptions { layout: Layout::Canonical, ..ConvertOptions::default() };
    let expected =
        "<e5 xmlns:a=\"u:b\" xmlns:b=\"u:a\" attr=\"a&#x9;>\" attr2=\"all\" b:attr=\"sorted\" a:attr=\"out\"></e5>";
    assert_eq!(to_xml(xml.as_bytes(), &options).as_deref(), Ok(expected));
    let xml = "<a xmlns='u:a'><b xmlns='u:a'><![CDATA[<&>]]>&#13;</b><c xmlns=''><d xmlns=''/></c></a>";
    let expected = "<a xmlns=\"u:a\"><b>&lt;&amp;&gt;&#xD;</b><c xmlns=\"\"><d></d></c></a>";
    assert_eq!(to_xml(xml.as_bytes(), &options).as_deref(), Ok(expected));
}

/// A document from a script: elements known and foreign, declarations, texts and sections.
fn document(script: &[u8]) -> String {
    const NAMES: [&str; 8] = ["Node", "NodeName", "Foo", "p:Foo", "q:Node", "MgmtTree", "p:x", "Type"];
    const SPACES: [&str; 6] = ["", "syncml:dmddf1.2", "syncml:dmddf", "u:a", "u:b", "http://www.w3.org/2001/XMLSchema"];
    const TEXTS: [&str; 6] = ["x", " ", "\n  ", "a&amp;b", "<![CDATA[c<]]>", "<!-- --> y"];
    let mut xml = "<MgmtTree xmlns:p=\"u:p\" xmlns:q=\"u:q\">".to_owned();
    let mut open = vec!["MgmtTree"];
    for pair in script.chunks_exact(2) {
        let (what, which) = (pair[0] % 8, usize::from(pair[1]));
        match what {
            0..=3 if open.len() < 40 => {
                let name = NAMES[which % 8];
                xml.push_str(&format!("<{name}"));
                let space = SPACES[which / 8 % 6];
                match what {
                    0 => xml.push_str(&format!(" xmlns=\"{space}\"")),
                    1 if !space.is_empty() && !space.starts_with("syncml") => {
                        xml.push_str(&format!(" xmlns:q=\"{space}\" q:a=\"{which}\""));
                    }
                    2 => xml.push_str(" b=\"\" p:c=\"&#9;&quot;\" xml:lang=\"en\""),
                    _ => {}
                }
                xml.push('>');
                open.push(name);
            }
            4 | 5 if open.len() > 1 => xml.push_str(&format!("</{}>", open.pop().unwrap())),
            _ => xml.push_str(TEXTS[which % 6]),
        }
    }
    for name in open.into_iter().rev() {
        xml.push_str(&format!("</{name}>"));
    }
    xml
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(512))]

    #[test]
    fn any_document_survives(script in proptest::collection::vec(0_u8.., 0..120)) {
        let xml = document(&script);
        survives(&xml);
        for layout in [Layout::AsItIs, Layout::Indented, Layout::Canonical] {
            let options = ConvertOptions { layout, ..ConvertOptions::default() };
            let again = to_xml(xml.as_bytes(), &options).unwrap();
            if layout != Layout::Canonical {
                check_same(&xml, &again, &xml);
            }
            proptest::prop_assert_eq!(to_xml(again.as_bytes(), &options).unwrap(), again);
        }
    }
}

/// A text of 400 octets that 10,000 elements have would be delivered a hundred times over: readers refuse that, so it is not
/// written.
#[test]
fn what_was_written_can_be_read() {
    let text = "many words ".repeat(37);
    let options = ConvertOptions { string_table: true, ..ConvertOptions::default() };
    for count in [10, 1_000, 10_000] {
        let xml = format!("<MgmtTree>{}</MgmtTree>", format!("<Title>{text}</Title>").repeat(count));
        let wbxml = to_wbxml(xml.as_bytes(), &options).unwrap();
        assert_eq!(to_xml(&wbxml, &options).as_ref(), Ok(&xml));
        println!("{count} times {} octets: {} octets", text.len(), wbxml.len());
    }
}

#[test]
fn a_comment_does_not_cut_a_text_in_two() {
    let with = "<Meta xmlns='SYNCML:SYNCML1.2'> <!--a-->\n0<!--b--> <!--c--> <Size xmlns='syncml:metinf'>5</Size> <!--d--> </Meta>";
    let mut without = with.to_owned();
    for comment in ["<!--a-->", "<!--b-->", "<!--c-->", "<!--d-->"] {
        without = without.replace(comment, "");
    }
    for string_table in [false, true] {
        let options = ConvertOptions { string_table, ..ConvertOptions::default() };
        let octets = to_wbxml(with.as_bytes(), &options).unwrap();
        assert_eq!(octets, to_wbxml(without.as_bytes(), &options).unwrap());
        assert_eq!(to_wbxml(&octets, &options).unwrap(), octets);
    }
    // Between elements it means nothing, however it is cut.
    let blanks = "<Meta xmlns='SYNCML:SYNCML1.2'> <!--a-->\n<Size xmlns='syncml:metinf'>5</Size> <!--d--> </Meta>";
    let bare = "<Meta xmlns='SYNCML:SYNCML1.2'><Size xmlns='syncml:metinf'>5</Size></Meta>";
    let options = ConvertOptions::default();
    assert_eq!(to_wbxml(blanks.as_bytes(), &options).unwrap(), to_wbxml(bare.as_bytes(), &options).unwrap());
}
