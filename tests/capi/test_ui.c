/* Alerts for the user, built and answered (wire.md 3). */
#include "check.h"

static omadm_error error = OMADM_ERROR_INIT;

static omadm_str str(const char *text) {
    omadm_str made;
    made.ptr = text;
    made.len = OMADM_NUL;
    return made;
}

static omadm_builder *builder_new(void) {
    omadm_builder *builder = NULL;
    REQUIRE(omadm_builder_new("1", 1, "1", 1, "d", 1, "s", 1, &builder, &error) == OMADM_OK);
    return builder;
}

/* The message of a builder, as its peer reads it. */
static omadm_message *sent(omadm_builder *builder, uint32_t encoding) {
    omadm_buffer octets = OMADM_BUFFER_INIT;
    omadm_message *message = NULL;
    REQUIRE(omadm_builder_finish(builder, encoding, &octets, &error) == OMADM_OK);
    REQUIRE(omadm_message_decode(octets.data, octets.len, NULL, &message, &error) == OMADM_OK);
    omadm_buffer_free(&octets);
    omadm_builder_free(builder);
    return message;
}

/* Whether a command has these items and no more, of text each. */
static int has_items(const omadm_message *message, size_t command, const char *const *texts, size_t count) {
    omadm_item items[5];
    size_t written = 0, at;
    REQUIRE(omadm_message_items(message, command, 0, items, sizeof items[0], 5, &written, &error) == OMADM_OK);
    for (at = 0; at < count && at < written; at++)
        if (!is_octets(items[at].data.bytes, texts[at]))
            return 0;
    return written == count;
}

static void writes_alerts(uint32_t encoding) {
    static const char *const shown[] = {"", "Hello"}, *const asked[] = {"MINDT=10&MAXDT=30&DR=0", "Sure?"};
    static const char *const entered[] = {"DR=John+Doe&MAXLEN=8&IT=N&ET=P", "Who?"};
    static const char *const one_of[] = {"DR=2", "Which?", "A", "B"}, *const any_of[] = {"DR=1-3", "Which?", "A", "B", "C"};
    static const uint32_t second[] = {2}, first_and_third[] = {1, 3};
    omadm_builder *builder = builder_new();
    omadm_new_ui_alert alert = OMADM_NEW_UI_ALERT_INIT;
    omadm_ui_alert read = OMADM_UI_ALERT_INIT;
    omadm_message *message;
    omadm_str choices[3];
    uint32_t cmd_id = 9;

    choices[0] = str("A");
    choices[1] = str("B");
    choices[2] = str("C");
    alert.code = 1100;
    alert.text = str("Hello");
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_OK && cmd_id == 1);
    alert.code = 1101;
    alert.text = str("Sure?");
    alert.flags = OMADM_UI_DEFAULT;
    alert.min_display = 10;
    alert.max_display = 30;
    CHECK(omadm_builder_ui_alert(builder, &alert, NULL, &error) == OMADM_OK);
    alert.code = 1102;
    alert.text = str("Who?");
    alert.flags = OMADM_UI_DEFAULT | OMADM_UI_PASSWORD;
    alert.min_display = alert.max_display = 0;
    alert.max_len = 8;
    alert.input_type = OMADM_INPUT_NUMERIC;
    alert.default_text = str("John Doe");
    CHECK(omadm_builder_ui_alert(builder, &alert, NULL, &error) == OMADM_OK);
    alert.code = 1103;
    alert.text = str("Which?");
    alert.flags = OMADM_UI_DEFAULT;
    alert.max_len = alert.input_type = 0;
    alert.default_text = str(NULL);
    alert.default_text.len = 0;
    alert.choices = choices;
    alert.choice_count = 2;
    alert.default_numbers = second;
    alert.default_count = 1;
    CHECK(omadm_builder_ui_alert(builder, &alert, NULL, &error) == OMADM_OK);
    alert.code = 1104;
    alert.choice_count = 3;
    alert.default_numbers = first_and_third;
    alert.default_count = 2;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_OK && cmd_id == 5);

    message = sent(builder, encoding);
    CHECK(has_items(message, 0, shown, 2) && has_items(message, 1, asked, 2) && has_items(message, 2, entered, 2));
    CHECK(has_items(message, 3, one_of, 4) && has_items(message, 4, any_of, 5));
    CHECK(omadm_message_ui_alert(message, 4, OMADM_CHOICES_STANDARD, &read, &error) == OMADM_OK);
    CHECK(read.code == 1104 && read.choice_count == 3 && read.flags == OMADM_UI_DEFAULT);
    omadm_message_free(message);
}

