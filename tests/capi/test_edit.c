/* Trees: edits, parts of other trees, transactions. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static omadm_str str(const char *text) {
    omadm_str made;
    made.ptr = text;
    made.len = OMADM_NUL;
    return made;
}

static omadm_tree *tree_of(const char *document) {
    omadm_tree *tree = NULL;
    REQUIRE(omadm_tree_decode((const uint8_t *)document, strlen(document), NULL, &tree, &error) == OMADM_OK);
    return tree;
}

static omadm_node at(const omadm_tree *tree, const char *uri) {
    omadm_node node = OMADM_NO_NODE;
    omadm_rc rc = omadm_tree_get(tree, uri, OMADM_NUL, &node, &error);
    CHECK(rc == OMADM_OK || rc == OMADM_NOT_FOUND);
    return node;
}

static omadm_node_info info_of(const omadm_tree *tree, const char *uri) {
    omadm_node_info info = OMADM_NODE_INFO_INIT;
    CHECK(omadm_tree_node(tree, at(tree, uri), &info, &error) == OMADM_OK);
    return info;
}

static size_t count(const omadm_tree *tree) {
    size_t nodes = 0;
    CHECK(omadm_tree_summary(tree, &nodes, NULL, &error) == OMADM_OK);
    return nodes;
}

static void adds_and_changes(void) {
    omadm_tree *tree = NULL;
    omadm_new_node added = OMADM_NEW_NODE_INIT;
    omadm_new_value value = OMADM_NEW_VALUE_INIT;
    omadm_edit_options options = OMADM_EDIT_OPTIONS_INIT;
    omadm_node app = OMADM_NO_NODE, level = 77;
    omadm_node_info info;
    size_t found;
    static const uint8_t octets[] = {0, 159, 146, 150};

    REQUIRE(omadm_tree_new(&tree, &error) == OMADM_OK);
    added.node_type = str("urn:oma:mo:oma-scomo:1.0");
    CHECK(omadm_tree_add(tree, "./Vendor/App", OMADM_NUL, &added, NULL, &app, &error) == OMADM_E_NODE_NOT_FOUND);
    CHECK(error.offset == 2 && app == OMADM_NO_NODE && count(tree) == 1);
    options.flags = OMADM_EDIT_IMPLICIT_PARENTS;
    options.now = 994869497; /* 2001-07-11 16:38:17 UTC */
    CHECK(omadm_tree_add(tree, "./Vendor/App", OMADM_NUL, &added, &options, &app, &error) == OMADM_OK);
    CHECK(count(tree) == 3 && app == at(tree, "./Vendor/App"));
    CHECK(omadm_tree_find_mo(tree, "urn:oma:mo:oma-scomo:1.0", OMADM_NUL, &level, 1, &found, &error) == OMADM_OK);
    CHECK(found == 1 && level == app);

    added.node_type = str(NULL);
    added.node_type.len = 0;
    added.text = str("3");
    added.format = OMADM_FORMAT_INT;
    added.title = str("How much");
    CHECK(omadm_tree_add(tree, "./Vendor/App/LevelXXX", 18, &added, &options, &level, &error) == OMADM_OK);
    info = info_of(tree, "./Vendor/App/Level");
    CHECK(info.node == level && info.parent == app && info.format == OMADM_FORMAT_INT && info.flags == 0);
    CHECK(is_octets(info.value, "3") && is_text(info.title, "How much") && is_text(info.media_type, "text/plain"));
    CHECK(is_text(info.tstamp, "20010711T163817Z") && is_text(info.ver_no, "1"));
    CHECK(omadm_tree_add(tree, "./Vendor/App/Level", OMADM_NUL, &added, NULL, NULL, &error) == OMADM_E_NODE_EXISTS);
    CHECK(error.offset == 13);
    CHECK(omadm_tree_add(tree, "./Vendor/App/Level/X", OMADM_NUL, &added, NULL, NULL, &error) == OMADM_E_NOT_INTERIOR);

    /* What is not said stays. */
    value.text = str("4");
    CHECK(omadm_tree_replace(tree, "./Vendor/App/Level", OMADM_NUL, &value, NULL, &error) == OMADM_OK);
    info = info_of(tree, "./Vendor/App/Level");
    CHECK(is_octets(info.value, "4") && info.format == OMADM_FORMAT_INT && is_text(info.ver_no, "2"));
    CHECK(is_text(info.tstamp, "20010711T163817Z"));
    CHECK(omadm_tree_replace(tree, "./Vendor/App", OMADM_NUL, &value, NULL, &error) == OMADM_E_NOT_LEAF);

    /* Octets. */
    value.text.ptr = NULL;
    value.text.len = 0;
    value.octets.ptr = octets;
    value.octets.len = sizeof octets;
    CHECK(omadm_tree_replace(tree, "./Vendor/App/Level", OMADM_NUL, &value, NULL, &error) == OMADM_E_INVALID_UTF8);
    value.format = OMADM_FORMAT_BIN;
    value.media_type = str("image/png");
    CHECK(omadm_tree_replace(tree, "./Vendor/App/Level", OMADM_NUL, &value, NULL, &error) == OMADM_OK);
    info = info_of(tree, "./Vendor/App/Level");
    CHECK(info.flags == OMADM_NODE_OPAQUE && info.value.len == 4 && memcmp(info.value.ptr, octets, 4) == 0);
    CHECK(is_text(info.media_type, "image/png"));
    CHECK(omadm_tree_copy(tree, "./Vendor/App/Level", OMADM_NUL, "./Vendor/Copy", OMADM_NUL, NULL, &error) == OMADM_OK);
    info = info_of(tree, "./Vendor/Copy");
    CHECK(info.format == OMADM_FORMAT_BIN && info.value.len == 4 && is_text(info.media_type, "image/png"));

    /* What the tree itself has lent can be handed in, wherever the edit moves it. */
    memset(&value, 0, sizeof value);
    value.struct_size = sizeof value;
    value.format = OMADM_FORMAT_CHR;
    value.media_type = str("text/plain");
    value.text = info_of(tree, "./Vendor/App").mo_id;
    CHECK(omadm_tree_replace(tree, "./Vendor/Copy", OMADM_NUL, &value, NULL, &error) == OMADM_OK);
    info = info_of(tree, "./Vendor/Copy");
    CHECK(is_octets(info.value, "urn:oma:mo:oma-scomo:1.0") && is_text(info.name, "Copy"));

    CHECK(omadm_tree_rename(tree, "./Vendor/App", OMADM_NUL, "Copy", OMADM_NUL, NULL, &error) == OMADM_E_NODE_EXISTS);
    CHECK(omadm_tree_rename(tree, "./Vendor/App", OMADM_NUL, "A/B", OMADM_NUL, NULL, &error) == OMADM_E_INVALID_NAME);
    CHECK(omadm_tree_rename(tree, "./Vendor/App", OMADM_NUL, "New", OMADM_NUL, NULL, &error) == OMADM_OK);
    CHECK(at(tree, "./Vendor/New") == app && at(tree, "./Vendor/New/Level") == level);

    CHECK(omadm_tree_set_property(tree, "./Vendor", OMADM_NUL, OMADM_PROPERTY_ACL, "Get=*", OMADM_NUL, NULL, &error) == OMADM_OK);
    CHECK(is_text(info_of(tree, "./Vendor").acl, "Get=*"));
    CHECK(omadm_tree_set_property(tree, "./Vendor", OMADM_NUL, OMADM_PROPERTY_ACL, "Get", OMADM_NUL, NULL, &error) == OMADM_E_ACL_COMMAND);
    CHECK(omadm_tree_set_property(tree, ".", OMADM_NUL, OMADM_PROPERTY_ACL, "", 0, NULL, &error) == OMADM_E_PROPERTY_VALUE);
    /* What is forgotten is not empty. */
    CHECK(omadm_tree_set_property(tree, "./Vendor", OMADM_NUL, OMADM_PROPERTY_ACL, NULL, 0, NULL, &error) == OMADM_E_NULL);
    CHECK(is_text(error.subject, "value") && is_text(info_of(tree, "./Vendor").acl, "Get=*"));
    CHECK(omadm_tree_set_property(tree, "./Vendor", OMADM_NUL, OMADM_PROPERTY_SIZE, "1", 1, NULL, &error) == OMADM_E_READ_ONLY_PROPERTY);
    CHECK(omadm_tree_set_property(tree, "./Vendor", OMADM_NUL, 0, "1", 1, NULL, &error) == OMADM_E_ARGUMENT);

    CHECK(omadm_tree_set_permanent(tree, "./Vendor", OMADM_NUL, 1, &error) == OMADM_OK);
    CHECK(info_of(tree, "./Vendor").flags & OMADM_NODE_PERMANENT);
    CHECK(omadm_tree_delete(tree, "./Vendor", OMADM_NUL, NULL, &error) == OMADM_E_PERMANENT_NODE);
    CHECK(omadm_tree_set_permanent(tree, "./Vendor", OMADM_NUL, 2, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_set_permanent(tree, "./Vendor", OMADM_NUL, 0, &error) == OMADM_OK);
    CHECK(omadm_tree_delete(tree, "./Vendor", OMADM_NUL, NULL, &error) == OMADM_OK);
    CHECK(count(tree) == 1 && omadm_tree_uri(tree, app, NULL, 0, &found, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_tree_delete(tree, ".", OMADM_NUL, NULL, &error) == OMADM_E_PERMANENT_NODE);
    omadm_tree_free(tree);
}

static void keeps_servers_to_their_rights(void) {
    omadm_tree *tree = tree_of("<MgmtTree><Node><NodeName>A</NodeName><RTProperties><ACL>Add=srv&amp;Get=*</ACL></RTProperties>"
                               "<Node><NodeName>B</NodeName><Value>1</Value></Node></Node></MgmtTree>");
    omadm_edit_options options = OMADM_EDIT_OPTIONS_INIT, device = OMADM_EDIT_OPTIONS_INIT;
    omadm_new_node interior = OMADM_NEW_NODE_INIT, leaf = OMADM_NEW_NODE_INIT;
    omadm_new_value value = OMADM_NEW_VALUE_INIT;
    omadm_options limits = OMADM_OPTIONS_INIT;
    size_t changed = 0;

    options.principal = str("srv");
    leaf.text = str("1");
    value.text = str("2");
    CHECK(omadm_tree_replace(tree, "./A/B", OMADM_NUL, &value, &options, &error) == OMADM_E_ACCESS_DENIED);
    CHECK(omadm_tree_delete(tree, "./A/B", OMADM_NUL, &options, &error) == OMADM_E_ACCESS_DENIED);
    CHECK(is_octets(info_of(tree, "./A/B").value, "1"));
    /* wire.md, 9.5: who adds an interior node and may not Replace its parent gets rights there. */
    CHECK(omadm_tree_add(tree, "./A/C", OMADM_NUL, &interior, &options, NULL, &error) == OMADM_OK);
    CHECK(is_text(info_of(tree, "./A/C").acl, "Add=srv&Delete=srv&Get=*&Replace=srv"));
    CHECK(omadm_tree_remove_server(tree, "srv", OMADM_NUL, &options, &changed, &error) == OMADM_E_ACCESS_DENIED);
    CHECK(omadm_tree_remove_server(tree, "srv", OMADM_NUL, NULL, &changed, &error) == OMADM_OK && changed == 2);
    CHECK(is_text(info_of(tree, "./A/C").acl, "Get=*"));
    options.principal = str("");
    CHECK(omadm_tree_add(tree, "./A/D", OMADM_NUL, &interior, &options, NULL, &error) == OMADM_E_ACCESS_DENIED);
    options.principal.ptr = NULL; /* A length without a text is no device. */
    CHECK(omadm_tree_add(tree, "./A/D", OMADM_NUL, &interior, &options, NULL, &error) == OMADM_E_NULL);
    CHECK(is_text(error.subject, "principal"));

    device.max_seg_len = 3;
    CHECK(omadm_tree_add(tree, "./A/Long", OMADM_NUL, &leaf, &device, NULL, &error) == OMADM_E_URI_TOO_LONG);
    CHECK(omadm_options_init(&limits, &error) == OMADM_OK);
    limits.limit_elements = 3;
    device.limits = &limits;
    CHECK(omadm_tree_add(tree, "./A/D", OMADM_NUL, &leaf, &device, NULL, &error) == OMADM_E_LIMIT_ELEMENTS);
    device.flags = 2;
    CHECK(omadm_tree_add(tree, "./A/D", OMADM_NUL, &leaf, &device, NULL, &error) == OMADM_E_ARGUMENT);
    device.flags = 0;
    device.now = UINT64_MAX;
    CHECK(omadm_tree_add(tree, "./A/D", OMADM_NUL, &leaf, &device, NULL, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "now"));
    omadm_tree_free(tree);
}

static void refuses_wrong_calls(void) {
    omadm_tree *tree = tree_of("<MgmtTree><Node><NodeName>A</NodeName><Value>1</Value></Node></MgmtTree>");
    omadm_new_node leaf = OMADM_NEW_NODE_INIT;
    omadm_edit_options options = OMADM_EDIT_OPTIONS_INIT;
    omadm_node node = 5;
    leaf.text = str("x");
    CHECK(omadm_tree_add(NULL, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_add(tree, NULL, OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_add(tree, NULL, 0, &leaf, NULL, &node, &error) == OMADM_E_INVALID_URI);
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, NULL, NULL, &node, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_add(tree, "./B?prop=ACL", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_INVALID_URI);
    CHECK(omadm_tree_add(tree, "./\xFF", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_INVALID_UTF8);
    leaf.struct_size = 4;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_STRUCT_SIZE);
    leaf.struct_size = sizeof leaf;
    options.struct_size = 0;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, &options, &node, &error) == OMADM_E_STRUCT_SIZE);
    leaf.octets.ptr = (const uint8_t *)"y";
    leaf.octets.len = 1;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_ARGUMENT);
    leaf.octets.ptr = NULL;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_NULL);
    leaf.octets.len = 0;
    leaf.format = 99;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_ARGUMENT);
    leaf.format = OMADM_FORMAT_NODE;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_VALUE_OF_INTERIOR);
    leaf.format = OMADM_FORMAT_NULL;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_E_VALUE_OF_NULL);
    CHECK(node == 5 && count(tree) == 2);
    CHECK(omadm_tree_commit(tree, &error) == OMADM_E_STATE && omadm_tree_roll_back(tree, &error) == OMADM_E_STATE);
    /* None of these has left the tree in use. */
    leaf.format = 0;
    CHECK(omadm_tree_add(tree, "./B", OMADM_NUL, &leaf, NULL, &node, &error) == OMADM_OK && node != 5);
    omadm_tree_free(tree);
}

