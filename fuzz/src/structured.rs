//! Values that are made up, encoded and decoded: they come back, and are as long as was said.

use arbitrary::{Arbitrary, Result, Unstructured};
use omadm::auth::ResyncPolicy;
use omadm::markup::Encoding::{Wbxml, Xml};
use omadm::notification::hints::{AuthType, Block, DevDetail, Hints, Reason, Transport, UnknownHint};
use omadm::notification::v13::{self, Layout, NotificationOption};
use omadm::notification::{Bearer, ServerCredentials, v12};
use omadm::provisioning;
use omadm::push::{ApplicationId, ContentType, wsp};
use omadm::syncml::{CommandKind, Message, MessageBuilder, NewCommand, NewCred, NewData, NewItem, NewMeta, Ref};
use omadm::tnds::{self, Layout as TreeLayout};
use omadm::tree::{Differences, EditOptions, Format, NewNode, Tree, diff};
use omadm::{Error, ErrorKind};

/// What is made up. Its `Debug` form says how a failure comes about.
#[derive(Arbitrary, Debug)]
enum Made {
    Message(NewMessage),
    Notification(NewNotification),
    Options(Vec<NewOption>, u16),
    Hints(NewHints),
    Push(NewPush),
    Tree(Vec<NewLeaf>),
    Provisioning(Vec<Part>),
}

/// A text that every encoding can carry, with nothing at its ends that does not count.
#[derive(Clone, Debug)]
struct Text(String);

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Text> {
        let text: String = String::arbitrary(u)?.chars().take(40).collect();
        let carried =
            |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
        Ok(Text(text.chars().filter(|c| carried(*c)).collect()))
    }
}

/// A word for URIs, names and numbers: not empty.
#[derive(Clone, Debug)]
struct Word(String);

impl<'a> Arbitrary<'a> for Word {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Word> {
        const CHARS: &[u8] = b"abcXYZ019./:?=&<>\"'-_%]";
        let len = u.int_in_range(1..=10)?;
        let mut word = String::new();
        for _ in 0..len {
            word.push(char::from(*u.choose(CHARS)?));
        }
        Ok(Word(word))
    }
}

/// Runs it.
pub fn structured(data: &[u8]) {
    let mut u = Unstructured::new(data);
    let Ok(made) = Made::arbitrary(&mut u) else { return };
    match &made {
        Made::Message(new) => new.check(),
        Made::Notification(new) => new.check(),
        Made::Options(options, session_id) => check_options(options, *session_id),
        Made::Hints(new) => new.check(),
        Made::Push(new) => new.check(),
        Made::Tree(leaves) => check_tree(leaves),
        Made::Provisioning(parts) => check_provisioning(parts),
    }
}

#[derive(Arbitrary, Debug)]
struct NewMessage {
    header: (Word, Option<Word>, Option<Word>, Option<Vec<u8>>, Option<u32>),
    steps: Vec<Step>,
    is_final: bool,
}

#[derive(Arbitrary, Debug)]
enum Step {
    Command { kind: u8, correlator: Option<Word>, meta: Option<NewFacts>, items: Vec<ItemOf> },
    Status { cmd: Word, code: u16, refs: Vec<(bool, Word)>, challenge: Option<Vec<u8>> },
    Begin(bool),
    End,
}

#[derive(Arbitrary, Debug)]
struct ItemOf {
    target: Option<(Word, Option<Word>)>,
    source: Option<Word>,
    meta: Option<NewFacts>,
    data: Content,
    more_data: bool,
}

#[derive(Arbitrary, Debug)]
struct NewFacts {
    format: Option<u8>,
    media_type: Option<Word>,
    size: Option<u32>,
    mark: Option<Word>,
}

#[derive(Arbitrary, Debug)]
enum Content {
    None,
    Text(Text),
    CData(Text),
    Octets(Vec<u8>),
}

