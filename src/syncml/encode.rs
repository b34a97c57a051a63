//! From records to octets: the order of the DTD, unknown elements last (`wire.md` §1.2 and §7.12).

use super::carry::{Carried, Content};
use super::{Command, CommandKind, Cred, Data, Item, Message, Meta, Ref};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::wbxml::WbxmlWriter;
use crate::markup::xml::XmlWriter;
use crate::markup::{self, DataForm, Encoding, Fragment, Name, Options, Writer};
use crate::vocabulary::{DocumentType, Tag, metinf, syncml};

impl Message<'_> {
    /// Encodes the message, with elements in the order of the DTD and nothing that is not needed.
    ///
    /// Data keeps its form where the encoding has it. Otherwise it follows `wire.md` §9.3 and §7.11: octets become base64 in XML, and
    /// base64 of `Format` `bin` becomes octets in WBXML; a tree inside becomes a document of the same encoding; `Format`, `Type` and `Size`
    /// say what is really there.
    ///
    /// ```
    /// use omadm::{markup::Encoding, syncml::Message};
    /// # let xml = include_bytes!("../../tests/data/package2.syncml.xml");
    /// # let wbxml = include_bytes!("../../tests/data/package2.syncml.wbxml");
    /// assert_eq!(Message::decode(xml)?.encode(Encoding::Wbxml)?, wbxml);
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`InvalidCharacter`](ErrorKind::InvalidCharacter) and [`InvalidUtf8`](ErrorKind::InvalidUtf8) for what the encoding cannot carry,
    /// [`ChunkOfOctets`](ErrorKind::ChunkOfOctets), [`LimitOutput`](ErrorKind::LimitOutput); the offset is that of the command, in the input that the
    /// message was decoded from.
    pub fn encode(&self, encoding: Encoding) -> Result<Vec<u8>> {
        self.encode_with(encoding, &Limits::DEFAULT)
    }

    /// Encodes the message into at most [`Limits::output`] octets.
    ///
    /// # Errors
    /// As [`encode`](Message::encode).
    pub fn encode_with(&self, encoding: Encoding, limits: &Limits) -> Result<Vec<u8>> {
        let document_type = self.document_type();
        match encoding {
            Encoding::Xml => {
                let mut writer = XmlWriter::of_type(document_type, limits);
                Encoder::new(&mut writer, encoding).message(self)?;
                writer.finish().map(String::into_bytes)
            }
            Encoding::Wbxml => {
                let mut writer = WbxmlWriter::new(document_type, limits);
                Encoder::new(&mut writer, encoding).message(self)?;
                writer.finish()
            }
        }
    }

    /// The document type that it is encoded as.
    pub(super) fn document_type(&self) -> DocumentType {
        match self.header().ver_dtd() {
            "1.0" => DocumentType::SyncMl10,
            "1.1" => DocumentType::SyncMl11,
            _ => DocumentType::SyncMl12,
        }
    }

    /// Encodes the message into the front of a buffer, and says how much of it was needed.
    ///
    /// # Errors
    /// As [`encode`](Message::encode); [`LimitOutput`](ErrorKind::LimitOutput) for a buffer that is too short, which stays as it
    /// was.
    pub fn encode_to_slice(&self, encoding: Encoding, buffer: &mut [u8]) -> Result<usize> {
        let limits = Limits { output: buffer.len() as u64, ..Limits::DEFAULT };
        let octets = self.encode_with(encoding, &limits)?;
        let too_short = Error::new(ErrorKind::LimitOutput, buffer.len());
        buffer.get_mut(..octets.len()).ok_or(too_short)?.copy_from_slice(&octets);
        Ok(octets.len())
    }

    /// The size of the encoded message, in octets: what `MaxMsgSize` counts.
    ///
    /// # Errors
    /// As [`encode`](Message::encode).
    pub fn encoded_len(&self, encoding: Encoding) -> Result<usize> {
        self.encode(encoding).map(|octets| octets.len())
    }

    /// The same message in the one form that both encodings lead to: octets as base64, trees as XML. Messages that say
    /// the same are equal after this, whichever way they came.
    ///
    /// # Errors
    /// As [`encode`](Message::encode).
    pub fn normalise(&self) -> Result<Message<'static>> {
        let mut writer = XmlWriter::new(&Limits::DEFAULT);
        Encoder { is_normal: true, ..Encoder::new(&mut writer, Encoding::Xml) }.message(self)?;
        Message::decode(writer.finish()?.as_bytes()).map(Message::into_owned)
    }
}

