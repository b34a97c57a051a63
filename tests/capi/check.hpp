// What the C++ tests share beside check.h: files and hexadecimal digits as strings, and ranges counted.
#ifndef CHECK_HPP
#define CHECK_HPP

#include "check.h"

#include <cstdint>
#include <omadm.hpp>
#include <string>
#include <vector>

/// A file of tests/data.
inline std::string text_of(const char *name) {
    std::size_t len = 0;
    unsigned char *data = read_file(name, &len);
    std::string text(reinterpret_cast<const char *>(data), len);
    free(data);
    return text;
}

inline std::vector<std::uint8_t> octets_of(const char *hex) {
    std::vector<std::uint8_t> octets(strlen(hex) / 2 + 1);
    octets.resize(from_hex(hex, octets.data(), octets.size()));
    return octets;
}

inline bool is_hex(omadm::octets octets, const char *hex) {
    std::vector<std::uint8_t> expected = octets_of(hex);
    return octets.text() == omadm::octets(expected).text();
}

template <class Range> std::size_t count_of(Range range) {
    std::size_t count = 0;
    for (const auto &each : range) {
        (void)each;
        count++;
    }
    return count;
}

#endif
