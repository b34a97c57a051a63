/* A whole message or tree as a pickle: it says what the functions say one by one. Python itself loads pickles in bindings/python/tests. */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

/* One value that is no tuple or list. */
enum leaf_kind { NOTHING, NUMBER, TEXT, OCTETS, OBJECT };

struct leaf {
    enum leaf_kind kind;
    uint64_t number;
    omadm_str text;
};

/* A pickle that is gone through leaf by leaf; what is around them is counted only. */
struct pickle {
    const uint8_t *data, *asked, *end;
    size_t at, marks, ends, places;
    struct leaf *memo;
    struct leaf last;
};

static struct pickle opened(const omadm_buffer *buffer) {
    struct pickle pickle;
    memset(&pickle, 0, sizeof pickle);
    pickle.data = buffer->data;
    pickle.end = buffer->data + buffer->len - 1;
    REQUIRE(buffer->len > 4 && *pickle.end < buffer->len);
    pickle.asked = pickle.end - *pickle.end;
    REQUIRE(memcmp(pickle.data, "\x80\x05", 2) == 0);
    pickle.at = 2;
    return pickle;
}

static uint64_t sized(struct pickle *pickle, size_t octets) {
    uint64_t number = 0;
    size_t i;
    for (i = 0; i < octets; i++)
        number |= (uint64_t)pickle->data[pickle->at + i] << (8 * i);
    pickle->at += octets;
    return number;
}

static struct leaf content(struct pickle *pickle, enum leaf_kind kind, size_t octets) {
    struct leaf leaf;
    leaf.kind = kind;
    leaf.number = 0;
    leaf.text.len = (size_t)sized(pickle, octets);
    leaf.text.ptr = (const char *)pickle->data + pickle->at;
    pickle->at += leaf.text.len;
    return leaf;
}

/* The memo may take the leaf that was read last. */
static void remember(struct pickle *pickle, struct leaf leaf) {
    uint8_t op = pickle->data[pickle->at];
    if (op == 'q' || op == 'r') {
        size_t place, had = pickle->places;
        pickle->at++;
        place = (size_t)sized(pickle, op == 'q' ? 1 : 4);
        if (place >= had) {
            pickle->places = place + 1;
            pickle->memo = (struct leaf *)realloc(pickle->memo, pickle->places * sizeof leaf);
            REQUIRE(pickle->memo != NULL);
        }
        pickle->memo[place] = leaf;
    }
}

static struct leaf next(struct pickle *pickle) {
    struct leaf leaf;
    memset(&leaf, 0, sizeof leaf);
    for (;;) {
        uint8_t op = pickle->data[pickle->at++];
        size_t place;
        REQUIRE(pickle->data + pickle->at <= pickle->end);
        switch (op) {
        case '(': /* mark */
            pickle->marks++;
            continue;
        case 't': /* tuple */
        case 'l': /* list */
            pickle->ends++;
            continue;
        case ')':  /* empty tuple */
        case 0x85: /* tuple of one */
        case 0x81: /* new object */
            continue;
        case 'N':
            return leaf;
        case 0x88:
        case 0x89:
            leaf.kind = NUMBER;
            leaf.number = op == 0x88;
            return leaf;
        case 'K':
        case 'M':
        case 'J':
            leaf.kind = NUMBER;
            leaf.number = sized(pickle, op == 'K' ? 1 : op == 'M' ? 2 : 4);
            return leaf;
        case 0x8A:
            leaf.kind = NUMBER;
            REQUIRE(sized(pickle, 1) == 9);
            leaf.number = sized(pickle, 8);
            REQUIRE(sized(pickle, 1) == 0);
            return leaf;
        case 0x8C:
        case 'X':
            leaf = content(pickle, TEXT, op == 'X' ? 4 : 1);
            break;
        case 'C':
        case 'B':
            leaf = content(pickle, OCTETS, op == 'B' ? 4 : 1);
            break;
        case 0x97:
            leaf.kind = OBJECT;
            REQUIRE(pickle->asked < pickle->end);
            leaf.number = *pickle->asked++;
            break;
        case 'h':
        case 'j':
            place = (size_t)sized(pickle, op == 'h' ? 1 : 4);
            REQUIRE(place < pickle->places);
            return pickle->memo[place];
        case '2': /* once more */
            return pickle->last;
        default:
            REQUIRE(!"an opcode that is not known");
        }
        remember(pickle, leaf);
        pickle->last = leaf;
        return leaf;
    }
}

