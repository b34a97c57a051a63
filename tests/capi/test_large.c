/* Large objects: cut into chunks, sent in messages, put together again (wire.md 4.3). */
#include "compare.h"

#define MAX_MSG_SIZE 700

static omadm_str str(const char *text) {
    omadm_str made;
    made.ptr = text;
    made.len = text ? OMADM_NUL : 0;
    return made;
}

/* A message with one Replace of ./A/B that carries a chunk. */
static omadm_rc message_of(const omadm_chunk *chunk, const char *target, omadm_buffer *encoded, size_t *length) {
    omadm_builder *builder = NULL;
    omadm_new_command command = OMADM_NEW_COMMAND_INIT;
    omadm_new_item item = OMADM_NEW_ITEM_INIT;
    omadm_new_meta meta = OMADM_NEW_META_INIT;
    omadm_rc rc;
    REQUIRE(omadm_builder_new("1", 1, "1", 1, "d", 1, "s", 1, &builder, NULL) == OMADM_OK);
    command.kind = OMADM_CMD_REPLACE;
    command.items = &item;
    command.item_size = sizeof item;
    command.item_count = 1;
    item.target = str(target);
    item.flags = chunk->flags;
    item.data.form = OMADM_DATA_TEXT;
    item.data.bytes = chunk->data;
    item.meta = &meta;
    meta.format = str("chr");
    if (chunk->size != OMADM_NONE) {
        meta.flags = OMADM_NEW_SIZE;
        meta.size = chunk->size;
    }
    REQUIRE(omadm_builder_command(builder, &command, NULL, NULL) == OMADM_OK);
    rc = length ? omadm_builder_encoded_len(builder, OMADM_XML, length, NULL) : omadm_builder_finish(builder, OMADM_XML, encoded, NULL);
    omadm_builder_free(builder);
    return rc;
}

static uint32_t fits(void *context, const omadm_chunk *chunk) {
    size_t length = 0;
    ++*(int *)context;
    CHECK(chunk->struct_size == sizeof *chunk);
    return message_of(chunk, "./A/B", NULL, &length) == OMADM_OK && length <= MAX_MSG_SIZE;
}

/* Calls back with the splitter that asks, which it must not. */
static uint32_t meddles(void *context, const omadm_chunk *chunk) {
    omadm_splitter *splitter = *(omadm_splitter **)context;
    uint64_t size = 0;
    size_t remaining = 0;
    (void)chunk;
    CHECK(omadm_splitter_summary(splitter, &size, &remaining, NULL) == OMADM_E_BUSY);
    omadm_splitter_free(splitter);
    return 1;
}

static void a_splitter_in_use_is_not_freed(void) {
    omadm_input input = OMADM_INPUT_INIT;
    omadm_splitter *splitter = NULL;
    omadm_chunk chunk = OMADM_CHUNK_INIT;
    input.data = (const uint8_t *)"abc";
    input.len = 3;
    REQUIRE(omadm_splitter_new(&input, OMADM_DATA_TEXT, OMADM_NONE, &splitter, NULL) == OMADM_OK);
    CHECK(omadm_splitter_next_where(splitter, meddles, &splitter, &chunk, NULL) == OMADM_OK && chunk.size == OMADM_NONE);
    CHECK(is_octets(chunk.data, "abc"));
    CHECK(omadm_splitter_next_where(splitter, meddles, &splitter, &chunk, NULL) == OMADM_END);
    omadm_splitter_free(splitter);
}

/* A step for the one command of a message. */
static size_t feed(omadm_joiner *joiner, const omadm_chunk *chunk, const char *target, omadm_join_step *step) {
    omadm_buffer encoded = OMADM_BUFFER_INIT;
    omadm_message *message = NULL;
    size_t found = 0;
    REQUIRE(message_of(chunk, target, &encoded, NULL) == OMADM_OK);
    CHECK(encoded.len <= MAX_MSG_SIZE);
    REQUIRE(omadm_message_decode(encoded.data, encoded.len, NULL, &message, NULL) == OMADM_OK);
    omadm_buffer_free(&encoded);
    CHECK(omadm_joiner_feed(joiner, message, 0, step, sizeof *step, 1, &found, NULL) == OMADM_OK);
    omadm_message_free(message);
    return found;
}

