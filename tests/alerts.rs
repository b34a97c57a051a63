//! User-interaction alerts with their options and answers (`wire.md` §3), and generic alerts (§2.3).

mod common;
#[path = "alerts/events.rs"]
mod events;

use common::{corpus, options_for, read};
use omadm::markup::{Encoding, Options};
use omadm::syncml::{
    AlertCode, ChoiceSyntax, CommandKind, EchoType, GenericAlert, InputType, Message, MessageBuilder, NewCommand,
    NewItem, NewUiAlert, StatusCode, UiAlert, UiAlertKind, UiAnswer, UiOptions, UiResponse,
};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;
use std::num::NonZeroU32;
use std::time::Instant;

const KINDS: [UiAlertKind; 5] = [
    UiAlertKind::Display,
    UiAlertKind::Confirm,
    UiAlertKind::TextInput,
    UiAlertKind::SingleChoice,
    UiAlertKind::MultipleChoice,
];

fn n(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap()
}

fn choices(numbers: &[u32]) -> UiResponse<'static> {
    UiResponse::Choices(numbers.iter().map(|number| n(*number)).collect())
}

fn message(body: &str) -> Message<'static> {
    let text = format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>\
         <Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>{body}</SyncBody></SyncML>"
    );
    Message::decode(text.as_bytes()).unwrap().into_owned()
}

fn alert(code: u16, items: &str) -> Message<'static> {
    message(&format!("<Alert><CmdID>1</CmdID><Data>{code}</Data>{items}</Alert>"))
}

fn parse(text: &str, kind: UiAlertKind) -> UiOptions<'_> {
    UiOptions::parse(text, kind, 6, ChoiceSyntax::Standard)
}

fn dr(text: &str, kind: UiAlertKind) -> Option<UiResponse<'_>> {
    parse(text, kind).default_response
}

// Alerts

#[test]
fn the_five_alerts_have_their_codes() {
    for (kind, code) in KINDS.into_iter().zip(1100..) {
        assert_eq!(kind.code(), AlertCode(code));
        assert_eq!(UiAlertKind::from_code(AlertCode(code)), Some(kind));
        assert_eq!(kind.has_choices(), code >= 1103);
    }
    for code in [1099, 1105, 1200, 1226] {
        assert_eq!(UiAlertKind::from_code(AlertCode(code)), None);
    }
}

#[test]
fn an_alert_is_options_text_and_choices_in_the_order_of_its_items() {
    let message = alert(
        1104,
        "<Item><Data>MINDT=10&amp;MAXDT=30&amp;DR=2-3</Data></Item><Item><Data>Which?</Data></Item>\
         <Item><Data>Red</Data></Item><Item><Data><![CDATA[<Green>]]></Data></Item><Item><Data/></Item>",
    );
    let alert = UiAlert::of(&message.commands().next().unwrap(), ChoiceSyntax::Standard).unwrap().unwrap();
    assert_eq!((alert.kind(), alert.text()), (UiAlertKind::MultipleChoice, "Which?"));
    assert_eq!(alert.choices().collect::<Vec<_>>(), ["Red", "<Green>", ""]);
    assert_eq!(alert.choices().len(), 3);
    assert_eq!(alert.option_text(), "MINDT=10&MAXDT=30&DR=2-3");
    let expected = UiOptions {
        min_display: Some(n(10)),
        max_display: Some(n(30)),
        default_response: Some(choices(&[2, 3])),
        ..UiOptions::default()
    };
    assert_eq!(alert.options(), &expected);
}

#[test]
fn no_options_are_written_in_three_ways() {
    for empty in ["<Item/>", "<Item></Item>", "<Item><Data/></Item>", "<Item><Data></Data></Item>"] {
        let message = alert(1100, &format!("{empty}<Item><Data>Hello</Data></Item>"));
        let alert = UiAlert::of(&message.commands().next().unwrap(), ChoiceSyntax::Standard).unwrap().unwrap();
        assert_eq!((alert.text(), alert.options()), ("Hello", &UiOptions::default()), "{empty}");
        assert_eq!((alert.option_text(), alert.option_pairs().count(), alert.choices().len()), ("", 0, 0));
    }
}

