//! Alerts for the user, put into a message, and what the user answers: written by clients, read by servers.

use super::alert::{OMADM_UI_DEFAULT, OMADM_UI_DEFAULT_YES, OMADM_UI_PASSWORD};
use super::builder::omadm_builder;
use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, OutValues, Outcome, enter, read, slice, text, versioned};
use super::error::omadm_error;
use super::handle::{handle, handle_mut};
use super::message::omadm_message;
use super::text::{omadm_str, some};
use crate::syncml::{
    AlertCode, EchoType, InputType, NewCommand, NewItem, NewUiAlert, StatusCode, UiAlertKind, UiAnswer, UiOptions,
    UiResponse,
};
use core::ffi::c_char;
use core::num::NonZeroU32;
use std::borrow::Cow;

/// A user-interaction alert to send. Begin with `omadm_new_ui_alert alert = OMADM_NEW_UI_ALERT_INIT;`, and set code and text. Its first members are
/// those of `omadm_ui_alert`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_new_ui_alert {
    /// `sizeof(omadm_new_ui_alert)`; set by `OMADM_NEW_UI_ALERT_INIT`.
    pub struct_size: u32,
    /// 1100 to be shown, 1101 yes or no, 1102 a text, 1103 one of several choices, 1104 any of them.
    pub code: u32,
    /// `OMADM_UI_*`.
    pub flags: u32,
    /// The least time to show it, in seconds; 0 says nothing.
    pub min_display: u32,
    /// The longest time to wait for the user, in seconds; 0 says nothing.
    pub max_display: u32,
    /// 1102: how many characters the user may enter; 0 says nothing.
    pub max_len: u32,
    /// 1102: an `enum omadm_input_type`; the default is not written.
    pub input_type: u32,
    pub reserved: u32,
    /// The text to be shown, or the title of the choices.
    pub text: omadm_str,
    /// 1103 and 1104: the choices, at least one.
    pub choices: *const omadm_str,
    pub choice_count: usize,
    /// 1102 with `OMADM_UI_DEFAULT`: the default response.
    pub default_text: omadm_str,
    /// 1103 and 1104 with `OMADM_UI_DEFAULT`: the numbers of choices, from 1; of 1103 one.
    pub default_numbers: *const u32,
    pub default_count: usize,
}

/// The outcome of a user-interaction alert.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_ui_outcome {
    /// 1100 was shown.
    OMADM_UI_SHOWN = 1,
    /// The user answered.
    OMADM_UI_ANSWERED = 2,
    /// The user cancelled: status 214.
    OMADM_UI_CANCELLED = 3,
    /// Nobody answered in time: status 408, perhaps with the default response.
    OMADM_UI_TIMED_OUT = 4,
    /// It could not be shown or answered: 406 not supported, 412 parts are missing, 416 it does not fit the screen, or any other status.
    OMADM_UI_FAILED = 5,
}

/// What a user answers.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_ui_response {
    OMADM_UI_RESPONSE_NONE = 0,
    /// No, to 1101: status 304.
    OMADM_UI_RESPONSE_NO = 1,
    /// Yes, to 1101.
    OMADM_UI_RESPONSE_YES = 2,
    /// A text, to 1102.
    OMADM_UI_RESPONSE_TEXT = 3,
    /// Numbers of choices, from 1, to 1103 and 1104.
    OMADM_UI_RESPONSE_CHOICES = 4,
}

/// What comes back on a user-interaction alert. Its text may be a password: do not log it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_ui_answer {
    /// `sizeof(omadm_ui_answer)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_ui_outcome`.
    pub outcome: u32,
    /// An `enum omadm_ui_response`: of an answer, and of the default response that one timed out with.
    pub response: u32,
    /// The status. Of an answer to be sent it is looked at for `OMADM_UI_FAILED` only; all others say it themselves.
    pub status: u32,
    /// The text of `OMADM_UI_RESPONSE_TEXT`.
    pub text: omadm_str,
}

versioned! {
    omadm_new_ui_alert: 96, 64;
    omadm_ui_answer: 32, 24;
}

fn kind(code: u32) -> Outcome<UiAlertKind> {
    let code = u16::try_from(code).ok().and_then(|code| UiAlertKind::from_code(AlertCode(code)));
    code.ok_or(Failure::argument("code"))
}

/// # Safety
/// The contract.
unsafe fn choices(at: *const u32, count: usize, argument: &'static str) -> Outcome<Vec<NonZeroU32>> {
    // SAFETY: the contract.
    let numbers = unsafe { slice(at, count, argument) }?;
    numbers.iter().map(|number| NonZeroU32::new(*number).ok_or(Failure::argument(argument))).collect()
}

