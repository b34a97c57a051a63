// What is asked of a tree and what comes back: options, searches, items of Results, differences, ACLs as text. See omadm.hpp.
#ifndef OMADM_QUERY_HPP
#define OMADM_QUERY_HPP

#include "base.hpp"

namespace omadm {

/// For whom and when a tree is edited: the device itself without a time, unless a principal and a time are given. Other members are those of omadm.h. It lends
/// its texts.
///
/// A principal without data() is the device, which may do everything; an empty text is a server without a name.
struct edit_options : omadm_edit_options {
    explicit edit_options(std::string_view server = {}, std::uint64_t seconds = 0) noexcept : omadm_edit_options(OMADM_EDIT_OPTIONS_INIT) {
        principal = detail::str(server);
        now = seconds;
    }
};

/// For whom a Get is answered, as edit_options has it, and in which encoding the answer will be sent.
struct results_options : omadm_results_options {
    explicit results_options(std::string_view server = {}, omadm_encoding message_encoding = OMADM_WBXML) noexcept
        : omadm_results_options(OMADM_RESULTS_OPTIONS_INIT) {
        principal = detail::str(server);
        encoding = message_encoding;
    }
};

/// For whom a tree document is written, as edit_options has it, how, and what is left out (OMADM_TNDS_ACL ...).
struct tnds_options : omadm_tnds_options {
    explicit tnds_options(std::string_view server = {}, omadm_tnds_layout how = OMADM_TNDS_NESTED, std::uint32_t without = 0) noexcept
        : omadm_tnds_options(OMADM_TNDS_OPTIONS_INIT) {
        principal = detail::str(server);
        layout = how;
        left_out = without;
    }
};

/// The property with this name, such as TStamp; OMADM_NOT_FOUND if there is none.
inline result<omadm_property> property_from_name(std::string_view name) {
    std::uint32_t property = 0;
    error wrong;
    if (omadm_property_from_name(name.data(), name.size(), &property, wrong.raw()) != OMADM_OK)
        return wrong;
    return static_cast<omadm_property>(property);
}

/// A node to be added: interior, or a leaf with a value. It lends its texts until the tree has taken it.
class new_node {
public:
    new_node() noexcept = default;
    /// A leaf of format chr.
    new_node(std::string_view text) noexcept { raw_.text = detail::str(text); }
    new_node(const char *text) noexcept : new_node(std::string_view(text)) {}
    new_node(const std::string &text) noexcept : new_node(std::string_view(text)) {}
    /// A leaf of format bin.
    static new_node of_octets(octets value) noexcept {
        new_node node;
        node.raw_.octets = detail::bytes(value);
        return node;
    }
    new_node &format(omadm_format format) noexcept { return raw_.format = format, *this; }
    /// The media type of a leaf, the identifier of the management object that begins at an interior node.
    new_node &type(std::string_view type) noexcept { return raw_.node_type = detail::str(type), *this; }
    new_node &title(std::string_view title) noexcept { return raw_.title = detail::str(title), *this; }
    const omadm_new_node &raw() const noexcept { return raw_; }

private:
    omadm_new_node raw_ = OMADM_NEW_NODE_INIT;
};

/// A new value of a leaf; format and media type stay unless they are set. It lends its texts until the tree has taken it.
class new_value {
public:
    new_value(std::string_view text) noexcept { raw_.text = detail::str(text); }
    new_value(const char *text) noexcept : new_value(std::string_view(text)) {}
    new_value(const std::string &text) noexcept : new_value(std::string_view(text)) {}
    static new_value of_octets(octets octets) noexcept {
        new_value value{std::string_view()};
        value.raw_.octets = detail::bytes(octets);
        return value;
    }
    new_value &format(omadm_format format) noexcept { return raw_.format = format, *this; }
    new_value &media_type(std::string_view type) noexcept { return raw_.media_type = detail::str(type), *this; }
    const omadm_new_value &raw() const noexcept { return raw_; }

private:
    omadm_new_value raw_ = OMADM_NEW_VALUE_INIT;
};

/// A search for the places where management objects begin: every object, less what is asked for. It lends its texts until tree::find() has returned.
///
///     auto idle = tree.find(omadm::search().mo_id("urn:oma:mo:oma-fumo:1.0").where("State", "10"));
class search {
public:
    /// Only objects with this identifier, or with another that is named so; `:*` at its end stands for every version.
    search &mo_id(std::string_view id) { return mo_ids_.push_back(detail::str(id)), *this; }
    /// Only objects that have a node at this path, or a leaf with this value.
    search &where(std::string_view path) { return where(path, {}); }
    search &where(std::string_view path, std::string_view value) {
        conditions_.push_back({sizeof(omadm_condition), 0, detail::str(path), detail::str(value)});
        return *this;
    }
    /// Only what this server may Get.
    search &principal(std::string_view server) noexcept { return principal_ = server, *this; }
    /// Only what is at this node or below it.
    search &below(omadm_node node) noexcept { return below_ = node, *this; }
    /// Valid as long as this is not changed.
    omadm_search raw() const noexcept {
        omadm_search raw = OMADM_SEARCH_INIT;
        raw.condition_size = sizeof(omadm_condition);
        raw.mo_ids = mo_ids_.data();
        raw.mo_id_count = mo_ids_.size();
        raw.conditions = conditions_.data();
        raw.condition_count = conditions_.size();
        raw.principal = detail::str(principal_);
        raw.below = below_;
        return raw;
    }

private:
    std::vector<omadm_str> mo_ids_;
    std::vector<omadm_condition> conditions_;
    std::string_view principal_;
    omadm_node below_ = OMADM_NO_NODE;
};

/// One item of a Results; lent by it.
class result_item {
public:
    result_item() noexcept = default;
    explicit result_item(const omadm_result_item &raw) noexcept : raw_(raw) {}
    /// How its data is to be sent.
    omadm_data_form form() const noexcept { return static_cast<omadm_data_form>(raw_.form); }
    std::string_view source() const noexcept { return view(raw_.source); }
    std::string_view format() const noexcept { return view(raw_.format); }
    std::string_view media_type() const noexcept { return view(raw_.media_type); }
    octets data() const noexcept { return raw_.data; }
    std::string_view text() const noexcept { return data().text(); }
    const omadm_result_item &raw() const noexcept { return raw_; }

private:
    omadm_result_item raw_{};
};

/// What a Get is answered with: see tree::results(). Owned, move-only, never changed, and independent of the tree; it lends as long as it lives. One that was
/// moved from is empty.
class results : public detail::owner<omadm_results, omadm_results_free> {
public:
    using owner::owner;