/// What data becomes in an encoding.
type Carry<'m> = fn(&Data<'m>, Encoding) -> Result<Content<'m>, ErrorKind>;

/// Writes the parts of a message.
pub(super) struct Encoder<'w, W> {
    writer: &'w mut W,
    encoding: Encoding,
    /// Where the command being written stands in its input, for errors.
    offset: usize,
    /// Documents inside become text, also where they could stay what they are.
    is_normal: bool,
}

impl<'w, W: Writer> Encoder<'w, W> {
    pub(super) fn new(writer: &'w mut W, encoding: Encoding) -> Self {
        Encoder { writer, encoding, offset: 0, is_normal: false }
    }

    fn done(&self, outcome: Result<(), ErrorKind>) -> Result<()> {
        outcome.map_err(|kind| Error::new(kind, self.offset))
    }

    fn start(&mut self, tag: Tag) -> Result<()> {
        let outcome = self.writer.start(Name::Known(tag), &[]);
        self.done(outcome)
    }

    fn end(&mut self) -> Result<()> {
        let outcome = self.writer.end();
        self.done(outcome)
    }

    /// An element with a text, if there is one.
    fn text(&mut self, tag: Tag, text: Option<&str>) -> Result<()> {
        let Some(text) = text else { return Ok(()) };
        self.start(tag)?;
        let outcome = if text.is_empty() { Ok(()) } else { self.writer.text(text) };
        self.done(outcome)?;
        self.end()
    }

    fn number(&mut self, tag: Tag, number: Option<u64>) -> Result<()> {
        match number {
            Some(number) => self.text(tag, Some(&number.to_string())),
            None => Ok(()),
        }
    }

    fn flag(&mut self, tag: Tag, is_set: bool) -> Result<()> {
        if is_set {
            self.start(tag)?;
            self.end()?;
        }
        Ok(())
    }

