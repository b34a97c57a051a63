//! No input can hurt: every small document we have, cut off at every octet and with its bits flipped one by one.
//!
//! A decoder joins by one line in `DECODERS`, a closure is enough: it is handed octets, and may do with them what it
//! likes except panic or not end. What it returns says whether it took them for a whole document.

mod common;

use common::*;
use omadm::devinf::{DevInf, MetInf};
use omadm::markup::{DocumentReader, Event, Options, Reader};
use omadm::notification::v12::Notification;
use omadm::push::wsp::Push;
use omadm::syncml::Message;
use omadm::tree::Tree;
use omadm::{Error, ErrorKind, Kind, ddf, provisioning, tnds};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Reads octets as a document, touching whatever can be had from them.
type Decoder = fn(&[u8]) -> Result<(), Error>;

/// Which documents a decoder is tried on: those it takes while they are whole.
type Wanted = fn(&[u8]) -> bool;

/// Name, decoder, documents.
const DECODERS: &[(&str, Decoder, Wanted)] = &[("markup", markup, |_| true), ("typed", typed, is_typed)];

/// Everything above the markup: the typed value of whatever it is.
fn typed(input: &[u8]) -> Result<(), Error> {
    match omadm::detect(input)? {
        Kind::Notification => Notification::decode(input).map(drop),
        Kind::Push => Push::decode(input).map(drop),
        Kind::SyncMl => {
            let message = Message::decode_with(input, &options())?;
            for tree in tnds::in_message(&message, &options()) {
                touch_tree(&tree?.1);
            }
            assert!(message.all_commands().all(|command| !command.cmd_id().is_empty()));
            for fragment in message.all_commands().filter_map(|command| command.fragment()) {
                if let Some(info) = DevInf::find(&fragment, &options())? {
                    touch_info(&info);
                }
            }
            Ok(())
        }
        Kind::Tree => tnds::decode_with(input, &options()).map(|tree| touch_tree(&tree)),
        Kind::Description => {
            let schema = ddf::decode_with(input, &options())?;
            assert_eq!(schema.nodes().filter(|node| !node.uri().to_string().is_empty()).count(), schema.len());
            Ok(())
        }
        Kind::Provisioning => {
            let document = provisioning::Document::decode_with(input, &options())?;
            let parms: usize = document.all_characteristics().map(|each| each.parms().count()).sum();
            assert!(parms <= input.len());
            Ok(())
        }
        Kind::DevInf => DevInf::decode_with(input, &options()).map(|info| touch_info(&info)),
        Kind::MetInf => MetInf::decode_with(input, &options()).map(|meta| touch_meta(&meta)),
        _ => markup(input),
    }
}

/// Whatever was decoded can be written in the encoding that it came in, and read again.
fn touch_info(info: &DevInf<'_>) {
    let kept = |info: &DevInf<'_>| {
        info.data_stores().count() + info.ct_caps().count() + info.exts().count() + info.extras().count()
    };
    let octets = info.encode(info.encoding()).unwrap();
    let again = DevInf::decode_with(&octets, &options()).unwrap();
    assert_eq!((again.dev_id(), kept(&again)), (info.dev_id(), kept(info)));
}

fn touch_meta(meta: &MetInf<'_>) {
    let octets = meta.encode(meta.encoding()).unwrap();
    let again = MetInf::decode_with(&octets, &options()).unwrap();
    assert_eq!((again.size(), again.extras().count()), (meta.size(), meta.extras().count()));
    assert_eq!(again.nonce().ok(), meta.nonce().ok());
}

fn touch_tree(tree: &Tree<'_>) {
    let mut found = 0;
    for node in tree.nodes() {
        found += usize::from(tree.get(&node.uri().to_string()).is_ok_and(|found| found == Some(node)));
        if let Some(mo_id) = node.mo_id() {
            assert!(tree.find_mo(mo_id).any(|root| root == node));
        }
    }
    assert_eq!(found, tree.len(), "every node is where its URI says");
}

fn is_typed(input: &[u8]) -> bool {
    typed(input).is_ok()
}

