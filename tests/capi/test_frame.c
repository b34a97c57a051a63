/* Many documents at once as columns. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

#define HEADER \
    "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>7</SessionID><MsgID>2</MsgID>" \
    "<Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>"

static omadm_bytes document(const char *text) {
    omadm_bytes octets;
    octets.ptr = (const uint8_t *)text;
    octets.len = strlen(text);
    return octets;
}

static const uint32_t *numbers(const struct ArrowArray *array, int64_t column) {
    return (const uint32_t *)array->children[column]->buffers[1];
}

static omadm_bytes cell(const struct ArrowArray *array, int64_t column, int64_t row) {
    const struct ArrowArray *child = array->children[column];
    const int64_t *ends = (const int64_t *)child->buffers[1];
    omadm_bytes value;
    value.ptr = (const uint8_t *)child->buffers[2] + ends[row];
    value.len = (size_t)(ends[row + 1] - ends[row]);
    return value;
}

static void a_broken_document_does_not_lose_the_others(void) {
    omadm_bytes documents[3];
    struct ArrowSchema schema, error_schema;
    struct ArrowArray array, errors;

    documents[0] = document("<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>");
    documents[1] = document("<MgmtTree><Node></MgmtTree>");
    documents[2] = document("<MgmtTree><Node><NodeName>B</NodeName><Value>2</Value></Node></MgmtTree>");
    REQUIRE(omadm_trees_arrow(documents, 3, 40, NULL, &schema, &array, &error_schema, &errors, &error) == OMADM_OK);
    CHECK(schema.n_children == 12 && strcmp(schema.children[0]->name, "document") == 0);
    CHECK(strcmp(schema.children[0]->format, "I") == 0 && strcmp(schema.children[2]->name, "uri") == 0);
    CHECK(array.length == 4);
    CHECK(numbers(&array, 0)[0] == 40 && numbers(&array, 0)[1] == 40 && numbers(&array, 0)[2] == 42 && numbers(&array, 0)[3] == 42);
    CHECK(is_octets(cell(&array, 2, 1), "./A") && is_octets(cell(&array, 2, 2), ".") && is_octets(cell(&array, 2, 3), "./B"));
    CHECK(error_schema.n_children == 6 && errors.length == 1);
    CHECK(numbers(&errors, 0)[0] == 41 && numbers(&errors, 1)[0] == OMADM_E_XML_END_TAG);
    CHECK(((const uint64_t *)errors.children[2]->buffers[1])[0] == strlen("<MgmtTree><Node>"));
    CHECK(errors.children[3]->null_count == 1);
    CHECK(is_octets(cell(&errors, 4, 0), omadm_code_message(OMADM_E_XML_END_TAG)));
    array.release(&array);
    schema.release(&schema);
    errors.release(&errors);
    error_schema.release(&error_schema);
    CHECK(array.release == NULL && errors.release == NULL);
}

static void messages(void) {
    omadm_bytes documents[3];
    struct ArrowSchema schema, error_schema;
    struct ArrowArray array, errors;

    documents[0] = document(HEADER "<Alert><CmdID>1</CmdID><Data>1201</Data></Alert><Final/></SyncBody></SyncML>");
    documents[1] = document("");
    documents[2] = document(HEADER "<Get><CmdID>1</CmdID><Item><Target><LocURI>./A</LocURI></Target></Item></Get><Final/></SyncBody></SyncML>");
    REQUIRE(omadm_messages_arrow(documents, 3, 0, NULL, &schema, &array, &error_schema, &errors, &error) == OMADM_OK);
    CHECK(schema.n_children == 16 && array.length == 2 && numbers(&array, 0)[0] == 0 && numbers(&array, 0)[1] == 2);
    CHECK(strcmp(schema.children[5]->name, "kind") == 0 && is_octets(cell(&array, 5, 0), "Alert") && is_octets(cell(&array, 5, 1), "Get"));
    CHECK(strcmp(schema.children[11]->name, "target") == 0 && is_octets(cell(&array, 11, 1), "./A"));
    CHECK(errors.length == 1 && numbers(&errors, 0)[0] == 1);
    array.release(&array);
    schema.release(&schema);
    errors.release(&errors);
    error_schema.release(&error_schema);
}

static void none_and_too_much(void) {
    omadm_options options = OMADM_OPTIONS_INIT;
    omadm_bytes documents[2];
    struct ArrowSchema schema, error_schema;
    struct ArrowArray array, errors;

    documents[0] = document("<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>");
    REQUIRE(omadm_trees_arrow(documents, 0, 0, NULL, &schema, &array, &error_schema, &errors, &error) == OMADM_OK);
    CHECK(array.length == 0 && errors.length == 0 && schema.n_children == 12);
    array.release(&array);
    schema.release(&schema);
    errors.release(&errors);
    error_schema.release(&error_schema);
    CHECK(omadm_options_init(&options, &error) == OMADM_OK);
    options.limit_output = 4;
    memset(&array, 0x55, sizeof array);
    documents[1] = documents[0];
    CHECK(omadm_trees_arrow(documents, 2, UINT32_MAX, NULL, &schema, &array, &error_schema, &errors, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "first"));
    CHECK(omadm_messages_arrow(documents, 2, UINT32_MAX, NULL, &schema, &array, &error_schema, &errors, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_trees_arrow(documents, 1, 0, &options, &schema, &array, &error_schema, &errors, &error) == OMADM_E_LIMIT_OUTPUT);
    CHECK(array.length == 0x5555555555555555); /* Untouched. */
    REQUIRE(omadm_trees_arrow(documents, 2, UINT32_MAX - 1, NULL, &schema, &array, &error_schema, &errors, &error) == OMADM_OK);
    CHECK(array.length == 4 && ((const uint32_t *)array.children[0]->buffers[1])[3] == UINT32_MAX);
    array.release(&array);
    schema.release(&schema);
    errors.release(&errors);
    error_schema.release(&error_schema);
}

int main(void) {
    a_broken_document_does_not_lose_the_others();
    messages();
    none_and_too_much();
    return outcome();
}
