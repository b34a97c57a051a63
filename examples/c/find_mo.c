/* Finds the instances of a management object in a tree document and prints their values.
 *
 *     find_mo urn:oma:mo:oma-fumo:1.0 tree.xml
 *
 * cc find_mo.c $(pkg-config --cflags --libs omadm)
 */
#include <inttypes.h>
#include <omadm.h>
#include <stdio.h>
#include <stdlib.h>

enum { BATCH = 64 };

static uint8_t *read_file(const char *path, size_t *len) {
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    long size;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        perror(path);
        exit(2);
    }
    rewind(file);
    data = malloc((size_t)size + 1);
    *len = data ? fread(data, 1, (size_t)size, file) : 0;
    fclose(file);
    return data;
}

/* Prints an object: all nodes below `top` that have a value. */
static void print_object(const omadm_tree *tree, omadm_node top) {
    omadm_node_info nodes[BATCH];
    omadm_node after = OMADM_NO_NODE;
    size_t written, i;
    char uri[512];
    size_t length;

    while (omadm_tree_nodes(tree, top, after, nodes, sizeof nodes[0], BATCH, &written, NULL) == OMADM_OK && written > 0) {
        for (i = 0; i < written; i++) {
            if (nodes[i].value.ptr == NULL)
                continue;
            if (omadm_tree_uri(tree, nodes[i].node, uri, sizeof uri, &length, NULL) == OMADM_OK)
                printf("%s = %.*s\n", uri, (int)nodes[i].value.len, (const char *)nodes[i].value.ptr);
        }
        after = nodes[written - 1].node;
    }
}

int main(int argc, char **argv) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_input input = OMADM_INPUT_INIT;
    omadm_tree *tree;
    omadm_node objects[BATCH];
    size_t found, i, len, length;
    char sentence[400];
    uint8_t *data;

    if (argc != 3) {
        fprintf(stderr, "usage: find_mo IDENTIFIER FILE\n");
        return 2;
    }
    data = read_file(argv[2], &len);
    /* The tree points into the file's octets: nothing is copied, and they stay until the tree is freed. */
    input.ownership = OMADM_BORROW;
    input.data = data;
    input.len = len;
    if (omadm_tree_decode_input(&input, NULL, &tree, &error) != OMADM_OK) {
        if (omadm_error_describe(&error, data, len, sentence, sizeof sentence, &length, NULL) == OMADM_OK)
            fprintf(stderr, "%s: %s\n", argv[2], sentence);
        free(data);
        return 2;
    }
    if (omadm_tree_find_mo(tree, argv[1], OMADM_NUL, objects, BATCH, &found, &error) != OMADM_OK) {
        fprintf(stderr, "%s: %s\n", argv[1], error.message);
        found = 0;
    }
    for (i = 0; i < found && i < BATCH; i++)
        print_object(tree, objects[i]);
    omadm_tree_free(tree);
    free(data);
    return found == 0;
}
