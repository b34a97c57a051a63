//! The way of a server to the places of management objects (`provisional.md` §4.6), where a device answers in part, not at all, or
//! with what nobody asked for.

use omadm::Limits;
use omadm::markup::Options;
use omadm::query::LocationQuery;
use omadm::session::{
    Found, Located, Locator, LocatorOptions, QuerySupport, Reply, ResultData, ResultItem, ResultsOptions, results,
};
use omadm::syncml::{Message, StatusCode};
use omadm::tree::{Format, Tree};

/// What a device says to a URI.
type Device = fn(&str) -> Reply<'static>;

const ACCOUNT: &str = "urn:oma:mo:oma-dm-dmacc:1.0";

/// Two accounts, the second one level deeper, and an interior node without a type.
fn device() -> Tree<'static> {
    let account = |name: &str, app_id: &str| {
        format!(
            "<Node><NodeName>{name}</NodeName><RTProperties><Type><DDFName>{ACCOUNT}</DDFName></Type></RTProperties>\
             <Node><NodeName>AppID</NodeName><Value>{app_id}</Value></Node>\
             <Node><NodeName>Name</NodeName><Value>{name}</Value></Node></Node>"
        )
    };
    let document = format!(
        "<MgmtTree>{}<Node><NodeName>More</NodeName>{}</Node></MgmtTree>",
        account("One", "w7"),
        account("Two", "w7")
    );
    omadm::tnds::decode(document.as_bytes()).unwrap().into_owned()
}

fn status(code: u16) -> Reply<'static> {
    Reply { status: Some(StatusCode(code)), ..Reply::default() }
}

/// What a device says that keeps to DM 1.2.
fn honest(uri: &str) -> Reply<'static> {
    match results(&device(), uri, &ResultsOptions::default()) {
        Ok(items) => {
            let items = items.into_iter().map(ResultItem::into_owned).collect();
            Reply { items, ..status(200) }
        }
        Err(error) => status(StatusCode::of(error.kind()).0),
    }
}

fn item(source: &str, format: Option<Format>, media_type: Option<&str>, data: Option<&str>) -> ResultItem<'static> {
    ResultItem {
        source: source.to_owned(),
        format,
        media_type: media_type.map(|media_type| media_type.to_owned().into()),
        data: data.map(|data| ResultData::Text(data.to_owned().into())),
    }
}

fn names(uri: &str, names: &str) -> Reply<'static> {
    Reply { items: vec![item(uri, Some(Format::Node), None, Some(names))], ..status(200) }
}

fn unknown() -> QuerySupport {
    QuerySupport::new("IMEI:1", "1")
}

fn on() -> LocatorOptions {
    LocatorOptions { location_queries: true, ..LocatorOptions::default() }
}

/// The outcome, and all that was asked for. No answer where there is no reply.
fn run_with(mut locator: Locator<'_>, device: impl Fn(&str) -> Option<Reply<'static>>) -> (Located, Vec<String>) {
    let mut sent = Vec::new();
    loop {
        let questions = locator.next_questions();
        if questions.is_empty() {
            return (locator.finish(), sent);
        }
        for question in questions {
            if let Some(reply) = device(&question.uri) {
                locator.answer(question.number, &reply);
            }
            sent.push(question.uri);
        }
    }
}

fn run(query: &LocationQuery<'_>, device: impl Fn(&str) -> Option<Reply<'static>>) -> (Located, Vec<String>) {
    run_with(Locator::new(query.clone(), unknown(), LocatorOptions::default()), device)
}

fn accounts() -> LocationQuery<'static> {
    LocationQuery::new().id("urn:oma:mo:oma-dm-dmacc:*").unwrap()
}

fn uris(located: &Located) -> Vec<&str> {
    located.locations.iter().map(|location| location.uri.as_str()).collect()
}

/// As one that has no lists: to be walked through.
fn without_lists(uri: &str) -> Reply<'static> {
    if uri.contains("?list=") { status(406) } else { honest(uri) }
}

