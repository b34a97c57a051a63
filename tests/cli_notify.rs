//! `omadm notify`, run as its users run it.
#![cfg(feature = "cli")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const SECRET: [&str; 4] = ["--secret", "srvsecret", "--nonce", "000102030405060708090a0b0c0d0e0f"];
const TO: [&str; 6] = ["notify", "build", "--server-id", "dm.example.com", "--session", "1A"];

/// G-P0a of `wire.md` §13.5; P1 and P2 of `provisional.md` §1.6; N0 to N2 of §2.
const G_P0A: &str = "8d24b9e1ecc475143a3c83ad16172f2502d8000000001a0e646d2e6578616d706c652e636f6d";
const G_P0B: &str = "7c0e5537e9ed1779f0d8935d1da92fe802d8000000001a0e646d2e6578616d706c652e636f6d";
const P1: &str = "68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6dd64807a101046b36ec7f";
const P2: &str = "c34254480193cd5524520bc3a2d3b36a02f8000000001a0e646d2e6578616d706c652e636f6dd64881a101046b36ec7f02264e65\
75652042726f777365722d45696e7374656c6c756e67656e3a207a757374696d6d656e3f030264650402020105020201060203020702002c080a4578\
742f494d45495356090201030a04002700360b2275726e3a6f6d613a6d6f3a6f6d612d646d2d626f6f7473747261706366673a312e300c020027";
const N0: &str = "0358001a01100e646d2e6578616d706c652e636f6de02fe108c2b77cc16f87b42fbcee76c9";
const N2: &str = "0378001a08100e646d2e6578616d706c652e636f6d20012730010f300136400102400101501742726f777365722073657474696e\
6773207570646174656018444d483a6f514545617a6273667759434177494841674173f94ede58d74e79986e732aa3f02fd18b";
const CONTACTS: &str = "0179ab671b68f26698269b4ca78222ad03180000000000125043205375697465204461746120 53796e6310 60000000 08\
436f6e7461637473";

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_omadm"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("omadm runs");
    // Who reads no standard input may be gone.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn omadm(groups: &[&[&str]]) -> Output {
    run(&groups.concat(), "")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

fn scratch(name: &str) -> String {
    let path = std::env::temp_dir().join(format!("omadm-notify-{}-{name}", std::process::id()));
    path.to_str().unwrap().to_owned()
}

/// What `build` writes in hexadecimal.
fn built(arguments: &[&str]) -> String {
    let output = omadm(&[&TO, &SECRET, &["--hex"], arguments]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""), "{arguments:?}");
    stdout(&output).trim_end().to_owned()
}

#[test]
fn build_makes_the_known_notifications_octet_for_octet() {
    assert_eq!(built(&["--ui-mode", "background"]), G_P0A);
    assert_eq!(built(&["--ui-mode", "background", "--expires", "20261231T235959Z"]), P1);
    let all = [
        &["--ui-mode", "user-interaction", "--expires", "1798761599", "--reason"][..],
        &["Neue Browser-Einstellungen: zustimmen?", "--reason-lang", "de", "--transport", "HTTPS,http"],
        &["--bearer", "wlan,cellular", "--auth", "hmac,digest", "--devdetail", "FwV,SwV,LrgObj"],
        &["--devdetail-path", "Ext/IMEISV", "--proto", "1.3", "--want-mo", "urn:oma:mo:oma-fumo:1.0"],
        &["--want-mo", "0x36", "--want-mo", "urn:oma:mo:oma-dm-bootstrapcfg:1.0"],
        &["--about-mo", "urn:oma:mo:oma-fumo:1.0"],
    ];
    assert_eq!(built(&all.concat()), P2);
    let dm13 = ["--format", "1.3", "--layout", "reconstructed"];
    assert_eq!(built(&[&dm13[..], &["--ui-mode", "background"]].concat()), N0);
    let all = [
        &dm13[..],
        &["--ui-mode", "user-interaction", "--about-mo", "0x27", "--want-mo", "0x0f"],
        &["--want-mo", "urn:oma:mo:oma-scomo:1.0", "--bearer", "wlan,cellular", "--reason", "Browser settings update"],
        &["--expires", "20261231T235959Z", "--auth", "hmac,digest", "--devdetail", "fwv,swv,lrgobj"],
    ];
    assert_eq!(built(&all.concat()), N2);
}