/* Nothing is left of it. */
static void check_end(struct pickle *pickle) {
    while (pickle->data[pickle->at] != '.') {
        uint8_t op = pickle->data[pickle->at++];
        REQUIRE(op == 't' || op == 'l' || op == ')' || op == 0x85 || op == 0x81 || op == 'N' || op == '(');
        pickle->ends += op == 't' || op == 'l';
        pickle->marks += op == '(';
    }
    CHECK(pickle->asked == pickle->end && pickle->marks == pickle->ends);
    CHECK(pickle->data + pickle->at + 1 == pickle->end - *pickle->end);
    free(pickle->memo);
}

static void check_number(struct pickle *pickle, uint64_t expected) {
    struct leaf leaf = next(pickle);
    CHECK(leaf.kind == NUMBER && leaf.number == expected);
}

/* A number that may be absent. */
static void check_optional(struct pickle *pickle, uint64_t expected, uint64_t none) {
    if (expected == none)
        CHECK(next(pickle).kind == NOTHING);
    else
        check_number(pickle, expected);
}

static void check_object(struct pickle *pickle, uint64_t expected) {
    struct leaf leaf = next(pickle);
    CHECK(leaf.kind == OBJECT && leaf.number == expected);
}

static void check_octets(struct pickle *pickle, enum leaf_kind kind, const void *ptr, size_t len) {
    struct leaf leaf = next(pickle);
    if (ptr == NULL)
        CHECK(leaf.kind == NOTHING);
    else
        CHECK(leaf.kind == kind && leaf.text.len == len && memcmp(leaf.text.ptr, ptr, len) == 0);
}

static void check_text(struct pickle *pickle, omadm_str expected) {
    check_octets(pickle, TEXT, expected.ptr, expected.len);
}

static void check_data(struct pickle *pickle, omadm_data expected) {
    int is_octets = expected.form == OMADM_DATA_OPAQUE;
    check_octets(pickle, is_octets ? OCTETS : TEXT, expected.bytes.ptr, expected.bytes.len);
    check_object(pickle, 8 + expected.form);
    check_optional(pickle, expected.offset, OMADM_NONE);
}

static void check_item(struct pickle *pickle, const omadm_item *item) {
    check_object(pickle, 1);
    check_text(pickle, item->node_uri);
    check_text(pickle, item->target);
    check_text(pickle, item->target_name);
    check_text(pickle, item->source);
    check_text(pickle, item->source_name);
    check_text(pickle, item->target_parent);
    check_text(pickle, item->source_parent);
    check_text(pickle, item->format);
    check_text(pickle, item->media_type);
    check_data(pickle, item->data);
    check_number(pickle, item->offset);
    check_object(pickle, 16 + item->flags);
}

