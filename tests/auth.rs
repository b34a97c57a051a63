//! Credentials, challenges, nonces and the header `x-syncml-hmac`: the vectors of `wire.md` §13.4 and the rules of §5.
//! Values that are not in `wire.md` were computed with Python's `hashlib`.

mod common;

use common::vectors::*;
use common::{data, hex, read};
use omadm::auth::{
    A1, CredData, CredVerdict, HmacHeader, INTEROPERABLE_FALLBACKS, Nonce, Nonces, RESYNC_NONCE, Scheme, a1_digest,
    mac_digest, md5_digest,
};
use omadm::markup::Encoding;
use omadm::notification::ResyncPolicy;
use omadm::syncml::{AuthOutcome, Message, MessageBuilder, NewCommand, NewCred, NewData, NewMeta, StatusCode};
use omadm::{Error, ErrorKind};
use proptest::prelude::*;

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

fn dev1() -> A1 {
    a1_digest(b"dev1", b"secret")
}

fn strict(due: &[u8]) -> Nonces<'_> {
    Nonces::new(due, ResyncPolicy::Refuse)
}

fn resyncing(due: &[u8]) -> Nonces<'_> {
    Nonces::new(due, ResyncPolicy::Allow)
}

/// A message with these octets as `Cred`, as XML text.
fn with_cred(cred: &str) -> Message<'static> {
    let text = format!(
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>\
         <Target><LocURI>s</LocURI></Target><Source><LocURI>d</LocURI><LocName>dev1</LocName></Source>{cred}</SyncHdr>\
         <SyncBody/></SyncML>"
    );
    Message::decode(text.as_bytes()).unwrap().into_owned()
}

fn cred_xml(scheme: &str, text: &str) -> Message<'static> {
    with_cred(&format!("<Cred><Meta><Type xmlns='syncml:metinf'>{scheme}</Type></Meta><Data>{text}</Data></Cred>"))
}

/// Puts an opaque block in the place of an inline string: what other encoders write, ours need not.
fn make_opaque(wbxml: &[u8], text: &str, octets: &[u8]) -> Message<'static> {
    let inline = [b"\x03", text.as_bytes(), b"\0"].concat();
    let at = wbxml.windows(inline.len()).position(|window| window == inline).unwrap();
    let block = [&[0xC3, u8::try_from(octets.len()).unwrap()], octets].concat();
    let octets = [&wbxml[..at], &block, &wbxml[at + inline.len()..]].concat();
    Message::decode(&octets).unwrap().into_owned()
}

