//! Large objects cut and put together (`wire.md` §4.3, §4.4), and packages of several messages (§4.1, §4.2).

mod common;

use omadm::markup::Encoding;
use omadm::syncml::{
    Chunk, CommandKind, Joined, Joiner, LargeObject, Message, MessageBuilder, NewCommand, NewData, NewItem, ObjectId,
    Package, PackageOrder, PackageStep, Piece, Splitter, StatusCode, Step,
};
use omadm::{Error, ErrorKind, Limits};
use proptest::prelude::*;

const MAX: u64 = 100;

fn joiner() -> Joiner {
    Joiner::new(Some(MAX), &Limits::default())
}

/// A chunk of `./A`, not the last one.
fn chunk(data: &'static str, size: Option<u64>) -> Piece<'static> {
    Piece { size, more_data: true, ..Piece::new(CommandKind::Replace, Some("./A"), data.as_bytes()) }
}

/// The last chunk of `./A`, or the whole of it.
fn last(data: &'static str) -> Piece<'static> {
    Piece::new(CommandKind::Replace, Some("./A"), data.as_bytes())
}

fn a() -> ObjectId {
    ObjectId { kind: CommandKind::Replace, target: Some("./A".to_owned()), source: None }
}

/// A step that broke nothing, as its status and the object.
fn quiet(step: Step) -> (Option<u16>, Option<LargeObject>) {
    assert_eq!(step.broken, None);
    let status = step.joined.status().map(|status| status.0);
    match step.joined {
        Joined::Complete(object) => (status, Some(object)),
        _ => (status, None),
    }
}

fn status(step: Step) -> Option<u16> {
    quiet(step).0
}

fn is_whole(step: &Step) -> bool {
    matches!(step.joined, Joined::Whole)
}

fn completed(step: Step) -> LargeObject {
    quiet(step).1.expect("a complete object")
}

// Splitting

fn cut<'a>(splitter: &mut Splitter<'a>, room: usize) -> Vec<Chunk<'a>> {
    core::iter::from_fn(|| splitter.next_chunk(room).unwrap()).collect()
}

#[test]
fn size_is_in_the_first_chunk_and_more_data_in_all_but_the_last() {
    let mut splitter = Splitter::text("abcdefghij");
    let chunks = cut(&mut splitter, 4);
    let parts: Vec<_> = chunks.iter().map(|chunk| (chunk.text().unwrap(), chunk.size, chunk.more_data)).collect();
    assert_eq!(parts, [("abcd", Some(10), true), ("efgh", None, true), ("ij", None, false)]);
    assert_eq!(splitter.next_chunk(4), Ok(None));
    splitter.restart();
    assert_eq!(cut(&mut splitter, 5).len(), 2, "a peer may want it all once more");
}

#[test]
fn an_object_that_fits_is_no_large_object() {
    for (text, room) in [("abc", 3), ("abc", 100), ("", 0)] {
        let chunks = cut(&mut Splitter::text(text), room);
        assert_eq!(chunks.len(), 1);
        assert_eq!((chunks[0].text(), chunks[0].size, chunks[0].more_data), (Some(text), None, false));
    }
}

#[test]
fn text_is_cut_between_characters_and_octets_anywhere() {
    let text = "a\u{f6}\u{20ac}\u{1f600}b";
    let texts: Vec<_> = cut(&mut Splitter::text(text), 4).iter().map(|chunk| chunk.text().unwrap()).collect();
    assert_eq!(texts, ["a\u{f6}", "\u{20ac}", "\u{1f600}", "b"]);
    let chunks = cut(&mut Splitter::octets(text.as_bytes()), 4);
    assert_eq!(chunks.len(), 3);
    assert_eq!(chunks.iter().map(|chunk| chunk.data.len()).collect::<Vec<_>>(), [4, 4, 3]);
    // Size counts octets, not characters.
    assert_eq!(chunks[0].size, Some(11));
}

#[test]
fn no_room_is_an_error_and_no_empty_chunk() {
    let mut splitter = Splitter::text("a\u{1f600}b");
    assert_eq!(splitter.next_chunk(0), Err(Error::new(ErrorKind::NoRoom, 0)));
    assert_eq!(splitter.next_chunk(3).unwrap().unwrap().text(), Some("a"));
    assert_eq!(splitter.next_chunk(3), Err(Error::new(ErrorKind::NoRoom, 1)));
    assert_eq!((splitter.remaining(), splitter.size()), (5, 6));
    assert_eq!(splitter.next_chunk(4).unwrap().unwrap().text(), Some("\u{1f600}"));
}

