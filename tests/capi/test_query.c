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
    CHECK(is_text(error.subject, "below"));
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

static void tells_properties(const omadm_tree *tree) {
    static const struct {
        uint32_t property;
        const char *name, *state;
    } expected[] = {
        {OMADM_PROPERTY_ACL, "ACL", ""},         {OMADM_PROPERTY_FORMAT, "Format", "int"}, {OMADM_PROPERTY_NAME, "Name", "State"},
        {OMADM_PROPERTY_SIZE, "Size", "2"},      {OMADM_PROPERTY_TITLE, "Title", NULL},    {OMADM_PROPERTY_TSTAMP, "TStamp", NULL},
        {OMADM_PROPERTY_TYPE, "Type", "text/plain"}, {OMADM_PROPERTY_VER_NO, "VerNo", NULL},
    };
    omadm_buffer value = OMADM_BUFFER_INIT;
    omadm_node state = at(tree, "./Up/State");
    uint32_t property = 99;
    size_t i;
    for (i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        omadm_rc rc = omadm_tree_property(tree, state, expected[i].property, &value, &error);
        CHECK(rc == (expected[i].state ? OMADM_OK : OMADM_NOT_FOUND));
        if (expected[i].state)
            CHECK(value.len == strlen(expected[i].state) && memcmp(value.data, expected[i].state, value.len) == 0);
        CHECK(omadm_property_from_name(expected[i].name, OMADM_NUL, &property, &error) == OMADM_OK);
        CHECK(property == expected[i].property);
    }
    CHECK(omadm_property_from_name("title", OMADM_NUL, &property, &error) == OMADM_NOT_FOUND && property == OMADM_PROPERTY_VER_NO);
    CHECK(omadm_tree_property(tree, at(tree, "./Up"), OMADM_PROPERTY_TITLE, &value, &error) == OMADM_OK);
    CHECK(value.len == 2 && memcmp(value.data, "Up", 2) == 0);
    CHECK(omadm_tree_property(tree, at(tree, "./Up"), OMADM_PROPERTY_SIZE, &value, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_tree_property(tree, state, 9, &value, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_property(tree, 0, OMADM_PROPERTY_ACL, &value, &error) == OMADM_E_STALE_NODE);
    CHECK(value.len == 2);
    omadm_buffer_free(&value);
}

static omadm_result_item ask(const omadm_tree *tree, const char *uri, const omadm_results_options *options, size_t expected,
                             size_t index, omadm_results **results) {
    omadm_result_item item = OMADM_RESULT_ITEM_INIT;
    size_t count = 0, written = 0;
    REQUIRE(omadm_tree_results(tree, uri, OMADM_NUL, options, results, &error) == OMADM_OK);
    CHECK(omadm_results_count(*results, &count, &error) == OMADM_OK && count == expected);
    CHECK(omadm_results_items(*results, index, &item, sizeof item, 1, &written, &error) == OMADM_OK && written == 1);
    return item;
}

/* wire.md, 9.2, 9.4 and 9.6. */
static void answers_gets(const omadm_tree *tree) {
    omadm_results_options options = OMADM_RESULTS_OPTIONS_INIT;
    omadm_results *results = NULL;
    omadm_result_item item;
    omadm_buffer uris = OMADM_BUFFER_INIT;
    size_t written, ends[16], found = 9;

    item = ask(tree, "./Up/State", NULL, 1, 0, &results);
    CHECK(is_text(item.source, "./Up/State") && is_text(item.format, "int") && is_text(item.media_type, NULL));
    CHECK(item.form == OMADM_DATA_TEXT && is_octets(item.data, "60"));
    CHECK(omadm_results_items(results, 1, &item, sizeof item, 1, &written, &error) == OMADM_OK && written == 0);
    CHECK(omadm_results_items(results, 0, &item, 8, 1, &written, &error) == OMADM_E_STRUCT_SIZE);
    omadm_results_free(results);
    item = ask(tree, "./One/AppAddr", NULL, 1, 0, &results);
    CHECK(is_text(item.format, "node") && is_octets(item.data, "1/2"));
    omadm_results_free(results);
    item = ask(tree, "./Up?prop=Title", NULL, 1, 0, &results);
    CHECK(is_text(item.source, "./Up?prop=Title") && is_text(item.format, NULL) && is_octets(item.data, "Up"));
    omadm_results_free(results);
    options.principal = str("other");
    item = ask(tree, ".?list=Struct", &options, 5, 3, &results); /* Without ./One and what is below. */
    CHECK(is_text(item.source, "./Up") && is_text(item.media_type, "urn:oma:mo:oma-fumo:1.0"));
    CHECK(item.form == OMADM_DATA_ABSENT && is_octets(item.data, NULL));
    omadm_results_free(results);
    options.encoding = OMADM_XML;
    item = ask(tree, "./Up?list=TNDS-Title", &options, 1, 0, &results);
    CHECK(is_text(item.format, "xml") && is_text(item.media_type, "application/vnd.syncml.dmtnds+xml"));
    CHECK(item.form == OMADM_DATA_CDATA && item.data.len > 9 && memcmp(item.data.ptr, "<MgmtTree", 9) == 0);
    omadm_results_free(results);
    options.encoding = 0;
    item = ask(tree, "./Up?list=TNDS", &options, 1, 0, &results);
    CHECK(is_text(item.format, "bin") && item.form == OMADM_DATA_OPAQUE && item.data.ptr[0] == 0x02);
    omadm_results_free(results);

    results = NULL;
    CHECK(omadm_tree_results(tree, "./One", OMADM_NUL, &options, &results, &error) == OMADM_E_ACCESS_DENIED);
    CHECK(omadm_tree_results(tree, "./Three", OMADM_NUL, &options, &results, &error) == OMADM_E_NODE_NOT_FOUND);
    CHECK(omadm_tree_results(tree, "./Up?prop=Colour", OMADM_NUL, &options, &results, &error) == OMADM_E_UNSUPPORTED_QUERY);
    CHECK(error.offset == 4);
    CHECK(omadm_tree_results(tree, "./Up?what", OMADM_NUL, &options, &results, &error) == OMADM_E_INVALID_QUERY);
    CHECK(omadm_tree_results(tree, "/Up", OMADM_NUL, &options, &results, &error) == OMADM_E_INVALID_URI);
    options.max_seg_len = 1;
    CHECK(omadm_tree_results(tree, "./Up", OMADM_NUL, &options, &results, &error) == OMADM_E_URI_TOO_LONG);
    options.max_seg_len = 0;
    options.flags = 2;
    CHECK(omadm_tree_results(tree, "./Up", OMADM_NUL, &options, &results, &error) == OMADM_E_ARGUMENT);
    options.flags = 0;
    options.encoding = 3;
    CHECK(omadm_tree_results(tree, "./Up", OMADM_NUL, &options, &results, &error) == OMADM_E_ARGUMENT);
    CHECK(results == NULL);
    omadm_results_free(NULL);

    /* provisional.md, 4. */
    options.encoding = 0;
    options.principal = str("srv");
    CHECK(omadm_tree_results(tree, ".?list=x-omadm-mo+id=urn:oma:mo:oma-dm-dmacc:*", OMADM_NUL, &options, &results, &error) == OMADM_E_UNSUPPORTED_QUERY);
    options.flags = OMADM_UNSTABLE_RESULTS_LOCATIONS;
    item = ask(tree, ".?list=x-omadm-mo+id=urn:oma:mo:oma-dm-dmacc:*", &options, 3, 2, &results);
    CHECK(is_text(item.source, "./Two") && is_text(item.media_type, "urn:oma:mo:oma-dm-dmacc:1.1"));
    omadm_results_free(results);
    CHECK(omadm_unstable_tree_target(tree, ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:*+if=AppID=w5+path=AppID", OMADM_NUL,
                                     OMADM_CMD_REPLACE, &options, &uris, ends, &found, &error) == OMADM_OK);
    CHECK(found == 1 && uris.len == 11 && memcmp(uris.data, "./Two/AppID", 11) == 0);
    CHECK(omadm_unstable_tree_target(tree, ".?list=x-omadm-node+id=urn:oma:mo:oma-dm-dmacc:*", OMADM_NUL, OMADM_CMD_EXEC, &options,
                                     &uris, ends, &found, &error) == OMADM_OK);
    CHECK(found == 2 && ends[0] == 5 && ends[1] == 10 && memcmp(uris.data, "./One./Two", 10) == 0);
    CHECK(omadm_unstable_tree_target(tree, "./Any", OMADM_NUL, OMADM_CMD_EXEC, NULL, &uris, ends, &found, &error) == OMADM_OK);
    CHECK(found == 1 && uris.len == 5);
    CHECK(omadm_unstable_tree_target(tree, "./Any", OMADM_NUL, 12, NULL, &uris, ends, &found, &error) == OMADM_E_ARGUMENT);
    omadm_buffer_free(&uris);
}

int main(void) {
    omadm_tree *tree = NULL;
    REQUIRE(omadm_tree_decode((const uint8_t *)document, strlen(document), NULL, &tree, &error) == OMADM_OK);
    finds_objects(tree);
    selects_by_patterns(tree);
    tells_properties(tree);
    answers_gets(tree);
    omadm_tree_free(tree);
    return outcome();
}
