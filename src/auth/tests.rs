//! The vectors of `wire.md` §13.4.

use super::*;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

const COUNTING: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

fn md5_text(a1: &A1, nonce: &[u8]) -> String {
    digest_text(&md5_digest(a1, nonce)).to_string()
}

#[test]
fn s1_basic() {
    assert_eq!(basic(b"Bruce2", b"OhBehave"), "QnJ1Y2UyOk9oQmVoYXZl");
}

#[test]
fn s2_md5_of_the_specification() {
    let a1 = a1_digest(b"Bruce2", b"OhBehave");
    assert_eq!(a1.octets().as_slice(), hex("3ed11dafc941438e486d3d5b64892b39"));
    assert_eq!(digest_text(a1.octets()).as_str(), "PtEdr8lBQ45IbT1bZIkrOQ==");
    assert_eq!(md5_digest(&a1, b"Nonce").as_slice(), hex("673e848af477c9e69a10d71137a96901"));
    assert_eq!(md5_text(&a1, b"Nonce"), "Zz6EivR3yeaaENcRN6lpAQ==");
}

/// S2n: hashing the base64 text of the nonce gives another value, which implementations that forget to decode send.
#[test]
fn s2n_the_nonce_is_decoded_before_it_is_hashed() {
    let a1 = a1_digest(b"Bruce2", b"OhBehave");
    assert_eq!(md5_text(&a1, b"Tm9uY2U="), "CmO/kTaDnxgwUdBvdtRh4A==");
    assert!(!digests_match(&md5_digest(&a1, b"Tm9uY2U="), &md5_digest(&a1, b"Nonce")));
}

#[test]
fn g_md5_with_zero_octets_resync_and_empty_nonce() {
    let a1 = a1_digest(b"dev1", b"secret");
    assert_eq!(a1.octets().as_slice(), hex("e4909a07083950e29ea3eca29ae5c67b"));
    assert_eq!(md5_text(&a1, &COUNTING), "L8Ei+QOe8Nw1IoxGLfmavg==");
    assert_eq!(md5_text(&a1, &RESYNC_NONCE), "UyTG/9eLomMP71AAE3HyYA==");
    assert_eq!(md5_text(&a1, b""), "yLuff4TLcSrw4vV/9rAOOg==");
}

#[test]
fn g_mac_over_a_whole_message() {
    let a1 = a1_digest(b"dev1", b"secret");
    let mac = mac_digest(&a1, &COUNTING, &hex(G1));
    assert_eq!(mac.as_slice(), hex("4f261b07f1805ec1ade1218c89561aa8"));
    assert_eq!(digest_text(&mac).as_str(), "TyYbB/GAXsGt4SGMiVYaqA==");
}

#[test]
fn nothing_secret_is_printed() {
    let a1 = a1_digest(b"dev1", b"secret");
    assert_eq!(format!("{a1:?} {:?}", digest_text(a1.octets())), "A1(..) DigestText(..)");
    assert_eq!(a1, A1::from_octets(*a1.octets()));
    assert_ne!(a1, a1_digest(b"dev1:", b"secret"));
}

/// Message G1 of `wire.md` §13.1.
const G1: &str = "
    02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033100016e570368747470733a2f2f646d
    2e6578616d706c652e636f6d2f6f6d61646d000101675703494d45493a34393031353432303332333735313800015603
    646576310001014e5a000147036236340001530373796e636d6c3a617574682d6d643500010100004f034c3845692b51
    4f65384e7731496f78474c666d6176673d3d0001015a00014c0331363338340001550331303438353736000101010000
    6b464b033100014f0331323031000101604b03320001546757032e2f446576496e666f2f44657649640001014fc31449
    4d45493a3439303135343230333233373531380101546757032e2f446576496e666f2f4d616e0001014fc30441636d65
    0101546757032e2f446576496e666f2f4d6f640001014fc30252310101546757032e2f446576496e666f2f446d560001
    014fc303312e320101546757032e2f446576496e666f2f4c616e670001014fc302656e010101120101
";
