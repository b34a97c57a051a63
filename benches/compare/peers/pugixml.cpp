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

} // namespace

extern "C" {

std::int64_t peer_pugixml(const std::uint8_t *octets, std::size_t length, int count) {
    return parse(octets, length, count, pugi::parse_default);
}

// Without entities, line ends, CDATA sections and checks of end tags' blanks.
std::int64_t peer_pugixml_minimal(const std::uint8_t *octets, std::size_t length, int count) {
    return parse(octets, length, count, pugi::parse_minimal);
}
}