    fn extras<'m>(&mut self, extras: impl Iterator<Item = Fragment<'m>>) -> Result<()> {
        extras.into_iter().try_for_each(|extra| self.fragment(&extra))
    }

    fn fragment(&mut self, fragment: &Fragment<'_>) -> Result<()> {
        let unlimited = Options { limits: Limits::UNLIMITED, bare_ampersand: true, ..Options::default() };
        markup::copy(&mut fragment.reader(&unlimited), self.writer)
            .map_err(|error| Error::new(error.kind(), self.offset))
    }

    fn message(&mut self, message: &Message<'_>) -> Result<()> {
        let mut open = Vec::new();
        self.begin(message)?;
        self.commands(message, 0, &mut open)?;
        self.finish(message, open.len())
    }

    /// What comes before the commands.
    pub(super) fn begin(&mut self, message: &Message<'_>) -> Result<()> {
        self.start(syncml::SYNC_ML)?;
        self.header(message)?;
        self.start(syncml::SYNC_BODY)
    }

    /// The commands from the `first` on. `open` are the containers that were begun and not ended, innermost last.
    pub(super) fn commands(&mut self, message: &Message<'_>, first: usize, open: &mut Vec<usize>) -> Result<()> {
        for (index, command) in (first..).zip(message.commands_from(first)) {
            while open.last().is_some_and(|container| message.end_of(*container) == index) {
                open.pop();
                self.end_container()?;
            }
            self.offset = command.offset();
            match command.kind() {
                CommandKind::Atomic | CommandKind::Sequence => {
                    self.begin_container(&command)?;
                    open.push(index);
                    // What is unknown in a container comes before the commands inside: after them it would need a place to
                    // be kept.
                    self.extras(command.extras())?;
                }
                CommandKind::Other => {
                    if let Some(fragment) = command.fragment() {
                        self.fragment(&fragment)?;
                    }
                }
                _ => self.command(&command)?,
            }
        }
        Ok(())
    }

    /// What comes behind the commands, `open` of which are containers still to be ended.
    pub(super) fn finish(&mut self, message: &Message<'_>, open: usize) -> Result<()> {
        for _ in 0..open {
            self.end_container()?;
        }
        self.extras(message.body_extras())?;
        self.flag(syncml::FINAL, message.is_final())?;
        self.end()?;
        self.extras(message.root_extras())?;
        self.end()
    }

    fn header(&mut self, message: &Message<'_>) -> Result<()> {
        let header = message.header();
        self.start(syncml::SYNC_HDR)?;
        self.text(syncml::VER_DTD, Some(header.ver_dtd()))?;
        self.text(syncml::VER_PROTO, header.ver_proto())?;
        self.text(syncml::SESSION_ID, Some(header.session_id()))?;
        self.text(syncml::MSG_ID, Some(header.msg_id()))?;
        self.party(syncml::TARGET, Some(header.target()), header.target_name())?;
        self.party(syncml::SOURCE, Some(header.source()), header.source_name())?;
        self.text(syncml::RESP_URI, header.resp_uri())?;
        self.flag(syncml::NO_RESP, header.no_resp())?;
        self.cred(header.cred())?;
        self.meta(header.meta(), &Carried::default())?;
        self.extras(header.extras())?;
        self.end()
    }

    fn party(&mut self, tag: Tag, loc_uri: Option<&str>, loc_name: Option<&str>) -> Result<()> {
        if loc_uri.is_none() {
            return Ok(());
        }
        self.start(tag)?;
        self.text(syncml::LOC_URI, loc_uri)?;
        self.text(syncml::LOC_NAME, loc_name)?;
        self.end()
    }

    fn begin_container(&mut self, command: &Command<'_>) -> Result<()> {
        let is_atomic = command.kind() == CommandKind::Atomic;
        self.start(if is_atomic { syncml::ATOMIC } else { syncml::SEQUENCE })?;
        self.text(syncml::CMD_ID, Some(command.cmd_id()))?;
        self.flag(syncml::NO_RESP, command.no_resp())?;
        self.meta(command.meta(), &Carried::default())
    }

    fn end_container(&mut self) -> Result<()> {
        self.end()
    }

    fn command(&mut self, command: &Command<'_>) -> Result<()> {
        let is_results = command.kind() == CommandKind::Results;
        let meta = command.meta();
        self.start(tag_of(command.kind()))?;
        self.text(syncml::CMD_ID, Some(command.cmd_id()))?;
        self.text(syncml::MSG_REF, command.msg_ref())?;
        self.text(syncml::CMD_REF, command.cmd_ref())?;
        self.text(syncml::CMD, command.cmd())?;
        if is_results {
            self.meta(meta, &Carried::default())?;
        }
        for reference in command.refs() {
            match reference {
                Ref::Target(uri) => self.text(syncml::TARGET_REF, Some(uri))?,
                Ref::Source(_) => {}
            }
        }
        for reference in command.refs() {
            match reference {
                Ref::Source(uri) => self.text(syncml::SOURCE_REF, Some(uri))?,
                Ref::Target(_) => {}
            }
        }
        self.flag(syncml::NO_RESP, command.no_resp())?;
        self.text(syncml::LANG, command.lang())?;
        self.cred(command.cred())?;
        if let Some(chal) = command.chal() {
            self.start(syncml::CHAL)?;
            self.meta(Some(chal.meta()), &Carried::default())?;
            self.end()?;
        }
        if !is_results {
            self.meta(meta, &Carried::default())?;
        }
        self.own_data(command.data(), Content::plain)?;
        self.text(syncml::CORRELATOR, command.correlator())?;
        for item in command.items() {
            self.item(&item)?;
        }
        self.extras(command.extras())?;
        self.end()
    }

    fn item(&mut self, item: &Item<'_>) -> Result<()> {
        let carried =
            Carried::of(item, self.encoding, self.is_normal).map_err(|kind| Error::new(kind, item.offset()))?;
        self.start(syncml::ITEM)?;
        self.party(syncml::TARGET, item.target(), item.target_name())?;
        self.party(syncml::SOURCE, item.source(), item.source_name())?;
        self.party(syncml::SOURCE_PARENT, item.source_parent(), None)?;
        self.party(syncml::TARGET_PARENT, item.target_parent(), None)?;
        self.meta(item.own_meta(), &carried)?;
        if item.data().is_some() {
            self.content(&carried.content)?;
        }
        self.flag(syncml::MORE_DATA, item.more_data())?;
        self.extras(item.extras())?;
        self.end()
    }

    /// `Data` with what it carries.
    fn content(&mut self, content: &Content<'_>) -> Result<()> {
        if let Content::Element(fragment) = content {
            return self.fragment(fragment);
        }
        self.start(syncml::DATA)?;
        let outcome = match content {
            Content::Text(text) | Content::CData(text) if text.is_empty() => Ok(()),
            Content::Text(text) => self.writer.text(text),
            Content::CData(text) => self.writer.cdata(text),
            Content::Octets(octets) => self.writer.opaque(octets),
            Content::Element(_) => Ok(()),
        };
        self.done(outcome)?;
        self.end()
    }

    /// Data that is no item's: codes, and what stands in `Cred`.
    fn own_data<'m>(&mut self, data: Option<Data<'m>>, carry: Carry<'m>) -> Result<()> {
        let Some(data) = data else { return Ok(()) };
        let content = carry(&data, self.encoding).map_err(|kind| Error::new(kind, data.offset()))?;
        self.content(&content)
    }

    fn cred(&mut self, cred: Option<Cred<'_>>) -> Result<()> {
        let Some(cred) = cred else { return Ok(()) };
        self.start(syncml::CRED)?;
        self.meta(cred.meta(), &Carried::default())?;
        self.own_data(cred.data(), Content::credentials)?;
        self.extras(cred.extras())?;
        self.end()
    }

    /// `Meta`, with what has to be said differently of data in this encoding.
    fn meta(&mut self, meta: Option<Meta<'_>>, carried: &Carried<'_>) -> Result<()> {
        if meta.is_none() && !carried.changes_meta() {
            return Ok(());
        }
        self.start(syncml::META)?;
        let format = carried.format.or(meta.and_then(|meta| meta.format()));
        let media_type = carried.media_type.as_deref().or(meta.and_then(|meta| meta.media_type()));
        self.text(metinf::FORMAT, format)?;
        self.text(metinf::TYPE, media_type)?;
        if let Some(meta) = meta {
            self.text(metinf::MARK, meta.mark())?;
            self.number(metinf::SIZE, carried.size.or(meta.size()))?;
            self.text(metinf::VERSION, meta.version())?;
            // Raw octets become base64 in both encodings, which is what DM wants (`wire.md` §5.1).
            match meta.next_nonce() {
                Some(nonce) if nonce.form() == DataForm::Opaque => {
                    let nonce = meta.nonce().map_err(|error| Error::new(error.kind(), self.offset))?;
                    self.text(metinf::NEXT_NONCE, nonce.map(|nonce| nonce.to_base64()).as_deref())?;
                }
                Some(nonce) => self.text(metinf::NEXT_NONCE, nonce.text())?,
                None => {}
            }
            self.number(metinf::MAX_MSG_SIZE, meta.max_msg_size())?;
            self.number(metinf::MAX_OBJ_SIZE, meta.max_obj_size())?;
            self.extras(meta.extras())?;
        }
        self.end()
    }
}

