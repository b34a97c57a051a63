//! Large objects on their way in: put together from chunks (`wire.md` §4.3).

use super::{Command, CommandKind, Item, StatusCode};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::DataForm;
use crate::tree::Format;
use core::fmt;
use std::borrow::Cow;

/// Puts objects together from the chunks of several messages, and says what is to be answered.
///
/// It is given every command, or every item, in the order they came, ordinary ones too, because anything that comes between
/// two chunks breaks the object. An object is the same while the kind of command, `Target` and `Source` are; a later chunk may leave out
/// the URIs, but not name others. It takes memory only for what has arrived, never for what `Size` promises.
///
/// ```
/// use omadm::{Limits, syncml::{CommandKind, Joined, Joiner, Piece, StatusCode}};
///
/// let mut joiner = Joiner::new(Some(1_000), &Limits::default());
/// let chunk = Piece::new(CommandKind::Replace, Some("./Acme/Logo"), b"a large ");
/// let step = joiner.push(&Piece { size: Some(14), more_data: true, ..chunk });
/// assert_eq!(step.joined.status(), Some(StatusCode(213)));
///
/// let step = joiner.push(&Piece { data: b"object", ..chunk });
/// let Joined::Complete(object) = step.joined else { unreachable!() };
/// assert_eq!(object.octets(), b"a large object");
/// ```
#[derive(Clone, Debug)]
pub struct Joiner {
    max_obj_size: u64,
    /// The bound of this side's memory, whatever the peer was told.
    limit: u64,
    state: State,
}

#[derive(Clone, Debug, Default)]
enum State {
    /// No object is open.
    #[default]
    Idle,
    /// Chunks have arrived.
    Open { object: LargeObject, size: u64 },
    /// A chunk was refused. A sender goes on only after 213. One that sends the next chunk all the same `goes_on` regardless, and then
    /// the tail of its object must not be taken for an object.
    Refused { object: ObjectId, refusal: Refusal, goes_on: bool },
}

/// An item, as far as chunks are concerned.
#[derive(Clone, Copy)]
pub struct Piece<'a> {
    /// The command that the item stands in.
    pub kind: CommandKind,
    /// `Target/LocURI`.
    pub target: Option<&'a str>,
    /// `Source/LocURI`.
    pub source: Option<&'a str>,
    /// `Format`, the item's or the command's.
    pub format: Option<&'a str>,
    /// `Type`, the item's or the command's.
    pub media_type: Option<&'a str>,
    /// `Size`, the item's or the command's.
    pub size: Option<u64>,
    /// `MoreData`.
    pub more_data: bool,
    /// Whether `data` is all there is: elements cannot be put together.
    pub is_markup: bool,
    /// `Data`, as it travelled.
    pub data: &'a [u8],
    /// Where `Data` begins in its message, for errors.
    pub offset: usize,
}

impl<'a> Piece<'a> {
    /// An item with a target and data, and nothing else.
    #[must_use]
    pub const fn new(kind: CommandKind, target: Option<&'a str>, data: &'a [u8]) -> Piece<'a> {
        Piece {
            kind,
            target,
            source: None,
            format: None,
            media_type: None,
            size: None,
            more_data: false,
            is_markup: false,
            data,
            offset: 0,
        }
    }

    /// An item of a message, which has to be one of `command`'s.
    #[must_use]
    pub fn of(command: &Command<'a>, item: &Item<'a>) -> Piece<'a> {
        let data = item.data();
        Piece {
            kind: command.kind(),
            target: item.target(),
            source: item.source(),
            format: item.format(),
            media_type: item.media_type(),
            size: item.size(),
            more_data: item.more_data(),
            is_markup: data.is_some_and(|data| data.form() == DataForm::Markup),
            data: data.map(|data| data.bytes()).unwrap_or_default(),
            offset: data.map_or(item.offset(), |data| data.offset()),
        }
    }

    fn id(&self) -> ObjectId {
        ObjectId { kind: self.kind, target: self.target.map(str::to_owned), source: self.source.map(str::to_owned) }
    }
}

/// Without the data.
impl fmt::Debug for Piece<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Piece")
            .field("kind", &self.kind)
            .field("target", &self.target)
            .field("source", &self.source)
            .field("size", &self.size)
            .field("more_data", &self.more_data)
            .field("len", &self.data.len())
            .finish_non_exhaustive()
    }
}

/// Which object it is that chunks belong to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ObjectId {
    /// The command it is sent with.
    pub kind: CommandKind,
    /// `Target/LocURI`.
    pub target: Option<String>,
    /// `Source/LocURI`.
    pub source: Option<String>,
}

