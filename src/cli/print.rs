//! How values look at a terminal.

use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;

/// Names of commands and nodes.
pub(super) const NAME: Style = Style::new().bold();
/// What the wire says in numbers, and what they mean.
pub(super) const CODE: Style = AnsiColor::Cyan.on_default();
/// What went well, and what did not.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
pub(super) const BAD: Style = AnsiColor::Red.on_default();
/// Identifiers and labels.
pub(super) const LABEL: Style = Style::new().dimmed();

/// Longer values are cut at a terminal's expense, not at a file's: the cut is said.
const LONGEST: usize = 240;

/// Text with everything escaped that a terminal would obey or not show.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            char if char.is_control() || is_bidi(char) => {
                let _ = write!(out, "\\u{{{:X}}}", u32::from(char));
            }
            char => out.push(char),
        }
    }
    out
}

/// Characters that make a terminal show text in another order than it has.
fn is_bidi(char: char) -> bool {
    matches!(char, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Columns to indent by: what is deeper than a screen is wide stays at its edge, or the output of a deep document would be
/// its size times its depth.
pub(super) fn indent(columns: usize) -> usize {
    columns.min(80)
}

/// A value: text as it can be shown, anything else in hex.
pub(super) fn value(octets: &[u8]) -> String {
    match std::str::from_utf8(octets) {
        Ok(text) if !text.contains('\0') => {
            let shown = visible(text.get(..cut(text)).unwrap_or_default());
            if cut(text) < text.len() { format!("{shown}… ({} octets)", text.len()) } else { shown }
        }
        _ => {
            let shown = hex(octets.get(..LONGEST.min(octets.len())).unwrap_or_default());
            let more = if octets.len() > LONGEST { "…" } else { "" };
            format!("0x{shown}{more} ({} octets)", octets.len())
        }
    }
}

/// Where to cut a text, on the border of a character.
fn cut(text: &str) -> usize {
    if text.len() <= LONGEST {
        return text.len();
    }
    (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

pub(super) fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len()), |mut out, octet| {
        let _ = write!(out, "{octet:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_is_not_obeyed() {
        assert_eq!(visible("a\x1B[2Jb\n\u{202E}"), "a\\u{1B}[2Jb\\n\\u{202E}");
        assert_eq!(value(b"\xFF\x00"), "0xff00 (2 octets)");
        assert_eq!(value("ü".as_bytes()), "ü");
        assert!(value("ü".repeat(200).as_bytes()).ends_with("… (400 octets)"));
    }
}
