/* libyang: a tree of the same groups and leaves as ours, on a model of its own: branches of a hundred groups, which
 * have a key and three leaves more. */
#include <libyang/libyang.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char MODEL[] =
    "module compare {"
    "  namespace 'urn:compare';"
    "  prefix c;"
    "  container tree {"
    "    list branch {"
    "      key id;"
    "      leaf id { type string; }"
    "      list group {"
    "        key name;"
    "        leaf name { type string; }"
    "        leaf address { type string; }"
    "        leaf port { type uint16; }"
    "        leaf enabled { type boolean; }"
    "      }"
    "    }"
    "  }"
    "}";

enum { PATHS = 1000 };

struct trees {
    struct ly_ctx *context;
    struct lyd_node *tree, *same, *changed, *copy;
    char *path[PATHS];
};

static struct ly_ctx *context(void) {
    struct ly_ctx *context = NULL;
    ly_log_options(0);
    if (ly_ctx_new(NULL, LY_CTX_NO_YANGLIBRARY, &context) || lys_parse_mem(context, MODEL, LYS_IN_YANG, NULL))
        return NULL;
    return context;
}

static struct lyd_node *parse(const struct ly_ctx *context, const char *xml) {
    struct lyd_node *tree = NULL;
    if (lyd_parse_data_mem(context, xml, LYD_XML, LYD_PARSE_ONLY | LYD_PARSE_STRICT, 0, &tree))
        return NULL;
    return tree;
}

void peer_libyang_close(void *handle) {
    struct trees *trees = handle;
    for (int at = 0; at < PATHS; ++at)
        free(trees->path[at]);
    lyd_free_all(trees->tree);
    lyd_free_all(trees->same);
    lyd_free_all(trees->changed);
    lyd_free_all(trees->copy);
    ly_ctx_destroy(trees->context);
    free(trees);
}

/* Two documents, a NUL between. */
void *peer_libyang_open(const uint8_t *octets, size_t length) {
    (void)length;
    struct trees *trees = calloc(1, sizeof *trees);
    const char *xml = (const char *)octets;
    trees->context = context();
    trees->tree = parse(trees->context, xml);
    trees->changed = parse(trees->context, xml + strlen(xml) + 1);
    if (!trees->tree || !trees->changed || lyd_dup_siblings(trees->tree, NULL, LYD_DUP_RECURSIVE, &trees->same)) {
        peer_libyang_close(trees);
        return NULL;
    }
    /* The port of every twentieth group. */
    int at = 0, number = 0;
    struct lyd_node *branch, *group;
    LY_LIST_FOR(lyd_child(trees->tree), branch) {
        const char *id = lyd_get_value(lyd_child(branch));
        LY_LIST_FOR(lyd_child_no_keys(branch), group) {
            if (number++ % 20 || at == PATHS)
                continue;
            const char *name = lyd_get_value(lyd_child(group));
            size_t size = strlen(id) + strlen(name) + 64;
            trees->path[at] = malloc(size);
            snprintf(trees->path[at++], size, "/compare:tree/branch[id='%s']/group[name='%s']/port", id, name);
        }
    }
    return trees;
}

/* Of the first tree. */
int64_t peer_libyang_nodes(void *handle) {
    struct trees *trees = handle;
    struct lyd_node *node;
    int64_t count = 0;
    LYD_TREE_DFS_BEGIN(trees->tree, node) {
        ++count;
        LYD_TREE_DFS_END(trees->tree, node);
    }
    return count;
}

/* A thousand lookups. */
int64_t peer_libyang_find(void *handle) {
    struct trees *trees = handle;
    int64_t found = 0;
    for (int at = 0; at < PATHS; ++at) {
        struct lyd_node *node = NULL;
        found += lyd_find_path(trees->tree, trees->path[at], 0, &node) == LY_SUCCESS && node;
    }
    return found;
}

static int64_t compare(struct lyd_node *before, struct lyd_node *after) {
    struct lyd_node *diff = NULL;
    if (lyd_diff_siblings(before, after, 0, &diff))
        return -1;
    int64_t changes = diff ? 1 : 0;
    lyd_free_all(diff);
    return changes;
}

int64_t peer_libyang_diff_same(void *handle) {
    struct trees *trees = handle;
    return compare(trees->tree, trees->same);
}

int64_t peer_libyang_diff(void *handle) {
    struct trees *trees = handle;
    return compare(trees->tree, trees->changed);
}

int64_t peer_libyang_print(void *handle) {
    struct trees *trees = handle;
    char *xml = NULL;
    if (lyd_print_mem(&xml, trees->tree, LYD_XML, LYD_PRINT_SHRINK))
        return -1;
    int64_t length = (int64_t)strlen(xml);
    free(xml);
    return length;
}

int64_t peer_libyang_dup(void *handle) {
    struct trees *trees = handle;
    return lyd_dup_siblings(trees->tree, NULL, LYD_DUP_RECURSIVE, &trees->copy) ? -1 : 0;
}

/* What dup made. */
int64_t peer_libyang_free(void *handle) {
    struct trees *trees = handle;
    lyd_free_all(trees->copy);
    trees->copy = NULL;
    return 0;
}
