/* The vectors that all languages share (tests/vectors), through the C ABI. tests/vectors/README.md defines the JSON form that is built here. */
#include "check.h"

struct vector {
    const char *name, *kind;
    const unsigned char *input;
    size_t input_len;
    const unsigned char *expected;
    size_t expected_len;
    int is_accepted;
    uint32_t media_type;
    int is_opened, resync;
    const unsigned char *secret;
    size_t secret_len;
    const unsigned char *nonce;
    size_t nonce_len;
    uint32_t limit_depth, limit_text;
};

struct code_name {
    uint32_t code;
    const char *name;
};

#include "vectors.h"

/* Text that grows. `is_first` is whether nothing has been written in the innermost object or array. */
struct json {
    char *text;
    size_t len, capacity;
    int is_first;
};

static void put(struct json *json, const void *text, size_t len) {
    if (json->len + len > json->capacity) {
        json->capacity = 2 * (json->len + len);
        json->text = (char *)realloc(json->text, json->capacity);
        REQUIRE(json->text != NULL);
    }
    memcpy(json->text + json->len, text, len);
    json->len += len;
}

static void say(struct json *json, const char *text) { put(json, text, strlen(text)); }

static void comma(struct json *json) {
    if (!json->is_first)
        say(json, ",");
    json->is_first = 0;
}

static void quoted(struct json *json, const char *text, size_t len) {
    static const char *const SHORT = "\bb\tt\nn\ff\rr\"\"\\\\";
    size_t at, i;
    say(json, "\"");
    for (at = 0; at < len; at++) {
        char room[8];
        unsigned char next = (unsigned char)text[at];
        for (i = 0; SHORT[i] != 0 && (unsigned char)SHORT[i] != next; i += 2)
            ;
        if (SHORT[i] != 0)
            snprintf(room, sizeof room, "\\%c", SHORT[i + 1]);
        else if (next < 0x20)
            snprintf(room, sizeof room, "\\u%04x", next);
        else
            snprintf(room, sizeof room, "%c", next);
        say(json, room);
    }
    say(json, "\"");
}

static void key(struct json *json, const char *name) {
    comma(json);
    quoted(json, name, strlen(name));
    say(json, ":");
}

static void open_with(struct json *json, const char *bracket) {
    say(json, bracket);
    json->is_first = 1;
}

static void close_with(struct json *json, const char *bracket) {
    say(json, bracket);
    json->is_first = 0;
}

static void text(struct json *json, const char *name, omadm_str value) {
    if (value.ptr != NULL) {
        key(json, name);
        quoted(json, value.ptr, value.len);
    }
}

static void word(struct json *json, const char *name, const char *value) {
    key(json, name);
    quoted(json, value, strlen(value));
}

static void octets(struct json *json, const char *name, const uint8_t *value, size_t len) {
    size_t at;
    key(json, name);
    say(json, "\"");
    for (at = 0; at < len; at++) {
        char room[3];
        snprintf(room, sizeof room, "%02x", value[at]);
        say(json, room);
    }
    say(json, "\"");
}

/* Left out if it is `none`. */
static void number(struct json *json, const char *name, uint64_t value, uint64_t none) {
    char room[24];
    if (value == none)
        return;
    key(json, name);
    snprintf(room, sizeof room, "%" PRIu64, value);
    say(json, room);
}

static void always(struct json *json, const char *name, uint64_t value) { number(json, name, value, value + 1); }

static void flag(struct json *json, const char *name, uint32_t is_set) {
    if (is_set) {
        key(json, name);
        say(json, "true");
    }
}

static void error_object(struct json *json, const omadm_error *error) {
    size_t i, count = sizeof CODE_NAMES / sizeof *CODE_NAMES;
    open_with(json, "{");
    always(json, "code", error->code);
    for (i = 0; i < count; i++)
        if (CODE_NAMES[i].code == error->code)
            word(json, "name", CODE_NAMES[i].name);
    number(json, "offset", error->offset, OMADM_NONE);
    number(json, "inner_offset", error->inner_offset, OMADM_NONE);
    close_with(json, "}");
}