fn options() -> Options {
    Options { bare_ampersand: true, ..Options::default() }
}

/// Every event, every attribute, and every tenth element as a fragment.
fn markup(input: &[u8]) -> Result<(), Error> {
    with_reader(input, &options(), |reader| {
        let mut steps = 0_usize;
        let mut depth = 0_usize;
        while let Some(event) = reader.next_event()? {
            steps += 1;
            // Each event costs the input something; a transcoded character is one, and an empty element two.
            assert!(steps <= 3 * input.len() + 3, "no progress");
            // Of transcoded text, whose characters have up to two octets.
            assert!(reader.offset() <= 2 * input.len());
            match event {
                Event::Start(name) => {
                    depth += 1;
                    touch_attributes(reader);
                    assert!(!name.local().is_empty());
                    if steps.is_multiple_of(10) {
                        let fragment = reader.skip()?;
                        depth -= 1;
                        let mut again = fragment.reader(&options());
                        while again.next_event()?.is_some() {}
                    }
                }
                Event::End => depth -= 1,
                text => drop(text.text()),
            }
            assert_eq!(reader.depth(), depth);
        }
        assert_eq!(depth, 0, "ended inside an element");
        assert!(steps >= 2, "ended without a root");
        Ok(())
    })
}

fn touch_attributes(reader: &DocumentReader<'_>) {
    for attr in reader.attrs() {
        assert!(!attr.qname.is_empty());
        let _ = (attr.value.to_cow(), attr.namespace.map(|namespace| namespace.name().into_owned()));
    }
}

/// Locates an error, which has to work on every input as well.
fn check_error(error: Error, input: &[u8], locate: bool) {
    assert!(error.offset() <= input.len(), "{error} of {}", input.len());
    if locate {
        let location = error.locate(input);
        assert!(location.path.len() <= 64 * input.len() + 64);
        assert!(location.line_column.is_none_or(|(line, column)| line >= 1 && column >= 1));
    }
}

fn small_documents() -> Vec<(PathBuf, Vec<u8>)> {
    let mut documents: Vec<(PathBuf, Vec<u8>)> = documents(ALL)
        .into_iter()
        .map(|path| {
            let octets = read(&path);
            (path, octets)
        })
        .filter(|(_, octets)| octets.len() < 4096)
        .collect();
    documents.extend(own_documents().into_iter().map(|(name, octets)| (PathBuf::from(name), octets)));
    documents
}

