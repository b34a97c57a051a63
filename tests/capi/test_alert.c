/* Alerts of a message, understood (wire.md 2.3 and 3). */
#include "check.h"

#define BEGIN                                                                                                        \
    "<SyncML xmlns='SYNCML:SYNCML1.2'><SyncHdr><VerDTD>1.2</VerDTD><SessionID>1</SessionID><MsgID>1</MsgID>"         \
    "<Target><LocURI>d</LocURI></Target><Source><LocURI>s</LocURI></Source></SyncHdr><SyncBody>"
#define END "<Final/></SyncBody></SyncML>"
#define DATA(TEXT) "<Item><Data>" TEXT "</Data></Item>"
#define META(NAME, TEXT) "<" NAME " xmlns='syncml:metinf'>" TEXT "</" NAME ">"

static omadm_message *message_of(const char *text) {
    omadm_message *message = NULL;
    omadm_error error = OMADM_ERROR_INIT;
    REQUIRE(omadm_message_decode((const uint8_t *)text, strlen(text), NULL, &message, &error) == OMADM_OK);
    return message;
}

static void reads_generic_alerts(void) {
    static const char text[] = BEGIN
        "<Alert><CmdID>1</CmdID><Data>1226</Data><Correlator>job 7</Correlator>"
        "<Item><Source><LocURI>./FUMO/modem</LocURI></Source><Meta>"
        META("Type", "Reversed-Domain-Name: org.openmobilealliance.dm.firmwareupdate.update") META("Format", "int")
        META("Mark", "critical") "</Meta><Data>402</Data></Item>"
        "<Item><Meta>" META("Format", "odd") META("Mark", "read") "</Meta></Item></Alert>"
        "<Alert><CmdID>2</CmdID><Data>1226</Data></Alert>"
        "<Alert><CmdID>3</CmdID><Data>1201</Data></Alert>" END;
    omadm_message *message = message_of(text);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_alert_event events[3];
    size_t written = 9;

    CHECK(omadm_message_alert_events(message, 0, 0, events, sizeof events[0], 3, &written, &error) == OMADM_OK && written == 2);
    CHECK(is_text(events[0].alert_type, "org.openmobilealliance.dm.firmwareupdate.update"));
    CHECK(is_text(events[0].source, "./FUMO/modem") && is_text(events[0].mark, "critical"));
    CHECK(events[0].format == OMADM_FORMAT_INT && events[0].importance == 6 && is_octets(events[0].data.bytes, "402"));
    CHECK(is_text(events[1].alert_type, NULL) && is_text(events[1].source, NULL));
    CHECK(events[1].format == 0 && events[1].importance == 0 && events[1].data.form == OMADM_DATA_ABSENT);
    CHECK(omadm_message_alert_events(message, 0, 1, events, sizeof events[0], 3, &written, &error) == OMADM_OK && written == 1);
    CHECK(omadm_message_alert_check(message, 0, &error) == OMADM_E_MISSING && is_text(error.subject, "Type"));
    CHECK(error.offset == (uint64_t)(strstr(text, "<Item><Meta>") - text));
    CHECK(omadm_message_alert_check(message, 1, &error) == OMADM_E_ALERT_ITEMS);
    written = 9;
    CHECK(omadm_message_alert_events(message, 2, 0, events, sizeof events[0], 3, &written, &error) == OMADM_NOT_FOUND);
    CHECK(is_text(error.subject, "alert") && written == 9);
    CHECK(omadm_message_alert_check(message, 2, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_message_alert_check(message, 3, &error) == OMADM_NOT_FOUND && is_text(error.subject, "command"));
    omadm_message_free(message);
}

static void reads_alerts_for_the_user(void) {
    omadm_message *message = message_of(BEGIN
        "<Alert><CmdID>1</CmdID><Data>1100</Data><Item/>" DATA("Hello") "</Alert>"
        "<Alert><CmdID>2</CmdID><Data>1101</Data>" DATA("MINDT=10&amp;MAXDT=30&amp;DR=1") DATA("Sure?") "</Alert>"
        "<Alert><CmdID>3</CmdID><Data>1102</Data>" DATA("DR=John+Doe&amp;MAXLEN=8&amp;IT=N&amp;ET=P") DATA("Who?") "</Alert>"
        "<Alert><CmdID>4</CmdID><Data>1103</Data>" DATA("DR=2") DATA("Which?") DATA("A") DATA("B") "</Alert>"
        "<Alert><CmdID>5</CmdID><Data>1104</Data>" DATA("DR=1-3") DATA("Which?") DATA("A") DATA("B") DATA("C") "</Alert>"
        "<Alert><CmdID>6</CmdID><Data>1103</Data>" DATA("") DATA("Which?") "</Alert>"
        "<Alert><CmdID>7</CmdID><Data>1201</Data></Alert>" END);
    omadm_error error = OMADM_ERROR_INIT;
    omadm_ui_alert alert = OMADM_UI_ALERT_INIT;
    omadm_buffer entered = OMADM_BUFFER_INIT;
    omadm_str choices[3];
    uint32_t numbers[3];
    size_t written = 9, found = 9;

    CHECK(omadm_message_ui_alert(message, 0, OMADM_CHOICES_STANDARD, &alert, &error) == OMADM_OK);
    CHECK(alert.code == 1100 && is_text(alert.text, "Hello") && is_text(alert.option_text, "") && alert.flags == 0);
    CHECK(omadm_message_ui_default(message, 0, 0, &entered, numbers, 3, &found, &error) == OMADM_NOT_FOUND && found == 9);

    CHECK(omadm_message_ui_alert(message, 1, OMADM_CHOICES_STANDARD, &alert, &error) == OMADM_OK);
    CHECK(alert.code == 1101 && alert.min_display == 10 && alert.max_display == 30);
    CHECK(alert.flags == (OMADM_UI_DEFAULT | OMADM_UI_DEFAULT_YES));
    CHECK(is_text(alert.option_text, "MINDT=10&MAXDT=30&DR=1"));

    CHECK(omadm_message_ui_alert(message, 2, OMADM_CHOICES_STANDARD, &alert, &error) == OMADM_OK);
    CHECK(alert.code == 1102 && alert.max_len == 8 && alert.input_type == OMADM_INPUT_NUMERIC);
    CHECK(alert.flags == (OMADM_UI_DEFAULT | OMADM_UI_PASSWORD) && alert.choice_count == 0);
    CHECK(omadm_message_ui_default(message, 2, 0, &entered, numbers, 3, &found, &error) == OMADM_OK && found == 0);
    CHECK(entered.len == 8 && memcmp(entered.data, "John Doe", 8) == 0);

    CHECK(omadm_message_ui_alert(message, 3, OMADM_CHOICES_STANDARD, &alert, &error) == OMADM_OK);
    CHECK(alert.code == 1103 && alert.choice_count == 2 && is_text(alert.text, "Which?"));
    CHECK(omadm_message_ui_choices(message, 3, 0, choices, 3, &written, &error) == OMADM_OK && written == 2);
    CHECK(is_text(choices[0], "A") && is_text(choices[1], "B"));
    CHECK(omadm_message_ui_choices(message, 3, 1, choices, 3, &written, &error) == OMADM_OK && written == 1);
    CHECK(is_text(choices[0], "B"));
    CHECK(omadm_message_ui_choices(message, 3, 5, choices, 3, &written, &error) == OMADM_OK && written == 0);
    CHECK(omadm_message_ui_default(message, 3, 0, &entered, numbers, 3, &found, &error) == OMADM_OK && found == 1);
    CHECK(numbers[0] == 2 && entered.len == 0);

    CHECK(omadm_message_ui_choices(message, 4, 0, choices, 2, &written, &error) == OMADM_OK && written == 2);
    CHECK(omadm_message_ui_default(message, 4, OMADM_CHOICES_STANDARD, &entered, numbers, 3, &found, &error) == OMADM_OK);
    CHECK(found == 2 && numbers[0] == 1 && numbers[1] == 3);
    numbers[1] = 9;
    CHECK(omadm_message_ui_default(message, 4, OMADM_CHOICES_RANGES, &entered, numbers, 1, &found, &error) == OMADM_OK);
    CHECK(found == 3 && numbers[0] == 1 && numbers[1] == 9);

    CHECK(omadm_message_ui_alert(message, 5, OMADM_CHOICES_STANDARD, &alert, &error) == OMADM_E_ALERT_ITEMS);
    CHECK(alert.code == 1103 && is_text(alert.option_text, "DR=2")); /* Untouched. */
    CHECK(omadm_message_ui_alert(message, 6, OMADM_CHOICES_STANDARD, &alert, &error) == OMADM_NOT_FOUND);
    CHECK(omadm_message_ui_alert(message, 0, 2, &alert, &error) == OMADM_E_ARGUMENT && is_text(error.subject, "syntax"));
    omadm_buffer_free(&entered);
    omadm_message_free(message);
}

int main(void) {
    reads_generic_alerts();
    reads_alerts_for_the_user();
    return outcome();
}