/// The same in WBXML, `Data` an opaque block.
fn cred_opaque(meta: NewMeta<'_>, octets: &[u8]) -> Message<'static> {
    let cred = NewCred { meta, data: NewData::Text("placeholder") };
    let wbxml = MessageBuilder::new("1", "1", "s", "d").cred(&cred).finish().unwrap().encode(Encoding::Wbxml).unwrap();
    make_opaque(&wbxml, "placeholder", octets)
}

fn verdict(message: &Message<'_>, scheme: Scheme<'_>, a1: &A1, nonces: &Nonces<'_>) -> CredVerdict {
    message.header().cred().unwrap().verify(scheme, a1, nonces)
}

// §5.1: schemes

#[test]
fn schemes_are_known_by_both_their_names_without_regard_to_case() {
    let names = [
        (Scheme::Basic, "syncml:auth-basic", "BASIC"),
        (Scheme::Md5, "syncml:auth-md5", "DIGEST"),
        (Scheme::Mac, "syncml:auth-MAC", "HMAC"),
        (Scheme::X509, "syncml:auth-x509", "X509"),
        (Scheme::SecurId, "syncml:auth-securid", "SECURID"),
        (Scheme::SafeWord, "syncml:auth-safeword", "SAFEWORD"),
        (Scheme::DigiPass, "syncml:auth-digipass", "DIGIPASS"),
    ];
    for (scheme, name, account) in names {
        assert_eq!((scheme.name(), scheme.account_type()), (name, account));
        for name in [name.to_owned(), name.to_uppercase(), name.to_lowercase(), format!(" {name}\n")] {
            assert_eq!(Scheme::from_name(&name), scheme, "{name}");
        }
        assert_eq!(Scheme::from_account_type(&account.to_lowercase()), scheme);
        assert_ne!(Scheme::from_name(account), scheme, "the names of accounts are not those of messages");
    }
    // `wire.md` §14.1 no. 13.
    assert_eq!(Scheme::from_name("syncml:auth-X509"), Scheme::X509);
    assert_eq!(Scheme::from_name("Com.Example"), Scheme::Other("com.example"));
    assert_eq!(Scheme::from_account_type("HTTP-BASIC"), Scheme::Other("HTTP-BASIC"));
    assert_eq!(Scheme::Other("TRANSPORT").to_string(), "TRANSPORT");
}

#[test]
fn basic_is_the_scheme_of_credentials_that_name_none() {
    let message = with_cred("<Cred><Data>QnJ1Y2UyOk9oQmVoYXZl</Data></Cred>");
    let cred = message.header().cred().unwrap();
    assert_eq!(cred.scheme(), Scheme::Basic);
    assert_eq!(cred.basic_name().as_deref(), Some("Bruce2"));
    let digest = cred_xml("syncml:auth-md5", "QnJ1Y2UyOk9oQmVoYXZl");
    assert_eq!(digest.header().cred().unwrap().basic_name(), None);
    let empty = with_cred("<Cred><Meta><Type xmlns='syncml:metinf'/></Meta><Data>QQ==</Data></Cred>");
    assert_eq!(empty.header().cred().unwrap().scheme(), Scheme::Basic);
}

// §13.4: the vectors, through a message

#[test]
fn s1_basic_is_made_and_verified() {
    assert_eq!(CredData::basic(b"Bruce2", b"OhBehave").as_str(), "QnJ1Y2UyOk9oQmVoYXZl");
    let a1 = A1::from_octets(hex("3ed11dafc941438e486d3d5b64892b39").try_into().unwrap());
    let message = cred_xml("syncml:auth-basic", "QnJ1Y2UyOk9oQmVoYXZl");
    assert_eq!(verdict(&message, Scheme::Basic, &a1, &strict(b"")), CredVerdict::Verified);
    assert_eq!(verdict(&message, Scheme::Basic, &dev1(), &strict(b"")), CredVerdict::Refused);
}

#[test]
fn s2_md5_is_made_and_verified_and_s2n_is_not() {
    let a1 = a1_digest(b"Bruce2", b"OhBehave");
    assert_eq!(CredData::md5(&a1, b"Nonce").as_str(), "Zz6EivR3yeaaENcRN6lpAQ==");
    let message = cred_xml("SYNCML:AUTH-MD5", "\n Zz6EivR3yeaaENcRN6lpAQ==\n");
    assert_eq!(verdict(&message, Scheme::Md5, &a1, &strict(b"Nonce")), CredVerdict::Verified);
    let base64_text_hashed = cred_xml("syncml:auth-md5", "CmO/kTaDnxgwUdBvdtRh4A==");
    assert_eq!(verdict(&base64_text_hashed, Scheme::Md5, &a1, &resyncing(b"Nonce")), CredVerdict::Refused);
}

#[test]
fn g_md5_verifies_in_both_encodings_of_package_1() {
    for file in ["package1.syncml.xml", "package1.syncml.wbxml"] {
        let octets = read(&data().join(file));
        let message = Message::decode(&octets).unwrap();
        assert_eq!(message.header().source_name(), Some("dev1"));
        assert_eq!(message.header().cred().unwrap().scheme(), Scheme::Md5);
        assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &strict(&COUNTING)), CredVerdict::Verified, "{file}");
        assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &resyncing(b"other")), CredVerdict::Refused, "{file}");
        assert_eq!(
            verdict(&message, Scheme::Md5, &a1_digest(b"dev1", b"Secret"), &strict(&COUNTING)),
            CredVerdict::Refused
        );
    }
}

