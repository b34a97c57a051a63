//! The size of a message while it is put together: always that of the message, and cheap to ask for.

#[path = "common/clock.rs"]
mod clock;

use omadm::markup::Encoding;
use omadm::syncml::{CommandKind, MessageBuilder, NewCommand, NewCred, NewData, NewItem, NewMeta, Ref};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;

const ENCODINGS: [Encoding; 2] = [Encoding::Xml, Encoding::Wbxml];

/// The other way: the message itself, finished and encoded.
fn by_encoding(builder: &MessageBuilder, open: usize, encoding: Encoding) -> Result<usize, Error> {
    let mut builder = builder.clone();
    for _ in 0..open {
        builder.end()?;
    }
    builder.finish()?.encode(encoding).map(|octets| octets.len())
}

fn builder() -> MessageBuilder {
    MessageBuilder::new("1A", "2", "IMEI:490154203237518", "https://dm.example.com/omadm")
}

/// Something done to a builder.
#[derive(Clone, Debug)]
enum Step {
    /// A command: its correlator, its own Meta, then items: Meta, data, how the data is written, MoreData.
    Command(CommandKind, Option<String>, bool, Vec<(bool, String, u8, bool)>),
    Status(String, Vec<String>, bool),
    Begin(bool),
    End,
    Header(u8),
    NotFinal,
}

fn step() -> impl Strategy<Value = Step> {
    use CommandKind::*;
    let kinds = prop::sample::select(vec![Add, Replace, Delete, Copy, Get, Exec, Alert, Results]);
    let item = (any::<bool>(), "[a-z<&é]{0,12}", 0_u8..5, any::<bool>());
    prop_oneof![
        8 => (kinds, prop::option::of("[a-z]{1,4}"), any::<bool>(), prop::collection::vec(item, 0..4))
            .prop_map(|(kind, correlator, meta, items)| Step::Command(kind, correlator, meta, items)),
        4 => ("[A-Za-z]{1,8}", prop::collection::vec("[a-z/.]{0,9}", 0..3), any::<bool>())
            .prop_map(|(cmd, refs, chal)| Step::Status(cmd, refs, chal)),
        3 => any::<bool>().prop_map(Step::Begin),
        3 => Just(Step::End),
        1 => (0_u8..6).prop_map(Step::Header),
        1 => Just(Step::NotFinal),
    ]
}

/// The builder after the step; containers that are open are counted in `open`.
fn done(mut builder: MessageBuilder, step: &Step, open: &mut usize) -> MessageBuilder {
    match step {
        Step::Command(kind, correlator, meta, items) => {
            let items: Vec<NewItem<'_>> = items
                .iter()
                .map(|(meta, text, form, more_data)| NewItem {
                    meta: meta.then(|| NewMeta { size: Some(7), ..NewMeta::of("chr", "text/plain") }),
                    data: match form {
                        0 => None,
                        1 => Some(NewData::CData(text)),
                        2 => Some(NewData::Octets(text.as_bytes())),
                        _ => Some(NewData::Text(text)),
                    },
                    more_data: *more_data,
                    ..NewItem::target("./A/B")
                })
                .collect();
            let meta = meta.then(|| NewMeta { mark: Some("fatal"), ..NewMeta::of("chr", "text/plain") });
            let correlator = correlator.as_deref();
            builder.command(&NewCommand { correlator, meta, ..NewCommand::new(*kind, &items) }).unwrap();
        }
        Step::Status(cmd, refs, chal) => {
            let refs: Vec<Ref<'_>> = refs.iter().map(|uri| Ref::Target(uri)).collect();
            let chal = chal
                .then(|| NewMeta { next_nonce: Some(NewData::Text("Zm9v")), ..NewMeta::of("b64", "syncml:auth-md5") });
            builder.command(&NewCommand { refs: &refs, chal, ..NewCommand::status("1", "2", cmd, "200") }).unwrap();
        }
        Step::Begin(is_atomic) => {
            builder.begin(if *is_atomic { CommandKind::Atomic } else { CommandKind::Sequence }).unwrap();
            *open += 1;
        }
        Step::End if *open > 0 => {
            builder.end().unwrap();
            *open -= 1;
        }
        Step::End => {}
        Step::Header(0) => builder = builder.versions("1.1", "DM/1.1"),
        Step::Header(1) => builder = builder.versions("1.2", "DM/1.2"),
        Step::Header(2) => builder = builder.source_name("dev1"),
        Step::Header(3) => builder = builder.resp_uri("https://dm.example.com/"),
        Step::Header(4) => {
            let cred = NewCred { meta: NewMeta::of("b64", "syncml:auth-md5"), data: NewData::Text("Zm9v") };
            builder = builder.cred(&cred);
        }
        // Page 1 is the last one of the header then.
        Step::Header(_) => builder = builder.meta(NewMeta { max_msg_size: Some(5_000), ..NewMeta::default() }),
        Step::NotFinal => builder = builder.not_final(),
    }
    builder
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// After each step, whichever encodings were asked about at the steps before.
    #[test]
    fn the_size_is_that_of_the_message_at_every_step(
        steps in prop::collection::vec((step(), any::<bool>(), any::<bool>()), 0..24)
    ) {
        let (mut builder, mut open) = (builder(), 0);
        for (step, xml, wbxml) in &steps {
            builder = done(builder, step, &mut open);
            for encoding in ENCODINGS {
                if if encoding == Encoding::Xml { *xml } else { *wbxml } {
                    prop_assert_eq!(builder.encoded_len(encoding), by_encoding(&builder, open, encoding));
                }
            }
        }
        for encoding in ENCODINGS {
            prop_assert_eq!(builder.encoded_len(encoding), by_encoding(&builder, open, encoding));
        }
    }
}

