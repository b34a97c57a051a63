/* Package #0: the vectors of wire.md, 13.5, and notification.md, 6. */
#include "check.h"

static const uint8_t COUNTING[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static const uint8_t ZEROS[4] = {0, 0, 0, 0};

static omadm_str str(const char *text) {
    omadm_str lent;
    lent.ptr = text;
    lent.len = OMADM_NUL;
    return lent;
}

static omadm_server_credentials of(const char *secret, const uint8_t *nonce, size_t nonce_len) {
    omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
    credentials.secret = str(secret);
    credentials.nonce.ptr = nonce;
    credentials.nonce.len = nonce_len;
    return credentials;
}

/* Written by this, it has to be these octets; and these octets have to be believed, by these credentials and no others. */
static void is_vector(const omadm_notification_fields *fields, const omadm_server_credentials *credentials, const char *hex) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_notification_fields claimed = OMADM_NOTIFICATION_FIELDS_INIT;
    omadm_notification notification = OMADM_NOTIFICATION_INIT;
    omadm_server_credentials other = *credentials;
    uint8_t room[128], expected[128];
    size_t length = 0, len = from_hex(hex, expected, sizeof expected), at;

    CHECK(omadm_notification_encode(fields, credentials, room, sizeof room, &length, &error) == OMADM_OK);
    CHECK(length == len && memcmp(room, expected, len) == 0);
    memset(room, 'x', sizeof room);
    length = 0;
    CHECK(omadm_notification_encode(fields, credentials, room, len - 1, &length, &error) == OMADM_BUFFER_TOO_SMALL);
    CHECK(length == len && room[0] == 'x' && room[len - 2] == 'x');
    CHECK(omadm_notification_encode(fields, credentials, NULL, 0, &length, NULL) == OMADM_BUFFER_TOO_SMALL && length == len);

    CHECK(omadm_notification_decode(expected, len, OMADM_MEDIA_DM12, &claimed, &error) == OMADM_OK);
    CHECK(claimed.session_id == fields->session_id && claimed.ui_mode == fields->ui_mode);
    CHECK(claimed.initiator == fields->initiator && claimed.version == 11 && claimed.future_use == 0);
    CHECK(is_text(claimed.server_id, fields->server_id.ptr));
    CHECK(claimed.server_id.ptr == (const char *)expected + 24);

    CHECK(omadm_notification_open(expected, len, OMADM_MEDIA_NONE, credentials, &notification, &error) == OMADM_OK);
    CHECK(notification.session_id == fields->session_id && notification.ui_mode == fields->ui_mode);
    CHECK(notification.digest.ptr == expected && notification.digest.len == 16);
    CHECK(notification.trigger.ptr == expected + 16 && notification.trigger.len == len - 16);
    CHECK(notification.message.ptr == expected && notification.message.len == len);
    CHECK(notification.vendor.len == fields->vendor.len);
    CHECK(fields->vendor.len == 0 || memcmp(notification.vendor.ptr, fields->vendor.ptr, fields->vendor.len) == 0);
    CHECK(notification.by_resync_nonce == 0);

    /* No bit of it can be changed, no credentials neither. */
    memset(&notification, 'x', sizeof notification);
    notification.struct_size = sizeof notification;
    for (at = 0; at < len; at++) {
        omadm_rc rc;
        expected[at] ^= 0x08;
        rc = omadm_notification_open(expected, len, OMADM_MEDIA_DM12, credentials, &notification, &error);
        CHECK(rc == OMADM_REFUSED || rc > 100);
        expected[at] ^= 0x08;
    }
    other.secret = str("another");
    CHECK(omadm_notification_open(expected, len, OMADM_MEDIA_DM12, &other, &notification, &error) == OMADM_REFUSED);
    CHECK(error.code == OMADM_REFUSED && error.offset == OMADM_NONE);
    other = *credentials;
    other.nonce.len = other.nonce.len ? other.nonce.len - 1 : 1;
    other.nonce.ptr = COUNTING;
    CHECK(omadm_notification_open(expected, len, OMADM_MEDIA_DM12, &other, &notification, NULL) == OMADM_REFUSED);
    CHECK(notification.session_id == 0x78787878);
}

