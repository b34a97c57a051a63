//! Alerts of a message, understood: what a client tells of its own accord, and what is shown to the user or asked.

use super::buffer::{Buffer, omadm_buffer};
use super::codes::omadm_rc;
use super::entry::{Failure, Out, OutStructs, OutValues, Outcome, enter, fill, narrow, versioned};
use super::error::omadm_error;
use super::handle::handle;
use super::message::{omadm_data, omadm_message};
use super::text::omadm_str;
use super::tree::omadm_format;
use crate::syncml::{AlertEvent, ChoiceSyntax, Command, EchoType, GenericAlert, InputType, UiAlert, UiResponse};

/// One event of a generic alert (1226) or client event (1224): an item of it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_alert_event {
    /// `sizeof(omadm_alert_event)`; set by the caller.
    pub struct_size: u32,
    /// An `enum omadm_format`: `OMADM_FORMAT_CHR` when it is absent, 0 when it is none of them.
    pub format: u32,
    /// From 7 for `fatal` down to 1 for `indeterminate`; 0 for a mark that is not an alert's.
    pub importance: u32,
    pub reserved: u32,
    /// The registered name, without a prefix that some senders write before it. A type that is not known is answered with 415.
    pub alert_type: omadm_str,
    /// `Source/LocURI`: the management object that it is about.
    pub source: omadm_str,
    /// `Mark`: `informational` when it is absent.
    pub mark: omadm_str,
    pub data: omadm_data,
}

impl From<AlertEvent<'_>> for omadm_alert_event {
    fn from(event: AlertEvent<'_>) -> omadm_alert_event {
        omadm_alert_event {
            struct_size: 0,
            format: event.format().map_or(0, omadm_format::number),
            importance: event.mark().importance().map_or(0, u32::from),
            reserved: 0,
            alert_type: event.alert_type().into(),
            source: event.source().into(),
            mark: event.mark().name().into(),
            data: event.data().into(),
        }
    }
}

fn generic<'m>(message: &'m omadm_message, command: usize) -> Outcome<GenericAlert<'m>> {
    GenericAlert::of(&message.command(command)?).ok_or(Failure::not_found("alert"))
}

/// The events of a generic alert (1226) or client event (1224), as `omadm_message_items` does items. `OMADM_NOT_FOUND` if the command with this
/// index is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_alert_events(
    message: *const omadm_message,
    command: usize,
    first: usize,
    events: *mut omadm_alert_event,
    element_size: usize,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, out, written) = unsafe {
            (
                handle(message, "message")?,
                OutStructs::many(events, element_size, capacity, "events")?,
                Out::new(written, "written")?,
            )
        };
        fill(out, generic(message, command)?.events().skip(first), written);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Checks that a generic alert or client event has everything that the specification requires: an item, and in each a type, a format and
/// data. What is not complete is to be answered with 412.
///
/// `OMADM_E_ALERT_ITEMS` at the command, `OMADM_E_MISSING` at the item; `OMADM_NOT_FOUND` if the command with this index is no such alert.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_alert_check(
    message: *const omadm_message,
    command: usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let message = unsafe { handle(message, "message") }?;
        Ok(generic(message, command)?.check()?)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// How `DR` of Alert 1104 lists several choices.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_choice_syntax {
    /// As specified: numbers joined by `-`, so that `1-3` is two choices.
    OMADM_CHOICES_STANDARD = 0,
    /// As some clients read it: numbers and ranges joined by `,`, so that `1-3,5` is four choices.
    OMADM_CHOICES_RANGES = 1,
}

/// What the user may enter.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_input_type {
    /// Anything.
    OMADM_INPUT_ALPHANUMERIC = 0,
    /// Digits, a decimal point, a sign.
    OMADM_INPUT_NUMERIC = 1,
    /// A date, answered as `DDMMYYYY`.
    OMADM_INPUT_DATE = 2,
    /// A time, answered as `hhmmss`.
    OMADM_INPUT_TIME = 3,
    /// A telephone number: digits, `+` in front, `p`, `w`, `s`.
    OMADM_INPUT_PHONE = 4,
    /// An IPv4 address, answered with dots.
    OMADM_INPUT_IP_ADDRESS = 5,
}

/// A user-interaction alert: something to be shown to the user, or asked. Options that are unknown, do not apply or have no usable value are passed
/// over, as the specification asks for.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct omadm_ui_alert {
    /// `sizeof(omadm_ui_alert)`; set by the caller.
    pub struct_size: u32,
    /// 1100 to be shown, 1101 yes or no, 1102 a text, 1103 one of several choices, 1104 any of them.
    pub code: u32,
    /// `OMADM_UI_*`.
    pub flags: u32,
    /// The least time to show it, in seconds; 0 if not said.
    pub min_display: u32,
    /// The longest time to wait for the user, in seconds; then the answer is 408, perhaps with the default response. 0 if not said.
    pub max_display: u32,
    /// How many characters the user may enter; 0 if not said.
    pub max_len: u32,
    /// An `enum omadm_input_type`.
    pub input_type: u32,
    pub choice_count: u32,
    /// The text to be shown, or the title of the choices.
    pub text: omadm_str,
    /// The options as they were sent.
    pub option_text: omadm_str,
}