#[test]
fn a_message_without_commands_has_a_size_with_final_and_without() {
    // `wire.md` §7.12: the header of WBXML, SyncML, SyncHdr and five texts, SyncBody with Final in it or empty.
    let text = |text: &str| 3 + text.len() + 1;
    let header = ["1.2", "DM/1.2", "1", "1"].map(text).iter().sum::<usize>() + 2 * (text("a") + 2);
    let mut builder = MessageBuilder::new("1", "1", "a", "a");
    assert_eq!(builder.encoded_len(Encoding::Wbxml), Ok(5 + 2 + header + 1 + 4));
    let mut builder = builder.not_final();
    assert_eq!(builder.encoded_len(Encoding::Wbxml), Ok(5 + 2 + header + 1 + 2));
    for encoding in ENCODINGS {
        assert_eq!(builder.encoded_len(encoding), by_encoding(&builder, 0, encoding));
    }
}

#[test]
fn what_cannot_be_encoded_stays_an_error() {
    let mut builder = builder();
    builder.command(&NewCommand::alert("1201", &[])).unwrap();
    assert!(builder.encoded_len(Encoding::Xml).is_ok());
    let items = [NewItem::target("./A").text("\u{1}")];
    builder.command(&NewCommand::new(CommandKind::Replace, &items)).unwrap();
    for _ in 0..2 {
        assert_eq!(builder.encoded_len(Encoding::Xml), Err(Error::new(ErrorKind::InvalidCharacter, 0)));
        assert_eq!(builder.encoded_len(Encoding::Wbxml), by_encoding(&builder, 0, Encoding::Wbxml));
        builder.command(&NewCommand::alert("1222", &[])).unwrap();
    }
    // The depth of open containers: the last Atomic leaves no room for its CmdID.
    let mut builder = self::builder();
    for depth in 0..520 {
        builder.begin(CommandKind::Atomic).unwrap();
        if depth % 37 == 0 || depth > 500 {
            assert_eq!(builder.encoded_len(Encoding::Xml), by_encoding(&builder, depth + 1, Encoding::Xml), "{depth}");
        }
    }
    assert_eq!(builder.encoded_len(Encoding::Wbxml).unwrap_err().kind(), ErrorKind::LimitDepth);
}

/// Builds a message of so many commands and asks after each of them.
fn ask(count: usize, encoding: Encoding) {
    let mut builder = builder();
    let mut last = 0;
    for _ in 0..count {
        let items = [NewItem::target("./A/B").meta("chr", "text/plain").text("a value of some length")];
        builder.command(&NewCommand::new(CommandKind::Replace, &items)).unwrap();
        let len = builder.encoded_len(encoding).unwrap();
        assert!(len > last);
        last = len;
    }
}

#[test]
fn asking_after_each_command_is_linear() {
    for encoding in ENCODINGS {
        let mut cases: Vec<clock::Case<'_>> = Vec::new();
        for count in [2_000, 4_000, 8_000, 16_000] {
            cases.push((count, Box::new(move || ask(count, encoding))));
        }
        // Three doublings; a time that grows as the square grows 8 times for each command.
        assert!(clock::is_linear(&format!("{encoding:?}"), 2.5, &mut cases), "{encoding:?}");
    }
}
