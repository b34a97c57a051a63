//! Packages of several messages (`wire.md` §4.1, §4.2).

use super::{Command, CommandKind, Header, Message};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;

/// The messages of one package, up to the one with `Final`.
///
/// ```
/// use omadm::{Limits, syncml::{Message, Package, PackageStep}};
/// # fn message(id: u32, end: &str) -> Vec<u8> {
/// #   format!("<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>{id}</MsgID>
/// #     <Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr>
/// #     <SyncBody><Alert><CmdID>1</CmdID><Data>1200</Data></Alert>{end}</SyncBody></SyncML>").into_bytes()
/// # }
/// # let (first, second) = (message(1, ""), message(2, "<Final/>"));
/// let mut package = Package::new(1, &Limits::default());
/// assert_eq!(package.push(Message::decode(&first)?)?, PackageStep::More);
/// assert_eq!(package.push(Message::decode(&second)?)?, PackageStep::Complete);
/// assert_eq!(package.commands().count(), 2);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Package<'a> {
    order: PackageOrder,
    /// Octets that may still be kept.
    room: usize,
    messages: Vec<Message<'a>>,
}

/// What a message did to its package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub enum PackageStep {
    /// More messages follow; the peer is asked for them with Alert 1222 unless there is something else to send.
    More,
    /// The package is complete.
    Complete,
    /// The message before, once more, as transports send it when they have lost the answer. It was not kept.
    Repeated,
}

impl<'a> Package<'a> {
    /// An empty package whose first message has this `MsgID`: 1 in a session's first package, then the number after that of
    /// the peer's last message. Keeps messages of [`Limits::buffer`] octets.
    #[must_use]
    pub const fn new(first_msg_id: u32, limits: &Limits) -> Package<'a> {
        Package { order: PackageOrder::new(first_msg_id), room: limits.buffer as usize, messages: Vec::new() }
    }

    /// Takes the next message.
    ///
    /// # Errors
    /// [`MessageOrder`](ErrorKind::MessageOrder) for another `MsgID` than the next, and for a message after the last one;
    /// [`MessageSession`](ErrorKind::MessageSession) for a message of another session;
    /// [`InvalidNumber`](ErrorKind::InvalidNumber) for a `MsgID` that is no number;
    /// [`PackageTooLong`](ErrorKind::PackageTooLong). The offset is 0, and the package is as before.
    pub fn push(&mut self, message: Message<'a>) -> Result<PackageStep> {
        let Some(msg_id) = self.order.judge(&message.header())? else { return Ok(PackageStep::Repeated) };
        let room = self.room.checked_sub(message.held_octets());
        self.room = room.ok_or(Error::new(ErrorKind::PackageTooLong, 0))?;
        let step = self.order.keep(&message.header(), msg_id, message.is_final());
        self.messages.push(message);
        Ok(step)
    }

    /// Whether the last message has come.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.order.is_complete()
    }

    /// The `MsgID` that is due: the first of the next package, once this one is complete.
    #[must_use]
    pub const fn next_msg_id(&self) -> u32 {
        self.order.next_msg_id()
    }

    /// The messages so far.
    #[must_use]
    pub fn messages(&self) -> &[Message<'a>] {
        &self.messages
    }

    /// The commands of all messages, in order, without those inside an `Atomic` or `Sequence`.
    pub fn commands(&self) -> impl Iterator<Item = Command<'_>> {
        self.messages.iter().flat_map(Message::commands)
    }
}

/// Which message of a package is due, for those who keep the messages elsewhere, or not at all. A [`Package`] has one.
///
/// ```
/// use omadm::syncml::{Message, PackageOrder, PackageStep};
/// # let octets = b"<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>\
/// #   <Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody><Final/></SyncBody></SyncML>";
/// let message = Message::decode(octets)?; // MsgID 1, with Final
/// let mut order = PackageOrder::new(1);
/// assert_eq!(order.push(&message.header(), message.is_final())?, PackageStep::Complete);
/// assert_eq!(order.next_msg_id(), 2);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct PackageOrder {
    next_msg_id: u32,
    /// `SessionID` and `MsgID` of the last message.
    last: Option<(String, String)>,
    is_complete: bool,
}

impl PackageOrder {
    /// Before the first message, which has this `MsgID`; see [`Package::new`].
    #[must_use]
    pub const fn new(first_msg_id: u32) -> PackageOrder {
        PackageOrder { next_msg_id: first_msg_id, last: None, is_complete: false }
    }

    /// Takes the next message: its header, and whether it has `Final`.
    ///
    /// # Errors
    /// As [`Package::push`], but for the length of the package, which is not counted here.
    pub fn push(&mut self, header: &Header<'_>, is_final: bool) -> Result<PackageStep> {
        Ok(match self.judge(header)? {
            Some(msg_id) => self.keep(header, msg_id, is_final),
            None => PackageStep::Repeated,
        })
    }

    /// The message's `MsgID`, if it is the one that is due; `None` for the last one once more.
    fn judge(&self, header: &Header<'_>) -> Result<Option<u32>> {
        let error = |kind| Error::new(kind, 0);
        let msg_id = header.msg_id();
        let is_decimal = msg_id.bytes().all(|octet| octet.is_ascii_digit());
        let number: u32 = msg_id.parse().ok().filter(|_| is_decimal).ok_or(error(ErrorKind::InvalidNumber))?;
        if let Some((last_session, last)) = &self.last {
            if last_session != header.session_id() {
                return Err(error(ErrorKind::MessageSession));
            }
            if last == msg_id {
                return Ok(None);
            }
        }
        if number != self.next_msg_id || self.is_complete {
            return Err(error(ErrorKind::MessageOrder));
        }
        Ok(Some(number))
    }

    fn keep(&mut self, header: &Header<'_>, msg_id: u32, is_final: bool) -> PackageStep {
        self.next_msg_id = msg_id.saturating_add(1);
        self.last = Some((header.session_id().to_owned(), header.msg_id().to_owned()));
        self.is_complete = is_final;
        if is_final { PackageStep::Complete } else { PackageStep::More }
    }

    /// Whether the last message has come.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The `MsgID` that is due: the first of the next package, once this one is complete.
    #[must_use]
    pub const fn next_msg_id(&self) -> u32 {
        self.next_msg_id
    }
}

impl Message<'_> {
    /// Whether it asks for the next message of the package: it has Alert 1222.
    #[must_use]
    pub fn asks_for_next(&self) -> bool {
        self.commands().any(|command| command.alert().is_some_and(|code| code.0 == 1222))
    }

    /// Whether it is nothing but the answer to a message without `Final`: statuses, Alert 1222, and no `Final` (`wire.md`
    /// §4.2).
    #[must_use]
    pub fn is_next_message_response(&self) -> bool {
        let is_answer = |command: Command<'_>| {
            command.kind() == CommandKind::Status || command.alert().is_some_and(|code| code.0 == 1222)
        };
        !self.is_final() && self.asks_for_next() && self.commands().all(is_answer)
    }

    /// Octets that it holds or borrows.
    fn held_octets(&self) -> usize {
        let sources = self.sources();
        sources.document.bytes().len().saturating_add(sources.heap.len())
    }
}
