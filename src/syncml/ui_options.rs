//! The option string of a user-interaction alert, its first item (`wire.md` §3).
//!
//! `NAME=VALUE` pairs joined by `&` and escaped like an HTML form: `MINDT=10&DR=John+Doe`. What is unknown, does not apply
//! to the alert or has no usable value is passed over, as the specification asks for; of an option that occurs twice, the first
//! usable value counts.

use super::UiAlertKind;
use crate::error::{Error, ErrorKind, Result};
use core::fmt::{self, Write as _};
use core::num::NonZeroU32;
use std::borrow::Cow;

/// The options of a user-interaction alert.
///
/// ```
/// use omadm::syncml::{ChoiceSyntax, EchoType, UiAlertKind, UiOptions, UiResponse};
/// let options = UiOptions::parse("MAXDT=20&DR=John+Doe&ET=P", UiAlertKind::TextInput, 0, ChoiceSyntax::Standard);
/// assert_eq!(options.max_display.map(|seconds| seconds.get()), Some(20));
/// assert_eq!(options.default_response, Some(UiResponse::Text("John Doe".into())));
/// assert_eq!(options.echo_type, Some(EchoType::Password));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UiOptions<'a> {
    /// `MINDT`: the least time to show it, in seconds. A hint.
    pub min_display: Option<NonZeroU32>,
    /// `MAXDT`: the longest time to wait for the user, in seconds; then the answer is 408, perhaps with the default
    /// response.
    pub max_display: Option<NonZeroU32>,
    /// `DR`: what is entered or highlighted at first.
    pub default_response: Option<UiResponse<'a>>,
    /// `MAXLEN`: how many characters the user may enter.
    pub max_len: Option<NonZeroU32>,
    /// `IT`: what the user may enter.
    pub input_type: Option<InputType>,
    /// `ET`: how it is shown while the user enters it.
    pub echo_type: Option<EchoType>,
}

/// What a user answers, or would answer by default.
///
/// Text does not print itself: it may be a password.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum UiResponse<'a> {
    /// Yes or no, to 1101.
    Confirm(bool),
    /// A text, to 1102.
    Text(Cow<'a, str>),
    /// The number of a choice, from 1, to 1103.
    Choice(NonZeroU32),
    /// The numbers of choices, to 1104. Sorted and each once in what was parsed.
    Choices(Vec<NonZeroU32>),
}

impl UiResponse<'_> {
    /// The same response with a copy of its text.
    #[must_use]
    pub fn into_owned(self) -> UiResponse<'static> {
        match self {
            UiResponse::Confirm(yes) => UiResponse::Confirm(yes),
            UiResponse::Text(text) => UiResponse::Text(Cow::Owned(text.into_owned())),
            UiResponse::Choice(number) => UiResponse::Choice(number),
            UiResponse::Choices(numbers) => UiResponse::Choices(numbers),
        }
    }

    /// Whether it answers such an alert with that many choices.
    pub(super) fn suits(&self, kind: UiAlertKind, choices: usize) -> bool {
        let exists = |number: &NonZeroU32| number.get() as usize <= choices;
        match (kind, self) {
            (UiAlertKind::Confirm, UiResponse::Confirm(_)) | (UiAlertKind::TextInput, UiResponse::Text(_)) => true,
            (UiAlertKind::SingleChoice, UiResponse::Choice(number)) => exists(number),
            (UiAlertKind::MultipleChoice, UiResponse::Choices(numbers)) => numbers.iter().all(exists),
            _ => false,
        }
    }
}

impl fmt::Debug for UiResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UiResponse::Confirm(yes) => write!(f, "Confirm({yes})"),
            UiResponse::Text(_) => f.write_str("Text(..)"),
            UiResponse::Choice(number) => write!(f, "Choice({number})"),
            UiResponse::Choices(numbers) => f.debug_tuple("Choices").field(numbers).finish(),
        }
    }
}

/// `IT`: what the user may enter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InputType {
    /// `A`: anything. The default.
    #[default]
    Alphanumeric,
    /// `N`: digits, a decimal point, a sign.
    Numeric,
    /// `D`: a date, answered as `DDMMYYYY`.
    Date,
    /// `T`: a time, answered as `hhmmss`.
    Time,
    /// `P`: a telephone number: digits, `+` in front, `p`, `w`, `s`.
    Phone,
    /// `I`: an IPv4 address, answered with dots.
    IpAddress,
}

