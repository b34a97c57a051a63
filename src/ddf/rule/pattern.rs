//! Regular expressions of descriptions. They are written for .NET and JavaScript; matching is linear in the value.
//! `\d`, `\w`, `\b` and `(?i)` are about ASCII, as in JavaScript; `\p{…}` cannot be compiled.

use crate::limits::Limits;
use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use regex_lite::{Regex, RegexBuilder};

/// Expressions that were compiled, so that each is compiled once.
#[derive(Debug)]
pub(crate) struct Patterns {
    compiled: HashMap<String, Option<Regex>, foldhash::fast::RandomState>,
    most: usize,
    size: usize,
}

impl Patterns {
    pub(crate) fn new(limits: &Limits) -> Patterns {
        Patterns { compiled: HashMap::default(), most: limits.patterns as usize, size: limits.pattern_size as usize }
    }

    /// The expression that matches whole values; `None` for one that cannot be compiled within the limits.
    pub(super) fn compile(&mut self, pattern: &str) -> Option<Regex> {
        let is_full = self.compiled.len() >= self.most;
        match self.compiled.entry(pattern.to_owned()) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(_) if is_full => None,
            Entry::Vacant(entry) => {
                let whole = format!(r"\A(?:{})\z", adapt(pattern));
                let mut builder = RegexBuilder::new(&whole);
                entry.insert(builder.size_limit(self.size).build().ok()).clone()
            }
        }
    }
}

/// What an expression is in the dialect of the `regex-lite` crate: `/…/` around it goes; `{` that begins no count, and what means an operation
/// on sets inside a class, stand for themselves.
fn adapt(pattern: &str) -> String {
    let inside = pattern.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let pattern = inside.unwrap_or(pattern);
    let mut out = String::with_capacity(pattern.len());
    let mut before = '(';
    let mut class = Class::Outside;
    let mut is_escaped = false;
    for (at, char) in pattern.char_indices() {
        let rest = pattern.get(at..).unwrap_or_default();
        let is_literal = match (is_escaped, char) {
            (true, _) => false,
            (_, '{') if class == Class::Outside => matches!(before, '(' | '|') || count(rest).is_none(),
            _ if class == Class::Outside => false,
            (_, '[') => !rest.starts_with("[:"),
            (_, '&' | '~') => true,
            (_, '-') => before == '-',
            _ => false,
        };
        if is_literal {
            out.push('\\');
        }
        out.push(char);
        class = match (class, char) {
            _ if is_escaped => {
                if class == Class::Outside {
                    class
                } else {
                    Class::Inside
                }
            }
            (Class::Outside, '[') => Class::Begins,
            (Class::Outside, _) => class,
            // The first character of a class can be `]`.
            (Class::Begins, '^') if before == '[' => class,
            (Class::Inside, ']') => Class::Outside,
            _ => Class::Inside,
        };
        before = if is_literal || is_escaped { ' ' } else { char };
        is_escaped = char == '\\' && !is_escaped;
    }
    out
}

/// Where in an expression a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Outside,
    /// Right behind `[` or `[^`.
    Begins,
    Inside,
}

/// How long `{3}`, `{3,}` or `{3,5}` at the beginning is.
fn count(rest: &str) -> Option<usize> {
    let (inside, _) = rest.strip_prefix('{')?.split_once('}')?;
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let is_digits = |text: &str| text.bytes().all(|octet| octet.is_ascii_digit());
    (!least.is_empty() && is_digits(least) && is_digits(most)).then(|| inside.len().saturating_add(2))
}

/// Whether an expression has this text in it, counts aside.
pub(super) fn has_literal(pattern: &str, text: &str) -> bool {
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        if before.contains(text) {
            return true;
        }
        let len = count(from).unwrap_or(1);
        rest = from.get(len..).unwrap_or_default();
        if len == 1 && text == "{" {
            return true;
        }
    }
    rest.contains(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, value: &str) -> Option<bool> {
        Patterns::new(&Limits::DEFAULT).compile(pattern).map(|regex| regex.is_match(value))
    }

    #[test]
    fn dialects_are_adapted() {
        const GUID: &str = "{c6d47067-6e92-480e-b0f7-4ba82182fac7}";
        let guid = r"{[0-9A-Fa-f]{8}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{4}\-[0-9A-Fa-f]{12}\}";
        let url = r"/^https?:\/\/(?:www\.)?[-a-zA-Z0-9@:%._\+~#=]{1,256}\.[a-zA-Z0-9()]{1,6}\b(?:[-a-zA-Z0-9()@:%_\+.~#?&\/=]*)$/";
        let cases = [
            (guid, GUID, true),
            (guid, "c6d47067-6e92-480e-b0f7-4ba82182fac7", false),
            (url, "https://www.example.com/a?b=c&d", true),
            (url, "ftp://example.com", false),
            (r"^[^|/]*$", "a b", true),
            (r"^[^|/]*$", "a|b", false),
            (r"[\d]*", "", true),
            (r"a|b", "b", true),
            (r"a|b", "ab", false),
            (r"[]a]+", "]a", true),
            (r"[a^]b", "^b", true),
            (r"\({2}", "((", true),
            (r"[[a]+", "[a", true),
            (r"[a&&b]+", "a&b", true),
            (r"[+--]+", "+,-", true),
            (r"a{2}", "aa", true),
            (r"a{,2}", "a{,2}", true),
            (r"\x41\{[{]", "A{{", true),
            (r"(?i)yes", "YES", true),
            ("a", "a\n", false),
            (r"[^\d]", "\u{663}", true),
            (r"\w", "\u{e4}", false),
        ];
        for (pattern, value, expected) in cases {
            assert_eq!(matches(pattern, value), Some(expected), "{pattern} {value}");
        }
        for pattern in ["(?=a)b", r"(a)\1", "(", "[", r"a\", r"\p{L}"] {
            assert_eq!(matches(pattern, "a"), None, "{pattern}");
        }
    }

    #[test]
    fn patterns_are_bounded_in_size_and_number() {
        assert_eq!(matches("((a{99}){99}){99}", "a"), None);
        let mut patterns = Patterns::new(&Limits { patterns: 2, ..Limits::DEFAULT });
        let compiled: Vec<bool> =
            ["a", "b", "c", "a"].into_iter().map(|pattern| patterns.compile(pattern).is_some()).collect();
        assert_eq!(compiled, [true, true, false, true]);
        // Nested, as deep as it may be.
        assert_eq!(matches(&("(".repeat(100_000) + &")".repeat(100_000)), ""), None);
    }

    #[test]
    fn counts_are_no_text() {
        assert!(has_literal("^[0-9,-]+$", ",") && has_literal("(;|$){1,11}", ";") && has_literal("a{b,", ","));
        assert!(!has_literal("[0-9]{1,3}", ",") && !has_literal("", ","));
        // A brace that begins no count is itself.
        assert!(has_literal("a{b}", "{") && !has_literal("a{2}", "{"));
    }
}
