//! `omadm notify`: notifications of all formats, built, shown and verified.

mod build;
mod carrier;
mod input;
mod json;
mod text;
mod words;

pub(super) use input::{Brought, Found, LayoutName, find};
pub(super) use json::expires as expires_json;
pub(super) use text::expires as expires_text;

use super::credentials::{Credentials, Key};
use super::json::{Object, entity as entity_json, push as push_json};
use super::print::{BAD, GOOD, visible};
use super::report::{File, Report, display_name};
use super::{files, show};
use crate::notification::{Expiry, Notification, Prompt, ResyncPolicy, Verified};
use crate::{Error, ErrorKind};
use clap::{Args, Subcommand};
use input::Input;
use std::fmt::Write as _;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};

/// What to do with notifications.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Build a notification
    #[command(after_help = "Examples:
  omadm notify build --server-id dm.example.com --session 1A --ui-mode background --secret-file key -o push.bin --carrier wsp
  omadm notify build --server-id dm.example.com --session 1A --ui-mode user-interaction --secret-file key --hex \\
      --reason 'Browser settings update' --expires 20261231T235959Z --want-mo urn:oma:mo:oma-scomo:1.0
  omadm notify build --server-id dm.example.com --session 1A --secret-file key --carrier sms --reference 7F --hex
  omadm notify build --server-id dm.example.com --session 1A --secret-file key --carrier sip --to sip:+15551230001@home.example \\
      --carrier-expires 20261231T235959Z --header 'Via: SIP/2.0/UDP dm.example.com' -o message.sip
  omadm notify build --format 1.3 --layout reconstructed --server-id dm.example.com --session 1A --secret-file key -o p0.bin

What DM 1.2 has no field for, such as a reason, is written as session hints into the vendor's octets; what DM 1.3 has no option for,
into its Vendor-Info. Session hints and the layout of DM 1.3 are provisional: this project's own, for devices that are known to read
them; so are pushes by HTTP and SIP, and the expiry of a carrier. Nothing of them is written unless asked for.
Exit status: 0 written, 2 something was wrong.")]
    Build(Box<build::Build>),
    /// Show what notifications say
    #[command(after_help = "Examples:
  omadm notify show push.bin
  omadm notify show --hex - <<< 8d24b9e1ecc475143a3c83ad16172f2502d8000000001a0e646d2e6578616d706c652e636f6d
  omadm notify show --layout reconstructed --json push13.bin
  omadm notify show --carrier sms segment.1 segment.2
  omadm notify show --carrier pap submission.http

Nothing is verified, and nothing that is shown is to be acted upon.")]
    Show(Show),
    /// Verify the digest of notifications; show what those that are verified ask for
    #[command(after_help = "Examples:
  omadm notify verify push.bin --secret-file srv.key --nonce 000102030405060708090a0b0c0d0e0f
  omadm notify verify push.bin --secret-file srv.key --nonce-base64 AAECAw== --no-resync --at 20261231T120000Z

A secret on the command line can be seen by other users: prefer --secret-file, whose last line end is not part of it.
Exit status: 0 all verified and not expired, 1 one was refused or has expired, 2 one could not be read.")]
    Verify(Verify),
}

/// What to show.
#[derive(Args)]
pub(super) struct Show {
    #[command(flatten)]
    input: Input,
}

/// What to verify, and with which key.
#[derive(Args)]
pub(super) struct Verify {
    #[command(flatten)]
    credentials: Credentials,
    /// Refuse the nonce of four zero octets
    #[arg(long)]
    no_resync: bool,
    /// The time to judge by: seconds since 1970, or as 20261231T235959Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = words::time)]
    at: Option<u32>,
    /// How many seconds clocks may differ
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    skew: u64,
    #[command(flatten)]
    input: Input,
}

impl Command {
    /// Does it.
    pub(super) fn run(&self) -> io::Result<files::Outcome> {
        match self {
            Command::Build(build) => build.run(),
            Command::Show(Show { input }) => input.run(|file, found, report| show_one(file, found, input.json, report)),
            Command::Verify(verify) => match verify.credentials.key() {
                Ok(key) => verify.input.run(|file, found, report| verify.one(&key, file, found, report)),
                Err(message) => {
                    files::complain(&format!("omadm: {message}\n"));
                    Ok(files::Outcome { failed: true, ..files::Outcome::default() })
                }
            },
        }
    }
}

/// Says what is wrong, and what helps.
fn fail(file: &File<'_>, error: Error, report: &mut Report) {
    report.fail_at(file, error);
    if error.kind() == ErrorKind::NotificationLayout {
        report.say(file.name, "--layout reconstructed names this project's own, which is provisional");
    }
}

