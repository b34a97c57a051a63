//! Numbers and intervals of them.

use crate::tree::Format;

/// From, to, both included.
pub(super) type Interval = (i128, i128);

/// A number: decimal, or hexadecimal with `0x`, with a sign or without.
pub(super) fn number(text: &str) -> Option<i128> {
    let text = text.trim();
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let hex = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    let (digits, radix) = hex.map_or((digits, 10), |hex| (hex, 16));
    // A second sign is not a digit.
    if !digits.bytes().all(|octet| octet.is_ascii_hexdigit()) {
        return None;
    }
    let number = i128::from_str_radix(digits, radix).ok()?;
    if is_negative { number.checked_neg() } else { Some(number) }
}

/// Reads `[0-10]`, `[(-1)-5]`, `[3]`, and several of them with commas between.
pub(super) fn intervals(text: &str) -> Option<Vec<Interval>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (inside, after) = rest.strip_prefix('[')?.split_once(']')?;
        let (from, left) = bound(inside)?;
        let to = match left.trim_start().strip_prefix('-') {
            Some(left) => {
                let (to, left) = bound(left)?;
                left.trim().is_empty().then_some(to)?
            }
            None => left.trim().is_empty().then_some(from)?,
        };
        found.push((from, to));
        let after = after.trim_start();
        rest = match after.strip_prefix([',', ';']) {
            Some(after) => after.trim_start(),
            None => after,
        };
    }
    Some(found)
}

/// A bound of an interval, in parentheses or not, and what follows it.
fn bound(text: &str) -> Option<(i128, &str)> {
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix('(') {
        let (bound, rest) = inside.split_once(')')?;
        return Some((number(bound)?, rest));
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (1, digits),
        None => (0, text),
    };
    let len = digits.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (own, rest) = text.split_at_checked(len.saturating_add(sign))?;
    Some((number(own)?, rest))
}

/// Whether a number is in one of the intervals; `None` for what is no number.
pub(super) fn contains(intervals: &[Interval], text: &str, format: Format) -> Option<bool> {
    if let Some(number) = number(text) {
        return Some(intervals.iter().any(|(from, to)| (*from..=*to).contains(&number)));
    }
    let number: f64 = text.trim().parse().ok().filter(|_| format == Format::Float)?;
    // A bound of an interval is much smaller than what f64 cannot hold exactly.
    Some(intervals.iter().any(|(from, to)| (*from as f64..=*to as f64).contains(&number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read() {
        let cases: [(&str, Option<&[Interval]>); 16] = [
            ("[0-10]", Some(&[(0, 10)])),
            ("[(-1)-4294967295]", Some(&[(-1, 4_294_967_295)])),
            ("[-1-5]", Some(&[(-1, 5)])),
            ("[-5--1]", Some(&[(-5, -1)])),
            ("[ 1 - 3 ], [7]", Some(&[(1, 3), (7, 7)])),
            ("[1-3][0x10-0x1F]", Some(&[(1, 3), (16, 31)])),
            ("[(-5)-(-1)]", Some(&[(-5, -1)])),
            ("", Some(&[])),
            ("0-10", None),
            ("[0-10", None),
            ("[a-z]", None),
            ("[1-]", None),
            ("[]", None),
            ("[1-2-3]", None),
            ("[(1-2]", None),
            ("[1-2] or more", None),
        ];
        for (text, expected) in cases {
            assert_eq!(intervals(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn numbers_are_read() {
        for (text, expected) in [("12", Some(12)), (" -0x1f ", Some(-31)), ("+7", Some(7)), ("0X10", Some(16))] {
            assert_eq!(number(text), expected, "{text}");
        }
        for text in ["", "-", "0x", "--1", "+-1", "1a", "1.5", "0x-1", "९", "99999999999999999999999999999999999999999"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
