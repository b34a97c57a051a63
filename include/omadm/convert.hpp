// Whole documents: what they are, and the same in the other encoding. See omadm.hpp.
#ifndef OMADM_CONVERT_HPP
#define OMADM_CONVERT_HPP

#include "base.hpp"

namespace omadm {

/// How a document is converted; begins with the defaults.
struct convert_options : omadm_convert_options {
    explicit convert_options(omadm_layout how = OMADM_LAYOUT_AS_IT_IS, std::uint32_t which = 0) noexcept
        : omadm_convert_options(OMADM_CONVERT_OPTIONS_INIT) {
        layout = how;
        flags = which;
    }
};

/// What octets are.
inline result<omadm_kind> detect(octets input) {
    std::uint32_t kind = 0;
    error wrong;
    if (omadm_detect(input.data(), input.size(), &kind, wrong.raw()) != OMADM_OK)
        return wrong;
    return static_cast<omadm_kind>(kind);
}

/// A document in the other encoding, or in the same.
inline result<buffer> convert(octets input, omadm_encoding encoding, const omadm_convert_options &options = convert_options()) {
    return detail::fill([&](omadm_buffer *converted, omadm_error *error) {
        return omadm_convert(input.data(), input.size(), &options, encoding, converted, error);
    });
}

/// The octets that base64 stands for.
inline result<buffer> octets_from_base64(octets base64) {
    return detail::fill([&](omadm_buffer *decoded, omadm_error *error) {
        return omadm_octets_from_base64(base64.data(), base64.size(), decoded, error);
    });
}

} // namespace omadm

#endif // OMADM_CONVERT_HPP
