/* Right values for the calls that wrong_use.py makes, by the names of types and parameters, and what a wrong call is held to. */
#include "check.h"

/* Everything that a function may be given. Made anew for each call. */
static struct {
    omadm_message *message, *tree_message, *alert_message;
    omadm_reader *reader;
    omadm_feeder *feeder;
    omadm_builder *builder;
    omadm_splitter *splitter;
    omadm_joiner *joiner;
    omadm_message *basic_message, *client_message;
    omadm_tree *tree;
    omadm_node root, leaf, deleted, foreign;
    const omadm_node *nodes;
    omadm_options options_right;
    omadm_input input_right, tree_input;
    struct ArrowSchema columns_schema;
    struct ArrowArray columns;
    omadm_convert_options convert_options_right;
    omadm_new_meta new_meta_right;
    omadm_new_cred new_cred_right;
    omadm_new_command new_command_right;
    omadm_new_item new_item_right;
    omadm_error error_right;
    const uint8_t *data, *input;
    size_t len, input_len;
    size_t command, command_with_meta, command_with_item_meta, tree_command;
    const char *uri, *name, *server, *principal, *pattern, *path, *acl, *from, *to;
    omadm_tree *other;
    omadm_diff *diff;
    omadm_results *results;
    omadm_schema *schema;
    omadm_schema_node described;
    omadm_check *check;
    omadm_findings *findings;
    omadm_edit_options edit_options_right;
    omadm_new_node new_node_right;
    omadm_new_value new_value_right;
    omadm_search search_right;
    omadm_tnds_options tnds_options_right;
    omadm_results_options results_options_right;
    omadm_check_options check_options_right;
    omadm_check_request check_request_right;
    const char *secret, *username, *value, *base64;
    const uint8_t *a1, *nonce, *body, *mac, *left, *right;
    size_t nonce_len, body_len, nonce_count;
    const omadm_bytes *nonces;
    omadm_server_credentials server_credentials_right;
    omadm_notification_fields notification_fields_right;
    omadm_notification notification_right;
    omadm_push_fields push_fields_right;
    omadm_sms_joiner *sms_joiner;
    omadm_unstable_notification *unstable_notification;
    omadm_push_payload push_payload_right;
    omadm_unstable_value unstable_value_right, option_right;
    const char *identifier;
    const uint8_t *segment, *cdma_segment, *http, *push, *sender;
    size_t segment_len, http_len, push_len, sender_len;
    const char *header_lines;
    const omadm_bytes *pieces;
    omadm_package *package;
    omadm_provisioning *provisioning;
    omadm_new_ui_alert new_ui_alert_right;
    omadm_ui_answer ui_answer_right;
    const uint32_t *numbers;
    uint64_t not_a_handle[64];
} the;

static const char ALERTS[] =
    "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>"
    "<Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>"
    "<Alert><CmdID>1</CmdID><Data>1226</Data><Item><Meta><Type xmlns='syncml:metinf'>com.example</Type>"
    "<Format xmlns='syncml:metinf'>chr</Format></Meta><Data>x</Data></Item></Alert>"
    "<Alert><CmdID>2</CmdID><Data>1102</Data><Item><Data>DR=x</Data></Item><Item><Data>?</Data></Item></Alert>"
    "<Status><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Cmd>Alert</Cmd><Data>304</Data></Status>"
    "</SyncBody></SyncML>";
static const char PROVISIONING[] = "<wap-provisioningdoc version='1.1'><characteristic type='NAPDEF'/></wap-provisioningdoc>";

/* Read once. */
static unsigned char *message_file, *client_file, *notification_file, *push_file, *tree_file, *tree_message_file;
static size_t message_len, client_len, notification_len, push_len, tree_len, tree_message_len;
static unsigned char *schema_file;
static size_t schema_len;

