//! `Options::unnamed_trees`: page-2 tokens on page 0 behind a public identifier that says nothing.

mod common;

use common::{corpus, files, hex, is_vendor_wbxml, outline, pieces, read};
use omadm::markup::{Options, Reader, wbxml::WbxmlReader};
use omadm::vocabulary::DocumentType;
use omadm::{ErrorKind, detect, tnds};

const WITH: Options = Options { unnamed_trees: true, bare_ampersand: false, limits: omadm::Limits::DEFAULT };

/// MgmtTree with VerDTD and one interior node with a leaf.
const BODY: &str = "
    60 7703312e320001 64 660341434d450001 6c032e2f0001 6f5c250101 64 66034e616d650001 6f5c0b0101 7603780001 01 01 01
";

fn document() -> Vec<u8> {
    hex(&format!("01016a00 {BODY}"))
}

#[test]
fn read_with_the_option_and_refused_without() {
    let input = document();
    let refused = tnds::decode(&input).unwrap_err();
    assert_eq!((refused.kind(), refused.offset()), (ErrorKind::WbxmlPublicId, 1));
    assert_eq!(detect(&input).unwrap_err(), refused);
    assert_eq!(WbxmlReader::new(&input, &Options::default()).unwrap_err(), refused);

    let tree = tnds::decode_with(&input, &WITH).unwrap();
    // The same document with its identifier and page.
    let named = hex(&format!("0200006a1a 2d2f2f4f4d412f2f4454442d444d2d44444620312e322f2f454e 0002 {BODY}"));
    let same = tnds::decode(&named).unwrap();
    let nodes = |tree: &omadm::tree::Tree<'_>| -> Vec<String> {
        let value = |node: omadm::tree::Node<'_>| node.value().and_then(|value| value.text().map(str::to_owned));
        tree.nodes().skip(1).map(|node| format!("{}={:?}", node.uri(), value(node))).collect()
    };
    assert_eq!(nodes(&tree), ["./ACME=None", "./ACME/Name=Some(\"x\")"]);
    assert_eq!(nodes(&tree), nodes(&same));
    assert_eq!(tree.ver_dtd(), Some("1.2"));
}

/// A kept fragment is reopened by the document's header, without the options it was read with.
#[test]
fn fragments_of_such_documents_are_reopened() {
    let input = document();
    let mut reader = WbxmlReader::new(&input, &WITH).unwrap();
    assert_eq!(reader.document_type(), DocumentType::DmDdf12);
    reader.next_event().unwrap();
    let fragment = reader.skip().unwrap();
    assert_eq!(fragment.bytes(), &input[4..]);
    let again = pieces(&mut fragment.reader(&Options::default())).unwrap();
    let expected = "MgmtTree(VerDTD(1.2)Node(NodeName(ACME)Path(./)RTProperties(Format(node()))\
         Node(NodeName(Name)RTProperties(Format(chr()))Value(x))))";
    assert_eq!(outline(&again), expected);
    assert!(fragment == fragment.clone());
}

#[test]
fn other_documents_are_read_as_before() {
    let cases = [
        // A number or a text that names no document type; a root that is no MgmtTree; none at all; a fragment's root.
        ("02056a00 60 01", Some(1)),
        ("0200006a0361626300 60 01", Some(1)),
        ("02016a00 5e 01", Some(1)),
        ("02016a00 64 01", Some(1)),
        // Cut off before it can be told.
        ("02016a00", Some(4)),
        ("02016a00 6d 01", None),
        ("02016a00 000260 01", None),
        // Under SyncML's identifier the token is what it is there.
        ("02a4016a00 60 01", None),
    ];
    for (input, refused) in cases {
        let input = hex(input);
        for options in [Options::default(), WITH] {
            let error = WbxmlReader::new(&input, &options).err();
            assert_eq!(error.map(|error| error.offset()), refused, "{input:02x?}");
            let kind = if refused == Some(4) { ErrorKind::UnexpectedEnd } else { ErrorKind::WbxmlPublicId };
            assert!(error.is_none_or(|error| error.kind() == kind));
        }
    }
    assert!(!Options::default().unnamed_trees);
}

#[test]
fn damage_does_no_harm() {
    let mut input = document();
    for len in 0..input.len() {
        let error = tnds::decode_with(&input[..len], &WITH).unwrap_err();
        assert!(error.offset() <= len);
    }
    for bit in 0..8 * input.len() {
        input[bit / 8] ^= 1 << (bit % 8);
        if let Err(error) = tnds::decode_with(&input, &WITH) {
            assert!(error.offset() <= input.len());
        }
        input[bit / 8] ^= 1 << (bit % 8);
    }
}

/// Motorola's files use a table of their own (0x1E is MgmtTree, 0x1D Node …): refused, with the option, too.
#[test]
fn motorola_private_tokens_are_refused() {
    let Some(corpus) = corpus() else { return };
    let files = files(&corpus.join("tnds"), &[".wbxml"]);
    let vendor: Vec<_> = files.iter().filter(|path| is_vendor_wbxml(path)).collect();
    assert_eq!(vendor.len(), 3);
    for path in vendor {
        let input = read(path);
        for options in [Options::default(), WITH] {
            let error = tnds::decode_with(&input, &options).unwrap_err();
            assert_eq!((error.kind(), error.offset()), (ErrorKind::WbxmlPublicId, 1), "{}", path.display());
        }
    }
}
