//! The location query, the node address and the structural query, by `provisional.md` §4.1 to §4.5.

use omadm::markup::Encoding;
use omadm::query::{LocationQuery, NodeAddress, PrivateList, StructQuery, Uri, UriLimits};
use omadm::session::{ResultsOptions, Target, results, target};
use omadm::syncml::{CommandKind, Message, MessageBuilder, NewCommand, StatusCode};
use omadm::tree::{EditOptions, NewNode, NewValue, Principal, Property, Tree};
use omadm::{ErrorKind, Limits, tnds};
use proptest::prelude::*;

const ACCOUNTS: &str = ".?list=x-omadm-mo+id=urn:oma:mo:oma-dm-dmacc:*+if=AppID=w7+get=ServerID+get=AppAddr/*/Addr";

/// The answer of `provisional.md` §4.2, in a message.
const ANSWER: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>
<SessionID>1</SessionID><MsgID>3</MsgID><Target><LocURI>s</LocURI></Target><Source><LocURI>d</LocURI></Source></SyncHdr>
<SyncBody xmlns="SYNCML:SYNCML1.2">
<Status><CmdID>5</CmdID><MsgRef>2</MsgRef><CmdRef>4</CmdRef><Cmd>Get</Cmd><Data>200</Data></Status>
<Results><CmdID>6</CmdID><MsgRef>2</MsgRef><CmdRef>4</CmdRef>
 <Item><Source><LocURI>.?list=x-omadm-mo+id=urn:oma:mo:oma-dm-dmacc:*+if=AppID=w7+get=ServerID+get=AppAddr/*/Addr</LocURI></Source>
  <Meta><Format xmlns="syncml:metinf">int</Format><Type xmlns="syncml:metinf">text/x-omadm-mo-count</Type></Meta><Data>2</Data></Item>
 <Item><Source><LocURI>./DMAcc/Op</LocURI></Source>
  <Meta><Format xmlns="syncml:metinf">node</Format><Type xmlns="syncml:metinf">urn:oma:mo:oma-dm-dmacc:1.0</Type></Meta></Item>
 <Item><Source><LocURI>./DMAcc/Op/ServerID</LocURI></Source><Data>op.example</Data></Item>
 <Item><Source><LocURI>./DMAcc/Op/AppAddr/1/Addr</LocURI></Source><Data>https://dm.op.example/</Data></Item>
 <Item><Source><LocURI>./DMAcc/Maker</LocURI></Source>
  <Meta><Format xmlns="syncml:metinf">node</Format><Type xmlns="syncml:metinf">urn:oma:mo:oma-dm-dmacc:1.1</Type></Meta></Item>
 <Item><Source><LocURI>./DMAcc/Maker/ServerID</LocURI></Source><Data>maker.example</Data></Item>
</Results></SyncBody></SyncML>"#;

fn object(name: &str, mo_id: &str, acl: &str, inside: &str) -> String {
    format!(
        "<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL><Format><node/></Format>\
         <Type><DDFName>{mo_id}</DDFName></Type></RTProperties>{inside}</Node>"
    )
}

fn interior(name: &str, inside: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><RTProperties><Format><node/></Format></RTProperties>{inside}</Node>")
}

fn leaf(name: &str, value: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><Value>{value}</Value></Node>")
}

/// Two accounts as in the example; firmware objects; one object that only `op` may read, with one inside that all may; an older
/// identifier; one with a blank; an Inbox with an object in it.
fn document() -> String {
    let address = interior("AppAddr", &interior("1", &(leaf("Addr", "https://dm.op.example/") + &leaf("Port", "443"))));
    let op = leaf("AppID", "w7") + &leaf("ServerID", "op.example") + &address;
    let maker = leaf("AppID", "w7") + &leaf("ServerID", "maker.example");
    let mail = leaf("AppID", "w5") + &leaf("ServerID", "mail.example");
    let accounts = object("Op", "urn:oma:mo:oma-dm-dmacc:1.0", "", &op)
        + &object("Maker", "urn:oma:mo:oma-dm-dmacc:1.1", "", &maker)
        + &object("Mail", "urn:oma:mo:oma-dm-dmacc:1.0", "", &mail);
    let icon =
        "<Node><NodeName>Icon</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>AP8B</Value></Node>";
    let fumo = |name: &str| {
        let inside = leaf("PkgName", name) + &interior("Download", &leaf("PkgURL", "https://x/")) + icon;
        object(name, "urn:oma:mo:oma-fumo:1.0", "", &inside)
    };
    let hidden = object("In", "urn:oma:mo:x:1.0", "Get=*", &leaf("Level", "1"))
        + "<Node><NodeName>Shown</NodeName><RTProperties><ACL>Get=*</ACL></RTProperties><Value>yes</Value></Node>"
        + &leaf("Secret", "s");
    let in_inbox = object("Sent", "urn:oma:mo:x:1.0", "", &leaf("Level", "2"));
    [
        "<MgmtTree>".to_owned(),
        object("DevInfo", "urn:oma:mo:oma-dm-devinfo:1.0", "", &leaf("Man", "Acme")),
        interior("DMAcc", &accounts),
        interior("FUMO", &(fumo("radio") + &fumo("system"))),
        object("Shut", "com.companyx/1.2/ProductY", "Get=op&amp;Exec=two", &hidden),
        object("Push", "urn:oma:xml:push :1.0", "", &leaf("A b", "x y")),
        object("Inbox", "urn:oma:mo:oma-dm-inbox:1.0", "", &in_inbox),
        "</MgmtTree>".to_owned(),
    ]
    .concat()
}

fn tree() -> Tree<'static> {
    tnds::decode(document().as_bytes()).unwrap().into_owned()
}

fn options(server: &str) -> ResultsOptions<'_> {
    ResultsOptions { principal: Principal::Server(server), location_queries: true, ..ResultsOptions::default() }
}

/// `source | Format | Type | data` of each item, as a message brings it.
fn ask_with(uri: &str, options: &ResultsOptions<'_>) -> Result<Vec<String>, u16> {
    let tree = tree();
    let items = results(&tree, uri, options).map_err(|error| StatusCode::of(error.kind()).0)?;
    let items: Vec<_> = items.iter().map(|item| item.to_new_item()).collect();
    let mut builder = MessageBuilder::new("1", "2", "server", "client");
    builder.command(&NewCommand::results("1", "4", &items)).unwrap();
    let octets = builder.finish().unwrap().encode(options.encoding).unwrap();
    Ok(lines_of(&Message::decode(&octets).unwrap()))
}

fn lines_of(message: &Message<'_>) -> Vec<String> {
    let results = message.commands().find(|command| command.kind() == CommandKind::Results).unwrap();
    let lines = results.items().map(|item| {
        let meta = item.own_meta();
        format!(
            "{} | {} | {} | {}",
            item.source().unwrap(),
            meta.and_then(|meta| meta.format()).unwrap_or_default(),
            meta.and_then(|meta| meta.media_type()).unwrap_or_default(),
            item.data().map_or("(none)".to_owned(), |data| {
                data.text().map_or_else(|| format!("{:?}", data.bytes()), str::to_owned)
            })
        )
    });
    lines.collect()
}

fn ask(uri: &str, server: &str) -> Result<Vec<String>, u16> {
    ask_with(uri, &options(server))
}

/// The URIs of the locations, whose number must be the count's.
fn locations(uri: &str, server: &str) -> Vec<String> {
    let lines = ask(uri, server).unwrap();
    let (count, items) = lines.split_first().unwrap();
    let found: Vec<String> = items
        .iter()
        .map(|line| line.split(" | ").collect::<Vec<_>>())
        .filter(|parts| parts[1] == "node" && !parts[2].is_empty())
        .map(|parts| parts[0].to_owned())
        .collect();
    assert_eq!(*count, format!("{uri} | int | text/x-omadm-mo-count | {}", found.len()));
    found
}

fn where_to(address: &str, command: CommandKind, server: &str) -> Result<Vec<String>, u16> {
    match target(&tree(), address, command, &options(server)) {
        Ok(Target::Uri(uri)) => Ok(vec![uri.into_owned()]),
        Ok(Target::Several(uris)) => {
            assert!(uris.len() != 1);
            Ok(uris)
        }
        Err(error) => Err(StatusCode::of(error.kind()).0),
    }
}

fn strings(texts: &[&str]) -> Result<Vec<String>, u16> {
    Ok(texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn the_example_is_answered_as_printed() {
    let printed = lines_of(&Message::decode(ANSWER.as_bytes()).unwrap());
    assert_eq!(printed.len(), 6);
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        assert_eq!(ask_with(ACCOUNTS, &ResultsOptions { encoding, ..options("two") }), Ok(printed.clone()));
    }
}

#[test]
fn nothing_is_answered_unless_it_was_switched_on() {
    let off = ResultsOptions { principal: Principal::Server("two"), ..ResultsOptions::default() };
    for uri in [
        ACCOUNTS,
        ".?list=x-omadm-mo",
        ".?list=x-omadm-mo+id=",
        "./DMAcc?list=x-omadm-mo",
        ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-devinfo:1.0",
        ".?list=x-omadm-struct",
    ] {
        assert_eq!(ask_with(uri, &off), Err(406), "{uri}");
        for command in [CommandKind::Get, CommandKind::Replace, CommandKind::Add] {
            let error = target(&tree(), uri, command, &off).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnsupportedQuery, "{uri}");
        }
    }
    assert!(ask_with(".?list=Struct", &off).is_ok());
}

#[test]
fn an_empty_query_lists_every_object_that_the_server_may_get() {
    let all = [
        "./DevInfo",
        "./DMAcc/Op",
        "./DMAcc/Maker",
        "./DMAcc/Mail",
        "./FUMO/radio",
        "./FUMO/system",
        "./Shut",
        "./Shut/In",
        "./Push",
        "./Inbox",
    ];
    assert_eq!(locations(".?list=x-omadm-mo", "op"), all);
    // A hidden root is absent; one inside it that is not hidden is there. What is in the Inbox is shown to nobody.
    let for_two: Vec<_> = all.into_iter().filter(|uri| *uri != "./Shut").collect();
    assert_eq!(locations(".?list=x-omadm-mo", "two"), for_two);
}

#[test]
fn identifiers_are_compared_after_decoding_with_and_without_version() {
    assert_eq!(locations(".?list=x-omadm-mo+id=urn:oma:xml:push%20:1.0", "two"), ["./Push"]);
    assert_eq!(locations(".?list=x-omadm-mo+id=com.companyx/1.2/ProductY", "op"), ["./Shut"]);
    assert_eq!(locations(".?list=x-omadm-mo+id=com.companyx%2f1.2%2fProductY", "op"), ["./Shut"]);
    assert_eq!(locations(".?list=x-omadm-mo+id=com.companyx/1.2/ProductY", "two"), [""; 0]);
    assert_eq!(locations(".?list=x-omadm-mo+id=urn:oma:mo:oma-fumo:*", "two"), ["./FUMO/radio", "./FUMO/system"]);
    assert_eq!(locations(".?list=x-omadm-mo+id=urn:oma:mo:*", "two"), [""; 0]);
    assert_eq!(locations(".?list=x-omadm-mo+id=urn:oma:mo:OMA-FUMO:1.0", "two"), [""; 0]);
    let two = ".?list=x-omadm-mo+id=urn:oma:mo:oma-fumo:1.0+id=urn:oma:mo:oma-dm-dmacc:1.1";
    assert_eq!(locations(two, "two"), ["./DMAcc/Maker", "./FUMO/radio", "./FUMO/system"]);
}

#[test]
fn conditions_and_places_narrow_the_search() {
    let find = |terms: &str| locations(&format!(".?list=x-omadm-mo{terms}"), "two");
    assert_eq!(find("+in=FUMO"), ["./FUMO/radio", "./FUMO/system"]);
    assert_eq!(find("+in=./FUMO/radio"), ["./FUMO/radio"], "the start itself counts");
    assert_eq!(find("+in=."), find(""));
    assert_eq!(find("+if=PkgName=radio"), ["./FUMO/radio"]);
    assert_eq!(find("+if=Download"), ["./FUMO/radio", "./FUMO/system"]);
    assert_eq!(find("+if=*/*/Addr"), ["./DMAcc/Op"]);
    assert_eq!(find("+if=A%20b=x%20y"), ["./Push"]);
    assert_eq!(find("+if=AppID=w7+if=ServerID=maker.example"), ["./DMAcc/Maker"]);
    assert_eq!(find("+if=AppID=W7"), [""; 0]);
    assert_eq!(find("+if=Download="), [""; 0], "an interior node equals nothing");
    assert_eq!(find("+if=Icon=AP8B"), [""; 0], "nor does one of octets");
    assert_eq!(find("+if=Icon"), ["./FUMO/radio", "./FUMO/system"]);
    // What the server may not Get, and what is in the Inbox, makes no condition hold.
    assert_eq!(find("+if=Secret"), [""; 0]);
    assert_eq!(locations(".?list=x-omadm-mo+if=Secret", "op"), ["./Shut"]);
    assert_eq!(find("+if=Sent"), [""; 0]);
    assert_eq!(find("+if=Level=2"), [""; 0]);
}

