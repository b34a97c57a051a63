//! Every error of this module with its place.

use super::views::hex;
use omadm::syncml::Message;
use omadm::{Error, ErrorKind};

const START: &str = "<SyncML xmlns='SYNCML:SYNCML1.2'>";
const FIELDS: &str = "<VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>\
     <Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source>";

fn with_header(header: &str) -> String {
    format!("{START}<SyncHdr>{header}</SyncHdr><SyncBody/></SyncML>")
}

fn with_body(body: &str) -> String {
    format!("{START}<SyncHdr>{FIELDS}</SyncHdr><SyncBody>{body}</SyncBody></SyncML>")
}

/// Decodes `input`, in which `^` marks the octet at fault.
fn check(input: &str, kind: ErrorKind) {
    let at = input.find('^').unwrap();
    let input = input.replacen('^', "", 1);
    let error = Message::decode(input.as_bytes()).unwrap_err();
    assert_eq!(error, Error::new(kind, at), "{input}");
}

#[test]
fn a_sound_message_decodes() {
    assert!(Message::decode(with_body("<Get><CmdID>1</CmdID></Get>").as_bytes()).is_ok());
}

#[test]
fn not_syncml() {
    check("<?xml version='1.0'?>^<MgmtTree xmlns='syncml:dmddf1.2'/>", ErrorKind::NotSyncMl);
    check("^<SyncML xmlns='urn:other'/>", ErrorKind::NotSyncMl);
    let error = Message::decode(&hex("02a4016a00 6c 01")).unwrap_err();
    assert_eq!(error, Error::new(ErrorKind::NotSyncMl, 5));
}

#[test]
fn unexpected_text() {
    check(&format!("{START}^hello</SyncML>"), ErrorKind::UnexpectedText);
    check(&with_header(&format!("{FIELDS}^x")), ErrorKind::UnexpectedText);
    check(&with_body("^x"), ErrorKind::UnexpectedText);
    check(&with_body("<Get><CmdID>1</CmdID>^<![CDATA[x]]></Get>"), ErrorKind::UnexpectedText);
    check(&with_body("<Get><CmdID>1</CmdID><Item>^x</Item></Get>"), ErrorKind::UnexpectedText);
    // Two URIs: which one is meant?
    let two = "<Get><CmdID>1</CmdID><Item>^<Target>a<LocURI>b</LocURI></Target></Item></Get>";
    check(&with_body(two), ErrorKind::UnexpectedText);
}

#[test]
fn unexpected_markup() {
    check(&with_header("<VerDTD>^<b/></VerDTD>"), ErrorKind::UnexpectedMarkup);
    check(&with_body("<Get><CmdID>1^<b/></CmdID></Get>"), ErrorKind::UnexpectedMarkup);
    check(&with_body("<Add><CmdID>1</CmdID><Item><Data>text<b>^</Data></Item></Add>"), ErrorKind::XmlEndTag);
}

#[test]
fn commands_where_none_may_be() {
    let get = "^<Get><CmdID>1</CmdID></Get>";
    check(&format!("{START}{get}<SyncHdr>{FIELDS}</SyncHdr><SyncBody/></SyncML>"), ErrorKind::UnexpectedElement);
    check(&format!("{START}<SyncHdr>{FIELDS}</SyncHdr><SyncBody/>{get}</SyncML>"), ErrorKind::UnexpectedElement);
    check(&with_header(&format!("{FIELDS}{get}")), ErrorKind::UnexpectedElement);
    check(&with_body(&format!("<Add><CmdID>1</CmdID>{get}</Add>")), ErrorKind::UnexpectedElement);
    check(&with_body(&format!("<Add><CmdID>1</CmdID><Item>{get}</Item></Add>")), ErrorKind::UnexpectedElement);
    check(&with_body("<Get><CmdID>1</CmdID>^<Sync/></Get>"), ErrorKind::UnexpectedElement);
}

#[test]
fn numbers() {
    for value in ["x", "+1", "-1", "1.5", "0x10", "18446744073709551616", "1 2"] {
        let size = format!("^<Size xmlns='syncml:metinf'>{value}</Size>");
        let body = format!("<Add><CmdID>1</CmdID><Item><Meta>{size}</Meta></Item></Add>");
        check(&with_body(&body), ErrorKind::InvalidNumber);
    }
    let meta = |name: &str| format!("{FIELDS}<Meta>^<{name} xmlns='syncml:metinf'>many</{name}></Meta>");
    check(&with_header(&meta("MaxMsgSize")), ErrorKind::InvalidNumber);
    check(&with_header(&meta("MaxObjSize")), ErrorKind::InvalidNumber);
}

