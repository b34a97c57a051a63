//! `omadm notify build`.

use super::carrier::IntoCarrier;
use super::input::{Format, LayoutName};
use super::words::{self, Object, Octets};
use crate::cli::credentials::Credentials;
use crate::cli::files::{Outcome, complain, is_standard_input};
use crate::cli::json;
use crate::cli::print::hex;
use crate::notification::hints::{AuthType, DevDetail, Hints, Reason, Transport, UnknownHint};
use crate::notification::v12::{self, Version};
use crate::notification::v13::{self, NotificationOption};
use crate::notification::{Bearer, Initiator, MediaType, Notification, ServerCredentials, UiMode};
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};
use std::io::{self, Write};
use std::path::PathBuf;

/// All fields of a notification.
#[derive(Args)]
pub(in crate::cli) struct Build {
    /// The server's identifier in the device's account
    #[arg(long, value_name = "ID")]
    server_id: String,
    /// The id of the session, in hexadecimal as SessionID has it
    #[arg(long, value_name = "HEX", value_parser = words::session)]
    session: u16,
    /// How much of the session the user should notice
    #[arg(long, value_name = "MODE", default_value = "not-specified")]
    ui_mode: Mode,
    /// Who wanted the session
    #[arg(long, value_name = "WHO", default_value = "server")]
    initiator: Who,
    /// The version of the notification's format [default: 1.1, in DM 1.3 the layout's]
    #[arg(long, value_name = "VERSION", value_parser = words::format_version)]
    format_version: Option<u16>,
    /// Bits of future use, in hexadecimal; they should be 0
    #[arg(long, value_name = "HEX", value_parser = words::hex_number, default_value = "0")]
    future_use: u64,
    #[command(flatten)]
    credentials: Credentials,
    /// The format
    #[arg(long, default_value = "1.2")]
    format: Format,
    /// The layout of DM 1.3, whose bits no public text has: provisional
    #[arg(long, value_name = "NAME")]
    layout: Option<LayoutName>,
    /// When it expires: seconds since 1970, or as 20261231T235959Z
    #[arg(long, value_name = "TIME", value_parser = words::expiry)]
    expires: Option<u32>,
    /// Why the session is wanted, for the user
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    reason: Option<String>,
    /// The language of the reason
    #[arg(long, value_name = "TAG", requires = "reason")]
    reason_lang: Option<String>,
    /// Transports wanted, most wanted first
    #[arg(long, value_delimiter = ',', value_parser = words::transport)]
    transport: Vec<Transport>,
    /// Bearers wanted, most wanted first
    #[arg(long, value_delimiter = ',', value_parser = words::bearer)]
    bearer: Vec<Bearer>,
    /// Authentication wanted, most wanted first
    #[arg(long, value_delimiter = ',', value_parser = words::auth)]
    auth: Vec<AuthType>,
    /// Leaves of DevDetail wanted in package #1
    #[arg(long, value_name = "LEAF", value_delimiter = ',', value_parser = words::dev_detail)]
    devdetail: Vec<DevDetail>,
    /// A path below the root of DevDetail that is wanted; may be repeated
    #[arg(long, value_name = "PATH", value_parser = NonEmptyStringValueParser::new())]
    devdetail_path: Vec<String>,
    /// The version of the protocol that is recommended
    #[arg(long, value_name = "VERSION", value_parser = words::version)]
    proto: Option<(u8, u8)>,
    /// A management object wanted in package #1, by index or identifier; may be repeated
    #[arg(long, value_name = "OBJECT", value_parser = words::object)]
    want_mo: Vec<Object>,
    /// A management object that the session is about, by index or identifier; may be repeated
    #[arg(long, value_name = "OBJECT", value_parser = words::object)]
    about_mo: Vec<Object>,
    /// A session hint of another type; may be repeated
    #[arg(long, value_name = "TYPE=HEX", value_parser = words::numbered)]
    hint: Vec<(u16, Vec<u8>)>,
    /// An option of another number, in DM 1.3; may be repeated
    #[arg(long, value_name = "NUMBER=HEX", value_parser = words::numbered)]
    option: Vec<(u16, Vec<u8>)>,
    /// The vendor's own octets, in hexadecimal
    #[arg(long, value_name = "HEX", value_parser = words::octets, conflicts_with = "vendor_text")]
    vendor: Option<Octets>,
    /// The vendor's own octets as text
    #[arg(long, value_name = "TEXT")]
    vendor_text: Option<String>,
    #[command(flatten)]
    into: IntoCarrier,
    /// Write hexadecimal digits and a line end, a line for each segment
    #[arg(long, conflicts_with = "json")]
    hex: bool,
    /// Write JSON: the octets in hexadecimal, and what they say
    #[arg(long)]
    json: bool,
    /// Where to write; - is standard output. Of several segments, a number is added to the name
    #[arg(short, long, value_name = "OUT", default_value = "-")]
    output: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    NotSpecified,
    Background,
    Informative,
    UserInteraction,
}

