//! The words that fuzzing puts into inputs, from the tables of the vocabularies.

use omadm::vocabulary::{DocumentType, Tag};
use std::collections::BTreeSet;

const TYPES: [DocumentType; 9] = [
    DocumentType::SyncMl10,
    DocumentType::SyncMl11,
    DocumentType::SyncMl12,
    DocumentType::MetInf,
    DocumentType::DevInf10,
    DocumentType::DevInf11,
    DocumentType::DevInf12,
    DocumentType::DmDdf12,
    DocumentType::Prov10,
];

/// The tags of the vocabularies that some document types have, with page and token.
fn tags(types: &[DocumentType]) -> Vec<(DocumentType, u8, u8, Tag)> {
    let mut tags = Vec::new();
    for document_type in types {
        for page in 0..=2 {
            let tag = |token| Some((*document_type, page, token, document_type.tag(page, token)?));
            tags.extend((0x05..0x40).filter_map(tag));
        }
    }
    tags
}

fn xml_words(types: &[DocumentType]) -> BTreeSet<Vec<u8>> {
    let mut words = BTreeSet::new();
    for (document_type, .., tag) in tags(types) {
        words.insert(format!("<{}>", tag.name()).into_bytes());
        words.insert(format!("</{}>", tag.name()).into_bytes());
        words.insert(format!("<{}/>", tag.name()).into_bytes());
        words.insert(format!(" xmlns=\"{}\"", document_type.namespace(tag.vocabulary())).into_bytes());
    }
    for word in [
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?",
        "?>",
        "&amp;",
        "&#x",
        "&#13;",
        "&lt;",
        " xmlns:p=\"",
        "xmlns=\"\"",
        "<!DOCTYPE ",
        " xml:lang='",
    ] {
        words.insert(word.as_bytes().to_vec());
    }
    words
}

fn wbxml_words(types: &[DocumentType]) -> BTreeSet<Vec<u8>> {
    let mut words = BTreeSet::new();
    for document_type in types {
        if let Some(number) = document_type.public_id() {
            let mut head = vec![0x02];
            if number > 0x7F {
                head.push((number >> 7) as u8 | 0x80);
            }
            head.extend([number as u8 & 0x7F, 0x6A, 0x00]);
            words.insert(head);
        }
        words.insert(
            [&[0x02, 0x00, 0x00, 0x6A, document_type.fpi().len() as u8], document_type.fpi().as_bytes()].concat(),
        );
        for page in 0..=2 {
            words.insert(vec![0x00, page]);
            for token in 0x05..=0xFF {
                if let Some((name, _)) = document_type.attr_start(page, token) {
                    words.insert(vec![token]);
                    words.insert(name.as_bytes().to_vec());
                }
                if document_type.attr_value(page, token).is_some() {
                    words.insert(vec![token]);
                }
            }
        }
    }
    for (_, _, token, _) in tags(types) {
        words.insert(vec![token | 0x40]);
        words.insert(vec![token]);
    }
    // End, inline string, opaque, string table, literals, extensions, entity, processing instruction.
    for word in [
        &b"\x01"[..],
        b"\x03",
        b"\xC3",
        b"\x83\x00",
        b"\x04\x00",
        b"\x44\x00",
        b"\x84\x00",
        b"\xC4\x00",
        b"\x02\x20",
        b"\x43",
        b"\x01\x01",
    ] {
        words.insert(word.to_vec());
    }
    words
}

fn texts(words: &[&str]) -> BTreeSet<Vec<u8>> {
    words.iter().map(|word| word.as_bytes().to_vec()).collect()
}

/// Types, formats and embedded documents.
const FACTS: [&str; 14] = [
    "bin",
    "b64",
    "chr",
    "node",
    "xml",
    "1.2",
    "DM/1.2",
    "application/vnd.syncml.dmtnds+xml",
    "application/vnd.syncml.dmtnds+wbxml",
    "syncml:auth-md5",
    "<MgmtTree>",
    "QUJD",
    "./DevInfo/Man",
    "urn:oma:mo:oma-fumo:1.0",
];

/// The dictionary of a target, in libFuzzer's form.
pub fn dictionary(target: &str) -> String {
    use DocumentType::*;
    let both =
        |types: &[DocumentType]| xml_words(types).into_iter().chain(wbxml_words(types)).chain(texts(&FACTS)).collect();
    let words: BTreeSet<Vec<u8>> = match target {
        "wbxml" => wbxml_words(&TYPES),
        "xml" => xml_words(&TYPES),
        "convert" | "capi" => both(&TYPES),
        "syncml_cross" | "stream_vs_whole" => both(&[SyncMl12, DevInf12]),
        "tnds_tree" | "ddf" => {
            let mut words: BTreeSet<Vec<u8>> = both(&[DmDdf12]);
            if target == "ddf" {
                words.extend(texts(&[
                    "<MSFT:AllowedValues ValueType=\"Range\">",
                    "<MSFT:Value>[0-9]</MSFT:Value>",
                    "</MSFT:AllowedValues>",
                    " xmlns:MSFT=\"http://schemas.microsoft.com/MobileDevice/DM\"",
                    "ValueType=\"RegEx\"",
                    "ValueType=\"ENUM\"",
                    "<MSFT:OsBuildVersion>10.0.22000</MSFT:OsBuildVersion>",
                ]));
            }
            words
        }
        "push" | "notification" => {
            let mut words = texts(&[
                "POST / HTTP/1.1\r\n",
                "MESSAGE sip:a SIP/2.0\r\n",
                "Content-Type: application/vnd.syncml.notification\r\n",
                "Content-Length: 1\r\n",
                "X-Wap-Application-Id: 7\r\n",
                "Accept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"\r\n",
                "Expires: ",
                "Date: Thu, 31 Dec 2026 12:00:00 GMT\r\n",
                "\r\n\r\n",
                "multipart/related; boundary=a",
                "--a\r\n",
                "--a--",
                "<pap><push-message push-id=\"1\">",
                "<address address-value=\"a\"/>",
                "</push-message></pap>",
            ]);
            for word in [
                &b"\x01\x06\x03\xC4\xAF\x87"[..],
                b"\x06\x05\x04\x0B\x84\xC0\x02",
                b"\x0B\x00\x03",
                b"\x00\x01\x00",
                b"\x94\x04",
                b"\x02\xC0",
                b"\xD6\x48\x07",
            ] {
                words.insert(word.to_vec());
            }
            words
        }
        "query" => texts(&[
            "./",
            "**",
            "*",
            "/",
            "[",
            "]",
            "==",
            "!=",
            "<=",
            ">=",
            " && ",
            "\"",
            "?prop=",
            "?list=",
            "Struct",
            "StructData",
            "TNDS",
            "+ACL",
            "-Value",
            "x-omadm-mo",
            "x-omadm-node",
            "x-omadm-struct",
            "+id=",
            "+node=",
            "+value=",
            "urn:a:1.0",
            "urn:a:*",
            "%2A",
            "Get=*",
            "&Replace=one+two",
            "a b",
            "Inbox",
        ]),
        _ => texts(&["A", "B", "%", "urn:x"]),
    };
    let mut out = format!(
        "# Written from the vocabulary tables by the test of src/replay.rs: not to be edited.\n# {} words\n",
        words.len()
    );
    for word in words {
        out.push('"');
        for octet in word {
            match octet {
                b'"' | b'\\' => out.extend(['\\', char::from(octet)]),
                b' '..=b'~' => out.push(char::from(octet)),
                _ => out.push_str(&format!("\\x{octet:02X}")),
            }
        }
        out.push_str("\"\n");
    }
    out
}
