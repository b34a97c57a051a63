//! Edits of trees, row by row of `wire.md` §9.2, §9.4, §9.5 and §8.3.

use omadm::query::UriLimits;
use omadm::syncml::StatusCode;
use omadm::tree::{AclCommands, EditOptions, Format, NewNode, NewValue, Principal, Property, TStamp, Tree};
use omadm::{ErrorKind, Limits, tnds};

const DEVICE: EditOptions<'static> = EditOptions {
    principal: Principal::Device,
    now: None,
    implicit_parents: false,
    uri_limits: UriLimits::NONE,
    limits: Limits::DEFAULT,
};

fn server(id: &str) -> EditOptions<'_> {
    EditOptions { principal: Principal::Server(id), ..DEVICE }
}

fn tree(nodes: &str) -> Tree<'static> {
    let document = format!("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>");
    tnds::decode(document.as_bytes()).unwrap().into_owned()
}

/// `NAME(ACL) children` as elements.
fn interior(name: &str, acl: &str, children: &str) -> String {
    let acl = acl.replace('&', "&amp;");
    format!(
        "<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL><Format><node/></Format></RTProperties>{children}</Node>"
    )
}

fn leaf(name: &str, acl: &str, value: &str) -> String {
    let acl = acl.replace('&', "&amp;");
    format!(
        "<Node><NodeName>{name}</NodeName><RTProperties><ACL>{acl}</ACL><Format><chr/></Format></RTProperties><Value>{value}</Value></Node>"
    )
}

fn uris(tree: &Tree<'_>) -> Vec<String> {
    tree.nodes().map(|node| node.uri().to_string()).collect()
}

fn value<'t>(tree: &'t Tree<'_>, uri: &str) -> &'t str {
    tree.get(uri).unwrap().unwrap().value().unwrap().text().unwrap()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: omadm::Result<T>, kind: ErrorKind, status: u16, offset: usize) {
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), StatusCode::of(error.kind()).0, error.offset()), (kind, status, offset));
}

/// wire.md §9.2
#[test]
fn adding() {
    let mut tree = tree(&(interior("A", "", &leaf("Leaf", "", "1"))));
    let mut edit = tree.edit(&DEVICE);
    refused(edit.add("./A", &NewNode::interior()), ErrorKind::NodeExists, 418, 2);
    refused(edit.add("./A/Leaf", &NewNode::leaf("2")), ErrorKind::NodeExists, 418, 4);
    refused(edit.add("./A/Leaf/B", &NewNode::leaf("2")), ErrorKind::NotInterior, 405, 9);
    refused(edit.add("./A/B/C", &NewNode::leaf("2")), ErrorKind::NodeNotFound, 404, 4);
    refused(edit.add(".", &NewNode::interior()), ErrorKind::NodeExists, 418, 0);
    for uri in ["", "/A", "./A/", "./A//B", "./A/../B", "./A/./B", "./A/B?prop=Name"] {
        let error = edit.add(uri, &NewNode::leaf("2")).unwrap_err();
        assert_eq!((error.kind(), StatusCode::of(error.kind()).0), (ErrorKind::InvalidUri, 404), "{uri}");
    }
    edit.add("A/New", &NewNode::leaf("2").title("Two")).unwrap();
    edit.add("./A/Object", &NewNode::object("urn:oma:mo:oma-fumo:1.0")).unwrap();
    assert_eq!(uris(&tree), [".", "./A", "./A/Leaf", "./A/New", "./A/Object"]);
    let new = tree.get("./A/New").unwrap().unwrap();
    assert_eq!((new.format(), new.media_type(), new.title()), (Format::Chr, Some("text/plain"), Some("Two")));
    let found: Vec<_> = tree.find_mo("urn:oma:mo:oma-fumo:1.0").map(|node| node.uri().to_string()).collect();
    assert_eq!(found, ["./A/Object"]);
}

/// wire.md §9.2: a failure has the code as if the parent was added.
#[test]
fn missing_parents_are_made_on_request() {
    let options = EditOptions { implicit_parents: true, ..DEVICE };
    let mut tree = tree(&leaf("L", "", "1"));
    tree.edit(&options).add("./A/B/C", &NewNode::leaf("1")).unwrap();
    assert_eq!(uris(&tree), [".", "./L", "./A", "./A/B", "./A/B/C"]);
    assert!(!tree.get("./A/B").unwrap().unwrap().is_implicit());
    refused(tree.edit(&options).add("./L/B/C", &NewNode::leaf("1")), ErrorKind::NotInterior, 405, 4);
    let few = EditOptions { limits: Limits { elements: 6, ..Limits::default() }, ..options };
    refused(tree.edit(&few).add("./D/E/F", &NewNode::leaf("1")), ErrorKind::LimitElements, 420, 4);
    assert_eq!(tree.len(), 5, "and ./D is not left behind");
}

