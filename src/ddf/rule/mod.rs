//! Which values a node takes: `AllowedValues` of Windows' descriptions, and the format where there is none.

mod lexical;
mod pattern;
mod range;
mod structure;

use super::{AllowedValues, Extension, SchemaNode, ValueKind};
use crate::limits::Limits;
use crate::tree::Format;
use core::fmt;
use hashbrown::HashSet;
pub(super) use pattern::Patterns;
use range::Interval;
use regex_lite::Regex;
use std::borrow::Cow;

/// Whether a description allows a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It does.
    Allowed,
    /// It does not.
    Refused(Refusal),
    /// What the description says is more than this library can judge. What can be seen without (that XML is well-formed)
    /// is in order.
    NotJudged(NotJudged),
}

impl Verdict {
    /// Whether the value is known to be wrong.
    #[must_use]
    pub const fn is_refused(self) -> bool {
        matches!(self, Verdict::Refused(_))
    }
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// Not one of the values listed.
    NotListed,
    /// Not put together from the flags listed.
    NotFlags,
    /// In none of the intervals.
    OutOfRange,
    /// Not a number, where numbers are allowed.
    NotNumber,
    /// Does not match the regular expression.
    NoMatch,
    /// Not what the format stands for (`wire.md` §8.5).
    NotOfFormat(Format),
    /// Not well-formed XML.
    NotXml,
    /// Not JSON.
    NotJson,
    /// Not the setting of a group policy: `<enabled/>` or `<disabled/>`, and `<data/>` elements.
    NotPolicy,
    /// Not a security descriptor.
    NotSddl,
}

/// Prints what is wrong, such as `not one of the values listed`.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::NotListed => "not one of the values listed",
            Refusal::NotFlags => "not put together from the flags listed",
            Refusal::OutOfRange => "out of range",
            Refusal::NotNumber => "not a number",
            Refusal::NoMatch => "does not match the regular expression",
            Refusal::NotOfFormat(format) => return write!(f, "not a value of format {format}"),
            Refusal::NotXml => "not well-formed XML",
            Refusal::NotJson => "not JSON",
            Refusal::NotPolicy => "not the setting of a policy: expected <enabled/> or <disabled/>, and <data/>",
            Refusal::NotSddl => "not a security descriptor",
        })
    }
}

/// Why a value was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotJudged {
    /// An XML schema; the value is well-formed.
    XmlSchema,
    /// A JSON schema; the value is JSON.
    JsonSchema,
    /// A group policy in an ADMX file; the value is built like a setting.
    Admx,
    /// The value is built like a security descriptor; who is meant is not known here.
    Sddl,
    /// There is no regular expression, or one of a dialect that cannot be matched in linear time (looking ahead or behind,
    /// references back), or one that is larger than [`Limits::pattern_size`](crate::Limits::pattern_size) or
    /// more than [`Limits::patterns`](crate::Limits::patterns).
    Pattern,
    /// The intervals or flags cannot be read, or there are none.
    Rule,
    /// `ValueType` is not one that Microsoft's schema has.
    UnknownKind,
    /// Refused, but other values are allowed while another node has a certain value (`DependencyChangedAllowedValues`).
    Dependency,
}

/// Prints the reason, such as `an XML schema`.
impl fmt::Display for NotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotJudged::XmlSchema => "an XML schema",
            NotJudged::JsonSchema => "a JSON schema",
            NotJudged::Admx => "a policy in an ADMX file",
            NotJudged::Sddl => "a security descriptor",
            NotJudged::Pattern => "a regular expression that is not supported",
            NotJudged::Rule => "a rule that cannot be read",
            NotJudged::UnknownKind => "a kind of rule that is not known",
            NotJudged::Dependency => "a rule that depends on another node",
        })
    }
}

/// Which values a node takes, ready to be asked often: patterns are compiled, lists are hashed. From
/// [`SchemaNode::value_rule`].
///
/// What the kinds of `AllowedValues` mean (Microsoft's DDF v2 schema):
///
/// | kind | allowed is |
/// |---|---|
/// | None, or no `AllowedValues` | what the format stands for (`wire.md` §8.5) |
/// | ENUM | each value listed; numbers of format `int` in any spelling, `bool` in any case |
/// | Flag | each number that values listed make by *or*; zero only where it is listed |
/// | Range | each number in one of the intervals: `[0-10]`, `[(-1)-5]`, `[1-3],[7]` |
/// | RegEx | a value that the expression matches as a whole, anchored or not: the same expression stands with and without anchors |
/// | XSD, JSON | not judged; what is not well-formed is refused |
/// | ADMX | not judged; what is not `<enabled/>` or `<disabled/>` with `<data/>` elements is refused |
/// | SDDL | not judged; what is not built like a descriptor is refused |
///
/// With a `List` each item is judged, except where a regular expression has the delimiter in it: that describes the whole list.
/// An empty list is allowed, and so is a delimiter at the end.
///
/// Time is linear in the value.
#[derive(Clone, Debug)]
pub struct ValueRule<'s> {
    format: Format,
    delimiter: Option<Cow<'s, str>>,
    rule: Rule<'s>,
    /// Rules that hold instead while another node has a certain value.
    others: Vec<ValueRule<'s>>,
}