#[test]
fn build_writes_every_field_there_is() {
    let fields =
        built(&["--initiator", "client", "--format-version", "1.2", "--future-use", "7ffffff", "--vendor", "cafe"]);
    assert_eq!(fields[32..], *"0307ffffff001a0e646d2e6578616d706c652e636f6dcafe");
    let text = built(&["--vendor-text", "1010", "--hint", "42=cafe"]);
    assert_eq!(text[32..], *"02c8000000001a0e646d2e6578616d706c652e636f6dd64805a14202cafe31303130");
    let fields = built(
        &[
            &["--format", "1.3", "--layout", "reconstructed", "--future-use", "5", "--format-version", "2.0"][..],
            &["--option", "7=01", "--option", "0=", "--vendor-text", "v", "--proto", "1.2"],
        ]
        .concat(),
    );
    // Version 20, two reserved bits; options 0, 1, 6 (`DMH:oQkCAQI;v`) and 7.
    let options = "050d001a040000100e646d2e6578616d706c652e636f6d600d444d483a6f516b434151493b76700101";
    assert_eq!(fields[..fields.len() - 32], *options);
}

#[test]
fn build_puts_it_into_a_push_and_writes_files_and_json() {
    let file = scratch("push.bin");
    let output = omadm(&[&TO, &SECRET, &["--ui-mode", "background", "--carrier", "wsp", "-o", &file]]);
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
    let push = [hex("010603c4af87"), hex(G_P0A)].concat();
    assert_eq!(std::fs::read(&file).unwrap(), push);
    let output = omadm(&[&["verify", &file], &SECRET]);
    assert_eq!(stdout(&output), "dm.example.com: verified\n");
    // To standard output as it is.
    let output = omadm(&[&TO, &SECRET, &["--ui-mode", "background", "--carrier", "wsp"]]);
    assert_eq!(output.stdout, push);
    // The push header of N0.
    let n0 = ["--format", "1.3", "--layout", "reconstructed", "--ui-mode", "background", "--carrier", "wsp"];
    assert_eq!(built(&n0), format!("010603d8af87{N0}"));
    let output = omadm(&[&TO, &SECRET, &n0, &["--json"]]);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(line["hex"], format!("010603d8af87{N0}"));
    assert_eq!((&line["octets"], &line["notification"]["options"][0]["value"]), (&43.into(), &"dm.example.com".into()));
}