#[test]
fn an_alert_without_its_items_says_so_at_the_alert() {
    let item = "<Item><Data>x</Data></Item>";
    for (code, items) in [(1100, 0), (1100, 1), (1101, 1), (1102, 1), (1103, 2), (1104, 2)] {
        let message = alert(code, &item.repeat(items));
        let command = message.commands().next().unwrap();
        let expected = Error::new(ErrorKind::AlertItems, command.offset());
        assert_eq!(UiAlert::of(&command, ChoiceSyntax::Standard).unwrap_err(), expected, "{code} {items}");
        assert!(command.offset() > 0);
    }
}

#[test]
fn items_that_are_no_text_say_so_at_the_item() {
    let message = alert(1100, "<Item/><Item><Data><b/></Data></Item>");
    let command = message.commands().next().unwrap();
    let error = UiAlert::of(&command, ChoiceSyntax::Standard).unwrap_err();
    let place = command.items().nth(1).unwrap().data().unwrap().offset();
    assert_eq!(error, Error::new(ErrorKind::UnexpectedMarkup, place));

    let items = [NewItem::default().text(""), NewItem::default().text("Which?"), NewItem::default()];
    let octets = NewItem { data: Some(omadm::syncml::NewData::Octets(b"\xff\xfe\x01")), ..items[2] };
    let mut builder = MessageBuilder::new("1", "1", "d", "s");
    builder.command(&NewCommand::alert("1103", &[items[0], items[1], octets])).unwrap();
    let wbxml = builder.finish().unwrap().encode(Encoding::Wbxml).unwrap();
    let message = Message::decode(&wbxml).unwrap();
    let error = UiAlert::of(&message.commands().next().unwrap(), ChoiceSyntax::Standard).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidUtf8);
}

#[test]
fn other_commands_are_no_user_interaction() {
    let message = message(
        "<Alert><CmdID>1</CmdID><Data>1200</Data></Alert><Alert><CmdID>2</CmdID><Data>x</Data></Alert>\
         <Status><CmdID>3</CmdID><Data>1100</Data></Status>",
    );
    for command in message.commands() {
        assert!(UiAlert::of(&command, ChoiceSyntax::Standard).unwrap().is_none());
        assert!(GenericAlert::of(&command).is_none());
    }
}

// Option strings

#[test]
fn every_option_is_understood_where_it_applies() {
    let text = "MINDT=1&MAXDT=2&DR=x&MAXLEN=3&IT=N&ET=P";
    let expected = UiOptions {
        min_display: Some(n(1)),
        max_display: Some(n(2)),
        default_response: Some(UiResponse::Text("x".into())),
        max_len: Some(n(3)),
        input_type: Some(InputType::Numeric),
        echo_type: Some(EchoType::Password),
    };
    assert_eq!(parse(text, UiAlertKind::TextInput), expected);
    let timed = UiOptions { min_display: Some(n(1)), max_display: Some(n(2)), ..UiOptions::default() };
    for kind in KINDS.into_iter().filter(|kind| *kind != UiAlertKind::TextInput) {
        assert_eq!(parse(text, kind), timed, "{kind:?}");
    }
}

#[test]
fn input_and_echo_types_are_their_letters() {
    for (letter, input) in [
        ("A", InputType::Alphanumeric),
        ("N", InputType::Numeric),
        ("D", InputType::Date),
        ("T", InputType::Time),
        ("P", InputType::Phone),
        ("I", InputType::IpAddress),
    ] {
        let text = format!("IT={letter}");
        assert_eq!(parse(&text, UiAlertKind::TextInput).input_type, Some(input));
    }
    assert_eq!(parse("ET=T", UiAlertKind::TextInput).echo_type, Some(EchoType::Text));
    assert_eq!(parse("IT=X&ET=X", UiAlertKind::TextInput), UiOptions::default());
    assert_eq!((InputType::default(), EchoType::default()), (InputType::Alphanumeric, EchoType::Text));
}

