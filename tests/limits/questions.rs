//! The limits of questions, answers, checks and pushes.

use super::Refused::{At, Incomplete, Somewhere};
use super::{Case, case};
use omadm::ddf::{self, Check, Request};
use omadm::push::{Entity, Joiner, cdma, http, pap, sip, sms};
use omadm::query::Pattern;
use omadm::session::{ResultsOptions, results};
use omadm::tree::Tree;
use omadm::{Error, ErrorKind, Limits, tnds};

fn text(input: &[u8]) -> &str {
    std::str::from_utf8(input).unwrap()
}

/// Two objects, one of them with two leaves.
fn tree() -> Tree<'static> {
    let object = |name: &str, inside: &str| {
        format!(
            "<Node><NodeName>{name}</NodeName><RTProperties><Type><DDFName>urn:a:1.0</DDFName></Type></RTProperties>{inside}</Node>"
        )
    };
    let leaf = |name: &str| format!("<Node><NodeName>{name}</NodeName><Value>1</Value></Node>");
    let xml = format!("<MgmtTree>{}{}</MgmtTree>", object("A", &(leaf("B") + &leaf("C"))), object("D", ""));
    tnds::decode(xml.as_bytes()).unwrap().into_owned()
}

fn answered(uri: &[u8], limits: &Limits) -> Result<(), Error> {
    let options = ResultsOptions { limits: *limits, location_queries: true, ..ResultsOptions::default() };
    results(&tree(), text(uri), &options).map(drop)
}

pub(super) fn pattern() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitPattern;
    let parse = |pattern: &[u8], limits: &Limits| Pattern::parse_with(text(pattern), limits).map(drop);
    vec![
        case("segments", 4, At(KIND, 7), "a/*/**/b", parse),
        case("segments in conditions", 4, At(KIND, 7), "a[b/c/d]", parse),
        case("a location query", 3, At(KIND, 1), ".?list=x-omadm-mo+id=urn:a:1.0+if=*/B+get=C", answered),
    ]
}

pub(super) fn locations() -> Vec<Case> {
    vec![case("a location query", 2, At(ErrorKind::AnswerTooLong, 1), ".?list=x-omadm-mo+id=urn:a:1.0", answered)]
}

pub(super) fn answer_nodes() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::AnswerTooLong;
    vec![
        case("nodes of locations", 2, At(KIND, 1), ".?list=x-omadm-mo+id=urn:a:1.0+get=*", answered),
        // The root, two objects, two leaves.
        case("a structural query", 5, At(KIND, 1), ".?list=x-omadm-struct", answered),
    ]
}

pub(super) fn segments() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitSegments;
    let concatenation = |total, number| Some(sms::Concatenation { reference: sms::Reference::Octet(7), total, number });
    let part = sms::Segment { ports: None, concatenation: concatenation(3, 1), data: b"x" }.encode().unwrap();
    let piece = cdma::Segment { total: 3, number: 1, ports: None, data: b"x" };
    let piece = piece.encode().unwrap();
    vec![
        case("SMS", 3, Somewhere(KIND), part.clone(), |part, limits| Joiner::new(limits).sms(1, part, 0).map(drop)),
        case("CDMA", 3, At(KIND, 1), piece, |piece, limits| Joiner::new(limits).cdma(1, 7, piece, 0).map(drop)),
        case("all at once", 3, Somewhere(KIND), part, |part, limits| {
            let all: Vec<Vec<u8>> =
                (1..=3).map(|number| [&part[..part.len() - 2], &[number, b'x'][..]].concat()).collect();
            sms::join(&all.iter().map(Vec::as_slice).collect::<Vec<_>>(), limits).map(drop)
        }),
    ]
}

const TYPE: &str = "Content-Type: application/vnd.syncml.notification";
const ID: &str = "X-Wap-Application-Id: 7";

fn http_push(input: &[u8], limits: &Limits) -> Result<(), Error> {
    http::Request::decode(input, limits).map(drop)
}

fn sip_push(input: &[u8], limits: &Limits) -> Result<(), Error> {
    sip::Message::decode(input, limits).map(drop)
}

fn parts(input: &[u8], limits: &Limits) -> Result<(), Error> {
    Entity::decode_parts(input, b"", limits).map(drop)
}

pub(super) fn headers() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitHeaders;
    let http = format!("POST / HTTP/1.1\r\nHost: h\r\n{TYPE}\r\n{ID}\r\n\r\n");
    let sip = format!("MESSAGE sip:a SIP/2.0\r\nHost: h\r\n{TYPE}\r\n{ID}\r\n\r\n");
    let lines = format!("{TYPE}\r\n{ID}\r\n");
    let at = |text: &str| At(KIND, text.find(ID).unwrap());
    let push = omadm::push::ContentType::NOTIFICATION;
    let submission = pap::Fields::new("p.example.com", "1", &["a@b"], push, b"x").encode().unwrap();
    let blocks = std::str::from_utf8(&submission).unwrap().split("\r\n\r\n");
    let most = blocks.map(|block| block.lines().filter(|line| line.contains(": ")).count()).max().unwrap() as u64;
    vec![
        case("HTTP", 3, at(&http), http, http_push),
        case("SIP", 3, at(&sip), sip, sip_push),
        case("PAP", most, Somewhere(KIND), submission, |pap, limits| pap::Submission::decode(pap, limits).map(drop)),
        case("headers alone", 2, at(&lines), lines, parts),
    ]
}

