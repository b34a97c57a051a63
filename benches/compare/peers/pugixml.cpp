// pugixml: its DOM, from octets that the caller keeps (load_buffer), or in the caller's own buffer.
#include <cstdint>
#include <cstring>
#include <pugixml.hpp>

namespace {

std::int64_t elements(const pugi::xml_node &top) {
    std::int64_t count = 0;
    pugi::xml_node node = top.first_child();
    while (node) {
        count += node.type() == pugi::node_element;
        if (pugi::xml_node child = node.first_child()) {
            node = child;
            continue;
        }
        while (node && node != top && !node.next_sibling())
            node = node.parent();
        if (!node || node == top)
            break;
        node = node.next_sibling();
    }
    return count;
}

std::int64_t parse(const std::uint8_t *octets, std::size_t length, int count, unsigned options) {
    pugi::xml_document document;
    if (!document.load_buffer(octets, length, options, pugi::encoding_utf8))
        return -1;
    return count ? elements(document) : 0;
}

// Management objects with an identifier. Only nodes of the tree are entered.
std::int64_t walk(const pugi::xml_document &document, const char *mo_id) {
    std::int64_t found = 0;
    const pugi::xml_node top = document.first_child();
    pugi::xml_node node = top.child("Node");
    while (node) {
        const pugi::xml_node name = node.child("RTProperties").child("Type").child("DDFName");
        found += name && std::strcmp(name.text().get(), mo_id) == 0;
        pugi::xml_node next = node.child("Node");
        while (!next && node != top) {
            next = node.next_sibling("Node");
            if (!next)
                node = node.parent();
        }
        node = next;
    }
    return found;
}

} // namespace

extern "C" {

std::int64_t peer_pugixml(const std::uint8_t *octets, std::size_t length, int count) {
    return parse(octets, length, count, pugi::parse_default);
}

// In the caller's own buffer, which it writes into.
std::int64_t peer_pugixml_in_place(std::uint8_t *octets, std::size_t length, int count) {
    pugi::xml_document document;
    if (!document.load_buffer_inplace(octets, length, pugi::parse_default, pugi::encoding_utf8))
        return -1;
    return count ? elements(document) : 0;
}

// Without entities, line ends, CDATA sections and checks of end tags' blanks.
std::int64_t peer_pugixml_minimal(const std::uint8_t *octets, std::size_t length, int count) {
    return parse(octets, length, count, pugi::parse_minimal);
}

// A tree to search: a walk over all nodes, written by hand.
void *peer_pugixml_open(const std::uint8_t *octets, std::size_t length) {
    auto *document = new pugi::xml_document;
    if (document->load_buffer(octets, length, pugi::parse_default, pugi::encoding_utf8))
        return document;
    delete document;
    return nullptr;
}

void peer_pugixml_close(void *handle) {
    delete static_cast<pugi::xml_document *>(handle);
}

std::int64_t peer_pugixml_walk_ten(void *handle) {
    return walk(*static_cast<pugi::xml_document *>(handle), "urn:oma:mo:oma-fumo:1.0");
}

std::int64_t peer_pugixml_walk_many(void *handle) {
    return walk(*static_cast<pugi::xml_document *>(handle), "urn:oma:mo:oma-dm-dmacc:1.0");
}
}