#[test]
fn default_responses_are_typed_by_the_alert() {
    assert_eq!(dr("DR=1", UiAlertKind::Display), None);
    assert_eq!(dr("DR=0", UiAlertKind::Confirm), Some(UiResponse::Confirm(false)));
    assert_eq!(dr("DR=1", UiAlertKind::Confirm), Some(UiResponse::Confirm(true)));
    assert_eq!(dr("DR=2", UiAlertKind::Confirm), None);
    assert_eq!(dr("DR=John+Doe", UiAlertKind::TextInput), Some(UiResponse::Text("John Doe".into())));
    assert_eq!(dr("DR=", UiAlertKind::TextInput), Some(UiResponse::Text("".into())));
    assert_eq!(dr("DR=6", UiAlertKind::SingleChoice), Some(UiResponse::Choice(n(6))));
    for none in ["DR=7", "DR=0", "DR=-1", "DR=+1", "DR=1-2", "DR=", "DR=x"] {
        assert_eq!(dr(none, UiAlertKind::SingleChoice), None, "{none}");
    }
    assert_eq!(dr("DR=2-3", UiAlertKind::MultipleChoice), Some(choices(&[2, 3])));
    assert_eq!(dr("DR=5-1-5", UiAlertKind::MultipleChoice), Some(choices(&[1, 5])));
    for none in ["DR=7", "DR=1-7", "DR=0", "DR=1-", "DR=-", "DR=", "DR=1,2", "DR=1--2"] {
        assert_eq!(dr(none, UiAlertKind::MultipleChoice), None, "{none}");
    }
}

#[test]
fn motorolas_ranges_are_taken_only_when_asked_for() {
    let ranges = |text| UiOptions::parse(text, UiAlertKind::MultipleChoice, 6, ChoiceSyntax::Ranges).default_response;
    assert_eq!(dr("DR=1-3,6", UiAlertKind::MultipleChoice), None);
    assert_eq!(ranges("DR=1-3,6"), Some(choices(&[1, 2, 3, 6])));
    assert_eq!(ranges("DR=1-3"), Some(choices(&[1, 2, 3])));
    assert_eq!(dr("DR=1-3", UiAlertKind::MultipleChoice), Some(choices(&[1, 3])));
    assert_eq!(ranges("DR=4-5,2-4,1,4"), Some(choices(&[1, 2, 3, 4, 5])));
    for none in ["DR=3-1", "DR=1-7", "DR=1-4294967295", "DR=1-99999999999", "DR=1,,2", "DR=1-2-3"] {
        assert_eq!(ranges(none), None, "{none}");
    }
}

#[test]
fn values_are_escaped_like_a_form() {
    let text = |value: &str| match dr(&format!("DR={value}"), UiAlertKind::TextInput) {
        Some(UiResponse::Text(text)) => Some(text.into_owned()),
        _ => None,
    };
    assert_eq!(text("a%20b+c").as_deref(), Some("a b c"));
    assert_eq!(text("1%2B1%3d2%26").as_deref(), Some("1+1=2&"));
    assert_eq!(text("a=b").as_deref(), Some("a=b"));
    assert_eq!(text("J%C3%B6rdan \u{f6}").as_deref(), Some("J\u{f6}rdan \u{f6}"));
    assert_eq!(text("%00").as_deref(), Some("\0"));
    // No escape, and octets that are no text: the option is not there.
    for none in ["%", "a%", "%4", "%4g", "%+1", "%ff", "%C3", "%C3%28"] {
        assert_eq!(text(none), None, "{none}");
    }
    assert_eq!(parse("MAXDT=%31%30", UiAlertKind::Display).max_display, Some(n(10)));
}

