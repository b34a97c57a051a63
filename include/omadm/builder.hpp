// SyncML messages, put together. See omadm.hpp.
#ifndef OMADM_BUILDER_HPP
#define OMADM_BUILDER_HPP

#include "message.hpp"

#include <optional>

namespace omadm {

/// Data to be sent, as text, CDATA, or octets (OMADM_DATA_OPAQUE); lends what it was made of.
class new_data {
public:
    new_data() noexcept = default;
    new_data(std::string_view text) noexcept : new_data(OMADM_DATA_TEXT, text) {}
    new_data(const char *text) noexcept : new_data(std::string_view(text)) {}
    new_data(const std::string &text) noexcept : new_data(std::string_view(text)) {}
    new_data(omadm_data_form form, octets of) noexcept : raw_{form, 0, OMADM_NONE, detail::bytes(of)} {}
    /// What another message has, in the form that it has it in.
    new_data(const data &of) noexcept : raw_(of.raw()) {}
    const omadm_data &raw() const noexcept { return raw_; }

private:
    omadm_data raw_{OMADM_DATA_ABSENT, 0, OMADM_NONE, {nullptr, 0}};
};

/// Meta to be sent, member by member: new_meta().format("b64").size(20). It lends its texts, as all that begins with new_ does: they stay until the builder
/// has taken it, which copies them.
class new_meta {
public:
    new_meta &format(std::string_view text) noexcept { return raw_.format = detail::str(text), *this; }
    new_meta &media_type(std::string_view text) noexcept { return raw_.media_type = detail::str(text), *this; }
    new_meta &mark(std::string_view text) noexcept { return raw_.mark = detail::str(text), *this; }
    new_meta &version(std::string_view text) noexcept { return raw_.version = detail::str(text), *this; }
    new_meta &next_nonce(const new_data &nonce) noexcept { return raw_.next_nonce = nonce.raw(), *this; }
    new_meta &size(std::uint64_t number) noexcept { return number_(raw_.size, number, OMADM_NEW_SIZE); }
    new_meta &max_msg_size(std::uint64_t number) noexcept { return number_(raw_.max_msg_size, number, OMADM_NEW_MAX_MSG_SIZE); }
    new_meta &max_obj_size(std::uint64_t number) noexcept { return number_(raw_.max_obj_size, number, OMADM_NEW_MAX_OBJ_SIZE); }
    const omadm_new_meta &raw() const noexcept { return raw_; }

private:
    new_meta &number_(std::uint64_t &member, std::uint64_t number, std::uint32_t flag) noexcept {
        member = number;
        raw_.flags |= flag;
        return *this;
    }
    omadm_new_meta raw_ = OMADM_NEW_META_INIT;
};

/// An Item to be sent: new_item().target("./DevInfo/Mod").data("R1"). It lends its texts and keeps a copy of its Meta, which lends, too.
class new_item {
public:
    new_item &target(std::string_view uri) noexcept { return raw_.target = detail::str(uri), *this; }
    new_item &target_name(std::string_view name) noexcept { return raw_.target_name = detail::str(name), *this; }
    new_item &source(std::string_view uri) noexcept { return raw_.source = detail::str(uri), *this; }
    new_item &source_name(std::string_view name) noexcept { return raw_.source_name = detail::str(name), *this; }
    /// Meta with nothing else in it. Not together with meta().
    new_item &format(std::string_view text) noexcept { return raw_.format = detail::str(text), *this; }
    new_item &media_type(std::string_view text) noexcept { return raw_.media_type = detail::str(text), *this; }
    new_item &meta(const new_meta &meta) noexcept { return meta_ = meta, *this; }
    new_item &data(const new_data &data) noexcept { return raw_.data = data.raw(), *this; }
    /// A chunk, and not the last.
    new_item &more_data() noexcept { return raw_.flags |= OMADM_ITEM_MORE_DATA, *this; }
    /// Valid as long as this item stays where it is.
    omadm_new_item raw() const noexcept {
        omadm_new_item raw = raw_;
        raw.meta = meta_ ? &meta_->raw() : nullptr;
        return raw;
    }

private:
    omadm_new_item raw_ = OMADM_NEW_ITEM_INIT;
    std::optional<new_meta> meta_;
};

namespace detail {
inline std::vector<omadm_new_item> raw_items(const std::vector<new_item> &items) {
    std::vector<omadm_new_item> raw;
    raw.reserve(items.size());
    for (const new_item &item : items)
        raw.push_back(item.raw());
    return raw;
}
} // namespace detail

/// A command to be sent: new_command(OMADM_CMD_GET).item(new_item().target("./DevInfo/Mod")). It lends its texts and keeps copies of its items.
class new_command {
public:
    explicit new_command(omadm_command_kind kind) noexcept { raw_.kind = kind; }
    /// The code of a Status or Alert.
    new_command &code(std::uint32_t code) noexcept { return raw_.code = code, *this; }
    /// What a Status or Results answers.
    new_command &answers(std::string_view msg_ref, std::string_view cmd_ref, std::string_view cmd = {}) noexcept {
        raw_.msg_ref = detail::str(msg_ref);
        raw_.cmd_ref = detail::str(cmd_ref);
        raw_.cmd = detail::str(cmd);
        return *this;
    }
    new_command &correlator(std::string_view text) noexcept { return raw_.correlator = detail::str(text), *this; }
    new_command &data(const new_data &data) noexcept { return raw_.data = data.raw(), *this; }
    new_command &meta(const new_meta &meta) noexcept { return meta_ = meta, *this; }
    new_command &chal(const new_meta &chal) noexcept { return chal_ = chal, *this; }
    new_command &item(const new_item &item) { return items_.push_back(item), *this; }
    new_command &target_ref(std::string_view uri) { return refs_.push_back({sizeof(omadm_ref), 1, detail::str(uri)}), *this; }
    new_command &source_ref(std::string_view uri) { return refs_.push_back({sizeof(omadm_ref), 0, detail::str(uri)}), *this; }

private:
    friend class builder;
    omadm_new_command raw_ = OMADM_NEW_COMMAND_INIT;
    std::optional<new_meta> meta_, chal_;
    std::vector<new_item> items_;
    std::vector<omadm_ref> refs_;
};

/// Puts a message together and numbers its commands from 1.
///
///     auto builder = omadm::builder::make("1A", "2", "https://dm.example.com", "IMEI:490154203237518");
///     if (!builder || !builder->status("1", "0", "SyncHdr", 212))
///         return 1;
///     auto encoded = builder->finish(OMADM_WBXML);
///
/// Owned, move-only, of one thread. What is added is copied; numbers that are returned are the CmdID. What fails adds nothing; when the message is finished,
/// adding fails with OMADM_E_STATE. A builder that was moved from fails with OMADM_E_NULL.
class builder : public detail::owner<omadm_builder, omadm_builder_free> {
public:
    using owner::owner;

