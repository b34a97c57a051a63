//! A recursive reading of patterns, one way after the other.

use omadm::tree::{AclCommands, Format, Node, NodeId, Principal};
use std::collections::HashSet;

#[derive(Clone, Debug)]
pub(super) enum Way {
    Name(&'static str),
    Any,
    Deep,
}

#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) path: Vec<&'static str>,
    /// Operator and value; quoted where it is a text.
    pub(super) test: Option<(&'static str, &'static str)>,
}

pub(super) type Steps = Vec<(Way, Vec<Condition>)>;

pub(super) fn render(steps: &Steps) -> String {
    let mut out = Vec::new();
    for (way, conditions) in steps {
        let mut step = match way {
            Way::Name(name) => (*name).to_owned(),
            Way::Any => "*".to_owned(),
            Way::Deep => "**".to_owned(),
        };
        for (at, condition) in conditions.iter().enumerate() {
            let (operator, value) = condition.test.unwrap_or_default();
            step += if at == 0 { "[" } else { " && " };
            step += &format!("{}{operator}{value}", condition.path.join("/"));
        }
        step += if conditions.is_empty() { "" } else { "]" };
        out.push(step);
    }
    if out.is_empty() { ".".to_owned() } else { out.join("/") }
}

fn may_get(node: Node<'_>, server: Option<&str>) -> bool {
    server.is_none_or(|server| node.allows(Principal::Server(server), AclCommands::GET))
}

fn leads<'t>(node: Node<'t>, path: &[&str], out: &mut Vec<Node<'t>>) {
    match path.split_first() {
        None => out.push(node),
        Some((first, rest)) => {
            node.children()
                .filter(|child| *first == "*" || child.name() == *first)
                .for_each(|child| leads(child, rest, out));
        }
    }
}

fn holds(node: Node<'_>, condition: &Condition, server: Option<&str>) -> bool {
    let mut reached = Vec::new();
    leads(node, &condition.path, &mut reached);
    reached.into_iter().filter(|node| may_get(*node, server)).any(|node| {
        let Some((operator, literal)) = condition.test else { return true };
        if matches!(node.format(), Format::Node | Format::Bin) {
            return false;
        }
        let value = node.value().map_or("", |value| value.text().unwrap());
        if let Some(text) = literal.strip_prefix('"') {
            let is_same = value == text.trim_end_matches('"');
            return is_same == (operator == "==");
        }
        let number: i64 = literal.parse().unwrap();
        match (operator, value.parse::<i64>()) {
            ("!=", Err(_)) => true,
            (_, Err(_)) => false,
            ("==", Ok(value)) => value == number,
            ("!=", Ok(value)) => value != number,
            ("<", Ok(value)) => value < number,
            (">=", Ok(value)) => value >= number,
            _ => unreachable!(),
        }
    })
}

/// Every way of reading the pattern, one after the other.
pub(super) fn naive(node: Node<'_>, steps: &[(Way, Vec<Condition>)], server: Option<&str>, out: &mut HashSet<NodeId>) {
    let Some(((way, conditions), rest)) = steps.split_first() else {
        if may_get(node, server) {
            out.insert(node.id());
        }
        return;
    };
    let candidates: Vec<Node<'_>> = match way {
        Way::Name(name) => node.children().filter(|child| child.name() == *name).collect(),
        Way::Any => node.children().collect(),
        Way::Deep => node.descendants().collect(),
    };
    for candidate in candidates {
        if conditions.iter().all(|condition| holds(candidate, condition, server)) {
            naive(candidate, rest, server, out);
        }
    }
}