static void data_of(struct json *json, const char *name, const omadm_data *data) {
    static const char *const KEYS[] = {"", "text", "cdata", "hex", "markup"};
    omadm_str value;
    value.ptr = (const char *)data->bytes.ptr;
    value.len = data->bytes.len;
    if (data->form == OMADM_DATA_ABSENT)
        return;
    REQUIRE(data->form <= OMADM_DATA_MARKUP);
    key(json, name);
    open_with(json, "{");
    if (data->form == OMADM_DATA_MARKUP)
        flag(json, KEYS[data->form], 1);
    else if (data->form == OMADM_DATA_OPAQUE)
        octets(json, KEYS[data->form], data->bytes.ptr, data->bytes.len);
    else
        text(json, KEYS[data->form], value);
    close_with(json, "}");
}

static void meta_of(struct json *json, const char *name, omadm_rc found, const omadm_meta *meta) {
    if (found == OMADM_NOT_FOUND)
        return;
    REQUIRE(found == OMADM_OK);
    key(json, name);
    open_with(json, "{");
    text(json, "Format", meta->format);
    text(json, "Type", meta->media_type);
    text(json, "Mark", meta->mark);
    number(json, "Size", meta->size, OMADM_NONE);
    text(json, "Version", meta->version);
    data_of(json, "NextNonce", &meta->next_nonce);
    number(json, "MaxMsgSize", meta->max_msg_size, OMADM_NONE);
    number(json, "MaxObjSize", meta->max_obj_size, OMADM_NONE);
    close_with(json, "}");
}

static void party(struct json *json, const char *name, omadm_str uri, omadm_str display) {
    if (uri.ptr == NULL)
        return;
    key(json, name);
    open_with(json, "{");
    text(json, "LocURI", uri);
    text(json, "LocName", display);
    close_with(json, "}");
}

/* The elements at `count` places, in one list. */
static void unknown(struct json *json, const omadm_message *message, const uint32_t *places, size_t count, size_t command, size_t item) {
    int any = 0;
    size_t place, first, written;
    for (place = 0; place < count; place++) {
        for (first = 0;; first++) {
            omadm_extra extra = OMADM_EXTRA_INIT;
            REQUIRE(omadm_message_extras(message, places[place], command, item, first, &extra, sizeof extra, 1, &written, NULL) == OMADM_OK);
            if (written == 0)
                break;
            if (!any) {
                key(json, "unknown");
                open_with(json, "[");
                any = 1;
            }
            comma(json);
            open_with(json, "{");
            text(json, "name", extra.name);
            always(json, "offset", extra.offset);
            octets(json, "source", extra.source.ptr, extra.source.len);
            close_with(json, "}");
        }
    }
    if (any)
        close_with(json, "]");
}

static void nodes_of(struct json *json, const char *name, const omadm_tree *tree) {
    omadm_node after = OMADM_NO_NODE;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    size_t written;
    key(json, name);
    open_with(json, "[");
    for (;;) {
        omadm_node_info info = OMADM_NODE_INFO_INIT;
        omadm_str uri;
        size_t end;
        REQUIRE(omadm_tree_nodes(tree, OMADM_NO_NODE, after, &info, sizeof info, 1, &written, NULL) == OMADM_OK);
        if (written == 0)
            break;
        after = info.node;
        REQUIRE(omadm_tree_uris(tree, &info.node, 1, &buffer, &end, NULL) == OMADM_OK);
        uri.ptr = (const char *)buffer.data;
        uri.len = end;
        comma(json);
        open_with(json, "{");
        text(json, "uri", uri);
        text(json, "name", info.name);
        word(json, "format", omadm_format_name(info.format));
        flag(json, "implicit", info.flags & OMADM_NODE_IMPLICIT);
        flag(json, "permanent", info.flags & OMADM_NODE_PERMANENT);
        always(json, "children", info.child_count);
        text(json, "type", info.media_type);
        text(json, "mo_id", info.mo_id);
        if (info.value.ptr != NULL) {
            omadm_str value;
            value.ptr = (const char *)info.value.ptr;
            value.len = info.value.len;
            key(json, "value");
            open_with(json, "{");
            if (info.flags & OMADM_NODE_OPAQUE)
                octets(json, "hex", info.value.ptr, info.value.len);
            else
                text(json, "text", value);
            close_with(json, "}");
            if (omadm_tree_octets(tree, info.node, &buffer, NULL) == OMADM_OK
                && (buffer.len != info.value.len || memcmp(buffer.data, info.value.ptr, buffer.len) != 0))
                octets(json, "octets", buffer.data, buffer.len);
        }
        text(json, "ACL", info.acl);
        text(json, "Title", info.title);
        text(json, "TStamp", info.tstamp);
        text(json, "VerNo", info.ver_no);
        close_with(json, "}");
    }
    close_with(json, "]");
    omadm_buffer_free(&buffer);
}

