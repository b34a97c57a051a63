/* Authentication: the vectors of OMA DM security 1.2.1 and their like (wire.md, 13.4). */
#include "check.h"

static const uint8_t COUNTING[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static const uint8_t ZEROS[4] = {0, 0, 0, 0};

/* Message G1 of wire.md, 13.1. */
static const char G1[] =
    "02a4016a006d6c7103312e3200017203444d2f312e3200016503314100015b033100016e570368747470733a2f2f646d2e65"
    "78616d706c652e636f6d2f6f6d61646d000101675703494d45493a3439303135343230333233373531380001560364657631"
    "0001014e5a000147036236340001530373796e636d6c3a617574682d6d643500010100004f034c3845692b514f65384e7731"
    "496f78474c666d6176673d3d0001015a00014c03313633383400015503313034383537360001010100006b464b033100014f"
    "0331323031000101604b03320001546757032e2f446576496e666f2f44657649640001014fc314494d45493a343930313534"
    "3230333233373531380101546757032e2f446576496e666f2f4d616e0001014fc30441636d650101546757032e2f44657649"
    "6e666f2f4d6f640001014fc30252310101546757032e2f446576496e666f2f446d560001014fc303312e320101546757032e"
    "2f446576496e666f2f4c616e670001014fc302656e010101120101";

static omadm_bytes bytes(const void *ptr, size_t len) {
    omadm_bytes octets;
    octets.ptr = (const uint8_t *)ptr;
    octets.len = len;
    return octets;
}

static int is_hex(const uint8_t *octets, const char *hex) {
    char text[2 * OMADM_DIGEST_SIZE + 1];
    size_t at;
    for (at = 0; at < OMADM_DIGEST_SIZE; at++)
        snprintf(text + 2 * at, 3, "%02x", octets[at]);
    return strcmp(text, hex) == 0;
}

static void makes_digests(void) {
    uint8_t a1[OMADM_DIGEST_SIZE], other[OMADM_DIGEST_SIZE], digest[OMADM_DIGEST_SIZE];
    omadm_error error = OMADM_ERROR_INIT;
    char text[64];
    unsigned char body[sizeof G1 / 2];
    size_t length, body_len = from_hex(G1, body, sizeof body);

    /* S1, S2, S2n */
    CHECK(omadm_a1("Bruce2", OMADM_NUL, "OhBehave", OMADM_NUL, a1, &error) == OMADM_OK);
    CHECK(is_hex(a1, "3ed11dafc941438e486d3d5b64892b39"));
    CHECK(omadm_a1("Bruce2", 6, "OhBehave!", 8, other, NULL) == OMADM_OK);
    CHECK(omadm_digests_match(a1, other, &error) == OMADM_OK);
    CHECK(omadm_md5_digest(a1, (const uint8_t *)"Nonce", 5, digest, &error) == OMADM_OK);
    CHECK(is_hex(digest, "673e848af477c9e69a10d71137a96901"));
    CHECK(omadm_digests_match(a1, digest, &error) == OMADM_REFUSED);
    CHECK(error.code == OMADM_REFUSED && error.offset == OMADM_NONE);
    CHECK(omadm_cred_md5(a1, (const uint8_t *)"Nonce", 5, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "Zz6EivR3yeaaENcRN6lpAQ==") == 0 && length == 24);
    CHECK(omadm_cred_md5(a1, (const uint8_t *)"Tm9uY2U=", 8, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "CmO/kTaDnxgwUdBvdtRh4A==") == 0);
    CHECK(omadm_cred_basic("Bruce2", OMADM_NUL, "OhBehave", OMADM_NUL, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "QnJ1Y2UyOk9oQmVoYXZl") == 0);

    /* G-md5: with zero octets, resynchronising, with no nonce at all */
    CHECK(omadm_a1("dev1", OMADM_NUL, "secret", OMADM_NUL, a1, &error) == OMADM_OK);
    CHECK(is_hex(a1, "e4909a07083950e29ea3eca29ae5c67b"));
    CHECK(omadm_cred_md5(a1, COUNTING, 16, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "L8Ei+QOe8Nw1IoxGLfmavg==") == 0);
    CHECK(omadm_cred_md5(a1, ZEROS, 4, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "UyTG/9eLomMP71AAE3HyYA==") == 0);
    CHECK(omadm_cred_md5(a1, NULL, 0, text, 25, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "yLuff4TLcSrw4vV/9rAOOg==") == 0);

    /* Too little room: the length, and nothing else. */
    memset(text, 'x', sizeof text);
    CHECK(omadm_cred_md5(a1, NULL, 0, text, 24, &length, &error) == OMADM_BUFFER_TOO_SMALL);
    CHECK(length == 24 && text[0] == 'x');
    CHECK(omadm_cred_basic("a", 1, "b", 1, NULL, 0, &length, NULL) == OMADM_BUFFER_TOO_SMALL && length == 4);

    /* G-MAC, over the octets of G1 */
    CHECK(omadm_mac_digest(a1, COUNTING, 16, body, body_len, digest, &error) == OMADM_OK);
    CHECK(is_hex(digest, "4f261b07f1805ec1ade1218c89561aa8"));

    memset(other, 'x', sizeof other);
    CHECK(omadm_a1(NULL, 1, "s", 1, other, &error) == OMADM_E_NULL && is_text(error.subject, "name"));
    CHECK(omadm_a1("n", 1, NULL, OMADM_NUL, other, &error) == OMADM_E_NULL && is_text(error.subject, "secret"));
    CHECK(omadm_a1(NULL, 0, "s", 1, other, &error) == OMADM_E_NULL && is_text(error.subject, "name"));
    CHECK(omadm_a1("n", 1, NULL, 0, other, &error) == OMADM_E_NULL && is_text(error.subject, "secret"));
    CHECK(omadm_cred_basic(NULL, 0, "s", 1, text, sizeof text, &length, &error) == OMADM_E_NULL && is_text(error.subject, "name"));
    CHECK(omadm_cred_basic("n", 1, NULL, 0, text, sizeof text, &length, &error) == OMADM_E_NULL && is_text(error.subject, "secret"));
    CHECK(omadm_hmac_header_encode(NULL, 0, a1, text, sizeof text, &length, &error) == OMADM_E_NULL && is_text(error.subject, "username"));
    CHECK(omadm_a1("n", 1, "s", 1, NULL, &error) == OMADM_E_NULL && is_text(error.subject, "a1"));
    CHECK(omadm_md5_digest(NULL, NULL, 0, other, &error) == OMADM_E_NULL && is_text(error.subject, "a1"));
    CHECK(omadm_mac_digest(a1, NULL, 3, NULL, 0, other, &error) == OMADM_E_NULL && is_text(error.subject, "nonce"));
    CHECK(omadm_digests_match(a1, NULL, NULL) == OMADM_E_NULL);
    CHECK(omadm_cred_md5(a1, NULL, 0, text, 25, NULL, &error) == OMADM_E_NULL && is_text(error.subject, "length"));
    CHECK(other[0] == 'x');
}

static void converts_nonces(void) {
    omadm_error error = OMADM_ERROR_INIT;
    uint8_t octets[16];
    char text[32];
    size_t length;

    /* dobehave, CR, LF: an example of the specification. */
    CHECK(omadm_nonce_from_base64("ZG9iZWhhdmUNCg==", OMADM_NUL, octets, sizeof octets, &length, &error) == OMADM_OK);
    CHECK(length == 10 && memcmp(octets, "dobehave\r\n", 10) == 0);
    CHECK(omadm_nonce_from_base64(" ZG9i ZWhhdmUNCg", OMADM_NUL, octets, sizeof octets, &length, &error) == OMADM_OK);
    CHECK(length == 10);
    memset(octets, 'x', sizeof octets);
    CHECK(omadm_nonce_from_base64("ZG9iZWhhdmUNCg==", OMADM_NUL, octets, 9, &length, &error) == OMADM_BUFFER_TOO_SMALL);
    CHECK(length == 10 && octets[0] == 'x');
    length = 77;
    CHECK(omadm_nonce_from_base64("Z*", OMADM_NUL, octets, sizeof octets, &length, &error) == OMADM_E_INVALID_BASE64);
    CHECK(length == 77);
    CHECK(omadm_nonce_to_base64(COUNTING, 16, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "AAECAwQFBgcICQoLDA0ODw==") == 0 && length == 24);
    CHECK(omadm_nonce_to_base64(NULL, 0, text, sizeof text, &length, &error) == OMADM_OK && length == 0);
}

static void verifies_messages(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    uint8_t a1[OMADM_DIGEST_SIZE], wrong[OMADM_DIGEST_SIZE], nonce[32];
    omadm_bytes nonces[3];
    size_t len, which = 7, length;
    unsigned char *data;
    static const char *const NAMES[2] = {"package1.syncml.xml", "package1.syncml.wbxml"};
    static const char BASIC[] =
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto><SessionID>1</SessionID>"
        "<MsgID>1</MsgID><Target><LocURI>t</LocURI></Target><Source><LocURI>s</LocURI></Source><Cred><Meta>"
        "<Format xmlns='syncml:metinf'>b64</Format><Type xmlns='syncml:metinf'>syncml:auth-basic</Type></Meta>"
        "<Data>QnJ1Y2UyOk9oQmVoYXZl</Data></Cred></SyncHdr><SyncBody><Final/></SyncBody></SyncML>";
    char name[16];
    int index;

    REQUIRE(omadm_a1("dev1", OMADM_NUL, "secret", OMADM_NUL, a1, NULL) == OMADM_OK);
    REQUIRE(omadm_a1("dev1", OMADM_NUL, "Secret", OMADM_NUL, wrong, NULL) == OMADM_OK);
    nonces[0] = bytes("stale", 5);
    nonces[1] = bytes(ZEROS, 4);
    nonces[2] = bytes(COUNTING, 16);
    for (index = 0; index < 2; index++) {
        data = read_file(NAMES[index], &len);
        REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
        free(data);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, a1, nonces + 2, 1, &which, &error) == OMADM_OK);
        CHECK(which == 0);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, a1, nonces, 3, &which, &error) == OMADM_OK);
        CHECK(which == 2);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, a1, nonces, 3, NULL, NULL) == OMADM_OK);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, a1, nonces, 2, &which, &error) == OMADM_REFUSED);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, wrong, nonces, 3, &which, &error) == OMADM_REFUSED);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_BASIC, a1, nonces, 3, &which, &error) == OMADM_ANOTHER_SCHEME);
        CHECK(which == 2);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, a1, nonces, 0, &which, &error) == OMADM_E_ARGUMENT);
        CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, a1, NULL, 3, &which, &error) == OMADM_E_NULL);
        CHECK(omadm_message_verify_cred(message, 99, a1, nonces, 3, &which, &error) == OMADM_E_ARGUMENT);
        CHECK(omadm_message_verify_cred(NULL, OMADM_SCHEME_MD5, a1, nonces, 3, &which, &error) == OMADM_E_NULL);
        CHECK(omadm_message_basic_name(message, name, sizeof name, &length, &error) == OMADM_NOT_FOUND);
        omadm_message_free(message);
    }

    REQUIRE(omadm_message_decode((const uint8_t *)BASIC, sizeof BASIC - 1, NULL, &message, &error) == OMADM_OK);
    REQUIRE(omadm_a1("Bruce2", OMADM_NUL, "OhBehave", OMADM_NUL, a1, NULL) == OMADM_OK);
    CHECK(omadm_message_basic_name(message, name, sizeof name, &length, &error) == OMADM_OK);
    CHECK(strcmp(name, "Bruce2") == 0 && length == 6);
    CHECK(omadm_message_basic_name(message, name, 6, &length, &error) == OMADM_BUFFER_TOO_SMALL);
    CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_BASIC, a1, nonces, 1, &which, &error) == OMADM_OK && which == 0);
    CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_BASIC, wrong, nonces, 1, &which, &error) == OMADM_REFUSED);
    CHECK(omadm_message_verify_cred(message, OMADM_SCHEME_MD5, a1, nonces, 1, &which, &error) == OMADM_ANOTHER_SCHEME);
    omadm_message_free(message);

    /* The challenge of package 2. */
    data = read_file("package2.syncml.xml", &len);
    REQUIRE(omadm_message_decode(data, len, NULL, &message, &error) == OMADM_OK);
    free(data);
    CHECK(omadm_message_next_nonce(message, 0, nonce, sizeof nonce, &length, &error) == OMADM_OK);
    CHECK(length == 16 && nonce[0] == 15 && nonce[1] == 14 && nonce[15] == 0);
    CHECK(omadm_message_next_nonce(message, 0, NULL, 0, &length, &error) == OMADM_BUFFER_TOO_SMALL);
    CHECK(omadm_message_next_nonce(message, 1, nonce, sizeof nonce, &length, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_message_next_nonce(message, 10000, nonce, sizeof nonce, &length, &error) == OMADM_NOT_FOUND);
    omadm_message_free(message);
}

