/* What the C tests share: checks that count, and files read whole. Compiles as C99 and as C++17. */
#ifndef CHECK_H
#define CHECK_H

#include <inttypes.h>
#include <omadm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int checks_passed, checks_failed;

/* Says what failed and goes on. */
#define CHECK(condition)                                                                 \
    ((condition) ? (void)checks_passed++                                                 \
                 : (void)(checks_failed++,                                               \
                          fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition)))

/* Without this the rest of a test makes no sense. */
#define REQUIRE(condition)                                                                        \
    do {                                                                                          \
        if (!(condition)) {                                                                       \
            fprintf(stderr, "%s:%d: %s: the test gives up\n", __FILE__, __LINE__, #condition);    \
            exit(1);                                                                              \
        }                                                                                         \
        checks_passed++;                                                                          \
    } while (0)

static inline int is_text(omadm_str text, const char *expected) {
    if (expected == NULL || text.ptr == NULL)
        return expected == NULL && text.ptr == NULL && text.len == 0;
    return text.len == strlen(expected) && memcmp(text.ptr, expected, text.len) == 0;
}

static inline int is_octets(omadm_bytes octets, const char *expected) {
    if (expected == NULL || octets.ptr == NULL)
        return expected == NULL && octets.ptr == NULL && octets.len == 0;
    return octets.len == strlen(expected) && memcmp(octets.ptr, expected, octets.len) == 0;
}

/* Octets from their hexadecimal digits; blanks are for the reader. Says how many they are. */
static inline size_t from_hex(const char *hex, unsigned char *octets, size_t capacity) {
    size_t len = 0;
    for (; *hex != 0; hex++) {
        unsigned value;
        if (*hex == ' ')
            continue;
        if (len == capacity || sscanf(hex, "%2x", &value) != 1) {
            fprintf(stderr, "%s: is not hexadecimal, or too long\n", hex);
            exit(1);
        }
        octets[len++] = (unsigned char)value;
        hex++;
    }
    return len;
}

/* A file of tests/data, whose folder is the environment's TEST_DATA. To be freed. */
static inline unsigned char *read_file(const char *name, size_t *len) {
    char path[1024];
    const char *folder = getenv("TEST_DATA");
    FILE *file;
    unsigned char *data;
    long size;
    snprintf(path, sizeof path, "%s/%s", folder ? folder : "tests/data", name);
    file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(1);
    }
    rewind(file);
    data = (unsigned char *)malloc((size_t)size + 1);
    *len = fread(data, 1, (size_t)size, file);
    fclose(file);
    return data;
}

/* To end main with. */
static inline int outcome(void) {
    printf("%d passed, %d failed\n", checks_passed, checks_failed);
    return checks_failed != 0;
}

#endif
