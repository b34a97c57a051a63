/* A whole message or tree in one buffer: it says what the functions say one by one. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

/* The parts of a buffer of rows. */
struct rows {
    const uint32_t *head, *numbers, *text_ends, *run_ends;
    const char *runs, *texts;
    size_t at, next_text;
};

static struct rows parts(const omadm_buffer *buffer) {
    struct rows rows;
    const uint32_t *words = (const uint32_t *)(const void *)buffer->data;
    size_t ends = 0;
    REQUIRE(buffer->len >= 24);
    rows.head = words;
    rows.texts = (const char *)(words + 6);
    rows.runs = rows.texts + words[4];
    rows.numbers = words + (24 + words[4] + words[5] + 7) / 8 * 2;
    if (words[0] & OMADM_UNSTABLE_ROWS_ENDS)
        ends = words[2];
    rows.text_ends = rows.numbers + words[1];
    rows.run_ends = rows.text_ends + ends;
    rows.at = 0;
    rows.next_text = 0;
    REQUIRE((size_t)((const uint8_t *)(rows.run_ends + words[3]) - buffer->data) == buffer->len);
    return rows;
}

static uint32_t next(struct rows *rows) {
    REQUIRE(rows->at < rows->head[1]);
    return rows->numbers[rows->at++];
}

/* The text with a number: by its end if that is given, or by the zero octets before the texts. */
static omadm_str text(const struct rows *rows, size_t number) {
    omadm_str found = {NULL, 0};
    size_t start = 0, end, i;
    if (number == 0)
        return found;
    REQUIRE(number <= rows->head[2]);
    if (rows->head[0] & OMADM_UNSTABLE_ROWS_ENDS) {
        start = number == 1 ? 0 : rows->text_ends[number - 2];
        end = rows->text_ends[number - 1];
    } else {
        for (i = 1; i < number; i++)
            start += 1 + strlen(rows->texts + start + 1);
        end = start + 1;
        while (end < rows->head[4] && rows->texts[end] != 0)
            end++;
    }
    CHECK(rows->texts[start] == 0);
    found.ptr = rows->texts + start + 1;
    found.len = end - start - 1;
    return found;
}

static omadm_bytes run(const struct rows *rows, size_t number) {
    omadm_bytes found = {NULL, 0};
    size_t start;
    if (number == 0)
        return found;
    REQUIRE(number <= rows->head[3]);
    start = number == 1 ? 0 : rows->run_ends[number - 2];
    found.ptr = (const uint8_t *)rows->runs + start;
    found.len = rows->run_ends[number - 1] - start;
    return found;
}

static int same(omadm_str found, const void *ptr, size_t len) {
    return (found.ptr == NULL) == (ptr == NULL) && found.len == len && (len == 0 || memcmp(found.ptr, ptr, len) == 0);
}

static void check_text(struct rows *rows, omadm_str expected) {
    CHECK(same(text(rows, next(rows)), expected.ptr, expected.len));
}

static void check_data(struct rows *rows, omadm_data expected) {
    uint32_t form = next(rows), offset = next(rows);
    omadm_str as_text = text(rows, next(rows));
    omadm_bytes as_run = run(rows, next(rows));
    CHECK(form == expected.form && offset == (expected.offset == OMADM_NONE ? UINT32_MAX : expected.offset));
    if (form == OMADM_DATA_OPAQUE) {
        CHECK(as_text.ptr == NULL && as_run.len == expected.bytes.len);
        CHECK(memcmp(as_run.ptr, expected.bytes.ptr, as_run.len) == 0);
    } else {
        CHECK(as_run.ptr == NULL && same(as_text, expected.bytes.ptr, expected.bytes.len));
    }
}

static void check_number(struct rows *rows, uint64_t expected) {
    uint64_t low = next(rows);
    CHECK((low | (uint64_t)next(rows) << 32) == expected);
}

