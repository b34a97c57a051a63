//! What fuzzing begins with: the documents of `tests/data` and `tests/vectors`, small ones of our own, and the corpus where it is.
//!
//! Nothing of it is copied into the repository. `cargo run --bin corpus` writes it into a folder, as libFuzzer wants it.

use crate::common::{files, hex, read};
use std::path::{Path, PathBuf};

/// Longer ones make fuzzing slow, and are read by the tests of the library.
const LONGEST: usize = 16 * 1024;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Documents with their names.
fn documents() -> Vec<(String, Vec<u8>)> {
    let mut folders = vec![repository().join("tests/data")];
    let corpus = repository().join("../shared/corpus");
    if corpus.is_dir() {
        folders.push(corpus);
    } else {
        println!("skipped: ../shared/corpus not present");
    }
    let mut found = Vec::new();
    for folder in folders {
        for path in files(&folder, &[".xml", ".ddf", ".wbxml", ".bin"]) {
            found.push((path.file_name().unwrap().to_string_lossy().into_owned(), read(&path)));
        }
    }
    for name in ["notifications", "messages", "trees", "errors"] {
        let text = read(&repository().join("tests/vectors").join(name).with_extension("json"));
        let vectors: serde_json::Value = serde_json::from_slice(&text).unwrap();
        for vector in vectors.as_array().unwrap() {
            let joined = |key: &str| match vector.get(key)? {
                serde_json::Value::Array(lines) => {
                    Some(lines.iter().filter_map(|line| line.as_str()).collect::<String>())
                }
                line => line.as_str().map(str::to_owned),
            };
            let octets = joined("hex").map(|digits| hex(&digits)).or(joined("text").map(String::into_bytes));
            found.extend(octets.map(|octets| (format!("{name}.json {}", vector["name"]), octets)));
        }
    }
    found
}

/// The files below a folder of this package, such as `seeds/query`.
pub(crate) fn own(folder: &str, target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(target);
    if !folder.is_dir() {
        return Vec::new();
    }
    files(&folder, &[""]).into_iter().map(|path| (path.display().to_string(), read(&path))).collect()
}

/// The inputs that a target begins with. Documents have the octets in front that say how they are read.
pub fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let mut seeds = own("seeds", target);
    let heads: &[&[u8]] = match target {
        // Octets as they are.
        "notification" => &[b""],
        "push" => &[b"\0"],
        "wbxml" | "xml" | "syncml_cross" | "tnds_tree" | "ddf" | "capi" => &[b"\0", b"\x07"],
        "convert" => &[b"\0", b"\x1F"],
        "stream_vs_whole" => &[b"\0\0\0\0\0", b"\0\x30\x01\x80\x05", b"\x01\x20\x07\x07\xC0"],
        _ => return seeds,
    };
    let is_wanted = |octets: &[u8]| match target {
        "notification" | "push" => octets.len() <= 1024 && octets.first() != Some(&b'<'),
        "wbxml" => octets.first().is_some_and(|first| *first <= 3),
        "xml" => octets.first().is_some_and(|first| *first > 3),
        _ => true,
    };
    for (name, octets) in documents() {
        if octets.len() <= LONGEST && is_wanted(&octets) {
            seeds.extend(heads.iter().map(|head| (name.clone(), [head, &octets[..]].concat())));
        }
    }
    seeds
}
