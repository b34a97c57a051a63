// Finds the instances of a management object in a tree document and prints their values.
//
//     find_mo urn:oma:mo:oma-fumo:1.0 tree.xml
//
// c++ -std=c++17 find_mo.cpp $(pkg-config --cflags --libs omadm)
#include <fstream>
#include <iostream>
#include <iterator>
#include <omadm.hpp>

int main(int argc, char **argv) {
    if (argc != 3) {
        std::cerr << "usage: find_mo IDENTIFIER FILE\n";
        return 2;
    }
    std::ifstream file(argv[2], std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), {}};
    // The tree points into `octets`, which lives longer.
    auto tree = omadm::tree::borrow(octets);
    if (!tree) {
        std::cerr << argv[2] << ": " << tree.error().describe(octets) << '\n';
        return 2;
    }
    auto objects = tree->find_mo(argv[1]);
    if (!objects) {
        std::cerr << argv[1] << ": " << objects.error().message() << '\n';
        return 2;
    }
    for (omadm_node object : *objects)
        for (const omadm::node &node : tree->nodes(object))
            if (node.value().data() != nullptr)
                std::cout << tree->uri(node.id()) << " = " << node.text() << '\n';
    return objects->empty();
}
