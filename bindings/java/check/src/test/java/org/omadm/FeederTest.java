package org.omadm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages in chunks, held against the same read whole. */
class FeederTest {
    private static String told(Command command) {
        StringBuilder items = new StringBuilder();
        for (Item item : command.items()) {
            items.append(Arrays.asList(item.nodeUri(), item.offset(), item.format(), item.meta(), item.data()));
        }
        return Arrays.asList(command.name(), command.cmdId(), command.offset(), command.code(), command.meta(), command.chal(), command.refs(), command.data()) + ":" + items;
    }

    /** Everything that chunks of a size give. */
    private static List<String> fed(byte[] octets, int size, List<byte[]> values) {
        List<String> told = new ArrayList<>();
        try (MessageFeeder feeder = new MessageFeeder()) {
            assertTrue(feeder.header().isEmpty());
            for (int at = 0; at < octets.length; at += size) {
                feeder.feed(Arrays.copyOfRange(octets, at, Math.min(octets.length, at + size)));
                take(feeder, told, values);
                assertFalse(feeder.isAtEnd());
            }
            feeder.finish();
            take(feeder, told, values);
            assertTrue(feeder.isAtEnd());
            told.add(feeder.header().orElseThrow() + " " + feeder.isFinal());
        }
        return told;
    }

    private static void take(MessageFeeder feeder, List<String> told, List<byte[]> values) {
        for (List<Command> next = feeder.next(); !next.isEmpty(); next = feeder.next()) {
            assertEquals(next.size(), next.get(0).end());
            for (Command command : next) {
                told.add(told(command));
                command.items().forEach(item -> feeder.octets(item).ifPresent(values::add));
            }
        }
    }

    @Test
    void chunksOfAnySizeGiveTheCommandsOfTheWholeMessage() {
        for (String name : new String[] {"package1.syncml.xml", "package2.syncml.xml", "package2.syncml.wbxml", "results-e1.syncml.wbxml", "results-e3.syncml.wbxml"}) {
            byte[] octets = Files.data(name);
            List<String> expected = new ArrayList<>();
            List<byte[]> expectedValues = new ArrayList<>();
            try (Message message = Message.decode(octets)) {
                for (Command command : message.commands()) {
                    expected.add(told(command));
                    command.items().forEach(item -> message.octets(item).ifPresent(expectedValues::add));
                }
                expected.add(message.header() + " " + message.isFinal());
            }
            for (int size : new int[] {1, 7, 64, octets.length}) {
                List<byte[]> values = new ArrayList<>();
                assertEquals(expected, fed(octets, size, values), name + " in chunks of " + size);
                assertArrayEquals(expectedValues.toArray(), values.toArray());
            }
        }
    }

    @Test
    void aTreeIsTakenOutOfTheCommandThatWasReadLastOnly() {
        try (MessageFeeder feeder = new MessageFeeder()) {
            feeder.feed(Files.data("results-e1.syncml.wbxml"));
            List<Command> last = feeder.next();
            while (last.get(0).kind() != CommandKind.RESULTS) {
                last = feeder.next();
            }
            Item item = last.get(0).items().get(0);
            try (Tree tree = feeder.tree(item).orElseThrow()) {
                assertEquals(2, tree.findMo("urn:oma:mo:oma-fumo:1.0").size());
            }
            assertTrue(feeder.next().isEmpty());
            assertThrows(IllegalArgumentException.class, () -> feeder.tree(item));
            assertThrows(IllegalArgumentException.class, () -> feeder.octets(item));
        }
    }

    @Test
    void whatIsCutOffOrTooLargeIsAnErrorThatStays() {
        byte[] octets = Files.data("package2.syncml.wbxml");
        try (MessageFeeder feeder = new MessageFeeder()) {
            feeder.feed(Arrays.copyOf(octets, octets.length - 5));
            feeder.finish();
            OmadmException error = assertThrows(OmadmException.class, () -> {
                while (!feeder.next().isEmpty()) {
                    assertFalse(feeder.isAtEnd());
                }
            });
            assertEquals(ErrorKind.UNEXPECTED_END, error.kind());
            assertEquals(error.kind(), assertThrows(OmadmException.class, feeder::next).kind());
        }
        try (MessageFeeder feeder = new MessageFeeder(Options.DEFAULT.with(Options.Limit.BUFFER, 100))) {
            assertEquals(ErrorKind.LIMIT_BUFFER, assertThrows(OmadmException.class, () -> feeder.feed(octets)).kind());
        }
        MessageFeeder closed = new MessageFeeder();
        closed.close();
        assertThrows(IllegalStateException.class, closed::next);
        assertThrows(NullPointerException.class, () -> new MessageFeeder().feed(null));
    }
}
