//! The transport header `x-syncml-hmac` (OMA DM security 1.2.1; `wire.md` §5.4).
//!
//! ```text
//! x-syncml-hmac: algorithm=MD5, username="dev1", mac=TyYbB/GAXsGt4SGMiVYaqA==
//! ```
//!
//! An HTTP list in any order. `username` is a quoted string and the same as `Source/LocName` of the message; `mac` is
//! the base64 of 16 octets, see [`mac_digest`]; `algorithm` may be left out and is `MD5` then. Transports other than
//! HTTP carry the same header.

use super::nonce::{CredVerdict, Nonces, decode_base64};
use super::{A1, Digest, digest_text, digests_match, mac_digest};
use crate::error::{Error, ErrorKind, Result};
use core::fmt;
use std::borrow::Cow;

/// The header's value, read.
///
/// Unknown parameters are skipped, `mac` may lack its padding, and values may be quoted or not. After a successful decode
/// there is a name and a MAC that was base64; only [`verify`](HmacHeader::verify) says what it is worth.
///
/// ```
/// use omadm::auth::{CredVerdict, HmacHeader, Nonces, a1_digest};
/// use omadm::auth::ResyncPolicy;
///
/// let (a1, nonce, body) = (a1_digest(b"dev1", b"secret"), b"n0", b"the whole message");
/// let value = HmacHeader::encode("dev1", &omadm::auth::mac_digest(&a1, nonce, body))?;
///
/// let header = HmacHeader::decode(value.as_bytes())?;
/// assert_eq!(header.username(), "dev1");
/// assert_eq!(header.verify(&a1, &Nonces::new(nonce, ResyncPolicy::Refuse), body), CredVerdict::Verified);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct HmacHeader<'a> {
    algorithm: &'a str,
    username: Cow<'a, str>,
    mac: Vec<u8>,
}

/// What the header calls the one algorithm there is.
const MD5: &str = "MD5";

impl<'a> HmacHeader<'a> {
    /// The header's name.
    pub const NAME: &'static str = "x-syncml-hmac";

    /// Reads the header's value.
    ///
    /// # Errors
    /// [`AuthHeader`](ErrorKind::AuthHeader), [`AuthHeaderIncomplete`](ErrorKind::AuthHeaderIncomplete),
    /// [`AuthHeaderRepeated`](ErrorKind::AuthHeaderRepeated), [`InvalidBase64`](ErrorKind::InvalidBase64) for the MAC, and
    /// [`InvalidUtf8`](ErrorKind::InvalidUtf8); the offset is that in the value. All of them mean that the message
    /// is not authenticated.
    pub fn decode(value: &'a [u8]) -> Result<HmacHeader<'a>> {
        let value = simdutf8::compat::from_utf8(value)
            .map_err(|error| Error::new(ErrorKind::InvalidUtf8, error.valid_up_to()))?;
        let mut list = List { value, at: 0 };
        let (mut algorithm, mut username, mut mac) = (None, None, None);
        while let Some(parameter) = list.next_parameter()? {
            let slot = match parameter.name {
                name if name.eq_ignore_ascii_case("algorithm") => &mut algorithm,
                name if name.eq_ignore_ascii_case("username") => &mut username,
                name if name.eq_ignore_ascii_case("mac") => &mut mac,
                _ => continue,
            };
            // Two different names or MACs would let two readers see two different messages.
            if slot.is_some() {
                return Err(Error::new(ErrorKind::AuthHeaderRepeated, parameter.offset));
            }
            *slot = Some(parameter);
        }
        let (Some(username), Some(mac)) = (username, mac) else {
            return Err(Error::new(ErrorKind::AuthHeaderIncomplete, value.len()));
        };
        let octets =
            decode_base64(mac.value.as_bytes()).ok_or(Error::new(ErrorKind::InvalidBase64, mac.value_offset))?;
        let algorithm = algorithm.map_or(MD5, |algorithm| algorithm.value);
        Ok(HmacHeader { algorithm, username: username.unescaped(), mac: octets })
    }

    /// The header's value for a name and a MAC.
    ///
    /// # Errors
    /// [`AuthHeaderName`](ErrorKind::AuthHeaderName) for a name with a control character, which no header can carry;
    /// the offset is that in the name.
    pub fn encode(username: &str, mac: &Digest) -> Result<String> {
        let mut value = String::from("algorithm=MD5, username=\"");
        for (offset, char) in username.char_indices() {
            match char {
                // A line break here would be the end of the header and the begin of another.
                char if char.is_control() => return Err(Error::new(ErrorKind::AuthHeaderName, offset)),
                '"' | '\\' => value.extend(['\\', char]),
                char => value.push(char),
            }
        }
        value.push_str("\", mac=");
        value.push_str(digest_text(mac).as_str());
        Ok(value)
    }

    /// `algorithm`; `MD5` when it is not there.
    #[must_use]
    pub const fn algorithm(&self) -> &'a str {
        self.algorithm
    }

