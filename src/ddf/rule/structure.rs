//! Whether values are built as XML, JSON, policies and descriptors are. What they mean is not looked at.

use crate::markup::xml::{XmlDocument, XmlReader};
use crate::markup::{Event, Options, Reader as _};
use serde_json::value::RawValue;

/// Whether a value is a well-formed document.
pub(super) fn is_xml(text: &str) -> bool {
    let Ok(document) = XmlDocument::open(text.as_bytes()) else { return false };
    let mut reader = XmlReader::new(&document, &Options::default());
    let mut is_any = false;
    loop {
        match reader.next_event() {
            Ok(Some(_)) => is_any = true,
            Ok(None) => return is_any,
            Err(_) => return false,
        }
    }
}

/// Whether a value is one JSON value. Builds nothing, and goes as deep as the text does.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text.trim()).is_ok()
}

/// Whether a value is a setting of a group policy: `<enabled/>` or `<disabled/>`, then `<data id="…" value="…"/>` elements
/// (Microsoft, "Understanding ADMX policies"). The case of the names does not count.
pub(super) fn is_policy(text: &str) -> bool {
    // The elements stand side by side: a root makes a document of them.
    let whole = format!("<policy>{text}</policy>");
    let Ok(document) = XmlDocument::open(whole.as_bytes()) else { return false };
    let mut reader = XmlReader::new(&document, &Options::default());
    let mut has_state = false;
    loop {
        let event = match reader.next_event() {
            Ok(Some(event)) => event,
            Ok(None) => return has_state,
            Err(_) => return false,
        };
        match (event, reader.depth()) {
            (Event::Start(_), 1) | (Event::End, _) => {}
            (Event::Start(name), 2) => {
                let is = |expected: &str| name.local().eq_ignore_ascii_case(expected);
                let has = |attribute: &str| reader.attrs().any(|attr| attr.qname.eq_ignore_ascii_case(attribute));
                match (is("enabled") || is("disabled"), has_state) {
                    (true, false) => has_state = true,
                    (false, true) if is("data") && has("id") && has("value") => {}
                    _ => return false,
                }
            }
            (text, 1) if text.is_blank() => {}
            _ => return false,
        }
    }
}

/// Whether a value is built as a security descriptor: `O:`, `G:`, `D:` and `S:` with what belongs to them; entries in
/// parentheses have six fields or more, with `;` between.
pub(super) fn is_sddl(text: &str) -> bool {
    let mut rest = text.trim();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let Some((part, after)) = rest.split_once(':') else { return false };
        rest = match part {
            "O" | "G" => {
                // The next part begins with a letter before a colon.
                let end = after.find(':').map_or(after.len(), |colon| colon.saturating_sub(1));
                let Some((who, after)) = after.split_at_checked(end) else { return false };
                if who.is_empty() || !who.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-') {
                    return false;
                }
                after
            }
            "D" | "S" => match entries(after) {
                Some(after) => after,
                None => return false,
            },
            _ => return false,
        };
    }
    true
}

/// Reads over the flags and entries of an access control list.
fn entries(text: &str) -> Option<&str> {
    let flags = text.bytes().take_while(|octet| octet.is_ascii_uppercase() || *octet == b'_').count();
    // The letter before a colon begins the next part.
    let flags = if text.as_bytes().get(flags) == Some(&b':') { flags.saturating_sub(1) } else { flags };
    let mut rest = text.get(flags..)?;
    while rest.starts_with('(') {
        let mut depth = 0_usize;
        let mut fields = 1_usize;
        let mut end = None;
        for (at, octet) in rest.bytes().enumerate() {
            match octet {
                b'(' => depth = depth.saturating_add(1),
                b')' => depth = depth.saturating_sub(1),
                b';' if depth == 1 => fields = fields.saturating_add(1),
                _ => {}
            }
            if depth == 0 {
                end = Some(at.saturating_add(1));
                break;
            }
        }
        if fields < 6 {
            return None;
        }
        rest = rest.get(end?..)?;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told() {
        for text in ["{}", " [1, 2.5e3, \"a\\u00e9\", null, true] ", "\"x\"", "0"] {
            assert!(is_json(text), "{text}");
        }
        for text in ["", "{", "{a: 1}", "[1,]", "01", "'x'", "{} {}", "\"\u{1}\""] {
            assert!(!is_json(text), "{text}");
        }
        let deep = "[".repeat(200_000) + &"]".repeat(200_000);
        assert!(is_json(&deep));
    }

    #[test]
    fn policies_are_told() {
        for text in
            ["<enabled/>", " <Disabled /> ", "<enabled/><data id='a' value='1&#xF000;2'/>\n<data id='b' value=''/>"]
        {
            assert!(is_policy(text), "{text}");
        }
        for text in [
            "",
            "1",
            "<data id='a' value='1'/>",
            "<enabled/><enabled/>",
            "<enabled/><data id='a'/>",
            "<enabled>1</enabled>",
            "<enabled/>x",
            "<enabled/></policy><policy>",
            "<enabled><disabled/></enabled>",
            "<enabled/><other/>",
        ] {
            assert!(!is_policy(text), "{text}");
        }
    }

    #[test]
    fn descriptors_are_told() {
        for text in [
            "D:(A;;CC;;;WD)",
            "O:BAG:SYD:PAI(A;OICI;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-500)S:(AU;SAFA;FA;;;WD)",
            "O:S-1-5-18G:BA",
            "D:(XA;;FX;;;WD;(@User.Title==\"PM\" && (@User.Division Any_of {\"a\",\"b\"})))",
            "D:S:",
        ] {
            assert!(is_sddl(text), "{text}");
        }
        for text in ["", "x", "D:(A;;CC;;;WD", "D:(A;CC)", "O:", "Q:BA", "D:(A;;CC;;;WD)x", "O:B AG:SY", "S-1-5-32"] {
            assert!(!is_sddl(text), "{text}");
        }
    }
}
