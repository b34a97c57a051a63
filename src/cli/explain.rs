//! `omadm explain`: what codes mean (`wire.md` §2).

use super::files::{Outcome, complain};
use super::json::Object;
use super::print::{CODE, LABEL, NAME, visible};
use crate::syncml::{AlertCode, StatusCode};
use std::io::{self, Write};

/// One thing that a number means.
struct Meaning {
    code: u16,
    kind: &'static str,
    name: &'static str,
    text: &'static str,
}

pub(super) fn run(codes: &[String], as_json: bool) -> io::Result<Outcome> {
    let mut out = anstream::AutoStream::auto(io::stdout());
    let all: Vec<Meaning> = all().collect();
    let mut outcome = Outcome::default();
    for asked in codes {
        let mut found = false;
        for meaning in all.iter().filter(|meaning| meaning.answers(asked)) {
            found = true;
            let Meaning { code, kind, name, text } = meaning;
            if as_json {
                let object = Object::default().with("code", *code).with("kind", *kind).with("name", *name);
                writeln!(out, "{}", object.with("meaning", *text).done())?;
            } else {
                writeln!(out, "{CODE}{code}{CODE:#} {NAME}{name}{NAME:#}  {LABEL}{kind}{LABEL:#}\n    {text}")?;
            }
        }
        if !found {
            complain(&format!("omadm: {}: no such code\n", visible(asked)));
            outcome.missed = true;
        }
    }
    out.flush()?;
    Ok(outcome)
}

fn all() -> impl Iterator<Item = Meaning> {
    let status = STATUS.iter().map(|(code, text)| {
        let name = StatusCode(*code).name().unwrap_or("not defined");
        Meaning { code: *code, kind: "status", name, text }
    });
    let alerts = ALERTS.iter().map(|(code, text)| {
        let name = AlertCode(*code).name().unwrap_or("not defined");
        Meaning { code: *code, kind: "alert", name, text }
    });
    let firmware = FIRMWARE.iter().map(|(code, name, text)| Meaning {
        code: *code,
        kind: "result of a firmware update",
        name,
        text,
    });
    status.chain(alerts).chain(firmware)
}

impl Meaning {
    /// Whether this is what was asked for, by number or by name.
    fn answers(&self, asked: &str) -> bool {
        match asked.trim().parse::<u16>() {
            Ok(code) => code == self.code,
            Err(_) => {
                let letters = |text: &str| -> String {
                    text.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
                };
                let asked = letters(asked);
                !asked.is_empty() && asked == letters(self.name)
            }
        }
    }
}

const STATUS: [(u16, &str); 69] = [
    (101, "The command is still being carried out. Rare in DM."),
    (
        200,
        "The command succeeded. For SyncHdr: the credentials hold for this message only. For an alert to the user: the user \
         agreed, or answered in the items.",
    ),
    (201, "The item was added. Data synchronisation only."),
    (
        202,
        "Accepted, to be completed later. DM: an Exec that runs on after the session; its result comes as alert 1226 with the \
         same Correlator.",
    ),
    (203, "The answer comes from a copy, not from its owner. Data synchronisation only."),
    (204, "Done, and there is nothing to return. Data synchronisation only."),
    (205, "The sender should fetch its content anew. Data synchronisation only."),
    (206, "Only a part was carried out. Data synchronisation only."),
    (207, "Both sides had changed the item, and the changes were merged. Data synchronisation only."),
    (208, "Both sides had changed the item, and the client's change was kept. Data synchronisation only."),
    (209, "Both sides had changed the item, and both are kept as two items. Data synchronisation only."),
    (210, "The item was deleted without being archived first. Data synchronisation only."),
    (211, "There was no such item to delete. Data synchronisation only."),
    (
        212,
        "The credentials hold for the rest of the session: none need be sent again. For SyncHdr only, and never with an HMAC.",
    ),
    (213, "A chunk of a large object was taken and kept until the rest comes. The answer to every chunk but the last."),
    (214, "The command was cancelled. DM: the user dismissed an alert."),
    (
        215,
        "The command was passed over: the user said no before it, or it stands behind a failure in its Sequence or Atomic.",
    ),
    (216, "The Atomic around this command failed, and the command's effect was taken back."),
    (300, "There is more than one thing by that name. Rare in DM."),
    (301, "The target has another URI for good, which the item names."),
    (302, "The target has another URI for now, which the item names."),
    (303, "The answer is to be had at another URI."),
    (304, "Nothing changed. DM gives it another use: the user answered no to a question (alert 1101)."),
    (305, "The target is to be reached through a proxy."),
    (400, "The command is malformed: an element is missing or not allowed there."),
    (401, "The credentials are wrong. A challenge comes with it, and the sender tries again with its nonce."),
    (402, "Payment is needed first. Not used in DM."),
    (403, "The target refuses the command for a reason other than its ACL."),
    (404, "There is no such node, or the URI leads nowhere."),
    (
        405,
        "The target does not know this command: deleting a permanent node, adding below a leaf, a command that its AccessType does \
         not list, reading the Inbox.",
    ),
    (
        406,
        "An optional feature is not there: a property, a form of ?list=, an alert to the user, Copy, Exec or Atomic.",
    ),
    (407, "No credentials were sent, and some are needed. A challenge comes with it."),
    (408, "Time ran out. DM: the user did not answer an alert within MAXDT."),
    (409, "The command conflicts with another change. Data synchronisation only."),
    (410, "The target was there once and is gone for good."),
    (411, "The size must be told. For a large object: Meta lacks Size."),
    (412, "Something the command needs is missing. DM: an alert lacks an item, or the type of a generic alert."),
    (413, "The command, or the object in it, is larger than the receiver takes."),
    (414, "The URI, one of its segments, or its depth is larger than the device can keep."),
    (
        415,
        "Type or format is not one the target takes: a tree in one piece where TNDS is not supported, an unknown type of alert.",
    ),
    (416, "The announced size is more than the receiver has. DM also: the device cannot show this alert."),
    (417, "The receiver is busy; RespURI or the item may say where and when to try again."),
    (418, "A node of that name exists already: Add of an existing node, or a new Name that is taken."),
    (419, "Both sides had changed the item, and the server's change was kept. Data synchronisation only."),
    (420, "The device has no room left."),
    (421, "The language of the search is not known. Data synchronisation only."),
    (422, "What follows the question mark of a URI cannot be understood."),
    (423, "An item to be deleted softly was deleted already. Data synchronisation only."),
    (424, "A large object was put together, and its size is not the one announced. Nothing of it was kept."),
    (425, "The ACL of the node does not allow this server the command."),
    (426, "A chunk was refused; the whole object may be sent again in the next package."),
    (427, "What should be deleted has something in it. Not used in DM, where Delete takes all below."),
    (428, "The item could not be moved. Data synchronisation only."),
    (500, "The command failed, and no other code says better why. DM: also a Get or an Atomic inside an Atomic."),
    (501, "The receiver does not know the command at all."),
    (502, "A gateway got an answer it could not use."),
    (503, "The receiver cannot work now; it may later."),
    (504, "A gateway got no answer in time."),
    (505, "The version in VerDTD is not supported; the item names those that are."),
    (506, "Processing failed, for reasons that may pass."),
    (507, "The Atomic failed as a whole: one of its commands did, and the others say 216, 516 or 215."),
    (508, "Both sides have to begin anew. Data synchronisation only."),
    (510, "The store of the receiver failed while it carried out the command."),
    (511, "The server failed badly; trying again does not help."),
    (512, "Synchronisation failed. Data synchronisation only."),
    (513, "The version in VerProto is not supported; the item names those that are."),
    (514, "The command was cancelled before it was complete; it may be sent again in the next session."),
    (516, "The Atomic around this command failed, and the command's effect could not be taken back."),
    (517, "The statuses of the Atomic do not fit one message, so it was not carried out."),
];

