/* Packages of several messages (wire.md 4.1, 4.2). */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

#define ALERT(CODE) "<Alert><CmdID>1</CmdID><Data>" CODE "</Data></Alert>"
#define STATUS "<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>"

static omadm_message *message_of(const char *session, const char *msg_id, const char *body) {
    char text[1024];
    omadm_message *message = NULL;
    snprintf(text, sizeof text,
             "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>%s</SessionID><MsgID>%s</MsgID>"
             "<Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>%s</SyncBody></SyncML>",
             session, msg_id, body);
    REQUIRE(omadm_message_decode((const uint8_t *)text, strlen(text), NULL, &message, &error) == OMADM_OK);
    return message;
}

/* What a package says to a message, which may be freed after. */
static omadm_rc push(omadm_package *package, const char *session, const char *msg_id, const char *body, uint32_t *step) {
    omadm_message *message = message_of(session, msg_id, body);
    omadm_rc rc = omadm_package_push(package, message, step, &error);
    omadm_message_free(message);
    return rc;
}

static void keeps_the_order(void) {
    omadm_package *package = NULL;
    uint32_t step = 9, next = 9, is_complete = 9;

    REQUIRE(omadm_package_new(3, &package, &error) == OMADM_OK);
    CHECK(omadm_package_summary(package, &next, &is_complete, &error) == OMADM_OK && next == 3 && is_complete == 0);
    CHECK(push(package, "1", "4", ALERT("1200"), &step) == OMADM_E_MESSAGE_ORDER && step == 9);
    CHECK(push(package, "1", "three", ALERT("1200"), &step) == OMADM_E_INVALID_NUMBER && step == 9);
    CHECK(push(package, "1", "3", ALERT("1200"), &step) == OMADM_OK && step == OMADM_PACKAGE_MORE);
    CHECK(push(package, "1", "3", ALERT("1200"), &step) == OMADM_OK && step == OMADM_PACKAGE_REPEATED);
    step = 9;
    CHECK(push(package, "2", "4", ALERT("1200") "<Final/>", &step) == OMADM_E_MESSAGE_SESSION && step == 9);
    CHECK(push(package, "1", "5", ALERT("1200") "<Final/>", &step) == OMADM_E_MESSAGE_ORDER && step == 9);
    CHECK(omadm_package_summary(package, &next, NULL, &error) == OMADM_OK && next == 4);
    CHECK(push(package, "1", "4", ALERT("1200") "<Final/>", &step) == OMADM_OK && step == OMADM_PACKAGE_COMPLETE);
    CHECK(omadm_package_summary(package, &next, &is_complete, &error) == OMADM_OK && next == 5 && is_complete == 1);
    CHECK(push(package, "1", "4", ALERT("1200") "<Final/>", &step) == OMADM_OK && step == OMADM_PACKAGE_REPEATED);
    step = 9;
    CHECK(push(package, "1", "5", ALERT("1200") "<Final/>", &step) == OMADM_E_MESSAGE_ORDER && step == 9);
    omadm_package_free(package);
    omadm_package_free(NULL);
}

static void tells_what_asks_for_more(void) {
    static const struct {
        const char *body;
        uint32_t asks, is_all;
    } cases[] = {
        {STATUS ALERT("1222"), 1, 1},
        {STATUS ALERT("1222") "<Final/>", 1, 0},
        {STATUS ALERT("1222") ALERT("1200"), 1, 0},
        {STATUS ALERT("1200"), 0, 0},
        {"<Final/>", 0, 0},
    };
    size_t at;
    for (at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        omadm_message *message = message_of("1", "1", cases[at].body);
        uint32_t asks = 9, is_all = 9;
        CHECK(omadm_message_asks_for_next(message, &asks, &is_all, &error) == OMADM_OK);
        CHECK(asks == cases[at].asks && is_all == cases[at].is_all);
        CHECK(omadm_message_asks_for_next(message, NULL, NULL, &error) == OMADM_OK);
        omadm_message_free(message);
    }
}

static void wants_whole_messages(void) {
    size_t len;
    unsigned char *data = read_file("package2.syncml.wbxml", &len);
    omadm_reader *reader = NULL;
    const omadm_message *lent = NULL;
    omadm_package *package = NULL;
    uint32_t step = 9, asks = 9, is_all = 9;
    REQUIRE(omadm_package_new(1, &package, &error) == OMADM_OK);
    REQUIRE(omadm_reader_open(data, len, NULL, &reader, &error) == OMADM_OK);
    REQUIRE(omadm_reader_message(reader, &lent, &error) == OMADM_OK);
    CHECK(omadm_package_push(package, lent, &step, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "message") && step == 9);
    CHECK(omadm_message_asks_for_next(lent, &asks, &is_all, &error) == OMADM_E_ARGUMENT && asks == 9 && is_all == 9);
    omadm_reader_free(reader);
    omadm_package_free(package);
    free(data);
}

int main(void) {
    keeps_the_order();
    tells_what_asks_for_more();
    wants_whole_messages();
    return outcome();
}