impl ObjectId {
    fn goes_on_with(&self, piece: &Piece<'_>) -> bool {
        let same = |mine: &Option<String>, other: Option<&str>| other.is_none() || mine.as_deref() == other;
        self.kind == piece.kind && same(&self.target, piece.target) && same(&self.source, piece.source)
    }
}

/// An object put together. Description and `Size` are those of its first chunk.
#[derive(Clone)]
pub struct LargeObject {
    id: ObjectId,
    format: Option<String>,
    media_type: Option<String>,
    data: Vec<u8>,
}

impl LargeObject {
    /// Which object it is.
    #[must_use]
    pub const fn id(&self) -> &ObjectId {
        &self.id
    }

    /// `Format`; absent means `chr`.
    #[must_use]
    pub fn format(&self) -> Option<&str> {
        self.format.as_deref()
    }

    /// `Type`; absent means `text/plain`.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The data, as it travelled: base64 is still base64.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.data
    }

    /// The data as text.
    ///
    /// # Errors
    /// [`InvalidUtf8`](ErrorKind::InvalidUtf8), at the octet of the object.
    pub fn text(&self) -> Result<&str> {
        simdutf8::compat::from_utf8(&self.data).map_err(|error| Error::new(ErrorKind::InvalidUtf8, error.valid_up_to()))
    }

    /// The octets that the data stands for: decoded where `Format` is `b64`, over the whole object, because chunks may be cut
    /// anywhere in base64.
    ///
    /// # Errors
    /// [`InvalidBase64`](ErrorKind::InvalidBase64), at 0.
    pub fn decoded(&self) -> Result<Cow<'_, [u8]>> {
        match self.format().and_then(Format::from_name) {
            Some(Format::B64) => {
                crate::auth::decode_base64(&self.data).map(Cow::Owned).ok_or(Error::new(ErrorKind::InvalidBase64, 0))
            }
            _ => Ok(Cow::Borrowed(&self.data)),
        }
    }

    /// The data.
    #[must_use]
    pub fn into_octets(self) -> Vec<u8> {
        self.data
    }
}

/// Without the data.
impl fmt::Debug for LargeObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LargeObject").field("id", &self.id).field("len", &self.data.len()).finish_non_exhaustive()
    }
}

/// What came of one item or command.
#[derive(Clone, Debug)]
#[must_use = "a broken object has to be answered with Alert 1225, a chunk with its status"]
pub struct Step {
    /// The object that this item or command broke off: nothing of it counts, and [Alert 1225](super::AlertCode) with its
    /// `Target` and `Source` has to tell the peer.
    pub broken: Option<ObjectId>,
    /// What became of the item itself.
    pub joined: Joined,
}

/// What became of an item.
#[derive(Clone, Debug)]
pub enum Joined {
    /// It is no chunk: to be carried out as it stands.
    Whole,
    /// 213: one chunk more is there.
    Buffered,
    /// The last chunk: to be carried out with this object as its data, and answered with what comes of that.
    Complete(LargeObject),
    /// Not to be carried out.
    Refused(Refusal),
}

/// Why an item is not to be carried out, and what the peer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The answer: 411, 416, 413, 424 or 400.
    pub status: StatusCode,
    /// The same as an error, at the `Data` in its message (the item, where it has none):
    /// [`Missing`](ErrorKind::Missing) `Size` in the first chunk (411), [`ObjectTooLarge`](ErrorKind::ObjectTooLarge) for a `Size` (416) or data (413) that
    /// is, [`SizeMismatch`](ErrorKind::SizeMismatch) for data that is not as long as `Size` said (424),
    /// [`UnexpectedMarkup`](ErrorKind::UnexpectedMarkup) for elements in a chunk (400).
    pub error: Error,
}

impl Refusal {
    fn new(status: u16, kind: ErrorKind, piece: &Piece<'_>) -> Refusal {
        Refusal { status: StatusCode(status), error: Error::new(kind, piece.offset) }
    }
}

impl Joined {
    /// The status to be answered, where that is known already.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        match self {
            Joined::Whole | Joined::Complete(_) => None,
            Joined::Buffered => Some(StatusCode(213)),
            Joined::Refused(refusal) => Some(refusal.status),
        }
    }
}

impl Joiner {
    /// A joiner for objects of at most `max_obj_size` octets, the `MaxObjSize` that the peer was told, and in any case of at
    /// most [`Limits::text`].
    #[must_use]
    pub fn new(max_obj_size: Option<u64>, limits: &Limits) -> Joiner {
        let limit = u64::from(limits.text);
        Joiner { max_obj_size: max_obj_size.unwrap_or(limit).min(limit), limit, state: State::Idle }
    }

