// Client-provisioning documents. See omadm.hpp.
#ifndef OMADM_PROVISIONING_HPP
#define OMADM_PROVISIONING_HPP

#include "base.hpp"

namespace omadm {

/// One part of a client-provisioning document; lent by it.
class provisioning_part {
public:
    provisioning_part() noexcept = default;
    explicit provisioning_part(const omadm_provisioning_part &raw) noexcept : raw_(raw) {}
    omadm_provisioning_kind kind() const noexcept { return static_cast<omadm_provisioning_kind>(raw_.kind); }
    std::string_view name() const noexcept { return view(raw_.name); }
    std::string_view value() const noexcept { return view(raw_.value); }
    std::uint64_t offset() const noexcept { return raw_.offset; }
    const omadm_provisioning_part &raw() const noexcept { return raw_; }

private:
    omadm_provisioning_part raw_{};
};

/// A client-provisioning document: characteristics begin and end, with their parms between. It has secrets: do not log it.
///
/// Owned, move-only, and never changed: many threads may read one. What it lends is valid as long as it. One that was moved from is empty.
class provisioning : public detail::owner<omadm_provisioning, omadm_provisioning_free> {
public:
    using owner::owner;

    static result<provisioning> decode(octets input, const omadm_options *options = nullptr) {
        return detail::make<provisioning, omadm_provisioning>([&](omadm_provisioning **made, omadm_error *error) {
            return omadm_provisioning_decode(input.data(), input.size(), options, made, error);
        });
    }
    /// What it came in; 0 if it was moved from.
    omadm_encoding encoding() const noexcept {
        std::uint32_t encoding = 0;
        omadm_provisioning_summary(get(), &encoding, nullptr, nullptr, nullptr);
        return static_cast<omadm_encoding>(encoding);
    }
    /// Absent for 1.0.
    std::string_view version() const noexcept {
        omadm_str version{nullptr, 0};
        omadm_provisioning_summary(get(), nullptr, &version, nullptr, nullptr);
        return view(version);
    }
    std::size_t size() const noexcept {
        std::size_t count = 0;
        omadm_provisioning_summary(get(), nullptr, nullptr, &count, nullptr);
        return count;
    }
    /// The parts in their order, as a range.
    auto parts() const {
        return detail::indexed<provisioning_part, omadm_provisioning_part>(
            [handle = get()](std::size_t first, omadm_provisioning_part *batch, std::size_t capacity, std::size_t *written) {
                omadm_provisioning_parts(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
};

} // namespace omadm

#endif // OMADM_PROVISIONING_HPP
