//! Secrets in logs: CyanogenMod wrote every request to a file that all could read (`field-lessons.md` §5.3, §6). Whatever holds
//! what was received, or is to be sent, prints what it is, and not what it holds.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use core::fmt::Debug;
use omadm::auth::{
    A1, CredData, HmacHeader, INTEROPERABLE_FALLBACKS, Nonce, Nonces, ResyncPolicy, a1_digest, digest_text, md5_digest,
};
use omadm::devinf::{DevInf, MetInf, NewMetInf};
use omadm::markup::wbxml::{Header, WbxmlReader, WbxmlWriter};
use omadm::markup::xml::{XmlDocument, XmlReader, XmlWriter};
use omadm::markup::{Document, Encoding, Options, Reader, Writer};
use omadm::notification::{ServerCredentials, v12};
use omadm::push::{ContentType, Entity, Joiner, cdma, http, pap, sip, sms, wsp};
use omadm::session::{ResultsOptions, results};
use omadm::syncml::{
    CommandKind, Feeder, Message, MessageBuilder, MessageReader, NewCommand, NewCred, NewData, NewItem, NewMeta,
    Package, Piece, Splitter, UiResponse,
};
use omadm::tree::{Differences, EditOptions, NewNode, NewValue, Tree, diff};
use omadm::vocabulary::{DocumentType, syncml};
use omadm::{Limits, provisioning, query, tnds};

/// A secret, in every form in which it might be printed.
struct Secret(&'static str);

impl Secret {
    fn forms(&self) -> Vec<String> {
        let decimal = |octets: &[u8]| octets.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        let base64 = STANDARD.encode(self.0);
        vec![
            self.0.to_owned(),
            decimal(self.0.as_bytes()),
            decimal(&self.0.as_bytes()[1..]),
            base64.trim_end_matches('=').to_owned(),
            decimal(base64.trim_end_matches('=').as_bytes()),
            self.0.bytes().map(|octet| format!("{octet:02x}")).collect(),
        ]
    }

    /// Neither way of printing shows it.
    #[track_caller]
    fn is_not_in(&self, what: &impl Debug) {
        for printed in [format!("{what:?}"), format!("{what:#?}").split_whitespace().collect::<Vec<_>>().join(" ")] {
            for form in self.forms() {
                assert!(!printed.contains(&form), "{form} in {printed}");
            }
            assert!(!printed.is_empty());
        }
    }
}

const SECRET: Secret = Secret("hunter2xyzzy");
const TEXT: &str = SECRET.0;

fn message_xml() -> String {
    format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>\
         <MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source><Cred><Meta>\
         <Type xmlns='syncml:metinf'>syncml:auth-basic</Type></Meta><Data>{TEXT}</Data></Cred><Meta><x:y xmlns:x='u' a='{TEXT}'/>\
         <NextNonce xmlns='syncml:metinf'>{TEXT}</NextNonce></Meta></SyncHdr><SyncBody>\
         <Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Chal><Meta>\
         <NextNonce xmlns='syncml:metinf'>{TEXT}</NextNonce></Meta></Chal><Data>212</Data></Status>\
         <Replace><CmdID>2</CmdID><Item><Target><LocURI>./A</LocURI></Target><Data>{TEXT}</Data></Item></Replace>\
         <Final/></SyncBody></SyncML>"
    )
}

#[test]
fn secrets_are_not_printed_by_what_authenticates() {
    let a1 = a1_digest(b"dev", TEXT.as_bytes());
    let own = Secret(Box::leak(STANDARD.encode(a1.octets()).into_boxed_str()));
    let decimal = a1.octets().map(|octet| octet.to_string()).join(", ");
    let printed = format!("{a1:?} {:?} {:?}", A1::from_octets(*a1.octets()), digest_text(a1.octets()));
    assert!(!printed.contains(own.0) && !printed.contains(&decimal), "{printed}");
    for octets in [TEXT.as_bytes(), b"other"] {
        SECRET.is_not_in(&Nonce::new(octets));
    }
    SECRET.is_not_in(&Nonces::new(TEXT.as_bytes(), ResyncPolicy::Allow));
    SECRET.is_not_in(&Nonces::with_fallbacks(TEXT.as_bytes(), INTEROPERABLE_FALLBACKS));
    SECRET.is_not_in(&CredData::basic(b"dev", TEXT.as_bytes()));
    let cred = CredData::md5(&a1, b"nonce");
    assert!(!format!("{cred:?}").contains(cred.as_str()));
    let mac = md5_digest(&a1, b"nonce");
    let header = HmacHeader::encode("dev", &mac).unwrap();
    let header = HmacHeader::decode(header.as_bytes()).unwrap();
    assert!(!format!("{header:?}").contains(digest_text(&mac).as_str()));
    SECRET.is_not_in(&ServerCredentials::new(TEXT.as_bytes(), TEXT.as_bytes()));
    SECRET.is_not_in(&ServerCredentials::with_name("dm", TEXT.as_bytes(), TEXT.as_bytes()));
    let credentials = ServerCredentials::from_a1(a1, TEXT.as_bytes());
    SECRET.is_not_in(&credentials);
    let notification = v12::Fields::new(1, "dm").encode(&credentials).unwrap();
    SECRET.is_not_in(&v12::Notification::decode(&notification).unwrap());
}

