//! The commands that convert, dump and explain, run as their users run them.
#![cfg(feature = "cli")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn omadm(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_omadm"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn data(name: &str) -> Vec<u8> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

fn scratch(name: &str) -> (PathBuf, String) {
    let path = std::env::temp_dir().join(format!("omadm-convert-{}-{name}", std::process::id()));
    let text = path.to_str().unwrap().to_owned();
    (path, text)
}

#[test]
fn convert_writes_the_other_encoding_or_what_the_name_says() {
    let xml = data("package2.syncml.xml");
    let wbxml = data("package2.syncml.wbxml");
    let output = omadm(&["convert", "-", "-"], &xml);
    assert_eq!((output.stdout.as_slice(), stderr(&output).as_str()), (wbxml.as_slice(), ""));
    let (path, name) = scratch("out.bdm");
    let output = omadm(&["convert", "tests/data/package2.syncml.wbxml", &name], b"");
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), ""));
    assert_eq!(std::fs::read(&path).unwrap(), wbxml);
    std::fs::remove_file(path).unwrap();
    let output = omadm(&["convert", "-", "-", "--to", "xml", "--indent"], &wbxml);
    assert!(
        stdout(&output).starts_with("<SyncML xmlns=\"SYNCML:SYNCML1.2\">\n  <SyncHdr>\n    <VerDTD>1.2</VerDTD>\n")
    );
    let canonical = omadm(&["convert", "-", "-", "--canonical"], &wbxml);
    assert!(stdout(&canonical).ends_with("<Final></Final></SyncBody></SyncML>"));
    let tabled = omadm(&["convert", "tests/data/acme-windows.ddf.xml", "-", "--string-table"], b"");
    let plain = omadm(&["convert", "tests/data/acme-windows.ddf.xml", "-"], b"");
    assert!(tabled.stdout.len() < plain.stdout.len());
}

/// Canonical XML 1.0 §1.1 keeps processing instructions, and without comments only these go; the DOCTYPE goes in any.
#[test]
fn help_says_what_the_canonical_form_leaves_out() {
    let xml = b"<?a b?><!-- c --><!DOCTYPE MgmtTree><MgmtTree><?d e?><VerDTD>1.2</VerDTD></MgmtTree>";
    let output = omadm(&["convert", "-", "-", "--to", "xml", "--canonical"], xml);
    assert_eq!(stdout(&output), "<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>");
    let help = stdout(&omadm(&["convert", "--help"], b""));
    let words = help.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Canonical XML 1.0, but without comments and processing instructions"), "{help}");
    assert!(words.contains("Canonical XML keeps processing instructions"), "{help}");
}

#[test]
fn convert_writes_nothing_when_it_fails() {
    let (path, name) = scratch("nothing.wbxml");
    let output = omadm(&["convert", "-", &name], b"<SyncML xmlns='SYNCML:SYNCML1.2'>\n<SyncHdr></SyncBody>");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("byte 43, line 2:10, in SyncML/SyncHdr: an end tag"), "{}", stderr(&output));
    assert!(!path.exists());
    let output = omadm(&["convert", "-", "-", "--to", "wbxml", "--indent"], b"<MgmtTree/>");
    assert_eq!(stderr(&output), "omadm: (standard input): --indent is for XML, and this writes WBXML\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(omadm(&["convert", "no such file", "-"], b"").status.code(), Some(2));
    let output = omadm(&["convert", "-", "/no/such/folder/x.xml"], b"<MgmtTree/>");
    assert!(stderr(&output).starts_with("omadm: /no/such/folder/x.xml: "));
}

