//! What the command prints of hostile files: one long name is in the URIs of all that is below it. A file of this kind is refused
//! when the URIs together are longer than `Limits::output_budget` of it; expectations are counted from that: 80 times, and 64 KiB.
#![cfg(feature = "cli")]

use std::process::{Command, Output, Stdio};

const EVERYWHERE: &str = "./**";

fn omadm(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omadm"));
    command.args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn text(octets: &[u8]) -> &str {
    std::str::from_utf8(octets).unwrap()
}

/// A file for one test.
struct Scratch(std::path::PathBuf, usize);

impl Scratch {
    fn new(name: &str, content: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("omadm-cli-limits-{}-{name}", std::process::id()));
        std::fs::write(&path, content).unwrap();
        Scratch(path, content.len())
    }

    fn name(&self) -> &str {
        self.0.to_str().unwrap()
    }

    /// Octets that the URIs may have together.
    fn budget(&self) -> usize {
        80 * self.1 + 64 * 1024
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn tree(nodes: &str) -> String {
    format!("<MgmtTree xmlns='syncml:dmddf1.2'><VerDTD>1.2</VerDTD>{nodes}</MgmtTree>")
}

fn interior(name: &str, below: &str) -> String {
    format!("<Node><NodeName>{name}</NodeName>{below}</Node>")
}

/// So many leaves, with names of four digits.
fn leaves(count: usize, value: &str) -> String {
    (0..count).map(|at| format!("<Node><NodeName>{at:04}</NodeName><Value>{value}</Value></Node>")).collect()
}

/// A node of a long name, and 4,000 leaves: their URIs have 20,007 octets each, and 80 MB together.
fn wide(test: &str, value: &str) -> Scratch {
    let nodes = interior(&"n".repeat(20_000), &leaves(4_000, value));
    Scratch::new(&format!("{test}-wide-{value}.xml"), &tree(&nodes))
}

/// 200 nodes inside each other, with names of 100 octets, and 4,000 leaves below.
fn deep(test: &str) -> Scratch {
    let open = format!("<Node><NodeName>{}</NodeName>", "m".repeat(100)).repeat(200);
    let nodes = format!("{open}{}{}", leaves(4_000, "v"), "</Node>".repeat(200));
    Scratch::new(&format!("{test}-deep.xml"), &tree(&nodes))
}

fn empty(test: &str) -> Scratch {
    Scratch::new(&format!("{test}-empty.xml"), &tree(&interior("Other", "")))
}

/// Refused for the length of URIs, with a message that is short itself. Returns what was printed before.
fn refused(arguments: &[&str], budget: usize) -> String {
    let output = omadm(arguments);
    let (printed, said) = (text(&output.stdout), text(&output.stderr));
    let what = &arguments[..2];
    assert_eq!(output.status.code(), Some(2), "{what:?}: {} printed", printed.len());
    assert!(said.starts_with("omadm: ") && said.contains(": the URIs of nodes up to ./"), "{what:?}: {said}");
    assert!(
        said.ends_with(" octets): the output is too long (limit: output)\n") && said.len() < 1_000,
        "{what:?}: {said}"
    );
    assert!(printed.len() < budget + budget / 4, "{what:?}: {}", printed.len());
    printed.to_owned()
}

#[test]
fn trees_in_json_end_at_the_multiple_of_their_file() {
    for file in [wide("json", "v"), deep("json")] {
        for command in ["tree", "show"] {
            assert_eq!(refused(&[command, "--json", file.name()], file.budget()), "");
            // Without URIs there is nothing to refuse.
            let output = omadm(&[command, file.name()]);
            assert_eq!(output.status.code(), Some(0));
            assert!(output.stdout.len() < 2 * file.1);
        }
    }
}

#[test]
fn find_prints_the_uris_that_fit_and_says_that_there_are_more() {
    let file = wide("find", "v");
    // One of 20,002 octets, and then leaves.
    let fitting = 1 + (file.budget() - 1 - 20_002) / 20_007;
    let printed = refused(&["find", EVERYWHERE, file.name()], file.budget());
    assert_eq!(printed.lines().filter(|line| line.len() >= 20_002).count(), fitting);
    assert!(printed.ends_with(&format!("/{:04}\n", fitting - 2)));
    let printed = refused(&["find", "--json", EVERYWHERE, file.name()], file.budget());
    let uris = printed.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["uri"].to_string());
    assert_eq!(uris.filter(|uri| uri.len() >= 20_002).count(), fitting);
    refused(&["find", EVERYWHERE, deep("find").name()], deep("find").budget());
}

#[test]
fn diff_ends_at_the_multiple_of_both_files() {
    let (before, after, none) = (wide("diff", "v"), wide("diff", "w"), empty("diff"));
    let budget = before.budget() + after.budget();
    for options in [&[][..], &["--json"]] {
        let printed = refused(&[&["diff"], options, &[before.name(), after.name()]].concat(), budget);
        // Every leaf has another value: so many changes fit, and each is whole.
        let changes = printed.lines().filter(|line| line.len() > 20_000).count();
        assert_eq!(changes, (80 * (before.1 + after.1) + 64 * 1024) / 20_007, "{options:?}");
        assert!(printed.ends_with('\n'));
    }
    // What is below a node that was added is told by its names, and in JSON by its URIs.
    let output = omadm(&["diff", none.name(), before.name()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.len() < 2 * before.1);
    for files in [[none.name(), before.name()], [before.name(), none.name()]] {
        let printed = refused(&["diff", "--json", files[0], files[1]], before.budget());
        // The node that the other tree alone has.
        assert!(printed.len() < 200 && !printed.contains("nnn"), "{printed}");
    }
}

/// 20 trees at a base of 10,000 octets, with 400 leaves each: each tree alone would pass, and all of them would take 80 MB.
#[test]
fn all_trees_of_a_message_share_one_multiple() {
    let item = |at: usize| {
        let (base, tree) = ("b".repeat(10_000), tree(&leaves(400, "v")));
        format!("<Item><Target><LocURI>./{base}{at:02}</LocURI></Target><Data>{tree}</Data></Item>")
    };
    let add = format!("<Add><CmdID>9</CmdID>{}</Add><Final/>", (0..20).map(item).collect::<String>());
    let message = include_str!("data/package1.syncml.xml").replacen("<Final/>", &add, 1);
    let file = Scratch::new("message.xml", &message);
    // A tree has its base, and leaves behind a slash. A tree of the message's own comes first, and is short.
    let fitting = file.budget() / (10_004 + 400 * 10_009);
    let printed = refused(&["tree", "--json", file.name()], file.budget());
    let long = |line: &&str| line.len() > 1_000_000;
    assert_eq!(printed.lines().filter(long).count(), fitting);
    for line in printed.lines() {
        let tree: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(!tree["nodes"].as_array().unwrap().is_empty());
    }
    refused(&["find", EVERYWHERE, file.name()], file.budget());
    // Behind the last tree that fits, the others are the data that they came in.
    let printed = refused(&["show", "--json", file.name()], file.budget());
    let message: serde_json::Value = serde_json::from_str(&printed).unwrap();
    let add = message["commands"].as_array().unwrap().last().unwrap();
    let items = add["items"].as_array().unwrap();
    let with = |key: &str| items.iter().filter(|item| !item[key].is_null()).count();
    assert_eq!((with("tree"), with("Data")), (fitting, 20 - fitting));
}

#[test]
fn get_answers_with_no_more_than_the_multiple() {
    let file = wide("get", "v");
    for list in [".?list=Struct", ".?list=StructData"] {
        for options in [&[][..], &["--json"]] {
            let output = omadm(&[&["get"], options, &[file.name(), list]].concat());
            assert_eq!(output.status.code(), Some(1), "{list}");
            let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
            assert!(said.contains("413") && said.len() < 1_000, "{list}: {said}");
        }
    }
    let output = omadm(&["get", file.name(), ".?list=TNDS"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.len() < 5 * file.1);
}

#[test]
fn descriptions_end_at_the_multiple_too() {
    let node = |name: &str, below: &str| {
        let format = if below.is_empty() { "<int/>" } else { "<node/>" };
        let properties = format!("<AccessType><Get/></AccessType><DFFormat>{format}</DFFormat>");
        interior(name, &format!("<DFProperties>{properties}<Occurrence><One/></Occurrence></DFProperties>{below}"))
    };
    let below: String = (0..2_000).map(|at| node(&format!("{at:04}"), "")).collect();
    let file = |name: &str| Scratch::new(&format!("ddf-{name}.xml"), &tree(&node(&name.repeat(40_000), &below)));
    let (old, new) = (file("o"), file("n"));
    assert_eq!(refused(&["show", "--json", old.name()], old.budget()), "");
    refused(&["show", old.name()], old.budget());
    refused(&["ddf", "diff", old.name(), new.name()], old.budget() + new.budget());
    refused(&["ddf", "diff", "--json", old.name(), new.name()], old.budget() + new.budget());
}

/// 100,000 leaves with URIs of 60 to 100 octets, in WBXML, too, where nodes are shortest.
#[test]
fn a_large_tree_with_names_as_people_have_them_is_printed_whole() {
    let leaf = |at: usize| {
        let properties = "<RTProperties><Format><int/></Format><Type><MIME>text/plain</MIME></Type></RTProperties>";
        format!("<Node><NodeName>Setting{at}</NodeName>{properties}<Value>{at}</Value></Node>")
    };
    let below: String = (0..100).map(leaf).collect();
    let profiles: String = (0..1_000).map(|at| interior(&format!("ApplicationProfile{at:05}"), &below)).collect();
    let object = interior("Vendor", &interior("ManagementObjectForConfiguration", &profiles));
    let (file, none) = (Scratch::new("large.xml", &tree(&object)), empty("large"));
    let binary = Scratch::new("large.wbxml", "");
    assert_eq!(omadm(&["convert", file.name(), binary.name()]).status.code(), Some(0));
    let nodes = 2 + 1_000 + 100_000;
    for file in [&file, &binary] {
        let passed = |arguments: &[&str], status: i32| {
            let output = omadm(arguments);
            assert_eq!((text(&output.stderr), output.status.code()), ("", Some(status)), "{arguments:?}");
            String::from_utf8(output.stdout).unwrap()
        };
        assert_eq!(passed(&["tree", "--json", file.name()], 0).matches("{\"uri\":").count(), nodes);
        assert!(passed(&["find", EVERYWHERE, file.name()], 0).lines().count() >= nodes);
        // One object was added, and another removed.
        let changes = passed(&["diff", "--json", none.name(), file.name()], 1);
        assert_eq!((changes.lines().count(), changes.matches("{\"uri\":").count()), (2, nodes + 1));
    }
}