/// As one for which the whole structure is too much.
fn in_parts(uri: &str) -> Reply<'static> {
    if uri == ".?list=Struct" { status(413) } else { honest(uri) }
}

/// The devices that others here are made of find all, each by another step.
#[test]
fn with_all_answers_the_outcome_is_complete() {
    let query = accounts().with_value("AppID", "w7").unwrap().get("Name").unwrap();
    for (device, how) in [(honest as Device, Found::Listed), (in_parts, Found::Listed), (without_lists, Found::Walked)]
    {
        let (located, _) = run(&query, |uri| Some(device(uri)));
        assert_eq!(uris(&located), ["./One", "./More/Two"]);
        assert!(located.is_complete);
        assert!(located.locations.iter().all(|location| location.found == how && location.items.len() == 1));
    }
}

#[test]
fn a_lost_or_failed_answer_leaves_the_outcome_incomplete() {
    let query = accounts().with_value("AppID", "w7").unwrap().get("Name").unwrap();
    let lost: [(&str, Device, &[&str]); 9] = [
        // A part of the tree: its structure, and then the node itself.
        ("./More", in_parts, &["./More?list=Struct", "./More"]),
        (".", in_parts, &["."]),
        ("./More, walked to", without_lists, &["./More"]),
        // What a node is.
        ("type in a walk", without_lists, &["./One?prop=Type"]),
        ("type of a node without one", without_lists, &["./More?prop=Type"]),
        ("type in a part", in_parts, &["./More?list=Struct", "./More?prop=Type"]),
        // What a condition looks at, and what is to be got.
        ("condition, after a list", honest, &["./One/AppID"]),
        ("condition, in a walk", without_lists, &["./One/AppID"]),
        ("value", honest, &["./One/Name"]),
    ];
    for (name, device, uris_lost) in lost {
        // No answer; failures that say nothing of the node; success without an answer.
        for code in [None, Some(400), Some(401), Some(407), Some(500), Some(516), Some(200), Some(204), Some(304)] {
            let is_hit = |uri: &str| uris_lost.contains(&uri);
            let (located, sent) = run(&query, |uri| if is_hit(uri) { code.map(status) } else { Some(device(uri)) });
            assert!(uris_lost.iter().any(|uri| sent.iter().any(|sent| sent == uri)), "{name}");
            assert!(!located.is_complete, "{name}: {code:?}");
            assert!(uris(&located).iter().all(|uri| ["./One", "./More/Two"].contains(uri)), "{name}: {code:?}");
        }
    }
}

/// These say that the node is not there, or hidden, which is the same (`provisional.md` §4.2).
#[test]
fn a_node_is_absent_by_404_405_and_425_alone() {
    let query = accounts().with_value("AppID", "w7").unwrap();
    for code in 200..600 {
        let (located, _) =
            run(&query, |uri| Some(if uri == "./One/AppID" { status(code) } else { without_lists(uri) }));
        let is_absent = [404, 405, 425].contains(&code);
        assert_eq!((uris(&located), located.is_complete), (vec!["./More/Two"], is_absent), "{code}");
        let (located, _) = run(&query, |uri| Some(if uri == "./One" { status(code) } else { without_lists(uri) }));
        assert_eq!((uris(&located), located.is_complete), (vec!["./More/Two"], is_absent), "{code}");
    }
}

