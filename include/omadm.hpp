// omadm.hpp - OMA Device Management for C++17: omadm.h with owners, views and ranges. Header only; throws nothing of its own.
//
//     auto tree = omadm::tree::decode(octets);
//     if (!tree) {
//         std::cerr << tree.error().describe(octets) << '\n';
//         return 1;
//     }
//     for (const omadm::node &node : tree->nodes())
//         std::cout << tree->uri(node.id()) << '\n';
//
// What can fail returns a result<T>, which is the value or an error. Handles are owned: message, tree and the others free what they hold when they
// go, and can be moved, not copied; get() lends the handle of omadm.h to functions that have no method here, take() gives it up.
//
// Views (std::string_view, octets, command, item, node) point into the handle they came from: they are valid as long as it lives, and those of a tree
// until it is next changed. Absent texts are views without data(); omadm.h says where that can be.
#ifndef OMADM_HPP
#define OMADM_HPP

#include "omadm.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace omadm {

/// Octets that somebody else owns.
class octets {
public:
    constexpr octets() noexcept = default;
    constexpr octets(const std::uint8_t *data, std::size_t size) noexcept : data_(data), size_(size) {}
    octets(omadm_bytes bytes) noexcept : data_(bytes.ptr), size_(bytes.len) {}
    octets(std::string_view text) noexcept
        : data_(reinterpret_cast<const std::uint8_t *>(text.data())), size_(text.size()) {}
    octets(const std::string &text) noexcept : octets(std::string_view(text)) {}
    octets(const char *text) noexcept : octets(std::string_view(text)) {}
    octets(const std::vector<std::uint8_t> &list) noexcept : data_(list.data()), size_(list.size()) {}

    constexpr const std::uint8_t *data() const noexcept { return data_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const std::uint8_t *begin() const noexcept { return data_; }
    constexpr const std::uint8_t *end() const noexcept { return data_ + size_; }
    /// The same octets as text, whatever they are.
    std::string_view text() const noexcept { return {reinterpret_cast<const char *>(data_), size_}; }

private:
    const std::uint8_t *data_ = nullptr;
    std::size_t size_ = 0;
};

inline std::string_view view(omadm_str text) noexcept { return {text.ptr, text.len}; }

/// What was wrong: see omadm_error.
class error {
public:
    error() noexcept = default;
    omadm_rc code() const noexcept { return raw_.code; }
    /// The octet of the input at fault; OMADM_NONE if none is.
    std::uint64_t offset() const noexcept { return raw_.offset; }
    std::uint64_t inner_offset() const noexcept { return raw_.inner_offset; }
    const char *message() const noexcept { return raw_.message ? raw_.message : ""; }
    /// The element or argument that it is about; empty if none.
    std::string_view subject() const noexcept { return view(raw_.subject); }
    /// A sentence for people. With the input it names the line, column and element.
    std::string describe(octets input = {}) const {
        std::string sentence(240, '\0');
        std::size_t length = 0;
        omadm_rc rc = omadm_error_describe(&raw_, input.data(), input.size(), sentence.data(), sentence.size(), &length, nullptr);
        if (rc == OMADM_BUFFER_TOO_SMALL) {
            sentence.resize(length + 1);
            rc = omadm_error_describe(&raw_, input.data(), input.size(), sentence.data(), sentence.size(), &length, nullptr);
        }
        sentence.resize(rc == OMADM_OK ? length : 0);
        return sentence;
    }
    omadm_error *raw() noexcept { return &raw_; }

private:
    omadm_error raw_ = OMADM_ERROR_INIT;
};

/// A value, or why there is none. Look before you take: value() of an error is undefined, as that of an empty std::optional.
template <class T> class result {
public:
    result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
    result(omadm::error error) noexcept : held_(std::in_place_index<1>, error) {}

    bool has_value() const noexcept { return held_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }
    T &value() & noexcept { return *std::get_if<0>(&held_); }
    const T &value() const & noexcept { return *std::get_if<0>(&held_); }
    T &&value() && noexcept { return std::move(*std::get_if<0>(&held_)); }
    T &operator*() & noexcept { return value(); }
    const T &operator*() const & noexcept { return value(); }
    T &&operator*() && noexcept { return std::move(*this).value(); }
    T *operator->() noexcept { return std::get_if<0>(&held_); }
    const T *operator->() const noexcept { return std::get_if<0>(&held_); }
    const omadm::error &error() const noexcept { return *std::get_if<1>(&held_); }
    /// OMADM_OK for a value.
    omadm_rc code() const noexcept { return has_value() ? static_cast<omadm_rc>(OMADM_OK) : error().code(); }
    T value_or(T other) && { return has_value() ? std::move(*this).value() : std::move(other); }

private:
    std::variant<T, omadm::error> held_;
};

/// The result of what has no value.
struct done {};

/// Octets that the library has allocated.
class buffer {
public:
    buffer() noexcept = default;
    ~buffer() { omadm_buffer_free(&raw_); }
    buffer(buffer &&other) noexcept { std::swap(raw_, other.raw_); }
    buffer &operator=(buffer &&other) noexcept {
        std::swap(raw_, other.raw_);
        return *this;
    }
    buffer(const buffer &) = delete;
    buffer &operator=(const buffer &) = delete;

