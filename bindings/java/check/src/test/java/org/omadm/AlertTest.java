package org.omadm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What alerts say: a device's, and those that a server has for the user. */
class AlertTest {
    private interface Check {
        void of(Message message, List<Command> commands);
    }

    private static void check(List<NewCommand> commands, Check check) {
        try (MessageBuilder builder = new MessageBuilder("1", "1", "a", "b")) {
            commands.forEach(builder::command);
            for (Encoding encoding : Encoding.values()) {
                try (Message message = Message.decode(builder.encode(encoding))) {
                    check.of(message, message.commands());
                }
            }
        }
    }

    private static NewCommand alert(int code, NewItem... items) {
        return NewCommand.of(CommandKind.ALERT, items).withCode(code);
    }

    private static NewCommand user(int code, String... texts) {
        NewItem[] items = new NewItem[texts.length];
        for (int i = 0; i < texts.length; i++) {
            items[i] = NewItem.EMPTY.withText(texts[i]);
        }
        return alert(code, items);
    }

    @Test
    void genericAlertsTellTheirEvents() {
        NewItem update = NewItem.source("./FUMO/system")
                .withMeta(Meta.of("int", "org.openmobilealliance.dm.firmwareupdate.update").withMark("critical")).withText("200");
        NewItem short1 = NewItem.EMPTY.withMeta(Meta.of(null, "urn:x-acme:event")).withText("now");
        check(List.of(alert(1226, update, short1), alert(1201), alert(1226, update)), (message, commands) -> {
            List<AlertEvent> events = message.events(commands.get(0));
            assertEquals(2, events.size());
            AlertEvent event = events.get(0);
            assertEquals("org.openmobilealliance.dm.firmwareupdate.update", event.type());
            assertEquals("./FUMO/system", event.source());
            assertEquals(Format.INT, event.format());
            assertEquals("critical", event.mark());
            assertEquals("200", event.data().text());
            assertEquals(Format.CHR, events.get(1).format());
            assertEquals("informational", events.get(1).mark());
            assertTrue(event.importance() > events.get(1).importance());
            assertNull(events.get(1).source());
            OmadmException missing = assertThrows(OmadmException.class, () -> message.checkAlert(commands.get(0)));
            assertEquals(ErrorKind.MISSING, missing.kind());
            assertEquals("Format", missing.subject());
            message.checkAlert(commands.get(2));
            assertEquals(List.of(), message.events(commands.get(1)));
            assertEquals(ErrorKind.NOT_FOUND, assertThrows(OmadmException.class, () -> message.checkAlert(commands.get(1))).kind());
            assertEquals(Optional.empty(), message.userAlert(commands.get(0)));
        });
    }

    @Test
    void alertsForTheUserTellWhatIsShownAndAsked() {
        check(
                List.of(
                        user(1101, "MINDT=10&MAXDT=30&DR=1", "Now?"),
                        user(1102, "MAXLEN=20&IT=N&ET=P&DR=John+Doe", "Name?"),
                        user(1104, "DR=2-3-2", "Which?", "One", "Two & a half", "Three"),
                        user(1103, "", "Which?", "One"),
                        user(1100, "")),
                (message, commands) -> {
                    UserAlert confirm = message.userAlert(commands.get(0)).orElseThrow();
                    assertEquals(1101, confirm.code());
                    assertEquals("Now?", confirm.text());
                    assertEquals(10, confirm.minDisplay());
                    assertEquals(30, confirm.maxDisplay());
                    assertEquals("MINDT=10&MAXDT=30&DR=1", confirm.options());
                    assertEquals(true, confirm.defaultAnswer());
                    assertNull(confirm.defaultText());
                    UserAlert input = message.userAlert(commands.get(1)).orElseThrow();
                    assertEquals(20, input.maxLength());
                    assertEquals(InputType.NUMERIC, input.inputType());
                    assertTrue(input.isPassword());
                    assertEquals("John Doe", input.defaultText());
                    assertNull(input.defaultAnswer());
                    UserAlert choice = message.userAlert(commands.get(2)).orElseThrow();
                    assertEquals(List.of("One", "Two & a half", "Three"), choice.choices());
                    assertTrue(choice.defaultChoices().containsAll(List.of(2, 3)), () -> choice.toString());
                    assertEquals(List.of(), message.userAlert(commands.get(3)).orElseThrow().defaultChoices());
                    assertEquals(ErrorKind.ALERT_ITEMS, assertThrows(OmadmException.class, () -> message.userAlert(commands.get(4))).kind());
                });
    }
}