#[test]
fn unknown_and_unusable_options_are_passed_over_and_kept_as_they_were_sent() {
    let text =
        "&&COLOUR=red&maxdt=4&MAXDT&MAXDT=&MAXDT=0&MAXDT=-5&MAXDT=+5&MAXDT=5s&MAXDT=4294967296&MAXDT=7&MAXDT=8&=9&";
    assert_eq!(parse(text, UiAlertKind::Display).max_display, Some(n(7)), "the first that can be used");
    let message =
        alert(1100, "<Item><Data>\n COLOUR=re%64&amp;MAXDT=%&amp;X \n</Data></Item><Item><Data>Hello</Data></Item>");
    let alert = UiAlert::of(&message.commands().next().unwrap(), ChoiceSyntax::Standard).unwrap().unwrap();
    assert_eq!(alert.options(), &UiOptions::default());
    assert_eq!(alert.option_pairs().collect::<Vec<_>>(), [("COLOUR", "re%64"), ("MAXDT", "%"), ("X", "")]);
}

#[test]
fn blanks_around_the_option_string_do_not_count() {
    assert_eq!(parse("\n\t MAXDT=5&MINDT=6 \n", UiAlertKind::Display).min_display, Some(n(6)));
}

#[test]
fn leading_zeros_do_not_count() {
    let zeros = format!("MAXDT={}15", "0".repeat(1000));
    assert_eq!(parse(&zeros, UiAlertKind::Display).max_display, Some(n(15)));
}

#[test]
fn huge_option_strings_take_no_long_time() {
    let start = Instant::now();
    let many = "DR=x&UNKNOWN=%41&".repeat(200_000);
    assert!(parse(&many, UiAlertKind::TextInput).default_response.is_some());
    let unusable = "DR=%&".repeat(500_000);
    assert_eq!(parse(&unusable, UiAlertKind::TextInput), UiOptions::default());
    let long = format!("MAXDT={}&DR={}", "9".repeat(1_000_000), "%41".repeat(500_000));
    assert_eq!(parse(&long, UiAlertKind::TextInput).max_display, None);
    // Ranges over and over: time must not be their product.
    let all = format!("DR={}", ["1-100000"; 100_000].join(","));
    let options = UiOptions::parse(&all, UiAlertKind::MultipleChoice, 100_000, ChoiceSyntax::Ranges);
    assert!(matches!(options.default_response, Some(UiResponse::Choices(numbers)) if numbers.len() == 100_000));
    assert!(start.elapsed().as_secs() < 20);
}

// Building

#[test]
fn an_alert_is_built_with_its_options_in_order_and_escaped() {
    let alert = NewUiAlert {
        options: UiOptions {
            min_display: Some(n(10)),
            max_display: Some(n(30)),
            default_response: Some(UiResponse::Text("John & J\u{f6}+%".into())),
            max_len: Some(n(20)),
            input_type: Some(InputType::Alphanumeric),
            echo_type: Some(EchoType::Text),
        },
        ..NewUiAlert::new(UiAlertKind::TextInput, "Name?")
    };
    let options = "MINDT=10&MAXDT=30&DR=John+%26+J%C3%B6%2B%25&MAXLEN=20&IT=A&ET=T";
    assert_eq!(alert.items().unwrap(), [options, "Name?"]);
    assert_eq!(NewUiAlert::new(UiAlertKind::Display, "Hi").items().unwrap(), ["", "Hi"]);
    let confirm = UiOptions { default_response: Some(UiResponse::Confirm(false)), ..UiOptions::default() };
    assert_eq!(confirm.to_text(UiAlertKind::Confirm, 0).unwrap(), "DR=0");
    let set = UiOptions { default_response: Some(choices(&[2, 3])), ..UiOptions::default() };
    assert_eq!(set.to_text(UiAlertKind::MultipleChoice, 3).unwrap(), "DR=2-3");
}

