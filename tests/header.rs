//! `include/omadm.h` is made of `src/capi` by cbindgen, file by file, so that it has a section for each; checked in; and compared here.
//! `make header` writes it anew.
#![cfg(feature = "capi")]

#[path = "header/layout.rs"]
mod layout;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of `src/capi` that have something for C, in the order in which the header has them.
const SECTIONS: &[&str] = &[
    "version",
    "codes",
    "text",
    "error",
    "names",
    "buffer",
    "input",
    "message",
    "command",
    "data",
    "alert",
    "package",
    "reader",
    "encode",
    "new_command",
    "builder",
    "ui",
    "large",
    "convert",
    "tree",
    "property",
    "acl",
    "edit",
    "graft",
    "transaction",
    "tnds",
    "search",
    "diff",
    "query",
    "schema",
    "check",
    "arrow",
    "frame",
    "rows",
    "pickle",
    "provisioning",
    "auth",
    "notification",
    "push",
    "push_build",
    "sms",
    "hints",
    "provisional",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(name: &str) -> (PathBuf, String) {
    let file = root().join("src/capi").join(name).with_extension(if name == "preface" { "h" } else { "rs" });
    let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    (file, text)
}

/// One file's part of the header, under the first paragraph of its documentation.
fn section(name: &str) -> String {
    let (file, text) = source(name);
    let title: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
    // cbindgen leaves out what no function of the file mentions, unless it is told.
    let items = text.lines().filter_map(|line| {
        let item = ["pub struct ", "pub enum ", "pub type "].iter().find_map(|start| line.strip_prefix(start))?;
        item.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().map(str::to_owned)
    });
    let mut config = cbindgen::Config {
        language: cbindgen::Language::C,
        cpp_compat: true,
        usize_is_size_t: true,
        no_includes: true,
        line_length: 120,
        tab_width: 4,
        documentation_style: cbindgen::DocumentationStyle::Doxy,
        ..Default::default()
    };
    config.export.include = items.collect();
    // They stand in the preface, as the interface has them: with a tag and nothing else.
    for name in ["ArrowSchema", "ArrowArray"] {
        config.export.rename.insert(name.into(), format!("struct {name}"));
    }
    let mut made = Vec::new();
    cbindgen::Builder::new().with_config(config).with_src(&file).generate().unwrap().write(&mut made);
    let made = String::from_utf8(made).unwrap();
    // One such bracket is around the whole header.
    let made = made.replace("#ifdef __cplusplus\nextern \"C\" {\n#endif // __cplusplus\n", "");
    let made = made.replace("#ifdef __cplusplus\n}  // extern \"C\"\n#endif  // __cplusplus\n", "");
    let (made, mut rest) = (short_comments(made.trim()), String::new());
    for (name, members) in structures(&made) {
        if members.first().is_some_and(|(_, member)| member == "struct_size") {
            write!(rest, "\n#define {}_INIT {{ sizeof({name})", name.to_uppercase()).unwrap();
            members.iter().skip(1).for_each(|(kind, _)| rest.push_str(&format!(", {}", zero(kind))));
            rest.push_str(" }\n");
        }
    }
    format!("\n/*\n * ---- {}\n */\n\n{made}\n{rest}", title.join("\n *      "))
}

/// Puts comments of one line on one line.
fn short_comments(header: &str) -> String {
    let lines: Vec<&str> = header.lines().collect();
    let (mut short, mut at) = (String::new(), 0);
    while at < lines.len() {
        let indent = lines[at].len() - lines[at].trim_start().len();
        match (lines[at].trim(), lines.get(at + 2).map(|line| line.trim())) {
            ("/**", Some("*/")) => {
                let text = lines[at + 1].trim().trim_start_matches("* ");
                writeln!(short, "{:indent$}/** {text} */", "").unwrap();
                at += 3;
            }
            _ => {
                short.push_str(lines[at]);
                short.push('\n');
                at += 1;
            }
        }
    }
    short
}

/// The structures in a part of the header, with type and name of their members.
fn structures(header: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut lines = header.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("typedef struct ").and_then(|line| line.strip_suffix(" {")) else {
            continue;
        };
        let members = lines.by_ref().take_while(|line| !line.starts_with('}'));
        let members = members.filter_map(|line| line.trim().strip_suffix(';')).map(|member| {
            let (kind, name) = member.rsplit_once([' ', '*']).unwrap();
            let is_pointer = member.contains('*') || kind == "omadm_release";
            (if is_pointer { "*".to_owned() } else { kind.to_owned() }, name.to_owned())
        });
        found.push((name.to_owned(), members.collect()));
    }
    found
}

