//! The short ways to a message lead where the events do: messages are decoded by both, and everything in them is compared.

use super::decode::Decoder;
use super::parts::Parts;
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::markup::{Attrs, CommonTag, Document, Encoding, Event, Fragment, Mark, Options, Reader};
use crate::text::TextBuilder;
use crate::vocabulary::syncml;
use std::path::PathBuf;

/// A reader that has events only.
struct Events<R>(R);

impl<'a, R: Reader<'a>> Reader<'a> for Events<R> {
    fn next_event(&mut self) -> Result<Option<Event<'a>>> {
        self.0.next_event()
    }

    fn common_tag(&mut self) -> CommonTag {
        CommonTag::None
    }

    fn plain_text(&mut self) -> Option<&'a [u8]> {
        None
    }

    fn attrs(&self) -> Attrs<'_, 'a> {
        self.0.attrs()
    }

    fn offset(&self) -> usize {
        self.0.offset()
    }

    fn depth(&self) -> usize {
        self.0.depth()
    }

    fn encoding(&self) -> Encoding {
        self.0.encoding()
    }

    fn mark(&self) -> Mark {
        self.0.mark()
    }

    fn fragment(&self, mark: Mark) -> Fragment<'a> {
        self.0.fragment(mark)
    }
}

/// What a reader decodes: everything in the message, with its heap; or the error.
fn decode<'a>(reader: &mut impl Reader<'a>, document: &[u8], all: bool) -> Result<String, Error> {
    let mut decoder = Decoder::resume(reader, TextBuilder::new(document), Parts::default());
    decoder.header()?;
    if all {
        decoder.commands()?;
    } else {
        while decoder.command()?.is_some() {}
    }
    decoder.end()?;
    let (parts, heap) = decoder.into_parts()?;
    Ok(format!("{parts:?} {heap:?}"))
}

/// Whether the octets are a message, which both ways agree about.
fn is_message(octets: &[u8], options: &Options) -> bool {
    let Ok(document) = Document::open(octets) else { return false };
    let Ok(reader) = document.reader(options) else { return false };
    let events = decode(&mut Events(reader), document.octets(), true);
    for all in [true, false] {
        let mut reader = document.reader(options).unwrap();
        assert_eq!(decode(&mut reader, document.octets(), all), events, "{}", String::from_utf8_lossy(octets));
    }
    events.is_ok()
}

/// All that the short way takes, and something of what it does not.
const MESSAGE: &str = concat!(
    "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>",
    "<MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source>",
    "<Meta><MaxMsgSize xmlns='syncml:metinf'>16384</MaxMsgSize></Meta></SyncHdr><SyncBody>",
    "<Alert><CmdID>1</CmdID><Data>1201</Data></Alert>\n ",
    "<Replace> <CmdID> 2 </CmdID><Item><Target><LocURI>./a/b</LocURI></Target><Meta><Format xmlns='syncml:metinf'>chr</Format>",
    "<Type xmlns='syncml:metinf'>text/plain</Type></Meta><Data>\u{E4} &lt; &#x41;</Data></Item><Item/></Replace>",
    "<Status><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><TargetRef>t</TargetRef>",
    "<SourceRef>s</SourceRef><Data>212</Data></Status>",
    "<Atomic><CmdID>4</CmdID><Get><CmdID>5</CmdID><Meta><Type xmlns='syncml:metinf'>x</Type></Meta><Item><Target><LocURI>.</LocURI>",
    "</Target></Item></Get><Delete><CmdID>6</CmdID><Archive/></Delete></Atomic>",
    "<Exec><CmdID>7</CmdID><Correlator>c</Correlator><Item><Source><LocURI>./x</LocURI></Source><Data/></Item></Exec>",
    "<Final/></SyncBody></SyncML>",
);

fn wbxml(message: &str) -> Vec<u8> {
    crate::convert::to_wbxml(message.as_bytes(), &crate::convert::ConvertOptions::default()).unwrap()
}

#[test]
fn every_octet_of_a_message_may_change() {
    let options = Options::default();
    let messages = [MESSAGE.as_bytes().to_vec(), wbxml(MESSAGE)];
    let mut messages_left = 0;
    for octets in messages {
        assert!(is_message(&octets, &options));
        for at in 0..octets.len() {
            assert!(!is_message(&octets[..at], &options));
            for octet in [0, 1, 2, 3, b' ', b'<', b'/', b'>', b'&', b'X', 0x83, 0xC3, octets[at] ^ 0x40, octets[at] ^ 1]
            {
                let mut changed = octets.clone();
                changed[at] = octet;
                messages_left += usize::from(is_message(&changed, &options));
            }
            let mut shorter = octets.clone();
            shorter.remove(at);
            messages_left += usize::from(is_message(&shorter, &options));
        }
    }
    assert!(messages_left > 1_000, "{messages_left}");
}