static void a_message(const char *name) {
    size_t len, count, index, item, written;
    unsigned char *data = read_file(name, &len);
    omadm_message *message = NULL;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    omadm_options options = OMADM_OPTIONS_INIT;
    struct pickle pickle;

    REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
    free(data);
    REQUIRE(omadm_unstable_message_pickle(message, NULL, &buffer, &error) == OMADM_OK);
    pickle = opened(&buffer);
    CHECK(omadm_message_summary(message, NULL, NULL, &count, &error) == OMADM_OK);
    for (index = 0; index < count; index++) {
        omadm_command command = OMADM_COMMAND_INIT;
        CHECK(omadm_message_commands(message, index, &command, sizeof command, 1, &written, &error) == OMADM_OK);
        check_object(&pickle, 0);
        check_object(&pickle, 64 + command.kind);
        if (command.kind == OMADM_CMD_OTHER)
            check_text(&pickle, command.name);
        else
            check_object(&pickle, 128 + command.kind);
        check_text(&pickle, command.cmd_id);
        check_text(&pickle, command.msg_ref);
        check_text(&pickle, command.cmd_ref);
        check_text(&pickle, command.cmd);
        check_optional(&pickle, command.code, OMADM_NO_CODE);
        for (item = 0; item < command.item_count; item++) {
            omadm_item one = OMADM_ITEM_INIT;
            CHECK(omadm_message_items(message, index, item, &one, sizeof one, 1, &written, &error) == OMADM_OK && written == 1);
            check_item(&pickle, &one);
        }
        for (item = 0; item < command.ref_count; item++) {
            omadm_ref one = OMADM_REF_INIT;
            CHECK(omadm_message_refs(message, index, item, &one, sizeof one, 1, &written, &error) == OMADM_OK && written == 1);
            check_object(&pickle, 2);
            check_number(&pickle, one.is_target);
            check_text(&pickle, one.uri);
        }
        check_data(&pickle, command.data);
        check_text(&pickle, command.correlator);
        check_text(&pickle, command.lang);
        check_number(&pickle, index);
        check_optional(&pickle, command.parent, OMADM_NO_INDEX);
        check_number(&pickle, command.end);
        check_number(&pickle, command.offset);
        check_object(&pickle, 96 + command.flags);
    }
    check_end(&pickle);

    len = buffer.len;
    CHECK(omadm_options_init(&options, &error) == OMADM_OK);
    options.limit_output = 9;
    CHECK(omadm_unstable_message_pickle(message, &options, &buffer, &error) == OMADM_E_LIMIT_OUTPUT);
    CHECK(buffer.len == len); /* Untouched. */
    omadm_message_free(message);
    omadm_buffer_free(&buffer);
}

/* The nodes below `top` in the order of the tree, as the functions have them. */
static omadm_node node_after(const omadm_tree *tree, omadm_node top, omadm_node after, omadm_node_info *info, char uri[256], size_t *length) {
    size_t written;
    CHECK(omadm_tree_nodes(tree, top, after, info, sizeof *info, 1, &written, &error) == OMADM_OK);
    if (written == 0)
        return OMADM_NO_NODE;
    CHECK(omadm_tree_uri(tree, info->node, uri, 256, length, &error) == OMADM_OK);
    return info->node;
}

static void check_value(struct pickle *pickle, const omadm_node_info *info) {
    check_octets(pickle, info->flags & OMADM_NODE_OPAQUE ? OCTETS : TEXT, info->value.ptr, info->value.len);
}

static void check_type(struct pickle *pickle, const omadm_node_info *info) {
    check_text(pickle, info->flags & OMADM_NODE_INTERIOR ? info->mo_id : info->media_type);
}

/* A pickle of so many nodes, from `after` on. Says which was the last. */
static omadm_node nodes(const omadm_tree *tree, omadm_node top, omadm_node after, const omadm_buffer *buffer, size_t count) {
    struct pickle pickle = opened(buffer);
    omadm_node_info info = OMADM_NODE_INFO_INIT;
    char uri[256];
    size_t length;
    for (; count > 0; count--) {
        after = node_after(tree, top, after, &info, uri, &length);
        REQUIRE(after != OMADM_NO_NODE);
        check_object(&pickle, 3);
        check_octets(&pickle, TEXT, uri, length);
        check_number(&pickle, info.node);
        check_text(&pickle, info.name);
        check_object(&pickle, 32 + info.format);
        check_value(&pickle, &info);
        check_type(&pickle, &info);
        check_number(&pickle, info.child_count);
        check_object(&pickle, 48 + info.flags);
        if (info.acl.ptr == NULL && info.title.ptr == NULL && info.tstamp.ptr == NULL && info.ver_no.ptr == NULL) {
            CHECK(next(&pickle).kind == NOTHING);
            continue;
        }
        check_object(&pickle, 4);
        check_text(&pickle, info.acl);
        check_text(&pickle, info.title);
        check_text(&pickle, info.tstamp);
        check_text(&pickle, info.ver_no);
    }
    check_end(&pickle);
    return after;
}