#[test]
fn missing() {
    for name in ["VerDTD", "SessionID", "MsgID", "Target", "Source"] {
        let start = FIELDS.find(&format!("<{name}>")).unwrap();
        let end = FIELDS.find(&format!("</{name}>")).unwrap() + name.len() + 3;
        let header = format!("{}{}", &FIELDS[..start], &FIELDS[end..]);
        let input = with_header(&header).replace("<SyncHdr>", "^<SyncHdr>");
        check(&input, ErrorKind::Missing(name));
    }
    check(&format!("{START}<SyncHdr>{FIELDS}</SyncHdr>^</SyncML>"), ErrorKind::Missing("SyncBody"));
    check(&format!("{START}^<SyncBody/></SyncML>"), ErrorKind::Missing("SyncHdr"));
    check(&format!("{START}^</SyncML>"), ErrorKind::Missing("SyncHdr"));
    check(&with_body("^<Get></Get>"), ErrorKind::Missing("CmdID"));
    check(&with_body("<Sequence><CmdID>1</CmdID>^<Get/></Sequence>"), ErrorKind::Missing("CmdID"));
    check(&with_body("^<Sequence><Get><CmdID>1</CmdID></Get></Sequence>"), ErrorKind::Missing("CmdID"));
    check(&with_body("^<Put><Item><CmdID>1</CmdID></Item></Put>"), ErrorKind::Missing("CmdID"));
    check(&with_body("^<Status><CmdID>1</CmdID></Status>"), ErrorKind::Missing("Data"));
    check(&with_body("<Status><CmdID>1</CmdID><Data>401</Data>^<Chal/></Status>"), ErrorKind::Missing("Meta"));
    check(&with_header(&format!("{FIELDS}^<Cred><Meta/></Cred>")), ErrorKind::Missing("Data"));
    check(&with_body("<Get><CmdID>1</CmdID><Item>^<Target/></Item></Get>"), ErrorKind::Missing("LocURI"));
    let name = "<Get><CmdID>1</CmdID><Item>^<Source><LocName>a</LocName></Source></Item></Get>";
    check(&with_body(name), ErrorKind::Missing("LocURI"));
}

#[test]
fn repeated() {
    for name in ["VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source"] {
        let start = FIELDS.find(&format!("<{name}>")).unwrap();
        let end = FIELDS.find(&format!("</{name}>")).unwrap() + name.len() + 3;
        check(&with_header(&format!("{FIELDS}^{}", &FIELDS[start..end])), ErrorKind::Repeated(name));
    }
    let twice = |element: &str| with_header(&format!("{FIELDS}{element}^{element}"));
    check(&twice("<RespURI>r</RespURI>"), ErrorKind::Repeated("RespURI"));
    check(&twice("<NoResp/>"), ErrorKind::Repeated("NoResp"));
    check(&twice("<Cred><Data/></Cred>"), ErrorKind::Repeated("Cred"));
    check(&twice("<Meta/>"), ErrorKind::Repeated("Meta"));

    let twice = |element: &str| with_body(&format!("<Exec><CmdID>1</CmdID>{element}^{element}</Exec>"));
    for name in ["MsgRef", "CmdRef", "Cmd", "Correlator", "Lang", "Data", "NoResp", "Meta"] {
        check(&twice(&format!("<{name}></{name}>")), ErrorKind::Repeated(name));
    }
    check(&twice("<Chal><Meta/></Chal>"), ErrorKind::Repeated("Chal"));
    check(&twice("<Cred><Data/></Cred>"), ErrorKind::Repeated("Cred"));
    check(&with_body("<Exec><CmdID>1</CmdID>^<CmdID>2</CmdID></Exec>"), ErrorKind::Repeated("CmdID"));
    check(&with_body("<Atomic><CmdID>1</CmdID>^<CmdID>2</CmdID></Atomic>"), ErrorKind::Repeated("CmdID"));
    check(&with_body("<Sync><CmdID>1</CmdID>^<CmdID>2</CmdID></Sync>"), ErrorKind::Repeated("CmdID"));

    let twice = |element: &str| with_body(&format!("<Add><CmdID>1</CmdID><Item>{element}^{element}</Item></Add>"));
    for name in ["Target", "Source", "TargetParent", "SourceParent"] {
        check(&twice(&format!("<{name}><LocURI>a</LocURI></{name}>")), ErrorKind::Repeated(name));
    }
    for name in ["Meta", "Data", "MoreData"] {
        check(&twice(&format!("<{name}/>")), ErrorKind::Repeated(name));
    }
    let uri = "<Get><CmdID>1</CmdID><Item><Target><LocURI>a</LocURI>^<LocURI>b</LocURI></Target></Item></Get>";
    check(&with_body(uri), ErrorKind::Repeated("LocURI"));

    let fields = [
        ("Format", "chr"),
        ("Type", "a"),
        ("Mark", "a"),
        ("Version", "1"),
        ("Size", "1"),
        ("MaxMsgSize", "1"),
        ("MaxObjSize", "1"),
        ("NextNonce", "a"),
    ];
    for (name, value) in fields {
        let element = format!("<m:{name}>{value}</m:{name}>");
        let meta = format!("<Meta xmlns:m='syncml:metinf'>{element}^{element}</Meta>");
        check(&with_body(&format!("<Get><CmdID>1</CmdID>{meta}</Get>")), ErrorKind::Repeated(name));
    }
    check(&with_body("<Final/>^<Final/>"), ErrorKind::Repeated("Final"));
    let header = format!("<SyncHdr>{FIELDS}</SyncHdr>");
    check(&format!("{START}{header}^{header}<SyncBody/></SyncML>"), ErrorKind::Repeated("SyncHdr"));
    check(&format!("{START}{header}<SyncBody/>^<SyncHdr/></SyncML>"), ErrorKind::Repeated("SyncHdr"));
    check(&format!("{START}{header}<SyncBody/>^<SyncBody/></SyncML>"), ErrorKind::Repeated("SyncBody"));
}