static void check_meta(struct rows *rows, const omadm_meta *expected) {
    check_number(rows, expected->size);
    check_number(rows, expected->max_msg_size);
    check_number(rows, expected->max_obj_size);
    check_text(rows, expected->format);
    check_text(rows, expected->media_type);
    check_text(rows, expected->mark);
    check_text(rows, expected->version);
    check_data(rows, expected->next_nonce);
}

static void message_in_rows(const char *name) {
    size_t len, count, index, item, written;
    unsigned char *data = read_file(name, &len);
    omadm_message *message = NULL;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    omadm_header header = OMADM_HEADER_INIT;
    omadm_command command = OMADM_COMMAND_INIT;
    uint32_t encoding, is_final;
    struct rows rows;

    REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
    free(data);
    REQUIRE(omadm_unstable_message_rows(message, NULL, &buffer, &error) == OMADM_OK);
    rows = parts(&buffer);
    CHECK(omadm_message_summary(message, &encoding, &is_final, &count, &error) == OMADM_OK);
    CHECK(omadm_message_header(message, &header, &error) == OMADM_OK);
    CHECK(next(&rows) == encoding && next(&rows) == is_final && next(&rows) == header.flags && next(&rows) == count);
    check_text(&rows, header.ver_dtd);
    check_text(&rows, header.ver_proto);
    check_text(&rows, header.session_id);
    check_text(&rows, header.msg_id);
    check_text(&rows, header.target);
    check_text(&rows, header.target_name);
    check_text(&rows, header.source);
    check_text(&rows, header.source_name);
    check_text(&rows, header.resp_uri);
    for (index = 0; index < count; index++) {
        CHECK(omadm_message_commands(message, index, &command, sizeof command, 1, &written, &error) == OMADM_OK);
        CHECK(next(&rows) == command.kind && next(&rows) == command.flags && next(&rows) == command.code);
        CHECK(next(&rows) == command.parent && next(&rows) == command.end && next(&rows) == command.item_count);
        CHECK(next(&rows) == command.ref_count && next(&rows) == command.offset);
        check_text(&rows, command.name);
        check_text(&rows, command.cmd_id);
        check_text(&rows, command.msg_ref);
        check_text(&rows, command.cmd_ref);
        check_text(&rows, command.cmd);
        check_text(&rows, command.correlator);
        check_text(&rows, command.lang);
        check_data(&rows, command.data);
    }
    for (index = 0; index < count; index++) {
        omadm_item one = OMADM_ITEM_INIT;
        for (item = 0;; item++) {
            CHECK(omadm_message_items(message, index, item, &one, sizeof one, 1, &written, &error) == OMADM_OK);
            if (written == 0)
                break;
            CHECK(next(&rows) == one.flags && next(&rows) == one.offset);
            check_text(&rows, one.node_uri);
            check_text(&rows, one.target);
            check_text(&rows, one.target_name);
            check_text(&rows, one.source);
            check_text(&rows, one.source_name);
            check_text(&rows, one.target_parent);
            check_text(&rows, one.source_parent);
            check_text(&rows, one.format);
            check_text(&rows, one.media_type);
            check_data(&rows, one.data);
        }
    }
    for (index = 0; index < count; index++) {
        omadm_ref one = OMADM_REF_INIT;
        for (item = 0;; item++) {
            CHECK(omadm_message_refs(message, index, item, &one, sizeof one, 1, &written, &error) == OMADM_OK);
            if (written == 0)
                break;
            CHECK(next(&rows) == one.is_target);
            check_text(&rows, one.uri);
        }
    }
    for (index = 0; index < count; index++) {
        omadm_meta one = OMADM_META_INIT;
        omadm_rc rc = omadm_message_command_meta(message, index, &one, &error);
        REQUIRE(rc == OMADM_OK || rc == OMADM_NOT_FOUND);
        if (rc == OMADM_OK)
            check_meta(&rows, &one);
        rc = omadm_message_chal(message, index, &one, &error);
        REQUIRE(rc == OMADM_OK || rc == OMADM_NOT_FOUND);
        if (rc == OMADM_OK)
            check_meta(&rows, &one);
        CHECK(omadm_message_commands(message, index, &command, sizeof command, 1, &written, &error) == OMADM_OK);
        for (item = 0; item < command.item_count; item++) {
            rc = omadm_message_item_meta(message, index, item, &one, &error);
            REQUIRE(rc == OMADM_OK || rc == OMADM_NOT_FOUND);
            if (rc == OMADM_OK)
                check_meta(&rows, &one);
        }
    }
    CHECK(rows.at == rows.head[1]);
    omadm_message_free(message);
    omadm_buffer_free(&buffer);
}

