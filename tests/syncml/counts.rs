//! Counts against an independent decoder's (`tests/tools/count_corpus.py`).

use super::views::{Row, all_documents, survey};
use omadm::ErrorKind;
use omadm::markup::{Encoding, Event, Fragment, Options, Reader};
use omadm::syncml::{CommandKind, DataForm, Message};

const BARE: Options = Options { bare_ampersand: true, unnamed_trees: false, limits: omadm::Limits::DEFAULT };

/// Commands and items inside a command outside DM, itself left out.
fn inside(fragment: &Fragment<'_>) -> (usize, usize) {
    const COMMANDS: [&str; 16] = [
        "Add", "Alert", "Atomic", "Copy", "Delete", "Exec", "Get", "Map", "Move", "Put", "Replace", "Results",
        "Search", "Sequence", "Status", "Sync",
    ];
    const CONTAINERS: [&str; 3] = ["Atomic", "Sequence", "Sync"];
    let mut reader = fragment.reader(&Options::default());
    let (mut commands, mut items) = (0, 0);
    let mut open: Vec<&str> = Vec::new();
    while let Some(event) = reader.next_event().unwrap() {
        match event {
            Event::Start(name) => {
                let in_container = open.last().is_some_and(|parent| CONTAINERS.contains(parent));
                commands += usize::from(in_container && COMMANDS.contains(&name.local()));
                items += usize::from(name.local() == "Item");
                open.push(name.local());
            }
            Event::End => drop(open.pop()),
            _ => {}
        }
    }
    (commands, items)
}

fn check_embedded(name: &str, message: &Message<'_>, row: &Row) {
    let mut found = Vec::new();
    let (mut elements, mut nodes) = (0, 0);
    for item in message.all_commands().flat_map(|command| command.items().collect::<Vec<_>>()) {
        let Some(data) = item.data() else { continue };
        let Some(embedded) = data.embedded() else { continue };
        let (root, all, nodes_here) = survey(&embedded).unwrap();
        let kind = match root.as_str() {
            "MgmtTree" => "tnds",
            "DevInf" => "devinf",
            // Markup that is no document: anchors in the answer to an alert.
            "Anchor" => continue,
            other => panic!("{name}: {other}"),
        };
        let form = match data.form() {
            DataForm::Markup => "markup",
            DataForm::Opaque if embedded.bytes()[0] < 4 => "wbxml",
            _ => "text",
        };
        found.push(format!("{kind}:{form}"));
        elements += if form == "markup" { 0 } else { all };
        nodes += nodes_here;
    }
    let expected: Vec<&str> = row.get("embedded").split(' ').filter(|each| !each.is_empty()).collect();
    // What a command outside DM embeds is not looked into.
    if row.get("commands") == row.get("dm_commands") {
        assert_eq!(found, expected, "{name}: embedded");
        assert_eq!(elements, row.number("embedded_elements"), "{name}: embedded_elements");
        assert_eq!(nodes, row.number("embedded_nodes"), "{name}: embedded_nodes");
    }
}

#[test]
fn all_messages_decode_with_the_counts_of_another_parser() {
    let documents = all_documents();
    let (mut commands, mut items) = (0, 0);
    for (name, input, row) in &documents {
        let options = if row.get("note").contains("bare &") { BARE } else { Options::default() };
        let message = Message::decode_with(input, &options).unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = if row.get("encoding") == "xml" { Encoding::Xml } else { Encoding::Wbxml };
        assert_eq!(message.encoding(), expected, "{name}");

        let dm = message.all_commands().filter(|command| command.kind() != CommandKind::Other).count();
        let dm_items: usize = message.all_commands().map(|command| command.items().len()).sum();
        assert_eq!(dm, row.number("dm_commands"), "{name}: dm_commands");
        assert_eq!(dm_items, row.number("dm_items"), "{name}: dm_items");

        let others: Vec<Fragment<'_>> = message.all_commands().filter_map(|command| command.fragment()).collect();
        let nested: Vec<(usize, usize)> = others.iter().map(inside).collect();
        let all = dm + others.len() + nested.iter().map(|(commands, _)| commands).sum::<usize>();
        assert_eq!(all, row.number("commands"), "{name}: commands");
        let all_items = dm_items + nested.iter().map(|(_, items)| items).sum::<usize>();
        assert_eq!(all_items, row.number("items"), "{name}: items");
        check_embedded(name, &message, row);
        commands += dm;
        items += dm_items;
    }
    println!("{} messages, {commands} DM commands, {items} items", documents.len());
    // The ones in tests/data alone are ten.
    assert!(documents.len() == 10 || documents.len() == 43, "{}", documents.len());
}

#[test]
fn containers_nest_as_in_the_document() {
    let input = super::views::own("package2.syncml.xml");
    let message = Message::decode(&input).unwrap();
    let top: Vec<&str> = message.commands().map(|command| command.cmd_id()).collect();
    assert_eq!(top, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "17", "20"]);
    let children = |id: &str| -> Vec<String> {
        let command = message.all_commands().find(|command| command.cmd_id() == id).unwrap();
        command.children().map(|child| format!("{} {}", child.kind(), child.cmd_id())).collect()
    };
    assert_eq!(children("13"), ["Add 14", "Replace 15", "Alert 16"]);
    assert_eq!(children("17"), ["Replace 18", "Delete 19"]);
    assert_eq!(children("7"), [""; 0]);
}

#[test]
fn bare_ampersands_are_refused_at_their_octet_unless_allowed() {
    let mut seen = 0;
    for (name, input, row) in all_documents() {
        if !row.get("note").contains("bare &") {
            continue;
        }
        let bare = (0..input.len()).find(|at| input[*at] == b'&' && !input[*at..].starts_with(b"&amp;")).unwrap();
        let error = Message::decode(&input).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::XmlBareAmpersand, bare), "{name}");
        let line = input[..bare].iter().filter(|octet| **octet == b'\n').count() + 1;
        let location = error.locate(&input);
        assert_eq!(location.line_column.unwrap().0, line, "{name}");
        assert_eq!(location.path, "SyncML/SyncBody/Alert/Item/Data", "{name}");

        let message = Message::decode_with(&input, &BARE).unwrap();
        let options = message.commands().next().unwrap().items().next().unwrap().data().unwrap().text().unwrap();
        assert!(options.starts_with("MAXDT=") && options.contains('&'), "{name}: {options}");
        seen += 1;
    }
    assert!(seen == 0 || seen == 4, "{seen}");
}
