//! Checks of single commands and of messages, with the status codes of `wire.md` §2.1, §2.2, §9.2, §9.4 and §9.6.

use super::{ACME, described, document, schema};
use omadm::ddf::{AccessTypes, Check, Finding, Reason, Refusal, Request};
use omadm::syncml::Message;
use omadm::tree::Format;
use omadm::{Error, ErrorKind, Limits};

const ADD: AccessTypes = AccessTypes::ADD;
const GET: AccessTypes = AccessTypes::GET;
const REPLACE: AccessTypes = AccessTypes::REPLACE;
const DELETE: AccessTypes = AccessTypes::DELETE;
const EXEC: AccessTypes = AccessTypes::EXEC;

/// The number of the status code.
fn code(finding: &Finding<'_>) -> Option<u16> {
    finding.status().map(|status| status.0)
}

/// The reasons and codes of a request to the radio.
fn radio(request: &Request<'_>) -> Vec<(&'static str, Option<u16>)> {
    let schema = schema(ACME);
    let findings = Check::new(&schema).command(request);
    findings.iter().map(|finding| (finding.reason().name(), code(finding))).collect()
}

#[test]
fn commands_as_described_have_no_findings() {
    let enabled = "./Vendor/Acme/Radio/Enabled";
    for request in [
        Request::new(GET, "./Vendor/Acme/Radio"),
        Request::new(GET, "Vendor/Acme/Radio"),
        Request::new(GET, "./Vendor"),
        Request::new(GET, "."),
        Request::new(EXEC, "./Vendor/Acme/Radio/Scan").value("now"),
        Request::new(REPLACE, enabled).format("bool").media_type("text/plain;charset=utf-8").value("false"),
        Request::new(REPLACE, enabled).value("true"),
        Request::new(ADD, "./Vendor/Acme/Radio/Presets/7").format("node"),
        Request::new(ADD, "./Vendor/Acme/Radio/Presets/7").media_type("urn:x-acme:mo:preset:1.0").value(""),
        Request::new(REPLACE, "./Vendor/Acme/Radio/Presets/7/Logo").format("b64").media_type("image/png").value("AAEC"),
        Request::new(REPLACE, "./Vendor/Acme/Radio/Presets/7/Logo").format("bin").value(&[0xFF, 0]),
        Request::new(GET, "./Vendor/Acme/Radio?list=StructData"),
        Request::new(GET, "./Vendor/Acme/Radio?prop=ACL"),
        Request::new(REPLACE, "./Vendor/Acme/Log?prop=Title"),
        Request::new(GET, "./Vendor/Acme/Log?prop=VerNo"),
        Request::new(ADD, "./Vendor/Acme/Radio/Presets/7")
            .media_type("application/vnd.syncml.dmtnds+xml")
            .format("xml")
            .value("<MgmtTree/>"),
    ] {
        assert_eq!(radio(&request), [], "{request:?}");
    }
}