static void columns(const omadm_tree *tree, const omadm_buffer *buffer) {
    struct pickle pickle = opened(buffer);
    omadm_node_info info = OMADM_NODE_INFO_INIT;
    char uri[256];
    size_t length, column;
    for (column = 0; column < 12; column++) {
        omadm_node after = OMADM_NO_NODE;
        size_t marks = pickle.marks;
        int is_empty = 1;
        while (column >= 8 && is_empty && (after = node_after(tree, OMADM_NO_NODE, after, &info, uri, &length)) != OMADM_NO_NODE) {
            omadm_str rare[4];
            rare[0] = info.acl, rare[1] = info.title, rare[2] = info.tstamp, rare[3] = info.ver_no;
            is_empty = rare[column - 8].ptr == NULL;
        }
        if (column >= 8 && is_empty) {
            CHECK(next(&pickle).kind == NOTHING && pickle.marks == marks);
            continue;
        }
        after = OMADM_NO_NODE;
        while ((after = node_after(tree, OMADM_NO_NODE, after, &info, uri, &length)) != OMADM_NO_NODE)
            switch (column) {
            case 0: check_octets(&pickle, TEXT, uri, length); break;
            case 1: check_number(&pickle, info.node); break;
            case 2: check_text(&pickle, info.name); break;
            case 3: check_object(&pickle, 32 + info.format); break;
            case 4: check_value(&pickle, &info); break;
            case 5: check_type(&pickle, &info); break;
            case 6: check_number(&pickle, info.child_count); break;
            case 7: check_object(&pickle, 48 + info.flags); break;
            case 8: check_text(&pickle, info.acl); break;
            case 9: check_text(&pickle, info.title); break;
            case 10: check_text(&pickle, info.tstamp); break;
            default: check_text(&pickle, info.ver_no); break;
            }
        CHECK(pickle.marks == marks + (column == 0 ? 2 : 1));
    }
    check_end(&pickle);
}

