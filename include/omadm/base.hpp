// What all parts of omadm.hpp share: octets, errors, results, buffers, options, and what owners and ranges are made of.
#ifndef OMADM_BASE_HPP
#define OMADM_BASE_HPP

#include "../omadm.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace omadm {

/// Octets that somebody else owns: a pointer and a size, valid as long as what they were made of. One without data() is absent, which is not the same as
/// empty; that of an empty vector may be either.
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
    template <std::size_t N>
    octets(const std::array<std::uint8_t, N> &list) noexcept : data_(list.data()), size_(N) {}

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

/// What was wrong: a copy of an omadm_error, which owns nothing. Texts are static.
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
    /// The status with which a client answers a command that failed so.
    std::uint32_t status() const noexcept { return omadm_code_status(raw_.code); }
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

/// A value, or why there is none. Look before you take: value() of an error is undefined, as that of an empty std::optional, and so is error() of a value.
///
/// Answers that are no faults (OMADM_END, OMADM_NOT_FOUND, OMADM_REFUSED ...) come as errors with these codes.
template <class T> class [[nodiscard]] result {
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

/// The value of what can fail and has none.
struct done {};

/// Octets that the library has allocated, owned: can be moved, not copied. What it lends is valid until it is changed or gone.
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

/// Names of numbers, for people; static, empty for a number without one.
inline std::string_view status_name(std::uint32_t status) noexcept { return omadm_status_name(status); }
inline std::string_view alert_name(std::uint32_t alert) noexcept { return omadm_alert_name(alert); }
inline std::string_view command_name(std::uint32_t kind) noexcept { return omadm_command_name(kind); }
inline std::string_view format_name(std::uint32_t format) noexcept { return omadm_format_name(format); }
/// The outcome of a firmware update, the data of FUMO's alerts.
inline std::string_view fumo_result_name(std::uint32_t result) noexcept { return omadm_fumo_result_name(result); }
inline std::string_view kind_name(std::uint32_t kind) noexcept { return omadm_kind_name(kind); }
inline std::string_view code_message(omadm_rc code) noexcept { return omadm_code_message(code); }
/// The release of the library that the program runs with.
inline std::string_view version() noexcept { return omadm_version(); }
/// Whether the library that the program runs with serves the header that it was compiled with.
inline bool is_compatible() noexcept { return OMADM_ABI_VERSION <= omadm_abi_version() && OMADM_ABI_VERSION >= omadm_abi_oldest(); }

namespace detail {

inline omadm_str str(std::string_view text) noexcept { return {text.data(), text.size()}; }
inline omadm_bytes bytes(octets of) noexcept { return {of.data(), of.size()}; }

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

/// An owner of a handle that is another's: never freed.
template <class Owner> class lent {
public:
    lent() noexcept = default;
    ~lent() { of_.take(); }
    lent(lent &&) noexcept = default;
    lent &operator=(lent &&other) noexcept {
        of_.take();
        of_ = std::move(other.of_);
        return *this;
    }
    template <class Handle> void set(const Handle *handle) noexcept {
        of_.take();
        of_ = Owner(const_cast<Handle *>(handle));
    }
    const Owner &operator*() const noexcept { return of_; }

private:
    Owner of_;
};

/// Calls a function whose last two parameters are a handle to make and an error.
template <class Owner, class Handle, class Call> result<Owner> make(Call call) {
    Handle *handle = nullptr;
    error wrong;
    if (call(&handle, wrong.raw()) != OMADM_OK)
        return wrong;
    return Owner(handle);
}

/// That octets of this type go with it: what is borrowed of a temporary is gone at once.
template <class T>
using temporary = std::enable_if_t<std::is_same_v<std::remove_cv_t<T>, std::string> || std::is_same_v<std::remove_cv_t<T>, buffer> ||
                                   std::is_same_v<std::remove_cv_t<T>, std::vector<std::uint8_t>>>;

/// Octets that stay the caller's.
inline omadm_input borrowed(octets of) noexcept {
    omadm_input input = OMADM_INPUT_INIT;
    input.ownership = OMADM_BORROW;
    input.data = of.data();
    input.len = of.size();
    return input;
}

/// As make(), of octets that the handle takes with it: `call` is given an omadm_input, too. A container of single octets moves to where it can stay.
template <class Owner, class Handle, class Container, class Call> result<Owner> adopt(Container container, Call call) {
    auto kept = std::make_unique<Container>(std::move(container));
    omadm_input input = OMADM_INPUT_INIT;
    input.ownership = OMADM_ADOPT;
    input.data = octets(*kept).data();
    input.len = octets(*kept).size();
    input.context = kept.get();
    input.release = [](void *context, const std::uint8_t *, std::size_t) { delete static_cast<Container *>(context); };
    Handle *handle = nullptr;
    error wrong;
    omadm_rc rc = call(&input, &handle, wrong.raw());
    // With these the library has not taken it.
    if (rc != OMADM_E_NULL && rc != OMADM_E_ARGUMENT && rc != OMADM_E_STRUCT_SIZE)
        kept.release();
    if (rc != OMADM_OK)
        return wrong;
    return Owner(handle);
}

/// Calls a function whose last parameter is an error: `call` fills a value.
template <class T, class Call> result<T> ask(Call call) {
    T value{};
    error wrong;
    if (call(value, wrong.raw()) != OMADM_OK)
        return wrong;
    return result<T>(std::move(value));
}

/// The same where the library writes 1 or 0.
template <class Call> result<bool> ask_whether(Call call) {
    std::uint32_t is = 0;
    error wrong;
    if (call(&is, wrong.raw()) != OMADM_OK)
        return wrong;
    return is != 0;
}

/// Calls a function that has nothing to give but its outcome.
template <class Call> result<done> perform(Call call) {
    error wrong;
    if (call(wrong.raw()) != OMADM_OK)
        return wrong;
    return done();
}

/// A structure of omadm.h, ready to be filled.
template <class Raw> Raw sized() noexcept {
    Raw raw{};
    raw.struct_size = static_cast<std::uint32_t>(sizeof raw);
    return raw;
}

/// Calls a function that fills a structure, which a view of it is made of.
template <class View, class Raw, class Call> result<View> look(Call call) {
    Raw raw = sized<Raw>();
    error wrong;
    if (call(&raw, wrong.raw()) != OMADM_OK)
        return wrong;
    return View(raw);
}

/// Calls a function that fills a buffer.
template <class Call> result<buffer> fill(Call call) {
    return ask<buffer>([&](buffer &into, omadm_error *error) { return call(into.raw(), error); });
}

/// The same, as a text of its own.
template <class Call> result<std::string> fill_text(Call call) {
    auto filled = fill(call);
    if (!filled)
        return filled.error();
    return std::string(filled->text());
}

/// Calls a function that writes octets, of type `Octet`, to room of the caller's and says how many they are: `Beyond` is 1 where it wants room for a zero octet, too.
template <class Octet, std::size_t Beyond, class Container, class Call> result<Container> write(Call call) {
    Container room(64, Octet{});
    error wrong;
    std::size_t length = 0;
    omadm_rc rc = call(room.data(), room.size(), &length, wrong.raw());
    if (rc == OMADM_BUFFER_TOO_SMALL) {
        room.resize(length + Beyond);
        rc = call(room.data(), room.size(), &length, wrong.raw());
    }
    if (rc != OMADM_OK)
        return wrong;
    room.resize(length);
    return result<Container>(std::move(room));
}

template <class Call> result<std::string> write_text(Call call) { return write<char, 1, std::string>(call); }
template <class Call> result<std::vector<std::uint8_t>> write_octets(Call call) {
    return write<std::uint8_t, 0, std::vector<std::uint8_t>>(call);
}

/// Calls a function that says how many there are and stores as many as there is room for.
template <class T, class Call> result<std::vector<T>> list(Call call) {
    std::vector<T> found(8);
    error wrong;
    std::size_t count = 0;
    if (call(found.data(), found.size(), &count, wrong.raw()) != OMADM_OK)
        return wrong;
    bool all = count <= found.size();
    found.resize(count);
    if (!all && call(found.data(), found.size(), &count, wrong.raw()) != OMADM_OK)
        return wrong;
    return result<std::vector<T>>(std::move(found));
}

/// A range over what a bulk function hands out, a batch at a time. `Fetch(passed, last, batch, capacity)` fills a batch behind the `passed` that there were,
/// of which `last` is the last, or NULL; and says how many it has filled.
///
/// An input range: read it once. It must outlive its iterators; what it lends is as valid as what the handle lends.
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
            ++passed_;
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
            count_ = of_->fetch_(passed_, last, batch_.data(), batch_.size());
            if (count_ == 0)
                of_ = nullptr;
            else
                view_ = View(batch_[0]);
        }
        range *of_ = nullptr;
        std::array<Raw, 16> batch_{};
        std::size_t at_ = 0, count_ = 0, passed_ = 0;
        View view_;
    };

    iterator begin() { return iterator(this); }
    iterator end() { return {}; }

private:
    Fetch fetch_;
};

/// A range of what is read behind the last one.
template <class View, class Raw, class Call> auto chained(Call call) {
    auto fetch = [call](std::size_t, const Raw *last, Raw *batch, std::size_t capacity) {
        std::size_t written = 0;
        call(last, batch, capacity, &written);
        return written;
    };
    return range<View, Raw, decltype(fetch)>(std::move(fetch));
}

/// A range of what is read from an index on.
template <class View, class Raw, class Call> auto indexed(Call call) {
    auto fetch = [call](std::size_t passed, const Raw *, Raw *batch, std::size_t capacity) {
        std::size_t written = 0;
        call(passed, batch, capacity, &written);
        return written;
    };
    return range<View, Raw, decltype(fetch)>(std::move(fetch));
}

} // namespace detail
} // namespace omadm

#endif // OMADM_BASE_HPP
