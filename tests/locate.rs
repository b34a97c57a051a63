//! The way of a server to the places of management objects (`provisional.md` §4.6), on scripted devices: each row of the table
//! there, and devices that fail in other ways. Questions and answers travel in messages.

use omadm::markup::{Encoding, Options};
use omadm::query::LocationQuery;
use omadm::session::{
    Found, Located, Locator, LocatorOptions, QuerySupport, Reply, ResultData, ResultItem, ResultsOptions, results,
};
use omadm::syncml::{CommandKind, Message, MessageBuilder, NewCommand, StatusCode};
use omadm::tnds;
use omadm::tree::{Format, Principal, Tree};
use std::collections::HashSet;

const INBOX: &str = "urn:oma:mo:oma-dm-inbox:1.0";

fn object(name: &str, mo_id: &str, inside: &str) -> String {
    format!(
        "<Node><NodeName>{name}</NodeName><RTProperties><Format><node/></Format>\
         <Type><DDFName>{mo_id}</DDFName></Type></RTProperties>{inside}</Node>"
    )
}

fn interior(name: &str, acl: &str, inside: &str) -> String {
    format!(
        "<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL><Format><node/></Format></RTProperties>{inside}</Node>"
    )
}

fn leaf(name: &str, value: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><Value>{value}</Value></Node>")
}

fn device() -> Tree<'static> {
    let address = |uri: &str| interior("1", "", &(leaf("Addr", uri) + &leaf("Port", "443")));
    let account = |name: &str, app_id: &str, addresses: &str| {
        let id = format!("{}.example", name.to_ascii_lowercase());
        let inside = leaf("AppID", app_id) + &leaf("ServerID", &id) + &interior("AppAddr", "", addresses);
        object(name, "urn:oma:mo:oma-dm-dmacc:1.0", &inside)
    };
    let accounts = account("Op", "w7", &address("https://dm.op.example/"))
        + &account("Maker%20X", "w7", &address("https://maker/"))
        + &account("Mail", "w5", "");
    let level =
        "<Node><NodeName>Level</NodeName><RTProperties><Format><int/></Format></RTProperties><Value>3</Value></Node>";
    let icon = "<Node><NodeName>Icon</NodeName><RTProperties><Format><bin/></Format><Type><MIME>image/png</MIME></Type>\
        </RTProperties><Value>AP8B</Value></Node>";
    let fumo = |name: &str| {
        let download = interior("Download", "", &leaf("PkgURL", &format!("https://{name}/")));
        object(name, "urn:oma:mo:oma-fumo:1.0", &(leaf("PkgName", name) + &download + level + icon))
    };
    let hidden = "<Node><NodeName>Hidden</NodeName><RTProperties><ACL>Get=other</ACL><Format><node/></Format>\
        <Type><DDFName>urn:oma:mo:oma-fumo:1.0</DDFName></Type></RTProperties></Node>";
    let document = [
        "<MgmtTree>".to_owned(),
        object("DevInfo", "urn:oma:mo:oma-dm-devinfo:1.0", &(leaf("Man", "Acme") + &leaf("DevId", "IMEI:1"))),
        object("DevDetail", "urn:oma:mo:oma-dm-devdetail:1.0", &leaf("SwV", "1")),
        interior("DMAcc", "", &accounts),
        interior("Caf%C3%A9", "", &(fumo("radio") + &object("Box", "com.companyx/1.2/ProductY", &fumo("system")))),
        hidden.to_owned(),
        leaf("Alone", "1"),
        object("Inbox", INBOX, &object("Sent", "urn:oma:mo:oma-dm-dmacc:1.0", &leaf("AppID", "w7"))),
        "</MgmtTree>".to_owned(),
    ]
    .concat();
    tnds::decode(document.as_bytes()).unwrap().into_owned()
}

/// What a device makes of the URI of a `Get`: a status, or nothing when it ends the session instead.
type Script = fn(&Tree<'static>, &str) -> (Option<u16>, Vec<ResultItem<'static>>);