    /// A message of DM 1.2 with Final; `target` is the recipient, `source` the sender.
    static result<builder> make(std::string_view session_id, std::string_view msg_id, std::string_view target, std::string_view source) {
        return detail::make<builder, omadm_builder>([&](omadm_builder **made, omadm_error *error) {
            return omadm_builder_new(session_id.data(), session_id.size(), msg_id.data(), msg_id.size(), target.data(), target.size(),
                                     source.data(), source.size(), made, error);
        });
    }
    result<done> versions(std::string_view ver_dtd, std::string_view ver_proto) {
        return detail::perform([&](omadm_error *error) {
            return omadm_builder_versions(get(), ver_dtd.data(), ver_dtd.size(), ver_proto.data(), ver_proto.size(), error);
        });
    }
    result<done> source_name(std::string_view name) {
        return detail::perform([&](omadm_error *error) { return omadm_builder_source_name(get(), name.data(), name.size(), error); });
    }
    result<done> resp_uri(std::string_view uri) {
        return detail::perform([&](omadm_error *error) { return omadm_builder_resp_uri(get(), uri.data(), uri.size(), error); });
    }
    /// Credentials, such as builder.cred("syncml:auth-md5", "b64", *omadm::auth::cred_md5(a1, nonce)).
    result<done> cred(std::string_view scheme, std::string_view format, const new_data &data) {
        omadm_new_cred cred = OMADM_NEW_CRED_INIT;
        cred.scheme = detail::str(scheme);
        cred.format = detail::str(format);
        cred.data = data.raw();
        return detail::perform([&](omadm_error *error) { return omadm_builder_cred(get(), &cred, error); });
    }
    /// Meta of the header: what the sender takes.
    result<done> meta(const new_meta &meta) {
        return detail::perform([&](omadm_error *error) { return omadm_builder_meta(get(), &meta.raw(), error); });
    }
    result<done> not_final() {
        return detail::perform([&](omadm_error *error) { return omadm_builder_not_final(get(), error); });
    }

