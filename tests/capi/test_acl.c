/* Access control lists, and what they grant. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static int is_buffer(const omadm_buffer *buffer, const char *expected) {
    return buffer->len == strlen(expected) && memcmp(buffer->data, expected, buffer->len) == 0;
}

static omadm_node at(const omadm_tree *tree, const char *uri) {
    omadm_node node = OMADM_NO_NODE;
    CHECK(omadm_tree_get(tree, uri, OMADM_NUL, &node, &error) == OMADM_OK);
    return node;
}

/* wire.md, 9.5. */
static void tells_rights(void) {
    static const char document[] =
        "<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Replace=srv&amp;Get=srv+other</ACL></RTProperties>"
        "<Node><NodeName>B</NodeName><Value>1</Value></Node>"
        "<Node><NodeName>C</NodeName><RTProperties><ACL>Get</ACL></RTProperties></Node></Node>"
        "<Node><NodeName>D</NodeName><Value>1</Value></Node></MgmtTree>";
    static const uint32_t expected[] = {OMADM_ACL_ADD | OMADM_ACL_GET, OMADM_ACL_GET | OMADM_ACL_REPLACE,
                                        OMADM_ACL_GET | OMADM_ACL_REPLACE, 0, OMADM_ACL_ADD | OMADM_ACL_GET};
    omadm_tree *tree = NULL;
    omadm_buffer acl = OMADM_BUFFER_INIT;
    omadm_node nodes[5];
    uint32_t commands = 99, may = 99, all[5];
    size_t found = 0, i;

    REQUIRE(omadm_tree_decode((const uint8_t *)document, strlen(document), NULL, &tree, &error) == OMADM_OK);
    CHECK(omadm_tree_rights(tree, at(tree, "./A/B"), "srv", OMADM_NUL, &commands, &error) == OMADM_OK);
    CHECK(commands == (OMADM_ACL_GET | OMADM_ACL_REPLACE));
    CHECK(omadm_tree_rights(tree, at(tree, "./A/B"), "sr", OMADM_NUL, &commands, &error) == OMADM_OK && commands == 0);
    CHECK(omadm_tree_rights(tree, at(tree, "./A/B"), NULL, 0, &commands, &error) == OMADM_OK && commands == 31);
    CHECK(omadm_tree_rights(tree, at(tree, "./A/B"), NULL, OMADM_NUL, &commands, &error) == OMADM_E_NULL && commands == 31);
    CHECK(omadm_tree_rights(tree, OMADM_NO_NODE, "srv", OMADM_NUL, &commands, &error) == OMADM_E_STALE_NODE);
    /* The root's default, which everyone has. */
    CHECK(omadm_tree_rights(tree, at(tree, "./D"), "", 0, &commands, &error) == OMADM_OK);
    CHECK(commands == (OMADM_ACL_ADD | OMADM_ACL_GET));

    CHECK(omadm_tree_rights_below(tree, OMADM_NO_NODE, "srv", OMADM_NUL, nodes, all, 5, &found, &error) == OMADM_OK);
    CHECK(found == 5 && nodes[2] == at(tree, "./A/B") && memcmp(all, expected, sizeof all) == 0);
    for (i = 0; i < found; i++)
        CHECK(omadm_tree_rights(tree, nodes[i], "srv", OMADM_NUL, &commands, &error) == OMADM_OK && commands == all[i]);
    CHECK(omadm_tree_rights_below(tree, nodes[1], "srv", OMADM_NUL, NULL, all, 1, &found, &error) == OMADM_OK && found == 3);
    CHECK(all[0] == expected[1]);

    CHECK(omadm_tree_effective_acl(tree, at(tree, "./A/B"), &acl, &error) == OMADM_OK);
    CHECK(is_buffer(&acl, "Get=other+srv&Replace=srv"));
    CHECK(omadm_tree_effective_acl(tree, at(tree, "./D"), &acl, &error) == OMADM_OK && is_buffer(&acl, "Add=*&Get=*"));
    CHECK(omadm_tree_effective_acl(tree, at(tree, "./A/C"), &acl, &error) == OMADM_E_ACL_COMMAND && error.offset == 0);
    CHECK(is_buffer(&acl, "Add=*&Get=*")); /* Untouched. */
    omadm_buffer_free(&acl);

    CHECK(omadm_tree_may_change_acl(tree, at(tree, "./A"), "srv", OMADM_NUL, &may, &error) == OMADM_OK && may == 1);
    CHECK(omadm_tree_may_change_acl(tree, at(tree, "./A"), "other", OMADM_NUL, &may, &error) == OMADM_OK && may == 0);
    CHECK(omadm_tree_may_change_acl(tree, at(tree, "./D"), "srv", OMADM_NUL, &may, &error) == OMADM_OK && may == 0);
    CHECK(omadm_tree_may_change_acl(tree, at(tree, "./D"), NULL, 0, &may, &error) == OMADM_OK && may == 1);
    CHECK(omadm_tree_may_change_acl(NULL, at(tree, "./D"), NULL, 0, &may, &error) == OMADM_E_NULL);
    omadm_tree_free(tree);
}

