//! What has happened to others in this field, each by name (`field-lessons.md` §4.2, §5, §6). `docs/threat-model.md` has the table of
//! accidents and tests; many have theirs beside the code that they are about, and that table says where.

mod common;

#[path = "accidents/identity.rs"]
mod identity;
#[path = "accidents/markup.rs"]
mod markup;
#[path = "accidents/secrets.rs"]
mod secrets;

use common::{files, repository};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What the page names in code: of `file::test` the file, one of `tests/` or of `src/`, and the test; of a path only that.
fn named(page: &str) -> BTreeSet<(String, Option<String>)> {
    let page = std::fs::read_to_string(repository().join("docs").join(page)).unwrap();
    let name = |code: &str| match code.split_once("::") {
        Some((file, test)) if !file.starts_with(char::is_uppercase) => {
            Some((file.to_owned(), test.rsplit("::").next().map(str::to_owned)))
        }
        _ => code.starts_with("tests/").then(|| (code.to_owned(), None)),
    };
    page.split('`').skip(1).step_by(2).filter_map(name).collect()
}

/// The source files of a test: of `tests/name.rs`, or below `tests/name/`; or of `src/`.
fn sources(file: &str) -> Vec<PathBuf> {
    let root = repository();
    if let Some(path) = file.strip_prefix("src/") {
        return vec![root.join("src").join(path).with_extension("rs")];
    }
    let folder = root.join("tests").join(file);
    let mut found = vec![folder.with_extension("rs")];
    found.extend(Some(folder).filter(|folder| folder.is_dir()).iter().flat_map(|folder| files(folder, &[".rs"])));
    found
}

#[test]
fn each_test_that_a_page_names_is_there() {
    let mut seen = 0;
    for page in ["threat-model.md", "limits.md"] {
        for (file, test) in named(page) {
            let is_there = match &test {
                None => repository().join(&file).exists(),
                Some(test) => sources(&file).iter().any(|path| {
                    let text = std::fs::read_to_string(path).unwrap_or_default();
                    text.contains(&format!("fn {test}("))
                }),
            };
            assert!(is_there, "{page} names {file}::{test:?}");
            seen += 1;
        }
    }
    assert!(seen >= 60, "{seen}");
}
