// Package #0 of DM 1.1 and 1.2 and of data synchronisation, and the binary carriers that it comes in: WSP, SMS, CDMA. See omadm.hpp.
#ifndef OMADM_NOTIFICATION_HPP
#define OMADM_NOTIFICATION_HPP

#include "auth.hpp"

namespace omadm {

/// The server's half of an account: a secret or an A1, and the nonce, decoded. It lends them. An empty nonce has a data(), an absent one is refused.
struct server_credentials : omadm_server_credentials {
    server_credentials(std::string_view server_secret, octets server_nonce, omadm_resync policy = OMADM_RESYNC_REFUSE) noexcept
        : server_credentials(server_nonce, policy) {
        secret = detail::str(server_secret);
    }
    server_credentials(const digest &stored, octets server_nonce, omadm_resync policy = OMADM_RESYNC_REFUSE) noexcept
        : server_credentials(server_nonce, policy) {
        a1 = stored.data();
    }
    server_credentials(digest &&, octets, omadm_resync = OMADM_RESYNC_REFUSE) = delete;

private:
    server_credentials(octets server_nonce, omadm_resync policy) noexcept
        : omadm_server_credentials(OMADM_SERVER_CREDENTIALS_INIT) {
        nonce = detail::bytes(server_nonce);
        resync = policy;
    }
};

/// What a notification claims, unverified: to find the account, or to show it. A session is begun from a notification, and from nothing else. It lends the octets
/// that it was read from.
class notification_claim {
public:
    static result<notification_claim> decode(octets input, omadm_media_type media_type = OMADM_MEDIA_NONE) {
        return detail::look<notification_claim, omadm_notification_fields>([&](omadm_notification_fields *fields, omadm_error *error) {
            return omadm_notification_decode(input.data(), input.size(), media_type, fields, error);
        });
    }
    explicit notification_claim(const omadm_notification_fields &raw) noexcept : raw_(raw) {}
    std::string_view server_id() const noexcept { return view(raw_.server_id); }
    std::uint32_t session_id() const noexcept { return raw_.session_id; }
    std::uint32_t version() const noexcept { return raw_.version; }
    omadm_ui_mode ui_mode() const noexcept { return static_cast<omadm_ui_mode>(raw_.ui_mode); }
    omadm_initiator initiator() const noexcept { return static_cast<omadm_initiator>(raw_.initiator); }
    octets vendor() const noexcept { return raw_.vendor; }
    const omadm_notification_fields &raw() const noexcept { return raw_; }

private:
    omadm_notification_fields raw_;
};

/// A synchronisation that a notification asks for; lent by it.
class sync_alert {
public:
    sync_alert() noexcept = default;
    explicit sync_alert(const omadm_sync_alert &raw) noexcept : raw_(raw) {}
    std::uint32_t code() const noexcept { return raw_.code; }
    std::uint32_t content_type() const noexcept { return raw_.content_type; }
    std::string_view uri() const noexcept { return view(raw_.uri); }
    const omadm_sync_alert &raw() const noexcept { return raw_; }

private:
    omadm_sync_alert raw_{};
};

/// A session id as SessionID spells it, such as 1A.
inline std::string session_id_text(std::uint32_t session_id) {
    return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
               return omadm_session_id_text(session_id, room, size, length, error);
           })
        .value_or({});
}