#[test]
fn an_object_over_max_obj_size_is_not_sent() {
    assert!(Splitter::text("abc").within(None).is_ok());
    assert!(Splitter::text("abc").within(Some(3)).is_ok());
    assert_eq!(Splitter::text("abc").within(Some(2)).unwrap_err(), Error::new(ErrorKind::ObjectTooLarge, 2));
}

#[test]
fn a_chunk_is_the_largest_whose_message_fits() {
    // Every character of the object takes five in XML, which a count of octets does not see.
    let text = "&".repeat(1_000);
    let about = NewItem::target("./A").meta("chr", "text/plain");
    for encoding in [Encoding::Xml, Encoding::Wbxml] {
        let build = |item| {
            let mut builder = MessageBuilder::new("1", "1", "d", "s");
            builder.command(&NewCommand::new(CommandKind::Replace, &[item])).unwrap();
            builder.not_final()
        };
        let len = |item| build(item).encoded_len(encoding).unwrap();
        let mut splitter = Splitter::text(&text);
        let (mut joiner, mut joined, mut asked, mut chunks) = (Joiner::new(None, &Limits::default()), None, 0, 0);
        while let Some(chunk) = splitter
            .next_chunk_where(|chunk| {
                asked += 1;
                len(chunk.item(about)) <= 700
            })
            .unwrap()
        {
            let octets = build(chunk.item(about)).finish().unwrap().encode(encoding).unwrap();
            chunks += 1;
            assert!(octets.len() <= 700);
            // One character more would not have fitted.
            if chunk.more_data {
                assert!(octets.len() + 5 > 700, "{encoding:?} {}", octets.len());
            }
            let message = Message::decode(&octets).unwrap();
            for step in message.commands().flat_map(|command| joiner.feed(&command)) {
                joined = quiet(step).1;
            }
        }
        let object = joined.unwrap();
        assert_eq!(object.text().unwrap(), text);
        assert_eq!((object.format(), object.media_type()), (Some("chr"), Some("text/plain")));
        // Once for all that remains, and ten halvings of a thousand.
        assert!(asked <= 11 * chunks, "{asked} for {chunks}");
    }
}

#[test]
fn a_chunk_makes_the_item() {
    let about = NewItem::target("./A").meta("xml", "text/xml");
    let mut splitter = Splitter::text("<a/>");
    let item = splitter.next_chunk(2).unwrap().unwrap().item(about);
    assert_eq!((item.target, item.more_data, item.data), (Some("./A"), true, Some(NewData::Text("<a"))));
    assert_eq!((item.meta.unwrap().size, item.meta.unwrap().format), (Some(4), Some("xml")));
    let item = splitter.next_chunk(2).unwrap().unwrap().item(NewItem { data: Some(NewData::CData("")), ..about });
    assert_eq!((item.more_data, item.data, item.meta.unwrap().size), (false, Some(NewData::CData("/>")), None));
    let item = Splitter::octets(b"ab").next_chunk(9).unwrap().unwrap().item(NewItem::target("./B"));
    assert_eq!((item.meta, item.data), (None, Some(NewData::Octets(b"ab"))));
}

// Joining

#[test]
fn chunks_are_answered_with_213_and_the_last_one_brings_the_object() {
    let mut joiner = joiner();
    let first = Piece { format: Some("chr"), media_type: Some("text/plain"), ..chunk("ab", Some(6)) };
    assert_eq!(status(joiner.push(&first)), Some(213));
    assert!(joiner.is_open());
    assert_eq!(status(joiner.push(&chunk("cd", None))), Some(213));
    let object = completed(joiner.push(&last("ef")));
    assert!(!joiner.is_open());
    assert_eq!((object.octets(), object.text().unwrap()), (b"abcdef".as_slice(), "abcdef"));
    // What the object is was said by its first chunk.
    assert_eq!((object.format(), object.media_type(), object.id()), (Some("chr"), Some("text/plain"), &a()));
    assert_eq!(object.into_octets(), b"abcdef");
}

#[test]
fn an_item_that_is_no_chunk_is_left_alone() {
    let mut joiner = joiner();
    assert!(is_whole(&joiner.push(&last("abc"))));
    // `Size` there is information for a progress bar, and not compared.
    assert!(is_whole(&joiner.push(&Piece { size: Some(5), ..last("abc") })));
}