#[test]
fn what_no_alert_can_say_is_not_built() {
    let option = |options: UiOptions<'_>, kind| options.to_text(kind, 3).unwrap_err().kind();
    let response = |response| UiOptions { default_response: Some(response), ..UiOptions::default() };
    for kind in [UiAlertKind::Display, UiAlertKind::Confirm, UiAlertKind::SingleChoice] {
        let input = UiOptions { input_type: Some(InputType::Date), ..UiOptions::default() };
        assert_eq!(option(input, kind), ErrorKind::AlertOption);
        assert_eq!(option(response(UiResponse::Text("x".into())), kind), ErrorKind::AlertOption);
    }
    assert_eq!(option(response(UiResponse::Choice(n(4))), UiAlertKind::SingleChoice), ErrorKind::AlertOption);
    assert_eq!(option(response(choices(&[1, 4])), UiAlertKind::MultipleChoice), ErrorKind::AlertOption);
    assert_eq!(option(response(choices(&[])), UiAlertKind::MultipleChoice), ErrorKind::AlertOption);
    let without = NewUiAlert::new(UiAlertKind::SingleChoice, "Which?");
    assert_eq!(without.items(), Err(Error::new(ErrorKind::AlertItems, 0)));
    let with = NewUiAlert { choices: vec!["x".into()], ..NewUiAlert::new(UiAlertKind::Display, "Hi") };
    assert_eq!(with.items(), Err(Error::new(ErrorKind::AlertItems, 0)));
}

fn any_options() -> impl Strategy<Value = (NewUiAlert<'static>,)> {
    let number = || prop::option::of((1u32..).prop_map(n));
    let inputs = prop::option::of(prop::sample::select(vec![
        InputType::Alphanumeric,
        InputType::Numeric,
        InputType::Date,
        InputType::Time,
        InputType::Phone,
        InputType::IpAddress,
    ]));
    let echo = prop::option::of(prop::sample::select(vec![EchoType::Text, EchoType::Password]));
    let response = (any::<bool>(), any::<String>(), 1u32..=5, prop::collection::btree_set(1u32..=5, 1..5));
    let texts = prop::collection::vec("[^\\p{Cc}]{0,12}".prop_map(|text: String| text.into()), 5);
    let kind = prop::sample::select(KINDS.to_vec());
    (kind, (number(), number(), number()), inputs, echo, prop::option::of(response), texts).prop_map(
        |(kind, (min_display, max_display, max_len), input_type, echo_type, response, choices)| {
            let is_input = kind == UiAlertKind::TextInput;
            let default_response = response.and_then(|(yes, text, choice, set)| match kind {
                UiAlertKind::Display => None,
                UiAlertKind::Confirm => Some(UiResponse::Confirm(yes)),
                UiAlertKind::TextInput => Some(UiResponse::Text(text.into())),
                UiAlertKind::SingleChoice => Some(UiResponse::Choice(n(choice))),
                UiAlertKind::MultipleChoice => Some(UiResponse::Choices(set.into_iter().map(n).collect())),
            });
            let options = UiOptions {
                min_display,
                max_display,
                default_response,
                max_len: max_len.filter(|_| is_input),
                input_type: input_type.filter(|_| is_input),
                echo_type: echo_type.filter(|_| is_input),
            };
            let choices = if kind.has_choices() { choices } else { Vec::new() };
            (NewUiAlert { kind, options, text: "Text".into(), choices },)
        },
    )
}

