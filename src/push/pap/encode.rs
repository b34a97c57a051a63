//! [`Fields`] to octets.

use super::multipart::is_boundary;
use crate::push::text::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TRANSFER_ENCODING, CONTENT_TYPE, HOST, TRANSFER_ENCODING, Writer,
    timestamp,
};
use crate::push::{ApplicationId, ContentType};
use crate::{Error, ErrorKind, Result};

/// What a submission says. Attributes and headers are written in the order of the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fields<'a> {
    /// Where it is posted to.
    pub target: &'a str,
    /// The push proxy: host, and port if it is not 80.
    pub host: &'a str,
    /// Other headers of the POST, name and value.
    pub more: &'a [(&'a str, &'a str)],
    /// What separates the parts: 1 to 70 letters, digits and some signs, that occur in none of them after two hyphens. None
    /// has one chosen.
    pub boundary: Option<&'a str>,
    /// The push, by the server's own name of it.
    pub push_id: &'a str,
    /// Who asks.
    pub source_reference: Option<&'a str>,
    /// Where the proxy is to report the outcome.
    pub notify_to: Option<&'a str>,
    /// Until when it may be delivered: seconds since 1970-01-01 UTC.
    pub deliver_before: Option<u64>,
    /// From when it may be delivered: the same.
    pub deliver_after: Option<u64>,
    /// The devices: at least one.
    pub addresses: &'a [&'a str],
    /// What the content is.
    pub content_type: ContentType<'a>,
    /// Which application it is for.
    pub application_id: ApplicationId<'a>,
    /// What is pushed.
    pub body: &'a [u8],
}

crate::redact::debug_without_content!(Fields<'_> {
    target, host, push_id, deliver_before, deliver_after, addresses, content_type, application_id
} octets of { body });