#[test]
fn a_size_that_is_not_kept_is_424() {
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&chunk("ab", Some(6)))), Some(213));
    assert_eq!(status(joiner.push(&last("cde"))), Some(424), "too short");
    assert_eq!(status(joiner.push(&chunk("ab", Some(3)))), Some(213));
    assert_eq!(status(joiner.push(&last("cd"))), Some(424), "too long");
    assert_eq!(joiner.give_up(), None, "nothing is left of it");
    // The sender may send all of it once more.
    assert_eq!(status(joiner.push(&chunk("ab", Some(4)))), Some(213));
    assert_eq!(completed(joiner.push(&last("cd"))).octets(), b"abcd");
}

#[test]
fn more_data_than_size_is_refused_before_the_end() {
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&chunk("ab", Some(3)))), Some(213));
    assert_eq!(status(joiner.push(&chunk("cd", None))), Some(424));
    assert_eq!(status(joiner.push(&chunk("ef", None))), Some(424));
    assert_eq!(status(joiner.push(&last("gh"))), Some(424), "a tail is no object");
    assert!(is_whole(&joiner.push(&last("ij"))));
}

#[test]
fn a_first_chunk_without_size_is_411() {
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&chunk("ab", None))), Some(411));
    assert!(is_whole(&joiner.push(&last("ab"))), "there was no 213, so this is no tail");
}

#[test]
fn objects_over_max_obj_size_are_416_by_their_size_and_413_by_their_data() {
    let mut joiner = Joiner::new(Some(4), &Limits::default());
    assert_eq!(status(joiner.push(&chunk("ab", Some(5)))), Some(416));
    assert!(!joiner.is_open());
    assert!(is_whole(&joiner.push(&last("cde"))));
    assert_eq!(status(joiner.push(&last("abcde"))), Some(413));
    assert!(is_whole(&joiner.push(&last("abcd"))));
    assert_eq!(status(joiner.push(&chunk("ab", Some(4)))), Some(213));
    assert_eq!(completed(joiner.push(&last("cd"))).octets(), b"abcd");
    joiner.set_max_obj_size(None);
    assert_eq!(status(joiner.push(&chunk("ab", Some(5)))), Some(213));
}

// `wire.md` §4.3: the receiver answers each chunk with 213, and the sender waits for it.
#[test]
fn after_a_refused_chunk_an_ordinary_item_is_taken() {
    let refused = [(chunk("ab", Some(MAX + 1)), 416), (chunk("ab", None), 411), (chunk("abc", Some(2)), 424)];
    let ordinary = [last("ok"), Piece { size: Some(2), ..last("ok") }, Piece { target: Some("./B"), ..last("ok") }];
    for (first, code) in refused {
        for next in &ordinary {
            let mut joiner = joiner();
            assert_eq!(status(joiner.push(&first)), Some(code));
            assert!(is_whole(&joiner.push(next)), "{code} {next:?}");
        }
        // Or all of it once more, in chunks that are right.
        let mut joiner = joiner();
        assert_eq!(status(joiner.push(&first)), Some(code));
        assert_eq!(status(joiner.push(&chunk("ab", Some(4)))), Some(213));
        assert_eq!(completed(joiner.push(&last("cd"))).octets(), b"abcd");
    }
}

#[test]
fn a_sender_that_goes_on_regardless_has_its_tail_refused() {
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&chunk("ab", Some(MAX + 1)))), Some(416));
    assert_eq!(status(joiner.push(&chunk("cd", None))), Some(416));
    assert_eq!(status(joiner.push(&last("ef"))), Some(416), "a tail is no object");
    assert!(is_whole(&joiner.push(&last("ok"))));
    // Another object is nobody's tail, nor is what comes after Final.
    for is_final in [false, true] {
        let _ = joiner.push(&chunk("ab", None));
        let _ = joiner.push(&chunk("cd", None));
        let target = if is_final { "./A" } else { "./B" };
        if is_final {
            assert_eq!(joiner.give_up(), None);
        }
        assert!(is_whole(&joiner.push(&Piece { target: Some(target), ..last("ok") })), "{target}");
    }
}

#[test]
fn memory_is_bounded_by_the_limits_too_and_never_by_what_is_promised() {
    let limits = Limits { text: 8, ..Limits::default() };
    let mut joiner = Joiner::new(None, &limits);
    assert_eq!(status(joiner.push(&chunk("ab", Some(9)))), Some(416));
    let mut joiner = Joiner::new(Some(u64::MAX), &limits);
    assert_eq!(status(joiner.push(&chunk("ab", Some(u64::MAX)))), Some(416));
    // A promise of 256 MB costs two octets.
    let mut joiner = Joiner::new(None, &Limits::default());
    assert_eq!(status(joiner.push(&chunk("ab", Some(256 * 1024 * 1024)))), Some(213));
}