fn with(tree: &Tree<'static>, uri: &str, location_queries: bool) -> (Option<u16>, Vec<ResultItem<'static>>) {
    let principal = Principal::Server("op.example");
    let options = ResultsOptions { principal, encoding: Encoding::Xml, location_queries, ..ResultsOptions::default() };
    match results(tree, uri, &options) {
        Ok(items) => (Some(200), items.into_iter().map(ResultItem::into_owned).collect()),
        Err(error) => (Some(StatusCode::of(error.kind()).0), Vec::new()),
    }
}

fn status(code: u16) -> (Option<u16>, Vec<ResultItem<'static>>) {
    (Some(code), Vec::new())
}

fn omadm(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    with(tree, uri, true)
}

/// By the text of DM 1.2, with all lists.
fn text_1_2(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    with(tree, uri, false)
}

/// No lists at all.
fn libdmclient(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    if uri.contains("?list=") { status(406) } else { with(tree, uri, false) }
}

fn motorola(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    if uri.contains("?list=x-") { status(400) } else { with(tree, uri, false) }
}

/// Says 200 to what it does not know, and looks for the letters TNDS.
fn car(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    match uri.split_once('?') {
        Some((_, query)) if query.contains("TNDS") => with(tree, uri, false),
        Some((_, query)) if query.starts_with("list=") => status(200),
        _ => with(tree, uri, false),
    }
}

/// The same client where it bars the root.
fn barred_car(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    if uri.starts_with(".?list=") { status(405) } else { with(tree, uri, false) }
}

/// Ends the session when asked for the whole structure.
fn aborting(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    match uri {
        ".?list=Struct" => (None, Vec::new()),
        _ if uri.contains("x-omadm") => status(406),
        _ => with(tree, uri, false),
    }
}

/// Takes no answer of more than nine nodes.
fn small(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    match with(tree, uri, false) {
        (_, items) if items.len() > 9 => status(413),
        answer => answer,
    }
}

/// Neither lists nor properties.
fn poor(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    if uri.contains('?') { status(406) } else { with(tree, uri, false) }
}

/// Structures without identifiers, documents with media types.
fn untyped(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
    let (status, mut items) = text_1_2(tree, uri);
    if uri.ends_with("?list=Struct") {
        for item in items.iter_mut().filter(|item| item.format == Some(Format::Node)) {
            item.media_type = Some("text/plain".into());
        }
    }
    (status, items)
}

/// One exchange: the questions in a message, the answers in another.
fn exchange(script: Script, tree: &Tree<'static>, uris: &[String], encoding: Encoding) -> Option<Vec<u8>> {
    let mut ask = MessageBuilder::new("1", "1", "device", "server");
    for uri in uris {
        ask.command(&NewCommand::new(CommandKind::Get, &[omadm::syncml::NewItem::target(uri)])).unwrap();
    }
    let octets = ask.finish().unwrap().encode(encoding).unwrap();
    let asked = Message::decode(&octets).unwrap();
    let mut answer = MessageBuilder::new("1", "2", "server", "device");
    for get in asked.commands() {
        let uri = get.items().next().unwrap().target().unwrap();
        let (status, items) = script(tree, uri);
        answer.command(&NewCommand::status("1", get.cmd_id(), "Get", &status?.to_string())).unwrap();
        let items: Vec<_> = items.iter().map(ResultItem::to_new_item).collect();
        // Several Results may answer one command.
        for part in items.chunks(3) {
            answer.command(&NewCommand::results("1", get.cmd_id(), part)).unwrap();
        }
    }
    Some(answer.finish().unwrap().encode(encoding).unwrap())
}

/// The outcome, and all URIs that were sent, message by message.
fn run_with(
    mut locator: Locator<'_>,
    script: Script,
    tree: &Tree<'static>,
    encoding: Encoding,
) -> (Located, Vec<Vec<String>>) {
    let mut sent = Vec::new();
    loop {
        let questions = locator.next_questions();
        if questions.is_empty() {
            assert!(locator.next_questions().is_empty(), "the end stays the end");
            return (locator.finish(), sent);
        }
        let uris: Vec<String> = questions.iter().map(|question| question.uri.clone()).collect();
        if let Some(octets) = exchange(script, tree, &uris, encoding) {
            let message = Message::decode(&octets).unwrap();
            for (index, question) in questions.iter().enumerate() {
                let cmd_ref = (index + 1).to_string();
                let reply = Reply::collect(message.all_commands(), "1", &cmd_ref, &Options::default());
                locator.answer(question.number, &reply);
            }
        }
        sent.push(uris);
    }
}