#[derive(Clone, Debug)]
enum Rule<'s> {
    Format,
    Enum(HashSet<Cow<'s, str>, foldhash::fast::RandomState>),
    Flags(Vec<u64>),
    Range(Vec<Interval>),
    Pattern { regex: Regex, whole_list: bool },
    Xml,
    Json,
    Admx,
    Sddl,
    NotJudged(NotJudged),
}

impl<'s> ValueRule<'s> {
    /// The rule of a node.
    pub(super) fn of_node(node: SchemaNode<'s>, patterns: &mut Patterns) -> ValueRule<'s> {
        let microsoft = node.microsoft();
        let Some(allowed) = microsoft.allowed_values() else {
            return ValueRule { format: node.format(), delimiter: None, rule: Rule::Format, others: Vec::new() };
        };
        let mut rule = ValueRule::new(&allowed, patterns);
        let changed = |group: Extension<'s>| group.child("DependencyChangedAllowedValues");
        let changed = microsoft.dependency_groups().filter_map(changed);
        rule.others =
            changed.map(|other| ValueRule::new(&AllowedValues::new(other, node.format()), patterns)).collect();
        rule
    }

    pub(super) fn new(allowed: &AllowedValues<'s>, patterns: &mut Patterns) -> ValueRule<'s> {
        let format = allowed.format();
        let delimiter = allowed.list_delimiter().filter(|delimiter| !delimiter.is_empty()).map(delimiter);
        let values = || allowed.values().filter_map(|value| value.value());
        let rule = match allowed.kind() {
            ValueKind::None => Rule::Format,
            // An empty Value allows the empty value; text() of an extension is then empty, not absent.
            ValueKind::Enum => Rule::Enum(values().map(|value| canonical(value, format)).collect()),
            ValueKind::Flag => {
                let flags: Option<Vec<u64>> = values().map(|value| u64::try_from(range::number(value)?).ok()).collect();
                flags.filter(|flags| !flags.is_empty()).map_or(Rule::NotJudged(NotJudged::Rule), Rule::Flags)
            }
            ValueKind::Range => {
                let intervals: Option<Vec<Vec<Interval>>> = values().map(range::intervals).collect();
                let intervals = intervals.map(|intervals| intervals.concat()).filter(|all| !all.is_empty());
                intervals.map_or(Rule::NotJudged(NotJudged::Rule), Rule::Range)
            }
            ValueKind::RegEx => {
                let pattern = values().next().filter(|pattern| !pattern.is_empty());
                let compiled = pattern.and_then(|pattern| Some((patterns.compile(pattern)?, pattern)));
                compiled.map_or(Rule::NotJudged(NotJudged::Pattern), |(regex, text)| {
                    let whole_list = delimiter.as_ref().is_some_and(|delimiter| pattern::has_literal(text, delimiter));
                    Rule::Pattern { regex, whole_list }
                })
            }
            ValueKind::Xsd => Rule::Xml,
            ValueKind::Json => Rule::Json,
            ValueKind::Admx => Rule::Admx,
            ValueKind::Sddl => Rule::Sddl,
            ValueKind::Other(_) => Rule::NotJudged(NotJudged::UnknownKind),
        };
        ValueRule { format, delimiter, rule, others: Vec::new() }
    }

    /// Judges a value: the text or octets that the node is to hold, base64 undone.
    #[must_use]
    pub fn allows(&self, value: impl AsRef<[u8]>) -> Verdict {
        let value = value.as_ref();
        let verdict = self.allows_alone(value);
        let is_other = || self.others.iter().any(|other| !other.allows_alone(value).is_refused());
        if verdict.is_refused() && is_other() { Verdict::NotJudged(NotJudged::Dependency) } else { verdict }
    }

    fn allows_alone(&self, value: &[u8]) -> Verdict {
        if let (Rule::Format, None) = (&self.rule, &self.delimiter) {
            return lexical::check(self.format, value);
        }
        let Ok(text) = simdutf8::basic::from_utf8(value) else {
            return Verdict::Refused(Refusal::NotOfFormat(self.format));
        };
        let is_whole = matches!(self.rule, Rule::Format | Rule::Pattern { whole_list: true, .. });
        let Some(delimiter) = self.delimiter.as_deref().filter(|_| !is_whole) else { return self.judge(text) };
        let list = text.strip_suffix(delimiter).unwrap_or(text);
        let mut outcome = Verdict::Allowed;
        for item in list.split(delimiter).filter(|_| !list.is_empty()) {
            match self.judge(item.trim_matches([' ', '\t', '\r', '\n'])) {
                Verdict::Allowed => {}
                // Descriptors may have the delimiter inside.
                Verdict::Refused(Refusal::NotSddl) => return self.judge(text),
                Verdict::Refused(refusal) => return Verdict::Refused(refusal),
                judged => outcome = judged,
            }
        }
        outcome
    }

    fn judge(&self, text: &str) -> Verdict {
        use Verdict::{Allowed, NotJudged as Open, Refused};
        let check = |is_allowed: bool, refusal| if is_allowed { Allowed } else { Refused(refusal) };
        let open = |is_well: bool, refusal, open| if is_well { Open(open) } else { Refused(refusal) };
        match &self.rule {
            // A list of what the format stands for can be told by nothing but its text.
            Rule::Format => Allowed,
            Rule::Enum(values) => check(values.contains(&canonical(text, self.format)), Refusal::NotListed),
            Rule::Flags(flags) => match range::number(text).map(u64::try_from) {
                Some(Ok(value)) => check(is_made_of(value, flags), Refusal::NotFlags),
                Some(Err(_)) => Refused(Refusal::NotFlags),
                None => Refused(Refusal::NotNumber),
            },
            Rule::Range(intervals) => match range::contains(intervals, text, self.format) {
                Some(is_in) => check(is_in, Refusal::OutOfRange),
                None => Refused(Refusal::NotNumber),
            },
            Rule::Pattern { regex, .. } => check(regex.is_match(text), Refusal::NoMatch),
            Rule::Xml => open(structure::is_xml(text), Refusal::NotXml, NotJudged::XmlSchema),
            Rule::Json => open(structure::is_json(text), Refusal::NotJson, NotJudged::JsonSchema),
            Rule::Admx => open(structure::is_policy(text), Refusal::NotPolicy, NotJudged::Admx),
            Rule::Sddl => open(structure::is_sddl(text), Refusal::NotSddl, NotJudged::Sddl),
            Rule::NotJudged(why) => Open(*why),
        }
    }

    /// Whether this is a regular expression, be it one that is not supported: on an interior node that describes the name.
    pub(super) fn is_pattern(&self) -> bool {
        matches!(self.rule, Rule::Pattern { .. } | Rule::NotJudged(NotJudged::Pattern))
    }
}

impl<'s> AllowedValues<'s> {
    /// Judges a value. Compiles what has to be compiled: for many values take [`rule`](AllowedValues::rule).
    ///
    /// ```
    /// use omadm::ddf::{Refusal, Verdict};
    /// let schema = omadm::ddf::decode(br#"<MgmtTree xmlns:MSFT="http://schemas.microsoft.com/MobileDevice/DM"><Node>
    ///   <NodeName>Level</NodeName><DFProperties><DFFormat><int/></DFFormat>
    ///   <MSFT:AllowedValues ValueType="Range"><MSFT:Value>[0-6]</MSFT:Value></MSFT:AllowedValues></DFProperties></Node></MgmtTree>"#)?;
    /// let allowed = schema.get("./Level")?.unwrap().microsoft().allowed_values().unwrap();
    /// assert_eq!(allowed.allows("6"), Verdict::Allowed);
    /// assert_eq!(allowed.allows("7"), Verdict::Refused(Refusal::OutOfRange));
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn allows(&self, value: impl AsRef<[u8]>) -> Verdict {
        self.rule().allows(value)
    }

    /// The rule, ready to be asked often. What [`DependencyChangedAllowedValues`](NotJudged::Dependency) adds is part of
    /// [`SchemaNode::value_rule`] only.
    #[must_use]
    pub fn rule(&self) -> ValueRule<'s> {
        ValueRule::new(self, &mut Patterns::new(&Limits::DEFAULT))
    }
}

/// A value so that those that mean the same are the same.
fn canonical(value: &str, format: Format) -> Cow<'_, str> {
    match format {
        Format::Int => match range::number(value) {
            Some(number) => Cow::Owned(number.to_string()),
            None => Cow::Borrowed(value),
        },
        Format::Bool if value.bytes().any(|octet| octet.is_ascii_uppercase()) => Cow::Owned(value.to_ascii_lowercase()),
        _ => Cow::Borrowed(value),
    }
}

