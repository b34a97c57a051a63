/* Messages command by command: readers and feeders, against messages as a whole. */
#include "compare.h"

static const char *const FILES[] = {
    "package1.syncml.xml",       "package1.syncml.wbxml",     "package2.syncml.xml",      "package2.syncml.wbxml",
    "results-cdata.syncml.xml",  "results-escaped.syncml.xml", "results-inline.syncml.xml", "results-e1.syncml.wbxml",
    "results-e2.syncml.wbxml",   "results-e3.syncml.wbxml",
};
/* How many commands each has: tests/data/counts.tsv. */
static const size_t COMMANDS[] = {2, 2, 20, 20, 3, 3, 3, 3, 3, 3};

#define HEADER                                                                                                   \
    "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>"     \
    "<Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>"

/* The tree in the first item that has one, of what a message has at `command`. */
static size_t nodes_in(const omadm_message *message, size_t command) {
    omadm_tree *tree = NULL;
    size_t count = 0;
    if (omadm_tree_of_item(message, command, 0, NULL, &tree, NULL) != OMADM_OK)
        return 0;
    CHECK(omadm_tree_summary(tree, &count, NULL, NULL) == OMADM_OK);
    omadm_tree_free(tree);
    return count;
}

static void reads_the_same_as_a_message(const char *name, size_t expected) {
    size_t len, seen = 0, at;
    unsigned char *data = read_file(name, &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *whole = NULL;
    omadm_reader *reader = NULL;
    const omadm_message *message = NULL, *again = NULL;
    omadm_command command = OMADM_COMMAND_INIT;
    uint32_t encoding, whole_encoding, is_final, whole_is_final;
    size_t count;
    omadm_rc rc;

    REQUIRE(omadm_message_decode(data, len, NULL, &whole, &error) == OMADM_OK);
    REQUIRE(omadm_message_summary(whole, &whole_encoding, &whole_is_final, &count, &error) == OMADM_OK);
    CHECK(count == expected);
    REQUIRE(omadm_reader_open(data, len, NULL, &reader, &error) == OMADM_OK);
    memset(data, 0, len); /* It was copied. */
    REQUIRE(omadm_reader_message(reader, &message, &error) == OMADM_OK);
    compare_headers(whole, message, 1);
    CHECK(omadm_message_summary(message, &encoding, &is_final, &count, &error) == OMADM_OK);
    CHECK(encoding == whole_encoding && is_final == 0 && count == 0);

    while ((rc = omadm_reader_next(reader, &command, &error)) == OMADM_OK) {
        omadm_command same = OMADM_COMMAND_INIT;
        size_t written, nodes = nodes_in(whole, seen);
        CHECK(omadm_reader_message(reader, &again, &error) == OMADM_OK && again == message);
        CHECK(omadm_message_commands(message, 0, &same, sizeof same, 1, &written, &error) == OMADM_OK);
        CHECK(same_command(&same, &command, 0, 1));
        CHECK(nodes == nodes_in(message, 0));
        at = compare_commands(whole, (uint32_t)seen, message, 1);
        CHECK(at == command.end && command.index == 0);
        seen += at;
    }
    CHECK(rc == OMADM_END && error.code == OMADM_END);
    CHECK(seen == expected);
    CHECK(omadm_reader_next(reader, &command, &error) == OMADM_END);
    CHECK(omadm_message_summary(message, NULL, &is_final, &count, &error) == OMADM_OK);
    CHECK(is_final == whole_is_final && count == 0);
    compare_headers(whole, message, 1);

    /* The reader has it, and frees it. */
    omadm_message_free((omadm_message *)message);
    CHECK(omadm_message_summary(message, NULL, NULL, &count, &error) == OMADM_OK);
    omadm_reader_free(reader);
    omadm_message_free(whole);
    free(data);
}

static void feeds_the_same_as_a_message(const char *name, size_t expected, size_t chunk) {
    size_t len, seen = 0, fed = 0;
    unsigned char *data = read_file(name, &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *whole = NULL;
    omadm_feeder *feeder = NULL;
    const omadm_message *message = NULL;
    omadm_command command = OMADM_COMMAND_INIT;
    uint32_t is_final, whole_is_final;
    omadm_rc rc = OMADM_NOT_FOUND;

    REQUIRE(omadm_message_decode(data, len, NULL, &whole, &error) == OMADM_OK);
    REQUIRE(omadm_message_summary(whole, NULL, &whole_is_final, NULL, &error) == OMADM_OK);
    REQUIRE(omadm_feeder_new(NULL, &feeder, &error) == OMADM_OK);
    CHECK(omadm_feeder_message(feeder, &message, &error) == OMADM_NOT_FOUND && message == NULL);
    CHECK(omadm_feeder_next(feeder, &command, &error) == OMADM_NOT_FOUND);
    while (rc != OMADM_END && (rc == OMADM_OK || rc == OMADM_NOT_FOUND)) {
        rc = omadm_feeder_next(feeder, &command, &error);
        if (rc == OMADM_OK) {
            REQUIRE(omadm_feeder_message(feeder, &message, &error) == OMADM_OK);
            compare_headers(whole, message, 0);
            CHECK(nodes_in(whole, seen) == nodes_in(message, 0));
            seen += compare_commands(whole, (uint32_t)seen, message, 1);
        } else if (rc == OMADM_NOT_FOUND && fed < len) {
            size_t part = len - fed < chunk ? len - fed : chunk;
            unsigned char *copy = (unsigned char *)malloc(part);
            memcpy(copy, data + fed, part);
            CHECK(omadm_feeder_feed(feeder, copy, part, &error) == OMADM_OK);
            free(copy);
            fed += part;
        } else if (rc == OMADM_NOT_FOUND) {
            CHECK(omadm_feeder_finish(feeder, &error) == OMADM_OK);
        }
    }
    CHECK(rc == OMADM_END);
    CHECK(seen == expected && fed == len);
    CHECK(omadm_feeder_is_final(feeder, &is_final, &error) == OMADM_OK);
    CHECK(is_final == whole_is_final);
    omadm_feeder_free(feeder);
    omadm_message_free(whole);
    free(data);
}

static void what_is_fed_stays_until_the_next(void) {
    static const char begin[] = HEADER "<Get><CmdID>1</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Get>";
    static const char end[] = "<Final/></SyncBody></SyncML>";
    omadm_feeder *feeder = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_command command = OMADM_COMMAND_INIT;
    omadm_item item = OMADM_ITEM_INIT;
    const omadm_message *message = NULL;
    omadm_tree *tree = NULL;
    size_t written;
    REQUIRE(omadm_feeder_new(NULL, &feeder, &error) == OMADM_OK);
    CHECK(omadm_feeder_feed(feeder, (const uint8_t *)begin, strlen(begin), &error) == OMADM_OK);
    REQUIRE(omadm_feeder_next(feeder, &command, &error) == OMADM_OK);
    REQUIRE(omadm_feeder_message(feeder, &message, &error) == OMADM_OK);
    REQUIRE(omadm_message_items(message, 0, 0, &item, sizeof item, 1, &written, &error) == OMADM_OK);
    CHECK(omadm_feeder_feed(feeder, (const uint8_t *)end, strlen(end), &error) == OMADM_OK);
    CHECK(is_text(item.target, "./A") && is_text(command.cmd_id, "1"));
    CHECK(omadm_tree_of_item(message, 0, 0, NULL, &tree, &error) == OMADM_NOT_FOUND && tree == NULL);
    CHECK(omadm_feeder_next(feeder, &command, &error) == OMADM_NOT_FOUND);
    CHECK(command.kind == OMADM_CMD_GET); /* Untouched. */
    CHECK(omadm_message_items(message, 0, 0, &item, sizeof item, 1, &written, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_feeder_finish(feeder, &error) == OMADM_OK);
    CHECK(omadm_feeder_next(feeder, &command, &error) == OMADM_END);
    omadm_feeder_free(feeder);
}

static void says_what_is_wrong(void) {
    static const char text[] = HEADER "<Get><CmdID>1</CmdID></Get><Get></Get></SyncBody></SyncML>";
    static const char cut[] = HEADER "<Get><CmdID>1</CmdID></Get><Get><CmdID>";
    size_t at = (size_t)(strstr(text, "<Get></Get>") - text), count = 7;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_reader *reader = NULL;
    omadm_feeder *feeder = NULL;
    const omadm_message *message = NULL;
    omadm_command command = OMADM_COMMAND_INIT;
    omadm_options options = OMADM_OPTIONS_INIT;

    CHECK(omadm_reader_open((const uint8_t *)"<SyncML>", 8, NULL, &reader, &error) == OMADM_E_UNEXPECTED_END);
    CHECK(reader == NULL);
    CHECK(omadm_reader_open((const uint8_t *)"?", 1, NULL, &reader, &error) == OMADM_E_UNKNOWN_FORMAT);
    REQUIRE(omadm_reader_open((const uint8_t *)text, strlen(text), NULL, &reader, &error) == OMADM_OK);
    REQUIRE(omadm_reader_message(reader, &message, &error) == OMADM_OK);
    CHECK(omadm_reader_next(reader, &command, &error) == OMADM_OK);
    CHECK(omadm_reader_next(reader, &command, &error) == OMADM_E_MISSING);
    CHECK(error.offset == at && is_text(error.subject, "CmdID"));
    CHECK(omadm_reader_next(reader, &command, &error) == OMADM_E_MISSING && error.offset == at);
    /* Half a command is not shown. */
    CHECK(omadm_message_summary(message, NULL, NULL, &count, &error) == OMADM_OK && count == 0);
    omadm_reader_free(reader);

    REQUIRE(omadm_feeder_new(NULL, &feeder, &error) == OMADM_OK);
    CHECK(omadm_feeder_feed(feeder, (const uint8_t *)cut, strlen(cut), &error) == OMADM_OK);
    CHECK(omadm_feeder_next(feeder, &command, &error) == OMADM_OK);
    CHECK(omadm_feeder_next(feeder, &command, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_feeder_finish(feeder, &error) == OMADM_OK);
    CHECK(omadm_feeder_next(feeder, &command, &error) == OMADM_E_UNEXPECTED_END && error.offset == strlen(cut));
    CHECK(omadm_feeder_feed(feeder, (const uint8_t *)cut, 1, &error) == OMADM_E_UNEXPECTED_END);
    omadm_feeder_free(feeder);

    CHECK(omadm_options_init(&options, &error) == OMADM_OK);
    options.limit_buffer = 10;
    REQUIRE(omadm_feeder_new(&options, &feeder, &error) == OMADM_OK);
    CHECK(omadm_feeder_feed(feeder, (const uint8_t *)cut, 11, &error) == OMADM_E_LIMIT_BUFFER);
    omadm_feeder_free(feeder);
}

/* Texts of the only row in a column, as Arrow has them. */
static int is_cell(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name, const char *expected) {
    int64_t column;
    for (column = 0; column < schema->n_children && strcmp(schema->children[column]->name, name) != 0; column++)
        continue;
    REQUIRE(column < schema->n_children && array->length == 1);
    {
        const int64_t *ends = (const int64_t *)array->children[column]->buffers[1];
        const char *texts = (const char *)array->children[column]->buffers[2];
        return (size_t)(ends[1] - ends[0]) == strlen(expected) && memcmp(texts + ends[0], expected, strlen(expected)) == 0;
    }
}

/* What looks into the header finds it also when commands have been read. */
static void the_header_stays(int is_fed) {
    /* YTpi is the base64 of "a:b". */
    static const char text[] =
        "<SyncML xmlns='SYNCML:SYNCML1.2' xmlns:x='urn:x'><x:R/><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>"
        "<SessionID>5A</SessionID><MsgID>7</MsgID><Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source>"
        "<Cred><Data>YTpi</Data></Cred><x:H/></SyncHdr><SyncBody><Alert><CmdID>1</CmdID><Data>1201</Data></Alert>"
        "<Get><CmdID>2</CmdID></Get><Final/></SyncBody></SyncML>";
    omadm_error error = OMADM_ERROR_INIT;
    omadm_feeder *feeder = NULL;
    omadm_reader *reader = NULL;
    const omadm_message *message = NULL;
    omadm_command command = OMADM_COMMAND_INIT;
    uint8_t a1[OMADM_DIGEST_SIZE];
    omadm_bytes nonce;
    int at;
    nonce.ptr = (const uint8_t *)"";
    nonce.len = 0;
    REQUIRE(omadm_a1("a", OMADM_NUL, "b", OMADM_NUL, a1, &error) == OMADM_OK);
    if (is_fed) {
        REQUIRE(omadm_feeder_new(NULL, &feeder, &error) == OMADM_OK);
        REQUIRE(omadm_feeder_feed(feeder, (const uint8_t *)text, strlen(text), &error) == OMADM_OK);
        REQUIRE(omadm_feeder_message(feeder, &message, &error) == OMADM_OK);
    } else {
        REQUIRE(omadm_reader_open((const uint8_t *)text, strlen(text), NULL, &reader, &error) == OMADM_OK);
        REQUIRE(omadm_reader_message(reader, &message, &error) == OMADM_OK);
    }
    /* Before the first command, at each of two, and after the last. */
    for (at = 0; at <= 3; at++) {
        char name[8] = "?";
        size_t length = 0, written = 0, tried = 9;
        struct ArrowSchema schema;
        struct ArrowArray array;
        omadm_extra extra = OMADM_EXTRA_INIT;
        omadm_buffer pickle = OMADM_BUFFER_INIT;
        if (at > 0 && is_fed)
            CHECK(omadm_feeder_next(feeder, &command, &error) == (at < 3 ? OMADM_OK : OMADM_NOT_FOUND));
        else if (at > 0)
            CHECK(omadm_reader_next(reader, &command, &error) == (at < 3 ? OMADM_OK : OMADM_END));
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_BASIC, a1, &nonce, 1, &tried, &error) == OMADM_OK && tried == 0);
        CHECK(omadm_message_basic_name(message, name, sizeof name, &length, &error) == OMADM_OK && strcmp(name, "a") == 0);
        CHECK(omadm_message_extras(message, OMADM_IN_MESSAGE, 0, 0, 0, &extra, sizeof extra, 1, &written, &error) == OMADM_OK);
        CHECK(written == 1 && is_text(extra.name, "R"));
        CHECK(omadm_message_extras(message, OMADM_IN_HEADER, 0, 0, 0, &extra, sizeof extra, 1, &written, &error) == OMADM_OK);
        CHECK(written == 1 && is_text(extra.name, "H"));
        REQUIRE(omadm_unstable_message_pickle(message, NULL, &pickle, &error) == OMADM_OK);
        /* A tuple of the command that is there, or of none; what it is made of is asked for first. */
        CHECK(memcmp(pickle.data, at == 1 || at == 2 ? "\x80\x05(\x97" : "\x80\x05(t", 4) == 0);
        omadm_buffer_free(&pickle);
        if (at == 1 || at == 2) {
            REQUIRE(omadm_message_arrow(message, NULL, &schema, &array, &error) == OMADM_OK);
            CHECK(is_cell(&schema, &array, "session_id", "5A") && is_cell(&schema, &array, "msg_id", "7"));
            array.release(&array);
            schema.release(&schema);
        }
    }
    omadm_feeder_free(feeder);
    omadm_reader_free(reader);
}

/* A part of a message is not encoded or compared as one. */
static void a_part_is_no_message(void) {
    size_t len, length = 0;
    unsigned char *data = read_file("package1.syncml.wbxml", &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_input input = OMADM_INPUT_INIT;
    omadm_reader *reader = NULL;
    const omadm_message *message = NULL;
    omadm_message *normal = NULL;
    omadm_header header = OMADM_HEADER_INIT;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    uint32_t is_equal = 7;
    input.data = data;
    input.len = len;
    input.ownership = OMADM_BORROW;
    REQUIRE(omadm_reader_open_input(&input, NULL, &reader, &error) == OMADM_OK);
    REQUIRE(omadm_reader_message(reader, &message, &error) == OMADM_OK);
    CHECK(omadm_message_header(message, &header, &error) == OMADM_OK);
    CHECK((const unsigned char *)header.source.ptr >= data && (const unsigned char *)header.source.ptr < data + len);
    CHECK(omadm_message_encode(message, OMADM_XML, NULL, &buffer, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "message") && buffer.data == NULL);
    CHECK(omadm_message_encode_to(message, OMADM_XML, NULL, NULL, 0, &length, &error) == OMADM_E_ARGUMENT && length == 0);
    CHECK(omadm_message_encoded_len(message, OMADM_XML, &length, &error) == OMADM_E_ARGUMENT && length == 0);
    CHECK(omadm_message_normalise(message, &normal, &error) == OMADM_E_ARGUMENT && normal == NULL);
    CHECK(omadm_message_equal(message, message, &is_equal, &error) == OMADM_E_ARGUMENT && is_equal == 7);
    omadm_reader_free(reader);
    free(data);
}

int main(void) {
    static const size_t chunks[] = {1, 7, 100, 100000};
    size_t file, chunk;
    for (file = 0; file < sizeof FILES / sizeof FILES[0]; file++) {
        reads_the_same_as_a_message(FILES[file], COMMANDS[file]);
        for (chunk = 0; chunk < sizeof chunks / sizeof chunks[0]; chunk++)
            feeds_the_same_as_a_message(FILES[file], COMMANDS[file], chunks[chunk]);
    }
    what_is_fed_stays_until_the_next();
    says_what_is_wrong();
    the_header_stays(0);
    the_header_stays(1);
    a_part_is_no_message();
    return outcome();
}