/// 206 is partial content, and 200 to the chunk of an object no better.
#[test]
fn half_an_answer_is_not_taken_for_the_whole() {
    let query = accounts().with_value("AppID", "w7").unwrap().get("Name").unwrap();
    let half: [(&str, Device); 6] = [
        (".?list=Struct", honest),
        ("./One/AppID", honest),
        ("./One/Name", honest),
        (".", without_lists),
        ("./One?prop=Type", without_lists),
        ("./More", without_lists),
    ];
    for (cut, device) in half {
        for (code, is_cut) in
            [(206, false), (200, true), (213, true), (202, false), (201, false), (200, false), (213, false)]
        {
            let (located, sent) = run(&query, |uri| {
                let reply = device(uri);
                Some(if uri == cut { Reply { status: Some(StatusCode(code)), is_cut, ..reply } } else { reply })
            });
            assert!(sent.iter().any(|uri| uri == cut));
            let is_whole = [200, 213].contains(&code) && !is_cut;
            assert_eq!(located.is_complete, is_whole, "{cut}: {code} {is_cut}");
            assert!(uris(&located).iter().all(|uri| ["./One", "./More/Two"].contains(uri)), "{cut}");
        }
    }
    // The value itself is not used.
    let (located, _) =
        run(&query, |uri| Some(if uri == "./One/Name" { Reply { is_cut: true, ..honest(uri) } } else { honest(uri) }));
    assert_eq!(located.locations[0].items, []);
    // A document of which there is more.
    for (code, extra) in [(200, false), (206, false), (200, true)] {
        let (located, _) = run(&accounts(), |uri| match uri {
            ".?list=TNDS+Format+Type" => {
                let items = if extra { vec![item(".", None, None, Some("?"))] } else { Vec::new() };
                Some(Reply { tree: Some(device()), items, ..status(code) })
            }
            _ if uri.contains("?list=") => Some(status(406)),
            _ => Some(honest(uri)),
        });
        assert_eq!(uris(&located), ["./One", "./More/Two"]);
        assert_eq!(located.is_complete, code == 200 && !extra, "{code}");
    }
}

#[test]
fn a_reply_says_when_it_has_not_all() {
    let collect = |items: &str| {
        let document = format!(
            "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>2</MsgID><Target><LocURI>s</LocURI></Target>\
             <Source><LocURI>d</LocURI></Source></SyncHdr><SyncBody><Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef>\
             <Cmd>Get</Cmd><Data>200</Data></Status><Results><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef>{items}</Results>\
             <Final/></SyncBody></SyncML>"
        );
        let message = Message::decode(document.as_bytes()).unwrap();
        let reply = Reply::collect(message.all_commands(), "1", "4", &Options::default());
        (reply.is_cut, reply.items.len(), reply.tree.is_some())
    };
    let leaf = "<Item><Source><LocURI>./A</LocURI></Source><Data>1</Data></Item>";
    let chunk = "<Item><Source><LocURI>./A</LocURI></Source><Data>1</Data><MoreData/></Item>";
    let markup = "<Item><Source><LocURI>./A</LocURI></Source><Data><X>1</X></Data></Item>";
    let tree = "<Item><Source><LocURI>./A</LocURI></Source><Meta><Format xmlns=\"syncml:metinf\">xml</Format>\
        <Type xmlns=\"syncml:metinf\">application/vnd.syncml.dmtnds+xml</Type></Meta>\
        <Data><![CDATA[<MgmtTree><Node><NodeName>B</NodeName></Node></MgmtTree>]]></Data></Item>";
    assert_eq!(collect(leaf), (false, 1, false));
    assert_eq!(collect(&(leaf.to_owned() + chunk)), (true, 1, false));
    assert_eq!(collect(chunk), (true, 0, false));
    assert_eq!(collect(markup), (true, 1, false));
    assert_eq!(collect(tree), (false, 0, true));
    assert_eq!(collect(&(tree.to_owned() + tree)), (true, 0, true));
}