proptest! {
    #[test]
    fn option_build_and_parse_are_inverse((alert,) in any_options()) {
        let text = alert.options.to_text(alert.kind, 5).unwrap();
        prop_assert!(text.bytes().all(|octet| octet.is_ascii_graphic()), "{}", text);
        let read = UiOptions::parse(&text, alert.kind, 5, ChoiceSyntax::Standard);
        prop_assert_eq!(&read, &alert.options);
        prop_assert_eq!(read.into_owned(), alert.options);
    }

    #[test]
    fn an_alert_comes_back_from_either_encoding((alert,) in any_options(), is_xml: bool) {
        let texts = alert.items().unwrap();
        let items: Vec<NewItem<'_>> = texts.iter().map(|text| NewItem::default().text(text)).collect();
        let mut builder = MessageBuilder::new("1", "1", "d", "s");
        builder.command(&NewCommand::alert(&alert.kind.code().0.to_string(), &items)).unwrap();
        let encoding = if is_xml { Encoding::Xml } else { Encoding::Wbxml };
        let octets = builder.finish().unwrap().encode(encoding).unwrap();
        let message = Message::decode(&octets).unwrap();
        let read = UiAlert::of(&message.commands().next().unwrap(), ChoiceSyntax::Standard).unwrap().unwrap();
        prop_assert_eq!(read.kind(), alert.kind);
        prop_assert_eq!(read.options(), &alert.options);
        prop_assert_eq!(read.text(), &alert.text);
        prop_assert_eq!(read.choices().collect::<Vec<_>>(), alert.choices);
    }

    #[test]
    fn no_option_string_hurts(text: String, kind in prop::sample::select(KINDS.to_vec()), ranges: bool) {
        let syntax = if ranges { ChoiceSyntax::Ranges } else { ChoiceSyntax::Standard };
        let _ = UiOptions::parse(&text, kind, 1000, syntax);
    }

    #[test]
    fn no_option_string_of_likely_pieces_hurts(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "MINDT", "DR", "MAXLEN", "IT", "=", "&", "%", "%4", "%41", "%ff", "+", "-", ",", "1", "4294967296", "\u{f6}",
        ]), 0..30),
        kind in prop::sample::select(KINDS.to_vec()),
    ) {
        let text = pieces.concat();
        let options = UiOptions::parse(&text, kind, 1000, ChoiceSyntax::Ranges);
        prop_assert!(options.to_text(kind, 1000).is_ok());
    }
}

// Answers

fn answer(code: u16, items: &str, kind: UiAlertKind) -> Result<UiAnswer<'static>, ErrorKind> {
    let text =
        format!("<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Data>{code}</Data>{items}</Status>");
    let message = message(&text);
    let answer = UiAnswer::of(&message.commands().next().unwrap(), kind).map_err(|error| error.kind())?;
    Ok(answer.unwrap().into_owned())
}

#[test]
fn answers_are_the_outcomes_of_the_table() {
    let item = |text: &str| format!("<Item><Data>{text}</Data></Item>");
    let text = |text: &'static str| UiAnswer::Given(UiResponse::Text(text.into()));
    assert_eq!(answer(200, "", UiAlertKind::Display), Ok(UiAnswer::Shown));
    assert_eq!(answer(200, "", UiAlertKind::Confirm), Ok(UiAnswer::Given(UiResponse::Confirm(true))));
    assert_eq!(answer(304, "", UiAlertKind::Confirm), Ok(UiAnswer::Given(UiResponse::Confirm(false))));
    assert_eq!(answer(200, &item("John Doe"), UiAlertKind::TextInput), Ok(text("John Doe")));
    assert_eq!(answer(200, "<Item/>", UiAlertKind::TextInput), Ok(text("")));
    assert_eq!(answer(200, &item(" 4 "), UiAlertKind::SingleChoice), Ok(UiAnswer::Given(UiResponse::Choice(n(4)))));
    let three = [item("4"), item("1"), item("4")].concat();
    assert_eq!(answer(200, &three, UiAlertKind::MultipleChoice), Ok(UiAnswer::Given(choices(&[1, 4]))));
    assert_eq!(answer(200, "", UiAlertKind::MultipleChoice), Ok(UiAnswer::Given(choices(&[]))));
    for kind in KINDS {
        assert_eq!(answer(214, "", kind), Ok(UiAnswer::Cancelled));
        assert_eq!(answer(408, "", kind), Ok(UiAnswer::TimedOut(None)));
        for code in [215, 406, 412, 416, 500, 599] {
            assert_eq!(answer(code, "", kind), Ok(UiAnswer::Failed(StatusCode(code))));
        }
    }
    // 304 says No to a question with yes or no only.
    assert_eq!(answer(304, "", UiAlertKind::TextInput), Ok(UiAnswer::Failed(StatusCode(304))));
}

