/* Device descriptions, and checks against them. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static const char description[] =
    "<MgmtTree><VerDTD>1.2</VerDTD><Node><NodeName>Radio</NodeName><Path>./Vendor</Path>"
    "<DFProperties><AccessType><Get/></AccessType><DFFormat><node/></DFFormat><Occurrence><One/></Occurrence><Scope><Permanent/></Scope>"
    "<DFType><DDFName>urn:x:mo:radio:1.0</DDFName></DFType></DFProperties>"
    "<Node><NodeName>Level</NodeName><DFProperties><AccessType><Get/><Replace/></AccessType><DefaultValue>3</DefaultValue>"
    "<DFFormat><int/></DFFormat><DFType><MIME>text/plain</MIME></DFType></DFProperties></Node>"
    "<Node><NodeName/><DFProperties><AccessType><Add/><Get/></AccessType><DFFormat><chr/></DFFormat><Occurrence><ZeroOrMore/></Occurrence>"
    "<DFTitle>Name</DFTitle><DFType><MIME>text/plain</MIME><MIME>text/html</MIME></DFType></DFProperties></Node>"
    "</Node></MgmtTree>";
static const char other[] = "<MgmtTree><Node><NodeName>Alone</NodeName><DFProperties><AccessType><Get/></AccessType>"
                            "<DFFormat><bool/></DFFormat><DFType><MIME>text/plain</MIME></DFType></DFProperties></Node></MgmtTree>";

static omadm_str str(const char *text) {
    omadm_str made;
    made.ptr = text;
    made.len = OMADM_NUL;
    return made;
}

static omadm_schema *schema_of(const char *text) {
    omadm_schema *schema = NULL;
    REQUIRE(omadm_schema_decode((const uint8_t *)text, strlen(text), NULL, &schema, &error) == OMADM_OK);
    return schema;
}

static void reads_descriptions(void) {
    omadm_schema *schema = schema_of(description), *none = NULL;
    omadm_schema_node_info nodes[4], one = OMADM_SCHEMA_NODE_INFO_INIT;
    omadm_schema_node found_nodes[2], level;
    omadm_buffer uri = OMADM_BUFFER_INIT;
    omadm_str types[2];
    uint32_t verdict = 0;
    size_t written = 9, count = 0, documents = 0, found = 9;

    CHECK(omadm_schema_summary(schema, &count, &documents, &error) == OMADM_OK && count == 3 && documents == 1);
    CHECK(omadm_schema_nodes(schema, 0, nodes, sizeof nodes[0], 2, &written, &error) == OMADM_OK && written == 2);
    CHECK(is_text(nodes[0].name, "Radio") && is_text(nodes[0].path, "./Vendor") && is_text(nodes[0].mo_id, "urn:x:mo:radio:1.0"));
    CHECK(nodes[0].format == OMADM_FORMAT_NODE && nodes[0].access == OMADM_ACCESS_GET && nodes[0].parent == 0);
    CHECK(nodes[0].flags == (OMADM_SCHEMA_DESCRIBED | OMADM_SCHEMA_ACCESS | OMADM_SCHEMA_PERMANENT));
    CHECK(nodes[0].offset == strlen("<MgmtTree><VerDTD>1.2</VerDTD>") && nodes[0].document == 0);
    CHECK(nodes[1].format == OMADM_FORMAT_INT && nodes[1].access == (OMADM_ACCESS_GET | OMADM_ACCESS_REPLACE));
    CHECK(nodes[1].parent == nodes[0].node && is_octets(nodes[1].default_value, "3") && is_octets(nodes[1].value, NULL));
    CHECK(nodes[1].occurrence_min == 1 && nodes[1].occurrence_max == 1);
    level = nodes[1].node;
    CHECK(omadm_schema_add(schema, (const uint8_t *)other, strlen(other), NULL, &error) == OMADM_OK);
    CHECK(omadm_schema_nodes(schema, level, nodes, sizeof nodes[0], 4, &written, &error) == OMADM_OK && written == 2);
    CHECK(is_text(nodes[0].name, NULL) && is_text(nodes[0].title, "Name") && nodes[0].occurrence_max == OMADM_NO_INDEX);
    CHECK(nodes[0].occurrence_min == 0 && nodes[0].flags & OMADM_SCHEMA_DYNAMIC_NAME);
    CHECK(is_text(nodes[1].name, "Alone") && nodes[1].document == 1 && nodes[1].parent == 0);
    CHECK(omadm_schema_nodes(schema, nodes[1].node, nodes, sizeof nodes[0], 4, &written, &error) == OMADM_OK && written == 0);
    CHECK(omadm_schema_node_get(schema, level, &one, &error) == OMADM_OK && is_text(one.name, "Level"));

    CHECK(omadm_schema_find(schema, "./Vendor/Radio/Any", OMADM_NUL, found_nodes, 2, &found, &error) == OMADM_OK && found == 1);
    CHECK(omadm_schema_uri(schema, found_nodes[0], &uri, &error) == OMADM_OK);
    CHECK(uri.len == strlen("./Vendor/Radio/{Name}") && memcmp(uri.data, "./Vendor/Radio/{Name}", uri.len) == 0);
    CHECK(omadm_schema_media_types(schema, found_nodes[0], types, 2, &found, &error) == OMADM_OK && found == 2);
    CHECK(is_text(types[0], "text/plain") && is_text(types[1], "text/html"));
    CHECK(omadm_schema_find(schema, "./Vendor/Radio/Level", OMADM_NUL, found_nodes, 2, &found, &error) == OMADM_OK);
    CHECK(found == 2 && found_nodes[0] == level);
    CHECK(omadm_schema_find(schema, "./Nothing", OMADM_NUL, found_nodes, 2, &found, &error) == OMADM_OK && found == 0);
    CHECK(omadm_schema_find(schema, "//", OMADM_NUL, found_nodes, 2, &found, &error) == OMADM_E_INVALID_URI);
    CHECK(omadm_schema_judge(schema, level, (const uint8_t *)"12", 2, &verdict, &error) == OMADM_OK && verdict == OMADM_VERDICT_ALLOWED);
    CHECK(omadm_schema_judge(schema, level, (const uint8_t *)"x", 1, &verdict, &error) == OMADM_OK && verdict == OMADM_VERDICT_REFUSED);

    CHECK(omadm_schema_node_get(schema, 0, &one, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_schema_node_get(schema, level + 9, &one, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_schema_node_get(schema, UINT64_MAX, &one, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_schema_node_get(schema, ((uint64_t)7 << 32) + 1, &one, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_schema_node_get(schema, (uint64_t)1 << 32, &one, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_schema_decode((const uint8_t *)"<A/>", 4, NULL, &none, &error) != OMADM_OK && none == NULL);
    CHECK(omadm_schema_add(schema, (const uint8_t *)"<A/>", 4, NULL, &error) != OMADM_OK);
    CHECK(omadm_schema_summary(schema, &count, NULL, &error) == OMADM_OK && count == 4);
    omadm_buffer_free(&uri);
    omadm_schema_free(schema);
    omadm_schema_free(NULL);
}

static omadm_finding first(omadm_findings *findings, size_t expected, size_t index) {
    omadm_finding row = OMADM_FINDING_INIT;
    size_t count = 99, written = 0;
    uint32_t is_complete = 9;
    CHECK(omadm_findings_summary(findings, &count, &is_complete, &error) == OMADM_OK && count == expected && is_complete == 1);
    CHECK(omadm_findings_rows(findings, index, &row, sizeof row, 1, &written, &error) == OMADM_OK && written == 1);
    return row;
}

static void checks(void) {
    static const char text[] = "<MgmtTree><Node><NodeName>Radio</NodeName><Path>./Vendor</Path>"
                               "<RTProperties><Type><DDFName>urn:x:mo:radio:1.0</DDFName></Type></RTProperties>"
                               "<Node><NodeName>Level</NodeName><RTProperties><Format><int/></Format></RTProperties><Value>many</Value></Node>"
                               "</Node><Node><NodeName>Other</NodeName><Value>1</Value></Node></MgmtTree>";
    static const char message_text[] =
        "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>"
        "<Target><LocURI>a</LocURI></Target><Source><LocURI>b</LocURI></Source></SyncHdr><SyncBody><Delete><CmdID>1</CmdID>"
        "<Item><Target><LocURI>./Vendor/Radio/Level</LocURI></Target></Item></Delete><Final/></SyncBody></SyncML>";
    omadm_schema *schema = schema_of(description);
    omadm_check_options options = OMADM_CHECK_OPTIONS_INIT;
    omadm_check_request request = OMADM_CHECK_REQUEST_INIT;
    omadm_options limits = OMADM_OPTIONS_INIT;
    omadm_check *check = NULL;
    omadm_findings *findings = NULL;
    omadm_message *message = NULL;
    omadm_tree *tree = NULL;
    omadm_finding row;
    size_t count;
    uint32_t is_complete = 9;

    REQUIRE(omadm_tree_decode((const uint8_t *)text, strlen(text), NULL, &tree, &error) == OMADM_OK);
    REQUIRE(omadm_message_decode((const uint8_t *)message_text, strlen(message_text), NULL, &message, &error) == OMADM_OK);
    CHECK(omadm_check_new(schema, NULL, &check, &error) == OMADM_OK);
    /* The check keeps what the schema was. */
    CHECK(omadm_schema_add(schema, (const uint8_t *)"<MgmtTree><Node><NodeName>Other</NodeName></Node></MgmtTree>", 60, NULL, &error) == OMADM_OK);
    CHECK(omadm_check_tree(check, tree, &findings, &error) == OMADM_OK);
    omadm_tree_free(tree);
    row = first(findings, 2, 0);
    CHECK(is_text(row.uri, "./Vendor/Radio/Level") && is_text(row.reason, "value") && row.kind == OMADM_FINDING_WRONG);
    CHECK(row.offset == OMADM_NONE && row.node != 0 && row.status == 0 && row.text.len > 0);
    row = first(findings, 2, 1);
    CHECK(is_text(row.uri, "./Other") && is_text(row.reason, "not-described") && row.node == 0);
    omadm_findings_free(findings);

    CHECK(omadm_check_message(check, message, &findings, &error) == OMADM_OK);
    omadm_message_free(message);
    row = first(findings, 1, 0);
    CHECK(is_text(row.reason, "command") && row.status == 405 && is_text(row.expected, "Get Replace"));
    CHECK(row.offset == (uint64_t)(strstr(message_text, "<Item>") - message_text));
    omadm_findings_free(findings);

    request.command = OMADM_ACCESS_REPLACE;
    request.uri = str("./Vendor/Radio/Level");
    request.format = str("chr");
    CHECK(omadm_check_command(check, &request, &findings, &error) == OMADM_OK);
    row = first(findings, 1, 0);
    CHECK(is_text(row.reason, "format") && row.status == 415 && is_text(row.expected, "int"));
    omadm_findings_free(findings);
    request.command = OMADM_ACCESS_GET | OMADM_ACCESS_REPLACE;
    CHECK(omadm_check_command(check, &request, &findings, &error) == OMADM_E_ARGUMENT);
    request.command = 64;
    CHECK(omadm_check_command(check, &request, &findings, &error) == OMADM_E_ARGUMENT);
    request.command = 0;
    request.in_atomic = 3;
    CHECK(omadm_check_command(check, &request, &findings, &error) == OMADM_E_ARGUMENT);
    omadm_check_free(check);
    check = NULL;

    options.os_build = str("ten");
    CHECK(omadm_check_new(schema, &options, &check, &error) == OMADM_E_INVALID_NUMBER && check == NULL);
    options.os_build = str("10.0.22621");
    options.flags = OMADM_CHECK_WHOLE_TREE;
    CHECK(omadm_options_init(&limits, &error) == OMADM_OK);
    limits.limit_findings = 1;
    options.limits = &limits;
    CHECK(omadm_check_new(schema, &options, &check, &error) == OMADM_OK);
    omadm_schema_free(schema); /* The check lives on. */
    REQUIRE(omadm_tree_decode((const uint8_t *)text, strlen(text), NULL, &tree, &error) == OMADM_OK);
    CHECK(omadm_check_tree(check, tree, &findings, &error) == OMADM_OK);
    CHECK(omadm_findings_summary(findings, &count, &is_complete, &error) == OMADM_OK && count == 1);
    omadm_findings_free(findings);
    CHECK(omadm_check_tree(NULL, tree, &findings, &error) == OMADM_E_NULL);
    CHECK(omadm_check_tree((omadm_check *)tree, tree, &findings, &error) == OMADM_E_HANDLE);
    omadm_findings_free(NULL);
    omadm_check_free(check);
    omadm_check_free(NULL);
    omadm_tree_free(tree);
}

int main(void) {
    reads_descriptions();
    checks();
    return outcome();
}