#[test]
fn g_mac_over_g1_is_the_header_of_the_vector() {
    let value = HmacHeader::encode("dev1", &mac_digest(&dev1(), &COUNTING, &hex(G1))).unwrap();
    assert_eq!(value, r#"algorithm=MD5, username="dev1", mac=TyYbB/GAXsGt4SGMiVYaqA=="#);
    let header = HmacHeader::decode(value.as_bytes()).unwrap();
    assert_eq!(header.verify(&dev1(), &strict(&COUNTING), &hex(G1)), CredVerdict::Verified);
    let mut body = hex(G1);
    for at in 0..body.len() {
        body[at] ^= 1;
        assert_eq!(header.verify(&dev1(), &resyncing(&COUNTING), &body), CredVerdict::Refused, "octet {at}");
        body[at] ^= 1;
    }
}

#[test]
fn s3_the_specifications_header_is_read_and_proves_nothing() {
    let value = br#"algorithm=MD5, username="Robert Jordan", mac=NTI2OTJhMDAwNjYxODkwYmQ3NWUxN2RhN2ZmYmJlMzk"#;
    let header = HmacHeader::decode(value).unwrap();
    assert_eq!((header.algorithm(), header.username(), header.mac()), ("MD5", "Robert Jordan", None));
    let a1 = a1_digest(b"Bruce2", b"OhBehave");
    assert_eq!(header.verify(&a1, &resyncing(b"Nonce"), b""), CredVerdict::Refused);
}

// §5.2 and §5.5: nonces

#[test]
fn nonces_are_any_octets() {
    // The specification's other values, of which one ends with a line break and one is not text.
    assert_eq!(Nonce::from_base64("ZG9iZWhhdmUNCg==").unwrap().octets(), b"dobehave\r\n");
    assert_eq!(Nonce::from_base64("LG3iZQhhdmKNHg==").unwrap().octets(), hex("2c6de26508617662 8d1e"));
    assert_eq!(Nonce::from_base64("AAAAAA").unwrap().octets(), RESYNC_NONCE);
    assert_eq!(Nonce::from_base64("").unwrap().octets(), b"");
    assert_eq!(Nonce::from_base64("A"), Err(Error::new(ErrorKind::InvalidBase64, 0)));
    // Zero octets and colons do not end a nonce.
    assert_eq!(CredData::md5(&dev1(), b"a:\0:b").as_str(), "8c+341X2gdiTsWBJgjHUyg==");
    assert_ne!(md5_digest(&dev1(), b"a:\0:b"), md5_digest(&dev1(), b"a:"));
}

#[test]
fn a_lost_nonce_is_resynchronised_only_where_the_policy_says_so() {
    // G-md5 resync.
    let message = cred_xml("syncml:auth-md5", "UyTG/9eLomMP71AAE3HyYA==");
    assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &resyncing(&COUNTING)), CredVerdict::VerifiedByFallback(0));
    assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &strict(&COUNTING)), CredVerdict::Refused);
    assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &strict(&RESYNC_NONCE)), CredVerdict::Verified);
    assert!(CredVerdict::VerifiedByFallback(0).is_verified() && !CredVerdict::AnotherScheme.is_verified());
}

#[test]
fn the_order_of_fallbacks_is_the_callers() {
    // G-md5 empty nonce, and what libdmclient hashes: `wire.md` §5.5.
    let empty = cred_xml("syncml:auth-md5", "yLuff4TLcSrw4vV/9rAOOg==");
    let ascii = cred_xml("syncml:auth-md5", "gjxts0uS1fxTu9S0CBJjqg==");
    let all = Nonces::with_fallbacks(&COUNTING, INTEROPERABLE_FALLBACKS);
    assert_eq!(verdict(&empty, Scheme::Md5, &dev1(), &all), CredVerdict::VerifiedByFallback(1));
    assert_eq!(verdict(&ascii, Scheme::Md5, &dev1(), &all), CredVerdict::VerifiedByFallback(2));
    let mine: [&[u8]; 2] = [b"0x00000000", b""];
    let mine = Nonces::with_fallbacks(&COUNTING, &mine);
    assert_eq!(verdict(&empty, Scheme::Md5, &dev1(), &mine), CredVerdict::VerifiedByFallback(1));
    assert_eq!(verdict(&ascii, Scheme::Md5, &dev1(), &mine), CredVerdict::VerifiedByFallback(0));
    for message in [&empty, &ascii] {
        assert_eq!(verdict(message, Scheme::Md5, &dev1(), &resyncing(&COUNTING)), CredVerdict::Refused);
    }
}

