//! Descriptions as schemas: questions, values, checks of trees, commands and messages, skeletons, comparison, census.

#[path = "ddf_check/changes.rs"]
mod changes;
#[path = "common/clock.rs"]
mod clock;
#[path = "ddf_check/commands.rs"]
mod commands;
#[path = "ddf_check/questions.rs"]
mod questions;
#[path = "ddf_check/skeletons.rs"]
mod skeletons;
#[path = "ddf_check/trees.rs"]
mod trees;
#[path = "ddf_check/values.rs"]
mod values;
#[path = "ddf_check/windows.rs"]
mod windows;

use omadm::ddf::{self, Findings, Schema};
use omadm::tnds;
use omadm::tree::Tree;

const ACME: &str = include_str!("data/acme.ddf.xml");
const ACME_WINDOWS: &str = include_str!("data/acme-windows.ddf.xml");
const MSFT: &str = "http://schemas.microsoft.com/MobileDevice/DM";

fn schema(xml: &str) -> Schema<'_> {
    ddf::decode(xml.as_bytes()).unwrap_or_else(|error| panic!("{error}: {xml}"))
}

/// A description of these nodes.
fn document(nodes: &str) -> String {
    format!("<MgmtTree xmlns:M=\"{MSFT}\">{nodes}</MgmtTree>")
}

/// A described node, with this in its `DFProperties` and these nodes inside.
fn described(name: &str, properties: &str, inside: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName><DFProperties>{properties}</DFProperties>{inside}</Node>")
}

/// A tree document of nodes that stand side by side: path, name, format, value.
fn tree_document(nodes: &[(&str, &str, &str, Option<&str>)]) -> String {
    let node = |(path, name, format, value): &(&str, &str, &str, Option<&str>)| {
        let value = value.map(|value| format!("<Value>{value}</Value>")).unwrap_or_default();
        format!(
            "<Node><NodeName>{name}</NodeName><Path>{path}</Path><RTProperties><Format><{format}/></Format></RTProperties>\
             {value}</Node>"
        )
    };
    format!("<MgmtTree><VerDTD>1.2</VerDTD>{}</MgmtTree>", nodes.iter().map(node).collect::<String>())
}

fn tree(xml: &str) -> Tree<'_> {
    tnds::decode(xml.as_bytes()).unwrap_or_else(|error| panic!("{error}: {xml}"))
}

/// The findings as they print, in the order of their text.
fn printed(findings: &Findings<'_>) -> Vec<String> {
    let mut printed: Vec<String> = findings.iter().map(ToString::to_string).collect();
    printed.sort();
    printed
}
