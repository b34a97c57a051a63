/* Session hints, expiry and DM 1.3: the vectors of provisional.md, 1.6, 2 and 3.1. */
#include "check.h"

static const uint8_t COUNTING[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

#define P2                                                                                                                   \
    "c34254480193cd5524520bc3a2d3b36a02f8000000001a0e646d2e6578616d706c652e636f6d" H2
#define H2                                                                                                                   \
    "d64881a101046b36ec7f02264e6575652042726f777365722d45696e7374656c6c756e67656e3a207a757374696d6d656e3f03026465"           \
    "0402020105020201060203020702002c080a4578742f494d45495356090201030a04002700360b2275726e3a6f6d613a6d6f3a6f6d612d646d2d"   \
    "626f6f7473747261706366673a312e300c020027"
#define E1                                                                                                                   \
    "010609c4af8794046b36ec7f68734190d7b147ee496a60ebadfa7c1302d8000000001a0e646d2e6578616d706c652e636f6dd64807a101046b36ec7f"
#define N0 "0358001a01100e646d2e6578616d706c652e636f6de02fe108c2b77cc16f87b42fbcee76c9"
#define N2                                                                                                                   \
    "0378001a08100e646d2e6578616d706c652e636f6d20012730010f300136400102400101501742726f777365722073657474696e677320757064617465" \
    "6018444d483a6f514545617a6273667759434177494841674173f94ede58d74e79986e732aa3f02fd18b"

static omadm_str str(const char *text) {
    omadm_str lent;
    lent.ptr = text;
    lent.len = OMADM_NUL;
    return lent;
}

static omadm_server_credentials of(const char *secret) {
    omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
    credentials.secret = str(secret);
    credentials.nonce.ptr = COUNTING;
    credentials.nonce.len = sizeof COUNTING;
    return credentials;
}

static omadm_push_payload payload_of(const uint8_t *octets, size_t len, uint32_t media_type) {
    omadm_push_payload payload = OMADM_PUSH_PAYLOAD_INIT;
    payload.body.ptr = octets;
    payload.body.len = len;
    payload.media_type = media_type;
    return payload;
}

static omadm_unstable_value number(uint32_t subject, uint64_t value) {
    omadm_unstable_value made = OMADM_UNSTABLE_VALUE_INIT;
    made.subject = subject;
    made.number = value;
    return made;
}

static omadm_unstable_value text(uint32_t subject, const char *value) {
    omadm_unstable_value made = OMADM_UNSTABLE_VALUE_INIT;
    made.subject = subject;
    made.text = str(value);
    return made;
}

static int is_number(const omadm_unstable_value *value, uint32_t subject, uint64_t expected) {
    return value->subject == subject && value->form == OMADM_UNSTABLE_FORM_NUMBER && value->number == expected && value->text.ptr == NULL;
}

static int says(const omadm_unstable_value *value, uint32_t subject, const char *expected) {
    return value->subject == subject && value->form == OMADM_UNSTABLE_FORM_TEXT && is_text(value->text, expected);
}

static void reads_and_writes_hints(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_server_credentials credentials = of("srvsecret");
    omadm_unstable_notification *notification = NULL;
    omadm_notification summary = OMADM_NOTIFICATION_INIT;
    omadm_unstable_value values[24];
    omadm_push_payload payload;
    omadm_str reason, language;
    omadm_bytes rest;
    uint8_t octets[256], room[256];
    size_t len = from_hex(P2, octets, sizeof octets), written, length, at;
    uint32_t version = 77, kind;
    uint64_t expires;

    payload = payload_of(octets, len, OMADM_MEDIA_DM12);
    REQUIRE(omadm_unstable_notification_open(&payload, OMADM_UNSTABLE_LAYOUT_NONE, &credentials, &notification, &error) == OMADM_OK);
    memset(octets, 0, sizeof octets); /* It was copied. */
    CHECK(omadm_unstable_notification_summary(notification, &summary, &error) == OMADM_OK);
    CHECK(summary.prompt == OMADM_PROMPT_CONFIRM && summary.session_id == 0x1A && is_text(summary.server_id, "dm.example.com"));
    CHECK(summary.message.len == len && summary.trigger.len == len - 16);
    CHECK(omadm_unstable_notification_reason(notification, &reason, &language, &error) == OMADM_OK);
    CHECK(is_text(reason, "Neue Browser-Einstellungen: zustimmen?") && is_text(language, "de"));
    CHECK(omadm_unstable_notification_reason(notification, &reason, NULL, NULL) == OMADM_OK);
    CHECK(omadm_unstable_notification_check_hints(notification, &version, &rest, &error) == OMADM_OK);
    CHECK(version == 1 && rest.len == 0);

    CHECK(omadm_unstable_notification_hints(notification, 0, values, sizeof values[0], 24, &written, &error) == OMADM_OK);
    REQUIRE(written == 16);
    CHECK(is_number(values, OMADM_UNSTABLE_HINT_EXPIRES, 1798761599));
    CHECK(says(values + 1, OMADM_UNSTABLE_HINT_REASON, "Neue Browser-Einstellungen: zustimmen?"));
    CHECK(says(values + 2, OMADM_UNSTABLE_HINT_REASON_LANGUAGE, "de"));
    CHECK(is_number(values + 3, OMADM_UNSTABLE_HINT_TRANSPORT, 2) && is_number(values + 4, OMADM_UNSTABLE_HINT_TRANSPORT, 1));
    CHECK(is_number(values + 5, OMADM_UNSTABLE_HINT_BEARER, 2) && is_number(values + 6, OMADM_UNSTABLE_HINT_BEARER, 1));
    CHECK(is_number(values + 7, OMADM_UNSTABLE_HINT_AUTH, 3) && is_number(values + 8, OMADM_UNSTABLE_HINT_AUTH, 2));
    CHECK(is_number(values + 9, OMADM_UNSTABLE_HINT_DEV_DETAIL, 4 + 8 + 32));
    CHECK(says(values + 10, OMADM_UNSTABLE_HINT_DEV_DETAIL_PATH, "Ext/IMEISV"));
    CHECK(is_number(values + 11, OMADM_UNSTABLE_HINT_PROTO, 0x0103));
    CHECK(is_number(values + 12, OMADM_UNSTABLE_HINT_WANT_MO, 0x27) && is_number(values + 13, OMADM_UNSTABLE_HINT_WANT_MO, 0x36));
    CHECK(says(values + 14, OMADM_UNSTABLE_HINT_WANT_MO_ID, "urn:oma:mo:oma-dm-bootstrapcfg:1.0"));
    CHECK(is_number(values + 15, OMADM_UNSTABLE_HINT_ABOUT_MO, 0x27));

    /* Written again they are what they were. */
    len = from_hex(H2, octets, sizeof octets);
    CHECK(omadm_unstable_hints_encode(values, sizeof values[0], written, room, sizeof room, &length, &error) == OMADM_OK);
    CHECK(length == len && memcmp(room, octets, len) == 0);
    CHECK(omadm_unstable_hints_encode(values, sizeof values[0], written, room, len - 1, &length, &error) == OMADM_BUFFER_TOO_SMALL);
    CHECK(omadm_unstable_hints_encode_text(values, sizeof values[0], written, (char *)room, sizeof room, &length, &error) ==
          OMADM_E_HINT_IS_OPTION);
    CHECK(omadm_unstable_hints_encode(values + 2, sizeof values[0], 1, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    values[0] = number(OMADM_UNSTABLE_HINT_EXPIRES, (uint64_t)1 << 32);
    CHECK(omadm_unstable_hints_encode(values, sizeof values[0], 1, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    /* Forms and members that nothing has a meaning for. */
    values[0] = number(OMADM_UNSTABLE_HINT_EXPIRES, 1);
    values[0].form = 99;
    CHECK(omadm_unstable_hints_encode(values, sizeof values[0], 1, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    values[0].form = 0;
    CHECK(omadm_unstable_hints_encode(values, sizeof values[0], 1, room, sizeof room, &length, &error) == OMADM_OK);
    values[0].reserved = 1;
    CHECK(omadm_unstable_hints_encode(values, sizeof values[0], 1, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    values[0] = number(OMADM_UNSTABLE_HINT_EXPIRES, 0);
    CHECK(omadm_unstable_hints_encode(values, sizeof values[0], 1, room, sizeof room, &length, &error) == OMADM_E_HINT_VALUE);
    /* T1 */
    values[0] = number(OMADM_UNSTABLE_HINT_EXPIRES, 1798761599);
    values[1] = number(OMADM_UNSTABLE_HINT_AUTH, 3);
    values[2] = number(OMADM_UNSTABLE_HINT_AUTH, 2);
    values[3] = number(OMADM_UNSTABLE_HINT_DEV_DETAIL, 4 + 8 + 32);
    CHECK(omadm_unstable_hints_encode_text(values, sizeof values[0], 4, (char *)room, sizeof room, &length, &error) == OMADM_OK);
    CHECK(strcmp((char *)room, "DMH:oQEEazbsfwYCAwIHAgAs") == 0 && length == 24);

    /* The second that is named is the last that is valid. */
    CHECK(omadm_unstable_notification_expires(notification, &kind, &expires, &error) == OMADM_OK);
    CHECK(kind == OMADM_EXPIRES_AT && expires == 1798761599);
    CHECK(omadm_unstable_notification_expiry(notification, 1798761599, 0, &kind, &error) == OMADM_OK && kind == OMADM_UNSTABLE_EXPIRY_VALID);
    CHECK(omadm_unstable_notification_expiry(notification, 1798761600, 0, &kind, &error) == OMADM_OK && kind == OMADM_UNSTABLE_EXPIRY_EXPIRED);
    CHECK(omadm_unstable_notification_expiry(notification, 1798761600, 1, &kind, &error) == OMADM_OK && kind == OMADM_UNSTABLE_EXPIRY_VALID);
    CHECK(omadm_unstable_notification_expiry(notification, OMADM_NONE, 0, &kind, &error) == OMADM_OK && kind == OMADM_UNSTABLE_EXPIRY_UNKNOWN);
    CHECK(omadm_unstable_notification_options(notification, 0, values, sizeof values[0], 24, &written, &error) == OMADM_OK && written == 0);
    for (at = 0; at < 2; at++)
        omadm_unstable_notification_free(at ? NULL : notification);
}

static void takes_the_earliest_expiry(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_server_credentials credentials = of("srvsecret");
    omadm_unstable_notification *notification = NULL;
    omadm_push_payload payload = OMADM_PUSH_PAYLOAD_INIT;
    uint8_t octets[128];
    size_t len = from_hex(E1, octets, sizeof octets), index;
    /* What the carrier says, and what comes of it with a hint of 1798761599. */
    static const uint64_t CASES[6][4] = {
        {OMADM_EXPIRES_NEVER, OMADM_NONE, OMADM_EXPIRES_AT, 1798761599}, {OMADM_EXPIRES_AT, 5, OMADM_EXPIRES_AT, 5},
        {OMADM_EXPIRES_AT, 1798761600, OMADM_EXPIRES_AT, 1798761599},    {OMADM_EXPIRES_PASSED, OMADM_NONE, OMADM_EXPIRES_PASSED, OMADM_NONE},
        {OMADM_EXPIRES_UNKNOWN, OMADM_NONE, OMADM_EXPIRES_AT, 1798761599}, {7, 0, 0, 0},
    };

    REQUIRE(omadm_wsp_payload(octets, len, &payload, &error) == OMADM_OK);
    CHECK(payload.expiry == OMADM_EXPIRES_AT && payload.expires == 1798761599);
    for (index = 0; index < 6; index++) {
        uint32_t kind = 77;
        uint64_t expires = 77;
        omadm_rc rc;
        payload.expiry = (uint32_t)CASES[index][0];
        payload.expires = CASES[index][1];
        rc = omadm_unstable_notification_open(&payload, 0, &credentials, &notification, &error);
        if (index == 5) {
            CHECK(rc == OMADM_E_ARGUMENT);
            continue;
        }
        REQUIRE(rc == OMADM_OK);
        CHECK(omadm_unstable_notification_expires(notification, &kind, &expires, &error) == OMADM_OK);
        CHECK(kind == CASES[index][2] && expires == CASES[index][3]);
        omadm_unstable_notification_free(notification);
    }
}

static void broken_hints_are_none(void) {
    static const struct {
        const char *hex;
        omadm_rc code;
        uint64_t offset;
    } CASES[] = {
        {"d64809a101046b36ec7f", OMADM_E_HINT_SEGMENT, 2}, {"d64805a102800161", OMADM_E_HINT_LENGTH, 5},
        {"d6480da101046b36ec7f01046b36ec7f", OMADM_E_HINT_REPEATED, 10}, {"d6480ba10402020101046b36ec7f", OMADM_E_HINT_ORDER, 8},
        {"d64806a101036b36ec", OMADM_E_HINT_VALUE, 5}, {"d64807a101056b36ec7f", OMADM_E_HINT_END, 5},
        {"d64804a10201ff", OMADM_E_INVALID_UTF8, 6}, {"d64805a103026465", OMADM_E_HINT_LANGUAGE, 4},
        {"d64803a1ff00", OMADM_E_HINT_TYPE, 4}, {"31303130313031", OMADM_OK, 0}, {"d6480ba101046b36ec7f4202cafe0102", OMADM_OK, 0},
    };
    omadm_error error = OMADM_ERROR_INIT;
    omadm_server_credentials credentials = of("srvsecret");
    omadm_notification_fields fields = OMADM_NOTIFICATION_FIELDS_INIT;
    size_t index;

    fields.session_id = 1;
    fields.server_id = str("a");
    for (index = 0; index < sizeof CASES / sizeof CASES[0]; index++) {
        uint8_t vendor[32], octets[64];
        omadm_unstable_notification *notification = NULL;
        omadm_unstable_value values[4];
        omadm_push_payload payload;
        omadm_bytes rest;
        uint32_t version = 77;
        size_t length, written;
        rest.ptr = NULL;
        rest.len = 77;
        fields.vendor.ptr = vendor;
        fields.vendor.len = from_hex(CASES[index].hex, vendor, sizeof vendor);
        REQUIRE(omadm_notification_encode(&fields, &credentials, octets, sizeof octets, &length, &error) == OMADM_OK);
        payload = payload_of(octets, length, OMADM_MEDIA_NONE);
        REQUIRE(omadm_unstable_notification_open(&payload, 0, &credentials, &notification, &error) == OMADM_OK);
        CHECK(omadm_unstable_notification_check_hints(notification, &version, &rest, &error) == CASES[index].code);
        CHECK(omadm_unstable_notification_hints(notification, 0, values, sizeof values[0], 4, &written, NULL) == OMADM_OK);
        if (CASES[index].code != OMADM_OK) {
            /* In the notification: 24 octets and the identifier before the vendor's. */
            CHECK(error.offset == CASES[index].offset + 25 && version == 77 && rest.len == 77 && written == 0);
        } else if (index == 9) {
            CHECK(version == 0 && is_octets(rest, "1010101") && written == 0);
        } else {
            CHECK(version == 1 && is_octets(rest, "\1\2") && written == 2);
            CHECK(values[1].subject == 0x42 && values[1].form == OMADM_UNSTABLE_FORM_OCTETS && is_octets(values[1].octets, "\xCA\xFE"));
        }
        omadm_unstable_notification_free(notification);
    }
}

static void keeps_to_the_reconstructed_layout(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_server_credentials credentials = of("srvsecret"), others = of("other");
    omadm_unstable_notification *notification = NULL;
    omadm_notification_fields fields = OMADM_NOTIFICATION_FIELDS_INIT, claimed = OMADM_NOTIFICATION_FIELDS_INIT;
    omadm_notification summary = OMADM_NOTIFICATION_INIT;
    omadm_unstable_value values[8], read[12];
    omadm_push_payload payload;
    omadm_str reason, language;
    uint8_t octets[128], room[128];
    size_t len = from_hex(N0, octets, sizeof octets), length, written;

    fields.ui_mode = OMADM_UI_BACKGROUND;
    fields.initiator = OMADM_INITIATOR_SERVER;
    fields.session_id = 0x1A;
    values[0] = text(OMADM_UNSTABLE_OPTION_SERVER_ID, "dm.example.com");
    CHECK(omadm_unstable_notification13_encode(OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, &fields, values, sizeof values[0], 1, &credentials, room,
                                               sizeof room, &length, &error) == OMADM_OK);
    CHECK(length == len && memcmp(room, octets, len) == 0);
    CHECK(omadm_unstable_notification13_encode(OMADM_UNSTABLE_LAYOUT_NONE, &fields, values, sizeof values[0], 1, &credentials, room,
                                               sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_unstable_notification13_encode(OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, &fields, NULL, 0, 0, &credentials, room, sizeof room,
                                               &length, &error) == OMADM_E_NOTIFICATION_OPTION_MISSING);
    payload = payload_of(octets, len, OMADM_MEDIA_DM13);
    CHECK(omadm_unstable_notification_open(&payload, OMADM_UNSTABLE_LAYOUT_NONE, &credentials, &notification, &error) ==
          OMADM_E_NOTIFICATION_LAYOUT);
    CHECK(omadm_unstable_notification_open(&payload, 2, &credentials, &notification, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_unstable_notification_open(&payload, OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, &others, &notification, &error) == OMADM_REFUSED);
    CHECK(notification == NULL);
    CHECK(omadm_unstable_notification_decode(&payload, OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, &claimed, &error) == OMADM_OK);
    CHECK(claimed.version == 13 && claimed.session_id == 0x1A && is_text(claimed.server_id, "dm.example.com"));

    /* N2 */
    len = from_hex(N2, octets, sizeof octets);
    fields.ui_mode = OMADM_UI_USER_INTERACTION;
    values[1] = number(OMADM_UNSTABLE_OPTION_TARGETED_MO, 0x27);
    values[2] = number(OMADM_UNSTABLE_OPTION_REQUESTED_MO, 0x0F);
    values[3] = number(OMADM_UNSTABLE_OPTION_REQUESTED_MO, 0x36);
    values[4] = number(OMADM_UNSTABLE_OPTION_PREFERRED_BEARER, 2);
    values[5] = number(OMADM_UNSTABLE_OPTION_PREFERRED_BEARER, 1);
    values[6] = text(OMADM_UNSTABLE_OPTION_CONNECT_REASON, "Browser settings update");
    values[7] = text(OMADM_UNSTABLE_OPTION_VENDOR_INFO, "DMH:oQEEazbsfwYCAwIHAgAs");
    CHECK(omadm_unstable_notification13_encode(OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, &fields, values, sizeof values[0], 8, &credentials, room,
                                               sizeof room, &length, &error) == OMADM_OK);
    CHECK(length == len && memcmp(room, octets, len) == 0);
    payload = payload_of(octets, len, OMADM_MEDIA_DM13);
    REQUIRE(omadm_unstable_notification_open(&payload, OMADM_UNSTABLE_LAYOUT_RECONSTRUCTED, &credentials, &notification, &error) == OMADM_OK);
    CHECK(omadm_unstable_notification_summary(notification, &summary, &error) == OMADM_OK);
    CHECK(summary.prompt == OMADM_PROMPT_CONFIRM && summary.version == 13 && summary.trigger.ptr == NULL && summary.message.len == len);
    CHECK(omadm_unstable_notification_options(notification, 0, read, sizeof read[0], 12, &written, &error) == OMADM_OK);
    REQUIRE(written == 8);
    CHECK(says(read, 1, "dm.example.com") && is_number(read + 1, 2, 0x27) && is_number(read + 3, 3, 0x36) && is_number(read + 4, 4, 2));
    CHECK(says(read + 6, 5, "Browser settings update") && says(read + 7, 6, "DMH:oQEEazbsfwYCAwIHAgAs"));
    CHECK(omadm_unstable_notification_reason(notification, &reason, &language, &error) == OMADM_OK);
    CHECK(is_text(reason, "Browser settings update") && language.ptr == NULL);
    /* Hints of the text, and options in the place of others. */
    CHECK(omadm_unstable_notification_hints(notification, 0, read, sizeof read[0], 12, &written, &error) == OMADM_OK);
    CHECK(written == 10 && is_number(read, 1, 1798761599) && is_number(read + 2, OMADM_UNSTABLE_HINT_BEARER, 2));
    CHECK(omadm_unstable_notification_hints(notification, 9, read, sizeof read[0], 12, &written, &error) == OMADM_OK);
    CHECK(written == 1 && is_number(read, OMADM_UNSTABLE_HINT_ABOUT_MO, 0x27));
    omadm_unstable_notification_free(notification);
}

static void knows_the_registry(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_str identifier;
    uint32_t index = 77;

    CHECK(omadm_unstable_mo_identifier(0x27, &identifier, &error) == OMADM_OK && is_text(identifier, "urn:oma:mo:oma-fumo:1.0"));
    CHECK(omadm_unstable_mo_identifier(0xFFFE, &identifier, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_unstable_mo_identifier(0x10027, &identifier, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_unstable_mo_index("urn:oma:mo:oma-scomo:1.0", OMADM_NUL, &index, &error) == OMADM_OK && index == 0x36);
    CHECK(omadm_unstable_mo_index("urn:none", OMADM_NUL, &index, &error) == OMADM_NOT_FOUND && index == 0x36);
}

int main(void) {
    CHECK(sizeof(omadm_unstable_value) == (sizeof(void *) == 8 ? 56 : 40));
    reads_and_writes_hints();
    takes_the_earliest_expiry();
    broken_hints_are_none();
    keeps_to_the_reconstructed_layout();
    knows_the_registry();
    return outcome();
}