/// wire.md §9.1
#[test]
fn uris_keep_to_the_limits_of_the_device() {
    let mut tree = tree(&interior("A", "", &leaf("L", "", "1")));
    let uri_limits = UriLimits { max_depth: 2, max_tot_len: 8, max_seg_len: 4 };
    let options = EditOptions { uri_limits, ..DEVICE };
    refused(tree.edit(&options).add("./A/12345", &NewNode::leaf("1")), ErrorKind::UriTooLong, 414, 8);
    refused(tree.edit(&options).add("./12345", &NewNode::leaf("1")), ErrorKind::UriTooLong, 414, 2);
    refused(tree.edit(&options).add("./A/B/C", &NewNode::leaf("1")), ErrorKind::UriTooLong, 414, 6);
    refused(tree.edit(&options).rename("./A/L", "12345"), ErrorKind::UriTooLong, 414, 8);
    tree.edit(&options).rename("./A/L", "1234").unwrap();
}

#[test]
fn types_must_be_types() {
    let mut tree = Tree::new();
    let mut edit = tree.edit(&DEVICE);
    for mo_id in ["text/plain", "no colon", "urn:a b"] {
        refused(edit.add("./A", &NewNode::object(mo_id)), ErrorKind::InvalidNodeType, 415, 2);
    }
    for media_type in ["urn:oma:mo:oma-fumo:1.0", "text", "a/b/c"] {
        let new = NewNode::leaf("1").media_type(media_type);
        refused(edit.add("./A", &new), ErrorKind::InvalidNodeType, 415, 2);
    }
    refused(edit.add("./A", &NewNode::leaf("1").format(Format::Node)), ErrorKind::ValueOfInterior, 415, 2);
    assert!(tree.is_empty());
}

/// wire.md §9.2: a value of an interior node, and format and type of a permanent one, are not replaced.
#[test]
fn replacing_values() {
    let mut tree = tree(&interior("A", "", &leaf("Leaf", "", "1")));
    let mut edit = tree.edit(&DEVICE);
    refused(edit.replace("./A", &NewValue::text("2")), ErrorKind::NotLeaf, 405, 2);
    refused(edit.replace(".", &NewValue::text("2")), ErrorKind::NotLeaf, 405, 0);
    refused(edit.replace("./A/B", &NewValue::text("2")), ErrorKind::NodeNotFound, 404, 4);
    refused(edit.replace("./A/Leaf", &NewValue::text("2").format(Format::Node)), ErrorKind::NotLeaf, 405, 4);
    edit.replace("./A/Leaf", &NewValue::octets(&[0xFF, 0]).format(Format::Bin).media_type("image/png")).unwrap();
    edit.set_permanent("./A/Leaf", true).unwrap();
    edit.replace("./A/Leaf", &NewValue::octets(&[1])).unwrap();
    refused(edit.replace("./A/Leaf", &NewValue::text("2").format(Format::Chr)), ErrorKind::PermanentNode, 405, 4);
    let other = NewValue::text("2").media_type("text/plain");
    refused(edit.replace("./A/Leaf", &other), ErrorKind::PermanentNode, 405, 4);
    let node = tree.get("./A/Leaf").unwrap().unwrap();
    assert_eq!((node.format(), node.media_type()), (Format::Bin, Some("image/png")));
    assert_eq!(node.value().unwrap().octets().unwrap().as_ref(), [1]);
    assert_eq!(node.size(), Some(1));
}

#[test]
fn saying_text_plain_is_saying_nothing() {
    let mut tree = tree(&leaf("L", "", "1"));
    let mut edit = tree.edit(&DEVICE);
    edit.set_permanent("./L", true).unwrap();
    edit.replace("./L", &NewValue::text("2").media_type("text/plain").format(Format::Chr)).unwrap();
    assert_eq!(value(&tree, "./L"), "2");
}

/// wire.md §9.2
#[test]
fn deleting() {
    let below = interior("B", "Get=*", &leaf("C", "Get=*", "1"));
    let mut tree = tree(&interior("A", "Delete=s&Get=*&Replace=s", &below));
    refused(tree.edit(&DEVICE).delete("."), ErrorKind::PermanentNode, 405, 0);
    refused(tree.edit(&server("t")).delete("./A"), ErrorKind::AccessDenied, 425, 2);
    refused(tree.edit(&server("s")).delete("./A/B"), ErrorKind::AccessDenied, 425, 4);
    tree.edit(&DEVICE).set_permanent("./A", true).unwrap();
    refused(tree.edit(&server("s")).delete("./A"), ErrorKind::PermanentNode, 405, 2);
    refused(tree.edit(&server("s")).rename("./A", "B"), ErrorKind::PermanentNode, 405, 2);
    tree.edit(&DEVICE).set_permanent("./A", false).unwrap();
    // A permanent node disappears with an ancestor, and its ACL does not count.
    tree.edit(&DEVICE).set_permanent("./A/B", true).unwrap();
    tree.edit(&server("s")).delete("./A").unwrap();
    assert!(tree.is_empty());
    refused(tree.edit(&server("s")).set_permanent(".", false), ErrorKind::AccessDenied, 425, 0);
}