static void refuses_alerts(void) {
    static const uint32_t numbers[] = {1, 0};
    omadm_builder *builder = builder_new();
    omadm_new_ui_alert alert = OMADM_NEW_UI_ALERT_INIT, good;
    omadm_str choice = str("A");
    omadm_message *message;
    size_t count = 9;
    uint32_t cmd_id = 9;

    alert.code = 1103;
    alert.text = str("?");
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ALERT_ITEMS); /* No choices. */
    alert.choices = &choice;
    alert.choice_count = 1;
    good = alert;
    alert.code = 1100;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ALERT_ITEMS); /* Choices of what has none. */
    alert.choice_count = 0;
    alert.flags = OMADM_UI_DEFAULT;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ALERT_OPTION); /* DR of 1100. */
    alert.flags = 0;
    alert.max_len = 8;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ALERT_OPTION); /* MAXLEN of 1100. */
    alert.code = 1105;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "code"));
    alert = good;
    alert.default_numbers = numbers;
    alert.default_count = 1;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ARGUMENT); /* Without OMADM_UI_DEFAULT. */
    alert.flags = OMADM_UI_DEFAULT;
    alert.default_count = 2;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "default_numbers")); /* 0 is no choice. */
    alert.default_count = 0;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ARGUMENT); /* A default of nothing. */
    alert = good;
    alert.flags = 8;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "alert"));
    alert = good;
    alert.reserved = 1;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ARGUMENT);
    alert = good;
    alert.input_type = 6;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "input_type"));
    alert = good;
    alert.text.ptr = NULL;
    alert.text.len = 0;
    CHECK(omadm_builder_ui_alert(builder, &alert, &cmd_id, &error) == OMADM_E_NULL && is_text(error.subject, "text"));
    CHECK(cmd_id == 9);
    CHECK(omadm_builder_message(builder, &message, &error) == OMADM_OK);
    CHECK(omadm_message_summary(message, NULL, NULL, &count, &error) == OMADM_OK && count == 0); /* Nothing was added. */
    CHECK(omadm_builder_ui_alert(builder, &good, &cmd_id, &error) == OMADM_E_STATE && cmd_id == 9);
    omadm_message_free(message);
    omadm_builder_free(builder);
}

