//! User-interaction alerts, 1100 to 1104: something shown to the user, or asked (`wire.md` §3).

use super::ui_options::pairs;
use super::{AlertCode, ChoiceSyntax, Command, Item, UiOptions};
use crate::error::{Error, ErrorKind, Result};
use crate::markup::DataForm;
use core::fmt;
use std::borrow::Cow;

/// Which of the five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UiAlertKind {
    /// 1100: a text to be shown.
    Display,
    /// 1101: a question with yes or no.
    Confirm,
    /// 1102: a question with a text as its answer.
    TextInput,
    /// 1103: one of several choices.
    SingleChoice,
    /// 1104: any of several choices.
    MultipleChoice,
}

impl UiAlertKind {
    /// The kind with this code.
    #[must_use]
    pub const fn from_code(code: AlertCode) -> Option<UiAlertKind> {
        Some(match code.0 {
            1100 => UiAlertKind::Display,
            1101 => UiAlertKind::Confirm,
            1102 => UiAlertKind::TextInput,
            1103 => UiAlertKind::SingleChoice,
            1104 => UiAlertKind::MultipleChoice,
            _ => return None,
        })
    }

    /// `Data` of the alert.
    #[must_use]
    pub const fn code(self) -> AlertCode {
        AlertCode(match self {
            UiAlertKind::Display => 1100,
            UiAlertKind::Confirm => 1101,
            UiAlertKind::TextInput => 1102,
            UiAlertKind::SingleChoice => 1103,
            UiAlertKind::MultipleChoice => 1104,
        })
    }

    /// Whether it offers choices.
    #[must_use]
    pub const fn has_choices(self) -> bool {
        matches!(self, UiAlertKind::SingleChoice | UiAlertKind::MultipleChoice)
    }
}

/// A user-interaction alert in a message.
///
/// ```
/// use omadm::syncml::{ChoiceSyntax, Message, UiAlert, UiResponse};
/// # let message = Message::decode(br#"<SyncML xmlns="SYNCML:SYNCML1.2">
/// #   <SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>
/// #     <Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr>
/// #   <SyncBody><Alert><CmdID>2</CmdID><Data>1103</Data><Item><Data>MAXDT=20&amp;DR=2</Data></Item>
/// #     <Item><Data>Network?</Data></Item><Item><Data>Home</Data></Item><Item><Data>Work</Data></Item></Alert></SyncBody>
/// # </SyncML>"#)?;
/// // <Alert><CmdID>2</CmdID><Data>1103</Data> <Item><Data>MAXDT=20&amp;DR=2</Data></Item> <Item><Data>Network?</Data></Item> …
/// let command = message.commands().next().unwrap();
/// let alert = UiAlert::of(&command, ChoiceSyntax::Standard)?.unwrap();
/// assert_eq!(alert.text(), "Network?");
/// assert_eq!(alert.choices().collect::<Vec<_>>(), ["Home", "Work"]);
/// assert_eq!(alert.options().default_response, Some(UiResponse::Choice(2.try_into().unwrap())));
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone)]
pub struct UiAlert<'m> {
    command: Command<'m>,
    kind: UiAlertKind,
    option_text: &'m str,
    options: UiOptions<'m>,
    text: &'m str,
}

impl<'m> UiAlert<'m> {
    /// The alert that `command` is; `None` for every other command.
    ///
    /// # Errors
    /// [`AlertItems`](ErrorKind::AlertItems) at the command when the item with the options, the one with the text, or every
    /// choice is missing: to be answered with 412. [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup) and
    /// [`InvalidUtf8`](ErrorKind::InvalidUtf8) at an item's data.
    pub fn of(command: &Command<'m>, syntax: ChoiceSyntax) -> Result<Option<UiAlert<'m>>> {
        let Some(kind) = command.alert().and_then(UiAlertKind::from_code) else { return Ok(None) };
        let mut items = command.items();
        let (Some(options), Some(text)) = (items.next(), items.next()) else {
            return Err(Error::new(ErrorKind::AlertItems, command.offset()));
        };
        let choices = if kind.has_choices() { items.len() } else { 0 };
        if kind.has_choices() && choices == 0 {
            return Err(Error::new(ErrorKind::AlertItems, command.offset()));
        }
        // So that choices can be lent without a result later.
        items.try_for_each(|choice| text_of(&choice).map(|_| ()))?;
        let option_text = text_of(&options)?;
        let options = UiOptions::parse(option_text, kind, choices, syntax);
        Ok(Some(UiAlert { command: *command, kind, option_text, options, text: text_of(&text)? }))
    }

    /// Which of the five.
    #[must_use]
    pub const fn kind(&self) -> UiAlertKind {
        self.kind
    }

    /// The options that could be used.
    #[must_use]
    pub const fn options(&self) -> &UiOptions<'m> {
        &self.options
    }