/// wire.md §9.2, §9.5: Get on the source, Add or Replace on the target.
#[test]
fn copying() {
    let nodes = leaf("From", "Get=s", "1")
        + &leaf("To", "Replace=s", "2")
        + &interior("In", "Add=s", "")
        + &leaf("Shut", "", "3");
    let mut tree = tree(&nodes);
    tree.edit(&server("s")).copy("./From", "./To").unwrap();
    tree.edit(&server("s")).copy("./From", "./In/New").unwrap();
    assert_eq!((value(&tree, "./To"), value(&tree, "./In/New")), ("1", "1"));
    let mut edit = tree.edit(&server("s"));
    refused(edit.copy("./To", "./In/New2"), ErrorKind::AccessDenied, 425, 2);
    refused(edit.copy("./From", "./Shut"), ErrorKind::AccessDenied, 425, 2);
    refused(edit.copy("./None", "./To"), ErrorKind::NodeNotFound, 404, 2);
    let mut edit = tree.edit(&DEVICE);
    refused(edit.copy("./In", "./To"), ErrorKind::NotLeaf, 405, 2);
    refused(edit.copy("./To", "./In"), ErrorKind::NotLeaf, 405, 2);
    edit.replace("./From", &NewValue::text("4").media_type("text/x-note")).unwrap();
    edit.set_permanent("./To", true).unwrap();
    refused(edit.copy("./From", "./To"), ErrorKind::PermanentNode, 405, 2);
    edit.copy("./From", "./Shut").unwrap();
    assert_eq!(tree.get("./Shut").unwrap().unwrap().media_type(), Some("text/x-note"));
}

/// A tree with an Inbox that everybody may Get and Replace, as far as ACLs go.
fn with_inbox() -> Tree<'static> {
    let account = interior("acc", "", &leaf("pw", "", "secret"));
    let inbox = interior("Inbox", "Get=*&Replace=*", &account);
    let object = "<Format><node/></Format><Type><DDFName>urn:oma:mo:oma-dm-inbox:1.0</DDFName></Type>";
    let inbox = inbox.replacen("<Format><node/></Format>", object, 1);
    let mine = interior("Mine", "Add=*&Get=*&Replace=*", &leaf("x", "", "1"));
    tree(&(inbox + &mine))
}

/// wire.md §9.2: Copy needs rights equivalent to Get; §10.4: Get on the Inbox and anything below it is 405.
#[test]
fn a_server_does_not_read_the_inbox_by_copying() {
    let mut tree = with_inbox();
    let mut edit = tree.edit(&server("s"));
    refused(edit.copy("./Inbox/acc/pw", "./Mine/x"), ErrorKind::GetNotAllowed, 405, 12);
    refused(edit.copy("./Inbox/acc/pw", "./Mine/new"), ErrorKind::GetNotAllowed, 405, 12);
    refused(edit.copy("./Inbox/acc/pw", "./Inbox/acc/pw2"), ErrorKind::GetNotAllowed, 405, 12);
    refused(edit.copy("./Inbox/acc", "./Mine/new"), ErrorKind::GetNotAllowed, 405, 8);
    refused(edit.copy("./Inbox", "./Mine/new"), ErrorKind::GetNotAllowed, 405, 2);
    assert_eq!((value(&tree, "./Mine/x"), tree.len()), ("1", 6));
    // What lies in an Inbox of another name, below another node, is as shut.
    tree.edit(&server("s")).rename("./Inbox", "Box").unwrap();
    refused(tree.edit(&server("s")).copy("./Box/acc/pw", "./Mine/x"), ErrorKind::GetNotAllowed, 405, 10);
    tree.edit(&DEVICE).copy("./Box/acc/pw", "./Mine/x").unwrap();
    assert_eq!(value(&tree, "./Mine/x"), "secret");
}

/// What says that a node is the Inbox is its type: no server takes that away, be it from above.
#[test]
fn a_server_does_not_make_the_inbox_another_object() {
    let other = |node_type: &str| {
        let inbox = interior("Inbox", "Get=*&Replace=*", "");
        tree(&inbox.replacen("<Format><node/></Format>", &format!("<Format><node/></Format>{node_type}"), 1))
    };
    let object = "<Type><DDFName>urn:oma:mo:oma-fumo:1.0</DDFName></Type>";
    for from in [other(object), other("")] {
        let mut known = with_inbox();
        known.edit(&DEVICE).set_property(".", Property::Acl, "Add=*&Get=*&Replace=*").unwrap();
        let inbox = from.get("./Inbox").unwrap().unwrap();
        let is_named = inbox.mo_id().is_some();
        let merged = known.edit(&server("s")).merge_subtree(".", from.root());
        if is_named {
            refused(merged, ErrorKind::PermanentNode, 405, 0);
            refused(known.edit(&server("s")).merge_subtree("./Inbox", inbox), ErrorKind::PermanentNode, 405, 2);
        } else {
            // A merge keeps what is not said.
            merged.unwrap();
        }
        refused(known.edit(&server("s")).replace_subtree("./Inbox", inbox), ErrorKind::PermanentNode, 405, 2);
        refused(known.edit(&server("s")).copy("./Inbox/acc/pw", "./Mine/x"), ErrorKind::GetNotAllowed, 405, 12);
        known.edit(&DEVICE).replace_subtree("./Inbox", inbox).unwrap();
        assert_eq!(known.get("./Inbox").unwrap().unwrap().mo_id(), inbox.mo_id());
    }
}