impl omadm_new_ui_alert {
    /// # Safety
    /// The contract.
    unsafe fn take<'c>(at: *const omadm_new_ui_alert) -> Outcome<NewUiAlert<'c>> {
        const FLAGS: u32 = OMADM_UI_DEFAULT | OMADM_UI_DEFAULT_YES | OMADM_UI_PASSWORD;
        // SAFETY: the contract.
        let (given, title, choices, default_text, numbers) = unsafe {
            let given = read(at, "alert")?;
            let choices = slice(given.choices, given.choice_count, "choices")?.iter();
            let choices = choices.map(|choice| text(choice.ptr, choice.len, "choices").map(Cow::Borrowed));
            (
                given,
                some(given.text, "text")?.ok_or(Failure::null("text"))?,
                choices.collect::<Outcome<Vec<_>>>()?,
                some(given.default_text, "default_text")?,
                choices_of_default(&given)?,
            )
        };
        let kind = kind(given.code)?;
        let is_default = given.flags & OMADM_UI_DEFAULT != 0;
        let is_other = given.flags & OMADM_UI_DEFAULT_YES != 0 || default_text.is_some() || !numbers.is_empty();
        if given.flags & !FLAGS != 0 || given.reserved != 0 || is_other && !is_default {
            return Err(Failure::argument("alert"));
        }
        let input_type = match given.input_type {
            0 => None,
            1 => Some(InputType::Numeric),
            2 => Some(InputType::Date),
            3 => Some(InputType::Time),
            4 => Some(InputType::Phone),
            5 => Some(InputType::IpAddress),
            _ => return Err(Failure::argument("input_type")),
        };
        let default_response = match (kind, default_text, numbers.as_slice()) {
            _ if !is_default => None,
            (UiAlertKind::TextInput, Some(text), []) => Some(UiResponse::Text(text.into())),
            (UiAlertKind::SingleChoice, None, [number]) => Some(UiResponse::Choice(*number)),
            (UiAlertKind::MultipleChoice, None, [_, ..]) => Some(UiResponse::Choices(numbers)),
            // 1100 has no default response, which is an error of the alert's.
            (UiAlertKind::Display | UiAlertKind::Confirm, None, []) => {
                Some(UiResponse::Confirm(given.flags & OMADM_UI_DEFAULT_YES != 0))
            }
            _ => return Err(Failure::argument("alert")),
        };
        let options = UiOptions {
            min_display: NonZeroU32::new(given.min_display),
            max_display: NonZeroU32::new(given.max_display),
            default_response,
            max_len: NonZeroU32::new(given.max_len),
            input_type,
            echo_type: (given.flags & OMADM_UI_PASSWORD != 0).then_some(EchoType::Password),
        };
        Ok(NewUiAlert { kind, options, text: title.into(), choices })
    }
}

/// # Safety
/// The contract.
unsafe fn choices_of_default(given: &omadm_new_ui_alert) -> Outcome<Vec<NonZeroU32>> {
    // SAFETY: the contract.
    unsafe { choices(given.default_numbers, given.default_count, "default_numbers") }
}

impl omadm_ui_answer {
    /// # Safety
    /// The contract.
    unsafe fn take<'c>(at: *const omadm_ui_answer, numbers: Vec<NonZeroU32>) -> Outcome<UiAnswer<'c>> {
        // SAFETY: the contract.
        let (given, text) = unsafe {
            let given = read(at, "answer")?;
            (given, some(given.text, "text")?)
        };
        let wrong = Failure::argument("answer");
        let response = match (given.response, text, numbers.is_empty()) {
            (0, None, true) => None,
            (1, None, true) => Some(UiResponse::Confirm(false)),
            (2, None, true) => Some(UiResponse::Confirm(true)),
            (3, Some(text), true) => Some(UiResponse::Text(text.into())),
            (4, None, _) => Some(UiResponse::Choices(numbers)),
            _ => return Err(wrong),
        };
        let failed = u16::try_from(given.status).ok().filter(|status| *status != 0);
        match (given.outcome, response) {
            (1, None) => Ok(UiAnswer::Shown),
            (2, Some(response)) => Ok(UiAnswer::Given(response)),
            (3, None) => Ok(UiAnswer::Cancelled),
            (4, response) => Ok(UiAnswer::TimedOut(response)),
            (5, None) => Ok(UiAnswer::Failed(StatusCode(failed.ok_or(wrong)?))),
            _ => Err(wrong),
        }
    }