// §5.1, §14.1 no. 11: forms of Cred/Data

#[test]
fn raw_digests_in_wbxml_are_taken_as_well_as_base64() {
    let digest = hex("2fc122f9039ef0dc35228c462df99abe");
    let meta = NewMeta::of("b64", "syncml:auth-md5");
    for octets in [digest.as_slice(), b"L8Ei+QOe8Nw1IoxGLfmavg=="] {
        for meta in [meta, NewMeta { format: None, ..meta }] {
            let message = cred_opaque(meta, octets);
            assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &strict(&COUNTING)), CredVerdict::Verified);
        }
    }
    let message = cred_opaque(NewMeta { format: Some("bin"), ..meta }, &digest);
    assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &strict(&COUNTING)), CredVerdict::Verified);
    // Sixteen characters are not a digest in XML.
    let message = cred_xml("syncml:auth-md5", "abcdefghijklmnop");
    assert_eq!(verdict(&message, Scheme::Md5, &dev1(), &strict(&COUNTING)), CredVerdict::Refused);
    // Basic: octets that a colon keeps from being base64.
    let message = cred_opaque(NewMeta::of("bin", "syncml:auth-basic"), b"dev1:secret");
    assert_eq!(verdict(&message, Scheme::Basic, &dev1(), &strict(b"")), CredVerdict::Verified);
}

/// In XML there are no octets: base64, by whatever name `Format` has for it.
#[test]
fn raw_credentials_are_verified_after_a_journey_to_xml() {
    let digest = hex("2fc122f9039ef0dc35228c462df99abe");
    for (meta, octets, text) in [
        (NewMeta::of("b64", "syncml:auth-md5"), digest.as_slice(), "L8Ei+QOe8Nw1IoxGLfmavg=="),
        (NewMeta::of("bin", "syncml:auth-md5"), digest.as_slice(), "L8Ei+QOe8Nw1IoxGLfmavg=="),
        (NewMeta::of("b64", "syncml:auth-md5"), b"L8Ei+QOe8Nw1IoxGLfmavg==", "L8Ei+QOe8Nw1IoxGLfmavg=="),
        (NewMeta::of("bin", "syncml:auth-basic"), b"dev1:secret", "ZGV2MTpzZWNyZXQ="),
    ] {
        let message = cred_opaque(meta, octets);
        let xml = message.encode(Encoding::Xml).unwrap();
        let again = Message::decode(&xml).unwrap();
        let cred = again.header().cred().unwrap();
        assert_eq!(cred.data().unwrap().text(), Some(text));
        assert_eq!(verdict(&again, cred.scheme(), &dev1(), &strict(&COUNTING)), CredVerdict::Verified, "{text}");
        // In WBXML they stay what they are.
        let again = message.encode(Encoding::Wbxml).unwrap();
        assert_eq!(Message::decode(&again).unwrap().header().cred().unwrap().data().unwrap().bytes(), octets);
    }
}

