//! From records to octets: the order of the DTD, unknown elements last (`wire.md` §1.2 and §7.12).

use super::carry::Route;
use super::parts::{RawMeta, RawParty};
use super::{Command, CommandKind, Cred, Data, Item, Message, Meta};
use crate::convert::{self, AGAIN, ConvertOptions, Facts, Nature, New, Target};
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::markup::{DataForm, Encoding, Fragment, Options, Place, Writer};
use crate::text::Text;
use crate::vocabulary::{DocumentType, Tag, metinf, syncml};

impl Message<'_> {
    /// Encodes the message, with elements in the order of the DTD and nothing that is not needed.
    ///
    /// In the encoding that the message came in ([`encoding`](Message::encoding); a built message has it from WBXML), data and
    /// `Meta` stay as they are. In the other one they follow the rules of [`convert`](mod@crate::convert), which are those of
    /// `wire.md` §9.3 and §7.11: octets become base64 in XML, and base64 of `Format` `bin` becomes octets in WBXML; a tree inside becomes a
    /// document of the same encoding; commands that DM does not use and unknown elements are converted as they stand;
    /// `Format`, `Type` and `Size` say what is really there.
    ///
    /// Everything that [`decode`](Message::decode) keeps is written. It does not keep attributes of SyncML's and MetInf's own
    /// elements (Windows has `msft:originalerror` on `Data`), a `MetInf` around the elements of `Meta`, empty numbers, and anything inside
    /// an element that says something by being there, such as `Final`: who needs these uses
    /// [`convert`](mod@crate::convert). Unknown elements come last in the element they are in, except in `Atomic` and `Sequence`, where
    /// they come before the commands.
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
    /// [`InvalidCharacter`](ErrorKind::InvalidCharacter) and [`InvalidUtf8`](ErrorKind::InvalidUtf8) for text and octets that the
    /// encoding cannot carry, [`InvalidBase64`](ErrorKind::InvalidBase64) for a value of `Format` `bin` in XML that is not,
    /// [`ChunkOfOctets`](ErrorKind::ChunkOfOctets) and [`ChunkOfBin`](ErrorKind::ChunkOfBin) for chunks that cannot be converted by
    /// themselves, [`LimitOutput`](ErrorKind::LimitOutput), and what is wrong with a document inside. The offset is where the command,
    /// the item or its data begins in the input that the message was decoded from.
    pub fn encode(&self, encoding: Encoding) -> Result<Vec<u8>> {
        self.encode_with(encoding, &Limits::DEFAULT)
    }

    /// Encodes the message into at most [`Limits::output`] octets, and at most [`Limits::output_budget`] of what the message holds: its
    /// texts, and some octets for each command, item and element. The other limits are for documents inside.
    ///
    /// # Errors
    /// As [`encode`](Message::encode).
    pub fn encode_with(&self, encoding: Encoding, limits: &Limits) -> Result<Vec<u8>> {
        let mut octets = Vec::new();
        self.encode_into_with(encoding, limits, &mut octets).map(|()| octets)
    }

    /// Encodes the message into a buffer that is used again and again, as servers do for one answer after the other: what it held is
    /// dropped, its room is kept. After an error it is empty.
    ///
    /// ```
    /// # use omadm::{markup::Encoding, syncml::Message};
    /// # let captured = [include_bytes!("../../tests/data/package2.syncml.wbxml").as_slice()];
    /// let mut buffer = Vec::new();
    /// for octets in captured {
    ///     Message::decode(octets)?.encode_into(Encoding::Xml, &mut buffer)?;
    ///     assert!(buffer.starts_with(b"<SyncML"));
    /// }
    /// # Ok::<(), omadm::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`encode`](Message::encode).
    pub fn encode_into(&self, encoding: Encoding, buffer: &mut Vec<u8>) -> Result<()> {
        self.encode_into_with(encoding, &Limits::DEFAULT, buffer)
    }

    fn encode_into_with(&self, encoding: Encoding, limits: &Limits, buffer: &mut Vec<u8>) -> Result<()> {
        let read = Options { limits: limits.for_output_of(self.size()), ..Options::default() };
        let options = ConvertOptions { read, ..ConvertOptions::default() };
        let target = Target::new(encoding, self.document_type(), &options).with_buffer(core::mem::take(buffer));
        let mut target = target.with_room(self.likely_len(encoding));
        Encoder::new(self, &mut target, Route::of(self, encoding, &options)).message()?;
        *buffer = target.finish()?;
        Ok(())
    }

    /// What it holds, for the bound on what is written of it: a message that was built has texts only.
    fn size(&self) -> usize {
        /// Octets that the shortest of them takes in WBXML, and some.
        const RECORD: usize = 8;
        self.sources().len().saturating_add(self.records().saturating_mul(RECORD))
    }

    /// About how long it becomes: a buffer that grows is moved about.
    fn likely_len(&self, encoding: Encoding) -> usize {
        /// More than a small message without text has.
        const FEW: usize = 256;
        let known = self.sources().len();
        let len = match (self.encoding(), encoding) {
            // Of messages with short texts, XML takes a little more than twice what WBXML does.
            (Encoding::Wbxml, Encoding::Xml) => known.saturating_mul(9) / 4,
            (Encoding::Xml, Encoding::Wbxml) => known / 2,
            _ => known,
        };
        len.saturating_add(FEW)
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
        // On its way a message may be longer than it becomes: white space of documents inside is left out at the end of elements.
        let octets = self.encode(encoding)?;
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

    /// The same message in the one form that both encodings lead to: an XML message that came from WBXML, with octets as base64
    /// and trees as XML. Messages that say the same are equal after this, whichever way they came.
    ///
    /// # Errors
    /// As [`encode`](Message::encode) to both encodings.
    pub fn normalise(&self) -> Result<Message<'static>> {
        let through = |message: &Message<'_>, encoding| {
            let octets = message.encode(encoding)?;
            // It was written within the limits there are.
            Message::decode_with(&octets, &AGAIN).map(Message::into_owned)
        };
        match self.encoding() {
            Encoding::Xml => through(&through(self, Encoding::Wbxml)?, Encoding::Xml),
            // The way through XML leaves out what XML would.
            Encoding::Wbxml => through(self, Encoding::Xml)?.normalise(),
        }
    }
}