#[test]
fn a_timeout_may_bring_the_default_response() {
    let timed_out = |items, kind| answer(408, items, kind).unwrap();
    assert_eq!(
        timed_out("<Item><Data>x</Data></Item>", UiAlertKind::TextInput),
        UiAnswer::TimedOut(Some(UiResponse::Text("x".into())))
    );
    assert_eq!(
        timed_out("<Item><Data>2</Data></Item>", UiAlertKind::SingleChoice),
        UiAnswer::TimedOut(Some(UiResponse::Choice(n(2))))
    );
    assert_eq!(
        timed_out("<Item><Data>1</Data></Item>", UiAlertKind::Confirm),
        UiAnswer::TimedOut(Some(UiResponse::Confirm(true)))
    );
    assert_eq!(timed_out("<Item><Data>?</Data></Item>", UiAlertKind::SingleChoice), UiAnswer::TimedOut(None));
    // A display has no response.
    assert_eq!(timed_out("<Item><Data>1</Data></Item>", UiAlertKind::Display), UiAnswer::TimedOut(None));
}

#[test]
fn answers_that_are_none_say_so() {
    let item = |text: &str| format!("<Item><Data>{text}</Data></Item>");
    assert_eq!(answer(200, "", UiAlertKind::TextInput), Err(ErrorKind::Missing("Item")));
    assert_eq!(answer(200, "", UiAlertKind::SingleChoice), Err(ErrorKind::Missing("Item")));
    for text in ["", "0", "-1", "+1", "one", "4294967296", "1 2"] {
        assert_eq!(answer(200, &item(text), UiAlertKind::SingleChoice), Err(ErrorKind::InvalidNumber), "{text}");
        let among = [item("1"), item(text)].concat();
        assert_eq!(answer(200, &among, UiAlertKind::MultipleChoice), Err(ErrorKind::InvalidNumber), "{text}");
    }
    assert_eq!(answer(200, "<Item><Data><b/></Data></Item>", UiAlertKind::TextInput), Err(ErrorKind::UnexpectedMarkup));
    let message = message("<Alert><CmdID>1</CmdID><Data>200</Data></Alert>");
    assert_eq!(UiAnswer::of(&message.commands().next().unwrap(), UiAlertKind::Display), Ok(None));
}

#[test]
fn an_answer_comes_back_from_its_status() {
    let answers = [
        (UiAlertKind::Display, UiAnswer::Shown),
        (UiAlertKind::Confirm, UiAnswer::Given(UiResponse::Confirm(true))),
        (UiAlertKind::Confirm, UiAnswer::Given(UiResponse::Confirm(false))),
        (UiAlertKind::TextInput, UiAnswer::Given(UiResponse::Text("<a & b>".into()))),
        (UiAlertKind::SingleChoice, UiAnswer::Given(UiResponse::Choice(n(3)))),
        (UiAlertKind::MultipleChoice, UiAnswer::Given(choices(&[1, 7]))),
        (UiAlertKind::MultipleChoice, UiAnswer::Given(choices(&[]))),
        (UiAlertKind::TextInput, UiAnswer::Cancelled),
        (UiAlertKind::Confirm, UiAnswer::TimedOut(Some(UiResponse::Confirm(false)))),
        (UiAlertKind::MultipleChoice, UiAnswer::TimedOut(Some(choices(&[2])))),
        (UiAlertKind::SingleChoice, UiAnswer::TimedOut(None)),
        (UiAlertKind::Display, UiAnswer::Failed(StatusCode(406))),
    ];
    for (kind, answer) in answers {
        let texts = answer.items();
        let items: Vec<NewItem<'_>> = texts.iter().map(|text| NewItem::default().text(text)).collect();
        let code = answer.status().0.to_string();
        let mut builder = MessageBuilder::new("1", "1", "d", "s");
        builder.command(&NewCommand { items: &items, ..NewCommand::status("1", "2", "Alert", &code) }).unwrap();
        let octets = builder.finish().unwrap().encode(Encoding::Xml).unwrap();
        let message = Message::decode(&octets).unwrap();
        assert_eq!(UiAnswer::of(&message.commands().next().unwrap(), kind).unwrap(), Some(answer));
    }
}

