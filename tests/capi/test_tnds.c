/* Tree documents, written. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static omadm_tree *tree_of(const void *document, size_t len) {
    omadm_tree *tree = NULL;
    REQUIRE(omadm_tree_decode((const uint8_t *)document, len, NULL, &tree, &error) == OMADM_OK);
    return tree;
}

static int has(const omadm_buffer *document, const char *text) {
    size_t len = strlen(text), at;
    for (at = 0; at + len <= document->len; at++)
        if (memcmp(document->data + at, text, len) == 0)
            return 1;
    return 0;
}

/* Whether two trees have the same nodes, whatever their order among siblings. */
static int same(const omadm_tree *one, const omadm_tree *other) {
    omadm_diff *diff = NULL;
    size_t count = 99;
    CHECK(omadm_tree_diff(one, OMADM_NO_NODE, other, OMADM_NO_NODE, OMADM_DIFFERS_ALL, &diff, &error) == OMADM_OK);
    CHECK(omadm_diff_count(diff, &count, &error) == OMADM_OK);
    omadm_diff_free(diff);
    return count == 0;
}

static void writes_what_it_reads(const char *name, uint32_t encoding, uint32_t layout) {
    size_t len;
    unsigned char *data = read_file(name, &len);
    omadm_tree *tree = tree_of(data, len), *again;
    omadm_tnds_options options = OMADM_TNDS_OPTIONS_INIT;
    omadm_buffer document = OMADM_BUFFER_INIT;

    free(data);
    options.layout = layout;
    CHECK(omadm_tree_encode(tree, OMADM_NO_NODE, encoding, &options, &document, &error) == OMADM_OK);
    CHECK((document.data[0] == '<') == (encoding == OMADM_XML));
    again = tree_of(document.data, document.len);
    CHECK(same(tree, again));
    omadm_tree_free(again);
    omadm_tree_free(tree);
    omadm_buffer_free(&document);
}

static void writes_parts_and_less(void) {
    static const char text[] =
        "<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Get=srv</ACL><Title>T</Title></RTProperties>"
        "<Node><NodeName>B</NodeName><RTProperties><Format><bin/></Format></RTProperties><Value>AAE=</Value></Node>"
        "<Node><NodeName>C</NodeName><RTProperties><ACL>Get=other</ACL></RTProperties><Value>secret</Value></Node></Node></MgmtTree>";
    omadm_tree *tree = tree_of(text, strlen(text)), *again;
    omadm_tnds_options options = OMADM_TNDS_OPTIONS_INIT;
    omadm_options limits = OMADM_OPTIONS_INIT;
    omadm_buffer document = OMADM_BUFFER_INIT;
    omadm_node a, b;

    CHECK(omadm_tree_get(tree, "./A", OMADM_NUL, &a, &error) == OMADM_OK);
    CHECK(omadm_tree_get(tree, "./A/B", OMADM_NUL, &b, &error) == OMADM_OK);
    CHECK(omadm_tree_encode(tree, b, OMADM_XML, NULL, &document, &error) == OMADM_OK);
    CHECK(has(&document, "<NodeName>B</NodeName>") && has(&document, ">AAE=<") && !has(&document, "NodeName>A<"));
    CHECK(omadm_tree_encode(tree, b, OMADM_WBXML, NULL, &document, &error) == OMADM_OK);
    CHECK(document.data[0] == 0x02); /* WBXML 1.2: wire.md, 7.12. */
    again = tree_of(document.data, document.len);
    omadm_tree_free(again);

    options.left_out = OMADM_TNDS_VALUE | OMADM_TNDS_TITLE;
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, &options, &document, &error) == OMADM_OK);
    CHECK(!has(&document, "<Value>") && !has(&document, "<Title>") && has(&document, "<ACL>Get=srv</ACL>"));
    options.left_out = 0;
    options.principal.ptr = "srv";
    options.principal.len = 3;
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, &options, &document, &error) == OMADM_OK);
    CHECK(has(&document, "AAE=") && !has(&document, "secret"));
    options.principal.ptr = "third";
    options.principal.len = OMADM_NUL;
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, &options, &document, &error) == OMADM_E_ACCESS_DENIED && error.offset == 0);
    CHECK(has(&document, "AAE=")); /* Untouched. */

    options.principal.ptr = NULL;
    options.principal.len = 0;
    CHECK(omadm_options_init(&limits, &error) == OMADM_OK);
    limits.limit_output = 50;
    options.limits = &limits;
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, &options, &document, &error) == OMADM_E_LIMIT_OUTPUT);
    options.limits = NULL;
    options.left_out = 128;
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, &options, &document, &error) == OMADM_E_ARGUMENT);
    options.left_out = 0;
    options.layout = 2;
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, &options, &document, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_encode(tree, a, 3, NULL, &document, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_encode(tree, UINT64_MAX, OMADM_XML, NULL, &document, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, NULL, NULL, &error) == OMADM_E_NULL);
    options.struct_size = 8;
    CHECK(omadm_tree_encode(tree, a, OMADM_XML, &options, &document, &error) == OMADM_E_STRUCT_SIZE);
    omadm_buffer_free(&document);
    omadm_tree_free(tree);
}

