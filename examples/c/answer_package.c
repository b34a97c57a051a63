/* Reads a server's package and answers it from a tree: a Status for each command, and Results for each Get, of up to 16 items.
 *
 *     answer_package dm.example.com server.wbxml tree.xml
 *
 * The server reads what the tree's ACLs grant it; who it is, a session knows from its account. The answer is printed as XML. Commands
 * that change the tree are refused here: omadm_tree_add and its like do those.
 *
 * cc answer_package.c $(pkg-config --cflags --libs omadm)
 */
#include <omadm.h>
#include <stdio.h>
#include <stdlib.h>

enum { MANY = 16 };

static uint8_t data[1 << 20];

static size_t read_file(const char *path) {
    FILE *file = fopen(path, "rb");
    size_t len = file ? fread(data, 1, sizeof data, file) : 0;
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    fclose(file);
    return len;
}

/* Adds the Status of a command and, for a Get, the Results of each item that could be read. */
static void answer(omadm_builder *builder, const omadm_tree *tree, const omadm_results_options *options, const omadm_message *package,
                   omadm_str msg, const omadm_command *command) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_results *results[MANY] = {NULL};
    omadm_item asked[MANY];
    uint32_t status = command->kind == OMADM_CMD_GET ? 200 : 405;
    size_t asked_count = 0, i, j;

    if (command->kind == OMADM_CMD_GET)
        omadm_message_items(package, command->index, 0, asked, sizeof asked[0], MANY, &asked_count, NULL);
    for (i = 0; i < asked_count; i++)
        if (omadm_tree_results(tree, asked[i].target.ptr, asked[i].target.len, options, &results[i], &error) != OMADM_OK)
            status = omadm_code_status(error.code);
    omadm_builder_status(builder, msg.ptr, msg.len, command->cmd_id.ptr, command->cmd_id.len, command->name.ptr, command->name.len, status,
                         NULL, NULL);
    for (i = 0; i < asked_count; i++) {
        omadm_result_item found[MANY];
        omadm_new_item items[MANY];
        size_t count = 0;
        if (results[i] != NULL)
            omadm_results_items(results[i], 0, found, sizeof found[0], MANY, &count, NULL);
        for (j = 0; j < count; j++) {
            omadm_new_item new_item = OMADM_NEW_ITEM_INIT;
            new_item.source = found[j].source;
            new_item.format = found[j].format;
            new_item.media_type = found[j].media_type;
            new_item.data.form = found[j].form;
            new_item.data.bytes = found[j].data;
            items[j] = new_item;
        }
        if (count > 0)
            omadm_builder_results(builder, msg.ptr, msg.len, command->cmd_id.ptr, command->cmd_id.len, items, sizeof items[0], count, NULL, NULL);
        omadm_results_free(results[i]);
    }
}

int main(int argc, char **argv) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *package;
    omadm_tree *tree;
    omadm_builder *builder;
    omadm_header header = OMADM_HEADER_INIT;
    omadm_command command = OMADM_COMMAND_INIT;
    omadm_results_options options = OMADM_RESULTS_OPTIONS_INIT;
    omadm_buffer encoded = OMADM_BUFFER_INIT;
    size_t index, written;

    if (argc != 4 || omadm_message_decode(data, read_file(argv[2]), NULL, &package, &error) != OMADM_OK ||
        omadm_tree_decode(data, read_file(argv[3]), NULL, &tree, &error) != OMADM_OK ||
        omadm_message_header(package, &header, &error) != OMADM_OK ||
        omadm_builder_new(header.session_id.ptr, header.session_id.len, "2", OMADM_NUL, header.source.ptr, header.source.len,
                          header.target.ptr, header.target.len, &builder, &error) != OMADM_OK) {
        fprintf(stderr, "%s\n", argc == 4 ? error.message : "usage: answer_package SERVER MESSAGE TREE");
        return 2;
    }
    options.principal.ptr = argv[1];
    options.principal.len = OMADM_NUL;
    /* 200: it was read. 212 belongs to a Cred that omadm_message_verify_cred has found right. */
    omadm_builder_status(builder, header.msg_id.ptr, header.msg_id.len, "0", OMADM_NUL, "SyncHdr", OMADM_NUL, 200, NULL, NULL);
    for (index = 0; omadm_message_commands(package, index, &command, sizeof command, 1, &written, NULL) == OMADM_OK && written > 0; index++)
        if (command.kind != OMADM_CMD_STATUS && command.kind != OMADM_CMD_RESULTS)
            answer(builder, tree, &options, package, header.msg_id, &command);
    if (omadm_builder_finish(builder, OMADM_XML, &encoded, &error) == OMADM_OK)
        printf("%.*s\n", (int)encoded.len, (const char *)encoded.data);
    omadm_buffer_free(&encoded);
    omadm_builder_free(builder);
    omadm_tree_free(tree);
    omadm_message_free(package);
    return 0;
}