static void item_of(struct json *json, const omadm_message *message, size_t command, size_t index) {
    static const uint32_t PLACE = OMADM_IN_ITEM;
    omadm_item item = OMADM_ITEM_INIT;
    omadm_meta meta = OMADM_META_INIT;
    omadm_buffer buffer = OMADM_BUFFER_INIT;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_tree *tree = NULL;
    size_t written;
    omadm_rc rc;
    REQUIRE(omadm_message_items(message, command, index, &item, sizeof item, 1, &written, NULL) == OMADM_OK && written == 1);
    comma(json);
    open_with(json, "{");
    always(json, "offset", item.offset);
    party(json, "Target", item.target, item.target_name);
    party(json, "Source", item.source, item.source_name);
    text(json, "TargetParent", item.target_parent);
    text(json, "SourceParent", item.source_parent);
    rc = omadm_message_item_meta(message, command, index, &meta, NULL);
    CHECK((rc == OMADM_OK) == ((item.flags & OMADM_ITEM_META) != 0));
    meta_of(json, "Meta", rc, &meta);
    data_of(json, "Data", &item.data);
    flag(json, "MoreData", item.flags & OMADM_ITEM_MORE_DATA);
    text(json, "node", item.node_uri);
    text(json, "format", item.format);
    text(json, "type", item.media_type);
    if (omadm_message_item_octets(message, command, index, &buffer, NULL) == OMADM_OK
        && (buffer.len != item.data.bytes.len || (buffer.len != 0 && memcmp(buffer.data, item.data.bytes.ptr, buffer.len) != 0)))
        octets(json, "octets", buffer.data, buffer.len);
    omadm_buffer_free(&buffer);
    rc = omadm_tree_of_item(message, command, index, NULL, &tree, &error);
    if (rc == OMADM_OK) {
        nodes_of(json, "tree", tree);
        omadm_tree_free(tree);
    } else if (rc != OMADM_NOT_FOUND) {
        key(json, "tree_error");
        error_object(json, &error);
    }
    unknown(json, message, &PLACE, 1, command, index);
    close_with(json, "}");
}

static void refs_of(struct json *json, const char *name, const omadm_message *message, const omadm_command *command, uint32_t is_target) {
    size_t index, written;
    int any = 0;
    for (index = 0; index < command->ref_count; index++) {
        omadm_ref ref = OMADM_REF_INIT;
        REQUIRE(omadm_message_refs(message, command->index, index, &ref, sizeof ref, 1, &written, NULL) == OMADM_OK && written == 1);
        if (ref.is_target != is_target)
            continue;
        if (!any) {
            key(json, name);
            open_with(json, "[");
            any = 1;
        }
        comma(json);
        quoted(json, ref.uri.ptr, ref.uri.len);
    }
    if (any)
        close_with(json, "]");
}

static void command_of(struct json *json, const omadm_message *message, size_t index) {
    static const uint32_t PLACE = OMADM_IN_COMMAND;
    omadm_command command = OMADM_COMMAND_INIT;
    omadm_meta meta = OMADM_META_INIT;
    omadm_bytes source;
    size_t item, written;
    omadm_rc rc;
    REQUIRE(omadm_message_commands(message, index, &command, sizeof command, 1, &written, NULL) == OMADM_OK && written == 1);
    CHECK(command.index == index && command.end > index);
    comma(json);
    open_with(json, "{");
    text(json, "command", command.name);
    always(json, "offset", command.offset);
    number(json, "parent", command.parent, OMADM_NO_INDEX);
    text(json, "CmdID", command.cmd_id);
    flag(json, "NoResp", command.flags & OMADM_COMMAND_NO_RESP);
    flag(json, "Archive", command.flags & OMADM_COMMAND_ARCHIVE);
    flag(json, "SftDel", command.flags & OMADM_COMMAND_SFT_DEL);
    text(json, "MsgRef", command.msg_ref);
    text(json, "CmdRef", command.cmd_ref);
    text(json, "Cmd", command.cmd);
    refs_of(json, "TargetRef", message, &command, 1);
    refs_of(json, "SourceRef", message, &command, 0);
    rc = omadm_message_chal(message, index, &meta, NULL);
    CHECK((rc == OMADM_OK) == ((command.flags & OMADM_COMMAND_CHAL) != 0));
    meta_of(json, "Chal", rc, &meta);
    text(json, "Correlator", command.correlator);
    text(json, "Lang", command.lang);
    number(json, "code", command.code, OMADM_NO_CODE);
    rc = omadm_message_command_meta(message, index, &meta, NULL);
    CHECK((rc == OMADM_OK) == ((command.flags & OMADM_COMMAND_META) != 0));
    meta_of(json, "Meta", rc, &meta);
    data_of(json, "Data", &command.data);
    if (command.item_count > 0) {
        key(json, "items");
        open_with(json, "[");
        for (item = 0; item < command.item_count; item++)
            item_of(json, message, index, item);
        close_with(json, "]");
    }
    if (omadm_message_command_source(message, index, &source, NULL) == OMADM_OK)
        octets(json, "source", source.ptr, source.len);
    unknown(json, message, &PLACE, 1, index, 0);
    close_with(json, "}");
}

