//! What a notification that is built can be put into.

use super::words;
use crate::notification::MediaType;
use crate::push::sms::{self, Ports, Reference};
use crate::push::{ContentType, http, pap, sip, wsp};
use clap::{Args, ValueEnum};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

/// A carrier, as it is called in arguments.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Carrier {
    /// Connectionless WSP push, as for UDP port 2948
    Wsp,
    /// The same in short messages, with their user data headers
    Sms,
    /// A POST with header lines; provisional
    Http,
    /// A SIP MESSAGE; provisional
    Sip,
    /// A submission to a push proxy
    Pap,
}

/// A carrier, and what it needs.
#[derive(Args)]
pub(super) struct IntoCarrier {
    /// What to put it into [default: nothing]
    #[arg(long, value_name = "CARRIER")]
    carrier: Option<Carrier>,
    /// Whom it is for: host and port (http), URI (sip), address; may be repeated (pap)
    #[arg(long, value_name = "ADDRESS", requires = "carrier")]
    to: Vec<String>,
    /// The push proxy: host and port (pap)
    #[arg(long, value_name = "HOST", requires = "carrier")]
    proxy: Option<String>,
    /// The name of the push (pap) [default: session and server]
    #[arg(long, value_name = "ID", requires = "carrier")]
    push_id: Option<String>,
    /// Where it is posted to (http, pap) [default: /]
    #[arg(long, value_name = "PATH", requires = "carrier")]
    target: Option<String>,
    /// Who asks the push proxy (pap)
    #[arg(long, value_name = "WHO", requires = "carrier")]
    source_reference: Option<String>,
    /// Where the push proxy is to report the outcome (pap)
    #[arg(long, value_name = "URL", requires = "carrier")]
    notify_to: Option<String>,
    /// From when it may be delivered (pap)
    #[arg(long, value_name = "TIME", value_parser = words::time, requires = "carrier")]
    deliver_after: Option<u32>,
    /// What separates the parts (pap) [default: one that occurs in none of them]
    #[arg(long, value_name = "TEXT", requires = "carrier")]
    boundary: Option<String>,
    /// When the carrier says that it expires of itself: seconds since 1970, or as 20261231T235959Z; provisional
    #[arg(long, value_name = "TIME", value_parser = words::time, requires = "carrier")]
    carrier_expires: Option<u32>,
    /// When it is sent (sip) [default: now]
    #[arg(long, value_name = "TIME", value_parser = words::time, requires = "carrier")]
    date: Option<u32>,
    /// Another header, such as 'Via: SIP/2.0/UDP dm.example.com' (http, sip, pap); may be repeated
    #[arg(long, value_name = "HEADER", value_parser = words::header, requires = "carrier")]
    header: Vec<(String, String)>,
    /// The reference of a message in several segments, of 2 or 4 hexadecimal digits (sms) [default: 2 digits at random]
    #[arg(long, value_name = "HEX", value_parser = words::reference, requires = "carrier")]
    reference: Option<Reference>,
}