#[test]
fn what_is_got_with_a_location_is_never_taken_for_one() {
    let lines = ask(".?list=x-omadm-mo+id=com.companyx/1.2/ProductY+get=*+get=In/Level+get=None", "op").unwrap();
    assert_eq!(
        lines[1..],
        [
            "./Shut | node | com.companyx/1.2/ProductY | (none)",
            // An interior node has a Format, but no Type, although an object begins here.
            "./Shut/In | node |  | (none)",
            "./Shut/Shown |  |  | yes",
            "./Shut/Secret |  |  | s",
            "./Shut/In/Level |  |  | 1",
        ]
    );
    let icons = ask(".?list=x-omadm-mo+id=urn:oma:mo:oma-fumo:1.0+if=PkgName=radio+get=Icon", "two").unwrap();
    assert_eq!(icons[2], "./FUMO/radio/Icon | bin |  | [0, 255, 1]");
}

#[test]
fn a_structure_is_counted_cut_and_filtered() {
    let lines = |uri: &str, server| ask(uri, server);
    assert_eq!(
        lines(".?list=x-omadm-struct+in=./DMAcc/Op+data+depth=1", "two"),
        strings(&[
            ".?list=x-omadm-struct+in=./DMAcc/Op+data+depth=1 | int | text/x-omadm-struct-count | 4",
            "./DMAcc/Op | node | urn:oma:mo:oma-dm-dmacc:1.0 | (none)",
            "./DMAcc/Op/AppID |  |  | w7",
            "./DMAcc/Op/ServerID |  |  | op.example",
            "./DMAcc/Op/AppAddr | node |  | (none)",
        ])
    );
    assert_eq!(
        lines(".?list=x-omadm-struct+in=DevInfo", "two"),
        strings(&[
            ".?list=x-omadm-struct+in=DevInfo | int | text/x-omadm-struct-count | 2",
            "./DevInfo | node | urn:oma:mo:oma-dm-devinfo:1.0 | (none)",
            "./DevInfo/Man |  |  | (none)",
        ])
    );
    assert_eq!(
        lines(".?list=x-omadm-struct+depth=0", "two"),
        strings(&[".?list=x-omadm-struct+depth=0 | int | text/x-omadm-struct-count | 1", ". | node |  | (none)"])
    );
    // Without an end it is the answer to ?list=Struct and ?list=StructData, with a count before it.
    for server in ["op", "two"] {
        for (query, plain) in
            [(".?list=x-omadm-struct", ".?list=Struct"), (".?list=x-omadm-struct+data", ".?list=StructData")]
        {
            let (count, nodes) = {
                let mut lines = lines(query, server).unwrap();
                (lines.remove(0), lines)
            };
            assert_eq!(nodes, lines(plain, server).unwrap());
            assert_eq!(count, format!("{query} | int | text/x-omadm-struct-count | {}", nodes.len()));
        }
    }
    // `Shut` is hidden, which is not so for all that is in it; depth counts it.
    let shown: Vec<String> = lines(".?list=x-omadm-struct+depth=2", "two").unwrap();
    assert!(shown.iter().any(|line| line.starts_with("./Shut/Shown |")));
    assert!(!shown.iter().any(|line| line.starts_with("./Shut |") || line.starts_with("./Shut/In/Level |")));
}

