// Device descriptions (DDF), and whether trees, messages and commands are as they say. See omadm.hpp.
#ifndef OMADM_SCHEMA_HPP
#define OMADM_SCHEMA_HPP

#include "tree.hpp"

namespace omadm {

/// One described node; lent by the schema until something is added to that. Its id stays valid as long as the schema.
class described_node {
public:
    described_node() noexcept = default;
    explicit described_node(const omadm_schema_node_info &raw) noexcept : raw_(raw) {}
    omadm_schema_node id() const noexcept { return raw_.node; }
    omadm_schema_node parent() const noexcept { return raw_.parent; }
    omadm_format format() const noexcept { return static_cast<omadm_format>(raw_.format); }
    /// The commands that the node takes: OMADM_ACCESS_*.
    std::uint32_t access() const noexcept { return raw_.access; }
    bool is_permanent() const noexcept { return (raw_.flags & OMADM_SCHEMA_PERMANENT) != 0; }
    /// Without data() where the node stands for nodes of any name.
    std::string_view name() const noexcept { return view(raw_.name); }
    std::string_view path() const noexcept { return view(raw_.path); }
    std::string_view title() const noexcept { return view(raw_.title); }
    std::string_view description() const noexcept { return view(raw_.description); }
    std::string_view mo_id() const noexcept { return view(raw_.mo_id); }
    std::string_view media_type() const noexcept { return view(raw_.media_type); }
    octets default_value() const noexcept { return raw_.default_value; }
    const omadm_schema_node_info &raw() const noexcept { return raw_; }

private:
    omadm_schema_node_info raw_{};
};

/// What one or more device descriptions say.
///
/// Owned, move-only; read by many threads, or added to by one, at a time. What it lends is valid until something is added, or it is gone. One that was moved from
/// is empty. Decoding and adding fail as omadm_schema_decode does; what fails adds nothing.
class schema : public detail::owner<omadm_schema, omadm_schema_free> {
public:
    using owner::owner;