static void check_tree(const omadm_tree *tree) {
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    omadm_options options = OMADM_OPTIONS_INIT;
    size_t count, len;
    CHECK(omadm_tree_summary(tree, &count, NULL, &error) == OMADM_OK);
    REQUIRE(omadm_unstable_tree_pickle(tree, OMADM_NO_NODE, OMADM_NO_NODE, SIZE_MAX, 0, NULL, &buffer, &error) == OMADM_OK);
    nodes(tree, OMADM_NO_NODE, OMADM_NO_NODE, &buffer, count);
    REQUIRE(omadm_unstable_tree_pickle(tree, OMADM_NO_NODE, OMADM_NO_NODE, SIZE_MAX, OMADM_UNSTABLE_COLUMNS, NULL, &buffer, &error) == OMADM_OK);
    columns(tree, &buffer);
    {
        /* In parts of seven; the last has less, and behind it there is nothing. */
        size_t left = count, part;
        omadm_node after = OMADM_NO_NODE;
        for (; left > 0; left -= part) {
            part = left < 7 ? left : 7;
            REQUIRE(omadm_unstable_tree_pickle(tree, OMADM_NO_NODE, after, 7, 0, NULL, &buffer, &error) == OMADM_OK);
            after = nodes(tree, OMADM_NO_NODE, after, &buffer, part);
        }
        REQUIRE(omadm_unstable_tree_pickle(tree, OMADM_NO_NODE, after, 7, OMADM_UNSTABLE_COLUMNS, NULL, &buffer, &error) == OMADM_OK);
        CHECK(buffer.len > 2 && memcmp(buffer.data, "\x80\x05" "((lNN", 7) == 0);
    }
    len = buffer.len;
    CHECK(omadm_unstable_tree_pickle(tree, UINT64_MAX, OMADM_NO_NODE, 9, 0, NULL, &buffer, &error) == OMADM_E_STALE_NODE);
    CHECK(omadm_unstable_tree_pickle(tree, OMADM_NO_NODE, OMADM_NO_NODE, SIZE_MAX, 2, NULL, &buffer, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_options_init(&options, &error) == OMADM_OK);
    options.limit_output = 9;
    CHECK(omadm_unstable_tree_pickle(tree, OMADM_NO_NODE, OMADM_NO_NODE, SIZE_MAX, 0, &options, &buffer, &error) == OMADM_E_LIMIT_OUTPUT);
    CHECK(omadm_unstable_tree_pickle(tree, OMADM_NO_NODE, OMADM_NO_NODE, SIZE_MAX, OMADM_UNSTABLE_COLUMNS, &options, &buffer, &error) == OMADM_E_LIMIT_OUTPUT);
    CHECK(buffer.len == len); /* Untouched. */
    omadm_buffer_free(&buffer);
}

static void a_tree(const char *name) {
    size_t len;
    unsigned char *data = read_file(name, &len);
    omadm_tree *tree = NULL;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    omadm_node top;
    REQUIRE(omadm_tree_decode(data, len, NULL, &tree, &error) == OMADM_OK);
    free(data);
    check_tree(tree);
    CHECK(omadm_tree_get(tree, "./FUMO/modem", OMADM_NUL, &top, &error) == OMADM_OK);
    REQUIRE(omadm_unstable_tree_pickle(tree, top, OMADM_NO_NODE, SIZE_MAX, 0, NULL, &buffer, &error) == OMADM_OK);
    {
        omadm_node_info info = OMADM_NODE_INFO_INIT;
        omadm_node after = OMADM_NO_NODE;
        char uri[256];
        size_t count = 0, length;
        while ((after = node_after(tree, top, after, &info, uri, &length)) != OMADM_NO_NODE)
            count++;
        CHECK(count > 1);
        CHECK(node_after(tree, top, nodes(tree, top, OMADM_NO_NODE, &buffer, count), &info, uri, &length) == OMADM_NO_NODE);
    }
    {
        omadm_node root;
        CHECK(omadm_tree_get(tree, ".", OMADM_NUL, &root, &error) == OMADM_OK);
        CHECK(omadm_unstable_tree_pickle(tree, top, root, 7, 0, NULL, &buffer, &error) == OMADM_E_ARGUMENT);
    }
    omadm_buffer_free(&buffer);
    omadm_tree_free(tree);
}

/* Long texts, numbers of all lengths, a zero octet in a text, and texts that are alike, but not quite. */
static void what_is_rare(void) {
    static char value[70000];
    static const char *const names[] = {"", "1", "12345678", "123456789", "12345678901234567", "a\xC3\xA4", "a\xC3\xB6"};
    omadm_tree *tree = NULL;
    size_t i;
    REQUIRE(omadm_tree_new(&tree, &error) == OMADM_OK);
    for (i = 0; i < 600; i++) {
        omadm_new_node node = OMADM_NEW_NODE_INIT;
        char uri[32];
        sprintf(uri, "./A%u", (unsigned)i);
        memset(value, 'v', sizeof value);
        node.text.ptr = i % 100 == 99 ? value : names[i % 7];
        node.text.len = i % 100 == 99 ? i % 200 == 199 ? sizeof value : 300 : strlen(names[i % 7]);
        if (i == 300) {
            node.title.ptr = "a\0b";
            node.title.len = 3;
        }
        REQUIRE(omadm_tree_add(tree, uri, OMADM_NUL, &node, NULL, NULL, &error) == OMADM_OK);
    }
    /* Numbers of nodes that were made later in the places of others are longer. */
    CHECK(omadm_tree_delete(tree, "./A7", OMADM_NUL, NULL, &error) == OMADM_OK);
    {
        omadm_new_node node = OMADM_NEW_NODE_INIT;
        REQUIRE(omadm_tree_add(tree, "./B", OMADM_NUL, &node, NULL, NULL, &error) == OMADM_OK);
    }
    check_tree(tree);
    omadm_tree_free(tree);
}

int main(void) {
    a_message("package1.syncml.xml");
    a_message("package1.syncml.wbxml");
    a_message("package2.syncml.wbxml");
    a_message("results-e1.syncml.wbxml");
    a_tree("phone.tnds.xml");
    a_tree("phone.tnds.wbxml");
    what_is_rare();
    return outcome();
}
