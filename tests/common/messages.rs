//! Messages in few words.

use omadm::convert::{ConvertOptions, to_wbxml};

/// A message with this in its body.
pub fn message(body: &str) -> String {
    format!(
        "<SyncML xmlns=\"SYNCML:SYNCML1.2\"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>\
         <MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr>\
         <SyncBody>{body}</SyncBody></SyncML>"
    )
}

/// A message with one item.
pub fn item(meta: &str, data: &str) -> String {
    message(&format!(
        "<Add><CmdID>1</CmdID><Item><Target><LocURI>./A</LocURI></Target>{meta}<Data>{data}</Data></Item></Add>"
    ))
}

pub fn meta(facts: &[(&str, &str)]) -> String {
    let facts: String =
        facts.iter().map(|(name, text)| format!("<{name} xmlns=\"syncml:metinf\">{text}</{name}>")).collect();
    format!("<Meta>{facts}</Meta>")
}

/// The message as it is in WBXML, with an opaque block of these octets for every text `@`.
pub fn with_opaque(xml: &str, octets: &[u8]) -> Vec<u8> {
    // Nothing is converted here: of format `bin`, `@` would be no base64; and no type names a document.
    const HIDDEN: [(&str, &str); 3] = [(">bin<", ">b~n<"), ("+xml<", "+~ml<"), ("wbxml<", "w~xml<")];
    let hidden = HIDDEN.iter().fold(xml.to_owned(), |xml, (word, hidden)| xml.replace(word, hidden));
    let mut document = to_wbxml(hidden.as_bytes(), &ConvertOptions::default()).unwrap();
    for (word, hidden) in HIDDEN {
        let (word, hidden) = (word.trim_matches(['<', '>']).as_bytes(), hidden.trim_matches(['<', '>']).as_bytes());
        replace(&mut document, hidden, word);
    }
    assert!(octets.len() < 128);
    replace(&mut document, &[0x03, b'@', 0], &[&[0xC3, octets.len() as u8], octets].concat());
    document
}

/// Puts other octets in the place of all that are like these.
fn replace(document: &mut Vec<u8>, from: &[u8], to: &[u8]) {
    let mut at = 0;
    while let Some(next) = document[at..].windows(from.len()).position(|window| window == from) {
        document.splice(at + next..at + next + from.len(), to.iter().copied());
        at += next + to.len();
    }
}