#[test]
fn an_address_that_fits_one_node_stands_for_its_uri() {
    let example = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+if=PkgName=radio+path=Download/PkgURL";
    for command in [CommandKind::Get, CommandKind::Replace, CommandKind::Exec, CommandKind::Delete, CommandKind::Copy] {
        assert_eq!(where_to(example, command, "two"), strings(&["./FUMO/radio/Download/PkgURL"]));
    }
    assert_eq!(ask(example, "two"), strings(&["./FUMO/radio/Download/PkgURL |  |  | https://x/"]));
    let root = ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:1.1";
    assert_eq!(where_to(root, CommandKind::Delete, "two"), strings(&["./DMAcc/Maker"]));
    assert_eq!(ask(root, "two"), strings(&["./DMAcc/Maker | node |  | AppID/ServerID"]));
    let name = ".?list=x-omadm-node+id=urn:oma:xml:push%20:1.0+path=A%20b";
    assert_eq!(where_to(name, CommandKind::Replace, "two"), strings(&["./Push/A%20b"]));
    let property = ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-devinfo:*+prop=Type";
    assert_eq!(ask(property, "two"), strings(&["./DevInfo?prop=Type |  |  | urn:oma:mo:oma-dm-devinfo:1.0"]));
    assert_eq!(where_to(property, CommandKind::Replace, "two"), Err(405));
    let acl = ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-devinfo:*+path=Man+prop=ACL";
    assert_eq!(where_to(acl, CommandKind::Replace, "two"), strings(&["./DevInfo/Man?prop=ACL"]));
    assert_eq!(where_to(acl, CommandKind::Delete, "two"), Err(405));
    assert_eq!(
        where_to(".?list=x-omadm-node+id=urn:oma:mo:x:1.0+in=Shut/In", CommandKind::Get, "two"),
        strings(&["./Shut/In"])
    );
}

