//! What the field does otherwise (`wire.md` §14), each by its row or its vendor.

use super::embedded::{check_embedded, embedded};
use super::*;

#[test]
fn row_15_rt_properties_are_left_out() {
    let tree = tree(
        "<Node><NodeName>POP3</NodeName><Node><NodeName>Addr</NodeName><Value>pop.example.com</Value></Node></Node>",
    );
    let (interior, leaf) = (at(&tree, "POP3"), at(&tree, "POP3/Addr"));
    assert_eq!((interior.format(), interior.mo_id()), (Format::Node, None));
    assert_eq!((leaf.format(), leaf.media_type()), (Format::Chr, Some("text/plain")));
}

#[test]
fn row_16_mo_identifier_in_mime() {
    for mo_id in ["urn:oma:mo:oma-fumo:1.0", "org.example/1.0/Thing"] {
        let tree =
            node(&format!("<RTProperties><Format><node/></Format><Type><MIME>{mo_id}</MIME></Type></RTProperties>"));
        assert_eq!(instances(&tree, mo_id), ["./N"]);
    }
}

#[test]
fn row_17_path_is_understood() {
    let tree = tree("<Node><NodeName>N</NodeName><Path>./A</Path></Node>");
    assert_eq!(uris(&tree), ["./A", "./A/N"]);
}

#[test]
fn row_18_leading_slash_and_bare_dot_slash_in_targets() {
    check_embedded("/OperatorX", "<Node><NodeName>E-Mail</NodeName></Node>", &["./OperatorX", "./OperatorX/E-Mail"]);
    check_embedded("./", "<Node><NodeName>E-Mail</NodeName></Node>", &["./E-Mail"]);
}

#[test]
fn row_19_namespaces() {
    for namespace in ["", " xmlns='syncml:dmddf1.2'", " xmlns='syncml:dmddf'", " xmlns='SYNCML:dmddf1.2'"] {
        let document = format!("<MgmtTree{namespace}><Node><NodeName>A</NodeName></Node></MgmtTree>");
        match decode(document.as_bytes()) {
            Ok(tree) => assert_eq!(uris(&tree), ["./A"], "{namespace}"),
            Err(error) => panic!("{namespace}: {error}"),
        }
    }
    let prefixed = "<t:MgmtTree xmlns:t='syncml:dmddf1.2'><t:Node><t:NodeName>A</t:NodeName></t:Node></t:MgmtTree>";
    assert_eq!(uris(&decode(prefixed.as_bytes()).unwrap()), ["./A"]);
}

#[test]
fn row_22_both_identifiers_of_dm_accounts() {
    let mo = |name: &str, mo_id: &str| {
        format!(
            "<Node><NodeName>{name}</NodeName><RTProperties><Type><DDFName>{mo_id}</DDFName></Type></RTProperties></Node>"
        )
    };
    let (new, old) = ("urn:oma:mo:oma-dm-dmacc:1.0", "org.openmobilealliance/1.0/w7");
    let tree = tree(&(mo("a", new) + &mo("b", old)));
    assert_eq!((instances(&tree, new), instances(&tree, old)), (vec!["./a".to_owned()], vec!["./b".to_owned()]));
}

#[test]
fn hostap_format_with_a_capital_letter() {
    for format in ["Chr", "<Chr/>", "CHR"] {
        let tree = node(&format!("<RTProperties><Format>{format}</Format></RTProperties><Value>1</Value>"));
        assert_eq!(at(&tree, "N").format(), Format::Chr);
    }
}

#[test]
fn hostap_leaves_without_rt_properties_path_without_dot_and_empty_values_on_interior_nodes() {
    let tree = tree(
        "<Node><NodeName>PerProviderSubscription</NodeName><Path>Wi-Fi/example.com</Path><Value/>
           <RTProperties><Type><DDFName>urn:wfa:mo:hotspot2dot0-perprovidersubscription:1.0</DDFName></Type></RTProperties>
           <Node><NodeName>Cred01</NodeName><Value></Value>
             <Node><NodeName>Realm</NodeName><Value>example.com</Value></Node></Node></Node>",
    );
    let uri = "./Wi-Fi/example.com/PerProviderSubscription";
    assert_eq!(instances(&tree, "urn:wfa:mo:hotspot2dot0-perprovidersubscription:1.0"), [uri]);
    assert_eq!(text(&tree, &format!("{uri}/Cred01/Realm")), Some("example.com"));
    assert!(at(&tree, &format!("{uri}/Cred01")).value().is_none());
}

#[test]
fn hostap_tree_as_escaped_text() {
    let found = &embedded("./Wi-Fi", &mgmt_tree("<Node><NodeName>org.example</NodeName></Node>"))[0];
    assert_eq!(*found, Ok(vec!["./Wi-Fi".to_owned(), "./Wi-Fi/org.example".to_owned()]));
}

#[test]
fn microsoft_path_with_a_slash_at_the_end_and_mo_identifier_in_mime() {
    let tree = tree(
        "<Node><NodeName>DMAcc</NodeName><Path>./SyncML/</Path><RTProperties><Format><node/></Format>
           <Type><MIME>com.microsoft/1.0/DMAcc</MIME></Type></RTProperties></Node>",
    );
    assert_eq!(instances(&tree, "com.microsoft/1.0/DMAcc"), ["./SyncML/DMAcc"]);
}

#[test]
fn motorola_aosp_default_format_is_node() {
    let tree = tree("<Node><NodeName>A</NodeName></Node>");
    assert!(at(&tree, "A").is_interior());
}

#[test]
fn motorola_ver_dtd_1_1_2_root_as_a_node_type_and_data_in_node() {
    let document = "<MgmtTree><VerDTD>1.1.2</VerDTD><Man>Motorola</Man><Mod>Nexus</Mod>
      <Node><NodeName>.</NodeName><DFProperties><DFFormat><node/></DFFormat></DFProperties><Type>text/plain</Type>
        <Node><NodeName>DevDetail</NodeName><Type>text/plain</Type>
          <Node><NodeName>ESNV</NodeName><DFProperties><DFFormat><chr/></DFFormat></DFProperties>
            <Type>text/plain</Type><Data>1.0</Data></Node></Node></Node></MgmtTree>";
    let tree = decode(document.as_bytes()).unwrap();
    assert_eq!((tree.ver_dtd(), tree.man(), tree.model()), (Some("1.1.2"), Some("Motorola"), Some("Nexus")));
    assert_eq!(uris(&tree), ["./DevDetail", "./DevDetail/ESNV"]);
    assert_eq!(text(&tree, "./DevDetail/ESNV"), Some("1.0"));
}

#[test]
fn motorola_files_of_the_corpus() {
    let Some(folder) = corpus() else { return };
    let rows: Vec<Row> = rows("corpus-counts.tsv").into_iter().filter(|row| row.kind == "vendor").collect();
    assert_eq!(rows.len(), 6);
    for row in rows {
        let input = std::fs::read(folder.join(&row.file)).unwrap();
        match row.encoding.as_str() {
            "xml" => {
                let tree = decode(&input).unwrap_or_else(|error| panic!("{}: {error}", row.file));
                assert_eq!(Some(described(&tree)), row.nodes, "{}", row.file);
                let values = String::from_utf8_lossy(&input).matches("<Data>").count();
                assert_eq!(leaves_with_value(&tree), values, "{}", row.file);
            }
            // Private tokens: not without an option that says so.
            _ => assert!(decode(&input).is_err(), "{}", row.file),
        }
    }
}
