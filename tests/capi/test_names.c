/* Names of numbers. */
#include "check.h"

static int is(const char *text, const char *expected) {
    return text != NULL && strcmp(text, expected) == 0;
}

int main(void) {
    omadm_error error = OMADM_ERROR_INIT;
    omadm_message *message = NULL;
    uint32_t number, known = 0;

    /* RepPro 1.2, 10 (wire.md 2.1). */
    CHECK(is(omadm_status_name(101), "In progress"));
    CHECK(is(omadm_status_name(200), "OK"));
    CHECK(is(omadm_status_name(404), "Not found"));
    CHECK(is(omadm_status_name(415), "Unsupported media type or format"));
    CHECK(is(omadm_status_name(517), "Atomic response too large to fit"));
    CHECK(is(omadm_status_name(509), "") && is(omadm_status_name(0), "") && is(omadm_status_name(0x10000 + 200), ""));
    for (number = 0; number < 1000; number++)
        known += *omadm_status_name(number) != '\0';
    CHECK(known == 69);

    /* wire.md 2.3. */
    CHECK(is(omadm_alert_name(1100), "DISPLAY"));
    CHECK(is(omadm_alert_name(1201), "CLIENT-INITIATED MGMT"));
    CHECK(is(omadm_alert_name(1226), "GENERIC ALERT"));
    CHECK(is(omadm_alert_name(1105), "") && is(omadm_alert_name(OMADM_NO_CODE), ""));

    CHECK(is(omadm_fumo_result_name(200), "done") && is(omadm_fumo_result_name(401), "the user cancelled"));
    CHECK(is(omadm_fumo_result_name(503), "the network failed"));
    CHECK(is(omadm_fumo_result_name(250), "done, as the vendor defines"));
    CHECK(is(omadm_fumo_result_name(499), "the client failed, as the vendor defines"));
    CHECK(is(omadm_fumo_result_name(599), "the download server failed, as the vendor defines"));
    CHECK(is(omadm_fumo_result_name(201), "") && is(omadm_fumo_result_name(0x10000 + 250), ""));
    for (known = number = 0; number < 1000; number++)
        known += *omadm_fumo_result_name(number) != '\0';
    CHECK(known == 1 + 12 + 4 + 3 * 50);

    CHECK(is(omadm_command_name(OMADM_CMD_ADD), "Add"));
    CHECK(is(omadm_command_name(OMADM_CMD_SEQUENCE), "Sequence"));
    CHECK(is(omadm_command_name(OMADM_CMD_STATUS), "Status"));
    CHECK(is(omadm_command_name(OMADM_CMD_OTHER), "Other") && is(omadm_command_name(12), ""));

    CHECK(is(omadm_format_name(OMADM_FORMAT_B64), "b64"));
    CHECK(is(omadm_format_name(OMADM_FORMAT_NODE), "node"));
    CHECK(is(omadm_format_name(OMADM_FORMAT_FLOAT), "float"));
    for (number = OMADM_FORMAT_B64; number <= OMADM_FORMAT_FLOAT; number++) {
        uint32_t again = 0;
        CHECK(omadm_format_from_name(omadm_format_name(number), OMADM_NUL, &again, &error) == OMADM_OK && again == number);
    }
    number = 99;
    CHECK(omadm_format_from_name("Chr?", 3, &number, &error) == OMADM_OK && number == OMADM_FORMAT_CHR);
    number = 99;
    CHECK(omadm_format_from_name("string", OMADM_NUL, &number, &error) == OMADM_NOT_FOUND && number == 99);
    CHECK(is_text(error.subject, "name"));
    CHECK(omadm_format_from_name("\xff", 1, &number, &error) == OMADM_E_INVALID_UTF8 && number == 99);
    CHECK(is(omadm_format_name(0), "") && is(omadm_format_name(12), ""));

    CHECK(is(omadm_kind_name(OMADM_KIND_TREE), "tree document"));
    CHECK(is(omadm_kind_name(OMADM_KIND_PROVISIONING), "provisioning document"));
    CHECK(is(omadm_kind_name(0), "") && is(omadm_kind_name(9), ""));

    /* What an error says. */
    CHECK(omadm_message_decode((const uint8_t *)"?", 1, NULL, &message, &error) == OMADM_E_UNKNOWN_FORMAT);
    CHECK(is(omadm_code_message(OMADM_E_UNKNOWN_FORMAT), error.message));
    CHECK(omadm_message_decode(NULL, 1, NULL, &message, &error) == OMADM_E_NULL);
    CHECK(is(omadm_code_message(OMADM_E_NULL), error.message));
    CHECK(is(omadm_code_message(OMADM_OK), "done"));
    CHECK(is(omadm_code_message(OMADM_END), "there is no more"));
    CHECK(*omadm_code_message(OMADM_E_STATE) != '\0' && *omadm_code_message(OMADM_E_PANIC) != '\0');
    CHECK(*omadm_code_message(OMADM_E_AUTH_HEADER_NAME) != '\0');
    /* Each number below 20 that the header names, and no other. */
    for (uint32_t code = 0; code < 20; code++)
        CHECK((*omadm_code_message(code) != '\0') == (code <= OMADM_ANOTHER_SCHEME || (code >= OMADM_E_NULL && code <= OMADM_E_STATE)));
    CHECK(is(omadm_code_message(9999), ""));

    /* wire.md 2.2. */
    CHECK(omadm_code_status(OMADM_E_NODE_NOT_FOUND) == 404);
    CHECK(omadm_code_status(OMADM_OK) == 200 && omadm_code_status(OMADM_NOT_FOUND) == 404 && omadm_code_status(OMADM_END) == 500);
    CHECK(omadm_code_status(OMADM_E_ACCESS_DENIED) == 425);
    CHECK(omadm_code_status(OMADM_E_NODE_EXISTS) == 418);
    CHECK(omadm_code_status(OMADM_E_XML_SYNTAX) == 500 && omadm_code_status(9999) == 500);
    return outcome();
}