#[test]
fn credentials_of_another_scheme_than_was_asked_for_are_not_looked_at() {
    let basic = cred_xml("syncml:auth-basic", "ZGV2MTpzZWNyZXQ=");
    assert_eq!(verdict(&basic, Scheme::Basic, &dev1(), &strict(b"")), CredVerdict::Verified);
    assert_eq!(verdict(&basic, Scheme::Md5, &dev1(), &strict(b"")), CredVerdict::AnotherScheme);
    for scheme in [Scheme::Mac, Scheme::X509, Scheme::SecurId, Scheme::Other("x")] {
        let message = cred_xml(scheme.name(), "QQ==");
        assert_eq!(verdict(&message, scheme, &dev1(), &strict(b"")), CredVerdict::AnotherScheme, "{scheme}");
    }
}

#[test]
fn credentials_that_are_no_credentials_are_refused() {
    for text in ["", "%", "QQ==", "Zz6EivR3yeaaENcRN6lpAQAA", "Zz6EivR3yeaaENcRN6lpAQ", "<x/>"] {
        for scheme in [Scheme::Basic, Scheme::Md5] {
            let message = cred_xml(scheme.name(), text);
            assert_eq!(verdict(&message, scheme, &dev1(), &resyncing(b"Nonce")), CredVerdict::Refused, "{text}");
        }
    }
}

// §5.3: challenges

#[test]
fn a_challenge_is_read_with_its_nonce_decoded() {
    for file in ["package2.syncml.xml", "package2.syncml.wbxml"] {
        let octets = read(&data().join(file));
        let message = Message::decode(&octets).unwrap();
        let status = message.commands().next().unwrap();
        let chal = status.chal().unwrap();
        assert_eq!(chal.scheme(), Scheme::Md5);
        let counting_down: Vec<u8> = (0..16).rev().collect();
        assert_eq!(chal.next_nonce().unwrap().unwrap().octets(), counting_down, "{file}");
        assert_eq!(AuthOutcome::from_status(status.status().unwrap()), Some(AuthOutcome::ForSession));
    }
}

#[test]
fn a_nonce_is_kept_after_the_message_that_brought_it() {
    let nonce = {
        let message = Message::decode(&read(&data().join("package2.syncml.xml"))).unwrap().into_owned();
        message.commands().next().unwrap().chal().unwrap().next_nonce().unwrap().unwrap().into_owned()
    };
    assert_eq!(nonce.octets(), (0..16).rev().collect::<Vec<u8>>());
}

fn challenge(meta: NewMeta<'_>) -> Vec<u8> {
    let mut builder = MessageBuilder::new("1", "1", "s", "d");
    let status = NewCommand { chal: Some(meta), ..NewCommand::status("1", "0", "SyncHdr", "407") };
    builder.command(&status).unwrap();
    builder.finish().unwrap().encode(Encoding::Wbxml).unwrap()
}

fn next_nonce(message: &Message<'_>) -> Result<Option<Vec<u8>>, Error> {
    let chal = message.commands().next().unwrap().chal().unwrap();
    chal.next_nonce().map(|nonce| nonce.map(|nonce| nonce.octets().to_vec()))
}

#[test]
fn an_opaque_nonce_is_octets_unless_it_is_base64_text() {
    let text = "cGxhY2Vob2xkZXI=";
    let of_format = |format, octets: &[u8]| {
        let meta = NewMeta { format, ..NewMeta::challenge(Scheme::Md5, text) };
        next_nonce(&make_opaque(&challenge(meta), text, octets)).unwrap().unwrap()
    };
    let opaque = |octets: &[u8]| of_format(Some("b64"), octets);
    // Raw, as `wire.md` §1.7 allows in WBXML.
    assert_eq!(opaque(&[0, 255, b':']), [0, 255, b':']);
    assert_eq!(opaque(b"Nonce"), b"Nonce");
    assert_eq!(opaque(b"abcdef"), b"abcdef", "no padding, no base64");
    assert_eq!(opaque(b""), b"");
    // Base64 text, from encoders that make every text opaque (§7.10).
    assert_eq!(opaque(b"AAECAw=="), [0, 1, 2, 3]);
    assert_eq!(of_format(None, b"AAECAw=="), [0, 1, 2, 3]);
    // Format `bin` says that it is not text.
    assert_eq!(of_format(Some("bin"), b"AAECAw=="), b"AAECAw==");
}