/* The place of the node at fault. */
static void says_which_node_cannot_be_written(void) {
    static const char text[] = "<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node><Node><NodeName>B</NodeName>"
                               "<RTProperties><Format><bin/></Format></RTProperties><Value>?</Value></Node></MgmtTree>";
    omadm_tree *tree = tree_of(text, strlen(text));
    omadm_buffer document = OMADM_BUFFER_INIT;
    omadm_node_info nodes[3];
    size_t written;
    CHECK(omadm_tree_encode(tree, OMADM_NO_NODE, OMADM_WBXML, NULL, &document, &error) == OMADM_E_INVALID_BASE64);
    CHECK(omadm_tree_nodes(tree, OMADM_NO_NODE, OMADM_NO_NODE, nodes, sizeof nodes[0], 3, &written, NULL) == OMADM_OK);
    CHECK(written == 3 && error.offset < 3 && is_text(nodes[error.offset].name, "B"));
    omadm_tree_free(tree);
}

static void tells_and_writes_what_a_document_says_of_itself(void) {
    static const char text[] = "<MgmtTree><VerDTD>1.2</VerDTD><Man>Acme</Man><Mod>A1</Mod>"
                               "<Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>";
    omadm_tree *tree = tree_of(text, strlen(text)), *again, *made = NULL;
    omadm_tnds_options options = OMADM_TNDS_OPTIONS_INIT;
    omadm_buffer document = OMADM_BUFFER_INIT;
    omadm_str ver_dtd, man, model;

    CHECK(omadm_tree_document(tree, &ver_dtd, &man, &model, &error) == OMADM_OK);
    CHECK(is_text(ver_dtd, "1.2") && is_text(man, "Acme") && is_text(model, "A1"));
    CHECK(omadm_tree_document(tree, NULL, NULL, NULL, &error) == OMADM_OK);
    CHECK(omadm_tree_encode(tree, OMADM_NO_NODE, OMADM_XML, NULL, &document, &error) == OMADM_OK);
    CHECK(has(&document, "<Man>Acme</Man><Mod>A1</Mod>"));

    /* Another model, by a program of now. */
    options.model.ptr = "A2";
    options.model.len = OMADM_NUL;
    CHECK(omadm_tree_encode(tree, OMADM_NO_NODE, OMADM_WBXML, &options, &document, &error) == OMADM_OK);
    again = tree_of(document.data, document.len);
    CHECK(omadm_tree_document(again, NULL, &man, &model, &error) == OMADM_OK && is_text(man, "Acme") && is_text(model, "A2"));
    omadm_tree_free(again);
    /* By a program that was compiled before there were these members, which are not looked at. */
    options.struct_size = (uint32_t)offsetof(omadm_tnds_options, man);
    CHECK(omadm_tree_encode(tree, OMADM_NO_NODE, OMADM_XML, &options, &document, &error) == OMADM_OK);
    CHECK(has(&document, "<Mod>A1</Mod>"));

    REQUIRE(omadm_tree_new(&made, &error) == OMADM_OK);
    CHECK(omadm_tree_document(made, &ver_dtd, &man, &model, &error) == OMADM_OK);
    CHECK(is_text(ver_dtd, NULL) && is_text(man, NULL) && is_text(model, NULL));
    options.struct_size = sizeof options;
    options.man.ptr = "\xff";
    options.man.len = 1;
    CHECK(omadm_tree_encode(made, OMADM_NO_NODE, OMADM_XML, &options, &document, &error) == OMADM_E_INVALID_UTF8);
    CHECK(is_text(error.subject, "man") && has(&document, "<Mod>A1</Mod>"));
    omadm_buffer_free(&document);
    omadm_tree_free(made);
    omadm_tree_free(tree);
}

int main(void) {
    static const char *const names[] = {"phone.tnds.xml", "phone.tnds.wbxml"};
    uint32_t name, encoding, layout;
    for (name = 0; name < 2; name++)
        for (encoding = OMADM_XML; encoding <= OMADM_WBXML; encoding++)
            for (layout = OMADM_TNDS_NESTED; layout <= OMADM_TNDS_FLAT; layout++)
                writes_what_it_reads(names[name], encoding, layout);
    writes_parts_and_less();
    says_which_node_cannot_be_written();
    tells_and_writes_what_a_document_says_of_itself();
    return outcome();
}