/// Writes the parts of a message.
pub(super) struct Encoder<'e> {
    message: &'e Message<'e>,
    target: &'e mut Target,
    route: Route<'e>,
    /// Where the command or item being written stands in its input, for errors.
    offset: usize,
    /// `Meta` with a `Format` and a `Type` that were written, and where: most say what one before said.
    metas: [Option<(RawMeta, [Place; 2])>; METAS],
}

/// How many are remembered, by the first letter of `Format`.
const METAS: usize = 4;

/// How deep elements are nested in such a `Meta`, which is one itself.
const META_DEPTH: usize = 2;

impl<'e> Encoder<'e> {
    pub(super) fn new(message: &'e Message<'e>, target: &'e mut Target, route: Route<'e>) -> Encoder<'e> {
        Encoder { message, target, route, offset: 0, metas: Default::default() }
    }

    fn done(&self, outcome: Result<(), ErrorKind>) -> Result<()> {
        outcome.map_err(|kind| Error::new(kind, self.offset))
    }

    fn start(&mut self, tag: Tag) -> Result<()> {
        let outcome = self.target.start_bare(tag);
        self.done(outcome)
    }

    fn end(&mut self) -> Result<()> {
        let outcome = self.target.end();
        self.done(outcome)
    }

    /// An element with a text.
    fn str(&mut self, tag: Tag, text: &str) -> Result<()> {
        if self.target.leaf(tag, text.as_bytes()) {
            return Ok(());
        }
        self.start(tag)?;
        let outcome = if text.is_empty() { Ok(()) } else { self.target.text(text) };
        self.done(outcome)?;
        self.end()
    }

    /// An element with a text of the message, if there is one.
    #[inline]
    fn text(&mut self, tag: Tag, text: Text) -> Result<()> {
        if !text.is_present() {
            return Ok(());
        }
        // What is no plain ASCII is looked at again as text.
        if self.message.sources().bytes(text).is_some_and(|octets| self.target.leaf(tag, octets)) {
            return Ok(());
        }
        self.message.text(text).map_or(Ok(()), |text| self.str(tag, text))
    }

    /// [`text`](Encoder::text), also of one that is not there.
    fn required(&mut self, tag: Tag, text: Text) -> Result<()> {
        if self.message.sources().bytes(text).is_some_and(|octets| self.target.leaf(tag, octets)) {
            return Ok(());
        }
        self.str(tag, self.message.text(text).unwrap_or_default())
    }

    #[inline]
    fn flag(&mut self, tag: Tag, is_set: bool) -> Result<()> {
        if is_set { self.str(tag, "") } else { Ok(()) }
    }

    /// Unknown elements. `outer` is said of items in them; `None` inside an item.
    fn extras<'m>(&mut self, extras: impl Iterator<Item = Fragment<'m>>, outer: Option<&Facts<'_>>) -> Result<()> {
        extras.into_iter().try_for_each(|extra| self.fragment(&extra, outer))
    }

    fn fragment(&mut self, fragment: &Fragment<'_>, outer: Option<&Facts<'_>>) -> Result<()> {
        let Route { to, options, .. } = self.route;
        if fragment.encoding() == to {
            fragment.write(self.target, &AGAIN)
        } else {
            convert::write_part(fragment, to, self.target, options, outer)
        }
        .map_err(|error| error.moved_to(self.offset))
    }

    fn message(&mut self) -> Result<()> {
        let mut open = Vec::new();
        self.begin()?;
        self.commands(0, &mut open)?;
        self.finish(open.len())
    }

    /// What comes before the commands.
    pub(super) fn begin(&mut self) -> Result<()> {
        self.start(syncml::SYNC_ML)?;
        self.header()?;
        self.start(syncml::SYNC_BODY)
    }

    /// The commands from the `first` on. `open` are the containers that were begun and not ended, innermost last.
    pub(super) fn commands(&mut self, first: usize, open: &mut Vec<usize>) -> Result<()> {
        let message = self.message;
        for (index, command) in (first..).zip(message.commands_from(first)) {
            while open.last().is_some_and(|container| message.end_of(*container) == index) {
                open.pop();
                self.end()?;
            }
            self.offset = command.offset();
            match command.kind() {
                CommandKind::Atomic | CommandKind::Sequence => {
                    self.begin_container(&command)?;
                    open.push(index);
                    // What is unknown in a container comes before the commands inside: after them it would need a place to
                    // be kept.
                    let mut extras = command.extras().peekable();
                    if extras.peek().is_some() {
                        self.extras(extras, Some(&command.facts()))?;
                    }
                }
                CommandKind::Other => {
                    if let Some(fragment) = command.fragment() {
                        self.fragment(&fragment, Some(&command.facts()))?;
                    }
                }
                _ => self.command(&command)?,
            }
        }
        Ok(())
    }

    /// What comes behind the commands, `open` of which are containers still to be ended.
    pub(super) fn finish(&mut self, open: usize) -> Result<()> {
        let nothing = Some(&Facts::default());
        for _ in 0..open {
            self.end()?;
        }
        self.extras(self.message.body_extras(), nothing)?;
        self.flag(syncml::FINAL, self.message.is_final())?;
        self.end()?;
        self.extras(self.message.root_extras(), nothing)?;
        self.end()
    }

    fn header(&mut self) -> Result<()> {
        let header = self.message.header();
        let raw = header.raw();
        let nothing = Some(&Facts::default());
        self.start(syncml::SYNC_HDR)?;
        self.required(syncml::VER_DTD, raw.ver_dtd)?;
        self.text(syncml::VER_PROTO, raw.ver_proto)?;
        self.required(syncml::SESSION_ID, raw.session_id)?;
        self.required(syncml::MSG_ID, raw.msg_id)?;
        self.party(syncml::TARGET, raw.target, nothing)?;
        self.party(syncml::SOURCE, raw.source, nothing)?;
        self.text(syncml::RESP_URI, raw.resp_uri)?;
        self.flag(syncml::NO_RESP, header.no_resp())?;
        self.cred(header.cred())?;
        self.meta(header.meta(), &Facts::default(), None)?;
        self.extras(self.message.extras(raw.extras), nothing)?;
        self.end()
    }

    fn party(&mut self, tag: Tag, party: RawParty, outer: Option<&Facts<'_>>) -> Result<()> {
        let message = self.message;
        if !party.loc_uri.is_present() {
            return Ok(());
        }
        let rest = party.rest.of(&message.lists().0.party_rests);
        if let (None, Some(octets)) = (rest, message.sources().bytes(party.loc_uri))
            && self.target.nested_leaf(tag, syncml::LOC_URI, octets)
        {
            return Ok(());
        }
        // Octets that are no text are not there.
        if message.text(party.loc_uri).is_none() {
            return Ok(());
        }
        self.start(tag)?;
        self.text(syncml::LOC_URI, party.loc_uri)?;
        if let Some(rest) = rest {
            self.text(syncml::LOC_NAME, rest.loc_name)?;
            self.extras(message.extras(rest.extras), outer)?;
        }
        self.end()
    }

    fn begin_container(&mut self, command: &Command<'_>) -> Result<()> {
        let is_atomic = command.kind() == CommandKind::Atomic;
        self.start(if is_atomic { syncml::ATOMIC } else { syncml::SEQUENCE })?;
        self.required(syncml::CMD_ID, command.raw().cmd_id)?;
        self.flag(syncml::NO_RESP, command.no_resp())?;
        self.meta(command.meta(), &Facts::default(), None)
    }

    fn command(&mut self, command: &Command<'_>) -> Result<()> {
        let raw = command.raw();
        let is_results = raw.kind == CommandKind::Results;
        // The first item may say it otherwise for all.
        let mut items = command.items();
        let first = items.next();
        let mut carried = Carrying::default();
        let first = match &first {
            Some(item) => Some((item, self.carried(item, command, &mut carried, true)?)),
            None => None,
        };
        let nothing = Facts::default();
        let new = first.as_ref().map_or(&nothing, |(_, carried)| &carried.command);
        self.start(tag_of(raw.kind))?;
        self.required(syncml::CMD_ID, command.raw().cmd_id)?;
        self.text(syncml::MSG_REF, raw.msg_ref)?;
        self.text(syncml::CMD_REF, raw.cmd_ref)?;
        self.text(syncml::CMD, raw.cmd)?;
        if is_results {
            self.meta(command.meta(), new, None)?;
        }
        let refs = command.raw_refs();
        for reference in refs.iter().filter(|reference| reference.is_target) {
            self.required(syncml::TARGET_REF, reference.text)?;
        }
        for reference in refs.iter().filter(|reference| !reference.is_target) {
            self.required(syncml::SOURCE_REF, reference.text)?;
        }
        self.flag(syncml::NO_RESP, raw.no_resp)?;
        self.flag(syncml::ARCHIVE, raw.archive)?;
        self.flag(syncml::SFT_DEL, raw.sft_del)?;
        let rest = command.rest();
        self.text(syncml::LANG, rest.lang)?;
        self.cred(command.cred())?;
        if let Some(chal) = command.chal() {
            let meta = chal.meta();
            let change = self.route.change(meta.next_nonce(), meta.facts(), false, Nature::Nonce)?;
            let saying = change.place(&meta.facts(), &nothing, &nothing, None);
            self.start(syncml::CHAL)?;
            self.meta(Some(meta), &saying.own, change.content.as_ref())?;
            self.extras(chal.extras(), None)?;
            self.end()?;
        }
        if !is_results {
            self.meta(command.meta(), new, None)?;
        }
        if let Some(data) = command.data() {
            let said = data.fragment().map(|_| command.facts()).unwrap_or_default();
            self.data(syncml::DATA, &data, None, Some(&said))?;
        }
        self.text(syncml::CORRELATOR, rest.correlator)?;
        if let Some((item, new)) = &first {
            self.item(item, new)?;
        }
        for item in items {
            let new = self.carried(&item, command, &mut carried, false)?;
            self.item(&item, &new)?;
        }
        self.offset = command.offset();
        if rest.extras.first.is_some() {
            self.extras(command.extras(), Some(&command.facts()))?;
        }
        self.end()
    }

    /// What becomes of an item of a command: of the first, or of one behind it.
    fn carried<'c>(
        &self,
        item: &Item<'_>,
        command: &Command<'c>,
        carrying: &mut Carrying<'c>,
        is_first: bool,
    ) -> Result<Carried> {
        // As long as nothing has changed, what is written is what was said.
        if self.route.stays() || (carrying.is_unchanged() && self.route.leaves(item)) {
            return Ok(Carried::default());
        }
        let said = carrying.said.get_or_insert_with(|| command.facts());
        let written = carrying.written.as_ref().unwrap_or(said);
        let own = item.own_meta().map(|meta| meta.facts()).unwrap_or_default();
        let change = self.route.change(item.data(), own.within(said), item.more_data(), Nature::Value)?;
        let of_command = if is_first { command.meta().map(|meta| meta.facts()) } else { None };
        let saying = change.place(&own, said, written, of_command.as_ref());
        if !saying.command.is_empty() {
            carrying.written = Some(saying.command.within(said));
        }
        Ok(Carried { content: change.content, own: saying.own, command: saying.command })
    }

    fn item(&mut self, item: &Item<'_>, carried: &Carried) -> Result<()> {
        self.offset = item.offset();
        let raw = item.raw();
        self.start(syncml::ITEM)?;
        self.party(syncml::TARGET, raw.target, None)?;
        self.party(syncml::SOURCE, raw.source, None)?;
        let rest = raw.rest.of(&self.message.lists().0.item_rests);
        if let Some(rest) = rest {
            self.party(syncml::SOURCE_PARENT, rest.source_parent, None)?;
            self.party(syncml::TARGET_PARENT, rest.target_parent, None)?;
        }
        self.meta(item.own_meta(), &carried.own, None)?;
        if let Some(data) = item.data() {
            self.data(syncml::DATA, &data, carried.content.as_ref(), None)?;
        }
        self.flag(syncml::MORE_DATA, item.more_data())?;
        if let Some(rest) = rest {
            self.extras(self.message.extras(rest.extras), None)?;
        }
        self.end()
    }

    /// `Data` or `NextNonce`: with something new in it, or as it is.
    fn data(&mut self, tag: Tag, data: &Data<'_>, new: Option<&New>, outer: Option<&Facts<'_>>) -> Result<()> {
        if new.is_none() && data.form() == DataForm::Text && self.target.leaf(tag, data.bytes()) {
            return Ok(());
        }
        if let (None, Some(fragment)) = (new, data.fragment()) {
            return self.fragment(&fragment, outer);
        }
        self.start(tag)?;
        let outcome = match (new, data.form()) {
            (Some(New::Text(text) | New::CData(text)), _) if text.is_empty() => Ok(()),
            (Some(New::Text(text)), _) => self.target.text(text),
            (Some(New::CData(text)), _) => self.target.cdata(text),
            (Some(New::Octets(octets)), _) => self.target.opaque(octets),
            (None, _) if data.bytes().is_empty() => Ok(()),
            (None, DataForm::Opaque) => self.target.opaque(data.bytes()),
            (None, DataForm::CData) => self.target.cdata(data.text().unwrap_or_default()),
            (None, _) => self.target.text(data.text().unwrap_or_default()),
        };
        self.done(outcome)?;
        self.end()
    }

    fn cred(&mut self, cred: Option<Cred<'_>>) -> Result<()> {
        let Some(cred) = cred else { return Ok(()) };
        let (mut content, mut new) = (None, Facts::default());
        if !self.route.stays() {
            let (own, nothing) = (cred.meta().map(|meta| meta.facts()).unwrap_or_default(), Facts::default());
            let change = self.route.change(cred.data(), own.clone(), false, Nature::Credential)?;
            new = change.place(&own, &nothing, &nothing, None).own;
            content = change.content;
        }
        self.start(syncml::CRED)?;
        self.meta(cred.meta(), &new, None)?;
        if let Some(data) = cred.data() {
            self.data(syncml::DATA, &data, content.as_ref(), None)?;
        }
        self.extras(cred.extras(), None)?;
        self.end()
    }

    /// `Meta`, with what has to be said otherwise in this encoding, and with another `NextNonce`.
    fn meta(&mut self, meta: Option<Meta<'_>>, new: &Facts<'_>, nonce: Option<&New>) -> Result<()> {
        if meta.is_none() && new.is_empty() {
            return Ok(());
        }
        let raw = meta.map(|meta| *meta.raw).unwrap_or_default();
        let is_usual = new.is_empty() && !raw.rest.is_some();
        if is_usual && let Some(from) = self.target.place() {
            return self.usual_meta(&raw, from);
        }
        self.start(syncml::META)?;
        self.fact(metinf::FORMAT, new, raw.format)?;
        self.fact(metinf::TYPE, new, raw.type_)?;
        let (meta, rest) = match meta {
            Some(meta) if raw.rest.is_some() => (meta, meta.rest()),
            _ => {
                // What few say comes between the two, and nothing is said of it here.
                if let Some(size) = new.get(metinf::SIZE) {
                    self.str(metinf::SIZE, size)?;
                }
                return self.end();
            }
        };
        self.text(metinf::MARK, rest.mark)?;
        match new.get(metinf::SIZE) {
            Some(size) => self.str(metinf::SIZE, size)?,
            None => self.number(metinf::SIZE, rest.size, || meta.size())?,
        }
        self.text(metinf::VERSION, rest.version)?;
        if let Some(data) = meta.next_nonce() {
            self.data(metinf::NEXT_NONCE, &data, nonce, None)?;
        }
        self.number(metinf::MAX_MSG_SIZE, rest.max_msg_size, || meta.max_msg_size())?;
        self.number(metinf::MAX_OBJ_SIZE, rest.max_obj_size, || meta.max_obj_size())?;
        self.extras(meta.extras(), None)?;
        self.end()
    }

    /// `Meta` with nothing but a `Format` and a `Type`: one that was written before is copied.
    fn usual_meta(&mut self, raw: &RawMeta, from: Place) -> Result<()> {
        let sources = self.message.sources();
        let format = sources.bytes(raw.format);
        let slot = format.and_then(<[u8]>::first).map_or(0, |letter| usize::from(*letter) % METAS);
        if let Some(Some((known, [begin, end]))) = self.metas.get(slot)
            && sources.bytes(known.format) == format
            && sources.bytes(known.type_) == sources.bytes(raw.type_)
            && self.target.repeat_piece(*begin, *end, META_DEPTH)
        {
            return Ok(());
        }
        self.start(syncml::META)?;
        self.text(metinf::FORMAT, raw.format)?;
        self.text(metinf::TYPE, raw.type_)?;
        self.end()?;
        if let (Some(slot), Some(to)) = (self.metas.get_mut(slot), self.target.place()) {
            *slot = Some((*raw, [from, to]));
        }
        Ok(())
    }

    /// An element of `Meta`: what is new, or else what there was.
    #[inline]
    fn fact(&mut self, tag: Tag, new: &Facts<'_>, text: Text) -> Result<()> {
        match new.get(tag) {
            Some(new) => self.str(tag, new),
            None => self.text(tag, text),
        }
    }

    /// A number, without zeros before it.
    fn number(&mut self, tag: Tag, text: Text, number: impl FnOnce() -> Option<u64>) -> Result<()> {
        /// So many digits are a number of 64 bits.
        const DIGITS: usize = 19;
        match self.message.sources().bytes(text) {
            None => Ok(()),
            Some(digits @ [b'1'..=b'9', ..]) if digits.len() <= DIGITS && digits.iter().all(u8::is_ascii_digit) => {
                self.text(tag, text)
            }
            Some(_) => number().map_or(Ok(()), |number| self.str(tag, &number.to_string())),
        }
    }
}

/// What is said of the items of a command.
#[derive(Default)]
struct Carrying<'c> {
    /// By others than themselves, once somebody asked.
    said: Option<Facts<'c>>,
    /// What is written instead, since an item has changed it.
    written: Option<Facts<'static>>,
}

impl Carrying<'_> {
    fn is_unchanged(&self) -> bool {
        self.written.is_none()
    }
}

/// What becomes of an item, what its `Meta` has to say otherwise, and what that of its command has to.
#[derive(Default)]
struct Carried {
    content: Option<New>,
    own: Facts<'static>,
    command: Facts<'static>,
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