impl Content {
    fn new(&self) -> Option<NewData<'_>> {
        match self {
            Content::None => None,
            Content::Text(text) => Some(NewData::Text(&text.0)),
            Content::CData(text) => Some(NewData::CData(&text.0)),
            Content::Octets(octets) => Some(NewData::Octets(octets)),
        }
    }
}

impl NewFacts {
    fn new(&self) -> NewMeta<'_> {
        const FORMATS: [&str; 5] = ["bin", "chr", "int", "xml", "b64"];
        NewMeta {
            format: self.format.map(|format| FORMATS[usize::from(format) % 5]),
            media_type: self.media_type.as_ref().map(|word| word.0.as_str()),
            size: self.size.map(u64::from),
            mark: self.mark.as_ref().map(|word| word.0.as_str()),
            ..NewMeta::default()
        }
    }
}

impl NewMessage {
    fn builder(&self) -> MessageBuilder {
        let (target, source_name, resp_uri, cred, max) = &self.header;
        let mut builder = MessageBuilder::new("1A", "2", &target.0, "IMEI:490154203237518");
        if let Some(name) = source_name {
            builder = builder.source_name(&name.0);
        }
        if let Some(uri) = resp_uri {
            builder = builder.resp_uri(&uri.0);
        }
        if let Some(secret) = cred {
            builder =
                builder.cred(&NewCred { meta: NewMeta::of("b64", "syncml:auth-md5"), data: NewData::Octets(secret) });
        }
        if let Some(max) = max {
            builder = builder.meta(NewMeta { max_msg_size: Some((*max).into()), ..NewMeta::default() });
        }
        if self.is_final { builder } else { builder.not_final() }
    }

    fn check(&self) {
        use CommandKind::*;
        const KINDS: [CommandKind; 7] = [Add, Replace, Delete, Copy, Get, Exec, Results];
        let mut builder = self.builder();
        let mut open = 0_usize;
        let mut expected = Vec::new();
        for step in self.steps.iter().take(12) {
            match step {
                Step::Command { kind, correlator, meta, items } => {
                    let items: Vec<NewItem<'_>> = items
                        .iter()
                        .map(|item| NewItem {
                            target: item.target.as_ref().map(|(uri, _)| uri.0.as_str()),
                            target_name: item.target.as_ref().and_then(|(_, name)| Some(name.as_ref()?.0.as_str())),
                            source: item.source.as_ref().map(|uri| uri.0.as_str()),
                            meta: item.meta.as_ref().map(NewFacts::new),
                            data: item.data.new(),
                            more_data: item.more_data,
                            ..NewItem::default()
                        })
                        .collect();
                    let kind = KINDS[usize::from(*kind) % KINDS.len()];
                    let (correlator, meta) =
                        (correlator.as_ref().map(|word| word.0.as_str()), meta.as_ref().map(NewFacts::new));
                    builder.command(&NewCommand { correlator, meta, ..NewCommand::new(kind, &items) }).unwrap();
                    expected.push((kind, items.iter().map(|item| item.target.map(str::to_owned)).collect::<Vec<_>>()));
                }
                Step::Status { cmd, code, refs, challenge } => {
                    let refs: Vec<Ref<'_>> = refs
                        .iter()
                        .map(|(target, uri)| if *target { Ref::Target(&uri.0) } else { Ref::Source(&uri.0) })
                        .collect();
                    let chal = challenge.as_ref().map(|nonce| NewMeta {
                        next_nonce: Some(NewData::Octets(nonce)),
                        ..NewMeta::of("b64", "syncml:auth-md5")
                    });
                    let code = code.to_string();
                    builder
                        .command(&NewCommand { refs: &refs, chal, ..NewCommand::status("1", "2", &cmd.0, &code) })
                        .unwrap();
                    expected.push((Status, Vec::new()));
                }
                Step::Begin(is_atomic) => {
                    let kind = if *is_atomic { Atomic } else { Sequence };
                    builder.begin(kind).unwrap();
                    expected.push((kind, Vec::new()));
                    open += 1;
                }
                Step::End => {
                    let ended = builder.end();
                    assert_eq!(ended.is_ok(), open > 0);
                    open = open.saturating_sub(1);
                }
            }
            check_predicted(&mut builder, open);
        }
        let mut ended = builder;
        for _ in 0..open {
            ended.end().unwrap();
        }
        let message = ended.finish().unwrap();
        assert_eq!(message.command_count(), expected.len());
        for encoding in [Wbxml, Xml] {
            let Ok(octets) = message.encode(encoding) else { continue };
            let again = Message::decode(&octets).unwrap();
            let found: Vec<_> = again
                .all_commands()
                .map(|command| {
                    (command.kind(), command.items().map(|item| item.target().map(str::to_owned)).collect::<Vec<_>>())
                })
                .collect();
            assert_eq!(found, expected);
            assert_eq!(again.is_final(), self.is_final);
            if encoding == Wbxml {
                assert!(again == message, "{}", octets.escape_ascii());
            } else if let Ok(normal) = message.normalise() {
                assert!(again.normalise().unwrap() == normal, "{}", octets.escape_ascii());
            }
        }
    }
}