#[test]
fn an_address_that_fits_none_or_several_does_nothing() {
    let none = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+if=PkgName=modem";
    assert_eq!(where_to(none, CommandKind::Replace, "two"), Err(404));
    assert_eq!(where_to(".?list=x-omadm-node+id=urn:none:1.0", CommandKind::Get, "two"), Err(404));
    assert_eq!(where_to(".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:*+path=None", CommandKind::Get, "two"), Err(404));
    let several = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+path=Download/PkgURL";
    let both = strings(&["./FUMO/radio/Download/PkgURL", "./FUMO/system/Download/PkgURL"]);
    assert_eq!(where_to(several, CommandKind::Replace, "two"), both);
    assert_eq!(ask(several, "two"), Err(300));
    // A root that the server may not Get does not exist; an ACL inside is the command's to check.
    let hidden = ".?list=x-omadm-node+id=com.companyx/1.2/ProductY+path=Secret";
    assert_eq!(where_to(hidden, CommandKind::Get, "op"), strings(&["./Shut/Secret"]));
    assert_eq!(where_to(hidden, CommandKind::Get, "two"), Err(404));
}

#[test]
fn rights_on_the_node_are_those_of_the_command() {
    let document = format!(
        "<MgmtTree>{}</MgmtTree>",
        object(
            "A",
            "urn:a:1.0",
            "Get=*",
            "<Node><NodeName>Run</NodeName><RTProperties><ACL>Exec=two</ACL></RTProperties><Value>1</Value></Node>"
        )
    );
    let tree = tnds::decode(document.as_bytes()).unwrap();
    let address = ".?list=x-omadm-node+id=urn:a:1.0+path=Run";
    let found = target(&tree, address, CommandKind::Exec, &options("two")).unwrap();
    assert_eq!(found, Target::Uri("./A/Run".into()));
    let error = results(&tree, address, &options("two")).unwrap_err();
    assert_eq!(StatusCode::of(error.kind()), StatusCode(425));
}