static void message_object(struct json *json, const omadm_message *message) {
    static const uint32_t IN_HEADER = OMADM_IN_HEADER;
    static const uint32_t AROUND[] = {OMADM_IN_BODY, OMADM_IN_MESSAGE};
    omadm_header header = OMADM_HEADER_INIT;
    omadm_meta meta = OMADM_META_INIT;
    omadm_cred cred = OMADM_CRED_INIT;
    uint32_t encoding, is_final;
    size_t count, index;
    REQUIRE(omadm_message_summary(message, &encoding, &is_final, &count, NULL) == OMADM_OK);
    REQUIRE(omadm_message_header(message, &header, NULL) == OMADM_OK);
    open_with(json, "{");
    word(json, "kind", "SyncML");
    word(json, "encoding", encoding == OMADM_XML ? "xml" : "wbxml");
    key(json, "SyncHdr");
    open_with(json, "{");
    text(json, "VerDTD", header.ver_dtd);
    text(json, "VerProto", header.ver_proto);
    text(json, "SessionID", header.session_id);
    text(json, "MsgID", header.msg_id);
    party(json, "Target", header.target, header.target_name);
    party(json, "Source", header.source, header.source_name);
    text(json, "RespURI", header.resp_uri);
    flag(json, "NoResp", header.flags & OMADM_HEADER_NO_RESP);
    if (omadm_message_header_cred(message, &cred, NULL) == OMADM_OK) {
        key(json, "Cred");
        open_with(json, "{");
        text(json, "Type", cred.scheme);
        text(json, "Format", cred.format);
        data_of(json, "Data", &cred.data);
        close_with(json, "}");
    }
    meta_of(json, "Meta", omadm_message_header_meta(message, &meta, NULL), &meta);
    unknown(json, message, &IN_HEADER, 1, 0, 0);
    close_with(json, "}");
    key(json, "commands");
    open_with(json, "[");
    for (index = 0; index < count; index++)
        command_of(json, message, index);
    close_with(json, "]");
    key(json, "Final");
    say(json, is_final ? "true" : "false");
    unknown(json, message, AROUND, 2, 0, 0);
    close_with(json, "}");
}

static void run_document(struct json *json, const struct vector *vector) {
    omadm_options options = OMADM_OPTIONS_INIT;
    omadm_error error = OMADM_ERROR_INIT;
    REQUIRE(omadm_options_init(&options, NULL) == OMADM_OK);
    if (vector->limit_depth != 0)
        options.limit_depth = vector->limit_depth;
    if (vector->limit_text != 0)
        options.limit_text = vector->limit_text;
    if (strcmp(vector->kind, "SyncML") == 0) {
        omadm_message *message;
        if (omadm_message_decode(vector->input, vector->input_len, &options, &message, &error) == OMADM_OK) {
            message_object(json, message);
            omadm_message_free(message);
            return;
        }
    } else {
        omadm_tree *tree;
        REQUIRE(strcmp(vector->kind, "MgmtTree") == 0);
        if (omadm_tree_decode(vector->input, vector->input_len, &options, &tree, &error) == OMADM_OK) {
            open_with(json, "{");
            word(json, "kind", "MgmtTree");
            nodes_of(json, "nodes", tree);
            close_with(json, "}");
            omadm_tree_free(tree);
            return;
        }
    }
    error_object(json, &error);
}

