//! Notifications as JSON.

use super::text::{leaves, texts};
use crate::cli::json::Object;
use crate::cli::print::hex;
use crate::notification::v13::{Layout, NotificationOption};
use crate::notification::{Form, MoTable, Notification, SessionHints};
use crate::push::Expires;
use serde_json::{Value, json};

/// When a carrier says that what it brings expires: a time, `"passed"` or `"unknown"`.
pub(in crate::cli) fn expires(expires: Expires) -> Value {
    match expires {
        Expires::Never => Value::Null,
        Expires::At(seconds) => seconds.into(),
        Expires::Passed => "passed".into(),
        Expires::Unknown => "unknown".into(),
    }
}

/// One that nobody has verified.
pub(super) fn unverified(notification: &Notification<'_>) -> Value {
    self::notification(notification, &notification.hints_for_display())
}

/// All that a notification says.
pub(super) fn notification<S>(notification: &Notification<'_, S>, asked: &SessionHints<'_>) -> Value {
    let version = notification.version();
    let unused = match notification.form() {
        Form::Dm12(own) => u64::from(own.future_use()),
        Form::Dm13(own) => own.reserved(),
        Form::DataSync(own) => u64::from(own.header().future_use()),
    };
    let alerts = match notification.form() {
        Form::DataSync(own) => Some(
            own.alerts()
                .map(|alert| json!({"code": alert.code, "content-type": alert.content_type, "uri": alert.uri}))
                .collect::<Vec<Value>>(),
        ),
        _ => None,
    };
    let options = match notification.form() {
        Form::Dm13(own) => {
            Some(own.options().map(|option| self::option(&option, own.layout())).collect::<Vec<Value>>())
        }
        _ => None,
    };
    let vendor = Some(notification.vendor()).filter(|vendor| options.is_none() && !vendor.is_empty());
    Object::default()
        .with("media-type", notification.media_type().name())
        .with("version", format!("{}.{}", version / 10, version % 10))
        .with("ui-mode", notification.ui_mode().to_string())
        .with("initiator", notification.initiator().to_string())
        .with("future-use", Some(unused).filter(|unused| *unused != 0))
        .with("sessionid", notification.session_id())
        .with("SessionID", notification.session_id_text().to_string())
        .with("server-identifier", notification.server_id())
        .with("alerts", alerts)
        .with("options", options)
        .with("vendor", vendor.map(hex))
        .with("hints", hints(asked))
        .with("digest", hex(notification.digest()))
        .done()
}

fn option(option: &NotificationOption<'_>, layout: &Layout<'_>) -> Value {
    let value = match option {
        NotificationOption::ServerId(text)
        | NotificationOption::ConnectReason(text)
        | NotificationOption::VendorInfo(text) => Value::from(*text),
        NotificationOption::TargetedMo(index) | NotificationOption::RequestedMo(index) => Value::from(*index),
        NotificationOption::PreferredBearer(code) => layout.bearer(*code).to_string().into(),
        NotificationOption::Unknown { value, .. } => json!({"hex": hex(value)}),
    };
    let identifier = match option {
        NotificationOption::TargetedMo(index) | NotificationOption::RequestedMo(index) => {
            MoTable::OMNA.identifier(*index)
        }
        _ => None,
    };
    Object::default()
        .with("number", option.number())
        .with("name", option.name())
        .with("value", value)
        .with("identifier", identifier)
        .done()
}

/// The hints, if there are any or something is wrong with them.
fn hints(asked: &SessionHints<'_>) -> Value {
    let hints = &asked.hints;
    let list = |items: Vec<String>| Some(items).filter(|items| !items.is_empty());
    let numbers = |items: &[u16]| Some(items.to_vec()).filter(|items| !items.is_empty());
    let unknown: Vec<Value> =
        hints.unknown.iter().map(|unknown| json!({"type": unknown.hint_type, "hex": hex(&unknown.value)})).collect();
    let object = Object::default()
        .with("format-version", asked.version)
        .with("error", asked.error.map(|error| error.to_string()))
        .with("overruled", list(texts(&asked.overruled)))
        .with("expires", hints.expires)
        .with("reason", hints.reason.as_ref().map(|reason| reason.text.as_ref()))
        .with("reason-lang", hints.reason.as_ref().and_then(|reason| reason.language.as_deref()))
        .with("transport", list(texts(&hints.transports)))
        .with("bearer", list(texts(&hints.bearers)))
        .with("auth", list(texts(&hints.auth)))
        .with("devdetail", hints.dev_detail.map(leaves))
        .with("devdetail-path", list(texts(&hints.dev_detail_paths)))
        .with("proto", hints.proto.map(|(major, minor)| format!("{major}.{minor}")))
        .with("want-mo", numbers(&hints.want_mos))
        .with("want-mo-id", list(texts(&hints.want_mo_ids)))
        .with("about-mo", numbers(&hints.about_mos))
        .with("unknown", Some(unknown).filter(|unknown| !unknown.is_empty()))
        .with("rest", Some(asked.rest).filter(|rest| asked.version.is_some() && !rest.is_empty()).map(hex))
        .done();
    match &object {
        Value::Object(map) if map.is_empty() => Value::Null,
        _ => object,
    }
}
