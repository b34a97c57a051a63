//! The vectors that all languages share (`tests/vectors`), through the Rust API. `tests/vectors/README.md` defines the JSON form that is built here.

use omadm::markup::{DataForm, Encoding, Fragment, Options, Reader as _};
use omadm::notification::v12::Initiator;
use omadm::notification::{MediaType, ResyncPolicy, ServerCredentials, Verdict, ds, v12};
use omadm::syncml::{Command, Data, Item, Message, Meta, Ref};
use omadm::tree::{Node, Tree};
use omadm::{Error, ErrorKind, Kind, tnds};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

type Vector = BTreeMap<String, Box<RawValue>>;

fn load(name: &str) -> Vec<Vector> {
    let path = format!("{}/tests/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// JSON without the white space between its strings.
fn compact(json: &str) -> String {
    let (mut compact, mut in_string, mut escaped) = (String::new(), false, false);
    for next in json.chars() {
        if in_string || !next.is_ascii_whitespace() {
            compact.push(next);
        }
        if !escaped && next == '"' {
            in_string = !in_string;
        }
        escaped = in_string && next == '\\' && !escaped;
    }
    compact
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

fn from_hex(digits: &str) -> Vec<u8> {
    assert_eq!(digits.len() % 2, 0, "{digits}");
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

/// A string, or several put together.
fn joined(raw: &RawValue) -> String {
    match serde_json::from_str(raw.get()).unwrap() {
        serde_json::Value::String(text) => text,
        serde_json::Value::Array(parts) => parts.iter().map(|part| part.as_str().unwrap()).collect(),
        other => panic!("{other}"),
    }
}

/// An object in the JSON form, in the order in which it is built.
struct Object(String);

impl Object {
    fn new() -> Object {
        Object("{".to_owned())
    }

    fn raw(mut self, key: &str, json: &str) -> Object {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push_str(&format!("{}:{json}", string(key)));
        self
    }

    fn text<'t>(self, key: &str, text: impl Into<Option<&'t str>>) -> Object {
        match text.into() {
            Some(text) => self.raw(key, &string(text)),
            None => self,
        }
    }

    fn octets<'t>(self, key: &str, octets: impl Into<Option<&'t [u8]>>) -> Object {
        match octets.into() {
            Some(octets) => self.raw(key, &string(&hex(octets))),
            None => self,
        }
    }

    fn number(self, key: &str, number: impl Into<Option<u64>>) -> Object {
        match number.into() {
            Some(number) => self.raw(key, &number.to_string()),
            None => self,
        }
    }

    fn flag(self, key: &str, is_set: bool) -> Object {
        if is_set { self.raw(key, "true") } else { self }
    }

    fn object(self, key: &str, object: Option<Object>) -> Object {
        match object {
            Some(object) => self.raw(key, &object.done()),
            None => self,
        }
    }

    fn list(self, key: &str, list: impl Iterator<Item = String>) -> Object {
        match array(list).as_str() {
            "[]" => self,
            list => self.raw(key, list),
        }
    }

    fn done(self) -> String {
        self.0 + "}"
    }
}

fn string(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn array(list: impl Iterator<Item = String>) -> String {
    format!("[{}]", list.collect::<Vec<_>>().join(","))
}

/// The enumerator of C with this number, as the header has it.
fn enumerator(code: u32) -> &'static str {
    let ends = format!(" = {code},");
    let line = include_str!("../include/omadm.h")
        .lines()
        .find(|line| line.starts_with("    OMADM_E_") && line.ends_with(&ends));
    line.unwrap().trim().trim_end_matches(&ends)
}

fn error(error: Error) -> Object {
    Object::new()
        .number("code", u64::from(error.kind().code()))
        .text("name", enumerator(error.kind().code()))
        .number("offset", error.offset() as u64)
        .number("inner_offset", error.inner().map(|inner| inner as u64))
}

fn data(data: Data<'_>) -> Option<Object> {
    let text = || std::str::from_utf8(data.bytes()).expect("character data is UTF-8");
    match data.form() {
        DataForm::Absent => None,
        DataForm::Text => Some(Object::new().text("text", text())),
        DataForm::CData => Some(Object::new().text("cdata", text())),
        DataForm::Opaque => Some(Object::new().octets("hex", data.bytes())),
        DataForm::Markup => Some(Object::new().flag("markup", true)),
    }
}

fn meta(meta: Meta<'_>) -> Object {
    Object::new()
        .text("Format", meta.format())
        .text("Type", meta.media_type())
        .text("Mark", meta.mark())
        .number("Size", meta.size())
        .text("Version", meta.version())
        .object("NextNonce", meta.next_nonce().and_then(data))
        .number("MaxMsgSize", meta.max_msg_size())
        .number("MaxObjSize", meta.max_obj_size())
}

fn party(uri: &str, name: Option<&str>) -> Object {
    Object::new().text("LocURI", uri).text("LocName", name)
}

fn unknown<'m>(fragments: impl Iterator<Item = Fragment<'m>>) -> impl Iterator<Item = String> {
    fragments.map(|fragment| {
        let mut reader = fragment.reader(&Options::default());
        let Ok(Some(omadm::markup::Event::Start(name))) = reader.next_event() else { panic!("no element") };
        Object::new()
            .text("name", name.local())
            .number("offset", fragment.offset() as u64)
            .octets("source", fragment.bytes())
            .done()
    })
}

fn item(item: Item<'_>) -> String {
    let tree = tnds::in_item(&item, &Options::default());
    let octets =
        item.octets().ok().flatten().filter(|octets| item.data().is_some_and(|data| data.bytes() != octets.as_ref()));
    let object = Object::new()
        .number("offset", item.offset() as u64)
        .object("Target", item.target().map(|uri| party(uri, item.target_name())))
        .object("Source", item.source().map(|uri| party(uri, item.source_name())))
        .text("TargetParent", item.target_parent())
        .text("SourceParent", item.source_parent())
        .object("Meta", item.own_meta().map(meta))
        .object("Data", item.data().and_then(data))
        .flag("MoreData", item.more_data())
        .text("node", item.node_uri())
        .text("format", item.format())
        .text("type", item.media_type())
        .octets("octets", octets.as_deref());
    let object = match tree {
        None => object,
        Some(Ok(tree)) => object.list("tree", tree.nodes().map(node)),
        Some(Err(broken)) => object.object("tree_error", Some(error(broken))),
    };
    object.list("unknown", unknown(item.extras())).done()
}

fn command(command: Command<'_>) -> String {
    let refs = |wanted: bool| {
        command.refs().filter_map(move |reference| match reference {
            Ref::Target(uri) => wanted.then(|| string(uri)),
            Ref::Source(uri) => (!wanted).then(|| string(uri)),
        })
    };
    let code = command.status().map(|status| status.0).or(command.alert().map(|alert| alert.0));
    Object::new()
        .text("command", command.name())
        .number("offset", command.offset() as u64)
        .number("parent", command.parent().map(|parent| parent.index() as u64))
        .text("CmdID", command.cmd_id())
        .flag("NoResp", command.no_resp())
        .flag("Archive", command.archive())
        .flag("SftDel", command.sft_del())
        .text("MsgRef", command.msg_ref())
        .text("CmdRef", command.cmd_ref())
        .text("Cmd", command.cmd())
        .list("TargetRef", refs(true))
        .list("SourceRef", refs(false))
        .object("Chal", command.chal().map(|chal| meta(chal.meta())))
        .text("Correlator", command.correlator())
        .text("Lang", command.lang())
        .number("code", code.map(u64::from))
        .object("Meta", command.meta().map(meta))
        .object("Data", command.data().and_then(data))
        .list("items", command.items().map(item))
        .octets("source", command.fragment().map(|fragment| fragment.bytes()))
        .list("unknown", unknown(command.extras()))
        .done()
}

fn message(message: &Message<'_>) -> String {
    let header = message.header();
    let cred = header.cred().map(|cred| {
        let meta = cred.meta();
        Object::new()
            .text("Type", meta.and_then(|meta| meta.media_type()))
            .text("Format", meta.and_then(|meta| meta.format()))
            .object("Data", cred.data().and_then(data))
    });
    let header = Object::new()
        .text("VerDTD", header.ver_dtd())
        .text("VerProto", header.ver_proto())
        .text("SessionID", header.session_id())
        .text("MsgID", header.msg_id())
        .object("Target", Some(party(header.target(), header.target_name())))
        .object("Source", Some(party(header.source(), header.source_name())))
        .text("RespURI", header.resp_uri())
        .flag("NoResp", header.no_resp())
        .object("Cred", cred)
        .object("Meta", header.meta().map(meta))
        .list("unknown", unknown(header.extras()));
    let encoding = match message.encoding() {
        Encoding::Xml => "xml",
        Encoding::Wbxml => "wbxml",
    };
    Object::new()
        .text("kind", "SyncML")
        .text("encoding", encoding)
        .object("SyncHdr", Some(header))
        .raw("commands", &array(message.all_commands().map(command)))
        .raw("Final", if message.is_final() { "true" } else { "false" })
        .list("unknown", unknown(message.body_extras().chain(message.root_extras())))
        .done()
}

fn node(node: Node<'_>) -> String {
    let value = node.value();
    let octets = value.and_then(|value| value.octets().ok().filter(|octets| octets.as_ref() != value.bytes()));
    let value = value.map(|value| match value.text().filter(|_| !value.is_opaque()) {
        Some(text) => Object::new().text("text", text),
        None => Object::new().octets("hex", value.bytes()),
    });
    Object::new()
        .text("uri", node.uri().to_string().as_str())
        .text("name", node.name())
        .text("format", node.format().name())
        .flag("implicit", node.is_implicit())
        .flag("permanent", node.is_permanent())
        .number("children", node.children().count() as u64)
        .text("type", node.media_type())
        .text("mo_id", node.mo_id())
        .object("value", value)
        .octets("octets", octets.as_deref())
        .text("ACL", node.acl())
        .text("Title", node.title())
        .text("TStamp", node.tstamp())
        .text("VerNo", node.ver_no())
        .done()
}

fn tree(tree: &Tree<'_>) -> String {
    Object::new().text("kind", "MgmtTree").raw("nodes", &array(tree.nodes().map(node))).done()
}

fn options(vector: &Vector) -> Options {
    let mut options = Options::default();
    if let Some(named) = vector.get("options") {
        for (name, value) in serde_json::from_str::<BTreeMap<String, u32>>(named.get()).unwrap() {
            match name.as_str() {
                "limit_depth" => options.limits.depth = value,
                "limit_text" => options.limits.text = value,
                _ => panic!("{name}: what is that in Rust?"),
            }
        }
    }
    options
}

fn notification(octets: &[u8], vector: &Vector) -> String {
    let media_type = vector.get("media_type").map_or(Ok(68), |raw| serde_json::from_str(raw.get())).unwrap();
    let (header, alerts) = match MediaType::from_wsp_code(media_type).unwrap() {
        MediaType::DataSync => match ds::Notification::decode(octets) {
            Ok(sync) => (Ok(sync.header()), Some(sync)),
            Err(wrong) => (Err(wrong), None),
        },
        MediaType::Dm13 => (Err(Error::new(ErrorKind::NotificationLayout, 0)), None),
        _ => (v12::Notification::decode(octets), None),
    };
    let header = match header {
        Ok(header) => header,
        Err(wrong) => return error(wrong).done(),
    };
    let object = Object::new()
        .text("kind", "notification")
        .number("version", u64::from(header.version().raw()))
        .text("ui_mode", header.ui_mode().to_string().as_str())
        .text("initiator", if header.initiator() == Initiator::Server { "server" } else { "client" })
        .number("future_use", u64::from(header.future_use()))
        .number("session_id", u64::from(header.session_id()))
        .text("server_id", header.server_id())
        .octets("vendor", alerts.as_ref().map_or(header.vendor(), |sync| sync.rest()));
    let Some(open) = vector.get("open") else { return object.done() };
    let open: serde_json::Value = serde_json::from_str(open.get()).unwrap();
    let (secret, nonce) = (from_hex(open["secret"].as_str().unwrap()), from_hex(open["nonce"].as_str().unwrap()));
    let resync = if open["resync"] == true { ResyncPolicy::Allow } else { ResyncPolicy::Refuse };
    let by_resync_nonce = match header.verify(&ServerCredentials::new(&secret, &nonce), resync) {
        Verdict::Verified => "false",
        Verdict::VerifiedByResyncNonce => "true",
        _ => return Object::new().number("code", 4).text("name", "OMADM_REFUSED").done(),
    };
    let prompt = match header.ui_mode() {
        v12::UiMode::NotSpecified | v12::UiMode::Background => "nothing",
        v12::UiMode::Informative => "inform",
        v12::UiMode::UserInteraction => "confirm",
    };
    let alerts = alerts.iter().flat_map(|sync| sync.alerts()).map(|alert| {
        Object::new()
            .number("code", u64::from(alert.code))
            .number("content_type", u64::from(alert.content_type))
            .text("uri", alert.uri)
            .done()
    });
    object
        .octets("digest", header.digest().as_slice())
        .raw("by_resync_nonce", by_resync_nonce)
        .text("prompt", prompt)
        .list("alerts", alerts)
        .done()
}

/// Runs the vectors of a file; says how many there were.
fn run(file: &str) -> usize {
    let vectors = load(file);
    let (mut names, mut wrong) = (BTreeSet::new(), 0);
    for vector in &vectors {
        let name = joined(&vector["name"]);
        assert!(names.insert(name.clone()), "{name}: twice");
        let input = match vector.get("hex") {
            Some(digits) => from_hex(&joined(digits)),
            None => joined(&vector["text"]).into_bytes(),
        };
        let kind = joined(&vector["kind"]);
        let (detected, form) = match kind.as_str() {
            "notification" => (Kind::Notification, notification(&input, vector)),
            "SyncML" => {
                let decoded = Message::decode_with(&input, &options(vector));
                (Kind::SyncMl, decoded.map_or_else(|wrong| error(wrong).done(), |decoded| message(&decoded)))
            }
            "MgmtTree" => {
                let decoded = tnds::decode_with(&input, &options(vector));
                (Kind::Tree, decoded.map_or_else(|wrong| error(wrong).done(), |decoded| tree(&decoded)))
            }
            _ => panic!("{kind}"),
        };
        let expected = vector.get("json").unwrap_or_else(|| &vector["error"]);
        let expected = compact(expected.get());
        if form != expected {
            println!("{file}: {name}\n  expected {expected}\n  built    {form}");
            wrong += 1;
        }
        if vector.contains_key("json") {
            assert_eq!(omadm::detect(&input), Ok(detected), "{file}: {name}");
        }
    }
    assert_eq!(wrong, 0, "{file}");
    vectors.len()
}

#[test]
fn notifications_say_what_the_vectors_say() {
    assert!(run("notifications") >= 6);
}

#[test]
fn messages_say_what_the_vectors_say() {
    assert!(run("messages") >= 10);
}

#[test]
fn trees_say_what_the_vectors_say() {
    assert!(run("trees") >= 6);
}

#[test]
fn errors_are_those_of_the_vectors() {
    assert!(run("errors") >= 12);
}
