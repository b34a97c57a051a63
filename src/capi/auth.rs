//! Authentication: credentials, MACs and nonces, of the MD5 family of OMA DM.

use super::codes::omadm_rc;
use super::entry::{Failure, Out, Outcome, enter, octets, room, slice, text};
use super::error::omadm_error;
use super::handle::handle;
use super::message::omadm_message;
use super::text::{omadm_bytes, required, to_copy};
use crate::auth::{self, A1, CredData, CredVerdict, Digest, HmacHeader, Nonce, Nonces, Scheme};
use core::ffi::{CStr, c_char};

/// Octets of an A1, of a digest and of a MAC.
pub const OMADM_DIGEST_SIZE: usize = 16;

/// A scheme of authentication, as `Meta/Type` of `Cred` and `Chal` names it (OMA DM security 1.2.1).
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum omadm_scheme {
    /// One that SyncML does not define.
    OMADM_SCHEME_OTHER = 0,
    /// `syncml:auth-basic`: name and secret, readable by everyone.
    OMADM_SCHEME_BASIC = 1,
    /// `syncml:auth-md5`: a digest with a nonce.
    OMADM_SCHEME_MD5 = 2,
    /// `syncml:auth-MAC`: a digest over each whole message, in the transport's header `x-syncml-hmac`; never in `Cred`.
    OMADM_SCHEME_MAC = 3,
    /// `syncml:auth-x509`
    OMADM_SCHEME_X509 = 4,
    /// `syncml:auth-securid`
    OMADM_SCHEME_SECURID = 5,
    /// `syncml:auth-safeword`
    OMADM_SCHEME_SAFEWORD = 6,
    /// `syncml:auth-digipass`
    OMADM_SCHEME_DIGIPASS = 7,
}

/// Number, scheme, name in messages.
const SCHEMES: [(omadm_scheme, Scheme<'static>, &CStr); 7] = [
    (omadm_scheme::OMADM_SCHEME_BASIC, Scheme::Basic, c"syncml:auth-basic"),
    (omadm_scheme::OMADM_SCHEME_MD5, Scheme::Md5, c"syncml:auth-md5"),
    (omadm_scheme::OMADM_SCHEME_MAC, Scheme::Mac, c"syncml:auth-MAC"),
    (omadm_scheme::OMADM_SCHEME_X509, Scheme::X509, c"syncml:auth-x509"),
    (omadm_scheme::OMADM_SCHEME_SECURID, Scheme::SecurId, c"syncml:auth-securid"),
    (omadm_scheme::OMADM_SCHEME_SAFEWORD, Scheme::SafeWord, c"syncml:auth-safeword"),
    (omadm_scheme::OMADM_SCHEME_DIGIPASS, Scheme::DigiPass, c"syncml:auth-digipass"),
];

impl omadm_scheme {
    fn number(scheme: Scheme<'_>) -> u32 {
        let row = SCHEMES.iter().find(|(_, known, _)| *known == scheme);
        row.map_or(omadm_scheme::OMADM_SCHEME_OTHER, |(number, ..)| *number) as u32
    }
}

/// The 16 octets of a digest of the caller's.
///
/// # Safety
/// The contract.
pub(super) unsafe fn digest(at: *const u8, argument: &'static str) -> Outcome<Digest> {
    // SAFETY: the contract.
    let octets = unsafe { slice(at, OMADM_DIGEST_SIZE, argument) }?;
    octets.try_into().map_err(|_| Failure::argument(argument))
}

/// Room of the caller's for a digest.
///
/// # Safety
/// The contract.
unsafe fn digest_out<'o>(at: *mut u8, argument: &'static str) -> Outcome<Out<'o, Digest>> {
    // SAFETY: the contract; an array of octets is aligned everywhere.
    unsafe { Out::new(at.cast::<Digest>(), argument) }
}

/// The nonces that a check tries: the first is the one that is due, the others come after it.
///
/// # Safety
/// The contract.
unsafe fn nonces<'c>(at: *const omadm_bytes, count: usize) -> Outcome<Vec<&'c [u8]>> {
    // SAFETY: the contract.
    let all = unsafe { slice(at, count, "nonces") }?;
    if all.is_empty() {
        return Err(Failure::argument("nonces"));
    }
    // SAFETY: the contract.
    all.iter().map(|nonce| unsafe { slice(nonce.ptr, nonce.len, "nonces") }).collect()
}

