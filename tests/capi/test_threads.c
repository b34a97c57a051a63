/* Threads: one message and one tree read by many at once, trees changed by one each. The same under helgrind, which sees races that have no effect. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "check.h"

enum { THREADS = 4, ROUNDS = 4 };

/* What a thread is given, and what it found out. The counters of check.h are for the main thread only. */
typedef struct {
    const omadm_message *message;
    const omadm_tree *tree;
    omadm_tree *own;
    omadm_message *owned_message;
    const omadm_schema *schema;
    uint64_t digest;
    /* The first line that failed. */
    int failed_at;
} task;

static pthread_barrier_t all_there;

/* Adds octets to a sum in which their order counts (FNV-1a). */
static void add(task *the, const void *octets, size_t len) {
    const unsigned char *at = (const unsigned char *)octets;
    while (len-- > 0)
        the->digest = (the->digest ^ *at++) * 1099511628211u;
}

static void add_text(task *the, omadm_str text) {
    add(the, &text.len, sizeof text.len);
    add(the, text.ptr, text.len);
}

/* As CHECK, in a thread. */
static void expect_at(task *the, int condition, int line) {
    if (!condition && the->failed_at == 0)
        the->failed_at = line;
}
#define expect(the, condition) expect_at(the, condition, __LINE__)

static void reads_the_message(task *the) {
    omadm_header header = OMADM_HEADER_INIT;
    omadm_command commands[8];
    omadm_item items[3];
    omadm_error error = OMADM_ERROR_INIT;
    size_t count, first, written, item, i, j;
    uint32_t encoding, is_final;
    expect(the, omadm_message_summary(the->message, &encoding, &is_final, &count, &error) == OMADM_OK);
    expect(the, omadm_message_header(the->message, &header, &error) == OMADM_OK);
    add_text(the, header.session_id);
    add_text(the, header.target);
    for (first = 0; first < count; first += written) {
        expect(the, omadm_message_commands(the->message, first, commands, sizeof commands[0], 8, &written, &error) == OMADM_OK);
        if (written == 0)
            break;
        for (i = 0; i < written; i++) {
            add_text(the, commands[i].name);
            add_text(the, commands[i].cmd_id);
            add(the, &commands[i].offset, sizeof commands[i].offset);
            for (item = 0; item < commands[i].item_count; item += j) {
                size_t found = 0;
                expect(the, omadm_message_items(the->message, first + i, item, items, sizeof items[0], 3, &found, &error) == OMADM_OK);
                for (j = 0; j < found; j++) {
                    add_text(the, items[j].node_uri);
                    add(the, items[j].data.bytes.ptr, items[j].data.bytes.len);
                }
                if (j == 0)
                    break;
            }
        }
    }
    /* A failure is each thread's own, too. */
    expect(the, omadm_message_items(the->message, count, 0, items, sizeof items[0], 3, &written, &error) == OMADM_NOT_FOUND);
    expect(the, error.code == OMADM_NOT_FOUND);
}

static void reads_a_tree(task *the, const omadm_tree *tree) {
    omadm_node_info nodes[5];
    omadm_node after = OMADM_NO_NODE, found_node;
    omadm_buffer value = OMADM_BUFFER_INIT;
    omadm_results *results = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    char uri[256];
    size_t written, length, i;
    do {
        expect(the, omadm_tree_nodes(tree, OMADM_NO_NODE, after, nodes, sizeof nodes[0], 5, &written, &error) == OMADM_OK);
        for (i = 0; i < written; i++) {
            expect(the, omadm_tree_uri(tree, nodes[i].node, uri, sizeof uri, &length, &error) == OMADM_OK);
            add(the, uri, length);
            add(the, nodes[i].value.ptr, nodes[i].value.len);
            expect(the, omadm_tree_effective_acl(tree, nodes[i].node, &value, &error) == OMADM_OK);
            add(the, value.data, value.len);
            after = nodes[i].node;
        }
    } while (written > 0);
    expect(the, omadm_tree_find_mo(tree, "urn:oma:mo:oma-dm-devinfo:1.0", OMADM_NUL, &found_node, 1, &written, &error) == OMADM_OK);
    add(the, &written, sizeof written);
    expect(the, omadm_tree_results(tree, ".?list=Struct", OMADM_NUL, NULL, &results, &error) == OMADM_OK);
    omadm_results_free(results);
    expect(the, omadm_tree_get(tree, "./Nowhere", OMADM_NUL, &found_node, &error) == OMADM_NOT_FOUND);
    omadm_buffer_free(&value);
}