impl<'a> Fields<'a> {
    /// To the root of a host, for device management, or for data synchronisation if the type is its own.
    #[must_use]
    pub const fn new(
        host: &'a str,
        push_id: &'a str,
        addresses: &'a [&'a str],
        content_type: ContentType<'a>,
        body: &'a [u8],
    ) -> Fields<'a> {
        let application_id = match content_type {
            ContentType::DS_NOTIFICATION => ApplicationId::DATA_SYNC,
            _ => ApplicationId::DEVICE_MANAGEMENT,
        };
        Fields {
            target: "/",
            host,
            more: &[],
            boundary: None,
            push_id,
            source_reference: None,
            notify_to: None,
            deliver_before: None,
            deliver_after: None,
            addresses,
            content_type,
            application_id,
            body,
        }
    }

    /// The POST.
    ///
    /// # Errors
    ///
    /// Offsets are those of the POST, or of its body, as far as it would have been written.
    ///
    /// * [`InvalidCharacter`](ErrorKind::InvalidCharacter) at a control character in a value, or a blank in the target;
    /// * [`PushHeaderLine`](ErrorKind::PushHeaderLine) at the name of a header that is none;
    /// * [`PushHeaderRepeated`](ErrorKind::PushHeaderRepeated) at one of `more` that is written already, or would say that
    ///   the body is in some encoding;
    /// * [`PushBoundary`](ErrorKind::PushBoundary) at 0 when the boundary is none, or occurs in control entity or content;
    ///   of one that is chosen, when the content has all that could be;
    /// * [`PushControl`](ErrorKind::PushControl) at 0 when the push has no name or no address;
    /// * [`PushContentType`](ErrorKind::PushContentType) at a content type of a number that has no name here;
    /// * [`PushTime`](ErrorKind::PushTime) at a time after the year 9999.
    pub fn encode(&self) -> Result<Vec<u8>> {
        const OWN: &[&str] =
            &[HOST, CONTENT_TYPE, CONTENT_LENGTH, TRANSFER_ENCODING, CONTENT_ENCODING, CONTENT_TRANSFER_ENCODING];
        if self.push_id.is_empty() || self.addresses.is_empty() {
            return Err(Error::new(ErrorKind::PushControl, 0));
        }
        let mut control = Writer { out: Vec::new() };
        self.control(&mut control)?;
        let mut content = Writer { out: Vec::new() };
        content.content(self.content_type, Some(self.application_id))?;
        let content = content.body(self.body);
        let chosen = match self.boundary {
            Some(_) => String::new(),
            None => free_boundary(&[&control.out, &content]),
        };
        let boundary = self.boundary.unwrap_or(&chosen);
        let delimiter = format!("--{boundary}");
        let occurs = |octets: &[u8]| memchr::memmem::find(octets, delimiter.as_bytes()).is_some();
        if !is_boundary(boundary) || occurs(&control.out) || occurs(&content) {
            return Err(Error::new(ErrorKind::PushBoundary, 0));
        }

        let mut body = Vec::new();
        for piece in [
            delimiter.as_bytes(),
            b"\r\nContent-Type: application/xml\r\n\r\n",
            &control.out,
            b"\r\n",
            delimiter.as_bytes(),
            b"\r\n",
            &content,
            b"\r\n",
            delimiter.as_bytes(),
            b"--\r\n",
        ] {
            body.extend_from_slice(piece);
        }
        let mut writer = Writer::start(["POST", self.target, "HTTP/1.1"])?;
        writer.header(HOST, self.host)?;
        writer.headers(self.more, OWN)?;
        // A boundary with signs has to be quoted.
        let plain = boundary.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-.+_'".contains(&octet));
        let quote = if plain { "" } else { "\"" };
        let related = format!("multipart/related; boundary={quote}{boundary}{quote}; type=\"application/xml\"");
        writer.header(CONTENT_TYPE, &related)?;
        writer.header(CONTENT_LENGTH, &body.len().to_string())?;
        Ok(writer.body(&body))
    }

    /// The control entity, of PAP 1.0, which all later versions know.
    fn control(&self, control: &mut Writer) -> Result<()> {
        const DOCTYPE: &[u8] = b"<?xml version=\"1.0\"?>\r\n\
            <!DOCTYPE pap PUBLIC \"-//WAPFORUM//DTD PAP 1.0//EN\" \"http://www.wapforum.org/DTD/pap_1.0.dtd\">\r\n";
        control.out.extend_from_slice(DOCTYPE);
        control.out.extend_from_slice(b"<pap>\r\n<push-message");
        attribute(control, "push-id", Some(self.push_id))?;
        attribute(control, "source-reference", self.source_reference)?;
        attribute(control, "ppg-notify-requested-to", self.notify_to)?;
        for (name, time) in
            [("deliver-before-timestamp", self.deliver_before), ("deliver-after-timestamp", self.deliver_after)]
        {
            let late = Error::new(ErrorKind::PushTime, control.out.len());
            let time = time.map(|seconds| timestamp(seconds).ok_or(late)).transpose()?;
            attribute(control, name, time.as_deref())?;
        }
        control.out.extend_from_slice(b">");
        for address in self.addresses {
            control.out.extend_from_slice(b"\r\n<address");
            attribute(control, "address-value", Some(address))?;
            control.out.extend_from_slice(b"/>");
        }
        control.out.extend_from_slice(b"\r\n</push-message>\r\n</pap>");
        Ok(())
    }
}

/// A boundary that occurs in none of these: one digit more than wherever its beginning does.
fn free_boundary(parts: &[&[u8]]) -> String {
    const BEGIN: &str = "package-";
    let delimiter = format!("--{BEGIN}");
    let zeros = parts.iter().flat_map(|part| {
        memchr::memmem::find_iter(part, delimiter.as_bytes()).map(|at| {
            let after = part.get(at.saturating_add(delimiter.len())..).unwrap_or_default();
            after.iter().take_while(|octet| **octet == b'0').count()
        })
    });
    format!("{BEGIN}{}", "0".repeat(zeros.max().unwrap_or(0).saturating_add(1)))
}

/// An attribute, if it has a value. Control characters, and the two that XML does not have, are refused.
fn attribute(control: &mut Writer, name: &str, value: Option<&str>) -> Result<()> {
    let Some(value) = value else { return Ok(()) };
    control.out.extend_from_slice(format!(" {name}=\"").as_bytes());
    if let Some(wrong) = value.find(|char: char| char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}')) {
        return Err(control.invalid(wrong));
    }
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    control.text(&escaped)?;
    control.out.push(b'"');
    Ok(())
}
