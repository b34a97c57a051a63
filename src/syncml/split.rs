//! Large objects on their way out: cut into chunks (`wire.md` §4.3).

use super::{NewData, NewItem, NewMeta};
use crate::error::{Error, ErrorKind, Result};

/// Cuts the data of one item into chunks, each for a message of its own.
///
/// What is cut is the data *as it travels*: for `Format` `b64` the base64 text. Text is cut between characters; octets and
/// base64 anywhere. How much fits is known only when the message around the chunk is, so that each chunk is asked for with
/// the room there is for it.
///
/// ```
/// use omadm::syncml::Splitter;
/// let mut splitter = Splitter::text("a large object");
/// let chunk = splitter.next_chunk(8)?.unwrap();
/// assert_eq!((chunk.text(), chunk.size, chunk.more_data), (Some("a large "), Some(14), true));
/// let chunk = splitter.next_chunk(8)?.unwrap();
/// assert_eq!((chunk.text(), chunk.size, chunk.more_data), (Some("object"), None, false));
/// assert_eq!(splitter.next_chunk(8)?, None);
/// # Ok::<(), omadm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Splitter<'a> {
    object: Object<'a>,
    sent: usize,
    done: bool,
}

#[derive(Clone, Copy)]
enum Object<'a> {
    Text(&'a str),
    Octets(&'a [u8]),
}

/// Without the data.
impl core::fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} octets", self.octets().len())
    }
}

impl<'a> Object<'a> {
    const fn octets(self) -> &'a [u8] {
        match self {
            Object::Text(text) => text.as_bytes(),
            Object::Octets(octets) => octets,
        }
    }

    fn may_be_cut_at(self, at: usize) -> bool {
        match self {
            Object::Text(text) => text.is_char_boundary(at),
            Object::Octets(_) => true,
        }
    }
}

impl<'a> Splitter<'a> {
    /// Cuts text, such as base64.
    #[must_use]
    pub const fn text(text: &'a str) -> Splitter<'a> {
        Splitter { object: Object::Text(text), sent: 0, done: false }
    }

    /// Cuts octets, for opaque blocks. XML has none: there, it is the base64 text that is cut.
    #[must_use]
    pub const fn octets(octets: &'a [u8]) -> Splitter<'a> {
        Splitter { object: Object::Octets(octets), sent: 0, done: false }
    }

    /// Refuses an object that is larger than the peer takes, which must not be sent at all (`wire.md` §4.4).
    ///
    /// # Errors
    /// [`ObjectTooLarge`](ErrorKind::ObjectTooLarge) at the first octet that is too much.
    pub fn within(self, max_obj_size: Option<u64>) -> Result<Splitter<'a>> {
        match max_obj_size {
            Some(max) if self.size() > max => {
                Err(Error::new(ErrorKind::ObjectTooLarge, usize::try_from(max).unwrap_or(usize::MAX)))
            }
            _ => Ok(self),
        }
    }

    /// The size of the whole object, in octets as it travels.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.object.octets().len() as u64
    }

    /// Octets that have not been given yet.
    #[must_use]
    pub const fn remaining(&self) -> usize {
        self.object.octets().len().saturating_sub(self.sent)
    }

    /// Begins again, for a peer that could not put the object together.
    pub const fn restart(&mut self) {
        self.sent = 0;
        self.done = false;
    }

