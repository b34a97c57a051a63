//! The carriers of package #0: WSP, SMS, CDMA, HTTP, SIP and PAP.

use crate::{Setting, check_error};
use omadm::push::sms::{self, Ports, Reference};
use omadm::push::{ApplicationId, ContentType, Expires, Joiner, cdma, http, pap, sip, wsp};
use omadm::{Error, Limits};

/// What each carrier says is written and read again; a push is split into segments and joined again, in any order.
pub fn push(data: &[u8]) {
    let Some((setting, message)) = Setting::take(data) else { return };
    let limits = setting.limits();
    by_wsp(message);
    segments(message);
    split_and_join(setting, message);
    joiner(message, &limits);
    by_http(message, &limits);
    by_sip(message, &limits);
    by_pap(message, &limits);
}

/// Errors of push name a place in their input; there is no element to be located.
#[track_caller]
fn refuse(error: Error, input: &[u8]) {
    check_error(error, input);
}

fn by_wsp(message: &[u8]) {
    let push = match wsp::Push::decode(message) {
        Ok(push) => push,
        Err(error) => return refuse(error, message),
    };
    if let Err(error) = push.payload() {
        refuse(error, message);
    }
    let fields = push.fields();
    // Names with blanks or beyond ASCII are not written, nor are long headers of notifications.
    let Ok(octets) = fields.encode() else { return };
    let again = wsp::Push::decode(&octets).unwrap();
    assert_eq!(again.fields(), fields);
    assert_eq!((again.application_id, again.expires), (push.application_id, push.expires));
}

fn segments(message: &[u8]) {
    match sms::Segment::decode(message) {
        Ok(segment) => {
            if let Ok(octets) = segment.encode() {
                assert_eq!(sms::Segment::decode(&octets), Ok(segment));
            }
        }
        Err(error) => refuse(error, message),
    }
    match cdma::Segment::decode(message) {
        // One form only.
        Ok(segment) => assert_eq!(segment.encode().as_deref(), Ok(message)),
        Err(error) => refuse(error, message),
    }
}

fn split_and_join(setting: Setting, message: &[u8]) {
    let [one, two, push @ ..] = message else { return };
    let ports = Ports { destination: u16::from_be_bytes([*one, *two]), source: u16::from(*two) };
    let reference =
        if setting.bit(0) { Reference::Octet(*one) } else { Reference::Word(u16::from_be_bytes([*two, *one])) };
    let mut segments = sms::split(ports, push, reference).unwrap();
    for segment in &segments {
        assert!(segment.len() <= sms::MAX_SEGMENT);
        assert_eq!(sms::Segment::decode(segment).unwrap().ports, Some(ports));
    }
    let middle = usize::from(*one) % segments.len();
    segments.rotate_left(middle);
    let slices: Vec<&[u8]> = segments.iter().map(Vec::as_slice).collect();
    let whole = sms::join(&slices, &Limits::DEFAULT).unwrap();
    let joined = sms::Segment::decode(&whole).map(|segment| segment.data.to_vec());
    // A whole message is longer than a segment may be.
    assert_eq!(joined.unwrap_or_else(|_| whole[7..].to_vec()), push);

    let most = usize::from(*two).max(8);
    let Ok(mut segments) = cdma::split(ports, push, most) else { return };
    assert!(segments.iter().all(|segment| segment.len() <= most));
    let middle = usize::from(*one) % segments.len();
    segments.rotate_left(middle);
    let mut joiner = Joiner::default();
    let count = segments.len();
    for (at, segment) in segments.iter().enumerate() {
        let whole = joiner.cdma((), 1, segment, 0).unwrap();
        assert_eq!(whole.is_some(), at + 1 == count);
        if let Some(whole) = whole {
            assert_eq!(&whole[7..], push);
        }
    }
}

/// Segments of anybody, in any order: what is held stays below its limit.
fn joiner(message: &[u8], limits: &Limits) {
    let mut joiner = Joiner::new(limits);
    let mut rest = message;
    let mut now = 0;
    while let [sender, length, after @ ..] = rest {
        let (segment, after) = after.split_at(usize::from(*length).min(after.len()));
        let outcome = match sender & 1 {
            0 => joiner.sms(sender >> 6, segment, now),
            _ => joiner.cdma(sender >> 6, u16::from(sender >> 4 & 3), segment, now),
        };
        if let Err(error) = outcome {
            assert!(error.offset() <= segment.len(), "{error}");
        }
        let held: usize = joiner.incomplete().map(|one| usize::from(one.total) - one.missing.len()).sum();
        assert!(held <= limits.segments as usize);
        now += u64::from(sender >> 2 & 3);
        rest = after;
    }
    joiner.forget_before(u64::MAX);
    assert_eq!(joiner.incomplete().count(), 0);
}

