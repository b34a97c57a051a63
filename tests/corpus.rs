//! Everything we have becomes a typed value: the documents of others, and our own, counted by kind.

mod common;

use common::*;
use omadm::markup::Encoding;
use omadm::{ErrorKind, Kind, ddf, detect, provisioning, syncml::Message, tnds};
use std::collections::BTreeMap;

/// Files, commands, nodes, attributes of parameters.
type Counts = BTreeMap<(String, String), (usize, usize, usize)>;

fn add(counts: &mut Counts, kind: &str, encoding: &str, commands: usize, nodes: usize) {
    let row = counts.entry((kind.to_owned(), encoding.to_owned())).or_default();
    *row = (row.0 + 1, row.1 + commands, row.2 + nodes);
}

/// The counts of an independent program, by kind and encoding; of SyncML the commands that are not inside a `Sync`.
fn expected() -> Counts {
    let mut counts = Counts::new();
    let corpus = corpus();
    for (table, folder) in [("counts.tsv", Some(data())), ("corpus-counts.tsv", corpus)] {
        if folder.is_none() {
            continue;
        }
        let text = String::from_utf8(read(&data().join(table))).unwrap();
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let head = lines.next().unwrap();
        let column = |name: &str| head.iter().position(|column| *column == name).unwrap();
        for cells in lines {
            let number = |name: &str| cells[column(name)].parse::<usize>().unwrap_or(0);
            // The XML twins of the vendor's files are descriptions with values; see `vendor_files_are_refused_clearly`.
            let nodes = number("nodes") + number("embedded_nodes");
            add(&mut counts, cells[column("kind")], cells[column("encoding")], number("dm_commands"), nodes);
        }
    }
    counts.retain(|(_, encoding), _| encoding != "wbxml-vendor");
    counts
}

#[test]
fn every_document_becomes_a_typed_value() {
    let mut counts = Counts::new();
    for path in documents(ALL) {
        if is_vendor_wbxml(&path) {
            continue;
        }
        let octets = read(&path);
        let options = options_for(&path);
        let encoding = match Encoding::detect(&octets) {
            Some(Encoding::Xml) => "xml",
            _ => "wbxml",
        };
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let outcome = detect(&octets).and_then(|kind| {
            match kind {
                Kind::SyncMl => {
                    let message = Message::decode_with(&octets, &options)?;
                    let mut nodes = 0;
                    for tree in tnds::in_message(&message, &options) {
                        nodes += tree?.1.nodes().filter(|node| !node.is_implicit()).count();
                    }
                    let known = message.all_commands().filter(|command| command.name() == command.kind().name());
                    add(&mut counts, "syncml", encoding, known.count(), nodes);
                }
                Kind::Tree => {
                    let tree = tnds::decode_with(&octets, &options)?;
                    let nodes = tree.nodes().filter(|node| !node.is_implicit()).count();
                    add(&mut counts, "tnds", encoding, 0, nodes);
                }
                Kind::Description => {
                    let schema = ddf::decode_with(&octets, &options)?;
                    let kind = if name.starts_with("vendor-") { "vendor" } else { "ddf" };
                    add(&mut counts, kind, encoding, 0, schema.len());
                }
                Kind::Provisioning => {
                    provisioning::Document::decode_with(&octets, &options)?;
                    add(&mut counts, "prov", encoding, 0, 0);
                }
                other => panic!("{name}: {other}"),
            }
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    for ((kind, encoding), (files, commands, nodes)) in &counts {
        println!("{kind:<8} {encoding:<6} {files:>4} files {commands:>5} commands {nodes:>6} nodes");
    }
    assert_eq!(counts, expected());
}

#[test]
fn vendor_files_are_refused_clearly() {
    let Some(corpus) = corpus() else { return };
    let vendor: Vec<_> = files(&corpus.join("tnds"), WBXML).into_iter().filter(|path| is_vendor_wbxml(path)).collect();
    assert_eq!(vendor.len(), 3);
    for path in vendor {
        let error = tnds::decode(&read(&path)).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (ErrorKind::WbxmlPublicId, 1), "{}", path.display());
    }
}
