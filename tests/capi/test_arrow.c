/* Nodes and commands as columns. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static int64_t column(const struct ArrowSchema *schema, const char *name) {
    int64_t i;
    for (i = 0; i < schema->n_children; i++)
        if (strcmp(schema->children[i]->name, name) == 0)
            return i;
    fprintf(stderr, "no column %s\n", name);
    exit(1);
}

static int is_valid(const struct ArrowArray *array, int64_t row) {
    const uint8_t *bits = (const uint8_t *)array->buffers[0];
    return bits == NULL || (bits[row / 8] >> (row % 8) & 1);
}

/* A cell of large_utf8 or large_binary. */
static omadm_bytes cell(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name, int64_t row) {
    int64_t index = column(schema, name);
    const struct ArrowArray *child = array->children[index];
    const int64_t *ends = (const int64_t *)child->buffers[1];
    omadm_bytes value = {NULL, 0};
    CHECK(strcmp(schema->children[index]->format, "U") == 0 || strcmp(schema->children[index]->format, "Z") == 0);
    CHECK(child->length == array->length && child->n_buffers == 3 && child->offset == 0 && ends[0] == 0);
    if (is_valid(child, row)) {
        const uint8_t *octets = child->buffers[2] ? (const uint8_t *)child->buffers[2] : (const uint8_t *)"";
        value.ptr = octets + ends[row];
        value.len = (size_t)(ends[row + 1] - ends[row]);
    }
    return value;
}

static uint32_t number(const struct ArrowSchema *schema, const struct ArrowArray *array, const char *name, int64_t row) {
    int64_t index = column(schema, name);
    CHECK(strcmp(schema->children[index]->format, "I") == 0 && array->children[index]->n_buffers == 2);
    return is_valid(array->children[index], row) ? ((const uint32_t *)array->children[index]->buffers[1])[row] : 9999;
}

static int same(omadm_bytes octets, const void *ptr, size_t len) {
    return (octets.ptr == NULL) == (ptr == NULL) && octets.len == len && (len == 0 || memcmp(octets.ptr, ptr, len) == 0);
}

/* The columns say what the nodes say one by one. */
static void tree_as_columns(const char *name) {
    size_t len, count, length;
    unsigned char *data = read_file(name, &len);
    omadm_tree *tree = NULL, *copy = NULL;
    struct ArrowSchema schema;
    struct ArrowArray array;
    omadm_node_info info = OMADM_NODE_INFO_INIT;
    char uri[256];
    int64_t row, nulls, i;

    REQUIRE(omadm_tree_decode(data, len, NULL, &tree, &error) == OMADM_OK);
    free(data);
    CHECK(omadm_tree_summary(tree, &count, NULL, &error) == OMADM_OK);
    CHECK(omadm_tree_clone(tree, &copy, &error) == OMADM_OK);
    REQUIRE(omadm_tree_arrow(tree, OMADM_NO_NODE, NULL, &schema, &array, &error) == OMADM_OK);
    omadm_tree_free(tree);
    CHECK(strcmp(schema.format, "+s") == 0 && schema.n_children == 11 && array.n_children == 11);
    CHECK(array.length == (int64_t)count && array.null_count == 0 && array.n_buffers == 1 && array.buffers[0] == NULL);
    for (row = 0; row < array.length; row++) {
        omadm_node node = ((const uint64_t *)array.children[column(&schema, "node")]->buffers[1])[row];
        CHECK(omadm_tree_node(copy, node, &info, &error) == OMADM_OK);
        CHECK(omadm_tree_uri(copy, node, uri, sizeof uri, &length, &error) == OMADM_OK);
        CHECK(same(cell(&schema, &array, "uri", row), uri, length));
        CHECK(same(cell(&schema, &array, "name", row), info.name.ptr, info.name.len));
        CHECK(same(cell(&schema, &array, "value", row), info.value.ptr, info.value.len));
        CHECK(same(cell(&schema, &array, "media_type", row), info.media_type.ptr, info.media_type.len));
        CHECK(same(cell(&schema, &array, "mo_id", row), info.mo_id.ptr, info.mo_id.len));
        CHECK(same(cell(&schema, &array, "acl", row), info.acl.ptr, info.acl.len));
        CHECK(same(cell(&schema, &array, "title", row), info.title.ptr, info.title.len));
        CHECK(same(cell(&schema, &array, "tstamp", row), info.tstamp.ptr, info.tstamp.len));
        CHECK(same(cell(&schema, &array, "ver_no", row), info.ver_no.ptr, info.ver_no.len));
        CHECK((info.format == OMADM_FORMAT_NODE) == is_octets(cell(&schema, &array, "format", row), "node"));
    }
    for (i = 0; i < array.n_children; i++) {
        CHECK(schema.children[i]->flags == ARROW_FLAG_NULLABLE && schema.children[i]->release != NULL);
        for (nulls = 0, row = 0; row < array.length; row++)
            nulls += !is_valid(array.children[i], row);
        CHECK(nulls == array.children[i]->null_count);
    }
    omadm_tree_free(copy);
    array.release(&array);
    schema.release(&schema);
    CHECK(array.release == NULL && schema.release == NULL);
}

