//! What several test files share: where the documents are, and events in an owned, comparable form.
#![allow(dead_code, unreachable_pub)]

pub mod clock;
pub mod messages;
pub mod vectors;

use omadm::markup::{DocumentReader, Encoding, Event, Name, Options, Reader, wbxml::WbxmlReader, xml};
use omadm::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The documents written for this project.
pub fn data() -> PathBuf {
    repository().join("tests/data")
}

/// Real documents, which are not part of the project; where they are absent, that is printed and there is less to test.
pub fn corpus() -> Option<PathBuf> {
    let corpus = repository().join("../shared/corpus");
    if corpus.is_dir() {
        return Some(corpus);
    }
    println!("skipped: ../shared/corpus not present");
    None
}

pub fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below a folder whose names end in one of `suffixes`, in order.
pub fn files(folder: &Path, suffixes: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if suffixes.iter().any(|suffix| path.to_string_lossy().ends_with(suffix)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every document of `tests/data` and the corpus.
pub fn documents(suffixes: &[&str]) -> Vec<PathBuf> {
    let mut found = files(&data(), suffixes);
    found.extend(corpus().iter().flat_map(|corpus| files(corpus, suffixes)));
    found
}

pub const XML: &[&str] = &[".xml", ".ddf"];
pub const WBXML: &[&str] = &[".wbxml"];
pub const ALL: &[&str] = &[".xml", ".ddf", ".wbxml"];

/// Whether this is one of the four alerts with an `&` that nobody escaped.
pub fn has_bare_ampersand(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    ["confirm", "textinput", "singlechoice", "multiplechoice"]
        .iter()
        .any(|alert| name == format!("dm12-testalert{alert}.xml"))
}

/// Motorola's trees in their private token table.
pub fn is_vendor_wbxml(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    name.starts_with("vendor-") && name.ends_with(".wbxml")
}

/// The options that a document of ours or the corpus needs.
pub fn options_for(path: &Path) -> Options {
    Options { bare_ampersand: has_bare_ampersand(path), ..Options::default() }
}

/// A row of `tests/data/*counts.tsv`.
pub struct Row {
    pub path: PathBuf,
    pub kind: String,
    pub encoding: String,
    pub elements: usize,
    pub attributes: usize,
}

/// The counts that an independent program made of the documents that are there.
pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let corpus = corpus();
    for (table, folder) in [("counts.tsv", Some(data())), ("corpus-counts.tsv", corpus)] {
        let Some(folder) = folder else { continue };
        let text = String::from_utf8(read(&data().join(table))).unwrap();
        let mut lines = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
        let head = lines.next().unwrap();
        let column = |name| head.iter().position(|column| *column == name).unwrap();
        for cells in lines {
            rows.push(Row {
                path: folder.join(cells[column("file")]),
                kind: cells[column("kind")].to_owned(),
                encoding: cells[column("encoding")].to_owned(),
                elements: cells[column("elements")].parse().unwrap(),
                attributes: cells[column("attributes")].parse().unwrap(),
            });
        }
    }
    rows
}

/// Octets from hexadecimal digits; blanks do not count.
pub fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(|digit| !digit.is_ascii_whitespace()).collect();
    assert_eq!(digits.len() % 2, 0);
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// An attribute: namespace, local name, value.
pub type Attribute = (Option<String>, String, String);

/// A document as a list, its character data joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Local name, and the attributes that are no namespace declarations.
    Start(String, Vec<Attribute>),
    /// All between two tags, if it is anything.
    Text(Vec<u8>),
    End,
}

impl Piece {
    pub fn start(name: &str) -> Piece {
        Piece::Start(name.to_owned(), Vec::new())
    }

    pub fn text(text: &str) -> Piece {
        Piece::Text(text.as_bytes().to_owned())
    }
}