static void reads_and_writes_the_header(void) {
    static const char VALUE[] = "algorithm=MD5, username=\"dev1\", mac=TyYbB/GAXsGt4SGMiVYaqA==";
    omadm_error error = OMADM_ERROR_INIT;
    uint8_t a1[OMADM_DIGEST_SIZE], mac[OMADM_DIGEST_SIZE];
    omadm_bytes nonces[2];
    size_t body_len, length, which = 7;
    unsigned char body[sizeof G1 / 2];
    char text[128];

    REQUIRE(omadm_a1("dev1", OMADM_NUL, "secret", OMADM_NUL, a1, NULL) == OMADM_OK);
    nonces[0] = bytes(ZEROS, 4);
    nonces[1] = bytes(COUNTING, 16);
    body_len = from_hex(G1, body, sizeof body);
    REQUIRE(omadm_mac_digest(a1, COUNTING, 16, body, body_len, mac, NULL) == OMADM_OK);
    CHECK(omadm_hmac_header_encode("dev1", OMADM_NUL, mac, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, VALUE) == 0 && length == strlen(VALUE));
    CHECK(omadm_hmac_header_encode("a\nb", OMADM_NUL, mac, text, sizeof text, &length, &error) == OMADM_E_AUTH_HEADER_NAME);
    CHECK(error.offset == 1);

    CHECK(omadm_hmac_header_username(VALUE, OMADM_NUL, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "dev1") == 0);
    CHECK(omadm_hmac_header_username("mac=AAAA,username=\"a\\\"b\"", OMADM_NUL, text, sizeof text, &length, &error) == OMADM_OK);
    CHECK(strcmp(text, "a\"b") == 0 && length == 3);
    CHECK(omadm_hmac_header_username("mac=AAAA", OMADM_NUL, text, sizeof text, &length, &error) ==
          OMADM_E_AUTH_HEADER_INCOMPLETE);
    CHECK(omadm_hmac_header_username("username", OMADM_NUL, text, sizeof text, &length, &error) == OMADM_E_AUTH_HEADER);

    CHECK(omadm_hmac_header_verify(VALUE, OMADM_NUL, a1, nonces, 2, body, body_len, &which, &error) == OMADM_OK);
    CHECK(which == 1);
    CHECK(omadm_hmac_header_verify(VALUE, OMADM_NUL, a1, nonces, 1, body, body_len, &which, &error) == OMADM_REFUSED);
    CHECK(omadm_hmac_header_verify(VALUE, OMADM_NUL, a1, nonces, 2, body, body_len - 1, &which, &error) == OMADM_REFUSED);
    CHECK(omadm_hmac_header_verify("algorithm=SHA, username=\"dev1\", mac=TyYbB/GAXsGt4SGMiVYaqA==", OMADM_NUL, a1, nonces, 2,
                                   body, body_len, &which, &error) == OMADM_ANOTHER_SCHEME);
    /* The specification's own example, which does not follow its formula. */
    CHECK(omadm_hmac_header_verify("username=\"Robert Jordan\", mac=NTI2OTJhMDAwNjYxODkwYmQ3NWUxN2RhN2ZmYmJlMzk", OMADM_NUL, a1,
                                   nonces, 2, body, body_len, &which, &error) == OMADM_REFUSED);
    CHECK(which == 1);
}