/// Where each element of a message begins and ends. No element is inside of one that has its name, but for `Item`'s.
fn elements(message: &str) -> Vec<(usize, usize)> {
    let starts = message.match_indices('<').map(|(at, _)| at).filter(|at| !message[*at..].starts_with("</"));
    let ends = starts.map(|start| {
        let tag = &message[start..=start + message[start..].find('>').unwrap()];
        let name = tag[1..tag.len() - 1].split(' ').next().unwrap();
        let end = format!("</{name}>");
        let is_empty = name.ends_with('/');
        let len = if is_empty { tag.len() } else { message[start..].find(&end).unwrap() + end.len() };
        (start, start + len)
    });
    ends.collect()
}

#[test]
fn elements_may_be_missing_come_twice_and_be_elsewhere() {
    let options = Options::default();
    let elements = elements(MESSAGE);
    let mut messages = 0;
    for (start, end) in &elements {
        let without = [&MESSAGE[..*start], &MESSAGE[*end..]].concat();
        messages += usize::from(is_message(without.as_bytes(), &options));
        for (place, _) in &elements {
            let twice = [&MESSAGE[..*place], &MESSAGE[*start..*end], &MESSAGE[*place..]].concat();
            if is_message(twice.as_bytes(), &options) {
                messages += 1;
                assert!(is_message(&wbxml(&twice), &options));
            }
        }
    }
    assert!(elements.len() > 50 && messages > 2_000, "{} {messages}", elements.len());
}

#[test]
fn what_is_declared_again_on_an_element_of_metinf_may_be_another_vocabulary() {
    // The declaration of the root is the one read last.
    let (before, _) = MESSAGE.split_once("<Meta>").unwrap();
    for namespace in ["syncml:metinf", "SYNCML:SYNCML1.2"] {
        let message = format!(
            "{before}</SyncHdr><SyncBody><Replace><CmdID>1</CmdID><Item><Target><LocURI>./a/b</LocURI></Target><Meta>\
             <Format xmlns='{namespace}'>chr</Format></Meta><Data>1</Data></Item></Replace><Final/></SyncBody></SyncML>"
        );
        assert!(is_message(message.as_bytes(), &Options::default()), "{namespace}");
    }
}

#[test]
fn limits_stop_both_ways_at_the_same_place() {
    let messages = [MESSAGE.as_bytes().to_vec(), wbxml(MESSAGE)];
    for octets in messages {
        let mut read = [false; 2];
        for limit in 0..120 {
            for limits in [
                Limits { depth: limit, ..Limits::default() },
                Limits { elements: limit, ..Limits::default() },
                Limits { text: limit, ..Limits::default() },
                Limits { name: limit, ..Limits::default() },
                Limits { namespaces: limit, ..Limits::default() },
                Limits { attributes: limit, ..Limits::default() },
            ] {
                let is_read = is_message(&octets, &Options { limits, ..Options::default() });
                read[usize::from(is_read)] = true;
            }
        }
        assert_eq!(read, [true; 2]);
    }
}

#[test]
fn documents_of_all_kinds_are_decoded_alike() {
    let mut folders: Vec<PathBuf> = ["tests/data", "../shared/corpus"].map(PathBuf::from).into();
    let small = Limits { depth: 6, name: 16, text: 40, elements: 60, namespaces: 9, ..Limits::default() };
    let small = Options { limits: small, bare_ampersand: true, ..Options::default() };
    let mut messages = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            println!("skipped: {} is not here", folder.display());
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let octets = std::fs::read(&path).unwrap();
            if matches!(crate::markup::root(&octets, &Options::default()), Ok(Some(syncml::SYNC_ML))) {
                messages += usize::from(is_message(&octets, &Options::default()));
                is_message(&octets, &small);
                // Cut off, and with a flipped bit, at a few places.
                for at in (0..octets.len()).step_by(1 + octets.len() / 40) {
                    is_message(&octets[..at], &Options::default());
                    let mut broken = octets.clone();
                    broken[at] ^= 1 << (at % 8);
                    is_message(&broken, &Options::default());
                }
            }
        }
    }
    assert!(messages >= 8, "{messages}");
}
