//! Conditions on the nodes below a node.

use super::RelPath;
use crate::tree::{AclCommands, Format, Node, Principal};
use core::cmp::Ordering;
use std::borrow::Cow;

/// That a path leads somewhere, or to a leaf whose value passes a test.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition<'q> {
    pub(super) path: RelPath<'q>,
    pub(super) test: Option<(Operator, Literal<'q>)>,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What a value is compared with.
#[derive(Clone, PartialEq)]
pub(super) enum Literal<'q> {
    /// Octet by octet.
    Text(Cow<'q, [u8]>),
    /// As a number.
    Number(Number),
}

/// Without the text, which may be a secret.
impl core::fmt::Debug for Literal<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Literal::Text(text) => write!(f, "Text({} octets)", text.len()),
            Literal::Number(_) => f.write_str("Number"),
        }
    }
}

impl Condition<'_> {
    /// Whether it holds at a node, for a principal with these rights there: some node on the path that it may Get passes.
    pub(super) fn holds(&self, node: Node<'_>, principal: Principal<'_>, rights: AclCommands) -> bool {
        let Condition { path, test } = self;
        let mut nodes = path.nodes_within(node, principal, rights);
        match test {
            None => nodes.next().is_some(),
            Some((operator, literal)) => nodes.any(|node| literal.passes(*operator, node)),
        }
    }
}

impl Literal<'_> {
    fn passes(&self, operator: Operator, node: Node<'_>) -> bool {
        let Some(value) = comparable(node) else { return false };
        let order = match self {
            Literal::Text(text) if value == text.as_ref() => Some(Ordering::Equal),
            Literal::Text(_) => None,
            Literal::Number(number) => Number::parse(value).and_then(|value| value.compare(number)),
        };
        match operator {
            Operator::Equal => order == Some(Ordering::Equal),
            Operator::NotEqual => order != Some(Ordering::Equal),
            Operator::Less => order.is_some_and(Ordering::is_lt),
            Operator::LessOrEqual => order.is_some_and(Ordering::is_le),
            Operator::Greater => order.is_some_and(Ordering::is_gt),
            Operator::GreaterOrEqual => order.is_some_and(Ordering::is_ge),
        }
    }
}

/// The value of a leaf that can be compared: not one of octets (`provisional.md` §4.2). A leaf without a value is one with an
/// empty value, as it is on the wire.
fn comparable<'t>(node: Node<'t>) -> Option<&'t [u8]> {
    match node.format() {
        Format::Bin | Format::B64 | Format::Node => None,
        _ => Some(node.value().map_or(&[], |value| value.bytes())),
    }
}

/// A number: exact where it is an integer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    integer: Option<i128>,
    float: f64,
}

impl Number {
    /// Reads a decimal number with or without sign, fraction and exponent; blanks around do not count.
    pub(super) fn parse(text: &[u8]) -> Option<Number> {
        let text = text.trim_ascii();
        // Keeps out the words that the standard library takes for numbers.
        if !text.iter().all(|octet| octet.is_ascii_digit() || b"+-.eE".contains(octet)) {
            return None;
        }
        let text = core::str::from_utf8(text).ok()?;
        let float = text.parse().ok().filter(|float: &f64| float.is_finite())?;
        Some(Number { integer: text.parse().ok(), float })
    }

    fn compare(&self, other: &Number) -> Option<Ordering> {
        match (self.integer, other.integer) {
            (Some(one), Some(other)) => Some(one.cmp(&other)),
            _ => self.float.partial_cmp(&other.float),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_numbers_and_words_are_not() {
        for text in ["0", "-5", "+7", "1.5", ".5", "1e3", " 10\n", "007"] {
            assert!(Number::parse(text.as_bytes()).is_some(), "{text}");
        }
        for text in ["", "inf", "NaN", "-", "e", "1e999", "0x10", "1 2", "ten", "1,5"] {
            assert!(Number::parse(text.as_bytes()).is_none(), "{text}");
        }
    }

    #[test]
    fn integers_are_compared_exactly() {
        let compare = |one: &str, other: &str| {
            Number::parse(one.as_bytes()).unwrap().compare(&Number::parse(other.as_bytes()).unwrap()).unwrap()
        };
        assert_eq!(compare("9007199254740993", "9007199254740992"), Ordering::Greater);
        assert_eq!(compare("10", "9"), Ordering::Greater);
        assert_eq!(compare("010", "10.0"), Ordering::Equal);
        assert_eq!(compare("-1.5", "-1"), Ordering::Less);
    }
}
