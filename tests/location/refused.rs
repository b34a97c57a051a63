//! What is refused, with which status and at which octet (`provisional.md` §4.5).

use super::*;
use std::time::{Duration, Instant};

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
        ("+in=.+in=a", 422),
        ("+in=a+in=.", 422),
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
        ("+id=a+if=a+if=a+if=a+if=a+if=a+if=a+if=a+if=a+if=a", 422),
        ("+id=a+in=b+in=c", 422),
        ("+id=a+prop=acl", 406),
        ("+id=a+get=b", 406),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+prop=Title", 406),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+in=Shut", 425),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+in=None", 404),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+in=DevInfo/Man", 405),
        ("+id=urn:oma:mo:oma-dm-devinfo:1.0+in=Inbox", 405),
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
        ("+depth=1+depth=1", 422),
        ("+depth=0+data+depth=1", 422),
        ("+in=a+in=b", 422),
        ("+in=.+depth=1+in=.", 422),
        ("+id=a", 406),
        ("+if=a", 406),
        ("+in=None", 404),
        ("+in=Inbox", 405),
        ("+in=Inbox/Sent", 405),
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
        (".?list=x-omadm-struct+in=./a/../b", 29),
        (".?list=x-omadm-struct+depth=1+depth=1", 30),
        (".?list=x-omadm-mo+id=a%41%FF", 25),
        (".?list=x-omadm-mo+get=a/b%C3%A9%FF", 31),
        (".?list=x-omadm-mo+get=a/b*c", 25),
        (".?list=x-omadm-mo+if=a/b=c%ff", 26),
        (".?list=x-omadm-node+id=a+prop=acl", 30),
        (".?list=x-omadm-node+id=a+id=b", 25),
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

/// A server knows the address that it sent, and not the URI that the address stands for.
#[test]
fn errors_of_a_get_by_address_stand_in_the_address() {
    let run = "<Node><NodeName>Run</NodeName><RTProperties><ACL>Exec=two</ACL></RTProperties><Value>1</Value></Node>";
    let object = object("LongerThanTheQuery", "urn:a:1.0", "Get=*", run);
    let tree = tnds::decode(format!("<MgmtTree>{object}</MgmtTree>").as_bytes()).unwrap().into_owned();
    let error = |terms: &str, options: &ResultsOptions<'_>| {
        let error = results(&tree, &format!(".?list=x-omadm-node+id=urn:a:1.0{terms}"), options).unwrap_err();
        (error.kind(), error.offset())
    };
    assert_eq!(error("+path=Run", &options("two")), (ErrorKind::AccessDenied, 1));
    assert_eq!(error("+prop=Title", &options("two")), (ErrorKind::UnsupportedQuery, 1));
    // The URI that it stands for is judged as if it had been sent (`provisional.md` §4.3).
    let uri_limits = UriLimits { max_seg_len: 17, ..UriLimits::NONE };
    assert_eq!(error("", &ResultsOptions { uri_limits, ..options("two") }), (ErrorKind::UriTooLong, 1));

    let inbox = ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-inbox:1.0";
    let error = results(&self::tree(), inbox, &options("two")).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::GetNotAllowed, 1));
    let several = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0";
    let error = results(&self::tree(), several, &options("two")).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (ErrorKind::SeveralNodes, 1));
}

