//! The command, run as its users run it.
#![cfg(feature = "cli")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

/// Runs `omadm` in the repository.
fn omadm(arguments: &[&str]) -> Output {
    command(arguments).output().expect("omadm runs")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omadm"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn scratch(name: &str, content: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("omadm-cli-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

const FUMO: &str = "urn:oma:mo:oma-fumo:1.0";

/// The two instances are in the model that `tests/tools/make_phone.py` writes.
#[test]
fn find_answers_on_xml_and_wbxml_alike() {
    for file in ["phone.tnds.xml", "phone.tnds.wbxml", "phone-strtbl.tnds.wbxml", "phone-flat.tnds.xml"] {
        let output = omadm(&["find", FUMO, &format!("tests/data/{file}")]);
        assert_eq!(stdout(&output), "./FUMO/modem\n./FUMO/system\n", "{file}");
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""), "{file}");
    }
}

#[test]
fn find_looks_into_messages_and_names_the_files_of_several() {
    let files =
        ["tests/data/results-e1.syncml.wbxml", "tests/data/notification.bin", "tests/data/results-cdata.syncml.xml"];
    let output = omadm(&["find", FUMO, files[0], files[1], files[2]]);
    let expected: Vec<String> = [files[0], files[2]]
        .iter()
        .flat_map(|file| ["modem", "system"].map(|name| format!("{file}:./FUMO/{name}")))
        .collect();
    assert_eq!(stdout(&output).lines().collect::<Vec<_>>(), expected);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn find_exits_as_grep() {
    let status = |arguments: &[&str]| omadm(arguments).status.code();
    assert_eq!(status(&["find", "urn:oma:mo:none:1.0", "tests/data/phone.tnds.xml"]), Some(1));
    assert_eq!(status(&["find", FUMO, "tests/data/phone.tnds.xml", "no such file"]), Some(2));
    assert_eq!(status(&["find", FUMO]), Some(2));
}

#[test]
fn find_takes_versions_conditions_places_and_servers() {
    let find = |arguments: &[&str]| {
        let arguments = [&["find"], arguments, &["tests/data/phone.tnds.xml"]].concat();
        let output = omadm(&arguments);
        assert_eq!(stderr(&output), "", "{arguments:?}");
        stdout(&output).to_owned()
    };
    assert_eq!(find(&["urn:oma:mo:oma-fumo:*"]), "./FUMO/modem\n./FUMO/system\n");
    assert_eq!(find(&[FUMO, "--if", "State=60"]), "./FUMO/system\n");
    assert_eq!(find(&[FUMO, "--if", "Ext/*=B"]), "./FUMO/modem\n");
    assert_eq!(find(&[FUMO, "--if", "State=60", "--if", "Ext/Slot"]), "");
    assert_eq!(find(&[FUMO, "--below", "./FUMO/modem"]), "./FUMO/modem\n");
    assert_eq!(find(&[FUMO, "--below", "./NotThere"]), "");
    let hidden = "<Node><NodeName>A</NodeName><RTProperties><ACL>Get=abc+ab</ACL><Type><DDFName>urn:x:1</DDFName></Type>\
        </RTProperties><Node><NodeName>L</NodeName><Value>1</Value></Node></Node>";
    let hidden = scratch("find-as", format!("<MgmtTree>{hidden}</MgmtTree>").as_bytes());
    let status = |server, what| omadm(&["find", "--as", server, what, &hidden]).status.code();
    for what in ["urn:x:*", "./A", "**/L", "*[L==1]"] {
        assert_eq!((status("ab", what), status("b", what)), (Some(0), Some(1)), "{what}");
    }
    std::fs::remove_file(hidden).unwrap();
}

#[test]
fn find_takes_patterns() {
    for file in ["tests/data/phone.tnds.xml", "tests/data/phone.tnds.wbxml"] {
        let find = |pattern| stdout(&omadm(&["find", pattern, file])).to_owned();
        assert_eq!(find("./FUMO/*/State"), "./FUMO/modem/State\n./FUMO/system/State\n");
        assert_eq!(find("**[State>=50]"), "./FUMO/system\n");
        assert_eq!(find("FUMO/*[Ext/Slot==\"B\"]"), "./FUMO/modem\n");
    }
    let output = omadm(&["find", "--json", "**[State==10]", "tests/data/phone.tnds.xml"]);
    let row: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((&row["mo_id"], &row["uri"]), (&FUMO.into(), &"./FUMO/modem".into()));
    assert_eq!(omadm(&["find", "./None", "tests/data/phone.tnds.xml"]).status.code(), Some(1));
}

#[test]
fn find_takes_what_cannot_be_an_identifier_as_a_pattern() {
    let find = |what| {
        let output = omadm(&["find", what, "tests/data/phone.tnds.xml"]);
        assert_eq!(stderr(&output), "", "{what}");
        (stdout(&output).to_owned(), output.status.code())
    };
    assert_eq!(find("DevInfo/Man"), ("./DevInfo/Man\n".into(), Some(0)));
    assert_eq!(find("FUMO"), ("./FUMO\n".into(), Some(0)));
    let (all, status) = find("FUMO/**");
    assert!(all.starts_with("./FUMO\n./FUMO/modem\n") && status == Some(0), "{all}");
    assert_eq!(find("DevInfo/None"), (String::new(), Some(1)));
    // Both forms of identifiers (`wire.md` §9.4) still are: this tree has nodes at the same path, which are not found.
    let node = |name: &str, properties: &str, inside: &str| {
        format!("<Node><NodeName>{name}</NodeName><RTProperties>{properties}</RTProperties>{inside}</Node>")
    };
    let object = |id: &str| format!("<Type><DDFName>{id}</DDFName></Type>");
    let nodes = node("com.x", "", &node("1.2", "", &node("Y", "", "")))
        + &node("A", &object("com.x/1.2/Y"), "")
        + &node("B", &object("x:a/b"), "")
        + &node("x:a", "", &node("b", "", ""));
    let file = scratch("find-ids", format!("<MgmtTree>{nodes}</MgmtTree>").as_bytes());
    for (what, uri) in [("com.x/1.2/Y", "./A\n"), ("x:a/b", "./B\n"), ("./com.x/1.2/Y", "./com.x/1.2/Y\n")] {
        assert_eq!(stdout(&omadm(&["find", what, &file])), uri);
    }
    std::fs::remove_file(file).unwrap();
}

#[test]
fn find_points_at_versions_where_an_identifier_has_none() {
    let find = |what: &str, more: &[&str]| {
        let output = omadm(&[&["find", what, "tests/data/phone.tnds.xml"], more].concat());
        assert_eq!((stdout(&output), output.status.code()), ("", Some(1)), "{what}");
        stderr(&output).to_owned()
    };
    let hint = find("urn:oma:mo:oma-fumo", &["tests/data/phone.tnds.wbxml"]);
    assert!(hint.contains("'urn:oma:mo:oma-fumo:*'") && hint.lines().count() == 1, "{hint}");
    for what in ["urn:oma:mo:none", "urn:oma:mo:oma-fumo:9.9", "urn:oma:mo:none:*", "urn:oma:mo"] {
        assert_eq!(find(what, &[]), "", "{what}");
    }
    assert_eq!(find("urn:oma:mo:oma-fumo", &["--below", "./DevInfo"]), "");
    assert_eq!(find("urn:oma:mo:oma-fumo", &["--if", "None"]), "");
}

#[test]
fn find_says_where_an_argument_is_wrong() {
    for (arguments, message) in [
        (&["./A//B"][..], "omadm: ./A//B: byte 4: not a pattern"),
        (&["A//B"], "omadm: A//B: byte 2: not a pattern"),
        (&["*[A=1]"], "omadm: *[A=1]: byte 3: not a condition"),
        (&[FUMO, "--if", "A//B"], "omadm: A//B: byte 2: not a path"),
        (&[FUMO, "--below", "/A"], "omadm: /A: byte 0: not a node URI"),
        (&[FUMO, "--below", "./A?prop=ACL"], "omadm: ./A?prop=ACL: a URI without a query"),
        (&["./*", "--if", "A"], "omadm: --if and --below go with an identifier"),
    ] {
        let output = omadm(&[&["find"], arguments, &["tests/data/phone.tnds.xml"]].concat());
        assert!(stderr(&output).starts_with(message), "{}", stderr(&output));
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""));
    }
}

