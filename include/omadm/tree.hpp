// The management tree: read, edited, asked, written. See omadm.hpp.
#ifndef OMADM_TREE_HPP
#define OMADM_TREE_HPP

#include "message.hpp"
#include "query.hpp"

namespace omadm {

/// One node of a tree, with its properties; lent by the tree until that is changed. Its id stays valid as long as the node is there.
class node {
public:
    node() noexcept = default;
    explicit node(const omadm_node_info &raw) noexcept : raw_(raw) {}
    omadm_node id() const noexcept { return raw_.node; }
    omadm_node parent() const noexcept { return raw_.parent; }
    omadm_format format() const noexcept { return static_cast<omadm_format>(raw_.format); }
    bool is_interior() const noexcept { return (raw_.flags & OMADM_NODE_INTERIOR) != 0; }
    bool is_permanent() const noexcept { return (raw_.flags & OMADM_NODE_PERMANENT) != 0; }
    std::size_t child_count() const noexcept { return raw_.child_count; }
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

/// Several edits of a tree as one: undone when it goes, unless it was committed. See tree::begin().
///
///     auto edits = tree.begin();
///     if (!edits || !tree.replace("./A", "1") || !tree.replace("./B", "2"))
///         return;                // ./A is as it was
///     (void)edits->commit();
///
/// Move-only. It refers to the tree, which must outlive it but may be moved. Those that begin inside it must end before it: commit() and roll_back() of one that has
/// others open inside, or has ended, or was moved from, fail with OMADM_E_STATE and do nothing. When it goes, open ones inside are undone with it.
class transaction {
public:
    transaction() noexcept = default;
    ~transaction() { undo(); }
    transaction(transaction &&other) noexcept { swap(other); }
    transaction &operator=(transaction &&other) noexcept {
        transaction gone(std::move(other));
        swap(gone);
        return *this;
    }
    transaction(const transaction &) = delete;
    transaction &operator=(const transaction &) = delete;