/// wire.md §10.4: nobody sees what is in the Inbox, be it as a choice.
#[test]
fn the_inbox_names_no_candidates() {
    let inside = leaf("One", "1") + &leaf("Two", "2");
    let document = format!("<MgmtTree>{}</MgmtTree>", object("Inbox", "urn:oma:mo:oma-dm-inbox:1.0", "", &inside));
    let tree = tnds::decode(document.as_bytes()).unwrap();
    let address = ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-inbox:1.0+path=*";
    let found = target(&tree, address, CommandKind::Exec, &options("two"));
    assert_eq!(found, Ok(Target::Several(Vec::new())));
}

#[test]
fn at_most_sixteen_candidates_are_named_and_none_that_are_hidden() {
    let hidden = "<Node><NodeName>H</NodeName><RTProperties><ACL>Exec=*</ACL></RTProperties><Value>1</Value></Node>";
    let many: String = (0..20).map(|index| interior(&format!("n{index}"), hidden)).collect();
    let document = format!("<MgmtTree>{}</MgmtTree>", object("A", "urn:a:1.0", "Get=*", &many));
    let tree = tnds::decode(document.as_bytes()).unwrap();
    let candidates = |address: &str, server| {
        let found = target(&tree, address, CommandKind::Exec, &options(server)).unwrap();
        let Target::Several(uris) = found else { panic!("{found:?}") };
        uris
    };
    let named = candidates(".?list=x-omadm-node+id=urn:a:1.0+path=*", "two");
    assert_eq!((named.len(), named[0].as_str(), named[15].as_str()), (16, "./A/n0", "./A/n15"));
    // A Get of the parent would name these.
    assert_eq!(candidates(".?list=x-omadm-node+id=urn:a:1.0+path=*/H", "two").len(), 16);
    let shut = format!(
        "<MgmtTree>{}</MgmtTree>",
        object(
            "A",
            "urn:a:1.0",
            "Get=*",
            &format!(
                "<Node><NodeName>B</NodeName><RTProperties><ACL>Exec=*</ACL></RTProperties>{}{}</Node>",
                leaf("x", "1"),
                leaf("y", "2")
            )
        )
    );
    let tree = tnds::decode(shut.as_bytes()).unwrap();
    let found = target(&tree, ".?list=x-omadm-node+id=urn:a:1.0+path=B/*", CommandKind::Exec, &options("two"));
    assert_eq!(found, Ok(Target::Several(Vec::new())));
}

#[test]
fn an_add_goes_to_the_one_parent_that_fits() {
    let mut tree = tree();
    let add = |address: &str| where_to(address, CommandKind::Add, "two");
    let new = ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:1.1+path=AppAddr";
    assert_eq!(add(new), strings(&["./DMAcc/Maker/AppAddr"]));
    let Ok(Target::Uri(uri)) = target(&tree, new, CommandKind::Add, &options("two")) else { panic!() };
    let as_two = EditOptions { principal: Principal::Server("two"), ..EditOptions::default() };
    tree.edit(&as_two).add(&uri, &NewNode::interior()).unwrap();
    let error = tree.edit(&as_two).add(&uri, &NewNode::interior()).unwrap_err();
    assert_eq!(StatusCode::of(error.kind()), StatusCode(418));
    tree.edit(&EditOptions::default()).replace("./DMAcc/Maker/AppID", &NewValue::text("w5")).unwrap();

    assert_eq!(
        add(".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:1.0+if=AppID=w7+path=AppAddr/1/Name"),
        strings(&["./DMAcc/Op/AppAddr/1/Name"])
    );
    assert_eq!(add(".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:1.0+if=AppID=w7+path=AppAddr/2/Name"), Err(404));
    assert_eq!(
        add(".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+path=New"),
        strings(&["./FUMO/radio/New", "./FUMO/system/New"])
    );
    assert_eq!(add(".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+path=Download/*"), Err(422));
    assert_eq!(add(".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+path=New+prop=Title"), Err(405));
    // Without a path the object itself is meant, which is there or not.
    assert_eq!(add(".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:1.1"), strings(&["./DMAcc/Maker"]));
    assert_eq!(add(".?list=x-omadm-node+id=urn:none:1.0"), Err(404));
}