    /// Changes `MaxObjSize`, which may happen within a session. Counts for the next object.
    pub fn set_max_obj_size(&mut self, max_obj_size: Option<u64>) {
        self.max_obj_size = max_obj_size.unwrap_or(self.limit).min(self.limit);
    }

    /// Whether chunks are missing: then the message is answered with Alert 1222.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    /// Takes one command: a step for each of its items, in order, or one step for a command without any. No steps for a
    /// status and for Alert 1222, which are what stands between two chunks.
    pub fn feed(&mut self, command: &Command<'_>) -> Vec<Step> {
        if stands_between(command) {
            return Vec::new();
        }
        if command.items().len() == 0 {
            return vec![Step { broken: self.give_up(), joined: Joined::Whole }];
        }
        command.items().map(|item| self.push(&Piece::of(command, &item))).collect()
    }

    /// Takes one item, chunk or not.
    pub fn push(&mut self, piece: &Piece<'_>) -> Step {
        match core::mem::take(&mut self.state) {
            State::Open { object, size } => {
                // `Size` belongs to the first chunk only. Repeated, it is harmless; another one is another object's.
                if object.id.goes_on_with(piece) && piece.size.is_none_or(|again| again == size) {
                    return Step { broken: None, joined: self.append(object, size, piece) };
                }
                Step { broken: Some(object.id), joined: self.begin(piece) }
            }
            State::Refused { object, refusal, goes_on }
                if object.goes_on_with(piece) && piece.size.is_none() && (piece.more_data || goes_on) =>
            {
                let refusal = Refusal { error: refusal.error.moved_to(piece.offset), ..refusal };
                if piece.more_data {
                    self.state = State::Refused { object, refusal, goes_on: true };
                }
                Step { broken: None, joined: Joined::Refused(refusal) }
            }
            State::Idle | State::Refused { .. } => Step { broken: None, joined: self.begin(piece) },
        }
    }

    /// Ends what is open: at `Final`, which no sender sets in the middle of an object, at the end of the session, and at a command
    /// that comes between. The object that is broken by that, if there is one.
    pub fn give_up(&mut self) -> Option<ObjectId> {
        match core::mem::take(&mut self.state) {
            State::Open { object, .. } => Some(object.id),
            State::Idle | State::Refused { .. } => None,
        }
    }

    fn begin(&mut self, piece: &Piece<'_>) -> Joined {
        let len = piece.data.len() as u64;
        if !piece.more_data {
            // `Size` of an item that is no chunk is information, and often wrong: it is the data that counts. `Item::check_size` is
            // for those who want to know.
            let too_large = Refusal::new(413, ErrorKind::ObjectTooLarge, piece);
            return if len > self.max_obj_size { Joined::Refused(too_large) } else { Joined::Whole };
        }
        let (status, kind) = match piece.size {
            _ if piece.is_markup => (400, ErrorKind::UnexpectedMarkup),
            None => (411, ErrorKind::Missing("Size")),
            Some(size) if size > self.max_obj_size => (416, ErrorKind::ObjectTooLarge),
            Some(size) => {
                let object = LargeObject {
                    id: piece.id(),
                    format: piece.format.map(str::to_owned),
                    media_type: piece.media_type.map(str::to_owned),
                    data: Vec::new(),
                };
                return self.append(object, size, piece);
            }
        };
        self.refuse(piece.id(), status, kind, piece)
    }

    fn append(&mut self, mut object: LargeObject, size: u64, piece: &Piece<'_>) -> Joined {
        if piece.is_markup {
            return self.refuse(object.id, 400, ErrorKind::UnexpectedMarkup, piece);
        }
        let len = (object.data.len() as u64).saturating_add(piece.data.len() as u64);
        // Too long is known before the last chunk, and must be: `Size` is what bounds the memory.
        if len > size || (!piece.more_data && len != size) {
            return self.refuse(object.id, 424, ErrorKind::SizeMismatch, piece);
        }
        object.data.extend_from_slice(piece.data);
        if !piece.more_data {
            return Joined::Complete(object);
        }
        self.state = State::Open { object, size };
        Joined::Buffered
    }

    fn refuse(&mut self, object: ObjectId, status: u16, kind: ErrorKind, piece: &Piece<'_>) -> Joined {
        let refusal = Refusal::new(status, kind, piece);
        if piece.more_data {
            self.state = State::Refused { object, refusal, goes_on: false };
        }
        Joined::Refused(refusal)
    }
}

/// Whether a command may stand between two chunks: the answers that each message has, and the request for the next one.
fn stands_between(command: &Command<'_>) -> bool {
    command.kind() == CommandKind::Status || command.alert().is_some_and(|code| code.0 == 1222)
}
