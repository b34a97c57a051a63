//! SyncML messages: across encodings, and in every way of reading.

use crate::views::{dump, touch_all};
use crate::ways::{Read, fed, pulled, whole};
use crate::{Setting, again, check_error};
use omadm::ErrorKind;
use omadm::devinf::DevInf;
use omadm::markup::Encoding;
use omadm::markup::Encoding::{Wbxml, Xml};
use omadm::syncml::{GenericAlert, Joiner, Message, Package};
use omadm::tnds;

/// A message is the same after its own encoding, says the same after the other one, and comes back.
pub fn syncml_cross(data: &[u8]) {
    let Some((setting, input)) = Setting::take(data) else { return };
    let options = setting.options();
    let message = match Message::decode_with(input, &options) {
        Ok(message) => message,
        Err(error) => return check_error(error, input),
    };
    touch(&message, setting);
    let here = message.encoding();
    let there = if here == Xml { Wbxml } else { Xml };
    // What may be said of a part only, such as a tree inside that cannot be read, has its error in either encoding.
    if let Ok(octets) = message.encode(here) {
        let same = Message::decode_with(&octets, &again()).unwrap();
        assert!(same == message, "{}", octets.escape_ascii());
        check_lengths(&message, here, &octets);
    }
    let Ok(octets) = message.encode(there) else { return };
    check_lengths(&message, there, &octets);
    let crossed = Message::decode_with(&octets, &again()).unwrap();
    let Ok(normal) = message.normalise() else { return };
    assert!(crossed.normalise().unwrap() == normal, "{}", octets.escape_ascii());
    assert!(normal.normalise().unwrap() == normal);
    let back = crossed.encode(here).unwrap();
    let back = Message::decode_with(&back, &again()).unwrap();
    assert!(back.normalise().unwrap() == normal);
}

/// The predicted length is the length, and a buffer may be exactly as long.
fn check_lengths(message: &Message<'_>, encoding: Encoding, octets: &[u8]) {
    assert_eq!(message.encoded_len(encoding), Ok(octets.len()));
    let mut buffer = vec![0; octets.len()];
    assert_eq!(message.encode_to_slice(encoding, &mut buffer), Ok(octets.len()));
    assert_eq!(buffer, octets);
    if let Some(short) = buffer.len().checked_sub(1) {
        let error = message.encode_to_slice(encoding, &mut buffer[..short]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LimitOutput);
    }
}

/// Every accessor, and what reads parts of messages.
fn touch(message: &Message<'_>, setting: Setting) {
    touch_all(message);
    let options = setting.options();
    assert!(dump(&message.clone().into_owned()) == dump(message), "owned messages equal borrowed ones");
    for found in tnds::in_message(message, &options) {
        let _ = found.map(|(_, tree)| tree.len());
    }
    let mut joiner = Joiner::new(Some(1_000), &options.limits);
    for command in message.commands() {
        joiner.feed(&command);
        if let Some(alert) = GenericAlert::of(&command) {
            assert_eq!(alert.events().len(), command.items().len());
        }
        if let Some(fragment) = command.fragment() {
            if let Ok(Some(info)) = DevInf::find(&fragment, &options) {
                let octets = info.encode(info.encoding()).unwrap();
                assert_eq!(DevInf::decode_with(&octets, &again()).unwrap().dev_id(), info.dev_id());
            }
        }
        for item in command.items() {
            let _ = (item.check_size(), item.octets().ok());
        }
    }
    let mut package = Package::new(1, &options.limits);
    let _ = package.push(message.clone());
}

/// However a message is cut, the feeder gives what whole decode gives; so does the pull reader.
pub fn stream_vs_whole(data: &[u8]) {
    let Some((setting, rest)) = Setting::take(data) else { return };
    let Some((cuts, input)) = rest.split_first_chunk::<4>() else { return };
    let options = setting.options();
    let expected = whole(input, &options);
    let read = pulled(input, &options);
    same_but_the_end(&expected, &read);
    same_error(&expected, &read);

    let read = fed(chunks(input, *cuts), &options);
    match (expected.error.map(|error| error.kind()), read.error.map(|error| error.kind())) {
        (None, None) => assert_eq!(read, expected),
        // What is held is bounded for a feeder only, and pieces are forgotten, which count together in a whole.
        (_, Some(ErrorKind::LimitBuffer | ErrorKind::LimitPrefix)) => same_but_the_end(&expected, &read),
        (Some(ErrorKind::LimitElements | ErrorKind::LimitExpansion), _) => {}
        // Of a whole document in XML all octets are looked at first.
        (Some(ErrorKind::InvalidUtf8 | ErrorKind::InvalidCharacter), Some(_)) => {}
        // A version that is not known is told of a whole header only.
        (Some(ErrorKind::WbxmlVersion), Some(ErrorKind::UnknownFormat)) => {}
        // Of few octets nobody can say what they were going to be.
        (Some(_), Some(_)) if input.len() < 24 => {}
        _ => {
            same_error(&expected, &read);
            same_but_the_end(&expected, &read);
        }
    }
}

/// The same error, at the same place.
fn same_error(expected: &Read, read: &Read) {
    let told = |read: &Read| read.error.map(|error| (error.kind(), error.offset(), error.inner()));
    assert_eq!(told(read), told(expected));
}

/// Where one of both ended early, it gave what the other did until then.
fn same_but_the_end(expected: &Read, read: &Read) {
    match (&expected.error, &read.error) {
        (None, None) => assert_eq!(read, expected),
        (None, Some(_)) => {
            assert!(read.commands.iter().zip(&expected.commands).all(|(one, other)| one == other));
            assert!(read.commands.len() <= expected.commands.len());
        }
        (Some(expected), None) => panic!("nothing wrong, but {expected}"),
        // A whole message that is broken has no commands.
        (Some(_), Some(_)) => {}
    }
}

/// Chunks of four sizes in turn, from one octet to all.
fn chunks(input: &[u8], sizes: [u8; 4]) -> impl Iterator<Item = &[u8]> {
    let mut rest = input;
    let mut turn = 0_usize;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let size = 1 + (usize::from(sizes[turn % 4]) << (sizes[turn % 4] >> 6));
        turn += 1;
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        rest = after;
        Some(chunk)
    })
}