#[test]
fn another_object_breaks_the_open_one_and_counts_itself() {
    let others = [
        Piece { target: Some("./B"), ..last("x") },
        Piece { kind: CommandKind::Add, ..last("x") },
        Piece { source: Some("./C"), ..last("x") },
        Piece { size: Some(1), ..last("x") },
    ];
    for other in others {
        let mut joiner = joiner();
        assert_eq!(status(joiner.push(&chunk("ab", Some(4)))), Some(213));
        let step = joiner.push(&other);
        assert_eq!(step.broken, Some(a()), "{other:?}");
        assert!(is_whole(&step));
        assert!(!joiner.is_open());
    }
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&chunk("ab", Some(4)))), Some(213));
    let step = joiner.push(&Piece { target: Some("./B"), ..chunk("xy", Some(3)) });
    assert_eq!((step.broken, step.joined.status()), (Some(a()), Some(StatusCode(213))));
    assert_eq!(completed(joiner.push(&Piece { target: Some("./B"), ..last("z") })).octets(), b"xyz");
}

#[test]
fn later_chunks_may_leave_out_uris_and_repeat_size() {
    let mut joiner = joiner();
    let first = Piece { source: Some("./S"), ..chunk("ab", Some(6)) };
    assert_eq!(status(joiner.push(&first)), Some(213));
    let bare = Piece { target: None, ..chunk("cd", Some(6)) };
    assert_eq!(status(joiner.push(&bare)), Some(213));
    assert_eq!(completed(joiner.push(&last("ef"))).octets(), b"abcdef");
}

#[test]
fn base64_is_decoded_once_over_all_chunks() {
    // b64 of "a large object", cut where no group of four ends.
    let text = "YSBsYXJnZSBvYmplY3Q=";
    for room in 1..=text.len() {
        let mut joiner = joiner();
        let mut object = None;
        for chunk in cut(&mut Splitter::text(text), room) {
            let piece = Piece {
                format: Some("B64"),
                size: chunk.size,
                more_data: chunk.more_data,
                ..Piece::new(CommandKind::Add, Some("./A"), chunk.data)
            };
            object = quiet(joiner.push(&piece)).1;
        }
        match object {
            Some(object) => assert_eq!(object.decoded().unwrap().as_ref(), b"a large object"),
            None => assert_eq!(room, text.len()),
        }
    }
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&Piece { format: Some("b64"), ..chunk("A", Some(2)) })), Some(213));
    let object = completed(joiner.push(&last("*")));
    assert_eq!(object.decoded(), Err(Error::new(ErrorKind::InvalidBase64, 0)));
    assert_eq!(object.octets(), b"A*");
}

#[test]
fn data_of_other_formats_is_what_it_is() {
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&chunk("YQ", Some(4)))), Some(213));
    let object = completed(joiner.push(&Piece { data: b"\xff=", ..last("") }));
    assert_eq!(object.decoded().unwrap().as_ref(), b"YQ\xff=");
    assert_eq!(object.text(), Err(Error::new(ErrorKind::InvalidUtf8, 2)));
}

#[test]
fn characters_cut_by_a_sender_are_whole_again() {
    let mut joiner = joiner();
    assert_eq!(status(joiner.push(&Piece { data: b"\xe2\x82", ..chunk("", Some(3)) })), Some(213));
    let object = completed(joiner.push(&Piece { data: b"\xac", ..last("") }));
    assert_eq!(object.text(), Ok("\u{20ac}"));
}

#[test]
fn nothing_of_an_object_is_printed() {
    let mut joiner = joiner();
    let first = chunk("secret", Some(12));
    assert_eq!(status(joiner.push(&first)), Some(213));
    let printed = format!("{joiner:?} {first:?} {:?}", Splitter::text("secret"));
    let object = completed(joiner.push(&last("secret")));
    let chunk = Splitter::text("secret").next_chunk(3).unwrap();
    let printed = format!("{printed} {object:?} {chunk:?}");
    assert!(!printed.contains("secret") && !printed.contains("115"), "{printed}");
}

// Joining from messages

fn message(id: u32, body: &str) -> Vec<u8> {
    format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>{id}</MsgID>\
         <Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>{body}</SyncBody></SyncML>"
    )
    .into_bytes()
}

const STATUS: &str =
    "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>";
const NEXT: &str = "<Alert><CmdID>2</CmdID><Data>1222</Data></Alert>";