static void what_was_cut_is_put_together(void) {
    char object[2000];
    size_t at, remaining = 0, chunks = 0;
    uint64_t size = 0;
    int asked = 0;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_input input = OMADM_INPUT_INIT;
    omadm_splitter *splitter = NULL;
    omadm_joiner *joiner = NULL;
    omadm_chunk chunk = OMADM_CHUNK_INIT;
    omadm_join_step step = OMADM_JOIN_STEP_INIT;
    omadm_buffer octets = OMADM_BUFFER_INIT;
    uint32_t is_open = 7;
    omadm_rc rc;
    /* In XML an ampersand is five octets. */
    for (at = 0; at < sizeof object; at++)
        object[at] = at % 3 ? 'a' : '&';
    input.data = (const uint8_t *)object;
    input.len = sizeof object;
    input.ownership = OMADM_BORROW;
    CHECK(omadm_splitter_new(&input, OMADM_DATA_TEXT, 1999, &splitter, &error) == OMADM_E_OBJECT_TOO_LARGE && splitter == NULL);
    CHECK(omadm_splitter_new(&input, OMADM_DATA_CDATA, OMADM_NONE, &splitter, &error) == OMADM_E_ARGUMENT);
    REQUIRE(omadm_splitter_new(&input, OMADM_DATA_TEXT, 2000, &splitter, &error) == OMADM_OK);
    REQUIRE(omadm_joiner_new(2000, NULL, &joiner, &error) == OMADM_OK);
    CHECK(omadm_splitter_next_where(splitter, NULL, &asked, &chunk, &error) == OMADM_E_NULL && is_text(error.subject, "fits"));
    while ((rc = omadm_splitter_next_where(splitter, fits, &asked, &chunk, &error)) == OMADM_OK) {
        CHECK((chunk.size == 2000) == (chunks == 0) && (chunk.size == OMADM_NONE) == (chunks != 0));
        CHECK(omadm_splitter_summary(splitter, &size, &remaining, &error) == OMADM_OK && size == 2000);
        CHECK((remaining == 0) == (chunk.flags == 0));
        CHECK(feed(joiner, &chunk, "./A/B", &step) == 1);
        CHECK(step.is_broken == 0 && step.offset == OMADM_NONE);
        CHECK(step.joined == (remaining ? OMADM_JOINED_BUFFERED : OMADM_JOINED_COMPLETE));
        CHECK(step.status == (remaining ? 213u : 0u));
        CHECK(omadm_joiner_is_open(joiner, &is_open, &error) == OMADM_OK && is_open == (remaining != 0));
        CHECK(omadm_joiner_octets(joiner, 0, &octets, &error) == (remaining ? OMADM_NOT_FOUND : OMADM_OK));
        chunks++;
    }
    CHECK(rc == OMADM_END);
    CHECK(chunks > 3 && asked > 3);
    CHECK(same_octets(step.octets.ptr, step.octets.len, object, sizeof object));
    CHECK(same_octets(octets.data, octets.len, object, sizeof object));
    CHECK(is_text(step.format, "chr") && is_text(step.media_type, NULL));

    CHECK(omadm_splitter_restart(splitter, &error) == OMADM_OK);
    CHECK(omadm_splitter_next(splitter, 300, &chunk, &error) == OMADM_OK && chunk.data.len == 300);
    CHECK((const char *)chunk.data.ptr == object && chunk.flags == OMADM_ITEM_MORE_DATA);
    CHECK(omadm_splitter_next(splitter, 0, &chunk, &error) == OMADM_E_NO_ROOM && error.offset == 300);
    CHECK(omadm_splitter_next(splitter, 5000, &chunk, &error) == OMADM_OK && chunk.data.len == 1700 && chunk.flags == 0);
    CHECK(omadm_splitter_next(splitter, 5000, &chunk, &error) == OMADM_END);
    omadm_splitter_free(splitter);
    omadm_joiner_free(joiner);
    omadm_buffer_free(&octets);
}

static void text_is_cut_between_characters(void) {
    omadm_input input = OMADM_INPUT_INIT;
    omadm_splitter *splitter = NULL;
    omadm_chunk chunk = OMADM_CHUNK_INIT;
    omadm_error error = OMADM_ERROR_INIT;
    input.data = (const uint8_t *)"a\303\251b";
    input.len = 4;
    REQUIRE(omadm_splitter_new(&input, OMADM_DATA_TEXT, OMADM_NONE, &splitter, &error) == OMADM_OK);
    CHECK(omadm_splitter_next(splitter, 2, &chunk, &error) == OMADM_OK && is_octets(chunk.data, "a"));
    CHECK(omadm_splitter_next(splitter, 1, &chunk, &error) == OMADM_E_NO_ROOM);
    CHECK(omadm_splitter_next(splitter, 2, &chunk, &error) == OMADM_OK && is_octets(chunk.data, "\303\251"));
    omadm_splitter_free(splitter);
    REQUIRE(omadm_splitter_new(&input, OMADM_DATA_OPAQUE, OMADM_NONE, &splitter, &error) == OMADM_OK);
    CHECK(omadm_splitter_next(splitter, 2, &chunk, &error) == OMADM_OK && is_octets(chunk.data, "a\303"));
    omadm_splitter_free(splitter);
    input.len = 2;
    CHECK(omadm_splitter_new(&input, OMADM_DATA_TEXT, OMADM_NONE, &splitter, &error) == OMADM_E_INVALID_UTF8 && error.offset == 1);
    input.len = 0; /* An empty object is one empty chunk. */
    REQUIRE(omadm_splitter_new(&input, OMADM_DATA_TEXT, OMADM_NONE, &splitter, &error) == OMADM_OK);
    CHECK(omadm_splitter_next(splitter, 2, &chunk, &error) == OMADM_OK && chunk.data.len == 0 && chunk.flags == 0);
    CHECK(omadm_splitter_next(splitter, 2, &chunk, &error) == OMADM_END);
    omadm_splitter_free(splitter);
}

