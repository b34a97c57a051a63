/* Messages as a whole: decoded, read by index. */
#include "check.h"

static int releases;

static void released(void *context, const uint8_t *data, size_t len) {
    (void)len;
    CHECK(context == (void *)data);
    releases++;
}

/* What package2 says, in either encoding: read off the file by a person. */
static void reads_package_2(const char *name, uint32_t expected_encoding) {
    size_t len, written, count;
    unsigned char *data = read_file(name, &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    omadm_header header = OMADM_HEADER_INIT;
    omadm_cred cred = OMADM_CRED_INIT;
    omadm_meta meta = OMADM_META_INIT;
    omadm_command commands[64];
    omadm_item items[2];
    omadm_ref refs[4];
    uint32_t encoding, is_final;

    REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
    memset(data, 0, len); /* It was copied. */
    free(data);

    CHECK(omadm_message_summary(message, &encoding, &is_final, &count, &error) == OMADM_OK);
    CHECK(encoding == expected_encoding);
    CHECK(is_final == 1);

    CHECK(omadm_message_header(message, &header, &error) == OMADM_OK);
    CHECK(is_text(header.session_id, "1A"));
    CHECK(is_text(header.target, "IMEI:490154203237518"));
    CHECK(is_text(header.source_name, "dm.example.com"));
    CHECK(is_text(header.resp_uri, NULL));
    CHECK(header.flags == (OMADM_HEADER_META | OMADM_HEADER_CRED));
    CHECK(omadm_message_header_cred(message, &cred, &error) == OMADM_OK);
    CHECK(is_text(cred.scheme, "syncml:auth-md5"));
    CHECK(omadm_message_header_meta(message, &meta, &error) == OMADM_OK);
    CHECK(meta.max_msg_size == 16384);
    CHECK(meta.max_obj_size == 1048576);
    CHECK(meta.size == OMADM_NONE);

    CHECK(omadm_message_commands(message, 0, commands, sizeof commands[0], 64, &written, &error) == OMADM_OK);
    CHECK(written == count);
    REQUIRE(written > 6);
    CHECK(commands[0].kind == OMADM_CMD_STATUS && commands[0].code == 212);
    CHECK(is_text(commands[0].cmd_ref, "0") && is_text(commands[0].cmd, "SyncHdr"));
    CHECK(commands[0].ref_count == 2 && commands[0].item_count == 0);
    CHECK(commands[3].kind == OMADM_CMD_ALERT && commands[3].code == 1101);
    CHECK(is_text(commands[3].name, "Alert"));
    CHECK(commands[4].parent == OMADM_NO_INDEX && commands[4].end == 5);
    CHECK(commands[6].flags == OMADM_COMMAND_META && commands[6].item_count == 2);

    /* One at a time is the same. */
    {
        omadm_command command = OMADM_COMMAND_INIT;
        CHECK(omadm_message_commands(message, 6, &command, sizeof command, 1, &written, &error) == OMADM_OK);
        CHECK(written == 1 && is_text(command.cmd_id, "7"));
        CHECK(omadm_message_commands(message, count, &command, sizeof command, 1, &written, &error) == OMADM_OK);
        CHECK(written == 0);
    }

    CHECK(omadm_message_refs(message, 0, 0, refs, sizeof refs[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 2 && refs[0].is_target == 1 && is_text(refs[1].uri, "IMEI:490154203237518"));
    CHECK(omadm_message_chal(message, 0, &meta, &error) == OMADM_OK);
    CHECK(is_text(meta.media_type, "syncml:auth-md5"));
    CHECK(meta.next_nonce.form != OMADM_DATA_ABSENT);
    CHECK(omadm_message_chal(message, 1, &meta, &error) == OMADM_NOT_FOUND);

    CHECK(omadm_message_items(message, 6, 0, items, sizeof items[0], 2, &written, &error) == OMADM_OK);
    CHECK(written == 2);
    CHECK(is_text(items[1].target, "./Vendor/AcmeExt/Slots/Slot02"));
    CHECK(is_octets(items[1].data.bytes, "1002"));
    CHECK(is_text(items[1].format, "int")); /* From the command's Meta. */
    CHECK(items[1].flags == 0);
    CHECK(omadm_message_item_meta(message, 6, 1, &meta, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_message_command_meta(message, 6, &meta, &error) == OMADM_OK);
    CHECK(is_text(meta.format, "int"));
    CHECK(omadm_message_items(message, count, 0, items, sizeof items[0], 2, &written, &error) == OMADM_NOT_FOUND);

    omadm_message_free(message);
    omadm_message_free(NULL);
}

static void says_what_is_wrong(void) {
    static const char text[] = "<SyncML xmlns='SYNCML:SYNCML1.2'>\n <SyncHdr>\n  <VerDTD>1.2</VerDTT>";
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    char sentence[160], untouched[8];
    size_t length = 0;

    CHECK(omadm_message_decode((const uint8_t *)text, strlen(text), NULL, &message, &error) == OMADM_E_XML_END_TAG);
    CHECK(message == NULL);
    CHECK(error.code == OMADM_E_XML_END_TAG);
    CHECK(error.offset == 58);
    CHECK(error.inner_offset == OMADM_NONE);
    CHECK(strcmp(error.message, "an end tag that does not match the open element") == 0);

    CHECK(omadm_error_describe(&error, (const uint8_t *)text, strlen(text), sentence, sizeof sentence, &length, NULL) ==
          OMADM_OK);
    CHECK(strcmp(sentence, "an end tag that does not match the open element at byte 58, line 3:14, in SyncML/SyncHdr/VerDTD") == 0);
    CHECK(length == strlen(sentence));

    memset(untouched, 'x', sizeof untouched);
    CHECK(omadm_error_describe(&error, NULL, 0, untouched, sizeof untouched, &length, NULL) == OMADM_BUFFER_TOO_SMALL);
    CHECK(length == strlen("an end tag that does not match the open element at byte 58"));
    CHECK(untouched[0] == 'x');
    CHECK(omadm_error_describe(&error, NULL, 0, NULL, 0, &length, NULL) == OMADM_BUFFER_TOO_SMALL);
    CHECK(omadm_error_describe(&error, NULL, 0, sentence, sizeof sentence, &length, &error) == OMADM_E_ARGUMENT);

    /* Without an omadm_error the number alone says it. */
    CHECK(omadm_message_decode((const uint8_t *)"", 0, NULL, &message, NULL) == OMADM_E_UNKNOWN_FORMAT);
}

static void keeps_to_ownership(void) {
    size_t len;
    unsigned char *data = read_file("package1.syncml.wbxml", &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_input input = OMADM_INPUT_INIT;
    omadm_message *message = NULL;
    omadm_header header = OMADM_HEADER_INIT;

    input.data = data;
    input.len = len;
    input.ownership = OMADM_BORROW;
    REQUIRE(omadm_message_decode_input(&input, NULL, &message, &error) == OMADM_OK);
    CHECK(omadm_message_header(message, &header, &error) == OMADM_OK);
    /* It points into the input. */
    CHECK((const unsigned char *)header.source.ptr >= data && (const unsigned char *)header.source.ptr < data + len);
    omadm_message_free(message);

    input.ownership = OMADM_ADOPT;
    input.context = data;
    CHECK(omadm_message_decode_input(&input, NULL, &message, &error) == OMADM_E_NULL); /* No release. */
    CHECK(releases == 0);
    input.release = released;
    REQUIRE(omadm_message_decode_input(&input, NULL, &message, &error) == OMADM_OK);
    CHECK(releases == 0);
    omadm_message_free(message);
    CHECK(releases == 1);

    input.len = len / 2; /* Cut: it fails, and is released all the same. */
    CHECK(omadm_message_decode_input(&input, NULL, &message, &error) >= 100);
    CHECK(releases == 2);

    input.ownership = 3;
    CHECK(omadm_message_decode_input(&input, NULL, &message, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "ownership"));
    CHECK(releases == 2);
    free(data);
}

static void takes_options(void) {
    static const char text[] = "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>"
                               "<Target><LocURI>a & b</LocURI></Target><Source><LocURI>c</LocURI></Source></SyncHdr>"
                               "<SyncBody/></SyncML>";
    omadm_error error = OMADM_ERROR_INIT;
    omadm_options options = OMADM_OPTIONS_INIT;
    omadm_message *message = NULL;
    const uint8_t *data = (const uint8_t *)text;
    size_t len = strlen(text);

    /* A limit of 0 is the default one. */
    options.flags = OMADM_BARE_AMPERSAND;
    CHECK(omadm_message_decode(data, len, &options, &message, &error) == OMADM_OK);
    omadm_message_free(message);
    options.limit_depth = 3;
    CHECK(omadm_message_decode(data, len, &options, &message, &error) == OMADM_E_LIMIT_DEPTH);
    CHECK(omadm_options_init(&options, &error) == OMADM_OK);
    CHECK(options.limit_depth == 512 && options.struct_size == sizeof options);
    CHECK(omadm_message_decode(data, len, &options, &message, &error) == OMADM_E_XML_BARE_AMPERSAND);
    options.flags = OMADM_BARE_AMPERSAND;
    CHECK(omadm_message_decode(data, len, &options, &message, &error) == OMADM_OK);
    omadm_message_free(message);
    options.limit_depth = 3;
    CHECK(omadm_message_decode(data, len, &options, &message, &error) == OMADM_E_LIMIT_DEPTH);
    options.flags = 0x80;
    CHECK(omadm_message_decode(data, len, &options, &message, &error) == OMADM_E_ARGUMENT);
}

/* Programs that were compiled with a longer structure, and structures that nobody set up. */
static void takes_other_versions(void) {
    struct {
        omadm_header known;
        uint64_t added;
    } later;
    struct {
        omadm_options known;
        uint64_t added;
    } later_options;
    size_t len, written;
    unsigned char *data = read_file("package1.syncml.xml", &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    omadm_command command;

    REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
    memset(&later, 0xFF, sizeof later);
    later.known.struct_size = sizeof later;
    CHECK(omadm_message_header(message, &later.known, &error) == OMADM_OK);
    CHECK(is_text(later.known.ver_dtd, "1.2") && later.added == 0);
    CHECK(later.known.struct_size == sizeof later);

    later.known.struct_size = sizeof(omadm_header) - 8;
    CHECK(omadm_message_header(message, &later.known, &error) == OMADM_E_STRUCT_SIZE);
    later.known.struct_size = 0;
    CHECK(omadm_message_header(message, &later.known, &error) == OMADM_E_STRUCT_SIZE);
    CHECK(omadm_message_commands(message, 0, &command, 8, 1, &written, &error) == OMADM_E_STRUCT_SIZE);
    CHECK(is_text(error.subject, "commands"));
    omadm_message_free(message);

    memset(&later_options, 0, sizeof later_options);
    later_options.known.struct_size = sizeof later_options;
    CHECK(omadm_options_init(&later_options.known, &error) == OMADM_OK);
    CHECK(omadm_message_decode(data, len, &later_options.known, &message, &error) == OMADM_OK);
    omadm_message_free(message);
    later_options.added = 1; /* Something that this version would not do. */
    CHECK(omadm_message_decode(data, len, &later_options.known, &message, &error) == OMADM_E_STRUCT_SIZE);

    error.struct_size = 3;
    CHECK(omadm_message_decode(NULL, 1, NULL, &message, &error) == OMADM_E_STRUCT_SIZE);
    free(data);
}

/* wire.md 1.7: octets as they travelled. */
static void checks_sizes(void) {
    static const char text[] =
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>"
        "<Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody><Add><CmdID>1</CmdID>"
        "<Item><Meta><Size xmlns='syncml:metinf'>3</Size></Meta><Data>abc</Data></Item>"
        "<Item><Meta><Size xmlns='syncml:metinf'>4</Size></Meta><Data>abd</Data></Item>"
        "<Item><Meta><Size xmlns='syncml:metinf'>9</Size></Meta><Data>abc</Data><MoreData/></Item>"
        "<Item><Data>abc</Data></Item></Add></SyncBody></SyncML>";
    omadm_message *message = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    REQUIRE(omadm_message_decode((const uint8_t *)text, strlen(text), NULL, &message, &error) == OMADM_OK);
    CHECK(omadm_message_item_check_size(message, 0, 0, &error) == OMADM_OK);
    CHECK(omadm_message_item_check_size(message, 0, 1, &error) == OMADM_E_SIZE_MISMATCH);
    CHECK(error.offset == (uint64_t)(strstr(text, "<Data>abd") - text));
    CHECK(omadm_message_item_check_size(message, 0, 2, &error) == OMADM_OK); /* A chunk. */
    CHECK(omadm_message_item_check_size(message, 0, 3, &error) == OMADM_OK);
    CHECK(omadm_message_item_check_size(message, 0, 4, &error) == OMADM_NOT_FOUND && is_text(error.subject, "item"));
    CHECK(omadm_message_item_check_size(message, 1, 0, &error) == OMADM_NOT_FOUND && is_text(error.subject, "command"));
    omadm_message_free(message);
}

int main(void) {
    reads_package_2("package2.syncml.xml", OMADM_XML);
    reads_package_2("package2.syncml.wbxml", OMADM_WBXML);
    says_what_is_wrong();
    keeps_to_ownership();
    takes_options();
    takes_other_versions();
    checks_sizes();
    return outcome();
}