static void keeps_to_the_vectors(void) {
    omadm_notification_fields fields = OMADM_NOTIFICATION_FIELDS_INIT;
    omadm_server_credentials credentials = of("srvsecret", COUNTING, 16);
    static const uint8_t dead[2] = {0xDE, 0xAD}, body[2] = {1, 2};

    /* G-P0a, G-P0c */
    fields.ui_mode = OMADM_UI_BACKGROUND;
    fields.initiator = OMADM_INITIATOR_SERVER;
    fields.session_id = 0x1A;
    fields.server_id = str("dm.example.com");
    is_vector(&fields, &credentials, "8d24b9e1ecc475143a3c83ad16172f25 02d8000000001a0e646d2e6578616d706c652e636f6d");
    fields.ui_mode = OMADM_UI_INFORMATIVE;
    fields.session_id = 0xABCD;
    fields.vendor.ptr = dead;
    fields.vendor.len = 2;
    fields.version = 11;
    is_vector(&fields, &credentials, "5a68dfe7b879c33f373dc8bc1899a38d 02e8000000abcd0e646d2e6578616d706c652e636f6ddead");

    /* notification.md, 6: S1, and S3 with an empty nonce */
    credentials = of("secret", (const uint8_t *)"nonce", 5);
    memset(&fields, 0, sizeof fields);
    fields.struct_size = sizeof fields;
    fields.ui_mode = OMADM_UI_BACKGROUND;
    fields.session_id = 0x1234;
    fields.server_id = str("com.mgmtsrv.manage");
    is_vector(&fields, &credentials, "7fc65a24e9d7ad28df2850ac24656fd4 02d0000000 1234 12 636f6d2e6d676d747372762e6d616e616765");
    credentials = of("secret", COUNTING, 0);
    fields.ui_mode = OMADM_UI_USER_INTERACTION;
    fields.initiator = OMADM_INITIATOR_SERVER;
    fields.session_id = 0xFFFF;
    fields.vendor.ptr = body;
    fields.vendor.len = 2;
    is_vector(&fields, &credentials, "3d89237ba48040475f932a8946425568 02f8000000 ffff 12 636f6d2e6d676d747372762e6d616e616765 0102");
}

static void resynchronises_as_the_policy_has_it(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_notification notification = OMADM_NOTIFICATION_INIT;
    omadm_server_credentials credentials = of("srvsecret", COUNTING, 16);
    uint8_t octets[64], a1[OMADM_DIGEST_SIZE];
    /* G-P0b */
    size_t len = from_hex("7c0e5537e9ed1779f0d8935d1da92fe8 02d8000000001a0e646d2e6578616d706c652e636f6d", octets, sizeof octets);

    CHECK(omadm_notification_open(octets, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_REFUSED);
    credentials.resync = OMADM_RESYNC_ALLOW;
    CHECK(omadm_notification_open(octets, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_OK);
    CHECK(notification.by_resync_nonce == 1 && notification.prompt == OMADM_PROMPT_NOTHING);

    /* The same with what is stored, with the name in place of the server identifier, and with another name. */
    credentials.secret.ptr = NULL;
    credentials.secret.len = 0;
    credentials.a1 = a1;
    REQUIRE(omadm_a1("dm.example.com", OMADM_NUL, "srvsecret", OMADM_NUL, a1, NULL) == OMADM_OK);
    CHECK(omadm_notification_open(octets, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_OK);
    credentials = of("srvsecret", ZEROS, 4);
    credentials.name = str("dm.example.com");
    CHECK(omadm_notification_open(octets, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_OK);
    CHECK(notification.by_resync_nonce == 0);
    credentials.name = str("dm.example.org");
    CHECK(omadm_notification_open(octets, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_REFUSED);
}

static void refuses_credentials_that_are_not_complete(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_notification notification = OMADM_NOTIFICATION_INIT;
    omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
    size_t len;
    unsigned char *data = read_file("notification.bin", &len);

    /* Forgotten is not empty. */
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_E_NULL);
    CHECK(is_text(error.subject, "credentials"));
    credentials.secret = str("srvsecret");
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_E_NULL);
    credentials = of("srvsecret", COUNTING, 16);
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_OK);
    credentials.a1 = COUNTING; /* Which of the two? */
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_E_ARGUMENT);
    credentials.a1 = NULL;
    credentials.resync = 2;
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_E_ARGUMENT);
    credentials.resync = 0;

    /* tests/data/README.md: informative, server-initiated, session 001A. */
    CHECK(notification.prompt == OMADM_PROMPT_INFORM && notification.ui_mode == OMADM_UI_INFORMATIVE);
    CHECK(notification.initiator == OMADM_INITIATOR_SERVER && notification.session_id == 0x1A);
    CHECK(is_text(notification.server_id, "dm.example.com") && notification.vendor.len == 0);

    CHECK(omadm_notification_open(data, len, 0x45, &credentials, &notification, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM13, &credentials, &notification, &error) ==
          OMADM_E_NOTIFICATION_LAYOUT);
    CHECK(omadm_notification_open(data, 23, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_E_UNEXPECTED_END);
    CHECK(error.offset == 23);
    CHECK(omadm_notification_open(data, len - 1, OMADM_MEDIA_DM12, &credentials, &notification, &error) ==
          OMADM_E_NOTIFICATION_SERVER_ID);
    CHECK(error.offset == 23);
    data[30] = 0xFF;
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_E_INVALID_UTF8);
    CHECK(error.offset == 30);
    data[16] = 0;
    CHECK(omadm_notification_open(data, len, OMADM_MEDIA_DM12, &credentials, &notification, &error) == OMADM_E_NOTIFICATION_VERSION);
    free(data);
}