/* What only trees and descriptions need. */
static void setup_trees(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_edit_options edit_options = OMADM_EDIT_OPTIONS_INIT;
    omadm_new_node new_node = OMADM_NEW_NODE_INIT;
    omadm_new_value new_value = OMADM_NEW_VALUE_INIT;
    omadm_search search = OMADM_SEARCH_INIT;
    omadm_tnds_options tnds_options = OMADM_TNDS_OPTIONS_INIT;
    omadm_results_options results_options = OMADM_RESULTS_OPTIONS_INIT;
    omadm_check_options check_options = OMADM_CHECK_OPTIONS_INIT;
    omadm_check_request check_request = OMADM_CHECK_REQUEST_INIT;
    omadm_schema_node_info described = OMADM_SCHEMA_NODE_INFO_INIT;
    size_t written;
    if (schema_file == NULL)
        schema_file = read_file("acme.ddf.xml", &schema_len);
    REQUIRE(omadm_tree_clone(the.tree, &the.other, &error) == OMADM_OK);
    REQUIRE(omadm_tree_diff(the.tree, OMADM_NO_NODE, the.other, OMADM_NO_NODE, OMADM_DIFFERS_ALL, &the.diff, &error) == OMADM_OK);
    REQUIRE(omadm_tree_results(the.tree, "./DevInfo/Mod", OMADM_NUL, NULL, &the.results, &error) == OMADM_OK);
    REQUIRE(omadm_schema_decode(schema_file, schema_len, NULL, &the.schema, &error) == OMADM_OK);
    REQUIRE(omadm_schema_nodes(the.schema, 0, &described, sizeof described, 1, &written, &error) == OMADM_OK && written == 1);
    REQUIRE(omadm_check_new(the.schema, NULL, &the.check, &error) == OMADM_OK);
    REQUIRE(omadm_check_tree(the.check, the.tree, &the.findings, &error) == OMADM_OK);
    /* A node that was there, and one that this tree has no number for. */
    REQUIRE(omadm_tree_add(the.tree, "./Gone", OMADM_NUL, &new_node, NULL, &the.deleted, &error) == OMADM_OK);
    REQUIRE(omadm_tree_delete(the.tree, "./Gone", OMADM_NUL, NULL, &error) == OMADM_OK);
    REQUIRE(omadm_tree_add(the.other, "./A", OMADM_NUL, &new_node, NULL, NULL, &error) == OMADM_OK);
    REQUIRE(omadm_tree_add(the.other, "./A/B", OMADM_NUL, &new_node, NULL, &the.foreign, &error) == OMADM_OK);
    the.described = described.node;
    the.name = "TStamp";
    the.server = the.principal = "op.example";
    the.pattern = the.path = "DevInfo";
    the.acl = "Get=*";
    the.from = "./DevInfo/Mod";
    the.to = "./New";
    the.edit_options_right = edit_options;
    the.new_node_right = new_node;
    the.new_value_right = new_value;
    the.search_right = search;
    the.tnds_options_right = tnds_options;
    the.results_options_right = results_options;
    the.check_options_right = check_options;
    the.check_request_right = check_request;
}

/* Packages, answers of users, and provisioning. */
static void setup_rest(void) {
    static const uint32_t numbers[2] = {1, 2};
    omadm_new_ui_alert new_ui_alert = OMADM_NEW_UI_ALERT_INIT;
    omadm_ui_answer ui_answer = OMADM_UI_ANSWER_INIT;
    REQUIRE(omadm_package_new(1, &the.package, NULL) == OMADM_OK);
    REQUIRE(omadm_provisioning_decode((const uint8_t *)PROVISIONING, sizeof PROVISIONING - 1, NULL, &the.provisioning, NULL) == OMADM_OK);
    new_ui_alert.code = 1100;
    new_ui_alert.text.ptr = "Hello";
    new_ui_alert.text.len = 5;
    ui_answer.outcome = OMADM_UI_ANSWERED;
    ui_answer.response = OMADM_UI_RESPONSE_CHOICES;
    the.new_ui_alert_right = new_ui_alert;
    the.ui_answer_right = ui_answer;
    the.numbers = numbers;
}

static uint32_t fits(void *context, const omadm_chunk *chunk) {
    (void)context;
    return chunk->data.len < 100;
}

