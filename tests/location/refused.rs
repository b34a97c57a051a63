//! What is refused, with which status and at which octet (`provisional.md` §4.5).

use super::*;

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
