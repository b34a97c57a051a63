// SyncML messages, decoded: as a whole, command by command, or as they come in. See omadm.hpp.
#ifndef OMADM_MESSAGE_HPP
#define OMADM_MESSAGE_HPP

#include "base.hpp"

namespace omadm {

/// The content of a Data or NextNonce element as it was sent; lent by the message. False where there is no such element.
class data {
public:
    data() noexcept = default;
    explicit data(const omadm_data &raw) noexcept : raw_(raw) {}
    omadm_data_form form() const noexcept { return static_cast<omadm_data_form>(raw_.form); }
    explicit operator bool() const noexcept { return raw_.form != OMADM_DATA_ABSENT; }
    omadm::octets octets() const noexcept { return raw_.bytes; }
    std::string_view text() const noexcept { return octets().text(); }
    std::uint64_t offset() const noexcept { return raw_.offset; }
    const omadm_data &raw() const noexcept { return raw_; }

private:
    omadm_data raw_{};
};

/// The Meta of a header, command, item or Chal; lent by the message. Numbers that are absent are OMADM_NONE.
class meta {
public:
    meta() noexcept = default;
    explicit meta(const omadm_meta &raw) noexcept : raw_(raw) {}
    std::uint64_t size() const noexcept { return raw_.size; }
    std::uint64_t max_msg_size() const noexcept { return raw_.max_msg_size; }
    std::uint64_t max_obj_size() const noexcept { return raw_.max_obj_size; }
    std::string_view format() const noexcept { return view(raw_.format); }
    std::string_view media_type() const noexcept { return view(raw_.media_type); }
    std::string_view mark() const noexcept { return view(raw_.mark); }
    std::string_view version() const noexcept { return view(raw_.version); }
    data next_nonce() const noexcept { return data(raw_.next_nonce); }
    const omadm_meta &raw() const noexcept { return raw_; }

private:
    omadm_meta raw_{};
};

/// The Cred of a header; lent by the message. Its data is a secret: do not log it.
class cred {
public:
    cred() noexcept = default;
    explicit cred(const omadm_cred &raw) noexcept : raw_(raw) {}
    std::string_view scheme() const noexcept { return view(raw_.scheme); }
    std::string_view format() const noexcept { return view(raw_.format); }
    omadm::data data() const noexcept { return omadm::data(raw_.data); }
    const omadm_cred &raw() const noexcept { return raw_; }

private:
    omadm_cred raw_{};
};

/// One command of a message; lent by it. What the message says about it is asked for by handing it back: message::items(command) and the like.
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
    /// The index of the Atomic or Sequence that it is directly in; OMADM_NO_INDEX at the top.
    std::uint32_t parent() const noexcept { return raw_.parent; }
    std::size_t item_count() const noexcept { return raw_.item_count; }
    omadm::data data() const noexcept { return omadm::data(raw_.data); }
    const omadm_command &raw() const noexcept { return raw_; }

private:
    omadm_command raw_{};
};

/// One item of a command; lent by the message.
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

/// A TargetRef or SourceRef of a Status or Results; lent by the message.
class ref {
public:
    ref() noexcept = default;
    explicit ref(const omadm_ref &raw) noexcept : raw_(raw) {}
    bool is_target() const noexcept { return raw_.is_target != 0; }
    std::string_view uri() const noexcept { return view(raw_.uri); }
    const omadm_ref &raw() const noexcept { return raw_; }

private:
    omadm_ref raw_{};
};

/// One event of a generic alert (1226) or client event (1224); lent by the message.
class alert_event {
public:
    alert_event() noexcept = default;
    explicit alert_event(const omadm_alert_event &raw) noexcept : raw_(raw) {}
    std::string_view alert_type() const noexcept { return view(raw_.alert_type); }
    std::string_view source() const noexcept { return view(raw_.source); }
    std::string_view mark() const noexcept { return view(raw_.mark); }
    std::uint32_t importance() const noexcept { return raw_.importance; }
    omadm_format format() const noexcept { return static_cast<omadm_format>(raw_.format); }
    omadm::data data() const noexcept { return omadm::data(raw_.data); }
    const omadm_alert_event &raw() const noexcept { return raw_; }

private:
    omadm_alert_event raw_{};
};