#[test]
fn build_says_what_it_cannot_write() {
    let refused = |arguments: &[&str], message: &str| {
        let output = omadm(&[&TO, &SECRET, arguments]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
    };
    refused(&["--format", "1.3"], "name a layout");
    refused(&["--layout", "reconstructed"], "--layout and --option are for --format 1.3");
    refused(&["--format", "ds"], "read only");
    let dm13 = ["--format", "1.3", "--layout", "reconstructed"];
    refused(&[&dm13[..], &["--vendor", "00"]].concat(), "--vendor-text");
    refused(&[&dm13[..], &["--reason", "r", "--reason-lang", "de"]].concat(), "no language");
    refused(&["--about-mo", "urn:oma:mo:oma-dm-bootstrapcfg:1.0"], "has no index");
    refused(&["--want-mo", "39"], "such as 0x0027");
    refused(&["--future-use", "8000000"], "does not fit its field");
    for version in ["0.9", "102.4", "1.13", "1.+3"] {
        refused(&["--format-version", version], "1.0 to 102.3");
    }
    refused(&["--expires", "tomorrow"], "20261231T235959Z");
    refused(&["--expires", "20261231"], "20261231T235959Z");
    // What hints may not have is told by the name of the option (`provisional.md` §1.2).
    refused(&["--expires", "0"], "--expires <TIME>");
    refused(&["--reason", ""], "--reason <TEXT>");
    refused(&["--devdetail-path", ""], "--devdetail-path <PATH>");
    refused(&["--want-mo", "0x27"].repeat(17), "--want-mo: at most 16");
    refused(&["--want-mo", "urn:x:a"].repeat(9), "--want-mo without an index: at most 8");
    refused(&["--about-mo", "0x27"].repeat(17), "--about-mo: at most 16");
    refused(&["--auth", "hmac"].repeat(9), "--auth: at most 8");
    refused(
        &[&["--format", "1.3", "--layout", "reconstructed"], &["--auth", "hmac"].repeat(9)[..]].concat(),
        "--auth: at most 8",
    );
    refused(&["--transport", "pigeon"], "expected http, https, wsp, obex, sip");
    let output = omadm(&[&TO]);
    assert!(stderr(&output).contains("--secret-file"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
    let output = omadm(&[&["notify", "build", "--server-id", "s", "--session", "0"], &SECRET]);
    assert!(stderr(&output).contains("not 0"), "{}", stderr(&output));
}

#[test]
fn show_reads_hexadecimal_and_says_what_hints_say() {
    let output = run(&["notify", "show", "--hex", "-"], P2);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    for line in [
        "  sessionid    26 (SessionID 1A)\n",
        "  expires      1798761599 (20261231T235959Z)\n",
        "  reason       Neue Browser-Einstellungen: zustimmen? (de)\n",
        "  transport    HTTPS, HTTP\n",
        "  bearer       WLAN, cellular\n",
        "  auth         HMAC, DIGEST\n",
        "  devdetail    FwV, SwV, LrgObj\n",
        "  devdetail    Ext/IMEISV\n",
        "  proto        1.3\n",
        "  want-mo      0x0027 (urn:oma:mo:oma-fumo:1.0), 0x0036 (urn:oma:mo:oma-scomo:1.0)\n",
        "  want-mo      urn:oma:mo:oma-dm-bootstrapcfg:1.0\n",
        "  about-mo     0x0027 (urn:oma:mo:oma-fumo:1.0)\n",
        "  digest       c34254480193cd5524520bc3a2d3b36a (not verified)\n",
    ] {
        assert!(stdout(&output).contains(line), "{line}{}", stdout(&output));
    }
    for digits in
        [format!("0x{P2}"), hex(P2).iter().map(|octet| format!("{octet:02x}:")).collect(), format!(" 0x{}\n", &P2)]
    {
        assert_eq!(stdout(&run(&["notify", "show", "--hex", "-"], &digits)), stdout(&output), "{digits}");
    }
    // `omadm show` says the same of the same file.
    let file = scratch("p2.bin");
    std::fs::write(&file, hex(P2)).unwrap();
    assert_eq!(stdout(&omadm(&[&["show", &file]])), stdout(&output));
    let output = run(&["notify", "show", "--hex", "-"], "8d2");
    assert!(stderr(&output).contains("not pairs of hexadecimal digits"), "{}", stderr(&output));
}

#[test]
fn show_tells_of_broken_hints_and_shows_the_rest() {
    let broken = built(&["--vendor", "d6480da101046b36ec7f01046b36ec7f"]);
    let output = run(&["notify", "show", "--hex", "-"], &broken);
    assert_eq!(output.status.code(), Some(0));
    let text = "  hints        cannot be read and count as absent: session hints: a hint occurs more often than it may at byte 48\n";
    assert!(stdout(&output).contains(text), "{}", stdout(&output));
    let output = run(&["notify", "show", "--hex", "--json", "-"], &broken);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    let hints = &line["notification"]["hints"];
    assert!(hints["error"].as_str().unwrap().ends_with("at byte 48") && hints.get("expires").is_none(), "{hints}");
    assert_eq!(line["notification"]["vendor"], "d6480da101046b36ec7f01046b36ec7f");
}

#[test]
fn dm_1_3_is_shown_by_a_named_layout_and_else_the_error_says_so() {
    let file = scratch("n2.bin");
    std::fs::write(&file, [hex("010603d8af87"), hex(N2)].concat()).unwrap();
    for command in [&["show"][..], &["notify", "show"]] {
        let output = omadm(&[command, &[&file]]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stdout(&output).contains("application/vnd.syncml.dm.notification"), "{}", stdout(&output));
        assert!(stderr(&output).contains("byte 6: a DM 1.3 notification: its bit layout is not established"));
        assert!(stderr(&output).contains("--layout reconstructed"), "{}", stderr(&output));
        let output = omadm(&[command, &["--layout", "reconstructed", &file]]);
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
        for line in [
            "  format       DM 1.3 (provisional layout)\n",
            "  Targeted-MO  0x0027 (urn:oma:mo:oma-fumo:1.0)\n",
            "  Connect-Reason Browser settings update\n",
            "  auth         HMAC, DIGEST\n",
        ] {
            assert!(stdout(&output).contains(line), "{line}{}", stdout(&output));
        }
        assert_eq!(stdout(&output).matches("Browser settings update").count(), 1);
    }
    // Bare, it has to be said what it is.
    let output = run(&["notify", "show", "--hex", "--json", "--format", "1.3", "--layout", "reconstructed", "-"], N2);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    let notification = &line["notification"];
    assert_eq!((&notification["version"], &notification["options"][3]["value"]), (&"1.3".into(), &54.into()));
    assert_eq!(notification["hints"]["want-mo"], serde_json::json!([15, 54]));
    let output = omadm(&[&["verify", "--layout", "reconstructed", &file], &SECRET]);
    assert_eq!(stdout(&output), "dm.example.com: verified\n");
    // And is not, it is advised; of what is no such thing nothing is.
    let advice = "give --format 1.3 and --layout";
    let output = run(&["notify", "show", "--hex", "-"], N2);
    assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""));
    assert!(stderr(&output).contains(advice), "{}", stderr(&output));
    let output = run(&["notify", "show", "--hex", "-"], &N2[2..]);
    assert!(output.status.code() == Some(2) && !stderr(&output).contains(advice), "{}", stderr(&output));
}

#[test]
fn data_synchronisation_is_shown_from_its_push() {
    let message = [hex("010603ceaf85"), hex(CONTACTS)].concat();
    let file = scratch("contacts.bin");
    std::fs::write(&file, &message).unwrap();
    let output = omadm(&[&["show", &file]]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    assert!(stdout(&output).contains("  sync alert   206 Contacts (content type 0x0)\n"), "{}", stdout(&output));
    // For another application it is not shown.
    std::fs::write(&file, [hex("010603ceaf87"), hex(CONTACTS)].concat()).unwrap();
    let output = omadm(&[&["show", &file]]);
    assert!(stderr(&output).contains("addressed to another application"), "{}", stderr(&output));
}

#[test]
fn verify_says_what_a_verified_notification_asks_for() {
    let verify = |arguments: &[&str], input: &str| {
        run(&[&["notify", "verify", "--hex", "-"][..], &SECRET, arguments].concat(), input)
    };
    let output = verify(&["--at", "20261231T235959Z"], P2);
    assert!(
        stdout(&output).starts_with("dm.example.com: verified\n  prompt       the user is asked"),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("(verified)\n"));
    assert_eq!(output.status.code(), Some(0));
    // A second later it has expired, unless clocks may differ.
    let output = verify(&["--at", "20270101T000000Z"], P2);
    assert!(stdout(&output).contains("  expired: no session\n") && !stdout(&output).contains("prompt"));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(verify(&["--at", "20270101T000000Z", "--skew", "1"], P2).status.code(), Some(0));
    let output = verify(&["--at", "20270101T000000Z", "--json"], P2);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((&line["verdict"], &line["expired"], line.get("prompt")), (&"verified".into(), &true.into(), None));
    // The resynchronisation nonce, and a refusal, which says nothing of what it asks for.
    let output = verify(&[], G_P0B);
    assert!(stdout(&output).contains("by the resynchronisation nonce"), "{}", stdout(&output));
    let output = verify(&["--no-resync"], G_P0B);
    assert_eq!(stdout(&output), "dm.example.com: refused: the digest does not match\n");
    assert_eq!(output.status.code(), Some(1));
    let output = verify(&["--no-resync", "--json"], G_P0B);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!((&line["verdict"], line.get("notification")), (&"refused".into(), None));
    let output = run(&["notify", "verify", "--hex", "-"], P1);
    assert!(stderr(&output).contains("give --secret or --secret-file"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
}

/// P1 with these arguments, in hexadecimal.
fn p1(arguments: &[&str]) -> Vec<u8> {
    let p1 = ["--ui-mode", "background", "--expires", "20261231T235959Z"];
    hex(&built(&[&p1[..], arguments].concat()))
}

#[test]
fn build_puts_it_into_each_carrier_and_show_and_verify_take_it_out() {
    let expires = ["--carrier-expires", "20261231T235959Z"];
    // E1 and the examples of `provisional.md` §3.
    let wsp = p1(&[&["--carrier", "wsp"], &expires[..]].concat());
    assert_eq!(wsp, [hex("010609c4af8794046b36ec7f"), hex(P1)].concat());
    let to = ["--carrier", "http", "--to", "198.51.100.7:4035"];
    let http = p1(&[&to, &expires[..]].concat());
    let head = "POST / HTTP/1.1\r\nHost: 198.51.100.7:4035\r\nContent-Type: application/vnd.syncml.notification\r\n\
        X-Wap-Application-Id: x-wap-application:syncml.dm\r\nExpires: Thu, 31 Dec 2026 23:59:59 GMT\r\n\
        Content-Length: 48\r\n\r\n";
    assert_eq!(http, [head.as_bytes(), &hex(P1)].concat());
    let to = ["--carrier", "sip", "--to", "sip:+15551230001@home.example", "--date", "20261231T120000Z"];
    let via = ["--header", "Via: SIP/2.0/UDP dm.example.com"];
    let sip = p1(&[&to, &expires[..], &via].concat());
    let head = "MESSAGE sip:+15551230001@home.example SIP/2.0\r\nVia: SIP/2.0/UDP dm.example.com\r\n\
        Accept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"\r\nDate: Thu, 31 Dec 2026 12:00:00 GMT\r\nExpires: 43199\r\n\
        Content-Type: application/vnd.syncml.notification\r\nContent-Length: 48\r\n\r\n";
    assert_eq!(sip, [head.as_bytes(), &hex(P1)].concat());
    let to =
        ["--carrier", "pap", "--proxy", "ppg.example.com", "--to", "WAPPUSH=+1/TYPE=PLMN@ppg.example.com", "--to", "b"];
    let pap = p1(&[&to, &expires[..]].concat());
    let text = String::from_utf8_lossy(&pap);
    assert!(text.contains("push-id=\"1A@dm.example.com\" deliver-before-timestamp=\"2026-12-31T23:59:59Z\""), "{text}");
    assert!(text.contains("<address address-value=\"b\"/>"), "{text}");

    let all = [
        &["--target", "/push", "--source-reference", "s", "--notify-to", "http://n/", "--boundary", "b-1"][..],
        &["--deliver-after", "19700101T000001Z"],
    ];
    let text = String::from_utf8(p1(&[&to[..], &all.concat()].concat()))
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    for part in [
        "POST /push HTTP/1.1\r\n",
        "; boundary=b-1; ",
        " source-reference=\"s\" ppg-notify-requested-to=\"http://n/\" deliver-after-timestamp=\"1970-01-01T00:00:01Z\">",
    ] {
        assert!(text.contains(part), "{part} {text}");
    }
    let target = p1(&["--carrier", "http", "--to", "h", "--target", "/push"]);
    assert!(target.starts_with(b"POST /push HTTP/1.1\r\nHost: h\r\n"));

    for (name, octets, lines) in [
        ("wsp", &wsp, &["WSP push (60 octets)\n"][..]),
        ("http", &http, &["HTTP push (", "  Target       /\n"]),
        ("sip", &sip, &["SIP push (", "  Target       sip:+15551230001@home.example\n", "  Application  syncml.dm\n"]),
        (
            "pap",
            &pap,
            &[
                "PAP submission (",
                "  push-id      1A@dm.example.com\n",
                "  address      b\n",
                "  deliver      before 1798761599 (",
            ],
        ),
    ] {
        let file = scratch(name);
        std::fs::write(&file, octets).unwrap();
        let output = omadm(&[&["notify", "show", "--carrier", name, &file]]);
        assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""), "{name}");
        for line in lines.iter().chain(&[
            "  Content-Type application/vnd.syncml.notification\n",
            "1798761599 (20261231T235959Z)\n",
            "  server-id    dm.example.com\n",
        ]) {
            assert!(stdout(&output).contains(line), "{line}{}", stdout(&output));
        }
        let output = omadm(&[&["notify", "show", "--json", "--carrier", name, &file]]);
        let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        let expires = if name == "pap" { "deliver-before" } else { "Expires" };
        assert_eq!((&line[expires], &line["notification"]["sessionid"]), (&1_798_761_599.into(), &26.into()), "{name}");
        let verify = |at: &str| {
            let output = omadm(&[&["notify", "verify", "--carrier", name, "--at", at, &file], &SECRET]);
            (output.status.code(), stdout(&output).contains("expired: no session"))
        };
        assert_eq!(
            (verify("20261231T235959Z"), verify("20270101T000000Z")),
            ((Some(0), false), (Some(1), true)),
            "{name}"
        );
    }
    // The carrier's time alone makes it expire.
    let file = scratch("earlier.bin");
    let early = built(&["--carrier", "wsp", "--carrier-expires", "20261231T120000Z"]);
    std::fs::write(&file, hex(&early)).unwrap();
    let output = omadm(&[&["notify", "verify", "--at", "20261231T120001Z", &file], &SECRET]);
    assert_eq!(output.status.code(), Some(1));
    for line in
        ["  carrier      expires 1798718400 (20261231T120000Z)\n", "  expiry       1798718400 (20261231T120000Z)\n"]
    {
        assert!(stdout(&output).contains(line), "{line}{}", stdout(&output));
    }
    std::fs::write(&file, p1(&["--carrier", "wsp", "--carrier-expires", "20261231T120000Z"])).unwrap();
    let output = omadm(&[&["notify", "verify", "--json", "--at", "20261231T115959Z", &file], &SECRET]);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    let (carrier, earlier) = (&line["carrier-expires"], &line["expires"]);
    assert_eq!((carrier, earlier), (&1_798_718_400.into(), &1_798_718_400.into()), "{line}");
    assert_eq!(line["notification"]["hints"]["expires"], 1_798_761_599);
    // A time of arrival that has no use, and a format that the push says itself.
    let output = omadm(&[&["notify", "show", "--carrier", "wsp", "--arrival", "1", &file]]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(2), "omadm: --arrival: for --carrier sip\n"));
    let output = omadm(&[&["notify", "show", "--carrier", "wsp", "--format", "1.2", &file]]);
    assert!(
        stderr(&output).contains("'--carrier <CARRIER>' cannot be used with '--format <FORMAT>'"),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(2));
    // In another carrier than it is in.
    let output = omadm(&[&["notify", "show", "--carrier", "sip", &file]]);
    assert!(stderr(&output).contains("not the first line of a push"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn short_messages_are_lines_or_files_in_any_order() {
    assert_eq!(built(&["--ui-mode", "background", "--carrier", "sms"]), format!("0605040b84c002010603c4af87{G_P0A}"));
    let vendor = "5a".repeat(150);
    let long = ["--carrier", "sms", "--reference", "7f", "--vendor", &vendor];
    let text = built(&long);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.iter().map(|line| line.len() / 2).collect::<Vec<_>>(), [140, 78]);
    assert!(lines[0].starts_with("0b00037f020105040b84c002010603c4af87"), "{text}");
    assert!(lines[1].starts_with("0b00037f020205040b84c0025a5a"), "{text}");
    let show = ["notify", "show", "--carrier", "sms", "--hex", "-"];
    let output = run(&show, &format!("{}\n\n{}\n", lines[1], lines[0]));
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    assert!(stdout(&output).contains("  Port         2948\n"), "{}", stdout(&output));
    assert!(stdout(&output).contains("  server-id    dm.example.com\n"), "{}", stdout(&output));
    let output = run(&show, lines[0]);
    assert!(stderr(&output).contains("a segment of the message is missing at byte 140"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(2));
    let output = run(&show, &format!("{}\n{}0\n", lines[0], lines[1]));
    assert!(stderr(&output).contains("not pairs of hexadecimal digits"), "{}", stderr(&output));
    // As files.
    let file = scratch("segment");
    let output = omadm(&[&TO, &SECRET, &long, &["-o", &file]]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    let (one, two) = (format!("{file}.1"), format!("{file}.2"));
    assert_eq!(std::fs::read(&two).unwrap(), hex(lines[1]));
    let output = omadm(&[&["notify", "verify", "--carrier", "sms", &two, &one], &SECRET]);
    assert!(stdout(&output).starts_with("dm.example.com: verified\n"), "{}", stdout(&output));
    let output = omadm(&[&["notify", "show", "--carrier", "sms", &two, &format!("{file}.3")]]);
    assert!(stderr(&output).contains("segment.3"), "{}", stderr(&output));
    let output = omadm(&[&TO, &SECRET, &long]);
    assert!(stderr(&output).contains("2 segments: give --hex, or -o"), "{}", stderr(&output));
    let output = omadm(&[&TO, &SECRET, &long, &["--reference", "1234", "--json"]]);
    assert_eq!(output.status.code(), Some(2), "twice");
    let wide = ["--carrier", "sms", "--reference", "1234", "--vendor", &vendor, "--json"];
    let output = omadm(&[&TO, &SECRET, &wide]);
    let line: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert!(line["segments"][1].as_str().unwrap().starts_with("0c08041234020205040b84c002"), "{line}");
    assert_eq!((line["octets"].as_u64(), line.get("hex")), (Some(220), None));
}

#[test]
fn the_reference_of_several_segments_is_drawn_unless_it_is_given() {
    let vendor = "5a".repeat(150);
    let references: Vec<String> = (0..16)
        .map(|_| {
            let text = built(&["--carrier", "sms", "--vendor", &vendor]);
            let of = |line: &str| line[..8].to_owned();
            let all: Vec<String> = text.lines().map(of).collect();
            assert!(all.len() == 2 && all[0] == all[1] && all[0].starts_with("0b0003"), "{text}");
            all[0].clone()
        })
        .collect();
    // All the same by chance: once in 2 to the power of 120.
    assert!(references.iter().any(|reference| *reference != references[0]), "{references:?}");
}

#[test]
fn a_sip_push_without_date_expires_when_nobody_knows_unless_its_arrival_is_given() {
    let lifetime = ["--date", "20261231T120000Z", "--carrier-expires", "20261231T120010Z"];
    let octets = p1(&[&["--carrier", "sip", "--to", "sip:a"], &lifetime[..]].concat());
    let text = String::from_utf8_lossy(&octets[..octets.len() - 48]).into_owned();
    let show = |expires: &str, arguments: &[&str]| {
        let head = text.replace("Date: Thu, 31 Dec 2026 12:00:00 GMT\r\n", "").replace("Expires: 10", expires);
        let file = scratch("no-date");
        std::fs::write(&file, [head.as_bytes(), &hex(P1)].concat()).unwrap();
        let show = omadm(&[&["notify", "show", "--json", "--carrier", "sip", &file], arguments]);
        let line: serde_json::Value = serde_json::from_str(stdout(&show)).unwrap();
        let at = ["--at", "20261231T120000Z"];
        let verify = omadm(&[&["notify", "verify", "--carrier", "sip", &file], arguments, &at, &SECRET]);
        (line["Expires"].clone(), verify.status.code(), stdout(&verify).to_owned())
    };
    let (expires, code, verified) = show("Expires: 10", &[]);
    assert_eq!((expires, code), ("unknown".into(), Some(0)));
    assert!(verified.contains("  expiry       unknown: "), "{verified}");
    let (expires, code, verified) = show("Expires: 10", &["--arrival", "20261231T115949Z"]);
    assert_eq!((expires, code), (1_798_718_399.into(), Some(1)));
    assert!(verified.contains("  expired: no session\n"), "{verified}");
    let (expires, code, verified) = show("Expires: 10", &["--arrival", "20261231T115950Z"]);
    assert_eq!((expires, code), (1_798_718_400.into(), Some(0)));
    assert!(!verified.contains("expir") || verified.contains("expires      17"), "{verified}");
    let (expires, code, _) = show("Expires: 0", &[]);
    assert_eq!((expires, code), ("passed".into(), Some(1)));
}

#[test]
fn build_says_what_a_carrier_lacks_or_has_not() {
    let refused = |arguments: &[&str], message: &str| {
        let output = omadm(&[&TO, &SECRET, arguments]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{arguments:?}");
        assert!(stderr(&output).contains(message), "{arguments:?} {}", stderr(&output));
    };
    refused(&["--to", "a"], "--carrier");
    refused(&["--carrier", "wsp", "--to", "a"], "--to: this carrier names no device");
    refused(&["--carrier", "sms", "--header", "a: b"], "--header");
    refused(&["--carrier", "http"], "give --to once");
    refused(&["--carrier", "http", "--to", "a", "--to", "b"], "give --to once");
    refused(&["--carrier", "http", "--to", "a\r\nX: y"], "not allowed here at byte 24");
    refused(&["--carrier", "http", "--to", "a", "--header", "host: b"], "occurs more than once");
    refused(&["--carrier", "http", "--to", "a", "--header", "host"], "NAME: VALUE");
    refused(&["--carrier", "http", "--to", "a", "--proxy", "b"], "--proxy: for --carrier pap");
    refused(&["--carrier", "http", "--to", "a", "--push-id", "b"], "--push-id: for --carrier pap");
    refused(&["--carrier", "http", "--to", "a", "--date", "1"], "--date: for --carrier sip");
    refused(&["--carrier", "sip", "--to", "sip:a", "--date", "2", "--carrier-expires", "1"], "before --date");
    refused(&["--carrier", "pap", "--to", "a"], "give --proxy");
    refused(&["--carrier", "pap", "--proxy", "a"], "give --to");
    refused(&["--carrier", "sms", "--reference", "1"], "2 or 4 hexadecimal digits");
    refused(&["--carrier", "pigeon"], "sip");
    refused(&["--carrier", "wsp", "--reference", "01"], "--reference: for --carrier sms");
    refused(&["--carrier", "sip", "--to", "sip:a", "--target", "/a"], "--target: for --carrier http or pap");
    for option in ["--source-reference", "--notify-to", "--deliver-after", "--boundary"] {
        refused(&["--carrier", "http", "--to", "a", option, "1"], &format!("{option}: for --carrier pap"));
    }
}

#[test]
fn help_has_examples() {
    for command in ["build", "show", "verify"] {
        let output = omadm(&[&["notify", command, "--help"]]);
        assert!(stdout(&output).contains("Examples:\n  omadm notify "), "{command}");
        assert_eq!(output.status.code(), Some(0));
    }
}

#[test]
fn what_is_broken_has_an_error_of_its_own() {
    // `wire.md` §6.2, §6.3, from the octets of G-P0a: 24 of digest and header, then the server identifier.
    let with = |at: usize, octet: &str| format!("{}{octet}{}", &G_P0A[..2 * at], &G_P0A[2 * at + 2..]);
    for (input, message) in [
        (with(23, "ff").as_str(), "byte 23: the server identifier reaches past the end"),
        (with(24, "ff").as_str(), "byte 24: not valid UTF-8"),
        (with(16, "00").as_str(), "byte 16: not a notification: the version field is below 1.0"),
        (&G_P0A[..40], "byte 20: the input ends too early"),
        ("01067fc4af87616263", "byte 2: headers of a push whose lengths do not add up"),
        ("010600c4af87616263", "byte 3: headers of a push whose lengths do not add up"),
        ("0b00037f020205040b84c0025a5a", "byte 3: a segment number that cannot be, or a segment other than the first"),
    ] {
        for command in [&["show"][..], &["verify", "--secret", "srvsecret"]] {
            let output = run(&[&["notify"], command, &["--hex", "-"]].concat(), input);
            assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{input}");
            assert!(stderr(&output).contains(message), "{input} {}", stderr(&output));
        }
    }
    // Without a server identifier, which is decoded, though it is never written.
    let output = run(&["notify", "show", "--hex", "-"], "8d24b9e1ecc475143a3c83ad16172f2502d8000000001a00");
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), ""));
    assert!(stdout(&output).contains("  sessionid    26 (SessionID 1A)\n"), "{}", stdout(&output));
    // Neither text nor another document is tried.
    for other in
        ["a text that is no notification, but long enough to be one", "<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>"]
    {
        let output = run(&["notify", "show", "-"], other);
        assert_eq!(output.status.code(), Some(2), "{other}");
        assert!(stderr(&output).contains(": not a known document"), "{}", stderr(&output));
    }
}

#[test]
fn what_is_broken_in_a_folder_is_told_and_what_is_something_else_is_not() {
    let folder = scratch("folder");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, octets: &[u8]| std::fs::write(format!("{folder}/{name}"), octets).unwrap();
    let status = |arguments: &[&str]| {
        let output = omadm(&[&["notify"], arguments, &[&folder]]);
        (output.status.code(), stderr(&output).to_owned())
    };
    let nothing = (Some(1), "omadm: no notification found\n".to_owned());
    let verify = [&["verify"][..], &SECRET].concat();
    assert_eq!((status(&verify), status(&["show"])), (nothing.clone(), nothing.clone()));
    write("a.txt", b"a text that is no notification, but long enough to be one\n");
    write("b.xml", b"<MgmtTree><VerDTD>1.2</VerDTD></MgmtTree>");
    write("c.empty", b"");
    for carrier in
        [&[][..], &["--carrier", "wsp"], &["--carrier", "http"], &["--carrier", "sip"], &["--carrier", "pap"]]
    {
        assert_eq!(status(&[&verify, carrier].concat()), nothing, "{carrier:?}");
    }
    assert_eq!(status(&[&verify[..], &["--format", "1.2"]].concat()), nothing);
    write("d.bin", &hex(G_P0A));
    assert_eq!(status(&verify), (Some(0), String::new()));
    // One that is cut.
    write("e.bin", &hex(&G_P0A[..60]));
    for format in [&[][..], &["--format", "1.2"]] {
        let (code, message) = status(&[&verify, format].concat());
        assert!(code == Some(2) && message.contains("e.bin: byte 23: the server identifier"), "{message}");
    }
    // As a push both are broken; a head without its end is one, too.
    let (code, message) = status(&[&verify[..], &["--carrier", "wsp"]].concat());
    assert!(code == Some(2) && message.contains("d.bin: ") && message.contains("e.bin: "), "{message}");
    write("f.http", b"POST / HTTP/1.1\r\nHost: a\r\n");
    let (code, message) = status(&[&verify[..], &["--carrier", "http"]].concat());
    assert!(code == Some(2) && message.contains("f.http: byte 26: the input ends too early"), "{message}");
    std::fs::remove_dir_all(&folder).unwrap();
}