    const std::uint8_t *data() const noexcept { return raw_.data; }
    std::size_t size() const noexcept { return raw_.len; }
    operator octets() const noexcept { return {raw_.data, raw_.len}; }
    std::string_view text() const noexcept { return octets(*this).text(); }
    omadm_buffer *raw() noexcept { return &raw_; }

private:
    omadm_buffer raw_ = OMADM_BUFFER_INIT;
};

/// What a document may cost; begins with the defaults.
struct options : omadm_options {
    options() noexcept : omadm_options(OMADM_OPTIONS_INIT) { omadm_options_init(this, nullptr); }
};

namespace detail {

template <class T, void (*Free)(T *)> struct freer {
    void operator()(T *handle) const noexcept { Free(handle); }
};

/// What the classes that own a handle share.
template <class T, void (*Free)(T *)> class owner {
public:
    owner() noexcept = default;
    explicit owner(T *handle) noexcept : handle_(handle) {}
    T *get() const noexcept { return handle_.get(); }
    T *take() noexcept { return handle_.release(); }

private:
    std::unique_ptr<T, freer<T, Free>> handle_;
};

/// Calls a function whose last two parameters are a handle to make and an error.
template <class Owner, class Handle, class Call> result<Owner> make(Call call) {
    Handle *handle = nullptr;
    error wrong;
    if (call(&handle, wrong.raw()) != OMADM_OK)
        return wrong;
    return Owner(handle);
}

template <class T, class Call> result<T> ask(Call call) {
    T value{};
    error wrong;
    if (call(value, wrong.raw()) != OMADM_OK)
        return wrong;
    return result<T>(std::move(value));
}

/// A structure of omadm.h, ready to be filled.
template <class Raw> Raw sized() noexcept {
    Raw raw{};
    raw.struct_size = static_cast<std::uint32_t>(sizeof raw);
    return raw;
}

/// A range over what a bulk function hands out, a batch at a time. `Fetch(last, batch, capacity)` fills a batch behind `last`, which is NULL at
/// first, and says how many there were.
template <class View, class Raw, class Fetch> class range {
public:
    explicit range(Fetch fetch) : fetch_(std::move(fetch)) {}

    class iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = View;
        using difference_type = std::ptrdiff_t;
        using pointer = const View *;
        using reference = const View &;

        iterator() noexcept = default;
        explicit iterator(range *of) : of_(of) { load(nullptr); }
        reference operator*() const noexcept { return view_; }
        pointer operator->() const noexcept { return &view_; }
        iterator &operator++() {
            if (++at_ < count_) {
                view_ = View(batch_[at_]);
            } else {
                Raw last = batch_[count_ - 1];
                load(&last);
            }
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(const iterator &other) const noexcept { return of_ == other.of_; }
        bool operator!=(const iterator &other) const noexcept { return of_ != other.of_; }

    private:
        void load(const Raw *last) {
            at_ = 0;
            count_ = of_->fetch_(last, batch_.data(), batch_.size());
            if (count_ == 0)
                of_ = nullptr;
            else
                view_ = View(batch_[0]);
        }
        range *of_ = nullptr;
        std::array<Raw, 16> batch_;
        std::size_t at_ = 0, count_ = 0;
        View view_;
    };

    iterator begin() { return iterator(this); }
    iterator end() { return {}; }

private:
    Fetch fetch_;
};

template <class View, class Raw, class Fetch> range<View, Raw, Fetch> make_range(Fetch fetch) {
    return range<View, Raw, Fetch>(std::move(fetch));
}

} // namespace detail

/// The content of a Data element as it was sent.
class data {
public:
    data() noexcept = default;
    explicit data(const omadm_data &raw) noexcept : raw_(raw) {}
    omadm_data_form form() const noexcept { return static_cast<omadm_data_form>(raw_.form); }
    explicit operator bool() const noexcept { return raw_.form != OMADM_DATA_ABSENT; }
    omadm::octets octets() const noexcept { return raw_.bytes; }
    std::string_view text() const noexcept { return octets().text(); }
    std::uint64_t offset() const noexcept { return raw_.offset; }

private:
    omadm_data raw_{};
};

/// One command of a message.
class command {
public:
    command() noexcept = default;
    explicit command(const omadm_command &raw) noexcept : raw_(raw) {}
    omadm_command_kind kind() const noexcept { return static_cast<omadm_command_kind>(raw_.kind); }
    std::string_view name() const noexcept { return view(raw_.name); }
    std::string_view cmd_id() const noexcept { return view(raw_.cmd_id); }
    std::string_view msg_ref() const noexcept { return view(raw_.msg_ref); }
    std::string_view cmd_ref() const noexcept { return view(raw_.cmd_ref); }
    std::string_view cmd() const noexcept { return view(raw_.cmd); }
    std::string_view correlator() const noexcept { return view(raw_.correlator); }
    /// The outcome of a Status, the code of an Alert; OMADM_NO_CODE for others.
    std::uint32_t code() const noexcept { return raw_.code; }
    std::size_t index() const noexcept { return raw_.index; }
    std::size_t item_count() const noexcept { return raw_.item_count; }
    omadm::data data() const noexcept { return omadm::data(raw_.data); }
    const omadm_command &raw() const noexcept { return raw_; }

private:
    omadm_command raw_{};
};

/// One item of a command.
class item {
public:
    item() noexcept = default;
    explicit item(const omadm_item &raw) noexcept : raw_(raw) {}
    std::string_view node_uri() const noexcept { return view(raw_.node_uri); }
    std::string_view target() const noexcept { return view(raw_.target); }
    std::string_view source() const noexcept { return view(raw_.source); }
    std::string_view format() const noexcept { return view(raw_.format); }
    std::string_view media_type() const noexcept { return view(raw_.media_type); }
    bool more_data() const noexcept { return (raw_.flags & OMADM_ITEM_MORE_DATA) != 0; }
    omadm::data data() const noexcept { return omadm::data(raw_.data); }
    const omadm_item &raw() const noexcept { return raw_; }

private:
    omadm_item raw_{};
};

/// A decoded SyncML message.
class message : public detail::owner<omadm_message, omadm_message_free> {
public:
    using owner::owner;