    /// Whether it has been neither committed nor rolled back.
    bool is_open() const noexcept { return tree_ != nullptr && open() >= depth_; }
    /// Ends it and keeps what it did; the one around it, if there is one, can still undo it.
    result<done> commit() { return end(omadm_tree_commit); }
    /// Ends it and undoes what it did.
    result<done> roll_back() { return end(omadm_tree_roll_back); }

private:
    friend class tree;
    explicit transaction(omadm_tree *tree) noexcept : tree_(tree), depth_(open()) {}
    std::size_t open() const noexcept {
        std::size_t count = 0;
        omadm_tree_transactions(tree_, &count, nullptr);
        return count;
    }
    result<done> end(omadm_rc (*how)(omadm_tree *, omadm_error *)) {
        if (tree_ == nullptr || open() != depth_) {
            error wrong;
            wrong.raw()->code = OMADM_E_STATE;
            wrong.raw()->message = omadm_code_message(OMADM_E_STATE);
            wrong.raw()->offset = wrong.raw()->inner_offset = OMADM_NONE;
            return wrong;
        }
        auto ended = detail::perform([&](omadm_error *error) { return how(tree_, error); });
        if (ended)
            tree_ = nullptr;
        return ended;
    }
    void undo() noexcept {
        for (std::size_t count = tree_ ? open() : 0; count >= depth_ && count > 0; count--)
            omadm_tree_roll_back(tree_, nullptr);
        tree_ = nullptr;
    }
    void swap(transaction &other) noexcept {
        std::swap(tree_, other.tree_);
        std::swap(depth_, other.depth_);
    }
    omadm_tree *tree_ = nullptr;
    std::size_t depth_ = 0;
};

/// A management tree: read, edited and asked by URI or by node.
///
/// Owned, move-only; read by many threads, or changed by one, at a time. What it lends is valid until it is changed or gone; an omadm_node is valid as long as that
/// node is there, and OMADM_E_STALE_NODE afterwards. Edits that fail change nothing; their offsets count octets of the URI. A tree that was moved from is empty: no
/// nodes in its ranges, and what returns a result fails with OMADM_E_NULL.
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
        omadm_input borrowed = detail::borrowed(input);
        return detail::make<tree, omadm_tree>([&](omadm_tree **made, omadm_error *error) {
            return omadm_tree_decode_input(&borrowed, options, made, error);
        });
    }
    template <class T, class = detail::temporary<T>> static void borrow(T &&, const omadm_options * = nullptr) = delete;
    /// Without a copy: `input`, a std::string or a vector of octets, moves in.
    template <class Container> static result<tree> adopt(Container input, const omadm_options *options = nullptr) {
        return detail::adopt<tree, omadm_tree>(std::move(input), [&](const omadm_input *adopted, omadm_tree **made, omadm_error *error) {
            return omadm_tree_decode_input(adopted, options, made, error);
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
    /// A copy that stands alone; its nodes have the same ids.
    result<tree> clone() const {
        return detail::make<tree, omadm_tree>([&](omadm_tree **made, omadm_error *error) { return omadm_tree_clone(get(), made, error); });
    }

    // ---- Read.

    std::size_t size() const noexcept {
        std::size_t count = 0;
        omadm_tree_summary(get(), &count, nullptr, nullptr);
        return count;
    }
    omadm_node root() const noexcept {
        omadm_node root = OMADM_NO_NODE;
        omadm_tree_summary(get(), nullptr, &root, nullptr);
        return root;
    }
    result<omadm::node> at(omadm_node id) const {
        return detail::look<omadm::node, omadm_node_info>(
            [&](omadm_node_info *info, omadm_error *error) { return omadm_tree_node(get(), id, info, error); });
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
        return detail::chained<omadm::node, omadm_node_info>(
            [handle = get(), top](const omadm_node_info *last, omadm_node_info *batch, std::size_t capacity, std::size_t *written) {
                omadm_tree_nodes(handle, top, last ? last->node : OMADM_NO_NODE, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// The children of a node, as a range.
    auto children(omadm_node of) const {
        return detail::chained<omadm::node, omadm_node_info>(
            [handle = get(), of](const omadm_node_info *last, omadm_node_info *batch, std::size_t capacity, std::size_t *written) {
                omadm_tree_children(handle, of, last ? last->node : OMADM_NO_NODE, batch, sizeof *batch, capacity, written, nullptr);
            });
    }
    /// The URI of a node; empty for one that is not there.
    std::string uri(omadm_node id) const {
        return detail::write_text([&](char *room, std::size_t size, std::size_t *length, omadm_error *error) {
                   return omadm_tree_uri(get(), id, room, size, length, error);
               })
            .value_or({});
    }
    /// The octets that the value of a leaf stands for, base64 of a bin decoded.
    result<buffer> value_octets(omadm_node id) const {
        return detail::fill([&](omadm_buffer *octets, omadm_error *error) { return omadm_tree_octets(get(), id, octets, error); });
    }
    /// The text of a property, as ?prop= answers it; OMADM_NOT_FOUND if the node does not have it.
    result<std::string> property(omadm_node id, omadm_property property) const {
        return detail::fill_text(
            [&](omadm_buffer *value, omadm_error *error) { return omadm_tree_property(get(), id, property, value, error); });
    }

    // ---- Who may do what. Rights are OMADM_ACL_*; a server without data() is the device.

    result<std::uint32_t> rights(omadm_node id, std::string_view server) const {
        return detail::ask<std::uint32_t>([&](std::uint32_t &commands, omadm_error *error) {
            return omadm_tree_rights(get(), id, server.data(), server.size(), &commands, error);
        });
    }
    /// The rights on every node from one down, or from the root, in the order of nodes().
    result<std::vector<std::uint32_t>> rights_below(omadm_node top, std::string_view server) const {
        return detail::list<std::uint32_t>([&](std::uint32_t *commands, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_tree_rights_below(get(), top, server.data(), server.size(), nullptr, commands, capacity, found, error);
        });
    }
    /// The list that counts for a node, its own or inherited.
    result<std::string> effective_acl(omadm_node id) const {
        return detail::fill_text([&](omadm_buffer *acl, omadm_error *error) { return omadm_tree_effective_acl(get(), id, acl, error); });
    }
    result<bool> may_change_acl(omadm_node id, std::string_view server) const {
        return detail::ask_whether([&](std::uint32_t *may, omadm_error *error) {
            return omadm_tree_may_change_acl(get(), id, server.data(), server.size(), may, error);
        });
    }

    // ---- Found and asked.

    /// Where the management objects with this identifier begin, in the order of the tree.
    result<std::vector<omadm_node>> find_mo(std::string_view mo_id) const {
        return detail::list<omadm_node>([&](omadm_node *nodes, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_tree_find_mo(get(), mo_id.data(), mo_id.size(), nodes, capacity, found, error);
        });
    }
    /// Where the management objects begin that a search asks for.
    result<std::vector<omadm_node>> find(const search &what) const {
        omadm_search raw = what.raw();
        return detail::list<omadm_node>([&](omadm_node *nodes, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_tree_search(get(), &raw, nodes, capacity, found, error);
        });
    }
    /// The nodes that a pattern stands for, such as **[AppID=="w7"]/Addr; with a principal those that it may Get.
    result<std::vector<omadm_node>> select(std::string_view pattern, std::string_view principal = {},
                                           const omadm_options *options = nullptr) const {
        return detail::list<omadm_node>([&](omadm_node *nodes, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_tree_select(get(), pattern.data(), pattern.size(), principal.data(), principal.size(), options, nodes, capacity,
                                     found, error);
        });
    }
    /// The nodes to which a path of names and * leads from a node.
    result<std::vector<omadm_node>> follow(omadm_node from, std::string_view path, std::string_view principal = {}) const {
        return detail::list<omadm_node>([&](omadm_node *nodes, std::size_t capacity, std::size_t *found, omadm_error *error) {
            return omadm_tree_follow(get(), from, path.data(), path.size(), principal.data(), principal.size(), nodes, capacity, found,
                                     error);
        });
    }
    /// Answers a Get of any URI, with ?prop= or ?list= or without. error::status() is what a client answers where this fails.
    result<omadm::results> results(std::string_view uri, const omadm_results_options &options = results_options()) const {
        return detail::make<omadm::results, omadm_results>([&](omadm_results **made, omadm_error *error) {
            return omadm_tree_results(get(), uri.data(), uri.size(), &options, made, error);
        });
    }

    // ---- Edited. For the device, or for the server that the options name.

    /// Adds a node, as the last child of its parent.
    result<omadm_node> add(std::string_view uri, const new_node &node = {}, const omadm_edit_options &options = edit_options()) {
        return detail::ask<omadm_node>([&](omadm_node &added, omadm_error *error) {
            return omadm_tree_add(get(), uri.data(), uri.size(), &node.raw(), &options, &added, error);
        });
    }
    /// Gives a leaf another value.
    result<done> replace(std::string_view uri, const new_value &value, const omadm_edit_options &options = edit_options()) {
        return detail::perform([&](omadm_error *error) {
            return omadm_tree_replace(get(), uri.data(), uri.size(), &value.raw(), &options, error);
        });
    }
    /// Deletes a node with everything below it.
    result<done> remove(std::string_view uri, const omadm_edit_options &options = edit_options()) {
        return detail::perform([&](omadm_error *error) { return omadm_tree_delete(get(), uri.data(), uri.size(), &options, error); });
    }
    /// Copies the value of a leaf to another one, which is made if it is not there.
    result<done> copy(std::string_view from, std::string_view to, const omadm_edit_options &options = edit_options()) {
        return detail::perform([&](omadm_error *error) {
            return omadm_tree_copy(get(), from.data(), from.size(), to.data(), to.size(), &options, error);
        });
    }
    result<done> rename(std::string_view uri, std::string_view name, const omadm_edit_options &options = edit_options()) {
        return detail::perform([&](omadm_error *error) {
            return omadm_tree_rename(get(), uri.data(), uri.size(), name.data(), name.size(), &options, error);
        });
    }
    /// What a Replace on URI?prop=Name does; `uri` is without the query.
    result<done> set_property(std::string_view uri, omadm_property property, std::string_view value,
                              const omadm_edit_options &options = edit_options()) {
        return detail::perform([&](omadm_error *error) {
            return omadm_tree_set_property(get(), uri.data(), uri.size(), property, value.data(), value.size(), &options, error);
        });
    }
    result<done> set_permanent(std::string_view uri, bool is_permanent) {
        return detail::perform(
            [&](omadm_error *error) { return omadm_tree_set_permanent(get(), uri.data(), uri.size(), is_permanent, error); });
    }
    /// Takes a server out of every ACL and says how many lists changed. It can widen rights: see omadm_tree_remove_server.
    result<std::size_t> remove_server(std::string_view server, const omadm_edit_options &options = edit_options()) {
        return detail::ask<std::size_t>([&](std::size_t &changed, omadm_error *error) {
            return omadm_tree_remove_server(get(), server.data(), server.size(), &options, &changed, error);
        });
    }
    /// Adds a copy of a node of another tree, or of all of it, with everything below.
    result<omadm_node> add_subtree(std::string_view uri, const tree &from, omadm_node top = OMADM_NO_NODE,
                                   const omadm_edit_options &options = edit_options()) {
        return detail::ask<omadm_node>([&](omadm_node &added, omadm_error *error) {
            return omadm_tree_add_subtree(get(), uri.data(), uri.size(), from.get(), top, &options, &added, error);
        });
    }
    /// Makes what is at a URI the same as a node of another tree; or merges that into it, so that nothing is deleted.
    result<done> replace_subtree(std::string_view uri, const tree &from, omadm_node top = OMADM_NO_NODE,
                                 const omadm_edit_options &options = edit_options()) {
        return detail::perform([&](omadm_error *error) {
            return omadm_tree_replace_subtree(get(), uri.data(), uri.size(), from.get(), top, &options, error);
        });
    }
    result<done> merge_subtree(std::string_view uri, const tree &from, omadm_node top = OMADM_NO_NODE,
                               const omadm_edit_options &options = edit_options()) {
        return detail::perform([&](omadm_error *error) {
            return omadm_tree_merge_subtree(get(), uri.data(), uri.size(), from.get(), top, &options, error);
        });
    }
    /// Begins a transaction, inside the one that is open, if one is.
    result<transaction> begin() {
        error wrong;
        if (omadm_tree_begin(get(), wrong.raw()) != OMADM_OK)
            return wrong;
        return transaction(get());
    }
    /// Gives back the memory that edits have left, and says how many octets.
    result<std::size_t> compact() {
        return detail::ask<std::size_t>(
            [&](std::size_t &octets, omadm_error *error) { return omadm_tree_compact(get(), &octets, error); });
    }

    // ---- Compared and written.

    /// What is different in another tree; `what` is OMADM_DIFFERS_ALL, or less.
    result<omadm::diff> diff(const tree &after, std::uint32_t what = OMADM_DIFFERS_ALL) const {
        return diff(OMADM_NO_NODE, after, OMADM_NO_NODE, what);
    }
    /// The same between two nodes and what is below them.
    result<omadm::diff> diff(omadm_node top, const tree &after, omadm_node after_top, std::uint32_t what = OMADM_DIFFERS_ALL) const {
        return detail::make<omadm::diff, omadm_diff>([&](omadm_diff **made, omadm_error *error) {
            return omadm_tree_diff(get(), top, after.get(), after_top, what, made, error);
        });
    }
    /// Makes the changes between two other trees in this one: all, or none.
    result<done> apply(const tree &before, const tree &after, std::uint32_t what = OMADM_DIFFERS_ALL) {
        return detail::perform(
            [&](omadm_error *error) { return omadm_tree_apply(get(), before.get(), after.get(), what, error); });
    }
    /// A tree document (TNDS) of the whole tree, or of a node and everything below it.
    result<buffer> encode(omadm_encoding encoding, omadm_node top = OMADM_NO_NODE,
                          const omadm_tnds_options &options = tnds_options()) const {
        return detail::fill([&](omadm_buffer *document, omadm_error *error) {
            return omadm_tree_encode(get(), top, encoding, &options, document, error);
        });
    }
};

} // namespace omadm

#endif // OMADM_TREE_HPP
