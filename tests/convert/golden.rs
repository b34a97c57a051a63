//! Golden octets: the vectors of `wire.md` §13, which other programs wrote.

use super::rules::{wbxml, xml};
use super::*;
use crate::common::vectors::*;

fn again(octets: &[u8]) -> Vec<u8> {
    to_wbxml(octets, &ConvertOptions::default()).unwrap()
}

/// Every `from` made `to`; there is at least one.
fn replaced(octets: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < octets.len() {
        if octets[at..].starts_with(from) {
            out.extend_from_slice(to);
            at += from.len();
        } else {
            out.push(octets[at]);
            at += 1;
        }
    }
    assert_ne!(out, octets);
    out
}

/// WBXML that is written again, and WBXML that went through XML, is the same to the octet.
#[test]
fn vectors_in_our_profile_are_the_same_to_the_octet() {
    let vectors =
        [("G1", G1), ("G2", G2), ("G3", G3), ("G4", G4), ("G5", G5), ("G6", G6), ("G7", G7), ("G9", G9), ("G10", G10)];
    for (name, vector) in vectors {
        let vector = hex(vector);
        assert_eq!(again(&vector), vector, "{name}");
        // G9 has its tree among the elements of the message, and G10 as text: in XML they look like G7.
        if !["G9", "G10"].contains(&name) {
            assert_eq!(wbxml(&xml(&vector)), vector, "{name} through XML");
        }
    }
    assert_eq!(wbxml(&xml(&hex(G9))), hex(G7));
    // R3 announces 1.2 (1201) and is of 1.1 (0FD3): XML says the latter, and nothing else changes.
    let r3 = hex(R3);
    assert_eq!(again(&r3), r3);
    assert_eq!(wbxml(&xml(&r3)), replaced(&r3, b"\x02\xA4\x01\x6A", b"\x02\x9F\x53\x6A"));
}

/// Messages of a phone. What differs: A1 to A4 name their document type in the string table instead of by number, and write an
/// empty `Data` as an empty string; A5 has texts in the string table.
#[test]
fn messages_of_a_phone_differ_in_what_the_profile_says() {
    let fpi = |version: &str| format!("\x02\0\0\x6A\x1D-//SYNCML//DTD SyncML {version}//EN").into_bytes();
    let (one, two) = (&b"\x02\x9F\x53\x6A\0"[..], &b"\x02\xA4\x01\x6A\0"[..]);
    let empty = |octets: &[u8]| replaced(octets, b"\x4F\x03\0\x01", b"\x0F");
    let a5 = {
        let table = b"\x3C000000011234564\0http://10.72.34.217:80/Manage\0syncml:metinf\0";
        let inline = replaced(&hex(A5), table, b"\0");
        let inline = replaced(&inline, b"\x83\x00", b"\x03000000011234564\0");
        replaced(&inline, b"\x83\x10", b"\x03http://10.72.34.217:80/Manage\0")
    };
    let vectors = [
        ("A1", A1, 437, replaced(&hex(A1), &fpi("1.1"), one), 408),
        ("A2", A2, 445, empty(&replaced(&hex(A2), &fpi("1.1"), one)), 413),
        ("A3", A3, 452, replaced(&hex(A3), &fpi("1.1"), one), 423),
        ("A4", A4, 565, empty(&replaced(&hex(A4), &fpi("1.2"), two)), 533),
        ("A5", A5, 380, a5, 408),
    ];
    for (name, vector, theirs, expected, ours) in vectors {
        let vector = hex(vector);
        assert_eq!((vector.len(), expected.len()), (theirs, ours), "{name}");
        assert_eq!(again(&vector), expected, "{name}");
        assert_eq!(read_ok(&expected), read_ok(&vector), "{name}");
        // Through XML it says the version that it has: 1.2 for those that name 1.1 (A1 to A3), 1.1 for A5.
        let header = if name == "A5" { one } else { two };
        assert_eq!(wbxml(&xml(&vector)), [header, &expected[5..]].concat(), "{name} through XML");
    }
}