static void names_schemes(void) {
    omadm_error error = OMADM_ERROR_INIT;
    uint32_t scheme = 77;

    CHECK(strcmp(omadm_scheme_name(OMADM_SCHEME_MAC), "syncml:auth-MAC") == 0);
    CHECK(omadm_scheme_name(OMADM_SCHEME_OTHER) == NULL && omadm_scheme_name(8) == NULL);
    CHECK(omadm_scheme_from_name("SyncML:auth-MD5", OMADM_NUL, &scheme, &error) == OMADM_OK && scheme == OMADM_SCHEME_MD5);
    CHECK(omadm_scheme_from_name("org.example:new", OMADM_NUL, &scheme, &error) == OMADM_OK && scheme == OMADM_SCHEME_OTHER);
    CHECK(omadm_scheme_from_account_type("HMAC", OMADM_NUL, &scheme, &error) == OMADM_OK && scheme == OMADM_SCHEME_MAC);
    CHECK(omadm_scheme_from_account_type("TRANSPORT", OMADM_NUL, &scheme, &error) == OMADM_OK && scheme == OMADM_SCHEME_OTHER);
    CHECK(omadm_scheme_from_name("\xFF", OMADM_NUL, &scheme, &error) == OMADM_E_INVALID_UTF8 && error.offset == 0);
    CHECK(omadm_scheme_from_name("x", 1, NULL, &error) == OMADM_E_NULL);
    CHECK(scheme == OMADM_SCHEME_OTHER);
}

int main(void) {
    makes_digests();
    converts_nonces();
    verifies_messages();
    reads_and_writes_the_header();
    names_schemes();
    return outcome();
}
