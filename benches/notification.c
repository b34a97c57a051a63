/* What `cargo bench --bench notification` compares with: package #0 of DM 1.2 read by hand, all fields, every length checked.
 *
 *     notification HEX COUNT       prints nanoseconds for one reading, the best of ten runs of COUNT: with the check that the
 *                                  server identifier is text, which the library makes too, and without
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct notification {
    const uint8_t *digest, *server_id, *vendor;
    size_t server_id_len, vendor_len;
    uint32_t future_use;
    uint16_t version, session_id;
    uint8_t ui_mode, initiator;
};

/* Whether this is UTF-8: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
static int is_text(const uint8_t *at, size_t len)
{
    const uint8_t *end = at + len;
    while (at < end) {
        uint8_t lead = *at++;
        uint8_t least = 0x80, most = 0xBF;
        int more;
        if (lead < 0x80)
            continue;
        if (lead >= 0xC2 && lead <= 0xDF) {
            more = 1;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            more = 2;
            least = lead == 0xE0 ? 0xA0 : 0x80;
            most = lead == 0xED ? 0x9F : 0xBF;
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            more = 3;
            least = lead == 0xF0 ? 0x90 : 0x80;
            most = lead == 0xF4 ? 0x8F : 0xBF;
        } else {
            return 0;
        }
        for (; more > 0; more--, least = 0x80, most = 0xBF)
            if (at == end || *at < least || *at++ > most)
                return 0;
    }
    return 1;
}

__attribute__((noinline)) int read_notification(const uint8_t *octets, size_t len, int check_text, struct notification *out)
{
    if (len < 24)
        return -1;
    const uint8_t *header = octets + 16;
    uint16_t flags = (uint16_t)(header[0] << 8 | header[1]);
    size_t server_id_len = header[7];
    if (flags >> 6 < 10 || server_id_len > len - 24)
        return -1;
    if (check_text && !is_text(octets + 24, server_id_len))
        return -1;
    out->digest = octets;
    out->version = flags >> 6;
    out->ui_mode = flags >> 4 & 3;
    out->initiator = flags >> 3 & 1;
    out->future_use = (uint32_t)(flags & 7) << 24 | (uint32_t)header[2] << 16 | (uint32_t)header[3] << 8 | header[4];
    out->session_id = (uint16_t)(header[5] << 8 | header[6]);
    out->server_id = octets + 24;
    out->server_id_len = server_id_len;
    out->vendor = octets + 24 + server_id_len;
    out->vendor_len = len - 24 - server_id_len;
    return 0;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double best_of_ten(const uint8_t *octets, size_t len, int check_text, long count)
{
    struct notification out;
    double best = 1e9;
    for (int run = 0; run < 10; run++) {
        double begin = seconds();
        for (long i = 0; i < count; i++) {
            /* The compiler may believe neither that the input is the same nor that nobody looks at the output. */
            __asm__ volatile("" : "+r"(octets) : : "memory");
            if (read_notification(octets, len, check_text, &out))
                exit(1);
            __asm__ volatile("" : : "r"(&out) : "memory");
        }
        double took = (seconds() - begin) * 1e9 / (double)count;
        if (took < best)
            best = took;
    }
    return best;
}

int main(int argc, char **argv)
{
    static uint8_t octets[1024];
    if (argc != 3 || strlen(argv[1]) > 2 * sizeof octets)
        return 2;
    size_t len = strlen(argv[1]) / 2;
    long count = atol(argv[2]);
    for (size_t at = 0; at < len; at++)
        sscanf(argv[1] + 2 * at, "%2hhx", &octets[at]);
    printf("%.3f %.3f\n", best_of_ten(octets, len, 1, count), best_of_ten(octets, len, 0, count));
    return 0;
}
