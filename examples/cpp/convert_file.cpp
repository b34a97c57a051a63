// Converts a captured document: WBXML to XML, XML to WBXML, whatever it is.
//
//     convert_file captured.wbxml > captured.xml
//
// c++ -std=c++17 convert_file.cpp $(pkg-config --cflags --libs omadm)
#include <fstream>
#include <iostream>
#include <iterator>
#include <omadm.hpp>

int main(int argc, char **argv) {
    if (argc != 2) {
        std::cerr << "usage: convert_file FILE\n";
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    const std::string octets{std::istreambuf_iterator<char>(file), {}};
    // WBXML begins with its version, 0 to 3; XML never does.
    const bool is_wbxml = !octets.empty() && static_cast<unsigned char>(octets[0]) <= 3;
    auto converted = omadm::convert(octets, is_wbxml ? OMADM_XML : OMADM_WBXML, omadm::convert_options(OMADM_LAYOUT_INDENTED));
    if (!converted) {
        std::cerr << argv[1] << ": " << converted.error().describe(octets) << '\n';
        return 2;
    }
    std::cout << converted->text();
    return 0;
}
