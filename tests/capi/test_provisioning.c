/* Client-provisioning documents (wire.md 7.9 and 11.4). */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static const char document[] =
    "<wap-provisioningdoc version=\"1.1\"><characteristic type=\"APPLICATION\"><parm name=\"APPID\" value=\"w7\"/>"
    "<parm name=\"PROVIDER-ID\" value=\"dm.example.com\"/><parm name=\"X\" value=\"1\" datatype=\"integer\"/>"
    "<characteristic type=\"APPADDR\"><parm name=\"ADDR\" value=\"https://dm.example.com/omadm\"/></characteristic>"
    "</characteristic><characteristic type=\"NAPDEF\"><parm name=\"INTERNET\"/></characteristic></wap-provisioningdoc>";

/* The same, part by part. */
static const struct {
    uint32_t kind;
    const char *name, *value;
} parts_of[] = {
    {OMADM_PROVISIONING_BEGIN, "APPLICATION", NULL},
    {OMADM_PROVISIONING_PARM, "APPID", "w7"},
    {OMADM_PROVISIONING_PARM, "PROVIDER-ID", "dm.example.com"},
    {OMADM_PROVISIONING_PARM, "X", "1"},
    {OMADM_PROVISIONING_ATTRIBUTE, "datatype", "integer"},
    {OMADM_PROVISIONING_BEGIN, "APPADDR", NULL},
    {OMADM_PROVISIONING_PARM, "ADDR", "https://dm.example.com/omadm"},
    {OMADM_PROVISIONING_END, NULL, NULL},
    {OMADM_PROVISIONING_END, NULL, NULL},
    {OMADM_PROVISIONING_BEGIN, "NAPDEF", NULL},
    {OMADM_PROVISIONING_PARM, "INTERNET", NULL},
    {OMADM_PROVISIONING_END, NULL, NULL},
};
enum { COUNT = sizeof parts_of / sizeof parts_of[0] };

/* By the tokens of wire.md, 7.9: NAPDEF with NAPID NAP1. */
static const char napdef[] = "020B6A00 C5 4503312E310001 C6 5501 87 1106034E4150310001 01 01";

static omadm_provisioning *read_document(const void *data, size_t len) {
    omadm_provisioning *provisioning = NULL;
    REQUIRE(omadm_provisioning_decode((const uint8_t *)data, len, NULL, &provisioning, &error) == OMADM_OK);
    return provisioning;
}

static void has_the_parts(const omadm_provisioning *provisioning) {
    omadm_provisioning_part parts[COUNT + 1];
    size_t written = 9, at;
    CHECK(omadm_provisioning_parts(provisioning, 0, parts, sizeof parts[0], COUNT + 1, &written, &error) == OMADM_OK);
    CHECK(written == COUNT);
    for (at = 0; at < written && at < COUNT; at++) {
        CHECK(parts[at].kind == parts_of[at].kind && parts[at].struct_size == sizeof parts[at]);
        CHECK(is_text(parts[at].name, parts_of[at].name) && is_text(parts[at].value, parts_of[at].value));
    }
    CHECK(omadm_provisioning_parts(provisioning, 5, parts, sizeof parts[0], 2, &written, &error) == OMADM_OK && written == 2);
    CHECK(is_text(parts[0].name, "APPADDR") && is_text(parts[1].name, "ADDR"));
    CHECK(omadm_provisioning_parts(provisioning, COUNT, parts, sizeof parts[0], 2, &written, &error) == OMADM_OK && written == 0);
}

static void reads(void) {
    char *copy = (char *)malloc(sizeof document);
    omadm_provisioning *provisioning;
    omadm_provisioning_part parts[2];
    omadm_str version;
    uint32_t encoding = 9;
    size_t count = 9, written;
    memcpy(copy, document, sizeof document);
    provisioning = read_document(copy, strlen(copy));
    memset(copy, 0, sizeof document);
    free(copy);
    CHECK(omadm_provisioning_summary(provisioning, &encoding, &version, &count, &error) == OMADM_OK);
    CHECK(encoding == OMADM_XML && is_text(version, "1.1") && count == COUNT);
    CHECK(omadm_provisioning_summary(provisioning, NULL, NULL, NULL, &error) == OMADM_OK);
    has_the_parts(provisioning);
    CHECK(omadm_provisioning_parts(provisioning, 0, parts, sizeof parts[0], 2, &written, &error) == OMADM_OK);
    CHECK(parts[0].offset == (uint64_t)(strstr(document, "<characteristic") - document));
    CHECK(parts[1].offset == (uint64_t)(strstr(document, "<parm") - document));
    omadm_provisioning_free(provisioning);
    omadm_provisioning_free(NULL);
}