/// wire.md §9.4, row by row: what a Get on `?prop=` gives, and whether a Replace may change it.
#[test]
fn properties() {
    let mut tree = tree(&interior("A", "Get=*&Replace=s", &leaf("L", "", "caf\u{e9}")));
    let get = |tree: &Tree<'_>, uri: &str, property| {
        tree.get(uri).unwrap().unwrap().property(property).map(|text| text.into_owned())
    };
    let rows = [
        (Property::Acl, Some(""), Some("Get=*")),
        (Property::Format, Some("chr"), None),
        (Property::Name, Some("L"), Some("M")),
        (Property::Size, Some("5"), None),
        (Property::TStamp, None, None),
        (Property::Title, None, Some("Title")),
        (Property::Type, Some("text/plain"), None),
        (Property::VerNo, None, None),
    ];
    for (property, text, new) in rows {
        assert_eq!(get(&tree, "./A/L", property).as_deref(), text, "{property}");
        let before = tree.clone();
        let outcome = tree.edit(&server("s")).set_property("./A/L", property, new.unwrap_or("1"));
        match new {
            Some(new) => {
                outcome.unwrap();
                let uri = if property == Property::Name { "./A/M" } else { "./A/L" };
                assert_eq!(get(&tree, uri, property).as_deref(), Some(new), "{property}");
                tree = before;
            }
            None => refused(outcome, ErrorKind::ReadOnlyProperty, 405, 4),
        }
    }
    // MUST NOT for interior nodes.
    assert_eq!(get(&tree, "./A", Property::Size), None);
    assert_eq!(get(&tree, "./A", Property::Type).as_deref(), Some(""));
    assert_eq!(get(&tree, ".", Property::Name).as_deref(), Some("."));
    // The device keeps what servers may only read, but for what the value itself says.
    let mut edit = tree.edit(&DEVICE);
    edit.set_property("./A/L", Property::VerNo, "65535").unwrap();
    edit.set_property("./A/L", Property::TStamp, "20010711T163817Z").unwrap();
    for wrong in ["", "yesterday", "20010711T163817", "20010711 163817Z", "2001-07-11T16:38:17Z"] {
        refused(edit.set_property("./A/L", Property::TStamp, wrong), ErrorKind::PropertyValue, 400, 4);
    }
    edit.set_property("./A", Property::Type, "urn:oma:mo:oma-fumo:1.0").unwrap();
    refused(edit.set_property("./A/L", Property::Format, "int"), ErrorKind::ReadOnlyProperty, 405, 4);
    for wrong in ["65536", "-1", "+1", "", "1x"] {
        refused(edit.set_property("./A/L", Property::VerNo, wrong), ErrorKind::PropertyValue, 400, 4);
    }
    assert_eq!(tree.find_mo("urn:oma:mo:oma-fumo:1.0").count(), 1);
}

/// wire.md §9.4: at most 255 octets.
#[test]
fn titles_are_bounded() {
    let mut tree = tree(&leaf("L", "", "1"));
    let mut edit = tree.edit(&DEVICE);
    edit.set_property("./L", Property::Title, &"t".repeat(255)).unwrap();
    refused(edit.set_property("./L", Property::Title, &"\u{e9}".repeat(128)), ErrorKind::PropertyValue, 400, 2);
    let long = "t".repeat(256);
    refused(edit.add("./M", &NewNode::leaf("1").title(&long)), ErrorKind::PropertyValue, 400, 2);
    assert_eq!(tree.len(), 2);
}

/// wire.md §9.4: sibling clash 418, permanent 405.
#[test]
fn renaming() {
    let mut tree = tree(&(interior("A", "", &leaf("L", "", "1")) + &interior("B", "", "")));
    let id = tree.get("./A/L").unwrap().unwrap().id();
    let mut edit = tree.edit(&DEVICE);
    refused(edit.rename("./A", "B"), ErrorKind::NodeExists, 418, 2);
    refused(edit.rename("./A", "%42"), ErrorKind::NodeExists, 418, 2);
    refused(edit.rename(".", "B"), ErrorKind::PermanentNode, 405, 0);
    for name in ["", ".", "..", "a/b", "a?b", "%2E%2e", "%2e", "a%00", "a\u{1}"] {
        refused(edit.rename("./A", name), ErrorKind::InvalidName, 400, 2);
    }
    edit.rename("./A", "%41").unwrap();
    edit.rename("./A", "C").unwrap();
    assert_eq!(uris(&tree), [".", "./C", "./C/L", "./B"]);
    assert_eq!(tree.node(id).unwrap().uri().to_string(), "./C/L");
}