#[test]
fn dump_shows_tokens_beside_their_meaning() {
    let output = omadm(&["dump", "tests/data/results-e1.syncml.wbxml"], b"");
    let text = stdout(&output);
    for line in [
        "      0  02                        version      WBXML 1.2",
        "      1  a4 01                     public id    0x1201 -//SYNCML//DTD SyncML 1.2//EN",
        "      3  6a                        charset      UTF-8",
        "      5  6d                        0:2D C       SyncML",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // The switch of the page belongs to the tag behind it.
    assert!(text.lines().any(|line| line.contains("00 01 47") && line.contains("1:07 C") && line.ends_with("Format")));
    // The document inside, at its places in the file.
    let inside =
        ["a document:", "string 0                 -//OMA//DTD-DM-DDF 1.2//EN", "2:20 C                   MgmtTree"];
    assert!(inside.iter().all(|part| text.contains(part)), "{text}");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    let xml = stdout(&omadm(
        &["dump", "-"],
        "\u{FEFF}<?xml version='1.0'?>\n<MgmtTree a='é&#65;'>\n<Node/>x&lt;</MgmtTree>".as_bytes(),
    ));
    let expected = [
        "      3  <?xml version='1.0'?>               (passed over)",
        "     25  <MgmtTree a='é&#65;'>               MgmtTree a=\"éA\"",
        "     48  <Node/>                               Node",
        "     55  x&lt;                                 \"x<\"",
        "     60  </MgmtTree>                         end",
    ];
    assert_eq!(xml.lines().collect::<Vec<_>>(), expected);
}

/// Public identifier, charset, version, table: what stands there is shown before the error.
#[test]
fn dump_shows_headers_that_are_not_understood() {
    const VERSION: &str = "      0  02                        version      WBXML 1.2";
    const KNOWN: &str = "      1  a4 01                     public id    0x1201 -//SYNCML//DTD SyncML 1.2//EN";
    let cases: [(&[u8], &[&str], &str); 6] = [
        (
            b"\x02\xA4\x05\x6A\x02a\x00\x6D\x01",
            &[
                VERSION,
                "      1  a4 05                     public id    0x1205 unknown",
                "      3  6a                        charset      UTF-8",
                "      4  02                        table        2 octets of strings",
                "      5  61 00                     string 0     a",
            ],
            "byte 1: unknown public identifier",
        ),
        (
            b"\x02\x00\x00\x6A\x06-//X//\x45\x01",
            &[
                VERSION,
                "      1  00 00                     public id    in the string table: -//X//",
                "      3  6a                        charset      UTF-8",
                "      4  06                        table        6 octets of strings",
                "      5  2d 2f 2f 58 2f 2f         string 0     -//X//",
            ],
            "byte 1: unknown public identifier",
        ),
        (
            b"\x02\xA4\x01\x87\x68\x00\x6D\x01",
            &[
                VERSION,
                KNOWN,
                "      3  87 68                     charset      1000 unknown",
                "      5  00                        table        0 octets of strings",
            ],
            "byte 3: unsupported charset: expected UTF-8, US-ASCII or ISO-8859-1",
        ),
        (
            b"\x05\xA4\x01\x6A\x00\x6D\x01",
            &[
                "      0  05                        version      WBXML 1.5",
                KNOWN,
                "      3  6a                        charset      UTF-8",
                "      4  00                        table        0 octets of strings",
            ],
            "byte 0: unsupported WBXML version: expected 1.0 to 1.3",
        ),
        (
            b"\x02\xA4\x01\x6A\x7F\x6D\x01",
            &[VERSION, KNOWN, "      3  6a                        charset      UTF-8"],
            "byte 4: the string table reaches past the end of the input",
        ),
        (b"\x02\xA4", &[VERSION], "byte 2: the input ends too early"),
    ];
    for (input, lines, error) in cases {
        let output = omadm(&["dump", "-"], input);
        assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), lines, "{}", input.escape_ascii());
        assert_eq!(stderr(&output), format!("omadm: (standard input): {error}\n"));
        assert_eq!(output.status.code(), Some(2));
    }
}

/// Every cut of a document: what there is, then the place where it ends.
#[test]
fn dump_shows_what_it_can() {
    let wbxml = data("results-e1.syncml.wbxml");
    let xml = data("package1.syncml.xml");
    for document in [&wbxml[..], &xml[..]] {
        for cut in (1..document.len() - 40).step_by(document.len() / 12) {
            let output = omadm(&["dump", "-"], &document[..cut]);
            assert_eq!(output.status.code(), Some(2));
            assert!(stderr(&output).contains(": byte "), "{}", stderr(&output));
            assert!(cut < 80 || !output.stdout.is_empty());
        }
    }
    let mut hostile = b"<a b='\x1B[2J'/>".to_vec();
    hostile[6] = b'x';
    assert_eq!(omadm(&["dump", "-"], &hostile).status.code(), Some(0));
    assert_eq!(omadm(&["dump", "-"], b"hello").status.code(), Some(2));
    // Texts cannot command a terminal.
    let text = stdout(&omadm(&["dump", "-"], b"\x02\xA4\x01\x6A\x00\x4F\x03\x1B[2J\x00\x01"));
    assert!(text.contains("\\u{1B}[2J") && !text.contains('\x1B'), "{text}");
}

#[test]
fn explain_knows_numbers_and_names() {
    let output = omadm(&["explain", "1226", "NotFound"], b"");
    let text = stdout(&output);
    assert!(text.starts_with("1226 GENERIC ALERT  alert\n    Device to server"), "{text}");
    assert!(text.contains("\n404 Not found  status\n"));
    assert_eq!(output.status.code(), Some(0));
    let output = omadm(&["explain", "--json", "404"], b"");
    let lines: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((lines.len(), &lines[0]["name"]), (2, &serde_json::json!("Not found")));
    let output = omadm(&["explain", "599", "200"], b"");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), "omadm: 599: no such code\n"));
    assert!(stdout(&output).starts_with("200 OK"));
}