    std::size_t size() const noexcept {
        std::size_t count = 0;
        omadm_results_count(get(), &count, nullptr);
        return count;
    }
    /// Its items, as a range.
    auto items() const {
        return detail::indexed<result_item, omadm_result_item>(
            [handle = get()](std::size_t first, omadm_result_item *batch, std::size_t capacity, std::size_t *written) {
                omadm_results_items(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
};

/// One difference between two trees; lent by the diff.
class change {
public:
    change() noexcept = default;
    explicit change(const omadm_change &raw) noexcept : raw_(raw) {}
    omadm_change_kind kind() const noexcept { return static_cast<omadm_change_kind>(raw_.kind); }
    /// Of a node that changed: OMADM_DIFFERS_ACL and so on.
    std::uint32_t what() const noexcept { return raw_.what; }
    omadm_node before() const noexcept { return raw_.before; }
    omadm_node after() const noexcept { return raw_.after; }
    std::string_view uri() const noexcept { return view(raw_.uri); }
    const omadm_change &raw() const noexcept { return raw_; }

private:
    omadm_change raw_{};
};

/// The differences between two trees: see tree::diff(). Owned, move-only, never changed, and independent of the trees; it lends as long as it lives. One that
/// was moved from is empty.
class diff : public detail::owner<omadm_diff, omadm_diff_free> {
public:
    using owner::owner;

    std::size_t size() const noexcept {
        std::size_t count = 0;
        omadm_diff_count(get(), &count, nullptr);
        return count;
    }
    /// The changes, as a range.
    auto changes() const {
        return detail::indexed<change, omadm_change>(
            [handle = get()](std::size_t first, omadm_change *batch, std::size_t capacity, std::size_t *written) {
                omadm_diff_changes(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
};

/// An ACL, taken apart: what every server may do (OMADM_ACL_*), and which may do more. Lent by the text that it was read from.
class acl {
public:
    static result<acl> parse(std::string_view text) {
        acl read;
        auto listed = detail::list<omadm_acl_grant>([&](omadm_acl_grant *grants, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_acl_parse(text.data(), text.size(), &read.everyone_, grants, sizeof *grants, capacity, found, error);
        });
        if (!listed)
            return listed.error();
        read.grants_ = *std::move(listed);
        return result<acl>(std::move(read));
    }
    /// The same list with commands granted to a server, or to all for *.
    static result<std::string> with_server(std::string_view text, std::string_view server, std::uint32_t commands) {
        return detail::fill_text([&](omadm_buffer *changed, omadm_error *error) {
            return omadm_acl_with_server(text.data(), text.size(), server.data(), server.size(), commands, changed, error);
        });
    }
    /// The same list without a server.
    static result<std::string> without_server(std::string_view text, std::string_view server, bool is_root = false) {
        return detail::fill_text([&](omadm_buffer *changed, omadm_error *error) {
            return omadm_acl_without_server(text.data(), text.size(), server.data(), server.size(), is_root, changed, error);
        });
    }

    std::uint32_t everyone() const noexcept { return everyone_; }
    std::size_t size() const noexcept { return grants_.size(); }
    /// The servers that may do more, in the order of their identifiers; and what.
    std::string_view server(std::size_t at) const noexcept { return view(grants_[at].server); }
    std::uint32_t commands(std::size_t at) const noexcept { return grants_[at].commands; }

private:
    std::uint32_t everyone_ = 0;
    std::vector<omadm_acl_grant> grants_;
};

} // namespace omadm

#endif // OMADM_QUERY_HPP
