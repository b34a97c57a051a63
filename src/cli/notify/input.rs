//! Notifications from files: binary or hexadecimal, bare or in a carrier.

use super::carrier::Carrier;
use super::words;
use crate::cli::credentials::from_hex;
use crate::cli::files::{self, Outcome};
use crate::cli::report::{File, Report};
use crate::notification::v13::Layout;
use crate::notification::{MediaType, Notification};
use crate::push::wsp::{self, Push};
use crate::push::{Expires, Payload, http, pap, sip, sms};
use crate::{Error, ErrorKind, Kind, Limits, detect};
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Files, and how to read them.
#[derive(Args)]
pub(super) struct Input {
    /// The layout of DM 1.3 notifications, whose bits no public text has: provisional
    #[arg(long, value_name = "NAME")]
    layout: Option<LayoutName>,
    /// What a notification is that comes without a push [default: 1.2]
    #[arg(long, value_name = "FORMAT", conflicts_with = "carrier")]
    format: Option<Format>,
    /// What it came in [default: bare, or a WSP push with or without its port header]
    #[arg(long, value_name = "CARRIER")]
    carrier: Option<Carrier>,
    /// When it came (sip) [default: not known]
    #[arg(long, value_name = "TIME", value_parser = words::time, requires = "carrier")]
    arrival: Option<u32>,
    /// The files are hexadecimal digits, with or without blanks, colons and 0x; of --carrier sms, a line for each segment
    #[arg(long)]
    hex: bool,
    /// Print JSON, one object a line
    #[arg(long)]
    pub(super) json: bool,
    /// Files, or folders of files; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

/// A layout that has a name.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum LayoutName {
    /// This project's reconstruction
    Reconstructed,
}

impl LayoutName {
    pub(in crate::cli) const fn layout(self) -> &'static Layout<'static> {
        match self {
            LayoutName::Reconstructed => &Layout::RECONSTRUCTED,
        }
    }
}

/// A format, as it is called in arguments.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// DM 1.1 and 1.2
    #[value(name = "1.2")]
    Dm12,
    /// DM 1.3
    #[value(name = "1.3")]
    Dm13,
    /// Data synchronisation
    #[value(name = "ds")]
    DataSync,
}

impl From<Format> for MediaType {
    fn from(format: Format) -> MediaType {
        match format {
            Format::Dm12 => MediaType::Dm12,
            Format::Dm13 => MediaType::Dm13,
            Format::DataSync => MediaType::DataSync,
        }
    }
}

/// A notification as it was found.
pub(in crate::cli) struct Found<'f> {
    pub(in crate::cli) brought: Brought<'f>,
    pub(in crate::cli) notification: Result<Notification<'f>, Error>,
    /// When what it came in says that it expires.
    pub(super) carrier_expires: Expires,
}