#[test]
fn what_a_user_enters_is_not_printed() {
    let options = parse("DR=hunter2&ET=P", UiAlertKind::TextInput);
    let given = UiAnswer::Given(UiResponse::Text("hunter2".into()));
    let message = alert(1102, "<Item><Data>DR=hunter2</Data></Item><Item><Data>Password?</Data></Item>");
    let shown = UiAlert::of(&message.commands().next().unwrap(), ChoiceSyntax::Standard).unwrap();
    assert!(!format!("{options:?} {given:?} {shown:?}").contains("hunter2"));
    let chosen = [UiResponse::Confirm(true), UiResponse::Choice(n(3)), choices(&[1, 2]), UiResponse::Text("x".into())];
    assert_eq!(format!("{chosen:?}"), "[Confirm(true), Choice(3), Choices([1, 2]), Text(..)]");
}

// Motorola's messages

#[test]
fn motorolas_alerts_are_understood() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("syncml/xml");
    let hello = UiOptions {
        max_display: Some(n(20)),
        default_response: Some(UiResponse::Text("hello andy!".into())),
        max_len: Some(n(30)),
        input_type: Some(InputType::IpAddress),
        echo_type: Some(EchoType::Password),
        ..UiOptions::default()
    };
    let maxdt = |seconds, default_response| UiOptions {
        max_display: Some(n(seconds)),
        default_response,
        ..UiOptions::default()
    };
    let expected = [
        ("confirm", 1101, "Testing Confirmation Alert", 0, maxdt(15, Some(UiResponse::Confirm(true)))),
        // Its author forgot the `&` altogether: no number, no option.
        ("confirmatomic", 1101, "Testing Confirmation Alert", 0, UiOptions::default()),
        ("display", 1100, "Testing Display Alert", 0, UiOptions { min_display: Some(n(15)), ..UiOptions::default() }),
        ("multiplechoice", 1104, "Testing Multiple Choice Alert", 6, maxdt(20, Some(choices(&[1, 2, 3, 6])))),
        ("singlechoice", 1103, "Testing Single Choice Alert", 6, maxdt(20, Some(UiResponse::Choice(n(2))))),
        ("textinput", 1102, "Testing Text Input Alert", 0, hello),
    ];
    for (name, code, text, count, options) in expected {
        let path = folder.join(format!("dm12-testalert{name}.xml"));
        if !path.exists() {
            println!("skipped: {} not present", path.display());
            continue;
        }
        let octets = read(&path);
        let reading: Options = options_for(&path);
        let message = Message::decode_with(&octets, &reading).unwrap();
        let command = message.all_commands().find(|command| command.kind() == CommandKind::Alert).unwrap();
        let alert = UiAlert::of(&command, ChoiceSyntax::Ranges).unwrap().unwrap();
        assert_eq!((alert.kind().code().0, alert.text(), alert.choices().len()), (code, text, count), "{name}");
        assert_eq!(alert.options(), &options, "{name}");
        if count > 0 {
            assert_eq!(alert.choices().next(), Some("choice one"));
        }
        let strict = UiAlert::of(&command, ChoiceSyntax::Standard).unwrap().unwrap();
        assert_eq!(strict.options().default_response.is_some(), options.default_response.is_some() && code != 1104);
    }
}
