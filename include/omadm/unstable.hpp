// What is young, or rests on what no public standard says: notifications of all formats with hints and options, carriers in text. It may change in any release.
// See omadm.hpp.
#ifndef OMADM_UNSTABLE_HPP
#define OMADM_UNSTABLE_HPP

#include "notification.hpp"

namespace omadm {
namespace unstable {

/// A session hint, or an option of DM 1.3: to be read, when the notification lends it; or to be sent, made by one of these functions, when it lends its text.
class value {
public:
    value() noexcept = default;
    explicit value(const omadm_unstable_value &raw) noexcept : raw_(raw) {}
    static value of_number(std::uint32_t subject, std::uint64_t number) noexcept {
        value made(subject, OMADM_UNSTABLE_FORM_NUMBER);
        made.raw_.number = number;
        return made;
    }
    static value of_text(std::uint32_t subject, std::string_view text) noexcept {
        value made(subject, OMADM_UNSTABLE_FORM_TEXT);
        made.raw_.text = detail::str(text);
        return made;
    }
    static value of_octets(std::uint32_t subject, omadm::octets octets) noexcept {
        value made(subject, OMADM_UNSTABLE_FORM_OCTETS);
        made.raw_.octets = detail::bytes(octets);
        return made;
    }
    /// An omadm_unstable_hint, or an omadm_unstable_option, or another number.
    std::uint32_t subject() const noexcept { return raw_.subject; }
    /// Which of the next three it is.
    omadm_unstable_form form() const noexcept { return static_cast<omadm_unstable_form>(raw_.form); }
    std::uint64_t number() const noexcept { return raw_.number; }
    std::string_view text() const noexcept { return view(raw_.text); }
    omadm::octets octets() const noexcept { return raw_.octets; }
    const omadm_unstable_value &raw() const noexcept { return raw_; }

private:
    value(std::uint32_t subject, omadm_unstable_form form) noexcept : raw_(OMADM_UNSTABLE_VALUE_INIT) {
        raw_.subject = subject;
        raw_.form = form;
    }
    omadm_unstable_value raw_ = OMADM_UNSTABLE_VALUE_INIT;
};

namespace detail {
inline std::vector<omadm_unstable_value> raw_values(const std::vector<value> &values) {
    std::vector<omadm_unstable_value> raw;
    raw.reserve(values.size());
    for (const value &one : values)
        raw.push_back(one.raw());
    return raw;
}
} // namespace detail

/// A notification of any format whose digest is the server's, with what the server asks of the session.
///
/// Owned, move-only, never changed: many threads may read one. Its octets are its own; what it lends is valid as long as it. One that was moved from is empty. Opening
/// fails as omadm::notification::open() does.
class notification : public omadm::detail::owner<omadm_unstable_notification, omadm_unstable_notification_free> {
public:
    using owner::owner;

