//! `omadm verify`: whether notifications come from whom they say, and whether the data of messages is as long as they say.

use super::Many;
use super::json;
use super::print::{BAD, GOOD, visible};
use super::report::{File, Report, display_name, explain};
use crate::notification::v12::Notification;
use crate::notification::{ResyncPolicy, ServerCredentials, Verdict};
use crate::push::wsp::Push;
use crate::syncml::Message;
use crate::{Error, ErrorKind, Kind, detect};
use base64::Engine as _;
use clap::Args;
use std::fmt::Write as _;

/// What to verify, and with which key.
#[derive(Args)]
pub(super) struct Verify {
    /// The server's secret for this device (AAuthSecret of SRVCRED)
    #[arg(long, conflicts_with = "secret_file")]
    secret: Option<String>,
    /// A file with the secret
    #[arg(long, value_name = "FILE")]
    secret_file: Option<String>,
    /// The nonce, in hexadecimal; empty if not given
    #[arg(long, value_name = "HEX", conflicts_with = "nonce_base64")]
    nonce: Option<String>,
    /// The nonce in base64, as AAuthData and NextNonce have it
    #[arg(long, value_name = "BASE64")]
    nonce_base64: Option<String>,
    /// The server's name in the digest, where it is not the server identifier
    #[arg(long)]
    name: Option<String>,
    /// Refuse the nonce of four zero octets
    #[arg(long)]
    no_resync: bool,
    #[command(flatten)]
    pub(super) files: Many,
}

/// The key, once the arguments are understood.
pub(super) struct Key {
    secret: Option<Vec<u8>>,
    nonce: Vec<u8>,
}

impl Verify {
    /// Understands the arguments.
    pub(super) fn key(&self) -> Result<Key, String> {
        let secret = match (&self.secret, &self.secret_file) {
            (_, Some(file)) => {
                let mut secret = std::fs::read(file).map_err(|error| format!("{}: {error}", visible(file)))?;
                if secret.last() == Some(&b'\n') {
                    secret.pop();
                    if secret.last() == Some(&b'\r') {
                        secret.pop();
                    }
                }
                Some(secret)
            }
            (secret, None) => secret.clone().map(String::into_bytes),
        };
        let nonce = match (&self.nonce, &self.nonce_base64) {
            (Some(hex), _) => from_hex(hex).ok_or("--nonce: expected pairs of hexadecimal digits")?,
            (_, Some(text)) => {
                let decoded = base64::engine::general_purpose::STANDARD.decode(text);
                decoded.map_err(|_| "--nonce-base64: not valid base64")?
            }
            (None, None) => Vec::new(),
        };
        Ok(Key { secret, nonce })
    }

    /// Verifies one file.
    pub(super) fn run(&self, key: &Key, file: &File<'_>) -> Report {
        let mut report = Report::default();
        if detect(file.octets) == Ok(Kind::SyncMl) {
            self.sizes(file, &mut report);
            return report;
        }
        let Some(notification) = report.decode(file, |octets, _| notification(octets, file.in_folder)) else {
            return report;
        };
        let Some(secret) = &key.secret else {
            report.fail(file.name, "a notification: give --secret or --secret-file");
            return report;
        };
        let credentials = match &self.name {
            Some(name) => ServerCredentials::with_name(name, secret, &key.nonce),
            None => ServerCredentials::new(secret, &key.nonce),
        };
        let policy = if self.no_resync { ResyncPolicy::Refuse } else { ResyncPolicy::Allow };
        let verdict = notification.verify(&credentials, policy);
        report.found = true;
        report.refused = !verdict.is_verified();
        let (name, text) = match verdict {
            Verdict::Verified => ("verified", "verified"),
            Verdict::VerifiedByResyncNonce => {
                ("verified-by-resync-nonce", "verified, by the resynchronisation nonce of four zero octets")
            }
            Verdict::Refused => ("refused", "refused: the digest does not match"),
        };
        if self.files.json {
            let object = json::Object::default()
                .with("file", file.name)
                .with("server-identifier", notification.server_id())
                .with("verdict", name);
            let _ = writeln!(report.out, "{}", object.done());
            return report;
        }
        if file.of_many {
            let _ = write!(report.out, "{}:", display_name(file.name));
        }
        let style = if verdict.is_verified() { GOOD } else { BAD };
        let _ = writeln!(report.out, "{}: {style}{text}{style:#}", visible(notification.server_id()));
        report
    }
}

impl Verify {
    /// Compares `Size` and data of each item of a message.
    fn sizes(&self, file: &File<'_>, report: &mut Report) {
        let Some(message) = report.decode(file, Message::decode_with) else { return };
        report.found = true;
        let mut checked = 0_usize;
        let mut wrong = Vec::new();
        for item in message.all_commands().flat_map(|command| command.items()) {
            match item.check_size() {
                Err(error) => wrong.push(error.offset()),
                Ok(()) if item.size().is_some() && !item.more_data() => checked = checked.saturating_add(1),
                Ok(()) => {}
            }
        }
        report.refused = !wrong.is_empty();
        if self.files.json {
            let verdict = if wrong.is_empty() { "sizes-match" } else { "refused" };
            let object = json::Object::default()
                .with("file", file.name)
                .with("verdict", verdict)
                .with("sizes", checked.saturating_add(wrong.len()))
                .with("mismatches", wrong);
            let _ = writeln!(report.out, "{}", object.done());
            return;
        }
        let name = display_name(file.name);
        if wrong.is_empty() {
            let _ = writeln!(report.out, "{name}: {GOOD}all sizes match ({checked}){GOOD:#}");
        }
        for offset in wrong {
            let error = Error::new(ErrorKind::SizeMismatch, offset);
            let _ = writeln!(report.out, "{name}: {BAD}refused: {}{BAD:#}", explain(error, file.octets));
        }
    }
}

/// The notification that a file is, or that it carries.
fn notification(octets: &[u8], in_folder: bool) -> Result<Notification<'_>, Error> {
    match detect(octets) {
        Ok(Kind::Push) => {
            let payload = Push::decode(octets)?.notification_payload()?;
            let at = octets.len().saturating_sub(payload.len());
            Notification::decode(payload).map_err(|error| error.shifted(at))
        }
        Ok(Kind::Notification) => Notification::decode(octets),
        // What else lies in a folder was not meant.
        _ if in_folder => Err(Error::new(ErrorKind::UnknownFormat, 0)),
        // Said to be a notification, whatever it looks like.
        _ => Notification::decode(octets),
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |octet: u8| char::from(octet).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some((digit(*high)? << 4) | digit(*low)?),
        _ => None,
    };
    text.as_bytes().chunks(2).map(pair).collect()
}