    static result<message> decode(octets input, const omadm_options *options = nullptr) {
        return detail::make<message, omadm_message>([&](omadm_message **made, omadm_error *error) {
            return omadm_message_decode(input.data(), input.size(), options, made, error);
        });
    }
    /// Without a copy: `input` stays as it is as long as the message, and the trees that are taken out of it, live.
    static result<message> borrow(octets input, const omadm_options *options = nullptr) {
        omadm_input borrowed = OMADM_INPUT_INIT;
        borrowed.ownership = OMADM_BORROW;
        borrowed.data = input.data();
        borrowed.len = input.size();
        return detail::make<message, omadm_message>([&](omadm_message **made, omadm_error *error) {
            return omadm_message_decode_input(&borrowed, options, made, error);
        });
    }

    omadm_header header() const noexcept {
        omadm_header header = detail::sized<omadm_header>();
        omadm_message_header(get(), &header, nullptr);
        return header;
    }
    bool is_final() const noexcept {
        std::uint32_t is_final = 0;
        omadm_message_summary(get(), nullptr, &is_final, nullptr, nullptr);
        return is_final != 0;
    }
    std::size_t command_count() const noexcept {
        std::size_t count = 0;
        omadm_message_summary(get(), nullptr, nullptr, &count, nullptr);
        return count;
    }
    /// All commands, those inside an Atomic or Sequence among them, as a range.
    auto commands() const {
        return detail::make_range<command, omadm_command>(
            [handle = get()](const omadm_command *last, omadm_command *batch, std::size_t capacity) {
                std::size_t written = 0, first = last ? last->index + std::size_t{1} : 0;
                omadm_message_commands(handle, first, batch, sizeof *batch, capacity, &written, nullptr);
                return written;
            });
    }
    /// The items of a command, as a range.
    auto items(const command &of) const {
        return detail::make_range<item, omadm_item>(
            [handle = get(), command = of.index(), first = std::size_t{0}](const omadm_item *last, omadm_item *batch,
                                                                           std::size_t capacity) mutable {
                std::size_t written = 0;
                first = last ? first : 0;
                omadm_message_items(handle, command, first, batch, sizeof *batch, capacity, &written, nullptr);
                first += written;
                return written;
            });
    }

};

/// One node of a tree.
class node {
public:
    node() noexcept = default;
    explicit node(const omadm_node_info &raw) noexcept : raw_(raw) {}
    omadm_node id() const noexcept { return raw_.node; }
    omadm_node parent() const noexcept { return raw_.parent; }
    omadm_format format() const noexcept { return static_cast<omadm_format>(raw_.format); }
    bool is_interior() const noexcept { return (raw_.flags & OMADM_NODE_INTERIOR) != 0; }
    std::string_view name() const noexcept { return view(raw_.name); }
    octets value() const noexcept { return raw_.value; }
    std::string_view text() const noexcept { return value().text(); }
    std::string_view media_type() const noexcept { return view(raw_.media_type); }
    std::string_view mo_id() const noexcept { return view(raw_.mo_id); }
    std::string_view acl() const noexcept { return view(raw_.acl); }
    std::string_view title() const noexcept { return view(raw_.title); }
    std::string_view tstamp() const noexcept { return view(raw_.tstamp); }
    std::string_view ver_no() const noexcept { return view(raw_.ver_no); }
    const omadm_node_info &raw() const noexcept { return raw_; }

private:
    omadm_node_info raw_{};
};

/// A management tree.
class tree : public detail::owner<omadm_tree, omadm_tree_free> {
public:
    using owner::owner;

