//! `omadm verify`: whether notifications come from whom they say, and whether the data of messages is as long as they say.

use super::credentials::{Credentials, Key};
use super::print::{BAD, GOOD, visible};
use super::report::{File, MOST_FAULTS, Report, display_name, explain};
use super::{Many, json, notify};
use crate::notification::{MediaType, Notification, ResyncPolicy};
use crate::syncml::Message;
use crate::{Error, ErrorKind, Kind, detect};
use clap::Args;
use std::fmt::Write as _;

/// What to verify, and with which key.
#[derive(Args)]
pub(super) struct Verify {
    #[command(flatten)]
    pub(super) credentials: Credentials,
    /// Refuse the nonce of four zero octets
    #[arg(long)]
    no_resync: bool,
    /// The layout of DM 1.3 notifications, whose bits no public text has: provisional
    #[arg(long, value_name = "NAME")]
    layout: Option<notify::LayoutName>,
    #[command(flatten)]
    pub(super) files: Many,
}

impl Verify {
    /// Verifies one file.
    pub(super) fn run(&self, key: &Key, file: &File<'_>) -> Report {
        let mut report = Report::default();
        if detect(file.octets) == Ok(Kind::SyncMl) {
            self.sizes(file, &mut report);
            return report;
        }
        let Some(notification) = report.decode(file, |octets, _| self.notification(octets, file.in_folder)) else {
            return report;
        };
        let Some(credentials) = key.credentials() else {
            report.fail(file.name, "a notification: give --secret or --secret-file");
            return report;
        };
        let policy = if self.no_resync { ResyncPolicy::Refuse } else { ResyncPolicy::Allow };
        let verified = notification.verify(&credentials, policy).ok();
        report.found = true;
        report.refused = verified.is_none();
        let (name, text) = match verified.as_ref().map(Notification::by_resync_nonce) {
            Some(false) => ("verified", "verified"),
            Some(true) => ("verified-by-resync-nonce", "verified, by the resynchronisation nonce of four zero octets"),
            None => ("refused", "refused: the digest does not match"),
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
        let style = if report.refused { BAD } else { GOOD };
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
        let more = wrong.len().saturating_sub(MOST_FAULTS);
        for offset in wrong.into_iter().take(MOST_FAULTS) {
            let error = Error::new(ErrorKind::SizeMismatch, offset);
            let _ = writeln!(report.out, "{name}: {BAD}refused: {}{BAD:#}", explain(error, file.octets));
        }
        if more > 0 {
            let _ = writeln!(report.out, "{name}: {BAD}and {more} more{BAD:#}");
        }
    }

    /// The notification that a file is, or that it carries.
    fn notification<'f>(&self, octets: &'f [u8], in_folder: bool) -> Result<Notification<'f>, Error> {
        match notify::find(octets, None, self.layout.map(notify::LayoutName::layout)) {
            Ok(found) => found.notification,
            // What else lies in a folder was not meant.
            Err(_) if in_folder => Err(Error::new(ErrorKind::UnknownFormat, 0)),
            // Said to be a notification, whatever it looks like.
            Err(_) => Notification::decode(octets, MediaType::Dm12, None),
        }
    }
}