    result<std::uint32_t> command(const new_command &command) {
        std::vector<omadm_new_item> items = detail::raw_items(command.items_);
        omadm_new_command raw = command.raw_;
        raw.meta = command.meta_ ? &command.meta_->raw() : nullptr;
        raw.chal = command.chal_ ? &command.chal_->raw() : nullptr;
        raw.items = items.data();
        raw.item_size = sizeof(omadm_new_item);
        raw.item_count = items.size();
        raw.refs = command.refs_.data();
        raw.ref_size = sizeof(omadm_ref);
        raw.ref_count = command.refs_.size();
        return detail::ask<std::uint32_t>(
            [&](std::uint32_t &cmd_id, omadm_error *error) { return omadm_builder_command(get(), &raw, &cmd_id, error); });
    }
    /// The outcome `code` for command `cmd_ref`, named `cmd`, of message `msg_ref`.
    result<std::uint32_t> status(std::string_view msg_ref, std::string_view cmd_ref, std::string_view cmd, std::uint32_t code) {
        return detail::ask<std::uint32_t>([&](std::uint32_t &cmd_id, omadm_error *error) {
            return omadm_builder_status(get(), msg_ref.data(), msg_ref.size(), cmd_ref.data(), cmd_ref.size(), cmd.data(), cmd.size(), code,
                                        &cmd_id, error);
        });
    }
    /// Results of command `cmd_ref` of message `msg_ref`.
    result<std::uint32_t> results(std::string_view msg_ref, std::string_view cmd_ref, const std::vector<new_item> &items) {
        std::vector<omadm_new_item> raw = detail::raw_items(items);
        return detail::ask<std::uint32_t>([&](std::uint32_t &cmd_id, omadm_error *error) {
            return omadm_builder_results(get(), msg_ref.data(), msg_ref.size(), cmd_ref.data(), cmd_ref.size(), raw.data(),
                                         sizeof(omadm_new_item), raw.size(), &cmd_id, error);
        });
    }
    /// Begins an Atomic or Sequence; what follows is inside, until end().
    result<std::uint32_t> begin(omadm_command_kind kind) {
        return detail::ask<std::uint32_t>(
            [&](std::uint32_t &cmd_id, omadm_error *error) { return omadm_builder_begin(get(), kind, &cmd_id, error); });
    }
    result<done> end() {
        return detail::perform([&](omadm_error *error) { return omadm_builder_end(get(), error); });
    }

    /// The size that the message would have if it were finished now.
    result<std::size_t> encoded_len(omadm_encoding encoding) {
        return detail::ask<std::size_t>(
            [&](std::size_t &length, omadm_error *error) { return omadm_builder_encoded_len(get(), encoding, &length, error); });
    }
    /// Finishes the message, unless it is, and gives it encoded, or to be read.
    result<buffer> finish(omadm_encoding encoding) {
        return detail::fill(
            [&](omadm_buffer *encoded, omadm_error *error) { return omadm_builder_finish(get(), encoding, encoded, error); });
    }
    result<omadm::message> message() {
        return detail::make<omadm::message, omadm_message>(
            [&](omadm_message **made, omadm_error *error) { return omadm_builder_message(get(), made, error); });
    }
};

} // namespace omadm

#endif // OMADM_BUILDER_HPP
