//! Push carriers: what the texts and others' programs send, octet for octet; what is refused; what we write, read again.

#[path = "push/binary.rs"]
mod binary;
#[path = "push/pap.rs"]
mod pap;
#[path = "push/text.rs"]
mod text;

use omadm::{ErrorKind, Result};

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|octet| !octet.is_ascii_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Kind and offset of an error.
fn at<T: core::fmt::Debug>(result: Result<T>) -> (ErrorKind, usize) {
    let error = result.unwrap_err();
    (error.kind(), error.offset())
}

/// P1 of `provisional.md` §1.6, the notification that its §3 carries.
const P1: &str = "68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6dd64807a101046b36ec7f";
/// 2026-12-31T23:59:59Z, by `date -u -d 2026-12-31T23:59:59Z +%s`.
const END_OF_2026: u32 = 1_798_761_599;

/// Every prefix of a message, and the message with every bit flipped.
fn broken(message: &[u8], mut each: impl FnMut(&[u8])) {
    for length in 0..message.len() {
        each(&message[..length]);
    }
    for bit in 0..message.len() * 8 {
        let mut flipped = message.to_vec();
        flipped[bit / 8] ^= 0x80 >> (bit % 8);
        each(&flipped);
    }
}
