// rapidxml: in its fastest mode, and in its default mode, which writes into its input and so gets a copy.
#include <cstdint>
#include <cstring>
#include <memory>
#include <rapidxml/rapidxml.hpp>

namespace {

std::int64_t elements(const rapidxml::xml_node<> *top) {
    std::int64_t count = 0;
    const rapidxml::xml_node<> *node = top->first_node();
    while (node && node != top) {
        count += node->type() == rapidxml::node_element;
        if (node->first_node()) {
            node = node->first_node();
            continue;
        }
        while (node != top && !node->next_sibling())
            node = node->parent();
        if (node != top)
            node = node->next_sibling();
    }
    return count;
}

} // namespace

extern "C" {

// The octets end in a NUL, which is not counted in their length. This mode does not write into them.
std::int64_t peer_rapidxml_fastest(const std::uint8_t *octets, std::size_t, int count) {
    rapidxml::xml_document<> document;
    try {
        document.parse<rapidxml::parse_fastest>(const_cast<char *>(reinterpret_cast<const char *>(octets)));
    } catch (const rapidxml::parse_error &) {
        return -1;
    }
    return count ? elements(&document) : 0;
}

std::int64_t peer_rapidxml(const std::uint8_t *octets, std::size_t length, int count) {
    std::unique_ptr<char[]> copy(new char[length + 1]);
    std::memcpy(copy.get(), octets, length + 1);
    rapidxml::xml_document<> document;
    try {
        document.parse<rapidxml::parse_default>(copy.get());
    } catch (const rapidxml::parse_error &) {
        return -1;
    }
    return count ? elements(&document) : 0;
}
}