/// What a check says: which of the nonces it was, or why it failed.
fn judge(nonces: &[&[u8]], verify: impl FnOnce(&Nonces<'_>) -> CredVerdict) -> Outcome<usize> {
    let (due, fallbacks) = nonces.split_first().ok_or(Failure::argument("nonces"))?;
    match verify(&Nonces::with_fallbacks(due, fallbacks)) {
        CredVerdict::Verified => Ok(0),
        CredVerdict::VerifiedByFallback(index) => Ok(index.saturating_add(1)),
        CredVerdict::AnotherScheme => Err(Failure::ANOTHER_SCHEME),
        CredVerdict::Refused => Err(Failure::REFUSED),
    }
}

/// The name of an `enum omadm_scheme` in messages, such as `syncml:auth-md5`. Static, ends with a zero octet; NULL for a number that is none.
#[unsafe(no_mangle)]
pub extern "C" fn omadm_scheme_name(scheme: u32) -> *const c_char {
    let row = SCHEMES.iter().find(|(number, ..)| *number as u32 == scheme);
    row.map_or(core::ptr::null(), |(.., name)| name.as_ptr())
}

/// The `enum omadm_scheme` of this name in messages, in any case; `OMADM_SCHEME_OTHER` for a name that SyncML does not define.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_scheme_from_name(
    name: *const c_char,
    name_len: usize,
    scheme: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (name, out) = unsafe { (text(name, name_len, "name")?, Out::new(scheme, "scheme")?) };
        out.set(omadm_scheme::number(Scheme::from_name(name)));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The `enum omadm_scheme` that `AAuthType` of a DM account names, such as `DIGEST` or `HMAC`; `OMADM_SCHEME_OTHER` for what is no scheme of
/// messages, such as `TRANSPORT`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_scheme_from_account_type(
    name: *const c_char,
    name_len: usize,
    scheme: *mut u32,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (name, out) = unsafe { (text(name, name_len, "name")?, Out::new(scheme, "scheme")?) };
        out.set(omadm_scheme::number(Scheme::from_account_type(name)));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// A1: `MD5(name ":" secret)`, all that a verifier needs to store. Whoever has it can make credentials: keep it like the secret.
///
/// `a1` receives 16 octets. Name and secret may hold any octets; their lengths may be `OMADM_NUL`. Neither may be NULL, so that a secret that was forgotten is
/// not taken for an empty one. The MD5 of these schemes is broken as a
/// hash: use them below TLS, with secrets and nonces of at least 16 random octets (OMA DM security 1.2.1).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_a1(
    name: *const c_char,
    name_len: usize,
    secret: *const c_char,
    secret_len: usize,
    a1: *mut u8,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        required(name, "name")?;
        required(secret, "secret")?;
        // SAFETY: the contract.
        let (name, secret, out) =
            unsafe { (octets(name, name_len, "name")?, octets(secret, secret_len, "secret")?, digest_out(a1, "a1")?) };
        out.set(*auth::a1_digest(name, secret).octets());
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The digest of scheme md5: `MD5(b64(A1) ":" nonce)`. `a1` has 16 octets, `digest` receives 16. The nonce is decoded: never its base64.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_md5_digest(
    a1: *const u8,
    nonce: *const u8,
    nonce_len: usize,
    digest: *mut u8,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (a1, nonce, out) =
            unsafe { (self::digest(a1, "a1")?, slice(nonce, nonce_len, "nonce")?, digest_out(digest, "digest")?) };
        out.set(auth::md5_digest(&A1::from_octets(a1), nonce));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The MAC over a whole message as it is sent: `MD5(b64(A1) ":" nonce ":" b64(MD5(body)))`. `a1` has 16 octets, `mac` receives 16. For
/// `omadm_hmac_header_encode`. Whatever its name, it is not the HMAC of RFC 2104.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_mac_digest(
    a1: *const u8,
    nonce: *const u8,
    nonce_len: usize,
    body: *const u8,
    body_len: usize,
    mac: *mut u8,
    error: *mut omadm_error,
) -> omadm_rc {
    let run = || {
        // SAFETY: the contract.
        let (a1, nonce, body, out) = unsafe {
            (
                digest(a1, "a1")?,
                slice(nonce, nonce_len, "nonce")?,
                slice(body, body_len, "body")?,
                digest_out(mac, "mac")?,
            )
        };
        out.set(auth::mac_digest(&A1::from_octets(a1), nonce, body));
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, run) }
}

