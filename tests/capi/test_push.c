/* Carriers: the octets of notification.md, 5.3 and 6, and of wire.md, 6.3; lines of HTTP, SIP and PAP. */
#include "check.h"

static omadm_str str(const char *text) {
    omadm_str lent;
    lent.ptr = text;
    lent.len = OMADM_NUL;
    return lent;
}

static omadm_bytes bytes(const void *ptr, size_t len) {
    omadm_bytes octets;
    octets.ptr = (const uint8_t *)ptr;
    octets.len = len;
    return octets;
}

static omadm_push_fields of(const char *body) {
    omadm_push_fields fields = OMADM_PUSH_FIELDS_INIT;
    fields.content_type = OMADM_MEDIA_DM12;
    fields.transaction_id = 1;
    fields.body = bytes(body, strlen(body));
    return fields;
}

/* From an SMS to a session that may begin. */
static void receives_a_notification(void) {
    static const uint8_t nonce[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    omadm_error error = OMADM_ERROR_INIT;
    omadm_push_payload payload = OMADM_PUSH_PAYLOAD_INIT;
    omadm_push push = OMADM_PUSH_INIT;
    omadm_notification notification = OMADM_NOTIFICATION_INIT;
    omadm_server_credentials credentials = OMADM_SERVER_CREDENTIALS_INIT;
    size_t len;
    unsigned char *data = read_file("push.bin", &len);

    CHECK(omadm_wsp_payload(data, len, &payload, &error) == OMADM_OK);
    CHECK(payload.media_type == OMADM_MEDIA_DM12 && payload.offset == 13 && payload.body.ptr == data + 13);
    CHECK(payload.body.len == len - 13 && payload.expiry == OMADM_EXPIRES_NEVER && payload.expires == OMADM_NONE);
    credentials.secret = str("srvsecret");
    credentials.nonce = bytes(nonce, 16);
    CHECK(omadm_notification_open(payload.body.ptr, payload.body.len, payload.media_type, &credentials, &notification, &error) ==
          OMADM_OK);
    CHECK(notification.session_id == 0x1A);

    CHECK(omadm_wsp_decode(data, len, &push, &error) == OMADM_OK);
    CHECK(push.content_type == 0x44 && push.application_id == 7 && push.destination_port == OMADM_PUSH_PORT);
    CHECK(push.segments == 1 && push.transaction_id == 1 && push.body.ptr == data + 13);
    CHECK(is_text(push.content_type_name, "application/vnd.syncml.notification"));
    CHECK(is_text(push.application_urn, "x-wap-application:syncml.dm"));
    CHECK(push.headers.len == 2 && push.headers.ptr[0] == 0xAF && push.target.ptr == NULL && push.rest.ptr == NULL);

    data[4] = 0x23; /* Another port. */
    payload.media_type = 77;
    CHECK(omadm_wsp_payload(data, len, &payload, &error) == OMADM_E_PUSH_PORT && error.offset == 3);
    CHECK(payload.media_type == 77);
    data[8] = 0x07;
    CHECK(omadm_wsp_decode(data, len, &push, &error) == OMADM_E_PUSH_PDU && error.offset == 8);
    CHECK(omadm_wsp_decode(data, 9, &push, &error) != OMADM_OK);
    free(data);
}

static void reads_what_is_found_in_the_field(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_push_payload payload = OMADM_PUSH_PAYLOAD_INIT;
    omadm_push push = OMADM_PUSH_INIT;
    uint8_t octets[160];
    size_t len;

    /* 6.2 */
    len = from_hex("0605040B84C002 010603C4AF87 98ce7fb3f485d4fff020518f5e87c71b 02c8000000 0001 0f 636f6d2e767a77646d736572766572 31303130313031303130313031", octets, sizeof octets);
    CHECK(omadm_wsp_payload(octets, len, &payload, &error) == OMADM_OK && payload.body.len == 52);
    /* 6.3, behind the header of CDMA, with more headers; as far as it is known. */
    len = from_hex("00010023f00b84 010607c4b4848d9eaf87 a0f2a355d153ec43ff4d56bb8f3f0084 02d8000000 0a", octets, sizeof octets);
    CHECK(omadm_wsp_payload(octets, len, &payload, &error) == OMADM_OK && payload.offset == 17);
    CHECK(omadm_wsp_decode(octets, len, &push, &error) == OMADM_OK && push.destination_port == 2948 && push.headers.len == 6);
    /* The content type in the general form, for the application of LwM2M. */
    len = from_hex("010605 1f01c4 af9a 00", octets, sizeof octets);
    CHECK(omadm_wsp_decode(octets, len, &push, &error) == OMADM_OK && push.content_type == 0x44 && push.application_id == 0x1A);
    CHECK(push.application_urn.ptr == NULL && push.destination_port == OMADM_NO_CODE);
    CHECK(omadm_wsp_payload(octets, len, &payload, &error) == OMADM_E_PUSH_APPLICATION_ID);
    /* A bootstrap document is no notification. */
    len = from_hex("010601 b6 0304", octets, sizeof octets);
    CHECK(omadm_wsp_decode(octets, len, &push, &error) == OMADM_OK && push.content_type == 0x36);
    CHECK(is_text(push.content_type_name, "application/vnd.wap.connectivity-wbxml"));
    CHECK(push.body.len == 2 && push.application_id == OMADM_NO_CODE);
    CHECK(omadm_wsp_payload(octets, len, &payload, &error) == OMADM_E_PUSH_CONTENT_TYPE && error.offset == 3);
    /* DM 1.3 and its application by name. */
    len = from_hex("01061e d8 af 782d7761702d6170706c69636174696f6e3a73796e636d6c2e646d00 55", octets, sizeof octets);
    CHECK(omadm_wsp_payload(octets, len, &payload, &error) == OMADM_OK && payload.media_type == OMADM_MEDIA_DM13);
    CHECK(omadm_wsp_decode(octets, len, &push, &error) == OMADM_OK && push.application_id == 7);
    /* Expires, at 2026-12-31T23:59:59Z. */
    len = from_hex("010609 c4 af87 94046b36ec7f 55", octets, sizeof octets);
    CHECK(omadm_wsp_payload(octets, len, &payload, &error) == OMADM_OK && payload.body.len == 1);
    CHECK(payload.expiry == OMADM_EXPIRES_AT && payload.expires == 1798761599);
}

static void writes_wsp(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_push_fields fields = of("p0");
    uint8_t room[128], expected[128];
    size_t length = 0, len;

    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_OK);
    len = from_hex("010603c4af87 7030", expected, sizeof expected);
    CHECK(length == len && memcmp(room, expected, len) == 0);
    memset(room, 'x', sizeof room);
    CHECK(omadm_wsp_encode(&fields, room, len - 1, &length, &error) == OMADM_BUFFER_TOO_SMALL && length == len && room[0] == 'x');
    fields.expires = 1798761599;
    fields.content_type = OMADM_MEDIA_DATA_SYNC;
    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_OK);
    len = from_hex("010609ceaf8594046b36ec7f 7030", expected, sizeof expected);
    CHECK(length == len && memcmp(room, expected, len) == 0);
    fields.application_urn = str("x-wap-application:syncml.dm");
    fields.expires = 0;
    fields.content_type = 0;
    fields.content_type_name = str("a/b");
    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_OK);
    len = from_hex("010621 612f6200 af 782d7761702d6170706c69636174696f6e3a73796e636d6c2e646d00 7030", expected, sizeof expected);
    CHECK(length == len && memcmp(room, expected, len) == 0);

    length = 77;
    fields.content_type = 0x44;
    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "fields"));
    fields = of("p0");
    fields.reserved = 1;
    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "fields"));
    fields = of("p0");
    fields.transaction_id = 256;
    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    fields = of("p0");
    fields.expires = (uint64_t)1 << 32;
    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    fields = of("p0");
    fields.wsp_headers = bytes("\x94", 1);
    CHECK(omadm_wsp_encode(&fields, room, sizeof room, &length, &error) == OMADM_E_PUSH_HEADERS);
    CHECK(length == 77);
}