    /// The next chunk, of at most `room` octets as they travel; `None` after the last one. An empty object is one empty
    /// chunk.
    ///
    /// # Errors
    /// [`NoRoom`](ErrorKind::NoRoom) at the octet of the object whose character does not fit; nothing was given then.
    pub fn next_chunk(&mut self, room: usize) -> Result<Option<Chunk<'a>>> {
        self.next_chunk_where(|chunk| chunk.data.len() <= room)
    }

    /// The next chunk, the largest that `fits`; `None` after the last one.
    ///
    /// For who has to encode a chunk to know its size, as escapes make XML longer than what it stands for. `fits` is asked
    /// once for what remains of the object, and if that is too much, a few times more: as often as its length has digits in
    /// base two. What is larger than a chunk that does not fit must not fit either.
    ///
    /// # Errors
    /// As [`next_chunk`](Splitter::next_chunk).
    pub fn next_chunk_where(&mut self, mut fits: impl FnMut(&Chunk<'a>) -> bool) -> Result<Option<Chunk<'a>>> {
        if self.done {
            return Ok(None);
        }
        let end = self.object.octets().len();
        let mut good = self.sent;
        let mut bad = end;
        if fits(&self.chunk_to(end)) {
            good = end;
        } else {
            // A chunk can be cut between `good`, which fits, and `bad`, which does not.
            while let Some(middle) = self.cut_between(good, bad) {
                if fits(&self.chunk_to(middle)) {
                    good = middle;
                } else {
                    bad = middle;
                }
            }
            if good == self.sent {
                return Err(Error::new(ErrorKind::NoRoom, self.sent));
            }
        }
        let chunk = self.chunk_to(good);
        self.sent = good;
        self.done = good == end;
        Ok(Some(chunk))
    }

    /// A place to cut strictly between two others, about in their middle.
    fn cut_between(&self, low: usize, high: usize) -> Option<usize> {
        let middle = low.midpoint(high);
        let may_be_cut = |at: &usize| self.object.may_be_cut_at(*at);
        // Characters have at most four octets, so that both searches are short.
        (low.saturating_add(1)..=middle)
            .rev()
            .find(may_be_cut)
            .or_else(|| (middle.saturating_add(1)..high).find(may_be_cut))
    }

    fn chunk_to(&self, end: usize) -> Chunk<'a> {
        let object = self.object.octets();
        let more_data = end < object.len();
        Chunk {
            data: object.get(self.sent..end).unwrap_or_default(),
            size: (self.sent == 0 && more_data).then_some(self.size()),
            more_data,
            is_text: matches!(self.object, Object::Text(_)),
        }
    }
}

/// What one item carries of an object. All else in the item, its `Target`, `Source`, `Format` and `Type`, is the same in
/// each; its command has a `CmdID` of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Chunk<'a> {
    /// `Data`.
    pub data: &'a [u8],
    /// `Meta/Size`: the size of the whole object, in the first chunk only, and only when there are more.
    pub size: Option<u64>,
    /// `MoreData`: in every chunk but the last. A message that ends with it has no `Final`.
    pub more_data: bool,
    is_text: bool,
}

impl<'a> Chunk<'a> {
    /// The item for this chunk: `item`, which says what the object is, with this much of its data. Text becomes a CDATA section
    /// where the item's own data is one.
    ///
    /// ```
    /// use omadm::markup::Encoding;
    /// use omadm::syncml::{CommandKind, MessageBuilder, NewCommand, NewItem, Splitter};
    ///
    /// let about = NewItem::target("./Acme/Logo").meta("b64", "image/png");
    /// let build = |item| {
    ///     let mut builder = MessageBuilder::new("1A", "2", "IMEI:490154203237518", "https://dm.example.com/omadm");
    ///     builder.command(&NewCommand::new(CommandKind::Replace, &[item]))?;
    ///     Ok::<_, omadm::Error>(builder)
    /// };
    /// let picture = "iVBORw0KGgo".repeat(100);
    /// let mut splitter = Splitter::text(&picture);
    /// let max_msg_size = 1_000;
    /// let chunk = splitter.next_chunk_where(|chunk| {
    ///     let len = build(chunk.item(about)).and_then(|mut builder| builder.encoded_len(Encoding::Xml));
    ///     len.is_ok_and(|len| len <= max_msg_size)
    /// })?;
    /// let message = build(chunk.unwrap().item(about))?.not_final().finish()?;
    /// # assert!(message.encode(Encoding::Xml)?.len() <= max_msg_size);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    #[must_use]
    pub fn item(&self, item: NewItem<'a>) -> NewItem<'a> {
        let data = match (self.text().filter(|_| self.is_text), item.data) {
            (Some(text), Some(NewData::CData(_))) => NewData::CData(text),
            (Some(text), _) => NewData::Text(text),
            (None, _) => NewData::Octets(self.data),
        };
        let meta = match (item.meta, self.size) {
            (None, None) => None,
            (meta, size) => Some(NewMeta { size, ..meta.unwrap_or_default() }),
        };
        NewItem { meta, data: Some(data), more_data: self.more_data, ..item }
    }

    /// `Data` as text, which chunks of text are.
    #[must_use]
    pub fn text(&self) -> Option<&'a str> {
        simdutf8::basic::from_utf8(self.data).ok()
    }
}

/// Without the data.
impl core::fmt::Debug for Chunk<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Chunk")
            .field("len", &self.data.len())
            .field("size", &self.size)
            .field("more_data", &self.more_data)
            .finish_non_exhaustive()
    }
}
