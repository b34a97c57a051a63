/* What differs between trees, and making one like the other. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static omadm_tree *tree_of(const char *document) {
    omadm_tree *tree = NULL;
    REQUIRE(omadm_tree_decode((const uint8_t *)document, strlen(document), NULL, &tree, &error) == OMADM_OK);
    return tree;
}

static omadm_node at(const omadm_tree *tree, const char *uri) {
    omadm_node node = OMADM_NO_NODE;
    CHECK(omadm_tree_get(tree, uri, OMADM_NUL, &node, &error) == OMADM_OK);
    return node;
}

static const char before_text[] =
    "<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>Level</NodeName><RTProperties><Title>L</Title></RTProperties><Value>3</Value></Node>"
    "<Node><NodeName>Old</NodeName></Node></Node></MgmtTree>";
static const char after_text[] =
    "<MgmtTree><Node><NodeName>A</NodeName><Node><NodeName>New</NodeName><Value>n</Value></Node>"
    "<Node><NodeName>Level</NodeName><Value>4</Value></Node></Node></MgmtTree>";

static size_t differences(const omadm_tree *one, const omadm_tree *other, uint32_t what) {
    omadm_diff *diff = NULL;
    size_t count = 99;
    CHECK(omadm_tree_diff(one, OMADM_NO_NODE, other, OMADM_NO_NODE, what, &diff, &error) == OMADM_OK);
    CHECK(omadm_diff_count(diff, &count, &error) == OMADM_OK);
    omadm_diff_free(diff);
    return count;
}

/* A tree of leaves with this value below a node with a name of 1 MiB; the name is in each of their URIs. */
static omadm_tree *below_a_long_name(unsigned leaves, char value) {
    const size_t name = 1 << 20;
    char *document = (char *)malloc(name + 64 * (leaves + 1)), *end = document;
    omadm_tree *tree;
    unsigned leaf;
    REQUIRE(document != NULL);
    end += sprintf(end, "<MgmtTree><Node><NodeName>");
    memset(end, 'n', name);
    end += name;
    end += sprintf(end, "</NodeName>");
    for (leaf = 0; leaf < leaves; leaf++)
        end += sprintf(end, "<Node><NodeName>%u</NodeName><Value>%c</Value></Node>", leaf, value);
    sprintf(end, "</Node></MgmtTree>");
    tree = tree_of(document);
    free(document);
    return tree;
}

/* A bug once: a pair of trees of 1 MB made several GB of URIs. */
static void uris_are_bounded_together(void) {
    omadm_tree *before = below_a_long_name(1100, '1'), *after = below_a_long_name(1100, '2');
    omadm_diff *diff = NULL;
    omadm_change change;
    size_t written = 0;
    CHECK(omadm_tree_diff(before, OMADM_NO_NODE, after, OMADM_NO_NODE, OMADM_DIFFERS_VALUE, &diff, &error) == OMADM_E_LIMIT_OUTPUT);
    CHECK(diff == NULL);
    CHECK(differences(before, after, OMADM_DIFFERS_TITLE) == 0);
    omadm_tree_free(before);
    omadm_tree_free(after);
    before = below_a_long_name(3, '1');
    after = below_a_long_name(3, '2');
    CHECK(differences(before, after, OMADM_DIFFERS_VALUE) == 3);
    CHECK(omadm_tree_diff(before, OMADM_NO_NODE, after, OMADM_NO_NODE, OMADM_DIFFERS_VALUE, &diff, &error) == OMADM_OK);
    CHECK(omadm_diff_changes(diff, 2, &change, sizeof change, 1, &written, &error) == OMADM_OK && written == 1);
    /* ./n...n/2 */
    CHECK(change.uri.len == 2 + (1 << 20) + 2 && change.uri.ptr[change.uri.len - 1] == '2');
    omadm_diff_free(diff);
    omadm_tree_free(before);
    omadm_tree_free(after);
}