fn tag_of(kind: CommandKind) -> Tag {
    match kind {
        CommandKind::Add => syncml::ADD,
        CommandKind::Alert => syncml::ALERT,
        CommandKind::Atomic => syncml::ATOMIC,
        CommandKind::Copy => syncml::COPY,
        CommandKind::Delete => syncml::DELETE,
        CommandKind::Exec => syncml::EXEC,
        CommandKind::Get => syncml::GET,
        CommandKind::Replace => syncml::REPLACE,
        CommandKind::Results => syncml::RESULTS,
        CommandKind::Sequence => syncml::SEQUENCE,
        CommandKind::Status => syncml::STATUS,
        // Written as the fragment it is.
        CommandKind::Other => syncml::PUT,
    }
}

/// What `Data` is, for equality: the same octets, or documents that say the same.
fn same_data(one: Option<Data<'_>>, two: Option<Data<'_>>) -> bool {
    let (one, two) = match (one, two) {
        (None, None) => return true,
        (Some(one), Some(two)) => (one, two),
        _ => return false,
    };
    if one.form() != DataForm::Markup && two.form() != DataForm::Markup && one.bytes() == two.bytes() {
        return true;
    }
    let (Some(first), Some(second)) = (one.embedded(), two.embedded()) else { return false };
    // What stands around a document in Data is indentation.
    match (super::carry::root(&first), super::carry::root(&second)) {
        (Ok(one), Ok(two)) => one == two,
        // Text beside elements is no document.
        _ => one.fragment().is_some() && one.fragment() == two.fragment(),
    }
}

fn same_meta(one: Option<Meta<'_>>, two: Option<Meta<'_>>) -> bool {
    one.is_some() == two.is_some()
        && one.and_then(|meta| meta.format()) == two.and_then(|meta| meta.format())
        && one.and_then(|meta| meta.media_type()) == two.and_then(|meta| meta.media_type())
        && same_but_format_and_type(one, two)
}