/* A column that few rows have a value in. */
struct sparse {
    const uint32_t *rows;
    uint32_t count, at;
    size_t first_text;
};

static int in_row_at(struct sparse *column, uint32_t row) {
    if (column->at == column->count || column->rows[column->at] != row)
        return 0;
    column->at++;
    return 1;
}

static omadm_str in_row(const struct rows *rows, struct sparse *column, uint32_t row) {
    omadm_str none = {NULL, 0};
    return in_row_at(column, row) ? text(rows, column->first_text + column->at - 1) : none;
}

static void tree_in_rows(const char *name) {
    size_t len, count, length, first, i;
    unsigned char *data = read_file(name, &len);
    omadm_tree *tree = NULL;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    omadm_node_info info = OMADM_NODE_INFO_INIT;
    omadm_node after = OMADM_NO_NODE;
    struct rows rows;
    struct sparse columns[4], holes[2];
    uint32_t row, opaque = 0;
    const uint32_t *column;
    char uri[256];
    size_t written;

    REQUIRE(omadm_tree_decode(data, len, NULL, &tree, &error) == OMADM_OK);
    free(data);
    REQUIRE(omadm_unstable_tree_rows(tree, OMADM_NO_NODE, NULL, &buffer, &error) == OMADM_OK);
    rows = parts(&buffer);
    CHECK(omadm_tree_summary(tree, &count, NULL, &error) == OMADM_OK);
    REQUIRE(next(&rows) == count);
    column = rows.numbers + 1;
    rows.at += 6 * count;
    first = next(&rows);
    rows.next_text = first + 1 + 3 * count;
    for (i = 0; i < 2; i++) {
        holes[i].count = next(&rows);
        holes[i].rows = rows.numbers + rows.at;
        holes[i].at = 0;
        rows.at += holes[i].count;
    }
    for (i = 0; i < 4; i++) {
        columns[i].count = next(&rows);
        columns[i].rows = rows.numbers + rows.at;
        columns[i].at = 0;
        columns[i].first_text = rows.next_text;
        rows.at += columns[i].count;
        rows.next_text += columns[i].count;
    }
    CHECK(rows.at == rows.head[1] && rows.next_text == rows.head[2] + 1 && holes[1].count == rows.head[3]);
    for (row = 0; row < count; row++) {
        omadm_str value;
        CHECK(omadm_tree_nodes(tree, OMADM_NO_NODE, after, &info, sizeof info, 1, &written, &error) == OMADM_OK && written == 1);
        after = info.node;
        CHECK(omadm_tree_uri(tree, info.node, uri, sizeof uri, &length, &error) == OMADM_OK);
        CHECK((column[2 * row] | (uint64_t)column[2 * row + 1] << 32) == info.node);
        CHECK(column[2 * count + row] == info.format && column[3 * count + row] == info.flags);
        CHECK(column[4 * count + row] == info.child_count);
        {
            omadm_str type = text(&rows, column[5 * count + row]);
            omadm_str expected = info.flags & OMADM_NODE_INTERIOR ? info.mo_id : info.media_type;
            CHECK(same(type, expected.ptr, expected.len));
        }
        CHECK(same(text(&rows, first + 1 + row), uri, length));
        CHECK(same(text(&rows, first + 1 + count + row), info.name.ptr, info.name.len));
        value = text(&rows, first + 1 + 2 * count + row);
        if (in_row_at(&holes[0], row)) {
            CHECK(info.value.ptr == NULL && value.len == 0);
        } else if (in_row_at(&holes[1], row)) {
            omadm_bytes octets = run(&rows, ++opaque);
            CHECK(info.flags & OMADM_NODE_OPAQUE && value.len == 0);
            CHECK(octets.len == info.value.len && memcmp(octets.ptr, info.value.ptr, octets.len) == 0);
        } else {
            CHECK(same(value, info.value.ptr, info.value.len) && !(info.flags & OMADM_NODE_OPAQUE));
        }
        CHECK(same(in_row(&rows, &columns[0], row), info.acl.ptr, info.acl.len));
        CHECK(same(in_row(&rows, &columns[1], row), info.title.ptr, info.title.len));
        CHECK(same(in_row(&rows, &columns[2], row), info.tstamp.ptr, info.tstamp.len));
        CHECK(same(in_row(&rows, &columns[3], row), info.ver_no.ptr, info.ver_no.len));
    }
    CHECK(opaque == holes[1].count && holes[0].at == holes[0].count);

    /* A part of it, and what cannot be. */
    CHECK(omadm_tree_get(tree, "./DevInfo", OMADM_NUL, &after, &error) == OMADM_OK);
    REQUIRE(omadm_unstable_tree_rows(tree, after, NULL, &buffer, &error) == OMADM_OK);
    rows = parts(&buffer);
    CHECK(rows.numbers[0] < count && is_text(text(&rows, rows.numbers[1 + 6 * rows.numbers[0]] + 1), "./DevInfo"));
    len = buffer.len;
    CHECK(omadm_unstable_tree_rows(tree, UINT64_MAX, NULL, &buffer, &error) == OMADM_E_STALE_NODE);
    {
        omadm_options options = OMADM_OPTIONS_INIT;
        CHECK(omadm_options_init(&options, &error) == OMADM_OK);
        options.limit_output = 9;
        CHECK(omadm_unstable_tree_rows(tree, OMADM_NO_NODE, &options, &buffer, &error) == OMADM_E_LIMIT_OUTPUT);
    }
    CHECK(buffer.len == len); /* Untouched. */
    omadm_tree_free(tree);
    omadm_buffer_free(&buffer);
}

