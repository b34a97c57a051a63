//! Notifications as lines of text.

use super::input::Brought;
use super::words::{object_text, time_text};
use crate::cli::print::{hex, value};
use crate::cli::report::File;
use crate::cli::show::{self, field};
use crate::notification::hints::DevDetail;
use crate::notification::v13::NotificationOption;
use crate::notification::{Form, MediaType, Notification, SessionHints};
use crate::push::{Entity, Expires};
use std::fmt::Display;

/// What a notification came in.
pub(super) fn brought(brought: &Brought<'_>, file: &File<'_>, out: &mut String) {
    let time = |time: Option<u64>| time.map(time_text);
    match brought {
        Brought::Bare => show::heading("Notification (package #0)", file, out),
        Brought::Wsp(push) => {
            show::heading("WSP push", file, out);
            show::push(push, out);
        }
        Brought::Http(request) => {
            show::heading("HTTP push", file, out);
            field("Target", Some(request.target), out);
            entity(&request.entity, out);
            field("Expires", expires(request.entity.expires()).as_deref(), out);
        }
        Brought::Sip { message, expires } => {
            show::heading("SIP push", file, out);
            field("Target", Some(message.uri), out);
            entity(&message.entity, out);
            for application in message.applications() {
                field("Application", Some(application), out);
            }
            field("Expires", self::expires(*expires).as_deref(), out);
        }
        Brought::Pap(submission) => {
            show::heading("PAP submission", file, out);
            let control = &submission.control;
            field("push-id", Some(&control.push_id), out);
            for address in &control.addresses {
                field("address", Some(address), out);
            }
            field("deliver", time(control.deliver_after).map(|time| format!("after {time}")).as_deref(), out);
            field("deliver", time(control.deliver_before).map(|time| format!("before {time}")).as_deref(), out);
            entity(&submission.content, out);
            field("Expires", expires(submission.content.expires()).as_deref(), out);
        }
    }
}

/// When a carrier says that what it brings expires, if it does.
pub(in crate::cli) fn expires(expires: Expires) -> Option<String> {
    match expires {
        Expires::Never => None,
        Expires::At(seconds) => Some(time_text(seconds)),
        Expires::Passed => Some("has passed".to_owned()),
        Expires::Unknown => Some("unknown: for so many seconds, and nobody says from when".to_owned()),
    }
}

/// What headers say of a body.
fn entity(entity: &Entity<'_>, out: &mut String) {
    field("Content-Type", entity.content_type().map(|own| own.to_string()).as_deref(), out);
    field("Application", entity.application_id().map(|own| own.to_string()).as_deref(), out);
}

/// One that nobody has verified.
pub(super) fn unverified(notification: &Notification<'_>, out: &mut String) {
    self::notification(notification, &notification.hints_for_display(), "not verified", out);
}

/// All that a notification says.
pub(super) fn notification<S>(
    notification: &Notification<'_, S>,
    asked: &SessionHints<'_>,
    verdict: &str,
    out: &mut String,
) {
    let mut line = |label: &str, text: &str| field(label, Some(text), out);
    let version = notification.version();
    if notification.media_type() != MediaType::Dm12 {
        line("format", format_name(notification.media_type()));
    }
    line("Version", &format!("{}.{}", version / 10, version % 10));
    line("ui-mode", &notification.ui_mode().to_string());
    line("initiator", &notification.initiator().to_string());
    match notification.form() {
        Form::Dm12(own) if own.future_use() != 0 => {
            line("future-use", &format!("{:#x} (should be 0)", own.future_use()))
        }
        Form::Dm13(own) if own.reserved() != 0 => line("reserved", &format!("{:#x} (should be 0)", own.reserved())),
        _ => {}
    }
    line("sessionid", &format!("{} (SessionID {})", notification.session_id(), notification.session_id_text()));
    line("server-id", notification.server_id());
    if let Form::DataSync(own) = notification.form() {
        for alert in own.alerts() {
            line("sync alert", &format!("{} {} (content type {:#x})", alert.code, alert.uri, alert.content_type));
        }
    }
    if let Form::Dm13(own) = notification.form() {
        for option in notification.options() {
            let text = match option {
                NotificationOption::ServerId(_) => continue,
                NotificationOption::TargetedMo(index) | NotificationOption::RequestedMo(index) => object_text(index),
                NotificationOption::PreferredBearer(code) => own.layout().bearer(code).to_string(),
                NotificationOption::ConnectReason(text) | NotificationOption::VendorInfo(text) => {
                    value(text.as_bytes())
                }
                NotificationOption::Unknown { number, value: octets } => format!("{number}: 0x{}", hex(octets)),
            };
            line(option.name(), &text);
        }
    } else if !notification.vendor().is_empty() {
        line("vendor", &value(notification.vendor()));
    }
    let has_option = |number: u16| notification.options().any(|option| option.number() == number);
    hints(asked, has_option, &mut line);
    line("digest", &format!("{} ({verdict})", hex(notification.digest())));
}

/// What a format is called, where it has to be told.
pub(super) const fn format_name(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Dm12 => "DM 1.2",
        MediaType::Dm13 => "DM 1.3 (provisional layout)",
        MediaType::DataSync => "data synchronisation",
    }
}

/// The hints, but for what options of these numbers say: that has been shown.
fn hints(asked: &SessionHints<'_>, has_option: impl Fn(u16) -> bool, line: &mut impl FnMut(&str, &str)) {
    if let Some(error) = asked.error {
        line("hints", &format!("cannot be read and count as absent: {error}"));
    }
    if let Some(version) = asked.version.filter(|version| *version != 1) {
        line("hints", &format!("of version {version}, which is not read"));
    }
    for name in &asked.overruled {
        line("hints", &format!("{name} is ignored, an option says it"));
    }
    let hints = &asked.hints;
    if let Some(expires) = hints.expires {
        line("expires", &time_text(expires.into()));
    }
    if let Some(reason) = hints.reason.as_ref().filter(|_| !has_option(5)) {
        let language = reason.language.as_ref().map(|language| format!(" ({language})")).unwrap_or_default();
        line("reason", &format!("{}{language}", reason.text));
    }
    let mut list = |label: &str, items: Vec<String>| {
        if !items.is_empty() {
            line(label, &items.join(", "));
        }
    };
    list("transport", texts(&hints.transports));
    if !has_option(4) {
        list("bearer", texts(&hints.bearers));
    }
    list("auth", texts(&hints.auth));
    list("devdetail", hints.dev_detail.map(leaves).unwrap_or_default());
    list("devdetail", texts(&hints.dev_detail_paths));
    list("proto", hints.proto.map(|(major, minor)| format!("{major}.{minor}")).into_iter().collect());
    if !has_option(3) {
        list("want-mo", hints.want_mos.iter().map(|index| object_text(*index)).collect());
    }
    list("want-mo", texts(&hints.want_mo_ids));
    if !has_option(2) {
        list("about-mo", hints.about_mos.iter().map(|index| object_text(*index)).collect());
    }
    for unknown in &hints.unknown {
        list("hint", vec![format!("{:#04x}: 0x{}", unknown.hint_type, hex(&unknown.value))]);
    }
}

pub(super) fn texts<T: Display>(items: &[T]) -> Vec<String> {
    items.iter().map(T::to_string).collect()
}

/// Names of leaves.
pub(super) fn leaves(wanted: DevDetail) -> Vec<String> {
    let named = DevDetail::NAMED.iter().filter(|(leaf, _)| wanted.contains(*leaf));
    named.map(|(_, name)| (*name).to_owned()).collect()
}