/* What a client answers is what the server reads. */
static void answers(uint32_t encoding) {
    static const struct {
        uint32_t code, outcome, response, status, count;
        const char *text;
        uint32_t numbers[2];
    } cases[] = {
        {1100, OMADM_UI_SHOWN, OMADM_UI_RESPONSE_NONE, 200, 0, NULL, {0, 0}},
        {1101, OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_YES, 200, 0, NULL, {0, 0}},
        {1101, OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_NO, 304, 0, NULL, {0, 0}},
        {1102, OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_TEXT, 200, 0, "John Doe", {0, 0}},
        {1103, OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_CHOICES, 200, 1, NULL, {2, 0}},
        {1104, OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_CHOICES, 200, 2, NULL, {2, 4}},
        {1104, OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_CHOICES, 200, 0, NULL, {0, 0}},
        {1102, OMADM_UI_CANCELLED, OMADM_UI_RESPONSE_NONE, 214, 0, NULL, {0, 0}},
        {1103, OMADM_UI_TIMED_OUT, OMADM_UI_RESPONSE_NONE, 408, 0, NULL, {0, 0}},
        {1103, OMADM_UI_TIMED_OUT, OMADM_UI_RESPONSE_CHOICES, 408, 1, NULL, {3, 0}},
        {1101, OMADM_UI_TIMED_OUT, OMADM_UI_RESPONSE_YES, 408, 0, NULL, {0, 0}},
        {1102, OMADM_UI_FAILED, OMADM_UI_RESPONSE_NONE, 406, 0, NULL, {0, 0}},
    };
    enum { COUNT = sizeof cases / sizeof cases[0] };
    omadm_builder *builder = builder_new();
    omadm_message *message;
    size_t at;

    for (at = 0; at < COUNT; at++) {
        omadm_ui_answer answer = OMADM_UI_ANSWER_INIT;
        uint32_t cmd_id = 0;
        answer.outcome = cases[at].outcome;
        answer.response = cases[at].response;
        answer.status = cases[at].outcome == OMADM_UI_FAILED ? cases[at].status : 0;
        if (cases[at].text != NULL)
            answer.text = str(cases[at].text);
        CHECK(omadm_builder_ui_answer(builder, "1", OMADM_NUL, "4", OMADM_NUL, &answer, cases[at].numbers, cases[at].count,
                                      &cmd_id, &error) == OMADM_OK && cmd_id == at + 1);
    }
    message = sent(builder, encoding);
    for (at = 0; at < COUNT; at++) {
        omadm_command command = OMADM_COMMAND_INIT;
        omadm_ui_answer answer = OMADM_UI_ANSWER_INIT;
        uint32_t numbers[3] = {9, 9, 9};
        size_t written = 0, found = 9;
        REQUIRE(omadm_message_commands(message, at, &command, sizeof command, 1, &written, &error) == OMADM_OK && written == 1);
        CHECK(command.kind == OMADM_CMD_STATUS && command.code == cases[at].status && is_text(command.cmd, "Alert"));
        CHECK(is_text(command.msg_ref, "1") && is_text(command.cmd_ref, "4"));
        CHECK(omadm_message_ui_answer(message, at, cases[at].code, &answer, numbers, 3, &found, &error) == OMADM_OK);
        CHECK(answer.outcome == cases[at].outcome && answer.response == cases[at].response && answer.status == cases[at].status);
        CHECK(is_text(answer.text, cases[at].text) && found == cases[at].count);
        CHECK(found < 1 || numbers[0] == cases[at].numbers[0]);
        CHECK(found < 2 || numbers[1] == cases[at].numbers[1]);
        CHECK(numbers[found] == 9);
    }
    omadm_message_free(message);
}

static void refuses_answers(void) {
    static const struct {
        uint32_t outcome, response, status, has_text, count;
    } cases[] = {
        {0, 0, 0, 0, 0}, /* No outcome. */
        {6, 0, 0, 0, 0},
        {OMADM_UI_SHOWN, OMADM_UI_RESPONSE_YES, 0, 0, 0},
        {OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_NONE, 0, 0, 0},
        {OMADM_UI_ANSWERED, 5, 0, 0, 0},
        {OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_TEXT, 0, 0, 0},
        {OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_YES, 0, 1, 0},
        {OMADM_UI_ANSWERED, OMADM_UI_RESPONSE_YES, 0, 0, 1},
        {OMADM_UI_CANCELLED, OMADM_UI_RESPONSE_YES, 0, 0, 0},
        {OMADM_UI_FAILED, OMADM_UI_RESPONSE_NONE, 0, 0, 0},
        {OMADM_UI_FAILED, OMADM_UI_RESPONSE_NONE, 0x10000 + 406, 0, 0},
    };
    static const uint32_t numbers[] = {1, 0};
    omadm_builder *builder = builder_new();
    omadm_ui_answer answer = OMADM_UI_ANSWER_INIT;
    uint32_t cmd_id = 9;
    size_t at;
    for (at = 0; at < sizeof cases / sizeof cases[0]; at++) {
        omadm_ui_answer wrong = OMADM_UI_ANSWER_INIT;
        wrong.outcome = cases[at].outcome;
        wrong.response = cases[at].response;
        wrong.status = cases[at].status;
        if (cases[at].has_text)
            wrong.text = str("x");
        CHECK(omadm_builder_ui_answer(builder, "1", 1, "1", 1, &wrong, numbers, cases[at].count, &cmd_id, &error) == OMADM_E_ARGUMENT);
        CHECK(is_text(error.subject, "answer") && cmd_id == 9);
    }
    answer.outcome = OMADM_UI_ANSWERED;
    answer.response = OMADM_UI_RESPONSE_CHOICES;
    CHECK(omadm_builder_ui_answer(builder, "1", 1, "1", 1, &answer, numbers, 2, &cmd_id, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "numbers")); /* 0 is no choice. */
    omadm_builder_free(builder);
}

