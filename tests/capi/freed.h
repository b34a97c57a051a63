/* Handles that were freed. Here nothing that is freed is given out again, so that a freed handle's memory is there and still as the library has left
 * it: what the library can notice in it, it has to. In a program with an ordinary allocator that is a matter of chance. */
#include <stdlib.h>

/* Instead of the C library's, for the shared library, too. */
#ifdef __cplusplus
extern "C" void free(void *memory) noexcept {
    (void)memory;
}
#else
void free(void *memory) {
    (void)memory;
}
#endif

#include "wrong_use.h"

static int releases;

static void released(void *context, const uint8_t *data, size_t len) {
    (void)context;
    (void)data;
    (void)len;
    releases++;
}

/* What is freed with another handle, and what is freed twice. */
static void other_handles(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_input input = OMADM_INPUT_INIT;
    omadm_message *message = NULL;
    const omadm_message *lent = NULL;
    size_t count = 77;

    setup();
    REQUIRE(omadm_reader_message(the.reader, &lent, &error) == OMADM_OK);
    CHECK(omadm_message_summary(lent, NULL, NULL, &count, &error) == OMADM_OK);
    count = 77;
    omadm_reader_free(the.reader);
    CHECK(omadm_message_summary(lent, NULL, NULL, &count, &error) == OMADM_E_HANDLE);
    CHECK(is_text(error.subject, "message") && count == 77);

    input.ownership = OMADM_ADOPT;
    input.release = released;
    input.data = message_file;
    input.len = message_len;
    REQUIRE(omadm_message_decode_input(&input, NULL, &message, &error) == OMADM_OK);
    CHECK(releases == 0);
    omadm_message_free(message);
    CHECK(releases == 1);
    omadm_message_free(message);
    CHECK(releases == 1);
    /* As what it is not. */
    omadm_tree_free((omadm_tree *)(void *)the.message);
    CHECK(omadm_message_summary(the.message, NULL, NULL, &count, &error) == OMADM_OK);
    teardown();
}