/// Compares two digests of 16 octets in a time that does not depend on where they differ: `OMADM_OK` if they are equal, `OMADM_REFUSED` if not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_digests_match(left: *const u8, right: *const u8, error: *mut omadm_error) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (left, right) = unsafe { (digest(left, "left")?, digest(right, "right")?) };
        if auth::digests_match(&left, &right) { Ok(()) } else { Err(Failure::REFUSED) }
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// `Cred/Data` of scheme basic: `b64(name ":" secret)`. It is the secret in all but name.
///
/// `room` receives the text and a zero octet, as in `omadm_error_describe`; `*length` its length without that, also with
/// `OMADM_BUFFER_TOO_SMALL`. `Meta` has to say the scheme's name as `Type` and `b64` as `Format`. Name and secret as in `omadm_a1`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_cred_basic(
    name: *const c_char,
    name_len: usize,
    secret: *const c_char,
    secret_len: usize,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        required(name, "name")?;
        required(secret, "secret")?;
        // SAFETY: the contract.
        let (name, secret, room, length) = unsafe {
            (
                octets(name, name_len, "name")?,
                octets(secret, secret_len, "secret")?,
                self::room(room.cast(), room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        room.give_text(CredData::basic(name, secret).as_str(), length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// `Cred/Data` of scheme md5: the base64 of `omadm_md5_digest`, 24 characters. The name that was hashed goes into `Source/LocName` of the
/// header. `room` and `length` as in `omadm_cred_basic`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_cred_md5(
    a1: *const u8,
    nonce: *const u8,
    nonce_len: usize,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (a1, nonce, room, length) = unsafe {
            (
                digest(a1, "a1")?,
                slice(nonce, nonce_len, "nonce")?,
                self::room(room.cast(), room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        room.give_text(CredData::md5(&A1::from_octets(a1), nonce).as_str(), length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Checks the `Cred` in a message's header against what is stored of the peer. `OMADM_OK`, and nothing else, says that the peer has the secret.
///
/// `scheme` is the one that was asked for: `OMADM_SCHEME_BASIC` or `OMADM_SCHEME_MD5`. `a1` has 16 octets; whose it has to be, the header's
/// `source_name` says, or `omadm_message_basic_name`. `nonces[0]` is the nonce that is due, decoded; others are tried after it, such as
/// four zero octets where a peer may have lost its nonce (OMA DM security 1.2.1). `*nonce`, which may be NULL, receives the place of the one that
/// fitted: above 0 both sides go on with that one, and the session has to give both new nonces. Basic does not use them, but one has to be there.
///
/// `OMADM_NOT_FOUND`: there are no credentials, to be answered with 407. `OMADM_REFUSED`: wrong secret or nonce, 401. `OMADM_ANOTHER_SCHEME`:
/// credentials of another scheme, or one that cannot be checked here; a peer that answers a challenge so ends the session.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_verify_cred(
    message: *const omadm_message,
    scheme: u32,
    a1: *const u8,
    nonces: *const omadm_bytes,
    nonce_count: usize,
    nonce: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, a1, nonces, nonce) = unsafe {
            (
                handle(message, "message")?,
                digest(a1, "a1")?,
                self::nonces(nonces, nonce_count)?,
                Out::optional(nonce, "nonce")?,
            )
        };
        let row = SCHEMES.iter().find(|(number, ..)| *number as u32 == scheme);
        let (_, scheme, _) = *row.ok_or(Failure::argument("scheme"))?;
        let cred = message.header().cred().ok_or(Failure::not_found("cred"))?;
        nonce.set(judge(&nonces, |nonces| cred.verify(scheme, &A1::from_octets(a1), nonces))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The name in the header's `Cred` of scheme basic: what stands before its first colon, not verified. `OMADM_NOT_FOUND` where there is none.
/// `room` and `length` as in `omadm_cred_basic`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_basic_name(
    message: *const omadm_message,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, room, length) = unsafe {
            (handle(message, "message")?, self::room(room.cast(), room_len, "room")?, Out::new(length, "length")?)
        };
        let name = message.header().cred().and_then(|cred| cred.basic_name());
        room.give_text(&name.ok_or(Failure::not_found("name"))?, length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The nonce in the `Chal` of the `Status` with this index, decoded: the one to be used next. It is kept only when the peer has authenticated
/// itself (OMA DM security 1.2.1).
///
/// `OMADM_NOT_FOUND` if the command has no `Chal`, or that no nonce. `room` receives the octets, `*length` how many they are, also with
/// `OMADM_BUFFER_TOO_SMALL`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_message_next_nonce(
    message: *const omadm_message,
    command: usize,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (message, room, length) =
            unsafe { (handle(message, "message")?, self::room(room, room_len, "room")?, Out::new(length, "length")?) };
        let chal = message.command(command)?.chal().ok_or(Failure::not_found("chal"))?;
        let nonce = chal.next_nonce()?.ok_or(Failure::not_found("next_nonce"))?;
        room.give(nonce.octets(), length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The octets of a nonce from its base64, as `NextNonce` and `AAuthData` have it. Blanks and missing padding are accepted. `room` and `length` as in
/// `omadm_message_next_nonce`. Errors: `OMADM_E_INVALID_BASE64`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_nonce_from_base64(
    base64: *const c_char,
    base64_len: usize,
    room: *mut u8,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (base64, room, length) = unsafe {
            (text(base64, base64_len, "base64")?, self::room(room, room_len, "room")?, Out::new(length, "length")?)
        };
        room.give(Nonce::from_base64(base64)?.octets(), length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The base64 of a nonce. `room` and `length` as in `omadm_cred_basic`. `OMADM_E_INPUT_TOO_LARGE` above 4 GiB.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_nonce_to_base64(
    nonce: *const u8,
    nonce_len: usize,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (nonce, room, length) = unsafe {
            (
                to_copy(slice(nonce, nonce_len, "nonce")?)?,
                self::room(room.cast(), room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        room.give_text(&Nonce::new(nonce).to_base64(), length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// The value of the transport's header `x-syncml-hmac` for a name and a MAC of 16 octets (OMA DM security 1.2.1). `room` and `length` as in
/// `omadm_cred_basic`. Errors: `OMADM_E_AUTH_HEADER_NAME` for a name with a control character.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_hmac_header_encode(
    username: *const c_char,
    username_len: usize,
    mac: *const u8,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        required(username, "username")?;
        // SAFETY: the contract.
        let (username, mac, room, length) = unsafe {
            (
                text(username, username_len, "username")?,
                digest(mac, "mac")?,
                self::room(room.cast(), room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        room.give_text(&HmacHeader::encode(username, &mac)?, length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Whose secret the value of a header `x-syncml-hmac` claims to be made with: to be compared with the header's `source_name`, and to find the A1
/// for `omadm_hmac_header_verify`. Not verified. `room` and `length` as in `omadm_cred_basic`.
///
/// Errors: 8xx, `OMADM_E_INVALID_BASE64` and `OMADM_E_INVALID_UTF8`, with the offset in `value`. All of them mean that the message is not authenticated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_hmac_header_username(
    value: *const c_char,
    value_len: usize,
    room: *mut c_char,
    room_len: usize,
    length: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let body = || {
        // SAFETY: the contract.
        let (value, room, length) = unsafe {
            (
                octets(value, value_len, "value")?,
                self::room(room.cast(), room_len, "room")?,
                Out::new(length, "length")?,
            )
        };
        room.give_text(HmacHeader::decode(value)?.username(), length)
    };
    // SAFETY: the contract.
    unsafe { enter(error, body) }
}

/// Checks the MAC in the value of a header `x-syncml-hmac` over `body`, the complete message as it came in. `OMADM_OK`, and nothing else, says
/// that the peer has the secret and sent this. `a1`, `nonces` and `*nonce` as in `omadm_message_verify_cred`.
///
/// `OMADM_REFUSED`: wrong secret, nonce or message. `OMADM_ANOTHER_SCHEME`: an algorithm other than MD5. Errors as in `omadm_hmac_header_username`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn omadm_hmac_header_verify(
    value: *const c_char,
    value_len: usize,
    a1: *const u8,
    nonces: *const omadm_bytes,
    nonce_count: usize,
    body: *const u8,
    body_len: usize,
    nonce: *mut usize,
    error: *mut omadm_error,
) -> omadm_rc {
    let run = || {
        // SAFETY: the contract.
        let (value, a1, nonces, body, nonce) = unsafe {
            (
                octets(value, value_len, "value")?,
                digest(a1, "a1")?,
                self::nonces(nonces, nonce_count)?,
                slice(body, body_len, "body")?,
                Out::optional(nonce, "nonce")?,
            )
        };
        let header = HmacHeader::decode(value)?;
        nonce.set(judge(&nonces, |nonces| header.verify(&A1::from_octets(a1), nonces, body))?);
        Ok(())
    };
    // SAFETY: the contract.
    unsafe { enter(error, run) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_have_the_names_of_the_library() {
        for (number, scheme, name) in SCHEMES {
            assert_eq!(name.to_str(), Ok(scheme.name()));
            assert_eq!(omadm_scheme::number(Scheme::from_name(scheme.name())), number as u32);
        }
        assert_eq!(omadm_scheme::number(Scheme::Other("x")), 0);
    }
}
