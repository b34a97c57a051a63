//! `omadm tree --html`: a tree as one page, which needs nothing from elsewhere.
//!
//! Names and values are a stranger's. They are in the page once, as JSON in a data block in which no octet can end it, and get
//! into the document as text only. The page's policy allows its own script and style, by their digests, and nothing else.

use super::json::{self, Object};
use super::report::{File, Report};
use super::trees;
use crate::tree::Tree;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn run(file: &File<'_>) -> Report {
    let mut report = Report::default();
    if let Some(tree) = trees::merged(file, &mut report) {
        report.found = true;
        report.octets = page(&data(file, &tree)).into_bytes();
    }
    report
}

/// The template with its four parts in their places; what is in a part is not looked at again.
fn page(data: &str) -> String {
    let mut page = String::with_capacity(PAGE.len().saturating_add(SCRIPT.len()).saturating_add(data.len()));
    for (index, piece) in PAGE.split("@@").enumerate() {
        match (index % 2, piece) {
            (1, "POLICY") => page.push_str(&policy()),
            (1, "STYLE") => page.push_str(STYLE),
            (1, "SCRIPT") => page.push_str(SCRIPT),
            (1, "DATA") => page.push_str(data),
            _ => page.push_str(piece),
        }
    }
    page
}

fn policy() -> String {
    let digest = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let (script, style) = (digest(SCRIPT), digest(STYLE));
    format!(
        "default-src 'none'; script-src {script}; style-src {style}; img-src data:; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// The tree as JSON without `<`, so that no text can end the element that it is in. Nodes come parents first, each with its
/// parent's place in the list.
fn data(file: &File<'_>, tree: &Tree<'_>) -> String {
    let mut places = HashMap::new();
    let mut nodes: Vec<Value> = Vec::new();
    for node in tree.nodes() {
        places.insert(node.id(), nodes.len());
        let parent = node.parent().and_then(|parent| places.get(&parent.id()).copied());
        let object = Object::default().with("parent", parent).with("name", node.name());
        nodes.push(json::about(object.with("segment", segment(node)), node).done());
    }
    let data = Object::default()
        .with("file", std::path::Path::new(file.name).file_name().map(|name| name.to_string_lossy()))
        .with("octets", file.octets.len())
        .with("Man", tree.man())
        .with("Mod", tree.model())
        .with("nodes", nodes)
        .done();
    data.to_string().replace('<', "\\u003c")
}

/// The name as it stands in a URI, where that is another text.
fn segment(node: crate::tree::Node<'_>) -> Option<String> {
    Some(node.segment().to_string()).filter(|segment| segment != node.name())
}
