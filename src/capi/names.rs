//! Names of numbers: texts that are static and end with a zero octet. A number without a name has the empty text, never NULL.

use super::codes::{omadm_code, omadm_rc};
use super::command::omadm_command_kind;
use super::convert::omadm_kind;
use super::entry::{Failure, Out, enter, text};
use super::error::omadm_error;
use super::tree::omadm_format;
use crate::detect::Kind;
use crate::error::ErrorKind;
use crate::syncml::{ALERT, CommandKind, FumoResult, RESULTS, STATUS, StatusCode, VENDOR_RESULTS};
use crate::tree::Format;
use core::ffi::{CStr, c_char};

/// Numbers with their names, ascending.
type Table<const N: usize> = [(u16, &'static str); N];

/// The same names for C: as many octets for each as the longest needs, with a zero octet behind it at least.
type Texts<const N: usize, const WIDTH: usize> = [[u8; WIDTH]; N];

const fn width(mut table: &[(u16, &str)]) -> usize {
    let mut longest = 0;
    while let Some(((_, name), rest)) = table.split_first() {
        if name.len() > longest {
            longest = name.len();
        }
        table = rest;
    }
    longest.saturating_add(1)
}

const fn texts<const N: usize, const WIDTH: usize>(table: &Table<N>) -> Texts<N, WIDTH> {
    let mut texts = [[0; WIDTH]; N];
    let (mut left, mut rows) = (table.as_slice(), texts.as_mut_slice());
    while let (Some(((_, name), names)), Some((row, others))) = (left.split_first(), rows.split_first_mut()) {
        let (mut octets, mut room) = (name.as_bytes(), row.as_mut_slice());
        while let (Some((octet, rest)), Some((place, free))) = (octets.split_first(), room.split_first_mut()) {
            *place = *octet;
            (octets, room) = (rest, free);
        }
        (left, rows) = (names, others);
    }
    texts
}

fn name<const N: usize, const WIDTH: usize>(
    table: &Table<N>,
    texts: &'static Texts<N, WIDTH>,
    number: u32,
) -> *const c_char {
    let place = u16::try_from(number).ok().and_then(|number| table.binary_search_by_key(&number, |(key, _)| *key).ok());
    place.and_then(|place| texts.get(place)).map_or(c"".as_ptr(), |text| text.as_ptr().cast())
}

static STATUS_TEXTS: Texts<{ STATUS.len() }, { width(&STATUS) }> = texts(&STATUS);
static ALERT_TEXTS: Texts<{ ALERT.len() }, { width(&ALERT) }> = texts(&ALERT);
static FUMO_TEXTS: Texts<{ RESULTS.len() }, { width(&RESULTS) }> = texts(&RESULTS);
static VENDOR_TEXTS: Texts<{ VENDOR_RESULTS.len() }, { width(&VENDOR_RESULTS) }> = texts(&VENDOR_RESULTS);

const COMMANDS: Table<12> = {
    use omadm_command_kind as number;
    [
        (number::OMADM_CMD_OTHER as u16, CommandKind::Other.name()),
        (number::OMADM_CMD_ADD as u16, CommandKind::Add.name()),
        (number::OMADM_CMD_ALERT as u16, CommandKind::Alert.name()),
        (number::OMADM_CMD_ATOMIC as u16, CommandKind::Atomic.name()),
        (number::OMADM_CMD_COPY as u16, CommandKind::Copy.name()),
        (number::OMADM_CMD_DELETE as u16, CommandKind::Delete.name()),
        (number::OMADM_CMD_EXEC as u16, CommandKind::Exec.name()),
        (number::OMADM_CMD_GET as u16, CommandKind::Get.name()),
        (number::OMADM_CMD_REPLACE as u16, CommandKind::Replace.name()),
        (number::OMADM_CMD_RESULTS as u16, CommandKind::Results.name()),
        (number::OMADM_CMD_SEQUENCE as u16, CommandKind::Sequence.name()),
        (number::OMADM_CMD_STATUS as u16, CommandKind::Status.name()),
    ]
};
static COMMAND_TEXTS: Texts<{ COMMANDS.len() }, { width(&COMMANDS) }> = texts(&COMMANDS);

const FORMATS: Table<11> = {
    use omadm_format as number;
    [
        (number::OMADM_FORMAT_B64 as u16, Format::B64.name()),
        (number::OMADM_FORMAT_BIN as u16, Format::Bin.name()),
        (number::OMADM_FORMAT_BOOL as u16, Format::Bool.name()),
        (number::OMADM_FORMAT_CHR as u16, Format::Chr.name()),
        (number::OMADM_FORMAT_INT as u16, Format::Int.name()),
        (number::OMADM_FORMAT_NODE as u16, Format::Node.name()),
        (number::OMADM_FORMAT_NULL as u16, Format::Null.name()),
        (number::OMADM_FORMAT_XML as u16, Format::Xml.name()),
        (number::OMADM_FORMAT_DATE as u16, Format::Date.name()),
        (number::OMADM_FORMAT_TIME as u16, Format::Time.name()),
        (number::OMADM_FORMAT_FLOAT as u16, Format::Float.name()),
    ]
};
static FORMAT_TEXTS: Texts<{ FORMATS.len() }, { width(&FORMATS) }> = texts(&FORMATS);

const KINDS: Table<8> = {
    use omadm_kind as number;
    [
        (number::OMADM_KIND_NOTIFICATION as u16, Kind::Notification.name()),
        (number::OMADM_KIND_PUSH as u16, Kind::Push.name()),
        (number::OMADM_KIND_SYNCML as u16, Kind::SyncMl.name()),
        (number::OMADM_KIND_TREE as u16, Kind::Tree.name()),
        (number::OMADM_KIND_DESCRIPTION as u16, Kind::Description.name()),
        (number::OMADM_KIND_DEV_INF as u16, Kind::DevInf.name()),
        (number::OMADM_KIND_MET_INF as u16, Kind::MetInf.name()),
        (number::OMADM_KIND_PROVISIONING as u16, Kind::Provisioning.name()),
    ]
};
static KIND_TEXTS: Texts<{ KINDS.len() }, { width(&KINDS) }> = texts(&KINDS);

/// The name of a status code (RepPro 1.2 §10), such as `Not found` for 404.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_status_name(status: u32) -> *const c_char {
    name(&STATUS, &STATUS_TEXTS, status)
}

/// The name of an alert code of DM, such as `GENERIC ALERT` for 1226.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_alert_name(alert: u32) -> *const c_char {
    name(&ALERT, &ALERT_TEXTS, alert)
}