#[test]
fn names_that_are_none_leave_the_outcome_incomplete() {
    for wrong in ["..", ".", "a?b", "a?prop=ACL", "%2E%2E", "%00", "a\u{1}"] {
        let all = format!("One/{wrong}/More");
        let (located, sent) =
            run(&accounts(), |uri| Some(if uri == "." { names(uri, &all) } else { without_lists(uri) }));
        assert_eq!(uris(&located), ["./One", "./More/Two"]);
        assert!(!located.is_complete, "{wrong}");
        assert!(sent.iter().all(|uri| !uri.contains('?') || uri.contains("?list=") || uri.ends_with("?prop=Type")));
        // The same in a list.
        let (located, _) = run(&accounts(), |uri| {
            let mut reply = honest(uri);
            if uri == ".?list=Struct" {
                reply.items.push(item(&format!("./One/../{wrong}"), Some(Format::Node), None, None));
            }
            Some(reply)
        });
        assert_eq!((uris(&located), located.is_complete), (vec!["./One", "./More/Two"], false));
    }
    // One of a node's names twice, in two spellings, is one; empty ones are slips.
    let (located, sent) =
        run(&accounts(), |uri| Some(if uri == "." { names(uri, "/One//%4Fne/More/") } else { without_lists(uri) }));
    assert_eq!((uris(&located), located.is_complete), (vec!["./One", "./More/Two"], true));
    assert_eq!(sent.iter().filter(|uri| uri.ends_with("ne?prop=Type")).count(), 1);
}

#[test]
fn a_long_name_is_never_sent_back() {
    let long = "n".repeat(1 << 20);
    for device in [in_parts as Device, without_lists] {
        let all = format!("One/{long}/More");
        let (located, sent) = run(&accounts(), |uri| Some(if uri == "." { names(uri, &all) } else { device(uri) }));
        assert_eq!((uris(&located), located.is_complete), (vec!["./One", "./More/Two"], false));
        assert!(sent.iter().all(|uri| uri.len() < 100));
    }
    // Also one that grows level by level.
    let limits = LocatorOptions::default().limits;
    let (located, sent) = run(&LocationQuery::new(), |uri| {
        Some(if uri.contains('?') { status(413) } else { names(uri, &"n".repeat(1_000)) })
    });
    assert!(!located.is_complete);
    assert!(sent.iter().all(|uri| uri.len() <= limits.name as usize + "?list=Struct".len()));
    assert!(sent.iter().any(|uri| uri.len() > 3_000), "the limit itself may be reached");
}

#[test]
fn no_more_is_queued_than_may_be_sent() {
    let million: String = (0..1_000_000).map(|index| format!("n{index}/")).collect();
    let limits = LocatorOptions::default().limits;
    assert!(limits.elements <= 65_536 && limits.buffer <= Limits::default().buffer / 4);
    for device in [in_parts as Device, without_lists] {
        for commands in [7, 100] {
            let options = LocatorOptions { commands, ..LocatorOptions::default() };
            let locator = Locator::new(accounts(), unknown(), options);
            let (located, sent) =
                run_with(locator, |uri| Some(if uri == "." { names(uri, &million) } else { device(uri) }));
            assert!(!located.is_complete);
            assert!(sent.len() <= commands as usize);
        }
    }
    // The same names over and over are one node, and all is found.
    let same = "One/More/".repeat(500_000);
    let (located, sent) = run(&accounts(), |uri| Some(if uri == "." { names(uri, &same) } else { without_lists(uri) }));
    assert_eq!((uris(&located), located.is_complete), (vec!["./One", "./More/Two"], true));
    assert!(sent.len() < 20);
}

