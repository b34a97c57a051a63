//! Package #0.

use super::{Case, OURS, Row, reader};
use crate::ffi;
use crate::inputs::{Counts, Input};
use crate::measure::Contestant;
use omadm::notification::v12::Notification;
use std::hint::black_box;

/// By a call that leaves what it has read where it is, as the C readers do: copied out to the caller, at once after it was written in smaller
/// parts, it would take twice as long on some processors.
#[inline(never)]
fn decoded(message: &[u8]) -> usize {
    let found = Notification::decode(message).expect("a notification");
    black_box(&found);
    found.trigger().len()
}

fn server_id(message: &[u8]) -> i64 {
    Notification::decode(message).expect("a notification").server_id().len() as i64
}

pub fn decode() -> Row {
    Row {
        id: "package0",
        title: "package #0 1.2 decode",
        text: "Both C readers are ours (`peers/package0.c`): one allocates a record and copies the server identifier to the heap, as C clients do; \
               the other takes the bits apart and checks the lengths, but not that the identifier is UTF-8, which omadm does.",
        cases: vec![
            Case::new("decode", "38 octets", || {
                let input =
                    Input::of(include_bytes!("../../../../tests/data/notification.bin").to_vec(), Counts::default());
                let server = "dm.example.com".len() as i64;
                let decode = move || decoded(black_box(input.octets()));
                vec![
                    Some(Contestant::new(OURS, decode).sees(server, move || server_id(input.octets()))),
                    reader("copying C reader", ffi::peer_package0_copying(), input, server),
                    reader("plain C bit reader", ffi::peer_package0_bits(), input, server),
                ]
            })
            .times(3.0, "copying C reader")
            .times(0.5, "plain C bit reader"),
        ],
    }
}