/// A user-interaction alert; lent by the message.
class ui_alert {
public:
    ui_alert() noexcept = default;
    explicit ui_alert(const omadm_ui_alert &raw) noexcept : raw_(raw) {}
    std::uint32_t code() const noexcept { return raw_.code; }
    std::string_view text() const noexcept { return view(raw_.text); }
    omadm_input_type input_type() const noexcept { return static_cast<omadm_input_type>(raw_.input_type); }
    bool is_password() const noexcept { return (raw_.flags & OMADM_UI_PASSWORD) != 0; }
    bool has_default() const noexcept { return (raw_.flags & OMADM_UI_DEFAULT) != 0; }
    std::size_t choice_count() const noexcept { return raw_.choice_count; }
    /// Displaying times in seconds, and the most characters to be entered, are members of this.
    const omadm_ui_alert &raw() const noexcept { return raw_; }

private:
    omadm_ui_alert raw_{};
};

/// The default response of a user-interaction alert: a text that is entered, or the numbers of choices, from 1.
struct ui_response {
    buffer entered;
    std::vector<std::uint32_t> numbers;
};

/// A decoded SyncML message: a header, and commands in the order of the document.
///
/// Owned, move-only, and never changed: many threads may read one. What it lends is valid as long as it, wherever it is moved to. A message that was moved from is
/// empty: its ranges are empty, its header is blank, and what returns a result fails with OMADM_E_NULL. decode() fails as omadm_message_decode does.
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
        omadm_input borrowed = detail::borrowed(input);
        return detail::make<message, omadm_message>([&](omadm_message **made, omadm_error *error) {
            return omadm_message_decode_input(&borrowed, options, made, error);
        });
    }
    template <class T, class = detail::temporary<T>> static void borrow(T &&, const omadm_options * = nullptr) = delete;
    /// Without a copy: `input`, a std::string or a vector of octets, moves in.
    template <class Container> static result<message> adopt(Container input, const omadm_options *options = nullptr) {
        return detail::adopt<message, omadm_message>(
            std::move(input), [&](const omadm_input *adopted, omadm_message **made, omadm_error *error) {
                return omadm_message_decode_input(adopted, options, made, error);
            });
    }

    omadm_header header() const noexcept {
        omadm_header header = detail::sized<omadm_header>();
        omadm_message_header(get(), &header, nullptr);
        return header;
    }
    /// The header's Meta and Cred; OMADM_NOT_FOUND if it has none.
    result<omadm::meta> header_meta() const {
        return detail::look<omadm::meta, omadm_meta>(
            [&](omadm_meta *meta, omadm_error *error) { return omadm_message_header_meta(get(), meta, error); });
    }
    result<omadm::cred> cred() const {
        return detail::look<omadm::cred, omadm_cred>(
            [&](omadm_cred *cred, omadm_error *error) { return omadm_message_header_cred(get(), cred, error); });
    }
    /// What it came in; 0 if it was moved from.
    omadm_encoding encoding() const noexcept {
        std::uint32_t encoding = 0;
        omadm_message_summary(get(), &encoding, nullptr, nullptr, nullptr);
        return static_cast<omadm_encoding>(encoding);
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
        return detail::indexed<command, omadm_command>(
            [handle = get()](std::size_t first, omadm_command *batch, std::size_t capacity, std::size_t *written) {
                omadm_message_commands(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// The items of a command, as a range.
    auto items(const command &of) const {
        return detail::indexed<item, omadm_item>(
            [handle = get(), at = of.index()](std::size_t first, omadm_item *batch, std::size_t capacity, std::size_t *written) {
                omadm_message_items(handle, at, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// The TargetRef and SourceRef elements of a command, as a range.
    auto refs(const command &of) const {
        return detail::indexed<ref, omadm_ref>(
            [handle = get(), at = of.index()](std::size_t first, omadm_ref *batch, std::size_t capacity, std::size_t *written) {
                omadm_message_refs(handle, at, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// The Meta of a command, of one of its items, and in the Chal of a Status; OMADM_NOT_FOUND if there is none.
    result<omadm::meta> meta(const command &of) const {
        return detail::look<omadm::meta, omadm_meta>(
            [&](omadm_meta *meta, omadm_error *error) { return omadm_message_command_meta(get(), of.index(), meta, error); });
    }
    result<omadm::meta> meta(const command &of, std::size_t item) const {
        return detail::look<omadm::meta, omadm_meta>(
            [&](omadm_meta *meta, omadm_error *error) { return omadm_message_item_meta(get(), of.index(), item, meta, error); });
    }
    result<omadm::meta> chal(const command &of) const {
        return detail::look<omadm::meta, omadm_meta>(
            [&](omadm_meta *meta, omadm_error *error) { return omadm_message_chal(get(), of.index(), meta, error); });
    }
    /// The octets that the data of an item stands for, base64 decoded; OMADM_NOT_FOUND if it has none.
    result<buffer> item_octets(const command &of, std::size_t item) const {
        return detail::fill(
            [&](omadm_buffer *octets, omadm_error *error) { return omadm_message_item_octets(get(), of.index(), item, octets, error); });
    }

    /// Whether the data of an item is as long as its Size says; an error with OMADM_E_SIZE_MISMATCH if not.
    result<done> check_size(const command &of, std::size_t item) const {
        return detail::perform([&](omadm_error *error) { return omadm_message_item_check_size(get(), of.index(), item, error); });
    }

    /// The events of a generic alert or client event, as a range; none of other commands.
    auto alert_events(const command &of) const {
        return detail::indexed<alert_event, omadm_alert_event>(
            [handle = get(), at = of.index()](std::size_t first, omadm_alert_event *batch, std::size_t capacity, std::size_t *written) {
                omadm_message_alert_events(handle, at, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// Whether such an alert has everything that it needs.
    result<done> check_alert(const command &of) const {
        return detail::perform([&](omadm_error *error) { return omadm_message_alert_check(get(), of.index(), error); });
    }
    /// What is to be shown to the user, or asked; OMADM_NOT_FOUND if the command is no such alert.
    result<omadm::ui_alert> ui_alert(const command &of, omadm_choice_syntax syntax = OMADM_CHOICES_STANDARD) const {
        return detail::look<omadm::ui_alert, omadm_ui_alert>(
            [&](omadm_ui_alert *alert, omadm_error *error) { return omadm_message_ui_alert(get(), of.index(), syntax, alert, error); });
    }
    /// The choices of such an alert, lent by the message, numbered from 1 in this order.
    result<std::vector<std::string_view>> ui_choices(const command &of) const {
        auto alert = ui_alert(of);
        if (!alert)
            return alert.error();
        std::vector<omadm_str> choices(alert->choice_count());
        std::size_t written = 0;
        error wrong;
        if (omadm_message_ui_choices(get(), of.index(), 0, choices.data(), choices.size(), &written, wrong.raw()) != OMADM_OK)
            return wrong;
        std::vector<std::string_view> views;
        for (std::size_t at = 0; at < written; at++)
            views.push_back(view(choices[at]));
        return result<std::vector<std::string_view>>(std::move(views));
    }

    /// The default response of such an alert; OMADM_NOT_FOUND if it has none.
    result<ui_response> ui_default(const command &of, omadm_choice_syntax syntax = OMADM_CHOICES_STANDARD) const {
        ui_response response;
        auto listed = detail::list<std::uint32_t>([&](std::uint32_t *numbers, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_message_ui_default(get(), of.index(), syntax, response.entered.raw(), numbers, capacity, found, error);
        });
        if (!listed)
            return listed.error();
        response.numbers = *std::move(listed);
        return result<ui_response>(std::move(response));
    }

    /// The message written, in any encoding; and how long that would be.
    result<buffer> encode(omadm_encoding encoding, const omadm_options *options = nullptr) const {
        return detail::fill([&](omadm_buffer *encoded, omadm_error *error) {
            return omadm_message_encode(get(), encoding, options, encoded, error);
        });
    }
    result<std::size_t> encoded_len(omadm_encoding encoding) const {
        return detail::ask<std::size_t>(
            [&](std::size_t &length, omadm_error *error) { return omadm_message_encoded_len(get(), encoding, &length, error); });
    }
    /// As any encoding would carry it, for comparing.
    result<message> normalise() const {
        return detail::make<message, omadm_message>(
            [&](omadm_message **normal, omadm_error *error) { return omadm_message_normalise(get(), normal, error); });
    }
    result<bool> equals(const message &other) const {
        return detail::ask_whether(
            [&](std::uint32_t *is, omadm_error *error) { return omadm_message_equal(get(), other.get(), is, error); });
    }
};

/// Reads a message without keeping it: a pull reader.
///
///     for (const omadm::command &command : reader->commands())
///         answer(reader->message(), command);
///     if (auto end = reader->finish(); !end)
///         std::cerr << end.error().describe(octets) << '\n';
///
/// Owned, move-only, of one thread. What it lends is valid until the next command is read. Opening fails as far as the header is wrong; a range of commands ends
/// at what is wrong, and finish() says what that was.
class reader : public detail::owner<omadm_reader, omadm_reader_free> {
public:
    reader() noexcept = default;
    explicit reader(omadm_reader *handle) noexcept : owner(handle) {
        const omadm_message *of = nullptr;
        if (omadm_reader_message(handle, &of, nullptr) == OMADM_OK)
            message_.set(of);
    }

    static result<reader> open(octets input, const omadm_options *options = nullptr) {
        return detail::make<reader, omadm_reader>([&](omadm_reader **made, omadm_error *error) {
            return omadm_reader_open(input.data(), input.size(), options, made, error);
        });
    }
    /// Without a copy: `input` stays as it is as long as the reader, and the trees that are taken out of what it reads, live.
    static result<reader> borrow(octets input, const omadm_options *options = nullptr) {
        omadm_input borrowed = detail::borrowed(input);
        return detail::make<reader, omadm_reader>([&](omadm_reader **made, omadm_error *error) {
            return omadm_reader_open_input(&borrowed, options, made, error);
        });
    }
    template <class T, class = detail::temporary<T>> static void borrow(T &&, const omadm_options * = nullptr) = delete;
    /// Without a copy: `input`, a std::string or a vector of octets, moves in.
    template <class Container> static result<reader> adopt(Container input, const omadm_options *options = nullptr) {
        return detail::adopt<reader, omadm_reader>(
            std::move(input), [&](const omadm_input *adopted, omadm_reader **made, omadm_error *error) {
                return omadm_reader_open_input(adopted, options, made, error);
            });
    }

    /// The message that it is in the middle of: the header, and the command that was read last with index 0, those inside it from 1 on. It is a part of
    /// the reader, and ends with it or when that is moved.
    const omadm::message &message() const noexcept { return *message_; }
    /// The next command of the body; OMADM_END after the last.
    result<command> next() {
        return detail::look<command, omadm_command>(
            [&](omadm_command *command, omadm_error *error) { return omadm_reader_next(get(), command, error); });
    }
    /// The commands that were not read yet, as a range: each valid until the next.
    auto commands() {
        return detail::indexed<command, omadm_command>(
            [handle = get()](std::size_t, omadm_command *batch, std::size_t, std::size_t *written) {
                *batch = detail::sized<omadm_command>();
                *written = omadm_reader_next(handle, batch, nullptr) == OMADM_OK;
            });
    }
    /// Reads what is left and says whether anything in the message was wrong.
    result<done> finish() {
        for (;;) {
            auto read = next();
            if (read.code() == OMADM_END)
                return done();
            if (!read)
                return read.error();
        }
    }

private:
    detail::lent<omadm::message> message_;
};

/// Takes a message in chunks, as a network brings them, and gives its commands as they come, the last ones after finish().
///
/// Owned, move-only, of one thread. What it lends is valid until the next command is read. Take out commands after each chunk: what is held is bounded.
class feeder : public detail::owner<omadm_feeder, omadm_feeder_free> {
public:
    using owner::owner;

    static result<feeder> make(const omadm_options *options = nullptr) {
        return detail::make<feeder, omadm_feeder>(
            [&](omadm_feeder **made, omadm_error *error) { return omadm_feeder_new(options, made, error); });
    }
    /// Adds a chunk, which is copied.
    result<done> feed(octets chunk) {
        return detail::perform([&](omadm_error *error) { return omadm_feeder_feed(get(), chunk.data(), chunk.size(), error); });
    }
    /// Says that there are no more chunks.
    result<done> finish() {
        return detail::perform([&](omadm_error *error) { return omadm_feeder_finish(get(), error); });
    }
    /// The message that is being fed, as reader::message(); OMADM_NOT_FOUND as long as its header is not complete. Never NULL.
    result<const omadm::message *> message() {
        const omadm_message *of = nullptr;
        error wrong;
        if (omadm_feeder_message(get(), &of, wrong.raw()) != OMADM_OK)
            return wrong;
        message_.set(of);
        return &*message_;
    }
    /// The next command; OMADM_NOT_FOUND if it is not there yet, OMADM_END after the last.
    result<command> next() {
        return detail::look<command, omadm_command>(
            [&](omadm_command *command, omadm_error *error) { return omadm_feeder_next(get(), command, error); });
    }
    bool is_final() const noexcept {
        std::uint32_t is_final = 0;
        omadm_feeder_is_final(get(), &is_final, nullptr);
        return is_final != 0;
    }

private:
    detail::lent<omadm::message> message_;
};

} // namespace omadm

#endif // OMADM_MESSAGE_HPP