/// How long a message would be is how long it becomes.
fn check_predicted(builder: &mut MessageBuilder, open: usize) {
    for encoding in [Xml, Wbxml] {
        let mut whole = builder.clone();
        for _ in 0..open {
            whole.end().unwrap();
        }
        let octets: core::result::Result<Vec<u8>, Error> = whole.finish().and_then(|message| message.encode(encoding));
        assert_eq!(builder.encoded_len(encoding), octets.map(|octets| octets.len()));
    }
}

#[derive(Arbitrary, Debug)]
struct NewNotification {
    version: u16,
    ui_mode: u8,
    by_server: bool,
    future_use: u32,
    session_id: u16,
    server_id: Text,
    vendor: Vec<u8>,
    secret: Vec<u8>,
    nonce: Vec<u8>,
}

impl NewNotification {
    fn check(&self) {
        let Some(version) = v12::Version::from_raw(self.version) else { return };
        let fields = v12::Fields {
            version,
            ui_mode: v12::UiMode::from_raw(self.ui_mode),
            initiator: if self.by_server { v12::Initiator::Server } else { v12::Initiator::Client },
            future_use: self.future_use,
            session_id: self.session_id,
            server_id: &self.server_id.0,
            vendor: &self.vendor,
        };
        let credentials = ServerCredentials::new(&self.secret, &self.nonce);
        let fits = self.session_id != 0 && self.future_use < 1 << 27 && (1..=255).contains(&self.server_id.0.len());
        let octets = fields.encode(&credentials);
        assert_eq!(octets.is_ok(), fits, "{octets:?}");
        let Ok(octets) = octets else { return };
        assert_eq!(octets.len(), fields.encoded_len());
        let again = v12::Notification::decode(&octets).unwrap();
        assert_eq!(again.fields(), fields);
        assert!(again.verify(&credentials, ResyncPolicy::Refuse).is_verified());
    }
}

#[derive(Arbitrary, Debug)]
enum NewOption {
    ServerId(Text),
    TargetedMo(u16),
    RequestedMo(u16),
    Bearer(u8),
    Reason(Text),
    Vendor(Text),
    Unknown(u16, Vec<u8>),
}

fn check_options(options: &[NewOption], session_id: u16) {
    let options: Vec<NotificationOption<'_>> = options
        .iter()
        .map(|option| match option {
            NewOption::ServerId(text) => NotificationOption::ServerId(&text.0),
            NewOption::TargetedMo(index) => NotificationOption::TargetedMo(*index),
            NewOption::RequestedMo(index) => NotificationOption::RequestedMo(*index),
            NewOption::Bearer(code) => NotificationOption::PreferredBearer(*code),
            NewOption::Reason(text) => NotificationOption::ConnectReason(&text.0),
            NewOption::Vendor(text) => NotificationOption::VendorInfo(&text.0),
            NewOption::Unknown(number, value) => NotificationOption::Unknown { number: *number, value },
        })
        .collect();
    let mut sorted = options.clone();
    sorted.sort_by_key(NotificationOption::number);
    let layout = Layout::RECONSTRUCTED;
    let credentials = ServerCredentials::new(b"s", b"n");
    for options in [options, sorted] {
        let fields = v13::Fields::new(&layout, session_id, &options);
        let Ok(octets) = fields.encode(&layout, &credentials) else { continue };
        let again = v13::Notification::decode(&octets, &layout).unwrap();
        assert_eq!(again.options().collect::<Vec<_>>(), options);
        assert_eq!(v13::Fields::of(&again, &options), fields);
        assert!(again.verify(&credentials, ResyncPolicy::Refuse).is_verified());
    }
}