static void what_goes_wrong_is_answered(void) {
    omadm_joiner *joiner = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_chunk chunk = OMADM_CHUNK_INIT;
    omadm_join_step step = OMADM_JOIN_STEP_INIT;
    size_t len, found = 0;
    unsigned char *data = read_file("package2.syncml.xml", &len);
    omadm_message *message = NULL;
    uint32_t is_open = 7;

    REQUIRE(omadm_joiner_new(OMADM_NONE, NULL, &joiner, &error) == OMADM_OK);
    chunk.flags = OMADM_ITEM_MORE_DATA;
    chunk.data.ptr = (const uint8_t *)"abc";
    chunk.data.len = 3;
    chunk.size = OMADM_NONE;
    CHECK(feed(joiner, &chunk, "./A/B", &step) == 1); /* 411: no Size. */
    CHECK(step.joined == OMADM_JOINED_REFUSED && step.status == 411 && step.reason == OMADM_E_MISSING);
    CHECK(omadm_joiner_give_up(joiner, &step, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_joiner_set_max_obj_size(joiner, 5, &error) == OMADM_OK);
    chunk.size = 6;
    CHECK(feed(joiner, &chunk, "./A/B", &step) == 1 && step.status == 416 && step.reason == OMADM_E_OBJECT_TOO_LARGE);
    CHECK(omadm_joiner_give_up(joiner, &step, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_joiner_set_max_obj_size(joiner, OMADM_NONE, &error) == OMADM_OK);
    CHECK(feed(joiner, &chunk, "./A/B", &step) == 1 && step.status == 213);
    /* Another object comes between, in one piece. */
    chunk.flags = 0;
    chunk.size = OMADM_NONE;
    CHECK(feed(joiner, &chunk, "./A/C", &step) == 1 && step.joined == OMADM_JOINED_WHOLE && step.status == 0);
    CHECK(step.is_broken == 1 && step.broken_kind == OMADM_CMD_REPLACE && is_text(step.broken_target, "./A/B"));
    CHECK(is_text(step.broken_source, NULL));
    chunk.flags = OMADM_ITEM_MORE_DATA;
    chunk.size = 6;
    CHECK(feed(joiner, &chunk, "./A/B", &step) == 1 && step.status == 213);
    chunk.flags = 0;
    chunk.size = OMADM_NONE;
    chunk.data.len = 2;
    CHECK(feed(joiner, &chunk, "./A/B", &step) == 1 && step.status == 424 && step.reason == OMADM_E_SIZE_MISMATCH);
    CHECK(step.offset != OMADM_NONE);

    /* The session ends in the middle. */
    chunk.flags = OMADM_ITEM_MORE_DATA;
    chunk.size = 6;
    CHECK(feed(joiner, &chunk, "./A/B", &step) == 1 && step.status == 213);
    memset(&step, 0, sizeof step);
    step.struct_size = sizeof step;
    CHECK(omadm_joiner_give_up(joiner, &step, &error) == OMADM_OK && step.is_broken == 1 && is_text(step.broken_target, "./A/B"));
    CHECK(omadm_joiner_is_open(joiner, &is_open, &error) == OMADM_OK && is_open == 0);

    /* Statuses stand between chunks; room for every item is needed before anything is done. */
    REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
    found = 9;
    CHECK(omadm_joiner_feed(joiner, message, 0, &step, sizeof step, 1, &found, &error) == OMADM_OK && found == 0);
    CHECK(omadm_joiner_feed(joiner, message, 6, &step, sizeof step, 1, &found, &error) == OMADM_BUFFER_TOO_SMALL && found == 2);
    CHECK(omadm_joiner_feed(joiner, message, 99, &step, sizeof step, 1, &found, &error) == OMADM_NOT_FOUND);
    omadm_message_free(message);
    omadm_joiner_free(joiner);
    free(data);
}

int main(void) {
    a_splitter_in_use_is_not_freed();
    what_was_cut_is_put_together();
    text_is_cut_between_characters();
    what_goes_wrong_is_answered();
    return outcome();
}
