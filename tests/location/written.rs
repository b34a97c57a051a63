//! How queries are written, and that they are read as the same (`provisional.md` §4.1).

use super::*;
use proptest::prelude::*;

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
        (".?list=x-omadm-mo+id=urn:x:%2a+id=urn:x:*", ".?list=x-omadm-mo+id=urn:x:%2A+id=urn:x:*"),
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
