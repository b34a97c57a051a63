//! Device descriptions.

use crate::trees::check_tree;
use crate::{Setting, again, check_error};
use omadm::ddf::{self, AccessTypes, Check, OsBuild, Request, Schema, SchemaNode, Skeleton, Verdict};
use omadm::markup::Encoding::{Wbxml, Xml};
use omadm::tree::{Format, Tree};

/// What a description says of a node.
fn facts(node: SchemaNode<'_>) -> String {
    let run_time = node.run_time().map(|properties| {
        (
            (properties.acl(), properties.format(), properties.name(), properties.size(), properties.title()),
            (properties.tstamp(), properties.mime(), properties.mo_id(), properties.ver_no()),
        )
    });
    format!(
        "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {run_time:?} {}",
        node.uri(),
        node.path(),
        node.declared_access(),
        node.declared_format(),
        (node.declared_occurrence(), node.declared_scope(), node.case_sense()),
        node.default_value(),
        node.value(),
        node.description(),
        node.title(),
        node.mime_types().collect::<Vec<_>>(),
        node.mo_id(),
        node.ddf_name(),
        node.is_described(),
        node.extensions().count(),
    )
}

fn lines(schema: &Schema<'_>) -> Vec<String> {
    let head = schema.documents().map(|document| format!("{:?} {:?}", document.man(), document.model()));
    head.chain(schema.nodes().map(facts)).collect()
}

/// A description is read, looked up, written in both encodings and read again as the same; trees and values are judged by it.
pub fn ddf(data: &[u8]) {
    let Some((setting, input)) = Setting::take(data) else { return };
    let options = setting.options();
    let schema = match ddf::decode_with(input, &options) {
        Ok(schema) => schema,
        Err(error) => return check_error(error, input),
    };
    let before = lines(&schema);
    let document = schema.documents().next().unwrap();
    for encoding in [Xml, Wbxml] {
        let octets = match ddf::encode(&document, encoding) {
            Ok(octets) => octets,
            Err(error) => {
                assert!(error.offset() <= input.len());
                continue;
            }
        };
        let again =
            ddf::decode_with(&octets, &again()).unwrap_or_else(|error| panic!("{error} in {}", octets.escape_ascii()));
        // In XML octets of `bin` are base64.
        let is_value_kept = encoding == document.encoding()
            || schema.nodes().all(|node| {
                (node.default_octets(), node.value_octets()) == (None, None) || node.format() != Format::Bin
            });
        if is_value_kept {
            assert_eq!(lines(&again), before, "{}", octets.escape_ascii());
            assert!(
                again.changes(&schema).is_empty() && schema.changes(&again).is_empty(),
                "{:?}",
                schema.changes(&again)
            );
        }
    }
    assert_eq!(lines(&schema.clone().into_owned()), before);
    look_up(&schema);
    judge(&schema, setting, input);
}

fn look_up(schema: &Schema<'_>) {
    assert_eq!(schema.nodes().count(), schema.len());
    for node in schema.nodes().take(60) {
        assert!(node.children().all(|child| child.parent().is_some_and(|parent| parent.index() == node.index())));
        let uri = node.uri().to_string();
        // A template may have names that no URI has.
        if let Ok(mut found) = schema.matches(&uri) {
            assert!(found.any(|found| found.index() == node.index()), "{uri}");
        }
        let _ = (node.microsoft().allowed_values(), node.microsoft().dynamic_naming(), node.applicability());
    }
}

fn judge(schema: &Schema<'_>, setting: Setting, input: &[u8]) {
    let limits = setting.limits();
    let build: OsBuild = "10.0.22000".parse().unwrap();
    let check = Check::new(schema).limits(&limits).os_build(build).whole_tree(setting.bit(0));
    let text = String::from_utf8_lossy(input);
    for node in schema.nodes().take(40) {
        let rule = node.value_rule();
        for value in ["", "0", "1", "-1", "a", "2026", node.default_value().unwrap_or("x")] {
            let (one, other) = (rule.allows(value), rule.allows(value.as_bytes()));
            assert_eq!(matches!(one, Verdict::Allowed), matches!(other, Verdict::Allowed));
        }
        let uri = node.uri().to_string();
        for command in [AccessTypes::ADD, AccessTypes::GET, AccessTypes::REPLACE] {
            let findings = check.command(&Request::new(command, &uri).format("chr").value("1"));
            assert!(findings.len() <= limits.findings as usize);
        }
    }
    let findings = check.tree(&Tree::new());
    assert!(findings.len() <= limits.findings as usize);
    let skeleton = Skeleton::new(schema).limits(&limits);
    if let Ok(tree) = skeleton.tree() {
        check_tree(&tree);
        let _ = check.tree(&tree).iter().map(|finding| finding.expected()).count();
    }
    // A tree document is a description that describes little.
    if let Ok(tree) = omadm::tnds::decode(text.as_bytes()) {
        let _ = check.tree(&tree).iter().map(|finding| format!("{finding:?}")).count();
    }
}