#[derive(Arbitrary, Debug)]
struct NewHints {
    expires: Option<u32>,
    reason: Option<(Text, Option<Word>)>,
    codes: ([u8; 3], u8),
    dev_detail: Option<u16>,
    paths: Vec<Text>,
    proto: Option<(u8, u8)>,
    objects: (Vec<u16>, Vec<Text>, Vec<u16>),
    unknown: Vec<(u8, Vec<u8>)>,
}

impl NewHints {
    fn check(&self) {
        let ([transport, bearer, auth], many) = self.codes;
        let many = usize::from(many % 4);
        let mut unknown: Vec<_> = self.unknown.iter().collect();
        unknown.sort();
        unknown.dedup_by_key(|(hint_type, _)| *hint_type);
        let hints = Hints {
            expires: self.expires,
            reason: self.reason.as_ref().map(|(text, language)| Reason {
                text: text.0.as_str().into(),
                language: language.as_ref().map(|word| word.0.as_str().into()),
            }),
            transports: vec![Transport::from_code(transport); many],
            bearers: vec![Bearer::from_code(bearer); many / 2],
            auth: vec![AuthType::from_code(auth); many / 3],
            dev_detail: self.dev_detail.map(DevDetail::from_bits_retain),
            dev_detail_paths: self.paths.iter().map(|text| text.0.as_str().into()).collect(),
            proto: self.proto,
            want_mos: self.objects.0.clone(),
            want_mo_ids: self.objects.1.iter().map(|text| text.0.as_str().into()).collect(),
            about_mos: self.objects.2.clone(),
            unknown: unknown
                .into_iter()
                .map(|(hint_type, value)| UnknownHint { hint_type: *hint_type, value: value.as_slice().into() })
                .collect(),
        };
        if let Ok(mut octets) = hints.encode() {
            octets.extend(b"rest");
            let block = Block::find(&octets).unwrap().unwrap();
            assert_eq!((&block.hints, block.rest), (&hints, &b"rest"[..]));
        }
        if let Ok(mut text) = hints.encode_text() {
            text.push_str(";rest");
            let block = Block::find_in_text(&text).unwrap().unwrap();
            assert_eq!((&block.hints, block.rest), (&hints, &b"rest"[..]));
        }
    }
}

#[derive(Arbitrary, Debug)]
struct NewPush {
    transaction_id: u8,
    content_type: core::result::Result<u32, Word>,
    application_id: Option<core::result::Result<u32, Word>>,
    expires: Option<u32>,
    body: Vec<u8>,
}

impl NewPush {
    fn check(&self) {
        let fields = wsp::Fields {
            transaction_id: self.transaction_id,
            content_type: match &self.content_type {
                Ok(code) => ContentType::WellKnown(*code),
                Err(name) => ContentType::Text(&name.0),
            },
            application_id: self.application_id.as_ref().map(|id| match id {
                Ok(code) => ApplicationId::WellKnown(*code),
                Err(uri) => ApplicationId::Uri(&uri.0),
            }),
            expires: self.expires,
            more: &[],
            body: &self.body,
        };
        let octets = match fields.encode() {
            Ok(octets) => octets,
            Err(error) => return assert_eq!(error.kind(), ErrorKind::PushHeaderSize),
        };
        let push = wsp::Push::decode(&octets).unwrap();
        assert_eq!(
            (push.transaction_id, push.content_type, push.body),
            (fields.transaction_id, fields.content_type, fields.body)
        );
        assert_eq!((push.application_id, push.expires), (fields.application_id, fields.expires.map(u64::from).into()));
        assert_eq!(push.fields().encode(), Ok(octets.clone()));
    }
}

