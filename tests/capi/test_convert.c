/* Whole documents in the other encoding; what octets are; octets and foreign elements out of messages. */
#include "compare.h"

/* Each pair of tests/data says the same. */
static void converts_both_ways(const char *xml_name, const char *wbxml_name) {
    static const char indented[] = "<SyncML xmlns=\"SYNCML:SYNCML1.2\">\n  <SyncHdr>\n";
    size_t xml_len, wbxml_len;
    unsigned char *xml = read_file(xml_name, &xml_len), *wbxml = read_file(wbxml_name, &wbxml_len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_buffer converted = OMADM_BUFFER_INIT, back = OMADM_BUFFER_INIT;
    omadm_convert_options options = OMADM_CONVERT_OPTIONS_INIT;
    omadm_options read = OMADM_OPTIONS_INIT;

    CHECK(omadm_convert(xml, xml_len, NULL, OMADM_WBXML, &converted, &error) == OMADM_OK);
    CHECK(same_octets(converted.data, converted.len, wbxml, wbxml_len));
    CHECK(omadm_convert(xml, xml_len, &options, OMADM_WBXML, &converted, &error) == OMADM_OK);
    CHECK(same_octets(converted.data, converted.len, wbxml, wbxml_len));

    options.layout = OMADM_LAYOUT_INDENTED;
    CHECK(omadm_convert(wbxml, wbxml_len, &options, OMADM_XML, &converted, &error) == OMADM_OK);
    CHECK(converted.len > strlen(indented) && memcmp(converted.data, indented, strlen(indented)) == 0);
    CHECK(omadm_convert(converted.data, converted.len, NULL, OMADM_WBXML, &back, &error) == OMADM_OK);
    CHECK(same_octets(back.data, back.len, wbxml, wbxml_len));
    options.flags = OMADM_CONVERT_KEEP_BLANKS;
    CHECK(omadm_convert(converted.data, converted.len, &options, OMADM_WBXML, &back, &error) == OMADM_OK);
    CHECK(back.len > wbxml_len);
    options.flags = OMADM_CONVERT_STRING_TABLE;
    CHECK(omadm_convert(xml, xml_len, &options, OMADM_WBXML, &back, &error) == OMADM_OK);
    CHECK(back.len < wbxml_len); /* The same texts come several times. */
    options.layout = OMADM_LAYOUT_CANONICAL;
    CHECK(omadm_convert(xml, xml_len, &options, OMADM_XML, &back, &error) == OMADM_OK);
    CHECK(omadm_convert(back.data, back.len, &options, OMADM_XML, &converted, &error) == OMADM_OK);
    CHECK(same_octets(back.data, back.len, converted.data, converted.len));

    CHECK(omadm_options_init(&read, &error) == OMADM_OK);
    read.limit_output = wbxml_len - 1;
    options.flags = 0;
    options.read = &read;
    omadm_buffer_free(&back);
    CHECK(omadm_convert(xml, xml_len, &options, OMADM_WBXML, &back, &error) == OMADM_E_LIMIT_OUTPUT && back.data == NULL);
    options.read = NULL;
    options.flags = 4;
    CHECK(omadm_convert(xml, xml_len, &options, OMADM_WBXML, &back, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "options"));
    options.flags = 0;
    options.layout = 3;
    CHECK(omadm_convert(xml, xml_len, &options, OMADM_WBXML, &back, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "layout"));
    CHECK(omadm_convert(xml, xml_len, NULL, 3, &back, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "encoding"));
    CHECK(omadm_convert(xml, xml_len / 2, NULL, OMADM_WBXML, &back, &error) >= 100 && error.offset <= xml_len / 2);
    CHECK(back.data == NULL);
    omadm_buffer_free(&converted);
    free(xml);
    free(wbxml);
}

static void tells_what_a_file_is(void) {
    static const struct {
        const char *name;
        uint32_t kind;
    } files[] = {
        {"notification.bin", OMADM_KIND_NOTIFICATION}, {"push.bin", OMADM_KIND_PUSH},
        {"package1.syncml.xml", OMADM_KIND_SYNCML},    {"package2.syncml.wbxml", OMADM_KIND_SYNCML},
        {"phone.tnds.xml", OMADM_KIND_TREE},           {"phone-strtbl.tnds.wbxml", OMADM_KIND_TREE},
        {"acme.ddf.xml", OMADM_KIND_DESCRIPTION},      {"acme.ddf.wbxml", OMADM_KIND_DESCRIPTION},
    };
    static const struct {
        const char *text;
        uint32_t kind;
    } texts[] = {
        {"<DevInf/>", OMADM_KIND_DEV_INF},
        {"<MetInf/>", OMADM_KIND_MET_INF},
        {"<wap-provisioningdoc/>", OMADM_KIND_PROVISIONING},
    };
    omadm_error error = OMADM_ERROR_INIT;
    uint32_t kind = 99;
    size_t at;
    for (at = 0; at < sizeof files / sizeof files[0]; at++) {
        size_t len;
        unsigned char *data = read_file(files[at].name, &len);
        CHECK(omadm_detect(data, len, &kind, &error) == OMADM_OK && kind == files[at].kind);
        free(data);
    }
    for (at = 0; at < sizeof texts / sizeof texts[0]; at++) {
        CHECK(omadm_detect((const uint8_t *)texts[at].text, strlen(texts[at].text), &kind, &error) == OMADM_OK);
        CHECK(kind == texts[at].kind);
    }
    kind = 99;
    CHECK(omadm_detect((const uint8_t *)"hello", 5, &kind, &error) == OMADM_E_UNKNOWN_FORMAT && kind == 99);
    CHECK(omadm_detect(NULL, 0, &kind, &error) == OMADM_E_UNKNOWN_FORMAT);
}

#define BEGIN                                                                                                              \
    "<SyncML xmlns='SYNCML:SYNCML1.2' xmlns:x='urn:x'><x:R/><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID>"         \
    "<MsgID>1</MsgID><Target><LocURI>d</LocURI><x:T>t</x:T></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>"
#define META(FORMAT) "<Meta><Format xmlns='syncml:metinf'>" FORMAT "</Format></Meta>"

/* Octets of items, and elements that are not SyncML's. */
static void gives_octets_and_foreign_elements(void) {
    static const char text[] = BEGIN
        "<Replace><CmdID>1</CmdID><x:C a='1'>c</x:C>"
        "<Item>" META("b64") "<Data>AAE8/w==</Data></Item>"
        "<Item>" META("bin") "<Data> AAE8\n/w </Data></Item>"
        "<Item>" META("chr") "<Data>AAE8/w==</Data><x:I/><x:J/></Item>"
        "<Item>" META("b64") "<Data>?</Data></Item>"
        "<Item>" META("b64") "<Data>AAE8/</Data><MoreData/></Item>"
        "<Item><Data><x:D/></Data></Item>"
        "<Item/></Replace>"
        "<x:B/><Put><CmdID>2</CmdID><Item><Data>p</Data></Item></Put><Final/></SyncBody></SyncML>";
    static const char octets[] = {'\0', '\1', '<', '\377'};
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    omadm_buffer value = OMADM_BUFFER_INIT;
    omadm_bytes source = {NULL, 0};
    omadm_extra extras[4];
    omadm_command put = OMADM_COMMAND_INIT;
    size_t written = 9;

    REQUIRE(omadm_message_decode((const uint8_t *)text, strlen(text), NULL, &message, &error) == OMADM_OK);
    CHECK(omadm_message_item_octets(message, 0, 0, &value, &error) == OMADM_OK);
    CHECK(same_octets(value.data, value.len, octets, sizeof octets));
    CHECK(omadm_message_item_octets(message, 0, 1, &value, &error) == OMADM_OK);
    CHECK(same_octets(value.data, value.len, octets, sizeof octets));
    CHECK(omadm_message_item_octets(message, 0, 2, &value, &error) == OMADM_OK);
    CHECK(same_octets(value.data, value.len, "AAE8/w==", 8));
    CHECK(omadm_message_item_octets(message, 0, 3, &value, &error) == OMADM_E_INVALID_BASE64);
    CHECK(error.offset == (uint64_t)(strstr(text, "<Data>?") - text) && value.len == 8);
    CHECK(omadm_message_item_octets(message, 0, 4, &value, &error) == OMADM_OK);
    CHECK(same_octets(value.data, value.len, "AAE8/", 5)); /* A chunk. */
    CHECK(omadm_message_item_octets(message, 0, 5, &value, &error) == OMADM_E_UNEXPECTED_MARKUP);
    CHECK(omadm_message_item_octets(message, 0, 6, &value, &error) == OMADM_NOT_FOUND && is_text(error.subject, "data"));
    CHECK(omadm_message_item_octets(message, 0, 7, &value, &error) == OMADM_NOT_FOUND && is_text(error.subject, "item"));
    CHECK(omadm_message_item_octets(message, 2, 0, &value, &error) == OMADM_NOT_FOUND && is_text(error.subject, "command"));

    CHECK(omadm_message_item_source(message, 0, 5, &source, &error) == OMADM_OK);
    CHECK(is_octets(source, "<Data><x:D/></Data>"));
    CHECK(omadm_message_item_source(message, 0, 0, &source, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_message_item_source(message, 0, 6, &source, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_message_commands(message, 1, &put, sizeof put, 1, &written, &error) == OMADM_OK && written == 1);
    CHECK(put.kind == OMADM_CMD_OTHER && is_text(put.name, "Put"));
    CHECK(omadm_message_command_source(message, 1, &source, &error) == OMADM_OK);
    CHECK(is_octets(source, "<Put><CmdID>2</CmdID><Item><Data>p</Data></Item></Put>"));
    CHECK(omadm_message_command_source(message, 0, &source, &error) == OMADM_NOT_FOUND);

    CHECK(omadm_message_extras(message, OMADM_IN_MESSAGE, 0, 0, 0, extras, sizeof extras[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 1 && is_text(extras[0].name, "R") && is_octets(extras[0].source, "<x:R/>"));
    CHECK(extras[0].offset == (uint64_t)(strstr(text, "<x:R/>") - text));
    CHECK(omadm_message_extras(message, OMADM_IN_HEADER, 0, 0, 0, extras, sizeof extras[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 1 && is_octets(extras[0].source, "<x:T>t</x:T>"));
    CHECK(omadm_message_extras(message, OMADM_IN_BODY, 0, 0, 0, extras, sizeof extras[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 1 && is_text(extras[0].name, "B"));
    CHECK(omadm_message_extras(message, OMADM_IN_COMMAND, 0, 0, 0, extras, sizeof extras[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 1 && is_octets(extras[0].source, "<x:C a='1'>c</x:C>"));
    CHECK(omadm_message_extras(message, OMADM_IN_ITEM, 0, 2, 0, extras, sizeof extras[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 2 && is_text(extras[0].name, "I") && is_text(extras[1].name, "J"));
    CHECK(omadm_message_extras(message, OMADM_IN_ITEM, 0, 2, 1, extras, sizeof extras[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 1 && is_text(extras[0].name, "J"));
    written = 9;
    CHECK(omadm_message_extras(message, OMADM_IN_ITEM, 0, 7, 0, extras, sizeof extras[0], 4, &written, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_message_extras(message, 6, 0, 0, 0, extras, sizeof extras[0], 4, &written, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "place") && written == 9);
    omadm_message_free(message);
    omadm_buffer_free(&value);
}

/* As in wire.md 13.1, G4: base64 of Format b64 in an opaque block; with other formats it is what it is. */
static void an_opaque_block_may_hold_base64(void) {
    static const char begin[] = "\x02\xa4\x01\x6a\x00\x6d\x6c\x71\x03" "1.2\0\x01\x65\x03" "1\0\x01\x5b\x03" "1\0\x01"
                                "\x6e\x57\x03" "d\0\x01\x01\x67\x57\x03" "s\0\x01\x01\x01\x6b\x60\x4b\x03" "2\0\x01\x54\x5a\x00\x01"
                                "\x47\x03";
    static const char middle[] = "\0\x01\x01\x00\x00\x4f\xc3\x04" "AAEC" "\x01";
    static const char end[] = "\x01\x01\x12\x01\x01";
    const struct {
        const char *format, *expected;
        size_t len;
    } cases[] = {{"b64", "\0\1\2", 3}, {"bin", "AAEC", 4}, {"chr", "AAEC", 4}};
    size_t at;
    for (at = 0; at < 3; at++) {
        unsigned char input[256];
        size_t len = sizeof begin - 1;
        omadm_error error = OMADM_ERROR_INIT;
        omadm_message *message = NULL;
        omadm_buffer value = OMADM_BUFFER_INIT;
        memcpy(input, begin, len);
        memcpy(input + len, cases[at].format, 3);
        memcpy(input + len + 3, middle, sizeof middle - 1);
        memcpy(input + len + 3 + sizeof middle - 1, end, sizeof end - 1);
        len += 3 + sizeof middle - 1 + sizeof end - 1;
        REQUIRE(omadm_message_decode(input, len, NULL, &message, &error) == OMADM_OK);
        CHECK(omadm_message_item_octets(message, 0, 0, &value, &error) == OMADM_OK);
        CHECK(same_octets(value.data, value.len, cases[at].expected, cases[at].len));
        omadm_buffer_free(&value);
        omadm_message_free(message);
    }
}

static void decodes_base64(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_buffer octets = OMADM_BUFFER_INIT;
    CHECK(omadm_octets_from_base64((const uint8_t *)"Zm9v YmE=", 9, &octets, &error) == OMADM_OK);
    CHECK(same_octets(octets.data, octets.len, "fooba", 5)); /* RFC 4648, 10. */
    CHECK(omadm_octets_from_base64((const uint8_t *)"Zm9vYmE", 7, &octets, &error) == OMADM_OK && octets.len == 5);
    CHECK(omadm_octets_from_base64((const uint8_t *)"Zm9v*", 5, &octets, &error) == OMADM_E_INVALID_BASE64 && octets.len == 5);
    CHECK(omadm_octets_from_base64(NULL, 0, &octets, &error) == OMADM_OK && octets.len == 0);
    omadm_buffer_free(&octets);
}

int main(void) {
    converts_both_ways("package1.syncml.xml", "package1.syncml.wbxml");
    converts_both_ways("package2.syncml.xml", "package2.syncml.wbxml");
    tells_what_a_file_is();
    gives_octets_and_foreign_elements();
    an_opaque_block_may_hold_base64();
    decodes_base64();
    return outcome();
}