/// A notification whose digest is the server's. There is none that was not verified: only open() makes one.
///
///     auto claim = omadm::notification_claim::decode(payload->body(), payload->media_type());
///     if (claim && find_account(claim->server_id(), &secret, &nonce))
///         if (auto wanted = omadm::notification::open(payload->body(), payload->media_type(), {secret, nonce}))
///             begin_session(*wanted);
///
/// Copied freely: it owns nothing, and lends the octets that it was read from. OMADM_REFUSED: not from this server; to be ignored without an answer.
class notification {
public:
    static result<notification> open(octets input, omadm_media_type media_type, const server_credentials &credentials) {
        return detail::look<notification, omadm_notification>([&](omadm_notification *opened, omadm_error *error) {
            return omadm_notification_open(input.data(), input.size(), media_type, &credentials, opened, error);
        });
    }
    std::string_view server_id() const noexcept { return view(raw_.server_id); }
    /// The session that the server wants; one that repeats itself uses the same.
    std::uint32_t session_id() const noexcept { return raw_.session_id; }
    std::string session_id_text() const { return omadm::session_id_text(raw_.session_id); }
    /// What to do about the user.
    omadm_prompt prompt() const noexcept { return static_cast<omadm_prompt>(raw_.prompt); }
    omadm_ui_mode ui_mode() const noexcept { return static_cast<omadm_ui_mode>(raw_.ui_mode); }
    omadm_initiator initiator() const noexcept { return static_cast<omadm_initiator>(raw_.initiator); }
    /// Whether the server has lost its nonce: the session has to give new ones.
    bool by_resync_nonce() const noexcept { return raw_.by_resync_nonce != 0; }
    octets vendor() const noexcept { return raw_.vendor; }
    /// The synchronisations that it asks for, as a range; none unless it was opened as OMADM_MEDIA_DATA_SYNC.
    auto sync_alerts() const {
        return detail::indexed<sync_alert, omadm_sync_alert>(
            [of = raw_](std::size_t first, omadm_sync_alert *batch, std::size_t capacity, std::size_t *written) {
                omadm_notification_sync_alerts(&of, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    const omadm_notification &raw() const noexcept { return raw_; }

private:
    template <class View, class Raw, class Call> friend result<View> detail::look(Call call);
    explicit notification(const omadm_notification &raw) noexcept : raw_(raw) {}
    omadm_notification raw_;
};

/// A notification to be written, for servers and tests: new_notification("dm.example.com", 0x1A).initiator(OMADM_INITIATOR_SERVER).encode(credentials). It
/// lends its texts.
class new_notification {
public:
    new_notification(std::string_view server_id, std::uint32_t session_id) noexcept {
        raw_.server_id = detail::str(server_id);
        raw_.session_id = session_id;
    }
    new_notification &ui_mode(omadm_ui_mode mode) noexcept { return raw_.ui_mode = mode, *this; }
    new_notification &initiator(omadm_initiator initiator) noexcept { return raw_.initiator = initiator, *this; }
    new_notification &vendor(octets vendor) noexcept { return raw_.vendor = detail::bytes(vendor), *this; }
    const omadm_notification_fields &raw() const noexcept { return raw_; }

    result<std::vector<std::uint8_t>> encode(const server_credentials &credentials) const {
        return detail::write_octets([&](std::uint8_t *room, std::size_t size, std::size_t *length, omadm_error *error) {
            return omadm_notification_encode(&raw_, &credentials, room, size, length, error);
        });
    }

private:
    omadm_notification_fields raw_ = OMADM_NOTIFICATION_FIELDS_INIT;
};

/// A notification as a carrier brought it, not yet read; lends the carrier's octets.
class push_payload {
public:
    /// Out of a WSP push. Others: see unstable.hpp.
    static result<push_payload> of_wsp(octets input) {
        return detail::look<push_payload, omadm_push_payload>([&](omadm_push_payload *payload, omadm_error *error) {
            return omadm_wsp_payload(input.data(), input.size(), payload, error);
        });
    }
    explicit push_payload(const omadm_push_payload &raw) noexcept : raw_(raw) {}
    /// One that came without a carrier.
    explicit push_payload(octets body, omadm_media_type media_type = OMADM_MEDIA_NONE) noexcept : raw_(OMADM_PUSH_PAYLOAD_INIT) {
        raw_.body = detail::bytes(body);
        raw_.media_type = media_type;
        raw_.expires = OMADM_NONE;
    }
    octets body() const noexcept { return raw_.body; }
    omadm_media_type media_type() const noexcept { return static_cast<omadm_media_type>(raw_.media_type); }
    /// Where the body begins in the carrier's octets.
    std::uint64_t offset() const noexcept { return raw_.offset; }
    /// What the carrier says of its expiry; the seconds since 1970-01-01 UTC are OMADM_NONE but for OMADM_EXPIRES_AT.
    omadm_expires expiry() const noexcept { return static_cast<omadm_expires>(raw_.expiry); }
    std::uint64_t expires() const noexcept { return raw_.expires; }
    const omadm_push_payload &raw() const noexcept { return raw_; }

private:
    omadm_push_payload raw_;
};

/// All that a carrier says, of a push of any content; lends the carrier's octets. Numbers that it does not say are OMADM_NO_CODE.
class push {
public:
    static result<push> of_wsp(octets input) {
        return detail::look<push, omadm_push>(
            [&](omadm_push *read, omadm_error *error) { return omadm_wsp_decode(input.data(), input.size(), read, error); });
    }
    explicit push(const omadm_push &raw) noexcept : raw_(raw) {}
    std::uint32_t content_type() const noexcept { return raw_.content_type; }
    std::string_view content_type_name() const noexcept { return view(raw_.content_type_name); }
    std::uint32_t application_id() const noexcept { return raw_.application_id; }
    std::string_view application_urn() const noexcept { return view(raw_.application_urn); }
    /// Where it is posted to, or whom it is for; absent in WSP, which has a port.
    std::string_view target() const noexcept { return view(raw_.target); }
    std::uint32_t destination_port() const noexcept { return raw_.destination_port; }
    std::uint32_t segments() const noexcept { return raw_.segments; }
    octets headers() const noexcept { return raw_.headers; }
    octets body() const noexcept { return raw_.body; }
    const omadm_push &raw() const noexcept { return raw_; }

private:
    omadm_push raw_;
};

/// A push to be written, for servers and tests: new_push(OMADM_MEDIA_DM12, body).encode_wsp(). It lends its texts and keeps lists of them.
class new_push {
public:
    /// Of OMNA's number of the content type, or of its name.
    new_push(std::uint32_t content_type, octets body) noexcept {
        raw_.content_type = content_type;
        raw_.body = detail::bytes(body);
    }
    new_push(std::string_view content_type, octets body) noexcept : new_push(0, body) { raw_.content_type_name = detail::str(content_type); }
    new_push &application_id(std::uint32_t id) noexcept { return raw_.application_id = id, *this; }
    new_push &application_urn(std::string_view urn) noexcept { return raw_.application_urn = detail::str(urn), *this; }
    new_push &transaction_id(std::uint32_t id) noexcept { return raw_.transaction_id = id, *this; }
    /// In seconds since 1970-01-01 UTC.
    new_push &expires(std::uint64_t seconds) noexcept { return raw_.expires = seconds, *this; }
    /// PAP: from when it may be delivered. SIP: when it is sent, and how many seconds after that it expires.
    new_push &deliver_after(std::uint64_t seconds) noexcept { return raw_.deliver_after = seconds, *this; }
    new_push &date(std::uint64_t seconds, std::uint32_t lifetime) noexcept {
        raw_.date = seconds;
        raw_.lifetime = lifetime;
        return *this;
    }
    new_push &target(std::string_view target) noexcept { return raw_.target = detail::str(target), *this; }
    new_push &host(std::string_view host) noexcept { return raw_.host = detail::str(host), *this; }
    new_push &push_id(std::string_view id) noexcept { return raw_.push_id = detail::str(id), *this; }
    new_push &source_reference(std::string_view who) noexcept { return raw_.source_reference = detail::str(who), *this; }
    new_push &notify_to(std::string_view uri) noexcept { return raw_.notify_to = detail::str(uri), *this; }
    new_push &boundary(std::string_view text) noexcept { return raw_.boundary = detail::str(text), *this; }
    new_push &wsp_headers(octets headers) noexcept { return raw_.wsp_headers = detail::bytes(headers), *this; }
    /// A header in text, and a device for a push proxy: one more each time.
    new_push &header(std::string_view name, std::string_view value) {
        headers_.push_back({sizeof(omadm_push_header), 0, detail::str(name), detail::str(value)});
        return *this;
    }
    new_push &address(std::string_view address) { return addresses_.push_back(detail::str(address)), *this; }
    /// All that can be said; valid as long as this is not changed.
    omadm_push_fields raw() const noexcept {
        omadm_push_fields raw = raw_;
        raw.headers = headers_.data();
        raw.header_count = headers_.size();
        raw.addresses = addresses_.data();
        raw.address_count = addresses_.size();
        return raw;
    }

    result<std::vector<std::uint8_t>> encode_wsp() const {
        omadm_push_fields fields = raw();
        return detail::write_octets([&](std::uint8_t *room, std::size_t size, std::size_t *length, omadm_error *error) {
            return omadm_wsp_encode(&fields, room, size, length, error);
        });
    }

private:
    omadm_push_fields raw_ = OMADM_PUSH_FIELDS_INIT;
    std::vector<omadm_push_header> headers_;
    std::vector<omadm_str> addresses_;
};

/// Cuts a push into short messages, each with its user data header.
inline result<std::vector<std::vector<std::uint8_t>>> sms_split(octets push, std::uint32_t reference, std::uint32_t reference_bits = 8,
                                                                std::uint32_t destination_port = OMADM_PUSH_PORT,
                                                                std::uint32_t source_port = 49154) {
    error wrong;
    std::size_t count = 0;
    std::vector<std::uint8_t> room, lengths;
    omadm_rc rc;
    do {
        room.resize(count * OMADM_SMS_SIZE);
        lengths.resize(count);
        rc = omadm_sms_split(push.data(), push.size(), destination_port, source_port, reference, reference_bits, room.data(), lengths.data(),
                             lengths.size(), &count, wrong.raw());
    } while (rc == OMADM_BUFFER_TOO_SMALL && count > lengths.size());
    if (rc != OMADM_OK)
        return wrong;
    std::vector<std::vector<std::uint8_t>> segments;
    for (std::size_t at = 0; at < count; at++) {
        const std::uint8_t *segment = room.data() + at * OMADM_SMS_SIZE;
        segments.emplace_back(segment, segment + lengths[at]);
    }
    return result<std::vector<std::vector<std::uint8_t>>>(std::move(segments));
}

/// A message of which segments are missing; lent by the joiner until that is used for something else.
class sms_incomplete {
public:
    sms_incomplete() noexcept = default;
    explicit sms_incomplete(const omadm_sms_incomplete &raw) noexcept : raw_(raw) {}
    octets sender() const noexcept { return raw_.sender; }
    std::uint32_t total() const noexcept { return raw_.total; }
    std::uint32_t missing() const noexcept { return raw_.missing; }
    const omadm_sms_incomplete &raw() const noexcept { return raw_; }

private:
    omadm_sms_incomplete raw_{};
};

/// Puts together the segments of short messages and of CDMA's, in whatever order they come.
///
/// Owned, move-only, of one thread. What it holds is bounded by limit_segments. Times are the caller's, in seconds, or always 0.
class sms_joiner : public detail::owner<omadm_sms_joiner, omadm_sms_joiner_free> {
public:
    using owner::owner;

    static result<sms_joiner> make(const omadm_options *options = nullptr) {
        return detail::make<sms_joiner, omadm_sms_joiner>(
            [&](omadm_sms_joiner **made, omadm_error *error) { return omadm_sms_joiner_new(options, made, error); });
    }
    /// Takes the user data of a short message that has a header in it. The value is the message, for push_payload::of_wsp(); OMADM_END: the segment was taken,
    /// and others are missing.
    result<buffer> add(octets sender, octets segment, std::uint64_t now = 0) {
        return detail::fill([&](omadm_buffer *push, omadm_error *error) {
            return omadm_sms_joiner_add(get(), sender.data(), sender.size(), segment.data(), segment.size(), now, push, error);
        });
    }
    /// The same of CDMA; `identifier` is that of the layer below.
    result<buffer> add_cdma(octets sender, std::uint32_t identifier, octets segment, std::uint64_t now = 0) {
        return detail::fill([&](omadm_buffer *push, omadm_error *error) {
            return omadm_sms_joiner_add_cdma(get(), sender.data(), sender.size(), identifier, segment.data(), segment.size(), now, push,
                                             error);
        });
    }
    /// The messages of which something is missing, as a range.
    auto incomplete() const {
        return detail::indexed<sms_incomplete, omadm_sms_incomplete>(
            [handle = get()](std::size_t first, omadm_sms_incomplete *batch, std::size_t capacity, std::size_t *written) {
                omadm_sms_joiner_incomplete(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// Gives up the messages that began before this time, and says how many.
    result<std::size_t> forget_before(std::uint64_t time) {
        return detail::ask<std::size_t>([&](std::size_t &forgotten, omadm_error *error) {
            return omadm_sms_joiner_forget_before(get(), time, &forgotten, error);
        });
    }
};

} // namespace omadm

#endif // OMADM_NOTIFICATION_HPP