/// `provisional.md` §4.5
#[test]
fn refusals_have_their_status() {
    for (terms, status) in [
        ("+id=", 422),
        ("+id=a b", 422),
        ("+id=a%2", 422),
        ("+id=a%2g", 422),
        ("+id=:*", 422),
        ("+id=a*", 422),
        ("+id=%FF", 422),
        ("+id=caf\u{e9}", 422),
        ("+id=a?b", 422),
        ("+in=a+in=b", 422),
        ("+in=", 422),
        ("+in=a/", 422),
        ("+in=/a", 422),
        ("+in=a/../b", 422),
        ("+in=a/%2E%2E/b", 422),
        ("+in=./", 422),
        ("+in=*", 422),
        ("+in", 422),
        ("+", 422),
        ("+if=", 422),
        ("+if==x", 422),
        ("+if=a=b=c", 422),
        ("+if=a=b/c", 422),
        ("+if=./a", 422),
        ("+if=a*", 422),
        ("+get=", 422),
        ("+get=a//b", 422),
        ("+get=a=b", 422),
        ("+=a", 422),
        ("+id=a+id=b+id=c+id=d+id=e+id=f+id=g+id=h+id=i", 422),
        ("+if=a+if=a+if=a+if=a+if=a+if=a+if=a+if=a+if=a", 422),
        ("+get=a+get=a+get=a+get=a+get=a+get=a+get=a+get=a+get=a", 422),
        ("+near=b", 406),
        ("+ID=a", 406),
        ("+depth=1", 406),
        ("+path=a", 406),
        ("+data", 406),
        ("x", 406),
        ("+in=None", 404),
        ("+in=DevInfo/Man/None", 404),
        ("+in=DevInfo/Man", 405),
        ("+in=Inbox", 405),
        ("+in=Inbox/Sent", 405),
        ("+in=Shut", 425),
        ("+in=Shut/Secret", 425),
    ] {
        assert_eq!(ask(&format!(".?list=x-omadm-mo{terms}"), "two"), Err(status), "{terms}");
    }
    for (terms, status) in [
        ("", 422),
        ("+path=a", 422),
        ("+id=a+id=b", 422),
        ("+id=a+path=b+path=c", 422),
        ("+id=a+path=", 422),
        ("+id=a+prop=", 422),
        ("+id=a+prop=ACL+prop=ACL", 422),
        ("+id=a+prop=acl", 406),
        ("+id=a+get=b", 406),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+prop=Title", 406),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+in=Shut", 425),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+in=None", 404),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+in=DevInfo/Man", 405),
        ("+id=urn:oma:mo:oma-dm-inbox:1.0", 405),
    ] {
        assert_eq!(ask(&format!(".?list=x-omadm-node{terms}"), "two"), Err(status), "{terms}");
    }
    for (terms, status) in [
        ("+depth=01", 422),
        ("+depth=", 422),
        ("+depth=1000", 422),
        ("+depth=-1", 422),
        ("+depth=+1", 422),
        ("+depth", 422),
        ("+data=", 422),
        ("+data+data", 422),
        ("+id=a", 406),
        ("+in=DevInfo/Man", 405),
        ("+in=Shut", 425),
    ] {
        assert_eq!(ask(&format!(".?list=x-omadm-struct{terms}"), "two"), Err(status), "{terms}");
    }
    assert!(ask(".?list=x-omadm-struct+depth=999", "two").is_ok());
    assert_eq!(ask("./DMAcc?list=x-omadm-mo+id=a", "two"), Err(422));
    assert_eq!(ask("./.?list=x-omadm-mo+id=a", "two"), Err(404), "no URI at all");
    for uri in [".?list=x-omadm-mo", ".?list=x-omadm-struct"] {
        assert_eq!(where_to(uri, CommandKind::Get, "two"), strings(&[uri]));
        for command in
            [CommandKind::Add, CommandKind::Delete, CommandKind::Replace, CommandKind::Exec, CommandKind::Copy]
        {
            assert_eq!(where_to(uri, command, "two"), Err(405));
        }
    }
    assert_eq!(where_to("./DMAcc?list=x-omadm-node+id=a", CommandKind::Delete, "two"), Err(422));
    // Others are none of this.
    for uri in ["./A", "./None?prop=ACL", ".?list=Struct", ".?list=x-omadm-mox", "", "./A?x"] {
        assert_eq!(where_to(uri, CommandKind::Replace, "two"), strings(&[uri]));
    }
}