/// There is a default response: `omadm_message_ui_default`; for 1101, `OMADM_UI_DEFAULT_YES`.
pub const OMADM_UI_DEFAULT: u32 = 1;
/// The default response of 1101 is yes.
pub const OMADM_UI_DEFAULT_YES: u32 = 2;
/// What is entered is hidden: a password.
pub const OMADM_UI_PASSWORD: u32 = 4;

versioned! {
    omadm_alert_event: 96, 64;
    omadm_ui_alert: 64, 48;
}

impl From<&UiAlert<'_>> for omadm_ui_alert {
    fn from(alert: &UiAlert<'_>) -> omadm_ui_alert {
        let options = alert.options();
        let default = options.default_response.as_ref();
        let flags = [
            (default.is_some(), OMADM_UI_DEFAULT),
            (default == Some(&UiResponse::Confirm(true)), OMADM_UI_DEFAULT_YES),
            (options.echo_type == Some(EchoType::Password), OMADM_UI_PASSWORD),
        ];
        let input_type = match options.input_type.unwrap_or_default() {
            InputType::Alphanumeric => omadm_input_type::OMADM_INPUT_ALPHANUMERIC,
            InputType::Numeric => omadm_input_type::OMADM_INPUT_NUMERIC,
            InputType::Date => omadm_input_type::OMADM_INPUT_DATE,
            InputType::Time => omadm_input_type::OMADM_INPUT_TIME,
            InputType::Phone => omadm_input_type::OMADM_INPUT_PHONE,
            InputType::IpAddress => omadm_input_type::OMADM_INPUT_IP_ADDRESS,
        };
        omadm_ui_alert {
            struct_size: 0,
            code: u32::from(alert.kind().code().0),
            flags: super::entry::set_flags(&flags),
            min_display: options.min_display.map_or(0, u32::from),
            max_display: options.max_display.map_or(0, u32::from),
            max_len: options.max_len.map_or(0, u32::from),
            input_type: input_type as u32,
            choice_count: narrow(alert.choices().len()),
            text: alert.text().into(),
            option_text: alert.option_text().into(),
        }
    }
}

fn ui<'m>(command: &Command<'m>, syntax: u32) -> Outcome<UiAlert<'m>> {
    let syntax = match syntax {
        0 => ChoiceSyntax::Standard,
        1 => ChoiceSyntax::Ranges,
        _ => return Err(Failure::argument("syntax")),
    };
    UiAlert::of(command, syntax)?.ok_or(Failure::not_found("alert"))
}

/// The user-interaction alert that the command with this index is. `syntax` is an `enum omadm_choice_syntax`.
///
/// `OMADM_NOT_FOUND` if it is none; `OMADM_E_ALERT_ITEMS` when options, text or choices are missing, to be answered with 412;
/// `OMADM_E_UNEXPECTED_MARKUP` and `OMADM_E_INVALID_UTF8` for an item that is no text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_ui_alert(
    message: *const omadm_message,
    command: usize,
    syntax: u32,
    alert: *mut omadm_ui_alert,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out) = unsafe { (handle(message, "message")?, OutStructs::one(alert, "alert")?) };
        out.set(0, (&ui(&message.command(command)?, syntax)?).into());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The choices of a user-interaction alert, numbered from 1 in this order: from `first`, which counts from 0, as many as `capacity` has room for.
/// `*written` says how many were stored. Errors: as those of `omadm_message_ui_alert`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_ui_choices(
    message: *const omadm_message,
    command: usize,
    first: usize,
    choices: *mut omadm_str,
    capacity: usize,
    written: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, mut out, written) = unsafe {
            (handle(message, "message")?, OutValues::many(choices, capacity, "choices")?, Out::new(written, "written")?)
        };
        let alert = ui(&message.command(command)?, 0)?;
        let left = alert.choices().len().saturating_sub(first);
        out.set(alert.choices().skip(first).map(omadm_str::from));
        written.set(left.min(capacity));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The default response of a user-interaction alert: of 1102 the text, unescaped, in `entered`; of 1103 and 1104 the numbers of choices, from 1, in
/// `numbers`: `*found` says how many there are, of which as many are stored as `capacity` has room for.
///
/// `OMADM_NOT_FOUND` if it has none, or is no such alert. Other errors: as those of `omadm_message_ui_alert`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_ui_default(
    message: *const omadm_message,
    command: usize,
    syntax: u32,
    entered: *mut omadm_buffer,
    numbers: *mut u32,
    capacity: usize,
    found: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, entered, mut out, found) = unsafe {
            (
                handle(message, "message")?,
                Buffer::of(entered, "entered")?,
                OutValues::many(numbers, capacity, "numbers")?,
                Out::new(found, "found")?,
            )
        };
        let alert = ui(&message.command(command)?, syntax)?;
        let (text, numbers) = match &alert.options().default_response {
            Some(UiResponse::Text(text)) => (text.as_bytes(), Vec::new()),
            Some(UiResponse::Choice(number)) => (&[][..], vec![number.get()]),
            Some(UiResponse::Choices(numbers)) => (&[][..], numbers.iter().map(|number| number.get()).collect()),
            Some(UiResponse::Confirm(_)) | None => return Err(Failure::not_found("default")),
        };
        entered.keep(text.to_vec());
        found.set(numbers.len());
        out.set(numbers);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}