    static result<tree> decode(octets input, const omadm_options *options = nullptr) {
        return detail::make<tree, omadm_tree>([&](omadm_tree **made, omadm_error *error) {
            return omadm_tree_decode(input.data(), input.size(), options, made, error);
        });
    }
    /// Without a copy: `input` stays as it is as long as the tree lives.
    static result<tree> borrow(octets input, const omadm_options *options = nullptr) {
        omadm_input borrowed = OMADM_INPUT_INIT;
        borrowed.ownership = OMADM_BORROW;
        borrowed.data = input.data();
        borrowed.len = input.size();
        return detail::make<tree, omadm_tree>([&](omadm_tree **made, omadm_error *error) {
            return omadm_tree_decode_input(&borrowed, options, made, error);
        });
    }
    /// The tree in an item of a message; OMADM_NOT_FOUND if there is none.
    static result<tree> of_item(const message &from, std::size_t command, std::size_t item,
                                const omadm_options *options = nullptr) {
        return detail::make<tree, omadm_tree>([&](omadm_tree **made, omadm_error *error) {
            return omadm_tree_of_item(from.get(), command, item, options, made, error);
        });
    }
    /// A tree with nothing but a root.
    static result<tree> empty() {
        return detail::make<tree, omadm_tree>([](omadm_tree **made, omadm_error *error) { return omadm_tree_new(made, error); });
    }

