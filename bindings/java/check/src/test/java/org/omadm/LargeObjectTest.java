package org.omadm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Large objects: cut into chunks, each in a message of its own, and put together again. */
class LargeObjectTest {
    private static final int ROOM = 301;

    private static byte[] message(Encoding encoding, NewItem item) {
        try (MessageBuilder builder = new MessageBuilder("1", "1", "dev", "https://dm.example.com")) {
            builder.status("1", "0", "SyncHdr", 200);
            builder.command(NewCommand.of(CommandKind.REPLACE, item));
            return builder.encode(encoding);
        }
    }

    private static List<byte[]> messages(Encoding encoding, Data data, Meta meta) {
        List<byte[]> messages = new ArrayList<>();
        try (ObjectSplitter splitter = new ObjectSplitter(data, -1)) {
            long size = data.octets().length;
            assertEquals(size, splitter.size());
            NewItem item = NewItem.target("./Vendor/Blob").withMeta(meta);
            long given = 0;
            for (Optional<NewItem> next = splitter.next(item, ROOM); next.isPresent(); next = splitter.next(item, ROOM)) {
                NewItem chunk = next.get();
                int octets = chunk.data().octets().length;
                assertTrue(octets > ROOM - 4 || given + octets == size, "as much as fits");
                given += octets;
                assertEquals(size - given, splitter.remaining());
                assertEquals(given < size, chunk.moreData());
                assertEquals(messages.isEmpty() ? (Long) size : null, chunk.meta().size(), "the size is in the first chunk");
                messages.add(message(encoding, chunk));
            }
            splitter.restart();
            assertEquals(size, splitter.remaining());
        }
        return messages;
    }

    /** What a joiner says to a message: of its status nothing, of its other command one step. */
    private static JoinStep join(ObjectJoiner joiner, byte[] octets) {
        try (Message message = Message.decode(octets)) {
            assertTrue(joiner.feed(message, message.commands().get(0)).isEmpty());
            List<JoinStep> steps = joiner.feed(message, message.commands().get(1));
            assertEquals(1, steps.size());
            return steps.get(0);
        }
    }

    private static void travels(Encoding encoding, Data data, Meta meta, byte[] expected) {
        List<byte[]> messages = messages(encoding, data, meta);
        assertTrue(messages.size() > 3);
        try (ObjectJoiner joiner = new ObjectJoiner()) {
            for (byte[] octets : messages.subList(0, messages.size() - 1)) {
                JoinStep step = join(joiner, octets);
                assertEquals(Joined.BUFFERED, step.joined());
                assertEquals(213, step.status());
                assertNull(step.octets());
                assertTrue(joiner.isOpen());
            }
            JoinStep last = join(joiner, messages.get(messages.size() - 1));
            assertEquals(Joined.COMPLETE, last.joined());
            assertEquals(0, last.status());
            assertEquals(meta.format(), last.format());
            assertEquals(meta.mediaType(), last.mediaType());
            assertArrayEquals(data.octets(), last.octets());
            assertArrayEquals(expected, joiner.octets(0).orElseThrow());
            assertTrue(joiner.octets(1).isEmpty());
            assertFalse(joiner.isOpen());
            assertTrue(joiner.giveUp().isEmpty());
        }
    }

    @Test
    void objectsTravelInChunks() {
        byte[] text = "ä€😀<&x".repeat(100).getBytes(StandardCharsets.UTF_8);
        byte[] octets = new byte[1500];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i * 7);
        }
        Data base64 = Data.text(Base64.getEncoder().encodeToString(octets));
        for (Encoding encoding : Encoding.values()) {
            travels(encoding, Data.text(new String(text, StandardCharsets.UTF_8)), Meta.of("chr", "text/plain"), text);
            travels(encoding, base64, Meta.of("b64", "image/png"), octets);
        }
        travels(Encoding.WBXML, Data.octets(octets), Meta.of("bin", "image/png"), octets);
        byte[] large = new byte[200_000];
        Arrays.fill(large, (byte) 'x');
        travels(Encoding.WBXML, Data.octets(large), Meta.of("bin", "image/png"), large);
    }

    @Test
    void whatComesBetweenTwoChunksBreaksTheObject() {
        List<byte[]> messages = messages(Encoding.XML, Data.text("x".repeat(1000)), Meta.of("chr", "text/plain"));
        JoinStep.Broken expected;
        try (ObjectJoiner joiner = new ObjectJoiner()) {
            join(joiner, messages.get(0));
            JoinStep other = join(joiner, message(Encoding.XML, NewItem.target("./Other").withText("1")));
            assertEquals(Joined.WHOLE, other.joined());
            expected = other.broken().orElseThrow();
            assertEquals(CommandKind.REPLACE, expected.kind());
            assertEquals("./Vendor/Blob", expected.target());
            assertNull(expected.source());
            assertFalse(joiner.isOpen());
        }
        try (ObjectJoiner joiner = new ObjectJoiner()) {
            join(joiner, messages.get(0));
            assertEquals(Optional.of(expected), joiner.giveUp());
        }
    }

    @Test
    void whatIsLargerThanWasToldIsRefused() {
        List<byte[]> messages = messages(Encoding.XML, Data.text("x".repeat(1000)), Meta.of("chr", "text/plain"));
        try (ObjectJoiner joiner = new ObjectJoiner(999, Options.DEFAULT)) {
            JoinStep step = join(joiner, messages.get(0));
            assertEquals(Joined.REFUSED, step.joined());
            assertEquals(Optional.of(ErrorKind.OBJECT_TOO_LARGE), step.reason());
            assertTrue(List.of(413, 416, 420).contains(step.status()), "" + step.status());
            assertTrue(step.offset().isPresent());
            joiner.setMaxObjSize(1000);
            assertEquals(Joined.BUFFERED, join(joiner, messages.get(0)).joined());
        }
        assertEquals(ErrorKind.OBJECT_TOO_LARGE, assertThrows(OmadmException.class, () -> new ObjectSplitter(Data.text("abc"), 2)).kind());
        try (ObjectSplitter splitter = new ObjectSplitter(Data.text("€"), -1)) {
            assertEquals(ErrorKind.NO_ROOM, assertThrows(OmadmException.class, () -> splitter.next(NewItem.EMPTY, 2)).kind());
            assertEquals("€", splitter.next(NewItem.EMPTY, 3).orElseThrow().data().text());
            assertTrue(splitter.next(NewItem.EMPTY, 3).isEmpty());
        }
        ObjectJoiner closed = new ObjectJoiner();
        closed.close();
        assertThrows(IllegalStateException.class, closed::isOpen);
    }
}