static void refuses_fields_that_no_notification_has(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_notification_fields right = OMADM_NOTIFICATION_FIELDS_INIT, fields;
    omadm_server_credentials credentials = of("s", ZEROS, 4);
    uint8_t room[512];
    char long_name[256];
    size_t length = 77;

    right.session_id = 1;
    right.server_id = str("a");
    memset(room, 'x', sizeof room);
    memset(long_name, 'a', sizeof long_name);
    fields = right;
    fields.session_id = 0;
    CHECK(omadm_notification_encode(&fields, &credentials, room, sizeof room, &length, &error) == OMADM_E_NOTIFICATION_FIELD);
    CHECK(error.offset == 21);
    fields.session_id = 0x10000;
    CHECK(omadm_notification_encode(&fields, &credentials, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    fields = right;
    fields.future_use = 1u << 27;
    CHECK(omadm_notification_encode(&fields, &credentials, room, sizeof room, &length, &error) == OMADM_E_NOTIFICATION_FIELD);
    CHECK(error.offset == 17);
    fields = right;
    fields.server_id.ptr = long_name;
    fields.server_id.len = sizeof long_name;
    CHECK(omadm_notification_encode(&fields, &credentials, room, sizeof room, &length, &error) ==
          OMADM_E_NOTIFICATION_SERVER_ID_LENGTH);
    fields = right;
    fields.ui_mode = 4;
    CHECK(omadm_notification_encode(&fields, &credentials, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    fields = right;
    fields.initiator = 2;
    CHECK(omadm_notification_encode(&fields, &credentials, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    fields = right;
    fields.version = 9;
    CHECK(omadm_notification_encode(&fields, &credentials, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "fields"));
    CHECK(length == 77 && room[0] == 'x');
    CHECK(omadm_notification_encode(&right, &credentials, room, sizeof room, &length, &error) == OMADM_OK && length == 25);
}

static void reads_data_synchronisation(void) {
    /* R6: a message of the field. */
    static const char hex[] = "0179ab671b68f26698269b4ca78222ad 03180000000000125043205375697465204461746120 53796e63 106000000008 436f6e7461637473";
    omadm_error error = OMADM_ERROR_INIT;
    omadm_notification notification = OMADM_NOTIFICATION_INIT;
    omadm_server_credentials credentials = of("", ZEROS, 0);
    omadm_sync_alert alerts[2];
    uint8_t octets[64];
    size_t len = from_hex(hex, octets, sizeof octets), written = 77;

    CHECK(omadm_notification_open(octets, len, OMADM_MEDIA_DATA_SYNC, &credentials, &notification, &error) == OMADM_OK);
    CHECK(notification.version == 12 && notification.session_id == 0 && notification.vendor.len == 0);
    CHECK(is_text(notification.server_id, "PC Suite Data Sync"));
    CHECK(omadm_notification_sync_alerts(&notification, 0, alerts, sizeof alerts[0], 2, &written, &error) == OMADM_OK);
    CHECK(written == 1 && alerts[0].code == 206 && alerts[0].content_type == 0 && is_text(alerts[0].uri, "Contacts"));
    CHECK(omadm_notification_sync_alerts(&notification, 1, alerts, sizeof alerts[0], 2, &written, &error) == OMADM_OK);
    CHECK(written == 0);
    credentials.secret = str("x");
    CHECK(omadm_notification_open(octets, len, OMADM_MEDIA_DATA_SYNC, &credentials, &notification, &error) == OMADM_REFUSED);
    credentials.secret = str("");
    CHECK(omadm_notification_open(octets, len - 1, OMADM_MEDIA_DATA_SYNC, &credentials, &notification, &error) ==
          OMADM_E_NOTIFICATION_SYNC);
}

static void spells_session_ids(void) {
    omadm_error error = OMADM_ERROR_INIT;
    char text[8];
    size_t length;

    CHECK(omadm_session_id_text(0x1A, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "1A") == 0 && length == 2);
    CHECK(omadm_session_id_text(0xFFFF, text, 5, &length, &error) == OMADM_OK && strcmp(text, "FFFF") == 0);
    CHECK(omadm_session_id_text(0, text, 5, &length, &error) == OMADM_OK && strcmp(text, "0") == 0);
    CHECK(omadm_session_id_text(0x1234, text, 4, &length, &error) == OMADM_BUFFER_TOO_SMALL && length == 4);
    CHECK(omadm_session_id_text(0x10000, text, 8, &length, &error) == OMADM_E_ARGUMENT);
}

int main(void) {
    CHECK(sizeof(omadm_notification) == (sizeof(void *) == 8 ? 112 : 72));
    CHECK(sizeof(omadm_notification_fields) == (sizeof(void *) == 8 ? 56 : 40));
    CHECK(sizeof(omadm_server_credentials) == (sizeof(void *) == 8 ? 64 : 36));
    keeps_to_the_vectors();
    resynchronises_as_the_policy_has_it();
    refuses_credentials_that_are_not_complete();
    refuses_fields_that_no_notification_has();
    reads_data_synchronisation();
    spells_session_ids();
    return outcome();
}