impl IntoCarrier {
    /// The notification in the carrier: a message, or several segments.
    pub(super) fn carry(
        &self,
        media_type: MediaType,
        notification: &[u8],
        push_id: &str,
    ) -> Result<Vec<Vec<u8>>, String> {
        let Some(carrier) = self.carrier else { return Ok(vec![notification.to_vec()]) };
        self.refuse_what_it_has_not(carrier)?;
        let content_type = ContentType::WellKnown(media_type.wsp_code());
        let more: Vec<(&str, &str)> = self.header.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let push = wsp::Fields { expires: self.carrier_expires, ..wsp::Fields::new(content_type, notification) };
        let expires = self.carrier_expires.map(u64::from);
        let message = match carrier {
            Carrier::Wsp => push.encode(),
            Carrier::Sms => {
                let reference = self.reference.unwrap_or_else(any_reference);
                let segments = push.encode().and_then(|push| sms::split(Ports::PUSH, &push, reference));
                return segments.map_err(|error| error.to_string());
            }
            Carrier::Http => {
                let new = http::Fields::new(self.only_one("host and port")?, content_type, notification);
                http::Fields { target: self.target.as_deref().unwrap_or(new.target), more: &more, expires, ..new }
                    .encode()
            }
            Carrier::Sip => {
                let new = sip::Fields::new(self.only_one("a URI such as sip:a@b")?, content_type, notification);
                let date = self.date.map_or_else(now, u64::from);
                let lifetime = expires.map(|expires| expires.checked_sub(date).and_then(|left| left.try_into().ok()));
                let expires = lifetime.map(|left| left.ok_or("--carrier-expires: before --date")).transpose()?;
                sip::Fields { more: &more, date: Some(date), expires, ..new }.encode()
            }
            Carrier::Pap => {
                let proxy = self.proxy.as_deref().ok_or("--carrier pap: give --proxy, the push proxy's host")?;
                let addresses: Vec<&str> = self.to.iter().map(String::as_str).collect();
                if addresses.is_empty() {
                    return Err("--carrier pap: give --to, the device's address".into());
                }
                let push_id = self.push_id.as_deref().unwrap_or(push_id);
                let new = pap::Fields::new(proxy, push_id, &addresses, content_type, notification);
                pap::Fields {
                    target: self.target.as_deref().unwrap_or(new.target),
                    more: &more,
                    boundary: self.boundary.as_deref(),
                    source_reference: self.source_reference.as_deref(),
                    notify_to: self.notify_to.as_deref(),
                    deliver_before: expires,
                    deliver_after: self.deliver_after.map(u64::from),
                    ..new
                }
                .encode()
            }
        };
        Ok(vec![message.map_err(|error| error.to_string())?])
    }

    pub(super) fn is_sms(&self) -> bool {
        self.carrier == Some(Carrier::Sms)
    }

    /// Nothing that was asked for is left out in silence.
    fn refuse_what_it_has_not(&self, carrier: Carrier) -> Result<(), String> {
        let text = matches!(carrier, Carrier::Http | Carrier::Sip | Carrier::Pap);
        let refused = [
            (!text && !self.to.is_empty(), "--to: this carrier names no device"),
            (!text && !self.header.is_empty(), "--header: this carrier has no header lines"),
            (
                !matches!(carrier, Carrier::Http | Carrier::Pap) && self.target.is_some(),
                "--target: for --carrier http or pap",
            ),
            (carrier != Carrier::Pap && self.source_reference.is_some(), "--source-reference: for --carrier pap"),
            (carrier != Carrier::Pap && self.notify_to.is_some(), "--notify-to: for --carrier pap"),
            (carrier != Carrier::Pap && self.deliver_after.is_some(), "--deliver-after: for --carrier pap"),
            (carrier != Carrier::Pap && self.boundary.is_some(), "--boundary: for --carrier pap"),
            (carrier != Carrier::Pap && self.proxy.is_some(), "--proxy: for --carrier pap"),
            (carrier != Carrier::Pap && self.push_id.is_some(), "--push-id: for --carrier pap"),
            (carrier != Carrier::Sip && self.date.is_some(), "--date: for --carrier sip"),
            (carrier != Carrier::Sms && self.reference.is_some(), "--reference: for --carrier sms"),
        ];
        let found = refused.into_iter().find(|(is_given, _)| *is_given);
        found.map_or(Ok(()), |(_, message)| Err(message.to_owned()))
    }

    fn only_one(&self, what: &str) -> Result<&str, String> {
        match &self.to[..] {
            [only] => Ok(only),
            _ => Err(format!("--carrier: give --to once, {what}")),
        }
    }
}

/// A reference that differs from those of other messages to the same device, as far as chance will have it.
fn any_reference() -> Reference {
    let [reference, ..] = RandomState::new().build_hasher().finish().to_be_bytes();
    Reference::Octet(reference)
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