fn replace(uri: &str, size: &str, data: &str, more: &str) -> String {
    let size = if size.is_empty() { String::new() } else { format!("<Size xmlns='syncml:metinf'>{size}</Size>") };
    format!(
        "<Replace><CmdID>3</CmdID><Meta><Type xmlns='syncml:metinf'>text/plain</Type></Meta><Item><Target><LocURI>{uri}\
         </LocURI></Target><Meta>{size}</Meta><Data>{data}</Data>{more}</Item></Replace>"
    )
}

fn feed(joiner: &mut Joiner, octets: &[u8]) -> Vec<Step> {
    Message::decode(octets).unwrap().commands().flat_map(|command| joiner.feed(&command)).collect()
}

#[test]
fn the_exchange_of_the_specification() {
    let mut joiner = joiner();
    let first = message(1, &format!("{STATUS}{}", replace("./A", "24", "twelve octet", "<MoreData/>")));
    let steps = feed(&mut joiner, &first);
    assert_eq!(steps.len(), 1, "no step for a status");
    assert_eq!(steps[0].joined.status(), Some(StatusCode(213)));
    assert!(joiner.is_open(), "so that Alert 1222 is due");
    // Statuses and Alert 1222 stand between two chunks and break nothing.
    let second = message(2, &format!("{STATUS}{NEXT}{}<Final/>", replace("./A", "", "s and twelve", "")));
    let mut steps = feed(&mut joiner, &second);
    assert_eq!(steps.len(), 1);
    let object = completed(steps.remove(0));
    assert_eq!((object.text(), object.media_type()), (Ok("twelve octets and twelve"), Some("text/plain")));
    assert_eq!(joiner.give_up(), None);
}

#[test]
fn every_other_command_breaks_an_open_object() {
    for command in [
        "<Get><CmdID>9</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Get>".to_owned(),
        "<Delete><CmdID>9</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Delete>".to_owned(),
        "<Alert><CmdID>9</CmdID><Data>1223</Data></Alert>".to_owned(),
        "<Alert><CmdID>9</CmdID><Data>1100</Data><Item/><Item><Data>x</Data></Item></Alert>".to_owned(),
        format!("<Sequence><CmdID>9</CmdID>{}</Sequence>", replace("./B", "", "x", "")),
        replace("./B", "", "x", ""),
    ] {
        let mut joiner = joiner();
        let _ = feed(&mut joiner, &message(1, &replace("./A", "4", "ab", "<MoreData/>")));
        let steps = feed(&mut joiner, &message(2, &command));
        assert_eq!(steps[0].broken, Some(a()), "{command}");
        assert!(steps.iter().skip(1).all(|step| step.broken.is_none()), "{command}");
        assert!(!joiner.is_open());
    }
}

#[test]
fn final_in_the_middle_of_an_object_breaks_it() {
    let mut joiner = joiner();
    let octets = message(1, &format!("{}<Final/>", replace("./A", "4", "ab", "<MoreData/>")));
    let _ = feed(&mut joiner, &octets);
    assert!(Message::decode(&octets).unwrap().is_final());
    assert_eq!(joiner.give_up(), Some(a()));
    assert_eq!(joiner.give_up(), None);
    assert!(is_whole(&joiner.push(&last("cd"))), "what follows is an object of its own");
}

#[test]
fn size_in_the_meta_of_the_command_counts_too() {
    let body = "<Replace><CmdID>3</CmdID><Meta><Size xmlns='syncml:metinf'>4</Size></Meta><Item><Target><LocURI>./A</LocURI>\
                </Target><Data>ab</Data><MoreData/></Item></Replace>";
    let mut joiner = joiner();
    assert_eq!(feed(&mut joiner, &message(1, body))[0].joined.status(), Some(StatusCode(213)));
}

#[test]
fn results_are_joined_by_their_source() {
    let results = |size: &str, data: &str, more: &str| {
        format!(
            "<Results><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef><Item><Source><LocURI>./R</LocURI></Source>\
             <Meta>{size}</Meta><Data>{data}</Data>{more}</Item></Results>"
        )
    };
    let mut joiner = joiner();
    let first = results("<Size xmlns='syncml:metinf'>4</Size>", "ab", "<MoreData/>");
    let _ = feed(&mut joiner, &message(1, &first));
    let object = completed(feed(&mut joiner, &message(2, &results("", "cd", ""))).remove(0));
    assert_eq!((object.id().kind, object.id().source.as_deref()), (CommandKind::Results, Some("./R")));
    assert_eq!(object.octets(), b"abcd");
}