/// What it came in.
pub(in crate::cli) enum Brought<'f> {
    Bare,
    Wsp(Push<'f>),
    Http(http::Request<'f>),
    Sip { message: sip::Message<'f>, expires: Expires },
    Pap(Box<pap::Submission<'f>>),
}

impl Input {
    /// Finds the notification in each file, or the one whose segments all files are, and does something with it.
    pub(super) fn run(&self, work: impl Fn(&File<'_>, &Found<'_>, &mut Report) + Sync) -> io::Result<Outcome> {
        if self.arrival.is_some() && self.carrier != Some(Carrier::Sip) {
            files::complain("omadm: --arrival: for --carrier sip\n");
            return Ok(Outcome { failed: true, ..Outcome::default() });
        }
        let any = AtomicBool::new(false);
        let work = |file: &File<'_>, found: &Found<'_>, report: &mut Report| {
            any.store(true, Ordering::Relaxed);
            work(file, found, report);
        };
        if self.carrier == Some(Carrier::Sms) && !self.hex {
            return files::run_together(&self.files, |parts| {
                let name = parts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ");
                let segments: Vec<&[u8]> = parts.iter().map(|(_, octets)| octets.as_slice()).collect();
                self.joined(&name, &segments, work)
            });
        }
        let outcome = files::run(&self.files, |file| self.one(file, work))?;
        if !outcome.failed && !any.load(Ordering::Relaxed) {
            files::complain("omadm: no notification found\n");
        }
        Ok(outcome)
    }

    fn one(&self, file: &File<'_>, work: impl Fn(&File<'_>, &Found<'_>, &mut Report)) -> Report {
        let mut report = Report::default();
        if !self.hex {
            self.found(file, work, &mut report);
            return report;
        }
        let text: String = file.octets.iter().map(|octet| char::from(*octet)).collect();
        let plain = |word: &'_ str| word.strip_prefix("0x").unwrap_or(word).to_owned();
        let is_between = |char: char| char == ':' || char.is_ascii_whitespace();
        let decode = |digits: &str| from_hex(&digits.split(is_between).map(plain).collect::<String>());
        if self.carrier == Some(Carrier::Sms) {
            let lines: Option<Vec<Vec<u8>>> = text.lines().filter(|line| !line.trim().is_empty()).map(decode).collect();
            if let Some(lines) = lines {
                let segments: Vec<&[u8]> = lines.iter().map(Vec::as_slice).collect();
                return self.joined(file.name, &segments, work);
            }
        } else if let Some(octets) = decode(&text) {
            self.found(&File { octets: &octets, ..*file }, work, &mut report);
            return report;
        }
        report.fail(file.name, "not pairs of hexadecimal digits");
        report
    }

    /// The notification that short messages bring; places are those in all of them, one after another, or, once they
    /// have been joined, those in what they would be in one.
    fn joined(&self, name: &str, segments: &[&[u8]], work: impl Fn(&File<'_>, &Found<'_>, &mut Report)) -> Report {
        let mut report = Report::default();
        match sms::join(segments, &Limits::DEFAULT) {
            Ok(octets) => {
                let file = File { name, octets: &octets, of_many: false, in_folder: false };
                self.found(&file, work, &mut report);
            }
            Err(error) => report.fail(name, &error.to_string()),
        }
        report
    }

    fn found(&self, file: &File<'_>, work: impl Fn(&File<'_>, &Found<'_>, &mut Report), report: &mut Report) {
        let layout = self.layout.map(LayoutName::layout);
        let found = match self.carrier {
            Some(carrier) => find_in(carrier, file.octets, layout, self.arrival.map(u64::from)),
            None if self.format.is_none() => find_or_try(file.octets, layout),
            None => find(file.octets, self.format.map(MediaType::from), layout),
        };
        // Of what came in nothing there is nothing to show. That no layout was named is told with advice.
        let found = match found {
            Ok(Found { brought: Brought::Bare, notification: Err(error), .. })
                if error.kind() != ErrorKind::NotificationLayout =>
            {
                Err(error)
            }
            found => found,
        };
        match found {
            Err(error) if file.in_folder && self.is_none(file.octets, error) => {}
            Err(error) => {
                report.fail_at(file, error);
                if self.carrier.is_none() && self.format.is_none() && is_bare_dm13(file.octets) {
                    report.say(file.name, "a notification of DM 1.3? Without its push, give --format 1.3 and --layout");
                }
            }
            Ok(found) => work(file, &found, report),
        }
    }

    /// Whether what cannot be read was not meant, of what lies in a folder: documents of other kinds, and texts; but a
    /// text that is read as the head of a push, and has its first line, is meant.
    fn is_none(&self, octets: &[u8], error: Error) -> bool {
        let is_text_meant = matches!(self.carrier, Some(Carrier::Http | Carrier::Sip | Carrier::Pap));
        let is_meant = is_text_meant && error.offset() > 0;
        let is_other = || !matches!(detect(octets), Err(_) | Ok(Kind::Push | Kind::Notification));
        is_other() || (!is_meant && is_text(octets))
    }
}

/// The notification that a file is, or that it carries. What no push names a type for is what the caller says it is,
/// whatever it looks like.
///
/// The error is that of a push which cannot be read; that of the notification is told apart, so that the headers can be
/// shown.
pub(in crate::cli) fn find<'f>(
    octets: &'f [u8],
    bare: Option<MediaType>,
    layout: Option<&'static Layout<'static>>,
) -> Result<Found<'f>, Error> {
    let kind = if bare.is_none() { detect(octets) } else { Ok(Kind::Notification) };
    match kind {
        Ok(Kind::Push) => find_in(Carrier::Wsp, octets, layout, None),
        Ok(Kind::Notification) => {
            let notification = Notification::decode(octets, bare.unwrap_or_default(), layout);
            Ok(Found { brought: Brought::Bare, notification, carrier_expires: Expires::Never })
        }
        Ok(_) => Err(Error::new(ErrorKind::UnknownFormat, 0)),
        Err(error) => Err(error),
    }
}

/// The same of what is said to be a notification, whatever it looks like, so that one which is broken has an error of its
/// own: in a WSP push where it begins as one, else bare. Documents of other kinds and texts are none.
fn find_or_try<'f>(octets: &'f [u8], layout: Option<&'static Layout<'static>>) -> Result<Found<'f>, Error> {
    match detect(octets) {
        Err(error) if is_text(octets) || is_bare_dm13(octets) => Err(error),
        Err(_) if wsp::begins_like_push(octets) => find_in(Carrier::Wsp, octets, layout, None),
        Err(_) => find(octets, Some(MediaType::Dm12), layout),
        Ok(_) => find(octets, None, layout),
    }
}

