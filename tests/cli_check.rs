//! `omadm check` and `omadm ddf`, run as their users run them.
#![cfg(feature = "cli")]

use serde_json::Value;
use std::process::{Command, Output, Stdio};

/// Runs `omadm` in the repository.
fn omadm(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omadm"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command.output().expect("omadm runs")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn scratch(name: &str, content: &str) -> String {
    let path = std::env::temp_dir().join(format!("omadm-cli-check-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

const ACME: &str = "tests/data/acme.ddf.xml";

fn radio(value: &str) -> String {
    format!(
        "<MgmtTree><Node><NodeName>Enabled</NodeName><Path>./Vendor/Acme/Radio</Path><RTProperties><Format><bool/></Format>\
         </RTProperties><Value>{value}</Value></Node></MgmtTree>"
    )
}

fn message(uri: &str) -> String {
    format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>\
         <Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody><Delete><CmdID>1</CmdID><Item><Target>\
         <LocURI>{uri}</LocURI></Target></Item></Delete><Final/></SyncBody></SyncML>"
    )
}

#[test]
fn check_exits_as_diff_does() {
    let (good, bad) = (scratch("good.xml", &radio("true")), scratch("bad.xml", &radio("maybe")));
    let output = omadm(&["check", "--ddf", ACME, &good]);
    assert_eq!((output.status.code(), stdout(&output), stderr(&output)), (Some(0), "", ""));
    let output = omadm(&["check", "--ddf", "tests/data/acme.ddf.wbxml", &good, &bad]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stdout(&output), format!("{bad}: ./Vendor/Acme/Radio/Enabled: value not a value of format bool\n"));
    assert_eq!(omadm(&["check", "--ddf", ACME, &good, "no such file"]).status.code(), Some(2));
    assert_eq!(omadm(&["check", "--ddf", "no such file", &good]).status.code(), Some(2));
    assert_eq!(omadm(&["check", "--ddf", &good, &good]).status.code(), Some(2));
    assert_eq!(omadm(&["check", &good]).status.code(), Some(2));
    let output = omadm(&["check", "--ddf", ACME, "tests/data/notification.bin"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("neither a tree nor a message: this is a notification"), "{}", stderr(&output));
}

#[test]
fn check_says_which_status_a_command_gets_and_where_it_stands() {
    let text = message("./Vendor/Acme/Radio/Enabled");
    let file = scratch("delete.xml", &text);
    let at = text.find("<Item>").unwrap();
    let output = omadm(&["check", "--ddf", ACME, &file]);
    assert_eq!(
        stdout(&output),
        format!(
            "{file}:{at}: ./Vendor/Acme/Radio/Enabled: does not take Delete, expected Get Replace  405 Command not allowed\n"
        )
    );
    let output = omadm(&["check", "--json", "--ddf", "tests/data/acme-windows.ddf.xml", "--ddf", ACME, &file]);
    let found: Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(found["uri"], "./Vendor/Acme/Radio/Enabled");
    assert_eq!((&found["reason"], &found["status"], &found["offset"]), (&"command".into(), &405.into(), &at.into()));
    assert_eq!(found["description"]["file"], ACME);
    assert_eq!(found["description"]["uri"], "./Vendor/Acme/Radio/Enabled");
}

#[test]
fn check_says_which_values_were_not_judged() {
    let wrong = ["^(?!AB).*$", "^(AB", "((a{1,1000}){1,1000}){1,1000}"];
    let leaves: String = wrong.iter().enumerate().map(|(at, pattern)| {
        format!(
            "<Node><NodeName>P{at}</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType><DFFormat><chr/></DFFormat>\
             <MSFT:AllowedValues ValueType='RegEx'><MSFT:Value>{pattern}</MSFT:Value></MSFT:AllowedValues></DFProperties></Node>"
        )
    }).collect();
    let name = "<MSFT:AllowedValues ValueType='RegEx'><MSFT:Value>(?=A)</MSFT:Value></MSFT:AllowedValues>";
    let ddf = scratch(
        "not-judged.ddf.xml",
        &format!(
            "<MgmtTree xmlns:MSFT='http://schemas.microsoft.com/MobileDevice/DM'><Node><NodeName></NodeName><Path>./Vendor</Path>\
             <DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>{name}</DFProperties>{leaves}</Node></MgmtTree>"
        ),
    );
    let leaf = |object: &str, at: usize| {
        format!(
            "<Node><NodeName>P{at}</NodeName><Path>./Vendor/{object}</Path><RTProperties><Format><chr/></Format></RTProperties>\
             <Value>ABC</Value></Node>"
        )
    };
    let document = |object: &str| (0..3).map(|at| leaf(object, at)).collect::<String>();
    let once = scratch("not-judged.xml", &format!("<MgmtTree>{}</MgmtTree>", document("A")));
    let text = "not judged: a regular expression that is not supported";
    let expected = |file: &str| {
        ["./Vendor/A", "./Vendor/A/P0", "./Vendor/A/P1", "./Vendor/A/P2"]
            .map(|uri| format!("{file}: {uri}: {text}\n"))
            .concat()
    };
    let output = omadm(&["check", "--ddf", &ddf, &once]);
    assert_eq!((output.status.code(), stdout(&output), stderr(&output)), (Some(0), expected(&once).as_str(), ""));
    // Once for each rule, however many values it is for; and a finding is one still.
    let number = leaf("A", 0).replace("P0", "Other");
    let twice =
        scratch("not-judged-2.xml", &format!("<MgmtTree>{}{}{number}</MgmtTree>", document("A"), document("B")));
    let output = omadm(&["check", "--ddf", &ddf, &twice]);
    let finding = format!("{twice}: ./Vendor/A/Other: not described\n");
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), (finding + &expected(&twice)).as_str()));
    let output = omadm(&["check", "--json", "--ddf", &ddf, &once]);
    let notes: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((output.status.code(), notes.len()), (Some(0), 4));
    for (note, uri) in notes.iter().zip(["./Vendor/A", "./Vendor/A/P0", "./Vendor/A/P1", "./Vendor/A/P2"]) {
        assert_eq!(
            (&note["uri"], &note["reason"], &note["message"]),
            (&uri.into(), &"not-judged".into(), &text.into())
        );
        assert_eq!(note["description"]["file"], ddf.as_str());
    }
    // In a message with the place of its item.
    let message = message("./Vendor/A/P0").replace("Delete>", "Replace>").replace("</Item>", "<Data>ABC</Data></Item>");
    let file = scratch("not-judged-message.xml", &message);
    let at = message.find("<Item>").unwrap();
    let output = omadm(&["check", "--ddf", &ddf, &file]);
    assert_eq!(
        (output.status.code(), stdout(&output)),
        (Some(0), format!("{file}:{at}: ./Vendor/A/P0: {text}\n").as_str())
    );
}