#[test]
fn elements_cannot_be_chunks() {
    let mut joiner = joiner();
    let steps = feed(&mut joiner, &message(1, &replace("./A", "4", "<b/>", "<MoreData/>")));
    assert_eq!(steps[0].joined.status(), Some(StatusCode(400)));
    let _ = joiner.give_up();
    let _ = feed(&mut joiner, &message(1, &replace("./A", "4", "ab", "<MoreData/>")));
    let steps = feed(&mut joiner, &message(2, &replace("./A", "", "<b/>", "")));
    assert_eq!(steps[0].joined.status(), Some(StatusCode(400)));
    assert!(!joiner.is_open());
    assert!(is_whole(&feed(&mut joiner, &message(3, &replace("./A", "", "<b/>", "")))[0]));
}

/// Octet of the message, of the `n`th `Data` in it.
fn data_at(octets: &[u8], n: usize) -> usize {
    let text = std::str::from_utf8(octets).unwrap();
    text.match_indices("<Data>").nth(n).unwrap().0
}

fn refusal(step: &Step) -> (u16, Error) {
    match step.joined {
        Joined::Refused(refusal) => (refusal.status.0, refusal.error),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn a_refusal_has_its_kind_and_the_place_of_the_data() {
    let first = |size: &str, data: &str| message(1, &format!("{STATUS}{}", replace("./A", size, data, "<MoreData/>")));
    for (octets, code, kind) in [
        (first("", "ab"), 411, ErrorKind::Missing("Size")),
        (first("101", "ab"), 416, ErrorKind::ObjectTooLarge),
        (first("1", "ab"), 424, ErrorKind::SizeMismatch),
        (first("4", "<b/>"), 400, ErrorKind::UnexpectedMarkup),
        (message(1, &format!("{STATUS}{}", replace("./A", "", &"x".repeat(101), ""))), 413, ErrorKind::ObjectTooLarge),
    ] {
        let steps = feed(&mut joiner(), &octets);
        // The first Data is that of the status.
        assert_eq!(refusal(&steps[0]), (code, Error::new(kind, data_at(&octets, 1))));
    }
    // The last chunk, whose Data is at fault, in the message that it came with.
    for tail in ["c", "cde"] {
        let mut joiner = joiner();
        let _ = feed(&mut joiner, &first("4", "ab"));
        let octets = message(2, &format!("{STATUS}{NEXT}{}", replace("./A", "", tail, "")));
        let error = Error::new(ErrorKind::SizeMismatch, data_at(&octets, 2));
        assert_eq!(refusal(&feed(&mut joiner, &octets)[0]), (424, error));
    }
    // Without Data, the item.
    let octets = message(1, "<Add><CmdID>1</CmdID><Item><MoreData/></Item></Add>");
    let at = std::str::from_utf8(&octets).unwrap().find("<Item>").unwrap();
    assert_eq!(refusal(&feed(&mut joiner(), &octets)[0]), (411, Error::new(ErrorKind::Missing("Size"), at)));
}

#[test]
fn the_size_of_a_whole_object_can_be_checked() {
    let check = |octets: &[u8]| {
        let message = Message::decode(octets).unwrap();
        let item = message.commands().next().unwrap().items().next().unwrap();
        item.check_size().map_err(|error| (error.kind(), error.offset()))
    };
    // Octets as they travelled: characters count as UTF-8, references as what they stand for, base64 as base64.
    for (size, data) in
        [("3", "abc"), ("", "abc"), ("0", ""), ("2", "é"), ("1", "&lt;"), ("3", "<![CDATA[<a>]]>"), ("4", "YWJj")]
    {
        assert_eq!(check(&message(1, &replace("./A", size, data, ""))), Ok(()), "{size} {data}");
    }
    for (size, data) in [("99", "abc"), ("0", "abc"), ("1", "é"), ("4", "&lt;"), ("3", "YWJj")] {
        let octets = message(1, &replace("./A", size, data, ""));
        assert_eq!(check(&octets), Err((ErrorKind::SizeMismatch, data_at(&octets, 0))), "{size} {data}");
    }
    // A chunk says the size of the whole; of elements nobody says what their size is.
    assert_eq!(check(&message(1, &replace("./A", "99", "abc", "<MoreData/>"))), Ok(()));
    assert_eq!(check(&message(1, &replace("./A", "99", "<b/>", ""))), Ok(()));
    // In WBXML: Replace, CmdID 1, Item, Meta, Size 3, Data with three octets and with two.
    for len in [3_u8, 2] {
        let head = b"\x02\xA4\x01\x6A\x00\x6D\x6C\x71\x031.2\x00\x01\x65\x031\x00\x01\x5B\x031\x00\x01\x6E\x57\x03a\x00\x01\x01\
                     \x67\x57\x03b\x00\x01\x01\x01";
        let command = b"\x6B\x60\x4B\x031\x00\x01\x54\x5A\x00\x01\x52\x033\x00\x01\x01\x00\x00\x4F\xC3";
        let octets =
            [head, &command[..], &[len], &b"\xFF\xFE\xFD"[..usize::from(len)], b"\x01\x01\x01\x01\x01"].concat();
        let at = head.len() + command.len() - 2;
        assert_eq!(check(&octets), if len == 3 { Ok(()) } else { Err((ErrorKind::SizeMismatch, at)) });
    }
    // The command's Meta counts where the item has none.
    let octets = message(
        1,
        "<Add><CmdID>1</CmdID><Meta><Size xmlns='syncml:metinf'>5</Size></Meta><Item><Data>abc</Data></Item></Add>",
    );
    assert_eq!(check(&octets), Err((ErrorKind::SizeMismatch, data_at(&octets, 0))));
}

// Packages

fn push(package: &mut Package<'static>, octets: &[u8]) -> Result<PackageStep, Error> {
    package.push(Message::decode(octets).unwrap().into_owned())
}

#[test]
fn a_package_ends_with_final() {
    let mut package = Package::new(3, &Limits::default());
    assert!(!package.is_complete());
    assert_eq!(push(&mut package, &message(3, &replace("./A", "", "x", ""))), Ok(PackageStep::More));
    assert_eq!(push(&mut package, &message(4, NEXT)), Ok(PackageStep::More));
    assert_eq!(push(&mut package, &message(5, "<Final/>")), Ok(PackageStep::Complete));
    assert!(package.is_complete());
    assert_eq!((package.messages().len(), package.next_msg_id()), (3, 6));
    assert_eq!(
        package.commands().map(|command| command.kind()).collect::<Vec<_>>(),
        [CommandKind::Replace, CommandKind::Alert]
    );
    assert_eq!(push(&mut package, &message(6, "<Final/>")), Err(Error::new(ErrorKind::MessageOrder, 0)));
}

#[test]
fn messages_out_of_order_are_refused_and_repeated_ones_ignored() {
    let mut package = Package::new(1, &Limits::default());
    assert_eq!(push(&mut package, &message(2, "")), Err(Error::new(ErrorKind::MessageOrder, 0)));
    assert_eq!(push(&mut package, &message(1, "")), Ok(PackageStep::More));
    assert_eq!(push(&mut package, &message(1, "")), Ok(PackageStep::Repeated));
    assert_eq!(push(&mut package, &message(3, "<Final/>")), Err(Error::new(ErrorKind::MessageOrder, 0)));
    assert_eq!(push(&mut package, &message(2, "<Final/>")), Ok(PackageStep::Complete));
    assert_eq!(push(&mut package, &message(2, "<Final/>")), Ok(PackageStep::Repeated));
    assert_eq!(package.messages().len(), 2);
}

#[test]
fn the_order_of_a_package_is_that_of_a_package_that_keeps_its_messages() {
    let (mut package, mut order) = (Package::new(1, &Limits::default()), PackageOrder::new(1));
    for (id, end) in [(2, ""), (1, ""), (1, ""), (3, ""), (2, ""), (3, "<Final/>"), (3, "<Final/>"), (4, "<Final/>")] {
        let message = Message::decode(&message(id, end)).unwrap().into_owned();
        assert_eq!(order.push(&message.header(), message.is_final()), package.push(message), "{id}");
        assert_eq!((order.next_msg_id(), order.is_complete()), (package.next_msg_id(), package.is_complete()));
    }
    assert!(order.is_complete());
}

#[test]
fn messages_of_another_session_and_without_a_number_are_refused() {
    let text = |from: &str, to: &str| String::from_utf8(message(2, "")).unwrap().replace(from, to).into_bytes();
    let mut package = Package::new(1, &Limits::default());
    assert_eq!(push(&mut package, &message(1, "")), Ok(PackageStep::More));
    let other = text("<SessionID>1<", "<SessionID>2<");
    assert_eq!(push(&mut package, &other), Err(Error::new(ErrorKind::MessageSession, 0)));
    for id in ["x", "", "+2", "4294967296"] {
        let octets = text("<MsgID>2<", &format!("<MsgID>{id}<"));
        let Ok(message) = Message::decode(&octets) else { continue };
        assert_eq!(package.push(message.into_owned()), Err(Error::new(ErrorKind::InvalidNumber, 0)), "{id}");
    }
}

#[test]
fn a_package_without_end_is_refused_in_time() {
    let octets = message(1, "");
    let limits = Limits { buffer: u32::try_from(octets.len()).unwrap() * 3, ..Limits::default() };
    let mut package = Package::new(1, &limits);
    for id in 1..=3 {
        assert_eq!(push(&mut package, &message(id, "")), Ok(PackageStep::More));
    }
    assert_eq!(push(&mut package, &message(4, "")), Err(Error::new(ErrorKind::PackageTooLong, 0)));
    assert_eq!(package.messages().len(), 3);
}

#[test]
fn a_next_message_response_is_status_and_alert_1222_without_final() {
    let is_response = |body: &str| {
        let octets = message(1, body);
        let message = Message::decode(&octets).unwrap();
        (message.asks_for_next(), message.is_next_message_response())
    };
    assert_eq!(is_response(&format!("{STATUS}{NEXT}")), (true, true));
    assert_eq!(is_response(&format!("{STATUS}{NEXT}<Final/>")), (true, false));
    assert_eq!(is_response(&format!("{STATUS}{NEXT}{}", replace("./A", "", "x", ""))), (true, false));
    assert_eq!(is_response(STATUS), (false, false));
    assert_eq!(is_response(""), (false, false));
}

// Properties

proptest! {
    #[test]
    fn what_is_split_is_joined(
        text in "\\PC{0,60}", rooms in prop::collection::vec(4usize..20, 1..10), as_text: bool
    ) {
        let mut splitter = if as_text { Splitter::text(&text) } else { Splitter::octets(text.as_bytes()) };
        let mut joiner = Joiner::new(None, &Limits::default());
        let mut rooms = rooms.iter().cycle();
        let (mut count, mut whole) = (0, None);
        while let Some(chunk) = splitter.next_chunk(*rooms.next().unwrap()).unwrap() {
            prop_assert!(!as_text || chunk.text().is_some());
            prop_assert_eq!(chunk.size.is_some(), count == 0 && chunk.more_data);
            prop_assert_eq!(chunk.more_data, splitter.remaining() > 0);
            count += 1;
            let piece = Piece {
                size: chunk.size, more_data: chunk.more_data,
                ..Piece::new(CommandKind::Add, Some("./A"), chunk.data)
            };
            let step = joiner.push(&piece);
            prop_assert_eq!(&step.broken, &None);
            match step.joined {
                Joined::Buffered => prop_assert!(chunk.more_data),
                Joined::Complete(object) => whole = Some(object.into_octets()),
                Joined::Whole => whole = Some(chunk.data.to_vec()),
                Joined::Refused(refusal) => prop_assert!(false, "{}", refusal.error),
            }
        }
        prop_assert_eq!(whole.unwrap(), text.into_bytes());
        prop_assert!(!joiner.is_open());
    }

    /// Whatever comes, nothing larger than allowed is held or given, and nothing is given whose size was not kept.
    #[test]
    fn no_sequence_of_items_hurts(items in prop::collection::vec(
        (0usize..3, prop::option::of(0u64..12), any::<bool>(), 0usize..8, any::<bool>()), 0..40)
    ) {
        let mut joiner = Joiner::new(Some(10), &Limits::default());
        let mut open: Option<(usize, usize)> = None;
        for (uri, size, more_data, len, is_markup) in items {
            let data = vec![b'x'; len];
            let uris = [Some("./A"), Some("./B"), None];
            let piece = Piece {
                size, more_data, is_markup: is_markup && len == 0,
                ..Piece::new(CommandKind::Add, uris[uri], &data)
            };
            let step = joiner.push(&piece);
            prop_assert!(step.broken.is_none() || open.is_some());
            if step.broken.is_some() {
                open = None;
            }
            match step.joined {
                Joined::Buffered => {
                    let held = open.map_or(0, |(held, _)| held) + len;
                    let promised = open.map_or_else(|| size.unwrap() as usize, |(_, promised)| promised);
                    prop_assert!(more_data && held <= promised && promised <= 10);
                    open = Some((held, promised));
                }
                Joined::Complete(object) => {
                    let (held, promised) = open.take().unwrap();
                    prop_assert_eq!(object.octets().len(), held + len);
                    prop_assert_eq!(object.octets().len(), promised);
                    prop_assert!(!more_data);
                }
                Joined::Whole => prop_assert!(!more_data && len <= 10),
                Joined::Refused(_) => open = None,
            }
            prop_assert_eq!(joiner.is_open(), open.is_some());
        }
    }
}