    /// `username`: whose secret it is. To be compared with `Source/LocName` of the message.
    #[must_use]
    pub fn username(&self) -> &str {
        &self.username
    }

    /// `mac`, if it has the 16 octets of an MD5. The specification's own example has not (`wire.md` §5.4).
    #[must_use]
    pub fn mac(&self) -> Option<Digest> {
        self.mac.as_slice().try_into().ok()
    }

    /// Checks the MAC over `body`, which is the complete body as it came in, before anything was decoded.
    pub fn verify(&self, a1: &A1, nonces: &Nonces<'_>, body: &[u8]) -> CredVerdict {
        if !self.algorithm.eq_ignore_ascii_case(MD5) {
            return CredVerdict::AnotherScheme;
        }
        let Some(claimed) = self.mac() else { return CredVerdict::Refused };
        nonces.verdict(|nonce| digests_match(&claimed, &mac_digest(a1, nonce, body)))
    }
}

/// Without the MAC.
impl fmt::Debug for HmacHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacHeader")
            .field("algorithm", &self.algorithm)
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

/// `name = value`, as it stands there: a quoted value without its quotes, but with its escapes.
struct Parameter<'a> {
    offset: usize,
    name: &'a str,
    value_offset: usize,
    value: &'a str,
    quoted: bool,
}

impl<'a> Parameter<'a> {
    fn unescaped(&self) -> Cow<'a, str> {
        if !self.quoted || !self.value.contains('\\') {
            return Cow::Borrowed(self.value);
        }
        let mut text = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(char) = chars.next() {
            // `\x` stands for `x`; the list was read with the same rule, so nothing ends with the backslash.
            text.extend(if char == '\\' { chars.next() } else { Some(char) });
        }
        Cow::Owned(text)
    }
}

/// A reader of the comma-separated list.
struct List<'a> {
    value: &'a str,
    at: usize,
}

impl<'a> List<'a> {
    fn rest(&self) -> &'a str {
        self.value.get(self.at..).unwrap_or_default()
    }

    fn error(&self) -> Error {
        Error::new(ErrorKind::AuthHeader, self.at)
    }

    /// Takes what matches, and says it.
    fn take(&mut self, matches: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest.get(..rest.find(|char| !matches(char)).unwrap_or(rest.len())).unwrap_or_default();
        self.at = self.at.saturating_add(taken.len());
        taken
    }

    /// Takes one character if it is the next.
    fn skip(&mut self, char: char) -> bool {
        let is_next = self.rest().starts_with(char);
        if is_next {
            self.at = self.at.saturating_add(char.len_utf8());
        }
        is_next
    }

    fn blanks(&mut self) {
        self.take(|char| char.is_ascii_whitespace());
    }

    fn next_parameter(&mut self) -> Result<Option<Parameter<'a>>> {
        // HTTP lists may have empty elements.
        self.take(|char| char == ',' || char.is_ascii_whitespace());
        if self.rest().is_empty() {
            return Ok(None);
        }
        let offset = self.at;
        let name = self.take(|char| char.is_ascii_graphic() && !matches!(char, '=' | ',' | '"'));
        self.blanks();
        if name.is_empty() || !self.skip('=') {
            return Err(self.error());
        }
        self.blanks();
        let quoted = self.skip('"');
        let value_offset = self.at;
        let value = if quoted {
            self.quoted()?
        } else {
            // Base64 has `=` in it, so that only a comma or a blank ends the value.
            self.take(|char| char != ',' && char != '"' && !char.is_ascii_whitespace())
        };
        self.blanks();
        if !self.rest().is_empty() && !self.rest().starts_with(',') {
            return Err(self.error());
        }
        Ok(Some(Parameter { offset, name, value_offset, value, quoted }))
    }

    /// The rest of a quoted string, with its end taken but not given.
    fn quoted(&mut self) -> Result<&'a str> {
        let rest = self.rest();
        let mut escaped = false;
        for (at, octet) in rest.bytes().enumerate() {
            match octet {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    self.at = self.at.saturating_add(at).saturating_add(1);
                    return Ok(rest.get(..at).unwrap_or_default());
                }
                _ => {}
            }
        }
        self.at = self.value.len();
        Err(self.error())
    }
}