/// What the outcome of a firmware update means, the data of the alerts of FUMO: such as `the user cancelled` for 401. From 200 to 299 are successes.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_fumo_result_name(result: u32) -> *const c_char {
    if RESULTS.iter().any(|(known, _)| u32::from(*known) == result) {
        return name(&RESULTS, &FUMO_TEXTS, result);
    }
    let range = u16::try_from(result).map_or(0, |result| FumoResult(result).vendor_range());
    name(&VENDOR_RESULTS, &VENDOR_TEXTS, range.into())
}

/// The name of the element for an `enum omadm_command_kind`; `Other` for `OMADM_CMD_OTHER`, whose element is named in `omadm_command`.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_command_name(kind: u32) -> *const c_char {
    name(&COMMANDS, &COMMAND_TEXTS, kind)
}

/// The name on the wire of an `enum omadm_format`, such as `chr`.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_format_name(format: u32) -> *const c_char {
    name(&FORMATS, &FORMAT_TEXTS, format)
}

/// The `enum omadm_format` with this name, in any case: of the `format` of an item or `omadm_meta`, for a node. `OMADM_NOT_FOUND` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_format_from_name(
    name: *const c_char,
    name_len: usize,
    format: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (name, out) = unsafe { (text(name, name_len, "name")?, Out::new(format, "format")?) };
        out.set(omadm_format::number(Format::from_name(name).ok_or(Failure::not_found("name"))?));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// What an `enum omadm_kind` is called, such as `tree document`.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_kind_name(kind: u32) -> *const c_char {
    name(&KINDS, &KIND_TEXTS, kind)
}

fn kind_of(code: u32) -> Option<ErrorKind> {
    ErrorKind::ALL.iter().copied().find(|kind| kind.code() == code)
}

/// What an `enum omadm_code` means, in English: the `message` of an `omadm_error` with it.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_code_message(code: u32) -> *const c_char {
    const DONE: u32 = omadm_code::OMADM_OK as u32;
    let of_call = || Failure::ALL.iter().find(|failure| failure.code == code).map(|failure| failure.message);
    let message: Option<&'static CStr> = match code {
        DONE => Some(c"done"),
        _ => of_call().or_else(|| kind_of(code).map(ErrorKind::c_message)),
    };
    message.unwrap_or(c"").as_ptr()
}

/// The status with which a client answers a command that ended with an `enum omadm_code`: 200 for `OMADM_OK`, 404 for `OMADM_NOT_FOUND`, 4xx for what is
/// wrong with the command, 500 for everything that has no code of its own.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_code_status(code: u32) -> u32 {
    const DONE: u32 = omadm_code::OMADM_OK as u32;
    const ABSENT: u32 = omadm_code::OMADM_NOT_FOUND as u32;
    let status = match code {
        DONE => StatusCode(200),
        ABSENT => StatusCode(404),
        _ => kind_of(code).map_or(StatusCode(500), StatusCode::of),
    };
    status.0.into()
}
