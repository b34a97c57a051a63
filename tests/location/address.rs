//! Node addresses (`provisional.md` §4.3).

use super::*;
use omadm::convert::{ConvertOptions, to_xml};
use omadm::syncml::{NewItem, Ref};

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

/// The answer to a Replace of an address that fits two nodes, by `provisional.md` §4.3 and the order of `wire.md` §1.
const CHOICES: &str = r#"<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>
<SessionID>1</SessionID><MsgID>3</MsgID><Target><LocURI>server</LocURI></Target><Source><LocURI>client</LocURI></Source></SyncHdr>
<SyncBody><Status><CmdID>1</CmdID><MsgRef>2</MsgRef><CmdRef>4</CmdRef><Cmd>Replace</Cmd>
<TargetRef>.?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+path=Download/PkgURL</TargetRef>
<Data>300</Data>
<Item><Target><LocURI>./FUMO/radio/Download/PkgURL</LocURI></Target></Item>
<Item><Target><LocURI>./FUMO/system/Download/PkgURL</LocURI></Target></Item>
</Status><Final/></SyncBody></SyncML>"#;

/// Elements and texts of a document, as another parser sees them.
fn seen(xml: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(xml).unwrap();
    let elements = document.descendants().filter(roxmltree::Node::is_element);
    elements
        .map(|element| {
            let depth = element.ancestors().count();
            format!("{depth} {}={}", element.tag_name().name(), element.text().unwrap_or_default().trim())
        })
        .collect()
}

#[test]
fn several_candidates_are_told_in_a_status_300() {
    let address = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+path=Download/PkgURL";
    let Ok(Target::Several(uris)) = target(&tree(), address, CommandKind::Replace, &options("two")) else { panic!() };
    let items: Vec<_> = uris.iter().map(|uri| NewItem::target(uri)).collect();
    let refs = [Ref::Target(address)];
    let code = StatusCode::of(ErrorKind::SeveralNodes).0.to_string();
    let mut builder = MessageBuilder::new("1", "3", "server", "client");
    let status = NewCommand { refs: &refs, items: &items, ..NewCommand::status("2", "4", "Replace", &code) };
    builder.command(&status).unwrap();
    let message = builder.finish().unwrap();

    let xml = String::from_utf8(message.encode(Encoding::Xml).unwrap()).unwrap();
    assert_eq!(seen(&xml), seen(CHOICES));
    let wbxml = message.encode(Encoding::Wbxml).unwrap();
    assert_eq!(seen(&to_xml(&wbxml, &ConvertOptions::default()).unwrap()), seen(CHOICES));
    for octets in [CHOICES.as_bytes(), xml.as_bytes(), &wbxml] {
        let read = Message::decode(octets).unwrap();
        let status = read.commands().next().unwrap();
        assert_eq!((status.status(), status.cmd()), (Some(StatusCode(300)), Some("Replace")));
        assert_eq!(status.refs().collect::<Vec<_>>(), [Ref::Target(address)]);
        assert_eq!(status.items().map(|item| item.target().unwrap().to_owned()).collect::<Vec<_>>(), uris);
    }
}

/// `provisional.md` §4.3: resolved when the command is executed, inside an Atomic after the commands before it.
#[test]
fn inside_a_transaction_an_address_is_that_of_the_tree_as_it_is_by_then() {
    let mut tree = tree();
    let device = EditOptions::default();
    let modem = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+if=PkgName=modem+path=Download/PkgURL";
    let radio = ".?list=x-omadm-node+id=urn:oma:mo:oma-fumo:1.0+if=PkgName=radio+path=Download/PkgURL";
    let of = |tree: &Tree<'_>, address: &str| match target(tree, address, CommandKind::Replace, &options("two")) {
        Ok(Target::Uri(uri)) => Ok(uri.into_owned()),
        Ok(Target::Several(uris)) => Err(format!("{uris:?}")),
        Err(error) => Err(StatusCode::of(error.kind()).0.to_string()),
    };
    assert_eq!(of(&tree, modem), Err("404".into()));
    tree.begin();
    tree.edit(&device).replace("./FUMO/radio/PkgName", &NewValue::text("modem")).unwrap();
    assert_eq!(of(&tree, modem), Ok("./FUMO/radio/Download/PkgURL".into()));
    assert_eq!(of(&tree, radio), Err("404".into()));
    // What it stands for can be edited at once, and moves with a rename.
    let uri = of(&tree, modem).unwrap();
    tree.edit(&device).replace(&uri, &NewValue::text("https://y/")).unwrap();
    tree.edit(&device).rename("./FUMO/radio", "modem").unwrap();
    assert_eq!(of(&tree, modem), Ok("./FUMO/modem/Download/PkgURL".into()));
    assert_eq!(tree.get("./FUMO/modem/Download/PkgURL").unwrap().unwrap().value().unwrap().text(), Some("https://y/"));
    // An object that was added by a command before is another candidate, which is a failure of the Atomic.
    tree.edit(&device).add("./New", &NewNode::object("urn:oma:mo:oma-fumo:1.0")).unwrap();
    tree.edit(&device).add("./New/PkgName", &NewNode::leaf("modem")).unwrap();
    tree.edit(&device).add("./New/Download", &NewNode::interior()).unwrap();
    assert_eq!(of(&tree, modem), Ok("./FUMO/modem/Download/PkgURL".into()));
    tree.edit(&device).add("./New/Download/PkgURL", &NewNode::leaf("z")).unwrap();
    let both = ["./FUMO/modem/Download/PkgURL", "./New/Download/PkgURL"];
    assert_eq!(of(&tree, modem), Err(format!("{both:?}")));
    assert!(tree.roll_back());
    assert_eq!(of(&tree, modem), Err("404".into()));
    assert_eq!(of(&tree, radio), Ok("./FUMO/radio/Download/PkgURL".into()));
}