/// Prints a notification, with the headers of the push that it came in.
pub(super) fn show_one(file: &File<'_>, found: &Found<'_>, as_json: bool, report: &mut Report) {
    report.found = true;
    let body = found.notification.map_err(|error| fail(file, error, report)).ok();
    if as_json {
        let object = match &found.brought {
            Brought::Bare => Object::about(file, "notification"),
            Brought::Wsp(push) => push_json(file, push),
            Brought::Http(request) => {
                let object = Object::about(file, "HTTP push").with("target", request.target);
                entity_json(object, &request.entity).with("Expires", json::expires(request.entity.expires()))
            }
            Brought::Sip { message, expires } => {
                let object = Object::about(file, "SIP push").with("target", message.uri);
                let applications: Vec<&str> = message.applications().collect();
                entity_json(object, &message.entity)
                    .with("applications", applications)
                    .with("Expires", json::expires(*expires))
            }
            Brought::Pap(submission) => {
                let control = &submission.control;
                let object = Object::about(file, "PAP submission")
                    .with("push-id", &control.push_id[..])
                    .with("addresses", control.addresses.clone())
                    .with("deliver-before", control.deliver_before)
                    .with("deliver-after", control.deliver_after);
                entity_json(object, &submission.content).with("Expires", json::expires(submission.content.expires()))
            }
        };
        show::line(report, object.with("notification", body.as_ref().map(json::unverified)).done());
        return;
    }
    text::brought(&found.brought, file, &mut report.out);
    if let Some(body) = body {
        text::unverified(&body, &mut report.out);
    }
}

impl Verify {
    fn one(&self, key: &Key, file: &File<'_>, found: &Found<'_>, report: &mut Report) {
        let unverified = match found.notification {
            Ok(notification) => notification,
            Err(error) => return fail(file, error, report),
        };
        let Some(credentials) = key.credentials() else {
            return report.fail(file.name, "give --secret or --secret-file");
        };
        report.found = true;
        let resync = if self.no_resync { ResyncPolicy::Refuse } else { ResyncPolicy::Allow };
        let verified = unverified.verify(&credentials, resync).ok();
        let expiry = verified.as_ref().map(|verified| verified.expiry(self.now(), self.skew));
        report.refused = verified.is_none() || expiry == Some(Expiry::Expired);
        if self.input.json {
            let verdict = match &verified {
                Some(verified) if verified.by_resync_nonce() => "verified-by-resync-nonce",
                Some(_) => "verified",
                None => "refused",
            };
            let object = Object::default()
                .with("file", file.name)
                .with("server-identifier", unverified.server_id())
                .with("verdict", verdict)
                .with(
                    "expired",
                    expiry.filter(|expiry| *expiry != Expiry::Unknown).map(|expiry| expiry == Expiry::Expired),
                )
                .with("carrier-expires", verified.as_ref().map(|_| json::expires(found.carrier_expires)))
                .with("expires", verified.as_ref().map(|own| json::expires(own.expires())))
                .with("prompt", verified.as_ref().filter(|_| !report.refused).map(|verified| prompt(verified).0))
                .with("notification", verified.as_ref().map(|own| json::notification(own, &own.hints())));
            return show::line(report, object.done());
        }
        if file.of_many {
            let _ = write!(report.out, "{}:", display_name(file.name));
        }
        let server_id = visible(unverified.server_id());
        let Some(verified) = verified else {
            let _ = writeln!(report.out, "{server_id}: {BAD}refused: the digest does not match{BAD:#}");
            return;
        };
        let how = if verified.by_resync_nonce() {
            "verified, by the resynchronisation nonce of four zero octets"
        } else {
            "verified"
        };
        let _ = writeln!(report.out, "{server_id}: {GOOD}{how}{GOOD:#}");
        if expiry == Some(Expiry::Expired) {
            let _ = writeln!(report.out, "  {BAD}expired: no session{BAD:#}");
        } else {
            if expiry == Some(Expiry::Unknown) {
                show::field(
                    "expiry",
                    Some("unknown: its carrier says for how long, and nobody from when"),
                    &mut report.out,
                );
            }
            show::field("prompt", Some(prompt(&verified).1), &mut report.out);
        }
        if let Some(said) = text::expires(found.carrier_expires) {
            show::field("carrier", Some(&format!("expires {said}")), &mut report.out);
            let earlier = text::expires(verified.expires()).filter(|_| expiry != Some(Expiry::Unknown));
            show::field("expiry", earlier.as_deref(), &mut report.out);
        }
        text::notification(&verified, &verified.hints(), "verified", &mut report.out);
    }

    fn now(&self) -> Option<u64> {
        let clock = || SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
        self.at.map(u64::from).or_else(clock)
    }
}

/// What happens before the session: a word for programs, and words for people.
fn prompt(verified: &Notification<'_, Verified>) -> (&'static str, &'static str) {
    match verified.prompt() {
        Prompt::Nothing => ("nothing", "none: the session begins"),
        Prompt::Inform(_) => ("inform", "the user is told, then the session begins"),
        Prompt::Confirm(_) => ("confirm", "the user is asked before the session"),
    }
}