static void checks_the_tree(task *the) {
    omadm_check *check = NULL;
    omadm_findings *findings = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    size_t count = 0;
    expect(the, omadm_check_new(the->schema, NULL, &check, &error) == OMADM_OK);
    expect(the, omadm_check_tree(check, the->tree, &findings, &error) == OMADM_OK);
    expect(the, omadm_findings_summary(findings, &count, NULL, &error) == OMADM_OK);
    add(the, &count, sizeof count);
    omadm_findings_free(findings);
    omadm_check_free(check);
}

static void *reads(void *context) {
    task *the = (task *)context;
    int round;
    pthread_barrier_wait(&all_there);
    for (round = 0; round < ROUNDS; round++) {
        reads_the_message(the);
        reads_a_tree(the, the->tree);
        checks_the_tree(the);
    }
    return NULL;
}

/* Adds, changes, undoes and deletes, and reads what came of it. */
static void *changes(void *context) {
    task *the = (task *)context;
    omadm_new_node added = OMADM_NEW_NODE_INIT;
    omadm_new_value value = OMADM_NEW_VALUE_INIT;
    omadm_edit_options options = OMADM_EDIT_OPTIONS_INIT;
    omadm_error error = OMADM_ERROR_INIT;
    char uri[64];
    int round;
    pthread_barrier_wait(&all_there);
    options.flags = OMADM_EDIT_IMPLICIT_PARENTS;
    options.now = 994869497;
    added.text.ptr = value.text.ptr = uri;
    for (round = 0; round < ROUNDS; round++) {
        added.text.len = value.text.len = (size_t)snprintf(uri, sizeof uri, "./Vendor/App%d/Level", round);
        expect(the, omadm_tree_add(the->own, uri, OMADM_NUL, &added, &options, NULL, &error) == OMADM_OK);
        expect(the, omadm_tree_begin(the->own, &error) == OMADM_OK);
        expect(the, omadm_tree_replace(the->own, "./DevInfo/Mod", OMADM_NUL, &value, &options, &error) == OMADM_OK);
        expect(the, omadm_tree_delete(the->own, uri, OMADM_NUL, &options, &error) == OMADM_OK);
        expect(the, (round % 2 ? omadm_tree_commit : omadm_tree_roll_back)(the->own, &error) == OMADM_OK);
        /* What others read can be a source. */
        snprintf(uri, sizeof uri, "./Copy%d", round);
        expect(the, omadm_tree_add_subtree(the->own, uri, OMADM_NUL, the->tree, OMADM_NO_NODE, &options, NULL, &error) == OMADM_OK);
        reads_a_tree(the, the->own);
    }
    return NULL;
}

static void runs_at_once(void *(*run)(void *), task *tasks) {
    pthread_t threads[THREADS];
    int i;
    REQUIRE(pthread_barrier_init(&all_there, NULL, THREADS) == 0);
    for (i = 0; i < THREADS; i++)
        REQUIRE(pthread_create(&threads[i], NULL, run, &tasks[i]) == 0);
    for (i = 0; i < THREADS; i++)
        REQUIRE(pthread_join(threads[i], NULL) == 0);
    pthread_barrier_destroy(&all_there);
}

/* By itself, in this thread. */
static void runs_alone(void *(*run)(void *), task *the) {
    REQUIRE(pthread_barrier_init(&all_there, NULL, 1) == 0);
    run(the);
    pthread_barrier_destroy(&all_there);
}

static void succeeded(const task *the) {
    if (the->failed_at != 0)
        fprintf(stderr, "%s:%d: not so, in a thread\n", __FILE__, the->failed_at);
    CHECK(the->failed_at == 0);
}