/// What a locator has kept shows in what it finds: so many objects, and so many octets.
#[test]
fn what_is_found_stays_within_the_limits() {
    let list = |count: usize, mo_id: &str| {
        let objects = (0..count).map(|index| item(&format!("./O{index}"), Some(Format::Node), Some(mo_id), None));
        Reply { items: objects.collect(), ..status(200) }
    };
    let with = |limits: Limits, count: usize, mo_id: &str| {
        let options = LocatorOptions { limits, ..LocatorOptions::default() };
        let locator = Locator::new(LocationQuery::new(), unknown(), options);
        let (located, _) = run_with(locator, |_| Some(list(count, mo_id)));
        (located.locations.len(), located.is_complete)
    };
    let limits = Limits { elements: 101, buffer: 10_000, locations: 50, ..Limits::default() };
    assert_eq!(with(limits, 50, "urn:a:1"), (50, true));
    assert_eq!(with(limits, 51, "urn:a:1"), (50, false));
    let limits = Limits { locations: 1_000, ..limits };
    // The root is a node, too.
    assert_eq!(with(limits, 100, "urn:a:1"), (100, true));
    assert_eq!(with(limits, 101, "urn:a:1"), (100, false));
    // Identifiers count: four octets of URI and 996 of identifier make ten in 10,000.
    let long = "u:".repeat(498);
    assert_eq!(with(limits, 10, &long), (10, true));
    assert_eq!(with(limits, 11, &long), (10, false));
    // Values: the first is too long, and the others are not lost with it.
    let query = accounts().get("AppID").unwrap().get("Name").unwrap();
    let limits = Limits { buffer: 2_000, ..Limits::default() };
    let options = LocatorOptions { limits, ..LocatorOptions::default() };
    let (located, _) = run_with(Locator::new(query.clone(), unknown(), options), |uri| {
        let long = Reply { items: vec![item(uri, None, None, Some(&"v".repeat(2_000)))], ..status(200) };
        Some(if uri == "./One/AppID" { long } else { honest(uri) })
    });
    assert_eq!(located.locations.iter().map(|location| location.items.len()).collect::<Vec<_>>(), [1, 2]);
    assert!(!located.is_complete);
    // Items.
    for (answer_nodes, expected) in [(4, [2, 2]), (3, [2, 1]), (0, [0, 0])] {
        let limits = Limits { answer_nodes, ..Limits::default() };
        let options = LocatorOptions { limits, ..LocatorOptions::default() };
        let (located, _) = run_with(Locator::new(query.clone(), unknown(), options), |uri| Some(honest(uri)));
        assert_eq!(located.locations.iter().map(|location| location.items.len()).collect::<Vec<_>>(), expected);
        assert_eq!(located.is_complete, answer_nodes == 4);
    }
}

/// Only what begins an object has an identifier; other types of interior nodes are media types, or nothing.
#[test]
fn a_listing_with_types_of_all_kinds_has_objects_where_identifiers_are() {
    let types = [
        ("./A", Some("text/plain"), false),
        ("./B", Some("urn:oma:mo:oma-fumo:1.0"), true),
        ("./B/C", None, false),
        ("./B/D", Some("com.companyx/1.2/ProductY"), true),
        ("./E", Some(""), false),
        ("./F", Some("application/vnd.x"), false),
        ("./G", Some("x:y"), true),
    ];
    let objects: Vec<&str> = types.iter().filter(|(.., is_object)| *is_object).map(|(uri, ..)| *uri).collect();
    let (located, _) = run(&LocationQuery::new(), |_| {
        let nodes = types.iter().map(|(uri, media_type, _)| item(uri, Some(Format::Node), *media_type, None));
        // A leaf has a type as well, and it is no identifier whatever it looks like.
        let leaf = item("./L", None, Some("urn:oma:mo:oma-fumo:1.0"), None);
        Some(Reply { items: nodes.chain([leaf]).collect(), ..status(200) })
    });
    assert_eq!(uris(&located), objects);
    assert!(located.is_complete && located.locations.iter().all(|location| location.found == Found::Listed));
    // The same one by one.
    let (located, _) = run(&LocationQuery::new(), |uri| {
        Some(match uri.split_once('?') {
            Some((node, "prop=Type")) => {
                let media_type = types.iter().find(|(uri, ..)| *uri == node).and_then(|(_, media_type, _)| *media_type);
                Reply { items: vec![item(uri, None, None, media_type)], ..status(200) }
            }
            Some(_) => status(406),
            None if uri == "." => names(uri, "A/B/E/F/G/L"),
            None if uri == "./B" => names(uri, "C/D"),
            None if uri == "./L" => Reply { items: vec![item(uri, None, None, Some("1"))], ..status(200) },
            None => names(uri, ""),
        })
    });
    assert_eq!(uris(&located), objects);
    assert!(located.is_complete && located.locations.iter().all(|location| location.found == Found::Walked));
}