/// `ET`: how input is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum EchoType {
    /// `T`: as it is. The default.
    #[default]
    Text,
    /// `P`: hidden.
    Password,
}

const INPUT_TYPES: [(InputType, &str); 6] = [
    (InputType::Alphanumeric, "A"),
    (InputType::Numeric, "N"),
    (InputType::Date, "D"),
    (InputType::Time, "T"),
    (InputType::Phone, "P"),
    (InputType::IpAddress, "I"),
];

const ECHO_TYPES: [(EchoType, &str); 2] = [(EchoType::Text, "T"), (EchoType::Password, "P")];

fn by_letter<T: Copy>(table: &[(T, &str)], letter: &str) -> Option<T> {
    table.iter().find(|(_, known)| *known == letter).map(|(value, _)| *value)
}

fn letter<T: Copy + PartialEq>(table: &[(T, &'static str)], value: T) -> &'static str {
    table.iter().find(|(known, _)| *known == value).map_or("", |(_, letter)| letter)
}

/// How `DR` of 1104 lists several choices.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChoiceSyntax {
    /// As specified: numbers joined by `-`, so that `1-3` is two choices.
    #[default]
    Standard,
    /// As Motorola's client reads it: numbers and ranges joined by `,`, so that `1-3` is three choices (`wire.md` §3).
    Ranges,
}

impl<'a> UiOptions<'a> {
    /// Reads an option string for an alert of `kind` with that many choices.
    #[must_use]
    pub fn parse(text: &'a str, kind: UiAlertKind, choices: usize, syntax: ChoiceSyntax) -> UiOptions<'a> {
        let mut options = UiOptions::default();
        let is_input = kind == UiAlertKind::TextInput;
        for (name, raw) in pairs(text) {
            let Some(value) = unescape(raw) else { continue };
            match name {
                "MINDT" => keep(&mut options.min_display, || positive(&value)),
                "MAXDT" => keep(&mut options.max_display, || positive(&value)),
                "MAXLEN" if is_input => keep(&mut options.max_len, || positive(&value)),
                "IT" if is_input => keep(&mut options.input_type, || by_letter(&INPUT_TYPES, &value)),
                "ET" if is_input => keep(&mut options.echo_type, || by_letter(&ECHO_TYPES, &value)),
                "DR" => keep(&mut options.default_response, || response(value, kind, choices, syntax)),
                _ => {}
            }
        }
        options
    }

    /// Writes the option string for an alert of `kind` with that many choices; empty without options.
    ///
    /// # Errors
    /// [`AlertOption`](ErrorKind::AlertOption) for an option that such an alert does not have and for a default response
    /// that is none of its answers, at 0.
    pub fn to_text(&self, kind: UiAlertKind, choices: usize) -> Result<String> {
        let error = Error::new(ErrorKind::AlertOption, 0);
        let is_input = kind == UiAlertKind::TextInput;
        let has_input_options = self.max_len.is_some() || self.input_type.is_some() || self.echo_type.is_some();
        if has_input_options && !is_input {
            return Err(error);
        }
        let mut text = Text(String::new());
        text.number("MINDT", self.min_display);
        text.number("MAXDT", self.max_display);
        if let Some(response) = &self.default_response {
            if !response.suits(kind, choices) {
                return Err(error);
            }
            match response {
                UiResponse::Confirm(yes) => text.pair("DR", if *yes { "1" } else { "0" }),
                UiResponse::Text(default) => text.pair("DR", default),
                UiResponse::Choice(number) => text.number("DR", Some(*number)),
                // Nothing can be written for none of the choices, and need not be: that is what no default means.
                UiResponse::Choices(numbers) if numbers.is_empty() => return Err(error),
                UiResponse::Choices(numbers) => {
                    let numbers: Vec<String> = numbers.iter().map(NonZeroU32::to_string).collect();
                    text.pair("DR", &numbers.join("-"));
                }
            }
        }
        text.number("MAXLEN", self.max_len);
        if let Some(input) = self.input_type {
            text.pair("IT", letter(&INPUT_TYPES, input));
        }
        if let Some(echo) = self.echo_type {
            text.pair("ET", letter(&ECHO_TYPES, echo));
        }
        Ok(text.0)
    }

    /// The same options with a copy of their text.
    #[must_use]
    pub fn into_owned(self) -> UiOptions<'static> {
        UiOptions {
            min_display: self.min_display,
            max_display: self.max_display,
            default_response: self.default_response.map(UiResponse::into_owned),
            max_len: self.max_len,
            input_type: self.input_type,
            echo_type: self.echo_type,
        }
    }
}

/// The pairs of an option string as they were sent, escaped, known or not.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> + Clone {
    text.trim().split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Keeps the first usable value.
fn keep<T>(slot: &mut Option<T>, value: impl FnOnce() -> Option<T>) {
    if slot.is_none() {
        *slot = value();
    }
}

/// A positive number of decimal digits that fits.
fn positive(text: &str) -> Option<NonZeroU32> {
    // `parse` alone would take a sign.
    let is_decimal = text.bytes().all(|octet| octet.is_ascii_digit());
    text.parse().ok().filter(|_| is_decimal)
}

fn response<'a>(
    value: Cow<'a, str>,
    kind: UiAlertKind,
    choices: usize,
    syntax: ChoiceSyntax,
) -> Option<UiResponse<'a>> {
    let response = match kind {
        UiAlertKind::Display => return None,
        UiAlertKind::Confirm => UiResponse::Confirm(truth(&value)?),
        UiAlertKind::TextInput => UiResponse::Text(value),
        UiAlertKind::SingleChoice => UiResponse::Choice(positive(&value)?),
        UiAlertKind::MultipleChoice => UiResponse::Choices(numbers(&value, choices, syntax)?),
    };
    response.suits(kind, choices).then_some(response)
}