/// Adds text to a list of pieces.
pub fn push_text(pieces: &mut Vec<Piece>, text: &[u8]) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(last)) => last.extend_from_slice(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

/// The attributes of the last element.
pub fn attributes<'a>(reader: &(impl Reader<'a> + ?Sized)) -> Vec<Attribute> {
    reader
        .attrs()
        .filter(|attr| attr.declares().is_none())
        .map(|attr| {
            let local = attr.qname.split_once(':').map_or(attr.qname, |(_, local)| local);
            let namespace = attr.namespace.map(|namespace| namespace.name().into_owned());
            (namespace, local.to_owned(), attr.value.as_str().to_owned())
        })
        .collect()
}

/// Reads everything.
pub fn pieces<'a>(reader: &mut (impl Reader<'a> + ?Sized)) -> Result<Vec<Piece>, Error> {
    let mut pieces = Vec::new();
    while let Some(event) = reader.next_event()? {
        match event {
            Event::Start(name) => pieces.push(Piece::Start(name.local().to_owned(), attributes(reader))),
            Event::Opaque(octets) => push_text(&mut pieces, octets),
            Event::End => pieces.push(Piece::End),
            text => push_text(&mut pieces, text.text().unwrap().as_bytes()),
        }
    }
    Ok(pieces)
}

/// Leaves out blanks between elements.
pub fn without_blanks(pieces: Vec<Piece>) -> Vec<Piece> {
    let blank = |piece: &Piece| matches!(piece, Piece::Text(text) if text.iter().all(u8::is_ascii_whitespace));
    let is_start = |piece: Option<&Piece>| matches!(piece, Some(Piece::Start(..)));
    let is_end = |piece: Option<&Piece>| matches!(piece, Some(Piece::End));
    let mut kept = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let alone = index > 0 && is_start(pieces.get(index - 1)) && is_end(pieces.get(index + 1));
        if !blank(piece) || alone {
            kept.push(piece.clone());
        }
    }
    kept
}

/// Opens a document of either encoding and hands its reader on.
pub fn with_reader<T>(
    input: &[u8],
    options: &Options,
    then: impl for<'r, 'a> FnOnce(&'r mut DocumentReader<'a>) -> Result<T, Error>,
) -> Result<T, Error> {
    match Encoding::detect(input) {
        Some(Encoding::Xml) => {
            let document = xml::XmlDocument::open(input)?;
            then(&mut DocumentReader::Xml(xml::XmlReader::new(&document, options)))
        }
        Some(Encoding::Wbxml) => then(&mut DocumentReader::Wbxml(WbxmlReader::new(input, options)?)),
        None => Err(Error::new(ErrorKind::UnknownFormat, 0)),
    }
}

/// Reads a whole document of either encoding.
pub fn read_all(input: &[u8], options: &Options) -> Result<Vec<Piece>, Error> {
    with_reader(input, options, |reader| pieces(reader))
}

/// Reads a document with the default options, which has to work.
pub fn read_ok(input: &[u8]) -> Vec<Piece> {
    read_all(input, &Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The error that a document gives, as kind and offset.
pub fn error_of(input: &[u8], options: &Options) -> Option<(ErrorKind, usize)> {
    read_all(input, options).err().map(|error| (error.kind(), error.offset()))
}

/// A list of pieces in short: `name(` … `)` for elements, texts in between.
pub fn outline(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Start(name, attributes) => {
                out.push_str(name);
                for (_, name, value) in attributes {
                    out.push_str(&format!(" {name}={value}"));
                }
                out.push('(');
            }
            Piece::Text(text) => out.push_str(&String::from_utf8_lossy(text)),
            Piece::End => out.push(')'),
        }
    }
    out
}

/// The names of all elements, as tags where they are known: `SyncMl:Add`, or as written.
pub fn names(input: &[u8]) -> Vec<String> {
    with_reader(input, &Options::default(), |reader| {
        let mut names = Vec::new();
        while let Some(event) = reader.next_event()? {
            match event {
                Event::Start(Name::Known(tag)) => names.push(format!("{tag:?}")),
                Event::Start(Name::Other { qname, namespace }) => {
                    let namespace = namespace.map(|namespace| format!("{{{}}}", namespace.name()));
                    names.push(format!("{}{qname}", namespace.unwrap_or_default()));
                }
                _ => {}
            }
        }
        Ok(names)
    })
    .unwrap()
}