static void reads_answers_of_others(void) {
    static const char text[] =
        "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>"
        "<Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>"
        "<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>1</CmdRef><Cmd>Alert</Cmd><Data>200</Data></Status>"
        "<Status><CmdID>2</CmdID><MsgRef>1</MsgRef><CmdRef>2</CmdRef><Cmd>Alert</Cmd><Data>200</Data><Item><Data>4</Data></Item>"
        "<Item><Data>2</Data></Item><Item><Data>4</Data></Item></Status>"
        "<Status><CmdID>3</CmdID><MsgRef>1</MsgRef><CmdRef>3</CmdRef><Cmd>Alert</Cmd><Data>200</Data><Item><Data>two</Data></Item></Status>"
        "<Status><CmdID>4</CmdID><MsgRef>1</MsgRef><CmdRef>4</CmdRef><Cmd>Alert</Cmd><Data>200</Data><Item><Data><a/></Data></Item></Status>"
        "<Alert><CmdID>5</CmdID><Data>1200</Data></Alert><Final/></SyncBody></SyncML>";
    omadm_message *message = NULL;
    omadm_ui_answer answer = OMADM_UI_ANSWER_INIT;
    uint32_t numbers[1] = {9};
    size_t found = 9;
    REQUIRE(omadm_message_decode((const uint8_t *)text, strlen(text), NULL, &message, &error) == OMADM_OK);

    answer.status = 77;
    CHECK(omadm_message_ui_answer(message, 0, 1102, &answer, numbers, 1, &found, &error) == OMADM_E_MISSING);
    CHECK(error.offset == (uint64_t)(strstr(text, "<Status><CmdID>1") - text));
    CHECK(omadm_message_ui_answer(message, 0, 1103, &answer, numbers, 1, &found, &error) == OMADM_E_MISSING);
    CHECK(omadm_message_ui_answer(message, 2, 1103, &answer, numbers, 1, &found, &error) == OMADM_E_INVALID_NUMBER);
    CHECK(error.offset == (uint64_t)(strstr(text, "<Data>two") - text));
    CHECK(omadm_message_ui_answer(message, 3, 1102, &answer, numbers, 1, &found, &error) == OMADM_E_UNEXPECTED_MARKUP);
    CHECK(omadm_message_ui_answer(message, 4, 1101, &answer, numbers, 1, &found, &error) == OMADM_NOT_FOUND);
    CHECK(is_text(error.subject, "status"));
    CHECK(omadm_message_ui_answer(message, 5, 1101, &answer, numbers, 1, &found, &error) == OMADM_NOT_FOUND);
    CHECK(is_text(error.subject, "command"));
    CHECK(omadm_message_ui_answer(message, 0, 1200, &answer, numbers, 1, &found, &error) == OMADM_E_ARGUMENT);
    CHECK(is_text(error.subject, "code"));
    CHECK(answer.status == 77 && found == 9 && numbers[0] == 9); /* Untouched. */

    /* Any order, more than there is room for, and one twice. */
    CHECK(omadm_message_ui_answer(message, 1, 1104, &answer, numbers, 1, &found, &error) == OMADM_OK);
    CHECK(found == 2 && numbers[0] == 2 && answer.response == OMADM_UI_RESPONSE_CHOICES);
    omadm_message_free(message);
}

int main(void) {
    writes_alerts(OMADM_XML);
    writes_alerts(OMADM_WBXML);
    refuses_alerts();
    answers(OMADM_XML);
    answers(OMADM_WBXML);
    refuses_answers();
    reads_answers_of_others();
    return outcome();
}