#[test]
fn empty() {
    for id in ["^<CmdID/>", "^<CmdID></CmdID>", "^<CmdID>\n</CmdID>"] {
        check(&with_body(&format!("<Get>{id}</Get>")), ErrorKind::Empty("CmdID"));
        check(&with_body(&format!("<Sequence>{id}</Sequence>")), ErrorKind::Empty("CmdID"));
        check(&with_body(&format!("<Sync>{id}</Sync>")), ErrorKind::Empty("CmdID"));
    }
}

#[test]
fn utf8_in_opaque_blocks() {
    let octets = hex("02a4016a00 6d 6c 71 c303 31ff32 01");
    assert_eq!(Message::decode(&octets).unwrap_err().kind(), ErrorKind::InvalidUtf8);
}

#[test]
fn base64_that_is_none() {
    let input = with_body("<Add><CmdID>1</CmdID><Item><Data>AA!A</Data></Item></Add>");
    let message = Message::decode(input.as_bytes()).unwrap();
    let data = message.commands().next().unwrap().items().next().unwrap().data().unwrap();
    let expected = Error::new(ErrorKind::InvalidBase64, input.find("<Data>").unwrap());
    assert_eq!(data.base64(), Err(expected));
}

#[test]
fn errors_are_located() {
    let cases = [
        ("<Get/>", (3, 1), "SyncML/SyncBody/Get"),
        ("<Get><CmdID>1</CmdID></Get>\n<Get>\n</Get>", (4, 1), "SyncML/SyncBody/Get[2]"),
        ("<Get><CmdID>1</CmdID>é x</Get>", (3, 22), "SyncML/SyncBody/Get"),
        ("<Atomic><CmdID>1</CmdID>\n <Add><CmdID/></Add></Atomic>", (4, 7), "SyncML/SyncBody/Atomic/Add/CmdID"),
        (
            "<Add><CmdID>ä</CmdID><Item/><Item>\n  <Data></Data><Data/></Item></Add>",
            (4, 16),
            "SyncML/SyncBody/Add/Item[2]/Data[2]",
        ),
        ("<Add><CmdID>1</CmdID><Item><Data>a&b</Data></Item></Add>", (3, 35), "SyncML/SyncBody/Add/Item/Data"),
    ];
    for (body, place, path) in cases {
        let input = format!("{START}<SyncHdr>{FIELDS}</SyncHdr>\n<SyncBody>\n{body}</SyncBody></SyncML>");
        let error = Message::decode(input.as_bytes()).unwrap_err();
        let location = error.locate(input.as_bytes());
        assert_eq!((location.line_column, location.path.as_str()), (Some(place), path), "{error}");
    }
    let octets = hex("02a4016a00 6d 6c 7103312e320001 7203444d2f312e320001 7f");
    let error = Message::decode(&octets).unwrap_err();
    assert_eq!(error, Error::new(ErrorKind::WbxmlTag, octets.len() - 1));
    let location = error.locate(&octets);
    assert_eq!((location.line_column, location.path.as_str()), (None, "SyncML/SyncHdr"));
}