#[test]
fn a_nonce_in_text_is_always_base64() {
    let read = |meta| next_nonce(&Message::decode(&challenge(meta)).unwrap());
    assert_eq!(read(NewMeta::challenge(Scheme::Md5, "AAECAw==")).unwrap().unwrap(), [0, 1, 2, 3]);
    assert_eq!(read(NewMeta::challenge(Scheme::Md5, "AAECAw")).unwrap().unwrap(), [0, 1, 2, 3]);
    assert_eq!(read(NewMeta::challenge(Scheme::Md5, "A*==")).unwrap_err().kind(), ErrorKind::InvalidBase64);
    assert_eq!(read(NewMeta::of("b64", "syncml:auth-md5")), Ok(None));
}

#[test]
fn outcomes_of_authentication_are_their_four_statuses() {
    for (code, outcome) in [
        (212, AuthOutcome::ForSession),
        (200, AuthOutcome::ForMessage),
        (407, AuthOutcome::Missing),
        (401, AuthOutcome::Refused),
    ] {
        assert_eq!(AuthOutcome::from_status(StatusCode(code)), Some(outcome));
        assert_eq!(outcome.status(), StatusCode(code));
        assert_eq!(outcome.needs_challenge(), code > 400);
    }
    assert_eq!(AuthOutcome::from_status(StatusCode(404)), None);
}

#[test]
fn what_is_made_is_verified_after_a_journey_in_either_encoding() {
    let creds = [CredData::basic(b"dev1", b"secret"), CredData::md5(&dev1(), b"\0:\xff")];
    for cred in &creds {
        for encoding in [Encoding::Xml, Encoding::Wbxml] {
            let builder = MessageBuilder::new("1", "1", "s", "d").source_name("dev1").cred(&cred.into());
            let octets = builder.finish().unwrap().encode(encoding).unwrap();
            let message = Message::decode(&octets).unwrap();
            assert_eq!(message.header().cred().unwrap().meta().unwrap().format(), Some("b64"));
            let verdict = verdict(&message, cred.scheme(), &dev1(), &strict(b"\0:\xff"));
            assert_eq!(verdict, CredVerdict::Verified, "{encoding:?}");
        }
    }
}