/* A zero octet in a text does not part it: then ends are given. */
static void a_zero_octet_in_a_text(void) {
    static const char value[] = "a\0b";
    omadm_tree *tree = NULL;
    omadm_new_node node = OMADM_NEW_NODE_INIT;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    struct rows rows;
    omadm_str title;

    REQUIRE(omadm_tree_new(&tree, &error) == OMADM_OK);
    node.title.ptr = value;
    node.title.len = 3;
    REQUIRE(omadm_tree_add(tree, "./A", OMADM_NUL, &node, NULL, NULL, &error) == OMADM_OK);
    REQUIRE(omadm_unstable_tree_rows(tree, OMADM_NO_NODE, NULL, &buffer, &error) == OMADM_OK);
    rows = parts(&buffer);
    CHECK(rows.head[0] == OMADM_UNSTABLE_ROWS_ENDS && rows.numbers[0] == 2);
    title = text(&rows, rows.head[2]);
    CHECK(same(title, value, 3));
    CHECK(is_text(text(&rows, rows.head[2] - 3), "A"));
    omadm_tree_free(tree);
    omadm_buffer_free(&buffer);
}

int main(void) {
    message_in_rows("package1.syncml.xml");
    message_in_rows("package1.syncml.wbxml");
    message_in_rows("package2.syncml.wbxml");
    message_in_rows("results-e1.syncml.wbxml");
    tree_in_rows("phone.tnds.xml");
    tree_in_rows("phone.tnds.wbxml");
    a_zero_octet_in_a_text();
    return outcome();
}
