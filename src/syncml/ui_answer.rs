//! What comes back on a user-interaction alert: a status, sometimes with items (`wire.md` §3).

use super::ui_alert::text_of;
use super::ui_options::truth;
use super::{Command, StatusCode, UiAlertKind, UiResponse};
use crate::error::{Error, ErrorKind, Result};
use core::num::NonZeroU32;
use std::borrow::Cow;

/// The outcome of a user-interaction alert.
///
/// ```
/// use omadm::syncml::{StatusCode, UiAnswer, UiResponse};
/// let no = UiAnswer::Given(UiResponse::Confirm(false));
/// assert_eq!(no.status(), StatusCode(304));
/// let two = UiAnswer::Given(UiResponse::Choices(vec![2.try_into()?, 4.try_into()?]));
/// assert_eq!((two.status(), two.items()), (StatusCode(200), vec!["2".to_owned(), "4".to_owned()]));
/// # Ok::<(), core::num::TryFromIntError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UiAnswer<'a> {
    /// 1100 was shown.
    Shown,
    /// The user answered.
    Given(UiResponse<'a>),
    /// 214: the user cancelled.
    Cancelled,
    /// 408: nobody answered in time; perhaps with the default response.
    TimedOut(Option<UiResponse<'a>>),
    /// It could not be shown or answered: 406 not supported, 412 parts are missing, 416 it does not fit the screen, or
    /// any other status.
    Failed(StatusCode),
}

impl<'a> UiAnswer<'a> {
    /// The answer to an alert of `kind` in the status that came for it; `None` for every other command, and for a status
    /// without a code.
    ///
    /// A choice is a number from 1. Whether there are that many, only the sender of the alert knows.
    ///
    /// # Errors
    /// [`Missing`](ErrorKind::Missing) at the status when 1102 or 1103 was answered without an item,
    /// [`InvalidNumber`](ErrorKind::InvalidNumber) at data that is not the number of a choice, and
    /// [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup) and [`InvalidUtf8`](ErrorKind::InvalidUtf8) at data that is no text.
    pub fn of(status: &Command<'a>, kind: UiAlertKind) -> Result<Option<UiAnswer<'a>>> {
        let Some(code) = status.status() else { return Ok(None) };
        Ok(Some(match (code.0, kind) {
            (200, UiAlertKind::Display) => UiAnswer::Shown,
            (200, UiAlertKind::Confirm) => UiAnswer::Given(UiResponse::Confirm(true)),
            (200, kind) => UiAnswer::Given(response(status, kind)?),
            (304, UiAlertKind::Confirm) => UiAnswer::Given(UiResponse::Confirm(false)),
            (214, _) => UiAnswer::Cancelled,
            // The default response is the sender's own: one that cannot be read is no loss.
            (408, UiAlertKind::Confirm) => {
                let first = status.items().next().and_then(|item| text_of(&item).ok());
                UiAnswer::TimedOut(first.and_then(truth).map(UiResponse::Confirm))
            }
            (408, _) if status.items().len() == 0 => UiAnswer::TimedOut(None),
            (408, kind) => UiAnswer::TimedOut(response(status, kind).ok()),
            _ => UiAnswer::Failed(code),
        }))
    }

    /// `Data` of the status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        match self {
            UiAnswer::Given(UiResponse::Confirm(false)) => StatusCode(304),
            UiAnswer::Shown | UiAnswer::Given(_) => StatusCode(200),
            UiAnswer::Cancelled => StatusCode(214),
            UiAnswer::TimedOut(_) => StatusCode(408),
            UiAnswer::Failed(status) => *status,
        }
    }

    /// `Data` of the status's items: a text, a number, several numbers, or nothing at all.
    #[must_use]
    pub fn items(&self) -> Vec<String> {
        match self {
            UiAnswer::TimedOut(Some(UiResponse::Confirm(yes))) => vec![if *yes { "1" } else { "0" }.to_owned()],
            UiAnswer::Given(response) | UiAnswer::TimedOut(Some(response)) => match response {
                // The status says it.
                UiResponse::Confirm(_) => Vec::new(),
                UiResponse::Text(text) => vec![text.to_string()],
                UiResponse::Choice(number) => vec![number.to_string()],
                UiResponse::Choices(numbers) => numbers.iter().map(NonZeroU32::to_string).collect(),
            },
            _ => Vec::new(),
        }
    }

    /// The same answer with a copy of its text.
    #[must_use]
    pub fn into_owned(self) -> UiAnswer<'static> {
        match self {
            UiAnswer::Shown => UiAnswer::Shown,
            UiAnswer::Given(response) => UiAnswer::Given(response.into_owned()),
            UiAnswer::Cancelled => UiAnswer::Cancelled,
            UiAnswer::TimedOut(response) => UiAnswer::TimedOut(response.map(UiResponse::into_owned)),
            UiAnswer::Failed(status) => UiAnswer::Failed(status),
        }
    }
}

fn response<'a>(status: &Command<'a>, kind: UiAlertKind) -> Result<UiResponse<'a>> {
    let missing = Error::new(ErrorKind::Missing("Item"), status.offset());
    let mut numbers = status.items().map(|item| {
        let text = text_of(&item)?.trim();
        // `parse` alone would take a sign.
        let number = text.parse().ok().filter(|_: &NonZeroU32| text.bytes().all(|octet| octet.is_ascii_digit()));
        number.ok_or(Error::new(ErrorKind::InvalidNumber, item.data().map_or(item.offset(), |data| data.offset())))
    });
    Ok(match kind {
        UiAlertKind::TextInput => UiResponse::Text(Cow::Borrowed(text_of(&status.items().next().ok_or(missing)?)?)),
        UiAlertKind::SingleChoice => UiResponse::Choice(numbers.next().ok_or(missing)??),
        UiAlertKind::MultipleChoice => {
            let mut numbers = numbers.map(|number| number.map(NonZeroU32::get)).collect::<Result<Vec<u32>>>()?;
            numbers.sort_unstable();
            numbers.dedup();
            UiResponse::Choices(numbers.into_iter().filter_map(NonZeroU32::new).collect())
        }
        UiAlertKind::Display | UiAlertKind::Confirm => return Err(missing),
    })
}