/// The first question, and what is asked after it was answered.
fn ask(query: &LocationQuery<'static>, limits: Limits, reply: &Reply<'_>) -> (Option<String>, Located) {
    let mut locator = Locator::new(query.clone(), unknown(), LocatorOptions { limits, ..on() });
    let questions = locator.next_questions();
    assert_eq!(questions[0].uri, query.to_string());
    locator.answer(questions[0].number, reply);
    let next = locator.next_questions().first().map(|question| question.uri.clone());
    (next, locator.finish())
}

#[test]
fn nothing_is_taken_of_an_asked_answer_that_has_anything_wrong() {
    let query = accounts().below("./Here").unwrap().get("AppID").unwrap().get("*").unwrap().get("To/*/Addr").unwrap();
    let limits = Limits { locations: 3, answer_nodes: 5, depth: 6, buffer: 2_000, ..Limits::default() };
    let count = |count: usize| {
        item(&query.to_string(), Some(Format::Int), Some("text/x-omadm-mo-count"), Some(&count.to_string()))
    };
    let place = |uri: &str| item(uri, Some(Format::Node), Some(ACCOUNT), None);
    let leaf = |uri: &str| item(uri, None, None, Some("1"));
    let outcome = |items: Vec<ResultItem<'static>>, is_cut: bool| {
        let places = items.iter().filter(|item| item.media_type.as_deref().is_some_and(|it| it.contains(':'))).count();
        let items = [vec![count(places)], items].concat();
        let (next, located) = ask(&query, limits, &Reply { items, is_cut, ..status(200) });
        assert_eq!(located.support.location_query_seen, Some(true), "understood all the same");
        assert_eq!(located.is_complete, next.is_none());
        let uris =
            located.locations.into_iter().map(|location| (location.uri, location.items.len())).collect::<Vec<_>>();
        assert!(next.is_none() || (uris.is_empty() && next.as_deref() == Some("./Here?list=Struct")));
        next.is_none().then_some(uris)
    };
    // As it should be: the start itself, an object in another, a node to which two paths lead.
    let right = vec![
        place("./Here"),
        leaf("./Here/AppID"),
        leaf("./Here/AppID"),
        item("./Here/To", Some(Format::Node), None, None),
        leaf("./Here/To/%31/Addr"),
        place("./Here/A"),
        leaf("./Here/A/X"),
    ];
    let uris = vec![("./Here".to_owned(), 4), ("./Here/A".to_owned(), 1)];
    assert_eq!(outcome(right.clone(), false), Some(uris));
    assert_eq!(outcome(vec![], false), Some(vec![]));
    assert_eq!(outcome(right, true), None, "chunks are missing");
    let wrong = [
        // Foreign, or none.
        ("elsewhere", vec![place("./There")]),
        ("above", vec![place(".")]),
        ("a name that begins alike", vec![place("./Here2")]),
        ("up again", vec![place("./Here/../There")]),
        ("no URI", vec![place("")]),
        ("not escaped", vec![place("./Here/a b")]),
        ("with a query", vec![place("./Here/A?prop=ACL")]),
        ("other object", vec![item("./Here/A", Some(Format::Node), Some("urn:oma:mo:oma-fumo:1.0"), None)]),
        ("with data", vec![item("./Here/A", Some(Format::Node), Some(ACCOUNT), Some("B"))]),
        ("too deep", vec![place("./Here/1/2/3/4/5/6")]),
        ("too long", vec![place(&format!("./Here/{}", "n".repeat(5_000)))]),
        // Repeated.
        ("twice", vec![place("./Here/A"), place("./Here/A")]),
        ("twice, spelt otherwise", vec![place("./Here/A"), place("./Here/%41")]),
        ("twice, not side by side", vec![place("./Here/A"), place("./Here/B"), place("Here/A")]),
        // Too many, too large.
        ("four", vec![place("./Here/A"), place("./Here/B"), place("./Here/C"), place("./Here/D")]),
        (
            "six items",
            [vec![place("./Here/A")], (0..6).map(|index| leaf(&format!("./Here/A/{index}"))).collect()].concat(),
        ),
        ("values", vec![place("./Here/A"), item("./Here/A/AppID", None, None, Some(&"v".repeat(2_000)))]),
        // Items.
        ("item of nothing", vec![leaf("./Here/A/AppID"), place("./Here/A")]),
        ("item elsewhere", vec![place("./Here/A"), leaf("./Here/B/AppID")]),
        ("item outside", vec![place("./Here/A"), leaf("./There/AppID")]),
        ("item is the root", vec![place("./Here/A"), leaf("./Here/A")]),
        ("item not asked for", vec![place("./Here/A"), leaf("./Here/A/To/1/Port")]),
        ("item too deep", vec![place("./Here/A"), leaf("./Here/A/To/1/Addr/B")]),
        ("item once too often", vec![place("./Here/A"), leaf("./Here/A/X"), leaf("./Here/A/%58")]),
        ("item without a URI", vec![place("./Here/A"), leaf("")]),
        ("second count", vec![place("./Here/A"), count(1)]),
    ];
    for (name, items) in wrong {
        assert_eq!(outcome(items, false), None, "{name}");
    }
}

