//! What a carrier says of a notification, and the check that it is one for the right application.

use super::{ApplicationId, ContentType, Expires};
use crate::{Error, ErrorKind, Result};

/// A notification as a carrier brought it: for the right application, and not yet read.
///
/// The number picks the format. [`notification`](crate::notification) has the rest:
///
/// ```
/// use omadm::notification::{MediaType, Notification};
/// use omadm::push::wsp::Push;
///
/// # let octets: Vec<u8> = "010609c4af8794046b36ec7f68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6dd64807a101046b36ec7f"
/// #     .as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect();
/// let payload = Push::decode(&octets)?.payload()?;
/// let media_type = MediaType::from_wsp_code(payload.content_type).unwrap_or_default();
/// let notification = Notification::decode(payload.body, media_type, None)?.with_carrier_expiry(payload.expires);
/// assert_eq!(notification.server_id(), "dm.example.com");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Payload<'a> {
    /// OMNA's number of the content type: 0x44, 0x58 or 0x4E, whether it came as a number or by name.
    pub content_type: u32,
    /// The octets of the notification, borrowed from the input.
    pub body: &'a [u8],
    /// Where they begin in the input.
    pub offset: usize,
    /// When the carrier says that it expires. *Provisional* as the expiry of a notification (`provisional.md` §3.1).
    pub expires: Expires,
}

crate::redact::debug_without_content!(Payload<'_> { content_type, offset, expires } octets of { body });

impl<'a> Payload<'a> {
    /// Checks that a notification of this type is there, and for the application that such are for.
    ///
    /// # Errors
    ///
    /// [`PushContentType`](ErrorKind::PushContentType) and [`PushApplicationId`](ErrorKind::PushApplicationId), at the
    /// places given for them.
    pub(super) fn check(
        content_type: Option<ContentType<'_>>,
        content_type_at: usize,
        is_for: impl FnOnce(ApplicationId<'static>) -> bool,
        application_at: usize,
        (body, offset): (&'a [u8], usize),
        expires: Expires,
    ) -> Result<Payload<'a>> {
        let found = content_type.and_then(|own| own.code().zip(own.application()));
        let (code, application) = found.ok_or(Error::new(ErrorKind::PushContentType, content_type_at))?;
        if !is_for(application) {
            return Err(Error::new(ErrorKind::PushApplicationId, application_at));
        }
        Ok(Payload { content_type: code, body, offset, expires })
    }
}