#[derive(Arbitrary, Debug)]
struct NewLeaf {
    path: Vec<u8>,
    name: Word,
    value: core::result::Result<(Text, u8), Vec<u8>>,
    title: Option<Text>,
    mo_id: Option<Word>,
}

fn check_tree(leaves: &[NewLeaf]) {
    let mut tree = Tree::new();
    let options = EditOptions { implicit_parents: true, ..EditOptions::default() };
    for leaf in leaves.iter().take(30) {
        let mut uri = ".".to_owned();
        for step in leaf.path.iter().take(6) {
            uri += ["/A", "/B", "/Caf%C3%A9", "/D d"][usize::from(step % 4)];
        }
        if let Some(mo_id) = &leaf.mo_id {
            let _ = tree.edit(&options).add(&uri, &NewNode::object(&mo_id.0));
        }
        uri += "/";
        uri += &leaf.name.0.replace(['/', '?'], "_");
        let new = match &leaf.value {
            Ok((text, format)) => {
                let format =
                    [Format::Chr, Format::Xml, Format::Int, Format::Null, Format::Time][usize::from(format % 5)];
                NewNode::leaf(&text.0).format(format)
            }
            Err(octets) => NewNode::octets(octets),
        };
        // Blanks at the ends of a title do not count.
        let new = leaf.title.as_ref().map_or(new, |title| new.title(title.0.trim_ascii()));
        let _ = tree.edit(&options).add(&uri, &new);
    }
    crate::trees::check_tree(&tree);
    for encoding in [Xml, Wbxml] {
        for layout in [TreeLayout::Nested, TreeLayout::Flat] {
            let octets = tnds::encode(&tree, encoding, &tnds::EncodeOptions { layout, ..Default::default() }).unwrap();
            let again = tnds::decode(&octets).unwrap();
            assert!(diff(&tree, &again, Differences::all()).is_empty(), "{}", octets.escape_ascii());
            assert_eq!(again.len(), tree.len());
        }
    }
}

#[derive(Arbitrary, Debug)]
enum Part {
    Begin(Word),
    Parm(Word, Text),
    Flag(Word),
    End,
}

fn check_provisioning(parts: &[Part]) {
    let mut builder = provisioning::Builder::new();
    let mut open = 0_usize;
    let mut expected = Vec::new();
    for part in parts {
        match part {
            Part::Begin(kind) if open < 20 => {
                builder.begin(&kind.0);
                open += 1;
                expected.push((kind.0.clone(), Vec::new()));
            }
            Part::End if open > 0 => {
                builder.end();
                open -= 1;
            }
            // Parms belong to the characteristic that began last and is open.
            Part::Parm(name, value) if open > 0 => {
                builder.parm(&name.0, &value.0);
            }
            Part::Flag(name) if open > 0 => {
                builder.flag(&name.0);
            }
            _ => {}
        }
    }
    for _ in 0..open {
        builder.end();
    }
    let Ok(document) = builder.finish() else { return };
    for (one, (kind, parms)) in document.all_characteristics().zip(&mut expected) {
        assert_eq!(one.kind(), kind);
        parms.extend(one.parms().map(|parm| (parm.name().to_owned(), parm.value().map(str::to_owned))));
    }
    for encoding in [Xml, Wbxml] {
        let octets = document.encode(encoding).unwrap();
        let again = provisioning::Document::decode(&octets).unwrap();
        let found: Vec<_> = again
            .all_characteristics()
            .map(|one| {
                let parms = one.parms().map(|parm| (parm.name().to_owned(), parm.value().map(str::to_owned)));
                (one.kind().to_owned(), parms.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(found, expected, "{}", octets.escape_ascii());
        assert_eq!(again.encoding(), encoding);
    }
}
