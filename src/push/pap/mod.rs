//! PAP: the submission with which a server asks a push proxy to bring package #0 to devices (WAP-247-PAP;
//! `notification.md` §5.4; `provisional.md` §3.1).
//!
//! A POST whose body has two parts: a control entity, in XML, and the content with the headers that it is pushed with. A
//! third part, the capabilities of the device, may follow, and is passed over.
//!
//! ```text
//! Content-Type: multipart/related; boundary=package-0; type="application/xml"
//!
//! --package-0
//! Content-Type: application/xml
//!
//! <?xml version="1.0"?>...<pap><push-message push-id="1@dm.example.com" deliver-before-timestamp="2026-12-31T23:59:59Z">
//! <address address-value="WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com"/></push-message></pap>
//! --package-0
//! Content-Type: application/vnd.syncml.notification
//! X-Wap-Application-Id: x-wap-application:syncml.dm
//!
//! (package #0)
//! --package-0--
//! ```
//!
//! A decoded [`Submission`] has a control entity that names a push and at least one address; the content is borrowed.
//! This is the one carrier that reads XML, with [`markup`](crate::markup). That `deliver-before-timestamp` is the expiry
//! of a notification is *provisional*; the push proxy enforces it.
//!
//! ```
//! use omadm::Limits;
//! use omadm::push::{ContentType, Expires, pap};
//!
//! let addresses = ["WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com"];
//! let new = pap::Fields::new("ppg.example.com", "1@dm.example.com", &addresses, ContentType::NOTIFICATION, b"package #0");
//! let octets = pap::Fields { deliver_before: Some(1_798_761_599), ..new }.encode()?;
//!
//! let submission = pap::Submission::decode(&octets, &Limits::default())?;
//! assert_eq!(submission.control.addresses, addresses);
//! let payload = submission.payload()?;
//! assert_eq!((payload.body, payload.expires), (&b"package #0"[..], Expires::At(1_798_761_599)));
//! # Ok::<(), omadm::Error>(())
//! ```

mod control;
mod encode;
mod multipart;

use super::Payload;
use super::http::Request;
use super::text::{CONTENT_TYPE, Entity, Text, parameters};
use crate::{Error, ErrorKind, Limits, Result};
pub use control::Control;
pub use encode::Fields;

/// A submission, whose content is borrowed from the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission<'a> {
    /// What the push proxy is told.
    pub control: Control,
    /// What is pushed.
    pub content: Entity<'a>,
}

impl<'a> Submission<'a> {
    /// Reads the POST of a submission.
    ///
    /// # Errors
    ///
    /// Those of [`Request::decode`], and those of [`from_entity`](Submission::from_entity).
    pub fn decode(message: &'a [u8], limits: &Limits) -> Result<Submission<'a>> {
        Submission::from_entity(&Request::decode(message, limits)?.entity, limits)
    }

    /// Reads headers and body of a submission.
    ///
    /// # Errors
    ///
    /// * [`PushMultipart`](ErrorKind::PushMultipart) at a content type other than multipart/related with a boundary, or
    ///   where a second part should be, or a fourth is;
    /// * [`UnexpectedEnd`](ErrorKind::UnexpectedEnd) at the end of a body without its last boundary;
    /// * [`PushControl`](ErrorKind::PushControl) at the place in the control entity that is not that of a submission;
    /// * [`PushEncoding`](ErrorKind::PushEncoding) at the encoding of the whole or of the control entity;
    /// * [`PushTime`](ErrorKind::PushTime) at a push-message with a timestamp that is none;
    /// * those of reading XML, and of [`Entity::decode_parts`] for the content.
    pub fn from_entity(entity: &Entity<'a>, limits: &Limits) -> Result<Submission<'a>> {
        let at = entity.content_type_at();
        let not_multipart = Error::new(ErrorKind::PushMultipart, at);
        let is_related = entity.content_type().and_then(|own| own.name());
        is_related.filter(|name| name.eq_ignore_ascii_case("multipart/related")).ok_or(not_multipart)?;
        let header = entity.headers.get(CONTENT_TYPE).unwrap_or_default();
        let mut boundaries = parameters(header).filter(|(name, _)| name.eq_ignore_ascii_case("boundary"));
        let boundary = boundaries.next().map(|(_, boundary)| boundary);
        let boundary = boundary.filter(|boundary| multipart::is_boundary(boundary)).ok_or(not_multipart)?;
        entity.check_encoding()?;
        let (control, content) = multipart::parts(entity.body, entity.body_at, boundary)?;
        let part = |(octets, base)| Entity::decode(Text::new(octets, base), limits, |name| name);
        let control = part(control)?;
        if let Some(name) = control.content_type().and_then(|own| own.name())
            && !["application/xml", "text/xml"].iter().any(|xml| xml.eq_ignore_ascii_case(name))
        {
            return Err(Error::new(ErrorKind::PushControl, control.content_type_at()));
        }
        control.check_encoding()?;
        let content = part(content)?;
        Ok(Submission { control: Control::decode(control.body, control.body_at, limits)?, content })
    }

    /// The notification that is to be pushed, of any format, if it is for the application that such are for. It expires
    /// when the control entity says, or the content's own Expires if that is earlier.
    ///
    /// # Errors
    ///
    /// Those of [`Entity::payload`].
    pub fn payload(&self) -> Result<Payload<'a>> {
        let payload = self.content.payload()?;
        Ok(Payload { expires: payload.expires.earlier(self.control.deliver_before.into()), ..payload })
    }
}