    static result<schema> decode(octets input, const omadm_options *options = nullptr) {
        return detail::make<schema, omadm_schema>([&](omadm_schema **made, omadm_error *error) {
            return omadm_schema_decode(input.data(), input.size(), options, made, error);
        });
    }
    /// Adds what another document describes.
    result<done> add(octets input, const omadm_options *options = nullptr) {
        return detail::perform(
            [&](omadm_error *error) { return omadm_schema_add(get(), input.data(), input.size(), options, error); });
    }
    std::size_t size() const noexcept {
        std::size_t count = 0;
        omadm_schema_summary(get(), &count, nullptr, nullptr);
        return count;
    }
    std::size_t document_count() const noexcept {
        std::size_t count = 0;
        omadm_schema_summary(get(), nullptr, &count, nullptr);
        return count;
    }
    /// All described nodes, parents before children, as a range.
    auto nodes() const {
        return detail::chained<described_node, omadm_schema_node_info>(
            [handle = get()](const omadm_schema_node_info *last, omadm_schema_node_info *batch, std::size_t capacity, std::size_t *written) {
                omadm_schema_nodes(handle, last ? last->node : 0, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    result<described_node> at(omadm_schema_node id) const {
        return detail::look<described_node, omadm_schema_node_info>(
            [&](omadm_schema_node_info *info, omadm_error *error) { return omadm_schema_node_get(get(), id, info, error); });
    }
    /// The descriptions of the node at a URI, the best first.
    result<std::vector<omadm_schema_node>> find(std::string_view uri) const {
        return detail::list<omadm_schema_node>([&](omadm_schema_node *nodes, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_schema_find(get(), uri.data(), uri.size(), nodes, capacity, found, error);
        });
    }
    /// The URI of a described node; a template where names are open.
    result<std::string> uri(omadm_schema_node id) const {
        return detail::fill_text([&](omadm_buffer *uri, omadm_error *error) { return omadm_schema_uri(get(), id, uri, error); });
    }
    /// The media types that the value of a leaf can have; lent by the schema.
    result<std::vector<std::string_view>> media_types(omadm_schema_node id) const {
        auto listed = detail::list<omadm_str>([&](omadm_str *types, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_schema_media_types(get(), id, types, capacity, found, error);
        });
        if (!listed)
            return listed.error();
        std::vector<std::string_view> views;
        for (omadm_str type : *listed)
            views.push_back(view(type));
        return result<std::vector<std::string_view>>(std::move(views));
    }
    /// Whether a node takes a value, as it is sent.
    result<omadm_verdict> judge(omadm_schema_node id, octets value) const {
        std::uint32_t verdict = 0;
        error wrong;
        if (omadm_schema_judge(get(), id, value.data(), value.size(), &verdict, wrong.raw()) != OMADM_OK)
            return wrong;
        return static_cast<omadm_verdict>(verdict);
    }
};

/// One thing that a check found; lent by the findings, but for reason(), which is static.
class finding {
public:
    finding() noexcept = default;
    explicit finding(const omadm_finding &raw) noexcept : raw_(raw) {}
    omadm_finding_kind kind() const noexcept { return static_cast<omadm_finding_kind>(raw_.kind); }
    /// The status that a device answers a command with; 0 where there is none.
    std::uint32_t status() const noexcept { return raw_.status; }
    std::uint64_t offset() const noexcept { return raw_.offset; }
    omadm_schema_node node() const noexcept { return raw_.node; }
    std::string_view uri() const noexcept { return view(raw_.uri); }
    /// A short name for programs, such as not-described.
    std::string_view reason() const noexcept { return view(raw_.reason); }
    std::string_view text() const noexcept { return view(raw_.text); }
    std::string_view expected() const noexcept { return view(raw_.expected); }
    const omadm_finding &raw() const noexcept { return raw_; }

private:
    omadm_finding raw_{};
};

/// What a check found. Owned, move-only, never changed, and independent of what was checked; it lends as long as it lives. One that was moved from is empty.
class findings : public detail::owner<omadm_findings, omadm_findings_free> {
public:
    using owner::owner;

    std::size_t size() const noexcept {
        std::size_t count = 0;
        omadm_findings_summary(get(), &count, nullptr, nullptr);
        return count;
    }
    /// False if there were more than limit_findings.
    bool is_complete() const noexcept {
        std::uint32_t is_complete = 0;
        omadm_findings_summary(get(), nullptr, &is_complete, nullptr);
        return is_complete != 0;
    }
    /// The findings, as a range.
    auto rows() const {
        return detail::indexed<finding, omadm_finding>(
            [handle = get()](std::size_t first, omadm_finding *batch, std::size_t capacity, std::size_t *written) {
                omadm_findings_rows(handle, first, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
};

/// A command to be checked: check_request(OMADM_ACCESS_REPLACE, "./DevInfo/Mod").value("R1"). It lends its texts.
class check_request {
public:
    check_request(std::uint32_t access, std::string_view uri) noexcept {
        raw_.command = access;
        raw_.uri = detail::str(uri);
    }
    check_request &format(std::string_view text) noexcept { return raw_.format = detail::str(text), *this; }
    check_request &media_type(std::string_view text) noexcept { return raw_.media_type = detail::str(text), *this; }
    check_request &value(octets value) noexcept { return raw_.value = detail::bytes(value), *this; }
    check_request &in_atomic(bool is) noexcept { return raw_.in_atomic = is ? 2 : 1, *this; }
    const omadm_check_request &raw() const noexcept { return raw_; }

private:
    omadm_check_request raw_ = OMADM_CHECK_REQUEST_INIT;
};

/// How trees are checked: as parts of a tree, or as whole ones; for any build of Windows, or one.
struct check_options : omadm_check_options {
    explicit check_options(bool is_whole_tree = false, std::string_view build = {}) noexcept
        : omadm_check_options(OMADM_CHECK_OPTIONS_INIT) {
        flags = is_whole_tree ? OMADM_CHECK_WHOLE_TREE : 0;
        os_build = detail::str(build);
    }
};

/// A check against a schema, as that is when it is made. Owned, move-only, and independent of the schema; many threads may use one, for many trees and messages.
class check : public detail::owner<omadm_check, omadm_check_free> {
public:
    using owner::owner;

    static result<check> make(const schema &against, const omadm_check_options &options = check_options()) {
        return detail::make<check, omadm_check>([&](omadm_check **made, omadm_error *error) {
            return omadm_check_new(against.get(), &options, made, error);
        });
    }
    result<findings> operator()(const tree &checked) const {
        return detail::make<findings, omadm_findings>(
            [&](omadm_findings **made, omadm_error *error) { return omadm_check_tree(get(), checked.get(), made, error); });
    }
    result<findings> operator()(const message &checked) const {
        return detail::make<findings, omadm_findings>(
            [&](omadm_findings **made, omadm_error *error) { return omadm_check_message(get(), checked.get(), made, error); });
    }
    result<findings> operator()(const check_request &checked) const {
        return detail::make<findings, omadm_findings>(
            [&](omadm_findings **made, omadm_error *error) { return omadm_check_command(get(), &checked.raw(), made, error); });
    }
};

} // namespace omadm

#endif // OMADM_SCHEMA_HPP