/// wire.md §9.4: +1 per change, FFFF is followed by 0000. The tree has no clock.
#[test]
fn changes_are_stamped() {
    let mut tree = tree(&leaf("L", "", "1"));
    let now = TStamp::from_unix(994_869_497).unwrap();
    let stamps = |tree: &Tree<'_>, uri| {
        let node = tree.get(uri).unwrap().unwrap();
        (node.tstamp().map(str::to_owned), node.ver_no().map(str::to_owned))
    };
    tree.edit(&DEVICE).replace("./L", &NewValue::text("2")).unwrap();
    assert_eq!(stamps(&tree, "./L"), (None, None));
    let options = EditOptions { now: Some(now), ..DEVICE };
    tree.edit(&options).replace("./L", &NewValue::text("3")).unwrap();
    tree.edit(&options).add("./M", &NewNode::interior()).unwrap();
    assert_eq!(stamps(&tree, "./L"), (Some("20010711T163817Z".to_owned()), Some("1".to_owned())));
    assert_eq!(stamps(&tree, "./M"), (Some("20010711T163817Z".to_owned()), Some("1".to_owned())));
    tree.edit(&DEVICE).set_property("./L", Property::VerNo, "65535").unwrap();
    tree.edit(&DEVICE).set_property("./L", Property::Title, "x").unwrap();
    assert_eq!(stamps(&tree, "./L").1.as_deref(), Some("0"));
}

/// wire.md §9.5: the creator of an interior node that may not replace its parent gets rights on it; of a leaf it gets none.
#[test]
fn creators_get_rights_on_interior_nodes() {
    let mut tree = tree(&(interior("Shut", "Add=s&Get=*", "") + &interior("Open", "Add=s&Get=*&Replace=s", "")));
    let options = EditOptions { implicit_parents: true, ..server("s") };
    tree.edit(&options).add("./Shut/A/B", &NewNode::leaf("1")).unwrap();
    let acl = |uri: &str| tree.get(uri).unwrap().unwrap().acl().unwrap_or_default().to_owned();
    assert_eq!(acl("./Shut/A"), "Add=s&Delete=s&Get=*&Replace=s");
    assert_eq!(acl("./Shut/A/B"), "");
    let mut again = tree.clone();
    again.edit(&server("s")).add("./Shut/L", &NewNode::leaf("1")).unwrap();
    again.edit(&server("s")).add("./Open/A", &NewNode::interior()).unwrap();
    assert_eq!(again.get("./Shut/L").unwrap().unwrap().acl(), None);
    assert_eq!(again.get("./Open/A").unwrap().unwrap().acl(), None);
    again.edit(&DEVICE).add("./Shut/D", &NewNode::interior()).unwrap();
    assert_eq!(again.get("./Shut/D").unwrap().unwrap().acl(), None);
}

/// wire.md §9.5: complete values only, by those who may; the root always has one.
#[test]
fn changing_acls() {
    let mut tree =
        tree(&interior("A", "Get=*&Replace=a", &(interior("In", "Replace=b", "") + &leaf("L", "Replace=b", "1"))));
    let set = |tree: &mut Tree<'_>, who: &str, uri: &str, acl: &str| {
        tree.edit(&server(who)).set_property(uri, Property::Acl, acl)
    };
    set(&mut tree, "b", "./A/In", "Replace=b").unwrap();
    set(&mut tree, "a", "./A/In", "Replace=b").unwrap();
    refused(set(&mut tree, "c", "./A/In", "Replace=c"), ErrorKind::AccessDenied, 425, 4);
    // A leaf's is the parent's business.
    refused(set(&mut tree, "b", "./A/L", "Get=*"), ErrorKind::AccessDenied, 425, 4);
    set(&mut tree, "a", "./A/L", "Get=*").unwrap();
    for (acl, kind) in [
        ("Get", ErrorKind::AclCommand),
        ("Copy=a", ErrorKind::AclCommand),
        ("get=a", ErrorKind::AclCommand),
        ("Get=", ErrorKind::AclServer),
        ("Get=a+", ErrorKind::AclServer),
        ("Get=a b", ErrorKind::AclServer),
        ("Get=a*", ErrorKind::AclServer),
    ] {
        refused(set(&mut tree, "a", "./A/L", acl), kind, 400, 4);
    }
    let outcome = tree.edit(&DEVICE).set_property(".", Property::Acl, "");
    refused(outcome, ErrorKind::PropertyValue, 400, 0);
    set(&mut tree, "a", "./A/L", " Get=* ").unwrap();
    assert_eq!(tree.get("./A/L").unwrap().unwrap().acl(), Some("Get=*"));
    set(&mut tree, "a", "./A/L", " ").unwrap();
    assert_eq!(tree.get("./A/L").unwrap().unwrap().acl(), None);
}