#[test]
fn errors_stand_at_the_octet_at_fault() {
    for (uri, at) in [
        (".?list=x-omadm-mo+id=a b", 22),
        (".?list=x-omadm-mo+id=a%2", 22),
        (".?list=x-omadm-mo+in=a+in=b", 23),
        (".?list=x-omadm-mo+near=b", 18),
        (".?list=x-omadm-mo+if=a=%zz", 23),
        (".?list=x-omadm-mo+get=a//b", 24),
        (".?list=x-omadm-node+path=a", 7),
        (".?list=x-omadm-struct+depth=01", 28),
        (".?list=x-omadm-struct+data=1", 26),
        ("./A?list=x-omadm-mo", 0),
    ] {
        let parsed = Uri::parse_names(uri).unwrap();
        assert_eq!(PrivateList::parse(&parsed, &UriLimits::NONE).unwrap_err().offset(), at, "{uri}");
    }
    let error = LocationQuery::new().with_node("a//b").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidRelPath, 2));
    let error = LocationQuery::new().below("./a/*").unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::InvalidUri, 4));
    let nine = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let mut query = LocationQuery::new();
    for (index, id) in nine.iter().enumerate() {
        match query.clone().id(id) {
            Ok(next) => query = next,
            Err(error) => assert_eq!((index, error.kind()), (8, ErrorKind::InvalidLocationQuery)),
        }
    }
    assert!(NodeAddress::new("").is_err());
}

#[test]
fn limits_of_uris_are_414() {
    let ask = |uri: &str, max_depth, max_tot_len, max_seg_len| {
        let uri_limits = UriLimits { max_depth, max_tot_len, max_seg_len };
        ask_with(uri, &ResultsOptions { uri_limits, ..options("two") }).map(|_| ())
    };
    let uri = ".?list=x-omadm-mo+in=./DMAcc/Op+if=AppAddr/*/Addr+get=AppID";
    assert_eq!(ask(uri, 3, 59, 7), Ok(()));
    assert_eq!(ask(uri, 3, 58, 7), Err(414));
    assert_eq!(ask(uri, 2, 59, 7), Err(414));
    assert_eq!(ask(uri, 3, 59, 6), Err(414));
    // An escape is three characters, as everywhere.
    assert_eq!(ask(".?list=x-omadm-mo+get=A%20b", 0, 0, 5), Ok(()));
    assert_eq!(ask(".?list=x-omadm-mo+get=A%20b", 0, 0, 4), Err(414));
    assert_eq!(ask("./DMAcc/Op/AppID", 2, 0, 0), Err(414));
}

#[test]
fn answers_are_whole_or_413() {
    let ask = |uri: &str, locations, answer_nodes| {
        let limits = Limits { locations, answer_nodes, ..Limits::default() };
        ask_with(uri, &ResultsOptions { limits, ..options("two") }).map(|lines| lines.len())
    };
    assert_eq!(ask(".?list=x-omadm-mo", 9, 0), Ok(10));
    assert_eq!(ask(".?list=x-omadm-mo", 8, 0), Err(413));
    assert_eq!(ask(".?list=x-omadm-mo+id=urn:oma:mo:oma-fumo:1.0+get=*", 2, 6), Ok(9));
    assert_eq!(ask(".?list=x-omadm-mo+id=urn:oma:mo:oma-fumo:1.0+get=*", 2, 5), Err(413));
    assert_eq!(ask(".?list=x-omadm-struct+in=DevInfo", 0, 2), Ok(3));
    assert_eq!(ask(".?list=x-omadm-struct+in=DevInfo", 0, 1), Err(413));
    let limits = Limits::default();
    assert_eq!((limits.locations, limits.answer_nodes), (1_024, 65_536));
}

#[test]
fn queries_are_written_in_order_and_escaped() {
    for (read, written) in [
        (
            ".?list=x-omadm-mo+get=b+if=a=1+id=y+in=./A/B+get=a+id=x+if=a",
            ".?list=x-omadm-mo+in=./A/B+id=y+id=x+if=a=1+if=a+get=b+get=a",
        ),
        (".?list=x-omadm-mo+in=A", ".?list=x-omadm-mo+in=./A"),
        (".?list=x-omadm-mo+in=.", ".?list=x-omadm-mo"),
        (".?list=x-omadm-mo+id=a%3ab%c3%a9%2a", ".?list=x-omadm-mo+id=a:b%C3%A9%2A"),
        (".?list=x-omadm-mo+get=*/%2a/%41", ".?list=x-omadm-mo+get=*/%2A/A"),
        (".?list=x-omadm-mo+if=a%2Fb=%2F", ".?list=x-omadm-mo+if=a%2Fb=%2F"),
        (".?list=x-omadm-mo+if=a=", ".?list=x-omadm-mo+if=a="),
        (
            ".?list=x-omadm-mo+id=x:TNDS:TNDSTNDS+if=TNDS=a%54NDS",
            ".?list=x-omadm-mo+id=x:%54NDS:%54NDS%54NDS+if=%54NDS=a%54NDS",
        ),
        (".?list=x-omadm-node+prop=ACL+path=a/b+id=x:*", ".?list=x-omadm-node+id=x:*+path=a/b+prop=ACL"),
        (".?list=x-omadm-struct+data+depth=0+in=A", ".?list=x-omadm-struct+in=./A+depth=0+data"),
    ] {
        let list = PrivateList::parse(&Uri::parse(read).unwrap(), &UriLimits::NONE).unwrap().unwrap();
        assert_eq!(list.to_string(), written);
    }
    // Names and values as they are, whatever they have.
    let query = LocationQuery::new().with_value("A b/100%", "https://\u{e9}+&=").unwrap();
    assert_eq!(query.to_string(), ".?list=x-omadm-mo+if=A%20b/100%25=https:%2F%2F%C3%A9%2B%26%3D");
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z0-9_:@$,~.-]{1,6}",
        "[ -~]{1,6}",
        "\\PC{1,4}",
        Just("TNDS".to_owned()),
        Just("%54NDS".to_owned()),
        Just("%2A".to_owned()),
    ]
    .prop_map(|name| name.replace(['/', '*'], "x"))
    .prop_filter("names that no node has", |name| !matches!(name.as_str(), "" | "." | "..") && !name.contains("%2E"))
}