static void fields_of(struct json *json, uint32_t version, uint32_t ui_mode, uint32_t initiator, uint32_t future_use, uint32_t session_id,
                      omadm_str server_id, omadm_bytes vendor) {
    static const char *const UI_MODES[] = {"not specified", "background", "informative", "user interaction"};
    REQUIRE(ui_mode < 4);
    word(json, "kind", "notification");
    always(json, "version", version);
    word(json, "ui_mode", UI_MODES[ui_mode]);
    word(json, "initiator", initiator == OMADM_INITIATOR_SERVER ? "server" : "client");
    always(json, "future_use", future_use);
    always(json, "session_id", session_id);
    text(json, "server_id", server_id);
    octets(json, "vendor", vendor.ptr, vendor.len);
}

static void run_notification(struct json *json, const struct vector *vector) {
    static const char *const PROMPTS[] = {"nothing", "inform", "confirm"};
    omadm_error error = OMADM_ERROR_INIT;
    omadm_notification_fields claimed = OMADM_NOTIFICATION_FIELDS_INIT;
    omadm_notification opened = OMADM_NOTIFICATION_INIT;
    omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
    size_t first, written;
    int any = 0;
    if (!vector->is_opened) {
        if (omadm_notification_decode(vector->input, vector->input_len, vector->media_type, &claimed, &error) != OMADM_OK) {
            error_object(json, &error);
            return;
        }
        open_with(json, "{");
        fields_of(json, claimed.version, claimed.ui_mode, claimed.initiator, claimed.future_use, claimed.session_id, claimed.server_id,
                  claimed.vendor);
        close_with(json, "}");
        return;
    }
    credentials.resync = (uint32_t)vector->resync;
    credentials.secret.ptr = (const char *)vector->secret;
    credentials.secret.len = vector->secret_len;
    credentials.nonce.ptr = vector->nonce;
    credentials.nonce.len = vector->nonce_len;
    if (omadm_notification_open(vector->input, vector->input_len, vector->media_type, &credentials, &opened, &error) != OMADM_OK) {
        error_object(json, &error);
        return;
    }
    open_with(json, "{");
    fields_of(json, opened.version, opened.ui_mode, opened.initiator, opened.future_use, opened.session_id, opened.server_id, opened.vendor);
    octets(json, "digest", opened.digest.ptr, opened.digest.len);
    key(json, "by_resync_nonce");
    say(json, opened.by_resync_nonce ? "true" : "false");
    REQUIRE(opened.prompt < 3);
    word(json, "prompt", PROMPTS[opened.prompt]);
    for (first = 0; vector->media_type == OMADM_MEDIA_DATA_SYNC; first++) {
        omadm_sync_alert alert = OMADM_SYNC_ALERT_INIT;
        REQUIRE(omadm_notification_sync_alerts(&opened, first, &alert, sizeof alert, 1, &written, NULL) == OMADM_OK);
        if (written == 0)
            break;
        if (!any) {
            key(json, "alerts");
            open_with(json, "[");
            any = 1;
        }
        comma(json);
        open_with(json, "{");
        always(json, "code", alert.code);
        always(json, "content_type", alert.content_type);
        text(json, "uri", alert.uri);
        close_with(json, "}");
    }
    if (any)
        close_with(json, "]");
    close_with(json, "}");
}

int main(void) {
    size_t i, count = sizeof VECTORS / sizeof *VECTORS;
    CHECK(count >= 34);
    for (i = 0; i < count; i++) {
        const struct vector *vector = &VECTORS[i];
        struct json json = {NULL, 0, 0, 1};
        int is_notification = strcmp(vector->kind, "notification") == 0;
        int is_equal;
        if (is_notification)
            run_notification(&json, vector);
        else
            run_document(&json, vector);
        is_equal = json.len == vector->expected_len && memcmp(json.text, vector->expected, json.len) == 0;
        CHECK(is_equal);
        if (!is_equal)
            fprintf(stderr, "%s\n  expected %.*s\n  built    %.*s\n", vector->name, (int)vector->expected_len, (const char *)vector->expected,
                    (int)json.len, json.text);
        if (vector->is_accepted) {
            uint32_t kind = 0;
            CHECK(omadm_detect(vector->input, vector->input_len, &kind, NULL) == OMADM_OK);
            CHECK(kind == (uint32_t)(is_notification ? OMADM_KIND_NOTIFICATION
                                                     : strcmp(vector->kind, "SyncML") == 0 ? OMADM_KIND_SYNCML : OMADM_KIND_TREE));
        }
        free(json.text);
    }
    return outcome();
}