static void reads_and_writes_lists(void) {
    static const char list[] = " Get=*&Replace=srv-b+srv-a&Get=srv-a&Exec=srv-b ";
    omadm_acl_grant grants[2];
    omadm_buffer acl = OMADM_BUFFER_INIT;
    uint32_t everyone = 99;
    size_t found = 0;

    CHECK(omadm_acl_parse(list, OMADM_NUL, &everyone, grants, sizeof grants[0], 2, &found, &error) == OMADM_OK);
    CHECK(everyone == OMADM_ACL_GET && found == 2);
    CHECK(is_text(grants[0].server, "srv-a") && grants[0].commands == OMADM_ACL_REPLACE);
    CHECK(is_text(grants[1].server, "srv-b") && grants[1].commands == (OMADM_ACL_EXEC | OMADM_ACL_REPLACE));
    CHECK(grants[1].server.ptr > list && grants[1].server.ptr < list + sizeof list);
    CHECK(omadm_acl_parse(list, OMADM_NUL, &everyone, NULL, sizeof grants[0], 0, &found, &error) == OMADM_OK && found == 2);
    CHECK(omadm_acl_parse(NULL, 0, &everyone, NULL, sizeof grants[0], 0, &found, &error) == OMADM_OK && found == 0 && everyone == 0);
    found = 7;
    CHECK(omadm_acl_parse("Get=*&Put=a", OMADM_NUL, &everyone, NULL, sizeof grants[0], 0, &found, &error) == OMADM_E_ACL_COMMAND);
    CHECK(error.offset == 6 && found == 7);
    CHECK(omadm_acl_parse("Get=a+", OMADM_NUL, &everyone, NULL, sizeof grants[0], 0, &found, &error) == OMADM_E_ACL_SERVER);
    CHECK(error.offset == 6);
    CHECK(omadm_acl_parse(list, OMADM_NUL, &everyone, grants, 8, 2, &found, &error) == OMADM_E_STRUCT_SIZE);
    CHECK(omadm_acl_parse(list, OMADM_NUL, &everyone, NULL, sizeof grants[0], 2, &found, &error) == OMADM_E_NULL);

    CHECK(omadm_acl_with_server(NULL, 0, "srv", OMADM_NUL, OMADM_ACL_ADD | OMADM_ACL_GET, &acl, &error) == OMADM_OK);
    CHECK(is_buffer(&acl, "Add=srv&Get=srv"));
    CHECK(omadm_acl_with_server("Add=srv", OMADM_NUL, "*", OMADM_NUL, OMADM_ACL_GET, &acl, &error) == OMADM_OK);
    CHECK(is_buffer(&acl, "Add=srv&Get=*"));
    CHECK(omadm_acl_with_server("Add=srv", OMADM_NUL, "a b", OMADM_NUL, OMADM_ACL_GET, &acl, &error) == OMADM_E_ACL_SERVER);
    CHECK(omadm_acl_with_server("Add=srv", OMADM_NUL, "a", OMADM_NUL, 32, &acl, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_acl_with_server("Add=srv", OMADM_NUL, "a", OMADM_NUL, 257, &acl, &error) == OMADM_E_ARGUMENT);
    CHECK(is_buffer(&acl, "Add=srv&Get=*"));
    /* wire.md, 9.5: at the root what nobody has any more becomes everyone's. */
    CHECK(omadm_acl_without_server("Add=srv+other&Exec=srv", OMADM_NUL, "srv", OMADM_NUL, 0, &acl, &error) == OMADM_OK);
    CHECK(is_buffer(&acl, "Add=other"));
    CHECK(omadm_acl_without_server("Add=srv+other&Exec=srv", OMADM_NUL, "srv", OMADM_NUL, 1, &acl, &error) == OMADM_OK);
    CHECK(is_buffer(&acl, "Add=other&Exec=*"));
    CHECK(omadm_acl_without_server("Add=srv", OMADM_NUL, "srv", OMADM_NUL, 2, &acl, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_acl_without_server("Add", OMADM_NUL, "srv", OMADM_NUL, 0, &acl, &error) == OMADM_E_ACL_COMMAND);
    omadm_buffer_free(&acl);
}

int main(void) {
    tells_rights();
    reads_and_writes_lists();
    return outcome();
}