/// How a member of a type begins. Compilers warn of members that are left out.
fn zero(kind: &str) -> String {
    match kind.trim_start_matches("struct ") {
        "*" => "NULL".into(),
        "omadm_str" | "omadm_bytes" => "{ NULL, 0 }".into(),
        "omadm_data" => "{ 0, 0, 0, { NULL, 0 } }".into(),
        "uint8_t" | "uint16_t" | "uint32_t" | "uint64_t" | "int64_t" | "size_t" | "omadm_node"
        | "omadm_schema_node" => "0".into(),
        other => panic!("how does {other} begin?"),
    }
}

fn header() -> String {
    let mut all = source("preface").1;
    for name in SECTIONS {
        all.push_str(&section(name));
    }
    all.push_str("\n#ifdef __cplusplus\n}\n#endif\n\n#endif /* OMADM_H */\n");
    all
}

#[test]
fn the_header_is_that_of_the_source() {
    let path = root().join("include/omadm.h");
    let made = header();
    if std::env::var_os("OMADM_WRITE_HEADER").is_some() {
        fs::create_dir_all(root().join("include")).unwrap();
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differs = made.lines().zip(kept.lines()).enumerate().find(|(_, (made, kept))| made != kept);
    assert!(made == kept, "include/omadm.h is not that of src/capi: run `make header`. First difference: {differs:#?}");
}

#[test]
fn every_file_with_something_for_c_is_in_the_header_and_every_function_has_a_comment() {
    let mut functions = BTreeMap::new();
    for entry in fs::read_dir(root().join("src/capi")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".rs") else { continue };
        // For a test, and in no library that is installed.
        if name == "hooks" {
            continue;
        }
        let text = source(name).1;
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("#[unsafe(no_mangle)]")) {
            let signature = lines[at + 1];
            let function = signature.split("fn ").nth(1).and_then(|rest| rest.split('(').next());
            let function = function.unwrap_or_else(|| panic!("{name}: what is {line} of?"));
            assert!(lines[at - 1].starts_with("/// "), "{function} has no comment");
            assert!(function.starts_with("omadm_"), "{function}");
            assert!(SECTIONS.contains(&name), "src/capi/{name}.rs has {function}, but no section in tests/header.rs");
            functions.insert(function.to_owned(), name.to_owned());
        }
    }
    let header = header();
    for function in functions.keys() {
        assert!(header.contains(&format!("{function}(")), "{function} is not in the header");
    }
    let symbols = fs::read_to_string(root().join("include/omadm.symbols")).unwrap_or_default();
    let expected: String = functions.keys().map(|function| format!("{function}\n")).collect();
    if std::env::var_os("OMADM_WRITE_HEADER").is_some() {
        fs::write(root().join("include/omadm.symbols"), &expected).unwrap();
    } else {
        assert_eq!(symbols, expected, "include/omadm.symbols is not that of src/capi: run `make header`");
    }
}

#[test]
fn registered_types_of_alerts_are_those_of_rust() {
    use omadm::syncml::alert_types::*;
    let types = [
        ("FUMO_DOWNLOAD", FUMO_DOWNLOAD),
        ("FUMO_UPDATE", FUMO_UPDATE),
        ("FUMO_DOWNLOAD_AND_UPDATE", FUMO_DOWNLOAD_AND_UPDATE),
        ("FUMO_DEVICE_REQUEST", FUMO_DEVICE_REQUEST),
        ("FUMO_USER_REQUEST", FUMO_USER_REQUEST),
        ("DIAGMON_OPERATION_COMPLETE", DIAGMON_OPERATION_COMPLETE),
        ("DIAGMON_TRAP_NOTIFICATION", DIAGMON_TRAP_NOTIFICATION),
        ("DIAGMON_TRAP_INACTIVE", DIAGMON_TRAP_INACTIVE),
        ("DIAGMON_TRAP_DEREGISTERED", DIAGMON_TRAP_DEREGISTERED),
        ("DIAGMON_DATA_REPORT", DIAGMON_DATA_REPORT),
        ("SCOMO_OPERATION_COMPLETE", SCOMO_OPERATION_COMPLETE),
        ("SACMO_OPERATION_REPORT", SACMO_OPERATION_REPORT),
        ("POLICY_REPORT", POLICY_REPORT),
        ("GATEWAY_ROOT", GATEWAY_ROOT),
    ];
    let (_, header) = source("preface");
    for (name, value) in types {
        assert!(header.contains(&format!("#define OMADM_ALERT_TYPE_{name} \"{value}\"\n")), "{name}");
    }
    assert_eq!(header.matches("#define OMADM_ALERT_TYPE_").count(), types.len());
}