/// What the files do not have: every token of WBXML, other charsets, and documents that travel inside messages only.
fn own_documents() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        (
            "tokens",
            b"\x02\x00\x12\x6A\x30xmlns\0xmlns:p\0p:q\0-//SYNCML//DTD SyncML 1.2//EN\0\
              \x43\x04\x00\x03x\x00\x01\xED\x04\x00\x03u:1\x00\x04\x06\x03u:2\x00\x04\x0E\x83\x00\x02\x41\xC3\x01z\x01\
              \x44\x00\x03a\x00\x40x\x00\x80\x01\xC0\x83\x0E\x02\x81\x69\xC3\x02bc\x01\x5A\x00\x01\x13\x00\x00\x01\
              \xC4\x0E\x04\x00\x03u:3\x00\x01\x01\x01\x43\x04\x00\x01\n"
                .to_vec(),
        ),
        ("wbxml 1.0", b"\x00\x0B\x03ab\x00\xC5\x46\x01\xC6\x00\x01\x36\x00\x00\x06\xE0\x02\x41\x83\x00\x01\x07\x01\x01".to_vec()),
        ("wbxml latin", b"\x02\xA4\x01\x04\x04a\xE9\xB5\x00\x6D\x4F\x03\xE9a\xE9\x00\x83\x00\x01\x01".to_vec()),
        (
            "xml latin",
            b"<?xml version='1.0' encoding='iso-8859-1'?>\n<a xmlns='u:1' b='\xE9'>\xE9\xB5<c>\xE9</c></a>".to_vec(),
        ),
        (
            "xml",
            "\u{FEFF}<?xml version='1.0'?><!DOCTYPE a [<?x ]> ?><!ENTITY b 'c'>]><!-- d --><a xmlns:p='u:1&amp;' p:e='&#10; x'>\
             <p:f/>&#x20AC;é&lt;\r\n<![CDATA[]]]]><![CDATA[>]]><?g?></a>\n"
                .as_bytes()
                .to_vec(),
        ),
        (
            "device information",
            b"<DevInf xmlns='syncml:devinf'><VerDTD>1.2</VerDTD><Man>A&amp;<![CDATA[B]]></Man><DevID>1</DevID><UTC/>\
              <DataStore><SourceRef>./c</SourceRef></DataStore><Ext/><x:y xmlns:x='u'>1</x:y></DevInf>"
                .to_vec(),
        ),
        (
            "device information 1.1",
            b"\x02\x9F\x54\x6A\x08xmlns\0x\0\x4A\x65\x031.1\0\x01\x51\xC3\x02AB\x01\x49\x031\0\x01\x28\
              \x45\x58\x03N\0\x01\x5C\x039\0\x01\x01\x0E\xC4\x06\x04\x00\x03u:1\0\x01\x031\0\x01\x01"
                .to_vec(),
        ),
        (
            "meta-information",
            b"<MetInf xmlns='syncml:metinf'><Size>12</Size><Anchor><Last>1</Last><Next>2</Next></Anchor>\
              <NextNonce>AAE=</NextNonce><EMI>a</EMI><Mem><FreeMem>1</FreeMem><FreeID>2</FreeID></Mem></MetInf>"
                .to_vec(),
        ),
        (
            "meta-information with octets",
            b"\x02\xA4\x02\x6A\x00\x00\x01\x4E\x47\x03b64\0\x01\x52\x0312\0\x01\x50\xC3\x03\xFF\x00\xFE\x01\
              \x55\x039\0\x01\x46\x03a\0\x01\x01"
                .to_vec(),
        ),
    ]
}

/// Runs `check` on every document that `wanted` picks, on as many threads as there are processors.
fn for_each_document(wanted: Wanted, check: impl Fn(&str, &[u8]) + Sync) {
    let documents = small_documents();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((path, octets)) = documents.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
                {
                    if wanted(octets) {
                        check(&path.display().to_string(), octets);
                    }
                }
            });
        }
    });
}

/// Names the input when a decoder panics on it.
fn decode(name: &str, what: &str, decoder: Decoder, input: &[u8]) -> Result<(), Error> {
    std::panic::catch_unwind(|| decoder(input))
        .unwrap_or_else(|_| panic!("{name} panicked on {what}: {}", input.escape_ascii()))
}

/// Whether these octets, cut off the end of a document, were of no meaning: blanks, zeros, comments, instructions.
fn means_nothing(cut: &[u8]) -> bool {
    let mut rest = cut;
    loop {
        rest = rest.trim_ascii_start();
        rest = match rest {
            [] => return true,
            [0, after @ ..] => after,
            // The processing instruction of `own_documents`.
            [0x43, 0x04, 0x00, 0x01, after @ ..] => after,
            _ if rest.starts_with(b"<!--") => {
                let end = rest.windows(3).position(|window| window == b"-->");
                end.map_or(&[][..], |end| &rest[end + 3..])
            }
            _ => return false,
        }
    }
}

#[test]
fn documents_cut_off_anywhere_are_refused() {
    for (name, decoder, wanted) in DECODERS {
        for_each_document(*wanted, |what, octets| {
            let whole = decode(name, what, *decoder, octets);
            assert!(whole.is_ok() || whole.is_err_and(|error| error.kind() == ErrorKind::WbxmlPublicId), "{what}");
            for len in 0..octets.len() {
                let (cut, rest) = octets.split_at(len);
                match decode(name, &format!("{what} cut to {len}"), *decoder, cut) {
                    Ok(()) => assert!(means_nothing(rest), "{what}: {name} takes the first {len} for the whole"),
                    Err(error) => check_error(error, cut, len.is_multiple_of(16)),
                }
            }
        });
    }
}