const ALERTS: [(u16, &str); 12] = [
    (1100, "Server to device: show a text to the user. Items: options, text."),
    (1101, "Server to device: ask the user yes or no. Items: options, question. Status 200 is yes, 304 is no."),
    (
        1102,
        "Server to device: ask the user for a text, which comes back in the item of the Status. Items: options, question.",
    ),
    (1103, "Server to device: let the user choose one of several. Items: options, title, choices."),
    (1104, "Server to device: let the user choose any of several. Items: options, title, choices."),
    (1200, "Device to server, package 1: this session was asked for by the server, with a notification."),
    (1201, "Device to server, package 1: the device began this session by itself."),
    (1222, "Either way: the message ends, the package does not; send an empty message so that the next one can come."),
    (1223, "Either way: the session ends here, at once."),
    (1224, "Device to server: something happened on the device; Meta has its type, Data what it is."),
    (1225, "Either way: another command came before the last chunk of a large object; the item names the object."),
    (
        1226,
        "Device to server: an event of a registered type, such as the end of a firmware update; Meta has Type, Format and Mark, and \
         Correlator names the Exec that led to it.",
    ),
];

/// Data of the generic alerts of a firmware update (FUMO).
const FIRMWARE: [(u16, &str, &str); 17] = [
    (
        200,
        "Successful",
        "The step that was asked for is done: download, update, or both. 250 to 299 are a vendor's successes.",
    ),
    (400, "Management client error", "The client failed, and it does not say why."),
    (401, "User cancelled", "The user stopped the download or the update."),
    (402, "Corrupted firmware update package", "The package arrived damaged: its checksum does not fit."),
    (403, "Package and device mismatch", "The package is for another device or another version."),
    (404, "Failed package validation", "The signature of the package could not be verified."),
    (405, "Package not acceptable", "The client refuses the package."),
    (406, "Alternate download authentication failure", "The download server did not accept the client's credentials."),
    (407, "Alternate download timeout", "The download server did not answer in time."),
    (408, "Not implemented", "The client does not do what was asked for."),
    (409, "Undefined error", "Something else went wrong. 450 to 499 are a vendor's failures."),
    (410, "Firmware update failed", "The package was fine, and installing it failed."),
    (411, "Malformed or bad URL", "The address of the package cannot be used."),
    (500, "Alternate download server error", "The download server failed. 550 to 599 are a vendor's failures there."),
    (501, "Download fails for want of memory", "There was no room for the package."),
    (502, "Update fails for want of memory", "There was no room to install the package."),
    (503, "Network error", "The network failed during the download."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_with_a_name_is_explained() {
        for code in 0..=2000 {
            let status = STATUS.iter().filter(|(known, _)| *known == code).count();
            assert_eq!(status, usize::from(StatusCode(code).name().is_some()), "{code}");
            let alerts = ALERTS.iter().filter(|(known, _)| *known == code).count();
            assert_eq!(alerts, usize::from(AlertCode(code).name().is_some()), "{code}");
        }
    }

    #[test]
    fn names_are_found_however_they_are_spelled() {
        let codes = |asked: &str| -> Vec<(u16, &str)> {
            all().filter(|meaning| meaning.answers(asked)).map(|meaning| (meaning.code, meaning.kind)).collect()
        };
        assert_eq!(codes("404").len(), 2);
        for name in ["NotFound", "not found", "not-found", "Not found"] {
            assert_eq!(codes(name), [(404, "status")], "{name}");
        }
        assert_eq!(codes("generic alert"), [(1226, "alert")]);
        assert_eq!(codes("599"), []);
        assert_eq!(codes(""), []);
    }
}