static void undoes_what_it_did(void) {
    omadm_tree *tree = tree_of("<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>B</NodeName><Value>1</Value></Node></Node></MgmtTree>");
    omadm_tree *copy = NULL;
    omadm_new_node leaf = OMADM_NEW_NODE_INIT;
    omadm_new_value value = OMADM_NEW_VALUE_INIT;
    omadm_node a = at(tree, "./A"), b = at(tree, "./A/B"), c = OMADM_NO_NODE, d = OMADM_NO_NODE;
    size_t open = 9, octets = 0, length;

    CHECK(omadm_tree_begin(tree, &error) == OMADM_OK);
    CHECK(omadm_tree_delete(tree, "./A", OMADM_NUL, NULL, &error) == OMADM_OK);
    leaf.text = str("2");
    CHECK(omadm_tree_add(tree, "./C", OMADM_NUL, &leaf, NULL, &c, &error) == OMADM_OK);
    CHECK(omadm_tree_begin(tree, &error) == OMADM_OK);
    CHECK(omadm_tree_transactions(tree, &open, &error) == OMADM_OK && open == 2);
    CHECK(omadm_tree_compact(tree, &octets, &error) == OMADM_E_STATE && octets == 0);
    CHECK(omadm_tree_commit(tree, &error) == OMADM_OK && omadm_tree_roll_back(tree, &error) == OMADM_OK);
    CHECK(at(tree, "./A") == a && at(tree, "./A/B") == b && at(tree, "./C") == OMADM_NO_NODE);
    CHECK(is_octets(info_of(tree, "./A/B").value, "1"));
    CHECK(omadm_tree_uri(tree, c, NULL, 0, &length, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_tree_add(tree, "./C", OMADM_NUL, &leaf, NULL, &d, &error) == OMADM_OK && d != c);

    CHECK(omadm_tree_clone(tree, &copy, &error) == OMADM_OK);
    value.text = str("Longer than what was there before");
    CHECK(omadm_tree_replace(tree, "./C", OMADM_NUL, &value, NULL, &error) == OMADM_OK);
    value.text = str("x");
    CHECK(omadm_tree_replace(tree, "./C", OMADM_NUL, &value, NULL, &error) == OMADM_OK);
    CHECK(omadm_tree_compact(tree, &octets, &error) == OMADM_OK && octets >= 33);
    CHECK(is_octets(info_of(tree, "./C").value, "x") && at(tree, "./C") == d);
    CHECK(omadm_tree_compact(tree, NULL, &error) == OMADM_OK);
    omadm_tree_free(tree);
    CHECK(is_octets(info_of(copy, "./C").value, "2") && at(copy, "./C") == d && at(copy, "./A/B") == b);
    omadm_tree_free(copy);
}

static void takes_parts_of_other_trees(void) {
    omadm_tree *tree = tree_of("<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>B</NodeName><Value>1</Value></Node>"
                               "<Node><NodeName>Old</NodeName></Node></Node></MgmtTree>");
    omadm_tree *other = tree_of("<MgmtTree><Node><NodeName>X</NodeName><Node><NodeName>B</NodeName><Value>2</Value></Node>"
                                "<Node><NodeName>New</NodeName></Node></Node></MgmtTree>");
    omadm_tree *wrong = tree_of("<MgmtTree><Node><NodeName>X</NodeName><Node><NodeName>B</NodeName>"
                                "<Node><NodeName>C</NodeName></Node></Node></Node></MgmtTree>");
    omadm_edit_options limited = OMADM_EDIT_OPTIONS_INIT;
    omadm_options limits = OMADM_OPTIONS_INIT;
    omadm_node x = at(other, "./X"), b = at(tree, "./A/B"), made = OMADM_NO_NODE;

    CHECK(omadm_tree_add_subtree(tree, "./Y", OMADM_NUL, other, x, NULL, &made, &error) == OMADM_OK);
    CHECK(made == at(tree, "./Y") && at(tree, "./Y/New") != OMADM_NO_NODE && count(tree) == 7);
    CHECK(omadm_tree_merge_subtree(tree, "./A", OMADM_NUL, other, x, NULL, &error) == OMADM_OK);
    CHECK(count(tree) == 8 && is_octets(info_of(tree, "./A/B").value, "2") && at(tree, "./A/B") == b);
    CHECK(omadm_tree_replace_subtree(tree, "./A", OMADM_NUL, other, x, NULL, &error) == OMADM_OK);
    CHECK(count(tree) == 7 && at(tree, "./A/Old") == OMADM_NO_NODE && at(tree, "./A/B") == b);

    CHECK(omadm_tree_add_subtree(tree, "./Z", OMADM_NUL, tree, made, NULL, &made, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_add_subtree(tree, "./Z", OMADM_NUL, NULL, x, NULL, &made, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_add_subtree(tree, "./Z", OMADM_NUL, other, x + ((uint64_t)1 << 32), NULL, &made, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_tree_add_subtree(tree, "./Y", OMADM_NUL, other, x, NULL, &made, &error) == OMADM_E_NODE_EXISTS);
    /* The place of the node at fault: X is 0, B is 1, C is 2. */
    CHECK(omadm_options_init(&limits, &error) == OMADM_OK);
    limits.limit_depth = 2;
    limited.limits = &limits;
    CHECK(omadm_tree_add_subtree(tree, "./Z", OMADM_NUL, wrong, at(wrong, "./X"), &limited, &made, &error) == OMADM_E_LIMIT_DEPTH);
    CHECK(error.inner_offset == 2 && count(tree) == 7);
    /* The whole tree. */
    CHECK(omadm_tree_replace_subtree(tree, ".", OMADM_NUL, other, OMADM_NO_NODE, NULL, &error) == OMADM_OK);
    CHECK(count(tree) == 4);
    omadm_tree_free(other);
    omadm_tree_free(wrong);
    CHECK(is_octets(info_of(tree, "./X/B").value, "2"));
    omadm_tree_free(tree);
}

int main(void) {
    adds_and_changes();
    keeps_servers_to_their_rights();
    refuses_wrong_calls();
    undoes_what_it_did();
    takes_parts_of_other_trees();
    return outcome();
}
