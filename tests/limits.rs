//! Every limit, at its value and one past it, through everything that it bounds; and the table of limits in `docs/limits.md`, which
//! `OMADM_WRITE_LIMITS=1 cargo test --test limits` writes anew.
//!
//! A case is a document, or whatever is read, written or asked, that needs so much and no more: with the limit at that number it
//! passes, and with the limit one lower it is refused, with the kind of error that the table names, and where it should be. The numbers
//! are counted by hand in the documents.

mod common;

#[path = "limits/amplification.rs"]
mod amplification;
#[path = "limits/documents.rs"]
mod documents;
#[path = "limits/questions.rs"]
mod questions;

use omadm::{Error, ErrorKind, Limits};
use std::fmt::Write as _;

/// What is refused: the kind and place of the error, or nothing but that not all was done.
#[derive(Clone, Copy)]
enum Refused {
    /// An error at this octet.
    At(ErrorKind, usize),
    /// An error somewhere in the input.
    Somewhere(ErrorKind),
    /// No error: what comes back says that it is not all.
    Incomplete,
}

/// Something that needs just so much.
struct Case {
    what: &'static str,
    /// The value of the limit that is enough.
    enough: u64,
    refused: Refused,
    /// How long the input is.
    len: usize,
    run: Run,
}

/// Does it, and says whether all of it was done.
type Run = Box<dyn Fn(&Limits) -> Result<bool, Error>>;

fn case(
    what: &'static str,
    enough: u64,
    refused: Refused,
    input: impl Into<Vec<u8>>,
    run: impl Fn(&[u8], &Limits) -> Result<(), Error> + 'static,
) -> Case {
    let input = input.into();
    Case { what, enough, refused, len: input.len(), run: Box::new(move |limits| run(&input, limits).map(|()| true)) }
}

/// A limit: how it is set, and what the table says of it.
struct Limit {
    name: &'static str,
    default: u64,
    set: fn(&mut Limits, u64),
    bounds: &'static str,
    stops: &'static str,
    cases: fn() -> Vec<Case>,
}

impl Limit {
    fn check(&self, is_past: bool) {
        let cases = (self.cases)();
        assert!(!cases.is_empty());
        for Case { what, enough, refused, len, run } in cases {
            let mut limits = Limits::default();
            (self.set)(&mut limits, if is_past { enough - 1 } else { enough });
            let outcome = run(&limits);
            let expected = match (is_past, refused) {
                (false, _) => outcome == Ok(true),
                (true, Refused::At(kind, at)) => outcome == Err(Error::new(kind, at)),
                (true, Refused::Somewhere(kind)) => {
                    outcome.is_err_and(|error| error.kind() == kind && error.offset() <= len)
                }
                (true, Refused::Incomplete) => outcome == Ok(false),
            };
            let side = if is_past { "one past" } else { "at" };
            assert!(expected, "{}, {side} {enough}: {what}: {outcome:?}", self.name);
        }
    }
}

/// The limits in the order of the fields, with a test at each and one past it.
macro_rules! limits {
    ($($name:ident, $bounds:literal, $stops:literal, $cases:path;)*) => {
        fn all() -> Vec<Limit> {
            // A field that is added has to come into the table.
            let Limits { $($name),* } = Limits::default();
            vec![$(Limit {
                name: stringify!($name),
                default: $name.into(),
                set: |limits, value| limits.$name = value.try_into().unwrap(),
                bounds: $bounds,
                stops: $stops,
                cases: $cases,
            }),*]
        }

        $(mod $name {
            #[test]
            fn at_the_limit() {
                super::check(stringify!($name), false);
            }

            #[test]
            fn one_past_it() {
                super::check(stringify!($name), true);
            }
        })*
    };
}

fn check(name: &str, is_past: bool) {
    all().iter().find(|limit| limit.name == name).unwrap().check(is_past);
}