#[test]
fn check_judges_the_build_that_is_asked_for() {
    let file = scratch(
        "toaster.xml",
        "<MgmtTree><Node><NodeName>Level</NodeName><Path>./Device/Vendor/Acme/Toaster/1</Path><RTProperties><Format><int/></Format>\
         </RTProperties><Value>3</Value></Node></MgmtTree>",
    );
    let windows = "tests/data/acme-windows.ddf.xml";
    let output = omadm(&["check", "--ddf", windows, "--os-build", "10.0.28000", &file]);
    let expected = "./Device/Vendor/Acme/Toaster: not in this build, expected 10.0.30000, 10.0.29000.100\n";
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), format!("{file}: {expected}").as_str()));
    let output = omadm(&["check", "--ddf", windows, "--os-build", "30000.1", &file]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
    let output = omadm(&["check", "--ddf", windows, "--os-build", "ten", &file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--os-build"), "{}", stderr(&output));
    let output = omadm(&["check", "--whole", "--ddf", ACME, &scratch("whole.xml", &radio("true"))]);
    assert_eq!((output.status.code(), stdout(&output).lines().count()), (Some(1), 1));
}

#[test]
fn census_counts_as_the_table_does() {
    let output = omadm(&["ddf", "census", "--json", "tests/data/acme.ddf.xml", "tests/data/acme-windows.ddf.xml"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    let census: Value = serde_json::from_str(stdout(&output)).unwrap();
    let table = include_str!("data/ddf-census.tsv");
    let mut rows = 0;
    for row in table
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row[0] == "own" && row[1] != "not in build")
    {
        let figure = if row[2].is_empty() { &census[row[1]] } else { &census[row[1]][row[2]] };
        assert_eq!(figure.as_u64().unwrap().to_string(), row[3], "{row:?}");
        rows += 1;
    }
    assert!(rows > 40, "{rows}");
    let output = omadm(&["ddf", "census", "tests/data/acme.ddf.xml"]);
    assert!(
        stdout(&output).starts_with("documents               1\ntrees                   4\n"),
        "{}",
        stdout(&output)
    );
    // A folder is searched for descriptions; without one there is nothing to count.
    assert_eq!(omadm(&["ddf", "census", "tests/data"]).status.code(), Some(0));
    let output = omadm(&["ddf", "census", "tests/tools"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(2), "omadm: tests/tools: no device description\n"));
    for json in [&[][..], &["--json"]] {
        for other in ["tests/tools", "tests/data/phone.tnds.xml", "no such file"] {
            let output = omadm(&[&["ddf", "census", other], json].concat());
            assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{other}");
        }
        let output = omadm(&[&["ddf", "census", ACME, "no such file"], json].concat());
        assert!(output.status.code() == Some(2) && !stdout(&output).is_empty(), "what was read is counted");
    }
}

#[test]
fn ddf_diff_exits_as_diff_does() {
    let old = std::fs::read_to_string(ACME).unwrap();
    let new = old.replacen("<NodeName>Count<", "<NodeName>Number<", 1).replacen("87.5<", "88<", 1);
    let new = scratch("new.ddf.xml", &new);
    let output = omadm(&["ddf", "diff", ACME, "tests/data/acme.ddf.wbxml"]);
    assert_eq!((output.status.code(), stdout(&output), stderr(&output)), (Some(0), "", ""));
    let output = omadm(&["ddf", "diff", ACME, &new]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        stdout(&output),
        "! ./Vendor/Acme/Radio/Presets/{Preset}/Frequency\n    DefaultValue 87.5 -> 88\n\
         - ./Vendor/Acme/Log/{Day}/Count\n+ ./Vendor/Acme/Log/{Day}/Number\n"
    );
    let output = omadm(&["ddf", "diff", "--json", ACME, &new]);
    let lines: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(|line| line["change"].as_str().unwrap()).collect::<Vec<_>>(),
        ["changed", "removed", "added"]
    );
    assert_eq!(lines[0]["properties"][0], serde_json::json!({"property": "DefaultValue", "old": "87.5", "new": "88"}));
    assert_eq!(omadm(&["ddf", "diff", ACME, "no such file"]).status.code(), Some(2));
    let output = omadm(&["ddf", "diff", "-", "-"]);
    let message = "omadm: -: standard input can be read once only\n";
    assert_eq!((output.status.code(), stdout(&output), stderr(&output)), (Some(2), "", message));
}