    std::size_t size() const noexcept {
        std::size_t count = 0;
        omadm_tree_summary(get(), &count, nullptr, nullptr);
        return count;
    }
    result<omadm::node> at(omadm_node id) const {
        return detail::ask<omadm::node>([&](omadm::node &node, omadm_error *error) {
            omadm_node_info info = detail::sized<omadm_node_info>();
            omadm_rc rc = omadm_tree_node(get(), id, &info, error);
            node = omadm::node(info);
            return rc;
        });
    }
    /// The node at a URI, such as ./DevInfo/Mod; OMADM_NOT_FOUND if there is none.
    result<omadm::node> at(std::string_view uri) const {
        omadm_node id = OMADM_NO_NODE;
        error wrong;
        if (omadm_tree_get(get(), uri.data(), uri.size(), &id, wrong.raw()) != OMADM_OK)
            return wrong;
        return at(id);
    }
    /// All nodes from one down, or from the root, parents before children, as a range.
    auto nodes(omadm_node top = OMADM_NO_NODE) const {
        return detail::make_range<omadm::node, omadm_node_info>(
            [handle = get(), top](const omadm_node_info *last, omadm_node_info *batch, std::size_t capacity) {
                std::size_t written = 0;
                omadm_tree_nodes(handle, top, last ? last->node : OMADM_NO_NODE, batch, sizeof *batch, capacity, &written, nullptr);
                return written;
            });
    }
    /// The children of a node, as a range.
    auto children(omadm_node of) const {
        return detail::make_range<omadm::node, omadm_node_info>(
            [handle = get(), of](const omadm_node_info *last, omadm_node_info *batch, std::size_t capacity) {
                std::size_t written = 0;
                omadm_tree_children(handle, of, last ? last->node : OMADM_NO_NODE, batch, sizeof *batch, capacity, &written, nullptr);
                return written;
            });
    }
    /// Where the management objects with this identifier begin, in the order of the tree.
    result<std::vector<omadm_node>> find_mo(std::string_view mo_id) const {
        std::vector<omadm_node> found(8);
        error wrong;
        std::size_t count = 0;
        if (omadm_tree_find_mo(get(), mo_id.data(), mo_id.size(), found.data(), found.size(), &count, wrong.raw()) != OMADM_OK)
            return wrong;
        bool all = count <= found.size();
        found.resize(count);
        if (!all && omadm_tree_find_mo(get(), mo_id.data(), mo_id.size(), found.data(), found.size(), &count, wrong.raw()) != OMADM_OK)
            return wrong;
        return result<std::vector<omadm_node>>(std::move(found));
    }
    /// The URI of a node; empty for one that is not there.
    std::string uri(omadm_node id) const {
        std::string uri(64, '\0');
        std::size_t length = 0;
        omadm_rc rc = omadm_tree_uri(get(), id, uri.data(), uri.size(), &length, nullptr);
        if (rc == OMADM_BUFFER_TOO_SMALL) {
            uri.resize(length + 1);
            rc = omadm_tree_uri(get(), id, uri.data(), uri.size(), &length, nullptr);
        }
        uri.resize(rc == OMADM_OK ? length : 0);
        return uri;
    }
};

} // namespace omadm

#endif // OMADM_HPP