limits! {
    depth, "reading, converting and encoding documents; paths and edits of trees; skeletons",
        "deep nesting, which overflows the stack of consumers that recurse", documents::depth;
    elements, "reading documents; nodes of trees, skeletons and answers", "floods of tiny elements or nodes", documents::elements;
    attributes, "reading documents: attributes of one element, declarations included", "floods of attributes", documents::attributes;
    namespaces, "reading documents: declarations in force at one place", "floods of namespaces: names are looked up among them", documents::namespaces;
    name, "reading documents: one name; URIs and names that a locator keeps", "names that fill memory, or are compared for long", documents::name;
    text, "reading documents: the text of one element, one attribute value; one value in a tree; a large object", "texts that fill memory", documents::text;
    string_table, "reading WBXML; what an encoder puts into its table", "tables that fill memory, or claim 4 GiB", documents::string_table;
    expansion, "reading WBXML: all text together, as a multiple of the input; with 64, what a conversion writes", "string-table amplification: two octets that deliver a long string each", documents::expansion;
    buffer, "messages that are fed; messages of a package; what a locator keeps", "commands and packages that never end", documents::buffer;
    prefix, "messages that are fed: what comes before the first command", "long beginnings, which are read again with every command", documents::prefix;
    pattern, "patterns; location queries, node addresses", "patterns that look at every node again and again", questions::pattern;
    locations, "location queries; what a locator finds", "answers that name every object", questions::locations;
    answer_nodes, "structural queries, location queries; what a locator finds", "short questions with long answers", questions::answer_nodes;
    segments, "joining SMS and CDMA segments", "senders that never complete what they begin", questions::segments;
    headers, "pushes in text: HTTP, SIP, PAP", "floods of headers", questions::headers;
    header, "pushes in text: one header, or the first line", "headers that fill memory", questions::header;
    output, "conversions and encoders; all URIs of one answer, of the findings of one check, that the command prints of one file or, in C, of one list of differences, one table, one set of rows or one pickle", "what the input says once and the output says everywhere", documents::output;
    findings, "checks of trees, commands and messages", "trees in which every node is wrong", questions::findings;
    patterns, "checks: regular expressions that are compiled", "descriptions whose patterns fill memory", questions::patterns;
    pattern_size, "checks: one regular expression, compiled", "short patterns that grow, such as `((a{99}){99}){99}`", questions::pattern_size;
}

/// A number as people write it.
fn readable(name: &str, number: u64) -> String {
    let is_of_octets =
        ["name", "text", "string_table", "buffer", "prefix", "header", "output", "pattern_size"].contains(&name);
    let times = if name == "expansion" { " times" } else { "" };
    match number {
        _ if is_of_octets && number.is_multiple_of(1 << 30) => format!("{} GiB", number >> 30),
        _ if is_of_octets && number.is_multiple_of(1 << 20) => format!("{} MiB", number >> 20),
        _ if is_of_octets => format!("{} KiB", number >> 10),
        1_000_000.. => format!("{},{:03},{:03}", number / 1_000_000, number / 1_000 % 1_000, number % 1_000),
        1_000.. => format!("{},{:03}", number / 1_000, number % 1_000),
        _ => format!("{number}{times}"),
    }
}

/// The kinds of errors of a limit's cases, each once, in the order of their numbers.
fn kinds(limit: &Limit) -> String {
    let mut kinds: Vec<(u32, String)> = (limit.cases)()
        .iter()
        .map(|case| match case.refused {
            Refused::At(kind, _) | Refused::Somewhere(kind) => (kind.code(), format!("{kind:?} ({})", kind.code())),
            Refused::Incomplete => (u32::MAX, "none: the result says that it is not all".to_owned()),
        })
        .collect();
    kinds.sort();
    kinds.dedup();
    kinds.into_iter().map(|(_, kind)| kind).collect::<Vec<_>>().join(", ")
}

fn page() -> String {
    let mut page = String::from(
        "# Limits\n\n\
         What one input may cost. Every reader, writer and question takes `Limits`; the command has the defaults, C has them in \
         `omadm_options`. A limit that is passed is an error of its own kind, at the octet where it was passed. The defaults let through \
         every document of the corpus (`tests/corpus.rs`), the largest published descriptions and trees of a million nodes.\n\n\
         `tests/limits.rs` writes this page from `Limits` (`make limits`) and checks that it is current. For each limit it tries what \
         needs just so much, in every format that the limit bounds, with the limit at that number and with the limit one lower. What a locator \
         keeps and finds is held to its limits by `locate_hostile::what_is_found_stays_within_the_limits`, and its names by \
         `locate_hostile::a_long_name_is_never_sent_back`; URIs of answers and findings by the tests of the second table.\n\n\
         | limit | default | bounds | stops | error | at the limit | one past it |\n|---|---|---|---|---|---|---|\n",
    );
    for limit in all() {
        let Limit { name, bounds, stops, .. } = limit;
        let (default, kinds) = (readable(name, limit.default), kinds(&limit));
        let test = |test| format!("`limits::{name}::{test}`");
        let (at, past) = (test("at_the_limit"), test("one_past_it"));
        writeln!(page, "| `{name}` | {default} | {bounds} | {stops} | {kinds} | {at} | {past} |").unwrap();
    }
    page.push_str(include_str!("limits/multiples.md"));
    page
}

#[test]
fn the_page_of_limits_is_current() {
    let path = common::repository().join("docs/limits.md");
    if std::env::var_os("OMADM_WRITE_LIMITS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, page(), "docs/limits.md is not current: run `make limits`");
}