/// G8 switches pages for the next token and back at once, where ours stays; and it writes the value `AAAAAA==` with a token for
/// `AAA`, twice, and a text, where ours has the text.
#[test]
fn a_provisioning_document_differs_in_page_switches_and_parts_of_values() {
    let theirs = hex(G8);
    let (mut expected, mut at) = (Vec::new(), 0);
    while at < theirs.len() {
        match theirs[at..] {
            [0x00, _, ..] if at > 4 => at += 2,
            [0xE0, 0xE0, 0x03, b'=', b'=', 0, ..] => {
                expected.extend_from_slice(b"\x03AAAAAA==\0");
                at += 6;
            }
            [0x03, ..] => {
                let end = at + theirs[at..].iter().position(|octet| *octet == 0).unwrap() + 1;
                expected.extend_from_slice(&theirs[at..end]);
                at = end;
            }
            _ => {
                expected.push(theirs[at]);
                at += 1;
            }
        }
    }
    // The one switch there has to be, before the first value of page 1.
    let first = expected.iter().position(|octet| *octet == 0xC6).unwrap() + 1;
    expected.splice(first..first, [0x00, 0x01]);
    assert_eq!((theirs.len(), expected.len()), (273, 231));
    assert_eq!(again(&theirs), expected);
    assert_eq!(wbxml(&xml(&theirs)), expected);
    assert_eq!(wbxml(G8_XML), expected);
    assert_eq!(read_ok(&expected), read_ok(&theirs));
}

/// `OPAQUE` with text as `STR_I`.
fn as_strings(octets: &[u8], texts: &[&str]) -> Vec<u8> {
    let mut octets = octets.to_vec();
    for text in texts {
        let opaque = [&[0xC3, text.len() as u8], text.as_bytes()].concat();
        let at = octets.windows(opaque.len()).position(|window| window == opaque).expect(text);
        octets.splice(at..at + opaque.len(), [&[0x03], text.as_bytes(), &[0]].concat());
    }
    octets
}

/// Two other programs wrote these octets. libwbxml puts the `Data` of Add and Replace into opaque blocks; our profile
/// (§7.12) has inline strings, as §7.10 has for character data.
#[test]
fn golden_octets() {
    let opaque: [(&str, &str, &str, &[&str]); 6] = [
        ("G1", G1_XML, G1, &["IMEI:490154203237518", "Acme", "R1", "1.2", "en"]),
        ("G2", G2_XML, G2, &["Get=*&Replace=srv1"]),
        ("G3", G3_XML, G3, &[]),
        ("G4", G4_XML, G4, &["AAECAwQFBgcI"]),
        ("G5", G5_XML, G5_WBXML, &[]),
        ("G6", G6_XML, G6_WBXML, &[]),
    ];
    for (name, source, wbxml_octets, texts) in opaque {
        let expected = as_strings(&hex(wbxml_octets), texts);
        assert_eq!(wbxml(source), expected, "{name}");
        let lines = source.replace("><", ">\n  <");
        if !source.contains("<NodeName/>") {
            assert_eq!(wbxml(&lines.replace(">\n  </", "></")), expected, "{name} on lines");
        }
        assert_eq!(read_ok(xml(&expected).as_bytes()), without_blanks(read_ok(source.as_bytes())), "{name}");
    }
}

/// G7 is exact: the tree becomes a document in an opaque block, and Type says `+wbxml`; its Format was `bin` already. G9 and G10 are
/// the same tree on page 2 of the message, and as text.
#[test]
fn golden_octets_of_trees() {
    let e1 = hex(G7);
    assert_eq!(wbxml(G7_XML), e1);
    let as_xml = xml(&e1);
    assert!(as_xml.contains(">application/vnd.syncml.dmtnds+xml</Type>") && as_xml.contains(">xml</Format>"));
    assert!(as_xml.contains("<Data><![CDATA[<MgmtTree xmlns=\"syncml:dmddf1.2\"><VerDTD>1.2</VerDTD>"));
    assert_eq!(wbxml(&as_xml), e1);
    assert_eq!(xml(&hex(G9)), as_xml);
    let e3 = hex(G10);
    let e3_xml = xml(&e3);
    assert!(e3_xml.contains("dmtnds+xml</Type>"), "{e3_xml}");
    let e1 = wbxml(&e3_xml);
    assert!(e1.windows(8).any(|window| window == b"ds+wbxml"));
}
