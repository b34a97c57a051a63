//! Parts between boundaries (RFC 2046 §5.1.1).

use crate::{Error, ErrorKind, Result};

/// Octets of a part, and where it begins in the input.
type Part<'a> = (&'a [u8], usize);

/// Whether these characters can be a boundary.
pub(super) fn is_boundary(boundary: &str) -> bool {
    let sign = |octet: u8| b"'()+_,-./:=? ".contains(&octet);
    let allowed = |octet: u8| octet.is_ascii_alphanumeric() || sign(octet);
    matches!(boundary.len(), 1..=70) && boundary.bytes().all(allowed) && !boundary.ends_with(' ')
}

/// The first and the second part of a body that begins at `base` of the input. What stands before the first and after
/// the last boundary is no part; a third part is passed over.
pub(super) fn parts<'a>(body: &'a [u8], base: usize, boundary: &str) -> Result<(Part<'a>, Part<'a>)> {
    let delimiter = format!("--{boundary}");
    let mut found: [Option<Part<'a>>; 3] = [None; 3];
    let mut slots = found.iter_mut();
    // Where the part that is open begins, and whether lines end in CR LF.
    let mut open: Option<(usize, bool)> = None;
    for at in memchr::memmem::find_iter(body, delimiter.as_bytes()) {
        let before = body.get(..at).unwrap_or_default();
        let Some((is_last, next, crlf)) = after(body, at.saturating_add(delimiter.len())) else { continue };
        if !before.is_empty() && !before.ends_with(b"\n") {
            continue;
        }
        if let Some((begin, crlf)) = open {
            let part = before.get(begin..).unwrap_or_default();
            // The line end before a boundary is the boundary's. An empty part can be without one.
            let part = part.strip_suffix(b"\n").unwrap_or(part);
            let part = part.strip_suffix(b"\r").filter(|_| crlf).unwrap_or(part);
            let offset = base.saturating_add(begin);
            *slots.next().ok_or(Error::new(ErrorKind::PushMultipart, offset))? = Some((part, offset));
        }
        if is_last {
            let missing = Error::new(ErrorKind::PushMultipart, base.saturating_add(at));
            return match found {
                [Some(one), Some(other), _] => Ok((one, other)),
                _ => Err(missing),
            };
        }
        open = Some((next, crlf));
    }
    Err(Error::new(ErrorKind::UnexpectedEnd, base.saturating_add(body.len())))
}

/// What follows a boundary: whether it is the last one, and, if not, where the next line begins and how this one ends.
/// None where text follows that makes it another boundary, or none.
fn after(body: &[u8], at: usize) -> Option<(bool, usize, bool)> {
    let rest = body.get(at..)?;
    let (is_last, rest) = rest.strip_prefix(b"--").map_or((false, rest), |rest| (true, rest));
    // Blanks may have been added on the way.
    let blanks = rest.iter().take_while(|octet| matches!(octet, b' ' | b'\t')).count();
    let rest = rest.get(blanks..)?;
    if rest.is_empty() {
        return is_last.then_some((true, body.len(), false));
    }
    let crlf = rest.starts_with(b"\r\n");
    let next = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"))?;
    Some((is_last, body.len().checked_sub(next.len())?, crlf))
}