#[test]
fn documents_with_a_flipped_bit_do_no_harm() {
    for (name, decoder, wanted) in DECODERS {
        for_each_document(*wanted, |what, octets| {
            let mut mutated = octets.to_vec();
            for bit in 0..8 * octets.len() {
                mutated[bit / 8] ^= 1 << (bit % 8);
                let result = decode(name, &format!("{what} with bit {bit} flipped"), *decoder, &mutated);
                if let Err(error) = result {
                    check_error(error, &mutated, bit.is_multiple_of(64));
                }
                mutated[bit / 8] ^= 1 << (bit % 8);
            }
            assert_eq!(mutated, octets);
        });
    }
}

/// Two-octet inputs are few enough to try all, also behind a header.
#[test]
fn all_pairs_of_octets_do_no_harm() {
    let begin = Instant::now();
    for head in [&b""[..], b"\x02\xA4\x01\x6A\x02a\x00\x4F", b"\x02\x0B\x6A\x02a\x00\xC5\x05", b"<a ", b"<a>&"] {
        let mut input = [head, b"\0\0"].concat();
        for pair in 0..=u16::MAX {
            input[head.len()..].copy_from_slice(&pair.to_be_bytes());
            for (_, decoder, _) in DECODERS {
                if let Err(error) = decoder(&input) {
                    assert!(error.offset() <= input.len(), "{error}: {}", input.escape_ascii());
                }
            }
        }
    }
    assert!(begin.elapsed() < Duration::from_secs(60));
}

/// Documents of 4 kB and more: cut at 500 seeded positions, and flipped at as many.
#[test]
fn large_documents_cut_and_flipped_at_seeded_positions_do_no_harm() {
    let mut tried = 0_usize;
    let begin = Instant::now();
    for path in documents(ALL) {
        let octets = read(&path);
        if octets.len() < 4096 || is_vendor_wbxml(&path) {
            continue;
        }
        let mut seed = octets.len() as u64;
        let mut position = |bound: usize| {
            // Knuth's constants; any sequence does that is the same tomorrow.
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % bound
        };
        let what = path.display().to_string();
        // Of files alike, the largest take a share of the positions that keeps the time in bounds.
        let positions = (500 * 100_000 / octets.len().max(100_000)).max(50);
        for _ in 0..positions {
            let (cut, rest) = octets.split_at(position(octets.len()));
            match decode("typed", &format!("{what} cut to {}", cut.len()), typed, cut) {
                Ok(()) => assert!(means_nothing(rest), "{what} cut to {}", cut.len()),
                Err(error) => check_error(error, cut, false),
            }
            let bit = position(8 * octets.len());
            let mut mutated = octets.clone();
            mutated[bit / 8] ^= 1 << (bit % 8);
            if let Err(error) = decode("typed", &format!("{what} with bit {bit} flipped"), typed, &mutated) {
                check_error(error, &mutated, false);
            }
            tried += 1;
        }
    }
    println!("{tried} cuts and flips in {:?}", begin.elapsed());
    assert!(tried >= 4 * 500);
}

/// Every edge between tokens of three larger documents: where a tag begins or ends, where an event starts.
#[test]
fn large_documents_cut_at_token_edges_are_refused() {
    for name in ["phone.tnds.wbxml", "phone-strtbl.tnds.wbxml", "package2.syncml.xml"] {
        let octets = read(&data().join(name));
        let mut edges = std::collections::BTreeSet::new();
        with_reader(&octets, &options(), |reader| {
            while reader.next_event()?.is_some() {
                edges.insert(reader.offset());
            }
            Ok(())
        })
        .unwrap();
        let ends = octets.iter().enumerate().filter(|(_, octet)| matches!(octet, b'>' | b'<' | 1 | 3));
        edges.extend(ends.flat_map(|(at, _)| [at, at + 1]));
        edges.retain(|edge| *edge < octets.trim_ascii_end().len());
        assert!(edges.len() > 500, "{name}: {}", edges.len());
        for edge in edges {
            let result = decode("typed", &format!("{name} cut at {edge}"), typed, &octets[..edge]);
            check_error(result.expect_err("a document that was cut off"), &octets[..edge], false);
        }
    }
}