#[test]
fn nothing_secret_is_printed() {
    let value = HmacHeader::encode("dev1", &[0x41; 16]).unwrap();
    let header = HmacHeader::decode(value.as_bytes()).unwrap();
    let cred = CredData::basic(b"dev1", b"secret");
    let nonces = Nonces::with_fallbacks(b"secret", INTEROPERABLE_FALLBACKS);
    let printed = format!("{header:?} {cred:?} {nonces:?} {:?}", Nonce::new(b"secret".as_slice()));
    for secret in ["secret", "ZGV2MTpzZWNyZXQ", "QUFB", "65", "115"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    assert!(printed.contains("dev1") && printed.contains("Basic"));
}

// §5.4: the header

fn decoded(value: &str) -> Result<(String, Option<[u8; 16]>), ErrorKind> {
    let header = HmacHeader::decode(value.as_bytes()).map_err(|error| error.kind())?;
    Ok((header.username().to_owned(), header.mac()))
}

#[test]
fn the_header_is_a_list_in_any_order_with_any_blanks() {
    let mac = hex("4f261b07f1805ec1ade1218c89561aa8").try_into().unwrap();
    for value in [
        r#"algorithm=MD5,username="dev1",mac=TyYbB/GAXsGt4SGMiVYaqA=="#,
        r#"mac=TyYbB/GAXsGt4SGMiVYaqA==, username="dev1", algorithm=MD5"#,
        r#"username="dev1",mac=TyYbB/GAXsGt4SGMiVYaqA=="#,
        "  username = \"dev1\" ,\t mac\t=\tTyYbB/GAXsGt4SGMiVYaqA==  ",
        "username=\"dev1\",\r\n mac=TyYbB/GAXsGt4SGMiVYaqA==",
        r#", ,username="dev1",,mac=TyYbB/GAXsGt4SGMiVYaqA==,"#,
        r#"USERNAME="dev1",Mac=TyYbB/GAXsGt4SGMiVYaqA==,Algorithm=md5"#,
        // Padding missing, values quoted or not, parameters of somebody else.
        r#"username="dev1",mac=TyYbB/GAXsGt4SGMiVYaqA"#,
        r#"username=dev1,mac="TyYbB/GAXsGt4SGMiVYaqA==",algorithm="MD5""#,
        r#"username="dev1",mac=TyYbB/GAXsGt4SGMiVYaqA==,qop="a, \" b",nc=1,nc=2"#,
    ] {
        assert_eq!(decoded(value), Ok(("dev1".to_owned(), Some(mac))), "{value}");
    }
}

#[test]
fn a_quoted_name_may_hold_commas_quotes_and_backslashes() {
    for (quoted, name) in [
        (r#""Robert Jordan""#, "Robert Jordan"),
        (r#""a, mac=b""#, "a, mac=b"),
        (r#""say \"hi\"""#, r#"say "hi""#),
        (r#""a\\""#, r"a\"),
        (r#""\a\b""#, "ab"),
        (r#""""#, ""),
        ("\"J\u{f6}rdan\"", "J\u{f6}rdan"),
    ] {
        assert_eq!(decoded(&format!("mac=AA==,username={quoted}")).unwrap().0, name);
    }
}

#[test]
fn a_header_that_is_not_one_says_where() {
    use ErrorKind::{AuthHeader, AuthHeaderIncomplete, AuthHeaderRepeated, InvalidBase64};
    for (value, kind, offset) in [
        ("", AuthHeaderIncomplete, 0),
        (r#"username="dev1""#, AuthHeaderIncomplete, 15),
        ("mac=AA==", AuthHeaderIncomplete, 8),
        ("algorithm=MD5, mac=AA==", AuthHeaderIncomplete, 23),
        (r#"username="a",username="a",mac=AA=="#, AuthHeaderRepeated, 13),
        (r#"username="a",mac=AA==,MAC=AA=="#, AuthHeaderRepeated, 22),
        (r#"algorithm=MD5,algorithm=MD5"#, AuthHeaderRepeated, 14),
        (r#"username="a",mac=A*=="#, InvalidBase64, 17),
        ("username", AuthHeader, 8),
        ("=x", AuthHeader, 0),
        (r#"username="a"#, AuthHeader, 11),
        (r#"username="a\""#, AuthHeader, 13),
        (r#"username="a"b,mac=AA=="#, AuthHeader, 12),
        ("username=a b", AuthHeader, 11),
        ("username=a\"b\"", AuthHeader, 10),
    ] {
        assert_eq!(HmacHeader::decode(value.as_bytes()), Err(Error::new(kind, offset)), "{value}");
    }
    assert_eq!(HmacHeader::decode(b"mac=\xff"), Err(Error::new(ErrorKind::InvalidUtf8, 4)));
}

#[test]
fn another_algorithm_is_not_computed() {
    let header = HmacHeader::decode(br#"algorithm=SHA256,username="a",mac=AA=="#).unwrap();
    assert_eq!(header.algorithm(), "SHA256");
    assert_eq!(header.verify(&dev1(), &strict(b""), b""), CredVerdict::AnotherScheme);
}

#[test]
fn a_mac_over_another_message_with_a_hostile_name_and_nonce() {
    let name = "\"Robert\" \\ J\u{f6}rdan";
    let a1 = a1_digest(name.as_bytes(), "\u{fc}nsecret".as_bytes());
    let value = HmacHeader::encode(name, &mac_digest(&a1, b"\xff\0:", b"<SyncML/>")).unwrap();
    assert_eq!(value, "algorithm=MD5, username=\"\\\"Robert\\\" \\\\ J\u{f6}rdan\", mac=x0T+MYH+25dr0oRGvYJ9bA==");
    let header = HmacHeader::decode(value.as_bytes()).unwrap();
    assert_eq!(header.username(), name);
    assert_eq!(header.verify(&a1, &strict(b"\xff\0:"), b"<SyncML/>"), CredVerdict::Verified);
    // An empty body under the resynchronisation nonce.
    let header = HmacHeader::decode(br#"username="dev1",mac=dMTyR0j62fy7s8LtVXGfUA=="#).unwrap();
    assert_eq!(header.verify(&dev1(), &resyncing(b"x"), b""), CredVerdict::VerifiedByFallback(0));
}

#[test]
fn a_name_that_would_end_the_header_is_refused() {
    for (name, offset) in [("a\r\nSet-Cookie: x", 1), ("\0", 0), ("\u{f6}\x7f", 2), ("tab\there", 3)] {
        assert_eq!(HmacHeader::encode(name, &[0; 16]), Err(Error::new(ErrorKind::AuthHeaderName, offset)));
    }
}

#[test]
fn a_huge_header_takes_no_long_time() {
    let empty = ",".repeat(2_000_000);
    assert!(HmacHeader::decode(empty.as_bytes()).is_err());
    let unknown = "x=y,".repeat(500_000);
    assert!(HmacHeader::decode(unknown.as_bytes()).is_err());
    let escapes = format!("mac=AA==,username=\"{}\"", "\\\\".repeat(1_000_000));
    assert_eq!(HmacHeader::decode(escapes.as_bytes()).unwrap().username().len(), 1_000_000);
}

proptest! {
    #[test]
    fn header_build_and_parse_are_inverse(name in "[^\\p{Cc}]{0,40}", mac: [u8; 16]) {
        let value = HmacHeader::encode(&name, &mac).unwrap();
        let header = HmacHeader::decode(value.as_bytes()).unwrap();
        prop_assert_eq!(header.username(), name);
        prop_assert_eq!(header.mac(), Some(mac));
    }

    #[test]
    fn no_header_hurts(value: Vec<u8>) {
        let _ = HmacHeader::decode(&value);
    }

    #[test]
    fn no_header_of_likely_pieces_hurts(pieces in prop::collection::vec(
        prop::sample::select(vec!["username", "mac", "=", "\"", "\\", ",", " ", "AA==", "\u{f6}", "algorithm"]), 0..20)
    ) {
        let value = pieces.concat();
        if let Err(error) = HmacHeader::decode(value.as_bytes()) {
            prop_assert!(error.offset() <= value.len());
        }
    }

    #[test]
    fn right_secret_and_nonce_verify_and_wrong_ones_do_not(
        name: Vec<u8>, secret: Vec<u8>, nonce: Vec<u8>, other: Vec<u8>, body: Vec<u8>
    ) {
        let a1 = a1_digest(&name, &secret);
        let wrong = a1_digest(&name, &[secret.as_slice(), b"x"].concat());
        let message = cred_xml("syncml:auth-md5", CredData::md5(&a1, &nonce).as_str());
        prop_assert_eq!(verdict(&message, Scheme::Md5, &a1, &strict(&nonce)), CredVerdict::Verified);
        prop_assert_eq!(verdict(&message, Scheme::Md5, &wrong, &strict(&nonce)), CredVerdict::Refused);
        let is_same = nonce == other;
        prop_assert_eq!(verdict(&message, Scheme::Md5, &a1, &strict(&other)).is_verified(), is_same);
        let value = HmacHeader::encode("n", &mac_digest(&a1, &nonce, &body)).unwrap();
        let header = HmacHeader::decode(value.as_bytes()).unwrap();
        prop_assert_eq!(header.verify(&a1, &strict(&nonce), &body), CredVerdict::Verified);
        prop_assert_eq!(header.verify(&wrong, &strict(&nonce), &body), CredVerdict::Refused);
        let again = Nonce::from_base64(&Nonce::new(nonce.as_slice()).to_base64()).unwrap();
        prop_assert_eq!(again.octets(), nonce);
    }
}