fn path() -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![4 => name(), 1 => Just("*".to_owned())], 1..4).prop_map(|names| names.join("/"))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{1,8}", "[ -~]{1,8}", Just("urn:oma:mo:oma-fumo:*".to_owned()), Just("xTNDSTNDS".to_owned())]
        .prop_filter("no identifier", |text| text != ":*")
}

/// What is written is read as the same, has no octet that it may not have, and is written like that again.
fn check(list: &PrivateList<'_>) {
    let written = list.to_string();
    assert!(!written.contains("TNDS"));
    assert!(
        written.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-._~:@$,%/*+=?".contains(&octet)),
        "{written}"
    );
    let escapes = written.split('%').skip(1);
    escapes
        .for_each(|rest| assert!(rest.bytes().take(2).all(|octet| b"0123456789ABCDEF".contains(&octet)), "{written}"));
    let uri = Uri::parse(&written).unwrap();
    let read = PrivateList::parse(&uri, &UriLimits::NONE).unwrap().unwrap();
    assert_eq!(read, *list, "{written}");
    assert_eq!(read.to_string(), written);
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(
        start in prop::option::of(prop::collection::vec(name(), 1..4).prop_map(|names| names.join("/"))),
        ids in prop::collection::vec(text(), 1..8),
        conditions in prop::collection::vec((path(), prop::option::of(text())), 0..8),
        gets in prop::collection::vec(path(), 0..8),
        node_path in prop::option::of(path()),
        property in prop::option::of(prop::sample::select(Property::ALL.to_vec())),
        depth in prop::option::of(0_u16..1_000),
        data: bool,
    ) {
        // A path is read leniently here: what decodes to no UTF-8 is no name.
        let mut query = LocationQuery::new();
        let mut address = NodeAddress::new(&ids[0]).unwrap();
        let mut structure = StructQuery::new();
        if let Some(start) = &start {
            let Ok(below) = query.clone().below(start) else { return Err(TestCaseError::reject("not UTF-8")) };
            query = below;
            address = address.below(start).unwrap();
            structure = structure.below(start).unwrap();
        }
        for id in &ids {
            query = query.id(id).unwrap();
        }
        for (path, value) in &conditions {
            let next = match value {
                Some(value) => query.clone().with_value(path, value),
                None => query.clone().with_node(path),
            };
            let Ok(next) = next else { return Err(TestCaseError::reject("not UTF-8")) };
            query = next;
            address = match value {
                Some(value) => address.with_value(path, value).unwrap(),
                None => address.with_node(path).unwrap(),
            };
        }
        for path in &gets {
            let Ok(next) = query.clone().get(path) else { return Err(TestCaseError::reject("not UTF-8")) };
            query = next;
        }
        if let Some(path) = &node_path {
            let Ok(next) = address.clone().path(path) else { return Err(TestCaseError::reject("not UTF-8")) };
            address = next;
        }
        if let Some(property) = property {
            address = address.with_property(property);
        }
        if let Some(depth) = depth {
            structure = structure.depth(depth);
        }
        if data {
            structure = structure.data();
        }
        check(&PrivateList::Locations(query));
        check(&PrivateList::Node(address));
        check(&PrivateList::Structure(structure));
    }

    /// Whatever is read is read again as the same from what is written for it; and nothing panics.
    #[test]
    fn any_text_is_read_or_refused(text in "[a-z+=/.%0-9A-F*:]{0,40}|(\\+(in|id|if|get|path|prop|depth|data)=?[a-zA-Z%0-9/*:=.\u{e9}]{0,8}){0,4}") {
        for attribute in ["x-omadm-mo", "x-omadm-node", "x-omadm-struct"] {
            let uri = format!(".?list={attribute}{text}");
            let parsed = Uri::parse_names(&uri).unwrap();
            match PrivateList::parse(&parsed, &UriLimits::NONE) {
                Ok(Some(list)) => check(&list),
                Ok(None) => assert!(!text.is_empty() && !text.starts_with('+')),
                Err(error) => assert!(error.offset() <= uri.len()),
            }
        }
    }
}
