//! The location query, the node address and the structural query, by `provisional.md` §4.1 to §4.5.

#[path = "location/address.rs"]
mod address;
#[path = "location/refused.rs"]
mod refused;
#[path = "location/written.rs"]
mod written;

use omadm::markup::Encoding;
use omadm::query::{LocationQuery, NodeAddress, PrivateList, StructQuery, Uri, UriLimits};
use omadm::session::{ResultsOptions, Target, results, target};
use omadm::syncml::{CommandKind, Message, MessageBuilder, NewCommand, StatusCode};
use omadm::tree::{EditOptions, NewNode, NewValue, Principal, Property, Tree};
use omadm::{ErrorKind, Limits, tnds};

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

/// `provisional.md` §4.1: only `:*` as it is stands for every version. An escaped star is a character of the identifier.
#[test]
fn a_star_that_is_escaped_is_no_wildcard() {
    let objects = [("A", "urn:x:1.0"), ("B", "urn:x:*"), ("C", "urn:x*y:1"), ("D", "*"), ("E", "urn:x:y:*")];
    let objects: String = objects.iter().map(|(name, mo_id)| object(name, mo_id, "", "")).collect();
    let tree = tnds::decode(format!("<MgmtTree>{objects}</MgmtTree>").as_bytes()).unwrap().into_owned();
    let find = |id: &str| {
        let items = results(&tree, &format!(".?list=x-omadm-mo+{id}"), &options("two"));
        items
            .map(|items| items[1..].iter().map(|item| item.source.clone()).collect::<Vec<_>>())
            .map_err(|error| StatusCode::of(error.kind()).0)
    };
    assert_eq!(find("id=urn:x:*"), strings(&["./A", "./B"]), "with any version, be it a star");
    assert_eq!(find("id=urn%3ax:*"), strings(&["./A", "./B"]));
    assert_eq!(find("id=urn:x:%2A"), strings(&["./B"]));
    assert_eq!(find("id=urn:x:%2a"), strings(&["./B"]));
    assert_eq!(find("id=urn:x:1.%2A"), strings(&[]));
    assert_eq!(find("id=urn:x%2Ay:1"), strings(&["./C"]));
    assert_eq!(find("id=urn:x%2ay:*"), strings(&["./C"]));
    assert_eq!(find("id=%2A"), strings(&["./D"]));
    assert_eq!(find("id=urn:x:%2A+id=urn:x:y:*"), strings(&["./B", "./E"]));
    for id in ["id=*", "id=**", "id=urn:*:1.0", "id=urn:x:1.*", "id=urn:x:**", "id=urn:x:%2A*", "id=urn:x%3A*"] {
        assert_eq!(find(id), Err(422), "{id}");
    }
    let of = |address: &'static str| target(&tree, address, CommandKind::Exec, &options("two"));
    assert_eq!(of(".?list=x-omadm-node+id=urn:x:%2A"), Ok(Target::Uri("./B".into())));
    assert_eq!(of(".?list=x-omadm-node+id=urn:x:*"), Ok(Target::Several(vec!["./A".into(), "./B".into()])));
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