    /// The answer without the numbers of choices, which come beside it.
    fn of(answer: &UiAnswer<'_>) -> (omadm_ui_answer, Vec<u32>) {
        let (outcome, response) = match answer {
            UiAnswer::Shown => (omadm_ui_outcome::OMADM_UI_SHOWN, None),
            UiAnswer::Given(response) => (omadm_ui_outcome::OMADM_UI_ANSWERED, Some(response)),
            UiAnswer::Cancelled => (omadm_ui_outcome::OMADM_UI_CANCELLED, None),
            UiAnswer::TimedOut(response) => (omadm_ui_outcome::OMADM_UI_TIMED_OUT, response.as_ref()),
            UiAnswer::Failed(_) => (omadm_ui_outcome::OMADM_UI_FAILED, None),
        };
        let (mut text, mut numbers) = (omadm_str::ABSENT, Vec::new());
        let response = match response {
            None => omadm_ui_response::OMADM_UI_RESPONSE_NONE,
            Some(UiResponse::Confirm(false)) => omadm_ui_response::OMADM_UI_RESPONSE_NO,
            Some(UiResponse::Confirm(true)) => omadm_ui_response::OMADM_UI_RESPONSE_YES,
            Some(UiResponse::Text(entered)) => {
                // What is read out of a message borrows from it; a text of our own could not be lent.
                if let Cow::Borrowed(entered) = entered {
                    text = (*entered).into();
                }
                omadm_ui_response::OMADM_UI_RESPONSE_TEXT
            }
            Some(UiResponse::Choice(number)) => {
                numbers.push(number.get());
                omadm_ui_response::OMADM_UI_RESPONSE_CHOICES
            }
            Some(UiResponse::Choices(chosen)) => {
                numbers.extend(chosen.iter().map(|number| number.get()));
                omadm_ui_response::OMADM_UI_RESPONSE_CHOICES
            }
        };
        let status = u32::from(answer.status().0);
        let answer =
            omadm_ui_answer { struct_size: 0, outcome: outcome as u32, response: response as u32, status, text };
        (answer, numbers)
    }
}

fn items(texts: &[String]) -> Vec<NewItem<'_>> {
    texts.iter().map(|text| NewItem::default().text(text)).collect()
}

/// Adds a user-interaction alert. `*cmd_id` is its `CmdID`; `cmd_id` may be NULL.
///
/// `OMADM_E_ALERT_ITEMS` for choices without such an alert, or such an alert without choices; `OMADM_E_ALERT_OPTION` for an option or default response that
/// this alert does not have; `OMADM_E_ARGUMENT` for default responses without `OMADM_UI_DEFAULT`, or of another alert.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_ui_alert(
    builder: *mut omadm_builder,
    alert: *const omadm_new_ui_alert,
    cmd_id: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (alert, cmd_id, mut builder) = unsafe {
            (omadm_new_ui_alert::take(alert)?, Out::optional(cmd_id, "cmd_id")?, handle_mut(builder, "builder")?)
        };
        let (code, texts) = (alert.kind.code().0.to_string(), alert.items()?);
        cmd_id.set(builder.building()?.command(&NewCommand::alert(&code, &items(&texts)))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Adds the `Status` that answers a user-interaction alert: command `cmd_ref` of message `msg_ref`. `numbers` are the `count` choices of
/// `OMADM_UI_RESPONSE_CHOICES`, from 1; none of them is an answer, too. The lengths may be `OMADM_NUL`, `cmd_id` may be NULL.
///
/// `OMADM_E_ARGUMENT` for an outcome and a response that do not go together. Whether the response is one to this alert is not checked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_builder_ui_answer(
    builder: *mut omadm_builder,
    msg_ref: *const c_char,
    msg_ref_len: usize,
    cmd_ref: *const c_char,
    cmd_ref_len: usize,
    answer: *const omadm_ui_answer,
    numbers: *const u32,
    count: usize,
    cmd_id: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (msg_ref, cmd_ref, answer, cmd_id, mut builder) = unsafe {
            (
                text(msg_ref, msg_ref_len, "msg_ref")?,
                text(cmd_ref, cmd_ref_len, "cmd_ref")?,
                omadm_ui_answer::take(answer, choices(numbers, count, "numbers")?)?,
                Out::optional(cmd_id, "cmd_id")?,
                handle_mut(builder, "builder")?,
            )
        };
        let (code, texts) = (answer.status().0.to_string(), answer.items());
        let status = NewCommand { items: &items(&texts), ..NewCommand::status(msg_ref, cmd_ref, "Alert", &code) };
        cmd_id.set(builder.building()?.command(&status)?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The answer to a user-interaction alert with this code, 1100 to 1104, in the `Status` that came for it. Of the numbers of choices `*found` says how many
/// there are; as many as `capacity` has room for are stored, each once and ascending. The text is lent by the message. Whether there are such choices, only the sender of the alert knows.
///
/// `OMADM_NOT_FOUND` if the command with this index is no `Status` with a code; `OMADM_E_MISSING` when 1102 or 1103 was answered without an item;
/// `OMADM_E_INVALID_NUMBER` for what is not the number of a choice; `OMADM_E_UNEXPECTED_MARKUP` and `OMADM_E_INVALID_UTF8` for an item that is no text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_ui_answer(
    message: *const omadm_message,
    command: usize,
    code: u32,
    answer: *mut omadm_ui_answer,
    numbers: *mut u32,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out, mut numbers, found) = unsafe {
            (
                handle(message, "message")?,
                OutStructs::one(answer, "answer")?,
                OutValues::many(numbers, capacity, "numbers")?,
                Out::new(found, "found")?,
            )
        };
        let answer = UiAnswer::of(&message.command(command)?, kind(code)?)?.ok_or(Failure::not_found("status"))?;
        let (answer, chosen) = omadm_ui_answer::of(&answer);
        out.set(0, answer);
        found.set(chosen.len());
        numbers.set(chosen);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