static void all_found_what_one_finds(const task *tasks, const task *alone) {
    int i;
    CHECK(alone->digest != 0);
    succeeded(alone);
    for (i = 0; i < THREADS; i++) {
        succeeded(&tasks[i]);
        CHECK(tasks[i].digest == alone->digest);
    }
}

static int releases;

/* Called once, by whichever thread frees last: all are joined before this is read. */
static void released(void *context, const uint8_t *data, size_t len) {
    (void)data;
    (void)len;
    ++*(int *)context;
}

/* What shares an input is freed in other threads than it was made in, in any order. */
static void *frees(void *context) {
    task *the = (task *)context;
    pthread_barrier_wait(&all_there);
    reads_a_tree(the, the->own);
    omadm_tree_free(the->own);
    omadm_message_free(the->owned_message);
    return NULL;
}

static void an_input_that_is_shared_is_released_once(const unsigned char *data, size_t len) {
    omadm_input input = OMADM_INPUT_INIT;
    omadm_error error = OMADM_ERROR_INIT;
    task tasks[THREADS];
    omadm_message *message = NULL;
    size_t command;
    int i;
    input.ownership = OMADM_ADOPT;
    input.data = data;
    input.len = len;
    input.release = released;
    input.context = &releases;
    memset(tasks, 0, sizeof tasks);
    REQUIRE(omadm_message_decode_input(&input, NULL, &message, &error) == OMADM_OK);
    for (command = 0; omadm_tree_of_item(message, command, 0, NULL, &tasks[0].own, &error) != OMADM_OK; command++)
        REQUIRE(command < 100);
    for (i = 1; i < THREADS; i++)
        REQUIRE(omadm_tree_of_item(message, command, 0, NULL, &tasks[i].own, &error) == OMADM_OK);
    tasks[1].owned_message = message;
    runs_at_once(frees, tasks);
    CHECK(releases == 1);
    for (i = 0; i < THREADS; i++) {
        succeeded(&tasks[i]);
        CHECK(tasks[i].digest == tasks[0].digest);
    }
}

int main(void) {
    size_t message_len, tree_len, schema_len, results_len;
    unsigned char *message_file = read_file("package2.syncml.xml", &message_len);
    unsigned char *tree_file = read_file("phone.tnds.xml", &tree_len);
    unsigned char *schema_file = read_file("acme.ddf.xml", &schema_len);
    unsigned char *results_file = read_file("results-e1.syncml.wbxml", &results_len);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    omadm_tree *tree = NULL;
    omadm_schema *schema = NULL;
    task tasks[THREADS], alone;
    int i;

    REQUIRE(omadm_message_decode(message_file, message_len, NULL, &message, &error) == OMADM_OK);
    REQUIRE(omadm_tree_decode(tree_file, tree_len, NULL, &tree, &error) == OMADM_OK);
    REQUIRE(omadm_schema_decode(schema_file, schema_len, NULL, &schema, &error) == OMADM_OK);
    memset(&alone, 0, sizeof alone);
    alone.message = message;
    alone.tree = tree;
    alone.schema = schema;
    for (i = 0; i < THREADS; i++)
        tasks[i] = alone;
    runs_at_once(reads, tasks);
    runs_alone(reads, &alone);
    all_found_what_one_finds(tasks, &alone);

    for (i = 0; i < THREADS; i++)
        REQUIRE(omadm_tree_decode(tree_file, tree_len, NULL, &tasks[i].own, &error) == OMADM_OK);
    REQUIRE(omadm_tree_decode(tree_file, tree_len, NULL, &alone.own, &error) == OMADM_OK);
    alone.digest = 0;
    for (i = 0; i < THREADS; i++)
        tasks[i].digest = 0;
    runs_at_once(changes, tasks);
    runs_alone(changes, &alone);
    all_found_what_one_finds(tasks, &alone);
    for (i = 0; i < THREADS; i++)
        omadm_tree_free(tasks[i].own);
    omadm_tree_free(alone.own);

    an_input_that_is_shared_is_released_once(results_file, results_len);
    omadm_schema_free(schema);
    omadm_tree_free(tree);
    omadm_message_free(message);
    free(message_file);
    free(tree_file);
    free(schema_file);
    free(results_file);
    return outcome();
}