/// wire.md §9.5: the account of a server is removed.
#[test]
fn a_removed_server_is_in_no_acl() {
    let mut tree = tree(
        &(interior("A", "Get=gone+stays&Replace=gone", "")
            + &leaf("L", "Exec=gone", "1")
            + &leaf("M", "Get=gone2", "1")),
    );
    // Without need, as everyone may Get; but the identifier is not to stand anywhere.
    tree.edit(&DEVICE).set_property(".", Property::Acl, "Add=gone&Get=*+gone&Replace=gone+stays").unwrap();
    refused(tree.edit(&server("stays")).remove_server("gone"), ErrorKind::AccessDenied, 425, 0);
    assert_eq!(tree.edit(&DEVICE).remove_server("gone").unwrap(), 3);
    let acl = |uri: &str| tree.get(uri).unwrap().unwrap().acl().map(str::to_owned);
    assert_eq!(acl(".").as_deref(), Some("Add=*&Get=*&Replace=stays"));
    assert_eq!(acl("./A").as_deref(), Some("Get=stays"));
    assert_eq!(acl("./L"), None);
    assert_eq!(acl("./M").as_deref(), Some("Get=gone2"));
    assert_eq!(tree.edit(&DEVICE).remove_server("gone").unwrap(), 0);
}

/// wire.md §9.5: in the root the command becomes `*`, or the factory default, which a device sets before.
#[test]
fn commands_of_a_removed_server_are_everybodys_at_the_root_and_nobodys_by_factory_default() {
    let commands = AclCommands::DELETE | AclCommands::EXEC | AclCommands::REPLACE;
    let remaining = |set_before: Option<&str>| {
        let mut tree = tree(&interior("A", "", ""));
        let mut edit = tree.edit(&DEVICE);
        edit.set_property(".", Property::Acl, "Add=*&Delete=gone&Exec=gone&Get=*&Replace=gone").unwrap();
        if let Some(acl) = set_before {
            edit.set_property(".", Property::Acl, acl).unwrap();
        }
        edit.remove_server("gone").unwrap();
        tree.get("./A").unwrap().unwrap().rights(Principal::Server("other")) & commands
    };
    assert_eq!(remaining(None), commands);
    assert_eq!(remaining(Some("Add=*&Get=*")), AclCommands::empty());
}

/// wire.md §8.3: Add with TNDS creates all nodes.
#[test]
fn adding_a_document() {
    let mut tree = tree(&(interior("A", "Add=s&Get=*", "") + &leaf("L", "", "1")));
    let document = self::tree(&interior("Top", "", &(leaf("Val", "", "1") + &interior("Sub", "Get=x", ""))));
    let top = document.get("./Top").unwrap().unwrap();
    tree.edit(&server("s")).add_subtree("./A/Name", top).unwrap();
    assert_eq!(uris(&tree), [".", "./A", "./A/Name", "./A/Name/Val", "./A/Name/Sub", "./L"]);
    assert_eq!(tree.get("./A/Name").unwrap().unwrap().acl(), Some("Add=s&Delete=s&Get=*&Replace=s"));
    assert_eq!(tree.get("./A/Name/Sub").unwrap().unwrap().acl(), Some("Get=x"));
    refused(tree.edit(&server("s")).add_subtree("./A/Name", top), ErrorKind::NodeExists, 418, 4);
    // The root's Add=* counts here.
    refused(tree.edit(&server("s")).add_subtree("./L/Name", top), ErrorKind::NotInterior, 405, 4);
    // An ACL for a leaf needs more than Add.
    let document = self::tree(&leaf("Leaf", "Get=*", "1"));
    let with_acl = document.get("./Leaf").unwrap().unwrap();
    refused(tree.edit(&server("s")).add_subtree("./A/Leaf", with_acl), ErrorKind::AccessDenied, 425, 4);
    // One fault below, and nothing is added.
    let broken = self::tree(&interior("Top", "", &(leaf("Val", "", "1") + &interior("Sub", "Gut=x", ""))));
    let before = tree.len();
    let outcome = tree.edit(&server("s")).add_subtree("./A/Other", broken.get("./Top").unwrap().unwrap());
    // The third of the nodes to be added.
    assert_eq!(outcome.as_ref().unwrap_err().inner(), Some(2));
    refused(outcome, ErrorKind::AclCommand, 400, 4);
    let flat = EditOptions { limits: Limits { depth: 3, ..Limits::default() }, ..DEVICE };
    refused(tree.edit(&flat).add_subtree("./A/B/C", top), ErrorKind::NodeNotFound, 404, 4);
    let deep = self::tree(&interior("1", "", &interior("2", "", &interior("3", "", ""))));
    refused(tree.edit(&flat).add_subtree("./A/B", deep.get("./1").unwrap().unwrap()), ErrorKind::LimitDepth, 414, 4);
    assert_eq!(tree.len(), before);
}

