//! Alerts by which a client tells what happened: generic alerts, 1226, and client events, 1224 (`wire.md` §2.3).
//!
//! Each item is an event of its own with a type, a format and data. Types are registered names, see
//! [`alert_types`](super::alert_types); the specification writes a prefix before them that few senders write, so it is taken
//! off here and never put on.

use super::{AlertCode, Command, Data, Item, Mark, NewData, NewItem, NewMeta};
use crate::error::{Error, ErrorKind, Result};
use crate::tree::Format;
use std::borrow::Cow;

/// A generic alert or client event in a message.
///
/// ```
/// use omadm::syncml::{FumoResult, GenericAlert, Mark, Message, alert_types};
/// # let message = Message::decode(br#"<SyncML xmlns="SYNCML:SYNCML1.2">
/// #   <SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>
/// #     <Target><LocURI>s</LocURI></Target><Source><LocURI>d</LocURI></Source></SyncHdr>
/// #   <SyncBody><Alert><CmdID>2</CmdID><Data>1226</Data><Correlator>job 7</Correlator>
/// #     <Item><Source><LocURI>./FUMO/modem</LocURI></Source>
/// #     <Meta><Type xmlns="syncml:metinf">Reversed-Domain-Name: org.openmobilealliance.dm.firmwareupdate.update</Type>
/// #     <Format xmlns="syncml:metinf">int</Format></Meta><Data>402</Data></Item></Alert></SyncBody>
/// # </SyncML>"#)?;
/// let command = message.commands().next().unwrap();
/// let alert = GenericAlert::of(&command).unwrap();
/// assert_eq!(alert.correlator(), Some("job 7"));
/// let event = alert.events().next().unwrap();
/// assert_eq!((event.alert_type(), event.mark()), (Some(alert_types::FUMO_UPDATE), Mark::Informational));
/// let result = FumoResult::from_text(event.data().unwrap().text().unwrap()).unwrap();
/// assert_eq!(result.to_string(), "402 the update package is damaged");
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct GenericAlert<'m> {
    command: Command<'m>,
    code: AlertCode,
}

impl<'m> GenericAlert<'m> {
    /// The alert that `command` is, with code 1226 or 1224; `None` for every other command.
    #[must_use]
    pub fn of(command: &Command<'m>) -> Option<GenericAlert<'m>> {
        let code = command.alert().filter(|code| matches!(code.0, 1224 | 1226))?;
        Some(GenericAlert { command: *command, code })
    }

    /// 1226 or 1224.
    #[must_use]
    pub const fn code(&self) -> AlertCode {
        self.code
    }

    /// `Correlator`: the same text as in the `Exec` that this is the late answer to.
    #[must_use]
    pub fn correlator(&self) -> Option<&'m str> {
        self.command.correlator()
    }

    /// The events, in order.
    pub fn events(&self) -> impl ExactSizeIterator<Item = AlertEvent<'m>> + use<'m> {
        let command = self.command;
        command.items().map(move |item| AlertEvent { command, item })
    }

    /// Checks that everything is there that the specification requires: an item, and in each a type, a format and data.
    /// What is not complete is to be answered with 412.
    ///
    /// # Errors
    /// [`AlertItems`](ErrorKind::AlertItems) at the command, [`Missing`](ErrorKind::Missing) at the item.
    pub fn check(&self) -> Result<()> {
        if self.command.items().len() == 0 {
            return Err(Error::new(ErrorKind::AlertItems, self.command.offset()));
        }
        self.events().try_for_each(|event| {
            let needed = [
                ("Type", event.alert_type().is_some()),
                ("Format", event.item.format().is_some()),
                ("Data", event.data().is_some()),
            ];
            match needed.iter().find(|(_, is_there)| !is_there) {
                Some((name, _)) => Err(Error::new(ErrorKind::Missing(name), event.item.offset())),
                None => Ok(()),
            }
        })
    }
}