fn same_but_format_and_type(one: Option<Meta<'_>>, two: Option<Meta<'_>>) -> bool {
    let texts = |meta: Meta<'_>| [meta.mark().map(str::to_owned), meta.version().map(str::to_owned)];
    let numbers = |meta: Meta<'_>| [meta.size(), meta.max_msg_size(), meta.max_obj_size()];
    one.map_or_else(Default::default, texts) == two.map_or_else(Default::default, texts)
        && one.map_or_else(Default::default, numbers) == two.map_or_else(Default::default, numbers)
        && same_data(one.and_then(|meta| meta.next_nonce()), two.and_then(|meta| meta.next_nonce()))
        && one.into_iter().flat_map(|meta| meta.extras()).eq(two.into_iter().flat_map(|meta| meta.extras()))
}

fn same_cred(one: Option<Cred<'_>>, two: Option<Cred<'_>>) -> bool {
    match (one, two) {
        (None, None) => true,
        (Some(one), Some(two)) => {
            same_meta(one.meta(), two.meta()) && same_data(one.data(), two.data()) && one.extras().eq(two.extras())
        }
        _ => false,
    }
}

fn same_item(one: &Item<'_>, two: &Item<'_>) -> bool {
    let names = |item: &Item<'_>| -> [Option<String>; 6] {
        [
            item.target(),
            item.target_name(),
            item.source(),
            item.source_name(),
            item.target_parent(),
            item.source_parent(),
        ]
        .map(|name| name.map(str::to_owned))
    };
    names(one) == names(two)
        && one.more_data() == two.more_data()
        // Format and Type count, not whether they stand in the item or in its command.
        && one.format() == two.format()
        && one.media_type() == two.media_type()
        && same_but_format_and_type(one.own_meta(), two.own_meta())
        && same_data(one.data(), two.data())
        && one.extras().eq(two.extras())
}

fn same_command(one: &Command<'_>, two: &Command<'_>) -> bool {
    let of = |command: &Command<'_>, target: bool| -> Vec<String> {
        let refs = command.refs().filter_map(|reference| match reference {
            Ref::Target(uri) if target => Some(uri.to_owned()),
            Ref::Source(uri) if !target => Some(uri.to_owned()),
            _ => None,
        });
        refs.collect()
    };
    one.kind() == two.kind()
        && one.cmd_id() == two.cmd_id()
        && one.no_resp() == two.no_resp()
        && one.msg_ref() == two.msg_ref()
        && one.cmd_ref() == two.cmd_ref()
        && one.cmd() == two.cmd()
        && one.correlator() == two.correlator()
        && one.lang() == two.lang()
        && of(one, true) == of(two, true)
        && of(one, false) == of(two, false)
        && same_data(one.data(), two.data())
        && same_meta(one.meta(), two.meta())
        && same_meta(one.chal().map(|chal| chal.meta()), two.chal().map(|chal| chal.meta()))
        && same_cred(one.cred(), two.cred())
        && one.all_children().count() == two.all_children().count()
        && one.items().len() == two.items().len()
        && one.items().zip(two.items()).all(|(one, two)| same_item(&one, &two))
        && one.extras().eq(two.extras())
        && one.fragment() == two.fragment()
}

/// Whether both say the same. How it was written does not count: encoding, order of children, text or CDATA or an opaque block of the same
/// octets. Octets and their base64 are not the same: see [`Message::normalise`].
impl PartialEq for Message<'_> {
    fn eq(&self, other: &Message<'_>) -> bool {
        let (one, two) = (self.header(), other.header());
        one.ver_dtd() == two.ver_dtd()
            && one.ver_proto() == two.ver_proto()
            && one.session_id() == two.session_id()
            && one.msg_id() == two.msg_id()
            && one.target() == two.target()
            && one.target_name() == two.target_name()
            && one.source() == two.source()
            && one.source_name() == two.source_name()
            && one.resp_uri() == two.resp_uri()
            && one.no_resp() == two.no_resp()
            && same_cred(one.cred(), two.cred())
            && same_meta(one.meta(), two.meta())
            && one.extras().eq(two.extras())
            && self.is_final() == other.is_final()
            && self.body_extras().eq(other.body_extras())
            && self.root_extras().eq(other.root_extras())
            && self.all_commands().count() == other.all_commands().count()
            && self.all_commands().zip(other.all_commands()).all(|(one, two)| same_command(&one, &two))
    }
}