/// Headers that the writers write themselves.
fn is_own(name: &str) -> bool {
    const OWN: [&str; 14] = [
        "host",
        "content-type",
        "x-wap-application-id",
        "expires",
        "content-length",
        "transfer-encoding",
        "content-encoding",
        "content-transfer-encoding",
        "accept-contact",
        "date",
        "a",
        "c",
        "e",
        "l",
    ];
    OWN.contains(&name.to_ascii_lowercase().as_str())
}

fn seconds(expires: Expires) -> Option<u64> {
    match expires {
        Expires::At(seconds) => Some(seconds),
        _ => None,
    }
}

fn more<'a>(entity: &omadm::push::Entity<'a>) -> Vec<(&'a str, &'a str)> {
    let others = entity.headers.iter().filter(|header| !is_own(header.name));
    others.filter_map(|header| Some((header.name, core::str::from_utf8(header.value).ok()?))).collect()
}

fn by_http(message: &[u8], limits: &Limits) {
    let request = match http::Request::decode(message, limits) {
        Ok(request) => request,
        Err(error) => return refuse(error, message),
    };
    let entity = request.entity;
    if let Err(error) = entity.payload() {
        refuse(error, message);
    }
    assert!(entity.headers.iter().count() <= limits.headers as usize);
    let (Some(content_type), Some(application_id)) = (entity.content_type(), entity.application_id()) else { return };
    let more = more(&entity);
    let fields = http::Fields {
        target: request.target,
        host: "h",
        more: &more,
        content_type,
        application_id,
        expires: seconds(entity.expires()),
        body: entity.body,
    };
    let Ok(octets) = fields.encode() else { return };
    let again = http::Request::decode(&octets, &Limits { headers: 200, header: 100_000, ..Limits::DEFAULT }).unwrap();
    let read = again.entity;
    assert_eq!((again.target, read.content_type(), read.body), (request.target, Some(content_type), entity.body));
    assert!(read.application_id().is_some_and(|id| id.is(application_id)));
    assert_eq!(seconds(read.expires()), fields.expires);
    for (name, value) in &more {
        assert!(read.headers.iter().any(|header| header.name == *name && header.value == value.as_bytes()));
    }
}

fn by_sip(message: &[u8], limits: &Limits) {
    let decoded = match sip::Message::decode(message, limits) {
        Ok(decoded) => decoded,
        Err(error) => return refuse(error, message),
    };
    if let Err(error) = decoded.payload(Some(1_000)) {
        refuse(error, message);
    }
    let entity = decoded.entity;
    let urn = decoded.applications().next().map(|name| format!("x-wap-application:{name}"));
    let (Some(content_type), Some(urn)) = (entity.content_type(), urn) else { return };
    let more = more(&entity);
    let fields = sip::Fields {
        uri: decoded.uri,
        more: &more,
        application_id: ApplicationId::Uri(&urn),
        date: Some(1_000),
        expires: decoded.expires(Some(0)).eq(&Expires::Never).then_some(77),
        content_type,
        body: entity.body,
    };
    let Ok(octets) = fields.encode() else { return };
    let again = sip::Message::decode(&octets, &Limits { headers: 200, header: 100_000, ..Limits::DEFAULT }).unwrap();
    let read = again.entity;
    assert_eq!((again.uri, read.content_type(), read.body), (decoded.uri, Some(content_type), entity.body));
    assert_eq!(again.applications().next(), urn.strip_prefix("x-wap-application:"));
    assert_eq!(seconds(again.expires(Some(5))), fields.expires.map(|seconds| 1_000 + u64::from(seconds)));
}

fn by_pap(message: &[u8], limits: &Limits) {
    let submission = match pap::Submission::decode(message, limits) {
        Ok(submission) => submission,
        Err(error) => return refuse(error, message),
    };
    if let Err(error) = submission.payload() {
        refuse(error, message);
    }
    let (control, content) = (&submission.control, &submission.content);
    let addresses: Vec<&str> = control.addresses.iter().map(String::as_str).collect();
    let application_id = content.application_id().unwrap_or(ApplicationId::DEVICE_MANAGEMENT);
    let content_type = content.content_type().unwrap_or(ContentType::NOTIFICATION);
    let fields = pap::Fields {
        source_reference: control.source_reference.as_deref(),
        notify_to: control.notify_to.as_deref(),
        deliver_before: control.deliver_before,
        deliver_after: control.deliver_after,
        application_id,
        ..pap::Fields::new("h", &control.push_id, &addresses, content_type, content.body)
    };
    let Ok(octets) = fields.encode() else { return };
    let again = pap::Submission::decode(&octets, &Limits { header: 100_000, ..Limits::DEFAULT }).unwrap();
    assert_eq!(&again.control, control);
    assert_eq!((again.content.body, again.content.content_type()), (content.body, Some(content_type)));
    assert!(again.content.application_id().is_some_and(|id| id.is(application_id)));
}