#[test]
fn secrets_are_not_printed_by_messages_read_or_built() {
    let xml = message_xml();
    let owned = Message::decode(xml.as_bytes()).unwrap().into_owned();
    let binary = owned.encode(Encoding::Wbxml).unwrap();
    for input in [xml.as_bytes(), &binary] {
        let message = Message::decode(input).unwrap();
        SECRET.is_not_in(&message);
        SECRET.is_not_in(&message.header());
        SECRET.is_not_in(&message.header().cred());
        SECRET.is_not_in(&message.header().cred().unwrap().data());
        SECRET.is_not_in(&message.header().meta());
        SECRET.is_not_in(&message.header().meta().unwrap().next_nonce());
        for command in message.all_commands() {
            SECRET.is_not_in(&command);
            SECRET.is_not_in(&command.chal());
            for item in command.items() {
                SECRET.is_not_in(&item);
                SECRET.is_not_in(&item.data());
                SECRET.is_not_in(&Piece::of(&command, &item));
            }
        }
        let document = Document::open(input).unwrap();
        SECRET.is_not_in(&document);
        let mut reader = MessageReader::new(&document, &Options::default()).unwrap();
        while reader.next_command().unwrap().is_some() {
            SECRET.is_not_in(&reader);
        }
        let mut feeder = Feeder::new(&Options::default());
        feeder.feed(&input[..input.len() - 20]).unwrap();
        SECRET.is_not_in(&feeder);
        while let Some(command) = feeder.next_command().unwrap() {
            SECRET.is_not_in(&command);
        }
        SECRET.is_not_in(&feeder);
        let mut package = Package::new(1, &Limits::default());
        let _ = package.push(message).unwrap();
        SECRET.is_not_in(&package);
    }
    for data in [NewData::Text(TEXT), NewData::CData(TEXT), NewData::Octets(TEXT.as_bytes())] {
        SECRET.is_not_in(&data);
        let meta = NewMeta { next_nonce: Some(data), ..NewMeta::default() };
        SECRET.is_not_in(&meta);
        let cred = NewCred { meta, data };
        SECRET.is_not_in(&cred);
        let items = [NewItem { data: Some(data), meta: Some(meta), ..NewItem::target("./A") }];
        let command = NewCommand::new(CommandKind::Replace, &items);
        SECRET.is_not_in(&command);
        let mut builder = MessageBuilder::new("1", "1", "t", "s").cred(&cred).meta(meta);
        builder.command(&command).unwrap();
        SECRET.is_not_in(&builder);
        SECRET.is_not_in(&builder.finish().unwrap());
    }
    SECRET.is_not_in(&[Splitter::text(TEXT), Splitter::octets(TEXT.as_bytes())]);
    SECRET.is_not_in(&UiResponse::Text(TEXT.into()));
}

#[test]
fn secrets_are_not_printed_by_readers_and_writers() {
    let xml = message_xml();
    let document = XmlDocument::open(xml.as_bytes()).unwrap();
    SECRET.is_not_in(&document);
    let mut reader = XmlReader::new(&document, &Options::default());
    while reader.next_event().unwrap().is_some() {
        SECRET.is_not_in(&reader);
    }
    let table =
        [b"\x02\x0B\x6A\x0D", TEXT.as_bytes(), b"\0\xC5\x46\x01\xC6\x05\x83\x00\x01\x87\x06\x83\x00\x01\x01\x01"]
            .concat();
    SECRET.is_not_in(&Header::decode(&table, &Limits::default()).unwrap());
    let mut reader = WbxmlReader::new(&table, &Options::default()).unwrap();
    let mut events = 0;
    while reader.next_event().unwrap().is_some() {
        SECRET.is_not_in(&reader);
        events += 1;
    }
    assert!(events >= 4);
    let mut writer = XmlWriter::new(&Limits::default());
    let mut binary = WbxmlWriter::new(DocumentType::from_root(syncml::SYNC_ML), &Limits::default());
    for writer in [&mut writer as &mut dyn Steps, &mut binary] {
        writer.write();
    }
    SECRET.is_not_in(&writer);
    SECRET.is_not_in(&binary);
}

/// What writers of both kinds do.
trait Steps {
    fn write(&mut self);
}

impl<W: Writer> Steps for W {
    fn write(&mut self) {
        self.start(omadm::markup::Name::Known(syncml::DATA), &[]).unwrap();
        self.text(TEXT).unwrap();
    }
}

