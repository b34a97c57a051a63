// Packages of several messages. See omadm.hpp.
#ifndef OMADM_PACKAGE_HPP
#define OMADM_PACKAGE_HPP

#include "message.hpp"

namespace omadm {

/// The order of the messages of one package, up to the one with Final. The messages are not kept.
///
/// Owned, move-only, of one thread. One that was moved from is empty.
class package : public detail::owner<omadm_package, omadm_package_free> {
public:
    using owner::owner;

    /// `first_msg_id` is 1 in a session's first package, then next_msg_id() of the peer's last one.
    static result<package> make(std::uint32_t first_msg_id) {
        return detail::make<package, omadm_package>(
            [&](omadm_package **made, omadm_error *error) { return omadm_package_new(first_msg_id, made, error); });
    }
    /// Takes the next message: whether more follow, the package is complete, or this is the message before, once more. After an error it is as before.
    result<omadm_package_step> push(const message &next) {
        std::uint32_t step = 0;
        error wrong;
        if (omadm_package_push(get(), next.get(), &step, wrong.raw()) != OMADM_OK)
            return wrong;
        return static_cast<omadm_package_step>(step);
    }
    /// The MsgID that is due.
    std::uint32_t next_msg_id() const noexcept {
        std::uint32_t next = 0;
        omadm_package_summary(get(), &next, nullptr, nullptr);
        return next;
    }
    bool is_complete() const noexcept {
        std::uint32_t is_complete = 0;
        omadm_package_summary(get(), nullptr, &is_complete, nullptr);
        return is_complete != 0;
    }
};

/// Whether a message asks for the next one of the package, by Alert 1222; and whether it says nothing else.
struct asked_for_next {
    bool asks;
    bool is_all;
};
inline result<asked_for_next> asks_for_next(const message &of) {
    std::uint32_t asks = 0, is_all = 0;
    error wrong;
    if (omadm_message_asks_for_next(of.get(), &asks, &is_all, wrong.raw()) != OMADM_OK)
        return wrong;
    return asked_for_next{asks != 0, is_all != 0};
}

} // namespace omadm

#endif // OMADM_PACKAGE_HPP
