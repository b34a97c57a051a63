//! What [`Reader::common_tag`] and [`Reader::plain_text`] say is what the events say: both ways through every document are compared.

use super::{CommonTag, Document, Event, Options, Reader};
use crate::{Error, Limits};
use std::path::PathBuf;

/// What was read: tags with their places, depths and attributes; the text between two tags, blanks at its ends aside.
#[derive(Debug, PartialEq)]
struct Read {
    steps: Vec<(String, String)>,
    end: Result<(), Error>,
}

/// Reads a document; `shortcuts` says for each step whether to try the short ways first.
fn read(document: &Document<'_>, options: &Options, mut shortcuts: impl FnMut() -> bool) -> Result<Read, Error> {
    let mut reader = document.reader(options)?;
    let mut steps: Vec<(String, String)> = Vec::new();
    let mut text = Vec::new();
    let mut is_begun = false;
    let end = loop {
        if shortcuts() {
            if is_begun && let Some(plain) = reader.plain_text() {
                text.extend_from_slice(plain);
                steps.push(tag(&reader, "end".to_owned(), &mut text));
                is_begun = false;
                continue;
            }
            // Blanks before a common tag are not told; text that came before in another way stays.
            match reader.common_tag() {
                CommonTag::None => {}
                CommonTag::Start(name) => {
                    let name = format!("{name:?} {:?}", reader.attrs().collect::<Vec<_>>());
                    steps.push(tag(&reader, name, &mut text));
                    is_begun = true;
                    continue;
                }
                CommonTag::End => {
                    steps.push(tag(&reader, "end".to_owned(), &mut text));
                    is_begun = false;
                    continue;
                }
            }
        }
        match reader.next_event() {
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
            Ok(Some(Event::Start(name))) => {
                let name = name.tag().map_or_else(|| format!("{name:?}"), |tag| format!("{tag:?}"));
                let name = format!("{name} {:?}", reader.attrs().collect::<Vec<_>>());
                steps.push(tag(&reader, name, &mut text));
                is_begun = true;
            }
            Ok(Some(Event::End)) => {
                steps.push(tag(&reader, "end".to_owned(), &mut text));
                is_begun = false;
            }
            Ok(Some(Event::Opaque(octets))) => {
                text.extend_from_slice(octets);
                is_begun = false;
            }
            Ok(Some(piece)) => {
                text.extend_from_slice(piece.text().unwrap_or_default().as_bytes());
                is_begun = false;
            }
        }
    };
    Ok(Read { steps, end })
}

fn tag<'a>(reader: &impl Reader<'a>, name: String, text: &mut Vec<u8>) -> (String, String) {
    let before = String::from_utf8_lossy(text.trim_ascii()).into_owned();
    text.clear();
    (format!("{} {} {name}", reader.offset(), reader.depth()), before)
}

fn compare(octets: &[u8], options: &Options) -> usize {
    let Ok(document) = Document::open(octets) else { return 0 };
    let Ok(events) = read(&document, options, || false) else { return 0 };
    let shortcuts = read(&document, options, || true).unwrap();
    assert_eq!(shortcuts, events);
    // Now one, now the other, in an order that differs from document to document.
    let mut state = octets.iter().fold(1_u32, |state, octet| state.wrapping_mul(31).wrapping_add(u32::from(*octet)));
    let mixed = read(&document, options, || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 31 == 1
    });
    assert_eq!(mixed.unwrap(), events);
    events.steps.len()
}

#[test]
fn the_short_ways_say_what_the_events_say() {
    let mut folders: Vec<PathBuf> = ["tests/data", "../shared/corpus"].map(PathBuf::from).into();
    let small = Limits { depth: 4, name: 8, text: 12, elements: 40, namespaces: 2, ..Limits::default() };
    let small = Options { limits: small, ..Options::default() };
    let (mut documents, mut tags) = (0, 0);
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
            let found = compare(&octets, &Options::default());
            documents += usize::from(found > 0);
            tags += found;
            compare(&octets, &small);
            // Cut off, and with a flipped bit, at a few places.
            for at in (0..octets.len().min(40_000)).step_by(1 + octets.len().min(40_000) / 25) {
                compare(&octets[..at], &Options::default());
                let mut broken = octets.clone();
                broken[at] ^= 1 << (at % 8);
                compare(&broken, &Options::default());
            }
        }
    }
    // Ours alone, and with the corpus.
    let least = if std::path::Path::new("../shared/corpus").exists() { (20, 5_000) } else { (8, 2_000) };
    assert!(documents >= least.0 && tags > least.1, "{documents} documents, {tags} tags");
}