/// Whether this is text: no digest is, but for one in very many.
fn is_text(octets: &[u8]) -> bool {
    let is_sign = |char: char| !char.is_control() || char.is_ascii_whitespace();
    core::str::from_utf8(octets).is_ok_and(|text| text.chars().all(is_sign))
}

/// Whether this can be read as DM 1.3, by the one layout there is: for advice, and for nothing else.
fn is_bare_dm13(octets: &[u8]) -> bool {
    let layout = LayoutName::Reconstructed.layout();
    Notification::decode(octets, MediaType::Dm13, Some(layout)).is_ok()
}

/// The notification that a carrier brings.
fn find_in<'f>(
    carrier: Carrier,
    octets: &'f [u8],
    layout: Option<&'static Layout<'static>>,
    arrival: Option<u64>,
) -> Result<Found<'f>, Error> {
    let limits = &Limits::DEFAULT;
    let (brought, payload) = match carrier {
        Carrier::Wsp | Carrier::Sms => {
            let push = Push::decode(octets)?;
            (Brought::Wsp(push), push.payload())
        }
        Carrier::Http => {
            let request = http::Request::decode(octets, limits)?;
            (Brought::Http(request), request.entity.payload())
        }
        Carrier::Sip => {
            let message = sip::Message::decode(octets, limits)?;
            (Brought::Sip { message, expires: message.expires(arrival) }, message.payload(arrival))
        }
        Carrier::Pap => {
            let submission = pap::Submission::decode(octets, limits)?;
            let payload = submission.payload();
            (Brought::Pap(Box::new(submission)), payload)
        }
    };
    let carrier_expires = payload.map_or(Expires::Never, |payload| payload.expires);
    let notification = payload.and_then(|Payload { content_type, body, offset, expires }| {
        let media_type = MediaType::from_wsp_code(content_type).unwrap_or_default();
        // Places in the notification are told as places in the file.
        let decoded = Notification::decode(body, media_type, layout).map_err(|error| error.shifted(offset))?;
        Ok(decoded.with_carrier_expiry(expires))
    });
    Ok(Found { brought, notification, carrier_expires })
}