/// wire.md §8.3: Replace with TNDS replaces the whole subtree; old nodes not in the document are deleted.
#[test]
fn replacing_by_a_document() {
    let old = leaf("Same", "", "1")
        + &leaf("Other", "", "1")
        + &leaf("Gone", "", "1")
        + &interior("Kind", "", &leaf("X", "", "1"));
    let mut tree = tree(&interior("A", "Get=*&Replace=s", &old));
    let same = tree.get("./A/Same").unwrap().unwrap().id();
    let other = tree.get("./A/Other").unwrap().unwrap().id();
    let kind = tree.get("./A/Kind").unwrap().unwrap().id();
    let document = self::tree(&interior(
        "A",
        "Get=*&Replace=s",
        &(leaf("Other", "", "2") + &leaf("Same", "", "1") + &leaf("Kind", "", "3") + &leaf("New", "", "4")),
    ));
    let from = document.get("./A").unwrap().unwrap();
    refused(tree.edit(&server("t")).replace_subtree("./A", from), ErrorKind::AccessDenied, 425, 2);
    refused(tree.edit(&server("s")).replace_subtree("./B", from), ErrorKind::NodeNotFound, 404, 2);
    tree.edit(&DEVICE).set_permanent("./A/Gone", true).unwrap();
    refused(tree.edit(&server("s")).replace_subtree("./A", from), ErrorKind::PermanentNode, 405, 2);
    tree.edit(&DEVICE).set_permanent("./A/Gone", false).unwrap();
    let options = EditOptions { now: TStamp::from_unix(0), ..server("s") };
    tree.edit(&options).replace_subtree("./A", from).unwrap();
    let mut names: Vec<_> = tree.get("./A").unwrap().unwrap().children().map(|node| node.name()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Kind", "New", "Other", "Same"]);
    assert_eq!((value(&tree, "./A/Other"), value(&tree, "./A/Kind")), ("2", "3"));
    // Nodes that stay are the same nodes; only what changed is stamped.
    assert_eq!(tree.get("./A/Same").unwrap().unwrap().id(), same);
    assert_eq!(tree.get("./A/Other").unwrap().unwrap().id(), other);
    assert!(tree.node(kind).is_none());
    let ver_no = |name: &str| tree.get(name).unwrap().unwrap().ver_no().map(str::to_owned);
    assert_eq!(
        (ver_no("./A/Same"), ver_no("./A/Other"), ver_no("./A/New")),
        (None, Some("1".into()), Some("1".into()))
    );
}

#[test]
fn merging_keeps_what_the_other_does_not_say() {
    let mut tree = tree(&interior("A", "Get=*", &(leaf("Here", "Get=x", "1") + &leaf("Both", "Get=x", "1"))));
    let other = self::tree(&interior("A", "", &(leaf("Both", "", "2") + &leaf("There", "", "3"))));
    tree.edit(&DEVICE).merge_subtree(".", other.root()).unwrap();
    assert_eq!(uris(&tree), [".", "./A", "./A/Here", "./A/Both", "./A/There"]);
    assert_eq!((value(&tree, "./A/Here"), value(&tree, "./A/Both"), value(&tree, "./A/There")), ("1", "2", "3"));
    assert_eq!(tree.get("./A").unwrap().unwrap().acl(), Some("Get=*"));
    assert_eq!(tree.get("./A/Both").unwrap().unwrap().acl(), Some("Get=x"));
}

/// wire.md §9.5: the right to change a leaf's value is Replace on the leaf, its ACL Replace on the parent.
#[test]
fn merging_a_leaf_without_an_acl_needs_no_right_to_change_one() {
    let mut tree = tree(&interior("A", "Get=*", &leaf("L", "Get=*&Replace=s", "1")));
    let with = |acl: &str, value: &str| self::tree(&leaf("L", acl, value));
    let merge = |tree: &mut Tree<'_>, acl: &str, value: &str| {
        let other = with(acl, value);
        tree.edit(&server("s")).merge_subtree("./A/L", other.get("./L").unwrap().unwrap())
    };
    merge(&mut tree, "", "2").unwrap();
    merge(&mut tree, "Get=*&Replace=s", "3").unwrap();
    refused(merge(&mut tree, "Replace=s", "4"), ErrorKind::AccessDenied, 425, 4);
    assert_eq!(value(&tree, "./A/L"), "3");
    assert_eq!(tree.get("./A/L").unwrap().unwrap().acl(), Some("Get=*&Replace=s"));
    // A Replace would take the ACL away.
    let other = with("", "5");
    let outcome = tree.edit(&server("s")).replace_subtree("./A/L", other.get("./L").unwrap().unwrap());
    refused(outcome, ErrorKind::AccessDenied, 425, 4);
}