static void reads_version_and_attributes_of_the_document(void) {
    static const char text[] = "<wap-provisioningdoc owner='me'><characteristic type='A'/></wap-provisioningdoc>";
    omadm_provisioning *provisioning = read_document(text, strlen(text));
    omadm_provisioning_part parts[3];
    omadm_str version;
    size_t written;
    CHECK(omadm_provisioning_summary(provisioning, NULL, &version, NULL, &error) == OMADM_OK && is_text(version, NULL));
    CHECK(omadm_provisioning_parts(provisioning, 0, parts, sizeof parts[0], 3, &written, &error) == OMADM_OK && written == 3);
    CHECK(parts[0].kind == OMADM_PROVISIONING_ATTRIBUTE && is_text(parts[0].name, "owner") && is_text(parts[0].value, "me"));
    CHECK(parts[1].kind == OMADM_PROVISIONING_BEGIN && parts[2].kind == OMADM_PROVISIONING_END);
    omadm_provisioning_free(provisioning);
}

/* The same document in the other encoding. */
static void reads_what_was_converted(void) {
    omadm_buffer octets = OMADM_BUFFER_INIT;
    omadm_provisioning *provisioning;
    uint32_t encoding = 9;
    REQUIRE(omadm_convert((const uint8_t *)document, strlen(document), NULL, OMADM_WBXML, &octets, &error) == OMADM_OK);
    provisioning = read_document(octets.data, octets.len);
    CHECK(omadm_provisioning_summary(provisioning, &encoding, NULL, NULL, &error) == OMADM_OK && encoding == OMADM_WBXML);
    has_the_parts(provisioning);
    omadm_provisioning_free(provisioning);
    omadm_buffer_free(&octets);
}

static void reads_tokens(void) {
    unsigned char data[64];
    size_t len = from_hex(napdef, data, sizeof data), written = 0;
    omadm_provisioning *provisioning = read_document(data, len);
    omadm_provisioning_part parts[4];
    omadm_str version;
    CHECK(omadm_provisioning_summary(provisioning, NULL, &version, NULL, &error) == OMADM_OK && is_text(version, "1.1"));
    CHECK(omadm_provisioning_parts(provisioning, 0, parts, sizeof parts[0], 4, &written, &error) == OMADM_OK && written == 3);
    CHECK(parts[0].kind == OMADM_PROVISIONING_BEGIN && is_text(parts[0].name, "NAPDEF") && is_text(parts[0].value, NULL));
    CHECK(parts[1].kind == OMADM_PROVISIONING_PARM && is_text(parts[1].name, "NAPID") && is_text(parts[1].value, "NAP1"));
    CHECK(parts[2].kind == OMADM_PROVISIONING_END && parts[2].offset == 0);
    omadm_provisioning_free(provisioning);
}

static void says_what_is_wrong(void) {
    static const struct {
        const char *text;
        omadm_rc rc;
    } documents[] = {
        {"<SyncML/>", OMADM_E_NOT_PROVISIONING},
        {"<wap-provisioningdoc><characteristic/></wap-provisioningdoc>", OMADM_E_MISSING},
        {"<wap-provisioningdoc><characteristic type='A'><parm/></characteristic></wap-provisioningdoc>", OMADM_E_MISSING},
        {"<wap-provisioningdoc><parm name='A'/></wap-provisioningdoc>", OMADM_E_UNEXPECTED_ELEMENT},
        {"<wap-provisioningdoc><characteristic type='A'>x</characteristic></wap-provisioningdoc>", OMADM_E_UNEXPECTED_TEXT},
    };
    omadm_provisioning *provisioning = NULL;
    size_t at;
    for (at = 0; at < sizeof documents / sizeof documents[0]; at++) {
        const char *text = documents[at].text;
        CHECK(omadm_provisioning_decode((const uint8_t *)text, strlen(text), NULL, &provisioning, &error) == documents[at].rc);
        CHECK(provisioning == NULL && error.code == documents[at].rc);
    }
    {
        omadm_options options = OMADM_OPTIONS_INIT;
        CHECK(omadm_options_init(&options, &error) == OMADM_OK);
        options.limit_depth = 2;
        CHECK(omadm_provisioning_decode((const uint8_t *)document, strlen(document), &options, &provisioning, &error) == OMADM_E_LIMIT_DEPTH);
        CHECK(provisioning == NULL);
    }
}

int main(void) {
    reads();
    reads_version_and_attributes_of_the_document();
    reads_what_was_converted();
    reads_tokens();
    says_what_is_wrong();
    return outcome();
}
