// Large objects: cut into chunks on their way out, put together on their way in. See omadm.hpp.
#ifndef OMADM_LARGE_OBJECT_HPP
#define OMADM_LARGE_OBJECT_HPP

#include "builder.hpp"

namespace omadm {

/// What one item carries of an object; lent by the splitter.
class chunk {
public:
    chunk() noexcept = default;
    explicit chunk(const omadm_chunk &raw) noexcept : raw_(raw) {}
    octets data() const noexcept { return raw_.data; }
    /// In every chunk but the last.
    bool more_data() const noexcept { return (raw_.flags & OMADM_ITEM_MORE_DATA) != 0; }
    /// The size of the whole object, in the first chunk if there are more; else OMADM_NONE.
    std::uint64_t size() const noexcept { return raw_.size; }
    const omadm_chunk &raw() const noexcept { return raw_; }

private:
    omadm_chunk raw_{};
};

/// Cuts the data of one item into chunks, each for a message of its own. Owned, move-only, of one thread. What it lends is valid as long as it.
class splitter : public detail::owner<omadm_splitter, omadm_splitter_free> {
public:
    using owner::owner;

    /// `form` is OMADM_DATA_TEXT, or OMADM_DATA_OPAQUE for octets in WBXML. The object is copied.
    static result<splitter> make(octets object, omadm_data_form form, std::uint64_t max_obj_size = OMADM_NONE) {
        omadm_input input = OMADM_INPUT_INIT;
        input.data = object.data();
        input.len = object.size();
        return detail::make<splitter, omadm_splitter>([&](omadm_splitter **made, omadm_error *error) {
            return omadm_splitter_new(&input, form, max_obj_size, made, error);
        });
    }
    /// The next chunk of at most `room` octets; OMADM_END after the last.
    result<chunk> next(std::size_t room) {
        return detail::look<chunk, omadm_chunk>(
            [&](omadm_chunk *next, omadm_error *error) { return omadm_splitter_next(get(), room, next, error); });
    }
    /// The next and largest chunk for which `fits(chunk)` is true. It must not use this splitter, nor throw.
    template <class Fits> result<chunk> next_where(Fits fits) {
        auto ask = [](void *context, const omadm_chunk *tried) noexcept -> std::uint32_t {
            return (*static_cast<Fits *>(context))(chunk(*tried)) ? 1 : 0;
        };
        return detail::look<chunk, omadm_chunk>(
            [&](omadm_chunk *next, omadm_error *error) { return omadm_splitter_next_where(get(), ask, &fits, next, error); });
    }
    /// Begins again.
    result<done> restart() {
        return detail::perform([&](omadm_error *error) { return omadm_splitter_restart(get(), error); });
    }
    /// How many octets have not been given yet.
    std::size_t remaining() const noexcept {
        std::size_t remaining = 0;
        omadm_splitter_summary(get(), nullptr, &remaining, nullptr);
        return remaining;
    }
};

/// What came of one item or command that a joiner was given; lent by it until it is next used.
class join_step {
public:
    join_step() noexcept = default;
    explicit join_step(const omadm_join_step &raw) noexcept : raw_(raw) {}
    omadm_joined joined() const noexcept { return static_cast<omadm_joined>(raw_.joined); }
    /// The status to be answered; 0 where that depends on what comes of the command.
    std::uint32_t status() const noexcept { return raw_.status; }
    /// Why it was refused; else 0.
    omadm_rc reason() const noexcept { return raw_.reason; }
    /// Whether an object was broken off, and which: to be told to the peer.
    bool is_broken() const noexcept { return raw_.is_broken != 0; }
    std::string_view broken_target() const noexcept { return view(raw_.broken_target); }
    std::string_view broken_source() const noexcept { return view(raw_.broken_source); }
    /// The data of a complete object as it travelled.
    octets data() const noexcept { return raw_.octets; }
    std::string_view format() const noexcept { return view(raw_.format); }
    std::string_view media_type() const noexcept { return view(raw_.media_type); }
    const omadm_join_step &raw() const noexcept { return raw_; }

private:
    omadm_join_step raw_{};
};

/// Puts objects together from the chunks of several messages, and says what is to be answered. It is given every command.
///
/// Owned, move-only, of one thread. What it lends is valid until it is next used.
class joiner : public detail::owner<omadm_joiner, omadm_joiner_free> {
public:
    using owner::owner;

    /// For objects of at most `max_obj_size` octets, the MaxObjSize that the peer was told.
    static result<joiner> make(std::uint64_t max_obj_size = OMADM_NONE, const omadm_options *options = nullptr) {
        return detail::make<joiner, omadm_joiner>(
            [&](omadm_joiner **made, omadm_error *error) { return omadm_joiner_new(max_obj_size, options, made, error); });
    }
    /// For the next object.
    result<done> set_max_obj_size(std::uint64_t max_obj_size) {
        return detail::perform([&](omadm_error *error) { return omadm_joiner_set_max_obj_size(get(), max_obj_size, error); });
    }
    /// A step for each item of a command of this message, or one for a command without any; none for what stands between two chunks.
    result<std::vector<join_step>> feed(const message &of, const command &fed) {
        std::vector<omadm_join_step> raw(fed.item_count() + 1, detail::sized<omadm_join_step>());
        std::size_t found = 0;
        error wrong;
        if (omadm_joiner_feed(get(), of.get(), fed.index(), raw.data(), sizeof(omadm_join_step), raw.size(), &found, wrong.raw()) != OMADM_OK)
            return wrong;
        raw.resize(found);
        std::vector<join_step> steps;
        for (const omadm_join_step &step : raw)
            steps.emplace_back(step);
        return result<std::vector<join_step>>(std::move(steps));
    }
    /// The octets that the object of a step of the last feed() stands for, base64 decoded; OMADM_NOT_FOUND if it is not complete.
    result<buffer> step_octets(std::size_t step) const {
        return detail::fill([&](omadm_buffer *octets, omadm_error *error) { return omadm_joiner_octets(get(), step, octets, error); });
    }
    /// Whether chunks are missing: then the message is answered with Alert 1222.
    bool is_open() const noexcept {
        std::uint32_t is_open = 0;
        omadm_joiner_is_open(get(), &is_open, nullptr);
        return is_open != 0;
    }
    /// Ends what is open, and says which object that was; OMADM_NOT_FOUND if none was.
    result<join_step> give_up() {
        return detail::look<join_step, omadm_join_step>(
            [&](omadm_join_step *step, omadm_error *error) { return omadm_joiner_give_up(get(), step, error); });
    }
};

} // namespace omadm

#endif // OMADM_LARGE_OBJECT_HPP