pub(super) fn truth(text: &str) -> Option<bool> {
    match text {
        "0" => Some(false),
        "1" => Some(true),
        _ => None,
    }
}

/// A list of choices, sorted and each once. Takes a time linear in the text and the choices, whatever the ranges.
fn numbers(text: &str, choices: usize, syntax: ChoiceSyntax) -> Option<Vec<NonZeroU32>> {
    let ranges: Option<Vec<(NonZeroU32, NonZeroU32)>> = match syntax {
        ChoiceSyntax::Standard => text.split('-').map(|number| positive(number).map(|it| (it, it))).collect(),
        ChoiceSyntax::Ranges => text.split(',').map(range).collect(),
    };
    let ranges = ranges?;
    // Before anything is expanded.
    if ranges.iter().any(|(_, last)| last.get() as usize > choices) {
        return None;
    }
    // As plain numbers: sorting another kind of pairs would cost the C library 3 kB.
    let mut ranges: Vec<(u32, u32)> = ranges.into_iter().map(|(first, last)| (first.get(), last.get())).collect();
    ranges.sort_unstable();
    let mut numbers: Vec<NonZeroU32> = Vec::new();
    for (first, last) in ranges {
        let next = numbers.last().map_or(1, |done| done.get().saturating_add(1));
        numbers.extend((first.max(next)..=last).filter_map(NonZeroU32::new));
    }
    Some(numbers)
}

/// `4` or `1-3`.
fn range(text: &str) -> Option<(NonZeroU32, NonZeroU32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (positive(first.trim())?, positive(last.trim())?);
    (first <= last).then_some((first, last))
}

/// Undoes the escapes of a form. `None` for an escape that is none, and for octets that are not UTF-8.
fn unescape(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['%', '+']) {
        return Some(Cow::Borrowed(text));
    }
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match octet {
            b'+' => b' ',
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                let (high, low) = (digit()?, digit()?);
                u8::try_from(high << 4 | low).ok()?
            }
            octet => octet,
        });
    }
    String::from_utf8(octets).ok().map(Cow::Owned)
}

/// An option string being written.
struct Text(String);

impl Text {
    fn number(&mut self, name: &str, value: Option<NonZeroU32>) {
        if let Some(value) = value {
            self.pair(name, &value.to_string());
        }
    }

    fn pair(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(name);
        self.0.push('=');
        for octet in value.bytes() {
            match octet {
                b' ' => self.0.push('+'),
                // The unreserved characters of RFC 2396.
                octet if octet.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&octet) => {
                    self.0.push(char::from(octet));
                }
                // Writing to a string does not fail.
                octet => _ = write!(self.0, "%{octet:02X}"),
            }
        }
    }
}