fn on() -> LocatorOptions {
    LocatorOptions { location_queries: true, ..LocatorOptions::default() }
}

fn unknown() -> QuerySupport {
    QuerySupport::new("IMEI:1", "1")
}

fn run(query: &LocationQuery<'static>, script: Script) -> (Located, Vec<Vec<String>>) {
    run_with(Locator::new(query.clone(), unknown(), on()), script, &device(), Encoding::Xml)
}

/// URI, identifier and items, without how it was found.
fn places(located: &Located) -> Vec<(String, String, Vec<ResultItem<'static>>)> {
    let locations = located.locations.iter();
    locations.map(|location| (location.uri.clone(), location.mo_id.clone(), location.items.clone())).collect()
}

fn uris(located: &Located) -> Vec<&str> {
    located.locations.iter().map(|location| location.uri.as_str()).collect()
}

fn found(located: &Located) -> Vec<Found> {
    let kinds: HashSet<Found> = located.locations.iter().map(|location| location.found).collect();
    kinds.into_iter().collect()
}

/// Questions of all kinds, with the URIs that answer them.
fn queries() -> Vec<(LocationQuery<'static>, &'static [&'static str])> {
    let accounts = || LocationQuery::new().id("urn:oma:mo:oma-dm-dmacc:*").unwrap();
    let fumo = || LocationQuery::new().id("urn:oma:mo:oma-fumo:1.0").unwrap();
    vec![
        (
            accounts().with_value("AppID", "w7").unwrap().get("ServerID").unwrap().get("AppAddr/*/Addr").unwrap(),
            &["./DMAcc/Op", "./DMAcc/Maker%20X"],
        ),
        (accounts(), &["./DMAcc/Op", "./DMAcc/Maker%20X", "./DMAcc/Mail"]),
        (
            accounts().with_node("AppAddr/*/Port").unwrap().with_node("AppAddr/1").unwrap(),
            &["./DMAcc/Op", "./DMAcc/Maker%20X"],
        ),
        (accounts().with_value("AppAddr/*/Port", "80").unwrap(), &[]),
        (fumo(), &["./Caf%C3%A9/radio", "./Caf%C3%A9/Box/system"]),
        (
            fumo().with_value("PkgName", "system").unwrap().get("*").unwrap().get("Download/PkgURL").unwrap(),
            &["./Caf%C3%A9/Box/system"],
        ),
        // A value of octets equals nothing; a hidden object is not there.
        (fumo().with_value("Icon", "AP8B").unwrap(), &[]),
        (fumo().below("./Hidden").unwrap(), &[]),
        (fumo().below("Café/Box").unwrap().get("Level").unwrap(), &["./Caf%C3%A9/Box/system"]),
        (LocationQuery::new().id("com.companyx/1.2/ProductY").unwrap().get("*/PkgName").unwrap(), &["./Caf%C3%A9/Box"]),
        (LocationQuery::new().id(INBOX).unwrap(), &["./Inbox"]),
        (
            LocationQuery::new()
                .id("urn:oma:mo:oma-dm-dmacc:1.1")
                .unwrap()
                .id("urn:oma:mo:oma-dm-devinfo:1.0")
                .unwrap(),
            &["./DevInfo"],
        ),
        (
            LocationQuery::new(),
            &[
                "./DevInfo",
                "./DevDetail",
                "./DMAcc/Op",
                "./DMAcc/Maker%20X",
                "./DMAcc/Mail",
                "./Caf%C3%A9/radio",
                "./Caf%C3%A9/Box",
                "./Caf%C3%A9/Box/system",
                "./Inbox",
            ],
        ),
    ]
}

#[test]
fn each_client_of_the_table_ends_with_the_same_locations() {
    let scripts: [(&str, Script, Found, bool); 10] = [
        ("omadm", omadm, Found::Asked, true),
        ("1.2 text", text_1_2, Found::Listed, false),
        ("libdmclient", libdmclient, Found::Walked, false),
        ("Motorola", motorola, Found::Listed, false),
        ("car", car, Found::Listed, false),
        ("car that bars the root", barred_car, Found::Walked, false),
        ("aborting", aborting, Found::Listed, false),
        ("small", small, Found::Listed, false),
        ("untyped", untyped, Found::Listed, false),
        ("small, in WBXML", small, Found::Listed, false),
    ];
    for (query, expected) in queries() {
        let (asked, sent) = run(&query, omadm);
        let refused = query.to_string().contains("in=./Hidden");
        assert!(refused || sent == [[query.to_string()]], "one round trip");
        assert_eq!(uris(&asked), expected, "{query}");
        for (index, (name, script, how, understood)) in scripts.into_iter().enumerate() {
            let encoding = if index == 9 { Encoding::Wbxml } else { Encoding::Xml };
            let locator = Locator::new(query.clone(), unknown(), on());
            let (located, sent) = run_with(locator, script, &device(), encoding);
            // In WBXML octets are octets, in XML they are base64.
            if encoding == Encoding::Xml || !query.to_string().contains("get=*") {
                assert_eq!(places(&located), places(&asked), "{name}: {query}");
            }
            assert_eq!(located.support.location_query_seen, Some(understood && !refused), "{name}");
            if refused {
                continue;
            }
            let (first, later) = sent.split_first().unwrap();
            assert_eq!(*first, [query.to_string()], "{name}: alone in its message");
            assert!(later.iter().flatten().all(|uri| !uri.contains("x-omadm")), "{name}");
            // A part of the root that this client does bar is reached all the same.
            let is_part = name == "car that bars the root" && query.to_string().contains("in=");
            if !expected.is_empty() && !is_part {
                assert_eq!(found(&located), [how], "{name}: {query}");
            }
            assert!(located.is_complete, "{name}: {query}");
        }
    }
}

#[test]
fn what_is_got_is_the_same_as_the_device_would_say() {
    let query = LocationQuery::new().id("urn:oma:mo:oma-fumo:1.0").unwrap().with_value("PkgName", "system").unwrap();
    let query = query.get("*").unwrap();
    for script in [omadm, text_1_2, libdmclient, car] {
        let (located, _) = run(&query, script);
        let items: Vec<String> = located.locations[0]
            .items
            .iter()
            .map(|item| {
                let data = match &item.data {
                    Some(ResultData::Text(text)) => text.as_ref(),
                    Some(_) => "?",
                    None => "(none)",
                };
                let format = item.format.map_or("", Format::name);
                format!("{} {format} {} {data}", item.source, item.media_type.as_deref().unwrap_or_default())
            })
            .collect();
        assert_eq!(
            items,
            [
                "./Caf%C3%A9/Box/system/PkgName   system",
                "./Caf%C3%A9/Box/system/Download node  (none)",
                "./Caf%C3%A9/Box/system/Level int  3",
                "./Caf%C3%A9/Box/system/Icon b64 image/png AP8B",
            ]
        );
    }
}

#[test]
fn only_dm_1_2_is_spoken_unless_the_query_was_switched_on() {
    let (query, expected) = queries().remove(0);
    for script in [omadm, text_1_2, libdmclient, car] {
        let locator = Locator::new(query.clone(), unknown(), LocatorOptions::default());
        let (located, sent) = run_with(locator, script, &device(), Encoding::Xml);
        assert!(sent.iter().flatten().all(|uri| !uri.contains("x-omadm")));
        assert_eq!(located.support, unknown(), "nothing was learnt");
        assert_eq!(uris(&located), expected);
    }
}

#[test]
fn who_did_not_understand_is_not_asked_again_until_the_software_changes() {
    let (query, expected) = queries().remove(0);
    for script in [text_1_2, motorola, car, barred_car, libdmclient] {
        let (first, _) = run(&query, script);
        let mut known = first.support;
        assert!(!known.may_ask() && !known.may_address());
        let again = Locator::new(query.clone(), known.clone(), on());
        let (second, sent) = run_with(again, script, &device(), Encoding::Xml);
        assert!(sent.iter().flatten().all(|uri| !uri.contains("x-omadm")));
        assert_eq!((uris(&second), &second.support), (expected.to_vec(), &known));
        known.update("IMEI:1", "1");
        assert!(!known.may_ask());
        known.update("IMEI:1", "2");
        assert_eq!(known, QuerySupport::new("IMEI:1", "2"));
        known.location_query_seen = Some(false);
        known.update("IMEI:2", "2");
        assert!(known.may_ask());
    }
    let (first, _) = run(&query, omadm);
    assert!(first.support.may_ask() && first.support.may_address());
    // Whoever announced that it takes no addresses gets none.
    let denied = QuerySupport { node_address: Some(false), ..first.support.clone() };
    assert!(!denied.may_address());
    assert!(QuerySupport { node_address: Some(true), ..unknown() }.may_address());
    assert!(!unknown().may_address());
    // An answer that is no answer does not undo what was seen before, except a plain "I do not support this".
    let missing = LocationQuery::new().below("None").unwrap();
    let locator = Locator::new(missing, first.support.clone(), on());
    assert_eq!(run_with(locator, omadm, &device(), Encoding::Xml).0.support, first.support);
    let locator = Locator::new(query.clone(), first.support.clone(), on());
    assert_eq!(run_with(locator, text_1_2, &device(), Encoding::Xml).0.support.location_query_seen, Some(false));
}

/// What looks like an answer, and is none: `provisional.md` §4.6.
#[test]
fn understood_is_status_200_with_our_count_of_our_question() {
    let query = LocationQuery::new().id("urn:oma:mo:oma-dm-devinfo:1.0").unwrap();
    let count = |source: &str, media_type: &'static str, count: &'static str| ResultItem {
        source: source.to_owned(),
        format: Some(Format::Int),
        media_type: Some(media_type.into()),
        data: Some(ResultData::Text(count.into())),
    };
    let place = ResultItem {
        source: "./Else".to_owned(),
        format: Some(Format::Node),
        media_type: Some("urn:oma:mo:oma-dm-devinfo:1.0".into()),
        data: None,
    };
    let target = query.to_string();
    let ours = "text/x-omadm-mo-count";
    for (code, items, understood, is_used) in [
        (200, vec![count(&target, ours, "1"), place.clone()], true, true),
        (200, vec![place.clone(), count(&target, ours, "1")], true, true),
        (200, vec![count(&target, ours, "0")], true, true),
        // Not whole: understood, and found by other means.
        (200, vec![count(&target, ours, "2"), place.clone()], true, false),
        (200, vec![count(&target, ours, "x"), place.clone()], true, false),
        (200, vec![place.clone()], false, false),
        (200, vec![], false, false),
        (200, vec![count(".", ours, "1"), place.clone()], false, false),
        (200, vec![count(&target, "text/plain", "1"), place.clone()], false, false),
        (206, vec![count(&target, ours, "1"), place.clone()], false, false),
        (406, vec![], false, false),
        (413, vec![], false, false),
    ] {
        let mut locator = Locator::new(query.clone(), unknown(), on());
        let questions = locator.next_questions();
        assert_eq!(questions.iter().map(|question| question.uri.as_str()).collect::<Vec<_>>(), [target.as_str()]);
        let reply = Reply { status: Some(StatusCode(code)), items: items.clone(), ..Reply::default() };
        locator.answer(questions[0].number, &reply);
        let next = locator.next_questions();
        assert_eq!(
            next.first().map(|next| next.uri.as_str()),
            (!is_used).then_some(".?list=Struct"),
            "{code} {items:?}"
        );
        let located = locator.finish();
        assert_eq!(located.support.location_query_seen, Some(understood));
        assert_eq!(located.is_complete, is_used);
        let is_there = is_used && items.len() == 2;
        assert_eq!(uris(&located), if is_there { vec!["./Else"] } else { vec![] });
    }
}

#[test]
fn a_structure_that_is_too_much_is_asked_for_in_parts() {
    let query = LocationQuery::new().id("urn:oma:mo:oma-fumo:1.0").unwrap();
    let (_, sent) = run(&query, aborting);
    let parts = [
        "./DevInfo?list=Struct",
        "./DevDetail?list=Struct",
        "./DMAcc?list=Struct",
        "./Caf%C3%A9?list=Struct",
        "./Hidden?list=Struct",
        "./Alone?list=Struct",
        "./Inbox?list=Struct",
    ];
    assert_eq!(sent[1..4], [vec![".?list=Struct".to_owned()], vec![".".to_owned()], parts.map(str::to_owned).to_vec()]);
    // A part that is too much is taken apart again; the object that begins there is not forgotten.
    let (located, sent) = run(&LocationQuery::new(), small);
    let sent: Vec<String> = sent.into_iter().flatten().collect();
    assert!(sent.contains(&"./Caf%C3%A9".to_owned()) && sent.contains(&"./Caf%C3%A9/Box?list=Struct".to_owned()));
    assert!(uris(&located).contains(&"./Caf%C3%A9/Box"));
    fn tiny(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
        match with(tree, uri, false) {
            (_, items) if items.len() > 1 => status(413),
            answer => answer,
        }
    }
    let (in_pieces, _) = run(&LocationQuery::new(), tiny);
    assert_eq!(places(&in_pieces), places(&located));
    assert!(in_pieces.is_complete);
}

#[test]
fn the_inbox_is_there_when_get_is_405() {
    let query = LocationQuery::new().id(INBOX).unwrap();
    for (script, how) in [(libdmclient as Script, Found::Walked), (poor, Found::Walked), (aborting, Found::Listed)] {
        let (located, sent) = run(&query, script);
        assert_eq!((uris(&located), found(&located)), (vec!["./Inbox"], vec![how]));
        assert!(sent.iter().flatten().any(|uri| uri == "./Inbox"));
    }
    let at_once = LocatorOptions { walk: 0, ..on() };
    let (located, _) = run_with(Locator::new(query.clone(), unknown(), at_once), poor, &device(), Encoding::Xml);
    assert_eq!((uris(&located), found(&located)), (vec!["./Inbox"], vec![Found::Guessed]));
    // Only there: another node that cannot be read is not found.
    fn shut(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
        if uri == "./DevInfo" { status(405) } else { poor(tree, uri) }
    }
    assert_eq!(uris(&run(&LocationQuery::new().id("urn:oma:mo:oma-dm-devinfo:1.0").unwrap(), shut).0), [""; 0]);
    fn without(tree: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
        if uri == "./Inbox" { status(404) } else { poor(tree, uri) }
    }
    assert_eq!(uris(&run(&query, without).0), [""; 0]);
}

#[test]
fn usual_places_and_those_of_a_description_are_tried_last() {
    let (query, expected) = queries().remove(0);
    let (located, sent) = run(&query, poor);
    assert_eq!((uris(&located), found(&located)), (expected.to_vec(), vec![Found::Guessed]));
    let (asked, _) = run(&query, omadm);
    assert_eq!(places(&located), places(&asked));
    assert!(!located.is_complete, "there may be others elsewhere");
    assert!(!sent.iter().flatten().any(|uri| uri == "./SyncML/DMAcc"), "the walk has seen that it is not there");
    let at_once = LocatorOptions { walk: 0, ..on() };
    let (located, sent) = run_with(Locator::new(query, unknown(), at_once), poor, &device(), Encoding::Xml);
    assert_eq!((places(&located), found(&located)), (places(&asked), vec![Found::Guessed]));
    let sent: Vec<String> = sent.into_iter().flatten().collect();
    assert_eq!(sent[3..6], ["./DMAcc", "./SyncML/DMAcc", "./DMAcc/Op"]);
    assert!(!sent.iter().any(|uri| uri == "./DevInfo"), "no account is there");

    let fumo = LocationQuery::new().id("urn:oma:mo:oma-fumo:*").unwrap().get("PkgName").unwrap();
    assert_eq!(uris(&run(&fumo, poor).0), [""; 0]);
    let locator = Locator::new(fumo.clone(), unknown(), on());
    let locator = locator.place("urn:oma:mo:oma-fumo:1.0", "Caf%C3%A9/*/system").unwrap();
    let locator = locator.place("urn:oma:mo:oma-fumo:1.0", "Hidden").unwrap();
    let locator = locator.place("urn:oma:mo:oma-scomo:1.0", "Caf%C3%A9/radio").unwrap();
    let (located, _) = run_with(locator, poor, &device(), Encoding::Xml);
    assert_eq!(uris(&located), ["./Caf%C3%A9/Box/system"]);
    assert_eq!(located.locations[0].items[0].source, "./Caf%C3%A9/Box/system/PkgName");
    assert!(Locator::new(fumo, unknown(), on()).place("urn:x:1.0", "a//b").is_err());
}

#[test]
fn commands_are_counted_and_few_at_a_time() {
    let (query, expected) = queries().remove(0);
    for at_once in [1, 3, 1_000] {
        let options = LocatorOptions { at_once, ..on() };
        let (located, sent) =
            run_with(Locator::new(query.clone(), unknown(), options), libdmclient, &device(), Encoding::Xml);
        assert!(sent.iter().all(|message| message.len() <= at_once as usize));
        assert_eq!(uris(&located), expected);
        let all: Vec<&String> = sent.iter().flatten().collect();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len(), "nothing is asked twice");
    }
    // A walk that is cut short goes on at the usual places.
    let options = LocatorOptions { walk: 5, ..on() };
    let (located, sent) =
        run_with(Locator::new(query.clone(), unknown(), options), libdmclient, &device(), Encoding::Xml);
    assert_eq!((uris(&located), located.is_complete), (expected.to_vec(), false));
    assert_eq!(places(&located), places(&run(&query, omadm).0));
    assert!(sent.iter().map(Vec::len).sum::<usize>() < 40);
    // All commands are bounded, whatever the device says.
    for commands in 0..60 {
        for script in [libdmclient, small, poor, text_1_2] {
            let options = LocatorOptions { commands, ..on() };
            let (located, sent) =
                run_with(Locator::new(query.clone(), unknown(), options), script, &device(), Encoding::Xml);
            assert!(sent.iter().map(Vec::len).sum::<usize>() <= commands as usize);
            assert!(uris(&located).iter().all(|uri| expected.contains(uri)));
            if located.is_complete {
                assert_eq!(uris(&located), expected);
            }
        }
    }
}