#[test]
fn secrets_are_not_printed_by_documents_and_trees() {
    let prov = format!(
        "<wap-provisioningdoc><characteristic type='APPLICATION' x='{TEXT}'><parm name='AAUTHSECRET' value='{TEXT}'/>\
         <x:y xmlns:x='u'>{TEXT}</x:y></characteristic></wap-provisioningdoc>"
    );
    let document = provisioning::Document::decode(prov.as_bytes()).unwrap();
    SECRET.is_not_in(&document);
    for group in document.all_characteristics() {
        SECRET.is_not_in(&group);
        SECRET.is_not_in(&group.parms().collect::<Vec<_>>());
        SECRET.is_not_in(&group.attributes().collect::<Vec<_>>());
        SECRET.is_not_in(&group.extras().collect::<Vec<_>>());
    }
    SECRET.is_not_in(&document.characteristics());

    let info = format!(
        "<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><DevID>1</DevID><Ext><XNam>a</XNam><XVal>{TEXT}</XVal></Ext></DevInf>"
    );
    SECRET.is_not_in(&DevInf::decode(info.as_bytes()).unwrap());
    let meta = format!("<MetInf xmlns='syncml:metinf'><NextNonce>{TEXT}</NextNonce></MetInf>");
    SECRET.is_not_in(&MetInf::decode(meta.as_bytes()).unwrap());
    SECRET.is_not_in(&NewMetInf { next_nonce: Some(TEXT.as_bytes()), ..NewMetInf::default() });

    let mut tree = Tree::new();
    let new = NewNode::leaf(TEXT);
    SECRET.is_not_in(&new);
    SECRET.is_not_in(&NewValue::text(TEXT));
    tree.edit(&EditOptions::default()).add("./Secret", &new).unwrap();
    SECRET.is_not_in(&tree);
    let node = tree.get("./Secret").unwrap().unwrap();
    SECRET.is_not_in(&node);
    SECRET.is_not_in(&node.value());
    SECRET.is_not_in(&tree.root().descendants());
    SECRET.is_not_in(&results(&tree, "./Secret", &ResultsOptions::default()).unwrap());
    let condition = format!("**[Secret==\"{TEXT}\"]");
    SECRET.is_not_in(&query::Pattern::parse(&condition).unwrap());
    SECRET.is_not_in(&query::MoSearch::new().with_value("Secret", TEXT).unwrap());
    let other = Tree::new();
    SECRET.is_not_in(&diff(other.root(), tree.root(), Differences::all()));
    let document = tnds::encode(tree.root(), Encoding::Xml, &tnds::EncodeOptions::default()).unwrap();
    SECRET.is_not_in(&tnds::decode(&document).unwrap());
}

/// Bootstrap documents travel in pushes, with passwords in them.
#[test]
fn secrets_are_not_printed_by_pushes() {
    let body = TEXT.as_bytes();
    let fields = wsp::Fields::new(ContentType::CONNECTIVITY_XML, body);
    SECRET.is_not_in(&fields);
    let push = fields.encode().unwrap();
    SECRET.is_not_in(&wsp::Push::decode(&push).unwrap());
    let fields = http::Fields::new("h", ContentType::NOTIFICATION, body);
    SECRET.is_not_in(&fields);
    let message = fields.encode().unwrap();
    let request = http::Request::decode(&message, &Limits::default()).unwrap();
    SECRET.is_not_in(&request);
    SECRET.is_not_in(&request.entity.payload().unwrap());
    let fields = sip::Fields::new("sip:a", ContentType::NOTIFICATION, body);
    SECRET.is_not_in(&fields);
    let message = fields.encode().unwrap();
    SECRET.is_not_in(&sip::Message::decode(&message, &Limits::default()).unwrap());
    let line = format!("Content-Type: text/plain\r\nx-syncml-hmac: mac={TEXT}\r\n");
    let entity = Entity::decode_parts(line.as_bytes(), body, &Limits::default()).unwrap();
    SECRET.is_not_in(&entity);
    SECRET.is_not_in(&entity.headers.iter().collect::<Vec<_>>());
    let fields = pap::Fields::new("p.example.com", "1", &["a@b"], ContentType::NOTIFICATION, body);
    SECRET.is_not_in(&fields);
    let message = fields.encode().unwrap();
    SECRET.is_not_in(&pap::Submission::decode(&message, &Limits::default()).unwrap());
    let part = sms::Segment {
        ports: None,
        concatenation: Some(sms::Concatenation { reference: sms::Reference::Octet(1), total: 2, number: 1 }),
        data: body,
    };
    SECRET.is_not_in(&part);
    let mut joiner = Joiner::new(&Limits::default());
    assert_eq!(joiner.sms("sender", &part.encode().unwrap(), 0).unwrap(), None);
    SECRET.is_not_in(&joiner);
    SECRET.is_not_in(&cdma::Segment { total: 2, number: 1, ports: None, data: body });
}