    static result<notification> open(const push_payload &payload, const server_credentials &credentials,
                                     omadm_unstable_layout layout = OMADM_UNSTABLE_LAYOUT_NONE) {
        return omadm::detail::make<notification, omadm_unstable_notification>([&](omadm_unstable_notification **made, omadm_error *error) {
            return omadm_unstable_notification_open(&payload.raw(), layout, &credentials, made, error);
        });
    }
    /// What one claims, without a check.
    static result<notification_claim> decode(const push_payload &payload, omadm_unstable_layout layout = OMADM_UNSTABLE_LAYOUT_NONE) {
        return omadm::detail::look<notification_claim, omadm_notification_fields>(
            [&](omadm_notification_fields *fields, omadm_error *error) {
                return omadm_unstable_notification_decode(&payload.raw(), layout, fields, error);
            });
    }
    /// Its fields.
    result<omadm::notification> summary() const {
        return omadm::detail::look<omadm::notification, omadm_notification>(
            [&](omadm_notification *summary, omadm_error *error) { return omadm_unstable_notification_summary(get(), summary, error); });
    }
    /// Why the session is wanted, and the language of that; absent where it is not said.
    std::string_view reason() const noexcept {
        omadm_str reason{nullptr, 0};
        omadm_unstable_notification_reason(get(), &reason, nullptr, nullptr);
        return view(reason);
    }
    std::string_view reason_language() const noexcept {
        omadm_str reason{nullptr, 0}, language{nullptr, 0};
        omadm_unstable_notification_reason(get(), &reason, &language, nullptr);
        return view(language);
    }
    /// Whether it has expired. `now` is in seconds since 1970-01-01 UTC, OMADM_NONE without a clock; `skew` is how wrong that may be.
    result<omadm_unstable_expiry> expiry(std::uint64_t now, std::uint64_t skew = 0) const {
        std::uint32_t expiry = 0;
        error wrong;
        if (omadm_unstable_notification_expiry(get(), now, skew, &expiry, wrong.raw()) != OMADM_OK)
            return wrong;
        return static_cast<omadm_unstable_expiry>(expiry);
    }
    /// Its session hints by ascending type, as a range; none where they are broken, which check_hints() tells.
    auto hints() const {
        return omadm::detail::indexed<value, omadm_unstable_value>(
            [handle = get()](std::size_t first, omadm_unstable_value *batch, std::size_t capacity, std::size_t *written) {
                omadm_unstable_notification_hints(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// The options of DM 1.3 in their order, as a range; none of other formats.
    auto options() const {
        return omadm::detail::indexed<value, omadm_unstable_value>(
            [handle = get()](std::size_t first, omadm_unstable_value *batch, std::size_t capacity, std::size_t *written) {
                omadm_unstable_notification_options(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// What is wrong with the hints; the value is the version of their format, 0 if there are none.
    result<std::uint32_t> check_hints() const {
        return omadm::detail::ask<std::uint32_t>([&](std::uint32_t &version, omadm_error *error) {
            omadm_bytes rest{nullptr, 0};
            return omadm_unstable_notification_check_hints(get(), &version, &rest, error);
        });
    }
};

/// Session hints as the vendor's octets of a DM 1.2 notification.
inline result<std::vector<std::uint8_t>> encode_hints(const std::vector<value> &values) {
    auto raw = detail::raw_values(values);
    return omadm::detail::write_octets([&](std::uint8_t *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_unstable_hints_encode(raw.data(), sizeof(omadm_unstable_value), raw.size(), room, size, length, error);
    });
}
/// The same as the text for the option Vendor-Info of a DM 1.3 notification.
inline result<std::string> encode_hints_text(const std::vector<value> &values) {
    auto raw = detail::raw_values(values);
    return omadm::detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_unstable_hints_encode_text(raw.data(), sizeof(omadm_unstable_value), raw.size(), room, size, length, error);
    });
}
/// A notification of DM 1.3 with these options, Server-ID among them; what `fields` says of server and vendor does not count.
inline result<std::vector<std::uint8_t>> encode_notification13(omadm_unstable_layout layout, const new_notification &fields,
                                                               const std::vector<value> &options,
                                                               const server_credentials &credentials) {
    auto raw = detail::raw_values(options);
    return omadm::detail::write_octets([&](std::uint8_t *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_unstable_notification13_encode(layout, &fields.raw(), raw.data(), sizeof(omadm_unstable_value), raw.size(),
                                                    &credentials, room, size, length, error);
    });
}
/// The identifier of the management object with this index, static; OMADM_NOT_FOUND for others. And the index of an identifier.
inline result<std::string_view> mo_identifier(std::uint32_t index) {
    omadm_str identifier{nullptr, 0};
    error wrong;
    if (omadm_unstable_mo_identifier(index, &identifier, wrong.raw()) != OMADM_OK)
        return wrong;
    return view(identifier);
}
inline result<std::uint32_t> mo_index(std::string_view identifier) {
    return omadm::detail::ask<std::uint32_t>([&](std::uint32_t &index, omadm_error *error) {
        return omadm_unstable_mo_index(identifier.data(), identifier.size(), &index, error);
    });
}

/// A notification out of a carrier in text; lends its octets. `arrival` is when it came, OMADM_NONE without a clock.
inline result<push_payload> payload(omadm_unstable_carrier carrier, octets input, std::uint64_t arrival = OMADM_NONE,
                                    const omadm_options *options = nullptr) {
    return omadm::detail::look<push_payload, omadm_push_payload>([&](omadm_push_payload *read, omadm_error *error) {
        return omadm_unstable_push_payload(carrier, input.data(), input.size(), options, arrival, read, error);
    });
}
/// The same where headers and body have been parted already.
inline result<push_payload> payload(std::string_view headers, octets body, const omadm_options *options = nullptr) {
    return omadm::detail::look<push_payload, omadm_push_payload>([&](omadm_push_payload *read, omadm_error *error) {
        return omadm_unstable_push_payload_of_parts(headers.data(), headers.size(), body.data(), body.size(), options, read, error);
    });
}
/// All that a carrier in text says.
inline result<push> decode(omadm_unstable_carrier carrier, octets input, std::uint64_t arrival = OMADM_NONE,
                           const omadm_options *options = nullptr) {
    return omadm::detail::look<push, omadm_push>([&](omadm_push *read, omadm_error *error) {
        return omadm_unstable_push_decode(carrier, input.data(), input.size(), options, arrival, read, error);
    });
}
/// A carrier in text, for servers and tests.
inline result<std::vector<std::uint8_t>> encode(omadm_unstable_carrier carrier, const new_push &push) {
    omadm_push_fields fields = push.raw();
    return omadm::detail::write_octets([&](std::uint8_t *room, std::size_t size, std::size_t *length, omadm_error *error) {
        return omadm_unstable_push_encode(carrier, &fields, room, size, length, error);
    });
}

} // namespace unstable
} // namespace omadm

#endif // OMADM_UNSTABLE_HPP