#[test]
fn after_a_wrong_answer_the_ladder_finds_what_is_there() {
    let query = accounts();
    let target = query.to_string();
    let lie = |uri: &str| {
        if uri != target {
            return Some(honest(uri));
        }
        let count = item(uri, Some(Format::Int), Some("text/x-omadm-mo-count"), Some("2"));
        let place = item("./Nowhere", Some(Format::Node), Some(ACCOUNT), None);
        Some(Reply { items: vec![count, place.clone(), place], ..status(200) })
    };
    let (located, sent) = run_with(Locator::new(query.clone(), unknown(), on()), lie);
    assert_eq!(uris(&located), ["./One", "./More/Two"]);
    assert_eq!((sent.len(), located.is_complete), (2, true));
}

#[test]
fn silence_is_not_noted() {
    for known in [unknown(), QuerySupport { location_query_seen: Some(true), ..unknown() }] {
        let locator = Locator::new(accounts(), known.clone(), on());
        let (located, sent) = run_with(locator, |uri| (!uri.contains("x-omadm")).then(|| honest(uri)));
        assert_eq!(sent[0], accounts().to_string());
        assert_eq!(located.support, known);
        assert_eq!(uris(&located), ["./One", "./More/Two"]);
    }
}

#[test]
fn what_was_seen_outranks_what_was_announced() {
    let announced = QuerySupport { location_query_announced: Some(true), ..unknown() };
    assert!(announced.may_ask());
    assert!(!announced.may_address(), "it has not answered one, nor announced the address");
    for code in [200, 400, 404, 405, 406, 413, 500] {
        let refuse = |uri: &str| Some(if uri.contains("x-omadm") { status(code) } else { honest(uri) });
        let (located, sent) = run_with(Locator::new(accounts(), announced.clone(), on()), refuse);
        assert_eq!(sent[0], accounts().to_string());
        assert_eq!(located.support, QuerySupport { location_query_seen: Some(false), ..announced.clone() });
        let (again, sent) = run_with(Locator::new(accounts(), located.support.clone(), on()), refuse);
        assert!(sent.iter().all(|uri| !uri.contains("x-omadm")), "{code}");
        assert_eq!(again.support, located.support);
    }
    // What denies it and was seen to answer is asked; what denies it and was never seen is not.
    let denied = QuerySupport { location_query_announced: Some(false), ..unknown() };
    assert!(!denied.may_ask());
    let seen = QuerySupport { location_query_seen: Some(true), ..denied };
    assert!(seen.may_ask() && seen.may_address());
}