/// A value that no document could have would spoil `?list=TNDS` for every server.
#[test]
fn values_are_such_as_can_be_told() {
    let mut tree = tree(&leaf("L", "", "1"));
    let mut edit = tree.edit(&DEVICE);
    for (new, kind) in [
        (NewNode::leaf("***").format(Format::Bin), ErrorKind::InvalidBase64),
        (NewNode::octets(&[0xFF]).format(Format::Chr), ErrorKind::InvalidUtf8),
        (NewNode::leaf("a\u{1}"), ErrorKind::InvalidCharacter),
        (NewNode::leaf("a\u{FFFE}"), ErrorKind::InvalidCharacter),
        (NewNode::leaf("a").format(Format::Null), ErrorKind::ValueOfNull),
    ] {
        refused(edit.add("./A", &new), kind, 415, 2);
    }
    for name in ["./%2E%2E", "./a%00", "./%2e"] {
        refused(edit.add(name, &NewNode::leaf("1")), ErrorKind::InvalidName, 400, 2);
    }
    refused(edit.replace("./L", &NewValue::octets(&[0xFF])), ErrorKind::InvalidUtf8, 415, 2);
    refused(edit.replace("./L", &NewValue::text("?").format(Format::Bin)), ErrorKind::InvalidBase64, 415, 2);
    edit.replace("./L", &NewValue::octets(&[0xFF]).format(Format::Bin)).unwrap();
    edit.add("./A", &NewNode::leaf("a\tb\r\n\u{7F}")).unwrap();
    edit.add("./B", &NewNode::leaf("").format(Format::Null)).unwrap();
    // Nor by a document; but the device keeps what it was told.
    let document = "<MgmtTree><Node><NodeName>I</NodeName><Node><NodeName>X</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>***</Value></Node></Node></MgmtTree>";
    let document = tnds::decode(document.as_bytes()).unwrap();
    let from = document.get("./I").unwrap().unwrap();
    let outcome = tree.edit(&server("s")).add_subtree("./I", from);
    assert_eq!(outcome.as_ref().unwrap_err().inner(), Some(1));
    refused(outcome, ErrorKind::InvalidBase64, 415, 2);
    tree.edit(&DEVICE).add_subtree("./I", from).unwrap();
}

/// `*` is everyone, and so nobody who could get a right of his own.
#[test]
fn nobody_is_called_everyone() {
    let mut tree = Tree::new();
    tree.edit(&server("*")).add("./A", &NewNode::interior()).unwrap();
    assert_eq!(tree.get("./A").unwrap().unwrap().acl(), None);
}

/// A document may only imply the node that is a leaf here, and its root is implied mostly.
#[test]
fn a_leaf_never_gets_children() {
    let mut tree = tree(&leaf("A", "", "1"));
    let document =
        tnds::decode(b"<MgmtTree><Node><NodeName>X</NodeName><Path>A</Path><Value>2</Value></Node></MgmtTree>")
            .unwrap();
    let implied = document.get("./A").unwrap().unwrap();
    assert!(implied.is_implicit());
    refused(tree.edit(&DEVICE).replace_subtree("./A", implied), ErrorKind::NotInterior, 405, 2);
    refused(tree.edit(&DEVICE).merge_subtree("./A", implied), ErrorKind::NotInterior, 405, 2);
    refused(tree.edit(&DEVICE).merge_subtree("./A", document.root()), ErrorKind::NotInterior, 405, 2);
    assert_eq!((tree.len(), value(&tree, "./A")), (2, "1"));
    tree.edit(&DEVICE).merge_subtree(".", document.root()).unwrap();
    assert_eq!(value(&tree, "./A/X"), "2");
}

#[test]
fn compacting_costs_what_the_tree_holds() {
    let mut tree = Tree::new();
    let mut edit = tree.edit(&DEVICE);
    edit.add("./A", &NewNode::leaf(&"x".repeat(10_000))).unwrap();
    for copy in 0..100 {
        edit.copy("./A", &format!("./{copy}")).unwrap();
    }
    assert_eq!(tree.compact(), 0, "nothing is shared, so nothing is more than before");
    edit = tree.edit(&DEVICE);
    for copy in 0..100 {
        edit.delete(&format!("./{copy}")).unwrap();
    }
    assert!(tree.compact() >= 1_000_000);
    assert_eq!(value(&tree, "./A").len(), 10_000);
}

#[test]
fn compacting_drops_what_was_replaced() {
    let mut tree = tree(&leaf("L", "", "1"));
    for round in 0..1_000 {
        tree.edit(&DEVICE).replace("./L", &NewValue::text(&"x".repeat(1_000 + round))).unwrap();
    }
    let before: Vec<_> =
        tree.nodes().map(|node| (node.id(), node.uri().to_string(), node.acl().map(str::to_owned))).collect();
    tree.begin();
    assert_eq!(tree.compact(), 0, "not inside a transaction");
    tree.commit();
    assert!(tree.compact() > 1_000_000);
    let after: Vec<_> =
        tree.nodes().map(|node| (node.id(), node.uri().to_string(), node.acl().map(str::to_owned))).collect();
    assert_eq!(before, after);
    assert_eq!(value(&tree, "./L").len(), 1_999);
    assert_eq!(tree.compact(), 0);
}
