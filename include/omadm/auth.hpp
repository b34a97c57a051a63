// Authentication of messages: credentials, MACs and nonces of the MD5 family of OMA DM. See omadm.hpp.
//
// Functions without a state. Nonces are octets, decoded from their base64. What verifies returns a value for what is authentic, and for nothing else.
#ifndef OMADM_AUTH_HPP
#define OMADM_AUTH_HPP

#include "message.hpp"

namespace omadm {

/// An A1, a digest or a MAC: an A1 is as good as the secret.
using digest = std::array<std::uint8_t, OMADM_DIGEST_SIZE>;

namespace auth {

/// The name of a scheme in messages, such as syncml:auth-md5; empty for a number that is none.
inline std::string_view scheme_name(omadm_scheme scheme) noexcept {
    const char *name = omadm_scheme_name(scheme);
    return name ? std::string_view(name) : std::string_view();
}
/// The scheme of this name in messages, or in the AAuthType of an account; OMADM_SCHEME_OTHER if it is none of them.
inline omadm_scheme scheme_from_name(std::string_view name) noexcept {
    std::uint32_t scheme = OMADM_SCHEME_OTHER;
    omadm_scheme_from_name(name.data(), name.size(), &scheme, nullptr);
    return static_cast<omadm_scheme>(scheme);
}
inline omadm_scheme scheme_from_account_type(std::string_view name) noexcept {
    std::uint32_t scheme = OMADM_SCHEME_OTHER;
    omadm_scheme_from_account_type(name.data(), name.size(), &scheme, nullptr);
    return static_cast<omadm_scheme>(scheme);
}

/// MD5(name ":" secret): all that a verifier needs to store.
inline result<digest> a1(std::string_view name, std::string_view secret) {
    return detail::ask<digest>([&](digest &made, omadm_error *error) {
        return omadm_a1(name.data(), name.size(), secret.data(), secret.size(), made.data(), error);
    });
}
/// The digest of scheme md5.
inline result<digest> md5_digest(const digest &a1, octets nonce) {
    return detail::ask<digest>([&](digest &made, omadm_error *error) {
        return omadm_md5_digest(a1.data(), nonce.data(), nonce.size(), made.data(), error);
    });
}
/// The MAC over a whole message, for hmac_header().
inline result<digest> mac_digest(const digest &a1, octets nonce, octets body) {
    return detail::ask<digest>([&](digest &made, omadm_error *error) {
        return omadm_mac_digest(a1.data(), nonce.data(), nonce.size(), body.data(), body.size(), made.data(), error);
    });
}
/// Compares in a time that does not depend on where they differ.
inline bool digests_match(const digest &left, const digest &right) noexcept {
    return omadm_digests_match(left.data(), right.data(), nullptr) == OMADM_OK;
}

/// Cred/Data of scheme basic and of scheme md5, for builder::cred().
inline result<std::string> cred_basic(std::string_view name, std::string_view secret) {
    return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_cred_basic(name.data(), name.size(), secret.data(), secret.size(), room, size, length, error);
    });
}
inline result<std::string> cred_md5(const digest &a1, octets nonce) {
    return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_cred_md5(a1.data(), nonce.data(), nonce.size(), room, size, length, error);
    });
}

/// Checks the Cred in a message's header. The value is the place of the nonce that fitted: above 0 it was not the one that was due.
///
/// OMADM_NOT_FOUND: there are no credentials, 407. OMADM_REFUSED: 401. OMADM_ANOTHER_SCHEME: another scheme than was asked for.
inline result<std::size_t> verify_cred(const message &of, omadm_scheme scheme, const digest &a1, const std::vector<octets> &nonces) {
    std::vector<omadm_bytes> list;
    for (octets nonce : nonces)
        list.push_back(detail::bytes(nonce));
    return detail::ask<std::size_t>([&](std::size_t &fitted, omadm_error *error) {
        return omadm_message_verify_cred(of.get(), scheme, a1.data(), list.data(), list.size(), &fitted, error);
    });
}
/// The name in the header's Cred of scheme basic, not verified.
inline result<std::string> basic_name(const message &of) {
    return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_message_basic_name(of.get(), room, size, length, error);
    });
}
/// The nonce in the Chal of a Status, decoded.
inline result<std::vector<std::uint8_t>> next_nonce(const message &of, const command &status) {
    return detail::write_octets([&](std::uint8_t *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_message_next_nonce(of.get(), status.index(), room, size, length, error);
    });
}
inline result<std::vector<std::uint8_t>> nonce_from_base64(std::string_view base64) {
    return detail::write_octets([&](std::uint8_t *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_nonce_from_base64(base64.data(), base64.size(), room, size, length, error);
    });
}
inline result<std::string> nonce_to_base64(octets nonce) {
    return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_nonce_to_base64(nonce.data(), nonce.size(), room, size, length, error);
    });
}

/// The value of the transport's header x-syncml-hmac.
inline result<std::string> hmac_header(std::string_view username, const digest &mac) {
    return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_hmac_header_encode(username.data(), username.size(), mac.data(), room, size, length, error);
    });
}
/// Whose secret such a value claims to be made with, not verified: to find the A1.
inline result<std::string> hmac_username(std::string_view value) {
    return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_hmac_header_username(value.data(), value.size(), room, size, length, error);
    });
}
/// Checks the MAC in such a value over a message as it came in. Values and errors as of verify_cred(), but for OMADM_NOT_FOUND.
inline result<std::size_t> verify_hmac(std::string_view value, const digest &a1, const std::vector<octets> &nonces, octets body) {
    std::vector<omadm_bytes> list;
    for (octets nonce : nonces)
        list.push_back(detail::bytes(nonce));
    return detail::ask<std::size_t>([&](std::size_t &fitted, omadm_error *error) {
        return omadm_hmac_header_verify(value.data(), value.size(), a1.data(), list.data(), list.size(), body.data(), body.size(), &fitted,
                                        error);
    });
}

} // namespace auth
} // namespace omadm

#endif // OMADM_AUTH_HPP