    /// The option string as it was sent.
    #[must_use]
    pub const fn option_text(&self) -> &'m str {
        self.option_text
    }

    /// All pairs of the option string, still escaped, also those that were passed over.
    pub fn option_pairs(&self) -> impl Iterator<Item = (&'m str, &'m str)> + use<'m> {
        pairs(self.option_text)
    }

    /// The text to be shown, or the title of the choices.
    #[must_use]
    pub const fn text(&self) -> &'m str {
        self.text
    }

    /// The choices, numbered from 1 in this order; none for alerts without them.
    pub fn choices(&self) -> impl ExactSizeIterator<Item = &'m str> + use<'m> {
        let skipped = if self.kind.has_choices() { 2 } else { usize::MAX };
        self.command.items().skip(skipped).map(|choice| text_of(&choice).unwrap_or_default())
    }
}

/// Without the options: a default response may be a password.
impl fmt::Debug for UiAlert<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UiAlert").field("kind", &self.kind).field("text", &self.text).finish_non_exhaustive()
    }
}

/// The text in an item: none is empty, as `<Item/>` is an item without options.
pub(super) fn text_of<'m>(item: &Item<'m>) -> Result<&'m str> {
    let Some(data) = item.data() else { return Ok("") };
    match data.form() {
        DataForm::Markup => Err(Error::new(ErrorKind::UnexpectedMarkup, data.offset())),
        _ => data.text().ok_or(Error::new(ErrorKind::InvalidUtf8, data.offset())),
    }
}

/// A user-interaction alert to be sent.
///
/// ```
/// use omadm::syncml::{NewUiAlert, UiAlertKind, UiOptions, UiResponse};
/// let alert = NewUiAlert {
///     options: UiOptions { default_response: Some(UiResponse::Confirm(true)), ..UiOptions::default() },
///     ..NewUiAlert::new(UiAlertKind::Confirm, "Install the update?")
/// };
/// assert_eq!(alert.kind.code().0, 1101);
/// assert_eq!(alert.items()?, ["DR=1", "Install the update?"]);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUiAlert<'a> {
    /// Which of the five.
    pub kind: UiAlertKind,
    /// Its options.
    pub options: UiOptions<'a>,
    /// The text to be shown, or the title of the choices.
    pub text: Cow<'a, str>,
    /// The choices, for 1103 and 1104.
    pub choices: Vec<Cow<'a, str>>,
}

impl<'a> NewUiAlert<'a> {
    /// An alert without options and choices.
    #[must_use]
    pub fn new(kind: UiAlertKind, text: impl Into<Cow<'a, str>>) -> NewUiAlert<'a> {
        NewUiAlert { kind, options: UiOptions::default(), text: text.into(), choices: Vec::new() }
    }

    /// `Data` of the alert's items, in order: the option string, which may be empty but is always there, the text, the
    /// choices. Not escaped for XML.
    ///
    /// # Errors
    /// [`AlertItems`](ErrorKind::AlertItems) for choices without such an alert, or such an alert without choices;
    /// [`AlertOption`](ErrorKind::AlertOption); at 0.
    pub fn items(&self) -> Result<Vec<String>> {
        if self.kind.has_choices() == self.choices.is_empty() {
            return Err(Error::new(ErrorKind::AlertItems, 0));
        }
        let options = self.options.to_text(self.kind, self.choices.len())?;
        let texts = core::iter::once(&self.text).chain(&self.choices).map(|text| text.to_string());
        Ok(core::iter::once(options).chain(texts).collect())
    }
}
