// omadm.hpp: owners, results, ranges.
#include "check.h"
#include <omadm.hpp>

static void reads_a_message() {
    std::size_t len;
    unsigned char *file = read_file("package2.syncml.wbxml", &len);
    auto message = omadm::message::borrow({file, len});
    REQUIRE(message.has_value());
    CHECK(omadm::view(message->header().session_id) == "1A");
    std::size_t commands = 0, slots = 0;
    for (const omadm::command &command : message->commands()) {
        CHECK(command.index() == commands++);
        std::size_t items = 0;
        for (const omadm::item &item : message->items(command)) {
            slots += item.target().substr(0, 24) == "./Vendor/AcmeExt/Slots/S";
            items++;
        }
        CHECK(items == command.item_count());
    }
    CHECK(commands == message->command_count());
    CHECK(slots == 2);
    message = omadm::message::decode("<SyncML>\n<SyncHdr>");
    CHECK(!message && message.code() == OMADM_E_UNEXPECTED_END);
    CHECK(message.error().offset() == 18);
    CHECK(message.error().describe("<SyncML>\n<SyncHdr>").find("line 2:10") != std::string::npos);
    free(file);
}

static void reads_a_tree() {
    std::size_t len, count = 0;
    unsigned char *file = read_file("phone.tnds.xml", &len);
    auto tree = omadm::tree::decode({file, len});
    free(file);
    REQUIRE(tree.has_value());
    omadm::tree moved = std::move(*tree);
    CHECK(tree->get() == nullptr);
    for (const omadm::node &node : moved.nodes()) {
        auto again = moved.at(moved.uri(node.id()));
        CHECK(again && again->id() == node.id());
        count++;
    }
    CHECK(count == moved.size() && count > 20);
    auto hits = moved.find_mo("urn:oma:mo:oma-fumo:1.0");
    REQUIRE(hits.has_value());
    REQUIRE(hits->size() == 2);
    CHECK(moved.uri((*hits)[1]) == "./FUMO/system");
    bool found = false;
    for (const omadm::node &child : moved.children((*hits)[1]))
        found = found || (child.name() == "PkgVersion" && child.text() == "4.2.1");
    CHECK(found);
    auto nothing = moved.at("./Nothing");
    CHECK(!nothing && nothing.code() == OMADM_NOT_FOUND);
    CHECK(moved.at(omadm_node{12345678}).code() == OMADM_E_STALE_NODE);
}

int main() {
    reads_a_message();
    reads_a_tree();
    return outcome();
}