/// Reasons with the codes of the standard.
type Expected = [(&'static str, Option<u16>)];

#[test]
fn each_fault_has_its_status() {
    let enabled = "./Vendor/Acme/Radio/Enabled";
    let preset = "./Vendor/Acme/Radio/Presets/7";
    let cases: &[(Request<'_>, &Expected)] = &[
        (Request::new(GET, "./Vendor/Acme/Radio/Colour"), &[("not-described", Some(404))]),
        (Request::new(ADD, "./Vendor/Acme/Colour"), &[("not-described", Some(404))]),
        (Request::new(GET, "./Vendor//Acme"), &[("invalid-uri", Some(404))]),
        (Request::new(ADD, "./Vendor/Acme/Radio/Enabled/More"), &[("below-leaf", Some(405))]),
        (Request::new(DELETE, enabled), &[("command", Some(405))]),
        (Request::new(EXEC | REPLACE, enabled), &[("command", Some(405))]),
        (Request::new(GET, "./Vendor/Acme/Radio/Scan"), &[("command", Some(405))]),
        (Request::new(DELETE, "."), &[("permanent", Some(405))]),
        (Request::new(REPLACE, enabled).format("chr"), &[("format", Some(415))]),
        (Request::new(REPLACE, enabled).format("string").value("true"), &[("format", Some(415))]),
        (Request::new(REPLACE, enabled).format("node"), &[("format", Some(415))]),
        (
            Request::new(ADD, preset).format("chr").value("x"),
            &[("format", Some(415)), ("value-of-interior", Some(405))],
        ),
        (Request::new(ADD, preset).media_type("urn:x-acme:mo:preset:2.0"), &[("mo-id", Some(415))]),
        (Request::new(REPLACE, enabled).media_type("image/png"), &[("media-type", Some(415))]),
        (Request::new(REPLACE, enabled).value("maybe"), &[("value", Some(500))]),
        (Request::new(REPLACE, "./Vendor/Acme/Radio/Presets/7/Logo").format("b64").value("A"), &[("value", Some(500))]),
        (Request::new(GET, "./Vendor/Acme/Radio?prop=TStamp"), &[("property", Some(406))]),
        (Request::new(GET, "./Vendor/Acme/Radio?prop=Colour"), &[("property", Some(406))]),
        (Request::new(GET, "./Vendor/Acme/Log?prop=Size"), &[("property", Some(406))]),
        (Request::new(REPLACE, "./Vendor/Acme/Radio?prop=Format"), &[("property-command", Some(405))]),
        (Request::new(DELETE, "./Vendor/Acme/Radio?prop=ACL"), &[("property-command", Some(405))]),
        (Request::new(REPLACE, "./Vendor/Acme/Radio?prop=Name"), &[("permanent", Some(405))]),
        (Request::new(REPLACE, "./Vendor/Acme/Radio?list=Struct"), &[("property-command", Some(405))]),
        (Request::new(GET, "./Vendor/Acme/Radio?colour"), &[("query", Some(422))]),
        (Request::new(GET, "./Vendor/Acme/Radio?list=All"), &[("list", Some(406))]),
        // All findings, not the first.
        (
            Request::new(ADD, enabled).format("int").media_type("image/png").value("7"),
            &[("command", Some(405)), ("format", Some(415)), ("media-type", Some(415)), ("value", Some(500))],
        ),
    ];
    for (request, expected) in cases {
        assert_eq!(radio(request), *expected, "{request:?}");
    }
}

/// A property in `RTProperties`, even empty, is one that the node keeps, and it keeps no other (`wire.md` §8.2).
#[test]
fn properties_are_those_that_the_description_has() {
    let names = ["ACL", "Format", "Name", "Size", "Title", "TStamp", "Type", "VerNo"];
    for kept in names {
        let leaf = described("A", "<DFFormat><chr/></DFFormat>", "");
        let run_time = format!("</NodeName><RTProperties><{kept}/></RTProperties>");
        let xml = document(&leaf.replace("</NodeName>", &run_time));
        let schema = schema(&xml);
        let check = Check::new(&schema);
        for asked in names {
            let uri = format!("./A?prop={asked}");
            let findings = check.command(&Request::new(GET, &uri));
            let found: Vec<_> = findings.iter().map(|finding| finding.reason().name()).collect();
            assert_eq!(found, if asked == kept { &[][..] } else { &["property"] }, "{asked} where {kept} is kept");
        }
    }
}

/// `bin` and `b64` are one format in two encodings (`wire.md` §9.3).
#[test]
fn octets_for_a_node_of_base64_are_what_it_would_be_made_of() {
    let xml = document(&described("A", "<DFFormat><b64/></DFFormat>", ""));
    let schema = schema(&xml);
    let check = Check::new(&schema);
    let replace = Request::new(REPLACE, "./A");
    assert!(check.command(&replace.format("bin").value(&[0xFF])).is_empty());
    assert!(check.command(&replace.format("b64").value("/w==")).is_empty());
    assert_eq!(check.command(&replace.format("b64").value("?")).len(), 1);
}

/// Ways through a description are doubled at each level: a few are followed, those of exact names among them.
#[test]
fn many_unnamed_nodes_inside_each_other_are_no_trouble() {
    let level = |inside: &str| described("", "", inside) + &described("a", "", inside);
    let xml = document(&(0..12).fold(String::new(), |inside, _| level(&inside)));
    let schema = schema(&xml);
    let check = Check::new(&schema);
    assert!(check.command(&Request::new(GET, &format!(".{}", "/a".repeat(12)))).is_empty());
    let deeper = format!(".{}", "/a".repeat(13));
    assert_eq!(check.command(&Request::new(GET, &deeper)).len(), 1);
}

/// Programs go by the names, people by the texts.
#[test]
fn reasons_have_a_name_and_a_text() {
    let error = |kind| Error::new(kind, 3);
    let cases = [
        (Reason::NotDescribed, "not-described", "not described"),
        (Reason::InvalidUri(error(ErrorKind::InvalidUri)), "invalid-uri", ""),
        (Reason::BelowLeaf, "below-leaf", "below a leaf"),
        (Reason::Command { command: EXEC | DELETE }, "command", "does not take Delete Exec"),
        (Reason::Permanent, "permanent", "permanent"),
        (Reason::Query(error(ErrorKind::InvalidQuery)), "query", ""),
        (Reason::List, "list", "a list that the standard does not have"),
        (Reason::Property, "property", "a property that the node does not have"),
        (Reason::PropertyCommand, "property-command", "a command that is not for properties"),
        (Reason::Format { found: Some(Format::Int) }, "format", "format int"),
        (Reason::Format { found: None }, "format", "unknown format"),
        (Reason::Interior, "interior", "an interior node, expected a leaf"),
        (Reason::Leaf, "leaf", "a leaf, expected an interior node"),
        (Reason::ValueOfInterior, "value-of-interior", "a value for an interior node"),
        (Reason::MediaType { found: "a/b".into() }, "media-type", "media type a/b"),
        (Reason::MoId { found: "urn:x".into() }, "mo-id", "management object urn:x"),
        (Reason::Value(Refusal::OutOfRange), "value", "value out of range"),
        (Reason::Name, "name", "name does not match the regular expression"),
        (Reason::Missing, "missing", "missing"),
        (Reason::TooMany { found: 3 }, "too-many", "3 of these nodes"),
        (Reason::CaseClash { other: "B".into() }, "case-clash", "differs from B in case only"),
        (Reason::NotInBuild, "not-in-build", "not in this build"),
        (Reason::Deprecated, "deprecated", "deprecated"),
        (Reason::NotAtomic, "not-atomic", "not in an Atomic"),
        (Reason::Tree(error(ErrorKind::NotTree)), "tree", "tree cannot be read: "),
    ];
    for (reason, name, text) in cases {
        // Some end in the text of an error.
        let error = match reason {
            Reason::InvalidUri(error) | Reason::Query(error) | Reason::Tree(error) => error.kind().to_string(),
            _ => String::new(),
        };
        assert_eq!(reason.to_string(), format!("{text}{error}"));
        assert_eq!(reason.name(), name);
    }
}

#[test]
fn a_permanent_node_is_not_deleted_whatever_its_access_says() {
    let properties =
        "<AccessType><Add/><Delete/><Get/></AccessType><DFFormat><node/></DFFormat><Scope><Permanent/></Scope>";
    let xml = document(&described("A", properties, ""));
    let schema = schema(&xml);
    let check = Check::new(&schema);
    assert_eq!(check.command(&Request::new(DELETE, "./A"))[0].reason(), &Reason::Permanent);
    assert!(check.command(&Request::new(ADD, "./A")).is_empty());
}

#[test]
fn atomic_is_asked_for_below_the_node_that_says_so() {
    let leaf = described("Leaf", "<AccessType><Get/><Replace/></AccessType><DFFormat><chr/></DFFormat>", "");
    let xml = document(&described("A", "<DFFormat><node/></DFFormat><M:AtomicRequired/>", &leaf));
    let schema = schema(&xml);
    let check = Check::new(&schema);
    let replace = Request::new(REPLACE, "./A/Leaf");
    assert_eq!(check.command(&replace.in_atomic(false))[0].reason(), &Reason::NotAtomic);
    assert_eq!(check.command(&replace.in_atomic(false))[0].status(), None);
    assert!(check.command(&replace.in_atomic(true)).is_empty() && check.command(&replace).is_empty());
    assert!(check.command(&Request::new(GET, "./A/Leaf").in_atomic(false)).is_empty());
}

#[test]
fn names_in_the_uri_of_an_add_follow_their_expression() {
    let pattern = "<M:AllowedValues ValueType=\"RegEx\"><M:Value>[0-9]+</M:Value></M:AllowedValues>";
    let leaf = described("Leaf", "<DFFormat><chr/></DFFormat>", "");
    let any = described("", &format!("<DFFormat><node/></DFFormat>{pattern}"), &leaf);
    let xml = document(&described("A", "<DFFormat><node/></DFFormat>", &any));
    let schema = schema(&xml);
    let check = Check::new(&schema);
    let found =
        |uri: &str| check.command(&Request::new(ADD, uri)).iter().map(|f| f.reason().clone()).collect::<Vec<_>>();
    assert_eq!((found("./A/7"), found("./A/7/Leaf")), (vec![], vec![]));
    assert_eq!((found("./A/x"), found("./A/x/Leaf")), (vec![Reason::Name], vec![Reason::Name]));
    assert!(check.command(&Request::new(GET, "./A/x")).is_empty());
}

#[test]
fn builds_that_lack_a_node_do_not_find_it() {
    let since = "<M:Applicability><M:OsBuildVersion>10.0.22621</M:OsBuildVersion></M:Applicability>";
    let xml = document(&described("A", &format!("<DFFormat><chr/></DFFormat>{since}"), ""));
    let schema = schema(&xml);
    let found = |build: &str| {
        let check = Check::new(&schema).os_build(build.parse().unwrap());
        check.command(&Request::new(GET, "./A")).iter().map(|f| (f.reason().clone(), code(f))).collect::<Vec<_>>()
    };
    assert_eq!(found("10.0.19045"), [(Reason::NotInBuild, Some(404))]);
    assert_eq!(found("10.0.22621"), []);
}

#[test]
fn messages_are_checked_command_by_command() {
    let item = |uri: &str, meta: &str, data: &str| {
        format!("<Item><Target><LocURI>{uri}</LocURI></Target><Meta>{meta}</Meta><Data>{data}</Data></Item>")
    };
    let format = |name: &str| format!("<Format xmlns='syncml:metinf'>{name}</Format>");
    let tree = "<Type xmlns='syncml:metinf'>application/vnd.syncml.dmtnds+xml</Type>";
    let body = [
        format!("<Replace><CmdID>1</CmdID>{}</Replace>", item("./Vendor/Acme/Radio/Enabled", &format("bool"), "true")),
        format!(
            "<Replace><CmdID>2</CmdID>{}{}</Replace>",
            item("./Vendor/Acme/Radio/Enabled", &format("bool"), "maybe"),
            item("./Vendor/Acme/Radio/Colour", &format("chr"), "red")
        ),
        format!(
            "<Sequence><CmdID>3</CmdID><Delete><CmdID>4</CmdID>{}</Delete></Sequence>",
            item("./Vendor/Acme/Radio", "", "")
        ),
        format!(
            "<Add><CmdID>5</CmdID>{}</Add>",
            item(
                "./Vendor/Acme/Radio/Presets/7",
                &(format("xml") + tree),
                "<![CDATA[<MgmtTree><Node><NodeName>7</NodeName><RTProperties><Format><node/></Format></RTProperties>\
                 <Node><NodeName>Frequency</NodeName><RTProperties><Format><float/></Format></RTProperties><Value>high</Value></Node>\
                 </Node></MgmtTree>]]>"
            )
        ),
        format!("<Add><CmdID>6</CmdID>{}</Add>", item("./Vendor/Acme/Radio/Presets/8", tree, "no tree")),
        "<Copy><CmdID>7</CmdID><Item><Target><LocURI>./Vendor/Acme/Nowhere</LocURI></Target><Source><LocURI>./Vendor/Acme/Radio/Presets/1\
         </LocURI></Source></Item></Copy>"
            .to_owned(),
        "<Results><CmdID>8</CmdID><CmdRef>1</CmdRef><Item><Source><LocURI>./Vendor/Acme/Radio/Enabled</LocURI></Source><Data>2</Data></Item>\
         </Results>"
            .to_owned(),
        "<Alert><CmdID>9</CmdID><Data>1226</Data><Item><Source><LocURI>./Nowhere</LocURI></Source></Item></Alert>".to_owned(),
    ];
    let xml = format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>\
         <Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>{}<Final/></SyncBody></SyncML>",
        body.concat()
    );
    let message = Message::decode(xml.as_bytes()).unwrap();
    let schema = schema(ACME);
    let findings = Check::new(&schema).message(&message);
    let found: Vec<_> = findings.iter().map(|f| (f.uri(), f.reason().name(), code(f))).collect();
    assert_eq!(
        found,
        [
            ("./Vendor/Acme/Radio/Enabled", "value", Some(500)),
            ("./Vendor/Acme/Radio/Colour", "not-described", Some(404)),
            ("./Vendor/Acme/Radio", "command", Some(405)),
            ("./Vendor/Acme/Radio/Presets/7/Frequency", "value", None),
            ("./Vendor/Acme/Radio/Presets/7/Alarm", "missing", None),
            ("./Vendor/Acme/Radio/Presets/7/Label", "missing", None),
            ("./Vendor/Acme/Radio/Presets/8", "tree", Some(415)),
            ("./Vendor/Acme/Nowhere", "not-described", Some(404)),
            ("./Vendor/Acme/Radio/Enabled", "value", None),
        ]
    );
    for finding in &findings {
        assert!(xml[finding.offset().unwrap()..].starts_with("<Item>"), "{finding}");
    }
    assert_eq!(findings[0].reason(), &Reason::Value(Refusal::NotOfFormat(Format::Bool)));
    // Findings stop at their limit, and say so.
    let few = Check::new(&schema).limits(&Limits { findings: 2, ..Limits::default() }).message(&message);
    assert!(!few.is_complete() && findings.is_complete());
    let few: Vec<String> = few.into_iter().map(|finding| finding.uri().to_owned()).collect();
    assert_eq!(few, ["./Vendor/Acme/Radio/Enabled", "./Vendor/Acme/Radio/Colour"]);
}

#[test]
fn commands_in_an_atomic_are_known_as_such() {
    let leaf =
        described("Leaf", "<AccessType><Replace/></AccessType><DFFormat><chr/></DFFormat><M:AtomicRequired/>", "");
    let ddf = document(&leaf);
    let replace =
        "<Replace><CmdID>2</CmdID><Item><Target><LocURI>./Leaf</LocURI></Target><Data>x</Data></Item></Replace>";
    let xml = format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>\
         <Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>{replace}<Atomic><CmdID>1</CmdID>{replace}\
         </Atomic>{replace}<Final/></SyncBody></SyncML>"
    );
    let message = Message::decode(xml.as_bytes()).unwrap();
    let schema = schema(&ddf);
    let offsets: Vec<usize> = Check::new(&schema).message(&message).iter().filter_map(|f| f.offset()).collect();
    let items: Vec<usize> = xml.match_indices("<Item>").map(|(at, _)| at).collect();
    assert_eq!(offsets, [items[0], items[2]]);
}

#[test]
fn debug_does_not_show_the_value_of_a_request() {
    let shown = format!("{:?}", Request::new(REPLACE, "./DMAcc/x/AAuthSecret").format("chr").value("hunter2"));
    assert!(shown.contains("./DMAcc/x/AAuthSecret") && shown.contains("7 octets"), "{shown}");
    let octets = format!("{:?}", b"hunter2").replace(['[', ']'], "");
    assert!(!shown.contains("hunter2") && !shown.contains(&octets), "{shown}");
}
