/* Two readers of package #0 (DM 1.2), ours: one that copies the server identifier to the heap, as C clients do, and one that
 * only takes the bits apart. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct notification {
    uint8_t digest[16];
    unsigned version, mode, initiator, session;
    uint32_t future;
    char *server;
};

/* The length of the server identifier. */
int64_t peer_package0_copying(const uint8_t *octets, size_t length, int count) {
    (void)count;
    if (length < 24 || length < 24u + octets[23])
        return -1;
    struct notification *found = malloc(sizeof *found);
    if (!found)
        return -1;
    memcpy(found->digest, octets, 16);
    unsigned flags = octets[16] << 8 | octets[17];
    found->version = flags >> 6;
    found->mode = flags >> 4 & 3;
    found->initiator = flags >> 3 & 1;
    found->future = (flags & 7u) << 24 | (uint32_t)octets[18] << 16 | (uint32_t)octets[19] << 8 | octets[20];
    found->session = octets[21] << 8 | octets[22];
    found->server = malloc(octets[23] + 1u);
    if (!found->server) {
        free(found);
        return -1;
    }
    memcpy(found->server, octets + 24, octets[23]);
    found->server[octets[23]] = 0;
    /* The compiler shall not see that nobody looks at it. */
    __asm__ volatile("" : : "r"(found), "r"(found->server) : "memory");
    int64_t server = octets[23];
    free(found->server);
    free(found);
    return server;
}

struct fields {
    const uint8_t *digest, *server;
    unsigned version, mode, initiator, session, server_length;
    uint32_t future;
};

/* The same fields, with the identifier where it is. */
int64_t peer_package0_bits(const uint8_t *octets, size_t length, int count) {
    (void)count;
    struct fields found;
    if (length < 24 || length < 24u + octets[23])
        return -1;
    unsigned flags = octets[16] << 8 | octets[17];
    found.digest = octets;
    found.version = flags >> 6;
    found.mode = flags >> 4 & 3;
    found.initiator = flags >> 3 & 1;
    found.future = (flags & 7u) << 24 | (uint32_t)octets[18] << 16 | (uint32_t)octets[19] << 8 | octets[20];
    found.session = octets[21] << 8 | octets[22];
    found.server_length = octets[23];
    found.server = octets + 24;
    __asm__ volatile("" : : "r"(&found) : "memory");
    return found.server_length;
}
