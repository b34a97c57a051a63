/* Trees: decoded, read by node. */
#include "check.h"

/* A grown-up's whole tree, read in batches of three, is the same as node by node. */
static void reads_all_nodes(const omadm_tree *tree) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_node_info batch[3], info = OMADM_NODE_INFO_INIT;
    omadm_node after = OMADM_NO_NODE, root;
    size_t count, seen = 0, written, i;

    CHECK(omadm_tree_summary(tree, &count, &root, &error) == OMADM_OK);
    do {
        CHECK(omadm_tree_nodes(tree, OMADM_NO_NODE, after, batch, sizeof batch[0], 3, &written, &error) == OMADM_OK);
        for (i = 0; i < written; i++) {
            CHECK(omadm_tree_node(tree, batch[i].node, &info, &error) == OMADM_OK);
            CHECK(info.name.ptr == batch[i].name.ptr && info.value.len == batch[i].value.len);
            CHECK((batch[i].parent == OMADM_NO_NODE) == (batch[i].node == root));
            after = batch[i].node;
            seen++;
        }
    } while (written > 0);
    CHECK(seen == count);
}

static void reads_the_phone(const char *name) {
    size_t len, length, found, written;
    unsigned char *data = read_file(name, &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_tree *tree = NULL;
    omadm_node node, dev_info, hits[2];
    omadm_node_info info = OMADM_NODE_INFO_INIT, children[8];
    omadm_buffer uris = OMADM_BUFFER_INIT;
    char uri[64];
    size_t ends[2];

    REQUIRE(omadm_tree_decode(data, len, NULL, &tree, &error) == OMADM_OK);
    free(data);
    reads_all_nodes(tree);

    CHECK(omadm_tree_get(tree, "./DevInfo/Mod", OMADM_NUL, &node, &error) == OMADM_OK);
    CHECK(omadm_tree_node(tree, node, &info, &error) == OMADM_OK);
    CHECK(is_text(info.name, "Mod") && is_octets(info.value, "R1"));
    CHECK(info.format == OMADM_FORMAT_CHR && is_text(info.media_type, "text/plain"));
    CHECK(is_text(info.mo_id, NULL) && is_text(info.acl, NULL));
    CHECK(omadm_tree_uri(tree, node, uri, sizeof uri, &length, &error) == OMADM_OK);
    CHECK(strcmp(uri, "./DevInfo/Mod") == 0 && length == 13);
    CHECK(omadm_tree_uri(tree, node, uri, 13, &length, &error) == OMADM_BUFFER_TOO_SMALL);

    CHECK(omadm_tree_get(tree, "./DevInfo/Nothing", OMADM_NUL, &node, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_tree_get(tree, "//", 2, &node, &error) == OMADM_E_INVALID_URI);
    CHECK(omadm_tree_get(tree, "./\xFF", OMADM_NUL, &node, &error) == OMADM_E_INVALID_UTF8);
    CHECK(error.offset == 2);

    CHECK(omadm_tree_find_mo(tree, "urn:oma:mo:oma-dm-devinfo:1.0", OMADM_NUL, hits, 2, &found, &error) == OMADM_OK);
    CHECK(found == 1);
    dev_info = hits[0];
    CHECK(omadm_tree_node(tree, dev_info, &info, &error) == OMADM_OK);
    CHECK(is_text(info.name, "DevInfo") && is_text(info.acl, "Get=*") && is_text(info.title, "About this device"));
    CHECK(info.flags & OMADM_NODE_INTERIOR);
    CHECK(info.value.ptr == NULL);
    CHECK(omadm_tree_find_mo(tree, "urn:oma:mo:none:1.0", OMADM_NUL, NULL, 0, &found, &error) == OMADM_OK && found == 0);

    CHECK(omadm_tree_children(tree, dev_info, OMADM_NO_NODE, children, sizeof children[0], 4, &written, &error) == OMADM_OK);
    CHECK(written == 4 && is_text(children[0].name, "DevId") && is_text(children[3].name, "DmV"));
    CHECK(omadm_tree_children(tree, dev_info, children[3].node, children, sizeof children[0], 8, &written, &error) == OMADM_OK);
    CHECK(is_text(children[0].name, "Lang") && written + 4 == info.child_count);

    hits[1] = children[0].node;
    CHECK(omadm_tree_uris(tree, hits, 2, &uris, ends, &error) == OMADM_OK);
    CHECK(uris.len == strlen("./DevInfo./DevInfo/Lang") && ends[0] == 9 && ends[1] == uris.len);
    CHECK(memcmp(uris.data, "./DevInfo./DevInfo/Lang", uris.len) == 0);
    omadm_buffer_free(&uris);
    CHECK(uris.data == NULL);
    omadm_buffer_free(&uris);
    /* More nodes than there can be: the first that is none is found, and nothing was allocated for the rest. */
    hits[1] = OMADM_NO_NODE;
    ends[0] = 7;
    CHECK(omadm_tree_uris(tree, hits, SIZE_MAX >> 19, &uris, ends, &error) == OMADM_E_STALE_NODE);
    CHECK(uris.data == NULL && ends[0] == 7);

    CHECK(omadm_tree_node(tree, OMADM_NO_NODE, &info, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_tree_node(tree, dev_info + ((uint64_t)1 << 32), &info, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_tree_node(tree, UINT64_MAX, &info, &error) == OMADM_E_STALE_NODE);
    omadm_tree_free(tree);
}

/* A tree that came in a message outlives it. */
static void outlives_its_message(void) {
    size_t len, found;
    unsigned char *data = read_file("results-e1.syncml.wbxml", &len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    omadm_tree *tree = NULL;
    size_t command, count;
    omadm_node node;
    omadm_node_info info = OMADM_NODE_INFO_INIT;

    REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
    free(data);
    CHECK(omadm_message_summary(message, NULL, NULL, &count, &error) == OMADM_OK);
    for (command = 0; command < count && tree == NULL; command++) {
        omadm_rc rc = omadm_tree_of_item(message, command, 0, NULL, &tree, &error);
        CHECK(rc == OMADM_OK || rc == OMADM_NOT_FOUND);
    }
    REQUIRE(tree != NULL);
    CHECK(omadm_tree_of_item(message, count, 0, NULL, &tree, &error) == OMADM_NOT_FOUND);
    omadm_message_free(message);
    CHECK(omadm_tree_find_mo(tree, "urn:oma:mo:oma-fumo:1.0", OMADM_NUL, &node, 1, &found, &error) == OMADM_OK);
    CHECK(found == 2);
    CHECK(omadm_tree_node(tree, node, &info, &error) == OMADM_OK);
    CHECK(is_text(info.name, "modem"));
    omadm_tree_free(tree);
}

static void decodes_octets(void) {
    static const char text[] = "<MgmtTree><Node><NodeName>A</NodeName><RTProperties><Format><bin/></Format></RTProperties>"
                               "<Value>AAEC /w==</Value></Node></MgmtTree>";
    static const unsigned char expected[] = {0, 1, 2, 255};
    omadm_error error = OMADM_ERROR_INIT;
    omadm_tree *tree = NULL;
    omadm_node node;
    omadm_buffer octets = OMADM_BUFFER_INIT;

    REQUIRE(omadm_tree_decode((const uint8_t *)text, strlen(text), NULL, &tree, &error) == OMADM_OK);
    CHECK(omadm_tree_get(tree, "A", OMADM_NUL, &node, &error) == OMADM_OK);
    CHECK(omadm_tree_octets(tree, node, &octets, &error) == OMADM_OK);
    CHECK(octets.len == 4 && memcmp(octets.data, expected, 4) == 0);
    CHECK(omadm_tree_get(tree, ".", OMADM_NUL, &node, &error) == OMADM_OK);
    CHECK(omadm_tree_octets(tree, node, &octets, &error) == OMADM_NOT_FOUND);
    CHECK(octets.len == 4); /* Untouched. */
    omadm_buffer_free(&octets);
    omadm_tree_free(tree);
}

int main(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_tree *tree = NULL;
    size_t count;

    reads_the_phone("phone.tnds.xml");
    reads_the_phone("phone.tnds.wbxml");
    outlives_its_message();
    decodes_octets();
    CHECK(omadm_tree_new(&tree, &error) == OMADM_OK);
    CHECK(omadm_tree_summary(tree, &count, NULL, &error) == OMADM_OK && count == 1);
    omadm_tree_free(tree);
    return outcome();
}