/* A structure may be moved, and so may a child, which is then released on its own. */
static void structures_move(void) {
    static const char text[] = "<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>";
    omadm_options options = OMADM_OPTIONS_INIT;
    omadm_tree *tree = NULL;
    omadm_node a;
    struct ArrowSchema schema, moved_schema, child_schema;
    struct ArrowArray array, moved, child;

    REQUIRE(omadm_tree_decode((const uint8_t *)text, strlen(text), NULL, &tree, &error) == OMADM_OK);
    CHECK(omadm_tree_get(tree, "./A", OMADM_NUL, &a, &error) == OMADM_OK);
    REQUIRE(omadm_tree_arrow(tree, a, NULL, &schema, &array, &error) == OMADM_OK);
    moved = array;
    moved_schema = schema;
    memset(&array, 0x55, sizeof array);
    memset(&schema, 0x55, sizeof schema);
    CHECK(moved.length == 1 && is_octets(cell(&moved_schema, &moved, "uri", 0), "./A"));
    child = *moved.children[1];
    moved.children[1]->release = NULL;
    child_schema = *moved_schema.children[1];
    moved_schema.children[1]->release = NULL;
    moved.release(&moved);
    moved_schema.release(&moved_schema);
    CHECK(strcmp(child_schema.name, "uri") == 0 && child.length == 1 && memcmp(child.buffers[2], "./A", 3) == 0);
    child.release(&child);
    child_schema.release(&child_schema);
    CHECK(child.release == NULL && child_schema.release == NULL);

    CHECK(omadm_tree_arrow(tree, UINT64_MAX, NULL, &schema, &array, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_tree_arrow(tree, a, NULL, NULL, &array, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_arrow(tree, a, NULL, &schema, NULL, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_arrow(NULL, a, NULL, &schema, &array, &error) == OMADM_E_NULL);
    CHECK(omadm_options_init(&options, &error) == OMADM_OK);
    options.limit_output = 4;
    CHECK(omadm_tree_arrow(tree, a, &options, &schema, &array, &error) == OMADM_E_LIMIT_OUTPUT);
    CHECK(array.length == 0x5555555555555555); /* Untouched. */
    omadm_tree_free(tree);
}

static void message_as_columns(void) {
    static const char text[] =
        "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>7</SessionID><MsgID>2</MsgID>"
        "<Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody>"
        "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>212</Data></Status>"
        "<Alert><CmdID>2</CmdID><Data>1201</Data></Alert>"
        "<Atomic><CmdID>3</CmdID><Add><CmdID>4</CmdID><Meta><Format xmlns=\"syncml:metinf\">int</Format></Meta>"
        "<Item><Target><LocURI>./A</LocURI></Target><Data>1</Data></Item><Item><Target><LocURI>./B</LocURI></Target><Data></Data></Item></Add></Atomic>"
        "<Final/></SyncBody></SyncML>";
    omadm_message *message = NULL;
    struct ArrowSchema schema;
    struct ArrowArray array;

    REQUIRE(omadm_message_decode((const uint8_t *)text, strlen(text), NULL, &message, &error) == OMADM_OK);
    REQUIRE(omadm_message_arrow(message, NULL, &schema, &array, &error) == OMADM_OK);
    CHECK(omadm_message_arrow(NULL, NULL, &schema, &array, &error) == OMADM_E_NULL);
    CHECK(omadm_message_arrow(message, NULL, NULL, &array, &error) == OMADM_E_NULL);
    omadm_message_free(message);
    CHECK(array.length == 5 && schema.n_children == 15);
    CHECK(is_octets(cell(&schema, &array, "session_id", 4), "7") && is_octets(cell(&schema, &array, "msg_id", 0), "2"));
    CHECK(is_octets(cell(&schema, &array, "kind", 0), "Status") && number(&schema, &array, "code", 0) == 212);
    CHECK(is_octets(cell(&schema, &array, "cmd", 0), "SyncHdr") && is_octets(cell(&schema, &array, "cmd_ref", 0), "0"));
    CHECK(is_octets(cell(&schema, &array, "msg_ref", 0), "1") && number(&schema, &array, "item", 0) == 9999);
    CHECK(is_octets(cell(&schema, &array, "kind", 1), "Alert") && number(&schema, &array, "code", 1) == 1201);
    CHECK(is_octets(cell(&schema, &array, "data", 1), "1201") && is_octets(cell(&schema, &array, "cmd", 1), NULL));
    CHECK(is_octets(cell(&schema, &array, "kind", 2), "Atomic") && number(&schema, &array, "code", 2) == 9999);
    CHECK(number(&schema, &array, "command", 3) == 3 && number(&schema, &array, "item", 3) == 0);
    CHECK(number(&schema, &array, "command", 4) == 3 && number(&schema, &array, "item", 4) == 1);
    CHECK(is_octets(cell(&schema, &array, "target", 3), "./A") && is_octets(cell(&schema, &array, "target", 4), "./B"));
    CHECK(is_octets(cell(&schema, &array, "source", 3), NULL) && is_octets(cell(&schema, &array, "cmd_id", 4), "4"));
    CHECK(is_octets(cell(&schema, &array, "format", 3), "int") && is_octets(cell(&schema, &array, "media_type", 3), NULL));
    CHECK(is_octets(cell(&schema, &array, "data", 3), "1") && is_octets(cell(&schema, &array, "data", 4), ""));
    array.release(&array);
    schema.release(&schema);
}

int main(void) {
    tree_as_columns("phone.tnds.xml");
    tree_as_columns("phone.tnds.wbxml");
    structures_move();
    message_as_columns();
    return outcome();
}
