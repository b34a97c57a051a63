//! Package #0 of DM 1.2 decoded, beside a hand-written C reader of the same fields that is built and run here. Decoding may
//! take twice as long as the reader that gives the same promises: lengths inside their bounds, and a server identifier that
//! is text. One that leaves out the latter is told for comparison.
//!
//! `cargo bench --bench notification`. Exit status 1: it took longer. Needs a C compiler, `cc` or what `CC` names.

use omadm::notification::v12::Notification;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// P1 of `provisional.md` §1.6: 48 octets, ten of them for the vendor.
const MESSAGE: &str =
    "68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6dd64807a101046b36ec7f";
const COUNT: u32 = 5_000_000;
const MOST: f64 = 2.0;

/// Kept apart from its caller, as a function of a library is.
#[inline(never)]
fn decode(message: &[u8]) -> omadm::Result<Notification<'_>> {
    Notification::decode(message)
}

/// The same, and the server identifier as text.
#[inline(never)]
fn decode_with_text(message: &[u8]) -> omadm::Result<(Notification<'_>, &str)> {
    Notification::decode(message).map(|notification| (notification, notification.server_id()))
}

/// Nanoseconds for one reading, the best of ten runs.
fn ours<'m, T>(message: &'m [u8], decode: impl Fn(&'m [u8]) -> omadm::Result<T>) -> f64 {
    let run = || {
        let begin = Instant::now();
        for _ in 0..COUNT {
            assert!(black_box(&decode(black_box(message))).is_ok());
        }
        begin.elapsed().as_secs_f64() * 1e9 / f64::from(COUNT)
    };
    (0..10).map(|_| run()).fold(f64::INFINITY, f64::min)
}

/// The same of the C reader, with its check of the text and without.
fn theirs() -> Result<(f64, f64), String> {
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let program = std::env::temp_dir().join(format!("omadm-notification-{}", std::process::id()));
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/notification.c");
    let built = Command::new(&compiler).args(["-O3", "-o"]).arg(&program).arg(source).status();
    match built {
        Ok(status) if status.success() => {}
        Ok(status) => return Err(format!("{compiler}: {status}")),
        Err(error) => return Err(format!("{compiler}: {error}")),
    }
    let output = Command::new(&program).args([MESSAGE, &COUNT.to_string()]).output();
    let _ = std::fs::remove_file(&program);
    let output = output.map_err(|error| error.to_string())?;
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let both = printed.trim().split_once(' ').and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?)));
    both.ok_or_else(|| "the C reader says nothing".to_owned())
}

fn main() -> ExitCode {
    // `cargo test --benches` runs this too, to see that it builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let digit = |at: usize| u8::from_str_radix(&MESSAGE[at..at + 2], 16).expect("hexadecimal digits");
    let message: Vec<u8> = (0..MESSAGE.len()).step_by(2).map(digit).collect();
    match theirs() {
        Ok((theirs, unchecked)) => {
            let with_text = ours(&message, decode_with_text);
            let ours = ours(&message, decode);
            let ratio = ours / theirs;
            println!("package #0: {ours:.2} ns; hand-written C {theirs:.2} ns, ratio {ratio:.2} (at most {MOST})");
            println!("C that takes the server identifier as it is: {unchecked:.2} ns, ratio {:.2}", ours / unchecked);
            println!("decoded, and the server identifier asked for as text: {with_text:.2} ns");
            if ratio > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(message) => {
            println!("skipped: {message}");
            ExitCode::SUCCESS
        }
    }
}