#[test]
fn standard_input_is_a_dash() {
    let mut child = command(&["find", FUMO, "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(include_bytes!("data/phone.tnds.wbxml")).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(stdout(&output), "./FUMO/modem\n./FUMO/system\n");
}

#[test]
fn errors_say_file_byte_line_column_and_path() {
    let broken = scratch(
        "broken.xml",
        b"<SyncML xmlns='SYNCML:SYNCML1.2'>\n <SyncHdr>\n  <MsgID>1</MsgID>\n </SyncHdr></SyncML>",
    );
    let output = omadm(&["show", &broken]);
    assert_eq!(output.status.code(), Some(2));
    let expected =
        format!("omadm: {broken}: byte 35, line 2:2, in SyncML/SyncHdr: a required element is missing: VerDTD\n");
    assert_eq!(stderr(&output), expected);
    assert_eq!(stdout(&output), "");

    let output = omadm(&["show", "no such file"]);
    assert!(stderr(&output).starts_with("omadm: no such file: "), "{}", stderr(&output));
    let unknown = scratch("unknown", b"hello");
    let output = omadm(&["show", &unknown]);
    assert!(stderr(&output).contains("byte 0: not a known document: expected package #0"), "{}", stderr(&output));
}

#[test]
fn a_bare_ampersand_is_read_with_a_warning() {
    let message = include_str!("data/package2.syncml.xml").replacen("MINDT=10&amp;", "MINDT=10&", 1);
    let file = scratch("ampersand.xml", message.as_bytes());
    let output = omadm(&["show", &file]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr(&output).contains("warning: byte"), "{}", stderr(&output));
    assert!(stdout(&output).contains("MINDT=10&MAXDT=60&DR=1"));
}

#[test]
fn show_says_codes_with_their_meaning_and_keeps_credentials() {
    let output = omadm(&["show", "tests/data/package2.syncml.wbxml"]);
    let text = stdout(&output);
    for expected in [
        "SyncML message, WBXML (1617 octets)",
        "Cred         syncml:auth-md5 (credential not shown)",
        "1 Status 212 Authentication accepted  for SyncHdr, MsgRef 1, CmdRef 0",
        "4 Alert 1101 CONFIRM OR REJECT",
        "     14 Add\n          ./NAP/guest  [node, urn:oma:mo:oma-connmo-nap:1.0]",
        "10 Copy\n      ./Vendor/AcmeExt/Texts/Greeting -> ./Vendor/AcmeExt/New/Copy",
        "Size 1368] = ",
        "(MoreData)",
    ] {
        assert!(text.contains(expected), "{expected:?} in\n{text}");
    }
    assert!(!text.contains('\x1B'), "colour without a terminal");
}

#[test]
fn show_reads_a_push_and_what_it_carries() {
    let output = omadm(&["show", "tests/data/push.bin"]);
    for expected in [
        "Port         2948",
        "ui-mode      informative",
        "sessionid    26 (SessionID 1A)",
        "server-id    dm.example.com",
    ] {
        assert!(stdout(&output).contains(expected), "{expected}");
    }
}

#[test]
fn tree_prints_one_node_a_line() {
    let output = omadm(&["tree", "tests/data/phone.tnds.xml"]);
    // 291 nodes by `tests/data/counts.tsv`, and the root.
    assert_eq!(stdout(&output).lines().count(), 292);
    assert!(stdout(&output).contains("\n  FUMO\n    modem  urn:oma:mo:oma-fumo:1.0"));
    let output = omadm(&["tree", "tests/data/package1.syncml.xml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("a SyncML message without a tree in it"));
}

#[test]
fn json_is_one_object_a_line() {
    let files = ["tests/data/phone.tnds.xml", "tests/data/package2.syncml.xml", "tests/data/push.bin"];
    let output = omadm(&["show", "--json", files[0], files[1], files[2]]);
    let objects: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 3);
    assert_eq!(objects[0]["nodes"].as_array().unwrap().len(), 291);
    assert_eq!(objects[1]["commands"].as_array().unwrap().len(), 20);
    assert_eq!(objects[1]["commands"][3]["meaning"], "CONFIRM OR REJECT");
    assert_eq!(objects[2]["notification"]["server-identifier"], "dm.example.com");
    for (object, file) in objects.iter().zip(files) {
        assert_eq!(object["file"], file);
    }
}

#[test]
fn folders_are_searched_in_the_order_of_names() {
    let output = omadm(&["find", FUMO, "tests/data"]);
    let files: Vec<&str> = stdout(&output).lines().map(|line| line.split_once(':').unwrap().0).collect();
    assert!(files.is_sorted() && files.len() >= 18, "{files:?}");
    assert_eq!(output.status.code(), Some(0), "files of no known kind in a folder are no errors: {}", stderr(&output));
}

#[test]
fn work_goes_on_after_an_error() {
    let broken = scratch("cut.wbxml", &include_bytes!("data/phone.tnds.wbxml")[..5000]);
    let output = omadm(&["find", FUMO, &broken, "tests/data/phone.tnds.xml"]);
    assert_eq!(stdout(&output).lines().count(), 2);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("cut.wbxml: byte "), "{}", stderr(&output));
}

/// Three items, the second with a tree that clashes with itself.
fn message_with_a_bad_tree(copies: usize) -> String {
    let tree = |body: &str| format!("<MgmtTree xmlns='syncml:dmddf1.2'>{body}</MgmtTree>");
    let fumo = format!(
        "<Node><NodeName>F</NodeName><RTProperties><Format><node/></Format><Type><DDFName>{FUMO}</DDFName></Type></RTProperties></Node>"
    );
    let bad = tree("<Node><NodeName>A</NodeName></Node><Node><NodeName>A</NodeName></Node>");
    let item = |target: &str, tree: &str| {
        format!("<Item><Target><LocURI>./{target}</LocURI></Target><Data>{tree}</Data></Item>")
    };
    let items = [item("One", &tree(&fumo)), item("Two", &bad).repeat(copies), item("Three", &tree(&fumo))].concat();
    include_str!("data/package1.syncml.xml").replacen(
        "<Final/>",
        &format!("<Add><CmdID>9</CmdID>{items}</Add><Final/>"),
        1,
    )
}

#[test]
fn one_bad_tree_does_not_hide_the_others() {
    let file = scratch("bad-tree.xml", message_with_a_bad_tree(1).as_bytes());
    let output = omadm(&["find", FUMO, &file]);
    assert_eq!(stdout(&output), "./One/F\n./Three/F\n");
    assert_eq!(output.status.code(), Some(2));
    let said = "two nodes have the same parent and name";
    assert!(stderr(&output).contains(said), "{}", stderr(&output));
    for arguments in [&["show"][..], &["show", "--json"], &["tree"], &["count"]] {
        let output = omadm(&[arguments, &[&file]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains(said), "{arguments:?}: {}", stderr(&output));
    }
}

/// Each fault that is told costs a reading of the file.
#[test]
fn thousands_of_faults_are_counted_not_told() {
    let file = scratch("bad-trees.xml", message_with_a_bad_tree(5_000).as_bytes());
    let begin = std::time::Instant::now();
    let output = omadm(&["tree", &file]);
    assert_eq!(stderr(&output).lines().count(), 21, "{}", stderr(&output));
    assert!(stderr(&output).ends_with("and 4980 more\n"), "{}", stderr(&output));
    assert!(begin.elapsed() < std::time::Duration::from_secs(20), "{:?}", begin.elapsed());
}

#[test]
fn data_that_claims_to_be_a_tree_is_one_or_an_error() {
    let item = "<Item><Meta><Type xmlns='syncml:metinf'>application/vnd.syncml.dmtnds+xml</Type></Meta><Data>hello</Data></Item>";
    let message = include_str!("data/package1.syncml.xml").replacen(
        "<Final/>",
        &format!("<Add><CmdID>9</CmdID>{item}</Add><Final/>"),
        1,
    );
    let file = scratch("claims.xml", message.as_bytes());
    for command in ["show", "find", "count"] {
        let arguments: &[&str] = if command == "find" { &["find", FUMO, &file] } else { &[command, &file] };
        let output = omadm(arguments);
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(stderr(&output).contains("not a tree document"), "{command}: {}", stderr(&output));
    }
}

/// Secret and nonce are those that `tests/tools/make_phone.py` made the digest with, by another MD5.
#[test]
fn verify_tells_true_from_false() {
    let verify = |arguments: &[&str]| {
        let output = omadm(&[&["verify", "tests/data/push.bin"], arguments].concat());
        (output.status.code(), stdout(&output).to_owned())
    };
    let nonce = "000102030405060708090a0b0c0d0e0f";
    assert_eq!(verify(&["--secret", "srvsecret", "--nonce", nonce]), (Some(0), "dm.example.com: verified\n".into()));
    let base64 = "AAECAwQFBgcICQoLDA0ODw==";
    assert_eq!(verify(&["--secret", "srvsecret", "--nonce-base64", base64]).0, Some(0));
    let file = scratch("secret", b"srvsecret\n");
    assert_eq!(verify(&["--secret-file", &file, "--nonce", nonce]).0, Some(0));
    let refused = "dm.example.com: refused: the digest does not match\n";
    assert_eq!(verify(&["--secret", "srvsecret", "--nonce", "00"]), (Some(1), refused.into()));
    assert_eq!(verify(&["--secret", "wrong", "--nonce", nonce]), (Some(1), refused.into()));
    assert_eq!(verify(&["--secret", "srvsecret", "--nonce", "0g"]).0, Some(2));
    assert_eq!(verify(&[]).0, Some(2));
}

#[test]
fn verify_compares_sizes_in_messages() {
    let message = |size: u32| {
        format!(
            "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>\
             <Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr>\n<SyncBody><Atomic><CmdID>1</CmdID>\
             <Add><CmdID>2</CmdID><Item><Meta><Size xmlns='syncml:metinf'>{size}</Size></Meta><Data>abc</Data></Item></Add>\
             </Atomic></SyncBody></SyncML>"
        )
    };
    let good = scratch("good-size.xml", message(3).as_bytes());
    let output = omadm(&["verify", &good]);
    assert_eq!(stdout(&output), format!("{good}: all sizes match (1)\n"));
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    let bad = scratch("bad-size.xml", message(99).as_bytes());
    let output = omadm(&["verify", &bad]);
    let at = message(99).find("<Data>").unwrap();
    let column = at - message(99).find('\n').unwrap();
    let place = format!("byte {at}, line 2:{column}, in SyncML/SyncBody/Atomic/Add/Item/Data");
    assert_eq!(stdout(&output), format!("{bad}: refused: {place}: data of another length than its Size says\n"));
    assert_eq!(output.status.code(), Some(1));
    let output = omadm(&["verify", "--json", &bad]);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((&line["verdict"], &line["mismatches"]), (&"refused".into(), &serde_json::json!([at])));
    assert_eq!(
        omadm(&["verify", "tests/data/push.bin", &good]).status.code(),
        Some(2),
        "a notification needs the secret"
    );
}

/// Finding a place costs a reading of the message, so that telling all would cost the square of its length.
#[test]
fn verify_tells_the_first_places_of_many_wrong_sizes() {
    let add =
        |id: usize| format!("<Add><CmdID>{id}</CmdID><Item><Meta><Size>9</Size></Meta><Data>abc</Data></Item></Add>\n");
    let message = |wrong: usize| {
        let adds: String = (1..=wrong).map(add).collect();
        format!(
            "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID><Target><LocURI>d</LocURI></Target>\
             <Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>{adds}</SyncBody></SyncML>"
        )
    };
    for (wrong, lines, more) in [(20, 20, None), (21, 21, Some("and 1 more")), (10_000, 21, Some("and 9980 more"))] {
        let file = scratch(&format!("wrong-sizes-{wrong}.xml"), message(wrong).as_bytes());
        let output = omadm(&["verify", &file]);
        let told: Vec<&str> = stdout(&output).lines().collect();
        assert_eq!((output.status.code(), told.len(), stderr(&output)), (Some(1), lines, ""));
        // A command stands on each line.
        assert!(told[0].contains(", line 1:") && told[19].contains(", line 20:"), "{told:?}");
        assert_eq!(told.get(20).copied(), more.map(|more| format!("{file}: {more}")).as_deref());
        let output = omadm(&["verify", "--json", &file]);
        let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(line["mismatches"].as_array().unwrap().len(), wrong);
    }
}

#[test]
fn verify_uses_the_resynchronisation_nonce_unless_told_not_to() {
    // `wire.md` §13.5, G-P0b.
    let octets = "7c0e5537e9ed1779f0d8935d1da92fe802d8000000001a0e646d2e6578616d706c652e636f6d";
    let octets: Vec<u8> =
        (0..octets.len()).step_by(2).map(|at| u8::from_str_radix(&octets[at..at + 2], 16).unwrap()).collect();
    let file = scratch("resync.bin", &octets);
    let key = ["--secret", "srvsecret", "--nonce", "0102"];
    let output = omadm(&[&["verify", &file], key.as_slice()].concat());
    assert!(stdout(&output).contains("resynchronisation nonce"), "{}", stdout(&output));
    assert_eq!(output.status.code(), Some(0));
    let output = omadm(&[&["verify", &file, "--no-resync"], key.as_slice()].concat());
    assert_eq!(output.status.code(), Some(1));
}

/// Figures by `tests/data/counts.tsv`, which another program counted.
#[test]
fn count_counts() {
    let output = omadm(&["count", "--json", "tests/data"]);
    let rows: Vec<serde_json::Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut expected = std::collections::BTreeMap::new();
    for line in include_str!("data/counts.tsv").lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let number = |index: usize| columns[index].parse::<u64>().unwrap_or(0);
        let kind = match columns[1] {
            "syncml" => "SyncML message",
            "tnds" => "tree document",
            _ => continue,
        };
        let row: &mut (u64, u64, u64) = expected.entry((kind, columns[2])).or_default();
        *row = (row.0 + 1, row.1 + number(5), row.2 + number(9) + number(13));
    }
    assert_eq!(expected.len(), 4);
    for ((kind, encoding), (files, commands, nodes)) in expected {
        let row = rows.iter().find(|row| row["kind"] == kind && row["encoding"] == encoding).unwrap();
        assert_eq!(
            (&row["files"], &row["commands"], &row["nodes"]),
            (&files.into(), &commands.into(), &nodes.into()),
            "{kind}"
        );
    }
}

#[test]
fn help_has_examples() {
    for arguments in [
        &["--help"][..],
        &["show", "--help"],
        &["tree", "--help"],
        &["find", "--help"],
        &["verify", "--help"],
        &["count", "--help"],
    ] {
        let output = omadm(arguments);
        assert_eq!(output.status.code(), Some(0));
        assert!(stdout(&output).contains("Examples:\n  omadm "), "{arguments:?}");
    }
}