pub(super) fn header() -> Vec<Case> {
    const KIND: ErrorKind = ErrorKind::LimitHeader;
    let longest = TYPE.len() as u64;
    let http = format!("POST / HTTP/1.1\r\n{ID}\r\n{TYPE}\r\n\r\n");
    let folded = format!("POST / HTTP/1.1\r\n{ID}\r\nContent-Type:\r\n {}\r\n\r\n", &TYPE["Content-Type: ".len()..]);
    let sip = format!("MESSAGE sip:a SIP/2.0\r\n{ID}\r\n{TYPE}\r\n\r\n");
    let first = format!("POST /{} HTTP/1.1\r\n{TYPE}\r\n\r\n", "x".repeat(100));
    let pap = pap::Fields::new("p.example.com", "1", &["a@b"], omadm::push::ContentType::NOTIFICATION, b"x")
        .encode()
        .unwrap();
    let lines = String::from_utf8(pap.clone()).unwrap();
    let most = lines.lines().filter(|line| line.contains(": ")).map(str::len).max().unwrap() as u64;
    vec![
        case("HTTP", longest, At(KIND, http.find(TYPE).unwrap()), http, http_push),
        // With the line end between the two parts.
        case("HTTP, folded", longest + 2, At(KIND, folded.find("Content-Type").unwrap()), folded, http_push),
        case("the first line", first.find('\r').unwrap() as u64, At(KIND, 0), first, http_push),
        case("SIP", longest, At(KIND, sip.find(TYPE).unwrap()), sip, sip_push),
        case("PAP", most, Somewhere(KIND), pap, |pap, limits| pap::Submission::decode(pap, limits).map(drop)),
    ]
}

fn described(name: &str, properties: &str, inside: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><DFProperties>{properties}</DFProperties>{inside}</Node>")
}

fn document(nodes: &str) -> String {
    format!("<MgmtTree><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>")
}

pub(super) fn findings() -> Vec<Case> {
    // Three that are not described.
    let nodes: String = ["x", "y", "z"].map(|name| format!("<Node><NodeName>{name}</NodeName></Node>")).concat();
    let run = |xml: &[u8], limits: &Limits| {
        let ddf = document(&described("A", "<DFFormat><chr/></DFFormat>", ""));
        let schema = ddf::decode(ddf.as_bytes()).unwrap();
        let tree = tnds::decode(xml).unwrap();
        let findings = Check::new(&schema).limits(limits).tree(&tree);
        assert!(findings.len() <= 3);
        findings.is_complete()
    };
    let xml = document(&nodes);
    let mut case = case("a tree", 3, Incomplete, xml.clone(), |_, _| Ok(()));
    case.run = Box::new(move |limits| Ok(run(xml.as_bytes(), limits)));
    vec![case]
}

/// Whether the values of nodes with these expressions are judged: `x` fits none of them.
fn judged(expressions: &'static [&'static str]) -> impl Fn(&Limits) -> Result<bool, Error> {
    move |limits| {
        let rule = |expression: &str| {
            format!(
                "<DFFormat><chr/></DFFormat><M:AllowedValues xmlns:M='http://schemas.microsoft.com/MobileDevice/DM' ValueType='RegEx'>\
                 <M:Value>{expression}</M:Value></M:AllowedValues>"
            )
        };
        let nodes: String =
            expressions.iter().enumerate().map(|(at, one)| described(&format!("N{at}"), &rule(one), "")).collect();
        let ddf = document(&nodes);
        let schema = ddf::decode(ddf.as_bytes()).unwrap();
        let check = Check::new(&schema).limits(limits);
        let mut found = (0..expressions.len())
            .map(|at| check.command(&Request::new(ddf::AccessTypes::REPLACE, &format!("./N{at}")).value("x")).len());
        Ok(found.all(|count| count == 1))
    }
}

pub(super) fn patterns() -> Vec<Case> {
    let mut case = case("expressions", 2, Incomplete, "", |_, _| Ok(()));
    case.run = Box::new(judged(&["a", "b", "a"]));
    vec![case]
}

pub(super) fn pattern_size() -> Vec<Case> {
    // What an expression takes is for its compiler to say: the smallest that is enough is looked for.
    const ONE: &[&str] = &["((a{9}){9}){9}"];
    let is_enough = |size: u32| judged(ONE)(&Limits { pattern_size: size, ..Limits::default() }) == Ok(true);
    let (mut few, mut many) = (1, Limits::default().pattern_size);
    assert!(is_enough(many) && !is_enough(few));
    while few + 1 < many {
        let middle = few + (many - few) / 2;
        *(if is_enough(middle) { &mut many } else { &mut few }) = middle;
    }
    // 729 letters.
    assert!(many > 729, "{many}");
    let mut case = case("an expression", many.into(), Incomplete, "", |_, _| Ok(()));
    case.run = Box::new(judged(ONE));
    vec![case]
}
