/* Searches, patterns, properties, and what a Get asks. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static const char document[] =
    "<MgmtTree>"
    "<Node><NodeName>One</NodeName><RTProperties><ACL>Get=srv</ACL><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.0</DDFName></Type></RTProperties>"
    "<Node><NodeName>AppID</NodeName><Value>w7</Value></Node>"
    "<Node><NodeName>Addr</NodeName><Path>One/AppAddr/1</Path><Value>a</Value></Node>"
    "<Node><NodeName>Addr</NodeName><Path>One/AppAddr/2</Path><Value>b</Value></Node></Node>"
    "<Node><NodeName>Two</NodeName><RTProperties><Type><DDFName>urn:oma:mo:oma-dm-dmacc:1.1</DDFName></Type></RTProperties>"
    "<Node><NodeName>AppID</NodeName><Value>w5</Value></Node></Node>"
    "<Node><NodeName>Up</NodeName><RTProperties><Type><DDFName>urn:oma:mo:oma-fumo:1.0</DDFName></Type><Title>Up</Title></RTProperties>"
    "<Node><NodeName>State</NodeName><RTProperties><Format><int/></Format></RTProperties><Value>60</Value></Node></Node>"
    "</MgmtTree>";

static omadm_str str(const char *text) {
    omadm_str made;
    made.ptr = text;
    made.len = OMADM_NUL;
    return made;
}

static omadm_node at(const omadm_tree *tree, const char *uri) {
    omadm_node node = OMADM_NO_NODE;
    CHECK(omadm_tree_get(tree, uri, OMADM_NUL, &node, &error) == OMADM_OK);
    return node;
}

static void finds_objects(const omadm_tree *tree) {
    omadm_search search = OMADM_SEARCH_INIT;
    omadm_condition conditions[2] = {OMADM_CONDITION_INIT, OMADM_CONDITION_INIT};
    omadm_str ids[2];
    omadm_node nodes[4];
    size_t found = 9;

    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_OK && found == 3);
    CHECK(nodes[0] == at(tree, "./One") && nodes[1] == at(tree, "./Two") && nodes[2] == at(tree, "./Up"));
    ids[0] = str("urn:oma:mo:oma-dm-dmacc:*");
    ids[1] = str("urn:oma:mo:none:1.0");
    search.mo_ids = ids;
    search.mo_id_count = 2;
    CHECK(omadm_tree_search(tree, &search, nodes, 1, &found, &error) == OMADM_OK && found == 2 && nodes[0] == at(tree, "./One"));
    conditions[0].path = str("AppID");
    conditions[0].value = str("w5");
    search.conditions = conditions;
    search.condition_count = 1;
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_E_STRUCT_SIZE);
    search.condition_size = sizeof conditions[0];
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_OK && found == 1 && nodes[0] == at(tree, "./Two"));
    conditions[1].path = str("AppAddr/*/Addr");
    search.condition_count = 2;
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_OK && found == 0);
    conditions[0].value = str("w7");
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_OK && found == 1 && nodes[0] == at(tree, "./One"));
    search.principal = str("other");
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_OK && found == 0);
    search.principal = str("srv");
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_OK && found == 1);
    search.below = at(tree, "./Two");
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_OK && found == 0);
    found = 9;
    search.below = UINT64_MAX;
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_E_STALE_NODE);
    search.below = OMADM_NO_NODE;
    conditions[1].path = str("AppAddr//Addr");
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_E_INVALID_REL_PATH && error.offset == 8);
    conditions[1].reserved = 1;
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_E_ARGUMENT);
    search.conditions = NULL;
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_E_NULL);
    search.condition_count = 0;
    search.mo_ids = NULL;
    CHECK(omadm_tree_search(tree, &search, nodes, 4, &found, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_search(tree, NULL, nodes, 4, &found, &error) == OMADM_E_NULL && found == 9);
}

static void selects_by_patterns(const omadm_tree *tree) {
    omadm_options options = OMADM_OPTIONS_INIT;
    omadm_node nodes[4];
    size_t found = 9;

    CHECK(omadm_tree_select(tree, "**/Addr", OMADM_NUL, NULL, 0, NULL, nodes, 4, &found, &error) == OMADM_OK && found == 2);
    CHECK(nodes[0] == at(tree, "./One/AppAddr/1/Addr") && nodes[1] == at(tree, "./One/AppAddr/2/Addr"));
    CHECK(omadm_tree_select(tree, "./*[State >= 50]", OMADM_NUL, NULL, 0, NULL, nodes, 4, &found, &error) == OMADM_OK);
    CHECK(found == 1 && nodes[0] == at(tree, "./Up"));
    CHECK(omadm_tree_select(tree, "*[AppID==\"w7\"]", OMADM_NUL, NULL, 0, NULL, NULL, 0, &found, &error) == OMADM_OK && found == 1);
    CHECK(omadm_tree_select(tree, "*", OMADM_NUL, "other", 5, NULL, nodes, 4, &found, &error) == OMADM_OK && found == 2);
    CHECK(nodes[0] == at(tree, "./Two"));
    found = 9;
    CHECK(omadm_tree_select(tree, "./A*", OMADM_NUL, NULL, 0, NULL, nodes, 4, &found, &error) == OMADM_E_INVALID_PATTERN && error.offset == 3);
    CHECK(omadm_tree_select(tree, "*[A=1]", OMADM_NUL, NULL, 0, NULL, nodes, 4, &found, &error) == OMADM_E_INVALID_CONDITION);
    CHECK(omadm_options_init(&options, &error) == OMADM_OK);
    options.limit_pattern = 1;
    CHECK(omadm_tree_select(tree, "*/*", OMADM_NUL, NULL, 0, &options, nodes, 4, &found, &error) == OMADM_E_LIMIT_PATTERN);
    CHECK(omadm_tree_select(tree, "*", OMADM_NUL, NULL, 0, NULL, NULL, 4, &found, &error) == OMADM_E_NULL && found == 9);

    CHECK(omadm_tree_follow(tree, at(tree, "./One"), "AppAddr/*/Addr", OMADM_NUL, NULL, 0, nodes, 4, &found, &error) == OMADM_OK);
    CHECK(found == 2 && nodes[1] == at(tree, "./One/AppAddr/2/Addr"));
    CHECK(omadm_tree_follow(tree, at(tree, "./One"), "AppID", OMADM_NUL, "other", 5, nodes, 4, &found, &error) == OMADM_OK && found == 0);
    CHECK(omadm_tree_follow(tree, at(tree, "./One"), "../Two", OMADM_NUL, NULL, 0, nodes, 4, &found, &error) == OMADM_E_INVALID_REL_PATH);
    CHECK(omadm_tree_follow(tree, OMADM_NO_NODE, "One", OMADM_NUL, NULL, 0, nodes, 4, &found, &error) == OMADM_E_STALE_NODE);
}

int main(void) {
    omadm_tree *tree = NULL;
    REQUIRE(omadm_tree_decode((const uint8_t *)document, strlen(document), NULL, &tree, &error) == OMADM_OK);
    finds_objects(tree);
    selects_by_patterns(tree);
    omadm_tree_free(tree);
    return outcome();
}
