//! What a server asks of the session: session hints, and what options of DM 1.3 say in their place. *Provisional.*

use super::hints::{Block, Hints, Reason};
use super::v13::NotificationOption;
use super::{Bearer, Form, v13};
use crate::Error;
use std::borrow::Cow;

/// The session hints of a notification as they count: with what the options of DM 1.3 say in the place of theirs.
/// *Provisional.*
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionHints<'a> {
    /// The hints; none where the hints are broken and no option says anything.
    pub hints: Hints<'a>,
    /// The version of the hints' format, if there are hints. None of another version than 1 is read.
    pub version: Option<u8>,
    /// What is wrong with the hints; the offset is that in the notification. The notification is none the worse.
    pub error: Option<Error>,
    /// Names of the hints that are ignored because an option says the same thing.
    pub overruled: Vec<&'static str>,
    /// What the vendor has behind the hints, or instead of them. Empty where the hints are broken: where they end is not
    /// known then, and [`vendor`](super::Notification::vendor) has all.
    pub rest: &'a [u8],
}

impl<'a> SessionHints<'a> {
    pub(super) fn of(form: &Form<'a>) -> SessionHints<'a> {
        let (found, vendor) = match form {
            Form::Dm12(notification) => {
                let vendor = notification.vendor();
                let at = notification.vendor_at();
                (Block::find(vendor).map_err(|error| error.shifted(at)), vendor)
            }
            Form::Dm13(notification) => match notification.vendor_info_at() {
                Some((at, text)) => (Block::find_in_text(text).map_err(|error| error.shifted(at)), text.as_bytes()),
                None => (Ok(None), &[][..]),
            },
            Form::DataSync(notification) => (Ok(None), notification.rest()),
        };
        let mut all = match found {
            Ok(Some(Block { version, hints, rest })) => {
                SessionHints { hints, version: Some(version), rest, ..SessionHints::default() }
            }
            Ok(None) => SessionHints { rest: vendor, ..SessionHints::default() },
            Err(error) => SessionHints { error: Some(error), ..SessionHints::default() },
        };
        if let Form::Dm13(notification) = form {
            overrule(&mut all, notification);
        }
        all
    }
}

/// Options win over hints that say the same thing (`provisional.md` §1.2), and a reason with its language. There can be
/// more of them than of hints: as many as fit the notification.
fn overrule<'a>(own: &mut SessionHints<'a>, notification: &v13::Notification<'a>) {
    let SessionHints { hints, overruled, .. } = own;
    let mut win = |name, has_hint: bool| {
        if has_hint {
            overruled.push(name);
        }
    };
    if let Some(text) = notification.connect_reason() {
        win("reason", hints.reason.is_some());
        hints.reason = Some(Reason { text: Cow::Borrowed(text), language: None });
    }
    let layout = notification.layout();
    let bearers: Vec<Bearer> = all(notification, |option| match option {
        NotificationOption::PreferredBearer(code) => Some(layout.bearer(code)),
        _ => None,
    });
    if !bearers.is_empty() {
        win("bearer", !hints.bearers.is_empty());
        hints.bearers = bearers;
    }
    let requested: Vec<u16> = all(notification, |option| match option {
        NotificationOption::RequestedMo(index) => Some(index),
        _ => None,
    });
    if !requested.is_empty() {
        win("want-mo", !hints.want_mos.is_empty());
        hints.want_mos = requested;
    }
    let targeted: Vec<u16> = all(notification, |option| match option {
        NotificationOption::TargetedMo(index) => Some(index),
        _ => None,
    });
    if !targeted.is_empty() {
        win("about-mo", !hints.about_mos.is_empty());
        hints.about_mos = targeted;
    }
}

/// What all options say that say something of a kind.
fn all<'a, T>(notification: &v13::Notification<'a>, says: impl FnMut(NotificationOption<'a>) -> Option<T>) -> Vec<T> {
    notification.options().filter_map(says).collect()
}