static void cuts_and_joins(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_buffer whole = OMADM_BUFFER_INIT;
    omadm_sms_segment segment = OMADM_SMS_SEGMENT_INIT;
    omadm_sms_joiner *joiner = NULL;
    omadm_sms_incomplete incomplete[2];
    omadm_bytes pieces[3];
    uint8_t push[300], segments[4 * OMADM_SMS_SIZE], lengths[4], expected[16];
    size_t count = 0, at, written = 77, forgotten = 77;
    uint64_t lost = 77;

    for (at = 0; at < sizeof push; at++)
        push[at] = (uint8_t)at;
    /* One short message: 133 octets behind the seven of the header. */
    CHECK(omadm_sms_split(push, 133, OMADM_PUSH_PORT, 49154, 0x77, 8, segments, lengths, 1, &count, &error) == OMADM_OK);
    from_hex("0605040b84c002", expected, sizeof expected);
    CHECK(count == 1 && lengths[0] == 140 && memcmp(segments, expected, 7) == 0 && segments[139] == push[132]);
    /* Two of 128 octets and the rest. */
    memset(segments, 'x', sizeof segments);
    CHECK(omadm_sms_split(push, 300, OMADM_PUSH_PORT, 49154, 0x77, 8, segments, lengths, 2, &count, &error) ==
          OMADM_BUFFER_TOO_SMALL);
    CHECK(count == 3 && segments[0] == 'x' && lengths[0] == 140 && is_text(error.subject, "segments"));
    CHECK(omadm_sms_split(push, 300, OMADM_PUSH_PORT, 49154, 0x77, 8, segments, lengths, 4, &count, &error) == OMADM_OK);
    CHECK(count == 3 && lengths[0] == 140 && lengths[1] == 140 && lengths[2] == 12 + 300 - 2 * 128);
    from_hex("0b0003770302 05040b84c002", expected, sizeof expected);
    CHECK(memcmp(segments + OMADM_SMS_SIZE, expected, 12) == 0 && segments[OMADM_SMS_SIZE + 12] == 128);
    CHECK(omadm_sms_split(push, 300, OMADM_PUSH_PORT, 49154, 0x100, 8, segments, lengths, 4, &count, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_sms_split(push, 300, OMADM_PUSH_PORT, 49154, 0x77, 9, segments, lengths, 4, &count, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_sms_split(push, 300, 0x10000, 49154, 0x77, 8, segments, lengths, 4, &count, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "destination_port"));

    CHECK(omadm_sms_segment_decode(segments + OMADM_SMS_SIZE, 140, &segment, &error) == OMADM_OK);
    CHECK(segment.reference == 0x77 && segment.reference_bits == 8 && segment.total == 3 && segment.number == 2);
    CHECK(segment.destination_port == 2948 && segment.source_port == 49154 && segment.data.len == 128);
    CHECK(segment.data.ptr == segments + OMADM_SMS_SIZE + 12);
    CHECK(omadm_sms_segment_decode(segments, 141, &segment, &error) == OMADM_E_PUSH_SEGMENT_SIZE && error.offset == 140);
    CHECK(omadm_sms_segment_decode(segments, 11, &segment, &error) == OMADM_E_PUSH_HEADERS);

    /* In the wrong order, one of them twice, and a sender that never completes anything. */
    REQUIRE(omadm_sms_joiner_new(NULL, &joiner, &error) == OMADM_OK);
    CHECK(omadm_sms_joiner_add(joiner, (const uint8_t *)"x\0y", 3, segments, 140, 3, &whole, &error) == OMADM_END);
    CHECK(omadm_sms_joiner_add(joiner, (const uint8_t *)"me", 2, segments + 2 * OMADM_SMS_SIZE, lengths[2], 5, &whole, &error) ==
          OMADM_END);
    CHECK(omadm_sms_joiner_add(joiner, (const uint8_t *)"me", 2, segments, 140, 6, &whole, &error) == OMADM_END);
    CHECK(omadm_sms_joiner_add(joiner, (const uint8_t *)"me", 2, segments, 140, 7, &whole, &error) == OMADM_END);
    CHECK(whole.data == NULL && error.code == OMADM_END);
    CHECK(omadm_sms_joiner_incomplete(joiner, 0, incomplete, sizeof incomplete[0], 2, &written, &error) == OMADM_OK);
    CHECK(written == 2 && incomplete[0].since == 3 && incomplete[0].missing == 2 && incomplete[0].sender.len == 3);
    CHECK(memcmp(incomplete[0].sender.ptr, "x\0y", 3) == 0);
    CHECK(incomplete[1].total == 3 && incomplete[1].missing == 1 && incomplete[1].first_missing == 2 && incomplete[1].since == 5);
    CHECK(omadm_sms_joiner_add(joiner, (const uint8_t *)"me", 2, segments + OMADM_SMS_SIZE, 140, 8, &whole, &error) == OMADM_OK);
    from_hex("0605040b84c002", expected, sizeof expected);
    REQUIRE(whole.len == 307);
    CHECK(memcmp(whole.data, expected, 7) == 0 && memcmp(whole.data + 7, push, 300) == 0);
    /* One that contradicts what is held. */
    segments[20] ^= 1;
    CHECK(omadm_sms_joiner_add(joiner, (const uint8_t *)"x\0y", 3, segments, 140, 4, &whole, &error) == OMADM_END);
    CHECK(omadm_sms_joiner_lost(joiner, &lost, &error) == OMADM_OK && lost == 1);
    CHECK(omadm_sms_joiner_forget_before(joiner, 4, &forgotten, &error) == OMADM_OK && forgotten == 0);
    CHECK(omadm_sms_joiner_forget_before(joiner, 5, &forgotten, &error) == OMADM_OK && forgotten == 1);
    CHECK(omadm_sms_joiner_forget_before(joiner, 5, NULL, &error) == OMADM_OK);
    segments[20] ^= 1;
    CHECK(omadm_sms_joiner_add(joiner, NULL, 0, segments, 141, 4, &whole, &error) == OMADM_E_PUSH_SEGMENT_SIZE);
    CHECK(whole.len == 307);

    for (at = 0; at < 3; at++)
        pieces[at] = bytes(segments + (2 - at) * OMADM_SMS_SIZE, lengths[2 - at]);
    CHECK(omadm_sms_join(pieces, 3, NULL, &whole, &error) == OMADM_OK && whole.len == 307);
    CHECK(omadm_sms_join(pieces, 2, NULL, &whole, &error) == OMADM_E_PUSH_SEGMENT_MISSING);

    /* CDMA: 140 octets, of which the header takes seven in the first, three in the others, and the layer below identifies the message. */
    CHECK(omadm_cdma_split(push, 300, OMADM_PUSH_PORT, 9200, 140, segments, lengths, 4, &count, &error) == OMADM_OK);
    from_hex("00030023f00b84", expected, sizeof expected);
    CHECK(count == 3 && memcmp(segments, expected, 7) == 0 && lengths[2] == 3 + 300 - 133 - 137);
    CHECK(omadm_cdma_segment_decode(segments + 140, 140, &segment, &error) == OMADM_OK);
    CHECK(segment.total == 3 && segment.number == 1 && segment.destination_port == OMADM_NO_CODE && segment.reference_bits == 0);
    CHECK(segment.data.len == 137 && segment.data.ptr[0] == 133);
    for (at = 0; at < 3; at++)
        CHECK(omadm_sms_joiner_add_cdma(joiner, NULL, 0, 9, segments + 140 * at, lengths[at], 9, &whole, &error) ==
              (at < 2 ? OMADM_END : OMADM_OK));
    CHECK(whole.len == 307 && whole.data[0] == 0 && whole.data[1] == 1 && memcmp(whole.data + 7, push, 300) == 0);
    CHECK(omadm_sms_joiner_add_cdma(joiner, NULL, 0, 0x10000, segments, 140, 9, &whole, &error) == OMADM_E_ARGUMENT);
    CHECK(omadm_cdma_split(push, 300, OMADM_PUSH_PORT, 9200, 7, segments, lengths, 4, &count, &error) == OMADM_E_PUSH_SEGMENT_SIZE);
    CHECK(omadm_cdma_segment_decode(segments, 6, &segment, &error) == OMADM_E_UNEXPECTED_END);

    omadm_buffer_free(&whole);
    omadm_sms_joiner_free(joiner);
    omadm_sms_joiner_free(NULL);
}

static void reads_and_writes_text(void) {
    static const char HTTP[] = "POST /push HTTP/1.1\r\nHost: 198.51.100.7:4035\r\nX-More: yes\r\nContent-Type: application/vnd.syncml.notification\r\n"
                               "X-Wap-Application-Id: x-wap-application:syncml.dm\r\nExpires: Thu, 31 Dec 2026 23:59:59 GMT\r\nContent-Length: 2\r\n\r\np0";
    static const char SIP[] = "MESSAGE sip:+15551230001@home.example SIP/2.0\r\nCSeq: 1 MESSAGE\r\n"
                              "Accept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"\r\nDate: Thu, 31 Dec 2026 12:00:00 GMT\r\nExpires: 43199\r\n"
                              "Content-Type: application/vnd.syncml.notification\r\nContent-Length: 2\r\n\r\np0";
    static const char NO_DATE[] = "MESSAGE sip:a SIP/2.0\r\nAccept-Contact: *;+g.oma.pusheventapp=\"syncml.dm\"\r\nExpires: 60\r\n"
                                  "c: application/vnd.syncml.notification\r\n\r\np0";
    static const char PARTS[] = "Content-Type: application/vnd.syncml.notification\r\nX-Wap-Application-Id: x-wap-application:syncml.dm\r\n";
    omadm_error error = OMADM_ERROR_INIT;
    omadm_push_fields fields = of("p0");
    omadm_push_payload payload = OMADM_PUSH_PAYLOAD_INIT;
    omadm_push push = OMADM_PUSH_INIT;
    omadm_push_header more = OMADM_PUSH_HEADER_INIT, headers[8];
    omadm_options options = OMADM_OPTIONS_INIT;
    omadm_str addresses[1];
    uint8_t room[1024];
    char text[1025];
    size_t length, written;

    more.name = str("X-More");
    more.value = str("yes");
    fields.headers = &more;
    fields.header_count = 1;
    fields.target = str("/push");
    fields.host = str("198.51.100.7:4035");
    fields.expires = 1798761599;
    CHECK(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_HTTP, &fields, room, sizeof room, &length, &error) == OMADM_OK);
    CHECK(length == strlen(HTTP) && memcmp(room, HTTP, length) == 0);
    more.reserved = 1;
    CHECK(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_HTTP, &fields, room, sizeof room, &length, &error) == OMADM_E_ARGUMENT);
    more.reserved = 0;
    CHECK(omadm_unstable_push_payload(OMADM_UNSTABLE_CARRIER_HTTP, room, length, NULL, OMADM_NONE, &payload, &error) == OMADM_OK);
    CHECK(payload.expiry == OMADM_EXPIRES_AT && payload.expires == 1798761599 && is_octets(payload.body, "p0"));
    CHECK(payload.offset == length - 2 && payload.media_type == OMADM_MEDIA_DM12);
    CHECK(omadm_unstable_push_decode(OMADM_UNSTABLE_CARRIER_HTTP, room, length, NULL, OMADM_NONE, &push, &error) == OMADM_OK);
    CHECK(is_text(push.target, "/push") && push.content_type == 0x44 && push.application_id == 7 && push.rest.len == 0);
    CHECK(omadm_unstable_push_headers(OMADM_UNSTABLE_CARRIER_HTTP, room, length, NULL, 1, headers, sizeof headers[0], 8, &written, &error) ==
          OMADM_OK);
    CHECK(written == 5 && is_text(headers[0].name, "X-More") && is_text(headers[0].value, "yes"));
    CHECK(is_text(headers[4].name, "Content-Length"));
    REQUIRE(omadm_options_init(&options, NULL) == OMADM_OK);
    options.limit_headers = 5;
    CHECK(omadm_unstable_push_decode(OMADM_UNSTABLE_CARRIER_HTTP, room, length, &options, OMADM_NONE, &push, &error) == OMADM_E_LIMIT_HEADERS);
    CHECK(omadm_unstable_push_decode(OMADM_UNSTABLE_CARRIER_SIP, room, length, NULL, OMADM_NONE, &push, &error) == OMADM_E_PUSH_START_LINE);
    CHECK(omadm_unstable_push_decode(0, room, length, NULL, OMADM_NONE, &push, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "carrier"));
    more.value = str("yes\r\nX-Other: no");
    CHECK(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_HTTP, &fields, room, sizeof room, &length, &error) == OMADM_E_INVALID_CHARACTER);
    more.struct_size = 4;
    CHECK(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_HTTP, &fields, room, sizeof room, &length, &error) == OMADM_E_STRUCT_SIZE);
    more.struct_size = sizeof more;

    more.name = str("CSeq");
    more.value = str("1 MESSAGE");
    fields.target = str("sip:+15551230001@home.example");
    fields.date = 1798718400;
    fields.lifetime = 43199;
    CHECK(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_SIP, &fields, room, sizeof room, &length, &error) == OMADM_OK);
    CHECK(length == strlen(SIP) && memcmp(room, SIP, length) == 0);
    CHECK(omadm_unstable_push_payload(OMADM_UNSTABLE_CARRIER_SIP, room, length, NULL, OMADM_NONE, &payload, &error) == OMADM_OK);
    CHECK(payload.expires == 1798761599);
    CHECK(omadm_unstable_push_decode(OMADM_UNSTABLE_CARRIER_SIP, room, length, NULL, OMADM_NONE, &push, &error) == OMADM_OK);
    CHECK(push.application_id == 7 && is_text(push.target, "sip:+15551230001@home.example"));
    /* Without a date it counts from the arrival, and without a clock from nobody knows when. */
    CHECK(omadm_unstable_push_payload(OMADM_UNSTABLE_CARRIER_SIP, (const uint8_t *)NO_DATE, strlen(NO_DATE), NULL, 1000, &payload, &error) ==
          OMADM_OK);
    CHECK(payload.expiry == OMADM_EXPIRES_AT && payload.expires == 1060);
    CHECK(omadm_unstable_push_payload(OMADM_UNSTABLE_CARRIER_SIP, (const uint8_t *)NO_DATE, strlen(NO_DATE), NULL, OMADM_NONE, &payload, &error) ==
          OMADM_OK);
    CHECK(payload.expiry == OMADM_EXPIRES_UNKNOWN && payload.expires == OMADM_NONE);

    fields = of("p0");
    addresses[0] = str("WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com");
    fields.addresses = addresses;
    fields.address_count = 1;
    fields.host = str("ppg.example.com");
    fields.push_id = str("1@dm.example.com");
    fields.boundary = str("package-0");
    fields.expires = 1798761599;
    CHECK(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_PAP, &fields, room, sizeof room, &length, &error) == OMADM_OK);
    memcpy(text, room, length);
    text[length] = 0;
    CHECK(strstr(text, "Content-Type: multipart/related; boundary=package-0; type=\"application/xml\"\r\n") != NULL);
    CHECK(strstr(text, "<push-message push-id=\"1@dm.example.com\" deliver-before-timestamp=\"2026-12-31T23:59:59Z\">") != NULL);
    CHECK(strstr(text, "<address address-value=\"WAPPUSH=+15551230001/TYPE=PLMN@ppg.example.com\"/>") != NULL);
    CHECK(omadm_unstable_push_payload(OMADM_UNSTABLE_CARRIER_PAP, room, length, NULL, OMADM_NONE, &payload, &error) == OMADM_OK);
    CHECK(payload.expires == 1798761599 && is_octets(payload.body, "p0"));
    CHECK(omadm_unstable_push_decode(OMADM_UNSTABLE_CARRIER_PAP, room, length, NULL, OMADM_NONE, &push, &error) == OMADM_OK);
    CHECK(push.expires == 1798761599 && is_text(push.target, "/") && push.application_id == 7);
    fields.address_count = 0;
    CHECK(omadm_unstable_push_encode(OMADM_UNSTABLE_CARRIER_PAP, &fields, room, sizeof room, &length, &error) == OMADM_E_PUSH_CONTROL);

    CHECK(omadm_unstable_push_payload_of_parts(PARTS, OMADM_NUL, (const uint8_t *)"p0", 2, NULL, &payload, &error) == OMADM_OK);
    CHECK(is_octets(payload.body, "p0") && payload.offset == strlen(PARTS));
    CHECK(omadm_unstable_push_payload_of_parts("Content-Type: text/plain\r\n", OMADM_NUL, NULL, 0, NULL, &payload, &error) ==
          OMADM_E_PUSH_CONTENT_TYPE);
}

int main(void) {
    CHECK(sizeof(omadm_push) == (sizeof(void *) == 8 ? 136 : 88));
    CHECK(sizeof(omadm_push_fields) == (sizeof(void *) == 8 ? 240 : 144));
    receives_a_notification();
    reads_what_is_found_in_the_field();
    writes_wsp();
    cuts_and_joins();
    reads_and_writes_text();
    return outcome();
}