/// Whether some of the flags make this value by *or*.
fn is_made_of(value: u64, flags: &[u64]) -> bool {
    let contained = flags.iter().filter(|flag| **flag & value == **flag);
    let made = contained.clone().fold(0, |made, flag| made | flag);
    made == value && (value != 0 || flags.contains(&0))
}

/// `Delimiter`, in which `0xF000` stands for a character.
fn delimiter(text: &str) -> Cow<'_, str> {
    let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let char = hex.and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32);
    char.map_or(Cow::Borrowed(text), |char| Cow::Owned(char.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_taken_together() {
        let flags = [1, 2, 4, 0x7FFF_FFFF];
        for value in [1, 3, 7, 0x7FFF_FFFF] {
            assert!(is_made_of(value, &flags), "{value}");
        }
        for value in [0, 8, 9, 0x8000_0000, 0xFFFF_FFFF] {
            assert!(!is_made_of(value, &flags), "{value}");
        }
        assert!(is_made_of(0, &[0, 1]) && !is_made_of(2, &[3]));
    }

    #[test]
    fn delimiters_can_be_written_as_numbers() {
        assert_eq!(delimiter("0xF000"), "\u{F000}");
        assert_eq!(delimiter(";"), ";");
        assert_eq!(delimiter("0xD800"), "0xD800");
    }
}