int main(void) {
    omadm_tree *before = tree_of(before_text), *after = tree_of(after_text), *patched = NULL;
    omadm_diff *diff = NULL;
    omadm_change changes[3];
    omadm_node level = at(before, "./A/Level"), old = at(before, "./A/Old"), added = at(after, "./A/New");
    size_t written = 9;

    CHECK(omadm_tree_clone(before, &patched, &error) == OMADM_OK);
    CHECK(differences(before, patched, OMADM_DIFFERS_ALL) == 0);
    CHECK(differences(before, after, 0) == 2 && differences(before, after, OMADM_DIFFERS_ACL) == 2);
    CHECK(omadm_tree_diff(before, at(before, "./A"), after, at(after, "./A"), OMADM_DIFFERS_ALL, &diff, &error) == OMADM_OK);
    CHECK(omadm_tree_apply(patched, before, after, OMADM_DIFFERS_ALL, &error) == OMADM_OK);
    CHECK(differences(patched, after, OMADM_DIFFERS_ALL) == 0 && at(patched, "./A/Level") == level);
    /* It was made of others already: the first change that cannot be made is the removal of Old. */
    CHECK(omadm_tree_apply(patched, before, after, OMADM_DIFFERS_ALL, &error) == OMADM_E_NODE_NOT_FOUND);
    CHECK(error.offset == 1);
    CHECK(omadm_tree_apply(patched, patched, after, OMADM_DIFFERS_ALL, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_apply(patched, before, patched, OMADM_DIFFERS_ALL, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_apply(patched, before, after, 128, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_tree_apply(patched, NULL, after, 0, &error) == OMADM_E_NULL);
    CHECK(omadm_tree_apply(NULL, before, after, 0, &error) == OMADM_E_NULL);

    /* The changes need the trees no longer. */
    omadm_tree_free(before);
    omadm_tree_free(after);
    CHECK(omadm_diff_changes(diff, 0, changes, sizeof changes[0], 2, &written, &error) == OMADM_OK && written == 2);
    CHECK(changes[0].kind == OMADM_CHANGE_CHANGED && changes[0].what == (OMADM_DIFFERS_VALUE | OMADM_DIFFERS_TITLE));
    CHECK(changes[0].before == level && changes[0].after != OMADM_NO_NODE && is_text(changes[0].uri, "./A/Level"));
    CHECK(changes[1].kind == OMADM_CHANGE_REMOVED && changes[1].before == old && changes[1].after == OMADM_NO_NODE);
    CHECK(is_text(changes[1].uri, "./A/Old") && changes[1].what == 0 && changes[1].struct_size == sizeof changes[0]);
    CHECK(omadm_diff_changes(diff, 2, changes, sizeof changes[0], 3, &written, &error) == OMADM_OK && written == 1);
    CHECK(changes[0].kind == OMADM_CHANGE_ADDED && changes[0].after == added && changes[0].before == OMADM_NO_NODE);
    CHECK(is_text(changes[0].uri, "./A/New"));
    CHECK(omadm_diff_changes(diff, 3, changes, sizeof changes[0], 3, &written, &error) == OMADM_OK && written == 0);
    CHECK(omadm_diff_changes(diff, SIZE_MAX, changes, sizeof changes[0], 3, &written, &error) == OMADM_OK && written == 0);
    CHECK(omadm_diff_changes(diff, 0, changes, 8, 3, &written, &error) == OMADM_E_STRUCT_SIZE);
    CHECK(omadm_diff_changes(diff, 0, NULL, sizeof changes[0], 3, &written, &error) == OMADM_E_NULL);
    CHECK(omadm_diff_changes(NULL, 0, changes, sizeof changes[0], 3, &written, &error) == OMADM_E_NULL);
    CHECK(omadm_diff_count((const omadm_diff *)patched, &written, &error) == OMADM_E_HANDLE);
    omadm_diff_free(diff);
    omadm_diff_free(NULL);
    CHECK(omadm_tree_diff(patched, UINT64_MAX, patched, OMADM_NO_NODE, 0, &diff, &error) == OMADM_E_STALE_NODE);
    CHECK(differences(patched, patched, OMADM_DIFFERS_ALL) == 0);
    omadm_tree_free(patched);
    uris_are_bounded_together();
    return outcome();
}