/* The client of package 1 (tests/data/README.md), and one with credentials of scheme basic. */
static void setup_authentication(void) {
    static const char basic[] = "<SyncML><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID><MsgID>1</MsgID>"
                                "<Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source><Cred><Data>YTpi</Data></Cred></SyncHdr>"
                                "<SyncBody><Final/></SyncBody></SyncML>";
    static const uint8_t nonce[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    static uint8_t a1[OMADM_DIGEST_SIZE], mac[OMADM_DIGEST_SIZE];
    static omadm_bytes nonces[1];
    static char value[128];
    size_t length;
    the.name = the.username = "dev1";
    the.secret = "secret";
    the.base64 = "AAECAw==";
    the.nonce = the.body = nonce;
    the.nonce_len = the.body_len = sizeof nonce;
    nonces[0].ptr = nonce;
    nonces[0].len = sizeof nonce;
    the.nonces = nonces;
    the.nonce_count = 1;
    the.a1 = the.left = the.right = a1;
    the.mac = mac;
    the.value = value;
    REQUIRE(omadm_a1(the.name, OMADM_NUL, the.secret, OMADM_NUL, a1, NULL) == OMADM_OK);
    REQUIRE(omadm_mac_digest(a1, nonce, sizeof nonce, the.body, the.body_len, mac, NULL) == OMADM_OK);
    REQUIRE(omadm_hmac_header_encode(the.name, OMADM_NUL, mac, value, sizeof value, &length, NULL) == OMADM_OK);
    REQUIRE(omadm_message_decode((const uint8_t *)basic, sizeof basic - 1, NULL, &the.basic_message, NULL) == OMADM_OK);
    REQUIRE(omadm_message_decode(client_file, client_len, NULL, &the.client_message, NULL) == OMADM_OK);
}

static void setup_notification(void) {
    static const uint8_t nonce[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    /* From wire.md, 13.5, R6. */
    static uint8_t sync[64];
    size_t len = from_hex("0179ab671b68f26698269b4ca78222ad 03180000000000125043205375697465204461746120 53796e63 106000000008 436f6e7461637473", sync, sizeof sync);
    omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
    omadm_notification_fields fields = OMADM_NOTIFICATION_FIELDS_INIT;
    omadm_notification notification = OMADM_NOTIFICATION_INIT;
    credentials.secret.ptr = "srvsecret";
    credentials.secret.len = 0;
    credentials.nonce.ptr = nonce;
    REQUIRE(omadm_notification_open(sync, len, OMADM_MEDIA_DATA_SYNC, &credentials, &notification, NULL) == OMADM_OK);
    the.notification_right = notification;
    credentials.secret.len = OMADM_NUL;
    credentials.nonce.len = sizeof nonce;
    the.server_credentials_right = credentials;
    fields.session_id = 1;
    fields.server_id.ptr = "dm.example.com";
    fields.server_id.len = OMADM_NUL;
    the.notification_fields_right = fields;
}

static void setup_provisional(void) {
    omadm_push_payload payload = OMADM_PUSH_PAYLOAD_INIT;
    omadm_unstable_value value = OMADM_UNSTABLE_VALUE_INIT;
    payload.body.ptr = notification_file;
    payload.body.len = notification_len;
    the.push_payload_right = payload;
    REQUIRE(omadm_unstable_notification_open(&payload, 0, &the.server_credentials_right, &the.unstable_notification, NULL) == OMADM_OK);
    value.subject = OMADM_UNSTABLE_HINT_EXPIRES;
    value.number = 1;
    the.unstable_value_right = value;
    value.subject = OMADM_UNSTABLE_OPTION_SERVER_ID;
    value.text.ptr = "a";
    value.text.len = 1;
    the.option_right = value;
    the.identifier = "urn:oma:mo:oma-fumo:1.0";
}

static void setup_push(void) {
    static const uint8_t segment[] = {6, 5, 4, 0x0B, 0x84, 0xC0, 2, 'a'}, cdma[] = {0, 1, 0, 0x23, 0xF0, 0x0B, 0x84, 'a'};
    static uint8_t http[512];
    static omadm_bytes pieces[1];
    omadm_push_fields fields = OMADM_PUSH_FIELDS_INIT;
    fields.content_type = OMADM_MEDIA_DM12;
    fields.body.ptr = segment;
    fields.body.len = sizeof segment;
    fields.host.ptr = "h";
    fields.host.len = 1;
    the.push_fields_right = fields;
    REQUIRE(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_HTTP, &fields, http, sizeof http, &the.http_len, NULL) == OMADM_OK);
    the.http = http;
    the.segment = the.push = the.sender = segment;
    the.cdma_segment = cdma;
    the.segment_len = the.push_len = the.sender_len = sizeof segment;
    the.header_lines = "Content-Type: application/vnd.syncml.notification\r\nX-Wap-Application-Id: 7\r\n";
    pieces[0].ptr = segment;
    pieces[0].len = sizeof segment;
    the.pieces = pieces;
    REQUIRE(omadm_sms_joiner_new(NULL, &the.sms_joiner, NULL) == OMADM_OK);
}

static void setup(void) {
    static omadm_node nodes[2];
    omadm_new_item new_item = OMADM_NEW_ITEM_INIT;
    omadm_convert_options convert_options = OMADM_CONVERT_OPTIONS_INIT;
    omadm_new_meta new_meta = OMADM_NEW_META_INIT;
    omadm_new_cred new_cred = OMADM_NEW_CRED_INIT;
    omadm_new_command new_command = OMADM_NEW_COMMAND_INIT;
    omadm_error error = OMADM_ERROR_INIT;
    omadm_input input = OMADM_INPUT_INIT;
    omadm_options options = OMADM_OPTIONS_INIT;
    if (message_file == NULL) {
        message_file = read_file("package2.syncml.xml", &message_len);
        client_file = read_file("package1.syncml.wbxml", &client_len);
        notification_file = read_file("notification.bin", &notification_len);
        push_file = read_file("push.bin", &push_len);
        tree_file = read_file("phone.tnds.xml", &tree_len);
        tree_message_file = read_file("results-e1.syncml.wbxml", &tree_message_len);
    }
    memset(&the, 0, sizeof the);
    REQUIRE(omadm_message_decode(message_file, message_len, NULL, &the.message, &error) == OMADM_OK);
    REQUIRE(omadm_message_decode(tree_message_file, tree_message_len, NULL, &the.tree_message, &error) == OMADM_OK);
    REQUIRE(omadm_message_decode((const uint8_t *)ALERTS, strlen(ALERTS), NULL, &the.alert_message, &error) == OMADM_OK);
    REQUIRE(omadm_reader_open(message_file, message_len, NULL, &the.reader, &error) == OMADM_OK);
    REQUIRE(omadm_feeder_new(NULL, &the.feeder, &error) == OMADM_OK);
    REQUIRE(omadm_feeder_feed(the.feeder, message_file, message_len, &error) == OMADM_OK);
    REQUIRE(omadm_builder_new("1", 1, "1", 1, "d", 1, "s", 1, &the.builder, &error) == OMADM_OK);
    for (;; the.tree_command++) {
        omadm_tree *tree;
        if (omadm_tree_of_item(the.tree_message, the.tree_command, 0, NULL, &tree, NULL) != OMADM_OK)
            continue;
        omadm_tree_free(tree);
        break;
    }
    REQUIRE(omadm_tree_decode(tree_file, tree_len, NULL, &the.tree, &error) == OMADM_OK);
    REQUIRE(omadm_tree_summary(the.tree, NULL, &the.root, &error) == OMADM_OK);
    REQUIRE(omadm_tree_get(the.tree, "./DevInfo/Mod", OMADM_NUL, &the.leaf, &error) == OMADM_OK);
    REQUIRE(omadm_tree_arrow(the.tree, OMADM_NO_NODE, NULL, &the.columns_schema, &the.columns, &error) == OMADM_OK);
    REQUIRE(omadm_options_init(&options, &error) == OMADM_OK);
    new_cred.data.form = OMADM_DATA_OPAQUE;
    new_command.kind = OMADM_CMD_GET;
    the.convert_options_right = convert_options;
    the.new_meta_right = new_meta;
    the.new_cred_right = new_cred;
    the.new_command_right = new_command;
    the.new_item_right = new_item;
    nodes[0] = the.root;
    nodes[1] = the.leaf;
    the.nodes = nodes;
    the.options_right = options;
    input.data = the.data = message_file;
    input.len = the.len = message_len;
    the.input = message_file;
    the.input_len = message_len;
    the.input_right = the.tree_input = input;
    REQUIRE(omadm_splitter_new(&input, OMADM_DATA_TEXT, OMADM_NONE, &the.splitter, &error) == OMADM_OK);
    REQUIRE(omadm_joiner_new(OMADM_NONE, NULL, &the.joiner, &error) == OMADM_OK);
    the.tree_input.data = tree_file;
    the.tree_input.len = tree_len;
    the.error_right = error;
    the.error_right.message = "wrong";
    the.command = 3;
    the.command_with_meta = 6;
    the.command_with_item_meta = 4;
    the.uri = "./DevInfo/Mod";
    setup_trees();
    setup_authentication();
    setup_notification();
    setup_push();
    setup_provisional();
    setup_rest();
}

static void teardown(void) {
    the.columns_schema.release(&the.columns_schema);
    the.columns.release(&the.columns);
    omadm_message_free(the.message);
    omadm_message_free(the.tree_message);
    omadm_message_free(the.alert_message);
    omadm_reader_free(the.reader);
    omadm_feeder_free(the.feeder);
    omadm_builder_free(the.builder);
    omadm_splitter_free(the.splitter);
    omadm_joiner_free(the.joiner);
    omadm_message_free(the.basic_message);
    omadm_sms_joiner_free(the.sms_joiner);
    omadm_unstable_notification_free(the.unstable_notification);
    omadm_message_free(the.client_message);
    omadm_tree_free(the.tree);
    omadm_tree_free(the.other);
    omadm_diff_free(the.diff);
    omadm_results_free(the.results);
    omadm_findings_free(the.findings);
    omadm_check_free(the.check);
    omadm_schema_free(the.schema);
    omadm_package_free(the.package);
    omadm_provisioning_free(the.provisioning);
}

static void right(const char *what, omadm_rc rc, omadm_rc expected, const omadm_error *error) {
    if (rc == expected)
        checks_passed++;
    else {
        checks_failed++;
        fprintf(stderr, "%s: returns %" PRIu32 " (%s), not %" PRIu32 "\n", what, rc, error->message ? error->message : "", expected);
    }
}

/* The code, and in the error the code and the parameter. */
static void wrong(const char *what, omadm_rc rc, omadm_rc expected, const omadm_error *error, const char *subject) {
    right(what, rc, expected, error);
    if (error->code == expected && (subject == NULL || is_text(error->subject, subject)))
        checks_passed++;
    else {
        checks_failed++;
        fprintf(stderr, "%s: the error says %" PRIu32 " of \"%.*s\", not %" PRIu32 " of \"%s\"\n", what, error->code,
                (int)error->subject.len, error->subject.ptr ? error->subject.ptr : "", expected, subject ? subject : "");
    }
}

/* Refused without a word. */
static inline void untold(const char *what, omadm_rc rc, omadm_rc expected, const omadm_error *error) {
    if (rc == expected && error->code == 0 && error->message == NULL)
        checks_passed++;
    else {
        checks_failed++;
        fprintf(stderr, "%s: returns %" PRIu32 ", not %" PRIu32 ", or has written to the error\n", what, rc, expected);
    }
}

/* What is wrong with the input, and where; not with the call. */
static inline void refused(const char *what, omadm_rc rc, const omadm_error *error) {
    if (rc > 100 && error->code == rc && error->offset != OMADM_NONE)
        checks_passed++;
    else {
        checks_failed++;
        fprintf(stderr, "%s: returns %" PRIu32 ", not that the input is wrong\n", what, rc);
    }
}

/* An output that a wrong call has left as it was, but for its struct_size, which the caller sets. */
static void untouched(const char *what, const void *output, size_t size, size_t skip) {
    const unsigned char *octets = (const unsigned char *)output;
    size_t at;
    for (at = skip; at < size; at++)
        if (octets[at] != 0xA5) {
            checks_failed++;
            fprintf(stderr, "%s: octet %zu of an output was written\n", what, at);
            return;
        }
    checks_passed++;
}