impl From<Mode> for UiMode {
    fn from(mode: Mode) -> UiMode {
        match mode {
            Mode::NotSpecified => UiMode::NotSpecified,
            Mode::Background => UiMode::Background,
            Mode::Informative => UiMode::Informative,
            Mode::UserInteraction => UiMode::UserInteraction,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
enum Who {
    Client,
    Server,
}

impl From<Who> for Initiator {
    fn from(who: Who) -> Initiator {
        match who {
            Who::Client => Initiator::Client,
            Who::Server => Initiator::Server,
        }
    }
}

impl Build {
    pub(super) fn run(&self) -> io::Result<Outcome> {
        match self.files() {
            Ok(files) => self.write(&files),
            Err(message) => Ok(failed(&message)),
        }
    }

    fn write(&self, files: &[Vec<u8>]) -> io::Result<Outcome> {
        if is_standard_input(&self.output) {
            let mut out = io::stdout().lock();
            let [only] = files else {
                let message = format!("{} segments: give --hex, or -o for files", files.len());
                return Ok(failed(&message));
            };
            out.write_all(only)?;
            out.flush()?;
            return Ok(Outcome::default());
        }
        for (index, octets) in files.iter().enumerate() {
            let mut path = self.output.clone().into_os_string();
            if files.len() > 1 {
                path.push(format!(".{}", index.saturating_add(1)));
            }
            let path = PathBuf::from(path);
            if let Err(error) = std::fs::write(&path, octets) {
                return Ok(failed(&format!("{}: {error}", path.display())));
            }
        }
        Ok(Outcome::default())
    }

    /// What is to be written.
    fn files(&self) -> Result<Vec<Vec<u8>>, String> {
        let key = self.credentials.key()?;
        let credentials = key.credentials().ok_or("give --secret or --secret-file: a notification needs its digest")?;
        let media_type = MediaType::from(self.format);
        let notification = match self.format {
            Format::Dm12 => self.dm12(&credentials)?,
            Format::Dm13 => self.dm13(&credentials)?,
            Format::DataSync => return Err("--format ds: notifications of data synchronisation are read only".into()),
        };
        let push_id = format!("{:X}@{}", self.session, self.server_id);
        let messages = self.into.carry(media_type, &notification, &push_id)?;
        let mut lines: Vec<String> = messages.iter().map(|octets| hex(octets)).collect();
        if self.hex {
            return Ok(vec![format!("{}\n", lines.join("\n")).into_bytes()]);
        }
        if !self.json {
            return Ok(messages);
        }
        let decoded = Notification::decode(&notification, media_type, self.layout.map(LayoutName::layout));
        let decoded = decoded.map_err(|error| error.to_string())?;
        let object = json::Object::default().with("octets", messages.iter().map(Vec::len).sum::<usize>());
        let object = match self.into.is_sms() {
            true => object.with("segments", lines),
            false => object.with("hex", lines.pop()),
        };
        let object = object.with("notification", super::json::unverified(&decoded)).done();
        Ok(vec![format!("{object}\n").into_bytes()])
    }

    fn dm12(&self, credentials: &ServerCredentials<'_>) -> Result<Vec<u8>, String> {
        if self.layout.is_some() || !self.option.is_empty() {
            return Err("--layout and --option are for --format 1.3".into());
        }
        let (indices, identifiers) = split(&self.want_mo);
        let about_mos = self.about()?;
        let hints = Hints {
            reason: self
                .reason
                .as_deref()
                .map(|text| Reason { text: text.into(), language: self.reason_lang.as_deref().map(Into::into) }),
            bearers: self.bearer.clone(),
            want_mos: indices,
            about_mos,
            ..self.hints(&identifiers)?
        };
        bounded(&hints)?;
        // Hints that were not asked for are not written, not even an empty block.
        let mut vendor = match hints == Hints::default() {
            true => Vec::new(),
            false => hints.encode().map_err(|error| error.to_string())?,
        };
        match (&self.vendor, &self.vendor_text) {
            (Some(Octets(octets)), _) => vendor.extend_from_slice(octets),
            (None, Some(text)) => vendor.extend_from_slice(text.as_bytes()),
            (None, None) => {}
        }
        let version = self.format_version.unwrap_or(Version::V1_1.raw());
        let fields = v12::Fields {
            version: Version::from_raw(version).ok_or("--format-version: expected 1.0 to 102.3")?,
            ui_mode: self.ui_mode.into(),
            initiator: self.initiator.into(),
            future_use: u32::try_from(self.future_use).unwrap_or(u32::MAX),
            vendor: &vendor,
            ..v12::Fields::new(self.session, &self.server_id)
        };
        fields.encode(credentials).map_err(|error| error.to_string())
    }

    fn dm13(&self, credentials: &ServerCredentials<'_>) -> Result<Vec<u8>, String> {
        let name = self.layout.ok_or("--format 1.3: its bits are not public, name a layout: --layout reconstructed")?;
        let layout = name.layout();
        if self.reason_lang.is_some() {
            return Err("--reason-lang: the reason of DM 1.3 has no language".into());
        }
        if self.vendor.is_some() {
            return Err("--vendor: the vendor has a text in DM 1.3, give --vendor-text".into());
        }
        let (requested, identifiers) = split(&self.want_mo);
        let hints = self.hints(&identifiers)?;
        bounded(&hints)?;
        let mut vendor = match hints == Hints::default() {
            true => String::new(),
            false => hints.encode_text().map_err(|error| error.to_string())?,
        };
        if let Some(text) = &self.vendor_text {
            if !vendor.is_empty() {
                vendor.push(';');
            }
            vendor.push_str(text);
        }
        let mut options = vec![NotificationOption::ServerId(&self.server_id)];
        options.extend(self.about()?.into_iter().map(NotificationOption::TargetedMo));
        options.extend(requested.into_iter().map(NotificationOption::RequestedMo));
        for bearer in &self.bearer {
            let code =
                layout.bearer_code(*bearer).ok_or_else(|| format!("--bearer: the layout has no code for {bearer}"))?;
            options.push(NotificationOption::PreferredBearer(code));
        }
        options.extend(self.reason.as_deref().map(NotificationOption::ConnectReason));
        options.extend(Some(vendor.as_str()).filter(|text| !text.is_empty()).map(NotificationOption::VendorInfo));
        let unknown = |(number, value): &'_ (u16, Vec<u8>)| (*number, value.clone());
        let unknown: Vec<(u16, Vec<u8>)> = self.option.iter().map(unknown).collect();
        options.extend(unknown.iter().map(|(number, value)| NotificationOption::Unknown { number: *number, value }));
        options.sort_by_key(NotificationOption::number);
        let fields = v13::Fields {
            version: self.format_version.unwrap_or(layout.parts().version),
            ui_mode: self.ui_mode.into(),
            initiator: self.initiator.into(),
            reserved: self.future_use,
            ..v13::Fields::new(layout, self.session, &options)
        };
        fields.encode(layout, credentials).map_err(|error| error.to_string())
    }

    /// The hints that both formats have.
    fn hints<'s>(&'s self, identifiers: &[&'s str]) -> Result<Hints<'s>, String> {
        let unknown = self.hint.iter().map(|(hint_type, value)| {
            let hint_type = u8::try_from(*hint_type).map_err(|_| "--hint: a type has two hexadecimal digits")?;
            Ok(UnknownHint { hint_type, value: value.into() })
        });
        let mut unknown = unknown.collect::<Result<Vec<_>, String>>()?;
        unknown.sort_by_key(|hint| hint.hint_type);
        Ok(Hints {
            expires: self.expires,
            transports: self.transport.clone(),
            auth: self.auth.clone(),
            dev_detail: Some(self.devdetail.iter().copied().collect()).filter(|leaves: &DevDetail| !leaves.is_empty()),
            dev_detail_paths: self.devdetail_path.iter().map(Into::into).collect(),
            proto: self.proto,
            want_mo_ids: identifiers.iter().map(|identifier| (*identifier).into()).collect(),
            unknown,
            ..Hints::default()
        })
    }

    /// Indices of the objects that the session is about.
    fn about(&self) -> Result<Vec<u16>, String> {
        match split(&self.about_mo) {
            (indices, identifiers) if identifiers.is_empty() => Ok(indices),
            (_, identifiers) => Err(format!("--about-mo: {} has no index", identifiers.join(", "))),
        }
    }
}

/// Refuses more hints of a kind than there may be (`provisional.md` §1.2), by the name of the option that they come from.
fn bounded(hints: &Hints<'_>) -> Result<(), String> {
    let counts = [
        ("--transport", hints.transports.len(), 8),
        ("--bearer", hints.bearers.len(), 8),
        ("--auth", hints.auth.len(), 8),
        ("--devdetail-path", hints.dev_detail_paths.len(), 16),
        ("--want-mo", hints.want_mos.len(), 16),
        ("--want-mo without an index", hints.want_mo_ids.len(), 8),
        ("--about-mo", hints.about_mos.len(), 16),
    ];
    let over = counts.iter().find(|(_, count, most)| count > most);
    over.map_or(Ok(()), |(option, _, most)| Err(format!("{option}: at most {most}")))
}

/// Objects with an index, and those without.
fn split(objects: &[Object]) -> (Vec<u16>, Vec<&str>) {
    let indices = objects.iter().filter_map(|object| match object {
        Object::Index(index) => Some(*index),
        Object::Identifier(_) => None,
    });
    let identifiers = objects.iter().filter_map(|object| match object {
        Object::Identifier(identifier) => Some(identifier.as_str()),
        Object::Index(_) => None,
    });
    (indices.collect(), identifiers.collect())
}

fn failed(message: &str) -> Outcome {
    complain(&format!("omadm: {message}\n"));
    Outcome { failed: true, ..Outcome::default() }
}