#[test]
fn a_device_that_says_nothing_or_nonsense_ends_it_all_the_same() {
    fn silent(_: &Tree<'static>, _: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
        (None, Vec::new())
    }
    /// Every node has a child with its own name, and one that is none.
    fn endless(_: &Tree<'static>, uri: &str) -> (Option<u16>, Vec<ResultItem<'static>>) {
        if uri.contains('?') {
            return status(413);
        }
        let item = ResultItem {
            source: uri.to_owned(),
            format: Some(Format::Node),
            media_type: None,
            data: Some(ResultData::Text("a/a/..//./b%/c d".into())),
        };
        (Some(200), vec![item])
    }
    for script in [silent as Script, endless] {
        for query in [LocationQuery::new(), queries().remove(0).0] {
            let options = LocatorOptions { commands: 300, walk: 100, ..on() };
            let (located, sent) = run_with(Locator::new(query, unknown(), options), script, &device(), Encoding::Xml);
            assert!(sent.iter().map(Vec::len).sum::<usize>() <= 300);
            assert!(!located.is_complete);
            assert!(located.locations.iter().all(|location| location.found == Found::Guessed));
        }
    }
}

/// An object that can be read inside one that cannot: listings have it, and the condition does not see the hidden one.
#[test]
fn what_lies_below_a_hidden_node_is_found_in_listings() {
    let inner = "<Node><NodeName>In</NodeName><RTProperties><ACL>Get=*</ACL><Format><node/></Format>\
        <Type><DDFName>urn:x:1.0</DDFName></Type></RTProperties></Node>";
    let outer = format!(
        "<MgmtTree>{}</MgmtTree>",
        object("A", "urn:a:1.0", &interior("B", "Get=other", &(inner.to_owned() + &leaf("C", "1"))))
    );
    let tree = tnds::decode(outer.as_bytes()).unwrap().into_owned();
    for (query, expected) in [
        (LocationQuery::new(), &["./A", "./A/B/In"][..]),
        (LocationQuery::new().with_node("*").unwrap(), &[]),
        (LocationQuery::new().with_node("B/C").unwrap(), &[]),
        (LocationQuery::new().with_node("*/In").unwrap(), &["./A"]),
    ] {
        for script in [omadm, text_1_2, car] {
            let locator = Locator::new(query.clone(), unknown(), on());
            let (located, _) = run_with(locator, script, &tree, Encoding::Xml);
            assert_eq!(uris(&located), expected, "{query}");
        }
    }
}