/// One event of a [`GenericAlert`].
#[derive(Clone, Copy, Debug)]
pub struct AlertEvent<'m> {
    command: Command<'m>,
    item: Item<'m>,
}

impl<'m> AlertEvent<'m> {
    /// The item it stands in.
    #[must_use]
    pub const fn item(&self) -> Item<'m> {
        self.item
    }

    /// `Source/LocURI`: the management object that it is about.
    #[must_use]
    pub fn source(&self) -> Option<&'m str> {
        self.item.source()
    }

    /// The registered name: `Type` of the item or the command, without a prefix. A type that is not known is answered with
    /// 415.
    #[must_use]
    pub fn alert_type(&self) -> Option<&'m str> {
        self.item.media_type().map(registered_type).filter(|name| !name.is_empty())
    }

    /// `Format` of the item or the command: `chr` when it is absent, `None` when it is none of the eleven.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        self.item.format().map_or(Some(Format::default()), Format::from_name)
    }

    /// `Mark` of the item or the command: `informational` when it is absent.
    #[must_use]
    pub fn mark(&self) -> Mark<'m> {
        let of_item = self.item.own_meta().and_then(|meta| meta.known_mark());
        of_item.or_else(|| self.command.meta()?.known_mark()).unwrap_or_default()
    }

    /// `Data`.
    #[must_use]
    pub fn data(&self) -> Option<Data<'m>> {
        self.item.data()
    }
}

/// An alert type without `Content-Type: ` or `Reversed-Domain-Name: ` before it (`wire.md` §14.1 no. 27).
///
/// ```
/// assert_eq!(omadm::syncml::registered_type("Reversed-Domain-Name: com.example.battery"), "com.example.battery");
/// assert_eq!(omadm::syncml::registered_type("urn:oma:at:scomo:1.0:OperationComplete"), "urn:oma:at:scomo:1.0:OperationComplete");
/// ```
#[must_use]
pub fn registered_type(text: &str) -> &str {
    let text = text.trim();
    match text.split_once(':') {
        Some((prefix, name))
            if ["Content-Type", "Reversed-Domain-Name"].iter().any(|it| prefix.trim_end().eq_ignore_ascii_case(it)) =>
        {
            name.trim_start()
        }
        _ => text,
    }
}

/// An event to be sent in a generic alert or client event.
///
/// ```
/// use omadm::{syncml::{NewAlertEvent, alert_types}, tree::Format};
/// let event = NewAlertEvent {
///     source: Some("./FUMO/modem".into()),
///     format: Format::Int,
///     ..NewAlertEvent::new(alert_types::FUMO_UPDATE, "200")
/// };
/// assert_eq!(event.item().meta.unwrap().media_type, Some("org.openmobilealliance.dm.firmwareupdate.update"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAlertEvent<'a> {
    /// `Source/LocURI`: the management object that it is about.
    pub source: Option<Cow<'a, str>>,
    /// `Meta/Type`: the registered name. A prefix is not sent.
    pub alert_type: &'a str,
    /// `Meta/Format`, which has to be sent, `chr` too.
    pub format: Format,
    /// `Meta/Mark`.
    pub mark: Option<Mark<'a>>,
    /// `Data`.
    pub data: Cow<'a, str>,
}

impl<'a> NewAlertEvent<'a> {
    /// An event with text as its data.
    #[must_use]
    pub fn new(alert_type: &'a str, data: impl Into<Cow<'a, str>>) -> NewAlertEvent<'a> {
        NewAlertEvent { source: None, alert_type, format: Format::Chr, mark: None, data: data.into() }
    }

    /// The item for this event.
    #[must_use]
    pub fn item(&self) -> NewItem<'_> {
        let mark = self.mark.map(Mark::name);
        let meta = NewMeta { mark, ..NewMeta::of(self.format.name(), registered_type(self.alert_type)) };
        let data = Some(NewData::Text(&self.data));
        NewItem { source: self.source.as_deref(), meta: Some(meta), data, ..NewItem::default() }
    }
}