#[test]
fn a_path_that_is_too_long_or_too_deep_is_414_where_it_is() {
    let limits = |max_depth, max_tot_len, max_seg_len| UriLimits { max_depth, max_tot_len, max_seg_len };
    for (uri, limits, at) in [
        (".?list=x-omadm-mo+in=./DMAcc/Op", limits(1, 0, 0), 29),
        (".?list=x-omadm-mo+in=DMAcc/Op", limits(1, 0, 0), 27),
        (".?list=x-omadm-mo+if=a/b/c=x", limits(2, 0, 0), 25),
        (".?list=x-omadm-mo+get=*/*/*", limits(2, 0, 0), 26),
        (".?list=x-omadm-node+id=a+path=b/ccccc", limits(0, 0, 4), 32),
        (".?list=x-omadm-node+in=./b/ccccc+id=a", limits(0, 0, 4), 27),
        (".?list=x-omadm-struct+in=b/c/d", limits(2, 0, 0), 29),
        (".?list=x-omadm-struct+depth=1+data", limits(0, 33, 0), 33),
    ] {
        let error = PrivateList::parse(&Uri::parse(uri).unwrap(), &limits).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::UriTooLong, at), "{uri}");
        let status = ask_with(uri, &ResultsOptions { uri_limits: limits, ..options("two") });
        assert_eq!(status, Err(414), "{uri}");
        let error = target(&tree(), uri, CommandKind::Get, &ResultsOptions { uri_limits: limits, ..options("two") });
        assert_eq!(error.unwrap_err().offset(), at, "{uri}");
    }
}

/// Objects inside each other, and leaves in each: every condition has to look at most of the tree, from each object anew.
fn nested(objects: usize, leaves: usize) -> Tree<'static> {
    let mut tree = Tree::new();
    let mut uri = ".".to_owned();
    let options = EditOptions::default();
    for _ in 0..objects {
        uri += "/o";
        let mut edit = tree.edit(&options);
        edit.add(&uri, &NewNode::object("urn:a:1.0")).unwrap();
        for leaf in 0..leaves {
            edit.add(&format!("{uri}/{leaf}"), &NewNode::leaf("1")).unwrap();
        }
    }
    tree
}

/// Without a bound on segments every object of a chain would look at all that is below it: as much as the square of the tree.
#[test]
fn the_work_of_a_query_is_bounded_by_the_segments_of_its_paths() {
    const NESTED: usize = 500;
    const LEAVES: usize = 100;
    let limits = Limits::default();
    let path = |segments: u32| vec!["*"; segments as usize].join("/");
    let tree = nested(NESTED, LEAVES);
    let nodes = u32::try_from(tree.len()).unwrap();
    let ask = |attribute: &str, terms: String| {
        let uri = format!(".?list={attribute}+id=urn:a:*{terms}");
        results(&tree, &uri, &options("two")).map(|items| items.len()).map_err(|error| (error.kind(), error.offset()))
    };
    // As long as it may be, and nothing is there, so that each object has to look everywhere.
    let hopeless = format!("+if={}/None", path(limits.pattern - 1));
    let begun = Instant::now();
    assert_eq!(ask("x-omadm-mo", hopeless.clone()), Ok(1));
    // A look at a node costs far less than a microsecond.
    let most = Duration::from_micros(u64::from(nodes) * u64::from(limits.pattern));
    assert!(begun.elapsed() < most, "{:?} for {nodes} nodes, {NESTED} candidates", begun.elapsed());
    // One segment more, wherever it stands.
    let refused = Err((ErrorKind::LimitPattern, 1));
    assert_eq!(ask("x-omadm-mo", format!("{hopeless}+if=a")), refused);
    assert_eq!(ask("x-omadm-mo", format!("{hopeless}+get=a")), refused);
    assert_eq!(ask("x-omadm-mo", format!("+get={}", path(limits.pattern + 1))), refused);
    assert_eq!(ask("x-omadm-node", format!("{hopeless}+path=a")), refused);
    assert_eq!(ask("x-omadm-node", hopeless), Err((ErrorKind::NodeNotFound, 1)));
    assert_eq!(StatusCode::of(ErrorKind::LimitPattern), StatusCode(414));
    let small = ResultsOptions { limits: Limits { pattern: 2, ..limits }, ..options("two") };
    let address = ".?list=x-omadm-node+id=urn:a:1.0+in=o/o+if=0+path=a/b";
    assert_eq!(target(&tree, address, CommandKind::Add, &small).unwrap_err().kind(), ErrorKind::LimitPattern);
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
