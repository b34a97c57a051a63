//! Notifications from files: binary or hexadecimal, bare or in a push.

use crate::cli::credentials::from_hex;
use crate::cli::report::{File, Report};
use crate::notification::v13::Layout;
use crate::notification::{MediaType, Notification};
use crate::push::wsp::{ApplicationId, ContentType, PUSH_PORT, Push};
use crate::{Error, ErrorKind, Kind, detect};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Files, and how to read them.
#[derive(Args)]
pub(super) struct Input {
    /// The layout of DM 1.3 notifications, whose bits no public text has: provisional
    #[arg(long, value_name = "NAME")]
    layout: Option<LayoutName>,
    /// What a notification is that comes without a push [default: 1.2]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// The files are hexadecimal digits, with or without blanks
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
    pub(in crate::cli) push: Option<Push<'f>>,
    pub(in crate::cli) notification: Result<Notification<'f>, Error>,
}

impl Input {
    /// Finds the notification in a file and does something with it.
    pub(super) fn with(&self, file: &File<'_>, work: impl FnOnce(&File<'_>, &Found<'_>, &mut Report)) -> Report {
        let mut report = Report::default();
        let decoded;
        let file = if self.hex {
            let digits: String = file.octets.iter().map(|octet| char::from(*octet)).collect();
            let Some(octets) = from_hex(&digits.split_ascii_whitespace().collect::<String>()) else {
                report.fail(file.name, "not pairs of hexadecimal digits");
                return report;
            };
            decoded = octets;
            &File { octets: &decoded, ..*file }
        } else {
            file
        };
        let layout = self.layout.map(LayoutName::layout);
        match find(file.octets, self.format.map(MediaType::from), layout) {
            // What else lies in a folder was not meant.
            Err(_) if file.in_folder => {}
            Err(error) => report.fail_at(file, error),
            Ok(found) => work(file, &found, &mut report),
        }
        report
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
        Ok(Kind::Push) => {
            let push = Push::decode(octets)?;
            let notification = payload(&push, octets).and_then(|(media_type, payload)| {
                // Places in the notification are told as places in the file.
                let at = octets.len().saturating_sub(payload.len());
                Notification::decode(payload, media_type, layout).map_err(|error| error.shifted(at))
            });
            Ok(Found { push: Some(push), notification })
        }
        Ok(Kind::Notification) => {
            let notification = Notification::decode(octets, bare.unwrap_or_default(), layout);
            Ok(Found { push: None, notification })
        }
        Ok(_) => Err(Error::new(ErrorKind::UnknownFormat, 0)),
        Err(error) => Err(error),
    }
}

/// What a push carries, by its content type, if it is for the application that this type is for.
fn payload<'f>(push: &Push<'f>, octets: &'f [u8]) -> Result<(MediaType, &'f [u8]), Error> {
    let media_type = match push.content_type {
        ContentType::WellKnown(code) => MediaType::from_wsp_code(code),
        ContentType::Text(name) => MediaType::from_name(name),
    };
    let application = match media_type {
        Some(MediaType::Dm13) => ApplicationId::DEVICE_MANAGEMENT,
        Some(MediaType::DataSync) => ApplicationId::DATA_SYNC,
        Some(MediaType::Dm12) | None => return push.notification_payload().map(|body| (MediaType::Dm12, body)),
    };
    let body_at = octets.len().saturating_sub(push.body.len());
    if push.destination_port.is_some_and(|port| port != PUSH_PORT) {
        return Err(Error::new(ErrorKind::PushPort, 0));
    }
    let fits = |id: ApplicationId<'_>| id.to_string().eq_ignore_ascii_case(&application.to_string());
    match push.application_id.is_some_and(fits) {
        true => Ok((media_type.unwrap_or_default(), push.body)),
        false => Err(Error::new(ErrorKind::PushApplicationId, body_at)),
    }
}
